/* SPDX-License-Identifier: MIT */
/* A text and what was heard of it, side by side: readings, alignment, times, counts, score. */
#ifndef TTSS_VALIDATE_COMPARISON_H
#define TTSS_VALIDATE_COMPARISON_H

#include "base/buf.h"
#include "validate/align.h"

#include <ttsslice/validate.h>

typedef struct ttss_comparison {
    const char *text; /* borrowed */
    size_t text_length;
    char *heard; /* what the tokens of heard_words are spans of */
    size_t heard_length;
    ttss_words text_words, heard_words;
    double *starts_s, *ends_s; /* of the heard tokens; NaN where unknown */
    ttss_vocabulary vocabulary;
    ttss_lattice text_lattice, heard_lattice;
    ttss_alignment alignment;
    ttsslice_verdict_info counts; /* score, wer and the counts */
    size_t unspaced; /* text tokens that are one character of a script without spaces */
} ttss_comparison;

/* text is valid UTF-8. Fails with NOMEM. */
int32_t ttss_compare(ttss_comparison *out, const char *text, size_t length,
                     const ttsslice_transcript *transcript, const char *language,
                     ttsslice_error *err);
void ttss_comparison_free(ttss_comparison *comparison);

/* Appends the words of an edge with a space in front of each where the script has spaces. */
void ttss_add_edge_text(ttss_buf *buf, const ttss_edge *edge);

#endif
