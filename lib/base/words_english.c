/* SPDX-License-Identifier: MIT */
/* English tokens that are said in another way than they are written and do not begin with a digit:
 * abbreviations, initials, acronyms, Roman numerals, mixtures like "MP3", symbols. Each rule looks
 * at a few characters around it, so the scan stays linear. */
#include "base/utf8.h"
#include "base/words_build.h"

#include <string.h>

static void spell(const char *key, char separator, char *out) {
    for (; *key; key++) {
        if (*key == '.')
            continue;
        *out++ = *key;
        if (separator && key[1])
            *out++ = separator;
    }
    *out = '\0';
}

static bool has_vowel(const char *key) {
    return strpbrk(key, "aeiouy") != NULL;
}

/* --- symbols -------------------------------------------------------------------------------- */

bool ttss_scan_symbol(ttss_scan *scan) {
    static const struct {
        uint32_t symbol;
        const char *said[2];
    } symbols[] = {
        {'&', {"and", "ampersand"}},  {'%', {"percent", "per cent"}}, {'@', {"at", NULL}},
        {'+', {"plus", "and"}},       {'=', {"equals", "is"}},        {0xD7, {"times", "by"}},
        {0xF7, {"divided by", NULL}}, {0xB0, {"degrees", "degree"}},  {'.', {"dot", "point"}}};
    size_t end = scan->pos;
    uint32_t c = ttss_utf8_next(scan->text, scan->length, &end);
    uint32_t before = ttss_scan_before(scan, scan->pos), after = ttss_scan_at(scan, end);
    bool within = ttss_is_word_char(before) && ttss_is_word_char(after);
    bool apart = ttss_is_space(before) && ttss_is_space(after);
    ttss_phrases list;
    list.count = 0;
    if ((c == '@' || c == '.') && !within)
        return false;
    if (c == '.' && !(after >= 'a' && after <= 'z'))
        return false;
    if ((c == '+' || c == '=') && !apart && !(ttss_is_digit(before) && ttss_is_digit(after)))
        return false;
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        for (size_t j = 0; j < 2 && symbols[i].symbol == c && symbols[i].said[j]; j++)
            ttss_phrases_add(&list, "%s", symbols[i].said[j]);
    if (!list.count)
        return false;
    ttss_scan_token(scan, scan->pos, end, &list);
    return true;
}

/* --- words ---------------------------------------------------------------------------------- */

/* "U.S.", "e.g.", "p.m", "Ph.D.": groups of one letter (or "Ph") with full stops between. */
static bool scan_dotted(ttss_scan *scan) {
    size_t start = scan->pos, pos = start, groups = 0;
    while (groups < TTSS_KEY_MAX / 2) {
        bool ph = ttss_lower((char)ttss_scan_byte(scan, pos)) == 'p' &&
                  ttss_scan_byte(scan, pos + 1) == 'h';
        size_t end = pos + (ph ? 2 : 1);
        bool stop = ttss_scan_byte(scan, end) == '.';
        if (!ttss_is_letter(ttss_scan_byte(scan, pos)) ||
            (!stop && ttss_is_word_char(ttss_scan_at(scan, end))))
            break;
        groups++;
        pos = stop ? end + 1 : end;
        if (!stop || !ttss_is_letter(ttss_scan_byte(scan, pos)))
            break;
    }
    char key[TTSS_KEY_MAX], spaced[2 * TTSS_KEY_MAX], solid[TTSS_KEY_MAX];
    size_t end = ttss_scan_byte(scan, pos - 1) == '.' ? pos - 1 : pos;
    if (groups < 2 || !ttss_scan_key(scan, start, end, key))
        return false;
    ttss_phrases list;
    list.count = 0;
    const ttss_abbreviation *entry = ttss_abbreviation_find(key, NULL);
    const char *readings = entry ? entry->readings : "";
    while (*readings) {
        size_t length = strcspn(readings, "|");
        ttss_phrases_add(&list, "%.*s", (int)length, readings);
        readings += length + (readings[length] == '|');
    }
    spell(key, ' ', spaced);
    spell(key, '\0', solid);
    ttss_phrases_add(&list, "%s", spaced);
    ttss_phrases_add(&list, "%s", solid);
    ttss_scan_token(scan, start, pos, &list);
    return true;
}

static bool applies(const ttss_scan *scan, const ttss_abbreviation *entry, size_t start,
                    size_t end) {
    bool dot = ttss_scan_byte(scan, end) == '.';
    size_t after = end + dot;
    while (ttss_scan_byte(scan, after) == ' ')
        after++;
    return !((entry->flags & TTSS_ABBR_DOT) && !dot) &&
           !((entry->flags & TTSS_ABBR_CAPITAL) && !ttss_is_capital(ttss_scan_byte(scan, start))) &&
           !((entry->flags & TTSS_ABBR_UNIT) && !scan->number) &&
           !((entry->flags & TTSS_ABBR_NUMBER) && !ttss_is_digit(ttss_scan_byte(scan, after)));
}

