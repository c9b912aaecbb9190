/* SPDX-License-Identifier: MIT */
/* Numbers within texts of other languages than English and German: where they end, with the marks
 * that the language groups and points them with, and what is said behind them. How they are said is
 * told by words_spell.c. */
#include "base/utf8.h"
#include "base/words_spell.h"

#include <string.h>

#define FULL_WIDTH 0xFF10 /* digit zero of East Asian text */

/* Said behind a number for the sign; phrases with '|' between them. */
static const struct {
    const char *language;
    uint32_t sign;
    const char *readings;
} signs[] = {
    {"es", '%', "por ciento"},
    {"es", 0x20AC, "euros|euro"},
    {"fr", '%', "pour cent|pourcent"},
    {"fr", 0x20AC, "euros|euro"},
    {"it", '%', "per cento|percento"},
    {"it", 0x20AC, "euro"},
    {"nl", '%', "procent"},
    {"nl", 0x20AC, "euro"},
    {"pl", '%', "procent|procenta|procent\u00f3w"},
    {"pt", '%', "por cento"},
    {"pt", 0x20AC, "euros|euro"},
    {"ru", '%',
     "\u043f\u0440\u043e\u0446\u0435\u043d\u0442\u043e\u0432|"
     "\u043f\u0440\u043e\u0446\u0435\u043d\u0442|"
     "\u043f\u0440\u043e\u0446\u0435\u043d\u0442\u0430"},
    {"sv", '%', "procent"},
};

/* The digit at *pos, which moves behind it; -1 if there is none. */
static int take_digit(const ttss_scan *scan, size_t *pos) {
    size_t next = *pos;
    uint32_t c = ttss_scan_at(scan, next);
    int digit = ttss_is_digit(c)                         ? (int)(c - '0')
                : c >= FULL_WIDTH && c < FULL_WIDTH + 10 ? (int)(c - FULL_WIDTH)
                                                         : -1;
    if (digit >= 0) {
        ttss_utf8_next(scan->text, scan->length, &next);
        *pos = next;
    }
    return digit;
}

static size_t take_digits(const ttss_scan *scan, size_t pos, char *out, size_t most) {
    size_t count = 0;
    for (int digit = 0; count < most; count++) {
        digit = take_digit(scan, &pos);
        if (digit < 0)
            break;
        out[count] = (char)('0' + digit);
    }
    out[count] = '\0';
    return pos;
}

static bool is_space_mark(uint32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

/* Whether c parts thousands: the language's mark, and where that is a space, any. */
static bool is_group_mark(const ttss_speller *speller, uint32_t c) {
    uint32_t mark = ttss_speller_group_mark(speller);
    return c == mark || (is_space_mark(mark) && is_space_mark(c));
}

static size_t parse(const ttss_scan *scan, const ttss_speller *speller, char *digits,
                    char *fraction) {
    char group[5];
    size_t end = take_digits(scan, scan->pos, digits, TTSS_SPELL_DIGITS);
    bool grouped = strlen(digits) <= 3;
    for (;;) {
        size_t next = end;
        uint32_t c = next < scan->length ? ttss_utf8_next(scan->text, scan->length, &next) : 0;
        size_t behind = take_digits(scan, next, group, 4);
        if (grouped && is_group_mark(speller, c) && strlen(group) == 3 &&
            strlen(digits) + 3 <= TTSS_SPELL_DIGITS) {
            memcpy(digits + strlen(digits), group, 4);
            end = behind;
            continue;
        }
        fraction[0] = '\0';
        if (c == ttss_speller_decimal_mark(speller) && group[0])
            end = take_digits(scan, next, fraction, TTSS_SPELL_DIGITS);
        return end;
    }
}

/* "3.", "3\u00ba", "3\u00e8me": the next character says that the number may be one of a row. */
static bool may_be_ordinal(const ttss_scan *scan, size_t end) {
    uint32_t c = ttss_scan_at(scan, end);
    return c == '.' || c == 0xBA || c == 0xAA || c == 0xB0 || ttss_is_letter(c);
}

static void add_sign(const ttss_scan *scan, ttss_phrases *list, size_t *end) {
    size_t pos = *end;
    while (is_space_mark(ttss_scan_at(scan, pos)) && pos - *end < 4)
        ttss_utf8_next(scan->text, scan->length, &pos);
    uint32_t c = ttss_scan_at(scan, pos);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].sign != c || strncmp(scan->language, signs[i].language, 2) != 0)
            continue;
        ttss_phrases bare = *list;
        list->count = 0;
        for (const char *reading = signs[i].readings; *reading;) {
            char word[64] = "";
            size_t length = strcspn(reading, "|");
            memcpy(word, reading, length < sizeof word ? length : 0);
            ttss_phrases_around(list, &bare, 6, "", word);
            reading += length + (reading[length] == '|');
        }
        ttss_utf8_next(scan->text, scan->length, &pos);
        *end = pos;
        return;
    }
}

bool ttss_scan_foreign(ttss_scan *scan) {
    char digits[TTSS_SPELL_DIGITS + 4], fraction[TTSS_SPELL_DIGITS + 1];
    size_t start = scan->pos, probe = start;
    ttss_phrases list;
    list.count = 0;
    if (take_digit(scan, &probe) < 0)
        return false;
    if (!scan->speller && !scan->spelled)
        scan->speller = ttss_speller_new(scan->language);
    scan->spelled = true;
    if (!scan->speller)
        return false;
    size_t end = parse(scan, scan->speller, digits, fraction);
    size_t further = end;
    if (take_digit(scan, &further) >= 0) /* too long: as it is written */
        return false;
    if (fraction[0])
        ttss_spell_decimal(scan->speller, digits, fraction, &list);
    else
        ttss_spell_number(scan->speller, digits, may_be_ordinal(scan, end), &list);
    if (!list.count)
        return false;
    add_sign(scan, &list, &end);
    if (!fraction[0])
        ttss_phrases_add(&list, "%s", digits);
    ttss_scan_token(scan, start, end, &list);
    return true;
}
