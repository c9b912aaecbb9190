/* SPDX-License-Identifier: MIT */
/* Bulgarian for the splitter; see language.h for what each table is for. "г." (year), "в."
 * (century), "с." (village, page) are single letters and end a sentence before a common first
 * word only. Quotations are „...“ or "...", dialogue begins with a dash. */
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
    {"§", NUMBER, ANY}, {"абс", NAME, ANY}, {"авг", NAME, ANY}, {"авт", NAME, ANY},
    {"акад", ALWAYS, ANY}, {"ал", NUMBER, ANY}, {"англ", NAME, ANY}, {"ап", NUMBER, ANY},
    {"апр", NAME, ANY}, {"араб", NAME, ANY}, {"арт", NUMBER, ANY}, {"арх", ALWAYS, ANY},
    {"ас", NAME, ANY}, {"асист", ALWAYS, ANY}, {"б.р", NAME, ANY}, {"биол", NAME, ANY},
    {"бл", NUMBER, ANY}, {"бр", NUMBER, ANY}, {"бул", ALWAYS, ANY}, {"в", NAME, ANY},
    {"в.д", NAME, ANY}, {"вж", ALWAYS, ANY}, {"вкл", ALWAYS, ANY}, {"внос", ALWAYS, ANY},
    {"вол", NUMBER, ANY}, {"вх", NUMBER, ANY}, {"г", NAME, ANY}, {"гг", NAME, ANY},
    {"ген", ALWAYS, ANY}, {"геогр", NAME, ANY}, {"геол", NAME, ANY}, {"геом", ALWAYS, ANY},
    {"гл", NUMBER, ANY}, {"гл.ас", ALWAYS, ANY}, {"гр", ALWAYS, ANY}, {"дек", NAME, ANY},
    {"дж", ALWAYS, CAPITAL}, {"дир", ALWAYS, ANY}, {"дн", NAME, ANY}, {"доц", ALWAYS, ANY},
    {"др", NAME, ANY}, {"евр", NAME, ANY}, {"ед", NAME, ANY}, {"ет", NUMBER, ANY},
    {"ж.к", ALWAYS, ANY}, {"ж.р", NAME, ANY}, {"жит", NAME, ANY}, {"жк", ALWAYS, ANY},
    {"зам", ALWAYS, ANY}, {"и.д", NAME, ANY}, {"ибид", NAME, ANY}, {"изд", NAME, ANY},
    {"изп", ALWAYS, ANY}, {"изт", ALWAYS, ANY}, {"ил", NUMBER, ANY}, {"инж", ALWAYS, ANY},
    {"исп", NAME, ANY}, {"ист", NAME, ANY}, {"итал", NAME, ANY}, {"кв", ALWAYS, ANY},
    {"кг", NAME, ANY}, {"км", NAME, ANY}, {"кн", NUMBER, ANY}, {"книж", NAME, ANY},
    {"лат", NAME, ANY}, {"лв", NAME, ANY}, {"лейт", ALWAYS, ANY}, {"лит", NAME, ANY},
    {"м-р", ALWAYS, ANY}, {"маг", ALWAYS, ANY}, {"мес", NAME, ANY}, {"мин", NAME, ANY},
    {"млн", NAME, ANY}, {"млрд", NAME, ANY}, {"мн", NAME, ANY}, {"муз", NAME, ANY},
    {"н.е", NAME, ANY}, {"напр", ALWAYS, ANY}, {"нач", ALWAYS, ANY}, {"нем", NAME, ANY},
    {"нн", NUMBER, ANY}, {"ноем", NAME, ANY}, {"обл", NAME, ANY}, {"обр", NUMBER, ANY},
    {"общ", NAME, ANY}, {"ок", NAME, ANY}, {"окт", NAME, ANY}, {"ориг", NAME, ANY},
    {"оф", NAME, ANY}, {"писм", NUMBER, ANY}, {"пл", ALWAYS, ANY}, {"подп", ALWAYS, ANY},
    {"подполк", ALWAYS, ANY}, {"полск", NAME, ANY}, {"пом", ALWAYS, ANY}, {"пор", ALWAYS, ANY},
    {"пп", NUMBER, ANY}, {"пр", NAME, ANY}, {"пр.н.е", NAME, ANY}, {"пр.хр", NAME, ANY},
    {"прев", NAME, ANY}, {"преп", ALWAYS, ANY}, {"прибл", NAME, ANY}, {"прил", NUMBER, ANY},
    {"проф", ALWAYS, ANY}, {"проч", NAME, ANY}, {"псевд", NAME, ANY}, {"раз", NUMBER, ANY},
    {"разг", NAME, ANY}, {"ред", NAME, ANY}, {"рел", NAME, ANY}, {"респ", ALWAYS, ANY},
    {"рис", NUMBER, ANY}, {"рр", NUMBER, ANY}, {"рум", NAME, ANY}, {"рус", NAME, ANY},
    {"с.г", NAME, ANY}, {"с.ш", NAME, ANY}, {"св", ALWAYS, ANY}, {"сев", ALWAYS, ANY},
    {"сек", NAME, ANY}, {"септ", NAME, ANY}, {"сл.хр", NAME, ANY}, {"соф", NAME, ANY},
    {"сп", NUMBER, ANY}, {"ср", ALWAYS, ANY}, {"срв", ALWAYS, ANY}, {"ст", NAME, ANY},
    {"ст.г", NAME, ANY}, {"ст.н.с", ALWAYS, ANY}, {"стб", NAME, ANY}, {"стр", NUMBER, ANY},
    {"т.г", NAME, ANY}, {"т.е", ALWAYS, ANY}, {"т.н", ALWAYS, ANY}, {"т.нар", ALWAYS, ANY},
    {"т.п", NAME, ANY}, {"т.ч", NAME, ANY}, {"таб", NUMBER, ANY}, {"табл", NUMBER, ANY},
    {"тел", NUMBER, ANY}, {"техн", NAME, ANY}, {"тов", ALWAYS, ANY}, {"том", NUMBER, ANY},
    {"тт", NUMBER, ANY}, {"тыр", NAME, ANY}, {"укр", NAME, ANY}, {"ул", ALWAYS, ANY},
    {"унив", ALWAYS, ANY}, {"фев", NAME, ANY}, {"февр", NAME, ANY}, {"фиг", NUMBER, ANY},
    {"физ", NAME, ANY}, {"фил", NAME, ANY}, {"фр", NAME, ANY}, {"франц", NAME, ANY},
    {"хил", NAME, ANY}, {"хим", NAME, ANY}, {"хон", ALWAYS, ANY}, {"цит", NAME, ANY},
    {"чл", NUMBER, ANY}, {"чл.-кор", ALWAYS, ANY}, {"чл.-кореспондент", ALWAYS, ANY},
    {"шв", NAME, ANY}, {"щат", NAME, ANY}, {"юж", ALWAYS, ANY}, {"юр", ALWAYS, CAPITAL},
    {"ян", NAME, ANY}, {"яну", NAME, ANY}, {"№", NUMBER, ANY},
};

