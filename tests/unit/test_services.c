/* SPDX-License-Identifier: MIT */
/* The engines "openai", transcriber and generator, against a scripted server: each difference
 * between the servers that are in use, and each way in which a server can answer late, wrongly or
 * not at all. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "engine/engine.h"
#include "service_bench.h"

#include "config.h"

#include <jansson.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ROUTE        "/v1/audio/transcriptions"
#define SPEECH       "/v1/audio/speech"
#define GOOD         "{\"text\":\"Good morning.\"}"

/* One route, whose answers are the rest. */
#define LISTENS(...)                                                                               \
    {                                                                                              \
        {                                                                                          \
            "POST", ROUTE, {                                                                       \
                __VA_ARGS__                                                                        \
            }                                                                                      \
        }                                                                                          \
    }
#define SPEAKS(...)                                                                                \
    {                                                                                              \
        {                                                                                          \
            "POST", SPEECH, {                                                                      \
                __VA_ARGS__                                                                        \
            }                                                                                      \
        }                                                                                          \
    }

static bool has(const char *bytes, size_t size, const char *text) {
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

/* --- what is sent -------------------------------------------------------------------------- */

static void sends_a_form_with_a_file(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.body = GOOD});
    service_bench b;
    size_t size = 0;
    bench_start(&b, routes, 1);
    b.options.model = "large-v3";
    bench_openai(&b);
    assert_string_equal(ttsslice_transcriber_name(b.transcriber), "openai");
    bench_hears(&b, "Good morning.");
    const char *head = fake_web_head(b.fake, "POST", ROUTE, 0);
    const char *body = fake_web_body(b.fake, "POST", ROUTE, 0, &size);
    assert_non_null(strstr(head, "\r\nAuthorization: Bearer " BENCH_KEY "\r\n"));
    assert_non_null(strstr(head, "\r\nContent-Type: multipart/form-data; boundary="));
    assert_null(strstr(head, "Expect:"));
    assert_true(has(body, size, "name=\"file\"; filename=\"audio.wav\"\r\n"));
    assert_true(has(body, size, "Content-Type: audio/wav\r\n"));
    assert_true(has(body, size, "name=\"model\"\r\n\r\nlarge-v3\r\n"));
    assert_true(has(body, size, "name=\"language\"\r\n\r\nen\r\n"));
    assert_true(has(body, size, "name=\"response_format\"\r\n\r\nverbose_json\r\n"));
    assert_true(has(body, size, "name=\"timestamp_granularities[]\"\r\n\r\nword\r\n"));
    assert_true(has(body, size, "name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n"));
    /* The text that should be heard stays here. */
    assert_false(has(body, size, "what it should be"));
    bench_stop(&b);
}

/* The file in the form is the audio, sample by sample. */
static void sends_the_samples_as_they_are(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.body = GOOD});
    service_bench b;
    size_t size = 0;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *sent = bench_tone(0.3, 2, 22050), *received = NULL;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    assert_int_equal(ttsslice_transcribe(b.transcriber, sent, "", 0, "de-AT", &heard, NULL), 0);
    const char *body = fake_web_body(b.fake, "POST", ROUTE, 0, &size);
    const char *file = memmem(body, size, "RIFF", 4);
    assert_non_null(file);
    assert_int_equal(
        ttsslice_audio_decode(file, 44 + (size_t)ttsslice_audio_frames(sent) * 4, &received, NULL),
        0);
    assert_int_equal(ttsslice_audio_digest(received), ttsslice_audio_digest(sent));
    assert_true(has(body, size, "name=\"language\"\r\n\r\nde\r\n"));
    ttsslice_audio_unref(received);
    ttsslice_audio_unref(sent);
    ttsslice_transcript_unref(heard);
    bench_stop(&b);
}

static void finds_the_route(void **state) {
    (void)state;
    static const struct {
        const char *ending, *path;
    } rows[] = {
        {"", ROUTE},
        {"/", ROUTE},
        {"/v1", ROUTE},
        {"/v1/", ROUTE},
        {ROUTE, ROUTE},
        {"/openai", "/openai" ROUTE},
        {"/openai/v1", "/openai" ROUTE},
        {"/inference", "/inference"},
        {"/api/v3", "/api/v3/audio/transcriptions"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const fake_web_route route = {"POST", rows[i].path, {{.body = GOOD}}};
        service_bench b;
        char url[128];
        bench_start(&b, &route, 1);
        snprintf(url, sizeof url, "%s%s", fake_web_url(b.fake), rows[i].ending);
        b.options.url = url;
        bench_openai(&b);
        bench_hears(&b, "Good morning.");
        bench_stop(&b);
    }
}

static void takes_settings_from_the_environment(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.body = GOOD, .last = true});
    service_bench b;
    size_t size = 0;
    bench_start(&b, routes, 1);
    setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1", 1);
    setenv("TTSSLICE_ASR_URL", b.options.url, 1);
    setenv("TTSSLICE_ASR_MODEL", "tiny", 1);
    setenv("OPENAI_API_KEY", BENCH_KEY "\n", 1);
    b.options.url = b.options.api_key = NULL;
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    const char *body = fake_web_body(b.fake, "POST", NULL, 0, &size);
    assert_true(has(body, size, "name=\"model\"\r\n\r\ntiny\r\n"));
    assert_non_null(strstr(fake_web_head(b.fake, NULL, NULL, 0), "Bearer " BENCH_KEY "\r\n"));
    /* A server that needs none need not be given OpenAI's. */
    setenv("TTSSLICE_ASR_API_KEY", "", 1);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    assert_null(strstr(fake_web_head(b.fake, NULL, NULL, 1), "Authorization"));
    bench_stop(&b);
}

