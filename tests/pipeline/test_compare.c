/* SPDX-License-Identifier: MIT */
/* Where two runs part: every field of a report, the samples of two outputs, and the way from one
 * plan to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/ttsslice.h>

#include "alloc_fail.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Two chunks of two candidates. */
static const char REPORT[] =
    "{\"audio\": {\"sample_rate\": 8000, \"frames\": 900}, \"chunks\": ["
    "{\"text\": \"Rain fell.\", \"text_start\": 0, \"text_length\": 10, \"break\": \"sentence\","
    " \"selected\": 0, \"score\": 91, \"passed\": true, \"start_frame\": 0, \"end_frame\": 400,"
    " \"candidates\": [{\"candidate\": 0, \"attempt\": 0, \"seed\": 11, \"digest\": \"d0\","
    " \"score\": 91, \"passed\": true, \"generation_time_ms\": 5,"
    " \"verdict\": {\"transcript\": \"rain fell\", \"defects\": []}},"
    " {\"candidate\": 1, \"attempt\": 0, \"seed\": 12, \"digest\": \"d1\", \"score\": 80,"
    " \"passed\": false}]},"
    "{\"text\": \"It stopped.\", \"text_start\": 11, \"text_length\": 11, \"break\": \"end\","
    " \"selected\": 1, \"score\": 99.5, \"passed\": true, \"start_frame\": 500, \"end_frame\": 900,"
    " \"candidates\": [{\"candidate\": 0, \"attempt\": 0, \"seed\": 21, \"digest\": \"d2\","
    " \"score\": 70, \"passed\": true}, {\"candidate\": 1, \"attempt\": 0, \"seed\": 22,"
    " \"digest\": \"d3\", \"score\": 99.5, \"passed\": true}]}]}";

/* REPORT with the first `from` replaced, from malloc. */
static char *changed(const char *from, const char *to) {
    const char *at = strstr(REPORT, from);
    assert_non_null(at);
    size_t size = sizeof REPORT + strlen(to);
    char *text = malloc(size);
    snprintf(text, size, "%.*s%s%s", (int)(at - REPORT), REPORT, to, at + strlen(from));
    return text;
}

static ttsslice_comparison *compare(const char *a, const char *b) {
    ttsslice_comparison *out = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_compare(a, NULL, b, NULL, &out, &err) != 0)
        fail_msg("%s", err.message);
    return out;
}

static void equal_runs_have_no_difference(void **state) {
    (void)state;
    static const char *const ignored[][2] = {{"\"generation_time_ms\": 5", "\"job_id\": \"x\""},
                                             {"91", "91.0"},
                                             {"\"break\"", "\"error_code\": null, \"break\""}};
    ttsslice_comparison *same = compare(REPORT, REPORT);
    assert_int_equal(ttsslice_comparison_count(same), 0);
    assert_null(ttsslice_comparison_get(same, 0));
    ttsslice_comparison_unref(ttsslice_comparison_ref(same));
    ttsslice_comparison_unref(same);
    for (size_t i = 0; i < COUNT(ignored); i++) {
        char *other = changed(ignored[i][0], ignored[i][1]);
        same = compare(REPORT, other);
        assert_int_equal(ttsslice_comparison_count(same), 0);
        ttsslice_comparison_unref(same);
        free(other);
    }
    assert_int_equal(ttsslice_comparison_count(NULL), 0);
    ttsslice_comparison_unref(NULL);
}

