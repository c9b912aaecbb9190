/* SPDX-License-Identifier: MIT */
/* Clips become one stream. Each is read twice (source.h): first for its level, on which trimming,
 * fades and the quiet at its ends are decided, then to be written. The end of a clip, as far as it
 * may be faded or overlap, is held back until it is known what follows:
 *
 *   quiet wanted by the break  >  quiet that both clips bring: fade out, silence, fade in
 *   otherwise, if crossfading:    their quiet overlaps by the difference, at most crossfade_ms
 *
 * A clip that cannot be used is found out in the first reading, so nothing of it is ever written.
 */
#include "concat/join.h"

#include "audio/gain.h"
#include "base/error.h"
#include "base/mem.h"
#include "concat/pause.h"
#include "concat/ramp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SCRATCH_SAMPLES 8192
#define LOUD_FADE_MS    3 /* where there is no quiet to fade in; the shortest that does not click */
#define CUT_FADE_MS     5 /* beside what was cut out of a clip */
#define MATCH_MOST_DB   3.0

bool ttss_join_init(ttss_join *join, const ttsslice_concat_options *options) {
    *join = (ttss_join){.options = options};
    join->source.options = options;
    join->source.reader.store.fd = -1;
    join->sink.temp.fd = -1;
    join->sink.writer.store.fd = -1;
    join->sink.level.fd = -1;
    join->timeline = ttss_timeline_new();
    join->scratch = ttss_new_array(SCRATCH_SAMPLES, sizeof *join->scratch);
    return join->timeline && join->scratch;
}

static int64_t frames_of_ms(const ttss_join *join, int64_t ms) {
    return (ms * join->sink.rate + 500) / 1000;
}

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* --- pieces --------------------------------------------------------------------------------- */

enum ramp { PLAIN, RISING, FALLING, CROSSING };

/* Writes frames [from, from + count) of the clip, through a ramp of that length. */
static int32_t put_ramp(ttss_join *join, int64_t from, int64_t count, enum ramp ramp,
                        ttsslice_error *err) {
    const int32_t channels = join->sink.channels;
    int32_t code = 0;
    for (int64_t done = 0; done < count && !code;) {
        const int16_t *at = NULL;
        int64_t got = 0;
        code = ttss_source_read(&join->source, from + done,
                                smaller(count - done, SCRATCH_SAMPLES / channels), &at, &got, err);
        if (code)
            break;
        memcpy(join->scratch, at, (size_t)(got * channels) * sizeof *at);
        if (ramp == CROSSING)
            ttss_ramp_cross(join->scratch,
                            join->tail + (join->tail_frames - count + done) * channels, got,
                            channels, done, count);
        else
            ttss_ramp_fade(join->scratch, got, channels, done, count, ramp == RISING);
        code = ttss_sink_add(&join->sink, join->scratch, got, err);
        done += got;
    }
    return code;
}

static int32_t put_plain(ttss_join *join, int64_t from, int64_t end, ttsslice_error *err) {
    int32_t code = 0;
    while (from < end && !code) {
        const int16_t *at = NULL;
        int64_t got = 0;
        code = ttss_source_read(&join->source, from, end - from, &at, &got, err);
        if (!code)
            code = ttss_sink_add(&join->sink, at, got, err);
        from += got;
    }
    return code;
}

static int32_t hold_tail(ttss_join *join, int64_t from, int64_t end, ttsslice_error *err) {
    const int32_t channels = join->sink.channels;
    join->tail_frames = 0;
    if (!ttss_grow((void **)&join->tail, &join->tail_capacity, (size_t)((end - from) * channels),
                   sizeof *join->tail))
        return ttss_nomem(err);
    while (from < end) {
        const int16_t *at = NULL;
        int64_t got = 0;
        int32_t code = ttss_source_read(&join->source, from, end - from, &at, &got, err);
        if (code)
            return code;
        memcpy(join->tail + join->tail_frames * channels, at,
               (size_t)(got * channels) * sizeof *at);
        join->tail_frames += got;
        from += got;
    }
    return 0;
}

