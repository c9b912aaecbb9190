/* SPDX-License-Identifier: MIT */
/* The slice "chunk": what the header promises, on hand-written cases for each rule and on
 * pseudo-random text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/chunk.h>

#include "alloc_fail.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chunk/language.h"
#include "chunk/marks.h"
#include "chunk/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

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

/* Chunks as text: each is followed by <word>, <clause> ... and line ends are shown as spaces. */
static void assert_chunks(const char *text, int64_t limit, int64_t min_merge,
                          const char *expected) {
    ttsslice_chunks *chunks = make(text, limit, min_merge);
    ttss_buf got;
    ttss_buf_init(&got, 1 << 20);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        ttss_buf_add(&got, text + info->start, info->length);
        ttss_buf_printf(&got, "<%s>", ttsslice_break_name(info->break_after));
    }
    for (size_t i = 0; i < got.length; i++)
        if (got.data[i] == '\n')
            got.data[i] = ' ';
    assert_string_equal(got.data, expected);
    ttss_buf_free(&got);
    ttsslice_chunks_unref(chunks);
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
    assert_sentences("zh", "今天下雨。^我们走吧！^好吗？！^“你好。”^他说。");
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

/* --- blocks --------------------------------------------------------------------------------- */

static void test_paragraphs(void **state) {
    (void)state;
    assert_chunks("One. Two.\n\nThree.", 300, 20, "One. Two.<paragraph>Three.<end>");
    assert_chunks("One.\r\nTwo.\r\n \t\r\nThree.\r\n", 300, 20,
                  "One.\r Two.<paragraph>Three.<end>");
    assert_chunks("One.\rTwo.\r\rThree.", 300, 20, "One.\rTwo.<paragraph>Three.<end>");
    assert_chunks("One.\xE2\x80\xA9Two.", 300, 20, "One.<paragraph>Two.<end>");
    assert_chunks("\xEF\xBB\xBF One.\n\n\nTwo. ", 300, 20, "One.<section>Two.<end>");
    assert_chunks("Ab.\n\nIt is.\n\nNo.", 300, 20, "Ab.<paragraph>It is.<paragraph>No.<end>");
}

static void test_headings(void **state) {
    (void)state;
    assert_chunks("# The Sea\nIt was.\n## Two\n\nIt is.", 300, 20,
                  "# The Sea<section>It was.<section>## Two<section>It is.<end>");
    assert_chunks("Chapter 1\nIt was.\n\nCHAPTER II.\n\nIt is.", 300, 20,
                  "Chapter 1<section>It was.<section>CHAPTER II.<section>It is.<end>");
    assert_chunks("Part Two: The Sea\n\nIt is.\n\nProlog.", 300, 20,
                  "Part Two: The Sea<section>It is.<paragraph>Prolog.<end>");
    assert_chunks("Epilogue.\n\nIt is.", 300, 20, "Epilogue.<section>It is.<end>");
    assert_chunks(
        "It was.\n\nThe Long Night\n\nIt is.\n\nXIV.\n\nIt was.", 300, 20,
        "It was.<section>The Long Night<section>It is.<section>XIV.<section>It was.<end>");
    /* No headings: they end like sentences, begin in lower case, or are not alone. */
    assert_chunks("So it was,\n\nand so it is\n\nPart two of it went well and\nit ended.", 300, 20,
                  "So it was,<paragraph>and so it is<paragraph>"
                  "Part two of it went well and it ended.<end>");
    assert_chunks("“Not I”\n\nAct now.\n\n#5 is alive.", 300, 20,
                  "“Not I”<paragraph>Act now.<paragraph>#5 is alive.<end>");
}

static void test_rules(void **state) {
    (void)state;
    assert_chunks("It was.\n\n* * *\n\nIt is.\n---\nYes.\n\n***\n", 300, 20,
                  "It was.<section>* * *<section>It is.<section>---<section>Yes.<section>***<end>");
    assert_chunks("It was.\n\n--\n\nIt is - well.", 300, 20,
                  "It was.<paragraph>--<paragraph>It is - well.<end>");
}

