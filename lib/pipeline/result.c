/* SPDX-License-Identifier: MIT */
/* Results: the records of a run once it is over, and the reports made of them. */
#include "pipeline/run_private.h"

#include "base/pause_mark.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/words.h"
#include "pipeline/protocol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- making --------------------------------------------------------------------------------- */

/* Without the query: that of a presigned URL is a secret. */
static json_t *shown_url(const char *url) {
    return url ? json_stringn(url, strcspn(url, "?#")) : json_null();
}

static json_t *settings_of(const ttsslice_run *run) {
    const ttsslice_plan *p = &run->plan;
    const ttss_take_params *t = &run->params;
    return json_pack(
        "{s:{s:s,s:s,s:s,s:s,s:s,s:s,s:i},s:{s:I,s:I,s:s,s:s?,s:i,s:i,s:I,s:s,s:o,s:f,s:f,s:o,s:f,"
        "s:s,s:s,s:s,s:s,s:f,s:f,s:b,"
        "s:I,s:I,s:I},s:{s:s,s:s}}",
        "plan", "generate", ttsslice_place_name(p->generate), "chunk",
        ttsslice_place_name(p->chunk), "dispatch", ttsslice_place_name(p->dispatch), "validate",
        ttsslice_place_name(p->validate), "select", ttsslice_place_name(p->select), "concat",
        ttsslice_place_name(p->concat), "takes_per_request", p->takes_per_request, "options",
        "max_phrase_len", (json_int_t)run->chunk.max_phrase_len, "min_chars_merge",
        (json_int_t)run->chunk.min_chars_merge, "packing",
        ttsslice_packing_name(run->chunk.packing), "abbreviations", run->abbreviations,
        "n_candidates", t->n_candidates, "max_retries", t->max_retries, "seed", (json_int_t)t->seed,
        "language", t->language, "audio_prompt_url", shown_url(t->audio_prompt_url), "exaggeration",
        t->exaggeration, "cfg_weight", t->cfg_weight, "temperature",
        t->temperature < 0 ? json_null() : json_real(t->temperature), "whisper_threshold",
        t->validate.whisper_threshold, "validation_rule",
        t->validate.rule == TTSSLICE_RULE_SCORE ? "score" : "defects", "select_policy",
        ttsslice_policy_name(t->select.policy), "takes", ttsslice_takes_name(t->takes),
        "on_exhaustion", ttsslice_on_exhaustion_name(run->on_exhaustion), "reference_dbfs",
        t->select.reference_dbfs, "reference_rate", t->select.reference_rate, "pauses",
        run->chunk.pauses, "pause_ms", (json_int_t)run->concat.pause_ms, "fade_ms",
        (json_int_t)run->concat.fade_ms, "max_in_flight", (json_int_t)run->max_in_flight, "engine",
        "generator", run->generator ? ttsslice_generator_name(run->generator) : "handler",
        "transcriber", run->transcriber ? ttsslice_transcriber_name(run->transcriber) : "handler");
}

int32_t ttss_record_init(ttss_record *record, const ttsslice_run *run, int64_t index, size_t start,
                         size_t length, int32_t break_after, ttsslice_error *err) {
    record->info = (ttsslice_chunk_result){
        .index = index,
        .text_start = start,
        .text_length = length,
        .break_after = break_after,
        .score = NAN,
        .error = "",
        .job_id = "",
        .worker_id = "",
        .level_offset_db = NAN,
        .cost = -1.0,
    };
    record->pause_ms = -1;
    record->text = ttss_memdup(run->text + start, length);
    if (!record->text)
        return ttss_nomem(err);
    ttss_words words = {0};
    int32_t code = ttss_words_read(&words, record->text, length, run->language, err);
    record->silent = words.token_count == 0 || ttss_is_pause(run, record->text, length);
    ttss_words_free(&words);
    return code;
}

bool ttss_is_pause(const ttsslice_run *run, const char *text, size_t length) {
    return run->chunk.pauses && ttss_pause_mark_read(text, length) >= 0;
}

