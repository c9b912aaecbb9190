/* SPDX-License-Identifier: MIT */
/* The timeline while it is made. Afterwards it never changes. */
#ifndef TTSS_CONCAT_TIMELINE_H
#define TTSS_CONCAT_TIMELINE_H

#include "base/mem.h"

#include <ttsslice/concat.h>

struct ttsslice_timeline {
    ttss_refs refs;
    int32_t sample_rate;
    int64_t frames;
    ttsslice_timeline_entry *entries; /* their texts are owned */
    size_t count;
    size_t capacity;
    ttsslice_timed_word *words; /* in the order of their entries */
    size_t word_count;
    size_t word_capacity;
};

/* NULL: out of memory. */
ttsslice_timeline *ttss_timeline_new(void);

/* Appends a clip. The frames, the trimmed ones and the pause are those of `place`; the rest comes
 * from the clip. */
int32_t ttss_timeline_add(ttsslice_timeline *timeline, const ttsslice_clip *clip,
                          const ttsslice_timeline_entry *place, ttsslice_error *err);

/* First word of an entry, and in *count how many it has. `from` is where to begin looking: 0, or
 * the end of the entry before. */
const ttsslice_timed_word *ttss_timeline_words_of(const ttsslice_timeline *timeline, size_t entry,
                                                  size_t *from, size_t *count);

#endif
