/* SPDX-License-Identifier: MIT */
/* The quick way through a text: words of ASCII letters with one reading, spaces, and punctuation
 * that says nothing, which is nearly all of a text in Latin letters. They are known by a table of
 * bytes. Whatever could be anything else (abbreviations, capitals, digits, letters of other scripts
 * right behind) is left to the scanner, which would make the same of the plain ones. */
#include "base/words_build.h"

#include "base/utf8.h"

#include <string.h>

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

/* Takes letters up to the end of a word, folded to out. *stem is what stands in front of "'s". */
static size_t take_plain(const ttss_scan *scan, char *out, size_t *end, size_t *stem,
                         unsigned *kinds) {
    size_t pos = scan->pos, count = 0, apostrophes = 0;
    *kinds = kind_at(scan, pos);
    out[count++] = (char)(scan->text[pos++] | 0x20);
    *stem = 0;
    while (count < TTSS_PLAIN_MAX - 1) {
        unsigned kind = kind_at(scan, pos);
        if (!(kind & LOWER)) {
            size_t mark = ttss_scan_byte(scan, pos) == '\'' ? 1 : mark_length(scan, pos);
            bool apostrophe = mark == 1 || (mark == 3 && ttss_scan_byte(scan, pos + 2) == 0x99);
            if (!apostrophe || !(kind_at(scan, pos + mark) & LOWER))
                break;
            *stem = apostrophes++ ? 0 : count;
            out[count++] = '\'';
            pos += mark;
            continue;
        }
        *kinds |= apostrophes ? 0 : kind;
        out[count++] = (char)scan->text[pos++];
    }
    if (*stem && (count != *stem + 2 || out[count - 1] != 's'))
        *stem = 0;
    else if (!apostrophes)
        *stem = count;
    *end = pos;
    return count;
}

bool ttss_scan_plain(ttss_scan *scan) {
    char word[TTSS_PLAIN_MAX] = {0};
    size_t end = 0, stem = 0;
    unsigned kinds = 0, first = kind_at(scan, scan->pos);
    if (!(first & (LOWER | UPPER)) || ((first & UPPER) && !(kind_at(scan, scan->pos + 1) & LOWER)))
        return false;
    size_t length = take_plain(scan, word, &end, &stem, &kinds);
    bool vowels = (kinds & VOWEL) || strchr("aeiouy", word[0]);
    if (!ends_here(scan, end, length) || (scan->english && stem &&
                                          ((!vowels && stem >= 2 && stem <= 4) ||
                                           (stem == length && ttss_is_abbreviation(word, length)))))
        return false;
    if (scan->german && ttss_is_german_abbreviation(word, length))
        return false;
    if (stem != length && scan->english) {
        ttss_phrases list;
        list.count = 0;
        if (ttss_say_contraction(&list, word)) {
            ttss_scan_token(scan, scan->pos, end, &list);
            return true;
        }
    }
    ttss_scan_word(scan, end, word, length);
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
    else
        scan->pos += mark_length(scan, pos);
    if (scan->pos == pos)
        return false;
    scan->number = scan->number && ttss_is_space(c);
    return true;
}
