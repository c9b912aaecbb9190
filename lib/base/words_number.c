/* SPDX-License-Identifier: MIT */
/* English readings of numbers: amounts with and without "and", years, pairs, digits, ordinals,
 * decimals, times, fractions and money. Amounts use the short scale. The order within a list is
 * that of usefulness; all that flite 2.2 says for a number is among them. */
#include "base/words_build.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const small[] = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                   "fifty", "sixty", "seventy", "eighty", "ninety"};
static const char *const scales[] = {"",        "thousand", "million",
                                     "billion", "trillion", "quadrillion"};
#define CARDINAL_DIGITS 18

/* Length of the text, or 0 if it has no room. printf would cost more than all the rest. */
static size_t format_phrase(char text[TTSS_PHRASE_ROOM], const char *format, va_list args) {
    size_t used = 0;
    while (*format) {
        const char *piece = format;
        size_t length = 1;
        if (*format == '%') {
            size_t most = format[1] == '.' ? (size_t)va_arg(args, int) : SIZE_MAX;
            piece = va_arg(args, const char *);
            length = most == SIZE_MAX ? strlen(piece) : strnlen(piece, most);
            format += most == SIZE_MAX ? 1 : 3;
        }
        format++;
        if (used + length >= TTSS_PHRASE_ROOM)
            return 0;
        memcpy(text + used, piece, length);
        used += length;
    }
    text[used] = '\0';
    return used;
}

void ttss_phrases_add(ttss_phrases *list, const char *format, ...) {
    if (list->count == TTSS_PHRASES_MAX)
        return;
    char *text = list->text[list->count];
    va_list args;
    va_start(args, format);
    size_t length = format_phrase(text, format, args);
    va_end(args);
    if (length == 0)
        return;
    for (size_t i = 0; i < list->count; i++)
        if (list->length[i] == length && memcmp(list->text[i], text, length) == 0)
            return;
    list->length[list->count++] = length;
}

void ttss_phrases_around(ttss_phrases *list, const ttss_phrases *from, size_t most,
                         const char *before, const char *behind) {
    for (size_t i = 0; i < from->count && i < most; i++)
        ttss_phrases_add(list, "%s%s%s%s%s", before, before[0] ? " " : "", from->text[i],
                         behind[0] ? " " : "", behind);
}

/* --- parts of phrases ----------------------------------------------------------------------- */

typedef struct phrase {
    char text[TTSS_PHRASE_ROOM];
    size_t length;
} phrase;

static void put(phrase *p, const char *word) {
    size_t length = strlen(word);
    if (length == 0 || p->length + length + 2 > sizeof p->text)
        return;
    if (p->length)
        p->text[p->length++] = ' ';
    memcpy(p->text + p->length, word, length + 1);
    p->length += length;
}

static void put_below_100(phrase *p, int value) {
    if (value < 20) {
        put(p, small[value]);
        return;
    }
    put(p, tens[value / 10]);
    if (value % 10)
        put(p, small[value % 10]);
}

static void put_below_1000(phrase *p, int value, bool with_and) {
    if (value >= 100) {
        put(p, small[value / 100]);
        put(p, "hundred");
        if (value % 100 && with_and)
            put(p, "and");
    }
    if (value % 100 || value == 0)
        put_below_100(p, value % 100);
}

