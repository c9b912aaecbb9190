/* SPDX-License-Identifier: MIT */
/* From a measured loudness to a gain, and the gain on samples. Pure functions. */
#ifndef TTSS_AUDIO_GAIN_H
#define TTSS_AUDIO_GAIN_H

#include <ttsslice/audio.h>

#include <stddef.h>

/* How loud the whole is to be. */
typedef struct ttss_target {
    double level_db;     /* LUFS, or dB if by_rms; NaN: as it is, but under the ceiling */
    double true_peak_db; /* ceiling */
    int32_t by_rms;      /* 1: level_db is for the RMS of all samples, as audiobook shops ask */
} ttss_target;

/* A preset ("audiobook", "podcast", "ebu") or a number of LUFS, -70 to 0, with a ceiling of -1 dB.
 * `channels` and dual_mono tell "podcast" which scale is used. Fails with INVALID. */
int32_t ttss_target_read(const char *text, int32_t channels, int32_t dual_mono, ttss_target *out,
                         ttsslice_error *err);

/* The one gain in dB for the whole: up to the level, but not over the ceiling. What is too quiet or
 * too short to have a level is left as it is, under the ceiling. */
double ttss_gain_to_target(const ttss_target *target, const ttsslice_loudness *measured);

/* The gain in dB that brings a clip to the loudness of its neighbours, at most most_db either way,
 * and up only as far as nothing clips. 0 where one of the two is not known: a clip below 400 ms has
 * no loudness. */
double ttss_gain_to_match(const ttsslice_loudness *clip, double reference_lufs, double most_db);

/* Linear gain of dB. */
double ttss_gain_factor(double db);

/* Multiplies in place; rounded to nearest, ties to even, clipped. */
void ttss_gain_apply(int16_t *samples, size_t count, double factor);

#endif
