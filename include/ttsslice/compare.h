/* SPDX-License-Identifier: MIT */
/**
 * @file compare.h
 * Two runs of one text, chunk by chunk: where do they part, and whose output is it that parts?
 *
 * A run is known by its report (ttsslice_result_json(), OUT_metadata.json), so that one of the two
 * may be of last week. What is compared is what a deterministic engine makes the same under every
 * plan: the chunks, the takes by their seeds and digests, scores and verdicts, the choice, the
 * place in the output, and the samples and bytes of the output. Times, job ids and who chose are
 * not compared.
 *
 * Within a chunk the first field that differs, in the order in which data flows, belongs to the
 * slice whose input was still equal: that slice is named. A take that in the other run belongs to
 * another chunk was not made wrongly but delivered wrongly, and that is "dispatch".
 */
#ifndef TTSSLICE_COMPARE_H
#define TTSSLICE_COMPARE_H

#include <ttsslice/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One place where two runs part. May grow at the end; strings are borrowed. @since 0.1 */
typedef struct ttsslice_difference {
    int64_t chunk;     /**< index of the chunk; -1: the output as a whole */
    int64_t candidate; /**< index among the candidates of the chunk, or -1 */
    int64_t position;  /**< field "sample": its frame; "bytes": the offset in the file; else -1 */
    const char *field; /**< what differs, by its name in the report ("digest", "score",
                            "verdict.transcript", "start_frame"); or "candidates": their number,
                            "sample", "bytes" */
    const char *a;     /**< its value in the first run, as JSON; "null" where there is none */
    const char *b;     /**< its value in the second run */
    int32_t slice;     /**< enum ttsslice_slice: whose output it is */
    int32_t reserved;  /**< 0 */
} ttsslice_difference;

/** Where two runs part. Immutable, shareable. @since 0.1 */
typedef struct ttsslice_comparison ttsslice_comparison;

/**
 * Compares two runs.
 *
 * For each chunk at most one difference is found, the first. Once the text was split in two ways,
 * later chunks are not compared; where the chosen takes part, the outputs must part too, and are not
 * compared from there on, their samples not at all.
 *
 * @param report_a,report_b  reports, NUL-terminated JSON
 * @param audio_a,audio_b    paths of the two outputs; if either is NULL the samples are not
 * compared
 * @param out                receives a reference; empty if the runs are equal
 * @return 0, also where they part; TTSSLICE_ERR_INVALID (NULL), _PROTOCOL (a report that is none),
 *         _IO and _AUDIO (an output that cannot be read), _NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_compare(const char *report_a, const char *audio_a,
                                      const char *report_b, const char *audio_b,
                                      ttsslice_comparison **out, ttsslice_error *err);

/** Number of differences; 0 for NULL: the runs are equal. @since 0.1 */
TTSSLICE_API size_t ttsslice_comparison_count(const ttsslice_comparison *comparison);

/** Difference by index, in the order of the chunks, those of the whole last; borrowed; NULL if
 *  there is none. @since 0.1 */
TTSSLICE_API const ttsslice_difference *
ttsslice_comparison_get(const ttsslice_comparison *comparison, size_t index);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_comparison *ttsslice_comparison_ref(ttsslice_comparison *comparison);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_comparison_unref(ttsslice_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
