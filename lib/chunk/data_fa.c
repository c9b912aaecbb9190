/* SPDX-License-Identifier: MIT */
/* Persian for the splitter; see language.h for what each table is for. No letter case. The
 * question mark is ؟; ؛ and ، are clause marks. Single letters with a full stop are
 * abbreviations ("ق.م.", "ص. 12"). */
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
    {"آ", ALWAYS, ANY}, {"ا", ALWAYS, ANY}, {"ب", ALWAYS, ANY}, {"ب.ظ", NAME, ANY},
    {"ت", NAME, ANY}, {"تلفن", NUMBER, ANY}, {"ج", NAME, ANY}, {"ح", ALWAYS, ANY},
    {"د", ALWAYS, ANY}, {"د.ا", NAME, ANY}, {"ذ", ALWAYS, ANY}, {"ر", ALWAYS, ANY},
    {"ر.ک", ALWAYS, ANY}, {"ره", NAME, ANY}, {"رک", ALWAYS, ANY}, {"ز", ALWAYS, ANY},
    {"س", NAME, ANY}, {"سم", NAME, ANY}, {"ش", NAME, ANY}, {"شماره", NUMBER, ANY}, {"ص", NAME, ANY},
    {"صص", NUMBER, ANY}, {"ع", ALWAYS, ANY}, {"غ", ALWAYS, ANY}, {"ف", ALWAYS, ANY},
    {"ق", NAME, ANY}, {"ق.ظ", NAME, ANY}, {"ق.م", NAME, ANY}, {"ل", ALWAYS, ANY}, {"م", NAME, ANY},
    {"ن", ALWAYS, ANY}, {"نک", ALWAYS, ANY}, {"ه.ش", NAME, ANY}, {"ه.ق", NAME, ANY},
    {"ه‍.ش", NAME, ANY}, {"ه‍.ق", NAME, ANY}, {"و.غ", NAME, ANY}, {"پ", ALWAYS, ANY},
    {"چ", ALWAYS, ANY}, {"ژ", ALWAYS, ANY}, {"ک", ALWAYS, ANY}, {"ک.ب", ALWAYS, ANY},
    {"کم", NAME, ANY}, {"گ", ALWAYS, ANY},
};

static const char *const numbered_headings[] = {
    "باب", "بخش", "جلد", "درس", "صحنه", "فصل", "قسمت", "ماده", "نامه", "پرده", "پیوست", "کتاب",
};

static const char *const plain_headings[] = {
    "خاتمه", "دیباچه", "سخن", "سرآغاز", "فهرست", "مقدمه", "نتیجه", "نتیجه‌گیری", "واژه‌نامه",
    "پایان", "پیشگفتار", "پیوست", "پیوست‌ها", "چکیده", "کتابنامه",
};

static const char *const number_words[] = {
    "اول", "ده", "دهم", "دو", "دوم", "سه", "سوم", "شش", "ششم", "نه", "نهم", "هشت", "هشتم", "هفت",
    "هفتم", "پنج", "پنجم", "چهار", "چهارم", "یک", "یکم",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_fa = {
    .code = "fa",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
