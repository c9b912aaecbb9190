/* SPDX-License-Identifier: MIT */
/* Private to words*.c (the character classes also serve the validator): how readings are collected
 * while a text is scanned, and the English tables behind them. A phrase is a reading before it is
 * cut into words: folded words with single spaces between them. */
#ifndef TTSS_BASE_WORDS_PARTS_H
#define TTSS_BASE_WORDS_PARTS_H

#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>

/* Room for any number up to 36 digits, said digit by digit, with what goes around it. */
#define TTSS_PHRASE_ROOM 400
#define TTSS_PHRASES_MAX 28
#define TTSS_DIGITS_MAX  36

typedef struct ttss_phrases {
    char text[TTSS_PHRASES_MAX][TTSS_PHRASE_ROOM];
    size_t length[TTSS_PHRASES_MAX];
    size_t count;
} ttss_phrases;

/* Adds one; silently not if it is there already, too long, or one too many. The format knows %s
 * and %.*s alone. */
void ttss_phrases_add(ttss_phrases *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- characters ----------------------------------------------------------------------------- */

/* Letters, marks and numbers of any script. */
bool ttss_is_word_char(uint32_t c);
/* Scripts that are written without spaces: there one character is one token. */
bool ttss_is_unspaced(uint32_t c);
bool ttss_is_apostrophe(uint32_t c);

/* --- English numbers ------------------------------------------------------------------------ */

/* `digits` is 1 to TTSS_DIGITS_MAX ASCII digits. Each adds to the list, the most usual first. */
void ttss_say_cardinal(ttss_phrases *list, const char *digits); /* "1984" as an amount */
void ttss_say_grouped(ttss_phrases *list, const char *digits);  /* written "1,500" */
void ttss_say_digits(ttss_phrases *list, const char *digits);   /* one by one */
void ttss_say_integer(ttss_phrases *list, const char *digits);  /* amount, year, pairs, digits */
void ttss_say_ordinal(ttss_phrases *list, const char *digits);
void ttss_say_plural(ttss_phrases *list, const char *digits); /* "1990s" */
void ttss_say_decimal(ttss_phrases *list, const char *digits, const char *fraction);
void ttss_say_time(ttss_phrases *list, int hour, int minute, int second); /* second -1: none */
void ttss_say_fraction(ttss_phrases *list, const char *above, const char *below);
/* symbol: U+0024 and so on. fraction: digits, or "". magnitude: "million", or "". range: the unit
 * may be left to what follows. */
void ttss_say_money(ttss_phrases *list, uint32_t symbol, const char *digits, const char *fraction,
                    const char *magnitude, bool range);
bool ttss_is_currency(uint32_t c);
/* Value of a Roman numeral up to 399 in capitals, or 0. */
int ttss_roman_value(const char *text, size_t length);

/* The folded word and its full forms, if it is a contraction; else nothing, and false. */
bool ttss_say_contraction(ttss_phrases *list, const char *word);

/* --- English tables ------------------------------------------------------------------------- */

enum {
    TTSS_ABBR_DOT = 1,     /* only with a full stop behind it */
    TTSS_ABBR_CAPITAL = 2, /* only with a capital at its beginning */
    TTSS_ABBR_NUMBER = 4,  /* only before a number */
    TTSS_ABBR_UNIT = 8,    /* only behind a number; the first two readings: plural, singular */
    TTSS_ABBR_NAME = 16    /* the first reading before a name, the second elsewhere */
};

typedef struct ttss_abbreviation {
    const char *key; /* folded */
    int flags;
    const char *readings; /* phrases with '|' between them */
} ttss_abbreviation;

#define TTSS_ABBREVIATION_MAX 7 /* bytes of the longest key */

bool ttss_is_abbreviation(const char *word, size_t length); /* folded */
bool ttss_is_german_abbreviation(const char *word, size_t length);
/* The next entry with this key after `last` (NULL: the first), or NULL. */
const ttss_abbreviation *ttss_abbreviation_find(const char *key, const ttss_abbreviation *last);
bool ttss_is_month(const char *word, size_t length);     /* full or three letters; folded */
bool ttss_is_numbered(const char *word);                 /* "chapter": a numeral follows */
bool ttss_is_ruler(const char *word);                    /* "henry": an ordinal may follow */
bool ttss_is_magnitude(const char *word, size_t length); /* "million"; folded */

#endif
