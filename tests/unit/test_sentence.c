/* SPDX-License-Identifier: MIT */
/* Sentences: every rule on hand-written text, languages and their data, the application's own
 * abbreviations, and what is told about boundaries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/chunk.h>

#include "alloc_fail.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "chunk/scan.h"
#include "chunk/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- help ----------------------------------------------------------------------------------- */

/* Sentence ends are marked: a bar stands for the space there, a caret for no space. */
static size_t unmark(const char *marked, char *text) {
    size_t length = 0;
    for (const char *p = marked; *p; p++)
        if (*p != '^')
            text[length++] = *p == '|' ? ' ' : *p;
    text[length] = '\0';
    return length;
}

/* Text and sentence ends as unmark() takes them. */
static void mark_end(ttss_buf *got, const char *text, size_t start, size_t end, size_t length) {
    size_t next = ttss_skip_space(text, end, length);
    ttss_buf_add(got, text + start, end - start);
    ttss_buf_add_text(got, next == length ? "" : next > end ? "|" : "^");
}

static void assert_split(const ttss_language *language, const char *marked) {
    char text[1024];
    size_t length = unmark(marked, text);
    ttss_buf got;
    ttss_buf_init(&got, 4096);
    for (size_t start = 0; start < length;) {
        size_t end = ttss_sentence_end(language, text, start, length, NULL);
        assert_true(end > start && end <= length);
        mark_end(&got, text, start, end, length);
        start = ttss_skip_space(text, end, length);
    }
    assert_string_equal(got.data, marked);
    ttss_buf_free(&got);
}

static ttsslice_chunk_options options_of(const char *language, const char *abbreviations) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    options.language = language;
    options.abbreviations = abbreviations;
    return options;
}

/* The same through the public function. */
static void assert_sentences(const char *language, const char *abbreviations, const char *marked) {
    char text[1024];
    size_t length = unmark(marked, text);
    ttsslice_chunk_options options = options_of(language, abbreviations);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    ttss_buf got;
    ttss_buf_init(&got, 4096);
    if (ttsslice_sentences(text, length, &options, &chunks, &err) != 0)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        mark_end(&got, text, info->start, info->start + info->length, length);
    }
    assert_string_equal(got.data, marked);
    ttss_buf_free(&got);
    ttsslice_chunks_unref(chunks);
}

/* --- rules ---------------------------------------------------------------------------------- */

static const char *const dialogue[] = {
    "“Stop!” he said.|“Why?”|She did not answer.",
    "“Stop!” Peter said.|Nobody moved.",
    "“Stop!” I shouted.|“You will fall!” Captain Moss cried.|We all heard him.",
    "“A friend!” Mr. Hale called back.|“Go on…” Anna whispered.|“I am listening.”",
    "\"What now?\"|She left.|\"And you?\"|Hale stood up.",
    "‘It’s over,’ he thought.|‘Is it?’|Then the phone rang.",
    "He asked, “Are you the one?” and waited.|I nodded.",
    "She read “The Raven.”|Then she slept.",
    "“Mr. President!”|“Yes?”|“Nothing.”",
    "“He said ‘Never!’”|She sighed.|(So did he.)|They left.",
    "\"Who is it?\" Miss Crane enquired.|\"Me!\" Mrs. Van der Moss replied.|They ran.",
    "“Go!” Captain Peter J. Hale ordered.|“Now?” O’Hara and Anne-Marie Crane asked at once.",
    "\"Stop!\" The old driver shouted at them.|“Help!” Someone screamed.|All was still.",
    "“Stop!” His aunt cried.|“So?”|His aunt left.|“Ah!”|Then Hale said it was late.",
    "“Why?”|Peter left the old house.|“No!”|She said nothing.|“Oh!”|The rain fell.",
    "Look at that!—a whale.|Oh!—Mr. Hale.",
};

