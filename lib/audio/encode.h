/* SPDX-License-Identifier: MIT */
/* Writing a sound file bit by bit, into memory or into an open file. The bytes depend on the
 * samples, the format and the versions of the codecs alone: no time stamp, no peak chunk. */
#ifndef TTSS_AUDIO_ENCODE_H
#define TTSS_AUDIO_ENCODE_H

#include "audio/store.h"

#include <ttsslice/error.h>

typedef struct ttss_writer {
    ttss_store store;
    SNDFILE *file; /* NULL: not open */
    const char *format;
    const char *name;  /* of the file, for messages; borrowed, or NULL */
    int64_t frames;    /* written so far */
    int64_t riff_most; /* bytes of samples from which on a WAV file becomes RF64 */
    int32_t channels;
} ttss_writer;

/* The format of a path by its ending, whatever its case: "wav", "flac", "opus", "vorbis" (.ogg,
 * .oga) or "mp3"; else INVALID. */
int32_t ttss_format_of_path(const char *path, const char **format, ttsslice_error *err);

/* Checks the name of a format and makes it static; NULL is "wav". INVALID if there is none of that
 * name, UNAVAILABLE if libsndfile cannot write it. */
int32_t ttss_format_check(const char *name, const char **format, ttsslice_error *err);

/* The lowest rate of a checked format that is not below this one; if there is none, its highest. */
int32_t ttss_format_rate(const char *format, int32_t sample_rate);

/* fd: an empty file that stays the caller's, or -1 for memory. name: of the file, borrowed, for
 * messages; may be NULL. format: as ttss_format_check(). An open writer stays where it is in
 * memory. Fails with INVALID (unknown format), AUDIO (the format cannot hold this) or as the store
 * does. */
int32_t ttss_writer_open(ttss_writer *writer, int fd, const char *name, const char *format,
                         int32_t channels, int32_t sample_rate, ttsslice_error *err);

/* Adds tags, before the first frame: title and software. */
void ttss_writer_tag(ttss_writer *writer, const char *title);

/* Appends frames. After a failure only ttss_writer_discard() makes sense. */
int32_t ttss_writer_add(ttss_writer *writer, const int16_t *samples, int64_t frames,
                        ttsslice_error *err);

/* Completes the file; into memory, the bytes stay in writer->store.written until discarded. */
int32_t ttss_writer_finish(ttss_writer *writer, ttsslice_error *err);

/* Releases everything; also after ttss_writer_finish(), and for a zeroed struct. */
void ttss_writer_discard(ttss_writer *writer);

#endif
