/* SPDX-License-Identifier: MIT */
/* The inner loop of base64 decoding: whole groups of the alphabet's characters, without white space
 * or padding. One version by table for every processor, which is also what the others are tested
 * against, and vector versions where the compiler and the processor know SSSE3 or AVX2. */
#ifndef TTSS_AUDIO_BASE64_BLOCK_H
#define TTSS_AUDIO_BASE64_BLOCK_H

#include <stddef.h>

/* Decodes groups of four characters until fewer are left or one holds a character that is not of
 * the alphabet. Returns how many characters were taken, a multiple of four; for each four there are
 * three bytes in `out`, which has room for length / 4 * 3 and is not written beyond that. */
typedef size_t (*ttss_base64_block_fn)(const char *text, size_t length, unsigned char *out);

size_t ttss_base64_block_table(const char *text, size_t length, unsigned char *out);

/* NULL where this compiler or processor has none. */
ttss_base64_block_fn ttss_base64_block_ssse3(void);
ttss_base64_block_fn ttss_base64_block_avx2(void);

/* The fastest one there is. */
ttss_base64_block_fn ttss_base64_block(void);

/* What a character stands for: 0 to 63, or one of these. */
#define TTSS_BASE64_INVALID 0xff
#define TTSS_BASE64_SPACE   0xfe
#define TTSS_BASE64_PADDING 0xfd
extern const unsigned char ttss_base64_values[256];

#endif
