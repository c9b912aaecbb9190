/* SPDX-License-Identifier: MIT */
/* Files that decoders conceal the damage of: none is taken for whole, and whole ones are taken,
 * whatever stands around their frames and pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audio/mp3.h"
#include "audio/ogg.h"
#include "base/hash.h"

#include <ttsslice/audio.h>

#include <stdlib.h>
#include <string.h>

#define FRAME 417 /* layer III of 128 kbit/s at 44.1 kHz */

typedef struct file {
    unsigned char bytes[1 << 17];
    size_t size;
} file;

static void put(file *f, const void *bytes, size_t size) {
    assert_true(f->size + size <= sizeof f->bytes);
    memcpy(f->bytes + f->size, bytes, size);
    f->size += size;
}

/* A literal, with zeros behind it up to a size. */
#define put_text(f, text, size) put_padded(f, text, sizeof(text) - 1, size)

static void put_padded(file *f, const char *text, size_t length, size_t size) {
    char block[512] = "";
    assert_true(size <= sizeof block && length <= size);
    memcpy(block, text, length);
    put(f, block, size);
}

/* Frames of something, with the third and the fourth byte of their header. */
static void put_frames(file *f, int count, int third, int fourth) {
    unsigned char frame[FRAME];
    for (int i = 0; i < count; i++) {
        memset(frame, 0x55, sizeof frame);
        memcpy(frame, "\xff\xfb", 2);
        frame[2] = (unsigned char)third;
        frame[3] = (unsigned char)fourth;
        put(f, frame, sizeof frame);
    }
}

static void cut_out(file *f, size_t at, size_t size) {
    memmove(f->bytes + at, f->bytes + at + size, f->size - at - size);
    f->size -= size;
}

/* Encoded noise; false: this build cannot. */
static bool make(file *f, const char *format) {
    static int16_t samples[72000];
    uint64_t seed = 7;
    void *bytes = NULL;
    size_t size = 0;
    ttsslice_audio *audio = NULL;
    for (size_t i = 0; i < 72000; i++)
        samples[i] = (int16_t)((int64_t)ttss_draw_below(&seed, 20000) - 10000);
    assert_int_equal(ttsslice_audio_new_s16(samples, 72000, 1, 24000, &audio, NULL), 0);
    const int32_t code = ttsslice_audio_encode(audio, format, &bytes, &size, NULL);
    f->size = 0;
    if (!code)
        put(f, bytes, size);
    ttsslice_free(bytes);
    ttsslice_audio_unref(audio);
    return code == 0;
}

typedef int32_t check_fn(ttss_store *store, ttsslice_error *err);

/* Whether the file passes; then `kept` of its bytes are left. */
static void passes(check_fn *check, const file *f, size_t kept) {
    ttss_store store;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_store_init_bytes(&store, f->bytes, f->size);
    if (check(&store, &err) != 0)
        fail_msg("%s", err.message);
    assert_int_equal(store.size, kept);
}

static void fails(check_fn *check, const file *f, const char *why) {
    ttss_store store;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_store_init_bytes(&store, f->bytes, f->size);
    assert_int_equal(check(&store, &err), TTSSLICE_ERR_AUDIO);
    if (!strstr(err.message, why))
        fail_msg("%s", err.message);
}

/* --- what encoders write -------------------------------------------------------------------- */

/* Every byte behind the first frame of an MP3, which holds what is known of the others. */
static void test_each_damage_is_found(void **state) {
    (void)state;
    static const char *const formats[] = {"vorbis", "opus", "mp3"};
    static file f, damaged;
    uint64_t seed = 3;
    for (size_t k = 0; k < 3; k++) {
        if (!make(&f, formats[k]))
            continue;
        ttsslice_audio *audio = NULL;
        assert_int_equal(ttsslice_audio_decode(f.bytes, f.size, &audio, NULL), 0);
        ttsslice_audio_unref(audio);
        const size_t from = k == 2 ? 600 : 0;
        for (int i = 0; i < 300; i++) {
            const size_t at = from + ttss_draw_below(&seed, f.size - from);
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            audio = NULL;
            damaged = f;
            if (i % 3 == 0)
                damaged.bytes[at] ^= (unsigned char)(1u << (i / 3 % 8));
            else if (i % 3 == 1)
                damaged.size = at;
            else
                cut_out(&damaged, at, 1 + ttss_draw_below(&seed, f.size - at));
            assert_int_equal(ttsslice_audio_decode(damaged.bytes, damaged.size, &audio, &err),
                             TTSSLICE_ERR_AUDIO);
        }
    }
}

/* --- MP3 ------------------------------------------------------------------------------------ */