static const char *const word_rules[] = {
    "At 7 a.m. Dr. Moss arrived.|By 9 a.m. he had gone.|It was 11 p.m.|Nothing moved.",
    "The train leaves at 6 P.M.|Mr. Hale will be on it.|Meet me at 5 p.m. on Sunday.",
    "They sold apples, pears, etc.|The shop closed.|They sold pens, etc. in the shop.",
    "George W. Hale spoke.|So did J.R.R. Moss and John F. Crane Jr.|The crowd left.",
    "He lives in Reno, Nev.|The town is dry.|He works for Gull Inc.|Mr. Moss does, too.",
    "She has a Ph.D. in physics.|Smith et al. found nothing.|P.S. I will write.",
    "The U.S. economy grew.|The U.N. Security Council met.|He left the U.S.|We stayed.",
    "He does 90 km/h.|Moss does 100 m/s.|The rope is 20 m.|Nobody knows.",
    "We use Node.js and ASP.NET.|Version 2.1.3 is out.|It costs $3.50.|See a.b@c.org.",
    "Yahoo! shares rose.|She said it works... mostly.|Yes.",
    "We write async main() { ... } there.|That is all.",
    "See ch. 3, sec. 5, par. 6, fn. 8 and ext. 12.|She is above par.|Hale saw it.",
    "The wall is 6 ft. 2 in. high.|It is 6 ft.|Moss saw Ft. Hale and Br. John, Col. Crane.",
    "Read col. 5.|Est. 1920 by two men.|Stir in 2 tsp. Sugar Best.|He fl. 1500 in Rome.",
    "Greet Messrs. Hale and Moss, Gen. Crane, and St. Anne.|They wait.",
};

/* Lists that run on in a line; what looks like one and is none. */
static const char *const lists[] = {
    "1) Open the box|2) Take the cup|3) Close it",
    "1. Open the box|2. Take the cup.|3. Close it.",
    "9.) Open the box|10.) Take the cup",
    "(a) Open the box|(b) Take the cup",
    "a. Open the box|b. Take the cup",
    "A) Open the box|B) Take the cup",
    "i) Open it|ii) Take it|iii) Close it|iv) Go",
    "IX. Open it|X. Take it",
    "• Tea|• Milk|• Bread",
    "⁃1. Tea|⁃2. Milk",
    /* one sentence with commas */
    "(1) wash, (2) dry, and (3) fold.|Then rest.",
    "Buy this: 1. Milk, 2. Bread, 3. Salt.|Then rest.",
    /* not next to each other, of two shapes, initials, one label alone */
    "1) Open the box 3) Take the cup",
    "1) Open the box 2. take the cup",
    "A. Hale met B. Crane and C. Moss.|They talked.",
    "1. Take the first 11. or so of them.",
    "He bought 2.|Then he left.|Of these, 3. is mine.",
    "• Tea and ◦ milk",
};

static void test_english(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(dialogue); i++)
        assert_sentences("en", NULL, dialogue[i]);
    for (size_t i = 0; i < COUNT(word_rules); i++)
        assert_sentences("en", NULL, word_rules[i]);
}

static void test_lists(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++)
        assert_sentences("en", NULL, lists[i]);
}

