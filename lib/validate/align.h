/* SPDX-License-Identifier: MIT */
/* The alignment of two word lattices: which reading of each token was said, and which words agree,
 * differ, are left out or put in. */
#ifndef TTSS_VALIDATE_ALIGN_H
#define TTSS_VALIDATE_ALIGN_H

#include "validate/lattice.h"

enum ttss_step_kind {
    TTSS_STEP_HIT,
    TTSS_STEP_SUBSTITUTION,
    TTSS_STEP_DELETION, /* in the text alone */
    TTSS_STEP_INSERTION /* in the transcript alone */
};

typedef struct ttss_step {
    int kind;
    const ttss_edge *text;  /* NULL for insertions */
    const ttss_edge *heard; /* NULL for deletions */
} ttss_step;

typedef struct ttss_alignment {
    ttss_step *steps; /* from the beginning to the end */
    size_t count, room;
} ttss_alignment;

/* False: out of memory. */
bool ttss_align(ttss_alignment *out, const ttss_lattice *text, const ttss_lattice *heard,
                const ttss_vocabulary *vocabulary);
void ttss_alignment_free(ttss_alignment *alignment);

/* Places where both sides surely agree, in order, for cutting a long pair into blocks. */
typedef struct ttss_anchor {
    uint32_t text_token, heard_token;
} ttss_anchor;

/* Runs of three words that occur once in each side, as far as their order agrees (the patience
 * method: longest increasing subsequence). False: out of memory. */
bool ttss_find_anchors(const ttss_lattice *text, const ttss_lattice *heard, ttss_anchor **anchors,
                       size_t *count);

#endif
