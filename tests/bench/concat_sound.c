/* SPDX-License-Identifier: MIT */
/* What a join does to samples, each beside the library that does it otherwise, on the samples of a
 * WAV file in memory: resampling to twice the rate beside bare libsoxr, loudness and true peak
 * beside libebur128. Prints a name and the seconds of processor, the best of three, a line each. */
#include "audio/audio.h"
#include "audio/gain.h"
#include "audio/loudness.h"
#include "audio/resample.h"

#include <ebur128.h>
#include <soxr.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BLOCK 4096

typedef struct sound {
    int16_t *samples;
    int64_t frames;
    int32_t rate;
} sound;

static int16_t output[2 * BLOCK + 64];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int64_t block_at(const sound *s, int64_t at) {
    return s->frames - at < BLOCK ? s->frames - at : BLOCK;
}

static int resample(const sound *s) {
    ttss_resampler *r = NULL;
    int64_t taken = 0, made = 1;
    if (ttss_resampler_new(s->rate, 2 * s->rate, 1, TTSS_SAMPLE_S16, &r, NULL) != 0)
        return 1;
    for (int64_t at = 0; made || at < s->frames; at += taken)
        if (ttss_resampler_run(r, at < s->frames ? s->samples + at : NULL, block_at(s, at), &taken,
                               output, 2 * BLOCK, &made, NULL) != 0)
            return 1;
    ttss_resampler_free(r);
    return 0;
}

static int resample_soxr(const sound *s) {
    soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I);
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    size_t taken = 0, made = 1;
    io.flags = SOXR_NO_DITHER;
    soxr_t r = soxr_create(s->rate, 2.0 * s->rate, 1, NULL, &io, &quality, NULL);
    for (int64_t at = 0; made || at < s->frames; at += (int64_t)taken)
        if (!r || soxr_process(r, at < s->frames ? s->samples + at : NULL, (size_t)block_at(s, at),
                               &taken, output, 2 * BLOCK, &made))
            return 1;
    soxr_delete(r);
    return 0;
}

static int meter(const sound *s, unsigned flags) {
    ttsslice_loudness loudness = TTSSLICE_LOUDNESS_INIT;
    ttss_meter *m = NULL;
    if (ttss_meter_new(1, s->rate, flags, &m, NULL) != 0)
        return 1;
    for (int64_t at = 0; at < s->frames; at += BLOCK)
        if (ttss_meter_add_s16(m, s->samples + at, block_at(s, at), NULL) != 0)
            return 1;
    ttss_meter_read(m, &loudness);
    ttss_meter_free(m);
    return 0;
}

static int loudness(const sound *s) {
    return meter(s, 0);
}

static int with_true_peak(const sound *s) {
    return meter(s, TTSS_METER_TRUE_PEAK);
}

static int ebur128(const sound *s, int mode) {
    ebur128_state *e = ebur128_init(1, (unsigned long)s->rate, mode);
    for (int64_t at = 0; e && at < s->frames; at += BLOCK)
        ebur128_add_frames_short(e, s->samples + at, (size_t)block_at(s, at));
    if (!e)
        return 1;
    ebur128_destroy(&e);
    return 0;
}

static int loudness_ebur128(const sound *s) {
    return ebur128(s, EBUR128_MODE_I | EBUR128_MODE_LRA);
}

static int with_true_peak_ebur128(const sound *s) {
    return ebur128(s, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK);
}

static int gain(const sound *s) {
    int16_t block[BLOCK];
    for (int64_t at = 0; at < s->frames; at += BLOCK) {
        int64_t n = block_at(s, at);
        for (int64_t i = 0; i < n; i++)
            block[i] = s->samples[at + i];
        ttss_gain_apply(block, (size_t)n, 0.7);
        output[0] = (int16_t)(output[0] ^ block[0]);
    }
    return 0;
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int (*work)(const sound *);
    } works[] = {
        {"resample", resample},
        {"resample_soxr", resample_soxr},
        {"loudness", loudness},
        {"loudness_ebur128", loudness_ebur128},
        {"with_true_peak", with_true_peak},
        {"with_true_peak_ebur128", with_true_peak_ebur128},
        {"gain", gain},
    };
    ttsslice_audio *audio = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (argc != 2 || ttsslice_audio_load(argv[1], &audio, &err) != 0) {
        fprintf(stderr, "concat_sound: %s\n", argc == 2 ? err.message : "give a file");
        return 2;
    }
    sound s = {(int16_t *)ttsslice_audio_samples(audio), ttsslice_audio_frames(audio),
               ttsslice_audio_sample_rate(audio)};
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        double best = 1e9;
        for (int k = 0; k < 3; k++) {
            double began = now();
            if (works[i].work(&s) != 0)
                return 1;
            double took = now() - began;
            best = took < best ? took : best;
        }
        printf("%s %.6f\n", works[i].name, best);
    }
    ttsslice_audio_unref(audio);
    return 0;
}
