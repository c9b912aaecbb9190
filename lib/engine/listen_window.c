/* SPDX-License-Identifier: MIT */
/* Where in a long text a piece of audio is. A recogniser that expects the words around the place
 * hears better, and faster, than one that expects the whole text; the place is carried along by
 * aligning what was heard with the window (local alignment after Smith and Waterman, 1981, with a
 * token of several words as one column). */
#include "engine/listen.h"

#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define MARGIN       ((size_t)40) /* tokens kept on both sides */
#define TOKENS_PER_S 5.0          /* faster than anybody reads */
#define FEW_WORDS    4            /* too few to tell a place by */

enum { MATCH = 2, FURTHER_WORD = 1, SLIP = -1 };

ttss_words ttss_window_at(const ttss_words *words, size_t position, double seconds) {
    ttss_words view = *words;
    size_t ahead = MARGIN + (size_t)(seconds * TOKENS_PER_S);
    size_t start = position > MARGIN ? position - MARGIN : 0;
    size_t end = words->token_count - position < ahead ? words->token_count : position + ahead;
    view.tokens = words->tokens + start;
    view.token_count = end - start;
    return view;
}

static bool token_has(const ttss_words *words, const ttss_token *token, const char *heard) {
    for (size_t r = 0; r < token->reading_count; r++) {
        const ttss_reading *reading = &words->readings[token->first_reading + r];
        for (size_t w = 0; w < reading->count; w++)
            if (strcmp(words->words[reading->first + w], heard) == 0)
                return true;
    }
    return false;
}

static int best_of(int a, int b) {
    return a > b ? a : b;
}

int32_t ttss_window_follow(const ttss_words *view, const char *const *heard, size_t count,
                           bool *found, size_t *end, ttsslice_error *err) {
    size_t columns = view->token_count;
    int *row = ttss_new_array(columns + 1, sizeof *row);
    int best = 0;
    if (!row)
        return ttss_nomem(err);
    *end = 0;
    for (size_t i = 0; i < count; i++) {
        int diagonal = 0; /* of the row above */
        for (size_t j = 1; j <= columns; j++) {
            int above = row[j];
            bool same = token_has(view, &view->tokens[j - 1], heard[i]);
            int score = best_of(0, diagonal + (same ? MATCH : SLIP));
            score = best_of(score, above + (same && above > 0 ? FURTHER_WORD : SLIP));
            score = best_of(score, row[j - 1] + SLIP);
            diagonal = above;
            row[j] = score;
            if (score > best) {
                best = score;
                *end = j;
            }
        }
    }
    free(row);
    *found = count < FEW_WORDS || (size_t)best >= count;
    return 0;
}
