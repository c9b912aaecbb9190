/* SPDX-License-Identifier: MIT */
/* All places of certain bytes in a text, in order: 16 bytes at a time with SSE2, which every x86-64
 * has, and one at a time elsewhere. For marks and line ends, by their first byte in UTF-8. Inline,
 * so that a constant set becomes constants. */
#ifndef TTSS_BASE_FIND_H
#define TTSS_BASE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define TTSS_FIND_MAX 9

typedef struct ttss_byte_set {
    unsigned char ascii[TTSS_FIND_MAX]; /* below 0x80, and how many */
    size_t ascii_count;
    unsigned char high[TTSS_FIND_MAX]; /* from 0x80 on */
    size_t high_count;
} ttss_byte_set;

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

static inline bool ttss_byte_is_in(const ttss_byte_set *set, unsigned char c) {
    bool found = false;
    for (size_t i = 0; i < set->ascii_count; i++)
        found |= set->ascii[i] == c;
    for (size_t i = 0; i < set->high_count; i++)
        found |= set->high[i] == c;
    return found;
}

#ifdef __SSE2__

static inline unsigned ttss_find_16(const ttss_byte_set *set, const char *p) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i found = _mm_setzero_si128();
    for (size_t i = 0; i < set->ascii_count; i++)
        found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)set->ascii[i])));
    if (_mm_movemask_epi8(bytes))
        for (size_t i = 0; i < set->high_count; i++)
            found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)set->high[i])));
    return (unsigned)_mm_movemask_epi8(found);
}

#endif

/* Looks at more bytes until some are found; false at the end. */
static inline bool ttss_finder_look(ttss_finder *finder, const ttss_byte_set *set) {
#ifdef __SSE2__
    while (finder->end - finder->next >= 16) {
        finder->found = ttss_find_16(set, finder->text + finder->next);
        finder->base = finder->next;
        finder->next += 16;
        if (finder->found)
            return true;
    }
#endif
    while (finder->next < finder->end) {
        finder->base = finder->next++;
        finder->found = ttss_byte_is_in(set, (unsigned char)finder->text[finder->base]);
        if (finder->found)
            return true;
    }
    return false;
}

/* The next byte of the set from pos on, or the end. pos never goes back. */
static inline size_t ttss_finder_next(ttss_finder *finder, const ttss_byte_set *set, size_t pos) {
    for (;;) {
        while (finder->found) {
            size_t place = finder->base + (size_t)__builtin_ctz(finder->found);
            finder->found &= finder->found - 1;
            if (place >= pos)
                return place;
        }
        if (!ttss_finder_look(finder, set))
            return finder->end;
    }
}

#endif