/* Marks of pauses count for the last chunk before them that is said. */
static void hand_pauses_back(ttsslice_result *result, const ttsslice_run *run) {
    int64_t pause_ms = -1;
    for (size_t i = result->count; i-- > 0;) {
        ttss_record *record = &result->records[i];
        if (ttss_is_pause(run, record->text, record->info.text_length)) {
            pause_ms = (pause_ms < 0 ? 0 : pause_ms) +
                       ttss_pause_mark_read(record->text, record->info.text_length);
        } else if (!record->silent) {
            record->pause_ms = pause_ms < TTSS_PAUSE_MAX_MS ? pause_ms : TTSS_PAUSE_MAX_MS;
            pause_ms = -1;
        }
    }
}

void ttss_record_free(ttss_record *record) {
    for (size_t i = 0; record->parts && i < TTSS_PARTS; i++)
        ttss_record_free(&record->parts[i]);
    free(record->parts);
    ttss_candidates_free(&record->candidates);
    free(record->candidate_infos);
    free(record->text);
    free(record->error);
    free(record->job_id);
    free(record->worker_id);
    *record = (ttss_record){0};
}

int32_t ttss_result_new(const ttsslice_run *run, const char *path, ttsslice_result **out,
                        ttsslice_error *err) {
    size_t count = ttsslice_chunks_count(run->chunks);
    ttsslice_result *result = ttss_new(ttsslice_result);
    if (!result)
        return ttss_nomem(err);
    ttss_refs_init(&result->refs);
    result->level_dbfs = result->rate = (double)NAN;
    result->records = ttss_new_array(count, sizeof *result->records);
    result->path = ttss_strdup(path);
    result->settings = settings_of(run);
    int32_t code = result->records && result->path && result->settings ? 0 : ttss_nomem(err);
    for (size_t i = 0; i < count && !code; i++) {
        const ttsslice_chunk_info *chunk = ttsslice_chunks_get(run->chunks, i);
        code = ttss_record_init(&result->records[i], run, (int64_t)i, chunk->start, chunk->length,
                                chunk->break_after, err);
        result->count = i + 1;
    }
    if (!code)
        hand_pauses_back(result, run);
    if (code) {
        ttsslice_result_unref(result);
        return code;
    }
    *out = result;
    return 0;
}

static void publish_strings(ttss_record *record) {
    record->info.error = record->error ? record->error : "";
    record->info.job_id = record->job_id ? record->job_id : "";
    record->info.worker_id = record->worker_id ? record->worker_id : "";
    record->info.candidate_count = record->candidates.count;
}

int32_t ttss_record_fail(ttss_record *record, int32_t code, int32_t http_status,
                         const char *message, ttsslice_error *err) {
    record->error = ttss_strdup(message[0] ? message : ttsslice_code_name(code));
    if (!record->error)
        return ttss_nomem(err);
    ttss_tidy(record->error);
    record->info.code = code;
    record->info.http_status = http_status;
    record->info.passed = 0;
    record->info.reason = 0;
    record->info.score = NAN;
    ttss_candidates_free(&record->candidates);
    free(record->candidate_infos);
    record->candidate_infos = NULL;
    publish_strings(record);
    return 0;
}

int32_t ttss_record_settle(ttss_record *record, const ttsslice_selection *selection,
                           ttsslice_error *err) {
    size_t count = record->candidates.count;
    record->candidate_infos = ttss_new_array(count, sizeof *record->candidate_infos);
    if (!record->candidate_infos)
        return ttss_nomem(err);
    for (size_t i = 0; i < count; i++) {
        ttss_candidate *c = &record->candidates.items[i];
        record->candidate_infos[i] = (ttsslice_candidate_info){
            .candidate = c->candidate,
            .attempt = c->attempt,
            .seed = c->seed,
            .score = c->judged ? c->score : NAN,
            .duration_s = c->duration_s,
            .digest = c->digest,
            .generation_ms = c->generation_ms,
            .validation_ms = c->validation_ms,
            .verdict = c->verdict,
            .injected_defect = c->injected ? c->injected : "",
            .passed = c->passed,
        };
        if (i != selection->index) {
            ttsslice_audio_unref(c->audio);
            c->audio = NULL;
        }
    }
    record->info.selected = selection->index;
    record->info.score = record->candidate_infos[selection->index].score;
    record->info.passed = selection->passed;
    record->info.reason = selection->reason;
    publish_strings(record);
    return 0;
}

