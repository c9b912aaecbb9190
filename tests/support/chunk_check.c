/* SPDX-License-Identifier: MIT */
/* The promises of slice "chunk"; see chunk_check.h. */
#include "chunk_check.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Beyond that many bytes a paragraph may be packed in parts; see pack.c. */
#define ONE_WINDOW 65536

typedef struct checked {
    const char *text;
    size_t length;
    size_t limit;
    size_t *cluster; /* first byte of the grapheme cluster that a byte is in */
    ttsslice_chunks *sentences;
} checked;

static _Thread_local char message[256];

static const char *broken(const char *promise, size_t chunk, size_t byte) {
    snprintf(message, sizeof message, "chunk %zu, byte %zu: %s", chunk, byte, promise);
    return message;
}

static bool map_clusters(checked *c) {
    utf8proc_int32_t state = 0;
    uint32_t previous = 0;
    size_t first = 0;
    c->cluster = malloc((c->length + 1) * sizeof *c->cluster);
    if (!c->cluster)
        return false;
    for (size_t pos = 0; pos < c->length;) {
        size_t at = pos;
        uint32_t next = ttss_utf8_next(c->text, c->length, &pos);
        if (at > 0 && utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous,
                                                       (utf8proc_int32_t)next, &state))
            first = at;
        for (size_t i = at; i < pos; i++)
            c->cluster[i] = first;
        previous = next;
    }
    c->cluster[c->length] = c->length;
    return true;
}

static size_t cluster_characters(const checked *c, size_t pos) {
    size_t end = pos;
    while (c->cluster[end] == c->cluster[pos])
        end++;
    return ttss_utf8_count(c->text + c->cluster[pos], end - c->cluster[pos]);
}

static bool has_blank_line(const char *text, size_t length) {
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n' && blank)
            return true;
        blank = text[i] == '\n' || (blank && (text[i] == ' ' || text[i] == '\r'));
    }
    return false;
}

/* One span by itself, behind `pos`. */
static const char *check_span(const checked *c, const ttsslice_chunk_info *info, size_t i,
                              size_t pos) {
    size_t end = info->start + info->length;
    if (info->length == 0 || info->start < pos || end > c->length)
        return broken("spans are in order, in the text and not empty", i, info->start);
    if (ttss_skip_space(c->text, pos, info->start) != info->start)
        return broken("every byte but white space is in a span", i, pos);
    if (ttss_skip_space(c->text, info->start, end) != info->start ||
        ttss_trim_end(c->text, info->start, end) != end)
        return broken("no span begins or ends with white space", i, info->start);
    const char *span = c->text + info->start;
    if (ttss_utf8_valid_prefix(span, info->length) != info->length)
        return broken("no character is cut", i, info->start);
    if (info->characters != ttss_utf8_count(span, info->length) || info->characters > c->limit)
        return broken("characters are right and within the limit", i, info->start);
    if (info->reserved != 0 || has_blank_line(span, info->length))
        return broken("no span crosses a paragraph", i, info->start);
    /* Two spans without white space between them meet at the edge of a cluster. */
    if (pos == info->start && c->cluster[pos] != pos && cluster_characters(c, pos) <= c->limit)
        return broken("no grapheme cluster is cut that fits", i, pos);
    return NULL;
}

/* Chunks end where sentences end, or in a sentence that is too long. *n moves along. */
static const char *check_break(const checked *c, const ttsslice_chunk_info *info, size_t i,
                               size_t *n) {
    const ttsslice_chunk_info *sentence = ttsslice_chunks_get(c->sentences, *n);
    size_t end = info->start + info->length;
    while (sentence && sentence->start + sentence->length < end)
        sentence = ttsslice_chunks_get(c->sentences, ++*n);
    if (!sentence)
        return broken("sentences and chunks hold the same text", i, end);
    if (sentence->start + sentence->length == end)
        return info->break_after == sentence->break_after
                   ? NULL
                   : broken("the break is that of the sentence", i, end);
    if (info->break_after >= TTSSLICE_BREAK_SENTENCE || sentence->characters <= c->limit)
        return broken("only a sentence that is too long is cut", i, end);
    return NULL;
}

