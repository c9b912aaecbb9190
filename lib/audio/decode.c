/* SPDX-License-Identifier: MIT */
/* Decoding through libsndfile. 16-bit files are read as they are; everything else (8, 24 and 32
 * bits, floating point, lossy codecs) as double, full scale 1, and rounded as audio.h says.
 *
 * In front of libsndfile: sizes in headers are hints. Memory follows the frames that are really
 * there; a WAV file that was streamed (its sizes are 0 or close to the largest value) is read to
 * its end; one whose samples were cut off is an error instead of a shorter take. */
#include "audio/base64.h"
#include "audio/audio.h"
#include "audio/store.h"

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SAMPLES 16384 /* of all channels together */
#define PIPE_MAX      ((size_t)1 << 30)

/* Sizes from here on are what writers put who do not know the length: 0x7ffff000, 0xffffffff. */
#define STREAMED_FROM 0x7fff0000u
/* Writers that count a header or a pad byte as samples claim up to this much too much. */
#define CLAIM_SLACK 64

typedef struct decoding {
    SNDFILE *file;
    SF_INFO info;
    int16_t *samples;
    size_t capacity; /* in samples */
    size_t count;
    void *block; /* BLOCK_SAMPLES shorts or doubles */
    bool exact;  /* 16 bits in the file */
} decoding;

static uint32_t le32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Whether from here to the end of the file there is one RIFF chunk after the other. */
static bool chunks_to_end(ttss_store *store, int64_t at) {
    unsigned char head[8];
    while (ttss_store_read_at(store, at, head, 8) == 8) {
        for (int i = 0; i < 4; i++)
            if (head[i] < 0x20 || head[i] > 0x7e)
                return false;
        int64_t size = le32(head + 4);
        at += 8 + size + (size & 1);
    }
    return at == store->size;
}

/* Looks at the chunks of a RIFF file up to its samples. libsndfile itself reads to the end of the
 * file if a size is too large, but takes a 0 at its word. */
static int32_t check_riff(ttss_store *store, ttsslice_error *err) {
    unsigned char head[12];
    if (ttss_store_read_at(store, 0, head, 12) < 12 || memcmp(head, "RIFF", 4) != 0 ||
        memcmp(head + 8, "WAVE", 4) != 0)
        return 0;
    for (int64_t at = 12; ttss_store_read_at(store, at, head, 8) == 8;) {
        int64_t size = le32(head + 4);
        int64_t there = store->size - at - 8;
        if (memcmp(head, "data", 4) == 0) {
            if (size < STREAMED_FROM && size > there + CLAIM_SLACK)
                return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                                 "the wav file is cut short: it announces %lld bytes of samples "
                                 "and holds %lld; fetch it again",
                                 (long long)size, (long long)there);
            if (size == 0 && !chunks_to_end(store, at + 8))
                store->ones_at = at + 4;
            return 0;
        }
        at += 8 + size + (size & 1);
    }
    return 0;
}

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

static int32_t open_file(decoding *d, ttss_store *store, ttsslice_error *err) {
    char reason[160] = "";
    int32_t code = check_riff(store, err);
    if (code)
        return code;
    d->file = ttss_store_open(store, SFM_READ, &d->info, reason, sizeof reason);
    if (!d->file)
        return not_audio(store, reason, err);
    if (d->info.channels < 1 || d->info.channels > TTSSLICE_AUDIO_CHANNELS_MAX)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio has %d channels; it must have 1 to %d",
                         d->info.channels, TTSSLICE_AUDIO_CHANNELS_MAX);
    if (d->info.samplerate < TTSS_RATE_MIN || d->info.samplerate > TTSS_RATE_MAX)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the audio has a sample rate of %d Hz; it must be %d to %d",
                         d->info.samplerate, TTSS_RATE_MIN, TTSS_RATE_MAX);
    d->exact = (d->info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16;
    d->block = malloc(BLOCK_SAMPLES * sizeof(double));
    return d->block ? 0 : ttss_nomem(err);
}

