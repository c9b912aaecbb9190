/* SPDX-License-Identifier: MIT */
/* German for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("am 3. Oktober", "Heinrich VIII."), and every noun has a capital, so a capital
 * behind a full stop proves little: behind numbers and abbreviations only a common first word
 * ends the sentence. Quotations are „...“ or »...«, and the sentence goes on behind them in
 * small letters or with a comma. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"a.m", NAME, ANY}, {"abb", NUMBER, ANY},
    {"abg", ALWAYS, ANY}, {"abs", NUMBER, ANY}, {"abschn", NUMBER, ANY}, {"abt", ALWAYS, ANY},
    {"ahd", NAME, ANY}, {"akad", ALWAYS, ANY}, {"allg", ALWAYS, ANY}, {"angebl", ALWAYS, ANY},
    {"anh", NUMBER, ANY}, {"anl", NUMBER, ANY}, {"anm", NUMBER, ANY}, {"anschl", ALWAYS, ANY},
    {"anw", NAME, CAPITAL}, {"apl", ALWAYS, ANY}, {"apr", NAME, CAPITAL}, {"arab", NAME, ANY},
    {"art", NUMBER, ANY}, {"ass", NAME, ANY}, {"aufg", NUMBER, ANY}, {"aufl", NAME, ANY},
    {"aug", NAME, CAPITAL}, {"ausf", NAME, ANY}, {"ausg", NAME, ANY}, {"ausschl", ALWAYS, ANY},
    {"b.a", NAME, ANY}, {"b.sc", NAME, ANY}, {"bayr", NAME, ANY}, {"bd", NUMBER, ANY},
    {"bde", NUMBER, ANY}, {"beil", NUMBER, ANY}, {"beisp", NUMBER, ANY}, {"bes", ALWAYS, ANY},
    {"betr", ALWAYS, ANY}, {"bf", NAME, ANY}, {"bhf", NAME, ANY}, {"bl", NUMBER, ANY},
    {"blz", NUMBER, ANY}, {"bmst", NAME, ANY}, {"bzgl", ALWAYS, ANY}, {"bzw", ALWAYS, ANY},
    {"ca", ALWAYS, ANY}, {"chr", NAME, ANY}, {"christl", ALWAYS, ANY}, {"co", NAME, ANY},
    {"corp", NAME, ANY}, {"curr", ALWAYS, ANY}, {"d.h", ALWAYS, ANY}, {"d.i", ALWAYS, ANY},
    {"d.j", NAME, ANY}, {"d.m", NAME, ANY}, {"dez", NAME, CAPITAL}, {"dgl", ALWAYS, ANY},
    {"dh", ALWAYS, ANY}, {"di", NAME, CAPITAL}, {"dipl", ALWAYS, ANY}, {"dipl.-ing", ALWAYS, ANY},
    {"dipl.-kfm", ALWAYS, ANY}, {"dipl.-psych", ALWAYS, ANY}, {"dir", ALWAYS, CAPITAL},
    {"do", NAME, ANY}, {"dr", ALWAYS, ANY}, {"dres", ALWAYS, ANY}, {"dt", ALWAYS, ANY},
    {"e.g", ALWAYS, ANY}, {"e.g.m.b.h", NAME, ANY}, {"e.v", NAME, ANY}, {"eb", ALWAYS, ANY},
    {"ebd", ALWAYS, ANY}, {"ehem", ALWAYS, ANY}, {"eidg", ALWAYS, ANY}, {"eigtl", ALWAYS, ANY},
    {"einschl", ALWAYS, ANY}, {"engl", ALWAYS, ANY}, {"entspr", ALWAYS, ANY}, {"erg", ALWAYS, ANY},
    {"etc", NAME, ANY}, {"ev", ALWAYS, ANY}, {"evang", ALWAYS, ANY}, {"evtl", ALWAYS, ANY},
    {"exkl", ALWAYS, ANY}, {"exp", NAME, ANY}, {"f", NAME, ANY}, {"fa", ALWAYS, CAPITAL},
    {"fam", ALWAYS, ANY}, {"feb", NAME, CAPITAL}, {"febr", NAME, CAPITAL}, {"ff", NAME, ANY},
    {"fig", NUMBER, ANY}, {"fr", NAME, CAPITAL}, {"franz", NAME, ANY}, {"frl", ALWAYS, ANY},
    {"frz", NAME, ANY}, {"g", NAME, SMALL}, {"geb", NAME, ANY}, {"gebr", NAME, ANY},
    {"gegr", ALWAYS, ANY}, {"gen", NAME, ANY}, {"gest", NAME, ANY}, {"gez", NAME, ANY},
    {"ggf", ALWAYS, ANY}, {"ggfs", ALWAYS, ANY}, {"ggr", NUMBER, ANY}, {"ggü", NAME, ANY},
    {"gl", NUMBER, ANY}, {"gmbh", NAME, ANY}, {"griech", NAME, ANY}, {"h.c", ALWAYS, ANY},
    {"habil", ALWAYS, ANY}, {"hbf", NAME, ANY}, {"hebr", NAME, ANY}, {"hft", NUMBER, ANY},
    {"hist", NAME, ANY}, {"hl", NAME, ANY}, {"hll", NAME, ANY}, {"hnr", NUMBER, CAPITAL},
    {"hochw", ALWAYS, ANY}, {"hptm", ALWAYS, CAPITAL}, {"hr", ALWAYS, CAPITAL},
    {"hrn", ALWAYS, CAPITAL}, {"hrsg", NAME, ANY}, {"hs", NUMBER, ANY}, {"i.a", NAME, ANY},
    {"i.allg", ALWAYS, ANY}, {"i.d.r", ALWAYS, ANY}, {"i.e", ALWAYS, ANY}, {"i.e.s", ALWAYS, ANY},
    {"i.r", NAME, ANY}, {"i.s.d", ALWAYS, ANY}, {"i.v", NAME, ANY}, {"i.w.s", ALWAYS, ANY},
    {"inc", NAME, ANY}, {"ing", ALWAYS, CAPITAL}, {"inkl", ALWAYS, ANY}, {"insb", ALWAYS, ANY},
    {"insbes", ALWAYS, ANY}, {"int", ALWAYS, ANY}, {"ital", NAME, ANY}, {"j", NAME, ANY},
    {"jan", NAME, CAPITAL}, {"jg", NUMBER, ANY}, {"jgfr", ALWAYS, CAPITAL}, {"jh", NAME, ANY},
    {"jhd", NAME, ANY}, {"jhdt", NAME, ANY}, {"jhg", NUMBER, ANY}, {"jr", NAME, ANY},
    {"jul", NAME, CAPITAL}, {"jun", NAME, ANY}, {"jur", ALWAYS, ANY}, {"jän", NAME, CAPITAL},
    {"k.o", NAME, ANY}, {"kap", NUMBER, ANY}, {"kath", ALWAYS, ANY}, {"kfm", ALWAYS, ANY},
    {"kg", NAME, ANY}, {"kgl", ALWAYS, ANY}, {"kpt", ALWAYS, CAPITAL}, {"künstl", ALWAYS, ANY},
    {"landw", ALWAYS, ANY}, {"lat", NAME, ANY}, {"lekt", NUMBER, ANY}, {"lfd", ALWAYS, ANY},
    {"lfg", NUMBER, ANY}, {"lic", NAME, ANY}, {"lit", NUMBER, ANY}, {"llm", NAME, ANY},
    {"lt", ALWAYS, ANY}, {"ltd", NAME, ANY}, {"ltn", ALWAYS, CAPITAL}, {"m.a", NAME, ANY},
    {"m.a.w", ALWAYS, ANY}, {"m.e", ALWAYS, ANY}, {"m.sc", NAME, ANY}, {"m.w", ALWAYS, ANY},
    {"math", ALWAYS, ANY}, {"max", ALWAYS, SMALL}, {"med", ALWAYS, ANY}, {"mhd", NAME, ANY},
    {"mi", NAME, CAPITAL}, {"mil", ALWAYS, ANY}, {"min", NAME, ANY}, {"mind", ALWAYS, ANY},
    {"mio", NAME, ANY}, {"mlle", ALWAYS, ANY}, {"mme", ALWAYS, ANY}, {"mo", NAME, CAPITAL},
    {"mr", ALWAYS, ANY}, {"mrd", NAME, ANY}, {"mrs", ALWAYS, ANY}, {"mrz", NAME, CAPITAL},
    {"ms", ALWAYS, ANY}, {"msc", NAME, ANY}, {"mtl", ALWAYS, ANY}, {"mult", ALWAYS, ANY},
    {"mär", NAME, CAPITAL}, {"n.chr", NAME, ANY}, {"n.n", NAME, ANY}, {"n.u.z", NAME, ANY},
    {"nachf", ALWAYS, ANY}, {"nachm", NAME, ANY}, {"nat", ALWAYS, SMALL}, {"nov", NAME, CAPITAL},
    {"nr", NUMBER, ANY}, {"nrn", NUMBER, ANY}, {"num", NUMBER, ANY}, {"n°", NUMBER, ANY},
    {"nº", NUMBER, ANY}, {"näml", ALWAYS, ANY}, {"nördl", ALWAYS, ANY}, {"o.dgl", NAME, ANY},
    {"o.g", ALWAYS, ANY}, {"o.j", NAME, ANY}, {"o.o", NAME, ANY}, {"o.ä", NAME, ANY},
    {"obltn", ALWAYS, CAPITAL}, {"oec", ALWAYS, ANY}, {"okt", NAME, CAPITAL}, {"p.a", NAME, ANY},
    {"p.p", NAME, ANY}, {"p.s", NAME, ANY}, {"par", NAME, ANY}, {"pf", ALWAYS, CAPITAL},
    {"pfr", ALWAYS, ANY}, {"ph.d", NAME, ANY}, {"phil", ALWAYS, ANY}, {"pkt", NUMBER, ANY},
    {"pl", NAME, ANY}, {"plur", NAME, ANY}, {"plz", NUMBER, ANY}, {"pol", ALWAYS, ANY},
    {"polit", ALWAYS, ANY}, {"poln", NAME, ANY}, {"port", NAME, ANY}, {"pos", NUMBER, ANY},
    {"priv", ALWAYS, ANY}, {"prof", ALWAYS, ANY}, {"prot", ALWAYS, ANY}, {"ps", NUMBER, ANY},
    {"qu", NAME, ANY}, {"rd", ALWAYS, ANY}, {"rdn", NUMBER, ANY}, {"rel", ALWAYS, ANY},
    {"rer", ALWAYS, ANY}, {"resp", ALWAYS, ANY}, {"rn", NUMBER, ANY}, {"russ", NAME, ANY},
    {"rz", NUMBER, ANY}, {"röm", ALWAYS, ANY}, {"s.o", ALWAYS, ANY}, {"s.u", ALWAYS, ANY},
    {"sa", NAME, CAPITAL}, {"schr", NAME, ANY}, {"schwed", ALWAYS, ANY}, {"schweiz", ALWAYS, ANY},
    {"sek", NAME, ANY}, {"sen", NAME, ANY}, {"sep", NAME, CAPITAL}, {"sept", NAME, CAPITAL},
    {"sing", NAME, ANY}, {"so", NAME, CAPITAL}, {"sog", ALWAYS, ANY}, {"sp", NUMBER, ANY},
    {"span", NAME, ANY}, {"spez", ALWAYS, ANY}, {"spr", NAME, ANY}, {"sr", ALWAYS, CAPITAL},
    {"ss", NUMBER, ANY}, {"st", ALWAYS, CAPITAL}, {"staatl", ALWAYS, ANY}, {"std", NAME, ANY},
    {"stellv", ALWAYS, ANY}, {"str", NAME, ANY}, {"str.nr", NUMBER, ANY}, {"strg", NAME, ANY},
    {"stv", ALWAYS, ANY}, {"städt", ALWAYS, ANY}, {"sächs", NAME, ANY}, {"südl", ALWAYS, ANY},
    {"tab", NUMBER, ANY}, {"taf", NUMBER, ANY}, {"techn", ALWAYS, ANY}, {"tel", NUMBER, ANY},
    {"textz", NUMBER, ANY}, {"th", NUMBER, CAPITAL}, {"theol", ALWAYS, ANY}, {"tit", NAME, ANY},
    {"tschech", NAME, ANY}, {"tsd", NAME, ANY}, {"tz", NUMBER, ANY}, {"türk", NAME, ANY},
    {"u.a", NAME, ANY}, {"u.a.m", ALWAYS, ANY}, {"u.dgl", NAME, ANY}, {"u.s", NAME, ANY},
    {"u.s.w", NAME, ANY}, {"u.u", ALWAYS, ANY}, {"u.v.a", NAME, ANY}, {"u.v.m", NAME, ANY},
    {"u.ä", NAME, ANY}, {"ung", NAME, ANY}, {"univ", ALWAYS, CAPITAL}, {"urspr", ALWAYS, ANY},
    {"ursprüngl", ALWAYS, ANY}, {"usf", NAME, ANY}, {"usw", NAME, ANY}, {"uvm", NAME, ANY},
    {"v", NAME, SMALL}, {"v.a", ALWAYS, ANY}, {"v.chr", NAME, ANY}, {"v.d", ALWAYS, ANY},
    {"v.u.z", NAME, ANY}, {"var", NAME, ANY}, {"verf", NAME, ANY}, {"verh", ALWAYS, ANY},
    {"verl", NAME, ANY}, {"vers", NUMBER, ANY}, {"vers.-nr", NAME, ANY}, {"verst", NAME, ANY},
    {"verz", NAME, ANY}, {"vgl", ALWAYS, ANY}, {"viell", ALWAYS, ANY}, {"vllt", ALWAYS, ANY},
    {"vol", NUMBER, ANY}, {"vorl", ALWAYS, ANY}, {"vorm", ALWAYS, ANY}, {"vs", NAME, ANY},
    {"westl", ALWAYS, ANY}, {"wg", ALWAYS, SMALL}, {"whg", NAME, ANY}, {"wirtsch", ALWAYS, ANY},
    {"wiss", ALWAYS, ANY}, {"wwe", NAME, ANY}, {"xv", NAME, ANY}, {"xx", NAME, ANY},
    {"yd", NAME, ANY}, {"z.b", ALWAYS, ANY}, {"z.h", ALWAYS, ANY}, {"z.hd", ALWAYS, ANY},
    {"z.t", ALWAYS, ANY}, {"z.z", ALWAYS, ANY}, {"z.ziff", NUMBER, ANY}, {"z.zt", ALWAYS, ANY},
    {"zb", ALWAYS, ANY}, {"zif", NUMBER, ANY}, {"ziff", NUMBER, ANY}, {"zit", ALWAYS, ANY},
    {"zool", ALWAYS, ANY}, {"ztr", ALWAYS, ANY}, {"ztschr", NAME, ANY}, {"zus", ALWAYS, ANY},
    {"zw", ALWAYS, ANY}, {"zzgl", ALWAYS, ANY}, {"zzt", ALWAYS, ANY}, {"§", NUMBER, ANY},
    {"ärztl", ALWAYS, ANY}, {"ö", ALWAYS, ANY}, {"öffentl", ALWAYS, ANY}, {"österr", ALWAYS, ANY},
    {"östl", ALWAYS, ANY}, {"ü", ALWAYS, SMALL}, {"ü.d.m", ALWAYS, ANY}, {"übl", ALWAYS, ANY},
};

static const char *const starters[] = {
    "ab", "abends", "aber", "abgesehen", "alle", "allein", "allem", "allen", "aller", "allerdings",
    "alles", "als", "also", "am", "an", "andere", "anderen", "andererseits", "anders", "anfang",
    "anfangs", "anschließend", "ansonsten", "anstatt", "auch", "auf", "aufgrund", "aus", "außer",
    "außerdem", "bald", "bei", "beide", "beiden", "beim", "bereits", "besonders", "bevor", "bis",
    "bisher", "bitte", "da", "dabei", "dadurch", "dafür", "dagegen", "daher", "dahinter", "damals",
    "damit", "danach", "daneben", "dank", "dann", "daran", "darauf", "daraufhin", "daraus", "darin",
    "darum", "darunter", "darüber", "das", "dass", "davon", "davor", "dazu", "dein", "deine", "dem",
    "demnach", "den", "denn", "dennoch", "der", "deren", "derzeit", "des", "deshalb", "dessen",
    "deswegen", "dich", "die", "dies", "diese", "dieselbe", "diesem", "diesen", "dieser", "dieses",
    "dir", "doch", "dort", "dorthin", "drei", "du", "durch", "ebenfalls", "ebenso", "eigentlich",
    "ein", "eine", "einem", "einen", "einer", "einerseits", "eines", "einige", "einmal", "einst",
    "endlich", "entsprechend", "er", "erst", "erste", "erstmals", "es", "etwa", "etwas", "euch",
    "euer", "eure", "falls", "fast", "folglich", "früher", "für", "ganz", "gegen", "gegenüber",
    "gemeinsam", "genau", "gerade", "gestern", "gibt", "gleich", "gleichzeitig", "hat", "hatte",
    "heute", "heutzutage", "hier", "hierbei", "hierfür", "hierzu", "hin", "hingegen", "hinter",
    "hinzu", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "immer",
    "immerhin", "in", "indem", "infolge", "infolgedessen", "inmitten", "innerhalb", "insbesondere",
    "insgesamt", "inzwischen", "irgendwann", "irgendwie", "ist", "ja", "je", "jede", "jedem",
    "jeden", "jeder", "jedes", "jedoch", "jemand", "jene", "jetzt", "kann", "kaum", "kein", "keine",
    "keinen", "keiner", "kurz", "können", "laut", "leider", "letztendlich", "letztlich", "man",
    "manche", "mancher", "manchmal", "mehr", "mein", "meine", "meinen", "meist", "meistens", "mir",
    "mit", "mittlerweile", "morgen", "möglicherweise", "nach", "nachdem", "nachts", "natürlich",
    "neben", "nein", "nicht", "nichts", "nie", "niemand", "noch", "nun", "nur", "ob", "obwohl",
    "oder", "offenbar", "oft", "ohne", "plötzlich", "rund", "schließlich", "schon", "sehr", "sein",
    "seine", "seinem", "seinen", "seiner", "seit", "seitdem", "selbst", "selten", "sicher", "sie",
    "sind", "sobald", "sodass", "sofern", "sogar", "solange", "solch", "solche", "sollte", "somit",
    "sondern", "sonst", "soweit", "sowohl", "später", "spätestens", "statt", "stattdessen",
    "tatsächlich", "trotz", "trotzdem", "um", "und", "uns", "unser", "unsere", "unter",
    "unterdessen", "viele", "vielen", "vielleicht", "vom", "von", "vor", "vorerst", "vorher",
    "wann", "war", "waren", "warum", "was", "weder", "wegen", "weil", "weiter", "weitere",
    "weiterhin", "welche", "welcher", "welches", "wem", "wen", "wenig", "wenige", "wenn", "wer",
    "werden", "weshalb", "wie", "wieder", "wir", "wird", "wo", "wobei", "wodurch", "woher", "wohin",
    "wohl", "womit", "wurde", "während", "zu", "zudem", "zuerst", "zuletzt", "zum", "zumindest",
    "zunächst", "zur", "zusammen", "zusätzlich", "zuvor", "zwar", "zwei", "zwischen", "zwölf",
    "über", "überall", "überhaupt", "übrigens",
};

static const char *const ordinal_nouns[] = {
    "april", "auflage", "august", "dezember", "etage", "februar", "geburtstag", "geburtstags",
    "jahrestag", "jahrhundert", "jahrhunderts", "jahrtausend", "jahrtausends", "januar", "juli",
    "juni", "jänner", "klasse", "lebensjahr", "legislaturperiode", "mai", "mal", "minute", "märz",
    "november", "oktober", "platz", "september", "spieltag", "stock", "todestag", "weltkrieg",
};

static const char *const number_endings[] = {
    "nr", "str",
};

static const char *const numbered_headings[] = {
    "abschnitt", "akt", "anhang", "anlage", "artikel", "aufzug", "band", "brief", "buch", "folge",
    "gesang", "kapitel", "lektion", "paragraph", "szene", "tag", "teil", "übung",
};

static const char *const plain_headings[] = {
    "anhang", "anmerkungen", "bibliographie", "danksagung", "einführung", "einleitung", "epilog",
    "fazit", "glossar", "inhalt", "inhaltsverzeichnis", "literaturverzeichnis", "nachwort",
    "prolog", "register", "schluss", "schlusswort", "vorbemerkung", "vorrede", "vorspiel",
    "vorwort", "widmung", "zusammenfassung", "zwischenspiel",
};

static const char *const number_words[] = {
    "acht", "achtzehn", "drei", "dreizehn", "dreißig", "dritter", "drittes", "eins", "elf",
    "erster", "erstes", "fünf", "fünfter", "fünftes", "fünfzehn", "fünfzig", "neun", "neunzehn",
    "sechs", "sechster", "sechstes", "sechzehn", "sieben", "siebzehn", "vier", "vierter", "viertes",
    "vierzehn", "vierzig", "zehn", "zwanzig", "zwei", "zweiter", "zweites", "zwölf",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_de = {
    .code = "de",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .ordinal_digits = 2,
    .ordinal_nouns = LIST(ordinal_nouns),
    .number_endings = LIST(number_endings),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_NOUN_CAPITALS | TTSS_TRAIT_ROMAN_ORDINALS,
};
