/* SPDX-License-Identifier: MIT */
/**
 * @file concat.h
 * Slice "concat": takes, in order, become one file with an exact timeline.
 *
 * Streamed: what is ready is written and handed out at once, so that a player can start while the
 * rest is being made, and memory does not grow with the length or the number of clips. The file
 * is written under a temporary name in the same folder and renamed when it is complete.
 *
 * Every clip is brought to the rate and the channels of the output, trimmed, faded at both ends
 * and followed by the pause that its break asks for, less the quiet that is already there. To the
 * frame,
 *
 *     output frames = sum of the frames kept + sum of the pauses - sum of the overlaps
 *
 * Presets of the loudness: "ebu" is -23 LUFS under a true peak of -1 dB (EBU R 128). "podcast" is
 * -16 LUFS under -1 dB, and -19 for one channel that is not measured as dual mono: the same
 * loudness in the room. "audiobook" is what audiobook shops check, an RMS of -20.5 dB (they ask for
 * -23 to -18) under a peak of -3 dB; their limit for the noise floor no gain can keep, it is
 * measured. What is to get a gain waits on disk, beside the output, until the gain is known;
 * on_audio gets it without.
 */
#ifndef TTSSLICE_CONCAT_H
#define TTSSLICE_CONCAT_H

#include <ttsslice/audio.h>
#include <ttsslice/chunk.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which ends of a clip lose their quiet. @since 0.1 */
enum ttsslice_trim {
    TTSSLICE_TRIM_OFF = 0,     /**< none. @since 0.1 */
    TTSSLICE_TRIM_BOTH = 1,    /**< both. @since 0.1 */
    TTSSLICE_TRIM_LEADING = 2, /**< the front. @since 0.1 */
    TTSSLICE_TRIM_TRAILING = 3 /**< the end. @since 0.1 */
};

/** What a clip that cannot be used (missing, empty, damaged, cut short, not audio, never added)
 *  does to its join. A clip that is described wrongly always stops it. @since 0.1 */
enum ttsslice_bad_clip {
    TTSSLICE_BAD_CLIP_STOP = 0,    /**< the join fails. @since 0.1 */
    TTSSLICE_BAD_CLIP_SILENCE = 1, /**< missing_ms of silence stand for it. @since 0.1 */
    TTSSLICE_BAD_CLIP_SKIP = 2     /**< nothing stands for it; its entry says so. @since 0.1 */
};

/**
 * Receives the output as it is made, in order, in blocks of at most 65,536 frames, on the thread
 * that adds or closes. Rate and channels are the same in every call. The samples live for the
 * call. A value other than 0 stops the join with that code. It must not use its own join: adding
 * and closing fail with TTSSLICE_ERR_INVALID, and aborting only makes sure that nothing more can be
 * added; to give up, return a code.
 *
 * The last few frames of a clip (its fade) come with what follows it. @since 0.1
 */
typedef int32_t (*ttsslice_audio_fn)(const int16_t *samples, int64_t frames, int32_t channels,
                                     int32_t sample_rate, void *user_data);

/**
 * Asked on the thread that adds or closes, again and again while a clip is read or written and
 * while what waited for its gain is, whether the join is to end: 0 goes on, TTSSLICE_ERR_CALLBACK
 * ends it with that code, any other value with TTSSLICE_ERR_CANCELLED. It must not use its own
 * join, as in ttsslice_audio_fn. @since 0.1
 */
typedef int32_t (*ttsslice_cancelled_fn)(void *user_data);

