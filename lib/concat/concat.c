/* SPDX-License-Identifier: MIT */
/* Slice "concat", the public side: options and clips are checked here, and clips that come before
 * their turn wait. What is in order goes to the join at once. */
#include <ttsslice/concat.h>

#include "audio/audio.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/utf8.h"
#include "concat/join.h"
#include "concat/pause.h"
#include "concat/queue.h"

#include <stdlib.h>
#include <string.h>

/* How many clips may be missing when one comes early: a position further on is a mistake, and each
 * missing one would get an entry. */
#define AHEAD_MOST 100000

struct ttsslice_concat {
    ttsslice_concat_options options;
    char *title;
    ttss_join join;
    ttss_queue waiting;
    int64_t next;   /* position whose turn it is */
    int64_t after;  /* position after the one that was added last */
    int32_t failed; /* code of the first failure */
    bool busy;      /* on_audio may be running */
};

/* --- options -------------------------------------------------------------------------------- */

static int32_t check_options(const ttsslice_concat_options *o, ttsslice_error *err) {
    const struct {
        const char *name;
        int64_t value, low, high;
    } ranges[] = {
        {"pause_ms", o->pause_ms, 0, 60000},
        {"fade_ms", o->fade_ms, 0, 1000},
        {"trim", o->trim, TTSSLICE_TRIM_OFF, TTSSLICE_TRIM_TRAILING},
        {"sample_rate", o->sample_rate ? o->sample_rate : TTSS_RATE_MIN, TTSS_RATE_MIN,
         TTSS_RATE_MAX},
        {"channels", o->channels, 0, TTSSLICE_AUDIO_CHANNELS_MAX},
        {"bad_clip", o->bad_clip, TTSSLICE_BAD_CLIP_STOP, TTSSLICE_BAD_CLIP_SKIP},
        {"missing_ms", o->missing_ms, 0, 60000},
        {"crossfade_ms", o->crossfade_ms, 0, 1000},
        {"silence_max_ms", o->silence_max_ms ? o->silence_max_ms : 100, 100, 60000},
        {"pause_word_ms", o->pause_word_ms, -1, 60000},
        {"pause_clause_ms", o->pause_clause_ms, -1, 60000},
        {"pause_paragraph_ms", o->pause_paragraph_ms, -1, 60000},
        {"pause_section_ms", o->pause_section_ms, -1, 60000},
        {"tail_repair", o->tail_repair, 0, 1},
        {"match_clips", o->match_clips, 0, 1},
        {"dual_mono", o->dual_mono, 0, 1},
        {"reserved", o->reserved, 0, 0},
    };
    int32_t code = 0;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && !code; i++)
        code =
            ttss_check_range(ranges[i].name, ranges[i].value, ranges[i].low, ranges[i].high, err);
    return code;
}

static int32_t read_options(ttsslice_concat *concat, const ttsslice_concat_options *given,
                            ttsslice_error *err) {
    ttsslice_concat_options *options = &concat->options;
    size_t length = TTSSLICE_NUL_TERMINATED;
    int32_t code = ttss_options_read(options, sizeof *options, sizeof *options, given,
                                     "ttsslice_concat_options", err);
    if (!code)
        code = check_options(options, err);
    if (code || !options->title)
        return code;
    code = ttss_text_check(options->title, &length, err);
    if (code)
        return ttss_fail(err, code, "the title is not valid UTF-8: convert it");
    concat->title = ttss_strdup(options->title);
    return concat->title ? 0 : ttss_nomem(err);
}

/* *format is NULL where there is to be no file. */
static int32_t find_format(const char *path, const ttsslice_concat_options *options,
                           const char **format, ttsslice_error *err) {
    const char *name = options->format;
    if (!path && options->on_audio)
        return 0;
    if (!path)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "neither a path nor a function for the audio was given: pass one");
    int32_t code = name ? 0 : ttss_format_of_path(path, &name, err);
    return code ? code : ttss_format_check(name, format, err);
}

static int32_t open_join(const char *path, const ttsslice_concat_options *options,
                         ttsslice_concat **out, ttsslice_error *err) {
    const char *format = NULL;
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "no place for the join was given: pass one");
    ttsslice_concat *concat = ttss_new(ttsslice_concat);
    if (!concat)
        return ttss_nomem(err);
    concat->options = (ttsslice_concat_options)TTSSLICE_CONCAT_OPTIONS_INIT;
    bool made = ttss_join_init(&concat->join, &concat->options);
    int32_t code = made ? read_options(concat, options, err) : ttss_nomem(err);
    if (!code)
        code = find_format(path, &concat->options, &format, err);
    ttss_sink *sink = &concat->join.sink;
    sink->title = concat->title;
    if (!code)
        code = ttss_sink_open(sink, path, format, &concat->options, err);
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

/* --- clips ---------------------------------------------------------------------------------- */

static int32_t check_clip(const ttsslice_clip *clip, ttsslice_error *err) {
    size_t length = TTSSLICE_NUL_TERMINATED;
    if (!clip->audio + !clip->path + !clip->bytes != 2)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has no audio, or more than one: set one of audio, path and "
                         "bytes");
    if (clip->word_count &&
        (!clip->word_starts || !clip->word_lengths || !clip->word_starts_s || !clip->word_ends_s))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the clip has %zu words without their places or times: pass all four "
                         "arrays",
                         clip->word_count);
    int32_t code = clip->text ? ttss_text_check(clip->text, &length, err) : 0;
    if (!code)
        code = ttss_check_range("break_after", clip->break_after, 0, TTSSLICE_BREAK_END, err);
    if (!code)
        code = ttss_check_range("pause_ms", clip->pause_ms, -1, 600000, err);
    return code ? code : ttss_check_range("position", clip->position, -1, INT64_MAX - 1, err);
}

