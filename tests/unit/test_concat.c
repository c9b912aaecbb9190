/* SPDX-License-Identifier: MIT */
/* Promises of concat.h: the timeline is exact to the frame, the file holds just that, trimming
 * never loses a clip, joins do not click, and a failure leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/file.h"
#include "base/hash.h"
#include "concat/trim.h"

#include <ttsslice/concat.h>

#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLIPS_MAX 16

static char folder[] = "/tmp/ttsslice-concat-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
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

static void assert_fails(int32_t wanted, int32_t got, const ttsslice_error *err) {
    assert_int_equal(got, wanted);
    assert_int_equal(err->code, wanted);
    assert_int_equal(err->slice, TTSSLICE_SLICE_CONCAT);
    assert_true(err->message[0] != '\0');
}

/* `lead` frames of quiet noise, `body` of loud noise, `tail` of quiet noise. */
static ttsslice_audio *speech(int64_t lead, int64_t body, int64_t tail, int32_t channels,
                              int32_t rate, uint64_t seed) {
    const int64_t frames = lead + body + tail;
    int16_t *samples = calloc((size_t)(frames * channels), sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames * channels; i++) {
        int64_t frame = i / channels;
        int16_t peak = frame >= lead && frame < lead + body ? 8000 : 20;
        samples[i] = (int16_t)(lrint((ttss_draw_unit(&seed) * 2 - 1) * peak));
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}

static ttsslice_audio *constant(int16_t value, int64_t frames, int32_t rate) {
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++)
        samples[i] = value;
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}

static ttsslice_clip clip_of(const ttsslice_audio *audio, int32_t break_after, int64_t chunk) {
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    clip.audio = audio;
    clip.break_after = break_after;
    clip.chunk = chunk;
    return clip;
}

static int32_t take_nothing(const int16_t *samples, int64_t frames, int32_t channels,
                            int32_t sample_rate, void *user_data) {
    (void)samples;
    (void)frames;
    (void)channels;
    (void)sample_rate;
    (void)user_data;
    return 0;
}

static ttsslice_timeline *join(const char *path, const ttsslice_concat_options *options,
                               const ttsslice_clip *clips, size_t count) {
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    assert_int_equal(ttsslice_concat_open(path, options, &concat, NULL), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ttsslice_concat_add(concat, &clips[i], NULL), 0);
    assert_int_equal(ttsslice_concat_close(concat, &timeline, NULL), 0);
    return timeline;
}

/* --- the identity --------------------------------------------------------------------------- */

static int64_t wanted_pause(const ttsslice_concat_options *o, int32_t rate, int32_t break_after) {
    static const double factors[] = {0, 0, 0.5, 1, 2, 4, 0};
    return (int64_t)floor((double)o->pause_ms * factors[break_after] * rate / 1000.0 + 0.5);
}

static void check_entry(const ttsslice_concat_options *o, const ttsslice_timeline_entry *e,
                        const ttsslice_clip *clip, const ttsslice_audio *out) {
    const int32_t channels = ttsslice_audio_channels(out);
    const int64_t kept = e->end_frame - e->start_frame;
    const int16_t *got = ttsslice_audio_samples(out) + e->start_frame * channels;
    const int16_t *in = ttsslice_audio_samples(clip->audio) + e->trimmed_start * channels;
    int64_t fade = (o->fade_ms * ttsslice_audio_sample_rate(out) + 500) / 1000;
    fade = fade > kept / 2 ? kept / 2 : fade;
    assert_true(kept > 0);
    assert_int_equal(e->trimmed_start + kept + e->trimmed_end, ttsslice_audio_frames(clip->audio));
    if (!o->trim)
        assert_int_equal(kept, ttsslice_audio_frames(clip->audio));
    for (int64_t i = 0; i < kept * channels; i++) {
        int64_t frame = i / channels;
        if (frame >= fade && frame < kept - fade)
            assert_int_equal(got[i], in[i]);
        else
            assert_true(abs(got[i]) <= abs(in[i]) && (int32_t)got[i] * in[i] >= 0);
    }
    for (int64_t i = 0; i < e->pause_frames * channels; i++)
        assert_int_equal(got[kept * channels + i], 0);
}

