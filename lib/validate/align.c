/* SPDX-License-Identifier: MIT */
/* Aligning a text with a transcript, the cheap way first:
 *
 * 1. Tokens are compared by their first readings, as symbols (edits.c); long pairs are first cut at
 *    anchors (anchors.c), which makes time and memory linear where both sides mostly agree.
 * 2. Where they differ and a token has other readings, or words written together are a word of the
 *    other side, that stretch is aligned again as lattices (lattice.c), which choose the readings.
 *    Stretches near each other are taken as one: readings of numbers hold short words that agree by
 *    chance. */
#include "validate/align.h"

#include "base/mem.h"
#include "validate/anchors.h"
#include "validate/edits.h"
#include "validate/lattice.h"

#include <stdlib.h>

#define CELLS_SMALL  ((size_t)1 << 20) /* pairs larger than that are cut at anchors, */
#define BLOCK_TOKENS 200               /* into blocks of at least so many tokens on one side */
#define NEAR         3                 /* agreeing tokens between stretches that are one */
#define REGION_MAX   400               /* tokens of a stretch that is not extended further */

typedef struct side {
    const ttss_words *words;
    uint32_t *symbols; /* of the tokens' first readings */
    uint8_t number;
} side;

typedef struct aligner {
    ttss_alignment *out;
    ttss_vocabulary *vocabulary;
    side text, heard;
    ttss_pairs pairs;
} aligner;

bool ttss_alignment_add(ttss_alignment *out, int kind, const ttss_part *text,
                        const ttss_part *heard) {
    if (out->count == out->room &&
        !ttss_grow((void **)&out->steps, &out->room, out->count + 1, sizeof *out->steps))
        return false;
    ttss_step *step = &out->steps[out->count++];
    step->kind = kind;
    step->text = text ? *text : (ttss_part){0};
    step->heard = heard ? *heard : (ttss_part){0};
    return true;
}

void ttss_alignment_free(ttss_alignment *alignment) {
    free(alignment->steps);
    *alignment = (ttss_alignment){0};
}

/* --- tokens --------------------------------------------------------------------------------- */

static const ttss_reading *first_reading(const side *s, uint32_t token) {
    return &s->words->readings[s->words->tokens[token].first_reading];
}

/* Whether it can only be said as one word. */
static bool is_plain(const side *s, uint32_t token) {
    return s->words->tokens[token].reading_count == 1 && first_reading(s, token)->count == 1;
}

static bool number_tokens(side *s, ttss_vocabulary *vocabulary) {
    size_t count = s->words->token_count, room = 0;
    if (!ttss_grow((void **)&s->symbols, &room, count + 1, sizeof *s->symbols))
        return false;
    for (size_t t = 0; t < count; t++) {
        const ttss_reading *r = first_reading(s, (uint32_t)t);
        size_t length = 0;
        const char *said = ttss_words_span(s->words, r->first, r->count, &length);
        s->symbols[t] = ttss_vocabulary_add(vocabulary, said, length, s->number);
        if (s->symbols[t] == TTSS_NO_SYMBOL)
            return false;
    }
    return true;
}

static bool pair_tokens(aligner *a) {
    uint32_t t = 0, h = 0, t_end = (uint32_t)a->text.words->token_count;
    uint32_t h_end = (uint32_t)a->heard.words->token_count;
    ttss_anchor *anchors = NULL;
    size_t count = 0;
    bool done = true;
    if (t_end && h_end > CELLS_SMALL / t_end)
        done = ttss_find_anchors(a->text.symbols, t_end, a->heard.symbols, h_end, &anchors, &count);
    for (size_t k = 0; k < count && done; k++) {
        if (anchors[k].text - t < BLOCK_TOKENS && anchors[k].heard - h < BLOCK_TOKENS)
            continue;
        done = ttss_edits(&a->pairs, a->text.symbols, t, anchors[k].text, a->heard.symbols, h,
                          anchors[k].heard, a->vocabulary);
        t = anchors[k].text;
        h = anchors[k].heard;
    }
    free(anchors);
    return done && ttss_edits(&a->pairs, a->text.symbols, t, t_end, a->heard.symbols, h, h_end,
                              a->vocabulary);
}

/* --- steps without a choice ----------------------------------------------------------------- */

static ttss_part word_part(uint32_t token, uint32_t word, uint32_t symbol) {
    return (ttss_part){
        .count = 1, .words = {word}, .symbol = symbol, .first_token = token, .last_token = token};
}

