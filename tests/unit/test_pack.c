/* SPDX-License-Identifier: MIT */
/* Packing: cases for each rule; the dynamic programme against trying every partition, and against
 * filling chunk by chunk; what is promised of all lists of chunks, on pseudo-random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "chunk/language.h"
#include "chunk/pack.h"
#include "chunk/partition.h"
#include "chunk_check.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The memory and time that a sanitizer takes are too much for the largest texts. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LARGE ((size_t)1 << 20)
#else
#define LARGE ((size_t)10 << 20)
#endif

static ttsslice_chunk_options with(int64_t limit, int64_t min_merge, int32_t packing) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    options.max_phrase_len = limit;
    options.min_chars_merge = min_merge;
    options.packing = packing;
    options.language = "en";
    return options;
}

static void assert_packed(int32_t packing, const char *text, int64_t limit, int64_t min_merge,
                          const char *expected) {
    ttsslice_chunk_options options = with(limit, min_merge, packing);
    char *marked = chunk_marked(text, &options);
    assert_non_null(marked);
    assert_string_equal(marked, expected);
    free(marked);
}

static void assert_chunks(const char *text, int64_t limit, int64_t min_merge,
                          const char *expected) {
    assert_packed(TTSSLICE_PACKING_OPTIMAL, text, limit, min_merge, expected);
}

/* --- cases ---------------------------------------------------------------------------------- */

static void test_greedy(void **state) {
    (void)state;
    const char *text = "Aaa bbb ccc. Ddd eee. Fff ggg hhh iii. No.";
    int32_t greedy = TTSSLICE_PACKING_GREEDY;
    assert_packed(greedy, text, 300, 20, "Aaa bbb ccc. Ddd eee. Fff ggg hhh iii. No.<end>");
    assert_packed(greedy, text, 21, 0, "Aaa bbb ccc. Ddd eee.<sentence>Fff ggg hhh iii. No.<end>");
    assert_packed(greedy, text, 20, 0,
                  "Aaa bbb ccc.<sentence>Ddd eee.<sentence>Fff ggg hhh iii. No.<end>");
    assert_packed(greedy, "Aaa bbb ccc. Ddd eee. No.", 21, 20,
                  "Aaa bbb ccc. Ddd eee.<sentence>No.<end>");
    /* Characters are code points, white space between sentences counts. */
    assert_packed(greedy, "Äöü. Éèê.", 9, 0, "Äöü. Éèê.<end>");
    assert_packed(greedy, "Äöü.  Éèê.", 9, 0, "Äöü.<sentence>Éèê.<end>");
    /* No more cuts than needed, and those at clauses; then as full as possible. */
    assert_packed(greedy, "Aaa. Bbb ccc, ddd eee fff.", 20, 0,
                  "Aaa. Bbb ccc,<clause>ddd eee fff.<end>");
    assert_packed(greedy, "Aaa. Bbb ccc ddd eee fff.", 19, 0,
                  "Aaa. Bbb ccc ddd<word>eee fff.<end>");
}

static void test_optimal(void **state) {
    (void)state;
    /* Even chunks, where the number of them stays. */
    assert_chunks("Aaa bbb ccc dd. Eee fff ggg. Hhh iii jjj kk. Lll mmm nn.", 50, 0,
                  "Aaa bbb ccc dd. Eee fff ggg.<sentence>Hhh iii jjj kk. Lll mmm nn.<end>");
    /* A word or two join a neighbour, whatever min_merge is; the more so a short piece. */
    assert_chunks("Aaa bbb ccc. Ddd eee fff. No.", 25, 0,
                  "Aaa bbb ccc.<sentence>Ddd eee fff. No.<end>");
    assert_chunks("Not yet. Aaa bbb ccc ddd eee fff. Ggg hhh iii jjj.", 40, 0,
                  "Not yet. Aaa bbb ccc ddd eee fff.<sentence>Ggg hhh iii jjj.<end>");
    assert_chunks("Aaa b c dd. Eee f g. Hhh iii jjj kkk.", 28, 9,
                  "Aaa b c dd.<sentence>Eee f g. Hhh iii jjj kkk.<end>");
    /* Alone if no neighbour has room, or is in the paragraph. */
    assert_chunks("Aaa bbb ccc ddd. No. Eee fff ggg hhh.", 17, 10,
                  "Aaa bbb ccc ddd.<sentence>No.<sentence>Eee fff ggg hhh.<end>");
    assert_chunks("Aaa bbb.\n\nNo.\n\nAaa bbb ccc.", 300, 20,
                  "Aaa bbb.<paragraph>No.<paragraph>Aaa bbb ccc.<end>");
    /* The end of a long sentence joins the next one, and its start the one before. */
    assert_chunks("No. Aaa bbb ccc, ddd eee fff. So.", 20, 4,
                  "No. Aaa bbb ccc,<clause>ddd eee fff. So.<end>");
    /* Marks alone are nothing to say. */
    assert_chunks("Aaa bbb ccc ddd — eee fff ggg.", 20, 0,
                  "Aaa bbb ccc ddd —<clause>eee fff ggg.<end>");
}

