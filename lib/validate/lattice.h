/* SPDX-License-Identifier: MIT */
/* A stretch of a text as a lattice of words: a chain of tokens in which each reading is a path of
 * its own. Nodes are numbered so that every edge leads to a higher number; readings of a token that
 * begin alike share their beginning. It is made only where text and transcript differ and a token
 * has several readings. */
#ifndef TTSS_VALIDATE_LATTICE_H
#define TTSS_VALIDATE_LATTICE_H

#include "validate/align.h"

typedef struct ttss_edge {
    uint32_t from, to;
    ttss_part part;
    uint8_t penalty; /* 1 at the end of a reading that is not the first */
    uint32_t order;  /* as they were made: the first reading first */
} ttss_edge;

typedef struct ttss_lattice {
    ttss_edge *edges; /* by the node they lead to */
    size_t edge_count, edge_room;
    uint32_t *first_in; /* node_count + 1 values: edges into node i are [first_in[i], next) */
    size_t node_count;
} ttss_lattice;

/* Makes that of tokens [first, end); numbers their words. False: out of memory. */
bool ttss_lattice_make(ttss_lattice *lattice, const ttss_words *words, uint32_t first, uint32_t end,
                       ttss_vocabulary *vocabulary, uint8_t side);
void ttss_lattice_free(ttss_lattice *lattice); /* also of a zeroed struct */

/* Adds what neighbouring words give together, where that is a word of the other side. */
bool ttss_lattice_join(ttss_lattice *lattice, const ttss_words *words,
                       const ttss_vocabulary *vocabulary, uint8_t other_side);

/* The symbol of words written together if that side has it, else TTSS_NO_SYMBOL. */
uint32_t ttss_joined_symbol(const ttss_words *words, const uint32_t *parts, size_t count,
                            const ttss_vocabulary *vocabulary, uint8_t side);

/* Minimum-edit alignment of two lattices, appended to out. False: out of memory. */
bool ttss_lattice_align(ttss_alignment *out, const ttss_lattice *text, const ttss_lattice *heard,
                        ttss_vocabulary *vocabulary);

#endif
