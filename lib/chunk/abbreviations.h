/* SPDX-License-Identifier: MIT */
/* The application's own abbreviations, read from the text that chunk.h describes. */
#ifndef TTSS_CHUNK_ABBREVIATIONS_H
#define TTSS_CHUNK_ABBREVIATIONS_H

#include "chunk/language.h"

#include <ttsslice/error.h>

typedef struct ttss_abbreviations {
    ttss_abbreviation *items; /* sorted, one of a kind */
    size_t count;
    char (*words)[TTSS_WORD_MAX + 1]; /* what items point to */
} ttss_abbreviations;

/* Reads a list (NULL: an empty one). Fails with INVALID, naming the line, and NOMEM. */
int32_t ttss_abbreviations_read(ttss_abbreviations *list, const char *text, ttsslice_error *err);

void ttss_abbreviations_free(ttss_abbreviations *list);

#endif
