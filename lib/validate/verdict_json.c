/* SPDX-License-Identifier: MIT */
/* A verdict as JSON and back. Numbers are written with 17 digits, so what is read is what was
 * written; NaN is null. What is read comes from outside: every member is checked, unknown members
 * and defects of unknown kinds are passed over. */
#include "base/error.h"
#include "base/json.h"
#include "validate/verdict.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define WHOLE_MAX  INT64_C(9007199254740992) /* 2^53 */
#define STRING_MAX ((size_t)64 * 1024 * 1024)

/* --- writing -------------------------------------------------------------------------------- */

static json_t *counts_json(const ttsslice_verdict_info *info) {
    json_t *object = json_object();
    bool done = ttss_json_set(object, "text_words", json_integer(info->text_words)) &&
                ttss_json_set(object, "heard_words", json_integer(info->heard_words)) &&
                ttss_json_set(object, "hits", json_integer(info->hits)) &&
                ttss_json_set(object, "substitutions", json_integer(info->substitutions)) &&
                ttss_json_set(object, "deletions", json_integer(info->deletions)) &&
                ttss_json_set(object, "insertions", json_integer(info->insertions));
    if (!done)
        json_decref(object);
    return done ? object : NULL;
}

static bool set_span(json_t *object, size_t text_start, size_t text_length, double start_s,
                     double end_s) {
    return ttss_json_set(object, "text_start", json_integer((json_int_t)text_start)) &&
           ttss_json_set(object, "text_length", json_integer((json_int_t)text_length)) &&
           ttss_json_set(object, "audio_start_s", ttss_json_real(start_s)) &&
           ttss_json_set(object, "audio_end_s", ttss_json_real(end_s));
}

static json_t *defects_json(const ttsslice_verdict *verdict) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < verdict->defect_count && done; i++) {
        const ttsslice_defect *d = &verdict->defects[i];
        json_t *object = json_object();
        done = ttss_json_set(object, "kind", json_string(ttsslice_defect_name(d->kind))) &&
               ttss_json_set(object, "over_limit", json_boolean(d->over_limit)) &&
               set_span(object, d->text_start, d->text_length, d->audio_start_s, d->audio_end_s) &&
               ttss_json_set(object, "measured", ttss_json_real(d->measured)) &&
               ttss_json_set(object, "limit", ttss_json_real(d->limit)) &&
               ttss_json_set(object, "heard", json_string(d->heard)) &&
               ttss_json_set(object, "message", json_string(d->message)) &&
               json_array_append(array, object) == 0;
        json_decref(object);
    }
    if (!done)
        json_decref(array);
    return done ? array : NULL;
}

static json_t *words_json(const ttsslice_verdict *verdict) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < verdict->word_count && done; i++) {
        const ttsslice_aligned_word *w = &verdict->words[i];
        json_t *object = json_object();
        done = set_span(object, w->text_start, w->text_length, w->audio_start_s, w->audio_end_s) &&
               ttss_json_set(object, "heard", json_boolean(w->heard)) &&
               json_array_append(array, object) == 0;
        json_decref(object);
    }
    if (!done)
        json_decref(array);
    return done ? array : NULL;
}

