/* SPDX-License-Identifier: MIT */
/* Spanish for the splitter; see language.h for what each table is for. Questions and
 * exclamations open with ¿ and ¡, also inside a sentence. Plurals of abbreviations double their
 * letters ("EE. UU.", "RR. HH.", "pp."). "No." is a number before one and a word otherwise.
 * Dialogue begins with a dash, and what is said goes on in small letters ("—¡No! —dijo."). */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.c", NAME, ANY}, {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY},
    {"aa", ALWAYS, CAPITAL}, {"abr", NAME, ANY}, {"adj", ALWAYS, ANY}, {"admón", NAME, ANY},
    {"afmo", NAME, ANY}, {"ag", NAME, ANY}, {"ago", NAME, ANY}, {"alcte", ALWAYS, CAPITAL},
    {"almte", ALWAYS, CAPITAL}, {"ana", NAME, CAPITAL}, {"anex", NUMBER, ANY}, {"ap", NUMBER, ANY},
    {"apdo", NUMBER, ANY}, {"aprox", ALWAYS, ANY}, {"apt", NUMBER, ANY}, {"arq", ALWAYS, ANY},
    {"art", NUMBER, ANY}, {"arts", NUMBER, ANY}, {"arz", NAME, CAPITAL}, {"atte", NAME, ANY},
    {"av", ALWAYS, ANY}, {"avda", ALWAYS, ANY}, {"ayto", NAME, ANY}, {"b.c", NAME, ANY},
    {"bco", ALWAYS, ANY}, {"bibl", ALWAYS, ANY}, {"blvd", ALWAYS, CAPITAL}, {"bs.as", NAME, ANY},
    {"ca", ALWAYS, ANY}, {"cap", ALWAYS, ANY}, {"caps", NUMBER, ANY}, {"capt", ALWAYS, CAPITAL},
    {"cat", NAME, ANY}, {"cc", ALWAYS, CAPITAL}, {"cdad", ALWAYS, ANY}, {"cent", NAME, ANY},
    {"cf", ALWAYS, ANY}, {"cfr", ALWAYS, ANY}, {"cmdt", ALWAYS, CAPITAL}, {"cmte", ALWAYS, CAPITAL},
    {"cnel", ALWAYS, CAPITAL}, {"cnt", NAME, ANY}, {"co", NAME, ANY}, {"col", ALWAYS, CAPITAL},
    {"cols", NUMBER, ANY}, {"comp", ALWAYS, ANY}, {"conf", ALWAYS, ANY}, {"corp", NAME, ANY},
    {"cra", ALWAYS, CAPITAL}, {"ctdad", NAME, ANY}, {"ctra", ALWAYS, ANY}, {"cía", NAME, ANY},
    {"cía.ltda", NAME, ANY}, {"cód", NUMBER, ANY}, {"d", ALWAYS, CAPITAL}, {"d.c", NAME, ANY},
    {"d.e.p", NAME, ANY}, {"d.f", NAME, ANY}, {"da", ALWAYS, CAPITAL}, {"dcha", NAME, ANY},
    {"dcho", ALWAYS, ANY}, {"dep", NAME, ANY}, {"depto", NAME, ANY}, {"dic", NAME, ANY},
    {"dir", ALWAYS, ANY}, {"disp", NUMBER, ANY}, {"doc", ALWAYS, ANY}, {"dom", NAME, ANY},
    {"dpto", NAME, ANY}, {"dr", ALWAYS, ANY}, {"dra", ALWAYS, ANY}, {"dras", ALWAYS, ANY},
    {"dres", ALWAYS, ANY}, {"dto", NAME, ANY}, {"dtor", NAME, ANY}, {"dª", ALWAYS, CAPITAL},
    {"dña", ALWAYS, CAPITAL}, {"e.c", NAME, ANY}, {"e.d", ALWAYS, ANY}, {"e.g", ALWAYS, ANY},
    {"ed", NUMBER, ANY}, {"eds", NAME, ANY}, {"ee", ALWAYS, CAPITAL}, {"ej", ALWAYS, ANY},
    {"ene", NAME, ANY}, {"esp", ALWAYS, ANY}, {"esq", NAME, ANY}, {"etc", NAME, ANY},
    {"etcétera", NAME, ANY}, {"exc", ALWAYS, ANY}, {"excl", NAME, ANY}, {"excma", ALWAYS, ANY},
    {"excmo", ALWAYS, ANY}, {"exp", NUMBER, ANY}, {"ext", NUMBER, ANY}, {"fac", NAME, ANY},
    {"fasc", NUMBER, ANY}, {"feb", NAME, ANY}, {"ff", ALWAYS, CAPITAL}, {"ff.aa", NAME, ANY},
    {"fig", NUMBER, ANY}, {"figs", NUMBER, ANY}, {"fol", NUMBER, ANY}, {"fr", ALWAYS, CAPITAL},
    {"gob", NAME, ANY}, {"gr", NAME, ANY}, {"gral", ALWAYS, CAPITAL}, {"grs", NAME, ANY},
    {"gta", ALWAYS, ANY}, {"hab", NAME, ANY}, {"hh", ALWAYS, CAPITAL}, {"hna", ALWAYS, CAPITAL},
    {"hno", ALWAYS, CAPITAL}, {"hnos", NAME, ANY}, {"hrs", NAME, ANY}, {"hs", NAME, ANY},
    {"i.e", ALWAYS, ANY}, {"ibid", NAME, ANY}, {"ibíd", NAME, ANY}, {"id", NAME, ANY},
    {"ilma", ALWAYS, ANY}, {"ilmo", ALWAYS, ANY}, {"inc", NAME, ANY}, {"incl", NAME, ANY},
    {"ing", ALWAYS, CAPITAL}, {"inst", NAME, ANY}, {"izda", NAME, ANY}, {"izq", ALWAYS, ANY},
    {"jj", ALWAYS, CAPITAL}, {"jr", NAME, ANY}, {"jue", NAME, ANY}, {"jul", NAME, ANY},
    {"jun", NAME, ANY}, {"kgs", NUMBER, ANY}, {"km", NAME, ANY}, {"kms", NAME, ANY},
    {"l.c", NAME, ANY}, {"lcda", ALWAYS, ANY}, {"lcdo", ALWAYS, ANY}, {"lib", NUMBER, ANY},
    {"lic", ALWAYS, ANY}, {"licda", ALWAYS, ANY}, {"licdo", ALWAYS, ANY}, {"ltd", NAME, ANY},
    {"ltda", NAME, ANY}, {"ltdo", ALWAYS, ANY}, {"lun", NAME, ANY}, {"lám", NUMBER, ANY},
    {"m.n", NAME, ANY}, {"mag", ALWAYS, CAPITAL}, {"mar", NAME, CAPITAL}, {"may", NAME, CAPITAL},
    {"mill", NAME, ANY}, {"min", NAME, ANY}, {"mié", NAME, ANY}, {"mme", ALWAYS, ANY},
    {"mons", ALWAYS, ANY}, {"mr", ALWAYS, CAPITAL}, {"mrs", ALWAYS, CAPITAL},
    {"ms", ALWAYS, CAPITAL}, {"mt", ALWAYS, CAPITAL}, {"mtra", ALWAYS, ANY}, {"mtro", ALWAYS, ANY},
    {"máx", NAME, ANY}, {"mín", ALWAYS, ANY}, {"n.b", NAME, ANY}, {"n.del.t", NAME, ANY},
    {"n.e", NAME, ANY}, {"n.o", NUMBER, CAPITAL}, {"n.ª", NUMBER, ANY}, {"n.º", NUMBER, ANY},
    {"no", NUMBER, CAPITAL}, {"nov", NAME, ANY}, {"nro", NUMBER, ANY}, {"nros", NUMBER, ANY},
    {"ntra", ALWAYS, CAPITAL}, {"ntro", ALWAYS, CAPITAL}, {"nums", NUMBER, ANY},
    {"n°", NUMBER, ANY}, {"nº", NUMBER, ANY}, {"núm", NUMBER, ANY}, {"núms", NUMBER, ANY},
    {"oct", NAME, ANY}, {"oo", ALWAYS, CAPITAL}, {"op", NAME, ANY}, {"orig", ALWAYS, SMALL},
    {"p.d", NAME, ANY}, {"p.ej", ALWAYS, ANY}, {"p.m", NAME, ANY}, {"p.s", NAME, ANY},
    {"p.v.p", NAME, ANY}, {"par", NUMBER, ANY}, {"pbro", ALWAYS, CAPITAL}, {"pdo", NAME, ANY},
    {"pdta", ALWAYS, ANY}, {"pdte", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY}, {"pl", ALWAYS, CAPITAL},
    {"plza", NAME, ANY}, {"pp", NUMBER, ANY}, {"ppdo", ALWAYS, CAPITAL}, {"prof", ALWAYS, ANY},
    {"profa", ALWAYS, ANY}, {"prov", NAME, ANY}, {"pte", ALWAYS, CAPITAL}, {"pto", NUMBER, ANY},
    {"pza", ALWAYS, ANY}, {"pág", NAME, ANY}, {"págs", NUMBER, ANY}, {"párr", NUMBER, ANY},
    {"párrf", NUMBER, ANY}, {"r.i.p", NAME, ANY}, {"ref", NUMBER, ANY}, {"rev", ALWAYS, ANY},
    {"rr", ALWAYS, CAPITAL}, {"rte", NAME, ANY}, {"rvda", ALWAYS, ANY}, {"rvdo", ALWAYS, ANY},
    {"s", NAME, CAPITAL}, {"s.a", NAME, ANY}, {"s.a.u", NAME, ANY}, {"s.c", NAME, ANY},
    {"s.e", ALWAYS, ANY}, {"s.exc", ALWAYS, ANY}, {"s.l", NAME, ANY}, {"s.l.u", NAME, ANY},
    {"s.m", NAME, ANY}, {"s.p", NAME, ANY}, {"s.s.s", NAME, ANY}, {"sdad", NAME, ANY},
    {"sec", NUMBER, ANY}, {"seg", NAME, ANY}, {"sep", NAME, ANY}, {"sept", NAME, ANY},
    {"set", NAME, ANY}, {"sgt", ALWAYS, CAPITAL}, {"sgto", ALWAYS, CAPITAL}, {"sig", NUMBER, ANY},
    {"soc", NAME, ANY}, {"sr", ALWAYS, ANY}, {"sra", ALWAYS, ANY}, {"sras", ALWAYS, CAPITAL},
    {"sres", ALWAYS, CAPITAL}, {"srta", ALWAYS, ANY}, {"srtas", ALWAYS, CAPITAL}, {"ss", NAME, ANY},
    {"ss.aa", ALWAYS, ANY}, {"ss.mm", ALWAYS, ANY}, {"sta", NAME, ANY}, {"sto", ALWAYS, CAPITAL},
    {"subdir", NAME, ANY}, {"suc", NAME, ANY}, {"supl", NAME, ANY}, {"sáb", NAME, ANY},
    {"t.d.t", NAME, ANY}, {"tab", NUMBER, ANY}, {"tcol", ALWAYS, CAPITAL}, {"tel", NUMBER, ANY},
    {"telef", NAME, ANY}, {"tels", NUMBER, ANY}, {"teléf", NUMBER, ANY}, {"tfno", NUMBER, ANY},
    {"tlf", NUMBER, ANY}, {"tlfno", NUMBER, ANY}, {"tom", NUMBER, ANY}, {"tomo", NUMBER, ANY},
    {"trad", NAME, ANY}, {"tte", ALWAYS, ANY}, {"tít", NUMBER, ANY}, {"u.s", NAME, ANY},
    {"u.s.a", NAME, ANY}, {"ud", NAME, ANY}, {"uds", NAME, ANY}, {"univ", NAME, ANY},
    {"urb", ALWAYS, ANY}, {"uu", NAME, ANY}, {"v.g", ALWAYS, ANY}, {"v.gr", ALWAYS, ANY},
    {"vd", NAME, ANY}, {"vda", NAME, ANY}, {"vdo", NAME, ANY}, {"vds", NAME, ANY},
    {"vid", ALWAYS, SMALL}, {"vie", NAME, ANY}, {"viern", NAME, ANY}, {"vol", NUMBER, ANY},
    {"vols", NUMBER, ANY}, {"vra", NAME, ANY}, {"vs", ALWAYS, ANY}, {"vv", ALWAYS, CAPITAL},
    {"íd", NAME, ANY},
};

