/* SPDX-License-Identifier: MIT */
/* Audio as a file that is sent; see sound.h. The header is that of the Multimedia Programming
 * Interface (IBM, Microsoft 1991): RIFF, "fmt " of 16 bytes, "data". */
#include "engine/sound.h"

#include "audio/resample.h"
#include "base/error.h"
#include "base/mem.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_SIZE 44

static unsigned char *put(unsigned char *to, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        *to++ = (unsigned char)(value >> (8 * i));
    return to;
}

static void write_header(ttss_sound *sound, int32_t channels, int32_t rate) {
    unsigned char *to = sound->header;
    const uint32_t frame = (uint32_t)channels * 2;
    memcpy(to, "RIFF", 4);
    to = put(to + 4, (uint32_t)(sound->rest_size + HEADER_SIZE - 8), 4);
    memcpy(to, "WAVEfmt ", 8);
    to = put(to + 8, 16, 4);
    to = put(to, 1, 2); /* PCM */
    to = put(to, (uint32_t)channels, 2);
    to = put(to, (uint32_t)rate, 4);
    to = put(to, (uint32_t)rate * frame, 4);
    to = put(to, frame, 2);
    to = put(to, 16, 2);
    memcpy(to, "data", 4);
    put(to + 4, (uint32_t)sound->rest_size, 4);
    sound->header_size = HEADER_SIZE;
    sound->name = "audio.wav";
    sound->type = "audio/wav";
}

/* --- forms --------------------------------------------------------------------------------- */

static const int16_t *samples_at(const ttsslice_audio *audio, int64_t first) {
    return ttsslice_audio_samples(audio) + first * ttsslice_audio_channels(audio);
}

static int16_t *mix(const int16_t *in, size_t frames, int32_t channels) {
    int16_t *out = ttss_new_array(frames, sizeof *out);
    for (size_t i = 0; out && i < frames; i++) {
        int32_t sum = 0;
        for (int32_t c = 0; c < channels; c++)
            sum += in[i * (size_t)channels + (size_t)c];
        out[i] = (int16_t)(sum / channels);
    }
    return out;
}

static int32_t make_reduced(const ttsslice_audio *audio, int64_t first, int64_t frames,
                            ttss_sound *out, ttsslice_error *err) {
    const int32_t rate = ttsslice_audio_sample_rate(audio);
    int16_t *mono = mix(samples_at(audio, first), (size_t)frames, ttsslice_audio_channels(audio));
    int32_t ret = mono ? 0 : ttss_nomem(err);
    if (!ret && rate != TTSS_SOUND_RATE) {
        int16_t *other = NULL;
        ret = ttss_resample_s16(mono, frames, 1, rate, TTSS_SOUND_RATE, &other, err);
        free(mono);
        mono = other;
    }
    if (ret)
        return ret;
    out->rest = out->owned = mono;
    out->rest_size = (size_t)ttss_resampled_frames(frames, rate, TTSS_SOUND_RATE) * 2;
    out->reduced = true;
    write_header(out, 1, TTSS_SOUND_RATE);
    return 0;
}

static int32_t make_flac(const ttsslice_audio *audio, int64_t first, int64_t frames,
                         ttss_sound *out, ttsslice_error *err) {
    ttsslice_audio *part = NULL;
    int32_t ret =
        ttsslice_audio_new_s16(samples_at(audio, first), frames, ttsslice_audio_channels(audio),
                               ttsslice_audio_sample_rate(audio), &part, err);
    if (!ret)
        ret = ttsslice_audio_encode(part, "flac", &out->owned, &out->rest_size, err);
    ttsslice_audio_unref(part);
    out->rest = out->owned;
    out->name = "audio.flac";
    out->type = "audio/flac";
    return ret;
}

int32_t ttss_sound_make(const ttsslice_audio *audio, int64_t first, int64_t frames, size_t most,
                        ttss_sound *out, ttsslice_error *err) {
    const int32_t channels = ttsslice_audio_channels(audio);
    const size_t size = (size_t)frames * (size_t)channels * 2;
    int32_t ret = 0;
    *out = (ttss_sound){.rest = samples_at(audio, first), .rest_size = size};
    if (size + HEADER_SIZE <= most && size <= UINT32_MAX - HEADER_SIZE)
        write_header(out, channels, ttsslice_audio_sample_rate(audio));
    else if (TTSS_HAVE_SOXR)
        ret = make_reduced(audio, first, frames, out, err);
    else
        ret = make_flac(audio, first, frames, out, err);
    if (!ret && ttss_sound_size(out) > most)
        ret = ttss_fail(err, TTSSLICE_ERR_AUDIO,
                        "the audio has %zu bytes, %zu may be sent; give shorter audio, at 16 kHz "
                        "with one channel",
                        ttss_sound_size(out), most);
    if (ret)
        ttss_sound_free(out);
    return ret;
}

void ttss_sound_free(ttss_sound *sound) {
    free(sound->owned);
    *sound = (ttss_sound){0};
}

/* --- bytes --------------------------------------------------------------------------------- */

size_t ttss_sound_size(const ttss_sound *sound) {
    return sound->header_size + sound->rest_size;
}

size_t ttss_sound_read(const ttss_sound *sound, size_t offset, char *to, size_t size) {
    const bool in_header = offset < sound->header_size;
    const size_t start = in_header ? offset : offset - sound->header_size;
    const size_t end = in_header ? sound->header_size : sound->rest_size;
    const size_t n = end - start < size ? end - start : size;
    memcpy(to, (in_header ? (const char *)sound->header : (const char *)sound->rest) + start, n);
    return n;
}

/* --- parts --------------------------------------------------------------------------------- */

/* Sum of absolute values: enough to tell a pause from speech. */
static int64_t loudness(const int16_t *samples, size_t count) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += abs((int)samples[i]);
    return sum;
}

int64_t ttss_sound_part_end(const ttsslice_audio *audio, int64_t first, int64_t most) {
    const int64_t end = ttsslice_audio_frames(audio);
    const int64_t step = ttsslice_audio_sample_rate(audio) / 10; /* 100 ms */
    const size_t values = (size_t)step * (size_t)ttsslice_audio_channels(audio);
    if (end - first <= most)
        return end;
    int64_t best = first + most, quietest = INT64_MAX;
    for (int64_t at = first + most - most / 3; at + 2 * step <= first + most; at += step) {
        /* Two steps, so that the gap within a word does not win. */
        int64_t loud = loudness(samples_at(audio, at), 2 * values);
        if (loud <= quietest) {
            quietest = loud;
            best = at + step;
        }
    }
    return best;
}
