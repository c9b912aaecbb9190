/* SPDX-License-Identifier: MIT */
/* The trace; see trace.h. */
#include "dispatch/trace.h"

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EARLY_MAX ((size_t)1 << 30) /* bytes */

struct ttss_trace {
    FILE *file;     /* NULL: given up */
    bool begun;     /* the file's old content is gone */
    ttss_buf early; /* lines from before that */
    const ttss_policy *policy;
    const ttsslice_logger *logger;
    int64_t begun_ms;
};

static void give_up(ttss_trace *t, int number) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    ttss_fail_errno(&why, number, "the trace ends here");
    ttss_log(t->logger, TTSSLICE_LOG_WARNING, "dispatch", "%s", why.message);
    fclose(t->file);
    t->file = NULL;
}

/* --- lines ---------------------------------------------------------------------------------- */

static json_t *line(const ttss_trace *t, const char *event, int64_t now_ms) {
    if (!t || !t->file)
        return NULL;
    int64_t passed = now_ms - t->begun_ms;
    return json_pack("{s:I,s:s}", "t_ms", (json_int_t)(passed > 0 ? passed : 0), "event", event);
}

static void add_int(json_t *object, const char *key, int64_t value) {
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void add_time(json_t *object, const char *key, int64_t ms) {
    if (ms >= 0)
        add_int(object, key, ms);
}

static void add_text(const ttss_trace *t, json_t *object, const char *key, const char *text) {
    char clean[TTSSLICE_ERROR_MESSAGE_MAX + 4];
    ttss_quote(text, strlen(text), t->policy->secret, TTSSLICE_ERROR_MESSAGE_MAX, clean);
    if (clean[0])
        json_object_set_new(object, key, json_string(clean));
}

static json_t *job_line(const ttss_trace *t, const char *event, const ttss_job *job,
                        int64_t now_ms) {
    json_t *object = line(t, event, now_ms);
    if (!object)
        return NULL;
    add_int(object, "index", job->index);
    if (job->is_copy)
        json_object_set_new(object, "copy", json_true());
    return object;
}

static void write_text(ttss_trace *t, const char *text) {
    if (!t->begun && !ttss_buf_add_text(&t->early, text))
        give_up(t, ENOMEM);
    else if (t->begun && fputs(text, t->file) < 0)
        give_up(t, errno);
}

/* Takes the object, which may be NULL. */
static void put(ttss_trace *t, json_t *object) {
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (t && t->file && text)
        write_text(t, text);
    else if (t && t->file)
        give_up(t, ENOMEM);
    if (t && t->file)
        write_text(t, "\n");
    free(text);
}

/* --- the file ------------------------------------------------------------------------------- */

static void put_begin(ttss_trace *t) {
    char stamp[32] = "";
    struct tm parts;
    time_t now = time(NULL);
    if (gmtime_r(&now, &parts))
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_t *object = line(t, "begin", t->begun_ms);
    add_int(object, "format", 1);
    add_text(t, object, "time", stamp);
    add_int(object, "max_in_flight", t->policy->max_in_flight);
    put(t, object);
}

int32_t ttss_trace_open(const char *path, const ttss_policy *policy, const ttsslice_logger *logger,
                        int64_t now_ms, ttss_trace **out, ttsslice_error *err) {
    ttss_trace *t = ttss_new(ttss_trace);
    if (!t)
        return ttss_nomem(err);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    *t = (ttss_trace){.policy = policy, .logger = logger, .begun_ms = now_ms};
    ttss_buf_init(&t->early, EARLY_MAX);
    t->file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!t->file) {
        int32_t ret = ttss_fail_errno(err, errno, "cannot write the trace %s", path);
        if (fd >= 0)
            close(fd);
        free(t);
        return ret;
    }
    put_begin(t);
    *out = t;
    return 0;
}

void ttss_trace_begin(ttss_trace *t) {
    struct stat there;
    if (!t || !t->file || t->begun)
        return;
    t->begun = true;
    int fd = fileno(t->file);
    if (fstat(fd, &there) == 0 && S_ISREG(there.st_mode) && ftruncate(fd, 0) != 0)
        give_up(t, errno);
    else if (t->early.data)
        write_text(t, t->early.data);
    ttss_buf_free(&t->early);
}

void ttss_trace_flush(ttss_trace *t) {
    if (t && t->file && t->begun && fflush(t->file) != 0)
        give_up(t, errno);
}

void ttss_trace_close(ttss_trace *t) {
    if (!t)
        return;
    ttss_trace_flush(t);
    if (t->file)
        fclose(t->file);
    ttss_buf_free(&t->early);
    free(t);
}

/* --- events --------------------------------------------------------------------------------- */

void ttss_trace_queued(ttss_trace *t, const ttss_job *job, int64_t expected_ms, bool saved,
                       int64_t now_ms) {
    json_t *object = job_line(t, "queued", job, now_ms);
    add_int(object, "characters", (int64_t)job->weight);
    add_int(object, "expected_ms", expected_ms);
    if (saved || job->collecting)
        json_object_set_new(object, "source", json_string(saved ? "journal" : "collected"));
    put(t, object);
}