/* --- reading -------------------------------------------------------------------------------- */

size_t ttsslice_result_count(const ttsslice_result *result) {
    return result ? result->count : 0;
}

const ttsslice_chunk_result *ttsslice_result_chunk(const ttsslice_result *result, size_t index) {
    return result && index < result->count ? &result->records[index].info : NULL;
}

static const ttsslice_candidate_info *candidate_of(const ttss_record *record, size_t index) {
    return record && record->candidate_infos && index < record->candidates.count
               ? &record->candidate_infos[index]
               : NULL;
}

const ttsslice_candidate_info *ttsslice_result_candidate(const ttsslice_result *result,
                                                         size_t chunk, size_t index) {
    return candidate_of(result && chunk < result->count ? &result->records[chunk] : NULL, index);
}

static const ttss_record *part_of(const ttsslice_result *result, size_t chunk, size_t part) {
    if (!result || chunk >= result->count || part >= result->records[chunk].info.part_count)
        return NULL;
    return &result->records[chunk].parts[part];
}

const ttsslice_chunk_result *ttsslice_result_part(const ttsslice_result *result, size_t chunk,
                                                  size_t part) {
    const ttss_record *record = part_of(result, chunk, part);
    return record ? &record->info : NULL;
}

const ttsslice_candidate_info *ttsslice_result_part_candidate(const ttsslice_result *result,
                                                              size_t chunk, size_t part,
                                                              size_t index) {
    return candidate_of(part_of(result, chunk, part), index);
}

const ttsslice_timeline *ttsslice_result_timeline(const ttsslice_result *result) {
    return result ? result->timeline : NULL;
}

const ttsslice_dispatch_totals *ttsslice_result_totals(const ttsslice_result *result) {
    return result && result->has_totals ? &result->totals : NULL;
}

ttsslice_result *ttsslice_result_ref(ttsslice_result *result) {
    if (result)
        ttss_refs_take(&result->refs);
    return result;
}

void ttsslice_result_unref(ttsslice_result *result) {
    if (!result || !ttss_refs_drop(&result->refs))
        return;
    for (size_t i = 0; i < result->count; i++)
        ttss_record_free(&result->records[i]);
    free(result->records);
    ttsslice_timeline_unref(result->timeline);
    json_decref(result->settings);
    free(result->path);
    free(result);
}

/* --- reports -------------------------------------------------------------------------------- */

static bool add_candidates(json_t *object, const ttss_record *record) {
    json_t *array = json_array();
    bool ok = ttss_json_set(object, "candidates", array);
    for (size_t i = 0; ok && i < record->candidates.count; i++)
        ok = ttss_json_append(array, ttss_candidate_json(&record->candidates.items[i], false));
    return ok;
}

static bool add_outcome(json_t *object, const ttsslice_chunk_result *info) {
    if (info->reason == TTSSLICE_REASON_SILENT)
        return true;
    if (info->code)
        return ttss_json_set(object, "error", json_string(info->error)) &&
               ttss_json_set(object, "error_code", json_string(ttsslice_code_name(info->code)));
    return ttss_json_set(object, "selected",
                         info->selected < info->candidate_count
                             ? json_integer((json_int_t)info->selected)
                             : json_null()) &&
           ttss_json_set(object, "score", ttss_json_real(info->score)) &&
           ttss_json_set(object, "passed", json_boolean(info->passed)) &&
           ttss_json_set(object, "reason", json_string(ttsslice_reason_name(info->reason)));
}

static bool is_judged(const ttss_record *record) {
    return !isnan(record->info.score);
}

