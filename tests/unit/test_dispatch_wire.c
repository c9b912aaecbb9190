/* SPDX-License-Identifier: MIT */
/* What comes over the wire from real endpoints: broken connections, slow and damaged bodies, sound
 * files of several shapes, limits of rates; and what a run has cost in the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_runpod.h"

#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY          "rpa_KEEPTHISSECRET0123456789"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DONE         "{\"status\":\"COMPLETED\",\"output\":{\"request_id\":\"x\"}}"

static const double quick[] = {0.001, 0.002, 0.003};

typedef struct bench {
    fake_runpod *fake;
    ttsslice_dispatcher *d;
} bench;

static bench begin(const fake_script *script, double request_timeout_s) {
    bench b = {.fake = fake_start(script)};
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    options.endpoint = fake_endpoint(b.fake);
    options.api_key = KEY;
    options.backoff_s = quick;
    options.backoff_count = COUNT(quick);
    options.poll_interval_s = 0.001;
    options.request_timeout_s = request_timeout_s;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    return b;
}

static void end(bench *b) {
    ttsslice_dispatcher_free(b->d);
    fake_stop(b->fake);
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
    return result;
}

/* --- one job ------------------------------------------------------------------------------- */

#define REPLY(code, text)                                                                          \
    { .kind = FAKE_REPLY, .status = code, .body = text }
#define STARTED(kind_)                                                                             \
    { .kind = kind_, .starts = true }

#define A64 "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"

/* clang-format off */
static const struct fault {
    const char *about;
    fake_job job;
    int32_t code;
    int attempts, possible, duplicates, polls;
    const char *says; /* in the output, or the error */
} faults[] = {
    {"closed before it was read", {0}, 0, 2, 1, 0, 1, "\"x\""},
    {"reset, and it had begun", {.run = {STARTED(FAKE_RESET)}}, 0, 2, 1, 1, 1, "\"x\""},
    {"closed, and it had not begun", {.run = {{.kind = FAKE_CLOSE}}}, 0, 2, 1, 0, 1, "\"x\""},
    {"no answer, and it had begun", {.run = {STARTED(FAKE_HANG)}}, 0, 2, 1, 1, 1, "\"x\""},
    {"half an answer, and it had begun",
     {.run = {{.kind = FAKE_STALL, .body = "{\"id\":\"job-x-u1\",\"status\":\"IN_QUEUE\"}", .starts = true}}},
     0, 2, 1, 1, 1, "\"x\""},
    {"no answer twice", {.run = {STARTED(FAKE_RESET), STARTED(FAKE_RESET)}},
     TTSSLICE_ERR_NETWORK, 2, 1, 1, 0, "no answer in 2 tries"},
    {"429 with a wait", {.run = {{.kind = FAKE_REPLY, .status = 429, .header = "Retry-After: 0"}}},
     0, 2, 0, 0, 1, "\"x\""},
    {"429 in HTML",
     {.run = {{.kind = FAKE_REPLY, .status = 429, .type = "text/html", .body = "<h1>Slow down"}}},
     0, 2, 0, 0, 1, "\"x\""},
    {"429 for good",
     {.run = {REPLY(429, "<h1>Slow"), REPLY(429, ""), REPLY(429, ""), REPLY(429, "<h1>Slow down</h1>")}},
     TTSSLICE_ERR_HTTP, 4, 0, 0, 0, "HTTP 429 in 4 tries: <h1>Slow down</h1>"},
    {"too large, as RunPod says it",
     {.run = {REPLY(400, "{\"error\":\"json is invalid; max size is 10 MB\"}")}},
     TTSSLICE_ERR_HTTP, 1, 0, 0, 0, "max size is 10 MB"},
    {"413", {.run = {REPLY(413, "<html>Request Entity Too Large")}},
     TTSSLICE_ERR_HTTP, 1, 0, 0, 0, "HTTP 413"},
    {"an answer bit by bit", {.status = {{.kind = FAKE_SLOW, .body = DONE}}}, 0, 1, 0, 0, 1, "\"x\""},
    {"an answer that stops", {.status = {{.kind = FAKE_STALL, .body = DONE}}}, 0, 1, 0, 0, 2, "\"x\""},
    {"an answer that is reset", {.status = {{.kind = FAKE_RESET}}}, 0, 1, 0, 0, 2, "\"x\""},
    {"truncated JSON", {.status = {REPLY(200, "{\"status\":\"COMPL")}}, 0, 1, 0, 0, 2, "\"x\""},
    {"audio that is no base64 further on",
     {.status = {REPLY(200, "{\"status\":\"COMPLETED\",\"output\":{\"audio_base64\":\""
                            A64 A64 A64 A64 A64 "!!\"}}")}},
     TTSSLICE_ERR_PROTOCOL, 1, 0, 0, 1, "audio cannot be used"},
    {"an output that is a text", {.end = "\"status\":\"COMPLETED\",\"output\":\"x\""}, 0, 1, 0, 0, 1, "\"x\""},
    {"an output that is a list", {.end = "\"status\":\"COMPLETED\",\"output\":[\"x\",1]"},
     0, 1, 0, 0, 1, "[\"x\",1]"},
    {"an error that is a list", {.end = "\"status\":\"FAILED\",\"error\":[\"no text\",\"no voice\"]"},
     TTSSLICE_ERR_JOB, 1, 0, 0, 1, "no text (and 1 more)"},
    {"an error with the rest of the output",
     {.end = "\"status\":\"FAILED\",\"error\":\"no voice\",\"output\":{\"status\":\"error\",\"hint\":1}"},
     TTSSLICE_ERR_JOB, 1, 0, 0, 1, "no voice"},
    {"a generator's traceback",
     {.end = "\"status\":\"FAILED\",\"error\":\"handler: boom \\ntraceback: File x\""},
     TTSSLICE_ERR_JOB, 1, 0, 0, 1, "handler: boom traceback: File x"},
    {"an exception's text in the place of a result",
     {.end = "\"status\":\"COMPLETED\",\"output\":{\"status\":\"error\",\"message\":\"CUDA is lost\"}"},
     TTSSLICE_ERR_JOB, 1, 0, 0, 1, "CUDA is lost"},
};
/* clang-format on */

