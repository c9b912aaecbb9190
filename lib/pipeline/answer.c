/* SPDX-License-Identifier: MIT */
/* Answers: what a handler gives back, written by the handler and read by the client; see
 * protocol.h. The reader also takes what older handlers give: one take at the top level and no
 * candidates. */
#include "pipeline/protocol.h"

#include "audio/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/num.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUDIO_MAX    ((size_t)512 * 1024 * 1024)
#define ANSWER_TAKES (TTSS_CANDIDATES_MAX * (TTSS_RETRIES_MAX + 1))

/* --- writing -------------------------------------------------------------------------------- */

/* The words take most of the room and stand in the timeline too. */
static json_t *verdict_value(const ttsslice_verdict *verdict, bool words) {
    char *text = NULL;
    json_t *value = NULL;
    if (ttsslice_verdict_json(verdict, &text, NULL) == 0)
        value = json_loads(text, 0, NULL);
    ttsslice_free(text);
    if (value && !words)
        json_object_del(value, "words");
    return value;
}

json_t *ttss_candidate_json(const ttss_candidate *c, bool words) {
    json_t *object = json_object();
    char digest[20];
    snprintf(digest, sizeof digest, "%016" PRIx64, c->digest);
    bool ok = object && ttss_json_set(object, "candidate", json_integer(c->candidate)) &&
              ttss_json_set(object, "attempt", json_integer(c->attempt)) &&
              ttss_json_set(object, "seed", json_integer(c->seed)) &&
              ttss_json_set(object, "score", c->judged ? json_real(c->score) : json_null()) &&
              ttss_json_set(object, "passed", json_boolean(c->passed)) &&
              ttss_json_set(object, "duration_s", json_real(c->duration_s)) &&
              ttss_json_set(object, "digest", json_string(digest)) &&
              ttss_json_set(object, "generation_time_ms", json_integer(c->generation_ms));
    if (ok && c->validation_ms >= 0)
        ok = ttss_json_set(object, "validation_time_ms", json_integer(c->validation_ms));
    if (ok && c->injected)
        ok = ttss_json_set(object, "injected_defect", json_string(c->injected));
    if (ok && c->verdict)
        ok = ttss_json_set(object, "verdict", verdict_value(c->verdict, words));
    if (!ok) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static int32_t set_audio(json_t *object, const ttsslice_audio *audio, const char *format,
                         ttsslice_error *err) {
    void *bytes = NULL;
    size_t size = 0;
    ttss_buf text;
    int32_t code = ttsslice_audio_encode(audio, format, &bytes, &size, err);
    if (code)
        return code;
    ttss_buf_init(&text, SIZE_MAX / 2);
    if (!ttss_base64_encode(bytes, size, &text) ||
        !ttss_json_set(object, "audio_base64", json_stringn(text.data, text.length)) ||
        !ttss_json_set(object, "sample_rate", json_integer(ttsslice_audio_sample_rate(audio))) ||
        !ttss_json_set(object, "audio_duration_seconds",
                       json_real(ttsslice_audio_duration_s(audio))))
        code = ttss_nomem(err);
    ttss_buf_free(&text);
    ttsslice_free(bytes);
    return code;
}

/* Where none passed, as many as one round makes are sent, the best first by score. */
static bool among_best(const ttss_answer *answer, size_t i, int32_t most) {
    const ttss_candidate *items = answer->candidates.items;
    int32_t better = 0;
    for (size_t j = 0; j < answer->candidates.count; j++)
        better += items[j].score > items[i].score || (items[j].score == items[i].score && j < i);
    return better < most;
}

/* A take that did not pass cannot be chosen once another one did; its audio stays here. */
static bool is_sent(const ttss_input *job, const ttss_answer *answer, size_t i) {
    if (job->params.all_audio)
        return true;
    if (ttss_candidates_passed(&answer->candidates) > 0)
        return answer->candidates.items[i].passed;
    return among_best(answer, i, job->params.n_candidates);
}

static int32_t write_candidates(json_t *root, const ttss_input *job, const ttss_answer *answer,
                                ttsslice_error *err) {
    json_t *array = json_array();
    if (!ttss_json_set(root, "candidates", array))
        return ttss_nomem(err);
    for (size_t i = 0; i < answer->candidates.count; i++) {
        json_t *object = ttss_candidate_json(&answer->candidates.items[i], true);
        if (!ttss_json_append(array, object))
            return ttss_nomem(err);
        if (strcmp(job->audio_format, "opus") == 0)
            json_object_del(object, "digest"); /* lossy: what arrives is not what was made */
        if ((job->slice != 2 && job->slice != 3) || !is_sent(job, answer, i))
            continue;
        int32_t code = set_audio(object, answer->candidates.items[i].audio, job->audio_format, err);
        if (code)
            return code;
    }
    return 0;
}

static bool write_metadata(json_t *root, const ttss_answer *answer) {
    const ttss_candidates *list = &answer->candidates;
    json_t *metadata = json_object(), *scores = json_array();
    int64_t generation = 0, validation = 0;
    bool ok =
        ttss_json_set(root, "metadata", metadata) && ttss_json_set(metadata, "all_scores", scores);
    for (size_t i = 0; ok && i < list->count; i++) {
        ok = ttss_json_append(scores, list->items[i].judged ? json_real(list->items[i].score)
                                                            : json_null());
        generation += list->items[i].generation_ms > 0 ? list->items[i].generation_ms : 0;
        validation += list->items[i].validation_ms > 0 ? list->items[i].validation_ms : 0;
    }
    ok = ok &&
         ttss_json_set(metadata, "candidates_generated", json_integer((json_int_t)list->count)) &&
         ttss_json_set(metadata, "candidates_passed",
                       json_integer((json_int_t)ttss_candidates_passed(list))) &&
         ttss_json_set(metadata, "retries_used", json_integer(answer->rounds - 1)) &&
         ttss_json_set(metadata, "generation_time_ms", json_integer(generation)) &&
         ttss_json_set(metadata, "validation_time_ms", json_integer(validation));
    const char *injected = answer->selected ? list->items[answer->selection.index].injected : NULL;
    if (ok && injected)
        ok = ttss_json_set(metadata, "injected_defect", json_string(injected));
    return ok;
}

/* The chosen take at the top, where clients of the deployed handler look for it. */
static int32_t write_selected(json_t *root, const ttss_input *job, const ttss_answer *answer,
                              ttsslice_error *err) {
    const ttss_candidate *take = &answer->candidates.items[answer->selection.index];
    int32_t code = set_audio(root, take->audio, job->audio_format, err);
    if (code || job->slice != 4)
        return code;
    json_t *validation = json_object(), *selection = json_object();
    bool ok =
        ttss_json_set(root, "best_score", json_real(take->score)) &&
        ttss_json_set(root, "validation", validation) &&
        ttss_json_set(validation, "selected_score", json_real(take->score)) &&
        ttss_json_set(validation, "selected_passed", json_boolean(take->passed)) &&
        ttss_json_set(root, "selection", selection) &&
        ttss_json_set(selection, "index", json_integer((json_int_t)answer->selection.index)) &&
        ttss_json_set(selection, "passed", json_boolean(answer->selection.passed)) &&
        ttss_json_set(selection, "reason",
                      json_string(ttsslice_reason_name(answer->selection.reason)));
    json_t *verdict = take->verdict ? verdict_value(take->verdict, true) : NULL;
    if (take->verdict && !verdict)
        ok = false;
    if (ok && verdict) {
        json_t *defects = json_object_get(verdict, "defects");
        ok = json_object_set(root, "defects", defects) == 0;
        if (ok && job->word_timestamps)
            ok = json_object_set(root, "words", json_object_get(verdict, "words")) == 0;
    }
    json_decref(verdict);
    return ok ? 0 : ttss_nomem(err);
}

int32_t ttss_answer_write(const ttss_input *job, const ttss_answer *answer, char **json,
                          ttsslice_error *err) {
    int32_t code = 0;
    char *text = NULL;
    json_t *root = json_object(), *engine = json_object();
    bool ok = root && ttss_json_set(root, "status", json_string("success")) &&
              ttss_json_set(root, "slice", json_integer(job->slice)) &&
              ttss_json_set(root, "library_version", json_string(ttsslice_version_string())) &&
              ttss_json_set(root, "engine", engine) &&
              ttss_json_set(engine, "generator", json_string(answer->generator)) &&
              ttss_json_set(engine, "transcriber", json_string(answer->transcriber)) &&
              write_metadata(root, answer);
    if (ok && job->request_id)
        ok = ttss_json_set(root, "request_id", json_string(job->request_id));
    if (!ok)
        code = ttss_nomem(err);
    if (!code && answer->selected)
        code = write_selected(root, job, answer, err);
    if (!code)
        code = write_candidates(root, job, answer, err);
    if (!code) {
        text = ttss_json_dump(root, false);
        code = text ? 0 : ttss_nomem(err);
    }
    json_decref(root);
    if (!code)
        *json = text;
    return code;
}

/* Failures that another try with the same job may mend. */
static bool is_retryable(int32_t code) {
    return code == TTSSLICE_ERR_NOMEM || code == TTSSLICE_ERR_ENGINE ||
           code == TTSSLICE_ERR_TIMEOUT || code == TTSSLICE_ERR_SYSTEM;
}

char *ttss_failure_write(const ttsslice_error *err, const char *request_id) {
    json_t *root = json_object();
    bool ok = root && ttss_json_set(root, "error", json_string(err->message)) &&
              ttss_json_set(root, "error_code", json_string(ttsslice_code_name(err->code))) &&
              ttss_json_set(root, "retryable", json_boolean(is_retryable(err->code))) &&
              ttss_json_set(root, "library_version", json_string(ttsslice_version_string()));
    if (ok && request_id)
        ok = ttss_json_set(root, "request_id", json_string(request_id));
    char *text = ok ? ttss_json_dump(root, false) : NULL;
    json_decref(root);
    return text;
}

/* --- reading -------------------------------------------------------------------------------- */

/* The attachment that stands for "attachment:N"; NULL: the text is the audio itself. */
static const ttsslice_attachment *attachment(const ttss_output_text *output, const char *text) {
    static const char mark[] = "attachment:";
    int64_t number = 0;
    if (strncmp(text, mark, sizeof mark - 1) != 0 ||
        !ttss_int_parse(text + sizeof mark - 1, 0, (int64_t)output->attachment_count - 1, &number))
        return NULL;
    return &output->attachments[number];
}

/* Lossless files keep the model's rate; lossy ones may have to change it. */
static bool is_lossless(const ttsslice_attachment *file, const char *text) {
    if (!file)
        return strncmp(text, "UklGR", 5) == 0 || strncmp(text, "ZkxhQ", 5) == 0;
    return file->size > 4 &&
           (memcmp(file->bytes, "RIFF", 4) == 0 || memcmp(file->bytes, "fLaC", 4) == 0);
}

/* A file that gives another rate than the model's speaks too slow and too low, or the reverse. */
static int32_t check_rate(const json_t *object, const ttsslice_attachment *file, const char *text,
                          const ttsslice_audio *audio, ttsslice_error *err) {
    int32_t there = ttsslice_audio_sample_rate(audio);
    int64_t said = there;
    int32_t code = ttss_json_get_int(object, "sample_rate", 1, INT32_MAX, &said, err);
    if (code || said == there || !is_lossless(file, text))
        return code;
    return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                     "the handler says that its audio has %d samples a second, and the file says "
                     "%d; look at how the handler writes it",
                     (int)said, (int)there);
}

