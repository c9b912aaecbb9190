/* SPDX-License-Identifier: MIT */
/* Ogg pages (RFC 3533, section 6): 27 bytes of header, up to 255 lengths, up to 65,025 bytes of
 * body. The checksum is a CRC-32 with polynomial 0x04c11db7, not reflected, starting at 0, taken
 * over the page with the checksum itself as 0. */
#include "audio/ogg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HEADER    27
#define SERIAL_AT 14
#define CRC_AT    22
#define PAGE_MAX  (HEADER + 255 + 255 * 255)

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

/* Length of the page that begins at position, read into `page`; 0 if there is none. */
static size_t read_page(ttss_store *store, int64_t position, unsigned char *page) {
    int64_t got = ttss_store_read_at(store, position, page, PAGE_MAX);
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
        size_t length = read_page(store, position, page);
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

/* Whether the page that begins at `at` among `left` bytes ends within them. */
static bool is_whole_page(const unsigned char *at, int64_t left) {
    if (left < HEADER || left < HEADER + at[HEADER - 1])
        return false;
    int64_t length = HEADER + at[HEADER - 1];
    for (int64_t i = HEADER, lacing_end = length; i < lacing_end; i++)
        length += at[i];
    return length <= left;
}

bool ttss_ogg_is_whole(ttss_store *store) {
    const int64_t from = store->size > PAGE_MAX ? store->size - PAGE_MAX : 0;
    unsigned char *tail = malloc(PAGE_MAX);
    bool whole = true;
    if (!tail) {
        store->error = ENOMEM;
        return true;
    }
    const int64_t got = ttss_store_read_at(store, from, tail, PAGE_MAX);
    for (int64_t i = got - 4; i >= 0; i--)
        if (memcmp(tail + i, "OggS", 4) == 0) {
            whole = is_whole_page(tail + i, got - i);
            break;
        }
    free(tail);
    return whole;
}
