/* SPDX-License-Identifier: MIT */
/* Runs: options are read and checked once, the text is split, and what the plan needs is there
 * before anything is generated or paid for. Execution is in execute.c. */
#include "pipeline/run_private.h"

#include "base/error.h"
#include "base/log.h"
#include "base/options.h"
#include "base/pause_mark.h"
#include "base/utf8.h"
#include "base/words.h"
#include "dispatch/settings.h"
#include "pipeline/plan.h"

#include <stdlib.h>
#include <string.h>

#define LANGUAGE_DEFAULT "en"

static int32_t check_numbers(const ttsslice_run_options *o, ttsslice_error *err) {
    int32_t code = ttss_check_range("n_candidates", o->n_candidates, 1, TTSS_CANDIDATES_MAX, err);
    if (!code)
        code = ttss_check_range("max_retries", o->max_retries, 0, TTSS_RETRIES_MAX, err);
    if (!code)
        code = ttss_check_range("seed", o->seed, 0, TTSS_SEED_MAX, err);
    if (!code)
        code = ttss_check_range_f("exaggeration", o->exaggeration, 0.0, 2.0, err);
    if (!code)
        code = ttss_check_range_f("cfg_weight", o->cfg_weight, 0.0, 1.0, err);
    if (!code && o->temperature != -1.0)
        code = ttss_check_range_f("temperature", o->temperature, 0.0, 5.0, err);
    if (!code)
        code =
            ttss_check_range("takes", o->takes, TTSSLICE_TAKES_ALL, TTSSLICE_TAKES_UNTIL_PASS, err);
    if (!code)
        code = ttss_check_range("on_exhaustion", o->on_exhaustion, TTSSLICE_ON_EXHAUSTION_KEEP_BEST,
                                TTSSLICE_ON_EXHAUSTION_RESPLIT, err);
    return code;
}

static int32_t lacks(const char *slice, const char *what, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s needs %s; give it in the run's options", slice,
                     what);
}

/* Everything that a placement needs is there. */
static int32_t check_needs(const ttsslice_run *run, ttsslice_error *err) {
    const ttsslice_plan *p = &run->plan;
    if (p->generate != TTSSLICE_PLACE_HANDLER && !run->generator)
        return lacks("generate", "a generator", err);
    if (p->validate == TTSSLICE_PLACE_LOCAL && !run->transcriber)
        return lacks("validate", "a transcriber", err);
    if (p->chunk == TTSSLICE_PLACE_HOST && !run->host.chunk)
        return lacks("chunk", "a host function", err);
    if (p->dispatch == TTSSLICE_PLACE_HOST && p->generate == TTSSLICE_PLACE_HANDLER &&
        !run->host.dispatch)
        return lacks("dispatch", "a host function", err);
    if (p->validate == TTSSLICE_PLACE_HOST && !run->host.validate)
        return lacks("validate", "a host function", err);
    if (p->select == TTSSLICE_PLACE_HOST && !run->host.select)
        return lacks("select", "a host function", err);
    if (p->concat == TTSSLICE_PLACE_HOST && !run->host.concat)
        return lacks("concat", "a host function", err);
    return 0;
}

/* Options that the slices check themselves are tried on nothing, before anything is paid for. */
static int32_t try_slices(const ttsslice_run *run, ttsslice_error *err) {
    static const double score = 0.0, duration = 0.0;
    static const int32_t passed = 0;
    ttsslice_selection selection = TTSSLICE_SELECTION_INIT;
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    int32_t code =
        ttsslice_select(&score, &passed, &duration, 1, &run->params.select, &selection, err);
    if (!code)
        code = ttsslice_transcript_new("", NULL, NULL, NULL, NULL, 0, &transcript, err);
    if (!code)
        code = ttsslice_validate("", 0, transcript, NULL, &run->params.validate, &verdict, err);
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
    return code;
}

/* For the join of a run. */
static int32_t is_cancelled(void *self) {
    const ttsslice_run *run = self;
    if (atomic_load(&run->cancelled))
        return TTSSLICE_ERR_CANCELLED;
    return run->join_cancelled ? run->join_cancelled(run->join_cancelled_data) : 0;
}