static void refuses_bad_options(void **state) {
    (void)state;
    static const struct {
        const char *url, *key, *words;
        int32_t code;
    } rows[] = {
        {"ftp://host", "", "no http or https", TTSSLICE_ERR_ENDPOINT},
        {"http://", "", "not a URL", TTSSLICE_ERR_ENDPOINT},
        {"http://user:pass@host", "", "password", TTSSLICE_ERR_ENDPOINT},
        {"http://host/v1?x=1", "", "has a ?", TTSSLICE_ERR_ENDPOINT},
        {"http://example.org/v1", BENCH_KEY, "unencrypted", TTSSLICE_ERR_ENDPOINT},
        {"https://example.org/v1", "with space", "no key has", TTSSLICE_ERR_INVALID},
    };
    ttsslice_transcriber *transcriber = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ttsslice_service_options options = TTSSLICE_SERVICE_OPTIONS_INIT;
        options.url = rows[i].url;
        options.api_key = rows[i].key;
        assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err),
                         rows[i].code);
        if (!strstr(err.message, rows[i].words) || strstr(err.message, BENCH_KEY))
            fail_msg("%s", err.message);
        assert_null(transcriber);
    }
    ttsslice_service_options options = TTSSLICE_SERVICE_OPTIONS_INIT;
    options.timeout_s = NAN;
    assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err),
                     TTSSLICE_ERR_INVALID);
    options = (ttsslice_service_options)TTSSLICE_SERVICE_OPTIONS_INIT;
    options.ca_file = "/nonexistent/ca.pem";
    assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err),
                     TTSSLICE_ERR_IO);
    options = (ttsslice_service_options)TTSSLICE_SERVICE_OPTIONS_INIT;
    options.backoff_count = 2;
    assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err),
                     TTSSLICE_ERR_INVALID);
    options = (ttsslice_service_options)TTSSLICE_SERVICE_OPTIONS_INIT;
    options.model = "a\nb";
    assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcriber_new_openai(NULL, NULL, &err), TTSSLICE_ERR_INVALID);
    options = (ttsslice_service_options)TTSSLICE_SERVICE_OPTIONS_INIT;
    options.url = "http://example.org";
    options.api_key = BENCH_KEY;
    options.insecure = 1;
    assert_int_equal(ttsslice_transcriber_new_openai(&options, &transcriber, &err), 0);
    ttsslice_transcriber_unref(transcriber);
}

/* --- servers that take less ---------------------------------------------------------------- */

static void asks_for_less_detail(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS(
        {.status = 400, .body = "{\"error\":{\"message\":\"verbose_json is not supported\"}}"},
        {.status = 422, .body = "{\"detail\":[{\"msg\":\"no\"}]}"}, {.body = GOOD}, {.body = GOOD});
    service_bench b;
    size_t size = 0;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    bench_hears(&b, "Good morning."); /* what was found is kept */
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 4);
    const char *body = fake_web_body(b.fake, "POST", ROUTE, 1, &size);
    assert_true(has(body, size, "verbose_json"));
    assert_false(has(body, size, "granularities"));
    for (int i = 2; i < 4; i++) {
        body = fake_web_body(b.fake, "POST", ROUTE, i, &size);
        assert_true(has(body, size, "name=\"response_format\"\r\n\r\njson\r\n"));
    }
    assert_non_null(strstr(b.log, "asking for text alone"));
    bench_stop(&b);
}

static void takes_a_500_over_granularities_for_a_refusal(void **state) {
    (void)state;
    static const fake_web_route routes[] =
        LISTENS({.status = 500,
                 .body = "Internal Server Error: timestamp_granularities",
                 .type = "text/plain"},
                {.status = 500, .body = "timestamp_granularities"},
                {.status = 500, .body = "timestamp_granularities"},
                {.status = 500, .body = "timestamp_granularities"}, {.body = GOOD});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    bench_stop(&b);
}

