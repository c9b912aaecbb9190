/* SPDX-License-Identifier: MIT */
/* Trimming by level. The clip is looked at in windows of 10 ms; a window sounds if its mean square
 * is above a threshold: 40 dB below the loudest window, but not below -50 dBFS (the hiss of a
 * vocoder is under that) and not above 20 dB below the loudest window (so that a faint clip keeps
 * its quiet sounds). A guard of 30 ms stays around the first and last window that sounds.
 *
 * The fade is a raised cosine, taken at the middle of each frame, so that fading in mirrors fading
 * out and no frame is multiplied by exactly 0 or 1. */
#include "concat/trim.h"

#include <math.h>

#define FULL_SCALE_SQUARE (32768.0 * 32768.0)
#define FLOOR             (FULL_SCALE_SQUARE * 1e-5) /* -50 dBFS, as a mean square */
#define BELOW_LOUDEST     1e-4
#define FAINT_LIMIT       1e-2
#define GUARD_MS          30

static int64_t window_frames(const ttsslice_audio *audio) {
    return ttsslice_audio_sample_rate(audio) / 100;
}

static double window_power(const ttsslice_audio *audio, int64_t window) {
    const int64_t size = window_frames(audio);
    const int32_t channels = ttsslice_audio_channels(audio);
    int64_t last = (window + 1) * size;
    if (last > ttsslice_audio_frames(audio))
        last = ttsslice_audio_frames(audio);
    const int16_t *p = ttsslice_audio_samples(audio) + window * size * channels;
    const int64_t count = (last - window * size) * channels;
    int64_t sum = 0;
    for (int64_t i = 0; i < count; i++)
        sum += (int32_t)p[i] * p[i];
    return (double)sum / (double)count;
}

void ttss_trim_find(const ttsslice_audio *audio, int64_t *start, int64_t *end) {
    const int64_t frames = ttsslice_audio_frames(audio);
    const int64_t size = window_frames(audio);
    const int64_t windows = (frames + size - 1) / size;
    const int64_t guard = (int64_t)ttsslice_audio_sample_rate(audio) * GUARD_MS / 1000;
    double loudest = 0.0;
    *start = 0;
    *end = frames;
    for (int64_t i = 0; i < windows; i++)
        loudest = fmax(loudest, window_power(audio, i));
    if (loudest < FLOOR)
        return;
    double threshold = fmin(fmax(loudest * BELOW_LOUDEST, FLOOR), loudest * FAINT_LIMIT);
    int64_t first = 0, last = windows - 1;
    while (window_power(audio, first) <= threshold)
        first++;
    while (window_power(audio, last) <= threshold)
        last--;
    if (first * size > guard)
        *start = first * size - guard;
    if ((last + 1) * size + guard < frames)
        *end = (last + 1) * size + guard;
}

static double gain(int64_t frame, int64_t fade) {
    return 0.5 - 0.5 * cos(3.14159265358979323846 * ((double)frame + 0.5) / (double)fade);
}

void ttss_fade_copy(const ttsslice_audio *audio, int64_t start, int64_t end, int64_t fade,
                    int64_t from, int64_t count, int16_t *to) {
    const int32_t channels = ttsslice_audio_channels(audio);
    const int16_t *in = ttsslice_audio_samples(audio) + (start + from) * channels;
    for (int64_t i = 0; i < count; i++) {
        int64_t before = from + i, after = end - start - 1 - before;
        int64_t nearest = before < after ? before : after;
        double g = nearest < fade ? gain(nearest, fade) : 1.0;
        for (int32_t c = 0; c < channels; c++, in++, to++)
            *to = nearest < fade ? (int16_t)lrint(*in * g) : *in;
    }
}
