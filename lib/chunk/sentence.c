/* SPDX-License-Identifier: MIT */
/* The sentence splitter; see sentence.h. A run of marks is judged from the plain to the special:
 * what stands behind it at once, the next word, then, for a single full stop, the word before. */
#include "chunk/sentence.h"

#include "base/utf8.h"
#include "chunk/around.h"
#include "chunk/closing.h"
#include "chunk/list.h"
#include "chunk/scan.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes of the longest label, "10", "iv", before a full stop. */
#define LABEL_MAX 4

/* Bytes looked back for the label of the item before. */
#define ITEM_MAX 160

/* Bytes of the first part of an abbreviation with its full stop, "ap." */
#define FIRST_PART_MAX 5

/* Bytes of the second part of an abbreviation, "J.-C.", and a bracket or comma. */
#define PART_MAX 12

/* Bytes looked back for the start of a title in its marks. */
#define TITLE_MAX 96

/* Bytes looked back for the start of a quotation. */
#define QUOTATION_MAX 300

/* Bytes looked back for an opening bracket. */
#define BRACKETS_MAX 400

/* Bytes that have to follow for a plain end: the mark, two quotation marks, a space, a letter. */
#define PLAIN_BYTES 9

/* Bytes of an item of a list that are looked at first. */
#define ITEM_FIRST_LOOK 64

typedef struct verdict {
    size_t end; /* of the sentence, or where it would end */
    enum ttss_rule rule;
} verdict;

/* What is judged: a mark in a sentence. */
typedef struct place {
    const ttss_language *language;
    const char *text;
    size_t sentence; /* its start */
    size_t end;      /* of the block */
    ttss_run run;
    ttss_next next;
    ttss_scan scan;
} place;

static bool has_trait(const place *p, enum ttss_trait trait) {
    return (p->language->traits & trait) != 0;
}

static bool next_starts_sentence(const place *p) {
    return ttss_starts_sentence(p->language, p->text, &p->next, p->end);
}

static size_t digits_at(const char *text, size_t start, size_t end) {
    size_t pos = start;
    while (pos < end && text[pos] >= '0' && text[pos] <= '9')
        pos++;
    return pos - start;
}

/* --- one full stop, then white space, then a word that is not in lower case ----------------- */

