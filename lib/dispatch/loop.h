/* SPDX-License-Identifier: MIT */
/* The loop of a dispatcher: lists of jobs, and what is under way. Everything moves within these
 * functions, on the thread that calls them.
 *
 *   queued --admitted, at most max_in_flight--> active --ended--> done --handed out--> freed
 *
 * Jobs that ended here and may go on over there leave a cancel request behind. */
#ifndef TTSS_DISPATCH_LOOP_H
#define TTSS_DISPATCH_LOOP_H

#include "dispatch/http.h"
#include "dispatch/journal.h"
#include "dispatch/schedule.h"
#include "dispatch/trace.h"

#include <stdatomic.h>
#include <sys/types.h>

/* A job to cancel on the endpoint. */
typedef struct ttss_orphan {
    struct ttss_orphan *next;
    char id[TTSS_ID_MAX];
} ttss_orphan;

struct ttsslice_dispatcher {
    ttss_settings settings;
    pid_t owner; /* the process that made it */
    ttss_client client;
    CURLM *multi;
    atomic_bool cancelled;
    bool drained;

    ttss_trace *trace;      /* NULL: none */
    ttss_journal *journal;  /* NULL: none */
    ttss_schedule schedule; /* what is queued and under way */
    ttss_job_list done;     /* waits to be handed out */
    ttss_job_list saved;    /* their results are in the journal */
    ttss_job *handed;       /* lives until the next call */
    ttsslice_job_result result;
    ttsslice_dispatch_totals totals;
    ttsslice_error fatal; /* code 0, or what ends every job */
    bool served;          /* a call has succeeded */
    int64_t told_wait_ms; /* until then waits that are asked for are not said again */
    bool overrun;         /* it was told that the run costs more than it may */
    int64_t left_ms;      /* when the caller was last given control */

    ttss_request *requests; /* under way */
    size_t request_count, cancel_count;
    ttss_orphan *orphans;
    ttss_pace cancel_pace;
    enum { TTSS_LONG_POLL_UNKNOWN, TTSS_LONG_POLL_THERE, TTSS_LONG_POLL_ABSENT } long_poll;
};

/* --- for the loop's own files ---------------------------------------------------------------- */

/* requests.c */
int64_t ttss_loop_long_poll_ms(const ttsslice_dispatcher *d);
bool ttss_loop_may_long_poll(const ttsslice_dispatcher *d);
bool ttss_loop_launch(ttsslice_dispatcher *d, ttss_request *request); /* takes it; NULL: false */
void ttss_loop_retire(ttsslice_dispatcher *d, ttss_request *request); /* ended or not */
int32_t ttss_loop_turn(ttsslice_dispatcher *d,
                       ttsslice_error *err); /* moves bytes, takes answers */
int32_t ttss_loop_wait(ttsslice_dispatcher *d, int64_t until_ms, ttsslice_error *err);

/* answers.c */
void ttss_loop_read_answers(ttsslice_dispatcher *d, int64_t now_ms);
void ttss_loop_expire_requests(ttsslice_dispatcher *d, int64_t now_ms);

/* ends.c */
void ttss_loop_finish(ttsslice_dispatcher *d,
                      ttss_job *job);                   /* an ended job waits to be handed out */
void ttss_loop_finish_suspects(ttsslice_dispatcher *d); /* end as they are */
void ttss_loop_finish_all(ttsslice_dispatcher *d, int64_t now_ms); /* all end as d->fatal says */
void ttss_loop_note(ttsslice_dispatcher *d, const ttss_job *job);
void ttss_loop_sync(ttsslice_dispatcher *d);
void ttss_loop_start_cancels(ttsslice_dispatcher *d, int64_t now_ms);
int64_t ttss_loop_cancels_ms(ttsslice_dispatcher *d, int64_t now_ms); /* when the next may start */

/* --- for the dispatcher ---------------------------------------------------------------------- */

/* d is zeroed but for settings and client. */
int32_t ttss_loop_init(ttsslice_dispatcher *d, ttsslice_error *err);
void ttss_loop_free(ttsslice_dispatcher *d); /* after ttss_loop_drain() */

/* The caller comes back: the time since left_ms counts against no job and no request. */
void ttss_loop_return(ttsslice_dispatcher *d, int64_t now_ms);

/* Does all that can be done at once, then waits until a job is done, none is left, the time
 * is over, or it is cancelled. */
int32_t ttss_loop_work(ttsslice_dispatcher *d, int64_t until_ms, ttsslice_error *err);

/* Gives everything up: cancels what runs on the endpoint, for at most 5 s. */
void ttss_loop_drain(ttsslice_dispatcher *d);

#endif