static void test_mp3_with_tags(void **state) {
    (void)state;
    static file f;
    put_text(&f, "ID3\4\0\0\0\0\0\x20", 10 + 32);
    put_frames(&f, 3, 0x90, 0x64);
    put_text(&f, "TAG", 128); /* as where two files were put together */
    put_text(&f, "ID3\4\0\x10\0\0\0\x20", 10);
    put_text(&f, "", 32 + 10);
    put_text(&f, "\xff\xfb\x92\x44", FRAME + 1); /* with a slot of padding */
    put_frames(&f, 1, 0x90, 0x64);
    const size_t kept = f.size;
    passes(ttss_mp3_check, &f, kept);
    put_text(&f, "\r\n", 2);
    passes(ttss_mp3_check, &f, kept);
    f.size = kept;
    put_text(&f, "", 500);
    passes(ttss_mp3_check, &f, kept);
    f.size = kept;
    put_text(&f, "APETAGEX\xd0\7\0\0\x40", 32 + 64);
    f.bytes[kept + 23] = 0x80;
    put_text(&f, "LYRICSBEGIN", 300);
    put_text(&f, "TAG+", 227);
    put_text(&f, "TAG", 128);
    passes(ttss_mp3_check, &f, kept);
}

static void test_mp3_that_is_damaged(void **state) {
    (void)state;
    static file f;
    put_frames(&f, 5, 0x90, 0x64);
    passes(ttss_mp3_check, &f, f.size);
    for (size_t cut = 1; cut < FRAME; cut++) {
        f.size--;
        fails(ttss_mp3_check, &f, "cut short");
    }
    f.size--;
    passes(ttss_mp3_check, &f, (size_t)4 * FRAME); /* nothing tells of a whole frame */
    cut_out(&f, 2 * FRAME + 100, 50);
    fails(ttss_mp3_check, &f, "damaged after 78 ms");
    f.size = 0;
    put_frames(&f, 2, 0x90, 0x64);
    put_text(&f, "", FRAME);
    put_frames(&f, 1, 0x90, 0x64);
    fails(ttss_mp3_check, &f, "damaged after 52 ms");
    f.size = 0;
    put_frames(&f, 2, 0x90, 0x64);
    put_frames(&f, 2, 0x90, 0xc4); /* one channel */
    fails(ttss_mp3_check, &f, "same kind");
    f.size = 0;
    put_frames(&f, 1, 0x90, 0x64);
    put_text(&f, "<html>not what was asked for</html>", 100);
    fails(ttss_mp3_check, &f, "not audio");
}

/* What the tag of Xing tells: of too many bytes, and of fewer frames than there are. */
static void test_mp3_that_announces_something_else(void **state) {
    (void)state;
    static const unsigned char tag[] = {'X', 'i', 'n', 'g', 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0x10};
    static file f;
    put_frames(&f, 10, 0x90, 0x64);
    memcpy(f.bytes + 36, tag, sizeof tag);
    passes(ttss_mp3_check, &f, f.size);
    put_frames(&f, 5, 0x90, 0x64);
    fails(ttss_mp3_check, &f, "several in one");
    f.size = (size_t)9 * FRAME;
    fails(ttss_mp3_check, &f, "cut short");
    f.size = 0;
    put_frames(&f, 10, 0, 0x64); /* of a size that is told nowhere */
    passes(ttss_mp3_check, &f, f.size);
    memcpy(f.bytes + 36, tag, sizeof tag);
    f.size -= FRAME;
    fails(ttss_mp3_check, &f, "cut short");
}

/* --- Ogg ------------------------------------------------------------------------------------ */

/* Where pages begin; returns how many there are. */
static size_t find_pages(const file *f, size_t *at, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i + 4 <= f->size && count < most; i++)
        if (memcmp(f->bytes + i, "OggS", 4) == 0)
            at[count++] = i;
    return count;
}

static void test_ogg_pages(void **state) {
    (void)state;
    static file f, changed;
    size_t at[64];
    if (!make(&f, "vorbis"))
        skip();
    passes(ttss_ogg_check, &f, f.size);
    const size_t count = find_pages(&f, at, 64);
    assert_in_range(count, 6, 64);
    changed = f;
    put_text(&changed, "TAG", 128);
    passes(ttss_ogg_check, &changed, f.size);
    changed = f;
    put(&changed, f.bytes, f.size);
    fails(ttss_ogg_check, &changed, "several in one");
    changed = f; /* of which the last page is missing: many have no flag there */
    changed.size = at[count - 1];
    passes(ttss_ogg_check, &changed, changed.size);
    put_text(&changed, "OggX", 100);
    fails(ttss_ogg_check, &changed, "what follows");
    changed = f;
    cut_out(&changed, at[count - 2], at[count - 1] - at[count - 2]);
    fails(ttss_ogg_check, &changed, "pages are missing");
    changed = f; /* of a broadcast: headers, and whatever is under way */
    size_t sound = 0;
    while (memcmp(f.bytes + at[sound] + 6, "\0\0\0\0\0\0\0\0", 8) == 0)
        sound++;
    cut_out(&changed, at[sound], at[sound + 1] - at[sound]);
    passes(ttss_ogg_check, &changed, changed.size);
    changed = f; /* something between two pages */
    const size_t hole = at[2];
    changed.size = hole;
    put_text(&changed, "between", 300);
    put(&changed, f.bytes + hole, f.size - hole);
    passes(ttss_ogg_check, &changed, changed.size);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_damage_is_found),
        cmocka_unit_test(test_mp3_with_tags),
        cmocka_unit_test(test_mp3_that_is_damaged),
        cmocka_unit_test(test_mp3_that_announces_something_else),
        cmocka_unit_test(test_ogg_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
