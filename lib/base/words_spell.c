/* SPDX-License-Identifier: MIT */
/* Numbers spelled out by ICU's rule-based number formats (Unicode CLDR, part 3, Rule-Based Number
 * Formatting). A language has several rule sets, by gender, case and use; what each of them gives
 * is a reading. The names of units come from formatting a few numbers with them, by which every
 * form of the plural is met (part 3, Unit Elements). Without ICU nothing is spelled out and numbers
 * are compared as they are written. */
#include "base/words_spell.h"

#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#if TTSS_HAVE_ICU

#include <dlfcn.h>
#include <pthread.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>

#define NAMES_MAX   4096
#define FORMS_MAX   6   /* names of a unit */
#define FORM_ROOM   100 /* bytes */
#define UNITS_MAX   6   /* that are remembered */
#define SOFT_HYPHEN 0xAD

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)

/* Linking it would cost every process two megabytes, so it is loaded when the first text needs it.
 * Each function is looked for under the name that ICU's headers give it, with its version. */
static struct {
    pthread_once_t once;
    bool loaded;
    UNumberFormat *(*open)(UNumberFormatStyle, const UChar *, int32_t, const char *, UParseError *,
                           UErrorCode *);
    void (*close)(UNumberFormat *);
    int32_t (*symbol)(const UNumberFormat *, UNumberFormatSymbol, UChar *, int32_t, UErrorCode *);
    int32_t (*get_text)(const UNumberFormat *, UNumberFormatTextAttribute, UChar *, int32_t,
                        UErrorCode *);
    void (*set_text)(UNumberFormat *, UNumberFormatTextAttribute, const UChar *, int32_t,
                     UErrorCode *);
    int32_t (*format_integer)(const UNumberFormat *, int64_t, UChar *, int32_t, UFieldPosition *,
                              UErrorCode *);
    int32_t (*format_double)(const UNumberFormat *, double, UChar *, int32_t, UFieldPosition *,
                             UErrorCode *);
    UNumberFormatter *(*open_skeleton)(const UChar *, int32_t, const char *, UErrorCode *);
    void (*close_skeleton)(UNumberFormatter *);
    UFormattedNumber *(*open_result)(UErrorCode *);
    void (*close_result)(UFormattedNumber *);
    void (*format_measure)(const UNumberFormatter *, double, UFormattedNumber *, UErrorCode *);
    int32_t (*result_text)(const UFormattedNumber *, UChar *, int32_t, UErrorCode *);
    int32_t (*count_locales)(void);
    const char *(*locale)(int32_t);
} icu = {.once = PTHREAD_ONCE_INIT};

static bool find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static void load(void) {
    void *library = dlopen("libicui18n.so." U_ICU_VERSION_SHORT, RTLD_LAZY | RTLD_LOCAL);
    icu.loaded = library && find(library, TEXT(unum_open), &icu.open) &&
                 find(library, TEXT(unum_close), &icu.close) &&
                 find(library, TEXT(unum_getSymbol), &icu.symbol) &&
                 find(library, TEXT(unum_getTextAttribute), &icu.get_text) &&
                 find(library, TEXT(unum_setTextAttribute), &icu.set_text) &&
                 find(library, TEXT(unum_formatInt64), &icu.format_integer) &&
                 find(library, TEXT(unum_formatDouble), &icu.format_double) &&
                 find(library, TEXT(unumf_openForSkeletonAndLocale), &icu.open_skeleton) &&
                 find(library, TEXT(unumf_close), &icu.close_skeleton) &&
                 find(library, TEXT(unumf_openResult), &icu.open_result) &&
                 find(library, TEXT(unumf_closeResult), &icu.close_result) &&
                 find(library, TEXT(unumf_formatDouble), &icu.format_measure) &&
                 find(library, TEXT(unumf_resultToString), &icu.result_text) &&
                 find(library, TEXT(uloc_countAvailable), &icu.count_locales) &&
                 find(library, TEXT(uloc_getAvailable), &icu.locale);
}

