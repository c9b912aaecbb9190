/* SPDX-License-Identifier: MIT */
/* English for the splitter; see language.h for what each table is for. Words are lower case and
 * sorted by byte. An abbreviation belongs here only if its full stop is more often not the end of a
 * sentence: "etc." before a capital nearly always is, so it is not listed. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME
#define TIME   TTSS_ABBREVIATION_TIME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL
#define SPLIT   TTSS_CASE_NUMBER

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.m", TIME, ANY}, {"adm", ALWAYS, ANY}, {"al", NAME, ANY}, {"ala", NAME, CAPITAL},
    {"amb", ALWAYS, CAPITAL}, {"app", NUMBER, ANY}, {"approx", ALWAYS, ANY}, {"apr", NAME, CAPITAL},
    {"apt", NAME, ANY}, {"ariz", NAME, CAPITAL}, {"ark", NAME, CAPITAL}, {"art", NUMBER, ANY},
    {"arts", NUMBER, ANY}, {"assn", NAME, ANY}, {"atty", ALWAYS, ANY}, {"aug", NAME, CAPITAL},
    {"ave", NAME, ANY}, {"b.a", NAME, ANY}, {"b.ed", NAME, ANY}, {"b.sc", NAME, ANY},
    {"bk", NUMBER, ANY}, {"bldg", NAME, ANY}, {"blvd", NAME, ANY}, {"bp", ALWAYS, CAPITAL},
    {"br", ALWAYS, CAPITAL}, {"brig", ALWAYS, ANY}, {"bros", NAME, ANY}, {"c", ALWAYS, SMALL},
    {"ca", ALWAYS, SMALL}, {"calif", NAME, CAPITAL}, {"capt", ALWAYS, ANY}, {"cdr", ALWAYS, ANY},
    {"cf", ALWAYS, SMALL}, {"ch", NUMBER, ANY}, {"chap", NUMBER, ANY}, {"chs", NUMBER, ANY},
    {"cllr", ALWAYS, ANY}, {"cmdr", ALWAYS, ANY}, {"co", NAME, ANY}, {"col", ALWAYS, SPLIT},
    {"colo", NAME, CAPITAL}, {"comdr", ALWAYS, ANY}, {"conn", NAME, CAPITAL}, {"corp", NAME, ANY},
    {"cpl", ALWAYS, ANY}, {"cpt", ALWAYS, ANY}, {"d.phil", NAME, ANY}, {"dec", NAME, CAPITAL},
    {"del", NAME, CAPITAL}, {"dept", NAME, ANY}, {"det", ALWAYS, CAPITAL}, {"dr", ALWAYS, ANY},
    {"e.g", ALWAYS, ANY}, {"eds", NAME, ANY}, {"eg", ALWAYS, SMALL}, {"eq", NUMBER, ANY},
    {"eqs", NUMBER, ANY}, {"esp", ALWAYS, ANY}, {"esq", NAME, ANY}, {"est", NUMBER, ANY},
    {"ext", NUMBER, ANY}, {"feb", NAME, CAPITAL}, {"fig", NUMBER, ANY}, {"figs", NUMBER, ANY},
    {"fl", NUMBER, SMALL}, {"fla", NAME, CAPITAL}, {"fn", NUMBER, ANY}, {"fol", NUMBER, ANY},
    {"fr", ALWAYS, CAPITAL}, {"fri", NAME, CAPITAL}, {"ft", ALWAYS, SPLIT}, {"ga", NAME, CAPITAL},
    {"gen", ALWAYS, CAPITAL}, {"gov", ALWAYS, ANY}, {"govt", NAME, ANY}, {"hon", ALWAYS, CAPITAL},
    {"hr", NUMBER, ANY}, {"hrs", NUMBER, ANY}, {"hwy", NAME, ANY}, {"i.e", ALWAYS, ANY},
    {"ibid", NAME, ANY}, {"ie", ALWAYS, SMALL}, {"ill", NAME, CAPITAL}, {"inc", NAME, ANY},
    {"incl", ALWAYS, ANY}, {"ind", NAME, CAPITAL}, {"insp", ALWAYS, ANY}, {"jan", NAME, CAPITAL},
    {"jr", NAME, ANY}, {"jul", NAME, CAPITAL}, {"jun", NAME, CAPITAL}, {"kan", NAME, CAPITAL},
    {"kans", NAME, CAPITAL}, {"ky", NAME, CAPITAL}, {"la", NAME, CAPITAL}, {"lb", NUMBER, ANY},
    {"lbs", NUMBER, ANY}, {"lieut", ALWAYS, ANY}, {"ll.b", NAME, ANY}, {"ll.m", NAME, ANY},
    {"llc", NAME, ANY}, {"ln", NAME, ANY}, {"lt", ALWAYS, ANY}, {"ltd", NAME, ANY},
    {"m.a", NAME, ANY}, {"m.d", NAME, ANY}, {"m.phil", NAME, ANY}, {"m.sc", NAME, ANY},
    {"maj", ALWAYS, ANY}, {"mar", NAME, CAPITAL}, {"mass", NAME, CAPITAL}, {"md", NAME, CAPITAL},
    {"messrs", ALWAYS, ANY}, {"mfg", NAME, ANY}, {"mich", NAME, CAPITAL}, {"minn", NAME, CAPITAL},
    {"misc", NAME, ANY}, {"miss", NAME, CAPITAL}, {"mlle", ALWAYS, ANY}, {"mme", ALWAYS, ANY},
    {"mo", NAME, CAPITAL}, {"mon", NAME, CAPITAL}, {"mont", NAME, CAPITAL}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"msgr", ALWAYS, ANY}, {"mt", ALWAYS, CAPITAL},
    {"mts", ALWAYS, ANY}, {"mx", ALWAYS, ANY}, {"neb", NAME, CAPITAL}, {"nev", NAME, CAPITAL},
    {"nn", NUMBER, ANY}, {"no", NUMBER, ANY}, {"nos", NUMBER, ANY}, {"nov", NAME, CAPITAL},
    {"nr", NUMBER, ANY}, {"n°", NUMBER, ANY}, {"nº", NUMBER, ANY}, {"oct", NAME, CAPITAL},
    {"okla", NAME, CAPITAL}, {"op", NUMBER, ANY}, {"ore", NAME, CAPITAL}, {"oz", NUMBER, ANY},
    {"p", NUMBER, SMALL}, {"p.m", TIME, ANY}, {"p.s", ALWAYS, ANY}, {"pa", NAME, CAPITAL},
    {"par", NUMBER, ANY}, {"para", NUMBER, ANY}, {"paras", NUMBER, ANY}, {"pars", NUMBER, ANY},
    {"pfc", ALWAYS, ANY}, {"pg", NUMBER, ANY}, {"pgs", NUMBER, ANY}, {"ph.d", NAME, ANY},
    {"pl", NAME, CAPITAL}, {"plc", NAME, ANY}, {"pp", NUMBER, SMALL}, {"pres", ALWAYS, CAPITAL},
    {"prof", ALWAYS, ANY}, {"pt", NUMBER, ANY}, {"pvt", ALWAYS, ANY}, {"rd", NAME, ANY},
    {"rep", ALWAYS, CAPITAL}, {"rev", ALWAYS, CAPITAL}, {"rm", NAME, ANY}, {"rt", ALWAYS, CAPITAL},
    {"sat", NAME, CAPITAL}, {"sec", NUMBER, ANY}, {"secs", NUMBER, ANY}, {"sect", NUMBER, ANY},
    {"sects", NUMBER, ANY}, {"sen", ALWAYS, CAPITAL}, {"sep", NAME, CAPITAL},
    {"sept", NAME, CAPITAL}, {"sgt", ALWAYS, ANY}, {"sq", NAME, ANY}, {"sr", NAME, ANY},
    {"st", NAME, ANY}, {"ste", NAME, ANY}, {"sun", NAME, CAPITAL}, {"supt", ALWAYS, ANY},
    {"tbsp", NAME, ANY}, {"tel", NAME, ANY}, {"tenn", NAME, CAPITAL}, {"tex", NAME, CAPITAL},
    {"thu", NAME, CAPITAL}, {"thur", NAME, CAPITAL}, {"thurs", NAME, CAPITAL}, {"tsp", NAME, ANY},
    {"tue", NAME, CAPITAL}, {"tues", NAME, CAPITAL}, {"univ", NAME, ANY}, {"v", ALWAYS, SMALL},
    {"va", NAME, CAPITAL}, {"ver", NUMBER, ANY}, {"viz", ALWAYS, ANY}, {"vol", NUMBER, ANY},
    {"vols", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"vt", NAME, CAPITAL}, {"wash", NAME, CAPITAL},
    {"wed", NAME, CAPITAL}, {"wis", NAME, CAPITAL}, {"wyo", NAME, CAPITAL},
};
/* clang-format on */

