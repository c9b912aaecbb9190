/* SPDX-License-Identifier: MIT */
/* From an alignment to defects. Steps that do not agree form regions; two regions with a single
 * agreeing word between them are one, because such a word usually agrees by chance. A region is
 * judged by how many words of the text it holds (T), how many were heard there (H), and how alike
 * both are in characters:
 *
 *   T  0             repeated if the heard words have a period with their neighbours, else extra
 *   T < H            repeated if what was heard are the words next to it
 *   H  0             truncated at the end of the text, else missing
 *   nothing agrees   in the whole text: garbled
 *   alike            a mishearing: only the difference of T and H counts, as above; without one it
 * is garbled, with a higher limit unless figures are among the words 3 H <= T         truncated or
 * missing 4 T <= H         repeated or extra; from 2 T < H on if T alone would be within the limit
 *   otherwise        garbled
 *
 * A defect quotes as many words as it counts: where it counts only the difference, those are quoted
 * that stand alone in the alignment.
 */
#include "validate/defects.h"

#include "base/utf8.h"
#include "validate/similarity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Default limits: the recogniser that checks against the text mishears 0.04 words a chunk on clean
 * audio, and a damaged take differs in runs of two words and more. */
#define LIMIT_SHORT      1 /* words, up to LIMIT_SHORT_TEXT words of text */
#define LIMIT_SHORT_TEXT 100
#define LIMIT_STEP       200 /* one more for so many further words, */
#define LIMIT_LONG       3   /* up to this */

#define ALIKE       60.0 /* percent: "walked" for "walks" */
#define FUZZY_FROM  4    /* a repetition from so many words on may be misheard here and there: */
#define FUZZY_SHARE 0.75 /* so much of it must agree */
#define SAID_AGAIN  2    /* so many words that were heard before are no chance */
#define LONGEST_S   1.5  /* seconds: no word is so long; noise is heard as one, too */
#define ALIKE_LIMIT 3    /* times as many words may be misheard as others that sound alike */
#define QUOTE_MAX   120  /* bytes of text in a message */

int32_t ttss_default_limit(int64_t text_words) {
    int64_t further =
        text_words > LIMIT_SHORT_TEXT ? (text_words - LIMIT_SHORT_TEXT) / LIMIT_STEP : 0;
    int64_t limit = LIMIT_SHORT + further;
    return (int32_t)(limit < LIMIT_LONG ? limit : LIMIT_LONG);
}

typedef struct finder {
    ttsslice_verdict *verdict;
    const ttss_comparison *c;
    const ttsslice_validate_options *options;
    double duration_s;
    const ttss_step *steps;
    size_t step_count;
    uint32_t *heard_at;    /* heard steps before each step; step_count + 1 values */
    uint32_t *heard_steps; /* the steps with something heard; behind the other */
    size_t heard_count;
    bool failed;
} finder;

typedef struct region {
    size_t first, end;  /* steps */
    size_t text, heard; /* words that do not agree */
    size_t low, high;   /* steps from the first to the last word of the text that does not agree */
    size_t all;         /* words of the text in these, with those that agree by chance */
    double alike;       /* percent */
} region;

/* --- spans ---------------------------------------------------------------------------------- */

static bool text_span(const finder *f, size_t first, size_t end, size_t *start, size_t *length) {
    size_t low = SIZE_MAX, high = 0;
    for (size_t i = first; i < end; i++) {
        const ttss_part *part = &f->steps[i].text;
        if (!part->count)
            continue;
        const ttss_token *a = &f->c->text_words.tokens[part->first_token];
        const ttss_token *b = &f->c->text_words.tokens[part->last_token];
        low = a->start < low ? a->start : low;
        high = b->start + b->length > high ? b->start + b->length : high;
    }
    if (low == SIZE_MAX)
        return false;
    *start = low;
    *length = high - low;
    return true;
}

