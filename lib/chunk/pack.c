/* SPDX-License-Identifier: MIT */
/* Packing. Within a block, sentences are the units, or pieces of a sentence that is too long
 * (cut.c); which of them go into one chunk is decided in partition.c.
 *
 * Memory does not grow with a paragraph: when there are `window` units, those are packed, the
 * chunks of the first 7 / 8 of them are kept, and the rest is packed again with what follows. As at
 * most UNITS_PER_CHUNK units or so go into a chunk, that is more than 200 chunks, of which only the
 * choice of the last might have been another one; at worst one chunk more for all of them. */
#include "chunk/pack.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chunk/block.h"
#include "chunk/marks.h"
#include "chunk/partition.h"
#include "chunk/sentence.h"

#include <stdlib.h>
#include <string.h>

/* Units are joined while they are shorter than this part of the limit, or else a limit of a
 * million characters would make the dynamic programme slow. No unit is, for limits up to 383. */
#define UNITS_PER_CHUNK 128

/* A sentence of that many characters counts as one of enough words. Two words seldom are so long,
 * and in scripts without spaces between words their number cannot be told. */
#define MANY_CHARACTERS 30

typedef struct packer {
    const ttss_pack_options *options;
    const char *text;
    size_t window;
    ttss_unit *units; /* of the block in hand */
    size_t count;
    size_t capacity;
    ttss_partition partition;
    ttss_chunk_list *list;
} packer;

static int32_t break_of(enum ttss_edge edge) {
    if (edge == TTSS_EDGE_SENTENCE)
        return TTSSLICE_BREAK_SENTENCE;
    return edge <= TTSS_EDGE_COMMA ? TTSSLICE_BREAK_CLAUSE : TTSSLICE_BREAK_WORD;
}

static bool emit(packer *p, size_t first, size_t last) {
    ttss_chunk_list *list = p->list;
    const ttss_piece *head = &p->units[first].piece, *tail = &p->units[last].piece;
    if (!ttss_grow((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count++] = (ttsslice_chunk_info){
        .start = head->start,
        .length = tail->end - head->start,
        .characters = tail->to - head->at,
        .break_after = break_of(tail->edge),
        .pause_ms = -1,
    };
    return true;
}

/* Packs the units in hand and emits the chunks that begin before unit `until`; drops their units.
 */
static bool pack_units(packer *p, size_t until) {
    if (!ttss_partition_make(&p->partition, p->units, p->count))
        return false;
    size_t done = 0;
    for (size_t i = 0; i < p->partition.count && done < until; i++) {
        size_t next = i + 1 < p->partition.count ? p->partition.firsts[i + 1] : p->count;
        if (!emit(p, done, next - 1))
            return false;
        done = next;
    }
    p->count -= done;
    memmove(p->units, p->units + done, p->count * sizeof *p->units);
    return true;
}

/* Joins the last unit with the one before it, or else the next one with it, if it is tiny. True if
 * the next one is taken care of by that. */
static bool join_tiny(packer *p, const ttss_unit *next) {
    size_t limit = p->options->limit;
    ttss_unit *last = &p->units[p->count - 1];
    if (last->piece.to - last->piece.at >= limit / UNITS_PER_CHUNK)
        return false;
    ttss_unit *before = p->count > 1 ? last - 1 : NULL;
    if (before && before->piece.edge > last->piece.edge &&
        last->piece.to - before->piece.at <= limit) {
        last->piece.start = before->piece.start;
        last->piece.at = before->piece.at;
        last->words += before->words;
        *before = *last;
        p->count--;
        return false;
    }
    if (next->piece.to - last->piece.at > limit)
        return false;
    last->piece.end = next->piece.end;
    last->piece.to = next->piece.to;
    last->piece.edge = next->piece.edge;
    last->words += next->words;
    return true;
}

/* Words with a letter or a digit, to TTSS_WORDS_ENOUGH. */
static uint32_t count_words(const char *text, const ttss_piece *piece) {
    if (piece->to - piece->at >= MANY_CHARACTERS)
        return TTSS_WORDS_ENOUGH;
    uint32_t words = 0;
    bool inside = false;
    for (size_t pos = piece->start; pos < piece->end && words < TTSS_WORDS_ENOUGH;) {
        uint32_t c = ttss_utf8_next(text, piece->end, &pos);
        if (!inside && ttss_letter_of(c) != TTSS_LETTER_NONE) {
            inside = true;
            words++;
        } else if (ttss_is_space(c)) {
            inside = false;
        }
    }
    return words;
}

static bool add_piece(const ttss_piece *piece, void *user_data) {
    packer *p = user_data;
    ttss_unit unit = {*piece, count_words(p->text, piece)};
    if (p->count == p->window && !pack_units(p, p->window - p->window / 8))
        return false;
    if (p->count > 0 && join_tiny(p, &unit))
        return true;
    if (!ttss_grow((void **)&p->units, &p->capacity, p->count + 1, sizeof *p->units))
        return false;
    p->units[p->count++] = unit;
    return true;
}

static bool pack_block(packer *p, const ttss_block *block, int32_t block_break) {
    const ttss_pack_options *o = p->options;
    size_t start = block->start, at = 0;
    while (start < block->end) {
        size_t end = ttss_sentence_end(o->language, p->text, start, block->end, NULL);
        size_t to = at + ttss_utf8_count(p->text + start, end - start);
        ttss_piece sentence = {start, end, at, to, TTSS_EDGE_SENTENCE};
        if (!ttss_cut(p->text, &sentence, o->limit, add_piece, p))
            return false;
        start = ttss_skip_space(p->text, end, block->end);
        at = to + ttss_utf8_count(p->text + end, start - end);
    }
    if (!pack_units(p, p->count))
        return false;
    p->list->items[p->list->count - 1].break_after = block_break;
    return true;
}

int32_t ttss_pack(ttss_chunk_list *list, const ttss_pack_options *options, const char *text,
                  size_t length, ttsslice_error *err) {
    packer p = {
        .options = options,
        .text = text,
        .window = options->window ? options->window : TTSS_PACK_WINDOW,
        .partition = {.limit = options->limit,
                      .min_merge = options->min_merge,
                      .packing = options->packing},
        .list = list,
    };
    ttss_block_reader reader = {.language = options->language, .text = text, .length = length};
    ttss_block block, next;
    bool done = true;
    bool more = ttss_block_next(&reader, &block);
    while (more && done) {
        more = ttss_block_next(&reader, &next);
        done = pack_block(&p, &block, more ? ttss_block_break(&block, &next) : TTSSLICE_BREAK_END);
        block = next;
    }
    free(p.units);
    ttss_partition_free(&p.partition);
    return done ? 0 : ttss_nomem(err);
}
