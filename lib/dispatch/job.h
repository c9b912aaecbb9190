/* SPDX-License-Identifier: MIT */
/* One job as a state machine: submit, poll until it is done, and what its end was. Pure: it takes
 * answers and times and says what to do next and when; it neither sends nor looks at a clock.
 *
 *   SUBMIT --begin--> (waiting) --answered--> SUBMIT again | POLL | DONE
 *   POLL   --begin--> (waiting) --answered--> POLL again   | DONE */
#ifndef TTSS_DISPATCH_JOB_H
#define TTSS_DISPATCH_JOB_H

#include "base/buf.h"
#include "dispatch/key.h"
#include "dispatch/protocol.h"
#include "dispatch/scan.h"

#define TTSS_BACKOFF_MAX 16

/* Times in milliseconds. */
typedef struct ttss_policy {
    int64_t backoff_ms[TTSS_BACKOFF_MAX];
    size_t backoff_count;
    int64_t poll_ms; /* first pause; grows by half up to ten times that */
    int64_t job_timeout_ms;
    int64_t request_timeout_ms;
    int64_t max_in_flight;
    const char *secret;       /* never shown; "" : none */
    const char *key_variable; /* of the environment, where the key is looked for */
    const ttss_protocol *protocol;
    bool inline_audio; /* stays in the output, as base64 */
} ttss_policy;

/* How one request ended. */
typedef struct ttss_answer {
    enum ttss_transfer transfer;
    const char *trouble; /* the transport's words */
    int32_t http_status; /* 0: no answer */
    const char *content_type;
    double retry_after_s;    /* -1: not named */
    ttss_buf *body;          /* a completed job takes the bytes */
    ttss_attachments *audio; /* and these; NULL: none */
    const char *damage;      /* why its audio could not be decoded; NULL: it could */
} ttss_answer;

enum ttss_next { TTSS_NEXT_SUBMIT, TTSS_NEXT_POLL, TTSS_NEXT_DONE };

typedef struct ttss_job {
    int64_t index;
    char *envelope; /* freed once the endpoint has it */
    size_t envelope_length;

    enum ttss_next next;
    bool waiting;    /* a request is under way */
    int64_t due_ms;  /* when `next` is to be done */
    int64_t poll_ms; /* the next pause */
    int64_t first_ms, end_ms, deadline_ms;
    size_t poll_failures; /* in a row */
    bool seen;            /* a status request has found the job */
    int32_t submissions;
    int32_t possible_duplicates; /* of those, sent again though the one before may have arrived */

    char id[TTSS_ID_MAX];
    char worker_id[TTSS_ID_MAX];
    char error_code[64];
    int64_t delay_ms, execution_ms;
    int64_t retries;        /* the platform's own */
    ttsslice_error failure; /* code 0: success; has http_status and retry_after_s either way */
    bool retryable;
    bool for_all;    /* the failure is everybody's */
    bool collecting; /* an earlier run submitted it; if that came to nothing it is submitted anew */
    int32_t source;  /* enum ttsslice_job_source */
    size_t weight;   /* what its duration grows with: bytes of text */
    char key[TTSS_KEY_SIZE]; /* for the journal; "": there is none */
    bool abandoned;          /* it may still be running over there */
    char *body;              /* of the last answer, cut behind the output */
    size_t output_start, output_length;
    ttss_attachments audio;

    struct ttss_job *link; /* for the owner's lists */
    void *request;         /* for the owner */
} ttss_job;

/* Takes the envelope, also on failure. NULL: out of memory. */
ttss_job *ttss_job_new(int64_t index, char *envelope, size_t envelope_length);
void ttss_job_free(ttss_job *job); /* NULL is allowed */

/* Bytes of audio. */
size_t ttss_job_held(const ttss_job *job);

/* An earlier run has submitted it under this id: it is polled first. */
void ttss_job_collect(ttss_job *job, const char *id);

/* Puts it on the way: its first submission is due now. */
void ttss_job_admit(ttss_job *job, int64_t now_ms);

/* What was due is being done. */
void ttss_job_begin(ttss_job *job, const ttss_policy *policy, int64_t now_ms);

/* The kind of request that is due, or under way; and where it goes, for messages. */
enum ttss_request_kind ttss_job_request(const ttss_job *job, const ttss_policy *policy);
const char *ttss_job_path(const ttss_job *job, const ttss_policy *policy);

/* The request that was under way has ended. */
void ttss_job_answered(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                       int64_t now_ms);

/* Ends a job whose deadline has passed. */
void ttss_job_expire(ttss_job *job, const ttss_policy *policy, int64_t now_ms);

/* Ends a job for a reason of the caller's, which must not contain the key. */
void ttss_job_fail(ttss_job *job, int64_t now_ms, int32_t code, bool retryable, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));

#endif
