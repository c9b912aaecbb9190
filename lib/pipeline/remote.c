/* SPDX-License-Identifier: MIT */
/* Takes that a handler makes: jobs go out for all chunks and answers come back in any order; what
 * the handler does not do is done here as they arrive. */
#include "pipeline/execution.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pipeline/protocol.h"

#include <stdio.h>
#include <stdlib.h>

/* Takes are asked for one by one, the next where this one did not pass; a handler that judges does
 * that itself. */
static bool one_by_one(const ttss_execution *ex) {
    return ex->handler_slice < 3 && ex->run->params.takes == TTSSLICE_TAKES_UNTIL_PASS;
}

static bool is_single(const ttss_execution *ex) {
    return ex->handler_slice == 1 || one_by_one(ex);
}

/* A job's number is that of its record, or where a request makes one take holds the candidate too.
 * Records are the chunks and behind them their halves. */
static int64_t jobs_per_record(const ttss_execution *ex) {
    return is_single(ex) ? ex->run->params.n_candidates : 1;
}

static int64_t number_of(const ttss_execution *ex, const ttss_record *record) {
    return record->parent
               ? (int64_t)ex->result->count + TTSS_PARTS * record->info.index + record->part
               : record->info.index;
}

/* NULL if no job was sent for it. */
static ttss_record *record_of(const ttss_execution *ex, int64_t number) {
    int64_t count = (int64_t)ex->result->count;
    if (number < 0 || number >= (1 + TTSS_PARTS) * count)
        return NULL;
    if (number < count)
        return &ex->result->records[number];
    ttss_record *parts = ex->result->records[(number - count) / TTSS_PARTS].parts;
    return parts ? &parts[(number - count) % TTSS_PARTS] : NULL;
}

static int32_t submit_job(ttss_execution *ex, ttss_record *record, int32_t candidate, int32_t count,
                          ttsslice_error *err) {
    ttss_chunk_scope scope = ttss_scope_of(ex, record);
    char id[80];
    char *input = NULL;
    scope.params.first_candidate = candidate;
    scope.params.n_candidates = count;
    scope.params.first_attempt = record->attempt;
    snprintf(id, sizeof id, "%lld%s.%d.%d", (long long)record->info.index,
             record->parent ? (record->part ? "b" : "a") : "", record->attempt, candidate);
    int32_t code = ttss_input_write(&scope.params, ex->handler_slice, id, &input, err);
    if (!code)
        code = ttss_transport_submit(
            &ex->transport, number_of(ex, record) * jobs_per_record(ex) + candidate, input, err);
    free(input);
    if (!code)
        record->pending++;
    return code;
}

static int32_t submit_round(ttss_execution *ex, ttss_record *record, ttsslice_error *err) {
    int32_t n = ex->run->params.n_candidates, code = 0;
    record->info.rounds++;
    record->answered = false;
    record->candidate = 0;
    if (!is_single(ex))
        return submit_job(ex, record, 0, n, err);
    if (one_by_one(ex))
        return submit_job(ex, record, 0, 1, err);
    for (int32_t c = 0; c < n && !code; c++)
        code = submit_job(ex, record, c, 1, err);
    return code;
}

