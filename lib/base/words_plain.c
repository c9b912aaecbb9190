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

typedef struct plain {
    char word[TTSS_PLAIN_MAX]; /* folded */
    size_t length, end;
    size_t stem; /* what stands in front of "'s"; 0 with other apostrophes */
    bool vowels; /* in the stem */
} plain;

/* Takes letters from `pos` on, the first of which may be a capital. What is written could be
 * anything for all that C knows, so the loop keeps what it reads in variables of its own. */
static void take_letters(const ttss_scan *scan, plain *p) {
    const unsigned char *text = (const unsigned char *)scan->text;
    size_t pos = p->end, end = scan->length, count = p->length;
    unsigned seen = 0;
    while (pos < end && count < TTSS_PLAIN_MAX - 1 && (byte_kinds[text[pos]] & LOWER)) {
        seen |= byte_kinds[text[pos]];
        p->word[count++] = (char)text[pos++];
    }
    p->vowels = p->vowels || (seen & VOWEL);
    p->length = count;
    p->end = pos;
}

/* Length of an apostrophe with a letter behind it, or 0. */
static size_t apostrophe_length(const ttss_scan *scan, size_t pos) {
    size_t mark = ttss_scan_byte(scan, pos) == '\'' ? 1 : mark_length(scan, pos);
    bool apostrophe = mark == 1 || (mark == 3 && ttss_scan_byte(scan, pos + 2) == 0x99);
    return apostrophe && (kind_at(scan, pos + mark) & LOWER) ? mark : 0;
}

static void take_plain(const ttss_scan *scan, plain *p) {
    p->word[0] = (char)(scan->text[scan->pos] | 0x20);
    p->vowels = strchr("aeiouy", p->word[0]) != NULL;
    p->length = 1;
    p->end = scan->pos + 1;
    take_letters(scan, p);
    p->stem = p->length;
    size_t apostrophes = 0, mark = 0;
    bool vowels = p->vowels;
    for (; p->length < TTSS_PLAIN_MAX - 2; apostrophes++) {
        mark = apostrophe_length(scan, p->end);
        if (!mark)
            break;
        p->word[p->length++] = '\'';
        p->end += mark;
        take_letters(scan, p);
    }
    p->vowels = vowels;
    p->word[p->length] = '\0';
    if (apostrophes &&
        (apostrophes > 1 || p->length != p->stem + 2 || p->word[p->length - 1] != 's'))
        p->stem = 0;
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
    if (scan->english && p.stem &&
        ((!p.vowels && p.stem >= 2 && p.stem <= 4) ||
         (whole && ttss_is_abbreviation(p.word, p.length))))
        return false;
    if (scan->german && ttss_is_german_abbreviation(p.word, p.length))
        return false;
    if (!whole && scan->english) {
        ttss_phrases list;
        list.count = 0;
        if (ttss_say_contraction(&list, p.word)) {
            ttss_scan_token(scan, scan->pos, p.end, &list);
            return true;
        }
    }
    ttss_scan_word(scan, p.end, p.word, p.length);
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
