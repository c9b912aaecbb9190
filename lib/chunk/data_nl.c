/* SPDX-License-Identifier: MIT */
/* Dutch for the splitter; see language.h for what each table is for. Quotations are “...” or
 * '...'. Sentences may begin with an apostrophe and a small letter ("'s Avonds"), and the
 * particles of surnames ("van", "de") are also common first words with a capital. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", ALWAYS, ANY}, {"a.d.h.v", ALWAYS, ANY}, {"a.h.w", ALWAYS, ANY}, {"a.k.a", NAME, ANY},
    {"a.s", NAME, ANY}, {"a.u.b", NAME, ANY}, {"aanh", ALWAYS, ANY}, {"aant", NUMBER, ANY},
    {"aanw", NAME, SMALL}, {"adm", ALWAYS, CAPITAL}, {"afb", NUMBER, ANY}, {"afd", ALWAYS, ANY},
    {"afk", ALWAYS, ANY}, {"afl", NUMBER, ANY}, {"afz", ALWAYS, ANY}, {"alg", ALWAYS, ANY},
    {"alin", NUMBER, ANY}, {"apr", NAME, ANY}, {"arr", ALWAYS, ANY}, {"art", NUMBER, ANY},
    {"artt", NUMBER, ANY}, {"ass", NAME, ANY}, {"aug", NAME, ANY}, {"b.d.v", ALWAYS, ANY},
    {"b.g.g", NAME, ANY}, {"b.v", ALWAYS, SMALL}, {"b.v.d", NAME, ANY}, {"bd", NUMBER, ANY},
    {"betr", ALWAYS, ANY}, {"bgg", ALWAYS, ANY}, {"bijgen", ALWAYS, ANY}, {"bijl", ALWAYS, ANY},
    {"bijv", ALWAYS, ANY}, {"bijw", NAME, ANY}, {"bijz", ALWAYS, ANY}, {"bl", NUMBER, ANY},
    {"blijkb", ALWAYS, SMALL}, {"blz", NUMBER, ANY}, {"bn", NAME, ANY}, {"bv", ALWAYS, SMALL},
    {"bw", NAME, ANY}, {"c.q", ALWAYS, SMALL}, {"c.s", NAME, ANY}, {"c.s.m", ALWAYS, ANY},
    {"ca", ALWAYS, ANY}, {"cap", NUMBER, ANY}, {"cdt", ALWAYS, CAPITAL}, {"cf", ALWAYS, SMALL},
    {"chr", NAME, ANY}, {"co", NAME, ANY}, {"col", ALWAYS, CAPITAL}, {"comm", NAME, ANY},
    {"corp", NAME, ANY}, {"coöp", ALWAYS, ANY}, {"d.d", ALWAYS, ANY}, {"d.i", ALWAYS, ANY},
    {"d.m.v", ALWAYS, ANY}, {"d.v", NAME, ANY}, {"d.w.z", ALWAYS, ANY}, {"dd", ALWAYS, ANY},
    {"dec", NAME, ANY}, {"deel", NUMBER, ANY}, {"dep", NAME, ANY}, {"dgl", ALWAYS, ANY},
    {"dhr", ALWAYS, ANY}, {"dir", ALWAYS, ANY}, {"div", ALWAYS, ANY}, {"dl", NUMBER, ANY},
    {"doct", NAME, ANY}, {"dr", ALWAYS, ANY}, {"drs", ALWAYS, ANY}, {"ds", ALWAYS, ANY},
    {"dwz", ALWAYS, ANY}, {"e.a", NAME, ANY}, {"e.d", NAME, ANY}, {"e.g", ALWAYS, ANY},
    {"e.k", NAME, ANY}, {"e.o", NAME, ANY}, {"e.v", NAME, ANY}, {"e.v.a", NAME, ANY},
    {"ed", NUMBER, ANY}, {"em", ALWAYS, ANY}, {"enz", NAME, ANY}, {"enzov", NAME, ANY},
    {"etc", NAME, ANY}, {"ev", ALWAYS, ANY}, {"evt", ALWAYS, ANY}, {"ex", NUMBER, ANY},
    {"excl", ALWAYS, ANY}, {"exp", NAME, ANY}, {"f.v", NAME, ANY}, {"fa", ALWAYS, ANY},
    {"fam", ALWAYS, ANY}, {"feb", NAME, ANY}, {"febr", NAME, ANY}, {"fig", NUMBER, ANY},
    {"folio", NUMBER, ANY}, {"geb", NAME, ANY}, {"gebr", ALWAYS, ANY}, {"gem", NAME, ANY},
    {"gen", ALWAYS, CAPITAL}, {"geref", ALWAYS, ANY}, {"gesch", ALWAYS, ANY}, {"gest", NAME, ANY},
    {"gg", ALWAYS, ANY}, {"gouv", ALWAYS, CAPITAL}, {"h.c", NAME, ANY}, {"h.m", ALWAYS, CAPITAL},
    {"hfdst", NUMBER, ANY}, {"hist", NAME, ANY}, {"hoofdz", ALWAYS, ANY}, {"hr", ALWAYS, ANY},
    {"hs", NAME, ANY}, {"hst", NUMBER, ANY}, {"i.b.d", NAME, ANY}, {"i.c", ALWAYS, ANY},
    {"i.e", ALWAYS, ANY}, {"i.h.a", ALWAYS, ANY}, {"i.h.b", ALWAYS, ANY}, {"i.o", ALWAYS, ANY},
    {"i.p.v", ALWAYS, ANY}, {"i.s.m", ALWAYS, ANY}, {"i.t.t", ALWAYS, ANY}, {"i.v.m", ALWAYS, ANY},
    {"i.z.g", ALWAYS, ANY}, {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"inc", NAME, ANY},
    {"incl", ALWAYS, ANY}, {"ing", ALWAYS, ANY}, {"inl", ALWAYS, ANY}, {"inst", NAME, ANY},
    {"inz", ALWAYS, ANY}, {"ir", ALWAYS, ANY}, {"ital", NAME, ANY}, {"iz", NAME, ANY},
    {"j.l", NAME, ANY}, {"jan", NAME, ANY}, {"jg", ALWAYS, SMALL}, {"jhr", ALWAYS, ANY},
    {"jkvr", ALWAYS, ANY}, {"jl", NAME, ANY}, {"jr", NAME, ANY}, {"jrg", NUMBER, ANY},
    {"jul", NAME, ANY}, {"jun", NAME, ANY}, {"k.g", ALWAYS, SMALL}, {"kand", ALWAYS, ANY},
    {"kap", ALWAYS, CAPITAL}, {"kapt", ALWAYS, CAPITAL}, {"kath", NAME, ANY}, {"km", NAME, ANY},
    {"kol", ALWAYS, CAPITAL}, {"koll", ALWAYS, SMALL}, {"kon", ALWAYS, CAPITAL}, {"l.c", NAME, ANY},
    {"lat", NAME, ANY}, {"lb", NUMBER, ANY}, {"lic", ALWAYS, ANY}, {"lid", NUMBER, ANY},
    {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY}, {"luit", ALWAYS, ANY}, {"m.a", NAME, ANY},
    {"m.a.w", ALWAYS, ANY}, {"m.b.t", ALWAYS, ANY}, {"m.b.v", ALWAYS, ANY}, {"m.h.o", ALWAYS, ANY},
    {"m.i", ALWAYS, ANY}, {"m.m", NAME, ANY}, {"m.m.v", ALWAYS, ANY}, {"m.n", ALWAYS, ANY},
    {"m.u.v", ALWAYS, ANY}, {"max", ALWAYS, SMALL}, {"med", ALWAYS, SMALL}, {"mej", ALWAYS, ANY},
    {"mevr", ALWAYS, ANY}, {"mgr", ALWAYS, ANY}, {"min", NAME, ANY}, {"mld", NAME, ANY},
    {"mln", NAME, ANY}, {"mnd", ALWAYS, ANY}, {"mnl", NAME, ANY}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, ANY}, {"mrt", NAME, ANY}, {"ms", ALWAYS, ANY}, {"mt", ALWAYS, CAPITAL},
    {"mv", NAME, ANY}, {"mw", ALWAYS, ANY}, {"n.a.v", ALWAYS, ANY}, {"n.chr", NAME, ANY},
    {"n.l", ALWAYS, ANY}, {"n.m", NAME, ANY}, {"n.n", NAME, ANY}, {"n.o.v", ALWAYS, ANY},
    {"n.v", NAME, ANY}, {"n.v.t", NAME, ANY}, {"n.w", NAME, ANY}, {"ndl", ALWAYS, ANY},
    {"ned", ALWAYS, ANY}, {"nl", ALWAYS, SMALL}, {"no", NUMBER, ANY}, {"nos", NUMBER, ANY},
    {"nov", NAME, ANY}, {"nr", NUMBER, ANY}, {"nrs", NUMBER, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"o.a", ALWAYS, ANY}, {"o.b.v", ALWAYS, ANY}, {"o.d", NAME, ANY},
    {"o.g.v", ALWAYS, ANY}, {"o.i.d", NAME, ANY}, {"o.i.v", ALWAYS, ANY}, {"o.l", NAME, ANY},
    {"o.l.v", ALWAYS, ANY}, {"o.m", ALWAYS, ANY}, {"o.s", NAME, ANY}, {"o.t.t", ALWAYS, ANY},
    {"o.v", ALWAYS, ANY}, {"okt", NAME, ANY}, {"onb", NAME, ANY}, {"ondertek", NAME, ANY},
    {"ong", ALWAYS, ANY}, {"ongev", ALWAYS, ANY}, {"onz", NAME, ANY}, {"oorspr", ALWAYS, ANY},
    {"opp", ALWAYS, ANY}, {"or", ALWAYS, SMALL}, {"org", NAME, ANY}, {"ov", NAME, ANY},
    {"p.a", NAME, ANY}, {"p.b", NAME, ANY}, {"p.j", NAME, ANY}, {"p.m", NAME, ANY},
    {"p.p", NAME, ANY}, {"p.s", NAME, ANY}, {"p.w", NAME, ANY}, {"pag", NUMBER, ANY},
    {"par", NUMBER, ANY}, {"past", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY}, {"plm", ALWAYS, ANY},
    {"port", NAME, ANY}, {"pp", NUMBER, ANY}, {"pr", ALWAYS, CAPITAL}, {"pred", NAME, ANY},
    {"pres", ALWAYS, CAPITAL}, {"prof", ALWAYS, ANY}, {"propr", NAME, ANY}, {"prot", ALWAYS, ANY},
    {"prov", NAME, ANY}, {"q.q", ALWAYS, ANY}, {"r.-k", ALWAYS, ANY}, {"r.k", ALWAYS, ANY},
    {"red", NAME, ANY}, {"reg", NUMBER, ANY}, {"resp", ALWAYS, ANY}, {"rev", ALWAYS, CAPITAL},
    {"rn", NAME, ANY}, {"rt", NAME, ANY}, {"s.v.p", ALWAYS, ANY}, {"samenst", NAME, ANY},
    {"sec", NAME, ANY}, {"secr", ALWAYS, ANY}, {"sect", NAME, ANY}, {"sep", NAME, ANY},
    {"sept", NAME, ANY}, {"sgt", ALWAYS, CAPITAL}, {"soc", NAME, ANY}, {"sp", ALWAYS, SMALL},
    {"spaans", NAME, ANY}, {"sr", NAME, ANY}, {"st", ALWAYS, ANY}, {"st.nr", NUMBER, ANY},
    {"t.a.v", ALWAYS, ANY}, {"t.b.v", ALWAYS, ANY}, {"t.e.m", ALWAYS, ANY}, {"t.g.v", ALWAYS, ANY},
    {"t.h.v", ALWAYS, ANY}, {"t.n.v", ALWAYS, ANY}, {"t.o.v", ALWAYS, ANY}, {"t.w", ALWAYS, ANY},
    {"t.z.t", NAME, ANY}, {"tab", NUMBER, ANY}, {"tegenw", ALWAYS, ANY}, {"tek", NAME, ANY},
    {"tel", NUMBER, ANY}, {"theol", ALWAYS, ANY}, {"tit", NAME, ANY}, {"u.s", NAME, ANY},
    {"uitg", NAME, ANY}, {"univ", NAME, ANY}, {"v.chr", NAME, ANY}, {"v.d", ALWAYS, ANY},
    {"v.h", NAME, ANY}, {"v.l.n.r", NAME, ANY}, {"v.v", NAME, ANY}, {"v.v.e", ALWAYS, ANY},
    {"v.w.b", ALWAYS, ANY}, {"verg", ALWAYS, ANY}, {"vers", NUMBER, ANY}, {"vert", NAME, ANY},
    {"vgl", ALWAYS, ANY}, {"vlg", ALWAYS, ANY}, {"vm", ALWAYS, SMALL}, {"vnl", ALWAYS, ANY},
    {"vnw", NAME, ANY}, {"voegw", NAME, ANY}, {"vol", NUMBER, ANY}, {"voorm", ALWAYS, ANY},
    {"vr", NAME, ANY}, {"vs", NUMBER, ANY}, {"vz", NAME, ANY}, {"w.g", NAME, ANY},
    {"w.i", NAME, ANY}, {"w.o", ALWAYS, ANY}, {"weled", ALWAYS, ANY}, {"wnd", ALWAYS, ANY},
    {"z.g", ALWAYS, ANY}, {"z.o.z", NAME, ANY}, {"z.s.m", ALWAYS, ANY}, {"z.z", ALWAYS, ANY},
    {"zg", ALWAYS, ANY}, {"zgn", ALWAYS, ANY}, {"zgn.e", NAME, ANY}, {"zn", ALWAYS, ANY},
    {"znw", NAME, ANY}, {"zw", NAME, ANY}, {"§", NUMBER, ANY},
};

static const char *const starters[] = {
    "aan", "aangezien", "acht", "achter", "af", "al", "alle", "alleen", "allemaal", "alles", "als",
    "alsof", "altijd", "ander", "andere", "anderen", "anderhalf", "beide", "beiden", "bij", "bijna",
    "binnen", "boven", "bovendien", "buiten", "daar", "daaraan", "daarbij", "daardoor", "daarin",
    "daarmee", "daarna", "daarnaast", "daarom", "daarop", "daartoe", "daarvan", "daarvoor", "dan",
    "dankzij", "dat", "de", "degene", "desondanks", "deze", "die", "dit", "doch", "door", "doordat",
    "drie", "dus", "echt", "echter", "een", "eenmaal", "eens", "eer", "eerder", "eerst",
    "eigenlijk", "elk", "elke", "en", "enkel", "enkele", "er", "ergens", "evenals", "eén",
    "gedurende", "geen", "gelukkig", "gezien", "gisteren", "haar", "had", "hebben", "heeft", "heel",
    "helaas", "hem", "hen", "het", "hier", "hierbij", "hierdoor", "hierin", "hiermee", "hierna",
    "hij", "hoe", "hoeveel", "hoewel", "hun", "ieder", "iedere", "iedereen", "iemand", "iets", "ik",
    "immers", "in", "inderdaad", "indien", "inmiddels", "integendeel", "intussen", "is", "ja", "je",
    "jij", "jou", "jouw", "juist", "jullie", "kan", "kortom", "kunnen", "langs", "later", "maak",
    "maar", "meer", "meestal", "men", "met", "mij", "mijn", "misschien", "moet", "na", "naar",
    "naast", "nadat", "namens", "natuurlijk", "nee", "net", "niemand", "niet", "niets", "niettemin",
    "nog", "nooit", "nou", "nu", "of", "ofschoon", "om", "omdat", "ondanks", "onder", "ondertussen",
    "ongeveer", "ons", "onze", "ooit", "ook", "op", "over", "overal", "overigens", "pas", "per",
    "plotseling", "rond", "sinds", "slechts", "sommige", "soms", "straks", "te", "tegen",
    "tegenover", "tegenwoordig", "ten", "tenslotte", "ter", "terwijl", "tevens", "tijdens", "toch",
    "toen", "tot", "totdat", "tussen", "twee", "u", "uit", "uiteindelijk", "uiteraard", "uw",
    "vaak", "vanaf", "vanavond", "vandaag", "vandaar", "vanuit", "vanwege", "vanzelfsprekend",
    "veel", "vele", "verder", "verscheidene", "vervolgens", "via", "vier", "volgens", "voor",
    "vooral", "voordat", "voorlopig", "voortaan", "vorig", "vorige", "waar", "waarbij", "waardoor",
    "waarin", "waarna", "waarom", "waarop", "waarschijnlijk", "wanneer", "want", "waren", "was",
    "wat", "we", "weer", "weet", "wegens", "wel", "welk", "welke", "werd", "wie", "wij", "wil",
    "zal", "ze", "zeer", "zeker", "zelf", "zelfs", "zes", "zeven", "zich", "zij", "zijn", "zo",
    "zoals", "zodat", "zodra", "zolang", "zonder", "zou", "zowel", "zulke", "één",
};

static const char *const numbered_headings[] = {
    "aflevering", "akte", "artikel", "bedrijf", "bijlage", "boek", "brief", "deel", "hoofdstuk",
    "les", "paragraaf", "scène", "stap", "tafereel", "titel",
};

static const char *const plain_headings[] = {
    "bibliografie", "bijlage", "conclusie", "dankwoord", "epiloog", "inhoud", "inhoudsopgave",
    "inleiding", "literatuurlijst", "nawoord", "noten", "opdracht", "proloog", "register",
    "samenvatting", "slot", "slotwoord", "verantwoording", "voorwoord", "woordenlijst",
};

static const char *const number_words[] = {
    "acht", "achtste", "derde", "dertien", "dertig", "drie", "een", "eerste", "elf", "negen",
    "negende", "tien", "tiende", "twaalf", "twee", "tweede", "twintig", "veertien", "vier",
    "vierde", "vijf", "vijfde", "vijftien", "zes", "zesde", "zeven", "zevende", "één",
};
/* clang-format on */

static const char *const number_endings[] = {
    "str",
};

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_nl = {
    .code = "nl",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .number_endings = LIST(number_endings),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
