/* SPDX-License-Identifier: MIT */
/* Ways of jobs to the handler; see transport.h. */
#include "pipeline/transport.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void ttss_transport_init(ttss_transport *transport, ttsslice_dispatcher *dispatcher,
                         const ttsslice_host *host) {
    *transport = (ttss_transport){.dispatcher = dispatcher, .host = host};
}

void ttss_transport_free(ttss_transport *transport) {
    for (size_t i = transport->head; i < transport->count; i++)
        free(transport->queue[i].input);
    free(transport->queue);
    ttsslice_free(transport->output);
    *transport = (ttss_transport){0};
}

int32_t ttss_transport_submit(ttss_transport *transport, int64_t index, const char *input,
                              ttsslice_error *err) {
    if (transport->dispatcher)
        return ttsslice_dispatcher_submit(transport->dispatcher, index, input,
                                          TTSSLICE_NUL_TERMINATED, err);
    if (!ttss_grow((void **)&transport->queue, &transport->capacity, transport->count + 1,
                   sizeof *transport->queue))
        return ttss_nomem(err);
    char *copy = ttss_strdup(input);
    if (!copy)
        return ttss_nomem(err);
    transport->queue[transport->count++] = (ttss_queued_job){index, copy};
    return 0;
}

static int32_t next_from_host(ttss_transport *t, const ttsslice_job_result **out,
                              ttsslice_error *err) {
    if (t->head == t->count)
        return TTSSLICE_ERR_END;
    ttss_queued_job job = t->queue[t->head++];
    int64_t started = ttss_now_ms(&ttss_system_clock);
    ttsslice_free(t->output);
    t->output = NULL;
    t->failure = (ttsslice_error)TTSSLICE_ERROR_INIT;
    int32_t code = t->host->dispatch(job.input, &t->output, &t->failure, t->host->user_data);
    free(job.input);
    if (!code && !t->output)
        code = ttss_fail(&t->failure, TTSSLICE_ERR_EMPTY_RESULT,
                         "the application's dispatch function gave no output");
    if (code == TTSSLICE_ERR_CALLBACK || code == TTSSLICE_ERR_NOMEM ||
        code == TTSSLICE_ERR_CANCELLED)
        return ttss_fail(err, code, "%s",
                         t->failure.message[0] ? t->failure.message
                                               : "the application's dispatch function failed");
    t->result = (ttsslice_job_result){
        .index = job.index,
        .output = code ? NULL : t->output,
        .output_length = code ? 0 : strlen(t->output),
        .job_id = "",
        .worker_id = "",
        .error = code ? t->failure.message : "",
        .error_code = "",
        .retry_after_s = -1.0,
        .delay_ms = -1,
        .execution_ms = -1,
        .elapsed_ms = ttss_now_ms(&ttss_system_clock) - started,
        .code = code,
        .http_status = t->failure.http_status,
        .attempts = 1,
    };
    *out = &t->result;
    return 0;
}

int32_t ttss_transport_next(ttss_transport *transport, const ttsslice_job_result **out,
                            ttsslice_error *err) {
    if (transport->dispatcher)
        return ttsslice_dispatcher_next(transport->dispatcher, -1, out, err);
    return next_from_host(transport, out, err);
}

void ttss_transport_reject(ttss_transport *transport) {
    ttsslice_dispatcher_reject(transport->dispatcher);
}
