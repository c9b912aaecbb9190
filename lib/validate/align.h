/* SPDX-License-Identifier: MIT */
/* The alignment of a text with a transcript: which reading of each token was said, and which words
 * agree, differ, are left out or put in. */
#ifndef TTSS_VALIDATE_ALIGN_H
#define TTSS_VALIDATE_ALIGN_H

#include "validate/vocabulary.h"

#define TTSS_PARTS_MAX 3 /* "mother in law" heard as one word */

enum ttss_step_kind {
    TTSS_STEP_HIT,
    TTSS_STEP_SUBSTITUTION,
    TTSS_STEP_DELETION, /* in the text alone */
    TTSS_STEP_INSERTION /* in the transcript alone */
};

/* One side of a step. */
typedef struct ttss_part {
    uint32_t count; /* words; 0: nothing; more than 1 where they are one word on the other side */
    uint32_t words[TTSS_PARTS_MAX]; /* indices into the side's ttss_words.words */
    uint32_t symbol;                /* in the vocabulary */
    uint32_t first_token, last_token;
} ttss_part;

typedef struct ttss_step {
    int kind;
    ttss_part text, heard;
} ttss_step;

typedef struct ttss_alignment {
    ttss_step *steps; /* from the beginning to the end */
    size_t count, room;
} ttss_alignment;

/* Aligns both and numbers their words. The vocabulary is new, and borrows from the words. english:
 * spellings of a word are one. False: out of memory, or beyond what 32 bits number. */
bool ttss_align(ttss_alignment *out, const ttss_words *text, const ttss_words *heard, bool english,
                ttss_vocabulary *vocabulary);
void ttss_alignment_free(ttss_alignment *alignment);

/* Appends a step; parts are copied, NULL is nothing. False: out of memory. */
bool ttss_alignment_add(ttss_alignment *out, int kind, const ttss_part *text,
                        const ttss_part *heard);

#endif
