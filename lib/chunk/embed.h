/* SPDX-License-Identifier: MIT */
/* Whether a mark that would end a sentence stands in something that belongs to a longer one:
 * brackets that opened in the middle of it, or a quotation after which it goes on. Looks are
 * bounded, so that judging a mark takes constant time. */
#ifndef TTSS_CHUNK_EMBED_H
#define TTSS_CHUNK_EMBED_H

#include "chunk/language.h"
#include "chunk/scan.h"

#include <stdbool.h>
#include <stddef.h>

/* A bracket that opened behind words of the sentence is still open before the run, or closes
 * behind it: "a house (at last!) by". */
bool ttss_in_brackets(const char *text, size_t sentence, const ttss_run *run);

/* The run closes a quotation, and the text at pos goes on with it: "行こう。」と". */
bool ttss_quotation_goes_on(const ttss_language *language, const char *text, const ttss_run *run,
                            size_t pos, size_t end);

#endif
