/* SPDX-License-Identifier: MIT */
/* The fewest edits that make one row of symbols of another, and which. */
#ifndef TTSS_VALIDATE_EDITS_H
#define TTSS_VALIDATE_EDITS_H

#include "validate/vocabulary.h"

#define TTSS_NONE UINT32_MAX

/* One of both is TTSS_NONE where a symbol is left out or put in. */
typedef struct ttss_pair {
    uint32_t text, heard; /* indices */
} ttss_pair;

typedef struct ttss_pairs {
    ttss_pair *items; /* from the beginning to the end */
    size_t count, room;
} ttss_pairs;

/* Costs beside the number of edits, by which alignments with equally many are told apart: long runs
 * of gaps, replaced words that look alike. */
#define TTSS_COST_OPEN   30U /* a run of deletions or insertions begins */
#define TTSS_COST_UNLIKE 32U /* a substitution of words with nothing in common */

/* Appends the pairs of text [t0, t1) and heard [h0, h1). Symbols are numbers of the vocabulary.
 * False: out of memory. */
bool ttss_edits(ttss_pairs *out, const uint32_t *text, uint32_t t0, uint32_t t1,
                const uint32_t *heard, uint32_t h0, uint32_t h1, ttss_vocabulary *vocabulary);

bool ttss_pairs_add(ttss_pairs *out, uint32_t text, uint32_t heard);

#endif
