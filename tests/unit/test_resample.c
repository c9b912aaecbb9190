/* SPDX-License-Identifier: MIT */
/* Promises of audio/resample.h: the exact number of frames, the same samples however the input is
 * cut and whenever it runs, tones that stay what they are, and nothing left of what the lower rate
 * cannot hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "audio/resample.h"
#include "base/hash.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const int32_t rates[] = {8000, 11025, 16000, 22050, 24000, 44100, 48000, 96000};
#define RATES (sizeof rates / sizeof rates[0])

static int16_t *noise(int64_t count, uint64_t seed) {
    int16_t *samples = calloc((size_t)count + 1, sizeof *samples);
    for (int64_t i = 0; i < count; i++)
        samples[i] = (int16_t)((int64_t)ttss_draw_below(&seed, 40000) - 20000);
    return samples;
}

static int16_t *convert(const int16_t *in, int64_t frames, int32_t channels, int32_t from,
                        int32_t to) {
    int16_t *out = NULL;
    assert_int_equal(ttss_resample_s16(in, frames, channels, from, to, &out, NULL), 0);
    return out;
}

/* In blocks of random lengths on both sides; returns the frames that came out, at most `room`. */
static int64_t convert_in_blocks(ttss_resampler *r, const char *in, int64_t frames, char *out,
                                 int64_t room, size_t frame_size, uint64_t seed) {
    int64_t used = 0, written = 0, taken = 0, made = 1;
    for (bool ended = false; !ended || made > 0;) {
        int64_t n = (int64_t)ttss_draw_below(&seed, 3000),
                m = 1 + (int64_t)ttss_draw_below(&seed, 3000);
        n = n < frames - used ? n : frames - used;
        m = m < room - written ? m : room - written;
        ended = used == frames;
        const char *from = ended ? NULL : in + (size_t)used * frame_size;
        assert_int_equal(ttss_resampler_run(r, from, n, &taken, out + (size_t)written * frame_size,
                                            m, &made, NULL),
                         0);
        assert_in_range(taken, 0, n);
        assert_in_range(made, 0, m);
        used += taken;
        written += made;
    }
    return written;
}

static void lengths_are_exact(void **state) {
    (void)state;
    static const int64_t lengths[] = {0, 1, 2, 7, 100, 1001, 20011};
    assert_int_equal(ttss_resampled_frames(3, 24000, 48000), 6);
    assert_int_equal(ttss_resampled_frames(1, 48000, 24000), 1); /* 0.5 goes up */
    assert_int_equal(ttss_resampled_frames(1, 48000, 16000), 0);
    assert_int_equal(ttss_resampled_frames(INT64_C(400000000000), 44100, 48000), 435374149660);
    for (size_t a = 0; a < RATES; a++)
        for (size_t b = 0; b < RATES; b++)
            for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
                ttss_resampler *r = NULL;
                int16_t *in = noise(lengths[l], 5);
                int64_t wanted = ttss_resampled_frames(lengths[l], rates[a], rates[b]);
                int16_t *out = calloc((size_t)wanted + 100, sizeof *out);
                assert_true(llabs(2 * (wanted * rates[a] - lengths[l] * rates[b])) <= rates[a]);
                assert_int_equal(
                    ttss_resampler_new(rates[a], rates[b], 1, TTSS_SAMPLE_S16, &r, NULL), 0);
                assert_int_equal(convert_in_blocks(r, (const char *)in, lengths[l], (char *)out,
                                                   wanted + 100, sizeof *in, l),
                                 wanted);
                ttss_resampler_free(r);
                free(in);
                free(out);
            }
}

static void blocks_do_not_matter(void **state) {
    (void)state;
    static const int64_t frames = 30011;
    int16_t *in = noise(2 * frames, 9);
    for (size_t a = 0; a < RATES; a++) {
        const int32_t to = rates[(a * 3 + 1) % RATES];
        const int64_t wanted = ttss_resampled_frames(frames, rates[a], to);
        int16_t *whole = convert(in, frames, 2, rates[a], to);
        int16_t *again = convert(in, frames, 2, rates[a], to);
        int16_t *pieces = calloc((size_t)wanted + 1, 2 * sizeof *pieces);
        ttss_resampler *r = NULL;
        assert_memory_equal(whole, again, (size_t)wanted * 4);
        assert_int_equal(ttss_resampler_new(rates[a], to, 2, TTSS_SAMPLE_S16, &r, NULL), 0);
        assert_int_equal(
            convert_in_blocks(r, (const char *)in, frames, (char *)pieces, wanted + 1, 4, a),
            wanted);
        assert_memory_equal(whole, pieces, (size_t)wanted * 4);
        ttss_resampler_free(r);
        free(whole);
        free(again);
        free(pieces);
    }
    free(in);
}

