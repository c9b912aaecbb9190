/* SPDX-License-Identifier: MIT */
/* ttsslice select: one of several candidates, by their verdicts. */
#include "values.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct candidates {
    const cli_command *command;
    const char *path; /* as messages have it */
    json_t *items;    /* objects in their order, also those that are left out */
    /* Of those that were judged: */
    double *scores, *durations_s;
    double *levels_dbfs, *rates, *tails_s; /* NaN: unknown */
    int32_t *passed;
    size_t *indices; /* into items */
    size_t count, room;
    bool timed; /* all have a duration */
} candidates;

/* Where a candidate stands: line 0: in an array. */
static int bad(const candidates *all, size_t line, const char *what) {
    if (line)
        cli_message(all->command, "%s: line %zu: %s", all->path, line, what);
    else
        cli_message(all->command, "%s: candidate %zu: %s", all->path,
                    json_array_size(all->items) - 1, what);
    return CLI_INPUT;
}

static int no_memory(const candidates *all) {
    cli_message(all->command, "out of memory");
    return CLI_INTERNAL;
}

/* A member of the candidate, or of the verdict in it. */
static json_t *member(const json_t *candidate, const char *key) {
    json_t *value = json_object_get(candidate, key);
    if (!value || json_is_null(value))
        value = json_object_get(json_object_get(candidate, "verdict"), key);
    return json_is_null(value) ? NULL : value;
}

/* NaN if it is not there; false if it is no number of this range. */
static bool read_number(const json_t *candidate, const char *key, double low, double high,
                        double *out) {
    const json_t *value = member(candidate, key);
    *out = value ? json_number_value(value) : (double)NAN;
    return !value || (json_is_number(value) && *out >= low && *out <= high);
}

static bool widen(void *array, size_t count, size_t size) {
    void **items = array, *wider = realloc(*items, count * size);
    if (wider)
        *items = wider;
    return wider != NULL;
}

static bool make_room(candidates *all) {
    if (all->count < all->room)
        return true;
    const size_t room = 2 * all->room + 16;
    if (!widen(&all->scores, room, sizeof *all->scores) ||
        !widen(&all->durations_s, room, sizeof *all->durations_s) ||
        !widen(&all->levels_dbfs, room, sizeof *all->levels_dbfs) ||
        !widen(&all->rates, room, sizeof *all->rates) ||
        !widen(&all->tails_s, room, sizeof *all->tails_s) ||
        !widen(&all->passed, room, sizeof *all->passed) ||
        !widen(&all->indices, room, sizeof *all->indices))
        return false;
    all->room = room;
    return true;
}

/* What could not be judged cannot be chosen: a line of validate for a file that it could not read.
 */
static bool is_failure(const json_t *candidate) {
    return json_is_string(json_object_get(candidate, "error")) && !member(candidate, "score") &&
           !member(candidate, "passed");
}

static int leave_out(const candidates *all, size_t line, const json_t *candidate) {
    char what[400];
    snprintf(what, sizeof what, "left out, it was not judged: %.300s",
             json_string_value(json_object_get(candidate, "error")));
    bad(all, line, what);
    return -1;
}

static int take_one(candidates *all, const json_t *candidate, size_t line) {
    const json_t *passed = member(candidate, "passed");
    if (!json_is_object(candidate))
        return bad(all, line, "it must be an object with \"score\" and \"passed\"");
    if (is_failure(candidate))
        return leave_out(all, line, candidate);
    if (!make_room(all))
        return no_memory(all);
    const size_t i = all->count;
    if (!read_number(candidate, "score", 0.0, 100.0, &all->scores[i]) || isnan(all->scores[i]))
        return bad(all, line, "it needs \"score\", a number from 0 to 100");
    if (!json_is_boolean(passed))
        return bad(all, line, "it needs \"passed\", true or false");
    if (!read_number(candidate, "duration_s", 0.0, INFINITY, &all->durations_s[i]))
        return bad(all, line, "\"duration_s\" must be a number of seconds, or null");
    if (!read_number(candidate, "level_dbfs", -INFINITY, INFINITY, &all->levels_dbfs[i]))
        return bad(all, line, "\"level_dbfs\" must be a number, or null");
    if (!read_number(candidate, "rate", 0.0, INFINITY, &all->rates[i]))
        return bad(all, line, "\"rate\" must be a number of characters a second, or null");
    if (!read_number(candidate, "tail_s", 0.0, INFINITY, &all->tails_s[i]))
        return bad(all, line, "\"tail_s\" must be a number of seconds, or null");
    all->passed[i] = json_is_true(passed);
    all->indices[i] = json_array_size(all->items) - 1;
    all->timed = all->timed && !isnan(all->durations_s[i]);
    all->count++;
    return -1;
}