/* Where in the text something was heard that is not in it. */
static size_t text_place(const finder *f, size_t step) {
    size_t start = 0, length = 0;
    if (text_span(f, step, step < f->step_count ? step + 1 : step, &start, &length))
        return start;
    for (size_t i = step; i < f->step_count; i++)
        if (f->steps[i].text.count)
            return f->c->text_words.tokens[f->steps[i].text.first_token].start;
    for (size_t i = step; i-- > 0;)
        if (text_span(f, i, i + 1, &start, &length))
            return start + length;
    return 0;
}

static double heard_start(const finder *f, size_t heard) {
    if (heard >= f->heard_count)
        return f->duration_s;
    return ttss_heard_start(f->c, f->steps[f->heard_steps[heard]].heard.first_token);
}

static double heard_end(const finder *f, size_t heards) {
    if (heards == 0)
        return f->heard_count && isnan(heard_start(f, 0)) ? (double)NAN : 0.0;
    return ttss_heard_end(f->c, f->steps[f->heard_steps[heards - 1]].heard.last_token);
}

/* From the first to the last word heard in these steps, or the gap between their neighbours. */
static void audio_span(const finder *f, size_t first, size_t end, ttsslice_defect *d) {
    size_t a = f->heard_at[first], b = f->heard_at[end];
    d->audio_start_s = a < b ? heard_start(f, a) : heard_end(f, a);
    d->audio_end_s = a < b ? heard_end(f, b) : heard_start(f, a);
}

/* --- words for people ----------------------------------------------------------------------- */

/* A quotation on one line, shortened. */
static void add_quote(ttss_buf *buf, const char *text, size_t length) {
    size_t pos = 0, added = 0;
    bool space = false;
    ttss_buf_add_char(buf, '"');
    while (pos < length) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(text, length, &pos);
        if (ttss_is_space(c) || c < 0x20 || c == 0x7F) {
            space = added > 0;
            continue;
        }
        if (added + (pos - at) + space > QUOTE_MAX) {
            ttss_buf_add_text(buf, "...");
            break;
        }
        if (space)
            ttss_buf_add_char(buf, ' ');
        ttss_buf_add(buf, text + at, pos - at);
        added += (pos - at) + space;
        space = false;
    }
    ttss_buf_add_char(buf, '"');
}

static void heard_text(const finder *f, size_t first, size_t end, ttss_buf *buf) {
    for (size_t i = first; i < end; i++)
        ttss_add_part(buf, &f->c->heard_words, &f->steps[i].heard);
}

static void add_number(ttss_buf *buf, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    ttss_buf_add(buf, digits + at, sizeof digits - at);
}

/* Whether only a part of what a token says is meant: "minus" of "-12". */
static bool is_part_of_token(const finder *f, const region *part) {
    const ttss_part *low = &f->steps[part->first].text, *high = &f->steps[part->end - 1].text;
    size_t before = part->first, behind = part->end;
    while (before > 0 && !f->steps[before - 1].text.count)
        before--;
    while (behind < f->step_count && !f->steps[behind].text.count)
        behind++;
    return (before > 0 && low->count && f->steps[before - 1].text.last_token == low->first_token) ||
           (behind < f->step_count && high->count &&
            f->steps[behind].text.first_token == high->last_token);
}

static void add_words_of(const finder *f, const region *part, ttss_buf *buf) {
    ttss_buf words;
    ttss_buf_init(&words, SIZE_MAX / 2);
    for (size_t i = part->first; i < part->end; i++)
        if (f->steps[i].kind != TTSS_STEP_HIT)
            ttss_add_part(&words, &f->c->text_words, &f->steps[i].text);
    add_quote(buf, words.data, words.length);
    buf->failed = buf->failed || words.failed;
    ttss_buf_add_text(buf, " of ");
    ttss_buf_free(&words);
}

