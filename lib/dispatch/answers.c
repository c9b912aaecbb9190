/* SPDX-License-Identifier: MIT */
/* What the answers of requests mean for the jobs they belong to. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdio.h>

static void after_answer(ttsslice_dispatcher *d, ttss_job *job, int64_t now_ms) {
    if (job->next != TTSS_NEXT_DONE && !job->unwanted)
        return;
    job->end_ms = now_ms;
    /* Where a call has succeeded the address is right: "not found" is a voice, say, of this job. */
    if (job->for_all && !(d->served && job->failure.code == TTSSLICE_ERR_ENDPOINT)) {
        d->fatal = job->failure;
        ttss_log(&d->settings.logger, TTSSLICE_LOG_ERROR, "dispatch", "%s; all jobs end",
                 d->fatal.message);
    }
    ttss_loop_finish(d, job);
    if (d->fatal.code)
        ttss_loop_finish_all(d, now_ms);
}

#define LONG_WAIT_MS 5000

static void describe(const ttss_answer *answer, char *out, size_t size) {
    if (answer->transfer == TTSS_TRANSFER_UNREADABLE)
        snprintf(out, size, "answered what cannot be read");
    else if (answer->http_status)
        snprintf(out, size, "answered HTTP %d", answer->http_status);
    else
        snprintf(out, size, "got no answer");
}

static bool log_retry(ttsslice_dispatcher *d, const ttss_job *job, const ttss_answer *answer,
                      bool submitting, int64_t now_ms) {
    char what[40];
    ttss_retry_rule rule = ttss_retry_classify(ttss_job_request(job, &d->settings.policy),
                                               answer->transfer, answer->http_status);
    if (job->next == TTSS_NEXT_DONE || rule.class == TTSS_CLASS_OK)
        return false;
    describe(answer, what, sizeof what);
    /* A long wait that was asked for is said, once while it lasts. */
    int64_t pause = job->due_ms - now_ms;
    bool asked = answer->retry_after_s >= 0.0 && pause > LONG_WAIT_MS && now_ms >= d->told_wait_ms;
    if (asked)
        d->told_wait_ms = job->due_ms;
    ttss_log(&d->settings.logger, asked ? TTSSLICE_LOG_WARNING : TTSSLICE_LOG_INFO, "dispatch",
             "job %lld: %s %s; again in %lld ms%s", (long long)job->index,
             ttss_job_path(job, &d->settings.policy), what, (long long)(job->due_ms - now_ms),
             submitting && rule.maybe_done ? "; it may then run twice" : "");
    return true;
}

/* Not every endpoint has the long poll: the first answer tells. A 404 then is not the job's. */
static bool long_poll_refused(ttsslice_dispatcher *d, const ttss_request *request,
                              const ttss_answer *answer) {
    int32_t status = answer->http_status;
    if (!request->wait_ms || d->long_poll == TTSS_LONG_POLL_THERE || !status)
        return false;
    if (status != 400 && status != 404 && status != 405 && status != 501)
        return false;
    if (d->long_poll == TTSS_LONG_POLL_UNKNOWN)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_DEBUG, "dispatch",
                 "the endpoint has no /status-sync (HTTP %d); jobs are polled", status);
    d->long_poll = TTSS_LONG_POLL_ABSENT;
    return true;
}

/* Only what could be read came from the endpoint itself. Until that is so, and it may be that a
 * page stands in for what is not there, the same job is asked after in the other way. */
static void note_long_poll(ttsslice_dispatcher *d, ttss_job *job, const ttss_request *request,
                           const ttss_answer *answer) {
    if (!request->wait_ms || answer->http_status / 100 != 2)
        return;
    if (answer->transfer != TTSS_TRANSFER_UNREADABLE)
        d->long_poll = TTSS_LONG_POLL_THERE;
    else if (d->long_poll != TTSS_LONG_POLL_THERE)
        job->plain = true;
}

/* RunPod's server for tests of handlers wants POST. */
static bool method_refused(ttsslice_dispatcher *d, const ttss_request *request,
                           const ttss_answer *answer) {
    if (request->kind != TTSS_REQUEST_STATUS || answer->http_status != 405 || request->posts)
        return false;
    d->client.posts_status = true;
    return true;
}

/* Asked again at once: after the submission, or when the time there was over. An endpoint that
 * answers early does not wait, and is asked as often as any other. */
static void poll_at_once(const ttsslice_dispatcher *d, ttss_job *job, const ttss_request *request,
                         int64_t now_ms) {
    bool waited = request->kind == TTSS_REQUEST_RUN ||
                  (request->wait_ms && now_ms - request->sent_ms >= request->wait_ms / 2);
    if (job->next == TTSS_NEXT_POLL && !job->poll_failures && waited && ttss_loop_may_long_poll(d))
        job->due_ms = now_ms;
}

