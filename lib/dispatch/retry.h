/* SPDX-License-Identifier: MIT */
/* The one table of what may be tried again: a transport failure or an HTTP status of one request
 * becomes an error code and a class. Statuses follow RFC 9110; what RunPod means by them is in its
 * "send requests" documentation. Pure: no clock, nothing sent. */
#ifndef TTSS_DISPATCH_RETRY_H
#define TTSS_DISPATCH_RETRY_H

#include "base/http.h"

#include <stdbool.h>

enum ttss_request_kind {
    TTSS_REQUEST_RUN = 1,
    TTSS_REQUEST_STATUS = 2,
    TTSS_REQUEST_CANCEL = 4,
    TTSS_REQUEST_HEALTH = 8,
    TTSS_REQUEST_CALL = 16, /* a submission whose answer is the result */
    TTSS_REQUEST_FETCH = 32 /* audio that a handler left at an address */
};

static inline bool ttss_is_submission(enum ttss_request_kind kind) {
    return kind == TTSS_REQUEST_RUN || kind == TTSS_REQUEST_CALL;
}

enum ttss_retry_class {
    TTSS_CLASS_OK,
    TTSS_CLASS_RETRY,
    TTSS_CLASS_GONE, /* the job is unknown there: believed at once, unless it is very fresh */
    TTSS_CLASS_FAIL
};

typedef struct ttss_retry_rule {
    enum ttss_retry_class class;
    int32_t code;    /* if it is final */
    bool later;      /* the same job may succeed some other time */
    bool maybe_done; /* the request may have been carried out: trying again may do it twice */
    bool for_all;    /* if it is final no job will do better */
} ttss_retry_rule;

ttss_retry_rule ttss_retry_classify(enum ttss_request_kind kind, enum ttss_transfer transfer,
                                    int32_t http_status);

/* Further submissions of a run, of jobs that were refused and of copies: ten, or a tenth of its
 * jobs (the retry budget of the SRE book's "Handling Overload"). */
typedef struct ttss_budget {
    size_t jobs, spent;
} ttss_budget;

size_t ttss_budget_size(const ttss_budget *budget);

/* False: it is used up. */
bool ttss_budget_take(ttss_budget *budget);

#endif
