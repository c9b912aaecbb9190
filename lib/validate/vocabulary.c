/* SPDX-License-Identifier: MIT */
/* Interning of words; see vocabulary.h. Open addressing, at most half full; the hash is a multiply
 * and a fold for every eight bytes, as most words have no more. */
#include "validate/vocabulary.h"

#include "base/mem.h"
#include "validate/spelling.h"

#include <stdlib.h>
#include <string.h>

#define STRIPPED_MAX 64 /* bytes; in longer words apostrophes count */

/* --- hash ----------------------------------------------------------------------------------- */

static inline uint64_t mix(uint64_t x) {
    x *= UINT64_C(0x9E3779B97F4A7C15);
    return x ^ (x >> 32);
}

static inline uint64_t load(const char *p, size_t length) {
    uint64_t x = 0;
    if (length >= 8) {
        memcpy(&x, p, 8);
    } else if (length >= 4) {
        uint32_t low, high;
        memcpy(&low, p, 4);
        memcpy(&high, p + length - 4, 4);
        x = (uint64_t)high << 32 | low;
    } else if (length > 0) {
        x = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[length / 2] << 8 |
            (unsigned char)p[length - 1];
    }
    return x;
}

/* Nonzero if one of the bytes is an apostrophe (Mycroft's test for a zero byte). */
static uint64_t apostrophes(uint64_t x) {
    x ^= UINT64_C(0x2727272727272727);
    return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

static inline uint64_t hash_bytes(const char *p, size_t length, uint64_t *found) {
    uint64_t hash = mix(length + 1);
    for (; length > 8; p += 8, length -= 8) {
        uint64_t x = load(p, 8);
        *found |= apostrophes(x);
        hash = mix(hash ^ x);
    }
    uint64_t x = load(p, length);
    *found |= apostrophes(x);
    return mix(hash ^ x);
}

static size_t strip(const char *text, size_t length, char out[STRIPPED_MAX]) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\'')
            out[count++] = text[i];
    return count;
}

/* whole: of such texts no two of one length have the same hash, as each step of mix() can be undone
 * and load() leaves no byte out. */
static inline uint64_t hash_of(const char *text, size_t length, bool *whole) {
    char stripped[STRIPPED_MAX];
    uint64_t found = 0, hash = hash_bytes(text, length, &found);
    *whole = !found && length <= 8;
    if (!found || length > STRIPPED_MAX)
        return hash;
    return hash_bytes(stripped, strip(text, length, stripped), &found);
}

/* For a text with the hash of the symbol. */
static bool is_same(const ttss_symbol *symbol, const char *text, size_t length, bool whole) {
    char a[STRIPPED_MAX], b[STRIPPED_MAX];
    if (whole && symbol->whole && symbol->length == length)
        return true;
    if (symbol->length == length && memcmp(symbol->text, text, length) == 0)
        return true;
    if (length > STRIPPED_MAX || symbol->length > STRIPPED_MAX)
        return false;
    size_t n = strip(symbol->text, symbol->length, a), m = strip(text, length, b);
    return n == m && memcmp(a, b, n) == 0;
}

/* --- table ---------------------------------------------------------------------------------- */

static inline size_t find_slot(const ttss_vocabulary *v, const char *text, size_t length,
                               uint64_t hash, bool whole) {
    size_t slot = (size_t)hash & (v->slot_count - 1);
    while (v->slots[slot]) {
        const ttss_symbol *symbol = &v->symbols[v->slots[slot] - 1];
        if (symbol->hash == hash && is_same(symbol, text, length, whole))
            break;
        slot = (slot + 1) & (v->slot_count - 1);
    }
    return slot;
}

static bool make_slots(ttss_vocabulary *v, size_t symbols) {
    size_t wanted = 64;
    while (wanted < 2 * symbols)
        wanted *= 2;
    uint32_t *slots = ttss_new_array(wanted, sizeof *slots);
    if (!slots)
        return false;
    free(v->slots);
    v->slots = slots;
    v->slot_count = wanted;
    for (size_t i = 0; i < v->count; i++) {
        const ttss_symbol *s = &v->symbols[i];
        v->slots[find_slot(v, s->text, s->length, s->hash, s->whole)] = (uint32_t)i + 1;
    }
    return true;
}