void ttss_trace_submitted(ttss_trace *t, const ttss_job *job, int64_t now_ms) {
    json_t *object = job_line(t, "submitted", job, now_ms);
    add_int(object, "submission", job->submissions);
    put(t, object);
}

static void put_id(ttss_trace *t, const char *event, const ttss_job *job, int64_t now_ms) {
    json_t *object = job_line(t, event, job, now_ms);
    if (object) {
        add_text(t, object, "job_id", job->id);
        add_text(t, object, "worker_id", job->worker_id);
    }
    put(t, object);
}

/* Once a job; at its end at the latest, and then by what the endpoint says of its times. */
static void put_started(ttss_trace *t, ttss_job *job, int64_t now_ms) {
    int64_t began = job->progress_ms;
    if (job->told_start || !job->accepted_ms)
        return;
    if (!began && job->delay_ms >= 0 && job->delay_ms <= now_ms - job->accepted_ms)
        began = job->accepted_ms + job->delay_ms;
    else if (!began && job->execution_ms >= 0 && job->execution_ms <= now_ms - job->accepted_ms)
        began = now_ms - job->execution_ms;
    job->told_start = true;
    put_id(t, "started", job, began ? began : job->accepted_ms);
}

void ttss_trace_answered(ttss_trace *t, ttss_job *job, bool submitting, int32_t http_status,
                         bool retried, int64_t now_ms) {
    if (!t || !t->file)
        return;
    if (submitting && job->id[0])
        put_id(t, "accepted", job, now_ms);
    if (!submitting) {
        json_t *object = job_line(t, "polled", job, now_ms);
        add_int(object, "http_status", http_status);
        put(t, object);
    }
    if (job->progress_ms)
        put_started(t, job, now_ms);
    if (retried) {
        json_t *object = job_line(t, "retried", job, now_ms);
        json_object_set_new(object, "request", json_string(submitting ? "run" : "status"));
        add_int(object, "http_status", http_status);
        add_int(object, "wait_ms", job->due_ms - now_ms);
        put(t, object);
    }
}

void ttss_trace_hedged(ttss_trace *t, const ttss_job *copy, int64_t now_ms) {
    put(t, job_line(t, "hedged", copy, now_ms));
}

void ttss_trace_limited(ttss_trace *t, int64_t in_flight, int64_t now_ms) {
    json_t *object = line(t, "limited", now_ms);
    add_int(object, "in_flight", in_flight);
    put(t, object);
}

void ttss_trace_dropped(ttss_trace *t, const ttss_job *job, int64_t now_ms) {
    put_id(t, "dropped", job, now_ms);
}

static const char *source_of(const ttss_job *job) {
    return job->source == TTSSLICE_SOURCE_JOURNAL     ? "journal"
           : job->source == TTSSLICE_SOURCE_COLLECTED ? "collected"
                                                      : "submitted";
}

void ttss_trace_ended(ttss_trace *t, ttss_job *job, double cost, int64_t now_ms) {
    if (!t || !t->file)
        return;
    put_started(t, job, now_ms);
    json_t *object = job_line(t, job->failure.code ? "failed" : "done", job, now_ms);
    if (!object)
        return;
    if (job->failure.code) {
        json_object_set_new(object, "code", json_string(ttsslice_code_name(job->failure.code)));
        add_int(object, "http_status", job->failure.http_status);
        add_text(t, object, "error", job->failure.message);
    }
    json_object_set_new(object, "source", json_string(source_of(job)));
    add_text(t, object, "job_id", job->id);
    add_text(t, object, "worker_id", job->worker_id);
    add_int(object, "attempts", job->submissions);
    add_time(object, "delay_ms", job->delay_ms);
    add_time(object, "execution_ms", job->execution_ms);
    add_int(object, "billed_ms", job->billed_ms);
    if (cost >= 0.0)
        json_object_set_new(object, "cost", ttss_json_rounded(cost, 9));
    put(t, object);
}

void ttss_trace_cancelled(ttss_trace *t, const char *job_id, bool fine, int64_t now_ms) {
    json_t *object = line(t, "cancelled", now_ms);
    if (object) {
        add_text(t, object, "job_id", job_id);
        json_object_set_new(object, "ok", json_boolean(fine));
    }
    put(t, object);
}

void ttss_trace_totals(ttss_trace *t, const ttsslice_dispatch_totals *totals, int64_t now_ms) {
    json_t *object = line(t, "end", now_ms);
    add_int(object, "jobs", totals->jobs);
    add_int(object, "done", totals->done);
    add_int(object, "failed", totals->failed);
    add_int(object, "stopped", totals->stopped);
    add_int(object, "saved", totals->saved);
    add_int(object, "submissions", totals->submissions);
    add_int(object, "retries", totals->retries);
    add_int(object, "hedges", totals->hedges);
    add_int(object, "hedges_won", totals->hedges_won);
    add_int(object, "possible_duplicates", totals->possible_duplicates);
    add_int(object, "billed_ms", totals->billed_ms);
    if (totals->cost >= 0.0)
        json_object_set_new(object, "cost", ttss_json_rounded(totals->cost, 9));
    put(t, object);
}
