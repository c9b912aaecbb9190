/* SPDX-License-Identifier: MIT */
/* Reading through libsndfile; see reader.h. 16-bit files are read as they are; everything else (8,
 * 24 and 32 bits, floating point, lossy codecs) as double, full scale 1, and rounded as audio.h
 * says. What libsndfile would get wrong, guard.h looks at before. */
#include "audio/reader.h"

#include "audio/audio.h"
#include "audio/guard.h"
#include "base/error.h"
#include "base/file.h"
#include "base/num.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SAMPLES 16384 /* of all channels together */
#define PIPE_MAX      ((size_t)1 << 30)
#define PEAK_MOST     256.0 /* full scale of no format is 1 where a sample is this */

/* --- what is wrong with a file -------------------------------------------------------------- */

static int32_t not_audio(ttss_store *store, const char *reason, ttsslice_error *err) {
    unsigned char head[16];
    char shown[sizeof head + 1] = "";
    if (store->error)
        return ttss_fail_errno(err, store->error, "cannot read the audio");
    int64_t got = ttss_store_read_at(store, 0, head, sizeof head);
    if (got == 0)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio is empty: 0 bytes");
    for (int64_t i = 0; i < got; i++)
        shown[i] = head[i] > 0x20 && head[i] < 0x7f ? (char)head[i] : '.';
    return ttss_fail(
        err, TTSSLICE_ERR_AUDIO,
        "not audio that can be read: %lld bytes that begin \"%s\" (%s); check where it "
        "comes from",
        (long long)store->size, shown, reason);
}

/* Puts the path in front of a message about the content. */
static int32_t name_path(const ttss_reader *reader, int32_t code, ttsslice_error *err) {
    char message[TTSSLICE_ERROR_MESSAGE_MAX];
    if (!code || !err || code == TTSSLICE_ERR_NOMEM || !reader->name)
        return code;
    memcpy(message, err->message, sizeof message);
    return ttss_fail(err, code, "%s: %s", reader->name, message);
}

/* --- opening -------------------------------------------------------------------------------- */

static bool is_exact(const ttss_reader *reader) {
    return (reader->info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16;
}

static int32_t open_file(ttss_reader *reader, ttsslice_error *err) {
    char reason[160] = "";
    reader->info = (SF_INFO){0};
    reader->file = ttss_store_open(&reader->store, SFM_READ, &reader->info, reason, sizeof reason);
    if (!reader->file)
        return not_audio(&reader->store, reason, err);
    int channels = reader->info.channels, rate = reader->info.samplerate;
    if (channels < 1 || channels > TTSSLICE_AUDIO_CHANNELS_MAX)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio has %d channels; it must have 1 to %d",
                         channels, TTSSLICE_AUDIO_CHANNELS_MAX);
    if (rate < TTSS_RATE_MIN || rate > TTSS_RATE_MAX)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the audio has a sample rate of %d Hz; it must be %d to %d", rate,
                         TTSS_RATE_MIN, TTSS_RATE_MAX);
    if (!is_exact(reader) && !reader->block)
        reader->block = malloc(BLOCK_SAMPLES * sizeof(double));
    return is_exact(reader) || reader->block ? 0 : ttss_nomem(err);
}

static int32_t finish_open(ttss_reader *reader, ttsslice_error *err) {
    int32_t code = ttss_guard(&reader->store, err);
    if (!code)
        code = open_file(reader, err);
    if (code) {
        name_path(reader, code, err);
        ttss_reader_close(reader);
    }
    return code;
}

int32_t ttss_reader_open_bytes(ttss_reader *reader, const void *bytes, size_t size,
                               ttsslice_error *err) {
    *reader = (ttss_reader){0};
    ttss_store_init_bytes(&reader->store, bytes, size);
    return finish_open(reader, err);
}

/* What cannot be read at any position: a pipe, a terminal. */
static int32_t open_stream(ttss_reader *reader, const char *path, ttsslice_error *err) {
    size_t size = 0;
    int32_t code = ttss_file_read(path, PIPE_MAX, &reader->owned, &size, err);
    if (!code)
        ttss_store_init_bytes(&reader->store, reader->owned, size);
    return code;
}

