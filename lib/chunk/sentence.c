/* SPDX-License-Identifier: MIT */
/* The sentence splitter; see sentence.h. Most sentences end plainly, which is told here; the rest
 * are judged in judge.c. */
#include "chunk/sentence.h"

#include "base/utf8.h"
#include "chunk/closing.h"
#include "chunk/list.h"
#include "chunk/judge.h"

#include <string.h>

/* Bytes that have to follow for a plain end: the mark, two quotation marks, a space, a letter. */
#define PLAIN_BYTES 9

/* Bytes of an item of a list that are looked at first. */
#define ITEM_FIRST_LOOK 64

/* --- plain prose ---------------------------------------------------------------------------- */

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* A word of two letters or more stands before pos, behind one space, and is no abbreviation. */
static bool is_plain_word(const ttss_place *p, size_t pos) {
    const char *text = p->text;
    size_t start = pos;
    while (start > p->sentence && is_small(text[start - 1]))
        start--;
    if (pos - start < 2 || pos - start > TTSS_LOOK_BACK || start - p->sentence < 2 ||
        text[start - 1] != ' ' || text[start - 2] == ' ' || text[start - 2] == '.')
        return false;
    return !ttss_may_be_abbreviation(p->language, text + start, pos - start);
}

static size_t skip_quote(const char *text, size_t pos, unsigned char curly) {
    const unsigned char *p = (const unsigned char *)text + pos;
    if (p[0] == '"')
        return pos + 1;
    return p[0] == 0xE2 && p[1] == 0x80 && p[2] == curly ? pos + 3 : pos;
}

static bool is_han(unsigned char first) {
    return first >= 0xE4 && first <= 0xE9;
}

/* What most sentences end with, if nothing is open: a word in small letters, one mark, one space
 * and a capital, with quotation marks between or not; or an ideographic full stop between Han. For
 * the rest, end is 0. ttss_judge_mark() says the same after asking much more. */
static ttss_ending judge_plain(const ttss_place *p, size_t pos) {
    static const ttss_ending not_plain = {0, TTSS_RULE_STOP};
    const char *text = p->text;
    if (p->end - pos < PLAIN_BYTES || p->scan.depth > 0 || p->scan.quoted)
        return not_plain;
    if (memcmp(text + pos, "\xE3\x80\x82", 3) == 0)
        return is_han((unsigned char)text[pos + 3]) && is_han((unsigned char)text[p->sentence])
                   ? (ttss_ending){pos + 3, TTSS_RULE_FULL_STOP}
                   : not_plain;
    if (pos == p->sentence || !is_small(text[pos - 1]))
        return not_plain;
    size_t closed = skip_quote(text, pos + 1, 0x9D);
    if (text[closed] != ' ' || !is_capital(text[skip_quote(text, closed + 1, 0x9C)]))
        return not_plain;
    bool quoted = closed > pos + 1;
    if ((text[pos] == '!' || text[pos] == '?') && !quoted)
        return (ttss_ending){closed, TTSS_RULE_STOP};
    if (text[pos] == '.' && !(quoted && p->language->quote_continues.count) &&
        !p->language->number_endings.count && !ttss_has_trait(p, TTSS_TRAIT_PERIOD_IS_CLAUSE) &&
        is_plain_word(p, pos))
        return (ttss_ending){closed, TTSS_RULE_STOP};
    return not_plain;
}

/* --- the loop ------------------------------------------------------------------------------- */

void ttss_watch_tell(ttss_watch *watch, size_t mark, size_t end, enum ttss_rule rule) {
    const ttsslice_boundary boundary = {.mark = mark,
                                        .end = end,
                                        .taken = ttss_rule_ends(rule),
                                        .rule = ttss_rule_name(rule),
                                        .reason = ttss_rule_reason(rule)};
    if (watch->code == 0)
        watch->code = watch->fn(&boundary, watch->user_data);
}

static size_t end_before_item(const ttss_place *p, size_t item, ttss_watch *watch) {
    size_t end = ttss_trim_end(p->text, p->sentence, item);
    if (watch)
        ttss_watch_tell(watch, end, end, TTSS_RULE_LIST_ITEM);
    return end;
}

static size_t end_at_space(size_t space, ttss_watch *watch) {
    if (watch)
        ttss_watch_tell(watch, space, space, TTSS_RULE_CLOSING_WORD);
    return space;
}

/* Up to where marks are looked for at a time in an item of a list, or where spaces end sentences:
 * twice as far as before, to the start of a character. The sentence may end long before the next
 * mark, and what lies behind would be looked over again for each. */
static size_t widen(const ttss_place *p, size_t limit) {
    size_t wide =
        limit - p->sentence < ITEM_FIRST_LOOK ? ITEM_FIRST_LOOK : 2 * (limit - p->sentence);
    if (wide >= p->end - p->sentence)
        return p->end;
    for (limit = p->sentence + wide; ((unsigned char)p->text[limit] & 0xC0) == 0x80; limit++)
        if (limit + 1 == p->end)
            return p->end;
    return limit;
}

size_t ttss_sentence_end(const ttss_language *language, const char *text, size_t start, size_t end,
                         ttss_watch *watch) {
    ttss_item item;
    bool in_list = end - start > 2 &&
                   ttss_may_be_item((unsigned char)text[start], (unsigned char)text[start + 1]) &&
                   ttss_item_read(&item, text, start, end);
    ttss_place p;
    p.language = language;
    p.text = text;
    p.sentence = start;
    p.end = end;
    bool in_parts = in_list || language->closing_words.count > 0;
    size_t searched = start, limit = in_parts ? widen(&p, start) : end;
    ttss_scan_begin(&p.scan, text, start, limit);
    for (size_t pos = start;;) {
        pos = ttss_find_stop(&p.scan, language, pos);
        size_t next = in_list ? ttss_item_next(&item, text, pos, end) : end;
        if (next < end)
            return end_before_item(&p, next, watch);
        size_t space =
            in_parts ? ttss_closing_space(language, text, start, searched, pos, end) : end;
        if (space < end)
            return end_at_space(space, watch);
        searched = pos;
        if (pos >= end)
            return end;
        if (pos >= limit) {
            limit = widen(&p, limit);
            p.scan.finder = ttss_finder_begin(text, pos, limit);
            continue;
        }
        ttss_ending found = judge_plain(&p, pos);
        if (!found.end) {
            ttss_run_read(&p.run, language, text, pos, end);
            found = ttss_judge_mark(&p);
        }
        if (watch && found.rule != TTSS_RULE_END)
            ttss_watch_tell(watch, pos, found.end, found.rule);
        if (ttss_rule_ends(found.rule))
            return found.end;
        pos = p.run.end;
    }
}
