/* SPDX-License-Identifier: MIT */
/* The state machine of a job; see job.h. */
#include "dispatch/job.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/reason.h"
#include "dispatch/job_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POLL_GROWTH_MAX 10

/* A submission that may have arrived is repeated so often: each repetition may be paid for. */
#define DUPLICATES_MAX 1

double ttss_policy_cost(const ttss_policy *policy, int64_t ms) {
    return policy->price_per_second > 0.0 ? (double)ms / 1000.0 * policy->price_per_second : -1.0;
}

ttss_job *ttss_job_new(int64_t index, char *envelope, size_t envelope_length) {
    ttss_job *job = ttss_new(ttss_job);
    if (!job) {
        free(envelope);
        return NULL;
    }
    job->index = index;
    job->envelope = envelope;
    job->envelope_length = envelope_length;
    job->delay_ms = job->execution_ms = -1;
    job->failure = (ttsslice_error)TTSSLICE_ERROR_INIT;
    return job;
}

void ttss_job_free(ttss_job *job) {
    if (!job)
        return;
    free(job->envelope);
    free(job->body);
    free(job->audio_url);
    ttss_attachments_free(&job->audio);
    free(job);
}

ttss_job *ttss_job_copy(const ttss_job *job) {
    char *envelope = ttss_memdup(job->envelope, job->envelope_length);
    ttss_job *copy = envelope ? ttss_job_new(job->index, envelope, job->envelope_length) : NULL;
    if (!copy)
        return NULL;
    copy->weight = job->weight;
    copy->is_copy = true;
    memcpy(copy->key, job->key, sizeof copy->key);
    return copy;
}

size_t ttss_job_held(const ttss_job *job) {
    size_t held = 0;
    for (size_t i = 0; i < job->audio.count; i++)
        held += job->audio.items[i].size;
    return held;
}

void ttss_job_collect(ttss_job *job, const char *id) {
    memcpy(job->id, id, strlen(id) + 1);
    job->collecting = true;
    job->source = TTSSLICE_SOURCE_COLLECTED;
}

void ttss_job_admit(ttss_job *job, int64_t now_ms) {
    job->next = job->collecting ? TTSS_NEXT_POLL : TTSS_NEXT_SUBMIT;
    job->due_ms = now_ms;
    job->deadline_ms = INT64_MAX;
}

void ttss_job_begin(ttss_job *job, const ttss_policy *policy, int64_t now_ms) {
    if (!job->submissions)
        job->first_ms = now_ms;
    job->submissions += job->next == TTSS_NEXT_SUBMIT;
    if (job->next == TTSS_NEXT_SUBMIT)
        job->sent_ms = now_ms;
    if (job->deadline_ms == INT64_MAX) {
        job->deadline_ms = now_ms + policy->job_timeout_ms;
    }
    job->waiting = true;
    job->plain = false;
}

/* A job that may have to be submitted anew needs it. */
static void drop_envelope(ttss_job *job) {
    if (job->collecting || job->suspect)
        return;
    free(job->envelope);
    job->envelope = NULL;
}

/* --- ends ---------------------------------------------------------------------------------- */

void ttss_job_end(ttss_job *job, int64_t now_ms, bool remote_knows) {
    job->next = TTSS_NEXT_DONE;
    job->waiting = false;
    job->end_ms = now_ms;
    job->abandoned = job->id[0] && !remote_knows && !job->completed;
    drop_envelope(job);
}

/* Keeps http_status and retry_after_s, which ttss_fail() resets. Words from outside must be free of
 * the key by now: the library's own are not searched for it. */
void ttss_job_fail(ttss_job *job, int64_t now_ms, int32_t code, bool retryable, const char *format,
                   ...) {
    char text[2048];
    int32_t http_status = job->failure.http_status;
    double retry_after_s = job->failure.retry_after_s;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ttss_fail(&job->failure, code, "%s", text);
    job->failure.http_status = http_status;
    job->failure.retry_after_s = retry_after_s;
    job->failure.slice = TTSSLICE_SLICE_DISPATCH;
    job->retryable = retryable;
    ttss_job_end(job, now_ms, false);
}

void ttss_job_expire(ttss_job *job, const ttss_policy *policy, int64_t now_ms) {
    char limit[TTSS_NUM_MAX], id[TTSS_ID_MAX + 4];
    ttss_quote(job->id, strlen(job->id), policy->secret, TTSS_ID_MAX, id);
    ttss_job_fail(
        job, now_ms, TTSSLICE_ERR_TIMEOUT, true,
        "the job%s%s was not done within %s s and was given up%s%s; allow more time, or "
        "look at the endpoint's workers",
        id[0] ? " " : "", id, ttss_num_format((double)policy->job_timeout_ms / 1000.0, limit),
        job->odd_status[0] ? ", its status, which is not known here, being " : "", job->odd_status);
}