bool ttss_speller_available(void) {
    pthread_once(&icu.once, load);
    return icu.loaded;
}

static size_t length_of(const UChar *text) {
    size_t length = 0;
    while (text[length])
        length++;
    return length;
}

typedef struct unit_names {
    const char *unit;
    size_t count;
    char before[FORMS_MAX][FORM_ROOM], behind[FORMS_MAX][FORM_ROOM]; /* the number */
} unit_names;

struct ttss_speller {
    UNumberFormat *format;
    const char *language;
    unit_names units[UNITS_MAX];
    size_t unit_count; /* asked for so far */
    UChar *names; /* of the rule sets, each with a NUL behind it, and an empty one at the end */
    uint32_t decimal_mark, group_mark;
};

static uint32_t symbol_of(const char *language, UNumberFormatSymbol symbol, uint32_t otherwise) {
    UErrorCode status = U_ZERO_ERROR;
    UChar text[8];
    uint32_t found = otherwise;
    UNumberFormat *format = icu.open(UNUM_DECIMAL, NULL, 0, language, NULL, &status);
    int32_t length = icu.symbol(format, symbol, text, 8, &status);
    if (U_SUCCESS(status) && length == 1)
        found = text[0];
    icu.close(format);
    return found;
}

/* The list is one text with semicolons between the names. */
static bool read_names(ttss_speller *speller) {
    UErrorCode status = U_ZERO_ERROR;
    speller->names = ttss_new_array(NAMES_MAX + 2, sizeof *speller->names);
    if (!speller->names)
        return false;
    int32_t length =
        icu.get_text(speller->format, UNUM_PUBLIC_RULESETS, speller->names, NAMES_MAX, &status);
    if (U_FAILURE(status) || length > NAMES_MAX)
        return false;
    for (int32_t i = 0; i < length; i++)
        if (speller->names[i] == ';')
            speller->names[i] = 0;
    speller->names[length] = speller->names[length + 1] = 0;
    return true;
}

/* For a language that it does not know ICU would take that of the process. */
static bool is_available(const char *language) {
    char code[TTSS_LANGUAGE_MAX];
    if (!ttss_language_primary(language, code))
        return false;
    for (int32_t i = 0; i < icu.count_locales(); i++) {
        if (ttss_is_language(icu.locale(i), code))
            return true;
    }
    return false;
}

ttss_speller *ttss_speller_new(const char *language) {
    UErrorCode status = U_ZERO_ERROR;
    ttss_speller *speller =
        ttss_speller_available() && is_available(language) ? ttss_new(ttss_speller) : NULL;
    if (!speller)
        return NULL;
    speller->language = language;
    speller->format = icu.open(UNUM_SPELLOUT, NULL, 0, language, NULL, &status);
    if (U_FAILURE(status) || !read_names(speller)) {
        ttss_speller_free(speller);
        return NULL;
    }
    speller->decimal_mark = symbol_of(language, UNUM_DECIMAL_SEPARATOR_SYMBOL, '.');
    speller->group_mark = symbol_of(language, UNUM_GROUPING_SEPARATOR_SYMBOL, ',');
    return speller;
}

void ttss_speller_free(ttss_speller *speller) {
    if (!speller)
        return;
    if (speller->format)
        icu.close(speller->format);
    free(speller->names);
    free(speller);
}

uint32_t ttss_speller_decimal_mark(const ttss_speller *speller) {
    return speller->decimal_mark;
}

uint32_t ttss_speller_group_mark(const ttss_speller *speller) {
    return speller->group_mark;
}

/* As phrases are: in small letters, no soft hyphens, and a space between characters that are tokens
 * each. */
