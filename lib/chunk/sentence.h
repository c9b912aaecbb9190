/* SPDX-License-Identifier: MIT */
/* Where sentences end. One pass: marks that may end a sentence are found (scan.h), and each is
 * judged by the word before it and the word behind it, both of bounded length (around.h). Letter
 * case, closing marks, numbers, initials and inline lists are rules; abbreviations, sentence
 * starters and the like come from the language. No allocation, time linear in the text. In doubt a
 * sentence goes on: two sentences said as one sound better than one torn in two. */
#ifndef TTSS_CHUNK_SENTENCE_H
#define TTSS_CHUNK_SENTENCE_H

#include "chunk/language.h"
#include "chunk/rules.h"

#include <ttsslice/chunk.h>

#include <stddef.h>

/* Who is told about boundaries. */
typedef struct ttss_watch {
    ttsslice_boundary_fn fn;
    void *user_data;
    int32_t code; /* what fn returned last; once it is not 0, fn is not called again */
} ttss_watch;

/* End of the sentence that begins at start, closing marks included, white space not. text[start]
 * and the byte before end are not white space; start < end. watch, which may be NULL, is told of
 * every mark up to there but not of the end of the text. */
size_t ttss_sentence_end(const ttss_language *language, const char *text, size_t start, size_t end,
                         ttss_watch *watch);

void ttss_watch_tell(ttss_watch *watch, size_t mark, size_t end, enum ttss_rule rule);

#endif
