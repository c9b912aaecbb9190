/* SPDX-License-Identifier: MIT */
/* Classes of characters that the splitter asks for: marks that end, open or close, and letter
 * case. Unicode general categories from utf8proc, with a few exceptions named here. */
#ifndef TTSS_CHUNK_MARKS_H
#define TTSS_CHUNK_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ttss_stop {
    TTSS_STOP_NONE = 0,
    TTSS_STOP_PERIOD = 1,   /* "." has many other uses */
    TTSS_STOP_ELLIPSIS = 2, /* U+2026, U+2025 */
    TTSS_STOP_STRONG = 3,   /* "!", "?" and the like: need a space behind them */
    TTSS_STOP_FULL = 4      /* full stops of scripts that write no space behind them */
};

enum ttss_clause {
    TTSS_CLAUSE_NONE = 0,
    TTSS_CLAUSE_COMMA = 1,  /* with a space behind it */
    TTSS_CLAUSE_STRONG = 2, /* ; : ! ? and ellipsis, with a space behind it */
    TTSS_CLAUSE_DIRECT = 3, /* East Asian; no space needed */
    TTSS_CLAUSE_DASH = 4    /* em dash and the like; no space needed */
};

enum ttss_letter {
    TTSS_LETTER_NONE = 0, /* no letter and no digit */
    TTSS_LETTER_UPPER = 1,
    TTSS_LETTER_LOWER = 2,
    TTSS_LETTER_DIGIT = 3,
    TTSS_LETTER_CASELESS = 4
};

/* The next two for characters that are not ASCII. */
enum ttss_stop ttss_wide_stop_of(uint32_t c);
enum ttss_letter ttss_wide_letter_of(uint32_t c);

static inline enum ttss_stop ttss_stop_of(uint32_t c) {
    if (c >= 0x80)
        return ttss_wide_stop_of(c);
    return c == '.' ? TTSS_STOP_PERIOD : c == '!' || c == '?' ? TTSS_STOP_STRONG : TTSS_STOP_NONE;
}

static inline enum ttss_letter ttss_letter_of(uint32_t c) {
    if (c >= 0x80)
        return ttss_wide_letter_of(c);
    if (c >= 'a' && c <= 'z')
        return TTSS_LETTER_LOWER;
    if (c >= 'A' && c <= 'Z')
        return TTSS_LETTER_UPPER;
    return c >= '0' && c <= '9' ? TTSS_LETTER_DIGIT : TTSS_LETTER_NONE;
}

enum ttss_clause ttss_clause_of(uint32_t c);

/* A letter or digit, or a mark that combines with one. */
bool ttss_is_word(uint32_t c);

/* Closes what came before: brackets, quotes, Markdown emphasis; marks of writing direction. */
bool ttss_closes(uint32_t c);

/* Stands before an item of a list. */
bool ttss_is_bullet(uint32_t c);

/* May stand before the first letter of a sentence: brackets, quotes, dashes, bullets, marks of
 * writing direction. */
bool ttss_opens(uint32_t c);

/* White space at which a line must not be broken. */
bool ttss_is_glue(uint32_t c);

/* Start of what follows the closing marks at pos. A quotation mark that may open as well as close
 * counts if no letter follows it, since a quotation is not opened before a space. */
size_t ttss_skip_closers(const char *text, size_t pos, size_t end);

#endif
