/* SPDX-License-Identifier: MIT */
/* A line to a service: one libcurl handle with its connection, used by one thread at a time. */
#ifndef TTSS_ENGINE_LINE_H
#define TTSS_ENGINE_LINE_H

#include "engine/service.h"

#include <sys/types.h>

typedef struct ttss_line {
    CURL *easy;
    CURLM *multi;
    struct ttss_line *next;
    pid_t owner; /* a child of it leaves the connection alone, which is not its own */
    char trouble[CURL_ERROR_SIZE];
} ttss_line;

/* How one try ended. */
typedef struct ttss_try {
    enum ttss_transfer transfer;
    bool stopped; /* it was ended by the call's stop */
    double retry_after_s;
    char redirect[200]; /* "" : none */
} ttss_try;

/* One kept from before, or a new one; NULL: out of memory. Give it back. */
ttss_line *ttss_line_take(ttss_service *service);
void ttss_line_give(ttss_service *service, ttss_line *line);
void ttss_lines_free(ttss_line *line);

/* Sends and waits, at most timeout_ms. The response's body must be initialised; it is emptied. */
ttss_try ttss_line_send(ttss_line *line, const ttss_service *service, const ttss_question *question,
                        const ttss_stop *stop, int64_t timeout_ms, ttss_response *response);

/* Waits without sending. False: stopped. */
bool ttss_line_wait(ttss_line *line, int64_t wait_ms, const ttss_stop *stop);

#endif
