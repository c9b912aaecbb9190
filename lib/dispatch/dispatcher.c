/* SPDX-License-Identifier: MIT */
/* The public side of the slice "dispatch": a dispatcher takes jobs and hands out results. Jobs move
 * within ttsslice_dispatcher_next() only (and are given up within ttsslice_dispatcher_free()); the
 * work itself is in loop.c. */
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/utf8.h"
#include "base/mem.h"
#include "dispatch/loop.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int32_t ttsslice_dispatcher_new(const ttsslice_dispatch_options *options, ttsslice_dispatcher **out,
                                ttsslice_error *err) {
    if (!out)
        return ttss_in_slice(err, ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL"),
                             TTSSLICE_SLICE_DISPATCH, -1);
    ttsslice_dispatcher *d = ttss_new(ttsslice_dispatcher);
    int32_t ret = d ? ttss_curl_start(err) : ttss_nomem(err);
    if (d)
        d->owner = getpid();
    if (!ret)
        ret = ttss_settings_read(&d->settings, options, err);
    if (!ret && d->settings.journal)
        ret = ttss_journal_open(d->settings.journal, d->settings.endpoint, &d->settings.logger,
                                &d->journal, err);
    if (!ret && d->settings.trace)
        ret = ttss_trace_open(d->settings.trace, &d->settings.policy, &d->settings.logger,
                              ttss_now_ms(&ttss_system_clock), &d->trace, err);
    if (!ret)
        ret = ttss_client_init(&d->client, &d->settings, err);
    if (!ret)
        ret = ttss_loop_init(d, err);
    if (ret) {
        ttsslice_dispatcher_free(d);
        return ttss_in_slice(err, ret, TTSSLICE_SLICE_DISPATCH, -1);
    }
    *out = d;
    return 0;
}

/* A child has its own copy of the jobs and the same connections: both would send them. */
static int32_t refuse_child(const ttsslice_dispatcher *d, ttsslice_error *err) {
    return d->owner == getpid() ? 0
                                : ttss_fail(err, TTSSLICE_ERR_INVALID,
                                            "the dispatcher belongs to the process that made it; "
                                            "make another one after fork()");
}

static int32_t parse_input(const ttss_protocol *protocol, const char *input, size_t *length,
                           json_t **object, ttsslice_error *err) {
    int32_t ret = ttss_text_check(input, length, err);
    if (ret)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a job's input must be JSON in UTF-8");
    if (*length > protocol->longest_input)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "a job's input is %zu bytes; endpoints take %zu: shorten the text or the "
                         "voice sample",
                         *length, protocol->longest_input);
    ret = ttss_json_parse_object(input, *length, "a job's input", object, err);
    if (ret == TTSSLICE_ERR_PROTOCOL && err)
        err->code = TTSSLICE_ERR_INVALID;
    if (ret)
        return ret == TTSSLICE_ERR_PROTOCOL ? TTSSLICE_ERR_INVALID : ret;
    if (json_object_size(*object) == 0)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "a job's input is empty; endpoints lose such jobs: give it a text");
    return 0;
}

/* What is sent of an input: its text as it is, or what the protocol makes of it. */
static char *write_envelope(const ttss_settings *settings, const char *input, size_t length,
                            const json_t *content, size_t *envelope_length) {
    const ttss_protocol *protocol = settings->policy.protocol;
    char *text = content ? ttss_json_dump(content, false) : NULL;
    if (content && !text)
        return NULL;
    char *envelope = protocol->envelope(text ? text : input, text ? strlen(text) : length,
                                        settings->policy.job_timeout_ms, envelope_length);
    free(text);
    return envelope;
}

static int32_t new_job(ttsslice_dispatcher *d, int64_t index, const char *input, size_t length,
                       ttss_job **out, ttsslice_error *err) {
    const ttss_protocol *protocol = d->settings.policy.protocol;
    json_t *object = NULL, *content = NULL;
    size_t size = 0;
    char key[TTSS_KEY_SIZE] = "";
    int32_t ret = parse_input(protocol, input, &length, &object, err);
    if (!ret && protocol->content)
        ret = protocol->content(&d->settings, object, &content, err);
    if (!ret && d->journal)
        ret = ttss_job_key(content ? content : object, key, err);
    if (!ret) {
        char *envelope = write_envelope(&d->settings, input, length, content, &size);
        *out = envelope ? ttss_job_new(index, envelope, size) : NULL;
        ret = *out ? 0 : ttss_nomem(err);
    }
    if (!ret) {
        const json_t *text = json_object_get(object, "text");
        memcpy((*out)->key, key, sizeof key);
        (*out)->weight = json_is_string(text)
                             ? ttss_utf8_count(json_string_value(text), json_string_length(text))
                             : length;
    }
    json_decref(content);
    json_decref(object);
    return ret;
}

