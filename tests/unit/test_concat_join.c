/* SPDX-License-Identifier: MIT */
/* Promises of concat.h about clips of every kind, in any order: the identity of frames over random
 * plans, what is handed out is what is written, and bad clips do what the caller chose. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "joining.h"
#include "skip.h"
#include "audio/resample.h"
#include "base/file.h"
#include "base/hash.h"

#include <ttsslice/concat.h>
#include <ttsslice/version.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLIPS_MAX 12

static void write_text(const char *path, const char *text) {
    assert_int_equal(ttss_file_write(path, text, strlen(text), NULL), 0);
}

/* --- the identity --------------------------------------------------------------------------- */

static void random_options(ttsslice_concat_options *o, uint64_t *seed) {
    *o = (ttsslice_concat_options)TTSSLICE_CONCAT_OPTIONS_INIT;
    o->pause_ms = (int64_t)ttss_draw_below(seed, 300);
    o->fade_ms = (int64_t)ttss_draw_below(seed, 30);
    o->crossfade_ms = ttss_draw_below(seed, 2) ? (int64_t)ttss_draw_below(seed, 80) : 0;
    o->silence_max_ms = ttss_draw_below(seed, 2) ? 100 + (int64_t)ttss_draw_below(seed, 200) : 0;
    o->trim = (int32_t)ttss_draw_below(seed, 4);
    o->bad_clip = 1 + (int32_t)ttss_draw_below(seed, 2);
    o->missing_ms = (int64_t)ttss_draw_below(seed, 400);
    o->pause_word_ms = ttss_draw_below(seed, 2) ? (int64_t)ttss_draw_below(seed, 50) : -1;
    if (ttss_draw_below(seed, 2) && ttsslice_feature_supported("soxr"))
        o->sample_rate = 16000;
    o->channels = (int32_t)ttss_draw_below(seed, 3);
}

/* Clips of every kind, in any order, some of them bad. */
static void random_plan(uint64_t seed) {
    static const int32_t rates[] = {24000, 24000, 22050, 48000};
    const bool soxr = ttsslice_feature_supported("soxr");
    ttsslice_concat_options options;
    ttsslice_clip clips[CLIPS_MAX];
    ttsslice_audio *audio[CLIPS_MAX], *out = NULL;
    void *bytes[CLIPS_MAX] = {NULL};
    heard h = {0};
    random_options(&options, &seed);
    options.on_audio = hear;
    options.on_audio_data = &h;
    const size_t count = 2 + ttss_draw_below(&seed, CLIPS_MAX - 2);
    for (size_t i = 0; i < count; i++) {
        audio[i] =
            voice(0.01 * (double)ttss_draw_below(&seed, 40),
                  0.01 * (double)(1 + ttss_draw_below(&seed, 60)),
                  0.01 * (double)ttss_draw_below(&seed, 60), 1 + (int32_t)ttss_draw_below(&seed, 2),
                  rates[soxr ? ttss_draw_below(&seed, 4) : 0], seed);
        clips[i] = clip_of(audio[i]);
        clips[i].break_after = (int32_t)ttss_draw_below(&seed, 7);
        clips[i].pause_ms = ttss_draw_below(&seed, 4) ? -1 : (int64_t)ttss_draw_below(&seed, 900);
        clips[i].position = clips[i].chunk = (int64_t)i;
        const uint64_t kind = i ? ttss_draw_below(&seed, 4) : 0; /* the first decides the shape */
        if (kind == 1 || kind == 2)
            clips[i].path = file_clip(audio[i], i, kind == 2);
        else if (kind == 3)
            assert_int_equal(
                ttsslice_audio_encode(audio[i], "flac", &bytes[i], &clips[i].byte_count, NULL), 0);
        clips[i].bytes = bytes[i];
        if (kind)
            clips[i].audio = NULL;
    }
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = ttss_draw_below(&seed, i + 1);
        ttsslice_clip swapped = clips[i];
        clips[i] = clips[other];
        clips[other] = swapped;
    }
    ttsslice_timeline *timeline = join(in_folder("plan.wav"), &options, clips, count);
    assert_int_equal(ttsslice_audio_load(in_folder("plan.wav"), &out, NULL), 0);
    check_timeline(timeline, ttsslice_audio_frames(out));
    assert_int_equal(ttsslice_timeline_count(timeline), count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ttsslice_timeline_get(timeline, i)->chunk, i);
    assert_int_equal(h.frames, ttsslice_audio_frames(out));
    assert_int_equal(h.channels, ttsslice_audio_channels(out));
    assert_memory_equal(h.samples, ttsslice_audio_samples(out),
                        (size_t)(h.frames * h.channels) * sizeof *h.samples);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(out);
    free(h.samples);
    unlink(in_folder("plan.wav"));
    for (size_t i = 0; i < count; i++) {
        if (clips[i].path)
            unlink(clips[i].path);
        ttsslice_audio_unref(audio[i]);
        ttsslice_free(bytes[i]);
    }
}