/* Frames of a clip, as it stands in the output, before its first or after its last sound. */
static int64_t quiet_of(const ttsslice_clip *clip, const ttsslice_timeline_entry *e, bool front) {
    const int64_t window = ttsslice_audio_sample_rate(clip->audio) / 100;
    ttss_envelope envelope = {0};
    ttss_cuts cuts = {0};
    const ttss_trim_rules whole = {TTSSLICE_TRIM_OFF, 0, NAN};
    ttss_envelope_begin(&envelope, (int32_t)(window * 100), ttsslice_audio_channels(clip->audio));
    ttss_envelope_add(&envelope, ttsslice_audio_samples(clip->audio),
                      ttsslice_audio_frames(clip->audio));
    ttss_envelope_end(&envelope);
    assert_true(ttss_trim(&envelope, &whole, &cuts));
    int64_t quiet = front ? cuts.quiet_start - e->trimmed_start : cuts.quiet_end - e->trimmed_end;
    ttss_envelope_free(&envelope);
    ttss_cuts_free(&cuts);
    return quiet;
}

static void check_join(const ttsslice_concat_options *o, const ttsslice_clip *clips, size_t count,
                       const char *path) {
    ttsslice_timeline *timeline = join(path, o, clips, count);
    ttsslice_audio *out = NULL;
    int64_t at = 0;
    assert_int_equal(ttsslice_audio_load(path, &out, NULL), 0);
    assert_int_equal(ttsslice_timeline_count(timeline), count);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        int32_t rate = ttsslice_audio_sample_rate(clips[i].audio);
        assert_int_equal(e->start_frame, at);
        assert_int_equal(e->chunk, clips[i].chunk);
        int64_t pause = i + 1 < count ? wanted_pause(o, rate, clips[i].break_after) : 0;
        if (pause)
            pause -= quiet_of(&clips[i], e, false) +
                     quiet_of(&clips[i + 1], ttsslice_timeline_get(timeline, i + 1), true);
        assert_int_equal(e->pause_frames, pause > 0 ? pause : 0);
        at = e->end_frame + e->pause_frames;
        check_entry(o, e, &clips[i], out);
    }
    assert_int_equal(ttsslice_timeline_frames(timeline), at);
    assert_int_equal(ttsslice_audio_frames(out), at);
    assert_int_equal(ttsslice_audio_sample_rate(out), ttsslice_timeline_sample_rate(timeline));
    assert_null(ttsslice_timeline_get(timeline, count));
    ttsslice_audio_unref(out);
    ttsslice_timeline_unref(timeline);
    assert_int_equal(unlink(path), 0);
}

static void test_identity(void **state) {
    (void)state;
    static const int32_t rates[] = {1000, 8000, 11025, 24000, 44100};
    uint64_t seed = 42;
    for (int round = 0; round < 120; round++) {
        ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_clip clips[CLIPS_MAX];
        const int32_t rate = rates[ttss_draw_below(&seed, 5)];
        const int32_t channels = 1 + (int32_t)ttss_draw_below(&seed, 2);
        const size_t count = 1 + ttss_draw_below(&seed, 6);
        options.pause_ms = (int64_t)ttss_draw_below(&seed, 60);
        options.fade_ms = (int64_t)ttss_draw_below(&seed, 30);
        options.trim = (int32_t)ttss_draw_below(&seed, 4);
        for (size_t i = 0; i < count; i++) {
            ttsslice_audio *audio =
                speech((int64_t)ttss_draw_below(&seed, 3000), (int64_t)ttss_draw_below(&seed, 4000),
                       1 + (int64_t)ttss_draw_below(&seed, 3000), channels, rate, seed);
            clips[i] = clip_of(audio, 1 + (int32_t)ttss_draw_below(&seed, 6), (int64_t)i);
        }
        check_join(&options, clips, count, in_folder(round % 4 ? "x.wav" : "x.flac"));
        for (size_t i = 0; i < count; i++)
            ttsslice_audio_unref((ttsslice_audio *)clips[i].audio);
    }
}

