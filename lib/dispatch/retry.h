/* SPDX-License-Identifier: MIT */
/* The one table of what may be tried again: a transport failure or an HTTP status of one request
 * becomes an error code and a class. Statuses follow RFC 9110; what RunPod means by them is in its
 * "send requests" documentation. Pure: no libcurl, no clock. */
#ifndef TTSS_DISPATCH_RETRY_H
#define TTSS_DISPATCH_RETRY_H

#include <ttsslice/error.h>

#include <stdbool.h>

enum ttss_request_kind {
    TTSS_REQUEST_RUN = 1,
    TTSS_REQUEST_STATUS = 2,
    TTSS_REQUEST_CANCEL = 4,
    TTSS_REQUEST_HEALTH = 8
};

/* How a request ended below HTTP. */
enum ttss_transfer {
    TTSS_TRANSFER_DONE = 0,  /* an HTTP answer came, whole */
    TTSS_TRANSFER_UNREACHED, /* no name, no connection, no TLS session */
    TTSS_TRANSFER_BROKEN,    /* the connection was lost */
    TTSS_TRANSFER_TIMEOUT,
    TTSS_TRANSFER_UNUSABLE, /* certificate or protocol refused: it will not get better */
    TTSS_TRANSFER_TOO_LARGE,
    TTSS_TRANSFER_NOMEM
};

enum ttss_retry_class {
    TTSS_CLASS_OK,
    TTSS_CLASS_RETRY,
    TTSS_CLASS_GONE, /* the job is unknown there: believed at once, unless it is very fresh */
    TTSS_CLASS_FAIL,
    TTSS_CLASS_FAIL_ALL /* no job will do better */
};

typedef struct ttss_retry_rule {
    enum ttss_retry_class class;
    int32_t code;    /* if it is final */
    bool later;      /* the same job may succeed some other time */
    bool maybe_done; /* the request may have been carried out: trying again may do it twice */
} ttss_retry_rule;

ttss_retry_rule ttss_retry_classify(enum ttss_request_kind kind, enum ttss_transfer transfer,
                                    int32_t http_status);

#endif
