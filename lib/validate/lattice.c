/* SPDX-License-Identifier: MIT */
/* Building word lattices; see lattice.h. Where two or three neighbouring words written together are
 * a word of the other side ("fire fly", "firefly"), they get an edge of their own that stands for
 * both. */
#include "validate/lattice.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define NODES_MAX  (UINT32_MAX / 2)
#define JOINED_MAX 128 /* bytes */

/* --- edges ---------------------------------------------------------------------------------- */

static ttss_edge *add_edge(ttss_lattice *lattice, uint32_t from, uint32_t to, uint32_t symbol,
                           uint32_t token, uint32_t word) {
    if (lattice->edge_count >= NODES_MAX ||
        !ttss_grow((void **)&lattice->edges, &lattice->edge_room, lattice->edge_count + 1,
                   sizeof *lattice->edges))
        return NULL;
    ttss_edge *edge = &lattice->edges[lattice->edge_count++];
    *edge = (ttss_edge){.from = from, .to = to};
    edge->part = (ttss_part){
        .count = 1, .words = {word}, .symbol = symbol, .first_token = token, .last_token = token};
    return edge;
}

/* The beginning of a reading, all words but its last; *node is where it ends. */
static bool add_beginning(ttss_lattice *lattice, const uint32_t *symbols, size_t first,
                          size_t count, uint32_t token, size_t first_edge, uint32_t *node) {
    for (size_t i = 0; i < count; i++) {
        const ttss_edge *same = NULL;
        for (size_t e = first_edge; e < lattice->edge_count && !same; e++)
            if (lattice->edges[e].from == *node && lattice->edges[e].part.symbol == symbols[i])
                same = &lattice->edges[e];
        if (!same) {
            if (lattice->node_count >= NODES_MAX)
                return false;
            same = add_edge(lattice, *node, (uint32_t)lattice->node_count++, symbols[i], token,
                            (uint32_t)(first + i));
        }
        if (!same)
            return false;
        *node = same->to;
    }
    return true;
}

/* Room for what one token needs. */
typedef struct scratch {
    uint32_t *symbols; /* of all words of all its readings */
    uint32_t *ends;    /* of the readings without their last words */
    size_t symbol_room, end_room;
} scratch;

static bool number_words(scratch *s, const ttss_words *words, const ttss_token *t,
                         ttss_vocabulary *vocabulary, uint8_t side) {
    const ttss_reading *first = &words->readings[t->first_reading];
    const ttss_reading *last = first + t->reading_count - 1;
    size_t count = last->first + last->count - first->first;
    if (!ttss_grow((void **)&s->symbols, &s->symbol_room, count, sizeof *s->symbols) ||
        !ttss_grow((void **)&s->ends, &s->end_room, t->reading_count, sizeof *s->ends))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t length = 0;
        const char *word = ttss_words_span(words, first->first + i, 1, &length);
        s->symbols[i] = ttss_vocabulary_add(vocabulary, word, length, side);
        if (s->symbols[i] == TTSS_NO_SYMBOL)
            return false;
    }
    return true;
}

static bool add_token(ttss_lattice *lattice, const ttss_words *words, uint32_t token, scratch *s) {
    const ttss_token *t = &words->tokens[token];
    const ttss_reading *readings = &words->readings[t->first_reading];
    size_t base = readings[0].first, first_edge = lattice->edge_count;
    uint32_t start = (uint32_t)lattice->node_count - 1;
    for (size_t i = 0; i < t->reading_count; i++) {
        s->ends[i] = start;
        if (!add_beginning(lattice, s->symbols + (readings[i].first - base), readings[i].first,
                           readings[i].count - 1, token, first_edge, &s->ends[i]))
            return false;
    }
    uint32_t to = (uint32_t)lattice->node_count++;
    for (size_t i = 0; i < t->reading_count; i++) {
        size_t last = readings[i].first + readings[i].count - 1;
        ttss_edge *edge =
            add_edge(lattice, s->ends[i], to, s->symbols[last - base], token, (uint32_t)last);
        if (!edge)
            return false;
        edge->penalty = i > 0;
    }
    return true;
}

static bool index_edges(ttss_lattice *lattice) {
    size_t nodes = lattice->node_count;
    free(lattice->first_in);
    lattice->first_in = ttss_new_array(nodes + 1, sizeof *lattice->first_in);
    if (!lattice->first_in)
        return false;
    for (size_t e = 0; e < lattice->edge_count; e++)
        lattice->first_in[lattice->edges[e].to]++;
    uint32_t sum = 0;
    for (size_t i = 0; i <= nodes; i++) {
        uint32_t count = lattice->first_in[i];
        lattice->first_in[i] = sum;
        sum += count;
    }
    return true;
}

