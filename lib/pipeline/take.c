/* SPDX-License-Identifier: MIT */
/* Takes: making, judging, rounds, choosing; see take.h. A round is n_candidates takes with derived
 * seeds, or as many of them as it needs for one that passes. If none of them passes, a further
 * round follows with other seeds (the attempt number is part of the seed). The choice is among the
 * takes of all rounds. */
#include "pipeline/take.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ttss_candidate_clear(ttss_candidate *candidate) {
    ttsslice_audio_unref(candidate->audio);
    ttsslice_verdict_unref(candidate->verdict);
    free(candidate->injected);
    *candidate = (ttss_candidate){0};
}

void ttss_candidates_free(ttss_candidates *list) {
    for (size_t i = 0; i < list->count; i++)
        ttss_candidate_clear(&list->items[i]);
    free(list->items);
    *list = (ttss_candidates){0};
}

/* -1, 0, 1 by round, then number. */
static int order(const ttss_candidate *a, const ttss_candidate *b) {
    if (a->attempt != b->attempt)
        return a->attempt < b->attempt ? -1 : 1;
    return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

int32_t ttss_candidates_add(ttss_candidates *list, ttss_candidate *candidate, ttsslice_error *err) {
    size_t at = list->count;
    while (at > 0 && order(candidate, &list->items[at - 1]) <= 0)
        at--;
    if (at < list->count && order(candidate, &list->items[at]) == 0) {
        ttss_candidate_clear(&list->items[at]);
    } else {
        if (!ttss_grow((void **)&list->items, &list->capacity, list->count + 1,
                       sizeof *list->items)) {
            ttss_candidate_clear(candidate);
            return ttss_nomem(err);
        }
        memmove(list->items + at + 1, list->items + at, (list->count - at) * sizeof *list->items);
        list->count++;
    }
    list->items[at] = *candidate;
    *candidate = (ttss_candidate){0};
    return 0;
}

size_t ttss_candidates_passed(const ttss_candidates *list) {
    size_t passed = 0;
    for (size_t i = 0; i < list->count; i++)
        passed += list->items[i].passed != 0;
    return passed;
}

void ttss_candidate_set_audio(ttss_candidate *candidate, ttsslice_audio *audio) {
    candidate->audio = audio;
    candidate->duration_s = ttsslice_audio_duration_s(audio);
    candidate->digest = ttsslice_audio_digest(audio);
    candidate->score = 100.0;
    candidate->passed = 1;
    candidate->validation_ms = -1;
}

void ttss_candidate_set_verdict(ttss_candidate *candidate, ttsslice_verdict *verdict) {
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    ttsslice_verdict_unref(candidate->verdict);
    candidate->verdict = ttsslice_verdict_ref(verdict);
    candidate->score = info->score;
    candidate->passed = info->passed;
    candidate->judged = true;
}

int32_t ttss_take_make(ttsslice_generator *generator, const ttss_take_params *params,
                       int32_t candidate, int32_t attempt, ttss_candidate *out,
                       ttsslice_error *err) {
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    ttss_candidate made = {.candidate = candidate, .attempt = attempt};
    ttsslice_audio *audio = NULL;
    made.seed = ttsslice_seed(params->seed, params->text, TTSSLICE_NUL_TERMINATED,
                              params->audio_prompt_url, candidate, attempt);
    request.text = params->text;
    request.language = params->language;
    request.audio_prompt_url = params->audio_prompt_url;
    request.audio_prompt = params->audio_prompt;
    request.audio_prompt_size = params->audio_prompt_size;
    request.exaggeration = params->exaggeration;
    request.cfg_weight = params->cfg_weight;
    request.temperature = params->temperature;
    request.seed = made.seed;
    request.candidate = candidate;
    request.attempt = attempt;
    int64_t started = ttss_now_ms(&ttss_system_clock);
    int32_t code = ttss_generate(generator, &request, params->stop, &audio, &made.injected, err);
    if (code)
        return code;
    ttss_candidate_set_audio(&made, audio);
    made.generation_ms = ttss_now_ms(&ttss_system_clock) - started;
    *out = made;
    return 0;
}

int32_t ttss_take_judge(ttsslice_transcriber *transcriber, const ttss_take_params *params,
                        ttss_candidate *candidate, ttsslice_error *err) {
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    int64_t started = ttss_now_ms(&ttss_system_clock);
    int32_t code =
        ttss_transcribe(transcriber, candidate->audio, params->text, TTSSLICE_NUL_TERMINATED,
                        params->language, params->stop, &transcript, err);
    if (!code)
        code = ttsslice_validate(params->text, TTSSLICE_NUL_TERMINATED, transcript,
                                 candidate->audio, &params->validate, &verdict, err);
    if (!code) {
        ttss_candidate_set_verdict(candidate, verdict);
        candidate->validation_ms = ttss_now_ms(&ttss_system_clock) - started;
    }
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
    return code;
}

bool ttss_is_fatal(int32_t code) {
    return code == TTSSLICE_ERR_CALLBACK || code == TTSSLICE_ERR_CANCELLED ||
           code == TTSSLICE_ERR_LIMIT || code == TTSSLICE_ERR_NOMEM ||
           code == TTSSLICE_ERR_INTERNAL;
}

/* A service that refuses the key, or is not there, will not do better with the next take. */
static bool is_hopeless(int32_t code) {
    return code == TTSSLICE_ERR_AUTH || code == TTSSLICE_ERR_ENDPOINT;
}

/* One take of a round, made, judged and listed. */
static int32_t one_take(const ttss_rounds *rounds, const ttss_take_params *params,
                        int32_t candidate, int32_t attempt, ttss_candidates *list,
                        ttsslice_error *err) {
    ttss_candidate take = {0};
    if (rounds->cancelled && rounds->cancelled(rounds->cancelled_self))
        return ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
    int32_t code = ttss_take_make(rounds->generator, params, candidate, attempt, &take, err);
    if (!code && rounds->judge)
        code = rounds->judge(rounds->judge_self, &take, err);
    if (code) {
        ttss_candidate_clear(&take);
        return code;
    }
    return ttss_candidates_add(list, &take, err);
}

int32_t ttss_take_rounds(const ttss_rounds *rounds, const ttss_take_params *params,
                         ttss_candidates *list, int32_t *made, ttsslice_error *err) {
    int32_t last =
        rounds->judge ? params->first_attempt + params->max_retries : params->first_attempt;
    int32_t failure = 0;
    *made = 0;
    for (int32_t attempt = params->first_attempt; attempt <= last; attempt++) {
        *made += 1;
        for (int32_t i = 0; i < params->n_candidates; i++) {
            int32_t code =
                one_take(rounds, params, params->first_candidate + i, attempt, list, err);
            if (ttss_is_fatal(code) || (is_hopeless(code) && !list->count))
                return code;
            if (code)
                failure = code;
            if (params->takes == TTSSLICE_TAKES_UNTIL_PASS && ttss_candidates_passed(list) > 0)
                break;
        }
        if (ttss_candidates_passed(list) > 0)
            break;
    }
    return list->count ? 0 : failure;
}

int32_t ttss_score_table_make(const ttss_candidates *list, ttss_score_table *out,
                              ttsslice_error *err) {
    double **const columns[] = {&out->scores, &out->durations, &out->levels, &out->rates,
                                &out->tails};
    bool ok = true;
    *out = (ttss_score_table){.passed = ttss_new_array(list->count, sizeof(int32_t))};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        *columns[i] = ttss_new_array(list->count, sizeof(double));
        ok = ok && *columns[i];
    }
    if (!ok || !out->passed) {
        ttss_score_table_free(out);
        return ttss_nomem(err);
    }
    for (size_t i = 0; i < list->count; i++) {
        const ttss_candidate *c = &list->items[i];
        const ttsslice_verdict_info *info = ttsslice_verdict_get(c->verdict);
        out->scores[i] = c->score;
        out->durations[i] = c->duration_s;
        out->passed[i] = c->passed;
        out->levels[i] = info ? info->level_dbfs : (double)NAN;
        out->rates[i] = info ? info->rate : (double)NAN;
        out->tails[i] = info ? info->tail_s : (double)NAN;
    }
    return 0;
}

void ttss_score_table_free(ttss_score_table *table) {
    free(table->scores);
    free(table->durations);
    free(table->levels);
    free(table->rates);
    free(table->tails);
    free(table->passed);
    *table = (ttss_score_table){0};
}

int32_t ttss_take_choose(const ttss_candidates *list, const ttsslice_select_options *options,
                         ttsslice_selection *out, ttsslice_error *err) {
    ttss_score_table table;
    ttsslice_select_options known = *options;
    int32_t code = ttss_score_table_make(list, &table, err);
    if (code)
        return code;
    known.levels_dbfs = table.levels;
    known.rates = table.rates;
    known.tails_s = table.tails;
    code =
        ttsslice_select(table.scores, table.passed, table.durations, list->count, &known, out, err);
    ttss_score_table_free(&table);
    return code;
}