static void test_scripts(void **state) {
    (void)state;
    /* Chinese: a title keeps its marks. */
    assert_sentences("zh", NULL, "我们去看《走吧！爸爸》好吗？^好！^《书》很好。^是吗？");
    assert_sentences("ja", NULL, "「はい。」と彼は言った。^次です｡");
    /* What is quoted in the middle of a clause; who says or thinks it. */
    assert_sentences("zh", NULL, "她喊“来人！”就跑了。^她说：“来人！”^她就跑了。");
    assert_sentences("zh", NULL, "她喊「来人！」就跑了。^「快走。」她說，「下雨了。」^好。");
    assert_sentences("ja", NULL, "「嘘か？」母は尋ねた。^「来い！」^次の朝、雨が降った。");
    assert_sentences("ja", NULL,
                     "誰？と母は思った。^誰？って聞いた。^誰？^とにかく行こう。^嘘！という。");
    assert_sentences("ko", NULL, "\"비가 와?\" 그가 물었다.|\"비가 와?\"|그는 잤다.");
    /* Georgian has no capitals that begin sentences; Greek has a question mark of its own. */
    assert_sentences("ka", NULL, "წვიმა შეწყდა.|ჩვენ წავედით.");
    assert_sentences("el", NULL, "Τι ώρα είναι\xCD\xBE|Είναι αργά.");
    assert_sentences("am", NULL, "ሰላም።^እንዴት ነህ፧^ደህና።");
    /* Marks of writing direction belong to what they stand by. */
    assert_sentences("he", NULL, "שלום.\xE2\x80\x8F|מה נשמע?\xE2\x80\x8F|\xE2\x80\x8Fטוב.");
    assert_sentences("en", NULL,
                     "\xE2\x81\xA6He left.\xE2\x81\xA9|\xE2\x81\xA6She stayed.\xE2\x81\xA9");
    assert_sentences("ar", NULL, "ذهب.\xD8\x9C|عاد.");
    assert_sentences("ru", NULL, "А. П. Чехов писал.|Он жил долго.");
}

/* --- data ----------------------------------------------------------------------------------- */

/* A made-up language with all that data may say. */
static const ttss_abbreviation made_abbreviations[] = {
    {"str", TTSS_ABBREVIATION_ALWAYS, TTSS_CASE_ANY},
    {"ул", TTSS_ABBREVIATION_ALWAYS, TTSS_CASE_ANY},
};
static const char *const made_starters[] = {"da", "oн", "он"};
static const char *const made_nouns[] = {"jahrhundert", "oktober", "века"};

static ttss_language made_language(uint8_t traits) {
    return (ttss_language){.code = "qq",
                           .abbreviations = made_abbreviations,
                           .abbreviation_count = COUNT(made_abbreviations),
                           .starters = {made_starters, COUNT(made_starters)},
                           .ordinal_digits = 2,
                           .ordinal_nouns = {made_nouns, COUNT(made_nouns)},
                           .traits = traits,
                           .extra_stop_count = 2,
                           .extra_stops = {{';', TTSS_STOP_STRONG}, {':', TTSS_STOP_FULL}}};
}

static void test_fields(void **state) {
    (void)state;
    ttss_language plain = made_language(0);
    assert_split(&plain, "Am 3. Mai kam er.|Im 19. Jahrhundert war 1848.|Da kam 7,5.|Ja.");
    assert_split(&plain, "Er war 12.|Da ging er.|Das 100. Jahrhundert kam.|Es war 100.|Ja.");
    assert_split(&plain, "Str. Mai war da.|Dell'Str. Mai war da.|УЛ. Мира там.|Он там.");
    assert_split(&plain, "Ist es da;|Ja.|Nein:^Da.");
    assert_split(&plain, "Karl XIV.|Mai kam...|Er ging.");
    ttss_language traits = made_language(TTSS_TRAIT_NOUN_CAPITALS | TTSS_TRAIT_ROMAN_ORDINALS);
    assert_split(&traits, "Karl XIV. Mai kam... Mai ging...|Da war XIV.|Da.");
    ttss_language clause = made_language(TTSS_TRAIT_PERIOD_IS_CLAUSE);
    assert_split(&clause, "Er kam. Mai ging!|Da war er;|Ja.");
}

static void assert_table(const ttss_language *language, const char *const *words, size_t count,
                         size_t stride) {
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        const char *word = *(const char *const *)((const char *)words + i * stride);
        char folded[TTSS_WORD_MAX + 1];
        if (!ttss_word_fold(word, strlen(word), folded) || strcmp(word, folded) != 0)
            fail_msg("%s: \"%s\" is not folded, or too long", language->code, word);
        if (strcmp(last, word) >= 0)
            fail_msg("%s: \"%s\" must stand before \"%s\"", language->code, word, last);
        last = word;
    }
}

