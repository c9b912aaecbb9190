/* SPDX-License-Identifier: MIT */
/* The slice "select": policies, ties, none passed, bad input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/select.h>

#include <math.h>
#include <string.h>

static ttsslice_selection choose(const double *scores, const int32_t *passed,
                                 const double *durations, size_t count, int32_t policy) {
    ttsslice_select_options options = TTSSLICE_SELECT_OPTIONS_INIT;
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    options.policy = policy;
    if (ttsslice_select(scores, passed, durations, count, &options, &choice, &err) != 0)
        fail_msg("%s", err.message);
    return choice;
}

static void assert_choice(ttsslice_selection choice, size_t index, int32_t passed, int32_t reason) {
    assert_int_equal(choice.index, index);
    assert_int_equal(choice.passed, passed);
    assert_int_equal(choice.reason, reason);
}

static void test_policies(void **state) {
    (void)state;
    const double scores[] = {99.0, 88.0, 97.0, 90.0}, durations[] = {1.0, 3.0, 2.5, 2.0};
    const int32_t passed[] = {0, 1, 1, 1};
    assert_choice(choose(scores, passed, NULL, 4, TTSSLICE_POLICY_BEST_SCORE), 2, 1,
                  TTSSLICE_REASON_BEST_SCORE);
    assert_choice(choose(scores, passed, durations, 4, TTSSLICE_POLICY_SHORTEST_PASSING), 3, 1,
                  TTSSLICE_REASON_SHORTEST_PASSING);
    assert_choice(choose(scores, passed, NULL, 4, TTSSLICE_POLICY_FIRST_PASSING), 1, 1,
                  TTSSLICE_REASON_FIRST_PASSING);
}

static void test_ties_go_to_the_lower_index(void **state) {
    (void)state;
    const double same[] = {90.0, 95.0, 95.0}, durations[] = {2.0, 1.0, 1.0};
    const int32_t passed[] = {1, 1, 1}, none[] = {0, 0, 0};
    for (int32_t policy = 1; policy <= 2; policy++)
        assert_int_equal(choose(same, passed, durations, 3, policy).index, 1);
    assert_int_equal(choose(same, passed, durations, 3, 3).index, 0);
    assert_int_equal(choose(same, none, durations, 3, 2).index, 1);
}

static void test_few_passed(void **state) {
    (void)state;
    const double scores[] = {50.0, 70.0, 60.0}, durations[] = {1.0, 9.0, 5.0};
    const int32_t none[] = {0, 0, 0}, one[] = {0, 0, 1};
    for (int32_t policy = 1; policy <= 4; policy++) {
        assert_choice(choose(scores, none, durations, 3, policy), 1, 0,
                      TTSSLICE_REASON_NONE_PASSED);
        assert_choice(choose(scores, one, durations, 3, policy), 2, 1,
                      TTSSLICE_REASON_ONLY_PASSING);
        assert_choice(choose(scores, none, durations, 1, policy), 0, 0,
                      TTSSLICE_REASON_NONE_PASSED);
    }
}

static void test_bad_input(void **state) {
    (void)state;
    double scores[] = {50.0, 70.0}, durations[] = {1.0, 2.0};
    int32_t passed[] = {0, 1};
    ttsslice_select_options options = TTSSLICE_SELECT_OPTIONS_INIT;
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    choice.index = 77;
    assert_int_equal(ttsslice_select(scores, passed, NULL, 0, NULL, &choice, &err),
                     TTSSLICE_ERR_EMPTY);
    assert_int_equal(err.slice, TTSSLICE_SLICE_SELECT);
    assert_int_equal(ttsslice_select(NULL, passed, NULL, 2, NULL, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_select(scores, NULL, NULL, 2, NULL, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_select(scores, passed, NULL, 2, NULL, NULL, NULL),
                     TTSSLICE_ERR_INVALID);
    options.policy = TTSSLICE_POLICY_SHORTEST_PASSING;
    assert_int_equal(ttsslice_select(scores, passed, NULL, 2, &options, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    durations[0] = (double)NAN;
    assert_int_equal(ttsslice_select(scores, passed, durations, 2, &options, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    options.policy = 9;
    assert_int_equal(ttsslice_select(scores, passed, durations, 2, &options, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    options.policy = 1;
    options.size = 4;
    assert_int_equal(ttsslice_select(scores, passed, durations, 2, &options, &choice, NULL),
                     TTSSLICE_ERR_OPTION);
    passed[0] = 2;
    assert_int_equal(ttsslice_select(scores, passed, NULL, 2, NULL, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    passed[0] = 0;
    scores[1] = (double)INFINITY;
    assert_int_equal(ttsslice_select(scores, passed, NULL, 2, NULL, &choice, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(choice.index, 77);
    choice.size = 0;
    scores[1] = 1.0;
    assert_int_equal(ttsslice_select(scores, passed, NULL, 2, NULL, &choice, NULL),
                     TTSSLICE_ERR_OPTION);
}

/* Scores alike, so what else is known decides: each of these has one candidate that is best. */
static void test_cleanest(void **state) {
    (void)state;
    static const double scores[] = {97.0, 97.0, 97.0};
    static const int32_t all[] = {1, 1, 1}, last_failed[] = {1, 1, 0};
    static const double levels[] = {-20.0, -12.0, -18.0}, rates[] = {14.0, 15.5, 18.0};
    static const double tails[] = {0.2, 0.0, 0.1}, unknown[] = {NAN, NAN, NAN};
    ttsslice_select_options o = TTSSLICE_SELECT_OPTIONS_INIT;
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    const struct {
        const double *levels, *rates, *tails;
        double reference_dbfs, reference_rate;
        const int32_t *passed;
        size_t best;
    } cases[] = {
        {NULL, NULL, NULL, 0, 0, all, 0},           {unknown, unknown, unknown, 0, 0, all, 0},
        {NULL, NULL, tails, 0, 0, all, 1},          {levels, NULL, NULL, 0, 0, all, 2},
        {levels, NULL, NULL, -11, 0, all, 1},       {NULL, rates, NULL, 0, 0, all, 1},
        {NULL, rates, NULL, 0, 18.5, all, 2},       {NULL, rates, NULL, 0, 18.5, last_failed, 1},
        {levels, NULL, NULL, 0, 0, last_failed, 0},
    };
    o.policy = TTSSLICE_POLICY_CLEANEST;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        o.levels_dbfs = cases[i].levels;
        o.rates = cases[i].rates;
        o.tails_s = cases[i].tails;
        o.reference_dbfs = cases[i].reference_dbfs;
        o.reference_rate = cases[i].reference_rate;
        assert_int_equal(ttsslice_select(scores, cases[i].passed, NULL, 3, &o, &choice, NULL), 0);
        assert_int_equal(choice.index, cases[i].best);
        assert_int_equal(choice.reason, TTSSLICE_REASON_CLEANEST);
    }
    /* A score that is a point lower is worth 50 ms of noise. */
    const double lower[] = {97.0, 96.0}, clean[] = {0.1, 0.0};
    o = (ttsslice_select_options)TTSSLICE_SELECT_OPTIONS_INIT;
    o.policy = TTSSLICE_POLICY_CLEANEST;
    o.tails_s = clean;
    assert_int_equal(ttsslice_select(lower, all, NULL, 2, &o, &choice, NULL), 0);
    assert_int_equal(choice.index, 1);
    o.reference_dbfs = 1.0;
    assert_int_equal(ttsslice_select(lower, all, NULL, 2, &o, &choice, NULL), TTSSLICE_ERR_INVALID);
    o.reference_dbfs = 0.0;
    o.reference_rate = -1.0;
    assert_int_equal(ttsslice_select(lower, all, NULL, 2, &o, &choice, NULL), TTSSLICE_ERR_INVALID);
}

