/* SPDX-License-Identifier: MIT */
/* The loop over libcurl's multi interface; see loop.h. It does what the jobs' state machines ask
 * for, within RunPod's rate limits. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <unistd.h>

/* RunPod takes 100 requests to /cancel in ten seconds. Most come at the end, all together: a burst
 * for twice as many jobs as are in flight unless more are asked for. */
#define CANCEL_RATE      5
#define CANCEL_BURST     50
#define REQUESTS_MAX     150
#define CONNECTIONS_KEPT 32L

/* --- what is due --------------------------------------------------------------------------- */

static bool is_call(const ttsslice_dispatcher *d) {
    return d->settings.policy.protocol->submission == TTSS_REQUEST_CALL;
}

/* Calls hold a connection each; the limits that the constants keep are RunPod's. */
static size_t requests_max(const ttsslice_dispatcher *d) {
    return is_call(d) ? (size_t)d->settings.policy.max_in_flight : REQUESTS_MAX;
}

/* One that waits for others' audio is not late. */
static bool is_paused(const ttss_request *request) {
    return request && request->paused_ms;
}

static void stop_queued(ttsslice_dispatcher *d, const ttsslice_error *why, int64_t now_ms) {
    ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch", "%zu jobs were %s",
             d->schedule.queued.count, why->message);
    for (ttss_job *job = ttss_job_pop(&d->schedule.queued); job;
         job = ttss_job_pop(&d->schedule.queued)) {
        ttss_job_fail(job, now_ms, why->code, true, "%s", why->message);
        ttss_loop_finish(d, job);
    }
}

static void admit(ttsslice_dispatcher *d, int64_t now_ms) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->fatal.code)
        ttss_loop_finish_all(d, now_ms);
    /* A slow caller is not buried under results. */
    if (d->done.count >= (size_t)d->settings.policy.max_in_flight)
        return;
    if (ttss_schedule_hopeless(&d->schedule))
        ttss_loop_finish_suspects(d);
    ttss_schedule_admit(&d->schedule, now_ms);
    if (ttss_schedule_stopped(&d->schedule, &why))
        stop_queued(d, &why, now_ms);
}

static void expire_jobs(ttsslice_dispatcher *d, int64_t now_ms) {
    for (size_t i = 0; i < d->schedule.active_count;) {
        ttss_job *job = d->schedule.active[i];
        if (now_ms < job->deadline_ms || is_paused(job->request)) {
            i++;
            continue;
        }
        ttss_job_expire(job, &d->settings.policy, now_ms);
        ttss_loop_finish(d, job);
    }
}

static ttss_request *new_request(ttsslice_dispatcher *d, const ttss_job *job) {
    bool waits = !job->plain && ttss_loop_may_long_poll(d);
    enum ttss_request_kind kind = ttss_job_request(job, &d->settings.policy);
    if (kind == TTSS_REQUEST_FETCH)
        return ttss_request_fetch(&d->client, job->audio_url,
                                  d->settings.policy.max_reply_bytes - ttss_job_held(job));
    if (kind == TTSS_REQUEST_STATUS)
        return ttss_request_new(&d->client, kind, job->id, waits ? ttss_loop_long_poll_ms(d) : 0,
                                NULL, 0);
    return ttss_request_new(&d->client, kind, NULL, 0, job->envelope, job->envelope_length);
}

static void start_job(ttsslice_dispatcher *d, ttss_job *job, int64_t now_ms) {
    bool submit = job->next == TTSS_NEXT_SUBMIT;
    ttss_request *request = new_request(d, job);
    d->totals.submissions += submit;
    d->totals.retries += submit && job->submissions;
    ttss_job_begin(job, &d->settings.policy, now_ms);
    if (request) {
        request->job = job;
        request->sent_ms = now_ms;
        job->request = request;
    }
    if (submit)
        ttss_trace_submitted(d->trace, job, now_ms);
    if (!ttss_loop_launch(d, request)) {
        job->request = NULL;
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_NOMEM, true, "out of memory");
        ttss_loop_finish(d, job);
    }
}

static void start_due(ttsslice_dispatcher *d, enum ttss_next next, int64_t now_ms) {
    while (d->request_count < requests_max(d)) {
        ttss_job *job = ttss_schedule_due(&d->schedule, next, now_ms);
        if (!job)
            return;
        start_job(d, job, now_ms);
    }
}

static void start_jobs(ttsslice_dispatcher *d, int64_t now_ms) {
    start_due(d, TTSS_NEXT_SUBMIT, now_ms);
    start_due(d, TTSS_NEXT_POLL, now_ms);
    start_due(d, TTSS_NEXT_FETCH, now_ms);
}

static void ask_health(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_request *request = ttss_request_new(&d->client, TTSS_REQUEST_HEALTH, NULL, 0, NULL, 0);
    if (!ttss_loop_launch(d, request))
        ttss_schedule_health(&d->schedule, 0, now_ms);
}

