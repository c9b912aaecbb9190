/* SPDX-License-Identifier: MIT */
/* Kazakh for the splitter; see language.h for what each table is for. Written in Cyrillic.
 * "т.б." closes a list inside a sentence as often as it ends one; centuries and numbers of
 * regiments stand without a full stop. Behind quoted speech a dash and a small letter follow. */
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
    {"§", NUMBER, ANY}, {"авг", NAME, ANY}, {"адм", NAME, ANY}, {"акад", ALWAYS, ANY},
    {"араб", NAME, ANY}, {"ауд", ALWAYS, ANY}, {"ағ", NAME, ANY}, {"ағылш", NAME, ANY},
    {"б.з", NAME, ANY}, {"б.з.б", ALWAYS, ANY}, {"б.з.д", ALWAYS, ANY}, {"б.э", NAME, ANY},
    {"вв", NAME, ANY}, {"г", NAME, ANY}, {"гг", NAME, ANY}, {"гл", NUMBER, ANY},
    {"д-р", ALWAYS, ANY}, {"даңғ", ALWAYS, ANY}, {"дж", ALWAYS, CAPITAL}, {"доц", ALWAYS, ANY},
    {"ж", NAME, ANY}, {"ж.т", ALWAYS, ANY}, {"жж", NAME, ANY}, {"кв", NUMBER, ANY},
    {"кест", NUMBER, ANY}, {"км", NAME, ANY}, {"кн", NUMBER, ANY}, {"көш", ALWAYS, ANY},
    {"лат", NAME, ANY}, {"м-р", ALWAYS, ANY}, {"м.б", NAME, ANY}, {"мин", NAME, ANY},
    {"млн", NAME, ANY}, {"млрд", NAME, ANY}, {"мм", NAME, ANY}, {"мыс", NAME, ANY},
    {"мәс", ALWAYS, ANY}, {"нем", NAME, ANY}, {"нн", NUMBER, ANY}, {"орт", NAME, ANY},
    {"пп", NUMBER, ANY}, {"пр", ALWAYS, ANY}, {"проф", ALWAYS, ANY}, {"рис", NUMBER, ANY},
    {"руб", NAME, ANY}, {"с.қ", ALWAYS, ANY}, {"св", ALWAYS, ANY}, {"сек", NAME, ANY},
    {"см", NAME, ANY}, {"ст", NUMBER, ANY}, {"стр", NUMBER, ANY}, {"т.б", NAME, ANY},
    {"т.е", ALWAYS, ANY}, {"т.с.с", NAME, ANY}, {"т.т", NAME, ANY}, {"т.ғ", NAME, ANY},
    {"таб", NUMBER, ANY}, {"табл", NUMBER, ANY}, {"тг", NAME, ANY}, {"тел", NUMBER, ANY},
    {"тең", NAME, ANY}, {"тж", NAME, ANY}, {"том", NUMBER, ANY}, {"тт", NUMBER, ANY},
    {"тур", NAME, ANY}, {"тыс", NAME, ANY}, {"ул", ALWAYS, ANY}, {"фр", NAME, ANY},
    {"ш", ALWAYS, CAPITAL}, {"шт", NAME, ANY}, {"ықш", ALWAYS, ANY}, {"ғ", NAME, ANY},
    {"ғғ", NAME, ANY}, {"қыр", NAME, ANY}, {"әб", ALWAYS, CAPITAL}, {"әл", ALWAYS, CAPITAL},
    {"өзг", NAME, ANY}, {"№", NUMBER, ANY},
};

static const char *const starters[] = {
    "ал", "алайда", "алғаш", "алғашқы", "ана", "ақыры", "бар", "барлық", "басқа", "біз", "біздің",
    "бір", "бірақ", "бірде", "біреу", "бірнеше", "бірінші", "бүгін", "бұдан", "бұл", "бұлар",
    "бұның", "бұрын", "бәлкім", "бәрі", "егер", "екі", "екінші", "енді", "ертең", "ең", "жалпы",
    "жоқ", "және", "иә", "кейбір", "кейде", "кейін", "кеше", "көп", "көптеген", "мен", "менің",
    "мысалы", "мүмкін", "мұнда", "мұның", "не", "неге", "немесе", "ол", "олай", "олар", "олардың",
    "онда", "оны", "оның", "осы", "осылай", "осындай", "осыған", "оған", "сен", "сендер", "сол",
    "солай", "сонда", "сондай", "сондықтан", "сонымен", "соған", "соңғы", "сіз", "сөйтіп", "тағы",
    "тек", "тіпті", "түрлі", "хош", "яғни", "ішінде", "қазір", "қазіргі", "қайта", "қалай",
    "қандай", "қанша", "қашан", "үш", "үшін", "әлде", "әлі", "әр", "әрбір", "әрине", "өз", "өзі",
    "өйткені",
};

static const char *const numbered_headings[] = {
    "бап", "бет", "бөлім", "кітап", "көрініс", "сабақ", "тарау", "том", "қосымша",
};

static const char *const plain_headings[] = {
    "алғысөз", "кіріспе", "мазмұн", "мазмұны", "пролог", "соңғысөз", "түсінік", "эпилог",
    "қорытынды", "қосымша", "әдебиеттер",
};

static const char *const number_words[] = {
    "алты", "алтыншы", "бес", "бесінші", "бір", "бірінші", "екі", "екінші", "жеті", "жетінші", "он",
    "оныншы", "сегіз", "сегізінші", "тоғыз", "тоғызыншы", "төрт", "төртінші", "үш", "үшінші",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_kk = {
    .code = "kk",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
