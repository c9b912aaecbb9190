/* SPDX-License-Identifier: MIT */
/**
 * @file run.h
 * The whole pipeline: text in, validated speech out, under a plan that says where each slice runs.
 *
 * With a deterministic engine every plan gives the same takes, the same scores and the same bytes
 * in the output file.
 */
#ifndef TTSSLICE_RUN_H
#define TTSSLICE_RUN_H

#include <ttsslice/chunk.h>
#include <ttsslice/concat.h>
#include <ttsslice/dispatch.h>
#include <ttsslice/engine.h>
#include <ttsslice/log.h>
#include <ttsslice/select.h>
#include <ttsslice/validate.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- plans ---------------------------------------------------------------------------------- */

/** Where a slice runs. @since 0.1 */
enum ttsslice_place {
    TTSSLICE_PLACE_OFF = 0,     /**< nothing: one chunk; sequential; all pass; the first candidate;
                                     separate clips. @since 0.1 */
    TTSSLICE_PLACE_LOCAL = 1,   /**< this process, in C. @since 0.1 */
    TTSSLICE_PLACE_HANDLER = 2, /**< the handler at the endpoint. @since 0.1 */
    TTSSLICE_PLACE_HOST = 3     /**< the application's own function. @since 0.1 */
};

/** One placement per slice. @since 0.1 */
typedef struct ttsslice_plan {
    size_t size;               /**< sizeof(ttsslice_plan) */
    int32_t generate;          /**< local or host: options.generator; handler */
    int32_t chunk;             /**< off, local, host */
    int32_t dispatch;          /**< off: one job at a time; local: max_in_flight at once; host */
    int32_t validate;          /**< off, local, handler, host */
    int32_t select;            /**< off, local, handler, host */
    int32_t concat;            /**< off, local, host */
    int32_t takes_per_request; /**< 1: a request makes one take; 0: all candidates of a round */
    int32_t reserved;          /**< 0 */
} ttsslice_plan;

/** Initialiser: "slice0", everything here. @since 0.1 */
#define TTSSLICE_PLAN_INIT                                                                         \
    { sizeof(ttsslice_plan), 1, 1, 0, 1, 1, 1, 0, 0 }

/**
 * Fills a plan by name.
 *
 * @param name "slice0" to "slice5"
 * @param plan its size must be set; filled on success
 * @return 0; TTSSLICE_ERR_INVALID (the message lists the names). @since 0.1
 */
TTSSLICE_API int32_t ttsslice_plan_named(const char *name, ttsslice_plan *plan,
                                         ttsslice_error *err);

/**
 * Moves one slice of a plan. Where validate leaves the handler, select comes here with it: a
 * handler only chooses among takes that it judged.
 *
 * @param slice "generate", "chunk", "dispatch", "validate", "select" or "concat"
 * @param place "off", "local", "handler" or "host"
 * @return 0; TTSSLICE_ERR_INVALID. Whether the whole is possible is checked by ttsslice_run_new().
 * @since 0.1
 */
TTSSLICE_API int32_t ttsslice_plan_set(ttsslice_plan *plan, const char *slice, const char *place,
                                       ttsslice_error *err);

/**
 * One step on the way from one plan to another: moves the first slice that differs and can be
 * moved, in the order chunk, generate, validate, select, dispatch, concat. Each plan on the way is
 * possible if both ends are.
 *
 * @param from,to  plans
 * @param next     receives the plan after the step; may be `from`; its size must be set
 * @param slice    receives enum ttsslice_slice: what was moved; may be NULL. takes_per_request
 * moves with "generate"
 * @return 0; TTSSLICE_ERR_END if the two are equal, which is no failure and does not touch *err;
 *         TTSSLICE_ERR_INVALID (a plan that cannot be). @since 0.1
 */
TTSSLICE_API int32_t ttsslice_plan_next(const ttsslice_plan *from, const ttsslice_plan *to,
                                        ttsslice_plan *next, int32_t *slice, ttsslice_error *err);

/** Name of a place, for example "handler"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_place_name(int32_t place);

/* --- the application's own functions -------------------------------------------------------- */

/**
 * The application's own slices. All are called on the thread that runs ttsslice_run_execute(), with
 * no lock held; they must not call back into the run but for ttsslice_cancel(). What they return
 * is as for ttsslice_generate_fn: TTSSLICE_ERR_CALLBACK stops the run and comes back unchanged.
 * @since 0.1
 */
