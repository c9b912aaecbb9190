/* SPDX-License-Identifier: MIT */
/* RunPod's serverless protocol; see runpod.h. States and fields: RunPod's "operation reference" and
 * "job states". What the documentation does not say, and this file reckons with: `output` is there
 * while a job is in progress; a completed job may have none (an answer over the size limit is
 * dropped); an exception in a handler arrives as a string that holds JSON; handlers tell errors
 * inside the output of a completed job. */
#include "dispatch/runpod.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "dispatch/job.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Ranges of the policy, in milliseconds. */
#define EXECUTION_MIN 5000
#define TTL_MIN       10000
#define POLICY_MAX    604800000

char *ttss_runpod_envelope(const char *input, size_t length, int64_t job_timeout_ms,
                           size_t *envelope_length) {
    int64_t longest = job_timeout_ms < POLICY_MAX ? job_timeout_ms : POLICY_MAX;
    int64_t execution = longest > EXECUTION_MIN ? longest : EXECUTION_MIN;
    int64_t ttl = longest > TTL_MIN ? longest : TTL_MIN;
    ttss_buf buf;
    ttss_buf_init(&buf, length + 256);
    ttss_buf_add_text(&buf, "{\"input\":");
    ttss_buf_add(&buf, input, length);
    ttss_buf_add_text(&buf, ",\"policy\":{\"executionTimeout\":");
    ttss_buf_add_int(&buf, execution);
    ttss_buf_add_text(&buf, ",\"ttl\":");
    ttss_buf_add_int(&buf, ttl);
    ttss_buf_add_text(&buf, "}}");
    *envelope_length = buf.length;
    return ttss_buf_take(&buf);
}

/* --- answers ------------------------------------------------------------------------------- */

static enum ttss_remote state_of(const json_t *status) {
    static const struct {
        const char *name;
        enum ttss_remote state;
    } names[] = {
        {"COMPLETED", TTSS_REMOTE_COMPLETED},
        {"FAILED", TTSS_REMOTE_FAILED},
        {"CANCELLED", TTSS_REMOTE_CANCELLED},
        {"TIMED_OUT", TTSS_REMOTE_TIMED_OUT},
        {"", TTSS_REMOTE_NONE},
    };
    const char *text = json_string_value(status);
    if (!text)
        return TTSS_REMOTE_NONE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i].name) == 0)
            return names[i].state;
    return TTSS_REMOTE_RUNNING;
}

bool ttss_runpod_is_state(const json_t *status) {
    static const char *const running[] = {"IN_QUEUE", "IN_PROGRESS", "RUNNING"};
    enum ttss_remote state = state_of(status);
    const char *text = json_string_value(status);
    for (size_t i = 0; text && i < sizeof running / sizeof running[0]; i++)
        if (strcmp(text, running[i]) == 0)
            return true;
    return state > TTSS_REMOTE_RUNNING;
}

static bool says(const json_t *status, const char *name) {
    return json_is_string(status) && strcmp(json_string_value(status), name) == 0;
}

static int64_t milliseconds(const json_t *document, const char *key) {
    int64_t value = -1;
    if (ttss_json_get_int(document, key, 0, INT64_MAX, &value, NULL) != 0)
        return -1;
    return value;
}

int32_t ttss_runpod_read(const char *body, size_t length, const char *secret, ttss_reply *reply,
                         ttsslice_error *err) {
    json_t *document = NULL;
    int32_t ret = ttss_json_parse_reply(body, length, "the answer", &document, err);
    if (ret && err) {
        char *token = strstr(err->message, " near "); /* jansson names what it stumbled over */
        if (token)
            ttss_redact(token + 6, secret);
    }
    if (ret)
        return ret;
    const json_t *output = json_object_get(document, "output");
    *reply = (ttss_reply){.retryable = -1};
    reply->state = state_of(json_object_get(document, "status"));
    reply->in_progress = says(json_object_get(document, "status"), "IN_PROGRESS") ||
                         says(json_object_get(document, "status"), "RUNNING");
    if (reply->state == TTSS_REMOTE_RUNNING &&
        !ttss_runpod_is_state(json_object_get(document, "status")))
        ttss_reply_string(json_object_get(document, "status"), secret, reply->odd_status,
                          sizeof reply->odd_status);
    ttss_reply_id(json_object_get(document, "id"), reply->id);
    ttss_reply_string(json_object_get(document, "workerId"), secret, reply->worker_id,
                      sizeof reply->worker_id);
    reply->delay_ms = milliseconds(document, "delayTime");
    reply->execution_ms = milliseconds(document, "executionTime");
    reply->retries = milliseconds(document, "retries");
    if (reply->retries < 0)
        reply->retries = 0;
    ttss_reply_error(document, output, secret, reply);
    if (output && !json_is_null(output))
        ttss_find_member(body, length, "output", &reply->output_start, &reply->output_length);
    json_decref(document);
    return 0;
}
static int64_t idle(const char *body, size_t length) {
    json_t *document = NULL;
    if (ttss_json_parse_reply(body, length, "the answer", &document, NULL) != 0)
        return -1;
    int64_t count = milliseconds(json_object_get(document, "workers"), "idle");
    json_decref(document);
    return count;
}

/* --- the protocol -------------------------------------------------------------------------- */

/* RunPod takes 10 MB on /run, envelope included. */
#define INPUT_MAX ((size_t)(9.5 * 1024 * 1024))

static bool address(ttss_buf *url, const char *endpoint, enum ttss_request_kind kind,
                    const char *id, int64_t wait_ms) {
    static const char *const paths[] = {[TTSS_REQUEST_RUN] = "run",
                                        [TTSS_REQUEST_STATUS] = "status/",
                                        [TTSS_REQUEST_CANCEL] = "cancel/",
                                        [TTSS_REQUEST_HEALTH] = "health"};
    if (kind > TTSS_REQUEST_HEALTH)
        return false;
    ttss_buf_add_text(url, endpoint);
    ttss_buf_add_char(url, '/');
    ttss_buf_add_text(url, wait_ms ? "status-sync/" : paths[kind]);
    ttss_buf_add_text(url, id);
    if (wait_ms && ttss_buf_add_text(url, "?wait="))
        ttss_buf_add_int(url, wait_ms);
    return true;
}

static int32_t read_answer(const ttss_policy *policy, const ttss_job *job, ttss_answer *answer,
                           ttss_reply *reply, ttsslice_error *err) {
    (void)job;
    return ttss_runpod_read(answer->body->data, answer->body->length, policy->secret, reply, err);
}

const ttss_protocol ttss_protocol_runpod = {
    .name = "runpod",
    .speaks = "RunPod's protocol",
    .submits = "/run",
    .missing = "the endpoint's address",
    .submission = TTSS_REQUEST_RUN,
    .key_variable = "RUNPOD_API_KEY",
    .longest_input = INPUT_MAX,
    .envelope = ttss_runpod_envelope,
    .address = address,
    .idle = idle,
    .read = read_answer,
};
