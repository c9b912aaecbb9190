/* SPDX-License-Identifier: MIT */
/* A scripted RunPod endpoint on 127.0.0.1, for tests of the client: one thread, plain sockets, so
 * that it can misbehave in ways that an HTTP library would not allow. It also serves /call?x=1,
 * where the answer to a job is its result, and /v1/audio/speech. Jobs are told apart by the
 * `request_id` in their input. Time is counted in requests, never in seconds. */
#ifndef TTSS_TESTS_FAKE_RUNPOD_H
#define TTSS_TESTS_FAKE_RUNPOD_H

#include "fake_net.h"

enum fake_kind {
    FAKE_PLAIN = 0, /* as a good endpoint would answer at this point */
    FAKE_REPLY,     /* status, header, type, body as given */
    FAKE_BYTES,     /* the same with `size` bytes of body */
    FAKE_CLOSE,     /* reads the request and closes the connection */
    FAKE_RESET,     /* the same with a reset */
    FAKE_HANG,      /* reads the request and never answers */
    FAKE_SLOW,      /* as FAKE_REPLY, the body bit by bit */
    FAKE_STALL,     /* sends half of the body and then nothing */
    FAKE_CUT,       /* sends half of the body that its Content-Length promises, then closes */
    FAKE_HUGE,      /* completed, with an output of `size` bytes */
    FAKE_AUDIO,     /* completed, with an audio_base64 of `size` bytes, all of them 'a' */
    FAKE_WAV        /* completed, with an audio_base64 of a file, `wav` */
};

/* Half a second at 24,000 Hz in the shapes that handlers send. */
enum fake_wav { FAKE_WAV_PCM16, FAKE_WAV_FLOAT32, FAKE_WAV_EXTENSIBLE, FAKE_WAV_SIZELESS };

typedef struct fake_step {
    enum fake_kind kind;
    int status;         /* 0: 200 */
    const char *body;   /* NULL: empty */
    const char *header; /* a whole line without its end, or NULL */
    const char *type;   /* NULL: application/json */
    size_t size;
    enum fake_wav wav;
    bool starts; /* the job runs, whatever the answer says */
} fake_step;

#define FAKE_STEPS 8

typedef struct fake_job {
    const char *name;             /* request_id; NULL: every job without an entry of its own */
    fake_step run[FAKE_STEPS];    /* answers to its submissions in turn, then plain */
    fake_step status[FAKE_STEPS]; /* likewise for status requests */
    fake_step file[FAKE_STEPS];   /* and for its file */
    int queue_polls;              /* plain status answers that say IN_QUEUE */
    int progress_polls;           /* then IN_PROGRESS, with a partial output */
    const char *end; /* members of the last answer; NULL: COMPLETED, {"request_id": name} */
} fake_job;

typedef struct fake_script {
    const fake_job *jobs;
    size_t job_count;
    const char *key;         /* other keys get 401; NULL: not looked at */
    bool long_poll;          /* serves /status-sync, which answers at once and as /status does */
    const char *page;        /* what /status-sync answers with 200 the first time; NULL: nothing */
    int drops;               /* so many connections are closed before anything is read */
    const char *health;      /* body of /health; NULL: a usual one */
    int health_status;       /* 0: 200 */
    bool limits;             /* answers 429 past RunPod's own limits of rates */
    const fake_layer *layer; /* TLS; NULL: none */
} fake_script;

typedef struct fake_runpod fake_runpod;

/* The script must live as long as the server. Ends the test if there is no socket. */
fake_runpod *fake_start(const fake_script *script);
void fake_stop(fake_runpod *fake);

const char *fake_endpoint(const fake_runpod *fake);

/* Requests for one job, or all for NULL. */
int fake_submissions(fake_runpod *fake, const char *name);
int fake_polls(fake_runpod *fake, const char *name);
int fake_long_polls(fake_runpod *fake); /* also those that were refused */
int fake_cancels(fake_runpod *fake, const char *name);
int fake_fetches(fake_runpod *fake, const char *name);
int fake_refused(fake_runpod *fake); /* requests past the limits */
/* Jobs that ran more than once, and the time of workers that all of them took: 34 ms for a job that
 * is done as it should be. */
int fake_duplicates(fake_runpod *fake);
int fake_billed_ms(fake_runpod *fake);
/* Most jobs that were accepted and not yet done at one time. */
int fake_most_running(fake_runpod *fake);
/* Body of the last submission and headers of the last request, borrowed until the next call. */
const char *fake_last_submission(fake_runpod *fake);
const char *fake_last_headers(fake_runpod *fake);

/* Waits until so many jobs in all were submitted and polled; false after ten seconds. */
bool fake_wait(fake_runpod *fake, int submissions, int polls);

#endif
