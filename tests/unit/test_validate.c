/* SPDX-License-Identifier: MIT */
/* The slice "validate": fixed values, every kind of defect planted in hand-written and in
 * pseudo-random texts, the verdict as JSON, bad input. Words are 0.3 s long with 0.1 s between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/validate.h>

#include "alloc_fail.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "validate/defects.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD_S       0.3
#define STEP_S       0.4

static const char STORY[] =
    "The ferry left the harbour before sunrise, and nobody on the quay waved. Mara stood at the "
    "rail with her collar up. She had packed one small suitcase, two books and a jar of honey "
    "from her aunt. Behind her the lights of the town went out, one window after another, until "
    "only the lamp above the chapel door was left.";

/* --- making takes --------------------------------------------------------------------------- */

/* A transcript with times; words are what spaces separate. */
static ttsslice_transcript *hear(const char *said) {
    ttsslice_transcript *transcript = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *copy = ttss_strdup(said), *rest = copy;
    const char *words[4096];
    double starts[4096], ends[4096];
    size_t count = 0;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        words[count] = word;
        starts[count] = (double)count * STEP_S;
        ends[count] = starts[count] + WORD_S;
        count++;
    }
    if (ttsslice_transcript_new(said, words, starts, ends, NULL, count, &transcript, &err) != 0)
        fail_msg("%s", err.message);
    free(copy);
    return transcript;
}

static ttsslice_verdict *judge_with(const char *text, const char *said, const ttsslice_audio *audio,
                                    const ttsslice_validate_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *transcript = hear(said);
    ttsslice_verdict *verdict = NULL;
    if (ttsslice_validate(text, TTSSLICE_NUL_TERMINATED, transcript, audio, options, &verdict,
                          &err) != 0)
        fail_msg("%s", err.message);
    ttsslice_transcript_unref(transcript);
    return verdict;
}

static ttsslice_verdict *judge(const char *text, const char *said) {
    return judge_with(text, said, NULL, NULL);
}

/* The only defect of a verdict. */
static const ttsslice_defect *only_defect(const ttsslice_verdict *verdict, int32_t kind) {
    for (size_t i = 0; i < ttsslice_verdict_defect_count(verdict); i++)
        if (ttsslice_verdict_defect(verdict, i)->kind != kind)
            fail_msg("unexpected defect: %s: %s",
                     ttsslice_defect_name(ttsslice_verdict_defect(verdict, i)->kind),
                     ttsslice_verdict_defect(verdict, i)->message);
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 1);
    return ttsslice_verdict_defect(verdict, 0);
}

static void assert_span(const char *text, const ttsslice_defect *d, const char *span) {
    char *got = ttss_memdup(text + d->text_start, d->text_length);
    assert_string_equal(got, span);
    free(got);
}

/* A copy of text in which the first `from` is replaced by `to`. */
static char *edit(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    ttss_buf_add(&buf, text, (size_t)(at - text));
    ttss_buf_add_text(&buf, to);
    ttss_buf_add_text(&buf, at + strlen(from));
    return ttss_buf_take(&buf);
}

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) < 1e-9))
        fail_msg("%.12f is not %.12f", got, wanted);
}

/* --- agreement ------------------------------------------------------------------------------ */

static void assert_agrees(const char *text, const char *said) {
    ttsslice_verdict *verdict = judge(text, said);
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    if (info->score != 100.0 || info->wer != 0.0 || !info->passed ||
        ttsslice_verdict_defect_count(verdict))
        fail_msg("\"%s\" and \"%s\": score %f, wer %f, %zu defects", text, said, info->score,
                 info->wer, ttsslice_verdict_defect_count(verdict));
    for (size_t i = 0; i < ttsslice_verdict_word_count(verdict); i++)
        assert_int_equal(ttsslice_verdict_word(verdict, i)->heard, 1);
    ttsslice_verdict_unref(verdict);
}

static void test_fillers_agree(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"So this is it, then.", "um so this uh is it then"},
        {"Um, so this is, erm, it.", "so this is it"},
        {"Hmm.", "hmm"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_agrees(pairs[i][0], pairs[i][1]);
    ttsslice_verdict *verdict = judge("Hmm. Um.", "good evening everybody");
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
}

static void test_agreement(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {STORY, STORY},
        {"", ""},
        {"-- ...", ""},
        {"Hello, World!", "hello world"},
        {"In 1984, 23 people came.", "in nineteen eighty four twenty three people came"},
        {"In nineteen eighty-four, twenty-three people came.", "In 1984, 23 people came."},
        {"In 1984, 23 people came.", "In 1984 23 people came"},
        {"Chapter 5", "chapter five"},
        {"It's 3:30 p.m.", "it's three thirty p m"},
        {"It's 3:30 p.m.", "It's 3:30 PM."},
        {"Dr. Smith lives on St. James St.", "doctor smith lives on saint james street"},
        {"The firefly sat on the black bird.", "the fire fly sat on the blackbird"},
        {"A well-known mother-in-law", "a wellknown motherinlaw"},
        {"They don\xe2\x80\x99t, can't", "they dont can't"},
        {"It cost $3.50, 25% off.",
         "it cost three dollars and fifty cents twenty five per cent off"},
        {"It cost three dollars and fifty cents.", "It cost $3.50."},
        {"Henry VIII and Chapter IV", "henry the eighth and chapter four"},
        {"e-mail me e.g. on March 3rd", "email me for example on march the third"},
        {"\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x8c\xe4\xb8\x96\xe7\x95\x8c",
         "\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xb8\x96\xe7\x95\x8c"},
        {"no no no, row row row", "no no no row row row"},
        {"It's what they don't say", "it is what they do not say"},
        {"It is what they do not say", "It's what they don't say."},
        {"The neighbour's colour travelled", "the neighbor's color traveled"},
        {"She realized the theatre was analysing grey catalogues",
         "she realised the theater was analyzing gray catalogs"},
    };
    for (size_t i = 0; i < COUNT(pairs); i++)
        assert_agrees(pairs[i][0], pairs[i][1]);
}

static void test_times_of_words(void **state) {
    (void)state;
    const char *text = "In 1984, nobody waved.";
    ttsslice_verdict *verdict = judge(text, "in nineteen eighty four somebody waved");
    assert_int_equal(ttsslice_verdict_word_count(verdict), 4);
    const ttsslice_aligned_word *year = ttsslice_verdict_word(verdict, 1);
    const ttsslice_aligned_word *nobody = ttsslice_verdict_word(verdict, 2);
    assert_int_equal(year->text_start, 3);
    assert_int_equal(year->text_length, 4);
    assert_int_equal(year->heard, 1);
    assert_near(year->audio_start_s, STEP_S);
    assert_near(year->audio_end_s, 3 * STEP_S + WORD_S);
    assert_int_equal(nobody->heard, 0);
    assert_true(isnan(nobody->audio_start_s) && isnan(nobody->audio_end_s));
    assert_null(ttsslice_verdict_word(verdict, 4));
    ttsslice_verdict_unref(verdict);
}