static void end_by_handler(ttss_job *job, int64_t now_ms, const ttss_reply *reply,
                           const char *default_reason, bool default_retryable) {
    const char *reason = reply->reason[0] ? reply->reason : default_reason;
    bool retryable = reply->retryable < 0 ? default_retryable : reply->retryable == 1;
    ttss_job_fail(job, now_ms, TTSSLICE_ERR_JOB, retryable, "the job failed: %s", reason);
    memcpy(job->error_code, reply->error_code, sizeof job->error_code);
    job->abandoned = false;
}

static void end_completed(ttss_job *job, const ttss_policy *policy, int64_t now_ms,
                          const ttss_reply *reply, const ttss_answer *answer) {
    if (reply->has_error) {
        end_by_handler(job, now_ms, reply, "", false);
        return;
    }
    if (!reply->output_length) {
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_EMPTY_RESULT, false,
                      "the job completed without output; endpoints drop results that are too "
                      "large: ask for shorter text or a compressed audio format");
        job->abandoned = false;
        return;
    }
    if (answer->damage) {
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_PROTOCOL, true,
                      "the handler's audio cannot be used: %s; look at the handler, or submit the "
                      "job again",
                      answer->damage);
        job->abandoned = false;
        return;
    }
    job->output_start = reply->output_start;
    job->output_length = reply->output_length;
    job->body = ttss_buf_take(answer->body);
    job->completed = true;
    if (answer->audio) {
        job->audio = *answer->audio;
        *answer->audio = (ttss_attachments){0};
    }
    if (!job->body) {
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_NOMEM, true, "out of memory");
        return;
    }
    job->body[job->output_start + job->output_length] = '\0';
    ttss_job_fetch_next(job, policy, now_ms);
}

/* --- answers ------------------------------------------------------------------------------- */

/* [0, 1), the same for the same run, job and draw. */
static double draw(ttss_job *job, const ttss_policy *policy) {
    uint64_t state = ttss_fnv_u64(policy->seed, (uint64_t)job->index);
    state = ttss_fnv_u64(state, job->draws++);
    return ttss_draw_unit(&state);
}

/* Waits before the try after `failures` failed ones; false if they are used up. Full jitter: from
 * nothing to what is given, so that those who failed together do not come again together (M.
 * Brooker, "Exponential Backoff And Jitter", AWS, 2015). */
static bool wait_ms(ttss_job *job, const ttss_policy *policy, size_t failures, double retry_after_s,
                    int64_t *pause_ms) {
    if (failures > policy->backoff_count)
        return false;
    *pause_ms = policy->backoff_ms[failures - 1];
    if (policy->seed)
        *pause_ms = (int64_t)(draw(job, policy) * (double)(*pause_ms + 1));
    if (retry_after_s >= 0.0)
        *pause_ms = (int64_t)((retry_after_s < TTSS_RETRY_AFTER_MAX_S ? retry_after_s
                                                                      : TTSS_RETRY_AFTER_MAX_S) *
                                  1000.0 +
                              0.5);
    return true;
}

/* Whoever is told to come later, and does, is no burden; nor is a paused endpoint. */
static bool pushed_back(const ttss_answer *answer, const ttss_retry_rule *rule) {
    return answer->http_status == 429 || answer->retry_after_s >= 0.0 || rule->for_all;
}

static void again_at(ttss_job *job, int64_t due_ms, bool doubtful) {
    job->due_ms = due_ms;
    job->possible_duplicates += doubtful;
}

static void retry_or_fail(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                          const ttss_retry_rule *rule, int64_t now_ms) {
    bool submitting = job->next == TTSS_NEXT_SUBMIT, asking = job->next == TTSS_NEXT_POLL;
    size_t failures = submitting ? (size_t)job->submissions : ++job->poll_failures;
    bool again = rule->class == TTSS_CLASS_RETRY ||
                 (rule->class == TTSS_CLASS_GONE && !job->seen && !job->collecting);
    bool doubtful = submitting && rule->maybe_done;
    int64_t pause = 0;
    if (doubtful && job->possible_duplicates == DUPLICATES_MAX)
        again = false;
    again = again && wait_ms(job, policy, failures, answer->retry_after_s, &pause) &&
            now_ms + pause < job->deadline_ms;
    bool broke = again && submitting && !pushed_back(answer, rule) && policy->budget &&
                 !ttss_budget_take(policy->budget);
    if (again && !broke)
        again_at(job, now_ms + pause, doubtful);
    else
        ttss_job_tell_failure(job, policy, answer, rule, now_ms, failures);
    if (broke)
        ttss_job_tell_budget(job, policy->budget);
    else if (job->next == TTSS_NEXT_DONE && answer->retry_after_s >= 0.0)
        ttss_job_tell_retry_after(job, policy, answer->retry_after_s,
                                  now_ms + pause >= job->deadline_ms);
    if (asking && job->next == TTSS_NEXT_DONE && job->key[0] &&
        (rule->class == TTSS_CLASS_RETRY || answer->transfer == TTSS_TRANSFER_TOO_LARGE))
        ttss_job_leave(job);
}

