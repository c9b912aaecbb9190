/* SPDX-License-Identifier: MIT */
/* The invariant: with real speech and real recognition, over a real server, every plan gives the
 * same chosen takes, the same scores and the same bytes, whether takes are spoilt or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"

#include <ttsslice/ttsslice.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char text[] =
    "The keeper wrote the date, March 3, at the top of a clean page. [pause 1.2s]\n\n"
    "\"Did Dr. Hill come by at 7 p.m.?\" she asked. Nobody had seen him since the rain began, "
    "and 25 people [pause 400ms] were waiting.\n\nThen the lamp went out.";

static const char *const plans[] = {"slice0", "slice1", "slice2", "slice3", "slice4", "slice5"};
#define PLANS (sizeof plans / sizeof plans[0])

typedef struct bench {
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    ttsslice_handler *handler;
    ttsslice_server *server;
    char folder[64];
} bench;

static void bench_open(bench *b, double defect_rate) {
    ttsslice_generator *flite = NULL;
    ttsslice_handler_options handler = TTSSLICE_HANDLER_OPTIONS_INIT;
    ttsslice_server_options server = TTSSLICE_SERVER_OPTIONS_INIT;
    *b = (bench){0};
    assert_int_equal(ttsslice_generator_new_flite(&flite, NULL), 0);
    assert_int_equal(ttsslice_generator_new_damaged(flite, defect_rate, &b->generator, NULL), 0);
    ttsslice_generator_unref(flite);
    assert_int_equal(ttsslice_transcriber_new_sphinx(NULL, &b->transcriber, NULL), 0);
    handler.generator = b->generator;
    handler.transcriber = b->transcriber;
    assert_int_equal(ttsslice_handler_new(&handler, &b->handler, NULL), 0);
    server.handler = b->handler;
    server.workers = 2;
    assert_int_equal(ttsslice_server_new(&server, &b->server, NULL), 0);
    snprintf(b->folder, sizeof b->folder, "/tmp/ttsslice-plans-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
}

static void bench_close(bench *b) {
    ttsslice_server_free(b->server);
    ttsslice_handler_unref(b->handler);
    ttsslice_transcriber_unref(b->transcriber);
    ttsslice_generator_unref(b->generator);
    assert_int_equal(rmdir(b->folder), 0);
}

static ttsslice_result *render(bench *b, const char *name, const char *path) {
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    ttsslice_dispatch_options dispatch = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_chunk_options chunk = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_run_options options = TTSSLICE_RUN_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_result *result = NULL;
    ttsslice_run *run = NULL;
    assert_int_equal(ttsslice_plan_named(name, &plan, NULL), 0);
    dispatch.endpoint = ttsslice_server_endpoint(b->server);
    dispatch.api_key = "";
    dispatch.poll_interval_s = 0.01;
    chunk.max_phrase_len = 120;
    chunk.pauses = 1;
    options.plan = &plan;
    options.generator = b->generator;
    options.transcriber = b->transcriber;
    options.dispatch = &dispatch;
    options.chunk = &chunk;
    options.n_candidates = 2;
    options.seed = 5;
    options.write_reports = 0;
    if (ttsslice_run_new(text, TTSSLICE_NUL_TERMINATED, &options, &run, &err) != 0 ||
        ttsslice_run_execute(run, path, &result, &err) != 0)
        fail_msg("%s: %s", name, err.message);
    ttsslice_run_free(run);
    return result;
}

static void assert_same_candidate(const char *name, const ttsslice_candidate_info *a,
                                  const ttsslice_candidate_info *b) {
    if (a->candidate != b->candidate || a->attempt != b->attempt || a->seed != b->seed)
        fail_msg("%s: another candidate", name);
    if (a->digest != b->digest)
        fail_msg("%s: another sound", name);
    if (a->score != b->score || a->passed != b->passed)
        fail_msg("%s: another verdict: %.17g and %.17g", name, a->score, b->score);
    assert_string_equal(a->injected_defect, b->injected_defect);
    assert_string_equal(ttsslice_verdict_transcript(a->verdict),
                        ttsslice_verdict_transcript(b->verdict));
}

static void assert_same_result(const char *name, const ttsslice_result *a,
                               const ttsslice_result *b) {
    assert_int_equal(ttsslice_result_count(a), ttsslice_result_count(b));
    for (size_t i = 0; i < ttsslice_result_count(a); i++) {
        const ttsslice_chunk_result *x = ttsslice_result_chunk(a, i),
                                    *y = ttsslice_result_chunk(b, i);
        assert_int_equal(x->candidate_count, y->candidate_count);
        assert_int_equal(x->selected, y->selected);
        assert_int_equal(x->rounds, y->rounds);
        assert_int_equal(x->passed, y->passed);
        assert_int_equal(x->reason, y->reason);
        for (size_t j = 0; j < x->candidate_count; j++)
            assert_same_candidate(name, ttsslice_result_candidate(a, i, j),
                                  ttsslice_result_candidate(b, i, j));
    }
}

static void assert_same_file(const char *name, const char *a, const char *b) {
    char *x = NULL, *y = NULL;
    size_t x_length = 0, y_length = 0;
    assert_int_equal(ttss_file_read(a, SIZE_MAX / 4, &x, &x_length, NULL), 0);
    assert_int_equal(ttss_file_read(b, SIZE_MAX / 4, &y, &y_length, NULL), 0);
    if (x_length != y_length || memcmp(x, y, x_length) != 0)
        fail_msg("%s: other bytes", name);
    free(x);
    free(y);
}

static size_t damaged_takes(const ttsslice_result *result, size_t *missed) {
    size_t damaged = 0;
    *missed = 0;
    for (size_t i = 0; i < ttsslice_result_count(result); i++)
        for (size_t j = 0; j < ttsslice_result_chunk(result, i)->candidate_count; j++) {
            const ttsslice_candidate_info *take = ttsslice_result_candidate(result, i, j);
            damaged += take->injected_defect[0] != '\0';
            *missed += take->injected_defect[0] != '\0' && take->passed;
        }
    return damaged;
}

static void all_plans_agree(double defect_rate, bool damaged) {
    bench b;
    char first[128], other[128];
    size_t missed = 0;
    bench_open(&b, defect_rate);
    snprintf(first, sizeof first, "%s/slice0.wav", b.folder);
    ttsslice_result *reference = render(&b, plans[0], first);
    assert_true(ttsslice_result_count(reference) >= 3);
    assert_int_equal(damaged_takes(reference, &missed) > 0, damaged);
    assert_int_equal(missed, 0);
    for (size_t i = 1; i < PLANS; i++) {
        snprintf(other, sizeof other, "%s/%s.wav", b.folder, plans[i]);
        ttsslice_result *result = render(&b, plans[i], other);
        assert_same_result(plans[i], reference, result);
        assert_same_file(plans[i], first, other);
        ttsslice_result_unref(result);
        unlink(other);
    }
    for (size_t i = 0; i < ttsslice_result_count(reference); i++)
        assert_int_equal(ttsslice_result_chunk(reference, i)->passed, 1);
    ttsslice_result_unref(reference);
    unlink(first);
    bench_close(&b);
}

static void plans_agree_on_sound_takes(void **state) {
    (void)state;
    all_plans_agree(0.0, false);
}

static void plans_agree_on_damaged_takes(void **state) {
    (void)state;
    all_plans_agree(0.3, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_agree_on_sound_takes),
        cmocka_unit_test(plans_agree_on_damaged_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
