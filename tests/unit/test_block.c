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

static void test_underlined_headings(void **state) {
    (void)state;
    assert_blocks("The Sea\n=======\nIt was.\n\nThe Land\r\n---\r\nIt is.",
                  "The Sea =======<section>It was.<section>The Land\r ---<section>It is.<end>");
    assert_blocks("Who was he?\n===\nIt was.", "Who was he? ===<section>It was.<end>");
    /* Hyphens below a sentence, or below several lines, are a rule. */
    assert_blocks("It is.\n---\nYes.", "It is.<section>---<section>Yes.<end>");
    assert_blocks("It is\nso\n---\nYes.", "It is so<section>---<section>Yes.<end>");
    assert_blocks("The Sea\n\n---\n\nIt is.", "The Sea<section>---<section>It is.<end>");
}

static void test_headings_among_lines(void **state) {
    (void)state;
    assert_blocks("THE LONG NIGHT\nIt was\nlate.", "THE LONG NIGHT<section>It was late.<end>");
    /* A paragraph in capitals, and one that begins with some. */
    assert_blocks("WE WILL GO\nTO THE SEA", "WE WILL GO TO THE SEA<end>");
    assert_blocks("IT WAS LATE, and\nso it is.", "IT WAS LATE, and so it is.<end>");
    assert_blocks("NO!\nIt was.", "NO! It was.<end>");
    /* Behind a full stop, but not within a sentence. */
    assert_blocks("It was.\nChapter 2\nIt is.", "It was.<section>Chapter 2<section>It is.<end>");
    assert_blocks("He told of it in\nChapter 2\nand went.",
                  "He told of it in Chapter 2 and went.<end>");
    /* In characters, not bytes. */
    assert_blocks("Мы шли по длинной дороге к морю и далеко за море\n\nБыло поздно.",
                  "Мы шли по длинной дороге к морю и далеко за море<section>Было поздно.<end>");
    assert_blocks("यह लंबी कहानी\n\nयह है।", "यह लंबी कहानी<section>यह है।<end>");
}

static void test_lists(void **state) {
    (void)state;
    assert_blocks("- One\n- Two\n  and a half\n- Three",
                  "- One<paragraph>- Two   and a half<paragraph>- Three<end>");
    assert_blocks("Bring:\n* bread\n* salt\n\nGo.",
                  "Bring:<paragraph>* bread<paragraph>* salt<paragraph>Go.<end>");
    assert_blocks("1. Open it\n2. Close it\n3) Go",
                  "1. Open it<paragraph>2. Close it<paragraph>3) Go<end>");
    assert_blocks("• One\n• Two", "• One<paragraph>• Two<end>");
    /* Blank lines between items make no headings of them. */
    assert_blocks("1. Open it\n\n2. Close it\n\nGo.",
                  "1. Open it<paragraph>2. Close it<paragraph>Go.<end>");
    assert_blocks("1. The Beginning\n\nIt was.", "1. The Beginning<section>It was.<end>");
    /* Wrapped prose may have a dash or a number at the start of a line. */
    assert_blocks("He came in from the long road, tired and wet\n- so it seemed - and sat.",
                  "He came in from the long road, tired and wet - so it seemed - and sat.<end>");
    assert_blocks("It was in the winter of 1912, or rather\n5. It was cold.",
                  "It was in the winter of 1912, or rather 5. It was cold.<end>");
    assert_blocks("He came home in the winter of\n1912. It was cold.",
                  "He came home in the winter of 1912. It was cold.<end>");
    assert_blocks("*Oh.* He sat.\n-5 degrees.", "*Oh.* He sat. -5 degrees.<end>");
}

static void test_other_blocks(void **state) {
    (void)state;
    assert_blocks("He wrote:\n> It is\n> late.\n>\n> Go.\nHe went.",
                  "He wrote:<paragraph>> It is > late. ><paragraph>> Go. He went.<end>");
    assert_blocks("| a | b |\n|---|---|\n| c | d |\nIt is.",
                  "| a | b | |---|---| | c | d |<paragraph>It is.<end>");
    assert_blocks("　他来了。\n　她走了。\n他们\n走了。",
                  "他来了。<paragraph>她走了。 他们 走了。<end>");
    /* Lines of a dialogue or a poem are one paragraph. */
    assert_blocks("“Go.”\n“No.”\n— Why?\n— So.", "“Go.” “No.” — Why? — So.<end>");
}

static void test_any_text(void **state) {
    (void)state;
    uint64_t seed = 6;
    for (int round = 0; round < 400; round++) {
        ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        chunk_soup(
            &buf,
            "\n~\n~\n\n~\r\n~- ~1. ~2. ~a) ~> ~| ~|--|~===~---~***~# ~\xE2\x80\xA8~\xE2\x80\xA9~"
            "\xE3\x80\x80~Chapter 1~The Sea~THE SEA~It is.~It was, and~ ~ ",
            1 + (size_t)round % 30, &seed);
        const char *broken = chunk_check(buf.data, buf.length, &options);
        if (broken)
            fail_msg("%s in \"%.*s\"", broken, (int)buf.length, buf.data);
        ttss_buf_free(&buf);
    }
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
        cmocka_unit_test(test_underlined_headings),
        cmocka_unit_test(test_headings_among_lines),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_other_blocks),
        cmocka_unit_test(test_any_text),
        cmocka_unit_test(test_rules),
    };
    return cmocka_run_group_tests_name("block", tests, NULL, NULL);
}
