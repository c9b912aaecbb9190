/* SPDX-License-Identifier: MIT */
/* Danish for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("den 5. maj", "Christian 4."), months in small letters. "at", "min" and "ved" are
 * words, not abbreviations. */
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
    {"adr", ALWAYS, ANY}, {"afd", ALWAYS, SMALL}, {"afs", ALWAYS, ANY}, {"afsn", NUMBER, ANY},
    {"alm", ALWAYS, ANY}, {"ang", ALWAYS, ANY}, {"anm", ALWAYS, ANY}, {"ant", ALWAYS, ANY},
    {"apr", NAME, ANY}, {"art", NUMBER, ANY}, {"att", ALWAYS, ANY}, {"aug", NAME, ANY},
    {"b.a", NAME, ANY}, {"bd", NUMBER, ANY}, {"bil", NUMBER, ANY}, {"bind", NUMBER, ANY},
    {"bl", NUMBER, ANY}, {"bl.a", ALWAYS, ANY}, {"bto", NAME, ANY}, {"bygn", ALWAYS, ANY},
    {"ca", ALWAYS, ANY}, {"cand", ALWAYS, ANY}, {"chr", NAME, CAPITAL}, {"civ.ing", ALWAYS, ANY},
    {"co", NAME, ANY}, {"corp", NAME, ANY}, {"d.d", ALWAYS, ANY}, {"d.e", ALWAYS, ANY},
    {"d.v.s", ALWAYS, ANY}, {"dat", ALWAYS, SMALL}, {"dec", NAME, ANY}, {"dir", ALWAYS, ANY},
    {"div", ALWAYS, ANY}, {"dr", ALWAYS, ANY}, {"ds", ALWAYS, ANY}, {"dvs", ALWAYS, ANY},
    {"e.g", ALWAYS, ANY}, {"e.kr", NAME, ANY}, {"e.v.t", NAME, ANY}, {"eftf", ALWAYS, ANY},
    {"eftm", NAME, ANY}, {"eks", NAME, ANY}, {"ekskl", ALWAYS, ANY}, {"eksp", ALWAYS, ANY},
    {"emer", ALWAYS, ANY}, {"et.al", NAME, ANY}, {"etc", NAME, ANY}, {"evt", ALWAYS, ANY},
    {"f", NAME, ANY}, {"f.eks", ALWAYS, ANY}, {"f.kr", NAME, ANY}, {"f.m", NAME, ANY},
    {"f.s.v", ALWAYS, SMALL}, {"fa", ALWAYS, SMALL}, {"fam", ALWAYS, ANY}, {"feb", NAME, ANY},
    {"febr", NAME, ANY}, {"ff", NAME, ANY}, {"fhv", ALWAYS, ANY}, {"fig", NUMBER, ANY},
    {"fm", NAME, ANY}, {"fmk", NAME, ANY}, {"forf", NAME, ANY}, {"forh", ALWAYS, ANY},
    {"fork", ALWAYS, SMALL}, {"forsk", ALWAYS, ANY}, {"fr", NAME, ANY}, {"frk", ALWAYS, ANY},
    {"fx", ALWAYS, ANY}, {"gdr", ALWAYS, ANY}, {"gen", ALWAYS, CAPITAL}, {"ggr", NAME, ANY},
    {"gl", ALWAYS, ANY}, {"godk", ALWAYS, ANY}, {"gr", ALWAYS, ANY}, {"græ", NAME, ANY},
    {"hebr", NAME, ANY}, {"hhv", ALWAYS, ANY}, {"hj", NAME, ANY}, {"hpl", ALWAYS, ANY},
    {"hr", ALWAYS, ANY}, {"htk", NAME, ANY}, {"i.d", NAME, ANY}, {"i.e", ALWAYS, ANY},
    {"i.f.m", ALWAYS, ANY}, {"iflg", ALWAYS, SMALL}, {"ifm", ALWAYS, ANY}, {"iht", ALWAYS, ANY},
    {"inc", NAME, ANY}, {"indb", ALWAYS, ANY}, {"indenl", ALWAYS, ANY}, {"inkl", ALWAYS, ANY},
    {"insp", ALWAYS, CAPITAL}, {"inspek", ALWAYS, SMALL}, {"int", ALWAYS, CAPITAL},
    {"jan", NAME, ANY}, {"jf", ALWAYS, ANY}, {"jfr", ALWAYS, ANY}, {"jr", NAME, ANY},
    {"jul", NAME, ANY}, {"jun", NAME, ANY}, {"jur", ALWAYS, ANY}, {"kap", NUMBER, ANY},
    {"kapt", ALWAYS, ANY}, {"kgl", ALWAYS, ANY}, {"kl", ALWAYS, ANY}, {"km", NAME, ANY},
    {"komm", ALWAYS, CAPITAL}, {"kons", ALWAYS, ANY}, {"kpt", NUMBER, ANY}, {"kr", NAME, ANY},
    {"kst", ALWAYS, ANY}, {"l.c", NAME, ANY}, {"lat", NAME, ANY}, {"lb", NUMBER, ANY},
    {"lb.nr", NUMBER, ANY}, {"lekt", ALWAYS, ANY}, {"lic", ALWAYS, ANY}, {"ln", NUMBER, ANY},
    {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY}, {"m.a", NAME, ANY}, {"m.a.o", ALWAYS, ANY},
    {"m.fl", NAME, ANY}, {"m.h.p", ALWAYS, ANY}, {"m.h.t", ALWAYS, ANY}, {"m.m", NAME, ANY},
    {"m.v", NAME, ANY}, {"m.v.p", ALWAYS, ANY}, {"mag", ALWAYS, ANY}, {"maks", ALWAYS, ANY},
    {"matr.nr", NUMBER, ANY}, {"mdl", NAME, ANY}, {"mdr", NAME, ANY}, {"mfl", NAME, ANY},
    {"mht", ALWAYS, ANY}, {"mia", NAME, ANY}, {"mill", NAME, ANY}, {"mio", NAME, ANY},
    {"mods", ALWAYS, ANY}, {"modsv", ALWAYS, ANY}, {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY},
    {"ms", ALWAYS, ANY}, {"mv", NAME, ANY}, {"ndf", ALWAYS, ANY}, {"nov", NAME, ANY},
    {"nr", NUMBER, ANY}, {"num", NUMBER, ANY}, {"nuv", ALWAYS, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"næstf", ALWAYS, ANY}, {"o.a", NAME, ANY}, {"o.d", NAME, ANY},
    {"o.l", NAME, ANY}, {"o.lign", NAME, ANY}, {"o.m.a", NAME, ANY}, {"o.s", NAME, ANY},
    {"obl", NAME, ANY}, {"obst", ALWAYS, CAPITAL}, {"ofl", NAME, ANY}, {"okt", NAME, ANY},
    {"omkr", ALWAYS, ANY}, {"oms", ALWAYS, ANY}, {"omtr", ALWAYS, ANY}, {"opl", ALWAYS, ANY},
    {"opr", ALWAYS, ANY}, {"ordb", ALWAYS, ANY}, {"orig", ALWAYS, ANY}, {"osv", NAME, ANY},
    {"p.a", ALWAYS, ANY}, {"p.g.a", ALWAYS, ANY}, {"p.m", NAME, ANY}, {"p.r", ALWAYS, ANY},
    {"p.s", NAME, ANY}, {"p.t", ALWAYS, ANY}, {"pag", NUMBER, ANY}, {"par", NUMBER, ANY},
    {"pct", NAME, ANY}, {"pers", NAME, ANY}, {"pga", ALWAYS, ANY}, {"ph.d", NAME, ANY},
    {"phil", ALWAYS, SMALL}, {"pkt", NUMBER, ANY}, {"pl", NUMBER, ANY}, {"plur", NAME, ANY},
    {"pol", ALWAYS, ANY}, {"pp", NUMBER, ANY}, {"pr", ALWAYS, ANY}, {"prim", ALWAYS, ANY},
    {"prof", ALWAYS, ANY}, {"prov", ALWAYS, ANY}, {"prs", NAME, ANY}, {"præs", ALWAYS, CAPITAL},
    {"ps", NAME, ANY}, {"psyk", ALWAYS, ANY}, {"red", NAME, ANY}, {"rel", ALWAYS, ANY},
    {"res", ALWAYS, ANY}, {"resp", ALWAYS, ANY}, {"rev", ALWAYS, ANY}, {"sct", ALWAYS, ANY},
    {"sdr", ALWAYS, ANY}, {"sek", NAME, ANY}, {"sekr", ALWAYS, ANY}, {"sen", NAME, ANY},
    {"sep", NAME, ANY}, {"sept", NAME, ANY}, {"sing", NAME, ANY}, {"skt", ALWAYS, ANY},
    {"sml", ALWAYS, ANY}, {"sp", NUMBER, ANY}, {"spec", ALWAYS, ANY}, {"spm", NUMBER, ANY},
    {"sr", NAME, ANY}, {"ss", NUMBER, ANY}, {"ssgr", ALWAYS, ANY}, {"sst", NAME, ANY},
    {"st", ALWAYS, ANY}, {"st.nr", NUMBER, ANY}, {"stk", NUMBER, ANY}, {"str", NUMBER, ANY},
    {"stud", ALWAYS, ANY}, {"suppl", ALWAYS, ANY}, {"særl", ALWAYS, ANY}, {"t.h", NAME, ANY},
    {"t.v", NAME, ANY}, {"tab", NUMBER, ANY}, {"tb", NUMBER, ANY}, {"tdl", NAME, ANY},
    {"teol", ALWAYS, SMALL}, {"th", ALWAYS, SMALL}, {"tidl", ALWAYS, ANY}, {"tilh", ALWAYS, ANY},
    {"tlf", NUMBER, ANY}, {"tlf.nr", NUMBER, ANY}, {"tsk", NAME, ANY}, {"ty", NAME, ANY},
    {"u.a", NAME, ANY}, {"u.f", ALWAYS, ANY}, {"u.s", NAME, ANY}, {"u.st", NAME, ANY},
    {"u.å", NAME, ANY}, {"udg", NAME, ANY}, {"uds", NAME, ANY}, {"udt", NAME, ANY},
    {"ugtl", ALWAYS, ANY}, {"undt", ALWAYS, ANY}, {"v", ALWAYS, SMALL}, {"v.d", ALWAYS, ANY},
    {"v.h", NAME, ANY}, {"v.s", NAME, ANY}, {"vedr", ALWAYS, ANY}, {"vejl", ALWAYS, ANY},
    {"vers", NUMBER, ANY}, {"vestl", ALWAYS, CAPITAL}, {"vha", ALWAYS, ANY}, {"vol", NUMBER, ANY},
    {"vs", ALWAYS, ANY}, {"§", NUMBER, ANY}, {"årg", NAME, ANY}, {"årh", NAME, ANY},
    {"ø", ALWAYS, ANY},
};

