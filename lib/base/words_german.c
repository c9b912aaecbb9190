/* SPDX-License-Identifier: MIT */
/* German tokens that are said in another way than they are written: amounts, years, ordinals with
 * their endings, decimals, times, dates, money, percent, units, abbreviations, letters one by one.
 * Numbers below a million are one word. Tables are folded: "dreissig" with two s. */
#include "base/utf8.h"
#include "base/words_build.h"

#include <string.h>

#define DIGITS_MAX 12 /* longer numbers are read digit by digit */

typedef struct entry {
    const char *key;
    bool unit; /* behind a number alone; the first two readings: plural, singular */
    const char *readings;
} entry;

static const entry entries[] = {
    {"abb", false, "abbildung"},
    {"bzw", false, "beziehungsweise"},
    {"ca", false, "circa|zirka|ungef\u00e4hr"},
    {"cm", true, "zentimeter"},
    {"dr", false, "doktor|doctor"},
    {"etc", false, "et cetera|etcetera"},
    {"evtl", false, "eventuell"},
    {"fr", false, "frau"},
    {"g", true, "gramm"},
    {"hr", false, "herr|herrn"},
    {"inkl", false, "inklusive"},
    {"jh", false, "jahrhundert"},
    {"kap", false, "kapitel"},
    {"kg", false, "kilogramm|kilo"},
    {"km", false, "kilometer"},
    {"l", true, "liter"},
    {"m", true, "meter"},
    {"min", true, "minuten|minute"},
    {"mio", false, "millionen|million"},
    {"mm", true, "millimeter"},
    {"mrd", false, "milliarden|milliarde"},
    {"nr", false, "nummer"},
    {"prof", false, "professor|professorin"},
    {"sek", true, "sekunden|sekunde"},
    {"st", false, "sankt|st\u00fcck"},
    {"std", true, "stunden|stunde"},
    {"str", false, "strasse"},
    {"t", true, "tonnen|tonne"},
    {"usw", false, "und so weiter"},
    {"vgl", false, "vergleiche"},
};

/* Letters with full stops, with or without spaces between. */
static const entry dotted[] = {
    {"z.b", false, "zum beispiel"},   {"d.h", false, "das heisst"},
    {"u.a", false, "unter anderem"},  {"o.\u00e4", false, "oder \u00e4hnliches"},
    {"v.chr", false, "vor christus"}, {"n.chr", false, "nach christus"},
    {"s.o", false, "siehe oben"},
};

static const char *const small[] = {
    "null",     "eins",          "zwei",     "drei",     "vier",     "f\u00fcnf",  "sechs",
    "sieben",   "acht",          "neun",     "zehn",     "elf",      "zw\u00f6lf", "dreizehn",
    "vierzehn", "f\u00fcnfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"};
static const char *const tens[] = {
    "",        "",        "zwanzig", "dreissig", "vierzig", "f\u00fcnfzig",
    "sechzig", "siebzig", "achtzig", "neunzig"};

/* --- numbers -------------------------------------------------------------------------------- */

typedef struct text {
    char bytes[TTSS_PHRASE_ROOM];
    size_t length;
} text;

static void put(text *t, const char *bytes) {
    size_t length = strlen(bytes);
    if (t->length + length + 1 > sizeof t->bytes)
        return;
    memcpy(t->bytes + t->length, bytes, length + 1);
    t->length += length;
}

static void put_below_100(text *t, int value, bool last) {
    if (value < 20) {
        put(t, value == 1 && !last ? "ein" : small[value]);
        return;
    }
    if (value % 10) {
        put(t, value % 10 == 1 ? "ein" : small[value % 10]);
        put(t, "und");
    }
    put(t, tens[value / 10]);
}

/* full: "einhundert", not "hundert". */
static void put_below_1000(text *t, int value, bool full, bool last) {
    if (value >= 100) {
        if (value >= 200 || full)
            put(t, value < 200 ? "ein" : small[value / 100]);
        put(t, "hundert");
        value %= 100;
        if (value == 0)
            return;
    }
    put_below_100(t, value, last);
}

