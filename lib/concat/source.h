/* SPDX-License-Identifier: MIT */
/* A clip as a stream of 16-bit frames in the shape of the output: read once to learn its length and
 * its level, then a second time to be written. What is short enough is kept from the first time. */
#ifndef TTSS_CONCAT_SOURCE_H
#define TTSS_CONCAT_SOURCE_H

#include "audio/loudness.h"
#include "audio/reader.h"
#include "audio/resample.h"
#include "concat/envelope.h"

#include <ttsslice/concat.h>

typedef struct ttss_source {
    const ttsslice_concat_options *options; /* says whether to go on; borrowed */
    const ttsslice_audio *audio;            /* or NULL: */
    ttss_reader reader;
    int64_t silence; /* frames of nothing, where there is neither */
    int64_t taken;   /* frames taken of audio or silence */
    int32_t from_channels, from_rate;
    int32_t channels, rate;
    ttss_resampler *resampler;
    ttss_meter *meter;             /* of the scan; NULL: loudness is not asked for; owned */
    double factor;                 /* gain on what is read; 0: none */
    double own_power, mixed_power; /* sums, where channels are mixed to one */
    int16_t *block;                /* frames of the clip's own shape */
    int64_t waiting_at, waiting, frames_in;
    int64_t frames; /* of all, in the output's shape; known after the scan */
    int16_t *held;  /* frames [held_from, held_from + held_frames) of them */
    size_t held_capacity;
    int64_t held_from, held_frames;
} ttss_source;

/* Opens the clip's audio, path or bytes; they are borrowed. A source stays where it is in memory,
 * and is zeroed, but for its options, before its first use. Fails with AUDIO or IO for a clip that
 * cannot be used. */
int32_t ttss_source_open(ttss_source *source, const ttsslice_clip *clip, ttsslice_error *err);

/* A source of frames that are all 0. */
void ttss_source_open_silence(ttss_source *source, int64_t frames, int32_t channels, int32_t rate);

/* Reads everything once in the shape that is wanted and measures it. Fails with AUDIO or IO for a
 * clip that cannot be used, with UNAVAILABLE where it must be resampled and cannot, with CANCELLED
 * as reading does. */
int32_t ttss_source_scan(ttss_source *source, int32_t channels, int32_t rate,
                         ttss_envelope *envelope, ttsslice_error *err);

/* After the scan, as in the entry of a timeline. */
double ttss_source_clipped_db(const ttss_source *source);
double ttss_source_mixed_db(const ttss_source *source);

/* After the scan of a source that had a meter: what is read from now on has this gain. */
void ttss_source_set_gain(ttss_source *source, double factor);

/* Frames from `from` on, at most `frames` and at least 1 of them; `from` never falls. *at is
 * borrowed until the next call. */
int32_t ttss_source_read(ttss_source *source, int64_t from, int64_t frames, const int16_t **at,
                         int64_t *got, ttsslice_error *err);

/* Closes the clip; memory is kept for the next one until it is freed. */
void ttss_source_close(ttss_source *source);
void ttss_source_free(ttss_source *source);

#endif
