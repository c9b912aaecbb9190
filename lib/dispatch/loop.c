/* SPDX-License-Identifier: MIT */
/* The loop over libcurl's multi interface; see loop.h. It does what the jobs' state machines ask
 * for, within RunPod's rate limits. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Within RunPod's limits for an endpoint: in ten seconds 1,000 requests to /run, 2,000 to /status
 * and 100 to /cancel; 200, 400 and 20 at once. A burst and ten seconds at the rate make the limit.
 */
#define RUN_RATE         60
#define RUN_BURST        400
#define STATUS_RATE      120
#define STATUS_BURST     800
#define REQUESTS_MAX     150
#define LONG_POLLS_MAX   75 /* the rest is for submissions and short questions */
#define CANCEL_RATE      5
#define CANCEL_BURST     50
#define CANCELS_MAX      20
#define CONNECTIONS_KEPT 32L

#define DRAIN_MS 5000
#define FOREVER  INT64_MAX

/* --- lists --------------------------------------------------------------------------------- */

void ttss_job_push(ttss_job_list *list, ttss_job *job) {
    job->link = NULL;
    if (list->last)
        list->last->link = job;
    else
        list->first = job;
    list->last = job;
    list->count++;
}

ttss_job *ttss_job_pop(ttss_job_list *list) {
    ttss_job *job = list->first;
    if (!job)
        return NULL;
    list->first = job->link;
    if (!list->first)
        list->last = NULL;
    list->count--;
    return job;
}

static void free_list(ttss_job_list *list) {
    for (ttss_job *job = ttss_job_pop(list); job; job = ttss_job_pop(list))
        ttss_job_free(job);
}

static void remove_active(ttsslice_dispatcher *d, const ttss_job *job) {
    for (size_t i = 0; i < d->active_count; i++)
        if (d->active[i] == job) {
            d->active[i] = d->active[--d->active_count];
            return;
        }
}

/* --- requests under way -------------------------------------------------------------------- */

/* RunPod takes 1,000 to 90,000 ms, and our own time-out for a request comes after that. */
static int64_t long_poll_ms(const ttsslice_dispatcher *d) {
    int64_t wait = d->settings.policy.request_timeout_ms * 3 / 4;
    return wait < 1000 ? 0 : wait < 90000 ? wait : 90000;
}

static bool may_long_poll(const ttsslice_dispatcher *d) {
    return d->long_poll != TTSS_LONG_POLL_ABSENT && long_poll_ms(d) &&
           d->request_count < LONG_POLLS_MAX;
}

/* One that waits for others' audio is not late. */
static bool is_paused(const ttss_request *request) {
    return request && request->paused_ms;
}

static bool launch(ttsslice_dispatcher *d, ttss_request *request) {
    if (!request)
        return false;
    if (curl_multi_add_handle(d->multi, request->easy) != CURLM_OK) {
        ttss_request_free(request);
        return false;
    }
    request->deadline_ms = ttss_now_ms(&ttss_system_clock) + d->settings.policy.request_timeout_ms;
    request->next = d->requests;
    d->requests = request;
    d->request_count++;
    if (request->kind == TTSS_REQUEST_CANCEL)
        d->cancel_count++;
    return true;
}

/* Takes it from the loop, whether it has ended or not. */
static void retire(ttsslice_dispatcher *d, ttss_request *request) {
    for (ttss_request **p = &d->requests; *p; p = &(*p)->next)
        if (*p == request) {
            *p = request->next;
            break;
        }
    d->request_count--;
    if (request->kind == TTSS_REQUEST_CANCEL)
        d->cancel_count--;
    if (request->job)
        request->job->request = NULL;
    curl_multi_remove_handle(d->multi, request->easy);
    ttss_request_free(request);
}

/* --- ends of jobs -------------------------------------------------------------------------- */

static void add_orphan(ttsslice_dispatcher *d, const char *id) {
    ttss_orphan *entry = ttss_new(ttss_orphan);
    if (!entry) {
        ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
                 "out of memory: job %s is not cancelled on the endpoint", id);
        return;
    }
    memcpy(entry->id, id, sizeof entry->id);
    entry->next = d->orphans;
    d->orphans = entry;
}

/* A journal that cannot be written is no reason to lose what is under way. */
static void tell_journal(const ttsslice_dispatcher *d, const ttsslice_error *why) {
    ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
             "%s; what this run receives is not saved", why->message);
}

static void store(ttsslice_dispatcher *d, const ttss_job *job) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->journal && !job->failure.code && ttss_journal_store(d->journal, job, &why) != 0)
        tell_journal(d, &why);
}

