/* SPDX-License-Identifier: MIT */
/* Measuring loudness while audio streams by, in fixed memory: integrated loudness and loudness
 * range (ITU-R BS.1770-4, EBU R 128, Tech 3341 and 3342), sample and true peak, RMS and noise
 * floor. What comes out does not depend on how the audio is cut into blocks. */
#ifndef TTSS_AUDIO_LOUDNESS_H
#define TTSS_AUDIO_LOUDNESS_H

#include <ttsslice/audio.h>

typedef struct ttss_meter ttss_meter;

/* What a meter does beyond loudness. */
enum ttss_meter_flags {
    TTSS_METER_DUAL_MONO = 1, /* one channel is heard from two speakers: 3.01 LU more */
    TTSS_METER_TRUE_PEAK = 2  /* otherwise true_peak_db is NaN */
};

/* Fails with INVALID, UNAVAILABLE (a build without libebur128) or NOMEM. */
int32_t ttss_meter_new(int32_t channels, int32_t sample_rate, unsigned flags, ttss_meter **out,
                       ttsslice_error *err);

/* Adds frames, interleaved. Fails with NOMEM, or AUDIO where a sample is not a finite number. */
int32_t ttss_meter_add_s16(ttss_meter *meter, const int16_t *samples, int64_t frames,
                           ttsslice_error *err);
int32_t ttss_meter_add_f32(ttss_meter *meter, const float *samples, int64_t frames,
                           ttsslice_error *err);

/* What was measured so far; more may be added after. */
void ttss_meter_read(const ttss_meter *meter, ttsslice_loudness *out);

void ttss_meter_free(ttss_meter *meter); /* NULL is allowed */

#endif
