/* SPDX-License-Identifier: MIT */
/* Packing. Within a block, sentences (or pieces of a long one) are the units. Each chunk takes as
 * many units as fit, which gives the fewest chunks; then a chunk that is too short takes units
 * back from the end of the one before it, as long as that leaves no short one there. */
#include "chunk/pack.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chunk/block.h"
#include "chunk/cut.h"
#include "chunk/marks.h"
#include "chunk/sentence.h"

#include <stdlib.h>

typedef struct unit {
    size_t start; /* bytes in the text */
    size_t end;
    size_t at; /* characters from the start of the block */
    size_t characters;
    int32_t break_after;
} unit;

typedef struct packer {
    const ttss_language *language;
    const char *text;
    size_t limit;
    size_t min_merge;
    unit *units; /* of the block in hand */
    size_t unit_count;
    size_t unit_capacity;
    size_t *firsts; /* its chunks, each by its first unit */
    size_t first_count;
    size_t first_capacity;
    ttss_chunk_list *list;
} packer;

static bool add_unit(packer *p, unit u) {
    if (!ttss_grow((void **)&p->units, &p->unit_capacity, p->unit_count + 1, sizeof *p->units))
        return false;
    p->units[p->unit_count++] = u;
    return true;
}

/* One sentence, in pieces if it is too long. */
static bool add_sentence(packer *p, size_t start, size_t end, size_t at) {
    size_t left = ttss_utf8_count(p->text + start, end - start);
    while (left > p->limit) {
        ttss_cut cut = ttss_cut_find(p->text, start, end, left, p->limit);
        if (!add_unit(p, (unit){start, cut.end, at, cut.characters, cut.break_after}))
            return false;
        start = ttss_skip_space(p->text, cut.end, end);
        size_t passed = cut.characters + ttss_utf8_count(p->text + cut.end, start - cut.end);
        at += passed;
        left -= passed;
    }
    return add_unit(p, (unit){start, end, at, left, TTSSLICE_BREAK_SENTENCE});
}

static bool read_units(packer *p, const ttss_block *block) {
    size_t start = block->start, at = 0;
    p->unit_count = 0;
    while (start < block->end) {
        size_t end = ttss_sentence_end(p->language, p->text, start, block->end, NULL);
        if (!add_sentence(p, start, end, at))
            return false;
        const unit *last = &p->units[p->unit_count - 1];
        start = ttss_skip_space(p->text, end, block->end);
        at = last->at + last->characters + ttss_utf8_count(p->text + end, start - end);
    }
    return true;
}

/* Characters from the start of one unit to the end of another. */
static size_t span(const packer *p, size_t first, size_t last) {
    return p->units[last].at + p->units[last].characters - p->units[first].at;
}

static bool fill_chunks(packer *p) {
    p->first_count = 0;
    for (size_t i = 0; i < p->unit_count; i++) {
        if (i > 0 && span(p, p->firsts[p->first_count - 1], i) <= p->limit)
            continue;
        if (!ttss_grow((void **)&p->firsts, &p->first_capacity, p->first_count + 1,
                       sizeof *p->firsts))
            return false;
        p->firsts[p->first_count++] = i;
    }
    return true;
}

static size_t last_unit(const packer *p, size_t chunk) {
    return (chunk + 1 < p->first_count ? p->firsts[chunk + 1] : p->unit_count) - 1;
}

static void lengthen_short_chunks(packer *p) {
    for (size_t i = 1; i < p->first_count; i++) {
        size_t last = last_unit(p, i), before = p->firsts[i - 1];
        while (span(p, p->firsts[i], last) < p->min_merge) {
            size_t moved = p->firsts[i] - 1;
            if (moved == before || span(p, moved, last) > p->limit ||
                span(p, before, moved - 1) < p->min_merge)
                break;
            p->firsts[i] = moved;
        }
    }
}

static bool emit_chunks(packer *p, int32_t block_break) {
    ttss_chunk_list *list = p->list;
    if (!ttss_grow((void **)&list->items, &list->capacity, list->count + p->first_count,
                   sizeof *list->items))
        return false;
    for (size_t i = 0; i < p->first_count; i++) {
        size_t first = p->firsts[i], last = last_unit(p, i);
        list->items[list->count++] = (ttsslice_chunk_info){
            .start = p->units[first].start,
            .length = p->units[last].end - p->units[first].start,
            .characters = span(p, first, last),
            .break_after = i + 1 < p->first_count ? p->units[last].break_after : block_break,
        };
    }
    return true;
}

int32_t ttss_pack(ttss_chunk_list *list, const ttss_language *language, const char *text,
                  size_t length, size_t limit, size_t min_merge, ttsslice_error *err) {
    packer p = {
        .language = language, .text = text, .limit = limit, .min_merge = min_merge, .list = list};
    ttss_block_reader reader = {.language = language, .text = text, .length = length};
    ttss_block block, next;
    int32_t ret = 0;
    bool more = ttss_block_next(&reader, &block);
    while (more) {
        more = ttss_block_next(&reader, &next);
        int32_t block_break = more ? ttss_block_break(&block, &next) : TTSSLICE_BREAK_END;
        bool done = read_units(&p, &block) && fill_chunks(&p);
        if (done)
            lengthen_short_chunks(&p);
        if (!done || !emit_chunks(&p, block_break)) {
            ret = ttss_nomem(err);
            goto out;
        }
        block = next;
    }
out:
    free(p.units);
    free(p.firsts);
    return ret;
}
