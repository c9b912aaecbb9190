/* SPDX-License-Identifier: MIT */
/* Clips as streams; see source.h. On the way: own shape -> channels -> rate -> gain. Audio in
 * memory that has the output's shape and needs no gain is never copied. One channel is copied to
 * all; otherwise several become one, their mean, and that is copied. */
#include "concat/source.h"

#include "audio/gain.h"
#include "base/error.h"
#include "base/mem.h"
#include "concat/cancel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SAMPLES 32768 /* read at once, of all channels together */
#define HELD_SAMPLES  ((int64_t)1 << 20)

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static bool is_direct(const ttss_source *s) {
    return s->audio && !s->meter && s->from_channels == s->channels && s->from_rate == s->rate;
}

int32_t ttss_source_open(ttss_source *s, const ttsslice_clip *clip, ttsslice_error *err) {
    int32_t code = 0;
    s->audio = clip->audio;
    s->reader.store.fd = -1;
    if (clip->path)
        code = ttss_reader_open_path(&s->reader, clip->path, err);
    else if (clip->bytes)
        code = ttss_reader_open_bytes(&s->reader, clip->bytes, clip->byte_count, err);
    else if (ttsslice_audio_frames(clip->audio) == 0)
        code = ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the clip has no audio: leave it out or generate it again");
    if (code) {
        ttss_source_close(s);
        return code;
    }
    s->from_channels = clip->audio ? ttsslice_audio_channels(clip->audio) : s->reader.info.channels;
    s->from_rate =
        clip->audio ? ttsslice_audio_sample_rate(clip->audio) : s->reader.info.samplerate;
    return 0;
}

void ttss_source_open_silence(ttss_source *s, int64_t frames, int32_t channels, int32_t rate) {
    s->reader.store.fd = -1;
    s->silence = frames;
    s->from_channels = channels;
    s->from_rate = rate;
}

/* --- the stream ----------------------------------------------------------------------------- */

/* Up to `frames` frames in the clip's own shape. */
static int32_t take_own(ttss_source *s, int16_t *to, int64_t frames, int64_t *got,
                        ttsslice_error *err) {
    const int64_t all = s->audio ? ttsslice_audio_frames(s->audio) : s->silence;
    const size_t frame_size = (size_t)s->from_channels * sizeof *to;
    if (s->reader.file)
        return ttss_reader_read(&s->reader, to, frames, got, err);
    *got = smaller(frames, all - s->taken);
    if (s->audio)
        memcpy(to, ttsslice_audio_samples(s->audio) + s->taken * s->from_channels,
               (size_t)*got * frame_size);
    else
        memset(to, 0, (size_t)*got * frame_size);
    s->taken += *got;
    return 0;
}

/* Halves of the mean go to even. */
static void mix(ttss_source *s, const int16_t *from, int16_t *to, int64_t frames) {
    const int32_t from_channels = s->from_channels, channels = s->channels;
    int64_t own = 0, mixed = 0; /* 2^30 * 32768 at most */
    for (int64_t i = 0; i < frames; i++) {
        int32_t sum = 0;
        for (int32_t c = 0; c < from_channels; c++) {
            const int32_t sample = from[i * from_channels + c];
            sum += sample;
            own += sample * sample;
        }
        int32_t mean = sum / from_channels, rest = 2 * (sum % from_channels);
        if (rest > from_channels || (rest == from_channels && (mean & 1)))
            mean++;
        else if (rest < -from_channels || (rest == -from_channels && (mean & 1)))
            mean--;
        mixed += mean * mean;
        for (int32_t c = 0; c < channels; c++)
            to[i * channels + c] = (int16_t)mean;
    }
    s->own_power += (double)own / from_channels;
    s->mixed_power += (double)mixed;
}

/* Up to `frames` frames in the output's channels at the clip's rate. */
static int32_t take_mixed(ttss_source *s, int16_t *to, int64_t frames, int64_t *got,
                          ttsslice_error *err) {
    if (s->from_channels == s->channels)
        return take_own(s, to, frames, got, err);
    int32_t code =
        take_own(s, s->block, smaller(frames, BLOCK_SAMPLES / s->from_channels), got, err);
    if (!code)
        mix(s, s->block, to, *got);
    return code;
}

/* Up to `frames` frames in the output's shape. */
static int32_t take_resampled(ttss_source *s, int16_t *to, int64_t frames, int64_t *got,
                              ttsslice_error *err) {
    int16_t *input = s->block + BLOCK_SAMPLES;
    int32_t code = 0;
    bool ended = false;
    *got = 0;
    while (!code && !*got) {
        int64_t taken = 0;
        if (!s->waiting && !ended) {
            s->waiting_at = 0;
            code = take_mixed(s, input, BLOCK_SAMPLES / s->channels, &s->waiting, err);
            ended = s->waiting == 0;
        }
        if (!code)
            code =
                ttss_resampler_run(s->resampler, ended ? NULL : input + s->waiting_at * s->channels,
                                   s->waiting, &taken, to, frames, got, err);
        s->waiting_at += taken;
        s->waiting -= taken;
        if (ended)
            break;
    }
    return code;
}

static int32_t take(ttss_source *s, int16_t *to, int64_t frames, int64_t *got,
                    ttsslice_error *err) {
    frames = smaller(frames, BLOCK_SAMPLES / s->channels);
    int32_t code = ttss_check_cancelled(s->options, err);
    if (code)
        return code;
    return s->resampler ? take_resampled(s, to, frames, got, err)
                        : take_mixed(s, to, frames, got, err);
}

