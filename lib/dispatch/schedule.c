/* SPDX-License-Identifier: MIT */
/* The schedule; see schedule.h. */
#include "dispatch/schedule.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <ttsslice/dispatch.h>

#include <inttypes.h>
#include <stdlib.h>

/* Within RunPod's limits for an endpoint: in ten seconds 1,000 requests to /run and 2,000 to
 * /status; 200 and 400 at once. A burst and ten seconds at the rate make the limit. */
#define RUN_RATE     60
#define RUN_BURST    400
#define CALL_RATE    100000 /* max_in_flight is limit enough */
#define STATUS_RATE  120
#define STATUS_BURST 800

/* So many jobs make the estimate good enough to put off the first question after one. */
#define LEARNED 4

/* Where money is limited: so many jobs under way before a first time is known, and so many more for
 * each that is, as what is expected of them may be far off. */
#define UNKNOWN_MAX 2

bool ttss_schedule_init(ttss_schedule *s, const ttss_policy *policy, int64_t now_ms) {
    *s = (ttss_schedule){.policy = policy, .hold_ms = INT64_MIN, .asked_ms = INT64_MIN};
    s->active = ttss_new_array((size_t)policy->max_in_flight, sizeof(ttss_job *));
    bool calls = policy->protocol && policy->protocol->submission == TTSS_REQUEST_CALL;
    ttss_pace_init(&s->run_pace, calls ? CALL_RATE : RUN_RATE, RUN_BURST, now_ms);
    ttss_pace_init(&s->status_pace, STATUS_RATE, STATUS_BURST, now_ms);
    ttss_limit_init(&s->limit, policy->max_in_flight);
    ttss_estimate_init(&s->estimate, policy->expected_ms, policy->expected_char_ms);
    return s->active != NULL;
}

void ttss_schedule_free(ttss_schedule *s) {
    for (ttss_job *job = ttss_job_pop(&s->queued); job; job = ttss_job_pop(&s->queued))
        ttss_job_free(job);
    for (ttss_job *job = ttss_job_pop(&s->suspects); job; job = ttss_job_pop(&s->suspects))
        ttss_job_free(job);
    free(s->active);
    s->active = NULL;
}

void ttss_schedule_queue(ttss_schedule *s, ttss_job *job) {
    s->budget.jobs++;
    s->unsorted = true;
    ttss_job_push(&s->queued, job);
}

static void sort_queued(ttss_schedule *s) {
    if (s->unsorted)
        ttss_job_sort(&s->queued, s->policy->order);
    s->unsorted = false;
}

size_t ttss_schedule_count(const ttss_schedule *s) {
    return s->active_count + s->queued.count + s->suspects.count;
}

/* --- limits --------------------------------------------------------------------------------- */

static int64_t predict(const ttss_schedule *s, const ttss_job *job) {
    return ttss_estimate_ms(&s->estimate, job->weight);
}

/* What is put aside for a job under way: one that has worked for longer than was expected is no
 * longer expected to take that. */
static int64_t reserved(const ttss_schedule *s, const ttss_job *job, int64_t now_ms) {
    int64_t expected = predict(s, job);
    int64_t worked = job->progress_ms ? now_ms - job->progress_ms : 0;
    return worked > expected ? worked : expected;
}

/* What is spent, and what jobs under way are expected to spend. */
static int64_t committed_ms(const ttss_schedule *s, int64_t now_ms) {
    int64_t sum = s->billed_ms;
    for (size_t i = 0; i < s->active_count; i++)
        sum += reserved(s, s->active[i], now_ms);
    return sum;
}

/* Whether the times that are known bear one more job under way. */
static bool known_enough(const ttss_schedule *s) {
    return s->policy->max_cost <= 0.0 ||
           s->active_count / UNKNOWN_MAX <= ttss_estimate_seen(&s->estimate);
}

static bool past_jobs(const ttss_schedule *s, const ttss_job *job) {
    return s->policy->max_jobs && !job->collecting && s->started >= s->policy->max_jobs;
}

bool ttss_schedule_affords(const ttss_schedule *s, const ttss_job *job, int64_t now_ms) {
    return s->policy->max_cost <= 0.0 || job->collecting ||
           ttss_policy_cost(s->policy, committed_ms(s, now_ms) + predict(s, job)) <=
               s->policy->max_cost;
}