static void describe(const finder *f, const ttsslice_defect *d, const region *part, ttss_buf *buf) {
    static const char *const endings[] = {[TTSSLICE_DEFECT_MISSING] = " not said: ",
                                          [TTSSLICE_DEFECT_REPEATED] = " said again: ",
                                          [TTSSLICE_DEFECT_EXTRA] = " not in the text: ",
                                          [TTSSLICE_DEFECT_GARBLED] = " said otherwise: ",
                                          [TTSSLICE_DEFECT_TRUNCATED] = ": "};
    const char *text = f->c->text;
    size_t words = (size_t)d->measured;
    bool gone = d->kind == TTSSLICE_DEFECT_MISSING || d->kind == TTSSLICE_DEFECT_TRUNCATED;
    const char *heard = d->heard ? d->heard : "";
    if (d->kind == TTSSLICE_DEFECT_TRUNCATED)
        ttss_buf_add_text(buf, "the end was not said, ");
    add_number(buf, words);
    ttss_buf_add_text(buf, words == 1 ? " word" : " words");
    ttss_buf_add_text(buf, endings[d->kind]);
    if (gone && is_part_of_token(f, part))
        add_words_of(f, part, buf);
    if (d->text_length && d->kind != TTSSLICE_DEFECT_EXTRA)
        add_quote(buf, text + d->text_start, d->text_length);
    else
        add_quote(buf, heard, strlen(heard));
    if (d->kind == TTSSLICE_DEFECT_GARBLED) {
        ttss_buf_add_text(buf, " heard as ");
        add_quote(buf, heard, strlen(heard));
    }
}

/* --- repetitions ---------------------------------------------------------------------------- */

static uint32_t heard_word(const finder *f, size_t heard) {
    return f->steps[f->heard_steps[heard]].heard.symbol;
}

static size_t count_equal(const finder *f, size_t first, size_t extra, size_t period) {
    size_t equal = 0;
    for (size_t t = first; t < first + extra; t++)
        equal += heard_word(f, t) == heard_word(f, t + period);
    return equal;
}

/* Where in the text the words of a stretch with a period are: heard [start, start + extra +
 * period). The longest run of those that were said again; all of them if nearly all were, as the
 * others were misheard. False: none of them is in the text, so foreign words were said over and
 * over. */
static bool repeated_span(const finder *f, size_t start, size_t extra, size_t period,
                          size_t *text_start, size_t *text_length) {
    size_t first = f->heard_steps[start], end = f->heard_steps[start + extra + period - 1] + 1;
    size_t low = 0, high = 0, run = 0, longest = 0, again = 0, all = 0, h = start;
    while (first < end && f->steps[first].kind != TTSS_STEP_HIT)
        h += f->steps[first++].heard.count > 0;
    while (end > first && f->steps[end - 1].kind != TTSS_STEP_HIT)
        end--;
    for (size_t i = first; i < end; i++) {
        size_t here = h;
        h += f->steps[i].heard.count > 0;
        if (!f->steps[i].text.count)
            continue;
        bool said =
            f->steps[i].kind == TTSS_STEP_HIT &&
            ((here < start + extra && heard_word(f, here) == heard_word(f, here + period)) ||
             (here >= start + period && heard_word(f, here) == heard_word(f, here - period)));
        all++;
        again += said;
        run = said ? run + 1 : 0;
        if (run > longest) {
            longest = run;
            high = i + 1;
        }
    }
    for (low = high; longest > 0; longest -= f->steps[low].text.count > 0)
        low--;
    if ((double)again >= FUZZY_SHARE * (double)all)
        low = first, high = end;
    return again > 0 && text_span(f, low, high, text_start, text_length);
}

/* Whether `extra` words in heard [low, high) belong to a stretch with a period, and where in the
 * text they are. Periods divide `extra`, as the stretch without them is the text. */
