/* SPDX-License-Identifier: MIT */
/* Mel-cepstral vocoder with mixed excitation: pulses and noise, each through the band filters of
 * the voice, drive an MLSA filter (Imai, Sumita, Furuichi: Mel log spectrum approximation filter
 * for speech synthesis, 1983; formant emphasis after Yoshimura et al., 2005). It stands in for
 * flite's own last stage, whose noise comes from the C library's rand(): a generator that has
 * state shared with the rest of the program cannot give the same samples twice. */
#include "engine/speech.h"

#include "base/hash.h"
#include "base/mem.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define PADE_ORDER      5
#define RESPONSE_LENGTH 64 /* taps that hold practically all energy of a frame's response */

/* Coefficients of the modified Pade approximation of exp, order 5 (Imai). */
static const double pade[PADE_ORDER + 1] = {1.0,        0.4999391,    0.1107098,
                                            0.01369984, 0.0009564853, 0.00003041721};

typedef struct vocoder {
    const ttss_voice_track *track;
    double b[TTSS_ORDER];    /* filter now */
    double step[TTSS_ORDER]; /* what it changes by per sample */
    double period;           /* samples between pulses; 0: unvoiced */
    double period_step;
    double phase; /* samples since the last pulse */
    double pulses[2 * TTSS_TAPS];
    double noises[2 * TTSS_TAPS];
    size_t ring;
    uint64_t noise_state;
    uint64_t noise_bits;
    int noise_left;
    double first_out[PADE_ORDER + 1]; /* outputs of the first-order sections, one sample old */
    double first_state[PADE_ORDER + 1];
    double rest_out[PADE_ORDER + 1];
    double rest_state[PADE_ORDER][TTSS_ORDER];
} vocoder;

/* --- coefficients ------------------------------------------------------------------------- */

static void cepstrum_to_filter(const double *c, double *b, double warp) {
    b[TTSS_ORDER - 1] = c[TTSS_ORDER - 1];
    for (int m = TTSS_ORDER - 2; m >= 0; m--)
        b[m] = c[m] - warp * b[m + 1];
}

/* Recursion of Oppenheim and Johnson that takes a mel-cepstrum to a plain one. */
static void unwarp(const double *mel, double *plain, double warp) {
    double previous[RESPONSE_LENGTH];
    for (int n = 0; n < RESPONSE_LENGTH; n++)
        plain[n] = 0.0;
    for (int m = TTSS_ORDER - 1; m >= 0; m--) {
        for (int n = 0; n < RESPONSE_LENGTH; n++)
            previous[n] = plain[n];
        plain[0] = mel[m] - warp * previous[0];
        plain[1] = (1.0 - warp * warp) * previous[0] - warp * previous[1];
        for (int n = 2; n < RESPONSE_LENGTH; n++)
            plain[n] = previous[n - 1] - warp * (previous[n] - plain[n - 1]);
    }
}

/* Energy of the minimum phase response that belongs to filter coefficients. */
static double response_energy(const double *b, double warp) {
    double mel[TTSS_ORDER], plain[RESPONSE_LENGTH], h[RESPONSE_LENGTH];
    mel[TTSS_ORDER - 1] = b[TTSS_ORDER - 1];
    for (int m = TTSS_ORDER - 2; m >= 0; m--)
        mel[m] = b[m] + warp * b[m + 1];
    unwarp(mel, plain, warp);
    h[0] = exp(plain[0]);
    double energy = h[0] * h[0];
    for (int n = 1; n < RESPONSE_LENGTH; n++) {
        double sum = 0.0;
        for (int k = 1; k <= n; k++)
            sum += k * plain[k] * h[n - k];
        h[n] = sum / n;
        energy += h[n] * h[n];
    }
    return energy;
}

/* Filter of a frame, with its formants emphasised at unchanged energy. */
static void frame_filter(const ttss_voice_track *track, const double *cepstrum, double *b) {
    cepstrum_to_filter(cepstrum, b, track->warp);
    if (track->emphasis <= 0.0)
        return;
    double before = response_energy(b, track->warp);
    b[1] -= track->emphasis * track->warp * cepstrum[2];
    for (int m = 2; m < TTSS_ORDER; m++)
        b[m] *= 1.0 + track->emphasis;
    double after = response_energy(b, track->warp);
    b[0] += log(before / after) / 2.0;
}

/* --- filter ------------------------------------------------------------------------------- */

static double all_pass_chain(const double *b, double *state, double in, double warp) {
    double older = state[1];
    state[1] = (1.0 - warp * warp) * in + warp * older;
    double out = 0.0;
    for (int m = 2; m < TTSS_ORDER; m++) {
        double old = state[m];
        state[m] = older + warp * (old - state[m - 1]);
        older = old;
        out += b[m] * state[m];
    }
    return out;
}

