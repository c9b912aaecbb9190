/* SPDX-License-Identifier: MIT */
/* Requests of the loop's: they start, they move bytes, they leave. */
#include "dispatch/loop.h"

#include "base/clock.h"
#include "base/error.h"

#define LONG_POLLS_MAX 75 /* the rest is for submissions and short questions */

/* RunPod takes 1,000 to 90,000 ms, and our own time-out for a request comes after that. */
int64_t ttss_loop_long_poll_ms(const ttsslice_dispatcher *d) {
    int64_t wait = d->settings.policy.request_timeout_ms * 3 / 4;
    return wait < 1000 ? 0 : wait < 90000 ? wait : 90000;
}

bool ttss_loop_may_long_poll(const ttsslice_dispatcher *d) {
    return d->long_poll != TTSS_LONG_POLL_ABSENT && ttss_loop_long_poll_ms(d) &&
           d->request_count < LONG_POLLS_MAX;
}

bool ttss_loop_launch(ttsslice_dispatcher *d, ttss_request *request) {
    if (!request)
        return false;
    if (curl_multi_add_handle(d->multi, request->easy) != CURLM_OK) {
        ttss_request_free(request);
        return false;
    }
    /* A call takes as long as its job, which has a deadline of its own. */
    request->deadline_ms =
        request->kind == TTSS_REQUEST_CALL
            ? TTSS_NO_DEADLINE
            : ttss_now_ms(&ttss_system_clock) + d->settings.policy.request_timeout_ms;
    request->next = d->requests;
    d->requests = request;
    d->request_count++;
    if (request->kind == TTSS_REQUEST_CANCEL)
        d->cancel_count++;
    return true;
}

/* Takes it from the loop, whether it has ended or not. */
void ttss_loop_retire(ttsslice_dispatcher *d, ttss_request *request) {
    for (ttss_request **p = &d->requests; *p; p = &(*p)->next)
        if (*p == request) {
            *p = request->next;
            break;
        }
    d->request_count--;
    if (request->kind == TTSS_REQUEST_CANCEL)
        d->cancel_count--;
    if (request->job)
        request->job->request = NULL;
    curl_multi_remove_handle(d->multi, request->easy);
    ttss_request_free(request);
}

static int32_t multi_error(CURLMcode code, ttsslice_error *err) {
    if (code == CURLM_OK)
        return 0;
    if (code == CURLM_OUT_OF_MEMORY)
        return ttss_nomem(err);
    return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                     "libcurl cannot go on: %s; are there too many open "
                     "files?",
                     curl_multi_strerror(code));
}

static void resume_answers(ttsslice_dispatcher *d) {
    int64_t now = ttss_now_ms(&ttss_system_clock);
    for (ttss_request *request = d->requests; request; request = request->next) {
        int64_t waited = ttss_request_resume(request, now);
        if (waited && request->job)
            request->job->deadline_ms += waited;
    }
}

/* Moves bytes and takes in what has ended. */
int32_t ttss_loop_turn(ttsslice_dispatcher *d, ttsslice_error *err) {
    int running = 0;
    resume_answers(d);
    int32_t ret = multi_error(curl_multi_perform(d->multi, &running), err);
    if (!ret)
        ttss_loop_read_answers(d, ttss_now_ms(&ttss_system_clock));
    return ret;
}

int32_t ttss_loop_wait(ttsslice_dispatcher *d, int64_t until_ms, ttsslice_error *err) {
    ttss_loop_sync(d);
    ttss_trace_flush(d->trace);
    int64_t left = until_ms - ttss_now_ms(&ttss_system_clock);
    int timeout = left <= 0 ? 0 : left > 60000 ? 60000 : (int)left;
    return multi_error(curl_multi_poll(d->multi, NULL, 0, timeout, NULL), err);
}
