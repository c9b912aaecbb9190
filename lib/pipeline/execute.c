/* SPDX-License-Identifier: MIT */
/* Executing a run: takes are made here, chunk by chunk, or by a handler (remote.c), and a chunk
 * whose takes are there is settled here in either case. Everything happens on the caller's thread.
 */
#include "pipeline/execution.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pipeline/exhaustion.h"
#include "pipeline/plan.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

ttss_chunk_scope ttss_scope_of(ttss_execution *ex, const ttss_record *record) {
    ttss_chunk_scope scope = {ex->run, ex->run->params};
    scope.params.text = record->text;
    return scope;
}

/* --- judging -------------------------------------------------------------------------------- */

static int32_t judge_here(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    ttss_chunk_scope *scope = self;
    return ttss_take_judge(scope->run->transcriber, &scope->params, candidate, err);
}

static int32_t judge_host(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    ttss_chunk_scope *scope = self;
    const ttsslice_host *host = &scope->run->host;
    ttsslice_verdict *verdict = NULL;
    int64_t started = ttss_now_ms(&ttss_system_clock);
    int32_t code = host->validate(scope->params.text, scope->params.language, candidate->audio,
                                  &verdict, err, host->user_data);
    if (!code && !verdict)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the application's validate function gave no verdict");
    if (!code) {
        ttss_candidate_set_verdict(candidate, verdict);
        candidate->validation_ms = ttss_now_ms(&ttss_system_clock) - started;
    }
    ttsslice_verdict_unref(verdict);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}

/* NULL where validate is off or was done by the handler. */
ttss_judge_fn ttss_judge_of(const ttsslice_run *run) {
    if (run->plan.validate == TTSSLICE_PLACE_LOCAL)
        return judge_here;
    return run->plan.validate == TTSSLICE_PLACE_HOST ? judge_host : NULL;
}

bool ttss_is_cancelled(void *self) {
    ttsslice_run *run = self;
    return atomic_load(&run->cancelled);
}

static int32_t make_record_here(ttss_execution *ex, ttss_record *record, ttsslice_error *err);

/* --- choosing ------------------------------------------------------------------------------- */

static int32_t choose_host(ttss_execution *ex, const ttss_record *record, ttsslice_selection *out,
                           ttsslice_error *err) {
    const ttsslice_host *host = &ex->run->host;
    ttss_score_table table;
    size_t index = 0;
    int32_t code = ttss_score_table_make(&record->candidates, &table, err);
    if (code)
        return code;
    code = host->select(record->info.index, table.scores, table.passed, table.durations,
                        record->candidates.count, &index, err, host->user_data);
    ttss_score_table_free(&table);
    if (!code && index >= record->candidates.count)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the application's select function chose %zu of %zu candidates", index,
                         record->candidates.count);
    if (code)
        return code;
    out->index = index;
    out->passed = record->candidates.items[index].passed;
    out->reason = TTSSLICE_REASON_HOST;
    return 0;
}

/* `given` is the handler's choice, or NULL. */
static int32_t choose(ttss_execution *ex, const ttss_record *record,
                      const ttsslice_selection *given, ttsslice_selection *out,
                      ttsslice_error *err) {
    int32_t code = 0;
    switch (ex->run->plan.select) {
    case TTSSLICE_PLACE_HANDLER:
        *out = *given;
        break;
    case TTSSLICE_PLACE_HOST:
        code = choose_host(ex, record, out, err);
        break;
    case TTSSLICE_PLACE_LOCAL:
        code = ttss_take_choose(&record->candidates, &ex->run->params.select, out, err);
        break;
    default:
        out->index = 0;
        out->passed = record->candidates.items[0].passed;
        out->reason = TTSSLICE_REASON_OFF;
    }
    if (!code && !record->candidates.items[out->index].audio)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "candidate %zu was chosen, but it did not pass and the handler kept its "
                         "audio",
                         out->index);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_SELECT, record->info.index) : 0;
}

/* --- a chunk is done ------------------------------------------------------------------------ */

