/* SPDX-License-Identifier: MIT */
/* Words around a mark; see around.h. */
#include "chunk/around.h"

#include "base/utf8.h"

#include <string.h>

/* Opening marks looked over for the word behind a mark. */
#define OPENERS_MAX 8

/* Characters of the clause that tells who speaks, in Han and with kana. */
#define SPEAKER_HAN        12
#define SPEAKER_CHARACTERS 24

/* Bytes of such a clause in Hangul. */
#define SPEAKER_BYTES 80

/* Words of a speaker's name before the verb: "Captain James T. Kirk said". */
#define NAME_WORDS 5

/* Words between an article and the verb: "The old driver said". */
#define ARTICLE_WORDS 2

/* Bytes of a particle in a name, "der", and of a title with a full stop, "Lieut.". */
#define PARTICLE_BYTES 3
#define TITLE_BYTES    5

uint32_t ttss_char_at(const char *text, size_t pos, size_t end) {
    return pos < end ? ttss_utf8_next(text, end, &pos) : 0;
}

uint32_t ttss_char_before(const char *text, size_t start, size_t pos) {
    return pos > start ? ttss_char_at(text, ttss_utf8_previous(text, pos), pos) : 0;
}

static bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Dutch begins sentences with a word of one small letter: "'s Avonds", "'t Is". */
static bool is_clitic(const char *text, size_t pos, size_t end) {
    return end - pos > 2 && text[pos] >= 'a' && text[pos] <= 'z' && text[pos + 1] == ' ' &&
           ttss_letter_of(ttss_char_at(text, pos + 2, end)) == TTSS_LETTER_UPPER;
}

ttss_next ttss_next_read(const char *text, size_t pos, size_t end) {
    ttss_next next = {.first = TTSS_LETTER_NONE};
    uint32_t before = 0;
    for (int i = 0; i < OPENERS_MAX; i++) {
        pos = ttss_skip_space(text, pos, end);
        next.mark = ttss_char_at(text, pos, end);
        next.first = ttss_letter_of(next.mark);
        if (next.first != TTSS_LETTER_NONE || !ttss_opens(next.mark))
            break;
        before = next.mark;
        ttss_utf8_next(text, end, &pos);
    }
    if (next.first == TTSS_LETTER_LOWER && (before == '\'' || before == 0x2019) &&
        is_clitic(text, pos, end))
        next.first = TTSS_LETTER_UPPER;
    next.start = pos;
    return next;
}

size_t ttss_word_end(const char *text, size_t pos, size_t end) {
    size_t p = pos;
    while (p < end && p - pos <= TTSS_WORD_MAX) {
        if (is_ascii_letter(text[p])) {
            p++;
            continue;
        }
        size_t next = p;
        if ((unsigned char)text[p] < 0x80 || !ttss_is_word(ttss_utf8_next(text, end, &next)))
            return p;
        p = next;
    }
    return p - pos <= TTSS_WORD_MAX ? p : pos;
}

/* Parts words when one looks back. */
static bool parts(uint32_t c) {
    if (c == '\'' || c == 0x2019)
        return false;
    return c == '/' || c == ',' || c == ')' || c == ']' || ttss_is_space(c) || ttss_opens(c);
}

size_t ttss_word_start(const char *text, size_t start, size_t pos) {
    size_t p = pos;
    while (p > start && pos - p <= TTSS_LOOK_BACK) {
        if (is_ascii_letter(text[p - 1])) {
            p--;
            continue;
        }
        size_t previous = ttss_utf8_previous(text, p);
        if (parts(ttss_char_at(text, previous, pos)))
            break;
        p = previous;
    }
    return p;
}

size_t ttss_compound_start(const char *text, size_t start, size_t word, size_t pos) {
    while (word > start + 1 && pos - word <= TTSS_LOOK_BACK &&
           (text[word - 1] == '-' || text[word - 1] == '/')) {
        size_t before = ttss_word_start(text, start, word - 1);
        if (before == word - 1)
            break;
        word = before;
    }
    return word;
}

size_t ttss_letter_before(const char *text, size_t start, size_t pos, size_t *letter) {
    if (pos - start < 3 || (text[pos - 1] == ' ' && text[pos - 2] != '.' && text[pos - 2] != ' '))
        return 0;
    size_t stop = ttss_trim_end(text, start, pos);
    if (stop == pos || stop - start < 2 || text[stop - 1] != '.')
        return 0;
    size_t first = ttss_utf8_previous(text, stop - 1);
    enum ttss_letter kind = ttss_letter_of(ttss_char_at(text, first, stop));
    if (kind == TTSS_LETTER_NONE || kind == TTSS_LETTER_DIGIT)
        return 0;
    if (first > start && !parts(ttss_char_before(text, start, first)))
        return 0;
    *letter = first;
    return stop;
}

bool ttss_has_words(const char *text, size_t start, size_t pos) {
    if (pos - start > TTSS_LOOK_BACK)
        return true;
    while (start < pos)
        if (ttss_letter_of(ttss_utf8_next(text, pos, &start)) != TTSS_LETTER_NONE)
            return true;
    return false;
}

bool ttss_is_initials(const char *text, size_t start, size_t end) {
    while (start < end) {
        enum ttss_letter letter = ttss_letter_of(ttss_utf8_next(text, end, &start));
        if (letter != TTSS_LETTER_UPPER && letter != TTSS_LETTER_LOWER)
            return false;
        if (start == end)
            return true;
        if (text[start++] != '.')
            return false;
    }
    return false;
}