static const char *const starters[] = {
    "а", "аз", "ако", "ала", "але", "бе", "без", "беше", "бил", "била", "били", "било",
    "благодарение", "близо", "в", "ваш", "ваша", "ваше", "ваши", "веднага", "веднъж", "вероятно",
    "вече", "ви", "виж", "винаги", "влиза", "вместо", "все", "всеки", "всички", "всичко",
    "всъщност", "всяка", "всяко", "втората", "вторият", "във", "въпреки", "върху", "г-н", "главно",
    "го", "да", "дали", "дано", "два", "две", "днес", "до", "докато", "доколкото", "дори", "досега",
    "друг", "друга", "други", "е", "един", "една", "едно", "елате", "ето", "за", "зад", "заедно",
    "заради", "затова", "защо", "защото", "и", "из", "или", "има", "имаше", "именно", "иначе",
    "исках", "к", "каза", "казват", "как", "каква", "какво", "както", "какъв", "ката", "като",
    "кога", "когато", "кой", "който", "коя", "къде", "към", "ли", "любопитно", "ме", "между", "мен",
    "ми", "много", "може", "мой", "моля", "моят", "моята", "на", "навсякъде", "над", "най",
    "най-накрая", "например", "нас", "нашата", "наше", "нашите", "нашият", "не", "него", "негов",
    "неговата", "неговият", "независимо", "нейната", "нека", "ни", "никога", "никой", "нито",
    "нищо", "но", "някога", "някои", "някой", "няколко", "някъде", "няма", "о", "обаче",
    "обикновено", "общо", "около", "освен", "основно", "особено", "от", "отново", "очевидно", "пак",
    "по", "под", "понастоящем", "поне", "понякога", "поради", "после", "постепенно", "почти",
    "пред", "предвид", "през", "при", "причината", "проблемът", "просто", "пък", "първата",
    "първият", "първо", "с", "са", "сам", "сама", "само", "сега", "скоро", "след", "следващия",
    "следователно", "смята", "според", "спрямо", "сред", "срещу", "су", "съвсем", "съгласно", "със",
    "същата", "същевременно", "също", "сякаш", "тази", "така", "такава", "такива", "такъв", "там",
    "твърде", "те", "тези", "ти", "то", "това", "тогава", "тоест", "този", "той", "толкова",
    "точно", "трети", "три", "тук", "тъй", "тъкмо", "тя", "у", "утре", "хайде", "ще", "що", "щом",
    "я",
};

static const char *const numbered_headings[] = {
    "акт", "глава", "действие", "картина", "книга", "песен", "писмо", "приложение", "раздел",
    "стъпка", "сцена", "том", "урок", "част", "член",
};

static const char *const plain_headings[] = {
    "бележки", "библиография", "въведение", "епилог", "заключение", "посвещение", "послеслов",
    "предговор", "приложение", "пролог", "резюме", "речник", "съдържание", "увод",
};

static const char *const number_words[] = {
    "втора", "втори", "два", "две", "девет", "девета", "девети", "десет", "десета", "десети",
    "един", "една", "осем", "осма", "осми", "пет", "пета", "пети", "първа", "първи", "седем",
    "седма", "седми", "трета", "трети", "три", "четвърта", "четвърти", "четири", "шест", "шеста",
    "шести",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_bg = {
    .code = "bg",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
