/* SPDX-License-Identifier: MIT */
/* Hashes and draws that are the same in every process and on every machine. Not for security.
 * FNV-1a: Fowler, Noll, Vo, RFC 9923. SplitMix64: Steele, Lea, Flood, OOPSLA 2014. */
#ifndef TTSS_BASE_HASH_H
#define TTSS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define TTSS_FNV_START UINT64_C(0xcbf29ce484222325)

uint64_t ttss_fnv(uint64_t hash, const void *bytes, size_t length);
uint64_t ttss_fnv_u64(uint64_t hash, uint64_t value); /* as 8 bytes, little end first */

/* Next draw of a generator whose state is *state. */
uint64_t ttss_draw(uint64_t *state);
double ttss_draw_unit(uint64_t *state);                /* [0, 1) */
size_t ttss_draw_below(uint64_t *state, size_t bound); /* [0, bound), bound > 0 */

#endif
