/* SPDX-License-Identifier: MIT */
/* The retry table; see retry.h. The first row that fits holds. */
#include "dispatch/retry.h"

#define RUN   TTSS_REQUEST_RUN
#define CALL  TTSS_REQUEST_CALL
#define FETCH TTSS_REQUEST_FETCH
#define ANY                                                                                        \
    (TTSS_REQUEST_RUN | TTSS_REQUEST_STATUS | TTSS_REQUEST_CANCEL | TTSS_REQUEST_HEALTH |          \
     TTSS_REQUEST_CALL | TTSS_REQUEST_FETCH)
#define ON_JOB (TTSS_REQUEST_STATUS | TTSS_REQUEST_CANCEL)

static const struct row {
    unsigned kinds;
    enum ttss_transfer transfer;
    int32_t low, high; /* HTTP status */
    ttss_retry_rule rule;
} rows[] = {
    {ANY, TTSS_TRANSFER_UNREACHED, 0, 999, {TTSS_CLASS_RETRY, TTSSLICE_ERR_NETWORK, true, false}},
    {ANY, TTSS_TRANSFER_BROKEN, 0, 999, {TTSS_CLASS_RETRY, TTSSLICE_ERR_NETWORK, true, true}},
    {ANY, TTSS_TRANSFER_TIMEOUT, 0, 999, {TTSS_CLASS_RETRY, TTSSLICE_ERR_TIMEOUT, true, true}},
    {ANY, TTSS_TRANSFER_UNUSABLE, 0, 999, {TTSS_CLASS_FAIL, TTSSLICE_ERR_NETWORK, false, false}},
    {ANY, TTSS_TRANSFER_TOO_LARGE, 0, 999, {TTSS_CLASS_FAIL, TTSSLICE_ERR_PROTOCOL, false, true}},
    /* A job goes on behind whoever answered in the endpoint's place. */
    {ON_JOB, TTSS_TRANSFER_UNREADABLE, 0, 999, {TTSS_CLASS_RETRY, TTSSLICE_ERR_PROTOCOL, true}},
    {ANY, TTSS_TRANSFER_UNREADABLE, 0, 999, {TTSS_CLASS_FAIL, TTSSLICE_ERR_PROTOCOL, false, true}},
    {ANY, TTSS_TRANSFER_NOMEM, 0, 999, {TTSS_CLASS_FAIL, TTSSLICE_ERR_NOMEM, true, true}},
    {ANY, TTSS_TRANSFER_DONE, 200, 299, {TTSS_CLASS_OK, 0, false, false}},
    /* No business of the endpoint's: the address may have run out. */
    {FETCH, TTSS_TRANSFER_DONE, 401, 404, {TTSS_CLASS_FAIL, TTSSLICE_ERR_HTTP, true, false}},
    {ANY, TTSS_TRANSFER_DONE, 401, 401, {TTSS_CLASS_FAIL, TTSSLICE_ERR_AUTH, false, false, true}},
    {ANY, TTSS_TRANSFER_DONE, 403, 403, {TTSS_CLASS_FAIL, TTSSLICE_ERR_AUTH, false, false, true}},
    {ON_JOB, TTSS_TRANSFER_DONE, 404, 404, {TTSS_CLASS_GONE, TTSSLICE_ERR_JOB, true, false}},
    {ANY,
     TTSS_TRANSFER_DONE,
     404,
     404,
     {TTSS_CLASS_FAIL, TTSSLICE_ERR_ENDPOINT, false, false, true}},
    /* A gateway that waited long enough; the job goes on behind it. */
    {CALL, TTSS_TRANSFER_DONE, 408, 408, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, true}},
    {ANY, TTSS_TRANSFER_DONE, 408, 408, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, false}},
    /* Paused. Once that has been undone it takes some seconds to be known everywhere. */
    {RUN, TTSS_TRANSFER_DONE, 409, 409, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, false, true}},
    {ANY, TTSS_TRANSFER_DONE, 429, 429, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, false}},
    /* The endpoint itself says that it did not take the job; a gateway cannot know. A server that
     * works while it is waited for may have failed at the very end (500). */
    {RUN, TTSS_TRANSFER_DONE, 500, 500, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, false}},
    {RUN | CALL, TTSS_TRANSFER_DONE, 503, 503, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, false}},
    {ANY, TTSS_TRANSFER_DONE, 500, 599, {TTSS_CLASS_RETRY, TTSSLICE_ERR_HTTP, true, true}},
};

ttss_retry_rule ttss_retry_classify(enum ttss_request_kind kind, enum ttss_transfer transfer,
                                    int32_t http_status) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if ((rows[i].kinds & (unsigned)kind) && rows[i].transfer == transfer &&
            http_status >= rows[i].low && http_status <= rows[i].high)
            return rows[i].rule;
    return (ttss_retry_rule){TTSS_CLASS_FAIL, TTSSLICE_ERR_HTTP, false, false};
}

size_t ttss_budget_size(const ttss_budget *budget) {
    return budget->jobs > 100 ? budget->jobs / 10 : 10;
}

bool ttss_budget_take(ttss_budget *budget) {
    if (budget->spent >= ttss_budget_size(budget))
        return false;
    budget->spent++;
    return true;
}
