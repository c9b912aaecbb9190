/* SPDX-License-Identifier: MIT */
/* Finding a language, by its tag or by the script of a text, and looking words up in its tables by
 * binary search; see language.h. */
#include "chunk/language.h"

#include "base/language.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Letters, and bytes, that are looked at to tell the script of a text. */
#define SCRIPT_LETTERS 4000
#define SCRIPT_BYTES   65536

const ttss_language *const ttss_languages[] = {
    &ttss_language_am, &ttss_language_ar, &ttss_language_bg, &ttss_language_ca, &ttss_language_cs,
    &ttss_language_da, &ttss_language_de, &ttss_language_el, &ttss_language_en, &ttss_language_es,
    &ttss_language_fa, &ttss_language_fi, &ttss_language_fr, &ttss_language_hi, &ttss_language_hu,
    &ttss_language_hy, &ttss_language_it, &ttss_language_ja, &ttss_language_kk, &ttss_language_ko,
    &ttss_language_mr, &ttss_language_my, &ttss_language_nb, &ttss_language_nl, &ttss_language_nn,
    &ttss_language_no, &ttss_language_pl, &ttss_language_pt, &ttss_language_ro, &ttss_language_ru,
    &ttss_language_sk, &ttss_language_sv, &ttss_language_th, &ttss_language_tr, &ttss_language_uk,
    &ttss_language_ur, &ttss_language_zh,
};
const size_t ttss_language_count = sizeof ttss_languages / sizeof ttss_languages[0];

/* For languages without data of their own: the rules alone. */
static const ttss_language no_data = {.code = "und"};

static char fold_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

const ttss_language *ttss_language_find(const char *tag) {
    char code[TTSS_LANGUAGE_MAX];
    if (!ttss_language_primary(tag, code))
        return NULL;
    for (size_t i = 0; i < ttss_language_count; i++)
        if (strcmp(ttss_languages[i]->code, code) == 0)
            return ttss_languages[i];
    return &no_data;
}

/* --- by script ------------------------------------------------------------------------------ */

/* Blocks of letters, sorted, and the language that is written in them most. */
static const struct {
    uint32_t first, last;
    char code[3];
} scripts[] = {
    {0x0041, 0x005A, "en"}, {0x0061, 0x007A, "en"}, {0x00C0, 0x024F, "en"},
    {0x0370, 0x03FF, "el"}, {0x0400, 0x052F, "ru"}, {0x0531, 0x0587, "hy"},
    {0x05D0, 0x05F2, "he"}, {0x0620, 0x077F, "ar"}, {0x0900, 0x097F, "hi"},
    {0x0980, 0x09FF, "bn"}, {0x0A00, 0x0A7F, "pa"}, {0x0A80, 0x0AFF, "gu"},
    {0x0B00, 0x0B7F, "or"}, {0x0B80, 0x0BFF, "ta"}, {0x0C00, 0x0C7F, "te"},
    {0x0C80, 0x0CFF, "kn"}, {0x0D00, 0x0D7F, "ml"}, {0x0D80, 0x0DFF, "si"},
    {0x0E00, 0x0E7F, "th"}, {0x0E80, 0x0EFF, "lo"}, {0x0F00, 0x0FFF, "bo"},
    {0x1000, 0x109F, "my"}, {0x10A0, 0x10FF, "ka"}, {0x1100, 0x11FF, "ko"},
    {0x1200, 0x139F, "am"}, {0x1780, 0x17FF, "km"}, {0x1E00, 0x1EFF, "en"},
    {0x1F00, 0x1FFF, "el"}, {0x3041, 0x30FF, "ja"}, {0x3400, 0x4DBF, "zh"},
    {0x4E00, 0x9FFF, "zh"}, {0xAC00, 0xD7A3, "ko"}, {0xF900, 0xFAFF, "zh"},
    {0xFB50, 0xFDFF, "ar"}, {0xFF66, 0xFF9F, "ja"}, {0x20000, 0x323AF, "zh"},
};
#define SCRIPT_COUNT (sizeof scripts / sizeof scripts[0])