static void test_known_values(void **state) {
    (void)state;
    ttsslice_audio *audio = constant(1000, 24000, 24000);
    ttsslice_clip clips[6];
    for (int32_t i = 0; i < 6; i++)
        clips[i] = clip_of(audio, i + 1, i + 10);
    ttsslice_timeline *timeline = join(in_folder("k.wav"), NULL, clips, 6);
    static const int64_t pauses[] = {0, 2400, 4800, 9600, 19200, 0};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(ttsslice_timeline_get(timeline, i)->pause_frames, pauses[i]);
    assert_int_equal(ttsslice_timeline_frames(timeline), 6 * 24000 + 36000);
    ttsslice_timeline_unref(timeline);
    struct stat there;
    assert_int_equal(stat(in_folder("k.wav"), &there), 0);
    assert_int_equal(there.st_size, 44 + 2 * (6 * 24000 + 36000));
    unlink(in_folder("k.wav"));
    ttsslice_audio_unref(audio);
}

static void test_same_bytes_again(void **state) {
    (void)state;
    static const char *const names[] = {"s.wav", "s.flac", "s.opus"};
    ttsslice_audio *audio = speech(3000, 20000, 5000, 1, 24000, 3);
    ttsslice_clip clips[2] = {clip_of(audio, 3, 0), clip_of(audio, 4, 1)};
    for (size_t f = 0; f < 3; f++) {
        char *first = NULL, *second = NULL;
        size_t first_size = 0, second_size = 0;
        ttsslice_concat *probe = NULL;
        assert_int_equal(ttsslice_concat_open(in_folder(names[f]), NULL, &probe, NULL), 0);
        int32_t code = ttsslice_concat_add(probe, &clips[0], NULL);
        ttsslice_concat_abort(probe);
        if (code) {
            assert_int_equal(f, 2); /* opus may not be built in */
            continue;
        }
        for (int run = 0; run < 2; run++) {
            ttsslice_timeline_unref(join(in_folder(names[f]), NULL, clips, 2));
            assert_int_equal(ttss_file_read(in_folder(names[f]), 1 << 24, run ? &second : &first,
                                            run ? &second_size : &first_size, NULL),
                             0);
            unlink(in_folder(names[f]));
        }
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        free(first);
        free(second);
    }
    ttsslice_audio_unref(audio);
}

/* What trimming keeps of a clip: from its first to its last frame. */
static void find_kept(const ttsslice_audio *audio, int64_t *start, int64_t *end) {
    ttsslice_clip clip = clip_of(audio, 3, 0);
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    options.on_audio = take_nothing;
    ttsslice_timeline *timeline = join(NULL, &options, &clip, 1);
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
    *start = e->trimmed_start;
    *end = ttsslice_audio_frames(audio) - e->trimmed_end;
    ttsslice_timeline_unref(timeline);
}

/* --- trimming and fading -------------------------------------------------------------------- */

static void test_trim_keeps_what_sounds(void **state) {
    (void)state;
    uint64_t seed = 9;
    for (int round = 0; round < 200; round++) {
        int64_t lead = (int64_t)ttss_draw_below(&seed, 20000);
        int64_t body = 240 + (int64_t)ttss_draw_below(&seed, 20000);
        int64_t tail = (int64_t)ttss_draw_below(&seed, 20000), start = -1, end = -1;
        ttsslice_audio *audio = speech(lead, body, tail, 1, 24000, seed);
        find_kept(audio, &start, &end);
        /* At least the guard of 720 frames stays, at most that and a window of 240. */
        assert_true(start <= (lead > 720 ? lead - 720 : 0));
        assert_true(start >= lead - 720 - 240);
        assert_true(end >= lead + body + (tail > 720 ? 720 : tail));
        assert_true(end <= lead + body + 720 + 240);
        ttsslice_audio_unref(audio);
    }
}

