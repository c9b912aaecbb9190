/* SPDX-License-Identifier: MIT */
/* Numbers within texts of other languages than English and German: where they end, with the marks
 * that the language groups and points them with, and what is said behind them. How they are said is
 * told by words_spell.c. */
#include "base/language.h"
#include "base/utf8.h"
#include "base/words_spell.h"

#include <string.h>

#define FULL_WIDTH 0xFF10 /* digit zero of East Asian text */

/* Signs and units, by their names in ICU's number skeletons. */
static const struct {
    const char *written;
    const char *unit;
    bool front; /* a currency, which may stand in front of the number */
} units[] = {
    {"%", "measure-unit/concentr-percent", false},
    {"\uff05", "measure-unit/concentr-percent", false},
    {"\u066a", "measure-unit/concentr-percent", false},
    {"\u2030", "measure-unit/concentr-permille", false},
    {"\u20ac", "currency/EUR", true},
    {"$", "currency/USD", true},
    {"\u00a3", "currency/GBP", true},
    {"\u00a5", "currency/JPY", true},
    {"\uffe5", "currency/JPY", true},
    {"\u20bd", "currency/RUB", true},
    {"\u20a9", "currency/KRW", true},
    {"\u20b9", "currency/INR", true},
    {"\u20ba", "currency/TRY", true},
    {"\u00b0C", "measure-unit/temperature-celsius", false},
    {"\u00b0 C", "measure-unit/temperature-celsius", false},
    {"\u2103", "measure-unit/temperature-celsius", false},
    {"\u00b0F", "measure-unit/temperature-fahrenheit", false},
    {"\u00b0", "measure-unit/angle-degree", false},
    {"km/h", "measure-unit/speed-kilometer-per-hour", false},
    {"km", "measure-unit/length-kilometer", false},
    {"m", "measure-unit/length-meter", false},
    {"cm", "measure-unit/length-centimeter", false},
    {"mm", "measure-unit/length-millimeter", false},
    {"kg", "measure-unit/mass-kilogram", false},
    {"g", "measure-unit/mass-gram", false},
    {"l", "measure-unit/volume-liter", false},
    {"L", "measure-unit/volume-liter", false},
    {"h", "measure-unit/duration-hour", false},
    {"min", "measure-unit/duration-minute", false},
};
#define UNIT_COUNT (sizeof units / sizeof units[0])

/* What is also said for some of them, as U+0023 with words around; '|' between them. */
static const struct {
    const char *language, *written, *readings;
} further[] = {
    {"fr", "%", "# pourcent"},
    {"it", "%", "# per cento"},
    {"ja", "$", "# \u30c9 \u30eb"},
    {"ko", "%", "# \ud37c\uc13c\ud2b8|# \ud504\ub85c"},
    {"pl", "%", "# procenta|# procent\u00f3w"},
    {"zh", "%", "\u767e \u5206 \u4e4b #"},
    {"zh", "\u00a5", "# \u5143|# \u5757"},
};

