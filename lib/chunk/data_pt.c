/* SPDX-License-Identifier: MIT */
/* Portuguese for the splitter; see language.h for what each table is for. Dialogue begins with a
 * dash and goes on in small letters behind what is said ("— Não! — disse ela."). "No." is a
 * number before one and a word otherwise. Ordinals are 1.º or 1ª, so a full stop behind a number
 * ends the sentence. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.c", NAME, ANY}, {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY},
    {"abr", NAME, ANY}, {"adj", ALWAYS, ANY}, {"ago", NAME, ANY}, {"al", NUMBER, ANY},
    {"alm", ALWAYS, CAPITAL}, {"anex", NUMBER, ANY}, {"ap", NUMBER, ANY}, {"apart", NAME, ANY},
    {"aprox", ALWAYS, ANY}, {"apto", NUMBER, ANY}, {"arq", ALWAYS, ANY}, {"art", NUMBER, ANY},
    {"arts", NUMBER, ANY}, {"assoc", NAME, ANY}, {"atte", NAME, ANY}, {"aux", NAME, ANY},
    {"av", ALWAYS, ANY}, {"bel", NAME, ANY}, {"bras", NAME, ANY}, {"brig", ALWAYS, CAPITAL},
    {"c.ia", NAME, ANY}, {"ca", NAME, ANY}, {"cap", ALWAYS, ANY}, {"caps", NUMBER, ANY},
    {"cel", ALWAYS, CAPITAL}, {"cent", NAME, ANY}, {"cf", ALWAYS, ANY}, {"cfr", ALWAYS, ANY},
    {"cia", NAME, ANY}, {"cmdt", ALWAYS, CAPITAL}, {"co", NAME, ANY}, {"col", NUMBER, ANY},
    {"cols", NUMBER, ANY}, {"cons", ALWAYS, ANY}, {"corp", NAME, ANY}, {"cx", ALWAYS, ANY},
    {"cód", NUMBER, ANY}, {"d", ALWAYS, CAPITAL}, {"d.c", NAME, ANY}, {"dep", ALWAYS, ANY},
    {"dept", NAME, ANY}, {"depto", NAME, ANY}, {"desc", NAME, ANY}, {"desemb", ALWAYS, ANY},
    {"dez", NAME, CAPITAL}, {"div", NAME, ANY}, {"dom", ALWAYS, CAPITAL}, {"dr", ALWAYS, ANY},
    {"dra", ALWAYS, ANY}, {"dras", ALWAYS, ANY}, {"drs", ALWAYS, ANY}, {"e.c", NAME, ANY},
    {"e.g", ALWAYS, ANY}, {"ed", NAME, ANY}, {"emb", ALWAYS, ANY}, {"eng", ALWAYS, ANY},
    {"enga", ALWAYS, ANY}, {"engo", ALWAYS, ANY}, {"esc", ALWAYS, CAPITAL}, {"esp", NAME, ANY},
    {"est", ALWAYS, CAPITAL}, {"etc", NAME, ANY}, {"ex", NAME, ANY}, {"exa", ALWAYS, ANY},
    {"exma", ALWAYS, ANY}, {"exmo", ALWAYS, ANY}, {"fasc", NUMBER, ANY}, {"fev", NAME, ANY},
    {"fig", NUMBER, ANY}, {"figs", NUMBER, ANY}, {"fil", NAME, ANY}, {"fl", NUMBER, ANY},
    {"fls", NUMBER, ANY}, {"fol", NUMBER, ANY}, {"fr", NAME, ANY}, {"gal", ALWAYS, CAPITAL},
    {"gen", ALWAYS, CAPITAL}, {"gov", NAME, ANY}, {"gr", NAME, ANY}, {"hab", NAME, ANY},
    {"i.e", ALWAYS, ANY}, {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"il", ALWAYS, CAPITAL},
    {"ilma", ALWAYS, ANY}, {"ilmo", ALWAYS, ANY}, {"inc", NAME, ANY}, {"ind", NAME, ANY},
    {"insp", ALWAYS, ANY}, {"inst", NAME, ANY}, {"ital", NAME, ANY}, {"jan", NAME, ANY},
    {"jr", NAME, ANY}, {"jul", NAME, ANY}, {"jun", NAME, ANY}, {"kg", NAME, ANY}, {"km", NAME, ANY},
    {"lat", NAME, ANY}, {"lda", NAME, ANY}, {"lic", ALWAYS, ANY}, {"lim", NAME, ANY},
    {"liv", NUMBER, ANY}, {"ltd", NAME, ANY}, {"ltda", NAME, ANY}, {"m.d", NAME, ANY},
    {"m.n", NAME, ANY}, {"maj", ALWAYS, CAPITAL}, {"mar", NAME, CAPITAL}, {"min", ALWAYS, CAPITAL},
    {"mons", ALWAYS, ANY}, {"mr", ALWAYS, CAPITAL}, {"mrs", ALWAYS, CAPITAL},
    {"ms", ALWAYS, CAPITAL}, {"mt", ALWAYS, CAPITAL}, {"máq", NAME, ANY}, {"máx", ALWAYS, ANY},
    {"mín", ALWAYS, ANY}, {"n.º", NUMBER, ANY}, {"no", NUMBER, CAPITAL}, {"nov", NAME, ANY},
    {"nr", NUMBER, ANY}, {"nro", NUMBER, ANY}, {"ns", NUMBER, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"núm", NUMBER, ANY}, {"ob", NAME, ANY}, {"op", NAME, ANY},
    {"org", NAME, ANY}, {"orgs", NAME, ANY}, {"out", NAME, CAPITAL}, {"p.ex", ALWAYS, ANY},
    {"p.m", NAME, ANY}, {"p.s", NAME, ANY}, {"pag", NAME, ANY}, {"par", NUMBER, ANY},
    {"pe", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY}, {"port", NAME, ANY}, {"pp", NUMBER, ANY},
    {"pref", NAME, ANY}, {"pres", ALWAYS, CAPITAL}, {"prof", ALWAYS, ANY}, {"prof.ª", ALWAYS, ANY},
    {"profa", ALWAYS, ANY}, {"prov", NAME, ANY}, {"publ", NAME, ANY}, {"pág", NUMBER, ANY},
    {"págs", NUMBER, ANY}, {"pç", ALWAYS, ANY}, {"pça", ALWAYS, ANY}, {"r", ALWAYS, CAPITAL},
    {"ref", NUMBER, ANY}, {"rep", NAME, ANY}, {"rev", ALWAYS, ANY}, {"revmo", ALWAYS, ANY},
    {"rod", ALWAYS, ANY}, {"s.a", NAME, ANY}, {"s.d", NAME, ANY}, {"s.exa", ALWAYS, CAPITAL},
    {"s.l", NAME, ANY}, {"sc", NAME, ANY}, {"sec", NUMBER, ANY}, {"sen", NAME, CAPITAL},
    {"set", NAME, CAPITAL}, {"sgt", ALWAYS, CAPITAL}, {"sr", ALWAYS, ANY}, {"sr.a", ALWAYS, ANY},
    {"sr.ª", ALWAYS, ANY}, {"sra", ALWAYS, ANY}, {"sras", ALWAYS, CAPITAL}, {"srs", ALWAYS, ANY},
    {"srta", ALWAYS, ANY}, {"ss", NAME, ANY}, {"sta", ALWAYS, CAPITAL}, {"sto", NAME, ANY},
    {"subs", NAME, ANY}, {"supl", NAME, ANY}, {"séc", NUMBER, ANY}, {"tab", NUMBER, ANY},
    {"tec", NAME, ANY}, {"tel", NUMBER, ANY}, {"telef", NUMBER, ANY}, {"ten", NAME, CAPITAL},
    {"tom", NUMBER, ANY}, {"trad", NAME, ANY}, {"trav", ALWAYS, ANY}, {"tít", NUMBER, ANY},
    {"u.s", NAME, ANY}, {"univ", NAME, ANY}, {"v", ALWAYS, CAPITAL}, {"v.exa", ALWAYS, ANY},
    {"v.exa.s", NAME, ANY}, {"v.g", ALWAYS, ANY}, {"vd", ALWAYS, CAPITAL}, {"vol", NUMBER, ANY},
    {"vols", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"vv", ALWAYS, ANY}, {"zool", NAME, ANY},
};

static const char *const starters[] = {
    "a", "acima", "afinal", "agora", "ah", "ainda", "algo", "algum", "alguma", "algumas", "alguns",
    "alguém", "ali", "além", "ambas", "ambos", "ante", "antes", "ao", "aos", "apenas", "apesar",
    "após", "aquela", "aquelas", "aquele", "aqueles", "aqui", "aquilo", "as", "assim", "através",
    "até", "bem", "bom", "cada", "caso", "cerca", "certa", "certamente", "certo", "certos", "com",
    "como", "conforme", "conquanto", "contra", "contudo", "cuja", "da", "dado", "daquele", "das",
    "daí", "de", "dela", "dele", "demais", "dentro", "depois", "desde", "dessa", "desse", "desta",
    "deste", "diante", "do", "dois", "donde", "dos", "durante", "e", "ela", "elas", "ele", "eles",
    "em", "embora", "enfim", "enquanto", "entre", "entretanto", "então", "era", "eram", "essa",
    "essas", "esse", "esses", "esta", "estas", "estava", "este", "estes", "estou", "está", "eu",
    "excepto", "exceto", "finalmente", "foi", "foram", "graças", "haja", "hoje", "há", "i", "isso",
    "isto", "jamais", "juntamente", "já", "lhe", "logo", "lá", "mais", "mas", "me", "mediante",
    "meio", "menos", "mesmo", "meu", "meus", "minha", "minhas", "muita", "muitas", "muito",
    "muitos", "na", "nada", "naquela", "naquele", "nas", "nela", "nele", "nem", "nenhum", "nenhuma",
    "nessa", "nesse", "nesta", "neste", "ninguém", "no", "nos", "nossa", "nosso", "nossos", "num",
    "numa", "nunca", "não", "nós", "o", "obviamente", "onde", "ontem", "ora", "os", "ou", "outra",
    "outras", "outro", "outrora", "outros", "para", "parece", "pela", "pelas", "pelo", "pelos",
    "perante", "perto", "pode", "pois", "por", "porque", "porquê", "portanto", "porém",
    "posteriormente", "pouco", "poucos", "primeiro", "quais", "qual", "qualquer", "quando",
    "quanto", "quantos", "quase", "quatro", "que", "quem", "quer", "quê", "respectivamente", "sabe",
    "salvo", "se", "segundo", "seis", "sem", "sempre", "sendo", "ser", "será", "seu", "seus", "si",
    "sim", "sob", "sobre", "sobretudo", "somente", "sou", "sua", "suas", "são", "tal", "talvez",
    "também", "tampouco", "tanto", "te", "tem", "ter", "teu", "teve", "toda", "todas", "todavia",
    "todo", "todos", "três", "tu", "tua", "tudo", "têm", "um", "uma", "umas", "uns", "vai", "vale",
    "você", "vocês", "várias", "vários", "vós", "à", "às", "é", "éramos", "último",
};

static const char *const numbered_headings[] = {
    "acto", "anexo", "ano", "apêndice", "artigo", "ato", "canto", "capítulo", "carta", "cena",
    "episódio", "livro", "lição", "parte", "secção", "seção", "tomo", "título", "volume",
};

static const char *const plain_headings[] = {
    "agradecimentos", "anexo", "apêndice", "bibliografia", "conclusão", "dedicatória", "epílogo",
    "glossário", "introdução", "notas", "posfácio", "prefácio", "prelúdio", "prólogo", "sumário",
    "índice",
};

static const char *const number_words[] = {
    "cinco", "dez", "dois", "doze", "duas", "décima", "décimo", "nona", "nono", "nove", "oitava",
    "oitavo", "oito", "onze", "primeira", "primeiro", "quarta", "quarto", "quatro", "quinta",
    "quinto", "quinze", "segunda", "segundo", "seis", "sete", "sexta", "sexto", "sétima", "sétimo",
    "terceira", "terceiro", "treze", "trinta", "três", "um", "uma", "vinte",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_pt = {
    .code = "pt",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