static int take_array(candidates *all, const json_t *list) {
    int status = -1;
    for (size_t i = 0; i < json_array_size(list) && status < 0; i++) {
        json_t *candidate = json_array_get(list, i);
        status = json_array_append(all->items, candidate) == 0 ? take_one(all, candidate, 0)
                                                               : no_memory(all);
    }
    return status;
}

/* An array of candidates, an object that has one, or a candidate a line. */
static int take_value(void *self, json_t *value, size_t line) {
    candidates *all = self;
    const json_t *list = json_is_object(value) ? json_object_get(value, "candidates") : value;
    if (json_is_array(list))
        return take_array(all, list);
    if (json_array_append(all->items, value) != 0)
        return no_memory(all);
    return list && json_is_object(value) ? bad(all, line, "\"candidates\" must be an array")
                                         : take_one(all, value, line);
}

static int choose(candidates *all, ttsslice_select_options options) {
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    options.levels_dbfs = all->levels_dbfs;
    options.rates = all->rates;
    options.tails_s = all->tails_s;
    if (all->count == 0) {
        cli_message(all->command, "%s: there is no candidate that was judged", all->path);
        return CLI_INPUT;
    }
    if (options.policy == TTSSLICE_POLICY_SHORTEST_PASSING && !all->timed) {
        cli_message(all->command,
                    "%s: the policy shortest_passing needs \"duration_s\" in each candidate",
                    all->path);
        return CLI_INPUT;
    }
    if (ttsslice_select(all->scores, all->passed, all->durations_s, all->count, &options, &choice,
                        &err) != 0)
        return cli_fail(all->command, &err);
    const size_t index = all->indices[choice.index];
    json_t *out = json_pack("{s:I, s:b, s:s, s:s, s:O}", "index", (json_int_t)index, "passed",
                            choice.passed, "reason", ttsslice_reason_name(choice.reason), "policy",
                            ttsslice_policy_name(options.policy), "candidate",
                            json_array_get(all->items, index));
    cli_print_json(out, false);
    return cli_finish(all->command, choice.passed ? CLI_DONE : CLI_NOT_PASSED);
}

static void free_all(candidates *all) {
    json_decref(all->items);
    free(all->scores);
    free(all->durations_s);
    free(all->levels_dbfs);
    free(all->rates);
    free(all->tails_s);
    free(all->passed);
    free(all->indices);
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

    candidates all = {
        .command = command, .path = cli_path(argv[0]), .items = json_array(), .timed = true};
    status = all.items ? cli_read_values(command, argv[0], take_value, &all) : no_memory(&all);
    if (status < 0)
        status = choose(&all, chosen);
    free_all(&all);
    return status;
}

const cli_command command_select = {
    .name = "select",
    .arguments = "[OPTIONS] CANDIDATES.json|-",
    .summary = "choose one of several candidates by their verdicts",
    .details =
        "CANDIDATES.json is an array of objects, an object with such an array under\n"
        "\"candidates\", or JSON Lines with an object each, as ttsslice validate prints them.\n"
        "Each has score (0 to 100) and passed (true or false), itself or in an object\n"
        "\"verdict\", duration_s, which shortest_passing needs, and perhaps level_dbfs, rate\n"
        "and tail_s, which cleanest looks at beside the score. Other keys are yours. A line\n"
        "of validate about a file that it could not read is left out, and said. Printed are\n"
        "the index, whether it passed, the reason, the policy and the candidate. Exit\n"
        "status 1: none passed, and the one with the highest score is named.",
    .run = run,
};
