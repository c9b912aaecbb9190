/* SPDX-License-Identifier: MIT */
/* Groups of base64; see base64_block.h. The vector versions follow W. Mula and D. Lemire, "Faster
 * Base64 Encoding and Decoding Using AVX2 Instructions" (ACM Trans. Web 12(3), 2018): the two
 * halves of a character each look up a set of bits, which meet only if the character is not of the
 * alphabet; the high half also looks up what has to be added to get the value; two multiplications
 * and a shuffle then close the gaps of two bits. */
#include "audio/base64_block.h"

#include <stdint.h>

#define X TTSS_BASE64_INVALID
#define S TTSS_BASE64_SPACE
#define P TTSS_BASE64_PADDING
/* clang-format off */
const unsigned char ttss_base64_values[256] = {
    X,  X,  X,  X,  X,  X,  X,  X,  X,  S,  S,  S,  S,  S,  X,  X,  /* 0x00 */
    X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  /* 0x10 */
    S,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  62, X,  X,  X,  63, /* 0x20 */
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X,  X,  X,  P,  X,  X,  /* 0x30 */
    X,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, /* 0x40 */
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, X,  X,  X,  X,  X,  /* 0x50 */
    X,  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* 0x60 */
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, X,  X,  X,  X,  X,  /* 0x70 */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
};
/* clang-format on */
#undef X
#undef S
#undef P

size_t ttss_base64_block_table(const char *text, size_t length, unsigned char *out) {
    const unsigned char *in = (const unsigned char *)text;
    const unsigned char *values = ttss_base64_values;
    size_t at = 0;
    for (; length - at >= 4; at += 4, out += 3) {
        unsigned a = values[in[at]], b = values[in[at + 1]];
        unsigned c = values[in[at + 2]], d = values[in[at + 3]];
        if ((a | b | c | d) & 0xc0)
            break;
        uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        out[0] = (unsigned char)(bits >> 16);
        out[1] = (unsigned char)(bits >> 8);
        out[2] = (unsigned char)bits;
    }
    return at;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/* HIGH[r] is the bit of row r of ASCII: 0 to 3 for 2x, 3x, 4x and 6x, 5x and 7x, and 4 for rows
 * without a character of the alphabet. LOW[n] has the bits of the rows where column n is none. */
#define LOW                                                                                        \
    0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a
#define HIGH                                                                                       \
    0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10
/* By row, but '/' has that of row 1, which is empty. */
#define SHIFT 0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0
#define CLOSE 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1

/* A store writes four bytes too many, so the last characters are left to the table. */
__attribute__((target("ssse3"))) static size_t by_ssse3(const char *text, size_t length,
                                                        unsigned char *out) {
    const __m128i low_set = _mm_setr_epi8(LOW), high_set = _mm_setr_epi8(HIGH);
    const __m128i shift = _mm_setr_epi8(SHIFT), close = _mm_setr_epi8(CLOSE);
    const __m128i half = _mm_set1_epi8(0x0f), slash = _mm_set1_epi8('/');
    size_t at = 0;
    for (; length - at >= 24; at += 16, out += 12) {
        __m128i v = _mm_loadu_si128((const void *)(text + at));
        __m128i high = _mm_and_si128(_mm_srli_epi32(v, 4), half);
        __m128i bad = _mm_and_si128(_mm_shuffle_epi8(low_set, _mm_and_si128(v, half)),
                                    _mm_shuffle_epi8(high_set, high));
        if (_mm_movemask_epi8(_mm_cmpeq_epi8(bad, _mm_setzero_si128())) != 0xffff)
            break;
        v = _mm_add_epi8(v, _mm_shuffle_epi8(shift, _mm_add_epi8(_mm_cmpeq_epi8(v, slash), high)));
        v = _mm_maddubs_epi16(v, _mm_set1_epi32(0x01400140));
        v = _mm_madd_epi16(v, _mm_set1_epi32(0x00011000));
        _mm_storeu_si128((void *)out, _mm_shuffle_epi8(v, close));
    }
    return at + ttss_base64_block_table(text + at, length - at, out);
}

/* Here a store writes eight bytes too many. */
__attribute__((target("avx2"))) static size_t by_avx2(const char *text, size_t length,
                                                      unsigned char *out) {
    const __m256i low_set = _mm256_setr_epi8(LOW, LOW), high_set = _mm256_setr_epi8(HIGH, HIGH);
    const __m256i shift = _mm256_setr_epi8(SHIFT, SHIFT), close = _mm256_setr_epi8(CLOSE, CLOSE);
    const __m256i half = _mm256_set1_epi8(0x0f), slash = _mm256_set1_epi8('/');
    const __m256i join = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
    size_t at = 0;
    for (; length - at >= 44; at += 32, out += 24) {
        __m256i v = _mm256_loadu_si256((const void *)(text + at));
        __m256i high = _mm256_and_si256(_mm256_srli_epi32(v, 4), half);
        __m256i low = _mm256_and_si256(v, half);
        if (!_mm256_testz_si256(_mm256_shuffle_epi8(low_set, low),
                                _mm256_shuffle_epi8(high_set, high)))
            break;
        v = _mm256_add_epi8(
            v, _mm256_shuffle_epi8(shift, _mm256_add_epi8(_mm256_cmpeq_epi8(v, slash), high)));
        v = _mm256_maddubs_epi16(v, _mm256_set1_epi32(0x01400140));
        v = _mm256_madd_epi16(v, _mm256_set1_epi32(0x00011000));
        v = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(v, close), join);
        _mm256_storeu_si256((void *)out, v);
    }
    return at + ttss_base64_block_table(text + at, length - at, out);
}

ttss_base64_block_fn ttss_base64_block_ssse3(void) {
    return __builtin_cpu_supports("ssse3") ? by_ssse3 : NULL;
}

ttss_base64_block_fn ttss_base64_block_avx2(void) {
    return __builtin_cpu_supports("avx2") ? by_avx2 : NULL;
}

#else

ttss_base64_block_fn ttss_base64_block_ssse3(void) {
    return NULL;
}

ttss_base64_block_fn ttss_base64_block_avx2(void) {
    return NULL;
}

#endif

ttss_base64_block_fn ttss_base64_block(void) {
    ttss_base64_block_fn fn = ttss_base64_block_avx2();
    if (!fn)
        fn = ttss_base64_block_ssse3();
    return fn ? fn : ttss_base64_block_table;
}
