/* SPDX-License-Identifier: MIT */
/* Polish for the splitter; see language.h for what each table is for. Ordinals are written with
 * a full stop ("5. pułk", "lata 90."); "r." (year) and "w." (century) often end a sentence and
 * as often do not: like all single letters they end it before a common first word only.
 * Quotations are „...”, dialogue begins with a dash. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL
#define SMALL   TTSS_CASE_SMALL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.d", NAME, ANY}, {"a.k.a", NAME, ANY}, {"abp", ALWAYS, ANY}, {"ad", NAME, ANY},
    {"adm", ALWAYS, ANY}, {"ads", NAME, ANY}, {"al", ALWAYS, ANY}, {"ambr", ALWAYS, ANY},
    {"amer", NAME, ANY}, {"ang", NAME, ANY}, {"anglos", NAME, ANY}, {"arab", NAME, ANY},
    {"arch", ALWAYS, ANY}, {"archit", ALWAYS, ANY}, {"ark", NUMBER, ANY}, {"art", NUMBER, ANY},
    {"artyl", ALWAYS, ANY}, {"asp", ALWAYS, CAPITAL}, {"asyst", ALWAYS, ANY}, {"austr", NAME, ANY},
    {"b.d", NAME, ANY}, {"b.m", NAME, ANY}, {"b.r", NAME, ANY}, {"b.u", NAME, ANY},
    {"bialorus", NAME, ANY}, {"białorus", NAME, ANY}, {"biol", NAME, ANY}, {"bm", NAME, ANY},
    {"bp", ALWAYS, ANY}, {"br", NAME, ANY}, {"bryg", ALWAYS, ANY}, {"bryt", NAME, ANY},
    {"bułg", NAME, ANY}, {"bł", ALWAYS, ANY}, {"c.d.n", NAME, ANY}, {"ca", ALWAYS, SMALL},
    {"cd", NAME, ANY}, {"cdn", NAME, ANY}, {"chem", NAME, ANY}, {"chiń", NAME, ANY},
    {"chor", NAME, ANY}, {"co", NAME, ANY}, {"corp", NAME, ANY}, {"cs", NAME, ANY},
    {"cz", NUMBER, ANY}, {"czes", NAME, ANY}, {"czyt", ALWAYS, ANY}, {"czł", NAME, ANY},
    {"d.c", NAME, ANY}, {"dawn", ALWAYS, SMALL}, {"dn", NAME, ANY}, {"doc", ALWAYS, ANY},
    {"dol", NAME, ANY}, {"dot", ALWAYS, ANY}, {"dr", ALWAYS, ANY}, {"ds", ALWAYS, ANY},
    {"duń", NAME, ANY}, {"dyr", ALWAYS, ANY}, {"dz", NUMBER, ANY}, {"dz.u", NAME, ANY},
    {"dł", ALWAYS, SMALL}, {"e.g", ALWAYS, ANY}, {"egz", NAME, ANY}, {"etc", NAME, ANY},
    {"ew", ALWAYS, ANY}, {"fiz", ALWAYS, ANY}, {"fiń", NAME, ANY}, {"fol", NUMBER, ANY},
    {"fot", ALWAYS, ANY}, {"fr", NAME, ANY}, {"franc", NAME, ANY}, {"gen", ALWAYS, ANY},
    {"geogr", NAME, ANY}, {"geol", NAME, ANY}, {"germ", NAME, ANY}, {"godz", NAME, ANY},
    {"gr", NAME, ANY}, {"gram", NAME, ANY}, {"grec", NAME, ANY}, {"hab", NAME, ANY},
    {"hebr", NAME, ANY}, {"hist", NAME, ANY}, {"hiszp", NAME, ANY}, {"hr", ALWAYS, ANY},
    {"i.e", ALWAYS, ANY}, {"ibid", NAME, ANY}, {"id", NAME, ANY}, {"ilustr", ALWAYS, ANY},
    {"im", NAME, ANY}, {"in", NAME, ANY}, {"inc", NAME, ANY}, {"inf", ALWAYS, CAPITAL},
    {"insp.prac", ALWAYS, ANY}, {"inż", ALWAYS, ANY}, {"itd", NAME, ANY}, {"itp", NAME, ANY},
    {"jap", NAME, ANY}, {"jr", NAME, ANY}, {"jun", NAME, ANY}, {"jw", ALWAYS, ANY},
    {"jęz", NAME, ANY}, {"kap", NAME, ANY}, {"kapt", ALWAYS, ANY}, {"kard", ALWAYS, ANY},
    {"kg", NAME, ANY}, {"kk", NUMBER, ANY}, {"kl", ALWAYS, ANY}, {"km", NAME, ANY},
    {"kmdr", ALWAYS, ANY}, {"kol", NAME, ANY}, {"koment", NAME, ANY}, {"kontradm", ALWAYS, ANY},
    {"kop", NAME, ANY}, {"kor", NAME, ANY}, {"kpl", NAME, ANY}, {"kpr", ALWAYS, ANY},
    {"kpt", ALWAYS, ANY}, {"ks", ALWAYS, ANY}, {"ktr", ALWAYS, ANY}, {"l.dz", NAME, ANY},
    {"lek", NAME, ANY}, {"lic", ALWAYS, ANY}, {"liczb", NAME, ANY}, {"lit", NAME, ANY},
    {"lp", NUMBER, ANY}, {"ltd", NAME, ANY}, {"m.in", ALWAYS, ANY}, {"m.st", NAME, ANY},
    {"mag", ALWAYS, ANY}, {"mat", NAME, ANY}, {"mec", ALWAYS, ANY}, {"med", ALWAYS, ANY},
    {"mgr", ALWAYS, ANY}, {"mies", NAME, ANY}, {"min", NAME, ANY}, {"mjr", ALWAYS, ANY},
    {"mkw", NAME, ANY}, {"mld", NAME, ANY}, {"mln", NAME, ANY}, {"mm", NAME, ANY},
    {"mr", ALWAYS, ANY}, {"mrs", ALWAYS, ANY}, {"ms", ALWAYS, ANY}, {"mł", ALWAYS, ANY},
    {"n.e", NAME, ANY}, {"n.p.m", NAME, ANY}, {"nadb", ALWAYS, ANY}, {"nadinsp", ALWAYS, ANY},
    {"nadkom", ALWAYS, ANY}, {"nast", NAME, ANY}, {"nb", NAME, ANY}, {"niem", NAME, ANY},
    {"nm", NAME, ANY}, {"norw", NAME, ANY}, {"now", NAME, ANY}, {"np", ALWAYS, ANY},
    {"nr", NUMBER, ANY}, {"nt", ALWAYS, ANY}, {"num", NUMBER, ANY}, {"o.o", NAME, ANY},
    {"ob", ALWAYS, ANY}, {"obyw", ALWAYS, ANY}, {"odp", NAME, ANY}, {"ods", NUMBER, ANY},
    {"ogn", ALWAYS, ANY}, {"ok", NUMBER, ANY}, {"okr", ALWAYS, ANY}, {"okt", NAME, ANY},
    {"ord", NAME, ANY}, {"orm", NAME, ANY}, {"os", NAME, ANY}, {"p.n.e", NAME, ANY},
    {"p.o", ALWAYS, ANY}, {"p.p.m", NAME, ANY}, {"p.s", NAME, ANY}, {"p.w", ALWAYS, SMALL},
    {"par", NUMBER, ANY}, {"pchor", ALWAYS, ANY}, {"pd", NAME, ANY}, {"pers", NAME, ANY},
    {"ph.d", NAME, ANY}, {"pkt", NUMBER, ANY}, {"plut", ALWAYS, ANY}, {"pn", NAME, ANY},
    {"podinsp", ALWAYS, ANY}, {"podkar", ALWAYS, ANY}, {"podkom", ALWAYS, ANY},
    {"podpor", ALWAYS, ANY}, {"por", NAME, ANY}, {"pow", NAME, ANY}, {"poz", NUMBER, ANY},
    {"poł", NAME, ANY}, {"pp", NUMBER, ANY}, {"pplk", ALWAYS, ANY}, {"ppor", ALWAYS, ANY},
    {"ppułk", ALWAYS, ANY}, {"ppłk", ALWAYS, ANY}, {"prof", ALWAYS, ANY}, {"prok", ALWAYS, SMALL},
    {"przest", NAME, ANY}, {"przew", ALWAYS, ANY}, {"przym", NAME, ANY}, {"przyp", NAME, ANY},
    {"pseud", NAME, ANY}, {"psych", NAME, ANY}, {"pt", ALWAYS, ANY}, {"ptk", NAME, ANY},
    {"pw", NAME, ANY}, {"płd", ALWAYS, ANY}, {"płk", ALWAYS, ANY}, {"płn", ALWAYS, ANY},
    {"płw", NAME, ANY}, {"r", NAME, ANY}, {"r.b", NAME, ANY}, {"r.oz", NUMBER, ANY},
    {"red", NAME, ANY}, {"reż", ALWAYS, ANY}, {"rkps", ALWAYS, ANY}, {"ros", NAME, ANY},
    {"rozdz", NUMBER, ANY}, {"rozp", NUMBER, ANY}, {"rtm", ALWAYS, ANY}, {"rubl", NAME, ANY},
    {"rum", NAME, ANY}, {"rys", NAME, ANY}, {"s.a", NAME, ANY}, {"sc", NAME, ANY},
    {"sek", NAME, ANY}, {"sen", ALWAYS, CAPITAL}, {"serg", ALWAYS, ANY}, {"sierż", ALWAYS, ANY},
    {"sowi", NAME, ANY}, {"sp", ALWAYS, ANY}, {"spec", NAME, ANY}, {"spol", NAME, ANY},
    {"sr", NAME, CAPITAL}, {"st", ALWAYS, CAPITAL}, {"stp", ALWAYS, ANY}, {"str", NUMBER, ANY},
    {"str.ż", ALWAYS, ANY}, {"stud", ALWAYS, ANY}, {"sz", ALWAYS, CAPITAL}, {"szer", ALWAYS, ANY},
    {"szt", NAME, ANY}, {"szw", NAME, ANY}, {"słow", NAME, ANY}, {"tab", NUMBER, ANY},
    {"tabl", NUMBER, ANY}, {"tamże", NAME, ANY}, {"tel", NUMBER, ANY}, {"tj", ALWAYS, ANY},
    {"tom", NUMBER, ANY}, {"tow", ALWAYS, ANY}, {"trl", NAME, ANY}, {"trzc", NAME, ANY},
    {"tur", NAME, ANY}, {"tys", NAME, ANY}, {"tzn", ALWAYS, ANY}, {"tzw", ALWAYS, ANY},
    {"tłum", NAME, ANY}, {"u.s", NAME, ANY}, {"u.ś", NAME, ANY}, {"ub", NAME, ANY},
    {"ub.r", NAME, ANY}, {"ubm", NAME, ANY}, {"ubr", NAME, ANY}, {"uczn", NAME, ANY},
    {"ukr", NAME, ANY}, {"ul", ALWAYS, ANY}, {"um", ALWAYS, ANY}, {"ur", ALWAYS, ANY},
    {"urz", ALWAYS, ANY}, {"ust", NUMBER, ANY}, {"uw", NAME, ANY}, {"v", ALWAYS, ANY},
    {"vol", NUMBER, ANY}, {"vs", ALWAYS, ANY}, {"w", NAME, ANY}, {"w.w", NAME, ANY},
    {"wg", ALWAYS, ANY}, {"wiceadm", ALWAYS, ANY}, {"wier", NAME, ANY}, {"woj", ALWAYS, ANY},
    {"wol", NUMBER, ANY}, {"wsch", ALWAYS, ANY}, {"wsp", NAME, ANY}, {"współ", NAME, ANY},
    {"ww", NAME, ANY}, {"wyd", NAME, ANY}, {"wym", NAME, ANY}, {"wz", ALWAYS, ANY},
    {"węg", NAME, ANY}, {"wł", NAME, ANY}, {"właśc", ALWAYS, ANY}, {"z-ca", ALWAYS, ANY},
    {"z.o.o", NAME, ANY}, {"zach", ALWAYS, ANY}, {"zam", ALWAYS, ANY}, {"zast", ALWAYS, ANY},
    {"zaw", ALWAYS, ANY}, {"zał", NUMBER, ANY}, {"zbior", NAME, ANY}, {"zdj", NUMBER, ANY},
    {"zesz", NUMBER, ANY}, {"zjedn", ALWAYS, ANY}, {"zm", ALWAYS, ANY}, {"zob", ALWAYS, ANY},
    {"zw", NAME, ANY}, {"zwł", ALWAYS, ANY}, {"zł", NAME, ANY}, {"złp", NAME, ANY},
    {"§", NUMBER, ANY}, {"łac", NAME, ANY}, {"łot", NAME, ANY}, {"śp", ALWAYS, ANY},
    {"śr", NAME, ANY}, {"śrdn", NAME, ANY}, {"św", ALWAYS, ANY}, {"śwj", ALWAYS, ANY},
    {"śś", ALWAYS, ANY}, {"żeń", NAME, ANY}, {"żoł", ALWAYS, CAPITAL}, {"żyd", NAME, ANY},
};

static const char *const starters[] = {
    "a", "aby", "albo", "ale", "ależ", "ani", "bardzo", "bez", "bo", "bowiem", "by", "być", "był",
    "była", "było", "były", "cała", "całe", "cały", "chociaż", "choć", "chyba", "ci", "co", "coraz",
    "coś", "czasami", "czasem", "czemu", "czy", "czyli", "często", "cóż", "dalej", "dlaczego",
    "dlatego", "do", "dobrze", "dopiero", "dotychczas", "dość", "dużo", "dwa", "dwaj", "dwie",
    "dzisiaj", "dzięki", "dziś", "faktycznie", "gdy", "gdyby", "gdyż", "gdzie", "i", "ich", "ile",
    "im", "inna", "inne", "inni", "inny", "innym", "iż", "ja", "jak", "jaka", "jakby", "jaki",
    "jakie", "jakiś", "jako", "je", "jeden", "jedna", "jednak", "jednakże", "jedni", "jedno",
    "jednocześnie", "jednym", "jedynie", "jego", "jej", "jemu", "jest", "jestem", "jeszcze",
    "jeśli", "jeżeli", "już", "kiedy", "kiedyś", "kilka", "kim", "kolejna", "kolejne", "kolejny",
    "kolejnym", "koło", "kto", "ktoś", "która", "które", "który", "ku", "lecz", "lub", "ma", "mają",
    "mam", "mi", "mimo", "między", "mnie", "mną", "mogą", "moja", "moje", "może", "można", "musi",
    "my", "mój", "mówi", "na", "nad", "nadal", "najpierw", "najwyraźniej", "nam", "nami",
    "naprawdę", "następnie", "nasz", "nasza", "nasze", "natomiast", "nawet", "nic", "nie", "niech",
    "nieco", "niedaleko", "niektóre", "niektórzy", "niestety", "nigdy", "nikt", "nim", "no", "o",
    "obecnie", "obie", "obok", "oczywiście", "od", "odtąd", "około", "on", "ona", "one", "oni",
    "ono", "oprócz", "oraz", "ostatecznie", "oto", "pan", "pani", "po", "pod", "podczas",
    "podobnie", "ponadto", "ponieważ", "poprzez", "potem", "poza", "pozostałe", "prawdopodobnie",
    "prawie", "przecież", "przed", "przede", "przez", "przy", "później", "razem", "również", "sam",
    "sama", "skoro", "ską", "skąd", "stamtąd", "sto", "stąd", "swoje", "swój", "szczególnie", "są",
    "ta", "tak", "taka", "taki", "takie", "takim", "także", "tam", "tamten", "te", "tego", "tej",
    "ten", "teraz", "też", "to", "tobie", "toteż", "trochę", "trzeba", "trzy", "tu", "tutaj", "tuż",
    "ty", "tych", "tylko", "tym", "tymczasem", "u", "w", "wam", "was", "wasz", "wcale", "wciąż",
    "wcześniej", "wczoraj", "we", "według", "wiele", "wielu", "więc", "więcej", "wkrótce", "wobec",
    "wolno", "wprawdzie", "wreszcie", "wskutek", "wszyscy", "wszystkie", "wszystkim", "wszystko",
    "wtedy", "wy", "wydaje", "wystarczy", "wówczas", "właśnie", "wśród", "z", "za", "zamiast",
    "zanim", "zapewne", "zaraz", "zatem", "zawsze", "zaś", "ze", "zgodnie", "znowu", "znów",
    "został", "została", "zostały", "zresztą", "zwykle", "zwłaszcza", "żaden", "żadna", "że",
    "żeby",
};

static const char *const ordinal_nouns[] = {
    "czerwca", "grudnia", "kwietnia", "lipca", "listopada", "lutego", "maja", "marca",
    "października", "rocznica", "rocznicę", "sierpnia", "stycznia", "wiek", "wieku", "września",
};

static const char *const numbered_headings[] = {
    "akt", "artykuł", "część", "dodatek", "krok", "księga", "lekcja", "list", "odcinek", "paragraf",
    "pieśń", "rozdział", "scena", "sekcja", "tom", "załącznik",
};

static const char *const plain_headings[] = {
    "aneks", "bibliografia", "dedykacja", "epilog", "indeks", "podsumowanie", "podziękowania",
    "posłowie", "prolog", "przedmowa", "przypisy", "spis", "streszczenie", "wnioski",
    "wprowadzenie", "wstęp", "zakończenie", "załączniki",
};

static const char *const number_words[] = {
    "cztery", "czwarta", "czwarty", "druga", "drugi", "dwa", "dwanaście", "dziesiąta", "dziesiąty",
    "dziesięć", "dziewiąta", "dziewiąty", "dziewięć", "jeden", "jedenaście", "osiem", "pierwsza",
    "pierwszy", "piąta", "piąty", "pięć", "siedem", "siódma", "siódmy", "sześć", "szósta", "szósty",
    "trzeci", "trzecia", "trzy", "ósma", "ósmy",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_pl = {
    .code = "pl",
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