bool ttss_schedule_overrun(const ttss_schedule *s) {
    return s->policy->max_cost > 0.0 &&
           ttss_policy_cost(s->policy, s->billed_ms) > s->policy->max_cost;
}

bool ttss_schedule_stopped(const ttss_schedule *s, ttsslice_error *why) {
    const ttss_job *job = s->queued.first;
    char spent[TTSS_NUM_MAX], next[TTSS_NUM_MAX], most[TTSS_NUM_MAX];
    if (s->active_count || !job)
        return false;
    if (past_jobs(s, job)) {
        ttss_fail(why, TTSSLICE_ERR_LIMIT,
                  "not submitted: the run may submit %" PRId64 " jobs, and has; raise max_jobs",
                  s->policy->max_jobs);
        return true;
    }
    if (!ttss_schedule_affords(s, job, 0)) { /* none is active: no time is looked at */
        ttss_fail(why, TTSSLICE_ERR_LIMIT,
                  "not submitted: the run has cost %s and this job is expected to cost %s, which "
                  "together is over %s; raise max_cost",
                  ttss_num_format(ttss_policy_cost(s->policy, s->billed_ms), spent),
                  ttss_num_format(ttss_policy_cost(s->policy, predict(s, job)), next),
                  ttss_num_format(s->policy->max_cost, most));
        return true;
    }
    return false;
}

/* --- admission ------------------------------------------------------------------------------ */

/* Smallest index first: none that is too far ahead of the first that is missing. */
static bool outside_window(const ttss_schedule *s, const ttss_job *job) {
    int64_t first = job->index;
    if (s->policy->order != TTSSLICE_ORDER_INDEX || !s->policy->window)
        return false;
    for (size_t i = 0; i < s->active_count; i++)
        if (s->active[i]->index < first)
            first = s->active[i]->index;
    for (const ttss_job *suspect = s->suspects.first; suspect; suspect = suspect->link)
        if (suspect->index < first)
            first = suspect->index;
    return (uint64_t)job->index - (uint64_t)first >= (uint64_t)s->policy->window;
}

bool ttss_schedule_suspect_due(const ttss_schedule *s) {
    return s->suspects.count && !s->active_count &&
           (!s->queued.count || outside_window(s, s->queued.first));
}

static void admit_queued(ttss_schedule *s, int64_t now_ms) {
    bool alone = s->active_count && s->active[0]->alone;
    while (s->queued.count && now_ms >= s->hold_ms && !alone &&
           s->active_count < (size_t)ttss_limit_now(&s->limit)) {
        ttss_job *job = s->queued.first;
        if (outside_window(s, job) || past_jobs(s, job) || !ttss_schedule_affords(s, job, now_ms) ||
            !(job->collecting || known_enough(s)))
            return;
        ttss_job_pop(&s->queued);
        s->started += !job->collecting;
        if (ttss_estimate_seen(&s->estimate) >= LEARNED)
            job->expected_ms = predict(s, job);
        ttss_job_admit(job, now_ms);
        s->active[s->active_count++] = job;
    }
}

void ttss_schedule_admit(ttss_schedule *s, int64_t now_ms) {
    sort_queued(s);
    admit_queued(s, now_ms);
    if (!ttss_schedule_suspect_due(s))
        return;
    ttss_job *job = ttss_job_pop(&s->suspects);
    ttss_job_retry_alone(job, now_ms);
    s->active[s->active_count++] = job;
}

bool ttss_schedule_suspect(ttss_schedule *s, ttss_job *job) {
    if (!ttss_schedule_affords(s, job, job->end_ms) || !ttss_budget_take(&s->budget))
        return false;
    ttss_job_push(&s->suspects, job);
    return true;
}

bool ttss_schedule_hopeless(const ttss_schedule *s) {
    return s->lost_again && !s->good;
}

/* --- what is due ---------------------------------------------------------------------------- */

static ttss_job *earliest(const ttss_schedule *s, enum ttss_next next) {
    ttss_job *best = NULL;
    for (size_t i = 0; i < s->active_count; i++)
        if (!s->active[i]->waiting && s->active[i]->next == next &&
            (!best || s->active[i]->due_ms < best->due_ms))
            best = s->active[i];
    return best;
}

/* Jobs that the endpoint has, or is being given. */
static int64_t in_flight(const ttss_schedule *s) {
    int64_t count = 0;
    for (size_t i = 0; i < s->active_count; i++)
        count += s->active[i]->id[0] || s->active[i]->waiting;
    return count;
}

