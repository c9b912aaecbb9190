/* SPDX-License-Identifier: MIT */
/* What the tests of audio share: sounds, and what two of them have in common. */
#ifndef TTSS_TESTS_SAMPLES_H
#define TTSS_TESTS_SAMPLES_H

#include <ttsslice/audio.h>

#include <stddef.h>

/* Any 16 bits, the same for the same seed. */
void fill_noise(int16_t *samples, size_t count, uint64_t seed);
ttsslice_audio *noise(int64_t frames, int32_t channels, int32_t rate, uint64_t seed);

/* A sine of 300 Hz. */
ttsslice_audio *tone(double seconds, int32_t rate);

/* Shape, samples and digest. */
void assert_same(const ttsslice_audio *a, const ttsslice_audio *b);

/* The code, and a message of one line. */
void assert_fails(int32_t wanted, int32_t got, const ttsslice_error *err);

#endif
