/* SPDX-License-Identifier: MIT */
/* Aliases as further readings; see words_alias.h. Aliases are found by their words in the most
 * usual reading, the longest at a place first, and the words are then written anew. */
#include "base/words_alias.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- reading -------------------------------------------------------------------------------- */

static int32_t add_alias(ttss_aliases *aliases, const char *text, size_t length, size_t line,
                         const char *language, ttsslice_error *err) {
    ttss_words words = {0};
    int32_t ret = ttss_words_read(&words, text, length, language, err);
    if (ret)
        return ret;
    if (words.token_count == 0)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID,
                        "aliases: line %zu has nothing between two \"=\"; write \"a = b\"", line);
    else if (!ttss_grow((void **)&aliases->items, &aliases->room, aliases->count + 1,
                        sizeof *aliases->items))
        ret = ttss_nomem(err);
    if (ret)
        ttss_words_free(&words);
    else
        aliases->items[aliases->count++] = (ttss_alias){words, line};
    return ret;
}

static int32_t read_line(ttss_aliases *aliases, const char *text, size_t length, size_t line,
                         const char *language, ttsslice_error *err) {
    size_t start = ttss_skip_space(text, 0, length);
    int32_t ret = 0;
    if (start == length || text[start] == '#')
        return 0;
    if (!memchr(text, '=', length))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "aliases: line %zu has no \"=\"; write \"a = b\"", line);
    while (start <= length && !ret) {
        const char *equals = memchr(text + start, '=', length - start);
        size_t end = equals ? (size_t)(equals - text) : length;
        ret = add_alias(aliases, text + start, end - start, line, language, err);
        start = end + 1;
    }
    return ret;
}

int32_t ttss_aliases_read(ttss_aliases *out, const char *text, const char *language,
                          ttsslice_error *err) {
    ttss_aliases aliases = {0};
    size_t length = TTSSLICE_NUL_TERMINATED, at = 0, line = 1;
    int32_t ret = 0;
    *out = aliases;
    if (!text)
        return 0;
    ret = ttss_text_check(text, &length, err);
    for (; at < length && !ret; line++) {
        const char *newline = memchr(text + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - text) : length;
        ret = read_line(&aliases, text + at, end - at, line, language, err);
        at = end + 1;
    }
    if (ret)
        ttss_aliases_free(&aliases);
    else
        *out = aliases;
    return ret;
}

void ttss_aliases_free(ttss_aliases *aliases) {
    for (size_t i = 0; i < aliases->count; i++)
        ttss_words_free(&aliases->items[i].words);
    free(aliases->items);
    *aliases = (ttss_aliases){0};
}

/* --- finding -------------------------------------------------------------------------------- */

static const ttss_reading *usual(const ttss_words *words, size_t token) {
    return &words->readings[words->tokens[token].first_reading];
}

static bool same_words(const ttss_words *a, const ttss_reading *x, const ttss_words *b,
                       const ttss_reading *y) {
    for (size_t i = 0; i < x->count; i++)
        if (strcmp(a->words[x->first + i], b->words[y->first + i]) != 0)
            return false;
    return true;
}

/* Tokens from `token` on that are the alias, or 0. */
static size_t match(const ttss_words *alias, const ttss_words *words, size_t token) {
    size_t count = alias->token_count;
    if (count > words->token_count - token)
        return 0;
    for (size_t i = 0; i < count; i++) {
        const ttss_reading *x = usual(alias, i), *y = usual(words, token + i);
        if (x->count != y->count || !same_words(alias, x, words, y))
            return 0;
    }
    return count;
}

static const ttss_alias *find_alias(const ttss_aliases *aliases, const ttss_words *words,
                                    size_t token, size_t *count) {
    const ttss_alias *found = NULL;
    *count = 1;
    for (size_t i = 0; i < aliases->count; i++) {
        size_t length = match(&aliases->items[i].words, words, token);
        if (length > (found ? *count : 0)) {
            found = &aliases->items[i];
            *count = length;
        }
    }
    return found;
}

