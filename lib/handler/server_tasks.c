/* SPDX-License-Identifier: MIT */
/* The table of the local server; see server_tasks.h. A hash table with chains finds a task by id;
 * queue and finished list are singly linked through `next`. Retention is enforced whenever the
 * table is touched, so there is no thread for it. */
#include "handler/server_tasks.h"

#include "base/error.h"
#include "base/hash.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

/* --- tasks ---------------------------------------------------------------------------------- */

ttss_task *ttss_task_new(const char *prefix, ttsslice_error *err) {
    unsigned char r[16];
    if (getentropy(r, sizeof r) != 0) {
        ttss_fail(err, TTSSLICE_ERR_SYSTEM, "the system gives no random numbers for job ids");
        return NULL;
    }
    ttss_task *task = ttss_new(ttss_task);
    if (!task) {
        ttss_nomem(err);
        return NULL;
    }
    ttss_refs_init(&task->refs);
    r[6] = (r[6] & 0x0f) | 0x40; /* RFC 9562: version 4, variant 1 */
    r[8] = (r[8] & 0x3f) | 0x80;
    snprintf(task->id, sizeof task->id,
             "%s%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x-u1", prefix,
             r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13],
             r[14], r[15]);
    return task;
}

void ttss_task_unref(ttss_task *task) {
    if (!task || !ttss_refs_drop(&task->refs))
        return;
    free(task->job);
    free(task->reply);
    free(task);
}

bool ttss_task_is_final(ttss_task_state state) {
    return state >= TTSS_TASK_COMPLETED;
}

const char *ttss_task_state_name(ttss_task_state state) {
    static const char *const names[] = {"IN_QUEUE", "IN_PROGRESS", "COMPLETED",
                                        "FAILED",   "CANCELLED",   "TIMED_OUT"};
    return names[state];
}

/* --- lists and buckets; all with the lock held ---------------------------------------------- */

static void list_append(ttss_task_list *list, ttss_task *task, size_t weight) {
    task->next = NULL;
    task->weight = weight;
    list->bytes += weight;
    if (list->last)
        list->last->next = task;
    else
        list->first = task;
    list->last = task;
    list->count++;
}

static ttss_task *list_pop(ttss_task_list *list) {
    ttss_task *task = list->first;
    if (!task)
        return NULL;
    list->first = task->next;
    if (!list->first)
        list->last = NULL;
    list->count--;
    list->bytes -= task->weight;
    task->next = NULL;
    return task;
}

static void list_remove(ttss_task_list *list, const ttss_task *task) {
    ttss_task *before = NULL;
    ttss_task *at = list->first;
    while (at && at != task) {
        before = at;
        at = at->next;
    }
    if (!before) {
        list_pop(list);
        return;
    }
    before->next = task->next;
    if (list->last == task)
        list->last = before;
    list->count--;
    list->bytes -= task->weight;
}

static ttss_task **bucket_of(ttss_tasks *tasks, const char *id) {
    return &tasks->buckets[ttss_fnv(TTSS_FNV_START, id, strlen(id)) & (TTSS_TASK_BUCKETS - 1)];
}

/* Takes the task out of the table and gives the table's reference back. */
static void forget(ttss_tasks *tasks, ttss_task *task) {
    ttss_task **at = bucket_of(tasks, task->id);
    while (*at != task)
        at = &(*at)->next_in_bucket;
    *at = task->next_in_bucket;
    ttss_task_unref(task);
}

static void forget_old(ttss_tasks *tasks) {
    int64_t now = ttss_now_ms(tasks->clock);
    const ttss_task_limits *limits = &tasks->limits;
    for (ttss_task *task = tasks->finished.first;
         task && (tasks->finished.count > limits->most_finished ||
                  tasks->finished.bytes > limits->most_bytes ||
                  task->ended_ms + limits->retention_ms <= now);
         task = tasks->finished.first) {
        list_pop(&tasks->finished);
        forget(tasks, task);
    }
}

