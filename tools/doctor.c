/* SPDX-License-Identifier: MIT */
/* ttsslice doctor: what is built in, what works, what can be reached, and what to do about the
 * rest. It really speaks and really listens. */
#include "engines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FINDINGS_MAX 16
#define SENTENCE     "Good morning."

enum need { OPTIONAL, ESSENTIAL, ENDPOINT };

typedef struct finding {
    const char *name;
    bool ok;
    enum need need;
    char detail[TTSSLICE_ERROR_MESSAGE_MAX + 160];
} finding;

typedef struct report {
    finding findings[FINDINGS_MAX];
    size_t count;
} report;

__attribute__((format(printf, 5, 6))) static void find(report *r, const char *name, enum need need,
                                                       bool ok, const char *format, ...) {
    if (r->count == FINDINGS_MAX)
        return;
    finding *f = &r->findings[r->count++];
    va_list args;
    *f = (finding){.name = name, .ok = ok, .need = need};
    va_start(args, format);
    vsnprintf(f->detail, sizeof f->detail, format, args);
    va_end(args);
}

/* --- checks --------------------------------------------------------------------------------- */

static void check_version(report *r) {
    bool same = strcmp(ttsslice_version_string(), TTSSLICE_VERSION_STRING) == 0;
    find(r, "version", OPTIONAL, true, "libttsslice %s%s%s", ttsslice_version_string(),
         same ? "" : ", program built for ", same ? "" : TTSSLICE_VERSION_STRING);
}

static ttsslice_audio *check_speech(report *r) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    ttsslice_generator *generator = NULL;
    ttsslice_audio *audio = NULL;
    request.text = SENTENCE;
    int32_t code = ttsslice_generator_new_flite(&generator, &err);
    if (!code)
        code = ttsslice_generate(generator, &request, &audio, NULL, &err);
    if (code)
        find(r, "flite", ESSENTIAL, false, "%s", err.message);
    else
        find(r, "flite", ESSENTIAL, true, "says \"%s\" in %.2f s at %d Hz", SENTENCE,
             ttsslice_audio_duration_s(audio), (int)ttsslice_audio_sample_rate(audio));
    ttsslice_generator_unref(generator);
    return audio;
}

static void check_listening(report *r, const ttsslice_audio *audio) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcriber *transcriber = NULL;
    ttsslice_transcript *heard = NULL;
    int32_t code = ttsslice_transcriber_new_sphinx(NULL, &transcriber, &err);
    if (!code && audio)
        code = ttsslice_transcribe(transcriber, audio, SENTENCE, TTSSLICE_NUL_TERMINATED, NULL,
                                   &heard, &err);
    if (code)
        find(r, "sphinx", ESSENTIAL, false, "%s", err.message);
    else if (!audio)
        find(r, "sphinx", ESSENTIAL, true, "model loaded; nothing to listen to without flite");
    else if (strcmp(ttsslice_transcript_text(heard), "good morning") != 0)
        find(r, "sphinx", ESSENTIAL, false,
             "hears \"%s\" where \"%s\" was said; check the model named by "
             "TTSSLICE_SPHINX_MODEL_DIR",
             ttsslice_transcript_text(heard), SENTENCE);
    else
        find(r, "sphinx", ESSENTIAL, true, "hears \"%s\"", ttsslice_transcript_text(heard));
    ttsslice_transcript_unref(heard);
    ttsslice_transcriber_unref(transcriber);
}

static void check_server(report *r) {
    bool built_in = ttsslice_feature_supported("server") == 1;
    find(r, "local server", OPTIONAL, built_in, "%s",
         built_in ? "built in; ttsslice serve starts it"
                  : "not built in; install libmicrohttpd-dev and build again");
}

static void check_temporary_folder(report *r) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !folder[0])
        folder = "/tmp";
    char name[512];
    int length = snprintf(name, sizeof name, "%s/ttsslice-doctor-XXXXXX", folder);
    int fd = length > 0 && (size_t)length < sizeof name ? mkstemp(name) : -1;
    bool written = fd >= 0 && write(fd, "x", 1) == 1;
    if (fd >= 0) {
        close(fd);
        unlink(name);
    }
    find(r, "temporary files", ESSENTIAL, written,
         written ? "%.300s can be written"
                 : "%.300s cannot be written; set TMPDIR to a folder that can",
         folder);
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && value[0];
}

/* Keys are never shown. */
static void check_keys(report *r) {
    static const struct {
        const char *name, *who;
    } keys[] = {{"RUNPOD_API_KEY", "RunPod's endpoints need it"},
                {"OPENAI_API_KEY", "OpenAI needs it, for --asr openai and --engine openai"},
                {"ASSEMBLYAI_API_KEY", "--asr assemblyai needs it"}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        bool set = is_set(keys[i].name);
        find(r, keys[i].name, OPTIONAL, set, set ? "set" : "not set; %s", keys[i].who);
    }
}

static void check_transcriber(report *r, const cli_engines *engines) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcriber *transcriber = NULL;
    char *detail = NULL;
    int32_t code = cli_new_transcriber(engines, engines->asr, &transcriber, &err);
    if (!code)
        code = ttsslice_transcriber_check(transcriber, &detail, &err);
    find(r, "asr", ENDPOINT, !code, "%s", code ? err.message : detail);
    ttsslice_free(detail);
    ttsslice_transcriber_unref(transcriber);
}