static void test_balanced(void **state) {
    (void)state;
    int32_t balanced = TTSSLICE_PACKING_BALANCED;
    /* Greedy makes 28, 18 and 15; the longest need not be more than 24. */
    const char *text = "Aaa bbb ccc dd. Eee fff ggg. Hhh iii. Jjj kkk. Lll mmm nnn oo.";
    assert_packed(TTSSLICE_PACKING_GREEDY, text, 29, 0,
                  "Aaa bbb ccc dd. Eee fff ggg.<sentence>Hhh iii. Jjj kkk.<sentence>"
                  "Lll mmm nnn oo.<end>");
    assert_packed(balanced, text, 29, 0,
                  "Aaa bbb ccc dd.<sentence>Eee fff ggg. Hhh iii.<sentence>"
                  "Jjj kkk. Lll mmm nnn oo.<end>");
    /* Of equal longest ones, the even rest. */
    assert_packed(
        balanced, "Aaa bbb ccc ddd ee ff. Ggg hhh. Iii jjj. Kkk ll. Mmm nn.", 22, 0,
        "Aaa bbb ccc ddd ee ff.<sentence>Ggg hhh. Iii jjj.<sentence>Kkk ll. Mmm nn.<end>");
}

static void test_long_sentences(void **state) {
    (void)state;
    /* Clauses, evenly; then words; then characters. */
    assert_chunks("aaa bbb, ccc ddd, eee fff, ggg hhh", 20, 0,
                  "aaa bbb, ccc ddd,<clause>eee fff, ggg hhh<end>");
    assert_chunks("aaa bbb ccc ddd eee fff", 20, 0, "aaa bbb ccc<word>ddd eee fff<end>");
    assert_chunks("abcdefghijkl", 5, 0, "abcd<word>efgh<word>ijkl<end>");
    assert_chunks("aaa, bbb ccc ddd; eee fff", 24, 0, "aaa, bbb ccc ddd;<clause>eee fff<end>");
    assert_chunks("aaa bbb—ccc ddd", 10, 0, "aaa bbb—<clause>ccc ddd<end>");
    assert_chunks("aaa bbb – ccc ddd", 10, 0, "aaa bbb –<clause>ccc ddd<end>");
    assert_chunks("“aaa bbb,” ccc “ddd!” eee", 14, 0, "“aaa bbb,”<clause>ccc “ddd!” eee<end>");
    /* As few cuts as can be, even at worse places. */
    assert_chunks("aaa bbb ccc, ddd, eee fff ggg hhh ii", 20, 0,
                  "aaa bbb ccc, ddd,<clause>eee fff ggg hhh ii<end>");
    assert_chunks("aaa bbb, ccc ddd eee fff, ggg hhhh.", 18, 0,
                  "aaa bbb, ccc ddd<word>eee fff, ggg hhhh.<end>");
    /* A strong mark is worth some evenness; so is a conjunction behind a comma. */
    assert_chunks("aaa bbb ccc; ddd eee, fff ggg hhh iii", 30, 0,
                  "aaa bbb ccc;<clause>ddd eee, fff ggg hhh iii<end>");
    assert_chunks("aaaaa bbbbb, ccccc ddddd, and eeeee fffff, ggggg hhhhh", 40, 0,
                  "aaaaa bbbbb, ccccc ddddd,<clause>and eeeee fffff, ggggg hhhhh<end>");
    /* Between words a phrase rather begins with a short one. */
    assert_chunks("mountain village in summer people", 20, 0,
                  "mountain village<word>in summer people<end>");
    /* A clause at the very edge is no better than a word. */
    assert_chunks("a, bbb ccc ddd eee fff ggg", 20, 0, "a, bbb ccc ddd<word>eee fff ggg<end>");
    /* Commas in numbers are no clauses; a no-break space or word joiner holds while there is
     * another place. */
    assert_chunks("it had 1,000,000 parts", 20, 0, "it had 1,000,000<word>parts<end>");
    assert_chunks("aaaaa 10\xC2\xA0kmm", 10, 0, "aaaaa<word>10\xC2\xA0kmm<end>");
    assert_chunks("aaaaa10\xC2\xA0kmm", 9, 0, "aaaaa10<word>kmm<end>");
    assert_chunks("aaa bb—\xE2\x81\xA0"
                  "ccc",
                  9, 0,
                  "aaa<word>bb—\xE2\x81\xA0"
                  "ccc<end>");
    /* Marks stay with what is before them, also in French. */
    assert_chunks("aaaa bbbb cccc : dddd", 16, 0, "aaaa bbbb cccc :<clause>dddd<end>");
    assert_chunks("aaaa bbbb ccccc ! non", 15, 0, "aaaa bbbb<word>ccccc ! non<end>");
    /* White space alone is never a piece. */
    assert_chunks("a                    b", 5, 0, "a<word>b<end>");
}