static void finds_whisper_cpp(void **state) {
    (void)state;
    static const fake_web_route routes[] = {
        {"POST", ROUTE, {{.status = 404, .body = "File Not Found (x)", .type = "text/plain"}}},
        {"POST",
         "/inference",
         {{.body = " Good morning.\n", .type = "text/html"},
          {.body = "{\"text\":\" Good\",\"segments\":[{\"text\":\" Good\",\"words\":[{\"word\":"
                   "\" Go\",\"start\":0.25,\"end\":0.5,\"probability\":0.5},{\"word\":\"od\","
                   "\"start\":0.5,\"end\":0.75,\"probability\":1}]}]}"}}},
    };
    service_bench b;
    bench_start(&b, routes, 2);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    ttsslice_transcript *heard = bench_hear(&b, 1.0);
    const ttsslice_word *word = ttsslice_transcript_word(heard, 0);
    assert_string_equal(word->text, "Good");
    assert_float_equal(word->start_s, 0.25, 0.0);
    assert_float_equal(word->end_s, 0.75, 0.0);
    assert_float_equal(word->confidence, 0.5, 0.0);
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 1); /* once is enough */
    ttsslice_transcript_unref(heard);
    bench_stop(&b);
}

/* --- long and short audio ------------------------------------------------------------------ */

static void sends_long_audio_in_parts(void **state) {
    (void)state;
    static const fake_web_route routes[] =
        LISTENS({.body = "{\"text\":\"x\",\"words\":[{\"word\":\"x\",\"start\":0.5,\"end\":0.75}]}",
                 .last = true});
    service_bench b;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = bench_tone(9.0, 2, 24000);
    if (!TTSS_HAVE_SOXR)
        skip();
    bench_start(&b, routes, 1);
    b.options.max_upload_bytes = 65536 + 1024;
    bench_openai(&b);
    assert_int_equal(ttsslice_transcribe(b.transcriber, audio, "", 0, NULL, &heard, &b.err), 0);
    const int parts = fake_web_count(b.fake, "POST", ROUTE);
    assert_in_range(parts, 5, 6);
    assert_int_equal(ttsslice_transcript_word_count(heard), parts);
    double last = -1.0, covered = 0.0;
    for (int i = 0; i < parts; i++) {
        size_t size = 0;
        const char *body = fake_web_body(b.fake, "POST", ROUTE, i, &size);
        const unsigned char *file = memmem(body, size, "RIFF", 4);
        const uint32_t bytes = (uint32_t)(file[40] | file[41] << 8 | file[42] << 16);
        assert_true(44 + bytes <= b.options.max_upload_bytes);
        assert_int_equal(file[22], 1);                     /* channel */
        assert_int_equal(file[24] | file[25] << 8, 16000); /* Hz */
        const double start = ttsslice_transcript_word(heard, (size_t)i)->start_s;
        assert_float_equal(start, covered + 0.5, 0.001);
        assert_true(start > last);
        last = start;
        covered += bytes / 32000.0;
        /* It is cut in a pause, which each half second ends with. */
        if (i + 1 < parts)
            assert_true(fmod(covered, 0.5) >= 0.3);
    }
    assert_float_equal(covered, 9.0, 0.001);
    assert_non_null(strstr(b.log, "mono at 16 kHz because of max_upload_bytes"));
    ttsslice_transcript_unref(heard);
    ttsslice_audio_unref(audio);
    bench_stop(&b);
}

static void hears_nothing_in_audio_shorter_than_a_word(void **state) {
    (void)state;
    service_bench b;
    bench_start(&b, NULL, 0);
    bench_openai(&b);
    ttsslice_transcript *heard = bench_hear(&b, 0.05);
    assert_non_null(heard);
    assert_string_equal(ttsslice_transcript_text(heard), "");
    assert_int_equal(fake_web_count(b.fake, NULL, NULL), 0);
    ttsslice_transcript_unref(heard);
    bench_stop(&b);
}

/* --- trouble that passes ------------------------------------------------------------------- */

static void tries_again(void **state) {
    (void)state;
    static const fake_web_answer troubles[] = {
        {.status = 503, .body = "{\"detail\":\"Model is loading\"}"},
        {.status = 429,
         .body = "{\"error\":{\"message\":\"slow down\"}}",
         .header = "Retry-After: 0"},
        {.status = 500, .body = "oops", .type = "text/plain"},
        {.status = 502, .body = "<html>Bad Gateway</html>", .type = "text/html"},
        {.status = 408},
        {.kind = FAKE_WEB_CLOSE},
        {.kind = FAKE_WEB_CUT, .body = GOOD},
        {.kind = FAKE_WEB_CUT, .body = GOOD, .chunked = true},
    };
    for (size_t i = 0; i < COUNT(troubles); i++) {
        const fake_web_route routes[] = LISTENS(troubles[i], troubles[i], {.body = GOOD});
        service_bench b;
        size_t first = 0, third = 0;
        bench_start(&b, routes, 1);
        bench_openai(&b);
        bench_hears(&b, "Good morning.");
        assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 3);
        fake_web_body(b.fake, "POST", ROUTE, 0, &first);
        fake_web_body(b.fake, "POST", ROUTE, 2, &third);
        assert_int_equal(first, third); /* the file goes again as a whole */
        bench_stop(&b);
    }
}