/* Where its way begins: the journal may have its result, or an id under which the endpoint has it.
 */
static void enlist(ttsslice_dispatcher *d, ttss_job *job) {
    char id[TTSS_ID_MAX];
    int64_t now = ttss_now_ms(&ttss_system_clock);
    int64_t expected = ttss_estimate_ms(&d->schedule.estimate, job->weight);
    if (d->journal && ttss_journal_has(d->journal, job)) {
        ttss_trace_queued(d->trace, job, expected, true, now);
        ttss_job_push(&d->saved, job);
        return;
    }
    if (d->journal && d->settings.policy.protocol->submission == TTSS_REQUEST_RUN &&
        ttss_journal_take_id(d->journal, job, id))
        ttss_job_collect(job, id);
    ttss_trace_queued(d->trace, job, expected, false, now);
    ttss_schedule_queue(&d->schedule, job);
}

int32_t ttsslice_dispatcher_submit(ttsslice_dispatcher *d, int64_t index, const char *input,
                                   size_t length, ttsslice_error *err) {
    ttss_job *job = NULL;
    int32_t ret = 0;
    if (!d || !input)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", d ? "input" : "dispatcher");
    else if (atomic_load(&d->cancelled))
        ret = ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
    else
        ret = refuse_child(d, err);
    if (!ret)
        ret = new_job(d, index, input, length, &job, err);
    if (ret)
        return ttss_in_slice(err, ret, TTSSLICE_SLICE_DISPATCH, -1);
    d->totals.jobs++;
    enlist(d, job);
    return 0;
}

static const ttsslice_job_result *hand_out(ttsslice_dispatcher *d) {
    const ttss_job *job = d->handed = ttss_job_pop(&d->done);
    bool fine = job->failure.code == 0;
    d->client.waiting -= ttss_job_held(job);
    d->result = (ttsslice_job_result){
        .index = job->index,
        .output = fine ? job->body + job->output_start : NULL,
        .output_length = fine ? job->output_length : 0,
        .job_id = job->id,
        .worker_id = job->worker_id,
        .error = job->failure.message,
        .error_code = job->error_code,
        .retry_after_s = job->failure.retry_after_s,
        .delay_ms = job->delay_ms,
        .execution_ms = job->execution_ms,
        .elapsed_ms = job->submissions ? job->end_ms - job->first_ms : 0,
        .code = job->failure.code,
        .http_status = job->failure.http_status,
        .attempts = job->submissions,
        .retryable = job->retryable,
        .attachments = job->audio.items,
        .attachment_count = job->audio.count,
        .source = job->source,
        .possible_duplicates = job->possible_duplicates,
        .retries = job->retries > INT32_MAX ? INT32_MAX : (int32_t)job->retries,
        .hedges = job->hedges,
        .hedge_won = job->hedge_won,
        .billed_ms = job->billed_ms,
        .cost = ttss_policy_cost(&d->settings.policy, job->billed_ms),
    };
    return &d->result;
}

/* Makes a result out of what the journal holds; one that is damaged is queued as if it had never
 * been. */
static int32_t load_saved(ttsslice_dispatcher *d, ttsslice_error *err) {
    while (!d->done.count && d->saved.count) {
        ttss_job *job = ttss_job_pop(&d->saved);
        int32_t ret = ttss_journal_load(d->journal, job, err);
        if (ret == TTSSLICE_ERR_NOMEM) {
            ttss_job_push(&d->saved, job);
            return ret;
        }
        if (ret) {
            ttss_schedule_queue(&d->schedule, job);
            continue;
        }
        job->source = TTSSLICE_SOURCE_JOURNAL;
        job->next = TTSS_NEXT_DONE;
        d->client.waiting += ttss_job_held(job);
        d->totals.done++;
        d->totals.saved++;
        if (job->execution_ms >= 0)
            ttss_estimate_add(&d->schedule.estimate, job->weight, job->execution_ms);
        ttss_trace_ended(d->trace, job, -1.0, ttss_now_ms(&ttss_system_clock));
        ttss_job_push(&d->done, job);
    }
    return 0;
}

