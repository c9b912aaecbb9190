/* SPDX-License-Identifier: MIT */
/* `ttsslice render`: the whole pipeline, from a text file to an audio file with its timeline and
 * report. A summary goes to stdout as JSON; progress and what somebody should listen to go to
 * stderr. */
#include "run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct render_options {
    cli_run run;
    const char *output, *plan;
    cli_list places;
    int no_journal, no_reports;
    const char *path; /* NULL: standard output */
    const char *journal;
    cli_outputs outputs;
    size_t further; /* index of the first that the run itself does not write */
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
    if (info->reason == TTSSLICE_REASON_SILENCED)
        fputs(", silence is in its place", stderr);
    if (info->reason == TTSSLICE_REASON_RESPLIT)
        fputs(", nor did its halves", stderr);
    if (entry) {
        double rate = ttsslice_timeline_sample_rate(ttsslice_result_timeline(result));
        fputs(", listen at ", stderr);
        print_time(stderr, (double)entry->start_frame / rate);
    }
    fputc('\n', stderr);
    list_defects(take ? take->verdict : NULL);
    for (size_t i = 0; i < info->part_count; i++) {
        const ttsslice_chunk_result *part = ttsslice_result_part(result, (size_t)info->index, i);
        take = ttsslice_result_part_candidate(result, (size_t)info->index, i, part->selected);
        list_defects(take && !take->passed ? take->verdict : NULL);
    }
}

/* --- summary -------------------------------------------------------------------------------- */

