/* SPDX-License-Identifier: MIT */
/* `ttsslice render`: the whole pipeline, from a text file to an audio file with its timeline and
 * report. A summary goes to stdout as JSON; progress and what somebody should listen to go to
 * stderr. */
#include "join.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct render_options {
    const char *output, *plan, *engine, *asr, *endpoint, *language, *audio_prompt_url, *rule,
        *policy, *backoff, *abbreviations, *packing;
    cli_list places;
    int64_t n_candidates, max_retries, seed, max, min_merge, max_in_flight;
    double threshold, defect_rate, exaggeration, cfg_weight;
    double job_timeout, request_timeout, poll_interval;
    int insecure, no_journal, no_reports, quiet, verbose;
    cli_join join;
    const char *path; /* NULL: standard output */
    const char *journal, *ca_file;
} render_options;

/* --- progress ------------------------------------------------------------------------------- */

#define BAR_WIDTH 30

static void print_counts(const ttsslice_progress *p) {
    fprintf(stderr, "%lld/%lld chunks, %lld takes", (long long)p->done, (long long)p->chunks,
            (long long)p->candidates);
    if (p->not_passed)
        fprintf(stderr, ", %lld not passed", (long long)p->not_passed);
    if (p->failed)
        fprintf(stderr, ", %lld failed", (long long)p->failed);
}

/* A line a chunk, between the lines of the log. */
static int32_t print_progress(const ttsslice_progress *p, void *user_data) {
    (void)user_data;
    print_counts(p);
    fputc('\n', stderr);
    return 0;
}

static int32_t draw_progress(const ttsslice_progress *p, void *user_data) {
    (void)user_data;
    char bar[BAR_WIDTH + 1];
    int filled = p->chunks ? (int)(p->done * BAR_WIDTH / p->chunks) : 0;
    memset(bar, '#', (size_t)filled);
    memset(bar + filled, '.', (size_t)(BAR_WIDTH - filled));
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r[%s] ", bar);
    print_counts(p);
    fputs(p->done == p->chunks ? "\n" : " ", stderr);
    fflush(stderr);
    return 0;
}

/* --- what somebody should listen to --------------------------------------------------------- */

static void print_time(FILE *out, double seconds) {
    int minutes = (int)(seconds / 60.0);
    fprintf(out, "%d:%04.1f", minutes, seconds - 60.0 * minutes);
}

static const ttsslice_timeline_entry *entry_of(const ttsslice_result *result, int64_t chunk) {
    const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
    for (size_t i = 0; i < ttsslice_timeline_count(timeline); i++)
        if (ttsslice_timeline_get(timeline, i)->chunk == chunk)
            return ttsslice_timeline_get(timeline, i);
    return NULL;
}

static void list_defects(const ttsslice_verdict *verdict) {
    for (size_t i = 0; i < ttsslice_verdict_defect_count(verdict); i++) {
        const ttsslice_defect *defect = ttsslice_verdict_defect(verdict, i);
        if (defect->over_limit)
            fprintf(stderr, "    %s\n", defect->message);
    }
}

static void list_chunk(const ttsslice_result *result, const ttsslice_chunk_result *info) {
    if (info->code) {
        fprintf(stderr, "chunk %lld failed: %s\n", (long long)info->index, info->error);
        return;
    }
    const ttsslice_candidate_info *take =
        ttsslice_result_candidate(result, (size_t)info->index, info->selected);
    const ttsslice_timeline_entry *entry = entry_of(result, info->index);
    fprintf(stderr, "chunk %lld did not pass", (long long)info->index);
    if (!isnan(info->score))
        fprintf(stderr, " (score %.1f)", info->score);
    if (entry) {
        double rate = ttsslice_timeline_sample_rate(ttsslice_result_timeline(result));
        fputs(", listen at ", stderr);
        print_time(stderr, (double)entry->start_frame / rate);
    }
    fputc('\n', stderr);
    list_defects(take ? take->verdict : NULL);
}

/* --- summary -------------------------------------------------------------------------------- */

static json_t *beside(const char *output, const char *suffix) {
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    bool cut = dot && dot != output && (!slash || dot > slash + 1);
    return json_sprintf("%.*s%s", cut ? (int)(dot - output) : (int)strlen(output), output, suffix);
}

