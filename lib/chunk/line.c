/* SPDX-License-Identifier: MIT */
/* Lines; see line.h. */
#include "chunk/line.h"

#include "base/find.h"
#include "base/utf8.h"
#include "chunk/around.h"
#include "chunk/marks.h"

#include <string.h>

/* Longest line, in characters, that may be a heading. */
#define HEADING_MAX 80

/* The first byte of a line end: LF, CR, U+2028, U+2029. */
static inline bool ends_line(const char *p, size_t left) {
    if (p[0] == '\n' || p[0] == '\r')
        return true;
    return left >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
           ((unsigned char)p[2] & 0xFE) == 0xA8;
}

static inline unsigned end_lines_16(const char *p, size_t left) {
#ifdef __SSE2__
    __m128i bytes = ttss_load_16(p);
    __m128i found = ttss_equal_16(bytes, 0xFF, '\n');
    found = _mm_or_si128(found, ttss_equal_16(bytes, 0xFF, '\r'));
    __m128i wide = ttss_equal_16(bytes, 0xFF, 0xE2);
    if (left >= 18)
        wide = _mm_and_si128(wide, ttss_equal_16(ttss_load_16(p + 2), 0xFE, 0xA8));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(found, wide));
#else
    return ends_line(p, left);
#endif
}

/* The line end at or behind pos. */
static size_t find_line_end(const char *text, size_t length, size_t pos) {
    ttss_finder finder = ttss_finder_begin(text, pos, length);
    for (;; pos++) {
        pos = ttss_finder_next(&finder, pos, ends_line, end_lines_16);
        if (pos == length || ends_line(text + pos, length - pos))
            return pos;
    }
}

/* White space apart. */
static bool is_rule(const char *text, size_t start, size_t end) {
    size_t count = 0;
    uint32_t mark = 0;
    while (start < end) {
        uint32_t c = ttss_utf8_next(text, end, &start);
        if (ttss_is_space(c))
            continue;
        if (count++ == 0)
            mark = c;
        if (c != mark)
            return false;
        switch (c) {
        case '*':
        case '-':
        case '_':
        case '=':
        case '~':
        case '#':
        case 0xB7:   /* middle dot */
        case 0x2013: /* dashes */
        case 0x2014:
        case 0x2022: /* bullet */
        case 0x2042: /* asterism */
            continue;
        default:
            return false;
        }
    }
    return count >= 3 || (count > 0 && (mark == '*' || mark == '#' || mark == 0x2042));
}

