/* SPDX-License-Identifier: MIT */
/* A scripted HTTP service on 127.0.0.1, for tests of the engines that speak HTTP. It keeps what it
 * was asked. Time is counted in requests, never in seconds. */
#ifndef TTSS_TESTS_FAKE_WEB_H
#define TTSS_TESTS_FAKE_WEB_H

#include "fake_net.h"

#include <stdbool.h>
#include <stddef.h>

enum fake_web_kind {
    FAKE_WEB_REPLY = 0, /* status, header, type, body as given */
    FAKE_WEB_CLOSE,     /* reads the request and closes the connection */
    FAKE_WEB_HANG,      /* reads the request and never answers */
    FAKE_WEB_CUT        /* sends half of the body that its Content-Length promises, then closes */
};

typedef struct fake_web_answer {
    enum fake_web_kind kind;
    int status;         /* 0: 200 */
    const char *body;   /* NULL: empty */
    size_t size;        /* of a body with NUL bytes; 0: up to the NUL */
    const char *type;   /* NULL: application/json; "": none */
    const char *header; /* a whole line without its end, or NULL */
    bool chunked;       /* without Content-Length */
    bool last;          /* the answer to all further requests too */
} fake_web_answer;

#define FAKE_WEB_ANSWERS 8

/* Answers to the requests of one kind in turn; when they are used up, 500. */
typedef struct fake_web_route {
    const char *method, *path; /* "/v1/models" */
    fake_web_answer answers[FAKE_WEB_ANSWERS];
} fake_web_route;

typedef struct fake_web fake_web;

/* The routes must live as long as the server; anything else is answered with 404. layer: TLS, or
 * NULL. Ends the test if there is no socket. */
fake_web *fake_web_start(const fake_web_route *routes, size_t count, const fake_layer *layer);
void fake_web_stop(fake_web *fake);

const char *fake_web_url(const fake_web *fake); /* "http://127.0.0.1:PORT", or https */

/* Requests so far; method or path NULL: any. */
int fake_web_count(fake_web *fake, const char *method, const char *path);

/* Head (request line and headers) and body of the request of that number among them, borrowed until
 * the fake stops; the body is NUL-terminated. Fails the test if there was none. */
const char *fake_web_head(fake_web *fake, const char *method, const char *path, int number);
const char *fake_web_body(fake_web *fake, const char *method, const char *path, int number,
                          size_t *size);

/* Waits until there were so many; false after a minute. */
bool fake_web_wait(fake_web *fake, const char *method, const char *path, int count);

#endif