/* Words that a recogniser gives in pieces with spaces of their own are found in its text. */
static void test_words_in_pieces(void **state) {
    (void)state;
    const char *words[] = {" It", " cost", " $", "5", "."};
    const double starts[] = {0.0, 0.5, 1.0, 1.2, 1.6}, ends[] = {0.4, 0.9, 1.2, 1.6, 1.7};
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    assert_int_equal(
        ttsslice_transcript_new(" It cost $5.", words, starts, ends, NULL, 5, &transcript, NULL),
        0);
    assert_int_equal(ttsslice_validate("It cost five dollars.", TTSSLICE_NUL_TERMINATED, transcript,
                                       NULL, NULL, &verdict, NULL),
                     0);
    assert_near(ttsslice_verdict_get(verdict)->score, 100.0);
    assert_near(ttsslice_verdict_word(verdict, 2)->audio_start_s, 1.0);
    assert_near(ttsslice_verdict_word(verdict, 3)->audio_end_s, 1.6);
    assert_string_equal(ttsslice_verdict_transcript(verdict), " It cost $5.");
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
}

/* --- counts --------------------------------------------------------------------------------- */

static size_t plain_edits(const char *a, size_t n, const char *b, size_t m) {
    size_t *row = calloc(m + 1, sizeof *row), edits;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 0; i < n; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < m; j++) {
            size_t above = row[j + 1];
            size_t best = corner + (a[i] != b[j]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j + 1] = best;
            corner = above;
        }
    }
    edits = row[m];
    free(row);
    return edits;
}

/* One letter is one word; letters that are no numerals, units or initials when joined. */
static char *as_words(const char *letters, size_t count) {
    static const char *const names[] = {"stone", "river", "cloud", "ember", "willow", "lantern"};
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    ttss_buf_add_text(&buf, "");
    for (size_t i = 0; i < count; i++)
        ttss_buf_printf(&buf, "%s%s", i ? " " : "", names[letters[i] - 'a']);
    return ttss_buf_take(&buf);
}

static void test_counts_are_minimal(void **state) {
    (void)state;
    uint64_t draw = 5;
    for (int round = 0; round < 300; round++) {
        char a[60], b[60];
        size_t n = ttss_draw_below(&draw, 60), m = ttss_draw_below(&draw, 60);
        for (size_t i = 0; i < n; i++)
            a[i] = (char)('a' + ttss_draw_below(&draw, 6));
        for (size_t i = 0; i < m; i++)
            b[i] = (char)('a' + ttss_draw_below(&draw, 6));
        char *text = as_words(a, n), *said = as_words(b, m);
        ttsslice_verdict *verdict = judge(text, said);
        const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
        int64_t edits = info->substitutions + info->deletions + info->insertions;
        assert_int_equal(edits, plain_edits(a, n, b, m));
        assert_int_equal(info->hits + info->substitutions + info->deletions, n);
        assert_int_equal(info->hits + info->substitutions + info->insertions, m);
        assert_int_equal(info->text_words, n);
        assert_int_equal(info->heard_words, m);
        assert_near(info->wer, (double)edits / (double)(n ? n : 1));
        ttsslice_verdict_unref(verdict);
        free(text);
        free(said);
    }
}

/* Values of jiwer 4 for the same pairs, which are case and punctuation free. */
static void test_rates_fixed(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
        double wer, mer, cer;
    } table[] = {
        {"hello world", "hello duck", 0.5, 0.5, 5.0 / 11.0},
        {"kitten", "sitting", 1.0, 1.0, 0.5},
        {"the cat sat", "the cat", 1.0 / 3.0, 1.0 / 3.0, 4.0 / 11.0},
        {"the cat", "the cat sat", 0.5, 1.0 / 3.0, 4.0 / 7.0},
        {"", "cat sat", 2.0, 1.0, 7.0},
        {"cat sat", "", 1.0, 1.0, 1.0},
        {"", "", 0.0, 0.0, 0.0},
        {"\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xb8\x96\xe7\x95\x8c", "\xe4\xbd\xa0\xe4\xb8\x96\xe7\x95\x8c",
         0.25, 0.25, 0.25},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        ttsslice_verdict *verdict = judge(table[i].text, table[i].said);
        assert_near(ttsslice_verdict_get(verdict)->wer, table[i].wer);
        assert_near(ttsslice_verdict_get(verdict)->mer, table[i].mer);
        assert_near(ttsslice_verdict_get(verdict)->cer, table[i].cer);
        ttsslice_verdict_unref(verdict);
    }
}

/* Different words stay different, however alike they are written. */
static void test_spelling_keeps_words_apart(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"four", "for"}, {"filled", "filed"}, {"hour", "hor"}, {"were", "wer"}, {"called", "caled"},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        ttsslice_verdict *verdict = judge(pairs[i][0], pairs[i][1]);
        assert_int_equal(ttsslice_verdict_get(verdict)->substitutions, 1);
        ttsslice_verdict_unref(verdict);
    }
}

static void test_aliases(void **state) {
    (void)state;
    static const char lines[] = "# places\nNYC = New York = the Big Apple\n\n"
                                "Nguyen = when = win\nDr. Who = the Doctor";
    static const char *const pairs[][2] = {
        {"We flew to New York, then home.", "we flew to nyc then home"},
        {"We flew to NYC, then home.", "we flew to new york then home"},
        {"We flew to NYC, then home.", "we flew to the big apple then home"},
        {"We met Nguyen and Dr. Who", "we met when and the doctor"},
        {"New York", "new york"},
    };
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    options.aliases = lines;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        ttsslice_verdict *verdict = judge_with(pairs[i][0], pairs[i][1], NULL, &options);
        assert_near(ttsslice_verdict_get(verdict)->score, 100.0);
        assert_near(ttsslice_verdict_get(verdict)->wer, 0.0);
        ttsslice_verdict_unref(verdict);
        verdict = judge(pairs[i][0], pairs[i][1]);
        assert_int_equal(ttsslice_verdict_get(verdict)->wer > 0.0, i < COUNT(pairs) - 1);
        ttsslice_verdict_unref(verdict);
    }
    ttsslice_verdict *verdict = judge_with("to New York.", "to new", NULL, &options);
    assert_span("to New York.", only_defect(verdict, TTSSLICE_DEFECT_TRUNCATED), "New York");
    ttsslice_verdict_unref(verdict);
}

static void test_bad_aliases(void **state) {
    (void)state;
    static const char *const bad[] = {"New York", "a =", "= a", "a = b\nc", "a = ... = b"};
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttsslice_transcript *transcript = hear("hello");
    for (size_t i = 0; i < COUNT(bad); i++) {
        ttsslice_verdict *verdict = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        options.aliases = bad[i];
        assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, &err),
                         TTSSLICE_ERR_INVALID);
        assert_non_null(strstr(err.message, i == 3 ? "line 2" : "line 1"));
        assert_null(verdict);
    }
    options.aliases = "a = \xff";
    ttsslice_verdict *verdict = NULL;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_TEXT);
    ttsslice_transcript_unref(transcript);
}

