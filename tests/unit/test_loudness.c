/* SPDX-License-Identifier: MIT */
/* Promises of audio/loudness.h, true_peak.h and gain.h: the synthetic cases of EBU Tech 3341 and
 * 3342 within their tolerances, libebur128's own results, a true peak that is the same with and
 * without skipping, gains that reach their target and no ceiling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "audio/gain.h"
#include "audio/loudness.h"
#include "audio/true_peak.h"
#include "base/hash.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 1000

static const int32_t rates[] = {24000, 48000};

/* --- EBU Tech 3341 and 3342 ------------------------------------------------------------------- */

typedef struct part {
    double level_db; /* peak of the sine */
    double seconds;
} part;

/* 1 kHz on two channels. */
static ttsslice_loudness measure_parts(const part *parts, size_t count, int32_t rate) {
    ttsslice_loudness out = TTSSLICE_LOUDNESS_INIT;
    ttss_meter *meter = NULL;
    float block[2 * BLOCK];
    int64_t at = 0;
    assert_int_equal(ttss_meter_new(2, rate, 0, &meter, NULL), 0);
    for (size_t p = 0; p < count; p++) {
        const double amplitude = pow(10.0, parts[p].level_db / 20.0);
        int64_t left = llrint(parts[p].seconds * rate);
        while (left) {
            int64_t n = left < BLOCK ? left : BLOCK;
            for (int64_t i = 0; i < n; i++)
                block[2 * i] = block[2 * i + 1] =
                    (float)(amplitude * sin(2.0 * M_PI * 1000.0 * (double)(at + i) / rate));
            assert_int_equal(ttss_meter_add_f32(meter, block, n, NULL), 0);
            at += n;
            left -= n;
        }
    }
    ttss_meter_read(meter, &out);
    ttss_meter_free(meter);
    return out;
}

