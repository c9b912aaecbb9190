/* SPDX-License-Identifier: MIT */
/* What the splitter knows about each language: that the tables are as their readers need them, and
 * a handful of sentences for each with the ends that a speaker of it expects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "chunk/block.h"
#include "chunk/language.h"
#include "chunk/marks.h"
#include "chunk/scan.h"
#include "chunk/sentence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TEXT_MAX 512

/* Sentence ends are marked: a bar stands for the space there, a caret for no space. */
typedef struct example {
    const char *language;
    const char *marked;
} example;

static void assert_sentences(const example *e) {
    const ttss_language *language = ttss_language_find(e->language);
    char text[TEXT_MAX], got[TEXT_MAX] = "";
    size_t length = 0, used = 0;
    assert_true(strlen(e->marked) < TEXT_MAX);
    for (const char *p = e->marked; *p; p++)
        if (*p != '^')
            text[length++] = *p == '|' ? ' ' : *p;
    for (size_t start = 0; start < length;) {
        size_t end = ttss_sentence_end(language, text, start, length, NULL);
        assert_true(end > start && end <= length);
        size_t next = ttss_skip_space(text, end, length);
        const char *mark = next == length ? "" : next > end ? "|" : "^";
        used += (size_t)snprintf(got + used, sizeof got - used, "%.*s%s", (int)(end - start),
                                 text + start, mark);
        start = next;
    }
    if (strcmp(got, e->marked) != 0)
        fail_msg("%s\n  expected %s\n  got      %s", e->language, e->marked, got);
}

static void assert_all(const example *examples, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_sentences(&examples[i]);
}

/* --- sentences ------------------------------------------------------------------------------ */

static void test_germanic(void **state) {
    (void)state;
    static const example examples[] = {
        {"de", "Am 3. Oktober war frei.|Danach kam der 4. Tag."},
        {"de", "Die Brücke stammt aus dem Jahr 1874.|Gebaut hat sie Ludwig II. von Bayern."},
        {"de", "Prof. Dr. med. Weiß wohnt in der Lindenstr. 5 bei Fr. Adler.|Sie kocht gern."},
        {"de", "Obst, z. B. Birnen, bzw. Nüsse usw. Hans mag das."},
        {"de", "Wir kauften Äpfel, Brot usw.|Danach gingen wir heim."},
        {"de", "Er gewann (endlich!) Gold.|(Niemand sah es.)|Alle schliefen."},
        {"de", "„Halt!“, rief sie.|„Wohin?“ fragte er.|„Nach Hause.“|Sie lief los."},
        {"de", "Er sah … Wolken.|Er ging …|Dann kam Regen."},
        {"de", "Drücken Sie „!“ Und dann Alt-C.|Otto wartet in der Lindenstr. 5 auf S. 3."},
        {"de", "Art. 5 Abs. 2 S. 1 gilt.|Schade :( Otto kam.|Es sind 3 m.|Das reicht."},
        {"de", "Vgl. Abb. 7 auf S. 12.|In dieser Art.|Nicht anders."},
        {"de", "Kaiser Otto II. Welf rief Max.|Otto kam."},
        {"de", "Im Jahr 44 n. Chr. Geburt regnete es.|Ab 5 z. B. Moss.|Es sind 5 m.|J. Moss ging."},
        {"de", "Die Univ. Bonn, die Dt. Bank und die Ev. Kirche.|Dr. h. c. mult. Weiß kam."},
        {"nl", "De Kon. Vloot vaart.|Fa. Smit is in de Kerkstr. 5 in de prov. Drenthe."},
        {"nl", "Rond 44 n. Chr. werd het gebouwd.|Het is 5 u.|Jan slaapt."},
        {"nl", "Dhr. Smit kocht o.a. Kaas, d.w.z. Goudse kaas.|Hij was blij."},
        {"nl", "Zie blz. 14 van nr. 3.|Het huis is niet ver.|Morgen regent het."},
        {"nl", "J.P. de Wit woont in Den Haag.|Daar staat de St. Jacobskerk."},
        {"nl", "Hij sliep.|'s Avonds regent het.|’t Is koud in 's-Hertogenbosch."},
        {"nl", "‘Kom je?’ vroeg ze.|‘Nee.’|Hij bleef zitten."},
        {"da", "Den 5. maj rejste hr. Holm til Skt. Anna på 2. sal.|Han kom igen."},
        {"da", "Christian 4. Byggede han slottet?|Ja, bl.a. Rosenborg."},
        {"da", "Bogen er min.|Den lå der.|Mødet er kl. 10 i St. Kongensgade."},
        {"sv", "Dr. Ek köpte t.ex. Volvo, dvs. en bil.|Han var nöjd."},
        {"sv", "Boken skrevs år 14 e. Kr. i Rom.|Den är borta."},
        {"da", "Byen faldt år 70 e. Kr.|Den blev bygget igen."},
        {"nb", "Byen falt i år 30 f. Kr. og ble glemt."},
        {"sv", "Hon var ung.|Bilen var min.|Det regnade år 1998.|Alla sov."},
        {"sv", "– Kom! ropade Eva.|– Nej.|Han gick."},
        {"nb", "Den 17. mai feirer vi.|Kong Harald 5. Vinker han?"},
        {"nb", "Hun bor i 3. etasje, jf. nr. 4.|Det er fint."},
        {"no", "Frk. Berg kom kl. 8.|Hun ventet."},
        {"nn", "Dr. Aasen skreiv f.eks. Bok ein.|Ho las."},
    };
    assert_all(examples, COUNT(examples));
}

