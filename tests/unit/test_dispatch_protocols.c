/* SPDX-License-Identifier: MIT */
/* The protocols whose answers are results, "plain" and "openai", against the scripted endpoint. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/mem.h"
#include "dispatch/settings.h"
#include "fake_runpod.h"
#include "fake_wav.h"

#include <ttsslice/audio.h>
#include <ttsslice/ttsslice.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY          "sk-KEEPTHISSECRET0123456789"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double quick[] = {0.001, 0.002, 0.003};

typedef struct bench {
    fake_runpod *fake;
    ttsslice_dispatcher *d;
    char url[128];
} bench;

static ttsslice_dispatch_options options_for(bench *b, const char *protocol) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    int port_end = (int)(strstr(fake_endpoint(b->fake), "/v2") - fake_endpoint(b->fake));
    snprintf(b->url, sizeof b->url, "%.*s%s", port_end, fake_endpoint(b->fake),
             strcmp(protocol, "plain") == 0 ? "/call?x=1" : "");
    options.endpoint = b->url;
    options.protocol = protocol;
    options.api_key = KEY;
    options.backoff_s = quick;
    options.backoff_count = COUNT(quick);
    return options;
}

static bench begin(const fake_script *script, const char *protocol) {
    bench b = {.fake = fake_start(script)};
    ttsslice_dispatch_options options = options_for(&b, protocol);
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    return b;
}

static void end(bench *b) {
    ttsslice_dispatcher_free(b->d);
    fake_stop(b->fake);
}

static void submit(bench *b, int64_t index, const char *input) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_dispatcher_submit(b->d, index, input, TTSSLICE_NUL_TERMINATED, &err) != 0)
        fail_msg("%s: %s", input, err.message);
}

static const ttsslice_job_result *next(bench *b) {
    const ttsslice_job_result *result = NULL;
    assert_int_equal(ttsslice_dispatcher_next(b->d, -1, &result, NULL), 0);
    assert_null(strstr(result->error, "KEEPTHIS"));
    return result;
}

/* --- plain --------------------------------------------------------------------------------- */

#define REPLY(code, text)                                                                          \
    { .kind = FAKE_REPLY, .status = code, .body = text }
#define CLOSE                                                                                      \
    { .kind = FAKE_CLOSE }

struct fault {
    const char *about;
    fake_job job;
    int32_t code;
    int attempts, duplicates, retryable;
    const char *says; /* in the output, or the error */
};

