/* SPDX-License-Identifier: MIT */
/* How long a job will run, from the length of its text: milliseconds = a + b * characters. The line
 * starts from what is expected (the prior) and follows what is seen: with few jobs, or with jobs of
 * one length, the prior is scaled by the median ratio; then the slope is the median over pairs of
 * jobs and the intercept the median of what remains (H. Theil, 1950; P. K. Sen, JASA 63, 1968; each
 * job in one pair alone), so that stragglers do not bend it. Pure. */
#ifndef TTSS_DISPATCH_ESTIMATE_H
#define TTSS_DISPATCH_ESTIMATE_H

#include <stddef.h>
#include <stdint.h>

#define TTSS_SAMPLES_MAX 64

typedef struct ttss_sample {
    double characters, ms;
} ttss_sample;

typedef struct ttss_estimate {
    double prior_ms, prior_char_ms;
    double base_ms, char_ms; /* a and b */
    double spread;           /* 19 of 20 jobs take at most so many times what was predicted */
    ttss_sample samples[TTSS_SAMPLES_MAX]; /* the latest */
    size_t seen;
} ttss_estimate;

void ttss_estimate_init(ttss_estimate *estimate, double prior_ms, double prior_char_ms);

/* A job has run so long. */
void ttss_estimate_add(ttss_estimate *estimate, size_t characters, int64_t ms);

/* At least 1. */
int64_t ttss_estimate_ms(const ttss_estimate *estimate, size_t characters);

/* How many jobs it has learned from. */
size_t ttss_estimate_seen(const ttss_estimate *estimate);

#endif