/** Options of a join. Strings are copied. @since 0.1 */
typedef struct ttsslice_concat_options {
    size_t size;      /**< sizeof(ttsslice_concat_options) */
    int64_t pause_ms; /**< quiet after a sentence, 0 to 60,000. Other breaks: word none, clause
                          half, paragraph twice, section four times; none at the end. The quiet
                          that the two clips bring along counts */
    int64_t fade_ms;  /**< raised-cosine fade at both ends of a clip, 0 to 1,000; shortened to the
                          quiet that is there, but not below 3 ms, and to half the clip */
    int32_t trim;     /**< enum ttsslice_trim: quiet at the ends of a clip is cut. Quiet is what
                          is far below the clip's own speech; soft sounds within 250 ms of the
                          speech count as speech, and 30 ms of quiet stay */
    int32_t sample_rate;  /**< of the output; 0: that of the first clip, or the next higher one that
                               the format has. Clips that differ are resampled */
    int32_t channels;     /**< of the output; 0: those of the first clip. A clip with one channel
                               is copied to all; otherwise a clip that differs is mixed to one */
    int32_t bad_clip;     /**< enum ttsslice_bad_clip */
    int64_t missing_ms;   /**< silence that stands for a bad clip, 0 to 60,000 */
    int64_t crossfade_ms; /**< where the quiet of two clips is longer than the pause, up to this
                              much of it overlaps, with an equal-power crossfade; 0 to 1,000.
                              Speech never does */
    int64_t silence_max_ms;     /**< longest quiet inside a clip, 100 to 60,000; the middle of what
                                    is longer is cut out. 0: any */
    int64_t pause_word_ms;      /**< the pause after a word; -1: as pause_ms says. Likewise: */
    int64_t pause_clause_ms;    /**< after a clause */
    int64_t pause_paragraph_ms; /**< after a paragraph */
    int64_t pause_section_ms;   /**< after a section */
    const char *format;         /**< "wav", "flac", "opus", "vorbis" or "mp3"; NULL: by the ending
                                    of the path */
    const char *title;          /**< written as a tag, beside the software; NULL: no tags */
    ttsslice_audio_fn on_audio; /**< NULL: nobody */
    void *on_audio_data;        /**< handed to on_audio */
    int32_t tail_repair;        /**< 1: where sound goes on for more than 200 ms after the end of
                                    the last word, the clip ends at the quietest place within 500 ms
                                    after that word. Nothing is cut where the time of the word that
                                    ends the text is unknown */
    int32_t match_clips;        /**< 1: each clip is brought nearer to the loudness of what was
                                    joined before it, by at most 3 dB, and not into clipping */
    const char *loudness;       /**< how loud the whole is to be: "audiobook", "podcast", "ebu" or
                                    LUFS as a number ("-19"); one gain for everything. "measure":
                                    it is measured and left. NULL: neither. See below */
    double true_peak_db;        /**< the gain ends where the true peak reaches this, -40 to 0; NaN:
                                    as the preset says, -1 for a number. Alone, it only lowers */
    int32_t dual_mono;          /**< 1: one channel is measured as the two speakers that will play
                                    it, which is 3.01 LU more */
    int32_t reserved;           /**< 0 */
    ttsslice_cancelled_fn cancelled; /**< NULL: nobody cancels. In a run, ttsslice_cancel() does,
                                          too */
    void *cancelled_data;            /**< handed to cancelled */
} ttsslice_concat_options;

/** Initialiser with the defaults: 200 ms, 10 ms, trim both ends, rate and channels of the first
 *  clip, stop at a bad one (a second of silence otherwise). @since 0.1 */
#define TTSSLICE_CONCAT_OPTIONS_INIT                                                               \
    {                                                                                              \
        sizeof(ttsslice_concat_options), 200, 10, TTSSLICE_TRIM_BOTH, 0, 0,                        \
            TTSSLICE_BAD_CLIP_STOP, 1000, 0, 0, -1, -1, -1, -1, NULL, NULL, NULL, NULL, 0, 0,      \
            NULL, 0.0 / 0.0, 0, 0, NULL, NULL                                                      \
    }

/** One clip to add: exactly one of audio, path and bytes. What it points to lives for the call;
 *  text and words are for the timeline and may be NULL. @since 0.1 */
typedef struct ttsslice_clip {
    size_t size;                 /**< sizeof(ttsslice_clip) */
    const ttsslice_audio *audio; /**< the take, in memory */
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
    int32_t break_after;         /**< enum ttsslice_break: decides the pause. 0: the mark that ends
                                     the text does, in its full-width form too: a comma, colon,
                                     semicolon or dash makes a clause, anything else a sentence */
    int32_t passed;              /**< 1, or 0 if somebody should listen */
    const char *path;            /**< the take, as a file */
    const void *bytes;           /**< the take, as a file in memory */
    size_t byte_count;           /**< of bytes */
    int64_t position;            /**< place in the join, from 0, for clips that come in any order;
                                     at most 100,000 beyond the one whose turn it is; -1: after the
                                     one that was added last */
    int64_t pause_ms;            /**< pause after it, 0 to 600,000; -1: by its break */
} ttsslice_clip;

