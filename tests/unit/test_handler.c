/* SPDX-License-Identifier: MIT */
/* The handler protocol: what a job may say, what each slice gives back, what older clients and
 * older handlers see, and that damage on the way is noticed. */
#define _GNU_SOURCE /* asprintf */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "echo_engine.h"
#include "pipeline/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ttsslice_handler *make_handler(double damage, bool listens) {
    ttsslice_handler_options options = TTSSLICE_HANDLER_OPTIONS_INIT;
    ttsslice_handler *handler = NULL;
    options.generator = echo_generator(damage);
    options.transcriber = listens ? echo_transcriber() : NULL;
    assert_int_equal(ttsslice_handler_new(&options, &handler, NULL), 0);
    ttsslice_generator_unref(options.generator);
    ttsslice_transcriber_unref(options.transcriber);
    return handler;
}

static json_t *answer_to(ttsslice_handler *handler, const char *job) {
    char *result = NULL;
    assert_int_equal(ttsslice_handle_job(handler, job, TTSSLICE_NUL_TERMINATED, &result, NULL), 0);
    json_t *root = json_loads(result, 0, NULL);
    assert_non_null(root);
    ttsslice_free(result);
    return root;
}

#define TEXT "the boat left the harbour before the rain came down"

static const char *string_at(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static void the_deployed_fields_are_there(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root =
        answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"language_id\": \"en\","
                           " \"exaggeration\": 0.3, \"cfg_weight\": 0.3, \"n_candidates\": 3,"
                           " \"whisper_threshold\": 85, \"max_retries\": 3,"
                           " \"unknown\": [1, 2]}}");
    const json_t *metadata = json_object_get(root, "metadata");
    assert_string_equal(string_at(root, "status"), "success");
    assert_non_null(string_at(root, "audio_base64"));
    assert_int_equal(json_integer_value(json_object_get(root, "sample_rate")), ECHO_RATE);
    assert_true(json_real_value(json_object_get(root, "audio_duration_seconds")) > 1.0);
    assert_true(json_real_value(json_object_get(root, "best_score")) == 100.0);
    const json_t *validation = json_object_get(root, "validation");
    assert_true(json_real_value(json_object_get(validation, "selected_score")) == 100.0);
    assert_true(json_is_true(json_object_get(validation, "selected_passed")));
    assert_int_equal(json_integer_value(json_object_get(metadata, "candidates_generated")), 3);
    assert_int_equal(json_integer_value(json_object_get(metadata, "candidates_passed")), 3);
    assert_int_equal(json_array_size(json_object_get(metadata, "all_scores")), 3);
    assert_int_equal(json_integer_value(json_object_get(metadata, "retries_used")), 0);
    assert_true(json_is_integer(json_object_get(metadata, "generation_time_ms")));
    assert_true(json_is_integer(json_object_get(metadata, "validation_time_ms")));
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static size_t count_with(const json_t *array, const char *key) {
    size_t count = 0, i;
    json_t *object;
    json_array_foreach(array, i, object) count += json_object_get(object, key) != NULL;
    return count;
}

static void each_slice_gives_its_own(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    static const size_t takes[] = {1, 3, 3, 3}, with_audio[] = {0, 3, 3, 0},
                        judged[] = {0, 0, 3, 3};
    for (int slice = 1; slice <= 4; slice++) {
        char job[256];
        snprintf(job, sizeof job, "{\"input\": {\"text\": \"" TEXT "\", \"slice\": %d}}", slice);
        json_t *root = answer_to(handler, job);
        json_t *candidates = json_object_get(root, "candidates");
        assert_int_equal(json_array_size(candidates), takes[slice - 1]);
        assert_int_equal(count_with(candidates, "audio_base64"), with_audio[slice - 1]);
        assert_int_equal(count_with(candidates, "verdict"), judged[slice - 1]);
        assert_int_equal(string_at(root, "audio_base64") != NULL, slice == 1 || slice == 4);
        json_decref(root);
    }
    ttsslice_handler_unref(handler);
}

static void bad_jobs_say_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *job, *message;
    } cases[] = {
        {"", "not JSON"},
        {"[]", "not a JSON object"},
        {"{}", "no \"input\""},
        {"{\"input\": 5}", "\"input\" must be an object"},
        {"{\"input\": {}}", "\"text\" is missing"},
        {"{\"input\": {\"text\": \"  \\n\"}}", "\"text\" is missing or empty"},
        {"{\"input\": {\"text\": 5}}", "\"text\" must be a string"},
        {"{\"input\": {\"text\": \"a\", \"n_candidates\": 99}}", "\"n_candidates\" is 99"},
        {"{\"input\": {\"text\": \"a\", \"slice\": 5}}", "\"slice\" is 5"},
        {"{\"input\": {\"text\": \"a\", \"audio_format\": \"mp3\"}}", "\"audio_format\""},
        {"{\"input\": {\"text\": \"a\", \"select_policy\": \"x\"}}", "\"select_policy\""},
        {"{\"input\": {\"text\": \"a\", \"validation_rule\": \"x\"}}", "\"validation_rule\""},
        {"{\"input\": {\"text\": \"a\", \"exaggeration\": \"loud\"}}", "\"exaggeration\""},
        {"{\"input\": {\"text\": \"a\", \"temperature\": -1}}", "\"temperature\""},
        {"{\"input\": {\"text\": \"a\", \"seed\": -1}}", "\"seed\""},
        {"{\"input\": {\"text\": \"a\", \"audio_prompt_base64\": \"###\"}}", "base64"},
    };
    ttsslice_handler *handler = make_handler(0.0, true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *root = answer_to(handler, cases[i].job);
        const char *error = string_at(root, "error");
        assert_non_null(error);
        if (!strstr(error, cases[i].message))
            fail_msg("%s gave: %s", cases[i].job, error);
        assert_null(strchr(error, '\n'));
        assert_non_null(string_at(root, "error_code"));
        assert_true(json_is_false(json_object_get(root, "retryable")));
        json_decref(root);
    }
    ttsslice_handler_unref(handler);
}