static void note(ttsslice_dispatcher *d, const ttss_job *job) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->journal && job->id[0] && ttss_journal_note(d->journal, job, &why) != 0)
        tell_journal(d, &why);
}

static void sync_journal(ttsslice_dispatcher *d) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->journal && ttss_journal_sync(d->journal, &why) != 0)
        tell_journal(d, &why);
}

/* An ended job leaves the loop and waits to be handed out. */
static void finish(ttsslice_dispatcher *d, ttss_job *job) {
    if (job->request)
        retire(d, job->request);
    if (job->abandoned)
        add_orphan(d, job->id);
    remove_active(d, job);
    store(d, job);
    d->client.waiting += ttss_job_held(job);
    ttss_job_push(&d->done, job);
    if (job->failure.code)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch", "job %lld failed (%s): %s",
                 (long long)job->index, ttsslice_code_name(job->failure.code),
                 job->failure.message);
    else
        ttss_log(&d->settings.logger, TTSSLICE_LOG_DEBUG, "dispatch",
                 "job %lld done: %zu bytes, %d submissions", (long long)job->index,
                 job->output_length, job->submissions);
}

/* What is everybody's fault ends everybody. */
static void finish_all(ttsslice_dispatcher *d, int64_t now_ms) {
    while (d->active_count || d->queued.count) {
        ttss_job *job = d->active_count ? d->active[0] : ttss_job_pop(&d->queued);
        job->failure.http_status = d->fatal.http_status;
        ttss_job_fail(job, now_ms, d->fatal.code, false, "%s", d->fatal.message);
        finish(d, job);
    }
}

static void after_answer(ttsslice_dispatcher *d, ttss_job *job, const char *path, int64_t now_ms) {
    if (job->next != TTSS_NEXT_DONE) {
        bool limited = job->next == TTSS_NEXT_SUBMIT && job->failure.http_status == 429;
        if (limited && job->due_ms > d->hold_ms)
            d->hold_ms = job->due_ms;
        return;
    }
    if (job->for_all) {
        d->fatal = job->failure;
        ttss_log(&d->settings.logger, TTSSLICE_LOG_ERROR, "dispatch", "%s: %s; all jobs end", path,
                 d->fatal.message);
    }
    finish(d, job);
    if (d->fatal.code)
        finish_all(d, now_ms);
}

/* --- answers ------------------------------------------------------------------------------- */

static void describe(const ttss_answer *answer, char *out, size_t size) {
    if (answer->http_status)
        snprintf(out, size, "answered HTTP %d", answer->http_status);
    else
        snprintf(out, size, "got no answer");
}

static void log_retry(ttsslice_dispatcher *d, const ttss_job *job, const ttss_answer *answer,
                      bool submitting, int64_t now_ms) {
    char what[40];
    ttss_retry_rule rule = ttss_retry_classify(submitting ? TTSS_REQUEST_RUN : TTSS_REQUEST_STATUS,
                                               answer->transfer, answer->http_status);
    if (job->next == TTSS_NEXT_DONE || rule.class == TTSS_CLASS_OK)
        return;
    describe(answer, what, sizeof what);
    ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch",
             "job %lld: %s %s; again in %lld ms%s", (long long)job->index,
             submitting ? "/run" : "/status", what, (long long)(job->due_ms - now_ms),
             submitting && rule.maybe_done ? "; it may then run twice" : "");
}

/* Not every endpoint has the long poll: the first answer tells. A 404 then is not the job's. */
static bool long_poll_refused(ttsslice_dispatcher *d, const ttss_request *request,
                              const ttss_answer *answer) {
    int32_t status = answer->http_status;
    if (!request->wait_ms || d->long_poll == TTSS_LONG_POLL_THERE || !status)
        return false;
    if (status / 100 == 2)
        d->long_poll = TTSS_LONG_POLL_THERE;
    if (status != 400 && status != 404 && status != 405 && status != 501)
        return false;
    if (d->long_poll == TTSS_LONG_POLL_UNKNOWN)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_DEBUG, "dispatch",
                 "the endpoint has no /status-sync (HTTP %d); jobs are polled", status);
    d->long_poll = TTSS_LONG_POLL_ABSENT;
    return true;
}

/* Asked again at once: after the submission, or when the time there was over. An endpoint that
 * answers early does not wait, and is asked as often as any other. */
