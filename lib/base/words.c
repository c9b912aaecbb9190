/* SPDX-License-Identifier: MIT */
/* Cutting a text into tokens; see words.h. One pass from left to right. Words are runs of letters,
 * marks and digits, folded with NFKC_Casefold (Unicode Standard, section 3.13) by utf8proc; where a
 * script has no spaces, each character with its marks is a token. Words of plain ASCII take the
 * quick way of words_plain.c. What English and German read in another way than it is written is in
 * words_english.c and words_german.c; numbers of other languages are read by words_foreign.c. */
#include "base/words.h"

#include "base/error.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/words_build.h"
#include "base/words_spell.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* --- characters ----------------------------------------------------------------------------- */

static bool is_ascii_alnum(uint32_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80);
}

bool ttss_is_word_char(uint32_t c) {
    if (c < 0x80)
        return is_ascii_alnum(c);
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static bool is_mark(uint32_t c) {
    if (c < 0x300)
        return false;
    if (c == 0x0E33 || c == 0x0EB3) /* Thai and Lao "am" end a grapheme, though they are letters */
        return true;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME || c == 0xFF9E || c == 0xFF9F;
}

/* Soft hyphens, joiners and the like, which fold to nothing. */
static bool is_ignorable(uint32_t c) {
    return c == 0xAD || c == 0x34F || (c >= 0x200C && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2061 && c <= 0x2064) ||
           (c >= 0xFE00 && c <= 0xFE0F);
}

bool ttss_is_unspaced(uint32_t c) {
    static const uint32_t ranges[][2] = {
        {0x0E01, 0x0E5B}, {0x0E81, 0x0EDF}, {0x1000, 0x109F}, {0x1780, 0x17DD},
        {0x3005, 0x3007}, {0x3041, 0x3096}, {0x309D, 0x309F}, {0x30A1, 0x30FA},
        {0x30FC, 0x30FF}, {0x3105, 0x312F}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}, {0x20000, 0x3FFFF},
    };
    if (c < ranges[0][0])
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

bool ttss_is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x201B || c == 0xFF07;
}

uint32_t ttss_scan_at(const ttss_scan *scan, size_t pos) {
    return pos < scan->length ? ttss_utf8_next(scan->text, scan->length, &pos) : 0;
}

uint32_t ttss_scan_before(const ttss_scan *scan, size_t pos) {
    return pos > 0 ? ttss_scan_at(scan, ttss_utf8_previous(scan->text, pos)) : 0;
}

/* --- collecting ----------------------------------------------------------------------------- */

/* Room for one more element; the call is for the rare case. */
static bool grow(ttss_scan *scan, void **items, size_t *room, size_t count, size_t size) {
    if (count < *room)
        return !scan->failed;
    if (scan->failed || !ttss_grow(items, room, count + 1, size))
        scan->failed = true;
    return !scan->failed;
}

static void add_word(ttss_scan *scan, const char *bytes, size_t length) {
    ttss_words *out = scan->out;
    ttss_buf *pool = &scan->pool;
    if (!grow(scan, (void **)&scan->offsets, &scan->word_room, out->word_count,
              sizeof *scan->offsets))
        return;
    scan->offsets[out->word_count++] = pool->length;
    if (pool->capacity - pool->length > length + 1) {
        memcpy(pool->data + pool->length, bytes, length);
        pool->length += length + 1;
        pool->data[pool->length - 1] = '\0';
    } else {
        ttss_buf_add(pool, bytes, length);
        scan->failed = !ttss_buf_add_char(pool, '\0');
    }
}

static bool is_ascii(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] >= 0x80)
            return false;
    return true;
}

/* What the tables say: lower-case letters with single spaces between the words. */
static bool is_simple(const char *phrase, size_t length) {
    char before = ' ';
    for (size_t i = 0; i < length; before = phrase[i++])
        if (!(phrase[i] >= 'a' && phrase[i] <= 'z') && (phrase[i] != ' ' || before == ' '))
            return false;
    return before != ' ';
}

static void add_simple_words(ttss_scan *scan, const char *phrase, size_t length) {
    for (size_t start = 0; start < length;) {
        const char *space = memchr(phrase + start, ' ', length - start);
        size_t end = space ? (size_t)(space - phrase) : length;
        add_word(scan, phrase + start, end - start);
        start = end + 1;
    }
}