typedef struct ttsslice_host {
    size_t size; /**< sizeof(ttsslice_host) */
    /** Gives one reference from ttsslice_chunks_new(). */
    int32_t (*chunk)(const char *text, size_t length, ttsslice_chunks **out, ttsslice_error *err,
                     void *user_data);
    /** Sends one job's `input` and gives the handler's output, in memory from ttsslice_alloc(). */
    int32_t (*dispatch)(const char *input_json, char **output_json, ttsslice_error *err,
                        void *user_data);
    /** Judges one take; gives one reference. */
    int32_t (*validate)(const char *text, const char *language, const ttsslice_audio *audio,
                        ttsslice_verdict **out, ttsslice_error *err, void *user_data);
    /** Chooses among count candidates; sets *index below count. */
    int32_t (*select)(int64_t chunk, const double *scores, const int32_t *passed,
                      const double *durations_s, size_t count, size_t *index, ttsslice_error *err,
                      void *user_data);
    /** Joins the takes into `path`. May give a timeline, or leave *out NULL. */
    int32_t (*concat)(const ttsslice_clip *const *clips, size_t count, const char *path,
                      ttsslice_timeline **out, ttsslice_error *err, void *user_data);
    void *user_data; /**< handed to all of them */
} ttsslice_host;

/** Initialiser: none. @since 0.1 */
#define TTSSLICE_HOST_INIT                                                                         \
    { sizeof(ttsslice_host), NULL, NULL, NULL, NULL, NULL, NULL }

/* --- what a chunk gave ---------------------------------------------------------------------- */

/** One candidate of a chunk. May grow at the end; strings are borrowed. @since 0.1 */
typedef struct ttsslice_candidate_info {
    int32_t candidate;               /**< number within its round */
    int32_t attempt;                 /**< its round */
    int64_t seed;                    /**< derived seed */
    double score;                    /**< 0 to 100; NaN where nobody judged */
    double duration_s;               /**< seconds */
    uint64_t digest;                 /**< ttsslice_audio_digest() */
    int64_t generation_ms;           /**< time to make it, -1 if unknown */
    int64_t validation_ms;           /**< time to judge it, -1 if unknown */
    const ttsslice_verdict *verdict; /**< NULL where there is none */
    const char *injected_defect;     /**< what was spoiled on purpose; "" if nothing */
    int32_t passed;                  /**< 1 or 0 */
    int32_t reserved;                /**< 0 */
} ttsslice_candidate_info;

/** One chunk of a result. May grow at the end; strings are borrowed. @since 0.1 */
typedef struct ttsslice_chunk_result {
    int64_t index;          /**< 0, 1, ... */
    size_t text_start;      /**< first byte in the text */
    size_t text_length;     /**< bytes */
    size_t candidate_count; /**< all rounds together; 0 if it failed or has no words */
    size_t selected;        /**< index of the take among them; candidate_count where halves or
                                 silence took its place */
    double score;           /**< of the take; NaN if there is none or nobody judged */
    const char *error;      /**< "" or why there is no take */
    const char *job_id;     /**< of the last job; "" if none */
    const char *worker_id;  /**< of the last job; "" if none */
    int64_t elapsed_ms;     /**< from its first request to its choice */
    int32_t break_after;    /**< enum ttsslice_break */
    int32_t code;           /**< 0, or enum ttsslice_code: this chunk failed for good */
    int32_t http_status;    /**< of the last answer, 0 if none */
    int32_t http_attempts;  /**< submissions over all its jobs */
    int32_t rounds;         /**< rounds of candidates */
    int32_t passed;         /**< 1 if the take passed */
    int32_t reason;         /**< enum ttsslice_reason */
    int32_t saved_jobs;     /**< of its jobs, those that an earlier run had paid for; see the
                                 dispatcher's journal */
    size_t part_count;      /**< 2 where halves took its place, see ttsslice_result_part(); or 0 */
    double level_offset_db; /**< level of the take against the median of the run's takes; NaN where
                                 unknown */
    int32_t loudness_outlier; /**< 1: further away from the median than the others are */
    int32_t reserved;         /**< 0 */
    int64_t billed_ms;        /**< workers' time for its jobs, as in ttsslice_job_result */
    double cost;              /**< of that; -1 without price_per_second */
} ttsslice_chunk_result;

/** How far a run is, and the chunk that was just finished. May grow at the end. What it points to
 *  lives for the call; take a reference of the audio to keep it. @since 0.1 */
