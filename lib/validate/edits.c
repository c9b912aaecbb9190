/* SPDX-License-Identifier: MIT */
/* Minimum-edit alignment (Levenshtein 1966) in three steps, each cheaper than a table of costs:
 *
 *   fill   bit-parallel (Myers 1999, Hyyroe 2003): 64 rows of text at once; for every pair of
 *          places three bits are kept, which say whether it costs one more than its neighbours
 *   mark   back from the end along every cheapest way; what lies on none of them is out
 *   weigh  among those, the one with fewer runs of gaps (Gotoh 1982) and more alike pairs
 *
 * The last step touches few places where both sides mostly agree. A pair of more than CELLS_MAX
 * cells is cut in halves first, so memory stays below CELLS_MAX bytes for the bits; that happens to
 * long pairs that share no run of words by which they could be cut better (see anchors.c). */
#include "validate/edits.h"

#include "base/mem.h"

#include <stdlib.h>

#define CELLS_MAX ((size_t)1 << 22)
#define NEVER     UINT32_MAX

typedef struct weight {
    uint32_t pair, deletion, insertion; /* of the best way here that ends with such a step */
} weight;

typedef struct grid {
    const uint32_t *text, *heard;
    ttss_vocabulary *vocabulary;
    size_t rows, columns; /* of symbols; places are numbered from 0 to rows and to columns */
    size_t words;         /* of 64 rows */
    uint64_t *dearer_down, *dearer_along, *diagonal; /* words for each column; see fill() */
    size_t mark_words;
    uint64_t *marks; /* mark_words for each place of a column */
    uint32_t *ranks; /* marks before each word of marks */
    weight *weights; /* of the marked places */
} grid;

bool ttss_pairs_add(ttss_pairs *out, uint32_t text, uint32_t heard) {
    if (out->count == out->room &&
        !ttss_grow((void **)&out->items, &out->room, out->count + 1, sizeof *out->items))
        return false;
    out->items[out->count++] = (ttss_pair){text, heard};
    return true;
}

/* --- filling -------------------------------------------------------------------------------- */

/* One word of 64 rows. Bit i of column j: dearer_down: place (i + 1, j + 1) costs one more than the
 * place above; dearer_along: than the place before; diagonal: as much as the one before and above.
 * carry: what the row above costs more (1) or less (-1) from column to column. */
static void fill_word(const grid *g, size_t k, uint64_t *masks, signed char *carry) {
    size_t first = 64 * k, count = g->rows - first < 64 ? g->rows - first : 64;
    uint64_t up = ~UINT64_C(0), down = 0;
    for (size_t i = 0; i < count; i++)
        masks[g->text[first + i]] |= UINT64_C(1) << i;
    for (size_t j = 0; j < g->columns; j++) {
        uint64_t less = carry[j]<0, more = carry[j]> 0;
        uint64_t match = masks[g->heard[j]] | less;
        uint64_t same = (((match & up) + up) ^ up) | match | down;
        uint64_t along = down | ~(same | up), back = same & up;
        g->dearer_along[j * g->words + k] = along;
        g->diagonal[j * g->words + k] = same;
        carry[j] = (signed char)((along >> 63) - (back >> 63));
        along = along << 1 | more;
        back = back << 1 | less;
        up = back | ~(same | along);
        down = along & same;
        g->dearer_down[j * g->words + k] = up;
    }
    for (size_t i = 0; i < count; i++)
        masks[g->text[first + i]] = 0;
}

static bool fill(const grid *g) {
    uint64_t *masks = ttss_new_array(g->vocabulary->count, sizeof *masks);
    signed char *carry = ttss_new_array(g->columns, 1);
    bool done = masks && carry;
    for (size_t j = 0; done && j < g->columns; j++)
        carry[j] = 1;
    for (size_t k = 0; done && k < g->words; k++)
        fill_word(g, k, masks, carry);
    free(masks);
    free(carry);
    return done;
}

/* Bit of place (i, j), both at least 1. */
static bool bit(const grid *g, const uint64_t *bits, size_t i, size_t j) {
    return bits[(j - 1) * g->words + (i - 1) / 64] >> ((i - 1) % 64) & 1;
}