static void put_amount(text *t, int64_t value, bool full) {
    static const struct {
        int64_t size;
        const char *one, *many;
    } scales[] = {{INT64_C(1000000000), "eine milliarde", " milliarden"},
                  {INT64_C(1000000), "eine million", " millionen"}};
    if (value == 0)
        put(t, small[0]);
    for (size_t i = 0; i < 2; i++) {
        int count = (int)(value / scales[i].size);
        value %= scales[i].size;
        if (count == 1)
            put(t, scales[i].one);
        else if (count > 1) {
            put_below_1000(t, count, full, false);
            put(t, scales[i].many);
        }
        if (count && value)
            put(t, " ");
    }
    if (value >= 1000) {
        if (value >= 2000 || full)
            put_below_1000(t, (int)(value / 1000), full, false);
        put(t, "tausend");
        value %= 1000;
    }
    if (value)
        put_below_1000(t, (int)value, full, true);
}

static int64_t value_of(const char *digits) {
    int64_t value = 0;
    for (; *digits; digits++)
        value = value * 10 + (*digits - '0');
    return value;
}

static void say_digits(ttss_phrases *list, const char *before, const char *digits) {
    text t = {{0}, 0};
    put(&t, before);
    for (const char *d = digits; *d; d++) {
        if (t.length)
            put(&t, " ");
        put(&t, small[*d - '0']);
    }
    ttss_phrases_add(list, "%s", t.bytes);
}

/* An amount, and for four digits a year. */
static void say_number(ttss_phrases *list, const char *digits) {
    size_t length = strlen(digits);
    if (length > DIGITS_MAX || (digits[0] == '0' && length > 1)) {
        say_digits(list, "", digits);
        return;
    }
    int64_t value = value_of(digits);
    if (value >= 1100 && value < 2000) {
        text year = {{0}, 0};
        put_below_100(&year, (int)(value / 100), false);
        put(&year, "hundert");
        if (value % 100)
            put_below_100(&year, (int)(value % 100), true);
        ttss_phrases_add(list, "%s", year.bytes);
    }
    for (int full = 0; full < 2; full++) {
        text t = {{0}, 0};
        put_amount(&t, value, full);
        ttss_phrases_add(list, "%s", t.bytes);
    }
    if (value == 1)
        for (const char *const *form =
                 (const char *const[]){"ein", "eine", "einen", "einem", "einer", NULL};
             *form; form++)
            ttss_phrases_add(list, "%s", *form);
    if (length > 2)
        say_digits(list, "", digits);
}

static void say_ordinal(ttss_phrases *list, const char *digits) {
    static const char *const endings[] = {"e", "en", "er", "es", "em"};
    static const char *const odd[] = {"", "erst", "", "dritt", "", "", "", "siebt", "acht"};
    int64_t value = value_of(digits);
    text t = {{0}, 0};
    if (strlen(digits) > 6 || value == 0)
        return;
    if (value < 9 && odd[value][0]) {
        put(&t, odd[value]);
    } else {
        put_amount(&t, value, false);
        put(&t, value % 100 < 20 && value % 100 > 0 ? "t" : "st");
    }
    for (size_t i = 0; i < 5; i++)
        ttss_phrases_add(list, "%s%s", t.bytes, endings[i]);
}

/* --- figures -------------------------------------------------------------------------------- */

typedef struct number {
    char digits[TTSS_DIGITS_MAX + 1], fraction[TTSS_DIGITS_MAX + 1];
    size_t end;
} number;

static size_t take(const ttss_scan *scan, size_t pos, char *out, size_t room) {
    size_t count = strlen(out);
    while (ttss_is_digit(ttss_scan_byte(scan, pos)) && count < room)
        out[count++] = scan->text[pos++];
    out[count] = '\0';
    return pos;
}

static size_t digits_end(const ttss_scan *scan, size_t pos) {
    while (ttss_is_digit(ttss_scan_byte(scan, pos)))
        pos++;
    return pos;
}

/* "1.234.567,89" */
static void parse(const ttss_scan *scan, size_t pos, number *n) {
    n->digits[0] = n->fraction[0] = '\0';
    size_t end = take(scan, pos, n->digits, TTSS_DIGITS_MAX);
    bool grouped = end - pos <= 3 && n->digits[0] != '0';
    while (grouped && ttss_scan_byte(scan, end) == '.' && digits_end(scan, end + 1) == end + 4 &&
           strlen(n->digits) + 3 <= TTSS_DIGITS_MAX)
        end = take(scan, end + 1, n->digits, strlen(n->digits) + 3);
    if (ttss_scan_byte(scan, end) == ',' && ttss_is_digit(ttss_scan_byte(scan, end + 1)))
        end = take(scan, end + 1, n->fraction, TTSS_DIGITS_MAX);
    n->end = end;
}

