/* SPDX-License-Identifier: MIT */
/* Swedish for the splitter; see language.h for what each table is for. Abbreviations are written
 * with full stops ("t.ex.") or without; ordinals are "5:e", so a full stop behind a number ends
 * the sentence. Dialogue begins with a dash. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY}, {"ang", ALWAYS, ANY},
    {"anm", ALWAYS, ANY}, {"apr", NAME, ANY}, {"art", NUMBER, ANY}, {"aug", NAME, ANY},
    {"avd", ALWAYS, SMALL}, {"avl", ALWAYS, ANY}, {"avsn", NUMBER, ANY}, {"bd", NUMBER, ANY},
    {"bil", NUMBER, ANY}, {"bitr", ALWAYS, ANY}, {"bl", NUMBER, ANY}, {"bl.a", ALWAYS, ANY},
    {"c:a", ALWAYS, SMALL}, {"ca", ALWAYS, ANY}, {"chr", NAME, CAPITAL}, {"co", NAME, ANY},
    {"corp", NAME, ANY}, {"d.v.s", ALWAYS, ANY}, {"d.y", NAME, ANY}, {"d.ä", NAME, ANY},
    {"dec", NAME, ANY}, {"dir", ALWAYS, CAPITAL}, {"doc", ALWAYS, ANY}, {"dr", ALWAYS, ANY},
    {"dvs", ALWAYS, ANY}, {"e.d", NAME, ANY}, {"e.g", ALWAYS, ANY}, {"e.kr", NAME, ANY},
    {"e.m", NAME, ANY}, {"eftr", ALWAYS, ANY}, {"eg", ALWAYS, ANY}, {"ekon", ALWAYS, ANY},
    {"enl", ALWAYS, SMALL}, {"etc", NAME, ANY}, {"ev", ALWAYS, ANY}, {"exkl", ALWAYS, ANY},
    {"f", NAME, ANY}, {"f.d", ALWAYS, ANY}, {"f.kr", NAME, ANY}, {"f.m", NAME, ANY},
    {"f.n", ALWAYS, ANY}, {"f.ö", ALWAYS, ANY}, {"feb", NAME, ANY}, {"febr", NAME, ANY},
    {"ff", NAME, ANY}, {"fig", NUMBER, ANY}, {"forts", NAME, ANY}, {"fr", ALWAYS, CAPITAL},
    {"fr.a", ALWAYS, ANY}, {"fr.o.m", ALWAYS, ANY}, {"förb", ALWAYS, ANY}, {"förf", ALWAYS, ANY},
    {"förk", NAME, ANY}, {"g:a", ALWAYS, ANY}, {"gen", ALWAYS, CAPITAL}, {"gm", ALWAYS, ANY},
    {"gt", ALWAYS, SMALL}, {"h.ft", NUMBER, ANY}, {"h:r", NAME, ANY}, {"hist", NAME, ANY},
    {"hr", ALWAYS, ANY}, {"i.e", ALWAYS, ANY}, {"ib", NAME, ANY}, {"ibid", NAME, ANY},
    {"inc", NAME, ANY}, {"inkl", ALWAYS, ANY}, {"isht", ALWAYS, ANY}, {"jan", NAME, ANY},
    {"jf", ALWAYS, ANY}, {"jfr", ALWAYS, ANY}, {"jr", NAME, ANY}, {"jul", NAME, ANY},
    {"jun", NAME, ANY}, {"jur", ALWAYS, ANY}, {"kand", ALWAYS, ANY}, {"kap", NUMBER, ANY},
    {"kapt", ALWAYS, CAPITAL}, {"kl", ALWAYS, ANY}, {"km", NAME, ANY}, {"kr", NAME, ANY},
    {"kungl", ALWAYS, ANY}, {"lat", NAME, ANY}, {"leg", ALWAYS, ANY}, {"lic", ALWAYS, ANY},
    {"ltd", NAME, ANY}, {"lör", NAME, ANY}, {"m.a", NAME, ANY}, {"m.a.o", ALWAYS, ANY},
    {"m.fl", NAME, ANY}, {"m.h.a", ALWAYS, ANY}, {"m.h.t", ALWAYS, ANY}, {"m.m", NAME, ANY},
    {"m.m.d", ALWAYS, ANY}, {"mag", NAME, ANY}, {"max", ALWAYS, SMALL}, {"mdr", NAME, ANY},
    {"mfl", NAME, ANY}, {"milj", NAME, ANY}, {"mkr", NAME, ANY}, {"mom", NUMBER, ANY},
    {"motsv", ALWAYS, ANY}, {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY},
    {"mån", NAME, ANY}, {"n.b", ALWAYS, ANY}, {"nov", NAME, ANY}, {"nr", NUMBER, ANY},
    {"num", NUMBER, ANY}, {"näml", ALWAYS, ANY}, {"o.a", NAME, ANY}, {"o.d", NAME, ANY},
    {"o.dyl", NAME, ANY}, {"o.s.a", NAME, ANY}, {"o.s.v", NAME, ANY}, {"o:a", ALWAYS, SMALL},
    {"oa", NAME, ANY}, {"obl", NAME, ANY}, {"obs", ALWAYS, CAPITAL}, {"ofr", ALWAYS, ANY},
    {"okt", NAME, ANY}, {"ons", NAME, ANY}, {"osv", NAME, ANY}, {"p.g.a", ALWAYS, ANY},
    {"p.m", NAME, ANY}, {"p.p", ALWAYS, ANY}, {"p.s", NAME, ANY}, {"pag", NUMBER, ANY},
    {"past", ALWAYS, CAPITAL}, {"pga", ALWAYS, ANY}, {"ph.d", NAME, ANY}, {"plac", ALWAYS, ANY},
    {"pp", NUMBER, ANY}, {"prof", ALWAYS, ANY}, {"ps", NAME, ANY}, {"red", NAME, ANY},
    {"resp", ALWAYS, ANY}, {"rskr", ALWAYS, ANY}, {"s.k", ALWAYS, ANY}, {"s:t", ALWAYS, ANY},
    {"s:ta", ALWAYS, ANY}, {"sankt", ALWAYS, CAPITAL}, {"sek", NAME, ANY}, {"sep", NAME, ANY},
    {"sept", NAME, ANY}, {"sgt", ALWAYS, CAPITAL}, {"sht", ALWAYS, ANY}, {"sid", NUMBER, ANY},
    {"sk", ALWAYS, ANY}, {"skr", NAME, ANY}, {"sp", NUMBER, ANY}, {"spec", ALWAYS, ANY},
    {"sr", NAME, ANY}, {"st", NAME, ANY}, {"st.nr", NUMBER, ANY}, {"sthlm", NAME, ANY},
    {"str", NUMBER, ANY}, {"sv", ALWAYS, ANY}, {"särsk", ALWAYS, ANY}, {"sön", NAME, ANY},
    {"t.ex", ALWAYS, ANY}, {"t.f", ALWAYS, SMALL}, {"t.h", NAME, ANY}, {"t.o.m", ALWAYS, ANY},
    {"t.v", NAME, ANY}, {"tab", NUMBER, ANY}, {"tekn", ALWAYS, ANY}, {"tel", NUMBER, ANY},
    {"teol", ALWAYS, ANY}, {"tf", ALWAYS, ANY}, {"tfn", NUMBER, ANY}, {"tidn", ALWAYS, ANY},
    {"tillf", ALWAYS, ANY}, {"tis", NAME, ANY}, {"tkr", NAME, ANY}, {"tors", NAME, ANY},
    {"u.a", NAME, ANY}, {"u.p.a", ALWAYS, ANY}, {"u.s", NAME, ANY}, {"u.å", NAME, ANY},
    {"uppl", NAME, ANY}, {"urspr", ALWAYS, ANY}, {"utg", NAME, ANY}, {"v:a", NAME, ANY},
    {"vers", NUMBER, ANY}, {"vol", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"växelv", ALWAYS, ANY},
    {"§", NUMBER, ANY}, {"äv", ALWAYS, ANY}, {"årg", NAME, ANY}, {"årh", NAME, ANY},
    {"öv", ALWAYS, ANY}, {"övers", NAME, ANY}, {"översk", ALWAYS, ANY},
};

static const char *const starters[] = {
    "all", "alla", "allt", "alltså", "andra", "att", "av", "avslutningsvis", "bakom", "bara",
    "bland", "både", "de", "dem", "den", "denna", "deras", "dess", "dessa", "dessutom", "det",
    "detta", "dock", "du", "där", "därav", "därefter", "därför", "därifrån", "därmed", "därtill",
    "därutöver", "då", "efter", "eftersom", "efteråt", "egentligen", "eller", "emellertid", "en",
    "enbart", "endast", "enligt", "er", "era", "ett", "exempelvis", "fast", "fem", "fler", "flera",
    "fram", "framför", "framförallt", "från", "fyra", "för", "först", "förutom", "genom",
    "givetvis", "hade", "han", "hans", "har", "hela", "henne", "hennes", "hon", "honom", "hos",
    "hur", "huruvida", "här", "härmed", "i", "ibland", "icke", "idag", "igår", "imorgon", "in",
    "inför", "inga", "ingen", "inget", "innan", "inom", "inte", "ja", "jag", "just", "kan",
    "kanske", "kring", "lika", "likaså", "likväl", "lite", "läs", "man", "med", "medan", "mellan",
    "men", "mer", "mest", "mig", "min", "mina", "mitt", "mot", "mycket", "många", "måste",
    "möjligen", "naturligtvis", "nej", "ner", "ni", "nog", "nu", "när", "nästa", "nästan", "någon",
    "något", "några", "oavsett", "och", "också", "ofta", "oftast", "om", "omkring", "plötsligt",
    "på", "redan", "runt", "samma", "samt", "samtidigt", "sedan", "senare", "sin", "sina", "sist",
    "sitt", "självklart", "skulle", "slutligen", "snart", "som", "somliga", "speciellt", "strax",
    "så", "sådan", "sådana", "således", "tack", "tidigare", "till", "tillsammans", "tre", "trots",
    "tvärtom", "två", "tyvärr", "under", "undertiden", "upp", "ur", "utan", "utanför", "utom",
    "utöver", "vad", "var", "vare", "varför", "varifrån", "varje", "vars", "vart", "vem", "vems",
    "vi", "via", "vid", "vidare", "vilka", "vilken", "vilket", "vissa", "visserligen", "än", "ändå",
    "även", "åtminstone", "över", "övrigt",
};

static const char *const numbered_headings[] = {
    "akt", "artikel", "avdelning", "avsnitt", "bilaga", "bok", "brev", "del", "kapitel", "lektion",
    "paragraf", "scen", "sektion", "steg",
};

static const char *const plain_headings[] = {
    "bibliografi", "bilaga", "bilagor", "efterord", "epilog", "förord", "inledning", "innehåll",
    "innehållsförteckning", "introduktion", "litteraturförteckning", "noter", "ordlista", "prolog",
    "register", "sammanfattning", "slutord", "slutsats", "tack",
};

static const char *const number_words[] = {
    "andra", "elva", "en", "ett", "fem", "femte", "fjärde", "fyra", "första", "nio", "nionde",
    "sex", "sju", "sjunde", "sjätte", "tio", "tionde", "tolv", "tre", "tredje", "två", "åtta",
    "åttonde",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_sv = {
    .code = "sv",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
