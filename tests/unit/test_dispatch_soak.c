/* SPDX-License-Identifier: MIT */
/* The slice "dispatch" over long runs against the scripted endpoint: faults drawn from a seed, ten
 * thousand jobs, late jobs that are copied, limits, and the trace of it all. RunPod's rates are
 * lifted, as the endpoint is on this machine; nothing sleeps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "dispatch/loop.h"
#include "fake_runpod.h"

#include <jansson.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEY          "rpa_KEEPTHISSECRET0123456789"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double quick[] = {0.001, 0.002, 0.003};

static ttsslice_dispatch_options quick_options(fake_runpod *fake) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    options.endpoint = fake_endpoint(fake);
    options.api_key = KEY;
    options.backoff_s = quick;
    options.backoff_count = COUNT(quick);
    options.poll_interval_s = 0.001;
    return options;
}

static ttsslice_dispatcher *start(const ttsslice_dispatch_options *options) {
    ttsslice_dispatcher *d = NULL;
    int64_t now = ttss_now_ms(&ttss_system_clock);
    assert_int_equal(ttsslice_dispatcher_new(options, &d, NULL), 0);
    ttss_pace_init(&d->schedule.run_pace, 1000000, 1000000, now);
    ttss_pace_init(&d->schedule.status_pace, 1000000, 1000000, now);
    return d;
}

static void submit(ttsslice_dispatcher *d, int64_t index, const char *name) {
    char input[128];
    snprintf(input, sizeof input, "{\"text\":\"Hello.\",\"request_id\":\"%s\"}", name);
    assert_int_equal(ttsslice_dispatcher_submit(d, index, input, TTSSLICE_NUL_TERMINATED, NULL), 0);
}

/* --- faults --------------------------------------------------------------------------------- */

#define FAULTS 1000

/* Of a submission; whether the job runs all the same is drawn where nobody can tell. */
static const struct {
    fake_step step;
    bool doubtful;
} run_faults[] = {
    {{.kind = FAKE_CLOSE}, true},
    {{.kind = FAKE_RESET}, true},
    {{.kind = FAKE_CUT, .body = "{\"id\":\"job-x-u1\",\"status\":\"IN_QUEUE\"}"}, true},
    {{.kind = FAKE_HANG}, true},
    {{.kind = FAKE_STALL, .body = "{\"id\":\"job-x-u1\"}"}, true},
    {{.kind = FAKE_REPLY, .status = 502, .type = "text/html", .body = "<h1>Bad</h1>"}, true},
    {{.kind = FAKE_REPLY, .status = 504}, true},
    {{.kind = FAKE_REPLY, .status = 500, .body = "{\"error\":\"no\"}"}, false},
    {{.kind = FAKE_REPLY, .status = 503}, false},
    {{.kind = FAKE_REPLY, .status = 408}, false},
    {{.kind = FAKE_REPLY, .status = 429, .header = "Retry-After: 0"}, false},
    {{.kind = FAKE_REPLY, .status = 429}, false},
    {{.kind = FAKE_REPLY, .status = 400, .body = "{\"error\":\"json is invalid\"}"}, false},
    {{.kind = FAKE_REPLY, .status = 409, .body = "{\"error\":\"ENDPOINT_PAUSED\"}"}, false},
    {{.kind = FAKE_REPLY, .body = "{\"status\":\"IN_QUEUE\"}"}, false},
    {{.kind = FAKE_REPLY, .body = "not JSON"}, false},
    {{.kind = FAKE_REPLY}, false},
};

/* Of a question after a job. */
static const fake_step status_faults[] = {
    {.kind = FAKE_CLOSE},
    {.kind = FAKE_RESET},
    {.kind = FAKE_CUT, .body = "{\"status\":\"COMPLETED\",\"output\":{\"a\":\"bcdefgh\"}}"},
    {.kind = FAKE_HANG},
    {.kind = FAKE_STALL, .body = "{\"status\":\"COMPLETED\",\"output\":1}"},
    {.kind = FAKE_REPLY, .status = 404},
    {.kind = FAKE_REPLY, .status = 429},
    {.kind = FAKE_REPLY, .status = 500},
    {.kind = FAKE_REPLY, .status = 502, .body = "<html>"},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"COMPLETED\",\"output\":"},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"COMPLETED\"}"},
    {.kind = FAKE_REPLY,
     .body = "{\"status\":\"FAILED\",\"error\":\"job timed out after 1 retries\"}"},
    {.kind = FAKE_REPLY,
     .body = "{\"status\":\"FAILED\",\"error\":\"{\\\"error_message\\\":\\\"x\\\"}\"}"},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"TIMED_OUT\"}"},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"CANCELLED\"}"},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"COMPLETED\",\"output\":{\"audio_base64\":\"=\"}}"},
    {.kind = FAKE_HUGE, .size = 300000},
    {.kind = FAKE_REPLY, .body = "{\"status\":\"WARMING_UP\"}"},
};