/* --- packing -------------------------------------------------------------------------------- */

static void test_packing(void **state) {
    (void)state;
    const char *text = "Aaa bbb ccc. Ddd eee. Fff ggg hhh iii. No.";
    assert_chunks(text, 300, 20, "Aaa bbb ccc. Ddd eee. Fff ggg hhh iii. No.<end>");
    assert_chunks(text, 21, 0, "Aaa bbb ccc. Ddd eee.<sentence>Fff ggg hhh iii. No.<end>");
    assert_chunks(text, 20, 0, "Aaa bbb ccc.<sentence>Ddd eee.<sentence>Fff ggg hhh iii. No.<end>");
    /* A short last chunk takes the last sentence of the one before. */
    const char *tail = "Aaa bbb ccc. Ddd eee. No.";
    assert_chunks(tail, 21, 0, "Aaa bbb ccc. Ddd eee.<sentence>No.<end>");
    assert_chunks(tail, 21, 4, "Aaa bbb ccc.<sentence>Ddd eee. No.<end>");
    /* Not if that would leave a short one there. */
    assert_chunks(tail, 21, 13, "Aaa bbb ccc. Ddd eee.<sentence>No.<end>");
    /* Characters are code points, white space between sentences counts. */
    assert_chunks("Äöü. Éèê.", 9, 0, "Äöü. Éèê.<end>");
    assert_chunks("Äöü.  Éèê.", 9, 0, "Äöü.<sentence>Éèê.<end>");
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
    assert_chunks("天天下大雨，我们不出去，在家里看书", 14, 0,
                  "天天下大雨，我们不出去，<clause>在家里看书<end>");
    /* A clause is not worth a piece of less than a quarter of the limit. */
    assert_chunks("a, bbb ccc ddd eee fff ggg", 20, 0, "a, bbb ccc ddd<word>eee fff ggg<end>");
    /* Commas in numbers are no clauses; a no-break space holds while there is another. */
    assert_chunks("it had 1,000,000 parts", 20, 0, "it had 1,000,000<word>parts<end>");
    assert_chunks("aaaaa 10\xC2\xA0kmm", 10, 0, "aaaaa<word>10\xC2\xA0kmm<end>");
    assert_chunks("aaaaa10\xC2\xA0kmm", 9, 0, "aaaaa10<word>kmm<end>");
    /* White space alone is never a piece. */
    assert_chunks("a                    b", 5, 0, "a<word>b<end>");
    /* Pieces pack with the sentences around them. */
    assert_chunks("No. Aaa bbb ccc, ddd eee fff. So.", 20, 4,
                  "No. Aaa bbb ccc,<clause>ddd eee fff. So.<end>");
}

static void test_graphemes(void **state) {
    (void)state;
    /* e + acute; family of three joined emoji; flags of two. */
    assert_chunks("e\xCC\x81"
                  "e\xCC\x81"
                  "e\xCC\x81",
                  3, 0, "e\xCC\x81<word>e\xCC\x81<word>e\xCC\x81<end>");
    assert_chunks("👨‍👩‍👧👨‍👩‍👧", 7, 0,
                  "👨‍👩‍👧<word>👨‍👩‍👧<end>");
    assert_chunks("🇩🇪🇫🇷🇯🇵", 3, 0, "🇩🇪<word>🇫🇷<word>🇯🇵<end>");
    /* Longer than the limit: cut between code points. */
    assert_chunks("e\xCC\x81\xCC\x82x", 2, 0, "e\xCC\x81<word>\xCC\x82x<end>");
}

/* --- properties ----------------------------------------------------------------------------- */