static json_t *indices(const ttsslice_result *result, bool failed) {
    json_t *array = json_array();
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        const ttsslice_chunk_result *info = ttsslice_result_chunk(result, i);
        if (failed ? info->code != 0 : info->code == 0 && !info->passed)
            json_array_append_new(array, json_integer((json_int_t)i));
    }
    return array;
}

/* Where concat is off: one file a take, numbered like the chunks, from 1. */
static json_t *clips(const ttsslice_result *result, const char *output) {
    json_t *array = json_array();
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    const char *extension = dot && dot != output && (!slash || dot > slash + 1) ? dot : "";
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        char suffix[64];
        if (ttsslice_result_chunk(result, i)->candidate_count == 0)
            continue;
        snprintf(suffix, sizeof suffix, "-%04zu%.16s", i + 1, extension);
        json_array_append_new(array, beside(output, suffix));
    }
    return array;
}

/* Chunks with a take that nobody judged. */
static json_int_t not_validated(const ttsslice_result *result) {
    json_int_t count = 0;
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        const ttsslice_chunk_result *info = ttsslice_result_chunk(result, i);
        count += info->code == 0 && info->candidate_count && isnan(info->score);
    }
    return count;
}

static void print_summary(const ttsslice_result *result, const render_options *o,
                          const ttsslice_plan *plan, bool reports) {
    char *text = NULL;
    const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
    json_t *root = json_object();
    if (plan->concat == TTSSLICE_PLACE_OFF)
        json_object_set_new(root, "clips", clips(result, o->output));
    else
        json_object_set_new(root, "output", json_string(o->output));
    json_object_set_new(root, "plan", json_string(o->plan));
    if (reports)
        json_object_set_new(root, "metadata", beside(o->output, "_metadata.json"));
    if (reports && timeline) {
        json_object_set_new(root, "segments", beside(o->output, ".segments.json"));
        json_object_set_new(root, "srt", beside(o->output, ".srt"));
    }
    if (timeline)
        json_object_set_new(root, "duration_s",
                            json_real((double)ttsslice_timeline_frames(timeline) /
                                      ttsslice_timeline_sample_rate(timeline)));
    if (timeline)
        json_object_set_new(root, "loudness", cli_join_loudness(timeline));
    if (ttsslice_result_json(result, &text, NULL) == 0) {
        json_t *report = json_loads(text, 0, NULL);
        json_object_update(root, json_object_get(report, "summary"));
        json_decref(report);
        ttsslice_free(text);
    }
    json_object_set_new(root, "not_validated", json_integer(not_validated(result)));
    json_object_set_new(root, "failed", indices(result, true));
    json_object_set_new(root, "not_passed", indices(result, false));
    cli_print_json(root, true);
}

/* Lists what went wrong; returns the exit status. */
static int judge_result(const ttsslice_result *result, int32_t code) {
    int status = CLI_DONE, failed = CLI_DONE;
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        const ttsslice_chunk_result *info = ttsslice_result_chunk(result, i);
        if (info->code == 0 && info->passed)
            continue;
        list_chunk(result, info);
        if (info->code && failed == CLI_DONE)
            failed = cli_status_of(info->code);
        if (!info->code)
            status = CLI_NOT_PASSED;
    }
    return code == TTSSLICE_ERR_INCOMPLETE ? failed : status;
}

/* What the journal was good for. */
static void tell_saved(const ttsslice_result *result) {
    long long saved = 0, submitted = 0;
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        saved += ttsslice_result_chunk(result, i)->saved_jobs;
        submitted += ttsslice_result_chunk(result, i)->http_attempts;
    }
    if (saved)
        fprintf(stderr, "%lld jobs of an earlier run were in the journal, %lld were submitted\n",
                saved, submitted);
}

/* --- running -------------------------------------------------------------------------------- */

static void cancel_run(void *run) {
    ttsslice_cancel(run);
}

static int execute(const cli_command *command, const render_options *o, const char *text,
                   size_t length, const ttsslice_run_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    if (ttsslice_run_new(text, length, options, &run, &err) != 0)
        return cli_fail(command, &err);
    cli_on_interrupt(cancel_run, run);
    int32_t code = ttsslice_run_execute(run, o->path, &result, &err);
    int status = CLI_INTERNAL;
    bool failed = code != 0 && code != TTSSLICE_ERR_INCOMPLETE;
    /* If there is a timeline, the audio is written, and only a report is missing. */
    if (!failed || ttsslice_result_timeline(result)) {
        if (!o->quiet)
            tell_saved(result);
        status = judge_result(result, code);
        cli_join_report(command, ttsslice_result_timeline(result), o->quiet);
        if (o->path)
            print_summary(result, o, options->plan, !o->no_reports && !failed);
    }
    if (failed)
        status = cli_join_fail(command, &o->join, &err);
    ttsslice_result_unref(result);
    /* The run stays: the interrupt thread may still refer to it. */
    return cli_finish(command, status);
}

