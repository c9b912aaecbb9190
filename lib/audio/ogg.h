/* SPDX-License-Identifier: MIT */
/* Pages of Ogg: whether the last one is whole, and making a file a function of its content. */
#ifndef TTSS_AUDIO_OGG_H
#define TTSS_AUDIO_OGG_H

#include "audio/store.h"

#include <stdbool.h>

/* Gives every page the same fixed stream number, in place, and recomputes its checksum (RFC 3533).
 * libsndfile draws that number from the time of day. False if the store failed or holds something
 * else than pages of Ogg. */
bool ttss_ogg_set_serial(ttss_store *store);

/* False where the last page goes on behind the end of the file. Many streams lack the flag that
 * says which page is the last, so nothing else tells that there is more. */
bool ttss_ogg_is_whole(ttss_store *store);

#endif
