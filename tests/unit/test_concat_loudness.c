/* SPDX-License-Identifier: MIT */
/* Promises of concat.h about loudness: one gain for the whole, rounded once, that reaches its
 * target and no ceiling; clips that are matched within bounds; measuring changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "audio/audio.h"
#include "audio/gain.h"
#include "base/hash.h"

#include <ttsslice/concat.h>

#include <dirent.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RATE  24000
#define CLIPS 4

static char folder[] = "/tmp/ttsslice-level-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder); /* fails if a test or the library left something behind */
}

static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static size_t files_in_folder(void) {
    DIR *dir = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

/* Noise of a level between quiet ends. */
static ttsslice_audio *speech(double seconds, double peak, int32_t channels, uint64_t seed) {
    const int64_t frames = (int64_t)(seconds * RATE), end = RATE / 5;
    int16_t *samples = calloc((size_t)(frames * channels), sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames * channels; i++) {
        bool quiet = i / channels < end || i / channels >= frames - end;
        samples[i] = (int16_t)lrint((ttss_draw_unit(&seed) * 2 - 1) * (quiet ? 3.0 : peak));
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, RATE, &audio, NULL), 0);
    free(samples);
    return audio;
}

static int32_t join(const char *path, const ttsslice_concat_options *options,
                    ttsslice_audio *const *clips, size_t count, ttsslice_timeline **timeline,
                    ttsslice_error *err) {
    ttsslice_concat *concat = NULL;
    int32_t code = ttsslice_concat_open(path, options, &concat, err);
    for (size_t i = 0; i < count && !code; i++) {
        ttsslice_clip clip = TTSSLICE_CLIP_INIT;
        clip.audio = clips[i];
        clip.chunk = (int64_t)i;
        code = ttsslice_concat_add(concat, &clip, err);
    }
    if (code)
        ttsslice_concat_abort(concat);
    return code ? code : ttsslice_concat_close(concat, timeline, err);
}

/* Joins, reads the file back and removes it. */
static ttsslice_audio *joined(const char *name, const ttsslice_concat_options *options,
                              ttsslice_audio *const *clips, ttsslice_timeline **timeline) {
    ttsslice_audio *out = NULL;
    const char *path = in_folder(name);
    assert_int_equal(join(path, options, clips, CLIPS, timeline, NULL), 0);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(ttsslice_audio_load(path, &out, NULL), 0);
    assert_int_equal(unlink(path), 0);
    return out;
}

static void make_clips(ttsslice_audio **clips, int32_t channels) {
    static const double peaks[CLIPS] = {3000, 9000, 1200, 3100};
    for (size_t i = 0; i < CLIPS; i++)
        clips[i] = speech(1.5 + 0.3 * (double)i, peaks[i], channels, i + 1);
}

static void free_clips(ttsslice_audio **clips) {
    for (size_t i = 0; i < CLIPS; i++)
        ttsslice_audio_unref(clips[i]);
}

static ttsslice_concat_options with(const char *loudness) {
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    options.loudness = loudness;
    return options;
}