/* Two tokens that agree; a step for each word. */
static bool add_hit(aligner *a, ttss_pair pair) {
    uint32_t first = (uint32_t)first_reading(&a->text, pair.text)->first;
    uint32_t other = (uint32_t)first_reading(&a->heard, pair.heard)->first;
    size_t count = first_reading(&a->text, pair.text)->count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t symbol = a->text.symbols[pair.text];
        if (count > 1) {
            size_t length = 0;
            const char *word = ttss_words_span(a->text.words, first + i, 1, &length);
            symbol =
                ttss_vocabulary_add(a->vocabulary, word, length, TTSS_SIDE_TEXT | TTSS_SIDE_HEARD);
        }
        ttss_part text = word_part(pair.text, first + i, symbol);
        ttss_part heard = word_part(pair.heard, other + i, symbol);
        if (symbol == TTSS_NO_SYMBOL || !ttss_alignment_add(a->out, TTSS_STEP_HIT, &text, &heard))
            return false;
    }
    return true;
}

static bool is_hit(const aligner *a, ttss_pair pair) {
    return pair.text != TTSS_NONE && pair.heard != TTSS_NONE &&
           a->text.symbols[pair.text] == a->heard.symbols[pair.heard];
}

/* A pair of plain tokens, or one alone. */
static bool add_plain(aligner *a, ttss_pair pair) {
    ttss_part text = {0}, heard = {0};
    if (is_hit(a, pair))
        return add_hit(a, pair);
    if (pair.text != TTSS_NONE)
        text = word_part(pair.text, (uint32_t)first_reading(&a->text, pair.text)->first,
                         a->text.symbols[pair.text]);
    if (pair.heard != TTSS_NONE)
        heard = word_part(pair.heard, (uint32_t)first_reading(&a->heard, pair.heard)->first,
                          a->heard.symbols[pair.heard]);
    int kind = !text.count    ? TTSS_STEP_INSERTION
               : !heard.count ? TTSS_STEP_DELETION
                              : TTSS_STEP_SUBSTITUTION;
    return ttss_alignment_add(a->out, kind, &text, &heard);
}

/* --- stretches that differ ------------------------------------------------------------------ */

typedef struct stretch {
    size_t first, end; /* pairs */
    uint32_t t0, t1, h0, h1;
    bool choice; /* a token may be read in another way */
} stretch;

static bool has_choice(const aligner *a, ttss_pair pair) {
    return (pair.text != TTSS_NONE && !is_plain(&a->text, pair.text)) ||
           (pair.heard != TTSS_NONE && !is_plain(&a->heard, pair.heard));
}

static void take_pair(const aligner *a, stretch *s, ttss_pair pair) {
    s->end++;
    s->choice = s->choice || has_choice(a, pair);
    s->t1 = pair.text != TTSS_NONE ? pair.text + 1 : s->t1;
    s->h1 = pair.heard != TTSS_NONE ? pair.heard + 1 : s->h1;
}

/* A token that agrees in its first reading may have agreed better in another one, if what is next
 * to it differs ("3rd": "third", "the third"). */
static bool is_settled(const aligner *a, ttss_pair pair) {
    return is_hit(a, pair) && !has_choice(a, pair);
}

/* Takes pairs up to the next one that is settled. Whether any differs. */
static bool take_unsettled(const aligner *a, stretch *s) {
    bool differs = false;
    while (s->end < a->pairs.count && !is_settled(a, a->pairs.items[s->end])) {
        differs = differs || !is_hit(a, a->pairs.items[s->end]);
        take_pair(a, s, a->pairs.items[s->end]);
    }
    return differs;
}

/* Adds what differs near the end of a stretch, if a choice could change both. */
static void extend(const aligner *a, stretch *s) {
    bool differs = true;
    while (differs && s->t1 - s->t0 < REGION_MAX && s->h1 - s->h0 < REGION_MAX) {
        stretch longer = *s;
        for (size_t near = 0; near < NEAR && longer.end < a->pairs.count &&
                              is_settled(a, a->pairs.items[longer.end]);
             near++)
            take_pair(a, &longer, a->pairs.items[longer.end]);
        differs = take_unsettled(a, &longer) && longer.choice;
        if (differs)
            *s = longer;
    }
}

/* Whether neighbours among tokens [first, end) written together are a word of the other side. */
static bool has_joined(const aligner *a, const side *s, uint32_t first, uint32_t end) {
    uint8_t other = s->number == TTSS_SIDE_TEXT ? TTSS_SIDE_HEARD : TTSS_SIDE_TEXT;
    for (uint32_t t = first; t + 1 < end; t++) {
        uint32_t parts[TTSS_PARTS_MAX];
        for (uint32_t n = 0; n < TTSS_PARTS_MAX && t + n < end; n++) {
            parts[n] = (uint32_t)first_reading(s, t + n)->first;
            if (n > 0 &&
                ttss_joined_symbol(s->words, parts, n + 1, a->vocabulary, other) != TTSS_NO_SYMBOL)
                return true;
        }
    }
    return false;
}

static bool needs_lattice(const aligner *a, const stretch *s) {
    if (s->choice || s->t0 == s->t1 || s->h0 == s->h1)
        return s->choice;
    return has_joined(a, &a->text, s->t0, s->t1) || has_joined(a, &a->heard, s->h0, s->h1);
}

