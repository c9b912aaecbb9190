/* SPDX-License-Identifier: MIT */
/* The slice "chunk": sentences on hand-written cases for each rule; options, errors, lists. Blocks
 * and packing are tested in test_block.c and test_pack.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/chunk.h>

#include "alloc_fail.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "chunk/language.h"
#include "chunk/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static ttsslice_chunks *make(const char *text, int64_t limit, int64_t min_merge) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    options.max_phrase_len = limit;
    options.min_chars_merge = min_merge;
    if (ttsslice_chunk(text, TTSSLICE_NUL_TERMINATED, &options, &chunks, &err) != 0)
        fail_msg("%s", err.message);
    return chunks;
}

/* Sentence ends are marked: a bar stands for the space there, a caret for no space. */
static void assert_sentences(const char *language, const char *marked) {
    char text[512], got[512] = "";
    size_t length = 0, used = 0;
    for (const char *p = marked; *p; p++)
        if (*p != '^')
            text[length++] = *p == '|' ? ' ' : *p;
    for (size_t start = 0; start < length;) {
        size_t end = ttss_sentence_end(ttss_language_find(language), text, start, length, NULL);
        assert_true(end > start);
        size_t next = ttss_skip_space(text, end, length);
        used += (size_t)snprintf(got + used, sizeof got - used, "%.*s%s", (int)(end - start),
                                 text + start,
                                 next == length ? ""
                                 : next > end   ? "|"
                                                : "^");
        start = next;
    }
    assert_string_equal(got, marked);
}

/* --- sentences ------------------------------------------------------------------------------ */

static const char *const english[] = {
    /* plain ends */
    "The rain stopped.|We went out.|Nobody spoke!|Why not?|It was late.",
    "One line\nwraps here.|The next sentence\nwraps, too.",
    "no capital after a stop. so it goes on",
    /* titles, firms, months, Latin */
    "Mr. Hale met Dr. Moss, Prof. Lind and Mrs. Grey.|They ate.",
    "Rain fell on St. Ives and Mt. Blanc.|St. Ives was wet.",
    "Bring pens, paper, etc. to class.|Bring pens, paper, etc.|Then sit.",
    "Use a tool, e.g. Rake or hoe, i.e. Something long, vs. Nothing.",
    "Gull & Sons Inc. Chairman Hale spoke.|It is Gull Inc.|The end.",
    "They met on Jan. 5 and on Sat. Mornings.|He sat.|Nobody moved.",
    "See No. 5, p. 12, pp. 3-4, vol. IV and fig. B there.|He said no.|She left.",
    "The sailors of the U.S. Navy came.|He left the U.S.|We stayed.",
    /* initials */
    "J. R. Smith and A.B. Crane met Albert I. Jones.|They talked.",
    "You and I.|Did it work?",
    /* numbers, versions, addresses, times */
    "It costs $4.50 or 3.14159.|Version 2.0.1 is out.|It was 1984.|Then it was 1985.",
    "Write to jo.hale@example.com.|Or see www.example.com/a.b?c=d.e for more.",
    "We left at 6 p.m.|Then we slept.",
    "At 5 a.m. Mr. Hale rose.",
    "The call is at 6 p.m. Eastern on 9 p.m. Monday.",
    "1. Open the box.|2. Close the box.|IV. Go home.",
    /* quotation and brackets */
    "“Are you there?” she asked.|“I am.”|He was.",
    "\"Stop!\"|He did not.|(He never did.)|\"Go.\" she said.",
    "He left (at last!) and (as they say.) was glad.|So were we.",
    "*Quiet.*|**Loud!**|Both.",
    "It is so.[12]|It was not.[3][4]|Perhaps.",
    /* ellipses and runs */
    "He waited... and waited… then ran...|She saw him…|We did, too.",
    "I was ... well ... I do not know.",
    "What?!|No!!|Really??|Yes....|Good.",
    "He read [...] The rest was lost.",
    /* not worth a sentence */
    "... No.|Yes.",
    "? What",
    /* dashes */
    "Is it?—I wonder.|\"Done.\"|– Not yet.",
};

static void test_english_sentences(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(english); i++)
        assert_sentences("en", english[i]);
}