/* Cuts at characters that are not part of words. */
static void add_words(ttss_scan *scan, const char *folded, size_t length) {
    size_t start = 0, pos = 0;
    while (pos <= length && !scan->failed) {
        size_t at = pos;
        uint32_t c = pos < length ? ttss_utf8_next(folded, length, &pos) : 0;
        bool inside = c && (ttss_is_word_char(c) || (c == '\'' && at > start && pos < length));
        if (inside)
            continue;
        if (at > start)
            add_word(scan, folded + start, at - start);
        if (at >= length)
            break;
        start = pos;
    }
}

/* The words added since word `first` are a reading, if there are any. */
static void end_reading(ttss_scan *scan, size_t first) {
    ttss_words *out = scan->out;
    if (out->word_count > first && grow(scan, (void **)&out->readings, &scan->reading_room,
                                        out->reading_count, sizeof *out->readings))
        out->readings[out->reading_count++] =
            (ttss_reading){.first = first, .count = out->word_count - first};
}

static void add_reading(ttss_scan *scan, const char *phrase, size_t length) {
    size_t first = scan->out->word_count;
    if (is_simple(phrase, length))
        add_simple_words(scan, phrase, length);
    else
        add_words(scan, phrase, length);
    end_reading(scan, first);
}

static void add_token(ttss_scan *scan, size_t start, size_t end, size_t first_reading) {
    ttss_words *out = scan->out;
    scan->number = scan->number_one = false;
    if (out->reading_count > first_reading &&
        grow(scan, (void **)&out->tokens, &scan->token_room, out->token_count, sizeof *out->tokens))
        out->tokens[out->token_count++] =
            (ttss_token){.start = start,
                         .length = end - start,
                         .first_reading = first_reading,
                         .reading_count = out->reading_count - first_reading};
}

void ttss_scan_word(ttss_scan *scan, size_t end, const char word[TTSS_PLAIN_MAX], size_t length) {
    ttss_words *out = scan->out;
    ttss_buf *pool = &scan->pool;
    size_t w = out->word_count, r = out->reading_count, t = out->token_count, at = pool->length;
    size_t start = scan->pos;
    scan->pos = end;
    if (w == scan->word_room || r == scan->reading_room || t == scan->token_room ||
        pool->capacity - at <= TTSS_PLAIN_MAX) {
        add_word(scan, word, length);
        end_reading(scan, w);
        add_token(scan, start, end, r);
        return;
    }
    memcpy(pool->data + at, word, 16); /* fixed: without a call */
    if (length > 16)
        memcpy(pool->data + at + 16, word + 16, TTSS_PLAIN_MAX - 16);
    pool->data[at + length] = '\0';
    pool->length = at + length + 1;
    scan->offsets[w] = at;
    out->readings[r] = (ttss_reading){.first = w, .count = 1};
    out->tokens[t] =
        (ttss_token){.start = start, .length = end - start, .first_reading = r, .reading_count = 1};
    out->word_count = w + 1;
    out->reading_count = r + 1;
    out->token_count = t + 1;
    scan->number = scan->number_one = false;
}

void ttss_scan_token(ttss_scan *scan, size_t start, size_t end, const ttss_phrases *readings) {
    size_t first_reading = scan->out->reading_count;
    for (size_t i = 0; i < readings->count; i++)
        add_reading(scan, readings->text[i], readings->length[i]);
    add_token(scan, start, end, first_reading);
    scan->pos = end;
}

/* --- folding -------------------------------------------------------------------------------- */

/* Apostrophes of all kinds become U+0027, in place; it can only get shorter. */
static size_t plain_apostrophes(char *bytes, size_t length) {
    size_t to = 0;
    for (size_t pos = 0; pos < length;) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(bytes, length, &pos);
        if (ttss_is_apostrophe(c)) {
            bytes[to++] = '\'';
        } else {
            memmove(bytes + to, bytes + at, pos - at);
            to += pos - at;
        }
    }
    return to;
}

#define FEW_POINTS 96 /* of a word; longer ones are allocated */

/* A word on its way to its folded form: code points, mapped by NFKC_Casefold but not composed yet,
 * and then, in the same memory, UTF-8. */
typedef struct folding {
    utf8proc_int32_t few[FEW_POINTS + 1], *points;
    utf8proc_ssize_t count;
} folding;

