/* SPDX-License-Identifier: MIT */
/* Checked memory; see mem.h. */
#include "base/mem.h"

#include <ttsslice/version.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *ttss_new_array(size_t count, size_t size) {
    return calloc(count ? count : 1, size ? size : 1);
}

char *ttss_memdup(const void *bytes, size_t length) {
    if (length == SIZE_MAX)
        return NULL;
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *ttss_strdup(const char *text) {
    return text ? ttss_memdup(text, strlen(text)) : NULL;
}

bool ttss_grow(void **items, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity)
        return true;
    size_t wanted = *capacity > SIZE_MAX / 2 ? needed : *capacity * 2;
    if (wanted < needed)
        wanted = needed;
    if (wanted < 8)
        wanted = size < 8 ? 64 / size : 8;
    if (wanted > SIZE_MAX / size)
        return false;
    void *grown = realloc(*items, wanted * size);
    if (!grown)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

void *ttsslice_alloc(size_t size) {
    return malloc(size ? size : 1);
}

void ttsslice_free(void *memory) {
    free(memory);
}