static void test_other_scripts(void **state) {
    (void)state;
    assert_sentences("zh", "今天下雨。^我们走吧！^好吗？！^“你好。”他说。^“你好。”^他走了。");
    assert_sentences("zh", "他说：“走！”，然后走了。^结束……完了。");
    assert_sentences("ja", "「はい。」と彼は言った。^次です｡^「本当？」^うん。");
    assert_sentences("ja", "寒い!^帰ろう。|はい。");
    assert_sentences("hi", "यह पहला वाक्य है।|यह दूसरा है॥|तीसरा।");
    assert_sentences("ar", "كيف حالك؟|أنا بخير.|شكرا.");
    assert_sentences("de", "„Ist es spät?“|»Nein.«|Er ging.");
    assert_sentences("fr", "« Il pleut. »|Élise rentre.|Où ça ?|Là.");
    /* A language without data has rules, but no lists. */
    assert_sentences("xx", "J. R. Smith came.|He spoke.");
}

static void test_language_tags(void **state) {
    (void)state;
    assert_ptr_equal(ttss_language_find("EN"), &ttss_language_en);
    assert_ptr_equal(ttss_language_find("en-GB"), &ttss_language_en);
    assert_non_null(ttss_language_find("de_AT"));
    assert_null(ttss_language_find(""));
    assert_null(ttss_language_find("e"));
    assert_null(ttss_language_find("english"));
    assert_null(ttss_language_find("e1"));
}

/* --- options, errors, memory ---------------------------------------------------------------- */

static int32_t try_chunk(const char *text, size_t length, const ttsslice_chunk_options *options,
                         ttsslice_error *err) {
    ttsslice_chunks *untouched = (ttsslice_chunks *)(uintptr_t)1, *out = untouched;
    int32_t code = ttsslice_chunk(text, length, options, &out, err);
    if (code == 0)
        ttsslice_chunks_unref(out);
    else
        assert_ptr_equal(out, untouched);
    return code;
}

static void test_options(void **state) {
    (void)state;
    static const struct {
        int64_t limit, min_merge;
        const char *language;
        int32_t code;
        int32_t packing, pauses;
    } cases[] = {
        {300, 20, NULL, 0},
        {1000000, 1000000, "en-US", 0},
        {1, 0, "zh", 0},
        {0, 0, NULL, TTSSLICE_ERR_INVALID},
        {1000001, 20, NULL, TTSSLICE_ERR_INVALID},
        {INT64_MIN, 0, NULL, TTSSLICE_ERR_INVALID},
        {10, 11, NULL, TTSSLICE_ERR_INVALID},
        {10, -1, NULL, TTSSLICE_ERR_INVALID},
        {10, 5, "English", TTSSLICE_ERR_INVALID},
        {10, 5, NULL, 0, TTSSLICE_PACKING_BALANCED, 0},
        {10, 5, NULL, TTSSLICE_ERR_INVALID, 3, 0},
        {10, 5, NULL, TTSSLICE_ERR_INVALID, -1, 0},
        {10, 5, NULL, 0, 0, 1},
        {10, 5, NULL, TTSSLICE_ERR_INVALID, 0, 2},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
        options.max_phrase_len = cases[i].limit;
        options.min_chars_merge = cases[i].min_merge;
        options.language = cases[i].language;
        options.packing = cases[i].packing;
        options.pauses = cases[i].pauses;
        assert_int_equal(try_chunk("A text.", 7, &options, &err), cases[i].code);
        assert_int_equal(err.slice, cases[i].code ? TTSSLICE_SLICE_CHUNK : 0);
    }
    assert_int_equal(try_chunk("A text.", 7, NULL, NULL), 0);
}

static void test_options_size(void **state) {
    (void)state;
    struct {
        ttsslice_chunk_options known;
        int64_t unknown;
    } newer = {TTSSLICE_CHUNK_OPTIONS_INIT, 0};
    newer.known.size = sizeof newer;
    assert_int_equal(try_chunk("A.", 2, &newer.known, NULL), 0);
    newer.unknown = 1;
    assert_int_equal(try_chunk("A.", 2, &newer.known, NULL), TTSSLICE_ERR_OPTION);
    newer.known.size = 0;
    assert_int_equal(try_chunk("A.", 2, &newer.known, NULL), TTSSLICE_ERR_OPTION);
}