/* A hesitation is no word; a row of words is. */
static void test_fillers(void **state) {
    (void)state;
    char *said = edit(STORY, "two books", "um er two books");
    ttsslice_verdict *verdict = judge(STORY, said);
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 0);
    assert_int_equal(ttsslice_verdict_get(verdict)->insertions, 0);
    ttsslice_verdict_unref(verdict);
    free(said);
}

static void test_wer_fixed(void **state) {
    (void)state;
    ttsslice_verdict *verdict = judge("hello world", "hello duck");
    assert_near(ttsslice_verdict_get(verdict)->wer, 0.5);
    assert_near(ttsslice_verdict_get(verdict)->score, 1400.0 / 21.0);
    ttsslice_verdict_unref(verdict);
    verdict = judge("", "hello duck");
    assert_near(ttsslice_verdict_get(verdict)->wer, 2.0);
    assert_near(ttsslice_verdict_get(verdict)->score, 0.0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
}

/* --- defects, by hand ----------------------------------------------------------------------- */

static void test_missing(void **state) {
    (void)state;
    char *said = edit(STORY, "two books and ", "");
    ttsslice_verdict *verdict = judge(STORY, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_MISSING);
    size_t before = 28; /* words up to "suitcase," */
    assert_span(STORY, d, "two books and");
    assert_int_equal(d->over_limit, 1);
    assert_near(d->measured, 3.0);
    assert_near(d->limit, 1.0);
    assert_near(d->audio_start_s, (double)(before - 1) * STEP_S + WORD_S);
    assert_near(d->audio_end_s, (double)before * STEP_S);
    assert_string_equal(d->heard, "");
    assert_string_equal(d->message, "3 words not said: \"two books and\"");
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    assert_true(ttsslice_verdict_get(verdict)->score > 85.0);
    ttsslice_verdict_unref(verdict);
    free(said);

    said = edit(STORY, "The ferry left the harbour ", "");
    verdict = judge(STORY, said);
    d = only_defect(verdict, TTSSLICE_DEFECT_MISSING);
    assert_span(STORY, d, "The ferry left the harbour");
    assert_near(d->audio_start_s, 0.0);
    assert_near(d->audio_end_s, 0.0);
    ttsslice_verdict_unref(verdict);
    free(said);
}

static void test_truncated(void **state) {
    (void)state;
    int16_t *noise = calloc(16000 * 30, sizeof *noise);
    ttsslice_audio *audio = NULL;
    for (size_t i = 0; i < 16000 * 23; i++)
        noise[i] = (int16_t)(i % 2 ? 3000 : -3000);
    assert_int_equal(ttsslice_audio_new_s16(noise, 16000 * 30, 1, 16000, &audio, NULL), 0);
    free(noise);
    char *said = edit(STORY, " door was left.", "");
    ttsslice_verdict *verdict = judge_with(STORY, said, audio, NULL);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_TRUNCATED);
    assert_span(STORY, d, "door was left");
    assert_int_equal(d->over_limit, 1);
    assert_near(d->audio_end_s, 30.0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
    free(said);

    said = edit(STORY, " left.", ""); /* the first is "ferry left the", so this is the last */
    verdict = judge(STORY, said);
    d = only_defect(verdict, TTSSLICE_DEFECT_TRUNCATED);
    assert_int_equal(d->over_limit, 0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 1);
    ttsslice_verdict_unref(verdict);
    free(said);
    ttsslice_audio_unref(audio);
}

static void assert_repeated(const char *from, const char *to, const char *span, size_t words) {
    char *said = edit(STORY, from, to);
    ttsslice_verdict *verdict = judge(STORY, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_REPEATED);
    assert_span(STORY, d, span);
    assert_int_equal(d->over_limit, words > 1);
    assert_near(d->measured, (double)words);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, words <= 1);
    assert_true(d->audio_end_s > d->audio_start_s);
    ttsslice_verdict_unref(verdict);
    free(said);
}

static void test_repeated(void **state) {
    (void)state;
    assert_repeated("two books", "two books two books", "two books", 2);
    assert_repeated("honey", "honey honey", "honey", 1);
    assert_repeated("honey", "honey honey honey", "honey", 2);
    assert_repeated("a jar of", "a jar of a jar of a jar of", "a jar of", 6);
    const char *sentence = "Mara stood at the rail with her collar up.";
    char twice[128];
    snprintf(twice, sizeof twice, "%s %s", sentence, sentence);
    assert_repeated(sentence, twice, "Mara stood at the rail with her collar up", 9);
    snprintf(twice, sizeof twice, "%s %s", sentence, "Mara stood at the rain with her collar up.");
    assert_repeated(sentence, twice, "Mara stood at the rail with her collar up", 9);
}

/* The words said again may have swallowed one that belongs there. */
static void test_repeated_in_place(void **state) {
    (void)state;
    char *said = edit(STORY, "stood at the rail", "stood at stood at rail");
    ttsslice_verdict *verdict = judge(STORY, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_REPEATED);
    assert_near(d->measured, 2.0);
    assert_string_equal(d->heard, "stood at");
    assert_span(STORY, d, "stood at");
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
    free(said);
}

/* What the text itself repeats is no defect, and its loss is. */
static void test_own_repetition(void **state) {
    (void)state;
    const char *text = "Row, row, row your boat, gently down the stream, row your boat, row your "
                       "boat, merrily down the stream.";
    assert_agrees(text, text);
    char *said = edit(text, "row your boat, row your boat, merrily", "row your boat, merrily");
    ttsslice_verdict *verdict = judge(text, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_MISSING);
    assert_near(d->measured, 3.0);
    ttsslice_verdict_unref(verdict);
    free(said);
}

static void test_extra(void **state) {
    (void)state;
    char *said = edit(STORY, "two books", "purple seventeen monkeys two books");
    ttsslice_verdict *verdict = judge(STORY, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_EXTRA);
    assert_int_equal(d->text_length, 0);
    assert_memory_equal(STORY + d->text_start, "two books", 9);
    assert_string_equal(d->heard, "purple seventeen monkeys");
    assert_near(d->audio_start_s, 28 * STEP_S);
    assert_near(d->audio_end_s, 30 * STEP_S + WORD_S);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
    free(said);

    said = edit(STORY, "was left.", "was left. Thanks for watching");
    verdict = judge(STORY, said);
    d = only_defect(verdict, TTSSLICE_DEFECT_EXTRA);
    assert_int_equal(d->text_start, strlen(STORY) - 1);
    assert_int_equal(d->over_limit, 1);
    ttsslice_verdict_unref(verdict);
    free(said);
}

