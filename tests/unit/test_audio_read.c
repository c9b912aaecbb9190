/* SPDX-License-Identifier: MIT */
/* Promises of audio.h about what arrives: whatever libsndfile reads comes in by one rounding rule,
 * and damaged input is an error and never a shorter take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "samples.h"
#include "audio/store.h"
#include "base/hash.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A file as another program would write it: from doubles, or from shorts where those are given.
 * False if this libsndfile cannot write the format. */
static bool write_as(ttss_store *to, int format, const double *samples, const int16_t *shorts,
                     sf_count_t frames, int channels, int rate) {
    char reason[80];
    SF_INFO info = {.samplerate = rate, .channels = channels, .format = format};
    ttss_store_free(to);
    SNDFILE *out = ttss_store_open(to, SFM_WRITE, &info, reason, sizeof reason);
    if (!out)
        return false;
    sf_count_t put =
        shorts ? sf_writef_short(out, shorts, frames) : sf_writef_double(out, samples, frames);
    assert_int_equal(put, frames);
    assert_int_equal(sf_close(out), 0);
    return true;
}

static int32_t decode_store(const ttss_store *from, ttsslice_audio **out, ttsslice_error *err) {
    return ttsslice_audio_decode(from->written, (size_t)from->size, out, err);
}

static void test_other_depths(void **state) {
    (void)state;
    ttss_store file = {.fd = -1};
    static const int formats[] = {
        SF_FORMAT_WAV | SF_FORMAT_FLOAT,   SF_FORMAT_WAV | SF_FORMAT_DOUBLE,
        SF_FORMAT_WAV | SF_FORMAT_PCM_24,  SF_FORMAT_WAV | SF_FORMAT_PCM_32,
        SF_FORMAT_FLAC | SF_FORMAT_PCM_24, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
        SF_FORMAT_AU | SF_FORMAT_FLOAT,    SF_FORMAT_W64 | SF_FORMAT_PCM_16};
    double samples[4096];
    int16_t expected[4096];
    fill_noise(expected, 4096, 7);
    for (size_t i = 0; i < 4096; i++)
        samples[i] = expected[i] / 32768.0;
    for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
        ttsslice_audio *audio = NULL;
        int depth = formats[f] & SF_FORMAT_SUBMASK;
        bool is_float = depth == SF_FORMAT_FLOAT || depth == SF_FORMAT_DOUBLE;
        assert_true(
            write_as(&file, formats[f], samples, is_float ? NULL : expected, 2048, 2, 22050));
        assert_int_equal(decode_store(&file, &audio, NULL), 0);
        assert_int_equal(ttsslice_audio_frames(audio), 2048);
        assert_int_equal(ttsslice_audio_sample_rate(audio), 22050);
        assert_memory_equal(ttsslice_audio_samples(audio), expected, sizeof expected);
        ttsslice_audio_unref(audio);
    }
    ttss_store_free(&file);
}

static void test_float_file_rounds_like_new_f32(void **state) {
    (void)state;
    ttss_store file = {.fd = -1};
    double samples[3000];
    float narrow[3000];
    uint64_t seed = 3;
    for (size_t i = 0; i < 3000; i++) {
        narrow[i] = (float)(ttss_draw_unit(&seed) * 2.4 - 1.2);
        samples[i] = (double)narrow[i];
    }
    ttsslice_audio *from_file = NULL, *from_memory = NULL;
    assert_true(write_as(&file, SF_FORMAT_WAV | SF_FORMAT_FLOAT, samples, NULL, 3000, 1, 24000));
    assert_int_equal(decode_store(&file, &from_file, NULL), 0);
    assert_int_equal(ttsslice_audio_new_f32(narrow, 3000, 1, 24000, &from_memory, NULL), 0);
    assert_same(from_file, from_memory);
    ttsslice_audio_unref(from_file);
    ttsslice_audio_unref(from_memory);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    samples[1234] = NAN;
    assert_true(write_as(&file, SF_FORMAT_WAV | SF_FORMAT_FLOAT, samples, NULL, 3000, 1, 24000));
    from_file = NULL;
    assert_fails(-500, decode_store(&file, &from_file, &err), &err);
    ttss_store_free(&file);
}

