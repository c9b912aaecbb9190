/* SPDX-License-Identifier: MIT */
/* The slice "dispatch" against a scripted endpoint on loopback. Waits are a few milliseconds;
 * nothing sleeps. Its pure parts are tested in test_dispatch_job.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "dispatch/loop.h"
#include "fake_runpod.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include <time.h>

#define KEY          "rpa_KEEPTHISSECRET0123456789"
#define A30          "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYW"
#define A300         A30 A30 A30 A30 A30 A30 A30 A30 A30 A30
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- against the endpoint ------------------------------------------------------------------ */

typedef struct bench {
    fake_runpod *fake;
    ttsslice_dispatcher *d;
    ttsslice_logger logger;
    char log[65536];
    size_t log_length;
    int32_t worst; /* highest level so far */
} bench;

static const double quick[] = {0.001, 0.002, 0.003};

static void keep_line(int32_t level, const char *module, const char *line, void *user_data) {
    bench *b = user_data;
    if (level > b->worst)
        b->worst = level;
    assert_string_equal(module, "dispatch");
    if (b->log_length + strlen(line) + 2 < sizeof b->log)
        b->log_length += (size_t)sprintf(b->log + b->log_length, "%s\n", line);
}

static ttsslice_dispatch_options quick_options(bench *b) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    b->logger = (ttsslice_logger)TTSSLICE_LOGGER_INIT;
    b->logger.fn = keep_line;
    b->logger.user_data = b;
    b->logger.level = TTSSLICE_LOG_DEBUG;
    b->worst = 0;
    options.endpoint = fake_endpoint(b->fake);
    options.api_key = KEY;
    options.backoff_s = quick;
    options.backoff_count = COUNT(quick);
    options.poll_interval_s = 0.001;
    options.logger = &b->logger;
    return options;
}

static void begin(bench *b, const fake_script *script) {
    b->log_length = 0;
    b->log[0] = '\0';
    b->fake = fake_start(script);
    ttsslice_dispatch_options options = quick_options(b);
    assert_int_equal(ttsslice_dispatcher_new(&options, &b->d, NULL), 0);
}

/* Nothing that was ever said holds the key. */
static void end(bench *b) {
    ttsslice_dispatcher_free(b->d);
    fake_stop(b->fake);
    assert_null(strstr(b->log, KEY));
    assert_null(strstr(b->log, "KEEPTHIS"));
}

static void submit(bench *b, int64_t index, const char *name) {
    char input[128];
    snprintf(input, sizeof input, "{\"text\":\"Hello.\",\"request_id\":\"%s\"}", name);
    assert_int_equal(ttsslice_dispatcher_submit(b->d, index, input, TTSSLICE_NUL_TERMINATED, NULL),
                     0);
}

static const ttsslice_job_result *next(bench *b) {
    const ttsslice_job_result *result = NULL;
    assert_int_equal(ttsslice_dispatcher_next(b->d, -1, &result, NULL), 0);
    assert_null(strstr(result->error, "KEEPTHIS"));
    return result;
}

static void test_plain_job(void **state) {
    static const fake_job job = {.queue_polls = 1, .progress_polls = 2};
    fake_script script = {.jobs = &job, .job_count = 1, .key = KEY};
    bench b;
    const ttsslice_job_result *r = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    (void)state;
    begin(&b, &script);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, &err), TTSSLICE_ERR_END);
    submit(&b, -77, "a");
    assert_int_equal(ttsslice_dispatcher_pending(b.d), 1);
    r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->index, -77);
    assert_string_equal(r->output, "{\"request_id\":\"a\"}");
    assert_int_equal(r->output_length, strlen(r->output));
    assert_string_equal(r->job_id, "job-a-u1");
    assert_string_equal(r->worker_id, "w1");
    assert_string_equal(r->error, "");
    assert_int_equal(r->delay_ms, 12);
    assert_int_equal(r->execution_ms, 34);
    assert_true(r->elapsed_ms >= 0);
    assert_int_equal(r->http_status, 200);
    assert_int_equal(r->attempts, 1);
    assert_int_equal(ttsslice_dispatcher_pending(b.d), 0);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, &err), TTSSLICE_ERR_END);
    assert_int_equal(fake_polls(b.fake, "a"), 4);
    assert_string_equal(fake_last_submission(b.fake),
                        "{\"input\":{\"text\":\"Hello.\",\"request_id\":\"a\"},\"policy\":{"
                        "\"executionTimeout\":900000,\"ttl\":900000}}");
    assert_non_null(strstr(fake_last_headers(b.fake), "Authorization: Bearer " KEY "\r\n"));
    assert_non_null(
        strstr(fake_last_headers(b.fake), "User-Agent: ttsslice/" TTSSLICE_VERSION_STRING "\r\n"));
    end(&b);
}

#define REPLY(code, text)                                                                          \
    { .kind = FAKE_REPLY, .status = code, .body = text }
#define CLOSE                                                                                      \
    { .kind = FAKE_CLOSE }

#define PAUSED                                                                                     \
    "{\"status\":409,\"title\":\"Conflict\",\"detail\":\"Endpoint is paused "                      \
    "(max_workers=0)\",\"code\":\"ENDPOINT_PAUSED\"}"

