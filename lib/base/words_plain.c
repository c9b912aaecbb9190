/* SPDX-License-Identifier: MIT */
/* The quick way through a text: words of ASCII letters with one reading, spaces, and punctuation
 * that says nothing, which is nearly all of a text in Latin letters. They are known by a table of
 * bytes. Whatever could be anything else (abbreviations, capitals, digits, letters of other scripts
 * right behind) is left to the scanner, which would make the same of the plain ones. */
#include "base/words_build.h"

#include "base/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { LOWER = 1, UPPER = 2, VOWEL = 4, MUTE = 8 };

/* clang-format off */
#define M MUTE
#define U UPPER
#define L LOWER
#define V (LOWER | VOWEL)
static const unsigned char byte_kinds[256] = {
    0, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M,
    /*  !  "  #  $  %  &  '  (  )  *  +  ,  -  .  /  0  1  2  3  4  5  6  7  8  9  :  ;  <  =  >  ? */
    M, M, M, 0, 0, 0, 0, M, M, M, M, 0, M, 0, 0, M, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, M, M, M, 0, M, M,
    /* @ to _ */
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, M, M, M, M, M,
    /* ` to DEL */
    M, V, L, L, L, V, L, L, L, V, L, L, L, L, L, V, L, L, L, L, L, V, L, L, L, V, L, M, M, M, M, M,
};
/* clang-format on */

static unsigned kind_at(const ttss_scan *scan, size_t pos) {
    return pos < scan->length ? byte_kinds[(unsigned char)scan->text[pos]] : MUTE;
}

/* Length of a typographic quote, dash or ellipsis, or 0. */
static size_t mark_length(const ttss_scan *scan, size_t pos) {
    if (ttss_scan_byte(scan, pos) != 0xE2 || ttss_scan_byte(scan, pos + 1) != 0x80)
        return 0;
    unsigned char last = ttss_scan_byte(scan, pos + 2);
    return last == 0x93 || last == 0x94 || last == 0x98 || last == 0x99 || last == 0x9C ||
                   last == 0x9D || last == 0xA6
               ? 3
               : 0;
}

/* Whether a word surely ends at pos. */
static bool ends_here(const ttss_scan *scan, size_t pos, size_t length) {
    unsigned char c = ttss_scan_byte(scan, pos);
    if (c == '.' || c == '-')
        return c == '-' || length > 2;
    if (c == '\'')
        return kind_at(scan, pos + 1) == MUTE;
    if (mark_length(scan, pos)) /* quotes may be apostrophes */
        return (ttss_scan_byte(scan, pos + 2) | 1) != 0x99 || kind_at(scan, pos + 3) == MUTE;
    return kind_at(scan, pos) == MUTE;
}

typedef struct plain {
    char word[TTSS_PLAIN_MAX]; /* folded */
    size_t length, end;
    size_t stem; /* what stands in front of "'s"; 0 with other apostrophes */
} plain;

/* Letters from `pos` on, at most `most`, all small but perhaps the first, which is one for sure if
 * `folds`; folds and copies them. Where there is room on both sides, 16 bytes are looked at and
 * copied at once. */
static size_t take_letters(const ttss_scan *scan, size_t pos, bool folds, char *to, size_t most) {
    const unsigned char *text = (const unsigned char *)scan->text + pos;
    size_t left = scan->length - pos, count = 0;
#ifdef __SSE2__
    __m128i fold = _mm_cvtsi32_si128(folds ? 0x20 : 0);
    while (left - count >= 16 && most - count >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + count));
        bytes = _mm_or_si128(bytes, fold);
        __m128i place = _mm_sub_epi8(bytes, _mm_set1_epi8('a'));
        __m128i letters = _mm_cmpeq_epi8(_mm_min_epu8(place, _mm_set1_epi8(25)), place);
        unsigned others = ~(unsigned)_mm_movemask_epi8(letters) & 0xFFFF;
        _mm_storeu_si128((__m128i *)(void *)(to + count), bytes);
        if (others)
            return count + (size_t)__builtin_ctz(others);
        count += 16;
        fold = _mm_setzero_si128();
    }
