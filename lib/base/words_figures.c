/* SPDX-License-Identifier: MIT */
/* English tokens made of digits: numbers with their separators, signs, suffixes and symbols, times,
 * dates, fractions, money, ranges. What is said for them comes from words_number.c; here it is
 * found out where such a token ends and what it is. Each rule looks at a few characters around it,
 * so the scan stays linear. */
#include "base/utf8.h"
#include "base/words_build.h"

#include <string.h>

typedef struct number {
    char digits[TTSS_DIGITS_MAX + 1];   /* without separators; "" for ".5" */
    char fraction[TTSS_DIGITS_MAX + 1]; /* behind the point; "" if there is none */
    size_t end;
    bool plain; /* digits only, as written */
} number;

static size_t take_digits(const ttss_scan *scan, size_t pos, char *out, size_t room) {
    size_t count = strlen(out);
    while (ttss_is_digit(ttss_scan_byte(scan, pos)) && count < room)
        out[count++] = scan->text[pos++];
    out[count] = '\0';
    return pos;
}

static bool three_digits(const ttss_scan *scan, size_t pos) {
    return ttss_is_digit(ttss_scan_byte(scan, pos)) &&
           ttss_is_digit(ttss_scan_byte(scan, pos + 1)) &&
           ttss_is_digit(ttss_scan_byte(scan, pos + 2)) &&
           !ttss_is_digit(ttss_scan_byte(scan, pos + 3));
}

static void parse_number(const ttss_scan *scan, size_t pos, number *n) {
    n->digits[0] = n->fraction[0] = '\0';
    n->plain = true;
    size_t start = pos;
    pos = take_digits(scan, pos, n->digits, TTSS_DIGITS_MAX);
    if (pos - start <= 3)
        while (pos > start && ttss_scan_byte(scan, pos) == ',' && three_digits(scan, pos + 1) &&
               strlen(n->digits) + 3 <= TTSS_DIGITS_MAX) {
            pos = take_digits(scan, pos + 1, n->digits, strlen(n->digits) + 3);
            n->plain = false;
        }
    n->end = pos;
    if (ttss_scan_byte(scan, pos) != '.' || !ttss_is_digit(ttss_scan_byte(scan, pos + 1)))
        return;
    pos = take_digits(scan, pos + 1, n->fraction, TTSS_DIGITS_MAX);
    if (ttss_scan_byte(scan, pos) == '.' && ttss_is_digit(ttss_scan_byte(scan, pos + 1))) {
        n->fraction[0] = '\0'; /* "1.2.3": the parts are read one by one */
        return;
    }
    n->plain = false;
    n->end = pos;
}

static int small_value(const char *digits) {
    int value = 0;
    for (; *digits; digits++)
        value = value * 10 + (*digits - '0');
    return value;
}

static bool next_is_month(const ttss_scan *scan, size_t pos) {
    char key[TTSS_KEY_MAX];
    while (ttss_scan_byte(scan, pos) == ' ')
        pos++;
    if (!ttss_is_capital(ttss_scan_byte(scan, pos)))
        return false;
    return ttss_scan_key(scan, pos, ttss_scan_letters_end(scan, pos), key) &&
           ttss_is_month(key, strlen(key));
}

/* "3:30", "7:00", "1:02:03". */
static bool say_clock(const ttss_scan *scan, number *n, ttss_phrases *list) {
    char minutes[3] = "", seconds[3] = "";
    if (!n->plain || strlen(n->digits) > 2 || small_value(n->digits) > 24 ||
        ttss_scan_byte(scan, n->end) != ':')
        return false;
    size_t end = take_digits(scan, n->end + 1, minutes, 2);
    if (end != n->end + 3 || ttss_is_digit(ttss_scan_byte(scan, end)) || minutes[0] > '5')
        return false;
    int second = -1;
    if (ttss_scan_byte(scan, end) == ':' && ttss_is_digit(ttss_scan_byte(scan, end + 1))) {
        size_t last = take_digits(scan, end + 1, seconds, 2);
        if (last == end + 3 && !ttss_is_digit(ttss_scan_byte(scan, last)) && seconds[0] <= '5') {
            second = small_value(seconds);
            end = last;
        }
    }
    ttss_say_time(list, small_value(n->digits), small_value(minutes), second);
    n->end = end;
    return true;
}

