/* SPDX-License-Identifier: MIT */
/* A verdict for people: the text with its faults marked, and the times to listen at. */
#include "verdict_text.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define WIDTH     78   /* columns of the marked text */
#define SHORT_MAX 3000 /* bytes of a text that is shown whole: it fits a screen */
#define AROUND    60   /* bytes of text in front of a fault and behind it */
#define QUOTE_MAX 200  /* bytes of a fault's own words in a passage */

static void print_time(double seconds) {
    const double tenths = floor(seconds * 10.0 + 0.5);
    const int minutes = (int)(tenths / 600.0);
    if (minutes >= 60)
        printf("%d:", minutes / 60);
    printf("%02d:%04.1f", minutes % 60, fmod(tenths, 600.0) / 10.0);
}

/* Where to put the cursor to hear it, with some of what is around. */
static void print_span(const ttsslice_defect *d) {
    if (isnan(d->audio_start_s)) {
        printf("   -   ");
        return;
    }
    print_time(d->audio_start_s);
    if (!isnan(d->audio_end_s)) {
        putchar('-');
        print_time(d->audio_end_s);
    }
}

static void print_defect(const ttsslice_defect *d, size_t number) {
    printf("  %c%zu  ", d->over_limit ? '!' : ' ', number);
    print_span(d);
    printf("  %s: %s\n", ttsslice_defect_name(d->kind), d->message);
}

/* The text, a line at a time, with the faults in it: [1 words of the text] for what was not said
 * as written, [2] where something was said that is not in it. */
typedef struct page {
    size_t indent, column;
    bool space; /* before the next word */
    char word[512];
    size_t length;
} page;

static size_t columns_of(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static void end_word(page *p) {
    size_t columns = columns_of(p->word, p->length);
    if (p->length == 0)
        return;
    if (p->space && p->column + 1 + columns > WIDTH) {
        printf("\n%*s", (int)p->indent, "");
        p->column = p->indent;
    } else if (p->space) {
        putchar(' ');
        p->column++;
    }
    fwrite(p->word, 1, p->length, stdout);
    p->column += columns;
    p->length = 0;
    p->space = false;
}

static void put_byte(page *p, char c) {
    if ((unsigned char)c <= ' ' || c == 0x7F) {
        end_word(p);
        p->space = p->column > p->indent;
        return;
    }
    if (p->length == sizeof p->word)
        end_word(p);
    p->word[p->length++] = c;
}

static void put_text(page *p, const char *text) {
    for (; *text; text++)
        put_byte(p, *text);
}

static void open_mark(page *p, const ttsslice_defect *d, size_t number) {
    char mark[32];
    snprintf(mark, sizeof mark, d->text_length ? "[%zu " : "[%zu] ", number);
    put_text(p, mark);
}

static bool in_text(size_t length, const ttsslice_defect *d) {
    return d->kind <= TTSSLICE_DEFECT_TRUNCATED && d->text_start <= length &&
           d->text_length <= length - d->text_start;
}

static void print_marked_text(const ttsslice_verdict *verdict, const char *text, size_t length) {
    size_t count = ttsslice_verdict_defect_count(verdict), next = 0, close = SIZE_MAX;
    page p = {.indent = 2, .column = 2};
    printf("\n  ");
    for (size_t i = 0; i <= length; i++) {
        if (i == close) {
            put_text(&p, "]");
            close = SIZE_MAX;
        }
        for (; next < count; next++) {
            const ttsslice_defect *d = ttsslice_verdict_defect(verdict, next);
            if (in_text(length, d) && (d->text_start > i || (close != SIZE_MAX && d->text_length)))
                break;
            if (!in_text(length, d))
                continue;
            open_mark(&p, d, next + 1);
            if (d->text_length)
                close = d->text_start + d->text_length;
        }
        if (i < length)
            put_byte(&p, text[i]);
    }
    end_word(&p);
    printf("\n\n");
}

/* --- a long text ---------------------------------------------------------------------------- */

static bool is_space(char c) {
    return (unsigned char)c <= ' ';
}

/* The beginning of a word at or behind `from`, at most `at`; of a text without spaces a character.
 */
static size_t word_start(const char *text, size_t from, size_t at) {
    size_t word = from;
    while (word > 0 && word < at && !is_space(text[word - 1]))
        word++;
    if (word < at || from == 0)
        return word;
    while (from < at && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    return from;
}

/* The end of a word at or before `to`, at least `at`. */
static size_t word_end(const char *text, size_t length, size_t at, size_t to) {
    size_t word = to;
    while (word > at && word < length && !is_space(text[word]))
        word--;
    if (word > at || to == length)
        return word;
    while (to > at && ((unsigned char)text[to] & 0xC0) == 0x80)
        to--;
    return to;
}

static void put_bytes(page *p, const char *text, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        put_byte(p, text[i]);
}

/* A fault with the words around it, its own in brackets. */
static void print_passage(const ttsslice_defect *d, const char *text, size_t length) {
    const size_t start = d->text_start, end = start + d->text_length;
    const size_t from = word_start(text, start > AROUND ? start - AROUND : 0, start);
    const size_t to = word_end(text, length, end, length - end > AROUND ? end + AROUND : length);
    page p = {.indent = 6, .column = 6};
    printf("      ");
    put_text(&p, from > 0 ? "... " : "");
    put_bytes(&p, text, from, start);
    put_text(&p, d->text_length ? "[" : "[*] ");
    if (d->text_length <= QUOTE_MAX) {
        put_bytes(&p, text, start, end);
    } else {
        put_bytes(&p, text, start, word_end(text, length, start, start + QUOTE_MAX / 2));
        put_text(&p, " ... ");
        put_bytes(&p, text, word_start(text, end - QUOTE_MAX / 2, end), end);
    }
    put_text(&p, d->text_length ? "]" : "");
    put_bytes(&p, text, end, to);
    put_text(&p, to < length ? " ..." : "");
    end_word(&p);
    printf("\n");
}

/* What is over its limit, each with its passage; the rest is counted. */
static void print_passages(const ttsslice_verdict *verdict, const char *text, size_t length) {
    const size_t count = ttsslice_verdict_defect_count(verdict);
    size_t within = 0;
    for (size_t i = 0; i < count; i++) {
        const ttsslice_defect *d = ttsslice_verdict_defect(verdict, i);
        within += d->over_limit != 1;
        if (d->over_limit != 1)
            continue;
        printf("\n");
        print_defect(d, i + 1);
        if (in_text(length, d))
            print_passage(d, text, length);
    }
    if (within)
        printf("\n  %zu %s within the limits; --full shows %s in the whole text\n", within,
               within == 1 ? "fault" : "faults", within == 1 ? "it" : "them");
}

void cli_print_verdict(const ttsslice_verdict *verdict, const char *text, size_t length,
                       bool full) {
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    size_t count = ttsslice_verdict_defect_count(verdict), over = 0;
    for (size_t i = 0; i < count; i++)
        over += ttsslice_verdict_defect(verdict, i)->over_limit == 1;
    printf("%s  score %.1f of at least %.1f, %lld of %lld words agree, %zu %s, %zu of them "
           "over the limit\n",
           info->passed ? "passed" : "FAILED", info->score, info->threshold, (long long)info->hits,
           (long long)info->text_words, count, count == 1 ? "fault" : "faults", over);
    if (length > SHORT_MAX && !full) {
        print_passages(verdict, text, length);
        return;
    }
    if (count)
        print_marked_text(verdict, text, length);
    for (size_t i = 0; i < count; i++)
        print_defect(ttsslice_verdict_defect(verdict, i), i + 1);
}
