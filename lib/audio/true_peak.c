/* SPDX-License-Identifier: MIT */
/* True peak with an exact filter in front. The interpolator is a sinc at a quarter of the sample
 * distance under a Hann window, 49 taps: the sample itself and three phases of 12 taps between two
 * samples. It meets BS.1770-4, annex 2, and is the one that libebur128 has, but takes a fraction of
 * its time:
 *
 * |sum c[k] x[k]| <= sum |c[k]| * max |x[k]|. So a block whose largest sample, and that of the
 * block before, times the largest sum |c[k]| of a phase does not exceed the peak found so far
 * cannot raise it, and is not interpolated. The bound is taken a little wider than computed, by
 * more than single precision can be off, so the result is that of interpolating everything, to the
 * last bit.
 *
 * The loops have fixed lengths and no branches, for compilers that vectorise only such. */
#include "audio/true_peak.h"

#include <math.h>
#include <string.h>

#define TAPS   TTSS_PEAK_TAPS
#define BLOCK  TTSS_PEAK_BLOCK
#define PHASES 4
#define MARGIN (1.0 + 1e-5)

void ttss_true_peak_init(ttss_true_peak *peak, int32_t channels, bool with_true) {
    const double centre = PHASES * TAPS / 2.0;
    double norm = 1.0;
    *peak = (ttss_true_peak){.channel_count = channels, .with_true = with_true};
    for (int phase = 1; phase < PHASES; phase++) {
        double sum = 0.0;
        for (int k = 0; k < TAPS; k++) {
            double x = M_PI * (PHASES * k + phase - centre);
            double window = 0.5 + 0.5 * cos(x / centre);
            peak->phases[phase - 1][k] = (float)(window * sin(x / PHASES) / (x / PHASES));
            sum += fabs((double)peak->phases[phase - 1][k]);
        }
        norm = fmax(norm, sum);
    }
    peak->norm = (float)(norm * MARGIN);
}

/* Largest magnitude in a block: finite numbers are ordered as their bits are. */
static float largest(const float *x) {
    int32_t bits[BLOCK], most = 0;
    float value = 0.0f;
    memcpy(bits, x, sizeof bits);
    for (int i = 0; i < BLOCK; i++) {
        int32_t magnitude = bits[i] & INT32_MAX;
        most = magnitude > most ? magnitude : most;
    }
    memcpy(&value, &most, sizeof value);
    return value;
}

/* Largest value between the samples of a block. x: TAPS - 1 samples of history, then the block. */
static float interpolate(const float *x, const float *restrict phase) {
    float y[BLOCK] = {0};
    for (int k = 0; k < TAPS; k++)
        for (int i = 0; i < BLOCK; i++)
            y[i] += phase[k] * x[i + k];
    return largest(y);
}

static void add_block(ttss_true_peak *peak, ttss_peak_channel *channel) {
    float most = largest(channel->samples + TAPS), around = fmaxf(most, channel->before);
    peak->sample_peak = fmaxf(peak->sample_peak, most);
    peak->true_peak = fmaxf(peak->true_peak, most);
    if (peak->with_true && (peak->every_block || around * peak->norm > peak->true_peak))
        for (int phase = 0; phase < PHASES - 1; phase++)
            peak->true_peak =
                fmaxf(peak->true_peak, interpolate(channel->samples + 1, peak->phases[phase]));
    channel->before = most;
    memcpy(channel->samples, channel->samples + BLOCK, TAPS * sizeof(float));
}

static void finish_block(ttss_true_peak *peak) {
    for (int32_t c = 0; c < peak->channel_count; c++)
        add_block(peak, &peak->channels[c]);
    peak->filled = 0;
}

/* How many of `frames` go into the block that is begun. */
static int32_t share(const ttss_true_peak *peak, int64_t frames) {
    return frames < BLOCK - peak->filled ? (int32_t)frames : BLOCK - peak->filled;
}

void ttss_true_peak_add_s16(ttss_true_peak *peak, const int16_t *samples, int64_t frames) {
    const int32_t channels = peak->channel_count;
    while (frames) {
        int32_t n = share(peak, frames);
        for (int32_t c = 0; c < channels; c++) {
            float *to = peak->channels[c].samples + TAPS + peak->filled;
            for (int32_t i = 0; i < n; i++)
                to[i] = (float)samples[i * channels + c] * (1.0f / 32768.0f);
        }
        peak->filled += n;
        if (peak->filled == BLOCK)
            finish_block(peak);
        samples += n * channels;
        frames -= n;
    }
}

void ttss_true_peak_add_f32(ttss_true_peak *peak, const float *samples, int64_t frames) {
    const int32_t channels = peak->channel_count;
    while (frames) {
        int32_t n = share(peak, frames);
        for (int32_t c = 0; c < channels; c++) {
            float *to = peak->channels[c].samples + TAPS + peak->filled;
            for (int32_t i = 0; i < n; i++)
                to[i] = samples[i * channels + c];
        }
        peak->filled += n;
        if (peak->filled == BLOCK)
            finish_block(peak);
        samples += n * channels;
        frames -= n;
    }
}

void ttss_true_peak_read(const ttss_true_peak *peak, double *sample_peak, double *true_peak) {
    static const float silence[BLOCK * TTSSLICE_AUDIO_CHANNELS_MAX];
    ttss_true_peak ended = *peak;
    /* To the end of the block, and one more, so that the last samples pass the interpolator. */
    ttss_true_peak_add_f32(&ended, silence, BLOCK - ended.filled);
    ttss_true_peak_add_f32(&ended, silence, BLOCK);
    *sample_peak = ended.sample_peak;
    *true_peak = ended.true_peak;
}