static void say_fraction(ttss_phrases *list, const number *n) {
    ttss_phrases whole;
    whole.count = 0;
    say_number(&whole, n->digits);
    if (strcmp(n->fraction, "5") == 0 && whole.count)
        ttss_phrases_add(list, "%seinhalb", strcmp(n->digits, "1") == 0 ? "" : whole.text[0]);
    for (size_t i = 0; i < whole.count && i < 3; i++) {
        text before = {{0}, 0};
        put(&before, whole.text[i]);
        put(&before, " komma");
        say_digits(list, before.bytes, n->fraction);
    }
}

/* End of a word behind one or no space if it is that, else pos. */
static size_t word_behind(const ttss_scan *scan, size_t pos, const char *word) {
    size_t start = ttss_scan_byte(scan, pos) == ' ' ? pos + 1 : pos, length = strlen(word);
    size_t end = ttss_scan_letters_end(scan, start);
    if (end - start != length)
        return pos;
    for (size_t i = 0; i < length; i++)
        if (ttss_lower(scan->text[start + i]) != word[i])
            return pos;
    return end;
}

/* "15:30", "15.30 Uhr", "9 Uhr". */
static bool say_clock(const ttss_scan *scan, size_t start, ttss_phrases *list, size_t *end) {
    char hour[3] = "", minute[3] = "";
    size_t pos = take(scan, start, hour, 2);
    char mark = (char)ttss_scan_byte(scan, pos);
    if (pos == start || digits_end(scan, start) != pos || value_of(hour) > 24 ||
        (mark != ':' && mark != '.'))
        return false;
    size_t last = take(scan, pos + 1, minute, 2);
    size_t clock = word_behind(scan, last, "uhr");
    if (last != pos + 3 || digits_end(scan, last) != last || value_of(minute) > 59 ||
        (mark == '.' && clock == last))
        return false;
    text h = {{0}, 0}, m = {{0}, 0}, next = {{0}, 0};
    int hours = (int)value_of(hour), minutes = (int)value_of(minute);
    put_below_100(&h, hours, false);
    put_below_100(&m, minutes, true);
    put_below_100(&next, hours % 12 + 1, true);
    if (minutes)
        ttss_phrases_add(list, "%s uhr %s", h.bytes, m.bytes);
    else
        ttss_phrases_add(list, "%s uhr", h.bytes);
    if (minutes == 30)
        ttss_phrases_add(list, "halb %s", next.bytes);
    if (minutes == 15)
        ttss_phrases_add(list, "viertel nach %s", small[hours % 12 ? hours % 12 : 12]);
    if (minutes == 45)
        ttss_phrases_add(list, "viertel vor %s", next.bytes);
    *end = clock;
    return true;
}

/* `above` of these parts; NULL: halves, "": none with a name of its own. */
static void say_share(ttss_phrases *list, int above, const char *part) {
    static const char *const halves[] = {"ein halber",   "ein halbes",   "eine halbe",
                                         "einen halben", "einem halben", "einer halben",
                                         "halb",         "einhalb",      "die h\u00e4lfte"};
    text t = {{0}, 0};
    put_amount(&t, above, false);
    if (!part)
        for (size_t i = 0; above == 1 && i < sizeof halves / sizeof halves[0]; i++)
            ttss_phrases_add(list, "%s", halves[i]);
    else if (part[0])
        ttss_phrases_add(list, "%s %s", above == 1 ? "ein" : t.bytes, part);
    if (part && part[0] && above > 1)
        ttss_phrases_add(list, "%s%s", t.bytes, part);
}

typedef struct sign {
    uint32_t c;
    const char *name, *part;
} sign;