static const struct {
    const char *language, *plus;
} pluses[] = {
    {"da", "plus"},
    {"es", "m\u00e1s"},
    {"fr", "plus"},
    {"it", "pi\u00f9"},
    {"ja", "\u30d7 \u30e9 \u30b9"},
    {"nb", "pluss"},
    {"nl", "plus"},
    {"pl", "plus"},
    {"pt", "mais"},
    {"ru", "\u043f\u043b\u044e\u0441"},
    {"sv", "plus"},
    {"uk", "\u043f\u043b\u044e\u0441"},
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

static size_t parse(const ttss_scan *scan, const ttss_speller *speller, size_t start, char *digits,
                    char *fraction) {
    char group[5];
    size_t end = take_digits(scan, start, digits, TTSS_SPELL_DIGITS);
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

static size_t unit_at(const ttss_scan *scan, size_t pos, size_t *end) {
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        size_t length = strlen(units[i].written), behind = pos + length;
        if (scan->length - pos < length ||
            memcmp(scan->text + pos, units[i].written, length) != 0 ||
            (ttss_is_letter(ttss_scan_byte(scan, behind - 1)) &&
             ttss_is_word_char(ttss_scan_at(scan, behind))))
            continue;
        *end = behind;
        return i;
    }
    return UNIT_COUNT;
}

/* The readings of the numbers become those with the unit. */
static void add_unit(ttss_scan *scan, size_t unit, ttss_phrases *list) {
    ttss_phrases bare = *list;
    list->count = 0;
    ttss_spell_unit(scan->speller, units[unit].unit, &bare, list);
    for (size_t i = 0; i < sizeof further / sizeof further[0]; i++) {
        if (!ttss_is_language(scan->language, further[i].language) ||
            strcmp(units[unit].written, further[i].written) != 0)
            continue;
        for (const char *reading = further[i].readings; *reading;) {
            char before[64] = "", behind[64] = "";
            size_t length = strcspn(reading, "|"), at = strcspn(reading, "#");
            if (at > 0)
                memcpy(before, reading, at - 1);
            if (at + 1 < length)
                memcpy(behind, reading + at + 2, length - at - 2);
            ttss_phrases_around(list, &bare, 6, before, behind);
            reading += length + (reading[length] == '|');
        }
    }
    if (ttss_is_letter((unsigned char)units[unit].written[0]))
        ttss_phrases_around(list, &bare, 2, "", units[unit].written);
    if (!list->count)
        *list = bare;
}

/* The word for the sign at *pos, which moves behind it, or "". */
static void take_sign(ttss_scan *scan, size_t *pos, char word[TTSS_PHRASE_ROOM]) {
    size_t next = *pos;
    uint32_t before = ttss_scan_before(scan, *pos), c = ttss_scan_at(scan, *pos);
    bool minus = c == '-' || c == 0x2212 || c == 0xFF0D;
    word[0] = '\0';
    if ((!minus && c != '+') || (before && !ttss_is_space(before) && before != '(' &&
                                 before != '"' && !ttss_is_unspaced(before)))
        return;
    ttss_utf8_next(scan->text, scan->length, &next);
    if (minus)
        ttss_spell_minus(scan->speller, word);
    for (size_t i = 0; !minus && i < sizeof pluses / sizeof pluses[0]; i++)
        if (ttss_is_language(scan->language, pluses[i].language))
            memcpy(word, pluses[i].plus, strlen(pluses[i].plus) + 1);
    *pos = next;
}

/* Whether a number may begin here: with its sign and its currency. */
static bool may_begin(const ttss_scan *scan) {
    size_t pos = scan->pos, end = pos;
    for (int i = 0; i < 3; i++) {
        if (take_digit(scan, &end) >= 0)
            return true;
        uint32_t c = ttss_scan_at(scan, pos);
        size_t unit = UNIT_COUNT;
        if (c != '-' && c != '+' && c != 0x2212 && c != 0xFF0D) {
            unit = unit_at(scan, pos, &end);
            if (unit == UNIT_COUNT || !units[unit].front)
                return false;
        } else {
            ttss_utf8_next(scan->text, scan->length, &end);
        }
        pos = end;
    }
    return false;
}

bool ttss_scan_foreign(ttss_scan *scan) {
    char digits[TTSS_SPELL_DIGITS + 4], fraction[TTSS_SPELL_DIGITS + 1], sign[TTSS_PHRASE_ROOM];
    size_t start = scan->pos, pos = start;
    ttss_phrases list;
    list.count = 0;
    if (!may_begin(scan))
        return false;
    if (!scan->speller && !scan->spelled)
        scan->speller = ttss_speller_new(scan->language);
    scan->spelled = true;
    if (!scan->speller)
        return false;
    take_sign(scan, &pos, sign);
    size_t front = unit_at(scan, pos, &pos);
    size_t end = parse(scan, scan->speller, pos, digits, fraction);
    size_t further_digits = end;
    if (end == pos || take_digit(scan, &further_digits) >= 0) /* too long: as it is written */
        return false;
    if (fraction[0])
        ttss_spell_decimal(scan->speller, digits, fraction, &list);
    else
        ttss_spell_number(scan->speller, digits, may_be_ordinal(scan, end), &list);
    if (!list.count)
        return false;
    if (!fraction[0])
        ttss_phrases_add(&list, "%s", digits);
    size_t gap = end;
    while (is_space_mark(ttss_scan_at(scan, gap)) && gap - end < 4)
        ttss_utf8_next(scan->text, scan->length, &gap);
    size_t unit = front < UNIT_COUNT ? front : unit_at(scan, gap, &end);
    if (unit < UNIT_COUNT)
        add_unit(scan, unit, &list);
    if (sign[0]) {
        ttss_phrases bare = list;
        list.count = 0;
        ttss_phrases_around(&list, &bare, TTSS_PHRASES_MAX, sign, "");
    }
    ttss_scan_token(scan, start, end, &list);
    return true;
}
