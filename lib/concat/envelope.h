/* SPDX-License-Identifier: MIT */
/* The level of a clip over time: what trimming, pauses and repairs are decided on. One byte for
 * every 10 ms, so that even a clip of ten hours takes less than 4 MB. */
#ifndef TTSS_CONCAT_ENVELOPE_H
#define TTSS_CONCAT_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Levels are half decibels below full scale, so greater is quieter. */
#define TTSS_LEVEL_DB(db)  (2 * (db))
#define TTSS_LEVEL_SILENCE 255
#define TTSS_WINDOWS_S     100

typedef struct ttss_envelope {
    uint8_t *levels; /* of each window, the last one may be shorter */
    size_t count;
    size_t capacity;
    int64_t frames;
    int64_t window; /* frames of one */
    int32_t channels;
    int64_t filled; /* frames of the window that is being measured */
    uint64_t energy;
} ttss_envelope;

/* Starts over; memory is kept. */
void ttss_envelope_begin(ttss_envelope *envelope, int32_t sample_rate, int32_t channels);

/* Both false: out of memory. */
bool ttss_envelope_add(ttss_envelope *envelope, const int16_t *samples, int64_t frames);
bool ttss_envelope_end(ttss_envelope *envelope);

void ttss_envelope_free(ttss_envelope *envelope);

#endif
