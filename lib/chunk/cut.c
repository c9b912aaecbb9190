/* SPDX-License-Identifier: MIT */
/* Cutting long sentences. A sentence of n characters needs k = ceil(n / limit) pieces, so a first
 * piece of about n / k leaves even pieces. Of the boundaries within the limit the best kind that
 * there is wins (clause, word, a no-break space, grapheme cluster after UAX #29, code point), and
 * within a kind the one that is nearest to n / k. One look at `limit` characters for each piece:
 * linear, since what follows a short piece is known to have no boundary for long. */
#include "chunk/cut.h"

#include "base/utf8.h"
#include "chunk/marks.h"

#include <ttsslice/chunk.h>

#include <stdbool.h>
#include <utf8proc.h>

enum rank { RANK_CODE_POINT, RANK_GRAPHEME, RANK_GLUE, RANK_WORD, RANK_CLAUSE };

typedef struct chooser {
    enum rank rank;
    size_t distance; /* from the ideal, of the best so far */
    size_t end;
    size_t characters;
    size_t ideal;
    size_t limit;
} chooser;

/* What the characters just before a boundary were. */
typedef struct context {
    enum ttss_clause clause; /* a mark, with closing marks behind it or none */
    uint32_t previous;       /* character */
    uint32_t before;         /* the one before that */
} context;

static void offer(chooser *best, enum rank rank, size_t bonus, size_t end, size_t characters) {
    size_t distance =
        characters > best->ideal ? characters - best->ideal : best->ideal - characters;
    distance = distance > bonus ? distance - bonus : 0;
    if (rank < best->rank || (rank == best->rank && distance > best->distance))
        return;
    best->rank = rank;
    best->distance = distance;
    best->end = end;
    best->characters = characters;
}

static bool is_dash(uint32_t c) {
    return c == '-' || c == 0x2013 || ttss_clause_of(c) == TTSS_CLAUSE_DASH;
}

/* The boundary before c, a white space, which follows a character that is none. */
static void offer_space(chooser *best, const context *was, uint32_t c, size_t end,
                        size_t characters) {
    bool spaced_dash = is_dash(was->previous) && ttss_is_space(was->before);
    /* A shorter piece would be a bad bargain for a clause. */
    if ((was->clause != TTSS_CLAUSE_NONE || spaced_dash) && characters >= best->limit / 4) {
        size_t bonus = was->clause == TTSS_CLAUSE_COMMA ? 0 : best->limit / 8;
        offer(best, RANK_CLAUSE, bonus, end, characters);
    } else {
        offer(best, ttss_is_glue(c) ? RANK_GLUE : RANK_WORD, 0, end, characters);
    }
}

/* The boundary before c, no white space, behind a mark that needs none. */
static void offer_direct(chooser *best, const context *was, uint32_t c, size_t end,
                         size_t characters) {
    bool mark = was->clause == TTSS_CLAUSE_DIRECT || was->clause == TTSS_CLAUSE_DASH ||
                (was->previous == '-' && was->before == '-');
    if (!mark || characters < best->limit / 4 || is_dash(c) || ttss_closes(c) ||
        ttss_clause_of(c) || ttss_stop_of(c) || ttss_letter_of(c) == TTSS_LETTER_DIGIT ||
        !utf8proc_grapheme_break((utf8proc_int32_t)was->previous, (utf8proc_int32_t)c))
        return;
    offer(best, RANK_CLAUSE, 0, end, characters);
}

static void step(context *was, uint32_t c) {
    enum ttss_clause clause = ttss_clause_of(c);
    if (clause != TTSS_CLAUSE_NONE || !ttss_closes(c))
        was->clause = clause;
    was->before = was->previous;
    was->previous = c;
}

/* Only for a window without any white space or clause. */
static void offer_graphemes(chooser *best, const char *text, size_t start, size_t end) {
    size_t pos = start, characters = 0;
    utf8proc_int32_t state = 0;
    uint32_t previous = ttss_utf8_next(text, end, &pos);
    while (++characters <= best->limit && pos < end) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(text, end, &pos);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous, (utf8proc_int32_t)c,
                                             &state))
            offer(best, RANK_GRAPHEME, 0, at, characters);
        else if (characters == best->limit)
            offer(best, RANK_CODE_POINT, 0, at, characters);
        previous = c;
    }
}

ttss_cut ttss_cut_find(const char *text, size_t start, size_t end, size_t characters,
                       size_t limit) {
    size_t pieces = (characters + limit - 1) / limit;
    chooser best = {.rank = RANK_CODE_POINT,
                    .distance = SIZE_MAX,
                    .ideal = (characters + pieces - 1) / pieces,
                    .limit = limit};
    context was = {.clause = TTSS_CLAUSE_NONE};
    size_t pos = start;
    for (size_t count = 0; count <= limit && pos < end; count++) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(text, end, &pos);
        if (count > 0 && !ttss_is_space(was.previous)) {
            if (ttss_is_space(c))
                offer_space(&best, &was, c, at, count);
            else
                offer_direct(&best, &was, c, at, count);
        }
        step(&was, c);
    }
    if (best.end == 0)
        offer_graphemes(&best, text, start, end);
    return (ttss_cut){.end = best.end,
                      .characters = best.characters,
                      .break_after =
                          best.rank == RANK_CLAUSE ? TTSSLICE_BREAK_CLAUSE : TTSSLICE_BREAK_WORD};
}