static void test_romance(void **state) {
    (void)state;
    static const example examples[] = {
        {"fr", "M. Le Goff et Mme. Roux arrivent.|Ils ont faim."},
        {"fr", "« Non ! » dit-elle.|« Pourquoi ? »|Il se tut."},
        {"fr", "Voir l’art. 4, p. 12, et la fig. 3.|C’est clair."},
        {"fr", "César mourut en 44 av. J.-C. Rome pleura.|J.-P. Morel l’écrit."},
        {"fr", "Du pain, du lait, etc.|Elle paya.|— Merci ! fit-il.|— De rien."},
        {"es", "La Srta. Vega y el Dr. Gil viven en la Av. Mayor.|Son vecinos."},
        {"es", "¿Qué pasó?|¡Nada!|Dijo que no.|El niño rió."},
        {"es", "El No. 7 ganó a los EE. UU.|Ayer fue fácil."},
        {"es", "Vino con libros, mapas, etc.|Luego se fue.|Véase pág. 9, p. ej. La Mancha."},
        {"es", "Murió en el 14 d. C.|El imperio cambió.|Nació en 63 a. C. en la costa."},
        {"fr", "Il mourut en 14 ap. J.-C. à Nole.|Elle naquit en 58 av. J.-C. en Gaule."},
        {"it", "Morì nel 14 d. C. a Nola."},
        {"pt", "O porto caiu em 44 a. C. e foi refeito."},
        {"ca", "El port va caure el 44 a. C. i prou."},
        {"it", "Il gen. Neri venne.|Poi partì."},
        {"fr", "Le cap. Morel voit la pl. Carnot.|Il passa le cap.|Il dormait."},
        {"it", "Lo dice il vice-dir. Marco Neri."},
        {"es", "—¡No! —dijo Ana.|—Sí.|Y calló."},
        {"it", "Il Sig. Neri e l’Avv. Conti salutano la Dott.ssa Riva.|Poi escono."},
        {"it", "Ad es. Roma, Napoli ecc.|Il treno parte.|Dove va?|A casa."},
        {"it", "Nacque nel 63 a.C. Augusto.|Il padre era console."},
        {"it", "Aspetta...|I gatti dormono.|Le regole: 1. Il silenzio.|2. La calma."},
        {"it", "«Vieni!» disse Carla.|«No.»|Lui tacque."},
        {"it", "Come sta?|Bene.|Non ci sta.|Lo dico al sig. Bassi."},
        {"pt", "O Sr. Melo e a Dra. Lima moram na Av. Central.|São amigos."},
        {"pt", "— Não! — disse ela.|— Porquê?|Ninguém falou."},
        {"pt", "Comprou pão, leite, etc.|Depois saiu.|Veja a pág. 4 do cap. 2."},
        {"ca", "El Sr. Puig i la Dra. Mas són aquí.|Parlen, p. ex. Barcelona els agrada."},
        {"ro", "Dl. Popa și dna. Ene stau pe str. Lungă nr. 4.|Ei lucrează."},
        {"ro", "„Vino!” spuse ea.|„Nu.”|El plecă, cf. pag. 3."},
    };
    assert_all(examples, COUNT(examples));
}

