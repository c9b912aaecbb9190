/* SPDX-License-Identifier: MIT */
/* Numbers in the languages that have no tables of their own, by the spell-out rules of ICU. */
#ifndef TTSS_BASE_WORDS_SPELL_H
#define TTSS_BASE_WORDS_SPELL_H

#include "base/words_build.h"

typedef struct ttss_speller ttss_speller;

/* Whether the build has ICU and it is there. */
bool ttss_speller_available(void);

/* NULL: this build has no ICU, ICU has no rules for the language, or memory ran out. Opening takes
 * milliseconds, so it is done at the first number of a text. */
ttss_speller *ttss_speller_new(const char *language);
void ttss_speller_free(ttss_speller *speller); /* NULL is allowed */

/* How the language writes numbers. */
uint32_t ttss_speller_decimal_mark(const ttss_speller *speller);
uint32_t ttss_speller_group_mark(const ttss_speller *speller);

/* Adds readings, the most usual first. `digits` has at most TTSS_SPELL_DIGITS, `fraction` is "" or
 * digits. */
#define TTSS_SPELL_DIGITS 15
void ttss_spell_number(const ttss_speller *speller, const char *digits, bool ordinal,
                       ttss_phrases *list);
void ttss_spell_decimal(const ttss_speller *speller, const char *digits, const char *fraction,
                        ttss_phrases *list);
/* Adds the numbers with the names that the language has for a unit, in each of its forms. unit: as
 * in ICU's number skeletons ("currency/EUR", "measure-unit/length-kilometer"), a constant. False if
 * there is no name, and nothing was added. */
bool ttss_spell_unit(ttss_speller *speller, const char *unit, const ttss_phrases *numbers,
                     ttss_phrases *list);
/* What is said for a minus; "" if it cannot be told. */
void ttss_spell_minus(const ttss_speller *speller, char out[TTSS_PHRASE_ROOM]);

#endif
