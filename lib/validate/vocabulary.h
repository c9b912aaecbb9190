/* SPDX-License-Identifier: MIT */
/* Words as numbers: what text and transcript say, each different word once, so that comparing words
 * is comparing numbers. Apostrophes make no difference ("dont", "don't"). A symbol may also stand
 * for several words in a row, with a NUL between them as in a ttss_words' pool. */
#ifndef TTSS_VALIDATE_VOCABULARY_H
#define TTSS_VALIDATE_VOCABULARY_H

#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>

#define TTSS_NO_SYMBOL  UINT32_MAX
#define TTSS_SIDE_TEXT  1
#define TTSS_SIDE_HEARD 2

typedef struct ttss_symbol {
    const char *text; /* borrowed */
    uint32_t length;
    uint8_t sides;      /* where it occurs */
    bool whole;         /* at most eight bytes and no apostrophe: its hash tells it all */
    uint64_t hash;      /* of the text without apostrophes */
    uint64_t signature; /* a set of its letters and letter pairs; 0: not made yet */
    uint32_t same;      /* itself, or the symbol that it is another spelling of */
} ttss_symbol;

typedef struct ttss_vocabulary {
    ttss_symbol *symbols;
    size_t count, room;
    uint32_t *slots; /* number + 1; 0: free */
    size_t slot_count;
} ttss_vocabulary;

/* Room for that many symbols; more will grow it. False: out of memory. */
bool ttss_vocabulary_make(ttss_vocabulary *vocabulary, size_t expected);
void ttss_vocabulary_free(ttss_vocabulary *vocabulary); /* also of a zeroed struct */

/* Makes one of the symbols that are one word in two spellings ("colour", "color"), from now on.
 * Whether there were any; numbers that were given are to be looked up again in `same`. */
bool ttss_vocabulary_unify(ttss_vocabulary *vocabulary);

/* The number of a text, which stays valid as long as the vocabulary; TTSS_NO_SYMBOL: no memory. */
uint32_t ttss_vocabulary_add(ttss_vocabulary *vocabulary, const char *text, size_t length,
                             uint8_t side);
/* TTSS_NO_SYMBOL if it is not there. */
uint32_t ttss_vocabulary_find(const ttss_vocabulary *vocabulary, const char *text, size_t length);

/* How unlike two symbols are, 0 to `most`, by their letters. */
uint32_t ttss_vocabulary_unlike(ttss_vocabulary *vocabulary, uint32_t a, uint32_t b, uint32_t most);

/* Without a compiler's flags for the processor, the builtin is a call. */
static inline uint32_t ttss_count_bits(uint64_t x) {
    x -= (x >> 1) & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)((x * UINT64_C(0x0101010101010101)) >> 56);
}

/* Words [first, first + count) as they lie in the pool. */
static inline const char *ttss_words_span(const ttss_words *words, size_t first, size_t count,
                                          size_t *length) {
    size_t behind = first + count;
    const char *end =
        behind < words->word_count ? words->words[behind] : words->pool + words->pool_length;
    *length = (size_t)(end - words->words[first]) - 1;
    return words->words[first];
}

#endif
