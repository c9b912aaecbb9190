/* SPDX-License-Identifier: MIT */
/* Executing a run. Takes are made here, chunk by chunk, or by a handler, in which case jobs go out
 * for all chunks and answers come back in any order; what the handler does not do is done here as
 * they arrive. Everything happens on the caller's thread. */
#include "pipeline/run_private.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pipeline/protocol.h"
#include "pipeline/output.h"
#include "pipeline/plan.h"
#include "pipeline/transport.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct execution {
    ttsslice_run *run;
    bool reached; /* the endpoint has answered something */
    ttsslice_result *result;
    ttss_output output;
    ttss_transport transport;
    ttsslice_progress progress;
    int32_t handler_slice;
} execution;

/* What a judge or a host function is told about a chunk. */
typedef struct chunk_scope {
    ttsslice_run *run;
    ttss_take_params params;
} chunk_scope;

static chunk_scope scope_of(execution *ex, const ttss_record *record) {
    chunk_scope scope = {ex->run, ex->run->params};
    scope.params.text = record->text;
    return scope;
}

/* --- judging -------------------------------------------------------------------------------- */

static int32_t judge_here(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    chunk_scope *scope = self;
    return ttss_take_judge(scope->run->transcriber, &scope->params, candidate, err);
}

static int32_t judge_host(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    chunk_scope *scope = self;
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
static ttss_judge_fn judge_of(const ttsslice_run *run) {
    if (run->plan.validate == TTSSLICE_PLACE_LOCAL)
        return judge_here;
    return run->plan.validate == TTSSLICE_PLACE_HOST ? judge_host : NULL;
}

static bool is_cancelled(void *self) {
    ttsslice_run *run = self;
    return atomic_load(&run->cancelled);
}

/* --- choosing ------------------------------------------------------------------------------- */

static int32_t choose_host(execution *ex, const ttss_record *record, ttsslice_selection *out,
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
static int32_t choose(execution *ex, const ttss_record *record, const ttsslice_selection *given,
                      ttsslice_selection *out, ttsslice_error *err) {
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
static int32_t tell_progress(execution *ex, const ttss_record *record, const ttsslice_audio *audio,
                             ttsslice_error *err) {
    ttsslice_progress *p = &ex->progress;
    p->done++;
    p->failed += record->info.code != 0;
    p->not_passed += record->info.code == 0 && !record->info.passed;
    p->candidates += (int64_t)record->candidates.count;
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
static int32_t pass_on(execution *ex, const ttss_record *record, ttsslice_error *err) {
    const ttss_candidates *made = &record->candidates;
    ttsslice_audio *audio =
        made->count ? ttsslice_audio_ref(made->items[record->info.selected].audio) : NULL;
    int32_t code = ttss_output_flush(&ex->output, ex->result, err);
    if (!code)
        code = tell_progress(ex, record, audio, err);
    ttsslice_audio_unref(audio);
    return code;
}

/* What ends everything, told with the slice and the chunk it came from. */
static int32_t stop_run(const ttss_record *record, int32_t code, const ttsslice_error *why,
                        ttsslice_error *err) {
    ttss_fail(err, code, "%s", why->message);
    return ttss_in_slice(err, code, why->slice, record->info.index);
}

/* Settles a chunk: `code` and `why` say whether its takes could be made. Fails only where the run
 * has to stop. */
static int32_t finish_chunk(execution *ex, ttss_record *record, int32_t code,
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
        return stop_run(record, code, why, err);
    if (code) {
        ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run", "chunk %lld failed: %s",
                 (long long)record->info.index, why->message);
        code = ttss_record_fail(record, code, why->http_status, why->message, err);
    } else {
        code = ttss_record_settle(record, &selection, err);
    }
    if (code)
        return code;
    record->info.elapsed_ms = ttss_now_ms(&ttss_system_clock) - record->started_ms;
    record->done = true;
    if (!record->info.code)
        ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run",
                 "chunk %lld: %zu takes in %d rounds, %s", (long long)record->info.index,
                 record->candidates.count, (int)record->info.rounds,
                 record->info.passed ? "passed" : "none passed");
    return pass_on(ex, record, err);
}

/* A chunk without words: nothing is made, and the pause before it is all that is left of it. */
static int32_t finish_silent(execution *ex, ttss_record *record, ttsslice_error *err) {
    record->info.passed = 1;
    record->info.reason = TTSSLICE_REASON_SILENT;
    record->done = true;
    return pass_on(ex, record, err);
}

/* --- takes made here ------------------------------------------------------------------------ */

static int32_t make_chunk_here(execution *ex, ttss_record *record, ttsslice_error *err) {
    chunk_scope scope = scope_of(ex, record);
    ttss_rounds rounds = {ex->run->generator, judge_of(ex->run), &scope, is_cancelled, ex->run};
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    if (record->silent)
        return finish_silent(ex, record, err);
    record->started_ms = ttss_now_ms(&ttss_system_clock);
    int32_t code = ttss_take_rounds(&rounds, &scope.params, &record->candidates,
                                    &record->info.rounds, &failure);
    if (!ttss_is_fatal(code))
        return finish_chunk(ex, record, code, &failure, NULL, err);
    return stop_run(record, code, &failure, err);
}

static int32_t make_here(execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < ex->result->count && !code; i++)
        code = make_chunk_here(ex, &ex->result->records[i], err);
    return code;
}

/* --- takes made by the handler -------------------------------------------------------------- */

/* A job's number is the chunk's, or where a request makes one take holds the candidate too. */
static int64_t jobs_per_chunk(const execution *ex) {
    return ex->handler_slice == 1 ? ex->run->params.n_candidates : 1;
}

static int32_t submit_job(execution *ex, ttss_record *record, int32_t candidate, int32_t count,
                          ttsslice_error *err) {
    chunk_scope scope = scope_of(ex, record);
    char id[64];
    char *input = NULL;
    scope.params.first_candidate = candidate;
    scope.params.n_candidates = count;
    scope.params.first_attempt = record->attempt;
    snprintf(id, sizeof id, "%lld.%d.%d", (long long)record->info.index, record->attempt,
             candidate);
    int32_t code = ttss_input_write(&scope.params, ex->handler_slice, id, &input, err);
    if (!code)
        code = ttss_transport_submit(
            &ex->transport, record->info.index * jobs_per_chunk(ex) + candidate, input, err);
    free(input);
    if (!code)
        record->pending++;
    return code;
}

static int32_t submit_round(execution *ex, ttss_record *record, ttsslice_error *err) {
    int32_t n = ex->run->params.n_candidates, code = 0;
    record->info.rounds++;
    record->answered = false;
    if (ex->handler_slice != 1)
        return submit_job(ex, record, 0, n, err);
    for (int32_t c = 0; c < n && !code; c++)
        code = submit_job(ex, record, c, 1, err);
    return code;
}

/* Moves the answer's candidates to the record and judges those that are not. */
static int32_t take_over(execution *ex, ttss_record *record, ttss_answer *answer,
                         ttsslice_error *err) {
    chunk_scope scope = scope_of(ex, record);
    ttss_judge_fn judge = judge_of(ex->run);
    int32_t failure = 0;
    for (size_t i = 0; i < answer->candidates.count; i++) {
        ttss_candidate *candidate = &answer->candidates.items[i];
        if (is_cancelled(ex->run))
            return ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
        int32_t code = judge ? judge(&scope, candidate, err) : 0;
        if (!code)
            code = ttss_candidates_add(&record->candidates, candidate, err);
        if (ttss_is_fatal(code))
            return code;
        if (code)
            failure = code;
    }
    return failure;
}

static int32_t note_job(ttss_record *record, const ttsslice_job_result *job, ttsslice_error *err) {
    char *id = ttss_strdup(job->job_id), *worker = ttss_strdup(job->worker_id);
    if ((job->job_id && !id) || (job->worker_id && !worker)) {
        free(id);
        free(worker);
        return ttss_nomem(err);
    }
    free(record->job_id);
    free(record->worker_id);
    record->job_id = id;
    record->worker_id = worker;
    record->info.http_status = job->http_status;
    record->info.http_attempts += job->attempts;
    record->info.saved_jobs += job->source != TTSSLICE_SOURCE_SUBMITTED;
    return 0;
}

static int32_t read_job(execution *ex, ttss_record *record, const ttsslice_job_result *job,
                        ttss_answer *answer, ttsslice_error *failure) {
    chunk_scope scope = scope_of(ex, record);
    if (job->code) {
        ttss_fail(failure, job->code, "%s", job->error);
        failure->http_status = job->http_status;
        return job->code;
    }
    scope.params.first_candidate = (int32_t)(job->index % jobs_per_chunk(ex));
    scope.params.first_attempt = record->attempt;
    const ttss_output_text output = {job->output, job->output_length, job->attachments,
                                     job->attachment_count};
    int32_t code = ttss_answer_read(answer, &output, &scope.params, ex->handler_slice, failure);
    if (code && !ttss_is_fatal(code))
        ttss_transport_reject(&ex->transport);
    if (!code && ex->handler_slice >= 3)
        record->info.rounds = answer->rounds;
    return code ? code : take_over(ex, record, answer, failure);
}

/* A further round is worth asking for if the handler can be reached at all. */
static bool wants_round(const execution *ex, const ttss_record *record) {
    return ex->handler_slice < 3 && judge_of(ex->run) && record->answered &&
           ttss_candidates_passed(&record->candidates) == 0 &&
           record->attempt < ex->run->params.max_retries;
}

/* The platform lost the job, or the handler says that another try may do. Once for a chunk, as a
 * text that brings a worker down would bring the next one down too. */
static bool worker_was_lost(const ttss_record *record, const ttsslice_job_result *job) {
    return job->code == TTSSLICE_ERR_JOB && job->retryable && !record->resubmitted;
}

static int32_t submit_again(execution *ex, ttss_record *record, const ttsslice_job_result *job,
                            ttsslice_error *err) {
    record->resubmitted = true;
    ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run", "chunk %lld is sent once more: %s",
             (long long)record->info.index, job->error);
    bool single = ex->handler_slice == 1;
    return submit_job(ex, record, single ? (int32_t)(job->index % jobs_per_chunk(ex)) : 0,
                      single ? 1 : ex->run->params.n_candidates, err);
}