/* Moves the answer's candidates to the record and judges those that are not. */
static int32_t take_over(ttss_execution *ex, ttss_record *record, ttss_answer *answer,
                         ttsslice_error *err) {
    ttss_chunk_scope scope = ttss_scope_of(ex, record);
    ttss_judge_fn judge = ttss_judge_of(ex->run);
    int32_t failure = 0;
    for (size_t i = 0; i < answer->candidates.count; i++) {
        ttss_candidate *candidate = &answer->candidates.items[i];
        if (ttss_is_cancelled(ex->run))
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
    record->info.billed_ms += job->billed_ms;
    if (job->cost >= 0.0)
        record->info.cost = job->cost + (record->info.cost > 0.0 ? record->info.cost : 0.0);
    return 0;
}

static int32_t read_job(ttss_execution *ex, ttss_record *record, const ttsslice_job_result *job,
                        ttss_answer *answer, ttsslice_error *failure) {
    ttss_chunk_scope scope = ttss_scope_of(ex, record);
    if (job->code) {
        ttss_fail(failure, job->code, "%s", job->error);
        failure->http_status = job->http_status;
        return job->code;
    }
    scope.params.first_candidate = (int32_t)(job->index % jobs_per_record(ex));
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

/* Further takes are worth asking for if the handler can be reached at all. */
static bool wants_more(const ttss_record *record) {
    return record->answered && ttss_candidates_passed(&record->candidates) == 0;
}

static bool wants_take(const ttss_execution *ex, const ttss_record *record) {
    return one_by_one(ex) && wants_more(record) &&
           record->candidate + 1 < ex->run->params.n_candidates;
}

static bool wants_round(const ttss_execution *ex, const ttss_record *record) {
    return ex->handler_slice < 3 && ttss_judge_of(ex->run) && wants_more(record) &&
           record->attempt < ex->run->params.max_retries;
}

/* The platform lost the job, or the handler says that another try may do. Once for a chunk, as a
 * text that brings a worker down would bring the next one down too. */
static bool worker_was_lost(const ttss_record *record, const ttsslice_job_result *job) {
    return job->code == TTSSLICE_ERR_JOB && job->retryable && !record->resubmitted;
}

static int32_t submit_again(ttss_execution *ex, ttss_record *record, const ttsslice_job_result *job,
                            ttsslice_error *err) {
    record->resubmitted = true;
    ttss_log(&ex->run->logger, TTSSLICE_LOG_INFO, "run", "chunk %lld is sent once more: %s",
             (long long)record->info.index, job->error);
    bool single = is_single(ex);
    return submit_job(ex, record, single ? (int32_t)(job->index % jobs_per_record(ex)) : 0,
                      single ? 1 : ex->run->params.n_candidates, err);
}

static int32_t answer_arrived(ttss_execution *ex, const ttsslice_job_result *job,
                              ttsslice_error *err) {
    ttss_answer answer = {0};
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    ttss_record *record = record_of(ex, job->index / jobs_per_record(ex));
    if (!record)
        return ttss_fail(err, TTSSLICE_ERR_INTERNAL,
                         "a result for job %lld, which was not asked for", (long long)job->index);
    int32_t ret = note_job(record, job, err);
    if (ret)
        return ret;
    record->pending--;
    record->answered |= job->code == 0 || job->code == TTSSLICE_ERR_JOB;
    if (worker_was_lost(record, job))
        return submit_again(ex, record, job, err);
    int32_t code = read_job(ex, record, job, &answer, &failure);
    if (ttss_is_fatal(code)) {
        ret = ttss_stop_run(record, code, &failure, err);
    } else if (record->pending == 0 && wants_take(ex, record)) {
        ret = submit_job(ex, record, ++record->candidate, 1, err);
    } else if (record->pending == 0 && wants_round(ex, record)) {
        record->attempt++;
        ret = submit_round(ex, record, err);
    } else if (record->pending == 0) {
        ret = ttss_finish_chunk(ex, record, code ? code : TTSSLICE_ERR_EMPTY_RESULT, &failure,
                                &answer.selection, err);
    }
    ttss_answer_free(&answer);
    return ret;
}

/* Nobody has ever answered at the endpoint: the other jobs need not find that out one by one. */
static int32_t give_up(ttss_execution *ex, const ttsslice_job_result *job, ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t code = 0;
    ttss_fail(&why, job->code, "%s", job->error);
    ttsslice_dispatcher_cancel(ex->run->dispatcher);
    for (size_t i = 0; i < ex->result->count && !code; i++)
        if (!ex->result->records[i].done)
            code = ttss_finish_chunk(ex, &ex->result->records[i], job->code, &why, NULL, err);
    return code;
}

/* Until no job is left. What the transport says on its way out is no failure. */
static int32_t take_answers(ttss_execution *ex, ttsslice_error *err) {
    for (;;) {
        const ttsslice_job_result *job = NULL;
        ttsslice_error failure = TTSSLICE_ERROR_INIT;
        if (!ex->run->dispatcher && ttss_is_cancelled(ex->run))
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

int32_t ttss_make_record_there(ttss_execution *ex, ttss_record *record, ttsslice_error *err) {
    record->started_ms = ttss_now_ms(&ttss_system_clock);
    return submit_round(ex, record, err);
}

int32_t ttss_make_there(ttss_execution *ex, ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < ex->result->count && !code; i++) {
        ttss_record *record = &ex->result->records[i];
        code = record->silent ? ttss_finish_silent(ex, record, err)
                              : ttss_make_record_there(ex, record, err);
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
