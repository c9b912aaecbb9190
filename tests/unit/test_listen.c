/* SPDX-License-Identifier: MIT */
/* Following a long text: the window holds the place, what was heard moves it on, and what does not
 * belong there is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "engine/listen.h"

#include <stdio.h>
#include <string.h>

#define TOKENS 600

/* A text of different words, read once. */
static int read_text(void **state) {
    static ttss_words words;
    static char text[TOKENS * 16];
    size_t length = 0;
    for (int i = 0; i < TOKENS; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "word%c%c%c ", 'a' + i % 26,
                                   'a' + i / 26 % 26, 'a' + i * 7 % 26);
    if (ttss_words_read(&words, text, length, "en", NULL) != 0)
        return -1;
    *state = &words;
    return words.token_count == TOKENS ? 0 : -1;
}

static int free_text(void **state) {
    ttss_words_free(*state);
    return 0;
}

static const char *said(const ttss_words *words, size_t token) {
    return words->words[words->readings[words->tokens[token].first_reading].first];
}

static void the_window_holds_the_place(void **state) {
    const ttss_words *words = *state;
    for (size_t position = 0; position <= TOKENS; position += 25)
        for (double seconds = 0.0; seconds < 300.0; seconds += 12.5) {
            ttss_words view = ttss_window_at(words, position, seconds);
            size_t first = (size_t)(view.tokens - words->tokens);
            assert_true(first <= position);
            assert_true(first + view.token_count <= TOKENS);
            assert_true(first + view.token_count >= position);
            /* Speech of that length fits, at four words a second. */
            size_t ahead = (size_t)(4.0 * seconds);
            assert_true(first + view.token_count == TOKENS ||
                        first + view.token_count >= position + ahead);
        }
}

static void what_is_heard_moves_the_place_on(void **state) {
    const ttss_words *words = *state;
    const char *heard[50];
    bool found = false;
    size_t end = 0;
    for (size_t from = 0; from + 50 <= TOKENS; from += 50) {
        ttss_words view = ttss_window_at(words, from, 20.0);
        size_t first = (size_t)(view.tokens - words->tokens);
        for (size_t i = 0; i < 50; i++)
            heard[i] = said(words, from + i);
        heard[7] = "foreign";
        heard[30] = heard[29];
        assert_int_equal(ttss_window_follow(&view, heard, 50, &found, &end, NULL), 0);
        assert_true(found);
        assert_int_equal(first + end, from + 50);
    }
}

static void words_from_elsewhere_are_noticed(void **state) {
    const ttss_words *words = *state;
    const char *heard[50];
    bool found = true;
    size_t end = 0;
    ttss_words view = ttss_window_at(words, 0, 20.0);
    for (size_t i = 0; i < 50; i++)
        heard[i] = said(words, 400 + i);
    assert_int_equal(ttss_window_follow(&view, heard, 50, &found, &end, NULL), 0);
    assert_false(found);
    assert_int_equal(ttss_window_follow(words, heard, 50, &found, &end, NULL), 0);
    assert_true(found);
    assert_int_equal(end, 450);
}

static void too_few_words_leave_the_place(void **state) {
    const ttss_words *words = *state;
    const char *heard[] = {"foreign"};
    bool found = false;
    size_t end = 1;
    assert_int_equal(ttss_window_follow(words, NULL, 0, &found, &end, NULL), 0);
    assert_true(found);
    assert_int_equal(end, 0);
    assert_int_equal(ttss_window_follow(words, heard, 1, &found, &end, NULL), 0);
    assert_true(found);
    assert_int_equal(end, 0);
}

static void a_number_is_followed_word_by_word(void **state) {
    (void)state;
    static const char text[] = "it was found in 1912 by a keeper";
    static const char *const heard[] = {"it", "was", "found", "in", "nineteen", "twelve", "by"};
    ttss_words words = {0};
    bool found = false;
    size_t end = 0;
    assert_int_equal(ttss_words_read(&words, text, strlen(text), "en", NULL), 0);
    assert_int_equal(ttss_window_follow(&words, heard, 7, &found, &end, NULL), 0);
    assert_true(found);
    assert_int_equal(end, 6);
    ttss_words_free(&words);
}

static int follow(void *words) {
    const char *heard[] = {said(words, 0), said(words, 1)};
    bool found = false;
    size_t end = 0;
    return ttss_window_follow(words, heard, 2, &found, &end, NULL);
}

static void lack_of_memory_is_reported(void **state) {
    assert_survives_alloc_failure(follow, *state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_window_holds_the_place),
        cmocka_unit_test(what_is_heard_moves_the_place_on),
        cmocka_unit_test(words_from_elsewhere_are_noticed),
        cmocka_unit_test(too_few_words_leave_the_place),
        cmocka_unit_test(a_number_is_followed_word_by_word),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, read_text, free_text);
}