static const char *check_list(const checked *c, const ttsslice_chunks *chunks) {
    const ttsslice_chunk_info *before = NULL;
    const char *found = NULL;
    size_t pos = 0, n = 0, count = ttsslice_chunks_count(chunks);
    for (size_t i = 0; i < count && !found; i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        found = check_span(c, info, i, pos);
        if (!found)
            found = check_break(c, info, i, &n);
        if (!found && (info->break_after == TTSSLICE_BREAK_END) != (i + 1 == count))
            found = broken("the last break is the end", i, info->start);
        pos = info->start + info->length;
        if (!found && before && before->break_after <= TTSSLICE_BREAK_SENTENCE &&
            c->length <= ONE_WINDOW &&
            ttss_utf8_count(c->text + before->start, pos - before->start) <= c->limit)
            found = broken("chunks that fit into one are one", i, info->start);
        before = info;
    }
    if (!found && ttss_skip_space(c->text, pos, c->length) != c->length)
        found = broken("every byte but white space is in a span", count, pos);
    return found;
}

typedef struct paragraph {
    size_t chunks;
    size_t cuts; /* inside sentences */
    size_t longest;
} paragraph;

/* The paragraph from chunk *i on. */
static paragraph measure(const ttsslice_chunks *chunks, size_t *i) {
    paragraph p = {0};
    const ttsslice_chunk_info *info;
    do {
        info = ttsslice_chunks_get(chunks, (*i)++);
        p.chunks++;
        p.cuts += info->break_after < TTSSLICE_BREAK_SENTENCE;
        if (info->characters > p.longest)
            p.longest = info->characters;
    } while (info->break_after <= TTSSLICE_BREAK_SENTENCE);
    return p;
}

/* The ways of packing agree on numbers, and balanced has the shortest longest chunk. */
static const char *compare(ttsslice_chunks *const lists[3]) {
    size_t at[3] = {0};
    while (at[0] < ttsslice_chunks_count(lists[0])) {
        size_t first = at[0];
        paragraph p[3];
        for (int i = 0; i < 3; i++)
            p[i] = measure(lists[i], &at[i]);
        if (p[0].chunks != p[1].chunks || p[0].chunks != p[2].chunks || p[0].cuts != p[1].cuts ||
            p[0].cuts != p[2].cuts)
            return broken("all ways of packing need the same number", first, 0);
        if (p[2].longest > p[0].longest || p[2].longest > p[1].longest)
            return broken("balanced has the shortest longest chunk", first, 0);
    }
    return NULL;
}

static bool same(const ttsslice_chunks *a, const ttsslice_chunks *b) {
    if (ttsslice_chunks_count(a) != ttsslice_chunks_count(b))
        return false;
    for (size_t i = 0; i < ttsslice_chunks_count(a); i++)
        if (memcmp(ttsslice_chunks_get(a, i), ttsslice_chunks_get(b, i),
                   sizeof(ttsslice_chunk_info)) != 0)
            return false;
    return true;
}

static const char *check_all(checked *c, ttsslice_chunk_options options) {
    ttsslice_chunks *lists[3] = {0}, *again = NULL;
    const char *found = NULL;
    if (ttsslice_sentences(c->text, c->length, &options, &c->sentences, NULL) != 0 ||
        !map_clusters(c))
        return "there are sentences, and memory";
    for (int32_t i = 0; i < 3 && !found; i++) {
        options.packing = i;
        if (ttsslice_chunk(c->text, c->length, &options, &lists[i], NULL) != 0)
            found = "there are chunks";
        else
            found = check_list(c, lists[i]);
    }
    if (!found && c->length <= ONE_WINDOW)
        found = compare(lists);
    if (!found && (ttsslice_chunk(c->text, c->length, &options, &again, NULL) != 0 ||
                   !same(lists[options.packing], again)))
        found = "the same text gives the same chunks";
    for (int i = 0; i < 3; i++)
        ttsslice_chunks_unref(lists[i]);
    ttsslice_chunks_unref(again);
    return found;
}

