/* SPDX-License-Identifier: MIT */
/* Minimum-edit alignment (Levenshtein 1966) in three steps, each cheaper than a table of costs:
 *
 *   fill   bit-parallel (Myers 1999, Hyyroe 2003): 64 rows of text at once; for every pair of
 *          places three bits are kept, which say whether it costs one more than its neighbours
 *   mark   back from the end, where there are several cheapest ways, along each of them until they
 *          have met; what lies on none of them is out
 *   weigh  among those, the one with fewer runs of gaps (Gotoh 1982) and more alike pairs
 *
 * The last two steps touch few places where both sides mostly agree. A pair of more than CELLS_MAX
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
    uint32_t t0, h0; /* where they begin */
    ttss_vocabulary *vocabulary;
    size_t rows, columns; /* of symbols; places are numbered from 0 to rows and to columns */
    size_t words;         /* of 64 rows */
    uint64_t *dearer_down, *dearer_along, *diagonal; /* words for each column; see fill() */
    size_t mark_words;
    uint64_t *marks; /* mark_words for each place of a column */
    uint32_t *ranks; /* marks before each word of marks */
    weight *weights; /* of the marked places */
    size_t weight_room;
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

/* --- ways back ------------------------------------------------------------------------------ */

enum { PAIR = 1, DELETION = 2, INSERTION = 4 };

typedef struct place {
    size_t i, j;
} place;

/* The kinds of step that a cheapest way can reach a place with. */
static unsigned steps_to(const grid *g, size_t i, size_t j) {
    return (may_pair(g, i, j) ? PAIR : 0U) | (may_delete(g, i, j) ? DELETION : 0U) |
           (may_insert(g, i, j) ? INSERTION : 0U);
}

static bool is_one(unsigned steps) {
    return (steps & (steps - 1)) == 0;
}

static bool step_back(ttss_pairs *out, const grid *g, place *at, unsigned step) {
    at->i -= step != INSERTION;
    at->j -= step != DELETION;
    return ttss_pairs_add(out, step == INSERTION ? TTSS_NONE : g->t0 + (uint32_t)at->i,
                          step == DELETION ? TTSS_NONE : g->h0 + (uint32_t)at->j);
}

/* --- marking -------------------------------------------------------------------------------- */

/* Whether it was not marked yet. */
static bool mark(const grid *g, size_t i, size_t j) {
    uint64_t *word = &g->marks[j * g->mark_words + i / 64], bit = UINT64_C(1) << (i % 64);
    bool added = !(*word & bit);
    *word |= bit;
    return added;
}

static size_t mark_before(const grid *g, size_t i, size_t j, unsigned steps) {
    size_t added = 0;
    if (steps & DELETION)
        added += mark(g, i - 1, j);
    if (steps & INSERTION)
        added += mark(g, i, j - 1);
    if (steps & PAIR)
        added += mark(g, i - 1, j - 1);
    return added;
}

/* Marks all ways back from a place to the one where they have met and go on as one, or begin. */
static place mark_ways(const grid *g, place from) {
    size_t open = 1; /* marked, and not gone back from yet */
    mark(g, from.i, from.j);
    for (size_t j = from.j;; j--)
        for (size_t k = g->mark_words; k-- > 0;) {
            const uint64_t *word = &g->marks[j * g->mark_words + k];
            uint64_t left = *word;
            while (left) {
                unsigned high = 63U - (unsigned)__builtin_clzll(left);
                size_t i = 64 * k + high;
                unsigned steps = steps_to(g, i, j);
                if (--open == 0 && is_one(steps))
                    return (place){i, j};
                open += mark_before(g, i, j, steps);
                left = *word & ((UINT64_C(1) << high) - 1); /* with those just marked */
            }
        }
}

