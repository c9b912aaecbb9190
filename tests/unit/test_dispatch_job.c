/* SPDX-License-Identifier: MIT */
/* The pure parts of the slice "dispatch": what may be tried again and when, what answers mean, and
 * the state machine of a job, with times brought along. No socket is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/mem.h"
#include "base/reason.h"
#include "dispatch/http.h"
#include "dispatch/pace.h"
#include "dispatch/runpod.h"

#include <stdlib.h>
#include <string.h>

#define KEY          "rpa_KEEPTHISSECRET0123456789"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- pure parts ---------------------------------------------------------------------------- */

static void test_retry_table(void **state) {
    static const struct {
        enum ttss_request_kind kind;
        enum ttss_transfer transfer;
        int status;
        enum ttss_retry_class class;
        int32_t code;
    } cases[] = {
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 200, TTSS_CLASS_OK, 0},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 202, TTSS_CLASS_OK, 0},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 302, TTSS_CLASS_FAIL, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 400, TTSS_CLASS_FAIL, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 401, TTSS_CLASS_FAIL, TTSSLICE_ERR_AUTH},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_DONE, 403, TTSS_CLASS_FAIL, TTSSLICE_ERR_AUTH},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 404, TTSS_CLASS_FAIL, TTSSLICE_ERR_ENDPOINT},
        {TTSS_REQUEST_HEALTH, TTSS_TRANSFER_DONE, 404, TTSS_CLASS_FAIL, TTSSLICE_ERR_ENDPOINT},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_DONE, 404, TTSS_CLASS_GONE, TTSSLICE_ERR_JOB},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 408, TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 409, TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 413, TTSS_CLASS_FAIL, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 429, TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 500, TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_DONE, 599, TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_UNREACHED, 0, TTSS_CLASS_RETRY, TTSSLICE_ERR_NETWORK},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_BROKEN, 0, TTSS_CLASS_RETRY, TTSSLICE_ERR_NETWORK},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_TIMEOUT, 0, TTSS_CLASS_RETRY, TTSSLICE_ERR_TIMEOUT},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_UNUSABLE, 0, TTSS_CLASS_FAIL, TTSSLICE_ERR_NETWORK},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_TOO_LARGE, 0, TTSS_CLASS_FAIL, TTSSLICE_ERR_PROTOCOL},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_UNREADABLE, 200, TTSS_CLASS_RETRY,
         TTSSLICE_ERR_PROTOCOL},
        {TTSS_REQUEST_RUN, TTSS_TRANSFER_UNREADABLE, 200, TTSS_CLASS_FAIL, TTSSLICE_ERR_PROTOCOL},
        {TTSS_REQUEST_CALL, TTSS_TRANSFER_UNREADABLE, 200, TTSS_CLASS_FAIL, TTSSLICE_ERR_PROTOCOL},
        {TTSS_REQUEST_STATUS, TTSS_TRANSFER_NOMEM, 0, TTSS_CLASS_FAIL, TTSSLICE_ERR_NOMEM},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttss_retry_rule rule =
            ttss_retry_classify(cases[i].kind, cases[i].transfer, cases[i].status);
        assert_int_equal(rule.class, cases[i].class);
        assert_int_equal(rule.code, cases[i].code);
    }
    /* Some answers are meant for every job. */
    assert_true(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 401).for_all);
    assert_true(ttss_retry_classify(TTSS_REQUEST_CALL, TTSS_TRANSFER_DONE, 404).for_all);
    assert_true(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 409).for_all);
    assert_false(ttss_retry_classify(TTSS_REQUEST_STATUS, TTSS_TRANSFER_DONE, 404).for_all);
    assert_false(ttss_retry_classify(TTSS_REQUEST_FETCH, TTSS_TRANSFER_DONE, 403).for_all);
    /* Only what the endpoint may have begun counts as a possible duplicate. */
    assert_false(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 429).maybe_done);
    assert_false(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_UNREACHED, 0).maybe_done);
    assert_true(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_DONE, 502).maybe_done);
    assert_true(ttss_retry_classify(TTSS_REQUEST_RUN, TTSS_TRANSFER_BROKEN, 0).maybe_done);
}