static void check_generator(report *r, const cli_engines *engines) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *generator = NULL;
    char *detail = NULL;
    int32_t code = cli_new_generator(engines, engines->engine, &generator, &err);
    if (!code)
        code = ttsslice_generator_check(generator, &detail, &err);
    find(r, "engine", ENDPOINT, !code, "%s", code ? err.message : detail);
    ttsslice_free(detail);
    ttsslice_generator_unref(generator);
}

/* Those that were chosen, by option, environment or --config. */
static void check_services(report *r, const cli_engines *engines) {
    if (cli_is_service(engines->asr))
        check_transcriber(r, engines);
    if (cli_is_service(engines->engine))
        check_generator(r, engines);
}

static void check_endpoint(report *r, const char *endpoint, const char *protocol) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    char *health = NULL;
    options.endpoint = endpoint;
    options.protocol = protocol;
    options.request_timeout_s = 15.0;
    if (!endpoint && !is_set("TTSSLICE_ENDPOINT") && !is_set("RUNPOD_ENDPOINT_ID")) {
        find(r, "endpoint", OPTIONAL, false,
             "none; give --endpoint, or set TTSSLICE_ENDPOINT or RUNPOD_ENDPOINT_ID, to use one");
    } else if (ttsslice_endpoint_health(&options, &health, &err) != 0) {
        find(r, "endpoint", err.code == TTSSLICE_ERR_UNAVAILABLE ? OPTIONAL : ENDPOINT, false, "%s",
             err.message);
    } else {
        json_t *answer = json_loads(health, 0, NULL);
        json_t *workers = json_object_get(answer, "workers");
        json_int_t idle = json_integer_value(json_object_get(workers, "idle"));
        json_int_t running = json_integer_value(json_object_get(workers, "running"));
        if (workers)
            find(r, "endpoint", ENDPOINT, true, "answers%s; workers: %lld idle, %lld running",
                 is_set("RUNPOD_API_KEY") ? " and takes the key" : "", (long long)idle,
                 (long long)running);
        else
            find(r, "endpoint", ENDPOINT, true, "answers");
        json_decref(answer);
    }
    ttsslice_free(health);
}

/* --- output --------------------------------------------------------------------------------- */

static void print_text(const report *r) {
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        const char *mark = f->ok ? "ok" : f->need == OPTIONAL ? "-" : "missing";
        printf("%-8s %-20s %s\n", mark, f->name, f->detail);
    }
}

static void print_json(const report *r, int status) {
    json_t *checks = json_array();
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        json_array_append_new(checks,
                              json_pack("{s:s, s:b, s:b, s:s}", "name", f->name, "ok", (int)f->ok,
                                        "needed", (int)(f->need != OPTIONAL), "detail", f->detail));
    }
    cli_print_json(json_pack("{s:s, s:{s:b, s:b, s:b, s:b, s:b, s:b}, s:o, s:i}", "version",
                             ttsslice_version_string(), "features", "flite",
                             (int)ttsslice_feature_supported("flite"), "sphinx",
                             (int)ttsslice_feature_supported("sphinx"), "server",
                             (int)ttsslice_feature_supported("server"), "soxr",
                             (int)ttsslice_feature_supported("soxr"), "ebur128",
                             (int)ttsslice_feature_supported("ebur128"), "icu",
                             (int)ttsslice_feature_supported("icu"), "checks", checks, "status",
                             status),
                   true);
}

static int status_of(const report *r) {
    int status = CLI_DONE;
    for (size_t i = 0; i < r->count; i++) {
        const finding *f = &r->findings[i];
        if (!f->ok && f->need == ESSENTIAL)
            return CLI_INPUT;
        if (!f->ok && f->need == ENDPOINT)
            status = CLI_REMOTE;
    }
    return status;
}

static int run(const cli_command *command, int argc, char **argv) {
    const char *endpoint = NULL, *protocol = NULL;
    int json = 0, positional = 0;
    cli_engines engines = {.asr_timeout = 15.0};
    const cli_option options[] = {
        {"endpoint", CLI_TEXT, &endpoint, "URL", "endpoint to ask for its health", 0, 0},
        {"protocol", CLI_TEXT, &protocol, "NAME", "what it speaks: runpod (default), openai", 0, 0},
        CLI_ASR_OPTIONS(engines),
        CLI_ENGINE_OPTIONS(engines),
        CLI_VOICE_OPTIONS(engines),
        CLI_TRUST_OPTIONS(engines),
        {"json", CLI_FLAG, &json, NULL, "the report as JSON", 0, 0},
    };
    int status =
        cli_parse(command, options, sizeof options / sizeof *options, argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional > 0)
        return cli_usage(command, "\"%s\" is not expected", argv[0]);

    report r = {.count = 0};
    check_version(&r);
    ttsslice_audio *audio = check_speech(&r);
    check_listening(&r, audio);
    ttsslice_audio_unref(audio);
    check_server(&r);
    check_temporary_folder(&r);
    check_keys(&r);
    check_endpoint(&r, endpoint, protocol);
    check_services(&r, &engines);
    status = status_of(&r);
    if (json)
        print_json(&r, status);
    else
        print_text(&r);
    return cli_finish(command, status);
}

const cli_command command_doctor = {
    "doctor",
    "[OPTIONS]",
    "tell what is built in, what is reachable, what is missing",
    "Each line begins with ok, missing, or - for what nothing depends on. Keys are read from the\n"
    "environment and never shown. Services named by --asr and --engine are asked whether they are\n"
    "there, which costs nothing. Exit status: 0 everything needed is there, 3 something is\n"
    "missing, 4 an endpoint is configured and cannot be used.",
    run,
};