static void test_identity_over_random_plans(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++)
        random_plan(seed);
}

/* The same clips in another order of arrival, and from files, give the same bytes. */
static void test_order_and_kind_do_not_matter(void **state) {
    (void)state;
    ttsslice_audio *audio[4];
    ttsslice_clip clips[4], files[4];
    char *first = NULL, *second = NULL;
    size_t first_size = 0, second_size = 0;
    for (size_t i = 0; i < 4; i++) {
        audio[i] = voice(0.1, 0.3 + 0.1 * (double)i, 0.2, 1, RATE, i);
        clips[i] = clip_of(audio[i]);
        files[3 - i] = clips[i];
        files[3 - i].audio = NULL;
        files[3 - i].position = (int64_t)i;
        files[3 - i].path = file_clip(audio[i], i, false);
    }
    ttsslice_timeline_unref(join(in_folder("a.wav"), NULL, clips, 4));
    ttsslice_timeline_unref(join(in_folder("b.wav"), NULL, files, 4));
    assert_int_equal(ttss_file_read(in_folder("a.wav"), 1 << 22, &first, &first_size, NULL), 0);
    assert_int_equal(ttss_file_read(in_folder("b.wav"), 1 << 22, &second, &second_size, NULL), 0);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    free(first);
    free(second);
    for (size_t i = 0; i < 4; i++) {
        unlink(files[3 - i].path);
        ttsslice_audio_unref(audio[i]);
    }
    unlink(in_folder("a.wav"));
    unlink(in_folder("b.wav"));
}

/* A clip that is longer than what is kept of one is read twice, with the same result. */
static void test_long_clips(void **state) {
    (void)state;
    ttsslice_audio *audio = voice(1, 95, 2, 1, RATE, 3), *stereo = NULL, *out = NULL;
    int16_t *both = malloc((size_t)ttsslice_audio_frames(audio) * 2 * sizeof *both);
    for (int64_t i = 0; i < ttsslice_audio_frames(audio); i++)
        both[2 * i] = both[2 * i + 1] = ttsslice_audio_samples(audio)[i];
    assert_int_equal(
        ttsslice_audio_new_s16(both, ttsslice_audio_frames(audio), 2, RATE, &stereo, NULL), 0);
    ttsslice_clip clips[3] = {clip_of(audio), clip_of(NULL), clip_of(stereo)};
    clips[1].path = file_clip(audio, 0, false);
    ttsslice_timeline *timeline = join(in_folder("long.wav"), NULL, clips, 3);
    assert_int_equal(ttsslice_audio_load(in_folder("long.wav"), &out, NULL), 0);
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
    const int64_t kept = e->end_frame - e->start_frame;
    for (size_t i = 1; i < 3; i++) {
        const ttsslice_timeline_entry *other = ttsslice_timeline_get(timeline, i);
        assert_int_equal(other->end_frame - other->start_frame, kept);
        assert_memory_equal(ttsslice_audio_samples(out) + e->start_frame,
                            ttsslice_audio_samples(out) + other->start_frame,
                            (size_t)kept * sizeof(int16_t));
    }
    check_timeline(timeline, ttsslice_audio_frames(out));
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(stereo);
    ttsslice_audio_unref(out);
    free(both);
    unlink(clips[1].path);
    unlink(in_folder("long.wav"));
}