/* Writes what is kept. `head` frames go through the ramp `ramp`, the last `tail` are held back. */
static int32_t put_pieces(ttss_join *join, enum ramp ramp, int64_t head, int64_t tail,
                          ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < join->cuts.count && !code; i++) {
        const ttss_piece *piece = &join->cuts.pieces[i];
        const bool last = i + 1 == join->cuts.count;
        const int64_t cut_fade =
            smaller(frames_of_ms(join, CUT_FADE_MS), (piece->end - piece->start) / 2);
        const int64_t from = piece->start + (i ? cut_fade : head);
        const int64_t end = piece->end - (last ? tail : cut_fade);
        code = put_ramp(join, piece->start, from - piece->start, i ? RISING : ramp, err);
        if (!code)
            code = put_plain(join, from, end, err);
        if (!code)
            code = last ? hold_tail(join, end, piece->end, err)
                        : put_ramp(join, end, piece->end - end, FALLING, err);
    }
    return code;
}

/* --- between clips -------------------------------------------------------------------------- */

/* Entries from the first that is not placed up to the last but one have no audio: they lie where
 * the output goes on. */
static void place_entries(ttss_join *join, int64_t frame) {
    ttsslice_timeline *timeline = join->timeline;
    for (; join->placed < timeline->count; join->placed++) {
        ttsslice_timeline_entry *entry = &timeline->entries[join->placed];
        entry->start_frame = entry->end_frame = frame;
    }
}

static int32_t put_tail(ttss_join *join, int64_t overlap, ttsslice_error *err) {
    const int32_t channels = join->sink.channels;
    const int64_t fade = overlap ? 0 : join->tail_fade;
    if (!join->tail_frames)
        return 0;
    ttss_ramp_fade(join->tail + (join->tail_frames - fade) * channels, fade, channels, 0, fade,
                   false);
    return ttss_sink_add(&join->sink, join->tail, join->tail_frames - overlap, err);
}

/* Writes what lies between the last clip and one that begins with `quiet` frames of quiet, of which
 * `room` may overlap. *overlap is how many do. */
static int32_t put_gap(ttss_join *join, int64_t quiet, int64_t room, int64_t *overlap,
                       ttsslice_error *err) {
    *overlap = 0;
    if (!join->placed)
        return 0;
    ttsslice_timeline_entry *before = &join->timeline->entries[join->placed - 1];
    const int64_t missing = join->pause - join->quiet_end - quiet;
    if (missing < 0 && join->options->crossfade_ms)
        *overlap =
            smaller(smaller(-missing, frames_of_ms(join, join->options->crossfade_ms)),
                    smaller(smaller(quiet, room), smaller(join->quiet_end, join->tail_frames)));
    before->pause_frames = larger(missing, 0);
    before->overlap_frames = *overlap;
    int32_t code = put_tail(join, *overlap, err);
    return code ? code : ttss_sink_add_silence(&join->sink, before->pause_frames, err);
}

/* --- one clip ------------------------------------------------------------------------------- */

/* The fade at an end with `quiet` frames of quiet, of a piece of `frames`. */
static int64_t fade_frames(const ttss_join *join, int64_t quiet, int64_t frames) {
    int64_t fade = larger(quiet, frames_of_ms(join, LOUD_FADE_MS));
    return smaller(smaller(fade, frames_of_ms(join, join->options->fade_ms)), frames / 2);
}

