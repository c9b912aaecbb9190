/* SPDX-License-Identifier: MIT */
/* Armenian for the splitter; see language.h for what each table is for. The full stop is "։"
 * (U+0589), often typed as ":"; the question mark ՞ and the exclamation mark ՜ stand inside the
 * word and end nothing. "." is a weaker stop, like a colon, and "՝" and "`" are commas.
 * Quotations are «...». */
#include "chunk/language.h"

/* clang-format off */
static const char *const numbered_headings[] = {
    "գիրք", "գլուխ", "գործողություն", "դաս", "հավելված", "հատված", "հոդված", "մաս", "տեսարան",
};

static const char *const plain_headings[] = {
    "առաջաբան", "բովանդակություն", "եզրակացություն", "ծանոթագրություններ", "հավելված", "նախաբան",
    "նախերգանք", "ներածություն", "վերջաբան", "վերջերգ",
};

static const char *const number_words[] = {
    "առաջին", "երեք", "երկու", "երկրորդ", "երրորդ", "ինը", "իններորդ", "հինգ", "հինգերորդ", "մեկ",
    "յոթ", "յոթերորդ", "ութ", "ութերորդ", "չորս", "չորրորդ", "վեց", "վեցերորդ", "տասը", "տասներորդ",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_hy = {
    .code = "hy",
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_PERIOD_IS_CLAUSE,
    .extra_stop_count = 1,
    .extra_stops = {{0x3A, TTSS_STOP_STRONG}},
};
