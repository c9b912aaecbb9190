/* SPDX-License-Identifier: MIT */
/* Base64 by table (RFC 4648, section 4); see base64.h. Whole groups go four characters at a time;
 * groups that white space, padding or the end of a piece cuts go one character at a time. */
#include "audio/base64.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define INVALID   0xff
#define SPACE     0xfe
#define PADDING   0xfd
#define FEED_STEP 4096

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Values 0 to 63 are the alphabet's. */
#define X INVALID
static const unsigned char values[256] = {
    X,     X,  X,  X,  X,  X,  X,  X,  X,  SPACE, SPACE, SPACE, SPACE, SPACE,   X,  X,  /* 0x00 */
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  /* 0x10 */
    SPACE, X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     62,    X,     X,       X,  63, /* 0x20 */
    52,    53, 54, 55, 56, 57, 58, 59, 60, 61,    X,     X,     X,     PADDING, X,  X,  /* 0x30 */
    X,     0,  1,  2,  3,  4,  5,  6,  7,  8,     9,     10,    11,    12,      13, 14, /* 0x40 */
    15,    16, 17, 18, 19, 20, 21, 22, 23, 24,    25,    X,     X,     X,       X,  X,  /* 0x50 */
    X,     26, 27, 28, 29, 30, 31, 32, 33, 34,    35,    36,    37,    38,      39, 40, /* 0x60 */
    41,    42, 43, 44, 45, 46, 47, 48, 49, 50,    51,    X,     X,     X,       X,  X,  /* 0x70 */
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  /* 0x80 */
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X, X, X,
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X, X, X,
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X, X, X,
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X, X, X,
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X, X, X,
    X,     X,  X,  X,  X,  X,  X,  X,  X,  X,     X,     X,     X,     X,       X,  X,  X,
};
#undef X

static void encode_group(const unsigned char *in, size_t count, char out[4]) {
    uint32_t bits = (uint32_t)in[0] << 16;
    if (count > 1)
        bits |= (uint32_t)in[1] << 8;
    if (count > 2)
        bits |= in[2];
    out[0] = alphabet[bits >> 18];
    out[1] = alphabet[bits >> 12 & 63];
    out[2] = count > 1 ? alphabet[bits >> 6 & 63] : '=';
    out[3] = count > 2 ? alphabet[bits & 63] : '=';
}

bool ttss_base64_encode(const void *bytes, size_t length, ttss_buf *out) {
    const unsigned char *in = bytes;
    char block[FEED_STEP];
    size_t used = 0;
    while (length) {
        size_t n = length < 3 ? length : 3;
        encode_group(in, n, block + used);
        used += 4;
        in += n;
        length -= n;
        if (used == sizeof block || !length) {
            if (!ttss_buf_add(out, block, used))
                return false;
            used = 0;
        }
    }
    return ttss_buf_add(out, "", 0);
}

void ttss_base64_init(ttss_base64_decoder *decoder) {
    *decoder = (ttss_base64_decoder){0};
}

static int32_t broken(const ttss_base64_decoder *decoder, const char *why, ttsslice_error *err) {
    return ttss_at_offset(err,
                          ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "base64 is damaged at byte %zu: %s",
                                    decoder->offset, why),
                          decoder->offset);
}

/* Takes one character; writes the 0 to 3 bytes of a group that it completes. */
static int32_t take_char(ttss_base64_decoder *decoder, unsigned char c, unsigned char **out,
                         ttsslice_error *err) {
    unsigned char value = values[c];
    if (value == SPACE) {
        decoder->offset++;
        return 0;
    }
    if (value == INVALID)
        return broken(decoder, "the character is not of its alphabet", err);
    if (decoder->ended || (decoder->padding && value != PADDING))
        return broken(decoder, "something follows the padding", err);
    if (value == PADDING) {
        if (decoder->pending < 2)
            return broken(decoder, "padding where a character must be", err);
        unsigned unused = decoder->pending == 2 ? 0xf : 0x3;
        if (!decoder->padding && (decoder->bits & unused))
            return broken(decoder, "bits are set under the padding", err);
        decoder->padding++;
        value = 0;
    }
    decoder->bits = decoder->bits << 6 | value;
    decoder->offset++;
    if (++decoder->pending < 4)
        return 0;
    for (unsigned i = 0; i < 3 - decoder->padding; i++)
        *(*out)++ = (unsigned char)(decoder->bits >> (16 - 8 * i));
    decoder->ended = decoder->padding > 0;
    decoder->bits = decoder->pending = 0;
    return 0;
}

