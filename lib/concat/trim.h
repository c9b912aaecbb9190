/* SPDX-License-Identifier: MIT */
/* What of a clip is kept, and how its ends are faded. */
#ifndef TTSS_CONCAT_TRIM_H
#define TTSS_CONCAT_TRIM_H

#include <ttsslice/audio.h>

/* The frames [*start, *end) that hold sound, with 30 ms around them; never empty unless the clip
 * is. A clip that is silent throughout is kept whole. */
void ttss_trim_find(const ttsslice_audio *audio, int64_t *start, int64_t *end);

/* Copies `count` frames of a clip of which [start, end) is kept, beginning `from` frames into that,
 * and applies the fade of `fade` frames at both ends; fade is at most half of what is kept. */
void ttss_fade_copy(const ttsslice_audio *audio, int64_t start, int64_t end, int64_t fade,
                    int64_t from, int64_t count, int16_t *to);

#endif