static int set_places(const cli_command *command, const render_options *o, ttsslice_plan *plan) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_plan_named(o->plan, plan, &err) != 0)
        return cli_usage(command, "%s", err.message);
    for (size_t i = 0; i < o->places.count; i++) {
        char slice[32];
        const char *equals = strchr(o->places.items[i], '=');
        size_t n = equals ? (size_t)(equals - o->places.items[i]) : sizeof slice;
        if (n >= sizeof slice)
            return cli_usage(command, "--place takes SLICE=WHERE, not \"%s\"", o->places.items[i]);
        memcpy(slice, o->places.items[i], n);
        slice[n] = '\0';
        if (ttsslice_plan_set(plan, slice, equals + 1, &err) != 0)
            return cli_usage(command, "%s", err.message);
    }
    return -1;
}

static int make_engines(const cli_command *command, const render_options *o,
                        const ttsslice_plan *plan, ttsslice_run_options *options) {
    int status = -1;
    if (plan->generate != TTSSLICE_PLACE_HANDLER)
        status = cli_make_generator(command, o->engine, o->defect_rate, &options->generator);
    else if (o->defect_rate > 0.0)
        return cli_usage(command,
                         "--defect-rate is for takes made here; give it to ttsslice serve");
    else if (o->engine)
        return cli_usage(command, "--engine is for takes made here; give it to ttsslice serve");
    if (status < 0 && o->asr && plan->validate != TTSSLICE_PLACE_LOCAL)
        status = cli_usage(command, plan->validate == TTSSLICE_PLACE_OFF
                                        ? "--asr has nothing to do where validate is off"
                                        : "--asr is for takes judged here; give it to ttsslice "
                                          "serve");
    if (status < 0 && plan->validate == TTSSLICE_PLACE_LOCAL)
        status = cli_make_transcriber(command, o->asr, &options->transcriber);
    if (status < 0 && plan->validate == TTSSLICE_PLACE_LOCAL && !options->transcriber)
        status =
            cli_usage(command, "--asr none leaves nobody to validate; add --place validate=off");
    return status;
}

/* OUT.journal where none is named and OUT is a file; from malloc. */
static char *journal_of(const render_options *o) {
    size_t size = strlen(o->output) + sizeof ".journal";
    char *path = o->no_journal || !o->path ? NULL : malloc(size);
    if (path)
        snprintf(path, size, "%s.journal", o->output);
    return path;
}