/* Money, percent and degrees; NULL if c is none of them. */
static const sign *find_sign(uint32_t c) {
    static const sign signs[] = {{0x20AC, "euro", "cent"},   {'$', "dollar", "cent"},
                                 {0xA3, "pfund", "pence"},   {0xA5, "yen", NULL},
                                 {0xA2, "cent", NULL},       {'%', "prozent", NULL},
                                 {0x2030, "promille", NULL}, {0xB0, "grad", NULL}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].c == c)
            return &signs[i];
    return NULL;
}

/* "3,50" of this currency: "drei euro fuenfzig". */
static void say_parts(ttss_phrases *list, const number *n, const ttss_phrases *amounts,
                      const sign *found) {
    for (size_t k = 0; k < amounts->count && k < 3; k++) {
        text cents = {{0}, 0};
        const char *amount = value_of(n->digits) == 1 ? "ein" : amounts->text[k];
        put_amount(&cents, value_of(n->fraction), false);
        ttss_phrases_add(list, "%s %s %s", amount, found->name, cents.bytes);
        ttss_phrases_add(list, "%s %s %s %s", amount, found->name, cents.bytes, found->part);
        ttss_phrases_add(list, "%s %s und %s %s", amount, found->name, cents.bytes, found->part);
    }
}

/* The sign stands behind the number, or in front of it and is given. */
static bool say_measured(const ttss_scan *scan, number *n, const sign *given, ttss_phrases *list) {
    size_t pos = ttss_scan_byte(scan, n->end) == ' ' ? n->end + 1 : n->end;
    uint32_t c = given ? given->c : ttss_scan_at(scan, pos);
    const sign *found = given ? given : find_sign(c);
    ttss_phrases amounts;
    if (!found)
        return false;
    amounts.count = 0;
    say_number(&amounts, n->digits);
    if (found->part && strlen(n->fraction) == 2)
        say_parts(list, n, &amounts, found);
    if (n->fraction[0]) {
        amounts.count = 0;
        say_fraction(&amounts, n);
    }
    ttss_phrases_around(list, &amounts, 6, "", found->name);
    if (given)
        return true;
    ttss_utf8_next(scan->text, scan->length, &pos);
    unsigned char scale = ttss_scan_byte(scan, pos);
    if (c == 0xB0 && (scale == 'C' || scale == 'F') && ttss_scan_word_end(scan, pos) == pos + 1) {
        ttss_phrases_around(list, &amounts, 6, "",
                            scale == 'C' ? "grad celsius" : "grad fahrenheit");
        pos++;
    }
    n->end = pos;
    return true;
}

/* "1/2", "3/4" */
static bool say_part(const ttss_scan *scan, number *n, ttss_phrases *list) {
    static const char *const parts[] = {"", "", "", "drittel", "viertel", "f\u00fcnftel"};
    char below[3] = "";
    if (n->fraction[0] || strlen(n->digits) > 2 || ttss_scan_byte(scan, n->end) != '/')
        return false;
    size_t end = take(scan, n->end + 1, below, 2);
    if (end == n->end + 1 || digits_end(scan, end) != end || value_of(below) < 2)
        return false;
    say_share(list, (int)value_of(n->digits),
              value_of(below) == 2   ? NULL
              : value_of(below) <= 5 ? parts[value_of(below)]
                                     : "");
    ttss_phrases whole;
    whole.count = 0;
    say_number(&whole, below);
    for (size_t i = 0; i < whole.count && i < 1; i++) {
        text t = {{0}, 0};
        put_amount(&t, value_of(n->digits), false);
        if (value_of(below) > 5)
            ttss_phrases_add(list, "%s %s%s", value_of(n->digits) == 1 ? "ein" : t.bytes,
                             whole.text[0], value_of(below) < 20 ? "tel" : "stel");
        ttss_phrases_add(list, "%s %s", t.bytes, whole.text[0]);
    }
    n->end = end;
    return true;
}

/* "\u00bd" behind a number or alone. */
static bool scan_vulgar(ttss_scan *scan) {
    static const struct {
        uint32_t c;
        int above;
        const char *part; /* NULL: half */
    } vulgars[] = {{0xBC, 1, "viertel"},
                   {0xBD, 1, NULL},
                   {0xBE, 3, "viertel"},
                   {0x2153, 1, "drittel"},
                   {0x2154, 2, "drittel"}};
    uint32_t c = ttss_scan_at(scan, scan->pos);
    for (size_t i = 0; i < sizeof vulgars / sizeof vulgars[0]; i++) {
        size_t end = scan->pos;
        ttss_phrases list;
        if (vulgars[i].c != c)
            continue;
        list.count = 0;
        ttss_utf8_next(scan->text, scan->length, &end);
        say_share(&list, vulgars[i].above, vulgars[i].part);
        ttss_scan_token(scan, scan->pos, end, &list);
        return true;
    }
    return false;
}

