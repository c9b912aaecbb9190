/* SPDX-License-Identifier: MIT */
/* The similarity of two texts: published values, the textbook table for comparison, bad input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/validate.h>

#include "alloc_fail.h"
#include "base/hash.h"

#include <math.h>
#include <stdlib.h>

static double ratio(const char *a, const char *b) {
    double score = -1.0;
    assert_int_equal(
        ttsslice_ratio(a, TTSSLICE_NUL_TERMINATED, b, TTSSLICE_NUL_TERMINATED, &score, NULL), 0);
    return score;
}

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) < 1e-9))
        fail_msg("%.12f is not %.12f", got, wanted);
}

static void test_ratio_fixed(void **state) {
    (void)state;
    assert_near(ratio("this is a test", "this is a test!"), 2800.0 / 29.0);
    assert_near(ratio("lewenstein", "levenshtein"), 1800.0 / 21.0);
    assert_near(ratio("kitten", "sitting"), 800.0 / 13.0);
    assert_near(ratio("tide", "diet"), 50.0);
    assert_near(ratio("", ""), 100.0);
    assert_near(ratio("", "a"), 0.0);
    assert_near(ratio("\xc3\xa9t\xc3\xa9", "ete"), 200.0 / 6.0);
    assert_near(ratio("\xe4\xbd\xa0\xe5\xa5\xbd", "\xe4\xbd\xa0"), 200.0 / 3.0);
    assert_near(ratio("the same", "the same"), 100.0);
}

/* The textbook table, for comparison. */
static size_t plain_lcs(const char *a, size_t n, const char *b, size_t m) {
    size_t *row = calloc(m + 1, sizeof *row), best = 0;
    for (size_t i = 0; i < n; i++) {
        size_t corner = 0;
        for (size_t j = 0; j < m; j++) {
            size_t above = row[j + 1];
            row[j + 1] = a[i] == b[j] ? corner + 1 : above > row[j] ? above : row[j];
            corner = above;
        }
    }
    best = row[m];
    free(row);
    return best;
}

static void test_ratio_random(void **state) {
    (void)state;
    uint64_t draw = 3;
    for (int round = 0; round < 400; round++) {
        char a[400], b[400];
        size_t n = ttss_draw_below(&draw, 400), m = ttss_draw_below(&draw, 400);
        size_t letters = 2 + ttss_draw_below(&draw, 20);
        for (size_t i = 0; i < n; i++)
            a[i] = (char)('a' + ttss_draw_below(&draw, letters));
        for (size_t i = 0; i < m; i++)
            b[i] = (char)('a' + ttss_draw_below(&draw, letters));
        double score = -1.0, wanted = 100.0;
        if (n + m)
            wanted = 200.0 * (double)plain_lcs(a, n, b, m) / (double)(n + m);
        assert_int_equal(ttsslice_ratio(a, n, b, m, &score, NULL), 0);
        assert_near(score, wanted);
        assert_int_equal(ttsslice_ratio(b, m, a, n, &score, NULL), 0);
        assert_near(score, wanted);
    }
}

static void test_ratio_bad_input(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    double score = 7.0;
    assert_int_equal(ttsslice_ratio("a\xff", 2, "b", 1, &score, &err), TTSSLICE_ERR_TEXT);
    assert_int_equal(err.byte_offset, 1);
    assert_int_equal(ttsslice_ratio("a", 1, NULL, 1, &score, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_ratio("a", 1, "a", 1, NULL, NULL), TTSSLICE_ERR_INVALID);
    assert_true(score == 7.0);
}

static int ratio_for_alloc(void *argument) {
    double score = 0.0;
    (void)argument;
    return ttsslice_ratio("kitten", 6, "sitting", 7, &score, NULL);
}

static void test_ratio_no_memory(void **state) {
    (void)state;
    assert_survives_alloc_failure(ratio_for_alloc, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratio_fixed),
        cmocka_unit_test(test_ratio_random),
        cmocka_unit_test(test_ratio_bad_input),
        cmocka_unit_test(test_ratio_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
