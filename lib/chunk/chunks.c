/* SPDX-License-Identifier: MIT */
/* The public face of the slice: options, the list of chunks and its checks, names of breaks. The
 * work is done in pack.c and split.c. */
#include <ttsslice/chunk.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/utf8.h"
#include "chunk/abbreviations.h"
#include "chunk/pack.h"
#include "chunk/pauses.h"
#include "chunk/split.h"

#include <stdlib.h>
#include <string.h>

/* Size of the options struct in 0.1. */
#define OPTIONS_OLDEST sizeof(ttsslice_chunk_options)

#define PHRASE_LEN_MAX 1000000

struct ttsslice_chunks {
    ttss_refs refs;
    size_t count;
    ttsslice_chunk_info *items;
};

static const char *const break_names[] = {
    [TTSSLICE_BREAK_WORD] = "word",         [TTSSLICE_BREAK_CLAUSE] = "clause",
    [TTSSLICE_BREAK_SENTENCE] = "sentence", [TTSSLICE_BREAK_PARAGRAPH] = "paragraph",
    [TTSSLICE_BREAK_SECTION] = "section",   [TTSSLICE_BREAK_END] = "end",
};

const char *ttsslice_break_name(int32_t break_after) {
    if (break_after < TTSSLICE_BREAK_WORD || break_after > TTSSLICE_BREAK_END)
        return "unknown";
    return break_names[break_after];
}

int32_t ttsslice_break_from_name(const char *name) {
    for (int32_t i = TTSSLICE_BREAK_WORD; name && i <= TTSSLICE_BREAK_END; i++)
        if (strcmp(break_names[i], name) == 0)
            return i;
    return 0;
}

static const char *const packing_names[] = {
    [TTSSLICE_PACKING_OPTIMAL] = "optimal",
    [TTSSLICE_PACKING_GREEDY] = "greedy",
    [TTSSLICE_PACKING_BALANCED] = "balanced",
};

const char *ttsslice_packing_name(int32_t packing) {
    if (packing < TTSSLICE_PACKING_OPTIMAL || packing > TTSSLICE_PACKING_BALANCED)
        return "unknown";
    return packing_names[packing];
}

int32_t ttsslice_packing_from_name(const char *name) {
    for (int32_t i = TTSSLICE_PACKING_OPTIMAL; name && i <= TTSSLICE_PACKING_BALANCED; i++)
        if (strcmp(packing_names[i], name) == 0)
            return i;
    return -1;
}

int32_t ttsslice_language_supported(const char *language) {
    const ttss_language *found = language ? ttss_language_find(language) : NULL;
    for (size_t i = 0; found && i < ttss_language_count; i++)
        if (ttss_languages[i] == found)
            return 1;
    return 0;
}

size_t ttsslice_chunks_count(const ttsslice_chunks *chunks) {
    return chunks ? chunks->count : 0;
}

const ttsslice_chunk_info *ttsslice_chunks_get(const ttsslice_chunks *chunks, size_t index) {
    return chunks && index < chunks->count ? &chunks->items[index] : NULL;
}

ttsslice_chunks *ttsslice_chunks_ref(ttsslice_chunks *chunks) {
    if (chunks)
        ttss_refs_take(&chunks->refs);
    return chunks;
}

void ttsslice_chunks_unref(ttsslice_chunks *chunks) {
    if (!chunks || !ttss_refs_drop(&chunks->refs))
        return;
    free(chunks->items);
    free(chunks);
}

/* Takes over the items on success. */
static int32_t make_list(ttsslice_chunk_info *items, size_t count, ttsslice_chunks **out,
                         ttsslice_error *err) {
    ttsslice_chunks *chunks = ttss_new(ttsslice_chunks);
    if (!chunks)
        return ttss_nomem(err);
    ttss_refs_init(&chunks->refs);
    chunks->items = items;
    chunks->count = count;
    *out = chunks;
    return 0;
}

/* A call's options and text, checked. */
typedef struct job {
    ttsslice_chunk_options options;
    const char *text;
    size_t length;
    ttss_abbreviations own;
    ttss_pauses pauses;
    ttss_language language; /* with the application's own abbreviations */
} job;

