/* SPDX-License-Identifier: MIT */
/* Brackets and quotations within sentences; see embed.h. */
#define _GNU_SOURCE /* memrchr, memmem */
#include "chunk/embed.h"

#include "chunk/around.h"

#include <string.h>

/* Bytes looked back for the opening bracket, and brackets that may close in between. */
#define BRACKETS_MAX 400
#define PAIRS_MAX    8

/* The bracket in text[start, end) that is not closed there; NULL if there is none. */
static const char *find_open(const char *start, const char *end) {
    size_t closed = 0;
    for (int i = 0; i < PAIRS_MAX; i++) {
        const char *open = memrchr(start, '(', (size_t)(end - start));
        if (!open)
            return NULL;
        if (open > start && strchr(":;-=", open[-1])) { /* a sad face */
            end = open;
            continue;
        }
        const char *close = open;
        while (close && ++close < end) {
            close = memchr(close, ')', (size_t)(end - close));
            closed += close != NULL;
        }
        if (closed == 0)
            return open;
        closed--;
        end = open;
    }
    return NULL;
}

/* The same for full width brackets, U+FF08 and U+FF09. */
static const char *find_open_wide(const char *start, const char *end) {
    size_t closed = 0;
    if (!memmem(start, (size_t)(end - start), "\xEF\xBC\x88", 3))
        return NULL;
    for (const char *p = end - 3; p >= start; p--) {
        if (memcmp(p, "\xEF\xBC\x89", 3) == 0 || *p == ')')
            closed++;
        else if (memcmp(p, "\xEF\xBC\x88", 3) == 0 && closed-- == 0)
            return p;
    }
    return NULL;
}

bool ttss_in_brackets(const char *text, size_t sentence, const ttss_run *run) {
    size_t least = run->start - sentence > BRACKETS_MAX ? run->start - BRACKETS_MAX : sentence;
    const char *start = text + least, *end = text + run->start;
    const char *open = find_open(start, end);
    if (run->full && open && memmem(open, (size_t)(end - open), "\xEF\xBC\x89", 3))
        open = NULL; /* a pair of both kinds */
    if (run->full && !open)
        open = find_open_wide(start, end);
    return open && ttss_has_words(text, sentence, (size_t)(open - text));
}

bool ttss_quotation_goes_on(const ttss_language *language, const char *text, const ttss_run *run,
                            size_t pos, size_t end) {
    const ttss_word_list *list = &language->quote_continues;
    if (run->closed == run->end)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        size_t length = strlen(list->words[i]);
        if (end - pos >= length && memcmp(text + pos, list->words[i], length) == 0)
            return true;
    }
    return false;
}