static void test_lossy_files(void **state) {
    (void)state;
    ttss_store file = {.fd = -1};
    static const int formats[] = {SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                                  0x230000 | 0x0082 /* MPEG layer III, libsndfile 1.1 */};
    static double samples[24000];
    for (size_t i = 0; i < 24000; i++)
        samples[i] = 0.3 * sin((double)i * 0.08);
    for (size_t f = 0; f < 2; f++) {
        ttsslice_audio *audio = NULL;
        if (!write_as(&file, formats[f], samples, NULL, 24000, 1, 24000))
            continue;
        assert_int_equal(decode_store(&file, &audio, NULL), 0);
        assert_in_range(ttsslice_audio_frames(audio), 23000, 27000);
        ttsslice_audio_unref(audio);
    }
    ttss_store_free(&file);
}

static void put_le32(unsigned char *at, uint32_t value) {
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

static void test_streamed_wav(void **state) {
    (void)state;
    static const uint32_t placeholders[] = {0, 0xffffffffu, 0x7ffff000u, 0x7fffffffu, 0xfffffffeu};
    for (size_t riff = 0; riff < 5; riff++)
        for (size_t i = 0; i < 5; i++) {
            ttsslice_audio *audio = noise(4001, 1, 24000, i), *back = NULL;
            void *bytes = NULL;
            size_t size = 0;
            assert_int_equal(ttsslice_audio_encode(audio, "wav", &bytes, &size, NULL), 0);
            put_le32((unsigned char *)bytes + 4, placeholders[riff]);
            put_le32((unsigned char *)bytes + 40, placeholders[i]);
            assert_int_equal(ttsslice_audio_decode(bytes, size, &back, NULL), 0);
            assert_same(audio, back);
            ttsslice_free(bytes);
            ttsslice_audio_unref(audio);
            ttsslice_audio_unref(back);
        }
}

/* Tags behind streamed samples are no samples, however many and of whatever length. */
static void test_streamed_wav_with_tags_behind(void **state) {
    (void)state;
    static const char tags[] = "LIST\x0c\0\0\0INFOINAM\2\0\0\0id3 \3\0\0\0abc\0";
    static const size_t lengths[] = {20, 32, 31}; /* one, both, and the last without its pad byte */
    static const uint32_t placeholders[] = {0, 0xffffffffu, 0x7ffff000u};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            for (int64_t frames = 3; frames < 40000; frames = frames * 11 + 1) {
                ttsslice_audio *audio = noise(frames, 1, 24000, i), *back = NULL;
                void *bytes = NULL;
                size_t size = 0;
                assert_int_equal(ttsslice_audio_encode(audio, "wav", &bytes, &size, NULL), 0);
                char *longer = malloc(size + lengths[k]);
                memcpy(longer, bytes, size);
                memcpy(longer + size, tags, lengths[k]);
                put_le32((unsigned char *)longer + 40, placeholders[i]);
                assert_int_equal(ttsslice_audio_decode(longer, size + lengths[k], &back, NULL), 0);
                assert_same(audio, back);
                ttsslice_free(bytes);
                free(longer);
                ttsslice_audio_unref(audio);
                ttsslice_audio_unref(back);
            }
}

static void test_cut_short(void **state) {
    (void)state;
    static const char *const formats[] = {"wav", "flac"};
    for (size_t f = 0; f < 2; f++) {
        ttsslice_audio *audio = noise(9000, 1, 24000, 5);
        void *bytes = NULL;
        size_t size = 0;
        assert_int_equal(ttsslice_audio_encode(audio, formats[f], &bytes, &size, NULL), 0);
        for (size_t kept = 0; kept + 100 < size; kept += kept < 64 ? 1 : 997) {
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            ttsslice_audio *back = NULL;
            char *copy = malloc(kept + 1); /* so that a read behind the end is seen */
            memcpy(copy, bytes, kept);
            assert_fails(-500, ttsslice_audio_decode(copy, kept, &back, &err), &err);
            assert_null(back);
            free(copy);
        }
        ttsslice_free(bytes);
        ttsslice_audio_unref(audio);
    }
}

/* A file that ends before its header says so, in whatever container. */
static void test_cut_containers(void **state) {
    (void)state;
    static const int formats[] = {
        SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
        SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
        SF_FORMAT_W64 | SF_FORMAT_PCM_16,
        SF_FORMAT_AU | SF_FORMAT_PCM_16,
        SF_FORMAT_OGG | SF_FORMAT_VORBIS,
        SF_FORMAT_OGG | SF_FORMAT_OPUS,
        0x230000 | 0x0082 /* MPEG layer III, libsndfile 1.1 */
    };
    static double samples[48000];
    uint64_t seed = 11;
    for (size_t i = 0; i < 48000; i++)
        samples[i] = ttss_draw_unit(&seed) - 0.5;
    for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
        ttss_store file = {.fd = -1};
        ttsslice_audio *audio = NULL;
        if (!write_as(&file, formats[f], samples, NULL, 48000, 1, 24000))
            continue;
        const int64_t size = file.size, kept[] = {size - 100, size * 2 / 3, size / 2};
        assert_int_equal(decode_store(&file, &audio, NULL), 0);
        ttsslice_audio_unref(audio);
        for (size_t k = 0; k < 3; k++) {
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            file.size = kept[k];
            audio = NULL;
            assert_fails(-500, decode_store(&file, &audio, &err), &err);
            assert_non_null(strstr(err.message, "cut short"));
        }
        ttss_store_free(&file);
    }
}