/* The word for the sign of a number at pos, "" if there is none. */
static const char *sign_word(const ttss_scan *scan, size_t pos) {
    uint32_t c = ttss_scan_at(scan, pos), before = ttss_scan_before(scan, pos);
    if (before && !ttss_is_space(before) && before != '(' && before != 0x201E)
        return "";
    return c == '-' || c == 0x2212 || c == 0x2013 ? "minus"
           : c == '+'                             ? "plus"
           : c == 0xB1                            ? "plus minus"
                                                  : "";
}

static bool scan_figures(ttss_scan *scan) {
    size_t start = scan->pos, end = start;
    ttss_phrases list;
    number n;
    list.count = 0;
    const char *word = sign_word(scan, start);
    if (word[0])
        ttss_utf8_next(scan->text, scan->length, &start);
    const sign *front = find_sign(ttss_scan_at(scan, start));
    front = front && front->part ? front : NULL;
    if (front) {
        ttss_utf8_next(scan->text, scan->length, &start);
        start += ttss_scan_byte(scan, start) == ' ';
    }
    if (!ttss_is_digit(ttss_scan_byte(scan, start)))
        return !front && !word[0] && scan_vulgar(scan);
    if (!word[0] && !front && say_clock(scan, start, &list, &end)) {
        ttss_scan_token(scan, start, end, &list);
        return true;
    }
    parse(scan, start, &n);
    if (ttss_scan_word_end(scan, n.end) != n.end && !ttss_is_letter(ttss_scan_byte(scan, n.end)))
        return false;
    if ((front || !say_part(scan, &n, &list)) && !say_measured(scan, &n, front, &list)) {
        if (n.fraction[0])
            say_fraction(&list, &n);
        else
            say_number(&list, n.digits);
        if (!n.fraction[0] && ttss_scan_byte(scan, n.end) == '.' && list.count)
            say_ordinal(&list, n.digits);
    }
    if (word[0]) {
        ttss_phrases bare = list;
        list.count = 0;
        ttss_phrases_around(&list, &bare, TTSS_PHRASES_MAX / 2, word, "");
        if (ttss_scan_at(scan, scan->pos) == 0x2013) /* or a dash */
            ttss_phrases_around(&list, &bare, TTSS_PHRASES_MAX, "", "");
    }
    ttss_scan_token(scan, scan->pos, n.end, &list);
    scan->number = true;
    scan->number_one = strcmp(n.digits, "1") == 0 && !n.fraction[0];
    return true;
}

/* --- words ---------------------------------------------------------------------------------- */

static const entry *find(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (strlen(entries[i].key) == length && memcmp(entries[i].key, word, length) == 0)
            return &entries[i];
    return NULL;
}

bool ttss_is_german_abbreviation(const char *word, size_t length) {
    return length <= 4 && find(word, length) != NULL;
}

static void add_readings(ttss_phrases *list, const char *readings) {
    while (*readings) {
        size_t length = strcspn(readings, "|");
        ttss_phrases_add(list, "%.*s", (int)length, readings);
        readings += length + (readings[length] == '|');
    }
}

/* "z. B.", "d.h." */
static bool scan_dotted(ttss_scan *scan) {
    for (size_t i = 0; i < sizeof dotted / sizeof dotted[0]; i++) {
        size_t pos = scan->pos;
        const char *key = dotted[i].key;
        while (*key && ttss_lower((char)ttss_scan_byte(scan, pos)) == *key) {
            pos++;
            if (*key++ == '.' && ttss_scan_byte(scan, pos) == ' ')
                pos++;
        }
        if (*key || ttss_scan_byte(scan, pos) != '.')
            continue;
        ttss_phrases list;
        list.count = 0;
        add_readings(&list, dotted[i].readings);
        ttss_scan_token(scan, scan->pos, pos + 1, &list);
        return true;
    }
    return false;
}

