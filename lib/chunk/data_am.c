/* SPDX-License-Identifier: MIT */
/* Amharic for the splitter; see language.h for what each table is for. No letter case. The full
 * stop is ። (U+1362), ፧ a question mark; ፡ separates words. Titles and many nouns are
 * abbreviated with a slash or a full stop ("ዶ/ር", "ዓ.ም."). */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY TTSS_CASE_ANY

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"ሃ.ማ", NAME, ANY}, {"ሌ.ኮ", ALWAYS, ANY}, {"መ.ቶ", ALWAYS, ANY}, {"ሜ", NAME, ANY},
    {"ም.ሻ", ALWAYS, ANY}, {"ሳ.ሜ", NAME, ANY}, {"ሻ.ል", ALWAYS, ANY}, {"ቁ", NAME, ANY},
    {"ት.ቤት", ALWAYS, ANY}, {"ኃ.የተ", NAME, ANY}, {"አን", NUMBER, ANY}, {"ኢ.ዜ", ALWAYS, ANY},
    {"ኪ.ሜ", NAME, ANY}, {"ኪ.ግ", NAME, ANY}, {"ኮ.ል", ALWAYS, ANY}, {"ወ.ሪት", ALWAYS, ANY},
    {"ወ.ሮ", ALWAYS, ANY}, {"ወ.ዘ.ተ", NAME, ANY}, {"ዓ.ም", NAME, ANY}, {"ዓ.ዓ", NAME, ANY},
    {"ዶ.ር", ALWAYS, ANY}, {"ገ", NAME, ANY}, {"ገጽ", NUMBER, ANY}, {"ፕሮፌ", ALWAYS, ANY},
};

static const char *const numbered_headings[] = {
    "መጽሐፍ", "ምዕራፍ", "ትምህርት", "ትዕይንት", "አንቀጽ", "ክፍል", "ድርጊት",
};

static const char *const plain_headings[] = {
    "መቅድም", "መደምደሚያ", "መግቢያ", "ማስታወሻ", "ማውጫ", "ማጠቃለያ", "ምስጋና", "አባሪ",
};

static const char *const number_words[] = {
    "ሁለተኛ", "ሁለት", "ሦስተኛ", "ሦስት", "ሰባት", "ስምንት", "ስድስት", "ሶስት", "አምስት", "አሥር", "አራት", "አስር", "አንደኛ",
    "አንድ", "ዘጠኝ",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_am = {
    .code = "am",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