static bool to_phrase(const UChar *spelled, int32_t length, char out[TTSS_PHRASE_ROOM]) {
    bool unspaced = false;
    size_t at = 0;
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        char bytes[U8_MAX_LENGTH];
        int32_t size = 0;
        UBool failed = false;
        U16_NEXT(spelled, i, length, c);
        if (c == SOFT_HYPHEN)
            continue;
        c = utf8proc_tolower(c);
        U8_APPEND((uint8_t *)bytes, size, U8_MAX_LENGTH, c, failed);
        if (failed || at + (size_t)size + 2 > TTSS_PHRASE_ROOM)
            return false;
        bool is_unspaced = ttss_is_unspaced((uint32_t)c);
        if (at && (is_unspaced || unspaced) && out[at - 1] != ' ')
            out[at++] = ' ';
        unspaced = is_unspaced;
        memcpy(out + at, bytes, (size_t)size);
        at += (size_t)size;
    }
    out[at] = '\0';
    return at > 0;
}

/* A formatter is changed by choosing a rule set, and a scan has one of its own. */
static bool use_rules(const ttss_speller *speller, const UChar *name) {
    UErrorCode status = U_ZERO_ERROR;
    icu.set_text(speller->format, UNUM_DEFAULT_RULESET, name, -1, &status);
    return U_SUCCESS(status);
}

static bool spell_integer(const ttss_speller *speller, int64_t value, char out[TTSS_PHRASE_ROOM]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar spelled[TTSS_PHRASE_ROOM];
    int32_t length =
        icu.format_integer(speller->format, value, spelled, TTSS_PHRASE_ROOM, NULL, &status);
    return U_SUCCESS(status) && length <= TTSS_PHRASE_ROOM && to_phrase(spelled, length, out);
}

static bool has_prefix(const UChar *name, const char *prefix) {
    for (; *prefix; name++, prefix++)
        if (*name != (UChar)*prefix)
            return false;
    return true;
}

/* The rules for numbers that count nothing, not those for years. */
static bool is_numbering(const UChar *name) {
    static const char numbering[] = "%spellout-numbering";
    return has_prefix(name, numbering) && name[sizeof numbering - 1] == 0;
}

static void add_by(const ttss_speller *speller, const char *kind, int64_t value,
                   ttss_phrases *list) {
    for (const UChar *name = speller->names; *name; name += length_of(name) + 1) {
        char phrase[TTSS_PHRASE_ROOM];
        if (has_prefix(name, kind) && use_rules(speller, name) &&
            spell_integer(speller, value, phrase))
            ttss_phrases_add(list, "%s", phrase);
    }
}

void ttss_spell_number(const ttss_speller *speller, const char *digits, bool ordinal,
                       ttss_phrases *list) {
    int64_t value = strtoll(digits, NULL, 10);
    if (strlen(digits) > TTSS_SPELL_DIGITS)
        return;
    if (strlen(digits) == 4)
        add_by(speller, "%spellout-numbering-year", value, list);
    if (ordinal)
        add_by(speller, "%spellout-ordinal", value, list);
    add_by(speller, "%spellout-cardinal", value, list);
    if (strlen(digits) < 4)
        add_by(speller, "%spellout-numbering", value, list);
}

/* What stands between whole and fraction, from ICU's own reading; "" if it cannot be told. */
static void find_point(const ttss_speller *speller, char out[TTSS_PHRASE_ROOM]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar spelled[TTSS_PHRASE_ROOM];
    char phrase[TTSS_PHRASE_ROOM], zero[TTSS_PHRASE_ROOM], half[TTSS_PHRASE_ROOM];
    out[0] = '\0';
    int32_t length =
        icu.format_double(speller->format, 0.5, spelled, TTSS_PHRASE_ROOM, NULL, &status);
    if (U_FAILURE(status) || length > TTSS_PHRASE_ROOM || !to_phrase(spelled, length, phrase) ||
        !spell_integer(speller, 0, zero) || !spell_integer(speller, 5, half))
        return;
    size_t before = strlen(zero), behind = strlen(half), all = strlen(phrase);
    if (all > before + behind + 2 && memcmp(phrase, zero, before) == 0 &&
        strcmp(phrase + all - behind, half) == 0) {
        memcpy(out, phrase + before + 1, all - before - behind - 2);
        out[all - before - behind - 2] = '\0';
    }
}