static int32_t join_clip(ttsslice_concat *concat, const ttsslice_clip *clip, ttsslice_error *err) {
    concat->next++;
    int32_t code = ttss_join_add(&concat->join, clip, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, clip->chunk) : 0;
}

/* Joins those whose turn it is. */
static int32_t join_waiting(ttsslice_concat *concat, ttsslice_error *err) {
    ttsslice_clip clip;
    int32_t code = 0;
    while (!code && ttss_queue_take(&concat->waiting, concat->next, &clip)) {
        code = join_clip(concat, &clip, err);
        ttss_queue_release(&clip);
    }
    return code;
}

/* Says of which clip a message is. */
static int32_t name_clip(const ttsslice_clip *clip, int32_t code, ttsslice_error *err) {
    char message[TTSSLICE_ERROR_MESSAGE_MAX];
    memcpy(message, err->message, sizeof message);
    return clip->path ? ttss_fail(err, code, "%s: %s", clip->path, message)
                      : ttss_fail(err, code, "clip %lld: %s", (long long)clip->chunk, message);
}

/* `err` is not NULL. */
static int32_t add_clip(ttsslice_concat *concat, ttsslice_clip *clip, ttsslice_error *err) {
    int32_t code = check_clip(clip, err);
    if (code)
        return name_clip(clip, code, err);
    if (clip->position < 0)
        clip->position = concat->after;
    if (!clip->break_after)
        clip->break_after = ttss_break_of_text(clip->text);
    if (clip->position < concat->next || ttss_queue_has(&concat->waiting, clip->position))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "there is a clip at position %lld already: give each its own",
                         (long long)clip->position);
    if (clip->position - concat->next > AHEAD_MOST)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "position %lld is more than %d beyond %lld, whose turn it is: count the "
                         "clips from 0",
                         (long long)clip->position, AHEAD_MOST, (long long)concat->next);
    concat->after = clip->position + 1;
    if (clip->position > concat->next)
        return ttss_queue_put(&concat->waiting, clip) ? 0 : ttss_nomem(err);
    code = join_clip(concat, clip, err);
    return code ? code : join_waiting(concat, err);
}

/* What on_audio calls for its own join. */
static int32_t refuse_busy(ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "the join is handing out audio: use it when on_audio has returned");
}

static int32_t refuse_failed(const ttsslice_concat *concat, ttsslice_error *err) {
    return ttss_fail(err, concat->failed,
                     "an earlier clip of this join failed (%s): begin a new join",
                     ttsslice_code_name(concat->failed));
}

int32_t ttsslice_concat_add(ttsslice_concat *concat, const ttsslice_clip *given,
                            ttsslice_error *err) {
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t code = 0;
    if (!concat || !given)
        code = ttss_fail(&why, TTSSLICE_ERR_INVALID, "no join or no clip was given: pass both");
    else if (concat->busy)
        return ttss_in_slice(err, refuse_busy(err), TTSSLICE_SLICE_CONCAT, given->chunk);
    else if (concat->failed)
        code = refuse_failed(concat, &why);
    if (!code)
        code = ttss_options_read(&clip, sizeof clip, sizeof clip, given, "ttsslice_clip", &why);
    if (!code) {
        concat->busy = true;
        code = add_clip(concat, &clip, &why);
        concat->busy = false;
    }
    if (code && concat && !concat->failed)
        concat->failed = code;
    if (!code)
        return 0;
    if (why.slice != TTSSLICE_SLICE_CONCAT)
        ttss_in_slice(&why, code, TTSSLICE_SLICE_CONCAT, given ? clip.chunk : -1);
    if (err)
        *err = why;
    return code;
}

/* --- the end -------------------------------------------------------------------------------- */

/* Nobody will add what is still waited for. */
static int32_t join_rest(ttsslice_concat *concat, ttsslice_error *err) {
    int32_t code = 0;
    while (!code && concat->waiting.count) {
        code = ttss_join_miss(&concat->join, concat->next++, err);
        if (!code)
            code = join_waiting(concat, err);
    }
    return code;
}

static int32_t complete(ttsslice_concat *concat, ttsslice_error *err) {
    int32_t code = concat->failed ? refuse_failed(concat, err) : join_rest(concat, err);
    return code ? code : ttss_join_finish(&concat->join, err);
}

int32_t ttsslice_concat_close(ttsslice_concat *concat, ttsslice_timeline **timeline,
                              ttsslice_error *err) {
    if (concat && concat->busy)
        return ttss_in_slice(err, refuse_busy(err), TTSSLICE_SLICE_CONCAT, -1);
    if (concat)
        concat->busy = true;
    int32_t code = concat ? complete(concat, err)
                          : ttss_fail(err, TTSSLICE_ERR_INVALID, "no join was given: open one");
    if (concat)
        concat->busy = false;
    if (!code && timeline)
        *timeline = ttsslice_timeline_ref(concat->join.timeline);
    ttsslice_concat_abort(concat);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, -1) : 0;
}

void ttsslice_concat_abort(ttsslice_concat *concat) {
    if (!concat)
        return;
    if (concat->busy) {
        concat->failed = TTSSLICE_ERR_INVALID;
        return;
    }
    ttss_join_free(&concat->join);
    ttss_queue_free(&concat->waiting);
    free(concat->title);
    free(concat);
}
