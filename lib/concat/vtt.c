/* SPDX-License-Identifier: MIT */
/* The timeline as WebVTT (https://www.w3.org/TR/webvtt1/). Where word times are known, a cue has
 * them inside as timestamps, by which players show the word that is being said. */
#include "concat/cues.h"
#include "concat/lines.h"

#include <inttypes.h>

static void write_char(ttss_buf *out, char c) {
    switch (c) {
    case '&':
        ttss_buf_add_text(out, "&amp;");
        break;
    case '<':
        ttss_buf_add_text(out, "&lt;");
        break;
    case '>':
        ttss_buf_add_text(out, "&gt;");
        break;
    default:
        ttss_buf_add_char(out, c);
    }
}

/* The words of a cue in the order of their bytes. */
typedef struct reader {
    size_t next;       /* word */
    int64_t last_time; /* in ms, that was written */
    int64_t end_time;  /* of the cue */
} reader;

static int64_t milliseconds(int64_t frame, int32_t rate) {
    return (frame * 1000 + rate / 2) / rate;
}

/* Timestamps inside a cue must grow and lie between its ends. */
static void write_word_time(ttss_buf *out, int32_t rate, const ttss_cue *cue, size_t at,
                            reader *r) {
    size_t offset = 0;
    for (; r->next < cue->word_count; r->next++) {
        const ttsslice_timed_word *word = &cue->words[r->next];
        if (!ttss_word_offset(cue->entry, cue->text_length, word, &offset) || offset < at)
            continue;
        if (offset > at)
            return;
        int64_t time = milliseconds(word->start_frame, rate);
        if (time > r->last_time && time < r->end_time) {
            ttss_buf_add_char(out, '<');
            ttss_cue_write_time(out, word->start_frame, rate, '.');
            ttss_buf_add_char(out, '>');
            r->last_time = time;
        }
    }
}

static void write_cue(ttss_buf *out, const ttsslice_timeline *timeline, const ttss_cue *cue) {
    const int32_t rate = timeline->sample_rate;
    reader r = {0, milliseconds(cue->start_frame, rate), milliseconds(cue->end_frame, rate)};
    ttss_buf_printf(out, "\n%" PRId64 "\n", cue->number);
    ttss_cue_write_time(out, cue->start_frame, rate, '.');
    ttss_buf_add_text(out, " --> ");
    ttss_cue_write_time(out, cue->end_frame, rate, '.');
    ttss_buf_add_char(out, '\n');
    for (size_t i = cue->start; i < cue->end; i++) {
        char place = cue->places[i - cue->start];
        if (place == TTSS_PLACE_DROP)
            continue;
        if (place != TTSS_PLACE_TEXT)
            ttss_buf_add_char(out, place);
        write_word_time(out, rate, cue, i, &r);
        write_char(out, cue->entry->text[i]);
    }
    ttss_buf_add_char(out, '\n');
}

int32_t ttsslice_timeline_vtt(const ttsslice_timeline *timeline, char **vtt, ttsslice_error *err) {
    return ttss_cues_write(timeline, "WEBVTT\n", write_cue, vtt, err);
}
