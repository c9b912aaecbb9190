/* SPDX-License-Identifier: MIT */
/* Ukrainian for the splitter; see language.h for what each table is for. As in Russian, many
 * abbreviations are single letters or pairs ("т. д.", "н. е."); they end a sentence before a
 * common first word only. Quotations are «...» or „...”, dialogue begins with a dash. */
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
    {"§", NUMBER, ANY}, {"абз", NUMBER, ANY}, {"авт", NAME, ANY}, {"акад", ALWAYS, ANY},
    {"англ", NAME, ANY}, {"апр", NAME, ANY}, {"араб", NAME, ANY}, {"арк", NUMBER, ANY},
    {"арх", ALWAYS, ANY}, {"асист", ALWAYS, ANY}, {"ахім", NAME, ANY}, {"б.р", NAME, ANY},
    {"бл", NAME, ANY}, {"бол", NAME, ANY}, {"буд", NAME, ANY}, {"бульв", ALWAYS, ANY},
    {"біл", NAME, ANY}, {"білор", NAME, ANY}, {"біол", NAME, ANY}, {"в", NAME, ANY},
    {"в.д", NAME, ANY}, {"в.о", ALWAYS, ANY}, {"ваг", NAME, ANY}, {"вв", NAME, ANY},
    {"верес", NAME, ANY}, {"вет", NAME, ANY}, {"виг", NAME, ANY}, {"вид", NAME, ANY},
    {"вип", NUMBER, ANY}, {"вкл", NAME, ANY}, {"вул", ALWAYS, ANY}, {"вірм", NAME, ANY},
    {"гг", NAME, ANY}, {"гебр", NAME, ANY}, {"ген", NAME, ANY}, {"геогр", NAME, ANY},
    {"геол", NAME, ANY}, {"геом", ALWAYS, ANY}, {"гл", NUMBER, ANY}, {"год", NAME, ANY},
    {"гр", NAME, ANY}, {"грец", NAME, ANY}, {"грн", NAME, ANY}, {"грузин", NAME, ANY},
    {"д.е", NAME, ANY}, {"дж", ALWAYS, ANY}, {"див", NAME, ANY}, {"дир", ALWAYS, ANY},
    {"доб", NAME, ANY}, {"дод", NUMBER, ANY}, {"дол", NAME, ANY}, {"доц", ALWAYS, ANY},
    {"др", NAME, ANY}, {"діал", NAME, ANY}, {"ел", NAME, ANY}, {"етн", NAME, ANY},
    {"жовт", NAME, ANY}, {"журн", NAME, ANY}, {"зав", NAME, ANY}, {"заг", NAME, ANY},
    {"зам", NAME, ANY}, {"заст", ALWAYS, ANY}, {"зах", NAME, ANY}, {"зб", NAME, ANY},
    {"зв", ALWAYS, ANY}, {"зневаж", NAME, ANY}, {"зокр", ALWAYS, ANY}, {"канд", ALWAYS, ANY},
    {"кап", NAME, ANY}, {"кв", NUMBER, ANY}, {"кв.м", NAME, ANY}, {"км", NAME, ANY},
    {"кн", NUMBER, ANY}, {"книж", NAME, ANY}, {"коп", NAME, ANY}, {"куб", NAME, ANY},
    {"кім", NAME, ANY}, {"лат", NAME, ANY}, {"лейт", ALWAYS, ANY}, {"лип", NAME, ANY},
    {"лют", NAME, ANY}, {"літ", NAME, ANY}, {"м-р", ALWAYS, ANY}, {"маг", NAME, ANY},
    {"мал", NUMBER, ANY}, {"млн", NAME, ANY}, {"млрд", NAME, ANY}, {"мн", NAME, ANY},
    {"муз", NAME, ANY}, {"міл", NAME, ANY}, {"мін", NAME, ANY}, {"міс", NAME, ANY},
    {"н.е", NAME, ANY}, {"наб", ALWAYS, ANY}, {"напр", ALWAYS, ANY}, {"нар", NAME, ANY},
    {"нач", ALWAYS, ANY}, {"нн", NUMBER, ANY}, {"нов", NAME, ANY}, {"нім", NAME, ANY},
    {"обл", NAME, ANY}, {"од", NAME, ANY}, {"оз", ALWAYS, ANY}, {"ок", ALWAYS, ANY},
    {"оп", NUMBER, ANY}, {"орг", ALWAYS, ANY}, {"офіц", NAME, ANY}, {"п-в", ALWAYS, ANY},
    {"пер", NAME, ANY}, {"перекл", NAME, ANY}, {"перс", NAME, ANY}, {"пл", ALWAYS, ANY},
    {"поз", NUMBER, ANY}, {"пол", NAME, ANY}, {"польськ", NAME, ANY}, {"пом", ALWAYS, ANY},
    {"пос", ALWAYS, ANY}, {"поч", NAME, ANY}, {"пп", NUMBER, ANY}, {"пр", NAME, ANY},
    {"прибл", NAME, ANY}, {"прил", NUMBER, ANY}, {"прим", ALWAYS, ANY}, {"присв", NAME, ANY},
    {"пров", ALWAYS, ANY}, {"просп", ALWAYS, ANY}, {"проф", ALWAYS, ANY}, {"псевд", NAME, ANY},
    {"публ", NAME, ANY}, {"півд", NAME, ANY}, {"півн", NAME, ANY}, {"р", NAME, ANY},
    {"р-н", NAME, ANY}, {"ред", NAME, ANY}, {"рел", NAME, ANY}, {"респ", ALWAYS, ANY},
    {"рис", NUMBER, ANY}, {"розд", NUMBER, ANY}, {"розм", NAME, ANY}, {"рос", NAME, ANY},
    {"рр", NAME, ANY}, {"руб", NAME, ANY}, {"рум", NAME, ANY}, {"с.-г", ALWAYS, ANY},
    {"с.ш", NAME, ANY}, {"сб", NUMBER, ANY}, {"св", ALWAYS, ANY}, {"сек", ALWAYS, ANY},
    {"сер", NAME, ANY}, {"серб", NAME, ANY}, {"сл", NAME, ANY}, {"см", NAME, ANY},
    {"смт", ALWAYS, ANY}, {"сотн", ALWAYS, ANY}, {"соц", NAME, ANY}, {"спец", NAME, ANY},
    {"ст", NAME, ANY}, {"ст.викл", ALWAYS, ANY}, {"ст.с", NAME, ANY}, {"стб", NUMBER, ANY},
    {"стор", NUMBER, ANY}, {"сх", NAME, ANY}, {"т.б", ALWAYS, ANY}, {"т.д", NAME, ANY},
    {"т.зв", ALWAYS, ANY}, {"т.о", ALWAYS, ANY}, {"т.п", NAME, ANY}, {"т.ч", NAME, ANY},
    {"т.є", ALWAYS, ANY}, {"т.ін", NAME, ANY}, {"таб", NUMBER, ANY}, {"табл", NUMBER, ANY},
    {"тат", NAME, ANY}, {"тел", NUMBER, ANY}, {"тзв", ALWAYS, ANY}, {"тис", NAME, ANY},
    {"тов", ALWAYS, ANY}, {"тр", NAME, ANY}, {"тт", NUMBER, ANY}, {"укр", NAME, ANY},
    {"ул", ALWAYS, CAPITAL}, {"уродж", ALWAYS, ANY}, {"уроч", NAME, ANY}, {"учл", ALWAYS, ANY},
    {"фам", NAME, ANY}, {"фр", NAME, ANY}, {"франц", NAME, ANY}, {"фіз", NAME, ANY},
    {"філол", NAME, ANY}, {"філос", NAME, ANY}, {"х.р", NAME, ANY}, {"хв", NAME, ANY},
    {"хім", NAME, ANY}, {"цит", NAME, ANY}, {"черв", NAME, ANY}, {"чес", NAME, ANY},
    {"чл", NAME, ANY}, {"чл.-кор", ALWAYS, ANY}, {"чол", NAME, ANY}, {"шв", NAME, ANY},
    {"шт", NAME, ANY}, {"юр", ALWAYS, CAPITAL}, {"яп", NAME, ANY}, {"іл", NUMBER, ANY},
    {"ім", NAME, ANY}, {"ін", NAME, ANY}, {"інд", NAME, ANY}, {"інж", ALWAYS, ANY},
    {"ісп", NAME, ANY}, {"іст", NAME, ANY}, {"італ", NAME, ANY}, {"№", NUMBER, ANY},
};

