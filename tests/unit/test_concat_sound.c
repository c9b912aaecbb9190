/* SPDX-License-Identifier: MIT */
/* Promises of concat.h about what is heard at a join: the pause is what was asked for, nothing that
 * was said is lost, and nothing clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "joining.h"
#include "base/hash.h"
#include "concat/ramp.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define CLIPS 16

static void test_fades_are_monotone_and_mirror(void **state) {
    (void)state;
    static const int64_t lengths[] = {1, 2, 240, 1199, 1200};
    int16_t up[1200], down[1200];
    for (size_t f = 0; f < sizeof lengths / sizeof lengths[0]; f++) {
        const int64_t length = lengths[f], first = length / 3;
        for (int64_t i = 0; i < length; i++)
            up[i] = down[i] = 30000;
        ttss_ramp_fade(up, first, 1, 0, length, true);
        ttss_ramp_fade(up + first, length - first, 1, first, length, true);
        ttss_ramp_fade(down, length, 1, 0, length, false);
        for (int64_t i = 0; i < length; i++) {
            assert_int_equal(up[i], down[length - 1 - i]);
            assert_true(i == 0 || up[i] >= up[i - 1]);
        }
        if (length == 240)
            assert_in_range(up[0], 0, 2);
    }
}

/* Unrelated noise keeps its power through a crossfade; what is equal on both sides is not clipped
 * away but limited. */
static void test_crossfade_keeps_the_power(void **state) {
    (void)state;
    enum { LENGTH = 48000 };
    static int16_t before[LENGTH], after[LENGTH];
    uint64_t seed = 5;
    double power = 0.0;
    for (int i = 0; i < LENGTH; i++) {
        before[i] = (int16_t)lrint((ttss_draw_unit(&seed) * 2 - 1) * 8000);
        after[i] = (int16_t)lrint((ttss_draw_unit(&seed) * 2 - 1) * 8000);
    }
    ttss_ramp_cross(after, before, LENGTH, 1, 0, LENGTH);
    for (int i = 0; i < LENGTH; i++)
        power += (double)after[i] * after[i] / LENGTH;
    assert_true(fabs(10 * log10(power / (8000.0 * 8000.0 / 3))) < 0.1);
    int16_t loud[2] = {32767, -32768}, same[2] = {32767, -32768};
    ttss_ramp_cross(loud, same, 2, 1, 9, 20);
    assert_int_equal(loud[0], 32767);
    assert_int_equal(loud[1], -32768);
}

/* Clips that begin and end at full swing are joined without a step: a raised cosine of n frames has
 * a slope of at most pi/2n, and n is 3 ms where there is no quiet. */
static void test_joins_do_not_click(void **state) {
    (void)state;
    ttsslice_audio *up = level(20000, 12000), *down = level(-20000, 12000);
    ttsslice_clip clips[CLIPS];
    for (int32_t i = 0; i < CLIPS; i++) {
        clips[i] = clip_of(i % 2 ? down : up);
        clips[i].break_after = 1 + i % 6;
    }
    ttsslice_timeline_unref(join(in_folder("c.wav"), NULL, clips, CLIPS));
    ttsslice_audio *out = NULL;
    assert_int_equal(ttsslice_audio_load(in_folder("c.wav"), &out, NULL), 0);
    const int16_t *p = ttsslice_audio_samples(out);
    const double bound = 20000 * 3.1416 / (2 * 72) + 1;
    assert_in_range(p[0], 0, 3);
    for (int64_t i = 1; i < ttsslice_audio_frames(out); i++)
        assert_true(abs(p[i] - p[i - 1]) <= bound);
    assert_in_range(abs(p[ttsslice_audio_frames(out) - 1]), 0, 3);
    ttsslice_audio_unref(out);
    ttsslice_audio_unref(up);
    ttsslice_audio_unref(down);
    unlink(in_folder("c.wav"));
}

static int64_t pause_after(const ttsslice_concat_options *options, const ttsslice_clip *first) {
    ttsslice_audio *audio = level(9000, RATE / 2);
    ttsslice_clip clips[2] = {*first, clip_of(audio)};
    ttsslice_concat_options o = *options;
    heard h = {0};
    o.on_audio = hear;
    o.on_audio_data = &h;
    ttsslice_timeline *timeline = join(NULL, &o, clips, 2);
    int64_t pause = ttsslice_timeline_get(timeline, 0)->pause_frames;
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    free(h.samples);
    return pause * 1000 / RATE;
}