static void test_garbled(void **state) {
    (void)state;
    char *said = edit(STORY, "two books and", "purple monkeys jumped");
    ttsslice_verdict *verdict = judge(STORY, said);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_GARBLED);
    assert_span(STORY, d, "two books and");
    assert_string_equal(d->heard, "purple monkeys jumped");
    assert_near(d->measured, 3.0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    ttsslice_verdict_unref(verdict);
    free(said);

    /* Nor is it one stray word if many were heard in its place. */
    said = edit(STORY, "books", "because each money");
    verdict = judge(STORY, said);
    d = only_defect(verdict, TTSSLICE_DEFECT_EXTRA);
    assert_near(d->measured, 2.0);
    assert_string_equal(d->heard, "each money");
    assert_int_equal(d->over_limit, 1);
    ttsslice_verdict_unref(verdict);
    free(said);

    /* A word that agrees by chance does not hide it. */
    said = edit(STORY, "two books and", "purple books jumped");
    verdict = judge(STORY, said);
    d = only_defect(verdict, TTSSLICE_DEFECT_GARBLED);
    assert_span(STORY, d, "two books and");
    assert_near(d->measured, 3.0);
    ttsslice_verdict_unref(verdict);
    free(said);
}

/* Words that sound alike are told, and more of them may be misheard; but other figures make another
 * number. */
static void test_words_that_sound_alike(void **state) {
    static const struct {
        const char *text, *said;
        int32_t words, limit;
    } cases[] = {
        {"It was legal there to sing in the street.", "It was illegal there to sing in the street.",
         1, 3},
        {"Chapter XIV", "Chapter forty", 1, 3},
        {"The walls of stones and gates stood by the river there.",
         "The walks of stores and gates stood by the river there.", 3, 3},
        {"We left with 13, 14, 15 and 16 of the men of that town.",
         "We left with thirty, forty, fifty and sixty of the men of that town.", 5, 1},
        {"Rain fell on the slate roofs.", "Thanks for watching thanks for watching it", 6, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttsslice_verdict *verdict = judge(cases[i].text, cases[i].said);
        const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_GARBLED);
        assert_near(d->measured, cases[i].words);
        assert_int_equal(d->limit, cases[i].limit);
        assert_int_equal(d->over_limit, cases[i].words > cases[i].limit);
        ttsslice_verdict_unref(verdict);
    }
}

/* A part of what a token says is named. */
static void test_missing_parts_of_tokens(void **state) {
    static const char *const cases[][2] = {
        {"It was twelve degrees outside.", "1 word not said: \"minus\" of \"-12\""},
        {"It was minus degrees outside.", "1 word not said: \"twelve\" of \"-12\""},
        {"It was outside.", "3 words not said: \"-12 degrees\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttsslice_verdict *verdict = judge("It was -12 degrees outside.", cases[i][0]);
        const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_MISSING);
        assert_string_equal(d->message, cases[i][1]);
        ttsslice_verdict_unref(verdict);
    }
}

/* One misheard word passes, whatever it is. */
static void test_one_stray_error_passes(void **state) {
    (void)state;
    static const char *const edits[][2] = {
        {"collar", "elephant"},
        {"collar", "colours"},
        {"collar", ""},
        {"collar", "collar the"},
        {"small suitcase", "smell suit cases"},
    };
    for (size_t i = 0; i < COUNT(edits); i++) {
        char *said = edit(STORY, edits[i][0], edits[i][1]);
        ttsslice_verdict *verdict = judge(STORY, said);
        assert_int_equal(ttsslice_verdict_get(verdict)->passed, 1);
        assert_true(ttsslice_verdict_get(verdict)->wer > 0.0);
        ttsslice_verdict_unref(verdict);
        free(said);
    }
}

static void test_nothing_heard(void **state) {
    (void)state;
    ttsslice_verdict *verdict = judge(STORY, "");
    assert_near(ttsslice_verdict_get(verdict)->score, 0.0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
    only_defect(verdict, TTSSLICE_DEFECT_MISSING);
    ttsslice_verdict_unref(verdict);
}

/* --- defects, at random --------------------------------------------------------------------- */

/* `count` different words, each of two syllables, with their places in the text. */
static char *make_text(uint64_t *draw, size_t count, size_t *starts) {
    static const char *const syllables[] = {"bam", "dor", "fel", "gan", "hul", "jin",
                                            "kor", "lam", "mig", "nop", "pel", "rast",
                                            "sul", "tov", "wem", "zad"};
    size_t first = ttss_draw_below(draw, 256);
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        size_t n = (first + i * 37) % 256;
        if (i)
            ttss_buf_add_text(&buf, i % 9 ? " " : ". ");
        starts[i] = buf.length;
        ttss_buf_printf(&buf, "%s%s", syllables[n / 16], syllables[n % 16]);
    }
    starts[count] = buf.length + 1;
    return ttss_buf_take(&buf);
}

static size_t word_length(const char *text, size_t start) {
    return strcspn(text + start, " .");
}

/* What was said: words [0, a), then `between`, then words [b, count). */
static char *say(const char *text, const size_t *starts, size_t count, size_t a, size_t b,
                 const char *between) {
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    ttss_buf_add_text(&buf, "");
    for (size_t i = 0; i < a; i++) {
        ttss_buf_add(&buf, text + starts[i], word_length(text, starts[i]));
        ttss_buf_add_char(&buf, ' ');
    }
    ttss_buf_printf(&buf, "%s ", between);
    for (size_t i = b; i < count; i++) {
        ttss_buf_add(&buf, text + starts[i], word_length(text, starts[i]));
        ttss_buf_add_char(&buf, ' ');
    }
    return ttss_buf_take(&buf);
}

static void test_random_damage(void **state) {
    (void)state;
    uint64_t draw = 23;
    for (int round = 0; round < 300; round++) {
        size_t starts[128], count = 12 + ttss_draw_below(&draw, 60);
        size_t run = 2 + ttss_draw_below(&draw, 4), at = ttss_draw_below(&draw, count - run);
        char *text = make_text(&draw, count, starts);
        size_t span = starts[at + run - 1] + word_length(text, starts[at + run - 1]) - starts[at];
        const char *foreign = "chug yip obo aeon quiff";
        char between[128] = "";
        int kind = (int)ttss_draw_below(&draw, 5);
        size_t a = at, b = at + run, expected = TTSSLICE_DEFECT_MISSING;
        if (kind == 1) {
            a = at = count - run;
            b = count;
            span = strlen(text) - starts[at];
            expected = TTSSLICE_DEFECT_TRUNCATED;
        } else if (kind == 2) {
            a = b;
            b = at;
            expected = TTSSLICE_DEFECT_REPEATED;
        } else if (kind == 3) {
            b = a;
            snprintf(between, sizeof between, "%s", foreign);
            expected = TTSSLICE_DEFECT_EXTRA;
        } else if (kind == 4) {
            snprintf(between, sizeof between, "%s", foreign);
            expected = TTSSLICE_DEFECT_GARBLED;
        }
        char *said = say(text, starts, count, a, b, between);
        ttsslice_verdict *verdict = judge(text, said);
        const ttsslice_defect *d = only_defect(verdict, (int32_t)expected);
        assert_int_equal(d->over_limit, 1);
        assert_int_equal(ttsslice_verdict_get(verdict)->passed, 0);
        assert_int_equal(d->text_start, starts[at]);
        assert_int_equal(d->text_length, kind == 3 ? 0 : span);
        ttsslice_verdict_unref(verdict);
        free(said);
        free(text);
    }
}

