/* SPDX-License-Identifier: MIT */
/* English abbreviations, units, months and the words that go with Roman numerals. The table is
 * sorted by key; a key may occur several times with other conditions. Besides what stands here a
 * token is always also read as it is written. */
#include "base/words_parts.h"

#include <string.h>

#define DOT     TTSS_ABBR_DOT
#define CAPITAL TTSS_ABBR_CAPITAL
#define NUMBER  TTSS_ABBR_NUMBER
#define UNIT    TTSS_ABBR_UNIT
#define NAME    TTSS_ABBR_NAME

static const ttss_abbreviation table[] = {
    {"a.d", 0, "a d"},
    {"a.k.a", 0, "a k a|also known as"},
    {"a.m", 0, "a m"},
    {"adm", DOT | CAPITAL, "admiral"},
    {"am", UNIT, "a m"},
    {"approx", DOT, "approximately"},
    {"apr", DOT | CAPITAL, "april"},
    {"apt", DOT | CAPITAL, "apartment"},
    {"assn", DOT, "association"},
    {"aug", DOT | CAPITAL, "august"},
    {"ave", DOT | CAPITAL, "avenue"},
    {"bldg", DOT, "building"},
    {"blvd", 0, "boulevard"},
    {"bn", UNIT, "billion"},
    {"brig", DOT | CAPITAL, "brigadier"},
    {"bros", DOT | CAPITAL, "brothers"},
    {"c", UNIT, "celsius|c"},
    {"capt", DOT, "captain"},
    {"cdr", DOT, "commander"},
    {"cf", DOT, "compare|confer"},
    {"ch", DOT | NUMBER, "chapter"},
    {"cm", UNIT, "centimeters|centimeter|centimetres|centimetre"},
    {"cmdr", DOT, "commander"},
    {"co", DOT | CAPITAL, "company"},
    {"col", DOT | CAPITAL, "colonel"},
    {"corp", DOT | CAPITAL, "corporation"},
    {"cpl", DOT, "corporal"},
    {"dec", DOT | CAPITAL, "december"},
    {"dept", DOT, "department"},
    {"dr", CAPITAL | NAME, "doctor|drive"},
    {"dr", DOT | NAME, "doctor|drive"},
    {"e.g", 0, "for example|e g|for instance"},
    {"eg", 0, "for example|e g"},
    {"est", DOT | CAPITAL, "established|estimated"},
    {"etc", 0, "etcetera|et cetera|and so on"},
    {"f", UNIT, "fahrenheit|f"},
    {"feb", DOT | CAPITAL, "february"},
    {"ff", DOT, "following"},
    {"fig", DOT | NUMBER, "figure"},
    {"fri", DOT | CAPITAL, "friday"},
    {"ft", DOT | CAPITAL, "fort"},
    {"ft", UNIT, "feet|foot"},
    {"g", UNIT, "grams|gram"},
    {"gal", DOT | UNIT, "gallons|gallon"},
    {"gb", UNIT, "gigabytes|gigabyte"},
    {"gen", DOT | CAPITAL, "general"},
    {"ghz", UNIT, "gigahertz"},
    {"gov", DOT | CAPITAL, "governor"},
    {"govt", 0, "government"},
    {"hon", DOT | CAPITAL, "honorable|honourable"},
    {"hr", UNIT, "hours|hour"},
    {"hrs", UNIT, "hours|hour"},
    {"hz", UNIT, "hertz"},
    {"i.e", 0, "that is|i e"},
    {"ie", 0, "that is|i e"},
    {"in", DOT | UNIT, "inches|inch"},
    {"inc", DOT | CAPITAL, "incorporated"},
    {"jan", DOT | CAPITAL, "january"},
    {"jr", 0, "junior"},
    {"jul", DOT | CAPITAL, "july"},
    {"jun", DOT | CAPITAL, "june"},
    {"k", UNIT, "thousand"},
    {"kb", UNIT, "kilobytes|kilobyte"},
    {"kg", 0, "kilograms|kilogram|kilos|kilo"},
    {"kgs", 0, "kilograms|kilogram|kilos|kilo"},
    {"khz", UNIT, "kilohertz"},
    {"km", 0, "kilometers|kilometer|kilometres|kilometre"},
    {"kph", UNIT, "kilometers per hour|kilometer per hour|kilometres per hour|k p h"},
    {"kw", UNIT, "kilowatts|kilowatt"},
    {"l", UNIT, "liters|liter|litres|litre"},
    {"lb", 0, "pounds|pound"},
    {"lbs", 0, "pounds|pound"},
    {"lt", 0, "lieutenant"},
    {"ltd", 0, "limited"},
    {"m", UNIT, "meters|meter|metres|metre|million"},
    {"maj", DOT | CAPITAL, "major"},
    {"mar", DOT | CAPITAL, "march"},
    {"mb", UNIT, "megabytes|megabyte"},
    {"messrs", 0, "messieurs"},
    {"mg", UNIT, "milligrams|milligram"},
    {"mi", DOT | UNIT, "miles|mile"},
    {"min", UNIT, "minutes|minute"},
    {"mins", UNIT, "minutes|minute"},
    {"ml", UNIT, "milliliters|milliliter|millilitres|millilitre"},
    {"mm", UNIT, "millimeters|millimeter|millimetres|millimetre"},
    {"mon", DOT | CAPITAL, "monday"},
    {"mph", UNIT, "miles per hour|mile per hour|m p h"},
    {"mr", 0, "mister"},
    {"mrs", 0, "missus|misses|missis"},
    {"ms", CAPITAL, "miz|miss|m s"},
    {"mt", CAPITAL, "mount|mountain|m t"},
    {"mts", CAPITAL, "mountains"},
    {"no", DOT | NUMBER, "number"},
    {"nos", DOT | NUMBER, "numbers"},
    {"nov", DOT | CAPITAL, "november"},
    {"oct", DOT | CAPITAL, "october"},
    {"ok", 0, "okay|o k"},
    {"okay", 0, "okay|ok|o k"},
    {"oz", 0, "ounces|ounce"},
    {"p", DOT | NUMBER, "page"},
    {"p.m", 0, "p m"},
    {"p.s", 0, "p s|postscript"},
    {"ph.d", 0, "p h d"},
    {"pm", UNIT, "p m"},
    {"pp", DOT | NUMBER, "pages"},
    {"pres", DOT | CAPITAL, "president"},
    {"prof", DOT, "professor"},
    {"pt", DOT | NUMBER, "part"},
    {"pvt", DOT, "private"},
    {"rd", DOT | CAPITAL, "road"},
    {"rep", DOT | CAPITAL, "representative"},
    {"rev", DOT | CAPITAL, "reverend"},
    {"sec", UNIT, "seconds|second"},
    {"secs", UNIT, "seconds|second"},
    {"sen", DOT | CAPITAL, "senator"},
    {"sep", DOT | CAPITAL, "september"},
    {"sept", DOT, "september"},
    {"sgt", 0, "sergeant"},
    {"sq", DOT, "square"},
    {"sr", CAPITAL, "senior"},
    {"st", CAPITAL | NAME, "saint|street"},
    {"supt", DOT, "superintendent"},
    {"tb", UNIT, "terabytes|terabyte"},
    {"tel", DOT | CAPITAL, "telephone"},
    {"thu", DOT | CAPITAL, "thursday"},
    {"thurs", DOT | CAPITAL, "thursday"},
    {"tue", DOT | CAPITAL, "tuesday"},
    {"tues", DOT | CAPITAL, "tuesday"},
    {"univ", DOT | CAPITAL, "university"},
    {"v", DOT, "versus"},
    {"viz", DOT, "namely|videlicet"},
    {"vol", DOT, "volume"},
    {"vols", DOT, "volumes"},
    {"vs", 0, "versus"},
    {"wed", DOT | CAPITAL, "wednesday"},
    {"yd", UNIT, "yards|yard"},
    {"yds", UNIT, "yards|yard"},
    {"yr", UNIT, "years|year"},
    {"yrs", UNIT, "years|year"},
};

