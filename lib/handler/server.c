/* SPDX-License-Identifier: MIT */
/* The local server: options, listening socket, and the order in which its parts start and stop.
 * The parts are the table of jobs (server_tasks.h), the workers (server_work.h) and HTTP
 * (server_http.h). Threads: one polls the connections, one wakes long polls whose time is up, and
 * the workers. */
#include <ttsslice/handler.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/options.h"
#include "handler/server_http.h"
#include "handler/server_tasks.h"
#include "handler/server_work.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define QUEUE_MOST     100000
#define RETENTION_MOST 604800
#define FINISHED_MOST  10000
#define BYTES_MOST     ((size_t)1024 * 1024 * 1024)
#define KEY_MOST       4096
#define BACKLOG        128

struct ttsslice_server {
    ttsslice_handler *handler;
    char *api_key;
    char endpoint_id[65];
    char endpoint[192];
    ttss_tasks tasks;
    ttss_workers workers;
    ttss_http http;
    pthread_t schedule;
    bool tasks_made, schedule_runs, http_runs;
};

/* --- options -------------------------------------------------------------------------------- */

static bool is_endpoint_id(const char *id) {
    size_t length = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    return length > 0 && length <= 64 && id[length] == '\0';
}

/* What an HTTP header can carry. */
static bool is_key(const char *key) {
    size_t length = strlen(key);
    for (size_t i = 0; i < length; i++)
        if (key[i] <= ' ' || key[i] > '~')
            return false;
    return length <= KEY_MOST;
}

static int32_t read_options(const ttsslice_server_options *given, ttsslice_server_options *options,
                            ttsslice_error *err) {
    *options = (ttsslice_server_options)TTSSLICE_SERVER_OPTIONS_INIT;
    int32_t code = ttss_options_read(options, sizeof *options, sizeof *options, given,
                                     "ttsslice_server_options", err);
    if (!code && !options->handler)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID, "a server needs a handler");
    if (!code)
        code = ttss_check_range("port", options->port, 0, 65535, err);
    if (!code)
        code = ttss_check_range("workers", options->workers, 1, TTSS_WORKERS_MAX, err);
    if (!code)
        code = ttss_check_range_f("latency_s", options->latency_s, 0.0, 60.0, err);
    if (!code)
        code = ttss_check_range_f("fail_rate", options->fail_rate, 0.0, 1.0, err);
    if (!code)
        code = ttss_check_range("max_queue", options->max_queue, 1, QUEUE_MOST, err);
    if (!code)
        code = ttss_check_range("retention_s", options->retention_s, 0, RETENTION_MOST, err);
    if (code)
        return code;
    if (options->endpoint_id && !is_endpoint_id(options->endpoint_id))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "endpoint_id must be 1 to 64 letters, digits, \"-\" or \"_\"");
    if (options->api_key && !is_key(options->api_key))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "api_key must be printable ASCII without spaces, at most %d characters",
                         KEY_MOST);
    return 0;
}

/* --- the listening socket ------------------------------------------------------------------- */

static int32_t find_address(const char *host, int32_t port, struct addrinfo **out,
                            ttsslice_error *err) {
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    char service[8];
    snprintf(service, sizeof service, "%d", (int)port);
    int reason = getaddrinfo(host, service, &hints, out);
    if (reason == 0)
        return 0;
    if (reason == EAI_MEMORY)
        return ttss_nomem(err);
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "cannot listen on \"%s\"; give a numeric address such as 127.0.0.1 or ::1",
                     host);
}

static int32_t fail_to_listen(const char *host, int32_t port, int reason, ttsslice_error *err) {
    if (reason == EADDRINUSE)
        return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                         "port %d on %s is taken; choose another, or 0 for any free one", (int)port,
                         host);
    if (reason == EACCES)
        return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                         "port %d needs special rights; choose one from 1024 on, or 0 for any",
                         (int)port);
    ttss_fail_errno(err, reason, "cannot listen on port %d of %s", (int)port, host);
    if (err)
        err->code = TTSSLICE_ERR_SYSTEM;
    return TTSSLICE_ERR_SYSTEM;
}

/* On success *port is the one that was taken. */
static int32_t listen_on(const char *host, int32_t *port, int *out, ttsslice_error *err) {
    struct addrinfo *address = NULL;
    int32_t code = find_address(host, *port, &address, err);
    if (code)
        return code;
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } bound = {0};
    socklen_t length = sizeof bound;
    const int yes = 1;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, address->ai_addr, address->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, &bound.any, &length) != 0)
        code = fail_to_listen(host, *port, errno, err);
    freeaddrinfo(address);
    if (code) {
        if (fd >= 0)
            close(fd);
        return code;
    }
    *port = ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
    *out = fd;
    return 0;
}

