/* SPDX-License-Identifier: MIT */
/* Audio that a handler left at an address, `"audio_url": "https://..."` in the place of
 * `audio_base64`: which one is to be fetched next, whether it may be, and the attachment that takes
 * its place. Pure; http.c fetches. */
#ifndef TTSS_DISPATCH_AUDIO_URL_H
#define TTSS_DISPATCH_AUDIO_URL_H

#include <ttsslice/error.h>

#include <stdbool.h>
#include <stddef.h>

/* Outputs are JSON that ends in NUL. */

/* The first address in an output whose object has no audio yet; from malloc, NULL: there is none.
 * Fails with NOMEM. */
int32_t ttss_audio_url_find(const char *output, size_t length, char **url, ttsslice_error *err);

/* The output with "audio_base64": "attachment:N" beside that address; from malloc. NULL: out of
 * memory. */
char *ttss_audio_url_put(const char *output, size_t length, size_t attachment);

/* Whether it may be fetched: https, or http to this machine, and that only where the endpoint is on
 * this machine as well. Fails with PROTOCOL, saying why without showing the address, which may be
 * signed; NOMEM. */
int32_t ttss_audio_url_check(const char *url, bool loopback_endpoint, ttsslice_error *err);

#endif