static int32_t read_slices(ttsslice_run *run, const ttsslice_run_options *o, ttsslice_error *err) {
    ttsslice_validate_options *validate = &run->params.validate;
    *validate = (ttsslice_validate_options)TTSSLICE_VALIDATE_OPTIONS_INIT;
    run->params.select = (ttsslice_select_options)TTSSLICE_SELECT_OPTIONS_INIT;
    run->concat = (ttsslice_concat_options)TTSSLICE_CONCAT_OPTIONS_INIT;
    run->chunk = (ttsslice_chunk_options)TTSSLICE_CHUNK_OPTIONS_INIT;
    run->plan = (ttsslice_plan)TTSSLICE_PLAN_INIT;
    run->host = (ttsslice_host)TTSSLICE_HOST_INIT;
    int32_t code = 0;
#define READ(field, from, name)                                                                    \
    if (!code)                                                                                     \
    code = ttss_options_read(&(field), sizeof(field), sizeof(field), from, name, err)
    READ(*validate, o->validate, "ttsslice_validate_options");
    READ(run->params.select, o->select, "ttsslice_select_options");
    READ(run->concat, o->concat, "ttsslice_concat_options");
    READ(run->chunk, o->chunk, "ttsslice_chunk_options");
    READ(run->plan, o->plan, "ttsslice_plan");
    READ(run->host, o->host, "ttsslice_host");
#undef READ
    run->join_cancelled = run->concat.cancelled;
    run->join_cancelled_data = run->concat.cancelled_data;
    run->concat.cancelled = is_cancelled;
    run->concat.cancelled_data = run;
    if (!code)
        code = try_slices(run, err);
    if (!code)
        code = ttss_logger_read(&run->logger, o->logger, err);
    return code ? code : ttss_plan_check(&run->plan, err);
}

static int32_t check_string(const char *name, const char *text, ttsslice_error *err) {
    size_t length = TTSSLICE_NUL_TERMINATED;
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t code = text ? ttss_text_check(text, &length, &why) : 0;
    return code ? ttss_fail(err, TTSSLICE_ERR_INVALID, "%s: %s", name, why.message) : 0;
}

/* Makes *used, which is the caller's or NULL, a copy that the run keeps. */
static bool keep(char **kept, const char **used) {
    if (!*used)
        return true;
    *kept = ttss_strdup(*used);
    *used = *kept;
    return *kept != NULL;
}

static int32_t copy_strings(ttsslice_run *run, const ttsslice_run_options *o, ttsslice_error *err) {
    ttsslice_validate_options *validate = &run->params.validate;
    ttsslice_concat_options *concat = &run->concat;
    int32_t code = check_string("language", o->language, err);
    if (!code)
        code = check_string("audio_prompt_url", o->audio_prompt_url, err);
    if (!code)
        code = check_string("language", validate->language, err);
    if (!code)
        code = check_string("abbreviations", run->chunk.abbreviations, err);
    if (!code)
        code = check_string("aliases", validate->aliases, err);
    if (code)
        return code;
    run->params.language = o->language ? o->language : LANGUAGE_DEFAULT;
    run->params.audio_prompt_url = o->audio_prompt_url;
    if (!validate->language)
        validate->language = run->params.language;
    if (keep(&run->language, &run->params.language) &&
        keep(&run->validate_language, &validate->language) &&
        keep(&run->audio_prompt_url, &run->params.audio_prompt_url) &&
        keep(&run->abbreviations, &run->chunk.abbreviations) &&
        keep(&run->aliases, &validate->aliases) && keep(&run->concat_format, &concat->format) &&
        keep(&run->concat_title, &concat->title) && keep(&run->concat_loudness, &concat->loudness))
        return 0;
    return ttss_nomem(err);
}

