/* SPDX-License-Identifier: MIT */
/* Clips and joins for tests; see joining.h. */
#include "joining.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/ttsslice-join-XXXXXX";

int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

const char *in_folder(const char *name) {
    static char paths[64][128];
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (size_t i = 0; i < 64; i++) {
        if (!paths[i][0])
            memcpy(paths[i], path, sizeof path);
        if (strcmp(paths[i], path) == 0)
            return paths[i];
    }
    fail_msg("too many names");
    return NULL;
}

size_t files_in_folder(void) {
    DIR *dir = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

ttsslice_audio *voice(double lead_s, double body_s, double tail_s, int32_t channels, int32_t rate,
                      uint64_t seed) {
    const int64_t lead = (int64_t)(lead_s * rate), body = (int64_t)(body_s * rate);
    const int64_t frames = lead + body + (int64_t)(tail_s * rate);
    int16_t *samples = calloc((size_t)(frames * channels), sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames * channels; i++) {
        const double t = (double)(i / channels - lead) / rate;
        const double onset = lead_s > 0 ? t * 200 : 1, end = tail_s > 0 ? (body_s - t) * 200 : 1;
        const double swell = 0.6 - 0.4 * cos(25 * t);
        double x = (ttss_draw_unit(&seed) * 2 - 1) * 15;
        if (t >= 0 && t < (double)body / rate)
            for (int h = 1; h <= 4; h++)
                x += 5000.0 / h * sin(6.2832 * 130 * h * t + h) * swell * fmin(onset, 1) *
                     fmin(fmax(end, 0), 1);
        samples[i] = (int16_t)lrint(x);
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}

ttsslice_audio *level(int16_t value, int64_t frames) {
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++)
        samples[i] = value;
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, RATE, &audio, NULL), 0);
    free(samples);
    return audio;
}

ttsslice_clip clip_of(const ttsslice_audio *audio) {
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    clip.audio = audio;
    return clip;
}

int32_t hear(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
             void *user_data) {
    heard *h = user_data;
    assert_in_range(frames, 1, 65536);
    assert_true(!h->rate || (h->rate == sample_rate && h->channels == channels));
    h->rate = sample_rate;
    h->channels = channels;
    h->samples =
        realloc(h->samples, (size_t)((h->frames + frames) * channels) * sizeof *h->samples);
    memcpy(h->samples + h->frames * channels, samples,
           (size_t)(frames * channels) * sizeof *samples);
    h->frames += frames;
    return ++h->calls == h->fail_at ? TTSSLICE_ERR_CALLBACK : 0;
}

ttsslice_timeline *join(const char *path, const ttsslice_concat_options *options,
                        const ttsslice_clip *clips, size_t count) {
    ttsslice_concat *concat = NULL;
    ttsslice_timeline *timeline = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int32_t code = ttsslice_concat_open(path, options, &concat, &err);
    for (size_t i = 0; i < count && !code; i++)
        code = ttsslice_concat_add(concat, &clips[i], &err);
    if (!code)
        code = ttsslice_concat_close(concat, &timeline, &err);
    if (code)
        fail_msg("%s", err.message);
    return timeline;
}

void check_timeline(const ttsslice_timeline *timeline, int64_t frames) {
    int64_t sum = 0, at = 0;
    const size_t count = ttsslice_timeline_count(timeline);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        assert_true(e->pause_frames == 0 || e->overlap_frames == 0);
        assert_true(e->overlap_frames >= 0 && e->pause_frames >= 0 && e->trimmed_inside >= 0);
        if (e->end_frame > e->start_frame || i + 1 == count)
            assert_int_equal(e->start_frame, at);
        sum += e->end_frame - e->start_frame + e->pause_frames - e->overlap_frames;
        if (e->end_frame > e->start_frame)
            at = e->end_frame + e->pause_frames - e->overlap_frames;
    }
    assert_int_equal(sum, frames);
    assert_int_equal(ttsslice_timeline_frames(timeline), frames);
}

const char *file_clip(const ttsslice_audio *audio, size_t index, bool damaged) {
    char name[32];
    snprintf(name, sizeof name, "clip%zu.%s", index, index % 2 ? "wav" : "flac");
    const char *path = in_folder(name);
    assert_int_equal(ttsslice_audio_save(audio, path, NULL), 0);
    if (damaged)
        assert_int_equal(truncate(path, 3000), 0);
    return path;
}

ttsslice_audio *with_a_hole(void) {
    const int64_t frames = 3 * RATE;
    int16_t *samples = calloc((size_t)frames, sizeof *samples);
    ttsslice_audio *audio = NULL;
    for (int64_t i = 0; i < frames; i++)
        if (i < RATE / 2 || i >= frames - RATE / 2)
            samples[i] = (int16_t)lrint(8000 * sin(0.05 * (double)i));
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, 1, RATE, &audio, NULL), 0);
    free(samples);
    return audio;
}