/* --- shapes --------------------------------------------------------------------------------- */

/* Cut into blocks and read twice, a clip is resampled as if it were done at once. */
static void test_long_clip_of_another_rate(void **state) {
    (void)state;
    if (!ttsslice_feature_supported("soxr"))
        skip_because("this build has no libsoxr");
    ttsslice_audio *audio = voice(0, 70, 0, 1, 16000, 1);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_clip clips[2] = {clip_of(audio), clip_of(NULL)};
    int16_t *expected = NULL;
    options.trim = TTSSLICE_TRIM_OFF;
    options.fade_ms = 0;
    options.sample_rate = RATE;
    options.on_audio = hear;
    clips[1].path = file_clip(audio, 0, false);
    assert_int_equal(ttss_resample_s16(ttsslice_audio_samples(audio), ttsslice_audio_frames(audio),
                                       1, 16000, RATE, &expected, NULL),
                     0);
    for (size_t i = 0; i < 2; i++) {
        heard h = {0};
        options.on_audio_data = &h;
        ttsslice_timeline_unref(join(NULL, &options, &clips[i], 1));
        assert_int_equal(h.frames, 70 * RATE);
        assert_memory_equal(h.samples, expected, (size_t)h.frames * sizeof *expected);
        free(h.samples);
    }
    unlink(clips[1].path);
    free(expected);
    ttsslice_audio_unref(audio);
}

static void test_mixed_shapes(void **state) {
    (void)state;
    if (!ttsslice_feature_supported("soxr"))
        skip_because("this build has no libsoxr");
    static const int32_t rates[] = {24000, 48000, 44100, 8000, 24000};
    ttsslice_audio *audio[5];
    ttsslice_clip clips[5];
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    options.trim = 0;
    for (int i = 0; i < 5; i++) {
        audio[i] = voice(0, 1.0, 0, 1 + i % 3, rates[i], (uint64_t)i);
        clips[i] = clip_of(audio[i]);
    }
    ttsslice_timeline *timeline = join(in_folder("m.wav"), &options, clips, 5);
    for (size_t i = 0; i < 5; i++) {
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        assert_int_equal(e->end_frame - e->start_frame, RATE);
        assert_int_equal(e->source_rate, rates[i]);
        assert_int_equal(e->source_channels, 1 + i % 3);
    }
    char *json = NULL;
    assert_int_equal(ttsslice_timeline_segments_json(timeline, &json, NULL), 0);
    assert_non_null(strstr(json, "\"resampled_from\": 44100"));
    ttsslice_free(json);
    ttsslice_timeline_unref(timeline);
    /* A format without the first clip's rate takes the next one. */
    timeline = NULL;
    ttsslice_concat *probe = NULL;
    if (ttsslice_concat_open(in_folder("m.opus"), &options, &probe, NULL) == 0) {
        ttsslice_concat_abort(probe);
        timeline = join(in_folder("m.opus"), &options, clips + 2, 1);
        assert_int_equal(ttsslice_timeline_sample_rate(timeline), 48000);
        unlink(in_folder("m.opus"));
    }
    ttsslice_timeline_unref(timeline);
    for (int i = 0; i < 5; i++)
        ttsslice_audio_unref(audio[i]);
    unlink(in_folder("m.wav"));
}

