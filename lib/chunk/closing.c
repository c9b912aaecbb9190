/* SPDX-License-Identifier: MIT */
/* Spaces that end sentences; see closing.h. */
#include "chunk/closing.h"

#include "base/utf8.h"
#include "chunk/around.h"

#include <string.h>

/* Words are not divided by spaces, so the last of them is known by its end alone. */
static bool ends_in(const ttss_word_list *list, const char *text, size_t start, size_t pos) {
    for (size_t i = 0; i < list->count; i++) {
        size_t length = strlen(list->words[i]);
        if (pos - start >= length && memcmp(text + pos - length, list->words[i], length) == 0)
            return true;
    }
    return false;
}

size_t ttss_closing_space(const ttss_language *language, const char *text, size_t start, size_t pos,
                          size_t until, size_t end) {
    if (language->closing_words.count == 0)
        return end;
    while (pos < until) {
        const char *space = memchr(text + pos, ' ', until - pos);
        if (!space)
            return end;
        size_t found = (size_t)(space - text);
        pos = ttss_skip_space(text, found, end);
        if (ends_in(&language->closing_words, text, start, found) &&
            ttss_letter_of(ttss_char_at(text, pos, end)) != TTSS_LETTER_NONE)
            return found;
    }
    return end;
}
