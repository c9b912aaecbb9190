/* SPDX-License-Identifier: MIT */
/* Building word lattices; see lattice.h. Where two or three neighbouring words written together are
 * a word of the other side ("fire fly", "firefly"), they get an edge of their own that stands for
 * both. */
#include "validate/lattice.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define NODES_MAX (UINT32_MAX / 2)

/* --- vocabulary ----------------------------------------------------------------------------- */

static uint64_t hash_more(uint64_t hash, const char *text) {
    for (; *text; text++)
        if (*text != '\'')
            hash = ttss_fnv(hash, text, 1);
    return hash;
}

static uint64_t sign(const char *text) {
    uint64_t set = 0;
    unsigned char before = 0;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\'')
            continue;
        set |= UINT64_C(1) << (c & 31);
        if (before)
            set |= UINT64_C(1) << (32 + ((before * 7U + c) & 31));
        before = c;
    }
    return set;
}

/* Whether a word is what the parts give in a row, apostrophes aside. */
static bool is_joined(const char *word, const char *const *parts, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (const char *p = parts[i]; *p; p++) {
            if (*p == '\'')
                continue;
            while (*word == '\'')
                word++;
            if (*word != *p)
                return false;
            word++;
        }
    while (*word == '\'')
        word++;
    return *word == '\0';
}

static size_t find_slot(const ttss_vocabulary *set, uint64_t hash, const char *const *parts,
                        size_t count) {
    size_t slot = (size_t)(hash ^ (hash >> 29)) & (set->slot_count - 1);
    while (set->slots[slot]) {
        const ttss_vocabulary_word *word = &set->words[set->slots[slot] - 1];
        if (word->hash == hash && is_joined(word->text, parts, count))
            break;
        slot = (slot + 1) & (set->slot_count - 1);
    }
    return slot;
}

static bool make_room(ttss_vocabulary *set) {
    if (2 * (set->count + 1) <= set->slot_count)
        return true;
    size_t wanted = set->slot_count ? set->slot_count * 2 : 256;
    uint32_t *slots = ttss_new_array(wanted, sizeof *slots);
    if (!slots || set->count >= NODES_MAX) {
        free(slots);
        return false;
    }
    free(set->slots);
    set->slots = slots;
    set->slot_count = wanted;
    for (size_t i = 0; i < set->count; i++)
        set->slots[find_slot(set, set->words[i].hash, &set->words[i].text, 1)] = (uint32_t)i + 1;
    return true;
}

static bool intern(ttss_vocabulary *set, const char *text, uint8_t side, uint32_t *number) {
    uint64_t hash = hash_more(TTSS_FNV_START, text);
    if (!make_room(set) ||
        !ttss_grow((void **)&set->words, &set->room, set->count + 1, sizeof *set->words))
        return false;
    size_t slot = find_slot(set, hash, &text, 1);
    if (!set->slots[slot]) {
        set->words[set->count] =
            (ttss_vocabulary_word){.text = text, .hash = hash, .signature = sign(text)};
        set->slots[slot] = (uint32_t)++set->count;
    }
    *number = set->slots[slot] - 1;
    set->words[*number].sides |= side;
    return true;
}

void ttss_vocabulary_free(ttss_vocabulary *vocabulary) {
    free(vocabulary->words);
    free(vocabulary->slots);
    *vocabulary = (ttss_vocabulary){0};
}

/* --- edges ---------------------------------------------------------------------------------- */

static ttss_edge *add_edge(ttss_lattice *lattice, uint32_t from, uint32_t to, uint32_t word,
                           uint32_t token, const char *text) {
    if (lattice->edge_count >= NODES_MAX ||
        !ttss_grow((void **)&lattice->edges, &lattice->edge_room, lattice->edge_count + 1,
                   sizeof *lattice->edges))
        return NULL;
    ttss_edge *edge = &lattice->edges[lattice->edge_count++];
    *edge = (ttss_edge){.from = from, .to = to, .word = word, .count = 1};
    edge->first_token = edge->last_token = token;
    edge->texts[0] = text;
    return edge;
}

/* The beginning of a reading, all words but its last; *node is where it ends. */
static bool add_beginning(ttss_lattice *lattice, const char *const *texts, const uint32_t *numbers,
                          size_t count, uint32_t token, size_t first_edge, uint32_t *node) {
    for (size_t i = 0; i < count; i++) {
        const ttss_edge *same = NULL;
        for (size_t e = first_edge; e < lattice->edge_count && !same; e++)
            if (lattice->edges[e].from == *node && lattice->edges[e].word == numbers[i])
                same = &lattice->edges[e];
        if (!same) {
            if (lattice->node_count >= NODES_MAX)
                return false;
            same = add_edge(lattice, *node, (uint32_t)lattice->node_count++, numbers[i], token,
                            texts[i]);
        }
        if (!same)
            return false;
        *node = same->to;
    }
    return true;
}

