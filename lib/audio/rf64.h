/* SPDX-License-Identifier: MIT */
/* WAV files beyond 4 GiB. */
#ifndef TTSS_AUDIO_RF64_H
#define TTSS_AUDIO_RF64_H

#include "audio/store.h"

#include <stdbool.h>

/* Makes an RF64 file of a complete WAV file that ends with its 16-bit samples and whose sizes are
 * wrong because 32 bits do not hold them. False if the store failed or there is no memory. */
bool ttss_wav_to_rf64(ttss_store *store, int64_t frames, int32_t channels);

#endif
