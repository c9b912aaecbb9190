/* SPDX-License-Identifier: MIT */
/* The block reader; see block.h. */
#include "chunk/block.h"

#include "base/find.h"
#include "base/utf8.h"
#include "chunk/around.h"
#include "chunk/marks.h"

#include <ttsslice/chunk.h>

#include <string.h>

/* Longest line, in bytes, that may be a heading. */
#define HEADING_MAX 80

typedef struct line {
    size_t start; /* without white space around it; start == end: blank */
    size_t end;
    size_t next;      /* start of the next line */
    size_t separator; /* 1 if it ends with U+2029 */
} line;

/* First bytes of line ends. */
static const ttss_byte_set line_bytes = {
    .ascii = {'\n', '\r'}, .ascii_count = 2, .high = {0xE2}, .high_count = 1};

/* The line end at or behind pos. */
static size_t find_line_end(const char *text, size_t length, size_t pos) {
    ttss_finder finder = ttss_finder_begin(text, pos, length);
    for (;; pos++) {
        pos = ttss_finder_next(&finder, &line_bytes, pos);
        if (pos == length || (unsigned char)text[pos] != 0xE2)
            return pos;
        if (length - pos >= 3 && (unsigned char)text[pos + 1] == 0x80 &&
            ((unsigned char)text[pos + 2] & 0xFE) == 0xA8)
            return pos;
    }
}

static line read_line(const char *text, size_t length, size_t pos) {
    line found = {.start = pos};
    pos = find_line_end(text, length, pos);
    found.start = ttss_skip_space(text, found.start, pos);
    found.end = ttss_trim_end(text, found.start, pos);
    found.next = pos;
    if (pos < length) {
        bool crlf = text[pos] == '\r' && pos + 1 < length && text[pos + 1] == '\n';
        bool wide = (unsigned char)text[pos] == 0xE2;
        found.separator = wide && (unsigned char)text[pos + 2] == 0xA9;
        found.next += wide ? 3 : crlf ? 2 : 1;
    }
    return found;
}

static bool is_rule(const char *text, line l) {
    size_t count = 0;
    uint32_t mark = 0;
    while (l.start < l.end) {
        uint32_t c = ttss_utf8_next(text, l.end, &l.start);
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

static bool is_markdown_heading(const char *text, line l) {
    size_t p = l.start;
    while (p < l.end && text[p] == '#')
        p++;
    return p > l.start && p - l.start <= 6 && p < l.end && text[p] == ' ';
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

/* "Chapter 5", "PART TWO: The Sea", "1. Kapitel", "Prologue." */
static bool is_named_heading(const ttss_language *language, const char *text, line l) {
    if (l.end - l.start > HEADING_MAX)
        return false;
    size_t word = ttss_word_end(text, l.start, l.end);
    size_t length = word - l.start;
    if (ttss_word_list_has(&language->plain_headings, text + l.start, length))
        return word == l.end || (word + 1 == l.end && (text[word] == '.' || text[word] == ':'));
    if (ttss_word_list_has(&language->numbered_headings, text + l.start, length)) {
        size_t number = ttss_skip_space(text, word, l.end);
        size_t rest = number > word ? number_end(language, text, number, l.end) : number;
        return rest > number && (text[rest - 1] == '.' || ends_name(text, rest, l.end));
    }
    size_t number = number_end(language, text, l.start, l.end);
    size_t name = ttss_skip_space(text, number, l.end), rest = ttss_word_end(text, name, l.end);
    return number > l.start && name > number &&
           ttss_word_list_has(&language->numbered_headings, text + name, rest - name) &&
           ends_name(text, rest, l.end);
}

/* A short line that begins like a title and does not end like a sentence. */
static bool is_title(const char *text, line l) {
    if (l.end - l.start > HEADING_MAX)
        return false;
    size_t number = numeral_end(text, l.start, l.end);
    if (number > l.start && (number == l.end || (number + 1 == l.end && text[number] == '.')))
        return true;
    size_t first = l.start, last = ttss_utf8_previous(text, l.end);
    enum ttss_letter begins = ttss_letter_of(ttss_utf8_next(text, l.end, &first));
    uint32_t c = ttss_utf8_next(text, l.end, &last);
    return begins != TTSS_LETTER_NONE && begins != TTSS_LETTER_LOWER &&
           (c == ')' || ttss_letter_of(c) != TTSS_LETTER_NONE);
}

bool ttss_block_next(ttss_block_reader *reader, ttss_block *block) {
    const char *text = reader->text;
    *block = (ttss_block){.kind = TTSS_BLOCK_TEXT};
    line l = {0};
    for (;; block->blank_before++) {
        if (reader->pos >= reader->length)
            return false;
        l = read_line(text, reader->length, reader->pos);
        reader->pos = l.next;
        if (l.start < l.end)
            break;
    }
    block->start = l.start;
    block->end = l.end;
    bool rule = is_rule(text, l);
    if (rule || is_markdown_heading(text, l) || is_named_heading(reader->language, text, l)) {
        block->kind = rule ? TTSS_BLOCK_RULE : TTSS_BLOCK_HEADING;
        return true;
    }
    line first = l;
    size_t lines = 1;
    while (!l.separator && reader->pos < reader->length) {
        l = read_line(text, reader->length, reader->pos);
        if (l.start == l.end || is_rule(text, l) || is_markdown_heading(text, l))
            break;
        reader->pos = l.next;
        block->end = l.end;
        lines++;
    }
    if (lines == 1 && is_title(text, first))
        block->kind = TTSS_BLOCK_HEADING;
    return true;
}

int32_t ttss_block_break(const ttss_block *block, const ttss_block *next) {
    if (block->kind != TTSS_BLOCK_TEXT || next->kind != TTSS_BLOCK_TEXT || next->blank_before > 1)
        return TTSSLICE_BREAK_SECTION;
    return TTSSLICE_BREAK_PARAGRAPH;
}