static void a_handler_without_recogniser_refuses_to_judge(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, false);
    json_t *root =
        answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"request_id\": \"r7\"}}");
    assert_string_equal(string_at(root, "error_code"), "UNAVAILABLE");
    assert_string_equal(string_at(root, "request_id"), "r7");
    json_decref(root);
    root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"slice\": 2}}");
    assert_int_equal(json_array_size(json_object_get(root, "candidates")), 3);
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static void a_result_that_is_too_long_is_refused(void **state) {
    (void)state;
    ttsslice_handler_options options = TTSSLICE_HANDLER_OPTIONS_INIT;
    ttsslice_handler *handler = NULL;
    options.generator = echo_generator(0.0);
    options.max_result_bytes = 4096;
    assert_int_equal(ttsslice_handler_new(&options, &handler, NULL), 0);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"slice\": 1}}");
    assert_non_null(strstr(string_at(root, "error"), "flac"));
    json_decref(root);
    ttsslice_handler_unref(handler);
    ttsslice_generator_unref(options.generator);
}

/* --- both directions ------------------------------------------------------------------------ */

static ttss_take_params params_for(const char *text) {
    return (ttss_take_params){
        .text = text,
        .language = "en",
        .audio_prompt_url = "https://voices.invalid/a.wav",
        .exaggeration = 0.7,
        .cfg_weight = 0.25,
        .temperature = 0.75,
        .seed = 77,
        .n_candidates = 3,
        .first_attempt = 1,
        .max_retries = 2,
        .validate = TTSSLICE_VALIDATE_OPTIONS_INIT,
        .select = TTSSLICE_SELECT_OPTIONS_INIT,
    };
}