/** Initialiser of a clip: no audio, sentence break, passed, in order. @since 0.1 */
#define TTSSLICE_CLIP_INIT                                                                         \
    {                                                                                              \
        sizeof(ttsslice_clip), NULL, 0, NULL, 0, 0, NULL, NULL, NULL, NULL, 0, 0.0 / 0.0,          \
            TTSSLICE_BREAK_SENTENCE, 1, NULL, NULL, 0, -1, -1                                      \
    }

/** A join in progress; one thread at a time. @since 0.1 */
typedef struct ttsslice_concat ttsslice_concat;

/** Where everything is in the output. Immutable, shareable. @since 0.1 */
typedef struct ttsslice_timeline ttsslice_timeline;

/** One chunk on the timeline. May grow at the end. Frames are of the output. @since 0.1 */
typedef struct ttsslice_timeline_entry {
    int64_t chunk;           /**< index of the chunk */
    int64_t start_frame;     /**< first frame of its audio */
    int64_t end_frame;       /**< one past the last */
    int64_t pause_frames;    /**< silence that follows */
    int64_t trimmed_start;   /**< frames cut from the front of the clip, at the output's rate */
    int64_t trimmed_end;     /**< frames cut from its end, those of the tail repair included */
    size_t text_start;       /**< first byte in the whole text */
    size_t text_length;      /**< bytes */
    const char *text;        /**< what it says, borrowed; "" if unknown */
    double score;            /**< NaN if none */
    int32_t break_after;     /**< enum ttsslice_break */
    int32_t passed;          /**< 1 or 0 */
    int64_t overlap_frames;  /**< that it shares with the next entry */
    int64_t trimmed_inside;  /**< frames cut from long silences within */
    int64_t repaired_frames; /**< frames after the last word that the tail repair cut */
    const char *error;       /**< "", or why the clip could not be used; borrowed */
    int32_t code;            /**< 0, or enum ttsslice_code of that */
    int32_t source_rate;     /**< frames per second of the clip, 0 if unknown; it was resampled if
                                  this is not the output's */
    int32_t source_channels; /**< channels of the clip, 0 if unknown */
    int32_t reserved;        /**< 0 */
    double gain_db;          /**< by which match_clips changed it; 0 otherwise */
    const char *path;        /**< of its file, as the clip gave it; borrowed. "" if there was none,
                                  or it is not UTF-8 */
    double clipped_db;       /**< by how much its loudest sample is beyond full scale, at which it
                                  is clipped; 0 if it is not */
    double mixed_db;         /**< by how much it changed in level when its channels were mixed to
                                  one, at least -120; below -12 they cancel each other out. 0 if
                                  they were not mixed */
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
 * @param path     output; its ending gives the format unless the options name one (.wav, .flac,
 *                 .opus, .ogg, .mp3). A WAV file that grows beyond 4 GiB becomes RF64. NULL where
 *                 there is on_audio: no file
 * @param options  NULL: defaults
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_OPTION, TTSSLICE_ERR_UNAVAILABLE (libsndfile was
 *         built without that encoder), TTSSLICE_ERR_TEXT (the title is not UTF-8),
 *         TTSSLICE_ERR_IO (folder missing or not writable), TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_open(const char *path, const ttsslice_concat_options *options,
                                          ttsslice_concat **out, ttsslice_error *err);

/**
 * Adds a clip. One whose turn it is, and those that waited for it, are written at once; one that
 * comes early is copied and waits (audio is not copied, but gets a reference; of a path, only the
 * name is kept). After an error the join can only be aborted.
 *
 * The pause of the last clip is not written, whatever its break.
 *
 * @return 0; TTSSLICE_ERR_INVALID (its description is wrong, its position is taken or far beyond
 *         all others, it is the file that is to be written), TTSSLICE_ERR_TEXT (its text is not
 * UTF-8), TTSSLICE_ERR_AUDIO, TTSSLICE_ERR_IO (a bad clip, named in the message, unless the options
 *         say to go on; or a rate that the format cannot hold), TTSSLICE_ERR_NO_SPACE,
 *         TTSSLICE_ERR_NOMEM, TTSSLICE_ERR_CANCELLED, or what on_audio returned. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_add(ttsslice_concat *concat, const ttsslice_clip *clip,
                                         ttsslice_error *err);

/**
 * Completes the file, gives it its name and releases the join, also on failure.
 *
 * @param timeline  receives a reference; may be NULL
 * @return 0; TTSSLICE_ERR_EMPTY (no clip was added, or none could be used), TTSSLICE_ERR_INVALID
 *         (clips wait for one that never came), TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE,
 *         TTSSLICE_ERR_NOMEM, TTSSLICE_ERR_CANCELLED, or what on_audio returned. On failure nothing
 *         is left behind, and a file that was there before stays. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_concat_close(ttsslice_concat *concat, ttsslice_timeline **timeline,
                                           ttsslice_error *err);

/** Gives up a join: the temporary file is removed. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_concat_abort(ttsslice_concat *concat);

/** Frames per second of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API int32_t ttsslice_timeline_sample_rate(const ttsslice_timeline *timeline);

/** Channels of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API int32_t ttsslice_timeline_channels(const ttsslice_timeline *timeline);

/** Frames of the output; 0 for NULL. @since 0.1 */
TTSSLICE_API int64_t ttsslice_timeline_frames(const ttsslice_timeline *timeline);

/**
 * Loudness of the output, before a lossy format takes its toll.
 *
 * @param out      filled on success
 * @param gain_db  receives the gain of the whole, 0 if none was asked for; may be NULL
 * @return 0; TTSSLICE_ERR_EMPTY (nobody asked for it to be measured), TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_OPTION (size of `out`). Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_loudness(const ttsslice_timeline *timeline,
                                                ttsslice_loudness *out, double *gain_db,
                                                ttsslice_error *err);

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
 * beside the exact frames, the source span, score, passed, words, and the path of a clip that was a
 * file.
 *
 * @param json  receives text; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_segments_json(const ttsslice_timeline *timeline, char **json,
                                                     ttsslice_error *err);

/** The timeline as SubRip subtitles; otherwise as ttsslice_timeline_segments_json(). @since 0.1 */
TTSSLICE_API int32_t ttsslice_timeline_srt(const ttsslice_timeline *timeline, char **srt,
                                           ttsslice_error *err);

/**
 * The timeline as WebVTT. Where the times of words are known, they stand in the cues as timestamps.
 * Otherwise as ttsslice_timeline_segments_json(). @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_vtt(const ttsslice_timeline *timeline, char **vtt,
                                           ttsslice_error *err);

/**
 * The timeline as a label track of Audacity: start and end in seconds and a text, between tabs. The
 * text of a chunk that did not pass has "[not passed]" in front, that of one whose clip could not
 * be used "[no audio]"; where there is no text, the name of the clip's file stands for it.
 *
 * @param words   0: a label for each chunk; 1: for each word where times are known, for the chunk
 *                where they are not
 * @param labels  receives text; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_labels(const ttsslice_timeline *timeline, int32_t words,
                                              char **labels, ttsslice_error *err);

/**
 * Writes the timeline as a file of its own, through a temporary name: an ending of .json gives what
 * ttsslice_timeline_segments_json() does, .srt and .vtt the subtitles, .txt the labels by chunk.
 *
 * @return 0; TTSSLICE_ERR_INVALID (another ending), TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE,
 *         TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_timeline_save(const ttsslice_timeline *timeline, const char *path,
                                            ttsslice_error *err);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_timeline *ttsslice_timeline_ref(ttsslice_timeline *timeline);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_timeline_unref(ttsslice_timeline *timeline);

#ifdef __cplusplus
}
#endif
#endif