/* Adds the readings of an entry; the first two change places where the second is more usual. */
static void add_entry(const ttss_scan *scan, const ttss_abbreviation *entry, size_t end,
                      ttss_phrases *list) {
    size_t after = end + (ttss_scan_byte(scan, end) == '.');
    while (ttss_scan_byte(scan, after) == ' ')
        after++;
    bool swap = (entry->flags & TTSS_ABBR_NAME) && !ttss_is_capital(ttss_scan_byte(scan, after));
    const char *readings = entry->readings;
    size_t first = strcspn(readings, "|");
    if (scan->number_one && readings[first] == '|')
        swap = true;
    if (swap) {
        const char *second = readings + first + 1;
        ttss_phrases_add(list, "%.*s", (int)strcspn(second, "|"), second);
    }
    while (*readings) {
        size_t length = strcspn(readings, "|");
        ttss_phrases_add(list, "%.*s", (int)length, readings);
        readings += length + (readings[length] == '|');
    }
}

static bool all_capitals(const ttss_scan *scan, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        if (!ttss_is_capital(ttss_scan_byte(scan, i)))
            return false;
    return end > start;
}

/* In a heading in capitals a word is a word, not an acronym. */
static bool among_capitals(const ttss_scan *scan, size_t start, size_t end) {
    size_t before = start, after = end;
    while (before > 0 && start - before < 4 && !ttss_is_letter(ttss_scan_byte(scan, before - 1)))
        before--;
    while (after - end < 4 && after < scan->length && !ttss_is_letter(ttss_scan_byte(scan, after)))
        after++;
    return (before >= 2 && all_capitals(scan, before - 2, before)) ||
           all_capitals(scan, after, after + 2);
}

/* Short words that are often set in capitals for emphasis. */
static bool is_common(const char *key) {
    static const char list[] = " all am an and are as at be but by can day did do far for get go "
                               "got had has he her him his how i if in is it its let lie man may "
                               "me my new no not now of off oh on one or our out ran red run sad "
                               "sat say see she sit so stop ten the to too try two up us was way "
                               "we who why win yes yet you ";
    char padded[TTSS_KEY_MAX + 2];
    size_t length = strlen(key);
    padded[0] = ' ';
    memcpy(padded + 1, key, length);
    padded[length + 1] = ' ';
    padded[length + 2] = '\0';
    return strstr(list, padded) != NULL;
}

/* "FBI", "NASA", "FBI's"; also "hmm" and "kg", which flite spells. `behind` is "'s" or "". */
static void add_spelled(const ttss_scan *scan, size_t start, size_t end, const char *key,
                        const char *behind, ttss_phrases *list) {
    char spelled[2 * TTSS_KEY_MAX];
    size_t length = end - start;
    bool capitals = length >= 2 && length <= 5 && all_capitals(scan, start, end);
    bool vowels = has_vowel(key);
    bool spell_it = capitals ? !vowels || !among_capitals(scan, start, end)
                             : !vowels && length >= 2 && length <= 4;
    spell(key, ' ', spelled);
    if (spell_it && capitals && (!vowels || (length <= 3 && !is_common(key))))
        ttss_phrases_add(list, "%s%s", spelled, behind);
    ttss_phrases_add(list, "%s%s", key, behind);
    if (spell_it)
        ttss_phrases_add(list, "%s%s", spelled, behind);
    if (spell_it && behind[0])
        ttss_phrases_add(list, "%s s", spelled);
}

/* "Chapter IV", "Henry VIII", "World War II". */
static void add_roman(const ttss_scan *scan, size_t start, size_t end, ttss_phrases *list) {
    int value = ttss_roman_value(scan->text + start, end - start);
    const char *last = ttss_scan_last_word(scan);
    bool numbered = ttss_is_numbered(last), ruler = ttss_is_ruler(last);
    if (!value || (end - start == 1 && !numbered && !ruler) || ttss_scan_before(scan, start) != ' ')
        return;
    char digits[4] = "";
    for (int n = value, i = n > 99 ? 2 : n > 9 ? 1 : 0; i >= 0; i--, n /= 10)
        digits[i] = (char)('0' + n % 10);
    ttss_phrases ordinals;
    ordinals.count = 0;
    ttss_say_ordinal(&ordinals, digits);
    if (!ruler)
        ttss_say_cardinal(list, digits);
    if (!numbered)
        ttss_phrases_around(list, &ordinals, 1, "the", "");
    if (ruler)
        ttss_say_cardinal(list, digits);
    if (numbered || ruler)
        ttss_phrases_around(list, &ordinals, 1, "", "");
}

