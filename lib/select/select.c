/* SPDX-License-Identifier: MIT */
/* The slice "select": one candidate of several. A candidate is better than the best so far only if
 * it is strictly better, so ties go to the lower index and the answer depends on the numbers
 * alone. */
#include "base/error.h"
#include "base/options.h"

#include <math.h>
#include <string.h>
#include <ttsslice/select.h>

static const char *const policy_names[] = {"unknown", "best_score", "shortest_passing",
                                           "first_passing"};
static const char *const reason_names[] = {"unknown",       "best_score",   "shortest_passing",
                                           "first_passing", "only_passing", "none_passed",
                                           "off",           "host"};
#define COUNT(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))

const char *ttsslice_policy_name(int32_t policy) {
    return policy_names[policy > 0 && policy < COUNT(policy_names) ? policy : 0];
}

int32_t ttsslice_policy_from_name(const char *name) {
    for (int32_t i = 1; name && i < COUNT(policy_names); i++)
        if (strcmp(name, policy_names[i]) == 0)
            return i;
    return 0;
}

const char *ttsslice_reason_name(int32_t reason) {
    return reason_names[reason > 0 && reason < COUNT(reason_names) ? reason : 0];
}

static int32_t check(const double *scores, const int32_t *passed, const double *durations_s,
                     size_t count, int32_t policy, ttsslice_error *err) {
    if (count == 0)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY, "there are no candidates; give at least one");
    if (!scores || !passed)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", scores ? "passed" : "scores");
    if (policy == TTSSLICE_POLICY_SHORTEST_PASSING && !durations_s)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the policy shortest_passing needs the duration of each candidate");
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(scores[i]))
            return ttss_fail(err, TTSSLICE_ERR_INVALID, "the score of candidate %zu is no number",
                             i);
        if (passed[i] != 0 && passed[i] != 1)
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "passed of candidate %zu is %d; it must be 0 or 1", i, (int)passed[i]);
        if (policy == TTSSLICE_POLICY_SHORTEST_PASSING && !isfinite(durations_s[i]))
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "the duration of candidate %zu is no number", i);
    }
    return 0;
}

/* Best by score, or by duration, among those with this flag; count if there is none. */
static size_t best_score(const double *scores, const int32_t *passed, size_t count, int32_t flag) {
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (passed[i] == flag && (best == count || scores[i] > scores[best]))
            best = i;
    return best;
}

static size_t shortest(const double *durations_s, const int32_t *passed, size_t count) {
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (passed[i] && (best == count || durations_s[i] < durations_s[best]))
            best = i;
    return best;
}

static size_t first(const int32_t *passed, size_t count) {
    size_t i = 0;
    while (i < count && !passed[i])
        i++;
    return i;
}

static void choose(const double *scores, const int32_t *passed, const double *durations_s,
                   size_t count, int32_t policy, ttsslice_selection *choice) {
    size_t passing = 0;
    for (size_t i = 0; i < count; i++)
        passing += passed[i] == 1;
    choice->passed = passing > 0;
    if (passing == 0) {
        choice->index = best_score(scores, passed, count, 0);
        choice->reason = TTSSLICE_REASON_NONE_PASSED;
        return;
    }
    if (policy == TTSSLICE_POLICY_SHORTEST_PASSING) {
        choice->index = shortest(durations_s, passed, count);
        choice->reason = TTSSLICE_REASON_SHORTEST_PASSING;
    } else if (policy == TTSSLICE_POLICY_FIRST_PASSING) {
        choice->index = first(passed, count);
        choice->reason = TTSSLICE_REASON_FIRST_PASSING;
    } else {
        choice->index = best_score(scores, passed, count, 1);
        choice->reason = TTSSLICE_REASON_BEST_SCORE;
    }
    if (passing == 1)
        choice->reason = TTSSLICE_REASON_ONLY_PASSING;
}

int32_t ttsslice_select(const double *scores, const int32_t *passed, const double *durations_s,
                        size_t count, const ttsslice_select_options *options,
                        ttsslice_selection *out, ttsslice_error *err) {
    ttsslice_select_options known = TTSSLICE_SELECT_OPTIONS_INIT;
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    int32_t code = ttss_options_read(&known, sizeof known, sizeof known, options,
                                     "ttsslice_select_options", err);
    if (!code)
        code = ttss_check_range("policy", known.policy, TTSSLICE_POLICY_BEST_SCORE,
                                TTSSLICE_POLICY_FIRST_PASSING, err);
    if (!code && !out)
        code = ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL");
    if (!code && out->size < sizeof choice)
        code = ttss_fail(err, TTSSLICE_ERR_OPTION,
                         "ttsslice_selection has size %zu; initialise it with its _INIT macro",
                         out->size);
    if (!code && known.reserved != 0)
        code = ttss_fail(err, TTSSLICE_ERR_OPTION,
                         "ttsslice_select_options sets its reserved member; leave it 0");
    if (!code)
        code = check(scores, passed, durations_s, count, known.policy, err);
    if (code)
        return ttss_in_slice(err, code, TTSSLICE_SLICE_SELECT, -1);
    choose(scores, passed, durations_s, count, known.policy, &choice);
    choice.size = out->size;
    *out = choice;
    return 0;
}
