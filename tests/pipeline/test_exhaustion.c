/* SPDX-License-Identifier: MIT */
/* How many takes are made, which one is near the reference, and what becomes of a chunk none of
 * whose takes passes: the same under every plan, and never a silent gap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/file.h"
#include "world.h"

#include <jansson.h>

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const plans[] = {"slice0", "slice1", "slice2", "slice3", "slice4", "slice5"};
#define PLANS (sizeof plans / sizeof plans[0])

#define LONG_CHUNK 1 /* of world_text, 110 characters */

static atomic_int calls;

/* A voice that breaks off after 80 characters. */
static int32_t short_breath(const ttsslice_generate_request *request, ttsslice_audio **out,
                            ttsslice_error *err, void *user_data) {
    ttsslice_generate_request cut = *request;
    char text[81];
    snprintf(text, sizeof text, "%s", request->text);
    cut.text = text;
    atomic_fetch_add(&calls, 1);
    return echo_generate(&cut, out, err, user_data);
}

/* One that says nothing but the beginning, whatever the length. */
static int32_t mumble(const ttsslice_generate_request *request, ttsslice_audio **out,
                      ttsslice_error *err, void *user_data) {
    ttsslice_generate_request cut = *request;
    char text[13];
    snprintf(text, sizeof text, "%s", request->text);
    cut.text = text;
    return echo_generate(&cut, out, err, user_data);
}

/* One that breaks off in a long text, and mumbles in the halves of it. */
static int32_t worse_in_parts(const ttsslice_generate_request *request, ttsslice_audio **out,
                              ttsslice_error *err, void *user_data) {
    return strlen(request->text) > 80 ? short_breath(request, out, err, user_data)
                                      : mumble(request, out, err, user_data);
}

/* One that fails where nobody is surprised, and mumbles about grey coats. */
static int32_t moody(const ttsslice_generate_request *request, ttsslice_audio **out,
                     ttsslice_error *err, void *user_data) {
    if (strstr(request->text, "surprised"))
        return TTSSLICE_ERR_ENGINE;
    return strstr(request->text, "grey") ? mumble(request, out, err, user_data)
                                         : echo_generate(request, out, err, user_data);
}

static void open_world(world *w, const char *plan, ttsslice_generate_fn fn, int32_t exhaustion) {
    world_open(w, plan, 0.0);
    world_speak(w, fn);
    world_serve(w, 2);
    w->options.on_exhaustion = exhaustion;
    w->options.max_retries = 1;
    w->options.n_candidates = 2;
    atomic_store(&calls, 0);
}

static char *bytes_of(const char *path, size_t *length) {
    char *bytes = NULL;
    assert_int_equal(ttss_file_read(path, SIZE_MAX / 4, &bytes, length, NULL), 0);
    return bytes;
}

/* --- every plan does the same ----------------------------------------------------------------- */

static void assert_halves(const ttsslice_result *result) {
    const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, LONG_CHUNK);
    const ttsslice_chunk_result *a = ttsslice_result_part(result, LONG_CHUNK, 0);
    const ttsslice_chunk_result *b = ttsslice_result_part(result, LONG_CHUNK, 1);
    assert_int_equal(chunk->part_count, 2);
    assert_int_equal(chunk->reason, TTSSLICE_REASON_RESPLIT);
    assert_int_equal(chunk->passed, 1);
    assert_int_equal(chunk->candidate_count, 4);
    assert_int_equal(chunk->selected, 4);
    assert_int_equal(chunk->rounds, 2);
    assert_int_equal(a->text_start, chunk->text_start);
    assert_true(a->text_start + a->text_length < b->text_start);
    assert_int_equal(b->text_start + b->text_length, chunk->text_start + chunk->text_length);
    assert_int_equal(a->break_after, TTSSLICE_BREAK_SENTENCE);
    assert_int_equal(b->break_after, chunk->break_after);
    assert_int_equal(a->passed && b->passed, 1);
    assert_non_null(ttsslice_result_part_candidate(result, LONG_CHUNK, 0, a->selected));
    assert_null(ttsslice_result_part_candidate(result, LONG_CHUNK, 0, a->candidate_count));
    assert_null(ttsslice_result_part(result, LONG_CHUNK, 2));
    assert_null(ttsslice_result_part(result, 0, 0));
    assert_int_equal(ttsslice_timeline_count(ttsslice_result_timeline(result)), WORLD_CHUNKS + 1);
}

