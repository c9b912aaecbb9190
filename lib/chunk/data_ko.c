/* SPDX-License-Identifier: MIT */
/* Korean for the splitter; see language.h for what each table is for. Words are separated by
 * spaces but there is no letter case, so a full stop with white space behind it ends a sentence,
 * but behind Latin abbreviations, initials and the parts of a date ("2019. 5. 3."). What is
 * quoted and goes on with 라고 or 하고 is part of its sentence. */
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
    "라고", "라는", "라며", "라면서", "며", "이라고", "이라는", "이라며", "하고", "하는", "하며", "하면서",
};

static const char *const numbered_headings[] = {
    "단계", "부록", "제",
};

static const char *const plain_headings[] = {
    "결론", "들어가며", "맺는말", "맺음말", "머리말", "목차", "부록", "색인", "서론", "서문", "서장", "에필로그", "요약", "종장", "차례",
    "참고문헌", "프롤로그", "후기",
};
/* clang-format on */

static const char *const speech_verbs[] = {
    "답했다",   "대답했다",   "덧붙였다", "말했다",   "명령했다", "물었다",     "부르짖었다",
    "부탁했다", "소리질렀다", "소리쳤다", "속삭였다", "외쳤다",   "중얼거렸다",
};

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ko = {
    .code = "ko",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .quote_continues = LIST(quote_continues),
    .speech_verbs = LIST(speech_verbs),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .traits = TTSS_TRAIT_SPACED_DATES,
};
