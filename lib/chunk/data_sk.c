/* SPDX-License-Identifier: MIT */
/* Slovak for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("10. pokus", "Karol IV.", "29. augusta"), months in small letters. Quotations are
 * „...“. Forms of companies are written with spaces ("s. r. o.", "a. s."). */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.i", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.p", NAME, ANY},
    {"a.s", NAME, ANY}, {"a.t.ď", NAME, ANY}, {"ad", NUMBER, ANY}, {"ai", NAME, ANY},
    {"akad", ALWAYS, ANY}, {"akc", NAME, ANY}, {"angl", NAME, ANY}, {"apod", NAME, ANY},
    {"arch", ALWAYS, ANY}, {"arcib", ALWAYS, ANY}, {"atp", NAME, ANY}, {"atď", NAME, ANY},
    {"b.c.s", NAME, ANY}, {"bc", ALWAYS, ANY}, {"biogr", NAME, ANY}, {"bod", NUMBER, ANY},
    {"býv", ALWAYS, ANY}, {"ca", ALWAYS, ANY}, {"cca", ALWAYS, ANY}, {"chem", NAME, ANY},
    {"co", NAME, ANY}, {"corp", NAME, ANY}, {"csc", NAME, ANY}, {"dipl", ALWAYS, ANY},
    {"doc", ALWAYS, ANY}, {"dod", NUMBER, ANY}, {"dopr", ALWAYS, ANY}, {"dr", ALWAYS, ANY},
    {"drsc", NAME, ANY}, {"ds", ALWAYS, ANY}, {"dôst", ALWAYS, ANY}, {"e.g", ALWAYS, ANY},
    {"etc", NAME, ANY}, {"ev", ALWAYS, ANY}, {"event", ALWAYS, ANY}, {"fa", ALWAYS, ANY},
    {"fol", NUMBER, ANY}, {"fr", NAME, ANY}, {"franc", NAME, ANY}, {"gen", ALWAYS, ANY},
    {"gr", NAME, ANY}, {"hl", ALWAYS, ANY}, {"hod", NAME, ANY}, {"hosp", NAME, ANY},
    {"i.e", ALWAYS, ANY}, {"i.č", NAME, ANY}, {"ibid", NAME, ANY}, {"id", NAME, ANY},
    {"inc", NAME, ANY}, {"ing", ALWAYS, ANY}, {"insp", ALWAYS, ANY}, {"inž", ALWAYS, ANY},
    {"it", NAME, ANY}, {"j", NAME, ANY}, {"jr", NAME, ANY}, {"judr", ALWAYS, ANY},
    {"k.o", NAME, ANY}, {"k.s", NAME, ANY}, {"kap", NUMBER, ANY}, {"km", NAME, ANY},
    {"kop", NAME, ANY}, {"kpt", ALWAYS, ANY}, {"ks", NAME, ANY}, {"lat", NAME, ANY},
    {"lek", NAME, ANY}, {"ltd", NAME, ANY}, {"mad", NAME, ANY}, {"maj", ALWAYS, ANY},
    {"max", ALWAYS, SMALL}, {"maď", NAME, ANY}, {"mes", NAME, ANY}, {"mga", ALWAYS, ANY},
    {"mgr", ALWAYS, ANY}, {"mil", NAME, ANY}, {"min", NAME, ANY}, {"mjr", ALWAYS, ANY},
    {"mld", NAME, ANY}, {"mm", NAME, ANY}, {"mn", NAME, ANY}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"mudr", ALWAYS, ANY}, {"mvdr", ALWAYS, ANY},
    {"n.l", NAME, ANY}, {"n.m", NAME, ANY}, {"n.o", NAME, ANY}, {"n.p", NAME, ANY},
    {"nadpor", ALWAYS, ANY}, {"nakl", NAME, ANY}, {"napr", ALWAYS, ANY}, {"nar", NAME, ANY},
    {"nem", NAME, ANY}, {"nov", NAME, ANY}, {"npor", ALWAYS, ANY}, {"nr", NUMBER, ANY},
    {"náb", ALWAYS, ANY}, {"nám", NAME, ANY}, {"o.c.p", NAME, ANY}, {"o.i", NAME, ANY},
    {"o.s", NAME, ANY}, {"ob", ALWAYS, ANY}, {"obch", NAME, ANY}, {"obr", NUMBER, ANY},
    {"obv", NAME, ANY}, {"odb", ALWAYS, ANY}, {"odd", NUMBER, ANY}, {"ods", NUMBER, ANY},
    {"odst", NUMBER, ANY}, {"okr", ALWAYS, ANY}, {"okt", NAME, ANY}, {"orig", ALWAYS, ANY},
    {"p.a", NAME, ANY}, {"p.s", NAME, ANY}, {"p.č", NUMBER, ANY}, {"paeddr", ALWAYS, ANY},
    {"par", NUMBER, ANY}, {"parc", NUMBER, ANY}, {"ph.d", NAME, ANY}, {"pharmdr", ALWAYS, ANY},
    {"phdr", ALWAYS, ANY}, {"phmr", ALWAYS, ANY}, {"pl", NAME, ANY}, {"plk", ALWAYS, ANY},
    {"pod", NAME, ANY}, {"pol", NUMBER, ANY}, {"popr", ALWAYS, ANY}, {"porov", ALWAYS, ANY},
    {"poruč", ALWAYS, ANY}, {"pov", ALWAYS, ANY}, {"pozn", ALWAYS, ANY}, {"poľ", NAME, ANY},
    {"pplk", ALWAYS, ANY}, {"ppor", ALWAYS, ANY}, {"pr.kr", NAME, ANY}, {"pred.n.l", NAME, ANY},
    {"preds", ALWAYS, ANY}, {"prekl", NAME, ANY}, {"prim", ALWAYS, ANY}, {"prof", ALWAYS, ANY},
    {"prom", ALWAYS, ANY}, {"príl", ALWAYS, ANY}, {"príp", ALWAYS, ANY}, {"písm", NUMBER, ANY},
    {"r", NAME, ANY}, {"r.s", NAME, ANY}, {"resp", ALWAYS, ANY}, {"rndr", ALWAYS, ANY},
    {"roč", NAME, ANY}, {"rtm", ALWAYS, ANY}, {"rus", NAME, ANY}, {"s.p", NAME, ANY},
    {"s.r.o", NAME, ANY}, {"sek", NAME, ANY}, {"sep", NAME, ANY}, {"sept", NAME, ANY},
    {"sev", NAME, ANY}, {"sing", NAME, ANY}, {"sl", ALWAYS, ANY}, {"slč", ALWAYS, ANY},
    {"sp", ALWAYS, ANY}, {"spol", NAME, ANY}, {"sr", NAME, CAPITAL}, {"stol", NAME, ANY},
    {"stor", NAME, ANY}, {"str", NUMBER, ANY}, {"str.r", NAME, ANY}, {"sv", ALWAYS, ANY},
    {"súdr", ALWAYS, ANY}, {"t.j", ALWAYS, ANY}, {"t.r", NAME, ANY}, {"t.zn", ALWAYS, ANY},
    {"t.č", NAME, ANY}, {"tab", NUMBER, ANY}, {"tel", NUMBER, ANY}, {"tel.č", NAME, ANY},
    {"thdr", ALWAYS, ANY}, {"thlic", ALWAYS, ANY}, {"tis", NAME, ANY}, {"tj", ALWAYS, ANY},
    {"tr", NAME, ANY}, {"tzn", ALWAYS, ANY}, {"tzv", ALWAYS, ANY}, {"u.s", NAME, ANY},
    {"ukr", NAME, ANY}, {"ul", ALWAYS, ANY}, {"v.d", NAME, ANY}, {"v.i", NAME, ANY},
    {"v.o.s", NAME, ANY}, {"vers", NUMBER, ANY}, {"vl", ALWAYS, ANY}, {"vol", NUMBER, ANY},
    {"vrát", ALWAYS, ANY}, {"vs", ALWAYS, ANY}, {"vyd", NAME, ANY}, {"vých", ALWAYS, ANY},
    {"z.z", NUMBER, ANY}, {"zb", NAME, ANY}, {"zdr", NAME, ANY}, {"znač", ALWAYS, ANY},
    {"zried", ALWAYS, ANY}, {"zv", ALWAYS, ANY}, {"zák", NUMBER, ANY}, {"zást", ALWAYS, ANY},
    {"§", NUMBER, ANY}, {"čes", NAME, ANY}, {"čl", NUMBER, ANY}, {"čís", NUMBER, ANY},
    {"š.p", NAME, ANY}, {"špan", NAME, ANY}, {"ž", NAME, ANY},
};

