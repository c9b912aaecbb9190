/* SPDX-License-Identifier: MIT */
/* Bit-parallel longest common subsequence (Crochemore, Iliopoulos, Pinzon, Reid 2001; Hyyroe 2004).
 * The shorter text is taken in columns of 64 characters; the carry that one column hands to the
 * next is kept for each character of the longer text. So memory is linear in both texts and the
 * time is n * m / 64 steps. What both texts begin and end with is not looked at twice. */
#include "validate/similarity.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <ttsslice/validate.h>

typedef struct points {
    uint32_t *items;
    size_t count;
} points;

static bool decode(const char *text, size_t length, points *out) {
    out->count = 0;
    out->items = ttss_new_array(length, sizeof *out->items);
    if (!out->items)
        return false;
    for (size_t pos = 0; pos < length;)
        out->items[out->count++] = ttss_utf8_next(text, length, &pos);
    return true;
}

/* --- dense numbers for the characters of one text ------------------------------------------- */

typedef struct alphabet {
    uint32_t *keys;    /* character + 1; 0: free */
    uint32_t *numbers; /* 1, 2, ... */
    size_t mask;
    uint32_t count;
} alphabet;

static size_t find_slot(const alphabet *set, uint32_t c) {
    size_t slot = (c * UINT32_C(2654435761)) & set->mask;
    while (set->keys[slot] && set->keys[slot] != c + 1)
        slot = (slot + 1) & set->mask;
    return slot;
}

static bool alphabet_make(alphabet *set, const uint32_t *text, size_t count) {
    size_t room = 64;
    while (room < 2 * count)
        room *= 2;
    set->mask = room - 1;
    set->keys = ttss_new_array(room, sizeof *set->keys);
    set->numbers = ttss_new_array(room, sizeof *set->numbers);
    if (!set->keys || !set->numbers)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t slot = find_slot(set, text[i]);
        if (!set->keys[slot]) {
            set->keys[slot] = text[i] + 1;
            set->numbers[slot] = ++set->count;
        }
    }
    return true;
}

/* --- longest common subsequence ------------------------------------------------------------- */

static size_t column(uint64_t *masks, const uint32_t *a, size_t rows, const uint32_t *b, size_t m,
                     unsigned char *carry) {
    for (size_t i = 0; i < rows; i++)
        masks[a[i]] |= UINT64_C(1) << i;
    uint64_t v = ~UINT64_C(0);
    for (size_t j = 0; j < m; j++) {
        uint64_t match = masks[b[j]];
        uint64_t hits = v & match;
        uint64_t sum = v + hits;
        uint64_t total = sum + carry[j];
        carry[j] = (unsigned char)((sum < v) | (total < sum));
        v = total | (v & ~match);
    }
    for (size_t i = 0; i < rows; i++)
        masks[a[i]] = 0;
    uint64_t valid = rows == 64 ? ~UINT64_C(0) : (UINT64_C(1) << rows) - 1;
    return (size_t)__builtin_popcountll(~v & valid);
}

static bool lcs(uint32_t *a, size_t n, uint32_t *b, size_t m, size_t *length) {
    alphabet set = {0};
    unsigned char *carry = ttss_new_array(m, 1);
    uint64_t *masks = NULL;
    bool done = false;

    *length = 0;
    if (!carry || !alphabet_make(&set, a, n))
        goto out;
    masks = ttss_new_array((size_t)set.count + 1, sizeof *masks);
    if (!masks)
        goto out;
    for (size_t i = 0; i < n; i++)
        a[i] = set.numbers[find_slot(&set, a[i])];
    for (size_t j = 0; j < m; j++)
        b[j] = set.numbers[find_slot(&set, b[j])]; /* 0 if it is not in a */
    for (size_t i = 0; i < n; i += 64)
        *length += column(masks, a + i, n - i < 64 ? n - i : 64, b, m, carry);
    done = true;

out:
    free(set.keys);
    free(set.numbers);
    free(carry);
    free(masks);
    return done;
}

bool ttss_similarity(const char *a, size_t a_length, const char *b, size_t b_length,
                     double *score) {
    points x = {0}, y = {0};
    bool done = false;

    if (!decode(a, a_length, &x) || !decode(b, b_length, &y))
        goto out;
    if (x.count > y.count) {
        points swap = x;
        x = y;
        y = swap;
    }
    size_t head = 0, tail = 0, middle = 0;
    while (head < x.count && x.items[head] == y.items[head])
        head++;
    while (tail < x.count - head && x.items[x.count - 1 - tail] == y.items[y.count - 1 - tail])
        tail++;
    size_t n = x.count - head - tail, m = y.count - head - tail;
    if (n && !lcs(x.items + head, n, y.items + head, m, &middle))
        goto out;
    size_t total = x.count + y.count;
    *score = total ? 200.0 * (double)(head + middle + tail) / (double)total : 100.0;
    done = true;

out:
    free(x.items);
    free(y.items);
    return done;
}

int32_t ttsslice_ratio(const char *a, size_t a_length, const char *b, size_t b_length,
                       double *score, ttsslice_error *err) {
    if (!score)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "score is NULL; give a double to fill");
    int32_t code = ttss_text_check(a, &a_length, err);
    if (!code)
        code = ttss_text_check(b, &b_length, err);
    if (!code && !ttss_similarity(a, a_length, b, b_length, score))
        code = ttss_nomem(err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}