/* --- writing -------------------------------------------------------------------------------- */

typedef struct writer {
    ttss_words out;
    size_t token_room, reading_room, offset_room;
    size_t *offsets; /* of the words */
    ttss_buf pool;
    bool failed;
} writer;

static void add_words(writer *w, const ttss_words *words, const ttss_reading *reading) {
    for (size_t i = 0; i < reading->count; i++) {
        const char *word = words->words[reading->first + i];
        if (!ttss_grow((void **)&w->offsets, &w->offset_room, w->out.word_count + 1,
                       sizeof *w->offsets)) {
            w->failed = true;
            return;
        }
        w->offsets[w->out.word_count++] = w->pool.length;
        ttss_buf_add(&w->pool, word, strlen(word) + 1);
    }
}

static void end_reading(writer *w, size_t first_word) {
    ttss_words *out = &w->out;
    if (!ttss_grow((void **)&out->readings, &w->reading_room, out->reading_count + 1,
                   sizeof *out->readings))
        w->failed = true;
    else
        out->readings[out->reading_count++] =
            (ttss_reading){.first = first_word, .count = out->word_count - first_word};
}

/* The tokens in their most usual readings, and a single one in its others too. */
static void add_readings(writer *w, const ttss_words *words, size_t token, size_t count) {
    size_t first = w->out.word_count;
    for (size_t i = 0; i < count; i++)
        add_words(w, words, usual(words, token + i));
    end_reading(w, first);
    for (size_t r = 1; count == 1 && r < words->tokens[token].reading_count; r++) {
        first = w->out.word_count;
        add_words(w, words, usual(words, token) + r);
        end_reading(w, first);
    }
}

static void write_token(writer *w, const ttss_aliases *aliases, const ttss_words *words,
                        size_t token, size_t count, const ttss_alias *alias) {
    const ttss_token *first = &words->tokens[token], *last = first + count - 1;
    size_t first_reading = w->out.reading_count;
    add_readings(w, words, token, count);
    for (size_t i = 0; alias && i < aliases->count; i++) {
        const ttss_alias *other = &aliases->items[i];
        if (other->group == alias->group && other != alias)
            add_readings(w, &other->words, 0, other->words.token_count);
    }
    if (w->failed || !ttss_grow((void **)&w->out.tokens, &w->token_room, w->out.token_count + 1,
                                sizeof *w->out.tokens)) {
        w->failed = true;
        return;
    }
    w->out.tokens[w->out.token_count++] =
        (ttss_token){.start = first->start,
                     .length = last->start + last->length - first->start,
                     .first_reading = first_reading,
                     .reading_count = w->out.reading_count - first_reading};
}

static bool finish(writer *w) {
    size_t room = 0;
    if (w->failed || w->pool.failed ||
        !ttss_grow((void **)&w->out.words, &room, w->out.word_count + 1, sizeof *w->out.words))
        return false;
    w->out.pool_length = w->pool.length;
    w->out.pool = ttss_buf_take(&w->pool);
    for (size_t i = 0; w->out.pool && i < w->out.word_count; i++)
        w->out.words[i] = w->out.pool + w->offsets[i];
    return w->out.pool != NULL;
}

int32_t ttss_aliases_apply(const ttss_aliases *aliases, ttss_words *words, ttsslice_error *err) {
    writer w = {0};
    if (aliases->count == 0)
        return 0;
    ttss_buf_init(&w.pool, SIZE_MAX / 2);
    for (size_t token = 0, count = 1; token < words->token_count && !w.failed; token += count) {
        const ttss_alias *alias = find_alias(aliases, words, token, &count);
        write_token(&w, aliases, words, token, count, alias);
    }
    bool done = finish(&w);
    if (done) {
        ttss_words_free(words);
        *words = w.out;
    } else {
        ttss_words_free(&w.out);
    }
    free(w.offsets);
    ttss_buf_free(&w.pool);
    return done ? 0 : ttss_nomem(err);
}
