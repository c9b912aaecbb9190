/* SPDX-License-Identifier: MIT */
/* The timeline cut into cues: pieces of text that can be read at a glance, with their times. */
#ifndef TTSS_CONCAT_CUES_H
#define TTSS_CONCAT_CUES_H

#include "base/buf.h"
#include "concat/timeline.h"

typedef struct ttss_cue {
    const ttsslice_timeline_entry *entry;
    size_t text_length;               /* of its text */
    const ttsslice_timed_word *words; /* of the entry, but for those before the cue */
    size_t word_count;
    int64_t number; /* from 1 */
    size_t start;   /* first byte in the entry's text */
    size_t end;     /* one past the last */
    int64_t start_frame;
    int64_t end_frame;
    const char *places; /* how bytes start to end are laid out, see lines.h */
} ttss_cue;

/* Appends a cue to the output; what fails is seen at the buffer. */
typedef void (*ttss_cue_writer)(ttss_buf *out, const ttsslice_timeline *timeline,
                                const ttss_cue *cue);

/* Writes `head` and every cue. *text is from malloc. */
int32_t ttss_cues_write(const ttsslice_timeline *timeline, const char *head, ttss_cue_writer writer,
                        char **text, ttsslice_error *err);

/* "01:02:03,456", with the mark before the thousandths. */
void ttss_cue_write_time(ttss_buf *out, int64_t frame, int32_t sample_rate, char mark);

/* Byte in the entry's text, which has `length` bytes, where a word begins; false if the text has no
 * such place, because it is not the piece of the source that the entry names. */
bool ttss_word_offset(const ttsslice_timeline_entry *entry, size_t length,
                      const ttsslice_timed_word *word, size_t *offset);

#endif
