/* SPDX-License-Identifier: MIT */
/* From a text to sentences: blocks, and the sentences in them. */
#ifndef TTSS_CHUNK_SPLIT_H
#define TTSS_CHUNK_SPLIT_H

#include "chunk/language.h"
#include "chunk/pack.h"
#include "chunk/sentence.h"

/* Splits a valid UTF-8 text. Appends nothing for white space alone. Fails with NOMEM. */
int32_t ttss_split(ttss_chunk_list *list, const ttss_language *language, const char *text,
                   size_t length, ttsslice_error *err);

/* Tells about the boundaries of a valid UTF-8 text until watch->code is not 0. */
void ttss_split_explain(const ttss_language *language, const char *text, size_t length,
                        ttss_watch *watch);

#endif
