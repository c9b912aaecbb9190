/* SPDX-License-Identifier: MIT */
/* The schedule: which job goes out next, when it is asked after, when it is late and a copy of it
 * is worth its price, and when money ends the run. Pure: it takes times, and what became of jobs;
 * it neither sends nor looks at a clock, so that a simulation can drive it.
 *
 *   queued --admitted--> active --ended, taken out by the owner-->
 *
 * Order: R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969. Copies of late jobs
 * ("hedges"): J. Dean, L. A. Barroso, "The Tail at Scale", CACM 56(2), 2013. */
#ifndef TTSS_DISPATCH_SCHEDULE_H
#define TTSS_DISPATCH_SCHEDULE_H

#include "dispatch/estimate.h"
#include "dispatch/job.h"
#include "dispatch/pace.h"

typedef struct ttss_job_list {
    ttss_job *first, *last;
    size_t count;
} ttss_job_list;

void ttss_job_push(ttss_job_list *list, ttss_job *job);
ttss_job *ttss_job_pop(ttss_job_list *list); /* NULL: empty */

/* By enum ttsslice_job_order; equal ones stay as they were. */
void ttss_job_sort(ttss_job_list *list, int32_t order);

typedef struct ttss_schedule {
    const ttss_policy *policy;
    ttss_job_list queued;
    ttss_job_list suspects; /* lost by the platform, to be tried again with none beside them */
    bool unsorted;          /* queued has grown since it was last put in order */
    ttss_job **active;      /* max_in_flight of them, copies among them */
    size_t active_count;
    int64_t hold_ms; /* the endpoint asked for no submissions before this */
    ttss_pace run_pace, status_pace;
    ttss_limit limit;
    ttss_budget budget;
    ttss_estimate estimate;

    bool lost_again;   /* a suspect has failed */
    bool good;         /* a job has gone well */
    int64_t started;   /* jobs that were submitted by this run */
    int64_t billed_ms; /* of workers' time, by all that ended */
    size_t hedges;
    int64_t idle;     /* workers, when last asked */
    int64_t asked_ms; /* when that was; INT64_MIN: never */
    bool no_health;   /* the endpoint does not tell */
} ttss_schedule;

/* The policy must outlive it. False: out of memory. */
bool ttss_schedule_init(ttss_schedule *s, const ttss_policy *policy, int64_t now_ms);

/* What is queued is freed; what is active is the owner's. */
void ttss_schedule_free(ttss_schedule *s);

/* Jobs that have not ended. */
size_t ttss_schedule_count(const ttss_schedule *s);

/* Takes a job: new ones, and those that an earlier run has submitted. */
void ttss_schedule_queue(ttss_schedule *s, ttss_job *job);

/* Takes a job, no longer active, that the platform lost: it is tried again alone, once nothing else
 * is left. False: the budget of further submissions, or money, does not allow that. */
bool ttss_schedule_suspect(ttss_schedule *s, ttss_job *job);

/* Whether the next one's turn has come: nothing is under way, and nothing else may be. */
bool ttss_schedule_suspect_due(const ttss_schedule *s);

/* One was lost again, and no job has gone well: it is the endpoint, and the others need not find
 * that out one by one. */
bool ttss_schedule_hopeless(const ttss_schedule *s);

/* Moves jobs that may be under way from queued to active. */
void ttss_schedule_admit(ttss_schedule *s, int64_t now_ms);

/* Whether the queued jobs are past the limits of jobs and money; never while any is active. *why is
 * their failure. */
bool ttss_schedule_stopped(const ttss_schedule *s, ttsslice_error *why);

/* Whether the limit of money leaves room for a job. */
bool ttss_schedule_affords(const ttss_schedule *s, const ttss_job *job, int64_t now_ms);

/* Whether more than that has been spent. */
bool ttss_schedule_overrun(const ttss_schedule *s);

/* The active job whose next step, submission or question, may be made now; NULL: none. Takes a
 * token of its rate. */
ttss_job *ttss_schedule_due(ttss_schedule *s, enum ttss_next next, int64_t now_ms);

/* When ttss_schedule_due() will give one; INT64_MAX: not before something happens. */
int64_t ttss_schedule_due_ms(ttss_schedule *s, enum ttss_next next, int64_t now_ms);

/* What the answer to a submission that was sent at sent_ms says about the endpoint. */
void ttss_schedule_submitted(ttss_schedule *s, const ttss_job *job, int64_t sent_ms,
                             int64_t now_ms);

/* The job, which is active, has ended: it is taken out, learned from and put on the bill. */
void ttss_schedule_ended(ttss_schedule *s, ttss_job *job, int64_t now_ms);
void ttss_schedule_remove(ttss_schedule *s, const ttss_job *job); /* taken out only */

/* An estimate of what is still to be done: workers' time, the time until all is done, and how many
 * jobs the limits of jobs and money will stop, which are in neither. */
typedef struct ttss_forecast {
    int64_t billed_ms, elapsed_ms, stopped;
} ttss_forecast;

ttss_forecast ttss_schedule_left(ttss_schedule *s);

/* --- copies of late jobs (hedge.c) -------------------------------------------------------------
 */

/* A job that is late, and of which it is not known whether a worker has it: it should be asked
 * after now, whatever request is under way. NULL: none. */
ttss_job *ttss_schedule_doubtful(ttss_schedule *s, int64_t now_ms);

/* Whether it should be asked now how many workers are idle; true once, until that is known. */
bool ttss_schedule_wants_health(ttss_schedule *s, int64_t now_ms);
void ttss_schedule_health(ttss_schedule *s, int64_t idle, int64_t now_ms); /* -1: nobody can say */

/* A copy of a late job, active and due; NULL: none is called for. */
ttss_job *ttss_schedule_hedge(ttss_schedule *s, int64_t now_ms);

/* When one of the three above may have something to say; INT64_MAX: never. */
int64_t ttss_schedule_hedge_ms(const ttss_schedule *s, int64_t now_ms);

#endif