static void test_random_agreement(void **state) {
    (void)state;
    uint64_t draw = 29;
    static const char *const pieces[] = {"12",   "1984",  "Dr.",  "3:30", "p.m.",  "$5",
                                         "5 kg", "U.S.",  "the",  "a",    "MP3",   "St.",
                                         "no.",  "Henry", "VIII", "7th",  "No. 9", "March 3"};
    for (int round = 0; round < 200; round++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 16);
        ttss_buf_add_text(&buf, "");
        for (size_t n = ttss_draw_below(&draw, 30); n > 0; n--)
            ttss_buf_printf(&buf, "%s ", pieces[ttss_draw_below(&draw, COUNT(pieces))]);
        assert_agrees(buf.data, buf.data);
        ttss_buf_free(&buf);
    }
}

/* --- rules and limits ----------------------------------------------------------------------- */

static int32_t passes(const char *text, const char *said,
                      const ttsslice_validate_options *options) {
    ttsslice_verdict *verdict = judge_with(text, said, NULL, options);
    int32_t passed = ttsslice_verdict_get(verdict)->passed;
    ttsslice_verdict_unref(verdict);
    return passed;
}

static void test_rules(void **state) {
    (void)state;
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    char *said = edit(STORY, "two books and ", "");
    assert_int_equal(passes(STORY, said, &options), 0);
    options.max_missing_words = 2;
    assert_int_equal(passes(STORY, said, &options), 0);
    options.max_missing_words = 3;
    assert_int_equal(passes(STORY, said, &options), 1);
    options.whisper_threshold = 99.5;
    assert_int_equal(passes(STORY, said, &options), 0);
    options = (ttsslice_validate_options)TTSSLICE_VALIDATE_OPTIONS_INIT;
    options.rule = TTSSLICE_RULE_SCORE;
    assert_int_equal(passes(STORY, said, &options), 1);
    ttsslice_verdict *verdict = judge_with(STORY, said, NULL, &options);
    assert_int_equal(only_defect(verdict, TTSSLICE_DEFECT_MISSING)->over_limit, 1);
    options.whisper_threshold = ttsslice_verdict_get(verdict)->score;
    ttsslice_verdict_unref(verdict);
    assert_int_equal(passes(STORY, said, &options), 1); /* at the threshold */
    options.rule = TTSSLICE_RULE_DEFECTS;
    options.max_missing_words = 0;
    free(said);
    said = edit(STORY, "collar ", "");
    options.whisper_threshold = 0.0;
    assert_int_equal(passes(STORY, said, &options), 0);
    free(said);
}

static void test_default_limits_grow(void **state) {
    (void)state;
    static const int64_t table[][2] = {{0, 1},   {60, 1},  {100, 1},  {299, 1},
                                       {300, 2}, {500, 3}, {5000, 3}, {INT64_MAX, 3}};
    for (size_t i = 0; i < COUNT(table); i++)
        assert_int_equal(ttss_default_limit(table[i][0]), table[i][1]);
}

/* --- the signal ----------------------------------------------------------------------------- */

static ttsslice_audio *tone(double seconds, int32_t level, int32_t channels) {
    int64_t frames = (int64_t)(seconds * 16000.0);
    int16_t *samples = calloc((size_t)(frames * channels) + 1, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames * channels; i++) {
        double left = (double)(frames - i / channels) / 16000.0;
        double fade = left < 0.1 ? left / 0.1 : 1.0; /* as speech ends */
        double value = fade * (double)level * sin((double)(i / channels) * 0.1);
        samples[i] = (int16_t)(value > 32767.0 ? 32767.0 : value < -32768.0 ? -32768.0 : value);
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, 16000, &audio, NULL), 0);
    free(samples);
    return audio;
}

static void assert_signal(double seconds, int32_t level, int32_t channels, int32_t kind) {
    ttsslice_audio *audio = tone(seconds, level, channels);
    ttsslice_verdict *verdict = judge_with(STORY, STORY, audio, NULL);
    if (kind) {
        assert_int_equal(only_defect(verdict, kind)->over_limit, 1);
        assert_string_not_equal(ttsslice_verdict_defect(verdict, 0)->message, "");
    }
    assert_int_equal(ttsslice_verdict_defect_count(verdict), kind ? 1 : 0);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, kind == 0);
    ttsslice_verdict_unref(verdict);
    ttsslice_audio_unref(audio);
}

static void test_signal(void **state) {
    (void)state;
    assert_signal(20.0, 8000, 1, 0);
    assert_signal(20.0, 8000, 2, 0);
    assert_signal(20.0, 20, 1, TTSSLICE_DEFECT_SILENCE);
    assert_signal(20.0, 0, 2, TTSSLICE_DEFECT_SILENCE);
    assert_signal(20.0, 60000, 1, TTSSLICE_DEFECT_CLIPPING);
    assert_signal(1.0, 8000, 1, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION);
    ttsslice_audio *audio = tone(200.0, 8000, 1);
    ttsslice_verdict *verdict = judge_with(STORY, STORY, audio, NULL);
    only_defect(verdict, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION);
    ttsslice_verdict_unref(verdict);
    ttsslice_audio_unref(audio);
    audio = tone(3.0, 0, 1);
    verdict = judge_with("...", "", audio, NULL);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, 1);
    ttsslice_verdict_unref(verdict);
    ttsslice_audio_unref(audio);
}

/* Speech-like bursts, 0.3 s long every 0.4 s, with what a test puts into them. */
static int16_t *bursts(size_t count) {
    int16_t *samples = calloc(count, sizeof *samples);
    for (size_t i = 0; i < count; i++) {
        double t = fmod((double)i / 16000.0, STEP_S);
        if (t < WORD_S)
            samples[i] = (int16_t)(6000.0 * sin(M_PI * t / WORD_S) * sin((double)i * 0.1));
    }
    return samples;
}

static ttsslice_verdict *judge_samples(int16_t *samples, size_t count,
                                       const ttsslice_validate_options *options) {
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_audio_new_s16(samples, (int64_t)count, 1, 16000, &audio, NULL), 0);
    ttsslice_verdict *verdict = judge_with(STORY, STORY, audio, options);
    ttsslice_audio_unref(audio);
    free(samples);
    return verdict;
}