/* False: out of memory. What is not valid UTF-8, which cannot be, is left out. */
static bool fold_begin(folding *f, const char *bytes, size_t length) {
    const utf8proc_option_t options =
        (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                            UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)bytes;
    f->points = f->few;
    f->count = utf8proc_decompose(text, (utf8proc_ssize_t)length, f->few, FEW_POINTS, options);
    if (f->count > FEW_POINTS) {
        f->points = ttss_new_array((size_t)f->count + 1, sizeof *f->points);
        if (!f->points)
            return false;
        f->count = utf8proc_decompose(text, (utf8proc_ssize_t)length, f->points, f->count, options);
    }
    f->count = f->count < 0 ? 0 : f->count;
    return true;
}

static char *fold_end(folding *f, bool compose, size_t *length) {
    char *folded = (char *)f->points;
    utf8proc_option_t form = compose ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
    utf8proc_ssize_t n =
        utf8proc_reencode(f->points, f->count, (utf8proc_option_t)(UTF8PROC_STABLE | form));
    *length = plain_apostrophes(folded, n < 0 ? 0 : (size_t)n);
    return folded;
}

static void fold_free(folding *f) {
    if (f->points != f->few)
        free(f->points);
}

static void add_folded_ascii(ttss_scan *scan, size_t start, size_t end) {
    char few[FEW_POINTS] = {0}, *folded = end - start <= sizeof few ? few : malloc(end - start);
    scan->failed = scan->failed || !folded;
    for (size_t i = 0; folded && i < end - start; i++)
        folded[i] = ttss_lower(scan->text[start + i]);
    if (folded)
        add_reading(scan, folded, end - start);
    if (folded != few)
        free(folded);
}

void ttss_scan_folded(ttss_scan *scan, size_t start, size_t end) {
    size_t first_reading = scan->out->reading_count, length = 0;
    folding f;
    if (is_ascii(scan->text + start, end - start)) {
        add_folded_ascii(scan, start, end);
    } else if (fold_begin(&f, scan->text + start, end - start)) {
        const char *folded = fold_end(&f, true, &length);
        add_reading(scan, folded, length);
        fold_free(&f);
    } else {
        scan->failed = true;
    }
    add_token(scan, start, end, first_reading);
    scan->pos = end;
}

const char *ttss_scan_last_word(const ttss_scan *scan) {
    const ttss_words *out = scan->out;
    if (out->token_count == 0 || scan->failed)
        return "";
    const ttss_token *last = &out->tokens[out->token_count - 1];
    return scan->pool.data + scan->offsets[out->readings[last->first_reading].first];
}

/* --- scanning ------------------------------------------------------------------------------- */

size_t ttss_scan_word_end(const ttss_scan *scan, size_t pos) {
    while (pos < scan->length) {
        size_t next = pos;
        uint32_t c = ttss_utf8_next(scan->text, scan->length, &next);
        bool goes_on = (ttss_is_word_char(c) && !ttss_is_unspaced(c)) || is_ignorable(c);
        if (!goes_on && ttss_is_apostrophe(c)) {
            uint32_t after = ttss_scan_at(scan, next);
            goes_on = ttss_is_word_char(after) && !ttss_is_unspaced(after);
        }
        if (!goes_on)
            break;
        pos = next;
    }
    return pos;
}

/* "caf\u00e9" may be written "cafe" in English. False: out of memory, or it has no accents. */
static bool without_accents(folding *plain, const folding *f) {
    *plain = (folding){.points = plain->few};
    if (f->count > FEW_POINTS)
        plain->points = ttss_new_array((size_t)f->count + 1, sizeof *plain->points);
    if (!plain->points)
        return false;
    for (utf8proc_ssize_t i = 0; i < f->count; i++)
        if (!is_mark((uint32_t)f->points[i]))
            plain->points[plain->count++] = f->points[i];
    return plain->count < f->count;
}

/* "\u00dcbel" may be written "Uebel" in German. Whether there was anything to change. */
static bool respell(char *folded, size_t length) {
    static const char *const umlauts[][2] = {{"\u00e4", "ae"}, {"\u00f6", "oe"}, {"\u00fc", "ue"}};
    bool changed = false;
    for (size_t at = 0; at + 1 < length; at++)
        for (size_t i = 0; i < 3; i++)
            if (memcmp(folded + at, umlauts[i][0], 2) == 0) {
                memcpy(folded + at, umlauts[i][1], 2);
                changed = true;
            }
    return changed;
}

