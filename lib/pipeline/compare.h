/* SPDX-License-Identifier: MIT */
/* Two output files, sample by sample. */
#ifndef TTSS_PIPELINE_COMPARE_H
#define TTSS_PIPELINE_COMPARE_H

#include <ttsslice/error.h>

typedef struct ttss_audio_parting {
    const char *field;    /* "sample_rate", "channels", "sample", "bytes"; NULL: equal */
    int64_t position;     /* frame of a sample, offset of a byte; -1 */
    int64_t frame;        /* where a sample parts; -1 */
    int64_t a, b;         /* the two values */
    int32_t has_a, has_b; /* 0: this file ends there */
} ttss_audio_parting;

/* Where two files part first; those with the same samples part where their bytes do. IO, AUDIO,
 * NOMEM. */
int32_t ttss_compare_audio(const char *a, const char *b, ttss_audio_parting *out,
                           ttsslice_error *err);

#endif
