/* SPDX-License-Identifier: MIT */
/* Audio in memory: immutable, reference-counted, interleaved 16-bit samples. Floating point is
 * rounded here and nowhere else, so that every way in gives the same samples. The fingerprint is
 * FNV-1a over rate, channels and samples in little-endian order. */
#include "audio/audio.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/options.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ttsslice_audio {
    ttss_refs refs;
    const int16_t *samples;
    int16_t *owned;              /* the same; NULL: they are the application's */
    ttsslice_release_fn release; /* of the application's samples */
    void *release_data;
    int64_t frames;
    int32_t channels;
    int32_t sample_rate;
};

static int32_t check_shape(const void *samples, int64_t frames, int32_t channels,
                           int32_t sample_rate, const void *out, ttsslice_error *err) {
    if (!out || (!samples && frames > 0))
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no samples or no place for the audio was given: pass both");
    int32_t code = ttss_check_range("channels", channels, 1, TTSSLICE_AUDIO_CHANNELS_MAX, err);
    if (!code)
        code = ttss_check_range("sample_rate", sample_rate, TTSS_RATE_MIN, TTSS_RATE_MAX, err);
    if (!code)
        code = ttss_check_range("frames", frames, 0, TTSS_AUDIO_SAMPLES_MAX / channels, err);
    return code;
}

int16_t ttss_sample_from_double(double x) {
    double scaled = x * 32768.0;
    if (scaled >= 32767.0)
        return INT16_MAX;
    if (scaled <= -32768.0)
        return INT16_MIN;
    return (int16_t)lrint(scaled);
}

static ttsslice_audio *make(const int16_t *samples, int64_t frames, int32_t channels,
                            int32_t sample_rate) {
    ttsslice_audio *audio = ttss_new(ttsslice_audio);
    if (!audio)
        return NULL;
    ttss_refs_init(&audio->refs);
    audio->samples = samples;
    audio->frames = frames;
    audio->channels = channels;
    audio->sample_rate = sample_rate;
    return audio;
}

int32_t ttss_audio_adopt(int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                         ttsslice_audio **out, ttsslice_error *err) {
    int32_t code = check_shape(samples, frames, channels, sample_rate, out, err);
    ttsslice_audio *audio = code ? NULL : make(samples, frames, channels, sample_rate);
    if (!audio) {
        free(samples);
        return code ? code : ttss_nomem(err);
    }
    audio->owned = samples;
    *out = audio;
    return 0;
}

int32_t ttsslice_audio_wrap_s16(const int16_t *samples, int64_t frames, int32_t channels,
                                int32_t sample_rate, ttsslice_release_fn release, void *user_data,
                                ttsslice_audio **out, ttsslice_error *err) {
    int32_t code = check_shape(samples, frames, channels, sample_rate, out, err);
    if (code)
        return code;
    ttsslice_audio *audio = make(samples, frames, channels, sample_rate);
    if (!audio)
        return ttss_nomem(err);
    audio->release = release;
    audio->release_data = user_data;
    *out = audio;
    return 0;
}

int32_t ttsslice_audio_new_s16(const int16_t *samples, int64_t frames, int32_t channels,
                               int32_t sample_rate, ttsslice_audio **out, ttsslice_error *err) {
    int32_t code = check_shape(samples, frames, channels, sample_rate, out, err);
    if (code)
        return code;
    size_t count = (size_t)(frames * channels);
    int16_t *copy = ttss_new_array(count, sizeof *copy);
    if (!copy)
        return ttss_nomem(err);
    if (count)
        memcpy(copy, samples, count * sizeof *copy);
    return ttss_audio_adopt(copy, frames, channels, sample_rate, out, err);
}

int32_t ttsslice_audio_new_f32(const float *samples, int64_t frames, int32_t channels,
                               int32_t sample_rate, ttsslice_audio **out, ttsslice_error *err) {
    int32_t code = check_shape(samples, frames, channels, sample_rate, out, err);
    if (code)
        return code;
    size_t count = (size_t)(frames * channels);
    int16_t *copy = ttss_new_array(count, sizeof *copy);
    if (!copy)
        return ttss_nomem(err);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(samples[i])) {
            free(copy);
            return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                             "sample %zu is not a finite number; generate the audio again", i);
        }
        copy[i] = ttss_sample_from_double(samples[i]);
    }
    return ttss_audio_adopt(copy, frames, channels, sample_rate, out, err);
}

const int16_t *ttsslice_audio_samples(const ttsslice_audio *audio) {
    return audio ? audio->samples : NULL;
}

int64_t ttsslice_audio_frames(const ttsslice_audio *audio) {
    return audio ? audio->frames : 0;
}

int32_t ttsslice_audio_channels(const ttsslice_audio *audio) {
    return audio ? audio->channels : 0;
}

int32_t ttsslice_audio_sample_rate(const ttsslice_audio *audio) {
    return audio ? audio->sample_rate : 0;
}

double ttsslice_audio_duration_s(const ttsslice_audio *audio) {
    return audio ? (double)audio->frames / audio->sample_rate : 0.0;
}

uint64_t ttsslice_audio_digest(const ttsslice_audio *audio) {
    if (!audio)
        return 0;
    uint64_t hash = ttss_fnv_u64(TTSS_FNV_START, (uint64_t)audio->sample_rate);
    hash = ttss_fnv_u64(hash, (uint64_t)audio->channels);
    size_t count = (size_t)(audio->frames * audio->channels);
    unsigned char block[4096];
    while (count) {
        static const size_t most = sizeof block / 2;
        size_t n = count < most ? count : most;
        const int16_t *from = audio->samples + (size_t)(audio->frames * audio->channels) - count;
        for (size_t i = 0; i < n; i++) {
            block[2 * i] = (unsigned char)((uint16_t)from[i] & 0xff);
            block[2 * i + 1] = (unsigned char)((uint16_t)from[i] >> 8);
        }
        hash = ttss_fnv(hash, block, 2 * n);
        count -= n;
    }
    return hash;
}

ttsslice_audio *ttsslice_audio_ref(ttsslice_audio *audio) {
    if (audio)
        ttss_refs_take(&audio->refs);
    return audio;
}

void ttsslice_audio_unref(ttsslice_audio *audio) {
    if (!audio || !ttss_refs_drop(&audio->refs))
        return;
    if (audio->release)
        audio->release(audio->release_data);
    free(audio->owned);
    free(audio);
}
