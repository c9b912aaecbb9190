/* SPDX-License-Identifier: MIT */
/* Marathi for the splitter; see language.h for what each table is for. No letter case. The full
 * stop is ".", with the danda in verse only, so abbreviations must be known: titles, and the
 * names of Latin letters ("एस. एम. जोशी") and Marathi initials of one syllable ("वि. स.
 * खांडेकर"). */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.k.a", NAME, ANY}, {"co", NAME, CAPITAL}, {"corp", NAME, CAPITAL}, {"dr", ALWAYS, CAPITAL},
    {"e.g", ALWAYS, ANY}, {"etc", NAME, ANY}, {"i.e", ALWAYS, ANY}, {"inc", NAME, CAPITAL},
    {"jr", NAME, CAPITAL}, {"ltd", NAME, CAPITAL}, {"mr", ALWAYS, CAPITAL},
    {"mrs", ALWAYS, CAPITAL}, {"ms", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY},
    {"prof", ALWAYS, CAPITAL}, {"sr", NAME, CAPITAL}, {"u.s", NAME, ANY}, {"vs", ALWAYS, ANY},
    {"अ", ALWAYS, ANY}, {"अ.क्र", NUMBER, ANY}, {"अॅड", ALWAYS, ANY}, {"अ‍ॅड", ALWAYS, ANY},
    {"आ", ALWAYS, ANY}, {"आई", ALWAYS, ANY}, {"आर", ALWAYS, ANY}, {"इ", NAME, ANY},
    {"इ.स", NAME, ANY}, {"इत्या", NAME, ANY}, {"ई", ALWAYS, ANY}, {"उ", ALWAYS, ANY},
    {"उदा", ALWAYS, ANY}, {"ऊ", ALWAYS, ANY}, {"ऋ", ALWAYS, ANY}, {"ए", ALWAYS, ANY},
    {"एक्स", ALWAYS, ANY}, {"एच", ALWAYS, ANY}, {"एन", ALWAYS, ANY}, {"एफ", ALWAYS, ANY},
    {"एम", ALWAYS, ANY}, {"एल", ALWAYS, ANY}, {"एस", ALWAYS, ANY}, {"ओ", ALWAYS, ANY},
    {"क", ALWAYS, ANY}, {"कं", NAME, ANY}, {"कर्न", ALWAYS, ANY}, {"कि.ग्रॅ", NAME, ANY},
    {"कि.मी", NAME, ANY}, {"कु", ALWAYS, ANY}, {"कृ", ALWAYS, ANY}, {"के", ALWAYS, ANY},
    {"कें", ALWAYS, ANY}, {"क्यू", ALWAYS, ANY}, {"क्र", NUMBER, ANY}, {"ख", ALWAYS, ANY},
    {"खं", NUMBER, ANY}, {"ग", ALWAYS, ANY}, {"गु", ALWAYS, ANY}, {"गो", ALWAYS, ANY},
    {"ग्रॅ", NAME, ANY}, {"घ", ALWAYS, ANY}, {"च", ALWAYS, ANY}, {"चि", ALWAYS, ANY},
    {"छ", ALWAYS, ANY}, {"ज", ALWAYS, ANY}, {"ज़ेड", ALWAYS, ANY}, {"जि", ALWAYS, ANY},
    {"जी", ALWAYS, ANY}, {"जे", ALWAYS, ANY}, {"जेड", ALWAYS, ANY}, {"ज्ञा", ALWAYS, ANY},
    {"झ", ALWAYS, ANY}, {"ट", ALWAYS, ANY}, {"टी", ALWAYS, ANY}, {"ठ", ALWAYS, ANY},
    {"ड", ALWAYS, ANY}, {"डब्ल्यू", ALWAYS, ANY}, {"डाॅ", ALWAYS, ANY}, {"डी", ALWAYS, ANY},
    {"डॉ", ALWAYS, ANY}, {"ढ", ALWAYS, ANY}, {"ण", ALWAYS, ANY}, {"त", ALWAYS, ANY},
    {"ता.क", NAME, ANY}, {"त्र्यं", ALWAYS, ANY}, {"थ", ALWAYS, ANY}, {"द", ALWAYS, ANY},
    {"द.मा", ALWAYS, ANY}, {"दू", NUMBER, ANY}, {"ध", ALWAYS, ANY}, {"धों", ALWAYS, ANY},
    {"न", ALWAYS, ANY}, {"नं", NUMBER, ANY}, {"न्या", ALWAYS, ANY}, {"प", ALWAYS, ANY},
    {"पं", ALWAYS, ANY}, {"पां", ALWAYS, ANY}, {"पी", ALWAYS, ANY}, {"पु", ALWAYS, ANY},
    {"पृ", NUMBER, ANY}, {"प्रा", ALWAYS, ANY}, {"प्रा.लि", NAME, ANY}, {"फ", ALWAYS, ANY},
    {"फो", NUMBER, ANY}, {"ब", ALWAYS, ANY}, {"बी", ALWAYS, ANY}, {"ब्रि", ALWAYS, ANY},
    {"भ", ALWAYS, ANY}, {"म", ALWAYS, ANY}, {"मि.मी", NAME, ANY}, {"मी", NAME, ANY},
    {"य", ALWAYS, ANY}, {"यु", ALWAYS, ANY}, {"यू", ALWAYS, ANY}, {"र", ALWAYS, ANY},
    {"रा.रा", ALWAYS, ANY}, {"रु", NAME, ANY}, {"ल", ALWAYS, ANY}, {"ल.ना", ALWAYS, ANY},
    {"लि", NAME, ANY}, {"ले", ALWAYS, ANY}, {"लो", ALWAYS, ANY}, {"ळ", ALWAYS, ANY},
    {"व", ALWAYS, ANY}, {"वा", ALWAYS, ANY}, {"वाई", ALWAYS, ANY}, {"वि", ALWAYS, ANY},
    {"वि.सू", NAME, ANY}, {"वी", ALWAYS, ANY}, {"व्यं", ALWAYS, ANY}, {"श", ALWAYS, ANY},
    {"शं", ALWAYS, ANY}, {"शा", ALWAYS, ANY}, {"शि", ALWAYS, ANY}, {"श्री", ALWAYS, ANY},
    {"श्रीम", ALWAYS, ANY}, {"ष", ALWAYS, ANY}, {"स", ALWAYS, ANY}, {"सं", NUMBER, ANY},
    {"संपा", NAME, ANY}, {"सी", ALWAYS, ANY}, {"सें.मी", NAME, ANY}, {"सौ", ALWAYS, ANY},
    {"स्व", ALWAYS, ANY}, {"ह", ALWAYS, ANY}, {"ह.भ.प", ALWAYS, ANY}, {"ॲड", ALWAYS, ANY},
};

static const char *const numbered_headings[] = {
    "अंक", "अध्याय", "खंड", "धडा", "पत्र", "परिशिष्ट", "पाठ", "प्रकरण", "प्रवेश", "भाग", "सर्ग",
};

static const char *const plain_headings[] = {
    "अनुक्रमणिका", "उपसंहार", "ऋणनिर्देश", "निष्कर्ष", "परिचय", "परिशिष्ट", "प्रस्तावना", "भूमिका",
    "मनोगत", "समारोप", "सारांश",
};

static const char *const number_words[] = {
    "आठ", "एक", "चार", "चौथा", "चौथे", "तिसरा", "तिसरे", "तीन", "दहा", "दुसरा", "दुसरे", "दोन",
    "नऊ", "पहिला", "पहिले", "पाच", "पाचवा", "पाचवे", "सहा", "सात",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_mr = {
    .code = "mr",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