/* The digits behind the point one by one, and as a number. */
void ttss_spell_decimal(const ttss_speller *speller, const char *digits, const char *fraction,
                        ttss_phrases *list) {
    char point[TTSS_PHRASE_ROOM], whole[TTSS_PHRASE_ROOM], part[TTSS_PHRASE_ROOM];
    char row[TTSS_PHRASE_ROOM] = "";
    const UChar *name = speller->names;
    while (*name && !is_numbering(name))
        name += length_of(name) + 1;
    if (!*name || !use_rules(speller, name) || strlen(digits) > TTSS_SPELL_DIGITS ||
        strlen(fraction) > TTSS_SPELL_DIGITS ||
        !spell_integer(speller, strtoll(digits, NULL, 10), whole))
        return;
    find_point(speller, point);
    for (const char *d = fraction; *d && point[0]; d++) {
        size_t at = strlen(row);
        if (!spell_integer(speller, *d - '0', part) || at + strlen(part) + 2 > sizeof row)
            return;
        if (at)
            row[at++] = ' ';
        memcpy(row + at, part, strlen(part) + 1);
    }
    if (!point[0])
        return;
    ttss_phrases_add(list, "%s %s %s", whole, point, row);
    if (fraction[0] != '0' && spell_integer(speller, strtoll(fraction, NULL, 10), part))
        ttss_phrases_add(list, "%s %s %s", whole, point, part);
}

void ttss_spell_minus(const ttss_speller *speller, char out[TTSS_PHRASE_ROOM]) {
    char plain[TTSS_PHRASE_ROOM];
    const UChar *name = speller->names;
    out[0] = '\0';
    while (*name && !is_numbering(name))
        name += length_of(name) + 1;
    if (!*name || !use_rules(speller, name) || !spell_integer(speller, 5, plain) ||
        !spell_integer(speller, -5, out))
        return;
    size_t all = strlen(out), behind = strlen(plain);
    if (all <= behind || strcmp(out + all - behind, plain) != 0)
        behind = all;
    out[all - behind] = '\0';
    while (all > behind && out[all - behind - 1] == ' ')
        out[all - ++behind] = '\0';
}

/* --- units ---------------------------------------------------------------------------------- */

static void add_form(unit_names *names, const char *before, const char *behind) {
    if (names->count == FORMS_MAX || strlen(before) >= FORM_ROOM || strlen(behind) >= FORM_ROOM)
        return;
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->before[i], before) == 0 && strcmp(names->behind[i], behind) == 0)
            return;
    memcpy(names->before[names->count], before, strlen(before) + 1);
    memcpy(names->behind[names->count++], behind, strlen(behind) + 1);
}

/* "5 dollars des Etats-Unis", "5 degres Celsius": the first word will do, or, in other languages,
 * the last one. */
static void add_short_forms(unit_names *names, const char *behind) {
    const char *first = strchr(behind, ' '), *last = strrchr(behind, ' ');
    char word[FORM_ROOM] = "";
    size_t pos = 0;
    if (!first || strlen(behind) >= FORM_ROOM ||
        ttss_is_unspaced(ttss_utf8_next(behind, strlen(behind), &pos)))
        return;
    memcpy(word, behind, (size_t)(first - behind));
    add_form(names, "", word);
    add_form(names, "", last + 1);
}

static bool has_letters(const char *text) {
    for (size_t pos = 0; text[pos];)
        if (ttss_is_word_char(ttss_utf8_next(text, strlen(text), &pos)))
            return true;
    return false;
}

static const char *without_spaces(char *text) {
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        text[--length] = '\0';
    while (*text == ' ')
        text++;
    return text;
}