static void test_tables(void **state) {
    (void)state;
    for (size_t i = 0; i < ttss_language_count; i++) {
        const ttss_language *l = ttss_languages[i];
        const ttss_word_list *lists_of[] = {
            &l->starters,       &l->ordinal_nouns, &l->prepositions,      &l->time_continues,
            &l->speech_verbs,   &l->articles,      &l->thought_continues, &l->numbered_headings,
            &l->plain_headings, &l->number_words};
        for (size_t j = 0; j < COUNT(lists_of); j++)
            assert_table(l, lists_of[j]->words, lists_of[j]->count, sizeof(char *));
        if (l->abbreviation_count)
            assert_table(l, &l->abbreviations[0].text, l->abbreviation_count,
                         sizeof l->abbreviations[0]);
        for (size_t j = 0; j < l->abbreviation_count; j++)
            assert_in_range(l->abbreviations[j].kind, TTSS_ABBREVIATION_ALWAYS,
                            TTSS_ABBREVIATION_TIME);
        assert_ptr_equal(ttss_language_find(l->code), l);
        assert_false(l->prepared);
        assert_in_range(l->extra_stop_count, 0, TTSS_EXTRA_STOPS_MAX);
    }
}

/* Every mark is found by its first byte, wherever it stands, those of languages too. */
static void assert_found(const ttss_language *language, uint32_t c) {
    for (size_t before = 0; before < 40; before++) {
        char text[48];
        memset(text, 'a', sizeof text);
        size_t length = before + ttss_utf8_put(c, text + before);
        ttss_scan scan;
        ttss_scan_begin(&scan, text, 0, length);
        assert_int_equal(ttss_find_stop(&scan, language, 0), before);
        assert_int_equal(ttss_find_stop(&scan, language, before + 1), length);
    }
}

static void test_every_stop_is_found(void **state) {
    (void)state;
    const ttss_language *none = ttss_language_find("xx");
    for (uint32_t c = 1; c < 0x30000; c++)
        if ((c < 0xD800 || c > 0xDFFF) && ttss_stop_of(c))
            assert_found(none, c);
    for (size_t i = 0; i < ttss_language_count; i++)
        for (size_t j = 0; j < ttss_languages[i]->extra_stop_count; j++)
            assert_found(ttss_languages[i], ttss_languages[i]->extra_stops[j].character);
}

static void test_prepared_language(void **state) {
    (void)state;
    static const ttss_abbreviation own[] = {{"mr", TTSS_ABBREVIATION_NUMBER, TTSS_CASE_ANY},
                                            {"ärztl", TTSS_ABBREVIATION_ALWAYS, TTSS_CASE_ANY}};
    ttss_language copy = ttss_language_en;
    ttss_language_prepare(&copy, own, COUNT(own));
    for (size_t i = 0; i < copy.abbreviation_count; i++) {
        const ttss_abbreviation *a = &copy.abbreviations[i];
        uint8_t kind = strcmp(a->text, "mr") == 0            ? TTSS_ABBREVIATION_NUMBER
                       : a->letter_case == TTSS_CASE_NUMBER  ? TTSS_ABBREVIATION_NUMBER
                       : a->letter_case == TTSS_CASE_CAPITAL ? TTSS_ABBREVIATION_NONE
                                                             : a->kind;
        assert_int_equal(ttss_abbreviation_kind_of(&copy, a->text, strlen(a->text)), kind);
    }
    assert_int_equal(ttss_abbreviation_kind_of(&copy, "\xC3\x84RZTL", 6), TTSS_ABBREVIATION_ALWAYS);
    assert_int_equal(ttss_abbreviation_kind_of(&copy, "harbour", 7), TTSS_ABBREVIATION_NONE);
    assert_int_equal(ttss_abbreviation_kind_of(&copy, "", 0), TTSS_ABBREVIATION_NONE);
}

/* --- language by script --------------------------------------------------------------------- */

static const ttss_language *of_text(const char *text) {
    return ttss_language_of_text(text, strlen(text));
}