typedef struct ttsslice_progress {
    int64_t chunks;                                 /**< in all */
    int64_t done;                                   /**< finished, well or badly */
    int64_t failed;                                 /**< of these, without audio */
    int64_t not_passed;                             /**< of these, with audio that did not pass */
    int64_t candidates;                             /**< takes made so far */
    int64_t chunk;                                  /**< the chunk that was just finished, or -1 */
    double score;                                   /**< its score, NaN if none */
    const ttsslice_chunk_result *result;            /**< what it gave */
    const ttsslice_candidate_info *candidates_made; /**< result->candidate_count of them */
    const ttsslice_audio *audio; /**< its take as it was made; NULL if there is none, and where
                                    halves or silence are in its place */
} ttsslice_progress;

/** Told after every chunk, on the thread that executes. A value other than 0 stops the run with
 *  that code. @since 0.1 */
typedef int32_t (*ttsslice_progress_fn)(const ttsslice_progress *progress, void *user_data);

/* --- runs ----------------------------------------------------------------------------------- */

/** Options of a run. Everything is copied; engines get a reference. @since 0.1 */
typedef struct ttsslice_run_options {
    size_t size;                               /**< sizeof(ttsslice_run_options) */
    const ttsslice_plan *plan;                 /**< NULL: slice0 */
    ttsslice_generator *generator;             /**< needed where generate is local or host */
    ttsslice_transcriber *transcriber;         /**< needed where validate is local */
    const ttsslice_host *host;                 /**< needed where a slice is placed at host */
    const ttsslice_chunk_options *chunk;       /**< NULL: defaults */
    const ttsslice_dispatch_options *dispatch; /**< NULL: defaults; checked under every plan */
    const ttsslice_validate_options *validate; /**< NULL: defaults */
    const ttsslice_select_options *select;     /**< NULL: defaults */
    const ttsslice_concat_options *concat;     /**< NULL: defaults */
    const char *language; /**< a language tag for all slices whose own is NULL; NULL: "en" */
    const char *audio_prompt_url;  /**< voice; NULL: the engine's own */
    double exaggeration;           /**< 0 to 2 */
    double cfg_weight;             /**< 0 to 1 */
    int32_t n_candidates;          /**< takes a round, 1 to 16 */
    int32_t max_retries;           /**< further rounds while no candidate passes, 0 to 10 */
    int64_t seed;                  /**< base seed, 0 to 2^53 - 1 */
    ttsslice_progress_fn progress; /**< NULL: nobody */
    void *progress_user_data;      /**< handed to progress */
    const ttsslice_logger *logger; /**< NULL: nowhere */
    int32_t write_reports;         /**< 1: metadata, segments and subtitles beside the output */
    int32_t reserved;              /**< 0 */
    double temperature;            /**< 0 to 5; -1: the engine's own */
    int32_t takes;         /**< enum ttsslice_takes; until_pass asks a handler for takes one by one
                                where the verdict is made here */
    int32_t on_exhaustion; /**< enum ttsslice_on_exhaustion */
} ttsslice_run_options;

/** Initialiser with the defaults: slice0, exaggeration and cfg_weight 0.3, the engine's own
 *  temperature, 3 candidates, 3 retries, seed 0, reports, all takes of a round, the best kept.
 *  @since 0.1 */
#define TTSSLICE_RUN_OPTIONS_INIT                                                                  \
    {                                                                                              \
        sizeof(ttsslice_run_options), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,  \
            NULL, 0.3, 0.3, 3, 3, 0, NULL, NULL, NULL, 1, 0, -1.0, TTSSLICE_TAKES_ALL,             \
            TTSSLICE_ON_EXHAUSTION_KEEP_BEST                                                       \
    }

/** A run. One owner thread; only ttsslice_cancel() may be called from others. @since 0.1 */
typedef struct ttsslice_run ttsslice_run;

/** What a run gave. Immutable, shareable. @since 0.1 */
typedef struct ttsslice_result ttsslice_result;

/**
 * Makes a run: checks the text, the plan and the options, and splits the text. Nothing is
 * generated or sent yet.
 *
 * @param text,length  UTF-8; copied; bytes or TTSSLICE_NUL_TERMINATED
 * @param options      NULL: defaults
 * @return 0; TTSSLICE_ERR_TEXT, _EMPTY, _INVALID (a plan that cannot be, or lacks an engine or a
 *         host function), _OPTION, _ENDPOINT, _NOMEM, or what the host's chunk function returned.
 * @since 0.1
 */