static void gives_up_in_the_end(void **state) {
    (void)state;
    static const struct {
        fake_web_answer answer;
        int32_t code;
        const char *words;
    } rows[] = {
        {{.status = 503, .body = "{\"detail\":\"overloaded\"}", .last = true},
         TTSSLICE_ERR_HTTP,
         "HTTP 503 after 4 tries: overloaded"},
        {{.kind = FAKE_WEB_CLOSE, .last = true}, TTSSLICE_ERR_NETWORK, "no answer in 4 tries"},
        {{.kind = FAKE_WEB_HANG, .last = true}, TTSSLICE_ERR_TIMEOUT, "within 0.1 s in 4 tries"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const fake_web_route routes[] = LISTENS(rows[i].answer);
        service_bench b;
        bench_start(&b, routes, 1);
        if (rows[i].answer.kind == FAKE_WEB_HANG)
            b.options.request_timeout_s = 0.1;
        bench_openai(&b);
        bench_fails(&b, rows[i].code, rows[i].words);
        if (rows[i].answer.kind != FAKE_WEB_HANG) /* which may not have read the last ones yet */
            assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 4);
        bench_stop(&b);
    }
}

static void waits_while_a_model_is_loading(void **state) {
    (void)state;
    static const fake_web_answer loading = {.status = 503,
                                            .body = "{\"detail\":\"Model is loading\"}"};
    const fake_web_route routes[] = LISTENS(loading, loading, loading, loading, loading, loading,
                                            loading, {.body = GOOD, .last = true});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 8);
    bench_stop(&b);
}

static void does_not_wait_longer_than_it_may(void **state) {
    (void)state;
    static const fake_web_route routes[] =
        LISTENS({.status = 429, .header = "Retry-After: 3600", .last = true});
    service_bench b;
    bench_start(&b, routes, 1);
    b.options.timeout_s = 60.0;
    bench_openai(&b);
    bench_fails(&b, TTSSLICE_ERR_HTTP, "HTTP 429");
    assert_float_equal(b.err.retry_after_s, 3600.0, 0.0);
    assert_int_equal(b.err.http_status, 429);
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 1);
    bench_stop(&b);
}

static void tells_of_a_server_that_is_not_there(void **state) {
    (void)state;
    service_bench b;
    bench_start(&b, NULL, 0);
    b.options.url = "http://127.0.0.1:1";
    bench_openai(&b);
    bench_fails(&b, TTSSLICE_ERR_NETWORK, "check its address");
    bench_stop(&b);
}

/* --- trouble that stays -------------------------------------------------------------------- */