static const char *const starters[] = {
    "a", "acaso", "además", "adonde", "ahora", "ahí", "al", "algo", "alguien", "alguna", "algunas",
    "alguno", "algunos", "algún", "allá", "allí", "ambos", "ante", "antes", "apenas", "aquel",
    "aquella", "aquellas", "aquello", "aquellos", "aquí", "así", "aun", "aunque", "ayer", "aún",
    "bajo", "bastante", "bien", "cabe", "cada", "casi", "cerca", "cierto", "como", "con",
    "conforme", "contra", "cosa", "cual", "cuales", "cualquier", "cualquiera", "cuando", "cuanto",
    "cuatro", "cuya", "cuyo", "cuál", "cuándo", "cuánto", "cómo", "dado", "de", "debido", "del",
    "dentro", "desde", "después", "despúes", "detrás", "donde", "dos", "durante", "dónde", "e",
    "efectivamente", "el", "ella", "ellas", "ello", "ellos", "en", "encima", "enseguida",
    "entonces", "entre", "era", "eran", "eres", "es", "esa", "esas", "ese", "eso", "esos", "esta",
    "estas", "este", "esto", "estos", "está", "están", "esté", "eventualmente", "excepto",
    "finalmente", "fue", "fueron", "gracias", "ha", "hace", "hacia", "han", "hasta", "hay", "hoy",
    "igual", "igualmente", "incluso", "inmediatamente", "jamás", "junto", "la", "las", "le", "les",
    "lo", "los", "luego", "mas", "mañana", "me", "mediante", "mejor", "menos", "mi", "mientras",
    "mis", "mucha", "muchas", "mucho", "muchos", "muy", "más", "nada", "nadie", "ni", "ninguna",
    "ninguno", "ningún", "no", "nos", "nosotros", "nuestra", "nuestro", "nuestros", "nunca", "o",
    "obviamente", "ojalá", "otra", "otras", "otro", "otros", "para", "parece", "pero", "poco",
    "pocos", "por", "porque", "posteriormente", "primero", "pronto", "puede", "pues", "que",
    "quien", "quienes", "quizá", "quizás", "quién", "qué", "recientemente", "respecto", "salvo",
    "se", "sea", "seguro", "según", "seis", "ser", "si", "sido", "siempre", "siguiendo", "sin",
    "sino", "sobre", "solamente", "solo", "son", "soy", "su", "sus", "sí", "sólo", "tal", "tales",
    "también", "tampoco", "tan", "tanto", "te", "tercero", "ti", "tiene", "tienen", "toda", "todas",
    "todavía", "todo", "todos", "tras", "tres", "tu", "tus", "tú", "un", "una", "unas", "uno",
    "unos", "usted", "ustedes", "va", "varias", "varios", "vaya", "veces", "ver", "vosotros", "y",
    "ya", "yo", "él", "éramos", "ésta", "éste", "éstos", "última", "últimamente",
};

static const char *const numbered_headings[] = {
    "acto", "anexo", "apéndice", "artículo", "canto", "capítulo", "carta", "cuadro", "episodio",
    "escena", "jornada", "lección", "libro", "parte", "sección", "tomo", "título", "volumen",
};

static const char *const plain_headings[] = {
    "agradecimientos", "anexo", "apéndice", "bibliografía", "conclusiones", "conclusión",
    "dedicatoria", "epílogo", "glosario", "introducción", "notas", "posfacio", "prefacio",
    "preludio", "presentación", "proemio", "prólogo", "índice",
};

static const char *const number_words[] = {
    "catorce", "cinco", "cuarta", "cuarto", "cuatro", "diez", "doce", "dos", "décima", "décimo",
    "novena", "noveno", "nueve", "ocho", "octava", "octavo", "once", "primer", "primera", "primero",
    "quince", "quinta", "quinto", "segunda", "segundo", "seis", "sexta", "sexto", "siete",
    "séptima", "séptimo", "tercer", "tercera", "tercero", "trece", "treinta", "tres", "una", "uno",
    "veinte",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_es = {
    .code = "es",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
