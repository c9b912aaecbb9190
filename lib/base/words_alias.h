/* SPDX-License-Identifier: MIT */
/* What a user says may stand for each other: lines of "NYC = New York = the big apple". Where a
 * text has one of them, the others become further readings. */
#ifndef TTSS_BASE_WORDS_ALIAS_H
#define TTSS_BASE_WORDS_ALIAS_H

#include "base/words.h"

typedef struct ttss_alias {
    ttss_words words;
    size_t group; /* those of a line are one */
} ttss_alias;

typedef struct ttss_aliases {
    ttss_alias *items;
    size_t count, room;
} ttss_aliases;

/* Reads lines; empty ones and those that begin with # say nothing. NULL: no aliases. Fails with
 * INVALID (naming the line), TEXT, NOMEM. */
int32_t ttss_aliases_read(ttss_aliases *out, const char *text, const char *language,
                          ttsslice_error *err);
void ttss_aliases_free(ttss_aliases *aliases); /* also of a zeroed struct */

/* Gives the words their further readings; tokens that are an alias together become one. Fails with
 * NOMEM, and leaves the words as they are. */
int32_t ttss_aliases_apply(const ttss_aliases *aliases, ttss_words *words, ttsslice_error *err);

#endif