/* `audio`: the take, or NULL. */
static int32_t tell_progress(ttss_execution *ex, const ttss_record *record,
                             const ttsslice_audio *audio, ttsslice_error *err) {
    ttsslice_progress *p = &ex->progress;
    p->done++;
    p->failed += record->info.code != 0;
    p->not_passed += record->info.code == 0 && !record->info.passed;
    p->candidates += (int64_t)record->candidates.count;
    for (size_t i = 0; record->parts && i < TTSS_PARTS; i++)
        p->candidates += (int64_t)record->parts[i].candidates.count;
    p->chunk = record->info.index;
    p->score = record->info.score;
    p->result = &record->info;
    p->candidates_made = record->candidate_infos;
    p->audio = record->info.code ? NULL : audio;
    if (!ex->run->progress)
        return 0;
    int32_t code = ex->run->progress(p, ex->run->progress_user_data);
    return code ? ttss_fail(err, code, "stopped by the progress function") : 0;
}

/* Writes what is next in order, which gives the audio back, and tells about the chunk. */
static int32_t pass_on(ttss_execution *ex, const ttss_record *record, ttsslice_error *err) {
    const ttss_candidates *made = &record->candidates;
    const size_t taken = record->info.selected;
    ttsslice_audio *audio =
        taken < made->count ? ttsslice_audio_ref(made->items[taken].audio) : NULL;
    int32_t code = ttss_output_flush(&ex->output, ex->result, err);
    if (!code)
        code = tell_progress(ex, record, audio, err);
    ttsslice_audio_unref(audio);
    return code;
}

/* What ends everything, told with the slice and the chunk it came from. */
int32_t ttss_stop_run(const ttss_record *record, int32_t code, const ttsslice_error *why,
                      ttsslice_error *err) {
    ttss_fail(err, code, "%s", why->message);
    return ttss_in_slice(err, code, why->slice, record->info.index);
}

/* No take passed, so something else than choosing may be asked for. */
static bool is_exhausted(const ttss_record *record) {
    return record->info.code != 0 || !record->info.passed;
}

/* Nothing is written, so what is there is not of this run. */
static int32_t stop_exhausted(const ttss_execution *ex, const ttss_record *record,
                              ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    const char *path = ex->result->path ? ex->result->path : "";
    const bool older = path[0] && access(path, F_OK) == 0;
    if (record->info.code)
        ttss_fail(&why, record->info.code, "chunk %lld has no take: %s",
                  (long long)record->info.index, record->info.error);
    else
        ttss_fail(&why, TTSSLICE_ERR_EXHAUSTED,
                  "chunk %lld: none of %zu takes passed, and the run is to stop then%s%s%s",
                  (long long)record->info.index, record->candidates.count,
                  older ? "; nothing was written: " : "", older ? path : "",
                  older ? " is from an earlier run" : "");
    why.slice = TTSSLICE_SLICE_SELECT;
    return ttss_stop_run(record, why.code, &why, err);
}

/* A shorter text may do where a generator or a handler failed, but not where none was reached. */
static bool may_resplit(const ttss_record *record) {
    int32_t code = record->info.code;
    return code == 0 || code == TTSSLICE_ERR_JOB || code == TTSSLICE_ERR_ENGINE ||
           code == TTSSLICE_ERR_EMPTY_RESULT;
}

/* *again: two halves of the record are to be made now. */
static int32_t exhausted(ttss_execution *ex, ttss_record *record, bool *again,
                         ttsslice_error *err) {
    int32_t code = 0;
    if (ex->run->on_exhaustion == TTSSLICE_ON_EXHAUSTION_STOP)
        return stop_exhausted(ex, record, err);
    if (ex->run->on_exhaustion == TTSSLICE_ON_EXHAUSTION_SILENCE) {
        record->silenced = true;
        record->info.selected = record->candidates.count;
        record->info.reason = TTSSLICE_REASON_SILENCED;
    }
    if (ex->run->on_exhaustion == TTSSLICE_ON_EXHAUSTION_RESPLIT && may_resplit(record)) {
        code = ttss_record_part(record, ex->run, err);
        *again = record->parts != NULL;
    }
    return code;
}

