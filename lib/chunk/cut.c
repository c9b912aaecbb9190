/* SPDX-License-Identifier: MIT */
/* Cutting long sentences; see cut.h. */
#include "chunk/cut.h"

#include "base/utf8.h"
#include "chunk/marks.h"

#include <stdint.h>
#include <utf8proc.h>

/* A clause that is shorter than this part of the limit, at either end of its sentence, is no better
 * a place than any word: "Oh no," alone is too little to say. */
#define CLAUSE_PART 8

/* Words of up to SHORT letters that follow a word of more than SHORT are mostly those that begin a
 * phrase: conjunctions, prepositions, articles, pronouns. In any language the most frequent words
 * are short (Zipf 1935), so this needs no lists. */
#define SHORT_WORD 4

enum level { LEVEL_WORDS, LEVEL_GLUE, LEVEL_INSIDE };

typedef struct cutter {
    const char *text;
    const ttss_piece *sentence;
    size_t limit;
    ttss_piece_fn fn;
    void *user_data;
} cutter;

/* A place: the piece before it ends at end, the one behind it begins at start. */
typedef struct gap {
    size_t end;
    size_t start;
    size_t to; /* the same in characters */
    size_t at;
    enum ttss_edge edge;
} gap;

/* Looks for gaps. What was read, up to pos: */
typedef struct scanner {
    size_t pos;
    size_t at;
    size_t end;          /* of the piece */
    uint32_t mark;       /* of a clause, with closing marks behind it or none; or 0 */
    uint32_t previous;   /* character */
    uint32_t before;     /* the one before that */
    size_t word_letters; /* since the last white space */
} scanner;

static bool is_dash(uint32_t c) {
    return c == '-' || c == 0x2013 || ttss_clause_of(c) == TTSS_CLAUSE_DASH;
}

/* Scripts that write no space between words but one between phrases: Thai and Lao, Myanmar,
 * Khmer. */
static bool is_unspaced(uint32_t c) {
    return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) ||
           (c >= 0x1780 && c < 0x1800);
}

static bool is_comma(uint32_t c) {
    enum ttss_clause clause = ttss_clause_of(c);
    return clause == TTSS_CLAUSE_COMMA || c == 0x3001 || c == 0xFF0C || c == 0xFF64;
}

/* Letters of the word at pos; more than SHORT_WORD need not be exact. */
static size_t word_letters(const char *text, size_t pos, size_t end) {
    size_t letters = 0;
    while (pos < end && letters <= SHORT_WORD) {
        uint32_t c = ttss_utf8_next(text, end, &pos);
        if (ttss_letter_of(c) == TTSS_LETTER_NONE)
            break;
        letters++;
    }
    return letters;
}

/* Nothing may begin with what stands at pos: marks that belong to what is before them. */
static bool is_trailing(const char *text, size_t pos, size_t end) {
    uint32_t c = ttss_utf8_next(text, end, &pos);
    if (ttss_closes(c))
        return !ttss_opens(c);
    if (is_dash(c))
        return pos >= end || ttss_skip_space(text, pos, end) > pos;
    return ttss_clause_of(c) != TTSS_CLAUSE_NONE || ttss_stop_of(c) != TTSS_STOP_NONE;
}

static bool is_worth_a_clause(const cutter *c, size_t to) {
    const ttss_piece *s = c->sentence;
    return to - s->at >= c->limit / CLAUSE_PART && s->to - to >= c->limit / CLAUSE_PART;
}

static enum ttss_edge clause_edge(uint32_t mark, bool short_word) {
    if (!is_comma(mark))
        return TTSS_EDGE_CLAUSE;
    return short_word ? TTSS_EDGE_COMMA_WORD : TTSS_EDGE_COMMA;
}

/* U+200B marks where a word ends in such a script. */
static bool is_zero_width(const char *text, const gap *g) {
    size_t pos = g->end;
    return ttss_utf8_next(text, g->start, &pos) == 0x200B && pos == g->start;
}

/* The white space before g->start, which may be broken at. */
static enum ttss_edge space_edge(const cutter *c, const scanner *s, const gap *g) {
    size_t pos = g->start;
    uint32_t next = ttss_utf8_next(c->text, s->end, &pos);
    size_t letters = word_letters(c->text, g->start, s->end);
    bool short_word = letters > 0 && letters <= SHORT_WORD;
    bool spaced_dash = is_dash(s->previous) && ttss_is_space(s->before);
    if (is_worth_a_clause(c, g->to)) {
        if (s->mark || spaced_dash)
            return clause_edge(spaced_dash ? 0 : s->mark, short_word);
        if (is_unspaced(s->previous) && is_unspaced(next) && !is_zero_width(c->text, g))
            return TTSS_EDGE_COMMA;
    }
    return short_word && s->word_letters > SHORT_WORD ? TTSS_EDGE_BEFORE_WORD : TTSS_EDGE_WORD;
}

/* Behind a mark that needs no white space, before c; TTSS_EDGE_INSIDE: not there. */
static enum ttss_edge direct_edge(const cutter *c, const scanner *s, uint32_t next, size_t at) {
    enum ttss_clause clause = ttss_clause_of(s->mark);
    bool dashes = s->previous == '-' && s->before == '-';
    if ((clause != TTSS_CLAUSE_DIRECT && clause != TTSS_CLAUSE_DASH && !dashes) || is_dash(next) ||
        ttss_closes(next) || ttss_clause_of(next) || ttss_stop_of(next) ||
        ttss_letter_of(next) == TTSS_LETTER_DIGIT ||
        !utf8proc_grapheme_break((utf8proc_int32_t)s->previous, (utf8proc_int32_t)next))
        return TTSS_EDGE_INSIDE;
    return is_worth_a_clause(c, at) ? clause_edge(s->mark, false) : TTSS_EDGE_WORD;
}

