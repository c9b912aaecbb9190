/* SPDX-License-Identifier: MIT */
/* Finding marks that may end a sentence; see scan.h. */
#include "chunk/scan.h"

#include "base/utf8.h"

/* First bytes of all characters that ttss_stop_of() knows. */
#define HIGH_BYTES                                                                                 \
    { 0xCD, 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF }

static const ttss_byte_set stop_bytes = {
    .ascii = {'.', '!', '?'}, .ascii_count = 3, .high = HIGH_BYTES, .high_count = 9};

/* And those that a language may add. */
static const ttss_byte_set extra_bytes = {
    .ascii = {'.', '!', '?', ':', ';'}, .ascii_count = 5, .high = HIGH_BYTES, .high_count = 9};

enum ttss_stop ttss_stop_in(const ttss_language *language, uint32_t c) {
    for (size_t i = 0; i < language->extra_stop_count; i++)
        if (language->extra_stops[i].character == c)
            return (enum ttss_stop)language->extra_stops[i].stop;
    return ttss_stop_of(c);
}

/* Whether the character at p, whose first byte was found, may be one that ttss_stop_of() knows: by
 * its second byte, and in East Asian text, where others of the kind abound, by its third. */
static bool may_stop(const unsigned char *p, size_t left) {
    if (left < 3)
        return true;
    switch (p[0]) {
    case 0xE2:
        return (p[1] & 0xFE) == 0x80;
    case 0xE3:
        return p[1] == 0x80 && p[2] == 0x82;
    case 0xEF:
        return p[1] == 0xBD || (p[1] == 0xBC && (p[2] == 0x81 || p[2] == 0x9F));
    default:
        return true;
    }
}

static size_t find_extra_stop(ttss_finder *finder, const ttss_language *language, size_t pos) {
    for (;;) {
        pos = ttss_finder_next(finder, &extra_bytes, pos);
        size_t next = pos;
        if (pos >= finder->end ||
            ttss_stop_in(language, ttss_utf8_next(finder->text, finder->end, &next)))
            return pos;
        pos = next;
    }
}

size_t ttss_find_stop(ttss_finder *finder, const ttss_language *language, size_t pos) {
    const char *text = finder->text;
    if (language->extra_stop_count > 0)
        return find_extra_stop(finder, language, pos);
    for (size_t end = finder->end;; pos++) {
        pos = ttss_finder_next(finder, &stop_bytes, pos);
        if (pos >= end || (unsigned char)text[pos] < 0x80)
            return pos;
        size_t next = pos;
        if (may_stop((const unsigned char *)text + pos, end - pos) &&
            ttss_stop_of(ttss_utf8_next(text, end, &next)))
            return pos;
    }
}

/* Whether the full stop behind one space at pos continues a ". . ." */
static bool is_spaced_dot(const char *text, size_t pos, size_t end) {
    if (end - pos < 2 || text[pos] != ' ' || text[pos + 1] != '.')
        return false;
    pos += 2;
    return pos == end || ttss_letter_of(ttss_utf8_next(text, end, &pos)) ==
                             TTSS_LETTER_NONE; /* not ".5", ".net" */
}

static void add_mark(ttss_run *run, enum ttss_stop stop) {
    run->dots += stop == TTSS_STOP_PERIOD ? 1 : stop == TTSS_STOP_ELLIPSIS ? 3 : 0;
    run->strong |= stop == TTSS_STOP_STRONG;
    run->full |= stop == TTSS_STOP_FULL;
}

static void read_marks(const ttss_language *language, const char *text, ttss_run *run, size_t end) {
    while (run->end < end) {
        size_t next = run->end;
        enum ttss_stop stop = ttss_stop_in(language, ttss_utf8_next(text, end, &next));
        if (stop == TTSS_STOP_NONE && run->dots > 0 && !run->strong && !run->full &&
            is_spaced_dot(text, run->end, end)) {
            run->spaced = true;
            run->end += 2;
            run->dots++;
            continue;
        }
        if (stop == TTSS_STOP_NONE)
            break;
        add_mark(run, stop);
        run->end = next;
    }
}

/* French closes a quotation behind a space; behind such a mark no letter follows at once. */
static size_t skip_guillemet(const char *text, size_t pos, size_t end) {
    size_t p = ttss_skip_space(text, pos, end);
    if (p == pos || p - pos > 6 || p >= end || (unsigned char)text[p] < 0x80)
        return pos;
    uint32_t c = ttss_utf8_next(text, end, &p);
    if (c != 0xBB && c != 0x203A)
        return pos;
    size_t behind = p;
    bool letter = p < end && ttss_letter_of(ttss_utf8_next(text, end, &p)) != TTSS_LETTER_NONE;
    return letter ? pos : behind;
}

/* Numbers of notes, "[12]", behind a stop belong to the sentence. */
static size_t skip_notes(const char *text, size_t pos, size_t end) {
    while (pos < end && text[pos] == '[') {
        size_t p = pos + 1;
        while (p < end && p - pos < 5 && text[p] >= '0' && text[p] <= '9')
            p++;
        if (p == pos + 1 || p >= end || text[p] != ']')
            break;
        pos = p + 1;
    }
    return pos;
}

/* A letter or digit of ASCII, or Han: what follows most marks. No mark begins with such a byte. */
static bool is_plain(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c >= 0xE4 && c <= 0xE9);
}

/* One mark, then white space or none, then a word. */
static bool is_single(const char *text, size_t pos, size_t end) {
    if (pos < end && (text[pos] == ' ' || text[pos] == '\n'))
        pos++;
    return pos < end && is_plain((unsigned char)text[pos]);
}

void ttss_run_read(ttss_run *run, const ttss_language *language, const char *text, size_t start,
                   size_t end) {
    *run = (ttss_run){.start = start, .end = start};
    enum ttss_stop stop = ttss_stop_in(language, ttss_utf8_next(text, end, &run->end));
    if (is_single(text, run->end, end)) {
        run->closed = run->after = run->end;
        add_mark(run, stop);
        return;
    }
    run->end = start;
    read_marks(language, text, run, end);
    run->closed = skip_guillemet(text, ttss_skip_closers(text, run->end, end), end);
    run->after = skip_notes(text, run->closed, end);
}
