/* SPDX-License-Identifier: MIT */
/**
 * @file audio.h
 * PCM audio in memory and in files.
 *
 * Samples are signed 16-bit, interleaved. Audio that arrives as floating point is rounded to
 * 16 bits once, on entry, the same way wherever that happens; that is what lets every plan give
 * the same bytes.
 */
#ifndef TTSSLICE_AUDIO_H
#define TTSSLICE_AUDIO_H

#include <ttsslice/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Largest number of channels that is accepted. @since 0.1 */
#define TTSSLICE_AUDIO_CHANNELS_MAX 8

/** Immutable audio. Shareable between threads. @since 0.1 */
typedef struct ttsslice_audio ttsslice_audio;

/**
 * Copies 16-bit samples.
 *
 * @param samples      frames * channels values; may be NULL if frames is 0
 * @param frames       number of frames, not negative
 * @param channels     1 to TTSSLICE_AUDIO_CHANNELS_MAX
 * @param sample_rate  1,000 to 384,000 Hz
 * @param out          receives a reference
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_new_s16(const int16_t *samples, int64_t frames,
                                            int32_t channels, int32_t sample_rate,
                                            ttsslice_audio **out, ttsslice_error *err);

/**
 * The same from floating point: a sample becomes round-to-nearest-even of x * 32768, clipped to
 * the 16-bit range, so that a 16-bit file read as float comes back exactly. A NaN or an infinity
 * is TTSSLICE_ERR_AUDIO. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_new_f32(const float *samples, int64_t frames, int32_t channels,
                                            int32_t sample_rate, ttsslice_audio **out,
                                            ttsslice_error *err);

/** Told that memory of the application is not needed any more, on whichever thread gave the last
 *  reference back. It must not call the library. @since 0.1 */
typedef void (*ttsslice_release_fn)(void *user_data);

/**
 * As ttsslice_audio_new_s16(), without a copy: the audio refers to the application's samples, which
 * must stay as they are until `release` is called.
 *
 * @param release    called once, when the last reference is gone; not if this function fails;
 *                   NULL: the samples outlive the audio anyway
 * @param user_data  handed to release
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_wrap_s16(const int16_t *samples, int64_t frames,
                                             int32_t channels, int32_t sample_rate,
                                             ttsslice_release_fn release, void *user_data,
                                             ttsslice_audio **out, ttsslice_error *err);

/**
 * Decodes a file held in memory: whatever libsndfile reads (WAV, FLAC, Ogg, MP3, ...). The
 * container is told by its content.
 *
 * @return 0; TTSSLICE_ERR_AUDIO (not audio, damaged, or no frames), TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_decode(const void *bytes, size_t size, ttsslice_audio **out,
                                           ttsslice_error *err);

/**
 * The same for a file as base64 (RFC 4648, section 4; white space and a "data:...;base64," in front
 * are skipped), which is how handlers send audio. Also TTSSLICE_ERR_PROTOCOL if it is not base64.
 *
 * @param text,length  bytes, or TTSSLICE_NUL_TERMINATED
 * Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_decode_base64(const char *text, size_t length,
                                                  ttsslice_audio **out, ttsslice_error *err);

/** Decodes a file. Also TTSSLICE_ERR_IO if it cannot be read. Any thread. @since 0.1 */
TTSSLICE_API int32_t ttsslice_audio_load(const char *path, ttsslice_audio **out,
                                         ttsslice_error *err);

/**
 * Encodes into memory.
 *
 * @param format "wav" (16-bit PCM; RF64 above 4 GiB), "flac" (16 bit), or lossy: "opus" (Ogg; only
 *               at 8, 12, 16, 24 or 48 kHz), "vorbis" (Ogg) or "mp3" (8 to 48 kHz); NULL: "wav"
 * @param bytes,size receive the file; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID (unknown format), TTSSLICE_ERR_AUDIO (no frames, or a rate or
 * number of channels that the format does not have), TTSSLICE_ERR_UNAVAILABLE (libsndfile was built
 * without that encoder), TTSSLICE_ERR_NOMEM. The bytes depend on the samples and the format alone.
 * Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_encode(const ttsslice_audio *audio, const char *format,
                                           void **bytes, size_t *size, ttsslice_error *err);

/**
 * Writes a file through a temporary name in the same folder, so that either the whole file is
 * there or the old one still is. The format follows the ending (.wav, .flac, .opus, .ogg, .mp3).
 *
 * @return as ttsslice_audio_encode(), and TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_save(const ttsslice_audio *audio, const char *path,
                                         ttsslice_error *err);

/** Interleaved samples, borrowed; NULL for NULL. @since 0.1 */
TTSSLICE_API const int16_t *ttsslice_audio_samples(const ttsslice_audio *audio);

/** Frames; 0 for NULL. @since 0.1 */
TTSSLICE_API int64_t ttsslice_audio_frames(const ttsslice_audio *audio);

/** Channels; 0 for NULL. @since 0.1 */
TTSSLICE_API int32_t ttsslice_audio_channels(const ttsslice_audio *audio);

/** Frames per second; 0 for NULL. @since 0.1 */
TTSSLICE_API int32_t ttsslice_audio_sample_rate(const ttsslice_audio *audio);

/** Length in seconds; 0 for NULL. @since 0.1 */
TTSSLICE_API double ttsslice_audio_duration_s(const ttsslice_audio *audio);

/**
 * A 64-bit fingerprint of rate, channels and samples (FNV-1a), equal in every process. For
 * comparing takes, not for security. 0 for NULL. @since 0.1
 */
TTSSLICE_API uint64_t ttsslice_audio_digest(const ttsslice_audio *audio);

/** How loud audio is. Silence has minus infinity wherever there is a level. @since 0.1 */
typedef struct ttsslice_loudness {
    size_t size;            /**< sizeof(ttsslice_loudness), set by the caller */
    double integrated_lufs; /**< loudness of the whole (ITU-R BS.1770-4, EBU R 128); minus infinity
                                 if nothing in it lasts 400 ms and is above -70 LUFS */
    double range_lu;        /**< loudness range (EBU Tech 3342); 0 below 3 s */
    double rms_db;          /**< of all samples, unweighted; a full-scale sine has -3.01 */
    double noise_floor_db;  /**< RMS of the quietest half second; of the whole if that is shorter */
    double sample_peak_db;  /**< largest sample; full scale is 0 */
    double true_peak_db;    /**< largest value at and between the samples (BS.1770-4, annex 2) */
} ttsslice_loudness;

/** Initialiser of a loudness. @since 0.1 */
#define TTSSLICE_LOUDNESS_INIT                                                                     \
    { sizeof(ttsslice_loudness), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0 }

/**
 * Measures loudness.
 *
 * @param dual_mono  1: one channel counts as the two speakers that will play it, which is 3.01 LU
 *                   more; 0: as one. Without effect on other numbers of channels
 * @param out        filled on success
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_OPTION (its size), TTSSLICE_ERR_UNAVAILABLE (a
 *         build without libebur128), TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_audio_loudness(const ttsslice_audio *audio, int32_t dual_mono,
                                             ttsslice_loudness *out, ttsslice_error *err);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_audio *ttsslice_audio_ref(ttsslice_audio *audio);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_audio_unref(ttsslice_audio *audio);

#ifdef __cplusplus
}
#endif
#endif
