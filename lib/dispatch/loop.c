/* SPDX-License-Identifier: MIT */
/* The loop over libcurl's multi interface; see loop.h. It does what the jobs' state machines ask
 * for, within RunPod's rate limits. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>

/* Within RunPod's limits for an endpoint: in ten seconds 1,000 requests to /run, 2,000 to /status
 * and 100 to /cancel; 200, 400 and 20 at once. A burst and ten seconds at the rate make the limit.
 */
#define RUN_RATE         60
#define RUN_BURST        400
#define CALL_RATE        100000 /* max_in_flight is limit enough */
#define STATUS_RATE      120
#define STATUS_BURST     800
#define REQUESTS_MAX     150
#define CANCEL_RATE      5
#define CANCEL_BURST     50
#define CONNECTIONS_KEPT 32L

#define FOREVER INT64_MAX

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

static void admit(ttsslice_dispatcher *d, int64_t now_ms) {
    if (d->fatal.code)
        ttss_loop_finish_all(d, now_ms);
    /* A slow caller is not buried under results. */
    if (d->done.count >= (size_t)d->settings.policy.max_in_flight)
        return;
    if (d->unsorted && d->settings.longest_first)
        ttss_job_sort(&d->queued);
    d->unsorted = false;
    while (d->queued.count && now_ms >= d->hold_ms &&
           d->active_count < (size_t)d->settings.policy.max_in_flight) {
        ttss_job *job = ttss_job_pop(&d->queued);
        ttss_job_admit(job, now_ms);
        d->active[d->active_count++] = job;
    }
}

static void expire_jobs(ttsslice_dispatcher *d, int64_t now_ms) {
    for (size_t i = 0; i < d->active_count;) {
        ttss_job *job = d->active[i];
        if (now_ms < job->deadline_ms || is_paused(job->request)) {
            i++;
            continue;
        }
        ttss_job_expire(job, &d->settings.policy, now_ms);
        ttss_loop_finish(d, job);
    }
}

static ttss_job *earliest(const ttsslice_dispatcher *d, enum ttss_next next) {
    ttss_job *best = NULL;
    for (size_t i = 0; i < d->active_count; i++)
        if (!d->active[i]->waiting && d->active[i]->next == next &&
            (!best || d->active[i]->due_ms < best->due_ms))
            best = d->active[i];
    return best;
}

static void start_job(ttsslice_dispatcher *d, ttss_job *job, int64_t now_ms) {
    bool submit = job->next == TTSS_NEXT_SUBMIT;
    ttss_request *request =
        submit ? ttss_request_new(&d->client, d->settings.policy.protocol->submission, NULL,
                                  job->envelope, job->envelope_length)
               : ttss_request_new(&d->client, TTSS_REQUEST_STATUS, job->id, NULL, 0);
    if (request && !submit && ttss_loop_may_long_poll(d) &&
        !ttss_request_long_poll(request, ttss_loop_long_poll_ms(d))) {
        ttss_request_free(request);
        request = NULL;
    }
    ttss_job_begin(job, &d->settings.policy, now_ms);
    if (request) {
        request->job = job;
        request->sent_ms = now_ms;
        job->request = request;
    }
    if (!ttss_loop_launch(d, request)) {
        job->request = NULL;
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_NOMEM, true, "out of memory");
        ttss_loop_finish(d, job);
    }
}

static void start_due(ttsslice_dispatcher *d, enum ttss_next next, ttss_pace *pace,
                      int64_t now_ms) {
    while (d->request_count < requests_max(d)) {
        ttss_job *job = earliest(d, next);
        if (!job || job->due_ms > now_ms || !ttss_pace_take(pace, now_ms))
            return;
        start_job(d, job, now_ms);
    }
}

static void start_jobs(ttsslice_dispatcher *d, int64_t now_ms) {
    start_due(d, TTSS_NEXT_SUBMIT, &d->run_pace, now_ms);
    start_due(d, TTSS_NEXT_POLL, &d->status_pace, now_ms);
}

static int64_t start_ms(ttsslice_dispatcher *d, enum ttss_next next, ttss_pace *pace,
                        int64_t now_ms) {
    const ttss_job *job = earliest(d, next);
    if (!job || d->request_count >= requests_max(d))
        return FOREVER;
    int64_t ready = ttss_pace_ready_ms(pace, now_ms);
    return job->due_ms > ready ? job->due_ms : ready;
}

/* When something has to be started or ended next. */
static int64_t wake_ms(ttsslice_dispatcher *d, int64_t now_ms) {
    int64_t wake = start_ms(d, TTSS_NEXT_SUBMIT, &d->run_pace, now_ms);
    int64_t poll = start_ms(d, TTSS_NEXT_POLL, &d->status_pace, now_ms);
    if (poll < wake)
        wake = poll;
    for (size_t i = 0; i < d->active_count; i++)
        if (d->active[i]->deadline_ms < wake && !is_paused(d->active[i]->request))
            wake = d->active[i]->deadline_ms;
    for (const ttss_request *request = d->requests; request; request = request->next)
        if (request->deadline_ms < wake && !request->paused_ms)
            wake = request->deadline_ms;
    if (d->queued.count && d->active_count < (size_t)d->settings.policy.max_in_flight &&
        d->hold_ms < wake)
        wake = d->hold_ms;
    int64_t cancel = ttss_loop_cancels_ms(d, now_ms);
    return cancel < wake ? cancel : wake;
}

/* --- the loop ------------------------------------------------------------------------------ */

void ttss_loop_return(ttsslice_dispatcher *d, int64_t now_ms) {
    int64_t absence = now_ms - d->left_ms;
    for (size_t i = 0; i < d->active_count; i++)
        if (d->active[i]->deadline_ms != INT64_MAX)
            d->active[i]->deadline_ms += absence;
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
        start_jobs(d, now);
        ttss_loop_start_cancels(d, now);
        ret = ttss_loop_turn(d, err);
        if (ret || d->done.count)
            return ret;
        if (!d->active_count && !d->queued.count)
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
    d->active = ttss_new_array((size_t)d->settings.policy.max_in_flight, sizeof *d->active);
    d->multi = curl_multi_init();
    if (!d->active || !d->multi)
        return ttss_nomem(err);
    curl_multi_setopt(d->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_KEPT);
    ttss_pace_init(&d->run_pace, is_call(d) ? CALL_RATE : RUN_RATE, RUN_BURST, now);
    ttss_pace_init(&d->status_pace, STATUS_RATE, STATUS_BURST, now);
    ttss_pace_init(&d->cancel_pace, CANCEL_RATE, CANCEL_BURST, now);
    return 0;
}

void ttss_loop_free(ttsslice_dispatcher *d) {
    if (d->multi)
        curl_multi_cleanup(d->multi);
    free(d->active);
}
