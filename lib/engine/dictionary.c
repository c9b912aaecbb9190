/* SPDX-License-Identifier: MIT */
/* The recogniser's pronouncing dictionary (cmudict: a word, blanks, phones; further pronunciations
 * as "word(2)", not always next to the first) in memory, with a hash table of its lines: linear
 * probing, FNV-1a, at most half full. Reading it takes some 20 ms, once a transcriber; giving the
 * whole of it to the recogniser would take ten seconds a take. */
#include "engine/listen.h"

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MAX ((size_t)256 * 1000 * 1000)

struct ttss_dictionary {
    char *text;
    size_t length;
    uint32_t *slots; /* offset of a line + 1; 0: free */
    size_t mask;     /* slots - 1 */
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Length of the word that a line begins with, without "(2)". */
static size_t head_length(const char *line, size_t length) {
    size_t i = 0;
    while (i < length && !is_blank(line[i]) && line[i] != '\n' && (line[i] != '(' || i == 0))
        i++;
    return i;
}

static size_t line_length(const ttss_dictionary *d, size_t offset) {
    const char *end = memchr(d->text + offset, '\n', d->length - offset);
    return end ? (size_t)(end - d->text) - offset : d->length - offset;
}

static bool is_entry(const char *line, size_t length) {
    return length > 0 && !is_blank(line[0]) && strncmp(line, ";;", 2) != 0 &&
           strncmp(line, "##", 2) != 0;
}

static void insert(ttss_dictionary *d, size_t offset, size_t length) {
    size_t head = head_length(d->text + offset, length);
    size_t at = ttss_fnv(TTSS_FNV_START, d->text + offset, head) & d->mask;
    while (d->slots[at])
        at = (at + 1) & d->mask;
    d->slots[at] = (uint32_t)offset + 1;
}

static bool build_index(ttss_dictionary *d) {
    size_t lines = 1, size = 16;
    for (size_t i = 0; i < d->length; i++)
        lines += d->text[i] == '\n';
    while (size < 2 * lines)
        size *= 2;
    d->slots = ttss_new_array(size, sizeof *d->slots);
    if (!d->slots)
        return false;
    d->mask = size - 1;
    for (size_t offset = 0; offset < d->length;) {
        size_t length = line_length(d, offset);
        if (is_entry(d->text + offset, length))
            insert(d, offset, length);
        offset += length + 1;
    }
    return true;
}

int32_t ttss_dictionary_load(const char *path, ttss_dictionary **out, ttsslice_error *err) {
    ttss_dictionary *d = ttss_new(ttss_dictionary);
    if (!d)
        return ttss_nomem(err);
    int32_t ret = ttss_file_read(path, FILE_MAX, &d->text, &d->length, err);
    if (!ret && !build_index(d))
        ret = ttss_nomem(err);
    if (ret) {
        ttss_dictionary_free(d);
        return ret;
    }
    *out = d;
    return 0;
}

void ttss_dictionary_free(ttss_dictionary *dictionary) {
    if (!dictionary)
        return;
    free(dictionary->text);
    free(dictionary->slots);
    free(dictionary);
}

const char *ttss_dictionary_find(const ttss_dictionary *d, const char *word, size_t index,
                                 size_t *length) {
    size_t wanted = strlen(word);
    size_t at = ttss_fnv(TTSS_FNV_START, word, wanted) & d->mask;
    for (; d->slots[at]; at = (at + 1) & d->mask) {
        const char *line = d->text + d->slots[at] - 1;
        size_t end = line_length(d, d->slots[at] - 1);
        if (head_length(line, end) != wanted || memcmp(line, word, wanted) != 0 || index-- > 0)
            continue;
        size_t start = wanted;
        while (start < end && !is_blank(line[start])) /* "(2)" */
            start++;
        while (start < end && is_blank(line[start]))
            start++;
        while (end > start && is_blank(line[end - 1]))
            end--;
        *length = end - start;
        return line + start;
    }
    return NULL;
}