static int32_t read_options(job *j, const ttsslice_chunk_options *given, ttsslice_error *err) {
    ttsslice_chunk_options *known = &j->options;
    *known = (ttsslice_chunk_options)TTSSLICE_CHUNK_OPTIONS_INIT;
    int32_t code = ttss_options_read(known, sizeof *known, OPTIONS_OLDEST, given,
                                     "ttsslice_chunk_options", err);
    if (!code)
        code = ttss_check_range("max_phrase_len", known->max_phrase_len, 1, PHRASE_LEN_MAX, err);
    if (!code)
        code = ttss_check_range("min_chars_merge", known->min_chars_merge, 0, known->max_phrase_len,
                                err);
    if (!code)
        code = ttss_check_range("packing", known->packing, TTSSLICE_PACKING_OPTIMAL,
                                TTSSLICE_PACKING_BALANCED, err);
    if (!code)
        code = ttss_check_range("pauses", known->pauses, 0, 1, err);
    if (!code && known->language && !ttss_language_find(known->language))
        code =
            ttss_fail(err, TTSSLICE_ERR_INVALID,
                      "language is \"%s\"; give an ISO 639-1 code such as \"en\"", known->language);
    return code;
}

/* What j holds is released with end(), also after a failure. */
static int32_t begin(job *j, const char *text, size_t length, const ttsslice_chunk_options *options,
                     ttsslice_error *err) {
    *j = (job){.text = text, .length = length};
    int32_t code = read_options(j, options, err);
    if (!code)
        code = ttss_text_check(text, &j->length, err);
    if (!code && j->options.pauses)
        code = ttss_pauses_read(&j->pauses, text, j->length, err);
    if (!code && ttss_skip_space(text, 0, j->length) == j->length)
        code = ttss_fail(err, TTSSLICE_ERR_EMPTY,
                         "the text holds nothing to speak: it is %s; give some text",
                         j->length ? "white space alone" : "empty");
    if (!code)
        code = ttss_abbreviations_read(&j->own, j->options.abbreviations, err);
    if (code)
        return code;
    if (j->pauses.text)
        j->text = j->pauses.text;
    j->language = *(j->options.language ? ttss_language_find(j->options.language)
                                        : ttss_language_of_text(j->text, j->length));
    ttss_language_prepare(&j->language, j->own.items, j->own.count);
    return 0;
}

static void end(job *j) {
    ttss_abbreviations_free(&j->own);
    ttss_pauses_free(&j->pauses);
}

static int32_t no_out(ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL; give a place for the chunks");
}

/* Makes the list of what a job found, or frees it. `least` is the weakest break. */
static int32_t finish(job *j, int32_t code, ttss_chunk_list *list, int32_t least,
                      ttsslice_chunks **out, ttsslice_error *err) {
    if (!code && j->pauses.count)
        code = ttss_pauses_place(&j->pauses, &j->language, least, list, err);
    if (!code)
        code = make_list(list->items, list->count, out, err);
    if (code)
        free(list->items);
    end(j);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CHUNK, -1) : 0;
}

static int32_t pack(const job *j, ttss_chunk_list *list, ttsslice_error *err) {
    const ttss_pack_options options = {
        .language = &j->language,
        .limit = (size_t)j->options.max_phrase_len,
        .min_merge = (size_t)j->options.min_chars_merge,
        .packing = j->options.packing,
    };
    return ttss_pack(list, &options, j->text, j->length, err);
}

int32_t ttsslice_chunk(const char *text, size_t length, const ttsslice_chunk_options *options,
                       ttsslice_chunks **out, ttsslice_error *err) {
    job j = {0};
    ttss_chunk_list list = {0};
    int32_t code = out ? begin(&j, text, length, options, err) : no_out(err);
    if (!code)
        code = pack(&j, &list, err);
    return finish(&j, code, &list, TTSSLICE_BREAK_CLAUSE, out, err);
}

int32_t ttsslice_sentences(const char *text, size_t length, const ttsslice_chunk_options *options,
                           ttsslice_chunks **out, ttsslice_error *err) {
    job j = {0};
    ttss_chunk_list list = {0};
    int32_t code = out ? begin(&j, text, length, options, err) : no_out(err);
    if (!code)
        code = ttss_split(&list, &j.language, j.text, j.length, err);
    return finish(&j, code, &list, TTSSLICE_BREAK_SENTENCE, out, err);
}

int32_t ttsslice_sentences_explain(const char *text, size_t length,
                                   const ttsslice_chunk_options *options, ttsslice_boundary_fn fn,
                                   void *user_data, ttsslice_error *err) {
    job j = {0};
    ttss_watch watch = {.fn = fn, .user_data = user_data};
    int32_t code = fn ? begin(&j, text, length, options, err)
                      : ttss_fail(err, TTSSLICE_ERR_INVALID,
                                  "fn is NULL; give a function that takes the boundaries");
    if (!code) {
        ttss_split_explain(&j.language, j.text, j.length, &watch);
        if (watch.code)
            code = ttss_fail(err, watch.code, "the application's own function stopped the call");
    }
    end(&j);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CHUNK, -1) : 0;
}

