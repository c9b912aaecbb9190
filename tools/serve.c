/* SPDX-License-Identifier: MIT */
/* ttsslice serve: a RunPod-compatible endpoint on this machine over a real engine. */
#include "engines.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct serve_settings {
    cli_engines engines;
    const char *host, *endpoint_id;
    int64_t port, workers, fail_seed;
    double latency, fail_rate;
    int quiet, verbose;
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
} serve_settings;

static bool is_loopback(const char *host) {
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, host, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

static bool is_numeric(const char *host) {
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host, NULL, &hints, &found) != 0)
        return false;
    freeaddrinfo(found);
    return true;
}

/* The server's own reference to the handler is the one that stays. */
static int start(const cli_command *command, serve_settings *settings, const char *key,
                 ttsslice_server **server) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_handler_options handler_options = TTSSLICE_HANDLER_OPTIONS_INIT;
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    ttsslice_logger logger = cli_logger(settings->quiet, settings->verbose);
    settings->engines.logger = &logger;
    int status = cli_make_generator(command, &settings->engines, &settings->generator);
    if (status < 0)
        status = cli_make_transcriber(command, &settings->engines, &settings->transcriber);
    handler_options.generator = settings->generator;
    handler_options.transcriber = settings->transcriber;
    if (status < 0 && ttsslice_handler_new(&handler_options, &options.handler, &err) != 0)
        status = cli_fail(command, &err);
    options.host = settings->host;
    options.port = (int32_t)settings->port;
    options.workers = (int32_t)settings->workers;
    options.endpoint_id = settings->endpoint_id;
    options.api_key = key;
    options.latency_s = settings->latency;
    options.fail_rate = settings->fail_rate;
    options.fail_seed = settings->fail_seed;
    options.logger = &logger;
    if (status < 0 && ttsslice_server_new(&options, server, &err) != 0) {
        status = cli_fail(command, &err);
        if (err.code == TTSSLICE_ERR_SYSTEM)
            status = CLI_INPUT; /* a port that is taken */
    }
    ttsslice_handler_unref(options.handler);
    return status;
}

static void drop_engines(serve_settings *settings) {
    ttsslice_generator_unref(settings->generator);
    ttsslice_transcriber_unref(settings->transcriber);
}

static void stop(void *stopped) {
    sem_post(stopped);
}

static int run(const cli_command *command, int argc, char **argv) {
    serve_settings settings = {.host = "127.0.0.1", .endpoint_id = "local", .workers = 2};
    const cli_option options[] = {
        {"port", CLI_INT, &settings.port, "N", "port to listen on; 0 (default): any free one", 0,
         65535},
        {"host", CLI_TEXT, &settings.host, "ADDR", "numeric address to listen on (127.0.0.1)", 0,
         0},
        {"workers", CLI_INT, &settings.workers, "N", "jobs worked on at once (2)", 1, 64},
        CLI_ENGINE_OPTIONS(settings.engines),
        CLI_VOICE_OPTIONS(settings.engines),
        CLI_ASR_OPTIONS(settings.engines),
        CLI_TRUST_OPTIONS(settings.engines),
        {"endpoint-id", CLI_TEXT, &settings.endpoint_id, "ID", "last part of the prefix (local)", 0,
         0},
        {"defect-rate", CLI_NUMBER, &settings.engines.defect_rate, "P",
         "share of takes that is spoilt on purpose (0)", 0, 1},
        {"latency", CLI_NUMBER, &settings.latency, "S", "seconds added to every job (0)", 0, 60},
        {"fail-rate", CLI_NUMBER, &settings.fail_rate, "P",
         "share of submissions answered with HTTP 500 (0)", 0, 1},
        {"fail-seed", CLI_INT, &settings.fail_seed, "N", "which submissions those are (0)", 0,
         9007199254740992.0},
        {"quiet", CLI_FLAG, &settings.quiet, NULL, "no messages", 0, 0},
        {"verbose", CLI_FLAG, &settings.verbose, NULL, "every job on standard error", 0, 0},
    };
    int positional = 0;
    int status =
        cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional > 0)
        return cli_usage(command, "\"%s\" is not expected", argv[0]);
    if (strcmp(settings.host, "localhost") == 0)
        settings.host = "127.0.0.1";
    if (!is_numeric(settings.host))
        return cli_usage(command,
                         "--host must be a numeric address as 127.0.0.1 or ::1, not \"%s\"",
                         settings.host);
    const char *key = getenv("TTSSLICE_SERVE_API_KEY");
    if (!is_loopback(settings.host) && (!key || !key[0]))
        return cli_usage(command,
                         "other machines could reach %s; set a key in TTSSLICE_SERVE_API_KEY, or "
                         "listen on 127.0.0.1",
                         settings.host);

    sem_t stopped;
    ttsslice_server *server = NULL;
    sem_init(&stopped, 0, 0);
    cli_on_interrupt(stop, &stopped);
    status = start(command, &settings, key, &server);
    if (status >= 0) {
        drop_engines(&settings);
        return status;
    }
    printf("{\"endpoint\":\"%s\"}\n", ttsslice_server_endpoint(server));
    status = cli_finish(command, CLI_DONE);
    while (status == CLI_DONE && sem_wait(&stopped) != 0 && errno == EINTR)
        ;
    /* What waits for a service there would hold the end up. */
    ttsslice_generator_cancel(settings.generator);
    ttsslice_transcriber_cancel(settings.transcriber);
    ttsslice_server_free(server);
    drop_engines(&settings);
    return status;
}

const cli_command command_serve = {
    "serve",
    "[OPTIONS]",
    "run a RunPod-compatible endpoint here over a real engine",
    "Prints one line of JSON with the endpoint once it is ready, then serves until SIGINT or\n"
    "SIGTERM; a second signal ends it at once. A key in TTSSLICE_SERVE_API_KEY is asked of every\n"
    "client, and needed to listen on an address that other machines can reach.",
    run,
};