/* The record has its outcome. That of a chunk leaves, that of a half waits for the other one. */
static int32_t close_record(ttss_execution *ex, ttss_record *record, ttsslice_error *err) {
    record->info.elapsed_ms = ttss_now_ms(&ttss_system_clock) - record->started_ms;
    record->done = true;
    if (!record->info.code)
        ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run",
                 "chunk %lld%s: %zu takes in %d rounds, %s", (long long)record->info.index,
                 record->parent ? (record->part ? ", second half" : ", first half") : "",
                 record->candidates.count, (int)record->info.rounds,
                 record->info.passed ? "passed" : "none passed");
    if (record->parent) {
        ttss_record *chunk = record->parent;
        if (!chunk->parts[0].done || !chunk->parts[1].done)
            return 0;
        ttss_record_join(chunk);
        return close_record(ex, chunk, err);
    }
    return pass_on(ex, record, err);
}

/* The record failed, or its takes are there to choose from. */
static int32_t settle(ttss_execution *ex, ttss_record *record, int32_t code,
                      const ttsslice_error *why, const ttsslice_selection *given,
                      ttsslice_error *err) {
    ttsslice_selection selection = TTSSLICE_SELECTION_INIT;
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    if (record->candidates.count > 0)
        code = 0;
    if (code == 0) {
        code = choose(ex, record, given, &selection, &failure);
        why = &failure;
    }
    if (ttss_is_fatal(code))
        return ttss_stop_run(record, code, why, err);
    if (!code)
        return ttss_record_settle(record, &selection, err);
    ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run", "chunk %lld failed: %s",
             (long long)record->info.index, why->message);
    return ttss_record_fail(record, code, why->http_status, why->message, err);
}

int32_t ttss_finish_chunk(ttss_execution *ex, ttss_record *record, int32_t code,
                          const ttsslice_error *why, const ttsslice_selection *given,
                          ttsslice_error *err) {
    bool again = false;
    code = settle(ex, record, code, why, given, err);
    if (!code && is_exhausted(record) && !record->parent)
        code = exhausted(ex, record, &again, err);
    if (code || !again)
        return code ? code : close_record(ex, record, err);
    ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run",
             "chunk %lld is made again as two halves: none of %zu takes passed",
             (long long)record->info.index, record->candidates.count);
    for (size_t i = 0; i < TTSS_PARTS && !code; i++)
        code = ex->handler_slice ? ttss_make_record_there(ex, &record->parts[i], err)
                                 : make_record_here(ex, &record->parts[i], err);
    return code;
}

/* A chunk without words: nothing is made, and the pause before it is all that is left of it. */
int32_t ttss_finish_silent(ttss_execution *ex, ttss_record *record, ttsslice_error *err) {
    record->info.passed = 1;
    record->info.reason = TTSSLICE_REASON_SILENT;
    record->done = true;
    return pass_on(ex, record, err);
}

/* --- takes made here ------------------------------------------------------------------------ */

static int32_t make_record_here(ttss_execution *ex, ttss_record *record, ttsslice_error *err) {
    ttss_chunk_scope scope = ttss_scope_of(ex, record);
    ttss_rounds rounds = {ex->run->generator, ttss_judge_of(ex->run), &scope, ttss_is_cancelled,
                          ex->run};
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    record->started_ms = ttss_now_ms(&ttss_system_clock);
    int32_t code = ttss_take_rounds(&rounds, &scope.params, &record->candidates,
                                    &record->info.rounds, &failure);
    if (!ttss_is_fatal(code))
        return ttss_finish_chunk(ex, record, code, &failure, NULL, err);
    return ttss_stop_run(record, code, &failure, err);
}

static int32_t make_here(ttss_execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < ex->result->count && !code; i++) {
        ttss_record *record = &ex->result->records[i];
        code = record->silent ? ttss_finish_silent(ex, record, err)
                              : make_record_here(ex, record, err);
    }
    return code;
}

/* --- the whole ------------------------------------------------------------------------------ */

/* Nothing was made at all: the first failure says why. */
static int32_t all_failed(const ttss_execution *ex, ttsslice_error *err) {
    size_t i = 0;
    while (i + 1 < ex->result->count && ex->result->records[i].silent)
        i++;
    const ttsslice_chunk_result *first = &ex->result->records[i].info;
    int32_t code = ttss_fail(err, first->code, "no chunk could be made: %s", first->error);
    if (err)
        err->http_status = first->http_status;
    bool remote = first->code / 100 == TTSSLICE_ERR_NETWORK / 100;
    return ttss_in_slice(err, code, remote ? TTSSLICE_SLICE_DISPATCH : TTSSLICE_SLICE_GENERATE,
                         first->index);
}