static void test_retry_after(void **state) {
    (void)state;
    assert_float_equal(ttss_retry_after("7", 0), 7.0, 0.0);
    assert_float_equal(ttss_retry_after("0", 0), 0.0, 0.0);
    assert_float_equal(ttss_retry_after("0.25", 0), 0.25, 0.0);
    assert_float_equal(ttss_retry_after("-3", 0), -1.0, 0.0);
    assert_float_equal(ttss_retry_after("soon", 0), -1.0, 0.0);
    /* 784111777 is the date of RFC 9110's own example. */
    assert_float_equal(ttss_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111770), 7.0, 0.0);
    assert_float_equal(ttss_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111780), 0.0, 0.0);
}

static void test_pace(void **state) {
    ttss_pace pace;
    (void)state;
    ttss_pace_init(&pace, 10, 2, 1000);
    assert_true(ttss_pace_take(&pace, 1000));
    assert_true(ttss_pace_take(&pace, 1000));
    assert_false(ttss_pace_take(&pace, 1000));
    assert_int_equal(ttss_pace_ready_ms(&pace, 1000), 1100);
    assert_false(ttss_pace_take(&pace, 1099));
    assert_true(ttss_pace_take(&pace, 1100));
    assert_int_equal(ttss_pace_ready_ms(&pace, INT64_MAX), INT64_MAX); /* no overflow */
    assert_true(ttss_pace_take(&pace, INT64_MAX));
    assert_true(ttss_pace_take(&pace, INT64_MAX));
    assert_false(ttss_pace_take(&pace, INT64_MAX));
}

static void test_envelope(void **state) {
    size_t length = 0;
    (void)state;
    char *text = ttss_runpod_envelope("{\"text\":\"Hi\"}", 13, 900000, &length);
    assert_string_equal(text,
                        "{\"input\":{\"text\":\"Hi\"},\"policy\":{\"executionTimeout\":900000,"
                        "\"ttl\":900000}}");
    assert_int_equal(length, strlen(text));
    free(text);
    text = ttss_runpod_envelope("{\"a\":1}", 7, 1000, &length); /* the service's least values */
    assert_non_null(strstr(text, "\"executionTimeout\":5000,\"ttl\":10000"));
    free(text);
}

