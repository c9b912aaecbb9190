/* SPDX-License-Identifier: MIT */
/* Levels of windows of 10 ms: mean square over all channels, as half decibels below full scale. */
#include "concat/envelope.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define FULL_SCALE_SQUARE (32768.0 * 32768.0)

void ttss_envelope_begin(ttss_envelope *envelope, int32_t sample_rate, int32_t channels) {
    uint8_t *levels = envelope->levels;
    size_t capacity = envelope->capacity;
    *envelope = (ttss_envelope){.levels = levels,
                                .capacity = capacity,
                                .window = sample_rate / TTSS_WINDOWS_S,
                                .channels = channels};
}

static uint64_t energy_of(const int16_t *samples, int64_t count) {
    uint64_t sum = 0;
    for (int64_t i = 0; i < count; i++)
        sum += (uint32_t)((int32_t)samples[i] * samples[i]);
    return sum;
}

static bool close_window(ttss_envelope *e) {
    if (!ttss_grow((void **)&e->levels, &e->capacity, e->count + 1, sizeof *e->levels))
        return false;
    double square = (double)e->energy / (double)(e->filled * e->channels) / FULL_SCALE_SQUARE;
    double level = square > 0.0 ? rint(TTSS_LEVEL_DB(-10.0) * log10(square)) : TTSS_LEVEL_SILENCE;
    e->levels[e->count++] = (uint8_t)fmin(level, TTSS_LEVEL_SILENCE);
    e->energy = 0;
    e->filled = 0;
    return true;
}

bool ttss_envelope_add(ttss_envelope *e, const int16_t *samples, int64_t frames) {
    e->frames += frames;
    while (frames) {
        int64_t n = e->window - e->filled < frames ? e->window - e->filled : frames;
        e->energy += energy_of(samples, n * e->channels);
        e->filled += n;
        samples += n * e->channels;
        frames -= n;
        if (e->filled == e->window && !close_window(e))
            return false;
    }
    return true;
}

bool ttss_envelope_end(ttss_envelope *e) {
    return e->filled == 0 || close_window(e);
}

void ttss_envelope_free(ttss_envelope *envelope) {
    free(envelope->levels);
    *envelope = (ttss_envelope){0};
}
