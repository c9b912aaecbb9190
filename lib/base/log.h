/* SPDX-License-Identifier: MIT */
/* Log lines, finished, with secrets removed, to the application's function. */
#ifndef TTSS_BASE_LOG_H
#define TTSS_BASE_LOG_H

#include <ttsslice/error.h>
#include <ttsslice/log.h>

/* Copies a logger from options; NULL gives one that says nothing. */
int32_t ttss_logger_read(ttsslice_logger *out, const ttsslice_logger *given, ttsslice_error *err);

void ttss_log(const ttsslice_logger *logger, int32_t level, const char *module, const char *format,
              ...) __attribute__((format(printf, 4, 5)));

/* Overwrites every occurrence of secret (NULL or "" : nothing) in text with asterisks. */
void ttss_redact(char *text, const char *secret);

#endif
