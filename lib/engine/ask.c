/* SPDX-License-Identifier: MIT */
/* One question to a service with its tries; see service.h. What may be tried again follows RFC
 * 9110: 408, 425, 429 and the 500s; also 409, which AssemblyAI and proxies use for "not yet". */
#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/num.h"
#include "base/reason.h"
#include "engine/line.h"

#include <math.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One question under way. */
typedef struct asking {
    ttss_service *service;
    const ttss_question *question;
    const ttss_call *call;
    ttss_response *response;
    ttss_line *line;
    ttss_try ended;
    size_t tries;
    int64_t began_ms, allowed_ms; /* allowed: the last try */
} asking;

static int32_t out_of_time(const ttss_service *service, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_TIMEOUT,
                     "%s took longer than timeout_s allows; allow more time", service->url);
}

static const char *secret(const ttss_service *service) {
    return service->key[0] ? service->key : NULL;
}

bool ttss_is_page(const char *body, size_t length) {
    static const char *const starts[] = {"<!doctype", "<html", "<?xml", "<head"};
    size_t skip = 0;
    while (skip < length && strchr(" \t\r\n", body[skip]))
        skip++;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (length - skip >= strlen(starts[i]) &&
            strncasecmp(body + skip, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* --- failures ------------------------------------------------------------------------------ */

static int32_t in_vain(const asking *a, ttsslice_error *err) {
    char trouble[204], seconds[TTSS_NUM_MAX];
    const ttss_service *service = a->service;
    ttss_quote(a->line->trouble, strlen(a->line->trouble), secret(service), 200, trouble);
    switch (a->ended.transfer) {
    case TTSS_TRANSFER_NOMEM:
        return ttss_nomem(err);
    case TTSS_TRANSFER_TOO_LARGE:
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "the answer of %s is longer than max_reply_bytes (%zu); raise that if it "
                         "should be so long",
                         service->url, service->max_reply);
    case TTSS_TRANSFER_TIMEOUT:
        if (a->allowed_ms < service->request_timeout_ms)
            return out_of_time(service, err);
        return ttss_fail(err, TTSSLICE_ERR_TIMEOUT,
                         "%s gave no answer within %s s in %zu %s; allow more time, or look at the "
                         "server",
                         service->url,
                         ttss_num_format((double)service->request_timeout_ms / 1000.0, seconds),
                         a->tries, a->tries == 1 ? "try" : "tries");
    default:
        return ttss_fail(err, TTSSLICE_ERR_NETWORK,
                         "%s gave no answer in %zu %s: %s; check its address and the network",
                         service->url, a->tries, a->tries == 1 ? "try" : "tries", trouble);
    }
}

static int32_t refused(const asking *a, int32_t status, const char *says, ttsslice_error *err) {
    const ttss_service *service = a->service;
    const ttss_service_kind *kind = service->kind;
    if (status == 401 || status == 403)
        return ttss_fail(err, TTSSLICE_ERR_AUTH,
                         service->key[0]
                             ? "%s refused the key (HTTP %d)%s; set %s to a key that may "
                               "use it"
                             : "%s wants a key (HTTP %d)%s; set %s",
                         service->url, (int)status, says, kind->key_variable);
    if (status >= 300 && status < 400)
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                         "%s redirects (HTTP %d)%s%s, which is not followed; set its URL to where "
                         "it leads",
                         service->url, (int)status, a->ended.redirect[0] ? " to " : "",
                         a->ended.redirect);
    if (status == 404)
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                         "%s has no such thing (HTTP 404 on %s)%s; check the URL and the model",
                         kind->title, a->question->url, says);
    if (status == 413)
        return ttss_fail(err, TTSSLICE_ERR_HTTP,
                         "%s takes no file of %zu bytes (HTTP 413)%s; set max_upload_bytes lower",
                         service->url, a->question->file ? ttss_sound_size(a->question->file) : 0,
                         says);
    return ttss_fail(err, TTSSLICE_ERR_HTTP, "%s answered HTTP %d after %zu %s%s", service->url,
                     (int)status, a->tries, a->tries == 1 ? "try" : "tries", says);
}

/* The failure as a record. Whatever it quotes from outside is without the key. */
static int32_t fail(const asking *a, ttsslice_error *err) {
    const ttss_response *r = a->response;
    char says[TTSSLICE_ERROR_MESSAGE_MAX] = "";
    if (a->ended.transfer != TTSS_TRANSFER_DONE)
        return in_vain(a, err);
    if (ttss_is_page(r->body.data, r->body.length))
        snprintf(says, sizeof says, ": a web page");
    else
        ttss_reason_of_body(r->body.data, r->body.length, secret(a->service), says);
    int32_t code = refused(a, r->status, says, err);
    if (err) {
        ttss_redact(err->message, secret(a->service));
        err->http_status = r->status;
        err->retry_after_s = a->ended.retry_after_s;
    }
    return code;
}

int32_t ttss_service_odd(const ttss_service *service, const ttss_response *response,
                         const char *why, ttsslice_error *err) {
    char start[124], type[64];
    ttss_quote(response->type, strlen(response->type), secret(service), 60, type);
    ttss_quote(response->body.data ? response->body.data : "", response->body.length,
               secret(service), 120, start);
    int32_t code = ttss_fail(
        err, TTSSLICE_ERR_PROTOCOL, "%s answered what cannot be used: %s (%s, %zu bytes%s%s)%s",
        service->url, why, type[0] ? type : "no content type", response->body.length,
        start[0] ? ": " : "", start,
        ttss_is_page(response->body.data, response->body.length) ? "; check its URL" : "");
    if (err) {
        ttss_redact(err->message, secret(service)); /* `why` may quote the answer */
        err->http_status = response->status;
    }
    return code;
}

