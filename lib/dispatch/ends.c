/* SPDX-License-Identifier: MIT */
/* Ends of jobs: handed out or given up, in the journal and on the endpoint. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"

#include <stdlib.h>
#include <string.h>

#define CANCELS_MAX 20
#define DRAIN_MS    5000

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

void ttss_loop_note(ttsslice_dispatcher *d, const ttss_job *job) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->journal && job->id[0] && ttss_journal_note(d->journal, job, &why) != 0)
        tell_journal(d, &why);
}

void ttss_loop_sync(ttsslice_dispatcher *d) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    if (d->journal && ttss_journal_sync(d->journal, &why) != 0)
        tell_journal(d, &why);
}

/* --- pairs ---------------------------------------------------------------------------------- */

/* Whichever of two goes on answers for both. */
static void inherit(ttss_job *heir, const ttss_job *gone) {
    heir->twin = NULL;
    heir->hedges = 1;
    heir->submissions += gone->submissions;
    heir->possible_duplicates += gone->possible_duplicates;
    heir->billed_ms += gone->billed_ms;
    if (gone->first_ms < heir->first_ms)
        heir->first_ms = gone->first_ms;
}

/* Nobody waits for it any more. Of a submission under way the answer tells what there is to cancel.
 */
static void drop(ttsslice_dispatcher *d, ttss_job *job, int64_t now_ms) {
    ttss_request *request = job->request;
    job->twin = NULL;
    if (!job->unwanted)
        ttss_trace_dropped(d->trace, job, now_ms);
    if (request && request->kind == TTSS_REQUEST_RUN) {
        job->unwanted = true;
        return;
    }
    if (request)
        ttss_loop_retire(d, request);
    if (job->id[0] && (job->next != TTSS_NEXT_DONE || job->abandoned) && !job->completed)
        add_orphan(d, job->id);
    ttss_schedule_ended(&d->schedule, job, now_ms);
}

/* A failure counts once both have failed. */
static bool twin_goes_on(ttsslice_dispatcher *d, ttss_job *job) {
    ttss_job *twin = job->twin;
    if (!twin || !job->failure.code || job->for_all || d->fatal.code)
        return false;
    drop(d, job, job->end_ms);
    inherit(twin, job);
    ttss_job_free(job);
    return true;
}

static void drop_twin(ttsslice_dispatcher *d, ttss_job *job) {
    ttss_job *twin = job->twin;
    if (!twin)
        return;
    drop(d, twin, job->end_ms);
    inherit(job, twin);
    job->hedge_won = job->is_copy;
    if (!twin->unwanted)
        ttss_job_free(twin);
}

/* --- ends ----------------------------------------------------------------------------------- */

static void hand_in(ttsslice_dispatcher *d, ttss_job *job) {
    int32_t code = job->failure.code;
    store(d, job);
    ttss_trace_ended(d->trace, job, ttss_policy_cost(&d->settings.policy, job->billed_ms),
                     job->end_ms);
    d->totals.done += code == 0;
    d->totals.stopped += code == TTSSLICE_ERR_LIMIT;
    d->totals.failed += code && code != TTSSLICE_ERR_LIMIT;
    d->totals.hedges_won += job->hedge_won;
    d->totals.possible_duplicates += job->possible_duplicates;
    d->totals.saved += !code && job->source != TTSSLICE_SOURCE_SUBMITTED;
    d->client.waiting += ttss_job_held(job);
    ttss_job_push(&d->done, job);
    if (code)
        ttss_log(&d->settings.logger, TTSSLICE_LOG_INFO, "dispatch", "job %lld failed (%s): %s",
                 (long long)job->index, ttsslice_code_name(job->failure.code),
                 job->failure.message);
    else
        ttss_log(&d->settings.logger, TTSSLICE_LOG_DEBUG, "dispatch",
                 "job %lld done: %zu bytes, %d submissions", (long long)job->index,
                 job->output_length, job->submissions);
}

/* What the platform lost is tried once more when nothing else is under way. */
static bool set_aside(ttsslice_dispatcher *d, ttss_job *job) {
    if (!job->suspect || d->fatal.code || !ttss_schedule_suspect(&d->schedule, job))
        return false;
    job->accepted_ms = 0; /* it is on the bill */
    job->execution_ms = -1;
    ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
             "job %lld was lost by the endpoint (%s); it is tried once more, alone",
             (long long)job->index, job->failure.message);
    return true;
}

/* Jobs took longer than was expected; once. */
static void tell_overrun(ttsslice_dispatcher *d) {
    const ttss_policy *policy = &d->settings.policy;
    char cost[TTSS_NUM_MAX], most[TTSS_NUM_MAX];
    if (d->overrun || !ttss_schedule_overrun(&d->schedule))
        return;
    d->overrun = true;
    ttss_log(
        &d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
        "the run has cost %s, past its limit of %s, as jobs take longer than was expected; %zu "
        "more are under way",
        ttss_num_format(ttss_policy_cost(policy, d->schedule.billed_ms), cost),
        ttss_num_format(policy->max_cost, most), d->schedule.active_count);
}

