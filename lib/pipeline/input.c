/* SPDX-License-Identifier: MIT */
/* Jobs: the `input` a handler takes, written by the client and read by the handler; see protocol.h.
 */
#include "pipeline/protocol.h"

#include "audio/base64.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/language.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URL_MAX     4096
#define PROMPT_MAX  ((size_t)16 * 1024 * 1024)
#define ALIASES_MAX ((size_t)1024 * 1024)

static const char *rule_name(int32_t rule) {
    return rule == TTSSLICE_RULE_SCORE ? "score" : "defects";
}

/* The limits of the defects rule, by their names in the options. */
static int32_t *limit_of(ttsslice_validate_options *o, size_t i, const char **name) {
    static const char *const names[] = {"max_missing_words", "max_repeated_words",
                                        "max_extra_words", "max_garbled_words",
                                        "max_truncated_words"};
    int32_t *const limits[] = {&o->max_missing_words, &o->max_repeated_words, &o->max_extra_words,
                               &o->max_garbled_words, &o->max_truncated_words};
    *name = names[i];
    return limits[i];
}
#define LIMITS 5

/* What a handler would not judge like the client by its defaults. */
static bool write_judging(json_t *input, const ttss_take_params *params) {
    ttsslice_validate_options validate = params->validate;
    bool ok = true;
    for (size_t i = 0; ok && i < LIMITS; i++) {
        const char *name = NULL;
        int32_t limit = *limit_of(&validate, i, &name);
        if (limit >= 0)
            ok = ttss_json_set(input, name, json_integer(limit));
    }
    if (ok && validate.language && strcmp(validate.language, params->language) != 0)
        ok = ttss_json_set(input, "validation_language", json_string(validate.language));
    if (ok && validate.aliases)
        ok = ttss_json_set(input, "aliases", json_string(validate.aliases));
    if (ok && validate.reference_dbfs < 0.0)
        ok = ttss_json_set(input, "reference_dbfs", json_real(validate.reference_dbfs));
    if (ok && params->takes == TTSSLICE_TAKES_UNTIL_PASS)
        ok = ttss_json_set(input, "takes", json_string(ttsslice_takes_name(params->takes)));
    return ok;
}

static bool write_choosing(json_t *input, const ttsslice_select_options *select) {
    bool ok =
        ttss_json_set(input, "select_policy", json_string(ttsslice_policy_name(select->policy)));
    if (ok && select->reference_dbfs < 0.0)
        ok = ttss_json_set(input, "select_reference_dbfs", json_real(select->reference_dbfs));
    if (ok && select->reference_rate > 0.0)
        ok = ttss_json_set(input, "select_reference_rate", json_real(select->reference_rate));
    return ok;
}

int32_t ttss_input_write(const ttss_take_params *params, int32_t slice, const char *request_id,
                         char **json, ttsslice_error *err) {
    json_t *input = json_object();
    char *text = NULL;
    bool ok =
        input && ttss_json_set(input, "text", json_string(params->text)) &&
        ttss_json_set(input, "language_id", json_string(params->language)) &&
        ttss_json_set(input, "exaggeration", json_real(params->exaggeration)) &&
        ttss_json_set(input, "cfg_weight", json_real(params->cfg_weight)) &&
        ttss_json_set(input, "n_candidates", json_integer(params->n_candidates)) &&
        ttss_json_set(input, "max_retries", json_integer(params->max_retries)) &&
        ttss_json_set(input, "whisper_threshold", json_real(params->validate.whisper_threshold)) &&
        ttss_json_set(input, "slice", json_integer(slice)) &&
        ttss_json_set(input, "seed", json_integer(params->seed)) &&
        ttss_json_set(input, "candidate", json_integer(params->first_candidate)) &&
        ttss_json_set(input, "attempt", json_integer(params->first_attempt)) &&
        ttss_json_set(input, "validation_rule", json_string(rule_name(params->validate.rule)));
    if (ok && params->temperature >= 0)
        ok = ttss_json_set(input, "temperature", json_real(params->temperature));
    if (ok && params->audio_prompt_url)
        ok = ttss_json_set(input, "audio_prompt_url", json_string(params->audio_prompt_url));
    if (ok && request_id)
        ok = ttss_json_set(input, "request_id", json_string(request_id));
    if (ok && slice >= 3)
        ok = write_judging(input, params);
    /* Lossless, and half the size where several takes travel together. */
    if (ok && (slice == 2 || slice == 3))
        ok = ttss_json_set(input, "audio_format", json_string("flac"));
    if (ok && params->all_audio)
        ok = ttss_json_set(input, "all_audio", json_true());
    if (ok && slice == 4)
        ok = write_choosing(input, &params->select);
    if (ok)
        text = ttss_json_dump(input, false);
    json_decref(input);
    if (!text)
        return ttss_nomem(err);
    *json = text;
    return 0;
}

