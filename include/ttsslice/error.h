/* SPDX-License-Identifier: MIT */
/**
 * @file error.h
 * Error codes and the error record.
 *
 * A function that can fail returns `int32_t`: 0, or a negative code from enum ttsslice_code. Its
 * last parameter is a `ttsslice_error *` that the caller allocates and initialises with
 * TTSSLICE_ERROR_INIT; it may be NULL. There is no global "last error". The record carries
 * what a program needs as fields; the message is one line for people and is never parsed.
 */
#ifndef TTSSLICE_ERROR_H
#define TTSSLICE_ERROR_H

#include <ttsslice/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What went wrong. The numbers are part of the ABI and are grouped by hundreds; a program may
 * test the group. @since 0.1
 */
enum ttsslice_code {
    TTSSLICE_OK = 0, /**< done. @since 0.1 */

    TTSSLICE_ERR_INVALID = -100, /**< an argument or option is out of range. @since 0.1 */
    TTSSLICE_ERR_OPTION = -101,  /**< an options struct has a size or a set member that this build
                                      does not know. @since 0.1 */
    TTSSLICE_ERR_TEXT = -102,    /**< the text is not valid UTF-8 or contains NUL; see
                                      byte_offset. @since 0.1 */
    TTSSLICE_ERR_EMPTY = -103,   /**< the text holds nothing to speak. @since 0.1 */

    TTSSLICE_ERR_NOMEM = -200,    /**< out of memory. @since 0.1 */
    TTSSLICE_ERR_IO = -201,       /**< a file could not be read or written. @since 0.1 */
    TTSSLICE_ERR_NO_SPACE = -202, /**< the device is full. @since 0.1 */
    TTSSLICE_ERR_SYSTEM = -203,   /**< a thread, socket or other resource was refused. @since 0.1 */

    TTSSLICE_ERR_NETWORK = -300, /**< no connection, or it broke. @since 0.1 */
    TTSSLICE_ERR_TIMEOUT = -301, /**< no answer in time. @since 0.1 */
    TTSSLICE_ERR_HTTP = -302, /**< an HTTP status that is an error; see http_status. @since 0.1 */
    TTSSLICE_ERR_AUTH = -303, /**< the endpoint refused the key (401, 403). @since 0.1 */
    TTSSLICE_ERR_ENDPOINT = -304, /**< no endpoint was given, or there is none there. @since 0.1 */

    TTSSLICE_ERR_PROTOCOL = -400,     /**< an answer that cannot be understood. @since 0.1 */
    TTSSLICE_ERR_JOB = -401,          /**< the handler says that the job failed. @since 0.1 */
    TTSSLICE_ERR_EMPTY_RESULT = -402, /**< the job completed without a result. @since 0.1 */

    TTSSLICE_ERR_AUDIO = -500, /**< audio that cannot be decoded or encoded. @since 0.1 */

    TTSSLICE_ERR_UNAVAILABLE = -600, /**< an engine, model or feature is not there. @since 0.1 */
    TTSSLICE_ERR_ENGINE = -601,      /**< an engine failed on this input. @since 0.1 */

    TTSSLICE_ERR_CANCELLED = -700,  /**< stopped on request. @since 0.1 */
    TTSSLICE_ERR_CALLBACK = -701,   /**< the application's own function failed; handed back
                                         unchanged. @since 0.1 */
    TTSSLICE_ERR_INCOMPLETE = -702, /**< finished, but some chunks failed for good; the result
                                         names them. @since 0.1 */
    TTSSLICE_ERR_END = -703,        /**< nothing further to hand out; not a failure. @since 0.1 */
    TTSSLICE_ERR_LIMIT = -704,      /**< not begun: the run is at its limit of jobs or of cost.
                                         @since 0.1 */
    TTSSLICE_ERR_EXHAUSTED = -705,  /**< no take of a chunk passed, and the run is to stop then.
                                         @since 0.1 */

    TTSSLICE_ERR_INTERNAL = -900 /**< a defect of this library. @since 0.1 */
};

/** The slices, as they are numbered in errors, plans and reports. @since 0.1 */
enum ttsslice_slice {
    TTSSLICE_SLICE_NONE = 0,     /**< not in a slice. @since 0.1 */
    TTSSLICE_SLICE_GENERATE = 1, /**< text to audio. @since 0.1 */
    TTSSLICE_SLICE_CHUNK = 2,    /**< text to chunks. @since 0.1 */
    TTSSLICE_SLICE_DISPATCH = 3, /**< jobs to results. @since 0.1 */
    TTSSLICE_SLICE_VALIDATE = 4, /**< audio against text. @since 0.1 */
    TTSSLICE_SLICE_SELECT = 5,   /**< candidates to a take. @since 0.1 */
    TTSSLICE_SLICE_CONCAT = 6    /**< takes to one file. @since 0.1 */
};

/** Bytes of the message in an error record, NUL included. @since 0.1 */
#define TTSSLICE_ERROR_MESSAGE_MAX 512

/** What happened, in fields. Fixed layout; the library writes it only on failure. @since 0.1 */
typedef struct ttsslice_error {
    size_t size;                              /**< set by TTSSLICE_ERROR_INIT */
    int32_t code;                             /**< enum ttsslice_code */
    int32_t slice;                            /**< enum ttsslice_slice */
    int64_t chunk;                            /**< index of the chunk, or -1 */
    int64_t byte_offset;                      /**< where in the input, in bytes, or -1 */
    double retry_after_s;                     /**< seconds that the endpoint asked to wait, or -1 */
    int32_t http_status;                      /**< the last HTTP status, or 0 */
    int32_t reserved;                         /**< 0 */
    char message[TTSSLICE_ERROR_MESSAGE_MAX]; /**< one line, UTF-8, says what to do */
} ttsslice_error;

/** Initialiser of an error record. @since 0.1 */
#define TTSSLICE_ERROR_INIT                                                                        \
    {                                                                                              \
        sizeof(ttsslice_error), 0, 0, -1, -1, -1.0, 0, 0, {                                        \
            0                                                                                      \
        }                                                                                          \
    }

/** Name of a code, for example "TIMEOUT"; "UNKNOWN" otherwise. Static. Any thread. @since 0.1 */
TTSSLICE_API const char *ttsslice_code_name(int32_t code);

/** Name of a slice, for example "validate"; "none" otherwise. Static. Any thread. @since 0.1 */
TTSSLICE_API const char *ttsslice_slice_name(int32_t slice);

#ifdef __cplusplus
}
#endif
#endif