static int32_t some_failed(const ttss_execution *ex, ttsslice_error *err) {
    long long failed = 0;
    for (size_t i = 0; i < ex->result->count; i++)
        failed += ex->result->records[i].info.code != 0;
    for (size_t i = 0; i < ex->result->count; i++) {
        const ttsslice_chunk_result *info = &ex->result->records[i].info;
        if (!info->code)
            continue;
        ttss_fail(err, TTSSLICE_ERR_INCOMPLETE,
                  "%lld of %zu chunks failed, the first is chunk %zu: %s", failed,
                  ex->result->count, i, info->error);
        return ttss_in_slice(err, TTSSLICE_ERR_INCOMPLETE, TTSSLICE_SLICE_NONE, (int64_t)i);
    }
    return 0;
}

/* Where nothing was made, nothing is written either: what an earlier run left stays whole. */
static int32_t complete(ttss_execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    if (ex->progress.candidates == 0)
        return all_failed(ex, err);
    code = ttss_result_compare_levels(ex->result, err);
    if (!code)
        code = ttss_output_close(&ex->output, &ex->result->timeline, err);
    if (!code && ex->run->write_reports)
        code = ttss_result_write_reports(ex->result, err);
    return code ? code : some_failed(ex, err);
}

static bool may_lack_path(const ttsslice_run *run) {
    return run->plan.concat == TTSSLICE_PLACE_LOCAL && run->concat.on_audio && !run->write_reports;
}

int32_t ttsslice_run_execute(ttsslice_run *run, const char *path, ttsslice_result **out,
                             ttsslice_error *err) {
    if (!run || (path ? !path[0] : !may_lack_path(run)))
        return ttss_fail(
            err, TTSSLICE_ERR_INVALID,
            "a run and the path of its output are needed; no path only without reports "
            "where concat is local and has on_audio");
    if (run->executed)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a run is executed once; make another one");
    run->executed = true;
    ttss_execution ex = {.run = run, .handler_slice = ttss_plan_handler_slice(&run->plan)};
    int64_t started = ttss_now_ms(&ttss_system_clock);
    int32_t code = ttss_result_new(run, path ? path : "", &ex.result, err);
    if (code)
        return code;
    ex.progress =
        (ttsslice_progress){.chunks = (int64_t)ex.result->count, .chunk = -1, .score = NAN};
    ttss_transport_init(&ex.transport, run->dispatcher, &run->host);
    code = ttss_output_open(&ex.output, run, path, err);
    if (!code && run->write_reports)
        code = ttss_result_check_reports(ex.result, err);
    if (!code)
        code = ex.handler_slice ? ttss_make_there(&ex, err) : make_here(&ex, err);
    ex.result->elapsed_ms = ttss_now_ms(&ttss_system_clock) - started;
    if (run->dispatcher) {
        ex.result->totals = *ttsslice_dispatcher_totals(run->dispatcher);
        ex.result->has_totals = true;
    }
    if (!code)
        code = complete(&ex, err);
    ttss_output_abort(&ex.output);
    ttss_transport_free(&ex.transport);
    if (out)
        *out = ex.result;
    else
        ttsslice_result_unref(ex.result);
    return code;
}

int32_t ttsslice_run_estimate(ttsslice_run *run, const ttsslice_dispatch_totals **out,
                              ttsslice_error *err) {
    if (!run || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a run and a place for numbers are needed");
    if (run->executed)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a run is executed once; make another one");
    ttss_execution ex = {.run = run, .handler_slice = ttss_plan_handler_slice(&run->plan)};
    if (!run->dispatcher || !ex.handler_slice)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "this plan sends no jobs, so there is nothing to estimate; place generate "
                         "at the handler");
    int32_t code = ttss_result_new(run, "", &ex.result, err);
    if (code)
        return code;
    run->executed = true;
    ttss_transport_init(&ex.transport, run->dispatcher, &run->host);
    for (size_t i = 0; i < ex.result->count && !code; i++)
        if (!ex.result->records[i].silent)
            code = ttss_make_record_there(&ex, &ex.result->records[i], err);
    if (!code)
        *out = ttsslice_dispatcher_totals(run->dispatcher);
    ttss_transport_free(&ex.transport);
    ttsslice_result_unref(ex.result);
    return code;
}
