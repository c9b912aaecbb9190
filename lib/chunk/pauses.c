/* SPDX-License-Identifier: MIT */
/* Marks of pauses among chunks; see pauses.h. */
#include "chunk/pauses.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/pause_mark.h"
#include "base/utf8.h"
#include "chunk/sentence.h"

#include <stdlib.h>
#include <string.h>

static int32_t too_long(size_t at, ttsslice_error *err) {
    return ttss_at_offset(err,
                          ttss_fail(err, TTSSLICE_ERR_TEXT,
                                    "the pause at byte %zu and those before it are longer than ten "
                                    "minutes together",
                                    at),
                          at);
}

/* A pause follows something that is said, and those in a row are one. */
static int32_t check_places(const ttss_pauses *pauses, const char *text, ttsslice_error *err) {
    int64_t together = 0;
    size_t end = 0;
    for (size_t i = 0; i < pauses->count; i++) {
        const ttss_pause_mark *mark = &pauses->marks[i];
        const bool in_a_row = ttss_skip_space(text, end, mark->start) == mark->start;
        if (in_a_row && end == 0)
            return ttss_at_offset(err,
                                  ttss_fail(err, TTSSLICE_ERR_TEXT,
                                            "the text begins with a pause; put it behind what is "
                                            "said before it"),
                                  mark->start);
        together = mark->ms + (in_a_row ? together : 0);
        if (together > TTSS_PAUSE_MAX_MS)
            return too_long(mark->start, err);
        end = mark->end;
    }
    return 0;
}

int32_t ttss_pauses_read(ttss_pauses *pauses, const char *text, size_t length,
                         ttsslice_error *err) {
    *pauses = (ttss_pauses){0};
    ttss_pause_mark mark = {0};
    size_t pos = 0;
    bool found = true;
    while (found) {
        int32_t code = ttss_pause_mark_next(text, length, &pos, &mark, &found, err);
        if (code)
            return code;
        if (found && !ttss_grow((void **)&pauses->marks, &pauses->capacity, pauses->count + 1,
                                sizeof *pauses->marks))
            return ttss_nomem(err);
        if (found)
            pauses->marks[pauses->count++] = mark;
    }
    if (!pauses->count)
        return 0;
    pauses->text = ttss_memdup(text, length);
    if (!pauses->text)
        return ttss_nomem(err);
    for (size_t i = 0; i < pauses->count; i++)
        memset(pauses->text + pauses->marks[i].start, ' ',
               pauses->marks[i].end - pauses->marks[i].start);
    return check_places(pauses, text, err);
}

void ttss_pauses_free(ttss_pauses *pauses) {
    free(pauses->text);
    free(pauses->marks);
    *pauses = (ttss_pauses){0};
}

/* --- among the chunks ----------------------------------------------------------------------- */

typedef struct weaver {
    const ttss_pauses *pauses;
    const ttss_language *language;
    int32_t least;
    size_t next; /* mark */
    ttss_chunk_list out;
} weaver;

static bool put(weaver *w, size_t start, size_t end, int32_t break_after, int64_t pause_ms) {
    if (!ttss_grow((void **)&w->out.items, &w->out.capacity, w->out.count + 1,
                   sizeof *w->out.items))
        return false;
    const size_t count = pause_ms < 0 ? ttss_utf8_count(w->pauses->text + start, end - start)
                                      : end - start; /* a mark is ASCII */
    w->out.items[w->out.count++] = (ttsslice_chunk_info){.start = start,
                                                         .length = end - start,
                                                         .characters = count,
                                                         .break_after = break_after,
                                                         .pause_ms = pause_ms};
    return true;
}

/* The break behind text[start, end) of a chunk that goes on to chunk_end. */
static int32_t break_inside(const weaver *w, size_t start, size_t end, size_t chunk_end) {
    while (start < end) {
        size_t to = ttss_sentence_end(w->language, w->pauses->text, start, chunk_end, NULL);
        if (to >= end)
            return to == end ? TTSSLICE_BREAK_SENTENCE : w->least;
        start = ttss_skip_space(w->pauses->text, to, chunk_end);
    }
    return TTSSLICE_BREAK_SENTENCE;
}

/* A mark has the break of what is before it. */
static bool put_mark(weaver *w) {
    const ttss_pause_mark *mark = &w->pauses->marks[w->next++];
    return put(w, mark->start, mark->end, w->out.items[w->out.count - 1].break_after, mark->ms);
}

static bool put_chunk(weaver *w, const ttsslice_chunk_info *chunk) {
    const ttss_pauses *p = w->pauses;
    const size_t end = chunk->start + chunk->length;
    size_t start = chunk->start;
    while (w->next < p->count && p->marks[w->next].start < start)
        if (!put_mark(w))
            return false;
    while (w->next < p->count && p->marks[w->next].start < end) {
        const size_t to = ttss_trim_end(p->text, start, p->marks[w->next].start);
        if (to > start && !put(w, start, to, break_inside(w, start, to, end), -1))
            return false;
        start = ttss_skip_space(p->text, p->marks[w->next].end, end);
        if (!put_mark(w))
            return false;
    }
    return put(w, start, end, chunk->break_after, -1);
}

int32_t ttss_pauses_place(const ttss_pauses *pauses, const ttss_language *language, int32_t least,
                          ttss_chunk_list *list, ttsslice_error *err) {
    weaver w = {.pauses = pauses, .language = language, .least = least};
    bool done = true;
    for (size_t i = 0; i < list->count && done; i++)
        done = put_chunk(&w, &list->items[i]);
    const size_t last = w.out.count - 1; /* of what is said */
    while (done && w.next < pauses->count)
        done = put_mark(&w);
    if (!done) {
        free(w.out.items);
        return ttss_nomem(err);
    }
    /* Only the last one ends the text. */
    for (size_t i = last; i + 1 < w.out.count; i++)
        w.out.items[i].break_after = TTSSLICE_BREAK_SENTENCE;
    free(list->items);
    *list = w.out;
    return 0;
}
