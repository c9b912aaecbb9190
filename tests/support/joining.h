/* SPDX-License-Identifier: MIT */
/* What the tests of joins share: a folder, clips, a listener, and the identity of frames. */
#ifndef TTSS_TESTS_JOINING_H
#define TTSS_TESTS_JOINING_H

#include <ttsslice/concat.h>

#include <stdbool.h>
#include <stddef.h>

#define RATE 24000

/* Group setup and teardown; the folder must be empty at the end. */
int make_folder(void **state);
int remove_folder(void **state);

/* The same name gives the same pointer. */
const char *in_folder(const char *name);
size_t files_in_folder(void);

/* A voice: a low tone with overtones that swells four times a second, between quiet noise. It sets
 * in within 5 ms, or at once where there is no noise. */
ttsslice_audio *voice(double lead_s, double body_s, double tail_s, int32_t channels, int32_t rate,
                      uint64_t seed);
ttsslice_audio *level(int16_t value, int64_t frames);

/* Half a second of sound, two of nothing, half a second of sound. */
ttsslice_audio *with_a_hole(void);

ttsslice_clip clip_of(const ttsslice_audio *audio);

/* Saves audio as clip<index>.wav or .flac and returns the path. damaged: cut short. */
const char *file_clip(const ttsslice_audio *audio, size_t index, bool damaged);

/* Keeps what it is handed; its call number fail_at fails. */
typedef struct heard {
    int16_t *samples;
    int64_t frames;
    int32_t channels, rate;
    int calls, fail_at;
} heard;

int32_t hear(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
             void *user_data);

/* Joins, or fails the test. */
ttsslice_timeline *join(const char *path, const ttsslice_concat_options *options,
                        const ttsslice_clip *clips, size_t count);

/* out = kept + pauses - overlaps, entry for entry. */
void check_timeline(const ttsslice_timeline *timeline, int64_t frames);

#endif
