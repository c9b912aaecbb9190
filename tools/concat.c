/* SPDX-License-Identifier: MIT */
/* ttsslice concat: audio files, in order, become one file with its segments and subtitles. */
#include "clips.h"
#include "join.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct concat_job {
    const cli_command *command;
    const char *output; /* or "-" */
    const char *path;   /* NULL: standard output */
    int quiet;
    cli_join join;
    cli_clips clips;
    ttsslice_concat *concat;
    cli_outputs outputs; /* the audio, then what goes beside it */
} concat_job;

static atomic_int interrupted, closing;

static int tell_stopped(const concat_job *job) {
    cli_message(job->command, job->path ? "stopped, nothing was written"
                                        : "stopped; what is on standard output is not all");
    return CLI_CANCELLED;
}

/* The join notices within its next block. One that waits for a clip, as for a pipe that nobody
 * writes to, would never: nothing has a name yet, so the program may just end. */
static void interrupt(void *job) {
    atomic_store(&interrupted, 1);
    sleep(2);
    if (!atomic_load(&closing))
        _exit(tell_stopped(job));
}

static int32_t is_cancelled(void *unused) {
    (void)unused;
    return atomic_load(&interrupted);
}

/* --- joining -------------------------------------------------------------------------------- */

/* A clip that cannot be joined is bad input, whatever the library calls it. */
static int fail_clip(const concat_job *job, const ttsslice_error *err) {
    if (err->code == TTSSLICE_ERR_CANCELLED)
        return tell_stopped(job);
    int status = cli_join_fail(job->command, &job->join, err);
    return status == CLI_USAGE ? CLI_INPUT : status;
}

/* Nothing has its name before the last clip was here, so it is early enough to see that none of
 * them would be overwritten. */
static int add_clip(void *self, const ttsslice_clip *clip) {
    const concat_job *job = self;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (strcmp(clip->path, "-") == 0)
        return cli_usage(job->command, "clips are files: for standard input give /dev/stdin");
    const int status = cli_outputs_spare(job->command, &job->outputs, clip->path);
    if (status >= 0)
        return status;
    return ttsslice_concat_add(job->concat, clip, &err) ? fail_clip(job, &err) : -1;
}

static int join(concat_job *job, char **paths, int count, ttsslice_timeline **timeline) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (ttsslice_concat_open(job->path, &job->join.options, &job->concat, &err) != 0)
        return cli_fail(job->command, &err);
    job->clips.take = add_clip;
    job->clips.self = job;
    const int status = cli_clips_read(&job->clips, paths, count);
    if (status >= 0) {
        ttsslice_concat_abort(job->concat);
        return status;
    }
    atomic_store(&closing, 1);
    return ttsslice_concat_close(job->concat, timeline, &err) ? fail_clip(job, &err) : -1;
}

/* --- beside the output ---------------------------------------------------------------------- */

/* Adds what is to be written. */
static int name_outputs(concat_job *job) {
    static const char *const endings[] = {NULL, ".segments.json", ".srt"};
    int status = -1;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && status < 0; i++)
        status = cli_outputs_add(job->command, &job->outputs, job->path, endings[i]);
    return status < 0 ? cli_join_name(job->command, &job->join, job->path, &job->outputs) : status;
}

static int print_summary(const concat_job *job, const ttsslice_timeline *timeline) {
    int64_t frames = ttsslice_timeline_frames(timeline);
    int32_t rate = ttsslice_timeline_sample_rate(timeline);
    json_t *summary = json_pack(
        "{s:s, s:i, s:i, s:I, s:f, s:I, s:o*}", "output", job->output, "sample_rate", (int)rate,
        "channels", (int)ttsslice_timeline_channels(timeline), "frames", (json_int_t)frames,
        "duration_s", (double)frames / rate, "clips", (json_int_t)ttsslice_timeline_count(timeline),
        "loudness", cli_join_loudness(timeline));
    if (summary)
        cli_print_json(summary, false);
    return cli_finish(job->command, -1);
}

