/* SPDX-License-Identifier: MIT */
/* Finding marks that may end a sentence; see scan.h. */
#include "chunk/scan.h"

#include "base/utf8.h"

#include <string.h>

/* First bytes of the marks that ttss_stop_of() knows, and of brackets and quotation marks. */
static inline bool may_be_mark(const char *p, size_t left) {
    unsigned char c = (unsigned char)p[0];
    (void)left;
    if (c < 0x80)
        return c == '.' || c == '!' || c == '?' || c == '(' || c == ')';
    return c == 0xCD || c == 0xD6 || c == 0xD8 || c == 0xDB || (c >= 0xE0 && c <= 0xE3) ||
           c == 0xEF;
}

#ifdef __SSE2__

/* CD, D6, D8, DB, E0 and E1 among bytes one of which is in the range. */
static inline __m128i may_be_rare_marks(__m128i bytes) {
    __m128i found = ttss_equal_16(bytes, 0xFE, 0xE0);
    found = _mm_or_si128(found, ttss_equal_16(bytes, 0xFF, 0xCD));
    found = _mm_or_si128(found, ttss_equal_16(bytes, 0xFF, 0xD6));
    return _mm_or_si128(
        found, _mm_or_si128(ttss_equal_16(bytes, 0xFF, 0xD8), ttss_equal_16(bytes, 0xFF, 0xDB)));
}

/* E2, E3 and EF begin so much in East Asian and curly text that the third byte is looked at, too:
 * U+2025, U+2026, U+203C, U+203D, U+2047 to U+2049; U+3002, U+300A, U+300B, U+300E, U+300F; U+FF01,
 * U+FF08, U+FF09, U+FF1F, U+FF61; and few others, for the masks make one test of several. */
static inline __m128i may_be_wide_marks(__m128i bytes, __m128i third) {
    __m128i pair = ttss_equal_16(third, 0xFE, 0x88);
    __m128i general = _mm_or_si128(
        _mm_or_si128(pair, ttss_equal_16(third, 0xFF, 0x87)),
        _mm_or_si128(ttss_equal_16(third, 0xFE, 0xBC), ttss_equal_16(third, 0xFC, 0xA4)));
    __m128i ideographic =
        _mm_or_si128(ttss_equal_16(third, 0xFF, 0x82), ttss_equal_16(third, 0xFA, 0x8A));
    __m128i full = _mm_or_si128(
        pair, _mm_or_si128(ttss_equal_16(third, 0xDF, 0x81), ttss_equal_16(third, 0xFF, 0x9F)));
    general = _mm_and_si128(general, ttss_equal_16(bytes, 0xFF, 0xE2));
    ideographic = _mm_and_si128(ideographic, ttss_equal_16(bytes, 0xFF, 0xE3));
    full = _mm_and_si128(full, ttss_equal_16(bytes, 0xFF, 0xEF));
    return _mm_or_si128(_mm_or_si128(general, ideographic), full);
}

/* Bytes from 0xC0 to 0xE1, which are negative here, as those of continuation are. */
static inline bool has_rare_leads(__m128i bytes) {
    __m128i rare = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)0xBF)),
                                 _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xE2)));
    return _mm_movemask_epi8(rare) != 0;
}

#endif

static inline unsigned may_be_marks_16(const char *p, size_t left) {
#ifdef __SSE2__
    __m128i bytes = ttss_load_16(p);
    __m128i found =
        _mm_or_si128(_mm_or_si128(ttss_equal_16(bytes, 0xFF, '.'), ttss_equal_16(bytes, 0xFF, '!')),
                     _mm_or_si128(ttss_equal_16(bytes, 0xFF, '?'),
                                  ttss_equal_16(bytes, 0xFE, '('))); /* and ")" */
    if (_mm_movemask_epi8(bytes)) {
        /* Near the end there is no third byte for the last ones. */
        __m128i wide = left >= 18 ? may_be_wide_marks(bytes, ttss_load_16(p + 2))
                                  : _mm_or_si128(ttss_equal_16(bytes, 0xFE, 0xE2),
                                                 ttss_equal_16(bytes, 0xFF, 0xEF));
        found = _mm_or_si128(found, wide);
        if (has_rare_leads(bytes))
            found = _mm_or_si128(found, may_be_rare_marks(bytes));
    }
    return (unsigned)_mm_movemask_epi8(found);
#else
    return may_be_mark(p, left);
#endif
}

