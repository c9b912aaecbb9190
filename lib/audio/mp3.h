/* SPDX-License-Identifier: MIT */
/* Frames of MPEG audio (MP3, and layers I and II): whether there is one after the other from the
 * first to the last. */
#ifndef TTSS_AUDIO_MP3_H
#define TTSS_AUDIO_MP3_H

#include "audio/store.h"

#include <ttsslice/error.h>

/* Fails with AUDIO where the file begins with such a frame and is cut short or damaged: a decoder
 * passes over that, and says so on standard error. Hides what lies behind the last frame. What
 * begins otherwise passes, and so does the free format unless its tag tells more than is there: its
 * frames do not tell their length. */
int32_t ttss_mp3_check(ttss_store *store, ttsslice_error *err);

#endif
