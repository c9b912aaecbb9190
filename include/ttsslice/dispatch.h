/* SPDX-License-Identifier: MIT */
/**
 * @file dispatch.h
 * Slice "dispatch": jobs go to a handler, results come back, in the order they complete.
 *
 * Three protocols are spoken:
 *
 * "runpod", RunPod's serverless API: POST {endpoint}/run, GET {endpoint}/status/{id} until the job
 * is done, POST {endpoint}/cancel/{id} for what is abandoned.
 *
 * "plain": POST {"input": ...} to the endpoint's URL; the answer is the handler's output.
 *
 * "openai": POST {endpoint}/v1/audio/speech with the job's `text`; the answer is a sound file,
 * which becomes a handler's output for one take.
 *
 * In the last two a job has no id: its connection is the job, closing it all that can be done to
 * cancel it, and the journal keeps results but cannot collect what was under way.
 *
 * One loop over libcurl's multi interface, driven by the thread that calls
 * ttsslice_dispatcher_next().
 */
#ifndef TTSSLICE_DISPATCH_H
#define TTSSLICE_DISPATCH_H

#include <ttsslice/error.h>
#include <ttsslice/log.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which of the queued jobs is submitted next. @since 0.1 */
enum ttsslice_job_order {
    TTSSLICE_ORDER_GIVEN =
        0, /**< as they were queued: for results that are used in order. @since 0.1 */
    TTSSLICE_ORDER_LONGEST = 1, /**< the longest `text` first: all are done sooner. @since 0.1 */
    TTSSLICE_ORDER_INDEX = 2 /**< the smallest index first, and none more than `window` ahead of the
                                  first that is not done: for results that are played while the
                                  others are made. @since 0.1 */
};

/** Options of a dispatcher. @since 0.1 */
typedef struct ttsslice_dispatch_options {
    size_t size;              /**< sizeof(ttsslice_dispatch_options) */
    const char *endpoint;     /**< "runpod": the whole prefix, as https://api.runpod.ai/v2/ID or
                                   http://127.0.0.1:8000/v2/local; "plain": the URL, which may
                                   have a query; "openai": the server, with or without /v1 and
                                   /audio/speech. NULL, from the environment: TTSSLICE_ENDPOINT,
                                   else for "runpod" made from RUNPOD_ENDPOINT_ID, for "openai"
                                   OPENAI_BASE_URL */
    const char *api_key;      /**< NULL: from the environment, by the protocol: RUNPOD_API_KEY,
                                   TTSSLICE_API_KEY (plain), OPENAI_API_KEY; and whatever the
                                   protocol RUNPOD_API_KEY for hosts under runpod.ai. "": none */
    int64_t max_in_flight;    /**< jobs submitted and not yet done, 1 to 1,000 */
    const double *backoff_s;  /**< longest waits before the second, third, ... try of a request;
                                   each is drawn from zero to that, so that jobs that failed
                                   together do not come again together. NULL: 0.5, 1, 2. An
                                   answer's Retry-After, up to 120 s, wins */
    size_t backoff_count;     /**< number of them = number of further tries */
    double request_timeout_s; /**< one HTTP request, 0.1 to 3,600; not one whose answer is the
                                   job's result ("plain", "openai"): job_timeout_s ends those */
    double job_timeout_s;     /**< one job from submission to its end, 1 to 604,800 */
    double poll_interval_s;   /**< first pause between two status requests of a job, 0.001 to
                                   60; grows by half each time up to ten times that, give or
                                   take a fifth. Once run times are known the first is put off
                                   until nine tenths of what is expected have passed; where the
                                   endpoint has /status-sync one request waits instead */
    int64_t max_reply_bytes;  /**< longest answer that is accepted */
    const ttsslice_logger *logger; /**< NULL: nowhere; copied */
    int32_t inline_audio;          /**< 1: audio stays in a result's output as it was sent; 0: see
                                        ttsslice_attachment */
    int32_t order;                 /**< enum ttsslice_job_order */
    const char *journal;           /**< a folder, made if it is missing, that keeps job ids and
                                        results: a run started again with it collects what the
                                        endpoint still holds and pays only for what is missing.
                                        One run at a time; what is damaged in it is told to the
                                        logger and set aside. NULL: none. Not with inline_audio */
    const char *ca_file;           /**< certificates (PEM) of who may vouch for the endpoint, in the
                                        place of the system's; NULL: those */
    int32_t insecure;              /**< 1: the key may travel unencrypted to another machine */
    int32_t hedge;                 /**< 1: a job that runs much longer than others of its length is
                                        submitted a second time, the first good answer is the result
                                        and the other job is cancelled. At most one job in twenty,
                                        only while workers are idle (/health), and only once a worker
                                        has the job; "runpod" alone. 0: no job is paid twice on purpose */
    int64_t window;                /**< of TTSSLICE_ORDER_INDEX; 0: no bound */
    int64_t max_jobs;              /**< jobs that may be submitted; 0: any number. Those past it end
                                        with TTSSLICE_ERR_LIMIT. What an earlier run has paid for does
                                        not count, nor do further submissions of one job */
    double max_cost;               /**< no job is submitted that is expected to take the run's cost
                                        past this: what was measured, and the estimates of jobs under
                                        way, of which there are two at first and two more for each
                                        time that is known. Jobs that take longer than that can still
                                        pass it; then the logger is told. The jobs left end with
                                        TTSSLICE_ERR_LIMIT. Needs price_per_second. 0: no bound */
    double price_per_second;       /**< of a worker, in the caller's currency; 0: not known */
    double expected_s;          /**< what a job takes, until that is learned from the run itself: */
    double expected_s_per_char; /**< so many seconds, and so many for each character of `text` */
    const char *trace;          /**< a file that receives what happens to each job, as JSON Lines,
                                     see docs/schedule.md; replaced if it is there, by
                                     the first ttsslice_dispatcher_next(). NULL: none */
    const char *protocol;       /**< "runpod", "plain" or "openai"; NULL: TTSSLICE_PROTOCOL from
                                     the environment, else "runpod" */
    const char *speech_model;   /**< "openai": the model, unless a job has a `model` of its own;
                                     NULL: "tts-1" */
    const char *voice;          /**< "openai": the voice's name, unless a job has a `voice` of its
                                     own; NULL: "alloy" */
} ttsslice_dispatch_options;