int32_t ttss_reader_open_path(ttss_reader *reader, const char *path, ttsslice_error *err) {
    struct stat there;
    *reader = (ttss_reader){.store.fd = -1, .name = path};
    if (!*path)
        return ttss_fail(err, TTSSLICE_ERR_IO, "the path of the audio is empty: name a file");
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) {
        int32_t code = open_stream(reader, path, err);
        return code ? code : finish_open(reader, err);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ttss_fail_errno(err, errno, "cannot read %s", path);
    if (fstat(fd, &there) != 0 || S_ISDIR(there.st_mode)) {
        close(fd);
        return ttss_fail(err, TTSSLICE_ERR_IO, "cannot read %s: it is a folder", path);
    }
    ttss_store_init_fd(&reader->store, fd, there.st_size);
    return finish_open(reader, err);
}

/* --- reading -------------------------------------------------------------------------------- */

static int32_t check_length(const ttss_reader *reader, ttsslice_error *err) {
    const SF_INFO *info = &reader->info;
    if (reader->frames == 0)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio has no frames; generate it again");
    bool counted = (info->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC && info->frames > 0 &&
                   info->frames < SF_COUNT_MAX;
    if (counted && reader->frames < info->frames)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the flac file is cut short: it announces %lld frames and holds %lld; "
                         "fetch it again",
                         (long long)info->frames, (long long)reader->frames);
    return 0;
}

/* Numbers that were never brought to full scale 1 would be heard as a square wave. */
static int32_t refuse_scale(double sample, ttsslice_error *err) {
    char number[TTSS_NUM_MAX];
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "the audio has samples as %s, where full scale is 1: divide them by the "
                     "largest that there may be",
                     ttss_num_format(sample, number));
}

static int32_t convert(ttss_reader *reader, int16_t *to, int64_t count, ttsslice_error *err) {
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(reader->block[i]))
            return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                             "sample %lld of the audio is not a finite number; generate it again",
                             (long long)(reader->frames * reader->info.channels + i));
        reader->peak = fmax(reader->peak, fabs(reader->block[i]));
        to[i] = ttss_sample_from_double(reader->block[i]);
    }
    return reader->peak < PEAK_MOST ? 0 : refuse_scale(reader->peak, err);
}

static int32_t read_block(ttss_reader *reader, int16_t *to, int64_t frames, int64_t *got,
                          ttsslice_error *err) {
    const int64_t most = BLOCK_SAMPLES / reader->info.channels;
    if (!is_exact(reader) && frames > most)
        frames = most;
    *got = is_exact(reader) ? sf_readf_short(reader->file, to, frames)
                            : sf_readf_double(reader->file, reader->block, frames);
    if (*got > 0) {
        int32_t code =
            is_exact(reader) ? 0 : convert(reader, to, *got * reader->info.channels, err);
        reader->frames += *got;
        return code;
    }
    *got = 0;
    if (reader->store.error)
        return ttss_fail_errno(err, reader->store.error, "cannot read the audio");
    if (sf_error(reader->file))
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio is damaged after %lld frames: %s",
                         (long long)reader->frames, sf_strerror(reader->file));
    return check_length(reader, err);
}

int32_t ttss_reader_read(ttss_reader *reader, int16_t *to, int64_t frames, int64_t *got,
                         ttsslice_error *err) {
    int64_t done = 0, more = 1;
    while (done < frames && more) {
        int32_t code =
            read_block(reader, to + done * reader->info.channels, frames - done, &more, err);
        if (code)
            return name_path(reader, code, err);
        done += more;
    }
    *got = done;
    return 0;
}

/* Opened again: seeking in lossy formats does not lead to the same samples everywhere. */
int32_t ttss_reader_rewind(ttss_reader *reader, ttsslice_error *err) {
    sf_close(reader->file);
    reader->file = NULL;
    reader->store.position = 0;
    reader->frames = 0;
    return name_path(reader, open_file(reader, err), err);
}

bool ttss_reader_is_file(const ttss_reader *reader, const char *path) {
    struct stat mine, other;
    return reader->store.fd >= 0 && fstat(reader->store.fd, &mine) == 0 &&
           stat(path, &other) == 0 && mine.st_dev == other.st_dev && mine.st_ino == other.st_ino;
}

void ttss_reader_close(ttss_reader *reader) {
    if (reader->file)
        sf_close(reader->file);
    if (reader->store.fd >= 0)
        close(reader->store.fd);
    free(reader->owned);
    free(reader->block);
    *reader = (ttss_reader){.store.fd = -1};
}
