/* SPDX-License-Identifier: MIT */
/* What the splitter knows about a language: word lists and a few traits, apart from the code that
 * uses them. A language is one file data_<code>.c with constant tables and one line in language.c.
 *
 * Whatever is not listed is decided by rules that need no data: letter case, initials, numbers,
 * closing marks, stops of other scripts. So a table may be short, and NULL where there is nothing
 * to say. Words are folded: each letter in its simple Unicode lower case (utf8proc_tolower(); "İ"
 * becomes "i"), NFC, at most TTSS_WORD_MAX bytes. Tables are sorted by byte (strcmp). A
 * test walks over all languages and checks that. */
#ifndef TTSS_CHUNK_LANGUAGE_H
#define TTSS_CHUNK_LANGUAGE_H

#include "chunk/marks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the longest word in a table; longer words are not looked up. */
#define TTSS_WORD_MAX 47

/* What a full stop after an abbreviation means if white space follows and then a capital, a letter
 * without case or a number. (Before a word in lower case a sentence always goes on.) */
enum ttss_abbreviation_kind {
    TTSS_ABBREVIATION_NONE = 0,   /* not an abbreviation */
    TTSS_ABBREVIATION_ALWAYS = 1, /* the sentence goes on: "Mr." */
    TTSS_ABBREVIATION_NUMBER = 2, /* it goes on before a number: "No. 5" but "No. He ..." */
    TTSS_ABBREVIATION_NAME = 3,   /* it ends before a sentence starter only: "Inc. The ..." */
    TTSS_ABBREVIATION_TIME = 4    /* it ends unless a number or one of time_continues follows:
                                     "6 p.m.", or the sentence so far is "At 5 a.m." */
};

enum ttss_abbreviation_case {
    TTSS_CASE_ANY = 0,
    TTSS_CASE_CAPITAL = 1, /* only with a capital: "Sat. 5 May", but "he sat." */
    TTSS_CASE_SMALL = 2,   /* only without: "p. 5", but "P. Smith" */
    TTSS_CASE_NUMBER = 3   /* without, it is of kind NUMBER: "Col. Moss", but "col. 5" */
};

typedef struct ttss_abbreviation {
    const char *text; /* folded, without the last full stop: "mr", "e.g". Of one that is written
                         with spaces, "z. B.", each part that is longer than a letter; single
                         letters with a full stop are initials and go on without data. */
    uint8_t kind;
    uint8_t letter_case; /* enum ttss_abbreviation_case of its first letter */
} ttss_abbreviation;

typedef struct ttss_word_list {
    const char *const *words;
    size_t count;
} ttss_word_list;

/* A character that ends sentences in this language but not everywhere: ';', ':' or one whose first
 * byte in UTF-8 is among those that find_stop() looks at (scan.c); a test checks that. */
typedef struct ttss_extra_stop {
    uint32_t character;
    uint8_t stop; /* enum ttss_stop: STRONG needs white space behind it, FULL does not */
} ttss_extra_stop;

#define TTSS_EXTRA_STOPS_MAX 4

enum ttss_trait {
    /* Nouns have capitals (German), so that a capital alone does not begin a sentence behind an
     * ellipsis or an initial: a starter does. */
    TTSS_TRAIT_NOUN_CAPITALS = 1,
    /* "XIV." may be an ordinal ("Ludwig XIV. von"): as ordinal_digits says for digits. */
    TTSS_TRAIT_ROMAN_ORDINALS = 2,
    /* "." ends no sentence by itself (Armenian, whose full stop is ":" or U+0589). */
    TTSS_TRAIT_PERIOD_IS_CLAUSE = 4,
    /* Dates are numbers with a full stop each: Korean "2019. 5. 3." */
    TTSS_TRAIT_SPACED_DATES = 8,
    /* The pronoun "I" has a capital wherever it stands. */
    TTSS_TRAIT_CAPITAL_PRONOUN = 16
};