/* Letters and digits in turn: "MP3", "B52", "4x4". Segment by segment the n-th way to say it. */
static void add_mixed(const ttss_scan *scan, size_t start, size_t end, const char *key,
                      ttss_phrases *list) {
    for (size_t way = 0; way < 8; way++) {
        char said[TTSS_PHRASE_ROOM] = "";
        size_t used = 0;
        for (size_t pos = start; pos < end;) {
            char part[TTSS_KEY_MAX] = "", spelled[2 * TTSS_KEY_MAX];
            ttss_phrases amounts;
            bool digit = ttss_is_digit(ttss_scan_byte(scan, pos));
            size_t next = pos;
            while (next < end && ttss_is_digit(ttss_scan_byte(scan, next)) == digit)
                next++;
            ttss_scan_key(scan, pos, next, part);
            amounts.count = 0;
            bool word = has_vowel(part) && strlen(part) > 2 && !all_capitals(scan, pos, next);
            spell(part, ' ', spelled);
            const char *letters = word == (way % 2 == 0) ? part : spelled;
            if (way % 2 && strcmp(part, "x") == 0)
                letters = "by";
            if (digit)
                ttss_say_integer(&amounts, part);
            const char *text =
                digit ? amounts.text[way / 2 < amounts.count ? way / 2 : 0] : letters;
            size_t length = strlen(text);
            if (used + length + 2 > sizeof said)
                return;
            if (used)
                said[used++] = ' ';
            memcpy(said + used, text, length + 1);
            used += length;
            pos = next;
        }
        ttss_phrases_add(list, "%s", said);
    }
    ttss_phrases_add(list, "%s", key);
}

/* Length of the part before an apostrophe and "s", or of everything. */
static size_t stem_end(const ttss_scan *scan, size_t start, size_t end, const char **behind) {
    size_t pos = start;
    *behind = "";
    while (pos < end &&
           (ttss_is_letter(ttss_scan_byte(scan, pos)) || ttss_is_digit(ttss_scan_byte(scan, pos))))
        pos++;
    size_t after = pos;
    if (pos < end && ttss_is_apostrophe(ttss_scan_at(scan, pos))) {
        ttss_utf8_next(scan->text, scan->length, &after);
        if (after + 1 == end && (ttss_scan_byte(scan, after) | 0x20) == 's')
            *behind = "'s";
    }
    return pos;
}

/* A word with an apostrophe, folded. */
static bool fold_contraction(const ttss_scan *scan, size_t start, size_t end,
                             char out[TTSS_KEY_MAX]) {
    size_t count = 0;
    for (size_t pos = start; pos < end; count++) {
        uint32_t c = ttss_utf8_next(scan->text, scan->length, &pos);
        if (count + 1 >= TTSS_KEY_MAX || (!ttss_is_letter(c) && !ttss_is_apostrophe(c)))
            return false;
        out[count] = ttss_is_letter(c) ? ttss_lower((char)c) : '\'';
    }
    out[count] = '\0';
    return true;
}

bool ttss_scan_english(ttss_scan *scan) {
    size_t start = scan->pos, end = ttss_scan_word_end(scan, start);
    const char *behind = "";
    char key[TTSS_KEY_MAX];
    ttss_phrases list;
    if (ttss_scan_rate(scan) || scan_dotted(scan))
        return true;
    size_t stem = stem_end(scan, start, end, &behind);
    list.count = 0;
    if (stem != end && fold_contraction(scan, start, end, key) &&
        ttss_say_contraction(&list, key)) {
        ttss_scan_token(scan, start, end, &list);
        return true;
    }
    if ((stem != end && !behind[0]) || !ttss_scan_key(scan, start, stem, key))
        return false;
    list.count = 0;
    if (strpbrk(key, "0123456789")) {
        if (stem != end)
            return false;
        add_mixed(scan, start, end, key, &list);
        ttss_scan_token(scan, start, end, &list);
        return true;
    }
    if (!behind[0]) {
        const ttss_abbreviation *entry = ttss_abbreviation_find(key, NULL);
        for (; entry; entry = ttss_abbreviation_find(key, entry))
            if (applies(scan, entry, start, end)) {
                add_entry(scan, entry, end, &list);
                stem = end + (ttss_scan_byte(scan, end) == '.'); /* the stop is part of it */
            }
        if (all_capitals(scan, start, end))
            add_roman(scan, start, end, &list);
    }
    add_spelled(scan, start, start + strlen(key), key, behind, &list);
    if (list.count == 1 && !behind[0]) {
        ttss_scan_folded(scan, start, end);
        return true;
    }
    ttss_scan_token(scan, start, behind[0] ? end : stem, &list);
    return true;
}
