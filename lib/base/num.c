/* SPDX-License-Identifier: MIT */
/* Numbers independent of the locale; see num.h. The conversion itself is libc's, done with the
 * decimal separator that is in force, which is then exchanged. */
#include "base/num.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ttss_num_format(double value, char out[TTSS_NUM_MAX]) {
    const char *point = localeconv()->decimal_point;
    snprintf(out, TTSS_NUM_MAX, "%g", value);
    char *found = strcmp(point, ".") == 0 ? NULL : strstr(out, point);
    if (found) {
        size_t n = strlen(point);
        *found = '.';
        memmove(found + 1, found + n, strlen(found + n) + 1);
    }
    return out;
}

bool ttss_num_parse(const char *text, double *value) {
    const char *point = localeconv()->decimal_point;
    char copy[64];
    if (!text[0] || strspn(text, "+-.0123456789eE") != strlen(text))
        return false;
    const char *dot = strchr(text, '.');
    int head = dot ? (int)(dot - text) : (int)strlen(text);
    int n =
        snprintf(copy, sizeof copy, "%.*s%s%s", head, text, dot ? point : "", dot ? dot + 1 : "");
    if (n < 0 || (size_t)n >= sizeof copy)
        return false;
    char *end = NULL;
    double parsed = strtod(copy, &end);
    if (end == copy || *end || !isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

bool ttss_int_parse(const char *text, int64_t low, int64_t high, int64_t *value) {
    const char *digits = text[0] == '-' ? text + 1 : text;
    if (!digits[0] || strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    long long parsed = strtoll(text, NULL, 10);
    if (errno || parsed < low || parsed > high)
        return false;
    *value = parsed;
    return true;
}