static bool hangs(const fake_step *step) {
    return step->kind == FAKE_HANG || step->kind == FAKE_STALL;
}

static void draw_script(uint64_t *draws, fake_job *job) {
    size_t faults = 1 + ttss_draw_below(draws, 3);
    for (size_t i = 0; i < faults; i++) {
        size_t turn = ttss_draw_below(draws, 3);
        bool may_hang = ttss_draw_below(draws, 4) == 0; /* which takes its time */
        if (ttss_draw_below(draws, 2)) {
            size_t which = ttss_draw_below(draws, COUNT(run_faults));
            while (!may_hang && hangs(&run_faults[which].step))
                which = ttss_draw_below(draws, COUNT(run_faults));
            job->run[turn] = run_faults[which].step;
            job->run[turn].starts = run_faults[which].doubtful && ttss_draw_below(draws, 2);
        } else {
            size_t which = ttss_draw_below(draws, COUNT(status_faults));
            while (!may_hang && hangs(&status_faults[which]))
                which = ttss_draw_below(draws, COUNT(status_faults));
            job->status[turn] = status_faults[which];
        }
    }
    job->queue_polls = (int)ttss_draw_below(draws, 3);
    job->progress_polls = (int)ttss_draw_below(draws, 3);
}

static void count_lost(int32_t level, const char *module, const char *line, void *user_data) {
    int *lost = user_data;
    (void)level;
    (void)module;
    *lost += strstr(line, "is tried once more, alone") != NULL;
    assert_null(strstr(line, "KEEPTHIS"));
}

/* Every job ends in a result or a named error, once; what is sent twice is counted. */
static void test_a_thousand_faults(void **state) {
    static fake_job jobs[FAULTS];
    static char names[FAULTS][16];
    bool seen[FAULTS] = {false};
    uint64_t draws = 20;
    fake_script script = {.jobs = jobs, .job_count = FAULTS, .key = KEY};
    int64_t attempts = 0, further = 0, doubtful = 0, done = 0, failed = 0;
    (void)state;
    for (size_t i = 0; i < FAULTS; i++) {
        snprintf(names[i], sizeof names[i], "f%zu", i);
        draw_script(&draws, &jobs[i]);
        jobs[i].name = names[i];
    }
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    ttsslice_logger logger = TTSSLICE_LOGGER_INIT;
    int lost = 0;
    logger.fn = count_lost;
    logger.user_data = &lost;
    options.logger = &logger;
    options.request_timeout_s = 0.25;
    options.max_reply_bytes = 200000;
    ttsslice_dispatcher *d = start(&options);
    for (size_t i = 0; i < FAULTS; i++)
        submit(d, (int64_t)i, names[i]);
    const ttsslice_job_result *r = NULL;
    while (ttsslice_dispatcher_next(d, -1, &r, NULL) == 0) {
        assert_in_range(r->index, 0, FAULTS - 1);
        assert_false(seen[r->index]);
        seen[r->index] = true;
        assert_true(r->attempts >= 1);
        assert_in_range(r->possible_duplicates, 0, 1);
        attempts += r->attempts;
        further += r->attempts - 1;
        doubtful += r->possible_duplicates;
        done += r->code == 0;
        failed += r->code != 0;
        assert_int_equal(r->code == 0, r->output != NULL);
        assert_int_equal(r->code == 0, r->error[0] == '\0');
        assert_null(strstr(r->error, "KEEPTHIS"));
        assert_string_not_equal(ttsslice_code_name(r->code), "UNKNOWN");
        assert_int_not_equal(r->code, TTSSLICE_ERR_INTERNAL);
        assert_int_not_equal(r->code, TTSSLICE_ERR_NOMEM);
    }
    const ttsslice_dispatch_totals *t = ttsslice_dispatcher_totals(d);
    assert_int_equal(t->done, done);
    assert_int_equal(t->failed, failed);
    assert_int_equal(done + failed, FAULTS);
    assert_int_equal(t->submissions, attempts);
    assert_int_equal(t->retries, further);
    assert_int_equal(t->possible_duplicates, doubtful);
    assert_int_equal(t->left, 0);
    assert_in_range(fake_submissions(fake, NULL), FAULTS, attempts);
    /* What ran twice was told: it might have begun, or the endpoint had lost it. */
    assert_in_range(fake_duplicates(fake), 1, doubtful + lost);
    assert_true(done > FAULTS / 3 && failed > FAULTS / 10); /* it was worth it */
    ttsslice_dispatcher_free(d);
    fake_stop(fake);
}