static void spell(const ttss_scan *scan, size_t start, size_t end, text *t) {
    for (size_t pos = start; pos < end; pos++) {
        char letter[3] = {ttss_lower(scan->text[pos]), pos + 1 < end ? ' ' : '\0', '\0'};
        put(t, letter);
    }
}

/* "Kapitel IV", "Ludwig XIV." */
static void add_roman(const ttss_scan *scan, size_t start, size_t end, bool dot,
                      ttss_phrases *list) {
    int value = ttss_roman_value(scan->text + start, end - start);
    char digits[4] = "";
    if (!value || ttss_scan_before(scan, start) != ' ' || (end - start == 1 && !dot))
        return;
    for (int n = value, i = n > 99 ? 2 : n > 9 ? 1 : 0; i >= 0; i--, n /= 10)
        digits[i] = (char)('0' + n % 10);
    if (dot) {
        static const char *const articles[] = {"der", "den", "dem", "des", "die"};
        ttss_phrases ordinals;
        ordinals.count = 0;
        say_ordinal(&ordinals, digits);
        for (size_t i = 0; i < 5 && ordinals.count > 1; i++)
            ttss_phrases_add(list, "%s %s", articles[i], ordinals.text[i == 0 || i == 4 ? 0 : 1]);
        ttss_phrases_around(list, &ordinals, 3, "", "");
    }
    say_number(list, digits);
}

/* "km/h" behind a number. */
static bool scan_rate(ttss_scan *scan) {
    static const char *const rates[][3] = {{"km/h", "kilometer pro stunde", "stundenkilometer"},
                                           {"m/s", "meter pro sekunde", NULL},
                                           {"m/min", "meter pro minute", NULL}};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0] && scan->number; i++) {
        size_t length = strlen(rates[i][0]);
        ttss_phrases list;
        if (scan->length - scan->pos < length ||
            memcmp(scan->text + scan->pos, rates[i][0], length) != 0 ||
            ttss_is_word_char(ttss_scan_at(scan, scan->pos + length)))
            continue;
        list.count = 0;
        for (size_t k = 1; k < 3 && rates[i][k]; k++)
            ttss_phrases_add(&list, "%s", rates[i][k]);
        ttss_scan_token(scan, scan->pos, scan->pos + length, &list);
        return true;
    }
    return false;
}

bool ttss_scan_german(ttss_scan *scan) {
    size_t start = scan->pos, end = ttss_scan_letters_end(scan, start);
    char key[TTSS_KEY_MAX];
    ttss_phrases list;
    list.count = 0;
    if (scan_figures(scan) || scan_rate(scan))
        return true;
    if (ttss_scan_byte(scan, start) == '%' || ttss_scan_byte(scan, start) == '&') {
        ttss_phrases_add(&list, "%s", ttss_scan_byte(scan, start) == '&' ? "und" : "prozent");
        ttss_scan_token(scan, start, start + 1, &list);
        return true;
    }
    if (end == start || ttss_scan_word_end(scan, start) != end ||
        !ttss_scan_key(scan, start, end, key))
        return false;
    if (scan_dotted(scan))
        return true;
    const entry *found = find(key, end - start);
    bool dot = ttss_scan_byte(scan, end) == '.';
    if (found && (found->unit ? scan->number : dot || scan->number)) {
        const char *second = strchr(found->readings, '|');
        if (scan->number_one && second)
            add_readings(&list, second + 1);
        add_readings(&list, found->readings);
    }
    bool known = list.count > 0, capitals = end - start >= 2 && end - start <= 5;
    for (size_t i = start; i < end; i++)
        capitals = capitals && ttss_is_capital(ttss_scan_byte(scan, i));
    bool all = end > start;
    for (size_t i = start; i < end; i++)
        all = all && ttss_is_capital(ttss_scan_byte(scan, i));
    if (all)
        add_roman(scan, start, end, dot, &list);
    ttss_phrases_add(&list, "%s", key);
    if (capitals) {
        text spelled = {{0}, 0};
        spell(scan, start, end, &spelled);
        ttss_phrases_add(&list, "%s", spelled.bytes);
    }
    if (list.count == 1)
        return false;
    ttss_scan_token(scan, start, end + (known && dot), &list);
    return true;
}