static void test_channels(void **state) {
    (void)state;
    static const int16_t stereo[] = {100, 200, -3, 0, 32767, 32767, -32768, -32767};
    static const int16_t mean[] = {150, -2, 32767, -32768};
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_audio *audio = NULL;
    heard h = {0};
    options.trim = 0;
    options.fade_ms = 0;
    options.channels = 1;
    options.on_audio = hear;
    options.on_audio_data = &h;
    assert_int_equal(ttsslice_audio_new_s16(stereo, 4, 2, RATE, &audio, NULL), 0);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_timeline_unref(join(NULL, &options, &clip, 1));
    assert_int_equal(h.frames, 4);
    assert_memory_equal(h.samples, mean, sizeof mean);
    free(h.samples);
    h = (heard){0};
    options.channels = 3;
    ttsslice_timeline_unref(join(NULL, &options, &clip, 1));
    for (int i = 0; i < 12; i++)
        assert_int_equal(h.samples[i], mean[i / 3]);
    free(h.samples);
    ttsslice_audio_unref(audio);
}

/* --- early ---------------------------------------------------------------------------------- */

/* What is in order is out at once, but for the frames of its fade. */
static void test_first_audio_comes_early(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, RATE);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_concat *concat = NULL;
    heard h = {0};
    options.on_audio = hear;
    options.on_audio_data = &h;
    assert_int_equal(ttsslice_concat_open(NULL, &options, &concat, NULL), 0);
    clip.position = 2;
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    assert_int_equal(h.frames, 0);
    clip.position = 0;
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    assert_int_equal(h.frames, RATE - 72);
    clip.position = -1; /* after 0 */
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    assert_int_equal(h.frames, 3 * RATE + 2 * RATE / 5 - 72);
    assert_int_equal(ttsslice_concat_close(concat, NULL, NULL), 0);
    assert_int_equal(h.frames, 3 * RATE + 2 * RATE / 5);
    ttsslice_audio_unref(audio);
    free(h.samples);
}

static void test_the_application_may_stop(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, RATE);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    for (int at = 1; at <= 4; at++) {
        ttsslice_concat *concat = NULL;
        heard h = {.fail_at = at};
        options.on_audio = hear;
        options.on_audio_data = &h;
        int32_t code = ttsslice_concat_open(in_folder("stop.wav"), &options, &concat, NULL);
        for (int i = 0; i < 2 && !code; i++)
            code = ttsslice_concat_add(concat, &clip, &err);
        ttsslice_concat_abort(concat);
        assert_int_equal(code, TTSSLICE_ERR_CALLBACK);
        assert_int_equal(files_in_folder(), 0);
        free(h.samples);
    }
    ttsslice_audio_unref(audio);
}

/* --- bad clips ------------------------------------------------------------------------------ */

static void make_bad_files(const char *paths[], const ttsslice_audio *good) {
    static const float wrong[] = {0.5f, NAN, 0.25f, 0.0f};
    unsigned char head[44 + sizeof wrong] = "RIFF\x34\0\0\0WAVEfmt \x10\0\0\0\3\0\1\0\xc0\x5d\0\0"
                                            "\0\x77\1\0\4\0\x20\0data\x10\0\0\0";
    memcpy(head + 44, wrong, sizeof wrong);
    assert_int_equal(ttss_file_write(paths[0], head, sizeof head, NULL), 0);
    write_text(paths[1], "");
    write_text(paths[2], "Dear listener, this is a letter.");
    assert_int_equal(ttsslice_audio_save(good, paths[3], NULL), 0);
    assert_int_equal(truncate(paths[3], 20000), 0);
    unlink(paths[4]);
}