static const char *const starters[] = {
    "а", "аби", "або", "абсолютно", "адже", "але", "б", "багато", "без", "безперечно", "бо", "був",
    "була", "були", "було", "більшість", "біля", "в", "вам", "ваш", "ваша", "ваше", "ваші", "вже",
    "ви", "вона", "вони", "воно", "все", "всього", "всі", "втрьох", "втім", "від", "відповідно",
    "він", "да", "далі", "два", "дві", "де", "деякі", "для", "до", "доки", "досить", "другий",
    "дуже", "ж", "же", "з", "за", "завдяки", "завжди", "завтра", "загалом", "зазвичай", "замість",
    "зараз", "зате", "згодом", "згідно", "здається", "знову", "зрештою", "зі", "й", "ймовірно",
    "його", "кожен", "кожна", "кожний", "коли", "колись", "крім", "кілька", "лише", "мабуть",
    "майже", "маючи", "мене", "мені", "ми", "може", "можливо", "можна", "моя", "моє", "мої", "між",
    "мій", "на", "навіть", "навіщо", "над", "надто", "найбільш", "найперше", "нам", "наприклад",
    "нарешті", "нас", "насправді", "наступного", "натомість", "наша", "наше", "наші", "не",
    "невдовзі", "незважаючи", "немає", "нерідко", "но", "ну", "ні", "ніби", "ніколи", "ніхто",
    "нічого", "о", "об", "однак", "окрім", "оскільки", "основне", "особливо", "ось", "от", "отже",
    "перед", "перша", "перше", "перший", "по", "поки", "поруч", "поряд", "поступово", "потрібно",
    "потім", "при", "про", "просто", "проте", "проти", "протягом", "під", "пізніше", "після", "раз",
    "разом", "раніше", "раптом", "сам", "сама", "саме", "серед", "скоріше", "скільки", "слід",
    "собі", "спершу", "спочатку", "справді", "сьогодні", "та", "так", "така", "такий", "також",
    "такі", "там", "твій", "те", "тепер", "ти", "тим", "то", "тоді", "тож", "той", "тому", "три",
    "тут", "тільки", "у", "увесь", "усе", "усі", "хай", "хоча", "хто", "хіба", "це", "цей", "цього",
    "цьому", "ця", "ці", "час", "часто", "через", "чи", "чому", "чотири", "ще", "що", "щоб",
    "щойно", "я", "як", "яка", "якби", "який", "якось", "якщо", "які", "і", "із", "ім'я", "інколи",
    "інший", "інші", "їх", "їхня", "їхній", "її",
};

static const char *const numbered_headings[] = {
    "глава", "додаток", "дія", "картина", "книга", "крок", "лист", "пісня", "розділ", "стаття",
    "сцена", "том", "урок", "частина",
};

static const char *const plain_headings[] = {
    "анотація", "бібліографія", "висновки", "висновок", "вступ", "глосарій", "додатки", "епілог",
    "зміст", "передмова", "подяки", "посвята", "примітки", "пролог", "післямова", "резюме",
};

static const char *const number_words[] = {
    "восьма", "восьмий", "вісім", "два", "дві", "дев'ять", "десята", "десятий", "десять", "друга",
    "другий", "один", "одна", "п'ята", "п'ятий", "п'ять", "перша", "перший", "сьома", "сьомий",
    "сім", "третя", "третій", "три", "четверта", "четвертий", "чотири", "шоста", "шостий", "шість",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_uk = {
    .code = "uk",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