static int32_t get_audio(const json_t *object, const ttss_output_text *output, ttsslice_audio **out,
                         ttsslice_error *err) {
    const char *text = NULL;
    int32_t code = ttss_json_get_string(object, "audio_base64", AUDIO_MAX, &text, err);
    if (!code && !text)
        code = ttss_json_get_string(object, "audio", AUDIO_MAX, &text, err);
    if (code || !text)
        return code;
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    const ttsslice_attachment *file = attachment(output, text);
    code = file ? ttsslice_audio_decode(file->bytes, file->size, out, &why)
                : ttsslice_audio_decode_base64(text, strlen(text), out, &why);
    if (code == TTSSLICE_ERR_AUDIO)
        code = TTSSLICE_ERR_PROTOCOL; /* the fault is the handler's, not that of a file here */
    if (code)
        return ttss_fail(err, code, "the handler's audio cannot be used: %s", why.message);
    code = check_rate(object, file, text, *out, err);
    if (code) {
        ttsslice_audio_unref(*out);
        *out = NULL;
    }
    return code;
}

static int32_t get_verdict(const json_t *object, ttss_candidate *c, ttsslice_error *err) {
    const json_t *value = NULL;
    int32_t code = ttss_json_get_object(object, "verdict", &value, err);
    if (code || !value)
        return code;
    ttsslice_verdict *verdict = NULL;
    char *text = ttss_json_dump(value, false);
    code = text ? ttsslice_verdict_from_json(text, strlen(text), &verdict, err) : ttss_nomem(err);
    free(text);
    if (!code)
        ttss_candidate_set_verdict(c, verdict);
    ttsslice_verdict_unref(verdict);
    return code;
}

