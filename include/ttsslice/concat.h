/* SPDX-License-Identifier: MIT */
/**
 * @file concat.h
 * Slice "concat": takes, in order, become one file with an exact timeline.
 *
 * Streamed: one clip in memory at a time. The file is written under a temporary name in the same
 * folder and renamed when it is complete. For every chunk
 *
 *     output frames = sum of the frames kept + sum of the pauses
 *
 * holds to the frame.
 */
#ifndef TTSSLICE_CONCAT_H
#define TTSSLICE_CONCAT_H

#include <ttsslice/audio.h>
#include <ttsslice/chunk.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Options of a join. @since 0.1 */
typedef struct ttsslice_concat_options {
    size_t size;      /**< sizeof(ttsslice_concat_options) */
    int64_t pause_ms; /**< pause after a sentence, 0 to 60,000. Other breaks: word none, clause
                          half, paragraph twice, section four times; none at the end */
    int64_t fade_ms;  /**< raised-cosine fade at both ends of a clip, 0 to 1,000; shortened to
                          half the clip */
    int32_t trim;     /**< 1: quiet at both ends of a clip is cut, with a guard of 30 ms; 0: not */
    int32_t sample_rate; /**< of the output; 0: that of the first clip. A clip that differs is an
                              error in this version */
} ttsslice_concat_options;

/** Initialiser with the defaults: 200 ms, 10 ms, trim, rate of the first clip. @since 0.1 */
#define TTSSLICE_CONCAT_OPTIONS_INIT                                                               \
    { sizeof(ttsslice_concat_options), 200, 10, 1, 0 }

/** One clip to add. Strings and arrays live for the call; text and words are for the timeline and
 *  may be NULL. @since 0.1 */
typedef struct ttsslice_clip {
    size_t size;                 /**< sizeof(ttsslice_clip) */
    const ttsslice_audio *audio; /**< the take; not NULL */
    int64_t chunk;               /**< index of its chunk */
    const char *text;            /**< what it says */
    size_t text_start;           /**< first byte of it in the whole text */
    size_t text_length;          /**< bytes there */
    const size_t *word_starts;   /**< word_count byte offsets in the whole text */
    const size_t *word_lengths;  /**< word_count lengths in bytes */
    const double *word_starts_s; /**< word_count times in the clip as given; NaN if unknown */
    const double *word_ends_s;   /**< word_count times likewise */
    size_t word_count;           /**< 0: no words known */
    double score;                /**< of the verdict; NaN if none */
    int32_t break_after;         /**< enum ttsslice_break: decides the pause */
    int32_t passed;              /**< 1, or 0 if somebody should listen */
} ttsslice_clip;

/** Initialiser of a clip: no audio, sentence break, passed. @since 0.1 */
#define TTSSLICE_CLIP_INIT                                                                         \
    {                                                                                              \
        sizeof(ttsslice_clip), NULL, 0, NULL, 0, 0, NULL, NULL, NULL, NULL, 0, 0.0 / 0.0,          \
            TTSSLICE_BREAK_SENTENCE, 1                                                             \
    }

/** A join in progress; one thread at a time. @since 0.1 */
typedef struct ttsslice_concat ttsslice_concat;

/** Where everything is in the output. Immutable, shareable. @since 0.1 */
typedef struct ttsslice_timeline ttsslice_timeline;

/** One chunk on the timeline. May grow at the end. Frames are of the output. @since 0.1 */
typedef struct ttsslice_timeline_entry {
    int64_t chunk;         /**< index of the chunk */
    int64_t start_frame;   /**< first frame of its audio */
    int64_t end_frame;     /**< one past the last */
    int64_t pause_frames;  /**< silence that follows */
    int64_t trimmed_start; /**< frames cut from the front of the clip */
    int64_t trimmed_end;   /**< frames cut from its end */
    size_t text_start;     /**< first byte in the whole text */
    size_t text_length;    /**< bytes */
    const char *text;      /**< what it says, borrowed; "" if unknown */
    double score;          /**< NaN if none */
    int32_t break_after;   /**< enum ttsslice_break */
    int32_t passed;        /**< 1 or 0 */
} ttsslice_timeline_entry;

/** One word on the timeline. May grow at the end. @since 0.1 */
typedef struct ttsslice_timed_word {
    size_t entry;        /**< index of its entry */
    size_t text_start;   /**< first byte in the whole text */
    size_t text_length;  /**< bytes */
    int64_t start_frame; /**< first frame in the output */
    int64_t end_frame;   /**< one past the last */
} ttsslice_timed_word;

/**
 * Begins a join. Nothing is created at `path` yet.
 *
 * @param path     output; its ending gives the format (.wav; others as ttsslice_audio_save())
 * @param options  NULL: defaults
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_OPTION, TTSSLICE_ERR_IO (folder missing or not
 *         writable), TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_open(const char *path, const ttsslice_concat_options *options,
                                          ttsslice_concat **out, ttsslice_error *err);

/**
 * Adds the next clip. After an error the join can only be aborted.
 *
 * The pause of the last clip is not written, whatever its break.
 *
 * @return 0; TTSSLICE_ERR_INVALID (other rate or channels than the first), TTSSLICE_ERR_TEXT (the
 *         clip's text is not UTF-8), TTSSLICE_ERR_AUDIO (a WAV file over 4 GiB, a rate that the
 *         format cannot hold), TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE, TTSSLICE_ERR_NOMEM.
 * @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_add(ttsslice_concat *concat, const ttsslice_clip *clip,
                                         ttsslice_error *err);

/**
 * Completes the file, gives it its name and releases the join, also on failure.
 *
 * @param timeline  receives a reference; may be NULL
 * @return 0; TTSSLICE_ERR_EMPTY (no clip was added), TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE,
 *         TTSSLICE_ERR_NOMEM. On failure nothing is left behind. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_close(ttsslice_concat *concat, ttsslice_timeline **timeline,
                                           ttsslice_error *err);

/** Gives up a join: the temporary file is removed. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_concat_abort(ttsslice_concat *concat);

/** Frames per second of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API int32_t ttsslice_timeline_sample_rate(const ttsslice_timeline *timeline);

/** Frames of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API int64_t ttsslice_timeline_frames(const ttsslice_timeline *timeline);

/** Number of entries; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_timeline_count(const ttsslice_timeline *timeline);

/** Entry by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_timeline_entry *ttsslice_timeline_get(const ttsslice_timeline *timeline,
                                                                  size_t index);

/** Number of words whose place is known, in the order of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_timeline_word_count(const ttsslice_timeline *timeline);

/** Word by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_timed_word *ttsslice_timeline_word(const ttsslice_timeline *timeline,
                                                               size_t index);

/**
 * The timeline as the application's segments.json: an array of {start, end, text} in seconds,
 * beside the exact frames, the source span, score, passed and words.
 *
 * @param json  receives text; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_segments_json(const ttsslice_timeline *timeline, char **json,
                                                     ttsslice_error *err);

/** The timeline as SubRip subtitles; otherwise as ttsslice_timeline_segments_json(). @since 0.1 */
TTSSLICE_API int32_t ttsslice_timeline_srt(const ttsslice_timeline *timeline, char **srt,
                                           ttsslice_error *err);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_timeline *ttsslice_timeline_ref(ttsslice_timeline *timeline);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_timeline_unref(ttsslice_timeline *timeline);

#ifdef __cplusplus
}
#endif
#endif