static void test_pauses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t wanted;
    } marks[] = {{NULL, 200},
                 {"", 200},
                 {"so it is.", 200},
                 {"so,", 100},
                 {"so,\"  \n", 100},
                 {"\xe6\x98\xaf\xef\xbc\x8c", 100},
                 {"\xe6\x98\xaf\xe3\x80\x82", 200},
                 {"\xe6\x98\xaf\xe3\x80\x81\xe3\x80\x8d", 100},
                 {"wait \xe2\x80\x94", 100},
                 {"\xe6\x98\xaf\xef\xbc\x9b\xe2\x80\x9d", 100}};
    ttsslice_audio *audio = level(9000, RATE / 2);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_clip clip = clip_of(audio);
    clip.break_after = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        clip.text = marks[i].text;
        assert_int_equal(pause_after(&options, &clip), marks[i].wanted);
    }
    clip.pause_ms = 1234;
    assert_int_equal(pause_after(&options, &clip), 1234);
    clip.pause_ms = -1;
    options.pause_word_ms = 11;
    options.pause_clause_ms = 22;
    options.pause_paragraph_ms = 0;
    options.pause_section_ms = 5000;
    static const int64_t wanted[] = {11, 22, 200, 0, 5000, 0};
    for (int32_t kind = 1; kind <= 6; kind++) {
        clip.break_after = kind;
        assert_int_equal(pause_after(&options, &clip), wanted[kind - 1]);
    }
    ttsslice_audio_unref(audio);
}

/* From the last sound of one clip to the first of the next it is the pause, whatever the clips
 * bring along, and with trimming or without. */
