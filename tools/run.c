/* SPDX-License-Identifier: MIT */
/* Options of a run: the table, what they become, plans and engines; see run.h. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

void cli_run_options(cli_run *r, cli_option rows[CLI_RUN_OPTIONS]) {
    const cli_option table[CLI_RUN_OPTIONS - CLI_SCHEDULE_OPTIONS - CLI_JOIN_OPTIONS] = {
        CLI_ENGINE_OPTIONS(r->engines),
        CLI_ASR_OPTIONS(r->engines),
        {"endpoint", CLI_TEXT, &r->endpoint, "URL", "handler, as http://127.0.0.1:8000/v2/local", 0,
         0},
        {"protocol", CLI_TEXT, &r->protocol, "NAME",
         "what the endpoint speaks: runpod (default), plain, openai (with slice1)", 0, 0},
        CLI_VOICE_OPTIONS(r->engines),
        {"n-candidates", CLI_INT, &r->n_candidates, "N", "takes a round; default 3", 1, 16},
        {"max-retries", CLI_INT, &r->max_retries, "N",
         "further rounds while none passes; default 3", 0, 10},
        {"whisper-threshold", CLI_NUMBER, &r->threshold, "SCORE",
         "lowest score that passes; default 85", 0, 100},
        {"rule", CLI_TEXT, &r->rule, "RULE", "defects (default), or score alone", 0, 0},
        {"policy", CLI_TEXT, &r->policy, "NAME",
         "best_score (default), shortest_passing, first_passing, cleanest", 0, 0},
        {"takes", CLI_TEXT, &r->takes, "HOW",
         "all of a round (default), or until_pass: one after the other", 0, 0},
        {"on-exhaustion", CLI_TEXT, &r->on_exhaustion, "WHAT",
         "where no take passes: keep_best (default), stop, silence, resplit", 0, 0},
        {"reference-dbfs", CLI_NUMBER, &r->reference_dbfs, "DB",
         "level to come near, as level_dbfs in the report of another run", -120, 0},
        {"reference-rate", CLI_NUMBER, &r->reference_rate, "N",
         "pace for --policy cleanest, as rate in the report of another run", 0, 1000},
        {"max", CLI_INT, &r->max, "CHARS", "longest chunk; default 300", 1, 1000000},
        {"min-merge", CLI_INT, &r->min_merge, "CHARS",
         "shorter pieces join a neighbour; default 20", 0, 1000000},
        {"packing", CLI_TEXT, &r->packing, "NAME",
         "where chunks end: optimal (default), greedy, balanced", 0, 0},
        {"abbreviations", CLI_TEXT, &r->abbreviations, "FILE",
         "further abbreviations, as for ttsslice chunk", 0, 0},
        {"pauses", CLI_FLAG, &r->pauses, NULL,
         "[pause 1.5s] and [pause 500ms] in the text are pauses and not said", 0, 0},
        {"language", CLI_TEXT, &r->language, "LANG",
         "ISO 639-1, also in a tag as en-GB; default en", 0, 0},
        {"audio-prompt-url", CLI_TEXT, &r->audio_prompt_url, "URL", "voice to imitate", 0, 0},
        {"exaggeration", CLI_NUMBER, &r->exaggeration, "X", "default 0.3", 0, 2},
        {"cfg-weight", CLI_NUMBER, &r->cfg_weight, "X", "default 0.3", 0, 1},
        {"temperature", CLI_NUMBER, &r->temperature, "X", "default: the model's own", 0, 5},
        {"seed", CLI_INT, &r->seed, "N", "base seed; default 0", 0, 9007199254740991.0},
        {"max-in-flight", CLI_INT, &r->max_in_flight, "N",
         "jobs at the handler at once; default 25", 1, 1000},
        {"job-timeout", CLI_NUMBER, &r->job_timeout, "S", "longest wait for one job; default 900",
         1, 604800},
        {"request-timeout", CLI_NUMBER, &r->request_timeout, "S", "one HTTP request; default 30",
         0.1, 3600},
        {"poll-interval", CLI_NUMBER, &r->poll_interval, "S",
         "first pause between status requests; default 0.1", 0.001, 60},
        {"backoff", CLI_TEXT, &r->backoff, "LIST", "waits before further tries; default 0.5,1,2", 0,
         0},
        {"defect-rate", CLI_NUMBER, &r->engines.defect_rate, "P",
         "share of local takes to spoil on purpose", 0, 1},
        CLI_TRUST_OPTIONS(r->engines),
    };
    memcpy(rows, table, sizeof table);
    rows += sizeof table / sizeof table[0];
    cli_schedule_options(&r->schedule, "which jobs go first: given (default), longest, index",
                         rows);
    cli_join_options(&r->join, rows + CLI_SCHEDULE_OPTIONS);
}

static int read_names(const cli_command *command, cli_run *r) {
    if (strcmp(r->rule, "defects") != 0 && strcmp(r->rule, "score") != 0)
        return cli_usage(command, "--rule must be defects or score, not \"%s\"", r->rule);
    r->validate.rule = strcmp(r->rule, "score") == 0 ? TTSSLICE_RULE_SCORE : TTSSLICE_RULE_DEFECTS;
    r->select.policy = ttsslice_policy_from_name(r->policy);
    if (!r->select.policy)
        return cli_usage(command, "there is no policy \"%s\"", r->policy);
    r->options.takes = ttsslice_takes_from_name(r->takes);
    if (!r->options.takes)
        return cli_usage(command, "--takes must be all or until_pass, not \"%s\"", r->takes);
    r->options.on_exhaustion = ttsslice_on_exhaustion_from_name(r->on_exhaustion);
    if (!r->options.on_exhaustion)
        return cli_usage(command,
                         "--on-exhaustion must be keep_best, stop, silence or resplit, not \"%s\"",
                         r->on_exhaustion);
    r->validate.reference_dbfs = r->select.reference_dbfs = r->reference_dbfs;
    r->select.reference_rate = r->reference_rate;
    if (r->backoff && !cli_read_backoff(r->backoff, r->waits, &r->dispatch.backoff_count))
        return cli_usage(command, "--backoff is a list of seconds as 0.5,1,2, not \"%s\"",
                         r->backoff);
    r->dispatch.backoff_s = r->backoff ? r->waits : NULL;
    r->chunk.packing = ttsslice_packing_from_name(r->packing);
    if (r->chunk.packing < 0)
        return cli_usage(command, "--packing must be optimal, greedy or balanced, not \"%s\"",
                         r->packing);
    return -1;
}

static void read_numbers(cli_run *r) {
    ttsslice_run_options *o = &r->options;
    r->chunk.max_phrase_len = r->max;
    r->chunk.pauses = r->pauses;
    r->chunk.min_chars_merge = r->min_merge < r->max ? r->min_merge : r->max;
    r->dispatch.endpoint = r->endpoint;
    r->dispatch.protocol = r->protocol;
    r->dispatch.speech_model = r->engines.speech_model;
    r->dispatch.voice = r->engines.voice;
    r->dispatch.ca_file = r->engines.ca_file;
    r->dispatch.insecure = r->engines.insecure;
    r->dispatch.max_in_flight = r->max_in_flight;
    r->dispatch.job_timeout_s = r->job_timeout;
    r->dispatch.request_timeout_s = r->request_timeout;
    r->dispatch.poll_interval_s = r->poll_interval;
    r->validate.whisper_threshold = r->threshold;
    o->language = r->language;
    o->audio_prompt_url = r->audio_prompt_url;
    o->exaggeration = r->exaggeration;
    o->cfg_weight = r->cfg_weight;
    o->temperature = r->temperature;
    o->n_candidates = (int32_t)r->n_candidates;
    o->max_retries = (int32_t)r->max_retries;
    o->seed = r->seed;
}

int cli_run_read(const cli_command *command, cli_run *r) {
    r->chunk = (ttsslice_chunk_options)TTSSLICE_CHUNK_OPTIONS_INIT;
    r->dispatch = (ttsslice_dispatch_options)TTSSLICE_DISPATCH_OPTIONS_INIT;
    r->validate = (ttsslice_validate_options)TTSSLICE_VALIDATE_OPTIONS_INIT;
    r->select = (ttsslice_select_options)TTSSLICE_SELECT_OPTIONS_INIT;
    r->options = (ttsslice_run_options)TTSSLICE_RUN_OPTIONS_INIT;
    r->logger = cli_logger(r->quiet, r->verbose);
    r->options.chunk = &r->chunk;
    r->options.dispatch = &r->dispatch;
    r->options.validate = &r->validate;
    r->options.select = &r->select;
    r->options.concat = &r->join.options;
    r->options.logger = r->engines.logger = &r->logger;
    int status = read_names(command, r);
    if (status >= 0)
        return status;
    read_numbers(r);
    status = cli_schedule_read(command, &r->schedule, &r->dispatch);
    if (status < 0 && r->abbreviations) {
        r->listed = cli_read_abbreviations(command, r->abbreviations, &status);
        r->chunk.abbreviations = r->listed;
    }
    return status;
}

int cli_run_plan(const cli_command *command, const char *name, const cli_list *places,
                 ttsslice_plan *plan) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_plan_named(name, plan, &err) != 0)
        return cli_usage(command, "%s", err.message);
    for (size_t i = 0; i < places->count; i++) {
        char slice[32];
        const char *equals = strchr(places->items[i], '=');
        size_t n = equals ? (size_t)(equals - places->items[i]) : sizeof slice;
        if (n >= sizeof slice)
            return cli_usage(command, "a move is written SLICE=WHERE, not \"%s\"",
                             places->items[i]);
        memcpy(slice, places->items[i], n);
        slice[n] = '\0';
        if (ttsslice_plan_set(plan, slice, equals + 1, &err) != 0)
            return cli_usage(command, "%s", err.message);
    }
    return -1;
}

int cli_run_check_engines(const cli_command *command, const cli_run *r, const ttsslice_plan *plan) {
    bool there = plan->generate == TTSSLICE_PLACE_HANDLER;
    if (there && r->engines.defect_rate > 0.0)
        return cli_usage(command,
                         "--defect-rate is for takes made here; give it to ttsslice serve");
    if (there && cli_typed(&r->engines.engine))
        return cli_usage(command, "--engine is for takes made here; give it to ttsslice serve");
    if (!there && cli_typed(&r->protocol))
        return cli_usage(command,
                         "--protocol is for takes made elsewhere; give --plan slice1, or a "
                         "later one");
    if (cli_typed(&r->engines.asr) && plan->validate == TTSSLICE_PLACE_OFF)
        return cli_usage(command, "--asr has nothing to do where validate is off");
    if (cli_typed(&r->engines.asr) && plan->validate != TTSSLICE_PLACE_LOCAL)
        return cli_usage(command, "--asr is for takes judged here; give it to ttsslice serve");
    return -1;
}

int cli_run_engines(const cli_command *command, const cli_run *r, const ttsslice_plan *plan,
                    ttsslice_run_options *options) {
    int status = -1;
    if (plan->generate != TTSSLICE_PLACE_HANDLER)
        status = cli_make_generator(command, &r->engines, &options->generator);
    if (status < 0 && plan->validate == TTSSLICE_PLACE_LOCAL)
        status = cli_make_transcriber(command, &r->engines, &options->transcriber);
    if (status < 0 && plan->validate == TTSSLICE_PLACE_LOCAL && !options->transcriber)
        status =
            cli_usage(command, "--asr none leaves nobody to validate; add --place validate=off");
    return status;
}

void cli_run_free(cli_run *r) {
    free(r->listed);
}