static void test_slavic(void **state) {
    (void)state;
    static const example examples[] = {
        {"ru", "Кн. Белов жил у оз. Светлое.|Он уехал."},
        {"ru", "В 1985 г. Орлов жил в г. Тверь на ул. Садовая, д. 5.|Он работал."},
        {"ru", "Это книги, карты и т. д.|Потом пришёл А. С. Грин."},
        {"ru", "— Нет! — сказал он.|— Почему?|Она молчала."},
        {"ru", "Птицы, т. е. Они, улетели.|См. рис. 4 на стр. 7.|Речь шла о нём."},
        {"ru", "Он вынул нож из рук.|Я люблю вас.|В доме много слов.|Пора."},
        {"ru", "«Куда?» — спросил Пётр.|«Домой».|И ушёл."},
        {"uk", "У 1991 р. Ковальчук мешкав на вул. Зелена.|Він учився."},
        {"uk", "Книги, мапи і т. д.|Потім прийшов І. Я. Сірко.|Це гол.|Усі раді."},
        {"bg", "През 1908 г. Иванов живя на ул. Широка, бл. 3.|Той учи."},
        {"bg", "Купи хляб, мляко и др.|После се върна."},
        {"kk", "1995 ж. Алматыда тұрды.|Ол А. Б. Сейітовпен дос болды.|Кітап, дәптер т.б. алды."},
        {"pl", "W 1999 r. Kowal mieszkał przy ul. Długiej 5.|On pracował."},
        {"pl", "Był to 5. pułk, tzw. Żelazny.|Nowak, dr hab. Lis i in. Przyszli.|Nikt nie spał."},
        {"pl", "— Nie! — rzekł Jan.|— Dlaczego?|Ona milczała."},
        {"cs", "Dne 5. Května přijel Karel IV. Lucemburský.|Byl zde."},
        {"cs", "Pomohl nám.|Potom šel na nám. Míru č. 4.|Koupil chléb, mléko atd.|Pak spal."},
        {"sk", "V 19. Storočí žil na ul. Dlhej 5.|Bol chudý."},
        {"sk", "Firma Vlk, s. r. o., a Dub, a. s. Košice rastú.|Pomohol nám.|Potom išiel."},
    };
    assert_all(examples, COUNT(examples));
}

