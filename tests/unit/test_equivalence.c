/* SPDX-License-Identifier: MIT */
/* What may be said for a figure, and what is lacking when part of it is not said: a sign, a unit or
 * a currency counts as the word it is, like any other word of the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/ttsslice.h>

#include "skip.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct saying {
    const char *text, *heard;
    int lost; /* words of the text that are lacking */
} saying;

static ttsslice_verdict *judge(const char *language, const char *text, const char *heard) {
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    options.language = language;
    if (ttsslice_transcript_new(heard, NULL, NULL, NULL, NULL, 0, &transcript, &err) ||
        ttsslice_validate(text, TTSSLICE_NUL_TERMINATED, transcript, NULL, &options, &verdict,
                          &err))
        fail_msg("%s", err.message);
    ttsslice_transcript_unref(transcript);
    return verdict;
}

static void assert_sayings(const char *language, const saying *table, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        ttsslice_verdict *verdict = judge(language, table[i].text, table[i].heard);
        const ttsslice_verdict_info *info = ttsslice_verdict_get(verdict);
        int64_t lost = info->deletions + info->substitutions;
        size_t defects = ttsslice_verdict_defect_count(verdict);
        if (lost != table[i].lost || info->insertions || (table[i].lost > 0) != (defects > 0) ||
            (table[i].lost > 0) == (info->score == 100.0)) {
            wrong++;
            print_error("%s \"%s\" heard as \"%s\": %d lacking, not %d; %d too many, %d defects\n",
                        language, table[i].text, table[i].heard, (int)lost, table[i].lost,
                        (int)info->insertions, (int)defects);
        }
        ttsslice_verdict_unref(verdict);
    }
    assert_int_equal(wrong, 0);
}

