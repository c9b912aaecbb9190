/* SPDX-License-Identifier: MIT */
/* The verdict object: as JSON and back without loss, what JSON from outside may and may not hold,
 * reading what is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/validate.h>

#include "alloc_fail.h"
#include "skip.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char TEXT[] = "She had packed one small suitcase, two books and a jar of honey.";
static const char SAID[] = "she had packed one small suitcase and a jar of honey";

/* Half a minute of clipped sound: too long for the text, too. */
static ttsslice_audio *loud(void) {
    size_t count = 30 * 16000;
    int16_t *samples = malloc(count * sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (size_t i = 0; i < count; i++)
        samples[i] = i / 20 % 2 ? INT16_MAX : INT16_MIN;
    assert_int_equal(ttsslice_audio_new_s16(samples, (int64_t)count, 1, 16000, &audio, NULL), 0);
    free(samples);
    return audio;
}

/* A verdict with defects, times, and a missing run. */
static ttsslice_verdict *judge(void) {
    static const char *const words[] = {"she", "had", "packed", "one", "small", "suitcase",
                                        "and", "a",   "jar",    "of",  "honey"};
    double starts[COUNT(words)], ends[COUNT(words)];
    ttsslice_audio *audio = loud();
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    for (size_t i = 0; i < COUNT(words); i++) {
        starts[i] = (double)i / 3.0;
        ends[i] = starts[i] + 0.1;
    }
    assert_int_equal(
        ttsslice_transcript_new(NULL, words, starts, ends, NULL, COUNT(words), &transcript, NULL),
        0);
    assert_int_equal(
        ttsslice_validate(TEXT, TTSSLICE_NUL_TERMINATED, transcript, audio, NULL, &verdict, NULL),
        0);
    ttsslice_transcript_unref(transcript);
    ttsslice_audio_unref(audio);
    return verdict;
}

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) < 1e-9))
        fail_msg("%.12f is not %.12f", got, wanted);
}

static char *json_of(const ttsslice_verdict *verdict) {
    char *json = NULL;
    assert_int_equal(ttsslice_verdict_json(verdict, &json, NULL), 0);
    return json;
}

static void assert_same_number(double a, double b) {
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void test_json_round_trip(void **state) {
    (void)state;
    ttsslice_verdict *verdict = judge(), *again = NULL;
    char *json = json_of(verdict);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_verdict_from_json(json, TTSSLICE_NUL_TERMINATED, &again, &err) != 0)
        fail_msg("%s", err.message);
    assert_memory_equal(ttsslice_verdict_get(verdict), ttsslice_verdict_get(again),
                        sizeof(ttsslice_verdict_info));
    assert_string_equal(ttsslice_verdict_transcript(again), SAID);
    assert_int_equal(ttsslice_verdict_defect_count(again), ttsslice_verdict_defect_count(verdict));
    assert_true(ttsslice_verdict_defect_count(again) >= 3);
    for (size_t i = 0; i < ttsslice_verdict_defect_count(again); i++) {
        const ttsslice_defect *a = ttsslice_verdict_defect(verdict, i);
        const ttsslice_defect *b = ttsslice_verdict_defect(again, i);
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->over_limit, b->over_limit);
        assert_int_equal(a->text_start, b->text_start);
        assert_int_equal(a->text_length, b->text_length);
        assert_same_number(a->audio_start_s, b->audio_start_s);
        assert_same_number(a->audio_end_s, b->audio_end_s);
        assert_same_number(a->measured, b->measured);
        assert_same_number(a->limit, b->limit);
        assert_string_equal(a->heard, b->heard);
        assert_string_equal(a->message, b->message);
    }
    assert_int_equal(ttsslice_verdict_word_count(again), ttsslice_verdict_word_count(verdict));
    for (size_t i = 0; i < ttsslice_verdict_word_count(again); i++) {
        const ttsslice_aligned_word *a = ttsslice_verdict_word(verdict, i);
        const ttsslice_aligned_word *b = ttsslice_verdict_word(again, i);
        assert_int_equal(a->text_start, b->text_start);
        assert_int_equal(a->text_length, b->text_length);
        assert_int_equal(a->heard, b->heard);
        assert_same_number(a->audio_start_s, b->audio_start_s);
        assert_same_number(a->audio_end_s, b->audio_end_s);
    }
    char *json_again = json_of(again);
    assert_string_equal(json, json_again);
    ttsslice_free(json);
    ttsslice_free(json_again);
    ttsslice_verdict_unref(verdict);
    ttsslice_verdict_unref(again);
}

static void test_json_minimal(void **state) {
    (void)state;
    ttsslice_verdict *verdict = NULL;
    const char *json = "{\"score\": 91.5, \"passed\": true, \"judge\": {\"name\": \"ours\"},"
                       " \"defects\": [{\"kind\": \"from_the_future\"}, {\"kind\": \"extra\"}]}";
    assert_int_equal(ttsslice_verdict_from_json(json, strlen(json), &verdict, NULL), 0);
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    assert_near(info->score, 91.5);
    assert_int_equal(info->passed, 1);
    assert_true(isnan(info->threshold) && isnan(info->wer));
    assert_string_equal(ttsslice_verdict_transcript(verdict), "");
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 1);
    assert_int_equal(ttsslice_verdict_defect(verdict, 0)->kind, TTSSLICE_DEFECT_EXTRA);
    ttsslice_verdict_unref(verdict);
}