/* A table is read by its columns. */
/* clang-format off */
static const struct fault {
    const char *about;
    fake_job job;
    int32_t code;
    int http_status, attempts, retryable, polls, cancels;
    const char *message, *error_code;
} faults[] = {
    /* submissions */
    {"500 and 503, then fine",
     {.run = {REPLY(503, ""), REPLY(500, "<html>"), REPLY(503, "")}},
     0, 200, 4, 0, 1, 0, NULL, NULL},
    {"502 once, then fine", {.run = {REPLY(502, "<html>")}}, 0, 200, 2, 0, 1, 0, NULL, NULL},
    {"500 for good",
     {.run = {REPLY(500, ""), REPLY(500, ""), REPLY(500, ""), REPLY(500, "{\"error\":\"ill\"}")}},
     TTSSLICE_ERR_HTTP, 500, 4, 1, 0, 0, "/run answered HTTP 500 in 4 tries: ill", NULL},
    {"504 for good: more tries might be paid for",
     {.run = {REPLY(502, ""), REPLY(504, "{\"error\":\"ill\"}")}},
     TTSSLICE_ERR_HTTP, 504, 2, 1, 0, 0, "/run answered HTTP 504 in 2 tries: ill", NULL},
    {"429, 408", {.run = {REPLY(429, "no"), REPLY(408, "")}}, 0, 200, 3, 0, 1, 0, NULL, NULL},
    {"closed after the request", {.run = {CLOSE}}, 0, 200, 2, 0, 1, 0, NULL, NULL},
    {"closed each time",
     {.run = {CLOSE, CLOSE, CLOSE, CLOSE}},
     TTSSLICE_ERR_NETWORK, 0, 2, 1, 0, 0, "/run got no answer in 2 tries", NULL},
    {"400",
     {.run = {REPLY(400, "{\"error\":\"json is invalid; key " KEY "\"}")}},
     TTSSLICE_ERR_HTTP, 400, 1, 0, 0, 0, "HTTP 400 in 1 try: json is invalid; key ****", NULL},
    {"409 paused, in both ways of saying so",
     {.run = {REPLY(409, PAUSED), REPLY(409, PAUSED), REPLY(409, PAUSED),
              REPLY(409, "{\"error\":\"ENDPOINT_PAUSED\"}")}},
     TTSSLICE_ERR_HTTP, 409, 4, 1, 0, 0,
     "takes no jobs (HTTP 409 in 4 tries): ENDPOINT_PAUSED; if it is paused", NULL},
    {"409 while it wakes up",
     {.run = {REPLY(409, PAUSED), REPLY(409, PAUSED)}}, 0, 200, 3, 0, 1, 0, NULL, NULL},
    {"409 with a problem's details",
     {.run = {REPLY(409, PAUSED), REPLY(409, PAUSED), REPLY(409, PAUSED), REPLY(409, PAUSED)}},
     TTSSLICE_ERR_HTTP, 409, 4, 1, 0, 0, "Endpoint is paused (max_workers=0)", NULL},
    {"a redirect is not followed",
     {.run = {{.kind = FAKE_REPLY, .status = 302, .header = "Location: http://127.0.0.1:1/"}}},
     TTSSLICE_ERR_HTTP, 302, 1, 0, 0, 0, "(HTTP 302): http://127.0.0.1:1/; nothing is sent", NULL},
    {"HTML with 200",
     {.run = {{.kind = FAKE_REPLY, .type = "text/html", .body = "<!DOCTYPE html>\n<p>" KEY}}},
     TTSSLICE_ERR_PROTOCOL, 200, 1, 0, 0, 0, "content type text/html", NULL},
    {"empty with 200",
     {.run = {REPLY(200, "")}},
     TTSSLICE_ERR_PROTOCOL, 200, 1, 0, 0, 0, "it is empty", NULL},
    {"no id",
     {.run = {REPLY(200, "{\"status\":\"IN_QUEUE\"}")}},
     TTSSLICE_ERR_PROTOCOL, 200, 1, 0, 0, 0, "no job id", NULL},
    {"no status",
     {.run = {REPLY(200, "{\"id\":\"x\"}")}},
     TTSSLICE_ERR_PROTOCOL, 200, 1, 0, 0, 0, "no status", NULL},
    {"completed straight away",
     {.run = {REPLY(200, "{\"status\":\"COMPLETED\",\"output\":{\"request_id\":\"x\"}}")}},
     0, 200, 1, 0, 0, 0, NULL, NULL},
    {"in progress straight away",
     {.run = {REPLY(200, "{\"id\":\"job-x-u1\",\"status\":\"IN_PROGRESS\"}")}},
     0, 200, 1, 0, 1, 0, NULL, NULL},
    /* polls */
    {"unknown states and partial output are polled on",
     {.status = {REPLY(200, "{\"status\":\"WARMING\",\"output\":{\"a\":1}}"),
                 REPLY(200, "{\"status\":\"RUNNING\",\"output\":{\"a\":1}}")}}, 0, 200, 1, 0, 3, 0,
     NULL, NULL},
    {"status fails now and then",
     {.status = {REPLY(500, ""), CLOSE, REPLY(429, ""), {FAKE_PLAIN}, REPLY(500, "")},
      .queue_polls = 1}, 0, 200, 1, 0, 6, 0, NULL, NULL},
    {"status fails for good",
     {.status = {REPLY(503, ""), REPLY(503, ""), REPLY(503, ""), REPLY(503, "")}},
     TTSSLICE_ERR_HTTP, 503, 1, 1, 4, 1, "/status answered HTTP 503 in 4 tries", NULL},
    {"unknown at first",
     {.status = {REPLY(404, ""), REPLY(404, "")}},
     0, 200, 1, 0, 3, 0, NULL, NULL},
    {"unknown for good",
     {.status = {REPLY(404, ""), REPLY(404, ""), REPLY(404, ""), REPLY(404, "")}},
     TTSSLICE_ERR_JOB, 404, 1, 1, 4, 0, "expired", NULL},
    {"status is HTML now and then",
     {.status = {REPLY(200, "<html>"), REPLY(200, "{\"message\":\"busy\"}"), REPLY(204, "")}},
     0, 200, 1, 0, 4, 0, NULL, NULL},
    {"status is HTML for good",
     {.status = {REPLY(200, "<html>"), REPLY(200, "<html>"), REPLY(200, "<html>"),
                 REPLY(200, "<html>")}},
     TTSSLICE_ERR_PROTOCOL, 200, 1, 1, 4, 1, "not RunPod's protocol in 4 tries", NULL},
    {"JSON that stops in the middle",
     {.status = {REPLY(200, "{\"status\":\"COMPLETED\",\"output\":{\"a")}},
     0, 200, 1, 0, 2, 0, NULL, NULL},
    {"a time that is no number of ours",
     {.end = "\"status\":\"COMPLETED\",\"executionTime\":99999999999999999999999,"
             "\"output\":{\"request_id\":\"x\"}"},
     0, 200, 1, 0, 1, 0, NULL, NULL},
    {"a member twice, and NUL in a text",
     {.end = "\"status\":\"COMPLETED\",\"a\":\"\\u0000\",\"a\":1,\"output\":0,"
             "\"output\":{\"request_id\":\"x\"}"},
     0, 200, 1, 0, 1, 0, NULL, NULL},
    {"a body shorter than promised is fetched again",
     {.status = {{.kind = FAKE_CUT, .body = "{\"status\":\"COMPLETED\",\"output\":{\"a\":1}}"}}},
     0, 200, 1, 0, 2, 0, NULL, NULL},
    {"too large",
     {.status = {{.kind = FAKE_HUGE, .size = 3000000}}},
     TTSSLICE_ERR_PROTOCOL, 0, 1, 0, 1, 1, "longer than max_reply_bytes", NULL},
    /* ends */
    {"completed without output",
     {.end = "\"status\":\"COMPLETED\""},
     TTSSLICE_ERR_EMPTY_RESULT, 200, 1, 0, 1, 0, "completed without output", NULL},
    {"failed, plain",
     {.end = "\"status\":\"FAILED\",\"error\":\"no " KEY " voice\""},
     TTSSLICE_ERR_JOB, 200, 1, 0, 1, 0, "the job failed: no ***", NULL},
    {"failed, with code",
     {.end = "\"status\":\"FAILED\",\"error\":\"gpu lost\","
             "\"output\":{\"error_code\":\"ENGINE\",\"retryable\":true}"},
     TTSSLICE_ERR_JOB, 200, 1, 1, 1, 0, "gpu lost", "ENGINE"},
    {"completed with an error inside",
     {.end =
          "\"status\":\"COMPLETED\",\"output\":{\"error\":{\"message\":\"no\",\"code\":\"E7\"}}"},
     TTSSLICE_ERR_JOB, 200, 1, 0, 1, 0, "the job failed: no", "E7"},
    {"the platform gave up",
     {.end = "\"status\":\"FAILED\",\"error\":\"job timed out after 1 retries\",\"retries\":1"},
     TTSSLICE_ERR_JOB, 200, 2, 0, 2, 0, "timed out after 1 retries; so it did again", NULL},
    {"failed without a word",
     {.end = "\"status\":\"FAILED\""},
     TTSSLICE_ERR_JOB, 200, 2, 0, 2, 0, "gives no reason; so it did again", NULL},
    {"cancelled by another",
     {.end = "\"status\":\"CANCELLED\""},
     TTSSLICE_ERR_JOB, 200, 1, 0, 1, 0, "cancelled on the endpoint", NULL},
    {"timed out there",
     {.end = "\"status\":\"TIMED_OUT\""},
     TTSSLICE_ERR_JOB, 200, 2, 0, 2, 0, "timed out on the endpoint; so it did again", NULL},
    {"lost once",
     {.status = {REPLY(200, "{\"status\":\"FAILED\",\"error\":\"job timed out after 1 retries\","
                            "\"retries\":1}")}},
     0, 200, 2, 0, 2, 0, NULL, NULL},
    {"status is asked for by POST",
     {.status = {REPLY(405, "{\"detail\":\"Method Not Allowed\"}")}}, 0, 200, 1, 0, 2, 0, NULL,
     NULL},
};
/* clang-format on */