static int digits_value(const char *digits, size_t count) {
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static const char *skip_zeros(const char *digits) {
    while (digits[0] == '0' && digits[1])
        digits++;
    return digits;
}

/* False if the number is too long to be said as an amount. */
static bool put_cardinal(phrase *p, const char *digits, bool with_and) {
    digits = skip_zeros(digits);
    size_t length = strlen(digits);
    if (length > CARDINAL_DIGITS)
        return false;
    if (digits[0] == '0')
        put(p, small[0]);
    size_t first = length % 3 ? length % 3 : 3;
    for (size_t at = 0, take = first; at < length; at += take, take = at ? 3 : first) {
        take = at == 0 ? first : 3;
        int group = digits_value(digits + at, take);
        size_t scale = (length - at - take) / 3;
        if (!group)
            continue;
        if (with_and && scale == 0 && at > 0 && group < 100)
            put(p, "and");
        put_below_1000(p, group, with_and);
        put(p, scales[scale]);
    }
    return true;
}

static void put_digits(phrase *p, const char *digits, const char *zero) {
    for (; *digits; digits++)
        put(p, *digits == '0' ? zero : small[*digits - '0']);
}

/* Two digits within a longer number: "oh five", "eighty four". */
static void put_pair(phrase *p, int value, const char *zero) {
    if (value < 10)
        put(p, zero);
    put_below_100(p, value);
}

/* --- integers ------------------------------------------------------------------------------- */

void ttss_say_cardinal(ttss_phrases *list, const char *digits) {
    for (int with_and = 0; with_and < 2; with_and++) {
        phrase p = {{0}, 0};
        if (!put_cardinal(&p, digits, with_and))
            return;
        ttss_phrases_add(list, "%s", p.text);
        if (strncmp(p.text, "one ", 4) == 0)
            ttss_phrases_add(list, "a %s", p.text + 4);
    }
}

void ttss_say_digits(ttss_phrases *list, const char *digits) {
    phrase zero = {{0}, 0}, oh = {{0}, 0};
    put_digits(&zero, digits, "zero");
    put_digits(&oh, digits, "oh");
    ttss_phrases_add(list, "%s", zero.text);
    ttss_phrases_add(list, "%s", oh.text);
    if (strncmp(digits, "00", 2) == 0 && digits[2] && digits[2] != '0')
        ttss_phrases_add(list, "double %s", oh.text + strlen("oh "));
}

/* Four digits the way years are said, which also serves other numbers. */
static void say_year(ttss_phrases *list, const char *digits) {
    int century = digits_value(digits, 2), rest = digits_value(digits + 2, 2);
    phrase p = {{0}, 0};
    put_below_100(&p, century);
    size_t length = p.length;
    if (rest == 0) {
        if (century % 10)
            ttss_phrases_add(list, "%s hundred", p.text);
        return;
    }
    put_pair(&p, rest, "oh");
    ttss_phrases_add(list, "%s", p.text);
    if (rest >= 10)
        return;
    p.length = length;
    p.text[length] = '\0';
    if (century % 10) {
        ttss_phrases_add(list, "%s hundred %s", p.text, small[rest]);
        ttss_phrases_add(list, "%s hundred and %s", p.text, small[rest]);
    }
}

void ttss_say_grouped(ttss_phrases *list, const char *digits) {
    ttss_say_cardinal(list, digits);
    if (strlen(digits) == 4 && digits[1] != '0')
        say_year(list, digits);
}

void ttss_say_integer(ttss_phrases *list, const char *digits) {
    size_t length = strlen(digits);
    bool leading_zero = digits[0] == '0' && length > 1;
    if (leading_zero)
        ttss_say_digits(list, digits);
    if (length == 4 && !leading_zero) {
        int value = digits_value(digits, 4);
        if ((value < 1100 || value > 2099) || (value >= 2000 && value < 2010))
            ttss_say_cardinal(list, digits);
        say_year(list, digits);
    }
    ttss_say_cardinal(list, digits);
    if (length == 3 && !leading_zero && digits_value(digits + 1, 2)) {
        phrase p = {{0}, 0};
        put(&p, small[digits[0] - '0']);
        put_pair(&p, digits_value(digits + 1, 2), "oh");
        ttss_phrases_add(list, "%s", p.text);
    }
    if (length > 2)
        ttss_say_digits(list, digits);
}

/* Replaces the last word of a phrase by its ordinal ("twenty one", "twenty first"). */
static void make_ordinal(const char *cardinal, char out[TTSS_PHRASE_ROOM]) {
    static const char *const odd[][2] = {
        {"one", "first"},    {"two", "second"}, {"three", "third"},   {"five", "fifth"},
        {"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}};
    const char *last = strrchr(cardinal, ' ');
    last = last ? last + 1 : cardinal;
    int before = (int)(last - cardinal);
    size_t length = strlen(last);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (strcmp(last, odd[i][0]) == 0) {
            snprintf(out, TTSS_PHRASE_ROOM, "%.*s%s", before, cardinal, odd[i][1]);
            return;
        }
    bool y = last[length - 1] == 'y';
    snprintf(out, TTSS_PHRASE_ROOM, "%.*s%s", (int)(strlen(cardinal) - y), cardinal,
             y ? "ieth" : "th");
}

void ttss_say_ordinal(ttss_phrases *list, const char *digits) {
    ttss_phrases cardinals;
    cardinals.count = 0;
    ttss_say_cardinal(&cardinals, digits);
    for (size_t i = 0; i < cardinals.count; i++) {
        char ordinal[TTSS_PHRASE_ROOM];
        make_ordinal(cardinals.text[i], ordinal);
        ttss_phrases_add(list, "%s", ordinal);
    }
}

void ttss_say_plural(ttss_phrases *list, const char *digits) {
    ttss_phrases singular;
    singular.count = 0;
    if (strlen(digits) == 4)
        say_year(&singular, digits);
    ttss_say_cardinal(&singular, digits);
    for (size_t i = 0; i < singular.count && i < 3; i++) {
        const char *text = singular.text[i];
        int length = (int)strlen(text);
        if (text[length - 1] == 'y')
            ttss_phrases_add(list, "%.*sies", length - 1, text);
        else
            ttss_phrases_add(list, "%s%s", text, text[length - 1] == 'x' ? "es" : "s");
        ttss_phrases_add(list, "%s s", text); /* flite */
    }
}

/* --- with a fraction ------------------------------------------------------------------------ */

/* digits may be "": ".5". */
void ttss_say_decimal(ttss_phrases *list, const char *digits, const char *fraction) {
    phrase after = {{0}, 0}, oh = {{0}, 0};
    put_digits(&after, fraction, "zero");
    put_digits(&oh, fraction, "oh");
    bool below_one = digits[0] == '\0' || strcmp(digits, "0") == 0;
    ttss_phrases whole;
    whole.count = 0;
    if (digits[0])
        ttss_say_cardinal(&whole, digits);
    for (size_t i = 0; i < whole.count; i++) {
        ttss_phrases_add(list, "%s point %s", whole.text[i], after.text);
        ttss_phrases_add(list, "%s point %s", whole.text[i], oh.text);
    }
    if (whole.count && strlen(fraction) == 2 && fraction[0] != '0') {
        phrase amount = {{0}, 0};
        put_below_100(&amount, digits_value(fraction, 2));
        ttss_phrases_add(list, "%s point %s", whole.text[0], amount.text);
    }
    if (below_one) {
        ttss_phrases_add(list, "point %s", after.text);
        ttss_phrases_add(list, "point %s", oh.text);
        static const char *const zeros[] = {"zero", "oh", "nought"};
        for (size_t i = 0; i < 3; i++)
            ttss_phrases_add(list, "%s point %s", zeros[i], after.text);
    } else if (!whole.count) {
        phrase p = {{0}, 0};
        put_digits(&p, digits, "zero");
        ttss_phrases_add(list, "%s point %s", p.text, after.text);
    }
}

static void say_seconds(ttss_phrases *list, const char *hour, int minute, int second) {
    phrase p = {{0}, 0}, short_form = {{0}, 0};
    put(&p, hour);
    put_pair(&p, minute, "oh");
    put_pair(&p, second, "oh");
    ttss_phrases_add(list, "%s", p.text);
    put(&short_form, hour);
    put_below_100(&short_form, minute);
    put_pair(&short_form, second, "oh");
    ttss_phrases_add(list, "%s", short_form.text); /* flite */
}

/* "half past ten", "a quarter to four". */
static void say_part_of_hour(ttss_phrases *list, int hour, int minute) {
    const char *part = minute == 15   ? "quarter past"
                       : minute == 30 ? "half past"
                       : minute == 45 ? "quarter to"
                                      : NULL;
    phrase h = {{0}, 0};
    if (!part)
        return;
    put_below_100(&h, (hour + (minute == 45) + 11) % 12 + 1);
    ttss_phrases_add(list, "%s %s", part, h.text);
    if (minute != 30)
        ttss_phrases_add(list, "a %s %s", part, h.text);
}

/* "15:00" is three in the afternoon. */
static void say_afternoon(ttss_phrases *list, int hour, const char *minutes) {
    phrase h = {{0}, 0};
    if (hour < 13)
        return;
    put_below_100(&h, hour - 12);
    const char *gap = minutes[0] ? " " : "";
    ttss_phrases_add(list, "%s%s%s p m", h.text, gap, minutes);
    ttss_phrases_add(list, "%s%s%s", h.text, gap, minutes);
    if (!minutes[0])
        ttss_phrases_add(list, "%s o'clock", h.text);
}

void ttss_say_time(ttss_phrases *list, int hour, int minute, int second) {
    phrase h = {{0}, 0}, m = {{0}, 0};
    put_below_100(&h, hour);
    put_below_100(&m, minute);
    if (second >= 0) {
        say_seconds(list, h.text, minute, second);
        return;
    }
    if (minute >= 10) {
        ttss_phrases_add(list, "%s %s", h.text, m.text);
    } else if (minute > 0) {
        ttss_phrases_add(list, "%s oh %s", h.text, m.text);
        ttss_phrases_add(list, "%s zero %s", h.text, m.text);
        ttss_phrases_add(list, "%s %s", h.text, m.text);
    } else {
        ttss_phrases_add(list, "%s o'clock", h.text);
        ttss_phrases_add(list, "%s", h.text);
        ttss_phrases_add(list, "%s hundred", h.text);
        ttss_phrases_add(list, "%s hundred hours", h.text);
        ttss_phrases_add(list, "%s zero zero", h.text);
    }
    say_part_of_hour(list, hour, minute);
    say_afternoon(list, hour, minute == 0 ? "" : m.text);
    if (hour == 0) {
        ttss_phrases_add(list, "zero zero %s", m.text);
        ttss_phrases_add(list, "twelve %s", m.text);
    }
}

void ttss_say_fraction(ttss_phrases *list, const char *above, const char *below) {
    bool one = strcmp(above, "1") == 0;
    phrase n = {{0}, 0}, d = {{0}, 0};
    char ordinal[TTSS_PHRASE_ROOM];
    put_cardinal(&n, above, false);
    put_cardinal(&d, below, false);
    make_ordinal(d.text, ordinal);
    const char *part = strcmp(below, "2") == 0   ? "half"
                       : strcmp(below, "4") == 0 ? "quarter"
                                                 : ordinal;
    if (one) {
        static const char *const ones[] = {"one ", "a ", ""};
        for (size_t i = 0; i < 3; i++) {
            ttss_phrases_add(list, "%s%s", ones[i], part);
            if (i == 2 && strcmp(part, "half") == 0)
                ttss_phrases_add(list, "half a");
            if (part != ordinal && strcmp(below, "4") == 0)
                ttss_phrases_add(list, "%s%s", ones[i], ordinal);
        }
    } else {
        if (strcmp(part, "half") == 0)
            ttss_phrases_add(list, "%s halves", n.text);
        else
            ttss_phrases_add(list, "%s %ss", n.text, part);
        ttss_phrases_add(list, "%s %ss", n.text, ordinal);
        ttss_phrases_add(list, "%s %s s", n.text, ordinal); /* flite */
    }
    ttss_phrases_add(list, "%s over %s", n.text, d.text);
    ttss_phrases_add(list, "%s slash %s", n.text, d.text);
    ttss_phrases_add(list, "%s %s", n.text, d.text);
}

/* --- money ---------------------------------------------------------------------------------- */

typedef struct currency {
    uint32_t symbol;
    const char *one, *many;             /* "dollar", "dollars" */
    const char *small_one, *small_many; /* "cent", "cents"; NULL: has none */
} currency;

static const currency currencies[] = {
    {'$', "dollar", "dollars", "cent", "cents"},   {0xA3, "pound", "pounds", "penny", "pence"},
    {0x20AC, "euro", "euros", "cent", "cents"},    {0xA5, "yen", "yen", NULL, NULL},
    {0x20B9, "rupee", "rupees", "paisa", "paise"}, {0x20A9, "won", "won", NULL, NULL},
    {0x20BD, "ruble", "rubles", NULL, NULL},       {0x20AA, "shekel", "shekels", NULL, NULL},
    {0x20BA, "lira", "lira", NULL, NULL},          {0x20B1, "peso", "pesos", NULL, NULL},
    {0x20AB, "dong", "dong", NULL, NULL},          {0xE3F, "baht", "baht", NULL, NULL},
    {0x20A6, "naira", "naira", NULL, NULL},        {0x20BF, "bitcoin", "bitcoins", NULL, NULL},
    {0x20B4, "hryvnia", "hryvnia", NULL, NULL},
};

static const currency *find_currency(uint32_t symbol) {
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        if (currencies[i].symbol == symbol)
            return &currencies[i];
    return NULL;
}

bool ttss_is_currency(uint32_t c) {
    return find_currency(c) != NULL;
}

/* "$3.50": `whole` is "three", minor is 50. */
static void say_minor(ttss_phrases *list, const currency *unit, const char *whole,
                      const char *digits, int minor) {
    const char *major = strcmp(digits, "1") == 0 ? unit->one : unit->many;
    const char *cents = minor == 1 ? unit->small_one : unit->small_many;
    phrase m = {{0}, 0};
    put_below_100(&m, minor);
    if (strcmp(digits, "0") == 0)
        ttss_phrases_add(list, "%s %s", m.text, cents);
    ttss_phrases_add(list, "%s %s %s %s", whole, major, m.text, cents);
    ttss_phrases_add(list, "%s %s and %s %s", whole, major, m.text, cents);
    ttss_phrases_add(list, "%s %s %s", whole, major, m.text);
    ttss_phrases_add(list, "%s %s", whole, m.text);
    if (minor < 10)
        ttss_phrases_add(list, "%s oh %s", whole, m.text);
}

void ttss_say_money(ttss_phrases *list, uint32_t symbol, const char *digits, const char *fraction,
                    const char *magnitude, bool range) {
    const currency *unit = find_currency(symbol);
    ttss_phrases amounts;
    amounts.count = 0;
    if (!unit)
        return;
    ttss_say_cardinal(&amounts, digits);
    bool hundredths = strlen(fraction) == 2 && !magnitude[0] && unit->small_one;
    int minor = hundredths ? digits_value(fraction, 2) : 0;
    size_t amount_count = amounts.count;
    if (minor)
        for (size_t i = 0; i < amount_count; i++)
            say_minor(list, unit, amounts.text[i], digits, minor);
    if (fraction[0] && !(hundredths && !minor)) {
        amounts.count = 0;
        ttss_say_decimal(&amounts, digits, fraction);
    } else if (!magnitude[0] && strlen(digits) == 4) {
        say_year(&amounts, digits);
    }
    bool one = strcmp(digits, "1") == 0 && !fraction[0] && !magnitude[0];
    const char *gap = magnitude[0] ? " " : "";
    for (size_t i = 0; i < amounts.count && i < 6; i++)
        ttss_phrases_add(list, "%s%s%s %s", amounts.text[i], gap, magnitude,
                         one ? unit->one : unit->many);
    if (one)
        ttss_phrases_add(list, "a %s", unit->one);
    for (size_t i = 0; i < amounts.count && i < 4; i++) { /* "a $5 million house" */
        ttss_phrases_add(list, "%s%s%s %s", amounts.text[i], gap, magnitude, unit->one);
        if (range)
            ttss_phrases_add(list, "%s%s%s", amounts.text[i], gap, magnitude);
    }
}
