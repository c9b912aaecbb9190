/* SPDX-License-Identifier: MIT */
/* Private to words*.c: the scanner's state, shared by the part that finds tokens (words.c) and
 * the parts that read those of one language or another. */
#ifndef TTSS_BASE_WORDS_BUILD_H
#define TTSS_BASE_WORDS_BUILD_H

#include "base/buf.h"
#include "base/words_parts.h"

typedef struct ttss_scan {
    const char *text;
    size_t length;
    size_t pos; /* of the next character */
    bool english, german;
    const char *language;
    struct ttss_speller *speller; /* other languages, once there is a number; see words_spell.h */
    bool spelled;                 /* it was looked for */
    bool failed;                  /* out of memory */
    bool number;                  /* a number ended here, or only white space ago */
    bool number_one;              /* it was exactly 1 */
    ttss_words *out;
    size_t token_room, reading_room, word_room;
    size_t *offsets; /* of the words in the pool */
    ttss_buf pool;
} ttss_scan;

/* A token of text[start..end) with these readings; none without any. */
void ttss_scan_token(ttss_scan *scan, size_t start, size_t end, const ttss_phrases *readings);
#define TTSS_PLAIN_MAX 48

/* A token from scan->pos to end with one reading of one word, folded already. */
void ttss_scan_word(ttss_scan *scan, size_t end, const char word[TTSS_PLAIN_MAX], size_t length);
/* A token with one reading, folded from these bytes. */
void ttss_scan_folded(ttss_scan *scan, size_t start, size_t end);
/* Character at a position, 0 at the end; the one before it, 0 at the beginning. */
uint32_t ttss_scan_at(const ttss_scan *scan, size_t pos);
uint32_t ttss_scan_before(const ttss_scan *scan, size_t pos);
/* End of the word at pos: letters, marks and digits, with apostrophes between them. */
size_t ttss_scan_word_end(const ttss_scan *scan, size_t pos);
/* First word of the first reading of the last token; "" if there is none. */
const char *ttss_scan_last_word(const ttss_scan *scan);

#define TTSS_KEY_MAX 16 /* longer words are in no table */

static inline bool ttss_is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static inline bool ttss_is_letter(uint32_t c) {
    return c < 0x80 && (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool ttss_is_capital(uint32_t c) {
    return c >= 'A' && c <= 'Z';
}

static inline char ttss_lower(char c) {
    return ttss_is_capital((unsigned char)c) ? (char)(c + 32) : c;
}

static inline unsigned char ttss_scan_byte(const ttss_scan *scan, size_t pos) {
    return pos < scan->length ? (unsigned char)scan->text[pos] : 0;
}

static inline size_t ttss_scan_letters_end(const ttss_scan *scan, size_t pos) {
    while (ttss_is_letter(ttss_scan_byte(scan, pos)))
        pos++;
    return pos;
}

/* Folds ASCII into a key; false if it is longer than any key. */
static inline bool ttss_scan_key(const ttss_scan *scan, size_t start, size_t end,
                                 char key[TTSS_KEY_MAX]) {
    size_t length = end - start;
    if (length == 0 || length >= TTSS_KEY_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        key[i] = ttss_lower(scan->text[start + i]);
    key[length] = '\0';
    return true;
}

/* Adds at most `most` of the phrases with a word in front or behind; "" for none. */
void ttss_phrases_around(ttss_phrases *list, const ttss_phrases *from, size_t most,
                         const char *before, const char *behind);

/* Whether a fraction of one character is there. */
bool ttss_is_vulgar(const ttss_scan *scan, size_t pos);

/* Each takes what is at scan->pos, moves behind it and returns true, or returns false: a plain
 * word; a space or punctuation that is not said. */
bool ttss_scan_plain(ttss_scan *scan);
bool ttss_scan_mute(ttss_scan *scan);

/* English: each takes what is at scan->pos, moves behind it and returns true, or returns false. */
bool ttss_scan_number(ttss_scan *scan);  /* numbers, times, money, ... */
bool ttss_scan_measure(ttss_scan *scan); /* numbers of several parts; words_measure.c */
bool ttss_scan_rate(ttss_scan *scan);    /* "km/h" behind a number */
bool ttss_scan_symbol(ttss_scan *scan);  /* & % @ and others that are said */
bool ttss_scan_english(ttss_scan *scan); /* words of ASCII letters and digits */
bool ttss_scan_german(ttss_scan *scan);  /* the same for German: numbers, abbreviations */
bool ttss_scan_foreign(ttss_scan *scan); /* numbers of other languages, if there is ICU */

#endif
