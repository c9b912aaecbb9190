/* SPDX-License-Identifier: MIT */
/* Which times of words are believed, the same for recognisers' answers, transcripts of the
 * application and verdicts. */
#ifndef TTSS_BASE_WORD_TIME_H
#define TTSS_BASE_WORD_TIME_H

#include <math.h>

/* Recognisers count in frames and may end a word a little behind the audio. */
#define TTSS_WORD_OVERSHOOT_S 0.1

static inline double ttss_time_within(double time_s, double audio_end_s) {
    if (time_s < 0.0 || time_s > audio_end_s + TTSS_WORD_OVERSHOOT_S)
        return (double)NAN;
    return time_s > audio_end_s ? audio_end_s : time_s;
}

/* A time before the audio's beginning or behind its end (NaN: not known) becomes NaN, which is
 * unknown, and so do both of a word that ends before it starts. What passes the end by a little is
 * the end. */
static inline void ttss_believe_times(double *start_s, double *end_s, double audio_end_s) {
    if (*end_s < *start_s)
        *start_s = *end_s = (double)NAN;
    *start_s = ttss_time_within(*start_s, audio_end_s);
    *end_s = ttss_time_within(*end_s, audio_end_s);
}

#endif