/* "3/4", and "1/2" behind a number: "and a half". */
static bool say_part(const ttss_scan *scan, size_t start, number *n, ttss_phrases *list) {
    number below;
    if (!n->plain || strlen(n->digits) > 3 || ttss_scan_byte(scan, n->end) != '/' ||
        ttss_scan_before(scan, start) == '/' || !ttss_is_digit(ttss_scan_byte(scan, n->end + 1)))
        return false;
    parse_number(scan, n->end + 1, &below);
    if (!below.plain || strlen(below.digits) > 3 || small_value(below.digits) < 2 ||
        ttss_scan_byte(scan, below.end) == '/' || ttss_is_letter(ttss_scan_byte(scan, below.end)))
        return false;
    if (scan->number) {
        ttss_phrases parts;
        parts.count = 0;
        ttss_say_fraction(&parts, n->digits, below.digits);
        for (size_t i = 0; i < parts.count && i < 3; i++)
            ttss_phrases_add(list, "and %s", parts.text[i]);
    }
    ttss_say_fraction(list, n->digits, below.digits);
    n->end = below.end;
    return true;
}

static void say_plain(ttss_phrases *list, const number *n) {
    if (n->fraction[0])
        ttss_say_decimal(list, n->digits, n->fraction);
    else if (n->plain)
        ttss_say_integer(list, n->digits);
    else
        ttss_say_grouped(list, n->digits);
}

/* "March 3", "3 March", "3rd". */
static void say_day(ttss_phrases *list, const number *n) {
    ttss_phrases ordinals;
    ordinals.count = 0;
    ttss_say_ordinal(&ordinals, n->digits);
    for (size_t i = 0; i < ordinals.count; i++) {
        ttss_phrases_add(list, "%s", ordinals.text[i]);
        ttss_phrases_add(list, "the %s", ordinals.text[i]);
        ttss_phrases_add(list, "the %s of", ordinals.text[i]);
    }
}

/* The position behind a mark of ranges at pos ("-", " to "), or pos. */
static size_t range_end(const ttss_scan *scan, size_t pos) {
    static const char *const words[] = {"to", "or", "and"};
    size_t at = ttss_scan_byte(scan, pos) == ' ' ? pos + 1 : pos, end = at;
    uint32_t c = ttss_scan_at(scan, at);
    if (c == '-' || c == 0x2013)
        ttss_utf8_next(scan->text, scan->length, &end);
    for (size_t i = 0; i < 3 && at > pos && end == at; i++)
        if (ttss_scan_letters_end(scan, at) == at + strlen(words[i]) &&
            memcmp(scan->text + at, words[i], strlen(words[i])) == 0)
            end = at + strlen(words[i]);
    if (end == at)
        return pos;
    return ttss_scan_byte(scan, end) == ' ' ? end + 1 : end;
}

/* Of a range the unit may be said once, at its end: "10%-20%", "$5 to $10", "$5-10". */
static bool is_range(const ttss_scan *scan, size_t pos, uint32_t sign) {
    size_t start = range_end(scan, pos), digits = start;
    bool closed = start == pos + 1 || (start == pos + 3 && ttss_scan_at(scan, pos) == 0x2013);
    number above;
    if (start == pos)
        return false;
    if (ttss_is_currency(sign) && ttss_scan_at(scan, start) == sign)
        ttss_utf8_next(scan->text, scan->length, &digits);
    if (!ttss_is_digit(ttss_scan_byte(scan, digits)))
        return false;
    if (ttss_is_currency(sign))
        return digits > start || closed;
    parse_number(scan, digits, &above);
    return ttss_scan_at(scan, above.end) == sign ||
           ttss_scan_at(scan, above.end + (ttss_scan_byte(scan, above.end) == ' ')) == sign;
}

