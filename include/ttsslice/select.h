/* SPDX-License-Identifier: MIT */
/**
 * @file select.h
 * Slice "select": which of several candidates is the take.
 */
#ifndef TTSSLICE_SELECT_H
#define TTSSLICE_SELECT_H

#include <ttsslice/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to choose among the candidates that passed. Ties go to the lower index. @since 0.1 */
enum ttsslice_policy {
    TTSSLICE_POLICY_BEST_SCORE = 1,       /**< highest score. @since 0.1 */
    TTSSLICE_POLICY_SHORTEST_PASSING = 2, /**< least duration: rambling takes are long.
                                               @since 0.1 */
    TTSSLICE_POLICY_FIRST_PASSING = 3,    /**< lowest index. @since 0.1 */
    TTSSLICE_POLICY_CLEANEST = 4          /**< least penalty: what lacks to a score of 100, sound
                                               behind the last word (20 points a second), a pace
                                               (20 points for the double) and a level (half a point
                                               a dB) away from the reference. @since 0.1 */
};

/** How many takes a round makes. @since 0.1 */
enum ttsslice_takes {
    TTSSLICE_TAKES_ALL = 1,       /**< n_candidates, to choose from. @since 0.1 */
    TTSSLICE_TAKES_UNTIL_PASS = 2 /**< one after the other, until one passes: cheaper where most
                                       takes are good. @since 0.1 */
};

/** What becomes of a chunk none of whose takes passed in any round. @since 0.1 */
enum ttsslice_on_exhaustion {
    TTSSLICE_ON_EXHAUSTION_KEEP_BEST = 1, /**< the best take, marked as not passed. @since 0.1 */
    TTSSLICE_ON_EXHAUSTION_STOP = 2,      /**< the run ends; nothing is written. @since 0.1 */
    TTSSLICE_ON_EXHAUSTION_SILENCE = 3,   /**< silence as long as the text would take, marked as not
                                               passed; also where no take could be made. @since 0.1 */
    TTSSLICE_ON_EXHAUSTION_RESPLIT = 4    /**< the chunk is made again as two halves, which keep
                                               their best takes. @since 0.1 */
};

/** Why a candidate was chosen. @since 0.1 */
enum ttsslice_reason {
    TTSSLICE_REASON_BEST_SCORE = 1,       /**< passed, with the highest score. @since 0.1 */
    TTSSLICE_REASON_SHORTEST_PASSING = 2, /**< passed, and is the shortest. @since 0.1 */
    TTSSLICE_REASON_FIRST_PASSING = 3,    /**< the first that passed. @since 0.1 */
    TTSSLICE_REASON_ONLY_PASSING = 4,     /**< no other passed. @since 0.1 */
    TTSSLICE_REASON_NONE_PASSED = 5,      /**< none passed; the highest score. @since 0.1 */
    TTSSLICE_REASON_OFF = 6,              /**< the slice is off; the first. @since 0.1 */
    TTSSLICE_REASON_HOST = 7,             /**< the application chose. @since 0.1 */
    TTSSLICE_REASON_SILENT = 8,           /**< nothing to say, so no take: a chunk without words,
                                               such as a rule line. @since 0.1 */
    TTSSLICE_REASON_CLEANEST = 9,         /**< passed, with the least penalty. @since 0.1 */
    TTSSLICE_REASON_SILENCED = 10,        /**< none passed; silence in its place. @since 0.1 */
    TTSSLICE_REASON_RESPLIT = 11          /**< none passed; made again in halves. @since 0.1 */
};

/** Options of ttsslice_select(). References, levels, paces and tails are for the policy cleanest.
 *  @since 0.1 */
typedef struct ttsslice_select_options {
    size_t size;      /**< sizeof(ttsslice_select_options) */
    int32_t policy;   /**< enum ttsslice_policy */
    int32_t reserved; /**< 0 */
    double reference_dbfs;     /**< level to come near, below 0; 0: the median of those that
                                    passed */
    double reference_rate;     /**< pace to come near, in characters a second; 0: the median of
                                    those that passed */
    const double *levels_dbfs; /**< count levels, NaN where unknown; NULL: unknown */
    const double *rates;       /**< count paces, likewise */
    const double *tails_s;     /**< count seconds of sound behind the last word, likewise */
} ttsslice_select_options;

/** Initialiser with the default: best score. @since 0.1 */
#define TTSSLICE_SELECT_OPTIONS_INIT                                                               \
    { sizeof(ttsslice_select_options), TTSSLICE_POLICY_BEST_SCORE, 0, 0.0, 0.0, NULL, NULL, NULL }

/** The choice. Filled by the library. @since 0.1 */
typedef struct ttsslice_selection {
    size_t size;    /**< sizeof(ttsslice_selection), set by the caller */
    size_t index;   /**< the candidate chosen */
    int32_t passed; /**< 1 if it passed; 0: marked, somebody should listen */
    int32_t reason; /**< enum ttsslice_reason */
} ttsslice_selection;

/** Initialiser of a selection. @since 0.1 */
#define TTSSLICE_SELECTION_INIT                                                                    \
    { sizeof(ttsslice_selection), 0, 0, 0 }

/**
 * Chooses one candidate, by what is known of the candidates and of nothing else: a chunk's takes
 * may be chosen from in another process and before its neighbours are made, so the policy cleanest
 * compares with references that the application gives, such as the medians in the report of an
 * earlier run, or else with the median of the candidates that passed.
 *
 * @param scores       count scores, finite
 * @param passed       count flags, 1 or 0
 * @param durations_s  count durations; may be NULL unless the policy needs them
 * @param count        at least 1
 * @param options      NULL: defaults
 * @param out          filled on success
 * @return 0, also if none passed; TTSSLICE_ERR_EMPTY (no candidates), TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_OPTION. Any thread; allocates nothing. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_select(const double *scores, const int32_t *passed,
                                     const double *durations_s, size_t count,
                                     const ttsslice_select_options *options,
                                     ttsslice_selection *out, ttsslice_error *err);

/** Name of a policy, for example "best_score"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_policy_name(int32_t policy);

/** Policy by name; 0 if there is none of that name. @since 0.1 */
TTSSLICE_API int32_t ttsslice_policy_from_name(const char *name);

/** Name of an enum ttsslice_takes, for example "until_pass"; "unknown" otherwise. Static.
 *  @since 0.1 */
TTSSLICE_API const char *ttsslice_takes_name(int32_t takes);

/** By name; 0 if there is none of that name. @since 0.1 */
TTSSLICE_API int32_t ttsslice_takes_from_name(const char *name);

/** Name of an enum ttsslice_on_exhaustion, for example "keep_best"; "unknown" otherwise. Static.
 *  @since 0.1 */
TTSSLICE_API const char *ttsslice_on_exhaustion_name(int32_t on_exhaustion);

/** By name; 0 if there is none of that name. @since 0.1 */
TTSSLICE_API int32_t ttsslice_on_exhaustion_from_name(const char *name);

/** Name of a reason, for example "none_passed"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_reason_name(int32_t reason);

#ifdef __cplusplus
}
#endif
#endif