/* clang-format off */
static const char *const starters[] = {
    "a", "about", "above", "according", "after", "afterwards", "again", "all", "also", "although",
    "always", "among", "an", "and", "another", "any", "anyone", "are", "as", "at", "because",
    "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "both",
    "but", "by", "can", "certainly", "clearly", "could", "despite", "did", "do", "does", "during",
    "each", "earlier", "either", "especially", "even", "eventually", "every", "everyone",
    "everything", "few", "finally", "first", "for", "fortunately", "four", "from", "had", "has",
    "have", "he", "hence", "her", "here", "hers", "his", "how", "however", "i", "if", "in",
    "indeed", "instead", "is", "it", "its", "just", "last", "later", "let", "like", "many",
    "maybe", "meanwhile", "messrs", "more", "moreover", "most", "mr", "mrs", "ms", "much", "my",
    "nearly", "neither", "never", "nevertheless", "next", "no", "nobody", "none", "nor", "not",
    "nothing", "now", "obviously", "of", "often", "on", "once", "one", "only", "or", "other",
    "others", "our", "over", "perhaps", "please", "rather", "recently", "several", "shall", "she",
    "should", "similarly", "since", "so", "some", "somebody", "someone", "something", "sometimes",
    "soon", "still", "such", "suddenly", "than", "that", "the", "their", "them", "then", "there",
    "therefore", "these", "they", "this", "those", "though", "three", "through", "throughout",
    "thus", "to", "today", "together", "tomorrow", "tonight", "two", "under", "unfortunately",
    "unless", "unlike", "until", "upon", "usually", "was", "we", "well", "were", "what",
    "whatever", "when", "whenever", "where", "whereas", "wherever", "whether", "which", "while",
    "who", "whoever", "whom", "whose", "why", "will", "with", "within", "without", "would", "yes",
    "yesterday", "yet", "you", "your",
};
/* clang-format on */