/* Only where nothing comes is the time short: a machine may be slow. */
static double timeout_of(const fake_job *job) {
    bool stops = false;
    for (size_t i = 0; i < FAKE_STEPS; i++)
        stops = stops || job->run[i].kind == FAKE_HANG || job->run[i].kind == FAKE_STALL ||
                job->status[i].kind == FAKE_STALL;
    return stops ? 1.0 : 30.0;
}

static void faults_end_in_a_result_or_a_named_error(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        const struct fault *f = &faults[i];
        fake_script script = {.jobs = &f->job, .job_count = 1, .key = KEY, .drops = i == 0};
        bench b = begin(&script, timeout_of(&f->job));
        submit(&b, 3, "x");
        const ttsslice_job_result *r = next(&b);
        const char *words = r->code ? r->error : r->output;
        if (r->code != f->code || !strstr(words, f->says))
            fail_msg("%s: %s: %s", f->about, ttsslice_code_name(r->code), words);
        if (r->possible_duplicates != f->possible || fake_duplicates(b.fake) != f->duplicates)
            fail_msg("%s: %d duplicates are possible, %d happened", f->about,
                     (int)r->possible_duplicates, fake_duplicates(b.fake));
        assert_int_equal(r->attempts, f->attempts);
        assert_int_equal(fake_polls(b.fake, "x"), f->polls);
        assert_null(strstr(words, "KEEPTHIS"));
        end(&b);
    }
}

static void what_the_platform_did_is_told(void **state) {
    static const fake_job job = {
        .end = "\"status\":\"COMPLETED\",\"delayTime\":101000,\"executionTime\":2500,\"retries\":1,"
               "\"workerId\":\"w-7\",\"input\":{\"text\":\"old\"},\"output\":1"};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = begin(&script, 30.0);
    (void)state;
    submit(&b, 0, "x");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->retries, 1);
    assert_int_equal(r->delay_ms, 101000);
    assert_int_equal(r->execution_ms, 2500);
    assert_string_equal(r->worker_id, "w-7");
    end(&b);
}

static void twelve_megabytes(void **state) {
    static const fake_job jobs[] = {
        {.name = "audio", .status = {{.kind = FAKE_AUDIO, .size = 12 << 20}}},
        {.name = "text", .status = {{.kind = FAKE_HUGE, .size = 12 << 20}}},
    };
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b = begin(&script, 30.0);
    (void)state;
    submit(&b, 0, "audio");
    const ttsslice_job_result *r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(r->attachments[0].size, 12 << 20);
    submit(&b, 1, "text");
    r = next(&b);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->output_length, (12 << 20) + 2);
    end(&b);
}

/* Whatever a handler's libraries write, the samples are the same. */
static void sound_files_of_all_shapes(void **state) {
    (void)state;
    for (enum fake_wav kind = FAKE_WAV_PCM16; kind <= FAKE_WAV_SIZELESS; kind++) {
        const fake_job job = {.status = {{.kind = FAKE_WAV, .wav = kind}}};
        fake_script script = {.jobs = &job, .job_count = 1};
        bench b = begin(&script, 30.0);
        ttsslice_audio *audio = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        submit(&b, 0, "x");
        const ttsslice_job_result *r = next(&b);
        assert_string_equal(r->output, "{\"audio_base64\":\"attachment:0\"}");
        if (ttsslice_audio_decode(r->attachments[0].bytes, r->attachments[0].size, &audio, &err))
            fail_msg("kind %d: %s", (int)kind, err.message);
        assert_int_equal(ttsslice_audio_sample_rate(audio), 24000);
        assert_int_equal(ttsslice_audio_frames(audio), 12000);
        assert_int_equal(ttsslice_audio_samples(audio)[11999], 8192);
        ttsslice_audio_unref(audio);
        end(&b);
    }
}