static void test_other_scripts(void **state) {
    (void)state;
    /* Behind marks; evenly where there are none, and not before a closing mark. */
    assert_chunks("天天下大雨，我们不出去，在家里看书", 14, 0,
                  "天天下大雨，<clause>我们不出去，在家里看书<end>");
    assert_chunks("我们不出去在家里看书写字", 7, 0, "我们不出去在<word>家里看书写字<end>");
    assert_chunks("雨が降るよ」と言った", 8, 0, "雨が降るよ」<word>と言った<end>");
    /* Thai: a space parts phrases; where words end is not marked, but U+200B may. */
    assert_chunks("ฝนตกทั้งวัน เราอยู่บ้าน", 15, 0, "ฝนตกทั้งวัน<clause>เราอยู่บ้าน<end>");
    assert_chunks("ฝนตก\xE2\x80\x8Bทั้งวัน", 9, 0, "ฝนตก<word>ทั้งวัน<end>");
}

static void test_graphemes(void **state) {
    (void)state;
    /* e + acute; family of three joined emoji; flags of two. */
    assert_chunks("e\xCC\x81"
                  "e\xCC\x81"
                  "e\xCC\x81",
                  3, 0, "e\xCC\x81<word>e\xCC\x81<word>e\xCC\x81<end>");
    assert_chunks("👨\xE2\x80\x8D👩\xE2\x80\x8D👧👨\xE2\x80\x8D👩\xE2\x80\x8D👧", 7, 0,
                  "👨\xE2\x80\x8D👩\xE2\x80\x8D👧<word>👨\xE2\x80\x8D👩\xE2\x80\x8D👧<end>");
    assert_chunks("🇩🇪🇫🇷🇯🇵", 3, 0, "🇩🇪<word>🇫🇷<word>🇯🇵<end>");
    /* Longer than the limit: cut between code points. */
    assert_chunks("e\xCC\x81\xCC\x82x", 2, 0, "e\xCC\x81<word>\xCC\x82x<end>");
}

/* --- against other ways --------------------------------------------------------------------- */

/* How good a partition is: smaller is better, the first number first. */
typedef struct worth {
    uint64_t of[5];
} worth;

static bool better(const worth *a, const worth *b) {
    for (size_t i = 0; i < COUNT(a->of); i++)
        if (a->of[i] != b->of[i])
            return a->of[i] < b->of[i];
    return false;
}

