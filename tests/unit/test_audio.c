/* SPDX-License-Identifier: MIT */
/* Promises of audio.h: exact samples in and out, one rounding rule, encoded bytes depend on samples
 * and format alone. What arrives from outside has test_audio_read.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "samples.h"
#include "skip.h"
#include "audio/audio.h"
#include "audio/encode.h"
#include "base/hash.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[] = "/tmp/ttsslice-audio-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder); /* fails if a test left something behind */
}

static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void count_release(void *user_data) {
    ++*(int *)user_data;
}

static int wrap(void *argument) {
    ttsslice_audio *audio = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    static const int16_t samples[4];
    ttsslice_audio_wrap_s16(samples, 4, 1, 8000, count_release, argument, &audio, &err);
    ttsslice_audio_unref(audio);
    return err.code;
}

/* --- in memory ------------------------------------------------------------------------------ */

static void test_object(void **state) {
    (void)state;
    const int16_t samples[] = {0, 1, -1, 32767, -32768, 256};
    ttsslice_audio *audio = NULL, *other = NULL;
    assert_int_equal(ttsslice_audio_new_s16(samples, 3, 2, 24000, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(audio), 3);
    assert_int_equal(ttsslice_audio_channels(audio), 2);
    assert_int_equal(ttsslice_audio_sample_rate(audio), 24000);
    assert_true(ttsslice_audio_duration_s(audio) == 3.0 / 24000);
    assert_memory_equal(ttsslice_audio_samples(audio), samples, sizeof samples);
    /* Computed apart from this library: 8 bytes of rate, 8 of channels, samples, little end first.
     */
    assert_true(ttsslice_audio_digest(audio) == UINT64_C(0x08e6f24e17b37e66));
    assert_int_equal(ttsslice_audio_new_s16(samples, 6, 1, 24000, &other, NULL), 0);
    assert_true(ttsslice_audio_digest(audio) != ttsslice_audio_digest(other));
    assert_ptr_equal(ttsslice_audio_ref(audio), audio);
    ttsslice_audio_unref(audio);
    assert_int_equal(ttsslice_audio_frames(audio), 3);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(other);
    assert_int_equal(ttsslice_audio_new_s16(NULL, 0, 1, 1000, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(audio), 0);
    ttsslice_audio_unref(audio);
}

static void test_wrapped_samples_are_not_copied(void **state) {
    (void)state;
    int16_t samples[6];
    int released = 0;
    ttsslice_audio *audio = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    fill_noise(samples, 6, 1);
    int32_t code =
        ttsslice_audio_wrap_s16(samples, 3, 2, 16000, count_release, &released, &audio, &err);
    assert_int_equal(code, 0);
    assert_ptr_equal(ttsslice_audio_samples(audio), samples);
    ttsslice_audio *copy = NULL;
    assert_int_equal(ttsslice_audio_new_s16(samples, 3, 2, 16000, &copy, NULL), 0);
    assert_same(audio, copy);
    ttsslice_audio_unref(copy);
    ttsslice_audio_unref(ttsslice_audio_ref(audio));
    assert_int_equal(released, 0);
    ttsslice_audio_unref(audio);
    assert_int_equal(released, 1);

    assert_int_equal(ttsslice_audio_wrap_s16(samples, 3, 2, 16000, NULL, NULL, &audio, NULL), 0);
    ttsslice_audio_unref(audio);
    code = ttsslice_audio_wrap_s16(samples, 3, 9, 16000, count_release, &released, &audio, &err);
    assert_fails(TTSSLICE_ERR_INVALID, code, &err);
    assert_int_equal(released, 1); /* it failed: they are the caller's still */
    assert_survives_alloc_failure(wrap, &released);
    assert_int_equal(released, 2);
}

static void test_null(void **state) {
    (void)state;
    assert_null(ttsslice_audio_samples(NULL));
    assert_int_equal(ttsslice_audio_frames(NULL), 0);
    assert_int_equal(ttsslice_audio_channels(NULL), 0);
    assert_int_equal(ttsslice_audio_sample_rate(NULL), 0);
    assert_true(ttsslice_audio_duration_s(NULL) == 0.0);
    assert_true(ttsslice_audio_digest(NULL) == 0);
    assert_null(ttsslice_audio_ref(NULL));
    ttsslice_audio_unref(NULL);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    void *bytes = NULL;
    size_t size = 0;
    assert_fails(-100, ttsslice_audio_decode(NULL, 4, &audio, &err), &err);
    assert_fails(-100, ttsslice_audio_load(NULL, &audio, &err), &err);
    assert_fails(-100, ttsslice_audio_encode(NULL, NULL, &bytes, &size, &err), &err);
    assert_fails(-100, ttsslice_audio_save(NULL, "x.wav", &err), &err);
}

static void test_shape_is_checked(void **state) {
    (void)state;
    const int16_t samples[16] = {0};
    ttsslice_audio *audio = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const struct {
        int64_t frames;
        int32_t channels, rate;
    } bad[] = {{-1, 1, 8000}, {1, 0, 8000},   {1, 9, 8000},         {1, -1, 8000},
               {1, 1, 999},   {1, 1, 384001}, {INT64_MAX, 1, 8000}, {INT64_MAX / 8, 8, 8000}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int32_t code = ttsslice_audio_new_s16(samples, bad[i].frames, bad[i].channels, bad[i].rate,
                                              &audio, &err);
        assert_fails(TTSSLICE_ERR_INVALID, code, &err);
        assert_null(audio);
    }
    assert_fails(-100, ttsslice_audio_new_s16(NULL, 1, 1, 8000, &audio, &err), &err);
    assert_fails(-100, ttsslice_audio_new_s16(samples, 1, 1, 8000, NULL, &err), &err);
}

static void test_float_rounding(void **state) {
    (void)state;
    static const struct {
        float in;
        int16_t out;
    } cases[] = {
        {0.0f, 0},
        {-0.0f, 0},
        {1.0f, 32767},
        {-1.0f, -32768},
        {2.0f, 32767},
        {-1e30f, -32768},
        {0.5f / 32768, 0}, /* ties go to even */
        {1.5f / 32768, 2},
        {2.5f / 32768, 2},
        {-0.5f / 32768, 0},
        {-1.5f / 32768, -2},
        {32766.5f / 32768, 32766},
        {32767.25f / 32768, 32767},
        {0.25f, 8192},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttsslice_audio *audio = NULL;
        assert_int_equal(ttsslice_audio_new_f32(&cases[i].in, 1, 1, 8000, &audio, NULL), 0);
        assert_int_equal(ttsslice_audio_samples(audio)[0], cases[i].out);
        ttsslice_audio_unref(audio);
    }
}

static void test_every_sample_survives_float(void **state) {
    (void)state;
    float *in = malloc(65536 * sizeof *in);
    ttsslice_audio *audio = NULL;
    for (int i = 0; i < 65536; i++)
        in[i] = (float)(i - 32768) / 32768.0f;
    assert_int_equal(ttsslice_audio_new_f32(in, 65536, 1, 48000, &audio, NULL), 0);
    for (int i = 0; i < 65536; i++)
        assert_int_equal(ttsslice_audio_samples(audio)[i], i - 32768);
    ttsslice_audio_unref(audio);
    free(in);
}

static void test_not_finite(void **state) {
    (void)state;
    const float bad[] = {NAN, INFINITY, -INFINITY};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    for (size_t i = 0; i < 3; i++) {
        const float samples[4] = {0.0f, 0.5f, bad[i], 0.0f};
        assert_fails(-500, ttsslice_audio_new_f32(samples, 4, 1, 8000, &audio, &err), &err);
        assert_non_null(strstr(err.message, "sample 2"));
        assert_null(audio);
    }
}

/* --- files ---------------------------------------------------------------------------------- */

static void test_lossless_round_trips(void **state) {
    (void)state;
    static const char *const formats[] = {NULL, "wav", "flac"};
    static const int32_t rates[] = {1000, 8000, 16000, 22050, 24000, 44100, 48000, 96000};
    for (size_t f = 0; f < 3; f++)
        for (int32_t channels = 1; channels <= 8; channels++) {
            ttsslice_audio *audio =
                noise(1 + 3571 * (channels % 3), channels, rates[channels - 1], (uint64_t)channels);
            ttsslice_audio *back = NULL;
            void *bytes = NULL;
            size_t size = 0;
            assert_int_equal(ttsslice_audio_encode(audio, formats[f], &bytes, &size, NULL), 0);
            assert_int_equal(ttsslice_audio_decode(bytes, size, &back, NULL), 0);
            assert_same(audio, back);
            ttsslice_free(bytes);
            ttsslice_audio_unref(audio);
            ttsslice_audio_unref(back);
        }
}

/* How far two sounds of the same length are alike. */
static double likeness(const ttsslice_audio *x, const ttsslice_audio *y) {
    double dot = 0, power_x = 0, power_y = 0;
    for (int64_t i = 0; i < ttsslice_audio_frames(x); i++) {
        double a = ttsslice_audio_samples(x)[i], b = ttsslice_audio_samples(y)[i];
        dot += a * b;
        power_x += a * a;
        power_y += b * b;
    }
    return dot / sqrt(power_x * power_y);
}

static void test_opus(void **state) {
    (void)state;
    static const int32_t rates[] = {8000, 12000, 16000, 24000, 48000};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    void *bytes = NULL;
    size_t size = 0;
    for (size_t r = 0; r < 5; r++) {
        ttsslice_audio *audio = tone(1.25, rates[r]), *back = NULL;
        int32_t code = ttsslice_audio_encode(audio, "opus", &bytes, &size, &err);
        if (code == TTSSLICE_ERR_UNAVAILABLE) {
            ttsslice_audio_unref(audio);
            skip_because("this libsndfile was built without Opus");
        }
        assert_int_equal(code, 0);
        assert_int_equal(ttsslice_audio_decode(bytes, size, &back, &err), 0);
        assert_int_equal(ttsslice_audio_sample_rate(back), rates[r]);
        assert_int_equal(ttsslice_audio_frames(back), ttsslice_audio_frames(audio));
        assert_true(likeness(audio, back) > 0.99);
        ttsslice_free(bytes);
        ttsslice_audio_unref(audio);
        ttsslice_audio_unref(back);
    }
    ttsslice_audio *audio = noise(100, 1, 44100, 1);
    assert_fails(-500, ttsslice_audio_encode(audio, "opus", &bytes, &size, &err), &err);
    assert_non_null(strstr(err.message, "44100"));
    ttsslice_audio_unref(audio);
}

/* The clock and libsndfile's random numbers move on between the two. */
static void test_bytes_depend_on_samples_alone(void **state) {
    (void)state;
    static const char *const formats[] = {"wav", "flac", "opus", "vorbis", "mp3"};
    ttsslice_audio *audio = tone(2.0, 24000);
    for (size_t f = 0; f < 5; f++) {
        void *first = NULL, *second = NULL;
        size_t first_size = 0, second_size = 0;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        if (ttsslice_audio_encode(audio, formats[f], &first, &first_size, &err) != 0) {
            assert_int_equal(err.code, TTSSLICE_ERR_UNAVAILABLE);
            assert_true(f >= 2);
            continue;
        }
        assert_int_equal(ttsslice_audio_encode(audio, formats[f], &second, &second_size, NULL), 0);
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        ttsslice_free(first);
        ttsslice_free(second);
    }
    ttsslice_audio_unref(audio);
}

static void test_vorbis_and_mp3(void **state) {
    (void)state;
    static const char *const formats[] = {"vorbis", "mp3"};
    for (size_t f = 0; f < 2; f++) {
        ttsslice_audio *audio = tone(1.25, 24000), *back = NULL;
        void *bytes = NULL;
        size_t size = 0;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        int32_t code = ttsslice_audio_encode(audio, formats[f], &bytes, &size, &err);
        if (!code) {
            assert_int_equal(ttsslice_audio_decode(bytes, size, &back, &err), 0);
            assert_int_equal(ttsslice_audio_sample_rate(back), 24000);
            assert_true(size < 30000);
            assert_in_range(ttsslice_audio_frames(back), 30000, 30000 + 2 * 1152);
            assert_true(likeness(audio, back) > 0.99);
        } else {
            assert_int_equal(code, TTSSLICE_ERR_UNAVAILABLE);
        }
        ttsslice_free(bytes);
        ttsslice_audio_unref(audio);
        ttsslice_audio_unref(back);
    }
    ttsslice_audio *odd = noise(100, 1, 44101, 1);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    void *bytes = NULL;
    size_t size = 0;
    if (ttsslice_audio_encode(odd, "mp3", &bytes, &size, &err) != TTSSLICE_ERR_UNAVAILABLE)
        assert_non_null(strstr(err.message, "48000"));
    ttsslice_audio_unref(odd);
}

static void test_wav_header(void **state) {
    (void)state;
    const int16_t samples[] = {1, -2};
    static const unsigned char expected[] = {
        'R', 'I', 'F', 'F', 40,  0,   0,   0,   'W',  'A',  'V', 'E', 'f',  'm',  't',  ' ',
        16,  0,   0,   0,   1,   0,   1,   0,   0xc0, 0x5d, 0,   0,   0x80, 0xbb, 0,    0,
        2,   0,   16,  0,   'd', 'a', 't', 'a', 4,    0,    0,   0,   1,    0,    0xfe, 0xff};
    ttsslice_audio *audio = NULL;
    void *bytes = NULL;
    size_t size = 0;
    assert_int_equal(ttsslice_audio_new_s16(samples, 2, 1, 24000, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_encode(audio, "wav", &bytes, &size, NULL), 0);
    assert_int_equal(size, sizeof expected);
    assert_memory_equal(bytes, expected, size);
    ttsslice_free(bytes);
    ttsslice_audio_unref(audio);
}

static void test_encode_refuses(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    void *bytes = NULL;
    size_t size = 0;
    ttsslice_audio *audio = noise(10, 1, 24000, 1), *none = noise(0, 1, 24000, 1);
    assert_fails(-100, ttsslice_audio_encode(audio, "mp4", &bytes, &size, &err), &err);
    assert_fails(-100, ttsslice_audio_encode(audio, "", &bytes, &size, &err), &err);
    assert_fails(-500, ttsslice_audio_encode(none, "wav", &bytes, &size, &err), &err);
    assert_fails(-100, ttsslice_audio_save(audio, in_folder("a.txt"), &err), &err);
    assert_fails(-100, ttsslice_audio_save(audio, in_folder("wav"), &err), &err);
    assert_fails(-201, ttsslice_audio_save(audio, in_folder("no/a.wav"), &err), &err);
    assert_null(bytes);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(none);
}

static void test_save_and_load(void **state) {
    (void)state;
    static const char *const names[] = {"a.wav", "a.flac", "A.WAV"};
    for (size_t i = 0; i < 3; i++) {
        ttsslice_audio *audio = noise(5000, 2, 24000, i), *back = NULL;
        const char *path = in_folder(names[i]);
        assert_int_equal(ttsslice_audio_save(audio, path, NULL), 0);
        assert_int_equal(ttsslice_audio_load(path, &back, NULL), 0);
        assert_same(audio, back);
        ttsslice_audio_unref(audio);
        ttsslice_audio_unref(back);
        assert_int_equal(unlink(path), 0);
    }
    ttsslice_audio *none = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_fails(-201, ttsslice_audio_load(in_folder("absent.wav"), &none, &err), &err);
    assert_fails(-201, ttsslice_audio_load(folder, &none, &err), &err);
    assert_fails(-500, ttsslice_audio_load("/dev/null", &none, &err), &err);
    assert_non_null(strstr(err.message, "/dev/null"));
}

static void test_a_failed_save_keeps_the_old_file(void **state) {
    (void)state;
    ttsslice_audio *small = noise(100, 1, 24000, 1), *large = noise(400000, 1, 24000, 2);
    ttsslice_audio *back = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const char *path = in_folder("kept.wav");
    struct rlimit old, limit;
    assert_int_equal(ttsslice_audio_save(small, path, NULL), 0);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    limit = old;
    limit.rlim_cur = 200000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int32_t code = ttsslice_audio_save(large, path, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_fails(TTSSLICE_ERR_IO, code, &err);
    assert_int_equal(ttsslice_audio_load(path, &back, NULL), 0);
    assert_same(small, back);
    assert_int_equal(unlink(path), 0);
    ttsslice_audio_unref(small);
    ttsslice_audio_unref(large);
    ttsslice_audio_unref(back);
}

static void test_full_device(void **state) {
    (void)state;
    /* Not Vorbis: when a write fails, libsndfile loses its state. */
    static const char *const formats[] = {"wav", "flac", "opus", "mp3"};
    int fd = open("/dev/full", O_RDWR | O_CLOEXEC);
    if (fd < 0)
        skip_because("there is no /dev/full");
    for (size_t f = 0; f < 4; f++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttss_writer writer;
        ttsslice_audio *audio = noise(200000, 1, 24000, 1);
        int32_t code = ttss_writer_open(&writer, fd, "/dev/full", formats[f], 1, 24000, &err);
        if (!code)
            code = ttss_writer_add(&writer, ttsslice_audio_samples(audio), 200000, &err);
        if (!code)
            code = ttss_writer_finish(&writer, &err);
        ttss_writer_discard(&writer);
        if (f < 2 || code != TTSSLICE_ERR_UNAVAILABLE) /* not every encoder is built in */
        {
            assert_fails(TTSSLICE_ERR_NO_SPACE, code, &err);
            assert_non_null(strstr(err.message, "/dev/full"));
        }
        ttsslice_audio_unref(audio);
    }
    close(fd);
}

/* The size from which on 64 bits are needed is set low; the rest is as above 4 GiB. */
static void test_long_wav_becomes_rf64(void **state) {
    (void)state;
    static const int64_t sizes[] = {1, 2000, 700000};
    for (size_t i = 0; i < 3; i++)
        for (int tagged = 0; tagged < 2; tagged++) {
            ttsslice_audio *audio = noise(sizes[i], 2, 24000, i), *back = NULL;
            ttss_writer writer;
            assert_int_equal(ttss_writer_open(&writer, -1, NULL, "wav", 2, 24000, NULL), 0);
            if (tagged)
                ttss_writer_tag(&writer, "A long night");
            writer.riff_most = 3;
            assert_int_equal(
                ttss_writer_add(&writer, ttsslice_audio_samples(audio), sizes[i], NULL), 0);
            assert_int_equal(ttss_writer_finish(&writer, NULL), 0);
            static const unsigned char head[] = "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0";
            const unsigned char *bytes = (const unsigned char *)writer.store.written;
            assert_memory_equal(bytes, head, sizeof head - 1);
            uint64_t riff = 0, data = 0, frames = 0;
            memcpy(&riff, bytes + 20, 8);
            memcpy(&data, bytes + 28, 8);
            memcpy(&frames, bytes + 36, 8);
            assert_int_equal(riff, writer.store.size - 8);
            assert_int_equal(data, sizes[i] * 4);
            assert_int_equal(frames, sizes[i]);
            if (!tagged)
                assert_int_equal(writer.store.size, 44 + 36 + sizes[i] * 4);
            assert_int_equal(ttsslice_audio_decode(bytes, (size_t)writer.store.size, &back, NULL),
                             0);
            assert_same(audio, back);
            ttss_writer_discard(&writer);
            ttsslice_audio_unref(audio);
            ttsslice_audio_unref(back);
        }
}

static void test_tags(void **state) {
    (void)state;
    static const char *const formats[] = {"wav", "flac", "opus", "vorbis", "mp3"};
    ttsslice_audio *audio = tone(0.5, 24000);
    for (size_t f = 0; f < 5; f++) {
        ttss_writer writer;
        if (ttss_writer_open(&writer, -1, NULL, formats[f], 1, 24000, NULL) != 0)
            continue;
        ttss_writer_tag(&writer, "T\xc3\xa4g");
        assert_int_equal(ttss_writer_add(&writer, ttsslice_audio_samples(audio), 12000, NULL), 0);
        assert_int_equal(ttss_writer_finish(&writer, NULL), 0);
        char reason[80];
        ttss_store store;
        SF_INFO info = {0};
        ttss_store_init_bytes(&store, writer.store.written, (size_t)writer.store.size);
        SNDFILE *file = ttss_store_open(&store, SFM_READ, &info, reason, sizeof reason);
        assert_non_null(file);
        const char *title = sf_get_string(file, SF_STR_TITLE);
        const char *software = sf_get_string(file, SF_STR_SOFTWARE);
        if (strcmp(formats[f], "mp3") != 0 || title) /* read from ID3 by newer versions alone */
            assert_string_equal(title, "T\xc3\xa4g");
        if (strcmp(formats[f], "mp3") != 0)
            assert_non_null(strstr(software, "ttsslice"));
        sf_close(file);
        ttss_writer_discard(&writer);
    }
    ttsslice_audio_unref(audio);
}

/* --- memory --------------------------------------------------------------------------------- */

static int round_trip(void *argument) {
    const int16_t samples[64] = {5, 4, 3};
    ttsslice_audio *audio = NULL, *back = NULL;
    void *bytes = NULL;
    size_t size = 0;
    int32_t code = ttsslice_audio_new_s16(samples, 64, 1, 24000, &audio, NULL);
    if (!code)
        code = ttsslice_audio_encode(audio, argument, &bytes, &size, NULL);
    if (!code)
        code = ttsslice_audio_decode(bytes, size, &back, NULL);
    ttsslice_free(bytes);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(back);
    return code;
}

static int save_and_load(void *argument) {
    ttsslice_audio *back = NULL;
    const char *path = in_folder("m.wav");
    int32_t code = ttsslice_audio_save(argument, path, NULL);
    if (!code)
        code = ttsslice_audio_load(path, &back, NULL);
    ttsslice_audio_unref(back);
    unlink(path);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    char wav[] = "wav", flac[] = "flac", opus[] = "opus";
    ttsslice_audio *audio = noise(3000, 1, 24000, 1);
    void *bytes = NULL;
    size_t size = 0;
    assert_survives_alloc_failure(round_trip, wav);
    assert_survives_alloc_failure(round_trip, flac);
    if (ttsslice_audio_encode(audio, "opus", &bytes, &size, NULL) == 0)
        assert_survives_alloc_failure(round_trip, opus);
    ttsslice_free(bytes);
    assert_survives_alloc_failure(save_and_load, audio);
    ttsslice_audio_unref(audio);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_object),
        cmocka_unit_test(test_wrapped_samples_are_not_copied),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_shape_is_checked),
        cmocka_unit_test(test_float_rounding),
        cmocka_unit_test(test_every_sample_survives_float),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_lossless_round_trips),
        cmocka_unit_test(test_opus),
        cmocka_unit_test(test_vorbis_and_mp3),
        cmocka_unit_test(test_bytes_depend_on_samples_alone),
        cmocka_unit_test(test_wav_header),
        cmocka_unit_test(test_encode_refuses),
        cmocka_unit_test(test_save_and_load),
        cmocka_unit_test(test_a_failed_save_keeps_the_old_file),
        cmocka_unit_test(test_full_device),
        cmocka_unit_test(test_long_wav_becomes_rf64),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