int32_t ttsslice_verdict_json(const ttsslice_verdict *verdict, char **json, ttsslice_error *err) {
    if (!verdict || !json)
        return ttss_in_slice(
            err,
            ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", verdict ? "json" : "the verdict"),
            TTSSLICE_SLICE_VALIDATE, -1);
    const ttsslice_verdict_info *info = &verdict->info;
    json_t *object = json_object();
    char *text = NULL;
    if (ttss_json_set(object, "score", ttss_json_real(info->score)) &&
        ttss_json_set(object, "passed", json_boolean(info->passed)) &&
        ttss_json_set(object, "threshold", ttss_json_real(info->threshold)) &&
        ttss_json_set(object, "wer", ttss_json_real(info->wer)) &&
        ttss_json_set(object, "mer", ttss_json_real(info->mer)) &&
        ttss_json_set(object, "cer", ttss_json_real(info->cer)) &&
        ttss_json_set(object, "level_dbfs", ttss_json_real(info->level_dbfs)) &&
        ttss_json_set(object, "rate", ttss_json_real(info->rate)) &&
        ttss_json_set(object, "tail_s", ttss_json_real(info->tail_s)) &&
        ttss_json_set(object, "lead_s", ttss_json_real(info->lead_s)) &&
        ttss_json_set(object, "head_s", ttss_json_real(info->head_s)) &&
        ttss_json_set(object, "counts", counts_json(info)) &&
        ttss_json_set(object, "transcript", json_string(ttsslice_verdict_transcript(verdict))) &&
        ttss_json_set(object, "defects", defects_json(verdict)) &&
        ttss_json_set(object, "words", words_json(verdict)))
        text = ttss_json_dump(object, false);
    json_decref(object);
    if (!text)
        return ttss_in_slice(err, ttss_nomem(err), TTSSLICE_SLICE_VALIDATE, -1);
    *json = text;
    return 0;
}

/* --- reading -------------------------------------------------------------------------------- */

static int32_t get_count(const json_t *object, const char *key, int64_t *out, ttsslice_error *err) {
    return ttss_json_get_int(object, key, 0, WHOLE_MAX, out, err);
}

static int32_t get_real(const json_t *object, const char *key, double *out, ttsslice_error *err) {
    return ttss_json_get_double(object, key, -DBL_MAX, DBL_MAX, out, err);
}

static int32_t get_flag(const json_t *object, const char *key, int32_t *out, ttsslice_error *err) {
    bool value = *out != 0;
    int32_t code = ttss_json_get_bool(object, key, &value, err);
    *out = value;
    return code;
}

static int32_t get_span(const json_t *object, size_t *text_start, size_t *text_length,
                        double *start_s, double *end_s, ttsslice_error *err) {
    int64_t start = 0, length = 0;
    int32_t code = get_count(object, "text_start", &start, err);
    if (!code)
        code = get_count(object, "text_length", &length, err);
    if (!code)
        code = get_real(object, "audio_start_s", start_s, err);
    if (!code)
        code = get_real(object, "audio_end_s", end_s, err);
    *text_start = (size_t)start;
    *text_length = (size_t)length;
    return code;
}

static int32_t read_info(ttsslice_verdict_info *info, const json_t *object, ttsslice_error *err) {
    static const char *const needed[] = {"score", "passed"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *value = json_object_get(object, needed[i]);
        if (!value || json_is_null(value))
            return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                             "the verdict has no \"%s\"; it needs a score from 0 to 100 and passed",
                             needed[i]);
    }
    info->threshold = info->wer = info->mer = info->cer = (double)NAN;
    info->level_dbfs = info->rate = info->tail_s = (double)NAN;
    info->lead_s = info->head_s = (double)NAN;
    const json_t *counts = NULL;
    int32_t code = ttss_json_get_double(object, "score", 0.0, 100.0, &info->score, err);
    if (!code)
        code = get_flag(object, "passed", &info->passed, err);
    if (!code)
        code = get_real(object, "threshold", &info->threshold, err);
    if (!code)
        code = get_real(object, "wer", &info->wer, err);
    if (!code)
        code = get_real(object, "mer", &info->mer, err);
    if (!code)
        code = get_real(object, "cer", &info->cer, err);
    if (!code)
        code = get_real(object, "level_dbfs", &info->level_dbfs, err);
    if (!code)
        code = get_real(object, "rate", &info->rate, err);
    if (!code)
        code = get_real(object, "tail_s", &info->tail_s, err);
    if (!code)
        code = get_real(object, "lead_s", &info->lead_s, err);
    if (!code)
        code = get_real(object, "head_s", &info->head_s, err);
    if (!code)
        code = ttss_json_get_object(object, "counts", &counts, err);
    const struct {
        const char *key;
        int64_t *value;
    } members[] = {{"text_words", &info->text_words},
                   {"heard_words", &info->heard_words},
                   {"hits", &info->hits},
                   {"substitutions", &info->substitutions},
                   {"deletions", &info->deletions},
                   {"insertions", &info->insertions}};
    for (size_t i = 0; i < sizeof members / sizeof members[0] && !code && counts; i++)
        code = get_count(counts, members[i].key, members[i].value, err);
    return code;
}

