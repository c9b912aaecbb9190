/* SPDX-License-Identifier: MIT */
/* Language tags; see language.h. */
#include "base/language.h"

#include <string.h>

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool ttss_language_primary(const char *tag, char out[TTSS_LANGUAGE_MAX]) {
    size_t length = 0;
    for (; length < TTSS_LANGUAGE_MAX - 1 && small(tag[length]) >= 'a' && small(tag[length]) <= 'z';
         length++)
        out[length] = small(tag[length]);
    if (length < 2 || !strchr("-_.@", tag[length]))
        length = 0; /* strchr() finds the NUL, too */
    out[length] = '\0';
    return length > 0;
}

bool ttss_is_language(const char *tag, const char *code) {
    char primary[TTSS_LANGUAGE_MAX];
    return ttss_language_primary(tag, primary) && strcmp(primary, code) == 0;
}
