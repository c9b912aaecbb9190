/* SPDX-License-Identifier: MIT */
/* Whether a full stop ends its sentence; see judge.h. The word before it may be a label, an
 * abbreviation, an ordinal or an initial; the word behind it decides where that leaves a doubt. */
#include "chunk/judge.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* Bytes of the longest label, "10", "iv", before a full stop. */
#define LABEL_MAX 4

/* Bytes looked back for the label of the item before. */
#define ITEM_MAX 160

/* Bytes of the first part of an abbreviation with its full stop, "ap." */
#define FIRST_PART_MAX 5

/* Bytes of the second part of an abbreviation, "J.-C.", and a bracket or comma. */
#define PART_MAX 12

static size_t digits_at(const char *text, size_t start, size_t end) {
    size_t pos = start;
    while (pos < end && text[pos] >= '0' && text[pos] <= '9')
        pos++;
    return pos - start;
}

/* The number text[start, stop) behind a comma follows the label before it: "1. Milk, 2. Bread" */
static bool is_next_label(const ttss_place *p, size_t start, size_t stop) {
    char last[LABEL_MAX + 4];
    size_t from = start - p->sentence > ITEM_MAX ? start - ITEM_MAX : p->sentence;
    unsigned value = 0;
    for (size_t pos = start; pos < stop; pos++)
        value = value * 10 + (unsigned)(p->text[pos] - '0');
    if (value < 2)
        return false;
    int length = snprintf(last, sizeof last, " %u. ", value - 1);
    for (size_t pos = from; pos + (size_t)length < start; pos++)
        if (memcmp(p->text + pos, last, (size_t)length) == 0 ||
            (pos == p->sentence && memcmp(p->text + pos, last + 1, (size_t)length - 1) == 0))
            return true;
    return false;
}

/* "1.", "12.", "a.", "IV." at the start of a sentence or behind a colon number what follows; so do
 * numbers behind a comma in a list. */
static bool is_label(const ttss_place *p, size_t start, size_t stop) {
    if (stop - start > LABEL_MAX)
        return false;
    size_t before = ttss_trim_end(p->text, p->sentence, start);
    char mark = before < start && before > p->sentence ? p->text[before - 1] : ' ';
    size_t digits = digits_at(p->text, start, stop);
    if ((mark == ',' || mark == ';') && digits > 0 && start + digits == stop && digits <= 3)
        return is_next_label(p, start, stop);
    if (mark != ':' && ttss_has_words(p->text, p->sentence, start))
        return false;
    if (digits > 0)
        return digits <= 3 && start + digits == stop;
    return ttss_is_roman(p->text, start, stop) ||
           (stop - start == 1 && ttss_letter_of((unsigned char)p->text[start]) != TTSS_LETTER_NONE);
}

/* "At 5 a.m." so far: a phrase of time before its sentence. */
static bool is_time_phrase(const ttss_place *p, size_t stop) {
    size_t spaces = 0, first = 0;
    if (stop - p->sentence > TTSS_LOOK_BACK)
        return false;
    for (size_t pos = p->sentence; pos < stop; pos++)
        if (p->text[pos] == ' ' && spaces++ == 0)
            first = pos - p->sentence;
    return spaces >= 1 && spaces <= 3 &&
           ttss_word_list_has(&p->language->prepositions, p->text + p->sentence, first);
}

static bool next_is_in(const ttss_place *p, const ttss_word_list *list) {
    size_t stop = list->count ? ttss_word_end(p->text, p->next.start, p->end) : p->next.start;
    return ttss_word_list_has(list, p->text + p->next.start, stop - p->next.start);
}

/* A number, a numeral, or a letter that may be one. */
static bool next_is_number(const ttss_place *p) {
    size_t start = p->next.start, stop = ttss_word_end(p->text, start, p->end);
    if (p->next.first == TTSS_LETTER_DIGIT || ttss_is_roman(p->text, start, stop))
        return true;
    return stop - start == 1 && !ttss_next_starts_sentence(p);
}