static void assert_signal_defect(int16_t *samples, size_t count, int32_t kind, double start_s,
                                 double end_s) {
    ttsslice_verdict *verdict = judge_samples(samples, count, NULL);
    const ttsslice_defect *d = only_defect(verdict, kind);
    assert_int_equal(d->over_limit, kind == TTSSLICE_DEFECT_LONG_PAUSE);
    assert_true(fabs(d->audio_start_s - start_s) < 0.03);
    assert_true(fabs(d->audio_end_s - end_s) < 0.03);
    assert_true(d->measured > d->limit);
    assert_int_equal(ttsslice_verdict_get(verdict)->passed, !d->over_limit);
    ttsslice_verdict_unref(verdict);
}

static void test_signal_faults(void **state) {
    (void)state;
    size_t words = 61, count = (size_t)(16000.0 * STEP_S * (double)(words + 3));
    ttsslice_verdict *verdict = judge_samples(bursts(count), count, NULL);
    assert_int_equal(ttsslice_verdict_get(verdict)->text_words, words);
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 1); /* the bursts go on */
    assert_int_equal(ttsslice_verdict_defect(verdict, 0)->kind, TTSSLICE_DEFECT_TAIL_NOISE);
    double level = ttsslice_verdict_get(verdict)->level_dbfs;
    assert_true(level < -15.0 && level > -25.0);
    ttsslice_verdict_unref(verdict);

    size_t spoken = (size_t)(16000.0 * STEP_S * (double)words);
    verdict = judge_samples(bursts(spoken), spoken, NULL);
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 0);
    ttsslice_verdict_unref(verdict);

    int16_t *samples = bursts(spoken);
    for (size_t i = 0; i < spoken; i++)
        samples[i] = (int16_t)(samples[i] + 2500);
    assert_signal_defect(samples, spoken, TTSSLICE_DEFECT_DC_OFFSET, 0.0, 24.4);

    samples = bursts(spoken);
    memset(samples + 80000, 0, 56000 * sizeof *samples);
    assert_signal_defect(samples, spoken, TTSSLICE_DEFECT_LONG_PAUSE, 5.0, 8.5);

    spoken -= (size_t)(16000.0 * 0.25); /* in the middle of the last burst */
    assert_signal_defect(bursts(spoken), spoken, TTSSLICE_DEFECT_ABRUPT_END, 23.65, 24.15);
}

/* Half a second of nothing, sound until 1.1 s, and the word from 2 s on; `start_s` NaN: unknown. */
static void assert_lead(double start_s, double head_s) {
    static const char *const words[] = {"Never."};
    const double end_s = 2.8;
    size_t count = (size_t)(16000.0 * 3.0);
    int16_t *samples = calloc(count, sizeof *samples);
    ttsslice_transcript *transcript = NULL;
    ttsslice_audio *audio = NULL;
    ttsslice_verdict *verdict = NULL;
    for (size_t i = 0; i < count; i++) {
        double t = (double)i / 16000.0;
        if ((t >= 0.5 && t < 1.1) || (t >= 2.0 && t < end_s))
            samples[i] = (int16_t)(6000.0 * sin((double)i * 0.1));
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, (int64_t)count, 1, 16000, &audio, NULL), 0);
    assert_int_equal(
        ttsslice_transcript_new(NULL, words, &start_s, &end_s, NULL, 1, &transcript, NULL), 0);
    assert_int_equal(ttsslice_validate("Never.", TTSSLICE_NUL_TERMINATED, transcript, audio, NULL,
                                       &verdict, NULL),
                     0);
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    assert_near(info->lead_s, 0.5);
    assert_true(isnan(head_s) ? isnan(info->head_s) : fabs(info->head_s - head_s) < 1e-9);
    assert_int_equal(info->passed, 1);
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
    ttsslice_audio_unref(audio);
    free(samples);
}

static void test_what_comes_before_the_first_word(void **state) {
    (void)state;
    assert_lead(2.0, 0.6);
    assert_lead(2.1, 0.6); /* the times of recognisers are rough */
    assert_lead(0.5, 0.0); /* the sound is the word */
    assert_lead(0.45, 0.0);
    assert_lead(0.0, 0.0);
    assert_lead((double)NAN, (double)NAN);
    ttsslice_verdict *verdict = judge(STORY, STORY);
    assert_true(isnan(ttsslice_verdict_get(verdict)->lead_s));
    ttsslice_verdict_unref(verdict);
}

static void test_reference_level(void **state) {
    (void)state;
    size_t count = (size_t)(16000.0 * STEP_S * 61.0);
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttsslice_verdict *verdict = judge_samples(bursts(count), count, &options);
    double level = ttsslice_verdict_get(verdict)->level_dbfs;
    ttsslice_verdict_unref(verdict);
    options.reference_dbfs = level - 7.0;
    verdict = judge_samples(bursts(count), count, &options);
    assert_int_equal(ttsslice_verdict_defect_count(verdict), 0);
    ttsslice_verdict_unref(verdict);
    options.reference_dbfs = level - 9.0;
    verdict = judge_samples(bursts(count), count, &options);
    assert_near(only_defect(verdict, TTSSLICE_DEFECT_LOUDNESS)->measured, 9.0);
    ttsslice_verdict_unref(verdict);
}

/* --- long input ----------------------------------------------------------------------------- */

static char *long_text(uint64_t seed, size_t words, size_t vocabulary) {
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 24);
    for (size_t i = 0; i < words; i++)
        ttss_buf_printf(&buf, "w%zux ", ttss_draw_below(&seed, vocabulary));
    char *text = ttss_buf_take(&buf);
    for (char *p = text; *p; p++)
        if (*p >= '0' && *p <= '9')
            *p = (char)('a' + (*p - '0'));
    return text;
}

static ttsslice_verdict *verdict_on(const char *text, const char *said) {
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    assert_int_equal(ttsslice_transcript_new(said, NULL, NULL, NULL, NULL, 0, &transcript, NULL),
                     0);
    assert_int_equal(
        ttsslice_validate(text, TTSSLICE_NUL_TERMINATED, transcript, NULL, NULL, &verdict, NULL),
        0);
    ttsslice_transcript_unref(transcript);
    return verdict;
}

/* Damage in a text that is long enough to be cut into blocks is found as in a short one. */
static void test_long_text(void **state) {
    (void)state;
    char *text = long_text(41, 6000, 3000);
    size_t half = strlen(text) / 2, cut = 60;
    while (text[half] != ' ')
        half++;
    while (text[half + cut] != ' ')
        cut++;
    ttss_buf said;
    ttss_buf_init(&said, 1 << 24);
    ttss_buf_add(&said, text, half);
    ttss_buf_add_text(&said, text + half + cut);
    ttsslice_verdict *verdict = verdict_on(text, said.data);
    const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_MISSING);
    assert_int_equal(d->text_start, half + 1);
    assert_int_equal(d->text_length, cut - 1);
    assert_int_equal(ttsslice_verdict_get(verdict)->hits + (int64_t)d->measured, 6000);
    ttsslice_verdict_unref(verdict);
    ttss_buf_free(&said);
    free(text);
}