static bool add_lattice(aligner *a, const stretch *s) {
    ttss_lattice text = {0}, heard = {0};
    bool done =
        ttss_lattice_make(&text, a->text.words, s->t0, s->t1, a->vocabulary, TTSS_SIDE_TEXT) &&
        ttss_lattice_make(&heard, a->heard.words, s->h0, s->h1, a->vocabulary, TTSS_SIDE_HEARD) &&
        ttss_lattice_join(&text, a->text.words, a->vocabulary, TTSS_SIDE_HEARD) &&
        ttss_lattice_join(&heard, a->heard.words, a->vocabulary, TTSS_SIDE_TEXT) &&
        ttss_lattice_align(a->out, &text, &heard, a->vocabulary);
    ttss_lattice_free(&text);
    ttss_lattice_free(&heard);
    return done;
}

static bool add_steps(aligner *a) {
    stretch s = {0};
    size_t expected =
        a->text.words->word_count < 4 * a->pairs.count ? a->text.words->word_count : 0;
    if (!ttss_grow((void **)&a->out->steps, &a->out->room,
                   (expected > a->pairs.count ? expected : a->pairs.count) + 1,
                   sizeof *a->out->steps))
        return false;
    while (s.end < a->pairs.count) {
        ttss_pair pair = a->pairs.items[s.end];
        s = (stretch){.first = s.end, .end = s.end, .t0 = s.t1, .t1 = s.t1, .h0 = s.h1, .h1 = s.h1};
        bool differs = take_unsettled(a, &s), done = true;
        if (s.end == s.first) { /* most often */
            take_pair(a, &s, pair);
            if (!add_hit(a, pair))
                return false;
            continue;
        }
        if (differs)
            extend(a, &s);
        if (differs && needs_lattice(a, &s))
            done = add_lattice(a, &s);
        else
            for (size_t i = s.first; i < s.end && done; i++)
                done = add_plain(a, a->pairs.items[i]);
        if (!done)
            return false;
    }
    return true;
}

/* --- where gaps stand ----------------------------------------------------------------------- */

/* A run of gaps could as well stand later where its words go on behind it: of what is said twice
 * the second time is too much. Gap steps [first, end) are followed by those that agree. */
static size_t move_late(ttss_step *steps, size_t first, size_t end, size_t count) {
    bool deletion = steps[first].kind == TTSS_STEP_DELETION;
    size_t length = end - first, moved = 0;
    while (end + moved < count && steps[end + moved].kind == TTSS_STEP_HIT) {
        const ttss_part *gone = deletion ? &steps[first + moved].text : &steps[first + moved].heard;
        const ttss_step *hit = &steps[end + moved];
        if (gone->symbol != hit->text.symbol || gone->count != 1 || hit->text.count != 1 ||
            hit->heard.count != 1)
            break;
        ttss_step pair = steps[first + moved], gap = *hit;
        if (deletion) {
            pair.heard = hit->heard;
            gap.heard = (ttss_part){0};
        } else {
            pair.text = hit->text;
            gap.text = (ttss_part){0};
        }
        pair.kind = TTSS_STEP_HIT;
        gap.kind = deletion ? TTSS_STEP_DELETION : TTSS_STEP_INSERTION;
        steps[first + moved] = pair;
        steps[end + moved++] = gap;
    }
    return first + moved + length;
}

static void move_gaps_late(ttss_alignment *out) {
    for (size_t i = 0; i < out->count;) {
        int kind = out->steps[i].kind;
        size_t end = i + 1;
        if (kind != TTSS_STEP_DELETION && kind != TTSS_STEP_INSERTION) {
            i++;
            continue;
        }
        while (end < out->count && out->steps[end].kind == kind)
            end++;
        i = move_late(out->steps, i, end, out->count);
    }
}

bool ttss_align(ttss_alignment *out, const ttss_words *text, const ttss_words *heard,
                ttss_vocabulary *vocabulary) {
    aligner a = {.out = out,
                 .vocabulary = vocabulary,
                 .text = {.words = text, .number = TTSS_SIDE_TEXT},
                 .heard = {.words = heard, .number = TTSS_SIDE_HEARD}};
    size_t tokens = text->token_count + heard->token_count;
    bool done =
        tokens < UINT32_MAX / 4 && text->word_count < UINT32_MAX / 4 &&
        heard->word_count < UINT32_MAX / 4 && ttss_vocabulary_make(vocabulary, tokens) &&
        number_tokens(&a.text, vocabulary) && number_tokens(&a.heard, vocabulary) &&
        ttss_grow((void **)&a.pairs.items, &a.pairs.room, tokens + 1, sizeof *a.pairs.items) &&
        pair_tokens(&a) && add_steps(&a);
    free(a.text.symbols);
    free(a.heard.symbols);
    free(a.pairs.items);
    if (done)
        move_gaps_late(out);
    return done;
}