static void tech_3341_integrated(void **state) {
    (void)state;
    static const struct {
        part parts[5];
        size_t count;
        double lufs;
    } cases[] = {
        {{{-23, 20}}, 1, -23},
        {{{-33, 20}}, 1, -33},
        {{{-36, 10}, {-23, 60}, {-36, 10}}, 3, -23},
        {{{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}, 5, -23},
        {{{-26, 20}, {-20, 20.1}, {-26, 20}}, 3, -23},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t r = 0; r < 2; r++) {
            ttsslice_loudness got = measure_parts(cases[i].parts, cases[i].count, rates[r]);
            assert_true(fabs(got.integrated_lufs - cases[i].lufs) <= 0.1);
            assert_true(isnan(got.true_peak_db)); /* was not asked for */
        }
}

static void tech_3342_range(void **state) {
    (void)state;
    static const struct {
        part parts[5];
        size_t count;
        double range;
    } cases[] = {
        {{{-20, 20}, {-30, 20}}, 2, 10},
        {{{-20, 20}, {-15, 20}}, 2, 5},
        {{{-40, 20}, {-20, 20}}, 2, 20},
        {{{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}}, 5, 15},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t r = 0; r < 2; r++) {
            ttsslice_loudness got = measure_parts(cases[i].parts, cases[i].count, rates[r]);
            assert_true(fabs(got.range_lu - cases[i].range) <= 1.0);
        }
}

/* 3341, cases 15 to 19: a sine whose crests lie between the samples, for 5 s on two channels. */
static void tech_3341_true_peak(void **state) {
    (void)state;
    static const struct {
        int divisor; /* of the sample rate */
        double degrees, amplitude, peak_db;
    } cases[] = {
        {4, 0.0, 0.5, -6.0},  {4, 45.0, 0.5, -6.0}, {6, 60.0, 0.5, -6.0},
        {8, 67.5, 0.5, -6.0}, {4, 45.0, 1.41, 3.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t r = 0; r < 2; r++) {
            ttsslice_loudness got = TTSSLICE_LOUDNESS_INIT;
            ttss_meter *meter = NULL;
            const int64_t frames = 5 * (int64_t)rates[r];
            float block[2 * BLOCK];
            assert_int_equal(ttss_meter_new(2, rates[r], TTSS_METER_TRUE_PEAK, &meter, NULL), 0);
            for (int64_t k = 0; k < frames; k++) {
                double fade = fmin(1.0, (double)(k < frames - k ? k : frames - k) / 480.0);
                double phase = 2.0 * M_PI * (double)k / cases[i].divisor;
                float *at = block + 2 * (k % BLOCK);
                at[0] = at[1] = (float)(cases[i].amplitude * fade *
                                        sin(phase + cases[i].degrees * M_PI / 180.0));
                if (k % BLOCK == BLOCK - 1)
                    assert_int_equal(ttss_meter_add_f32(meter, block, BLOCK, NULL), 0);
            }
            ttss_meter_read(meter, &got);
            ttss_meter_free(meter);
            assert_true(got.true_peak_db <= cases[i].peak_db + 0.2);
            assert_true(got.true_peak_db >= cases[i].peak_db - 0.4);
            if (i == 1) /* where a meter of samples is 3 dB too low */
                assert_true(fabs(got.sample_peak_db + 9.03) < 0.01);
        }
}

/* --- against libebur128 ----------------------------------------------------------------------- */

/* Bursts of noise of all levels with pauses between, as speech has. */
static int16_t *babble(int64_t frames, int32_t channels, uint64_t seed) {
    int16_t *samples = calloc((size_t)(frames * channels) + 1, sizeof *samples);
    double level = 0.0, last = 0.0;
    for (int64_t i = 0; i < frames * channels; i++) {
        if (i % (1200 * channels) == 0)
            level =
                ttss_draw_below(&seed, 4) ? 20000.0 * pow(10.0, -2.0 * ttss_draw_unit(&seed)) : 3.0;
        last = 0.7 * last + 0.3 * (ttss_draw_unit(&seed) * 2.0 - 1.0);
        samples[i] = (int16_t)lrint(level * last);
    }
    return samples;
}

/* In blocks of random length. */
static ttsslice_loudness measure(const int16_t *samples, int64_t frames, int32_t channels,
                                 int32_t rate, unsigned flags, uint64_t seed) {
    ttsslice_loudness out = TTSSLICE_LOUDNESS_INIT;
    ttss_meter *meter = NULL;
    assert_int_equal(ttss_meter_new(channels, rate, flags, &meter, NULL), 0);
    for (int64_t at = 0; at < frames;) {
        int64_t n = 1 + (int64_t)ttss_draw_below(&seed, 9000);
        n = n < frames - at ? n : frames - at;
        assert_int_equal(ttss_meter_add_s16(meter, samples + at * channels, n, NULL), 0);
        at += n;
    }
    ttss_meter_read(meter, &out);
    ttss_meter_free(meter);
    return out;
}

static void equals_the_library(void **state) {
    (void)state;
    static const int32_t many_rates[] = {8000, 22050, 24000, 44100};
    for (uint64_t seed = 1; seed <= 8; seed++) {
        const int32_t channels = 1 + (int32_t)(seed % 2), rate = many_rates[seed % 4];
        const int64_t frames = rate * (int64_t)(3 + 4 * seed);
        int16_t *samples = babble(frames, channels, seed);
        ebur128_state *own = ebur128_init((unsigned)channels, (unsigned long)rate,
                                          EBUR128_MODE_I | EBUR128_MODE_LRA);
        double integrated = 0.0, range = 0.0;
        ebur128_add_frames_short(own, samples, (size_t)frames);
        ebur128_loudness_global(own, &integrated);
        ebur128_loudness_range(own, &range);
        ttsslice_loudness got = measure(samples, frames, channels, rate, 0, seed);
        assert_true(fabs(got.integrated_lufs - integrated) < 0.02);
        /* Where the 3 s begin is free; it shows most with few of them. */
        assert_true(fabs(got.range_lu - range) < 1.0);
        ebur128_destroy(&own);
        free(samples);
    }
}

static void blocks_do_not_matter(void **state) {
    (void)state;
    int16_t *samples = babble(60000, 2, 77);
    float *floats = calloc(120000, sizeof *floats);
    ttsslice_loudness a = measure(samples, 60000, 2, 24000, TTSS_METER_TRUE_PEAK, 1);
    ttsslice_loudness b = measure(samples, 60000, 2, 24000, TTSS_METER_TRUE_PEAK, 2);
    ttsslice_loudness c = TTSSLICE_LOUDNESS_INIT;
    ttss_meter *meter = NULL;
    assert_true(a.integrated_lufs == b.integrated_lufs && a.range_lu == b.range_lu);
    assert_true(a.sample_peak_db == b.sample_peak_db && a.true_peak_db == b.true_peak_db);
    assert_true(fabs(a.rms_db - b.rms_db) < 1e-9);
    assert_true(fabs(a.noise_floor_db - b.noise_floor_db) < 1e-9);
    for (int i = 0; i < 120000; i++)
        floats[i] = samples[i] / 32768.0f;
    assert_int_equal(ttss_meter_new(2, 24000, TTSS_METER_TRUE_PEAK, &meter, NULL), 0);
    assert_int_equal(ttss_meter_add_f32(meter, floats, 60000, NULL), 0);
    ttss_meter_read(meter, &c);
    ttss_meter_free(meter);
    assert_true(fabs(a.integrated_lufs - c.integrated_lufs) < 1e-6);
    assert_true(a.true_peak_db == c.true_peak_db);
    assert_true(fabs(a.rms_db - c.rms_db) < 1e-6);
    free(samples);
    free(floats);
}

static void dual_mono_is_three_lu_more(void **state) {
    (void)state;
    int16_t *samples = babble(48000, 1, 5);
    double one = measure(samples, 48000, 1, 24000, 0, 1).integrated_lufs;
    double two = measure(samples, 48000, 1, 24000, TTSS_METER_DUAL_MONO, 1).integrated_lufs;
    assert_true(fabs(two - one - 10.0 * log10(2.0)) < 1e-9);
    free(samples);
}

/* --- levels known beforehand ------------------------------------------------------------------ */

static void known_levels(void **state) {
    (void)state;
    int16_t *samples = calloc(48000, sizeof *samples);
    for (int i = 0; i < 24000; i++) /* then a second of silence */
        samples[i] = i % 2 ? 16384 : -16384;
    ttsslice_loudness got = measure(samples, 48000, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
    assert_true(fabs(got.sample_peak_db + 6.0206) < 1e-4);
    assert_true(fabs(got.rms_db + 9.0309) < 1e-4);
    assert_true(isinf(got.noise_floor_db) && got.noise_floor_db < 0.0);
    for (int i = 24000; i < 48000; i++)
        samples[i] = i % 2 ? 33 : -33;
    got = measure(samples, 48000, 1, 24000, 0, 1);
    assert_true(fabs(got.noise_floor_db - 20.0 * log10(33.0 / 32768.0)) < 1e-6);
    free(samples);
}

static void silence_and_tiny_clips(void **state) {
    (void)state;
    static const int16_t zeros[24000];
    static const int16_t tiny[] = {100, -32768, 50};
    ttsslice_loudness got = measure(zeros, 24000, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
    assert_true(got.integrated_lufs == -INFINITY && got.true_peak_db == -INFINITY);
    assert_true(got.rms_db == -INFINITY && got.sample_peak_db == -INFINITY && got.range_lu == 0.0);
    got = measure(zeros, 0, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
    assert_true(got.integrated_lufs == -INFINITY && got.rms_db == -INFINITY);
    got = measure(tiny, 3, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
    assert_true(got.integrated_lufs == -INFINITY && got.range_lu == 0.0);
    assert_true(got.sample_peak_db == 0.0 && got.true_peak_db >= 0.0);
    assert_true(got.noise_floor_db == got.rms_db && isfinite(got.rms_db));
}

static void what_is_not_finite_is_refused(void **state) {
    (void)state;
    static const float bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        const float samples[4] = {0.0f, 0.5f, bad[i], 0.0f};
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttss_meter *meter = NULL;
        assert_int_equal(ttss_meter_new(2, 8000, TTSS_METER_TRUE_PEAK, &meter, NULL), 0);
        assert_int_equal(ttss_meter_add_f32(meter, samples, 2, &err), TTSSLICE_ERR_AUDIO);
        ttss_meter_free(meter);
    }
}

/* --- true peak -------------------------------------------------------------------------------- */

static double peak_of(const int16_t *samples, int64_t frames, int32_t channels, bool every_block,
                      uint64_t seed) {
    double sample_peak = 0.0, true_peak = 0.0;
    ttss_true_peak peak;
    ttss_true_peak_init(&peak, channels, true);
    peak.every_block = every_block;
    for (int64_t at = 0; at < frames;) {
        int64_t n = 1 + (int64_t)ttss_draw_below(&seed, 300);
        n = n < frames - at ? n : frames - at;
        ttss_true_peak_add_s16(&peak, samples + at * channels, n);
        at += n;
    }
    ttss_true_peak_read(&peak, &sample_peak, &true_peak);
    assert_true(true_peak >= sample_peak);
    return true_peak;
}

static void skipping_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        uint64_t draw = seed;
        const int32_t channels = 1 + (int32_t)ttss_draw_below(&draw, 3);
        const int64_t frames = 1 + (int64_t)ttss_draw_below(&draw, 4000);
        int16_t *samples = babble(frames, channels, seed);
        /* Crests at edges of blocks and at the ends, where history matters. */
        for (int k = 0; k < 4; k++) {
            int64_t at = (int64_t)ttss_draw_below(&draw, 1 + (uint64_t)frames / 64) * 64 + 12;
            at -= (int64_t)ttss_draw_below(&draw, 26);
            for (int64_t i = at; i < at + 3; i++)
                if (i >= 0 && i < frames)
                    samples[i * channels] = 30000;
        }
        assert_true(peak_of(samples, frames, channels, true, seed) ==
                    peak_of(samples, frames, channels, false, seed + 1));
        free(samples);
    }
}

/* The definition, in double precision. */
static double peak_by_definition(const int16_t *x, int64_t frames) {
    double most = 0.0;
    for (int64_t at = -6 * 4; at < (frames + 6) * 4; at++) {
        double sum = 0.0;
        for (int64_t i = 0; i < frames; i++) {
            double d = (double)i - (double)at / 4.0;
            if (fabs(d) < 6.0)
                sum += x[i] / 32768.0 * (0.5 + 0.5 * cos(M_PI * d / 6.0)) *
                       (d == 0.0 ? 1.0 : sin(M_PI * d) / (M_PI * d));
        }
        most = fmax(most, fabs(sum));
    }
    return most;
}

static void peak_is_that_of_the_definition(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const int64_t frames = (int64_t)(1 + seed * 11);
        int16_t *samples = babble(frames, 1, seed);
        int16_t *longer = calloc((size_t)frames + 12, sizeof *longer);
        ebur128_state *own = ebur128_init(1, 24000, EBUR128_MODE_TRUE_PEAK);
        double got = peak_of(samples, frames, 1, false, seed), theirs = 0.0;
        memcpy(longer, samples, (size_t)frames * sizeof *samples);
        ebur128_add_frames_short(own, longer, (size_t)frames + 12);
        ebur128_true_peak(own, 0, &theirs);
        assert_true(fabs(got - peak_by_definition(samples, frames)) < 1e-6);
        assert_true(fabs(got - theirs) < 1e-6);
        ebur128_destroy(&own);
        free(samples);
        free(longer);
    }
}

/* The bound that skipping rests on, and that it is no wider than it must be. */
static void the_bound_holds(void **state) {
    (void)state;
    ttss_true_peak peak;
    int16_t worst[TTSS_PEAK_TAPS];
    ttss_true_peak_init(&peak, 1, true);
    assert_true(fabs(peak.norm - 1.8642) < 1e-4);
    for (int k = 0; k < TTSS_PEAK_TAPS; k++)
        worst[k] = peak.phases[1][k] < 0.0f ? -16384 : 16384;
    double got = peak_of(worst, TTSS_PEAK_TAPS, 1, false, 1);
    assert_true(got <= 0.5 * peak.norm && got > 0.499 * peak.norm);
}

/* --- gains ------------------------------------------------------------------------------------ */

static ttss_target target(const char *text, int32_t channels, int32_t dual_mono) {
    ttss_target out = {0};
    assert_int_equal(ttss_target_read(text, channels, dual_mono, &out, NULL), 0);
    return out;
}

static void targets(void **state) {
    (void)state;
    assert_true(target("podcast", 2, 0).level_db == -16.0);
    assert_true(target("podcast", 1, 0).level_db == -19.0);
    assert_true(target("podcast", 1, 1).level_db == -16.0);
    assert_true(target("podcast", 1, 0).true_peak_db == -1.0);
    assert_true(target("ebu", 1, 0).level_db == -23.0);
    assert_true(target("-18.5", 1, 0).level_db == -18.5);
    assert_true(target("audiobook", 1, 0).by_rms == 1);
    assert_true(target("audiobook", 1, 0).true_peak_db == -3.0);
    static const char *const bad[] = {"", "loud", "1", "-71", "nan", "-16 LUFS", "EBU"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ttss_target out = {0};
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        assert_int_equal(ttss_target_read(bad[i], 1, 0, &out, &err), TTSSLICE_ERR_INVALID);
        assert_non_null(strstr(err.message, "audiobook"));
    }
}

static void gain_reaches_the_target_under_the_ceiling(void **state) {
    (void)state;
    static const char *const names[] = {"ebu", "podcast", "audiobook", "-40", "-5"};
    for (size_t i = 0; i < 5; i++) {
        int16_t *samples = babble(96000, 1, i + 1);
        ttsslice_loudness before = measure(samples, 96000, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
        ttss_target to = target(names[i], 1, 0);
        double gain = ttss_gain_to_target(&to, &before);
        ttss_gain_apply(samples, 96000, ttss_gain_factor(gain));
        ttsslice_loudness after = measure(samples, 96000, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
        double level = to.by_rms ? after.rms_db : after.integrated_lufs;
        assert_true(after.true_peak_db <= to.true_peak_db + 0.01);
        assert_true(level <= to.level_db + 0.05);
        assert_true(fabs(level - to.level_db) < 0.05 ||
                    fabs(after.true_peak_db - to.true_peak_db) < 0.01);
        free(samples);
    }
    ttsslice_loudness silence = TTSSLICE_LOUDNESS_INIT;
    silence.integrated_lufs = silence.true_peak_db = -INFINITY;
    ttss_target ebu = target("ebu", 1, 0);
    assert_true(ttss_gain_to_target(&ebu, &silence) == 0.0);
    ttss_target ceiling = {NAN, -6.0, 0};
    ttsslice_loudness loud = {.integrated_lufs = -9.0, .true_peak_db = -1.0};
    assert_true(ttss_gain_to_target(&ceiling, &loud) == -5.0);
    loud.true_peak_db = -12.0;
    assert_true(ttss_gain_to_target(&ceiling, &loud) == 0.0);
}

static double match(double lufs, double true_peak_db, double reference_lufs) {
    ttsslice_loudness clip = {.integrated_lufs = lufs, .true_peak_db = true_peak_db};
    return ttss_gain_to_match(&clip, reference_lufs, 3.0);
}

static void matching_is_bounded(void **state) {
    (void)state;
    assert_true(match(-21.0, -9.0, -20.0) == 1.0);
    assert_true(match(-18.5, -9.0, -20.0) == -1.5);
    assert_true(match(-30.0, -9.0, -20.0) == 3.0);
    assert_true(match(-10.0, -9.0, -20.0) == -3.0);
    assert_true(match(-30.0, -2.0, -20.0) == 2.0); /* not into clipping */
    assert_true(match(-30.0, 0.5, -20.0) == 0.0);
    assert_true(match(-10.0, 0.5, -20.0) == -3.0);
    assert_true(match(-INFINITY, -9.0, -20.0) == 0.0);
    assert_true(match(-20.0, -9.0, -INFINITY) == 0.0);
    assert_true(match(NAN, -9.0, -20.0) == 0.0);
}

static void samples_are_rounded_once(void **state) {
    (void)state;
    int16_t samples[] = {0, 1, 3, -1, -3, 5, 32767, -32768, 20000};
    static const int16_t halves[] = {0, 0, 2, 0, -2, 2, 16384, -16384, 10000};
    static const int16_t doubles[] = {0, 0, 4, 0, -4, 4, 32767, -32768, 20000};
    ttss_gain_apply(samples, 9, 0.5);
    assert_memory_equal(samples, halves, sizeof samples);
    ttss_gain_apply(samples, 9, 2.0);
    assert_memory_equal(samples, doubles, sizeof samples);
    int16_t *all = calloc(65536, sizeof *all);
    for (int i = 0; i < 65536; i++)
        all[i] = (int16_t)(i - 32768);
    const double factor = ttss_gain_factor(-4.321);
    ttss_gain_apply(all, 65536, factor);
    for (int i = 0; i < 65536; i++)
        assert_true(fabs(all[i] - (i - 32768) * factor) <= 0.5);
    for (int i = 0; i < 65536; i++)
        all[i] = (int16_t)(i - 32768);
    ttss_gain_apply(all, 65536, 1.0);
    for (int i = 0; i < 65536; i++)
        assert_int_equal(all[i], i - 32768);
    free(all);
}

/* --- public ----------------------------------------------------------------------------------- */

static void public_function(void **state) {
    (void)state;
    int16_t *samples = babble(48000, 1, 3);
    ttsslice_audio *audio = NULL;
    ttsslice_loudness got = TTSSLICE_LOUDNESS_INIT, twice = TTSSLICE_LOUDNESS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_audio_new_s16(samples, 48000, 1, 24000, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_loudness(audio, 0, &got, NULL), 0);
    assert_int_equal(ttsslice_audio_loudness(audio, 1, &twice, NULL), 0);
    assert_true(fabs(twice.integrated_lufs - got.integrated_lufs - 3.0103) < 1e-3);
    ttsslice_loudness same = measure(samples, 48000, 1, 24000, TTSS_METER_TRUE_PEAK, 1);
    assert_true(got.integrated_lufs == same.integrated_lufs);
    assert_true(got.true_peak_db == same.true_peak_db);
    assert_int_equal(ttsslice_audio_loudness(NULL, 0, &got, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_audio_loudness(audio, 0, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_audio_loudness(audio, 2, &got, &err), TTSSLICE_ERR_INVALID);
    got.size = 8;
    assert_int_equal(ttsslice_audio_loudness(audio, 0, &got, &err), TTSSLICE_ERR_OPTION);
    ttsslice_audio_unref(audio);
    free(samples);
}

static int measure_some(void *audio) {
    ttsslice_loudness out = TTSSLICE_LOUDNESS_INIT;
    return ttsslice_audio_loudness(audio, 0, &out, NULL);
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    static const int16_t zeros[900];
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_audio_new_s16(zeros, 900, 1, 8000, &audio, NULL), 0);
    assert_survives_alloc_failure(measure_some, audio);
    ttsslice_audio_unref(audio);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tech_3341_integrated),
        cmocka_unit_test(tech_3342_range),
        cmocka_unit_test(tech_3341_true_peak),
        cmocka_unit_test(equals_the_library),
        cmocka_unit_test(blocks_do_not_matter),
        cmocka_unit_test(dual_mono_is_three_lu_more),
        cmocka_unit_test(known_levels),
        cmocka_unit_test(silence_and_tiny_clips),
        cmocka_unit_test(what_is_not_finite_is_refused),
        cmocka_unit_test(skipping_changes_nothing),
        cmocka_unit_test(peak_is_that_of_the_definition),
        cmocka_unit_test(the_bound_holds),
        cmocka_unit_test(targets),
        cmocka_unit_test(gain_reaches_the_target_under_the_ceiling),
        cmocka_unit_test(matching_is_bounded),
        cmocka_unit_test(samples_are_rounded_once),
        cmocka_unit_test(public_function),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