static void test_script(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *code;
    } cases[] = {
        {"The rain stopped.", "en"},
        {"", "en"},
        {"1234 ... !", "en"},
        {"Дождь прошёл, and we left.", "ru"},
        {"Η βροχή σταμάτησε.", "el"},
        {"雨停了。我们走吧。", "zh"},
        {"雨が止んだ。帰りましょう。", "ja"},
        {"비가 그쳤다. 우리는 나갔다.", "ko"},
        {"बारिश रुक गई।", "hi"},
        {"توقف المطر.", "ar"},
        {"ฝนหยุดแล้ว", "th"},
        {"ዝናቡ ቆመ።", "am"},
        {"մենք գնացինք։", "hy"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_ptr_equal(of_text(cases[i].text), ttss_language_find(cases[i].code));
    /* What follows the first few thousand letters does not count. */
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 500; i++)
        ttss_buf_add_text(&buf, "Дождь прошёл. ");
    for (int i = 0; i < 5000; i++)
        ttss_buf_add_text(&buf, "The rain stopped. ");
    assert_ptr_equal(of_text(buf.data), ttss_language_find("ru"));
    ttss_buf_free(&buf);
    /* The option NULL asks for it. */
    assert_sentences(NULL, NULL, "Mr. Hale came.|He sat.");
}

/* --- abbreviations -------------------------------------------------------------------------- */

static void test_abbreviations(void **state) {
    (void)state;
    assert_sentences("en", NULL, "See Zool.|Hale did.|The Qty.|Five is fine.");
    assert_sentences("en", "Zool.\n", "See Zool. Hale did.|The Qty.|Five is fine.");
    assert_sentences("en", "# mine\r\n\r\n  zool  # Latin\r\nQTY. number\r\n",
                     "See Zool. Hale did.|The Qty. 5 is fine.|The Qty.|Five is fine.");
    assert_sentences("en", "zool name", "See Zool. Hale did.|See Zool.|The end.");
    /* They win over the language's own, and the last of a kind wins. */
    assert_sentences("en", "mr name", "Here is Mr. Hale.|Here is Mr.|The end.");
    assert_sentences("en", "mr always\nmr number", "Here is Mr.|Hale.|Here is Mr. 5.");
    assert_sentences("xx", "ул.\n", "Это Ул. Мира.|Он там.");
    assert_sentences("en", "", "It is Mr. Hale.|Yes.");
    /* What a hyphen or slash joins is looked up whole, and then the part behind it. */
    assert_sentences("en", "lt-col\nn/a\nS-ro.\n",
                     "Lt-Col. Hale met the S-ro. Moss.|Size n/a. Two.");
    assert_sentences("en", "zool\n", "The geo-zool. Moss and/or zool. Hale came.");
    assert_sentences("en", NULL, "The set is n/a.|Hale left.|She saw the re-do.|Moss left.");
}

static int32_t try_abbreviations(const char *abbreviations, ttsslice_error *err) {
    ttsslice_chunk_options options = options_of("en", abbreviations);
    ttsslice_chunks *untouched = (ttsslice_chunks *)(uintptr_t)1, *out = untouched;
    int32_t code = ttsslice_sentences("A text.", 7, &options, &out, err);
    if (code)
        assert_ptr_equal(out, untouched);
    else
        ttsslice_chunks_unref(out);
    return code;
}

static void test_bad_abbreviations(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *line;
    } cases[] = {
        {"mr\n\nmrs sometimes\n", "line 3"},
        {"z. B.", "line 1"},
        {"a\nb name d", "line 2"},
        {"...", "line 1"},
        {"mr\n\xFF\n", "line 2"},
        {"-\n", "line 1"},
        {"a\na12345678901234567890123456789012345678901234567890", "line 2"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        assert_int_equal(try_abbreviations(cases[i].text, &err), TTSSLICE_ERR_INVALID);
        assert_int_equal(err.slice, TTSSLICE_SLICE_CHUNK);
        if (!strstr(err.message, cases[i].line))
            fail_msg("\"%s\" does not name %s", err.message, cases[i].line);
    }
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 22);
    for (int i = 0; i < 8192; i++)
        ttss_buf_add_text(&buf, "abcdefg\n");
    assert_int_equal(try_abbreviations(buf.data, NULL), 0);
    ttss_buf_add_text(&buf, "h");
    assert_int_equal(try_abbreviations(buf.data, NULL), TTSSLICE_ERR_INVALID);
    ttss_buf_free(&buf);
}

