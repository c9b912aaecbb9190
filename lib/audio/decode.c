/* SPDX-License-Identifier: MIT */
/* Decoding whole files into memory. Memory follows the frames that are really there, whatever the
 * header says. */
#include "audio/audio.h"
#include "audio/base64.h"
#include "audio/reader.h"

#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SAMPLES 16384 /* of all channels together */

static int32_t too_long(ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the audio is longer than %lld samples: split it into parts",
                     (long long)TTSS_AUDIO_SAMPLES_MAX);
}

/* Reads an open reader to its end and closes it. */
static int32_t decode_all(ttss_reader *reader, ttsslice_audio **out, ttsslice_error *err) {
    const int32_t channels = reader->info.channels, rate = reader->info.samplerate;
    int16_t *samples = NULL;
    size_t capacity = 0;
    int64_t frames = 0, got = 1;
    int32_t code = 0;
    while (got && !code) {
        size_t wanted = (size_t)(frames * channels) + BLOCK_SAMPLES;
        if (wanted > (size_t)TTSS_AUDIO_SAMPLES_MAX + BLOCK_SAMPLES)
            code = too_long(err);
        else if (!ttss_grow((void **)&samples, &capacity, wanted, sizeof *samples))
            code = ttss_nomem(err);
        else
            code = ttss_reader_read(reader, samples + frames * channels, BLOCK_SAMPLES / channels,
                                    &got, err);
        frames += code ? 0 : got;
    }
    ttss_reader_close(reader);
    if (code) {
        free(samples);
        return code;
    }
    int16_t *fitted = realloc(samples, (size_t)(frames * channels) * sizeof *samples);
    return ttss_audio_adopt(fitted ? fitted : samples, frames, channels, rate, out, err);
}

int32_t ttsslice_audio_decode(const void *bytes, size_t size, ttsslice_audio **out,
                              ttsslice_error *err) {
    ttss_reader reader;
    if (!out || (!bytes && size) || size > (size_t)INT64_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no bytes or no place for the audio was given: pass both");
    int32_t code = ttss_reader_open_bytes(&reader, bytes, size, err);
    return code ? code : decode_all(&reader, out, err);
}

int32_t ttsslice_audio_load(const char *path, ttsslice_audio **out, ttsslice_error *err) {
    ttss_reader reader;
    if (!path || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no path or no place for the audio was given: pass both");
    int32_t code = ttss_reader_open_path(&reader, path, err);
    return code ? code : decode_all(&reader, out, err);
}

int32_t ttsslice_audio_decode_base64(const char *text, size_t length, ttsslice_audio **out,
                                     ttsslice_error *err) {
    char *bytes = NULL;
    size_t size = 0;
    if (!text)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "no base64 text was given");
    if (length == TTSSLICE_NUL_TERMINATED)
        length = strlen(text);
    int32_t code = ttss_base64_decode(text, length, &bytes, &size, err);
    if (!code)
        code = ttsslice_audio_decode(bytes, size, out, err);
    free(bytes);
    return code;
}
