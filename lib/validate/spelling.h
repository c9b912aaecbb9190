/* SPDX-License-Identifier: MIT */
/* English spelling: British and American ways to write a word as one. */
#ifndef TTSS_VALIDATE_SPELLING_H
#define TTSS_VALIDATE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#define TTSS_SPELLING_MAX 40 /* bytes of a word */

/* Writes the one form of a folded word and returns its length, or 0 if the word has one spelling
 * alone. */
size_t ttss_one_spelling(const char *word, size_t length, char out[TTSS_SPELLING_MAX]);

#endif
