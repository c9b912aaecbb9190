/* SPDX-License-Identifier: MIT */
/* The plain protocol: POST {"input": ...} to one URL, and the answer is the handler's output
 * (Modal, FastAPI, a load balancer, any function behind HTTP). Also read are {"output": ...} and
 * the answer of RunPod's /runsync, as long as the job is done in it. */
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "dispatch/job.h"
#include "dispatch/runpod.h"

#include <string.h>

/* What RunPod's load balancer takes, the lowest limit of its kind that is known. */
#define INPUT_MAX ((size_t)28 * 1024 * 1024)

static char *envelope(const char *content, size_t length, int64_t job_timeout_ms,
                      size_t *envelope_length) {
    ttss_buf buf;
    (void)job_timeout_ms; /* the end of the connection says it */
    ttss_buf_init(&buf, length + 16);
    ttss_buf_add_text(&buf, "{\"input\":");
    ttss_buf_add(&buf, content, length);
    ttss_buf_add_char(&buf, '}');
    *envelope_length = buf.length;
    return ttss_buf_take(&buf);
}

static bool address(ttss_buf *url, const char *endpoint, enum ttss_request_kind kind,
                    const char *id, int64_t wait_ms) {
    (void)id;
    (void)wait_ms;
    return kind == TTSS_REQUEST_CALL && ttss_buf_add_text(url, endpoint);
}

/* A bare output has no `output` member, or says "success" beside it. */
static bool is_wrapped(const json_t *document) {
    return json_object_get(document, "output") && !json_object_get(document, "status");
}

static void read_document(const ttss_answer *answer, const json_t *document, const char *secret,
                          ttss_reply *reply) {
    const char *body = answer->body->data;
    bool wrapped = is_wrapped(document);
    const json_t *output = wrapped ? json_object_get(document, "output") : document;
    *reply = (ttss_reply){.state = TTSS_REMOTE_COMPLETED,
                          .retryable = -1,
                          .delay_ms = -1,
                          .execution_ms = -1,
                          .output_start = strspn(body, " \t\r\n")};
    reply->output_length = answer->body->length - reply->output_start;
    ttss_reply_error(document, output, secret, reply);
    if (wrapped) {
        reply->output_length = 0;
        if (!json_is_null(output))
            ttss_find_member(body, answer->body->length, "output", &reply->output_start,
                             &reply->output_length);
    }
}

static int32_t read_answer(const ttss_policy *policy, const ttss_job *job, ttss_answer *answer,
                           ttss_reply *reply, ttsslice_error *err) {
    json_t *document = NULL;
    int32_t ret = ttss_json_parse_reply(answer->body->data, answer->body->length, "the answer",
                                        &document, err);
    (void)job;
    if (ret) {
        ttss_redact(err->message, policy->secret);
        return ret;
    }
    if (!ttss_runpod_is_state(json_object_get(document, "status"))) {
        read_document(answer, document, policy->secret, reply);
        json_decref(document);
        return 0;
    }
    json_decref(document);
    ret = ttss_runpod_read(answer->body->data, answer->body->length, policy->secret, reply, err);
    if (!ret && reply->state == TTSS_REMOTE_RUNNING)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                        "the job is not done yet; the protocol runpod waits for such jobs");
    return ret;
}

const ttss_protocol ttss_protocol_plain = {
    .name = "plain",
    .speaks = "a handler's output in JSON",
    .submits = "the server",
    .missing = "the endpoint's address",
    .submission = TTSS_REQUEST_CALL,
    .whole_url = true,
    .key_variable = "TTSSLICE_API_KEY",
    .longest_input = INPUT_MAX,
    .envelope = envelope,
    .address = address,
    .read = read_answer,
};