/* A score, and whether it is enough, which handlers that do not say so leave to the threshold. */
static int32_t get_score(const json_t *object, const char *score_key, const char *passed_key,
                         const ttss_take_params *params, ttss_candidate *c, ttsslice_error *err) {
    double score = -1.0;
    int32_t code = ttss_json_get_double(object, score_key, 0.0, 100.0, &score, err);
    if (!code && score >= 0.0) {
        c->judged = true;
        c->score = score;
        c->passed = score >= params->validate.whisper_threshold;
    }
    bool passed = c->passed != 0;
    if (!code)
        code = ttss_json_get_bool(object, passed_key, &passed, err);
    c->passed = passed;
    return code;
}

static int32_t get_numbers(const json_t *object, const ttss_take_params *params, ttss_candidate *c,
                           ttsslice_error *err) {
    int64_t candidate = c->candidate, attempt = c->attempt;
    const char *injected = NULL, *digest = NULL;
    int32_t code = ttss_json_get_int(object, "candidate", 0, INT32_MAX, &candidate, err);
    if (!code)
        code = ttss_json_get_int(object, "attempt", 0, INT32_MAX, &attempt, err);
    if (!code)
        code = ttss_json_get_int(object, "seed", 0, INT64_MAX, &c->seed, err);
    if (!code)
        code =
            ttss_json_get_int(object, "generation_time_ms", -1, INT64_MAX, &c->generation_ms, err);
    if (!code)
        code =
            ttss_json_get_int(object, "validation_time_ms", -1, INT64_MAX, &c->validation_ms, err);
    if (!code)
        code = ttss_json_get_double(object, "duration_s", 0.0, 1e9, &c->duration_s, err);
    if (!code)
        code = get_score(object, "score", "passed", params, c, err);
    if (!code)
        code = ttss_json_get_string(object, "injected_defect", 65536, &injected, err);
    if (!code)
        code = ttss_json_get_string(object, "digest", 16, &digest, err);
    if (code)
        return code;
    c->candidate = (int32_t)candidate;
    c->attempt = (int32_t)attempt;
    c->digest = digest ? strtoull(digest, NULL, 16) : 0;
    c->injected = ttss_strdup(injected);
    return injected && !c->injected ? ttss_nomem(err) : 0;
}