static const char *status_of(const ttss_record *record) {
    if (!record->done)
        return "not_done";
    if (record->silent)
        return "silent";
    if (record->silenced && !record->info.code)
        return "silenced";
    if (record->info.code)
        return "failed";
    if (!is_judged(record))
        return "not_validated";
    return record->info.passed ? "passed" : "not_passed";
}

/* Where the chunk is in the output; `entry` may be NULL. */
static bool add_place(json_t *object, const ttsslice_timeline_entry *entry) {
    return !entry || (ttss_json_set(object, "start_frame", json_integer(entry->start_frame)) &&
                      ttss_json_set(object, "end_frame", json_integer(entry->end_frame)));
}

static json_t *chunk_json(const ttss_record *record, const ttsslice_timeline_entry *entry) {
    const ttsslice_chunk_result *info = &record->info;
    json_t *object = json_object();
    bool ok = object && ttss_json_set(object, "index", json_integer(info->index)) &&
              ttss_json_set(object, "text", json_string(record->text)) &&
              ttss_json_set(object, "text_start", json_integer((json_int_t)info->text_start)) &&
              ttss_json_set(object, "text_length", json_integer((json_int_t)info->text_length)) &&
              ttss_json_set(object, "break", json_string(ttsslice_break_name(info->break_after))) &&
              (record->pause_ms < 0 ||
               ttss_json_set(object, "pause_ms", json_integer(record->pause_ms))) &&
              ttss_json_set(object, "status", json_string(status_of(record))) &&
              ttss_json_set(object, "rounds", json_integer(info->rounds)) &&
              ttss_json_set(object, "elapsed_ms", json_integer(info->elapsed_ms));
    if (ok && record->done)
        ok = add_outcome(object, info) && add_place(object, entry);
    if (ok && info->http_attempts)
        ok = ttss_json_set(object, "http_attempts", json_integer(info->http_attempts)) &&
             ttss_json_set(object, "http_status", json_integer(info->http_status)) &&
             ttss_json_set(object, "job_id", json_string(info->job_id)) &&
             ttss_json_set(object, "worker_id", json_string(info->worker_id)) &&
             ttss_json_set(object, "billed_ms", json_integer(info->billed_ms)) &&
             (info->cost < 0.0 || ttss_json_set(object, "cost", ttss_json_rounded(info->cost, 6)));
    if (ok && isfinite(info->level_offset_db))
        ok =
            ttss_json_set(object, "level_offset_db", ttss_json_rounded(info->level_offset_db, 2)) &&
            ttss_json_set(object, "loudness_outlier", json_boolean(info->loudness_outlier));
    ok = ok && add_candidates(object, record);
    if (ok && info->part_count)
        ok = ttss_json_set(object, "parts", json_array());
    for (size_t i = 0; ok && i < info->part_count; i++)
        ok =
            ttss_json_append(json_object_get(object, "parts"), chunk_json(&record->parts[i], NULL));
    if (!ok) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* What the jobs came to. */
static bool add_totals(json_t *object, const ttsslice_dispatch_totals *t) {
    return ttss_json_set(object, "jobs", json_integer(t->jobs)) &&
           ttss_json_set(object, "saved_jobs", json_integer(t->saved)) &&
           ttss_json_set(object, "submissions", json_integer(t->submissions)) &&
           ttss_json_set(object, "resubmissions", json_integer(t->retries)) &&
           ttss_json_set(object, "hedges", json_integer(t->hedges)) &&
           ttss_json_set(object, "hedges_won", json_integer(t->hedges_won)) &&
           ttss_json_set(object, "possible_duplicates", json_integer(t->possible_duplicates)) &&
           ttss_json_set(object, "billed_ms", json_integer(t->billed_ms)) &&
           (t->cost < 0.0 || ttss_json_set(object, "cost", ttss_json_rounded(t->cost, 6)));
}

typedef struct tally {
    json_int_t failed, not_passed, unjudged, candidates, damaged, caught, retries, resplit,
        silenced;
} tally;

static void count_takes(tally *sum, const ttss_record *record) {
    sum->candidates += (json_int_t)record->candidates.count;
    sum->retries += record->info.rounds > 1 ? record->info.rounds - 1 : 0;
    for (size_t j = 0; j < record->candidates.count; j++) {
        const ttss_candidate *c = &record->candidates.items[j];
        sum->damaged += c->injected != NULL;
        sum->caught += c->injected && !c->passed;
    }
}

static void count_chunk(tally *sum, const ttss_record *record) {
    sum->failed += record->done && record->info.code;
    sum->not_passed += record->done && !record->info.code && !record->info.passed;
    sum->unjudged += record->candidates.count > 0 && !is_judged(record);
    sum->resplit += record->info.part_count > 0;
    sum->silenced += record->silenced;
    count_takes(sum, record);
    for (size_t i = 0; record->parts && i < TTSS_PARTS; i++)
        count_takes(sum, &record->parts[i]);
}

static json_t *summary_json(const ttsslice_result *result) {
    tally sum = {0};
    for (size_t i = 0; i < result->count; i++)
        count_chunk(&sum, &result->records[i]);
    json_t *object =
        json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:o,s:o,s:I}", "chunks",
                  (json_int_t)result->count, "failed", sum.failed, "not_passed", sum.not_passed,
                  "not_validated", sum.unjudged, "resplit", sum.resplit, "silenced", sum.silenced,
                  "candidates", sum.candidates, "retries_used", sum.retries, "injected_defects",
                  sum.damaged, "injected_defects_caught", sum.caught, "level_dbfs",
                  ttss_json_rounded(result->level_dbfs, 2), "rate",
                  ttss_json_rounded(result->rate, 2), "elapsed_ms", (json_int_t)result->elapsed_ms);
    if (object && result->has_totals && !add_totals(object, &result->totals)) {
        json_decref(object);
        object = NULL;
    }
    return object;
}