/* A header with too small a size would lose what lies behind: more samples, or a second file. What
 * belongs to the file, and a little of anything, is no matter. */
static void test_lying_header(void **state) {
    (void)state;
    ttsslice_audio *audio = noise(20000, 1, 24000, 5), *back = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    void *bytes = NULL;
    size_t size = 0;
    assert_int_equal(ttsslice_audio_encode(audio, "wav", &bytes, &size, NULL), 0);
    unsigned char *file = calloc(2, size);
    memcpy(file, bytes, size);
    put_le32(file + 40, 1000);
    assert_fails(-500, ttsslice_audio_decode(file, size, &back, &err), &err);
    assert_non_null(strstr(err.message, "header"));
    memcpy(file, bytes, size);
    memcpy(file + size, bytes, size);
    assert_fails(-500, ttsslice_audio_decode(file, 2 * size, &back, &err), &err);
    memset(file + size, 7, size);
    assert_fails(-500, ttsslice_audio_decode(file, 2 * size, &back, &err), &err);
    assert_int_equal(ttsslice_audio_decode(file, size + 9000, &back, &err), 0);
    assert_same(audio, back);
    ttsslice_audio_unref(back);
    memcpy(file + size, "LIST", 4);
    put_le32(file + size + 4, (uint32_t)size - 8);
    for (size_t odd = 0; odd < 2; odd++) { /* the pad byte may be missing */
        assert_int_equal(ttsslice_audio_decode(file, 2 * size - odd, &back, &err), 0);
        assert_same(audio, back);
        ttsslice_audio_unref(back);
        put_le32(file + size + 4, (uint32_t)size - 9);
    }
    free(file);
    ttsslice_free(bytes);
    ttsslice_audio_unref(audio);
}

/* No samples and then further chunks is an empty file, not a streamed one. */
static void test_empty_wav_with_a_tag(void **state) {
    (void)state;
    static const char bytes[] =
        "RIFF\x38\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0\2\0\x10\0"
        "data\0\0\0\0LIST\x0c\0\0\0INFOISFT\0\0\0";
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    assert_int_equal(sizeof bytes, 64);
    assert_fails(-500, ttsslice_audio_decode(bytes, sizeof bytes, &audio, &err), &err);
    assert_non_null(strstr(err.message, "no frames"));
}

