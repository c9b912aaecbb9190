/* SPDX-License-Identifier: MIT */
/* RunPod's serverless protocol as data: the request envelope, addresses, and what an answer of
 * /run or /status says. Tolerant of what real endpoints send (see the comments in runpod.c), strict
 * about what the caller relies on: whole JSON, a state, an id. Pure. */
#ifndef TTSS_DISPATCH_RUNPOD_H
#define TTSS_DISPATCH_RUNPOD_H

#include "base/reason.h"

#include <ttsslice/error.h>

#include <stdbool.h>

/* Longest id that is taken; RunPod's are about 40 characters. */
#define TTSS_ID_MAX 128

enum ttss_remote {
    TTSS_REMOTE_NONE,    /* the answer names no state */
    TTSS_REMOTE_RUNNING, /* queued, in progress, or a state that is not known here */
    TTSS_REMOTE_COMPLETED,
    TTSS_REMOTE_FAILED,
    TTSS_REMOTE_CANCELLED,
    TTSS_REMOTE_TIMED_OUT
};

typedef struct ttss_reply {
    enum ttss_remote state;
    char id[TTSS_ID_MAX]; /* "" if absent or not fit for an address */
    char worker_id[TTSS_ID_MAX];
    int64_t delay_ms; /* -1: unknown */
    int64_t execution_ms;
    size_t output_start;                     /* where `output` is in the body */
    size_t output_length;                    /* 0: there is none, or null */
    bool has_error;                          /* the answer or its output tells of an error */
    char reason[TTSSLICE_ERROR_MESSAGE_MAX]; /* one line */
    char error_code[64];
    int32_t retryable; /* 1, 0, -1: not said */
} ttss_reply;

/* {"input": ..., "policy": ...} with the longest life of a job; malloc. NULL: out of memory. */
char *ttss_runpod_envelope(const char *input, size_t length, int64_t job_timeout_ms,
                           size_t *envelope_length);

/* Reads a body. The reason is freed of the secret, which may be NULL. Fails with PROTOCOL or
 * NOMEM. */
int32_t ttss_runpod_read(const char *body, size_t length, const char *secret, ttss_reply *reply,
                         ttsslice_error *err);

#endif