/* --- joined words --------------------------------------------------------------------------- */

typedef struct joiner {
    ttss_lattice *lattice;
    const ttss_words *words;
    const ttss_vocabulary *vocabulary;
    uint8_t other_side;
    size_t plain_edges; /* those before joining, which are indexed */
} joiner;

uint32_t ttss_joined_symbol(const ttss_words *words, const uint32_t *parts, size_t count,
                            const ttss_vocabulary *vocabulary, uint8_t side) {
    char joined[JOINED_MAX];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = 0;
        const char *word = ttss_words_span(words, parts[i], 1, &length);
        if (length > sizeof joined - used)
            return TTSS_NO_SYMBOL;
        memcpy(joined + used, word, length);
        used += length;
    }
    uint32_t found = ttss_vocabulary_find(vocabulary, joined, used);
    return found != TTSS_NO_SYMBOL && (vocabulary->symbols[found].sides & side) ? found
                                                                                : TTSS_NO_SYMBOL;
}

static bool add_joined(const joiner *j, const uint32_t *chain, size_t count) {
    const ttss_edge first = j->lattice->edges[chain[0]];
    const ttss_edge last = j->lattice->edges[chain[count - 1]];
    uint32_t parts[TTSS_PARTS_MAX];
    for (size_t i = 0; i < count; i++)
        parts[i] = j->lattice->edges[chain[i]].part.words[0];
    uint32_t found = ttss_joined_symbol(j->words, parts, count, j->vocabulary, j->other_side);
    if (found == TTSS_NO_SYMBOL)
        return true;
    ttss_edge *edge =
        add_edge(j->lattice, first.from, last.to, found, first.part.first_token, parts[0]);
    if (!edge)
        return false;
    edge->part.last_token = last.part.last_token;
    edge->part.count = (uint32_t)count;
    edge->penalty = 1;
    memcpy(edge->part.words, parts, count * sizeof *parts);
    return true;
}

/* Joins edge e with one or two before it, back along first readings alone. */
static bool join_back(const joiner *j, uint32_t e) {
    uint32_t chain[TTSS_PARTS_MAX];
    size_t at = TTSS_PARTS_MAX - 1;
    chain[at] = e;
    while (at > 0) {
        uint32_t from = j->lattice->edges[chain[at]].from;
        uint32_t before = j->lattice->first_in[from], end = j->lattice->first_in[from + 1];
        while (before < end && j->lattice->edges[before].penalty)
            before++;
        if (before == end)
            break;
        chain[--at] = before;
        if (!add_joined(j, chain + at, TTSS_PARTS_MAX - at))
            return false;
    }
    return true;
}

static int compare_edges(const void *a, const void *b) {
    const ttss_edge *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->part.count != y->part.count)
        return x->part.count < y->part.count ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

bool ttss_lattice_join(ttss_lattice *lattice, const ttss_words *words,
                       const ttss_vocabulary *vocabulary, uint8_t other_side) {
    joiner j = {lattice, words, vocabulary, other_side, lattice->edge_count};
    for (size_t e = 0; e < j.plain_edges; e++)
        if (!join_back(&j, (uint32_t)e))
            return false;
    if (lattice->edge_count == j.plain_edges)
        return true;
    for (size_t e = 0; e < lattice->edge_count; e++)
        lattice->edges[e].order = (uint32_t)e;
    qsort(lattice->edges, lattice->edge_count, sizeof *lattice->edges, compare_edges);
    return index_edges(lattice);
}

/* --- making --------------------------------------------------------------------------------- */

bool ttss_lattice_make(ttss_lattice *lattice, const ttss_words *words, uint32_t first, uint32_t end,
                       ttss_vocabulary *vocabulary, uint8_t side) {
    scratch s = {0};
    bool done = words->word_count < NODES_MAX;
    lattice->node_count = 1;
    for (uint32_t t = first; t < end && done; t++)
        done = number_words(&s, words, &words->tokens[t], vocabulary, side) &&
               add_token(lattice, words, t, &s);
    free(s.symbols);
    free(s.ends);
    return done && index_edges(lattice);
}

void ttss_lattice_free(ttss_lattice *lattice) {
    free(lattice->edges);
    free(lattice->first_in);
    *lattice = (ttss_lattice){0};
}
