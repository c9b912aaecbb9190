/* SPDX-License-Identifier: MIT */
/**
 * @file log.h
 * Log lines go to a function of the application. The library itself never prints.
 */
#ifndef TTSSLICE_LOG_H
#define TTSSLICE_LOG_H

#include <ttsslice/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Severity; spaced so that others fit between. @since 0.1 */
enum ttsslice_log_level {
    TTSSLICE_LOG_DEBUG = 10,   /**< for finding defects. @since 0.1 */
    TTSSLICE_LOG_INFO = 20,    /**< progress. @since 0.1 */
    TTSSLICE_LOG_WARNING = 30, /**< something was mended. @since 0.1 */
    TTSSLICE_LOG_ERROR = 40    /**< something failed. @since 0.1 */
};

/**
 * Receives one finished line, without newline and with secrets already removed. The strings live
 * for the call only. Called on the thread that produced the line, so possibly on several at once,
 * with no lock held; must not call back into the object that logs. @since 0.1
 */
typedef void (*ttsslice_log_fn)(int32_t level, const char *module, const char *line,
                                void *user_data);

/** Where log lines go. @since 0.1 */
typedef struct ttsslice_logger {
    size_t size;        /**< sizeof(ttsslice_logger) */
    ttsslice_log_fn fn; /**< NULL: nowhere */
    void *user_data;    /**< handed to fn */
    int32_t level;      /**< lines below it are not made */
    int32_t reserved;   /**< 0 */
} ttsslice_logger;

/** Initialiser: no function, warnings and errors. @since 0.1 */
#define TTSSLICE_LOGGER_INIT                                                                       \
    { sizeof(ttsslice_logger), NULL, NULL, TTSSLICE_LOG_WARNING, 0 }

#ifdef __cplusplus
}
#endif
#endif