/* --- tries --------------------------------------------------------------------------------- */

/* No money comes back by waiting. */
static bool is_out_of_quota(const ttss_response *response) {
    return response->body.data && strstr(response->body.data, "insufficient_quota");
}

static bool may_pass(const asking *a) {
    const int32_t status = a->response->status;
    switch (a->ended.transfer) {
    case TTSS_TRANSFER_UNREACHED:
    case TTSS_TRANSFER_BROKEN:
    case TTSS_TRANSFER_TIMEOUT:
        return true;
    case TTSS_TRANSFER_DONE:
        return status == 408 || status == 409 || status == 425 || status == 500 ||
               (status >= 502 && status <= 599) || (status == 429 && !is_out_of_quota(a->response));
    default:
        return false;
    }
}

static int32_t cancelled(ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
}

static int64_t time_left(const ttss_call *call) {
    return call->deadline_ms - ttss_now_ms(&ttss_system_clock);
}

/* A model takes a minute to load; a server that says so is worth waiting for. */
static bool is_loading(const asking *a) {
    const char *body = a->response->body.data;
    return a->ended.transfer == TTSS_TRANSFER_DONE && a->response->status == 503 && body &&
           (strstr(body, "oading") || strstr(body, "not loaded"));
}

static bool may_try(const asking *a) {
    const ttss_service *service = a->service;
    if (!may_pass(a) || !service->backoff_count)
        return false;
    if (a->tries <= service->backoff_count)
        return true;
    return is_loading(a) &&
           ttss_now_ms(&ttss_system_clock) - a->began_ms < service->request_timeout_ms;
}

static int64_t wait_of(const asking *a) {
    const ttss_service *service = a->service;
    const size_t last = service->backoff_count - 1;
    if (a->ended.transfer == TTSS_TRANSFER_DONE && a->ended.retry_after_s >= 0.0)
        return (int64_t)fmin(ceil(a->ended.retry_after_s * 1000.0), 1e12);
    return service->backoff_ms[a->tries - 1 < last ? a->tries - 1 : last];
}

static void tell(const asking *a, int64_t wait_ms) {
    char trouble[204], seconds[TTSS_NUM_MAX];
    ttss_quote(a->line->trouble, strlen(a->line->trouble), secret(a->service), 200, trouble);
    ttss_num_format((double)wait_ms / 1000.0, seconds);
    if (a->ended.transfer == TTSS_TRANSFER_DONE)
        ttss_log(&a->service->logger, TTSSLICE_LOG_INFO, "engine",
                 "%s answered HTTP %d; trying again in %s s", a->service->url,
                 (int)a->response->status, seconds);
    else
        ttss_log(&a->service->logger, TTSSLICE_LOG_INFO, "engine", "%s: %s; trying again in %s s",
                 a->service->url, trouble, seconds);
}

/* One try. 0: it is over, well or badly; END: try again. */
static int32_t try_once(asking *a, ttsslice_error *err) {
    const ttss_service *service = a->service;
    int64_t left = time_left(a->call);
    if (ttss_stopped(a->call->stop))
        return cancelled(err);
    if (left <= 0)
        return out_of_time(service, err);
    if (left > service->request_timeout_ms)
        left = service->request_timeout_ms;
    a->tries++;
    a->allowed_ms = left;
    a->ended = ttss_line_send(a->line, service, a->question, a->call->stop, left, a->response);
    if (a->ended.stopped)
        return cancelled(err);
    if (a->ended.transfer == TTSS_TRANSFER_DONE && a->response->status >= 200 &&
        a->response->status < 300)
        return 0;
    if (!may_try(a))
        return fail(a, err);
    int64_t wait_ms = wait_of(a);
    if (wait_ms >= time_left(a->call))
        return fail(a, err);
    tell(a, wait_ms);
    return ttss_line_wait(a->line, wait_ms, a->call->stop) ? TTSSLICE_ERR_END : cancelled(err);
}

int32_t ttss_service_ask(ttss_service *service, const ttss_question *question,
                         const ttss_call *call, ttss_response *response, ttsslice_error *err) {
    asking a = {.service = service,
                .question = question,
                .call = call,
                .response = response,
                .line = ttss_line_take(service),
                .began_ms = ttss_now_ms(&ttss_system_clock)};
    int32_t ret = TTSSLICE_ERR_END;
    if (!a.line)
        return ttss_nomem(err);
    while (ret == TTSSLICE_ERR_END)
        ret = try_once(&a, err);
    ttss_line_give(service, a.line);
    return ret;
}

int32_t ttss_service_wait(ttss_service *service, int64_t wait_ms, const ttss_call *call,
                          ttsslice_error *err) {
    ttss_line *line = ttss_line_take(service);
    if (!line)
        return ttss_nomem(err);
    const bool enough = wait_ms < time_left(call);
    const bool waited = ttss_line_wait(line, enough ? wait_ms : time_left(call), call->stop);
    ttss_line_give(service, line);
    if (!waited)
        return cancelled(err);
    return enough ? 0 : out_of_time(service, err);
}
