/* SPDX-License-Identifier: MIT */
/* The one routine that reads an options struct from a caller that may be older or newer, and the
 * checks of what is in it. */
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

#define TTSS_BACKOFF_MAX 16 /* waits before further tries */

/* backoff_s and backoff_count of an options struct in milliseconds; without them 0.5, 1 and 2 s.
 * Fails with INVALID. */
int32_t ttss_read_backoff(const double *waits_s, size_t count, int64_t backoff_ms[TTSS_BACKOFF_MAX],
                          size_t *backoff_count, ttsslice_error *err);

int64_t ttss_milliseconds(double seconds); /* not negative, of an option that was checked */

#endif