static int render(const cli_command *command, const render_options *o, const char *path) {
    ttsslice_run_options options = TTSSLICE_RUN_OPTIONS_INIT;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    ttsslice_chunk_options chunk = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_dispatch_options dispatch = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_validate_options validate = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttsslice_select_options select = TTSSLICE_SELECT_OPTIONS_INIT;
    ttsslice_logger logger = cli_logger(o->quiet, o->verbose);
    double waits[CLI_BACKOFF_MAX];
    size_t length = 0;
    int status = set_places(command, o, &plan);
    if (status >= 0)
        return status;
    if (strcmp(o->rule, "defects") != 0 && strcmp(o->rule, "score") != 0)
        return cli_usage(command, "--rule must be defects or score, not \"%s\"", o->rule);
    select.policy = ttsslice_policy_from_name(o->policy);
    if (!select.policy)
        return cli_usage(command, "there is no policy \"%s\"", o->policy);
    if (o->backoff && !cli_read_backoff(o->backoff, waits, &dispatch.backoff_count))
        return cli_usage(command, "--backoff is a list of seconds as 0.5,1,2, not \"%s\"",
                         o->backoff);
    dispatch.backoff_s = o->backoff ? waits : NULL;
    chunk.packing = ttsslice_packing_from_name(o->packing);
    if (chunk.packing < 0)
        return cli_usage(command, "--packing must be optimal, greedy or balanced, not \"%s\"",
                         o->packing);
    chunk.max_phrase_len = o->max;
    chunk.min_chars_merge = o->min_merge < o->max ? o->min_merge : o->max;
    dispatch.endpoint = o->endpoint;
    dispatch.ca_file = o->ca_file;
    dispatch.insecure = o->insecure;
    dispatch.max_in_flight = o->max_in_flight;
    dispatch.job_timeout_s = o->job_timeout;
    dispatch.request_timeout_s = o->request_timeout;
    dispatch.poll_interval_s = o->poll_interval;
    validate.whisper_threshold = o->threshold;
    validate.rule = strcmp(o->rule, "score") == 0 ? TTSSLICE_RULE_SCORE : TTSSLICE_RULE_DEFECTS;
    options.plan = &plan;
    options.chunk = &chunk;
    options.dispatch = &dispatch;
    options.validate = &validate;
    options.select = &select;
    options.concat = &o->join.options;
    options.language = o->language;
    options.audio_prompt_url = o->audio_prompt_url;
    options.exaggeration = o->exaggeration;
    options.cfg_weight = o->cfg_weight;
    options.n_candidates = (int32_t)o->n_candidates;
    options.max_retries = (int32_t)o->max_retries;
    options.seed = o->seed;
    options.logger = &logger;
    options.write_reports = !o->no_reports && o->path;
    if (o->verbose)
        options.progress = print_progress;
    else if (!o->quiet && isatty(STDERR_FILENO))
        options.progress = draw_progress;
    char *listed = NULL, *text = NULL, *journal = journal_of(o);
    dispatch.journal = o->no_journal || o->journal ? o->journal : journal;
    if (o->abbreviations) {
        listed = cli_read_abbreviations(command, o->abbreviations, &status);
        if (!listed)
            goto out;
        chunk.abbreviations = listed;
    }
    text = cli_read_text(command, path, &length, &status);
    if (text)
        cli_note_language(command, o->language, o->quiet);
    if (text)
        status = make_engines(command, o, &plan, &options);
    if (text && status < 0)
        status = execute(command, o, text, length, &options);
    ttsslice_generator_unref(options.generator);
    ttsslice_transcriber_unref(options.transcriber);
out:
    free(journal);
    free(listed);
    free(text);
    return status;
}

