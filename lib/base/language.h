/* SPDX-License-Identifier: MIT */
/* Language tags as applications and systems write them: BCP 47 ("en", "en-GB"), POSIX locales
 * ("en_GB.UTF-8", "de_AT@euro"), in any case. What counts is the primary subtag. */
#ifndef TTSS_BASE_LANGUAGE_H
#define TTSS_BASE_LANGUAGE_H

#include <stdbool.h>

#define TTSS_LANGUAGE_MAX 4  /* a primary subtag: two or three letters, and the NUL */
#define TTSS_TAG_MAX      64 /* bytes of a tag that comes from outside */

/* The primary subtag in small letters; false, and "", if this is no tag. */
bool ttss_language_primary(const char *tag, char out[TTSS_LANGUAGE_MAX]);

/* Whether a tag is of the language `code`, which is in small letters. */
bool ttss_is_language(const char *tag, const char *code);

#endif