/* Whatever one flipped byte does, it is a clean error or audio of a sane shape. */
static void test_flipped_bytes(void **state) {
    (void)state;
    /* Not MP3, whose tag is not covered by its checksum: mpg123 prints what it makes of it. */
    static const char *const formats[] = {"wav", "flac", "opus", "vorbis"};
    for (size_t f = 0; f < 4; f++) {
        ttsslice_audio *audio = tone(0.25, 24000);
        void *bytes = NULL;
        size_t size = 0;
        uint64_t seed = f;
        if (ttsslice_audio_encode(audio, formats[f], &bytes, &size, NULL) == 0)
            for (int i = 0; i < 300; i++) {
                size_t at = i < 200 ? (size_t)i % size : ttss_draw_below(&seed, size);
                unsigned char *p = (unsigned char *)bytes + at, old = *p;
                ttsslice_audio *back = NULL;
                *p = (unsigned char)ttss_draw(&seed);
                int32_t code = ttsslice_audio_decode(bytes, size, &back, NULL);
                assert_true(code == TTSSLICE_ERR_AUDIO ||
                            (code == 0 && ttsslice_audio_frames(back) > 0));
                ttsslice_audio_unref(back);
                *p = old;
            }
        ttsslice_free(bytes);
        ttsslice_audio_unref(audio);
    }
}

static void test_not_audio(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "x",
                                        "RIFF",
                                        "RIFF\x24\0\0\0WAVE",
                                        "fLaC",
                                        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
                                        "{\"status\":\"error\",\"error\":\"out of memory\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_audio *audio = NULL;
        assert_fails(-500, ttsslice_audio_decode(texts[i], strlen(texts[i]), &audio, &err), &err);
        assert_null(audio);
    }
    unsigned char noisy[5000];
    uint64_t seed = 11;
    for (int round = 0; round < 50; round++) {
        ttsslice_audio *audio = NULL;
        for (size_t i = 0; i < sizeof noisy; i++)
            noisy[i] = (unsigned char)ttss_draw(&seed);
        if (ttsslice_audio_decode(noisy, sizeof noisy, &audio, NULL) == 0)
            assert_true(ttsslice_audio_frames(audio) > 0);
        ttsslice_audio_unref(audio);
    }
}

static void test_no_frames_and_odd_shapes(void **state) {
    (void)state;
    ttss_store file = {.fd = -1};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    static const double zeros[9000];
    assert_true(write_as(&file, SF_FORMAT_WAV | SF_FORMAT_PCM_16, zeros, NULL, 0, 1, 24000));
    assert_fails(-500, decode_store(&file, &audio, &err), &err);
    assert_true(write_as(&file, SF_FORMAT_WAV | SF_FORMAT_PCM_16, zeros, NULL, 1000, 9, 24000));
    assert_fails(-500, decode_store(&file, &audio, &err), &err);
    assert_non_null(strstr(err.message, "9 channels"));
    assert_true(write_as(&file, SF_FORMAT_WAV | SF_FORMAT_PCM_16, zeros, NULL, 1000, 1, 100));
    assert_fails(-500, decode_store(&file, &audio, &err), &err);
    ttss_store_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_depths),
        cmocka_unit_test(test_float_file_rounds_like_new_f32),
        cmocka_unit_test(test_lossy_files),
        cmocka_unit_test(test_streamed_wav),
        cmocka_unit_test(test_streamed_wav_with_tags_behind),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_cut_containers),
        cmocka_unit_test(test_lying_header),
        cmocka_unit_test(test_empty_wav_with_a_tag),
        cmocka_unit_test(test_flipped_bytes),
        cmocka_unit_test(test_not_audio),
        cmocka_unit_test(test_no_frames_and_odd_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
