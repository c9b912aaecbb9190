/* SPDX-License-Identifier: MIT */
/* What of a clip is kept. */
#ifndef TTSS_CONCAT_TRIM_H
#define TTSS_CONCAT_TRIM_H

#include "concat/envelope.h"

#include <ttsslice/concat.h>

/* Frames [start, end) of the clip. */
typedef struct ttss_piece {
    int64_t start;
    int64_t end;
} ttss_piece;

typedef struct ttss_cuts {
    ttss_piece *pieces; /* in order, apart from each other, none empty */
    size_t count;       /* at least 1 */
    size_t capacity;
    int64_t quiet_start; /* frames kept before the first sound */
    int64_t quiet_end;   /* frames kept after the last one */
    int64_t repaired;    /* frames of sound that the tail repair cut */
} ttss_cuts;

/* What is asked for. */
typedef struct ttss_trim_rules {
    int32_t ends;           /* enum ttsslice_trim */
    int64_t silence_max_ms; /* inside; 0: any */
    double last_word_s;     /* end of the last word, for the tail repair; NaN: no repair */
} ttss_trim_rules;

/* Decides for a clip of at least one frame. Of one that is silent throughout everything is kept,
 * and all of it is quiet. False: out of memory. Memory of *cuts is used again. */
bool ttss_trim(const ttss_envelope *envelope, const ttss_trim_rules *rules, ttss_cuts *cuts);

/* Frames kept, and where a frame of the clip is among them (the nearest kept one if it is not). */
int64_t ttss_cuts_kept(const ttss_cuts *cuts);
int64_t ttss_cuts_place(const ttss_cuts *cuts, int64_t frame);

void ttss_cuts_free(ttss_cuts *cuts);

#endif