/* Returns the number of marks in columns [first, end]. */
static size_t rank_marks(const grid *g, size_t first, size_t end) {
    size_t count = 0;
    for (size_t k = first * g->mark_words; k < (end + 1) * g->mark_words; k++) {
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

/* Of all that is marked, which lies between the two places. The first one is reached by one kind of
 * step. The place above one that may be deleted is marked, so its weight is the last one made. */
static void weigh(const grid *g, place first, place end) {
    const unsigned before = steps_to(g, first.i, first.j);
    weight *w = g->weights;
    for (size_t j = first.j; j <= end.j; j++)
        for (size_t k = 0; k < g->mark_words; k++)
            for (uint64_t left = g->marks[j * g->mark_words + k]; left; left &= left - 1, w++) {
                size_t i = 64 * k + (size_t)__builtin_ctzll(left);
                if (w == g->weights) {
                    w->pair = before & (DELETION | INSERTION) ? NEVER : 0;
                    w->deletion = before & DELETION ? 0 : NEVER;
                    w->insertion = before & INSERTION ? 0 : NEVER;
                    continue;
                }
                w->pair = may_pair(g, i, j) ? pair_weight(g, i, j) : NEVER;
                w->deletion = may_delete(g, i, j) ? after_gap(w[-1].deletion, w - 1) : NEVER;
                w->insertion = may_insert(g, i, j) ? insertion_weight(g, i, j) : NEVER;
            }
}

/* --- tracing -------------------------------------------------------------------------------- */

/* Goes back to the first place along the best way; `step` is the one behind, and is replaced. */
static bool trace_best(const grid *g, ttss_pairs *out, place first, place *at, unsigned *step) {
    const weight *w = weight_at(g, at->i, at->j);
    uint32_t opened = plus(least(w), TTSS_COST_OPEN);
    bool runs = (*step == DELETION && w->deletion <= opened) ||
                (*step == INSERTION && w->insertion <= opened);
    while (at->i != first.i || at->j != first.j) {
        uint32_t best = least(w);
        if (!runs)
            *step = w->deletion == best ? DELETION : w->insertion == best ? INSERTION : PAIR;
        if (!step_back(out, g, at, *step))
            return false;
        const weight *before = weight_at(g, at->i, at->j);
        runs = (*step == DELETION && before->deletion == w->deletion) ||
               (*step == INSERTION && before->insertion == w->insertion);
        w = before;
    }
    return true;
}

/* Where the ways part: back to where they have met again. */
static bool trace_parted(grid *g, ttss_pairs *out, place *at, unsigned *step) {
    const place end = *at, first = mark_ways(g, end);
    size_t count = rank_marks(g, first.j, end.j);
    if (!ttss_grow((void **)&g->weights, &g->weight_room, count, sizeof *g->weights))
        return false;
    weigh(g, first, end);
    bool done = trace_best(g, out, first, at, step);
    for (size_t k = first.j * g->mark_words; k < (end.j + 1) * g->mark_words; k++)
        g->marks[k] = 0;
    return done;
}

static bool trace(grid *g, ttss_pairs *out) {
    place at = {g->rows, g->columns};
    unsigned step = 0;
    size_t first = out->count;
    while (at.i + at.j > 0) {
        unsigned steps = steps_to(g, at.i, at.j);
        bool one = is_one(steps);
        step = one ? steps : step;
        if (!(one ? step_back(out, g, &at, step) : trace_parted(g, out, &at, &step)))
            return false;
    }
    for (size_t a = first, b = out->count; a + 1 < b; a++) {
        ttss_pair swap = out->items[a];
        out->items[a] = out->items[--b];
        out->items[b] = swap;
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------ */

static bool align_grid(grid *g, ttss_pairs *out) {
    size_t bit_room = 0, rank_room = 0;
    g->words = (g->rows + 63) / 64;
    g->mark_words = g->rows / 64 + 1;
    size_t bits = g->columns * g->words, marks = (g->columns + 1) * g->mark_words;
    g->marks = ttss_new_array(marks, sizeof *g->marks);
    bool done = g->marks &&
                ttss_grow((void **)&g->dearer_down, &bit_room, 3 * bits, sizeof *g->dearer_down) &&
                ttss_grow((void **)&g->ranks, &rank_room, marks, sizeof *g->ranks);
    if (done) {
        g->dearer_along = g->dearer_down + bits;
        g->diagonal = g->dearer_along + bits;
        done = fill(g) && trace(g, out);
    }
    free(g->dearer_down);
    free(g->marks);
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
              .t0 = t0,
              .h0 = h0,
              .vocabulary = vocabulary,
              .rows = rows,
              .columns = columns};
    return align_grid(&g, out);
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