static void test_faint_and_silent_clips(void **state) {
    (void)state;
    int64_t start = -1, end = -1;
    ttsslice_audio *zeros = constant(0, 24000, 24000), *hiss = speech(24000, 0, 0, 1, 24000, 1);
    ttsslice_audio *one = constant(0, 1, 24000), *loud = constant(20000, 7, 8000);
    ttsslice_audio *all[] = {zeros, hiss, one, loud};
    for (size_t i = 0; i < 4; i++) {
        find_kept(all[i], &start, &end);
        assert_int_equal(start, 0);
        assert_int_equal(end, ttsslice_audio_frames(all[i]));
    }
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_clip clips[2] = {clip_of(zeros, 3, 0), clip_of(one, 3, 1)};
    clips[1].audio = one;
    check_join(&options, clips, 2, in_folder("z.wav"));
    for (size_t i = 0; i < 4; i++)
        ttsslice_audio_unref(all[i]);
}

/* Speech at -45 dBFS keeps its own quieter sounds, 10 dB down, though these are under the floor. */
static void test_quiet_speech_is_not_eaten(void **state) {
    (void)state;
    enum { PART = 4800 };
    int16_t samples[4 * PART] = {0};
    for (int i = 0; i < 2 * PART; i++) {
        int loud = i >= PART / 2 && i < 3 * PART / 2;
        samples[PART + i] = (int16_t)lrint((loud ? 260 : 80) * sin(i * 0.1));
    }
    ttsslice_audio *audio = NULL;
    int64_t start = 0, end = 0;
    assert_int_equal(ttsslice_audio_new_s16(samples, 4 * PART, 1, 24000, &audio, NULL), 0);
    find_kept(audio, &start, &end);
    assert_int_equal(start, PART - 720);
    assert_int_equal(end, 3 * PART + 720);
    ttsslice_audio_unref(audio);
}

/* --- the timeline --------------------------------------------------------------------------- */

static ttsslice_timeline *timeline_with_words(void) {
    static const char text[] = "One two\n three. \xc2\xbb"
                               "Four\xc2\xab";
    static const size_t starts[] = {100, 104, 109, 118}, lengths[] = {3, 3, 5, 4};
    static const double starts_s[] = {0.0, 0.6, NAN, 1.9}, ends_s[] = {0.5, 0.9, 1.0, 9.0};
    ttsslice_audio *audio = speech(12000, 24000, 12000, 1, 24000, 1);
    ttsslice_clip clips[2] = {clip_of(audio, 3, 7), clip_of(audio, 6, 8)};
    clips[0].text = text;
    clips[0].text_start = 100;
    clips[0].text_length = strlen(text);
    clips[0].word_count = 4;
    clips[0].word_starts = starts;
    clips[0].word_lengths = lengths;
    clips[0].word_starts_s = starts_s;
    clips[0].word_ends_s = ends_s;
    clips[0].score = 97.125;
    clips[1].text = "\"Five\" \\ six.";
    clips[1].passed = 0;
    ttsslice_timeline *timeline = join(in_folder("w.wav"), NULL, clips, 2);
    unlink(in_folder("w.wav"));
    ttsslice_audio_unref(audio);
    return timeline;
}

static void test_words(void **state) {
    (void)state;
    ttsslice_timeline *timeline = timeline_with_words();
    const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, 0);
    assert_int_equal(e->trimmed_start, 12000 - 720);
    assert_int_equal(e->trimmed_end, 12000 - 720);
    assert_int_equal(e->end_frame, 24000 + 2 * 720);
    assert_int_equal(ttsslice_timeline_word_count(timeline), 3);
    static const int64_t wanted[3][3] = {
        {100, 0, 720}, {104, 14400 - 11280, 21600 - 11280}, {118, 25440, 25440}};
    for (size_t i = 0; i < 3; i++) {
        const ttsslice_timed_word *word = ttsslice_timeline_word(timeline, i);
        assert_int_equal(word->entry, 0);
        assert_int_equal(word->text_start, wanted[i][0]);
        assert_int_equal(word->start_frame, wanted[i][1]);
        assert_int_equal(word->end_frame, wanted[i][2]);
    }
    assert_null(ttsslice_timeline_word(timeline, 3));
    assert_ptr_equal(ttsslice_timeline_ref(timeline), timeline);
    ttsslice_timeline_unref(timeline);
    ttsslice_timeline_unref(timeline);
}