static const struct {
    const char *from, *to;
    int64_t chunk, candidate;
    int32_t slice;
    const char *field, *a, *b;
} faults[] = {
    {"It stopped.", "It stops.", 1, -1, TTSSLICE_SLICE_CHUNK, "text", "\"It stopped.\"",
     "\"It stops.\""},
    {"11, \"text_length\"", "12, \"text_length\"", 1, -1, TTSSLICE_SLICE_CHUNK, "text_start", "11",
     "12"},
    {"\"sentence\"", "\"clause\"", 0, -1, TTSSLICE_SLICE_CHUNK, "break", "\"sentence\"",
     "\"clause\""},
    {"\"seed\": 22", "\"seed\": 23", 1, 1, TTSSLICE_SLICE_GENERATE, "seed", "22", "23"},
    {"\"d1\"", "\"dx\"", 0, 1, TTSSLICE_SLICE_GENERATE, "digest", "\"d1\"", "\"dx\""},
    {"\"d1\"", "\"d3\"", 0, 1, TTSSLICE_SLICE_DISPATCH, "digest", "\"d1\"", "\"d3\""},
    {"\"selected\": 1", "\"error_code\": \"TIMEOUT\"", 1, -1, TTSSLICE_SLICE_DISPATCH, "error_code",
     "null", "\"TIMEOUT\""},
    {"\"selected\": 1", "\"error_code\": \"ENGINE\"", 1, -1, TTSSLICE_SLICE_GENERATE, "error_code",
     "null", "\"ENGINE\""},
    {"\"score\": 70", "\"score\": 70.5", 1, 0, TTSSLICE_SLICE_VALIDATE, "score", "70", "70.5"},
    {"\"score\": 70", "\"score\": null", 1, 0, TTSSLICE_SLICE_VALIDATE, "score", "70", "null"},
    {"\"passed\": false", "\"passed\": true", 0, 1, TTSSLICE_SLICE_VALIDATE, "passed", "false",
     "true"},
    {"rain fell", "rain", 0, 0, TTSSLICE_SLICE_VALIDATE, "verdict.transcript", "\"rain fell\"",
     "\"rain\""},
    {"[]", "[1]", 0, 0, TTSSLICE_SLICE_VALIDATE, "verdict.defects", "[]", "[1]"},
    {"\"selected\": 1", "\"selected\": 0", 1, -1, TTSSLICE_SLICE_SELECT, "selected", "1", "0"},
    {"\"start_frame\": 500", "\"start_frame\": 480", 1, -1, TTSSLICE_SLICE_CONCAT, "start_frame",
     "500", "480"},
    {"\"end_frame\": 900", "\"end_frame\": 901", 1, -1, TTSSLICE_SLICE_CONCAT, "end_frame", "900",
     "901"},
    {"\"frames\": 900", "\"frames\": 905", -1, -1, TTSSLICE_SLICE_CONCAT, "frames", "900", "905"},
};

static void the_first_field_names_the_slice(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        char *other = changed(faults[i].from, faults[i].to);
        ttsslice_comparison *found = compare(REPORT, other);
        const ttsslice_difference *d = ttsslice_comparison_get(found, 0);
        if (!d || ttsslice_comparison_count(found) != 1)
            fail_msg("fault %zu: %zu differences", i, ttsslice_comparison_count(found));
        assert_string_equal(d->field, faults[i].field);
        assert_int_equal(d->slice, faults[i].slice);
        assert_int_equal(d->chunk, faults[i].chunk);
        assert_int_equal(d->candidate, faults[i].candidate);
        assert_string_equal(d->a, faults[i].a);
        assert_string_equal(d->b, faults[i].b);
        assert_int_equal(d->position, -1);
        ttsslice_comparison_unref(found);
        free(other);
    }
}

static void halves_are_compared_too(void **state) {
    (void)state;
    static const char half[] = "\"parts\": [{\"selected\": 0, \"candidates\": [{\"digest\": "
                               "\"e0\"}]}], \"selected\": 1";
    char *a = changed("\"selected\": 1", half), *b = changed("\"selected\": 1", half);
    ttsslice_comparison *found = compare(a, b);
    assert_int_equal(ttsslice_comparison_count(found), 0);
    ttsslice_comparison_unref(found);
    strstr(b, "e0")[1] = '1';
    found = compare(a, b);
    assert_int_equal(ttsslice_comparison_count(found), 1);
    assert_string_equal(ttsslice_comparison_get(found, 0)->field, "digest");
    assert_int_equal(ttsslice_comparison_get(found, 0)->chunk, 1);
    ttsslice_comparison_unref(found);
    found = compare(REPORT, a);
    assert_int_equal(ttsslice_comparison_count(found), 1);
    ttsslice_comparison_unref(found);
    free(a);
    free(b);
}

static void a_last_bit_is_shown(void **state) {
    (void)state;
    char *other =
        changed("99.5, \"passed\": true}]}]}", "99.500000000000014, \"passed\": true}]}]}");
    ttsslice_comparison *found = compare(REPORT, other);
    assert_string_equal(ttsslice_comparison_get(found, 0)->a, "99.5");
    assert_string_equal(ttsslice_comparison_get(found, 0)->b, "99.500000000000014");
    ttsslice_comparison_unref(found);
    free(other);
}

static void a_run_may_lack_chunks_or_takes(void **state) {
    (void)state;
    static const char one[] = "{\"chunks\": [{\"text\": \"Rain fell.\", \"text_start\": 0, "
                              "\"text_length\": 10, \"break\": \"sentence\", \"candidates\": []}]}";
    ttsslice_comparison *found = compare(REPORT, one);
    assert_int_equal(ttsslice_comparison_count(found), 2);
    assert_string_equal(ttsslice_comparison_get(found, 0)->field, "candidates");
    assert_string_equal(ttsslice_comparison_get(found, 0)->a, "2");
    assert_string_equal(ttsslice_comparison_get(found, 1)->field, "text");
    assert_string_equal(ttsslice_comparison_get(found, 1)->b, "null");
    ttsslice_comparison_unref(found);
}