/* END and TIMEOUT are no failures: they leave *err alone. */
static int32_t next_result(ttsslice_dispatcher *d, int64_t timeout_ms,
                           const ttsslice_job_result **out, ttsslice_error *err) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    int64_t until = timeout_ms < 0 || timeout_ms > INT64_MAX - now ? INT64_MAX : now + timeout_ms;
    ttss_job_free(d->handed);
    d->handed = NULL;
    ttss_trace_begin(d->trace);
    ttss_loop_return(d, now);
    /* The other jobs move on also while results are being fetched. */
    if (load_saved(d, err) != 0)
        return ttss_in_slice(err, TTSSLICE_ERR_NOMEM, TTSSLICE_SLICE_DISPATCH, -1);
    bool ready = d->done.count > 0;
    int32_t ret = ttss_loop_work(d, ready ? now : until, ready ? NULL : err);
    if (ret && !ready)
        return ttss_in_slice(err, ret, TTSSLICE_SLICE_DISPATCH, -1);
    if (atomic_load(&d->cancelled)) {
        if (!d->drained)
            ttss_loop_drain(d);
        return ttss_in_slice(err, ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled"),
                             TTSSLICE_SLICE_DISPATCH, -1);
    }
    if (d->done.count) {
        *out = hand_out(d);
        return 0;
    }
    return ttss_schedule_count(&d->schedule) ? TTSSLICE_ERR_TIMEOUT : TTSSLICE_ERR_END;
}

int32_t ttsslice_dispatcher_next(ttsslice_dispatcher *d, int64_t timeout_ms,
                                 const ttsslice_job_result **out, ttsslice_error *err) {
    int32_t ret = 0;
    if (!d || !out)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", d ? "out" : "dispatcher");
    else if (timeout_ms < -1)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "timeout_ms is %lld; it must be -1 or more",
                        (long long)timeout_ms);
    if (!ret)
        ret = refuse_child(d, err);
    if (ret)
        return ttss_in_slice(err, ret, TTSSLICE_SLICE_DISPATCH, -1);
    ret = next_result(d, timeout_ms, out, err);
    d->left_ms = ttss_now_ms(&ttss_system_clock);
    return ret;
}

void ttsslice_dispatcher_reject(ttsslice_dispatcher *d) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d && d->journal && d->handed && !d->handed->failure.code &&
        ttss_journal_reject(d->journal, d->handed, &why) != 0)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch", "%s", why.message);
}

size_t ttsslice_dispatcher_pending(const ttsslice_dispatcher *d) {
    return d ? ttss_schedule_count(&d->schedule) + d->done.count + d->saved.count : 0;
}

const ttsslice_dispatch_totals *ttsslice_dispatcher_totals(ttsslice_dispatcher *d) {
    if (!d)
        return NULL;
    ttss_schedule *s = &d->schedule;
    ttss_forecast left = ttss_schedule_left(s);
    ttsslice_dispatch_totals *totals = &d->totals;
    totals->left_billed_ms = left.billed_ms;
    totals->left_elapsed_ms = left.elapsed_ms;
    totals->left_stopped = left.stopped;
    totals->hedges = (int64_t)s->hedges;
    totals->billed_ms = s->billed_ms;
    totals->left = (int64_t)ttss_schedule_count(s);
    totals->cost = ttss_policy_cost(&d->settings.policy, totals->billed_ms);
    totals->left_cost = ttss_policy_cost(&d->settings.policy, totals->left_billed_ms);
    return totals;
}

void ttsslice_dispatcher_cancel(ttsslice_dispatcher *d) {
    if (!d)
        return;
    atomic_store(&d->cancelled, true);
    curl_multi_wakeup(d->multi);
}

void ttsslice_dispatcher_free(ttsslice_dispatcher *d) {
    if (!d || d->owner != getpid()) /* closing connections would end the parent's */
        return;
    if (d->multi && !d->drained)
        ttss_loop_drain(d);
    if (d->multi)
        ttss_trace_totals(d->trace, ttsslice_dispatcher_totals(d), ttss_now_ms(&ttss_system_clock));
    ttss_trace_close(d->trace);
    ttss_job_free(d->handed);
    ttss_loop_free(d);
    ttss_client_free(&d->client);
    ttss_journal_close(d->journal);
    ttss_settings_free(&d->settings);
    free(d);
}
