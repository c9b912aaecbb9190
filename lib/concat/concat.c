/* SPDX-License-Identifier: MIT */
/* Slice "concat": trims, fades and joins clips into one file. Each clip goes to the encoder in
 * blocks while it is there; what stays is the timeline. The pause after a clip is written when the
 * next one comes, so there is none at the end, whatever the last break is. */
#include <ttsslice/concat.h>

#include "audio/audio.h"
#include "audio/encode.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/utf8.h"
#include "concat/timeline.h"
#include "concat/trim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SAMPLES 8192 /* of all channels together */

struct ttsslice_concat {
    ttsslice_concat_options options;
    const char *format;
    ttss_temp_file temp;
    ttss_writer writer; /* open once the first clip has told rate and channels */
    ttsslice_timeline *timeline;
    int64_t pause; /* frames to write before the next clip */
    int32_t channels;
    int32_t failed; /* code of the first failure */
};

static int32_t read_options(ttsslice_concat_options *options, const ttsslice_concat_options *given,
                            ttsslice_error *err) {
    *options = (ttsslice_concat_options)TTSSLICE_CONCAT_OPTIONS_INIT;
    int32_t code = ttss_options_read(options, sizeof *options, sizeof *options, given,
                                     "ttsslice_concat_options", err);
    if (!code)
        code = ttss_check_range("pause_ms", options->pause_ms, 0, 60000, err);
    if (!code)
        code = ttss_check_range("fade_ms", options->fade_ms, 0, 1000, err);
    if (!code)
        code = ttss_check_range("trim", options->trim, 0, 1, err);
    if (!code && options->sample_rate != 0)
        code = ttss_check_range("sample_rate", options->sample_rate, TTSS_RATE_MIN, TTSS_RATE_MAX,
                                err);
    return code;
}

static int32_t open_join(const char *path, const ttsslice_concat_options *options,
                         ttsslice_concat **out, ttsslice_error *err) {
    if (!path || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no path or no place for the join was given: pass both");
    ttsslice_concat *concat = ttss_new(ttsslice_concat);
    if (!concat)
        return ttss_nomem(err);
    concat->temp.fd = -1;
    concat->writer.store.fd = -1;
    int32_t code = read_options(&concat->options, options, err);
    if (!code)
        code = ttss_format_of_path(path, &concat->format, err);
    if (!code) {
        concat->timeline = ttss_timeline_new();
        code = concat->timeline ? ttss_temp_open(&concat->temp, path, err) : ttss_nomem(err);
    }
    if (code)
        ttsslice_concat_abort(concat);
    else
        *out = concat;
    return code;
}

int32_t ttsslice_concat_open(const char *path, const ttsslice_concat_options *options,
                             ttsslice_concat **out, ttsslice_error *err) {
    int32_t code = open_join(path, options, out, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, -1) : 0;
}

static int32_t check_clip(const ttsslice_clip *clip, ttsslice_error *err) {
    size_t length = TTSSLICE_NUL_TERMINATED;
    if (ttsslice_audio_frames(clip->audio) == 0)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has no audio: leave it out or generate it again");
    if (clip->word_count &&
        (!clip->word_starts || !clip->word_lengths || !clip->word_starts_s || !clip->word_ends_s))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has %zu words without their places or times: pass all four "
                         "arrays",
                         clip->word_count);
    int32_t code = ttss_check_range("break_after", clip->break_after, TTSSLICE_BREAK_WORD,
                                    TTSSLICE_BREAK_END, err);
    if (!code && clip->text)
        code = ttss_text_check(clip->text, &length, err);
    return code;
}

/* The first clip decides on rate and channels. */
static int32_t check_shape(ttsslice_concat *concat, const ttsslice_clip *clip,
                           ttsslice_error *err) {
    int32_t rate = ttsslice_audio_sample_rate(clip->audio);
    int32_t channels = ttsslice_audio_channels(clip->audio);
    int32_t wanted = concat->timeline->sample_rate;
    if (!wanted)
        wanted = concat->options.sample_rate ? concat->options.sample_rate : rate;
    if (rate != wanted)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has %d Hz and the output %d Hz: bring all clips to one rate",
                         (int)rate, (int)wanted);
    if (concat->channels && channels != concat->channels)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has %d channels and the output %d: bring all clips to one "
                         "number of channels",
                         (int)channels, (int)concat->channels);
    if (concat->writer.file)
        return 0;
    int32_t code = ttss_writer_open(&concat->writer, concat->temp.fd, concat->temp.path,
                                    concat->format, channels, rate, err);
    if (!code) {
        concat->channels = channels;
        concat->timeline->sample_rate = rate;
    }
    return code;
}

