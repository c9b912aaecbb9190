/* SPDX-License-Identifier: MIT */
/* Changing the sample rate, block by block, through libsoxr at its quality HQ (20 bits, linear
 * phase). The samples depend on the input and the rates alone, not on how the input is cut into
 * blocks: 16-bit output is rounded without dither, because libsoxr seeds its dither with the time
 * of day. */
#ifndef TTSS_AUDIO_RESAMPLE_H
#define TTSS_AUDIO_RESAMPLE_H

#include <ttsslice/audio.h>

enum ttss_sample_type { TTSS_SAMPLE_S16, TTSS_SAMPLE_F32 };

typedef struct ttss_resampler ttss_resampler;

/* type: of the samples that go in and come out, interleaved. Fails with INVALID (rate or channels
 * out of range), UNAVAILABLE (a build without libsoxr) or NOMEM. */
int32_t ttss_resampler_new(int32_t rate_in, int32_t rate_out, int32_t channels,
                           enum ttss_sample_type type, ttss_resampler **out, ttsslice_error *err);

/* Takes up to `frames` frames and writes up to `room`, neither of which must be all; *taken and
 * *made say how many. in == NULL: that was the input; then *made is 0 once everything is out. In
 * all, just ttss_resampled_frames() frames come out. After a failure only free makes sense. */
int32_t ttss_resampler_run(ttss_resampler *resampler, const void *in, int64_t frames,
                           int64_t *taken, void *out, int64_t room, int64_t *made,
                           ttsslice_error *err);

void ttss_resampler_free(ttss_resampler *resampler);

/* Frames that `frames` frames become: frames * rate_out / rate_in, to the nearest, halves up. */
int64_t ttss_resampled_frames(int64_t frames, int32_t rate_in, int32_t rate_out);

/* Everything at once. *out is from malloc and has ttss_resampled_frames() frames. */
int32_t ttss_resample_s16(const int16_t *in, int64_t frames, int32_t channels, int32_t rate_in,
                          int32_t rate_out, int16_t **out, ttsslice_error *err);

#endif
