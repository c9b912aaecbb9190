/* SPDX-License-Identifier: MIT */
/* Growing byte buffer; see buf.h. */
#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ttss_buf_init(ttss_buf *buf, size_t maximum) {
    *buf = (ttss_buf){.maximum = maximum};
}

void ttss_buf_free(ttss_buf *buf) {
    free(buf->data);
    ttss_buf_init(buf, buf->maximum);
}

static bool reserve(ttss_buf *buf, size_t more) {
    if (buf->failed)
        return false;
    if (more > buf->maximum - buf->length ||
        !ttss_grow((void **)&buf->data, &buf->capacity, buf->length + more + 1, 1))
        buf->failed = true;
    return !buf->failed;
}

char *ttss_buf_reserve(ttss_buf *buf, size_t more) {
    return reserve(buf, more) ? buf->data + buf->length : NULL;
}

void ttss_buf_grown(ttss_buf *buf, size_t by) {
    buf->length += by;
    buf->data[buf->length] = '\0';
}

bool ttss_buf_add(ttss_buf *buf, const void *bytes, size_t length) {
    if (!reserve(buf, length))
        return false;
    if (length)
        memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
    return true;
}

bool ttss_buf_add_text(ttss_buf *buf, const char *text) {
    return ttss_buf_add(buf, text, strlen(text));
}

bool ttss_buf_add_char(ttss_buf *buf, char c) {
    return ttss_buf_add(buf, &c, 1);
}

bool ttss_buf_add_int(ttss_buf *buf, int64_t value) {
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        digits[--at] = '-';
    return ttss_buf_add(buf, digits + at, sizeof digits - at);
}

bool ttss_buf_printf(ttss_buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        buf->failed = true;
    if (length < 0 || !reserve(buf, (size_t)length))
        return false;
    va_start(args, format);
    vsnprintf(buf->data + buf->length, (size_t)length + 1, format, args);
    va_end(args);
    buf->length += (size_t)length;
    return true;
}

char *ttss_buf_take(ttss_buf *buf) {
    char *data = NULL;
    if (ttss_buf_add(buf, "", 0)) {
        data = buf->data;
        buf->data = NULL;
    }
    ttss_buf_free(buf);
    return data;
}
