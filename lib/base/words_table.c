/* SPDX-License-Identifier: MIT */
/* English abbreviations, units, months and the words that go with Roman numerals. The tables, one
 * for each first letter, are sorted by key; a key may occur several times with other conditions.
 * Besides what stands here a token is always also read as it is written. */
#include "base/words_parts.h"

#include <string.h>

#define DOT     TTSS_ABBR_DOT
#define CAPITAL TTSS_ABBR_CAPITAL
#define NUMBER  TTSS_ABBR_NUMBER
#define UNIT    TTSS_ABBR_UNIT
#define NAME    TTSS_ABBR_NAME

static const ttss_abbreviation a_entries[] = {
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
    {NULL, 0, NULL},
};
static const ttss_abbreviation b_entries[] = {
    {"bldg", DOT, "building"},
    {"blvd", 0, "boulevard"},
    {"bn", UNIT, "billion"},
    {"brig", DOT | CAPITAL, "brigadier"},
    {"bros", DOT | CAPITAL, "brothers"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation c_entries[] = {
    {"c", UNIT, "celsius|c"},
    {"capt", DOT, "captain"},
    {"cdr", DOT, "commander"},
    {"cf", DOT, "compare|confer"},
    {"ch", DOT | NUMBER, "chapter"},
    {"cm", UNIT, "centimeters|centimeter|centimetres|centimetre"},
    {"cmdr", DOT, "commander"},
    {"co", DOT | CAPITAL, "company|colorado"},
    {"col", DOT | CAPITAL, "colonel"},
    {"corp", DOT | CAPITAL, "corporation"},
    {"cpl", DOT, "corporal"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation d_entries[] = {
    {"dec", DOT | CAPITAL, "december"},
    {"dept", DOT, "department"},
    {"dr", CAPITAL | NAME, "doctor|drive"},
    {"dr", DOT | NAME, "doctor|drive"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation e_entries[] = {
    {"e.g", 0, "for example|e g|for instance"},
    {"eg", 0, "for example|e g"},
    {"est", DOT | CAPITAL, "established|estimated"},
    {"etc", 0, "etcetera|et cetera|and so on"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation f_entries[] = {
    {"f", UNIT, "fahrenheit|f"},      {"feb", DOT | CAPITAL, "february"},
    {"ff", DOT, "following"},         {"fig", DOT | NUMBER, "figure"},
    {"fri", DOT | CAPITAL, "friday"}, {"ft", DOT | CAPITAL, "fort"},
    {"ft", UNIT, "feet|foot"},        {NULL, 0, NULL},
};
static const ttss_abbreviation g_entries[] = {
    {"g", UNIT, "grams|gram"},          {"gal", DOT | UNIT, "gallons|gallon"},
    {"gb", UNIT, "gigabytes|gigabyte"}, {"gen", DOT | CAPITAL, "general"},
    {"ghz", UNIT, "gigahertz"},         {"gov", DOT | CAPITAL, "governor"},
    {"govt", 0, "government"},          {NULL, 0, NULL},
};
static const ttss_abbreviation h_entries[] = {
    {"hon", DOT | CAPITAL, "honorable|honourable"},
    {"hr", UNIT, "hours|hour"},
    {"hrs", UNIT, "hours|hour"},
    {"hz", UNIT, "hertz"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation i_entries[] = {
    {"i.e", 0, "that is|i e"},
    {"ie", 0, "that is|i e"},
    {"in", DOT | UNIT, "inches|inch"},
    {"inc", DOT | CAPITAL, "incorporated"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation j_entries[] = {
    {"jan", DOT | CAPITAL, "january"}, {"jr", 0, "junior"}, {"jul", DOT | CAPITAL, "july"},
    {"jun", DOT | CAPITAL, "june"},    {NULL, 0, NULL},
};
static const ttss_abbreviation k_entries[] = {
    {"k", UNIT, "thousand"},
    {"kb", UNIT, "kilobytes|kilobyte"},
    {"kg", 0, "kilograms|kilogram|kilos|kilo"},
    {"kgs", 0, "kilograms|kilogram|kilos|kilo"},
    {"khz", UNIT, "kilohertz"},
    {"km", 0, "kilometers|kilometer|kilometres|kilometre"},
    {"kph", UNIT, "kilometers per hour|kilometer per hour|kilometres per hour|k p h"},
    {"kw", UNIT, "kilowatts|kilowatt"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation l_entries[] = {
    {"l", UNIT, "liters|liter|litres|litre"},
    {"lb", 0, "pounds|pound"},
    {"lbs", 0, "pounds|pound"},
    {"lt", 0, "lieutenant"},
    {"ltd", 0, "limited"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation m_entries[] = {
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
    {NULL, 0, NULL},
};
static const ttss_abbreviation n_entries[] = {
    {"no", DOT | NUMBER, "number"},
    {"nos", DOT | NUMBER, "numbers"},
    {"nov", DOT | CAPITAL, "november"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation o_entries[] = {
    {"oct", DOT | CAPITAL, "october"}, {"ok", 0, "okay|o k"}, {"okay", 0, "okay|ok|o k"},
    {"oz", 0, "ounces|ounce"},         {NULL, 0, NULL},
};
static const ttss_abbreviation p_entries[] = {
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
    {NULL, 0, NULL},
};
static const ttss_abbreviation r_entries[] = {
    {"rd", DOT | CAPITAL, "road"},
    {"rep", DOT | CAPITAL, "representative"},
    {"rev", DOT | CAPITAL, "reverend"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation s_entries[] = {
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
    {NULL, 0, NULL},
};
static const ttss_abbreviation t_entries[] = {
    {"tb", UNIT, "terabytes|terabyte"},
    {"tel", DOT | CAPITAL, "telephone"},
    {"thu", DOT | CAPITAL, "thursday"},
    {"thurs", DOT | CAPITAL, "thursday"},
    {"tue", DOT | CAPITAL, "tuesday"},
    {"tues", DOT | CAPITAL, "tuesday"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation u_entries[] = {
    {"univ", DOT | CAPITAL, "university"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation v_entries[] = {
    {"v", DOT, "versus"},   {"viz", DOT, "namely|videlicet"},
    {"vol", DOT, "volume"}, {"vols", DOT, "volumes"},
    {"vs", 0, "versus"},    {NULL, 0, NULL},
};
static const ttss_abbreviation w_entries[] = {
    {"wed", DOT | CAPITAL, "wednesday"},
    {NULL, 0, NULL},
};
static const ttss_abbreviation y_entries[] = {
    {"yd", UNIT, "yards|yard"},
    {"yds", UNIT, "yards|yard"},
    {"yr", UNIT, "years|year"},
    {"yrs", UNIT, "years|year"},
    {NULL, 0, NULL},
};

static const ttss_abbreviation *const entries_by_letter[26] = {
    ['a' - 'a'] = a_entries, ['b' - 'a'] = b_entries, ['c' - 'a'] = c_entries,
    ['d' - 'a'] = d_entries, ['e' - 'a'] = e_entries, ['f' - 'a'] = f_entries,
    ['g' - 'a'] = g_entries, ['h' - 'a'] = h_entries, ['i' - 'a'] = i_entries,
    ['j' - 'a'] = j_entries, ['k' - 'a'] = k_entries, ['l' - 'a'] = l_entries,
    ['m' - 'a'] = m_entries, ['n' - 'a'] = n_entries, ['o' - 'a'] = o_entries,
    ['p' - 'a'] = p_entries, ['r' - 'a'] = r_entries, ['s' - 'a'] = s_entries,
    ['t' - 'a'] = t_entries, ['u' - 'a'] = u_entries, ['v' - 'a'] = v_entries,
    ['w' - 'a'] = w_entries, ['y' - 'a'] = y_entries,
};

/* Keys begin with the letter of their table and are sorted by the one after it. */
static const ttss_abbreviation *first_entry(const char *word, size_t length) {
    if (length == 0 || length > TTSS_ABBREVIATION_MAX || word[0] < 'a' || word[0] > 'z')
        return NULL;
    const ttss_abbreviation *entry = entries_by_letter[word[0] - 'a'];
    char second = length > 1 ? word[1] : '\0';
    for (; entry && entry->key && entry->key[1] <= second; entry++) {
        size_t i = 1;
        while (i < length && entry->key[i] == word[i])
            i++;
        if (i == length && entry->key[i] == '\0')
            return entry;
    }
    return NULL;
}

bool ttss_is_abbreviation(const char *word, size_t length) {
    return first_entry(word, length) != NULL;
}

const ttss_abbreviation *ttss_abbreviation_find(const char *key, const ttss_abbreviation *last) {
    if (!last)
        return first_entry(key, strlen(key));
    const ttss_abbreviation *next = last + 1;
    return next->key && strcmp(key, next->key) == 0 ? next : NULL;
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