const ttss_abbreviation *ttss_abbreviation_find(const char *key, const ttss_abbreviation *last) {
    size_t count = sizeof table / sizeof table[0], low = 0, high = count;
    if (last) {
        const ttss_abbreviation *next = last + 1;
        return next < table + count && strcmp(key, next->key) == 0 ? next : NULL;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(key, table[middle].key) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(key, table[low].key) == 0 ? &table[low] : NULL;
}

bool ttss_is_month(const char *word, size_t length) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (size_t i = 0; i < 12; i++)
        if ((length == 3 && memcmp(word, months[i], 3) == 0) ||
            (strlen(months[i]) == length && memcmp(word, months[i], length) == 0))
            return true;
    return length == 4 && memcmp(word, "sept", 4) == 0;
}

static bool in_list(const char *word, size_t length, const char *const *list) {
    for (; *list; list++)
        if (strlen(*list) == length && memcmp(word, *list, length) == 0)
            return true;
    return false;
}

bool ttss_is_numbered(const char *word) {
    static const char *const list[] = {
        "act",    "appendix", "article", "book", "canto", "chapter", "episode", "figure",
        "letter", "level",    "page",    "part", "phase", "psalm",   "scene",   "section",
        "stage",  "table",    "title",   "type", "verse", "volume",  "war",     NULL};
    return in_list(word, strlen(word), list);
}

bool ttss_is_ruler(const char *word) {
    static const char *const list[] = {
        "albert",   "alexander", "alfonso",  "catherine", "charles",    "christian", "clement",
        "edward",   "elizabeth", "francis",  "frederick", "ferdinand",  "george",    "gregory",
        "gustav",   "henry",     "innocent", "ivan",      "james",      "john",      "leo",
        "leopold",  "louis",     "margaret", "mary",      "maximilian", "napoleon",  "nicholas",
        "otto",     "paul",      "pedro",    "peter",     "philip",     "pius",      "ptolemy",
        "ramesses", "richard",   "robert",   "rudolf",    "stephen",    "urban",     "victoria",
        "wilhelm",  "william",   NULL};
    return in_list(word, strlen(word), list);
}

bool ttss_is_magnitude(const char *word, size_t length) {
    static const char *const list[] = {"hundred", "thousand", "million",
                                       "billion", "trillion", NULL};
    return in_list(word, length, list);
}

int ttss_roman_value(const char *text, size_t length) {
    static const struct {
        const char *digits;
        int value;
    } steps[] = {{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10},
                 {"IX", 9},  {"V", 5},   {"IV", 4}, {"I", 1}};
    size_t at = 0;
    int value = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        size_t n = strlen(steps[i].digits);
        /* Only C, X and I may stand up to three times. */
        int most = n == 1 && steps[i].digits[0] != 'L' && steps[i].digits[0] != 'V' ? 3 : 1;
        for (int k = 0; k < most && at + n <= length && memcmp(text + at, steps[i].digits, n) == 0;
             k++) {
            value += steps[i].value;
            at += n;
        }
    }
    return at == length ? value : 0;
}