/* The digest is made anew from what arrived, so damage on the way shows. */
static int32_t adopt_audio(ttss_candidate *c, ttsslice_audio *audio, ttsslice_error *err) {
    uint64_t digest = ttsslice_audio_digest(audio);
    if (c->digest && c->digest != digest)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "the audio of candidate %d is not what the handler made (lossy format or "
                         "damage on the way)",
                         c->candidate);
    c->digest = digest;
    c->duration_s = ttsslice_audio_duration_s(audio);
    c->audio = ttsslice_audio_ref(audio);
    return 0;
}

static int32_t read_candidate(ttss_answer *answer, const ttss_output_text *output,
                              const json_t *object, int32_t number, const ttss_take_params *params,
                              ttsslice_error *err) {
    ttss_candidate c = {.candidate = params->first_candidate + number,
                        .attempt = params->first_attempt,
                        .score = 100.0,
                        .passed = 1,
                        .position = number,
                        .generation_ms = -1,
                        .validation_ms = -1};
    ttsslice_audio *audio = NULL;
    if (!json_is_object(object))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "a candidate is not an object");
    int32_t code = get_numbers(object, params, &c, err);
    if (!code)
        code = get_verdict(object, &c, err);
    if (!code)
        code = get_audio(object, output, &audio, err);
    if (!code && audio)
        code = adopt_audio(&c, audio, err);
    ttsslice_audio_unref(audio);
    if (code) {
        ttss_candidate_clear(&c);
        return code;
    }
    return ttss_candidates_add(&answer->candidates, &c, err);
}

/* An answer without candidates: the one take at the top is all there is. */
static int32_t read_single(ttss_answer *answer, const json_t *root, const ttss_take_params *params,
                           ttsslice_error *err) {
    ttss_candidate c = {.candidate = params->first_candidate,
                        .attempt = params->first_attempt,
                        .score = 100.0,
                        .passed = 1,
                        .generation_ms = -1,
                        .validation_ms = -1};
    const json_t *validation = NULL;
    int32_t code = ttss_json_get_object(root, "validation", &validation, err);
    if (!code)
        code = get_score(root, "best_score", "passed", params, &c, err);
    if (!code && validation)
        code = get_score(validation, "selected_score", "selected_passed", params, &c, err);
    return code ? code : ttss_candidates_add(&answer->candidates, &c, err);
}