static void every_plan_makes_the_same_halves(void **state) {
    (void)state;
    for (int32_t takes = TTSSLICE_TAKES_ALL; takes <= TTSSLICE_TAKES_UNTIL_PASS; takes++) {
        char *first = NULL;
        size_t length = 0;
        for (size_t i = 0; i < PLANS; i++) {
            world w;
            size_t other_length = 0;
            ttsslice_result *result = NULL;
            open_world(&w, plans[i], short_breath, TTSSLICE_ON_EXHAUSTION_RESPLIT);
            w.options.takes = takes;
            assert_int_equal(world_execute(&w, &result, NULL), 0);
            assert_halves(result);
            /* The long chunk's two rounds, and for each other and each half, one round. */
            assert_int_equal(atomic_load(&calls), 4 + 5 * (takes == TTSSLICE_TAKES_ALL ? 2 : 1));
            char *bytes = bytes_of(w.path, &other_length);
            if (first) {
                assert_int_equal(other_length, length);
                assert_memory_equal(first, bytes, length);
                free(bytes);
            } else {
                first = bytes;
                length = other_length;
            }
            ttsslice_result_unref(result);
            world_close(&w);
        }
        free(first);
    }
}

/* Louder or softer by the seed, so that takes differ. */
static int32_t uneven(const ttsslice_generate_request *request, ttsslice_audio **out,
                      ttsslice_error *err, void *user_data) {
    ttsslice_generate_request padded = *request;
    char text[256];
    size_t length = strlen(request->text), noise = (size_t)(request->seed % 4);
    snprintf(text, sizeof text, "%s%*s", request->text, (int)(4 * noise), "");
    for (size_t i = length + 1; i < strlen(text); i++)
        text[i] = 1; /* a whisper */
    padded.text = text;
    return echo_generate(&padded, out, err, user_data);
}

static void every_plan_chooses_the_same_cleanest_take(void **state) {
    (void)state;
    size_t selected[WORLD_CHUNKS] = {0};
    bool other_than_first = false;
    for (size_t i = 0; i < PLANS; i++) {
        world w;
        ttsslice_result *result = NULL;
        ttsslice_select_options select = TTSSLICE_SELECT_OPTIONS_INIT;
        open_world(&w, plans[i], uneven, TTSSLICE_ON_EXHAUSTION_KEEP_BEST);
        select.policy = TTSSLICE_POLICY_CLEANEST;
        select.reference_dbfs = -12.0;
        select.reference_rate = 20.0;
        w.options.select = &select;
        w.options.n_candidates = 5;
        assert_int_equal(world_execute(&w, &result, NULL), 0);
        for (size_t c = 0; c < WORLD_CHUNKS; c++) {
            const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, c);
            if (i == 0)
                selected[c] = chunk->selected;
            other_than_first = other_than_first || chunk->selected != 0;
            assert_int_equal(chunk->selected, selected[c]);
            assert_int_equal(chunk->reason, chunk->candidate_count == 1
                                                ? TTSSLICE_REASON_ONLY_PASSING
                                                : TTSSLICE_REASON_CLEANEST);
        }
        ttsslice_result_unref(result);
        world_close(&w);
    }
    assert_true(other_than_first);
}

/* --- the outcomes ----------------------------------------------------------------------------- */

static void halves_that_do_not_pass_either_are_marked(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    open_world(&w, "slice0", mumble, TTSSLICE_ON_EXHAUSTION_RESPLIT);
    assert_int_equal(world_execute(&w, &result, NULL), 0);
    const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, LONG_CHUNK);
    assert_int_equal(chunk->part_count, 2);
    assert_int_equal(chunk->passed, 0);
    assert_int_equal(ttsslice_result_part(result, LONG_CHUNK, 0)->reason,
                     TTSSLICE_REASON_NONE_PASSED);
    ttsslice_result_unref(result);
    world_close(&w);
}