static const char *const starters[] = {
    "af", "alle", "allerede", "alligevel", "alt", "altid", "altså", "andre", "at", "bag", "begge",
    "blandt", "blot", "bortset", "da", "de", "deltagerne", "dem", "den", "denne", "der", "deraf",
    "derefter", "deres", "derfor", "derimod", "derpå", "derudover", "desuden", "desværre", "det",
    "dette", "dig", "din", "disse", "dog", "du", "efter", "efterfølgende", "efterhånden",
    "egentlig", "eller", "ellers", "en", "endelig", "endnu", "endvidere", "engang", "enhver",
    "enkelte", "er", "et", "fem", "fik", "fire", "flere", "for", "foran", "forbi", "fordi",
    "forinden", "formentlig", "fra", "før", "først", "gennem", "godt", "han", "hans", "har",
    "havde", "have", "heldigvis", "heller", "hende", "hendes", "her", "heraf", "herefter", "hidtil",
    "hos", "hun", "hvad", "hvem", "hver", "hverken", "hvilke", "hvilken", "hvilket", "hvis", "hvor",
    "hvordan", "hvorefter", "hvorfor", "hvornår", "hvorvidt", "i", "ifølge", "igen", "ikke",
    "imens", "imidlertid", "imod", "ind", "inden", "indtil", "ingen", "ingenting", "intet", "især",
    "ja", "jeg", "jo", "kan", "kort", "kun", "kunne", "lad", "langs", "lidt", "ligeledes",
    "ligesom", "man", "mange", "med", "medens", "mellem", "men", "mens", "mere", "mest", "mig",
    "mine", "mit", "muligvis", "må", "måske", "naturligvis", "ned", "nej", "nogen", "noget",
    "nogle", "nok", "nu", "når", "nær", "næste", "næsten", "og", "også", "om", "omkring", "op",
    "oprindeligt", "os", "over", "overalt", "pludselig", "på", "samtidig", "selv", "selvfølgelig",
    "selvom", "senere", "siden", "sidste", "sikke", "sin", "skal", "skulle", "snarere", "snart",
    "som", "sommetider", "stadig", "straks", "står", "så", "således", "tidligere", "til",
    "tilsyneladende", "to", "tre", "trods", "tværtimod", "uanset", "ud", "uden", "under",
    "undertiden", "var", "ved", "vel", "vi", "via", "vil", "ville", "vor", "vores", "vær", "være",
    "yderligere", "ydermere",
};