/* --- many jobs ----------------------------------------------------------------------------- */

static void submit_many(bench *b, int count) {
    for (int i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        submit(b, i, name);
    }
}

static void limits_of_rates_are_kept(void **state) {
    static const fake_job job = {.queue_polls = 1};
    fake_script script = {.jobs = &job, .job_count = 1, .limits = true};
    bench b = {.fake = fake_start(&script)};
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    (void)state;
    options.endpoint = fake_endpoint(b.fake);
    options.api_key = "";
    options.max_in_flight = 1000;
    options.poll_interval_s = 0.001;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    submit_many(&b, 450);
    for (int i = 0; i < 450; i++)
        assert_int_equal(next(&b)->code, 0);
    assert_int_equal(fake_refused(b.fake), 0);
    end(&b);
}

/* Each job is paid for once, those that were lost on the way twice, and the counts say so. */
static void the_bill_agrees(void **state) {
    static const fake_job jobs[] = {
        {.name = "n3", .run = {{.kind = FAKE_RESET, .starts = true}}},
        {.name = "n5", .run = {REPLY(429, "")}},
        {.name = "n8", .run = {{.kind = FAKE_CLOSE}}},
    };
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b = begin(&script, 30.0);
    int possible = 0, attempts = 0;
    int64_t billed = 0;
    (void)state;
    submit_many(&b, 20);
    for (int i = 0; i < 20; i++) {
        const ttsslice_job_result *r = next(&b);
        assert_int_equal(r->code, 0);
        possible += r->possible_duplicates;
        attempts += r->attempts;
        billed += r->execution_ms;
    }
    assert_int_equal(attempts, fake_submissions(b.fake, NULL));
    assert_int_equal(possible, 2);
    assert_int_equal(fake_duplicates(b.fake), 1);
    assert_int_equal(billed, fake_billed_ms(b.fake));
    end(&b);
}

/* A job that ends its worker is tried once more, and nothing beside it then. */
static void a_lost_job_is_tried_alone(void **state) {
    static const fake_job jobs[] = {
        {.progress_polls = 2},
        {.name = "n2", .end = "\"status\":\"FAILED\",\"error\":\"job timed out after 1 retries\""},
        {.name = "n4",
         .status = {REPLY(200, "{\"status\":\"TIMED_OUT\",\"retries\":1}")},
         .progress_polls = 1},
    };
    fake_script script = {.jobs = jobs, .job_count = COUNT(jobs)};
    bench b = begin(&script, 30.0);
    int failed = 0;
    (void)state;
    submit_many(&b, 8);
    for (int i = 0; i < 8; i++) {
        const ttsslice_job_result *r = next(&b);
        bool suspect = r->index == 2 || r->index == 4;
        assert_int_equal(r->attempts, suspect ? 2 : 1);
        assert_int_equal(suspect, i >= 6); /* the others come first */
        assert_int_equal(r->possible_duplicates, 0);
        failed += r->code != 0;
        if (r->index != 2)
            continue;
        assert_int_equal(r->code, TTSSLICE_ERR_JOB);
        assert_false(r->retryable);
        assert_non_null(strstr(r->error, "with no other job beside it"));
    }
    assert_int_equal(failed, 1);
    end(&b);
}

/* Where every job is lost it is the endpoint: one second try is enough to know. */
static void an_endpoint_that_loses_everything_is_found_out(void **state) {
    static const fake_job job = {.end = "\"status\":\"FAILED\""};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = begin(&script, 30.0);
    (void)state;
    submit_many(&b, 30);
    for (int i = 0; i < 30; i++)
        assert_int_equal(next(&b)->code, TTSSLICE_ERR_JOB);
    assert_int_equal(fake_submissions(b.fake, NULL), 31);
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_end_in_a_result_or_a_named_error),
        cmocka_unit_test(what_the_platform_did_is_told),
        cmocka_unit_test(twelve_megabytes),
        cmocka_unit_test(sound_files_of_all_shapes),
        cmocka_unit_test(limits_of_rates_are_kept),
        cmocka_unit_test(the_bill_agrees),
        cmocka_unit_test(a_lost_job_is_tried_alone),
        cmocka_unit_test(an_endpoint_that_loses_everything_is_found_out),
    };
    return cmocka_run_group_tests_name("dispatch, over the wire", tests, NULL, NULL);
}
