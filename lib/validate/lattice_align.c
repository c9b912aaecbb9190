/* SPDX-License-Identifier: MIT */
/* Minimum-edit alignment of two word lattices: dynamic programming over pairs of nodes (Levenshtein
 * 1966; runs of gaps as in Gotoh 1982), so readings and alignment are chosen together. Among
 * alignments with equally many edits the one with longer runs, more alike pairs and more usual
 * readings wins.
 *
 * A pair of more than CELLS_MAX cells is filled in a band around its diagonal; what is shifted by
 * more than the band is then not aligned as well as it could be. The band is at least BAND_MIN
 * cells wide: memory is at most 12 bytes * CELLS_MAX, or for more than CELLS_MAX / BAND_MIN rows
 * (262,144) 12 bytes * BAND_MIN a row. */
#include "validate/edits.h"
#include "validate/lattice.h"

#include "base/mem.h"

#include <stdlib.h>

#define CELLS_MAX ((size_t)1 << 22)
#define BAND_MIN  ((size_t)16)

/* Costs. An edit outweighs everything else for at least 100 words. */
#define EDIT    4096U
#define UNUSUAL 2U /* a reading that is not the first, or joined words */
#define NEVER   UINT32_MAX

typedef struct cell {
    uint32_t pair, deletion, insertion; /* cheapest way here that ends with such a step */
} cell;

typedef struct block {
    const ttss_lattice *text, *heard;
    ttss_vocabulary *vocabulary;
    uint32_t i1, j1; /* last nodes */
    size_t width;    /* cells of a row */
    cell *cells;
} block;

static uint32_t plus(uint32_t a, uint32_t b) {
    return a > NEVER - b ? NEVER : a + b;
}

static uint32_t cheapest(const cell *c) {
    uint32_t best = c->pair < c->deletion ? c->pair : c->deletion;
    return best < c->insertion ? best : c->insertion;
}

static uint32_t row_start(const block *b, uint32_t i) {
    size_t columns = (size_t)(b->j1) + 1;
    if (b->width == columns)
        return 0;
    size_t rows = b->i1;
    size_t centre = (size_t)(i) * (columns - 1) / (rows ? rows : 1);
    size_t start = centre > b->width / 2 ? centre - b->width / 2 : 0;
    if (start > columns - b->width)
        start = columns - b->width;
    return (uint32_t)start;
}

static const cell *cell_at(const block *b, uint32_t i, uint32_t j) {
    static const cell outside = {NEVER, NEVER, NEVER};
    uint32_t start = row_start(b, i);
    if (j < start || j - start >= b->width)
        return &outside;
    return &b->cells[(size_t)(i)*b->width + (j - start)];
}

static uint32_t pair_cost(const block *b, const ttss_edge *x, const ttss_edge *y) {
    uint32_t unusual = UNUSUAL * ((uint32_t)x->penalty + y->penalty);
    if (x->part.symbol == y->part.symbol)
        return unusual;
    if (x->part.count > 1 || y->part.count > 1)
        return NEVER;
    return EDIT + unusual +
           ttss_vocabulary_unlike(b->vocabulary, x->part.symbol, y->part.symbol, TTSS_COST_UNLIKE);
}

static uint32_t gap_cost(const ttss_edge *edge, uint32_t run, uint32_t any) {
    if (edge->part.count > 1)
        return NEVER;
    uint32_t opened = plus(any, TTSS_COST_OPEN);
    return plus(run < opened ? run : opened, EDIT + UNUSUAL * edge->penalty);
}

static void fill_cell(const block *b, uint32_t i, uint32_t j, cell *c) {
    const ttss_lattice *text = b->text, *heard = b->heard;
    uint32_t x0 = text->first_in[i], x1 = text->first_in[i + 1];
    uint32_t y0 = heard->first_in[j], y1 = heard->first_in[j + 1];
    *c = (cell){NEVER, NEVER, NEVER};
    for (uint32_t x = x0; x < x1 && i > 0; x++) {
        const ttss_edge *edge = &text->edges[x];
        const cell *from = cell_at(b, edge->from, j);
        uint32_t cost = gap_cost(edge, from->deletion, cheapest(from));
        if (cost < c->deletion)
            c->deletion = cost;
        for (uint32_t y = y0; y < y1 && j > 0; y++) {
            const ttss_edge *other = &heard->edges[y];
            cost = plus(cheapest(cell_at(b, edge->from, other->from)), pair_cost(b, edge, other));
            if (cost < c->pair)
                c->pair = cost;
        }
    }
    for (uint32_t y = y0; y < y1 && j > 0; y++) {
        const ttss_edge *edge = &heard->edges[y];
        const cell *from = cell_at(b, i, edge->from);
        uint32_t cost = gap_cost(edge, from->insertion, cheapest(from));
        if (cost < c->insertion)
            c->insertion = cost;
    }
}

static void fill(const block *b) {
    for (uint32_t i = 0; i <= b->i1; i++) {
        uint32_t start = row_start(b, i);
        cell *row = &b->cells[(size_t)(i)*b->width];
        for (size_t k = 0; k < b->width; k++) {
            fill_cell(b, i, start + (uint32_t)k, &row[k]);
            if (i == 0 && k == 0)
                row[k].pair = 0; /* the beginning */
        }
    }
}

/* --- the way back --------------------------------------------------------------------------- */

