/* SPDX-License-Identifier: MIT */
/* Loudness of a stream; see loudness.h. libebur128 does the weighting (the K filter and the
 * channels of BS.1770-4); of it only the energy of each 100 ms is read. Four of these make a gating
 * block, thirty a short-term value. Both kinds are collected in bins of 0.01 LU that keep count and
 * sum, so the means are exact, only the relative gate is rounded to a bin, and the memory is fixed:
 * libebur128's own gating keeps every block, its histogram has bins of 0.1 LU. */
#include "audio/loudness.h"

#include "audio/audio.h"
#include "audio/true_peak.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"

#include "config.h"

#include <math.h>
#include <stdlib.h>

#if TTSS_HAVE_EBUR128

#include <ebur128.h>

#define STEPS_PER_S   10
#define GATING_STEPS  4  /* 400 ms, three quarters of it overlapping */
#define SHORT_STEPS   30 /* 3 s, once a second */
#define FLOOR_STEPS   5  /* 500 ms: what shops look at for the noise floor */
#define GATE_LUFS     (-70.0)
#define GATE_LU       (-10.0) /* relative, of integrated loudness */
#define RANGE_GATE_LU (-20.0) /* relative, of the loudness range */
#define BINS_PER_LU   100
#define BINS          (100 * BINS_PER_LU) /* to +30 LUFS */

typedef struct bin {
    double energy; /* sum */
    int64_t count;
} bin;

/* The last steps, as a ring; energy is weighted, power is not. */
typedef struct history {
    double energy[SHORT_STEPS];
    double power[SHORT_STEPS];
    int64_t count; /* steps so far */
} history;

struct ttss_meter {
    ebur128_state *weighting;
    ttss_true_peak peak;
    history steps;
    bin gating[BINS];
    bin short_term[BINS];
    double power;        /* sum of squares of whole steps */
    double step_power;   /* of the step that is begun */
    double floor;        /* least mean square of FLOOR_STEPS */
    int64_t step_frames; /* of a whole step */
    int64_t step_filled; /* of the one that is begun */
    int32_t channels;
    int32_t sample_rate;
};

/* BS.1770-4: loudness = -0.691 + 10 log10(energy). */
static double energy_of(double lufs) {
    return isfinite(lufs) ? pow(10.0, (lufs + 0.691) / 10.0) : 0.0;
}

static double lufs_of(double energy) {
    return energy > 0.0 ? 10.0 * log10(energy) - 0.691 : -INFINITY;
}

static double db_of_power(double power) {
    return power > 0.0 ? 10.0 * log10(power) : -INFINITY;
}

/* --- bins ----------------------------------------------------------------------------------- */

static size_t bin_of(double lufs) {
    double place = (lufs - GATE_LUFS) * BINS_PER_LU;
    return place <= 0.0 ? 0 : place >= BINS ? BINS - 1 : (size_t)place;
}

static void collect(bin *bins, double energy) {
    double lufs = lufs_of(energy);
    if (lufs < GATE_LUFS)
        return;
    bin *b = &bins[bin_of(lufs)];
    b->energy += energy;
    b->count++;
}

static bin sum_from(const bin *bins, size_t first) {
    bin sum = {0};
    for (size_t i = first; i < BINS; i++) {
        sum.energy += bins[i].energy;
        sum.count += bins[i].count;
    }
    return sum;
}

/* First bin above a gate relative to the mean of everything. */
static size_t relative_gate(const bin *bins, double lu) {
    bin all = sum_from(bins, 0);
    return all.count ? bin_of(lufs_of(all.energy / (double)all.count) + lu) : 0;
}

static double integrated(const bin *bins) {
    bin loud = sum_from(bins, relative_gate(bins, GATE_LU));
    return loud.count ? lufs_of(loud.energy / (double)loud.count) : -INFINITY;
}

/* Loudness below which a share of the values from `first` on lies, as Tech 3342 counts. */
static double percentile(const bin *bins, size_t first, double share) {
    int64_t rank = (int64_t)floor((double)(sum_from(bins, first).count - 1) * share + 0.5);
    size_t i = first;
    while (i < BINS - 1 && (rank -= bins[i].count) >= 0)
        i++;
    return GATE_LUFS + ((double)i + 0.5) / BINS_PER_LU;
}

