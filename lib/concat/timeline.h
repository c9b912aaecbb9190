/* SPDX-License-Identifier: MIT */
/* The timeline while it is made. Afterwards it never changes. */
#ifndef TTSS_CONCAT_TIMELINE_H
#define TTSS_CONCAT_TIMELINE_H

#include "base/mem.h"
#include "concat/trim.h"

#include <ttsslice/concat.h>

#include <stdbool.h>

struct ttsslice_timeline {
    ttss_refs refs;
    int32_t sample_rate;
    int32_t channels;
    int64_t frames;
    bool measured;
    ttsslice_loudness loudness; /* if measured */
    double gain_db;
    ttsslice_timeline_entry *entries; /* their texts are owned, and what else of them is not "" */
    size_t count;
    size_t capacity;
    ttsslice_timed_word *words; /* in the order of their entries */
    size_t word_count;
    size_t word_capacity;
};

/* NULL: out of memory. */
ttsslice_timeline *ttss_timeline_new(void);

/* Appends a clip. Text, score and the like come from the clip, the rest from `place`. `cuts` say
 * what was kept of it; NULL where it has no words. */
int32_t ttss_timeline_add(ttsslice_timeline *timeline, const ttsslice_clip *clip,
                          const ttsslice_timeline_entry *place, const ttss_cuts *cuts,
                          ttsslice_error *err);

/* Whether the times of a word are known and make sense. */
bool ttss_has_time(const ttsslice_clip *clip, size_t word);

/* Whether the word of a clip that lies last in its text has a time, and no letter or digit of the
 * text comes after it. */
bool ttss_ends_in_word(const ttsslice_clip *clip);

/* First word of an entry, and in *count how many it has. `from` is where to begin looking: 0, or
 * the end of the entry before. */
const ttsslice_timed_word *ttss_timeline_words_of(const ttsslice_timeline *timeline, size_t entry,
                                                  size_t *from, size_t *count);

#endif