void ttss_loop_finish(ttsslice_dispatcher *d, ttss_job *job) {
    if (job->request)
        ttss_loop_retire(d, job->request);
    if (job->unwanted) {
        drop(d, job, job->end_ms);
        ttss_job_free(job);
        return;
    }
    if (twin_goes_on(d, job))
        return;
    if (job->abandoned)
        add_orphan(d, job->id);
    ttss_schedule_ended(&d->schedule, job, job->end_ms);
    drop_twin(d, job);
    tell_overrun(d);
    if (!set_aside(d, job))
        hand_in(d, job);
}

void ttss_loop_finish_suspects(ttsslice_dispatcher *d) {
    for (ttss_job *job = ttss_job_pop(&d->schedule.suspects); job;
         job = ttss_job_pop(&d->schedule.suspects))
        hand_in(d, job);
}

/* What is everybody's fault ends everybody. */
void ttss_loop_finish_all(ttsslice_dispatcher *d, int64_t now_ms) {
    ttss_schedule *s = &d->schedule;
    while (ttss_schedule_count(s)) {
        ttss_job_list *list = s->queued.count ? &s->queued : &s->suspects;
        ttss_job *job = s->active_count ? s->active[0] : ttss_job_pop(list);
        job->failure.http_status = d->fatal.http_status;
        ttss_job_fail(job, now_ms, d->fatal.code, false, "%s", d->fatal.message);
        ttss_loop_finish(d, job);
    }
}

void ttss_loop_start_cancels(ttsslice_dispatcher *d, int64_t now_ms) {
    while (d->orphans && d->cancel_count < CANCELS_MAX && ttss_pace_take(&d->cancel_pace, now_ms)) {
        ttss_orphan *entry = d->orphans;
        d->orphans = entry->next;
        ttss_request *request =
            ttss_request_new(&d->client, TTSS_REQUEST_CANCEL, entry->id, 0, "{}", 2);
        free(entry);
        ttss_loop_launch(d, request);
    }
}

int64_t ttss_loop_cancels_ms(ttsslice_dispatcher *d, int64_t now_ms) {
    if (!d->orphans || d->cancel_count >= CANCELS_MAX)
        return INT64_MAX;
    return ttss_pace_ready_ms(&d->cancel_pace, now_ms);
}

/* --- giving up ----------------------------------------------------------------------------- */

static void free_list(ttss_job_list *list) {
    for (ttss_job *job = ttss_job_pop(list); job; job = ttss_job_pop(list))
        ttss_job_free(job);
}

/* Submissions under way go on, since only their answers tell what there is to cancel. */
static void give_up_jobs(ttsslice_dispatcher *d) {
    ttss_schedule *s = &d->schedule;
    int64_t now = ttss_now_ms(&ttss_system_clock);
    free_list(&s->queued);
    free_list(&s->suspects);
    free_list(&d->done);
    free_list(&d->saved);
    d->client.waiting = 0;
    for (size_t i = 0; i < s->active_count;) {
        ttss_job *job = s->active[i];
        ttss_request *request = job->request;
        if (request && request->kind == TTSS_REQUEST_RUN) {
            i++;
            continue;
        }
        if (request)
            ttss_loop_retire(d, request);
        if (job->id[0] && job->next != TTSS_NEXT_DONE && !job->completed)
            add_orphan(d, job->id);
        if (job->twin)
            job->twin->twin = NULL;
        ttss_trace_dropped(d->trace, job, now);
        ttss_schedule_ended(s, job, now); /* what it has cost until now is on the bill */
        ttss_job_free(job);
    }
}

/* There was no time. The journal has the id too. */
static void tell_left(const ttsslice_dispatcher *d, const char *id) {
    ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
             "job %s could not be cancelled on the endpoint in time; it may run on", id);
}

static void drop_health(ttsslice_dispatcher *d) {
    ttss_request *request = d->requests;
    while (request && request->kind != TTSS_REQUEST_HEALTH)
        request = request->next;
    if (request)
        ttss_loop_retire(d, request);
}

void ttss_loop_drain(ttsslice_dispatcher *d) {
    drop_health(d);
    int64_t now = ttss_now_ms(&ttss_system_clock);
    int64_t deadline = now + DRAIN_MS;
    for (; now < deadline; now = ttss_now_ms(&ttss_system_clock)) {
        give_up_jobs(d);
        ttss_loop_start_cancels(d, now);
        if (ttss_loop_turn(d, NULL) != 0)
            break;
        give_up_jobs(d);
        if (!d->request_count && !d->orphans)
            break;
        int64_t ready = ttss_loop_cancels_ms(d, now);
        if (ttss_loop_wait(d, ready < deadline ? ready : deadline, NULL) != 0)
            break;
    }
    while (d->requests) {
        if (d->requests->kind == TTSS_REQUEST_CANCEL)
            tell_left(d, d->requests->job_id);
        else if (ttss_is_submission(d->requests->kind))
            ttss_log(&d->settings.logger, TTSSLICE_LOG_WARNING, "dispatch",
                     "a submission was not answered in time; its job may run on");
        ttss_loop_retire(d, d->requests);
    }
    give_up_jobs(d);
    while (d->orphans) {
        ttss_orphan *entry = d->orphans;
        d->orphans = entry->next;
        tell_left(d, entry->id);
        free(entry);
    }
    d->drained = true;
}