static const char *const starters[] = {
    "a", "aby", "ak", "ako", "akoby", "aká", "aké", "aký", "ale", "alebo", "ani", "asi", "aspoň",
    "avšak", "až", "bez", "bohužiaľ", "bol", "bola", "boli", "bolo", "by", "byť", "celkovo", "celá",
    "celý", "cez", "dnes", "do", "dokonca", "doposiaľ", "dosiaľ", "dva", "dvaja", "dve", "ešte",
    "hneď", "hoci", "i", "iba", "ich", "inak", "iná", "iné", "iní", "ja", "je", "jeden", "jedna",
    "jedno", "jednoducho", "jeho", "jej", "k", "kam", "každá", "každé", "každý", "kde", "keby",
    "kedy", "kedže", "keď", "keďže", "kto", "ktorá", "ktoré", "ktorí", "ktorý", "kvôli", "kým",
    "lebo", "len", "lenže", "ma", "majú", "mal", "mali", "medzi", "menej", "mi", "mimo", "mnohé",
    "mnohí", "moja", "moje", "možno", "musí", "my", "má", "málo", "môj", "môže", "mňa", "na", "nad",
    "nado", "najmä", "najprv", "najskôr", "nakoniec", "napokon", "napriek", "naša", "naše", "ne",
    "nebol", "nech", "než", "nie", "niekto", "niektoré", "niektorí", "nik", "nikdy", "nikto", "nič",
    "no", "nové", "následne", "náš", "o", "oba", "obaja", "od", "odkiaľ", "odvtedy", "okolo",
    "okrem", "on", "ona", "oni", "ono", "ostatné", "ostatní", "po", "pod", "podobne", "podľa",
    "pokiaľ", "poslednú", "potom", "počas", "pre", "pred", "predtým", "preto", "pretože", "prečo",
    "pri", "prostredníctvom", "proti", "prv", "prvá", "prvé", "prvý", "práve", "s", "sa",
    "samozrejme", "si", "skoro", "snáď", "so", "som", "spolu", "späť", "stále", "svoj", "svoje",
    "sú", "ta", "tak", "takto", "taká", "také", "taký", "takýto", "takže", "tam", "te", "teda",
    "ten", "tento", "teraz", "tie", "tieto", "tiež", "to", "toho", "tohto", "tomu", "totiž", "toto",
    "traja", "treba", "tri", "tu", "ty", "táto", "tí", "u", "už", "v", "veď", "veľa", "veľmi",
    "viac", "viacerí", "vo", "vtedy", "vy", "vás", "včera", "však", "všetci", "všetko", "všetky",
    "vždy", "z", "za", "zatiaľ", "zdá", "ze", "zo", "zrejme", "zvyčajne", "áno", "často", "časť",
    "či", "čo", "čoskoro", "čím", "ďalej", "ďalšia", "ďalšie", "ďalší", "že", "žiaden", "žiadna",
    "žiadne",
};