static int32_t read_options(ttsslice_run *run, const ttsslice_run_options *given,
                            ttsslice_run_options *o, ttsslice_error *err) {
    int32_t code = ttss_options_read(o, sizeof *o, sizeof *o, given, "ttsslice_run_options", err);
    if (!code)
        code = check_numbers(o, err);
    if (!code)
        code = read_slices(run, o, err);
    if (!code)
        code = copy_strings(run, o, err);
    if (code)
        return code;
    run->generator = ttsslice_generator_ref(o->generator);
    run->transcriber = ttsslice_transcriber_ref(o->transcriber);
    run->params.exaggeration = o->exaggeration;
    run->params.cfg_weight = o->cfg_weight;
    run->params.temperature = o->temperature;
    run->params.n_candidates = o->n_candidates;
    run->params.max_retries = run->plan.validate == TTSSLICE_PLACE_OFF ? 0 : o->max_retries;
    run->params.seed = o->seed;
    run->params.takes = o->takes;
    run->on_exhaustion = o->on_exhaustion;
    run->params.all_audio =
        run->plan.validate == TTSSLICE_PLACE_HANDLER &&
        (run->plan.select == TTSSLICE_PLACE_OFF || run->plan.select == TTSSLICE_PLACE_HOST);
    run->progress = o->progress;
    run->progress_user_data = o->progress_user_data;
    run->write_reports = o->write_reports != 0;
    return check_needs(run, err);
}

/* One chunk from the first byte that is not white space to the last. */
static int32_t whole_text(const char *text, size_t length, ttsslice_chunks **out,
                          ttsslice_error *err) {
    size_t start = ttss_skip_space(text, 0, length);
    size_t end = ttss_trim_end(text, start, length);
    if (start == end)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY, "the text holds nothing to speak");
    size_t span = end - start;
    int32_t last = TTSSLICE_BREAK_END;
    return ttsslice_chunks_new(text, length, &start, &span, &last, 1, out, err);
}

/* The application's chunks, checked against the text of this run: a list does not hold the text it
 * was made for. */
static int32_t split_host(ttsslice_run *run, ttsslice_error *err) {
    ttsslice_chunks *given = NULL;
    size_t *starts = NULL, *lengths = NULL;
    int32_t *breaks = NULL;
    int32_t code = run->host.chunk(run->text, run->length, &given, err, run->host.user_data);
    size_t count = ttsslice_chunks_count(given);
    if (code)
        goto out;
    starts = ttss_new_array(count, sizeof *starts);
    lengths = ttss_new_array(count, sizeof *lengths);
    breaks = ttss_new_array(count, sizeof *breaks);
    if (!starts || !lengths || !breaks) {
        code = ttss_nomem(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++) {
        const ttsslice_chunk_info *chunk = ttsslice_chunks_get(given, i);
        starts[i] = chunk->start;
        lengths[i] = chunk->length;
        breaks[i] = chunk->break_after;
    }
    code = ttsslice_chunks_new(run->text, run->length, starts, lengths, breaks, count, &run->chunks,
                               err);
out:
    free(starts);
    free(lengths);
    free(breaks);
    ttsslice_chunks_unref(given);
    return code;
}

/* Also an application's own splitter, and one chunk for everything, must not have marks said. */
static int32_t check_pauses(const ttsslice_run *run, ttsslice_error *err) {
    bool found = false;
    int32_t code = 0;
    for (size_t i = 0; run->chunk.pauses && i < ttsslice_chunks_count(run->chunks) && !code; i++) {
        const ttsslice_chunk_info *chunk = ttsslice_chunks_get(run->chunks, i);
        const char *text = run->text + chunk->start;
        ttss_pause_mark mark = {0};
        size_t pos = 0;
        if (i > 0 && ttss_is_pause(run, text, chunk->length))
            continue;
        code = ttss_pause_mark_next(text, chunk->length, &pos, &mark, &found, err);
        if (!code && found)
            code = ttss_at_offset(
                err,
                ttss_fail(
                    err, TTSSLICE_ERR_INVALID,
                    "chunk %zu has the mark of a pause in it (byte %zu), which would be said; "
                    "make each a chunk of its own, behind one that is said",
                    i, chunk->start + mark.start),
                chunk->start + mark.start);
    }
    return code;
}

/* Rules, dots and the like are text too, but nobody can say them. */
static int32_t check_words(const ttsslice_run *run, ttsslice_error *err) {
    ttss_words words = {0};
    int32_t code = ttss_words_read(&words, run->text, run->length, run->language, err);
    if (!code && words.token_count == 0)
        code = ttss_fail(err, TTSSLICE_ERR_EMPTY, "the text holds nothing to speak: no words");
    ttss_words_free(&words);
    return code;
}

static int32_t split(ttsslice_run *run, ttsslice_error *err) {
    int32_t code = 0;
    if (run->plan.chunk == TTSSLICE_PLACE_OFF)
        code = whole_text(run->text, run->length, &run->chunks, err);
    else if (run->plan.chunk == TTSSLICE_PLACE_HOST)
        code = split_host(run, err);
    else {
        if (!run->chunk.language)
            run->chunk.language = run->language;
        code = ttsslice_chunk(run->text, run->length, &run->chunk, &run->chunks, err);
        run->chunk.language = NULL;
    }
    if (!code)
        code = check_pauses(run, err);
    if (!code)
        code = check_words(run, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CHUNK, -1) : 0;
}

/* The endpoint is checked before the first take is paid for. */
static int32_t open_dispatcher(ttsslice_run *run, const ttsslice_dispatch_options *given,
                               ttsslice_error *err) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    int32_t code = ttss_options_read(&options, sizeof options, sizeof options, given,
                                     "ttsslice_dispatch_options", err);
    if (code)
        return code;
    if (!options.logger)
        options.logger = &run->logger;
    if (run->plan.dispatch == TTSSLICE_PLACE_OFF)
        options.max_in_flight = 1;
    run->max_in_flight = options.max_in_flight;
    code = ttsslice_dispatcher_new(&options, &run->dispatcher, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_DISPATCH, -1) : 0;
}