#endif
    if (folds && count == 0)
        to[count++] = (char)(text[0] | 0x20);
    for (; count < left && count < most && (byte_kinds[text[count]] & LOWER); count++)
        to[count] = (char)text[count];
    return count;
}

/* Length of an apostrophe with a letter behind it, or 0. */
static size_t apostrophe_length(const ttss_scan *scan, size_t pos) {
    size_t mark = ttss_scan_byte(scan, pos) == '\'' ? 1 : mark_length(scan, pos);
    bool apostrophe = mark == 1 || (mark == 3 && ttss_scan_byte(scan, pos + 2) == 0x99);
    return apostrophe && (kind_at(scan, pos + mark) & LOWER) ? mark : 0;
}

static void take_apostrophes(const ttss_scan *scan, plain *p) {
    size_t apostrophes = 0;
    for (; p->length < TTSS_PLAIN_MAX - 2; apostrophes++) {
        size_t mark = apostrophe_length(scan, p->end);
        if (!mark)
            break;
        p->word[p->length++] = '\'';
        p->end += mark;
        size_t count =
            take_letters(scan, p->end, false, p->word + p->length, TTSS_PLAIN_MAX - 1 - p->length);
        p->length += count;
        p->end += count;
    }
    if (apostrophes &&
        (apostrophes > 1 || p->length != p->stem + 2 || p->word[p->length - 1] != 's'))
        p->stem = 0;
}

static void take_plain(const ttss_scan *scan, plain *p) {
    p->length = take_letters(scan, scan->pos, true, p->word, TTSS_PLAIN_MAX - 1);
    p->end = scan->pos + p->length;
    p->stem = p->length;
    if (kind_at(scan, p->end) != MUTE || ttss_scan_byte(scan, p->end) == '\'')
        take_apostrophes(scan, p);
}

/* "Mrs", "Ph", "st": said letter by letter, or in full. */
static bool has_no_vowel(const plain *p) {
    unsigned seen = 0;
    if (p->stem < 2 || p->stem > 4)
        return false;
    for (size_t i = 0; i < p->stem; i++)
        seen |= byte_kinds[(unsigned char)p->word[i]];
    return !(seen & VOWEL);
}

bool ttss_scan_plain(ttss_scan *scan) {
    unsigned first = kind_at(scan, scan->pos);
    if (!(first & (LOWER | UPPER)) || ((first & UPPER) && !(kind_at(scan, scan->pos + 1) & LOWER)))
        return false;
    plain p;
    take_plain(scan, &p);
    bool whole = p.stem == p.length;
    if (!ends_here(scan, p.end, p.length))
        return false;
    if (scan->english && (has_no_vowel(&p) || (whole && ttss_is_abbreviation(p.word, p.length))))
        return false;
    if (scan->german && ttss_is_german_abbreviation(p.word, p.length))
        return false;
    if (!whole && scan->english) {
        ttss_phrases list;
        list.count = 0;
        p.word[p.length] = '\0';
        if (ttss_say_contraction(&list, p.word)) {
            ttss_scan_token(scan, scan->pos, p.end, &list);
            return true;
        }
    }
    ttss_scan_word(scan, p.end, p.word, p.length);
    if (ttss_scan_byte(scan, scan->pos) ==
        ' ') /* most often; ttss_scan_mute() would take it, too */
        scan->pos++;
    return true;
}

bool ttss_scan_mute(ttss_scan *scan) {
    size_t pos = scan->pos;
    unsigned char c = ttss_scan_byte(scan, pos);
    if (byte_kinds[c] == MUTE)
        scan->pos++;
    else if ((c == '.' && kind_at(scan, pos + 1) == MUTE) ||
             (c == '-' && (kind_at(scan, pos + 1) & (LOWER | UPPER | MUTE))))
        scan->pos++;
    else if (!(ttss_scan_byte(scan, pos + 2) == 0x93 && kind_at(scan, pos + 3) == 0))
        scan->pos += mark_length(scan, pos); /* an en dash may be a minus */
    if (scan->pos == pos)
        return false;
    scan->number = scan->number && ttss_is_space(c);
    return true;
}