static void detach_matching(ttss_tasks *tasks, const ttss_task *task, int64_t now,
                            ttss_waiter **woken) {
    ttss_waiter **at = &tasks->waiters;
    while (*at) {
        ttss_waiter *waiter = *at;
        if (waiter->task != task && waiter->deadline_ms > now) {
            at = &waiter->next;
            continue;
        }
        *at = waiter->next;
        waiter->next = *woken;
        *woken = waiter;
    }
}

/* A waiter may be gone as soon as it was woken. */
static void wake_all(ttss_waiter *woken) {
    while (woken) {
        ttss_waiter *next = woken->next;
        woken->wake(woken->user_data);
        woken = next;
    }
}

static void drop_job(ttss_task *task) {
    free(task->job);
    task->job = NULL;
}

/* Makes a task that is in no list final. */
static void conclude(ttss_tasks *tasks, ttss_task *task, ttss_task_state state,
                     ttss_waiter **woken) {
    if (task->state == TTSS_TASK_IN_QUEUE)
        drop_job(task);
    task->state = state;
    task->ended_ms = ttss_now_ms(tasks->clock);
    tasks->counts.completed += state == TTSS_TASK_COMPLETED;
    tasks->counts.failed += state == TTSS_TASK_FAILED || state == TTSS_TASK_TIMED_OUT;
    list_append(&tasks->finished, task, task->reply_length);
    detach_matching(tasks, task, INT64_MIN, woken);
}

/* Every queued task may have a time to live of its own: goes through them all, so it is for when
 * room is needed. */
static void expire_queued(ttss_tasks *tasks, ttss_waiter **woken) {
    int64_t now = ttss_now_ms(tasks->clock);
    ttss_task *next;
    for (ttss_task *task = tasks->queue.first; task; task = next) {
        next = task->next;
        if (task->expires_ms > now)
            continue;
        list_remove(&tasks->queue, task);
        conclude(tasks, task, TTSS_TASK_TIMED_OUT, woken);
    }
}

/* The next task whose time is not over; concludes those before it. */
static ttss_task *pop_live(ttss_tasks *tasks, ttss_waiter **woken) {
    int64_t now = ttss_now_ms(tasks->clock);
    ttss_task *task = list_pop(&tasks->queue);
    for (; task && task->expires_ms <= now; task = list_pop(&tasks->queue))
        conclude(tasks, task, TTSS_TASK_TIMED_OUT, woken);
    return task;
}

static size_t cancel_queued(ttss_tasks *tasks, ttss_waiter **woken) {
    size_t count = 0;
    for (ttss_task *task = list_pop(&tasks->queue); task; task = list_pop(&tasks->queue)) {
        conclude(tasks, task, TTSS_TASK_CANCELLED, woken);
        count++;
    }
    return count;
}

/* --- the table ------------------------------------------------------------------------------ */

int32_t ttss_tasks_init(ttss_tasks *tasks, const ttss_task_limits *limits, const ttss_clock *clock,
                        ttsslice_error *err) {
    *tasks = (ttss_tasks){.limits = *limits, .clock = clock};
    pthread_condattr_t monotonic;
    int reason = pthread_condattr_init(&monotonic);
    if (reason)
        return ttss_fail_errno(err, reason, "cannot make the server's table");
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&tasks->lock, NULL);
    pthread_cond_init(&tasks->work, NULL);
    pthread_cond_init(&tasks->disturbed, &monotonic);
    pthread_cond_init(&tasks->schedule, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return 0;
}

void ttss_tasks_destroy(ttss_tasks *tasks) {
    for (size_t i = 0; i < TTSS_TASK_BUCKETS; i++)
        while (tasks->buckets[i])
            forget(tasks, tasks->buckets[i]);
    pthread_cond_destroy(&tasks->schedule);
    pthread_cond_destroy(&tasks->disturbed);
    pthread_cond_destroy(&tasks->work);
    pthread_mutex_destroy(&tasks->lock);
}