/** Initialiser with the defaults: environment, 25 in flight, 0.5/1/2 s, 30 s a request, 15 min a
 *  job, 0.1 s between polls, 64 MiB an answer, audio as attachments, no limits; 0.8 s and 0.02 s a
 *  character are expected of a job. @since 0.1 */
#define TTSSLICE_DISPATCH_OPTIONS_INIT                                                             \
    {                                                                                              \
        sizeof(ttsslice_dispatch_options), NULL, NULL, 25, NULL, 0, 30.0, 900.0, 0.1, 67108864,    \
            NULL, 0, 0, NULL, NULL, 0, 0, 0, 0, 0.0, 0.0, 0.8, 0.02, NULL, NULL, NULL, NULL        \
    }

/** Where a result comes from. @since 0.1 */
enum ttsslice_job_source {
    TTSSLICE_SOURCE_SUBMITTED = 0, /**< from this run. @since 0.1 */
    TTSSLICE_SOURCE_COLLECTED = 1, /**< an earlier run had submitted it. @since 0.1 */
    TTSSLICE_SOURCE_JOURNAL = 2    /**< an earlier run had received it. @since 0.1 */
};

/** Audio of a result, decoded: a file in memory, as ttsslice_audio_decode() takes it. A long string
 *  of base64 under a key `audio_base64` or `audio`, at any depth of an output, is decoded while it
 *  arrives, and "attachment:N" stands in its place in the JSON; N counts from 0. Shorter strings
 *  and those that do not begin as base64 stay as they are. If the rest of such a string is damaged
 * the job fails with TTSSLICE_ERR_PROTOCOL.
 *
 *  Where an object in the output has an `audio_url` and no audio, that address is fetched, and
 *  "attachment:N" stands in the object's `audio_base64`. Only https is taken, without the key, from
 *  public machines, and up to max_reply_bytes; from this machine, also over http, only if the
 * endpoint is on it. If that fails the job fails with TTSSLICE_ERR_NETWORK, _TIMEOUT, _HTTP or
 * _PROTOCOL.
 *  @since 0.1 */