static void test_bad_texts(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(try_chunk(NULL, 0, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(try_chunk("", 0, NULL, &err), TTSSLICE_ERR_EMPTY);
    assert_int_equal(try_chunk(" \n\xC2\xA0\xEF\xBB\xBF", 7, NULL, &err), TTSSLICE_ERR_EMPTY);
    assert_int_equal(err.slice, TTSSLICE_SLICE_CHUNK);
    assert_int_equal(try_chunk("abc\xFFz", 5, NULL, &err), TTSSLICE_ERR_TEXT);
    assert_int_equal(err.byte_offset, 3);
    assert_int_equal(try_chunk("ab\0cd", 5, NULL, &err), TTSSLICE_ERR_TEXT);
    assert_int_equal(err.byte_offset, 2);
    assert_int_equal(ttsslice_chunk("a", 1, NULL, NULL, &err), TTSSLICE_ERR_INVALID);
}

static void test_list(void **state) {
    (void)state;
    ttsslice_chunks *chunks = make("One.\n\nTwo.", 300, 20);
    assert_int_equal(ttsslice_chunks_count(chunks), 2);
    assert_null(ttsslice_chunks_get(chunks, 2));
    assert_ptr_equal(ttsslice_chunks_ref(chunks), chunks);
    ttsslice_chunks_unref(chunks);
    assert_int_equal(ttsslice_chunks_get(chunks, 1)->start, 6);
    ttsslice_chunks_unref(chunks);
    assert_int_equal(ttsslice_chunks_count(NULL), 0);
    assert_null(ttsslice_chunks_get(NULL, 0));
    assert_null(ttsslice_chunks_ref(NULL));
    ttsslice_chunks_unref(NULL);
}

static void test_break_names(void **state) {
    (void)state;
    static const char *const names[] = {"word",      "clause",  "sentence",
                                        "paragraph", "section", "end"};
    for (int32_t i = 0; i < 6; i++) {
        assert_string_equal(ttsslice_break_name(i + 1), names[i]);
        assert_int_equal(ttsslice_break_from_name(names[i]), i + 1);
    }
    assert_string_equal(ttsslice_break_name(0), "unknown");
    assert_string_equal(ttsslice_break_name(7), "unknown");
    assert_string_equal(ttsslice_break_name(INT32_MIN), "unknown");
    assert_int_equal(ttsslice_break_from_name("Word"), 0);
    assert_int_equal(ttsslice_break_from_name(NULL), 0);
}

static void test_packing_names(void **state) {
    (void)state;
    static const char *const names[] = {"optimal", "greedy", "balanced"};
    for (int32_t i = 0; i < 3; i++) {
        assert_string_equal(ttsslice_packing_name(i), names[i]);
        assert_int_equal(ttsslice_packing_from_name(names[i]), i);
    }
    assert_string_equal(ttsslice_packing_name(3), "unknown");
    assert_string_equal(ttsslice_packing_name(INT32_MIN), "unknown");
    assert_int_equal(ttsslice_packing_from_name("Greedy"), -1);
    assert_int_equal(ttsslice_packing_from_name(NULL), -1);
}

static void test_supported_languages(void **state) {
    (void)state;
    static const char *const known[] = {"en", "EN", "pt-BR", "zh_TW", "no"};
    static const char *const unknown[] = {"xx", "la", "und", "", "e", "not a language", "english"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(ttsslice_language_supported(known[i]), 1);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_int_equal(ttsslice_language_supported(unknown[i]), 0);
    assert_int_equal(ttsslice_language_supported(NULL), 0);
}

/* "Käse. Brot.": 12 bytes, a two-byte character at 1. */
static const char own_text[] = "K\xC3\xA4se. Brot.";

static int32_t try_new(size_t first, size_t first_length, size_t second, size_t second_length,
                       int32_t break_after, size_t count, ttsslice_chunks **out,
                       ttsslice_error *err) {
    size_t starts[] = {first, second}, lengths[] = {first_length, second_length};
    int32_t breaks[] = {TTSSLICE_BREAK_SENTENCE, break_after};
    return ttsslice_chunks_new(own_text, TTSSLICE_NUL_TERMINATED, starts, lengths, breaks, count,
                               out, err);
}

static void test_own_chunks(void **state) {
    (void)state;
    ttsslice_chunks *chunks = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    /* White space at the ends of a span is left out. */
    assert_int_equal(try_new(0, 7, 7, 5, TTSSLICE_BREAK_END, 2, &chunks, &err), 0);
    const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, 0);
    assert_int_equal(info->length, 6);
    assert_int_equal(info->characters, 5);
    assert_int_equal(info->break_after, TTSSLICE_BREAK_SENTENCE);
    ttsslice_chunks_unref(chunks);

    static const struct {
        size_t first, first_length, second, second_length;
        int32_t break_after;
        size_t count;
        int64_t byte_offset;
    } bad[] = {
        {0, 6, 7, 0, TTSSLICE_BREAK_END, 2, 7},         /* empty */
        {0, 6, 6, 1, TTSSLICE_BREAK_END, 2, 6},         /* white space alone */
        {7, 5, 0, 6, TTSSLICE_BREAK_END, 2, 0},         /* out of order: byte 0 in none yet */
        {0, 7, 5, 7, TTSSLICE_BREAK_END, 2, 5},         /* overlap */
        {0, 6, 7, 6, TTSSLICE_BREAK_END, 2, 7},         /* outside */
        {0, 6, SIZE_MAX, 2, TTSSLICE_BREAK_END, 2, -1}, /* outside */
        {0, 6, 7, SIZE_MAX, TTSSLICE_BREAK_END, 2, 7},  /* outside, overflow */
        {0, 2, 2, 10, TTSSLICE_BREAK_END, 2, 0},        /* cuts a character */
        {0, 6, 8, 4, TTSSLICE_BREAK_END, 2, 7},         /* misses a byte */
        {0, 6, 7, 4, TTSSLICE_BREAK_END, 2, 11},        /* misses the end */
        {0, 6, 7, 5, TTSSLICE_BREAK_END, 1, 7},         /* misses the rest */
        {0, 6, 7, 5, TTSSLICE_BREAK_END, 0, 0},         /* misses everything */
        {0, 6, 7, 5, 0, 2, -1},                         /* no such break */
        {0, 6, 7, 5, TTSSLICE_BREAK_END, SIZE_MAX, -1}, /* more spans than bytes */
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        chunks = NULL;
        int32_t code =
            try_new(bad[i].first, bad[i].first_length, bad[i].second, bad[i].second_length,
                    bad[i].break_after, bad[i].count, &chunks, &err);
        assert_int_equal(code, TTSSLICE_ERR_INVALID);
        assert_int_equal(err.slice, TTSSLICE_SLICE_CHUNK);
        assert_int_equal(err.byte_offset, bad[i].byte_offset);
        assert_null(chunks);
    }
    assert_int_equal(ttsslice_chunks_new("a", 1, NULL, NULL, NULL, 1, &chunks, &err),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_chunks_new("\xFF", 1, NULL, NULL, NULL, 0, &chunks, &err),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_chunks_new(" \n", 2, NULL, NULL, NULL, 0, &chunks, &err), 0);
    assert_int_equal(ttsslice_chunks_count(chunks), 0);
    ttsslice_chunks_unref(chunks);
}

/* --- pauses --------------------------------------------------------------------------------- */

/* "start+length break pause" of each chunk. */
static void assert_chunks(const char *text, bool sentences, const char *expected) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    ttss_buf buf;
    ttss_buf_init(&buf, 4096);
    options.pauses = 1;
    if ((sentences ? ttsslice_sentences : ttsslice_chunk)(text, TTSSLICE_NUL_TERMINATED, &options,
                                                          &chunks, &err) != 0)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *c = ttsslice_chunks_get(chunks, i);
        ttss_buf_printf(&buf, "%s%.*s|%s", i ? "\n" : "", (int)c->length, text + c->start,
                        ttsslice_break_name(c->break_after));
        if (c->pause_ms >= 0)
            ttss_buf_printf(&buf, "|%d", (int)c->pause_ms);
    }
    assert_string_equal(buf.data, expected);
    ttss_buf_free(&buf);
    ttsslice_chunks_unref(chunks);
}

