/* SPDX-License-Identifier: MIT */
/* Gains are taken at the middle of each frame, so that rising mirrors falling and no frame is
 * multiplied by exactly 0 or 1. */
#include "concat/ramp.h"

#include <math.h>

#define PI 3.14159265358979323846

static double middle(int64_t frame, int64_t length) {
    return ((double)frame + 0.5) / (double)length;
}

static int16_t clipped(double sample) {
    return (int16_t)lrint(fmin(fmax(sample, INT16_MIN), INT16_MAX));
}

void ttss_ramp_fade(int16_t *samples, int64_t frames, int32_t channels, int64_t from,
                    int64_t length, bool rising) {
    for (int64_t i = from; i < from + frames; i++) {
        double gain = 0.5 - 0.5 * cos(PI * middle(rising ? i : length - 1 - i, length));
        for (int32_t c = 0; c < channels; c++, samples++)
            *samples = clipped(*samples * gain);
    }
}

void ttss_ramp_cross(int16_t *samples, const int16_t *before, int64_t frames, int32_t channels,
                     int64_t from, int64_t length) {
    for (int64_t i = from; i < from + frames; i++) {
        double angle = PI / 2 * middle(i, length), fall = cos(angle), rise = sin(angle);
        for (int32_t c = 0; c < channels; c++, samples++, before++)
            *samples = clipped(*before * fall + *samples * rise);
    }
}