bool ttss_tasks_add(ttss_tasks *tasks, ttss_task *task, int64_t ttl_ms) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    forget_old(tasks);
    if (tasks->queue.count >= tasks->limits.most_queued ||
        task->job_length > tasks->limits.most_bytes - tasks->queue.bytes)
        expire_queued(tasks, &woken);
    bool taken = !tasks->stopping && tasks->queue.count < tasks->limits.most_queued &&
                 task->job_length <= tasks->limits.most_bytes - tasks->queue.bytes;
    if (taken) {
        ttss_task **bucket = bucket_of(tasks, task->id);
        ttss_refs_take(&task->refs);
        task->queued_ms = ttss_now_ms(tasks->clock);
        task->expires_ms = ttl_ms ? task->queued_ms + ttl_ms : INT64_MAX;
        task->next_in_bucket = *bucket;
        *bucket = task;
        list_append(&tasks->queue, task, task->job_length);
        pthread_cond_signal(&tasks->work);
    }
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    return taken;
}

ttss_task *ttss_tasks_find(ttss_tasks *tasks, const char *id) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    forget_old(tasks);
    ttss_task *task = *bucket_of(tasks, id);
    while (task && strcmp(task->id, id) != 0)
        task = task->next_in_bucket;
    if (task)
        ttss_refs_take(&task->refs);
    if (task && task->state == TTSS_TASK_IN_QUEUE &&
        task->expires_ms <= ttss_now_ms(tasks->clock)) {
        list_remove(&tasks->queue, task);
        conclude(tasks, task, TTSS_TASK_TIMED_OUT, &woken);
    }
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    return task;
}

ttss_task_state ttss_tasks_state(ttss_tasks *tasks, const ttss_task *task) {
    pthread_mutex_lock(&tasks->lock);
    ttss_task_state state = task->state;
    pthread_mutex_unlock(&tasks->lock);
    return state;
}

ttss_task_state ttss_tasks_cancel(ttss_tasks *tasks, ttss_task *task) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    if (task->state == TTSS_TASK_IN_QUEUE) {
        list_remove(&tasks->queue, task);
        conclude(tasks, task, TTSS_TASK_CANCELLED, &woken);
    } else if (task->state == TTSS_TASK_IN_PROGRESS) {
        tasks->counts.running--;
        conclude(tasks, task, TTSS_TASK_CANCELLED, &woken);
        pthread_cond_broadcast(&tasks->disturbed);
    }
    ttss_task_state state = task->state;
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    return state;
}

size_t ttss_tasks_purge(ttss_tasks *tasks) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    size_t count = cancel_queued(tasks, &woken);
    forget_old(tasks);
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    return count;
}

ttss_task_counts ttss_tasks_count(ttss_tasks *tasks) {
    pthread_mutex_lock(&tasks->lock);
    ttss_task_counts counts = tasks->counts;
    counts.queued = tasks->queue.count;
    pthread_mutex_unlock(&tasks->lock);
    return counts;
}

/* --- workers -------------------------------------------------------------------------------- */

ttss_task *ttss_tasks_take(ttss_tasks *tasks) {
    ttss_waiter *woken = NULL;
    ttss_task *task = NULL;
    pthread_mutex_lock(&tasks->lock);
    while (!task && !tasks->stopping) {
        task = pop_live(tasks, &woken);
        if (!task && woken) { /* they are not to wait for the next task */
            pthread_mutex_unlock(&tasks->lock);
            wake_all(woken);
            woken = NULL;
            pthread_mutex_lock(&tasks->lock);
        } else if (!task) {
            pthread_cond_wait(&tasks->work, &tasks->lock);
        }
    }
    if (task) {
        ttss_refs_take(&task->refs);
        task->state = TTSS_TASK_IN_PROGRESS;
        task->started_ms = ttss_now_ms(tasks->clock);
        tasks->counts.running++;
        tasks->counts.busy++;
    }
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    return task;
}

