/* SPDX-License-Identifier: MIT */
/* Audio as the recogniser takes it: one channel, 16 kHz, in pieces of a length that keeps its
 * memory bounded. Rates are changed with a windowed sinc kernel (Smith: Digital Audio Resampling,
 * https://ccrma.stanford.edu/~jos/resample/), looked up in a table with linear interpolation. */
#include "engine/listen.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Kernel: zero crossings on each side, and table steps between two of them. */
#define CROSSINGS 16
#define STEPS     128

#define PIECE_LEAST ((size_t)10 * TTSS_LISTEN_RATE)
#define PIECE_MOST  ((size_t)25 * TTSS_LISTEN_RATE)
#define FRAME       ((size_t)TTSS_LISTEN_RATE / 100)
#define PAUSE       16 /* frames; a pause between sentences is longer, one inside a word shorter */

/* Mean square of a frame of 10 ms below which nothing can be understood: about -60 dB. */
#define AUDIBLE_POWER 1000.0

static double window_sinc(double x) {
    if (fabs(x) >= CROSSINGS)
        return 0.0;
    double window = 0.5 + 0.5 * cos(M_PI * x / CROSSINGS);
    return x == 0.0 ? 1.0 : window * sin(M_PI * x) / (M_PI * x);
}

static int16_t round_sample(double x) {
    return x >= 32767.0 ? INT16_MAX : x <= -32768.0 ? INT16_MIN : (int16_t)lrint(x);
}

static int16_t *mix(const ttsslice_audio *audio) {
    const int16_t *in = ttsslice_audio_samples(audio);
    size_t frames = (size_t)ttsslice_audio_frames(audio);
    int32_t channels = ttsslice_audio_channels(audio);
    int16_t *out = ttss_new_array(frames, sizeof *out);
    for (size_t i = 0; out && i < frames; i++) {
        int32_t sum = 0;
        for (int32_t c = 0; c < channels; c++)
            sum += in[i * (size_t)channels + (size_t)c];
        out[i] = (int16_t)(sum / channels);
    }
    return out;
}

/* The kernel is stretched where the rate falls, so that what the lower rate cannot hold is cut. */
static double sample_at(const int16_t *in, size_t frames, double position, double stretch,
                        const double *kernel) {
    double reach = CROSSINGS * stretch;
    int64_t from = (int64_t)ceil(position - reach), to = (int64_t)floor(position + reach);
    if (from < 0)
        from = 0;
    if (to > (int64_t)frames - 1)
        to = (int64_t)frames - 1;
    double sum = 0.0;
    for (int64_t i = from; i <= to; i++) {
        double at = fabs((double)i - position) / stretch * STEPS;
        size_t step = (size_t)at;
        if (step >= CROSSINGS * STEPS)
            continue;
        double share = at - (double)step;
        sum += in[i] * (kernel[step] + share * (kernel[step + 1] - kernel[step]));
    }
    return sum / stretch;
}

static int16_t *resample(const int16_t *in, size_t frames, int32_t rate, size_t *count) {
    uint64_t made = (uint64_t)frames * TTSS_LISTEN_RATE / (uint64_t)rate;
    double kernel[CROSSINGS * STEPS + 1];
    for (int i = 0; i <= CROSSINGS * STEPS; i++)
        kernel[i] = window_sinc((double)i / STEPS);
    int16_t *out = made <= SIZE_MAX ? ttss_new_array((size_t)made, sizeof *out) : NULL;
    if (!out)
        return NULL;
    double ratio = (double)rate / TTSS_LISTEN_RATE;
    double stretch = ratio > 1.0 ? ratio : 1.0;
    for (uint64_t i = 0; i < made; i++)
        out[i] = round_sample(sample_at(in, frames, (double)i * ratio, stretch, kernel));
    *count = (size_t)made;
    return out;
}

int16_t *ttss_listen_samples(const ttsslice_audio *audio, size_t *count) {
    int16_t *mono = mix(audio);
    int32_t rate = ttsslice_audio_sample_rate(audio);
    size_t frames = (size_t)ttsslice_audio_frames(audio);
    if (mono && rate != TTSS_LISTEN_RATE) {
        int16_t *converted = resample(mono, frames, rate, count);
        free(mono);
        return converted;
    }
    *count = frames;
    return mono;
}

static double frame_power(const int16_t *samples, size_t frame) {
    double sum = 0.0;
    for (size_t i = 0; i < FRAME; i++)
        sum += (double)samples[frame * FRAME + i] * samples[frame * FRAME + i];
    return sum / FRAME;
}

/* Centre of the run of PAUSE frames with the least power; the first of equals. */
static size_t quietest(const int16_t *samples, size_t first, size_t end) {
    double sum = 0.0, least = INFINITY;
    size_t best = first;
    for (size_t i = first; i < end; i++) {
        sum += frame_power(samples, i);
        if (i < first + PAUSE)
            continue;
        sum -= frame_power(samples, i - PAUSE);
        if (sum < least) {
            least = sum;
            best = i - PAUSE / 2;
        }
    }
    return best;
}

size_t ttss_piece_length(const int16_t *samples, size_t count) {
    if (count <= PIECE_MOST)
        return count;
    /* What is left must not be too short to be understood by itself. */
    size_t end = count - PIECE_LEAST / 2 < PIECE_MOST ? count - PIECE_LEAST / 2 : PIECE_MOST;
    return quietest(samples, PIECE_LEAST / FRAME, end / FRAME) * FRAME;
}

bool ttss_piece_audible(const int16_t *samples, size_t count) {
    for (size_t i = 0; i < count / FRAME; i++)
        if (frame_power(samples, i) >= AUDIBLE_POWER)
            return true;
    return false;
}