static void does_not_try_again(void **state) {
    (void)state;
    static const struct {
        fake_web_answer answer;
        int32_t code;
        const char *words;
        int requests;
    } rows[] = {
        {{.status = 401, .body = "{\"error\":{\"message\":\"Incorrect API key: " BENCH_KEY "\"}}"},
         TTSSLICE_ERR_AUTH,
         "refused the key (HTTP 401): Incorrect API key: ***",
         1},
        {{.status = 403}, TTSSLICE_ERR_AUTH, "OPENAI_API_KEY", 1},
        {{.status = 404, .body = "{\"detail\":\"Model 'x' is not installed locally\"}"},
         TTSSLICE_ERR_ENDPOINT,
         "is not installed locally",
         1},
        {{.status = 405}, TTSSLICE_ERR_HTTP, "HTTP 405", 1},
        {{.status = 413, .body = "<html>too large</html>", .type = "text/html"},
         TTSSLICE_ERR_HTTP,
         "max_upload_bytes",
         1},
        {{.status = 415, .body = "{\"detail\":\"cannot decode\"}"},
         TTSSLICE_ERR_HTTP,
         "cannot decode",
         1},
        {{.status = 429,
          .body = "{\"error\":{\"message\":\"quota\",\"code\":\"insufficient_quota\"}}"},
         TTSSLICE_ERR_HTTP,
         "quota",
         1},
        {{.status = 302, .header = "Location: http://127.0.0.1:1/elsewhere"},
         TTSSLICE_ERR_ENDPOINT,
         "redirects (HTTP 302) to http://127.0.0.1:1/elsewhere",
         1},
        {{.status = 400, .body = "Invalid request", .type = "text/plain", .last = true},
         TTSSLICE_ERR_HTTP,
         "HTTP 400 after 1 try: Invalid request",
         3},
        {{.status = 422,
          .body = "{\"detail\":[{\"loc\":[\"body\",\"file\"],\"msg\":\"field required\"}]}",
          .last = true},
         TTSSLICE_ERR_HTTP,
         "field required",
         3},
        {{.status = 200}, TTSSLICE_ERR_PROTOCOL, "the answer is empty", 1},
        {{.body = "<!DOCTYPE html><title>A page</title>", .type = "text/html"},
         TTSSLICE_ERR_PROTOCOL,
         "web page",
         1},
        {{.body = "{\"text\":\"Good mor"}, TTSSLICE_ERR_PROTOCOL, "damaged JSON", 1},
        {{.body = "{\"error\":\"no key " BENCH_KEY "\"}"}, TTSSLICE_ERR_PROTOCOL, "error", 1},
        {{.body = "{}"}, TTSSLICE_ERR_PROTOCOL, "no transcript", 1},
        {{.body = "{\"text\":null}"}, TTSSLICE_ERR_PROTOCOL, "\"text\" is null", 1},
        {{.body = "{\"text\":7}"}, TTSSLICE_ERR_PROTOCOL, "\"text\" is a number", 1},
        {{.body = "{\"text\":{}}"}, TTSSLICE_ERR_PROTOCOL, "\"text\" is an object", 1},
        {{.body = "[]"}, TTSSLICE_ERR_PROTOCOL, "a list without a word", 1},
        {{.body = "42"}, TTSSLICE_ERR_PROTOCOL, "a JSON value without a text", 1},
        {{.body = "[42]"}, TTSSLICE_ERR_PROTOCOL, "a JSON value without a text", 1},
        {{.body = "null"}, TTSSLICE_ERR_PROTOCOL, "a JSON value without a text", 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const fake_web_route routes[] = LISTENS(rows[i].answer);
        service_bench b;
        bench_start(&b, routes, 1);
        bench_openai(&b);
        bench_fails(&b, rows[i].code, rows[i].words);
        assert_int_equal(b.err.http_status, rows[i].answer.status ? rows[i].answer.status : 200);
        assert_int_equal(fake_web_count(b.fake, NULL, NULL), rows[i].requests);
        bench_stop(&b);
    }
}

/* libcurl calls this "out of memory". */
static void takes_no_header_without_end(void **state) {
    (void)state;
    static char header[200 * 1000];
    memset(header, 'a', sizeof header - 1);
    memcpy(header, "X-Long: ", 8);
    const fake_web_route routes[] = LISTENS({.body = GOOD, .header = header});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    bench_fails(&b, TTSSLICE_ERR_NETWORK, "a line of its answer's header is longer than 100 kB");
    assert_non_null(strstr(b.err.message, fake_web_url(b.fake)));
    assert_int_equal(fake_web_count(b.fake, NULL, NULL), 1);
    bench_stop(&b);
}

static void keeps_the_key_out_of_transcripts(void **state) {
    (void)state;
    static const fake_web_route routes[] =
        LISTENS({.body = "{\"text\":\"Good " BENCH_KEY " morning\",\"words\":[\"Good\",\"" BENCH_KEY
                         "\",\"morning\"]}"},
                {.body = "Good " BENCH_KEY, .type = "text/plain"});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    for (int i = 0; i < 2; i++) {
        ttsslice_transcript *heard = bench_hear(&b, 1.0);
        assert_non_null(heard);
        assert_non_null(strstr(ttsslice_transcript_text(heard), "Good *****"));
        assert_null(strstr(ttsslice_transcript_text(heard), "KEEPTHIS"));
        for (size_t w = 0; w < ttsslice_transcript_word_count(heard); w++)
            assert_null(strstr(ttsslice_transcript_word(heard, w)->text, "KEEPTHIS"));
        ttsslice_transcript_unref(heard);
    }
    bench_stop(&b);
}

static void wants_a_key_where_none_was_given(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.status = 401});
    service_bench b;
    bench_start(&b, routes, 1);
    b.options.api_key = "";
    bench_openai(&b);
    bench_fails(&b, TTSSLICE_ERR_AUTH, "wants a key (HTTP 401); set OPENAI_API_KEY");
    bench_stop(&b);
}

static void takes_no_answer_without_end(void **state) {
    (void)state;
    char body[5000];
    memset(body, 'a', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    for (int chunked = 0; chunked < 2; chunked++) {
        const fake_web_route routes[] = LISTENS({.body = body, .chunked = chunked == 1});
        service_bench b;
        bench_start(&b, routes, 1);
        b.options.max_reply_bytes = 1024;
        bench_openai(&b);
        bench_fails(&b, TTSSLICE_ERR_PROTOCOL, "max_reply_bytes (1024)");
        assert_int_equal(fake_web_count(b.fake, NULL, NULL), 1);
        bench_stop(&b);
    }
}

static void takes_invalid_utf8(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.body = "{\"text\":\"Good \xFF morning\"}"},
                                                   {.status = 404, .body = "\xFF\xFE key"});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    bench_hears(&b, "Good \xEF\xBF\xBD morning");
    bench_fails(&b, TTSSLICE_ERR_ENDPOINT, "?? key");
    bench_stop(&b);
}

