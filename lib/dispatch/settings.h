/* SPDX-License-Identifier: MIT */
/* Options and environment of a dispatcher, read once, checked and copied. */
#ifndef TTSS_DISPATCH_SETTINGS_H
#define TTSS_DISPATCH_SETTINGS_H

#include "dispatch/job.h"

#include <ttsslice/dispatch.h>

typedef struct ttss_settings {
    char *endpoint; /* http or https; no slash at its end unless the protocol wants the whole URL */
    char *host;     /* its host */
    char *key;      /* "" : none */
    bool loopback;  /* the endpoint is on this machine */
    size_t max_reply_bytes;
    bool lifts;         /* audio out of answers */
    char *journal;      /* NULL: none */
    char *trace;        /* NULL: none */
    char *ca_file;      /* NULL: the system's */
    char *speech_model; /* NULL: the protocol's */
    char *voice;        /* likewise */
    ttss_policy policy; /* its secret is `key` */
    ttsslice_logger logger;
} ttss_settings;

/* On failure nothing is left to free. */
int32_t ttss_settings_read(ttss_settings *out, const ttsslice_dispatch_options *options,
                           ttsslice_error *err);

/* The numbers alone: for a run that has no endpoint yet. */
int32_t ttss_settings_check(const ttsslice_dispatch_options *options, ttsslice_error *err);

void ttss_settings_free(ttss_settings *settings); /* also of a zeroed struct */

#endif