/* The question under way would be answered too late; unless the answer is just coming. */
static void look_at(ttsslice_dispatcher *d, ttss_job *job, int64_t now_ms) {
    ttss_request *request = job->request;
    if (request && (!request->wait_ms || request->scan.received))
        return;
    if (request)
        ttss_loop_retire(d, request);
    job->waiting = false;
    job->plain = true;
    job->due_ms = now_ms;
}

/* Copies of late jobs; see hedge.c. */
static void start_hedges(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_schedule *s = &d->schedule;
    for (ttss_job *job = ttss_schedule_doubtful(s, now_ms); job;
         job = ttss_schedule_doubtful(s, now_ms))
        look_at(d, job, now_ms);
    for (ttss_job *copy = ttss_schedule_hedge(s, now_ms); copy;
         copy = ttss_schedule_hedge(s, now_ms)) {
        ttss_trace_hedged(d->trace, copy, now_ms);
        ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch",
                 "job %lld is late; it is submitted a second time", (long long)copy->index);
    }
    if (ttss_schedule_wants_health(s, now_ms))
        ask_health(d, now_ms);
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* When something has to be started or ended next. */
static int64_t wake_ms(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_schedule *s = &d->schedule;
    int64_t wake = earlier(ttss_schedule_hedge_ms(s, now_ms), ttss_loop_cancels_ms(d, now_ms));
    if (d->request_count < requests_max(d)) {
        wake = earlier(wake, ttss_schedule_due_ms(s, TTSS_NEXT_SUBMIT, now_ms));
        wake = earlier(wake, ttss_schedule_due_ms(s, TTSS_NEXT_POLL, now_ms));
        wake = earlier(wake, ttss_schedule_due_ms(s, TTSS_NEXT_FETCH, now_ms));
    }
    for (size_t i = 0; i < s->active_count; i++)
        if (!is_paused(s->active[i]->request))
            wake = earlier(wake, s->active[i]->deadline_ms);
    for (const ttss_request *request = d->requests; request; request = request->next)
        if (!request->paused_ms)
            wake = earlier(wake, request->deadline_ms);
    if (ttss_schedule_suspect_due(s))
        wake = now_ms;
    if (s->queued.count && s->hold_ms > now_ms)
        wake = earlier(wake, s->hold_ms);
    return wake;
}

/* --- the loop ------------------------------------------------------------------------------ */

void ttss_loop_return(ttsslice_dispatcher *d, int64_t now_ms) {
    int64_t absence = now_ms - d->left_ms;
    for (size_t i = 0; i < d->schedule.active_count; i++)
        if (d->schedule.active[i]->deadline_ms != INT64_MAX)
            d->schedule.active[i]->deadline_ms += absence;
    for (ttss_request *request = d->requests; request; request = request->next)
        ttss_request_postpone(request, &d->settings, absence);
}

/* What has come is taken in before anything is judged late. */
int32_t ttss_loop_work(ttsslice_dispatcher *d, int64_t until_ms, ttsslice_error *err) {
    while (!atomic_load(&d->cancelled)) {
        int32_t ret = ttss_loop_turn(d, err);
        if (ret)
            return ret;
        int64_t now = ttss_now_ms(&ttss_system_clock);
        ttss_loop_expire_requests(d, now);
        expire_jobs(d, now);
        admit(d, now);
        start_hedges(d, now);
        start_jobs(d, now);
        ttss_loop_start_cancels(d, now);
        ret = ttss_loop_turn(d, err);
        if (ret || d->done.count)
            return ret;
        if (!ttss_schedule_count(&d->schedule))
            return 0;
        now = ttss_now_ms(&ttss_system_clock);
        if (now >= until_ms)
            return 0;
        int64_t wake = wake_ms(d, now);
        ret = ttss_loop_wait(d, wake < until_ms ? wake : until_ms, err);
        if (ret)
            return ret;
    }
    return 0;
}

/* --- beginning and end --------------------------------------------------------------------- */

int32_t ttss_loop_init(ttsslice_dispatcher *d, ttsslice_error *err) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    d->settings.policy.budget = &d->schedule.budget;
    d->settings.policy.seed = ((uint64_t)now << 20 ^ (uint64_t)getpid()) | 1;
    d->multi = curl_multi_init();
    if (!ttss_schedule_init(&d->schedule, &d->settings.policy, now) || !d->multi)
        return ttss_nomem(err);
    curl_multi_setopt(d->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_KEPT);
    ttss_pace_init(&d->cancel_pace, CANCEL_RATE, CANCEL_BURST, now);
    return 0;
}

void ttss_loop_free(ttsslice_dispatcher *d) {
    if (d->multi)
        curl_multi_cleanup(d->multi);
    ttss_schedule_free(&d->schedule);
}
