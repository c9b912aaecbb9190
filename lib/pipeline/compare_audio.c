/* SPDX-License-Identifier: MIT */
/* Output files are compared byte by byte first, which is quick; only files that part are decoded,
 * to learn at which frame. Both in blocks: a book does not fit into memory. */
#include "pipeline/compare.h"

#include "audio/reader.h"
#include "base/error.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES  ((size_t)65536)
#define BLOCK_FRAMES ((int64_t)8192)

/* --- bytes ---------------------------------------------------------------------------------- */

static int32_t fill(FILE *file, const char *path, unsigned char *to, size_t *got,
                    ttsslice_error *err) {
    *got = fread(to, 1, BLOCK_BYTES, file);
    return ferror(file) ? ttss_fail_errno(err, errno, "cannot read %s", path) : 0;
}

static void note_byte(ttss_audio_parting *out, int64_t position, const unsigned char *a, bool has_a,
                      const unsigned char *b, bool has_b) {
    *out =
        (ttss_audio_parting){"bytes", position, -1, has_a ? *a : 0, has_b ? *b : 0, has_a, has_b};
}

static int32_t compare_blocks(FILE *a, const char *a_path, FILE *b, const char *b_path,
                              unsigned char *blocks, ttss_audio_parting *out, ttsslice_error *err) {
    unsigned char *x = blocks, *y = blocks + BLOCK_BYTES;
    for (int64_t offset = 0;; offset += (int64_t)BLOCK_BYTES) {
        size_t in_x = 0, in_y = 0, i = 0;
        int32_t code = fill(a, a_path, x, &in_x, err);
        if (!code)
            code = fill(b, b_path, y, &in_y, err);
        if (code)
            return code;
        size_t both = in_x < in_y ? in_x : in_y;
        if (in_x != in_y || memcmp(x, y, both) != 0) {
            while (i < both && x[i] == y[i])
                i++;
            note_byte(out, offset + (int64_t)i, x + i, i < in_x, y + i, i < in_y);
            return 0;
        }
        if (both < BLOCK_BYTES)
            return 0;
    }
}

static int32_t compare_bytes(const char *a_path, const char *b_path, ttss_audio_parting *out,
                             ttsslice_error *err) {
    int32_t code = 0;
    FILE *b = NULL, *a = fopen(a_path, "rb");
    if (!a)
        code = ttss_fail_errno(err, errno, "cannot open %s", a_path);
    if (!code && !(b = fopen(b_path, "rb")))
        code = ttss_fail_errno(err, errno, "cannot open %s", b_path);
    unsigned char *blocks = code ? NULL : ttss_new_array(2, BLOCK_BYTES);
    if (!code)
        code = blocks ? compare_blocks(a, a_path, b, b_path, blocks, out, err) : ttss_nomem(err);
    free(blocks);
    if (a)
        fclose(a);
    if (b)
        fclose(b);
    return code;
}

/* --- samples -------------------------------------------------------------------------------- */

static bool same_shape(const ttss_reader *a, const ttss_reader *b, ttss_audio_parting *out) {
    bool rate = a->info.samplerate != b->info.samplerate;
    if (!rate && a->info.channels == b->info.channels)
        return true;
    *out = (ttss_audio_parting){rate ? "sample_rate" : "channels",
                                -1,
                                -1,
                                rate ? a->info.samplerate : a->info.channels,
                                rate ? b->info.samplerate : b->info.channels,
                                1,
                                1};
    return false;
}

static void note_sample(ttss_audio_parting *out, int64_t frame, const int16_t *a, bool has_a,
                        const int16_t *b, bool has_b) {
    *out =
        (ttss_audio_parting){"sample", frame, frame, has_a ? *a : 0, has_b ? *b : 0, has_a, has_b};
}

/* libsndfile reads as many frames as it is asked for but for the last block. */
static int32_t compare_samples(ttss_reader *a, ttss_reader *b, int16_t *blocks,
                               ttss_audio_parting *out, ttsslice_error *err) {
    int64_t channels = a->info.channels;
    int16_t *x = blocks, *y = blocks + BLOCK_FRAMES * channels;
    for (int64_t frame = 0;;) {
        int64_t in_x = 0, in_y = 0, i = 0;
        int32_t code = ttss_reader_read(a, x, BLOCK_FRAMES, &in_x, err);
        if (!code)
            code = ttss_reader_read(b, y, BLOCK_FRAMES, &in_y, err);
        if (code)
            return code;
        int64_t both = (in_x < in_y ? in_x : in_y) * channels;
        while (i < both && x[i] == y[i])
            i++;
        if (i < both || in_x != in_y) {
            note_sample(out, frame + i / channels, x + i, i < in_x * channels, y + i,
                        i < in_y * channels);
            return 0;
        }
        if (in_x == 0)
            return 0;
        frame += in_x;
    }
}

int32_t ttss_compare_audio(const char *a_path, const char *b_path, ttss_audio_parting *out,
                           ttsslice_error *err) {
    ttss_reader a = {.store.fd = -1}, b = {.store.fd = -1};
    int16_t *blocks = NULL;
    *out = (ttss_audio_parting){.position = -1, .frame = -1};
    int32_t code = compare_bytes(a_path, b_path, out, err);
    if (code || !out->field)
        return code;
    code = ttss_reader_open_path(&a, a_path, err);
    if (!code)
        code = ttss_reader_open_path(&b, b_path, err);
    if (!code && same_shape(&a, &b, out)) {
        blocks = ttss_new_array((size_t)(2 * BLOCK_FRAMES * a.info.channels), sizeof *blocks);
        code = blocks ? compare_samples(&a, &b, blocks, out, err) : ttss_nomem(err);
    }
    free(blocks);
    ttss_reader_close(&a);
    ttss_reader_close(&b);
    return code;
}