static void one_rate_changes_nothing(void **state) {
    (void)state;
    int16_t *in = noise(5000, 1);
    int16_t *out = convert(in, 5000, 1, 24000, 24000);
    assert_memory_equal(in, out, 5000 * sizeof *in);
    free(in);
    free(out);
}

/* Largest difference from the tone itself, away from the ends, in dB of full scale. */
static double tone_error(int32_t from, int32_t to, double hertz) {
    const int64_t frames = from, wanted = ttss_resampled_frames(frames, from, to);
    float *in = calloc((size_t)frames * 2, sizeof *in);
    float *out = calloc((size_t)wanted * 2 + 2, sizeof *out);
    ttss_resampler *r = NULL;
    double worst = 1e-9;
    for (int64_t i = 0; i < frames; i++) {
        in[2 * i] = (float)(0.5 * sin(2.0 * M_PI * hertz * (double)i / from));
        in[2 * i + 1] = 0.25f;
    }
    assert_int_equal(ttss_resampler_new(from, to, 2, TTSS_SAMPLE_F32, &r, NULL), 0);
    assert_int_equal(
        convert_in_blocks(r, (const char *)in, frames, (char *)out, wanted + 1, 2 * sizeof *in, 3),
        wanted);
    for (int64_t i = wanted / 8; i < wanted - wanted / 8; i++) {
        double tone = 2.0 * hertz < to ? 0.5 * sin(2.0 * M_PI * hertz * (double)i / to) : 0.0;
        worst = fmax(worst, fabs(out[2 * i] - tone));
        assert_true(fabs(out[2 * i + 1] - 0.25) < 1e-4);
    }
    ttss_resampler_free(r);
    free(in);
    free(out);
    return 20.0 * log10(worst);
}

static void tones_stay(void **state) {
    (void)state;
    for (size_t a = 0; a < RATES; a++)
        for (size_t b = 0; b < RATES; b++)
            assert_true(tone_error(rates[a], rates[b], 1000.0) < -90.0);
    /* Above half the lower rate nothing may be left, where it would fold back. */
    assert_true(tone_error(24000, 16000, 9000.0) < -90.0);
    assert_true(tone_error(48000, 24000, 15000.0) < -90.0);
}

/* Loud input may overshoot; it must not wrap around. */
static void overshoot_is_clipped(void **state) {
    (void)state;
    int16_t in[4000];
    for (int i = 0; i < 4000; i++)
        in[i] = i / 50 % 2 ? INT16_MAX : INT16_MIN;
    int16_t *out = convert(in, 4000, 1, 24000, 48000);
    for (int i = 200; i < 7800; i++)
        if (i % 100 > 10 && i % 100 < 90)
            assert_true(i / 100 % 2 ? out[i] > 20000 : out[i] < -20000);
    free(out);
}

static void bad_arguments(void **state) {
    (void)state;
    ttss_resampler *r = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    static const int32_t bad[][3] = {
        {999, 8000, 1}, {8000, 0, 1}, {8000, 384001, 1}, {8000, 8000, 0}, {8000, 8000, 9}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(
            ttss_resampler_new(bad[i][0], bad[i][1], bad[i][2], TTSS_SAMPLE_S16, &r, &err),
            TTSSLICE_ERR_INVALID);
        assert_null(r);
    }
    ttss_resampler_free(NULL);
}

static int resample_some(void *argument) {
    static const int16_t in[500];
    int16_t *out = NULL;
    (void)argument;
    int code = ttss_resample_s16(in, 500, 1, 24000, 16000, &out, NULL);
    free(out);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    assert_survives_alloc_failure(resample_some, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_exact),          cmocka_unit_test(blocks_do_not_matter),
        cmocka_unit_test(one_rate_changes_nothing),   cmocka_unit_test(tones_stay),
        cmocka_unit_test(overshoot_is_clipped),       cmocka_unit_test(bad_arguments),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