/* Options that this plan does not use are checked all the same, so that another finds nothing new.
 */
static int32_t read_dispatch(ttsslice_run *run, const ttsslice_dispatch_options *given,
                             ttsslice_error *err) {
    if (run->plan.generate == TTSSLICE_PLACE_HANDLER && run->plan.dispatch != TTSSLICE_PLACE_HOST)
        return open_dispatcher(run, given, err);
    int32_t code = ttss_settings_check(given, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_DISPATCH, -1) : 0;
}

int32_t ttsslice_run_new(const char *text, size_t length, const ttsslice_run_options *given,
                         ttsslice_run **out, ttsslice_error *err) {
    ttsslice_run_options options = TTSSLICE_RUN_OPTIONS_INIT;
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL");
    int32_t code = ttss_text_check(text, &length, err);
    if (code)
        return ttss_in_slice(err, code, TTSSLICE_SLICE_CHUNK, -1);
    ttsslice_run *run = ttss_new(ttsslice_run);
    if (!run)
        return ttss_nomem(err);
    atomic_init(&run->cancelled, false);
    run->stop = (ttss_stop){.flag = &run->cancelled};
    run->params.stop = &run->stop;
    run->text = ttss_memdup(text, length);
    run->length = length;
    code = run->text ? read_options(run, given, &options, err) : ttss_nomem(err);
    if (!code)
        code = split(run, err);
    if (!code)
        code = read_dispatch(run, options.dispatch, err);
    if (code) {
        ttsslice_run_free(run);
        return code;
    }
    *out = run;
    return 0;
}

void ttsslice_cancel(ttsslice_run *run) {
    if (!run)
        return;
    atomic_store(&run->cancelled, true);
    ttsslice_dispatcher_cancel(run->dispatcher);
}

const ttsslice_chunks *ttsslice_run_chunks(const ttsslice_run *run) {
    return run ? run->chunks : NULL;
}

void ttsslice_run_free(ttsslice_run *run) {
    if (!run)
        return;
    ttsslice_dispatcher_free(run->dispatcher);
    ttsslice_chunks_unref(run->chunks);
    ttsslice_generator_unref(run->generator);
    ttsslice_transcriber_unref(run->transcriber);
    free(run->language);
    free(run->validate_language);
    free(run->aliases);
    free(run->audio_prompt_url);
    free(run->abbreviations);
    free(run->concat_format);
    free(run->concat_title);
    free(run->concat_loudness);
    free(run->text);
    free(run);
}