/* When it is expected to be nearly done, and from then on at pauses that grow. */
static int64_t poll_pause(ttss_job *job, const ttss_policy *policy, int64_t now_ms) {
    int64_t longest = policy->poll_ms * POLL_GROWTH_MAX;
    int64_t nearly = job->accepted_ms + job->expected_ms * 9 / 10 - now_ms;
    if (!job->poll_ms)
        job->poll_ms = policy->poll_ms;
    if (nearly > job->poll_ms)
        return nearly;
    int64_t pause = job->poll_ms;
    job->poll_ms = (job->poll_ms * 3 + 1) / 2;
    if (job->poll_ms > longest)
        job->poll_ms = longest;
    if (policy->seed)
        pause += (int64_t)((draw(job, policy) - 0.5) * 0.4 * (double)pause);
    return pause;
}

static void poll_later(ttss_job *job, const ttss_policy *policy, int64_t now_ms) {
    job->next = TTSS_NEXT_POLL;
    job->due_ms = now_ms + poll_pause(job, policy, now_ms);
}

/* A job's delayTime says how long it waited before a worker took it. */
static void note_progress(ttss_job *job, const ttss_reply *reply, int64_t now_ms) {
    if (!job->accepted_ms)
        job->accepted_ms = now_ms;
    if (!reply->in_progress) {
        job->progress_ms = 0;
        job->queued_ms = now_ms;
        job->looked_at = false;
        return;
    }
    int64_t began = reply->delay_ms >= 0 && reply->delay_ms <= now_ms - job->accepted_ms
                        ? job->accepted_ms + reply->delay_ms
                        : now_ms;
    if (!job->progress_ms || reply->delay_ms >= 0)
        job->progress_ms = began;
}

/* A handler that fails gives a reason; without one its worker died or never reported, and RunPod,
 * which had begun the job anew by itself, gave it up. That may be the job's own fault. */
static void end_failed(ttss_job *job, int64_t now_ms, const ttss_reply *reply,
                       const char *default_reason) {
    bool platform =
        !reply->output_length && (!reply->has_error || strstr(reply->reason, "timed out after"));
    job->suspect = platform && !job->alone;
    end_by_handler(job, now_ms, reply, default_reason, platform);
    if (platform && job->alone) {
        char reason[TTSSLICE_ERROR_MESSAGE_MAX];
        memcpy(reason, job->failure.message, sizeof reason);
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_JOB, false,
                      "%.300s; so it did again with no other job beside it: its text or voice may "
                      "be what ends the worker",
                      reason);
        job->abandoned = false;
    }
}

static void follow_state(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                         const ttss_reply *reply, int64_t now_ms) {
    switch (reply->state) {
    case TTSS_REMOTE_COMPLETED:
        end_completed(job, policy, now_ms, reply, answer);
        break;
    case TTSS_REMOTE_FAILED:
        end_failed(job, now_ms, reply, "the endpoint gives no reason");
        break;
    case TTSS_REMOTE_CANCELLED:
        end_by_handler(job, now_ms, reply, "it was cancelled on the endpoint", false);
        break;
    case TTSS_REMOTE_TIMED_OUT:
        end_failed(job, now_ms, reply, "it timed out on the endpoint");
        break;
    default:
        poll_later(job, policy, now_ms);
    }
}

static void take_reply(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                       const ttss_reply *reply, int64_t now_ms) {
    if (!job->id[0])
        memcpy(job->id, reply->id, sizeof job->id);
    memcpy(job->worker_id, reply->worker_id, sizeof job->worker_id);
    memcpy(job->odd_status, reply->odd_status, sizeof job->odd_status);
    job->delay_ms = reply->delay_ms;
    job->execution_ms = reply->execution_ms;
    job->retries = reply->retries;
    job->poll_failures = 0;
    job->seen = job->next == TTSS_NEXT_POLL;
    if (reply->state == TTSS_REMOTE_RUNNING)
        note_progress(job, reply, now_ms);
    follow_state(job, policy, answer, reply, now_ms);
}