static json_t *beside(const char *output, const char *suffix) {
    char *path = cli_beside(output, suffix);
    json_t *made = path ? json_string(path) : NULL;
    free(path);
    return made;
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

static void add_clip(json_t *array, const char *output, size_t number, const char *half) {
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    const char *extension = dot && dot != output && (!slash || dot > slash + 1) ? dot : "";
    char suffix[64];
    snprintf(suffix, sizeof suffix, "-%04zu%s%.16s", number, half, extension);
    json_array_append_new(array, beside(output, suffix));
}

/* Where concat is off: one file a take, numbered like the chunks, from 1; a and b are halves. */
static json_t *clips(const ttsslice_result *result, const char *output) {
    json_t *array = json_array();
    for (size_t i = 0; i < ttsslice_result_count(result); i++) {
        const ttsslice_chunk_result *info = ttsslice_result_chunk(result, i);
        if (info->part_count) {
            add_clip(array, output, i + 1, "a");
            add_clip(array, output, i + 1, "b");
        } else if (info->candidate_count || info->reason == TTSSLICE_REASON_SILENCED) {
            add_clip(array, output, i + 1, "");
        }
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

/* --- running -------------------------------------------------------------------------------- */

static void cancel_run(void *run) {
    ttsslice_cancel(run);
}

/* Releases the run. */
static int estimate(const cli_command *command, const cli_schedule *schedule, ttsslice_run *run) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const ttsslice_dispatch_totals *totals = NULL;
    int status = CLI_DONE;
    if (ttsslice_run_estimate(run, &totals, &err) == 0)
        cli_schedule_estimate(schedule, totals);
    else
        status = cli_fail(command, &err);
    ttsslice_run_free(run);
    return cli_finish(command, status);
}

static int execute(const cli_command *command, const render_options *o, const char *text,
                   size_t length, const ttsslice_run_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    if (ttsslice_run_new(text, length, options, &run, &err) != 0)
        return cli_fail(command, &err);
    if (o->run.schedule.dry_run)
        return estimate(command, &o->run.schedule, run);
    cli_on_interrupt(cancel_run, run);
    int32_t code = ttsslice_run_execute(run, o->path, &result, &err);
    int status = CLI_INTERNAL;
    bool failed = code != 0 && code != TTSSLICE_ERR_INCOMPLETE;
    /* If there is a timeline, the audio is written, and only a report is missing. */
    if (!failed || ttsslice_result_timeline(result)) {
        status = judge_result(result, code);
        cli_join_report(command, &o->run.join, ttsslice_result_timeline(result), &o->outputs,
                        o->run.quiet);
        if (o->path)
            print_summary(result, o, options->plan, !o->no_reports && !failed);
        if (ttsslice_result_timeline(result)) {
            int saved =
                cli_join_save(command, ttsslice_result_timeline(result), &o->outputs, o->further);
            status = saved < 0 ? status : saved;
        }
    }
    if (!o->run.quiet && ttsslice_result_totals(result))
        cli_schedule_report(ttsslice_result_totals(result));
    if (failed)
        status = cli_join_fail(command, &o->run.join, &err);
    status = cli_schedule_overrun(command, o->run.schedule.max_cost, ttsslice_result_totals(result),
                                  status);
    ttsslice_result_unref(result);
    /* The run stays: the interrupt thread may still refer to it. */
    return cli_finish(command, status);
}

/* OUT.journal where none is named and OUT is a file; from malloc. */
static char *journal_of(const render_options *o) {
    size_t size = strlen(o->output) + sizeof ".journal";
    char *path = o->no_journal || !o->path ? NULL : malloc(size);
    if (path)
        snprintf(path, size, "%s.journal", o->output);
    return path;
}

static void choose_progress(const cli_run *run, ttsslice_run_options *options) {
    if (run->verbose)
        options->progress = print_progress;
    else if (!run->quiet && isatty(STDERR_FILENO))
        options->progress = draw_progress;
}

static int render(const cli_command *command, render_options *o, const char *path) {
    ttsslice_run_options *options = &o->run.options;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    size_t length = 0;
    int status = cli_run_plan(command, o->plan, &o->places, &plan);
    if (status < 0)
        status = cli_run_read(command, &o->run);
    if (status >= 0)
        return status;
    options->plan = &plan;
    options->write_reports = !o->no_reports && o->path;
    choose_progress(&o->run, options);
    char *journal = journal_of(o), *text = cli_read_text(command, path, &length, &status);
    o->run.dispatch.journal =
        cli_schedule_journal(&o->run.schedule, o->no_journal || o->journal ? o->journal : journal);
    if (text)
        cli_note_language(command, o->run.language, o->run.quiet);
    if (text)
        status = cli_run_check_engines(command, &o->run, &plan);
    if (text && status < 0)
        status = cli_run_engines(command, &o->run, &plan, options);
    if (text && status < 0)
        status = execute(command, o, text, length, options);
    ttsslice_generator_unref(options->generator);
    ttsslice_transcriber_unref(options->transcriber);
    free(journal);
    free(text);
    cli_run_free(&o->run);
    return status;
}

/* Names the outputs and sees that none is the text or another one. */
static int name_outputs(const cli_command *command, render_options *o, const char *text) {
    static const char *const endings[] = {NULL, "_metadata.json", ".segments.json", ".srt"};
    const size_t count = o->no_reports ? 1 : sizeof endings / sizeof endings[0];
    int status = -1;
    for (size_t i = 0; i < count && status < 0; i++)
        status = cli_outputs_add(command, &o->outputs, o->path, endings[i]);
    o->further = o->outputs.count;
    if (status < 0)
        status = cli_join_name(command, &o->run.join, o->path, &o->outputs);
    if (status < 0 && o->run.schedule.trace)
        status = cli_outputs_add(command, &o->outputs, o->run.schedule.trace, NULL);
    if (status < 0)
        status = cli_outputs_spare(command, &o->outputs, text);
    if (status < 0 && o->run.dispatch.ca_file)
        status = cli_outputs_spare(command, &o->outputs, o->run.dispatch.ca_file);
    return status;
}

static int run_render(const cli_command *command, int argc, char **argv) {
    render_options o = {.run = CLI_RUN_INIT, .plan = "slice0"};
    cli_join *join = &o.run.join;
    const cli_option own[] = {
        {"o", CLI_TEXT, &o.output, "OUT",
         "output file, such as chapter.wav; - for WAV on standard output, without reports", 0, 0},
        {"output", CLI_TEXT, &o.output, "OUT", "the same", 0, 0},
        {"plan", CLI_TEXT, &o.plan, "NAME", "slice0 (all here) to slice5; default slice0", 0, 0},
        {"place", CLI_LIST, &o.places, "SLICE=WHERE",
         "move one slice: off, local, handler; repeatable", 0, 0},
        {"journal", CLI_TEXT, &o.journal, "DIR",
         "keeps what the handler made, for a run started again; default OUT.journal", 0, 0},
        {"no-journal", CLI_FLAG, &o.no_journal, NULL, "keep nothing", 0, 0},
        {"no-reports", CLI_FLAG, &o.no_reports, NULL, "write the audio alone", 0, 0},
        {"quiet", CLI_FLAG, &o.run.quiet, NULL, "no progress, no warnings", 0, 0},
        {"verbose", CLI_FLAG, &o.run.verbose, NULL, "tell what is going on", 0, 0},
    };
    cli_option options[sizeof own / sizeof own[0] + CLI_RUN_OPTIONS];
    int positional = 0;
    memcpy(options, own, sizeof own);
    cli_run_options(&o.run, options + sizeof own / sizeof own[0]);
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
    if (!join->options.loudness && ttsslice_feature_supported("ebur128"))
        join->options.loudness = "measure";
    status = cli_join_read(command, join, o.output, &o.path);
    if (status < 0 && o.path)
        status = name_outputs(command, &o, argv[0]);
    if (status < 0)
        status = render(command, &o, argv[0]);
    cli_outputs_free(&o.outputs);
    return status;
}

const cli_command command_render = {
    "render",
    "[OPTIONS] TEXT|- -o OUT",
    "the whole pipeline: text file to audio, timeline and report",
    "Beside OUT (here chapter.wav): chapter_metadata.json with every candidate, score and seed,\n"
    "chapter.segments.json and chapter.srt; --vtt and --labels add more. The API key of an "
    "endpoint\n"
    "comes from RUNPOD_API_KEY, or with --protocol plain from TTSSLICE_API_KEY, with openai from\n"
    "OPENAI_API_KEY.\n"
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