static void test_bad_clips(void **state) {
    (void)state;
    const char *paths[] = {in_folder("nan.wav"), in_folder("empty.wav"), in_folder("text.wav"),
                           in_folder("cut.wav"), in_folder("missing.wav")};
    ttsslice_audio *good = level(9000, RATE);
    make_bad_files(paths, good);
    for (size_t i = 0; i < 5; i++)
        for (int32_t policy = 0; policy <= 2; policy++) {
            ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            ttsslice_concat *concat = NULL;
            ttsslice_timeline *timeline = NULL;
            ttsslice_clip clips[3] = {clip_of(good), clip_of(NULL), clip_of(good)};
            clips[1].path = paths[i];
            clips[1].chunk = 1;
            clips[1].text = "Unheard.";
            options.bad_clip = policy;
            options.missing_ms = 500;
            int32_t code = ttsslice_concat_open(in_folder("out.wav"), &options, &concat, NULL);
            for (size_t k = 0; k < 3 && !code; k++)
                code = ttsslice_concat_add(concat, &clips[k], &err);
            if (policy == TTSSLICE_BAD_CLIP_STOP) {
                assert_int_equal(code, i == 4 ? TTSSLICE_ERR_IO : TTSSLICE_ERR_AUDIO);
                assert_non_null(strstr(err.message, paths[i]));
                assert_int_equal(err.chunk, 1);
                ttsslice_concat_abort(concat);
                continue;
            }
            assert_int_equal(code, 0);
            assert_int_equal(ttsslice_concat_close(concat, &timeline, NULL), 0);
            const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 1);
            const bool silent = policy == TTSSLICE_BAD_CLIP_SILENCE;
            assert_int_equal(e->code, i == 4 ? TTSSLICE_ERR_IO : TTSSLICE_ERR_AUDIO);
            assert_non_null(strstr(e->error, paths[i]));
            assert_int_equal(e->passed, 0);
            assert_int_equal(e->end_frame - e->start_frame, silent ? RATE / 2 : 0);
            check_timeline(timeline, 2 * RATE + (silent ? RATE / 2 : RATE / 5));
            char *srt = NULL;
            assert_int_equal(ttsslice_timeline_srt(timeline, &srt, NULL), 0);
            assert_null(strstr(srt, "Unheard"));
            ttsslice_free(srt);
            ttsslice_timeline_unref(timeline);
            unlink(in_folder("out.wav"));
        }
    for (size_t i = 0; i < 4; i++)
        unlink(paths[i]);
    ttsslice_audio_unref(good);
}

static void test_only_bad_clips(void **state) {
    (void)state;
    for (int32_t policy = 1; policy <= 2; policy++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_concat *concat = NULL;
        ttsslice_clip clip = TTSSLICE_CLIP_INIT;
        options.bad_clip = policy;
        clip.bytes = "nothing of the kind";
        clip.byte_count = 19;
        assert_int_equal(ttsslice_concat_open(in_folder("o.wav"), &options, &concat, NULL), 0);
        for (int i = 0; i < 3; i++)
            assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
        assert_int_equal(ttsslice_concat_close(concat, NULL, &err), TTSSLICE_ERR_EMPTY);
        assert_int_equal(files_in_folder(), 0);
    }
}

typedef struct meddler {
    ttsslice_concat *concat;
    ttsslice_clip clip;
    int what;
    int32_t code;
} meddler;

static int32_t meddle(const int16_t *samples, int64_t frames, int32_t channels, int32_t rate,
                      void *user_data) {
    meddler *m = user_data;
    (void)samples;
    (void)frames;
    (void)channels;
    (void)rate;
    if (m->what == 0)
        m->code = ttsslice_concat_add(m->concat, &m->clip, NULL);
    else if (m->what == 1)
        m->code = ttsslice_concat_close(m->concat, NULL, NULL);
    else
        ttsslice_concat_abort(m->concat);
    return 0;
}