/* --- chunks from elsewhere ------------------------------------------------------------------ */

static bool is_boundary(const char *text, size_t length, size_t pos) {
    return pos == length || ((unsigned char)text[pos] & 0xC0) != 0x80;
}

static int32_t bad_span(size_t index, const char *what, size_t offset, ttsslice_error *err) {
    return ttss_at_offset(
        err, ttss_fail(err, TTSSLICE_ERR_INVALID, "chunk %zu %s (byte %zu)", index, what, offset),
        offset);
}

/* Checks one span and trims white space off it. *pos is the end of the span before. */
static int32_t take_span(const char *text, size_t length, size_t index, size_t *pos,
                         ttsslice_chunk_info *info, ttsslice_error *err) {
    size_t start = info->start;
    if (start > length || info->length > length - start)
        return bad_span(index, "reaches beyond the end of the text", start, err);
    size_t end = start + info->length;
    if (start < *pos)
        return bad_span(index, "begins before the end of the one before it", start, err);
    if (!is_boundary(text, length, start) || !is_boundary(text, length, end))
        return bad_span(index, "cuts a character in two; spans count bytes", start, err);
    size_t between = ttss_skip_space(text, *pos, start);
    if (between < start)
        return ttss_at_offset(err,
                              ttss_fail(err, TTSSLICE_ERR_INVALID,
                                        "the text at byte %zu is in no chunk; chunks must hold "
                                        "all that is not white space",
                                        between),
                              between);
    info->start = ttss_skip_space(text, start, end);
    info->length = ttss_trim_end(text, info->start, end) - info->start;
    if (info->length == 0)
        return bad_span(index, "is empty", start, err);
    info->characters = ttss_utf8_count(text + info->start, info->length);
    *pos = end;
    return 0;
}

static int32_t take_spans(const char *text, size_t length, const size_t *starts,
                          const size_t *lengths, const int32_t *breaks, size_t count,
                          ttsslice_chunk_info *items, ttsslice_error *err) {
    size_t pos = 0;
    for (size_t i = 0; i < count; i++) {
        items[i].start = starts[i];
        items[i].length = lengths[i];
        items[i].break_after = breaks[i];
        items[i].pause_ms = -1;
        int32_t code = take_span(text, length, i, &pos, &items[i], err);
        if (code)
            return code;
        if (breaks[i] < TTSSLICE_BREAK_WORD || breaks[i] > TTSSLICE_BREAK_END)
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "chunk %zu has break %d; use a value of enum ttsslice_break", i,
                             (int)breaks[i]);
    }
    pos = ttss_skip_space(text, pos, length);
    if (pos < length)
        return ttss_at_offset(err,
                              ttss_fail(err, TTSSLICE_ERR_INVALID,
                                        "the text from byte %zu on is in no chunk; chunks must "
                                        "hold all that is not white space",
                                        pos),
                              pos);
    return 0;
}

static int32_t chunks_new(const char *text, size_t length, const size_t *starts,
                          const size_t *lengths, const int32_t *breaks, size_t count,
                          ttsslice_chunks **out, ttsslice_error *err) {
    if (!out || (count > 0 && (!starts || !lengths || !breaks)))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "out, starts, lengths and breaks must not be NULL");
    int32_t ret = ttss_text_check(text, &length, err);
    if (ret)
        return ret;
    /* No span is empty, so a greater count cannot be right; it also keeps the size in bounds. */
    if (count > length)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "%zu chunks cannot be made of a text of %zu bytes", count, length);
    ttsslice_chunk_info *items = ttss_new_array(count, sizeof *items);
    if (!items)
        return ttss_nomem(err);
    ret = take_spans(text, length, starts, lengths, breaks, count, items, err);
    if (!ret)
        ret = make_list(items, count, out, err);
    if (ret)
        free(items);
    return ret;
}

int32_t ttsslice_chunks_new(const char *text, size_t length, const size_t *starts,
                            const size_t *lengths, const int32_t *breaks, size_t count,
                            ttsslice_chunks **out, ttsslice_error *err) {
    int32_t ret = chunks_new(text, length, starts, lengths, breaks, count, out, err);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_CHUNK, -1) : 0;
}
