/* SPDX-License-Identifier: MIT */
/* Hungarian for the splitter; see language.h for what each table is for. Ordinals, years in
 * dates and centuries are written with a full stop ("1848. március 15.", "a 19. század", "IV.
 * Béla"), months in small letters. Dialogue begins with a dash; quotations are „...”. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY}, {"apr", NAME, ANY},
    {"art", NUMBER, ANY}, {"aug", NAME, ANY}, {"b.a", NAME, ANY}, {"bek", NUMBER, ANY},
    {"bp", ALWAYS, ANY}, {"bt", NAME, ANY}, {"co", NAME, ANY}, {"corp", NAME, ANY},
    {"cs", ALWAYS, ANY}, {"csop", ALWAYS, ANY}, {"dec", NAME, ANY}, {"dipl", ALWAYS, ANY},
    {"dr", ALWAYS, ANY}, {"e.g", ALWAYS, ANY}, {"e.i", ALWAYS, ANY}, {"ea", NAME, ANY},
    {"em", NAME, ANY}, {"etc", NAME, ANY}, {"ezr", ALWAYS, ANY}, {"feb", NAME, ANY},
    {"febr", NAME, ANY}, {"fig", NUMBER, ANY}, {"ford", NUMBER, ANY}, {"fsz", NUMBER, ANY},
    {"ft", NAME, ANY}, {"főhdgy", ALWAYS, ANY}, {"gen", ALWAYS, ANY}, {"gimn", NAME, ANY},
    {"gr", ALWAYS, ANY}, {"h.sz", NUMBER, ANY}, {"hc", ALWAYS, ANY}, {"hdgy", ALWAYS, ANY},
    {"hsz", NAME, ANY}, {"i.e", NAME, ANY}, {"i.m", NAME, ANY}, {"i.sz", NAME, ANY},
    {"ibid", NAME, ANY}, {"id", ALWAYS, CAPITAL}, {"ifj", ALWAYS, ANY}, {"ikt", ALWAYS, ANY},
    {"ill", ALWAYS, ANY}, {"inc", NAME, ANY}, {"inkl", ALWAYS, ANY}, {"ip", ALWAYS, ANY},
    {"isk", ALWAYS, ANY}, {"ism", NAME, ANY}, {"isz", NAME, ANY}, {"jan", NAME, ANY},
    {"jkv", NAME, ANY}, {"jr", NAME, ANY}, {"jul", NAME, ANY}, {"jun", NAME, ANY},
    {"júl", NAME, ANY}, {"jún", NAME, ANY}, {"kat", ALWAYS, ANY}, {"kb", ALWAYS, ANY},
    {"kf", NAME, ANY}, {"kft", NAME, ANY}, {"kgy", NUMBER, ANY}, {"kir", ALWAYS, ANY},
    {"kisz", ALWAYS, ANY}, {"kk", ALWAYS, ANY}, {"kr", NAME, ANY}, {"kr.e", NAME, ANY},
    {"kr.u", NAME, ANY}, {"krt", ALWAYS, ANY}, {"kt", NUMBER, ANY}, {"köt", NUMBER, ANY},
    {"közl", NAME, ANY}, {"kül", ALWAYS, ANY}, {"ld", ALWAYS, ANY}, {"legf", ALWAYS, ANY},
    {"lj", NUMBER, ANY}, {"ltd", NAME, ANY}, {"m.a", NAME, ANY}, {"megj", NAME, ANY},
    {"min", NAME, ANY}, {"mo", NAME, ANY}, {"mr", ALWAYS, ANY}, {"mrd", NAME, ANY},
    {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"máj", NAME, ANY}, {"márc", NAME, ANY},
    {"n.n", NAME, ANY}, {"nagys", ALWAYS, ANY}, {"nb", ALWAYS, ANY}, {"nov", NAME, ANY},
    {"nr", NUMBER, ANY}, {"nyug", ALWAYS, ANY}, {"okt", NAME, ANY}, {"old", NUMBER, ANY},
    {"osz", NAME, ANY}, {"p.m", NAME, ANY}, {"p.s", NAME, ANY}, {"par", NUMBER, ANY},
    {"ped", ALWAYS, ANY}, {"pf", NUMBER, ANY}, {"ph.d", NAME, ANY}, {"pl", ALWAYS, ANY},
    {"pol", ALWAYS, ANY}, {"pp", NUMBER, ANY}, {"prof", ALWAYS, ANY}, {"pü", ALWAYS, ANY},
    {"ref", ALWAYS, ANY}, {"rkp", ALWAYS, ANY}, {"rt", NAME, ANY}, {"rtg", NAME, ANY},
    {"rész", NUMBER, ANY}, {"s.k", NAME, ANY}, {"s.t", NAME, ANY}, {"sept", NAME, ANY},
    {"sgt", NUMBER, ANY}, {"sr", NAME, CAPITAL}, {"stb", NAME, ANY}, {"sz", NAME, ANY},
    {"sz.sz", NUMBER, ANY}, {"szakasz", NUMBER, ANY}, {"szds", ALWAYS, ANY}, {"szept", NAME, ANY},
    {"szerk", ALWAYS, ANY}, {"szkv", ALWAYS, ANY}, {"szt", ALWAYS, ANY}, {"szül", ALWAYS, ANY},
    {"tab", NUMBER, ANY}, {"tc", ALWAYS, ANY}, {"tech", ALWAYS, ANY}, {"tel", NUMBER, ANY},
    {"thn", ALWAYS, ANY}, {"tkp", NAME, ANY}, {"tszf", ALWAYS, ANY}, {"u.a", ALWAYS, ANY},
    {"u.m", NAME, ANY}, {"u.n", NAME, ANY}, {"u.s", NAME, ANY}, {"u.ö", ALWAYS, ANY},
    {"ua", NAME, ANY}, {"ui", NAME, ANY}, {"uo", NAME, ANY}, {"usz.v", NAME, ANY},
    {"ut", NAME, ANY}, {"vers", NUMBER, ANY}, {"vez", ALWAYS, ANY}, {"vh", ALWAYS, ANY},
    {"vki", NAME, ANY}, {"vkit", NAME, ANY}, {"vmi", NAME, ANY}, {"vol", NUMBER, ANY},
    {"vs", ALWAYS, ANY}, {"vsz", ALWAYS, ANY}, {"vö", ALWAYS, ANY}, {"zrt", NAME, ANY},
    {"zs", NAME, ANY}, {"§", NUMBER, ANY}, {"ált", ALWAYS, ANY}, {"ált.isk", NAME, ANY},
    {"ápr", NAME, ANY}, {"é.n", NAME, ANY}, {"évf", NUMBER, ANY}, {"özv", ALWAYS, ANY},
    {"ún", ALWAYS, ANY}, {"őrgy", ALWAYS, ANY}, {"őrm", ALWAYS, ANY},
};

static const char *const starters[] = {
    "a", "abban", "addig", "ahhoz", "ahogy", "ahol", "aki", "akik", "akár", "alatt", "alig",
    "amely", "amelyek", "ami", "amikor", "amint", "amíg", "annak", "annyi", "arra", "arról",
    "attól", "az", "azaz", "azok", "azon", "azonban", "azonnal", "azt", "aztán", "azzal", "azért",
    "azóta", "be", "bizonyos", "bár", "csak", "csupán", "de", "e", "ebben", "ebből", "eddig", "egy",
    "egyes", "egyik", "egyre", "egyáltalán", "egyébként", "ehelyett", "ehhez", "ekkor", "eközben",
    "el", "elég", "előbb", "először", "előtt", "emellett", "ennek", "ennyi", "erre", "erről",
    "eszerint", "ez", "ezek", "ezen", "ezt", "ezután", "ezzel", "ezáltal", "ezért", "fel",
    "folyamatosan", "gyakran", "ha", "hanem", "helyette", "hiszen", "hogy", "hogyan", "hol",
    "holott", "három", "hát", "idén", "igaz", "igen", "illetve", "ilyen", "immár", "inkább", "is",
    "ismert", "ismét", "itt", "jelenleg", "jóllehet", "kell", "ki", "kinek", "kivéve", "korábban",
    "kérem", "később", "két", "kétségtelenül", "következésképpen", "közben", "közülük", "le",
    "legalább", "legfeljebb", "lehet", "ma", "maga", "majd", "mellette", "mert", "mi", "miatt",
    "mikor", "miként", "milyen", "mind", "minden", "mindenki", "mindez", "mindkét", "minek", "mint",
    "mintha", "mit", "mivel", "miért", "most", "mostanra", "már", "második", "még", "mégis",
    "mögött", "n", "na", "nagyon", "ne", "nekem", "neki", "nem", "nemcsak", "nincs", "noha", "nos",
    "nyilván", "nálunk", "néha", "néhány", "olyan", "ott", "pedig", "persze", "például",
    "rendszerint", "rá", "ráadásul", "s", "sajnos", "saját", "sem", "semmi", "senki", "soha", "sok",
    "sokan", "szerencsére", "szerint", "szinte", "számos", "talán", "tavaly", "te", "tegnap",
    "tehát", "továbbá", "tényleg", "több", "túl", "ugyan", "ugyanakkor", "ugyanez", "ugyanis",
    "utoljára", "után", "utóbbi", "vagy", "vagyis", "valaha", "valaki", "valami", "valószínűleg",
    "van", "vannak", "vele", "viszont", "volt", "végül", "ám", "én", "és", "önök", "úgy", "újra",
    "ő", "ők",
};

static const char *const ordinal_nouns[] = {
    "augusztus", "december", "február", "január", "július", "június", "május", "március",
    "november", "október", "szeptember", "század", "április", "évi",
};

static const char *const numbered_headings[] = {
    "bekezdés", "cikk", "fejezet", "felvonás", "függelék", "jelenet", "könyv", "kötet", "lecke",
    "levél", "melléklet", "rész", "szakasz", "ének",
};

static const char *const plain_headings[] = {
    "ajánlás", "befejezés", "bevezetés", "bevezető", "bibliográfia", "előszó", "epilógus",
    "függelék", "irodalomjegyzék", "jegyzetek", "köszönetnyilvánítás", "melléklet", "prológus",
    "tartalom", "tartalomjegyzék", "utószó", "összefoglalás", "összegzés",
};

static const char *const number_words[] = {
    "egy", "első", "harmadik", "hat", "hatodik", "hetedik", "három", "hét", "kettő", "kilenc",
    "kilencedik", "két", "második", "negyedik", "nyolc", "nyolcadik", "négy", "tizedik", "tíz",
    "öt", "ötödik",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_hu = {
    .code = "hu",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .ordinal_digits = 4,
    .ordinal_nouns = LIST(ordinal_nouns),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_SPACED_DATES | TTSS_TRAIT_ROMAN_ORDINALS,
};
