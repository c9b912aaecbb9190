/* SPDX-License-Identifier: MIT */
/* Chinese for the splitter; see language.h for what each table is for. No spaces between words
 * and no letter case: 。！？ end a sentence by themselves, and a closing quotation mark or bracket
 * behind them belongs to it. A title in 《》 may hold such a mark and goes on. “……” ends nothing
 * by itself. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY TTSS_CASE_ANY

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY}, {"cf", ALWAYS, ANY}, {"co", NAME, ANY},
    {"corp", NAME, ANY}, {"dr", ALWAYS, ANY}, {"e.g", ALWAYS, ANY}, {"et.al", NAME, ANY},
    {"etc", NAME, ANY}, {"fig", NUMBER, ANY}, {"i.e", ALWAYS, ANY}, {"inc", NAME, ANY},
    {"jr", NAME, ANY}, {"ltd", NAME, ANY}, {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY},
    {"ms", ALWAYS, ANY}, {"no", NUMBER, ANY}, {"nos", NUMBER, ANY}, {"p.m", NAME, ANY},
    {"ph.d", NAME, ANY}, {"pp", NUMBER, ANY}, {"prof", ALWAYS, ANY}, {"sr", NAME, ANY},
    {"st", ALWAYS, ANY}, {"u.s", NAME, ANY}, {"ver", NUMBER, ANY}, {"vol", NUMBER, ANY},
    {"vs", ALWAYS, ANY},
};

static const char *const quote_continues[] = {
    "与", "之", "及", "和", "或", "的", "與",
};

/* Without U+9053 alone, which also ends "know". */
static const char *const speech_verbs[] = {
    "叫道", "問", "問道", "喊", "喊道", "嚷", "笑道", "答", "答道", "說", "說道", "说", "说道", "问", "问道",
};

static const char *const plain_headings[] = {
    "前言", "参考文献", "參考文獻", "后记", "尾声", "尾聲", "序", "序章", "序言", "引子", "引言", "後記", "总结", "摘要", "楔子",
    "献词", "目录", "目錄", "結語", "結論", "總結", "终章", "结论", "结语", "自序", "致謝", "致谢", "跋", "附录", "附錄",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_zh = {
    .code = "zh",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .quote_continues = LIST(quote_continues),
    .speech_verbs = LIST(speech_verbs),
    .plain_headings = LIST(plain_headings),
};
