/* SPDX-License-Identifier: MIT */
/* Sizes in headers are hints; see guard.h. A WAV file that was streamed (its sizes are 0 or close
 * to the largest value) is read to its end, but for what its writer put behind the samples. A file
 * that holds less than it announces, or samples that it does not, is an error instead of a shorter
 * take: libsndfile reads either without a word. FLAC counts its frames, see reader.c; Ogg and MP3
 * are walked through, see ogg.c and mp3.c.
 *
 * WAV, RF64: Microsoft and IBM, Multimedia Programming Interface, 1991; EBU Tech 3306. AIFF: Apple,
 * 1989. Wave64: Sonic Foundry. AU: Sun. */
#include "audio/guard.h"

#include "audio/mp3.h"
#include "audio/ogg.h"
#include "base/error.h"

#include <stdbool.h>
#include <string.h>

/* Sizes from here on are what writers put who do not know the length: 0x7ffff000, 0xffffffff. */
#define STREAMED_FROM 0x7fff0000u
/* Writers that count a header or a pad byte as samples claim up to this much too much. */
#define CLAIM_SLACK 64
/* Tags behind samples are searched in this much at the end; that much behind samples may be
 * anything. */
#define TRAILING_MAX 16384

static uint32_t le32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t be32(const unsigned char *p) {
    return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
}

/* 0 for what no file can have. */
static int64_t le64(const unsigned char *p) {
    const uint64_t value = (uint64_t)le32(p + 4) << 32 | le32(p);
    return value < (uint64_t)1 << 60 ? (int64_t)value : 0;
}

/* --- RIFF ----------------------------------------------------------------------------------- */

static bool is_name(const unsigned char *p) {
    for (int i = 0; i < 4; i++)
        if (p[i] < 0x20 || p[i] > 0x7e)
            return false;
    return true;
}

/* Whether from here to the end of the file, or to its last pad byte, there is one RIFF chunk after
 * the other. A second file is none. */
static bool chunks_to_end(ttss_store *store, int64_t at) {
    unsigned char head[8];
    while (ttss_store_read_at(store, at, head, 8) == 8) {
        if (!is_name(head) || memcmp(head, "RIFF", 4) == 0)
            return false;
        int64_t size = le32(head + 4);
        at += 8 + size + (size & 1);
    }
    return at == store->size || at == store->size + 1;
}

/* Behind samples of unknown size there may be a chunk of tags, which would be heard as a click. It
 * is known by a name and a size that leads just to the end of the file: one in 10^11 places looks
 * like that by chance. Hides all that there are. */
static void hide_trailing_chunks(ttss_store *store, int64_t samples_at) {
    unsigned char tail[TRAILING_MAX];
    bool found = true;
    while (found) {
        int64_t from = store->size - (int64_t)sizeof tail;
        from = from < samples_at ? samples_at : from + ((from ^ samples_at) & 1);
        int64_t got = ttss_store_read_at(store, from, tail, store->size - from);
        found = false;
        for (int64_t i = 0; i + 8 <= got && !found; i += 2) {
            int64_t size = le32(tail + i + 4), left = got - i - 8;
            found = size && (size == left || size + (size & 1) == left) && is_name(tail + i);
            if (found)
                store->size = from + i;
        }
    }
}

/* `size` bytes of samples are announced at a place. libsndfile itself reads to the end of the file
 * if a size is too large, but takes a 0 at its word. */
static int32_t check_samples(ttss_store *store, int64_t at, int64_t size, ttsslice_error *err) {
    const int64_t there = store->size - at;
    if (size < STREAMED_FROM && size > there + CLAIM_SLACK)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the wav file is cut short: it announces %lld bytes of samples and holds "
                         "%lld; fetch it again",
                         (long long)size, (long long)there);
    if (size == 0 && !chunks_to_end(store, at))
        store->ones_at = at - 4;
    if (size >= STREAMED_FROM || store->ones_at) {
        hide_trailing_chunks(store, at);
        return 0;
    }
    if (there - size > TRAILING_MAX && !chunks_to_end(store, at + size + (size & 1)))
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the header of the wav file is wrong: behind the %lld bytes of samples "
                         "that it announces there are %lld bytes more, which are none of its "
                         "chunks; write it again",
                         (long long)size, (long long)(there - size));
    return 0;
}

/* Looks at the chunks up to the samples. */
static int32_t check_riff(ttss_store *store, ttsslice_error *err) {
    unsigned char head[8];
    for (int64_t at = 12; ttss_store_read_at(store, at, head, 8) == 8;) {
        int64_t size = le32(head + 4);
        if (memcmp(head, "data", 4) == 0)
            return check_samples(store, at + 8, size, err);
        at += 8 + size + (size & 1);
    }
    return 0;
}

/* --- others --------------------------------------------------------------------------------- */

/* Containers that tell how long they are. */
static int32_t check_total(const ttss_store *store, const char *kind, int64_t total,
                           ttsslice_error *err) {
    if (total <= store->size + CLAIM_SLACK)
        return 0;
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the %s file is cut short: it announces %lld bytes and holds %lld; fetch it "
                     "again",
                     kind, (long long)total, (long long)store->size);
}

static int64_t told_by_32_bits(uint32_t size, int64_t before) {
    return size && size < STREAMED_FROM ? size + before : 0;
}

static int32_t check(ttss_store *store, ttsslice_error *err) {
    unsigned char head[32] = {0};
    ttss_store_read_at(store, 0, head, sizeof head);
    if (memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WAVE", 4) == 0)
        return check_riff(store, err);
    if (memcmp(head, "RF64", 4) == 0 && memcmp(head + 12, "ds64", 4) == 0)
        return check_total(store, "wav", le64(head + 20) + 8, err);
    if (memcmp(head, "FORM", 4) == 0)
        return check_total(store, "aiff", told_by_32_bits(be32(head + 4), 8), err);
    if (memcmp(head, "riff", 4) == 0)
        return check_total(store, "w64", le64(head + 16), err);
    if (memcmp(head, ".snd", 4) == 0)
        return check_total(store, "au", told_by_32_bits(be32(head + 8), be32(head + 4)), err);
    if (memcmp(head, "OggS", 4) == 0)
        return ttss_ogg_check(store, err);
    return ttss_mp3_check(store, err);
}

/* Where reading fails, whoever reads next says so. */
int32_t ttss_guard(ttss_store *store, ttsslice_error *err) {
    const int32_t code = check(store, err);
    return store->error ? 0 : code;
}
