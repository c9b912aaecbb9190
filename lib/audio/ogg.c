/* SPDX-License-Identifier: MIT */
/* Ogg pages (RFC 3533, section 6): 27 bytes of header, up to 255 lengths, up to 65,025 bytes of
 * body. The checksum is a CRC-32 with polynomial 0x04c11db7, not reflected, starting at 0, taken
 * over the page with the checksum itself as 0. */
#define _GNU_SOURCE /* memmem */
#include "audio/ogg.h"

#include "base/error.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HEADER      27
#define FLAGS_AT    5
#define POSITION_AT 6 /* in the sound */
#define SERIAL_AT   14
#define NUMBER_AT   18
#define CRC_AT      22
#define PAGE_MAX    (HEADER + 255 + 255 * 255)

static const unsigned char serial[4] = {'t', 't', 's', '1'};

static void make_table(uint32_t table[256]) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = crc << 1 ^ (crc & 0x80000000u ? 0x04c11db7u : 0);
        table[i] = crc;
    }
}

static uint32_t checksum(const uint32_t table[256], const unsigned char *bytes, size_t length) {
    uint32_t crc = 0;
    for (size_t i = 0; i < length; i++)
        crc = crc << 8 ^ table[crc >> 24 ^ bytes[i]];
    return crc;
}

/* Length of the page that begins a block of `got` bytes; 0 if it is not all there. */
static size_t page_length(const unsigned char *page, int64_t got) {
    if (got < HEADER || memcmp(page, "OggS", 4) != 0)
        return 0;
    size_t length = HEADER + (size_t)page[HEADER - 1];
    if ((size_t)got < length)
        return 0;
    for (size_t i = HEADER, lacing_end = length; i < lacing_end; i++)
        length += page[i];
    return (size_t)got < length ? 0 : length;
}

bool ttss_ogg_set_serial(ttss_store *store) {
    uint32_t table[256];
    unsigned char *page = malloc(PAGE_MAX);
    int64_t position = 0;
    if (!page) {
        store->error = ENOMEM;
        return false;
    }
    make_table(table);
    while (position < store->size) {
        size_t length = page_length(page, ttss_store_read_at(store, position, page, PAGE_MAX));
        if (!length)
            break;
        memcpy(page + SERIAL_AT, serial, sizeof serial);
        memset(page + CRC_AT, 0, 4);
        uint32_t crc = checksum(table, page, length);
        for (int i = 0; i < 4; i++)
            page[CRC_AT + i] = (unsigned char)(crc >> 8 * i);
        if (ttss_store_write_at(store, position, page, (int64_t)length) != (int64_t)length)
            break;
        position += (int64_t)length;
    }
    free(page);
    return position == store->size;
}

/* --- whether all pages are there ------------------------------------------------------------ */

/* Streams that are interleaved; of more, the sequence is not watched. */
#define STREAMS_MAX 16

typedef struct stream {
    unsigned char serial[4];
    uint32_t next;  /* number of the page that is to follow */
    bool has_sound; /* a page with a position was there: before are headers */
    bool has_ended, is_known;
} stream;

typedef struct walk {
    ttss_store *store;
    unsigned char *page; /* PAGE_MAX bytes */
    uint32_t table[256];
    int64_t at;
    int64_t end; /* of the last page */
    stream streams[STREAMS_MAX];
    size_t count;
    bool has_sound; /* one of them has */
} walk;

static uint32_t le32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int32_t damaged(const walk *w, const char *what, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the ogg file is damaged: %s at byte %lld of %lld; fetch it again", what,
                     (long long)w->at, (long long)w->store->size);
}

/* NULL: there are too many. */
static stream *stream_of(walk *w, const unsigned char *number) {
    for (size_t i = 0; i < w->count; i++)
        if (memcmp(w->streams[i].serial, number, sizeof serial) == 0)
            return &w->streams[i];
    if (w->count == STREAMS_MAX)
        return NULL;
    stream *s = &w->streams[w->count++];
    memcpy(s->serial, number, sizeof serial);
    return s;
}

/* Headers have none, nor has a page in which no packet ends. */
static bool has_position(const unsigned char *page) {
    static const unsigned char zero[] = {0, 0, 0, 0, 0, 0, 0, 0};
    static const unsigned char unknown[] = {255, 255, 255, 255, 255, 255, 255, 255};
    return memcmp(page + POSITION_AT, zero, sizeof zero) != 0 &&
           memcmp(page + POSITION_AT, unknown, sizeof unknown) != 0;
}

/* A recording of a broadcast has the headers and goes on at any page, and may lack them. */
static int32_t check_sequence(walk *w, ttsslice_error *err) {
    enum { FIRST = 2, LAST = 4 };
    const unsigned char *page = w->page;
    const uint32_t number = le32(page + NUMBER_AT);
    stream *s = stream_of(w, page + SERIAL_AT);
    if (!s)
        return 0;
    if (page[FLAGS_AT] & FIRST && w->has_sound)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the ogg file is several in one, and only the first would be heard: "
                         "split it at byte %lld, or convert it to wav",
                         (long long)w->at);
    const bool sounds = has_position(page);
    if (s->is_known && number != s->next && (s->has_sound || !sounds || w->at > w->end))
        return damaged(w, "pages are missing", err);
    s->next = number + 1;
    s->is_known = true;
    s->has_sound |= sounds;
    w->has_sound |= sounds;
    s->has_ended = page[FLAGS_AT] & LAST;
    return 0;
}

/* Goes to the next page, over what is none. */
static void skip(walk *w) {
    int64_t got = 0;
    w->at++;
    while ((got = ttss_store_read_at(w->store, w->at, w->page, PAGE_MAX)) >= 4) {
        const unsigned char *found = memmem(w->page, (size_t)got, "OggS", 4);
        if (found) {
            w->at += found - w->page;
            return;
        }
        w->at += got - 3;
    }
    w->at = w->store->size;
}

static int32_t step(walk *w, ttsslice_error *err) {
    const int64_t got = ttss_store_read_at(w->store, w->at, w->page, PAGE_MAX);
    if (got < 4 || memcmp(w->page, "OggS", 4) != 0) {
        skip(w);
        return 0;
    }
    const size_t length = page_length(w->page, got);
    if (!length)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the ogg file is cut short: it ends in the middle of a page; fetch it "
                         "again");
    const uint32_t told = le32(w->page + CRC_AT);
    memset(w->page + CRC_AT, 0, 4);
    if (checksum(w->table, w->page, length) != told)
        return damaged(w, "a page does not have its checksum", err);
    const int32_t code = check_sequence(w, err);
    w->at += (int64_t)length;
    w->end = w->at;
    return code;
}

/* What lies behind the last page is a tag of another format, or the rest of a damaged page. */
static int32_t check_end(walk *w, ttsslice_error *err) {
    bool ended = true;
    for (size_t i = 0; i < w->count; i++)
        ended = ended && w->streams[i].has_ended;
    w->at = w->end;
    if (w->end < w->store->size && !ended)
        return damaged(w, "what follows the last whole page is none", err);
    w->store->size = w->end;
    return 0;
}

int32_t ttss_ogg_check(ttss_store *store, ttsslice_error *err) {
    walk *w = ttss_new(walk);
    unsigned char *page = malloc(PAGE_MAX);
    int32_t code = w && page ? 0 : ttss_nomem(err);
    if (!code) {
        w->store = store;
        w->page = page;
        make_table(w->table);
    }
    while (!code && w->at < store->size)
        code = step(w, err);
    if (!code)
        code = check_end(w, err);
    free(page);
    free(w);
    return code;
}