static void poll_at_once(const ttsslice_dispatcher *d, ttss_job *job, const ttss_request *request,
                         int64_t now_ms) {
    bool waited = request->kind == TTSS_REQUEST_RUN ||
                  (request->wait_ms && now_ms - request->sent_ms >= request->wait_ms / 2);
    if (job->next == TTSS_NEXT_POLL && !job->poll_failures && waited && may_long_poll(d))
        job->due_ms = now_ms;
}

static void job_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result,
                       int64_t now_ms) {
    ttss_job *job = request->job;
    bool submitting = request->kind == TTSS_REQUEST_RUN;
    ttss_answer answer = ttss_request_answer(request, result);
    if (long_poll_refused(d, request, &answer)) {
        job->waiting = false;
        retire(d, request);
        return;
    }
    if (!submitting && answer.http_status == 404 && d->long_poll == TTSS_LONG_POLL_ABSENT)
        d->long_poll = TTSS_LONG_POLL_UNKNOWN; /* it may have been the job that was missing */
    ttss_job_answered(job, &d->settings.policy, &answer, now_ms);
    if (submitting)
        note(d, job);
    poll_at_once(d, job, request, now_ms);
    log_retry(d, job, &answer, submitting, now_ms);
    retire(d, request);
    after_answer(d, job, submitting ? "/run" : "/status", now_ms);
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
    retire(d, request);
}

static void take_answer(ttsslice_dispatcher *d, ttss_request *request, CURLcode result,
                        int64_t now_ms) {
    if (request->kind == TTSS_REQUEST_CANCEL)
        cancel_answer(d, request, result);
    else
        job_answer(d, request, result, now_ms);
}

static void read_answers(ttsslice_dispatcher *d, int64_t now_ms) {
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
static void expire_requests(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_request *request;
    do {
        for (request = d->requests; request; request = request->next)
            if (now_ms >= request->deadline_ms && !request->paused_ms) {
                take_answer(d, request, CURLE_OPERATION_TIMEDOUT, now_ms);
                break;
            }
    } while (request);
}

/* --- what is due --------------------------------------------------------------------------- */

static void admit(ttsslice_dispatcher *d, int64_t now_ms) {
    if (d->fatal.code)
        finish_all(d, now_ms);
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
        finish(d, job);
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
        submit ? ttss_request_new(&d->client, TTSS_REQUEST_RUN, NULL, job->envelope,
                                  job->envelope_length)
               : ttss_request_new(&d->client, TTSS_REQUEST_STATUS, job->id, NULL, 0);
    if (request && !submit && may_long_poll(d) &&
        !ttss_request_long_poll(request, long_poll_ms(d))) {
        ttss_request_free(request);
        request = NULL;
    }
    ttss_job_begin(job, &d->settings.policy, now_ms);
    if (request) {
        request->job = job;
        request->sent_ms = now_ms;
        job->request = request;
    }
    if (!launch(d, request)) {
        job->request = NULL;
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_NOMEM, true, "out of memory");
        finish(d, job);
    }
}

static void start_due(ttsslice_dispatcher *d, enum ttss_next next, ttss_pace *pace,
                      int64_t now_ms) {
    while (d->request_count < REQUESTS_MAX) {
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

static void start_cancels(ttsslice_dispatcher *d, int64_t now_ms) {
    while (d->orphans && d->cancel_count < CANCELS_MAX && ttss_pace_take(&d->cancel_pace, now_ms)) {
        ttss_orphan *entry = d->orphans;
        d->orphans = entry->next;
        ttss_request *request =
            ttss_request_new(&d->client, TTSS_REQUEST_CANCEL, entry->id, "{}", 2);
        free(entry);
        launch(d, request);
    }
}

static int64_t start_ms(ttsslice_dispatcher *d, enum ttss_next next, ttss_pace *pace,
                        int64_t now_ms) {
    const ttss_job *job = earliest(d, next);
    if (!job || d->request_count >= REQUESTS_MAX)
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
    if (d->orphans && d->cancel_count < CANCELS_MAX) {
        int64_t ready = ttss_pace_ready_ms(&d->cancel_pace, now_ms);
        if (ready < wake)
            wake = ready;
    }
    return wake;
}

/* --- the loop ------------------------------------------------------------------------------ */

static int32_t multi_error(CURLMcode code, ttsslice_error *err) {
    if (code == CURLM_OK)
        return 0;
    if (code == CURLM_OUT_OF_MEMORY)
        return ttss_nomem(err);
    return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                     "libcurl cannot go on: %s; are there too many open "
                     "files?",
                     curl_multi_strerror(code));
}

static void resume_answers(ttsslice_dispatcher *d) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    for (ttss_request *request = d->requests; request; request = request->next) {
        int64_t waited = ttss_request_resume(request, now);
        if (waited && request->job)
            request->job->deadline_ms += waited;
    }
}

