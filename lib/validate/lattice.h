/* SPDX-License-Identifier: MIT */
/* A text as a lattice of words: a chain of tokens in which each reading is a path of its own.
 * Nodes are numbered so that every edge leads to a higher number; readings of a token that begin
 * alike share their beginning. Text and transcript share one vocabulary, so words are compared as
 * numbers. */
#ifndef TTSS_VALIDATE_LATTICE_H
#define TTSS_VALIDATE_LATTICE_H

#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>

/* --- vocabulary ----------------------------------------------------------------------------- */

typedef struct ttss_vocabulary_word {
    const char *text;   /* borrowed */
    uint64_t hash;      /* of the text without apostrophes, which make no difference */
    uint64_t signature; /* a set of its letters and letter pairs */
    uint8_t sides;      /* 1: in the text, 2: in the transcript */
} ttss_vocabulary_word;

typedef struct ttss_vocabulary {
    ttss_vocabulary_word *words;
    size_t count, room;
    uint32_t *slots; /* index + 1; 0: free */
    size_t slot_count;
} ttss_vocabulary;

void ttss_vocabulary_free(ttss_vocabulary *vocabulary);

/* --- lattice -------------------------------------------------------------------------------- */

#define TTSS_PARTS_MAX 3 /* "mother in law" heard as one word */

typedef struct ttss_edge {
    uint32_t from, to;
    uint32_t word; /* in the vocabulary */
    uint32_t first_token, last_token;
    uint8_t count;   /* words: 1, or more where neighbours are one word on the other side */
    uint8_t penalty; /* 1 at the end of a reading that is not the first */
    uint32_t order;  /* as they were made: the first reading first */
    const char *texts[TTSS_PARTS_MAX];
} ttss_edge;

typedef struct ttss_lattice {
    ttss_edge *edges; /* by the node they lead to */
    size_t edge_count, edge_room;
    uint32_t *first_in; /* node_count + 1 values: edges into node i are [first_in[i], next) */
    size_t node_count;
    uint32_t *token_node; /* token_count + 1 values: the node in front of each token */
    uint32_t *token_word; /* its word where a token is just one; else TTSS_NO_WORD */
    size_t token_count;
} ttss_lattice;

#define TTSS_NO_WORD UINT32_MAX

/* Makes both. False: out of memory, or beyond what 32 bits number. */
bool ttss_lattice_make(ttss_lattice *text, const ttss_words *text_words, ttss_lattice *heard,
                       const ttss_words *heard_words, ttss_vocabulary *vocabulary);
void ttss_lattice_free(ttss_lattice *lattice);

#endif
