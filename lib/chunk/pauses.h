/* SPDX-License-Identifier: MIT */
/* Marks of pauses in a text that is split. The splitter sees white space in their place, so that
 * they change nothing but where they stand; then each becomes a chunk of its own, and a chunk that
 * one stands in becomes two. */
#ifndef TTSS_CHUNK_PAUSES_H
#define TTSS_CHUNK_PAUSES_H

#include "chunk/language.h"
#include "chunk/pack.h"

typedef struct ttss_pauses {
    char *text; /* with white space for marks; NULL: there are none */
    struct ttss_pause_mark *marks;
    size_t count;
    size_t capacity;
} ttss_pauses;

/* Finds the marks of a valid text. *pauses needs ttss_pauses_free() in every case. Fails with TEXT
 * (byte_offset set) and NOMEM. */
int32_t ttss_pauses_read(ttss_pauses *pauses, const char *text, size_t length, ttsslice_error *err);

/* Puts the marks among the chunks of pauses->text. A break inside what was one chunk is that of a
 * clause, unless a sentence ends there; `least` is the weakest. Fails with NOMEM. */
int32_t ttss_pauses_place(const ttss_pauses *pauses, const ttss_language *language, int32_t least,
                          ttss_chunk_list *list, ttsslice_error *err);

void ttss_pauses_free(ttss_pauses *pauses);

#endif