/* "%", degrees and cents behind a number; moves *end. */
static void say_suffix(const ttss_scan *scan, ttss_phrases *list, size_t *end) {
    size_t pos = *end, gap = ttss_scan_byte(scan, pos) == ' ' ? pos + 1 : pos;
    uint32_t c = ttss_scan_at(scan, gap);
    const char *const *units = NULL;
    static const char *const percent[] = {"percent", "per cent", NULL};
    static const char *const cents[] = {"cents", "cent", NULL};
    static const char *const mille[] = {"per mille", "per mil", "per thousand", NULL};
    static const char *const degrees[] = {"degrees", "degree", NULL};
    static const char *const celsius[] = {
        "degrees celsius", "degrees c", "degrees centigrade", "celsius", "c", "degrees", NULL};
    static const char *const fahrenheit[] = {
        "degrees fahrenheit", "degrees f", "fahrenheit", "f", "degrees", NULL};
    if (c == '%' || c == 0xFF05) {
        units = percent;
    } else if (c == 0x2030) {
        units = mille;
    } else if (c == 0xA2) {
        units = cents;
    } else if (c == 0xB0) {
        units = degrees;
    } else if (c == 0x2103 || c == 0x2109) {
        units = c == 0x2103 ? celsius : fahrenheit;
    } else {
        return;
    }
    ttss_utf8_next(scan->text, scan->length, &gap);
    size_t letter = ttss_scan_byte(scan, gap) == ' ' ? gap + 1 : gap;
    unsigned char scale = ttss_scan_byte(scan, letter);
    if (c == 0xB0 && (scale == 'C' || scale == 'F') &&
        ttss_scan_word_end(scan, letter) == letter + 1) {
        units = scale == 'C' ? celsius : fahrenheit;
        gap = letter + 1;
    }
    ttss_phrases bare = *list;
    size_t unit_count = 0;
    while (units[unit_count])
        unit_count++;
    list->count = 0;
    for (size_t i = 0; i < unit_count; i++)
        ttss_phrases_around(list, &bare, TTSS_PHRASES_MAX / (unit_count + 1), "", units[i]);
    if (is_range(scan, gap, c))
        ttss_phrases_around(list, &bare, 3, "", "");
    *end = gap;
}

/* The end of "thousand", "million" and so on behind an amount of money, or pos. */
static size_t magnitude_end(const ttss_scan *scan, size_t pos, char key[TTSS_KEY_MAX]) {
    size_t start =
        ttss_scan_byte(scan, pos) == ' ' || ttss_scan_byte(scan, pos) == '-' ? pos + 1 : pos;
    size_t end = ttss_scan_letters_end(scan, start);
    if (ttss_scan_word_end(scan, start) == end && ttss_scan_key(scan, start, end, key)) {
        if (ttss_is_magnitude(key, end - start))
            return end;
        const char *full = strcmp(key, "k") == 0                             ? "thousand"
                           : strcmp(key, "m") == 0                           ? "million"
                           : strcmp(key, "bn") == 0 || strcmp(key, "b") == 0 ? "billion"
                                                                             : NULL;
        if (full && start == pos) {
            memcpy(key, full, strlen(full) + 1);
            return end;
        }
    }
    key[0] = '\0';
    return pos;
}

/* What is said in front of a number: one of these words, or nothing where that is usual, too. */
typedef struct prefix {
    const char *words[3];
    bool optional;
} prefix;

/* A token of text[start..end) with these readings, each behind the words in front of it. */
static void add_prefixed(ttss_scan *scan, size_t start, size_t end, const ttss_phrases *readings,
                         const prefix *before) {
    ttss_phrases list;
    if (!before->words[0]) { /* most often */
        ttss_scan_token(scan, start, end, readings);
        return;
    }
    list.count = 0;
    for (size_t i = 0; i < 3 && before->words[i]; i++)
        ttss_phrases_around(&list, readings, TTSS_PHRASES_MAX / 2, before->words[i], "");
    if (before->optional)
        ttss_phrases_around(&list, readings, TTSS_PHRASES_MAX, "", "");
    ttss_scan_token(scan, start, end, &list);
}

static bool scan_money(ttss_scan *scan, size_t start, size_t pos, uint32_t symbol,
                       const prefix *before) {
    ttss_phrases list;
    char magnitude[TTSS_KEY_MAX];
    number n;
    list.count = 0;
    parse_number(scan, pos, &n);
    bool range = is_range(scan, n.end, symbol);
    n.end = magnitude_end(scan, n.end, magnitude);
    range = range || is_range(scan, n.end, symbol);
    ttss_say_money(&list, symbol, n.digits[0] ? n.digits : "0", n.fraction, magnitude, range);
    add_prefixed(scan, start, n.end, &list, before);
    return true;
}