static bool has_period(const finder *f, size_t low, size_t high, size_t extra, size_t *text_start,
                       size_t *text_length) {
    size_t needed = extra < FUZZY_FROM ? extra : (size_t)ceil(FUZZY_SHARE * (double)extra);
    for (size_t period = extra; period > 0; period--) {
        size_t length = extra + period, best = 0, where = 0;
        if (extra % period || length > f->heard_count)
            continue;
        size_t from = low > period ? low - period : 0;
        size_t to = high - extra < f->heard_count - length ? high - extra : f->heard_count - length;
        size_t equal = from <= to ? count_equal(f, from, extra, period) : 0;
        for (size_t s = from; s <= to; s++) {
            if (s > from) {
                equal -= heard_word(f, s - 1) == heard_word(f, s - 1 + period);
                equal += heard_word(f, s + extra - 1) == heard_word(f, s + extra - 1 + period);
            }
            if (equal > best) {
                best = equal;
                where = s;
            }
        }
        if (best >= needed && repeated_span(f, where, extra, period, text_start, text_length))
            return true;
    }
    return false;
}

static bool same_run(const finder *f, size_t a, size_t b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (heard_word(f, a + i) != heard_word(f, b + i))
            return false;
    return true;
}

/* Words that were said again and swallowed some of the text, which then look like other words in
 * its place: what was heard in the region is what stands next to it. *first: the first heard word
 * of both. */
static bool repeats_neighbours(const finder *f, const region *r, size_t *first) {
    size_t low = f->heard_at[r->first], high = f->heard_at[r->end], count = high - low;
    if (count < SAID_AGAIN || r->heard < count || r->text >= count)
        return false;
    bool before = low >= count && same_run(f, low - count, low, count);
    *first = before ? low - count : low;
    return before || (high + count <= f->heard_count && same_run(f, low, high, count));
}

/* --- judging -------------------------------------------------------------------------------- */

/* Other figures make another number, however alike they sound. */
static bool has_figures(const finder *f, const region *r) {
    for (size_t i = r->first; i < r->end; i++) {
        const ttss_part *part = &f->steps[i].text;
        for (size_t t = part->first_token; part->count && t <= part->last_token; t++) {
            const ttss_token *token = &f->c->text_words.tokens[t];
            for (size_t k = token->start; k < token->start + token->length; k++)
                if (f->c->text[k] >= '0' && f->c->text[k] <= '9')
                    return true;
        }
    }
    return false;
}

static int32_t limit_of(const finder *f, int32_t kind) {
    const ttsslice_validate_options *o = f->options;
    int32_t given = kind == TTSSLICE_DEFECT_MISSING     ? o->max_missing_words
                    : kind == TTSSLICE_DEFECT_REPEATED  ? o->max_repeated_words
                    : kind == TTSSLICE_DEFECT_EXTRA     ? o->max_extra_words
                    : kind == TTSSLICE_DEFECT_TRUNCATED ? o->max_truncated_words
                                                        : o->max_garbled_words;
    if (given >= 0)
        return given;
    int32_t limit = ttss_default_limit(f->c->counts.text_words);
    /* One character of Chinese or Japanese is about half a word. */
    return 2 * f->c->unspaced > f->c->text_words.token_count ? 2 * limit : limit;
}

/* The steps of a region that hold `count` words of one side, and of such the most that stand alone.
 * Of equals the first, at the end of the text the last. */
static region narrow(const finder *f, const region *r, bool heard, size_t count) {
    region best = *r;
    size_t first = r->first, held = 0, alone = 0, most = 0;
    bool found = false, last = r->end == f->step_count;
    for (size_t i = r->first; i < r->end; i++) {
        const ttss_step *step = &f->steps[i];
        int kind = heard ? TTSS_STEP_INSERTION : TTSS_STEP_DELETION;
        held += heard ? step->heard.count : step->text.count;
        alone += step->kind == kind;
        for (; held > count; first++) {
            held -= heard ? f->steps[first].heard.count : f->steps[first].text.count;
            alone -= f->steps[first].kind == kind;
        }
        if (held == count && (!found || alone > most || (last && alone == most))) {
            found = true;
            most = alone;
            best.first = first;
            best.end = i + 1;
        }
    }
    return best;
}

/* What of a region the defect is about. */
static region part_of(const finder *f, const region *r, int32_t kind, size_t measured) {
    if (kind == TTSSLICE_DEFECT_EXTRA)
        return narrow(f, r, true, measured);
    return measured < r->all ? narrow(f, r, false, measured) : *r;
}

