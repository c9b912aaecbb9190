/* SPDX-License-Identifier: MIT */
/* French for the splitter; see language.h for what each table is for. A space stands before ! ?
 * : ; and inside « », so the mark and its closing guillemet are apart from the words. Titles are
 * written "M." and "MM."; the elided words (l', d', qu') may stand before an abbreviation.
 * Dialogue begins with a dash and what is said goes on in small letters ("— Non ! dit-il."). */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.-c", NAME, ANY}, {"a.k.a", NAME, ANY}, {"adj", NAME, ANY}, {"adm", ALWAYS, ANY},
    {"adr", ALWAYS, SMALL}, {"aff", NAME, ANY}, {"affl", ALWAYS, ANY}, {"al", NUMBER, ANY},
    {"anc", ALWAYS, ANY}, {"ann", NUMBER, ANY}, {"ap", ALWAYS, SMALL}, {"app", NUMBER, ANY},
    {"apr", ALWAYS, ANY}, {"apr.j-c", NAME, ANY}, {"apr.j.-c", ALWAYS, ANY}, {"arch", ALWAYS, ANY},
    {"arr", ALWAYS, ANY}, {"art", NUMBER, ANY}, {"assoc", NAME, ANY}, {"auj", ALWAYS, ANY},
    {"av", NAME, ANY}, {"avr", NAME, ANY}, {"b.d", NAME, ANY}, {"bd", NAME, ANY},
    {"bibl", ALWAYS, ANY}, {"bibl.nat", NUMBER, ANY}, {"biogr", ALWAYS, ANY}, {"bld", ALWAYS, ANY},
    {"blvd", ALWAYS, ANY}, {"boul", ALWAYS, ANY}, {"br", ALWAYS, SMALL}, {"bull", NAME, ANY},
    {"c.-d", NAME, ANY}, {"c.-à-d", ALWAYS, ANY}, {"c.à.d", ALWAYS, ANY}, {"ca", ALWAYS, SMALL},
    {"cah", NUMBER, ANY}, {"cap", NAME, ANY}, {"cart", NUMBER, ANY}, {"cdt", ALWAYS, CAPITAL},
    {"cf", ALWAYS, ANY}, {"ch", NUMBER, ANY}, {"chap", NUMBER, ANY}, {"chr", ALWAYS, CAPITAL},
    {"cie", NAME, ANY}, {"circ", ALWAYS, SMALL}, {"cit", NAME, ANY}, {"co", NAME, ANY},
    {"col", NAME, ANY}, {"coll", NAME, ANY}, {"comp", ALWAYS, ANY}, {"conf", ALWAYS, ANY},
    {"cons", ALWAYS, SMALL}, {"corp", NAME, ANY}, {"corr", ALWAYS, ANY}, {"cpt", ALWAYS, CAPITAL},
    {"cél", NAME, ANY}, {"d.c", NAME, ANY}, {"d.e.a", NAME, ANY}, {"dict", NAME, ANY},
    {"dim", NAME, ANY}, {"dir", ALWAYS, ANY}, {"dr", ALWAYS, ANY}, {"drs", ALWAYS, CAPITAL},
    {"déc", NAME, ANY}, {"dép", NAME, ANY}, {"dépt", NAME, ANY}, {"e.g", ALWAYS, ANY},
    {"ed", ALWAYS, SMALL}, {"edit", NAME, ANY}, {"env", NAME, ANY}, {"etc", NAME, ANY},
    {"ets", NAME, ANY}, {"ex", NAME, ANY}, {"ext", NAME, ANY}, {"fasc", NUMBER, ANY},
    {"faub", NAME, ANY}, {"ff", NAME, ANY}, {"fig", NUMBER, ANY}, {"fl", ALWAYS, SMALL},
    {"fr", NAME, ANY}, {"féd", ALWAYS, ANY}, {"fév", NAME, ANY}, {"févr", NAME, ANY},
    {"g.-d", ALWAYS, ANY}, {"gal", ALWAYS, CAPITAL}, {"gouv", ALWAYS, ANY}, {"gr", ALWAYS, ANY},
    {"gén", ALWAYS, CAPITAL}, {"géogr", NAME, ANY}, {"géol", NAME, ANY}, {"hab", NAME, ANY},
    {"hist", NAME, ANY}, {"hon", ALWAYS, ANY}, {"hors-t", NUMBER, ANY}, {"i.e", ALWAYS, ANY},
    {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"ill", NUMBER, ANY}, {"imp", ALWAYS, ANY},
    {"inc", NAME, ANY}, {"intr", ALWAYS, SMALL}, {"introd", ALWAYS, ANY}, {"inv", ALWAYS, ANY},
    {"inéd", NAME, ANY}, {"ital", NAME, ANY}, {"j", NAME, ANY}, {"j.-c", NAME, ANY},
    {"j.c", NAME, ANY}, {"jan", NAME, ANY}, {"janv", NAME, ANY}, {"jr", NAME, ANY},
    {"juil", NAME, ANY}, {"l.-col", NUMBER, ANY}, {"lat", NAME, ANY}, {"lig", NUMBER, ANY},
    {"ling", NAME, ANY}, {"litt", NAME, ANY}, {"liv", NUMBER, ANY}, {"ll.aa", NAME, ANY},
    {"loc", NAME, ANY}, {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY}, {"lun", NAME, ANY},
    {"m", ALWAYS, CAPITAL}, {"maj", NAME, ANY}, {"mar", NAME, ANY}, {"math", ALWAYS, ANY},
    {"max", ALWAYS, SMALL}, {"mgr", ALWAYS, ANY}, {"milit", NAME, ANY}, {"min", ALWAYS, SMALL},
    {"mlle", ALWAYS, ANY}, {"mlles", ALWAYS, ANY}, {"mm", ALWAYS, CAPITAL}, {"mme", ALWAYS, ANY},
    {"mmes", ALWAYS, ANY}, {"mod", NAME, ANY}, {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY},
    {"ms", ALWAYS, ANY}, {"mt", ALWAYS, CAPITAL}, {"mtre", ALWAYS, ANY}, {"mus", NAME, ANY},
    {"méd", NAME, ANY}, {"mém", NAME, ANY}, {"n.-b", NAME, ANY}, {"n.o", NUMBER, ANY},
    {"no", NUMBER, ANY}, {"nov", NAME, ANY}, {"num", NUMBER, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"obs", NAME, ANY}, {"oct", NAME, ANY}, {"op", NAME, ANY},
    {"orig", ALWAYS, SMALL}, {"ouvr", NAME, ANY}, {"p.-s", NAME, ANY}, {"p.c.q", NAME, ANY},
    {"p.ex", ALWAYS, ANY}, {"p.o", ALWAYS, ANY}, {"p.s", NAME, ANY}, {"pag", NUMBER, ANY},
    {"pers", NAME, ANY}, {"ph.d", NAME, ANY}, {"philos", NAME, ANY}, {"phys", NAME, ANY},
    {"pl", NAME, ANY}, {"plur", NAME, ANY}, {"pop", NAME, ANY}, {"poét", NAME, ANY},
    {"pp", NUMBER, ANY}, {"ppal", NAME, ANY}, {"pr", ALWAYS, ANY}, {"prof", NAME, ANY},
    {"prov", NAME, ANY}, {"préf", NAME, ANY}, {"ps", NAME, ANY}, {"pseud", NAME, ANY},
    {"pt", NUMBER, ANY}, {"péj", NAME, ANY}, {"r.p", NAME, ANY}, {"r.v", NAME, ANY},
    {"rech", ALWAYS, SMALL}, {"ref", NUMBER, ANY}, {"rel", NAME, ANY}, {"rem", ALWAYS, ANY},
    {"resp", ALWAYS, ANY}, {"rev", NAME, ANY}, {"réf", NUMBER, ANY}, {"rép", ALWAYS, CAPITAL},
    {"s", NAME, ANY}, {"s.a", NAME, ANY}, {"s.a.r", ALWAYS, ANY}, {"s.a.r.l", NAME, ANY},
    {"s.a.s", ALWAYS, ANY}, {"s.d", NAME, ANY}, {"s.l", NAME, ANY}, {"s.p.a", NAME, ANY},
    {"s.v.p", NAME, ANY}, {"sc", NAME, ANY}, {"sect", NUMBER, ANY}, {"sept", NAME, ANY},
    {"sgt", ALWAYS, CAPITAL}, {"sing", NAME, ANY}, {"soc", ALWAYS, SMALL}, {"spéc", ALWAYS, ANY},
    {"sq", NUMBER, ANY}, {"sr", ALWAYS, CAPITAL}, {"ss", ALWAYS, CAPITAL}, {"st", ALWAYS, CAPITAL},
    {"ste", NAME, ANY}, {"sté", NAME, ANY}, {"subst", ALWAYS, SMALL}, {"suiv", NAME, ANY},
    {"suppl", NAME, ANY}, {"symb", NAME, ANY}, {"t.v.a", NAME, ANY}, {"tab", NUMBER, ANY},
    {"techn", ALWAYS, ANY}, {"ten", NAME, ANY}, {"théol", ALWAYS, ANY}, {"théât", NAME, ANY},
    {"tit", NUMBER, ANY}, {"tom", NUMBER, ANY}, {"trad", NAME, ANY}, {"tél", NUMBER, ANY},
    {"u.s", NAME, ANY}, {"univ", NAME, ANY}, {"v", ALWAYS, SMALL}, {"v.g", ALWAYS, ANY},
    {"v.gén", ALWAYS, ANY}, {"ven", NAME, ANY}, {"vol", NUMBER, ANY}, {"vs", NAME, ANY},
    {"vve", ALWAYS, ANY}, {"vx", ALWAYS, SMALL}, {"zool", NAME, ANY}, {"§", NUMBER, ANY},
    {"éd", NAME, ANY}, {"éds", NAME, ANY}, {"élec", NAME, ANY}, {"ép", ALWAYS, ANY},
    {"éts", ALWAYS, ANY},
};

