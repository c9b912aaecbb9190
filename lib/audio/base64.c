/* SPDX-License-Identifier: MIT */
/* Base64 (RFC 4648, section 4); see base64.h. Whole groups are decoded in blocks; groups that white
 * space, padding or the end of a piece cuts go one character at a time. */
#include "audio/base64.h"

#include "audio/base64_block.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ENCODE_STEP 4096

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
    char block[ENCODE_STEP];
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
    unsigned char value = ttss_base64_values[c];
    if (value == TTSS_BASE64_SPACE) {
        decoder->offset++;
        return 0;
    }
    if (value == TTSS_BASE64_INVALID)
        return broken(decoder, "the character is not of its alphabet", err);
    if (decoder->ended || (decoder->padding && value != TTSS_BASE64_PADDING))
        return broken(decoder, "something follows the padding", err);
    if (value == TTSS_BASE64_PADDING) {
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
    ttss_base64_block_fn block = ttss_base64_block();
    unsigned char *out = *to;
    size_t at = 0;
    int32_t code = 0;
    while (at < length && !code) {
        if (!decoder->pending && !decoder->ended) {
            size_t taken = block(text + at, length - at, out);
            out += taken / 4 * 3;
            at += taken;
            decoder->offset += taken;
        }
        if (at < length)
            code = take_char(decoder, (unsigned char)text[at++], &out, err);
    }
    *to = out;
    return code;
}

int32_t ttss_base64_feed(ttss_base64_decoder *decoder, const char *text, size_t length,
                         ttss_buf *out, ttsslice_error *err) {
    unsigned char *start = (unsigned char *)ttss_buf_reserve(out, length / 4 * 3 + 3);
    unsigned char *to = start;
    if (!start)
        return ttss_nomem(err);
    int32_t code = decode_piece(decoder, text, length, &to, err);
    ttss_buf_grown(out, (size_t)(to - start));
    return code;
}

int32_t ttss_base64_finish(const ttss_base64_decoder *decoder, ttsslice_error *err) {
    return decoder->pending ? broken(decoder, "the text ends inside a group of four", err) : 0;
}

/* A type is short. */
size_t ttss_base64_prefix(const char *text, size_t length) {
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
    decoder.offset = ttss_base64_prefix(text, length);
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