static void test_english(void **state) {
    (void)state;
    static const saying table[] = {
        {"at -12 today", "at minus twelve today", 0},
        {"all 1,500 of them", "all fifteen hundred of them", 0},
        {"all 2,000 of them", "all two thousand of them", 0},
        {"at 10:15 sharp", "at a quarter past ten sharp", 0},
        {"at 10:30pm sharp", "at half past ten p m sharp", 0},
        {"at 12:45 sharp", "at quarter to one sharp", 0},
        {"at 15:00 sharp", "at three p m sharp", 0},
        {"at 15:20 sharp", "at three twenty sharp", 0},
        {"at -12 today", "at negative twelve today", 0},
        {"at -12 today", "at twelve today", 1},
        {"at \u221212 today", "at twelve today", 1},
        {"at (-12) today", "at twelve today", 1},
        {"at \"-12\" today", "at minus twelve today", 0},
        {"at \u201312 today", "at minus twelve today", 0},
        {"at +3 today", "at plus three today", 0},
        {"at +3 today", "at three today", 1},
        {"at \u00b13 today", "at plus or minus three today", 0},
        {"at \u00b13 today", "at three today", 2},
        {"in #5 again", "in number five again", 0},
        {"in #5 again", "in hashtag five again", 0},
        {"in #5 again", "in five again", 1},
        {"cut 12% off", "cut twelve percent off", 0},
        {"cut 12% off", "cut twelve per cent off", 0},
        {"cut 12 % off", "cut 12 percent off", 0},
        {"cut 101% off", "cut a hundred and one percent off", 0},
        {"cut 12% off", "cut twelve off", 1},
        {"cut 12 % off", "cut 12 off", 1},
        {"cut 2.5% off", "cut two point five off", 1},
        {"cut -12% off", "cut twelve percent off", 1},
        {"cut -12% off", "cut twelve off", 2},
        {"cut 5\u2030 off", "cut five per mille off", 0},
        {"cut 5\u2030 off", "cut five off", 2},
        {"cut 10-20% off", "cut ten to twenty percent off", 0},
        {"cut 10%-20% off", "cut ten to twenty percent off", 0},
        {"cut 10% to 20% off", "cut ten to twenty percent off", 0},
        {"cut 10%-20% off", "cut ten percent to twenty percent off", 0},
        {"cut 10%-20% off", "cut ten to twenty off", 1},
        {"it cost $5 then", "it cost five dollars then", 0},
        {"it cost $5 then", "it cost 5 dollars then", 0},
        {"it cost $5 then", "it cost $5 then", 0},
        {"it cost $5 then", "it cost five then", 1},
        {"it cost $5 then", "it cost five bucks then", 1},
        {"it cost $1 then", "it cost one dollar then", 0},
        {"it cost $1 then", "it cost a dollar then", 0},
        {"it cost $1 then", "it cost one then", 1},
        {"it cost $3.50 then", "it cost three fifty then", 0},
        {"it cost $3.50 then", "it cost three dollars and fifty cents then", 0},
        {"it cost $1,000 then", "it cost a thousand then", 1},
        {"it cost $5 million then", "it cost five million then", 1},
        {"a $5 million house", "a five million dollar house", 0},
        {"a $3.5 million house", "a three point five million dollar house", 0},
        {"a $5k house", "a five thousand dollar house", 0},
        {"it cost $5-$10 then", "it cost five to ten dollars then", 0},
        {"it cost $5-$10 then", "it cost five dollars to ten dollars then", 0},
        {"it cost $5 to $10 then", "it cost five to ten dollars then", 0},
        {"it cost $5-10 then", "it cost five to ten dollars then", 0},
        {"it cost $5\u201310 million then", "it cost five to ten million dollars then", 0},
        {"it cost $5-10 then", "it cost five to ten then", 1},
        {"it cost $5-$10 then", "it cost five to ten then", 1},
        {"it cost -$5 then", "it cost minus five dollars then", 0},
        {"it cost -$5 then", "it cost five dollars then", 1},
        {"it cost \u20ac5 then", "it cost five euros then", 0},
        {"it cost \u20ac5 then", "it cost five then", 1},
        {"it cost 5 \u20ac then", "it cost five euros then", 0},
        {"it cost 5 \u20ac then", "it cost five then", 1},
        {"it cost -5 \u20ac then", "it cost five euros then", 1},
        {"it cost \u00a35 then", "it cost five pounds then", 0},
        {"it cost \u00a33.50 then", "it cost three point five zero then", 1},
        {"it cost \u20a95 then", "it cost five won then", 0},
        {"it cost \u20a95 then", "it cost five then", 1},
        {"it cost 50\u00a2 then", "it cost fifty then", 1},
        {"it was 20\u00b0C then", "it was twenty degrees celsius then", 0},
        {"it was 20\u00b0C then", "it was twenty degrees then", 0},
        {"it was 20\u00b0C then", "it was twenty then", 1},
        {"it was 90\u00b0 then", "it was ninety then", 1},
        {"it was -5\u00b0C then", "it was five degrees then", 1},
        {"a 5 km walk", "a five kilometer walk", 0},
        {"a 5 km walk", "a five kilometres walk", 0},
        {"a 5 km walk", "a five k m walk", 0},
        {"a 5 km walk", "a five walk", 1},
        {"a 5km walk", "a five walk", 1},
        {"at 5 km/h here", "at five kilometers per hour here", 0},
        {"at 5 km/h here", "at five here", 3},
        {"at 60 mph here", "at sixty miles per hour here", 0},
        {"at 60 mph here", "at sixty here", 1},
        {"of 5 kg each", "of five kilos each", 0},
        {"of 5 kg each", "of five each", 1},
        {"at 3:30 here", "at three thirty here", 0},
        {"at 3:30 here", "at three here", 1},
        {"at 7:00 here", "at seven here", 0},
        {"at 00:30 here", "at zero thirty here", 0},
        {"at 00:30 here", "at thirty here", 1},
        {"at 3:30 p.m. here", "at three thirty here", 1},
        {"at 6'2\" tall", "at six two tall", 0},
        {"on 2021-05-06 here", "on the sixth of may twenty twenty one here", 0},
        {"on 2021-05-06 here", "on may sixth here", 3},
        {"on March 3, 1999 here", "on march third nineteen ninety nine here", 0},
        {"on March 3, 1999 here", "on march third here", 3},
        {"on March 3 here", "on march here", 1},
        {"call 555-1234 now", "call five five five one two three four now", 0},
        {"read pages 10-20 now", "read pages ten to twenty now", 0},
    };
    assert_sayings("en", table, COUNT(table));
}