static void test_quiet_counts_for_the_pause(void **state) {
    (void)state;
    for (int32_t trim = 0; trim < 4; trim++) {
        ttsslice_audio *audio = voice(0.05, 0.5, 0.08, 1, RATE, 1), *out = NULL;
        ttsslice_clip clips[2] = {clip_of(audio), clip_of(audio)};
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        options.trim = trim;
        ttsslice_timeline_unref(join(in_folder("q.wav"), &options, clips, 2));
        assert_int_equal(ttsslice_audio_load(in_folder("q.wav"), &out, NULL), 0);
        int64_t longest = 0, run = 0;
        for (int64_t i = 0; i < ttsslice_audio_frames(out); i++) {
            run = abs(ttsslice_audio_samples(out)[i]) < 100 ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
        assert_in_range(longest, RATE / 5 - 480, RATE / 5 + 480);
        ttsslice_audio_unref(audio);
        ttsslice_audio_unref(out);
        unlink(in_folder("q.wav"));
    }
}

static void test_crossfade_takes_quiet_alone(void **state) {
    (void)state;
    ttsslice_audio *quiet = voice(0.2, 0.5, 0.2, 1, RATE, 1), *loud = level(9000, RATE / 2);
    ttsslice_clip clips[3] = {clip_of(quiet), clip_of(quiet), clip_of(loud)};
    for (size_t i = 0; i < 3; i++)
        clips[i].break_after = TTSSLICE_BREAK_WORD;
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    options.crossfade_ms = 20;
    ttsslice_timeline *timeline = join(in_folder("x.wav"), &options, clips, 3);
    assert_int_equal(ttsslice_timeline_get(timeline, 0)->overlap_frames, RATE / 50);
    assert_int_equal(ttsslice_timeline_get(timeline, 1)->overlap_frames, 0); /* the next is loud */
    ttsslice_audio *out = NULL;
    assert_int_equal(ttsslice_audio_load(in_folder("x.wav"), &out, NULL), 0);
    check_timeline(timeline, ttsslice_audio_frames(out));
    const int64_t at = ttsslice_timeline_get(timeline, 1)->start_frame;
    for (int64_t i = at; i < at + RATE / 50; i++) /* noise on noise, of the same power */
        assert_true(abs(ttsslice_audio_samples(out)[i]) <= 22);
    ttsslice_timeline_unref(timeline);
    options.crossfade_ms = 1000;
    timeline = join(in_folder("x.wav"), &options, clips, 2);
    assert_in_range(ttsslice_timeline_get(timeline, 0)->overlap_frames, 720, 960);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(quiet);
    ttsslice_audio_unref(loud);
    ttsslice_audio_unref(out);
    unlink(in_folder("x.wav"));
}

/* At a join no two neighbouring samples differ by more than they do inside the clips. */
static void test_joins_are_as_smooth_as_speech(void **state) {
    (void)state;
    ttsslice_audio *audio[8], *out = NULL;
    ttsslice_clip clips[8];
    for (int32_t fade = 3; fade <= 10; fade += 7)
        for (int64_t cross = 0; cross <= 40; cross += 40) {
            int inside = 0;
            for (size_t i = 0; i < 8; i++) {
                audio[i] = voice(i % 2 ? 0.0 : 0.1, 0.5, i % 3 ? 0.0 : 0.1, 1, RATE, i);
                clips[i] = clip_of(audio[i]);
                clips[i].break_after = 1 + (int32_t)i % 3;
                const int16_t *p = ttsslice_audio_samples(audio[i]);
                for (int64_t k = RATE / 5; k < RATE / 3; k++)
                    inside = abs(p[k] - p[k - 1]) > inside ? abs(p[k] - p[k - 1]) : inside;
            }
            ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
            options.fade_ms = fade;
            options.crossfade_ms = cross;
            ttsslice_timeline *timeline = join(in_folder("s.wav"), &options, clips, 8);
            assert_int_equal(ttsslice_audio_load(in_folder("s.wav"), &out, NULL), 0);
            const int16_t *p = ttsslice_audio_samples(out);
            for (size_t i = 0; i + 1 < 8; i++) {
                const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
                int64_t from = e->end_frame - 2400, to = e->end_frame + e->pause_frames + 2400;
                for (int64_t k = from; k < to; k++)
                    assert_true(abs(p[k] - p[k - 1]) <= inside);
            }
            assert_true(abs(p[0]) <= inside && abs(p[ttsslice_audio_frames(out) - 1]) <= inside);
            ttsslice_timeline_unref(timeline);
            ttsslice_audio_unref(out);
            for (size_t i = 0; i < 8; i++)
                ttsslice_audio_unref(audio[i]);
        }
    unlink(in_folder("s.wav"));
}

static void test_long_silence_inside(void **state) {
    (void)state;
    static const size_t starts[] = {0, 4}, lengths[] = {3, 3};
    static const double starts_s[] = {0.1, 2.6}, ends_s[] = {0.4, 2.9};
    ttsslice_audio *audio = with_a_hole(), *out = NULL;
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    clip.word_count = 2;
    clip.word_starts = starts;
    clip.word_lengths = lengths;
    clip.word_starts_s = starts_s;
    clip.word_ends_s = ends_s;
    options.silence_max_ms = 700;
    ttsslice_timeline *timeline = join(in_folder("h.wav"), &options, &clip, 1);
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
    assert_in_range(e->trimmed_inside, RATE * 13 / 10 - 480, RATE * 13 / 10);
    assert_int_equal(e->end_frame, 3 * RATE - e->trimmed_inside);
    assert_int_equal(ttsslice_timeline_word(timeline, 0)->start_frame, RATE / 10);
    assert_int_equal(ttsslice_timeline_word(timeline, 1)->start_frame,
                     RATE * 26 / 10 - e->trimmed_inside);
    assert_int_equal(ttsslice_audio_load(in_folder("h.wav"), &out, NULL), 0);
    check_timeline(timeline, ttsslice_audio_frames(out));
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(out);
    unlink(in_folder("h.wav"));
}

/* A vowel, a soft consonant 42 dB under it after a gap of 60 ms, then nothing: the consonant
 * stays, and so it does at the front. */
static void test_soft_consonants_live(void **state) {
    (void)state;
    const int64_t vowel = RATE / 2, gap = RATE * 6 / 100, soft = RATE / 10, rest = RATE;
    const int64_t frames = 2 * rest + 2 * soft + 2 * gap + vowel;
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    uint64_t seed = 3;
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++) {
        int64_t from_front = i - rest, mirrored = frames - 1 - i - rest;
        int64_t at = from_front < mirrored ? from_front : mirrored;
        double x = (ttss_draw_unit(&seed) * 2 - 1) * 3;
        if (at >= 0 && at < soft)
            x += (ttss_draw_unit(&seed) * 2 - 1) * 85;
        else if (at >= soft + gap)
            x += 9000 * sin(0.04 * (double)i);
        samples[i] = (int16_t)lrint(x);
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, RATE, &audio, NULL), 0);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_timeline *timeline = join(in_folder("c.wav"), NULL, &clip, 1);
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
    assert_in_range(e->trimmed_start, rest - 960, rest - 480);
    assert_in_range(e->trimmed_end, rest - 960, rest - 480);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    free(samples);
    unlink(in_folder("c.wav"));
}

