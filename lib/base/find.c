/* SPDX-License-Identifier: MIT */
/* Finding bytes; see find.h. */
#include "base/find.h"

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i equal(__m128i bytes, const unsigned char *repeated) {
    return _mm_cmpeq_epi8(bytes, _mm_load_si128((const __m128i *)(const void *)repeated));
}

/* Bit i: byte i of the 16 at p is in the set. */
static inline unsigned matches(const ttss_byte_set *set, const char *p) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i found = equal(bytes, set->ascii[0]);
    for (size_t i = 1; i < TTSS_FIND_ASCII; i++)
        found = _mm_or_si128(found, equal(bytes, set->ascii[i]));
    if (_mm_movemask_epi8(bytes))
        for (size_t i = 0; i < TTSS_FIND_HIGH; i++)
            found = _mm_or_si128(found, equal(bytes, set->high[i]));
    return (unsigned)_mm_movemask_epi8(found);
}

size_t ttss_find(const ttss_byte_set *set, const char *text, size_t pos, size_t end) {
    for (; end - pos >= 16; pos += 16) {
        unsigned found = matches(set, text + pos);
        if (found)
            return pos + (size_t)__builtin_ctz(found);
    }
    while (pos < end && !set->member[(unsigned char)text[pos]])
        pos++;
    return pos;
}

#else

size_t ttss_find(const ttss_byte_set *set, const char *text, size_t pos, size_t end) {
    while (pos < end && !set->member[(unsigned char)text[pos]])
        pos++;
    return pos;
}

#endif