/* A voice sample that came without a name is known by its content. */
static int32_t read_prompt(ttss_input *job, const json_t *input, ttsslice_error *err) {
    const char *encoded = NULL;
    int32_t code = ttss_json_get_string(input, "audio_prompt_base64", PROMPT_MAX, &encoded, err);
    if (code || !encoded)
        return code;
    size_t size = 0;
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    code = ttss_base64_decode(encoded, strlen(encoded), &job->prompt, &size, &why);
    if (code)
        return ttss_fail(err, code, "\"audio_prompt_base64\": %s", why.message);
    job->params.audio_prompt = job->prompt;
    job->params.audio_prompt_size = size;
    if (!job->params.audio_prompt_url) {
        snprintf(job->voice, sizeof job->voice, "fnv1a:%016" PRIx64,
                 ttss_fnv(TTSS_FNV_START, job->prompt, size));
        job->params.audio_prompt_url = job->voice;
    }
    return 0;
}

static int32_t read_int32(const json_t *input, const char *key, int32_t low, int32_t high,
                          int32_t *out, ttsslice_error *err) {
    int64_t value = *out;
    int32_t code = ttss_json_get_int(input, key, low, high, &value, err);
    if (!code)
        *out = (int32_t)value;
    return code;
}

static int32_t read_names(ttss_input *job, const json_t *input, ttsslice_error *err) {
    const char *rule = "defects", *policy = "best_score", *takes = "all";
    int32_t code = ttss_json_get_string(input, "validation_rule", 16, &rule, err);
    if (!code)
        code = ttss_json_get_string(input, "select_policy", 32, &policy, err);
    if (!code)
        code = ttss_json_get_string(input, "takes", 16, &takes, err);
    if (code)
        return code;
    if (strcmp(rule, "defects") != 0 && strcmp(rule, "score") != 0)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "\"validation_rule\" must be \"defects\" or \"score\"");
    job->params.validate.rule = rule[0] == 's' ? TTSSLICE_RULE_SCORE : TTSSLICE_RULE_DEFECTS;
    job->params.select.policy = ttsslice_policy_from_name(policy);
    if (!job->params.select.policy)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"select_policy\" is unknown: %s", policy);
    job->params.takes = ttsslice_takes_from_name(takes);
    if (!job->params.takes)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"takes\" must be \"all\" or \"until_pass\"");
    if (strcmp(job->audio_format, "wav") != 0 && strcmp(job->audio_format, "flac") != 0 &&
        strcmp(job->audio_format, "opus") != 0)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "\"audio_format\" must be \"wav\", \"flac\" or \"opus\"");
    return 0;
}

static int32_t read_text(ttss_input *job, const json_t *input, size_t longest,
                         ttsslice_error *err) {
    const char *text = NULL;
    int32_t code = ttss_json_get_string(input, "text", longest, &text, err);
    if (code)
        return code;
    size_t length = text ? strlen(text) : 0;
    if (ttss_skip_space(text, 0, length) == length)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY, "\"text\" is missing or empty");
    job->params.text = text;
    return 0;
}

