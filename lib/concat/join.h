/* SPDX-License-Identifier: MIT */
/* The join: clips in their order go through it, one after the other. */
#ifndef TTSS_CONCAT_JOIN_H
#define TTSS_CONCAT_JOIN_H

#include "concat/sink.h"
#include "concat/source.h"
#include "concat/timeline.h"
#include "concat/trim.h"

#include <ttsslice/concat.h>

typedef struct ttss_join {
    const ttsslice_concat_options *options; /* checked; borrowed */
    ttss_sink sink;                         /* opened by the owner */
    ttsslice_timeline *timeline;
    ttss_source source;
    ttss_envelope envelope;
    ttss_cuts cuts;
    int16_t *tail; /* the end of the last clip, which is written with what follows it */
    size_t tail_capacity;
    int64_t tail_frames;
    int64_t tail_fade; /* frames of it */
    int64_t quiet_end; /* of the last clip */
    int64_t pause;     /* frames of quiet wanted after it */
    size_t placed;     /* entries whose place in the output is settled */
    int16_t *scratch;  /* for what is faded */
} ttss_join;

/* A zeroed join; false: out of memory. */
bool ttss_join_init(ttss_join *join, const ttsslice_concat_options *options);

/* Adds a checked clip. A bad one is dealt with as the options say. */
int32_t ttss_join_add(ttss_join *join, const ttsslice_clip *clip, ttsslice_error *err);

/* As adding a bad clip of which nothing is known but its number. */
int32_t ttss_join_miss(ttss_join *join, int64_t position, ttsslice_error *err);

/* Writes what was held back and completes the output and the timeline. */
int32_t ttss_join_finish(ttss_join *join, ttsslice_error *err);

void ttss_join_free(ttss_join *join);

#endif