static void test_german(void **state) {
    (void)state;
    static const saying table[] = {
        {"bei -12 Grad", "bei minus zw\u00f6lf grad", 0},
        {"bei -12 Grad", "bei zw\u00f6lf grad", 1},
        {"bei +12 Grad", "bei plus zw\u00f6lf grad", 0},
        {"bei +12 Grad", "bei zw\u00f6lf grad", 1},
        {"bei \u20135 \u00b0C hier", "bei minus f\u00fcnf grad hier", 0},
        {"bei -5 \u00b0C hier", "bei minus f\u00fcnf grad hier", 0},
        {"bei -5 \u00b0C hier", "bei f\u00fcnf grad celsius hier", 1},
        {"um 12 % mehr", "um zw\u00f6lf prozent mehr", 0},
        {"um 12 % mehr", "um zw\u00f6lf mehr", 1},
        {"um 2,5 % mehr", "um zwei komma f\u00fcnf mehr", 1},
        {"mit 0,5 \u2030 fahren", "mit null komma f\u00fcnf promille fahren", 0},
        {"mit 0,5 \u2030 fahren", "mit null komma f\u00fcnf fahren", 1},
        {"kostet 5 \u20ac im Laden", "kostet f\u00fcnf euro im laden", 0},
        {"kostet 5 \u20ac im Laden", "kostet f\u00fcnf im laden", 1},
        {"kostet \u20ac 5 im Laden", "kostet f\u00fcnf euro im laden", 0},
        {"kostet \u20ac5 im Laden", "kostet f\u00fcnf im laden", 1},
        {"kostet $5 im Laden", "kostet f\u00fcnf dollar im laden", 0},
        {"kostet $5 im Laden", "kostet f\u00fcnf im laden", 1},
        {"kostet 3,50 \u20ac im Laden", "kostet drei euro f\u00fcnfzig im laden", 0},
        {"kostet \u20ac 3,50 im Laden", "kostet drei euro f\u00fcnfzig im laden", 0},
        {"noch 5 km weit", "noch f\u00fcnf kilometer weit", 0},
        {"noch 5 km weit", "noch f\u00fcnf weit", 1},
        {"mit 25 km/h fahren", "mit f\u00fcnfundzwanzig fahren", 1},
        {"um 15:30 Uhr hier", "um halb vier hier", 0},
        {"um 15:30 Uhr hier", "um f\u00fcnfzehn uhr hier", 1},
        {"am 3. Mai 1999 hier", "am dritten mai hier", 1},
    };
    assert_sayings("de", table, COUNT(table));
}