static void one_gain_rounded_once(void **state) {
    (void)state;
    static const char *const names[] = {"o.wav", "o.flac"};
    for (int32_t channels = 1; channels <= 2; channels++) {
        ttsslice_audio *clips[CLIPS];
        ttsslice_timeline *timeline = NULL;
        make_clips(clips, channels);
        ttsslice_audio *plain = joined("p.wav", NULL, clips, NULL);
        for (size_t f = 0; f < 2; f++) {
            ttsslice_concat_options options = with("-25.5");
            ttsslice_audio *out = joined(names[f], &options, clips, &timeline);
            ttsslice_loudness said = TTSSLICE_LOUDNESS_INIT, got = TTSSLICE_LOUDNESS_INIT;
            double gain_db = 0.0;
            assert_int_equal(ttsslice_timeline_loudness(timeline, &said, &gain_db, NULL), 0);
            assert_int_equal(ttsslice_audio_loudness(out, 0, &got, NULL), 0);
            assert_true(fabs(got.integrated_lufs + 25.5) < 0.05);
            assert_true(fabs(said.integrated_lufs + 25.5) < 1e-9);
            assert_true(fabs(said.true_peak_db - got.true_peak_db) < 0.02);
            assert_int_equal(ttsslice_audio_frames(out), ttsslice_audio_frames(plain));
            assert_int_equal(ttsslice_timeline_frames(timeline), ttsslice_audio_frames(plain));
            for (int64_t i = 0; i < ttsslice_audio_frames(plain) * channels; i++)
                assert_int_equal(ttsslice_audio_samples(out)[i],
                                 ttss_sample_from_double(ttsslice_audio_samples(plain)[i] /
                                                         32768.0 * ttss_gain_factor(gain_db)));
            ttsslice_audio_unref(out);
            ttsslice_timeline_unref(timeline);
        }
        ttsslice_audio_unref(plain);
        free_clips(clips);
    }
}

static void the_ceiling_comes_first(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    ttsslice_timeline *timeline = NULL;
    make_clips(clips, 1);
    static const struct {
        const char *loudness;
        double ceiling_db, peak_db;
    } cases[] = {
        {"-5", NAN, -1.0}, {"audiobook", NAN, -3.0}, {"-10", -6.0, -6.0}, {NULL, -20.0, -20.0}};
    for (size_t i = 0; i < 4; i++) {
        ttsslice_concat_options options = with(cases[i].loudness);
        options.true_peak_db = cases[i].ceiling_db;
        ttsslice_audio *out = joined("o.wav", &options, clips, &timeline);
        ttsslice_loudness got = TTSSLICE_LOUDNESS_INIT;
        assert_int_equal(ttsslice_audio_loudness(out, 0, &got, NULL), 0);
        if (i == 1)
            assert_true(got.true_peak_db <= -2.99 && got.rms_db <= -20.45);
        else
            assert_true(fabs(got.true_peak_db - cases[i].peak_db) < 0.02);
        ttsslice_audio_unref(out);
        ttsslice_timeline_unref(timeline);
    }
    /* A ceiling alone never raises anything. */
    ttsslice_concat_options options = with(NULL);
    options.true_peak_db = -0.5;
    ttsslice_audio *out = joined("o.wav", &options, clips, NULL);
    ttsslice_audio *plain = joined("p.wav", NULL, clips, NULL);
    assert_true(ttsslice_audio_digest(out) == ttsslice_audio_digest(plain));
    ttsslice_audio_unref(out);
    ttsslice_audio_unref(plain);
    free_clips(clips);
}

