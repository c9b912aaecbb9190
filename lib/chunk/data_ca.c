/* SPDX-License-Identifier: MIT */
/* Catalan for the splitter; see language.h for what each table is for. Articles and prepositions
 * are elided before vowels (l', d'); "p. ex." is two abbreviations. Ordinals are 1r, 2n, so a
 * full stop behind a number ends the sentence. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.c", NAME, ANY}, {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY},
    {"abr", NAME, ANY}, {"admin", ALWAYS, ANY}, {"ag", NAME, ANY}, {"ap", NUMBER, ANY},
    {"apr", ALWAYS, ANY}, {"aprox", ALWAYS, ANY}, {"apt", NAME, ANY}, {"arq", ALWAYS, ANY},
    {"art", NUMBER, ANY}, {"arts", NUMBER, ANY}, {"av", ALWAYS, ANY}, {"avda", ALWAYS, ANY},
    {"ca", ALWAYS, ANY}, {"cap", ALWAYS, CAPITAL}, {"caps", NUMBER, ANY}, {"cf", ALWAYS, ANY},
    {"cia", NAME, ANY}, {"co", NAME, ANY}, {"col", NUMBER, ANY}, {"corp", NAME, ANY},
    {"ctra", ALWAYS, ANY}, {"d.c", NAME, ANY}, {"dg", NAME, ANY}, {"dj", NAME, ANY},
    {"dl", NAME, ANY}, {"dm", NAME, ANY}, {"dr", ALWAYS, ANY}, {"dra", ALWAYS, ANY},
    {"drs", ALWAYS, ANY}, {"ds", NAME, ANY}, {"dv", NAME, ANY}, {"e.g", ALWAYS, ANY},
    {"ed", NUMBER, ANY}, {"emm", ALWAYS, CAPITAL}, {"etc", NAME, ANY}, {"ex", ALWAYS, ANY},
    {"excm", ALWAYS, ANY}, {"excma", ALWAYS, ANY}, {"feb", NAME, ANY}, {"febr", NAME, ANY},
    {"fig", NUMBER, ANY}, {"figs", NUMBER, ANY}, {"fr", NAME, ANY}, {"gen", NAME, ANY},
    {"gral", ALWAYS, CAPITAL}, {"hab", NAME, ANY}, {"hble", ALWAYS, ANY}, {"i.e", ALWAYS, ANY},
    {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"il·lm", ALWAYS, ANY}, {"il·lma", ALWAYS, ANY},
    {"inc", NAME, ANY}, {"jr", NAME, ANY}, {"jul", NAME, ANY}, {"jun", NAME, ANY},
    {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY}, {"mn", ALWAYS, CAPITAL}, {"mons", ALWAYS, ANY},
    {"mr", ALWAYS, CAPITAL}, {"mrs", ALWAYS, CAPITAL}, {"ms", ALWAYS, CAPITAL},
    {"màx", ALWAYS, ANY}, {"mín", ALWAYS, ANY}, {"nov", NAME, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"núm", NUMBER, ANY}, {"núms", NUMBER, ANY}, {"oct", NAME, ANY},
    {"p.ex", ALWAYS, ANY}, {"p.m", NAME, ANY}, {"p.s", NAME, ANY}, {"par", NUMBER, ANY},
    {"pg", NAME, ANY}, {"ph.d", NAME, ANY}, {"pl", ALWAYS, ANY}, {"pobl", NAME, ANY},
    {"pp", NUMBER, ANY}, {"pral", NAME, ANY}, {"prof", ALWAYS, ANY}, {"profa", ALWAYS, ANY},
    {"prov", NAME, ANY}, {"pàg", NUMBER, ANY}, {"pàgs", NUMBER, ANY}, {"pça", ALWAYS, ANY},
    {"ref", NUMBER, ANY}, {"rev", ALWAYS, ANY}, {"s.a", NAME, ANY}, {"s.l", NAME, ANY},
    {"s.u", NAME, ANY}, {"set", NAME, ANY}, {"sgt", ALWAYS, CAPITAL}, {"soc", NAME, ANY},
    {"sr", ALWAYS, CAPITAL}, {"sra", ALWAYS, CAPITAL}, {"sres", ALWAYS, CAPITAL},
    {"srs", ALWAYS, CAPITAL}, {"srta", ALWAYS, CAPITAL}, {"ss", NAME, ANY}, {"st", ALWAYS, CAPITAL},
    {"sta", ALWAYS, CAPITAL}, {"sts", ALWAYS, CAPITAL}, {"tab", NUMBER, ANY}, {"tel", NUMBER, ANY},
    {"trad", NAME, ANY}, {"tít", NUMBER, ANY}, {"u.s", NAME, ANY}, {"univ", NAME, ANY},
    {"vol", NUMBER, ANY}, {"vols", NUMBER, ANY}, {"vs", ALWAYS, ANY},
};

static const char *const starters[] = {
    "a", "abans", "ahir", "així", "això", "al", "aleshores", "alguna", "algunes", "alguns", "algú",
    "als", "altres", "amb", "ambdós", "any", "aquell", "aquella", "aquelles", "aquells", "aquest",
    "aquesta", "aquestes", "aquests", "aquí", "ara", "avui", "cada", "cal", "com", "contra", "d",
    "dalt", "darrere", "de", "del", "dels", "des", "després", "dins", "doncs", "durant", "el",
    "ell", "ella", "elles", "ells", "els", "em", "en", "encara", "entre", "era", "eren", "es",
    "estava", "està", "finalment", "fins", "ha", "han", "he", "hi", "hom", "i", "ja", "jo", "l",
    "la", "les", "li", "llavors", "lloc", "m", "mai", "malgrado", "malgrat", "mentre", "meu",
    "molt", "molta", "molts", "més", "n", "ni", "ningú", "no", "nosaltres", "o", "on", "per",
    "perquè", "però", "poc", "potser", "primer", "qualsevol", "quan", "quant", "que", "qui", "quin",
    "quina", "què", "res", "s", "segons", "sempre", "sense", "ser", "serà", "seu", "seva", "si",
    "sobre", "sota", "sovint", "són", "també", "tan", "tanmateix", "tant", "tot", "tota", "totes",
    "tothom", "tots", "tres", "tu", "un", "una", "unes", "uns", "va", "van", "vosaltres", "vostè",
    "y", "és",
};

static const char *const numbered_headings[] = {
    "acte", "annex", "apèndix", "article", "cant", "capítol", "escena", "llibre", "part", "secció",
    "títol", "volum",
};

static const char *const plain_headings[] = {
    "agraïments", "annex", "apèndix", "bibliografia", "conclusions", "conclusió", "dedicatòria",
    "epíleg", "glossari", "introducció", "notes", "prefaci", "pròleg", "sumari", "índex",
};

static const char *const number_words[] = {
    "cinc", "cinquena", "cinquè", "deu", "dos", "dues", "nou", "primer", "primera", "quart",
    "quarta", "quatre", "segon", "segona", "set", "sis", "tercer", "tercera", "tres", "u", "un",
    "vuit",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ca = {
    .code = "ca",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