static void scan_word(ttss_scan *scan, size_t start, size_t end) {
    if ((!scan->english && !scan->german) || is_ascii(scan->text + start, end - start)) {
        ttss_scan_folded(scan, start, end);
        return;
    }
    size_t first_reading = scan->out->reading_count, length = 0, other = 0;
    folding f, plain;
    bool accents = false;
    if (!fold_begin(&f, scan->text + start, end - start)) {
        scan->failed = true;
        return;
    }
    if (scan->english) {
        accents = without_accents(&plain, &f);
        scan->failed = scan->failed || !plain.points;
    }
    char *folded = fold_end(&f, true, &length);
    add_reading(scan, folded, length);
    if (accents) {
        const char *bare = fold_end(&plain, false, &other);
        add_reading(scan, bare, other);
    } else if (scan->german && respell(folded, length)) {
        add_reading(scan, folded, length);
    }
    if (scan->english)
        fold_free(&plain);
    fold_free(&f);
    add_token(scan, start, end, first_reading);
    scan->pos = end;
}

static void scan_rest(ttss_scan *scan) {
    size_t start = scan->pos, next = scan->pos;
    uint32_t c = ttss_utf8_next(scan->text, scan->length, &next);
    if (!scan->english && !scan->german && ttss_scan_foreign(scan))
        return;
    if (ttss_is_unspaced(c)) {
        while (next < scan->length && is_mark(ttss_scan_at(scan, next)))
            ttss_utf8_next(scan->text, scan->length, &next);
        ttss_scan_folded(scan, start, next);
        return;
    }
    if (scan->english &&
        (ttss_scan_measure(scan) || ttss_scan_number(scan) || ttss_scan_symbol(scan)))
        return;
    if (scan->german && ttss_scan_german(scan))
        return;
    if (!ttss_is_word_char(c) || is_mark(c)) {
        scan->pos = next;
        scan->number = scan->number && ttss_is_space(c);
        return;
    }
    if (scan->english && ttss_scan_english(scan))
        return;
    scan_word(scan, start, ttss_scan_word_end(scan, start));
}

static void scan_next(ttss_scan *scan) {
    if (ttss_scan_plain(scan) || ttss_scan_mute(scan))
        return;
    scan_rest(scan);
}
/* English has a word every 5.5 bytes; what is not enough grows. */
static void reserve(ttss_scan *scan) {
    size_t words = scan->length / 5 + 8;
    if (!ttss_grow((void **)&scan->out->tokens, &scan->token_room, words,
                   sizeof *scan->out->tokens) ||
        !ttss_grow((void **)&scan->out->readings, &scan->reading_room, words,
                   sizeof *scan->out->readings) ||
        !ttss_grow((void **)&scan->offsets, &scan->word_room, words, sizeof *scan->offsets) ||
        !ttss_grow((void **)&scan->pool.data, &scan->pool.capacity, scan->length + 64, 1))
        scan->failed = true;
}

int32_t ttss_words_read(ttss_words *out, const char *text, size_t length, const char *language,
                        ttsslice_error *err) {
    ttss_words made = {0};
    ttss_scan scan = {.text = text, .length = length, .out = &made};
    int32_t ret = 0;

    scan.language = language;
    scan.english = ttss_is_language(language, "en");
    scan.german = ttss_is_language(language, "de");
    ttss_buf_init(&scan.pool, SIZE_MAX / 2);
    reserve(&scan);
    while (scan.pos < length && !scan.failed)
        scan_next(&scan);
    size_t room = 0;
    if (scan.failed ||
        !ttss_grow((void **)&made.words, &room, made.word_count + 1, sizeof *made.words)) {
        ret = ttss_nomem(err);
        goto out;
    }
    made.pool = scan.pool.data;
    made.pool_length = scan.pool.length;
    scan.pool.data = NULL;
    for (size_t i = 0; i < made.word_count; i++)
        made.words[i] = made.pool + scan.offsets[i];
    *out = made;
    made = (ttss_words){0};

out:
    ttss_speller_free(scan.speller);
    free(scan.offsets);
    ttss_buf_free(&scan.pool);
    ttss_words_free(&made);
    return ret;
}

void ttss_words_free(ttss_words *words) {
    free(words->tokens);
    free(words->readings);
    free(words->words);
    free(words->pool);
    *words = (ttss_words){0};
}