static double range(const bin *bins) {
    size_t first = relative_gate(bins, RANGE_GATE_LU);
    if (sum_from(bins, first).count == 0)
        return 0.0;
    return percentile(bins, first, 0.95) - percentile(bins, first, 0.10);
}

/* --- steps ---------------------------------------------------------------------------------- */

static double mean_of_last(const double *ring, int64_t count, int64_t steps) {
    double sum = 0.0;
    for (int64_t i = count - steps; i < count; i++)
        sum += ring[i % SHORT_STEPS];
    return sum / (double)steps;
}

static void finish_step(ttss_meter *meter) {
    history *h = &meter->steps;
    double lufs = -INFINITY, samples = (double)(meter->step_frames * meter->channels);
    ebur128_loudness_window(meter->weighting, 1000 / STEPS_PER_S, &lufs);
    h->energy[h->count % SHORT_STEPS] = energy_of(lufs);
    h->power[h->count % SHORT_STEPS] = meter->step_power / samples;
    h->count++;
    if (h->count >= GATING_STEPS)
        collect(meter->gating, mean_of_last(h->energy, h->count, GATING_STEPS));
    if (h->count >= SHORT_STEPS && h->count % STEPS_PER_S == 0)
        collect(meter->short_term, mean_of_last(h->energy, h->count, SHORT_STEPS));
    if (h->count >= FLOOR_STEPS)
        meter->floor = fmin(meter->floor, mean_of_last(h->power, h->count, FLOOR_STEPS));
    meter->power += meter->step_power;
    meter->step_power = 0.0;
    meter->step_filled = 0;
}

/* --- the meter ------------------------------------------------------------------------------ */

int32_t ttss_meter_new(int32_t channels, int32_t sample_rate, unsigned flags, ttss_meter **out,
                       ttsslice_error *err) {
    int32_t code = ttss_check_range("channels", channels, 1, TTSSLICE_AUDIO_CHANNELS_MAX, err);
    if (!code)
        code = ttss_check_range("sample_rate", sample_rate, TTSS_RATE_MIN, TTSS_RATE_MAX, err);
    if (code)
        return code;
    ttss_meter *meter = ttss_new(ttss_meter);
    if (!meter)
        return ttss_nomem(err);
    meter->weighting = ebur128_init((unsigned)channels, (unsigned long)sample_rate, EBUR128_MODE_M);
    if (!meter->weighting) {
        ttss_meter_free(meter);
        return ttss_nomem(err);
    }
    if (channels == 1 && (flags & TTSS_METER_DUAL_MONO))
        ebur128_set_channel(meter->weighting, 0, EBUR128_DUAL_MONO);
    ttss_true_peak_init(&meter->peak, channels, flags & TTSS_METER_TRUE_PEAK);
    meter->channels = channels;
    meter->sample_rate = sample_rate;
    meter->step_frames = sample_rate / STEPS_PER_S;
    meter->floor = INFINITY;
    *out = meter;
    return 0;
}

static int64_t share(const ttss_meter *meter, int64_t frames) {
    int64_t left = meter->step_frames - meter->step_filled;
    return frames < left ? frames : left;
}

static int32_t advance(ttss_meter *meter, int result, int64_t frames, ttsslice_error *err) {
    if (result != EBUR128_SUCCESS)
        return ttss_nomem(err);
    meter->step_filled += frames;
    if (meter->step_filled == meter->step_frames)
        finish_step(meter);
    return 0;
}

int32_t ttss_meter_add_s16(ttss_meter *meter, const int16_t *samples, int64_t frames,
                           ttsslice_error *err) {
    int32_t code = 0;
    ttss_true_peak_add_s16(&meter->peak, samples, frames);
    while (frames && !code) {
        const int64_t n = share(meter, frames), count = n * meter->channels;
        int64_t sum = 0;
        for (int64_t i = 0; i < count; i++)
            sum += (int32_t)samples[i] * samples[i];
        meter->step_power += (double)sum / (32768.0 * 32768.0);
        code =
            advance(meter, ebur128_add_frames_short(meter->weighting, samples, (size_t)n), n, err);
        samples += count;
        frames -= n;
    }
    return code;
}

