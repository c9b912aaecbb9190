/* SPDX-License-Identifier: MIT */
/* How a run's jobs reach the handler: through the dispatcher, or through the application's own
 * function, one at a time. Both give results the same way. */
#ifndef TTSS_PIPELINE_TRANSPORT_H
#define TTSS_PIPELINE_TRANSPORT_H

#include <ttsslice/run.h>

typedef struct ttss_queued_job {
    int64_t index;
    char *input;
} ttss_queued_job;

typedef struct ttss_transport {
    ttsslice_dispatcher *dispatcher; /* NULL: host */
    const ttsslice_host *host;
    ttss_queued_job *queue; /* for the host, first in, first out */
    size_t head, count, capacity;
    ttsslice_job_result result;
    ttsslice_error failure;
    char *output;
} ttss_transport;

void ttss_transport_init(ttss_transport *transport, ttsslice_dispatcher *dispatcher,
                         const ttsslice_host *host);
void ttss_transport_free(ttss_transport *transport);

int32_t ttss_transport_submit(ttss_transport *transport, int64_t index, const char *input,
                              ttsslice_error *err);

/* The result taken last is of no use; see ttsslice_dispatcher_reject(). */
void ttss_transport_reject(ttss_transport *transport);

/* As ttsslice_dispatcher_next() without time limit. */
int32_t ttss_transport_next(ttss_transport *transport, const ttsslice_job_result **out,
                            ttsslice_error *err);

#endif
