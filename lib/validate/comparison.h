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
    const char *language; /* borrowed */
    const char *heard;    /* what the tokens of heard_words are spans of; borrowed */
    char *joined;         /* or else this: the transcript's words with spaces between */
    ttss_words text_words, heard_words;
    double *starts_s, *ends_s; /* of the heard tokens; NULL if no words were given */
    ttss_vocabulary vocabulary;
    ttss_alignment alignment;
    ttsslice_verdict_info counts; /* score, wer and the counts */
    size_t unspaced; /* text tokens that are one character of a script without spaces */
} ttss_comparison;

/* text is valid UTF-8. aliases: lines, or NULL. Fails with NOMEM, or INVALID for the aliases. */
int32_t ttss_compare(ttss_comparison *out, const char *text, size_t length,
                     const ttsslice_transcript *transcript, const char *language,
                     const char *aliases, ttsslice_error *err);
void ttss_comparison_free(ttss_comparison *comparison);

/* Times of a heard token; NaN where unknown. */
double ttss_heard_start(const ttss_comparison *comparison, uint32_t token);
double ttss_heard_end(const ttss_comparison *comparison, uint32_t token);

/* Appends the words of a part with a space in front of each where the script has spaces. */
void ttss_add_part(ttss_buf *buf, const ttss_words *words, const ttss_part *part);

/* Takes steps out that are "um" and the like on one side alone. */
void ttss_drop_fillers(ttss_comparison *comparison);

#endif