static int32_t answer_arrived(execution *ex, const ttsslice_job_result *job, ttsslice_error *err) {
    ttss_answer answer = {0};
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    int64_t chunk = job->index / jobs_per_chunk(ex);
    if (chunk < 0 || (size_t)chunk >= ex->result->count)
        return ttss_fail(err, TTSSLICE_ERR_INTERNAL,
                         "a result for job %lld, which was not asked for", (long long)job->index);
    ttss_record *record = &ex->result->records[chunk];
    int32_t ret = note_job(record, job, err);
    if (ret)
        return ret;
    record->pending--;
    record->answered |= job->code == 0 || job->code == TTSSLICE_ERR_JOB;
    if (worker_was_lost(record, job))
        return submit_again(ex, record, job, err);
    int32_t code = read_job(ex, record, job, &answer, &failure);
    if (ttss_is_fatal(code)) {
        ret = stop_run(record, code, &failure, err);
    } else if (record->pending == 0 && wants_round(ex, record)) {
        record->attempt++;
        ret = submit_round(ex, record, err);
    } else if (record->pending == 0) {
        ret = finish_chunk(ex, record, code ? code : TTSSLICE_ERR_EMPTY_RESULT, &failure,
                           &answer.selection, err);
    }
    ttss_answer_free(&answer);
    return ret;
}

