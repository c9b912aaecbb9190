/* SPDX-License-Identifier: MIT */
/* Plans: which placements are possible, and what a plan asks of a handler. */
#ifndef TTSS_PIPELINE_PLAN_H
#define TTSS_PIPELINE_PLAN_H

#include <ttsslice/run.h>

/* Fails with INVALID and the reason if the plan cannot be. */
int32_t ttss_plan_check(const ttsslice_plan *plan, ttsslice_error *err);

/* The `slice` (1 to 4) that a handler is asked for; 0 if nothing is placed there. */
int32_t ttss_plan_handler_slice(const ttsslice_plan *plan);

#endif