/* "20 EUR sign": the symbol behind the number. */
static bool scan_money_behind(ttss_scan *scan, size_t start, const number *n,
                              const prefix *before) {
    size_t pos = ttss_scan_byte(scan, n->end) == ' ' ? n->end + 1 : n->end;
    size_t behind = pos;
    uint32_t symbol = ttss_scan_at(scan, pos);
    ttss_phrases list;
    if (!ttss_is_currency(symbol) || (symbol == '$' && pos != n->end))
        return false;
    ttss_utf8_next(scan->text, scan->length, &behind);
    if (ttss_is_digit(ttss_scan_byte(scan, behind)))
        return false;
    list.count = 0;
    ttss_say_money(&list, symbol, n->digits[0] ? n->digits : "0", n->fraction, "",
                   is_range(scan, behind, symbol));
    add_prefixed(scan, start, behind, &list, before);
    return true;
}

/* What the letters right behind the digits are. */
enum tail { TAIL_NONE, TAIL_ORDINAL, TAIL_PLURAL, TAIL_UNIT, TAIL_OTHER };

static enum tail letters_behind(const ttss_scan *scan, size_t pos, size_t *end) {
    char key[TTSS_KEY_MAX] = "";
    size_t start = pos;
    if (ttss_is_apostrophe(ttss_scan_at(scan, start)))
        ttss_utf8_next(scan->text, scan->length, &start);
    *end = ttss_scan_word_end(scan, start);
    if (*end == start || ttss_is_vulgar(scan, start))
        return TAIL_NONE;
    if (!ttss_scan_key(scan, start, *end, key))
        return TAIL_OTHER;
    if (strcmp(key, "s") == 0)
        return TAIL_PLURAL;
    if (start > pos)
        return TAIL_NONE;
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(key, ordinals[i]) == 0)
            return TAIL_ORDINAL;
    const ttss_abbreviation *entry = ttss_abbreviation_find(key, NULL);
    for (; entry; entry = ttss_abbreviation_find(key, entry))
        if ((entry->flags & TTSS_ABBR_UNIT) || strcmp(key, "kg") == 0 || strcmp(key, "km") == 0 ||
            strcmp(key, "lb") == 0 || strcmp(key, "lbs") == 0 || strcmp(key, "oz") == 0)
            return TAIL_UNIT;
    return TAIL_OTHER;
}

/* What may open before a signed number. */
static bool opens(uint32_t c) {
    return !c || ttss_is_space(c) || c == '(' || c == '[' || c == '"' || c == 0x201C || c == 0x2018;
}

/* The sign of a number; *pos moves behind it. An en dash may be one, or a dash. */
static prefix take_sign(const ttss_scan *scan, size_t *pos) {
    static const struct {
        uint32_t c;
        prefix said;
    } signs[] = {{'-', {{"minus", "negative"}, false}},
                 {0x2212, {{"minus", "negative"}, false}},
                 {0x2013, {{"minus"}, true}},
                 {'+', {{"plus"}, false}},
                 {0xB1, {{"plus or minus", "plus minus"}, false}},
                 {'#', {{"number", "hashtag", "hash"}, false}}};
    size_t next = *pos, i = 0;
    uint32_t c = ttss_scan_at(scan, *pos);
    while (i < sizeof signs / sizeof signs[0] && signs[i].c != c)
        i++;
    if (i == sizeof signs / sizeof signs[0] || !opens(ttss_scan_before(scan, *pos)))
        return (prefix){0};
    ttss_utf8_next(scan->text, scan->length, &next);
    uint32_t after = ttss_scan_at(scan, next);
    if ((c == 0x2013 && scan->number) ||
        (!ttss_is_digit(after) && !(ttss_is_currency(after) && c != '#')))
        return (prefix){0};
    *pos = next;
    return signs[i].said;
}

