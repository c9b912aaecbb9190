/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629); see utf8.h. */
#include "base/utf8.h"

#include "base/error.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes of a text that are checked at a time. */
#define CHECK_BYTES 16384

/* Length of the valid sequence at p, or 0. Table 3-7 of the Unicode Standard. */
static size_t sequence(const unsigned char *p, size_t left) {
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (left < n)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

/* Moves i over valid characters, at least up to `until` if all are; SIZE_MAX if one is not, and
 * then *bad is where. */
static size_t check_each(const unsigned char *p, size_t i, size_t until, size_t length,
                         size_t *bad) {
    while (i < until) {
        size_t n = sequence(p + i, length - i);
        if (!n) {
            *bad = i;
            return SIZE_MAX;
        }
        i += n;
    }
    return i;
}

#ifdef __SSE2__

static inline unsigned at_least(__m128i bytes, unsigned char low) {
    return (unsigned)_mm_movemask_epi8(
        _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)low)), bytes));
}

/* Moves over 16 bytes a step as long as they are plainly valid. Bit i of a mask stands for byte i.
 * Every byte that continues a character must be announced by a lead byte one to three places
 * before it, and no other may; leads whose second byte has narrower bounds (E0, ED, F0, F4) are
 * left to sequence(). Ends at the start of a character. */
static size_t check_blocks(const unsigned char *p, size_t i, size_t length) {
    unsigned announced = 0; /* by the block before */
    while (length - i >= 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        unsigned wide = (unsigned)_mm_movemask_epi8(bytes);
        if ((wide | announced) == 0) {
            i += 16;
            continue;
        }
        unsigned lead = at_least(bytes, 0xC2), two = at_least(bytes, 0xE0);
        unsigned three = at_least(bytes, 0xF0);
        unsigned narrow = (unsigned)_mm_movemask_epi8(
                              _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xE0)),
                                           _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xED)))) |
                          three;
        unsigned continues = wide & ~at_least(bytes, 0xC0);
        unsigned expected = announced | lead << 1 | two << 2 | three << 3;
        if (narrow || (lead | continues) != wide || (expected & 0xFFFF) != continues)
            break;
        announced = expected >> 16;
        i += 16;
    }
    if (announced)
        do
            i--;
        while ((p[i] & 0xC0) == 0x80);
    return i;
}

#else

static size_t check_blocks(const unsigned char *p, size_t i, size_t length) {
    uint64_t block;
    for (; length - i >= sizeof block; i += sizeof block) {
        memcpy(&block, p + i, sizeof block);
        if (block & UINT64_C(0x8080808080808080))
            break;
    }
    return i;
}

#endif

size_t ttss_utf8_valid_prefix(const char *text, size_t length) {
    const unsigned char *p = (const unsigned char *)text;
    size_t i = 0, bad = 0;
    while (i < length) {
        i = check_blocks(p, i, length);
        i = check_each(p, i, length - i > 16 ? i + 16 : length, length, &bad);
        if (i == SIZE_MAX)
            return bad;
    }
    return length;
}

/* First byte that is not valid or NUL, or length. In pieces that stay in the cache, since both
 * looks go over all of it; the last character of a piece may go on in the next. */
static size_t find_bad(const char *text, size_t length) {
    size_t pos = 0;
    while (pos < length) {
        size_t piece = length - pos < CHECK_BYTES ? length - pos : CHECK_BYTES;
        const char *nul = memchr(text + pos, '\0', piece);
        size_t checked = nul ? (size_t)(nul - text) - pos : piece;
        size_t valid = ttss_utf8_valid_prefix(text + pos, checked);
        pos += valid;
        bool goes_on = !nul && pos < length && checked - valid < 4 && valid > 0;
        if (valid < piece && !goes_on)
            break;
    }
    return pos;
}

