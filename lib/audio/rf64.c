/* SPDX-License-Identifier: MIT */
/* RF64 (EBU Tech 3306, ITU-R BS.2088): the sizes of 64 bits are in a chunk "ds64" before all
 * others, and those of 32 bits are the largest value. The common practice of reserving room for it
 * would give every WAV file a header that simple readers do not expect; instead the rare file that
 * needs it is moved by the size of the chunk when it is complete. */
#include "audio/rf64.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define RIFF_HEAD 12
#define DS64_SIZE 36
#define BLOCK     ((int64_t)1 << 20)

static void put_le(unsigned char *to, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> 8 * i & 0xff);
}

/* Moves [from, size) by DS64_SIZE, from its end. */
static bool move(ttss_store *store, int64_t from) {
    unsigned char *block = malloc((size_t)BLOCK);
    int64_t end = store->size;
    bool done = block != NULL;
    if (!block)
        store->error = ENOMEM;
    while (done && end > from) {
        int64_t n = end - from < BLOCK ? end - from : BLOCK;
        end -= n;
        done = ttss_store_read_at(store, end, block, n) == n &&
               ttss_store_write_at(store, end + DS64_SIZE, block, n) == n;
    }
    free(block);
    return done;
}

bool ttss_wav_to_rf64(ttss_store *store, int64_t frames, int32_t channels) {
    static const unsigned char most[4] = {0xff, 0xff, 0xff, 0xff};
    const uint64_t bytes = (uint64_t)frames * (uint64_t)channels * 2;
    const int64_t data_size_at = store->size - (int64_t)bytes - 4 + DS64_SIZE;
    unsigned char head[RIFF_HEAD + DS64_SIZE] = "RF64\xff\xff\xff\xffWAVEds64";
    if (!move(store, RIFF_HEAD))
        return false;
    put_le(head + 16, DS64_SIZE - 8, 4);
    put_le(head + 20, (uint64_t)store->size - 8, 8);
    put_le(head + 28, bytes, 8);
    put_le(head + 36, (uint64_t)frames, 8);
    return ttss_store_write_at(store, 0, head, sizeof head) == (int64_t)sizeof head &&
           ttss_store_write_at(store, data_size_at, most, sizeof most) == (int64_t)sizeof most;
}