/* An address that a client on this machine can use. */
static void write_endpoint(ttsslice_server *server, const char *host, int32_t port) {
    bool v6 = strchr(host, ':') != NULL;
    if (strcmp(host, "0.0.0.0") == 0)
        host = "127.0.0.1";
    else if (strcmp(host, "::") == 0)
        host = "::1";
    snprintf(server->endpoint, sizeof server->endpoint, "http://%s%s%s:%d%s", v6 ? "[" : "", host,
             v6 ? "]" : "", (int)port, server->http.prefix);
}

/* --- start and stop ------------------------------------------------------------------------- */

static void *run_schedule(void *tasks) {
    ttss_tasks_run_schedule(tasks);
    return NULL;
}

static int32_t make_parts(ttsslice_server *server, const ttsslice_server_options *options,
                          const ttsslice_logger *logger, ttsslice_error *err) {
    const ttss_task_limits limits = {
        .most_queued = (size_t)options->max_queue,
        .most_finished = FINISHED_MOST,
        .most_bytes = BYTES_MOST,
        .retention_ms = options->retention_s * 1000,
    };
    snprintf(server->endpoint_id, sizeof server->endpoint_id, "%s",
             options->endpoint_id ? options->endpoint_id : "local");
    server->handler = ttsslice_handler_ref(options->handler);
    server->api_key = ttss_strdup(options->api_key ? options->api_key : "");
    if (!server->api_key)
        return ttss_nomem(err);
    server->workers = (ttss_workers){
        .tasks = &server->tasks,
        .handler = server->handler,
        .logger = *logger,
        .name = server->endpoint_id,
        .latency_ms = (int64_t)(options->latency_s * 1000.0 + 0.5),
    };
    server->http = (ttss_http){
        .tasks = &server->tasks,
        .logger = *logger,
        .api_key = server->api_key,
        .worker_count = (size_t)options->workers,
        .fail_rate = options->fail_rate,
        .fail_state = ttss_fnv_u64(TTSS_FNV_START, (uint64_t)options->fail_seed),
        .socket = -1,
    };
    snprintf(server->http.prefix, sizeof server->http.prefix, "/v2/%s", server->endpoint_id);
    int32_t code = ttss_tasks_init(&server->tasks, &limits, &ttss_system_clock, err);
    server->tasks_made = !code;
    return code;
}

static int32_t start_parts(ttsslice_server *server, const ttsslice_server_options *options,
                           ttsslice_error *err) {
    const char *host = options->host ? options->host : "127.0.0.1";
    int32_t port = options->port;
    int fd = -1;
    int32_t code = listen_on(host, &port, &fd, err);
    if (code)
        return code;
    write_endpoint(server, host, port);
    server->schedule_runs = ttss_thread_start(&server->schedule, run_schedule, &server->tasks) == 0;
    if (!server->schedule_runs)
        code = ttss_fail(err, TTSSLICE_ERR_SYSTEM, "the system gives no further thread");
    if (!code)
        code = ttss_workers_start(&server->workers, (size_t)options->workers, err);
    if (!code)
        code = ttss_http_start(&server->http, fd, err);
    else
        close(fd);
    server->http_runs = !code;
    return code;
}

int32_t ttsslice_server_new(const ttsslice_server_options *given, ttsslice_server **out,
                            ttsslice_error *err) {
    ttsslice_server_options options;
    ttsslice_logger logger;
    int32_t code = read_options(given, &options, err);
    if (!code && !out)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID, "there is no place for the server");
    if (!code)
        code = ttss_logger_read(&logger, options.logger, err);
    if (code)
        return code;
    ttsslice_server *server = ttss_new(ttsslice_server);
    if (!server)
        return ttss_nomem(err);
    code = make_parts(server, &options, &logger, err);
    if (!code)
        code = start_parts(server, &options, err);
    if (code) {
        ttsslice_server_free(server);
        return code;
    }
    ttss_log(&logger, TTSSLICE_LOG_INFO, "server", "serving %s with %d workers", server->endpoint,
             (int)options.workers);
    *out = server;
    return 0;
}

const char *ttsslice_server_endpoint(const ttsslice_server *server) {
    return server ? server->endpoint : "";
}

/* Running jobs end, their waiting clients are answered, then connections are closed. */
void ttsslice_server_free(ttsslice_server *server) {
    if (!server)
        return;
    if (server->http_runs)
        ttss_http_quiesce(&server->http);
    if (server->tasks_made) {
        ttss_tasks_stop(&server->tasks);
        ttss_workers_join(&server->workers);
        ttss_tasks_close(&server->tasks);
    }
    if (server->schedule_runs)
        pthread_join(server->schedule, NULL);
    if (server->http_runs)
        ttss_http_stop(&server->http);
    if (server->tasks_made)
        ttss_tasks_destroy(&server->tasks);
    ttsslice_handler_unref(server->handler);
    free(server->api_key);
    free(server);
}