/* By ICU, where the build has it. */
static void test_other_languages(void **state) {
    (void)state;
    static const saying french[] = {
        {"il fait -12 dehors", "il fait moins douze dehors", 0},
        {"il fait -12 dehors", "il fait douze dehors", 1},
        {"il fait +12 dehors", "il fait douze dehors", 1},
        {"il fait -5 \u00b0C dehors", "il fait moins cinq degr\u00e9s celsius dehors", 0},
        {"il fait 5 \u00b0C dehors", "il fait cinq dehors", 1},
        {"pour 12 % des gens", "pour douze pour cent des gens", 0},
        {"pour 12 % des gens", "pour 12 % des gens", 0},
        {"pour 12\u00a0% des gens", "pour douze des gens", 1},
        {"pour 2,5 % des gens", "pour deux virgule cinq des gens", 1},
        {"avec 5 \u20ac ici", "avec cinq euros ici", 0},
        {"avec 5 \u20ac ici", "avec cinq ici", 1},
        {"avec 1 \u20ac ici", "avec un euro ici", 0},
        {"avec 5 $ ici", "avec cinq dollars ici", 0},
        {"avec $5 ici", "avec cinq ici", 1},
        {"apr\u00e8s 5 km encore", "apr\u00e8s cinq kilom\u00e8tres encore", 0},
        {"apr\u00e8s 5 km encore", "apr\u00e8s cinq km encore", 0},
        {"apr\u00e8s 5 km encore", "apr\u00e8s cinq encore", 1},
        {"5 maisons", "cinq maisons", 0},
    };
    static const saying spanish[] = {
        {"hace -12 fuera", "hace menos doce fuera", 0},
        {"hace -12 fuera", "hace doce fuera", 1},
        {"el 12 % de todo", "el doce por ciento de todo", 0},
        {"el 12 % de todo", "el doce de todo", 2},
        {"son \u20ac5 por d\u00eda", "son cinco euros por d\u00eda", 0},
        {"son \u20ac5 por d\u00eda", "son cinco por d\u00eda", 1},
    };
    static const saying danish[] = {
        {"kun 12 % af dem", "kun tolv procent af dem", 0},
        {"kun 12 % af dem", "kun tolv af dem", 1},
    };
    static const saying polish[] = {
        {"tylko 5 km dalej", "tylko pi\u0119\u0107 kilometr\u00f3w dalej", 0},
        {"tylko 2 km dalej", "tylko dwa kilometry dalej", 0},
        {"tylko 2 km dalej", "tylko dwa dalej", 1},
    };
    static const saying turkish[] = {
        {"ya da %5 veya 5 % olur", "ya da %5 veya y\u00fczde be\u015f olur", 0},
        {"ya da 5 % olur", "ya da be\u015f olur", 1},
    };
    static const saying chinese[] = {
        {"\u6c14\u6e29-5\u5ea6", "\u6c14\u6e29\u8d1f\u4e94\u5ea6", 0},
        {"\u6c14\u6e29-5\u5ea6", "\u6c14\u6e29\u4e94\u5ea6", 1},
        {"\u670912%\u4eba", "\u6709\u767e\u5206\u4e4b\u5341\u4e8c\u4eba", 0},
        {"\u670912%\u4eba", "\u6709\u5341\u4e8c\u4eba", 3},
        {"\u75285\u20ac\u4e70", "\u7528\u4e94\u6b27\u5143\u4e70", 0},
        {"\u75285\u20ac\u4e70", "\u7528\u4e94\u4e70", 2},
    };
    if (!ttsslice_feature_supported("icu"))
        skip_because("this build has no ICU");
    assert_sayings("fr", french, COUNT(french));
    assert_sayings("es", spanish, COUNT(spanish));
    assert_sayings("da", danish, COUNT(danish));
    assert_sayings("pl", polish, COUNT(polish));
    assert_sayings("tr", turkish, COUNT(turkish));
    assert_sayings("zh", chinese, COUNT(chinese));
}

static void test_tags(void **state) {
    (void)state;
    static const saying english[] = {{"for $5, um, in colour", "for five dollars in color", 0}};
    static const saying german[] = {{"um 12 % mehr", "\u00e4hm um zw\u00f6lf prozent mehr", 0}};
    static const saying french[] = {{"avec 5 \u20ac ici", "avec cinq euros ici", 0}};
    static const char *const tags[][3] = {{"en-GB", "de-AT", "fr-CA"},
                                          {"EN", "DE", "FR"},
                                          {"en_US.UTF-8", "de_AT@euro", "fr_FR.UTF-8"},
                                          {"En-Latn-us", "de.UTF-8", "Fr"}};
    for (size_t i = 0; i < COUNT(tags); i++) {
        assert_sayings(tags[i][0], english, 1);
        assert_sayings(tags[i][1], german, 1);
        if (ttsslice_feature_supported("icu"))
            assert_sayings(tags[i][2], french, 1);
        assert_int_equal(ttsslice_language_supported(tags[i][2]), 1);
    }
    assert_int_equal(ttsslice_language_supported("english"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_german),
        cmocka_unit_test(test_other_languages),
        cmocka_unit_test(test_tags),
    };
    return cmocka_run_group_tests_name("equivalence", tests, NULL, NULL);
}