static int32_t start_resampler(ttss_source *s, ttsslice_error *err) {
    ttss_resampler_free(s->resampler);
    s->resampler = NULL;
    s->waiting = 0;
    if (s->from_rate == s->rate)
        return 0;
    return ttss_resampler_new(s->from_rate, s->rate, s->channels, TTSS_SAMPLE_S16, &s->resampler,
                              err);
}

static int32_t rewind_stream(ttss_source *s, ttsslice_error *err) {
    s->taken = 0;
    int32_t code = s->reader.file ? ttss_reader_rewind(&s->reader, err) : 0;
    return code ? code : start_resampler(s, err);
}

/* --- twice ---------------------------------------------------------------------------------- */

static int32_t measure(const ttss_source *s, ttss_envelope *envelope, const int16_t *samples,
                       int64_t frames, ttsslice_error *err) {
    if (!ttss_envelope_add(envelope, samples, frames))
        return ttss_nomem(err);
    return s->meter ? ttss_meter_add_s16(s->meter, samples, frames, err) : 0;
}

/* What is in memory as it is wanted. */
static int32_t scan_direct(ttss_source *s, ttss_envelope *envelope, ttsslice_error *err) {
    const int16_t *samples = ttsslice_audio_samples(s->audio);
    const int64_t frames = ttsslice_audio_frames(s->audio);
    int32_t code = 0;
    while (s->frames < frames && !code) {
        const int64_t n = smaller(frames - s->frames, HELD_SAMPLES / s->channels);
        code = ttss_check_cancelled(s->options, err);
        if (!code)
            code = measure(s, envelope, samples + s->frames * s->channels, n, err);
        s->frames += n;
    }
    return code;
}

/* Reads the stream to its end. What was read last stays held, from the start on if it fits. */
static int32_t scan_stream(ttss_source *s, ttss_envelope *envelope, ttsslice_error *err) {
    int64_t got = 1;
    int32_t code = 0;
    while (!code && got) {
        int64_t used = s->held_frames * s->channels;
        if (used + BLOCK_SAMPLES > HELD_SAMPLES)
            s->held_from = s->frames, s->held_frames = used = 0;
        if (!ttss_grow((void **)&s->held, &s->held_capacity, (size_t)(used + BLOCK_SAMPLES),
                       sizeof *s->held))
            return ttss_nomem(err);
        code = take(s, s->held + used, INT64_MAX, &got, err);
        if (!code)
            code = measure(s, envelope, s->held + used, got, err);
        s->held_frames += got;
        s->frames += got;
    }
    if (!code && s->held_from > 0) {
        s->held_from = s->held_frames = 0;
        code = rewind_stream(s, err);
    }
    return code;
}

int32_t ttss_source_scan(ttss_source *s, int32_t channels, int32_t rate, ttss_envelope *envelope,
                         ttsslice_error *err) {
    s->channels = channels;
    s->rate = rate;
    ttss_envelope_begin(envelope, rate, channels);
    int32_t code = 0;
    if (is_direct(s)) {
        code = scan_direct(s, envelope, err);
    } else {
        if (!s->block)
            s->block = ttss_new_array(2 * BLOCK_SAMPLES, sizeof *s->block);
        code = s->block ? start_resampler(s, err) : ttss_nomem(err);
        if (!code)
            code = scan_stream(s, envelope, err);
    }
    return code || ttss_envelope_end(envelope) ? code : ttss_nomem(err);
}

double ttss_source_clipped_db(const ttss_source *s) {
    return s->reader.peak > 1.0 ? 20.0 * log10(s->reader.peak) : 0.0;
}

double ttss_source_mixed_db(const ttss_source *s) {
    if (s->from_channels == 1 || s->own_power == 0.0)
        return 0.0;
    return fmax(10.0 * log10(s->mixed_power / s->own_power), -120.0);
}

void ttss_source_set_gain(ttss_source *s, double factor) {
    s->factor = factor;
    ttss_gain_apply(s->held, (size_t)(s->held_frames * s->channels), factor);
}

int32_t ttss_source_read(ttss_source *s, int64_t from, int64_t frames, const int16_t **at,
                         int64_t *got, ttsslice_error *err) {
    if (is_direct(s)) {
        *at = ttsslice_audio_samples(s->audio) + from * s->channels;
        *got = smaller(frames, HELD_SAMPLES / s->channels);
        return ttss_check_cancelled(s->options, err);
    }
    while (from >= s->held_from + s->held_frames) {
        s->held_from += s->held_frames;
        int32_t code = take(s, s->held, INT64_MAX, &s->held_frames, err);
        if (code)
            return code;
        if (!s->held_frames)
            return ttss_fail(err, TTSSLICE_ERR_IO,
                             "%s became shorter while it was read: let nobody write to it",
                             s->reader.name ? s->reader.name : "the clip");
        if (s->factor != 0.0)
            ttss_gain_apply(s->held, (size_t)(s->held_frames * s->channels), s->factor);
    }
    *at = s->held + (from - s->held_from) * s->channels;
    *got = smaller(frames, s->held_from + s->held_frames - from);
    return 0;
}

void ttss_source_close(ttss_source *s) {
    ttss_resampler_free(s->resampler);
    ttss_meter_free(s->meter);
    if (s->reader.store.fd >= 0 || s->reader.file)
        ttss_reader_close(&s->reader);
    *s = (ttss_source){.options = s->options,
                       .block = s->block,
                       .held = s->held,
                       .held_capacity = s->held_capacity,
                       .reader.store.fd = -1};
}

void ttss_source_free(ttss_source *s) {
    ttss_source_close(s);
    free(s->block);
    free(s->held);
    *s = (ttss_source){0};
}
