/* SPDX-License-Identifier: MIT */
/**
 * @file version.h
 * Version of the library, at compile time and at run time, and what this build can do.
 */
#ifndef TTSSLICE_VERSION_H
#define TTSSLICE_VERSION_H

#include <stddef.h>
#include <stdint.h>

/** Marks a symbol as part of the ABI. Everything else in the library is hidden. @since 0.1 */
#if defined(__GNUC__)
#define TTSSLICE_API __attribute__((visibility("default")))
#else
#define TTSSLICE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the headers a program was compiled against. @since 0.1 */
#define TTSSLICE_VERSION_MAJOR  0
#define TTSSLICE_VERSION_MINOR  1
#define TTSSLICE_VERSION_PATCH  0
#define TTSSLICE_VERSION_STRING "0.1.0"

/** A length that means "up to the terminating NUL". @since 0.1 */
#define TTSSLICE_NUL_TERMINATED ((size_t)-1)

/**
 * Version of the library a program runs with, as major * 10000 + minor * 100 + patch.
 * Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_version(void);

/** The same as text, for example "0.1.0". Static, never NULL. Any thread. @since 0.1 */
TTSSLICE_API const char *ttsslice_version_string(void);

/**
 * Whether this build has an optional part.
 *
 * @param feature one of "flite", "sphinx", "server", "soxr", "ebur128", "icu"; an unknown name is
 *                simply absent.
 *                NULL is absent.
 * @return 1 or 0. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_feature_supported(const char *feature);

/**
 * Memory that the library will release with ttsslice_free(): for what a callback hands over.
 * NULL if there is none. Any thread. @since 0.1
 */
TTSSLICE_API void *ttsslice_alloc(size_t size);

/**
 * Frees memory that the library handed out as a plain pointer (JSON text, encoded audio).
 * NULL is allowed. Any thread. @since 0.1
 */
TTSSLICE_API void ttsslice_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
