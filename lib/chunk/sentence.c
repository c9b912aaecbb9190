/* SPDX-License-Identifier: MIT */
/* The sentence splitter; see sentence.h. */
#include "chunk/sentence.h"

#include "base/utf8.h"
#include "chunk/marks.h"

#include <string.h>
#include <utf8proc.h>

/* Bytes looked back for the word before a full stop. Longer words are no abbreviations. */
#define LOOK_BACK 32

/* Opening marks looked over for the word behind a stop. */
#define OPENERS_MAX 8

/* A run of marks that may end a sentence. */
typedef struct stop_run {
    size_t start;
    size_t end;   /* behind the marks */
    size_t after; /* behind the closing marks, too */
    size_t dots;  /* full stops; an ellipsis counts three */
    bool strong;  /* has ! or ? */
    bool full;    /* has a full stop that needs no space */
    bool spaced;  /* ". . ." */
} stop_run;

/* The word behind a stop. */
typedef struct next_word {
    enum ttss_letter first;
    uint32_t mark; /* the character there, if it is neither letter nor digit */
    size_t start;
    size_t length; /* ASCII letters, or 0 */
    bool dotted;   /* a full stop follows at once */
} next_word;

/* 1: a mark; 2: first byte of characters some of which are marks (ttss_stop_of()). */
static const unsigned char stop_byte[256] = {
    ['.'] = 1,  ['!'] = 1,  ['?'] = 1,  [0xD6] = 2, [0xD8] = 2, [0xDB] = 2,
    [0xE0] = 2, [0xE1] = 2, [0xE2] = 2, [0xE3] = 2, [0xEF] = 2,
};

static uint32_t char_at(const char *text, size_t pos, size_t end) {
    return pos < end ? ttss_utf8_next(text, end, &pos) : 0;
}

static uint32_t char_before(const char *text, size_t start, size_t pos) {
    return pos > start ? char_at(text, ttss_utf8_previous(text, pos), pos) : 0;
}

static size_t find_stop(const char *text, size_t pos, size_t end) {
    while (pos < end) {
        unsigned char class = stop_byte[(unsigned char)text[pos]];
        if (class == 0) {
            pos++;
            continue;
        }
        size_t next = pos;
        if (class == 1 || ttss_stop_of(ttss_utf8_next(text, end, &next)))
            return pos;
        pos = next;
    }
    return end;
}

/* Whether the full stop behind one space at pos continues a ". . ." */
static bool spaced_dot(const char *text, size_t pos, size_t end) {
    if (end - pos < 2 || text[pos] != ' ' || text[pos + 1] != '.')
        return false;
    enum ttss_letter letter = ttss_letter_of(char_at(text, pos + 2, end));
    return letter == TTSS_LETTER_NONE; /* not ".5", ".net" */
}

/* French closes a quotation behind a space; behind such a mark no letter follows at once. */
static size_t skip_guillemet(const char *text, size_t pos, size_t end) {
    size_t p = pos, spaces = 0;
    uint32_t c = char_at(text, p, end);
    for (; ttss_is_space(c) && spaces < 2; spaces++) {
        ttss_utf8_next(text, end, &p);
        c = char_at(text, p, end);
    }
    if (spaces == 0 || (c != 0xBB && c != 0x203A))
        return pos;
    ttss_utf8_next(text, end, &p);
    return ttss_letter_of(char_at(text, p, end)) == TTSS_LETTER_NONE ? p : pos;
}

static stop_run read_run(const char *text, size_t start, size_t end) {
    stop_run run = {.start = start, .end = start};
    while (run.end < end) {
        size_t next = run.end;
        enum ttss_stop stop = ttss_stop_of(ttss_utf8_next(text, end, &next));
        if (stop == TTSS_STOP_NONE && run.dots > 0 && !run.strong && !run.full &&
            spaced_dot(text, run.end, end)) {
            run.spaced = true;
            run.end += 2;
            run.dots++;
            continue;
        }
        if (stop == TTSS_STOP_NONE)
            break;
        run.dots += stop == TTSS_STOP_PERIOD ? 1 : stop == TTSS_STOP_ELLIPSIS ? 3 : 0;
        run.strong |= stop == TTSS_STOP_STRONG;
        run.full |= stop == TTSS_STOP_FULL;
        run.end = next;
    }
    run.after = skip_guillemet(text, ttss_skip_closers(text, run.end, end), end);
    return run;
}

/* Numbers of notes, "[12]", behind a stop belong to the sentence. */
static size_t skip_notes(const char *text, size_t pos, size_t end) {
    while (pos < end && text[pos] == '[') {
        size_t p = pos + 1;
        while (p < end && p - pos < 5 && text[p] >= '0' && text[p] <= '9')
            p++;
        if (p == pos + 1 || p >= end || text[p] != ']')
            break;
        pos = p + 1;
    }
    return pos;
}