/* clang-format off */
static const struct fault plain_faults[] = {
    {"the handler's output alone",
     {.run = {REPLY(200, " {\"status\":\"success\",\"a\":1} ")}},
     0, 1, 0, 0, "{\"status\":\"success\",\"a\":1}"},
    {"wrapped", {.run = {REPLY(200, "{\"output\":[1,2]}")}}, 0, 1, 0, 0, "[1,2]"},
    {"wrapped, and nothing in it",
     {.run = {REPLY(200, "{\"output\":null}")}}, TTSSLICE_ERR_EMPTY_RESULT, 1, 0, 0, "without output"},
    {"as /runsync answers",
     {.run = {REPLY(200, "{\"id\":\"sync-1\",\"status\":\"COMPLETED\",\"output\":{\"b\":2}}")}},
     0, 1, 0, 0, "{\"b\":2}"},
    {"as /runsync answers too early",
     {.run = {REPLY(200, "{\"id\":\"sync-1\",\"status\":\"IN_QUEUE\"}")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 0, "not done yet"},
    {"as /runsync fails",
     {.run = {REPLY(200, "{\"id\":\"sync-1\",\"status\":\"FAILED\",\"error\":\"no voice\"}")}},
     TTSSLICE_ERR_JOB, 1, 0, 0, "no voice"},
    {"the handler's failure",
     {.run = {REPLY(200, "{\"error\":\"gpu lost " KEY "\",\"error_code\":\"ENGINE\",\"retryable\":true}")}},
     TTSSLICE_ERR_JOB, 1, 0, 1, "gpu lost ****"},
    {"a failure in an output that says so",
     {.run = {REPLY(200, "{\"status\":\"error\",\"message\":\"no text\"}")}},
     TTSSLICE_ERR_JOB, 1, 0, 0, "no text"},
    {"no JSON",
     {.run = {{.kind = FAKE_REPLY, .type = "text/html", .body = "<p>Hello"}}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 0, "not a handler's output in JSON"},
    {"nothing", {.run = {REPLY(204, "")}}, TTSSLICE_ERR_PROTOCOL, 1, 0, 0, "empty"},
    {"FastAPI does not like it",
     {.run = {REPLY(422, "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}")}},
     TTSSLICE_ERR_HTTP, 1, 0, 0, "field required"},
    {"busy, then fine",
     {.run = {REPLY(503, ""), REPLY(429, ""), REPLY(503, "")}}, 0, 4, 0, 0, "success"},
    {"it may have been done", {.run = {REPLY(500, "")}}, 0, 2, 1, 0, "success"},
    {"but not a third time",
     {.run = {REPLY(500, ""), REPLY(504, "{\"error\":\"too slow\"}")}},
     TTSSLICE_ERR_HTTP, 2, 1, 1, "too slow"},
    {"the answer was lost", {.run = {CLOSE}}, 0, 2, 1, 0, "success"},
    {"the answer was lost again", {.run = {CLOSE, CLOSE}}, TTSSLICE_ERR_NETWORK, 2, 1, 1, "no answer"},
    {"cut short",
     {.run = {{.kind = FAKE_CUT, .body = "{\"status\":\"success\",\"a\":1}"}}}, 0, 2, 1, 0, "success"},
    {"nobody there", {.run = {REPLY(404, "{\"detail\":\"Not Found\"}")}},
     TTSSLICE_ERR_ENDPOINT, 1, 0, 0, "Not Found"},
    {"no key", {.run = {REPLY(401, "{\"detail\":\"who?\"}")}},
     TTSSLICE_ERR_AUTH, 1, 0, 0, "TTSSLICE_API_KEY"},
};
/* clang-format on */

static void play(const struct fault *fault, const char *protocol, const char *input,
                 const char *name) {
    fake_script script = {.jobs = &fault->job, .job_count = 1, .key = KEY};
    bench b = begin(&script, protocol);
    submit(&b, 7, input);
    const ttsslice_job_result *r = next(&b);
    const char *words = r->code ? r->error : r->output;
    if (r->code != fault->code || !strstr(words, fault->says) || r->attempts != fault->attempts ||
        r->possible_duplicates != fault->duplicates || r->retryable != fault->retryable)
        fail_msg("%s: %s after %d (%d doubtful): %s", fault->about, ttsslice_code_name(r->code),
                 (int)r->attempts, (int)r->possible_duplicates, words);
    assert_int_equal(fake_submissions(b.fake, name), fault->attempts);
    assert_int_equal(fake_polls(b.fake, NULL), 0);
    end(&b);
}

static void plain_answers(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(plain_faults); i++)
        play(&plain_faults[i], "plain", "{\"text\":\"Hello.\",\"request_id\":\"x\"}", "x");
}

static void plain_sends_the_job(void **state) {
    fake_script script = {.key = KEY};
    bench b = begin(&script, "plain");
    (void)state;
    submit(&b, 0, "{\"text\":\"Hello.\",\"request_id\":\"a\"}");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_string_equal(r->job_id, "");
    assert_int_equal(r->execution_ms, -1);
    assert_string_equal(fake_last_submission(b.fake),
                        "{\"input\":{\"text\":\"Hello.\",\"request_id\":\"a\"}}");
    assert_non_null(strstr(fake_last_headers(b.fake), "POST /call?x=1 HTTP/1.1\r\n"));
    end(&b);
}

static void plain_audio_comes_as_an_attachment(void **state) {
    char body[1000];
    int n = sprintf(body, "{\"status\":\"success\",\"audio_base64\":\"");
    for (int i = 0; i < 200; i++)
        n += sprintf(body + n, "YWFh");
    sprintf(body + n, "\"}");
    fake_job job = {.run = {REPLY(200, body)}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = begin(&script, "plain");
    (void)state;
    submit(&b, 0, "{\"text\":\"Hello.\"}");
    const ttsslice_job_result *r = next(&b);
    assert_string_equal(r->output, "{\"status\":\"success\",\"audio_base64\":\"attachment:0\"}");
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(r->attachments[0].size, 600);
    end(&b);
}

/* --- openai -------------------------------------------------------------------------------- */

/* What servers send for one second: sizes left open by those that stream, and other ends. */
static const char wav_open[1044] =
    "RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0\xe8\x03\0\0\xd0\x07\0\0\2\0\x10\0"
    "data\xff\xff\xff\xff";
static const char wav_cut[1044] =
    "RIFF\xa4\xbb\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0\2\0\x10\0data\x80\xbb";
static const char wav_empty[44] =
    "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0\2\0\x10\0data";

#define BYTES(array, kind_)                                                                        \
    { .kind = FAKE_BYTES, .body = array, .size = sizeof array, .type = kind_ }

/* clang-format off */
static const struct fault speech_faults[] = {
    {"a good file", {.run = {{FAKE_PLAIN}}}, 0, 1, 0, 0,
     "{\"status\":\"success\",\"audio_base64\":\"attachment:0\",\"sample_rate\":24000,"
     "\"audio_duration_seconds\":1.000}"},
    {"sizes left open", {.run = {BYTES(wav_open, "audio/wav")}}, 0, 1, 0, 0,
     "\"sample_rate\":1000,\"audio_duration_seconds\":0.500"},
    {"a type that says nothing", {.run = {BYTES(wav_open, "application/octet-stream")}},
     0, 1, 0, 0, "success"},
    {"shorter than its header says", {.run = {BYTES(wav_cut, "audio/wav")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 1, "cut short"},
    {"no audio in the file", {.run = {BYTES(wav_empty, "audio/wav")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 1, "no frames"},
    {"no file", {.run = {{.kind = FAKE_REPLY, .type = "audio/wav"}}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 1, "empty"},
    {"samples without a header", {.run = {BYTES("abcdefgh", "audio/pcm")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 1, "cannot be used"},
    {"the key itself in the place of audio",
     {.run = {{.kind = FAKE_REPLY, .type = "audio/wav", .body = "RIFF " KEY}}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 1, "it is no sound file"},
    {"words with 200", {.run = {REPLY(200, "{\"error\":{\"message\":\"out of " KEY "\"}}")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 0, "words in the place of audio: out of ****"},
    {"a stream of events", {.run = {{.kind = FAKE_REPLY, .type = "text/event-stream", .body = "data: 1"}}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 0, "streams events"},
    {"the stream broke", {.run = {{.kind = FAKE_CUT, .type = "audio/wav", .body = "RIFFxxxxWAVEfmt "}}},
     0, 2, 1, 0, "success"},
    {"no such voice", {.run = {REPLY(404, "{\"detail\":\"Voice file 'x' not found\"}")}},
     TTSSLICE_ERR_ENDPOINT, 1, 0, 0, "Voice file 'x' not found; check the endpoint's address, the model and"},
    {"the model is loading", {.run = {REPLY(503, "{\"detail\":\"loading\"}")}}, 0, 2, 0, 0, "success"},
    {"OpenAI's words", {.run = {REPLY(400, "{\"error\":{\"message\":\"bad speed\",\"code\":null}}")}},
     TTSSLICE_ERR_HTTP, 1, 0, 0, "/v1/audio/speech answered HTTP 400 in 1 try: bad speed"},
};
/* clang-format on */

static void speech_answers(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(speech_faults); i++)
        play(&speech_faults[i], "openai", "{\"text\":\"Hello.\"}", "Hello.");
}

static void speech_is_asked_for(void **state) {
    fake_script script = {.key = KEY};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = options_for(&b, "openai");
    ttsslice_audio *audio = NULL;
    (void)state;
    options.speech_model = "kokoro";
    options.voice = "af_bella";
    strcat(b.url, "/v1/");
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0,
           "{\"text\":\"Hello.\",\"slice\":1,\"seed\":4294967297,\"exaggeration\":0.25,"
           "\"n_candidates\":1,\"request_id\":\"r\"}");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_string_equal(fake_last_submission(b.fake),
                        "{\"model\":\"kokoro\",\"input\":\"Hello.\",\"voice\":\"af_bella\","
                        "\"response_format\":\"wav\",\"stream\":false,\"exaggeration\":0.25,"
                        "\"seed\":1}");
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(
        ttsslice_audio_decode(r->attachments[0].bytes, r->attachments[0].size, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(audio), 24000);
    ttsslice_audio_unref(audio);
    submit(&b, 1,
           "{\"text\":\"Bye.\",\"voice\":\"nova\",\"model\":\"m\",\"speed\":1.5,"
           "\"audio_format\":\"flac\"}");
    assert_int_equal(next(&b)->code, 0);
    assert_string_equal(fake_last_submission(b.fake),
                        "{\"model\":\"m\",\"input\":\"Bye.\",\"voice\":\"nova\","
                        "\"response_format\":\"flac\",\"speed\":1.5,\"stream\":false}");
    end(&b);
}

static void speech_stays_inline_where_asked(void **state) {
    fake_script script = {.key = KEY};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = options_for(&b, "openai");
    (void)state;
    options.inline_audio = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "{\"text\":\"Hello.\"}");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->attachment_count, 0);
    assert_non_null(strstr(r->output, "\"audio_base64\":\"UklGR"));
    assert_int_equal(r->output_length, strlen(r->output));
    end(&b);
}

static void speech_too_short_for_its_text(void **state) {
    char input[1200];
    fake_script script = {0};
    bench b = begin(&script, "openai");
    (void)state;
    snprintf(input, sizeof input, "{\"text\":\"%0*d\"}", 900, 7);
    submit(&b, 0, input);
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_PROTOCOL);
    assert_non_null(strstr(r->error, "1 s of audio cannot hold 900 bytes of text"));
    end(&b);
}

static void speech_refuses_what_it_cannot_ask_for(void **state) {
    static const struct {
        const char *input, *says;
    } cases[] = {
        {"{\"text\":\"a\",\"slice\":2}", "plan slice1"},
        {"{\"text\":\"a\",\"slice\":\"many\"}", "\"slice\""},
        {"{\"text\":\"a\",\"audio_prompt_url\":\"https://h/v.wav\"}", "audio_prompt_url"},
        {"{\"text\":\"a\",\"audio_prompt_base64\":\"UklG\"}", "audio_prompt_base64"},
        {"{\"text\":\" \"}", "\"text\""},
        {"{\"voice\":\"a\"}", "\"text\""},
        {"{\"text\":\"a\",\"voice\":7}", "\"voice\""},
    };
    fake_script script = {0};
    bench b = begin(&script, "openai");
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        assert_int_equal(
            ttsslice_dispatcher_submit(b.d, 0, cases[i].input, TTSSLICE_NUL_TERMINATED, &err),
            TTSSLICE_ERR_INVALID);
        assert_int_equal(err.code, TTSSLICE_ERR_INVALID);
        if (!strstr(err.message, cases[i].says))
            fail_msg("%s: %s", cases[i].input, err.message);
    }
    assert_int_equal(ttsslice_dispatcher_pending(b.d), 0);
    end(&b);
}

/* A voice that is missing ends its own job, once the server is known to be there. */
static void one_missing_voice_ends_one_job(void **state) {
    static const fake_job job = {.name = "b",
                                 .run = {REPLY(404, "{\"detail\":\"no such voice\"}")}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = options_for(&b, "openai");
    int failed = 0;
    (void)state;
    options.max_in_flight = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    for (int i = 0; i < 3; i++) {
        char input[32];
        snprintf(input, sizeof input, "{\"text\":\"%c\"}", 'a' + i);
        submit(&b, i, input);
    }
    for (int i = 0; i < 3; i++) {
        const ttsslice_job_result *r = next(&b);
        assert_int_equal(r->code, r->index == 1 ? TTSSLICE_ERR_ENDPOINT : 0);
        failed += r->code != 0;
    }
    assert_int_equal(failed, 1);
    end(&b);
}

/* --- both ---------------------------------------------------------------------------------- */

static void *cancel_when_it_waits(void *argument) {
    bench *b = argument;
    fake_wait(b->fake, 1, 0);
    ttsslice_dispatcher_cancel(b->d);
    return NULL;
}

/* The connection is the job: there is nothing else to cancel, and nothing to wait for. */
static void a_call_is_cancelled_by_its_connection(void **state) {
    static const fake_job job = {.run = {{.kind = FAKE_HANG}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = begin(&script, "plain");
    const ttsslice_job_result *r = NULL;
    pthread_t thread;
    (void)state;
    submit(&b, 0, "{\"text\":\"Hello.\"}");
    assert_int_equal(pthread_create(&thread, NULL, cancel_when_it_waits, &b), 0);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, NULL), TTSSLICE_ERR_CANCELLED);
    pthread_join(thread, NULL);
    assert_int_equal(fake_cancels(b.fake, NULL), 0);
    end(&b);
}

/* request_timeout_s is not for calls: their answers take as long as their jobs. */
static void a_call_ends_with_its_job(void **state) {
    static const fake_job job = {.run = {{.kind = FAKE_HANG}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = options_for(&b, "plain");
    (void)state;
    options.request_timeout_s = 0.1;
    options.job_timeout_s = 1.0;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "{\"text\":\"Hello.\"}");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_TIMEOUT);
    assert_int_equal(r->attempts, 1);
    assert_true(r->elapsed_ms >= 1000);
    end(&b);
}

static void read_settings(const char *protocol, const char *endpoint, int32_t code, const char *key,
                          const char *says) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_settings settings = {0};
    options.protocol = protocol;
    options.endpoint = endpoint;
    int32_t got = ttss_settings_read(&settings, &options, &err);
    if (got != code || (got && !strstr(err.message, says)))
        fail_msg("%s: %s", protocol, err.message);
    if (!got)
        assert_string_equal(settings.key, key);
    ttss_settings_free(&settings);
}

/* Each key goes to those alone who gave it out. */
static void keys_and_addresses_by_protocol(void **state) {
    (void)state;
    read_settings("grpc", "http://127.0.0.1:9", TTSSLICE_ERR_INVALID, "",
                  "\"grpc\"; it must be runpod, plain or openai");
    setenv("TTSSLICE_PROTOCOL", "soap", 1);
    read_settings(NULL, "http://127.0.0.1:9", TTSSLICE_ERR_INVALID, "", "\"soap\"");
    setenv("TTSSLICE_PROTOCOL", "plain", 1);
    setenv("RUNPOD_API_KEY", "rpa", 1);
    setenv("OPENAI_API_KEY", "sk", 1);
    setenv("TTSSLICE_API_KEY", "own", 1);
    setenv("RUNPOD_ENDPOINT_ID", "abc", 1);
    read_settings(NULL, "https://me--app.modal.run/a?b=c", 0, "own", "");
    read_settings("runpod", "https://me--app.modal.run", 0, "rpa", "");
    read_settings("openai", "https://api.openai.com/v1", 0, "sk", "");
    read_settings("openai", "https://abc.api.runpod.ai", 0, "rpa", "");
    read_settings("plain", "https://abc.api.runpod.ai/generate", 0, "rpa", "");
    read_settings("plain", "https://evilrunpod.ai/generate", 0, "own", "");
    read_settings("plain", NULL, TTSSLICE_ERR_ENDPOINT, "", "option or TTSSLICE_ENDPOINT");
    read_settings("openai", NULL, TTSSLICE_ERR_ENDPOINT, "", "or OPENAI_BASE_URL");
    read_settings("openai", "http://127.0.0.1:9/?a=b", TTSSLICE_ERR_ENDPOINT, "", "has a ?");
    read_settings("plain", "http://127.0.0.1:9/?a=b#c", TTSSLICE_ERR_ENDPOINT, "", "#");
    read_settings("plain", "https://me:hush@host/?a", TTSSLICE_ERR_ENDPOINT, "",
                  "TTSSLICE_API_KEY");
    read_settings("openai", "http://example.org/v1", TTSSLICE_ERR_ENDPOINT, "",
                  "unset OPENAI_API_KEY");
    setenv("OPENAI_BASE_URL", "http://127.0.0.1:8880/v1/", 1);
    read_settings("openai", NULL, 0, "sk", "");
    static const char *const names[] = {"TTSSLICE_PROTOCOL",  "RUNPOD_API_KEY",
                                        "OPENAI_API_KEY",     "TTSSLICE_API_KEY",
                                        "RUNPOD_ENDPOINT_ID", "OPENAI_BASE_URL"};
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
}

static void health_by_protocol(void **state) {
    fake_script script = {0};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = options_for(&b, "plain");
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    (void)state;
    assert_int_equal(ttsslice_endpoint_health(&options, NULL, &err), TTSSLICE_ERR_UNAVAILABLE);
    assert_non_null(strstr(err.message, "plain"));
    options = options_for(&b, "openai"); /* which serves no list of models */
    assert_int_equal(ttsslice_endpoint_health(&options, NULL, &err), TTSSLICE_ERR_ENDPOINT);
    assert_non_null(strstr(fake_last_headers(b.fake), "GET /v1/models "));
    fake_stop(b.fake);
}

static void speech_addresses(void **state) {
    static const struct {
        const char *endpoint, *url;
    } cases[] = {
        {"https://h", "https://h/v1/audio/speech"},
        {"https://h/v1", "https://h/v1/audio/speech"},
        {"https://h/v1/audio/speech", "https://h/v1/audio/speech"},
        {"https://h/kokoro", "https://h/kokoro/v1/audio/speech"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttss_buf url;
        ttss_buf_init(&url, 1000);
        assert_true(
            ttss_protocol_openai.address(&url, cases[i].endpoint, TTSS_REQUEST_CALL, "", 0));
        assert_string_equal(url.data, cases[i].url);
        ttss_buf_free(&url);
    }
}

/* --- out of memory ------------------------------------------------------------------------- */

static ttss_job *new_job(void) {
    char *envelope = ttss_memdup("{}", 2);
    ttss_job *job = envelope ? ttss_job_new(0, envelope, 2) : NULL;
    if (job)
        ttss_job_admit(job, 0);
    return job;
}

static void give(ttss_job *job, const ttss_policy *policy, const char *bytes, size_t size,
                 const char *type) {
    ttss_attachments audio = {0};
    ttss_buf body;
    ttss_buf_init(&body, 100000);
    if (ttss_buf_add(&body, bytes, size)) {
        ttss_answer answer = {.http_status = 200,
                              .retry_after_s = -1.0,
                              .content_type = type,
                              .body = &body,
                              .audio = &audio};
        ttss_job_begin(job, policy, 0);
        ttss_job_answered(job, policy, &answer, 1);
    } else {
        ttss_job_fail(job, 1, TTSSLICE_ERR_NOMEM, true, "out of memory");
    }
    ttss_attachments_free(&audio);
    ttss_buf_free(&body);
}

struct speech {
    ttss_policy policy;
    char *file;
    size_t size;
};

static int take_speech(void *argument) {
    const struct speech *speech = argument;
    ttss_job *job = new_job();
    if (job)
        give(job, &speech->policy, speech->file, speech->size, "audio/wav");
    int32_t code = job ? job->failure.code : TTSSLICE_ERR_NOMEM;
    if (!code)
        assert_int_equal(job->next, TTSS_NEXT_DONE);
    ttss_job_free(job);
    return code;
}

static int take_address(void *argument) {
    static const char first[] = "{\"audio_url\":\"https://127.0.0.1/a\"}";
    const ttss_policy *policy = argument;
    ttss_job *job = new_job();
    if (job)
        give(job, policy, first, sizeof first - 1, "application/json");
    if (job && !job->failure.code) {
        assert_int_equal(job->next, TTSS_NEXT_FETCH);
        give(job, policy, "RIFF", 4, "audio/wav");
    }
    int32_t code = job ? job->failure.code : TTSSLICE_ERR_NOMEM;
    if (!code)
        assert_int_equal(job->next, TTSS_NEXT_DONE);
    ttss_job_free(job);
    return code;
}

static int new_and_submit(void *argument) {
    ttsslice_dispatcher *d = NULL;
    int32_t code = ttsslice_dispatcher_new(argument, &d, NULL);
    if (!code)
        code =
            ttsslice_dispatcher_submit(d, 1, "{\"text\":\"Hi.\"}", TTSSLICE_NUL_TERMINATED, NULL);
    ttsslice_dispatcher_free(d);
    return code;
}

static void lack_of_memory_is_told(void **state) {
    struct speech speech = {.policy = {.job_timeout_ms = 60000,
                                       .secret = "",
                                       .key_variable = "OPENAI_API_KEY",
                                       .protocol = &ttss_protocol_openai,
                                       .loopback = true}};
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    (void)state;
    speech.file = fake_wav_new(FAKE_WAV_PCM16, &speech.size);
    assert_survives_alloc_failure(take_speech, &speech);
    speech.policy.inline_audio = true;
    assert_survives_alloc_failure(take_speech, &speech);
    free(speech.file);
    speech.policy.inline_audio = false;
    speech.policy.protocol = &ttss_protocol_plain;
    assert_survives_alloc_failure(take_address, &speech.policy);
    options.endpoint = "http://127.0.0.1:9/";
    options.protocol = "openai";
    options.voice = "mira";
    options.speech_model = "m";
    options.api_key = "";
    assert_survives_alloc_failure(new_and_submit, &options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_answers),
        cmocka_unit_test(plain_sends_the_job),
        cmocka_unit_test(plain_audio_comes_as_an_attachment),
        cmocka_unit_test(speech_answers),
        cmocka_unit_test(speech_is_asked_for),
        cmocka_unit_test(speech_stays_inline_where_asked),
        cmocka_unit_test(speech_too_short_for_its_text),
        cmocka_unit_test(speech_refuses_what_it_cannot_ask_for),
        cmocka_unit_test(one_missing_voice_ends_one_job),
        cmocka_unit_test(a_call_is_cancelled_by_its_connection),
        cmocka_unit_test(a_call_ends_with_its_job),
        cmocka_unit_test(keys_and_addresses_by_protocol),
        cmocka_unit_test(health_by_protocol),
        cmocka_unit_test(speech_addresses),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests_name("dispatch protocols", tests, NULL, NULL);
}
