/* SPDX-License-Identifier: MIT */
/* Lists that run on in a line; see list.h. */
#include "chunk/list.h"

#include "base/utf8.h"
#include "chunk/around.h"
#include "chunk/marks.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text;
    unsigned value;
    unsigned most; /* times in a row */
} roman_digits[] = {{"x", 10, 3}, {"ix", 9, 1}, {"v", 5, 1}, {"iv", 4, 1}, {"i", 1, 3}};
#define ROMAN_DIGITS (sizeof roman_digits / sizeof roman_digits[0])

/* 1 to 39, in lower case; 0 if it is none. */
static unsigned roman_value(const char *text, size_t length) {
    unsigned value = 0;
    size_t pos = 0;
    for (size_t i = 0; i < ROMAN_DIGITS; i++) {
        size_t n = strlen(roman_digits[i].text);
        for (unsigned j = 0; j < roman_digits[i].most; j++) {
            if (length - pos < n || memcmp(text + pos, roman_digits[i].text, n) != 0)
                break;
            pos += n;
            value += roman_digits[i].value;
        }
    }
    return pos == length ? value : 0;
}

static void write_roman(char out[TTSS_LABEL_MAX], unsigned value) {
    size_t used = 0;
    for (size_t i = 0; i < ROMAN_DIGITS; i++)
        for (; value >= roman_digits[i].value; value -= roman_digits[i].value) {
            memcpy(out + used, roman_digits[i].text, strlen(roman_digits[i].text));
            used += strlen(roman_digits[i].text);
        }
    out[used] = '\0';
}

static void set_next(ttss_item *item, const char *open, const char *text, const char *close) {
    size_t i = item->length[0] ? 1 : 0;
    int length = snprintf(item->next[i], TTSS_LABEL_MAX, "%s%s%s", open, text, close);
    item->length[i] = length > 0 && length < TTSS_LABEL_MAX ? (size_t)length : 0;
}

static void follow_number(ttss_item *item, const char *open, const char *digits, size_t length,
                          const char *close) {
    char text[TTSS_LABEL_MAX];
    unsigned value = 0;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    snprintf(text, sizeof text, "%u", value + 1);
    set_next(item, open, text, close);
}

/* Capitals with a full stop alone behind them may be initials, so only numerals count there. */
static void follow_letters(ttss_item *item, const char *open, const char *letters, size_t length,
                           const char *close) {
    char lower[TTSS_LABEL_MAX] = "", text[TTSS_LABEL_MAX];
    bool capital = letters[0] >= 'A' && letters[0] <= 'Z';
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(letters[i] | 0x20);
    bool initial = capital && !open[0] && strcmp(close, ".") == 0;
    if (length == 1 && lower[0] < 'z' && !initial) {
        text[0] = (char)(letters[0] + 1);
        text[1] = '\0';
        set_next(item, open, text, close);
    }
    unsigned value = roman_value(lower, length);
    if (value == 0 || value == 39)
        return;
    write_roman(text, value + 1);
    for (size_t i = 0; capital && text[i]; i++)
        text[i] = (char)(text[i] & ~0x20);
    if (!initial || length > 1 || strlen(text) > 1)
        set_next(item, open, text, close);
}

static size_t label_body(const char *text, size_t pos, size_t end, bool *digits) {
    size_t p = pos;
    while (p < end && p - pos < 4 && text[p] >= '0' && text[p] <= '9')
        p++;
    *digits = p > pos;
    while (!*digits && p < end && p - pos < 6 &&
           ((text[p] >= 'a' && text[p] <= 'z') || (text[p] >= 'A' && text[p] <= 'Z')))
        p++;
    return p;
}

static bool read_bullet(ttss_item *item, const char *text, size_t start, size_t end) {
    size_t pos = start;
    if ((unsigned char)text[start] < 0x80 || !ttss_is_bullet(ttss_utf8_next(text, end, &pos)))
        return false;
    item->length[0] = pos - start;
    memcpy(item->next[0], text + start, pos - start);
    item->bullet = true;
    item->searched = pos;
    return true;
}

bool ttss_item_read(ttss_item *item, const char *text, size_t start, size_t end) {
    *item = (ttss_item){.bullet = false};
    if (read_bullet(item, text, start, end))
        return true;
    bool open = text[start] == '(', digits = false;
    size_t body = start + open, pos = label_body(text, body, end, &digits);
    if (pos == body || pos - body > (digits ? 3 : 5) || pos >= end)
        return false;
    const char *close = text[pos] == ')' ? ")" : NULL;
    if (text[pos] == '.' && !open)
        close = pos + 1 < end && text[pos + 1] == ')' ? ".)" : ".";
    if (!close)
        return false;
    pos += strlen(close);
    if (pos >= end || !ttss_is_space(ttss_char_at(text, pos, end)))
        return false;
    if (digits)
        follow_number(item, open ? "(" : "", text + body, pos - strlen(close) - body, close);
    else
        follow_letters(item, open ? "(" : "", text + body, pos - strlen(close) - body, close);
    item->searched = pos;
    return item->length[0] > 0;
}

/* A list with commas between its items is one sentence. */
static bool is_label_at(const ttss_item *item, int i, const char *text, size_t pos, size_t end) {
    size_t n = item->length[i];
    if (n == 0 || end - pos <= n || memcmp(text + pos, item->next[i], n) != 0)
        return false;
    if (!item->bullet && !ttss_is_space(ttss_char_at(text, pos + n, end)))
        return false;
    size_t before = ttss_trim_end(text, 0, pos);
    return before < pos && ttss_clause_of(ttss_char_before(text, 0, before)) == TTSS_CLAUSE_NONE;
}

size_t ttss_item_next(ttss_item *item, const char *text, size_t until, size_t end) {
    size_t pos = item->searched;
    if (pos >= until)
        return end;
    item->searched = until;
    for (; pos < until; pos++) {
        if (text[pos] != item->next[0][0] && text[pos] != item->next[1][0])
            continue;
        if (is_label_at(item, 0, text, pos, end) || is_label_at(item, 1, text, pos, end))
            return pos;
    }
    return end;
}