static int32_t read_selection(ttss_answer *answer, const json_t *root, ttsslice_error *err) {
    const json_t *object = NULL;
    const char *reason = "";
    int64_t index = 0;
    int32_t code = ttss_json_get_object(root, "selection", &object, err);
    if (!code && object)
        code = ttss_json_get_int(object, "index", 0, (int64_t)answer->candidates.count - 1, &index,
                                 err);
    if (!code && object)
        code = ttss_json_get_string(object, "reason", 64, &reason, err);
    if (code)
        return code;
    /* The number is that in the answer; the list is in an order of its own. */
    size_t at = 0;
    while (at < answer->candidates.count && answer->candidates.items[at].position != index)
        at++;
    if (at == answer->candidates.count)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "two candidates have the same numbers");
    answer->selected = true;
    answer->selection.index = at;
    answer->selection.passed = answer->candidates.items[at].passed;
    answer->selection.reason =
        answer->selection.passed ? TTSSLICE_REASON_BEST_SCORE : TTSSLICE_REASON_NONE_PASSED;
    for (int32_t r = TTSSLICE_REASON_BEST_SCORE; r <= TTSSLICE_REASON_CLEANEST; r++)
        if (strcmp(ttsslice_reason_name(r), reason) == 0)
            answer->selection.reason = r;
    return 0;
}

static int32_t read_candidates(ttss_answer *answer, const ttss_output_text *output,
                               const json_t *root, const ttss_take_params *params,
                               ttsslice_error *err) {
    const json_t *array = NULL;
    int32_t code = ttss_json_get_array(root, "candidates", &array, err);
    if (!code && json_array_size(array) > ANSWER_TAKES)
        code = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "%zu candidates are more than were asked for",
                         json_array_size(array));
    for (size_t i = 0; !code && i < json_array_size(array); i++)
        code = read_candidate(answer, output, json_array_get(array, i), (int32_t)i, params, err);
    if (!code && answer->candidates.count == 0)
        code = read_single(answer, root, params, err);
    return code;
}

/* Audio at the top belongs to the take that was decided on. */
static int32_t read_top_audio(ttss_answer *answer, const ttss_output_text *output,
                              const json_t *root, ttsslice_error *err) {
    ttsslice_audio *audio = NULL;
    int32_t code = get_audio(root, output, &audio, err);
    ttss_candidate *take = &answer->candidates.items[answer->selection.index];
    if (!code && audio && !take->audio)
        code = adopt_audio(take, audio, err);
    ttsslice_audio_unref(audio);
    return code;
}

/* Some handlers give the audio alone, as a text, and generators a list of one. */
static int32_t parse_output(const ttss_output_text *output, json_t **root, ttsslice_error *err) {
    json_error_t parse;
    json_t *value = ttss_json_load_reply(output->json, output->length, &parse);
    const json_t *inner = json_array_size(value) == 1 ? json_array_get(value, 0) : value;
    json_t *object = NULL;
    if (json_is_string(inner)) {
        object = json_object();
        if (json_object_set(object, "audio_base64", (json_t *)inner) != 0) {
            json_decref(object);
            object = NULL;
        }
    } else if (value != inner && json_is_object(inner)) {
        object = json_incref((json_t *)inner);
    }
    json_decref(value);
    *root = object;
    return object ? 0
                  : ttss_json_parse_reply(output->json, output->length, "the handler's output",
                                          root, err);
}

int32_t ttss_answer_read(ttss_answer *answer, const ttss_output_text *output,
                         const ttss_take_params *params, int32_t slice, ttsslice_error *err) {
    *answer = (ttss_answer){.selection = TTSSLICE_SELECTION_INIT, .rounds = 1};
    json_t *root = NULL;
    const json_t *metadata = NULL;
    int64_t retries = 0;
    size_t with_audio = 0;
    int32_t code = parse_output(output, &root, err);
    if (!code)
        code = read_candidates(answer, output, root, params, err);
    if (!code)
        code = read_selection(answer, root, err);
    if (!code)
        code = read_top_audio(answer, output, root, err);
    if (!code)
        code = ttss_json_get_object(root, "metadata", &metadata, err);
    if (!code && metadata)
        code = ttss_json_get_int(metadata, "retries_used", 0, TTSS_RETRIES_MAX, &retries, err);
    json_decref(root);
    if (code)
        return code;
    answer->rounds = (int32_t)retries + 1;
    answer->selected = slice == 4;
    for (size_t i = 0; i < answer->candidates.count; i++)
        with_audio += answer->candidates.items[i].audio != NULL;
    if (!with_audio || (slice == 4 && !answer->candidates.items[answer->selection.index].audio))
        return ttss_fail(err, TTSSLICE_ERR_EMPTY_RESULT,
                         "the handler's output holds no audio (neither audio_base64 nor candidates "
                         "with it)");
    return 0;
}

void ttss_answer_free(ttss_answer *answer) {
    ttss_candidates_free(&answer->candidates);
    *answer = (ttss_answer){0};
}