static void test_pauses(void **state) {
    (void)state;
    assert_chunks("Rain fell [pause 1.5s] on roofs. It was late.[pause\t500 ms ] Gulls slept.",
                  false,
                  "Rain fell|clause\n[pause 1.5s]|clause|1500\non roofs. It was late.|sentence\n"
                  "[pause\t500 ms ]|sentence|500\nGulls slept.|end");
    assert_chunks("Rain fell [pause 0s] on roofs.", true,
                  "Rain fell|sentence\n[pause 0s]|sentence|0\non roofs.|end");
    assert_chunks("One.\n[pause 1s]\nTwo. [pause 2s][pause 0.025s]\n", false,
                  "One.|paragraph\n[pause 1s]|paragraph|1000\nTwo.|sentence\n"
                  "[pause 2s]|sentence|2000\n[pause 0.025s]|end|25");
    assert_chunks("He [paused] and [pauses 1s].", false, "He [paused] and [pauses 1s].|end");
}

static void test_pauses_are_text_by_default(void **state) {
    (void)state;
    ttsslice_chunks *chunks = make("Rain [pause 1s] fell [pause soon].", 300, 20);
    assert_int_equal(ttsslice_chunks_count(chunks), 1);
    assert_int_equal(ttsslice_chunks_get(chunks, 0)->pause_ms, -1);
    ttsslice_chunks_unref(chunks);
}

