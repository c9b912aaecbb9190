/* SPDX-License-Identifier: MIT */
/* Where sentences end. One pass: a table over bytes finds marks that may end a sentence, and each
 * is judged by the word before it (at most 32 bytes) and the word behind it. Letter case, closing
 * marks, numbers and initials are rules; abbreviations and sentence starters come from the
 * language. No allocation, time linear in the text. In doubt a sentence goes on: two sentences
 * said as one sound better than one torn in two. */
#ifndef TTSS_CHUNK_SENTENCE_H
#define TTSS_CHUNK_SENTENCE_H

#include "chunk/language.h"

#include <stddef.h>

/* End of the sentence that begins at start, closing marks included, white space not. text[start]
 * and the byte before end are not white space; start < end. */
size_t ttss_sentence_end(const ttss_language *language, const char *text, size_t start, size_t end);

#endif
