/* SPDX-License-Identifier: MIT */
/* The local server's table: every job it knows (a task), the queue, the finished ones, and the
 * requests that wait for a task's end. One mutex guards all of it; no function calls out of this
 * module while holding it. HTTP is in server_http.h, the work itself in server_work.h. */
#ifndef TTSS_HANDLER_SERVER_TASKS_H
#define TTSS_HANDLER_SERVER_TASKS_H

#include "base/clock.h"
#include "base/mem.h"

#include <ttsslice/error.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define TTSS_TASK_ID_MAX 64

/* In the order of a task's life; all from COMPLETED on are final. */
typedef enum ttss_task_state {
    TTSS_TASK_IN_QUEUE,
    TTSS_TASK_IN_PROGRESS,
    TTSS_TASK_COMPLETED,
    TTSS_TASK_FAILED,
    TTSS_TASK_CANCELLED,
    TTSS_TASK_TIMED_OUT
} ttss_task_state;

typedef struct ttss_task {
    ttss_refs refs;
    char id[TTSS_TASK_ID_MAX];
    char *job; /* JSON for the handler; only the worker touches it once the task was taken */
    size_t job_length;

    /* Under the table's lock. */
    ttss_task_state state;
    int64_t queued_ms;
    int64_t started_ms;
    int64_t ended_ms;
    int64_t expires_ms;
    struct ttss_task *next; /* in the queue or among the finished */
    size_t weight;          /* bytes counted for it there */
    struct ttss_task *next_in_bucket;

    /* The whole answer to /status, set before the state becomes COMPLETED or FAILED and constant
     * from then on; NULL where id and state say it all. */
    char *reply;
    size_t reply_length;
} ttss_task;

/* A request that waits for a task's end. */
typedef struct ttss_waiter {
    ttss_task *task;
    int64_t deadline_ms;           /* of ttss_system_clock */
    void (*wake)(void *user_data); /* called once, without the lock, on any thread */
    void *user_data;
    struct ttss_waiter *next;
} ttss_waiter;

typedef struct ttss_task_list {
    ttss_task *first;
    ttss_task *last;
    size_t count;
    size_t bytes;
} ttss_task_list;

typedef struct ttss_task_limits {
    size_t most_queued;
    size_t most_finished;
    size_t most_bytes; /* of each of the two */
    int64_t retention_ms;
} ttss_task_limits;

typedef struct ttss_task_counts {
    size_t completed, failed, running, queued;
    size_t busy; /* workers */
} ttss_task_counts;

#define TTSS_TASK_BUCKETS 1024 /* a power of two */

typedef struct ttss_tasks {
    pthread_mutex_t lock;
    pthread_cond_t work;      /* there is something in the queue, or the end has come */
    pthread_cond_t disturbed; /* a running task was cancelled, or the end has come */
    pthread_cond_t schedule;  /* the earliest deadline of a waiter may have changed */
    const ttss_clock *clock;
    ttss_task_limits limits;
    ttss_task *buckets[TTSS_TASK_BUCKETS];
    ttss_task_list queue;
    ttss_task_list finished; /* oldest first */
    ttss_waiter *waiters;
    ttss_task_counts counts; /* completed, failed, running, busy */
    bool stopping;           /* nothing is taken on any more */
    bool closed;             /* nobody waits any more */
} ttss_tasks;

int32_t ttss_tasks_init(ttss_tasks *tasks, const ttss_task_limits *limits, const ttss_clock *clock,
                        ttsslice_error *err);
void ttss_tasks_destroy(ttss_tasks *tasks);

/* A task that is in no table yet; its id is `prefix` and a UUID of 122 random bits. */
ttss_task *ttss_task_new(const char *prefix, ttsslice_error *err);
void ttss_task_unref(ttss_task *task); /* NULL-safe */

/* Queues a task that has its `job`; ttl_ms 0: for ever. False if the queue is full or the server
 * stops. */
bool ttss_tasks_add(ttss_tasks *tasks, ttss_task *task, int64_t ttl_ms);

/* A reference, or NULL. */
ttss_task *ttss_tasks_find(ttss_tasks *tasks, const char *id);
ttss_task_state ttss_tasks_state(ttss_tasks *tasks, const ttss_task *task);
bool ttss_task_is_final(ttss_task_state state);
const char *ttss_task_state_name(ttss_task_state state);

/* Cancels what is not final; returns the state it has then. */
ttss_task_state ttss_tasks_cancel(ttss_tasks *tasks, ttss_task *task);
size_t ttss_tasks_purge(ttss_tasks *tasks);
ttss_task_counts ttss_tasks_count(ttss_tasks *tasks);

/* For workers. Waits for the next task, which is then in progress, and gives a reference; NULL:
 * the server stops. Each task taken is given to finish() once, with the reply, which is taken
 * over; of a task that was cancelled meanwhile it is dropped. */
ttss_task *ttss_tasks_take(ttss_tasks *tasks);
void ttss_tasks_finish(ttss_tasks *tasks, ttss_task *task, ttss_task_state state, char *reply,
                       size_t reply_length);
/* Waits, until the server stops at the latest. False: the task was cancelled meanwhile. */
bool ttss_tasks_delay(ttss_tasks *tasks, const ttss_task *task, int64_t delay_ms);

/* Registers a waiter; false, and then wake() is not called, if the task is final already or
 * nobody may wait any more. */
bool ttss_tasks_wait(ttss_tasks *tasks, ttss_waiter *waiter);
/* Wakes the waiters whose time is up, until the table is closed: a thread's whole life. */
void ttss_tasks_run_schedule(ttss_tasks *tasks);

/* Takes no more tasks and cancels the queued ones; workers come to their end. */
void ttss_tasks_stop(ttss_tasks *tasks);
/* Afterwards nobody waits: all waiters are woken, the schedule ends. */
void ttss_tasks_close(ttss_tasks *tasks);

#endif