static void test_names(void **state) {
    (void)state;
    for (int32_t policy = 1; policy <= 4; policy++)
        assert_int_equal(ttsslice_policy_from_name(ttsslice_policy_name(policy)), policy);
    assert_string_equal(ttsslice_policy_name(2), "shortest_passing");
    assert_string_equal(ttsslice_policy_name(0), "unknown");
    assert_string_equal(ttsslice_policy_name(5), "unknown");
    assert_int_equal(ttsslice_policy_from_name("unknown"), 0);
    assert_int_equal(ttsslice_policy_from_name(NULL), 0);
    assert_string_equal(ttsslice_reason_name(TTSSLICE_REASON_NONE_PASSED), "none_passed");
    assert_string_equal(ttsslice_reason_name(TTSSLICE_REASON_HOST), "host");
    assert_string_equal(ttsslice_reason_name(TTSSLICE_REASON_SILENT), "silent");
    assert_string_equal(ttsslice_reason_name(TTSSLICE_REASON_RESPLIT), "resplit");
    assert_string_equal(ttsslice_reason_name(-1), "unknown");
    for (int32_t takes = 1; takes <= 2; takes++)
        assert_int_equal(ttsslice_takes_from_name(ttsslice_takes_name(takes)), takes);
    assert_int_equal(ttsslice_takes_from_name("some"), 0);
    for (int32_t what = 1; what <= 4; what++)
        assert_int_equal(ttsslice_on_exhaustion_from_name(ttsslice_on_exhaustion_name(what)), what);
    assert_string_equal(ttsslice_on_exhaustion_name(4), "resplit");
    assert_string_equal(ttsslice_on_exhaustion_name(5), "unknown");
    assert_int_equal(ttsslice_on_exhaustion_from_name(NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policies),   cmocka_unit_test(test_ties_go_to_the_lower_index),
        cmocka_unit_test(test_few_passed), cmocka_unit_test(test_bad_input),
        cmocka_unit_test(test_cleanest),   cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
