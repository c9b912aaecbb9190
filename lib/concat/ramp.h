/* SPDX-License-Identifier: MIT */
/* Gains that change over a few frames: fades and crossfades. */
#ifndef TTSS_CONCAT_RAMP_H
#define TTSS_CONCAT_RAMP_H

#include <stdbool.h>
#include <stdint.h>

/* Multiplies frames, in place, by a raised cosine of `length` frames of which they are those from
 * `from` on. Rising, or falling as its mirror. */
void ttss_ramp_fade(int16_t *samples, int64_t frames, int32_t channels, int64_t from,
                    int64_t length, bool rising);

/* samples becomes before * cos + samples * sin, with a quarter of a period over `length` frames:
 * the power stays the same where the two are unrelated. */
void ttss_ramp_cross(int16_t *samples, const int16_t *before, int64_t frames, int32_t channels,
                     int64_t from, int64_t length);

#endif
