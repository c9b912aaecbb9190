/* SPDX-License-Identifier: MIT */
/* SubRip, WebVTT and labels of a timeline. Each folder of fixtures/subtitles holds a timeline and
 * the files it is to become; the rest are promises about all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "concat/lines.h"
#include "concat/timeline.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const cases[] = {"latin", "chinese", "japanese", "korean", "odd"};
#define CASES (sizeof cases / sizeof cases[0])

static char *read_fixture(const char *name, const char *file) {
    char path[512], *text = NULL;
    size_t length = 0;
    snprintf(path, sizeof path, "%s/subtitles/%s/%s", TTSS_FIXTURES, name, file);
    if (ttss_file_read(path, 1 << 20, &text, &length, NULL) != 0)
        fail_msg("%s cannot be read", path);
    return text;
}

static int64_t frame_of(const json_t *o, const char *key, int32_t rate) {
    return llrint(json_number_value(json_object_get(o, key)) * rate);
}

static size_t size_of(const json_t *o, const char *key) {
    return (size_t)json_integer_value(json_object_get(o, key));
}

static void add_words(ttsslice_timeline *timeline, const json_t *words) {
    for (size_t i = 0; i < json_array_size(words); i++) {
        const json_t *w = json_array_get(words, i);
        assert_true(ttss_grow((void **)&timeline->words, &timeline->word_capacity,
                              timeline->word_count + 1, sizeof *timeline->words));
        timeline->words[timeline->word_count++] = (ttsslice_timed_word){
            .entry = timeline->count,
            .text_start = size_of(w, "text_start"),
            .text_length = size_of(w, "text_length"),
            .start_frame = frame_of(w, "start", timeline->sample_rate),
            .end_frame = frame_of(w, "end", timeline->sample_rate),
        };
    }
}

static ttsslice_timeline *timeline_of(const char *name) {
    char *text = read_fixture(name, "input.json");
    json_t *root = json_loads(text, 0, NULL);
    const json_t *entries = json_object_get(root, "entries");
    ttsslice_timeline *timeline = ttss_timeline_new();
    assert_non_null(root);
    timeline->sample_rate = (int32_t)size_of(root, "sample_rate");
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *e = json_array_get(entries, i);
        assert_true(ttss_grow((void **)&timeline->entries, &timeline->capacity, timeline->count + 1,
                              sizeof *timeline->entries));
        timeline->entries[timeline->count] = (ttsslice_timeline_entry){
            .start_frame = frame_of(e, "start", timeline->sample_rate),
            .end_frame = frame_of(e, "end", timeline->sample_rate),
            .text = ttss_strdup(json_string_value(json_object_get(e, "text"))),
            .path = "",
            .text_start = size_of(e, "text_start"),
            .text_length = size_of(e, "text_length"),
            .passed = json_is_true(json_object_get(e, "passed")),
        };
        add_words(timeline, json_object_get(e, "words"));
        timeline->count++;
    }
    json_decref(root);
    free(text);
    return timeline;
}

static int32_t make(const ttsslice_timeline *timeline, const char *kind, char **text) {
    if (strcmp(kind, "srt") == 0)
        return ttsslice_timeline_srt(timeline, text, NULL);
    if (strcmp(kind, "vtt") == 0)
        return ttsslice_timeline_vtt(timeline, text, NULL);
    return ttsslice_timeline_labels(timeline, strcmp(kind, "words.txt") == 0, text, NULL);
}

static const char *const kinds[] = {"srt", "vtt", "labels.txt", "words.txt"};

static void files_are_as_expected(void **state) {
    (void)state;
    for (size_t c = 0; c < CASES; c++)
        for (size_t k = 0; k < 4; k++) {
            ttsslice_timeline *timeline = timeline_of(cases[c]);
            char file[64], *text = NULL;
            snprintf(file, sizeof file, "expected.%s", kinds[k]);
            char *expected = read_fixture(cases[c], file);
            assert_int_equal(make(timeline, kinds[k], &text), 0);
            assert_string_equal(text, expected);
            ttsslice_free(text);
            free(expected);
            ttsslice_timeline_unref(timeline);
        }
}

/* Lays out and returns the text as it would be written, from malloc. */
static char *lay_out(const char *text) {
    const size_t length = strlen(text);
    char *places = calloc(length + 1, 1), *out = calloc(2 * length + 1, 1);
    size_t n = 0;
    ttss_lay_out(text, length, places);
    for (size_t i = 0; i < length; i++) {
        if (places[i] == TTSS_PLACE_DROP)
            continue;
        if (places[i] != TTSS_PLACE_TEXT)
            out[n++] = places[i];
        out[n++] = text[i];
    }
    free(places);
    return out;
}

static void assert_laid_out(const char *text, const char *expected) {
    char *out = lay_out(text);
    assert_string_equal(out, expected);
    free(out);
}

