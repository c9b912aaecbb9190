/* SPDX-License-Identifier: MIT */
/* Burmese for the splitter; see language.h for what each table is for. No letter case and few
 * spaces. Sentences end with ။ (U+104B), which needs no space behind it; ၊ is a comma. "." is
 * used in numbers and Latin words alone. */
#include "chunk/language.h"

/* clang-format off */
static const char *const plain_headings[] = {
    "ကျေးဇူးတင်လွှာ", "နိဂုံး", "နိဒါန်း", "နောက်ဆက်တွဲ", "မာတိကာ", "အမှာစာ",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_my = {
    .code = "my",
    .plain_headings = LIST(plain_headings),
};