static const char *const prepositions[] = {
    "about", "after", "around", "at",    "before", "between", "by",
    "from",  "in",    "on",     "since", "till",   "to",      "until",
};

static const char *const time_continues[] = {
    "april",    "august",   "bst",     "cdt",     "central",   "cest",      "cet",      "cst",
    "daylight", "december", "eastern", "edt",     "eet",       "est",       "et",       "february",
    "friday",   "gmt",      "ist",     "january", "jst",       "july",      "june",     "local",
    "march",    "may",      "mdt",     "monday",  "mountain",  "mst",       "november", "october",
    "pacific",  "pdt",      "pst",     "pt",      "saturday",  "september", "standard", "sunday",
    "thursday", "time",     "tuesday", "utc",     "wednesday",
};

static const char *const speech_verbs[] = {
    "added",       "admitted",    "agreed",    "announced",  "answered",    "answers",
    "asked",       "asks",        "barked",    "bawled",     "began",       "begged",
    "bellowed",    "blurted",     "boomed",    "breathed",   "called",      "chimed",
    "chirped",     "chuckled",    "commanded", "complained", "conceded",    "concluded",
    "confessed",   "confirmed",   "continued", "cried",      "cries",       "croaked",
    "cursed",      "declared",    "demanded",  "drawled",    "echoed",      "enquired",
    "exclaimed",   "explained",   "faltered",  "gasped",     "giggled",     "groaned",
    "growled",     "grumbled",    "grunted",   "hissed",     "hollered",    "howled",
    "huffed",      "inquired",    "insisted",  "instructed", "interjected", "interposed",
    "interrupted", "intoned",     "jeered",    "joked",      "laughed",     "moaned",
    "mocked",      "mumbled",     "murmured",  "murmurs",    "mused",       "muttered",
    "mutters",     "observed",    "offered",   "ordered",    "panted",      "pleaded",
    "proclaimed",  "prompted",    "protested", "put",        "queried",     "quipped",
    "rasped",      "reasoned",    "recited",   "remarked",   "reminded",    "repeated",
    "replied",     "replies",     "reported",  "responded",  "retorted",    "returned",
    "roared",      "said",        "says",      "scoffed",    "scolded",     "screamed",
    "screams",     "screeched",   "shouted",   "shouts",     "shrieked",    "sighed",
    "snapped",     "snarled",     "sneered",   "snorted",    "sobbed",      "spat",
    "sputtered",   "squeaked",    "squealed",  "stammered",  "stated",      "stuttered",
    "suggested",   "teased",      "thought",   "thundered",  "told",        "urged",
    "uttered",     "volunteered", "vowed",     "wailed",     "warned",      "whimpered",
    "whined",      "whispered",   "whispers",  "wondered",   "yelled",      "yelped",
};

static const char *const numbered_headings[] = {
    "act",    "appendix", "article", "book",    "canto", "chapter", "episode", "exhibit",
    "letter", "part",     "scene",   "section", "stave", "step",    "volume",
};

static const char *const plain_headings[] = {
    "acknowledgements", "acknowledgments", "afterword", "appendix", "bibliography", "conclusion",
    "contents",         "dedication",      "epilogue",  "foreword", "glossary",     "index",
    "interlude",        "introduction",    "notes",     "preface",  "prelude",      "prologue",
};

static const char *const number_words[] = {
    "eight",    "eighteen", "eighth", "eleven", "fifteen",  "fifth",     "fifty",
    "first",    "five",     "forty",  "four",   "fourteen", "fourth",    "nine",
    "nineteen", "ninth",    "one",    "second", "seven",    "seventeen", "seventh",
    "six",      "sixteen",  "sixth",  "ten",    "tenth",    "third",     "thirteen",
    "thirty",   "three",    "twelve", "twenty", "two",
};

static const char *const articles[] = {
    "a",   "an",       "another", "her", "his",   "my",   "one",
    "our", "somebody", "someone", "the", "their", "your",
};

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_en = {
    .code = "en",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .prepositions = LIST(prepositions),
    .time_continues = LIST(time_continues),
    .speech_verbs = LIST(speech_verbs),
    .articles = LIST(articles),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_CAPITAL_PRONOUN,
};