const char *chunk_check(const char *text, size_t length, const ttsslice_chunk_options *options) {
    checked c = {.text = text, .length = length, .limit = (size_t)options->max_phrase_len};
    if (ttss_skip_space(text, 0, length) == length) {
        ttsslice_chunks *none = NULL;
        return ttsslice_chunk(text, length, options, &none, NULL) == TTSSLICE_ERR_EMPTY && !none
                   ? NULL
                   : "white space alone is an error";
    }
    const char *found = check_all(&c, *options);
    free(c.cluster);
    ttsslice_chunks_unref(c.sentences);
    return found;
}

char *chunk_marked(const char *text, const ttsslice_chunk_options *options) {
    ttsslice_chunks *chunks = NULL;
    ttss_buf marked;
    if (ttsslice_chunk(text, TTSSLICE_NUL_TERMINATED, options, &chunks, NULL) != 0)
        return NULL;
    ttss_buf_init(&marked, 1 << 20);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        ttss_buf_add(&marked, text + info->start, info->length);
        ttss_buf_printf(&marked, "<%s>", ttsslice_break_name(info->break_after));
    }
    ttsslice_chunks_unref(chunks);
    for (size_t i = 0; i < marked.length; i++)
        if (marked.data[i] == '\n')
            marked.data[i] = ' ';
    return marked.data;
}

/* --- texts ---------------------------------------------------------------------------------- */

const char chunk_soup_ascii[] =
    " ~ ~ ~ ~.~.~!~?~,~;~:~\n~\r\n~\n\n~\r~\t~\"~'~(~)~[~]~-~--~*~#~# ~_~&~...~1~20~5.~a~b~"
    "it~The~Mr~e.g.~I~J.~p.m~Chapter 1~\n- ~\n1. ~\n2) ~\n===~\n---\n~\n> ~\n|~CAPS~```\n";

/* Spaces; stops; marks; what joins into clusters; letters. */
const char chunk_soup_unicode[] =
    " ~ ~ ~\n~\n\n~\xC2\xA0~\xE2\x80\xAF~\xE2\x80\x8B~\xE3\x80\x80~\xE2\x80\xA8~\xE2\x80\xA9~"
    "\xEF\xBB\xBF~\xE2\x81\xA0~.~…~。~！~？~｡~؟~।~⁉~‼~」~「~”~“~—~–~，~、~\n\xE3\x80\x80~"
    "\xCC\x81~\xEF\xB8\x8F~\xE2\x80\x8D~👩~👨\xE2\x80\x8D👩\xE2\x80\x8D👧~🇩🇪~🇫~"
    "\xF0\x9F\x87\xA6~❤️~👍🏽~가~\xE1\x86\xA8~क्षि~\xE0\xA4\x82~่~ไทย~ภาษา ~\xE2\x80\xA2 "
    "~"
    "日本~と~中~É~é~ß~word~Привет~Ωμ~שלום~١";

const char chunk_soup_prose[] =
    "It rained.~ ~ No.~ ~ \"Why not?\" ~ He sat, and sat; ~ she had not come, and ~the long road "
    "~to the sea ~was wet. ~ So they went on, ~ in the end, ~ — ~which nobody had seen ~\n~\n\n~"
    "unaccountably ~, ~. ~. ~. ~! ~: ~a~ the ~ of ~ Mr. Hale ~incomprehensibilities";

void chunk_soup(ttss_buf *buf, const char *pieces, size_t count, uint64_t *seed) {
    const char *piece[128];
    size_t length[128], piece_count = 0;
    for (const char *p = pieces; *p; p += *p == '~') {
        piece[piece_count] = p;
        length[piece_count] = strcspn(p, "~");
        p += length[piece_count++];
    }
    for (size_t i = 0; i < count; i++) {
        size_t n = ttss_draw_below(seed, piece_count);
        ttss_buf_add(buf, piece[n], length[n]);
    }
}