static void job_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result,
                       int64_t now_ms) {
    ttss_job *job = request->job;
    bool submitting = ttss_is_submission(request->kind), collected = job->collecting;
    ttss_answer answer = ttss_request_answer(request, result);
    if (long_poll_refused(d, request, &answer) || method_refused(d, request, &answer)) {
        job->waiting = false;
        ttss_loop_retire(d, request);
        return;
    }
    if (request->kind == TTSS_REQUEST_STATUS && answer.http_status == 404 &&
        d->long_poll == TTSS_LONG_POLL_ABSENT)
        d->long_poll = TTSS_LONG_POLL_UNKNOWN; /* it may have been the job that was missing */
    ttss_job_answered(job, &d->settings.policy, &answer, now_ms);
    note_long_poll(d, job, request, &answer);
    d->served = d->served || (request->kind == TTSS_REQUEST_CALL && answer.http_status / 100 == 2);
    d->schedule.started += collected && !job->collecting && job->next == TTSS_NEXT_SUBMIT;
    if (submitting) {
        int64_t before = ttss_limit_now(&d->schedule.limit);
        ttss_schedule_submitted(&d->schedule, job, request->sent_ms, now_ms);
        int64_t after = ttss_limit_now(&d->schedule.limit);
        if (after != before)
            ttss_trace_limited(d->trace, after, now_ms);
        ttss_loop_note(d, job);
    }
    poll_at_once(d, job, request, now_ms);
    bool retried = log_retry(d, job, &answer, submitting, now_ms);
    ttss_trace_answered(d->trace, job, submitting, answer.http_status, retried, now_ms);
    ttss_loop_retire(d, request);
    after_answer(d, job, now_ms);
}

static void cancel_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result) {
    ttss_answer answer = ttss_request_answer(request, result);
    bool fine = answer.transfer == TTSS_TRANSFER_DONE &&
                (answer.http_status / 100 == 2 || answer.http_status == 404);
    char what[40];
    describe(&answer, what, sizeof what);
    ttss_log(&d->settings.logger, fine ? TTSSLICE_LOG_DEBUG : TTSSLICE_LOG_WARNING, "dispatch",
             fine ? "job %s was cancelled on the endpoint; /cancel %s"
                  : "job %s could not be cancelled and may run on; /cancel %s",
             request->job_id, what);
    ttss_trace_cancelled(d->trace, request->job_id, fine, ttss_now_ms(&ttss_system_clock));
    ttss_loop_retire(d, request);
}

/* How many workers are idle, for copies of late jobs. */
static void health_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result,
                          int64_t now_ms) {
    ttss_answer answer = ttss_request_answer(request, result);
    ttss_retry_rule rule =
        ttss_retry_classify(TTSS_REQUEST_HEALTH, answer.transfer, answer.http_status);
    int64_t idle = 0;
    if (rule.class == TTSS_CLASS_OK)
        idle = d->settings.policy.protocol->idle(answer.body->data ? answer.body->data : "",
                                                 answer.body->length);
    else if (rule.class != TTSS_CLASS_RETRY)
        idle = -1;
    if (idle < 0)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch",
                 "/health does not tell how many workers are idle; late jobs are not copied");
    ttss_schedule_health(&d->schedule, idle, now_ms);
    ttss_loop_retire(d, request);
}

static void take_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result,
                        int64_t now_ms) {
    if (request->kind == TTSS_REQUEST_CANCEL)
        cancel_answer(d, request, result);
    else if (request->kind == TTSS_REQUEST_HEALTH)
        health_answer(d, request, result, now_ms);
    else
        job_answer(d, request, result, now_ms);
}

void ttss_loop_read_answers(ttsslice_dispatcher *d, int64_t now_ms) {
    int left = 0;
    for (CURLMsg *message = curl_multi_info_read(d->multi, &left); message;
         message = curl_multi_info_read(d->multi, &left)) {
        ttss_request *request = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&request);
        take_answer(d, request, message->data.result, now_ms);
    }
}

/* Taking an answer may end other requests too, so each search begins anew. */
void ttss_loop_expire_requests(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_request *request;
    do {
        for (request = d->requests; request; request = request->next)
            if (now_ms >= request->deadline_ms && !request->paused_ms) {
                take_answer(d, request, CURLE_OPERATION_TIMEDOUT, now_ms);
                break;
            }
    } while (request);
}
