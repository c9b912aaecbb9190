/* SPDX-License-Identifier: MIT */
/* Numbers to and from text with a point, whatever the locale of the program is. */
#ifndef TTSS_BASE_NUM_H
#define TTSS_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TTSS_NUM_MAX 40

/* Shortest form that is at most 6 significant digits ("0.5", "85", "1e+06"), into out, which is
 * returned. */
const char *ttss_num_format(double value, char out[TTSS_NUM_MAX]);

/* Whole text as a finite decimal number. */
bool ttss_num_parse(const char *text, double *value);

/* Whole text as a decimal integer in range. */
bool ttss_int_parse(const char *text, int64_t low, int64_t high, int64_t *value);

#endif