/* File names are bytes; JSON is not. NULL for no file, too. */
static char *shown_path(const char *path) {
    char *copy = path[0] ? ttss_strdup(path) : NULL;
    if (copy)
        ttss_tidy(copy);
    return copy;
}

/* NULL also where it was not measured. */
static json_t *loudness_json(const ttsslice_timeline *timeline) {
    ttsslice_loudness l = TTSSLICE_LOUDNESS_INIT;
    double gain_db = 0.0;
    if (ttsslice_timeline_loudness(timeline, &l, &gain_db, NULL) != 0)
        return NULL;
    json_t *o = json_object();
    if (ttss_json_set(o, "integrated_lufs", ttss_json_rounded(l.integrated_lufs, 2)) &&
        ttss_json_set(o, "range_lu", ttss_json_rounded(l.range_lu, 2)) &&
        ttss_json_set(o, "rms_db", ttss_json_rounded(l.rms_db, 2)) &&
        ttss_json_set(o, "noise_floor_db", ttss_json_rounded(l.noise_floor_db, 2)) &&
        ttss_json_set(o, "sample_peak_db", ttss_json_rounded(l.sample_peak_db, 2)) &&
        ttss_json_set(o, "true_peak_db", ttss_json_rounded(l.true_peak_db, 2)) &&
        ttss_json_set(o, "gain_db", ttss_json_rounded(gain_db, 2)))
        return o;
    json_decref(o);
    return NULL;
}

static bool add_audio(json_t *root, const ttsslice_result *result) {
    if (!result->timeline)
        return true;
    char *path = shown_path(result->path);
    int64_t frames = ttsslice_timeline_frames(result->timeline);
    int32_t rate = ttsslice_timeline_sample_rate(result->timeline);
    bool ok = (path || !result->path[0]) &&
              ttss_json_set(root, "audio",
                            json_pack("{s:s?,s:i,s:I,s:f,s:o*}", "path", path, "sample_rate", rate,
                                      "frames", (json_int_t)frames, "duration_s",
                                      rate ? (double)frames / rate : 0.0, "loudness",
                                      loudness_json(result->timeline)));
    free(path);
    return ok;
}

