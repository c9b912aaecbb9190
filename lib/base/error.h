/* SPDX-License-Identifier: MIT */
/* Filling error records. Every failing path goes through ttss_fail(); the first error wins
 * because callers return at once. */
#ifndef TTSS_BASE_ERROR_H
#define TTSS_BASE_ERROR_H

#include <ttsslice/error.h>

#include <stdarg.h>

/* Fills *err (may be NULL) with a one-line message and returns code. The other fields are reset. */
int32_t ttss_fail(ttsslice_error *err, int32_t code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Out of memory; its message needs no memory. */
int32_t ttss_nomem(ttsslice_error *err);

/* Fails with IO, NO_SPACE or NOMEM after errno, as "<what>: <reason>". */
int32_t ttss_fail_errno(ttsslice_error *err, int error_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Hands on a failure that was told to a record of one's own: copies it if code is not 0. */
int32_t ttss_pass_error(int32_t code, const ttsslice_error *own, ttsslice_error *err);

/* Makes a message from outside one line of valid UTF-8: what is not becomes a question mark. */
void ttss_tidy(char *message);

/* Each sets one field of a record that may be NULL and returns code. */
int32_t ttss_at_offset(ttsslice_error *err, int32_t code, size_t byte_offset);
int32_t ttss_in_slice(ttsslice_error *err, int32_t code, int32_t slice, int64_t chunk);

#endif