/* --- ten thousand jobs ---------------------------------------------------------------------- */

static size_t in_use(void) {
    return mallinfo2().uordblks;
}

static void test_ten_thousand_jobs(void **state) {
    enum { JOBS = 10000, NAMES = 50, PENDING = 60 };
    static const fake_job at_once = {
        .end = "\"executionTime\":1,\"output\":1,\"status\":\"COMPLETED\""};
    fake_script script = {.jobs = &at_once, .job_count = 1};
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    const ttsslice_job_result *r = NULL;
    size_t early = 0, late = 0;
    int submitted = 0;
    (void)state;
    options.max_in_flight = 25;
    ttsslice_dispatcher *d = start(&options);
    for (int done = 0; done < JOBS; done++) {
        for (; submitted < JOBS && submitted - done < PENDING; submitted++) {
            char name[16];
            snprintf(name, sizeof name, "n%d", submitted % NAMES);
            submit(d, submitted, name);
        }
        assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
        assert_int_equal(r->code, 0);
        if (done == 1000)
            early = in_use();
        if (done == JOBS - PENDING - 1)
            late = in_use();
    }
    assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), TTSSLICE_ERR_END);
    assert_int_equal(fake_submissions(fake, NULL), JOBS);
    assert_int_equal(fake_most_running(fake) <= 25, 1);
    print_message("in use after 1,000 jobs %zu KiB, after 10,000 %zu KiB\n", early / 1024,
                  late / 1024);
    assert_true(late < early + (JOBS - 1000) * 512); /* pools fill; jobs leave nothing behind */
    ttsslice_dispatcher_free(d);
    fake_stop(fake);
}

/* --- the trace ------------------------------------------------------------------------------ */

typedef struct events {
    json_t *lines;
    int64_t last_ms;
} events;

static events read_trace(const char *path) {
    events e = {.lines = json_array()};
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (getline(&text, &size, file) > 0) {
        json_t *line = json_loads(text, 0, NULL);
        assert_non_null(line);
        assert_null(strstr(text, "KEEPTHIS"));
        assert_true(json_is_integer(json_object_get(line, "t_ms")));
        assert_true(json_is_string(json_object_get(line, "event")));
        json_array_append_new(e.lines, line);
    }
    free(text);
    fclose(file);
    return e;
}

/* The n-th line of an event for a job, or for any (-1); NULL: there is none. */
static json_t *event(const events *e, const char *name, int64_t index, int n) {
    size_t i;
    json_t *line;
    json_array_foreach(e->lines, i, line) {
        const json_t *of = json_object_get(line, "index");
        if (strcmp(json_string_value(json_object_get(line, "event")), name) == 0 &&
            (index < 0 || json_integer_value(of) == index) && n-- == 0)
            return line;
    }
    return NULL;
}

static int64_t number(const json_t *line, const char *key) {
    assert_true(json_is_integer(json_object_get(line, key)));
    return json_integer_value(json_object_get(line, key));
}