/* The number text[start, stop) behind a comma follows the label before it: "1. Milk, 2. Bread" */
static bool is_next_label(const place *p, size_t start, size_t stop) {
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
static bool is_label(const place *p, size_t start, size_t stop) {
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
static bool is_time_phrase(const place *p, size_t stop) {
    size_t spaces = 0, first = 0;
    if (stop - p->sentence > TTSS_LOOK_BACK)
        return false;
    for (size_t pos = p->sentence; pos < stop; pos++)
        if (p->text[pos] == ' ' && spaces++ == 0)
            first = pos - p->sentence;
    return spaces >= 1 && spaces <= 3 &&
           ttss_word_list_has(&p->language->prepositions, p->text + p->sentence, first);
}

static bool next_is_in(const place *p, const ttss_word_list *list) {
    size_t stop = list->count ? ttss_word_end(p->text, p->next.start, p->end) : p->next.start;
    return ttss_word_list_has(list, p->text + p->next.start, stop - p->next.start);
}

/* A number, a numeral, or a letter that may be one. */
static bool next_is_number(const place *p) {
    size_t start = p->next.start, stop = ttss_word_end(p->text, start, p->end);
    if (p->next.first == TTSS_LETTER_DIGIT || ttss_is_roman(p->text, start, stop))
        return true;
    return stop - start == 1 && !next_starts_sentence(p);
}

static enum ttss_rule judge_abbreviation(const place *p, uint8_t kind) {
    switch (kind) {
    case TTSS_ABBREVIATION_NUMBER:
        return next_is_number(p) ? TTSS_RULE_ABBREVIATION_NUMBER : TTSS_RULE_NO_NUMBER;
    case TTSS_ABBREVIATION_NAME:
        return next_starts_sentence(p) ? TTSS_RULE_STARTER : TTSS_RULE_ABBREVIATION_NAME;
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
static uint8_t spaced_abbreviation(const place *p, size_t start) {
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
static bool is_first_part(const place *p, size_t start) {
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

static bool has_number_ending(const place *p, size_t start) {
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
static uint8_t abbreviation_before(const place *p, size_t start) {
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
static bool is_in_date(const place *p, size_t start) {
    size_t next = p->next.start, digits = digits_at(p->text, next, p->end);
    if (digits > 0 && digits <= 2 && ttss_char_at(p->text, next + digits, p->end) == '.')
        return true;
    size_t before = ttss_trim_end(p->text, p->sentence, start);
    return before < start && before - p->sentence >= 2 && p->text[before - 1] == '.' &&
           p->text[before - 2] >= '0' && p->text[before - 2] <= '9';
}

/* One letter with a full stop. */
static bool next_is_initial(const place *p) {
    size_t stop = p->next.start;
    if (p->next.first != TTSS_LETTER_UPPER)
        return false;
    ttss_utf8_next(p->text, p->end, &stop);
    return stop < p->end && p->text[stop] == '.';
}

/* A single letter behind a slash or a number is a unit, "90 km/h.", behind a hyphen the end of a
 * compound, "Alt-C." An initial may follow "J.-" only. Before another single letter it is a unit
 * only if it is one that is common: "5 m. J. Moss" but "ab 5 z. B. Moss". */
static bool is_no_initial(const place *p, size_t start) {
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
static bool is_counted(const place *p, size_t start) {
    size_t letter, stop = ttss_trim_end(p->text, p->sentence, start);
    if (stop == start || stop == p->sentence || p->text[stop - 1] != '.')
        return false;
    if (ttss_letter_before(p->text, p->sentence, start, &letter) > 0)
        return true;
    size_t word = ttss_word_start(p->text, p->sentence, stop - 1);
    return ttss_abbreviation_kind_of(p->language, p->text + word, stop - 1 - word) ==
           TTSS_ABBREVIATION_NUMBER;
}

static bool is_ordinal(const place *p, size_t start) {
    const ttss_language *language = p->language;
    size_t stop = p->run.start, digits = digits_at(p->text, start, stop);
    bool roman = has_trait(p, TTSS_TRAIT_ROMAN_ORDINALS) && ttss_is_roman(p->text, start, stop) &&
                 !is_no_initial(p, start);
    if (!roman && (digits == 0 || start + digits < stop))
        return false;
    if (next_is_in(p, &language->ordinal_nouns))
        return true;
    if (has_trait(p, TTSS_TRAIT_SPACED_DATES) && is_in_date(p, start))
        return true;
    bool fraction = start > p->sentence && p->text[start - 1] == ',';
    return (roman || digits <= language->ordinal_digits) && !fraction && !next_starts_sentence(p) &&
           !is_counted(p, start);
}

static enum ttss_rule judge_period(const place *p) {
    size_t stop = p->run.start, start = ttss_word_start(p->text, p->sentence, stop);
    if (has_trait(p, TTSS_TRAIT_PERIOD_IS_CLAUSE))
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
    return next_starts_sentence(p) ? TTSS_RULE_STARTER : TTSS_RULE_INITIALS;
}

/* --- other marks ---------------------------------------------------------------------------- */

/* Bytes of the word at pos, which stands there whatever follows; 0: another text does. */
static size_t stands_at(const place *p, size_t pos, const char *word) {
    size_t i = 0;
    while (word[i] && pos + i < p->end && p->text[pos + i] == word[i])
        i++;
    return word[i] ? 0 : i;
}

/* The run closes a quotation, and the text at pos goes on with it: "行こう。」と". */
static bool quotation_goes_on(const place *p, size_t pos) {
    const ttss_word_list *list = &p->language->quote_continues;
    if (p->run.closed == p->run.end)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (stands_at(p, pos, list->words[i]) > 0)
            return true;
    return false;
}

static bool is_hiragana(uint32_t c) {
    return c >= 0x3041 && c <= 0x309F;
}

/* Without quotation marks: "何？と彼は思った。" */
static bool thought_goes_on(const place *p, size_t pos) {
    const ttss_word_list *list = &p->language->thought_continues;
    if (list->count == 0 || p->run.dots > 0 || p->run.closed > p->run.end)
        return false;
    uint32_t mark = ttss_char_before(p->text, p->run.start, p->run.end);
    if (mark != '!' && mark != '?' && mark != 0xFF01 && mark != 0xFF1F)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        size_t length = stands_at(p, pos, list->words[i]);
        if (length > 3 || (length == 3 && !is_hiragana(ttss_char_at(p->text, pos + 3, p->end))))
            return true;
    }
    return false;
}

/* The quotation that the run closes was opened directly behind a word, so that it is a part of a
 * clause: 他问“为什么？”时笑了。 */
static bool is_in_clause(const place *p) {
    static const char *const openers[] = {"\xE2\x80\x9C", "\xE3\x80\x8C", "\xE3\x80\x8E"};
    const char *text = p->text;
    size_t least =
        p->run.start - p->sentence > QUOTATION_MAX ? p->run.start - QUOTATION_MAX : p->sentence;
    for (size_t pos = p->run.start; pos > least + 2; pos--) {
        unsigned char last = (unsigned char)text[pos - 1];
        if (last != 0x9C && last != 0x8C && last != 0x8E)
            continue;
        for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
            if (memcmp(text + pos - 3, openers[i], 3) == 0)
                return ttss_letter_of(ttss_char_before(text, p->sentence, pos - 3)) !=
                       TTSS_LETTER_NONE;
    }
    return false;
}

/* No white space behind the run and its closing marks. */
static enum ttss_rule judge_unspaced(const place *p) {
    const ttss_run *run = &p->run;
    uint32_t c = ttss_char_at(p->text, run->closed, p->end);
    if (ttss_stop_in(p->language, c) || ttss_clause_of(c))
        return TTSS_RULE_MARK_FOLLOWS;
    if (!run->full && !(run->strong && c >= 0x2E80))
        return TTSS_RULE_NO_SPACE;
    if (quotation_goes_on(p, run->closed) || thought_goes_on(p, run->closed))
        return TTSS_RULE_QUOTED;
    if (run->closed > run->end && ttss_tells_speaker(p->language, p->text, run->closed, p->end))
        return TTSS_RULE_SPEAKER;
    if (run->closed > run->end && ttss_letter_of(c) != TTSS_LETTER_NONE && is_in_clause(p))
        return TTSS_RULE_QUOTED;
    if (ttss_letter_of(c) != TTSS_LETTER_NONE || ttss_opens(c))
        return TTSS_RULE_FULL_STOP;
    uint32_t before = ttss_char_before(p->text, run->start, run->closed);
    return utf8proc_grapheme_break((utf8proc_int32_t)before, (utf8proc_int32_t)c)
               ? TTSS_RULE_FULL_STOP
               : TTSS_RULE_NO_SPACE;
}

/* Opens brackets or a quotation at pos, where other languages might close one. */
static bool opens_at(const place *p, size_t pos) {
    uint32_t c = ttss_char_at(p->text, pos, p->end);
    if (c != '(' && c != '[' && c != '"' && (c < 0x80 || !ttss_opens(c)))
        return false;
    uint32_t before = ttss_char_before(p->text, p->sentence, pos);
    bool direct = c == 0x201C || c == 0x300C || c == 0x300E;
    return before == 0 || ttss_is_space(before) ||
           (direct && ttss_letter_of(before) == TTSS_LETTER_CASELESS);
}

/* "[...]" stands for words left out, and a mark alone in quotation marks for itself: the "!" key.
 */
static bool is_omission(const place *p) {
    const ttss_run *run = &p->run;
    return run->closed > run->end && run->start > p->sentence &&
           opens_at(p, ttss_utf8_previous(p->text, run->start));
}

/* Within the marks of an East Asian title, U+300A and U+300B, a stop belongs to the title. U+300E
 * and U+300F are for titles and for speech, which ends with its last mark. */
static bool is_in_title(const place *p) {
    bool speech = p->run.closed > p->run.end;
    if (p->scan.quoted == TTSS_QUOTED_NOT || p->run.start - p->scan.quoted_at > TITLE_MAX)
        return false;
    return p->scan.quoted == TTSS_QUOTED_TITLE || !speech;
}

/* In brackets that were opened within the sentence, not long ago. */
static bool is_in_brackets(const place *p) {
    size_t depth = p->scan.depth;
    if (depth == 0 || depth > TTSS_OPEN_MAX)
        return false;
    size_t open = p->scan.open[depth - 1];
    return p->run.start - open <= BRACKETS_MAX && ttss_has_words(p->text, p->sentence, open);
}

/* Two or more dots. Only a capital shows that a sentence begins behind them. */
static verdict judge_dots(const place *p) {
    const ttss_run *run = &p->run;
    /* "word. . . . Next": a full stop, and an ellipsis that begins the next sentence. */
    if (run->spaced && run->dots == 4 && p->text[run->start + 1] == ' ' &&
        run->closed == run->end &&
        !ttss_is_space(ttss_char_before(p->text, p->sentence, run->start)))
        return (verdict){run->start + 1, TTSS_RULE_ELLIPSIS_STARTS};
    if (has_trait(p, TTSS_TRAIT_NOUN_CAPITALS) && p->next.first == TTSS_LETTER_UPPER &&
        !next_starts_sentence(p))
        return (verdict){run->after, TTSS_RULE_ELLIPSIS};
    if (p->next.first == TTSS_LETTER_CASELESS)
        return (verdict){run->after, TTSS_RULE_ELLIPSIS};
    size_t start = p->next.start;
    bool pronoun = has_trait(p, TTSS_TRAIT_CAPITAL_PRONOUN) && run->dots <= 3 && start < p->end &&
                   p->text[start] == 'I' && ttss_word_end(p->text, start, p->end) == start + 1;
    return (verdict){run->after, pronoun ? TTSS_RULE_PRONOUN : TTSS_RULE_STOP};
}

/* White space behind the run, and then a capital, a letter without case, a number or a mark. */
static verdict judge_spaced(const place *p) {
    const ttss_run *run = &p->run;
    bool quoted = run->closed > run->end;
    if (quoted && p->next.first == TTSS_LETTER_CASELESS &&
        ttss_tells_speaker_apart(p->language, p->text, p->next.start, p->end))
        return (verdict){run->after, TTSS_RULE_SPEAKER};
    if (!run->full && quoted && (run->strong || run->dots > 1) &&
        ttss_names_speaker(p->language, p->text, &p->next, p->end))
        return (verdict){run->after, TTSS_RULE_SPEAKER};
    if (run->full)
        return (verdict){run->after, TTSS_RULE_FULL_STOP};
    if (run->strong)
        return (verdict){run->after, TTSS_RULE_STOP};
    return run->dots == 1 ? (verdict){run->after, judge_period(p)} : judge_dots(p);
}

/* Signs that stand between words or before a number. No sentence begins with one. */
static bool is_inner_sign(uint32_t c) {
    return c == '&' || c == '/' || c == '|' || c == '=' || c == 0x2116;
}

/* A mark behind white space that continues a sentence; closing marks stand alone in code. */
static bool goes_on_with(uint32_t mark) {
    return ttss_clause_of(mark) != TTSS_CLAUSE_NONE || is_inner_sign(mark) || ttss_closes(mark);
}

/* Korean is followed by Latin words now and then; their case says nothing there. */
static bool is_behind_caseless(const place *p) {
    uint32_t before = ttss_char_before(p->text, p->sentence, p->run.start);
    return ttss_letter_of(before) == TTSS_LETTER_CASELESS;
}

static verdict judge(place *p) {
    const ttss_run *run = &p->run;
    if (run->after >= p->end)
        return (verdict){p->end, TTSS_RULE_END};
    if (!ttss_has_words(p->text, p->sentence, run->start))
        return (verdict){run->after, TTSS_RULE_NO_WORDS};
    if (is_omission(p))
        return (verdict){run->after, TTSS_RULE_OMISSION};
    bool spaced =
        p->text[run->after] == ' ' || ttss_is_space(ttss_char_at(p->text, run->after, p->end));
    enum ttss_rule unspaced = spaced ? TTSS_RULE_STOP : judge_unspaced(p);
    if (!ttss_rule_ends(unspaced))
        return (verdict){run->closed, unspaced};
    if ((run->full || run->strong) && is_in_title(p))
        return (verdict){run->closed, TTSS_RULE_TITLE};
    if (!spaced && is_in_brackets(p))
        unspaced = TTSS_RULE_BRACKETS;
    if (!spaced)
        return (verdict){run->closed, unspaced};
    p->next = ttss_next_read(p->text, run->after, p->end);
    if (p->next.first == TTSS_LETTER_LOWER && !is_behind_caseless(p))
        return (verdict){run->after, run->full ? TTSS_RULE_FULL_STOP : TTSS_RULE_LOWER_CASE};
    if (p->next.first == TTSS_LETTER_NONE && goes_on_with(p->next.mark))
        return (verdict){run->after, TTSS_RULE_MARK_FOLLOWS};
    if (quotation_goes_on(p, p->next.start) || thought_goes_on(p, p->next.start))
        return (verdict){run->after, TTSS_RULE_QUOTED};
    verdict found = judge_spaced(p);
    if (ttss_rule_ends(found.rule) && is_in_brackets(p) && !next_starts_sentence(p))
        found.rule = TTSS_RULE_BRACKETS;
    return found;
}

/* --- plain prose ---------------------------------------------------------------------------- */

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* A word of two letters or more stands before pos, behind one space, and is no abbreviation. */
static bool is_plain_word(const place *p, size_t pos) {
    const char *text = p->text;
    size_t start = pos;
    while (start > p->sentence && is_small(text[start - 1]))
        start--;
    if (pos - start < 2 || pos - start > TTSS_LOOK_BACK || start - p->sentence < 2 ||
        text[start - 1] != ' ' || text[start - 2] == ' ' || text[start - 2] == '.')
        return false;
    return !ttss_may_be_abbreviation(p->language, text + start, pos - start);
}

static size_t skip_quote(const char *text, size_t pos, unsigned char curly) {
    const unsigned char *p = (const unsigned char *)text + pos;
    if (p[0] == '"')
        return pos + 1;
    return p[0] == 0xE2 && p[1] == 0x80 && p[2] == curly ? pos + 3 : pos;
}

static bool is_han(unsigned char first) {
    return first >= 0xE4 && first <= 0xE9;
}

/* What most sentences end with, if nothing is open: a word in small letters, one mark, one space
 * and a capital, with quotation marks between or not; or an ideographic full stop between Han. For
 * the rest, end is 0. judge() says the same after asking much more. */
static verdict judge_plain(const place *p, size_t pos) {
    static const verdict not_plain = {0, TTSS_RULE_STOP};
    const char *text = p->text;
    if (p->end - pos < PLAIN_BYTES || p->scan.depth > 0 || p->scan.quoted)
        return not_plain;
    if (memcmp(text + pos, "\xE3\x80\x82", 3) == 0)
        return is_han((unsigned char)text[pos + 3]) && is_han((unsigned char)text[p->sentence])
                   ? (verdict){pos + 3, TTSS_RULE_FULL_STOP}
                   : not_plain;
    if (pos == p->sentence || !is_small(text[pos - 1]))
        return not_plain;
    size_t closed = skip_quote(text, pos + 1, 0x9D);
    if (text[closed] != ' ' || !is_capital(text[skip_quote(text, closed + 1, 0x9C)]))
        return not_plain;
    bool quoted = closed > pos + 1;
    if ((text[pos] == '!' || text[pos] == '?') && !quoted)
        return (verdict){closed, TTSS_RULE_STOP};
    if (text[pos] == '.' && !(quoted && p->language->quote_continues.count) &&
        !p->language->number_endings.count && !has_trait(p, TTSS_TRAIT_PERIOD_IS_CLAUSE) &&
        is_plain_word(p, pos))
        return (verdict){closed, TTSS_RULE_STOP};
    return not_plain;
}

/* --- the loop ------------------------------------------------------------------------------- */

void ttss_watch_tell(ttss_watch *watch, size_t mark, size_t end, enum ttss_rule rule) {
    const ttsslice_boundary boundary = {.mark = mark,
                                        .end = end,
                                        .taken = ttss_rule_ends(rule),
                                        .rule = ttss_rule_name(rule),
                                        .reason = ttss_rule_reason(rule)};
    if (watch->code == 0)
        watch->code = watch->fn(&boundary, watch->user_data);
}

static size_t end_before_item(const place *p, size_t item, ttss_watch *watch) {
    size_t end = ttss_trim_end(p->text, p->sentence, item);
    if (watch)
        ttss_watch_tell(watch, end, end, TTSS_RULE_LIST_ITEM);
    return end;
}

static size_t end_at_space(size_t space, ttss_watch *watch) {
    if (watch)
        ttss_watch_tell(watch, space, space, TTSS_RULE_CLOSING_WORD);
    return space;
}

/* Up to where marks are looked for at a time in an item of a list, or where spaces end sentences:
 * twice as far as before, to the start of a character. The sentence may end long before the next
 * mark, and what lies behind would be looked over again for each. */
static size_t widen(const place *p, size_t limit) {
    size_t wide =
        limit - p->sentence < ITEM_FIRST_LOOK ? ITEM_FIRST_LOOK : 2 * (limit - p->sentence);
    if (wide >= p->end - p->sentence)
        return p->end;
    for (limit = p->sentence + wide; ((unsigned char)p->text[limit] & 0xC0) == 0x80; limit++)
        if (limit + 1 == p->end)
            return p->end;
    return limit;
}

size_t ttss_sentence_end(const ttss_language *language, const char *text, size_t start, size_t end,
                         ttss_watch *watch) {
    ttss_item item;
    bool in_list = end - start > 2 &&
                   ttss_may_be_item((unsigned char)text[start], (unsigned char)text[start + 1]) &&
                   ttss_item_read(&item, text, start, end);
    place p;
    p.language = language;
    p.text = text;
    p.sentence = start;
    p.end = end;
    bool in_parts = in_list || language->closing_words.count > 0;
    size_t searched = start, limit = in_parts ? widen(&p, start) : end;
    ttss_scan_begin(&p.scan, text, start, limit);
    for (size_t pos = start;;) {
        pos = ttss_find_stop(&p.scan, language, pos);
        size_t next = in_list ? ttss_item_next(&item, text, pos, end) : end;
        if (next < end)
            return end_before_item(&p, next, watch);
        size_t space =
            in_parts ? ttss_closing_space(language, text, start, searched, pos, end) : end;
        if (space < end)
            return end_at_space(space, watch);
        searched = pos;
        if (pos >= end)
            return end;
        if (pos >= limit) {
            limit = widen(&p, limit);
            p.scan.finder = ttss_finder_begin(text, pos, limit);
            continue;
        }
        verdict found = judge_plain(&p, pos);
        if (!found.end) {
            ttss_run_read(&p.run, language, text, pos, end);
            found = judge(&p);
        }
        if (watch && found.rule != TTSS_RULE_END)
            ttss_watch_tell(watch, pos, found.end, found.rule);
        if (ttss_rule_ends(found.rule))
            return found.end;
        pos = p.run.end;
    }
}
