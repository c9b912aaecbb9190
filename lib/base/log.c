/* SPDX-License-Identifier: MIT */
/* Log lines; see log.h. */
#include "base/log.h"

#include "base/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int32_t ttss_logger_read(ttsslice_logger *out, const ttsslice_logger *given, ttsslice_error *err) {
    *out = (ttsslice_logger)TTSSLICE_LOGGER_INIT;
    return ttss_options_read(out, sizeof *out, sizeof *out, given, "ttsslice_logger", err);
}

void ttss_log(const ttsslice_logger *logger, int32_t level, const char *module, const char *format,
              ...) {
    if (!logger || !logger->fn || level < logger->level)
        return;
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
    logger->fn(level, module, line, logger->user_data);
}

void ttss_redact(char *text, const char *secret) {
    size_t length = secret ? strlen(secret) : 0;
    if (!length)
        return;
    for (char *hit = strstr(text, secret); hit; hit = strstr(hit + length, secret))
        memset(hit, '*', length);
}