/* The chunk of units[first..last] is added. False if it is too long. */
static bool add_chunk(worth *w, const ttss_partition *p, const ttss_unit *units, size_t first,
                      size_t last) {
    enum ttss_edge edge = units[last].piece.edge;
    uint64_t length = units[last].piece.to - units[first].piece.at;
    uint32_t words = 0;
    for (size_t i = first; i <= last; i++)
        words += units[i].words;
    w->of[0] += edge != TTSS_EDGE_SENTENCE;
    w->of[1] += edge > TTSS_EDGE_COMMA;
    w->of[2]++;
    if (p->packing == TTSSLICE_PACKING_OPTIMAL) {
        w->of[3] += ttss_partition_price(p, length, words, edge);
    } else if (p->packing == TTSSLICE_PACKING_BALANCED) {
        w->of[3] = w->of[3] > length ? w->of[3] : length;
        w->of[4] += length * length;
    }
    return length <= p->limit;
}

/* Bit i of the mask: a chunk ends behind unit i. */
static bool judge_mask(worth *w, const ttss_partition *p, const ttss_unit *units, size_t count,
                       unsigned mask) {
    *w = (worth){{0}};
    for (size_t i = 0, first = 0; i < count; i++)
        if (i + 1 == count || (mask >> i & 1)) {
            if (!add_chunk(w, p, units, first, i))
                return false;
            first = i + 1;
        }
    return true;
}

static void draw_units(ttss_unit *units, size_t count, size_t limit, uint64_t *seed) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = 1 + ttss_draw_below(seed, ttss_draw_below(seed, 2) ? limit : limit / 4 + 1);
        length = length > limit ? limit : length;
        bool whole = i + 1 == count || ttss_draw_below(seed, 2);
        units[i] = (ttss_unit){
            .piece = {at, at + length, at, at + length,
                      whole ? TTSS_EDGE_SENTENCE : (enum ttss_edge)ttss_draw_below(seed, 8)},
            .words = (uint32_t)(length / 4 < TTSS_WORDS_ENOUGH ? length / 4 : TTSS_WORDS_ENOUGH)};
        at += length + ttss_draw_below(seed, 2);
    }
}

static void test_every_partition(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 600; round++) {
        ttss_unit units[9];
        size_t count = 1 + ttss_draw_below(&seed, COUNT(units));
        ttss_partition p = {.limit = 1 + ttss_draw_below(&seed, 60), .packing = round % 3};
        p.min_merge = ttss_draw_below(&seed, p.limit + 1);
        draw_units(units, count, p.limit, &seed);
        assert_true(ttss_partition_make(&p, units, count));
        unsigned mask = 0;
        for (size_t i = 1; i < p.count; i++)
            mask |= 1U << (p.firsts[i] - 1);
        worth got, other;
        assert_true(judge_mask(&got, &p, units, count, mask));
        for (unsigned m = 0; m < 1U << (count - 1); m++)
            assert_false(judge_mask(&other, &p, units, count, m) && better(&other, &got));
        ttss_partition_free(&p);
    }
}

/* Filling chunk by chunk makes the fewest chunks there can be; greedy makes the same ones. */
static void test_fill(void **state) {
    (void)state;
    uint64_t seed = 4;
    for (int round = 0; round < 200; round++) {
        ttss_unit units[300];
        size_t count = 1 + ttss_draw_below(&seed, COUNT(units));
        ttss_partition p = {.limit = 1 + ttss_draw_below(&seed, 300),
                            .packing = TTSSLICE_PACKING_GREEDY};
        draw_units(units, count, p.limit, &seed);
        for (size_t i = 0; i < count; i++)
            units[i].piece.edge = TTSS_EDGE_SENTENCE;
        assert_true(ttss_partition_make(&p, units, count));
        size_t chunk = 0, first = 0;
        for (size_t i = 0; i < count; i++)
            if (i == 0 || units[i].piece.to - units[first].piece.at > p.limit) {
                first = i;
                assert_true(chunk < p.count);
                assert_int_equal(p.firsts[chunk++], first);
            }
        assert_int_equal(chunk, p.count);
        ttss_partition_free(&p);
    }
}

/* --- promises ------------------------------------------------------------------------------- */

