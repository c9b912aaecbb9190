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
#include "validate/finder.h"
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
#define LONGEST_S   1.5  /* seconds: no word is so long; noise is heard as one, too */
#define ALIKE_LIMIT 3    /* times as many words may be misheard as others that sound alike */

int32_t ttss_default_limit(int64_t text_words) {
    int64_t further =
        text_words > LIMIT_SHORT_TEXT ? (text_words - LIMIT_SHORT_TEXT) / LIMIT_STEP : 0;
    int64_t limit = LIMIT_SHORT + further;
    return (int32_t)(limit < LIMIT_LONG ? limit : LIMIT_LONG);
}

/* --- spans ---------------------------------------------------------------------------------- */

bool ttss_text_span(const ttss_finder *f, size_t first, size_t end, size_t *start, size_t *length) {
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
static size_t text_place(const ttss_finder *f, size_t step) {
    size_t start = 0, length = 0;
    if (ttss_text_span(f, step, step < f->step_count ? step + 1 : step, &start, &length))
        return start;
    for (size_t i = step; i < f->step_count; i++)
        if (f->steps[i].text.count)
            return f->c->text_words.tokens[f->steps[i].text.first_token].start;
    for (size_t i = step; i-- > 0;)
        if (ttss_text_span(f, i, i + 1, &start, &length))
            return start + length;
    return 0;
}

static double heard_start(const ttss_finder *f, size_t heard) {
    if (heard >= f->heard_count)
        return f->duration_s;
    return ttss_heard_start(f->c, f->steps[f->heard_steps[heard]].heard.first_token);
}

static double heard_end(const ttss_finder *f, size_t heards) {
    if (heards == 0)
        return f->heard_count && isnan(heard_start(f, 0)) ? (double)NAN : 0.0;
    return ttss_heard_end(f->c, f->steps[f->heard_steps[heards - 1]].heard.last_token);
}

/* From the first to the last word heard in these steps, or the gap between their neighbours. */
static void audio_span(const ttss_finder *f, size_t first, size_t end, ttsslice_defect *d) {
    size_t a = f->heard_at[first], b = f->heard_at[end];
    d->audio_start_s = a < b ? heard_start(f, a) : heard_end(f, a);
    d->audio_end_s = a < b ? heard_end(f, b) : heard_start(f, a);
}

/* --- judging -------------------------------------------------------------------------------- */

/* Other figures make another number, however alike they sound. */
static bool has_figures(const ttss_finder *f, const ttss_region *r) {
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

static int32_t limit_of(const ttss_finder *f, int32_t kind) {
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
static ttss_region narrow(const ttss_finder *f, const ttss_region *r, bool heard, size_t count) {
    ttss_region best = *r;
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
static ttss_region part_of(const ttss_finder *f, const ttss_region *r, int32_t kind,
                           size_t measured) {
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

static void heard_text(const ttss_finder *f, size_t first, size_t end, ttss_buf *buf) {
    for (size_t i = first; i < end; i++)
        ttss_add_part(buf, &f->c->heard_words, &f->steps[i].heard);
}

static void add_defect(ttss_finder *f, const ttss_region *r, int32_t kind, size_t measured) {
    ttss_buf heard, message;
    ttsslice_defect d = {.kind = kind, .measured = (double)measured};
    ttss_region part = *r;
    size_t first = 0;
    ttss_buf_init(&heard, SIZE_MAX / 2);
    ttss_buf_init(&message, SIZE_MAX / 2);
    if (kind == TTSSLICE_DEFECT_EXTRA &&
        ttss_has_period(f, f->heard_at[r->first], f->heard_at[r->end], measured, &d.text_start,
                        &d.text_length)) {
        d.kind = TTSSLICE_DEFECT_REPEATED;
    } else if (kind == TTSSLICE_DEFECT_REPEATED && ttss_repeats_neighbours(f, r, &first)) {
        ttss_repeated_span(f, first, measured, measured, &d.text_start, &d.text_length);
    } else {
        part = part_of(f, r, kind, measured);
        bool whole = part.first == r->first && part.end == r->end;
        if (kind == TTSSLICE_DEFECT_EXTRA)
            d.text_start = text_place(f, part.first);
        else
            ttss_text_span(f, whole ? r->low : part.first, whole ? r->high : part.end,
                           &d.text_start, &d.text_length);
    }
    audio_span(f, part.first, part.end, &d);
    heard_text(f, part.first, part.end, &heard);
    d.heard = heard.data;
    ttss_describe_defect(f, &d, &part, &message);
    d.message = message.data;
    d.limit = limit_of(f, d.kind);
    if (d.kind == TTSSLICE_DEFECT_GARBLED && r->alike >= ALIKE && !has_figures(f, r))
        d.limit *= ALIKE_LIMIT;
    d.over_limit = d.measured > d.limit || lasts_too_long(&d);
    char *heard_copy = ttss_buf_take(&heard), *message_copy = ttss_buf_take(&message);
    if (!ttss_verdict_take(f->verdict, &d, heard_copy, message_copy))
        f->failed = true;
}

static void judge(ttss_finder *f, const ttss_region *r) {
    bool at_end = r->end == f->step_count && f->c->counts.hits > 0;
    int32_t gone = at_end ? TTSSLICE_DEFECT_TRUNCATED : TTSSLICE_DEFECT_MISSING;
    size_t t = r->text, h = r->heard, first = 0;
    if (t + h == 0) /* a hesitation */
        return;
    if (t > 0 && ttss_repeats_neighbours(f, r, &first))
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

static void measure(ttss_finder *f, ttss_region *r) {
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

static size_t run_end(const ttss_finder *f, size_t step, bool agreeing) {
    while (step < f->step_count && (f->steps[step].kind == TTSS_STEP_HIT) == agreeing)
        step++;
    return step;
}

static bool only_insertions(const ttss_finder *f, size_t first, size_t end) {
    for (; first < end; first++)
        if (f->steps[first].text.count)
            return false;
    return true;
}

static ttss_region next_region(const ttss_finder *f, size_t step) {
    ttss_region r = {.first = run_end(f, step, true)};
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

static bool index_heard(ttss_finder *f) {
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
    ttss_finder f = {.verdict = verdict,
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
        ttss_region r = next_region(&f, step);
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
