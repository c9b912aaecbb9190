/* SPDX-License-Identifier: MIT */
/* What stands in front of libsndfile: whether a file holds what its headers announce, and all of
 * it. */
#ifndef TTSS_AUDIO_GUARD_H
#define TTSS_AUDIO_GUARD_H

#include "audio/store.h"

#include <ttsslice/error.h>

/* Looks at the headers of a file that is to be read, and hides from libsndfile what it would get
 * wrong (see store.h: the size, and `ones_at`). Fails with AUDIO for one that was cut short or is
 * damaged, with NOMEM. What is of no known kind passes. */
int32_t ttss_guard(ttss_store *store, ttsslice_error *err);

#endif
