/* SPDX-License-Identifier: MIT */
/* What is said of a defect: how many words, which, and what was heard in their place. */
#include "base/utf8.h"
#include "validate/finder.h"

#include <string.h>

#define QUOTE_MAX 120 /* bytes of text in a message */

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

static void add_number(ttss_buf *buf, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    ttss_buf_add(buf, digits + at, sizeof digits - at);
}

/* Whether only a part of what a token says is meant: "minus" of "-12". */
static bool is_part_of_token(const ttss_finder *f, const ttss_region *part) {
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

static void add_words_of(const ttss_finder *f, const ttss_region *part, ttss_buf *buf) {
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

void ttss_describe_defect(const ttss_finder *f, const ttsslice_defect *d, const ttss_region *part,
                          ttss_buf *buf) {
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