/* Writes the scanned source. `entry` has what is known of it beyond the clip. */
static int32_t put_clip(ttss_join *join, const ttsslice_clip *clip, ttsslice_timeline_entry *entry,
                        ttsslice_error *err) {
    const ttss_cuts *cuts = &join->cuts;
    const ttss_piece *first = &cuts->pieces[0], *last = &cuts->pieces[cuts->count - 1];
    const int64_t head_room = (first->end - first->start) / 2, kept = ttss_cuts_kept(cuts);
    const int64_t tail_room = (last->end - last->start) / 2;
    const int64_t fade = fade_frames(join, cuts->quiet_end, last->end - last->start);
    const int64_t cross = smaller(frames_of_ms(join, join->options->crossfade_ms), cuts->quiet_end);
    int64_t overlap = 0, head = fade_frames(join, cuts->quiet_start, first->end - first->start);
    int32_t code = put_gap(join, cuts->quiet_start, head_room, &overlap, err);
    place_entries(join, join->sink.frames);
    entry->start_frame = join->sink.frames;
    entry->end_frame = entry->start_frame + kept;
    entry->trimmed_start = first->start;
    entry->trimmed_end = join->source.frames - last->end;
    entry->trimmed_inside = last->end - first->start - kept;
    entry->repaired_frames = cuts->repaired;
    if (!code)
        code = ttss_timeline_add(join->timeline, clip, entry, cuts, err);
    if (code)
        return code;
    join->placed = join->timeline->count;
    if (overlap)
        head = overlap;
    code = put_pieces(join, overlap ? CROSSING : RISING, head,
                      smaller(larger(fade, cross), tail_room), err);
    join->tail_fade = fade;
    join->quiet_end = cuts->quiet_end;
    join->pause = ttss_pause_frames(join->options, clip, join->sink.rate);
    return code;
}

/* The first clip that can be used decides on what the options leave open. */
static int32_t scan_clip(ttss_join *join, int32_t *channels, int32_t *rate, ttsslice_error *err) {
    const ttsslice_concat_options *o = join->options;
    *channels = o->channels ? o->channels : join->source.from_channels;
    *rate = o->sample_rate ? o->sample_rate : join->source.from_rate;
    if (!o->sample_rate && join->sink.format)
        *rate = ttss_format_rate(join->sink.format, *rate);
    if (join->sink.rate) {
        *channels = join->sink.channels;
        *rate = join->sink.rate;
    }
    int32_t code = 0;
    if (o->match_clips)
        code = ttss_meter_new(*channels, *rate, TTSS_METER_TRUE_PEAK, &join->source.meter, err);
    return code ? code : ttss_source_scan(&join->source, *channels, *rate, &join->envelope, err);
}

/* Brings a clip nearer to the loudness of what was joined before it. */
static double match_clip(ttss_join *join) {
    ttsslice_loudness clip = TTSSLICE_LOUDNESS_INIT;
    if (!join->source.meter)
        return 0.0;
    ttss_meter_read(join->source.meter, &clip);
    double gain_db = ttss_gain_to_match(&clip, ttss_level_so_far(&join->sink.level), MATCH_MOST_DB);
    ttss_source_set_gain(&join->source, ttss_gain_factor(gain_db));
    return gain_db;
}

static int32_t start_sink(ttss_join *join, int32_t channels, int32_t rate, ttsslice_error *err) {
    join->timeline->sample_rate = rate;
    join->timeline->channels = channels;
    return join->sink.rate ? 0 : ttss_sink_start(&join->sink, channels, rate, err);
}

/* NaN where the word that ends the text has no time, as nobody knows what the sound after the
 * others is. */
static double last_word_end(const ttsslice_clip *clip) {
    double end = NAN;
    if (!ttss_ends_in_word(clip))
        return NAN;
    for (size_t i = 0; i < clip->word_count; i++)
        if (ttss_has_time(clip, i))
            end = fmax(end, clip->word_ends_s[i]);
    return end;
}

static int32_t cut_clip(ttss_join *join, const ttsslice_clip *clip, ttsslice_error *err) {
    ttss_trim_rules rules = {join->options->trim, join->options->silence_max_ms, NAN};
    if (join->options->tail_repair)
        rules.last_word_s = last_word_end(clip);
    return ttss_trim(&join->envelope, &rules, &join->cuts) ? 0 : ttss_nomem(err);
}

/* In front of the first clip that can be used nothing stands for a bad one. */
static int32_t put_silence(ttss_join *join, const ttsslice_clip *clip,
                           ttsslice_timeline_entry *entry, ttsslice_error *err) {
    const int64_t frames = frames_of_ms(join, join->options->missing_ms);
    const ttss_sink *sink = &join->sink;
    if (!join->placed || !frames || join->options->bad_clip == TTSSLICE_BAD_CLIP_SKIP) {
        join->pause = larger(join->pause, ttss_pause_frames(join->options, clip, sink->rate));
        return ttss_timeline_add(join->timeline, clip, entry, NULL, err);
    }
    ttss_source_open_silence(&join->source, frames, sink->channels, sink->rate);
    int32_t code =
        ttss_source_scan(&join->source, sink->channels, sink->rate, &join->envelope, err);
    if (!code)
        code = cut_clip(join, clip, err);
    if (!code)
        code = put_clip(join, clip, entry, err);
    ttss_source_close(&join->source);
    return code;
}