/* Decodes into `to`, which has room for length / 4 * 3 + 3 bytes, and moves it on. */
static int32_t decode_piece(ttss_base64_decoder *decoder, const char *text, size_t length,
                            unsigned char **to, ttsslice_error *err) {
    const unsigned char *in = (const unsigned char *)text;
    const unsigned char *end = in + length;
    unsigned char *out = *to;
    int32_t code = 0;
    while (in < end && !code) {
        while (end - in >= 4 && !decoder->pending && !decoder->ended) {
            unsigned a = values[in[0]], b = values[in[1]], c = values[in[2]], d = values[in[3]];
            if ((a | b | c | d) & 0xc0)
                break;
            uint32_t bits = a << 18 | b << 12 | c << 6 | d;
            out[0] = (unsigned char)(bits >> 16);
            out[1] = (unsigned char)(bits >> 8);
            out[2] = (unsigned char)bits;
            out += 3;
            in += 4;
            decoder->offset += 4;
        }
        if (in < end)
            code = take_char(decoder, *in++, &out, err);
    }
    *to = out;
    return code;
}

int32_t ttss_base64_feed(ttss_base64_decoder *decoder, const char *text, size_t length,
                         ttss_buf *out, ttsslice_error *err) {
    unsigned char block[FEED_STEP / 4 * 3 + 3];
    while (length) {
        unsigned char *to = block;
        size_t n = length < FEED_STEP ? length : FEED_STEP;
        int32_t code = decode_piece(decoder, text, n, &to, err);
        if (code)
            return code;
        if (!ttss_buf_add(out, block, (size_t)(to - block)))
            return ttss_nomem(err);
        text += n;
        length -= n;
    }
    return 0;
}

int32_t ttss_base64_finish(const ttss_base64_decoder *decoder, ttsslice_error *err) {
    return decoder->pending ? broken(decoder, "the text ends inside a group of four", err) : 0;
}

/* Length of "data:TYPE;base64," in front, or 0. A type is short. */
static size_t data_prefix(const char *text, size_t length) {
    static const char scheme[] = "data:", marker[] = ";base64,";
    const size_t marker_length = sizeof marker - 1;
    if (length < sizeof scheme - 1 || strncasecmp(text, scheme, sizeof scheme - 1) != 0)
        return 0;
    size_t last = length < 256 ? length : 256;
    for (size_t i = sizeof scheme - 1; i + marker_length <= last; i++)
        if (strncasecmp(text + i, marker, marker_length) == 0)
            return i + marker_length;
    return 0;
}

int32_t ttss_base64_decode(const char *text, size_t length, char **out, size_t *out_size,
                           ttsslice_error *err) {
    ttss_base64_decoder decoder;
    ttss_base64_init(&decoder);
    decoder.offset = data_prefix(text, length);
    unsigned char *bytes = malloc(length / 4 * 3 + 4);
    if (!bytes)
        return ttss_nomem(err);
    unsigned char *to = bytes;
    int32_t code = decode_piece(&decoder, text + decoder.offset, length - decoder.offset, &to, err);
    if (!code)
        code = ttss_base64_finish(&decoder, err);
    if (code) {
        free(bytes);
        return code;
    }
    *to = '\0';
    *out = (char *)bytes;
    *out_size = (size_t)(to - bytes);
    return 0;
}
