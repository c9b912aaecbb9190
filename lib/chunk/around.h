/* SPDX-License-Identifier: MIT */
/* What stands around a mark that may end a sentence: the word before it and the words behind it.
 * All looks are bounded, so that judging a mark takes constant time. */
#ifndef TTSS_CHUNK_AROUND_H
#define TTSS_CHUNK_AROUND_H

#include "chunk/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes looked back. A word that is longer is no abbreviation. */
#define TTSS_LOOK_BACK 48

/* The word behind a mark. */
typedef struct ttss_next {
    enum ttss_letter first;
    uint32_t mark; /* the character there, if it is neither letter nor digit; 0: none */
    size_t start;
} ttss_next;

/* The character at pos, or before it; 0 at the edge. */
uint32_t ttss_char_at(const char *text, size_t pos, size_t end);
uint32_t ttss_char_before(const char *text, size_t start, size_t pos);

/* Reads over white space and a few opening marks. */
ttss_next ttss_next_read(const char *text, size_t pos, size_t end);

/* End of the word at pos, which may be pos. Gives up, and returns pos, on a word so long that it is
 * in no table. */
size_t ttss_word_end(const char *text, size_t pos, size_t end);

/* Start of the word that ends at pos; stops a little beyond TTSS_LOOK_BACK bytes. Full stops within
 * it and apostrophes are part of it. */
size_t ttss_word_start(const char *text, size_t start, size_t pos);

/* Start of the word text[word, pos) with what a hyphen or slash joins to it, "S" in "S-ro". */
size_t ttss_compound_start(const char *text, size_t start, size_t word, size_t pos);

/* The single letter with a full stop and white space behind it that stands before pos, "z. " in
 * "z. B": returns its end, full stop included, and sets *letter to its start. 0 if there is none.
 */
size_t ttss_letter_before(const char *text, size_t start, size_t pos, size_t *letter);

/* Something to say stands between start and pos. Only the first bytes are looked at. */
bool ttss_has_words(const char *text, size_t start, size_t pos);

/* "J", "U.S", "p.m": single letters with full stops between them. */
bool ttss_is_initials(const char *text, size_t start, size_t end);

/* Roman numerals, but not the pronoun. */
bool ttss_is_roman(const char *text, size_t start, size_t end);

/* The next word begins a sentence as far as the language knows. */
bool ttss_starts_sentence(const ttss_language *language, const char *text, const ttss_next *next,
                          size_t end);

/* Behind a quotation it is told who says it, with a capital: "Go!" Hale said. "Go!" The man said.
 */
bool ttss_names_speaker(const ttss_language *language, const char *text, const ttss_next *next,
                        size_t end);

/* The same where words are not divided: the clause at pos is short, and its last word, or the last
 * but a pronoun or a particle of one character, is a verb of speech: “走吧！”他对妻子说。 */
bool ttss_tells_speaker(const ttss_language *language, const char *text, size_t pos, size_t end);

/* The same where there are spaces but no letter case: "갈래?" 그녀가 물었다. */
bool ttss_tells_speaker_apart(const ttss_language *language, const char *text, size_t pos,
                              size_t end);

#endif