static void test_json_bad(void **state) {
    (void)state;
    static const char *const table[] = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"score\": 90}",
        "{\"passed\": true}",
        "{\"score\": null, \"passed\": true}",
        "{\"score\": 101, \"passed\": true}",
        "{\"score\": -1, \"passed\": true}",
        "{\"score\": \"high\", \"passed\": true}",
        "{\"score\": 90, \"passed\": \"yes\"}",
        "{\"score\": 90, \"passed\": true, \"passed\": false}",
        "{\"score\": 90, \"passed\": true, \"threshold\": []}",
        "{\"score\": 90, \"passed\": true, \"counts\": 3}",
        "{\"score\": 90, \"passed\": true, \"counts\": {\"hits\": -1}}",
        "{\"score\": 90, \"passed\": true, \"counts\": {\"hits\": 1.5}}",
        "{\"score\": 90, \"passed\": true, \"transcript\": 5}",
        "{\"score\": 90, \"passed\": true, \"transcript\": \"a\\u0000b\"}",
        "{\"score\": 90, \"passed\": true, \"defects\": {}}",
        "{\"score\": 90, \"passed\": true, \"defects\": [5]}",
        "{\"score\": 90, \"passed\": true, \"defects\": [{\"kind\": 5}]}",
        "{\"score\": 90, \"passed\": true, \"defects\": [{\"kind\": \"extra\", \"limit\": \"x\"}]}",
        "{\"score\": 90, \"passed\": true, \"words\": [[]]}",
        "{\"score\": 90, \"passed\": true, \"words\": [{\"text_start\": -5}]}",
        "{\"score\": 90, \"passed\": true, \"words\": [{\"text_length\": 1e300}]}",
        "{\"score\": 90, \"passed\": true} tail",
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_verdict *verdict = NULL;
        int32_t code =
            ttsslice_verdict_from_json(table[i], TTSSLICE_NUL_TERMINATED, &verdict, &err);
        if (code != TTSSLICE_ERR_PROTOCOL || verdict || !err.message[0] ||
            err.slice != TTSSLICE_SLICE_VALIDATE)
            fail_msg("%s: code %d, \"%s\"", table[i], code, err.message);
    }
    char *json = NULL;
    assert_int_equal(ttsslice_verdict_from_json(NULL, 0, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_verdict_json(NULL, &json, NULL), TTSSLICE_ERR_INVALID);
}

static void test_nothing_there(void **state) {
    (void)state;
    assert_null(ttsslice_verdict_get(NULL));
    assert_string_equal(ttsslice_verdict_transcript(NULL), "");
    assert_int_equal(ttsslice_verdict_defect_count(NULL), 0);
    assert_null(ttsslice_verdict_defect(NULL, 0));
    assert_null(ttsslice_verdict_ref(NULL));
    ttsslice_verdict_unref(NULL);
    assert_string_equal(ttsslice_defect_name(TTSSLICE_DEFECT_TAIL_NOISE), "tail_noise");
    assert_string_equal(ttsslice_defect_name(99), "unknown");
}

static int json_for_alloc(void *argument) {
    ttsslice_verdict *verdict = NULL;
    int code = ttsslice_verdict_from_json(argument, TTSSLICE_NUL_TERMINATED, &verdict, NULL);
    ttsslice_verdict_unref(verdict);
    return code;
}

static void test_no_memory(void **state) {
    (void)state;
    char json[] = "{\"score\": 1, \"passed\": false, \"transcript\": \"a b\", \"defects\":"
                  "[{\"kind\": \"extra\", \"heard\": \"b\"}], \"words\": [{\"heard\": true}]}";
    assert_survives_alloc_failure(json_for_alloc, json);
}

static void test_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "fr_FR.utf8"};
    bool set = false;
    for (size_t i = 0; i < COUNT(names) && !set; i++)
        set = setlocale(LC_NUMERIC, names[i]) != NULL;
    if (!set)
        skip_because("no locale with a decimal comma is installed");
    ttsslice_verdict *verdict = judge();
    char *json = json_of(verdict);
    ttsslice_verdict *again = NULL;
    assert_int_equal(ttsslice_verdict_from_json(json, TTSSLICE_NUL_TERMINATED, &again, NULL), 0);
    assert_same_number(ttsslice_verdict_get(verdict)->score, ttsslice_verdict_get(again)->score);
    setlocale(LC_NUMERIC, "C");
    char *plain = json_of(verdict);
    assert_string_equal(json, plain);
    ttsslice_free(json);
    ttsslice_free(plain);
    ttsslice_verdict_unref(verdict);
    ttsslice_verdict_unref(again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_round_trip), cmocka_unit_test(test_json_minimal),
        cmocka_unit_test(test_json_bad),        cmocka_unit_test(test_nothing_there),
        cmocka_unit_test(test_no_memory),       cmocka_unit_test(test_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