static void test_segments_json(void **state) {
    (void)state;
    ttsslice_timeline *timeline = timeline_with_words();
    char *text = NULL;
    assert_int_equal(ttsslice_timeline_segments_json(timeline, &text, NULL), 0);
    static const char begin[] =
        "[\n  {\n    \"start\": 0.0,\n    \"end\": 1.06,\n    \"text\": \"One";
    assert_memory_equal(text, begin, sizeof begin - 1);
    json_t *array = json_loads(text, 0, NULL);
    assert_int_equal(json_array_size(array), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *o = json_array_get(array, i);
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        assert_int_equal(json_object_size(o), 13);
        assert_string_equal(json_string_value(json_object_get(o, "text")), e->text);
        assert_int_equal(json_integer_value(json_object_get(o, "chunk")), 7 + i);
        assert_int_equal(json_integer_value(json_object_get(o, "start_frame")), e->start_frame);
        assert_int_equal(json_integer_value(json_object_get(o, "end_frame")), e->end_frame);
        assert_int_equal(json_integer_value(json_object_get(o, "pause_frames")), e->pause_frames);
        double start = json_number_value(json_object_get(o, "start"));
        assert_true(fabs(start - (double)e->start_frame / 24000) <= 0.5e-6);
    }
    const json_t *first = json_array_get(array, 0), *second = json_array_get(array, 1);
    assert_string_equal(json_string_value(json_object_get(first, "break")), "sentence");
    assert_string_equal(json_string_value(json_object_get(second, "break")), "end");
    assert_true(json_number_value(json_object_get(first, "score")) == 97.125);
    assert_true(json_is_null(json_object_get(second, "score")));
    assert_true(json_is_true(json_object_get(first, "passed")));
    assert_true(json_is_false(json_object_get(second, "passed")));
    assert_int_equal(json_array_size(json_object_get(first, "words")), 3);
    assert_int_equal(json_array_size(json_object_get(second, "words")), 0);
    const json_t *word = json_array_get(json_object_get(first, "words"), 1);
    assert_true(json_number_value(json_object_get(word, "start")) == 0.13);
    assert_true(json_number_value(json_object_get(word, "end")) == 0.43);
    json_decref(array);
    ttsslice_free(text);
    ttsslice_timeline_unref(timeline);
}

static void test_srt(void **state) {
    (void)state;
    ttsslice_timeline *timeline = timeline_with_words();
    char *text = NULL;
    assert_int_equal(ttsslice_timeline_srt(timeline, &text, NULL), 0);
    assert_string_equal(text, "1\n00:00:00,000 --> 00:00:01,060\n"
                              "One two three. \xc2\xbb"
                              "Four\xc2\xab\n\n"
                              "2\n00:00:01,200 --> 00:00:02,260\n\"Five\" \\ six.\n\n");
    ttsslice_free(text);
    ttsslice_timeline_unref(timeline);
}

static const char long_text[] =
    "The lamp had been lit early that evening, and everyone in the house had found some reason to "
    "pass through the kitchen, where the kettle sang. Nobody said what they were waiting for: it "
    "was enough that the wind had turned, that the road was dry, and that it was Thursday.";