static void measuring_changes_nothing(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    ttsslice_timeline *timeline = NULL, *silent = NULL;
    ttsslice_loudness said = TTSSLICE_LOUDNESS_INIT, got = TTSSLICE_LOUDNESS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    double gain_db = 1.0;
    make_clips(clips, 1);
    ttsslice_concat_options options = with("measure");
    ttsslice_audio *out = joined("o.wav", &options, clips, &timeline);
    ttsslice_audio *plain = joined("p.wav", NULL, clips, &silent);
    assert_true(ttsslice_audio_digest(out) == ttsslice_audio_digest(plain));
    assert_int_equal(ttsslice_timeline_loudness(timeline, &said, &gain_db, NULL), 0);
    assert_int_equal(ttsslice_audio_loudness(out, 0, &got, NULL), 0);
    assert_true(said.integrated_lufs == got.integrated_lufs && gain_db == 0.0);
    assert_true(said.true_peak_db == got.true_peak_db);
    assert_int_equal(ttsslice_timeline_loudness(silent, &said, NULL, &err), TTSSLICE_ERR_EMPTY);
    assert_int_equal(ttsslice_timeline_loudness(NULL, &said, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_timeline_loudness(timeline, NULL, NULL, &err), TTSSLICE_ERR_INVALID);
    said.size = 4;
    assert_int_equal(ttsslice_timeline_loudness(timeline, &said, NULL, &err), TTSSLICE_ERR_OPTION);
    ttsslice_audio_unref(out);
    ttsslice_audio_unref(plain);
    ttsslice_timeline_unref(timeline);
    ttsslice_timeline_unref(silent);
    free_clips(clips);
}

static void dual_mono_is_lower(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    ttsslice_loudness one = TTSSLICE_LOUDNESS_INIT, two = TTSSLICE_LOUDNESS_INIT;
    make_clips(clips, 1);
    ttsslice_concat_options options = with("-30");
    ttsslice_audio *a = joined("a.wav", &options, clips, NULL);
    options.dual_mono = 1;
    ttsslice_audio *b = joined("b.wav", &options, clips, NULL);
    assert_int_equal(ttsslice_audio_loudness(a, 0, &one, NULL), 0);
    assert_int_equal(ttsslice_audio_loudness(b, 0, &two, NULL), 0);
    assert_true(fabs(one.integrated_lufs - two.integrated_lufs - 3.01) < 0.05);
    ttsslice_audio_unref(a);
    ttsslice_audio_unref(b);
    free_clips(clips);
}

static double level_of_entry(const ttsslice_audio *audio, const ttsslice_timeline_entry *e) {
    double power = 0.0;
    for (int64_t i = e->start_frame; i < e->end_frame; i++)
        power += pow(ttsslice_audio_samples(audio)[i], 2.0);
    return 10.0 * log10(power / (double)(e->end_frame - e->start_frame));
}

static void clips_are_matched_within_bounds(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    ttsslice_timeline *timeline = NULL, *before = NULL;
    make_clips(clips, 1);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_audio *plain = joined("p.wav", &options, clips, &before);
    options.match_clips = 1;
    ttsslice_audio *out = joined("o.wav", &options, clips, &timeline);
    static const double least[CLIPS] = {0.0, -3.0, 3.0, -3.0};
    static const double most[CLIPS] = {0.0, -3.0, 3.0, 3.0};
    for (size_t i = 0; i < CLIPS; i++) {
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        const ttsslice_timeline_entry *b = ttsslice_timeline_get(before, i);
        assert_true(e->gain_db >= least[i] && e->gain_db <= most[i]);
        assert_true(b->gain_db == 0.0);
        assert_int_equal(e->start_frame, b->start_frame);
        assert_int_equal(e->end_frame, b->end_frame);
        assert_true(fabs(level_of_entry(out, e) - level_of_entry(plain, b) - e->gain_db) < 0.05);
    }
    ttsslice_audio_unref(out);
    ttsslice_audio_unref(plain);
    ttsslice_timeline_unref(timeline);
    ttsslice_timeline_unref(before);
    free_clips(clips);
}

/* A clip too long to be kept from its first reading, from a file: the gain is on all of it. */
static void long_clips_are_matched_throughout(void **state) {
    (void)state;
    ttsslice_audio *first = speech(3.0, 3000, 1, 1), *second = speech(50.0, 9000, 1, 2),
                   *out = NULL;
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    char path[128], clip_path[128];
    snprintf(path, sizeof path, "%s", in_folder("o.wav"));
    snprintf(clip_path, sizeof clip_path, "%s", in_folder("c.wav"));
    assert_int_equal(ttsslice_audio_save(second, clip_path, NULL), 0);
    options.match_clips = 1;
    assert_int_equal(ttsslice_concat_open(path, &options, &concat, NULL), 0);
    clip.audio = first;
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    clip.audio = NULL;
    clip.path = clip_path;
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    assert_int_equal(ttsslice_concat_close(concat, &timeline, NULL), 0);
    assert_int_equal(ttsslice_audio_load(path, &out, NULL), 0);
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 1);
    const int64_t fade = 10 * RATE / 1000;
    assert_true(e->gain_db == -3.0);
    for (int64_t i = fade; i < e->end_frame - e->start_frame - fade; i++)
        assert_int_equal(
            ttsslice_audio_samples(out)[e->start_frame + i],
            ttss_sample_from_double(ttsslice_audio_samples(second)[e->trimmed_start + i] / 32768.0 *
                                    ttss_gain_factor(-3.0)));
    ttsslice_audio_unref(first);
    ttsslice_audio_unref(second);
    ttsslice_audio_unref(out);
    ttsslice_timeline_unref(timeline);
    unlink(path);
    unlink(clip_path);
}

