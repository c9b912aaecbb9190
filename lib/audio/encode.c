/* SPDX-License-Identifier: MIT */
/* Encoding through libsndfile; see encode.h. Whether something went wrong is asked of the store
 * first, because libsndfile drops the errno of a failed write. */
#include "audio/encode.h"

#include "audio/audio.h"
#include "audio/ogg.h"
#include "audio/rf64.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the 32-bit sizes of RIFF leave for samples. */
#define WAV_BYTES_MAX ((int64_t)UINT32_MAX - 4096)

/* libsndfile 1.1 has names for these; an older one refuses them. */
#define MPEG_LAYER_3 (0x230000 | 0x0082)

static const int32_t opus_rates[] = {8000, 12000, 16000, 24000, 48000, 0};
static const int32_t mp3_rates[] = {8000,  11025, 12000, 16000, 22050,
                                    24000, 32000, 44100, 48000, 0};

/* Where a name has several endings, the first row is the format's. */
static const struct format {
    const char *name;
    const char *ending;
    int format;
    const int32_t *rates; /* rising, 0 at the end; NULL: any */
    int32_t rate;         /* at most */
    int32_t channels;     /* at most */
} formats[] = {
    {"wav", "wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, NULL, TTSS_RATE_MAX,
     TTSSLICE_AUDIO_CHANNELS_MAX},
    {"flac", "flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, NULL, TTSS_RATE_MAX,
     TTSSLICE_AUDIO_CHANNELS_MAX},
    {"opus", "opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, opus_rates, 48000,
     TTSSLICE_AUDIO_CHANNELS_MAX},
    {"vorbis", "ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, NULL, 200000, TTSSLICE_AUDIO_CHANNELS_MAX},
    {"vorbis", "oga", SF_FORMAT_OGG | SF_FORMAT_VORBIS, NULL, 200000, TTSSLICE_AUDIO_CHANNELS_MAX},
    {"mp3", "mp3", MPEG_LAYER_3, mp3_rates, 48000, 2},
};
#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

int32_t ttss_format_of_path(const char *path, const char **format, ttsslice_error *err) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < FORMAT_COUNT; i++)
        if (strcasecmp(dot + 1, formats[i].ending) == 0) {
            *format = formats[i].name;
            return 0;
        }
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "cannot tell a format from the name %s: end it in .wav, .flac, .opus, .ogg or "
                     ".mp3",
                     path);
}

/* NULL: none of that name. */
static const struct format *find_format(const char *name) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(name, formats[i].name) == 0)
            return &formats[i];
    return NULL;
}

/* Whether the libsndfile that is loaded writes a format, at a rate that the format has. */
static bool is_built_in(const struct format *format) {
    SF_INFO info = {.samplerate = 24000, .channels = 1, .format = format->format};
    return sf_format_check(&info) != 0;
}

int32_t ttss_format_check(const char *name, const char **format, ttsslice_error *err) {
    const struct format *found = find_format(name ? name : "wav");
    if (!found)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "there is no audio format \"%s\": use wav, flac, opus, vorbis or mp3",
                         name);
    if (!is_built_in(found))
        return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                         "this libsndfile (%s) cannot write %s: use wav, or install one that can",
                         sf_version_string(), found->name);
    *format = found->name;
    return 0;
}

int32_t ttss_format_rate(const char *format, int32_t sample_rate) {
    const struct format *found = find_format(format);
    const int32_t *rate = found->rates;
    if (!rate)
        return sample_rate < found->rate ? sample_rate : found->rate;
    while (*rate < sample_rate && rate[1])
        rate++;
    return *rate;
}

static int32_t check_rate(const struct format *format, int32_t sample_rate, ttsslice_error *err) {
    int32_t fitting = ttss_format_rate(format->name, sample_rate);
    if (fitting == sample_rate)
        return 0;
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "%s has no sample rate of %d Hz: use %d Hz, or wav or flac", format->name,
                     (int)sample_rate, (int)fitting);
}

static int32_t check_channels(const struct format *format, int32_t channels, ttsslice_error *err) {
    if (channels <= format->channels)
        return 0;
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "%s has at most %d channels, not %d: mix them (channels of a join), or use "
                     "wav or flac",
                     format->name, (int)format->channels, (int)channels);
}

/* libsndfile prints a line about numbers that it does not know; LAME's are of that kind. */
static const char *reason_of(int error) {
    return error > 0 ? sf_error_number(error) : "the encoder failed";
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
    *writer = (ttss_writer){
        .store.fd = -1, .name = name, .riff_most = WAV_BYTES_MAX, .channels = channels};
    int32_t code = ttss_format_check(format, &writer->format, err);
    const struct format *found = code ? NULL : find_format(writer->format);
    if (!code)
        code = check_rate(found, sample_rate, err);
    if (!code)
        code = check_channels(found, channels, err);
    if (code)
        return code;
    SF_INFO info = {.samplerate = sample_rate, .channels = channels, .format = found->format};
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

void ttss_writer_tag(ttss_writer *writer, const char *title) {
    sf_set_string(writer->file, SF_STR_TITLE, title);
    sf_set_string(writer->file, SF_STR_SOFTWARE, "ttsslice");
}

int32_t ttss_writer_add(ttss_writer *writer, const int16_t *samples, int64_t frames,
                        ttsslice_error *err) {
    sf_count_t put = frames ? sf_writef_short(writer->file, samples, frames) : 0;
    if (put != frames || writer->store.error)
        return failed(writer, reason_of(sf_error(writer->file)), err);
    writer->frames += frames;
    return 0;
}

int32_t ttss_writer_finish(ttss_writer *writer, ttsslice_error *err) {
    SNDFILE *file = writer->file;
    const bool wav = strcmp(writer->format, "wav") == 0;
    writer->file = NULL;
    int error = sf_close(file);
    if (error || writer->store.error)
        return failed(writer, reason_of(error), err);
    if (wav && writer->frames * writer->channels * 2 > writer->riff_most &&
        !ttss_wav_to_rf64(&writer->store, writer->frames, writer->channels))
        return failed(writer, "there is no memory", err);
    if ((strcmp(writer->format, "opus") == 0 || strcmp(writer->format, "vorbis") == 0) &&
        !ttss_ogg_set_serial(&writer->store))
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
