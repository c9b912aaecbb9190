/* SPDX-License-Identifier: MIT */
/* The first of several bytes in a text: 16 at a time with SSE2, which every x86-64 has, and one at
 * a time by table elsewhere. For marks and line ends, by their first byte in UTF-8. */
#ifndef TTSS_BASE_FIND_H
#define TTSS_BASE_FIND_H

#include <stddef.h>

#define TTSS_FIND_ASCII 5
#define TTSS_FIND_HIGH  9

/* A byte 16 times, for an initialiser. */
#define TTSS_FIND_BYTE(b)                                                                          \
    { b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b }

typedef struct ttss_byte_set {
    _Alignas(16) unsigned char ascii[TTSS_FIND_ASCII][16]; /* below 0x80; repeat one to fill up */
    unsigned char high[TTSS_FIND_HIGH][16];                /* from 0x80 on; the same */
    unsigned char member[256];                             /* 1 for all of them */
} ttss_byte_set;

/* The first byte of text[pos, end) that is in the set, or end. */
size_t ttss_find(const ttss_byte_set *set, const char *text, size_t pos, size_t end);

#endif