/* After the last word at 0.5 s a gap, then breath that nobody asked for. */
static void test_tail_repair(void **state) {
    (void)state;
    static const size_t starts[] = {0, 3, 6}, lengths[] = {3, 3, 3};
    double starts_s[] = {0.05, 0.2, 0.3}, ends_s[] = {0.5, 0.5, 0.5};
    int16_t samples[2 * RATE] = {0};
    for (int i = 0; i < RATE * 3 / 2; i++)
        if (i < RATE / 2 || i > RATE * 8 / 10)
            samples[i] = (int16_t)lrint((i < RATE / 2 ? 9000 : 2500) * sin(0.06 * i));
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_audio_new_s16(samples, 2 * RATE, 1, RATE, &audio, NULL), 0);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    clip.word_count = 1;
    clip.word_starts = starts;
    clip.word_lengths = lengths;
    clip.word_starts_s = starts_s;
    clip.word_ends_s = ends_s;
    for (int on = 0; on < 2; on++)
        for (int late = 0; late < 2; late++) {
            options.tail_repair = on;
            ends_s[0] = late ? 1.45 : 0.5; /* late: the sound belongs to the word */
            ttsslice_timeline *timeline = join(in_folder("t.wav"), &options, &clip, 1);
            const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
            assert_int_equal(e->repaired_frames > 0, on && !late);
            assert_in_range(e->end_frame, on && !late ? RATE / 2 : RATE * 3 / 2,
                            on && !late ? RATE * 6 / 10 : RATE * 16 / 10);
            ttsslice_timeline_unref(timeline);
        }
    /* Three words, one of them without a time: only where it is the last is nothing cut. */
    options.tail_repair = 1;
    clip.word_count = 3;
    for (size_t unknown = 0; unknown < 3; unknown++) {
        for (size_t i = 0; i < 3; i++)
            starts_s[i] = ends_s[i] = i == unknown ? NAN : 0.5;
        ttsslice_timeline *timeline = join(in_folder("t.wav"), &options, &clip, 1);
        assert_int_equal(ttsslice_timeline_get(timeline, 0)->repaired_frames > 0, unknown < 2);
        assert_int_equal(ttsslice_timeline_word_count(timeline), 2);
        ttsslice_timeline_unref(timeline);
    }
    /* Nor where the words do not reach the end of the text, or times make no sense. */
    static const char *const texts[] = {"abcdefghi.\"", "abcdefghi jkl"};
    clip.word_count = 3;
    for (size_t i = 0; i < 4; i++) {
        for (size_t w = 0; w < 3; w++)
            starts_s[w] = 0.2, ends_s[w] = 0.5;
        clip.text = texts[i == 1];
        ends_s[2] = i == 2 ? 0.1 : 0.5;
        starts_s[2] = i == 3 ? -0.2 : 0.2;
        ttsslice_timeline *repaired = join(in_folder("t.wav"), &options, &clip, 1);
        assert_int_equal(ttsslice_timeline_get(repaired, 0)->repaired_frames > 0, i == 0);
        ttsslice_timeline_unref(repaired);
    }
    clip.text = NULL;
    starts_s[2] = 0.2;
    /* The order of the text need not be that of the times. */
    ends_s[0] = 1.45;
    ends_s[1] = ends_s[2] = 0.5;
    ttsslice_timeline *timeline = join(in_folder("t.wav"), &options, &clip, 1);
    assert_int_equal(ttsslice_timeline_get(timeline, 0)->repaired_frames, 0);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    unlink(in_folder("t.wav"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fades_are_monotone_and_mirror),
        cmocka_unit_test(test_crossfade_keeps_the_power),
        cmocka_unit_test(test_joins_do_not_click),
        cmocka_unit_test(test_pauses),
        cmocka_unit_test(test_quiet_counts_for_the_pause),
        cmocka_unit_test(test_crossfade_takes_quiet_alone),
        cmocka_unit_test(test_joins_are_as_smooth_as_speech),
        cmocka_unit_test(test_long_silence_inside),
        cmocka_unit_test(test_soft_consonants_live),
        cmocka_unit_test(test_tail_repair),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