/* on_audio that uses its own join is refused and changes nothing, but that it may give it up. */
static void test_on_audio_and_its_own_join(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, RATE);
    for (int what = 0; what < 3; what++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        meddler m = {.clip = clip_of(audio), .what = what};
        options.on_audio = meddle;
        options.on_audio_data = &m;
        assert_int_equal(ttsslice_concat_open(in_folder("m.wav"), &options, &m.concat, NULL), 0);
        assert_int_equal(ttsslice_concat_add(m.concat, &m.clip, NULL), 0);
        assert_int_equal(ttsslice_concat_add(m.concat, &m.clip, NULL),
                         what == 2 ? TTSSLICE_ERR_INVALID : 0);
        assert_int_equal(m.code, what == 2 ? 0 : TTSSLICE_ERR_INVALID);
        assert_int_equal(ttsslice_concat_close(m.concat, NULL, NULL),
                         what == 2 ? TTSSLICE_ERR_INVALID : 0);
        assert_int_equal(files_in_folder(), what == 2 ? 0 : 1);
        unlink(in_folder("m.wav"));
    }
    ttsslice_audio_unref(audio);
}

static void test_positions(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, RATE);
    ttsslice_clip clip = clip_of(audio);
    for (int32_t policy = 0; policy <= 2; policy++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_concat *concat = NULL;
        ttsslice_timeline *timeline = NULL;
        options.bad_clip = policy;
        assert_int_equal(ttsslice_concat_open(in_folder("p.wav"), &options, &concat, NULL), 0);
        clip.position = 0;
        assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
        clip.position = 3;
        assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
        int32_t code = ttsslice_concat_close(concat, &timeline, &err);
        assert_int_equal(code, policy ? 0 : TTSSLICE_ERR_INVALID);
        assert_int_equal(ttsslice_timeline_count(timeline), policy ? 4 : 0);
        if (policy)
            check_timeline(timeline, ttsslice_timeline_frames(timeline));
        else
            assert_non_null(strstr(err.message, "1"));
        ttsslice_timeline_unref(timeline);
        unlink(in_folder("p.wav"));
    }
    for (int64_t position = 0; position <= 5; position += 5) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_concat *concat = NULL;
        assert_int_equal(ttsslice_concat_open(in_folder("p.wav"), NULL, &concat, NULL), 0);
        clip.position = position;
        assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
        assert_int_equal(ttsslice_concat_add(concat, &clip, &err), TTSSLICE_ERR_INVALID);
        assert_non_null(strstr(err.message, "already"));
        ttsslice_concat_abort(concat);
    }
    for (int32_t policy = 0; policy <= 2; policy++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_concat *concat = NULL;
        options.bad_clip = policy;
        assert_int_equal(ttsslice_concat_open(in_folder("p.wav"), &options, &concat, NULL), 0);
        clip.position = 1000000000000;
        assert_int_equal(ttsslice_concat_add(concat, &clip, &err), TTSSLICE_ERR_INVALID);
        assert_non_null(strstr(err.message, "1000000000000"));
        ttsslice_concat_abort(concat);
    }
    ttsslice_audio_unref(audio);
}

static void test_output_is_not_an_input(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, RATE), *back = NULL;
    const char *path = in_folder("same.wav"), *linked = in_folder("link.wav");
    ttsslice_clip clips[2] = {clip_of(NULL), clip_of(NULL)};
    assert_int_equal(ttsslice_audio_save(audio, path, NULL), 0);
    assert_int_equal(link(path, linked), 0);
    clips[0].path = path;
    clips[1].path = linked;
    for (size_t i = 0; i < 2; i++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_concat *concat = NULL;
        options.bad_clip = TTSSLICE_BAD_CLIP_SKIP; /* this is never skipped */
        assert_int_equal(ttsslice_concat_open(path, &options, &concat, NULL), 0);
        assert_int_equal(ttsslice_concat_add(concat, &clips[i], &err), TTSSLICE_ERR_INVALID);
        assert_non_null(strstr(err.message, clips[i].path));
        ttsslice_concat_abort(concat);
    }
    assert_int_equal(ttsslice_audio_load(path, &back, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(back), RATE);
    ttsslice_audio_unref(back);
    ttsslice_audio_unref(audio);
    unlink(path);
    unlink(linked);
}