static void test_read_answers(void **state) {
    static const struct {
        const char *body;
        enum ttss_remote remote;
        const char *id, *output, *reason, *error_code;
        int retryable;
    } cases[] = {
        {"{\"id\":\"a-1\",\"status\":\"IN_QUEUE\"}", TTSS_REMOTE_RUNNING, "a-1", "", "", "", -1},
        {"{\"id\":\"a\",\"status\":\"RUNNING\"}", TTSS_REMOTE_RUNNING, "a", "", "", "", -1},
        {"{\"id\":\"a\",\"status\":\"WARMING\"}", TTSS_REMOTE_RUNNING, "a", "", "", "", -1},
        {"{\"id\":\"a\",\"status\":\"\"}", TTSS_REMOTE_NONE, "a", "", "", "", -1},
        {"{\"id\":\"../cancel/b\",\"status\":\"IN_QUEUE\"}", TTSS_REMOTE_RUNNING, "", "", "", "",
         -1},
        {"{\"id\":\"a\",\"status\":\"TIMED_OUT\"}", TTSS_REMOTE_TIMED_OUT, "a", "", "", "", -1},
        {" { \"x\" : [ \"]\\\"}\" , { \"output\" : 1 } ] , \"output\" : [ 1 , \"\\\\\" ] , "
         "\"status\":\"COMPLETED\" } ",
         TTSS_REMOTE_COMPLETED, "", "[ 1 , \"\\\\\" ]", "", "", -1},
        {"{\"status\":\"COMPLETED\",\"output\":12.5e1}", TTSS_REMOTE_COMPLETED, "", "12.5e1", "",
         "", -1},
        {"{\"status\":\"COMPLETED\",\"\\u006futput\":true}", TTSS_REMOTE_COMPLETED, "", "true", "",
         "", -1},
        {"{\"status\":\"COMPLETED\",\"output\":\"\"}", TTSS_REMOTE_COMPLETED, "", "\"\"", "", "",
         -1},
        {"{\"status\":\"COMPLETED\",\"output\":null}", TTSS_REMOTE_COMPLETED, "", "", "", "", -1},
        {"{\"status\":\"COMPLETED\",\"output\":{\"error\":null,\"a\":1}}", TTSS_REMOTE_COMPLETED,
         "", "{\"error\":null,\"a\":1}", "", "", -1},
        {"{\"status\":\"FAILED\",\"error\":\"no\\n voice\"}", TTSS_REMOTE_FAILED, "", "",
         "no voice", "", -1},
        {"{\"status\":\"FAILED\",\"error\":\"bad text\",\"output\":{\"error_code\":\"TEXT\","
         "\"retryable\":false}}",
         TTSS_REMOTE_FAILED, "", "{\"error_code\":\"TEXT\",\"retryable\":false}", "bad text",
         "TEXT", 0},
        {"{\"status\":\"FAILED\",\"error\":\"{\\\"error_type\\\":\\\"<class 'ValueError'>\\\","
         "\\\"error_message\\\":\\\"no voice\\\",\\\"error_traceback\\\":\\\"long\\\"}\"}",
         TTSS_REMOTE_FAILED, "", "", "ValueError: no voice", "", -1},
        {"{\"status\":\"FAILED\",\"error\":{\"message\":\"slow\",\"code\":7,\"retryable\":true}}",
         TTSS_REMOTE_FAILED, "", "", "slow", "7", 1},
        {"{\"status\":\"FAILED\",\"error\":[\"one\",\"two\"]}", TTSS_REMOTE_FAILED, "", "",
         "one (and 1 more)", "", -1},
        {"{\"status\":\"FAILED\",\"error\":{\"odd\":1}}", TTSS_REMOTE_FAILED, "", "", "{\"odd\":1}",
         "", -1},
        {"{\"status\":\"FAILED\",\"output\":\"it broke\"}", TTSS_REMOTE_FAILED, "", "\"it broke\"",
         "it broke", "", -1},
        {"{\"status\":\"COMPLETED\",\"output\":{\"status\":\"error\",\"message\":\"full\"}}",
         TTSS_REMOTE_COMPLETED, "", "{\"status\":\"error\",\"message\":\"full\"}", "full", "", -1},
        {"{\"status\":\"FAILED\",\"error\":\"key " KEY " refused\"}", TTSS_REMOTE_FAILED, "", "",
         "key **************************** refused", "", -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttss_reply reply;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        const char *body = cases[i].body;
        assert_int_equal(ttss_runpod_read(body, strlen(body), KEY, &reply, &err), 0);
        assert_int_equal(reply.state, cases[i].remote);
        assert_string_equal(reply.id, cases[i].id);
        assert_string_equal(reply.reason, cases[i].reason);
        assert_int_equal(reply.has_error, cases[i].reason[0] != '\0');
        assert_string_equal(reply.error_code, cases[i].error_code);
        assert_int_equal(reply.retryable, cases[i].retryable);
        assert_int_equal(reply.output_length, strlen(cases[i].output));
        assert_memory_equal(body + reply.output_start, cases[i].output, reply.output_length);
    }
    static const char *const bad[] = {"", "<html>", "[]", "{\"status\":\"COMPL", "{} {}"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        ttss_reply reply;
        assert_int_equal(ttss_runpod_read(bad[i], strlen(bad[i]), "", &reply, NULL),
                         TTSSLICE_ERR_PROTOCOL);
    }
}

static void test_quote(void **state) {
    char out[24];
    (void)state;
    ttss_quote("a\tb\r\n  c\x01", 9, "", 20, out);
    assert_string_equal(out, "a b c");
    ttss_quote("abcdefghij", 10, "", 5, out);
    assert_string_equal(out, "abcde...");
    ttss_quote("abcd\xc3\xa9", 6, "", 5, out); /* never half a character */
    assert_string_equal(out, "abcd...");
    ttss_quote("a\xff\xc3", 3, "", 20, out);
    assert_string_equal(out, "a??");
    /* A key is gone even where only its beginning would have been shown. */
    ttss_quote("0123456789012345" KEY, 16 + strlen(KEY), KEY, 20, out);
    assert_string_equal(out, "0123456789012345****...");
    ttss_quote("", 0, KEY, 20, out);
    assert_string_equal(out, "");
}

/* --- the state machine, with times of our own ---------------------------------------------- */

static const ttss_policy machine_policy = {.backoff_ms = {500, 1000, 2000},
                                           .backoff_count = 3,
                                           .poll_ms = 100,
                                           .job_timeout_ms = 900000,
                                           .request_timeout_ms = 30000,
                                           .max_in_flight = 1,
                                           .secret = "",
                                           .key_variable = "RUNPOD_API_KEY",
                                           .protocol = &ttss_protocol_runpod};

static void answer(ttss_job *job, int status, double retry_after_s, const char *text,
                   int64_t now_ms) {
    ttss_buf body;
    ttss_buf_init(&body, 1000);
    ttss_buf_add_text(&body, text);
    ttss_answer reply = {.transfer = status ? TTSS_TRANSFER_DONE : TTSS_TRANSFER_BROKEN,
                         .trouble = "broken",
                         .http_status = status,
                         .retry_after_s = retry_after_s,
                         .body = &body};
    ttss_job_begin(job, &machine_policy, job->due_ms);
    ttss_job_answered(job, &machine_policy, &reply, now_ms);
    ttss_buf_free(&body);
}

static ttss_job *machine(int64_t now_ms) {
    ttss_job *job = ttss_job_new(3, ttss_strdup("{}"), 2);
    ttss_job_admit(job, now_ms);
    return job;
}

static void test_backoff_is_exact(void **state) {
    ttss_job *job = machine(1000);
    (void)state;
    assert_int_equal(job->due_ms, 1000);
    answer(job, 503, -1, "", 1010);
    assert_int_equal(job->next, TTSS_NEXT_SUBMIT);
    assert_int_equal(job->due_ms, 1510);
    answer(job, 0, -1, "", 1600);
    assert_int_equal(job->due_ms, 2600);
    answer(job, 429, 7, "", 2600); /* Retry-After wins */
    assert_int_equal(job->due_ms, 9600);
    answer(job, 500, 3600, "<p>late</p>", 9700);
    assert_int_equal(job->next, TTSS_NEXT_DONE);
    assert_int_equal(job->submissions, 4);
    assert_int_equal(job->failure.code, TTSSLICE_ERR_HTTP);
    assert_int_equal(job->failure.http_status, 500);
    assert_float_equal(job->failure.retry_after_s, 3600, 0);
    assert_string_equal(job->failure.message,
                        "/run answered HTTP 500 in 4 tries: <p>late</p>; it asked for a "
                        "wait of 3600 s, and at most 120 s are waited");
    assert_true(job->retryable);
    assert_false(job->abandoned);
    ttss_job_free(job);

    job = machine(0);
    answer(job, 429, 86400, "", 0); /* but not for ever */
    assert_int_equal(job->due_ms, 120000);
    ttss_job_free(job);
}

static void test_polls_grow_and_have_their_own_tries(void **state) {
    static const int64_t pauses[] = {100, 150, 225, 338, 507, 761, 1000, 1000};
    static const char running[] = "{\"id\":\"j\",\"status\":\"IN_PROGRESS\",\"output\":1}";
    ttss_job *job = machine(0);
    int64_t now = 0;
    (void)state;
    answer(job, 500, -1, "", now);
    for (size_t i = 0; i < COUNT(pauses); i++) {
        answer(job, 200, -1, running, now);
        assert_int_equal(job->next, TTSS_NEXT_POLL);
        assert_int_equal(job->due_ms, now + pauses[i]);
        now = job->due_ms;
    }
    for (int round = 0; round < 2; round++) { /* a good answer gives all tries back */
        for (size_t i = 0; i < 3; i++) {
            answer(job, 502, -1, "", now);
            assert_int_equal(job->due_ms, now + machine_policy.backoff_ms[i]);
        }
        if (round == 0)
            answer(job, 200, -1, running, now);
    }
    answer(job, 502, -1, "", now);
    assert_int_equal(job->next, TTSS_NEXT_DONE);
    assert_int_equal(job->submissions, 2);
    assert_true(job->abandoned); /* it may still be running */
    ttss_job_free(job);
}

static void test_fresh_job_may_be_unknown(void **state) {
    ttss_job *job = machine(0);
    (void)state;
    answer(job, 200, -1, "{\"id\":\"j\",\"status\":\"IN_QUEUE\"}", 0);
    for (int i = 0; i < 3; i++)
        answer(job, 404, -1, "", 100);
    assert_int_equal(job->next, TTSS_NEXT_POLL);
    answer(job, 200, -1, "{\"id\":\"j\",\"status\":\"IN_QUEUE\"}", 200);
    answer(job, 404, -1, "", 300); /* no longer fresh */
    assert_int_equal(job->next, TTSS_NEXT_DONE);
    assert_int_equal(job->failure.code, TTSSLICE_ERR_JOB);
    assert_non_null(strstr(job->failure.message, "expired"));
    assert_false(job->abandoned);
    ttss_job_free(job);
}

static void test_deadline(void **state) {
    ttss_job *job = machine(0);
    (void)state;
    ttss_job_begin(job, &machine_policy, 50);
    assert_int_equal(job->deadline_ms, 900050); /* from the first submission */
    answer(job, 200, -1, "{\"id\":\"j\",\"status\":\"IN_QUEUE\"}", 60);
    ttss_job_expire(job, &machine_policy, 900050);
    assert_int_equal(job->failure.code, TTSSLICE_ERR_TIMEOUT);
    assert_non_null(strstr(job->failure.message, "job j was not done within 900 s"));
    assert_true(job->abandoned);
    assert_true(job->retryable);
    ttss_job_free(job);

    job = machine(0); /* a status that nobody knows is told */
    ttss_job_begin(job, &machine_policy, 50);
    answer(job, 200, -1, "{\"id\":\"j\",\"status\":\"PONDERING\"}", 60);
    ttss_job_expire(job, &machine_policy, 900050);
    assert_non_null(strstr(job->failure.message, "not known here, being PONDERING; allow"));
    ttss_job_free(job);

    job = machine(0); /* a wait that would pass the deadline is not begun */
    ttss_job_begin(job, &machine_policy, 0);
    answer(job, 503, -1, "", 899900);
    assert_int_equal(job->next, TTSS_NEXT_DONE);
    assert_int_equal(job->failure.code, TTSSLICE_ERR_HTTP);
    ttss_job_free(job);
}

/* --- settings ------------------------------------------------------------------------------ */

static void test_endpoint_from_environment(void **state) {
    ttss_settings settings;
    (void)state;
    assert_int_equal(ttss_settings_read(&settings, NULL, NULL), TTSSLICE_ERR_ENDPOINT);
    setenv("RUNPOD_ENDPOINT_ID", "abc123", 1);
    assert_int_equal(ttss_settings_read(&settings, NULL, NULL), 0);
    assert_string_equal(settings.endpoint, "https://api.runpod.ai/v2/abc123");
    assert_false(settings.loopback);
    assert_string_equal(settings.key, "");
    ttss_settings_free(&settings);
    setenv("RUNPOD_ENDPOINT_BASE_URL", "https://example.org/v2//", 1);
    setenv("RUNPOD_API_KEY", " " KEY "\n", 1);
    assert_int_equal(ttss_settings_read(&settings, NULL, NULL), 0);
    assert_string_equal(settings.endpoint, "https://example.org/v2/abc123");
    assert_string_equal(settings.key, KEY);
    ttss_settings_free(&settings);
    setenv("TTSSLICE_ENDPOINT", "http://localhost:8000/v2/local///", 1);
    assert_int_equal(ttss_settings_read(&settings, NULL, NULL), 0);
    assert_string_equal(settings.endpoint, "http://localhost:8000/v2/local");
    assert_true(settings.loopback);
    ttss_settings_free(&settings);
    unsetenv("TTSSLICE_ENDPOINT");
    setenv("RUNPOD_ENDPOINT_ID", "a/../b", 1);
    assert_int_equal(ttss_settings_read(&settings, NULL, NULL), TTSSLICE_ERR_ENDPOINT);
    unsetenv("RUNPOD_ENDPOINT_ID");
    unsetenv("RUNPOD_ENDPOINT_BASE_URL");
    unsetenv("RUNPOD_API_KEY");
}

static void test_bad_options(void **state) {
    static const char *const endpoints[] = {
        "",           "api.runpod.ai/v2/x",          "ftp://host/x", "http://",
        "file:///x",  "https://me:hush@host/v2/x",   "http://h/?a",  "http://h/#a",
        "http://h o", "http://127.0.0.1:99999/v2/x", "///",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(endpoints); i++) {
        ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
        ttsslice_dispatcher *d = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        options.endpoint = endpoints[i];
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), TTSSLICE_ERR_ENDPOINT);
        assert_null(d);
        assert_int_equal(err.slice, TTSSLICE_SLICE_DISPATCH);
        assert_null(strstr(err.message, "hush"));
        assert_non_null(strstr(err.message, " set "));
    }
    static const double waits[] = {0.5, -1.0};
    for (int i = 0; i < 11; i++) {
        ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
        options.endpoint = "http://127.0.0.1:9/v2/x";
        options.max_in_flight = i == 0 ? 0 : i == 1 ? 1001 : 25;
        options.request_timeout_s = i == 2 ? 0.01 : 30.0;
        options.job_timeout_s = i == 3 ? 0.5 : 900.0;
        options.poll_interval_s = i == 4 ? 0.0 : 0.1;
        options.max_reply_bytes = i == 5 ? 0 : 65536;
        options.backoff_s = i == 6 || i == 7 ? waits : NULL;
        options.backoff_count = i == 6 ? 2 : i == 7 ? 1000 : i == 8 ? 1 : 0;
        options.api_key = i == 9 ? "a\r\nX-Evil: 1" : i == 10 ? "k\xc3\xa9y" : "";
        ttsslice_dispatcher *d = NULL;
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), TTSSLICE_ERR_INVALID);
    }
}