static void a_job_is_read_as_it_was_written(void **state) {
    (void)state;
    ttss_take_params params = params_for("Grüße, \"quoted\"\nand more");
    char *input = NULL, *job_text = NULL;
    ttss_input job;
    params.validate.rule = TTSSLICE_RULE_SCORE;
    params.validate.whisper_threshold = 91.25;
    params.select.policy = TTSSLICE_POLICY_SHORTEST_PASSING;
    params.first_candidate = 2;
    assert_int_equal(ttss_input_write(&params, 4, "id-1", &input, NULL), 0);
    assert_true(asprintf(&job_text, "{\"input\": %s}", input) > 0);
    assert_int_equal(ttss_input_read(&job, job_text, strlen(job_text), 1000, NULL), 0);
    assert_string_equal(job.params.text, params.text);
    assert_string_equal(job.params.language, "en");
    assert_string_equal(job.params.audio_prompt_url, params.audio_prompt_url);
    assert_true(job.params.exaggeration == 0.7);
    assert_true(job.params.cfg_weight == 0.25);
    assert_true(job.params.temperature == 0.75);
    assert_int_equal(job.params.seed, 77);
    assert_int_equal(job.params.n_candidates, 3);
    assert_int_equal(job.params.first_candidate, 2);
    assert_int_equal(job.params.first_attempt, 1);
    assert_int_equal(job.params.max_retries, 2);
    assert_int_equal(job.params.validate.rule, TTSSLICE_RULE_SCORE);
    assert_true(job.params.validate.whisper_threshold == 91.25);
    assert_int_equal(job.params.select.policy, TTSSLICE_POLICY_SHORTEST_PASSING);
    assert_int_equal(job.slice, 4);
    assert_string_equal(job.request_id, "id-1");
    ttss_input_free(&job);
    free(job_text);
    free(input);
}

static void an_answer_is_read_as_it_was_made(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.5, true);
    for (int32_t slice = 1; slice <= 4; slice++)
        for (int64_t seed = 0; seed < 20; seed++) {
            ttss_take_params params = params_for(TEXT);
            char *input = NULL, *job = NULL, *output = NULL;
            ttss_answer answer;
            params.seed = seed;
            if (slice == 1)
                params.n_candidates = 1;
            assert_int_equal(ttss_input_write(&params, slice, NULL, &input, NULL), 0);
            assert_true(asprintf(&job, "{\"input\": %s}", input) > 0);
            assert_int_equal(
                ttsslice_handle_job(handler, job, TTSSLICE_NUL_TERMINATED, &output, NULL), 0);
            assert_int_equal(ttss_answer_read(&answer,
                                              &(ttss_output_text){output, strlen(output), NULL, 0},
                                              &params, slice, NULL),
                             0);
            assert_int_equal(answer.candidates.count, params.n_candidates * answer.rounds);
            for (size_t i = 0; i < answer.candidates.count; i++) {
                ttss_candidate *c = &answer.candidates.items[i];
                assert_int_equal(c->attempt, 1 + (int32_t)i / params.n_candidates);
                assert_int_equal(c->seed,
                                 ttsslice_seed(seed, TEXT, TTSSLICE_NUL_TERMINATED,
                                               params.audio_prompt_url, c->candidate, c->attempt));
                assert_int_equal(c->verdict != NULL, slice >= 3);
                if (slice >= 3)
                    assert_int_equal(c->passed, c->injected == NULL);
            }
            assert_int_equal(answer.selected, slice == 4);
            ttss_answer_free(&answer);
            ttsslice_free(output);
            free(job);
            free(input);
        }
    ttsslice_handler_unref(handler);
}

static void an_older_handler_is_understood(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\"}}");
    static const char *const added[] = {"candidates", "selection", "slice", "library_version",
                                        "engine",     "defects",   "words"};
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
        json_object_del(root, added[i]);
    char *output = json_dumps(root, 0);
    ttss_take_params params = params_for(TEXT);
    ttss_answer answer;
    assert_int_equal(ttss_answer_read(&answer, &(ttss_output_text){output, strlen(output), NULL, 0},
                                      &params, 4, NULL),
                     0);
    assert_int_equal(answer.candidates.count, 1);
    assert_non_null(answer.candidates.items[0].audio);
    assert_true(answer.candidates.items[0].score == 100.0);
    assert_int_equal(answer.selection.passed, 1);
    ttss_answer_free(&answer);
    free(output);
    json_decref(root);
    ttsslice_handler_unref(handler);
}