typedef struct ttss_language {
    const char *code; /* ISO 639-1 */

    const ttss_abbreviation *abbreviations;
    size_t abbreviation_count;

    /* Words that end so are abbreviations of kind NUMBER: German "Lindenstr. 5". */
    ttss_word_list number_endings;

    /* With a capital they nearly always begin a sentence: "however", "the", pronouns, question
     * words, articles, prepositions. Asked for behind abbreviations of kind NAME, behind initials
     * and behind ordinals. No names, no nouns, nothing that is a surname. */
    ttss_word_list starters;

    /* Ordinals with a full stop, "3. Oktober", "10. pokus". A number of at most so many digits
     * (German: 2, since years end sentences) goes on unless a starter follows; 0: the language
     * has none. */
    uint8_t ordinal_digits;
    /* Whatever the digits, a number goes on before one of these: months, "century", "floor". */
    ttss_word_list ordinal_nouns;

    ttss_word_list prepositions;   /* begin a phrase of time: "At 5 a.m. Mr. Smith ..." */
    ttss_word_list time_continues; /* may follow kind TIME: "Eastern", "Monday" */

    /* Verbs of speech. Behind a closing quotation mark, "Go!" Hale said. is one sentence although
     * a name has a capital: asked for behind a name of a few words, and behind an article and a
     * noun or the like. Where there is no letter case, asked for at the end of the clause behind a
     * quotation, without spaces and by the end of the word alone; letters there have three bytes.
     */
    ttss_word_list speech_verbs;
    ttss_word_list articles; /* may begin to tell who speaks: "the", "his", "someone"; starters */

    /* Behind a closing quotation mark, with or without a space, the sentence goes on with text that
     * begins so: Japanese "と", Korean "라고". */
    ttss_word_list quote_continues;

    /* The same behind ! or ? without a quotation mark: Japanese "と". One of a single letter counts
     * only if no Hiragana follow, with which it may be another word. */
    ttss_word_list thought_continues;

    /* White space behind text that ends so ends a sentence: Thai "ครับ". */
    ttss_word_list closing_words;

    ttss_word_list numbered_headings; /* "Chapter 5"; asked for at the start of a block only */
    ttss_word_list plain_headings;    /* "Prologue"; alone in its block */
    ttss_word_list number_words;      /* "Chapter Five" */

    uint8_t traits; /* enum ttss_trait, or'd */
    uint8_t extra_stop_count;
    ttss_extra_stop extra_stops[TTSS_EXTRA_STOPS_MAX]; /* Greek ";" is a question mark: STRONG */

    /* Never set in a data file, but in a copy for one call by ttss_language_prepare(): the
     * application's own abbreviations, which win, and a bit for what each abbreviation looks like
     * from outside: first byte, last byte, length. It tells of most words that they are none. */
    const ttss_abbreviation *own;
    size_t own_count;
    bool prepared;
    uint32_t looks[64];
} ttss_language;

extern const ttss_language ttss_language_am, ttss_language_ar, ttss_language_bg, ttss_language_ca,
    ttss_language_cs, ttss_language_da, ttss_language_de, ttss_language_el, ttss_language_en,
    ttss_language_es, ttss_language_fa, ttss_language_fi, ttss_language_fr, ttss_language_hi,
    ttss_language_hu, ttss_language_hy, ttss_language_it, ttss_language_ja, ttss_language_kk,
    ttss_language_ko, ttss_language_mr, ttss_language_my, ttss_language_nb, ttss_language_nl,
    ttss_language_nn, ttss_language_no, ttss_language_pl, ttss_language_pt, ttss_language_ro,
    ttss_language_ru, ttss_language_sk, ttss_language_sv, ttss_language_th, ttss_language_tr,
    ttss_language_uk, ttss_language_ur, ttss_language_zh;

/* All languages with data, and their number. */
extern const ttss_language *const ttss_languages[];
extern const size_t ttss_language_count;

/* The language of a tag such as "en" or "en-GB"; one without lists if its language has no data;
 * NULL if it is not a language tag. */
const ttss_language *ttss_language_find(const char *tag);

/* The language that the script of a valid text suggests; English if there are no letters. Looks at
 * the first few thousand letters. */
const ttss_language *ttss_language_of_text(const char *text, size_t length);

/* Adds abbreviations of the application's own, sorted as all tables are, to a copy of a language.
 */
void ttss_language_prepare(ttss_language *copy, const ttss_abbreviation *own, size_t own_count);

/* False if the bytes before a full stop are certainly none; length > 0. */
bool ttss_may_be_abbreviation(const ttss_language *language, const char *text, size_t length);

/* enum ttss_abbreviation_kind of the bytes before a full stop. */
uint8_t ttss_abbreviation_kind_of(const ttss_language *language, const char *text, size_t length);

/* Whether a list holds a word, whatever its case. */
bool ttss_word_list_has(const ttss_word_list *list, const char *text, size_t length);

/* Folds a word as tables are folded, NUL behind it; false if it is empty or too long. */
bool ttss_word_fold(const char *text, size_t length, char word[TTSS_WORD_MAX + 1]);

#endif