/* What was heard in the place of words, or beside them, may be noise. */
static bool lasts_too_long(const ttsslice_defect *d) {
    double words = d->limit > 1 ? d->limit : 1;
    if (d->kind == TTSSLICE_DEFECT_GARBLED)
        words = d->measured > words ? d->measured : words;
    else if (d->kind != TTSSLICE_DEFECT_EXTRA)
        return false;
    return d->audio_end_s - d->audio_start_s > LONGEST_S * words;
}

static void add_defect(finder *f, const region *r, int32_t kind, size_t measured) {
    ttss_buf heard, message;
    ttsslice_defect d = {.kind = kind, .measured = (double)measured};
    region part = *r;
    size_t first = 0;
    ttss_buf_init(&heard, SIZE_MAX / 2);
    ttss_buf_init(&message, SIZE_MAX / 2);
    if (kind == TTSSLICE_DEFECT_EXTRA && has_period(f, f->heard_at[r->first], f->heard_at[r->end],
                                                    measured, &d.text_start, &d.text_length)) {
        d.kind = TTSSLICE_DEFECT_REPEATED;
    } else if (kind == TTSSLICE_DEFECT_REPEATED && repeats_neighbours(f, r, &first)) {
        repeated_span(f, first, measured, measured, &d.text_start, &d.text_length);
    } else {
        part = part_of(f, r, kind, measured);
        bool whole = part.first == r->first && part.end == r->end;
        if (kind == TTSSLICE_DEFECT_EXTRA)
            d.text_start = text_place(f, part.first);
        else
            text_span(f, whole ? r->low : part.first, whole ? r->high : part.end, &d.text_start,
                      &d.text_length);
    }
    audio_span(f, part.first, part.end, &d);
    heard_text(f, part.first, part.end, &heard);
    d.heard = heard.data;
    describe(f, &d, &part, &message);
    d.message = message.data;
    d.limit = limit_of(f, d.kind);
    if (d.kind == TTSSLICE_DEFECT_GARBLED && r->alike >= ALIKE && !has_figures(f, r))
        d.limit *= ALIKE_LIMIT;
    d.over_limit = d.measured > d.limit || lasts_too_long(&d);
    char *heard_copy = ttss_buf_take(&heard), *message_copy = ttss_buf_take(&message);
    if (!ttss_verdict_take(f->verdict, &d, heard_copy, message_copy))
        f->failed = true;
}

static void judge(finder *f, const region *r) {
    bool at_end = r->end == f->step_count && f->c->counts.hits > 0;
    int32_t gone = at_end ? TTSSLICE_DEFECT_TRUNCATED : TTSSLICE_DEFECT_MISSING;
    size_t t = r->text, h = r->heard, first = 0;
    if (t + h == 0) /* a hesitation */
        return;
    if (t > 0 && repeats_neighbours(f, r, &first))
        add_defect(f, r, TTSSLICE_DEFECT_REPEATED, h);
    else if (t == 0)
        add_defect(f, r, TTSSLICE_DEFECT_EXTRA, h);
    else if (h == 0)
        add_defect(f, r, gone, r->all);
    else if (f->c->counts.hits == 0)
        add_defect(f, r, TTSSLICE_DEFECT_GARBLED, r->all);
    else if (r->alike >= ALIKE && t > h)
        add_defect(f, r, gone, t - h);
    else if (r->alike >= ALIKE && h > t)
        add_defect(f, r, TTSSLICE_DEFECT_EXTRA, h - t);
    else if (r->alike >= ALIKE)
        add_defect(f, r, TTSSLICE_DEFECT_GARBLED, r->all);
    else if (3 * h <= t)
        add_defect(f, r, gone, r->all);
    else if (4 * t <= h || (h > 2 * t && t <= (size_t)limit_of(f, TTSSLICE_DEFECT_GARBLED)))
        add_defect(f, r, TTSSLICE_DEFECT_EXTRA, h - t);
    else
        add_defect(f, r, TTSSLICE_DEFECT_GARBLED, r->all);
}