static double first_section(vocoder *v, double x) {
    double warp = v->track->warp, sum = 0.0;
    for (int i = PADE_ORDER; i >= 1; i--) {
        v->first_state[i] =
            (1.0 - warp * warp) * v->first_out[i - 1] + warp * v->first_state[i];
        v->first_out[i] = v->first_state[i] * v->b[1];
        double part = v->first_out[i] * pade[i];
        x += i % 2 ? part : -part;
        sum += part;
    }
    v->first_out[0] = x;
    return x + sum;
}

static double other_sections(vocoder *v, double x) {
    double sum = 0.0;
    for (int i = PADE_ORDER; i >= 1; i--) {
        v->rest_out[i] =
            all_pass_chain(v->b, v->rest_state[i - 1], v->rest_out[i - 1], v->track->warp);
        double part = v->rest_out[i] * pade[i];
        x += i % 2 ? part : -part;
        sum += part;
    }
    v->rest_out[0] = x;
    return x + sum;
}

/* --- excitation --------------------------------------------------------------------------- */

static double noise(vocoder *v) {
    if (!v->noise_left) {
        v->noise_bits = ttss_draw(&v->noise_state);
        v->noise_left = 64;
    }
    v->noise_left--;
    double sign = v->noise_bits & 1 ? 1.0 : -1.0;
    v->noise_bits >>= 1;
    return sign;
}

/* A pulse has the energy of a period of unit noise. */
static double pulse(vocoder *v) {
    if (v->period <= 0.0)
        return 0.0;
    v->phase += 1.0;
    if (v->phase < v->period)
        return 0.0;
    v->phase -= v->period;
    return sqrt(v->period);
}

/* The rings are kept twice, so that the latest TTSS_TAPS values are always in a row. */
static double excite(vocoder *v, const double *pulse_filter, const double *noise_filter) {
    v->ring = v->ring ? v->ring - 1 : TTSS_TAPS - 1;
    v->pulses[v->ring] = v->pulses[v->ring + TTSS_TAPS] = pulse(v);
    v->noises[v->ring] = v->noises[v->ring + TTSS_TAPS] = noise(v);
    double sum = 0.0;
    for (int i = 0; i < TTSS_TAPS; i++)
        sum += pulse_filter[i] * v->pulses[v->ring + (size_t)i] +
               noise_filter[i] * v->noises[v->ring + (size_t)i];
    return sum;
}

static int16_t to_sample(double x) {
    if (!(x > -32768.0)) /* NaN too */
        return INT16_MIN;
    return x < 32767.0 ? (int16_t)lrint(x) : INT16_MAX;
}

static void run_frame(vocoder *v, const ttss_voice_frame *frame, int16_t *out) {
    const ttss_voice_track *track = v->track;
    double pulse_filter[TTSS_TAPS] = {0}, noise_filter[TTSS_TAPS] = {0}, target[TTSS_ORDER];
    for (int band = 0; band < TTSS_BANDS; band++)
        for (int i = 0; i < TTSS_TAPS; i++) {
            pulse_filter[i] += frame->voicing[band] * track->bands[band][i];
            noise_filter[i] += (1.0 - frame->voicing[band]) * track->bands[band][i];
        }
    frame_filter(track, frame->cepstrum, target);
    for (int m = 0; m < TTSS_ORDER; m++)
        v->step[m] = (target[m] - v->b[m]) / track->hop;

    double period = frame->f0 > 0.0 ? track->sample_rate / frame->f0 : 0.0;
    bool glide = v->period > 0.0 && period > 0.0;
    v->period_step = glide ? (period - v->period) / track->hop : 0.0;
    if (!glide) { /* voice begins or ends: the first pulse comes at once */
        v->phase = period;
        v->period = 0.0;
    }
    for (int i = 0; i < track->hop; i++) {
        double x = excite(v, pulse_filter, noise_filter) * exp(v->b[0]) * track->gain;
        out[i] = to_sample(other_sections(v, first_section(v, x)));
        v->period += v->period_step;
        for (int m = 0; m < TTSS_ORDER; m++)
            v->b[m] += v->step[m];
    }
    v->period = period;
    for (int m = 0; m < TTSS_ORDER; m++)
        v->b[m] = target[m];
}

int16_t *ttss_vocode(const ttss_voice_track *track, size_t *count) {
    size_t frames = track->count > 1 ? track->count - 1 : 0;
    int16_t *samples = ttss_new_array(frames, (size_t)track->hop * sizeof *samples);
    vocoder *v = ttss_new(vocoder);
    if (samples && v) {
        v->track = track;
        if (frames) {
            frame_filter(track, track->frames[0].cepstrum, v->b);
            v->period = track->frames[0].f0 > 0.0 ? track->sample_rate / track->frames[0].f0 : 0.0;
            v->phase = v->period;
        }
        for (size_t i = 0; i < frames; i++)
            run_frame(v, &track->frames[i + 1], samples + i * (size_t)track->hop);
        *count = frames * (size_t)track->hop;
    } else {
        free(samples);
        samples = NULL;
    }
    free(v);
    return samples;
}

void ttss_voice_track_free(ttss_voice_track *track) {
    free(track->frames);
    *track = (ttss_voice_track){0};
}