/* A long entry: cut at words if their times are known, one cue if not; the words stay the same. */
static void check_long_srt(bool timed) {
    size_t starts[64], lengths[64], count = 0;
    double starts_s[64], ends_s[64];
    for (const char *p = long_text; *p; p += *p == ' ') {
        size_t length = strcspn(p, " ");
        starts[count] = (size_t)(p - long_text);
        lengths[count] = length;
        starts_s[count] = 0.35 * (double)count + 0.1;
        ends_s[count] = starts_s[count] + 0.3;
        count++;
        p += length;
    }
    ttsslice_audio *audio = constant(5000, (int64_t)(0.35 * (double)(count + 1) * 8000), 8000);
    ttsslice_clip clip = clip_of(audio, 6, 0);
    clip.text = long_text;
    clip.text_length = sizeof long_text - 1;
    clip.word_count = timed ? count : 0;
    clip.word_starts = starts;
    clip.word_lengths = lengths;
    clip.word_starts_s = starts_s;
    clip.word_ends_s = ends_s;
    ttsslice_timeline *timeline = join(in_folder("l.wav"), NULL, &clip, 1);
    char *srt = NULL, rest[sizeof long_text + 64] = "";
    assert_int_equal(ttsslice_timeline_srt(timeline, &srt, NULL), 0);
    int cues = 0, last_end = 0;
    for (char *line = strtok(srt, "\n"); line; line = strtok(NULL, "\n")) {
        int h, m, s, ms, h2, m2, s2, ms2;
        if (sscanf(line, "%d:%d:%d,%d --> %d:%d:%d,%d", &h, &m, &s, &ms, &h2, &m2, &s2, &ms2) ==
            8) {
            int start = s * 1000 + ms, end = s2 * 1000 + ms2;
            assert_int_equal(start, last_end);
            assert_true(end > start && (!timed || end - start <= 7000));
            last_end = end;
            cues++;
        } else if (strspn(line, "0123456789") != strlen(line)) {
            assert_true(strlen(line) <= 42);
            strcat(strcat(rest, rest[0] ? " " : ""), line);
        }
    }
    assert_string_equal(rest, long_text);
    assert_true(timed ? cues >= 3 : cues == 1);
    assert_int_equal(last_end, ttsslice_timeline_frames(timeline) / 8);
    ttsslice_free(srt);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    unlink(in_folder("l.wav"));
}

static void test_srt_of_a_long_entry(void **state) {
    (void)state;
    check_long_srt(true);
    check_long_srt(false);
}

/* Times for every character of a text without spaces, where no cue may begin: they
 * stay one. A pass over the text for each would be felt. */
static void test_srt_of_a_text_without_spaces(void **state) {
    (void)state;
    const size_t count = 60000;
    char *text = malloc(count + 1);
    size_t *starts = malloc(count * sizeof *starts), *lengths = malloc(count * sizeof *lengths);
    double *starts_s = malloc(count * sizeof *starts_s), *ends_s = malloc(count * sizeof *ends_s);
    memset(text, 'a', count);
    text[count] = '\0';
    for (size_t i = 0; i < count; i++) {
        starts[i] = i;
        lengths[i] = 1;
        starts_s[i] = 1e-3 * (double)i;
        ends_s[i] = 1e-3 * (double)(i + 1);
    }
    ttsslice_audio *audio = constant(5000, (int64_t)count * 8, 8000);
    ttsslice_clip clip = clip_of(audio, 6, 0);
    clip.text = text;
    clip.text_length = count;
    clip.word_count = count;
    clip.word_starts = starts;
    clip.word_lengths = lengths;
    clip.word_starts_s = starts_s;
    clip.word_ends_s = ends_s;
    ttsslice_timeline *timeline = join(in_folder("u.wav"), NULL, &clip, 1);
    char *srt = NULL;
    assert_int_equal(ttsslice_timeline_srt(timeline, &srt, NULL), 0);
    assert_non_null(strstr(srt, text));
    assert_null(strstr(srt, "\n2\n"));
    ttsslice_free(srt);
    ttsslice_timeline_unref(timeline);
    ttsslice_audio_unref(audio);
    free(text);
    free(starts);
    free(lengths);
    free(starts_s);
    free(ends_s);
    unlink(in_folder("u.wav"));
}

/* --- failures ------------------------------------------------------------------------------- */

