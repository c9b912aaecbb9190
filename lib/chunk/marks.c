/* SPDX-License-Identifier: MIT */
/* Classes of characters; see marks.h. */
#include "chunk/marks.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum ttss_stop ttss_wide_stop_of(uint32_t c) {
    switch (c) {
    case 0x2025:
    case 0x2026:
        return TTSS_STOP_ELLIPSIS;
    case 0x037E: /* Greek question mark */
    case 0x0589: /* Armenian full stop */
    case 0x061F: /* Arabic question mark */
    case 0x06D4: /* Urdu full stop */
    case 0x203C: /* double marks of exclamation and question */
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
        return TTSS_STOP_STRONG;
    case 0x0964: /* danda, double danda */
    case 0x0965:
    case 0x104B: /* Myanmar section */
    case 0x1362: /* Ethiopic full stop, question mark */
    case 0x1367:
    case 0x17D4: /* Khmer khan */
    case 0x3002: /* ideographic full stop, and half width */
    case 0xFF61:
    case 0xFF01: /* full width ! ? */
    case 0xFF1F:
        return TTSS_STOP_FULL;
    default:
        return TTSS_STOP_NONE;
    }
}

enum ttss_clause ttss_clause_of(uint32_t c) {
    switch (c) {
    case ',':
    case 0x060C: /* Arabic comma */
    case 0x055D: /* Armenian comma */
        return TTSS_CLAUSE_COMMA;
    case ';':
    case ':':
    case 0x037E: /* Greek question mark, ano teleia */
    case 0x0387:
    case 0x061B: /* Arabic semicolon, question mark */
    case 0x061F:
    case 0x2026:
        return TTSS_CLAUSE_STRONG;
    case 0x3001: /* ideographic comma, full width , : ; and half width comma */
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF64:
    case 0xFF01:
    case 0xFF1F:
    case 0x3002:
        return TTSS_CLAUSE_DIRECT;
    case 0x2014: /* em dash, horizontal bar, two and three em dash */
    case 0x2015:
    case 0x2E3A:
    case 0x2E3B:
        return TTSS_CLAUSE_DASH;
    default:
        return TTSS_CLAUSE_NONE;
    }
}

/* General categories of the quotation marks U+2018 to U+201F. */
static const unsigned char quotes[8] = {
    UTF8PROC_CATEGORY_PI, UTF8PROC_CATEGORY_PF, UTF8PROC_CATEGORY_PS, UTF8PROC_CATEGORY_PI,
    UTF8PROC_CATEGORY_PI, UTF8PROC_CATEGORY_PF, UTF8PROC_CATEGORY_PS, UTF8PROC_CATEGORY_PI,
};

/* The general category; most of what prose has is told without a look at utf8proc's tables: Kana,
 * Han, Hangul and curly quotation marks. */
static utf8proc_category_t category_of(uint32_t c) {
    if (c - 0x2018 < sizeof quotes)
        return (utf8proc_category_t)quotes[c - 0x2018];
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) ||
        (c >= 0x30A1 && c <= 0x30FA) || (c >= 0xAC00 && c <= 0xD7A3))
        return UTF8PROC_CATEGORY_LO;
    return utf8proc_category((utf8proc_int32_t)c);
}

enum ttss_letter ttss_wide_letter_of(uint32_t c) {
    switch (category_of(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return TTSS_LETTER_UPPER;
    case UTF8PROC_CATEGORY_LL:
        /* Georgian has capitals in Unicode, but sentences do not begin with them. */
        return c >= 0x10D0 && c <= 0x10FF ? TTSS_LETTER_CASELESS : TTSS_LETTER_LOWER;
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM:
        return TTSS_LETTER_CASELESS;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return TTSS_LETTER_DIGIT;
    default:
        return TTSS_LETTER_NONE;
    }
}

bool ttss_is_word(uint32_t c) {
    if (ttss_letter_of(c) != TTSS_LETTER_NONE)
        return true;
    if (c < 0x80)
        return false;
    utf8proc_category_t category = category_of(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

/* Marks of writing direction: part of whatever they stand by, and never read aloud. */
static bool is_direction(uint32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool ttss_closes(uint32_t c) {
    if (c < 0x80)
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == '*' || c == '_';
    if (is_direction(c))
        return true;
    utf8proc_category_t category = category_of(c);
    return category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF ||
           (c >= 0xFE00 && c <= 0xFE0F); /* variation selectors belong to the mark before */
}

bool ttss_is_bullet(uint32_t c) {
    switch (c) {
    case 0x2022: /* round, triangular, hyphen, white round */
    case 0x2023:
    case 0x2043:
    case 0x25E6:
    case 0x25A0: /* squares */
    case 0x25AA:
    case 0x25CB: /* circles */
    case 0x25CF:
        return true;
    default:
        return false;
    }
}

bool ttss_opens(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '{':
    case '*':
    case '_':
    case '-':
    case 0xA1: /* inverted ! ? */
    case 0xBF: /* */
        return true;
    default:
        break;
    }
    if (c < 0x80)
        return false;
    if (ttss_is_bullet(c) || is_direction(c))
        return true;
    utf8proc_category_t category = category_of(c);
    return category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PI ||
           category == UTF8PROC_CATEGORY_PF || category == UTF8PROC_CATEGORY_PD;
}

bool ttss_is_glue(uint32_t c) {
    return c == 0xA0 || c == 0x2007 || c == 0x202F || c == 0x2060 || c == 0xFEFF;
}

/* Whether nothing that is read aloud stands at pos. */
static bool ends_word(const char *text, size_t pos, size_t end) {
    if (pos >= end)
        return true;
    uint32_t c = ttss_utf8_next(text, end, &pos);
    return ttss_is_space(c) || ttss_closes(c) || ttss_stop_of(c) || ttss_clause_of(c);
}

size_t ttss_skip_closers(const char *text, size_t pos, size_t end) {
    while (pos < end) {
        size_t next = pos;
        uint32_t c = ttss_utf8_next(text, end, &next);
        if (c == ' ')
            break;
        bool closes = ttss_closes(c);
        if (!closes && c >= 0x80 && category_of(c) == UTF8PROC_CATEGORY_PI)
            closes = ends_word(text, next, end);
        if (!closes)
            break;
        pos = next;
    }
    return pos;
}
