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
#include <string.h>

#define CELLS_SMALL  ((size_t)1 << 20) /* pairs larger than that are cut at anchors, */
#define BLOCK_TOKENS 200               /* into blocks of at least so many tokens on one side */
#define NEAR         3                 /* agreeing tokens between stretches that are one */
#define REGION_MAX   400               /* tokens of a stretch that is not extended further */

typedef struct side {
    const ttss_words *words;
    uint32_t *symbols;     /* of the tokens' first readings */
    unsigned char *choice; /* whether a token can be said in another way, or in several words */
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

static bool number_tokens(side *s, ttss_vocabulary *vocabulary) {
    size_t count = s->words->token_count, room = 0;
    if (!ttss_grow((void **)&s->symbols, &room, count + count / 4 + 1, sizeof *s->symbols))
        return false;
    s->choice = (unsigned char *)(s->symbols + count);
    for (size_t t = 0; t < count; t++) {
        const ttss_reading *r = first_reading(s, (uint32_t)t);
        s->choice[t] = r->count > 1 || s->words->tokens[t].reading_count > 1;
        size_t length = 0;
        const char *said = ttss_words_span(s->words, r->first, r->count, &length);
        s->symbols[t] = ttss_vocabulary_add(vocabulary, said, length, s->number);
        if (s->symbols[t] == TTSS_NO_SYMBOL)
            return false;
    }
    return true;
}

/* Tells text and transcript of different spellings apart from those of different words. */
static void unify_spelling(aligner *a) {
    side *sides[] = {&a->text, &a->heard};
    if (!ttss_vocabulary_unify(a->vocabulary))
        return;
    for (size_t i = 0; i < 2; i++)
        for (size_t t = 0; t < sides[i]->words->token_count; t++)
            sides[i]->symbols[t] = a->vocabulary->symbols[sides[i]->symbols[t]].same;
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

static bool is_hit(const aligner *a, ttss_pair pair) {
    return pair.text != TTSS_NONE && pair.heard != TTSS_NONE &&
           a->text.symbols[pair.text] == a->heard.symbols[pair.heard];
}

/* --- steps without a choice ----------------------------------------------------------------- */

static void fill_part(ttss_part *part, uint32_t token, uint32_t word, uint32_t symbol) {
    part->count = 1;
    part->words[0] = word;
    part->symbol = symbol;
    part->first_token = part->last_token = token;
}

/* Two tokens that agree; a step for each word. */
static bool add_hit(aligner *a, ttss_pair pair) {
    const ttss_reading *text = first_reading(&a->text, pair.text);
    const ttss_reading *heard = first_reading(&a->heard, pair.heard);
    ttss_alignment *out = a->out;
    uint32_t symbol = a->text.symbols[pair.text];
    if (out->room - out->count < text->count &&
        !ttss_grow((void **)&out->steps, &out->room, out->count + text->count, sizeof *out->steps))
        return false;
    for (size_t i = 0; i < text->count; i++) {
        if (text->count > 1) {
            size_t length = 0;
            const char *word = ttss_words_span(a->text.words, text->first + i, 1, &length);
            symbol =
                ttss_vocabulary_add(a->vocabulary, word, length, TTSS_SIDE_TEXT | TTSS_SIDE_HEARD);
            if (symbol == TTSS_NO_SYMBOL)
                return false;
        }
        ttss_step *step = &out->steps[out->count++];
        step->kind = TTSS_STEP_HIT;
        fill_part(&step->text, pair.text, (uint32_t)(text->first + i), symbol);
        fill_part(&step->heard, pair.heard, (uint32_t)(heard->first + i), symbol);
    }
    return true;
}

/* A pair of plain tokens, or one alone. */
static bool add_plain(aligner *a, ttss_pair pair) {
    ttss_part text = {0}, heard = {0};
    if (is_hit(a, pair))
        return add_hit(a, pair);
    if (pair.text != TTSS_NONE)
        fill_part(&text, pair.text, (uint32_t)first_reading(&a->text, pair.text)->first,
                  a->text.symbols[pair.text]);
    if (pair.heard != TTSS_NONE)
        fill_part(&heard, pair.heard, (uint32_t)first_reading(&a->heard, pair.heard)->first,
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
    return (pair.text != TTSS_NONE && a->text.choice[pair.text]) ||
           (pair.heard != TTSS_NONE && a->heard.choice[pair.heard]);
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

/* --- readings that are said exactly --------------------------------------------------------- */

/* Most often a number is said in one of its readings, word for word, and no lattice is needed. One
 * side of the stretch has plain words alone; a way through the readings of the other side is looked
 * for that says just these, with so many attempts at most: */
#define TRIES_MAX  256
#define TOKENS_MAX 24

typedef struct speller {
    const side *choices, *said;
    uint32_t first, end, said_first, said_end; /* tokens */
    uint32_t reading[TOKENS_MAX];              /* that was chosen */
    unsigned tries;
} speller;

static bool says(const speller *p, const ttss_reading *reading, uint32_t at) {
    if (reading->count > p->said_end - at)
        return false;
    for (uint32_t i = 0; i < reading->count; i++) {
        size_t n = 0, m = 0;
        const char *word = ttss_words_span(p->choices->words, reading->first + i, 1, &n);
        const char *other =
            ttss_words_span(p->said->words, first_reading(p->said, at + i)->first, 1, &m);
        if (n != m || memcmp(word, other, n) != 0)
            return false;
    }
    return true;
}

static bool spell(speller *p, uint32_t token, uint32_t at) {
    if (token == p->end)
        return at == p->said_end;
    const ttss_token *t = &p->choices->words->tokens[token];
    for (uint32_t r = 0; r < t->reading_count && p->tries < TRIES_MAX; r++) {
        const ttss_reading *reading = &p->choices->words->readings[t->first_reading + r];
        p->tries++;
        if (!says(p, reading, at))
            continue;
        p->reading[token - p->first] = r;
        if (spell(p, token + 1, at + (uint32_t)reading->count))
            return true;
    }
    return false;
}

static bool all_plain(const side *s, uint32_t first, uint32_t end) {
    return !memchr(s->choice + first, 1, end - first);
}

static bool add_spelled(aligner *a, const speller *p) {
    bool text_chooses = p->choices == &a->text;
    uint32_t at = p->said_first;
    for (uint32_t token = p->first; token < p->end; token++) {
        const ttss_token *t = &p->choices->words->tokens[token];
        const ttss_reading *r =
            &p->choices->words->readings[t->first_reading + p->reading[token - p->first]];
        for (uint32_t i = 0; i < r->count; i++, at++) {
            ttss_part chosen = {0}, said = {0};
            fill_part(&chosen, token, (uint32_t)r->first + i, p->said->symbols[at]);
            fill_part(&said, at, (uint32_t)first_reading(p->said, at)->first, p->said->symbols[at]);
            if (!ttss_alignment_add(a->out, TTSS_STEP_HIT, text_chooses ? &chosen : &said,
                                    text_chooses ? &said : &chosen))
                return false;
        }
    }
    return true;
}

/* Whether a stretch with a choice was said exactly, and how. */
static bool find_spelling(const aligner *a, const stretch *s, speller *p) {
    bool text_chooses = s->h0 < s->h1 && all_plain(&a->heard, s->h0, s->h1);
    if (!s->choice || s->t0 == s->t1 || (!text_chooses && !all_plain(&a->text, s->t0, s->t1)))
        return false;
    p->choices = text_chooses ? &a->text : &a->heard;
    p->said = text_chooses ? &a->heard : &a->text;
    p->first = text_chooses ? s->t0 : s->h0;
    p->end = text_chooses ? s->t1 : s->h1;
    p->said_first = text_chooses ? s->h0 : s->t0;
    p->said_end = text_chooses ? s->h1 : s->t1;
    p->tries = 0;
    return p->end - p->first <= TOKENS_MAX && spell(p, p->first, p->said_first);
}

/* Adds what differs near the end of a stretch, if a choice could change both: if all of it was then
 * said exactly, or what is added was not. What is said exactly by itself has words of its own. */
static void extend(const aligner *a, stretch *s) {
    while (s->t1 - s->t0 < REGION_MAX && s->h1 - s->h0 < REGION_MAX) {
        stretch longer = *s;
        speller p;
        for (size_t near = 0; near < NEAR && longer.end < a->pairs.count &&
                              is_settled(a, a->pairs.items[longer.end]);
             near++)
            take_pair(a, &longer, a->pairs.items[longer.end]);
        stretch next = {
            .end = longer.end, .t0 = longer.t1, .t1 = longer.t1, .h0 = longer.h1, .h1 = longer.h1};
        bool differs = take_unsettled(a, &next);
        if (next.end == longer.end || !(next.choice || longer.choice))
            return;
        longer.choice = true;
        longer.end = next.end;
        longer.t1 = next.t1;
        longer.h1 = next.h1;
        if (differs && find_spelling(a, &next, &p) && !find_spelling(a, &longer, &p))
            return;
        *s = longer;
    }
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
        speller p;
        bool spelled = differs && find_spelling(a, &s, &p);
        if (differs && !spelled) {
            extend(a, &s);
            spelled = find_spelling(a, &s, &p);
        }
        if (spelled)
            done = add_spelled(a, &p);
        else if (differs && needs_lattice(a, &s))
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

static bool is_movable(const ttss_part *gone, const ttss_step *hit) {
    return hit->kind == TTSS_STEP_HIT && gone->symbol == hit->text.symbol && gone->count == 1 &&
           hit->text.count == 1 && hit->heard.count == 1;
}

/* A run of gaps [first, end) could as well stand later where its words go on behind it: of what is
 * said twice the second time is too much. Returns its new end. */
static size_t move_late(ttss_alignment *out, size_t first, size_t end) {
    ttss_step *steps = out->steps;
    bool deletion = steps[first].kind == TTSS_STEP_DELETION;
    for (; end < out->count; first++, end++) {
        ttss_step gap = steps[first], hit = steps[end];
        if (!is_movable(deletion ? &gap.text : &gap.heard, &hit))
            break;
        steps[first] = deletion ? (ttss_step){TTSS_STEP_HIT, gap.text, hit.heard}
                                : (ttss_step){TTSS_STEP_HIT, hit.text, gap.heard};
        steps[end] = deletion ? (ttss_step){gap.kind, hit.text, gap.heard}
                              : (ttss_step){gap.kind, gap.text, hit.heard};
    }
    return end;
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
        i = move_late(out, i, end);
    }
}

bool ttss_align(ttss_alignment *out, const ttss_words *text, const ttss_words *heard, bool english,
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
        ttss_grow((void **)&a.pairs.items, &a.pairs.room, tokens + 1, sizeof *a.pairs.items);
    if (done && english)
        unify_spelling(&a);
    done = done && pair_tokens(&a) && add_steps(&a);
    free(a.text.symbols);
    free(a.heard.symbols);
    free(a.pairs.items);
    if (done)
        move_gaps_late(out);
    return done;
}