/* --- what is told --------------------------------------------------------------------------- */

typedef struct told {
    ttss_buf text;
    size_t last;
    int32_t stop_after; /* calls; -1: never */
    int32_t code;
} told;

static int32_t take(const ttsslice_boundary *boundary, void *user_data) {
    told *t = user_data;
    assert_true(boundary->mark >= t->last && boundary->end >= boundary->mark);
    assert_int_equal(boundary->reserved, 0);
    assert_true(strlen(boundary->reason) > 10);
    t->last = boundary->mark;
    ttss_buf_printf(&t->text, "%zu%c%s ", boundary->mark, boundary->taken ? '+' : '-',
                    boundary->rule);
    return t->stop_after-- == 0 ? t->code : 0;
}

static int32_t explain(const char *text, int32_t stop_after, int32_t code, const char *expected) {
    told t = {.stop_after = stop_after, .code = code};
    ttsslice_chunk_options options = options_of("en", NULL);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_buf_init(&t.text, 1 << 20);
    int32_t got = ttsslice_sentences_explain(text, strlen(text), &options, take, &t, &err);
    if (expected)
        assert_string_equal(t.text.data, expected);
    assert_int_equal(err.slice, got ? TTSSLICE_SLICE_CHUNK : 0);
    ttss_buf_free(&t.text);
    return got;
}

static void test_explain(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Mr. Hale came. He sat", "2-abbreviation 13+stop 21+end "},
        {"He left.\n\nWe did. So.\n\n\n", "8+paragraph 16+stop 21+end "},
        {"# One\nTwo? and so", "5+section 9-lower-case-follows 17+end "},
        {"No. 5 is 3.5. Yes", "2-abbreviation-number 10-no-space 12+stop 17+end "},
        {"J. Hale. No. Yes", "1-label 7+stop 11+no-number 16+end "},
        {"By A. Hale of the U.S. The end", "4-initials 19-no-space 21+starter 30+end "},
        {"1) Go 2) Stay", "5+list-item 13+end "},
        {"\"Go!\" Hale said. [...] It", "3-speaker 15+stop 18-no-words 25+end "},
        {"It is (...) all. Yes?! No", "7-omission 15+stop 20+stop 25+end "},
        {"At 6 p.m. Monday it. At 6 p.m. He",
         "6-no-space 8-time-goes-on 19+stop 27-no-space 29-time-goes-on 33+end "},
        {"So I... I am. So, Jr. Hale... He",
         "4-pronoun 12+stop 20-abbreviation-name 26+stop 32+end "},
        {"Oh!, he said", "2-mark-follows 12+end "},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(explain(cases[i][0], -1, 0, cases[i][1]), 0);
}

static void test_explain_stops(void **state) {
    (void)state;
    assert_int_equal(explain("One. Two. Three.", 1, TTSSLICE_ERR_CALLBACK, "3+stop 8+stop "),
                     TTSSLICE_ERR_CALLBACK);
    assert_int_equal(explain("One.\n\nTwo.", 0, 7, "4+paragraph "), 7);
    assert_int_equal(explain("One.", 0, -5, "4+end "), -5);
    assert_int_equal(explain(" ", -1, 0, NULL), TTSSLICE_ERR_EMPTY);
    assert_int_equal(explain("a\xFF", -1, 0, NULL), TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_sentences_explain("One.", 4, NULL, NULL, NULL, NULL),
                     TTSSLICE_ERR_INVALID);
}

/* --- the list ------------------------------------------------------------------------------- */

