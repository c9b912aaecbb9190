/* SPDX-License-Identifier: MIT */
/* What dispatch and render share of jobs: options of when they go out and what they may cost, the
 * estimate of --dry-run, and the line that says what they came to. */
#ifndef TTSSLICE_TOOLS_SCHEDULE_H
#define TTSSLICE_TOOLS_SCHEDULE_H

#include "cli.h"

typedef struct cli_schedule {
    const char *order, *expect, *trace;
    int64_t window, max_jobs;
    double max_cost, price;
    int hedge, dry_run;
} cli_schedule;

#define CLI_SCHEDULE_OPTIONS 9

/* Fills the rows of a table of options; `order` is what is done without one, for --help. */
void cli_schedule_options(cli_schedule *schedule, const char *order,
                          cli_option rows[CLI_SCHEDULE_OPTIONS]);

/* Takes what was given over. Returns -1, or the exit status after a message. */
int cli_schedule_read(const cli_command *command, const cli_schedule *schedule,
                      ttsslice_dispatch_options *options);

/* A journal that is not there yet is not made by --dry-run; NULL then. */
const char *cli_schedule_journal(const cli_schedule *schedule, const char *journal);

/* Prints what --dry-run says, as JSON on stdout. */
void cli_schedule_estimate(const cli_schedule *schedule, const ttsslice_dispatch_totals *totals);

/* Prints what the jobs came to, one line on stderr. */
void cli_schedule_report(const ttsslice_dispatch_totals *totals);

/* Says by how much a limit of cost was passed, if it was; 0: there is none. Returns the exit
 * status, which then is not CLI_DONE. */
int cli_schedule_overrun(const cli_command *command, double max_cost,
                         const ttsslice_dispatch_totals *totals, int status);

/* Draws how far they are over the last line on stderr, and takes that away. */
void cli_schedule_draw(const ttsslice_dispatch_totals *totals);
void cli_schedule_clear(void);

#endif