static void play_fault(const struct fault *fault) {
    fake_script script = {.jobs = &fault->job, .job_count = 1, .key = KEY};
    bench b;
    b.log_length = 0;
    b.log[0] = '\0';
    b.fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(&b);
    options.max_reply_bytes = 1 << 20;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 5, "x");
    const ttsslice_job_result *r = next(&b);
    if (r->code != fault->code || r->http_status != fault->http_status)
        fail_msg("%s: %s, HTTP %d: %s", fault->about, ttsslice_code_name(r->code),
                 (int)r->http_status, r->error);
    if (fault->message && !strstr(r->error, fault->message))
        fail_msg("%s: \"%s\" is not in \"%s\"", fault->about, fault->message, r->error);
    assert_int_equal(r->index, 5);
    assert_int_equal(r->attempts, fault->attempts);
    assert_int_equal(r->retryable, fault->retryable);
    assert_string_equal(r->error_code, fault->error_code ? fault->error_code : "");
    if (fault->code == 0)
        assert_string_equal(r->output, "{\"request_id\":\"x\"}");
    else
        assert_null(r->output);
    assert_int_equal(fake_submissions(b.fake, "x"), fault->attempts);
    assert_int_equal(fake_polls(b.fake, "x"), fault->polls);
    ttsslice_dispatcher_free(b.d);
    b.d = NULL;
    assert_int_equal(fake_cancels(b.fake, "x"), fault->cancels);
    end(&b);
}

static void test_faults(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++)
        play_fault(&faults[i]);
}

