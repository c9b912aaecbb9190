/* SPDX-License-Identifier: MIT */
/* Words that were said again, at once or from their first word to their last. */
#include "validate/finder.h"

#include <math.h>

#define FUZZY_FROM  4    /* a repetition from so many words on may be misheard here and there: */
#define FUZZY_SHARE 0.75 /* so much of it must agree */
#define SAID_AGAIN  2    /* so many words that were heard before are no chance */

static uint32_t heard_word(const ttss_finder *f, size_t heard) {
    return f->steps[f->heard_steps[heard]].heard.symbol;
}

static size_t count_equal(const ttss_finder *f, size_t first, size_t extra, size_t period) {
    size_t equal = 0;
    for (size_t t = first; t < first + extra; t++)
        equal += heard_word(f, t) == heard_word(f, t + period);
    return equal;
}

/* Where in the text the words of a stretch with a period are: heard [start, start + extra +
 * period). The longest run of those that were said again; all of them if nearly all were, as the
 * others were misheard. False: none of them is in the text, so foreign words were said over and
 * over. */
bool ttss_repeated_span(const ttss_finder *f, size_t start, size_t extra, size_t period,
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
    return again > 0 && ttss_text_span(f, low, high, text_start, text_length);
}

/* Whether `extra` words in heard [low, high) belong to a stretch with a period, and where in the
 * text they are. Periods divide `extra`, as the stretch without them is the text. */
bool ttss_has_period(const ttss_finder *f, size_t low, size_t high, size_t extra,
                     size_t *text_start, size_t *text_length) {
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
        if (best >= needed && ttss_repeated_span(f, where, extra, period, text_start, text_length))
            return true;
    }
    return false;
}

static bool same_run(const ttss_finder *f, size_t a, size_t b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (heard_word(f, a + i) != heard_word(f, b + i))
            return false;
    return true;
}

/* Words that were said again and swallowed some of the text, which then look like other words in
 * its place: what was heard in the region is what stands next to it. *first: the first heard word
 * of both. */
bool ttss_repeats_neighbours(const ttss_finder *f, const ttss_region *r, size_t *first) {
    size_t low = f->heard_at[r->first], high = f->heard_at[r->end], count = high - low;
    if (count < SAID_AGAIN || r->heard < count || r->text >= count)
        return false;
    bool before = low >= count && same_run(f, low - count, low, count);
    *first = before ? low - count : low;
    return before || (high + count <= f->heard_count && same_run(f, low, high, count));
}
