/* SPDX-License-Identifier: MIT */
/* Which of the places where chunks may end are used. A dynamic programme over the places of one
 * paragraph (after Knuth and Plass, Breaking Paragraphs into Lines, 1981), in O(n k) for n units
 * and at most k in a chunk.
 *
 * All ways of packing agree on what comes first. In this order, a partition is better if it has
 *   1. fewer chunks that end inside a sentence: a torn sentence is heard, and a sentence of n
 *      characters needs to be torn ceil(n / limit) - 1 times at the least;
 *   2. fewer of those ends at places that are no clause;
 *   3. fewer chunks: each is a request, and a join that may be heard.
 * What is still equal is decided by
 *   greedy    the shorter last chunk, then the shorter one before it, and so on, so that the chunks
 *             in front are as full as can be;
 *   balanced  the shorter longest chunk, then the smaller sum of the squares of the lengths;
 *   optimal   the smaller sum of prices; see the table in partition.c.
 * So the three differ in where chunks end, never in how many chunks there are, and that number is
 * the smallest for the given places. A chunk of which a neighbour in the paragraph could take all
 * cannot be left: without it there would be one less. */
#ifndef TTSS_CHUNK_PARTITION_H
#define TTSS_CHUNK_PARTITION_H

#include "chunk/cut.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Enough words; more are not counted. */
#define TTSS_WORDS_ENOUGH 3

/* A sentence or a piece of one, not longer than the limit. */
typedef struct ttss_unit {
    ttss_piece piece;
    uint32_t words; /* to TTSS_WORDS_ENOUGH */
} ttss_unit;

typedef struct ttss_partition {
    size_t limit;     /* characters */
    size_t min_merge; /* a chunk of fewer is too short */
    int32_t packing;  /* enum ttsslice_packing */
    /* Result: firsts[i] is the first unit of chunk i; free with ttss_partition_free(). */
    size_t *firsts;
    size_t count;
    size_t capacity;
    struct ttss_best *best; /* for the work */
    size_t best_capacity;
} ttss_partition;

/* Packs count > 0 units. False if there is no memory. May be called again. */
bool ttss_partition_make(ttss_partition *partition, const ttss_unit *units, size_t count);

/* What optimal packing takes for one chunk. */
uint64_t ttss_partition_price(const ttss_partition *partition, uint64_t length, uint32_t words,
                              enum ttss_edge edge);

void ttss_partition_free(ttss_partition *partition);

#endif