static void test_retry_after_wins(void **state) {
    static const double slow[] = {60.0};
    static const fake_job job = {
        .run = {{.kind = FAKE_REPLY, .status = 503, .header = "Retry-After: 0"}},
        .status = {{.kind = FAKE_REPLY,
                    .status = 429,
                    .header = "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.backoff_s = slow;
    options.backoff_count = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_true(r->elapsed_ms < 30000);
    assert_int_equal(r->attempts, 2);
    end(&b);
}

static void test_request_timeout(void **state) {
    static const fake_job job = {.run = {{.kind = FAKE_HANG}, {.kind = FAKE_HANG}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.request_timeout_s = 0.1;
    options.backoff_count = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_TIMEOUT);
    assert_int_equal(r->http_status, 0);
    assert_int_equal(r->attempts, 2);
    assert_true(r->retryable);
    assert_non_null(strstr(b.log, "it may then run twice"));
    end(&b);
}

static void test_no_server(void **state) {
    fake_script script = {0};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.endpoint = "http://127.0.0.1:1/v2/x";
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_NETWORK);
    assert_int_equal(r->attempts, 4);
    assert_int_equal(fake_submissions(b.fake, NULL), 0);
    end(&b);

    script.drops = 1; /* closed before the request was read, which cannot be seen from here */
    begin(&b, &script);
    submit(&b, 0, "a");
    r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->attempts, 2);
    assert_int_equal(r->possible_duplicates, 1);
    assert_int_equal(fake_submissions(b.fake, "a"), 1);
    end(&b);
}

static void test_job_timeout(void **state) {
    static const fake_job jobs[] = {{.name = "slow", .queue_polls = 1000000}, {.name = "good"}};
    fake_script script = {.jobs = jobs, .job_count = 2};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    const ttsslice_job_result *r = NULL;
    (void)state;
    options.job_timeout_s = 1.0;
    options.poll_interval_s = 0.05;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "slow");
    submit(&b, 1, "good");
    assert_int_equal(next(&b)->index, 1);
    assert_int_equal(ttsslice_dispatcher_next(b.d, 0, &r, NULL), TTSSLICE_ERR_TIMEOUT);
    assert_int_equal(ttsslice_dispatcher_next(b.d, 5, &r, NULL), TTSSLICE_ERR_TIMEOUT);
    r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_TIMEOUT);
    assert_int_equal(r->http_status, 200);
    assert_true(r->elapsed_ms >= 1000);
    ttsslice_dispatcher_free(b.d);
    b.d = NULL;
    assert_int_equal(fake_cancels(b.fake, "slow"), 1);
    assert_int_equal(fake_cancels(b.fake, "good"), 0);
    end(&b);
}

static void test_order_and_failures_apart(void **state) {
    static const fake_job jobs[] = {{.name = "last", .queue_polls = 6},
                                    {.name = "bad", .run = {REPLY(400, "")}},
                                    {.name = "middle", .queue_polls = 3}};
    static const int64_t order[] = {1, 3, 2, 0};
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.poll_interval_s = 0.01;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "last");
    submit(&b, 1, "bad");
    submit(&b, 2, "middle");
    submit(&b, 3, "first");
    for (size_t i = 0; i < COUNT(order); i++) {
        const ttsslice_job_result *r = next(&b);
        assert_int_equal(r->index, order[i]);
        assert_int_equal(r->code, r->index == 1 ? TTSSLICE_ERR_HTTP : 0);
    }
    end(&b);
}

static void test_max_in_flight(void **state) {
    static const fake_job job = {.progress_polls = 2};
    fake_script script = {.jobs = &job, .job_count = 1};
    (void)state;
    for (int most = 1; most <= 4; most += 3) {
        bench b = {.fake = fake_start(&script)};
        ttsslice_dispatch_options options = quick_options(&b);
        bool seen[12] = {false};
        options.max_in_flight = most;
        assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
        for (int i = 0; i < 12; i++) {
            char name[8];
            snprintf(name, sizeof name, "j%d", i);
            submit(&b, i, name);
        }
        for (int i = 0; i < 12; i++) {
            const ttsslice_job_result *r = next(&b);
            assert_int_equal(r->code, 0);
            assert_false(seen[r->index]);
            seen[r->index] = true;
            assert_int_equal(ttsslice_dispatcher_pending(b.d), 11 - i);
        }
        assert_int_equal(fake_most_running(b.fake), most);
        assert_int_equal(fake_submissions(b.fake, NULL), 12);
        end(&b);
    }
}

/* What is wrong for one is wrong for all: nothing further is sent. */
static void test_wrong_key_or_endpoint(void **state) {
    static const fake_job job = {.run = {REPLY(404, "{\"error\":\"endpoint not found\"}")}};
    fake_script script = {.jobs = &job, .job_count = 1, .key = "another"};
    bench b;
    (void)state;
    for (int round = 0; round < 2; round++) {
        bench *p = &b;
        begin(p, &script);
        for (int i = 0; i < 40; i++)
            submit(p, i, "same");
        for (int i = 0; i < 40; i++) {
            const ttsslice_job_result *r = next(p);
            assert_int_equal(r->code, round ? TTSSLICE_ERR_ENDPOINT : TTSSLICE_ERR_AUTH);
            assert_int_equal(r->http_status, round ? 404 : 401);
            assert_false(r->retryable);
            assert_true(r->attempts <= 1);
        }
        submit(p, 40, "same");
        assert_int_equal(next(p)->attempts, 0);
        assert_true(fake_submissions(b.fake, NULL) <= 25);
        end(p);
        script.key = NULL;
    }
}

static void *cancel_when_running(void *argument) {
    bench *b = argument;
    bool reached = fake_wait(b->fake, 3, 3);
    ttsslice_dispatcher_cancel(b->d);
    return reached ? b : NULL;
}

