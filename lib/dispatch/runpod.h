/* SPDX-License-Identifier: MIT */
/* RunPod's serverless protocol as data: the request envelope, and what an answer of /run or /status
 * says. Tolerant of what real endpoints send (see the comments in runpod.c), strict about what the
 * caller relies on: whole JSON, a state, an id. Pure. */
#ifndef TTSS_DISPATCH_RUNPOD_H
#define TTSS_DISPATCH_RUNPOD_H

#include "dispatch/reply.h"

/* {"input": ..., "policy": ...} with the longest life of a job; malloc. NULL: out of memory. */
char *ttss_runpod_envelope(const char *input, size_t length, int64_t job_timeout_ms,
                           size_t *envelope_length);

/* Reads a body. The reason is freed of the secret, which may be NULL. Fails with PROTOCOL or
 * NOMEM. */
int32_t ttss_runpod_read(const char *body, size_t length, const char *secret, ttss_reply *reply,
                         ttsslice_error *err);

/* Whether a member `status` is one of RunPod's states, and no handler's "success". */
bool ttss_runpod_is_state(const json_t *status);

#endif