int32_t ttss_text_check(const char *text, size_t *length, ttsslice_error *err) {
    if (!text)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "the text is NULL");
    if (*length == TTSSLICE_NUL_TERMINATED)
        *length = strlen(text);
    size_t bad = find_bad(text, *length);
    if (bad == *length)
        return 0;
    int32_t code =
        text[bad] ? ttss_fail(err, TTSSLICE_ERR_TEXT,
                              "the text is not valid UTF-8 at byte %zu (0x%02X); convert it to "
                              "UTF-8 first",
                              bad, (unsigned char)text[bad])
                  : ttss_fail(err, TTSSLICE_ERR_TEXT,
                              "the text contains a NUL byte at byte %zu; remove it", bad);
    return ttss_at_offset(err, code, bad);
}

uint32_t ttss_utf8_next_wide(const char *text, size_t length, size_t *pos) {
    const unsigned char *p = (const unsigned char *)text + *pos;
    size_t left = length - *pos;
    if (p[0] < 0x80 || left < 2) {
        *pos += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *pos += 2;
        return ((uint32_t)(p[0] & 0x1F) << 6) | (p[1] & 0x3FU);
    }
    if (p[0] < 0xF0 && left >= 3) {
        *pos += 3;
        return ((uint32_t)(p[0] & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) | (p[2] & 0x3FU);
    }
    if (left < 4) {
        *pos = length;
        return 0xFFFD;
    }
    *pos += 4;
    return ((uint32_t)(p[0] & 0x07) << 18) | ((uint32_t)(p[1] & 0x3F) << 12) |
           ((uint32_t)(p[2] & 0x3F) << 6) | (p[3] & 0x3FU);
}

#ifdef __SSE2__

/* Adds how many of the 16 bytes at p, of those in the mask, do not continue a character. */
static inline __m128i count_leads(__m128i sums, const unsigned char *p, __m128i mask) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i lead = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(-65)), mask);
    const __m128i zero = _mm_setzero_si128();
    return _mm_add_epi64(sums, _mm_sad_epu8(_mm_sub_epi8(zero, lead), zero));
}

/* At least 16 bytes. The last look overlaps the one before it. */
static size_t count_blocks(const unsigned char *p, size_t length) {
    static const unsigned char masks[32] = {[16] = 255, 255, 255, 255, 255, 255, 255, 255,
                                            255,        255, 255, 255, 255, 255, 255, 255};
    const __m128i all = _mm_set1_epi8(-1);
    __m128i sums = _mm_setzero_si128();
    size_t i = 0;
    for (; length - i >= 16; i += 16)
        sums = count_leads(sums, p + i, all);
    const unsigned char *mask = masks + (length - i);
    sums = count_leads(sums, p + length - 16, _mm_loadu_si128((const __m128i *)(const void *)mask));
    uint64_t both[2];
    _mm_storeu_si128((__m128i *)(void *)both, sums);
    return (size_t)(both[0] + both[1]);
}

#endif

size_t ttss_utf8_count(const char *text, size_t length) {
    const unsigned char *p = (const unsigned char *)text;
    size_t count = 0;
#ifdef __SSE2__
    if (length >= 16)
        return count_blocks(p, length);
#endif
    for (size_t i = 0; i < length; i++)
        count += (p[i] & 0xC0) != 0x80;
    return count;
}

size_t ttss_utf8_put(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | (c >> 6));
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | (c >> 12));
        out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (c >> 18));
    out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool ttss_is_wide_space(uint32_t c) {
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/* Whether white space may begin with this byte. */
static bool may_be_space(unsigned char c) {
    return c <= ' ' || c == 0xC2 || (c >= 0xE1 && c <= 0xE3) || c == 0xEF;
}

size_t ttss_skip_any_space(const char *text, size_t pos, size_t end) {
    while (pos < end && may_be_space((unsigned char)text[pos])) {
        size_t next = pos;
        if (!ttss_is_space(ttss_utf8_next(text, end, &next)))
            break;
        pos = next;
    }
    return pos;
}

size_t ttss_trim_any_end(const char *text, size_t start, size_t pos) {
    while (pos > start) {
        size_t previous = ttss_utf8_previous(text, pos);
        size_t next = previous;
        if (!ttss_is_space(ttss_utf8_next(text, pos, &next)))
            break;
        pos = previous;
    }
    return pos;
}
