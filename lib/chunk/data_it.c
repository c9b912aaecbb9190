/* SPDX-License-Identifier: MIT */
/* Italian for the splitter; see language.h for what each table is for. Titles are abbreviated
 * with the ending kept ("Sig.ra", "Dott.ssa") and stand behind elided articles ("l'Avv."). Names
 * are often two capitals without a space ("F.P."); plural letters double ("pp.", "SS.").
 * Quotations are «...», “...” or begin with a dash. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.a", NAME, ANY}, {"a.c", NAME, ANY}, {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY},
    {"a.m", NAME, ANY}, {"a.r", NAME, ANY}, {"abbr", ALWAYS, SMALL}, {"abs", ALWAYS, CAPITAL},
    {"ad.es", ALWAYS, ANY}, {"agg", NAME, ANY}, {"ago", NAME, ANY}, {"all.ti", NAME, ANY},
    {"allegato", NUMBER, ANY}, {"amb", ALWAYS, ANY}, {"amm", ALWAYS, CAPITAL}, {"anat", NAME, ANY},
    {"ant", NAME, ANY}, {"app", NAME, ANY}, {"apr", NAME, ANY}, {"arald", NAME, ANY},
    {"arch", ALWAYS, ANY}, {"arch.co", NAME, ANY}, {"art", NUMBER, ANY}, {"arte.c", NAME, ANY},
    {"artt", NUMBER, ANY}, {"ass", NAME, ANY}, {"ass.re", ALWAYS, ANY}, {"assoc", NAME, ANY},
    {"astr", NAME, ANY}, {"astron", NAME, ANY}, {"aut", NAME, ANY}, {"avv", ALWAYS, ANY},
    {"avv.gen", NAME, ANY}, {"avv.ti", ALWAYS, ANY}, {"avv.to", ALWAYS, ANY}, {"az", NAME, ANY},
    {"barb", NAME, CAPITAL}, {"bibl", NAME, ANY}, {"biol", NAME, ANY}, {"bot", NAME, ANY},
    {"bross", NAME, ANY}, {"c.a", NAME, ANY}, {"c.a.p", NUMBER, ANY}, {"c.c", NUMBER, ANY},
    {"c.d", NAME, ANY}, {"c.da", NAME, ANY}, {"c.m", NAME, ANY}, {"c.p", NUMBER, ANY},
    {"c.ra", NAME, ANY}, {"c.so", NAME, ANY}, {"c.v", NAME, ANY}, {"ca", ALWAYS, SMALL},
    {"cap", ALWAYS, ANY}, {"capp", NUMBER, ANY}, {"card", ALWAYS, CAPITAL}, {"cat", NAME, ANY},
    {"cav", ALWAYS, ANY}, {"cav.lav", ALWAYS, ANY}, {"cent", NAME, ANY}, {"cf", ALWAYS, SMALL},
    {"cfr", ALWAYS, ANY}, {"chiar.mo", ALWAYS, ANY}, {"chim", NAME, ANY}, {"chir", NAME, ANY},
    {"cl", ALWAYS, CAPITAL}, {"co", NAME, ANY}, {"cod", NUMBER, ANY}, {"col", ALWAYS, CAPITAL},
    {"coll", NUMBER, ANY}, {"com", ALWAYS, CAPITAL}, {"comm", ALWAYS, CAPITAL}, {"comp", NAME, ANY},
    {"cong", NAME, ANY}, {"cons", ALWAYS, ANY}, {"corp", NAME, ANY}, {"cost", NAME, ANY},
    {"cpt", ALWAYS, ANY}, {"d.c", NAME, ANY}, {"d.l", NAME, ANY}, {"d.lgs", NAME, ANY},
    {"d.m", NAME, ANY}, {"d.p.r", NAME, ANY}, {"dic", NAME, ANY}, {"dicemb", NAME, ANY},
    {"dim", NAME, ANY}, {"dipl", ALWAYS, ANY}, {"dir", ALWAYS, ANY}, {"dir.gen", ALWAYS, CAPITAL},
    {"disp", NAME, ANY}, {"div", NAME, ANY}, {"doc", NAME, ANY}, {"dott", ALWAYS, ANY},
    {"dott.ri", ALWAYS, ANY}, {"dott.ssa", ALWAYS, ANY}, {"dr", ALWAYS, ANY},
    {"dr.ssa", ALWAYS, ANY}, {"e.g", ALWAYS, ANY}, {"ecc", NAME, ANY}, {"ecc.mo", ALWAYS, ANY},
    {"ecc.te", NAME, ANY}, {"econ", NAME, ANY}, {"edd", NAME, ANY}, {"edil", NAME, ANY},
    {"edit", NAME, ANY}, {"egr", ALWAYS, CAPITAL}, {"egr.sig", ALWAYS, CAPITAL},
    {"elett", NAME, ANY}, {"elettr", NAME, ANY}, {"es", ALWAYS, ANY}, {"etc", NAME, ANY},
    {"etim", NAME, ANY}, {"f.c", NAME, ANY}, {"f.lli", ALWAYS, CAPITAL}, {"f.to", ALWAYS, ANY},
    {"fam", ALWAYS, ANY}, {"fasc", NUMBER, ANY}, {"feb", NAME, ANY}, {"febb", NAME, ANY},
    {"fem", NAME, ANY}, {"ferr", NAME, ANY}, {"fig", NUMBER, ANY}, {"figg", NUMBER, ANY},
    {"fil", NAME, ANY}, {"filol", NAME, ANY}, {"filos", NAME, ANY}, {"fis", NAME, ANY},
    {"fisiol", NAME, ANY}, {"fog", NUMBER, ANY}, {"fotogr", NAME, ANY}, {"fr", NAME, ANY},
    {"fr.lli", NAME, ANY}, {"fra.lli", ALWAYS, ANY}, {"franc", NAME, ANY}, {"gen", ALWAYS, ANY},
    {"genn", NAME, ANY}, {"gent", ALWAYS, ANY}, {"gent.ma", ALWAYS, ANY}, {"gent.mi", ALWAYS, ANY},
    {"gent.mo", ALWAYS, ANY}, {"geogr", NAME, ANY}, {"geol", NAME, ANY}, {"geom", NAME, ANY},
    {"gio", NAME, ANY}, {"giorn", NAME, ANY}, {"giu", NAME, ANY}, {"giud", ALWAYS, ANY},
    {"giug", NAME, ANY}, {"giur", NAME, ANY}, {"gr", NAME, ANY}, {"gramm", NAME, ANY},
    {"h", NAME, ANY}, {"i.e", ALWAYS, ANY}, {"iacp", NAME, ANY}, {"ibid", NAME, ANY},
    {"id", NAME, ANY}, {"idraul", NAME, ANY}, {"ill", ALWAYS, ANY}, {"ill.ma", ALWAYS, ANY},
    {"ill.mo", ALWAYS, ANY}, {"inc", NAME, ANY}, {"inf", NAME, ANY}, {"ing", ALWAYS, ANY},
    {"ingg", ALWAYS, ANY}, {"ingl", NAME, ANY}, {"insp", ALWAYS, ANY}, {"int", ALWAYS, SMALL},
    {"isp", ALWAYS, ANY}, {"it", NAME, ANY}, {"ital", NAME, ANY}, {"jr", NAME, ANY},
    {"k", NAME, ANY}, {"l.c", NAME, ANY}, {"l.cit", NAME, ANY}, {"lat", NAME, ANY},
    {"leg", NAME, ANY}, {"lett", NAME, ANY}, {"lib", NUMBER, ANY}, {"lic", ALWAYS, ANY},
    {"ling", NAME, ANY}, {"loc", NAME, ANY}, {"loc.cit", NAME, ANY}, {"lt", ALWAYS, CAPITAL},
    {"ltd", NAME, ANY}, {"lug", NAME, ANY}, {"lugl", NAME, ANY}, {"lun", NAME, ANY},
    {"m.a", NAME, ANY}, {"m.d", NAME, ANY}, {"m.llo", ALWAYS, SMALL}, {"mag", ALWAYS, CAPITAL},
    {"magg", ALWAYS, CAPITAL}, {"mar", NAME, ANY}, {"march", ALWAYS, CAPITAL}, {"marin", NAME, ANY},
    {"masch", NAME, ANY}, {"mat", NAME, ANY}, {"max", ALWAYS, SMALL}, {"mecc", NAME, ANY},
    {"med", NAME, ANY}, {"mer", NAME, ANY}, {"merid", NAME, ANY}, {"metall", NAME, ANY},
    {"meteor", NAME, ANY}, {"mil", NAME, ANY}, {"milit", NAME, ANY}, {"min", NAME, ANY},
    {"mit", NAME, ANY}, {"mod", NAME, ANY}, {"mons", ALWAYS, CAPITAL}, {"mr", ALWAYS, ANY},
    {"mrs", ALWAYS, ANY}, {"ms", NAME, ANY}, {"mss", NAME, ANY}, {"mt", ALWAYS, CAPITAL},
    {"mus", NAME, ANY}, {"n.b", NAME, ANY}, {"n.d", ALWAYS, ANY}, {"n.d.r", NAME, ANY},
    {"n.d.t", NAME, ANY}, {"n.h", ALWAYS, ANY}, {"nap", NAME, ANY}, {"naut", NAME, ANY},
    {"nda", ALWAYS, SMALL}, {"nn", NUMBER, ANY}, {"nov", NAME, ANY}, {"novemb", NAME, ANY},
    {"nr", NUMBER, ANY}, {"nro", NUMBER, ANY}, {"num", NUMBER, ANY}, {"n°", NUMBER, ANY},
    {"o.d.g", NAME, ANY}, {"o.m", NAME, ANY}, {"on", ALWAYS, ANY}, {"on.le", ALWAYS, CAPITAL},
    {"on.li", ALWAYS, ANY}, {"op", NAME, ANY}, {"op.cit", ALWAYS, ANY}, {"ord", NAME, ANY},
    {"orig", NAME, ANY}, {"ott", NAME, ANY}, {"p.c", NAME, ANY}, {"p.m", NAME, ANY},
    {"p.p", NAME, ANY}, {"p.s", NAME, ANY}, {"p.v", NAME, ANY}, {"p.za", NAME, ANY},
    {"p.zo", NUMBER, ANY}, {"p.zza", NAME, ANY}, {"pag", NUMBER, ANY}, {"pag.ne", NAME, ANY},
    {"pagg", NUMBER, ANY}, {"par", NUMBER, ANY}, {"parr", NUMBER, ANY}, {"part", NAME, ANY},
    {"pass", NAME, ANY}, {"ph.d", NAME, ANY}, {"pitt", NAME, ANY}, {"pl", NAME, ANY},
    {"plur", NAME, ANY}, {"poet", NAME, ANY}, {"pol", NAME, ANY}, {"polit", NAME, ANY},
    {"pop", NAME, ANY}, {"pos", NUMBER, ANY}, {"pp", NUMBER, ANY}, {"pr", ALWAYS, ANY},
    {"pref", NAME, ANY}, {"prep", NAME, ANY}, {"pres", ALWAYS, CAPITAL}, {"prod", NAME, ANY},
    {"prof", NAME, ANY}, {"prof.ri", ALWAYS, ANY}, {"prof.ssa", ALWAYS, ANY},
    {"proff", ALWAYS, ANY}, {"pron", NAME, ANY}, {"prot", ALWAYS, ANY}, {"prov", NAME, ANY},
    {"psic", NAME, ANY}, {"psicol", NAME, ANY}, {"pt", NUMBER, ANY}, {"pubbl", ALWAYS, ANY},
    {"q.b", NAME, ANY}, {"q.e.d", NAME, ANY}, {"qual", NAME, ANY}, {"r.d", NAME, ANY},
    {"racc", NAME, ANY}, {"rag", ALWAYS, ANY}, {"reg", ALWAYS, ANY}, {"rel", NAME, ANY},
    {"relig", NAME, ANY}, {"rep", ALWAYS, CAPITAL}, {"ret", NAME, ANY}, {"rev", ALWAYS, ANY},
    {"rev.do", ALWAYS, ANY}, {"rif", ALWAYS, ANY}, {"rist", NAME, ANY}, {"rom", NAME, ANY},
    {"s.a", NAME, ANY}, {"s.a.s", NAME, ANY}, {"s.d", NAME, ANY}, {"s.e", ALWAYS, CAPITAL},
    {"s.em", ALWAYS, ANY}, {"s.l", NAME, ANY}, {"s.m", NAME, ANY}, {"s.n.c", NAME, ANY},
    {"s.p.a", NAME, ANY}, {"s.r.l", NAME, ANY}, {"s.s", NAME, ANY}, {"s.ten", ALWAYS, ANY},
    {"s.v", NAME, ANY}, {"sab", NAME, ANY}, {"sac", ALWAYS, CAPITAL}, {"sc", NUMBER, ANY},
    {"sched", NUMBER, ANY}, {"sec", NAME, ANY}, {"sect", NAME, ANY}, {"seg", NAME, ANY},
    {"seg.rio", ALWAYS, ANY}, {"segg", NAME, ANY}, {"sen", ALWAYS, ANY}, {"set", NAME, ANY},
    {"sett", NAME, ANY}, {"sez", NUMBER, ANY}, {"sez.un", ALWAYS, ANY}, {"sg", NAME, ANY},
    {"sgt", ALWAYS, CAPITAL}, {"sig", ALWAYS, ANY}, {"sig.na", ALWAYS, ANY},
    {"sig.ra", ALWAYS, ANY}, {"sig.ri", ALWAYS, ANY}, {"sig.rina", ALWAYS, ANY},
    {"sigg", ALWAYS, ANY}, {"sigg.ri", ALWAYS, ANY}, {"sim", NAME, ANY}, {"sing", NAME, ANY},
    {"soc", NAME, ANY}, {"sociol", NAME, ANY}, {"sost", NAME, ANY}, {"sott", NAME, ANY},
    {"spett", ALWAYS, ANY}, {"spett.le", ALWAYS, ANY}, {"spreg", NAME, ANY},
    {"sr", ALWAYS, CAPITAL}, {"ss", ALWAYS, CAPITAL}, {"st", ALWAYS, ANY}, {"stor", NAME, ANY},
    {"str", ALWAYS, CAPITAL}, {"suff", NAME, ANY}, {"sup", NAME, ANY}, {"suppl", NAME, ANY},
    {"tab", NUMBER, ANY}, {"tabb", NUMBER, ANY}, {"tav", NUMBER, ANY}, {"tavv", NUMBER, ANY},
    {"teatr", NAME, ANY}, {"tecn", NAME, ANY}, {"ted", NAME, ANY}, {"tel", NUMBER, ANY},
    {"ten", ALWAYS, ANY}, {"teol", NAME, ANY}, {"tip", NAME, ANY}, {"tit", NUMBER, ANY},
    {"tom", NUMBER, ANY}, {"topogr", NAME, ANY}, {"tosc", NAME, ANY}, {"trad", NAME, ANY},
    {"u.s", NAME, ANY}, {"ult", NAME, ANY}, {"v", ALWAYS, ANY}, {"v.cte", ALWAYS, ANY},
    {"v.di", ALWAYS, SMALL}, {"v.le", ALWAYS, ANY}, {"v.m", NAME, ANY}, {"val", NAME, ANY},
    {"var", NAME, ANY}, {"vd", NAME, ANY}, {"ven", NAME, ANY}, {"ver", NUMBER, ANY},
    {"vet", NAME, ANY}, {"veter", NAME, ANY}, {"vice-dir", ALWAYS, ANY}, {"vol", NUMBER, ANY},
    {"voll", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"zool", NAME, ANY}, {"§", NUMBER, ANY},
};

static const char *const starters[] = {
    "a", "abbiamo", "accanto", "ad", "addirittura", "adesso", "agli", "ai", "al", "alcune",
    "alcuni", "all", "alla", "alle", "allo", "allora", "almeno", "altre", "altri", "altrimenti",
    "altro", "ambedue", "ambo", "anche", "ancora", "anzi", "appena", "attorno", "attraverso",
    "attualmente", "avendo", "basta", "benché", "bene", "c", "certo", "che", "chi", "chiunque",
    "ci", "ciascuno", "circa", "ciò", "come", "comunque", "con", "cosa", "così", "cui", "d", "da",
    "dagli", "dai", "dal", "dall", "dalla", "dalle", "dallo", "davanti", "degli", "dei", "del",
    "dell", "della", "delle", "dello", "dentro", "di", "dietro", "dopo", "dove", "dovunque", "due",
    "dunque", "durante", "e", "ebbene", "ecco", "ed", "egli", "ella", "entrambi", "entro", "era",
    "erano", "essa", "esse", "essendo", "essi", "esso", "fa", "finalmente", "finché", "fino",
    "forse", "fra", "fu", "fuori", "furono", "già", "gli", "grazie", "ha", "hai", "hanno", "ho",
    "i", "ieri", "il", "in", "infatti", "infine", "inoltre", "insieme", "insomma", "intanto",
    "intorno", "invece", "io", "l", "la", "laggiù", "le", "lei", "li", "lo", "loro", "lui", "lungo",
    "là", "lì", "m", "ma", "mai", "malgrado", "me", "meglio", "meno", "mentre", "mi", "mia", "mie",
    "miei", "mio", "molte", "molti", "molto", "n", "nata", "naturalmente", "ne", "neanche", "negli",
    "nei", "nel", "nell", "nella", "nelle", "nello", "nemmeno", "neppure", "nessuna", "nessuno",
    "niente", "no", "noi", "non", "nonostante", "nostra", "nostri", "nostro", "nulla", "né", "o",
    "occorre", "oggi", "ogni", "ognuno", "oltre", "oppure", "ora", "ormai", "ossia", "ovunque",
    "ovviamente", "parecchi", "per", "perché", "perciò", "perfino", "pertanto", "però", "piuttosto",
    "più", "poi", "poiché", "presso", "prima", "pure", "purtroppo", "può", "qua", "qualche",
    "qualcosa", "qualcuno", "quale", "quali", "qualsiasi", "quando", "quanti", "quanto", "quasi",
    "quattro", "quegli", "quei", "quel", "quell", "quella", "quelle", "quello", "questa", "queste",
    "questi", "questo", "qui", "quindi", "s", "sa", "sarà", "se", "sebbene", "secondo", "sei",
    "sempre", "senza", "si", "sia", "siamo", "siccome", "sicuramente", "solitamente", "solo",
    "soltanto", "sono", "sopra", "soprattutto", "sotto", "spesso", "stava", "su", "sua", "subito",
    "successivamente", "sue", "sugli", "sui", "sul", "sull", "sulla", "sulle", "sullo", "suo",
    "suoi", "tale", "tali", "talvolta", "tanto", "te", "ti", "tra", "tramite", "tranne", "tre",
    "troppo", "tu", "tua", "tuo", "tutta", "tuttavia", "tutte", "tutti", "tutto", "un", "un'altra",
    "una", "unica", "uno", "v", "va", "vari", "verso", "vi", "via", "viene", "voi", "volta",
    "vostro", "è",
};

static const char *const numbered_headings[] = {
    "allegato", "appendice", "articolo", "atto", "canto", "capitolo", "episodio", "giornata",
    "lettera", "lezione", "libro", "novella", "parte", "passo", "quadro", "scena", "sezione",
    "titolo", "tomo", "volume",
};

static const char *const plain_headings[] = {
    "appendice", "bibliografia", "conclusione", "conclusioni", "dedica", "epilogo", "glossario",
    "indice", "intermezzo", "introduzione", "note", "postfazione", "preambolo", "prefazione",
    "preludio", "premessa", "prologo", "ringraziamenti", "sommario",
};

static const char *const number_words[] = {
    "cinque", "decima", "decimo", "dieci", "dodici", "due", "nona", "nono", "nove", "ottava",
    "ottavo", "otto", "prima", "primo", "quarta", "quarto", "quattordici", "quattro", "quindici",
    "quinta", "quinto", "seconda", "secondo", "sei", "sesta", "sesto", "sette", "settima",
    "settimo", "terza", "terzo", "tre", "tredici", "undici", "uno", "venti",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_it = {
    .code = "it",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
};
