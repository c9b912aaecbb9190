/* SPDX-License-Identifier: MIT */
/* English figures of several parts: dates as 2021-05-06, heights as 6'2", fractions of one
 * character, and speeds and prices as km/h. */
#include "base/utf8.h"
#include "base/words_build.h"

#include <string.h>

typedef struct vulgar {
    uint32_t c;
    const char *above, *below;
} vulgar;

static const vulgar vulgars[] = {{0xBC, "1", "4"},   {0xBD, "1", "2"},   {0xBE, "3", "4"},
                                 {0x2153, "1", "3"}, {0x2154, "2", "3"}, {0x2155, "1", "5"},
                                 {0x215B, "1", "8"}, {0x215C, "3", "8"}};

static const vulgar *vulgar_at(const ttss_scan *scan, size_t pos) {
    uint32_t c = ttss_scan_at(scan, pos);
    for (size_t i = 0; i < sizeof vulgars / sizeof vulgars[0]; i++)
        if (vulgars[i].c == c)
            return &vulgars[i];
    return NULL;
}

bool ttss_is_vulgar(const ttss_scan *scan, size_t pos) {
    return vulgar_at(scan, pos) != NULL;
}

static bool scan_vulgar(ttss_scan *scan) {
    const vulgar *found = vulgar_at(scan, scan->pos);
    size_t end = scan->pos;
    ttss_phrases list, parts;
    if (!found)
        return false;
    list.count = parts.count = 0;
    ttss_utf8_next(scan->text, scan->length, &end);
    ttss_say_fraction(&parts, found->above, found->below);
    if (scan->number)
        ttss_phrases_around(&list, &parts, 4, "and", "");
    ttss_phrases_around(&list, &parts, TTSS_PHRASES_MAX, "", "");
    ttss_scan_token(scan, scan->pos, end, &list);
    scan->number = true;
    return true;
}

/* `count` digits at pos, and no further one; their value, or -1. */
static int digits_at(const ttss_scan *scan, size_t pos, size_t count) {
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (!ttss_is_digit(ttss_scan_byte(scan, pos + i)))
            return -1;
        value = value * 10 + (scan->text[pos + i] - '0');
    }
    return ttss_is_digit(ttss_scan_byte(scan, pos + count)) ? -1 : value;
}

static void digits_of(int value, char out[8]) {
    size_t count = 0;
    for (int rest = value; rest || !count; rest /= 10)
        count++;
    out[count] = '\0';
    for (; count; value /= 10)
        out[--count] = (char)('0' + value % 10);
}

/* "2021-05-06" */
static bool scan_date(ttss_scan *scan) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t start = scan->pos;
    int year = digits_at(scan, start, 4), month = digits_at(scan, start + 5, 2);
    int day = digits_at(scan, start + 8, 2);
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31 ||
        scan->text[start + 4] != '-' || scan->text[start + 7] != '-' ||
        ttss_is_word_char(ttss_scan_at(scan, start + 10)))
        return false;
    ttss_phrases list, years, days;
    char digits[8];
    list.count = years.count = days.count = 0;
    digits_of(year, digits);
    ttss_say_integer(&years, digits);
    digits_of(day, digits);
    ttss_say_ordinal(&days, digits);
    const char *name = months[month - 1];
    for (size_t i = 0; i < years.count && i < 3; i++) {
        ttss_phrases_add(&list, "%s %s %s", name, days.text[0], years.text[i]);
        ttss_phrases_add(&list, "%s the %s %s", name, days.text[0], years.text[i]);
        ttss_phrases_add(&list, "the %s of %s %s", days.text[0], name, years.text[i]);
    }
    ttss_phrases parts[2];
    parts[0].count = parts[1].count = 0;
    ttss_say_cardinal(&parts[1], digits);
    ttss_phrases_add(&list, "%s %s %s", name, parts[1].text[0], years.text[0]);
    digits_of(month, digits);
    ttss_say_cardinal(&parts[0], digits);
    ttss_phrases_add(&list, "%s %s %s", years.text[0], parts[0].text[0], parts[1].text[0]);
    ttss_phrases_add(&list, "%s oh %s oh %s", years.text[0], parts[0].text[0], parts[1].text[0]);
    ttss_scan_token(scan, start, start + 10, &list);
    return true;
}

static bool is_mark(uint32_t c, bool twice) {
    return twice ? c == '"' || c == 0x2033 || c == 0x201D : c == '\'' || c == 0x2032 || c == 0x2019;
}

