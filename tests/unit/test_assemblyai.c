/* SPDX-License-Identifier: MIT */
/* The transcriber "assemblyai" against a scripted service. However a visit ends, what was made
 * there is deleted there: the deletions are counted. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "engine/engine.h"
#include "service_bench.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UPLOAD       "/v2/upload"
#define ORDER        "/v2/transcript"
#define T1           "/v2/transcript/t-1"

#define UPLOADED   "{\"upload_url\":\"https://cdn.example/u-1\"}"
#define QUEUED     "{\"id\":\"t-1\",\"status\":\"queued\"}"
#define PROCESSING "{\"id\":\"t-1\",\"status\":\"processing\"}"
#define DONE                                                                                       \
    "{\"id\":\"t-1\",\"status\":\"completed\",\"audio_duration\":1,\"text\":\"Good morning.\","    \
    "\"words\":[{\"text\":\"Good\",\"start\":100,\"end\":500,\"confidence\":0.9},"                 \
    "{\"text\":\"morning.\",\"start\":500,\"end\":900,\"confidence\":0.5}]}"
#define FAILED(why) "{\"id\":\"t-1\",\"status\":\"error\",\"error\":\"" why "\"}"

/* What the service does when all is well, but for one route that the test brings. */
enum { AT_UPLOAD, AT_ORDER, AT_POLL, AT_DELETE, ROUTES };

typedef struct script {
    fake_web_route routes[ROUTES];
} script;

static script usual(void) {
    return (script){{
        {"POST", UPLOAD, {{.body = UPLOADED, .last = true}}},
        {"POST", ORDER, {{.body = QUEUED, .last = true}}},
        {"GET", T1, {{.body = DONE, .last = true}}},
        {"DELETE", T1, {{.body = "{\"id\":\"t-1\",\"text\":\"Deleted by user.\"}", .last = true}}},
    }};
}

static void start(service_bench *b, const script *s) {
    bench_start(b, s->routes, ROUTES);
    bench_assemblyai(b);
}

static int orders(service_bench *b) {
    return fake_web_count(b->fake, "POST", ORDER);
}

static int deletions(service_bench *b) {
    return fake_web_count(b->fake, "DELETE", T1);
}

/* --- well ---------------------------------------------------------------------------------- */

