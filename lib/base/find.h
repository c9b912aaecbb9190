/* SPDX-License-Identifier: MIT */
/* All places of certain bytes in a text, in order: 16 bytes at a time with SSE2, which every x86-64
 * has, and one at a time elsewhere. For marks and line ends, by their first byte in UTF-8. Inline,
 * and so are the functions that it is given. */
#ifndef TTSS_BASE_FIND_H
#define TTSS_BASE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What is looked for: whether the byte at p is of the kind, and the same of the 16 bytes from p on,
 * bit 0 for the first. Both may look at more bytes, of which there are `left` from p on; the second
 * is given 16 or more. */
typedef bool ttss_match_1(const char *p, size_t left);
typedef unsigned ttss_match_16(const char *p, size_t left);

typedef struct ttss_finder {
    const char *text;
    size_t next; /* looked at up to here */
    size_t end;
    unsigned found; /* bit 0: the byte at base was found, and so on */
    size_t base;
} ttss_finder;

static inline ttss_finder ttss_finder_begin(const char *text, size_t pos, size_t end) {
    return (ttss_finder){.text = text, .next = pos, .end = end};
}

#ifdef __SSE2__

static inline __m128i ttss_load_16(const char *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* 255 where the byte, of which only the bits in mask are looked at, is c. */
static inline __m128i ttss_equal_16(__m128i bytes, int mask, int c) {
    if (mask != 0xFF)
        bytes = _mm_and_si128(bytes, _mm_set1_epi8((char)mask));
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)c));
}

#endif

/* Looks at more bytes until some are found; false at the end. */
static inline __attribute__((always_inline)) bool
ttss_finder_look(ttss_finder *finder, ttss_match_1 *match_1, ttss_match_16 *match_16) {
#ifdef __SSE2__
    while (finder->end - finder->next >= 16) {
        finder->found = match_16(finder->text + finder->next, finder->end - finder->next);
        finder->base = finder->next;
        finder->next += 16;
        if (finder->found)
            return true;
    }
#else
    (void)match_16;
#endif
    while (finder->next < finder->end) {
        finder->base = finder->next++;
        finder->found = match_1(finder->text + finder->base, finder->end - finder->base);
        if (finder->found)
            return true;
    }
    return false;
}

/* The next byte that matches from pos on, or the end. pos never goes back. */
static inline __attribute__((always_inline)) size_t
ttss_finder_next(ttss_finder *finder, size_t pos, ttss_match_1 *match_1, ttss_match_16 *match_16) {
    for (;;) {
        while (finder->found) {
            size_t place = finder->base + (size_t)__builtin_ctz(finder->found);
            finder->found &= finder->found - 1;
            if (place >= pos)
                return place;
        }
        if (!ttss_finder_look(finder, match_1, match_16))
            return finder->end;
    }
}

#endif
