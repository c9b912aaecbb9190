/* SPDX-License-Identifier: MIT */
/* Urdu for the splitter; see language.h for what each table is for. No letter case. The full
 * stop is ۔ (U+06D4), the question mark ؟. "." is used in Latin words alone. */
#include "chunk/language.h"

/* clang-format off */
static const char *const numbered_headings[] = {
    "ایکٹ", "باب", "جلد", "حصہ", "خط", "سبق", "ضمیمہ", "فصل", "قسط", "منظر",
};

static const char *const plain_headings[] = {
    "اختتام", "اختتامیہ", "انتساب", "تعارف", "تمہید", "حواشی", "خلاصہ", "دیباچہ", "ضمیمہ", "فہرست",
    "مقدمہ", "پیش‌لفظ",
};

static const char *const number_words[] = {
    "آٹھ", "ایک", "تیسرا", "تیسری", "تین", "دس", "دو", "دوسرا", "دوسری", "سات", "نو", "پانچ",
    "پانچواں", "پانچویں", "پہلا", "پہلی", "چار", "چوتھا", "چوتھی", "چھ",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ur = {
    .code = "ur",
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