static int32_t not_object(const char *what, size_t index, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                     "\"%s\" has a member (number %zu) that is no object", what, index);
}

static int32_t read_defect(ttsslice_verdict *verdict, const json_t *object, size_t index,
                           ttsslice_error *err) {
    ttsslice_defect d = {.audio_start_s = (double)NAN, .audio_end_s = (double)NAN};
    const char *kind = NULL;
    d.measured = d.limit = (double)NAN;
    d.heard = d.message = "";
    if (!json_is_object(object))
        return not_object("defects", index, err);
    int32_t code = ttss_json_get_string(object, "kind", 64, &kind, err);
    if (!code)
        code = get_flag(object, "over_limit", &d.over_limit, err);
    if (!code)
        code =
            get_span(object, &d.text_start, &d.text_length, &d.audio_start_s, &d.audio_end_s, err);
    if (!code)
        code = get_real(object, "measured", &d.measured, err);
    if (!code)
        code = get_real(object, "limit", &d.limit, err);
    if (!code)
        code = ttss_json_get_string(object, "heard", STRING_MAX, &d.heard, err);
    if (!code)
        code = ttss_json_get_string(object, "message", STRING_MAX, &d.message, err);
    if (code)
        return code;
    d.kind = kind ? ttss_defect_kind(kind) : 0;
    return !d.kind || ttss_verdict_add(verdict, &d) ? 0 : ttss_nomem(err);
}

static int32_t read_words(ttsslice_verdict *verdict, const json_t *array, ttsslice_error *err) {
    size_t count = json_array_size(array);
    if (!ttss_verdict_make_words(verdict, count))
        return ttss_nomem(err);
    for (size_t i = 0; i < count; i++) {
        ttsslice_aligned_word *w = &verdict->words[i];
        const json_t *object = json_array_get(array, i);
        if (!json_is_object(object))
            return not_object("words", i, err);
        int32_t code = get_span(object, &w->text_start, &w->text_length, &w->audio_start_s,
                                &w->audio_end_s, err);
        if (!code)
            code = get_flag(object, "heard", &w->heard, err);
        if (code)
            return code;
    }
    return 0;
}

static int32_t read_verdict(ttsslice_verdict *verdict, const json_t *object, ttsslice_error *err) {
    const json_t *defects = NULL, *words = NULL;
    const char *transcript = NULL;
    int32_t code = read_info(&verdict->info, object, err);
    if (!code)
        code = ttss_json_get_string(object, "transcript", STRING_MAX, &transcript, err);
    if (!code)
        code = ttss_json_get_array(object, "defects", &defects, err);
    if (!code)
        code = ttss_json_get_array(object, "words", &words, err);
    if (!code && transcript) {
        verdict->transcript = ttss_strdup(transcript);
        code = verdict->transcript ? 0 : ttss_nomem(err);
    }
    for (size_t i = 0; !code && i < json_array_size(defects); i++)
        code = read_defect(verdict, json_array_get(defects, i), i, err);
    if (!code && words)
        code = read_words(verdict, words, err);
    return code;
}

int32_t ttsslice_verdict_from_json(const char *json, size_t length, ttsslice_verdict **out,
                                   ttsslice_error *err) {
    json_t *object = NULL;
    ttsslice_verdict *verdict = NULL;
    int32_t ret;

    if (!json || !out) {
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", json ? "out" : "json");
        goto out;
    }
    if (length == TTSSLICE_NUL_TERMINATED)
        length = strlen(json);
    ret = ttss_json_parse_object(json, length, "the verdict", &object, err);
    if (ret)
        goto out;
    verdict = ttss_verdict_new();
    ret = verdict ? read_verdict(verdict, object, err) : ttss_nomem(err);
    if (!ret) {
        *out = verdict;
        verdict = NULL;
    }

out:
    json_decref(object);
    ttsslice_verdict_unref(verdict);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}