static void too_quiet_to_have_a_loudness(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    for (size_t i = 0; i < CLIPS; i++)
        clips[i] = speech(0.5, 1.0, 1, i);
    ttsslice_concat_options options = with("ebu");
    options.match_clips = 1;
    ttsslice_timeline *timeline = NULL;
    ttsslice_loudness said = TTSSLICE_LOUDNESS_INIT;
    double gain_db = 1.0;
    ttsslice_audio *out = joined("o.wav", &options, clips, &timeline);
    assert_int_equal(ttsslice_timeline_loudness(timeline, &said, &gain_db, NULL), 0);
    assert_true(said.integrated_lufs == -INFINITY && gain_db == 0.0);
    ttsslice_audio_unref(out);
    ttsslice_timeline_unref(timeline);
    free_clips(clips);
}

static int32_t ignore(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                      void *user_data) {
    (void)samples, (void)frames, (void)channels, (void)sample_rate, (void)user_data;
    return 0;
}

static void bad_options(void **state) {
    (void)state;
    static const char *const names[] = {"", "loud", "Measure", "3", "-71"};
    ttsslice_concat *concat = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    for (size_t i = 0; i < 5; i++) {
        ttsslice_concat_options options = with(names[i]);
        assert_int_equal(ttsslice_concat_open(in_folder("b.wav"), &options, &concat, &err),
                         TTSSLICE_ERR_INVALID);
    }
    static const double peaks[] = {0.5, -41.0, INFINITY};
    for (size_t i = 0; i < 3; i++) {
        ttsslice_concat_options options = with(NULL);
        options.true_peak_db = peaks[i];
        assert_int_equal(ttsslice_concat_open(in_folder("b.wav"), &options, &concat, &err),
                         TTSSLICE_ERR_INVALID);
    }
    ttsslice_concat_options options = with("ebu");
    options.on_audio = ignore;
    assert_int_equal(ttsslice_concat_open(NULL, &options, &concat, &err), TTSSLICE_ERR_INVALID);
    assert_non_null(strstr(err.message, "path"));
    options.loudness = "measure";
    assert_int_equal(ttsslice_concat_open(NULL, &options, &concat, &err), 0);
    ttsslice_concat_abort(concat);
    assert_int_equal(files_in_folder(), 0);
}

static int join_some(void *clips) {
    ttsslice_concat_options options = with("podcast");
    options.match_clips = 1;
    int code = join(in_folder("m.wav"), &options, clips, CLIPS, NULL, NULL);
    unlink(in_folder("m.wav"));
    assert_int_equal(files_in_folder(), 0);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    ttsslice_audio *clips[CLIPS];
    make_clips(clips, 1);
    assert_survives_alloc_failure(join_some, clips);
    free_clips(clips);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_gain_rounded_once),
        cmocka_unit_test(the_ceiling_comes_first),
        cmocka_unit_test(measuring_changes_nothing),
        cmocka_unit_test(dual_mono_is_lower),
        cmocka_unit_test(clips_are_matched_within_bounds),
        cmocka_unit_test(long_clips_are_matched_throughout),
        cmocka_unit_test(too_quiet_to_have_a_loudness),
        cmocka_unit_test(bad_options),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