/* Nobody has ever answered at the endpoint: the other jobs need not find that out one by one. */
static int32_t give_up(execution *ex, const ttsslice_job_result *job, ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t code = 0;
    ttss_fail(&why, job->code, "%s", job->error);
    ttsslice_dispatcher_cancel(ex->run->dispatcher);
    for (size_t i = 0; i < ex->result->count && !code; i++)
        if (!ex->result->records[i].done)
            code = finish_chunk(ex, &ex->result->records[i], job->code, &why, NULL, err);
    return code;
}

/* Until no job is left. What the transport says on its way out is no failure. */
static int32_t take_answers(execution *ex, ttsslice_error *err) {
    for (;;) {
        const ttsslice_job_result *job = NULL;
        ttsslice_error failure = TTSSLICE_ERROR_INIT;
        if (!ex->run->dispatcher && is_cancelled(ex->run))
            return ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
        int32_t code = ttss_transport_next(&ex->transport, &job, &failure);
        if (code == TTSSLICE_ERR_END)
            return 0;
        if (code && err)
            *err = failure;
        if (!code) {
            ex->reached |= job->http_status != 0 || job->code == 0;
            code = answer_arrived(ex, job, err);
        }
        if (code)
            return code;
        if (ex->run->dispatcher && !ex->reached && job->code == TTSSLICE_ERR_NETWORK)
            return give_up(ex, job, err);
    }
}

static int32_t make_there(execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < ex->result->count && !code; i++) {
        ttss_record *record = &ex->result->records[i];
        record->started_ms = ttss_now_ms(&ttss_system_clock);
        code = record->silent ? finish_silent(ex, record, err) : submit_round(ex, record, err);
    }
    if (!code)
        code = take_answers(ex, err);
    if (code && ex->run->dispatcher) {
        /* What is still at the endpoint is cancelled there now. */
        const ttsslice_job_result *job = NULL;
        ttsslice_dispatcher_cancel(ex->run->dispatcher);
        (void)ttsslice_dispatcher_next(ex->run->dispatcher, -1, &job, NULL);
    }
    return code;
}

/* --- the whole ------------------------------------------------------------------------------ */

/* Nothing was made at all: the first failure says why. */
static int32_t all_failed(const execution *ex, ttsslice_error *err) {
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

static int32_t some_failed(const execution *ex, ttsslice_error *err) {
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
static int32_t complete(execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    if (ex->progress.candidates == 0)
        return all_failed(ex, err);
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
    execution ex = {.run = run, .handler_slice = ttss_plan_handler_slice(&run->plan)};
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
        code = ex.handler_slice ? make_there(&ex, err) : make_here(&ex, err);
    ex.result->elapsed_ms = ttss_now_ms(&ttss_system_clock) - started;
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