static void test_null(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    char *text = NULL;
    assert_fails(-100, ttsslice_concat_open(NULL, NULL, &concat, &err), &err);
    assert_fails(-100, ttsslice_concat_open("x.wav", NULL, NULL, &err), &err);
    assert_fails(-100, ttsslice_concat_add(NULL, NULL, &err), &err);
    assert_fails(-100, ttsslice_concat_close(NULL, NULL, &err), &err);
    ttsslice_concat_abort(NULL);
    ttsslice_timeline_unref(NULL);
    assert_null(ttsslice_timeline_ref(NULL));
    assert_int_equal(ttsslice_timeline_count(NULL), 0);
    assert_int_equal(ttsslice_timeline_word_count(NULL), 0);
    assert_int_equal(ttsslice_timeline_frames(NULL), 0);
    assert_int_equal(ttsslice_timeline_sample_rate(NULL), 0);
    assert_null(ttsslice_timeline_get(NULL, 0));
    assert_null(ttsslice_timeline_word(NULL, 0));
    assert_int_equal(ttsslice_timeline_srt(NULL, &text, NULL), -100);
    assert_int_equal(ttsslice_timeline_segments_json(NULL, &text, NULL), -100);
}

static void test_open_refuses(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    const ttsslice_concat_options bad[] = {
        {sizeof bad[0], -1, 10, 1, 0},  {sizeof bad[0], 60001, 10, 1, 0},
        {sizeof bad[0], 200, -1, 1, 0}, {sizeof bad[0], 200, 1001, 1, 0},
        {sizeof bad[0], 200, 10, 4, 0}, {sizeof bad[0], 200, 10, 1, 999},
        {sizeof bad[0], 200, 10, 1, -1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_fails(-100, ttsslice_concat_open(in_folder("b.wav"), &bad[i], &concat, &err), &err);
    const ttsslice_concat_options unset = {0};
    assert_fails(-101, ttsslice_concat_open(in_folder("b.wav"), &unset, &concat, &err), &err);
    assert_fails(-100, ttsslice_concat_open(in_folder("b.mp4"), NULL, &concat, &err), &err);
    assert_fails(-201, ttsslice_concat_open(in_folder("no/b.wav"), NULL, &concat, &err), &err);
    assert_fails(-201, ttsslice_concat_open("/proc/b.wav", NULL, &concat, &err), &err);
    assert_null(concat);
    assert_int_equal(files_in_folder(), 0);
}

static void test_nothing_added(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    assert_int_equal(ttsslice_concat_open(in_folder("e.wav"), NULL, &concat, NULL), 0);
    assert_fails(TTSSLICE_ERR_EMPTY, ttsslice_concat_close(concat, &timeline, &err), &err);
    assert_null(timeline);
    assert_int_equal(files_in_folder(), 0);
}

static void expect_bad_clip(int32_t code, const ttsslice_concat_options *options,
                            const ttsslice_clip *good, const ttsslice_clip *bad, const char *first,
                            const char *second) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    assert_int_equal(ttsslice_concat_open(in_folder("bad.wav"), options, &concat, NULL), 0);
    if (good)
        assert_int_equal(ttsslice_concat_add(concat, good, NULL), 0);
    assert_fails(code, ttsslice_concat_add(concat, bad, &err), &err);
    assert_non_null(strstr(err.message, first));
    assert_non_null(strstr(err.message, second));
    assert_int_equal(err.chunk, bad->chunk);
    if (good)
        assert_fails(code, ttsslice_concat_add(concat, good, &err), &err);
    assert_fails(code, ttsslice_concat_close(concat, &timeline, &err), &err);
    assert_null(timeline);
    assert_int_equal(files_in_folder(), 0);
}

static void test_bad_clips(void **state) {
    (void)state;
    ttsslice_audio *audio = speech(0, 500, 1, 1, 24000, 1), *empty = constant(0, 0, 24000);
    ttsslice_clip good = clip_of(audio, 3, 4), bad = clip_of(empty, 3, 5);
    expect_bad_clip(TTSSLICE_ERR_AUDIO, NULL, &good, &bad, "clip 5: ", "no audio");
    bad.audio = NULL;
    expect_bad_clip(-100, NULL, &good, &bad, "clip 5: ", "no audio");
    bad.audio = audio;
    bad.path = "x.wav";
    expect_bad_clip(-100, NULL, &good, &bad, "x.wav: ", "more than one");
    bad = clip_of(audio, -1, 5);
    expect_bad_clip(-100, NULL, &good, &bad, "break_after", "-1");
    bad.break_after = 7;
    expect_bad_clip(-100, NULL, NULL, &bad, "break_after", "7");
    bad = clip_of(audio, 3, 5);
    bad.text = "a\xff";
    expect_bad_clip(TTSSLICE_ERR_TEXT, NULL, &good, &bad, "", "");
    bad = clip_of(audio, 3, 5);
    bad.word_count = 1;
    expect_bad_clip(-100, NULL, &good, &bad, "words", "");
    ttsslice_audio_unref(audio);
    ttsslice_audio_unref(empty);
}

/* --- memory --------------------------------------------------------------------------------- */

/* Whatever the length of a clip, adding it allocates its text and, now and then, room for the
 * timeline: nothing of the audio is kept. */
static void test_memory_is_bounded(void **state) {
    (void)state;
    ttsslice_audio *audio = speech(0, 1200000, 1, 1, 24000, 1);
    ttsslice_clip clip = clip_of(audio, 3, 0);
    ttsslice_concat *concat = NULL;
    assert_int_equal(ttsslice_concat_open(in_folder("m.wav"), NULL, &concat, NULL), 0);
    assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    for (int i = 0; i < 6; i++) {
        alloc_fail_at(-1);
        assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
        assert_int_equal(alloc_count(), 1);
    }
    ttsslice_concat_abort(concat);
    ttsslice_audio_unref(audio);
}

static int join_once(void *argument) {
    const ttsslice_clip *clip = argument;
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    char *json = NULL, *srt = NULL;
    int32_t code = ttsslice_concat_open(in_folder("a.wav"), NULL, &concat, NULL);
    for (int i = 0; i < 10 && !code; i++)
        code = ttsslice_concat_add(concat, clip, NULL);
    if (code)
        ttsslice_concat_abort(concat);
    else
        code = ttsslice_concat_close(concat, &timeline, NULL);
    if (!code)
        code = ttsslice_timeline_segments_json(timeline, &json, NULL);
    if (!code)
        code = ttsslice_timeline_srt(timeline, &srt, NULL);
    ttsslice_free(json);
    ttsslice_free(srt);
    ttsslice_timeline_unref(timeline);
    if (code && !timeline)
        assert_int_equal(files_in_folder(), 0);
    unlink(in_folder("a.wav"));
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    static const size_t starts[] = {0, 4}, lengths[] = {3, 3};
    static const double starts_s[] = {0.0, 0.1}, ends_s[] = {0.1, 0.2};
    ttsslice_audio *audio = speech(0, 5000, 1, 1, 24000, 1);
    ttsslice_clip clip = clip_of(audio, 3, 0);
    clip.text = "one two";
    clip.text_length = 7;
    clip.word_count = 2;
    clip.word_starts = starts;
    clip.word_lengths = lengths;
    clip.word_starts_s = starts_s;
    clip.word_ends_s = ends_s;
    assert_survives_alloc_failure(join_once, &clip);
    ttsslice_audio_unref(audio);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_same_bytes_again),
        cmocka_unit_test(test_trim_keeps_what_sounds),
        cmocka_unit_test(test_faint_and_silent_clips),
        cmocka_unit_test(test_quiet_speech_is_not_eaten),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_segments_json),
        cmocka_unit_test(test_srt),
        cmocka_unit_test(test_srt_of_a_long_entry),
        cmocka_unit_test(test_srt_of_a_text_without_spaces),
        cmocka_unit_test(test_null),
        cmocka_unit_test(test_open_refuses),
        cmocka_unit_test(test_nothing_added),
        cmocka_unit_test(test_bad_clips),
        cmocka_unit_test(test_memory_is_bounded),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
