/* SPDX-License-Identifier: MIT */
/* Copies of late jobs; see schedule.h. A job is late once it has run 1.32 times as long as was
 * predicted, or longer than 19 of 20 jobs do where that is more. Copies are a twentieth of the jobs
 * at most, come out of the same budget as retries, fill places that nothing else needs, and are
 * made only where workers are idle and nothing was refused of late. */
#include "dispatch/schedule.h"

#include <string.h>

#define LATE     1.32
#define LEARNED  5     /* jobs, before any is called late */
#define SHARE    20    /* one copy for so many jobs */
#define QUIET_MS 10000 /* without refusals */
#define FRESH_MS 1000  /* what /health said */
#define NEVER    INT64_MAX

static bool may_hedge(const ttss_schedule *s, int64_t now_ms) {
    return s->policy->hedge && s->policy->protocol->idle && !s->no_health && !s->queued.count &&
           s->estimate.seen >= LEARNED && s->hedges < s->budget.jobs / SHARE &&
           s->budget.spent < ttss_budget_size(&s->budget) &&
           s->active_count < (size_t)ttss_limit_now(&s->limit) &&
           (s->limit.refused_ms == INT64_MIN || now_ms - s->limit.refused_ms > QUIET_MS);
}

/* Alone, accepted, and paid for by this run. */
static bool may_be_copied(const ttss_job *job) {
    return !job->twin && !job->unwanted && !job->alone && job->next == TTSS_NEXT_POLL &&
           job->accepted_ms && !job->collecting && job->envelope;
}

static int64_t late_ms(const ttss_schedule *s, const ttss_job *job) {
    double factor = s->estimate.spread > LATE ? s->estimate.spread : LATE;
    int64_t began = job->progress_ms ? job->progress_ms : job->queued_ms;
    return began + (int64_t)(factor * (double)ttss_estimate_ms(&s->estimate, job->weight));
}

/* The one that is late the longest. */
static ttss_job *latest(const ttss_schedule *s, bool in_progress, int64_t now_ms) {
    ttss_job *found = NULL;
    int64_t since = 0;
    if (!may_hedge(s, now_ms))
        return NULL;
    for (size_t i = 0; i < s->active_count; i++) {
        ttss_job *job = s->active[i];
        if (!may_be_copied(job) || (job->progress_ms != 0) != in_progress)
            continue;
        int64_t late = late_ms(s, job);
        if (late <= now_ms && ttss_schedule_affords(s, job, now_ms) && (!found || late < since)) {
            found = job;
            since = late;
        }
    }
    return found;
}

ttss_job *ttss_schedule_doubtful(ttss_schedule *s, int64_t now_ms) {
    ttss_job *job = latest(s, false, now_ms);
    if (!job || job->looked_at)
        return NULL;
    job->looked_at = true;
    return job;
}

bool ttss_schedule_wants_health(ttss_schedule *s, int64_t now_ms) {
    if (!latest(s, true, now_ms) || (s->asked_ms != INT64_MIN && now_ms - s->asked_ms < FRESH_MS))
        return false;
    s->idle = 0;
    s->asked_ms = now_ms;
    return true;
}

void ttss_schedule_health(ttss_schedule *s, int64_t idle, int64_t now_ms) {
    s->idle = idle > 0 ? idle : 0;
    s->no_health = idle < 0;
    s->asked_ms = now_ms;
}

ttss_job *ttss_schedule_hedge(ttss_schedule *s, int64_t now_ms) {
    if (s->idle <= 0 || s->asked_ms == INT64_MIN || now_ms - s->asked_ms >= FRESH_MS)
        return NULL;
    ttss_job *job = latest(s, true, now_ms);
    ttss_job *twin = job ? ttss_job_copy(job) : NULL;
    if (!twin)
        return NULL;
    job->twin = twin;
    twin->twin = job;
    twin->expected_ms = ttss_estimate_ms(&s->estimate, twin->weight);
    ttss_job_admit(twin, now_ms);
    ttss_budget_take(&s->budget);
    s->hedges++;
    s->idle--;
    s->active[s->active_count++] = twin;
    return twin;
}

int64_t ttss_schedule_hedge_ms(const ttss_schedule *s, int64_t now_ms) {
    int64_t next = NEVER;
    if (!may_hedge(s, now_ms))
        return NEVER;
    for (size_t i = 0; i < s->active_count; i++) {
        const ttss_job *job = s->active[i];
        if (!may_be_copied(job) || (!job->progress_ms && job->looked_at))
            continue;
        int64_t late = late_ms(s, job);
        if (job->progress_ms && s->asked_ms != INT64_MIN && late < s->asked_ms + FRESH_MS)
            late = s->asked_ms + FRESH_MS; /* nobody was idle */
        if (late < next)
            next = late;
    }
    return next;
}
