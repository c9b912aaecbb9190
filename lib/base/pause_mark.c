/* SPDX-License-Identifier: MIT */
/* Marks of pauses; see pause_mark.h. Digits, at most three of them behind a point, and s or ms. */
#include "base/pause_mark.h"

#include "base/error.h"

#include <string.h>

static const char opening[] = "[pause";
#define OPENING (sizeof opening - 1)

#define TOO_MANY ((int64_t)TTSS_PAUSE_MAX_MS * 1000000)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What stands behind the word decides whether it is meant as a mark: "[paused]" is text. */
static bool is_meant(const char *text, size_t length, size_t at) {
    if (length - at <= OPENING || memcmp(text + at, opening, OPENING) != 0)
        return false;
    const char c = text[at + OPENING];
    return c == ' ' || c == '\t' || c == ']' || is_digit(c);
}

/* The number in thousandths, TOO_MANY or more if it is far beyond any pause; -1: none. */
static int64_t read_number(const char *text, size_t length, size_t *at) {
    const int64_t most = (int64_t)TTSS_PAUSE_MAX_MS * 1000;
    const size_t from = *at;
    int64_t value = 0;
    size_t pos = from;
    for (; pos < length && is_digit(text[pos]); pos++)
        value = value > most ? value : value * 10 + (text[pos] - '0');
    if (pos == from)
        return -1;
    value = value > most ? TOO_MANY : value * 1000;
    if (pos + 1 < length && text[pos] == '.' && is_digit(text[pos + 1])) {
        int64_t place = 100;
        for (pos++; pos < length && is_digit(text[pos]); pos++, place /= 10) {
            if (place == 0)
                return -1;
            value += place * (text[pos] - '0');
        }
    }
    *at = pos;
    return value;
}

static size_t skip_blanks(const char *text, size_t length, size_t at) {
    while (at < length && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

/* Reads the mark at mark->start; false if it is none. */
static bool read_mark(const char *text, size_t length, ttss_pause_mark *mark) {
    size_t at = skip_blanks(text, length, mark->start + OPENING);
    if (at == mark->start + OPENING)
        return false;
    const int64_t number = read_number(text, length, &at);
    if (number < 0)
        return false;
    at = skip_blanks(text, length, at);
    const bool thousandths = length - at > 2 && text[at] == 'm' && text[at + 1] == 's';
    if (!thousandths && !(length - at > 1 && text[at] == 's'))
        return false;
    mark->ms = thousandths ? (number + 500) / 1000 : number;
    at = skip_blanks(text, length, at + (thousandths ? 2 : 1));
    if (at == length || text[at] != ']')
        return false;
    mark->end = at + 1;
    return true;
}

int32_t ttss_pause_mark_next(const char *text, size_t length, size_t *pos, ttss_pause_mark *mark,
                             bool *found, ttsslice_error *err) {
    *found = false;
    for (size_t at = *pos; at < length; at++) {
        const char *bracket = memchr(text + at, '[', length - at);
        if (!bracket)
            return 0;
        at = (size_t)(bracket - text);
        if (!is_meant(text, length, at))
            continue;
        mark->start = at;
        if (!read_mark(text, length, mark))
            return ttss_at_offset(
                err,
                ttss_fail(err, TTSSLICE_ERR_TEXT,
                          "the pause at byte %zu cannot be read; write it as [pause 1.5s] or "
                          "[pause 500ms]",
                          at),
                at);
        if (mark->ms > TTSS_PAUSE_MAX_MS)
            return ttss_at_offset(err,
                                  ttss_fail(err, TTSSLICE_ERR_TEXT,
                                            "the pause at byte %zu is longer than ten minutes", at),
                                  at);
        *pos = mark->end;
        *found = true;
        return 0;
    }
    return 0;
}

int64_t ttss_pause_mark_read(const char *text, size_t length) {
    ttss_pause_mark mark = {0};
    if (!is_meant(text, length, 0) || !read_mark(text, length, &mark) || mark.end != length ||
        mark.ms > TTSS_PAUSE_MAX_MS)
        return -1;
    return mark.ms;
}
