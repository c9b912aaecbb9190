/* SPDX-License-Identifier: MIT */
/* From a text to chunks: blocks, sentences, pieces of sentences, packed. */
#ifndef TTSS_CHUNK_PACK_H
#define TTSS_CHUNK_PACK_H

#include "chunk/language.h"

#include <ttsslice/chunk.h>

typedef struct ttss_chunk_list {
    ttsslice_chunk_info *items; /* free() */
    size_t count;
    size_t capacity;
} ttss_chunk_list;

/* Packs a valid UTF-8 text. Appends nothing for white space alone. Fails with NOMEM. */
int32_t ttss_pack(ttss_chunk_list *list, const ttss_language *language, const char *text,
                  size_t length, size_t limit, size_t min_merge, ttsslice_error *err);

#endif
