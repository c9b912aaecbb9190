/* SPDX-License-Identifier: MIT */
/* The true peak of a signal: the largest value between its samples as well as at them, from
 * fourfold interpolation (ITU-R BS.1770-4, annex 2). Blocks that cannot raise the peak found so far
 * are not interpolated, which changes nothing in the result; see true_peak.c. */
#ifndef TTSS_AUDIO_TRUE_PEAK_H
#define TTSS_AUDIO_TRUE_PEAK_H

#include <ttsslice/audio.h>

#include <stdbool.h>
#include <stddef.h>

#define TTSS_PEAK_TAPS  12 /* of each phase of the interpolator */
#define TTSS_PEAK_BLOCK 64 /* frames that are judged together */

/* One channel: the samples that the next block still needs, then those of the block. */
typedef struct ttss_peak_channel {
    float samples[TTSS_PEAK_TAPS + TTSS_PEAK_BLOCK];
    float before; /* largest magnitude in the block before */
} ttss_peak_channel;

typedef struct ttss_true_peak {
    ttss_peak_channel channels[TTSSLICE_AUDIO_CHANNELS_MAX];
    float phases[3][TTSS_PEAK_TAPS];
    float norm; /* no interpolated value exceeds this times the largest magnitude around it */
    float sample_peak;
    float true_peak;
    int32_t channel_count;
    int32_t filled;   /* frames of the block that is begun */
    bool with_true;   /* false: sample peak alone */
    bool every_block; /* for tests: nothing is skipped */
} ttss_true_peak;

void ttss_true_peak_init(ttss_true_peak *peak, int32_t channels, bool with_true);

/* Adds frames, interleaved; floating point must be finite. */
void ttss_true_peak_add_s16(ttss_true_peak *peak, const int16_t *samples, int64_t frames);
void ttss_true_peak_add_f32(ttss_true_peak *peak, const float *samples, int64_t frames);

/* Peaks of what was added, over all channels; 1.0 is full scale. Around it is silence. */
void ttss_true_peak_read(const ttss_true_peak *peak, double *sample_peak, double *true_peak);

#endif
