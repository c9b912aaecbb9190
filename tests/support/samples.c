/* SPDX-License-Identifier: MIT */
/* Sounds for tests; see samples.h. */
#include "samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void fill_noise(int16_t *samples, size_t count, uint64_t seed) {
    for (size_t i = 0; i < count; i++)
        samples[i] = (int16_t)(uint16_t)ttss_draw(&seed);
}

ttsslice_audio *noise(int64_t frames, int32_t channels, int32_t rate, uint64_t seed) {
    size_t count = (size_t)(frames * channels);
    int16_t *samples = calloc(count + 1, sizeof *samples);
    ttsslice_audio *audio = NULL;
    fill_noise(samples, count, seed);
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}

void assert_same(const ttsslice_audio *a, const ttsslice_audio *b) {
    assert_int_equal(ttsslice_audio_frames(a), ttsslice_audio_frames(b));
    assert_int_equal(ttsslice_audio_channels(a), ttsslice_audio_channels(b));
    assert_int_equal(ttsslice_audio_sample_rate(a), ttsslice_audio_sample_rate(b));
    assert_memory_equal(ttsslice_audio_samples(a), ttsslice_audio_samples(b),
                        (size_t)(ttsslice_audio_frames(a) * ttsslice_audio_channels(a)) * 2);
    assert_true(ttsslice_audio_digest(a) == ttsslice_audio_digest(b));
}

void assert_fails(int32_t wanted, int32_t got, const ttsslice_error *err) {
    assert_int_equal(got, wanted);
    assert_int_equal(err->code, wanted);
    assert_true(err->message[0] != '\0');
    assert_null(strchr(err->message, '\n'));
}

ttsslice_audio *tone(double seconds, int32_t rate) {
    int64_t frames = (int64_t)(seconds * rate);
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++)
        samples[i] = (int16_t)lrint(9000.0 * sin(6.283185307179586 * 300.0 * (double)i / rate));
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}
