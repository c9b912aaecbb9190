/* SPDX-License-Identifier: MIT */
/* Private to job*.c: the parts of the state machine that have a file of their own. */
#ifndef TTSS_DISPATCH_JOB_PARTS_H
#define TTSS_DISPATCH_JOB_PARTS_H

#include "dispatch/job.h"
#include "dispatch/retry.h"

/* Longest that an endpoint may make us wait. */
#define TTSS_RETRY_AFTER_MAX_S 120.0

/* Ends a job. remote_knows: over there it has ended too. */
void ttss_job_end(ttss_job *job, int64_t now_ms, bool remote_knows);

/* Goes for the next address in the output; without one the job is done. */
void ttss_job_fetch_next(ttss_job *job, const ttss_policy *policy, int64_t now_ms);
/* What came from there becomes an attachment. */
void ttss_job_take_fetched(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                           int64_t now_ms);

/* Ends a job whose request failed in so many tries; the others add a sentence to what is said. */
void ttss_job_tell_failure(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                           const ttss_retry_rule *rule, int64_t now_ms, size_t tries);
void ttss_job_tell_budget(ttss_job *job, const ttss_budget *budget);
void ttss_job_tell_retry_after(ttss_job *job, const ttss_policy *policy, double asked_s, bool late);
/* What could not be asked after goes on over there, and is paid for: by its id in the journal the
 * next run collects it. */
void ttss_job_leave(ttss_job *job);

#endif
