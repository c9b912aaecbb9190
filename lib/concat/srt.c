/* SPDX-License-Identifier: MIT */
/* The timeline as SubRip. An entry that can be read at a glance is one cue. A longer one whose word
 * times are known becomes several, cut where a word begins, after a punctuation mark where one is
 * near; each lasts until the next begins. Without word times it stays one cue: a time is never
 * guessed. White space is folded and lines are wrapped; the words themselves are not changed. */
#include "concat/timeline.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_CHARS 42
#define CUE_MAX_CHARS  (2 * LINE_MAX_CHARS)
#define CUE_MAX_S      7

/* A place where a cue may begin: byte in the entry's text, characters before it, frame. */
typedef struct cut {
    size_t offset;
    size_t characters;
    int64_t frame;
} cut;

/* Space before each word but the first, or a line break where the line would become too long. */
static void write_folded(ttss_buf *out, const char *text, size_t length) {
    size_t column = 0;
    for (size_t pos = 0; pos < length;) {
        size_t start = pos, after = pos, characters = 0;
        while (after < length && !ttss_is_space(ttss_utf8_next(text, length, &after))) {
            pos = after;
            characters++;
        }
        if (characters) {
            bool wrap = column && column + 1 + characters > LINE_MAX_CHARS;
            if (column)
                ttss_buf_add_char(out, wrap ? '\n' : ' ');
            ttss_buf_add(out, text + start, pos - start);
            column = wrap || !column ? characters : column + 1 + characters;
        }
        pos = after;
    }
}

static void write_time(ttss_buf *out, int64_t frame, int32_t rate) {
    int64_t ms = (frame * 1000 + rate / 2) / rate;
    ttss_buf_printf(out, "%02" PRId64 ":%02" PRId64 ":%02" PRId64 ",%03" PRId64, ms / 3600000,
                    ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

static void write_cue(ttss_buf *out, int64_t *number, const ttsslice_timeline *timeline,
                      const char *text, const cut *from, const cut *to) {
    ttss_buf_printf(out, "%" PRId64 "\n", ++*number);
    write_time(out, from->frame, timeline->sample_rate);
    ttss_buf_add_text(out, " --> ");
    write_time(out, to->frame, timeline->sample_rate);
    ttss_buf_add_char(out, '\n');
    write_folded(out, text + from->offset, to->offset - from->offset);
    ttss_buf_add_text(out, "\n\n");
}

/* How far a text was searched for spaces, and what is written there without a space before it. */
typedef struct search {
    size_t end;
    size_t start;
} search;

/* Start of what is written without a space before `offset`, so that a quotation mark stays with its
 * word. Goes on where the last call ended, so words in their order cost one pass over the text. */
static size_t token_start(const char *text, size_t offset, search *s) {
    if (offset < s->end)
        *s = (search){0, 0};
    while (s->end < offset) {
        bool space = ttss_is_space(ttss_utf8_next(text, offset, &s->end));
        if (space)
            s->start = s->end;
    }
    return s->start;
}

/* Fills cuts[0..]: the start, each word that may begin a cue, the end. Returns how many. */
static size_t find_cuts(const ttsslice_timeline_entry *e, const ttsslice_timed_word *words,
                        size_t word_count, cut *cuts) {
    const size_t length = strlen(e->text);
    size_t count = 0;
    search found = {0, 0};
    cuts[count++] = (cut){0, 0, e->start_frame};
    for (size_t i = 0; length == e->text_length && i < word_count; i++) {
        size_t offset = words[i].text_start - e->text_start;
        const cut *last = &cuts[count - 1];
        if (words[i].text_start < e->text_start || offset >= length ||
            ((unsigned char)e->text[offset] & 0xc0) == 0x80)
            continue;
        offset = token_start(e->text, offset, &found);
        if (offset <= last->offset || words[i].start_frame <= last->frame ||
            words[i].start_frame >= e->end_frame)
            continue;
        cuts[count] = (cut){offset, last->characters, words[i].start_frame};
        cuts[count].characters += ttss_utf8_count(e->text + last->offset, offset - last->offset);
        count++;
    }
    const cut *last = &cuts[count - 1];
    cuts[count] = (cut){length, last->characters, e->end_frame};
    cuts[count].characters += ttss_utf8_count(e->text + last->offset, length - last->offset);
    return count + 1;
}

static bool after_mark(const char *text, size_t offset) {
    while (offset > 0 && strchr(" \t\r\n\"')]", text[offset - 1]))
        offset--;
    return offset > 0 && strchr(".,;:!?", text[offset - 1]);
}

/* The cut that ends the cue beginning at cuts[from]. */
static size_t choose_end(const char *text, const cut *cuts, size_t count, size_t from,
                         int32_t rate) {
    size_t longest = from + 1, marked = 0;
    for (size_t i = from + 1; i < count; i++) {
        size_t characters = cuts[i].characters - cuts[from].characters;
        bool fits = characters <= CUE_MAX_CHARS &&
                    cuts[i].frame - cuts[from].frame <= (int64_t)CUE_MAX_S * rate;
        if (!fits)
            break;
        longest = i;
        if (characters >= CUE_MAX_CHARS / 3 && after_mark(text, cuts[i].offset))
            marked = i;
    }
    return longest + 1 < count && marked ? marked : longest;
}

static void write_entry(ttss_buf *out, int64_t *number, const ttsslice_timeline *timeline,
                        const ttsslice_timeline_entry *e, const ttsslice_timed_word *words,
                        size_t word_count) {
    if (e->code || ttss_skip_space(e->text, 0, strlen(e->text)) == strlen(e->text))
        return;
    cut *cuts = ttss_new_array(word_count + 2, sizeof *cuts);
    if (!cuts) {
        out->failed = true;
        return;
    }
    size_t count = find_cuts(e, words, word_count, cuts);
    for (size_t from = 0; from + 1 < count;) {
        size_t to = choose_end(e->text, cuts, count, from, timeline->sample_rate);
        write_cue(out, number, timeline, e->text, &cuts[from], &cuts[to]);
        from = to;
    }
    free(cuts);
}

int32_t ttsslice_timeline_srt(const ttsslice_timeline *timeline, char **srt, ttsslice_error *err) {
    if (!timeline || !srt)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no timeline or no place for the subtitles was given: pass both");
    ttss_buf out;
    int64_t number = 0;
    size_t from = 0;
    ttss_buf_init(&out, SIZE_MAX / 2);
    for (size_t i = 0; i < timeline->count; i++) {
        size_t count = 0;
        const ttsslice_timed_word *words = ttss_timeline_words_of(timeline, i, &from, &count);
        write_entry(&out, &number, timeline, &timeline->entries[i], words, count);
    }
    char *text = ttss_buf_take(&out);
    if (!text)
        return ttss_nomem(err);
    *srt = text;
    return 0;
}