static void test_other_cased(void **state) {
    (void)state;
    static const example examples[] = {
        {"fi", "Tri Virta tuli 6. joulukuuta, ks. s. 4.|Hän puhui."},
        {"fi", "Tule, sanoi äiti.|Ostin leipää, maitoa jne.|Sitten lähdin."},
        {"hu", "Az 1848. Március 15. napján dr. Nagy szólt.|Ő tudta."},
        {"hu", "IV. Béla volt ez.|Ott áll.|Vettem kenyeret, tejet stb.|Aztán aludtam."},
        {"tr", "Prof. Kaya 20. Yüzyıl için konuştu.|Ben dinledim."},
        {"tr", "II. Mehmet geldi.|Bu iki bin.|O kim.|Bkz. s. 4."},
        {"el", "Πού πας;|Στο σπίτι.|Ο κ. Νίκου μένει στην οδ. Αθηνάς 5.|Τι ώρα είναι;"},
        {"el", "Φρούτα, π.χ. Μήλα κ.λπ.|Μετά έφυγε· κανείς δεν μίλησε."},
        {"hy", "Ո՞ւր ես գնում:|Տուն:|Ասում եմ. սպասիր ինձ:"},
        {"hy", "Գիրքը նոր է։|Ե՛կ այստեղ։"},
    };
    assert_all(examples, COUNT(examples));
}

static void test_without_case(void **state) {
    (void)state;
    static const example examples[] = {
        {"ar", "جاء د. سمير إلى المدينة.|هل رأيته؟|نعم، رأيته في ص. 7."},
        {"ar", "قال (أخيرا!) كلمة واحدة.|ثم خرج."},
        {"fa",
         "کجا می‌روی؟|به خانه می‌روم.|کتاب روی میز است."},
        {"ur", "تم کہاں ہو؟|میں گھر پر ہوں۔|بارش ہو رہی ہے۔"},
        {"hi", "डॉ. वर्मा घर आए।|श्री एम. के. राव कहाँ हैं?|वे 5 कि.मी. दूर हैं।"},
        {"hi", "बारिश हुई।^सब सो गए।"},
        {"mr", "डॉ. जोशी घरी आले.|श्री. वि. स. पाटील कुठे आहेत?|ते गावी गेले."},
        {"am", "ልጁ መጣ።|ማን ነው፧^አላውቅም።"},
        {"my", "မိုးရွာသည်။^သူအိပ်သည်။|ကလေးလာသည်။"},
    };
    assert_all(examples, COUNT(examples));
}

static void test_east_asian(void **state) {
    (void)state;
    static const example examples[] = {
        {"zh", "他来了。^你呢？^我不去！"},
        {"zh", "他买了（便宜的！）苹果。^“快跑！”^大家都走了。"},
        {"zh", "『走吧！』他說。^『走吧！朋友』很好看。"},
        {"zh", "我们看了《你好！世界》。^价格是3.5元。^“加油！”的声音很大。"},
        {"ja", "『走れ！友よ』を読む。^本（新刊です。）を買う。"},
        {"ja", "雨が降る。^傘はある？^はい！"},
        {"ja", "「行こう。」と父が言った。^「いや。」^母は黙った。"},
        {"ja", "値段は３．５倍（本当です。）になった。"},
        {"ko", "비가 온다.|우산 있어?|네, 있어요."},
        {"ko", "“가자!”라고 말했다.|“싫어!” 라고 외쳤다.|“알았어.”|그는 갔다."},
        {"ko", "설치합니다.|linux는 좋다."},
        {"ko", "2021. 4. 9. 부산에서 열렸다.|글쎄요… 모르겠어요.|끝."},
        {"th", "สวัสดีครับ|ผมชื่อมานะ มาจากเชียงใหม่ครับ|คุณสบายดีไหมคะ|สบายดีค่ะ"},
        {"th", "เมื่อ พ.ศ. 2560 ดร. สมศรี เขียนหนังสือ 3.5 เล่ม แล้วไปไหน?|เร็ว!"},
    };
    assert_all(examples, COUNT(examples));
}

/* --- headings ------------------------------------------------------------------------------- */