static void lines_break_where_they_may(void **state) {
    (void)state;
    assert_laid_out("", "");
    assert_laid_out(" \n ", "");
    assert_laid_out("  one\t two\n", "one two");
    /* Sixteen ideographs a line; a full stop does not begin one. */
    assert_laid_out("一二三四五六七八九十一二三四五六七八",
                    "一二三四五六七八九十一二三四五六\n七八");
    assert_laid_out("一二三四五六七八九十一二三四五六。八",
                    "一二三四五六七八九十一二三四五\n六。八");
    assert_laid_out("一二三四五六七八九十一二三四五「六七」",
                    "一二三四五六七八九十一二三四五\n「六七」");
    assert_laid_out("ああああああああああああああああっい",
                    "あああああああああああああああ\nあっい");
    /* A line break of the source is a space only where the script has spaces. */
    assert_laid_out("春天\n来了", "春天来了");
    assert_laid_out("spring\ncame", "spring came");
    /* Nothing reaches a terminal that is a command there. */
    assert_laid_out("a \x1b[2Jb\x01 \x7f c\xc2\x9bz", "a [2Jb cz");
    assert_laid_out("春天 来了", "春天 来了");
    assert_laid_out("봄이\n왔다", "봄이 왔다");
    /* Words and what belongs to an ideograph stay whole. */
    assert_laid_out("一二三四五六七八九十一二三abcdefgh一",
                    "一二三四五六七八九十一二三\nabcdefgh一");
    assert_laid_out("a \xcc\x81"
                    "b",
                    "a \xcc\x81"
                    "b");
}

static int64_t widest_line(const char *text) {
    int64_t widest = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        int64_t width = ttss_text_width(text, length);
        widest = width > widest ? width : widest;
        text += length + (text[length] == '\n');
    }
    return widest;
}

/* Nothing but white space is lost, and no line is too wide where there are places to break. */
static void layout_keeps_the_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"夜", "、", "。",   "「", "」", "っ",     "カ", "ー",
                                         " ",  "\n", "word", "é",  "강", "\u3000", "1"};
    uint64_t seed = 4;
    for (int round = 0; round < 2000; round++) {
        char text[512] = "", kept[512] = "", got[1024] = "";
        for (uint64_t n = ttss_draw_below(&seed, 80); n; n--) {
            const char *piece = pieces[ttss_draw_below(&seed, 15)];
            strcat(text, piece);
            if (!strchr(" \n", piece[0]) && strcmp(piece, "\u3000") != 0)
                strcat(kept, piece);
            if (n % 8 == 0) /* somewhere to break */
                strcat(strcat(text, "夜夜"), " "), strcat(kept, "夜夜");
        }
        char *out = lay_out(text);
        assert_true(widest_line(out) <= TTSS_LINE_WIDTH);
        for (char *p = out; *p; p++)
            if (*p != ' ' && *p != '\n')
                strncat(got, p, 1);
        assert_string_equal(got, kept);
        free(out);
    }
}

static void controls_are_left_out(void **state) {
    (void)state;
    static char spoken[] = "Rain\x1b[2J \x01 fell.";
    ttsslice_timeline_entry entry = {.end_frame = 1000, .text = spoken, .path = "", .passed = 1};
    ttsslice_timeline timeline = {.sample_rate = 1000, .entries = &entry, .count = 1};
    for (size_t k = 0; k < 4; k++) {
        char *text = NULL;
        assert_int_equal(make(&timeline, kinds[k], &text), 0);
        assert_non_null(strstr(text, "Rain[2J"));
        assert_null(strpbrk(text, "\x1b\x01"));
        ttsslice_free(text);
    }
}

static void cues_do_not_overlap(void **state) {
    (void)state;
    static char one[] = "Rain fell.", two[] = "It was late.";
    ttsslice_timeline_entry entries[] = {
        {.end_frame = 1000, .overlap_frames = 100, .text = one, .path = "", .passed = 1},
        {.start_frame = 900, .end_frame = 2000, .text = two, .path = "", .passed = 1},
    };
    ttsslice_timeline timeline = {.sample_rate = 1000, .entries = entries, .count = 2};
    char *text = NULL;
    assert_int_equal(ttsslice_timeline_srt(&timeline, &text, NULL), 0);
    assert_non_null(strstr(text, "00:00:00,000 --> 00:00:00,900"));
    assert_non_null(strstr(text, "00:00:00,900 --> 00:00:02,000"));
    ttsslice_free(text);
}

static void bad_arguments(void **state) {
    (void)state;
    ttsslice_timeline *timeline = timeline_of("korean");
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *text = NULL;
    assert_int_equal(ttsslice_timeline_vtt(NULL, &text, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_vtt(timeline, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_save(NULL, "a.srt", &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_save(timeline, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_save(timeline, "a.doc", &err), TTSSLICE_ERR_INVALID);
    assert_non_null(strstr(err.message, "a.doc"));
    assert_int_equal(ttsslice_timeline_labels(NULL, 0, &text, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_labels(timeline, 0, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_labels(timeline, 2, &text, &err), TTSSLICE_ERR_INVALID);
    assert_null(text);
    ttsslice_timeline_unref(timeline);
}

static int make_all(void *timeline) {
    for (size_t k = 0; k < 4; k++) {
        char *text = NULL;
        int32_t code = make(timeline, kinds[k], &text);
        ttsslice_free(text);
        if (code)
            return code;
    }
    return 0;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    ttsslice_timeline *timeline = timeline_of("chinese");
    assert_survives_alloc_failure(make_all, timeline);
    ttsslice_timeline_unref(timeline);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_as_expected),      cmocka_unit_test(lines_break_where_they_may),
        cmocka_unit_test(layout_keeps_the_text),      cmocka_unit_test(bad_arguments),
        cmocka_unit_test(controls_are_left_out),      cmocka_unit_test(cues_do_not_overlap),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    if (argc == 2) /* the name of a case: prints what it becomes, for new fixtures */
        for (size_t k = 0; k < 4; k++) {
            char *text = NULL;
            ttsslice_timeline *timeline = timeline_of(argv[1]);
            if (make(timeline, kinds[k], &text) == 0)
                printf("=== expected.%s\n%s", kinds[k], text);
            ttsslice_free(text);
            ttsslice_timeline_unref(timeline);
        }
    return argc == 2 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
