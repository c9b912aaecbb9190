/* SPDX-License-Identifier: MIT */
/* One job as a state machine: submit, poll until it is done, fetch audio that was left elsewhere,
 * and what its end was. Pure: it takes answers and times and says what to do next and when; it
 * neither sends nor looks at a clock.
 *
 *   SUBMIT --begin--> (waiting) --answered--> SUBMIT again | POLL | FETCH | DONE
 *   POLL   --begin--> (waiting) --answered--> POLL again | FETCH | DONE
 *   FETCH  --begin--> (waiting) --answered--> FETCH again | DONE */
#ifndef TTSS_DISPATCH_JOB_H
#define TTSS_DISPATCH_JOB_H

#include "base/buf.h"
#include "base/options.h"
#include "dispatch/key.h"
#include "dispatch/protocol.h"
#include "dispatch/scan.h"

/* Times in milliseconds. */
typedef struct ttss_policy {
    int64_t backoff_ms[TTSS_BACKOFF_MAX];
    size_t backoff_count;
    int64_t poll_ms; /* first pause; grows by half up to ten times that, give or take a fifth */
    int64_t job_timeout_ms;
    int64_t request_timeout_ms;
    int64_t max_in_flight;
    const char *secret;       /* never shown; "" : none */
    const char *key_variable; /* of the environment, where the key is looked for */
    const ttss_protocol *protocol;
    bool inline_audio;       /* stays in the output, as base64 */
    uint64_t seed;           /* of the draws that spread waits; 0: waits are as they are given */
    ttss_budget *budget;     /* of further submissions; NULL: no bound */
    int32_t order;           /* enum ttsslice_job_order */
    int64_t window;          /* of ORDER_INDEX; 0: none */
    bool hedge;              /* copies of late jobs are made */
    int64_t max_jobs;        /* 0: any number */
    double max_cost;         /* 0: any */
    double price_per_second; /* 0: not known */
    double expected_ms, expected_char_ms; /* of a job, until it is learned */
    bool loopback;                        /* the endpoint is on this machine */
    size_t max_reply_bytes;
} ttss_policy;

/* How one request ended. */
typedef struct ttss_answer {
    enum ttss_transfer transfer;
    const char *trouble; /* the transport's words */
    int32_t http_status; /* 0: no answer */
    const char *content_type;
    const char *redirect;    /* where the answer leads; NULL: nowhere */
    double retry_after_s;    /* -1: not named */
    ttss_buf *body;          /* a completed job takes the bytes */
    ttss_attachments *audio; /* and these; NULL: none */
    const char *damage;      /* why its audio could not be decoded; NULL: it could */
} ttss_answer;

enum ttss_next { TTSS_NEXT_SUBMIT, TTSS_NEXT_POLL, TTSS_NEXT_FETCH, TTSS_NEXT_DONE };

typedef struct ttss_job {
    int64_t index;
    char *envelope; /* freed at its end */
    size_t envelope_length;

    enum ttss_next next;
    bool waiting;    /* a request is under way */
    bool plain;      /* the next question is answered at once */
    bool looked_at;  /* it was late, and asked after for that */
    int64_t due_ms;  /* when `next` is to be done */
    int64_t poll_ms; /* the next pause */
    int64_t first_ms, end_ms, deadline_ms;
    int64_t expected_ms; /* how long it will run; 0: nobody knows */
    int64_t sent_ms;     /* when it was submitted last */
    int64_t accepted_ms; /* when the endpoint took it; 0: it has not */
    int64_t queued_ms;   /* when it was last known to wait there */
    int64_t progress_ms; /* when a worker began, as far as is known; 0: it is not known to run */
    uint64_t draws;
    bool told_start;      /* to the trace */
    size_t poll_failures; /* in a row; of status requests, then of fetches */
    bool seen;            /* a status request has found the job */
    int32_t submissions;
    int32_t possible_duplicates; /* of those, sent again though the one before may have arrived */

    char id[TTSS_ID_MAX];
    char worker_id[TTSS_ID_MAX];
    char error_code[64];
    char odd_status[40]; /* its last status, if that is not known here */
    int64_t delay_ms, execution_ms;
    int64_t retries;        /* the platform's own */
    ttsslice_error failure; /* code 0: success; has http_status and retry_after_s either way */
    bool retryable;
    bool for_all;    /* the failure is everybody's */
    bool collecting; /* an earlier run submitted it; if that came to nothing it is submitted anew */
    int32_t source;  /* enum ttsslice_job_source */
    size_t weight;   /* what its duration grows with: characters of text */
    int64_t billed_ms; /* worker's time, copies of it included */
    int32_t hedges;
    bool hedge_won;
    char key[TTSS_KEY_SIZE]; /* for the journal; "": there is none */
    bool abandoned;          /* it may still be running over there */
    char *body;              /* of the last answer, cut behind the output */
    size_t output_start, output_length;
    ttss_attachments audio;
    bool suspect;    /* the platform lost it, perhaps by its own fault */
    bool alone;      /* it is tried again with no other job beside it */
    bool completed;  /* over there; what is left is to fetch audio */
    char *audio_url; /* that is fetched next; NULL: none */

    struct ttss_job *twin; /* the same job a second time; whichever ends well first is the result */
    bool is_copy;          /* of the two the later */
    bool unwanted;         /* its twin has won, and only its id is waited for */

    struct ttss_job *link; /* for the owner's lists */
    void *request;         /* for the owner */
} ttss_job;

/* Of so much time; -1: the price is not known. */
double ttss_policy_cost(const ttss_policy *policy, int64_t ms);

/* Takes the envelope, also on failure. NULL: out of memory. */
ttss_job *ttss_job_new(int64_t index, char *envelope, size_t envelope_length);
void ttss_job_free(ttss_job *job); /* NULL is allowed */

/* The same job anew, to run beside it. NULL: out of memory. */
ttss_job *ttss_job_copy(const ttss_job *job);

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

/* The request that was under way has ended. An answer that is not what was asked for becomes one
 * that is UNREADABLE. */
void ttss_job_answered(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                       int64_t now_ms);

/* A suspect that has ended begins anew. */
void ttss_job_retry_alone(ttss_job *job, int64_t now_ms);

/* Ends a job whose deadline has passed. */
void ttss_job_expire(ttss_job *job, const ttss_policy *policy, int64_t now_ms);

/* Ends a job for a reason of the caller's, which must not contain the key. */
void ttss_job_fail(ttss_job *job, int64_t now_ms, int32_t code, bool retryable, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));

#endif