static void test_list(void **state) {
    (void)state;
    static const char text[] = "# The Sea\nIt was é. It is.\n\n\nYes.";
    static const struct {
        size_t start, length, characters;
        int32_t break_after;
    } expected[] = {{0, 9, 9, TTSSLICE_BREAK_SECTION},
                    {10, 10, 9, TTSSLICE_BREAK_SENTENCE},
                    {21, 6, 6, TTSSLICE_BREAK_SECTION},
                    {30, 4, 4, TTSSLICE_BREAK_END}};
    ttsslice_chunks *chunks = NULL;
    assert_int_equal(ttsslice_sentences(text, TTSSLICE_NUL_TERMINATED, NULL, &chunks, NULL), 0);
    assert_int_equal(ttsslice_chunks_count(chunks), COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        assert_int_equal(info->start, expected[i].start);
        assert_int_equal(info->length, expected[i].length);
        assert_int_equal(info->characters, expected[i].characters);
        assert_int_equal(info->break_after, expected[i].break_after);
    }
    ttsslice_chunks_unref(chunks);
    assert_int_equal(ttsslice_sentences(text, 5, NULL, NULL, NULL), TTSSLICE_ERR_INVALID);
}

typedef struct ends {
    size_t *at;
    size_t count;
} ends;

static int32_t take_end(const ttsslice_boundary *boundary, void *user_data) {
    ends *e = user_data;
    if (boundary->taken)
        e->at[e->count++] = boundary->end;
    return 0;
}

/* Sentences cover the text, and they end where boundaries are told to be taken. */
static void check_text(const char *text, size_t length) {
    ttsslice_chunks *chunks = NULL;
    ttsslice_chunk_options options = options_of("en", "zool\n");
    if (ttss_skip_space(text, 0, length) == length)
        return;
    assert_int_equal(ttsslice_sentences(text, length, &options, &chunks, NULL), 0);
    ends found = {.at = calloc(length + 1, sizeof(size_t))};
    assert_non_null(found.at);
    assert_int_equal(ttsslice_sentences_explain(text, length, &options, take_end, &found, NULL), 0);
    size_t pos = 0, count = ttsslice_chunks_count(chunks);
    assert_int_equal(found.count, count);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_chunk_info *info = ttsslice_chunks_get(chunks, i);
        assert_int_equal(ttss_skip_space(text, pos, length), info->start);
        pos = info->start + info->length;
        assert_int_equal(found.at[i], pos);
        assert_int_equal(ttss_trim_end(text, info->start, pos), pos);
        assert_int_equal(info->characters, ttss_utf8_count(text + info->start, info->length));
        assert_int_equal(info->break_after == TTSSLICE_BREAK_END, i + 1 == count);
        assert_true(info->break_after >= TTSSLICE_BREAK_SENTENCE);
    }
    assert_int_equal(ttss_skip_space(text, pos, length), length);
    free(found.at);
    ttsslice_chunks_unref(chunks);
}

static void test_soup(void **state) {
    (void)state;
    static const char *const pieces[] = {
        " ",  " ",   " ",    "\n",   "\n\n", ".",        ".", "...", "!",    "?",  "\"",
        "“",  "”",   "(",    ")",    "[1]",  "1",        "2", "1.",  "2.",   "1)", "2)",
        "a.", "b.",  "i)",   "ii)",  "•",    "⁃",        "A", "Mr",  "zool", "I",  "The",
        "it", "p.m", "said", "Hale", "e.g",  "\xC2\xA0", "é", "Он",  "。",   "！", "《",
        "》", "好",  "…",    "»",    ":",    ";",        "—",
    };
    uint64_t seed = 5;
    for (int round = 0; round < 400; round++) {
        ttss_buf buf;
        ttss_buf_init(&buf, 1 << 16);
        size_t count = 1 + ttss_draw_below(&seed, round < 300 ? 20 : 300);
        for (size_t i = 0; i < count; i++)
            ttss_buf_add_text(&buf, pieces[ttss_draw_below(&seed, COUNT(pieces))]);
        /* Of its exact size, so that reading beyond it shows. */
        char *text = malloc(buf.length);
        assert_non_null(text);
        memcpy(text, buf.data, buf.length);
        check_text(text, buf.length);
        free(text);
        ttss_buf_free(&buf);
    }
}