/* Handlers of others give the audio alone, or in a list; and some write a wrong rate. */
static void odd_outputs_are_understood(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\"}}");
    const char *audio = json_string_value(json_object_get(root, "audio_base64"));
    static const struct {
        const char *format, *says;
        int32_t code;
    } cases[] = {
        {"\"%s\"", "", 0},
        {"\"data:audio/wav;base64,%s\"", "", 0},
        {"[{\"audio_base64\":\"%s\",\"sample_rate\":8000}]", "", 0},
        {"{\"audio\":\"%s\"}", "", 0},
        {"{\"audio_base64\":\"%s\",\"sample_rate\":22050}", "22050 samples a second, and the file",
         TTSSLICE_ERR_PROTOCOL},
        {"[1,2]", "object", TTSSLICE_ERR_PROTOCOL},
        {"\"CUDA out of memory!\"", "audio cannot be used", TTSSLICE_ERR_PROTOCOL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *output = NULL;
        ttss_take_params params = params_for(TEXT);
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttss_answer answer;
        assert_true(asprintf(&output, cases[i].format, audio) > 0);
        int32_t code = ttss_answer_read(
            &answer, &(ttss_output_text){output, strlen(output), NULL, 0}, &params, 1, &err);
        if (code != cases[i].code || !strstr(err.message, cases[i].says))
            fail_msg("%.40s: %s", cases[i].format, err.message);
        if (!code)
            assert_non_null(answer.candidates.items[0].audio);
        ttss_answer_free(&answer);
        free(output);
    }
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static void a_score_alone_is_held_against_the_threshold(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\"}}");
    json_t *old = json_object();
    json_object_set(old, "audio_base64", json_object_get(root, "audio_base64"));
    ttss_take_params params = params_for(TEXT);
    for (int score = 41; score < 100; score += 50) {
        json_object_set_new(old, "best_score", json_integer(score));
        char *output = json_dumps(old, 0);
        ttss_answer answer;
        assert_int_equal(ttss_answer_read(&answer,
                                          &(ttss_output_text){output, strlen(output), NULL, 0},
                                          &params, 4, NULL),
                         0);
        assert_int_equal(answer.candidates.items[0].passed, score >= 85);
        assert_true(answer.candidates.items[0].judged);
        ttss_answer_free(&answer);
        free(output);
    }
    json_decref(old);
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static void the_choice_is_found_in_any_order(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"slice\": 4}}");
    json_t *candidates = json_object_get(root, "candidates"), *turned = json_array();
    for (size_t i = json_array_size(candidates); i > 0; i--)
        json_array_append(turned, json_array_get(candidates, i - 1));
    json_object_set_new(root, "candidates", turned);
    json_object_set_new(json_object_get(root, "selection"), "index", json_integer(2));
    char *output = json_dumps(root, 0);
    ttss_take_params params = params_for(TEXT);
    ttss_answer answer;
    assert_int_equal(ttss_answer_read(&answer, &(ttss_output_text){output, strlen(output), NULL, 0},
                                      &params, 4, NULL),
                     0);
    assert_int_equal(answer.selection.index, 0);
    assert_int_equal(answer.candidates.items[0].candidate, 0);
    ttss_answer_free(&answer);
    free(output);
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static void damage_on_the_way_is_noticed(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    json_t *root = answer_to(handler, "{\"input\": {\"text\": \"" TEXT "\", \"slice\": 2}}");
    json_t *first = json_array_get(json_object_get(root, "candidates"), 0);
    json_t *second = json_array_get(json_object_get(root, "candidates"), 1);
    json_object_set(first, "audio_base64", json_object_get(second, "audio_base64"));
    char *output = json_dumps(root, 0);
    ttss_take_params params = params_for(TEXT);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_answer answer;
    assert_int_equal(ttss_answer_read(&answer, &(ttss_output_text){output, strlen(output), NULL, 0},
                                      &params, 2, &err),
                     TTSSLICE_ERR_PROTOCOL);
    assert_non_null(strstr(err.message, "not what the handler made"));
    ttss_answer_free(&answer);
    free(output);
    json_decref(root);
    ttsslice_handler_unref(handler);
}

static void answers_without_sense_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *output;
        int32_t code;
    } cases[] = {
        {"null", TTSSLICE_ERR_PROTOCOL},
        {"\"sentence\"", TTSSLICE_ERR_PROTOCOL},
        {"{}", TTSSLICE_ERR_EMPTY_RESULT},
        {"{\"audio_base64\": \"\"}", TTSSLICE_ERR_PROTOCOL},
        {"{\"audio_base64\": \"AAAA\"}", TTSSLICE_ERR_PROTOCOL},
        {"{\"audio_base64\": \"$\"}", TTSSLICE_ERR_PROTOCOL},
        {"{\"audio_base64\": 3}", TTSSLICE_ERR_PROTOCOL},
        {"{\"candidates\": [3]}", TTSSLICE_ERR_PROTOCOL},
        {"{\"candidates\": {}}", TTSSLICE_ERR_PROTOCOL},
        {"{\"candidates\": [{}], \"selection\": {\"index\": 4}}", TTSSLICE_ERR_PROTOCOL},
        {"{\"candidates\": [{\"score\": 1e9}]}", TTSSLICE_ERR_PROTOCOL},
        {"{\"candidates\": [{\"verdict\": {\"score\": \"x\"}}]}", TTSSLICE_ERR_PROTOCOL},
        {"{\"metadata\": 5, \"candidates\": [{}]}", TTSSLICE_ERR_PROTOCOL},
    };
    ttss_take_params params = params_for(TEXT);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttss_answer answer;
        int32_t code = ttss_answer_read(
            &answer, &(ttss_output_text){cases[i].output, strlen(cases[i].output), NULL, 0},
            &params, 4, NULL);
        if (code != cases[i].code)
            fail_msg("%s gave %s", cases[i].output, ttsslice_code_name(code));
        ttss_answer_free(&answer);
    }
}

