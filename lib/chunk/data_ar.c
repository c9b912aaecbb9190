/* SPDX-License-Identifier: MIT */
/* Arabic for the splitter; see language.h for what each table is for. No letter case, so behind
 * a full stop with white space a sentence ends unless an abbreviation stands before it: a single
 * letter ("د. أحمد", "ص. 5") or two. The question mark is ؟; ؛ and ، are clause marks. Names of
 * months may be abbreviated. */
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
    {"أ", ALWAYS, ANY}, {"أ.د", ALWAYS, ANY}, {"أ.م", ALWAYS, ANY}, {"أ.م.د", ALWAYS, ANY},
    {"إلخ", NAME, ANY}, {"ا", ALWAYS, ANY}, {"ا.د", ALWAYS, ANY}, {"الخ", NAME, ANY},
    {"ب", ALWAYS, ANY}, {"ب.م", NAME, ANY}, {"ت", NAME, ANY}, {"ت.ت", NAME, ANY},
    {"تحويلة", NUMBER, ANY}, {"ج", NAME, ANY}, {"د", ALWAYS, ANY}, {"د.ت", ALWAYS, ANY},
    {"د.م", ALWAYS, ANY}, {"ذ", ALWAYS, ANY}, {"ذ.م.م", NAME, ANY}, {"ر", ALWAYS, ANY},
    {"رقم", NUMBER, ANY}, {"س", NAME, ANY}, {"سم", NAME, ANY}, {"ش", ALWAYS, ANY},
    {"ش.م", NAME, ANY}, {"ش.م.ل", NAME, ANY}, {"ش.م.م", NAME, ANY}, {"ص", NAME, ANY},
    {"ص.ب", NAME, ANY}, {"ص.ص", NUMBER, ANY}, {"صص", NUMBER, ANY}, {"ض", ALWAYS, ANY},
    {"ط", NAME, ANY}, {"ظ", ALWAYS, ANY}, {"ع", NAME, ANY}, {"غ", ALWAYS, ANY}, {"ف", NAME, ANY},
    {"ق", ALWAYS, ANY}, {"ق.م", NAME, ANY}, {"ق.ه", NAME, ANY}, {"ك", ALWAYS, ANY},
    {"كغ", NAME, ANY}, {"كلم", NAME, ANY}, {"كم", NAME, ANY}, {"ل", ALWAYS, ANY},
    {"ل.م", ALWAYS, ANY}, {"م", NAME, ANY}, {"م.ر", ALWAYS, ANY}, {"م.م", ALWAYS, ANY},
    {"م.ه", NAME, ANY}, {"مج", NUMBER, ANY}, {"مم", NAME, ANY}, {"ن", ALWAYS, ANY},
    {"ه", ALWAYS, ANY}, {"هاتف", NUMBER, ANY}, {"هـ", NAME, ANY}, {"و.م.أ", NAME, ANY},
    {"ي", ALWAYS, ANY},
};

static const char *const numbered_headings[] = {
    "الباب", "الجزء", "الحلقة", "الدرس", "الفصل", "الفقرة", "القسم", "الكتاب", "المادة", "المشهد",
    "الملحق",
};

static const char *const plain_headings[] = {
    "إهداء", "الخاتمة", "الخلاصة", "الفهرس", "المحتويات", "المراجع", "المقدمة", "الملاحق", "الملخص",
    "تقديم", "تمهيد", "خاتمة", "ختام", "شكر", "فهرس", "مقدمة", "ملاحق", "ملحق",
};

static const char *const number_words[] = {
    "الأول", "الأولى", "التاسع", "التاسعة", "الثالث", "الثالثة", "الثامن", "الثامنة", "الثاني",
    "الثانية", "الخامس", "الخامسة", "الرابع", "الرابعة", "السابع", "السابعة", "السادس", "السادسة",
    "العاشر", "العاشرة",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ar = {
    .code = "ar",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
