/* SPDX-License-Identifier: MIT */
/* What render and bisect share: the options of a run, and the plans and engines behind them. */
#ifndef TTSSLICE_TOOLS_RUN_H
#define TTSSLICE_TOOLS_RUN_H

#include "engines.h"
#include "join.h"
#include "schedule.h"

/* Values are set by cli_parse(); `options` and what it points to by cli_run_read(). It stays where
 * it is from then on. */
typedef struct cli_run {
    cli_engines engines; /* with the voice, the model and the trust that dispatch has too */
    const char *endpoint, *language, *audio_prompt_url, *rule, *policy, *takes, *on_exhaustion,
        *backoff, *abbreviations, *packing, *protocol;
    int pauses;
    int64_t n_candidates, max_retries, seed, max, min_merge, max_in_flight;
    double threshold, exaggeration, cfg_weight, temperature;
    double reference_dbfs, reference_rate;
    double job_timeout, request_timeout, poll_interval;
    int quiet, verbose;
    cli_join join;
    cli_schedule schedule; /* its dry_run is for the command */
    char *listed;          /* the file of --abbreviations */
    double waits[CLI_BACKOFF_MAX];
    ttsslice_logger logger;
    ttsslice_chunk_options chunk;
    ttsslice_dispatch_options dispatch;
    ttsslice_validate_options validate;
    ttsslice_select_options select;
    ttsslice_run_options options; /* without plan and engines */
} cli_run;

#define CLI_RUN_INIT                                                                               \
    {                                                                                              \
        .rule = "defects", .policy = "best_score", .takes = "all", .on_exhaustion = "keep_best",   \
        .packing = "optimal", .n_candidates = 3, .max_retries = 3, .max = 300, .min_merge = 20,    \
        .max_in_flight = 25, .threshold = 85.0, .exaggeration = 0.3, .cfg_weight = 0.3,            \
        .temperature = -1.0, .job_timeout = 900.0, .request_timeout = 30.0, .poll_interval = 0.1,  \
        .join = CLI_JOIN_INIT,                                                                     \
    }

#define CLI_RUN_OPTIONS (38 + CLI_SCHEDULE_OPTIONS + CLI_JOIN_OPTIONS)

/* Fills the rows of a table of options. */
void cli_run_options(cli_run *run, cli_option rows[CLI_RUN_OPTIONS]);

/* Completes run->options after parsing. Returns -1, or the exit status after a message. */
int cli_run_read(const cli_command *command, cli_run *run);

/* Fills a plan from its name and from moves as "validate=off". Returns as above. */
int cli_run_plan(const cli_command *command, const char *name, const cli_list *places,
                 ttsslice_plan *plan);

/* Complains about options for engines that the plan has no use for. Returns as above. */
int cli_run_check_engines(const cli_command *command, const cli_run *run,
                          const ttsslice_plan *plan);

/* Makes the engines that the plan needs, into options. Returns as above. */
int cli_run_engines(const cli_command *command, const cli_run *run, const ttsslice_plan *plan,
                    ttsslice_run_options *options);

/* Releases what cli_run_read() made. */
void cli_run_free(cli_run *run);

#endif
