/* SPDX-License-Identifier: MIT */
/* What the splitter knows about a language: word lists, apart from the code that uses them. A
 * language is one file data_<code>.c with constant tables, and one line in language.c. All words
 * are stored folded (ASCII lower case), sorted by byte for bsearch; a test checks that. */
#ifndef TTSS_CHUNK_LANGUAGE_H
#define TTSS_CHUNK_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a full stop after an abbreviation may mean when a capital or a number follows. */
enum ttss_abbreviation_kind {
    TTSS_ABBREVIATION_NONE = 0,   /* not an abbreviation */
    TTSS_ABBREVIATION_ALWAYS = 1, /* the sentence goes on: "Mr." */
    TTSS_ABBREVIATION_NUMBER = 2, /* it goes on before a number: "No. 5" but "No. He ..." */
    TTSS_ABBREVIATION_NAME = 3,   /* it ends before a sentence starter only: "Inc. The ..." */
    TTSS_ABBREVIATION_TIME = 4    /* it ends unless a time zone or date follows: "6 p.m." */
};

enum ttss_abbreviation_case {
    TTSS_CASE_ANY = 0,
    TTSS_CASE_CAPITAL = 1, /* "Sat. 5 May", but "he sat." */
    TTSS_CASE_SMALL = 2    /* "p. 5", but "P. Smith" */
};

typedef struct ttss_abbreviation {
    const char *text; /* without the last full stop: "mr", "e.g" */
    uint8_t kind;
    uint8_t letter_case; /* enum ttss_abbreviation_case of its first letter */
} ttss_abbreviation;

typedef struct ttss_word_list {
    const char *const *words;
    size_t count;
} ttss_word_list;

typedef struct ttss_language {
    const char *code; /* ISO 639-1 */
    const ttss_abbreviation *abbreviations;
    size_t abbreviation_count;
    ttss_word_list starters;          /* with a capital they begin a sentence: "however" */
    ttss_word_list prepositions;      /* begin a phrase of time: "At 5 a.m. Mr. Smith ..." */
    ttss_word_list time_continues;    /* may follow "6 p.m.": "Eastern", "Monday" */
    ttss_word_list numbered_headings; /* "Chapter 5" */
    ttss_word_list plain_headings;    /* "Prologue" */
    ttss_word_list number_words;      /* "Chapter Five" */
} ttss_language;

extern const ttss_language ttss_language_en;

/* The language of a tag such as "en" or "en-GB"; one without lists if its language has no data;
 * NULL if it is not a language tag. NULL means "en". */
const ttss_language *ttss_language_find(const char *tag);

/* enum ttss_abbreviation_kind of the bytes before a full stop. */
uint8_t ttss_abbreviation_kind_of(const ttss_language *language, const char *text, size_t length);

/* Whether a list holds a word, whatever its case. */
bool ttss_word_list_has(const ttss_word_list *list, const char *text, size_t length);

#endif
