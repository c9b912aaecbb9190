/* SPDX-License-Identifier: MIT */
/* Hindi for the splitter; see language.h for what each table is for. No letter case. The full
 * stop is the danda (।), which needs no space behind it; "." stands behind abbreviations, often
 * the names of Latin letters ("एम. के. गांधी"), but is typed for the danda, too. */
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
    {"अ", NAME, ANY}, {"अनु", NUMBER, ANY}, {"आई", ALWAYS, ANY}, {"आर", ALWAYS, ANY},
    {"इ", ALWAYS, ANY}, {"इत्या", NAME, ANY}, {"ई", NAME, ANY}, {"ई.पू", NAME, ANY},
    {"उ", ALWAYS, ANY}, {"उदा", ALWAYS, ANY}, {"ए", ALWAYS, ANY}, {"एक्स", ALWAYS, ANY},
    {"एच", ALWAYS, ANY}, {"एन", ALWAYS, ANY}, {"एफ", ALWAYS, ANY}, {"एम", ALWAYS, ANY},
    {"एल", ALWAYS, ANY}, {"एस", ALWAYS, ANY}, {"ओ", ALWAYS, ANY}, {"क", ALWAYS, ANY},
    {"कर्न", ALWAYS, ANY}, {"कि.ग्रा", NAME, ANY}, {"कि.मी", NAME, ANY}, {"कु", ALWAYS, ANY},
    {"कुं", ALWAYS, ANY}, {"के", ALWAYS, ANY}, {"क्यू", ALWAYS, ANY}, {"क्र", NUMBER, ANY},
    {"ख", ALWAYS, ANY}, {"खं", NUMBER, ANY}, {"ग", ALWAYS, ANY}, {"ग्रा", NAME, ANY},
    {"घ", ALWAYS, ANY}, {"च", ALWAYS, ANY}, {"चौ", ALWAYS, ANY}, {"छ", ALWAYS, ANY},
    {"ज", ALWAYS, ANY}, {"ज.ने", ALWAYS, ANY}, {"ज़ेड", ALWAYS, ANY}, {"जी", ALWAYS, ANY},
    {"जे", ALWAYS, ANY}, {"जेड", ALWAYS, ANY}, {"झ", ALWAYS, ANY}, {"ट", ALWAYS, ANY},
    {"टी", ALWAYS, ANY}, {"ठ", ALWAYS, ANY}, {"ठा", ALWAYS, ANY}, {"ड", ALWAYS, ANY},
    {"डब्ल्यू", ALWAYS, ANY}, {"डा", ALWAYS, ANY}, {"डी", ALWAYS, ANY}, {"डॉ", ALWAYS, ANY},
    {"ढ", ALWAYS, ANY}, {"त", ALWAYS, ANY}, {"थ", ALWAYS, ANY}, {"द", ALWAYS, ANY},
    {"दूर", NUMBER, ANY}, {"ध", ALWAYS, ANY}, {"धा", NUMBER, ANY}, {"नं", NUMBER, ANY},
    {"प", ALWAYS, ANY}, {"पं", ALWAYS, ANY}, {"पी", ALWAYS, ANY}, {"पृ", NUMBER, ANY},
    {"प्रति", NAME, ANY}, {"प्रा", ALWAYS, ANY}, {"प्रा.लि", NAME, ANY}, {"प्रो", ALWAYS, ANY},
    {"फ", ALWAYS, ANY}, {"फो", NUMBER, ANY}, {"ब", ALWAYS, ANY}, {"बी", ALWAYS, ANY},
    {"ब्रिगे", ALWAYS, ANY}, {"भ", ALWAYS, ANY}, {"म", ALWAYS, ANY}, {"मि", ALWAYS, ANY},
    {"मि.मी", NAME, ANY}, {"मी", NAME, ANY}, {"मौ", ALWAYS, ANY}, {"य", ALWAYS, ANY},
    {"यू", ALWAYS, ANY}, {"र", ALWAYS, ANY}, {"रु", NAME, ANY}, {"ल", ALWAYS, ANY},
    {"लि", NAME, ANY}, {"लेफ्टि", ALWAYS, ANY}, {"व", ALWAYS, ANY}, {"वाई", ALWAYS, ANY},
    {"वि.सं", NAME, ANY}, {"वी", ALWAYS, ANY}, {"श", ALWAYS, ANY}, {"शक", NAME, ANY},
    {"श्री", ALWAYS, ANY}, {"श्रीम", ALWAYS, ANY}, {"ष", ALWAYS, ANY}, {"स", ALWAYS, ANY},
    {"सन्", NUMBER, ANY}, {"सी", ALWAYS, ANY}, {"सु.श्री", ALWAYS, ANY}, {"से.मी", NAME, ANY},
    {"सेंट", ALWAYS, ANY}, {"स्व", ALWAYS, ANY}, {"ह", ALWAYS, ANY}, {"हि", NAME, ANY},
};

static const char *const numbered_headings[] = {
    "अंक", "अध्याय", "अनुच्छेद", "खंड", "खण्ड", "दृश्य", "पत्र", "परिच्छेद", "परिशिष्ट", "पाठ",
    "प्रकरण", "भाग", "सर्ग",
};

static const char *const plain_headings[] = {
    "अनुक्रमणिका", "आभार", "आमुख", "उपसंहार", "निष्कर्ष", "परिचय", "परिशिष्ट", "प्रस्तावना",
    "प्राक्कथन", "भूमिका", "विषय-सूची", "समर्पण", "सारांश",
};

static const char *const number_words[] = {
    "आठ", "एक", "चार", "चौथा", "चौथी", "छः", "छह", "तीन", "तीसरा", "तीसरी", "दस", "दूसरा", "दूसरी",
    "दो", "नौ", "पहला", "पहली", "पहले", "पाँच", "पाँचवाँ", "पांच", "सात",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_hi = {
    .code = "hi",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