static void test_unrelated_texts(void **state) {
    (void)state;
    char *text = long_text(43, 2500, 200), *said = long_text(47, 2500, 200);
    ttsslice_verdict *verdict = verdict_on(text, said);
    const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
    assert_int_equal(info->hits + info->substitutions + info->deletions, 2500);
    assert_int_equal(info->hits + info->substitutions + info->insertions, 2500);
    assert_int_equal(info->passed, 0);
    ttsslice_verdict_unref(verdict);
    free(text);
    free(said);
}

/* Many timed words are found in the transcript in one pass over it. */
static void test_long_transcript(void **state) {
    (void)state;
    enum { WORDS = 150000 };
    const char **words = malloc(WORDS * sizeof *words);
    double *starts = malloc(WORDS * sizeof *starts), *ends = malloc(WORDS * sizeof *ends);
    char *said = malloc((size_t)WORDS * 6 + 1);
    for (size_t i = 0; i < WORDS; i++) {
        memcpy(said + 6 * i, "again ", 7);
        words[i] = "again";
        starts[i] = (double)i * STEP_S;
        ends[i] = starts[i] + WORD_S;
    }
    ttsslice_transcript *transcript = NULL;
    ttss_comparison c;
    assert_int_equal(
        ttsslice_transcript_new(said, words, starts, ends, NULL, WORDS, &transcript, NULL), 0);
    assert_int_equal(ttss_compare(&c, "Never.", 6, transcript, "en", NULL, NULL), 0);
    assert_int_equal(c.counts.heard_words, WORDS);
    assert_near(c.starts_s[WORDS - 1], starts[WORDS - 1]);
    ttss_comparison_free(&c);
    ttsslice_transcript_unref(transcript);
    free(words);
    free(starts);
    free(ends);
    free(said);
}

/* --- bad input ------------------------------------------------------------------------------ */

static void test_bad_input(void **state) {
    (void)state;
    ttsslice_transcript *transcript = hear("hello");
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_verdict *verdict = NULL;
    assert_int_equal(ttsslice_validate("ab\xffg", 4, transcript, NULL, NULL, &verdict, &err),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(err.byte_offset, 2);
    assert_int_equal(err.slice, TTSSLICE_SLICE_VALIDATE);
    assert_int_equal(ttsslice_validate("a\0b", 3, transcript, NULL, NULL, &verdict, NULL),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_validate(NULL, 0, transcript, NULL, NULL, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_validate("a", 1, NULL, NULL, NULL, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, NULL, NULL, NULL),
                     TTSSLICE_ERR_INVALID);
    options.size = 1;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_OPTION);
    options = (ttsslice_validate_options)TTSSLICE_VALIDATE_OPTIONS_INIT;
    options.whisper_threshold = (double)NAN;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    options.whisper_threshold = 100.5;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    options.whisper_threshold = 50.0;
    options.rule = 2;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    options.rule = 1;
    options.max_extra_words = -2;
    assert_int_equal(ttsslice_validate("a", 1, transcript, NULL, &options, &verdict, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_null(verdict);
    ttsslice_transcript_unref(transcript);
}

typedef struct alloc_case {
    ttsslice_transcript *transcript;
    ttsslice_audio *audio;
} alloc_case;

static int validate_for_alloc(void *argument) {
    const alloc_case *c = argument;
    ttsslice_verdict *verdict = NULL;
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    options.aliases = "Dr. No = Julius";
    int code = ttsslice_validate("Dr. No paid $5 for the firefly, and left at once.",
                                 TTSSLICE_NUL_TERMINATED, c->transcript, c->audio, &options,
                                 &verdict, NULL);
    ttsslice_verdict_unref(verdict);
    return code;
}

static void test_no_memory(void **state) {
    (void)state;
    alloc_case c = {
        hear("doctor no paid five dollars for the fire fly the fire fly bang boom ouch"),
        tone(60.0, 60000, 1)};
    assert_survives_alloc_failure(validate_for_alloc, &c);
    ttsslice_transcript_unref(c.transcript);
    ttsslice_audio_unref(c.audio);
}

/* A recogniser makes one word of noise, however long it lasts. */
static void test_a_word_that_lasts_too_long(void **state) {
    (void)state;
    static const char *const words[] = {"rain", "fell", "on", "the", "roofs", "f"};
    const double starts[] = {0.0, 0.3, 0.6, 0.9, 1.2, 1.7};
    double ends[] = {0.3, 0.6, 0.9, 1.2, 1.5, 2.1};
    for (int noise = 0; noise < 2; noise++) {
        ttsslice_transcript *heard = NULL;
        ttsslice_verdict *verdict = NULL;
        ends[5] = noise ? 7.7 : 2.1;
        assert_int_equal(ttsslice_transcript_new(NULL, words, starts, ends, NULL, 6, &heard, NULL),
                         0);
        assert_int_equal(ttsslice_validate("Rain fell on the roofs.", TTSSLICE_NUL_TERMINATED,
                                           heard, NULL, NULL, &verdict, NULL),
                         0);
        const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_EXTRA);
        assert_int_equal(d->over_limit, noise);
        assert_int_equal(ttsslice_verdict_get(verdict)->passed, !noise);
        ttsslice_verdict_unref(verdict);
        verdict = NULL;
        assert_int_equal(ttsslice_validate("Rain fell on the roofs there.", TTSSLICE_NUL_TERMINATED,
                                           heard, NULL, NULL, &verdict, NULL),
                         0);
        d = only_defect(verdict, TTSSLICE_DEFECT_GARBLED);
        assert_int_equal(d->over_limit, noise);
        ttsslice_verdict_unref(verdict);
        ttsslice_transcript_unref(heard);
    }
}

/* --- what a defect quotes --------------------------------------------------------------------- */

/* Words between spaces, each of at most `room` once more in `list`. */
static size_t split_words(char *text, const char *list[], size_t room) {
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " .,", &rest); word && count < room;
         word = strtok_r(NULL, " .,", &rest))
        list[count++] = word;
    return count;
}

static bool has_word(const char *const *list, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(list[i], word) == 0)
            return true;
    return false;
}

/* As many words are quoted as are counted; what was said again is quoted once, and was said again.
 */
