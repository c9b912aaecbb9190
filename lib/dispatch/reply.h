/* SPDX-License-Identifier: MIT */
/* What an answer says, whatever the protocol, and the reading of what they have in common: ids,
 * texts, errors. Tolerant of what real servers send. Pure. */
#ifndef TTSS_DISPATCH_REPLY_H
#define TTSS_DISPATCH_REPLY_H

#include <ttsslice/error.h>

#include <jansson.h>
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
    bool in_progress;     /* RUNNING, and a worker has it */
    char odd_status[40];  /* RUNNING, by a name that is not known here; else "" */
    char id[TTSS_ID_MAX]; /* "" if absent or not fit for an address */
    char worker_id[TTSS_ID_MAX];
    int64_t delay_ms; /* -1: unknown */
    int64_t execution_ms;
    int64_t retries;                         /* times the platform began anew by itself */
    size_t output_start;                     /* where the output is in the body */
    size_t output_length;                    /* 0: there is none, or null */
    bool has_error;                          /* the answer or its output tells of an error */
    char reason[TTSSLICE_ERROR_MESSAGE_MAX]; /* one line */
    char error_code[64];
    int32_t retryable; /* 1, 0, -1: not said */
} ttss_reply;

/* An id, if it can be part of an address; else out stays as it is. */
void ttss_reply_id(const json_t *value, char out[TTSS_ID_MAX]);

/* A text or a whole number; else out stays as it is. */
void ttss_reply_string(const json_t *value, const char *secret, char *out, size_t size);

/* Fills in has_error, reason, error_code and retryable from the envelope's error, the output's
 * error, or the message of an output that calls itself one. */
void ttss_reply_error(const json_t *document, const json_t *output, const char *secret,
                      ttss_reply *reply);

/* Where the value of a member, of several the last, is in the text of an object, which is known to
 * be JSON; leaves both as they are if it is not there. */
void ttss_find_member(const char *body, size_t length, const char *key, size_t *start,
                      size_t *found);

#endif
