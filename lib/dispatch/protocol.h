/* SPDX-License-Identifier: MIT */
/* The protocols that a dispatcher speaks: a small table of functions each, in a file of its own. To
 * add one, fill in a ttss_protocol there and name it in protocol.c.
 *
 * Two kinds exist. Where a submission is a RUN its answer names a job, which is asked for, can be
 * cancelled and found again by a later run. Where it is a CALL its answer is the result: the
 * connection is the job, closing it all that can be done to cancel it. */
#ifndef TTSS_DISPATCH_PROTOCOL_H
#define TTSS_DISPATCH_PROTOCOL_H

#include "base/buf.h"
#include "dispatch/reply.h"
#include "dispatch/retry.h"

struct ttss_answer;
struct ttss_job;
struct ttss_policy;
struct ttss_settings;

typedef struct ttss_protocol {
    const char *name;
    const char *speaks;                /* what answers are, for messages */
    const char *submits;               /* where jobs go, for messages */
    enum ttss_request_kind submission; /* RUN or CALL */
    bool is_file;                      /* a good answer is a file and no JSON */
    bool whole_url;                    /* the endpoint is the very address, which may have a ? */
    const char *missing;               /* what to check where nothing is found, for messages */
    const char *key_variable;          /* of the environment: the key */
    const char *url_variable;          /* and the endpoint; NULL: TTSSLICE_ENDPOINT alone */
    size_t longest_input;              /* bytes */

    /* The content of a job that is sent, made from its input; new reference. NULL: the input
     * itself. Fails with INVALID (what the protocol cannot ask for) or NOMEM. */
    int32_t (*content)(const struct ttss_settings *settings, const json_t *input, json_t **out,
                       ttsslice_error *err);

    /* Body of a submission; malloc. NULL: out of memory. */
    char *(*envelope)(const char *content, size_t length, int64_t job_timeout_ms,
                      size_t *envelope_length);

    /* Appends the address of a request; false if there is no such request. */
    bool (*address)(ttss_buf *url, const char *endpoint, enum ttss_request_kind kind,
                    const char *id, int64_t wait_ms);

    /* Idle workers as the body of a health request tells; -1: it does not. NULL: there are no
     * health requests. */
    int64_t (*idle)(const char *body, size_t length);

    /* Reads a good answer; may put audio in its place. Fails with PROTOCOL, AUDIO (what came
     * is cut short or damaged, and may not be the next time) or NOMEM. */
    int32_t (*read)(const struct ttss_policy *policy, const struct ttss_job *job,
                    struct ttss_answer *answer, ttss_reply *reply, ttsslice_error *err);
} ttss_protocol;

extern const ttss_protocol ttss_protocol_runpod, ttss_protocol_plain, ttss_protocol_openai;

/* By its name. NULL: there is none of that name. */
const ttss_protocol *ttss_protocol_find(const char *name);

/* "runpod, plain or openai". */
#define TTSS_PROTOCOL_NAMES "runpod, plain or openai"

#endif