static bool may_delete(const grid *g, size_t i, size_t j) {
    return i > 0 && (j == 0 || bit(g, g->dearer_down, i, j));
}

static bool may_insert(const grid *g, size_t i, size_t j) {
    return j > 0 && (i == 0 || bit(g, g->dearer_along, i, j));
}

static bool matches(const grid *g, size_t i, size_t j) {
    return g->text[i - 1] == g->heard[j - 1];
}

static bool may_pair(const grid *g, size_t i, size_t j) {
    return i > 0 && j > 0 && (matches(g, i, j) || !bit(g, g->diagonal, i, j));
}

/* --- marking -------------------------------------------------------------------------------- */

static void mark(const grid *g, size_t i, size_t j) {
    g->marks[j * g->mark_words + i / 64] |= UINT64_C(1) << (i % 64);
}

/* Returns the number of marks. */
static size_t mark_ways(const grid *g) {
    size_t count = 0;
    mark(g, g->rows, g->columns);
    for (size_t j = g->columns + 1; j-- > 0;)
        for (size_t k = g->mark_words; k-- > 0;) {
            const uint64_t *word = &g->marks[j * g->mark_words + k];
            uint64_t left = *word;
            while (left) {
                unsigned high = 63U - (unsigned)__builtin_clzll(left);
                size_t i = 64 * k + high;
                if (may_delete(g, i, j))
                    mark(g, i - 1, j);
                if (may_insert(g, i, j))
                    mark(g, i, j - 1);
                if (may_pair(g, i, j))
                    mark(g, i - 1, j - 1);
                left = *word & ((UINT64_C(1) << high) - 1); /* with those just marked */
            }
        }
    for (size_t k = 0; k < (g->columns + 1) * g->mark_words; k++) {
        g->ranks[k] = (uint32_t)count;
        count += ttss_count_bits(g->marks[k]);
    }
    return count;
}

static weight *weight_at(const grid *g, size_t i, size_t j) {
    size_t k = j * g->mark_words + i / 64;
    uint64_t below = g->marks[k] & ((UINT64_C(1) << (i % 64)) - 1);
    return &g->weights[g->ranks[k] + ttss_count_bits(below)];
}

/* --- weighing ------------------------------------------------------------------------------- */

static uint32_t plus(uint32_t a, uint32_t b) {
    return a > NEVER - b ? NEVER : a + b;
}

static uint32_t least(const weight *w) {
    uint32_t best = w->pair < w->deletion ? w->pair : w->deletion;
    return best < w->insertion ? best : w->insertion;
}

static uint32_t after_gap(uint32_t run, const weight *before) {
    uint32_t opened = plus(least(before), TTSS_COST_OPEN);
    return run < opened ? run : opened;
}

static uint32_t pair_weight(const grid *g, size_t i, size_t j) {
    uint32_t cost = matches(g, i, j) ? 0
                                     : ttss_vocabulary_unlike(g->vocabulary, g->text[i - 1],
                                                              g->heard[j - 1], TTSS_COST_UNLIKE);
    return plus(least(weight_at(g, i - 1, j - 1)), cost);
}

static uint32_t insertion_weight(const grid *g, size_t i, size_t j) {
    const weight *before = weight_at(g, i, j - 1);
    return after_gap(before->insertion, before);
}

/* The place above one that may be deleted is marked, so its weight is the last one made. */
static void weigh(const grid *g) {
    weight *w = g->weights;
    for (size_t j = 0; j <= g->columns; j++)
        for (size_t k = 0; k < g->mark_words; k++)
            for (uint64_t left = g->marks[j * g->mark_words + k]; left; left &= left - 1, w++) {
                size_t i = 64 * k + (size_t)__builtin_ctzll(left);
                w->pair = i + j == 0 ? 0 : may_pair(g, i, j) ? pair_weight(g, i, j) : NEVER;
                w->deletion = may_delete(g, i, j) ? after_gap(w[-1].deletion, w - 1) : NEVER;
                w->insertion = may_insert(g, i, j) ? insertion_weight(g, i, j) : NEVER;
            }
}