/* All that is in flight by default is cancelled without a wait, and RunPod's limit kept. */
static void test_cancels_do_not_wait_and_keep_the_limit(void **state) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_dispatcher *d = NULL;
    int64_t sent = 0;
    (void)state;
    options.endpoint = "http://127.0.0.1:9/v2/x";
    assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), 0);
    int64_t begin = d->cancel_pace.seen_ms;
    while (ttss_pace_take(&d->cancel_pace, begin))
        sent++;
    assert_true(sent >= options.max_in_flight);
    for (int64_t now = begin; now < begin + 10000; now++)
        sent += ttss_pace_take(&d->cancel_pace, now);
    assert_in_range(sent, 90, 100);
    ttsslice_dispatcher_free(d);
}

static void test_cancel_from_another_thread(void **state) {
    static const fake_job job = {.queue_polls = 1000000};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b;
    pthread_t thread;
    void *reached = NULL;
    const ttsslice_job_result *r = NULL;
    (void)state;
    begin(&b, &script);
    submit(&b, 0, "a");
    submit(&b, 1, "b");
    submit(&b, 2, "c");
    assert_int_equal(pthread_create(&thread, NULL, cancel_when_running, &b), 0);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, NULL), TTSSLICE_ERR_CANCELLED);
    pthread_join(thread, &reached);
    assert_non_null(reached);
    assert_int_equal(fake_cancels(b.fake, NULL), 3);
    assert_int_equal(fake_cancels(b.fake, "b"), 1);
    assert_int_equal(ttsslice_dispatcher_pending(b.d), 0);
    assert_int_equal(ttsslice_dispatcher_next(b.d, 0, &r, NULL), TTSSLICE_ERR_CANCELLED);
    assert_int_equal(ttsslice_dispatcher_submit(b.d, 3, "{\"a\":1}", 7, NULL),
                     TTSSLICE_ERR_CANCELLED);
    end(&b);
}

/* Also jobs whose submission was still under way: its answer is waited for. */
static void test_free_cancels_the_rest(void **state) {
    static const fake_job job = {.queue_polls = 1000000};
    fake_script script = {.jobs = &job, .job_count = 1};
    const ttsslice_job_result *r = NULL;
    bench b;
    (void)state;
    begin(&b, &script);
    for (int i = 0; i < 30; i++) {
        char name[8];
        snprintf(name, sizeof name, "j%d", i);
        submit(&b, i, name);
    }
    assert_int_equal(ttsslice_dispatcher_next(b.d, 0, &r, NULL), TTSSLICE_ERR_TIMEOUT);
    ttsslice_dispatcher_free(b.d);
    b.d = NULL;
    assert_int_equal(fake_submissions(b.fake, NULL), 25);
    assert_int_equal(fake_cancels(b.fake, NULL), 25);
    end(&b);
    begin(&b, &script); /* nothing was sent, nothing is to be cancelled */
    submit(&b, 0, "a");
    end(&b);
}

/* As if the caller had been away for so long: all that is remembered is that much older. */
static void be_away(bench *b, int64_t absence_ms) {
    for (size_t i = 0; i < b->d->schedule.active_count; i++) {
        b->d->schedule.active[i]->deadline_ms -= absence_ms;
        b->d->schedule.active[i]->due_ms -= absence_ms;
    }
    for (ttss_request *request = b->d->requests; request; request = request->next) {
        request->deadline_ms -= absence_ms;
        request->paused_ms -= request->paused_ms ? absence_ms : 0;
    }
    b->d->left_ms -= absence_ms;
}

static void test_large_output(void **state) {
    static const fake_job job = {.status = {{.kind = FAKE_HUGE, .size = 5000000}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b;
    (void)state;
    begin(&b, &script);
    submit(&b, 0, "a");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->output_length, 5000002);
    assert_int_equal(strlen(r->output), 5000002);
    assert_int_equal(r->output[5000001], '"');
    end(&b);
}

static void test_audio_comes_as_attachments(void **state) {
    static const fake_job jobs[] = {
        {.status = {{.kind = FAKE_AUDIO, .size = 300000}}},
        {.name = "bad", .end = "\"status\":\"COMPLETED\",\"output\":{\"audio\":\"" A300 "!\"}"}};
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b;
    (void)state;
    begin(&b, &script);
    submit(&b, 0, "a");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_string_equal(r->output, "{\"audio_base64\":\"attachment:0\"}");
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(r->attachments[0].size, 300000);
    assert_memory_equal((const char *)r->attachments[0].bytes + 299997, "aaa", 3);
    submit(&b, 1, "bad");
    r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_PROTOCOL);
    assert_non_null(strstr(r->error, "byte 300"));
    assert_null(r->output);
    end(&b);
    b = (bench){.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    options.inline_audio = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->attachment_count, 0);
    assert_int_equal(r->output_length, strlen("{\"audio_base64\":\"\"}") + 400000);
    end(&b);
}

/* Answers of 36 MB in all arrive while nobody takes them: they wait on the connection, and none is
 * late for that. */