static next_word read_next(const char *text, size_t pos, size_t end) {
    next_word word = {.first = TTSS_LETTER_NONE};
    for (int i = 0; i < OPENERS_MAX; i++) {
        pos = ttss_skip_space(text, pos, end);
        word.mark = char_at(text, pos, end);
        if (!ttss_opens(word.mark))
            break;
        ttss_utf8_next(text, end, &pos);
    }
    word.first = ttss_letter_of(word.mark);
    word.start = pos;
    while (pos < end &&
           ((text[pos] >= 'a' && text[pos] <= 'z') || (text[pos] >= 'A' && text[pos] <= 'Z')))
        pos++;
    word.length = pos - word.start;
    word.dotted = pos < end && text[pos] == '.';
    return word;
}

/* Something to say stands between start and pos. Only the first bytes are looked at. */
static bool has_words(const char *text, size_t start, size_t pos) {
    if (pos - start > LOOK_BACK)
        return true;
    while (start < pos)
        if (ttss_letter_of(ttss_utf8_next(text, pos, &start)) != TTSS_LETTER_NONE)
            return true;
    return false;
}

/* Start of the word that ends at pos. */
static size_t word_start(const char *text, size_t start, size_t pos) {
    size_t p = pos;
    while (p > start && pos - p <= LOOK_BACK) {
        size_t previous = ttss_utf8_previous(text, p);
        uint32_t c = char_at(text, previous, pos);
        if (ttss_is_space(c) || (c != '\'' && c != 0x2019 && ttss_opens(c)) || c == '/' ||
            c == ',' || c == ')' || c == '"')
            break;
        p = previous;
    }
    return p;
}

/* "J", "U.S", "p.m": single letters with full stops between them. */
static bool is_initials(const char *text, size_t start, size_t end) {
    for (;;) {
        enum ttss_letter letter = ttss_letter_of(char_at(text, start, end));
        if (letter != TTSS_LETTER_UPPER && letter != TTSS_LETTER_LOWER)
            return false;
        ttss_utf8_next(text, end, &start);
        if (start == end)
            return true;
        if (text[start] != '.' || ++start == end)
            return false;
    }
}

/* Roman numerals, but not the pronoun. */
static bool is_roman(const char *text, size_t start, size_t end) {
    if (start == end || (end - start == 1 && text[start] == 'I'))
        return false;
    for (; start < end; start++)
        if (!memchr("IVXLCDM", text[start], 7))
            return false;
    return true;
}

/* "1.", "12.", "a.", "IV." at the start of a sentence number what follows. */
static bool is_label(const char *text, size_t sentence, size_t start, size_t end) {
    if (has_words(text, sentence, start) || end - start > 4)
        return false;
    size_t digits = 0;
    while (start + digits < end && text[start + digits] >= '0' && text[start + digits] <= '9')
        digits++;
    if (digits > 0)
        return digits <= 3 && start + digits == end;
    return is_roman(text, start, end) ||
           (end - start == 1 && ttss_letter_of((unsigned char)text[start]) != TTSS_LETTER_NONE);
}

/* "At 5 a.m." so far: a phrase of time before its sentence. */
static bool is_time_phrase(const ttss_language *language, const char *text, size_t start,
                           size_t end) {
    size_t spaces = 0, first = 0;
    if (end - start > LOOK_BACK)
        return false;
    for (size_t p = start; p < end; p++)
        if (text[p] == ' ' && spaces++ == 0)
            first = p - start;
    return spaces >= 1 && spaces <= 3 &&
           ttss_word_list_has(&language->prepositions, text + start, first);
}

static bool starts_sentence(const ttss_language *language, const char *text,
                            const next_word *next) {
    if (next->first != TTSS_LETTER_UPPER || (next->length == 1 && next->dotted))
        return false;
    return ttss_word_list_has(&language->starters, text + next->start, next->length);
}

static bool names_number(const char *text, const next_word *next) {
    if (next->first == TTSS_LETTER_DIGIT)
        return true;
    size_t end = next->start + next->length;
    return is_roman(text, next->start, end) ||
           (next->length == 1 && text[next->start] != 'A' && text[next->start] != 'I');
}

typedef struct verdict {
    size_t end; /* of the sentence, or where it would end */
    enum ttss_rule rule;
} verdict;

/* One full stop, then white space, then a word that is not in lower case. */
static enum ttss_rule judge_period(const ttss_language *language, const char *text, size_t sentence,
                                   size_t stop, const next_word *next) {
    size_t start = word_start(text, sentence, stop);
    if (start == stop || stop - start > LOOK_BACK)
        return TTSS_RULE_STOP;
    if (is_label(text, sentence, start, stop))
        return TTSS_RULE_LABEL;
    switch (ttss_abbreviation_kind_of(language, text + start, stop - start)) {
    case TTSS_ABBREVIATION_ALWAYS:
        return TTSS_RULE_ABBREVIATION;
    case TTSS_ABBREVIATION_NUMBER:
        return names_number(text, next) ? TTSS_RULE_ABBREVIATION_NUMBER : TTSS_RULE_NO_NUMBER;
    case TTSS_ABBREVIATION_NAME:
        return starts_sentence(language, text, next) ? TTSS_RULE_STARTER
                                                     : TTSS_RULE_ABBREVIATION_NAME;
    case TTSS_ABBREVIATION_TIME:
        if (next->first == TTSS_LETTER_DIGIT || is_time_phrase(language, text, sentence, stop) ||
            ttss_word_list_has(&language->time_continues, text + next->start, next->length))
            return TTSS_RULE_TIME_GOES_ON;
        return TTSS_RULE_TIME;
    default:
        if (!is_initials(text, start, stop))
            return TTSS_RULE_STOP;
        return starts_sentence(language, text, next) ? TTSS_RULE_STARTER : TTSS_RULE_INITIALS;
    }
}