/* --- ending early, and many at once -------------------------------------------------------- */

typedef struct caller {
    service_bench *b;
    ttss_stop stop;
    int32_t code;
} caller;

static void *call(void *argument) {
    caller *c = argument;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = bench_tone(0.5, 1, 16000);
    c->code = ttss_transcribe(c->b->transcriber, audio, "", 0, NULL, &c->stop, &heard, NULL);
    ttsslice_audio_unref(audio);
    ttsslice_transcript_unref(heard);
    return NULL;
}

static void a_call_can_be_cancelled(void **state) {
    (void)state;
    static const fake_web_route routes[] =
        LISTENS({.kind = FAKE_WEB_HANG}, {.kind = FAKE_WEB_HANG},
                {.status = 503, .header = "Retry-After: 1000"}, {.body = GOOD});
    service_bench b;
    atomic_bool flag;
    bench_start(&b, routes, 1);
    bench_openai(&b);
    for (int way = 0; way < 3; way++) { /* the flag, the engine, and while it waits */
        caller c = {.b = &b};
        pthread_t thread;
        atomic_init(&flag, false);
        c.stop.flag = &flag;
        assert_int_equal(pthread_create(&thread, NULL, call, &c), 0);
        assert_true(fake_web_wait(b.fake, "POST", ROUTE, way + 1));
        if (way == 0)
            atomic_store(&flag, true);
        else
            ttsslice_transcriber_cancel(b.transcriber);
        pthread_join(thread, NULL);
        assert_int_equal(c.code, TTSSLICE_ERR_CANCELLED);
    }
    bench_hears(&b, "Good morning."); /* later calls are not affected */
    ttsslice_transcriber_cancel(NULL);
    bench_stop(&b);
}

static void serves_several_threads(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS({.body = GOOD, .last = true});
    service_bench b;
    caller callers[8];
    pthread_t threads[8];
    bench_start(&b, routes, 1);
    bench_openai(&b);
    for (size_t i = 0; i < COUNT(threads); i++) {
        callers[i] = (caller){.b = &b, .code = -1};
        assert_int_equal(pthread_create(&threads[i], NULL, call, &callers[i]), 0);
    }
    for (size_t i = 0; i < COUNT(threads); i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(callers[i].code, 0);
    }
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 8);
    bench_stop(&b);
}

/* --- checking ------------------------------------------------------------------------------ */

static void tells_whether_it_can_be_used(void **state) {
    (void)state;
    static const struct {
        fake_web_answer answer;
        int32_t code;
        const char *words;
    } rows[] = {
        {{.body = "{\"data\":[{\"id\":\"whisper-1\"}]}"}, 0, "model whisper-1 is in its list"},
        {{.body = "{\"data\":[{\"id\":\"tiny\"}]}"}, 0, "model whisper-1 is not in its list"},
        {{.status = 404, .body = "File Not Found"}, 0, "answers"},
        {{.status = 401}, TTSSLICE_ERR_AUTH, "refused the key"},
        {{.body = "surprise"}, 0, "answers"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const fake_web_route route = {"GET", "/v1/models", {rows[i].answer}};
        service_bench b;
        char *detail = NULL;
        bench_start(&b, &route, 1);
        bench_openai(&b);
        assert_int_equal(ttsslice_transcriber_check(b.transcriber, &detail, &b.err), rows[i].code);
        if (!strstr(detail ? detail : b.err.message, rows[i].words))
            fail_msg("%s", detail ? detail : b.err.message);
        assert_null(strstr(detail ? detail : "", BENCH_KEY));
        ttsslice_free(detail);
        bench_stop(&b);
    }
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_transcriber_check(NULL, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_generator_check(NULL, NULL, &err), TTSSLICE_ERR_INVALID);
}

/* --- speaking ------------------------------------------------------------------------------ */

static char *wav_of(double seconds, size_t *size) {
    ttsslice_audio *audio = bench_tone(seconds, 1, 24000);
    void *bytes = NULL;
    assert_int_equal(ttsslice_audio_encode(audio, "wav", &bytes, size, NULL), 0);
    ttsslice_audio_unref(audio);
    return bytes;
}

static int32_t speak(service_bench *b, ttsslice_audio **out) {
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    request.text = "Good \"morning\".";
    request.seed = 17;
    b->err = (ttsslice_error)TTSSLICE_ERROR_INIT;
    return ttsslice_generate(b->generator, &request, out, NULL, &b->err);
}

static void speaks(void **state) {
    (void)state;
    size_t size = 0;
    char *wav = wav_of(0.5, &size);
    const fake_web_route routes[] =
        SPEAKS({.body = wav, .size = size, .type = "audio/wav", .chunked = true});
    service_bench b;
    ttsslice_audio *audio = NULL;
    bench_start(&b, routes, 1);
    b.options.voice = "af_heart";
    b.options.model = "kokoro";
    bench_speaker(&b);
    assert_string_equal(ttsslice_generator_name(b.generator), "openai");
    assert_int_equal(speak(&b, &audio), 0);
    assert_float_equal(ttsslice_audio_duration_s(audio), 0.5, 0.0001);
    assert_int_equal(ttsslice_audio_sample_rate(audio), 24000);
    json_t *body = json_loads(fake_web_body(b.fake, "POST", SPEECH, 0, NULL), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(body, "input")), "Good \"morning\".");
    assert_string_equal(json_string_value(json_object_get(body, "voice")), "af_heart");
    assert_string_equal(json_string_value(json_object_get(body, "model")), "kokoro");
    assert_string_equal(json_string_value(json_object_get(body, "response_format")), "wav");
    assert_true(json_is_false(json_object_get(body, "stream")));
    assert_int_equal(json_integer_value(json_object_get(body, "seed")), 17);
    json_decref(body);
    const char *head = fake_web_head(b.fake, "POST", SPEECH, 0);
    assert_non_null(strstr(head, "Authorization: Bearer " BENCH_KEY "\r\n"));
    assert_non_null(strstr(head, "Content-Type: application/json\r\n"));
    ttsslice_audio_unref(audio);
    bench_stop(&b);
    free(wav);
}