static bool is_heading(const char *text, size_t start, size_t end) {
    size_t p = start;
    while (p < end && text[p] == '#')
        p++;
    return p > start && p - start <= 6 && p < end && text[p] == ' ';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "1. ", "12) ", "a) "; more than three digits are a year. */
static bool is_numbered(const char *text, size_t start, size_t end) {
    size_t p = start;
    while (p < end && p - start < 3 && is_digit(text[p]))
        p++;
    bool letter = p == start && p < end && text[p] >= 'a' && text[p] <= 'z';
    p += letter;
    return p > start && end - p >= 2 && (text[p] == ')' || (text[p] == '.' && !letter)) &&
           text[p + 1] == ' ';
}

static bool is_bulleted(const char *text, size_t start, size_t end) {
    char c = text[start];
    if (c == '-' || c == '*' || c == '+')
        return end - start >= 2 && text[start + 1] == ' ';
    return ttss_is_bullet(ttss_utf8_next(text, end, &start));
}

static enum ttss_line_kind kind_of(const char *text, size_t start, size_t end) {
    unsigned char c = (unsigned char)(start < end ? text[start] : 0);
    if (start == end)
        return TTSS_LINE_BLANK;
    if ((c >= 'a' && c <= 'z') || is_digit((char)c))
        return is_numbered(text, start, end) ? TTSS_LINE_NUMBER : TTSS_LINE_TEXT;
    if (c >= 'A' && c <= 'Z')
        return TTSS_LINE_TEXT;
    if (c == '|')
        return TTSS_LINE_ROW;
    if (c == '>')
        return TTSS_LINE_QUOTE;
    if (is_rule(text, start, end))
        return TTSS_LINE_RULE;
    if (is_heading(text, start, end))
        return TTSS_LINE_HEADING;
    return is_bulleted(text, start, end) ? TTSS_LINE_BULLET : TTSS_LINE_TEXT;
}

ttss_line ttss_line_read(const char *text, size_t length, size_t pos) {
    size_t end = find_line_end(text, length, pos);
    ttss_line line = {.start = ttss_skip_space(text, pos, end), .next = end};
    line.end = ttss_trim_end(text, line.start, end);
    line.kind = kind_of(text, line.start, line.end);
    line.indented = end - pos >= 3 && memcmp(text + pos, "\xE3\x80\x80", 3) == 0;
    if (end < length) {
        bool crlf = text[end] == '\r' && end + 1 < length && text[end + 1] == '\n';
        bool wide = (unsigned char)text[end] == 0xE2;
        line.separator = wide && (unsigned char)text[end + 2] == 0xA9;
        line.next += wide ? 3 : crlf ? 2 : 1;
    }
    return line;
}

bool ttss_line_is_short(const char *text, const ttss_line *line) {
    size_t bytes = line->end - line->start;
    return bytes <= HEADING_MAX || (bytes <= (size_t)4 * HEADING_MAX &&
                                    ttss_utf8_count(text + line->start, bytes) <= HEADING_MAX);
}

bool ttss_line_is_underline(const char *text, const ttss_line *line, char mark) {
    for (size_t p = line->start; p < line->end; p++)
        if (text[p] != mark)
            return false;
    return true;
}

bool ttss_line_ends_sentence(const char *text, const ttss_line *line) {
    for (size_t p = line->end; p > line->start;) {
        size_t here = ttss_utf8_previous(text, p);
        p = here;
        uint32_t c = ttss_utf8_next(text, line->end, &here);
        if (c == ':' || c == 0xFF1A || ttss_stop_of(c) != TTSS_STOP_NONE)
            return true;
        if (!ttss_closes(c))
            return false;
    }
    return false;
}

bool ttss_line_has_words(const char *text, const ttss_line *line) {
    for (size_t p = line->start; p < line->end;)
        if (ttss_letter_of(ttss_utf8_next(text, line->end, &p)) != TTSS_LETTER_NONE)
            return true;
    return false;
}

/* End of the number at pos, in digits or Roman numerals; pos if there is none. */
static size_t numeral_end(const char *text, size_t pos, size_t end) {
    size_t p = pos;
    while (p < end && ((text[p] >= '0' && text[p] <= '9') || (p > pos && text[p] == '.')))
        p++;
    if (p > pos)
        return p;
    size_t word = ttss_word_end(text, pos, end);
    while (p < word && memchr("IVXLCDM", text[p], 7))
        p++;
    return p == word ? word : pos;
}

/* The same, or a number as a word. */
static size_t number_end(const ttss_language *language, const char *text, size_t pos, size_t end) {
    size_t numeral = numeral_end(text, pos, end), word = ttss_word_end(text, pos, end);
    if (numeral == pos && ttss_word_list_has(&language->number_words, text + pos, word - pos))
        return word;
    return numeral;
}

/* What follows the name of a heading, at rest: nothing, or a mark and the title. */
static bool ends_name(const char *text, size_t rest, size_t end) {
    size_t p = ttss_skip_space(text, rest, end);
    if (p == end)
        return true;
    uint32_t c = ttss_utf8_next(text, end, &p);
    return c == '.' || c == ':' || c == '-' || c == 0x2013 || c == 0x2014;
}

bool ttss_line_is_named_heading(const ttss_language *language, const char *text,
                                const ttss_line *l) {
    if (!ttss_line_is_short(text, l))
        return false;
    size_t word = ttss_word_end(text, l->start, l->end);
    size_t length = word - l->start;
    if (ttss_word_list_has(&language->plain_headings, text + l->start, length))
        return word == l->end || (word + 1 == l->end && (text[word] == '.' || text[word] == ':'));
    if (ttss_word_list_has(&language->numbered_headings, text + l->start, length)) {
        size_t number = ttss_skip_space(text, word, l->end);
        size_t rest = number > word ? number_end(language, text, number, l->end) : number;
        return rest > number && (text[rest - 1] == '.' || ends_name(text, rest, l->end));
    }
    size_t number = number_end(language, text, l->start, l->end);
    size_t name = ttss_skip_space(text, number, l->end), rest = ttss_word_end(text, name, l->end);
    return number > l->start && name > number &&
           ttss_word_list_has(&language->numbered_headings, text + name, rest - name) &&
           ends_name(text, rest, l->end);
}

bool ttss_line_is_title(const char *text, const ttss_line *l) {
    if (!ttss_line_is_short(text, l))
        return false;
    size_t number = numeral_end(text, l->start, l->end);
    if (number > l->start && (number == l->end || (number + 1 == l->end && text[number] == '.')))
        return true;
    size_t first = l->start, last = ttss_utf8_previous(text, l->end);
    enum ttss_letter begins = ttss_letter_of(ttss_utf8_next(text, l->end, &first));
    uint32_t c = ttss_utf8_next(text, l->end, &last);
    return begins != TTSS_LETTER_NONE && begins != TTSS_LETTER_LOWER &&
           (c == ')' || ttss_is_word(c));
}

bool ttss_line_is_capitals(const char *text, const ttss_line *l) {
    size_t capitals = 0;
    if (!ttss_line_is_title(text, l))
        return false;
    for (size_t p = l->start; p < l->end;) {
        enum ttss_letter letter = ttss_letter_of(ttss_utf8_next(text, l->end, &p));
        if (letter == TTSS_LETTER_LOWER || letter == TTSS_LETTER_CASELESS)
            return false;
        capitals += letter == TTSS_LETTER_UPPER;
    }
    return capitals > 3;
}
