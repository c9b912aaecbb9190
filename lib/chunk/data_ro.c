/* SPDX-License-Identifier: MIT */
/* Romanian for the splitter; see language.h for what each table is for. Dialogue begins with a
 * dash; quotations are „...”. "Dl.", "dna." and their forms with a hyphen are titles. The
 * letters with comma and with cedilla below are both met, so words with them are listed twice. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.c", NAME, ANY}, {"a.k.a", NAME, ANY}, {"acad", ALWAYS, ANY}, {"adj", ALWAYS, ANY},
    {"alin", NUMBER, ANY}, {"ap", NUMBER, ANY}, {"apr", NAME, ANY}, {"aprox", ALWAYS, ANY},
    {"arh", ALWAYS, ANY}, {"art", NUMBER, ANY}, {"aug", NAME, ANY}, {"av", ALWAYS, ANY},
    {"bd", ALWAYS, ANY}, {"bl", ALWAYS, ANY}, {"cap", NUMBER, ANY}, {"cca", ALWAYS, ANY},
    {"cf", ALWAYS, ANY}, {"cmdr", ALWAYS, ANY}, {"co", NAME, ANY}, {"col", ALWAYS, CAPITAL},
    {"conf", ALWAYS, ANY}, {"corp", NAME, ANY}, {"cpt", ALWAYS, CAPITAL}, {"d-l", ALWAYS, ANY},
    {"d-lui", ALWAYS, ANY}, {"d-na", ALWAYS, ANY}, {"d.c", NAME, ANY}, {"d.hr", NAME, ANY},
    {"dec", NAME, ANY}, {"dl", ALWAYS, ANY}, {"dlui", ALWAYS, ANY}, {"dna", ALWAYS, ANY},
    {"dnei", ALWAYS, ANY}, {"dr", ALWAYS, ANY}, {"drd", ALWAYS, ANY}, {"dv", NAME, ANY},
    {"dvs", NAME, ANY}, {"e.g", ALWAYS, ANY}, {"e.n", NAME, ANY}, {"ed", NAME, ANY},
    {"engl", NAME, ANY}, {"et", NUMBER, ANY}, {"etc", NAME, ANY}, {"ex", ALWAYS, ANY},
    {"feb", NAME, ANY}, {"febr", NAME, ANY}, {"fig", NUMBER, ANY}, {"fr", NAME, ANY},
    {"gen", ALWAYS, ANY}, {"germ", NAME, ANY}, {"ha", NUMBER, ANY}, {"hr", NAME, ANY},
    {"i.e", ALWAYS, ANY}, {"i.hr", NAME, ANY}, {"ian", NAME, ANY}, {"inc", NAME, ANY},
    {"ing", ALWAYS, ANY}, {"insp", ALWAYS, ANY}, {"it", NAME, ANY}, {"iul", NAME, ANY},
    {"iun", NAME, ANY}, {"jr", NAME, ANY}, {"jud", ALWAYS, ANY}, {"lat", NAME, ANY},
    {"lit", NUMBER, ANY}, {"loc", NAME, ANY}, {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY},
    {"mar", NAME, ANY}, {"max", ALWAYS, ANY}, {"mii", NAME, ANY}, {"mil", NAME, ANY},
    {"min", ALWAYS, ANY}, {"mld", NAME, ANY}, {"mln", NAME, ANY}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, CAPITAL}, {"ms", ALWAYS, CAPITAL}, {"mt", ALWAYS, CAPITAL},
    {"mun", ALWAYS, ANY}, {"n.n", NAME, ANY}, {"nov", NAME, ANY}, {"nr", NUMBER, ANY},
    {"oct", NAME, ANY}, {"op", NUMBER, ANY}, {"p.s", NAME, ANY}, {"pag", NUMBER, ANY},
    {"par", NUMBER, ANY}, {"pct", NUMBER, ANY}, {"ph.d", NAME, ANY}, {"plt", ALWAYS, CAPITAL},
    {"pp", NUMBER, ANY}, {"pr", ALWAYS, ANY}, {"prof", ALWAYS, ANY}, {"punct", NUMBER, ANY},
    {"s.a", NAME, ANY}, {"s.r.l", NAME, ANY}, {"sc", NUMBER, ANY}, {"sec", NUMBER, ANY},
    {"sect", NUMBER, ANY}, {"sep", NAME, ANY}, {"sept", NAME, ANY}, {"sf", ALWAYS, ANY},
    {"sgt", ALWAYS, CAPITAL}, {"slt", ALWAYS, CAPITAL}, {"sr", NAME, CAPITAL}, {"str", ALWAYS, ANY},
    {"tab", NUMBER, ANY}, {"tel", NUMBER, ANY}, {"tit", NUMBER, ANY}, {"trad", NAME, ANY},
    {"u.s", NAME, ANY}, {"univ", NAME, ANY}, {"vol", NUMBER, ANY}, {"vs", ALWAYS, ANY},
    {"§", NUMBER, ANY}, {"î.e.n", NAME, ANY}, {"î.hr", NAME, ANY}, {"ş.a", NAME, ANY},
    {"ş.a.m.d", NAME, ANY}, {"şos", ALWAYS, ANY}, {"ș.a", NAME, ANY}, {"ș.a.m", ALWAYS, ANY},
    {"ș.a.m.d", NAME, ANY}, {"șos", ALWAYS, ANY},
};

static const char *const starters[] = {
    "a", "abia", "acea", "aceast", "aceasta", "această", "aceea", "aceia", "acel", "acest",
    "acesta", "aceste", "acestea", "aceşti", "acești", "acolo", "acum", "adesea", "ai", "aici",
    "al", "ale", "alt", "alta", "alte", "alți", "am", "apoi", "ar", "are", "as", "asta", "astfel",
    "astăzi", "atunci", "au", "aș", "bine", "ca", "cam", "care", "ce", "cea", "cei", "cel", "cele",
    "celor", "cine", "cineva", "cu", "cum", "cumva", "când", "cât", "câte", "câți", "că", "da",
    "dacă", "dar", "de", "deci", "deoarece", "desigur", "despre", "deşi", "deși", "din", "dintre",
    "doamna", "doar", "doi", "domnul", "două", "după", "e", "ea", "ei", "el", "ele", "era", "erau",
    "este", "eu", "fi", "fiecare", "fiind", "foarte", "fost", "iar", "ieri", "la", "le", "li",
    "lor", "lui", "mai", "mereu", "mult", "multe", "mulți", "mâine", "mă", "nici", "niciodată",
    "nimeni", "nimic", "noi", "nu", "numai", "o", "odată", "ori", "oricine", "oricum", "pe",
    "pentru", "peste", "poate", "potrivit", "prea", "prin", "printre", "s", "sa", "sau", "se",
    "spre", "sub", "sunt", "toate", "tot", "totul", "totuși", "toți", "trebuie", "trei", "tu", "un",
    "una", "unde", "unei", "unele", "uneori", "unii", "unul", "va", "voi", "vor", "împreună", "în",
    "înainte", "încă", "însă", "între", "întrucât", "şi", "ştiu", "și", "știu",
};

static const char *const numbered_headings[] = {
    "act", "anexa", "articol", "articolul", "capitol", "capitolul", "cartea", "partea", "scena",
    "secțiunea", "tabloul", "titlul", "volumul",
};

static const char *const plain_headings[] = {
    "anexe", "anexă", "bibliografie", "concluzii", "cuprins", "cuvânt", "dedicație", "epilog",
    "glosar", "introducere", "note", "postfață", "prefață", "prolog",
};

static const char *const number_words[] = {
    "cinci", "doi", "două", "nouă", "opt", "patru", "prima", "primul", "trei", "una", "unu", "zece",
    "întâi", "şapte", "şase", "șapte", "șase",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_ro = {
    .code = "ro",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