/* With those that a language may add. */
static inline bool may_be_extra_mark(const char *p, size_t left) {
    return p[0] == ':' || p[0] == ';' || may_be_mark(p, left);
}

static inline unsigned may_be_extra_marks_16(const char *p, size_t left) {
    unsigned found = may_be_marks_16(p, left);
#ifdef __SSE2__
    __m128i extra = ttss_equal_16(ttss_load_16(p), 0xFE, ':'); /* and ";" */
    found |= (unsigned)_mm_movemask_epi8(extra);
#endif
    return found;
}

enum ttss_stop ttss_stop_in(const ttss_language *language, uint32_t c) {
    for (size_t i = 0; i < language->extra_stop_count; i++)
        if (language->extra_stops[i].character == c)
            return (enum ttss_stop)language->extra_stops[i].stop;
    return ttss_stop_of(c);
}

static void open_bracket(ttss_scan *scan, size_t pos) {
    if (scan->depth < TTSS_OPEN_MAX)
        scan->open[scan->depth] = pos;
    scan->depth++;
}

static void close_bracket(ttss_scan *scan) {
    scan->depth -= scan->depth > 0;
}

static void note_quote(ttss_scan *scan, unsigned char last, size_t pos) {
    if (last == 0x8A || last == 0x8E) {
        scan->quoted = last == 0x8A ? TTSS_QUOTED_TITLE : TTSS_QUOTED_SPEECH_OR_TITLE;
        scan->quoted_at = pos;
    } else if (last == 0x8B || last == 0x8F) {
        scan->quoted = TTSS_QUOTED_NOT;
    }
}

/* Notes what opens or closes at pos. A bracket may also be the mouth of a face. */
static void note(ttss_scan *scan, size_t pos) {
    const unsigned char *p = (const unsigned char *)scan->finder.text + pos;
    if (p[0] == '(') {
        if (pos == 0 || !strchr(":;-=", p[-1]))
            open_bracket(scan, pos);
    } else if (p[0] == ')') {
        close_bracket(scan);
    } else if (scan->finder.end - pos < 3) {
        return;
    } else if (p[0] == 0xEF && p[1] == 0xBC && p[2] == 0x88) {
        open_bracket(scan, pos);
    } else if (p[0] == 0xEF && p[1] == 0xBC && p[2] == 0x89) {
        close_bracket(scan);
    } else if (p[0] == 0xE3 && p[1] == 0x80) {
        note_quote(scan, p[2], pos);
    }
}

static size_t find_extra_stop(ttss_scan *scan, const ttss_language *language, size_t pos) {
    ttss_finder *finder = &scan->finder;
    for (;; pos++) {
        pos = ttss_finder_next(finder, pos, may_be_extra_mark, may_be_extra_marks_16);
        size_t next = pos;
        if (pos >= finder->end ||
            ttss_stop_in(language, ttss_utf8_next(finder->text, finder->end, &next)))
            return pos;
        note(scan, pos);
    }
}

size_t ttss_find_stop(ttss_scan *scan, const ttss_language *language, size_t pos) {
    ttss_finder *finder = &scan->finder;
    if (language->extra_stop_count > 0)
        return find_extra_stop(scan, language, pos);
    for (size_t end = finder->end;; pos++) {
        pos = ttss_finder_next(finder, pos, may_be_mark, may_be_marks_16);
        if (pos >= end)
            return pos;
        size_t next = pos;
        if (ttss_stop_of(ttss_utf8_next(finder->text, end, &next)))
            return pos;
        note(scan, pos);
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
