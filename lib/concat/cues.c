/* SPDX-License-Identifier: MIT */
/* Cues; see cues.h. An entry that can be read at a glance is one cue. A longer one whose word times
 * are known becomes several, cut where a word begins and a line may end, after a punctuation mark
 * where one is near; each lasts until the next begins. Without word times it stays one cue: a time
 * is never guessed. White space is folded and lines are wrapped; the words themselves are not
 * changed. */
#include "concat/cues.h"

#include "base/error.h"
#include "base/utf8.h"
#include "concat/lines.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define CUE_WIDTH (2 * TTSS_LINE_WIDTH)
#define CUE_MAX_S 7

/* A place where a cue may begin: byte in the entry's text, width before it, frame. */
typedef struct cut {
    size_t offset;
    int64_t width;
    int64_t frame;
} cut;

void ttss_cue_write_time(ttss_buf *out, int64_t frame, int32_t sample_rate, char mark) {
    int64_t ms = (frame * 1000 + sample_rate / 2) / sample_rate;
    ttss_buf_printf(out, "%02" PRId64 ":%02" PRId64 ":%02" PRId64 "%c%03" PRId64, ms / 3600000,
                    ms / 60000 % 60, ms / 1000 % 60, mark, ms % 1000);
}

bool ttss_word_offset(const ttsslice_timeline_entry *entry, size_t length,
                      const ttsslice_timed_word *word, size_t *offset) {
    if (length != entry->text_length || word->text_start < entry->text_start ||
        word->text_start - entry->text_start >= length)
        return false;
    *offset = word->text_start - entry->text_start;
    return ((unsigned char)entry->text[*offset] & 0xc0) != 0x80;
}

/* --- where a cue may begin ----------------------------------------------------------------------
 */

/* How far a text was searched, and the last place there where a line may begin. */
typedef struct search {
    size_t end;
    size_t start;
    uint32_t last; /* character before `end` */
} search;

static bool begins(uint32_t last, uint32_t c) {
    return ttss_is_space(last) || ttss_may_break(last, c);
}

/* The last place at or before a word where a line may begin, so that a quotation mark stays with
 * its word. Goes on where the last call ended, so words in their order cost one pass. */
static size_t line_start(const char *text, size_t length, size_t offset, search *s) {
    if (offset < s->end)
        *s = (search){0, 0, ' '};
    while (s->end < offset) {
        size_t at = s->end;
        uint32_t c = ttss_utf8_next(text, length, &s->end);
        if (begins(s->last, c))
            s->start = at;
        s->last = c;
    }
    size_t after = offset;
    return begins(s->last, ttss_utf8_next(text, length, &after)) ? offset : s->start;
}

/* Where the next entry begins in a crossfade, so that cues do not overlap. */
static int64_t end_of(const ttsslice_timeline_entry *e) {
    return e->end_frame - e->overlap_frames;
}

/* Fills cuts[0..]: the start, each word that may begin a cue, the end. Returns how many. */
static size_t find_cuts(const ttss_cue *whole, cut *cuts) {
    const ttsslice_timeline_entry *e = whole->entry;
    const ttsslice_timed_word *words = whole->words;
    const size_t length = whole->text_length;
    search found = {0, 0, ' '};
    size_t count = 0, offset = 0;
    cuts[count++] = (cut){0, 0, e->start_frame};
    for (size_t i = 0; i < whole->word_count; i++) {
        const cut *last = &cuts[count - 1];
        if (!ttss_word_offset(e, length, &words[i], &offset))
            continue;
        offset = line_start(e->text, length, offset, &found);
        if (offset <= last->offset || words[i].start_frame <= last->frame ||
            words[i].start_frame >= end_of(e))
            continue;
        int64_t width = ttss_text_width(e->text + last->offset, offset - last->offset);
        cuts[count++] = (cut){offset, last->width + width, words[i].start_frame};
    }
    const cut *last = &cuts[count - 1];
    int64_t width = ttss_text_width(e->text + last->offset, length - last->offset);
    cuts[count++] = (cut){length, last->width + width, end_of(e)};
    return count;
}

/* Whether the text before an offset ends in a mark, perhaps behind spaces and closing marks. */
static bool after_mark(const char *text, size_t offset) {
    while (offset > 0) {
        size_t at = ttss_utf8_previous(text, offset), after = at;
        uint32_t c = ttss_utf8_next(text, offset, &after);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        bool closes = category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF ||
                      c == '"' || c == '\'';
        if (!closes && !ttss_is_space(c))
            return category == UTF8PROC_CATEGORY_PO && !(c < 0x80 && strchr("#%&*@/\\", (int)c));
        offset = at;
    }
    return false;
}

/* The cut that ends the cue beginning at cuts[from]. */
static size_t choose_end(const char *text, const cut *cuts, size_t count, size_t from,
                         int32_t rate) {
    size_t longest = from + 1, marked = 0;
    for (size_t i = from + 1; i < count; i++) {
        int64_t width = cuts[i].width - cuts[from].width;
        if (width > CUE_WIDTH || cuts[i].frame - cuts[from].frame > (int64_t)CUE_MAX_S * rate)
            break;
        longest = i;
        if (width >= CUE_WIDTH / 3 && after_mark(text, cuts[i].offset))
            marked = i;
    }
    return longest + 1 < count && marked ? marked : longest;
}

/* --- writing ------------------------------------------------------------------------------------
 */

static void skip_words(ttss_cue *cue) {
    size_t offset = 0;
    while (cue->word_count &&
           (!ttss_word_offset(cue->entry, cue->text_length, cue->words, &offset) ||
            offset < cue->start)) {
        cue->words++;
        cue->word_count--;
    }
}

static void write_entry(ttss_buf *out, const ttsslice_timeline *timeline, ttss_cue *cue,
                        ttss_cue_writer writer) {
    const char *text = cue->entry->text;
    const size_t length = cue->text_length;
    if (cue->entry->code || ttss_skip_space(text, 0, length) == length)
        return;
    cut *cuts = ttss_new_array(cue->word_count + 2, sizeof *cuts);
    char *places = ttss_new_array(length, 1);
    out->failed = out->failed || !cuts || !places;
    size_t count = cuts && places ? find_cuts(cue, cuts) : 0;
    for (size_t from = 0; from + 1 < count;) {
        size_t to = choose_end(text, cuts, count, from, timeline->sample_rate);
        cue->number++;
        cue->start = cuts[from].offset;
        cue->end = cuts[to].offset;
        cue->start_frame = cuts[from].frame;
        cue->end_frame = cuts[to].frame;
        cue->places = places;
        skip_words(cue);
        ttss_lay_out(text + cue->start, cue->end - cue->start, places);
        writer(out, timeline, cue);
        from = to;
    }
    free(cuts);
    free(places);
}

int32_t ttss_cues_write(const ttsslice_timeline *timeline, const char *head, ttss_cue_writer writer,
                        char **text, ttsslice_error *err) {
    if (!timeline || !text)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no timeline or no place for the subtitles was given: pass both");
    ttss_buf out;
    ttss_cue cue = {0};
    size_t from = 0;
    ttss_buf_init(&out, SIZE_MAX / 2);
    ttss_buf_add_text(&out, head);
    for (size_t i = 0; i < timeline->count; i++) {
        cue.entry = &timeline->entries[i];
        cue.text_length = strlen(cue.entry->text);
        cue.words = ttss_timeline_words_of(timeline, i, &from, &cue.word_count);
        write_entry(&out, timeline, &cue, writer);
    }
    char *written = ttss_buf_take(&out);
    if (!written)
        return ttss_nomem(err);
    *text = written;
    return 0;
}