/* cluster[i]: first byte of the grapheme cluster that byte i is in. */
static size_t *map_clusters(const char *text, size_t length) {
    size_t *cluster = ttss_new_array(length + 1, sizeof *cluster);
    utf8proc_int32_t state = 0;
    uint32_t previous = 0;
    size_t first = 0;
    assert_non_null(cluster);
    for (size_t pos = 0; pos < length;) {
        size_t at = pos;
        uint32_t c = ttss_utf8_next(text, length, &pos);
        if (at > 0 && utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous,
                                                       (utf8proc_int32_t)c, &state))
            first = at;
        for (size_t i = at; i < pos; i++)
            cluster[i] = first;
        previous = c;
    }
    cluster[length] = length;
    return cluster;
}

static size_t cluster_characters(const char *text, const size_t *cluster, size_t pos) {
    size_t end = pos;
    while (cluster[end] == cluster[pos])
        end++;
    return ttss_utf8_count(text + cluster[pos], end - cluster[pos]);
}

static bool has_blank_line(const char *text, size_t length) {
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n' && blank)
            return true;
        blank = text[i] == '\n' || (blank && (text[i] == ' ' || text[i] == '\r'));
    }
    return false;
}

static void assert_promises(const char *text, size_t length, const ttsslice_chunks *chunks,
                            size_t limit) {
    size_t *cluster = map_clusters(text, length);
    size_t pos = 0, count = ttsslice_chunks_count(chunks);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        const char *span = text + info->start;
        size_t end = info->start + info->length;
        assert_true(info->length > 0 && info->start >= pos && end <= length);
        assert_int_equal(ttss_skip_space(text, pos, info->start), info->start);
        assert_int_equal(ttss_skip_space(text, info->start, end), info->start);
        assert_int_equal(ttss_trim_end(text, info->start, end), end);
        assert_int_equal(ttss_utf8_valid_prefix(span, info->length), info->length);
        assert_int_equal(info->characters, ttss_utf8_count(span, info->length));
        assert_true(info->characters <= limit);
        assert_int_equal(info->reserved, 0);
        assert_true(info->break_after >= TTSSLICE_BREAK_WORD);
        assert_int_equal(info->break_after == TTSSLICE_BREAK_END, i + 1 == count);
        assert_false(has_blank_line(span, info->length));
        /* Two chunks without white space between them meet at the edge of a cluster. */
        if (i > 0 && pos == info->start && cluster[pos] != pos)
            assert_true(cluster_characters(text, cluster, pos) > limit);
        pos = end;
    }
    assert_int_equal(ttss_skip_space(text, pos, length), length);
    free(cluster);
}

static void assert_same(const ttsslice_chunks *a, const ttsslice_chunks *b) {
    assert_int_equal(ttsslice_chunks_count(a), ttsslice_chunks_count(b));
    for (size_t i = 0; i < ttsslice_chunks_count(a); i++)
        assert_memory_equal(ttsslice_chunks_get(a, i), ttsslice_chunks_get(b, i),
                            sizeof(ttsslice_chunk_info));
}

static void check_text(const char *text, size_t length) {
    static const int64_t limits[] = {1, 2, 7, 40, 300};
    for (size_t i = 0; i < COUNT(limits); i++) {
        ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_chunks *first = NULL, *second = NULL;
        options.max_phrase_len = limits[i];
        options.min_chars_merge = limits[i] / 3;
        int32_t code = ttsslice_chunk(text, length, &options, &first, &err);
        if (ttss_skip_space(text, 0, length) == length) {
            assert_int_equal(code, TTSSLICE_ERR_EMPTY);
            assert_null(first);
            continue;
        }
        assert_int_equal(code, 0);
        assert_promises(text, length, first, (size_t)limits[i]);
        assert_int_equal(ttsslice_chunk(text, length, &options, &second, &err), 0);
        assert_same(first, second);
        ttsslice_chunks_unref(first);
        ttsslice_chunks_unref(second);
    }
}