/* --- regions -------------------------------------------------------------------------------- */

static void add_solid(ttss_buf *buf, const ttss_words *words, const ttss_part *part) {
    for (size_t i = 0; i < part->count; i++)
        ttss_buf_add_text(buf, words->words[part->words[i]]);
}

static void measure(finder *f, region *r) {
    ttss_buf text, heard;
    r->text = r->heard = r->all = 0;
    r->alike = 0.0;
    ttss_buf_init(&text, SIZE_MAX / 2);
    ttss_buf_init(&heard, SIZE_MAX / 2);
    for (size_t i = r->first; i < r->end; i++) {
        const ttss_step *step = &f->steps[i];
        if (step->kind == TTSS_STEP_HIT)
            continue;
        if (step->text.count) {
            r->low = r->text ? r->low : i;
            r->high = i + 1;
        }
        r->text += step->text.count > 0;
        r->heard += step->heard.count > 0;
        add_solid(&text, &f->c->text_words, &step->text);
        add_solid(&heard, &f->c->heard_words, &step->heard);
    }
    for (size_t i = r->low; r->text && i < r->high; i++)
        r->all += f->steps[i].text.count;
    if (text.failed || heard.failed ||
        (r->text && r->heard &&
         !ttss_similarity(text.data, text.length, heard.data, heard.length, &r->alike)))
        f->failed = true;
    ttss_buf_free(&text);
    ttss_buf_free(&heard);
}

static size_t run_end(const finder *f, size_t step, bool agreeing) {
    while (step < f->step_count && (f->steps[step].kind == TTSS_STEP_HIT) == agreeing)
        step++;
    return step;
}

static bool only_insertions(const finder *f, size_t first, size_t end) {
    for (; first < end; first++)
        if (f->steps[first].text.count)
            return false;
    return true;
}

static region next_region(const finder *f, size_t step) {
    region r = {.first = run_end(f, step, true)};
    r.end = run_end(f, r.first, false);
    bool extra = only_insertions(f, r.first, r.end);
    while (r.end < f->step_count) {
        size_t next = run_end(f, r.end, true), next_end = run_end(f, next, false);
        bool next_extra = only_insertions(f, next, next_end);
        if (next - r.end != 1 || f->steps[r.end].text.count > 1 || next == next_end ||
            (extra && next_extra))
            break;
        extra = false;
        r.end = next_end;
    }
    return r;
}

static bool index_heard(finder *f) {
    f->heard_at = ttss_new_array(2 * f->step_count + 1, sizeof *f->heard_at);
    if (!f->heard_at)
        return false;
    f->heard_steps = f->heard_at + f->step_count + 1;
    for (size_t i = 0; i < f->step_count; i++) {
        f->heard_at[i] = (uint32_t)f->heard_count;
        if (f->steps[i].heard.count)
            f->heard_steps[f->heard_count++] = (uint32_t)i;
    }
    f->heard_at[f->step_count] = (uint32_t)f->heard_count;
    return true;
}

bool ttss_find_defects(ttsslice_verdict *verdict, const ttss_comparison *comparison,
                       const ttsslice_validate_options *options, double duration_s) {
    finder f = {.verdict = verdict,
                .c = comparison,
                .options = options,
                .duration_s = duration_s,
                .steps = comparison->alignment.steps,
                .step_count = comparison->alignment.count};
    const ttsslice_verdict_info *n = &comparison->counts;
    if (n->substitutions + n->deletions + n->insertions == 0)
        return true;
    f.failed = !index_heard(&f);
    for (size_t step = 0; step < f.step_count && !f.failed;) {
        region r = next_region(&f, step);
        step = r.end;
        if (r.first == r.end)
            break;
        measure(&f, &r);
        if (!f.failed)
            judge(&f, &r);
    }
    free(f.heard_at);
    return !f.failed;
}
