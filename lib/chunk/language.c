/* SPDX-License-Identifier: MIT */
/* Finding a language, and looking words up in its tables by binary search; see language.h. */
#include "chunk/language.h"

#include <stdlib.h>
#include <string.h>

/* Longer words are in no table. */
#define WORD_MAX 23

static const ttss_language *const languages[] = {&ttss_language_en};

/* For languages without data of their own: the rules alone. */
static const ttss_language no_data = {.code = "und"};

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

const ttss_language *ttss_language_find(const char *tag) {
    char code[4] = {0};
    size_t length = 0;
    if (!tag)
        tag = "en";
    for (; length < 3 && fold(tag[length]) >= 'a' && fold(tag[length]) <= 'z'; length++)
        code[length] = fold(tag[length]);
    if (length < 2 || (tag[length] && tag[length] != '-' && tag[length] != '_'))
        return NULL;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (strcmp(languages[i]->code, code) == 0)
            return languages[i];
    return &no_data;
}

static bool fold_word(const char *text, size_t length, char word[WORD_MAX + 1]) {
    if (length == 0 || length > WORD_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        word[i] = fold(text[i]);
    word[length] = '\0';
    return true;
}

static int compare_word(const void *key, const void *element) {
    return strcmp(key, *(const char *const *)element);
}

bool ttss_word_list_has(const ttss_word_list *list, const char *text, size_t length) {
    char word[WORD_MAX + 1];
    return list->count > 0 && fold_word(text, length, word) &&
           bsearch(word, list->words, list->count, sizeof list->words[0], compare_word);
}

static int compare_abbreviation(const void *key, const void *element) {
    return strcmp(key, ((const ttss_abbreviation *)element)->text);
}

uint8_t ttss_abbreviation_kind_of(const ttss_language *language, const char *text, size_t length) {
    char word[WORD_MAX + 1];
    if (language->abbreviation_count == 0 || !fold_word(text, length, word))
        return TTSS_ABBREVIATION_NONE;
    const ttss_abbreviation *found =
        bsearch(word, language->abbreviations, language->abbreviation_count,
                sizeof language->abbreviations[0], compare_abbreviation);
    if (!found)
        return TTSS_ABBREVIATION_NONE;
    uint8_t letter_case = text[0] == word[0] ? TTSS_CASE_SMALL : TTSS_CASE_CAPITAL;
    if (found->letter_case != TTSS_CASE_ANY && found->letter_case != letter_case)
        return TTSS_ABBREVIATION_NONE;
    return found->kind;
}
