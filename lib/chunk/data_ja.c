/* SPDX-License-Identifier: MIT */
/* Japanese for the splitter; see language.h for what each table is for. No spaces between words
 * and no letter case: 。！？ end a sentence by themselves. "．" (U+FF0E) is a decimal point and
 * ends nothing. What is quoted in 「」 and goes on with と or って is part of its sentence. Latin
 * abbreviations keep their full stops. */
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
    "って", "と", "など", "なんて", "の", "を",
};

static const char *const plain_headings[] = {
    "あとがき", "おわりに", "はじめに", "まえがき", "エピローグ", "プロローグ", "付録", "凡例", "前書き", "参考文献", "序", "序文", "序章",
    "後書き", "目次", "索引", "終章", "結び", "結論", "謝辞",
};
/* clang-format on */

static const char *const speech_verbs[] = {
    "こたえた", "ささやいた", "たずねた",   "つぶやいた", "どなった", "云った",     "叫んだ",
    "告げた",   "呟いた",     "呼びかけた", "呼んだ",     "命じた",   "問いかけた", "問い返した",
    "問うた",   "囁いた",     "尋ねた",     "応えた",     "怒鳴った", "笑った",     "答えた",
    "続けた",   "聞いた",     "言う",       "言った",     "訊いた",   "訊ねた",     "話した",
    "返した",   "返事した",   "述べた",     "頼んだ",
};

static const char *const thought_continues[] = {
    "って", "と",     "という", "といっ",   "といわ", "とおも",
    "とか", "とこた", "とたず", "とつぶや", "との",   "とばかり",
};

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ja = {
    .code = "ja",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .quote_continues = LIST(quote_continues),
    .speech_verbs = LIST(speech_verbs),
    .thought_continues = LIST(thought_continues),
    .plain_headings = LIST(plain_headings),
};