static void new_path(char path[64]) {
    snprintf(path, 64, "/tmp/ttsslice-trace-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
}

/* One job never ends on its first worker; its copy does at once. */
static void test_a_late_job_is_copied(void **state) {
    static const fake_job jobs[] = {
        {.name = "slow",
         .run = {[1] = {.kind = FAKE_REPLY,
                        .body = "{\"id\":\"job-copy-u1\",\"status\":\"IN_QUEUE\"}"}},
         .progress_polls = 1000000000},
    };
    for (int long_poll = 0; long_poll < 2; long_poll++) {
        fake_script script = {.jobs = jobs,
                              .job_count = 1,
                              .key = KEY,
                              .long_poll = long_poll == 1,
                              .health = "{\"jobs\":{},\"workers\":{\"idle\":3,\"running\":1}}"};
        char path[64];
        (void)state;
        new_path(path);
        fake_runpod *fake = fake_start(&script);
        ttsslice_dispatch_options options = quick_options(fake);
        options.hedge = 1;
        options.price_per_second = 1.0;
        options.trace = path;
        ttsslice_dispatcher *d = start(&options);
        const ttsslice_job_result *r = NULL;
        for (int i = 0; i < 39; i++) {
            char name[16];
            snprintf(name, sizeof name, "n%d", i);
            submit(d, i, name);
        }
        submit(d, 39, "slow");
        for (int i = 0; i < 40; i++) {
            assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
            assert_int_equal(r->code, 0);
            assert_int_equal(r->hedges, r->index == 39);
            assert_int_equal(r->hedge_won, r->index == 39);
            assert_int_equal(r->attempts, r->index == 39 ? 2 : 1);
            assert_true(r->billed_ms >= 34);
        }
        assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), TTSSLICE_ERR_END);
        const ttsslice_dispatch_totals *t = ttsslice_dispatcher_totals(d);
        assert_int_equal(t->submissions, 41);
        assert_int_equal(t->hedges, 1);
        assert_int_equal(t->hedges_won, 1);
        assert_int_equal(t->retries, 0);
        assert_true(t->cost >= 40 * 0.034);
        ttsslice_dispatcher_free(d);
        assert_int_equal(fake_cancels(fake, "slow"), 1); /* nobody pays for it any longer */
        assert_int_equal(fake_cancels(fake, "copy"), 0);
        fake_stop(fake);

        events e = read_trace(path);
        unlink(path);
        assert_string_equal(json_string_value(json_object_get(event(&e, "begin", -1, 0), "event")),
                            "begin");
        for (int i = 0; i < 40; i++) { /* enough to draw each job's bar */
            int64_t queued = number(event(&e, "queued", i, 0), "t_ms");
            int64_t submitted = number(event(&e, "submitted", i, 0), "t_ms");
            int64_t accepted = number(event(&e, "accepted", i, 0), "t_ms");
            int64_t started = number(event(&e, "started", i, 0), "t_ms");
            const json_t *done = event(&e, "done", i, 0);
            assert_true(queued <= submitted && submitted <= accepted && accepted <= started);
            assert_true(started <= number(done, "t_ms"));
            assert_null(event(&e, "done", i, 1));
            assert_true(json_is_string(json_object_get(done, "worker_id")));
            assert_true(json_is_real(json_object_get(done, "cost")));
        }
        assert_non_null(event(&e, "hedged", 39, 0));
        assert_non_null(event(&e, "submitted", 39, 1));
        assert_true(json_is_true(json_object_get(event(&e, "done", 39, 0), "copy")));
        assert_string_equal(
            json_string_value(json_object_get(event(&e, "dropped", 39, 0), "job_id")),
            "job-slow-u1");
        assert_string_equal(
            json_string_value(json_object_get(event(&e, "cancelled", -1, 0), "job_id")),
            "job-slow-u1");
        assert_int_equal(number(event(&e, "end", -1, 0), "submissions"), 41);
        json_decref(e.lines);
    }
}

static void test_failures_and_limits_in_the_trace(void **state) {
    static const fake_job jobs[] = {
        {.name = "a", .run = {{.kind = FAKE_REPLY, .status = 503}}},
        {.name = "b", .end = "\"status\":\"FAILED\",\"error\":\"no voice " KEY "\""},
    };
    fake_script script = {.jobs = jobs, .job_count = 2, .key = KEY};
    char path[64];
    (void)state;
    new_path(path);
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    options.trace = path;
    options.max_jobs = 2;
    ttsslice_dispatcher *d = start(&options);
    const ttsslice_job_result *r = NULL;
    submit(d, 0, "a");
    submit(d, 1, "b");
    submit(d, 2, "c");
    submit(d, 3, "d");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
        if (r->index >= 2) {
            assert_int_equal(r->code, TTSSLICE_ERR_LIMIT);
            assert_non_null(strstr(r->error, "raise max_jobs"));
            assert_int_equal(r->attempts, 0);
        }
    }
    assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), TTSSLICE_ERR_END);
    const ttsslice_dispatch_totals *t = ttsslice_dispatcher_totals(d);
    assert_int_equal(t->done, 1);
    assert_int_equal(t->failed, 1);
    assert_int_equal(t->stopped, 2);
    assert_int_equal(fake_submissions(fake, NULL), 3);
    ttsslice_dispatcher_free(d);
    fake_stop(fake);
    events e = read_trace(path);
    unlink(path);
    const json_t *again = event(&e, "retried", 0, 0);
    assert_int_equal(number(again, "http_status"), 503);
    assert_in_range(number(again, "wait_ms"), 0, 1);
    assert_non_null(event(&e, "limited", -1, 0));
    assert_string_equal(json_string_value(json_object_get(event(&e, "failed", 1, 0), "code")),
                        "JOB");
    assert_string_equal(json_string_value(json_object_get(event(&e, "failed", 2, 0), "code")),
                        "LIMIT");
    json_decref(e.lines);
}

