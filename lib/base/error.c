/* SPDX-License-Identifier: MIT */
/* Error codes, their names, and the filling of error records. */
#include "base/error.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int32_t code;
    const char *name;
} code_names[] = {
    {TTSSLICE_OK, "OK"},
    {TTSSLICE_ERR_INVALID, "INVALID"},
    {TTSSLICE_ERR_OPTION, "OPTION"},
    {TTSSLICE_ERR_TEXT, "TEXT"},
    {TTSSLICE_ERR_EMPTY, "EMPTY"},
    {TTSSLICE_ERR_NOMEM, "NOMEM"},
    {TTSSLICE_ERR_IO, "IO"},
    {TTSSLICE_ERR_NO_SPACE, "NO_SPACE"},
    {TTSSLICE_ERR_SYSTEM, "SYSTEM"},
    {TTSSLICE_ERR_NETWORK, "NETWORK"},
    {TTSSLICE_ERR_TIMEOUT, "TIMEOUT"},
    {TTSSLICE_ERR_HTTP, "HTTP"},
    {TTSSLICE_ERR_AUTH, "AUTH"},
    {TTSSLICE_ERR_ENDPOINT, "ENDPOINT"},
    {TTSSLICE_ERR_PROTOCOL, "PROTOCOL"},
    {TTSSLICE_ERR_JOB, "JOB"},
    {TTSSLICE_ERR_EMPTY_RESULT, "EMPTY_RESULT"},
    {TTSSLICE_ERR_AUDIO, "AUDIO"},
    {TTSSLICE_ERR_UNAVAILABLE, "UNAVAILABLE"},
    {TTSSLICE_ERR_ENGINE, "ENGINE"},
    {TTSSLICE_ERR_CANCELLED, "CANCELLED"},
    {TTSSLICE_ERR_CALLBACK, "CALLBACK"},
    {TTSSLICE_ERR_INCOMPLETE, "INCOMPLETE"},
    {TTSSLICE_ERR_END, "END"},
    {TTSSLICE_ERR_LIMIT, "LIMIT"},
    {TTSSLICE_ERR_EXHAUSTED, "EXHAUSTED"},
    {TTSSLICE_ERR_INTERNAL, "INTERNAL"},
};

const char *ttsslice_code_name(int32_t code) {
    for (size_t i = 0; i < sizeof code_names / sizeof code_names[0]; i++)
        if (code_names[i].code == code)
            return code_names[i].name;
    return "UNKNOWN";
}

const char *ttsslice_slice_name(int32_t slice) {
    static const char *const names[] = {"none",     "generate", "chunk", "dispatch",
                                        "validate", "select",   "concat"};
    return slice >= 0 && slice <= TTSSLICE_SLICE_CONCAT ? names[slice] : "none";
}

void ttss_tidy(char *message) {
    size_t length = strlen(message);
    for (size_t bad = ttss_utf8_valid_prefix(message, length); bad < length;
         bad = ttss_utf8_valid_prefix(message, length))
        message[bad] = '?';
    for (char *p = message; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
}

static void fill(ttsslice_error *err, int32_t code, const char *format, va_list args) {
    err->code = code;
    err->slice = TTSSLICE_SLICE_NONE;
    err->chunk = -1;
    err->byte_offset = -1;
    err->retry_after_s = -1.0;
    err->http_status = 0;
    vsnprintf(err->message, sizeof err->message, format, args);
    ttss_tidy(err->message);
}

int32_t ttss_fail(ttsslice_error *err, int32_t code, const char *format, ...) {
    if (err) {
        va_list args;
        va_start(args, format);
        fill(err, code, format, args);
        va_end(args);
    }
    return code;
}

int32_t ttss_pass_error(int32_t code, const ttsslice_error *own, ttsslice_error *err) {
    if (code && err)
        *err = *own;
    return code;
}

int32_t ttss_nomem(ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_NOMEM, "out of memory");
}

int32_t ttss_fail_errno(ttsslice_error *err, int error_number, const char *format, ...) {
    int32_t code = TTSSLICE_ERR_IO;
    if (error_number == ENOSPC || error_number == EDQUOT)
        code = TTSSLICE_ERR_NO_SPACE;
    else if (error_number == ENOMEM)
        code = TTSSLICE_ERR_NOMEM;
    if (err) {
        char reason[128];
        va_list args;
        va_start(args, format);
        fill(err, code, format, args);
        va_end(args);
        /* The XSI form; it is thread safe, which strerror is not. */
        if (strerror_r(error_number, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "error %d", error_number);
        size_t used = strlen(err->message);
        snprintf(err->message + used, sizeof err->message - used, ": %s", reason);
        ttss_tidy(err->message);
    }
    return code;
}

int32_t ttss_at_offset(ttsslice_error *err, int32_t code, size_t byte_offset) {
    if (err)
        err->byte_offset = (int64_t)byte_offset;
    return code;
}

int32_t ttss_in_slice(ttsslice_error *err, int32_t code, int32_t slice, int64_t chunk) {
    if (err) {
        err->slice = slice;
        err->chunk = chunk;
    }
    return code;
}
