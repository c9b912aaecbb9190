/* SPDX-License-Identifier: MIT */
/**
 * @file handler.h
 * The other end: job JSON in, result JSON out, over any generator and transcriber. A GPU worker
 * calls this; ttsslice_server serves it over HTTP in the manner of a RunPod endpoint.
 *
 * The JSON is described in docs/handler.md.
 */
#ifndef TTSSLICE_HANDLER_H
#define TTSSLICE_HANDLER_H

#include <ttsslice/engine.h>
#include <ttsslice/log.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Options of a handler. @since 0.1 */
typedef struct ttsslice_handler_options {
    size_t size;                       /**< sizeof(ttsslice_handler_options) */
    ttsslice_generator *generator;     /**< not NULL; the handler takes its own reference */
    ttsslice_transcriber *transcriber; /**< NULL: jobs of slice 3 and 4 are refused */
    int64_t max_text_bytes;            /**< longer texts are refused */
    int64_t max_result_bytes;          /**< longer results are refused, as the platform would drop
                                            them silently */
} ttsslice_handler_options;

/** Initialiser: no engines, texts of 20,000 bytes, results of 9.5 MiB. @since 0.1 */
#define TTSSLICE_HANDLER_OPTIONS_INIT                                                              \
    { sizeof(ttsslice_handler_options), NULL, NULL, 20000, 9961472 }

/** A handler. Immutable; jobs may be handled on several threads at once. @since 0.1 */
typedef struct ttsslice_handler ttsslice_handler;

/** Makes a handler. @return 0; TTSSLICE_ERR_INVALID, _OPTION, _NOMEM. @since 0.1 */
TTSSLICE_API int32_t ttsslice_handler_new(const ttsslice_handler_options *options,
                                          ttsslice_handler **out, ttsslice_error *err);

/**
 * Does one job.
 *
 * @param job,length  {"id": ..., "input": {...}}; bytes or TTSSLICE_NUL_TERMINATED
 * @param result      receives the handler's output: an object with audio, or one with `error`,
 *                    `error_code` and `retryable`; release it with ttsslice_free()
 * @return 0 whenever there is a result, also for a job that failed; TTSSLICE_ERR_CALLBACK if a
 *         host engine said so; TTSSLICE_ERR_INVALID (NULL); TTSSLICE_ERR_NOMEM. Any thread; blocks
 * while it works. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_handle_job(ttsslice_handler *handler, const char *job, size_t length,
                                         char **result, ttsslice_error *err);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_handler *ttsslice_handler_ref(ttsslice_handler *handler);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_handler_unref(ttsslice_handler *handler);

/* --- local server --------------------------------------------------------------------------- */

/** Options of a server. @since 0.1 */
typedef struct ttsslice_server_options {
    size_t size;               /**< sizeof(ttsslice_server_options) */
    ttsslice_handler *handler; /**< not NULL; the server takes its own reference */
    const char *host;          /**< numeric address to listen on; NULL: "127.0.0.1" */
    int32_t port;              /**< 0: any free one */
    int32_t workers;           /**< jobs worked on at once, 1 to 64 */
    const char *endpoint_id;   /**< the last part of the prefix; NULL: "local" */
    const char *api_key; /**< needed as `Authorization: Bearer KEY`, or bare; NULL or "": none */
    double latency_s;    /**< added to every job, 0 to 60 */
    double fail_rate;    /**< share of requests to /run that is answered 500, 0 to 1, in a
                              fixed order that follows from fail_seed */
    int64_t fail_seed;   /**< see fail_rate */
    int64_t max_queue;   /**< jobs waiting; more are answered 429 */
    int64_t retention_s; /**< how long a finished job is kept */
    const ttsslice_logger *logger; /**< NULL: nowhere; copied */
} ttsslice_server_options;

/** Initialiser: loopback, free port, 1 worker, no key, no faults, 1,000 jobs, 30 minutes.
 *  @since 0.1 */
#define TTSSLICE_SERVER_OPTIONS_INIT                                                               \
    { sizeof(ttsslice_server_options), NULL, NULL, 0, 1, NULL, NULL, 0.0, 0.0, 0, 1000, 1800, NULL }

/** A RunPod-compatible endpoint on this machine. @since 0.1 */
typedef struct ttsslice_server ttsslice_server;

/**
 * Starts a server; it serves from threads of its own until ttsslice_server_free().
 *
 * @return 0; TTSSLICE_ERR_SYSTEM (port taken, no threads), TTSSLICE_ERR_UNAVAILABLE (build has no
 *         server), TTSSLICE_ERR_INVALID, _OPTION, _NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_server_new(const ttsslice_server_options *options,
                                         ttsslice_server **out, ttsslice_error *err);

/** The prefix to give to a dispatcher, as http://127.0.0.1:PORT/v2/local; borrowed. @since 0.1 */
TTSSLICE_API const char *ttsslice_server_endpoint(const ttsslice_server *server);

/** Stops the server: running jobs are waited for, queued ones dropped. NULL is allowed.
 *  @since 0.1 */
TTSSLICE_API void ttsslice_server_free(ttsslice_server *server);

#ifdef __cplusplus
}
#endif
#endif