static void halves_that_are_worse_are_not_taken(void **state) {
    (void)state;
    double score = 0.0;
    for (size_t i = 0; i < PLANS; i++) {
        world w;
        ttsslice_result *result = NULL;
        open_world(&w, plans[i], worse_in_parts, TTSSLICE_ON_EXHAUSTION_RESPLIT);
        assert_int_equal(world_execute(&w, &result, NULL), 0);
        const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, LONG_CHUNK);
        assert_int_equal(chunk->part_count, 0);
        assert_int_equal(chunk->passed, 0);
        assert_int_equal(chunk->reason, TTSSLICE_REASON_NONE_PASSED);
        assert_non_null(ttsslice_result_candidate(result, LONG_CHUNK, chunk->selected));
        assert_true(chunk->score > 0.0 && (i == 0 || chunk->score == score));
        score = chunk->score;
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

static void halves_are_files_of_their_own_without_concat(void **state) {
    (void)state;
    static const char *const endings[] = {"-0001.wav", "-0002a.wav", "-0002b.wav", "-0003.wav",
                                          "-0004.wav"};
    world w;
    ttsslice_result *result = NULL;
    open_world(&w, "slice4", short_breath, TTSSLICE_ON_EXHAUSTION_RESPLIT);
    world_place(&w, "concat", "off");
    w.options.write_reports = 0;
    assert_int_equal(world_execute(&w, &result, NULL), 0);
    assert_int_equal(files_in(w.folder, false), 5);
    for (size_t i = 0; i < 5; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/out%s", w.folder, endings[i]);
        assert_int_equal(access(path, R_OK), 0);
    }
    ttsslice_result_unref(result);
    world_close(&w);
}

static void a_run_may_stop_at_the_first_chunk_without_a_good_take(void **state) {
    (void)state;
    for (size_t i = 0; i < PLANS; i++) {
        world w;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        open_world(&w, plans[i], short_breath, TTSSLICE_ON_EXHAUSTION_STOP);
        assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_EXHAUSTED);
        assert_int_equal(err.chunk, LONG_CHUNK);
        assert_int_equal(err.slice, TTSSLICE_SLICE_SELECT);
        assert_int_equal(files_in(w.folder, false), 0);
        assert_int_equal(ttsslice_result_chunk(result, LONG_CHUNK)->candidate_count, 4);
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

/* Whoever finds a file there should not take it for this run's. */
static void a_run_that_stops_tells_of_an_older_output(void **state) {
    (void)state;
    world w;
    char path[512], older[] = "older";
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    open_world(&w, "slice0", short_breath, TTSSLICE_ON_EXHAUSTION_STOP);
    snprintf(path, sizeof path, "%s/out.wav", w.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(older, file);
    fclose(file);
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_EXHAUSTED);
    assert_non_null(strstr(err.message, "nothing was written"));
    assert_non_null(strstr(err.message, "out.wav is from an earlier run"));
    assert_int_equal(files_in(w.folder, false), 1);
    unlink(path);
    ttsslice_result_unref(result);
    world_close(&w);
}

static void a_run_stops_where_no_take_can_be_made_either(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    open_world(&w, "slice0", moody, TTSSLICE_ON_EXHAUSTION_STOP);
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_ENGINE);
    assert_int_equal(err.chunk, 0);
    ttsslice_result_unref(result);
    world_close(&w);
}

static json_t *report_of(const ttsslice_result *result) {
    char *json = NULL;
    assert_int_equal(ttsslice_result_json(result, &json, NULL), 0);
    json_t *root = json_loads(json, 0, NULL);
    ttsslice_free(json);
    assert_non_null(root);
    return root;
}

static const char *status_in(const json_t *report, size_t chunk) {
    return json_string_value(
        json_object_get(json_array_get(json_object_get(report, "chunks"), chunk), "status"));
}

/* The first chunk fails, so the format of its silence is that of a later take. */
static void silence_takes_the_place_of_what_could_not_be_said(void **state) {
    (void)state;
    for (size_t i = 0; i < PLANS; i++) {
        world w;
        ttsslice_result *result = NULL;
        open_world(&w, plans[i], moody, TTSSLICE_ON_EXHAUSTION_SILENCE);
        assert_int_equal(world_execute(&w, &result, NULL), TTSSLICE_ERR_INCOMPLETE);
        const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
        assert_int_equal(ttsslice_timeline_count(timeline), WORLD_CHUNKS);
        for (size_t c = 0; c < 2; c++) {
            const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, c);
            const ttsslice_timeline_entry *entry = ttsslice_timeline_get(timeline, c);
            double seconds = (double)(entry->end_frame - entry->start_frame) / ECHO_RATE;
            assert_true(fabs(seconds - 0.07 * (double)chunk->text_length) < 0.5);
            assert_int_equal(chunk->passed, 0);
            assert_int_equal(entry->passed, 0);
        }
        assert_int_equal(ttsslice_result_chunk(result, 0)->code != 0, 1);
        assert_int_equal(ttsslice_result_chunk(result, 1)->reason, TTSSLICE_REASON_SILENCED);
        json_t *report = report_of(result);
        assert_string_equal(status_in(report, 0), "failed");
        assert_string_equal(status_in(report, 1), "silenced");
        assert_string_equal(status_in(report, 2), "passed");
        assert_int_equal(
            json_integer_value(json_object_get(json_object_get(report, "summary"), "silenced")), 2);
        json_decref(report);
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

static void a_chunk_of_one_word_is_not_parted(void **state) {
    (void)state;
    world w;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    open_world(&w, "slice0", mumble, TTSSLICE_ON_EXHAUSTION_RESPLIT);
    assert_int_equal(
        ttsslice_run_new("Incomprehensibilities!", TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
        0);
    assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), 0);
    assert_int_equal(ttsslice_result_chunk(result, 0)->part_count, 0);
    assert_int_equal(ttsslice_result_chunk(result, 0)->reason, TTSSLICE_REASON_NONE_PASSED);
    ttsslice_result_unref(result);
    ttsslice_run_free(run);
    world_close(&w);
}

/* --- how loud the takes of a run are ---------------------------------------------------------- */

static int32_t judge_levels(const char *text, const char *language, const ttsslice_audio *audio,
                            ttsslice_verdict **out, ttsslice_error *err, void *user_data) {
    char json[128];
    (void)language;
    (void)audio;
    (void)user_data;
    snprintf(json, sizeof json, "{\"score\": 99, \"passed\": true, \"level_dbfs\": %s}",
             strstr(text, "Loud") ? "-9.5" : "-20.25");
    return ttsslice_verdict_from_json(json, TTSSLICE_NUL_TERMINATED, out, err);
}

static void a_take_far_from_the_level_of_the_others_is_named(void **state) {
    (void)state;
    world w;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    world_open(&w, "slice0", 0.0);
    world_place(&w, "validate", "host");
    w.host.validate = judge_levels;
    assert_int_equal(
        ttsslice_run_new("One is soft.\n\nTwo is soft.\n\nLoud is this one.\n\nFour is "
                         "soft.\n\nFive is soft.\n\nSix is soft too.",
                         TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
        0);
    assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), 0);
    assert_int_equal(ttsslice_result_count(result), 6);
    for (size_t i = 0; i < 6; i++) {
        const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, i);
        assert_int_equal(chunk->loudness_outlier, i == 2);
        assert_true(fabs(chunk->level_offset_db - (i == 2 ? 10.75 : 0.0)) < 1e-9);
        assert_int_equal(chunk->passed, 1);
    }
    json_t *report = report_of(result);
    const json_t *summary = json_object_get(report, "summary");
    assert_true(json_real_value(json_object_get(summary, "level_dbfs")) == -20.25);
    json_decref(report);
    ttsslice_result_unref(result);
    ttsslice_run_free(run);
    world_close(&w);
}

