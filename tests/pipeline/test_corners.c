/* SPDX-License-Identifier: MIT */
/* Corners in which plans could come apart, and what comes from outside: judging that fails, limits
 * and choices at the handler, takes nobody judged, chunks of another text, bytes that are not
 * UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world.h"

#include <jansson.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- plans agree in the corners too ----------------------------------------------------------- */

/* Fails for the seeds of round 0, so that judging goes wrong there and a further round is needed.
 */
typedef struct deaf {
    int calls, fail_first;
} deaf;

static int32_t deaf_at_first(const ttsslice_audio *audio, const char *t, const char *language,
                             ttsslice_transcript **out, ttsslice_error *err, void *user_data) {
    deaf *d = user_data;
    if (d->calls++ < d->fail_first)
        return TTSSLICE_ERR_ENGINE;
    return echo_transcribe(audio, t, language, out, err, NULL);
}

static void a_round_that_could_not_be_judged_is_followed_by_another(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice1", "slice2", "slice3", "slice4"};
    for (size_t i = 0; i < 5; i++) {
        world w;
        deaf d = {.fail_first = 3};
        ttsslice_result *result = NULL;
        ttsslice_run *run = NULL;
        world_open(&w, plans[i], 0.0);
        ttsslice_transcriber_unref(w.transcriber);
        assert_int_equal(
            ttsslice_transcriber_new_host("deaf", deaf_at_first, &d, &w.transcriber, NULL), 0);
        w.options.transcriber = w.transcriber;
        world_serve(&w, 1);
        assert_int_equal(ttsslice_run_new("One chunk is enough for this.", TTSSLICE_NUL_TERMINATED,
                                          &w.options, &run, NULL),
                         0);
        assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), 0);
        assert_int_equal(ttsslice_result_chunk(result, 0)->rounds, 2);
        assert_int_equal(ttsslice_result_chunk(result, 0)->candidate_count, 3);
        assert_int_equal(ttsslice_result_candidate(result, 0, 0)->attempt, 1);
        ttsslice_result_unref(result);
        ttsslice_run_free(run);
        world_close(&w);
    }
}

static void limits_and_choices_are_the_same_at_the_handler(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice2", "slice3"};
    for (int off = 0; off < 2; off++) {
        uint64_t digest = 0;
        for (size_t i = 0; i < 3; i++) {
            world w;
            ttsslice_validate_options validate = TTSSLICE_VALIDATE_OPTIONS_INIT;
            ttsslice_result *result = NULL;
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            world_open(&w, plans[i], 0.6);
            /* So generous that spoilt takes pass as well. */
            validate.max_missing_words = validate.max_repeated_words = 50;
            validate.max_extra_words = validate.max_garbled_words = 50;
            validate.max_truncated_words = 50;
            validate.whisper_threshold = 0.0;
            w.options.validate = &validate;
            if (off)
                world_place(&w, "select", "off");
            world_serve(&w, 1);
            if (world_execute(&w, &result, &err) != 0)
                fail_msg("%s: %s", plans[i], err.message);
            uint64_t all = 0;
            for (size_t c = 0; c < WORLD_CHUNKS; c++) {
                const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, c);
                assert_int_equal(chunk->rounds, 1);
                assert_int_equal(chunk->passed, 1);
                all = all * 31 + ttsslice_result_candidate(result, c, chunk->selected)->digest;
            }
            assert_true(i == 0 || all == digest);
            digest = all;
            ttsslice_result_unref(result);
            world_close(&w);
        }
    }
}

static void without_a_judge_there_is_no_score(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice1", "slice2"};
    for (size_t i = 0; i < 3; i++) {
        world w;
        ttsslice_result *result = NULL;
        char *json = NULL;
        world_open(&w, plans[i], 0.0);
        world_place(&w, "validate", "off");
        world_serve(&w, 1);
        assert_int_equal(world_execute(&w, &result, NULL), 0);
        assert_true(isnan(ttsslice_result_chunk(result, 0)->score));
        assert_true(isnan(ttsslice_result_candidate(result, 0, 0)->score));
        assert_int_equal(ttsslice_result_chunk(result, 0)->passed, 1);
        assert_int_equal(ttsslice_result_json(result, &json, NULL), 0);
        json_t *root = json_loads(json, 0, NULL);
        assert_non_null(root);
        const json_t *chunk = json_array_get(json_object_get(root, "chunks"), 0);
        assert_string_equal(json_string_value(json_object_get(chunk, "status")), "not_validated");
        assert_true(json_is_null(json_object_get(chunk, "score")));
        json_decref(root);
        ttsslice_free(json);
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

/* --- what comes from outside ------------------------------------------------------------------ */

static int32_t chunk_another_text(const char *t, size_t length, ttsslice_chunks **out,
                                  ttsslice_error *err, void *user_data) {
    (void)t;
    (void)length;
    return ttsslice_chunk(user_data, TTSSLICE_NUL_TERMINATED, NULL, out, err);
}

static void chunks_of_another_text_are_refused(void **state) {
    (void)state;
    static char other[] = "This is a much longer text than the one that the run is about, and its "
                          "chunks would reach far behind the end of that one.";
    world w;
    ttsslice_run *run = NULL;
    world_open(&w, "slice0", 0.0);
    w.host.chunk = chunk_another_text;
    w.host.user_data = other;
    world_place(&w, "chunk", "host");
    assert_int_equal(ttsslice_run_new("Short.", TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
                     TTSSLICE_ERR_INVALID);
    world_close(&w);
}

static int32_t fails_in_mid_character(const ttsslice_generate_request *request,
                                      ttsslice_audio **out, ttsslice_error *err, void *user_data) {
    (void)request;
    (void)out;
    (void)user_data;
    snprintf(err->message, sizeof err->message, "broken \xe4\xb8");
    return TTSSLICE_ERR_ENGINE;
}

static void bytes_that_are_not_utf8_do_not_hide_the_reason(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    world_open(&w, "slice0", 0.0);
    world_speak(&w, fails_in_mid_character);
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_ENGINE);
    assert_non_null(strstr(err.message, "broken ??"));
    ttsslice_result_unref(result);
    world_close(&w);

    world_open(&w, "slice0", 0.0);
    snprintf(w.path, sizeof w.path, "%s/caf\xe9.wav", w.folder);
    assert_int_equal(world_execute(&w, &result, &err), 0);
    ttsslice_result_unref(result);
    w.options.audio_prompt_url = "caf\xe9.wav";
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_INVALID);
    world_close(&w);
}

static void the_error_record_is_written_only_on_failure(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    world_open(&w, "slice5", 0.0);
    world_serve(&w, 2);
    assert_int_equal(world_execute(&w, &result, &err), 0);
    assert_int_equal(err.code, 0);
    assert_string_equal(err.message, "");
    ttsslice_result_unref(result);
    world_close(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_that_could_not_be_judged_is_followed_by_another),
        cmocka_unit_test(limits_and_choices_are_the_same_at_the_handler),
        cmocka_unit_test(without_a_judge_there_is_no_score),
        cmocka_unit_test(chunks_of_another_text_are_refused),
        cmocka_unit_test(bytes_that_are_not_utf8_do_not_hide_the_reason),
        cmocka_unit_test(the_error_record_is_written_only_on_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