/* No white space behind the run and its closing marks. */
static enum ttss_rule judge_unspaced(const char *text, const stop_run *run, size_t end) {
    uint32_t c = char_at(text, run->after, end);
    if (!run->full && !(run->strong && c >= 0x2E80))
        return TTSS_RULE_NO_SPACE;
    if (ttss_stop_of(c) || ttss_clause_of(c))
        return TTSS_RULE_MARK_FOLLOWS;
    /* A Japanese quotation goes on with "to" or "tte". */
    if (run->after > run->end && (c == 0x3068 || c == 0x3063))
        return TTSS_RULE_QUOTED;
    return utf8proc_grapheme_break((utf8proc_int32_t)char_before(text, run->start, run->after),
                                   (utf8proc_int32_t)c)
               ? TTSS_RULE_FULL_STOP
               : TTSS_RULE_NO_SPACE;
}

/* "[...]" stands for words left out. */
static bool is_omission(const char *text, size_t sentence, const stop_run *run, size_t end) {
    uint32_t before = char_before(text, sentence, run->start);
    uint32_t behind = char_at(text, run->end, end);
    return run->dots > 1 && ((before == '[' && behind == ']') || (before == '(' && behind == ')'));
}

static verdict judge(const ttss_language *language, const char *text, size_t sentence,
                     const stop_run *run, size_t end) {
    size_t after = skip_notes(text, run->after, end);
    if (after >= end)
        return (verdict){end, TTSS_RULE_END};
    if (!has_words(text, sentence, run->start))
        return (verdict){after, TTSS_RULE_NO_WORDS};
    if (is_omission(text, sentence, run, end))
        return (verdict){after, TTSS_RULE_OMISSION};
    if (!ttss_is_space(char_at(text, after, end)))
        return (verdict){run->after, judge_unspaced(text, run, end)};
    next_word next = read_next(text, after, end);
    if (next.first == TTSS_LETTER_LOWER)
        return (verdict){after, run->full ? TTSS_RULE_FULL_STOP : TTSS_RULE_LOWER_CASE};
    if (next.first == TTSS_LETTER_NONE && (ttss_clause_of(next.mark) || next.mark == '&'))
        return (verdict){after, TTSS_RULE_MARK_FOLLOWS};
    if (run->full)
        return (verdict){after, TTSS_RULE_FULL_STOP};
    if (run->strong)
        return (verdict){after, TTSS_RULE_STOP};
    if (run->dots == 1)
        return (verdict){after, judge_period(language, text, sentence, run->start, &next)};
    /* "word. . . . Next": a full stop, and an ellipsis that begins the next sentence. */
    if (run->spaced && run->dots == 4 && text[run->start + 1] == ' ' && run->after == run->end &&
        !ttss_is_space(char_before(text, sentence, run->start)))
        return (verdict){run->start + 1, TTSS_RULE_ELLIPSIS_STARTS};
    /* "I" has a capital wherever it stands, so behind three dots it tells nothing. */
    bool pronoun = next.length == 1 && text[next.start] == 'I' && run->dots <= 3;
    return (verdict){after, pronoun ? TTSS_RULE_PRONOUN : TTSS_RULE_STOP};
}

void ttss_watch_tell(ttss_watch *watch, size_t mark, size_t end, enum ttss_rule rule) {
    const ttsslice_boundary boundary = {.mark = mark,
                                        .end = end,
                                        .taken = ttss_rule_ends(rule),
                                        .rule = ttss_rule_name(rule),
                                        .reason = ttss_rule_reason(rule)};
    if (watch->code == 0)
        watch->code = watch->fn(&boundary, watch->user_data);
}

size_t ttss_sentence_end(const ttss_language *language, const char *text, size_t start, size_t end,
                         ttss_watch *watch) {
    size_t pos = start;
    for (;;) {
        pos = find_stop(text, pos, end);
        if (pos >= end)
            return end;
        stop_run run = read_run(text, pos, end);
        verdict found = judge(language, text, start, &run, end);
        if (watch && found.rule != TTSS_RULE_END)
            ttss_watch_tell(watch, run.start, found.end, found.rule);
        if (ttss_rule_ends(found.rule))
            return found.end;
        pos = run.end;
    }
}