/* Puts the number of a clip in front of a message, where no path says which one it is. */
static void name_clip(const ttsslice_clip *clip, ttsslice_error *why) {
    char message[TTSSLICE_ERROR_MESSAGE_MAX];
    if (clip->path || why->code == TTSSLICE_ERR_NOMEM)
        return;
    memcpy(message, why->message, sizeof message);
    ttss_fail(why, why->code, "clip %lld: %s", (long long)clip->chunk, message);
}

/* Goes on without a clip, where it is the clip's fault and the options allow it. */
static int32_t do_without(ttss_join *join, const ttsslice_clip *clip, bool bad, ttsslice_error *why,
                          ttsslice_error *err) {
    ttsslice_clip silent = *clip;
    name_clip(clip, why);
    if (!bad || join->options->bad_clip == TTSSLICE_BAD_CLIP_STOP) {
        if (err)
            *err = *why;
        return why->code;
    }
    silent.word_count = 0;
    silent.passed = 0;
    ttsslice_timeline_entry entry = {.code = why->code, .error = why->message};
    return put_silence(join, &silent, &entry, err);
}

static int32_t check_output(const ttss_join *join, const ttsslice_clip *clip, ttsslice_error *err) {
    if (!join->sink.format || !ttss_reader_is_file(&join->source.reader, join->sink.temp.path))
        return 0;
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "%s is the file that is to be written: give the output another name",
                     clip->path);
}

int32_t ttss_join_add(ttss_join *join, const ttsslice_clip *clip, ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t channels = 0, rate = 0;
    int32_t code = ttss_source_open(&join->source, clip, &why);
    if (!code)
        code = check_output(join, clip, &why);
    if (!code)
        code = scan_clip(join, &channels, &rate, &why);
    if (code) {
        ttss_source_close(&join->source);
        const bool bad = code == TTSSLICE_ERR_AUDIO || code == TTSSLICE_ERR_IO;
        return do_without(join, clip, bad, &why, err);
    }
    ttsslice_timeline_entry entry = {.source_rate = join->source.from_rate,
                                     .source_channels = join->source.from_channels,
                                     .clipped_db = ttss_source_clipped_db(&join->source),
                                     .mixed_db = ttss_source_mixed_db(&join->source)};
    code = start_sink(join, channels, rate, err);
    if (!code)
        entry.gain_db = match_clip(join);
    if (!code)
        code = cut_clip(join, clip, err);
    if (!code)
        code = put_clip(join, clip, &entry, err);
    ttss_source_close(&join->source);
    return code;
}

int32_t ttss_join_miss(ttss_join *join, int64_t position, ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    clip.chunk = position;
    ttss_fail(&why, TTSSLICE_ERR_INVALID, "it was never added: add every position up to the last");
    return do_without(join, &clip, true, &why, err);
}

int32_t ttss_join_finish(ttss_join *join, ttsslice_error *err) {
    if (!join->placed)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY, "%s",
                         join->timeline->count ? "no clip could be used: there is nothing to write"
                                               : "no clip was added: there is nothing to write");
    int32_t code = put_tail(join, 0, err);
    place_entries(join, join->sink.frames);
    join->timeline->frames = join->sink.frames;
    if (!code)
        code = ttss_sink_finish(&join->sink, err);
    join->timeline->measured = join->sink.level.measures;
    join->timeline->loudness = join->sink.level.loudness;
    join->timeline->gain_db = join->sink.level.gain_db;
    return code;
}

void ttss_join_free(ttss_join *join) {
    ttss_sink_discard(&join->sink);
    ttss_source_free(&join->source);
    ttss_envelope_free(&join->envelope);
    ttss_cuts_free(&join->cuts);
    ttsslice_timeline_unref(join->timeline);
    free(join->tail);
    free(join->scratch);
}