static bool add_token(ttss_lattice *lattice, const ttss_words *words, const uint32_t *numbers,
                      uint32_t token) {
    const ttss_token *t = &words->tokens[token];
    uint32_t start = lattice->token_node[token];
    size_t first_edge = lattice->edge_count;
    uint32_t *ends = ttss_new_array(t->reading_count, sizeof *ends);
    bool done = ends != NULL;
    for (size_t i = 0; i < t->reading_count && done; i++) {
        const ttss_reading *r = &words->readings[t->first_reading + i];
        ends[i] = start;
        done = add_beginning(lattice, words->words + r->first, numbers + r->first, r->count - 1,
                             token, first_edge, &ends[i]);
    }
    uint32_t to = (uint32_t)lattice->node_count++;
    for (size_t i = 0; i < t->reading_count && done; i++) {
        const ttss_reading *r = &words->readings[t->first_reading + i];
        size_t last = r->first + r->count - 1;
        ttss_edge *edge = add_edge(lattice, ends[i], to, numbers[last], token, words->words[last]);
        done = edge != NULL;
        if (edge)
            edge->penalty = i > 0;
    }
    const ttss_reading *only = &words->readings[t->first_reading];
    lattice->token_word[token] =
        t->reading_count == 1 && only->count == 1 ? numbers[only->first] : TTSS_NO_WORD;
    lattice->token_node[token + 1] = to;
    free(ends);
    return done;
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
    const ttss_vocabulary *vocabulary;
    uint8_t other_side;
    size_t plain_edges; /* those before joining, which are indexed */
    bool failed;
} joiner;

/* The chain ends with edges[at..2]; tries it and every longer one. */
static void join(joiner *j, uint32_t chain[TTSS_PARTS_MAX], size_t at) {
    const ttss_edge *edges = j->lattice->edges;
    const ttss_edge *first = &edges[chain[at]];
    size_t count = TTSS_PARTS_MAX - at;
    if (count > 1) {
        const char *parts[TTSS_PARTS_MAX];
        uint64_t hash = TTSS_FNV_START;
        for (size_t i = 0; i < count; i++) {
            parts[i] = edges[chain[at + i]].texts[0];
            hash = hash_more(hash, parts[i]);
        }
        uint32_t found = j->vocabulary->slots[find_slot(j->vocabulary, hash, parts, count)];
        if (found && (j->vocabulary->words[found - 1].sides & j->other_side)) {
            ttss_edge last = edges[chain[TTSS_PARTS_MAX - 1]], begin = *first;
            ttss_edge *edge =
                add_edge(j->lattice, begin.from, last.to, found - 1, begin.first_token, parts[0]);
            j->failed = j->failed || !edge;
            if (!edge)
                return;
            edge->last_token = last.last_token;
            edge->count = (uint8_t)count;
            edge->penalty = 1;
            memcpy(edge->texts, parts, count * sizeof *parts);
            edges = j->lattice->edges;
            first = &edges[chain[at]];
        }
    }
    uint32_t from = first->from;
    uint32_t e = j->lattice->first_in[from], end = j->lattice->first_in[from + 1];
    while (at > 0 && e < end && edges[e].penalty) /* back along first readings alone */
        e++;
    if (at > 0 && e < end) {
        chain[at - 1] = e;
        join(j, chain, at - 1);
    }
}

static int compare_edges(const void *a, const void *b) {
    const ttss_edge *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool join_words(ttss_lattice *lattice, const ttss_vocabulary *vocabulary,
                       uint8_t other_side) {
    joiner j = {lattice, vocabulary, other_side, lattice->edge_count, false};
    for (size_t e = 0; e < j.plain_edges && !j.failed && vocabulary->slot_count; e++) {
        uint32_t chain[TTSS_PARTS_MAX] = {0, 0, (uint32_t)e};
        join(&j, chain, TTSS_PARTS_MAX - 1);
    }
    if (j.failed)
        return false;
    if (lattice->edge_count == j.plain_edges)
        return true;
    for (size_t e = 0; e < lattice->edge_count; e++)
        lattice->edges[e].order = (uint32_t)e;
    qsort(lattice->edges, lattice->edge_count, sizeof *lattice->edges, compare_edges);
    return index_edges(lattice);
}

/* --- making --------------------------------------------------------------------------------- */

static bool make_chain(ttss_lattice *lattice, const ttss_words *words, ttss_vocabulary *vocabulary,
                       uint8_t side) {
    uint32_t *numbers = ttss_new_array(words->word_count, sizeof *numbers);
    bool done = numbers && words->token_count < NODES_MAX;
    lattice->token_count = words->token_count;
    lattice->token_node = ttss_new_array(words->token_count + 1, sizeof *lattice->token_node);
    lattice->token_word = ttss_new_array(words->token_count, sizeof *lattice->token_word);
    lattice->node_count = 1;
    done = done && lattice->token_node && lattice->token_word;
    for (size_t i = 0; i < words->word_count && done; i++)
        done = intern(vocabulary, words->words[i], side, &numbers[i]);
    for (size_t t = 0; t < words->token_count && done; t++)
        done = add_token(lattice, words, numbers, (uint32_t)t);
    free(numbers);
    return done && index_edges(lattice);
}

bool ttss_lattice_make(ttss_lattice *text, const ttss_words *text_words, ttss_lattice *heard,
                       const ttss_words *heard_words, ttss_vocabulary *vocabulary) {
    return make_chain(text, text_words, vocabulary, 1) &&
           make_chain(heard, heard_words, vocabulary, 2) && join_words(text, vocabulary, 2) &&
           join_words(heard, vocabulary, 1);
}

void ttss_lattice_free(ttss_lattice *lattice) {
    free(lattice->edges);
    free(lattice->first_in);
    free(lattice->token_node);
    free(lattice->token_word);
    *lattice = (ttss_lattice){0};
}
