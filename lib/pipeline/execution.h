/* SPDX-License-Identifier: MIT */
/* A run while it executes: what the takes made here and those made by a handler share. */
#ifndef TTSS_PIPELINE_EXECUTION_H
#define TTSS_PIPELINE_EXECUTION_H

#include "pipeline/output.h"
#include "pipeline/transport.h"

typedef struct ttss_execution {
    ttsslice_run *run;
    bool reached; /* the endpoint has answered something */
    ttsslice_result *result;
    ttss_output output;
    ttss_transport transport;
    ttsslice_progress progress;
    int32_t handler_slice; /* 0: takes are made here */
} ttss_execution;

/* What a judge or a host function is told about a chunk. */
typedef struct ttss_chunk_scope {
    ttsslice_run *run;
    ttss_take_params params;
} ttss_chunk_scope;

ttss_chunk_scope ttss_scope_of(ttss_execution *ex, const ttss_record *record);

/* Takes a scope; NULL where validate is off or was done by the handler. */
ttss_judge_fn ttss_judge_of(const ttsslice_run *run);
/* Takes the run. */
bool ttss_is_cancelled(void *run);

/* What ends everything, told with the slice and the chunk it came from. */
int32_t ttss_stop_run(const ttss_record *record, int32_t code, const ttsslice_error *why,
                      ttsslice_error *err);

/* Settles a chunk or a half: `code` and `why` say whether its takes could be made, `given` is the
 * handler's choice or NULL. Fails only where the run has to stop. */
int32_t ttss_finish_chunk(ttss_execution *ex, ttss_record *record, int32_t code,
                          const ttsslice_error *why, const ttsslice_selection *given,
                          ttsslice_error *err);

/* A chunk without words: nothing is made, and the pause before it is all that is left of it. */
int32_t ttss_finish_silent(ttss_execution *ex, ttss_record *record, ttsslice_error *err);

/* Sends the first jobs of a chunk or a half; ttss_make_there() does so for all chunks and waits. */
int32_t ttss_make_record_there(ttss_execution *ex, ttss_record *record, ttsslice_error *err);
int32_t ttss_make_there(ttss_execution *ex, ttsslice_error *err);

#endif