/* Timeline and summary beside a file; beside standard output there is nothing. */
static int finish(const concat_job *job, const ttsslice_timeline *timeline) {
    int status = job->path ? cli_join_save(job->command, timeline, &job->outputs, 1) : -1;
    if (status < 0 && job->path)
        status = print_summary(job, timeline);
    if (status >= 0)
        return status;
    return cli_join_report(job->command, &job->join, timeline, &job->outputs, job->quiet)
               ? CLI_DONE
               : CLI_NOT_PASSED;
}

static int run(const cli_command *command, int argc, char **argv) {
    concat_job job = {.command = command, .join = CLI_JOIN_INIT, .clips.command = command};
    int verbose = 0, positional = 0;
    const cli_option own[] = {
        {"o", CLI_TEXT, &job.output, "OUT",
         "file to write: .wav, .flac, .opus, .ogg, .mp3; - for WAV on standard output", 0, 0},
        {"list", CLI_TEXT, &job.clips.list, "FILE", "clips as JSON; - for standard input", 0, 0},
        {"break", CLI_TEXT, &job.clips.break_name, "NAME",
         "what follows a clip that says nothing of it: word, clause, sentence, paragraph, section "
         "or end; default by the mark that ends its text",
         0, 0},
        {"quiet", CLI_FLAG, &job.quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    cli_option table[sizeof own / sizeof own[0] + CLI_JOIN_OPTIONS];
    memcpy(table, own, sizeof own);
    cli_join_options(&job.join, table + sizeof own / sizeof own[0]);
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (!job.output || !job.output[0])
        return cli_usage(command, "say where to write with -o OUT");
    if ((job.clips.list != NULL) == (positional > 0))
        return cli_usage(command, "give the clips as arguments or with --list, one of the two");
    if (job.clips.break_name && !ttsslice_break_from_name(job.clips.break_name))
        return cli_usage(command,
                         "there is no break \"%s\": use word, clause, sentence, paragraph, "
                         "section or end",
                         job.clips.break_name);
    status = cli_join_read(command, &job.join, job.output, &job.path);
    if (status >= 0)
        return status;
    ttsslice_timeline *timeline = NULL;
    if (job.path)
        status = name_outputs(&job);
    if (status < 0 && job.clips.list)
        status = cli_outputs_spare(command, &job.outputs, job.clips.list);
    cli_on_interrupt(interrupt, &job);
    job.join.options.cancelled = is_cancelled;
    if (status < 0)
        status = join(&job, argv, positional, &timeline);
    if (status < 0)
        status = finish(&job, timeline);
    ttsslice_timeline_unref(timeline);
    cli_outputs_free(&job.outputs);
    return status;
}

const cli_command command_concat = {
    .name = "concat",
    .arguments = "[OPTIONS] -o OUT CLIP...|--list FILE",
    .summary = "join clips into one audio file with an exact timeline",
    .details =
        "The list is a JSON array, or JSON Lines, of {\"audio\": PATH, \"text\": ..., \"break\":\n"
        "\"sentence\", \"pause_ms\": ..., \"score\": ..., \"passed\": ..., \"chunk\": ...,\n"
        "\"text_start\": ..., \"text_length\": ..., \"words\": [{\"start\": S, \"end\": S,\n"
        "\"text_start\": ..., \"text_length\": ...}]}; only audio is needed, and its path is\n"
        "relative to the list. {\"pause_ms\": N} after a clip is the pause there; several add up.\n"
        "JSON Lines are joined as they come, a line behind; an array is read to its end first. "
        "The\n"
        "quiet that clips bring along counts as pause; after the last clip there is none. Clips "
        "may\n"
        "differ in rate, channels and format. Beside OUT go its .segments.json and .srt; a "
        "summary\n"
        "in JSON goes to standard output. The exit status is 1 if a bad clip was left out.",
    .run = run,
};
