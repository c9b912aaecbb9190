/* SPDX-License-Identifier: MIT */
/* Russian for the splitter; see language.h for what each table is for. Many abbreviations are
 * single letters ("г.", "в.", "с.") or pairs written with or without a space ("т. е.", "и т.
 * д."); they end a sentence before a common first word only. Shortened words with a hyphen
 * ("г-н", "д-р") have no full stop. Quotations are «...», dialogue begins with a dash and goes
 * on in small letters. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.k.a", NAME, ANY}, {"co", NAME, CAPITAL}, {"corp", NAME, CAPITAL}, {"dr", ALWAYS, CAPITAL},
    {"e.g", ALWAYS, ANY}, {"etc", NAME, ANY}, {"i.e", ALWAYS, ANY}, {"inc", NAME, CAPITAL},
    {"jr", NAME, CAPITAL}, {"ltd", NAME, CAPITAL}, {"mr", ALWAYS, CAPITAL},
    {"mrs", ALWAYS, CAPITAL}, {"ms", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY},
    {"prof", ALWAYS, CAPITAL}, {"sr", NAME, CAPITAL}, {"u.s", NAME, ANY}, {"vs", ALWAYS, ANY},
    {"§", NUMBER, ANY}, {"абз", NUMBER, ANY}, {"абл", NAME, ANY}, {"авг", NAME, ANY},
    {"авт", NAME, ANY}, {"адм", NAME, ANY}, {"ак", ALWAYS, CAPITAL}, {"акад", ALWAYS, ANY},
    {"ал", ALWAYS, CAPITAL}, {"ал-др", ALWAYS, CAPITAL}, {"алекс", ALWAYS, CAPITAL},
    {"англ", NAME, ANY}, {"апр", NAME, ANY}, {"араб", NAME, ANY}, {"арт", NUMBER, ANY},
    {"арх", ALWAYS, ANY}, {"ассист", ALWAYS, ANY}, {"б.г", ALWAYS, ANY}, {"б.м", ALWAYS, ANY},
    {"б.ч", NAME, ANY}, {"бел", NAME, ANY}, {"белор", NAME, ANY}, {"биогр", NAME, ANY},
    {"биол", NAME, ANY}, {"бот", NAME, ANY}, {"бр", NAME, ANY}, {"букв", NAME, ANY},
    {"бул", ALWAYS, SMALL}, {"бух", NAME, ANY}, {"в", NAME, ANY}, {"в.д", NAME, ANY},
    {"в.м", NAME, ANY}, {"в.ч", NAME, ANY}, {"вв", NAME, ANY}, {"вкл", NAME, ANY},
    {"вл", ALWAYS, CAPITAL}, {"воен", NAME, ANY}, {"вост", NAME, ANY}, {"вс", ALWAYS, CAPITAL},
    {"всесоюз", ALWAYS, ANY}, {"вт", NAME, ANY}, {"вып", NUMBER, ANY}, {"выпуск", NUMBER, ANY},
    {"выс", NAME, ANY}, {"г", NAME, ANY}, {"г.г", NAME, ANY}, {"гв", ALWAYS, ANY},
    {"гг", NAME, ANY}, {"гг.г", NAME, ANY}, {"ген", NAME, ANY}, {"ген-л", ALWAYS, ANY},
    {"геогр", NAME, ANY}, {"геол", NAME, ANY}, {"геор", ALWAYS, CAPITAL}, {"гл", NUMBER, ANY},
    {"гл.обр", NAME, ANY}, {"гр", NAME, ANY}, {"гражд", ALWAYS, ANY}, {"греч", NAME, ANY},
    {"дек", NAME, ANY}, {"ден", NAME, ANY}, {"деп", NAME, ANY}, {"дер", NAME, ANY},
    {"дет", NAME, ANY}, {"дж", ALWAYS, CAPITAL}, {"диал", NAME, ANY}, {"дир", ALWAYS, ANY},
    {"доб", NAME, ANY}, {"дол", NAME, ANY}, {"долл", NAME, ANY}, {"доп", NAME, ANY},
    {"доц", ALWAYS, ANY}, {"др", NAME, ANY}, {"древ", NAME, ANY}, {"древн", NAME, ANY},
    {"дубл", NAME, ANY}, {"евг", ALWAYS, CAPITAL}, {"евр", NAME, ANY}, {"ед", NAME, ANY},
    {"ед.ч", NAME, ANY}, {"ж.-д", ALWAYS, ANY}, {"ж.д", ALWAYS, ANY}, {"журн", NAME, ANY},
    {"зав", NAME, ANY}, {"зам", NAME, ANY}, {"зап", NAME, ANY}, {"засл", ALWAYS, ANY},
    {"заслуж", ALWAYS, ANY}, {"зоол", NAME, ANY}, {"и.о", NAME, ANY}, {"и.п", NAME, ANY},
    {"ибид", NAME, ANY}, {"ив", ALWAYS, CAPITAL}, {"ивр", NAME, ANY}, {"изд", NAME, ANY},
    {"изм", NAME, ANY}, {"илл", NUMBER, ANY}, {"им", NAME, ANY}, {"им.п", ALWAYS, CAPITAL},
    {"индо", NAME, ANY}, {"инж", ALWAYS, ANY}, {"иос", ALWAYS, CAPITAL}, {"ирон", NAME, ANY},
    {"исп", NAME, ANY}, {"исп.обяз", ALWAYS, ANY}, {"ист", NAME, ANY}, {"итал", NAME, ANY},
    {"июл", NAME, ANY}, {"июн", NAME, ANY}, {"к.и.н", NAME, ANY}, {"к.м.н", NAME, ANY},
    {"к.п.н", NAME, ANY}, {"к.т.н", NAME, ANY}, {"к.э.н", NAME, ANY}, {"каб", NUMBER, ANY},
    {"кажд", NAME, ANY}, {"канд", ALWAYS, ANY}, {"кап", NAME, ANY}, {"кат", NAME, ANY},
    {"кв", NUMBER, ANY}, {"кв.км", NAME, ANY}, {"кв.м", NAME, ANY}, {"кв.№", NUMBER, ANY},
    {"кварт", NAME, ANY}, {"кг", NAME, ANY}, {"кирг", NAME, ANY}, {"км", NAME, ANY},
    {"кн", NAME, ANY}, {"книж", NAME, ANY}, {"кол", NAME, ANY}, {"комн", NAME, ANY},
    {"кон", NAME, ANY}, {"конст", ALWAYS, CAPITAL}, {"контр-адм", ALWAYS, ANY}, {"коп", NAME, ANY},
    {"корп", NUMBER, ANY}, {"куб", NAME, ANY}, {"куб.м", NAME, ANY}, {"л.д", NUMBER, ANY},
    {"лат", NAME, ANY}, {"латыш", NAME, ANY}, {"лейт", ALWAYS, ANY}, {"лит", NAME, ANY},
    {"литов", NAME, ANY}, {"лл", NUMBER, ANY}, {"лт", ALWAYS, CAPITAL}, {"м.б", NAME, ANY},
    {"м.н.с", NAME, ANY}, {"маг", NAME, ANY}, {"мак", ALWAYS, CAPITAL}, {"масш", NUMBER, ANY},
    {"междунар", ALWAYS, ANY}, {"мес", NAME, ANY}, {"мил", NAME, ANY}, {"мин", NAME, ANY},
    {"мих", ALWAYS, CAPITAL}, {"мк", NAME, ANY}, {"мл", ALWAYS, ANY}, {"мл.н", NAME, ANY},
    {"млн", NAME, ANY}, {"млрд", NAME, ANY}, {"мн", NAME, ANY}, {"мн.ч", NAME, ANY},
    {"мор", NAME, ANY}, {"муз", NAME, ANY}, {"муниц", NAME, ANY}, {"н.-и", ALWAYS, ANY},
    {"н.с", NAME, ANY}, {"н.э", NAME, ANY}, {"наб", ALWAYS, ANY}, {"напр", ALWAYS, ANY},
    {"нар", NAME, ANY}, {"наст", NAME, ANY}, {"нач", ALWAYS, ANY}, {"нем", NAME, ANY},
    {"неодуш", NAME, ANY}, {"нидерл", NAME, ANY}, {"нн", NUMBER, ANY}, {"нов", NAME, ANY},
    {"номер", NUMBER, ANY}, {"норв", NAME, ANY}, {"нояб", NAME, ANY}, {"обл", NAME, ANY},
    {"обр", NAME, ANY}, {"общ", NAME, ANY}, {"одн", NAME, ANY}, {"оз", ALWAYS, ANY},
    {"ок", ALWAYS, ANY}, {"оконч", NAME, ANY}, {"окт", NAME, ANY}, {"оп", NUMBER, ANY},
    {"опис", NUMBER, ANY}, {"отд", NAME, ANY}, {"оф", NUMBER, ANY}, {"офиц", NAME, ANY},
    {"п.п", NUMBER, ANY}, {"пал", NAME, ANY}, {"пгт", ALWAYS, ANY}, {"пер", NAME, ANY},
    {"перен", NAME, ANY}, {"песн", NAME, ANY}, {"пех", NAME, ANY}, {"писат", NAME, ANY},
    {"пл", ALWAYS, ANY}, {"по-англ", ALWAYS, ANY}, {"подп", NUMBER, ANY}, {"поз", NUMBER, ANY},
    {"польск", NAME, ANY}, {"пом", ALWAYS, ANY}, {"португ", NAME, ANY}, {"пос", ALWAYS, ANY},
    {"поч", NAME, ANY}, {"пп", NUMBER, ANY}, {"пр", NAME, ANY}, {"пред", ALWAYS, ANY},
    {"предл", NAME, ANY}, {"предст", NAME, ANY}, {"през", ALWAYS, ANY}, {"преосв", ALWAYS, ANY},
    {"преп", ALWAYS, ANY}, {"прибл", NAME, ANY}, {"прил", NUMBER, ANY}, {"прим", ALWAYS, ANY},
    {"прим.ред", ALWAYS, ANY}, {"примеч", NAME, ANY}, {"прич", NAME, ANY}, {"просп", ALWAYS, ANY},
    {"прот", ALWAYS, ANY}, {"проф", ALWAYS, ANY}, {"проч", NAME, ANY}, {"публ", NAME, ANY},
    {"р.х", NAME, ANY}, {"разг", NAME, ANY}, {"разд", NUMBER, ANY}, {"ред", NAME, ANY},
    {"религ", NAME, ANY}, {"респ", ALWAYS, ANY}, {"рис", NUMBER, ANY}, {"рисунок", NAME, ANY},
    {"рожд", NAME, ANY}, {"рос", NAME, ANY}, {"рп", NUMBER, ANY}, {"рр", NUMBER, ANY},
    {"руб", NAME, ANY}, {"рум", NAME, ANY}, {"русск", NAME, ANY}, {"с.-х", ALWAYS, ANY},
    {"с.г", NAME, ANY}, {"с.ш", NAME, ANY}, {"санскр", NAME, ANY}, {"сант", NAME, ANY},
    {"сб", NUMBER, ANY}, {"св", ALWAYS, ANY}, {"сев", NAME, ANY}, {"северн", NAME, ANY},
    {"сельск", ALWAYS, ANY}, {"сем", ALWAYS, CAPITAL}, {"сент", NAME, ANY}, {"сер", NUMBER, ANY},
    {"серб", NAME, ANY}, {"син", NAME, ANY}, {"сир", NAME, ANY}, {"сл", NAME, ANY},
    {"см", NAME, ANY}, {"сокр", NAME, ANY}, {"соч", NAME, ANY}, {"ср", ALWAYS, ANY},
    {"сравн", NAME, ANY}, {"ст", NUMBER, ANY}, {"ст.л", NAME, ANY}, {"ст.преп", ALWAYS, ANY},
    {"ст.ст", NUMBER, ANY}, {"старш", ALWAYS, ANY}, {"стб", NUMBER, ANY}, {"стк", NAME, ANY},
    {"стр", NUMBER, ANY}, {"строк", NUMBER, ANY}, {"студ", ALWAYS, ANY}, {"сут", NAME, ANY},
    {"сущ", NAME, ANY}, {"т.г", NAME, ANY}, {"т.д", NAME, ANY}, {"т.е", ALWAYS, ANY},
    {"т.ж", NAME, ANY}, {"т.к", ALWAYS, ANY}, {"т.н", ALWAYS, ANY}, {"т.о", ALWAYS, ANY},
    {"т.п", NAME, ANY}, {"т.пр", NAME, ANY}, {"т.с", ALWAYS, ANY}, {"т.ч", NAME, ANY},
    {"таб", NUMBER, ANY}, {"табл", NUMBER, ANY}, {"тат", NAME, ANY}, {"тел", NUMBER, ANY},
    {"техн", NAME, ANY}, {"тир", NAME, ANY}, {"тов", ALWAYS, ANY}, {"трансл", NAME, ANY},
    {"тт", NUMBER, ANY}, {"тыс", NAME, ANY}, {"у.е", NAME, ANY}, {"уезд", NAME, ANY},
    {"укр", NAME, ANY}, {"ул", ALWAYS, ANY}, {"упак", NAME, ANY}, {"уполн", ALWAYS, ANY},
    {"упом", NAME, ANY}, {"употр", NAME, ANY}, {"упр", ALWAYS, SMALL}, {"устар", ALWAYS, ANY},
    {"ут", NAME, ANY}, {"учеб", NAME, ANY}, {"февр", NAME, ANY}, {"фед", ALWAYS, CAPITAL},
    {"фельдм", ALWAYS, ANY}, {"фиг", NUMBER, ANY}, {"физ", NAME, ANY}, {"филол", NAME, ANY},
    {"филос", NAME, ANY}, {"фр", NAME, ANY}, {"франц", NAME, ANY}, {"х.ф", NAME, ANY},
    {"хим", NAME, ANY}, {"хр", ALWAYS, CAPITAL}, {"христ", NAME, ANY}, {"худож", NAME, ANY},
    {"ц.-слав", NAME, ANY}, {"церк", NAME, ANY}, {"чел", NAME, ANY}, {"чередов", NAME, ANY},
    {"четв", NAME, ANY}, {"чеш", NAME, ANY}, {"чл", NAME, ANY}, {"чл.-кор", ALWAYS, ANY},
    {"чл.-корр", ALWAYS, ANY}, {"чч", NUMBER, ANY}, {"шв", NAME, ANY}, {"шир", NAME, ANY},
    {"шт", NAME, ANY}, {"экз", NAME, ANY}, {"эксперим", NAME, ANY}, {"этн", NAME, ANY},
    {"ю.ш", NAME, ANY}, {"юж", NAME, ANY}, {"яз", NAME, ANY}, {"янв", NAME, ANY}, {"яп", NAME, ANY},
    {"япон", NAME, ANY}, {"яч", NUMBER, ANY}, {"№", NUMBER, ANY},
};

static const char *const starters[] = {
    "а", "абсолютно", "без", "благодаря", "более", "больше", "большинство", "будучи", "бы", "был",
    "была", "были", "было", "в", "вам", "вами", "вас", "ваш", "ваша", "ваше", "ваши", "ввиду",
    "вдоль", "вдруг", "ведь", "везде", "вероятно", "весь", "видимо", "видно", "вместе", "вместо",
    "вначале", "внезапно", "во", "вокруг", "вообще", "вопреки", "восемь", "вот", "впервые",
    "вполне", "впоследствии", "впрочем", "вроде", "все", "всегда", "всего", "вслед", "вследствие",
    "всюду", "вся", "всякий", "всё", "второй", "вы", "где", "говорят", "да", "дабы", "давай",
    "даже", "далее", "два", "две", "действительно", "для", "до", "довольно", "долго", "должно",
    "достаточно", "друг", "другие", "другой", "его", "едва", "единственное", "ее", "если", "есть",
    "еще", "ещё", "её", "ж", "же", "за", "завтра", "затем", "зато", "зачем", "здесь", "и", "ибо",
    "из", "изначально", "или", "им", "именно", "имея", "ими", "иначе", "иногда", "исключение",
    "итак", "их", "к", "каждая", "каждое", "каждый", "кажется", "как", "какая", "какие", "какой",
    "ко", "когда", "кого", "конечно", "который", "кроме", "кстати", "кто", "куда", "лет", "лично",
    "лишь", "лучше", "любая", "любой", "мало", "между", "меня", "мне", "многие", "много", "может",
    "можно", "мои", "мой", "мол", "моя", "мы", "на", "навсегда", "над", "надо", "наиболее",
    "наконец", "например", "напротив", "нас", "насколько", "настолько", "начиная", "наш", "наша",
    "наше", "наши", "не", "невозможно", "недавно", "некоторые", "нельзя", "несмотря", "нет",
    "неужели", "нигде", "никак", "никогда", "никто", "ничего", "но", "ну", "нужно", "о", "об",
    "оба", "однажды", "однако", "около", "он", "она", "они", "оно", "опять", "особенно", "от",
    "откуда", "отсюда", "ох", "очевидно", "очень", "первая", "первое", "первый", "перед", "по",
    "под", "подобно", "пожалуйста", "позднее", "позже", "пока", "помимо", "понятно", "пора",
    "поскольку", "после", "последние", "последний", "постепенно", "потом", "потому", "похоже",
    "почему", "почти", "поэтому", "правда", "практически", "прежде", "при", "примерно", "про",
    "просто", "против", "прошло", "пусть", "пять", "ради", "раз", "разве", "раньше", "с", "сам",
    "сама", "сами", "само", "сегодня", "сейчас", "сзади", "сколько", "скорее", "следовательно",
    "слишком", "словно", "сначала", "снова", "со", "собственно", "совершенно", "согласно",
    "спасибо", "спустя", "сразу", "среди", "существует", "считается", "так", "такая", "также",
    "такие", "таков", "такое", "такой", "там", "твой", "те", "тебя", "тем", "теперь", "то", "тогда",
    "того", "тоже", "той", "только", "тот", "точно", "три", "тут", "ты", "у", "увы", "уж", "уже",
    "хорошо", "хотя", "целью", "часто", "чаще", "человек", "через", "четыре", "что", "чтобы",
    "чуть", "шесть", "эта", "эти", "этим", "этих", "это", "этого", "этой", "этом", "этот", "эту",
    "я", "являясь",
};

static const char *const numbered_headings[] = {
    "акт", "глава", "действие", "дело", "картина", "кн", "книга", "лекция", "параграф", "песнь",
    "письмо", "приложение", "раздел", "рассказ", "статья", "сцена", "том", "урок", "часть", "шаг",
    "явление",
};

static const char *const plain_headings[] = {
    "аннотация", "библиография", "введение", "вместо", "вступление", "выводы", "глоссарий",
    "заключение", "оглавление", "посвящение", "послесловие", "предисловие", "приложение",
    "приложения", "примечания", "пролог", "резюме", "содержание", "эпилог",
};

static const char *const number_words[] = {
    "восемь", "восьмая", "восьмой", "вторая", "второе", "второй", "два", "двадцать", "две",
    "двенадцать", "девятая", "девятый", "девять", "десятая", "десятый", "десять", "один",
    "одиннадцать", "одна", "первая", "первое", "первый", "пятая", "пятый", "пять", "седьмая",
    "седьмой", "семь", "третий", "третье", "третья", "три", "тринадцать", "четвертая", "четвертый",
    "четвёртая", "четвёртый", "четыре", "шестая", "шестой", "шесть",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ru = {
    .code = "ru",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
