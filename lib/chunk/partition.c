/* SPDX-License-Identifier: MIT */
/* The dynamic programme; see partition.h. */
#include "chunk/partition.h"

#include "base/mem.h"

#include <ttsslice/chunk.h>

#include <stdlib.h>
#include <string.h>

/* Prices, in hundredths of the limit's square, so that they mean the same for every limit. A chunk
 * of length n costs 100 (n / limit)^2: as the number of chunks is given, the sum is least for even
 * lengths, and two chunks that differ from their mean by d cost 200 (d / limit)^2 more.
 *
 * A too short chunk costs more than evenness can be worth: models stumble over a word or two. A
 * place inside a sentence costs as much as two chunks that miss their mean by the square root of
 * price / 200: a quarter of the limit for a comma, half of it for any word. */
#define PRICE_TOO_SHORT 200
static const uint32_t price_of_edge[] = {
    [TTSS_EDGE_SENTENCE] = 0,     /* as it is meant to be heard; the end of a paragraph, too */
    [TTSS_EDGE_CLAUSE] = 0,       /* a pause is expected there */
    [TTSS_EDGE_COMMA_WORD] = 8,   /* mostly a pause, and a clause begins */
    [TTSS_EDGE_COMMA] = 12,       /* may be a list, or part a verb from its object */
    [TTSS_EDGE_BEFORE_WORD] = 30, /* mostly the edge of a phrase */
    [TTSS_EDGE_WORD] = 50,        /* may be anywhere in a phrase */
    [TTSS_EDGE_GLUE] = 100,       /* "5 km"; there only if nothing else was left */
    [TTSS_EDGE_INSIDE] = 150,     /* never said right; the same */
};

/* What comes first, as one number: ends inside sentences, ends at no clause, chunks. A count has 20
 * bits, which the window of pack.c keeps it in. */
#define KEY_CHUNK     UINT64_C(1)
#define KEY_NO_CLAUSE (UINT64_C(1) << 20)
#define KEY_INSIDE    (UINT64_C(1) << 40)

/* The best partition of the first so many units. */
typedef struct ttss_best {
    uint64_t key;
    uint64_t price;
    size_t last; /* first unit of its last chunk */
} ttss_best;

enum measure { MEASURE_NONE, MEASURE_LONGEST, MEASURE_SQUARES, MEASURE_PRICES };

static uint64_t key_of(enum ttss_edge edge) {
    if (edge == TTSS_EDGE_SENTENCE)
        return KEY_CHUNK;
    return KEY_CHUNK + KEY_INSIDE + (edge > TTSS_EDGE_COMMA ? KEY_NO_CLAUSE : 0);
}

uint64_t ttss_partition_price(const ttss_partition *p, uint64_t length, uint32_t words,
                              enum ttss_edge edge) {
    uint64_t unit = (uint64_t)p->limit * p->limit;
    bool short_chunk = length < p->min_merge || words < TTSS_WORDS_ENOUGH;
    return 100 * length * length + unit * price_of_edge[edge] +
           (short_chunk ? unit * PRICE_TOO_SHORT : 0);
}

/* The price of a partition with a further chunk. */
static uint64_t add_price(const ttss_partition *p, enum measure measure, uint64_t before,
                          size_t length, uint32_t words, enum ttss_edge edge) {
    switch (measure) {
    case MEASURE_LONGEST:
        return before > length ? before : length;
    case MEASURE_SQUARES:
        return before + (uint64_t)length * length;
    case MEASURE_PRICES:
        return before + ttss_partition_price(p, length, words, edge);
    default:
        return 0;
    }
}

/* best[end], of all last chunks of at most `limit` characters. Of equals the shortest is taken,
 * which leaves most to the chunks before it. */
static void find_last(const ttss_partition *p, const ttss_unit *units, size_t end, size_t limit,
                      enum measure measure) {
    const ttss_piece *tail = &units[end - 1].piece;
    uint64_t key = key_of(tail->edge);
    ttss_best found = {.key = UINT64_MAX};
    uint32_t words = 0;
    for (size_t first = end; first-- > 0;) {
        size_t length = tail->to - units[first].piece.at;
        if (length > limit)
            break;
        words += units[first].words;
        const ttss_best *before = &p->best[first];
        if (before->key + key > found.key)
            continue;
        uint64_t price = add_price(p, measure, before->price, length, words, tail->edge);
        if (before->key + key < found.key || price < found.price)
            found = (ttss_best){before->key + key, price, first};
    }
    p->best[end] = found;
}

static void find_all(const ttss_partition *p, const ttss_unit *units, size_t count, size_t limit,
                     enum measure measure) {
    p->best[0] = (ttss_best){0};
    for (size_t end = 1; end <= count; end++)
        find_last(p, units, end, limit, measure);
}

static bool read_back(ttss_partition *p, size_t count) {
    size_t chunks = (size_t)(p->best[count].key & (KEY_NO_CLAUSE - 1));
    if (!ttss_grow((void **)&p->firsts, &p->capacity, chunks, sizeof *p->firsts))
        return false;
    p->count = chunks;
    for (size_t end = count; end > 0; end = p->best[end].last)
        p->firsts[--chunks] = p->best[end].last;
    return true;
}

bool ttss_partition_make(ttss_partition *p, const ttss_unit *units, size_t count) {
    if (!ttss_grow((void **)&p->best, &p->best_capacity, count + 1, sizeof *p->best))
        return false;
    switch (p->packing) {
    case TTSSLICE_PACKING_GREEDY:
        find_all(p, units, count, p->limit, MEASURE_NONE);
        break;
    case TTSSLICE_PACKING_BALANCED:
        find_all(p, units, count, p->limit, MEASURE_LONGEST);
        /* With that as the limit the same first things can be had, and no more. */
        find_all(p, units, count, (size_t)p->best[count].price, MEASURE_SQUARES);
        break;
    default:
        find_all(p, units, count, p->limit, MEASURE_PRICES);
    }
    return read_back(p, count);
}

void ttss_partition_free(ttss_partition *p) {
    free(p->firsts);
    free(p->best);
}
