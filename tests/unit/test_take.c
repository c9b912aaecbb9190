/* SPDX-License-Identifier: MIT */
/* Takes and rounds: seeds differ by candidate and round, a further round comes only when none
 * passed, a take that fails does not lose the others, and what ends everything ends it at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "echo_engine.h"
#include "pipeline/take.h"

#include <stdio.h>
#include <string.h>

static ttss_take_params params_for(const char *text) {
    return (ttss_take_params){
        .text = text,
        .language = "en",
        .exaggeration = 0.3,
        .cfg_weight = 0.3,
        .temperature = -1.0,
        .n_candidates = 3,
        .max_retries = 2,
        .validate = TTSSLICE_VALIDATE_OPTIONS_INIT,
        .select = TTSSLICE_SELECT_OPTIONS_INIT,
    };
}

/* A judge that lets the candidate with number `pass` of round `round` pass, and counts. */
typedef struct script {
    int32_t pass, round, calls, error_at, error;
} script;

static int32_t scripted(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    script *s = self;
    (void)err;
    if (s->calls++ == s->error_at)
        return s->error;
    candidate->passed = candidate->candidate == s->pass && candidate->attempt == s->round;
    candidate->score = candidate->passed ? 90.0 : 10.0 + candidate->candidate;
    return 0;
}

static void rounds_go_on_until_one_passes(void **state) {
    (void)state;
    ttsslice_generator *generator = echo_generator(0.0);
    for (int32_t round = 0; round < 5; round++) {
        script s = {.pass = 1, .round = round, .error_at = -1};
        ttss_rounds rounds = {.generator = generator, .judge = scripted, .judge_self = &s};
        ttss_take_params params = params_for("one two three");
        ttss_candidates list = {0};
        ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
        int32_t made = 0, expected = round <= 2 ? round + 1 : 3;
        assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, NULL), 0);
        assert_int_equal(made, expected);
        assert_int_equal(list.count, 3 * expected);
        assert_int_equal(ttss_take_choose(&list, &params.select, &choice, NULL), 0);
        assert_int_equal(choice.passed, round <= 2);
        assert_int_equal(choice.index, round <= 2 ? 3 * round + 1 : 2);
        for (size_t i = 0; i < list.count; i++)
            for (size_t j = 0; j < i; j++)
                assert_true(list.items[i].seed != list.items[j].seed);
        ttss_candidates_free(&list);
    }
    ttsslice_generator_unref(generator);
}

static void without_a_judge_there_is_one_round_and_all_pass(void **state) {
    (void)state;
    ttsslice_generator *generator = echo_generator(0.0);
    ttss_rounds rounds = {.generator = generator};
    ttss_take_params params = params_for("one two three");
    ttss_candidates list = {0};
    int32_t made = 0;
    assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, NULL), 0);
    assert_int_equal(made, 1);
    assert_int_equal(ttss_candidates_passed(&list), 3);
    ttss_candidates_free(&list);
    ttsslice_generator_unref(generator);
}

static void a_take_that_fails_is_left_out(void **state) {
    (void)state;
    ttsslice_generator *generator = echo_generator(0.0);
    script s = {.pass = 2, .round = 0, .error_at = 0, .error = TTSSLICE_ERR_ENGINE};
    ttss_rounds rounds = {.generator = generator, .judge = scripted, .judge_self = &s};
    ttss_take_params params = params_for("one two three");
    ttss_candidates list = {0};
    int32_t made = 0;
    assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, NULL), 0);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].candidate, 1);
    ttss_candidates_free(&list);
    ttsslice_generator_unref(generator);
}

static void what_ends_everything_ends_it_at_once(void **state) {
    (void)state;
    static const int32_t fatal[] = {TTSSLICE_ERR_CALLBACK, TTSSLICE_ERR_NOMEM,
                                    TTSSLICE_ERR_CANCELLED};
    ttsslice_generator *generator = echo_generator(0.0);
    for (size_t i = 0; i < 3; i++) {
        script s = {.pass = 9, .error_at = 1, .error = fatal[i]};
        ttss_rounds rounds = {.generator = generator, .judge = scripted, .judge_self = &s};
        ttss_take_params params = params_for("one two three");
        ttss_candidates list = {0};
        int32_t made = 0;
        assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, NULL), fatal[i]);
        assert_int_equal(s.calls, 2);
        ttss_candidates_free(&list);
    }
    ttsslice_generator_unref(generator);
}

