/* SPDX-License-Identifier: MIT */
/* Turkish for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("20. yüzyıl", "II. Mehmet", "5. Cadde"). The dotted and the dotless I fold alike
 * here. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.ş", NAME, ANY}, {"adl", ALWAYS, ANY},
    {"agm", NUMBER, ANY}, {"alb", ALWAYS, ANY}, {"anat", ALWAYS, ANY}, {"apt", NAME, ANY},
    {"arş", ALWAYS, ANY}, {"asb", ALWAYS, ANY}, {"asist", ALWAYS, ANY}, {"atğm", ALWAYS, ANY},
    {"av", ALWAYS, CAPITAL}, {"ağu", NAME, ANY}, {"bap", NUMBER, ANY}, {"bkz", ALWAYS, ANY},
    {"blv", NAME, ANY}, {"bnb", ALWAYS, ANY}, {"bçvş", ALWAYS, ANY}, {"böl.no", NUMBER, ANY},
    {"bşk", ALWAYS, ANY}, {"cad", NAME, ANY}, {"cd", NAME, ANY}, {"cilt", NUMBER, ANY},
    {"cm", NAME, ANY}, {"co", NAME, ANY}, {"corp", NAME, ANY}, {"coğ", NAME, ANY},
    {"cum.bşk", ALWAYS, ANY}, {"der", NAME, ANY}, {"dnz", ALWAYS, ANY}, {"doç", ALWAYS, ANY},
    {"dr", ALWAYS, ANY}, {"e.g", ALWAYS, ANY}, {"ecz", NAME, ANY}, {"ed", ALWAYS, ANY},
    {"eki", NAME, ANY}, {"eko", NAME, ANY}, {"ens", ALWAYS, ANY}, {"etc", NAME, ANY},
    {"fak", ALWAYS, ANY}, {"fig", NUMBER, ANY}, {"fiz", NAME, ANY}, {"fr", NAME, ANY},
    {"gen", ALWAYS, ANY}, {"gv", ALWAYS, ANY}, {"haz", NAME, ANY}, {"hst", NAME, ANY},
    {"hv", ALWAYS, ANY}, {"hz", ALWAYS, ANY}, {"hzl", NAME, ANY}, {"i.e", ALWAYS, ANY},
    {"ibid", NAME, ANY}, {"inc", NAME, ANY}, {"ing", ALWAYS, ANY}, {"inş", NAME, ANY},
    {"is", NUMBER, ANY}, {"it", NAME, ANY}, {"jeol", ALWAYS, ANY}, {"jr", NAME, ANY},
    {"kap", NUMBER, ANY}, {"kd", ALWAYS, ANY}, {"krş", ALWAYS, ANY}, {"ks", NAME, ANY},
    {"kuv", ALWAYS, ANY}, {"l", NAME, ANY}, {"lat", NAME, ANY}, {"ltd", NAME, ANY},
    {"ltd.şti", NAME, ANY}, {"m.s", NAME, ANY}, {"m.ö", NAME, ANY}, {"mad", ALWAYS, ANY},
    {"mah", NAME, ANY}, {"mat", NAME, ANY}, {"md", NUMBER, ANY}, {"mec", ALWAYS, ANY},
    {"mh", NAME, ANY}, {"mim", NAME, ANY}, {"mm", NAME, ANY}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"mü", NAME, ANY}, {"müd", ALWAYS, ANY},
    {"müh", ALWAYS, ANY}, {"nis", NAME, ANY}, {"no", NUMBER, ANY}, {"nr", NUMBER, ANY},
    {"oca", NAME, ANY}, {"ord", ALWAYS, ANY}, {"org", ALWAYS, ANY}, {"orgen", ALWAYS, ANY},
    {"orgn", ALWAYS, ANY}, {"osm", NAME, ANY}, {"p.s", NAME, ANY}, {"par", NUMBER, ANY},
    {"ph.d", NAME, ANY}, {"plt", ALWAYS, ANY}, {"pos", NUMBER, ANY}, {"prof", ALWAYS, ANY},
    {"psik", ALWAYS, ANY}, {"pzt", NAME, ANY}, {"red", NAME, ANY}, {"rek", ALWAYS, ANY},
    {"rev", ALWAYS, ANY}, {"sf", NUMBER, ANY}, {"sh", NUMBER, ANY}, {"sk", NAME, ANY},
    {"sn", ALWAYS, ANY}, {"soc", NAME, ANY}, {"sok", NAME, ANY}, {"sr", NAME, CAPITAL},
    {"ss", NUMBER, ANY}, {"st", ALWAYS, ANY}, {"sv", ALWAYS, ANY}, {"syf", NUMBER, ANY},
    {"sün", NAME, ANY}, {"tab", NUMBER, ANY}, {"tar", NAME, ANY}, {"tbp", ALWAYS, ANY},
    {"tel", NUMBER, ANY}, {"tem", NAME, ANY}, {"temb", ALWAYS, ANY}, {"tic", ALWAYS, ANY},
    {"tlf", NUMBER, ANY}, {"tmz", NAME, ANY}, {"trm", NAME, ANY}, {"tugg", ALWAYS, ANY},
    {"tuğg", ALWAYS, ANY}, {"tümg", ALWAYS, ANY}, {"tğ", NAME, ANY}, {"tğm", ALWAYS, ANY},
    {"u.s", NAME, ANY}, {"utğm", ALWAYS, ANY}, {"uzm", ALWAYS, ANY}, {"v", ALWAYS, ANY},
    {"vb", NAME, ANY}, {"vd", NAME, ANY}, {"vol", NUMBER, ANY}, {"vs", NAME, ANY},
    {"yd", ALWAYS, ANY}, {"yn", NAME, ANY}, {"yrd", ALWAYS, ANY}, {"yun", NAME, ANY},
    {"yy", NAME, ANY}, {"yzb", ALWAYS, ANY}, {"yzm", ALWAYS, ANY}, {"zf", NAME, ANY},
    {"zm", NAME, ANY}, {"zool", NAME, ANY}, {"§", NUMBER, ANY}, {"çev", NAME, ANY},
    {"örn", ALWAYS, ANY}, {"öğr", ALWAYS, ANY}, {"ünv", NAME, ANY}, {"şb", ALWAYS, ANY},
    {"şek", NUMBER, ANY}, {"şti", NAME, ANY}, {"şub", NAME, ANY},
};

static const char *const starters[] = {
    "acaba", "ama", "ancak", "artık", "aslında", "aynı", "ayrıca", "az", "bana", "bazen", "bazı",
    "bazıları", "başka", "belki", "ben", "bence", "beni", "benim", "bile", "bir", "biraz", "birden",
    "biri", "birkaç", "birçok", "biz", "bizim", "bu", "bugün", "bun", "buna", "bunda", "bundan",
    "bunlar", "bunu", "bunun", "burada", "buradan", "böyle", "böylece", "bütün", "da", "daha",
    "dahası", "demek", "derken", "değil", "diye", "diğer", "dolayısıyla", "dört", "dün", "elbette",
    "en", "epey", "evet", "eğer", "fakat", "gene", "genellikle", "gerek", "gerçekten", "geçen",
    "gibi", "göre", "hala", "hangi", "hani", "hatta", "hayır", "hem", "hemen", "henüz", "hep",
    "hepsi", "her", "herkes", "hiç", "hiçbir", "hâlâ", "iki", "ile", "ilk", "ise", "için", "içinde",
    "işte", "kendi", "kendisi", "ki", "kim", "kimi", "kimse", "kısaca", "mademki", "meğer", "nasıl",
    "ne", "neden", "nerede", "neyse", "nihayet", "niye", "niçin", "o", "ona", "ondan", "onlar",
    "onların", "onu", "onun", "orada", "oysa", "oysaki", "pek", "peki", "rağmen", "sadece", "sanki",
    "sen", "senin", "siz", "sizin", "son", "sonra", "sonunda", "sonuç", "tabii", "tam", "tek",
    "tüm", "var", "vardı", "ve", "veya", "ya", "yalnız", "yalnızca", "yani", "yarın", "yeni",
    "yine", "yok", "yoksa", "zaman", "zaten", "zira", "çok", "çoğu", "çünkü", "öte", "öyle",
    "özellikle", "üstelik", "üç", "şayet", "şimdi", "şu", "şunlar", "şöyle",
};

static const char *const ordinal_nouns[] = {
    "cadde", "dünya", "kat", "sokak", "yüzyıl", "yüzyılda", "yüzyılın", "yıl", "yıldönümü",
};

static const char *const numbered_headings[] = {
    "adım", "bölüm", "cilt", "ders", "ek", "kitap", "kısım", "madde", "perde", "sahne",
};

static const char *const plain_headings[] = {
    "dizin", "ek", "ekler", "giriş", "içindekiler", "kaynakça", "notlar", "sonsöz", "sonuç",
    "sunuş", "teşekkür", "önsöz", "özet",
};

static const char *const number_words[] = {
    "altı", "altıncı", "beş", "beşinci", "bir", "birinci", "dokuz", "dokuzuncu", "dördüncü", "dört",
    "iki", "ikinci", "on", "onuncu", "sekiz", "sekizinci", "yedi", "yedinci", "üç", "üçüncü",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_tr = {
    .code = "tr",
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
