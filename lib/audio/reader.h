/* SPDX-License-Identifier: MIT */
/* Reading a sound file bit by bit, from memory or from a path, as interleaved 16-bit samples. */
#ifndef TTSS_AUDIO_READER_H
#define TTSS_AUDIO_READER_H

#include "audio/store.h"

#include <ttsslice/error.h>

#include <stdbool.h>

typedef struct ttss_reader {
    ttss_store store;
    SNDFILE *file; /* NULL: not open */
    SF_INFO info;
    const char *name; /* path, for messages; borrowed, or NULL */
    char *owned;      /* the bytes of a pipe */
    double *block;    /* of one read, where the file does not hold 16 bits */
    int64_t frames;   /* read so far */
    double peak; /* of what was read, full scale 1; of files that hold 16 bits it is not known */
} ttss_reader;

/* An open reader stays where it is in memory: libsndfile points into it. */

/* Both leave the reader closed on failure: IO (cannot be read), AUDIO (is not audio, is cut short,
 * or has a shape that audio.h does not take), NOMEM. Messages begin with the path. The bytes and
 * the name are borrowed. */
int32_t ttss_reader_open_path(ttss_reader *reader, const char *path, ttsslice_error *err);
int32_t ttss_reader_open_bytes(ttss_reader *reader, const void *bytes, size_t size,
                               ttsslice_error *err);

/* Reads up to `frames` frames, all that are left if fewer; *got is 0 at the end and only there. */
int32_t ttss_reader_read(ttss_reader *reader, int16_t *to, int64_t frames, int64_t *got,
                         ttsslice_error *err);

/* Back to the first frame. */
int32_t ttss_reader_rewind(ttss_reader *reader, ttsslice_error *err);

/* Whether this is the very file that `path` names. */
bool ttss_reader_is_file(const ttss_reader *reader, const char *path);

/* Also on one that is not open, and on a zeroed one whose store.fd is -1. */
void ttss_reader_close(ttss_reader *reader);

#endif