static void check(const char *text, size_t length, int64_t limit, int64_t min_merge) {
    ttsslice_chunk_options options = with(limit, min_merge, 0);
    const char *broken = chunk_check(text, length, &options);
    if (broken)
        fail_msg("limit %d, min_merge %d: %s in \"%.*s\"", (int)limit, (int)min_merge, broken,
                 (int)(length < 400 ? length : 400), text);
}

/* Each text is copied to its exact size, so that reading beyond it shows. */
static void check_soup(const char *pieces, uint64_t seed) {
    for (int round = 0; round < 600; round++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        chunk_soup(&buf, pieces, ttss_draw_below(&seed, round % 8 ? 40 : 600), &seed);
        char *text = malloc(buf.length ? buf.length : 1);
        assert_non_null(text);
        if (buf.length)
            memcpy(text, buf.data, buf.length);
        int64_t limit = 1 + (int64_t)ttss_draw_below(&seed, round % 32 == 0 ? 4000
                                                            : round % 2     ? 400
                                                                            : 30);
        check(text, buf.length, limit, (int64_t)ttss_draw_below(&seed, (size_t)limit + 1));
        free(text);
        ttss_buf_free(&buf);
    }
}

static void test_ascii_soup(void **state) {
    (void)state;
    check_soup(chunk_soup_ascii, 1);
}

static void test_unicode_soup(void **state) {
    (void)state;
    check_soup(chunk_soup_unicode, 2);
}

static void test_prose_soup(void **state) {
    (void)state;
    check_soup(chunk_soup_prose, 3);
}

static void test_monotonous_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "a",
        "e\xCC\x81",
        "\xCC\x81",
        "👩\xE2\x80\x8D",
        "🇩🇪",
        ".",
        "。",
        " . ",
        "a.\r\n",
        "\"",
        "- ",
        "",
        " ",
        "\xC2\xA0"
        "a",
        "a\n\n",
        "[1]",
        "a, ",
        "a ",
        "Aa. ",
        "(",
        "x)",
        "a—",
    };
    static const int64_t limits[] = {1, 2, 7, 40, 300, 1000000};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        for (int n = 0; n < (i == 0 ? 10000 : 1500); n++)
            ttss_buf_add_text(&buf, pieces[i]);
        for (size_t l = 0; l < COUNT(limits); l++)
            check(buf.data ? buf.data : "", buf.length, limits[l], limits[l] / 3);
        ttss_buf_free(&buf);
    }
}

/* --- size ----------------------------------------------------------------------------------- */

static char *repeat(const char *piece, size_t length) {
    size_t n = strlen(piece);
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = piece[i % n];
    return text;
}

/* Chunks of a large text; every limit holds and no more chunks are made than needed, but for one
 * in a window. */
static void check_large(const char *piece, int64_t limit, size_t needed) {
    char *text = repeat(piece, LARGE);
    ttsslice_chunk_options options = with(limit, 0, TTSSLICE_PACKING_OPTIMAL);
    ttsslice_chunks *chunks = NULL;
    assert_int_equal(ttsslice_chunk(text, LARGE, &options, &chunks, NULL), 0);
    size_t count = ttsslice_chunks_count(chunks);
    for (size_t i = 0; i < count; i++)
        assert_true(ttsslice_chunks_get(chunks, i)->characters <= (size_t)limit);
    assert_in_range(count, needed, needed + needed / 200 + 1);
    ttsslice_chunks_unref(chunks);
    free(text);
}

static void test_large_texts(void **state) {
    (void)state;
    check_large("x", 300, (LARGE + 299) / 300);
    check_large("x y ", 300, (LARGE + 299) / 300);
    check_large("Xx yy zz. ", 300, (LARGE + 299) / 300);
    check_large("Xx yy zz. ", 1000000, (LARGE + 999999) / 1000000);
    check_large("x, y ", 1000, (LARGE + 999) / 1000);
}

/* For a great limit tiny units are joined, but not over the end of a sentence if there is another
 * way: the second sentence fills a chunk, so the first must end with one. */