typedef struct ttsslice_attachment {
    const void *bytes; /**< borrowed, as long as the result */
    size_t size;       /**< number of them */
} ttsslice_attachment;

/** What became of one job. May grow at the end. Strings are borrowed until the next call to
 *  ttsslice_dispatcher_next() or the release of the dispatcher. @since 0.1 */
typedef struct ttsslice_job_result {
    int64_t index;          /**< the number given at submission */
    const char *output;     /**< the handler's `output` as JSON, NUL-terminated; NULL on failure */
    size_t output_length;   /**< bytes of it */
    const char *job_id;     /**< "" if none was given out */
    const char *worker_id;  /**< "" if unknown */
    const char *error;      /**< "" on success, else one line, secrets removed */
    const char *error_code; /**< the handler's own code, or "" */
    double retry_after_s;   /**< -1 if the endpoint named none */
    int64_t delay_ms;       /**< time in the endpoint's queue, -1 if unknown */
    int64_t execution_ms;   /**< time the handler worked, -1 if unknown */
    int64_t elapsed_ms;     /**< from the first submission to the end */
    int32_t code;           /**< 0, or enum ttsslice_code */
    int32_t http_status;    /**< of the last answer; 0 if there was none */
    int32_t attempts;       /**< submissions tried, those of a copy among them */
    int32_t retryable;      /**< 1 if the same job may succeed later */
    const ttsslice_attachment *attachments; /**< audio that was lifted out of the output */
    size_t attachment_count;                /**< number of them */
    int32_t source;                         /**< enum ttsslice_job_source */
    int32_t possible_duplicates; /**< submissions that were repeated, at most one, though the one
                                      before may have arrived: the job may run twice */
    int32_t retries;             /**< times the platform itself began the job anew */
    int32_t hedges;              /**< copies that were made of it because it was late, 0 or 1 */
    int32_t hedge_won;           /**< 1: this is the copy's result */
    int64_t billed_ms;           /**< worker's time for this job, copies of it included: as the
                                      endpoint says, else measured from here */
    double cost;                 /**< of that; -1 without price_per_second */
} ttsslice_job_result;

/** A dispatcher's run in numbers, so far. May grow at the end. @since 0.1 */
typedef struct ttsslice_dispatch_totals {
    int64_t jobs;                /**< queued so far */
    int64_t done;                /**< that went well, those from the journal among them */
    int64_t failed;              /**< that did not; those stopped by a limit are not among them */
    int64_t stopped;             /**< not submitted for max_jobs or max_cost */
    int64_t saved;               /**< done, and paid for by an earlier run */
    int64_t submissions;         /**< tried, as `attempts` */
    int64_t retries;             /**< of those, further ones of the same job, copies aside */
    int64_t hedges;              /**< of those, copies of late jobs */
    int64_t hedges_won;          /**< copies that were done first */
    int64_t possible_duplicates; /**< as in results */
    int64_t billed_ms;           /**< workers' time for all that has ended */
    double cost;                 /**< of that; -1 without price_per_second */
    int64_t left;                /**< jobs queued or in flight */
    int64_t left_billed_ms;      /**< workers' time that these are expected to take, those aside
                                      that a limit is expected to stop */
    double left_cost;            /**< of that; -1 without price_per_second */
    int64_t left_elapsed_ms;     /**< until all are done, if max_in_flight workers are there */
    int64_t left_stopped; /**< of `left`, those that max_jobs or max_cost is expected to stop */
} ttsslice_dispatch_totals;

/** A dispatcher. One owner thread; only ttsslice_dispatcher_cancel() may be called from others,
 *  at any time before the release. It stays with its process: in a child of fork() _submit and _next
 *  fail with TTSSLICE_ERR_INVALID and _free does nothing, so that no job is sent or cancelled by two;
 *  a child makes its own. @since 0.1 */
typedef struct ttsslice_dispatcher ttsslice_dispatcher;

/**
 * Makes a dispatcher. Nothing is sent yet.
 *
 * @param options  NULL: defaults; copied
 * @return 0; TTSSLICE_ERR_ENDPOINT (none given, not an http or https URL, or a key would travel
 *         unencrypted to another machine),
 *         TTSSLICE_ERR_INVALID, TTSSLICE_ERR_OPTION, TTSSLICE_ERR_SYSTEM, TTSSLICE_ERR_NOMEM,
 *         TTSSLICE_ERR_IO (the journal cannot be used, or another run does),
 *         TTSSLICE_ERR_NO_SPACE.
 * @since 0.1
 */
