/* SPDX-License-Identifier: MIT */
/* What answers say, whatever the protocol; see reply.h. Servers tell errors in many shapes: text,
 * an object or a list of those, FastAPI's `detail`, JSON within a string, a message inside the
 * output of a job that completed. */
#include "dispatch/reply.h"

#include "base/json.h"
#include "base/num.h"
#include "base/reason.h"

#include <stdio.h>
#include <string.h>

/* Longest reason that is kept of a handler's words. */
#define REASON_MAX 360

/* --- text from outside --------------------------------------------------------------------- */

void ttss_reply_string(const json_t *value, const char *secret, char *out, size_t size) {
    char number[TTSS_NUM_MAX];
    if (json_is_string(value))
        ttss_quote(json_string_value(value), json_string_length(value), secret, size - 4, out);
    else if (json_is_integer(value))
        snprintf(out, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value)) /* as whole numbers come where one of them is too large */
        snprintf(out, size, "%s", ttss_num_format(json_real_value(value), number));
}

/* Ids become parts of addresses. */
void ttss_reply_id(const json_t *value, char out[TTSS_ID_MAX]) {
    const char *text = json_string_value(value);
    size_t length = json_string_length(value);
    if (length == 0 || length >= TTSS_ID_MAX || text[0] == '.' ||
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:") !=
            length)
        return;
    memcpy(out, text, length + 1);
}

/* --- reasons ------------------------------------------------------------------------------- */

/* The envelope's error, the output's error, or the message of an output that calls itself one. */
static const json_t *find_error(const json_t *document, const json_t *output, bool failed) {
    static const char *const keys[] = {"error", "message", "detail", NULL};
    const char *status = json_string_value(json_object_get(output, "status"));
    if (ttss_says_something(json_object_get(document, "error")))
        return json_object_get(document, "error");
    if (ttss_says_something(json_object_get(output, "error")))
        return json_object_get(output, "error");
    if (status && strcmp(status, "error") == 0)
        return ttss_json_first_of(output, keys) ? ttss_json_first_of(output, keys) : output;
    return failed && ttss_says_something(output) ? output : NULL;
}

void ttss_reply_error(const json_t *document, const json_t *output, const char *secret,
                      ttss_reply *reply) {
    const json_t *error = find_error(document, output, reply->state == TTSS_REMOTE_FAILED);
    const json_t *code = json_object_get(output, "error_code");
    const json_t *retryable = json_object_get(output, "retryable");
    const char *text = json_string_value(error);
    json_t *inner = NULL;
    ttss_buf line;
    if (!error)
        return;
    if (text && text[strspn(text, " \t\r\n")] == '{')
        inner = json_loads(text, 0, NULL);
    if (inner)
        error = inner;
    if (!retryable)
        retryable = json_object_get(error, "retryable");
    ttss_buf_init(&line, TTSS_REASON_MAX);
    ttss_reason_add(error, &line, &code);
    ttss_quote(line.data ? line.data : "", line.length, secret, REASON_MAX, reply->reason);
    if (!reply->reason[0])
        snprintf(reply->reason, sizeof reply->reason, "an error without readable text");
    ttss_reply_string(code, secret, reply->error_code, sizeof reply->error_code);
    if (json_is_boolean(retryable))
        reply->retryable = json_is_true(retryable);
    reply->has_error = true;
    ttss_buf_free(&line);
    json_decref(inner);
}

/* --- where the output is ------------------------------------------------------------------- */

/* These walk over text that is known to be JSON. */

static const char *skip_space(const char *p) {
    return p + strspn(p, " \t\r\n");
}

/* From the opening quote to behind the closing one. */
static const char *skip_string(const char *p, const char *end) {
    bool escaped = false;
    const char *quote = p + 1 + ttss_json_string_step(p + 1, (size_t)(end - p - 1), &escaped);
    return quote < end ? quote + 1 : end;
}

static const char *skip_value(const char *p, const char *end) {
    if (*p != '{' && *p != '[' && *p != '"')
        return p + strcspn(p, ",]} \t\r\n");
    int depth = 0;
    do {
        if (*p == '"') {
            p = skip_string(p, end);
        } else {
            depth += *p == '{' || *p == '[' ? 1 : *p == '}' || *p == ']' ? -1 : 0;
            p++;
        }
    } while (depth > 0 && p < end);
    return p;
}

static bool is_key(const char *start, const char *behind, const char *key) {
    size_t length = (size_t)(behind - start);
    if (!memchr(start, '\\', length))
        return length == strlen(key) + 2 && memcmp(start + 1, key, length - 2) == 0;
    json_t *text = json_loadb(start, length, JSON_DECODE_ANY, NULL);
    bool same = json_is_string(text) && strcmp(json_string_value(text), key) == 0;
    json_decref(text);
    return same;
}

void ttss_find_member(const char *body, size_t length, const char *key, size_t *start,
                      size_t *found) {
    const char *end = body + length;
    const char *p = skip_space(body) + 1;
    while (p < end) {
        p = skip_space(p);
        if (*p == ',')
            p = skip_space(p + 1);
        if (*p != '"')
            return;
        const char *name = p;
        const char *behind = skip_string(p, end);
        const char *value = skip_space(skip_space(behind) + 1);
        p = skip_value(value, end);
        if (is_key(name, behind, key)) {
            *start = (size_t)(value - body);
            *found = (size_t)(p - value);
        }
    }
}
