/* SPDX-License-Identifier: MIT */
/* The one growing byte buffer. It has a maximum from the start, remembers that it failed, and is
 * always NUL-terminated, so a chain of appends needs one check at its end. */
#ifndef TTSS_BASE_BUF_H
#define TTSS_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ttss_buf {
    char *data;
    size_t length;
    size_t capacity;
    size_t maximum;
    bool failed; /* out of memory, or over the maximum */
} ttss_buf;

void ttss_buf_init(ttss_buf *buf, size_t maximum);
void ttss_buf_free(ttss_buf *buf);

/* Each returns false once the buffer has failed. */
bool ttss_buf_add(ttss_buf *buf, const void *bytes, size_t length);
bool ttss_buf_add_text(ttss_buf *buf, const char *text);
bool ttss_buf_add_char(ttss_buf *buf, char c);
bool ttss_buf_add_int(ttss_buf *buf, int64_t value); /* decimal; quicker than printf */
bool ttss_buf_printf(ttss_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for `more` bytes behind the last one, to be written by the caller, who then says how many
 * there are; NULL once the buffer has failed. */
char *ttss_buf_reserve(ttss_buf *buf, size_t more);
void ttss_buf_grown(ttss_buf *buf, size_t by);

/* Hands the bytes over, to be freed by the caller; NULL if it failed. The buffer is empty then. */
char *ttss_buf_take(ttss_buf *buf);

#endif