static enum ttss_rule judge_abbreviation(const ttss_place *p, uint8_t kind) {
    switch (kind) {
    case TTSS_ABBREVIATION_NUMBER:
        return next_is_number(p) ? TTSS_RULE_ABBREVIATION_NUMBER : TTSS_RULE_NO_NUMBER;
    case TTSS_ABBREVIATION_NAME:
        return ttss_next_starts_sentence(p) ? TTSS_RULE_STARTER : TTSS_RULE_ABBREVIATION_NAME;
    case TTSS_ABBREVIATION_TIME:
        if (p->next.first == TTSS_LETTER_DIGIT || is_time_phrase(p, p->run.start) ||
            next_is_in(p, &p->language->time_continues))
            return TTSS_RULE_TIME_GOES_ON;
        return TTSS_RULE_TIME;
    default:
        return TTSS_RULE_ABBREVIATION;
    }
}

/* The kind of an abbreviation that is written with spaces between its parts, "z. B.", and listed
 * without, "z.b". Its parts but the last are single letters. */
static uint8_t spaced_abbreviation(const ttss_place *p, size_t start) {
    char joined[TTSS_WORD_MAX + 1];
    size_t first = sizeof joined, stop = p->run.start;
    uint8_t kind = TTSS_ABBREVIATION_NONE;
    while (stop > 0 && stop - start < first) {
        first -= stop - start;
        memcpy(joined + first, p->text + start, stop - start);
        uint8_t longer = TTSS_ABBREVIATION_NONE;
        if (stop < p->run.start)
            longer = ttss_abbreviation_kind_of(p->language, joined + first, sizeof joined - first);
        if (longer != TTSS_ABBREVIATION_NONE)
            kind = longer;
        stop = ttss_letter_before(p->text, p->sentence, start, &start);
    }
    return kind;
}

/* With the next word it is an abbreviation that is listed without the space: "44 n. Chr." */
static bool is_first_part(const ttss_place *p, size_t start) {
    char joined[TTSS_WORD_MAX];
    size_t head = p->run.end - start, next = p->next.start, stop = next;
    if (head > FIRST_PART_MAX)
        return false;
    while (stop < p->end && stop - next <= PART_MAX && !ttss_is_space((unsigned char)p->text[stop]))
        stop++;
    while (stop > next && p->text[stop - 1] != '.')
        stop--;
    if (stop == next || head + stop - next > sizeof joined)
        return false;
    memcpy(joined, p->text + start, head);
    memcpy(joined + head, p->text + next, stop - 1 - next);
    return ttss_abbreviation_kind_of(p->language, joined, head + stop - 1 - next) !=
           TTSS_ABBREVIATION_NONE;
}

static bool has_number_ending(const ttss_place *p, size_t start) {
    const ttss_word_list *list = &p->language->number_endings;
    size_t length = p->run.start - start;
    for (size_t i = 0; i < list->count; i++) {
        size_t n = strlen(list->words[i]);
        if (length > n && memcmp(p->text + p->run.start - n, list->words[i], n) == 0)
            return true;
    }
    return false;
}

/* The kind of the word before the mark with what a hyphen or slash joins to it, "Lt-Col.", of the
 * word alone, or of its part behind an apostrophe: "dell'Ing." */
static uint8_t abbreviation_before(const ttss_place *p, size_t start) {
    const char *text = p->text;
    size_t stop = p->run.start, letter = 0;
    size_t compound = ttss_compound_start(text, p->sentence, start, stop);
    uint8_t kind = TTSS_ABBREVIATION_NONE;
    if (compound < start)
        kind = ttss_abbreviation_kind_of(p->language, text + compound, stop - compound);
    if (kind == TTSS_ABBREVIATION_NONE && start - p->sentence > 2 &&
        ttss_letter_before(text, p->sentence, start, &letter) > 0)
        kind = spaced_abbreviation(p, start);
    if (kind == TTSS_ABBREVIATION_NONE)
        kind = ttss_abbreviation_kind_of(p->language, text + start, stop - start);
    if (kind != TTSS_ABBREVIATION_NONE)
        return kind;
    if (has_number_ending(p, start))
        return TTSS_ABBREVIATION_NUMBER;
    for (size_t pos = stop; pos > start; pos--) {
        bool curly = pos - start >= 3 && memcmp(text + pos - 3, "\xE2\x80\x99", 3) == 0;
        if (text[pos - 1] == '\'' || curly)
            return stop - pos < 2 ? TTSS_ABBREVIATION_NONE
                                  : ttss_abbreviation_kind_of(p->language, text + pos, stop - pos);
    }
    return TTSS_ABBREVIATION_NONE;
}