/* --- options and memory ----------------------------------------------------------------------- */

static void unknown_values_are_refused(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    world_open(&w, "slice0", 0.0);
    w.options.takes = 3;
    assert_int_equal(world_execute(&w, &result, NULL), TTSSLICE_ERR_INVALID);
    w.options.takes = TTSSLICE_TAKES_ALL;
    w.options.on_exhaustion = 0;
    assert_int_equal(world_execute(&w, &result, NULL), TTSSLICE_ERR_INVALID);
    world_close(&w);
}

static int small_run(void *argument) {
    world *w = argument;
    ttsslice_result *result = NULL;
    ttsslice_run *run = NULL;
    int code = ttsslice_run_new("One two three. Four five six.", TTSSLICE_NUL_TERMINATED,
                                &w->options, &run, NULL);
    if (!code)
        code = ttsslice_run_execute(run, w->path, &result, NULL);
    ttsslice_run_free(run);
    ttsslice_result_unref(result);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    static const int32_t outcomes[] = {TTSSLICE_ON_EXHAUSTION_SILENCE,
                                       TTSSLICE_ON_EXHAUSTION_RESPLIT};
    for (size_t i = 0; i < 2; i++) {
        world w;
        world_open(&w, "slice0", 0.0);
        world_speak(&w, mumble);
        w.options.on_exhaustion = outcomes[i];
        w.options.n_candidates = 1;
        w.options.max_retries = 0;
        assert_survives_alloc_failure(small_run, &w);
        world_close(&w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plan_makes_the_same_halves),
        cmocka_unit_test(every_plan_chooses_the_same_cleanest_take),
        cmocka_unit_test(halves_that_do_not_pass_either_are_marked),
        cmocka_unit_test(halves_that_are_worse_are_not_taken),
        cmocka_unit_test(halves_are_files_of_their_own_without_concat),
        cmocka_unit_test(a_run_may_stop_at_the_first_chunk_without_a_good_take),
        cmocka_unit_test(a_run_that_stops_tells_of_an_older_output),
        cmocka_unit_test(a_run_stops_where_no_take_can_be_made_either),
        cmocka_unit_test(silence_takes_the_place_of_what_could_not_be_said),
        cmocka_unit_test(a_chunk_of_one_word_is_not_parted),
        cmocka_unit_test(a_take_far_from_the_level_of_the_others_is_named),
        cmocka_unit_test(unknown_values_are_refused),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
