/* SPDX-License-Identifier: MIT */
/* The estimate of run times; see estimate.h. */
#include "dispatch/estimate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define PAIRS_MIN  4   /* so many slopes make a median worth having */
#define APART      0.2 /* of the longer: nearer texts tell nothing about the slope */
#define SPREAD_MIN 20  /* jobs, for a nineteenth of twenty */
#define REFIT      8   /* once many are known, so many new ones for a new line */

void ttss_estimate_init(ttss_estimate *estimate, double prior_ms, double prior_char_ms) {
    *estimate = (ttss_estimate){.prior_ms = prior_ms,
                                .prior_char_ms = prior_char_ms,
                                .base_ms = prior_ms,
                                .char_ms = prior_char_ms,
                                .spread = 1.0};
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_characters(const void *a, const void *b) {
    const ttss_sample *x = a, *y = b;
    return x->characters != y->characters ? by_value(&x->characters, &y->characters)
                                          : by_value(&x->ms, &y->ms);
}

/* Puts the values in order. */
static double quantile(double *values, size_t count, double share) {
    qsort(values, count, sizeof *values, by_value);
    return values[(size_t)(share * (double)(count - 1) + 0.5)];
}

static double predict(const ttss_estimate *e, double characters) {
    double ms = e->base_ms + e->char_ms * characters;
    return ms > 1.0 ? ms : 1.0;
}

static void scale_prior(ttss_estimate *e, const ttss_sample *samples, size_t count) {
    double ratios[TTSS_SAMPLES_MAX];
    e->base_ms = e->prior_ms;
    e->char_ms = e->prior_char_ms;
    for (size_t i = 0; i < count; i++)
        ratios[i] = samples[i].ms / predict(e, samples[i].characters);
    double ratio = quantile(ratios, count, 0.5);
    e->base_ms *= ratio;
    e->char_ms *= ratio;
}

/* False: the texts are too much of one length. */
static bool fit_line(ttss_estimate *e, const ttss_sample *sorted, size_t count) {
    double values[TTSS_SAMPLES_MAX];
    size_t half = count / 2, pairs = 0;
    for (size_t i = 0; i < half; i++) {
        const ttss_sample *low = &sorted[i], *high = &sorted[i + count - half];
        double run = high->characters - low->characters;
        if (run > APART * high->characters)
            values[pairs++] = (high->ms - low->ms) / run;
    }
    if (pairs < PAIRS_MIN)
        return false;
    double slope = quantile(values, pairs, 0.5);
    if (slope < 0.0)
        slope = 0.0;
    for (size_t i = 0; i < count; i++)
        values[i] = sorted[i].ms - slope * sorted[i].characters;
    double base = quantile(values, count, 0.5);
    if (base < 0.0)
        return false;
    e->base_ms = base;
    e->char_ms = slope;
    return true;
}

static void refit(ttss_estimate *e) {
    ttss_sample sorted[TTSS_SAMPLES_MAX];
    double ratios[TTSS_SAMPLES_MAX];
    size_t count = e->seen < TTSS_SAMPLES_MAX ? e->seen : TTSS_SAMPLES_MAX;
    memcpy(sorted, e->samples, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_characters);
    if (!fit_line(e, sorted, count))
        scale_prior(e, sorted, count);
    for (size_t i = 0; i < count; i++)
        ratios[i] = sorted[i].ms / predict(e, sorted[i].characters);
    e->spread = count < SPREAD_MIN ? 1.0 : quantile(ratios, count, 0.95);
}

void ttss_estimate_add(ttss_estimate *estimate, size_t characters, int64_t ms) {
    estimate->samples[estimate->seen % TTSS_SAMPLES_MAX] =
        (ttss_sample){(double)characters, ms > 1 ? (double)ms : 1.0};
    estimate->seen++;
    if (estimate->seen <= TTSS_SAMPLES_MAX / 2 || estimate->seen % REFIT == 0)
        refit(estimate);
}

int64_t ttss_estimate_ms(const ttss_estimate *estimate, size_t characters) {
    return (int64_t)(predict(estimate, (double)characters) + 0.5);
}

size_t ttss_estimate_seen(const ttss_estimate *estimate) {
    return estimate->seen;
}
