/* SPDX-License-Identifier: MIT */
/* Lines of subtitles; see lines.h. A part of Unicode line breaking (UAX 14) with the Japanese rules
 * for the ends of lines (JIS X 4051), told from general categories. Lines are filled greedily; what
 * has no place to break stays whole, however long. */
#include "concat/lines.h"

#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#define NARROW 8
#define WIDE   21

static bool is_hangul(uint32_t c) {
    return (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3130 && c <= 0x318f) ||
           (c >= 0xa960 && c <= 0xa97f) || (c >= 0xac00 && c <= 0xd7ff);
}

bool ttss_is_control(uint32_t c) {
    return !ttss_is_space(c) && (c < 0x20 || (c >= 0x7f && c < 0xa0));
}

int32_t ttss_char_width(uint32_t c) {
    if (ttss_is_space(c))
        return NARROW;
    switch (utf8proc_charwidth((utf8proc_int32_t)c)) {
    case 0:
        return 0;
    case 2:
        return WIDE;
    default:
        return NARROW;
    }
}

int64_t ttss_text_width(const char *text, size_t length) {
    int64_t width = 0;
    for (size_t pos = 0; pos < length;)
        width += ttss_char_width(ttss_utf8_next(text, length, &pos));
    return width;
}

/* Written without spaces between words. */
static bool is_ideographic(uint32_t c) {
    return c >= 0x2e80 && !is_hangul(c) && utf8proc_charwidth((utf8proc_int32_t)c) == 2;
}

static bool is_small_kana(uint32_t c) {
    static const char small[] = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
    for (size_t pos = 0; pos < sizeof small - 1;)
        if (ttss_utf8_next(small, sizeof small - 1, &pos) == c)
            return true;
    return c >= 0x31f0 && c <= 0x31ff;
}

static bool never_begins_a_line(uint32_t c) {
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_LM: /* the long vowel mark and the repetition marks */
    case UTF8PROC_CATEGORY_SK: /* colours of emoji */
    case UTF8PROC_CATEGORY_CF: /* joiners */
        return true;
    default:
        return is_small_kana(c);
    }
}

static bool never_ends_a_line(uint32_t c) {
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_CF:
        return true;
    default:
        return false;
    }
}

bool ttss_may_break(uint32_t before, uint32_t after) {
    return (is_ideographic(before) || is_ideographic(after)) && !never_ends_a_line(before) &&
           !never_begins_a_line(after);
}

typedef struct layout {
    char *places;
    bool open;     /* a token is begun: what cannot be broken */
    size_t token;  /* its first byte */
    int64_t width; /* of it */
    int64_t column;
    uint32_t gap;  /* white space before the token: 0, ' ', or '\n' if there was a line break */
    uint32_t last; /* character before the gap */
} layout;

/* Puts the token at the end of the line or on the next. A line break in the source between two
 * ideographs is no space: it is there because the source was wrapped. */
static void put_token(layout *l, uint32_t first) {
    bool joined = l->gap == '\n' && is_ideographic(l->last) && is_ideographic(first);
    int64_t space = l->gap && !joined ? NARROW : 0;
    char place = space ? ' ' : TTSS_PLACE_TEXT;
    if (l->column == 0) {
        place = TTSS_PLACE_TEXT;
        space = 0;
    } else if (l->column + space + l->width > TTSS_LINE_WIDTH) {
        place = '\n';
        space = 0;
        l->column = 0;
    }
    l->places[l->token] = place;
    l->column += space + l->width;
    l->open = false;
    l->width = 0;
    l->gap = 0;
}

void ttss_lay_out(const char *text, size_t length, char *places) {
    layout l = {.places = places};
    uint32_t first = 0, last = 0; /* of the token */
    memset(places, TTSS_PLACE_TEXT, length);
    for (size_t pos = 0; pos < length;) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(text, length, &pos);
        bool space = ttss_is_space(c);
        if (ttss_is_control(c)) {
            memset(places + at, TTSS_PLACE_DROP, pos - at);
            continue;
        }
        if (l.open && (space || ttss_may_break(last, c))) {
            put_token(&l, first);
            l.last = last;
        }
        if (space) {
            memset(places + at, TTSS_PLACE_DROP, pos - at);
            l.gap = c == '\n' || l.gap == '\n' ? '\n' : ' ';
            continue;
        }
        if (!l.open) {
            l.open = true;
            l.token = at;
            first = c;
        }
        l.width += ttss_char_width(c);
        last = c;
    }
    if (l.open)
        put_token(&l, first);
}
