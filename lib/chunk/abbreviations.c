/* SPDX-License-Identifier: MIT */
/* Reading a list of abbreviations; see abbreviations.h. Words are folded and sorted as those of a
 * language are, so that one lookup serves both. */
#include "chunk/abbreviations.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the longest list. */
#define LIST_MAX 65536

/* Bytes of the longest abbreviation: one that is folded always has room for a further character. */
#define WORD_MAX (TTSS_WORD_MAX - 4)

typedef struct span {
    size_t start;
    size_t end;
} span;

static int32_t bad_line(size_t line, const char *what, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_INVALID, "line %zu of the abbreviations %s", line, what);
}

/* The next word of a line, which ends at *end; *pos moves behind it. */
static span next_word(const char *text, size_t *pos, size_t end) {
    span word = {.start = ttss_skip_space(text, *pos, end)};
    word.end = word.start;
    while (word.end < end) {
        size_t next = word.end;
        if (ttss_is_space(ttss_utf8_next(text, end, &next)))
            break;
        word.end = next;
    }
    *pos = word.end;
    return word;
}

static uint8_t kind_of(const char *text, span word) {
    static const struct {
        const char *name;
        uint8_t kind;
    } kinds[] = {{"always", TTSS_ABBREVIATION_ALWAYS},
                 {"number", TTSS_ABBREVIATION_NUMBER},
                 {"name", TTSS_ABBREVIATION_NAME}};
    size_t length = word.end - word.start;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strlen(kinds[i].name) == length &&
            memcmp(kinds[i].name, text + word.start, length) == 0)
            return kinds[i].kind;
    return TTSS_ABBREVIATION_NONE;
}

static bool has_letter(const char *text, span word) {
    while (word.start < word.end)
        if (ttss_letter_of(ttss_utf8_next(text, word.end, &word.start)) != TTSS_LETTER_NONE)
            return true;
    return false;
}

static int32_t read_line(ttss_abbreviations *list, const char *text, size_t start, size_t end,
                         size_t line, ttsslice_error *err) {
    const char *comment = memchr(text + start, '#', end - start);
    size_t pos = start;
    if (comment)
        end = (size_t)(comment - text);
    span word = next_word(text, &pos, end);
    span kind = next_word(text, &pos, end);
    ttss_abbreviation *item = &list->items[list->count];
    if (word.start == word.end)
        return 0;
    if (next_word(text, &pos, end).start < end)
        return bad_line(line, "has more than two words; give one abbreviation a line", err);
    item->kind = TTSS_ABBREVIATION_ALWAYS;
    if (kind.start < kind.end)
        item->kind = kind_of(text, kind);
    if (item->kind == TTSS_ABBREVIATION_NONE)
        return bad_line(line,
                        "has a second word that is not always, number or name; use one of these, "
                        "or put the parts of an abbreviation on lines of their own",
                        err);
    if (!has_letter(text, word))
        return bad_line(line, "has no letter; give an abbreviation such as \"Mr.\"", err);
    if (text[word.end - 1] == '.')
        word.end--;
    char *folded = list->words[list->count];
    if (word.end - word.start > WORD_MAX ||
        !ttss_word_fold(text + word.start, word.end - word.start, folded))
        return bad_line(line, "is too long; an abbreviation has at most 43 bytes", err);
    item->text = folded;
    list->count++;
    return 0;
}

static int32_t read_lines(ttss_abbreviations *list, const char *text, size_t length,
                          ttsslice_error *err) {
    size_t line = 1;
    for (size_t start = 0; start < length; line++) {
        const char *newline = memchr(text + start, '\n', length - start);
        size_t end = newline ? (size_t)(newline - text) : length;
        int32_t code = 0;
        if (ttss_utf8_valid_prefix(text + start, end - start) < end - start)
            code = bad_line(line, "is not valid UTF-8; convert the list to UTF-8", err);
        if (!code)
            code = read_line(list, text, start, end, line, err);
        if (code)
            return code;
        start = end + 1;
    }
    return 0;
}

/* By text; of equal ones the later line last. */
static int compare(const void *a, const void *b) {
    const ttss_abbreviation *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : x->text < y->text ? -1 : x->text > y->text;
}

static void sort(ttss_abbreviations *list) {
    size_t kept = 0;
    if (list->count == 0)
        return;
    qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 1; i < list->count; i++) {
        if (strcmp(list->items[kept].text, list->items[i].text) != 0)
            kept++;
        list->items[kept] = list->items[i];
    }
    list->count = kept + 1;
}

int32_t ttss_abbreviations_read(ttss_abbreviations *list, const char *text, ttsslice_error *err) {
    size_t length = text ? strlen(text) : 0, lines = 1;
    int32_t ret = 0;
    *list = (ttss_abbreviations){0};
    if (length == 0)
        return 0;
    if (length > LIST_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the abbreviations are %zu bytes long; give at most %d", length, LIST_MAX);
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    list->items = ttss_new_array(lines, sizeof *list->items);
    list->words = ttss_new_array(lines, sizeof *list->words);
    ret = list->items && list->words ? read_lines(list, text, length, err) : ttss_nomem(err);
    if (ret)
        ttss_abbreviations_free(list);
    else
        sort(list);
    return ret;
}

void ttss_abbreviations_free(ttss_abbreviations *list) {
    free(list->items);
    free(list->words);
    *list = (ttss_abbreviations){0};
}