TTSSLICE_API int32_t ttsslice_run_new(const char *text, size_t length,
                                      const ttsslice_run_options *options, ttsslice_run **out,
                                      ttsslice_error *err);

/**
 * Executes a run, once.
 *
 * @param path    output file, for example "chapter.wav". Beside it, unless switched off:
 *                chapter_metadata.json, chapter.segments.json, chapter.srt. Where concat is off:
 *                chapter-0001.wav and so on. NULL where concat is local and has on_audio and
 *                reports are off: no file
 * @param result  receives a reference whenever chunks were worked on, also on failure; may be NULL
 * @return 0; TTSSLICE_ERR_INCOMPLETE: some chunks failed for good, the others are in the output
 *         and all are in the result; TTSSLICE_ERR_EXHAUSTED (a chunk has no take that passed and
 *         on_exhaustion is stop), TTSSLICE_ERR_CANCELLED and TTSSLICE_ERR_CALLBACK: nothing was
 *         written under the final name, but separate clips that were done stay; the code of the
 *         failure if every chunk failed; TTSSLICE_ERR_LIMIT: the dispatcher's max_jobs or max_cost
 *         ended the run, nothing was written, and what was finished is in the journal;
 *         TTSSLICE_ERR_IO, _NO_SPACE, _NOMEM, _SYSTEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_run_execute(ttsslice_run *run, const char *path,
                                          ttsslice_result **result, ttsslice_error *err);

/**
 * Says what a run would take, instead of executing it: nothing is generated or sent. Counted are
 * the jobs of one round of takes for every chunk; what a journal holds is known by then.
 *
 * @param out  receives numbers as of ttsslice_dispatcher_totals(), borrowed from the run: `jobs`,
 *             `saved`, and what is `left`
 * @return 0; TTSSLICE_ERR_INVALID (the run was executed, or its jobs go through no dispatcher of
 *         this library), TTSSLICE_ERR_NOMEM. The run cannot be executed after that. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_run_estimate(ttsslice_run *run, const ttsslice_dispatch_totals **out,
                                           ttsslice_error *err);

/** Stops a run, from any thread, and cancels its jobs at the endpoint; returns at once. A run
 *  cancelled before it is executed stops at its beginning. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_cancel(ttsslice_run *run);

/** The chunks of a run, borrowed from it. @since 0.1 */
TTSSLICE_API const ttsslice_chunks *ttsslice_run_chunks(const ttsslice_run *run);

/** Releases a run; not while it executes. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_run_free(ttsslice_run *run);

/** Number of chunks; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_result_count(const ttsslice_result *result);

/** Chunk by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_chunk_result *ttsslice_result_chunk(const ttsslice_result *result,
                                                                size_t index);

/** Candidate of a chunk, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_candidate_info *ttsslice_result_candidate(const ttsslice_result *result,
                                                                      size_t chunk, size_t index);

/**
 * Half of a chunk that was made again as two, none of its takes having passed (on_exhaustion is
 * resplit). Its index is the chunk's; its span is its own. The chunk has passed if both halves
 * have, its score is the lower one, and its own candidates are those that did not pass. Halves that
 * did not pass either and are worse than the best take of the whole are not taken.
 *
 * @return borrowed; NULL if there is none. @since 0.1
 */
TTSSLICE_API const ttsslice_chunk_result *ttsslice_result_part(const ttsslice_result *result,
                                                               size_t chunk, size_t part);

/** Candidate of half a chunk, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_candidate_info *
ttsslice_result_part_candidate(const ttsslice_result *result, size_t chunk, size_t part,
                               size_t index);
/** What the run's jobs came to, borrowed; NULL where none went through a dispatcher. @since 0.1 */
TTSSLICE_API const ttsslice_dispatch_totals *ttsslice_result_totals(const ttsslice_result *result);

/** Timeline of the output, borrowed; NULL where nothing was joined. @since 0.1 */
TTSSLICE_API const ttsslice_timeline *ttsslice_result_timeline(const ttsslice_result *result);

/**
 * The report, as it is written to OUT_metadata.json.
 *
 * @param json  receives text; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_result_json(const ttsslice_result *result, char **json,
                                          ttsslice_error *err);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_result *ttsslice_result_ref(ttsslice_result *result);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_result_unref(ttsslice_result *result);

#ifdef __cplusplus
}
#endif
#endif