static int32_t write_silence(ttsslice_concat *concat, int64_t frames, ttsslice_error *err) {
    static const int16_t zeros[BLOCK_SAMPLES];
    const int64_t most = BLOCK_SAMPLES / concat->channels;
    int32_t code = 0;
    while (frames && !code) {
        int64_t n = frames < most ? frames : most;
        code = ttss_writer_add(&concat->writer, zeros, n, err);
        frames -= n;
    }
    return code;
}

static int32_t write_kept(ttsslice_concat *concat, const ttsslice_audio *audio, int64_t start,
                          int64_t end, ttsslice_error *err) {
    int16_t block[BLOCK_SAMPLES];
    const int64_t most = BLOCK_SAMPLES / concat->channels;
    int64_t fade = (concat->options.fade_ms * ttsslice_audio_sample_rate(audio) + 500) / 1000;
    if (fade > (end - start) / 2)
        fade = (end - start) / 2;
    int32_t code = 0;
    for (int64_t from = 0; from < end - start && !code; from += most) {
        int64_t n = end - start - from < most ? end - start - from : most;
        ttss_fade_copy(audio, start, end, fade, from, n, block);
        code = ttss_writer_add(&concat->writer, block, n, err);
    }
    return code;
}

/* Halves of pause_ms by break, to the nearest frame. */
static int64_t pause_frames(const ttsslice_concat *concat, int32_t break_after) {
    static const int64_t halves[TTSSLICE_BREAK_END + 1] = {
        [TTSSLICE_BREAK_CLAUSE] = 1,
        [TTSSLICE_BREAK_SENTENCE] = 2,
        [TTSSLICE_BREAK_PARAGRAPH] = 4,
        [TTSSLICE_BREAK_SECTION] = 8,
    };
    return (concat->options.pause_ms * concat->timeline->sample_rate * halves[break_after] + 1000) /
           2000;
}

static int32_t add_clip(ttsslice_concat *concat, const ttsslice_clip *clip, ttsslice_error *err) {
    int64_t start = 0, end = ttsslice_audio_frames(clip->audio);
    int32_t code = check_clip(clip, err);
    if (!code)
        code = check_shape(concat, clip, err);
    if (!code)
        code = write_silence(concat, concat->pause, err);
    if (code)
        return code;
    if (concat->options.trim)
        ttss_trim_find(clip->audio, &start, &end);
    ttsslice_timeline_entry place = {
        .start_frame = concat->writer.frames,
        .end_frame = concat->writer.frames + end - start,
        .pause_frames = pause_frames(concat, clip->break_after),
        .trimmed_start = start,
        .trimmed_end = ttsslice_audio_frames(clip->audio) - end,
    };
    code = ttss_timeline_add(concat->timeline, clip, &place, err);
    if (!code)
        code = write_kept(concat, clip->audio, start, end, err);
    concat->pause = place.pause_frames;
    return code;
}

static int32_t refuse_failed(const ttsslice_concat *concat, ttsslice_error *err) {
    return ttss_fail(err, concat->failed,
                     "an earlier clip of this join failed (%s): begin a new join",
                     ttsslice_code_name(concat->failed));
}

int32_t ttsslice_concat_add(ttsslice_concat *concat, const ttsslice_clip *given,
                            ttsslice_error *err) {
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    int32_t code = 0;
    if (!concat || !given)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID, "no join or no clip was given: pass both");
    else if (concat->failed)
        code = refuse_failed(concat, err);
    if (!code)
        code = ttss_options_read(&clip, sizeof clip, sizeof clip, given, "ttsslice_clip", err);
    if (!code)
        code = add_clip(concat, &clip, err);
    if (code && concat)
        concat->failed = code;
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, given ? clip.chunk : -1) : 0;
}

static int32_t complete(ttsslice_concat *concat, ttsslice_error *err) {
    if (concat->failed)
        return refuse_failed(concat, err);
    if (concat->timeline->count == 0)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY, "no clip was added: there is nothing to write");
    concat->timeline->entries[concat->timeline->count - 1].pause_frames = 0;
    concat->timeline->frames = concat->writer.frames;
    int32_t code = ttss_writer_finish(&concat->writer, err);
    return code ? code : ttss_temp_commit(&concat->temp, err);
}

int32_t ttsslice_concat_close(ttsslice_concat *concat, ttsslice_timeline **timeline,
                              ttsslice_error *err) {
    int32_t code = concat ? complete(concat, err)
                          : ttss_fail(err, TTSSLICE_ERR_INVALID, "no join was given: open one");
    if (!code && timeline)
        *timeline = ttsslice_timeline_ref(concat->timeline);
    ttsslice_concat_abort(concat);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, -1) : 0;
}

void ttsslice_concat_abort(ttsslice_concat *concat) {
    if (!concat)
        return;
    ttss_writer_discard(&concat->writer);
    ttss_temp_discard(&concat->temp);
    ttsslice_timeline_unref(concat->timeline);
    free(concat);
}
