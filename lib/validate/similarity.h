/* SPDX-License-Identifier: MIT */
/* Normalised indel similarity: 200 * LCS / (n + m), the definition of rapidfuzz' fuzz.ratio. */
#ifndef TTSS_VALIDATE_SIMILARITY_H
#define TTSS_VALIDATE_SIMILARITY_H

#include <stdbool.h>
#include <stddef.h>

/* Of two valid UTF-8 texts, in code points. False: out of memory. */
bool ttss_similarity(const char *a, size_t a_length, const char *b, size_t b_length, double *score);

#endif