/* --- out of memory ------------------------------------------------------------------------- */

static int machine_run(void *argument) {
    ttss_job *job = NULL;
    ttss_buf body;
    size_t length = 0;
    int32_t code = 0;
    (void)argument;
    ttss_buf_init(&body, 1000);
    char *envelope = ttss_runpod_envelope("{\"a\":1}", 7, 1000, &length);
    if (envelope)
        job = ttss_job_new(1, envelope, length);
    if (!job || !ttss_buf_add_text(&body, "{\"status\":\"COMPLETED\",\"output\":[1]}"))
        code = TTSSLICE_ERR_NOMEM;
    if (!code) {
        ttss_answer reply = {.http_status = 200, .retry_after_s = -1.0, .body = &body};
        ttss_job_admit(job, 0);
        ttss_job_begin(job, &machine_policy, 0);
        ttss_job_answered(job, &machine_policy, &reply, 1);
        code = job->failure.code;
    }
    ttss_buf_free(&body);
    ttss_job_free(job);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    assert_survives_alloc_failure(machine_run, NULL);
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

static void test_a_dispatcher_out_of_memory(void **state) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    (void)state;
    options.endpoint = "http://127.0.0.1:9/v2/x";
    options.api_key = KEY;
    assert_survives_alloc_failure(new_and_submit, &options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_table),
        cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_pace),
        cmocka_unit_test(test_envelope),
        cmocka_unit_test(test_read_answers),
        cmocka_unit_test(test_quote),
        cmocka_unit_test(test_backoff_is_exact),
        cmocka_unit_test(test_polls_grow_and_have_their_own_tries),
        cmocka_unit_test(test_fresh_job_may_be_unknown),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_endpoint_from_environment),
        cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_a_dispatcher_out_of_memory),
    };
    static const char *const variables[] = {
        "TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID", "RUNPOD_ENDPOINT_BASE_URL",
        "RUNPOD_API_KEY",    "no_proxy",           "NO_PROXY"};
    for (size_t i = 0; i < COUNT(variables); i++)
        unsetenv(variables[i]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