static void test_a_trace_that_cannot_be_written(void **state) {
    fake_script script = {0};
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_dispatcher *d = NULL;
    (void)state;
    options.trace = "/nowhere/trace.jsonl";
    assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, "/nowhere/trace.jsonl"));
    if (access("/dev/full", W_OK) == 0) { /* said, and no reason to stop */
        const ttsslice_job_result *r = NULL;
        options.trace = "/dev/full";
        d = start(&options);
        submit(d, 0, "a");
        assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
        assert_int_equal(r->code, 0);
        ttsslice_dispatcher_free(d);
    }
    fake_stop(fake);
}

/* A run whose jobs are refused has no use for the file. */
static void test_a_trace_begins_with_the_run(void **state) {
    fake_script script = {0};
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    char path[64], *text = NULL;
    size_t length = 0;
    (void)state;
    new_path(path);
    assert_int_equal(ttss_file_write(path, "old\n", 4, NULL), 0);
    options.trace = path;
    for (int sends = 0; sends < 2; sends++) {
        ttsslice_dispatcher *d = start(&options);
        const ttsslice_job_result *r = NULL;
        submit(d, 0, "a");
        if (sends)
            assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
        ttsslice_dispatcher_free(d);
        assert_int_equal(ttss_file_read(path, 100000, &text, &length, NULL), 0);
        assert_int_equal(strncmp(text, "old\n", 4) == 0, !sends);
        assert_int_equal(strstr(text, "\"begin\"") && strstr(text, "\"queued\""), sends);
        free(text);
    }
    unlink(path);
    fake_stop(fake);
}

/* --- limits of money ------------------------------------------------------------------------ */

static void test_an_estimate_and_a_limit_of_money(void **state) {
    fake_script script = {0};
    fake_runpod *fake = fake_start(&script);
    ttsslice_dispatch_options options = quick_options(fake);
    (void)state;
    options.max_in_flight = 1;
    options.price_per_second = 10.0; /* 0.34 a job */
    options.max_cost = 2.0;
    options.expected_s = 0.034;
    options.expected_s_per_char = 0.0;
    ttsslice_dispatcher *d = start(&options);
    const ttsslice_job_result *r = NULL;
    double cost = 0.0;
    int done = 0, stopped = 0;
    for (int i = 0; i < 20; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        submit(d, i, name);
    }
    const ttsslice_dispatch_totals *t = ttsslice_dispatcher_totals(d);
    assert_int_equal(t->left, 20);
    assert_int_equal(t->left_stopped, 15);
    assert_int_equal(t->left_billed_ms, 170); /* of the five that there is money for */
    assert_float_equal(t->left_cost, 1.7, 1e-9);
    assert_float_equal(t->cost, 0.0, 1e-9);
    while (ttsslice_dispatcher_next(d, -1, &r, NULL) == 0) {
        done += r->code == 0;
        stopped += r->code == TTSSLICE_ERR_LIMIT;
        cost += r->cost;
    }
    assert_int_equal(done, 5);
    assert_int_equal(stopped, 15);
    assert_float_equal(cost, 1.7, 1e-9);
    assert_float_equal(ttsslice_dispatcher_totals(d)->cost, 1.7, 1e-9);
    ttsslice_dispatcher_free(d);
    fake_stop(fake);
}

static void test_bad_limits(void **state) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_dispatcher *d = NULL;
    (void)state;
    for (int i = 0; i < 7; i++) {
        ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
        options.endpoint = "http://127.0.0.1:9/v2/x";
        options.hedge = i == 0 ? 2 : 0;
        options.window = i == 1 ? 4 : 0; /* without its order */
        options.max_jobs = i == 2 ? -1 : 0;
        options.max_cost = i == 3 ? -1.0 : i == 4 ? 1.0 : 0.0; /* without a price */
        options.price_per_second = i == 5 ? -1.0 : 0.0;
        options.expected_s = i == 6 ? -1.0 : 0.8;
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), TTSSLICE_ERR_INVALID);
        assert_true(err.message[0] != '\0');
    }
    assert_null(ttsslice_dispatcher_totals(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_thousand_faults),
        cmocka_unit_test(test_ten_thousand_jobs),
        cmocka_unit_test(test_a_late_job_is_copied),
        cmocka_unit_test(test_failures_and_limits_in_the_trace),
        cmocka_unit_test(test_a_trace_that_cannot_be_written),
        cmocka_unit_test(test_a_trace_begins_with_the_run),
        cmocka_unit_test(test_an_estimate_and_a_limit_of_money),
        cmocka_unit_test(test_bad_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
