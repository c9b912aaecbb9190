/* SPDX-License-Identifier: MIT */
/* One HTTP request over a libcurl easy handle, set up the way this library talks to endpoints:
 * http and https only, no redirects, no signals, a receive limit, and a submission never resent
 * behind our back. Handles are used again. The audio of answers is bounded in memory: over a budget
 * transfers wait, all but one. */
#ifndef TTSS_DISPATCH_HTTP_H
#define TTSS_DISPATCH_HTTP_H

#include "base/address.h"
#include "dispatch/job.h"
#include "dispatch/settings.h"

#include <curl/curl.h>

/* Audio in answers under way and in results not yet handed out, beyond which answers wait. */
#define TTSS_AUDIO_BUDGET ((size_t)3 << 19)

/* A deadline that never comes; time may be added to it. */
#define TTSS_NO_DEADLINE (INT64_MAX / 2)

/* What all requests of one dispatcher share. */
typedef struct ttss_client {
    const ttss_settings *settings;
    struct curl_slist *get_headers;
    struct curl_slist *post_headers;
    struct ttss_request *spare; /* to be used again */
    size_t spare_count;
    bool posts_status;                /* the endpoint takes status requests as POST alone */
    size_t receiving;                 /* bytes of audio in answers under way */
    size_t waiting;                   /* bytes of audio in results that can be handed out */
    const struct ttss_request *first; /* goes on also over the budget; NULL: the next that asks */
} ttss_client;

typedef struct ttss_request {
    ttss_client *client;
    CURL *easy; /* CURLOPT_PRIVATE is the request */
    enum ttss_request_kind kind;
    int64_t wait_ms; /* how long a status request may be held there; 0: not at all */
    int64_t sent_ms; /* for the owner */
    ttss_scan scan;  /* takes the answer in */
    size_t largest;  /* answer that is taken */
    bool posts;      /* a status request as POST */
    bool is_file;    /* the answer may be a file as it is */
    bool too_large;
    enum ttss_reach refused; /* why a FETCH was not connected; PUBLIC: it was not refused */
    char trouble[CURL_ERROR_SIZE];
    int64_t deadline_ms; /* for the owner's loop; libcurl knows of none, but for HEALTH */
    int64_t absence_ms;  /* not counted against the time to connect */
    ttss_job *job;       /* RUN and STATUS */
    char job_id[TTSS_ID_MAX];
    const char *body; /* that is sent */
    size_t body_length, body_sent;
    size_t held;               /* bytes of audio */
    int64_t paused_ms;         /* since when it waits for the budget; 0: it does not */
    struct ttss_request *next; /* for the owner's list */
} ttss_request;

/* Keeps the settings' address. */
int32_t ttss_client_init(ttss_client *client, const ttss_settings *settings, ttsslice_error *err);
void ttss_client_free(ttss_client *client); /* also of a zeroed struct */

/* A submission with `body` (kept by address), or a question about a job or the endpoint; about a
 * job one that is answered when it is done or wait_ms is over, or at once (0). NULL: out of memory.
 */
ttss_request *ttss_request_new(ttss_client *client, enum ttss_request_kind kind, const char *id,
                               int64_t wait_ms, const char *body, size_t length);

/* GET of audio that a handler left at an address, which was checked: no key is sent, only public
 * machines are asked (and this one, where the endpoint is here too), no proxy resolves the name,
 * few redirects are followed, to https alone, and no more than `largest` bytes are taken. NULL: out
 * of memory. */
ttss_request *ttss_request_fetch(ttss_client *client, const char *url, size_t largest);

void ttss_request_free(ttss_request *request); /* NULL is allowed */

/* Lets it go on if it waits for the budget and may; says how long it has waited, which is taken out
 * of its account, or 0. */
int64_t ttss_request_resume(ttss_request *request, int64_t now_ms);

/* Takes a time out of the account in which nobody ran the transfer. */
void ttss_request_postpone(ttss_request *request, const ttss_settings *settings,
                           int64_t absence_ms);

/* How it ended; borrows from the request. */
ttss_answer ttss_request_answer(ttss_request *request, CURLcode result);

#endif