static void test_audio_is_bounded_in_memory(void **state) {
    static const fake_job job = {.status = {{.kind = FAKE_AUDIO, .size = 3000000}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b;
    (void)state;
    begin(&b, &script);
    for (int i = 0; i < 12; i++) {
        char name[8];
        snprintf(name, sizeof name, "j%d", i);
        submit(&b, i, name);
    }
    bool paused = false;
    for (int turn = 0; !paused || turn < 4000; turn++) { /* however slow the machine is */
        assert_int_equal(ttss_loop_work(b.d, 0, NULL), 0);
        for (ttss_request *request = b.d->requests; request; request = request->next)
            paused |= request->paused_ms != 0;
        assert_in_range(b.d->client.receiving + b.d->client.waiting, 0,
                        TTSS_AUDIO_BUDGET + 4000000);
        sched_yield();
    }
    for (int i = 0; i < 12; i++) {
        be_away(&b, 3600000);
        const ttsslice_job_result *r = next(&b);
        assert_int_equal(r->code, 0);
        assert_int_equal(r->attachments[0].size, 3000000);
    }
    assert_int_equal(b.d->client.waiting, 0);
    assert_int_equal(b.d->client.receiving, 0);
    end(&b);
}

/* libcurl would send the second submission again by itself, on a connection of its own. */
static void test_a_submission_is_sent_once(void **state) {
    static const fake_job job = {.name = "b", .run = {{.kind = FAKE_CLOSE}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.backoff_count = 0;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    assert_int_equal(next(&b)->code, 0);
    submit(&b, 1, "b");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, TTSSLICE_ERR_NETWORK);
    assert_int_equal(r->attempts, 1);
    assert_int_equal(fake_submissions(b.fake, "b"), 1);
    end(&b);
}

static void test_long_poll(void **state) {
    static const fake_job job = {.progress_polls = 2};
    fake_script script = {.jobs = &job, .job_count = 1};
    (void)state;
    for (int there = 0; there < 2; there++) {
        bench b;
        script.long_poll = there == 1;
        begin(&b, &script);
        for (int i = 0; i < 3; i++) {
            submit(&b, i, i == 0 ? "a" : i == 1 ? "b" : "c");
            assert_int_equal(next(&b)->code, 0);
        }
        assert_int_equal(fake_polls(b.fake, NULL), 9);
        assert_int_equal(fake_long_polls(b.fake), there ? 9 : 1);
        end(&b);
    }
}

/* Both would send the same jobs over the same connections. */
static void test_a_child_leaves_it_alone(void **state) {
    fake_script script = {0};
    bench b;
    int status = 0;
    (void)state;
    begin(&b, &script);
    submit(&b, 0, "a");
    pid_t child = fork();
    if (child == 0) {
        const ttsslice_job_result *r = NULL;
        bool refused =
            ttsslice_dispatcher_next(b.d, -1, &r, NULL) == TTSSLICE_ERR_INVALID &&
            ttsslice_dispatcher_submit(b.d, 1, "{\"text\":\"b\"}", TTSSLICE_NUL_TERMINATED, NULL) ==
                TTSSLICE_ERR_INVALID;
        ttsslice_dispatcher_free(b.d);
        _exit(refused ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(next(&b)->code, 0);
    assert_int_equal(fake_submissions(b.fake, NULL), 1);
    assert_int_equal(fake_cancels(b.fake, NULL), 0);
    end(&b);
}

/* A page that a gateway puts in the place of an answer says nothing about the endpoint. */
static void test_a_page_is_no_long_poll(void **state) {
    static const fake_job job = {.progress_polls = 2};
    fake_script script = {.jobs = &job, .job_count = 1, .page = "<html>one moment"};
    (void)state;
    for (int there = 0; there < 2; there++) {
        bench b;
        script.long_poll = there == 1;
        begin(&b, &script);
        submit(&b, 0, "a");
        submit(&b, 1, "b");
        for (int i = 0; i < 2; i++)
            assert_int_equal(next(&b)->code, 0);
        assert_int_equal(fake_polls(b.fake, NULL), 6);
        assert_int_equal(fake_submissions(b.fake, NULL), 2);
        assert_int_equal(fake_cancels(b.fake, NULL), 0);
        end(&b);
    }
}

static void test_longest_first(void **state) {
    static const char *const texts[] = {"bb", "a", "dddd", "cc", "e", "ccc"};
    static const int order[] = {2, 5, 0, 3, 1, 4};
    fake_script script = {0};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.max_in_flight = 1;
    options.order = TTSSLICE_ORDER_LONGEST;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    for (int i = 0; i < 6; i++) {
        char input[80];
        snprintf(input, sizeof input, "{\"text\":\"%s\",\"request_id\":\"r%d\"}", texts[i], i);
        assert_int_equal(ttsslice_dispatcher_submit(b.d, i, input, TTSSLICE_NUL_TERMINATED, NULL),
                         0);
    }
    for (int i = 0; i < 6; i++)
        assert_int_equal(next(&b)->index, order[i]);
    end(&b);
}

static void test_a_key_is_not_sent_in_the_open(void **state) {
    static const struct {
        const char *endpoint, *key;
        int32_t insecure, code;
    } cases[] = {
        {"http://gpu.example/v2/a", KEY, 0, TTSSLICE_ERR_ENDPOINT},
        {"http://gpu.example/v2/a", KEY, 1, 0},
        {"http://gpu.example/v2/a", "", 0, 0},
        {"https://gpu.example/v2/a", KEY, 0, 0},
        {"http://127.0.0.1:9/v2/a", KEY, 0, 0},
        {"http://localhost:9/v2/a", KEY, 0, 0},
        {"http://localhost.example/v2/a", KEY, 0, TTSSLICE_ERR_ENDPOINT},
        {"http://127.0.0.1.example/v2/a", KEY, 0, TTSSLICE_ERR_ENDPOINT},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
        ttsslice_dispatcher *d = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        options.endpoint = cases[i].endpoint;
        options.api_key = cases[i].key;
        options.insecure = cases[i].insecure;
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), cases[i].code);
        assert_null(strstr(err.message, "KEEPTHIS"));
        ttsslice_dispatcher_free(d);
        options.insecure = 1;
        options.ca_file = "/nowhere/ca.pem";
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), TTSSLICE_ERR_IO);
        assert_non_null(strstr(err.message, "/nowhere/ca.pem"));
    }
}

static void test_bad_input(void **state) {
    static const char *const bad[] = {
        "", "{}", "[1]", "\"a\"", "{\"a\":1", "{\"a\":\"\xff\"}", "{\"a\":1}x"};
    fake_script script = {0};
    const ttsslice_job_result *r = NULL;
    bench b;
    (void)state;
    begin(&b, &script);
    for (size_t i = 0; i < COUNT(bad); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        assert_int_equal(ttsslice_dispatcher_submit(b.d, 0, bad[i], TTSSLICE_NUL_TERMINATED, &err),
                         TTSSLICE_ERR_INVALID);
        assert_int_equal(err.code, TTSSLICE_ERR_INVALID);
        assert_int_equal(err.slice, TTSSLICE_SLICE_DISPATCH);
    }
    char *long_input = malloc(10000000);
    memset(long_input, ' ', 10000000);
    memcpy(long_input, "{\"a\":1", 6);
    long_input[9999999] = '}';
    assert_int_equal(ttsslice_dispatcher_submit(b.d, 0, long_input, 10000000, NULL),
                     TTSSLICE_ERR_INVALID);
    free(long_input);
    assert_int_equal(ttsslice_dispatcher_submit(NULL, 0, "{\"a\":1}", 7, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_submit(b.d, 0, NULL, 0, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -2, &r, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_next(NULL, -1, &r, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_new(NULL, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_dispatcher_pending(b.d), 0);
    assert_int_equal(ttsslice_dispatcher_pending(NULL), 0);
    ttsslice_dispatcher_cancel(NULL);
    ttsslice_dispatcher_free(NULL);
    end(&b);
}

static void test_health(void **state) {
    static const struct {
        int status;
        const char *body;
        int32_t code;
    } cases[] = {{200, "{\"jobs\":{}}", 0},
                 {200, "<html>" KEY, TTSSLICE_ERR_PROTOCOL},
                 {404, "", TTSSLICE_ERR_ENDPOINT},
                 {401, "", TTSSLICE_ERR_AUTH},
                 {500, "ill", TTSSLICE_ERR_HTTP}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        fake_script script = {.health = cases[i].body, .health_status = cases[i].status};
        bench b = {.fake = fake_start(&script)};
        ttsslice_dispatch_options options = quick_options(&b);
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        char *json = NULL;
        assert_int_equal(ttsslice_endpoint_health(&options, &json, &err), cases[i].code);
        assert_int_equal(ttsslice_endpoint_health(&options, NULL, NULL), cases[i].code);
        assert_int_equal(err.http_status, cases[i].code ? cases[i].status : 0);
        assert_null(strstr(err.message, "KEEPTHIS"));
        if (cases[i].code == 0)
            assert_string_equal(json, cases[i].body);
        else
            assert_null(json);
        ttsslice_free(json);
        end(&b);
    }
}

/* --- a caller that goes away --------------------------------------------------------------- */

/* For jobs that are polled often: a single call may submit, poll and take the answers of both. */
static void work_until_submitted(bench *b, int count) {
    const ttsslice_job_result *r = NULL;
    while (fake_submissions(b->fake, NULL) < count) {
        assert_int_equal(ttsslice_dispatcher_next(b->d, 0, &r, NULL), TTSSLICE_ERR_TIMEOUT);
        sched_yield(); /* away from the loop, where it counts against nothing */
    }
}

/* Neither the job's time nor the request's passes meanwhile, whatever is under way. */
static void test_absence_is_not_counted(void **state) {
    static const fake_job jobs[] = {{.name = "a", .queue_polls = 20},
                                    {.name = "b", .queue_polls = 23}};
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b;
    const ttsslice_job_result *r = NULL;
    (void)state;
    begin(&b, &script);
    submit(&b, 0, "a");
    submit(&b, 1, "b");
    work_until_submitted(&b, 2);
    for (int left = 2; left;) {
        be_away(&b, 3600000); /* four times the life of a job */
        int32_t code = ttsslice_dispatcher_next(b.d, 1, &r, NULL);
        assert_true(code == 0 || code == TTSSLICE_ERR_TIMEOUT);
        if (code == 0) {
            assert_int_equal(r->code, 0);
            assert_int_equal(r->attempts, 1);
            left--;
        }
    }
    ttsslice_dispatcher_free(b.d);
    b.d = NULL;
    assert_int_equal(fake_cancels(b.fake, NULL), 0);
    end(&b);
}

/* The real thing, for libcurl's clock cannot be set: the answer waits in the socket for longer than
 * a request may take. */
static void test_an_answer_that_waited_is_taken(void **state) {
    static const fake_job job = {.name = "a", .queue_polls = 20};
    const struct timespec absence = {.tv_nsec = 600000000};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.request_timeout_s = 0.5;
    options.backoff_count = 0;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit(&b, 0, "a");
    work_until_submitted(&b, 1);
    nanosleep(&absence, NULL);
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->attempts, 1);
    end(&b);
}

static void test_jobs_move_while_results_are_fetched(void **state) {
    fake_script script = {0};
    bench b;
    const ttsslice_job_result *r = NULL;
    (void)state;
    begin(&b, &script);
    submit(&b, 7, "a");
    for (int i = 0; i < 20; i++) {
        ttss_job *job = ttss_job_new(i, ttss_strdup("{}"), 2);
        ttss_job_fail(job, 0, TTSSLICE_ERR_JOB, false, "made up");
        ttss_job_push(&b.d->done, job);
    }
    for (int i = 0; i < 20; i++) {
        assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, NULL), 0);
        assert_int_equal(r->index, i);
    }
    assert_true(fake_wait(b.fake, 1, 0)); /* without a further call */
    assert_int_equal(next(&b)->index, 7);
    end(&b);
}

/* A caller that is slower than the endpoint is not sent more than it can keep. */
static void test_results_do_not_pile_up(void **state) {
    fake_script script = {0};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = quick_options(&b);
    (void)state;
    options.max_in_flight = 2;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    for (int i = 0; i < 2; i++) {
        ttss_job *job = ttss_job_new(i, ttss_strdup("{}"), 2);
        ttss_job_fail(job, 0, TTSSLICE_ERR_JOB, false, "made up");
        ttss_job_push(&b.d->done, job);
    }
    submit(&b, 2, "a");
    assert_int_equal(next(&b)->index, 0);
    assert_int_equal(b.d->schedule.active_count, 0);
    assert_int_equal(next(&b)->index, 1);
    assert_int_equal(b.d->schedule.active_count, 1);
    assert_int_equal(next(&b)->index, 2);
    end(&b);
}

static void test_no_failure_no_record(void **state) {
    static const fake_job job = {.queue_polls = 1000000};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b;
    const ttsslice_job_result *r = NULL;
    ttsslice_error before = TTSSLICE_ERROR_INIT, err;
    (void)state;
    ttss_fail(&before, TTSSLICE_ERR_ENGINE, "an earlier failure");
    before.slice = TTSSLICE_SLICE_GENERATE;
    err = before;
    begin(&b, &script);
    assert_int_equal(ttsslice_dispatcher_next(b.d, -1, &r, &err), TTSSLICE_ERR_END);
    assert_memory_equal(&err, &before, sizeof err);
    submit(&b, 0, "a");
    assert_int_equal(ttsslice_dispatcher_next(b.d, 0, &r, &err), TTSSLICE_ERR_TIMEOUT);
    assert_memory_equal(&err, &before, sizeof err);
    assert_null(r);
    ttsslice_dispatcher_cancel(b.d);
    assert_int_equal(ttsslice_dispatcher_next(b.d, 0, &r, &err), TTSSLICE_ERR_CANCELLED);
    assert_string_equal(err.message, "cancelled");
    assert_int_equal(err.slice, TTSSLICE_SLICE_DISPATCH);
    end(&b);
}

/* Tries that are repeated are no warnings, and no status is named where there was none. */
static void test_log_of_tries(void **state) {
    static const fake_job job = {.run = {CLOSE, REPLY(503, "")}};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b;
    (void)state;
    begin(&b, &script);
    submit(&b, 4, "a");
    assert_int_equal(next(&b)->code, 0);
    assert_int_equal(b.worst, TTSSLICE_LOG_INFO);
    assert_non_null(strstr(b.log, "job 4: /run got no answer; again in "));
    assert_non_null(strstr(b.log, "job 4: /run answered HTTP 503; again in "));
    assert_null(strstr(b.log, "HTTP 0"));
    end(&b);
}

/* A key that is an ordinary word takes nothing from the library's own sentences. */
static void test_a_key_that_is_a_word(void **state) {
    static const struct {
        fake_job job;
        const char *message;
    } cases[] = {
        {{.end = "\"status\":\"FAILED\",\"error\":\"bad job\""}, "the job failed: bad ***"},
        {{.run = {REPLY(400, "a job?")}}, "/run answered HTTP 400 in 1 try: a ***?"},
        {{.end = "\"status\":\"COMPLETED\""}, "the job completed without output; "},
        {{.run = {{.kind = FAKE_REPLY, .type = "text/job", .body = "{\"a\":job}"}}},
         "content type text/***, 9 bytes: {\"a\":***})"},
        {{.run = {REPLY(404, "")}}, "; check the endpoint's address"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        fake_script script = {.jobs = &cases[i].job, .job_count = 1};
        bench b = {.fake = fake_start(&script)};
        ttsslice_dispatch_options options = quick_options(&b);
        options.api_key = "job";
        assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
        submit(&b, 0, "a");
        const char *error = next(&b)->error;
        if (!strstr(error, cases[i].message))
            fail_msg("\"%s\" is not in \"%s\"", cases[i].message, error);
        end(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_job),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_retry_after_wins),
        cmocka_unit_test(test_request_timeout),
        cmocka_unit_test(test_no_server),
        cmocka_unit_test(test_job_timeout),
        cmocka_unit_test(test_order_and_failures_apart),
        cmocka_unit_test(test_max_in_flight),
        cmocka_unit_test(test_wrong_key_or_endpoint),
        cmocka_unit_test(test_cancels_do_not_wait_and_keep_the_limit),
        cmocka_unit_test(test_cancel_from_another_thread),
        cmocka_unit_test(test_free_cancels_the_rest),
        cmocka_unit_test(test_large_output),
        cmocka_unit_test(test_audio_comes_as_attachments),
        cmocka_unit_test(test_audio_is_bounded_in_memory),
        cmocka_unit_test(test_a_submission_is_sent_once),
        cmocka_unit_test(test_long_poll),
        cmocka_unit_test(test_a_page_is_no_long_poll),
        cmocka_unit_test(test_a_child_leaves_it_alone),
        cmocka_unit_test(test_longest_first),
        cmocka_unit_test(test_a_key_is_not_sent_in_the_open),
        cmocka_unit_test(test_bad_input),
        cmocka_unit_test(test_health),
        cmocka_unit_test(test_absence_is_not_counted),
        cmocka_unit_test(test_an_answer_that_waited_is_taken),
        cmocka_unit_test(test_jobs_move_while_results_are_fetched),
        cmocka_unit_test(test_results_do_not_pile_up),
        cmocka_unit_test(test_no_failure_no_record),
        cmocka_unit_test(test_log_of_tries),
        cmocka_unit_test(test_a_key_that_is_a_word),
    };
    static const char *const variables[] = {
        "TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID", "RUNPOD_ENDPOINT_BASE_URL",
        "RUNPOD_API_KEY",    "no_proxy",           "NO_PROXY"};
    for (size_t i = 0; i < COUNT(variables); i++)
        unsetenv(variables[i]);
    /* Servers on this machine are reached past any proxy. */
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("all_proxy", "http://127.0.0.1:1", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
