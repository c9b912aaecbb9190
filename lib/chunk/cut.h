/* SPDX-License-Identifier: MIT */
/* Where to cut a sentence that is longer than a chunk may be. */
#ifndef TTSS_CHUNK_CUT_H
#define TTSS_CHUNK_CUT_H

#include <stddef.h>
#include <stdint.h>

typedef struct ttss_cut {
    size_t end;          /* byte behind the piece */
    size_t characters;   /* of the piece, 1 to limit */
    int32_t break_after; /* TTSSLICE_BREAK_CLAUSE or TTSSLICE_BREAK_WORD */
} ttss_cut;

/* The first piece of text[start, end), which has `characters` code points, more than limit, and no
 * white space around it. The piece has none around it either; what follows it may begin with some.
 */
ttss_cut ttss_cut_find(const char *text, size_t start, size_t end, size_t characters, size_t limit);

#endif
