/* SPDX-License-Identifier: MIT */
/* Derived seeds: FNV-1a over the inputs (texts behind their length, numbers as eight bytes), then
 * one step of SplitMix64 so that neighbouring inputs give unrelated seeds. The values are part of
 * the contract: two releases must ask an engine for the same take. */
#include <ttsslice/engine.h>

#include "base/hash.h"

#include <string.h>

static uint64_t add_text(uint64_t hash, const char *text, size_t length) {
    return ttss_fnv(ttss_fnv_u64(hash, length), text, length);
}

uint32_t ttsslice_seed(int64_t base, const char *text, size_t length, const char *voice,
                       int32_t candidate, int32_t attempt) {
    if (!text)
        length = 0;
    else if (length == TTSSLICE_NUL_TERMINATED)
        length = strlen(text);
    uint64_t hash = ttss_fnv_u64(TTSS_FNV_START, (uint64_t)base);
    hash = add_text(hash, text, length);
    hash = add_text(hash, voice, voice ? strlen(voice) : 0);
    hash = ttss_fnv_u64(hash, (uint64_t)(int64_t)candidate);
    hash = ttss_fnv_u64(hash, (uint64_t)(int64_t)attempt);
    return (uint32_t)ttss_draw(&hash);
}
