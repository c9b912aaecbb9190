/* SPDX-License-Identifier: MIT */
/* Normalised indel similarity: 200 * LCS / (n + m), the definition of rapidfuzz' fuzz.ratio. */
#ifndef TTSS_VALIDATE_SIMILARITY_H
#define TTSS_VALIDATE_SIMILARITY_H

#include <stdbool.h>
#include <stddef.h>

/* Length of the longest common subsequence of two valid UTF-8 texts, and of both texts together, in
 * code points. reach: known bound on how far aside a longest one goes, that is how much of either
 * text alone lies before any of its places; SIZE_MAX if unknown. False: out of memory. */
bool ttss_common_characters(const char *a, size_t a_length, const char *b, size_t b_length,
                            size_t reach, size_t *common, size_t *total);

/* Fewest characters to replace, leave out and put in (Levenshtein). False: out of memory. */
bool ttss_edit_characters(const char *a, size_t a_length, const char *b, size_t b_length,
                          size_t *edits);

/* Of two valid UTF-8 texts, in code points. False: out of memory. */
bool ttss_similarity(const char *a, size_t a_length, const char *b, size_t b_length, double *score);

#endif