static const char *const ordinal_nouns[] = {
    "april", "august", "december", "februar", "januar", "juli", "juni", "maj", "marts", "november",
    "oktober", "september", "verdenskrig", "århundrede",
};

static const char *const numbered_headings[] = {
    "afsnit", "akt", "artikel", "bilag", "bind", "bog", "brev", "del", "episode", "kapitel",
    "lektion", "paragraf", "scene", "sektion", "trin",
};

static const char *const plain_headings[] = {
    "bibliografi", "bilag", "efterord", "epilog", "forord", "indhold", "indholdsfortegnelse",
    "indledning", "introduktion", "konklusion", "litteraturliste", "noter", "ordliste", "prolog",
    "register", "resumé", "sammenfatning",
};

static const char *const number_words[] = {
    "anden", "andet", "elleve", "en", "et", "fem", "femte", "femten", "fire", "fjerde", "fjorten",
    "første", "ni", "niende", "otte", "ottende", "seks", "sjette", "syv", "syvende", "ti", "tiende",
    "to", "tolv", "tre", "tredje", "tretten", "tyve",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_da = {
    .code = "da",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .ordinal_digits = 2,
    .ordinal_nouns = LIST(ordinal_nouns),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_CAPITAL_PRONOUN | TTSS_TRAIT_ROMAN_ORDINALS,
};