static int run_render(const cli_command *command, int argc, char **argv) {
    render_options o = {
        .plan = "slice0",
        .rule = "defects",
        .policy = "best_score",
        .packing = "optimal",
        .n_candidates = 3,
        .max_retries = 3,
        .max = 300,
        .min_merge = 20,
        .max_in_flight = 25,
        .threshold = 85.0,
        .exaggeration = 0.3,
        .cfg_weight = 0.3,
        .job_timeout = 900.0,
        .request_timeout = 30.0,
        .poll_interval = 0.1,
        .join = CLI_JOIN_INIT,
    };
    const cli_option own[] = {
        {"o", CLI_TEXT, &o.output, "OUT",
         "output file, such as chapter.wav; - for WAV on standard output, without reports", 0, 0},
        {"output", CLI_TEXT, &o.output, "OUT", "the same", 0, 0},
        {"plan", CLI_TEXT, &o.plan, "NAME", "slice0 (all here) to slice5; default slice0", 0, 0},
        {"place", CLI_LIST, &o.places, "SLICE=WHERE",
         "move one slice: off, local, handler; repeatable", 0, 0},
        {"engine", CLI_TEXT, &o.engine, "NAME", "who generates here: flite", 0, 0},
        {"asr", CLI_TEXT, &o.asr, "NAME", "who listens here: sphinx, none", 0, 0},
        {"endpoint", CLI_TEXT, &o.endpoint, "URL", "handler, as http://127.0.0.1:8000/v2/local", 0,
         0},
        {"n-candidates", CLI_INT, &o.n_candidates, "N", "takes a round; default 3", 1, 16},
        {"max-retries", CLI_INT, &o.max_retries, "N", "further rounds while none passes; default 3",
         0, 10},
        {"whisper-threshold", CLI_NUMBER, &o.threshold, "SCORE",
         "lowest score that passes; default 85", 0, 100},
        {"rule", CLI_TEXT, &o.rule, "RULE", "defects (default), or score alone", 0, 0},
        {"policy", CLI_TEXT, &o.policy, "NAME", "best_score, shortest_passing, first_passing", 0,
         0},
        {"max", CLI_INT, &o.max, "CHARS", "longest chunk; default 300", 1, 1000000},
        {"min-merge", CLI_INT, &o.min_merge, "CHARS", "shorter pieces join a neighbour; default 20",
         0, 1000000},
        {"packing", CLI_TEXT, &o.packing, "NAME",
         "where chunks end: optimal (default), greedy, balanced", 0, 0},
        {"abbreviations", CLI_TEXT, &o.abbreviations, "FILE",
         "further abbreviations, as for ttsslice chunk", 0, 0},
        {"language", CLI_TEXT, &o.language, "LANG", "ISO 639-1; default en", 0, 0},
        {"audio-prompt-url", CLI_TEXT, &o.audio_prompt_url, "URL", "voice to imitate", 0, 0},
        {"exaggeration", CLI_NUMBER, &o.exaggeration, "X", "default 0.3", 0, 2},
        {"cfg-weight", CLI_NUMBER, &o.cfg_weight, "X", "default 0.3", 0, 1},
        {"seed", CLI_INT, &o.seed, "N", "base seed; default 0", 0, 9007199254740991.0},
        {"max-in-flight", CLI_INT, &o.max_in_flight, "N", "jobs at the handler at once; default 25",
         1, 1000},
        {"job-timeout", CLI_NUMBER, &o.job_timeout, "S", "longest wait for one job; default 900", 1,
         604800},
        {"request-timeout", CLI_NUMBER, &o.request_timeout, "S", "one HTTP request; default 30",
         0.1, 3600},
        {"poll-interval", CLI_NUMBER, &o.poll_interval, "S",
         "first pause between status requests; default 0.1", 0.001, 60},
        {"backoff", CLI_TEXT, &o.backoff, "LIST", "waits before further tries; default 0.5,1,2", 0,
         0},
        {"defect-rate", CLI_NUMBER, &o.defect_rate, "P", "share of local takes to spoil on purpose",
         0, 1},
        {"journal", CLI_TEXT, &o.journal, "DIR",
         "keeps what the handler made, for a run started again; default OUT.journal", 0, 0},
        {"no-journal", CLI_FLAG, &o.no_journal, NULL, "keep nothing", 0, 0},
        {"ca-file", CLI_TEXT, &o.ca_file, "FILE", "certificates (PEM) in the place of the system's",
         0, 0},
        {"insecure", CLI_FLAG, &o.insecure, NULL,
         "let the key travel unencrypted to another machine", 0, 0},
        {"no-reports", CLI_FLAG, &o.no_reports, NULL, "write the audio alone", 0, 0},
        {"quiet", CLI_FLAG, &o.quiet, NULL, "no progress, no warnings", 0, 0},
        {"verbose", CLI_FLAG, &o.verbose, NULL, "tell what is going on", 0, 0},
    };
    cli_option options[sizeof own / sizeof own[0] + CLI_JOIN_OPTIONS];
    int positional = 0;
    memcpy(options, own, sizeof own);
    cli_join_options(&o.join, options + sizeof own / sizeof own[0]);
    int status =
        cli_parse(command, options, sizeof options / sizeof options[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one text file, or - for standard input");
    if (o.journal && o.no_journal)
        return cli_usage(command, "--journal and --no-journal contradict each other");
    if (!o.output || !o.output[0])
        return cli_usage(command, "give the output with -o, such as -o chapter.wav");
    if (!o.join.options.loudness && ttsslice_feature_supported("ebur128"))
        o.join.options.loudness = "measure";
    status = cli_join_read(command, &o.join, o.output, &o.path);
    if (status >= 0)
        return status;
    return render(command, &o, argv[0]);
}

const cli_command command_render = {
    "render",
    "[OPTIONS] TEXT|- -o OUT",
    "the whole pipeline: text file to audio, timeline and report",
    "Beside OUT (here chapter.wav): chapter_metadata.json with every candidate, score and seed,\n"
    "chapter.segments.json and chapter.srt. The API key of an endpoint comes from RUNPOD_API_KEY.\n"
    "\n"
    "plans:    generate  validate  select   dispatch\n"
    "  slice0  here      here      here     -\n"
    "  slice1  handler   here      here     one job at a time, one take a job\n"
    "  slice2  handler   here      here     one job at a time\n"
    "  slice3  handler   handler   here     one job at a time\n"
    "  slice4  handler   handler   handler  one job at a time\n"
    "  slice5  handler   handler   handler  many at once",
    run_render,
};