/* Texts drawn from pieces, which are parted by tildes. Each text is copied to its exact size, so
 * that reading beyond it shows. */
static void check_soup(const char *pieces, uint64_t seed) {
    const char *piece[128];
    size_t length[128], piece_count = 0;
    for (const char *p = pieces; *p; p += *p == '~') {
        piece[piece_count] = p;
        length[piece_count] = strcspn(p, "~");
        p += length[piece_count++];
    }
    for (int round = 0; round < 300; round++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        size_t count = ttss_draw_below(&seed, round < 240 ? 30 : 600);
        for (size_t i = 0; i < count; i++) {
            size_t n = ttss_draw_below(&seed, piece_count);
            ttss_buf_add(&buf, piece[n], length[n]);
        }
        char *text = malloc(buf.length ? buf.length : 1);
        assert_non_null(text);
        if (buf.length)
            memcpy(text, buf.data, buf.length);
        check_text(text, buf.length);
        free(text);
        ttss_buf_free(&buf);
    }
}

static void test_ascii_soup(void **state) {
    (void)state;
    check_soup(
        " ~ ~ ~ ~.~.~!~?~,~;~:~\n~\r\n~\n\n~\r~\t~\"~'~(~)~[~]~-~--~*~#~# ~_~&~...~1~20~5.~a~b~"
        "it~The~Mr~e.g.~I~J.~p.m~Chapter 1",
        1);
}

static void test_unicode_soup(void **state) {
    (void)state;
    /* Spaces; stops; marks; what joins into clusters; letters. */
    check_soup(
        " ~ ~ ~\n~\n\n~\xC2\xA0~\xE2\x80\xAF~\xE2\x80\x8B~\xE3\x80\x80~\xE2\x80\xA8~\xE2\x80\xA9~"
        "\xEF\xBB\xBF~\xE2\x81\xA0~.~…~。~！~？~｡~؟~।~⁉~‼~」~「~”~“~—~–~，~、~"
        "\xCC\x81~\xEF\xB8\x8F~\xE2\x80\x8D~👩~👨‍👩‍👧~🇩🇪~🇫~"
        "\xF0\x9F\x87\xA6~❤️~👍🏽~가~\xE1\x86\xA8~क्षि~"
        "\xE0\xA4\x82~่~日本~と~中~É~é~ß~word~Привет~Ωμ~שלום~١",
        2);
}

static void test_monotonous_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",
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
                                         "a, "};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 20);
        for (int n = 0; n < (i == 0 ? 10000 : 1500); n++)
            ttss_buf_add_text(&buf, pieces[i]);
        check_text(buf.data ? buf.data : "", buf.length);
        ttss_buf_free(&buf);
    }
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
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
        options.max_phrase_len = cases[i].limit;
        options.min_chars_merge = cases[i].min_merge;
        options.language = cases[i].language;
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
    assert_promises(own_text, strlen(own_text), chunks, 300);
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
    ttss_buf_free(&buf);
}

static void test_few_allocations(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 22);
    for (int i = 0; i < 20000; i++)
        ttss_buf_add_text(&buf, i % 10 ? "It was a long day. " : "He slept.\n\n");
    alloc_fail_at(-1);
    ttsslice_chunks *chunks = make(buf.data, 300, 20);
    assert_true(alloc_count() < 50);
    ttsslice_chunks_unref(chunks);
    ttss_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english_sentences),
        cmocka_unit_test(test_other_scripts),
        cmocka_unit_test(test_language_tags),
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_packing),
        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_graphemes),
        cmocka_unit_test(test_ascii_soup),
        cmocka_unit_test(test_unicode_soup),
        cmocka_unit_test(test_monotonous_texts),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_options_size),
        cmocka_unit_test(test_bad_texts),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_break_names),
        cmocka_unit_test(test_own_chunks),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_few_allocations),
    };
    return cmocka_run_group_tests_name("chunk", tests, NULL, NULL);
}
