/* SPDX-License-Identifier: MIT */
/* Workers of the local server; see server_work.h. A result is megabytes of base64 in JSON, so it
 * is never parsed: the envelope is written around its text, and whether it has a key `error` is
 * seen by stepping over its strings. Only a failure, which is short, is taken apart. */
#include "handler/server_work.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- envelopes ------------------------------------------------------------------------------ */

static bool colon_follows(const char *text, size_t length, size_t at) {
    while (at < length &&
           (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        at++;
    return at < length && text[at] == ':';
}

/* Whether the object in valid JSON text has the key `error` itself, not deeper. */
static bool has_error_key(const char *text, size_t length) {
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '{' || text[i] == '[') {
            depth++;
        } else if (text[i] == '}' || text[i] == ']') {
            depth--;
        } else if (text[i] == '"') {
            bool escaped = false;
            size_t end = i + 1 + ttss_json_string_step(text + i + 1, length - i - 1, &escaped);
            if (depth == 1 && end - i == 6 && memcmp(text + i + 1, "error", 5) == 0 &&
                colon_follows(text, length, end + 1))
                return true;
            i = end;
        }
    }
    return false;
}

static void add_string(ttss_buf *buf, const char *text) {
    json_t *value = json_string(text);
    char *quoted = ttss_json_dump(value, false);
    ttss_buf_add_text(buf, quoted ? quoted : "\"the message of this failure is not UTF-8\"");
    free(quoted);
    json_decref(value);
}

static void begin(ttss_buf *buf, const ttss_outcome *outcome, ttss_task_state state) {
    ttss_buf_printf(buf,
                    "{\"id\":\"%s\",\"status\":\"%s\",\"delayTime\":%" PRId64
                    ",\"executionTime\":%" PRId64 ",\"workerId\":\"%s\"",
                    outcome->id, ttss_task_state_name(state), outcome->delay_ms,
                    outcome->execution_ms, outcome->worker);
}

/* "error": its text; "output": what else the handler said. */
static void add_failure(ttss_buf *buf, json_t *result) {
    json_t *error = json_object_get(result, "error");
    char *other = json_is_string(error) ? NULL : ttss_json_dump(error, false);
    ttss_buf_add_text(buf, ",\"error\":");
    add_string(buf, other ? other : json_string_value(error));
    free(other);
    json_object_del(result, "error");
    if (json_object_size(result) == 0)
        return;
    char *rest = ttss_json_dump(result, false);
    ttss_buf_add_text(buf, ",\"output\":");
    ttss_buf_add_text(buf, rest ? rest : "null");
    free(rest);
}

ttss_task_state ttss_outcome_write(const ttss_outcome *outcome, char **reply, size_t *length) {
    ttss_task_state state = TTSS_TASK_FAILED;
    json_t *failure = NULL;
    ttss_buf buf;
    ttss_buf_init(&buf, SIZE_MAX / 2);
    if (outcome->result && has_error_key(outcome->result, outcome->result_length))
        failure = json_loadb(outcome->result, outcome->result_length, 0, NULL);
    else if (outcome->result)
        state = TTSS_TASK_COMPLETED;
    begin(&buf, outcome, state);
    if (state == TTSS_TASK_COMPLETED) {
        ttss_buf_add_text(&buf, ",\"output\":");
        ttss_buf_add(&buf, outcome->result, outcome->result_length);
    } else if (failure) {
        add_failure(&buf, failure);
    } else {
        ttss_buf_add_text(&buf, ",\"error\":");
        add_string(&buf,
                   outcome->message && outcome->message[0]
                       ? outcome->message
                       : ttsslice_code_name(outcome->code ? outcome->code : TTSSLICE_ERR_NOMEM));
    }
    ttss_buf_add_char(&buf, '}');
    json_decref(failure);
    *length = buf.failed ? 0 : buf.length;
    *reply = ttss_buf_take(&buf);
    return *reply ? state : TTSS_TASK_FAILED;
}

/* --- threads -------------------------------------------------------------------------------- */

static void do_task(ttss_workers *workers, const char *name, ttss_task *task) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *result = NULL, *reply = NULL;
    size_t length = 0;
    ttss_outcome outcome = {.id = task->id,
                            .worker = name,
                            .delay_ms = task->started_ms - task->queued_ms,
                            .message = err.message};
    outcome.code =
        ttsslice_handle_job(workers->handler, task->job, task->job_length, &result, &err);
    if (!outcome.code) {
        outcome.result = result;
        outcome.result_length = strlen(result);
    }
    outcome.execution_ms = ttss_now_ms(workers->tasks->clock) - task->started_ms;
    ttss_task_state state = ttss_outcome_write(&outcome, &reply, &length);
    ttsslice_free(result);
    ttss_log(&workers->logger, TTSSLICE_LOG_INFO, "server", "%s: %s after %" PRId64 " ms on %s",
             task->id, ttss_task_state_name(state), outcome.execution_ms, name);
    ttss_tasks_finish(workers->tasks, task, state, reply, length);
}

static void *work(void *argument) {
    ttss_workers *workers = argument;
    char name[TTSS_TASK_ID_MAX + 24];
    snprintf(name, sizeof name, "%s-%zu", workers->name,
             atomic_fetch_add_explicit(&workers->ready, 1, memory_order_relaxed));
    for (ttss_task *task = ttss_tasks_take(workers->tasks); task;
         task = ttss_tasks_take(workers->tasks)) {
        if (ttss_tasks_delay(workers->tasks, task, workers->latency_ms))
            do_task(workers, name, task);
        else
            ttss_tasks_finish(workers->tasks, task, TTSS_TASK_CANCELLED, NULL, 0);
        ttss_task_unref(task);
    }
    return NULL;
}

int ttss_thread_start(pthread_t *thread, void *(*fn)(void *), void *argument) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int reason = pthread_create(thread, NULL, fn, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return reason;
}

int32_t ttss_workers_start(ttss_workers *workers, size_t count, ttsslice_error *err) {
    atomic_init(&workers->ready, 0);
    for (workers->count = 0; workers->count < count; workers->count++)
        if (ttss_thread_start(&workers->threads[workers->count], work, workers) != 0)
            return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                             "worker %zu of %zu could not be started; ask for fewer workers",
                             workers->count + 1, count);
    return 0;
}

void ttss_workers_join(ttss_workers *workers) {
    for (size_t i = 0; i < workers->count; i++)
        pthread_join(workers->threads[i], NULL);
    workers->count = 0;
}