/* What stands around the digits. */
static void add_measured(unit_names *names, UChar *text, int32_t length) {
    char before[TTSS_PHRASE_ROOM] = "", behind[TTSS_PHRASE_ROOM] = "";
    int32_t first = 0, last = length;
    for (int32_t i = 0; i < length; i++) /* no-break spaces of all kinds */
        if (text[i] == 0xA0 || text[i] == 0x202F)
            text[i] = ' ';
    while (first < length && !(text[first] >= '0' && text[first] <= '9'))
        first++;
    while (last > first && !(text[last - 1] >= '0' && text[last - 1] <= '9'))
        last--;
    if (first == length)
        return;
    to_phrase(text, first, before);
    to_phrase(text + last, length - last, behind);
    if (!has_letters(before) && !has_letters(behind))
        return;
    const char *front = without_spaces(before), *back = without_spaces(behind);
    add_form(names, front, back);
    if (!front[0] &&
        (strncmp(names->unit, "currency/", 9) == 0 || strstr(names->unit, "temperature")))
        add_short_forms(names, back);
}

static void read_unit(const ttss_speller *speller, unit_names *names) {
    static const double values[] = {1, 2, 5, 1.5};
    static const char width[] = " unit-width-full-name precision-unlimited numbering-system/latn";
    UErrorCode status = U_ZERO_ERROR;
    UChar skeleton[200], text[TTSS_PHRASE_ROOM];
    int32_t length = 0;
    for (const char *c = names->unit; *c; c++)
        skeleton[length++] = (UChar)*c;
    for (const char *c = width; *c; c++)
        skeleton[length++] = (UChar)*c;
    UNumberFormatter *format = icu.open_skeleton(skeleton, length, speller->language, &status);
    UFormattedNumber *result = icu.open_result(&status);
    for (size_t i = 0; i < sizeof values / sizeof values[0] && U_SUCCESS(status); i++) {
        icu.format_measure(format, values[i], result, &status);
        length = icu.result_text(result, text, TTSS_PHRASE_ROOM, &status);
        if (U_SUCCESS(status))
            add_measured(names, text, length);
    }
    icu.close_result(result);
    icu.close_skeleton(format);
}

static const unit_names *names_of(ttss_speller *speller, const char *unit) {
    for (size_t i = 0; i < UNITS_MAX; i++)
        if (speller->units[i].unit && strcmp(speller->units[i].unit, unit) == 0)
            return &speller->units[i];
    unit_names *names = &speller->units[speller->unit_count++ % UNITS_MAX];
    names->unit = unit;
    names->count = 0;
    read_unit(speller, names);
    return names;
}

bool ttss_spell_unit(ttss_speller *speller, const char *unit, const ttss_phrases *numbers,
                     ttss_phrases *list) {
    const unit_names *names = names_of(speller, unit);
    for (size_t i = 0; i < names->count; i++)
        ttss_phrases_around(list, numbers, TTSS_PHRASES_MAX / (names->count + 1), names->before[i],
                            names->behind[i]);
    return names->count > 0;
}

#else

bool ttss_speller_available(void) {
    return false;
}

ttss_speller *ttss_speller_new(const char *language) {
    (void)language;
    return NULL;
}

void ttss_speller_free(ttss_speller *speller) {
    (void)speller;
}

uint32_t ttss_speller_decimal_mark(const ttss_speller *speller) {
    (void)speller;
    return '.';
}

uint32_t ttss_speller_group_mark(const ttss_speller *speller) {
    (void)speller;
    return ',';
}

void ttss_spell_number(const ttss_speller *speller, const char *digits, bool ordinal,
                       ttss_phrases *list) {
    (void)speller, (void)digits, (void)ordinal, (void)list;
}

void ttss_spell_decimal(const ttss_speller *speller, const char *digits, const char *fraction,
                        ttss_phrases *list) {
    (void)speller, (void)digits, (void)fraction, (void)list;
}

bool ttss_spell_unit(ttss_speller *speller, const char *unit, const ttss_phrases *numbers,
                     ttss_phrases *list) {
    (void)speller, (void)unit, (void)numbers, (void)list;
    return false;
}

void ttss_spell_minus(const ttss_speller *speller, char out[TTSS_PHRASE_ROOM]) {
    (void)speller;
    out[0] = '\0';
}

#endif