static bool trace(const grid *g, ttss_pairs *out, uint32_t t0, uint32_t h0) {
    enum { ANY, DELETION, INSERTION } stay = ANY; /* the kind of run that has to go on */
    size_t i = g->rows, j = g->columns, first = out->count;
    while (i + j > 0) {
        const weight *w = weight_at(g, i, j);
        uint32_t best = least(w);
        bool deletion = stay == DELETION || (stay == ANY && w->deletion == best);
        bool insertion = stay == INSERTION || (!deletion && w->insertion == best);
        i -= !insertion;
        j -= !deletion;
        if (!ttss_pairs_add(out, insertion ? TTSS_NONE : t0 + (uint32_t)i,
                            deletion ? TTSS_NONE : h0 + (uint32_t)j))
            return false;
        stay = ANY;
        if (deletion && weight_at(g, i, j)->deletion == w->deletion)
            stay = DELETION;
        else if (insertion && weight_at(g, i, j)->insertion == w->insertion)
            stay = INSERTION;
    }
    for (size_t a = first, b = out->count; a + 1 < b; a++) {
        ttss_pair swap = out->items[a];
        out->items[a] = out->items[--b];
        out->items[b] = swap;
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------ */

static bool align_grid(grid *g, ttss_pairs *out, uint32_t t0, uint32_t h0) {
    g->words = (g->rows + 63) / 64;
    g->mark_words = g->rows / 64 + 1;
    size_t bits = g->columns * g->words, marks = (g->columns + 1) * g->mark_words;
    g->dearer_down = ttss_new_array(3 * bits + marks, sizeof *g->dearer_down);
    g->ranks = ttss_new_array(marks, sizeof *g->ranks);
    bool done = g->dearer_down && g->ranks;
    if (done) {
        g->dearer_along = g->dearer_down + bits;
        g->diagonal = g->dearer_along + bits;
        g->marks = g->diagonal + bits;
        done = fill(g);
    }
    if (done) {
        g->weights = ttss_new_array(mark_ways(g), sizeof *g->weights);
        done = g->weights != NULL;
    }
    if (done) {
        weigh(g);
        done = trace(g, out, t0, h0);
    }
    free(g->dearer_down);
    free(g->ranks);
    free(g->weights);
    return done;
}

static bool align_middle(ttss_pairs *out, const uint32_t *text, uint32_t t0, uint32_t t1,
                         const uint32_t *heard, uint32_t h0, uint32_t h1,
                         ttss_vocabulary *vocabulary) {
    size_t rows = t1 - t0, columns = h1 - h0;
    bool done = true;
    if (rows == 0 || columns == 0) {
        for (; done && t0 < t1; t0++)
            done = ttss_pairs_add(out, t0, TTSS_NONE);
        for (; done && h0 < h1; h0++)
            done = ttss_pairs_add(out, TTSS_NONE, h0);
        return done;
    }
    if (rows > 1 && columns > 1 && rows > CELLS_MAX / columns) {
        uint32_t t = t0 + (t1 - t0) / 2, h = h0 + (h1 - h0) / 2;
        return align_middle(out, text, t0, t, heard, h0, h, vocabulary) &&
               align_middle(out, text, t, t1, heard, h, h1, vocabulary);
    }
    grid g = {.text = text + t0,
              .heard = heard + h0,
              .vocabulary = vocabulary,
              .rows = rows,
              .columns = columns};
    return align_grid(&g, out, t0, h0);
}

bool ttss_edits(ttss_pairs *out, const uint32_t *text, uint32_t t0, uint32_t t1,
                const uint32_t *heard, uint32_t h0, uint32_t h1, ttss_vocabulary *vocabulary) {
    bool done = true;
    uint32_t tail = 0;
    for (; done && t0 < t1 && h0 < h1 && text[t0] == heard[h0]; t0++, h0++)
        done = ttss_pairs_add(out, t0, h0);
    while (t0 + tail < t1 && h0 + tail < h1 && text[t1 - 1 - tail] == heard[h1 - 1 - tail])
        tail++;
    done = done && align_middle(out, text, t0, t1 - tail, heard, h0, h1 - tail, vocabulary);
    for (; done && tail > 0; tail--)
        done = ttss_pairs_add(out, t1 - tail, h1 - tail);
    return done;
}