bool ttss_is_roman(const char *text, size_t start, size_t end) {
    if (start == end || (end - start == 1 && text[start] == 'I'))
        return false;
    for (; start < end; start++)
        if (!memchr("IVXLCDM", text[start], 7))
            return false;
    return true;
}

bool ttss_starts_sentence(const ttss_language *language, const char *text, const ttss_next *next,
                          size_t end) {
    if (next->first != TTSS_LETTER_UPPER)
        return false;
    size_t stop = ttss_word_end(text, next->start, end);
    size_t letter = next->start;
    ttss_utf8_next(text, end, &letter);
    if (stop == letter && stop < end && text[stop] == '.')
        return false; /* an initial */
    return ttss_word_list_has(&language->starters, text + next->start, stop - next->start);
}

/* End of a word of a name, with what a hyphen or an apostrophe joins to it and the full stop of an
 * initial or a title. */
static size_t name_end(const char *text, size_t pos, size_t end) {
    size_t stop = ttss_word_end(text, pos, end);
    while (stop > pos && end - stop > 3) {
        size_t next = stop;
        uint32_t c = ttss_utf8_next(text, end, &next);
        size_t more = c == '-' || c == '\'' || c == 0x2019 ? ttss_word_end(text, next, end) : next;
        if (more == next)
            break;
        stop = more;
    }
    bool dotted = stop - pos <= TITLE_BYTES && stop > pos && stop < end && text[stop] == '.';
    return stop + dotted;
}

/* Behind a name the verb follows its last word, which has a capital; behind an article, the noun.
 * Before it there may be particles, "van der", or an adjective. */
static bool verb_follows(const ttss_language *language, const char *text, size_t pos, size_t end,
                         bool article) {
    bool noun = false;
    for (int i = 0; i <= NAME_WORDS; i++) {
        size_t stop = name_end(text, pos, end);
        bool upper = ttss_letter_of(ttss_char_at(text, pos, end)) == TTSS_LETTER_UPPER;
        size_t word = ttss_word_end(text, pos, end);
        if (!upper && noun && ttss_word_list_has(&language->speech_verbs, text + pos, word - pos))
            return true;
        if (stop == pos || stop >= end || text[stop] != ' ')
            return false;
        if (!upper && !article && stop - pos > PARTICLE_BYTES)
            return false;
        if (article && i > ARTICLE_WORDS)
            return false;
        noun = upper || (article && i > 0);
        pos = stop + 1;
    }
    return false;
}

bool ttss_names_speaker(const ttss_language *language, const char *text, const ttss_next *next,
                        size_t end) {
    if (language->speech_verbs.count == 0 || next->first != TTSS_LETTER_UPPER)
        return false;
    size_t pos = next->start, stop = ttss_word_end(text, pos, end);
    bool pronoun = stop - pos == 1 && text[pos] == 'I';
    bool title = stop < end && text[stop] == '.';
    bool starter = !pronoun && !title && ttss_starts_sentence(language, text, next, end);
    bool article = starter && ttss_word_list_has(&language->articles, text + pos, stop - pos);
    if (starter && !article)
        return false;
    return verb_follows(language, text, pos, end, article);
}

/* End of the Han and kana at pos, all of which have three bytes; pos if they are too many. */
static size_t han_end(const char *text, size_t pos, size_t end) {
    size_t p = pos, han = 0;
    for (; end - p >= 3; p += 3) {
        unsigned char first = (unsigned char)text[p], second = (unsigned char)text[p + 1];
        bool kana = first == 0xE3 && second >= 0x81 && second <= 0x83;
        if (!kana && (first < 0xE4 || first > 0xE9))
            break;
        han += !kana;
        if (han > SPEAKER_HAN || p - pos >= (size_t)3 * SPEAKER_CHARACTERS)
            return pos;
    }
    return p;
}

/* Whether the letters text[start, end) end with one of the words; all have three bytes. */
static bool ends_with(const ttss_word_list *list, const char *text, size_t start, size_t end) {
    for (size_t i = 0; i < list->count && end - start >= 3; i++) {
        const char *word = list->words[i];
        size_t length = word[3] ? strlen(word) : 3;
        if (memcmp(text + end - 3, word + length - 3, 3) == 0 && end - start >= length &&
            memcmp(text + end - length, word, length) == 0)
            return true;
    }
    return false;
}

bool ttss_tells_speaker(const ttss_language *language, const char *text, size_t pos, size_t end) {
    const ttss_word_list *verbs = &language->speech_verbs;
    if (verbs->count == 0)
        return false;
    size_t stop = han_end(text, pos, end);
    uint32_t mark = ttss_char_at(text, stop, end);
    if (stop < end && ttss_clause_of(mark) == TTSS_CLAUSE_NONE &&
        ttss_stop_of(mark) == TTSS_STOP_NONE)
        return false;
    return ends_with(verbs, text, pos, stop) ||
           (stop - pos > 3 && ends_with(verbs, text, pos, stop - 3));
}

bool ttss_tells_speaker_apart(const ttss_language *language, const char *text, size_t pos,
                              size_t end) {
    size_t stop = pos;
    if (language->speech_verbs.count == 0)
        return false;
    while (stop < end && stop - pos < SPEAKER_BYTES &&
           ((unsigned char)text[stop] >= 0x80 || text[stop] == ' '))
        stop++;
    return stop < end && (text[stop] == '.' || text[stop] == ',') &&
           ends_with(&language->speech_verbs, text, pos, stop);
}
