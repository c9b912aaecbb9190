/* SPDX-License-Identifier: MIT */
/* The local server's HTTP side, over libmicrohttpd: routes, keys, limits, replies. */
#ifndef TTSS_HANDLER_SERVER_HTTP_H
#define TTSS_HANDLER_SERVER_HTTP_H

#include "handler/server_tasks.h"

#include <ttsslice/log.h>

/* Longest body that is taken, as RunPod's /run. */
#define TTSS_HTTP_BODY_MAX ((size_t)10 * 1024 * 1024)

struct MHD_Daemon;

typedef struct ttss_http {
    ttss_tasks *tasks;
    ttsslice_logger logger;
    char prefix[96];     /* "/v2/local" */
    const char *api_key; /* borrowed; "": none */
    size_t worker_count;
    double fail_rate;
    uint64_t fail_state; /* of the draws; only the polling thread uses it */

    struct MHD_Daemon *daemon;
    int socket;            /* -1: none */
    pthread_mutex_t lock;  /* for the two below */
    pthread_cond_t served; /* open has become 0 */
    size_t open;           /* requests being read, waiting or being answered */
} ttss_http;

/* Serves on a listening socket beside what is set in *http. The socket is its own from now on: if
 * it fails, the socket is closed. */
int32_t ttss_http_start(ttss_http *http, int socket, ttsslice_error *err);

/* Accepts no further connections. */
void ttss_http_quiesce(ttss_http *http);

/* Ends it. No request may be waiting any more. Answers on their way get a second. */
void ttss_http_stop(ttss_http *http);

#endif
