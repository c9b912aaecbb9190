/* SPDX-License-Identifier: MIT */
/* Paragraphs, headings and rules of a plain or Markdown text, read line by line.
 *
 * A line ends with LF, CR LF, CR, U+2028 or U+2029; the last also ends the paragraph. Lines without
 * a blank line between them are one paragraph, so that text may be wrapped, unless a line begins
 * something: an item of a list, a table, a quotation behind text that is none, a
 * paragraph with an ideographic indent. A rule is a line of marks alone. A heading is a Markdown
 * heading (with number signs or underlined), a line "Chapter 5" at the start of a block or behind
 * a full stop, a line in capitals at the start of a block, or a short line that stands alone and
 * does not end like a sentence. The marks of all of these stay in the text of the block. */
#ifndef TTSS_CHUNK_BLOCK_H
#define TTSS_CHUNK_BLOCK_H

#include "chunk/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ttss_block_kind { TTSS_BLOCK_TEXT = 0, TTSS_BLOCK_HEADING = 1, TTSS_BLOCK_RULE = 2 };

typedef struct ttss_block {
    size_t start; /* without white space around it */
    size_t end;
    size_t blank_before; /* blank lines */
    enum ttss_block_kind kind;
} ttss_block;

typedef struct ttss_block_reader {
    const ttss_language *language;
    const char *text;
    size_t length;
    size_t pos;      /* start of a line */
    bool after_item; /* the last block was an item of a list */
} ttss_block_reader;

/* The next block; false at the end of the text. */
bool ttss_block_next(ttss_block_reader *reader, ttss_block *block);

/* The break between two blocks that follow each other: enum ttsslice_break. */
int32_t ttss_block_break(const ttss_block *block, const ttss_block *next);

#endif