static void bad_reports_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "[]",
                                      "{",
                                      "{}",
                                      "{\"chunks\": 3}",
                                      "{\"chunks\": [3]}",
                                      "{\"chunks\": [{\"candidates\": 1}]}"};
    ttsslice_comparison *out = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(ttsslice_compare(REPORT, NULL, bad[i], NULL, &out, &err),
                         TTSSLICE_ERR_PROTOCOL);
        assert_int_equal(ttsslice_compare(bad[i], NULL, REPORT, NULL, &out, NULL),
                         TTSSLICE_ERR_PROTOCOL);
        assert_true(err.message[0]);
    }
    assert_int_equal(ttsslice_compare(NULL, NULL, REPORT, NULL, &out, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_compare(REPORT, NULL, REPORT, NULL, NULL, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_null(out);
}

/* --- outputs -------------------------------------------------------------------------------- */

typedef struct files {
    char folder[64], a[96], b[96];
} files;

#define FRAMES 20000 /* more than a block */

static void save(const char *path, int64_t frames, int64_t odd, int32_t rate) {
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++)
        samples[i] = (int16_t)(i % 251);
    if (odd >= 0)
        samples[odd] = -7;
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, rate, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_save(audio, path, NULL), 0);
    ttsslice_audio_unref(audio);
    free(samples);
}

static int open_files(void **state) {
    files *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/ttsslice-compare-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->a, sizeof f->a, "%s/a.wav", f->folder);
    snprintf(f->b, sizeof f->b, "%s/b.wav", f->folder);
    save(f->a, FRAMES, -1, 8000);
    *state = f;
    return 0;
}

static int close_files(void **state) {
    files *f = *state;
    unlink(f->a);
    unlink(f->b);
    assert_int_equal(rmdir(f->folder), 0);
    free(f);
    return 0;
}

static const ttsslice_difference *outputs(const files *f, const char *b,
                                          ttsslice_comparison **found) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_compare(REPORT, f->a, b, f->b, found, &err) != 0)
        fail_msg("%s", err.message);
    return ttsslice_comparison_get(*found, 0);
}

static void samples_are_told_with_their_chunk(void **state) {
    const files *f = *state;
    static const int64_t frames[] = {0, 399, 400, 899, 900, FRAMES - 1};
    static const int64_t chunks[] = {0, 0, 1, 1, -1, -1};
    ttsslice_comparison *found = NULL;
    save(f->b, FRAMES, -1, 8000);
    assert_null(outputs(f, REPORT, &found));
    ttsslice_comparison_unref(found);
    for (size_t i = 0; i < COUNT(frames); i++) {
        char value[16];
        save(f->b, FRAMES, frames[i], 8000);
        const ttsslice_difference *d = outputs(f, REPORT, &found);
        assert_int_equal(ttsslice_comparison_count(found), 1);
        assert_string_equal(d->field, "sample");
        assert_int_equal(d->slice, TTSSLICE_SLICE_CONCAT);
        assert_int_equal(d->position, frames[i]);
        assert_int_equal(d->chunk, chunks[i]);
        snprintf(value, sizeof value, "%d", (int)(frames[i] % 251));
        assert_string_equal(d->a, value);
        assert_string_equal(d->b, "-7");
        ttsslice_comparison_unref(found);
    }
}

static void outputs_of_other_shape_part(void **state) {
    const files *f = *state;
    ttsslice_comparison *found = NULL;
    save(f->b, 400, -1, 8000);
    const ttsslice_difference *d = outputs(f, REPORT, &found);
    assert_string_equal(d->field, "sample");
    assert_int_equal(d->position, 400);
    assert_string_equal(d->b, "null");
    ttsslice_comparison_unref(found);
    save(f->b, FRAMES, -1, 16000);
    d = outputs(f, REPORT, &found);
    assert_string_equal(d->field, "sample_rate");
    assert_string_equal(d->a, "8000");
    ttsslice_comparison_unref(found);
    unlink(f->b);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_compare(REPORT, f->a, REPORT, f->b, &found, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, f->b));
}

/* Same samples in a file with a trailing chunk of another program. */
static void bytes_alone_may_part(void **state) {
    const files *f = *state;
    ttsslice_comparison *found = NULL;
    save(f->b, FRAMES, -1, 8000);
    FILE *file = fopen(f->b, "ab");
    assert_int_equal(fwrite("note\2\0\0\0hi", 1, 10, file), 10);
    fclose(file);
    const ttsslice_difference *d = outputs(f, REPORT, &found);
    assert_string_equal(d->field, "bytes");
    assert_int_equal(d->chunk, -1);
    assert_string_equal(d->a, "null");
    assert_string_equal(d->b, "110");
    ttsslice_comparison_unref(found);
}