static json_t *head_json(const ttsslice_result *result) {
    json_t *root = json_object();
    bool ok = root &&
              ttss_json_set(root, "library_version", json_string(ttsslice_version_string())) &&
              json_object_update(root, result->settings) == 0 &&
              ttss_json_set(root, "summary", summary_json(result)) && add_audio(root, result);
    if (!ok) {
        json_decref(root);
        return NULL;
    }
    return root;
}

static bool add_dump(ttss_buf *out, json_t *value, bool pretty) {
    char *text = value ? ttss_json_dump(value, pretty) : NULL;
    bool ok = text && ttss_buf_add_text(out, text);
    free(text);
    json_decref(value);
    return ok;
}

/* Chunks and entries are in the same order; a chunk may lack an entry. */
static const ttsslice_timeline_entry *entry_of(const ttsslice_result *result, size_t chunk,
                                               size_t *at) {
    const ttsslice_timeline_entry *entry = NULL;
    while ((entry = ttsslice_timeline_get(result->timeline, *at)) && entry->chunk < (int64_t)chunk)
        ++*at;
    return entry && entry->chunk == (int64_t)chunk ? entry : NULL;
}

/* The head, and then a line for every chunk, one at a time: a book has thousands. */
int32_t ttsslice_result_json(const ttsslice_result *result, char **json, ttsslice_error *err) {
    if (!result || !json)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a result and a place for its JSON are needed");
    ttss_buf out;
    ttss_buf_init(&out, SIZE_MAX / 2);
    size_t at = 0;
    bool ok = add_dump(&out, head_json(result), true);
    if (ok)
        out.length -= strlen("\n}");
    ok = ok && ttss_buf_add_text(&out, ",\n  \"chunks\": [");
    for (size_t i = 0; ok && i < result->count; i++)
        ok = ttss_buf_add_text(&out, i ? ",\n    " : "\n    ") &&
             add_dump(&out, chunk_json(&result->records[i], entry_of(result, i, &at)), false);
    ok = ok && ttss_buf_add_text(&out, "\n  ]\n}");
    char *text = ok ? ttss_buf_take(&out) : NULL;
    ttss_buf_free(&out);
    if (!text)
        return ttss_nomem(err);
    *json = text;
    return 0;
}

char *ttss_path_beside(const char *path, const char *suffix) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t stem =
        dot && (!slash || dot > slash + 1) && dot != path ? (size_t)(dot - path) : strlen(path);
    char *made = ttss_new_array(stem + strlen(suffix) + 1, 1);
    if (made) {
        memcpy(made, path, stem);
        memcpy(made + stem, suffix, strlen(suffix) + 1);
    }
    return made;
}

/* Takes text over. */
static int32_t write_beside(const ttsslice_result *result, const char *suffix, char *text,
                            ttsslice_error *err) {
    char *path = ttss_path_beside(result->path, suffix);
    int32_t code = path ? ttss_file_write(path, text, strlen(text), err) : ttss_nomem(err);
    free(path);
    free(text);
    return code;
}

int32_t ttss_result_check_reports(const ttsslice_result *result, ttsslice_error *err) {
    static const char *const suffixes[] = {"_metadata.json", ".segments.json", ".srt"};
    int32_t code = 0;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0] && !code; i++) {
        ttss_temp_file file = {.fd = -1};
        char *path = ttss_path_beside(result->path, suffixes[i]);
        code = path ? ttss_temp_open(&file, path, err) : ttss_nomem(err);
        ttss_temp_discard(&file);
        free(path);
    }
    return code;
}

int32_t ttss_result_write_reports(const ttsslice_result *result, ttsslice_error *err) {
    char *text = NULL;
    int32_t code = ttsslice_result_json(result, &text, err);
    if (!code)
        code = write_beside(result, "_metadata.json", text, err);
    if (code || !result->timeline)
        return code;
    code = ttsslice_timeline_segments_json(result->timeline, &text, err);
    if (!code)
        code = write_beside(result, ".segments.json", text, err);
    if (!code)
        code = ttsslice_timeline_srt(result->timeline, &text, err);
    if (!code)
        code = write_beside(result, ".srt", text, err);
    return code;
}
