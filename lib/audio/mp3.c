/* SPDX-License-Identifier: MIT */
/* MPEG audio frame by frame (ISO/IEC 11172-3 and 13818-3, section 2.4.2.3, and the extension "2.5"
 * to low sample rates): each header tells where the next one is, so where none is the file is
 * damaged. Between and behind frames there may be tags: ID3 (id3.org), APE, Lyrics3. Files of LAME
 * and FFmpeg tell their length and a CRC-16 of their frames in the first one, in the tag that Xing
 * began (gabriel.mp3-tech.org/mp3infotag.html). */
#include "audio/mp3.h"

#include "base/error.h"

#include <stdbool.h>
#include <string.h>

#define FRAME_MAX 2881 /* layer II of 160 kbit/s at 8 kHz, with a slot of padding */
/* The tag of Xing lies within this much of the first frame: it follows the side information. */
#define XING_REACH 64
#define LAME_AT    120 /* what LAME added to it */
#define LAME_SIZE  36
/* Writers that count something else as well claim up to this much too much. */
#define CLAIM_SLACK 64
/* Fewer frames than are there are announced by those who count from elsewhere. */
#define FRAMES_SLACK 4

enum { XING_FRAMES = 1, XING_BYTES = 2, XING_ALL = 15 };

typedef struct frame {
    int32_t version, layer, rate, mono; /* the same in all frames of a file */
    int32_t samples;
    int64_t bytes; /* 0: free format */
} frame;

typedef struct walk {
    ttss_store *store;
    frame first;
    unsigned char bytes[FRAME_MAX]; /* those at `at`: */
    int64_t got;
    int64_t start, at, end; /* of the first frame, of the reading, of the last frame */
    int64_t samples;        /* of the frames so far */
    int64_t frames;         /* of them */
    int64_t told;           /* bytes from the first frame on, by the tag there; 0: unknown */
    int64_t frames_told;    /* likewise, but for the first; 0: unknown */
    int32_t crc_told;       /* -1: unknown */
    uint32_t crc;           /* of the frames behind the first */
    uint16_t table[256];
    bool changed; /* says of itself that its frames were changed after that */
} walk;

static uint32_t be32(const unsigned char *p) {
    return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
}

static uint32_t le32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* --- one frame ------------------------------------------------------------------------------ */

static bool read_header(const unsigned char *p, frame *f) {
    static const int32_t rates[] = {44100, 48000, 32000};
    /* kbit/s: version 1 by layer, then version 2 layer I, and its layers II and III */
    static const int32_t kbits[][15] = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}};
    const int32_t version = p[1] >> 3 & 3, layer = 4 - (p[1] >> 1 & 3);
    const int32_t kbit = p[2] >> 4, rate = p[2] >> 2 & 3, slot = p[2] >> 1 & 1;
    if (p[0] != 0xff || (p[1] & 0xe0) != 0xe0 || version == 1 || layer == 4 || kbit == 15 ||
        rate == 3)
        return false;
    const bool is_1 = version == 3;
    const int64_t bits = (int64_t)1000 * kbits[is_1 ? layer - 1 : layer == 1 ? 3 : 4][kbit];
    *f = (frame){.version = version,
                 .layer = layer,
                 .rate = rates[rate] >> (is_1           ? 0
                                         : version == 2 ? 1
                                                        : 2),
                 .mono = p[3] >> 6 == 3};
    f->samples = layer == 1 ? 384 : layer == 3 && !is_1 ? 576 : 1152;
    if (kbit)
        f->bytes =
            layer == 1 ? (12 * bits / f->rate + slot) * 4 : f->samples / 8 * bits / f->rate + slot;
    return true;
}

static bool is_same_kind(const frame *a, const frame *b) {
    return a->version == b->version && a->layer == b->layer && a->rate == b->rate &&
           a->mono == b->mono;
}

/* CRC-16 with polynomial 0x8005, reflected, from 0. */
static void make_table(uint16_t table[256]) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xa001 : 0);
        table[i] = (uint16_t)crc;
    }
}

static void add_to_checksum(walk *w, int64_t count) {
    for (int64_t i = 0; i < count; i++)
        w->crc = w->crc >> 8 ^ w->table[(w->crc ^ w->bytes[i]) & 0xff];
}

/* --- beside the frames ---------------------------------------------------------------------- */

static int64_t id3_size(const unsigned char *p) {
    return 10 + ((int64_t)(p[6] & 0x7f) << 21 | (int64_t)(p[7] & 0x7f) << 14 |
                 (int64_t)(p[8] & 0x7f) << 7 | (p[9] & 0x7f));
}

/* Bytes of the tag that begins at the reading; 0: none does. */
static int64_t tag_size(const walk *w) {
    const unsigned char *p = w->bytes;
    if (w->got >= 10 && memcmp(p, "ID3", 3) == 0)
        return id3_size(p) + (p[5] & 0x10 ? 10 : 0);
    if (w->got >= 32 && memcmp(p, "APETAGEX", 8) == 0)
        return (p[23] & 0x80 ? 32 : 0) + (int64_t)le32(p + 12);
    if (w->got >= 128 && memcmp(p, "TAG+", 4) == 0)
        return 227;
    if (w->got >= 128 && memcmp(p, "TAG", 3) == 0)
        return 128;
    return w->got >= 11 && memcmp(p, "LYRICSBEGIN", 11) == 0 ? w->store->size - w->at : 0;
}

