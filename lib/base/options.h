/* SPDX-License-Identifier: MIT */
/* The one routine that reads an options struct from a caller that may be older or newer. */
#ifndef TTSS_BASE_OPTIONS_H
#define TTSS_BASE_OPTIONS_H

#include <ttsslice/error.h>

/* Copies *given (NULL: nothing) over *known, which holds the defaults of this build and is
 * known_size bytes. A struct of an older program is shorter and keeps the defaults behind its
 * end; one of a newer program may be longer as long as the rest is zero. Fails with OPTION. */
int32_t ttss_options_read(void *known, size_t known_size, size_t oldest_size, const void *given,
                          const char *name, ttsslice_error *err);

/* Fails with INVALID and "<name> is <value>; it must be <low> to <high>" unless in range. */
int32_t ttss_check_range(const char *name, int64_t value, int64_t low, int64_t high,
                         ttsslice_error *err);
int32_t ttss_check_range_f(const char *name, double value, double low, double high,
                           ttsslice_error *err);

#endif