/* A language that was not prepared knows of no word that it cannot be an abbreviation, so that each
 * full stop is judged at length; plain ends must be seen as that sees them. */
static void test_plain_ends(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "walked ", "the ",    "Hale ",         "she ",       "rd. ",  "end. ", "end.\" ", "St. ",
        "no. ",    "all. ",   "(so ",          "on) ",       "\"Go ", "“Go ",  "it.” ",   "ok! ",
        "where? ", "4. ",     "i. ",           "x. y. ",     "Mr. ",  "a.m. ", "it... ",  "The ",
        "'s. ",    ":-( so ", "well.\" \"No ", "dell'ing. ", "1. ",   "Er ",
    };
    uint64_t seed = 11;
    for (size_t i = 0; i < ttss_language_count * 40; i++) {
        const ttss_language *language = ttss_languages[i % ttss_language_count];
        ttss_language prepared = *language;
        ttss_buf buf;
        ttss_language_prepare(&prepared, NULL, 0);
        ttss_buf_init(&buf, 4096);
        for (int n = 0; n < 60; n++)
            ttss_buf_add_text(&buf, pieces[ttss_draw_below(&seed, COUNT(pieces))]);
        for (size_t start = 0; start < buf.length;) {
            size_t end = ttss_sentence_end(language, buf.data, start, buf.length, NULL);
            assert_int_equal(ttss_sentence_end(&prepared, buf.data, start, buf.length, NULL), end);
            start = ttss_skip_space(buf.data, end, buf.length);
        }
        ttss_buf_free(&buf);
    }
}

/* Megabytes of one thing take a moment only if each look around is bounded: the time limit of the
 * test is what tells. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const pieces[] = {".",    "a.",     "a",  "\"",  "(",     "1. ", "1) 2) ",
                                         "• ",   ". ",     "“",  "[1]", "! ",    "》",  "《！",
                                         "Mr. ", "”“",     " ",  "好",  "a\n",   "A ",  "U.S. ",
                                         "。",   "1. Go ", "é.", "?\n", "i) 1) "};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t n = strlen(pieces[i]), length = (1 << 20) / n * n;
        char *text = malloc(length);
        assert_non_null(text);
        for (size_t pos = 0; pos < length; pos += n)
            memcpy(text + pos, pieces[i], n);
        ttsslice_chunks *chunks = NULL;
        int32_t code = ttsslice_sentences(text, length, NULL, &chunks, NULL);
        assert_int_equal(code, pieces[i][0] == ' ' ? TTSSLICE_ERR_EMPTY : 0);
        ttsslice_chunks_unref(chunks);
        free(text);
    }
}

static int split_once(void *argument) {
    ttsslice_chunks *chunks = NULL;
    ttsslice_chunk_options options = options_of(NULL, "zool\nqty number\n");
    int32_t code = ttsslice_sentences(argument, TTSSLICE_NUL_TERMINATED, &options, &chunks, NULL);
    ttsslice_chunks_unref(chunks);
    return code;
}

static void test_memory(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 1 << 22);
    for (int i = 0; i < 20000; i++)
        ttss_buf_add_text(&buf, i % 10 ? "It was a long day. " : "He slept.\n\n");
    alloc_fail_at(-1);
    assert_int_equal(split_once(buf.data), 0);
    assert_true(alloc_count() < 40);
    buf.data[2000] = '\0';
    assert_survives_alloc_failure(split_once, buf.data);
    ttss_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_every_stop_is_found),
        cmocka_unit_test(test_prepared_language),
        cmocka_unit_test(test_script),
        cmocka_unit_test(test_abbreviations),
        cmocka_unit_test(test_bad_abbreviations),
        cmocka_unit_test(test_explain),
        cmocka_unit_test(test_explain_stops),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_soup),
        cmocka_unit_test(test_plain_ends),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("sentence", tests, NULL, NULL);
}
