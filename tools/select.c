/* SPDX-License-Identifier: MIT */
/* ttsslice select: one of several candidates, by their verdicts. */
#include "cli.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct candidates {
    double *scores, *durations_s;
    double *levels_dbfs, *rates, *tails_s; /* NaN: unknown */
    int32_t *passed;
    size_t count;
    bool timed; /* all have a duration */
} candidates;

static int bad(const cli_command *command, const char *path, const char *format, size_t index,
               const char *key) {
    char what[256];
    snprintf(what, sizeof what, format, index, key);
    cli_message(command, "%s: %s", path, what);
    return CLI_INPUT;
}

/* A member of the candidate, or of the verdict in it. */
static json_t *member(const json_t *candidate, const char *key) {
    json_t *value = json_object_get(candidate, key);
    if (!value || json_is_null(value))
        value = json_object_get(json_object_get(candidate, "verdict"), key);
    return json_is_null(value) ? NULL : value;
}

/* What the policy cleanest looks at; anything else than a number is unknown. */
static double measure(const json_t *candidate, const char *key) {
    const json_t *value = member(candidate, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static int read_one(const cli_command *command, const char *path, const json_t *candidate,
                    size_t index, candidates *out) {
    const json_t *score = member(candidate, "score"), *passed = member(candidate, "passed");
    const json_t *duration = member(candidate, "duration_s");
    if (!json_is_object(candidate))
        return bad(command, path, "candidate %zu is no %s", index, "object");
    if (!json_is_number(score) || json_number_value(score) < 0.0 ||
        json_number_value(score) > 100.0)
        return bad(command, path, "candidate %zu needs \"%s\", a number from 0 to 100", index,
                   "score");
    if (!json_is_boolean(passed))
        return bad(command, path, "candidate %zu needs \"%s\", true or false", index, "passed");
    if (duration && !(json_is_number(duration) && json_number_value(duration) >= 0.0))
        return bad(command, path, "candidate %zu: \"%s\" must be a number of seconds", index,
                   "duration_s");
    out->scores[index] = json_number_value(score);
    out->passed[index] = json_is_true(passed);
    out->durations_s[index] = duration ? json_number_value(duration) : (double)NAN;
    out->levels_dbfs[index] = measure(candidate, "level_dbfs");
    out->rates[index] = measure(candidate, "rate");
    out->tails_s[index] = measure(candidate, "tail_s");
    out->timed = out->timed && duration;
    return CLI_DONE;
}

static int read_all(const cli_command *command, const char *path, const json_t *list,
                    candidates *out) {
    size_t count = json_array_size(list);
    out->count = count;
    out->timed = true;
    out->scores = calloc(count + 1, sizeof *out->scores);
    out->durations_s = calloc(count + 1, sizeof *out->durations_s);
    out->levels_dbfs = calloc(count + 1, sizeof *out->levels_dbfs);
    out->rates = calloc(count + 1, sizeof *out->rates);
    out->tails_s = calloc(count + 1, sizeof *out->tails_s);
    out->passed = calloc(count + 1, sizeof *out->passed);
    if (!out->scores || !out->durations_s || !out->levels_dbfs || !out->rates || !out->tails_s ||
        !out->passed) {
        cli_message(command, "out of memory");
        return CLI_INTERNAL;
    }
    int status = CLI_DONE;
    for (size_t i = 0; i < count && status == CLI_DONE; i++)
        status = read_one(command, path, json_array_get(list, i), i, out);
    return status;
}

static int choose(const cli_command *command, const char *path, const json_t *list,
                  ttsslice_select_options options) {
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    candidates all = {0};
    int status = read_all(command, path, list, &all);
    options.levels_dbfs = all.levels_dbfs;
    options.rates = all.rates;
    options.tails_s = all.tails_s;
    if (status == CLI_DONE && options.policy == TTSSLICE_POLICY_SHORTEST_PASSING && !all.timed)
        status = bad(command, path, "the policy shortest_passing needs \"%2$s\" in each candidate",
                     0, "duration_s");
    if (status == CLI_DONE && ttsslice_select(all.scores, all.passed, all.durations_s, all.count,
                                              &options, &choice, &err) != 0)
        status = cli_fail(command, &err);
    if (status == CLI_DONE) {
        json_t *out = json_pack(
            "{s:I, s:b, s:s, s:s, s:O}", "index", (json_int_t)choice.index, "passed", choice.passed,
            "reason", ttsslice_reason_name(choice.reason), "policy",
            ttsslice_policy_name(options.policy), "candidate", json_array_get(list, choice.index));
        cli_print_json(out, false);
        status = cli_finish(command, choice.passed ? CLI_DONE : CLI_NOT_PASSED);
    }
    free(all.scores);
    free(all.durations_s);
    free(all.levels_dbfs);
    free(all.rates);
    free(all.tails_s);
    free(all.passed);
    return status;
}

static int run(const cli_command *command, int argc, char **argv) {
    const char *policy = NULL;
    ttsslice_select_options chosen = TTSSLICE_SELECT_OPTIONS_INIT;
    int json = 0, quiet = 0, verbose = 0, positional = 0;
    const cli_option table[] = {
        {"policy", CLI_TEXT, &policy, "NAME",
         "best_score (default), shortest_passing, first_passing or cleanest", 0, 0},
        {"reference-dbfs", CLI_NUMBER, &chosen.reference_dbfs, "DB",
         "level for cleanest; default: the median of those that passed", -120, 0},
        {"reference-rate", CLI_NUMBER, &chosen.reference_rate, "N",
         "pace for cleanest, in characters a second; default likewise", 0, 1000},
        {"json", CLI_FLAG, &json, NULL, "JSON, which is what is printed anyway", 0, 0},
        {"quiet", CLI_FLAG, &quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one file with candidates, or - for standard input");
    if (policy && !ttsslice_policy_from_name(policy))
        return cli_usage(command,
                         "there is no policy \"%s\"; known: best_score, shortest_passing, "
                         "first_passing, cleanest",
                         policy);
    if (policy)
        chosen.policy = ttsslice_policy_from_name(policy);

    const char *path = strcmp(argv[0], "-") == 0 ? "standard input" : argv[0];
    size_t length = 0;
    json_error_t error;
    char *bytes = cli_read(command, argv[0], &length, &status);
    if (!bytes)
        return status;
    json_t *document = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    free(bytes);
    const json_t *list =
        json_is_object(document) ? json_object_get(document, "candidates") : document;
    if (!document) {
        cli_message(command, "%s is not JSON: %s at line %d", path, error.text, error.line);
        status = CLI_INPUT;
    } else if (!json_is_array(list)) {
        status = bad(command, path, "there is no array of %2$s", 0, "candidates");
    } else {
        status = choose(command, path, list, chosen);
    }
    json_decref(document);
    return status;
}

const cli_command command_select = {
    .name = "select",
    .arguments = "[OPTIONS] CANDIDATES.json|-",
    .summary = "choose one of several candidates by their verdicts",
    .details =
        "CANDIDATES.json is an array of objects, or an object with such an array under\n"
        "\"candidates\". Each has score (0 to 100) and passed (true or false), itself or in\n"
        "an object \"verdict\", duration_s, which shortest_passing needs, and perhaps\n"
        "level_dbfs, rate and tail_s, which cleanest looks at beside the score. Printed are\n"
        "the index, whether it passed, the reason, the policy and the candidate. Exit\n"
        "status 1: none passed, and the one with the highest score is named.",
    .run = run,
};
