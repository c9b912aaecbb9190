/* SPDX-License-Identifier: MIT */
/* Hashes and deterministic draws; see hash.h. */
#include "base/hash.h"

uint64_t ttss_fnv(uint64_t hash, const void *bytes, size_t length) {
    const unsigned char *p = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t ttss_fnv_u64(uint64_t hash, uint64_t value) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    return ttss_fnv(hash, bytes, sizeof bytes);
}

uint64_t ttss_draw(uint64_t *state) {
    *state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double ttss_draw_unit(uint64_t *state) {
    return (double)(ttss_draw(state) >> 11) * 0x1.0p-53;
}

size_t ttss_draw_below(uint64_t *state, size_t bound) {
    return (size_t)(ttss_draw(state) % bound);
}