static size_t script_of(uint32_t c) {
    size_t low = 0, high = SCRIPT_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > scripts[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < SCRIPT_COUNT && c >= scripts[low].first ? low : SCRIPT_COUNT;
}

/* Letters in all blocks of the language that block i stands for. */
static size_t letters_of(const size_t *counts, const char *code) {
    size_t sum = 0;
    for (size_t i = 0; i < SCRIPT_COUNT; i++)
        if (strcmp(scripts[i].code, code) == 0)
            sum += counts[i];
    return sum;
}

const ttss_language *ttss_language_of_text(const char *text, size_t length) {
    size_t counts[SCRIPT_COUNT] = {0}, letters = 0, best = 0;
    const char *code = "en";
    for (size_t pos = 0; pos < length && pos < SCRIPT_BYTES && letters < SCRIPT_LETTERS;) {
        size_t script = script_of(ttss_utf8_next(text, length, &pos));
        if (script == SCRIPT_COUNT)
            continue;
        counts[script]++;
        letters++;
    }
    /* Japanese is written in kana and Han together. */
    size_t kana = letters_of(counts, "ja"), han = letters_of(counts, "zh");
    for (size_t i = 0; i < SCRIPT_COUNT; i++) {
        size_t sum = letters_of(counts, scripts[i].code);
        if (strcmp(scripts[i].code, "zh") == 0 || strcmp(scripts[i].code, "ja") == 0)
            sum = kana + han;
        if (sum <= best)
            continue;
        best = sum;
        code = scripts[i].code;
    }
    if (best > 0 && best == kana + han && (strcmp(code, "zh") == 0 || strcmp(code, "ja") == 0))
        code = kana > han / 8 ? "ja" : "zh";
    return ttss_language_find(code);
}

/* --- words ---------------------------------------------------------------------------------- */

bool ttss_word_fold(const char *text, size_t length, char word[TTSS_WORD_MAX + 1]) {
    size_t used = 0;
    for (size_t pos = 0; pos < length;) {
        if ((unsigned char)text[pos] < 0x80) {
            if (used >= TTSS_WORD_MAX)
                return false;
            word[used++] = fold_ascii(text[pos++]);
            continue;
        }
        uint32_t c = ttss_utf8_next(text, length, &pos);
        if (used + 4 > TTSS_WORD_MAX)
            return false;
        used += ttss_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), word + used);
    }
    word[used] = '\0';
    return used > 0;
}

/* strcmp(), without a call: words mostly differ in their first letters. */
static inline int compare_words(const char *a, const char *b) {
    for (; *a && *a == *b; a++)
        b++;
    return (unsigned char)*a - (unsigned char)*b;
}

bool ttss_word_list_has(const ttss_word_list *list, const char *text, size_t length) {
    char word[TTSS_WORD_MAX + 1];
    if (list->count == 0 || !ttss_word_fold(text, length, word))
        return false;
    for (size_t low = 0, high = list->count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = compare_words(word, list->words[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static const ttss_abbreviation *find_abbreviation(const ttss_abbreviation *list, size_t count,
                                                  const char *word) {
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = compare_words(word, list[middle].text);
        if (order == 0)
            return &list[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* A number for the look of a folded word. */
static size_t look_of(unsigned char first, unsigned char last, size_t length) {
    return (first + 32U * last + 7U * length) % 2048;
}

static void note_looks(ttss_language *copy, const ttss_abbreviation *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *word = list[i].text;
        size_t length = strlen(word);
        size_t look = look_of((unsigned char)word[0], (unsigned char)word[length - 1], length);
        copy->looks[look / 32] |= UINT32_C(1) << (look % 32);
    }
}

void ttss_language_prepare(ttss_language *copy, const ttss_abbreviation *own, size_t own_count) {
    copy->own = own;
    copy->own_count = own_count;
    copy->prepared = true;
    note_looks(copy, own, own_count);
    note_looks(copy, copy->abbreviations, copy->abbreviation_count);
}

/* Words that are not all ASCII are worth a look: what folding does to their bytes is not known. */
bool ttss_may_be_abbreviation(const ttss_language *language, const char *text, size_t length) {
    if (!language->prepared)
        return true;
    unsigned char first = (unsigned char)fold_ascii(text[0]);
    unsigned char last = (unsigned char)fold_ascii(text[length - 1]);
    size_t look = look_of(first, last, length);
    if (language->looks[look / 32] >> (look % 32) & 1)
        return true;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

uint8_t ttss_abbreviation_kind_of(const ttss_language *language, const char *text, size_t length) {
    char word[TTSS_WORD_MAX + 1];
    if (length == 0 || !ttss_may_be_abbreviation(language, text, length) ||
        !ttss_word_fold(text, length, word))
        return TTSS_ABBREVIATION_NONE;
    const ttss_abbreviation *found = find_abbreviation(language->own, language->own_count, word);
    if (!found)
        found = find_abbreviation(language->abbreviations, language->abbreviation_count, word);
    if (!found)
        return TTSS_ABBREVIATION_NONE;
    size_t pos = 0;
    bool capital = ttss_letter_of(ttss_utf8_next(text, length, &pos)) == TTSS_LETTER_UPPER;
    if (found->letter_case == TTSS_CASE_NUMBER)
        return capital ? found->kind : TTSS_ABBREVIATION_NUMBER;
    if (found->letter_case != TTSS_CASE_ANY &&
        found->letter_case != (capital ? TTSS_CASE_CAPITAL : TTSS_CASE_SMALL))
        return TTSS_ABBREVIATION_NONE;
    return found->kind;
}