static void other_takes_explain_other_samples(void **state) {
    const files *f = *state;
    ttsslice_comparison *found = NULL;
    char *other = changed("\"d3\"", "\"dx\"");
    save(f->b, FRAMES, 100, 8000);
    assert_string_equal(outputs(f, other, &found)->field, "digest");
    assert_int_equal(ttsslice_comparison_count(found), 1);
    ttsslice_comparison_unref(found);
    free(other);
    other = changed("\"score\": 70", "\"score\": 71"); /* of a take that was not chosen */
    assert_string_equal(outputs(f, other, &found)->field, "sample");
    assert_int_equal(ttsslice_comparison_count(found), 2);
    assert_string_equal(ttsslice_comparison_get(found, 1)->field, "score");
    ttsslice_comparison_unref(found);
    free(other);
}

static int compare_once(void *state) {
    const files *f = state;
    ttsslice_comparison *found = NULL;
    int32_t code = ttsslice_compare(REPORT, f->a, REPORT, f->b, &found, NULL);
    ttsslice_comparison_unref(found);
    return code;
}

static void survives_lack_of_memory(void **state) {
    const files *f = *state;
    save(f->b, FRAMES, 5, 8000);
    assert_survives_alloc_failure(compare_once, *state);
}

/* --- from plan to plan ---------------------------------------------------------------------- */

static void way(const char *from, const char *to, const char *expected) {
    ttsslice_plan plan = TTSSLICE_PLAN_INIT, end = TTSSLICE_PLAN_INIT;
    char moved[128] = "";
    int32_t slice = 0, code = 0;
    assert_int_equal(ttsslice_plan_named(from, &plan, NULL), 0);
    assert_int_equal(ttsslice_plan_named(to, &end, NULL), 0);
    while ((code = ttsslice_plan_next(&plan, &end, &plan, &slice, NULL)) == 0) {
        size_t used = strlen(moved);
        snprintf(moved + used, sizeof moved - used, "%s ", ttsslice_slice_name(slice));
    }
    assert_int_equal(code, TTSSLICE_ERR_END);
    assert_memory_equal(&plan, &end, sizeof plan);
    assert_string_equal(moved, expected);
}

static void plans_lead_to_each_other(void **state) {
    (void)state;
    way("slice0", "slice5", "generate validate select dispatch ");
    way("slice5", "slice0", "select validate generate dispatch ");
    way("slice1", "slice2", "generate ");
    way("slice1", "slice4", "generate validate select ");
    way("slice3", "slice3", "");
    static const char *const names[] = {"slice0", "slice1", "slice2", "slice3", "slice4", "slice5"};
    for (size_t i = 0; i < COUNT(names) * COUNT(names); i++) {
        ttsslice_plan plan = TTSSLICE_PLAN_INIT, end = TTSSLICE_PLAN_INIT;
        int steps = 0;
        ttsslice_plan_named(names[i / COUNT(names)], &plan, NULL);
        ttsslice_plan_named(names[i % COUNT(names)], &end, NULL);
        while (ttsslice_plan_next(&plan, &end, &plan, NULL, NULL) == 0)
            assert_true(++steps <= 6);
        assert_memory_equal(&plan, &end, sizeof plan);
    }
}

static void impossible_plans_are_refused(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT, bad = TTSSLICE_PLAN_INIT, none = {0};
    bad.select = TTSSLICE_PLACE_HANDLER;
    assert_int_equal(ttsslice_plan_next(&plan, &bad, &plan, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_plan_next(&bad, &plan, &plan, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_plan_next(&plan, NULL, &plan, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_plan_next(&plan, &plan, &none, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_plan_next(&none, &plan, &plan, NULL, NULL), TTSSLICE_ERR_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_runs_have_no_difference),
        cmocka_unit_test(the_first_field_names_the_slice),
        cmocka_unit_test(halves_are_compared_too),
        cmocka_unit_test(a_last_bit_is_shown),
        cmocka_unit_test(a_run_may_lack_chunks_or_takes),
        cmocka_unit_test(bad_reports_are_refused),
        cmocka_unit_test_setup_teardown(samples_are_told_with_their_chunk, open_files, close_files),
        cmocka_unit_test_setup_teardown(outputs_of_other_shape_part, open_files, close_files),
        cmocka_unit_test_setup_teardown(bytes_alone_may_part, open_files, close_files),
        cmocka_unit_test_setup_teardown(other_takes_explain_other_samples, open_files, close_files),
        cmocka_unit_test_setup_teardown(survives_lack_of_memory, open_files, close_files),
        cmocka_unit_test(plans_lead_to_each_other),
        cmocka_unit_test(impossible_plans_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