/* False: the answer is not what was asked for, *why. */
static bool read_reply(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                       int64_t now_ms, ttsslice_error *why) {
    ttss_reply reply;
    int32_t code =
        answer->body->length
            ? policy->protocol->read(policy, job, answer, &reply, why)
            : ttss_fail(why, policy->protocol->is_file ? TTSSLICE_ERR_AUDIO : TTSSLICE_ERR_PROTOCOL,
                        "it is empty");
    if (!code && reply.state == TTSS_REMOTE_NONE)
        code = ttss_fail(why, TTSSLICE_ERR_PROTOCOL, "no status");
    if (!code && reply.state == TTSS_REMOTE_RUNNING && !job->id[0] && !reply.id[0])
        code = ttss_fail(why, TTSSLICE_ERR_PROTOCOL, "no job id");
    if (code == TTSSLICE_ERR_NOMEM)
        ttss_job_fail(job, now_ms, code, true, "out of memory");
    else if (code == TTSSLICE_ERR_AUDIO)
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_PROTOCOL, true,
                      "the audio that came cannot be used: %s; look at the server, or submit the "
                      "job again",
                      why->message);
    else if (!code)
        take_reply(job, policy, answer, &reply, now_ms);
    return !code || code == TTSSLICE_ERR_NOMEM || code == TTSSLICE_ERR_AUDIO;
}

static void begin_anew(ttss_job *job, int64_t now_ms) {
    job->failure = (ttsslice_error)TTSSLICE_ERROR_INIT;
    job->collecting = job->abandoned = job->retryable = job->seen = job->completed = false;
    free(job->audio_url);
    free(job->body);
    job->audio_url = job->body = NULL;
    ttss_attachments_free(&job->audio);
    job->id[0] = job->worker_id[0] = job->error_code[0] = '\0';
    job->delay_ms = job->execution_ms = -1;
    job->retries = 0;
    job->poll_failures = 0;
    job->poll_ms = 0;
    job->accepted_ms = job->queued_ms = job->progress_ms = 0;
    ttss_job_admit(job, now_ms);
}

/* What an earlier run submitted failed, or is forgotten: it begins as if it were its first. */
static void submit_anew(ttss_job *job, int64_t now_ms) {
    job->source = TTSSLICE_SOURCE_SUBMITTED;
    begin_anew(job, now_ms);
}

void ttss_job_retry_alone(ttss_job *job, int64_t now_ms) {
    job->alone = true;
    job->suspect = false;
    begin_anew(job, now_ms);
}

const char *ttss_job_path(const ttss_job *job, const ttss_policy *policy) {
    return job->next == TTSS_NEXT_SUBMIT  ? policy->protocol->submits
           : job->next == TTSS_NEXT_FETCH ? "the handler's audio_url"
                                          : "/status";
}

enum ttss_request_kind ttss_job_request(const ttss_job *job, const ttss_policy *policy) {
    return job->next == TTSS_NEXT_SUBMIT  ? policy->protocol->submission
           : job->next == TTSS_NEXT_FETCH ? TTSS_REQUEST_FETCH
                                          : TTSS_REQUEST_STATUS;
}

static void take_unreadable(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                            int64_t now_ms, const char *why) {
    answer->transfer = TTSS_TRANSFER_UNREADABLE;
    answer->trouble = why;
    ttss_retry_rule rule =
        ttss_retry_classify(ttss_job_request(job, policy), answer->transfer, answer->http_status);
    retry_or_fail(job, policy, answer, &rule, now_ms);
    answer->trouble = NULL; /* it was borrowed */
}

void ttss_job_answered(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                       int64_t now_ms) {
    enum ttss_request_kind kind = ttss_job_request(job, policy);
    ttss_retry_rule rule = ttss_retry_classify(kind, answer->transfer, answer->http_status);
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    job->waiting = false;
    job->failure.http_status = answer->http_status;
    job->failure.retry_after_s = answer->retry_after_s;
    if (rule.class == TTSS_CLASS_OK && job->next == TTSS_NEXT_FETCH)
        ttss_job_take_fetched(job, policy, answer, now_ms);
    else if (rule.class != TTSS_CLASS_OK)
        retry_or_fail(job, policy, answer, &rule, now_ms);
    else if (!read_reply(job, policy, answer, now_ms, &why))
        take_unreadable(job, policy, answer, now_ms, why.message);
    bool nothing =
        job->failure.code == TTSSLICE_ERR_JOB || job->failure.code == TTSSLICE_ERR_EMPTY_RESULT ||
        (job->failure.code == TTSSLICE_ERR_PROTOCOL && answer->transfer == TTSS_TRANSFER_DONE) ||
        (job->completed && job->failure.code == TTSSLICE_ERR_HTTP);
    if (job->collecting && job->next == TTSS_NEXT_DONE && nothing)
        submit_anew(job, now_ms);
}
