/* SPDX-License-Identifier: MIT */
/* What happens to jobs, as JSON Lines in a file, one line an event; docs/schedule.md describes
 * them. There is no key in it: ids and words from outside are freed of it. A trace that cannot be
 * written is said once and given up. NULL is allowed for every trace. */
#ifndef TTSS_DISPATCH_TRACE_H
#define TTSS_DISPATCH_TRACE_H

#include "dispatch/job.h"

#include <ttsslice/dispatch.h>

typedef struct ttss_trace ttss_trace;

/* Sees that the file can be written; what is in it stays until the trace begins. Fails with IO,
 * NO_SPACE, NOMEM. */
int32_t ttss_trace_open(const char *path, const ttss_policy *policy, const ttsslice_logger *logger,
                        int64_t now_ms, ttss_trace **out, ttsslice_error *err);
/* The jobs go out: from now on the file is this run's. */
void ttss_trace_begin(ttss_trace *trace);
void ttss_trace_close(ttss_trace *trace);
void ttss_trace_flush(ttss_trace *trace);

void ttss_trace_queued(ttss_trace *trace, const ttss_job *job, int64_t expected_ms, bool saved,
                       int64_t now_ms);
void ttss_trace_submitted(ttss_trace *trace, const ttss_job *job, int64_t now_ms);

/* After an answer: accepted, started, polled, and retried if it is tried again. */
void ttss_trace_answered(ttss_trace *trace, ttss_job *job, bool submitting, int32_t http_status,
                         bool retried, int64_t now_ms);
void ttss_trace_hedged(ttss_trace *trace, const ttss_job *copy, int64_t now_ms);
void ttss_trace_limited(ttss_trace *trace, int64_t in_flight, int64_t now_ms);

/* Given up because its twin was first, or did not fail. */
void ttss_trace_dropped(ttss_trace *trace, const ttss_job *job, int64_t now_ms);

/* Done or failed; cost -1: not known. */
void ttss_trace_ended(ttss_trace *trace, ttss_job *job, double cost, int64_t now_ms);
void ttss_trace_cancelled(ttss_trace *trace, const char *job_id, bool fine, int64_t now_ms);
void ttss_trace_totals(ttss_trace *trace, const ttsslice_dispatch_totals *totals, int64_t now_ms);

#endif
