/* SPDX-License-Identifier: MIT */
/* What the library's own parts may use of audio beyond the public header. */
#ifndef TTSS_AUDIO_AUDIO_H
#define TTSS_AUDIO_AUDIO_H

#include <ttsslice/audio.h>

#define TTSS_RATE_MIN 1000
#define TTSS_RATE_MAX 384000

/* Samples in one object, all channels together: 4 GiB of memory. */
#define TTSS_AUDIO_SAMPLES_MAX ((int64_t)1 << 31)

/* The one rounding: nearest, ties to even, of x * 32768, clipped. x is finite. */
int16_t ttss_sample_from_double(double x);

/* As ttsslice_audio_new_s16(), but `samples`, from malloc, is taken over, also on failure. */
int32_t ttss_audio_adopt(int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                         ttsslice_audio **out, ttsslice_error *err);

#endif