bool ttss_vocabulary_make(ttss_vocabulary *v, size_t expected) {
    *v = (ttss_vocabulary){0};
    if (expected < UINT32_MAX / 4 &&
        ttss_grow((void **)&v->symbols, &v->room, expected + 8, sizeof *v->symbols) &&
        make_slots(v, expected))
        return true;
    ttss_vocabulary_free(v);
    return false;
}

void ttss_vocabulary_free(ttss_vocabulary *v) {
    free(v->symbols);
    free(v->slots);
    *v = (ttss_vocabulary){0};
}

uint32_t ttss_vocabulary_add(ttss_vocabulary *v, const char *text, size_t length, uint8_t side) {
    bool whole = false;
    uint64_t hash = hash_of(text, length, &whole);
    size_t slot = find_slot(v, text, length, hash, whole);
    if (!v->slots[slot]) {
        if (length >= UINT32_MAX || v->count >= UINT32_MAX / 4 ||
            !ttss_grow((void **)&v->symbols, &v->room, v->count + 1, sizeof *v->symbols))
            return TTSS_NO_SYMBOL;
        if (2 * (v->count + 1) > v->slot_count) {
            if (!make_slots(v, 2 * (v->count + 1)))
                return TTSS_NO_SYMBOL;
            slot = find_slot(v, text, length, hash, whole);
        }
        v->symbols[v->count] = (ttss_symbol){.text = text,
                                             .length = (uint32_t)length,
                                             .whole = whole,
                                             .hash = hash,
                                             .same = (uint32_t)v->count};
        v->slots[slot] = (uint32_t)++v->count;
    }
    ttss_symbol *symbol = &v->symbols[v->slots[slot] - 1];
    symbol->sides |= side;
    v->symbols[symbol->same].sides |= side;
    return symbol->same;
}

/* Only what is on one side alone can be a spelling of something else. */
bool ttss_vocabulary_unify(ttss_vocabulary *v) {
    bool any = false;
    for (size_t i = 0; i < v->count; i++) {
        char out[TTSS_SPELLING_MAX];
        ttss_symbol *symbol = &v->symbols[i];
        if (symbol->sides == (TTSS_SIDE_TEXT | TTSS_SIDE_HEARD))
            continue;
        size_t length = ttss_one_spelling(symbol->text, symbol->length, out);
        uint32_t other = length ? ttss_vocabulary_find(v, out, length) : TTSS_NO_SYMBOL;
        if (other == TTSS_NO_SYMBOL)
            continue;
        symbol->same = other;
        v->symbols[other].sides |= symbol->sides;
        any = true;
    }
    return any;
}

uint32_t ttss_vocabulary_find(const ttss_vocabulary *v, const char *text, size_t length) {
    bool whole = false;
    uint64_t hash = hash_of(text, length, &whole);
    return v->slots[find_slot(v, text, length, hash, whole)] - 1;
}

/* --- likeness ------------------------------------------------------------------------------- */

static uint64_t sign(ttss_symbol *symbol) {
    unsigned char before = 0;
    if (symbol->signature)
        return symbol->signature;
    for (size_t i = 0; i < symbol->length; i++) {
        unsigned char c = (unsigned char)symbol->text[i];
        if (c == '\'')
            continue;
        symbol->signature |= UINT64_C(1) << (c & 31);
        if (before)
            symbol->signature |= UINT64_C(1) << (32 + ((before * 7U + c) & 31));
        before = c;
    }
    return symbol->signature;
}

uint32_t ttss_vocabulary_unlike(ttss_vocabulary *v, uint32_t a, uint32_t b, uint32_t most) {
    uint64_t p = sign(&v->symbols[a]), q = sign(&v->symbols[b]);
    uint32_t all = ttss_count_bits(p | q), both = ttss_count_bits(p & q);
    return most * (all - both) / (all ? all : 1);
}