/* "6'2\"" */
static bool scan_height(ttss_scan *scan) {
    size_t start = scan->pos, pos = start + 1;
    char digits[8];
    int feet = digits_at(scan, start, 1), inches = -1;
    if (feet < 1 || !is_mark(ttss_scan_at(scan, pos), false))
        return false;
    ttss_utf8_next(scan->text, scan->length, &pos);
    size_t count = digits_at(scan, pos, 1) >= 0 ? 1 : 2;
    inches = digits_at(scan, pos, count);
    if (inches < 0 || inches > 11 || !is_mark(ttss_scan_at(scan, pos + count), true))
        return false;
    pos += count;
    ttss_utf8_next(scan->text, scan->length, &pos);
    ttss_phrases list, f, i;
    list.count = f.count = i.count = 0;
    digits_of(feet, digits);
    ttss_say_cardinal(&f, digits);
    digits_of(inches, digits);
    ttss_say_cardinal(&i, digits);
    static const char *const foot[] = {"foot", "feet"}, *const inch[] = {"", " inches", " inch"};
    for (size_t a = 0; a < 2; a++)
        for (size_t b = 0; b < 3; b++)
            ttss_phrases_add(&list, "%s %s %s%s", f.text[0], foot[a], i.text[0], inch[b]);
    ttss_phrases_add(&list, "%s %s", f.text[0], i.text[0]);
    ttss_scan_token(scan, start, pos, &list);
    return true;
}

bool ttss_scan_measure(ttss_scan *scan) {
    if (ttss_is_digit(ttss_scan_byte(scan, scan->pos)))
        return scan_date(scan) || scan_height(scan);
    return (unsigned char)ttss_scan_byte(scan, scan->pos) >= 0x80 && scan_vulgar(scan);
}

/* "km/h" behind a number. */
bool ttss_scan_rate(ttss_scan *scan) {
    static const struct {
        const char *key, *many, *one;
    } above[] = {{"km", "kilometers|kilometres", "kilometer|kilometre"},
                 {"m", "meters|metres", "meter|metre"},
                 {"mi", "miles", "mile"},
                 {"ft", "feet", "foot"},
                 {"l", "liters|litres", "liter|litre"},
                 {"g", "grams", "gram"},
                 {"mg", "milligrams", "milligram"},
                 {"mb", "megabytes|megabits", "megabyte|megabit"}};
    static const struct {
        const char *key, *per[3];
    } below[] = {{"h", {"per hour", "an hour"}},      {"hr", {"per hour", "an hour"}},
                 {"s", {"per second", "a second"}},   {"sec", {"per second", "a second"}},
                 {"min", {"per minute", "a minute"}}, {"day", {"per day", "a day"}},
                 {"l", {"per liter", "per litre"}},   {"kg", {"per kilogram", "per kilo"}}};
    size_t start = scan->pos, slash = ttss_scan_letters_end(scan, start);
    size_t end = ttss_scan_letters_end(scan, slash + 1);
    char key[TTSS_KEY_MAX], unit[TTSS_KEY_MAX];
    const char *last = ttss_scan_last_word(scan);
    ttss_phrases list;
    list.count = 0;
    if (!(scan->number || ttss_is_magnitude(last, strlen(last))) ||
        ttss_scan_byte(scan, slash) != '/' || ttss_is_word_char(ttss_scan_at(scan, end)) ||
        !ttss_scan_key(scan, start, slash, key) || !ttss_scan_key(scan, slash + 1, end, unit))
        return false;
    for (size_t i = 0; i < sizeof above / sizeof above[0]; i++)
        for (size_t j = 0; j < sizeof below / sizeof below[0] && strcmp(above[i].key, key) == 0;
             j++)
            for (size_t k = 0; k < 2 && strcmp(below[j].key, unit) == 0; k++)
                for (const char *said = scan->number_one ? above[i].one : above[i].many; *said;) {
                    size_t length = strcspn(said, "|");
                    ttss_phrases_add(&list, "%.*s %s", (int)length, said, below[j].per[k]);
                    said += length + (said[length] == '|');
                }
    if (!list.count)
        return false;
    char spelled[2 * TTSS_KEY_MAX] = "";
    for (size_t i = 0; key[i]; i++) {
        spelled[2 * i] = key[i];
        spelled[2 * i + 1] = key[i + 1] ? ' ' : '\0';
    }
    ttss_phrases_add(&list, "%s slash %s", spelled, unit); /* flite */
    ttss_phrases_add(&list, "%s %s", spelled, unit);
    ttss_scan_token(scan, start, end, &list);
    return true;
}
