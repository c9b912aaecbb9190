/* SPDX-License-Identifier: MIT */
/* UTF-8 with a length: validation, decoding, counting (RFC 3629). Unicode properties come from
 * utf8proc. */
#ifndef TTSS_BASE_UTF8_H
#define TTSS_BASE_UTF8_H

#include <ttsslice/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Resolves TTSSLICE_NUL_TERMINATED and checks a text from outside: not NULL, valid UTF-8, no NUL
 * byte. On success *length is its length in bytes. Fails with INVALID or TEXT (byte_offset). */
int32_t ttss_text_check(const char *text, size_t *length, ttsslice_error *err);

/* First byte that is not valid UTF-8, or length. NUL is valid here. */
size_t ttss_utf8_valid_prefix(const char *text, size_t length);

/* ttss_utf8_next() of a character that is neither ASCII nor of three bytes. */
uint32_t ttss_utf8_next_wide(const char *text, size_t length, size_t *pos);

/* Decodes the character at *pos, which must be valid UTF-8, and moves *pos behind it. */
static inline uint32_t ttss_utf8_next(const char *text, size_t length, size_t *pos) {
    const unsigned char *p = (const unsigned char *)text + *pos;
    if (p[0] < 0x80) {
        *pos += 1;
        return p[0];
    }
    if (p[0] < 0xE0 || p[0] >= 0xF0 || length - *pos < 3)
        return ttss_utf8_next_wide(text, length, pos);
    *pos += 3;
    return ((uint32_t)(p[0] & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) | (p[2] & 0x3FU);
}

/* Start of the character before pos > 0. */
static inline size_t ttss_utf8_previous(const char *text, size_t pos) {
    do
        pos--;
    while (pos > 0 && ((unsigned char)text[pos] & 0xC0) == 0x80);
    return pos;
}

/* Code points in a valid text. */
size_t ttss_utf8_count(const char *text, size_t length);

/* Writes a code point, at most 4 bytes; returns how many. */
size_t ttss_utf8_put(uint32_t c, char *out);

/* ttss_is_space() of a character that is not ASCII. */
bool ttss_is_wide_space(uint32_t c);

/* White space: Unicode White_Space, with U+FEFF, U+200B and U+2060 (zero width). */
static inline bool ttss_is_space(uint32_t c) {
    return c < 0x80 ? c == ' ' || (c >= 0x09 && c <= 0x0D) : ttss_is_wide_space(c);
}

/* The next two where it is not plain at once. */
size_t ttss_skip_any_space(const char *text, size_t pos, size_t end);
size_t ttss_trim_any_end(const char *text, size_t start, size_t pos);

/* Seen on paper: ASCII without space and control characters. */
static inline bool ttss_is_ascii_graph(char c) {
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F;
}

/* Start of what follows the white space at pos. */
static inline size_t ttss_skip_space(const char *text, size_t pos, size_t end) {
    if (pos < end && text[pos] == ' ')
        pos++;
    return pos >= end || ttss_is_ascii_graph(text[pos]) ? pos : ttss_skip_any_space(text, pos, end);
}

/* End of the text before pos, without white space, at least start. */
static inline size_t ttss_trim_end(const char *text, size_t start, size_t pos) {
    return pos <= start || ttss_is_ascii_graph(text[pos - 1]) ? pos
                                                              : ttss_trim_any_end(text, start, pos);
}

#endif
