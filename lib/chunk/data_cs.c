/* SPDX-License-Identifier: MIT */
/* Czech for the splitter; see language.h for what each table is for. Ordinals are written with a
 * full stop ("5. května", "Karel IV.", "90. léta"), months in small letters. Quotations are
 * „...“. "r." (year), "s." (page) and the like are single letters and end a sentence before a
 * common first word only. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.s", NAME, ANY}, {"absol", ALWAYS, ANY},
    {"ad", ALWAYS, ANY}, {"ad.č", NUMBER, ANY}, {"aj", NAME, ANY}, {"ak", NAME, ANY},
    {"akad", ALWAYS, ANY}, {"akc", NAME, ANY}, {"al", ALWAYS, SMALL}, {"angl", NAME, ANY},
    {"apod", NAME, ANY}, {"arch", ALWAYS, ANY}, {"arcib", ALWAYS, ANY}, {"asist", NAME, ANY},
    {"atd", NAME, ANY}, {"atp", NAME, ANY}, {"bc", ALWAYS, ANY}, {"bca", ALWAYS, ANY},
    {"biogr", NAME, ANY}, {"bod", NUMBER, ANY}, {"býv", ALWAYS, SMALL}, {"ca", ALWAYS, ANY},
    {"cca", ALWAYS, ANY}, {"chem", NAME, ANY}, {"co", NAME, ANY}, {"corp", NAME, ANY},
    {"csc", NAME, ANY}, {"d.o.o", NAME, ANY}, {"dipl", ALWAYS, ANY}, {"dir", ALWAYS, ANY},
    {"doc", ALWAYS, ANY}, {"dod", NUMBER, ANY}, {"dol", NAME, ANY}, {"dop", ALWAYS, ANY},
    {"dr", ALWAYS, ANY}, {"drsc", NAME, ANY}, {"ds", ALWAYS, ANY}, {"dtto", NAME, ANY},
    {"e.g", ALWAYS, ANY}, {"etc", NAME, ANY}, {"ev", ALWAYS, ANY}, {"ev.č", NAME, ANY},
    {"event", ALWAYS, ANY}, {"fa", ALWAYS, CAPITAL}, {"fol", NUMBER, ANY}, {"fr", NAME, ANY},
    {"franc", NAME, ANY}, {"fy", ALWAYS, ANY}, {"gen", ALWAYS, ANY}, {"h", NAME, ANY},
    {"hl", ALWAYS, ANY}, {"hod", NAME, ANY}, {"hud", NAME, ANY}, {"i.e", ALWAYS, ANY},
    {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"inc", NAME, ANY}, {"ing", ALWAYS, ANY},
    {"insp", ALWAYS, ANY}, {"inž", NAME, ANY}, {"it", NAME, ANY}, {"j", NAME, ANY},
    {"jap", NAME, ANY}, {"jaz", NAME, ANY}, {"jr", NAME, ANY}, {"judr", ALWAYS, ANY},
    {"jun", NAME, ANY}, {"k.o.p", NAME, ANY}, {"kap", NUMBER, ANY}, {"kard", ALWAYS, ANY},
    {"km", NAME, ANY}, {"komp", NAME, ANY}, {"kpt", ALWAYS, ANY}, {"kr", ALWAYS, ANY},
    {"kč", NAME, ANY}, {"kčs", NAME, ANY}, {"l.p", NAME, ANY}, {"lat", NAME, ANY},
    {"ltd", NAME, ANY}, {"ltn", ALWAYS, CAPITAL}, {"m", NAME, ANY}, {"m.n.m", NAME, ANY},
    {"maj", ALWAYS, ANY}, {"max", ALWAYS, SMALL}, {"mdr", ALWAYS, ANY}, {"mezin", ALWAYS, ANY},
    {"mga", ALWAYS, ANY}, {"mgr", ALWAYS, ANY}, {"mil", NAME, ANY}, {"min", NAME, ANY},
    {"mj", ALWAYS, ANY}, {"mjr", ALWAYS, ANY}, {"mld", NAME, ANY}, {"mm", NAME, ANY},
    {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"mudr", ALWAYS, ANY},
    {"mvdr", ALWAYS, ANY}, {"n.l", NAME, ANY}, {"n.m", NAME, ANY}, {"nadp", ALWAYS, ANY},
    {"nakl", NAME, ANY}, {"např", ALWAYS, ANY}, {"nejv", ALWAYS, ANY}, {"nl", NAME, ANY},
    {"npor", ALWAYS, ANY}, {"nr", NUMBER, ANY}, {"náb", ALWAYS, ANY}, {"nám", NAME, ANY},
    {"nář", NAME, ANY}, {"něm", NAME, ANY}, {"o.p.s", NAME, ANY}, {"o.s", NAME, ANY},
    {"ob", ALWAYS, ANY}, {"obch", NAME, ANY}, {"obr", NUMBER, ANY}, {"obv", NAME, ANY},
    {"odd", NUMBER, ANY}, {"odp", ALWAYS, ANY}, {"odst", NUMBER, ANY}, {"ofic", ALWAYS, ANY},
    {"okr", ALWAYS, ANY}, {"orig", ALWAYS, ANY}, {"p.a", NAME, ANY}, {"p.n.l", NAME, ANY},
    {"p.r", NAME, ANY}, {"p.s", NAME, ANY}, {"p.č", NUMBER, ANY}, {"paeddr", ALWAYS, ANY},
    {"par", NUMBER, ANY}, {"parc", NUMBER, ANY}, {"ph.d", NAME, ANY}, {"pharmdr", ALWAYS, ANY},
    {"phdr", ALWAYS, ANY}, {"phmr", ALWAYS, ANY}, {"pl", ALWAYS, ANY}, {"plk", ALWAYS, ANY},
    {"plur", NAME, ANY}, {"pol", NUMBER, ANY}, {"popř", ALWAYS, ANY}, {"port", NAME, ANY},
    {"poruč", ALWAYS, ANY}, {"pov", ALWAYS, ANY}, {"pozd", NAME, ANY}, {"pozn", ALWAYS, ANY},
    {"pozn.č", NUMBER, ANY}, {"poč", NAME, ANY}, {"pp", NAME, ANY}, {"pplk", ALWAYS, ANY},
    {"ppor", ALWAYS, ANY}, {"pps", ALWAYS, ANY}, {"ppř", NAME, ANY}, {"prap", ALWAYS, ANY},
    {"prim", ALWAYS, ANY}, {"prod", NAME, ANY}, {"prof", ALWAYS, ANY}, {"prom", ALWAYS, ANY},
    {"proz", ALWAYS, ANY}, {"písm", NUMBER, ANY}, {"př.kr", NAME, ANY}, {"př.n.l", NAME, ANY},
    {"předs", ALWAYS, ANY}, {"přel", NAME, ANY}, {"přibl", NAME, ANY}, {"příl", NUMBER, ANY},
    {"příp", ALWAYS, ANY}, {"r", NAME, ANY}, {"r.o", NAME, ANY}, {"r.č", NAME, ANY},
    {"rcdr", ALWAYS, ANY}, {"red", NAME, ANY}, {"resp", ALWAYS, ANY}, {"rndr", ALWAYS, ANY},
    {"rotm", ALWAYS, ANY}, {"roč", NUMBER, ANY}, {"rtm", ALWAYS, ANY}, {"rus", NAME, ANY},
    {"s.p", NAME, ANY}, {"s.r.o", NAME, ANY}, {"sb", NUMBER, ANY}, {"sek", NAME, ANY},
    {"sign", NAME, ANY}, {"sing", NAME, ANY}, {"sl", NUMBER, ANY}, {"slč", ALWAYS, ANY},
    {"sp", NUMBER, ANY}, {"spol", NAME, ANY}, {"sr", NAME, CAPITAL}, {"srov", ALWAYS, ANY},
    {"st", NAME, ANY}, {"stol", NAME, ANY}, {"stor", NAME, ANY}, {"str", NUMBER, ANY},
    {"str.r", NAME, ANY}, {"sv", ALWAYS, ANY}, {"sv.r", NAME, ANY}, {"t.r", NAME, ANY},
    {"t.č", NAME, ANY}, {"tab", NUMBER, ANY}, {"tel", NUMBER, ANY}, {"thdr", ALWAYS, ANY},
    {"thlic", ALWAYS, ANY}, {"tis", NAME, ANY}, {"tj", ALWAYS, ANY}, {"tlf", NAME, ANY},
    {"trv", NAME, ANY}, {"tzn", ALWAYS, ANY}, {"tzv", ALWAYS, ANY}, {"tř", ALWAYS, ANY},
    {"tř.č", NUMBER, ANY}, {"u", NAME, ANY}, {"u.s", NAME, ANY}, {"ukr", NAME, ANY},
    {"ul", ALWAYS, ANY}, {"v.i", NAME, ANY}, {"v.o.s", NAME, ANY}, {"v.r", NAME, ANY},
    {"vers", NUMBER, ANY}, {"viz", ALWAYS, ANY}, {"vl", ALWAYS, ANY}, {"vol", NUMBER, ANY},
    {"vs", ALWAYS, ANY}, {"vyd", NAME, ANY}, {"vz", NAME, ANY}, {"vých", ALWAYS, ANY},
    {"vč", ALWAYS, ANY}, {"z.s", NAME, ANY}, {"zejm", ALWAYS, ANY}, {"zkr", ALWAYS, ANY},
    {"zn", ALWAYS, ANY}, {"zool", NAME, ANY}, {"zpr", ALWAYS, ANY}, {"zvl", ALWAYS, ANY},
    {"zák", NUMBER, ANY}, {"zást", ALWAYS, ANY}, {"§", NUMBER, ANY}, {"§.č", NUMBER, ANY},
    {"čes", NAME, ANY}, {"čj", NUMBER, ANY}, {"čl", NUMBER, ANY}, {"čsl", NAME, ANY},
    {"čís", NUMBER, ANY}, {"ř.k", NAME, ANY}, {"řec", NAME, ANY}, {"šk", ALWAYS, ANY},
    {"škpt", ALWAYS, ANY}, {"šp", NAME, ANY}, {"šrtm", ALWAYS, ANY},
};

static const char *const starters[] = {
    "a", "aby", "ale", "alespoň", "anebo", "ani", "ano", "asi", "avšak", "ačkoli", "ačkoliv", "ať",
    "až", "bez", "bohužel", "brzy", "buď", "by", "byl", "byla", "byli", "bylo", "byly", "být",
    "během", "celkem", "celá", "celý", "co", "cože", "dnes", "do", "dokonce", "dokud", "dosud",
    "dva", "dvě", "dál", "dále", "díky", "jak", "jakmile", "jako", "jaká", "jaké", "jaký", "je",
    "jeden", "jedině", "jedna", "jedno", "jednou", "jedná", "jeho", "jej", "jejich", "její",
    "jelikož", "jemu", "jen", "jenom", "jenže", "jestli", "jestliže", "ještě", "ji", "jinak",
    "jiná", "jiné", "jiní", "již", "jsem", "jsi", "jsme", "jsou", "jste", "já", "k", "kam", "kde",
    "kdo", "kdy", "kdyby", "kdykoli", "když", "ke", "kolem", "kolik", "kromě", "kterou", "která",
    "které", "který", "kvůli", "leckdo", "lze", "mají", "mezi", "mimo", "mne", "mnoho", "mnozí",
    "mně", "mohl", "možná", "musí", "my", "má", "málo", "mé", "místo", "můj", "může", "na", "nad",
    "nade", "nakonec", "naopak", "naproti", "například", "naše", "ne", "nebo", "neboť", "nebyl",
    "nechť", "nejdříve", "nejprve", "nejsou", "není", "než", "nic", "nicméně", "nikdo", "nikdy",
    "nové", "nyní", "nás", "následně", "náš", "ní", "o", "oba", "obě", "od", "odkud", "on", "ona",
    "oni", "ono", "ostatní", "pak", "po", "pod", "podle", "podobně", "pokud", "ponevadž", "potom",
    "poté", "později", "pro", "proto", "protože", "proč", "první", "právě", "před", "přede",
    "předtím", "přes", "přesto", "při", "přitom", "přičemž", "s", "samozřejmě", "se", "shodou",
    "si", "skoro", "snad", "společně", "spolu", "sta", "stačí", "stejně", "strašně", "svou", "své",
    "svůj", "ta", "tady", "tak", "taková", "takové", "takový", "takto", "také", "takže", "tam",
    "tamní", "tato", "te", "tedy", "tehdy", "ten", "tenhle", "tento", "teprve", "ti", "tito", "to",
    "tohle", "toho", "tom", "tomu", "totiž", "toto", "tou", "tu", "tudíž", "tvůj", "ty", "tyto",
    "tím", "třeba", "tři", "u", "už", "v", "ve", "vedle", "velmi", "viděl", "vlastně", "vy", "více",
    "včera", "však", "vše", "všechna", "všechno", "všichni", "vůbec", "vždy", "vždyť", "z", "za",
    "zatím", "zatímco", "začátkem", "zda", "zde", "ze", "zejména", "znovu", "zpočátku", "zvláště",
    "zřejmě", "často", "či", "část", "že",
};

static const char *const ordinal_nouns[] = {
    "března", "dubna", "května", "ledna", "listopadu", "prosince", "ročník", "ročníku", "srpna",
    "století", "výročí", "září", "února", "července", "června", "října",
};

static const char *const numbered_headings[] = {
    "akt", "dopis", "díl", "dějství", "jednání", "kapitola", "kniha", "krok", "lekce", "oddíl",
    "paragraf", "příloha", "scéna", "svazek", "zpěv", "článek", "část",
};

static const char *const plain_headings[] = {
    "bibliografie", "doslov", "dovětek", "epilog", "obsah", "poděkování", "poznámky", "prolog",
    "předmluva", "příloha", "přílohy", "rejstřík", "seznam", "shrnutí", "slovníček", "věnování",
    "závěr", "úvod",
};

static const char *const number_words[] = {
    "deset", "desátá", "desátý", "devátá", "devátý", "devět", "druhá", "druhý", "dva", "dvě",
    "jeden", "jedna", "osm", "osmá", "osmý", "první", "pátá", "pátý", "pět", "sedm", "sedmá",
    "sedmý", "třetí", "tři", "čtvrtá", "čtvrtý", "čtyři", "šest", "šestá", "šestý",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_cs = {
    .code = "cs",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .ordinal_digits = 2,
    .ordinal_nouns = LIST(ordinal_nouns),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_ROMAN_ORDINALS,
};
