/* SPDX-License-Identifier: MIT */
/* Paragraphs, headings, rules, lists: where blocks end, and the breaks between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chunk_check.h"

#include <stdlib.h>

static void assert_blocks(const char *text, const char *expected) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    options.language = "en";
    char *marked = chunk_marked(text, &options);
    assert_non_null(marked);
    assert_string_equal(marked, expected);
    free(marked);
}

static void test_paragraphs(void **state) {
    (void)state;
    assert_blocks("One. Two.\n\nThree.", "One. Two.<paragraph>Three.<end>");
    assert_blocks("One.\r\nTwo.\r\n \t\r\nThree.\r\n", "One.\r Two.<paragraph>Three.<end>");
    assert_blocks("One.\rTwo.\r\rThree.", "One.\rTwo.<paragraph>Three.<end>");
    assert_blocks("One.\xE2\x80\xA8Two.", "One.\xE2\x80\xA8Two.<end>");
    assert_blocks("One.\xE2\x80\xA9Two.", "One.<paragraph>Two.<end>");
    assert_blocks("\xEF\xBB\xBF One.\n\n\nTwo. ", "One.<section>Two.<end>");
    assert_blocks("Ab.\n\nIt is.\n\nNo.", "Ab.<paragraph>It is.<paragraph>No.<end>");
}

static void test_headings(void **state) {
    (void)state;
    assert_blocks("# The Sea\nIt was.\n## Two\n\nIt is.",
                  "# The Sea<section>It was.<section>## Two<section>It is.<end>");
    assert_blocks("Chapter 1\nIt was.\n\nCHAPTER II.\n\nIt is.",
                  "Chapter 1<section>It was.<section>CHAPTER II.<section>It is.<end>");
    assert_blocks("Part Two: The Sea\n\nIt is.\n\nProlog.",
                  "Part Two: The Sea<section>It is.<paragraph>Prolog.<end>");
    assert_blocks("Epilogue.\n\nIt is.", "Epilogue.<section>It is.<end>");
    assert_blocks(
        "It was.\n\nThe Long Night\n\nIt is.\n\nXIV.\n\nIt was.",
        "It was.<section>The Long Night<section>It is.<section>XIV.<section>It was.<end>");
    /* No headings: they end like sentences, begin in lower case, or are not alone. */
    assert_blocks("So it was,\n\nand so it is\n\nPart two of it went well and\nit ended.",
                  "So it was,<paragraph>and so it is<paragraph>"
                  "Part two of it went well and it ended.<end>");
    assert_blocks("“Not I”\n\nAct now.\n\n#5 is alive.",
                  "“Not I”<paragraph>Act now.<paragraph>#5 is alive.<end>");
}

static void test_rules(void **state) {
    (void)state;
    assert_blocks("It was.\n\n* * *\n\nIt is.\n---\nYes.\n\n***\n",
                  "It was.<section>* * *<section>It is.<section>---<section>Yes.<section>***<end>");
    assert_blocks("It was.\n\n--\n\nIt is - well.",
                  "It was.<paragraph>--<paragraph>It is - well.<end>");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_rules),
    };
    return cmocka_run_group_tests_name("block", tests, NULL, NULL);
}
