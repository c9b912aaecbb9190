/* SPDX-License-Identifier: MIT */
/* Text as flite can say it. flite knows ASCII; what it is given are the tokens of base/words.h (a
 * token that is not simply a word in its most usual reading, so numbers and abbreviations are said
 * as the validator expects them) and, between them, the few marks that make a pause. Everything
 * else between tokens (quotes, bullets, markup) is silent. */
#include "engine/speech.h"

#include "base/utf8.h"
#include "base/words.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

/* Bounds of an utterance in characters: flite holds some 5 kB for each of them. */
#define UTTERANCE_LEAST 200
#define UTTERANCE_MOST  1000

/* flite's letter-to-sound rules take a word as a whole; a longer one is no word. */
#define WORD_MOST 40

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

/* Latin letters that Unicode does not take apart. */
static const char *undecomposed(uint32_t c) {
    static const struct {
        uint32_t c;
        const char *plain;
    } table[] = {
        {0xC6, "AE"},   {0xD0, "D"},   {0xD8, "O"},   {0xDE, "Th"}, {0xDF, "ss"},  {0xE6, "ae"},
        {0xF0, "d"},    {0xF8, "o"},   {0xFE, "th"},  {0x110, "D"}, {0x111, "d"},  {0x126, "H"},
        {0x127, "h"},   {0x131, "i"},  {0x141, "L"},  {0x142, "l"}, {0x152, "OE"}, {0x153, "oe"},
        {0x1E9E, "SS"}, {0x2019, "'"}, {0x2018, "'"}, {0x2BC, "'"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].c == c)
            return table[i].plain;
    return NULL;
}

static void add_plain(uint32_t c, ttss_buf *out) {
    if (c < 0x80) {
        if (is_alnum((char)c) || c == '\'')
            ttss_buf_add_char(out, (char)c);
        return;
    }
    const char *plain = undecomposed(c);
    if (plain) {
        ttss_buf_add_text(out, plain);
        return;
    }
    utf8proc_int32_t parts[32]; /* the longest decomposition has 18 */
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, 32,
                                (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE),
                                &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; i++)
        if (parts[i] < 0x80 && is_alnum((char)parts[i]))
            ttss_buf_add_char(out, (char)parts[i]);
}

void ttss_add_plain(const char *text, size_t length, ttss_buf *out) {
    for (size_t pos = 0; pos < length;)
        add_plain(ttss_utf8_next(text, length, &pos), out);
}

/* A word with a space in front of it. */
static void add_word(const char *word, size_t length, ttss_buf *out) {
    if (out->length && out->data[out->length - 1] != ' ')
        ttss_buf_add_char(out, ' ');
    size_t start = out->length;
    for (size_t pos = 0; pos < length;) {
        add_plain(ttss_utf8_next(word, length, &pos), out);
        if (out->length - start >= WORD_MOST) {
            ttss_buf_add_char(out, ' ');
            start = out->length;
        }
    }
}

/* Beyond ASCII a word has readings with its accents and without, all of them said as it is
 * written. */
static bool is_as_written(const char *text, size_t length, const char *word, ttss_buf *out) {
    ttss_buf written, read;
    bool accented = false;
    for (size_t i = 0; i < length; i++)
        accented = accented || (unsigned char)text[i] >= 0x80;
    if (!accented)
        return false;
    ttss_buf_init(&written, SIZE_MAX);
    ttss_buf_init(&read, SIZE_MAX);
    ttss_add_plain(text, length, &written);
    ttss_add_plain(word, strlen(word), &read);
    out->failed = out->failed || written.failed || read.failed;
    bool same = written.length && read.length && strcasecmp(written.data, read.data) == 0;
    ttss_buf_free(&written);
    ttss_buf_free(&read);
    return same;
}

static void add_token(const ttss_words *words, const ttss_token *token, const char *text,
                      ttss_buf *out) {
    const ttss_reading *reading = &words->readings[token->first_reading];
    if (reading->count == 1 &&
        (token->reading_count == 1 ||
         is_as_written(text + token->start, token->length, words->words[reading->first], out))) {
        add_word(text + token->start, token->length, out);
        return;
    }
    for (size_t i = 0; i < reading->count; i++) {
        const char *word = words->words[reading->first + i];
        add_word(word, strlen(word), out);
    }
}

/* The pause that a character between tokens makes, as the mark flite knows for it, or 0. */
static char pause_mark(uint32_t c) {
    switch (c) {
    case '.':
    case 0x2026: /* ellipsis */
    case 0x3002:
        return '.';
    case '!':
    case 0xFF01:
        return '!';
    case '?':
    case 0xFF1F:
        return '?';
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case 0x2013: /* dashes */
    case 0x2014:
    case 0x2015:
        return ',';
    default:
        return 0;
    }
}

/* What stands between two tokens: the strongest of its marks, behind the word before it. */
static void add_gap(const char *gap, size_t length, ttss_buf *out) {
    char mark = 0;
    int lines = 0, hyphens = 0;
    for (size_t pos = 0; pos < length;) {
        uint32_t c = ttss_utf8_next(gap, length, &pos);
        char found = pause_mark(c);
        hyphens = c == '-' ? hyphens + 1 : 0;
        lines += c == '\n';
        if (hyphens == 2)
            found = ',';
        if (found && (!mark || mark == ','))
            mark = found;
    }
    if (lines > 1 && (!mark || mark == ','))
        mark = '.';
    if (mark && out->length && is_alnum(out->data[out->length - 1]))
        ttss_buf_add_char(out, mark);
}

bool ttss_speakable(const char *text, size_t length, ttss_buf *out) {
    ttss_words words = {0};
    if (ttss_words_read(&words, text, length, "en", NULL)) {
        out->failed = true;
        return false;
    }
    size_t pos = 0;
    for (size_t i = 0; i < words.token_count; i++) {
        const ttss_token *token = &words.tokens[i];
        add_gap(text + pos, token->start - pos, out);
        add_token(&words, token, text, out);
        pos = token->start + token->length;
    }
    add_gap(text + pos, length - pos, out);
    ttss_words_free(&words);
    for (size_t i = 0; i < out->length; i++)
        if (is_alnum(out->data[i]))
            return true;
    return false;
}

size_t ttss_utterance_length(const char *text, size_t length) {
    size_t space = 0;
    for (size_t i = 1; i < length; i++) {
        if (text[i] != ' ')
            continue;
        if (i >= UTTERANCE_MOST)
            return space ? space : i;
        space = i;
        if (i >= UTTERANCE_LEAST && memchr(".!?", text[i - 1], 3))
            return i;
    }
    return length;
}