static void assert_quotes_what_it_counts(const char *text, const char *said,
                                         const ttsslice_defect *d) {
    const char *quoted[512], *heard[512];
    char *span = ttss_memdup(text + d->text_start, d->text_length), *other = ttss_strdup(d->heard);
    size_t count = split_words(span, quoted, COUNT(quoted));
    size_t heard_count = split_words(other, heard, COUNT(heard)), known = 0;
    size_t measured = (size_t)d->measured;
    bool fine = true;
    switch (d->kind) {
    case TTSSLICE_DEFECT_EXTRA:
        fine = count == 0 && heard_count == measured;
        break;
    case TTSSLICE_DEFECT_REPEATED:
        for (size_t i = 0; i < count; i++)
            known += has_word(heard, heard_count, quoted[i]);
        fine = count > 0 && count <= measured && 4 * known >= 3 * count;
        break;
    default:
        fine = count == measured;
    }
    if (!fine)
        fail_msg("%s counts %zu and quotes %zu, heard \"%s\": %s\nin \"%s\"\nof \"%s\"",
                 ttsslice_defect_name(d->kind), measured, count, d->heard, d->message, said, text);
    free(span);
    free(other);
}

/* A row of words with a few edits: left out, said again, foreign, foreign ones over and over. */
static char *damage(uint64_t *draw, const char *const *words, size_t count) {
    static const char *const foreign[] = {"chug", "yip", "obo", "aeon", "quiff", "thee"};
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    ttss_buf_add_text(&buf, "");
    for (size_t i = 0; i < count; i++) {
        size_t kind = ttss_draw_below(draw, 30), run = 1 + ttss_draw_below(draw, 6);
        size_t times = 1 + ttss_draw_below(draw, 4);
        if (kind == 0) { /* left out */
            i += run - 1;
            continue;
        }
        ttss_buf_add_text(&buf, kind == 1 ? foreign[run - 1] : words[i]);
        ttss_buf_add_char(&buf, ' ');
        for (size_t t = 0; t < times && kind == 2 && i + 1 >= run; t++)
            for (size_t k = i + 1 - run; k <= i; k++) {
                ttss_buf_add_text(&buf, words[k]);
                ttss_buf_add_char(&buf, ' ');
            }
        for (size_t t = 0; t < times && kind == 3; t++)
            for (size_t k = 0; k < run; k++) {
                ttss_buf_add_text(&buf, foreign[k]);
                ttss_buf_add_char(&buf, ' ');
            }
    }
    return ttss_buf_take(&buf);
}

static void test_defects_quote_what_they_count(void **state) {
    (void)state;
    uint64_t draw = 5;
    for (int round = 0; round < 3000; round++) {
        size_t starts[128], count = 6 + ttss_draw_below(&draw, 90);
        char *text = make_text(&draw, count, starts), *copy = ttss_strdup(text);
        const char *words[128];
        assert_int_equal(split_words(copy, words, COUNT(words)), count);
        char *said = damage(&draw, words, count);
        ttsslice_verdict *verdict = judge(text, said);
        for (size_t i = 0; i < ttsslice_verdict_defect_count(verdict); i++)
            assert_quotes_what_it_counts(text, said, ttsslice_verdict_defect(verdict, i));
        ttsslice_verdict_unref(verdict);
        free(said);
        free(copy);
        free(text);
    }
}

/* Foreign words that loop are not the text's, however much they repeat each other. */
static void test_foreign_loops_are_extra(void **state) {
    (void)state;
    static const char *const loops[] = {
        "collar obo obo obo obo obo obo",
        "collar obo yip obo yip obo yip obo yip",
        "collar aeon obo yip aeon obo yip aeon obo yip",
    };
    for (size_t i = 0; i < COUNT(loops); i++) {
        char *said = edit(STORY, "collar", loops[i]);
        ttsslice_verdict *verdict = judge(STORY, said);
        const ttsslice_defect *d = only_defect(verdict, TTSSLICE_DEFECT_EXTRA);
        assert_string_equal(d->heard, loops[i] + strlen("collar "));
        assert_int_equal(d->text_length, 0);
        assert_int_equal(d->over_limit, 1);
        ttsslice_verdict_unref(verdict);
        free(said);
    }
}

/* Times behind the audio's end are not believed, but for the little that recognisers overshoot. */
static void test_times_outside_the_audio(void **state) {
    (void)state;
    static const char *const words[] = {"one", "two", "three", "four", "five"};
    static const double starts[] = {0.1, 0.5, 0.9, 1.98, 7.0}, ends[] = {0.4, 0.8, 2.05, 2.4, 9.0};
    static const double wanted[][2] = {{0.1, 0.4}, {0.5, 0.8}, {0.9, 2.0}, {1.98, NAN}, {NAN, NAN}};
    static int16_t samples[2 * 16000];
    ttsslice_audio *audio = NULL;
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    assert_int_equal(ttsslice_audio_new_s16(samples, COUNT(samples), 1, 16000, &audio, NULL), 0);
    assert_int_equal(ttsslice_transcript_new(NULL, words, starts, ends, NULL, 5, &transcript, NULL),
                     0);
    assert_int_equal(ttsslice_validate("one two three four five", TTSSLICE_NUL_TERMINATED,
                                       transcript, audio, NULL, &verdict, NULL),
                     0);
    for (size_t i = 0; i < 5; i++) {
        const ttsslice_aligned_word *w = ttsslice_verdict_word(verdict, i);
        const double got[] = {w->audio_start_s, w->audio_end_s};
        for (size_t k = 0; k < 2; k++)
            if (isnan(wanted[i][k]))
                assert_true(isnan(got[k]));
            else
                assert_near(got[k], wanted[i][k]);
    }
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
    ttsslice_audio_unref(audio);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times_outside_the_audio),
        cmocka_unit_test(test_defects_quote_what_they_count),
        cmocka_unit_test(test_foreign_loops_are_extra),
        cmocka_unit_test(test_a_word_that_lasts_too_long),
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_times_of_words),
        cmocka_unit_test(test_words_in_pieces),
        cmocka_unit_test(test_counts_are_minimal),
        cmocka_unit_test(test_wer_fixed),
        cmocka_unit_test(test_rates_fixed),
        cmocka_unit_test(test_spelling_keeps_words_apart),
        cmocka_unit_test(test_fillers_agree),
        cmocka_unit_test(test_aliases),
        cmocka_unit_test(test_bad_aliases),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_repeated),
        cmocka_unit_test(test_repeated_in_place),
        cmocka_unit_test(test_own_repetition),
        cmocka_unit_test(test_extra),
        cmocka_unit_test(test_fillers),
        cmocka_unit_test(test_garbled),
        cmocka_unit_test(test_words_that_sound_alike),
        cmocka_unit_test(test_missing_parts_of_tokens),
        cmocka_unit_test(test_one_stray_error_passes),
        cmocka_unit_test(test_nothing_heard),
        cmocka_unit_test(test_random_damage),
        cmocka_unit_test(test_random_agreement),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_default_limits_grow),
        cmocka_unit_test(test_signal),
        cmocka_unit_test(test_signal_faults),
        cmocka_unit_test(test_what_comes_before_the_first_word),
        cmocka_unit_test(test_reference_level),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_long_transcript),
        cmocka_unit_test(test_unrelated_texts),
        cmocka_unit_test(test_bad_input),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
