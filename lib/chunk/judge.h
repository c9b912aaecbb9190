/* SPDX-License-Identifier: MIT */
/* What is judged in sentence.c, judge.c and judge_period.c: a mark in a sentence, what was read
 * around it, and the verdict. */
#ifndef TTSS_CHUNK_JUDGE_H
#define TTSS_CHUNK_JUDGE_H

#include "chunk/around.h"
#include "chunk/language.h"
#include "chunk/rules.h"
#include "chunk/scan.h"

/* A mark, or a run of them. */
typedef struct ttss_place {
    const ttss_language *language;
    const char *text;
    size_t sentence; /* its start */
    size_t end;      /* of the block */
    ttss_run run;
    ttss_next next; /* read by ttss_judge_mark() */
    ttss_scan scan;
} ttss_place;

typedef struct ttss_ending {
    size_t end; /* of the sentence, or where it would end */
    enum ttss_rule rule;
} ttss_ending;

static inline bool ttss_has_trait(const ttss_place *p, enum ttss_trait trait) {
    return (p->language->traits & trait) != 0;
}

static inline bool ttss_next_starts_sentence(const ttss_place *p) {
    return ttss_starts_sentence(p->language, p->text, &p->next, p->end);
}

/* A run of marks, from the plain to the special: what stands behind it at once, the next word,
 * then, for a single full stop, the word before. */
ttss_ending ttss_judge_mark(ttss_place *place);

/* One full stop, then white space, then a word that is not in lower case. */
enum ttss_rule ttss_judge_period(const ttss_place *place);

#endif