static bool has_text(const walk *w, const char *text) {
    const size_t length = strlen(text);
    for (int64_t i = 0; i + (int64_t)length <= w->got; i++)
        if (memcmp(w->bytes + i, text, length) == 0)
            return true;
    return false;
}

static void read_at(walk *w, int64_t at) {
    w->at = at;
    w->got = ttss_store_read_at(w->store, at, w->bytes, sizeof w->bytes);
}

/* Whether nothing but zeros is left, or less than a header that does not begin as one. */
static bool is_padding(walk *w) {
    if (w->got < 4 && w->bytes[0] != 0xff)
        read_at(w, w->store->size);
    for (const int64_t from = w->at; w->got; read_at(w, w->at + w->got))
        for (int64_t i = 0; i < w->got; i++)
            if (w->bytes[i]) {
                read_at(w, from);
                return false;
            }
    return true;
}

/* The tag in the first frame. */
static void read_told(walk *w) {
    for (int64_t i = 4; i < XING_REACH && i + LAME_AT + LAME_SIZE <= w->got; i++) {
        const unsigned char *tag = w->bytes + i;
        if (memcmp(tag, "Xing", 4) != 0 && memcmp(tag, "Info", 4) != 0)
            continue;
        const uint32_t flags = be32(tag + 4);
        if (flags & XING_FRAMES)
            w->frames_told = be32(tag + 8);
        if (!(flags & XING_BYTES))
            return;
        w->told = be32(tag + (flags & XING_FRAMES ? 12 : 8));
        const unsigned char *lame = tag + LAME_AT;
        if (flags == XING_ALL && be32(lame + 28) == w->told && i + LAME_AT < w->first.bytes)
            w->crc_told = lame[32] << 8 | lame[33];
        return;
    }
}

/* --- all frames ----------------------------------------------------------------------------- */

/* Of the frames so far. */
static long long milliseconds(const walk *w) {
    return w->samples * 1000 / w->first.rate;
}

static int32_t cut_short(const walk *w, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the mp3 file is cut short: it ends in the middle of a frame, after %lld ms; "
                     "fetch it again",
                     milliseconds(w));
}

static int32_t damaged(const walk *w, ttsslice_error *err) {
    if (w->frames == 1)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "not audio that can be read: it begins like an mp3 file, but no frame "
                         "follows its first one; check where it comes from");
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the mp3 file is damaged after %lld ms: there is no frame of the same kind at "
                     "byte %lld; fetch it again",
                     milliseconds(w), (long long)w->at);
}

static int32_t check_told(walk *w, ttsslice_error *err) {
    const int64_t there = w->store->size - w->start;
    if (w->told && w->told < INT32_MAX && w->told > there + CLAIM_SLACK)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the mp3 file is cut short: it announces %lld bytes and holds %lld; fetch "
                         "it again",
                         (long long)w->told, (long long)there);
    if (w->frames_told && w->frames > w->frames_told + FRAMES_SLACK)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the mp3 file is several in one, or its header is wrong: it announces "
                         "%lld frames and holds %lld, and those behind would not be heard; "
                         "convert it to wav, or write it again",
                         (long long)w->frames_told, (long long)w->frames);
    if (w->crc_told >= 0 && w->told == w->end - w->start && w->crc != (uint32_t)w->crc_told &&
        !w->changed)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the mp3 file is damaged: its frames do not have the checksum that its "
                         "encoder noted; fetch it again");
    return 0;
}

/* Takes what is at the reading: a frame, a tag, or padding. */
static int32_t step(walk *w, ttsslice_error *err) {
    frame f;
    if (w->got >= 4 && read_header(w->bytes, &f) && is_same_kind(&f, &w->first) && f.bytes) {
        if (f.bytes > w->got)
            return cut_short(w, err);
        if (w->at > w->start && w->crc_told >= 0)
            add_to_checksum(w, f.bytes);
        w->samples += f.samples;
        w->frames++;
        w->end = w->at + f.bytes;
        read_at(w, w->end);
        return 0;
    }
    const int64_t tag = tag_size(w);
    w->changed |= tag && has_text(w, "MP3GAIN_UNDO");
    if (tag) {
        read_at(w, w->at + tag);
    } else if (is_padding(w)) {
        w->store->size = w->end;
    } else {
        return w->got < 4 ? cut_short(w, err) : damaged(w, err);
    }
    return 0;
}

int32_t ttss_mp3_check(ttss_store *store, ttsslice_error *err) {
    walk w = {.store = store, .crc_told = -1};
    for (read_at(&w, 0); w.got >= 10 && memcmp(w.bytes, "ID3", 3) == 0;)
        read_at(&w, w.at + id3_size(w.bytes));
    if (w.got < 4 || !read_header(w.bytes, &w.first))
        return 0;
    w.start = w.end = w.at;
    read_told(&w);
    make_table(w.table);
    int32_t code = 0;
    while (w.first.bytes && w.got && !code)
        code = step(&w, err);
    if (!code)
        code = check_told(&w, err);
    if (!code && w.end > w.start)
        store->size = w.end;
    return code;
}
