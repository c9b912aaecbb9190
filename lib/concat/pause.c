/* SPDX-License-Identifier: MIT */
/* Pauses: the clip's own, else the option for its break, else halves of pause_ms. */
#include "concat/pause.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

static int64_t halves_ms(const ttsslice_concat_options *o, int32_t break_after) {
    switch (break_after) {
    case TTSSLICE_BREAK_WORD:
        return o->pause_word_ms < 0 ? 0 : 2 * o->pause_word_ms;
    case TTSSLICE_BREAK_CLAUSE:
        return o->pause_clause_ms < 0 ? o->pause_ms : 2 * o->pause_clause_ms;
    case TTSSLICE_BREAK_SENTENCE:
        return 2 * o->pause_ms;
    case TTSSLICE_BREAK_PARAGRAPH:
        return o->pause_paragraph_ms < 0 ? 4 * o->pause_ms : 2 * o->pause_paragraph_ms;
    case TTSSLICE_BREAK_SECTION:
        return o->pause_section_ms < 0 ? 8 * o->pause_ms : 2 * o->pause_section_ms;
    default:
        return 0;
    }
}

int64_t ttss_pause_frames(const ttsslice_concat_options *options, const ttsslice_clip *clip,
                          int32_t sample_rate) {
    int64_t halves =
        clip->pause_ms < 0 ? halves_ms(options, clip->break_after) : 2 * clip->pause_ms;
    return (halves * sample_rate + 1000) / 2000;
}

/* Commas, colons and semicolons: ASCII, ideographic, full-width, small and vertical forms, Arabic,
 * Greek, Ethiopic; and every dash. */
static bool is_clause_mark(uint32_t c) {
    static const uint32_t marks[] = {',',    ':',    ';',    0x3001, 0xff0c, 0xff1a, 0xff1b,
                                     0xff64, 0xfe10, 0xfe11, 0xfe13, 0xfe14, 0xfe50, 0xfe51,
                                     0xfe54, 0xfe55, 0x060c, 0x061b, 0x0387, 0x1363, 0x1364};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i] == c)
            return true;
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_PD;
}

/* Quotation marks and brackets, which may follow the mark. */
static bool is_closing(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == '"' || c == '\'' || category == UTF8PROC_CATEGORY_PE ||
           category == UTF8PROC_CATEGORY_PF || category == UTF8PROC_CATEGORY_PI;
}

int32_t ttss_break_of_text(const char *text) {
    const size_t length = text ? strlen(text) : 0;
    for (size_t at = length; at > 0;) {
        size_t after = at = ttss_utf8_previous(text, at);
        uint32_t c = ttss_utf8_next(text, length, &after);
        if (!ttss_is_space(c) && !is_closing(c))
            return is_clause_mark(c) ? TTSSLICE_BREAK_CLAUSE : TTSSLICE_BREAK_SENTENCE;
    }
    return TTSSLICE_BREAK_SENTENCE;
}