static void test_bad_pauses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t byte_offset;
    } cases[] = {
        {"[pause 1s] A.", 0},
        {"A. [pause]", 3},
        {"A. [pause 1]", 3},
        {"A. [pause1s]", 3},
        {"A. [pause -1s]", 3},
        {"A. [pause 1.s]", 3},
        {"A. [pause 1.0005s]", 3},
        {"A. [pause 1s", 3},
        {"A. [pause 601s]", 3},
        {"A. [pause 600001ms]", 3},
        {"A. [pause 99999999999999999999ms]", 3},
        {"A. [pause 600s] [pause 1ms]", 16},
    };
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    options.pauses = 1;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        if (try_chunk(cases[i].text, strlen(cases[i].text), &options, &err) != TTSSLICE_ERR_TEXT)
            fail_msg("%s is taken", cases[i].text);
        assert_int_equal(err.byte_offset, cases[i].byte_offset);
    }
    assert_int_equal(try_chunk("A. [pause 600s] B. [pause 600s]", 31, &options, NULL), 0);
}

static int pauses_once(void *argument) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_chunks *chunks = NULL;
    options.pauses = 1;
    int32_t code = ttsslice_chunk(argument, TTSSLICE_NUL_TERMINATED, &options, &chunks, NULL);
    ttsslice_chunks_unref(chunks);
    return code;
}

static int chunk_once(void *argument) {
    ttsslice_chunks *chunks = NULL, *own = NULL;
    size_t start = 0, length = 1;
    int32_t end = TTSSLICE_BREAK_END;
    int32_t code = ttsslice_chunk(argument, TTSSLICE_NUL_TERMINATED, NULL, &chunks, NULL);
    if (!code)
        code = ttsslice_chunks_new("a", 1, &start, &length, &end, 1, &own, NULL);
    ttsslice_chunks_unref(chunks);
    ttsslice_chunks_unref(own);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 40; i++)
        ttss_buf_add_text(&buf, "It was a long day. Mr. Hale sat, and sat.\n\n");
    assert_survives_alloc_failure(chunk_once, buf.data);
    char marked[] = "Rain [pause 1s] fell. [pause 2s]\n\nGulls [pause 1s] slept.";
    assert_survives_alloc_failure(pauses_once, marked);
    ttss_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english_sentences),
        cmocka_unit_test(test_other_scripts),
        cmocka_unit_test(test_language_tags),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_options_size),
        cmocka_unit_test(test_bad_texts),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_break_names),
        cmocka_unit_test(test_packing_names),
        cmocka_unit_test(test_supported_languages),
        cmocka_unit_test(test_own_chunks),
        cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_pauses_are_text_by_default),
        cmocka_unit_test(test_bad_pauses),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("chunk", tests, NULL, NULL);
}