void ttss_tasks_finish(ttss_tasks *tasks, ttss_task *task, ttss_task_state state, char *reply,
                       size_t reply_length) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    tasks->counts.busy--;
    drop_job(task);
    if (task->state == TTSS_TASK_IN_PROGRESS) {
        tasks->counts.running--;
        task->reply = reply;
        task->reply_length = reply_length;
        reply = NULL;
        conclude(tasks, task, state, &woken);
        forget_old(tasks);
    }
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
    free(reply);
}

static void wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t deadline_ms) {
    struct timespec until = {.tv_sec = (time_t)(deadline_ms / 1000),
                             .tv_nsec = (long)(deadline_ms % 1000) * 1000000L};
    pthread_cond_timedwait(condition, lock, &until);
}

bool ttss_tasks_delay(ttss_tasks *tasks, const ttss_task *task, int64_t delay_ms) {
    int64_t until = ttss_now_ms(&ttss_system_clock) + delay_ms;
    pthread_mutex_lock(&tasks->lock);
    while (!tasks->stopping && !ttss_task_is_final(task->state) &&
           ttss_now_ms(&ttss_system_clock) < until)
        wait_until(&tasks->disturbed, &tasks->lock, until);
    bool wanted = !ttss_task_is_final(task->state);
    pthread_mutex_unlock(&tasks->lock);
    return wanted;
}

/* --- waiters -------------------------------------------------------------------------------- */

bool ttss_tasks_wait(ttss_tasks *tasks, ttss_waiter *waiter) {
    pthread_mutex_lock(&tasks->lock);
    bool waits = !tasks->closed && !ttss_task_is_final(waiter->task->state);
    if (waits) {
        waiter->next = tasks->waiters;
        tasks->waiters = waiter;
        pthread_cond_signal(&tasks->schedule);
    }
    pthread_mutex_unlock(&tasks->lock);
    return waits;
}

static int64_t earliest_deadline(const ttss_tasks *tasks) {
    int64_t earliest = INT64_MAX;
    for (const ttss_waiter *waiter = tasks->waiters; waiter; waiter = waiter->next)
        if (waiter->deadline_ms < earliest)
            earliest = waiter->deadline_ms;
    return earliest;
}

void ttss_tasks_run_schedule(ttss_tasks *tasks) {
    pthread_mutex_lock(&tasks->lock);
    while (!tasks->closed) {
        ttss_waiter *woken = NULL;
        int64_t earliest = earliest_deadline(tasks);
        if (earliest == INT64_MAX)
            pthread_cond_wait(&tasks->schedule, &tasks->lock);
        else if (earliest > ttss_now_ms(&ttss_system_clock))
            wait_until(&tasks->schedule, &tasks->lock, earliest);
        detach_matching(tasks, NULL, ttss_now_ms(&ttss_system_clock), &woken);
        pthread_mutex_unlock(&tasks->lock);
        wake_all(woken);
        pthread_mutex_lock(&tasks->lock);
    }
    pthread_mutex_unlock(&tasks->lock);
}

/* --- the end -------------------------------------------------------------------------------- */

void ttss_tasks_stop(ttss_tasks *tasks) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    tasks->stopping = true;
    cancel_queued(tasks, &woken);
    pthread_cond_broadcast(&tasks->work);
    pthread_cond_broadcast(&tasks->disturbed);
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
}

void ttss_tasks_close(ttss_tasks *tasks) {
    ttss_waiter *woken = NULL;
    pthread_mutex_lock(&tasks->lock);
    tasks->closed = true;
    detach_matching(tasks, NULL, INT64_MAX, &woken);
    pthread_cond_signal(&tasks->schedule);
    pthread_mutex_unlock(&tasks->lock);
    wake_all(woken);
}
