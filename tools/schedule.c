/* SPDX-License-Identifier: MIT */
/* Jobs: their order, limits, estimate and sum; see schedule.h. */
#include "schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_schedule_options(cli_schedule *s, const char *order,
                          cli_option rows[CLI_SCHEDULE_OPTIONS]) {
    const cli_option table[CLI_SCHEDULE_OPTIONS] = {
        {"order", CLI_TEXT, &s->order, "NAME", order, 0, 0},
        {"window", CLI_INT, &s->window, "N",
         "with --order index: none more than N ahead of the first that is missing", 1, 1000000},
        {"hedge", CLI_FLAG, &s->hedge, NULL,
         "send late jobs a second time while workers are idle, 1 in 20 at most", 0, 0},
        {"price-per-second", CLI_NUMBER, &s->price, "PRICE", "of a worker, to tell what jobs cost",
         0, 1e6},
        {"max-cost", CLI_NUMBER, &s->max_cost, "COST",
         "submit no job that is expected to go past it: a bound on estimates and what was "
         "measured; "
         "needs --price-per-second",
         1e-9, 1e9},
        {"max-jobs", CLI_INT, &s->max_jobs, "N", "submit no more jobs than that", 1,
         9007199254740991.0},
        {"expect", CLI_TEXT, &s->expect, "A,B",
         "seconds a job and a character are expected to take at first (0.8,0.02)", 0, 0},
        {"dry-run", CLI_FLAG, &s->dry_run, NULL, "send nothing; print what it would take, as JSON",
         0, 0},
        {"trace", CLI_TEXT, &s->trace, "FILE",
         "write what happens to each job, as JSON Lines (docs/schedule.md)", 0, 0},
    };
    memcpy(rows, table, sizeof table);
}

static bool read_order(const char *name, int32_t *order) {
    static const char *const names[] = {"given", "longest", "index"};
    for (int32_t i = 0; i < 3; i++)
        if (strcmp(names[i], name) == 0) {
            *order = i;
            return true;
        }
    return false;
}

int cli_schedule_read(const cli_command *command, const cli_schedule *s,
                      ttsslice_dispatch_options *options) {
    double expected[CLI_BACKOFF_MAX];
    size_t count = 0;
    if (s->order && !read_order(s->order, &options->order))
        return cli_usage(command, "--order must be longest, index or given, not \"%s\"", s->order);
    if (s->window && options->order != TTSSLICE_ORDER_INDEX)
        return cli_usage(command, "--window goes with --order index");
    if (s->max_cost > 0.0 && s->price <= 0.0)
        return cli_usage(command, "--max-cost needs --price-per-second, what a worker costs");
    if (s->expect && (!cli_read_backoff(s->expect, expected, &count) || count != 2))
        return cli_usage(command, "--expect is two numbers of seconds as 0.8,0.02, not \"%s\"",
                         s->expect);
    if (s->expect) {
        options->expected_s = expected[0];
        options->expected_s_per_char = expected[1];
    }
    options->window = s->window;
    options->hedge = s->hedge;
    options->price_per_second = s->price;
    options->max_cost = s->max_cost;
    options->max_jobs = s->max_jobs;
    options->trace = s->dry_run ? NULL : s->trace;
    return -1;
}

const char *cli_schedule_journal(const cli_schedule *s, const char *journal) {
    return s->dry_run && journal && access(journal, F_OK) != 0 ? NULL : journal;
}

static json_t *cost_or_null(double cost) {
    return cost < 0.0 ? json_null() : json_real(cost);
}

/* The limit that stops jobs, or null. */
static json_t *limit_of(const cli_schedule *s, const ttsslice_dispatch_totals *t) {
    bool jobs = s->max_jobs && t->left - t->left_stopped >= s->max_jobs;
    if (!t->left_stopped)
        return json_null();
    return json_string(jobs || s->max_cost <= 0.0 ? "max_jobs" : "max_cost");
}

void cli_schedule_estimate(const cli_schedule *s, const ttsslice_dispatch_totals *t) {
    json_t *object = json_object();
    json_object_set_new(object, "dry_run", json_true());
    json_object_set_new(object, "jobs", json_integer(t->jobs));
    json_object_set_new(object, "saved", json_integer(t->jobs - t->left));
    json_object_set_new(object, "to_submit", json_integer(t->left - t->left_stopped));
    json_object_set_new(object, "not_submitted", json_integer(t->left_stopped));
    json_object_set_new(object, "limit", limit_of(s, t));
    json_object_set_new(object, "worker_s", json_real((double)t->left_billed_ms / 1000.0));
    json_object_set_new(object, "elapsed_s", json_real((double)t->left_elapsed_ms / 1000.0));
    json_object_set_new(object, "cost", cost_or_null(t->left_cost));
    cli_print_json(object, true);
}

static void print_if(int64_t number, const char *format) {
    if (number)
        fprintf(stderr, format, (long long)number);
}

void cli_schedule_report(const ttsslice_dispatch_totals *t) {
    fprintf(stderr, "%lld jobs: %lld done", (long long)t->jobs, (long long)t->done);
    print_if(t->saved, " (%lld saved from an earlier run)");
    print_if(t->failed, ", %lld failed");
    print_if(t->stopped, ", %lld not submitted");
    fprintf(stderr, "; %lld submissions", (long long)t->submissions);
    print_if(t->retries, ", %lld of them retries");
    print_if(t->hedges, ", %lld copies of late jobs");
    print_if(t->hedges_won, " (%lld were first)");
    print_if(t->possible_duplicates, ", %lld possible duplicates");
    fprintf(stderr, "; %.1f s of workers", (double)t->billed_ms / 1000.0);
    if (t->cost >= 0.0)
        fprintf(stderr, ", cost %.4g", t->cost);
    fputc('\n', stderr);
}

int cli_schedule_overrun(const cli_command *command, double max_cost,
                         const ttsslice_dispatch_totals *t, int status) {
    if (!t || max_cost <= 0.0 || t->cost <= max_cost)
        return status;
    cli_message(command,
                "the run cost %.6g, %.6g past --max-cost %.6g: jobs took longer than was expected",
                t->cost, t->cost - max_cost, max_cost);
    return status == CLI_DONE || status == CLI_NOT_PASSED ? CLI_CANCELLED : status;
}

void cli_schedule_draw(const ttsslice_dispatch_totals *t) {
    fprintf(stderr, "\r\033[K%lld/%lld jobs", (long long)t->done, (long long)t->jobs);
    print_if(t->failed, ", %lld failed");
    if (t->cost >= 0.0)
        fprintf(stderr, ", cost %.4g", t->cost);
    if (t->left)
        fprintf(stderr, ", about %lld s left", (long long)(t->left_elapsed_ms + 999) / 1000);
    fputc(' ', stderr);
    fflush(stderr);
}

void cli_schedule_clear(void) {
    fputs("\r\033[K", stderr);
    fflush(stderr);
}