static void step(scanner *s, uint32_t c) {
    bool clause = ttss_clause_of(c) != TTSS_CLAUSE_NONE;
    if (clause || !ttss_closes(c))
        s->mark = clause ? c : 0;
    s->word_letters = ttss_is_space(c) ? 0 : s->word_letters + 1;
    s->before = s->previous;
    s->previous = c;
}

/* Reads the white space that begins at g->end and sets the rest of g. False: not to be broken at.
 */
static bool read_space(const cutter *c, scanner *s, enum level level, gap *g) {
    bool glue = true;
    uint32_t space = ' ';
    while (s->pos < s->end) {
        size_t next = s->pos;
        uint32_t here = ttss_utf8_next(c->text, s->end, &next);
        if (!ttss_is_space(here))
            break;
        space = here;
        glue = glue && ttss_is_glue(here);
        s->pos = next;
        s->at++;
    }
    g->start = s->pos;
    g->at = s->at;
    bool breaks = level == LEVEL_GLUE || (!glue && !is_trailing(c->text, s->pos, s->end));
    g->edge = level == LEVEL_GLUE ? TTSS_EDGE_GLUE : space_edge(c, s, g);
    step(s, space);
    return breaks;
}

static bool is_plain(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Reads over letters and digits behind others, where no gap is: most of most texts. Behind a letter
 * or digit no mark is in force. */
static void skip_plain(const cutter *c, scanner *s) {
    size_t first = s->pos;
    if (!is_plain(s->previous))
        return;
    while (s->pos < s->end && is_plain((unsigned char)c->text[s->pos]))
        s->pos++;
    size_t count = s->pos - first;
    if (count == 0)
        return;
    s->before = count > 1 ? (unsigned char)c->text[s->pos - 2] : s->previous;
    s->previous = (unsigned char)c->text[s->pos - 1];
    s->at += count;
    s->word_letters += count;
}

static bool next_gap(const cutter *c, scanner *s, enum level level, gap *g) {
    for (;;) {
        skip_plain(c, s);
        if (s->pos >= s->end)
            return false;
        size_t here = s->pos;
        *g = (gap){.end = here, .start = here, .to = s->at, .at = s->at};
        uint32_t next = ttss_utf8_next(c->text, s->end, &s->pos);
        if (ttss_is_space(next)) {
            s->pos = here;
            if (read_space(c, s, level, g))
                return true;
            continue;
        }
        g->edge = level == LEVEL_WORDS && s->previous && !ttss_is_space(s->previous)
                      ? direct_edge(c, s, next, s->at)
                      : TTSS_EDGE_INSIDE;
        step(s, next);
        s->at++;
        if (g->edge != TTSS_EDGE_INSIDE)
            return true;
    }
}

/* A place inside a word, and how good it is. */
typedef struct choice {
    int rank; /* 0: inside a cluster, 1: where marks are torn off, 2: between clusters */
    size_t distance;
    size_t end;
    size_t to;
} choice;

/* The first piece of a long word: of about `ideal` characters, at most limit. Marks stay with what
 * is before or behind them, as line breaking has it for East Asian text (JIS X 4051). */
static choice cut_inside(const cutter *c, const ttss_piece *word, size_t ideal) {
    choice best = {.rank = -1};
    size_t pos = word->start, characters = 0;
    utf8proc_int32_t state = 0;
    uint32_t previous = ttss_utf8_next(c->text, word->end, &pos);
    while (++characters <= c->limit && pos < word->end) {
        size_t at = pos;
        uint32_t next = ttss_utf8_next(c->text, word->end, &pos);
        bool parted = utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous,
                                                       (utf8proc_int32_t)next, &state);
        bool torn = parted && (is_trailing(c->text, at, word->end) || ttss_closes(next) ||
                               (ttss_opens(previous) && !is_dash(previous)));
        int rank = torn ? 1 : parted ? 2 : characters == c->limit ? 0 : -1;
        size_t distance = characters > ideal ? characters - ideal : ideal - characters;
        if (rank > best.rank || (rank >= 0 && rank == best.rank && distance <= best.distance))
            best = (choice){rank, distance, at, word->at + characters};
        previous = next;
    }
    return best;
}

static bool cut_word(const cutter *c, ttss_piece word) {
    while (word.to - word.at > c->limit) {
        size_t left = word.to - word.at, pieces = (left + c->limit - 1) / c->limit;
        choice best = cut_inside(c, &word, (left + pieces - 1) / pieces);
        ttss_piece piece = {word.start, best.end, word.at, best.to, TTSS_EDGE_INSIDE};
        if (!c->fn(&piece, c->user_data))
            return false;
        word.start = best.end;
        word.at = best.to;
    }
    return c->fn(&word, c->user_data);
}

static bool cut_at(const cutter *c, const ttss_piece *whole, enum level level) {
    if (whole->to - whole->at <= c->limit)
        return c->fn(whole, c->user_data);
    if (level == LEVEL_INSIDE)
        return cut_word(c, *whole);
    scanner s = {.pos = whole->start, .at = whole->at, .end = whole->end};
    ttss_piece rest = *whole;
    gap g;
    while (next_gap(c, &s, level, &g)) {
        ttss_piece piece = {rest.start, g.end, rest.at, g.to, g.edge};
        if (!cut_at(c, &piece, level + 1))
            return false;
        rest.start = g.start;
        rest.at = g.at;
    }
    return cut_at(c, &rest, level + 1);
}

bool ttss_cut(const char *text, const ttss_piece *sentence, size_t limit, ttss_piece_fn fn,
              void *user_data) {
    cutter c = {text, sentence, limit, fn, user_data};
    return cut_at(&c, sentence, LEVEL_WORDS);
}