/* Moves bytes and takes in what has ended. */
static int32_t turn(ttsslice_dispatcher *d, ttsslice_error *err) {
    int running = 0;
    resume_answers(d);
    int32_t ret = multi_error(curl_multi_perform(d->multi, &running), err);
    if (!ret)
        read_answers(d, ttss_now_ms(&ttss_system_clock));
    return ret;
}

static int32_t wait_until(ttsslice_dispatcher *d, int64_t until_ms, ttsslice_error *err) {
    sync_journal(d);
    int64_t left = until_ms - ttss_now_ms(&ttss_system_clock);
    int timeout = left <= 0 ? 0 : left > 60000 ? 60000 : (int)left;
    return multi_error(curl_multi_poll(d->multi, NULL, 0, timeout, NULL), err);
}

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
        int32_t ret = turn(d, err);
        if (ret)
            return ret;
        int64_t now = ttss_now_ms(&ttss_system_clock);
        expire_requests(d, now);
        expire_jobs(d, now);
        admit(d, now);
        start_jobs(d, now);
        start_cancels(d, now);
        ret = turn(d, err);
        if (ret || d->done.count)
            return ret;
        if (!d->active_count && !d->queued.count)
            return 0;
        now = ttss_now_ms(&ttss_system_clock);
        if (now >= until_ms)
            return 0;
        int64_t wake = wake_ms(d, now);
        ret = wait_until(d, wake < until_ms ? wake : until_ms, err);
        if (ret)
            return ret;
    }
    return 0;
}

/* --- giving up ----------------------------------------------------------------------------- */

/* Submissions under way go on, since only their answers tell what there is to cancel. */
static void give_up_jobs(ttsslice_dispatcher *d) {
    free_list(&d->queued);
    free_list(&d->done);
    free_list(&d->saved);
    d->client.waiting = 0;
    for (size_t i = 0; i < d->active_count;) {
        ttss_job *job = d->active[i];
        ttss_request *request = job->request;
        if (request && request->kind == TTSS_REQUEST_RUN) {
            i++;
            continue;
        }
        if (request)
            retire(d, request);
        if (job->id[0] && job->next != TTSS_NEXT_DONE)
            add_orphan(d, job->id);
        remove_active(d, job);
        ttss_job_free(job);
    }
}

void ttss_loop_drain(ttsslice_dispatcher *d) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    int64_t deadline = now + DRAIN_MS;
    for (; now < deadline; now = ttss_now_ms(&ttss_system_clock)) {
        give_up_jobs(d);
        start_cancels(d, now);
        if (turn(d, NULL) != 0)
            break;
        give_up_jobs(d);
        if (!d->request_count && !d->orphans)
            break;
        int64_t ready = d->orphans && d->cancel_count < CANCELS_MAX
                            ? ttss_pace_ready_ms(&d->cancel_pace, now)
                            : deadline;
        if (wait_until(d, ready < deadline ? ready : deadline, NULL) != 0)
            break;
    }
    if (d->request_count || d->orphans)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
                 "not every job could be cancelled on the endpoint; some may run on");
    while (d->requests)
        retire(d, d->requests);
    give_up_jobs(d);
    while (d->orphans) {
        ttss_orphan *entry = d->orphans;
        d->orphans = entry->next;
        free(entry);
    }
    d->drained = true;
}

/* --- beginning and end --------------------------------------------------------------------- */

int32_t ttss_loop_init(ttsslice_dispatcher *d, ttsslice_error *err) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    d->active = ttss_new_array((size_t)d->settings.policy.max_in_flight, sizeof *d->active);
    d->multi = curl_multi_init();
    if (!d->active || !d->multi)
        return ttss_nomem(err);
    curl_multi_setopt(d->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_KEPT);
    ttss_pace_init(&d->run_pace, RUN_RATE, RUN_BURST, now);
    ttss_pace_init(&d->status_pace, STATUS_RATE, STATUS_BURST, now);
    ttss_pace_init(&d->cancel_pace, CANCEL_RATE, CANCEL_BURST, now);
    return 0;
}

void ttss_loop_free(ttsslice_dispatcher *d) {
    if (d->multi)
        curl_multi_cleanup(d->multi);
    free(d->active);
}