static void test_headings(void **state) {
    (void)state;
    static const example headings[] = {
        {"de", "Kapitel 5"},
        {"de", "3. Kapitel: Das Meer"},
        {"fr", "Chapitre dixième"},
        {"fr", "Épilogue"},
        {"es", "Capítulo IV"},
        {"it", "Capitolo primo"},
        {"ru", "Глава 12. Море"},
        {"ru", "Пролог"},
        {"pl", "Rozdział piąty"},
        {"el", "Κεφάλαιο 3"},
        {"tr", "1. Bölüm"},
        {"hi", "अध्याय 2"},
        {"hu", "2. fejezet"},
        {"ar", "مقدمة"},
        {"ja", "はじめに"},
        {"zh", "前言"},
        {"th", "บทที่ 4"},
        {"sv", "Kapitel två"},
    };
    for (size_t i = 0; i < COUNT(headings); i++) {
        char text[TEXT_MAX];
        int length = snprintf(text, sizeof text, "%s\nx y z.\n", headings[i].marked);
        ttss_block_reader reader = {.language = ttss_language_find(headings[i].language),
                                    .text = text,
                                    .length = (size_t)length};
        ttss_block block;
        assert_true(ttss_block_next(&reader, &block));
        if (block.kind != TTSS_BLOCK_HEADING || block.end != strlen(headings[i].marked))
            fail_msg("%s: %s", headings[i].language, headings[i].marked);
    }
}

/* --- tables --------------------------------------------------------------------------------- */

static void assert_folded(const char *word) {
    char folded[TTSS_WORD_MAX + 1];
    if (!ttss_word_fold(word, strlen(word), folded) || strcmp(word, folded) != 0)
        fail_msg("\"%s\" is not folded", word);
    utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)word);
    assert_non_null(nfc);
    bool same = strcmp(word, (const char *)nfc) == 0;
    free(nfc);
    if (!same)
        fail_msg("\"%s\" is not NFC", word);
}

static void assert_list(const ttss_word_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        assert_folded(list->words[i]);
        if (i > 0 && strcmp(list->words[i - 1], list->words[i]) >= 0)
            fail_msg("\"%s\" is out of order", list->words[i]);
    }
}

static void test_tables(void **state) {
    (void)state;
    for (size_t l = 0; l < ttss_language_count; l++) {
        const ttss_language *language = ttss_languages[l];
        const ttss_word_list *lists[] = {
            &language->starters,          &language->ordinal_nouns,  &language->prepositions,
            &language->time_continues,    &language->speech_verbs,   &language->quote_continues,
            &language->closing_words,     &language->plain_headings, &language->number_words,
            &language->numbered_headings,
        };
        assert_ptr_equal(ttss_language_find(language->code), language);
        for (size_t i = 0; i < COUNT(lists); i++)
            assert_list(lists[i]);
        for (size_t i = 0; i < language->abbreviation_count; i++) {
            const ttss_abbreviation *a = &language->abbreviations[i];
            assert_folded(a->text);
            assert_in_range(a->kind, TTSS_ABBREVIATION_ALWAYS, TTSS_ABBREVIATION_TIME);
            assert_true(a->text[strlen(a->text) - 1] != '.');
            if (i > 0 && strcmp(language->abbreviations[i - 1].text, a->text) >= 0)
                fail_msg("%s: \"%s\" is out of order", language->code, a->text);
        }
        assert_null(language->own);
    }
}

static void test_extra_stops_are_found(void **state) {
    (void)state;
    for (size_t l = 0; l < ttss_language_count; l++) {
        const ttss_language *language = ttss_languages[l];
        for (size_t i = 0; i < language->extra_stop_count; i++) {
            char text[8] = "a";
            size_t length = 1 + ttss_utf8_put(language->extra_stops[i].character, text + 1);
            text[length++] = ' ';
            text[length++] = '1';
            assert_int_equal(ttss_sentence_end(language, text, 0, length, NULL), length - 2);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_germanic),
        cmocka_unit_test(test_romance),
        cmocka_unit_test(test_slavic),
        cmocka_unit_test(test_other_cased),
        cmocka_unit_test(test_without_case),
        cmocka_unit_test(test_east_asian),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_extra_stops_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