static void test_tiny_units(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 130; i++)
        ttss_buf_add_text(&buf, "abcd ");
    ttss_buf_add_text(&buf, "so. ");
    for (int i = 0; i < 126; i++)
        ttss_buf_add_text(&buf, "Abcd ");
    ttss_buf_add_text(&buf, "E.");
    ttsslice_chunk_options options = with(640, 20, TTSSLICE_PACKING_OPTIMAL);
    ttsslice_chunks *chunks = NULL;
    assert_null(chunk_check(buf.data, buf.length, &options));
    assert_int_equal(ttsslice_chunk(buf.data, buf.length, &options, &chunks, NULL), 0);
    assert_int_equal(ttsslice_chunks_count(chunks), 3);
    assert_int_equal(ttsslice_chunks_get(chunks, 1)->break_after, TTSSLICE_BREAK_SENTENCE);
    ttsslice_chunks_unref(chunks);
    ttss_buf_free(&buf);
}

/* Packed in parts or at once: the same chunks, but for a few about where the parts meet. */
static void test_window(void **state) {
    (void)state;
    uint64_t seed = 5;
    for (int32_t packing = 0; packing < 3; packing++) {
        ttss_pack_options options = {.language = ttss_language_find("en"),
                                     .limit = 100,
                                     .min_merge = 20,
                                     .packing = packing};
        ttss_chunk_list whole = {0}, parts = {0};
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        for (int i = 0; i < 4000; i++)
            ttss_buf_printf(&buf, "Xx%.*s yy. ", (int)ttss_draw_below(&seed, 60),
                            "aa bbb ccccc ddd eeeeeee ff, gggg hh i jjjj kkkkkk llllll mmmmm");
        assert_int_equal(ttss_pack(&whole, &options, buf.data, buf.length, NULL), 0);
        options.window = 512;
        assert_int_equal(ttss_pack(&parts, &options, buf.data, buf.length, NULL), 0);
        assert_in_range(parts.count, whole.count, whole.count + 4000 / 448 + 1);
        size_t same = 0;
        for (size_t i = 0, j = 0; i < whole.count && j < parts.count;) {
            same += whole.items[i].start == parts.items[j].start &&
                    whole.items[i].length == parts.items[j].length;
            if (whole.items[i].start <= parts.items[j].start)
                i++;
            else
                j++;
        }
        if (packing == TTSSLICE_PACKING_GREEDY)
            assert_int_equal(same, whole.count);
        else if (packing == TTSSLICE_PACKING_OPTIMAL)
            assert_true(same > whole.count / 2);
        free(whole.items);
        free(parts.items);
        ttss_buf_free(&buf);
    }
}

static void test_few_allocations(void **state) {
    (void)state;
    static const char *const pieces[] = {"It was a long day. ", "He slept.\n\n", "x", "a, b "};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        char *text = repeat(pieces[i], 400000);
        ttsslice_chunks *chunks = NULL;
        alloc_fail_at(-1);
        assert_int_equal(ttsslice_chunk(text, 400000, NULL, &chunks, NULL), 0);
        assert_true(alloc_count() < 60);
        ttsslice_chunks_unref(chunks);
        free(text);
    }
}

static int pack_once(void *argument) {
    ttss_pack_options options = {.language = ttss_language_find("en"), .limit = 20, .window = 16};
    ttss_chunk_list list = {0};
    int32_t code = ttss_pack(&list, &options, argument, strlen(argument), NULL);
    free(list.items);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 40; i++)
        ttss_buf_add_text(&buf, "It was a long day, and Mr. Hale sat, and sat. So it was. ");
    assert_survives_alloc_failure(pack_once, buf.data);
    ttss_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_greedy),          cmocka_unit_test(test_optimal),
        cmocka_unit_test(test_balanced),        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_other_scripts),   cmocka_unit_test(test_graphemes),
        cmocka_unit_test(test_every_partition), cmocka_unit_test(test_fill),
        cmocka_unit_test(test_ascii_soup),      cmocka_unit_test(test_unicode_soup),
        cmocka_unit_test(test_prose_soup),      cmocka_unit_test(test_monotonous_texts),
        cmocka_unit_test(test_large_texts),     cmocka_unit_test(test_window),
        cmocka_unit_test(test_tiny_units),      cmocka_unit_test(test_few_allocations),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
