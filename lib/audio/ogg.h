/* SPDX-License-Identifier: MIT */
/* Making an Ogg file a function of its content. */
#ifndef TTSS_AUDIO_OGG_H
#define TTSS_AUDIO_OGG_H

#include "audio/store.h"

#include <stdbool.h>

/* Gives every page the same fixed stream number, in place, and recomputes its checksum (RFC 3533).
 * libsndfile draws that number from the time of day. False if the store failed or holds something
 * else than pages of Ogg. */
bool ttss_ogg_set_serial(ttss_store *store);

#endif
