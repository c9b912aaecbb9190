/* SPDX-License-Identifier: MIT */
/* How loud the output is, and making it as loud as it is to be. The gain is known only when
 * everything was measured, so until then the samples wait in a file without a name beside the
 * output, and are rounded and encoded once. */
#ifndef TTSS_CONCAT_LEVEL_H
#define TTSS_CONCAT_LEVEL_H

#include "audio/gain.h"
#include "audio/loudness.h"
#include "audio/store.h"

#include <ttsslice/concat.h>

#include <stdbool.h>

typedef struct ttss_level {
    ttss_target targets[2]; /* for one channel, and for more */
    unsigned flags;         /* of the meter */
    bool measures;
    bool holds; /* samples wait for their gain */
    ttss_meter *meter;
    int fd; /* of the waiting samples; -1: none */
    ttss_store waiting;
    int64_t given; /* bytes of them that were handed on */
    int32_t channels;
    ttsslice_loudness loudness; /* of the output; known after finish */
    double gain_db;             /* what was applied */
    double factor;
} ttss_level;

/* Checks the options. path: of the output; NULL: there is no file. Fails with INVALID, UNAVAILABLE
 * or as a file does. */
int32_t ttss_level_open(ttss_level *level, const ttsslice_concat_options *options, const char *path,
                        ttsslice_error *err);

/* Before the first frame. */
int32_t ttss_level_start(ttss_level *level, int32_t channels, int32_t rate, ttsslice_error *err);

/* Measures frames, and keeps them if `holds`. */
int32_t ttss_level_add(ttss_level *level, const int16_t *samples, int64_t frames,
                       ttsslice_error *err);

/* Loudness of what was added so far; minus infinity if it is not known. */
double ttss_level_so_far(const ttss_level *level);

/* Decides on the gain. */
void ttss_level_finish(ttss_level *level);

/* The waiting frames in their order, with the gain, at most `room`; 0 at their end. */
int32_t ttss_level_next(ttss_level *level, int16_t *samples, int64_t room, int64_t *frames,
                        ttsslice_error *err);

void ttss_level_close(ttss_level *level); /* also after a failed open */

#endif