static int32_t always_fails(const ttsslice_generate_request *request, ttsslice_audio **out,
                            ttsslice_error *err, void *user_data) {
    (void)request;
    (void)out;
    *(int *)user_data += 1;
    if (err)
        snprintf(err->message, sizeof err->message, "no voice today");
    return TTSSLICE_ERR_ENGINE;
}

static void if_every_take_fails_the_reason_is_given(void **state) {
    (void)state;
    int calls = 0;
    ttsslice_generator *generator = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_generator_new_host(NULL, always_fails, &calls, &generator, NULL), 0);
    script s = {.error_at = -1};
    ttss_rounds rounds = {.generator = generator, .judge = scripted, .judge_self = &s};
    ttss_take_params params = params_for("one two three");
    ttss_candidates list = {0};
    int32_t made = 0;
    assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, &err), TTSSLICE_ERR_ENGINE);
    assert_int_equal(calls, 9);
    assert_non_null(strstr(err.message, "no voice today"));
    ttsslice_generator_unref(generator);
}

/* A service that refuses the key is asked once; one that answered before is asked again. */
static void what_is_hopeless_is_not_tried_again(void **state) {
    (void)state;
    static const struct {
        int32_t error_at, code, calls;
    } rows[] = {
        {0, TTSSLICE_ERR_AUTH, 1}, {0, TTSSLICE_ERR_ENDPOINT, 1}, {1, TTSSLICE_ERR_AUTH, 9}};
    ttsslice_generator *generator = echo_generator(0.0);
    for (size_t i = 0; i < 3; i++) {
        script s = {.pass = 9, .error_at = rows[i].error_at, .error = rows[i].code};
        ttss_rounds rounds = {.generator = generator, .judge = scripted, .judge_self = &s};
        ttss_take_params params = params_for("one two three");
        ttss_candidates list = {0};
        int32_t made = 0;
        assert_int_equal(ttss_take_rounds(&rounds, &params, &list, &made, NULL),
                         rows[i].error_at ? 0 : rows[i].code);
        assert_int_equal(s.calls, rows[i].calls);
        ttss_candidates_free(&list);
    }
    ttsslice_generator_unref(generator);
}

static void the_list_is_in_order_whatever_arrives_first(void **state) {
    (void)state;
    static const int32_t arrivals[][2] = {{1, 2}, {0, 1}, {1, 0}, {0, 0}, {0, 2}, {1, 1}, {0, 1}};
    ttss_candidates list = {0};
    for (size_t i = 0; i < 7; i++) {
        ttss_candidate c = {
            .attempt = arrivals[i][0], .candidate = arrivals[i][1], .seed = (int64_t)i};
        assert_int_equal(ttss_candidates_add(&list, &c, NULL), 0);
    }
    assert_int_equal(list.count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(list.items[i].attempt, i / 3);
        assert_int_equal(list.items[i].candidate, i % 3);
    }
    assert_int_equal(list.items[1].seed, 6); /* the later of two with the same numbers */
    ttss_candidates_free(&list);
}

static int judged_take(void *argument) {
    ttss_take_params params = params_for("one two three");
    ttss_candidate take = {0};
    int code = ttss_take_make(((void **)argument)[0], &params, 0, 0, &take, NULL);
    if (!code)
        code = ttss_take_judge(((void **)argument)[1], &params, &take, NULL);
    ttss_candidate_clear(&take);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    void *engines[] = {echo_generator(0.0), echo_transcriber()};
    assert_survives_alloc_failure(judged_take, engines);
    ttsslice_generator_unref(engines[0]);
    ttsslice_transcriber_unref(engines[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_go_on_until_one_passes),
        cmocka_unit_test(without_a_judge_there_is_one_round_and_all_pass),
        cmocka_unit_test(a_take_that_fails_is_left_out),
        cmocka_unit_test(what_ends_everything_ends_it_at_once),
        cmocka_unit_test(if_every_take_fails_the_reason_is_given),
        cmocka_unit_test(what_is_hopeless_is_not_tried_again),
        cmocka_unit_test(the_list_is_in_order_whatever_arrives_first),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