int32_t ttss_meter_add_f32(ttss_meter *meter, const float *samples, int64_t frames,
                           ttsslice_error *err) {
    int32_t code = 0;
    for (int64_t i = 0; i < frames * meter->channels; i++)
        if (!isfinite(samples[i]))
            return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                             "a sample is not a finite number: generate the audio again");
    ttss_true_peak_add_f32(&meter->peak, samples, frames);
    while (frames && !code) {
        const int64_t n = share(meter, frames), count = n * meter->channels;
        for (int64_t i = 0; i < count; i++)
            meter->step_power += (double)samples[i] * samples[i];
        code =
            advance(meter, ebur128_add_frames_float(meter->weighting, samples, (size_t)n), n, err);
        samples += count;
        frames -= n;
    }
    return code;
}

void ttss_meter_read(const ttss_meter *meter, ttsslice_loudness *out) {
    double sample_peak = 0.0, true_peak = 0.0;
    double frames = (double)(meter->steps.count * meter->step_frames + meter->step_filled);
    double power = (meter->power + meter->step_power) / (frames * meter->channels);
    ttss_true_peak_read(&meter->peak, &sample_peak, &true_peak);
    out->integrated_lufs = integrated(meter->gating);
    out->range_lu = range(meter->short_term);
    out->rms_db = db_of_power(power);
    out->noise_floor_db = db_of_power(isfinite(meter->floor) ? meter->floor : power);
    out->sample_peak_db = db_of_power(sample_peak * sample_peak);
    out->true_peak_db = meter->peak.with_true ? db_of_power(true_peak * true_peak) : NAN;
}

void ttss_meter_free(ttss_meter *meter) {
    if (!meter)
        return;
    if (meter->weighting)
        ebur128_destroy(&meter->weighting);
    free(meter);
}

#else

int32_t ttss_meter_new(int32_t channels, int32_t sample_rate, unsigned flags, ttss_meter **out,
                       ttsslice_error *err) {
    (void)channels;
    (void)sample_rate;
    (void)flags;
    (void)out;
    return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                     "this build cannot measure loudness; install libebur128-dev and build again");
}

int32_t ttss_meter_add_s16(ttss_meter *meter, const int16_t *samples, int64_t frames,
                           ttsslice_error *err) {
    (void)meter;
    (void)samples;
    (void)frames;
    return ttss_fail(err, TTSSLICE_ERR_INTERNAL, "there is no meter in this build");
}

int32_t ttss_meter_add_f32(ttss_meter *meter, const float *samples, int64_t frames,
                           ttsslice_error *err) {
    (void)meter;
    (void)samples;
    (void)frames;
    return ttss_fail(err, TTSSLICE_ERR_INTERNAL, "there is no meter in this build");
}

void ttss_meter_read(const ttss_meter *meter, ttsslice_loudness *out) {
    (void)meter;
    (void)out;
}

void ttss_meter_free(ttss_meter *meter) {
    (void)meter;
}

#endif

int32_t ttsslice_audio_loudness(const ttsslice_audio *audio, int32_t dual_mono,
                                ttsslice_loudness *out, ttsslice_error *err) {
    ttss_meter *meter = NULL;
    ttsslice_loudness measured = TTSSLICE_LOUDNESS_INIT;
    if (!audio || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no audio or no place for its loudness was given: pass both");
    if (out->size < sizeof measured)
        return ttss_fail(err, TTSSLICE_ERR_OPTION,
                         "ttsslice_loudness has size %zu; initialise it with its _INIT macro",
                         out->size);
    int32_t code = ttss_check_range("dual_mono", dual_mono, 0, 1, err);
    if (!code)
        code = ttss_meter_new(ttsslice_audio_channels(audio), ttsslice_audio_sample_rate(audio),
                              TTSS_METER_TRUE_PEAK | (dual_mono ? TTSS_METER_DUAL_MONO : 0), &meter,
                              err);
    if (!code)
        code = ttss_meter_add_s16(meter, ttsslice_audio_samples(audio),
                                  ttsslice_audio_frames(audio), err);
    if (!code) {
        ttss_meter_read(meter, &measured);
        measured.size = out->size;
        *out = measured;
    }
    ttss_meter_free(meter);
    return code;
}