static int32_t read_input(ttss_input *job, const json_t *input, size_t longest_text,
                          ttsslice_error *err) {
    ttss_take_params *p = &job->params;
    int32_t code = read_text(job, input, longest_text, err);
#define READ(call)                                                                                 \
    if (!code)                                                                                     \
    code = (call)
    READ(ttss_json_get_string(input, "language_id", TTSS_TAG_MAX, &p->language, err));
    READ(ttss_json_get_string(input, "audio_prompt_url", URL_MAX, &p->audio_prompt_url, err));
    READ(ttss_json_get_string(input, "audio_format", 16, &job->audio_format, err));
    READ(ttss_json_get_string(input, "request_id", 256, &job->request_id, err));
    READ(ttss_json_get_double(input, "exaggeration", 0.0, 2.0, &p->exaggeration, err));
    READ(ttss_json_get_double(input, "cfg_weight", 0.0, 1.0, &p->cfg_weight, err));
    READ(ttss_json_get_double(input, "temperature", 0.0, 5.0, &p->temperature, err));
    READ(ttss_json_get_double(input, "whisper_threshold", 0.0, 100.0,
                              &p->validate.whisper_threshold, err));
    READ(ttss_json_get_double(input, "reference_dbfs", -120.0, 0.0, &p->validate.reference_dbfs,
                              err));
    READ(ttss_json_get_double(input, "select_reference_dbfs", -120.0, 0.0,
                              &p->select.reference_dbfs, err));
    READ(ttss_json_get_double(input, "select_reference_rate", 0.0, 1000.0,
                              &p->select.reference_rate, err));
    READ(ttss_json_get_int(input, "seed", 0, TTSS_SEED_MAX, &p->seed, err));
    READ(read_int32(input, "n_candidates", 1, TTSS_CANDIDATES_MAX, &p->n_candidates, err));
    READ(read_int32(input, "max_retries", 0, TTSS_RETRIES_MAX, &p->max_retries, err));
    READ(read_int32(input, "candidate", 0, 1000000, &p->first_candidate, err));
    READ(read_int32(input, "attempt", 0, 1000000, &p->first_attempt, err));
    READ(read_int32(input, "slice", 1, 4, &job->slice, err));
    READ(ttss_json_get_bool(input, "word_timestamps", &job->word_timestamps, err));
    READ(ttss_json_get_bool(input, "all_audio", &p->all_audio, err));
    READ(ttss_json_get_string(input, "validation_language", TTSS_TAG_MAX, &p->validate.language,
                              err));
    READ(ttss_json_get_string(input, "aliases", ALIASES_MAX, &p->validate.aliases, err));
    for (size_t i = 0; i < LIMITS; i++) {
        const char *name = NULL;
        int32_t *limit = limit_of(&p->validate, i, &name);
        READ(read_int32(input, name, -1, 1000000, limit, err));
    }
    READ(read_names(job, input, err));
    READ(read_prompt(job, input, err));
#undef READ
    if (!p->validate.language)
        p->validate.language = p->language;
    return code;
}

int32_t ttss_input_read(ttss_input *job, const char *json, size_t length, size_t longest_text,
                        ttsslice_error *err) {
    *job = (ttss_input){
        .params = {.language = "en",
                   .exaggeration = 0.3,
                   .cfg_weight = 0.3,
                   .temperature = -1.0,
                   .n_candidates = 3,
                   .max_retries = 3,
                   .validate = TTSSLICE_VALIDATE_OPTIONS_INIT,
                   .select = TTSSLICE_SELECT_OPTIONS_INIT},
        .slice = 4,
        .audio_format = "wav",
    };
    const json_t *input = NULL;
    int32_t code = ttss_json_parse_object(json, length, "the job", &job->root, err);
    if (!code)
        code = ttss_json_get_object(job->root, "input", &input, err);
    if (!code && !input)
        code = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "the job has no \"input\" object");
    if (!code)
        code = read_input(job, input, longest_text, err);
    return code;
}

void ttss_input_free(ttss_input *job) {
    json_decref(job->root);
    free(job->prompt);
    *job = (ttss_input){0};
}
