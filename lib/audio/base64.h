/* SPDX-License-Identifier: MIT */
/* Base64, the standard alphabet with padding (RFC 4648, section 4). Strict: what is not white space
 * must be whole groups of four, padding only at the very end, and unused bits zero. White space
 * (space, \t, \n, \v, \f, \r) is skipped anywhere. A failure is PROTOCOL, with the offset of the
 * byte that is wrong. */
#ifndef TTSS_AUDIO_BASE64_H
#define TTSS_AUDIO_BASE64_H

#include "base/buf.h"

#include <ttsslice/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Appends the text of `length` bytes; false once the buffer has failed. */
bool ttss_base64_encode(const void *bytes, size_t length, ttss_buf *out);

/* Decoding in pieces cut anywhere. */
typedef struct ttss_base64_decoder {
    uint32_t bits;    /* of the group that is begun */
    unsigned pending; /* characters in it, padding included */
    unsigned padding; /* of those, how many are '=' */
    bool ended;       /* a padded group is complete: only white space may follow */
    size_t offset;    /* characters taken so far */
} ttss_base64_decoder;

void ttss_base64_init(ttss_base64_decoder *decoder);
/* Decodes a further piece, appending to `out`. After a failure the decoder cannot go on. */
int32_t ttss_base64_feed(ttss_base64_decoder *decoder, const char *text, size_t length,
                         ttss_buf *out, ttsslice_error *err);
/* Checks that the text is complete. */
int32_t ttss_base64_finish(const ttss_base64_decoder *decoder, ttsslice_error *err);

/* Length of "data:TYPE;base64," in front of a text, or 0. */
size_t ttss_base64_prefix(const char *text, size_t length);

/* The whole text at once, also with "data:TYPE;base64," in front. *out is from malloc and has a NUL
 * behind it. */
int32_t ttss_base64_decode(const char *text, size_t length, char **out, size_t *out_size,
                           ttsslice_error *err);

#endif
