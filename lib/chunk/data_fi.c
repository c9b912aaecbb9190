/* SPDX-License-Identifier: MIT */
/* Finnish for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("6. joulukuuta", "Kustaa III"), months in small letters. Dialogue begins with a
 * dash. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"aik", ALWAYS, ANY}, {"alk", ALWAYS, ANY},
    {"allek", ALWAYS, ANY}, {"ao", ALWAYS, ANY}, {"ap", NAME, ANY}, {"apr", NAME, ANY},
    {"ark", ALWAYS, SMALL}, {"art", NUMBER, ANY}, {"arv", ALWAYS, ANY}, {"co", NAME, ANY},
    {"corp", NAME, ANY}, {"dr", ALWAYS, CAPITAL}, {"e.g", ALWAYS, ANY}, {"eaa", NAME, ANY},
    {"ed", ALWAYS, ANY}, {"ekr", NAME, ANY}, {"em", ALWAYS, ANY}, {"ent", ALWAYS, ANY},
    {"esim", ALWAYS, ANY}, {"esv", NAME, ANY}, {"etc", NAME, ANY}, {"ev", ALWAYS, ANY},
    {"fil", ALWAYS, ANY}, {"fil.tri", ALWAYS, ANY}, {"ft", ALWAYS, SMALL}, {"gen", ALWAYS, CAPITAL},
    {"gr", ALWAYS, ANY}, {"hki", NAME, ANY}, {"hlö", ALWAYS, ANY}, {"huom", ALWAYS, ANY},
    {"i.e", ALWAYS, ANY}, {"ilm", ALWAYS, SMALL}, {"inc", NAME, ANY}, {"ip", NAME, ANY},
    {"j.kr", NAME, ANY}, {"jaa", NAME, ANY}, {"jkr", NAME, ANY}, {"jne", NAME, ANY},
    {"joht", ALWAYS, ANY}, {"jr", NAME, ANY}, {"jv", ALWAYS, ANY}, {"kap", NUMBER, ANY},
    {"kapt", ALWAYS, ANY}, {"kats", ALWAYS, ANY}, {"kk", NAME, ANY}, {"klo", NAME, ANY},
    {"km", NAME, ANY}, {"koht", ALWAYS, ANY}, {"kol", ALWAYS, ANY}, {"kpl", NUMBER, ANY},
    {"ks", ALWAYS, ANY}, {"ks.s", NUMBER, ANY}, {"kt", NAME, ANY}, {"lk", NAME, ANY},
    {"lt", ALWAYS, CAPITAL}, {"ltd", NAME, ANY}, {"luku", NUMBER, ANY}, {"luutn", ALWAYS, ANY},
    {"m.a", NAME, ANY}, {"maist", ALWAYS, ANY}, {"maj", ALWAYS, ANY}, {"maks", NAME, ANY},
    {"milj", NAME, ANY}, {"min", NAME, ANY}, {"mk", NAME, ANY}, {"mm", ALWAYS, ANY},
    {"mr", ALWAYS, ANY}, {"mrd", NAME, ANY}, {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY},
    {"mt", ALWAYS, ANY}, {"mukl", ALWAYS, ANY}, {"nim", ALWAYS, ANY}, {"nk", ALWAYS, ANY},
    {"nro", NUMBER, ANY}, {"ns", ALWAYS, ANY}, {"num", NUMBER, ANY}, {"nyk", ALWAYS, ANY},
    {"os", NAME, ANY}, {"par", NUMBER, ANY}, {"ph.d", NAME, ANY}, {"plk", NAME, ANY},
    {"pp", NUMBER, ANY}, {"ppa", NAME, ANY}, {"prof", ALWAYS, ANY}, {"puh", NUMBER, ANY},
    {"puh.joht", ALWAYS, ANY}, {"pvm", NAME, ANY}, {"ran", ALWAYS, SMALL}, {"sivu", NUMBER, ANY},
    {"so", NAME, ANY}, {"sr", NAME, ANY}, {"ss", NUMBER, ANY}, {"st", ALWAYS, CAPITAL},
    {"suom", ALWAYS, ANY}, {"sv", NAME, ANY}, {"synt", ALWAYS, ANY}, {"tarkk", ALWAYS, ANY},
    {"taul", NUMBER, ANY}, {"tekn", ALWAYS, ANY}, {"tel", NUMBER, ANY}, {"til", NUMBER, ANY},
    {"tms", NAME, ANY}, {"toht", ALWAYS, ANY}, {"toim", NAME, ANY}, {"toim.joht", ALWAYS, ANY},
    {"tri", ALWAYS, ANY}, {"tuh", NAME, ANY}, {"tuom", ALWAYS, ANY}, {"u.s", NAME, ANY},
    {"um", NAME, ANY}, {"valt", ALWAYS, ANY}, {"vars", ALWAYS, ANY}, {"vast", ALWAYS, ANY},
    {"vert", ALWAYS, ANY}, {"vko", NAME, ANY}, {"vm", NAME, ANY}, {"vol", NUMBER, ANY},
    {"vrt", ALWAYS, ANY}, {"vs", NAME, ANY}, {"yht", ALWAYS, ANY}, {"yl", ALWAYS, ANY},
    {"ylim", ALWAYS, ANY}, {"ym", NAME, ANY}, {"yms", NAME, ANY}, {"yo", ALWAYS, ANY},
    {"yo_", NAME, ANY}, {"§", NUMBER, ANY},
};

static const char *const starters[] = {
    "aiemmin", "aina", "ainakin", "ainoastaan", "alussa", "edes", "ei", "eikä", "eivät", "ellei",
    "elleivät", "emme", "en", "eniten", "ennen", "ensi", "ensin", "entä", "erityisesti", "etenkin",
    "että", "he", "heidän", "heillä", "heitä", "heti", "huolimatta", "hän", "hänelle", "hänellä",
    "häneltä", "hänen", "hänestä", "hänet", "häntä", "ikävä", "ilman", "itse", "ja", "jo", "joka",
    "jokainen", "joku", "jolloin", "jonka", "jopa", "jos", "joskus", "jossa", "jotka", "jotta",
    "juuri", "jälkeen", "kahden", "kaiken", "kaikki", "kaikkiaan", "kaksi", "kanssa", "kenties",
    "kerran", "kesällä", "ketä", "koko", "kolme", "koska", "koskaan", "kuinka", "kuitenkaan",
    "kuitenkin", "kuka", "kukaan", "kumpikin", "kun", "kuten", "kyllä", "lisäksi", "lopuksi",
    "luultavasti", "lähes", "me", "meidän", "meillä", "melko", "mihin", "miksi", "mikä", "mikäli",
    "mikään", "milloin", "minkä", "minua", "minulla", "minun", "minut", "minä", "missä", "mistä",
    "miten", "mitä", "molemmat", "monet", "moni", "mukaan", "mutta", "muun", "muut", "muuten",
    "myöhemmin", "myös", "ne", "neljä", "niiden", "niin", "niitä", "no", "noin", "nuo", "nykyään",
    "nyt", "nähtävästi", "näiden", "näin", "näitä", "nämä", "ohessa", "ole", "olemme", "olen",
    "oli", "olivat", "on", "onko", "onneksi", "ovat", "pian", "pitkin", "päinvastoin", "sama",
    "samalla", "saman", "samoin", "se", "sekä", "sellainen", "sen", "seuraavaksi", "seuraavana",
    "siellä", "siihen", "siinä", "siis", "siitä", "siksi", "silloin", "sillä", "silti", "sinun",
    "sinä", "siten", "sittemmin", "sitten", "sitä", "suurin", "taas", "tai", "tavallisesti", "te",
    "tietenkin", "toinen", "toisaalta", "tosin", "tuo", "tuolloin", "tuskin", "tähän", "tällainen",
    "tällä", "tällöin", "tämä", "tämän", "tänä", "tänään", "tässä", "tästä", "täten", "täällä",
    "useat", "usein", "useita", "vaan", "vai", "vaikka", "vain", "varsinkin", "vasta",
    "vastaavasti", "vielä", "viimein", "viisi", "voi", "voiko", "yhtä", "yhä", "yksi", "yleensä",
    "yli", "ylipäänsä", "äkkiä", "älä",
};

static const char *const ordinal_nouns[] = {
    "elokuuta", "heinäkuuta", "helmikuuta", "huhtikuuta", "joulukuuta", "kesäkuuta", "lokakuuta",
    "maaliskuuta", "marraskuuta", "syyskuuta", "tammikuuta", "toukokuuta",
};

static const char *const numbered_headings[] = {
    "jakso", "kirja", "kirje", "kohtaus", "liite", "luku", "näytös", "osa", "pykälä", "vaihe",
};

static const char *const plain_headings[] = {
    "alkusanat", "epilogi", "esipuhe", "hakemisto", "johdanto", "jälkisanat", "kirjallisuus",
    "liitteet", "lopuksi", "lähteet", "prologi", "sanasto", "sisällys", "sisällysluettelo",
    "tiivistelmä", "yhteenveto",
};

static const char *const number_words[] = {
    "ensimmäinen", "kahdeksan", "kahdeksas", "kaksi", "kolmas", "kolme", "kuudes", "kuusi",
    "kymmenen", "kymmenes", "neljä", "neljäs", "seitsemän", "seitsemäs", "toinen", "viides",
    "viisi", "yhdeksän", "yhdeksäs", "yksi",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_fi = {
    .code = "fi",
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
