/* SPDX-License-Identifier: MIT */
/* WAV files byte by byte; see fake_wav.h. */
#include "fake_wav.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define RATE   24000
#define FRAMES 12000

static void put(char **at, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        *(*at)++ = (char)(value >> (8 * i));
}

static void put_text(char **at, const char *text, size_t length) {
    memcpy(*at, text, length);
    *at += length;
}

static void put_format(char **at, enum fake_wav kind, uint32_t width) {
    /* The sub-format PCM of the extensible kind, a GUID. */
    static const char guid[] = "\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71";
    bool extensible = kind == FAKE_WAV_EXTENSIBLE;
    put_text(at, "fmt ", 4);
    put(at, extensible ? 40 : 16, 4);
    put(at, extensible ? 0xfffe : width == 4 ? 3 : 1, 2);
    put(at, 1, 2);
    put(at, RATE, 4);
    put(at, RATE * width, 4);
    put(at, width, 2);
    put(at, width * 8, 2);
    if (!extensible)
        return;
    put(at, 22, 2);
    put(at, 16, 2);
    put(at, 4, 4); /* the speaker in the middle */
    put_text(at, guid, 16);
}

char *fake_wav_new(enum fake_wav kind, size_t *size) {
    uint32_t width = kind == FAKE_WAV_FLOAT32 ? 4 : 2;
    bool open = kind == FAKE_WAV_SIZELESS;
    char *file = malloc(100 + FRAMES * width), *at = file;
    put_text(&at, "RIFF", 4);
    char *riff_size = at;
    put(&at, 0xffffffff, 4);
    put_text(&at, "WAVE", 4);
    put_format(&at, kind, width);
    put_text(&at, "data", 4);
    put(&at, open ? 0xffffffff : FRAMES * width, 4);
    for (int i = 0; i < FRAMES; i++)
        put(&at, width == 4 ? 0x3e800000 /* 0.25 */ : 8192, (int)width);
    *size = (size_t)(at - file);
    if (!open)
        put(&riff_size, (uint32_t)*size - 8, 4);
    return file;
}
