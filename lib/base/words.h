/* SPDX-License-Identifier: MIT */
/* A text as the words that are said when it is read aloud.
 *
 * A token is a span of the text that is read as a unit ("walked", "1984", "Dr.", "$5"). It has one
 * or more readings; a reading is one or more folded words ("nineteen eighty four", "one thousand
 * nine hundred eighty four"). Most tokens have exactly one reading of one word. Folded: NFKC, case
 * folded, no punctuation; apostrophes inside a word are kept as U+0027. What has no word in it
 * (dashes, bullets) is no token. Both the validator and the recogniser's dictionary are made of
 * these, so they agree on what may be heard. */
#ifndef TTSS_BASE_WORDS_H
#define TTSS_BASE_WORDS_H

#include <ttsslice/error.h>

typedef struct ttss_reading {
    size_t first; /* index into ttss_words.words */
    size_t count; /* at least 1 */
} ttss_reading;

typedef struct ttss_token {
    size_t start;         /* byte in the text */
    size_t length;        /* bytes, without surrounding punctuation */
    size_t first_reading; /* index into ttss_words.readings; the first is the most usual one */
    size_t reading_count; /* at least 1 */
} ttss_token;

typedef struct ttss_words {
    ttss_token *tokens;
    size_t token_count;
    ttss_reading *readings;
    size_t reading_count;
    const char **words; /* folded words, NUL-terminated, in pool */
    size_t word_count;
    char *pool; /* the words in their order, each with a NUL behind it */
    size_t pool_length;
} ttss_words;

/* Reads a valid UTF-8 text. language: a tag (base/language.h); number and abbreviation readings exist for "en"
 * and "de", readings of numbers for the languages that ICU spells out, where the build has it.
 * Fails with NOMEM. */
int32_t ttss_words_read(ttss_words *out, const char *text, size_t length, const char *language,
                        ttsslice_error *err);

void ttss_words_free(ttss_words *words); /* also of a zeroed struct */

#endif