/* Appends `count` samples of the block. */
static int32_t take_block(decoding *d, size_t count, ttsslice_error *err) {
    if ((int64_t)(d->count + count) > TTSS_AUDIO_SAMPLES_MAX)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the audio is longer than %lld samples: split it into parts",
                         (long long)TTSS_AUDIO_SAMPLES_MAX);
    if (!ttss_grow((void **)&d->samples, &d->capacity, d->count + count, sizeof *d->samples))
        return ttss_nomem(err);
    int16_t *to = d->samples + d->count;
    if (d->exact) {
        memcpy(to, d->block, count * sizeof *to);
    } else {
        const double *from = d->block;
        for (size_t i = 0; i < count; i++) {
            if (!isfinite(from[i]))
                return ttss_fail(
                    err, TTSSLICE_ERR_AUDIO,
                    "sample %zu of the audio is not a finite number; generate it again",
                    d->count + i);
            to[i] = ttss_sample_from_double(from[i]);
        }
    }
    d->count += count;
    return 0;
}

static int32_t read_samples(decoding *d, ttss_store *store, ttsslice_error *err) {
    const sf_count_t most = BLOCK_SAMPLES / d->info.channels;
    sf_count_t got;
    do {
        got = d->exact ? sf_readf_short(d->file, d->block, most)
                       : sf_readf_double(d->file, d->block, most);
        int32_t code = got > 0 ? take_block(d, (size_t)(got * d->info.channels), err) : 0;
        if (code)
            return code;
    } while (got > 0);
    if (store->error)
        return ttss_fail_errno(err, store->error, "cannot read the audio");
    if (sf_error(d->file))
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio is damaged after %zu frames: %s",
                         d->count / (size_t)d->info.channels, sf_strerror(d->file));
    return 0;
}

static int32_t check_length(const decoding *d, ttsslice_error *err) {
    int64_t frames = (int64_t)d->count / d->info.channels;
    if (frames == 0)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "the audio has no frames; generate it again");
    bool counted = (d->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC && d->info.frames > 0 &&
                   d->info.frames < SF_COUNT_MAX;
    if (counted && frames < d->info.frames)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "the flac file is cut short: it announces %lld frames and holds %lld; "
                         "fetch it again",
                         (long long)d->info.frames, (long long)frames);
    return 0;
}

static int32_t decode_store(ttss_store *store, ttsslice_audio **out, ttsslice_error *err) {
    decoding d = {0};
    int32_t code = open_file(&d, store, err);
    if (!code)
        code = read_samples(&d, store, err);
    if (!code)
        code = check_length(&d, err);
    if (d.file)
        sf_close(d.file);
    free(d.block);
    if (code) {
        free(d.samples);
        return code;
    }
    int16_t *fitted = realloc(d.samples, d.count * sizeof *fitted);
    return ttss_audio_adopt(fitted ? fitted : d.samples, (int64_t)d.count / d.info.channels,
                            d.info.channels, d.info.samplerate, out, err);
}

int32_t ttsslice_audio_decode(const void *bytes, size_t size, ttsslice_audio **out,
                              ttsslice_error *err) {
    ttss_store store;
    if (!out || (!bytes && size) || size > (size_t)INT64_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no bytes or no place for the audio was given: pass both");
    ttss_store_init_bytes(&store, bytes, size);
    return decode_store(&store, out, err);
}

/* Puts the path in front of a message about its content. */
static int32_t name_path(const char *path, int32_t code, ttsslice_error *err) {
    char message[TTSSLICE_ERROR_MESSAGE_MAX];
    if (!code || !err || code == TTSSLICE_ERR_NOMEM)
        return code;
    memcpy(message, err->message, sizeof message);
    return ttss_fail(err, code, "%s: %s", path, message);
}

/* What cannot be read at any position: a pipe, a terminal. */
static int32_t load_stream(const char *path, ttsslice_audio **out, ttsslice_error *err) {
    char *bytes = NULL;
    size_t size = 0;
    int32_t code = ttss_file_read(path, PIPE_MAX, &bytes, &size, err);
    if (!code)
        code = name_path(path, ttsslice_audio_decode(bytes, size, out, err), err);
    free(bytes);
    return code;
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

int32_t ttsslice_audio_load(const char *path, ttsslice_audio **out, ttsslice_error *err) {
    ttss_store store;
    struct stat there;
    if (!path || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no path or no place for the audio was given: pass both");
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))
        return load_stream(path, out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ttss_fail_errno(err, errno, "cannot read %s", path);
    if (fstat(fd, &there) != 0 || S_ISDIR(there.st_mode)) {
        close(fd);
        return ttss_fail(err, TTSSLICE_ERR_IO, "cannot read %s: it is a folder", path);
    }
    ttss_store_init_fd(&store, fd, there.st_size);
    int32_t code = decode_store(&store, out, err);
    close(fd);
    return name_path(path, code, err);
}