TTSSLICE_API int32_t ttsslice_dispatcher_new(const ttsslice_dispatch_options *options,
                                             ttsslice_dispatcher **out, ttsslice_error *err);

/**
 * Queues a job; may be called between calls of ttsslice_dispatcher_next().
 *
 * @param index         any number; comes back with the result
 * @param input,length  the job's `input`, a JSON object that is not empty; copied; bytes or
 *                      TTSSLICE_NUL_TERMINATED
 * @return 0; TTSSLICE_ERR_INVALID (not a JSON object, empty, more than the protocol's servers take,
 *         which is 9.5 MiB for "runpod", 28 MiB for "plain" and 1 MiB for "openai", or what the
 *         protocol cannot ask for, as a voice by URL or more than one take of "openai"),
 *         TTSSLICE_ERR_CANCELLED, TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_dispatcher_submit(ttsslice_dispatcher *dispatcher, int64_t index,
                                                const char *input, size_t length,
                                                ttsslice_error *err);

/**
 * Works until one job is done, well or badly, and hands it out. Time that the caller spends between
 * two calls does not count against any job.
 *
 * @param timeout_ms  longest time to work; -1: until a job is done
 * @param out         receives a borrowed result; a job's failure is in its `code`
 * @return 0; TTSSLICE_ERR_END if no job is left and TTSSLICE_ERR_TIMEOUT if none was done in time,
 *         neither of which is a failure or touches *err;
 *         TTSSLICE_ERR_CANCELLED once cancelled, after remote jobs were cancelled (best effort,
 *         at most 5 s); TTSSLICE_ERR_NOMEM, TTSSLICE_ERR_SYSTEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_dispatcher_next(ttsslice_dispatcher *dispatcher, int64_t timeout_ms,
                                              const ttsslice_job_result **out, ttsslice_error *err);

/**
 * Says that the result handed out last is of no use, though the job went well: audio that cannot be
 * decoded, say. The journal forgets it, so that a run started again submits the job anew. Without a
 * journal, and for a result that failed, nothing happens. NULL is allowed. Owner thread. @since 0.1
 */
TTSSLICE_API void ttsslice_dispatcher_reject(ttsslice_dispatcher *dispatcher);

/** Jobs queued, in flight, or done and not yet handed out; 0 for NULL. Owner thread. @since 0.1 */
TTSSLICE_API size_t ttsslice_dispatcher_pending(const ttsslice_dispatcher *dispatcher);

/**
 * What has happened so far, and what is expected of the rest: before the first call of
 * ttsslice_dispatcher_next() an estimate of the whole run. Results that a journal holds count as
 * done once they are handed out, and cost nothing.
 *
 * @return borrowed until the next call with this dispatcher; NULL for NULL. Owner thread. @since
 * 0.1
 */
TTSSLICE_API const ttsslice_dispatch_totals *
ttsslice_dispatcher_totals(ttsslice_dispatcher *dispatcher);

/** Stops everything. Any thread, also a signal handler's helper thread; returns at once; NULL is
 *  allowed. @since 0.1 */
TTSSLICE_API void ttsslice_dispatcher_cancel(ttsslice_dispatcher *dispatcher);

/** Releases a dispatcher. Jobs still on the endpoint are cancelled there (best effort, at most
 *  5 s). NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_dispatcher_free(ttsslice_dispatcher *dispatcher);

/**
 * Asks {endpoint}/health once; with the protocol "openai" {endpoint}/v1/models.
 *
 * @param json  receives the answer; release it with ttsslice_free(); may be NULL
 * @return 0; TTSSLICE_ERR_NETWORK, _TIMEOUT, _HTTP, _AUTH, _ENDPOINT (404), _PROTOCOL (not JSON),
 *         _UNAVAILABLE ("plain" has no such question), and as ttsslice_dispatcher_new(). Blocks.
 *         @since 0.1
 */
TTSSLICE_API int32_t ttsslice_endpoint_health(const ttsslice_dispatch_options *options, char **json,
                                              ttsslice_error *err);

#ifdef __cplusplus
}
#endif
#endif