static const char *const ordinal_nouns[] = {
    "apríla", "augusta", "decembra", "februára", "januára", "júla", "júna", "marca", "mája",
    "novembra", "októbra", "ročník", "ročníka", "septembra", "storočia", "storočie", "storočí",
    "výročia", "výročie",
};

static const char *const numbered_headings[] = {
    "akt", "dejstvo", "diel", "kapitola", "kniha", "krok", "lekcia", "list", "oddiel", "paragraf",
    "príloha", "scéna", "spev", "zväzok", "časť", "článok",
};

static const char *const plain_headings[] = {
    "bibliografia", "doslov", "epilóg", "obsah", "poznámky", "poďakovanie", "predhovor", "predslov",
    "prológ", "prílohy", "register", "slovník", "venovanie", "zhrnutie", "záver", "úvod",
};

static const char *const number_words[] = {
    "desať", "desiata", "desiaty", "deviata", "deviaty", "deväť", "druhá", "druhý", "dva", "dve",
    "jeden", "jedna", "osem", "piata", "piaty", "prvá", "prvý", "päť", "sedem", "siedma", "siedmy",
    "tretia", "tretí", "tri", "ôsma", "ôsmy", "šesť", "šiesta", "šiesty", "štvrtá", "štvrtý",
    "štyri",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_sk = {
    .code = "sk",
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