/* "10-20" is "ten to twenty"; "1.2.3" is "one point two point three". */
static prefix joining_word(const ttss_scan *scan, size_t start, size_t pos) {
    uint32_t before = ttss_scan_before(scan, start);
    if (pos > start && ttss_scan_byte(scan, start) == '.' && ttss_is_digit(before))
        return (prefix){{"point"}, true};
    if (pos > start || (before != '-' && before != 0x2013))
        return (prefix){0};
    uint32_t last = ttss_scan_before(scan, ttss_utf8_previous(scan->text, start));
    return ttss_is_digit(last) || last == '%' || ttss_is_currency(last) ? (prefix){{"to"}, true}
                                                                        : (prefix){0};
}

/* The currency of the amount in front of "-10" in "$5-10", or 0. */
static uint32_t currency_before(const ttss_scan *scan, size_t start) {
    const ttss_words *out = scan->out;
    if (start == 0 || out->token_count == 0)
        return 0;
    const ttss_token *last = &out->tokens[out->token_count - 1];
    uint32_t symbol = ttss_scan_at(scan, last->start);
    return ttss_is_currency(symbol) &&
                   last->start + last->length == ttss_utf8_previous(scan->text, start)
               ? symbol
               : 0;
}

static bool say_number(const ttss_scan *scan, size_t start, number *n, ttss_phrases *list) {
    size_t tail_end = n->end;
    enum tail tail = letters_behind(scan, n->end, &tail_end);
    bool day = n->plain && strlen(n->digits) <= 2 && small_value(n->digits) >= 1 &&
               small_value(n->digits) <= 31;
    const char *last = ttss_scan_last_word(scan);
    if (tail == TAIL_OTHER && n->plain)
        return false;
    if (tail == TAIL_ORDINAL && !n->fraction[0]) {
        ttss_say_ordinal(list, n->digits);
        if (day)
            say_day(list, n);
        n->end = tail_end;
    } else if (tail == TAIL_PLURAL && !n->fraction[0]) {
        ttss_say_plural(list, n->digits);
        n->end = tail_end;
    } else if (!say_clock(scan, n, list) && !say_part(scan, start, n, list)) {
        if (day && (next_is_month(scan, n->end) ||
                    (strlen(last) >= 3 && ttss_is_month(last, strlen(last)))))
            say_day(list, n);
        say_plain(list, n);
    }
    return true;
}

bool ttss_scan_number(ttss_scan *scan) {
    size_t start = scan->pos, pos = scan->pos;
    ttss_phrases list;
    number n;
    prefix before = take_sign(scan, &pos);
    bool sign = before.words[0] != NULL;
    uint32_t c = ttss_scan_at(scan, pos);
    list.count = 0;
    if (ttss_is_currency(c)) {
        size_t digits = pos;
        ttss_utf8_next(scan->text, scan->length, &digits);
        bool point =
            ttss_scan_byte(scan, digits) == '.' && ttss_is_digit(ttss_scan_byte(scan, digits + 1));
        if (!sign)
            before = joining_word(scan, start, pos);
        return (ttss_is_digit(ttss_scan_byte(scan, digits)) || point) &&
               scan_money(scan, start, digits, c, &before);
    }
    if (c == '.' && ttss_is_digit(ttss_scan_byte(scan, pos + 1)) &&
        ttss_is_digit(ttss_scan_before(scan, pos)))
        pos++;
    else if (!ttss_is_digit(c) && !(c == '.' && ttss_is_digit(ttss_scan_byte(scan, pos + 1)) &&
                                    !ttss_is_word_char(ttss_scan_before(scan, pos)) &&
                                    ttss_scan_before(scan, pos) != '.'))
        return false;
    parse_number(scan, pos, &n);
    if (pos > start && !sign) { /* a part of "1.2.3" */
        n.fraction[0] = '\0';
        n.end = pos + strlen(n.digits);
        n.plain = true;
    }
    if (n.end == pos) /* ".5.6" is no number */
        return false;
    if (!sign)
        before = joining_word(scan, start, pos);
    uint32_t symbol = before.words[0] && !sign ? currency_before(scan, start) : 0;
    if (symbol)
        return scan_money(scan, start, pos, symbol, &before);
    if (scan_money_behind(scan, start, &n, &before))
        return true;
    if (!say_number(scan, start, &n, &list))
        return false;
    say_suffix(scan, &list, &n.end);
    add_prefixed(scan, start, n.end, &list, &before);
    scan->number = true;
    scan->number_one = strcmp(n.digits, "1") == 0 && !n.fraction[0];
    return true;
}