static int whole_job(void *argument) {
    char *result = NULL;
    int code = ttsslice_handle_job(argument,
                                   "{\"input\": {\"text\": \"one two three four\", "
                                   "\"n_candidates\": 1, \"max_retries\": 0}}",
                                   TTSSLICE_NUL_TERMINATED, &result, NULL);
    /* With too little memory the result may also be a failure in JSON; it is a result. */
    ttsslice_free(result);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    ttsslice_handler *handler = make_handler(0.0, true);
    assert_survives_alloc_failure(whole_job, handler);
    ttsslice_handler_unref(handler);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_deployed_fields_are_there),
        cmocka_unit_test(each_slice_gives_its_own),
        cmocka_unit_test(bad_jobs_say_what_is_wrong),
        cmocka_unit_test(a_handler_without_recogniser_refuses_to_judge),
        cmocka_unit_test(a_result_that_is_too_long_is_refused),
        cmocka_unit_test(a_job_is_read_as_it_was_written),
        cmocka_unit_test(an_answer_is_read_as_it_was_made),
        cmocka_unit_test(an_older_handler_is_understood),
        cmocka_unit_test(odd_outputs_are_understood),
        cmocka_unit_test(a_score_alone_is_held_against_the_threshold),
        cmocka_unit_test(the_choice_is_found_in_any_order),
        cmocka_unit_test(damage_on_the_way_is_noticed),
        cmocka_unit_test(answers_without_sense_are_refused),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