typedef struct way {
    int kind;
    const ttss_edge *text, *heard; /* NULL where there is none */
} way;

static bool add_way(ttss_alignment *out, const way *w) {
    return ttss_alignment_add(out, w->kind, w->text ? &w->text->part : NULL,
                              w->heard ? &w->heard->part : NULL);
}

static bool step_deletion(const block *b, uint32_t i, uint32_t j, way *step, bool *runs_on) {
    uint32_t wanted = cell_at(b, i, j)->deletion;
    for (uint32_t x = b->text->first_in[i]; x < b->text->first_in[i + 1]; x++) {
        const ttss_edge *edge = &b->text->edges[x];
        const cell *from = cell_at(b, edge->from, j);
        if (gap_cost(edge, from->deletion, cheapest(from)) != wanted)
            continue;
        *step = (way){TTSS_STEP_DELETION, edge, NULL};
        *runs_on = gap_cost(edge, from->deletion, NEVER) == wanted;
        return true;
    }
    return false;
}

static bool step_insertion(const block *b, uint32_t i, uint32_t j, way *step, bool *runs_on) {
    uint32_t wanted = cell_at(b, i, j)->insertion;
    for (uint32_t y = b->heard->first_in[j]; y < b->heard->first_in[j + 1]; y++) {
        const ttss_edge *edge = &b->heard->edges[y];
        const cell *from = cell_at(b, i, edge->from);
        if (gap_cost(edge, from->insertion, cheapest(from)) != wanted)
            continue;
        *step = (way){TTSS_STEP_INSERTION, NULL, edge};
        *runs_on = gap_cost(edge, from->insertion, NEVER) == wanted;
        return true;
    }
    return false;
}

static bool step_pair(const block *b, uint32_t i, uint32_t j, way *step) {
    uint32_t wanted = cell_at(b, i, j)->pair;
    for (uint32_t x = b->text->first_in[i]; x < b->text->first_in[i + 1]; x++)
        for (uint32_t y = b->heard->first_in[j]; y < b->heard->first_in[j + 1]; y++) {
            const ttss_edge *edge = &b->text->edges[x], *other = &b->heard->edges[y];
            uint32_t before = cheapest(cell_at(b, edge->from, other->from));
            if (plus(before, pair_cost(b, edge, other)) != wanted)
                continue;
            int kind =
                edge->part.symbol == other->part.symbol ? TTSS_STEP_HIT : TTSS_STEP_SUBSTITUTION;
            *step = (way){kind, edge, other};
            return true;
        }
    return false;
}

/* Appends the steps of a filled block, last first. */
static bool trace(const block *b, ttss_alignment *out) {
    uint32_t i = b->i1, j = b->j1;
    int stay = TTSS_STEP_HIT; /* the kind of run that has to go on */
    while (i > 0 || j > 0) {
        const cell *c = cell_at(b, i, j);
        uint32_t best = cheapest(c);
        bool runs_on = false, found = false;
        way step = {0};
        if (stay == TTSS_STEP_DELETION || (stay == TTSS_STEP_HIT && c->deletion == best))
            found = step_deletion(b, i, j, &step, &runs_on);
        else if (stay == TTSS_STEP_INSERTION || c->insertion == best)
            found = step_insertion(b, i, j, &step, &runs_on);
        else
            found = step_pair(b, i, j, &step);
        if (!found || !add_way(out, &step))
            return false;
        stay = runs_on ? step.kind : TTSS_STEP_HIT;
        i = step.text ? step.text->from : i;
        j = step.heard ? step.heard->from : j;
    }
    return true;
}

/* Everything left out, everything put in: a pair too different for the band. */
static bool give_up(const block *b, ttss_alignment *out) {
    for (int side = 0; side < 2; side++) {
        const ttss_lattice *lattice = side ? b->text : b->heard;
        uint32_t at = side ? b->i1 : b->j1;
        while (at > 0) {
            const ttss_edge *edge = &lattice->edges[lattice->first_in[at]];
            way step = {side ? TTSS_STEP_DELETION : TTSS_STEP_INSERTION, side ? edge : NULL,
                        side ? NULL : edge};
            if (!add_way(out, &step))
                return false;
            at = edge->from;
        }
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------ */

static void reverse(ttss_step *steps, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        ttss_step swap = steps[i];
        steps[i] = steps[count - 1 - i];
        steps[count - 1 - i] = swap;
    }
}

bool ttss_lattice_align(ttss_alignment *out, const ttss_lattice *text, const ttss_lattice *heard,
                        ttss_vocabulary *vocabulary) {
    block b = {.text = text, .heard = heard, .vocabulary = vocabulary};
    size_t rows = text->node_count, columns = heard->node_count, first = out->count;
    b.i1 = (uint32_t)rows - 1;
    b.j1 = (uint32_t)columns - 1;
    b.width = columns;
    if (columns > CELLS_MAX / rows)
        b.width = CELLS_MAX / rows > BAND_MIN ? CELLS_MAX / rows : BAND_MIN;
    if (b.width > columns)
        b.width = columns;
    b.cells = ttss_new_array(rows * b.width, sizeof *b.cells);
    if (!b.cells)
        return false;
    fill(&b);
    bool done = cheapest(cell_at(&b, b.i1, b.j1)) == NEVER ? give_up(&b, out) : trace(&b, out);
    free(b.cells);
    if (done)
        reverse(out->steps + first, out->count - first);
    return done;
}