static void speaks_to_servers_that_know_openai_alone(void **state) {
    (void)state;
    size_t size = 0;
    char *wav = wav_of(0.5, &size);
    const fake_web_route routes[] = SPEAKS(
        {.status = 400, .body = "{\"error\":\"unrecognized argument: stream\"}"},
        {.body = wav, .size = size, .type = "audio/wav"}, {.body = wav, .size = size, .type = ""});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_speaker(&b);
    for (int i = 0; i < 2; i++) {
        ttsslice_audio *audio = NULL;
        assert_int_equal(speak(&b, &audio), 0);
        ttsslice_audio_unref(audio);
    }
    assert_int_equal(fake_web_count(b.fake, "POST", SPEECH), 3);
    assert_null(strstr(fake_web_body(b.fake, "POST", SPEECH, 1, NULL), "seed"));
    assert_null(strstr(fake_web_body(b.fake, "POST", SPEECH, 2, NULL), "seed"));
    bench_stop(&b);
    free(wav);
}

/* A WAV that was streamed has no sizes in its header; raw samples have no header at all. */
static void reads_streamed_and_raw_audio(void **state) {
    (void)state;
    size_t size = 0;
    char *wav = wav_of(0.5, &size);
    memset(wav + 4, 0xFF, 4);
    memset(wav + size - 24000 - 4, 0xFF, 4);
    const fake_web_route routes[] =
        SPEAKS({.body = wav, .size = size, .type = "audio/wav"},
               {.body = wav + size - 24000, .size = 24000, .type = "audio/pcm"});
    service_bench b;
    bench_start(&b, routes, 1);
    bench_speaker(&b);
    for (int i = 0; i < 2; i++) {
        ttsslice_audio *audio = NULL;
        if (speak(&b, &audio) != 0)
            fail_msg("%s", b.err.message);
        assert_float_equal(ttsslice_audio_duration_s(audio), 0.5, 0.0001);
        ttsslice_audio_unref(audio);
    }
    bench_stop(&b);
    free(wav);
}

static void fails_to_speak(void **state) {
    (void)state;
    static const struct {
        fake_web_answer answer;
        int32_t code;
        const char *words;
        int requests;
    } rows[] = {
        {{.type = "audio/wav"}, TTSSLICE_ERR_PROTOCOL, "there is no audio", 1},
        {{.body = "{\"ok\":true}"}, TTSSLICE_ERR_PROTOCOL, "it is no audio", 1},
        {{.body = "RIFF\x10\x01WAVE", .type = "audio/wav"}, TTSSLICE_ERR_PROTOCOL, "cannot", 1},
        {{.body = "not audio at all", .type = "application/octet-stream"},
         TTSSLICE_ERR_PROTOCOL,
         "cannot",
         1},
        {{.status = 404, .body = "{\"detail\":\"Voice file 'alloy' not found.\"}"},
         TTSSLICE_ERR_ENDPOINT,
         "not found",
         1},
        {{.status = 400,
          .last = true,
          .body = "{\"detail\":{\"error\":\"invalid_model\",\"message\":\"no such model\"}}"},
         TTSSLICE_ERR_HTTP,
         "no such model",
         2},
        {{.status = 503, .body = "{\"detail\":\"TTS engine is not ready\"}", .last = true},
         TTSSLICE_ERR_HTTP,
         "not ready",
         4},
        {{.kind = FAKE_WEB_CUT,
          .body = "RIFFxxxxWAVEfmt ",
          .type = "audio/wav",
          .chunked = true,
          .last = true},
         TTSSLICE_ERR_NETWORK,
         "4 tries",
         4},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const fake_web_route routes[] = SPEAKS(rows[i].answer);
        service_bench b;
        ttsslice_audio *audio = NULL;
        bench_start(&b, routes, 1);
        bench_speaker(&b);
        assert_int_equal(speak(&b, &audio), rows[i].code);
        if (!strstr(b.err.message, rows[i].words))
            fail_msg("%s", b.err.message);
        assert_null(audio);
        assert_int_equal(b.err.slice, TTSSLICE_SLICE_GENERATE);
        assert_int_equal(fake_web_count(b.fake, NULL, NULL), rows[i].requests);
        bench_stop(&b);
    }
}