static void uploads_orders_waits_and_deletes(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    size_t size = 0;
    s.routes[AT_POLL] = (fake_web_route){
        "GET", T1, {{.body = QUEUED}, {.body = PROCESSING}, {.body = PROCESSING}, {.body = DONE}}};
    start(&b, &s);
    assert_string_equal(ttsslice_transcriber_name(b.transcriber), "assemblyai");
    ttsslice_transcript *heard = bench_hear(&b, 1.0);
    assert_non_null(heard);
    assert_string_equal(ttsslice_transcript_text(heard), "Good morning.");
    const ttsslice_word *word = ttsslice_transcript_word(heard, 1);
    assert_string_equal(word->text, "morning.");
    assert_float_equal(word->start_s, 0.5, 1e-9);
    assert_float_equal(word->end_s, 0.9, 1e-9);
    assert_float_equal(word->confidence, 0.5, 1e-9);
    ttsslice_transcript_unref(heard);

    /* The key stands alone, in each request. */
    for (int i = 0; i < fake_web_count(b.fake, NULL, NULL); i++)
        assert_non_null(
            strstr(fake_web_head(b.fake, NULL, NULL, i), "\r\nAuthorization: " BENCH_KEY "\r\n"));
    const char *file = fake_web_body(b.fake, "POST", UPLOAD, 0, &size);
    assert_int_equal(size, 44 + 32000);
    assert_memory_equal(file, "RIFF", 4);
    assert_non_null(strstr(fake_web_head(b.fake, "POST", UPLOAD, 0),
                           "Content-Type: application/octet-stream\r\n"));
    json_t *body = json_loads(fake_web_body(b.fake, "POST", ORDER, 0, NULL), 0, NULL);
    assert_string_equal(json_string_value(json_object_get(body, "audio_url")),
                        "https://cdn.example/u-1");
    assert_string_equal(json_string_value(json_object_get(body, "language_code")), "en");
    const json_t *models = json_object_get(body, "speech_models");
    assert_int_equal(json_array_size(models), 2);
    assert_string_equal(json_string_value(json_array_get(models, 0)), "universal-3-pro");
    assert_string_equal(json_string_value(json_array_get(models, 1)), "universal-2");
    json_decref(body);
    assert_int_equal(fake_web_count(b.fake, "GET", T1), 4);
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

static void needs_no_look_if_it_is_done_at_once(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    s.routes[AT_ORDER].answers[0].body = DONE;
    start(&b, &s);
    bench_hears(&b, "Good morning.");
    assert_int_equal(fake_web_count(b.fake, "GET", T1), 0);
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

static void takes_null_for_silence(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    s.routes[AT_POLL].answers[0].body = "{\"id\":\"t-1\",\"status\":\"completed\",\"audio_"
                                        "duration\":2,\"text\":null,\"words\":null}";
    start(&b, &s);
    bench_hears(&b, "");
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

static void says_once_that_it_waits_its_turn(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    static const char throttled[] = "{\"id\":\"t-1\",\"status\":\"queued\",\"throttled\":true}";
    s.routes[AT_POLL] =
        (fake_web_route){"GET", T1, {{.body = throttled}, {.body = throttled}, {.body = DONE}}};
    start(&b, &s);
    bench_hears(&b, "Good morning.");
    const char *told = strstr(b.log, "waits its turn");
    assert_non_null(told);
    assert_null(strstr(told + 1, "waits its turn"));
    bench_stop(&b);
}

static void hears_nothing_in_audio_shorter_than_it_takes(void **state) {
    (void)state;
    const script s = usual();
    service_bench b;
    start(&b, &s);
    ttsslice_transcript *heard = bench_hear(&b, 0.15);
    assert_string_equal(ttsslice_transcript_text(heard), "");
    assert_int_equal(fake_web_count(b.fake, NULL, NULL), 0);
    ttsslice_transcript_unref(heard);
    bench_stop(&b);
}

static void uploads_again_as_a_whole(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    size_t first = 0, third = 0;
    s.routes[AT_UPLOAD] = (fake_web_route){"POST",
                                           UPLOAD,
                                           {{.status = 429, .header = "Retry-After: 0"},
                                            {.kind = FAKE_WEB_CLOSE},
                                            {.body = UPLOADED}}};
    start(&b, &s);
    bench_hears(&b, "Good morning.");
    fake_web_body(b.fake, "POST", UPLOAD, 0, &first);
    fake_web_body(b.fake, "POST", UPLOAD, 2, &third);
    assert_int_equal(first, third);
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

/* --- badly --------------------------------------------------------------------------------- */

/* Each row: where it goes wrong and how, what is told, how many orders and deletions. */
static void deletes_after_a_failure(void **state) {
    (void)state;
    static const struct {
        int where;
        fake_web_answer answer;
        int32_t code;
        const char *words;
        int orders, deletions;
    } rows[] = {
        {AT_UPLOAD,
         {.status = 401, .body = "{\"error\":\"Authentication error " BENCH_KEY "\"}"},
         TTSSLICE_ERR_AUTH,
         "ASSEMBLYAI_API_KEY",
         0,
         0},
        {AT_UPLOAD, {.body = "{}"}, TTSSLICE_ERR_PROTOCOL, "upload_url", 0, 0},
        {AT_UPLOAD, {.status = 200}, TTSSLICE_ERR_PROTOCOL, "the answer is empty", 0, 0},
        {AT_ORDER,
         {.status = 400, .body = "{\"error\":\"Your current account balance is negative\"}"},
         TTSSLICE_ERR_HTTP,
         "balance is negative",
         1,
         0},
        {AT_ORDER,
         {.status = 403, .body = "{\"error\":\"Cannot access uploaded file\"}"},
         TTSSLICE_ERR_AUTH,
         "Cannot access uploaded file",
         1,
         0},
        {AT_ORDER, {.body = "{\"status\":\"queued\"}"}, TTSSLICE_ERR_PROTOCOL, "no \"id\"", 1, 0},
        {AT_ORDER,
         {.body = "{\"id\":\"../../v1\",\"status\":\"queued\"}"},
         TTSSLICE_ERR_PROTOCOL,
         "\"id\" is none",
         1,
         0},
        {AT_ORDER,
         {.body = "{\"id\":7,\"status\":\"queued\"}"},
         TTSSLICE_ERR_PROTOCOL,
         "must be a string",
         1,
         0},
        {AT_ORDER, {.body = "{\"id\":\"t-1\"}"}, TTSSLICE_ERR_PROTOCOL, "no \"status\"", 1, 1},
        {AT_POLL,
         {.body = FAILED("Audio duration is too short.")},
         TTSSLICE_ERR_ENGINE,
         "Audio duration is too short.",
         1,
         1},
        {AT_POLL,
         {.body = FAILED("File does not appear to contain audio: " BENCH_KEY)},
         TTSSLICE_ERR_ENGINE,
         "contain audio: ***",
         1,
         1},
        {AT_POLL,
         {.body = "{\"id\":\"t-1\",\"status\":\"error\",\"error\":null}"},
         TTSSLICE_ERR_ENGINE,
         "does not say why",
         1,
         1},
        {AT_POLL,
         {.status = 404, .body = "{\"error\":\"Transcript lookup error\"}"},
         TTSSLICE_ERR_ENDPOINT,
         "lookup error",
         1,
         1},
        {AT_POLL,
         {.status = 400, .body = "{\"error\":\"transcript id not found\"}"},
         TTSSLICE_ERR_HTTP,
         "not found",
         1,
         1},
        {AT_POLL,
         {.status = 500, .body = "{\"error\":\"Server error\"}", .last = true},
         TTSSLICE_ERR_HTTP,
         "HTTP 500 after 4 tries",
         1,
         1},
        {AT_POLL,
         {.body = "<html>maintenance</html>", .type = "text/html"},
         TTSSLICE_ERR_PROTOCOL,
         "check its URL",
         1,
         1},
        {AT_POLL,
         {.body = "{\"id\":\"t-1\",\"status\":\"compl"},
         TTSSLICE_ERR_PROTOCOL,
         "not JSON",
         1,
         1},
        {AT_POLL, {.body = "[]"}, TTSSLICE_ERR_PROTOCOL, "not a JSON object", 1, 1},
        {AT_POLL,
         {.body = "{\"id\":\"t-1\",\"status\":\"completed\"}"},
         TTSSLICE_ERR_PROTOCOL,
         "no transcript",
         1,
         1},
        {AT_POLL,
         {.body = "{\"id\":\"t-1\",\"status\":\"completed\",\"text\":null}"},
         TTSSLICE_ERR_PROTOCOL,
         "\"text\" is null",
         1,
         1},
        {AT_POLL,
         {.body = "{\"id\":\"t-1\",\"status\":\"completed\",\"text\":42}"},
         TTSSLICE_ERR_PROTOCOL,
         "\"text\" is a number",
         1,
         1},
        {AT_POLL, {.body = "42"}, TTSSLICE_ERR_PROTOCOL, "it is not JSON", 1, 1},
        {AT_POLL, {.kind = FAKE_WEB_CLOSE, .last = true}, TTSSLICE_ERR_NETWORK, "4 tries", 1, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        script s = usual();
        service_bench b;
        s.routes[rows[i].where].answers[0] = rows[i].answer;
        start(&b, &s);
        bench_fails(&b, rows[i].code, rows[i].words);
        assert_int_equal(orders(&b), rows[i].orders);
        assert_int_equal(deletions(&b), rows[i].deletions);
        bench_stop(&b);
    }
}

static void orders_once_more_after_a_failure_of_theirs(void **state) {
    (void)state;
    service_bench b;
    script s = usual();
    s.routes[AT_POLL] = (fake_web_route){
        "GET",
        T1,
        {{.body = FAILED("Server error, developers have been alerted")}, {.body = DONE}}};
    start(&b, &s);
    bench_hears(&b, "Good morning.");
    assert_int_equal(fake_web_count(b.fake, "POST", UPLOAD), 1);
    assert_int_equal(orders(&b), 2);
    assert_int_equal(deletions(&b), 2);
    bench_stop(&b);

    s.routes[AT_POLL] = (fake_web_route){
        "GET", T1, {{.body = FAILED("Server error, developers have been alerted"), .last = true}}};
    start(&b, &s);
    bench_fails(&b, TTSSLICE_ERR_ENGINE, "developers have been alerted");
    assert_int_equal(orders(&b), 2);
    assert_int_equal(deletions(&b), 2);
    bench_stop(&b);
}

static void deletes_when_time_is_over(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    s.routes[AT_POLL].answers[0].body = PROCESSING;
    bench_start(&b, s.routes, ROUTES);
    b.options.timeout_s = 0.3;
    b.options.poll_interval_s = 0.05;
    bench_assemblyai(&b);
    bench_fails(&b, TTSSLICE_ERR_TIMEOUT, "timeout_s");
    assert_int_equal(deletions(&b), orders(&b));
    bench_stop(&b);
}

static void *hear(void *argument) {
    service_bench *b = argument;
    ttsslice_transcript_unref(bench_hear(b, 0.5));
    return NULL;
}

static void deletes_after_a_cancel(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    pthread_t thread;
    s.routes[AT_POLL].answers[0].body = PROCESSING;
    bench_start(&b, s.routes, ROUTES);
    b.options.poll_interval_s = 0.05;
    bench_assemblyai(&b);
    assert_int_equal(pthread_create(&thread, NULL, hear, &b), 0);
    assert_true(fake_web_wait(b.fake, "GET", T1, 2));
    ttsslice_transcriber_cancel(b.transcriber);
    pthread_join(thread, NULL);
    assert_int_equal(b.err.code, TTSSLICE_ERR_CANCELLED);
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

/* A cancel that comes while the order is under way waits for the id. */
static void deletes_what_was_ordered_when_cancelled(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    pthread_t thread;
    s.routes[AT_ORDER] = (fake_web_route){
        "POST", ORDER, {{.status = 503, .header = "Retry-After: 1"}, {.body = QUEUED}}};
    s.routes[AT_POLL].answers[0].body = PROCESSING;
    start(&b, &s);
    assert_int_equal(pthread_create(&thread, NULL, hear, &b), 0);
    assert_true(fake_web_wait(b.fake, "POST", ORDER, 1));
    ttsslice_transcriber_cancel(b.transcriber);
    pthread_join(thread, NULL);
    assert_int_equal(b.err.code, TTSSLICE_ERR_CANCELLED);
    assert_int_equal(orders(&b), 2);
    assert_int_equal(deletions(&b), 1);
    bench_stop(&b);
}

static void tells_what_could_not_be_deleted(void **state) {
    (void)state;
    script s = usual();
    service_bench b;
    s.routes[AT_DELETE].answers[0] =
        (fake_web_answer){.status = 500, .body = "{\"error\":\"no\"}", .last = true};
    start(&b, &s);
    bench_hears(&b, "Good morning.");
    assert_int_equal(deletions(&b), 4);
    assert_int_equal(b.worst, TTSSLICE_LOG_WARNING);
    assert_non_null(strstr(b.log, "transcript t-1 could not be deleted"));
    bench_stop(&b);
}

/* --- making and checking ------------------------------------------------------------------- */

static void needs_a_key(void **state) {
    (void)state;
    const script s = usual();
    service_bench b;
    ttsslice_transcriber *none = NULL;
    bench_start(&b, s.routes, ROUTES);
    b.options.api_key = NULL;
    assert_int_equal(ttsslice_transcriber_new_assemblyai(&b.options, &none, &b.err),
                     TTSSLICE_ERR_AUTH);
    assert_non_null(strstr(b.err.message, "ASSEMBLYAI_API_KEY"));
    assert_null(none);
    setenv("OPENAI_API_KEY", "another", 1); /* is not for this service */
    assert_int_equal(ttsslice_transcriber_new_assemblyai(&b.options, &none, &b.err),
                     TTSSLICE_ERR_AUTH);
    setenv("ASSEMBLYAI_API_KEY", BENCH_KEY, 1);
    setenv("TTSSLICE_ASR_MODEL", "best, nano", 1);
    bench_assemblyai(&b);
    bench_hears(&b, "Good morning.");
    assert_non_null(strstr(fake_web_body(b.fake, "POST", ORDER, 0, NULL),
                           "\"speech_models\":[\"best\",\"nano\"]"));
    assert_int_equal(ttsslice_transcriber_new_assemblyai(&b.options, NULL, &b.err),
                     TTSSLICE_ERR_INVALID);
    bench_stop(&b);
}

static void tells_whether_it_can_be_used(void **state) {
    (void)state;
    static const fake_web_route routes[] = {
        {"GET", "/v2/transcript?limit=1", {{.body = "{\"transcripts\":[]}"}, {.status = 401}}}};
    service_bench b;
    char *detail = NULL;
    bench_start(&b, routes, 1);
    bench_assemblyai(&b);
    assert_int_equal(ttsslice_transcriber_check(b.transcriber, &detail, &b.err), 0);
    assert_non_null(strstr(detail, "answers and takes the key"));
    ttsslice_free(detail);
    assert_int_equal(ttsslice_transcriber_check(b.transcriber, &detail, &b.err), TTSSLICE_ERR_AUTH);
    bench_stop(&b);
}

static int hear_once(void *argument) {
    service_bench *b = argument;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = NULL;
    static const int16_t samples[8000];
    int code = ttsslice_audio_new_s16(samples, 8000, 1, 16000, &audio, NULL);
    if (!code)
        code = ttsslice_transcribe(b->transcriber, audio, "a", 1, NULL, &heard, NULL);
    ttsslice_transcript_unref(heard);
    ttsslice_audio_unref(audio);
    return code;
}

static void running_out_of_memory_is_an_error(void **state) {
    (void)state;
    const script s = usual();
    service_bench b;
    start(&b, &s);
    assert_survives_alloc_failure(hear_once, &b);
    bench_stop(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uploads_orders_waits_and_deletes),
        cmocka_unit_test(needs_no_look_if_it_is_done_at_once),
        cmocka_unit_test(takes_null_for_silence),
        cmocka_unit_test(says_once_that_it_waits_its_turn),
        cmocka_unit_test(hears_nothing_in_audio_shorter_than_it_takes),
        cmocka_unit_test(uploads_again_as_a_whole),
        cmocka_unit_test(deletes_after_a_failure),
        cmocka_unit_test(orders_once_more_after_a_failure_of_theirs),
        cmocka_unit_test(deletes_when_time_is_over),
        cmocka_unit_test(deletes_after_a_cancel),
        cmocka_unit_test(deletes_what_was_ordered_when_cancelled),
        cmocka_unit_test(tells_what_could_not_be_deleted),
        cmocka_unit_test(needs_a_key),
        cmocka_unit_test(tells_whether_it_can_be_used),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