static const char *const starters[] = {
    "a", "afin", "ailleurs", "ainsi", "alors", "après", "assez", "au", "aucun", "aucune",
    "aujourd'hui", "auparavant", "auprès", "aussi", "autant", "autour", "autre", "autrefois",
    "autres", "aux", "avant", "avec", "bien", "bientôt", "bref", "c", "ce", "ceci", "cela", "celle",
    "celles", "celui", "cependant", "certaines", "certains", "ces", "cet", "cette", "ceux",
    "chacun", "chacune", "chaque", "chez", "ci", "combien", "comme", "comment", "contrairement",
    "contre", "d", "d'abord", "d'ailleurs", "d'après", "d'autres", "dans", "davantage", "de",
    "dehors", "demain", "depuis", "derrière", "des", "deux", "devant", "dix", "donc", "dont", "du",
    "durant", "dès", "déjà", "désormais", "elle", "elles", "en", "encore", "enfin", "ensuite",
    "entre", "est", "et", "eux", "faut", "fin", "finalement", "grâce", "hier", "hormis", "hélas",
    "ici", "il", "ils", "j", "jadis", "jamais", "je", "jusqu", "jusque", "l", "la", "le", "lequel",
    "les", "leur", "leurs", "lors", "lorsqu", "lorsque", "lui", "là", "m", "ma", "maintenant",
    "mais", "malgré", "malheureusement", "me", "mes", "mieux", "moi", "moins", "mon", "même", "n",
    "naturellement", "ne", "ni", "non", "nos", "notre", "nous", "nul", "on", "or", "ou", "oui",
    "outre", "où", "par", "parallèlement", "parce", "parfois", "parmi", "partout", "pas", "pendant",
    "personne", "peu", "peut", "peut-être", "plus", "plusieurs", "plutôt", "pour", "pourquoi",
    "pourtant", "presque", "près", "puis", "puisque", "qu", "quand", "quant", "quatre", "que",
    "quel", "quelle", "quelles", "quelqu", "quelque", "quelques", "quels", "qui", "quiconque",
    "quoi", "quoique", "rien", "s", "sa", "sans", "sauf", "se", "selon", "ses", "seul", "seule",
    "seulement", "si", "sitôt", "six", "soudain", "sous", "souvent", "suite", "suivant", "sur",
    "surtout", "ta", "tandis", "tant", "tantôt", "te", "tel", "telle", "tels", "tes", "toi", "ton",
    "tous", "tout", "toute", "toutefois", "toutes", "trois", "trop", "très", "tu", "un", "une",
    "vers", "voici", "voilà", "vos", "votre", "vous", "vraiment", "y", "à", "ça", "également",
    "était", "étant", "être",
};

static const char *const numbered_headings[] = {
    "acte", "annexe", "article", "chant", "chapitre", "exercice", "lettre", "leçon", "livre",
    "partie", "scène", "section", "séance", "titre", "tome", "volume", "épisode", "étape",
};

static const char *const plain_headings[] = {
    "annexe", "annexes", "avant-propos", "bibliographie", "conclusion", "dédicace", "glossaire",
    "index", "introduction", "notes", "postface", "prologue", "préambule", "préface",
    "remerciements", "sommaire", "table", "épilogue",
};

static const char *const number_words[] = {
    "cinq", "cinquième", "deux", "deuxième", "dix", "dixième", "douze", "huit", "huitième", "neuf",
    "neuvième", "onze", "premier", "première", "quatorze", "quatre", "quatrième", "quinze",
    "second", "seconde", "seize", "sept", "septième", "six", "sixième", "treize", "trente", "trois",
    "troisième", "un", "une", "vingt",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_fr = {
    .code = "fr",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
