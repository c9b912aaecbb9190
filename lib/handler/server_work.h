/* SPDX-License-Identifier: MIT */
/* The local server's workers: threads that take tasks from the table, have the handler do them and
 * put the answer to /status together. */
#ifndef TTSS_HANDLER_SERVER_WORK_H
#define TTSS_HANDLER_SERVER_WORK_H

#include "handler/server_tasks.h"

#include <ttsslice/handler.h>

#define TTSS_WORKERS_MAX 64

typedef struct ttss_workers {
    ttss_tasks *tasks;
    ttsslice_handler *handler; /* borrowed */
    ttsslice_logger logger;
    const char *name; /* of the endpoint; borrowed; a worker is <name>-<number> */
    int64_t latency_ms;
    pthread_t threads[TTSS_WORKERS_MAX];
    size_t count;        /* threads that run */
    atomic_size_t ready; /* threads that have taken their number */
} ttss_workers;

/* Starts `count` threads beside what is set in *workers. If one cannot be started, fails; those
 * that were are to be joined as always. */
int32_t ttss_workers_start(ttss_workers *workers, size_t count, ttsslice_error *err);

/* Waits for their end, which comes after ttss_tasks_stop(). */
void ttss_workers_join(ttss_workers *workers);

/* pthread_create for a thread that gets none of the application's signals. */
int ttss_thread_start(pthread_t *thread, void *(*fn)(void *), void *argument);

/* What the handler made of a job, as the answer to /status. */
typedef struct ttss_outcome {
    const char *id;
    const char *worker; /* name */
    int64_t delay_ms;
    int64_t execution_ms;
    int32_t code;         /* what ttsslice_handle_job() returned */
    const char *message;  /* its error message */
    const char *result;   /* the handler's output as JSON text, NULL if code is not 0 */
    size_t result_length; /* bytes of it */
} ttss_outcome;

/* A result with a key `error` is a failure: its text goes beside `output`, as RunPod does it.
 * Returns the state; *reply is from malloc, NULL if out of memory (FAILED then). */
ttss_task_state ttss_outcome_write(const ttss_outcome *outcome, char **reply, size_t *length);

#endif
