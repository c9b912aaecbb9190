/* SPDX-License-Identifier: MIT */
/* Ends of sentences without a mark. Thai has no full stop: a space divides clauses, and behind a
 * particle that closes polite speech it ends the sentence. */
#ifndef TTSS_CHUNK_CLOSING_H
#define TTSS_CHUNK_CLOSING_H

#include "chunk/language.h"

#include <stddef.h>

/* The first white space in text[pos, until) behind one of the language's closing words, if a letter
 * or number follows it; end if there is none. */
size_t ttss_closing_space(const ttss_language *language, const char *text, size_t start, size_t pos,
                          size_t until, size_t end);

#endif
