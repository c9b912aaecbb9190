/* SPDX-License-Identifier: MIT */
/* What chunk.h and the design promise of every list of chunks, as checks that a test and a fuzzer
 * can share, and texts drawn at random from pieces that are known to be hard. */
#ifndef TTSS_TESTS_CHUNK_CHECK_H
#define TTSS_TESTS_CHUNK_CHECK_H

#include <ttsslice/chunk.h>

#include "base/buf.h"

/* Chunks a text with each way of packing and checks every promise, with `options` else. NULL if all
 * are kept, else what is not, with numbers; static. */
const char *chunk_check(const char *text, size_t length, const ttsslice_chunk_options *options);

/* The chunks of a text, each followed by <word>, <clause> ..., line ends as spaces; free(). NULL if
 * there are none. */
char *chunk_marked(const char *text, const ttsslice_chunk_options *options);

/* Appends `count` pieces, drawn from a list in which tildes part them. */
void chunk_soup(ttss_buf *buf, const char *pieces, size_t count, uint64_t *seed);

/* Pieces: marks and line ends of ASCII texts; characters of many scripts that need care. */
extern const char chunk_soup_ascii[];
extern const char chunk_soup_unicode[];
/* Pieces: words, clauses and sentences that make long paragraphs. */
extern const char chunk_soup_prose[];

#endif
