/* SPDX-License-Identifier: MIT */
/* Takes: making one, judging one, rounds of them, choosing one. The pipeline and the handler both
 * do it with this code, which is why a slice can move between them without a change in result. */
#ifndef TTSS_PIPELINE_TAKE_H
#define TTSS_PIPELINE_TAKE_H

#include "engine/engine.h"

#include <ttsslice/select.h>
#include <ttsslice/validate.h>

#include <stdbool.h>

#define TTSS_CANDIDATES_MAX 16 /* a round */
#define TTSS_RETRIES_MAX    10 /* further rounds */
#define TTSS_SEED_MAX       INT64_C(9007199254740991)

/* What a chunk's takes are made from. Strings are borrowed. */
typedef struct ttss_take_params {
    const char *text; /* NUL-terminated */
    const char *language;
    const char *audio_prompt_url; /* NULL: none */
    const void *audio_prompt;     /* NULL: none */
    size_t audio_prompt_size;
    double exaggeration, cfg_weight;
    double temperature;      /* -1: the engine's own */
    int64_t seed;            /* of the run */
    int32_t n_candidates;    /* a round */
    int32_t first_candidate; /* number of the first one of a round */
    int32_t first_attempt;   /* number of the first round */
    int32_t max_retries;     /* further rounds */
    int32_t takes;           /* enum ttsslice_takes */
    bool all_audio;          /* also that of takes which a local choice would not take */
    ttsslice_validate_options validate;
    ttsslice_select_options select;
    const ttss_stop *stop; /* ends the engines' calls; NULL: nothing does */
} ttss_take_params;

typedef struct ttss_candidate {
    int32_t candidate, attempt;
    int64_t seed;
    double score, duration_s;
    uint64_t digest;
    int64_t generation_ms, validation_ms; /* -1: unknown */
    int32_t passed;
    int64_t position;      /* in the answer it came with */
    bool judged;           /* or else score and passed are those of a take nobody judged */
    ttsslice_audio *audio; /* NULL: not sent along, or given back */
    ttsslice_verdict *verdict;
    char *injected; /* NULL: nothing */
} ttss_candidate;

/* A list, in the order of (attempt, candidate). */
typedef struct ttss_candidates {
    ttss_candidate *items;
    size_t count, capacity;
} ttss_candidates;

void ttss_candidate_clear(ttss_candidate *candidate);
void ttss_candidates_free(ttss_candidates *list);

/* Takes the candidate over, also on failure. One with the same numbers is replaced. */
int32_t ttss_candidates_add(ttss_candidates *list, ttss_candidate *candidate, ttsslice_error *err);
size_t ttss_candidates_passed(const ttss_candidates *list);

/* Sets duration and digest from the audio, and score and passed of a take nobody judges. */
void ttss_candidate_set_audio(ttss_candidate *candidate, ttsslice_audio *audio);
/* Sets score and passed; takes a reference. */
void ttss_candidate_set_verdict(ttss_candidate *candidate, ttsslice_verdict *verdict);

/* Makes one take. */
int32_t ttss_take_make(ttsslice_generator *generator, const ttss_take_params *params,
                       int32_t candidate, int32_t attempt, ttss_candidate *out,
                       ttsslice_error *err);

/* Judges one take with a recogniser. */
int32_t ttss_take_judge(ttsslice_transcriber *transcriber, const ttss_take_params *params,
                        ttss_candidate *candidate, ttsslice_error *err);

/* Who judges. NULL in ttss_rounds.judge: nobody, all pass. */
typedef int32_t (*ttss_judge_fn)(void *self, ttss_candidate *candidate, ttsslice_error *err);

typedef struct ttss_rounds {
    ttsslice_generator *generator;
    ttss_judge_fn judge;
    void *judge_self;
    bool (*cancelled)(void *self); /* NULL: never */
    void *cancelled_self;
} ttss_rounds;

/* Makes rounds of takes until one passes or the retries are used up; the round in which one passes
 * is completed or not as params->takes says. A take that fails is left out; *made counts the
 * rounds. Fails if no take at all could be made or judged (with the last reason), and at once on
 * CALLBACK, CANCELLED and NOMEM, and if the first is met with AUTH or ENDPOINT. */
int32_t ttss_take_rounds(const ttss_rounds *rounds, const ttss_take_params *params,
                         ttss_candidates *list, int32_t *made, ttsslice_error *err);

/* Whether a failure ends everything rather than one take. */
bool ttss_is_fatal(int32_t code);

int32_t ttss_take_choose(const ttss_candidates *list, const ttsslice_select_options *options,
                         ttsslice_selection *out, ttsslice_error *err);

/* The candidates as the arrays that the select slice takes; free the struct's base. */
typedef struct ttss_score_table {
    double *scores, *durations;
    double *levels, *rates, *tails; /* NaN: unknown */
    int32_t *passed;
} ttss_score_table;
int32_t ttss_score_table_make(const ttss_candidates *list, ttss_score_table *out,
                              ttsslice_error *err);
void ttss_score_table_free(ttss_score_table *table);

#endif
