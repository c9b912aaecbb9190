/* SPDX-License-Identifier: MIT */
/* The slice "select": one candidate of several. A candidate is better than the best so far only if
 * it is strictly better, so ties go to the lower index and the answer depends on the numbers
 * alone. */
#include "base/error.h"
#include "base/options.h"

#include <math.h>
#include <string.h>
#include <ttsslice/select.h>

/* Points of the policy cleanest. */
#define TAIL_POINTS  20.0   /* a second */
#define RATE_POINTS  20.0   /* for a pace that is wrong by all of itself */
#define LEVEL_POINTS 0.5    /* a dB */
#define POINT_PARTS  1000.0 /* differences below that are none */

static const char *const policy_names[] = {"unknown", "best_score", "shortest_passing",
                                           "first_passing", "cleanest"};
static const char *const takes_names[] = {"unknown", "all", "until_pass"};
static const char *const exhaustion_names[] = {"unknown", "keep_best", "stop", "silence",
                                               "resplit"};
static const char *const reason_names[] = {
    "unknown", "best_score", "shortest_passing", "first_passing", "only_passing", "none_passed",
    "off",     "host",       "silent",           "cleanest",      "silenced",     "resplit"};
#define COUNT(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))

static const char *name_of(const char *const *names, int32_t count, int32_t value) {
    return names[value > 0 && value < count ? value : 0];
}

static int32_t from_name(const char *const *names, int32_t count, const char *name) {
    for (int32_t i = 1; name && i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return 0;
}

const char *ttsslice_policy_name(int32_t policy) {
    return name_of(policy_names, COUNT(policy_names), policy);
}

int32_t ttsslice_policy_from_name(const char *name) {
    return from_name(policy_names, COUNT(policy_names), name);
}

const char *ttsslice_takes_name(int32_t takes) {
    return name_of(takes_names, COUNT(takes_names), takes);
}

int32_t ttsslice_takes_from_name(const char *name) {
    return from_name(takes_names, COUNT(takes_names), name);
}

const char *ttsslice_on_exhaustion_name(int32_t on_exhaustion) {
    return name_of(exhaustion_names, COUNT(exhaustion_names), on_exhaustion);
}

int32_t ttsslice_on_exhaustion_from_name(const char *name) {
    return from_name(exhaustion_names, COUNT(exhaustion_names), name);
}

const char *ttsslice_reason_name(int32_t reason) {
    return name_of(reason_names, COUNT(reason_names), reason);
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

/* The median of what is known of those that passed; NaN if nothing is. Without memory of its own:
 * the value with as many smaller ones as larger, and the mean of two where their number is even. */
static double median(const double *values, const int32_t *passed, size_t count) {
    double low = (double)NAN, high = (double)NAN;
    for (size_t i = 0; values && i < count; i++) {
        size_t below = 0, equal = 0, known = 0;
        if (!passed[i] || !isfinite(values[i]))
            continue;
        for (size_t j = 0; j < count; j++)
            if (passed[j] && isfinite(values[j])) {
                known++;
                below += values[j] < values[i];
                equal += values[j] == values[i];
            }
        if (below <= (known - 1) / 2 && below + equal > (known - 1) / 2)
            low = values[i];
        if (below <= known / 2 && below + equal > known / 2)
            high = values[i];
    }
    return (low + high) / 2.0;
}

static double known_at(const double *values, size_t i) {
    return values ? values[i] : (double)NAN;
}

/* What is unknown costs nothing. */
static double cost(double points) {
    return isfinite(points) && points > 0.0 ? points : 0.0;
}

static double penalty(const double *scores, const ttsslice_select_options *o, size_t i) {
    double sum = 100.0 - scores[i] + cost(TAIL_POINTS * known_at(o->tails_s, i)) +
                 cost(RATE_POINTS * fabs(known_at(o->rates, i) / o->reference_rate - 1.0)) +
                 cost(LEVEL_POINTS * fabs(known_at(o->levels_dbfs, i) - o->reference_dbfs));
    return round(sum * POINT_PARTS);
}

static size_t cleanest(const double *scores, const int32_t *passed, size_t count,
                       const ttsslice_select_options *given) {
    ttsslice_select_options o = *given;
    size_t best = count;
    if (o.reference_dbfs == 0.0)
        o.reference_dbfs = median(o.levels_dbfs, passed, count);
    if (o.reference_rate == 0.0)
        o.reference_rate = median(o.rates, passed, count);
    for (size_t i = 0; i < count; i++)
        if (passed[i] && (best == count || penalty(scores, &o, i) < penalty(scores, &o, best)))
            best = i;
    return best;
}

static void choose(const double *scores, const int32_t *passed, const double *durations_s,
                   size_t count, const ttsslice_select_options *options,
                   ttsslice_selection *choice) {
    int32_t policy = options->policy;
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
    } else if (policy == TTSSLICE_POLICY_CLEANEST) {
        choice->index = cleanest(scores, passed, count, options);
        choice->reason = TTSSLICE_REASON_CLEANEST;
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
                                TTSSLICE_POLICY_CLEANEST, err);
    if (!code)
        code = ttss_check_range_f("reference_dbfs", known.reference_dbfs, -120.0, 0.0, err);
    if (!code)
        code = ttss_check_range_f("reference_rate", known.reference_rate, 0.0, 1000.0, err);
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
    choose(scores, passed, durations_s, count, &known, &choice);
    choice.size = out->size;
    *out = choice;
    return 0;
}
