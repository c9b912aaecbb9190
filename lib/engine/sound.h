/* SPDX-License-Identifier: MIT */
/* Audio as a file that is sent: a header of its own and the samples where they lie, so that an hour
 * of audio is not copied to be sent; a copy only where the file has to be made smaller. */
#ifndef TTSS_ENGINE_SOUND_H
#define TTSS_ENGINE_SOUND_H

#include <ttsslice/audio.h>

#include <stdbool.h>

#define TTSS_SOUND_RATE 16000 /* what recognisers work at */

typedef struct ttss_sound {
    const char *name, *type; /* "audio.wav", "audio/wav" */
    unsigned char header[44];
    size_t header_size;
    const void *rest; /* borrowed from the audio, or `owned` */
    size_t rest_size;
    void *owned;  /* NULL: nothing */
    bool reduced; /* to one channel at 16 kHz */
} ttss_sound;

/* A part of an audio as a file of at most `most` bytes: 16-bit WAV as it is, or else mono at 16
 * kHz, or in a build without libsoxr FLAC. Fails with AUDIO if that is not enough, or NOMEM. The
 * sound borrows from the audio. */
int32_t ttss_sound_make(const ttsslice_audio *audio, int64_t first, int64_t frames, size_t most,
                        ttss_sound *out, ttsslice_error *err);
void ttss_sound_free(ttss_sound *sound);

size_t ttss_sound_size(const ttss_sound *sound);

/* Copies up to `size` bytes from `offset` on; how many. */
size_t ttss_sound_read(const ttss_sound *sound, size_t offset, char *to, size_t size);

/* Where a part ends that begins at `first` and has at most `most` frames: at the audio's end, or in
 * the quietest place of its last third. */
int64_t ttss_sound_part_end(const ttsslice_audio *audio, int64_t first, int64_t most);

#endif
