/* SPDX-License-Identifier: MIT */
/* Norwegian for the splitter; see language.h for what each table is for. Bokmål and Nynorsk.
 * Ordinals are written with a full stop ("17. mai", "Harald 5."), months in small letters. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY}, {"adm", ALWAYS, ANY},
    {"adr", ALWAYS, ANY}, {"ang", ALWAYS, ANY}, {"anm", ALWAYS, ANY}, {"apr", NAME, ANY},
    {"art", NUMBER, ANY}, {"aug", NAME, ANY}, {"avd", ALWAYS, ANY}, {"avg", ALWAYS, ANY},
    {"avs", ALWAYS, SMALL}, {"avsn", NUMBER, ANY}, {"bd", NUMBER, ANY}, {"bet", ALWAYS, ANY},
    {"bind", NUMBER, ANY}, {"bl.a", ALWAYS, ANY}, {"bnr", NUMBER, ANY}, {"ca", ALWAYS, ANY},
    {"cand", ALWAYS, ANY}, {"chr", NAME, CAPITAL}, {"co", NAME, ANY}, {"corp", NAME, ANY},
    {"d.e", ALWAYS, ANY}, {"d.v.s", ALWAYS, ANY}, {"des", NAME, ANY}, {"dir", ALWAYS, ANY},
    {"div", ALWAYS, ANY}, {"dr", ALWAYS, ANY}, {"ds", ALWAYS, ANY}, {"dvs", ALWAYS, ANY},
    {"e.g", ALWAYS, ANY}, {"e.kr", NAME, ANY}, {"e.l", NAME, ANY}, {"eftf", NAME, ANY},
    {"eks", NAME, ANY}, {"ekskl", ALWAYS, ANY}, {"el.l", NAME, ANY}, {"etc", NAME, ANY},
    {"ev", ALWAYS, ANY}, {"evt", ALWAYS, ANY}, {"f", NAME, ANY}, {"f.eks", ALWAYS, ANY},
    {"f.kr", NAME, ANY}, {"f.m", NAME, ANY}, {"f.o.m", ALWAYS, SMALL}, {"fam", ALWAYS, ANY},
    {"feb", NAME, ANY}, {"febr", NAME, ANY}, {"ff", NAME, ANY}, {"fhv", ALWAYS, ANY},
    {"fig", NUMBER, ANY}, {"flg", NAME, ANY}, {"fr", ALWAYS, ANY}, {"frk", ALWAYS, ANY},
    {"gen", ALWAYS, CAPITAL}, {"ggr", ALWAYS, ANY}, {"gl", ALWAYS, ANY}, {"gnr", NUMBER, ANY},
    {"henv", ALWAYS, ANY}, {"hhv", ALWAYS, ANY}, {"hj", NAME, ANY}, {"hr", ALWAYS, ANY},
    {"i.e", ALWAYS, ANY}, {"ibid", NAME, ANY}, {"iflg", ALWAYS, ANY}, {"iht", ALWAYS, ANY},
    {"inc", NAME, ANY}, {"inkl", ALWAYS, ANY}, {"innb", ALWAYS, ANY}, {"insp", ALWAYS, ANY},
    {"jan", NAME, ANY}, {"jf", ALWAYS, ANY}, {"jfr", ALWAYS, ANY}, {"jr", NAME, ANY},
    {"jul", NAME, ANY}, {"jun", NAME, ANY}, {"jur", ALWAYS, ANY}, {"kap", NUMBER, ANY},
    {"kapt", ALWAYS, ANY}, {"kgl", ALWAYS, ANY}, {"kgl.res", NUMBER, ANY}, {"kl", ALWAYS, ANY},
    {"km", NAME, ANY}, {"kr", NAME, ANY}, {"l", NAME, ANY}, {"ledd", NUMBER, ANY},
    {"lic", ALWAYS, ANY}, {"lnr", NUMBER, ANY}, {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY},
    {"m.a", NAME, ANY}, {"m.a.o", ALWAYS, ANY}, {"m.fl", NAME, ANY}, {"m.h.t", ALWAYS, ANY},
    {"m.m", NAME, ANY}, {"m.v", NAME, ANY}, {"maks", ALWAYS, ANY}, {"mfl", NAME, ANY},
    {"mht", ALWAYS, ANY}, {"mill", NAME, ANY}, {"mnd", NAME, ANY}, {"mots", ALWAYS, ANY},
    {"mr", ALWAYS, ANY}, {"mrd", NAME, ANY}, {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY},
    {"mv", NAME, ANY}, {"n.å", NAME, ANY}, {"nemnd", ALWAYS, ANY}, {"nov", NAME, ANY},
    {"nr", NUMBER, ANY}, {"num", NUMBER, ANY}, {"n°", NUMBER, ANY}, {"nº", NUMBER, ANY},
    {"o.a", NAME, ANY}, {"o.d", NAME, ANY}, {"o.l", NAME, ANY}, {"obl", NAME, ANY},
    {"off", ALWAYS, ANY}, {"okt", NAME, ANY}, {"oms", ALWAYS, ANY}, {"omtr", ALWAYS, ANY},
    {"oppr", ALWAYS, ANY}, {"org.nr", ALWAYS, ANY}, {"osb", NAME, ANY}, {"osv", NAME, ANY},
    {"overs", NAME, ANY}, {"p.g.a", ALWAYS, ANY}, {"p.m", NAME, ANY}, {"p.p", NAME, ANY},
    {"p.s", NAME, ANY}, {"p.t", ALWAYS, ANY}, {"par", NUMBER, ANY}, {"pga", ALWAYS, ANY},
    {"ph.d", NAME, ANY}, {"pkt", NUMBER, ANY}, {"pl", NUMBER, ANY}, {"pp", NUMBER, ANY},
    {"pr", ALWAYS, ANY}, {"prof", ALWAYS, ANY}, {"pst", NAME, ANY}, {"red", NAME, ANY},
    {"resp", ALWAYS, ANY}, {"s.k", ALWAYS, ANY}, {"sek", NAME, ANY}, {"sep", NAME, ANY},
    {"sept", NAME, ANY}, {"sml", ALWAYS, ANY}, {"sp", NUMBER, ANY}, {"spes", ALWAYS, ANY},
    {"sr", NAME, ANY}, {"st", ALWAYS, ANY}, {"str", NUMBER, ANY}, {"stud", ALWAYS, ANY},
    {"såk", ALWAYS, ANY}, {"t.d", ALWAYS, ANY}, {"t.h", NAME, ANY}, {"t.o.m", ALWAYS, ANY},
    {"t.v", NAME, ANY}, {"tab", NUMBER, ANY}, {"tidl", ALWAYS, ANY}, {"tilsv", ALWAYS, ANY},
    {"tlf", NUMBER, ANY}, {"tr", NAME, ANY}, {"u.a", NAME, ANY}, {"u.s", NAME, ANY},
    {"u.å", NAME, ANY}, {"ug", ALWAYS, ANY}, {"utg", NAME, ANY}, {"utt", ALWAYS, ANY},
    {"v", ALWAYS, SMALL}, {"vedk", ALWAYS, ANY}, {"vedr", ALWAYS, ANY}, {"vers", NUMBER, ANY},
    {"vha", ALWAYS, ANY}, {"vol", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"§", NUMBER, ANY},
    {"årg", NAME, ANY}, {"årh", NAME, ANY},
};

static const char *const starters[] = {
    "alle", "allerede", "alt", "altså", "andre", "at", "av", "avslutningsvis", "bak", "bare",
    "begge", "blant", "både", "da", "de", "deg", "dei", "del", "den", "denne", "der", "derav",
    "deres", "deretter", "derfor", "dermed", "dersom", "dessuten", "dessverre", "det", "dette",
    "di", "din", "disse", "dog", "du", "eg", "egentlig", "eigentleg", "ein", "eit", "eller",
    "ellers", "en", "enda", "endelig", "enkelte", "er", "et", "etter", "etterpå", "ettersom", "fem",
    "fire", "fleire", "flere", "for", "foran", "fordi", "forresten", "forrige", "fra", "fram",
    "frå", "før", "først", "gjennom", "gjerne", "hadde", "han", "hans", "har", "heldigvis", "henne",
    "hennes", "her", "hit", "ho", "hos", "hun", "hva", "hvem", "hver", "hvert", "hvilke", "hvilken",
    "hvilket", "hvis", "hvor", "hvordan", "hvorfor", "hvorvidt", "i", "ifølge", "igjen", "ikke",
    "ikkje", "imidlertid", "ingen", "ingenting", "inn", "innen", "inntil", "ja", "jeg", "jo", "kan",
    "kanskje", "kor", "korleis", "kva", "kvar", "kven", "kvifor", "la", "langs", "like", "likevel",
    "man", "mange", "med", "meg", "mellom", "men", "mens", "mer", "mest", "min", "mine", "mitt",
    "mot", "mye", "må", "nar", "naturligvis", "nei", "neste", "nesten", "no", "noe", "noen", "nok",
    "nokre", "nu", "nå", "når", "og", "også", "om", "omkring", "opp", "oppe", "oss", "over",
    "overalt", "plutselig", "på", "rundt", "samme", "samtidig", "selv", "selvfølgelig", "senere",
    "si", "sidan", "siden", "sin", "sist", "siste", "skal", "skulle", "slik", "slike", "snart",
    "som", "sommeren", "stadig", "så", "således", "tidligere", "til", "to", "trass", "tre", "tross",
    "under", "unntatt", "ut", "uten", "utenfor", "var", "ved", "vel", "vi", "via", "videre", "vil",
    "vore", "vår", "være", "ytterligere", "å", "åtte",
};

static const char *const ordinal_nouns[] = {
    "april", "august", "desember", "februar", "hundreåret", "januar", "juli", "juni", "mai", "mars",
    "november", "oktober", "september", "verdenskrig", "verdskrigen", "århundre", "århundret",
};

static const char *const numbered_headings[] = {
    "akt", "artikkel", "avsnitt", "bind", "bok", "brev", "del", "episode", "kapittel", "leksjon",
    "paragraf", "scene", "steg", "trinn", "vedlegg",
};

static const char *const plain_headings[] = {
    "bibliografi", "epilog", "etterord", "forord", "innhald", "innhold", "innholdsfortegnelse",
    "innledning", "introduksjon", "konklusjon", "litteraturliste", "noter", "ordliste", "prolog",
    "register", "sammendrag", "vedlegg",
};

static const char *const number_words[] = {
    "andre", "elleve", "en", "ett", "fem", "femte", "fire", "fjerde", "første", "ni", "niende",
    "seks", "sjette", "sju", "sjuende", "syv", "syvende", "ti", "tiende", "to", "tolv", "tre",
    "tredje", "åtte", "åttende",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

/* One language under its three tags. */
#define TAGGED(tag)                                                                                \
    {                                                                                              \
        .code = (tag), .abbreviations = abbreviations,                                             \
        .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],                      \
        .starters = LIST(starters), .ordinal_digits = 2, .ordinal_nouns = LIST(ordinal_nouns),     \
        .numbered_headings = LIST(numbered_headings), .plain_headings = LIST(plain_headings),      \
        .number_words = LIST(number_words), .traits = TTSS_TRAIT_ROMAN_ORDINALS,                   \
    }

const ttss_language ttss_language_nb = TAGGED("nb");
const ttss_language ttss_language_no = TAGGED("no");
const ttss_language ttss_language_nn = TAGGED("nn");