/* Those that were refused go out again as the limit allows. */
static bool may_start(const ttss_schedule *s, enum ttss_next next) {
    return next != TTSS_NEXT_SUBMIT || s->limit.level >= (double)s->limit.most ||
           in_flight(s) < ttss_limit_now(&s->limit);
}

static ttss_pace *pace_of(ttss_schedule *s, enum ttss_next next) {
    return next == TTSS_NEXT_SUBMIT ? &s->run_pace : &s->status_pace;
}

ttss_job *ttss_schedule_due(ttss_schedule *s, enum ttss_next next, int64_t now_ms) {
    ttss_job *job = earliest(s, next);
    if (!job || job->due_ms > now_ms || !may_start(s, next) ||
        !ttss_pace_take(pace_of(s, next), now_ms))
        return NULL;
    return job;
}

int64_t ttss_schedule_due_ms(ttss_schedule *s, enum ttss_next next, int64_t now_ms) {
    const ttss_job *job = earliest(s, next);
    if (!job || !may_start(s, next))
        return INT64_MAX;
    int64_t ready = ttss_pace_ready_ms(pace_of(s, next), now_ms);
    return job->due_ms > ready ? job->due_ms : ready;
}

void ttss_schedule_submitted(ttss_schedule *s, const ttss_job *job, int64_t sent_ms,
                             int64_t now_ms) {
    int32_t status = job->failure.http_status;
    if (status / 100 == 2)
        ttss_limit_accepted(&s->limit);
    else if (status == 429 || status == 503)
        ttss_limit_refused(&s->limit, sent_ms, now_ms);
    if (status == 429 && job->next == TTSS_NEXT_SUBMIT && job->due_ms > s->hold_ms)
        s->hold_ms = job->due_ms;
}

/* --- ends ----------------------------------------------------------------------------------- */

void ttss_schedule_remove(ttss_schedule *s, const ttss_job *job) {
    for (size_t i = 0; i < s->active_count; i++)
        if (s->active[i] == job) {
            s->active[i] = s->active[--s->active_count];
            return;
        }
}

/* What the endpoint says, or else the time that it may have worked. */
static int64_t billed(const ttss_job *job, int64_t now_ms) {
    if (job->execution_ms >= 0)
        return job->execution_ms;
    if (!job->accepted_ms) /* a call, whose answer is the result */
        return job->failure.code || !job->submissions ? 0 : now_ms - job->sent_ms;
    int64_t began = job->progress_ms ? job->progress_ms : job->queued_ms;
    return began < now_ms ? now_ms - began : 0;
}

void ttss_schedule_ended(ttss_schedule *s, ttss_job *job, int64_t now_ms) {
    int64_t ms = billed(job, now_ms);
    if (job->next == TTSS_NEXT_DONE && !job->failure.code && ms)
        ttss_estimate_add(&s->estimate, job->weight, ms);
    s->good = s->good || !job->failure.code;
    s->lost_again = s->lost_again || (job->alone && job->failure.code);
    job->billed_ms += ms;
    s->billed_ms += ms;
    ttss_schedule_remove(s, job);
}

/* Whether it may still be submitted, after so many and so much. */
static bool within_limits(const ttss_schedule *s, int64_t jobs, int64_t ms) {
    const ttss_policy *policy = s->policy;
    return (!policy->max_jobs || jobs <= policy->max_jobs) &&
           (policy->max_cost <= 0.0 || ttss_policy_cost(policy, ms) <= policy->max_cost);
}

/* As they would be admitted: the first that is past a limit stops those behind it. */
ttss_forecast ttss_schedule_left(ttss_schedule *s) {
    ttss_forecast left = {0};
    int64_t longest = 0, jobs = s->started;
    sort_queued(s);
    for (size_t i = 0; i < s->active_count; i++)
        left.billed_ms += predict(s, s->active[i]);
    for (const ttss_job *job = s->queued.first; job; job = job->link) {
        int64_t ms = job->collecting ? 0 : predict(s, job);
        jobs += !job->collecting;
        if (left.stopped ||
            (!job->collecting && !within_limits(s, jobs, s->billed_ms + left.billed_ms + ms))) {
            left.stopped++;
            continue;
        }
        left.billed_ms += ms;
        longest = ms > longest ? ms : longest;
    }
    int64_t shared = left.billed_ms / ttss_limit_now(&s->limit);
    left.elapsed_ms = shared > longest ? shared : longest;
    return left;
}
