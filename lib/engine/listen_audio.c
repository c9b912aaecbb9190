/* SPDX-License-Identifier: MIT */
/* Audio as the recogniser takes it: one channel, 16 kHz, in pieces of a length that keeps its
 * memory bounded. */
#include "engine/listen.h"

#include "audio/resample.h"
#include "base/error.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define PIECE_LEAST ((size_t)10 * TTSS_LISTEN_RATE)
#define PIECE_MOST  ((size_t)25 * TTSS_LISTEN_RATE)
#define FRAME       ((size_t)TTSS_LISTEN_RATE / 100)
#define PAUSE       16 /* frames; a pause between sentences is longer, one inside a word shorter */

/* Mean square of a frame of 10 ms below which nothing can be understood: about -60 dB. */
#define AUDIBLE_POWER 1000.0

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

int32_t ttss_listen_samples(const ttsslice_audio *audio, int16_t **samples, size_t *count,
                            ttsslice_error *err) {
    const int32_t rate = ttsslice_audio_sample_rate(audio);
    const int64_t frames = ttsslice_audio_frames(audio);
    int16_t *mono = mix(audio);
    if (!mono)
        return ttss_nomem(err);
    int32_t code = 0;
    if (rate != TTSS_LISTEN_RATE) {
        int16_t *converted = NULL;
        code = ttss_resample_s16(mono, frames, 1, rate, TTSS_LISTEN_RATE, &converted, err);
        free(mono);
        mono = converted;
    }
    if (!code) {
        *samples = mono;
        *count = (size_t)ttss_resampled_frames(frames, rate, TTSS_LISTEN_RATE);
    }
    return code;
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