static void spoils_and_checks_what_it_speaks(void **state) {
    (void)state;
    size_t size = 0;
    char *wav = wav_of(0.5, &size);
    const fake_web_route routes[] = {
        {"POST", SPEECH, {{.body = wav, .size = size, .type = "audio/wav", .last = true}}},
        {"GET", "/v1/models", {{.body = "{\"data\":[]}"}}}};
    service_bench b;
    ttsslice_generator *damaged = NULL;
    ttsslice_audio *audio = NULL;
    char *line = NULL;
    bench_start(&b, routes, 2);
    bench_speaker(&b);
    assert_int_equal(ttsslice_generator_new_damaged(b.generator, 1.0, &damaged, NULL), 0);
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    request.text = "one two three four five six seven eight nine ten";
    assert_int_equal(ttsslice_generate(damaged, &request, &audio, &line, NULL), 0);
    assert_non_null(line);
    assert_null(strstr(fake_web_body(b.fake, "POST", SPEECH, 0, NULL), request.text));
    ttsslice_free(line);
    assert_int_equal(ttsslice_generator_check(damaged, &line, NULL), 0);
    assert_non_null(strstr(line, "answers and takes the key"));
    ttsslice_free(line);
    ttsslice_audio_unref(audio);
    ttsslice_generator_unref(damaged);
    bench_stop(&b);
    free(wav);
}

/* --- memory -------------------------------------------------------------------------------- */

static int make_and_hear(void *argument) {
    service_bench *b = argument;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = NULL;
    static const int16_t samples[8000];
    int code = ttsslice_transcriber_new_openai(&b->options, &b->transcriber, NULL);
    if (!code)
        code = ttsslice_audio_new_s16(samples, 8000, 1, 16000, &audio, NULL);
    if (!code)
        code = ttsslice_transcribe(b->transcriber, audio, "a", 1, NULL, &heard, NULL);
    ttsslice_transcript_unref(heard);
    ttsslice_audio_unref(audio);
    ttsslice_transcriber_unref(b->transcriber);
    b->transcriber = NULL;
    return code;
}

static void running_out_of_memory_is_an_error(void **state) {
    (void)state;
    static const fake_web_route routes[] = LISTENS(
        {.body = "{\"text\":\"a b\",\"words\":[{\"word\":\"a\"},{\"word\":\"b\"}]}", .last = true});
    service_bench b;
    bench_start(&b, routes, 1);
    assert_survives_alloc_failure(make_and_hear, &b);
    assert_true(fake_web_count(b.fake, NULL, NULL) > 1);
    bench_stop(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_a_form_with_a_file),
        cmocka_unit_test(sends_the_samples_as_they_are),
        cmocka_unit_test(finds_the_route),
        cmocka_unit_test(takes_settings_from_the_environment),
        cmocka_unit_test(refuses_bad_options),
        cmocka_unit_test(asks_for_less_detail),
        cmocka_unit_test(takes_a_500_over_granularities_for_a_refusal),
        cmocka_unit_test(finds_whisper_cpp),
        cmocka_unit_test(sends_long_audio_in_parts),
        cmocka_unit_test(hears_nothing_in_audio_shorter_than_a_word),
        cmocka_unit_test(tries_again),
        cmocka_unit_test(gives_up_in_the_end),
        cmocka_unit_test(waits_while_a_model_is_loading),
        cmocka_unit_test(does_not_wait_longer_than_it_may),
        cmocka_unit_test(tells_of_a_server_that_is_not_there),
        cmocka_unit_test(does_not_try_again),
        cmocka_unit_test(takes_no_header_without_end),
        cmocka_unit_test(keeps_the_key_out_of_transcripts),
        cmocka_unit_test(wants_a_key_where_none_was_given),
        cmocka_unit_test(takes_no_answer_without_end),
        cmocka_unit_test(takes_invalid_utf8),
        cmocka_unit_test(a_call_can_be_cancelled),
        cmocka_unit_test(serves_several_threads),
        cmocka_unit_test(tells_whether_it_can_be_used),
        cmocka_unit_test(speaks),
        cmocka_unit_test(speaks_to_servers_that_know_openai_alone),
        cmocka_unit_test(reads_streamed_and_raw_audio),
        cmocka_unit_test(fails_to_speak),
        cmocka_unit_test(spoils_and_checks_what_it_speaks),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
