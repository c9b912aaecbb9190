/* SPDX-License-Identifier: MIT */
/* Pages of Ogg: whether all are there, and making a file a function of its content. */
#ifndef TTSS_AUDIO_OGG_H
#define TTSS_AUDIO_OGG_H

#include "audio/store.h"

#include <ttsslice/error.h>

#include <stdbool.h>

/* Gives every page the same fixed stream number, in place, and recomputes its checksum (RFC 3533).
 * libsndfile draws that number from the time of day. False if the store failed or holds something
 * else than pages of Ogg. */
bool ttss_ogg_set_serial(ttss_store *store);

/* Fails with AUDIO where a page is missing, lacks its end or does not have its checksum: a decoder
 * conceals that; where files follow one another, of which libsndfile reads the first; with NOMEM.
 * Hides what lies behind the last page. Many streams lack the flag that
 * says which page is the last, so one that was cut between two pages may pass. */
int32_t ttss_ogg_check(ttss_store *store, ttsslice_error *err);

#endif
