/* SPDX-License-Identifier: MIT */
/* Where a sentence that is longer than a chunk may be cut. It falls into pieces none of which is
 * too long, at every place that is worth a cut: behind clauses and between words; only where that
 * leaves a piece too long also at no-break spaces and before marks, and only where that does,
 * inside a word, evenly, between grapheme clusters (UAX #29), and inside a cluster that is itself
 * too long. Which of the places are used is decided in partition.c. Time is linear. */
#ifndef TTSS_CHUNK_CUT_H
#define TTSS_CHUNK_CUT_H

#include <stdbool.h>
#include <stddef.h>

/* What a piece ends with, from the best place for the end of a chunk to the worst. */
enum ttss_edge {
    TTSS_EDGE_SENTENCE = 0,
    TTSS_EDGE_CLAUSE = 1,      /* ; : and dashes */
    TTSS_EDGE_COMMA_WORD = 2,  /* a comma before a short word, which is often a conjunction */
    TTSS_EDGE_COMMA = 3,       /* also a space in Thai and the like */
    TTSS_EDGE_BEFORE_WORD = 4, /* between a long word and a short one */
    TTSS_EDGE_WORD = 5,
    TTSS_EDGE_GLUE = 6,
    TTSS_EDGE_INSIDE = 7
};

/* Text without white space around it. */
typedef struct ttss_piece {
    size_t start; /* bytes in the text */
    size_t end;
    size_t at; /* characters (code points), from where the caller counts, to its start */
    size_t to; /* and to its end */
    enum ttss_edge edge;
} ttss_piece;

/* Takes a piece; false stops. */
typedef bool (*ttss_piece_fn)(const ttss_piece *piece, void *user_data);

/* Hands a sentence on in pieces of at most limit > 0 characters; false if fn stopped. */
bool ttss_cut(const char *text, const ttss_piece *sentence, size_t limit, ttss_piece_fn fn,
              void *user_data);

#endif