/* A number in a row of numbers with full stops: "2019. 5. 3." */
static bool is_in_date(const ttss_place *p, size_t start) {
    size_t next = p->next.start, digits = digits_at(p->text, next, p->end);
    if (digits > 0 && digits <= 2 && ttss_char_at(p->text, next + digits, p->end) == '.')
        return true;
    size_t before = ttss_trim_end(p->text, p->sentence, start);
    return before < start && before - p->sentence >= 2 && p->text[before - 1] == '.' &&
           p->text[before - 2] >= '0' && p->text[before - 2] <= '9';
}

/* One letter with a full stop. */
static bool next_is_initial(const ttss_place *p) {
    size_t stop = p->next.start;
    if (p->next.first != TTSS_LETTER_UPPER)
        return false;
    ttss_utf8_next(p->text, p->end, &stop);
    return stop < p->end && p->text[stop] == '.';
}

/* A single letter behind a slash or a number is a unit, "90 km/h.", behind a hyphen the end of a
 * compound, "Alt-C." An initial may follow "J.-" only. Before another single letter it is a unit
 * only if it is one that is common: "5 m. J. Moss" but "ab 5 z. B. Moss". */
static bool is_no_initial(const ttss_place *p, size_t start) {
    const char *text = p->text;
    uint32_t before = ttss_char_before(text, p->sentence, start);
    if (before == '/' || before == 0x2010 || before == 0x2011 || before == 0x2013)
        return true;
    size_t length = start - p->sentence;
    if (before == '-')
        return length >= 2 && text[start - 2] != '.' &&
               !ttss_is_space((unsigned char)text[start - 2]);
    if (p->next.first == TTSS_LETTER_DIGIT)
        return false; /* "Abs. 3 S. 1" */
    if (next_is_initial(p) && !memchr("ghlmst", text[start], 6))
        return false;
    return before == ' ' && length >= 2 && text[start - 2] >= '0' && text[start - 2] <= '9' &&
           !memchr(text + start, '.', p->run.start - start);
}

/* A number behind "No." or "p." counts; it is no ordinal. */
static bool is_counted(const ttss_place *p, size_t start) {
    size_t letter, stop = ttss_trim_end(p->text, p->sentence, start);
    if (stop == start || stop == p->sentence || p->text[stop - 1] != '.')
        return false;
    if (ttss_letter_before(p->text, p->sentence, start, &letter) > 0)
        return true;
    size_t word = ttss_word_start(p->text, p->sentence, stop - 1);
    return ttss_abbreviation_kind_of(p->language, p->text + word, stop - 1 - word) ==
           TTSS_ABBREVIATION_NUMBER;
}

static bool is_ordinal(const ttss_place *p, size_t start) {
    const ttss_language *language = p->language;
    size_t stop = p->run.start, digits = digits_at(p->text, start, stop);
    bool roman = ttss_has_trait(p, TTSS_TRAIT_ROMAN_ORDINALS) &&
                 ttss_is_roman(p->text, start, stop) && !is_no_initial(p, start);
    if (!roman && (digits == 0 || start + digits < stop))
        return false;
    if (next_is_in(p, &language->ordinal_nouns))
        return true;
    if (ttss_has_trait(p, TTSS_TRAIT_SPACED_DATES) && is_in_date(p, start))
        return true;
    bool fraction = start > p->sentence && p->text[start - 1] == ',';
    return (roman || digits <= language->ordinal_digits) && !fraction &&
           !ttss_next_starts_sentence(p) && !is_counted(p, start);
}

enum ttss_rule ttss_judge_period(const ttss_place *p) {
    size_t stop = p->run.start, start = ttss_word_start(p->text, p->sentence, stop);
    if (ttss_has_trait(p, TTSS_TRAIT_PERIOD_IS_CLAUSE))
        return TTSS_RULE_CLAUSE_MARK;
    if (start == stop || stop - start > TTSS_LOOK_BACK)
        return TTSS_RULE_STOP;
    if (is_label(p, start, stop))
        return TTSS_RULE_LABEL;
    uint8_t kind = abbreviation_before(p, start);
    if (kind != TTSS_ABBREVIATION_NONE)
        return judge_abbreviation(p, kind);
    if (is_first_part(p, start))
        return TTSS_RULE_ABBREVIATION;
    if (is_ordinal(p, start))
        return TTSS_RULE_ORDINAL;
    if (!ttss_is_initials(p->text, start, stop) || is_no_initial(p, start))
        return TTSS_RULE_STOP;
    return ttss_next_starts_sentence(p) ? TTSS_RULE_STARTER : TTSS_RULE_INITIALS;
}
