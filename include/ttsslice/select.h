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
    TTSSLICE_POLICY_FIRST_PASSING = 3     /**< lowest index. @since 0.1 */
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
    TTSSLICE_REASON_SILENT = 8            /**< nothing to say, so no take: a chunk without words,
                                               such as a rule line. @since 0.1 */
};

/** Options of ttsslice_select(). @since 0.1 */
typedef struct ttsslice_select_options {
    size_t size;      /**< sizeof(ttsslice_select_options) */
    int32_t policy;   /**< enum ttsslice_policy */
    int32_t reserved; /**< 0 */
} ttsslice_select_options;

/** Initialiser with the default: best score. @since 0.1 */
#define TTSSLICE_SELECT_OPTIONS_INIT                                                               \
    { sizeof(ttsslice_select_options), TTSSLICE_POLICY_BEST_SCORE, 0 }

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
 * Chooses one candidate.
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

/** Name of a reason, for example "none_passed"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_reason_name(int32_t reason);

#ifdef __cplusplus
}
#endif
#endif
