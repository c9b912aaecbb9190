/* SPDX-License-Identifier: MIT */
/* From a text to chunks: blocks, sentences, pieces of long sentences, packed. */
#ifndef TTSS_CHUNK_PACK_H
#define TTSS_CHUNK_PACK_H

#include "chunk/language.h"

#include <ttsslice/chunk.h>

typedef struct ttss_chunk_list {
    ttsslice_chunk_info *items; /* free() */
    size_t count;
    size_t capacity;
} ttss_chunk_list;

/* Units that are packed at a time. */
#define TTSS_PACK_WINDOW ((size_t)1 << 16)

typedef struct ttss_pack_options {
    const ttss_language *language;
    size_t limit;     /* characters */
    size_t min_merge; /* characters */
    int32_t packing;  /* enum ttsslice_packing */
    size_t window;    /* units, 8 to TTSS_PACK_WINDOW; 0: TTSS_PACK_WINDOW */
} ttss_pack_options;

/* Packs a valid UTF-8 text. Appends nothing for white space alone. Fails with NOMEM. */
int32_t ttss_pack(ttss_chunk_list *list, const ttss_pack_options *options, const char *text,
                  size_t length, ttsslice_error *err);

#endif