static void test_formats(void **state) {
    (void)state;
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    options.format = "aiff";
    assert_int_equal(ttsslice_concat_open(in_folder("f.wav"), &options, &concat, &err), -100);
    assert_non_null(strstr(err.message, "aiff"));
    options.format = NULL;
    assert_int_equal(ttsslice_concat_open(in_folder("f.m4b"), &options, &concat, &err), -100);
    assert_int_equal(ttsslice_concat_open(NULL, &options, &concat, &err), -100);
    options.title = "\xff";
    assert_int_equal(ttsslice_concat_open(in_folder("f.wav"), &options, &concat, &err),
                     TTSSLICE_ERR_TEXT);
    options.format = "flac";
    options.title = "A title";
    ttsslice_audio *audio = level(9000, RATE);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_timeline_unref(join(in_folder("noending"), &options, &clip, 1));
    char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(ttss_file_read(in_folder("noending"), 1 << 20, &bytes, &size, NULL), 0);
    assert_memory_equal(bytes, "fLaC", 4);
    assert_non_null(memmem(bytes, size, "A title", 7));
    free(bytes);
    unlink(in_folder("noending"));
    ttsslice_audio_unref(audio);
}

/* --- memory --------------------------------------------------------------------------------- */

static int join_everything(void *argument) {
    const ttsslice_clip *clips = argument;
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    options.bad_clip = TTSSLICE_BAD_CLIP_SILENCE;
    options.crossfade_ms = 20;
    options.silence_max_ms = 100;
    options.title = "All";
    int32_t code = ttsslice_concat_open(in_folder("all.wav"), &options, &concat, NULL);
    for (size_t i = 0; i < 5 && !code; i++)
        code = ttsslice_concat_add(concat, &clips[i], NULL);
    if (code)
        ttsslice_concat_abort(concat);
    else
        code = ttsslice_concat_close(concat, &timeline, NULL);
    ttsslice_timeline_unref(timeline);
    unlink(in_folder("all.wav"));
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    static const size_t starts[] = {0}, lengths[] = {3};
    static const double starts_s[] = {0.0}, ends_s[] = {0.1};
    ttsslice_audio *audio = voice(0.1, 0.2, 0.1, 1, RATE, 1), *hole = with_a_hole();
    ttsslice_audio *other = voice(0.1, 0.2, 0.1, 2, RATE, 1);
    ttsslice_clip clips[5];
    for (int i = 0; i < 5; i++) {
        clips[i] = clip_of(audio);
        clips[i].position = 4 - i;
        clips[i].text = "one";
    }
    clips[0].word_count = 1;
    clips[0].word_starts = starts;
    clips[0].word_lengths = lengths;
    clips[0].word_starts_s = starts_s;
    clips[0].word_ends_s = ends_s;
    clips[1].audio = hole;
    clips[2].audio = NULL;
    clips[2].path = file_clip(audio, 1, false);
    clips[3].audio = NULL;
    clips[3].bytes = "no audio at all";
    clips[3].byte_count = 15;
    clips[4].audio = other;
    assert_survives_alloc_failure(join_everything, clips);
    unlink(clips[2].path);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(hole);
    ttsslice_audio_unref(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity_over_random_plans),
        cmocka_unit_test(test_order_and_kind_do_not_matter),
        cmocka_unit_test(test_long_clips),
        cmocka_unit_test(test_long_clip_of_another_rate),
        cmocka_unit_test(test_mixed_shapes),
        cmocka_unit_test(test_channels),
        cmocka_unit_test(test_first_audio_comes_early),
        cmocka_unit_test(test_the_application_may_stop),
        cmocka_unit_test(test_bad_clips),
        cmocka_unit_test(test_only_bad_clips),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_on_audio_and_its_own_join),
        cmocka_unit_test(test_output_is_not_an_input),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
