/* SPDX-License-Identifier: MIT */
/* Encoding through libsndfile; see encode.h. Whether something went wrong is asked of the store
 * first, because libsndfile drops the errno of a failed write. */
#include "audio/encode.h"

#include "audio/audio.h"
#include "audio/ogg.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the 32-bit sizes of RIFF leave for samples. */
#define WAV_BYTES_MAX ((int64_t)UINT32_MAX - 4096)

static const struct {
    const char *name;
    int format;
} formats[] = {
    {"wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
    {"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS},
};
#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

int32_t ttss_format_of_path(const char *path, const char **format, ttsslice_error *err) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < FORMAT_COUNT; i++)
        if (strcasecmp(dot + 1, formats[i].name) == 0) {
            *format = formats[i].name;
            return 0;
        }
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "cannot tell a format from the name %s: end it in .wav, .flac or .opus", path);
}

static int32_t find_format(const char *name, size_t *index, ttsslice_error *err) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(name, formats[i].name) == 0) {
            *index = i;
            return 0;
        }
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "there is no audio format \"%s\": use wav, flac or opus", name);
}

static int32_t failed(ttss_writer *writer, const char *reason, ttsslice_error *err) {
    if (writer->store.error == ENOMEM)
        return ttss_nomem(err);
    if (writer->store.error)
        return ttss_fail_errno(err, writer->store.error, "cannot write %s",
                               writer->name ? writer->name : "the audio");
    return ttss_fail(err, TTSSLICE_ERR_AUDIO, "cannot encode as %s: %s; use wav", writer->format,
                     reason);
}

int32_t ttss_writer_open(ttss_writer *writer, int fd, const char *name, const char *format,
                         int32_t channels, int32_t sample_rate, ttsslice_error *err) {
    char reason[160] = "";
    size_t index = 0;
    *writer = (ttss_writer){.store.fd = -1, .name = name};
    int32_t code = find_format(format ? format : "wav", &index, err);
    if (code)
        return code;
    SF_INFO info = {
        .samplerate = sample_rate, .channels = channels, .format = formats[index].format};
    writer->format = formats[index].name;
    writer->channels = channels;
    if ((info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS && sample_rate != 8000 &&
        sample_rate != 12000 && sample_rate != 16000 && sample_rate != 24000 &&
        sample_rate != 48000)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "opus has no sample rate of %d Hz, only 8000, 12000, 16000, 24000 and "
                         "48000: use wav or flac",
                         (int)sample_rate);
    if (fd >= 0)
        ttss_store_init_fd(&writer->store, fd, 0);
    else
        ttss_store_init_memory(&writer->store);
    writer->file = ttss_store_open(&writer->store, SFM_WRITE, &info, reason, sizeof reason);
    if (!writer->file || writer->store.error) {
        code = failed(writer, reason, err);
        ttss_writer_discard(writer);
    }
    return code;
}

int32_t ttss_writer_add(ttss_writer *writer, const int16_t *samples, int64_t frames,
                        ttsslice_error *err) {
    if (strcmp(writer->format, "wav") == 0 &&
        frames > WAV_BYTES_MAX / (2 * writer->channels) - writer->frames)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the audio is longer than a wav file can be (4 GiB): use flac");
    sf_count_t put = frames ? sf_writef_short(writer->file, samples, frames) : 0;
    if (put != frames || writer->store.error)
        return failed(writer, sf_strerror(writer->file), err);
    writer->frames += frames;
    return 0;
}

int32_t ttss_writer_finish(ttss_writer *writer, ttsslice_error *err) {
    SNDFILE *file = writer->file;
    writer->file = NULL;
    int error = sf_close(file);
    if (error || writer->store.error)
        return failed(writer, sf_error_number(error), err);
    if (strcmp(writer->format, "opus") == 0 && !ttss_ogg_set_serial(&writer->store))
        return failed(writer, "the encoder wrote something else than Ogg", err);
    return 0;
}

void ttss_writer_discard(ttss_writer *writer) {
    if (writer->file)
        sf_close(writer->file);
    ttss_store_free(&writer->store);
    *writer = (ttss_writer){.store.fd = -1};
}

static int32_t encode_to(int fd, const char *name, const ttsslice_audio *audio, const char *format,
                         ttss_writer *writer, ttsslice_error *err) {
    if (ttsslice_audio_frames(audio) == 0)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the audio has no frames: there is nothing to encode");
    int32_t code = ttss_writer_open(writer, fd, name, format, ttsslice_audio_channels(audio),
                                    ttsslice_audio_sample_rate(audio), err);
    if (!code)
        code = ttss_writer_add(writer, ttsslice_audio_samples(audio), ttsslice_audio_frames(audio),
                               err);
    return code ? code : ttss_writer_finish(writer, err);
}

int32_t ttsslice_audio_encode(const ttsslice_audio *audio, const char *format, void **bytes,
                              size_t *size, ttsslice_error *err) {
    ttss_writer writer = {.store.fd = -1};
    if (!audio || !bytes || !size)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no audio or no place for the file was given: pass both");
    int32_t code = encode_to(-1, NULL, audio, format, &writer, err);
    if (!code) {
        *bytes = writer.store.written;
        *size = (size_t)writer.store.size;
        writer.store.written = NULL;
    }
    ttss_writer_discard(&writer);
    return code;
}

int32_t ttsslice_audio_save(const ttsslice_audio *audio, const char *path, ttsslice_error *err) {
    ttss_writer writer = {.store.fd = -1};
    ttss_temp_file temp = {.fd = -1};
    const char *format = NULL;
    if (!audio || !path)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "no audio or no path was given: pass both");
    int32_t code = ttss_format_of_path(path, &format, err);
    if (!code)
        code = ttss_temp_open(&temp, path, err);
    if (!code)
        code = encode_to(temp.fd, path, audio, format, &writer, err);
    ttss_writer_discard(&writer);
    if (!code)
        return ttss_temp_commit(&temp, err);
    ttss_temp_discard(&temp);
    return code;
}
