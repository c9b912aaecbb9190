/* SPDX-License-Identifier: MIT */
/* ttsslice concat: audio files, in order, become one file with its segments and subtitles. Clips
 * given as arguments and those of a list take the same way: as JSON objects. */
#include "cli.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct concat_job {
    const cli_command *command;
    const char *output;
    const char *list; /* NULL: the clips are arguments */
    const char *break_name;
    ttsslice_concat_options options;
    json_t *clips; /* array of objects */
} concat_job;

static atomic_int interrupted;

static void interrupt(void *argument) {
    (void)argument;
    atomic_store(&interrupted, 1);
}

static int complain(const concat_job *job, int status, const char *what, const char *why) {
    cli_message(job->command, "%s: %s", what, why);
    return status;
}

/* --- the list ------------------------------------------------------------------------------- */

/* Adds one clip. Returns -1, or the exit status after a message. */
static int take_clip(concat_job *job, json_t *clip) {
    char where[512];
    if (json_is_string(json_object_get(clip, "audio")))
        return json_array_append(job->clips, clip) == 0
                   ? -1
                   : complain(job, CLI_INTERNAL, job->list, "out of memory");
    snprintf(where, sizeof where, "%s: clip %zu", job->list, json_array_size(job->clips) + 1);
    return complain(job, CLI_INPUT, where,
                    "must be an object with \"audio\", the path of its file");
}

static int take_value(concat_job *job, json_t *value) {
    int status = -1;
    if (!json_is_array(value))
        return take_clip(job, value);
    for (size_t i = 0; i < json_array_size(value) && status < 0; i++)
        status = take_clip(job, json_array_get(value, i));
    return status;
}

/* One JSON value after the other: an array, or an object a line. */
static int read_list(concat_job *job) {
    int status = 0;
    size_t length = 0;
    char *text = cli_read(job->command, job->list, &length, &status);
    if (!text)
        return status;
    status = -1;
    size_t at = strspn(text, " \t\r\n");
    while (at < length && status < 0) {
        json_error_t error;
        json_t *value = json_loadb(text + at, length - at,
                                   JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
        if (!value) {
            char why[JSON_ERROR_TEXT_LENGTH + 64];
            snprintf(why, sizeof why, "not JSON at byte %zu: %s", at + (size_t)error.position,
                     error.text);
            status = complain(job, CLI_INPUT, job->list, why);
            break;
        }
        status = take_value(job, value);
        json_decref(value);
        at += (size_t)error.position;
        at += strspn(text + at, " \t\r\n");
    }
    free(text);
    return status;
}

static int take_arguments(concat_job *job, char **paths, int count) {
    for (int i = 0; i < count; i++) {
        json_t *clip = json_pack("{s:s}", "audio", paths[i]);
        if (!clip)
            return complain(job, CLI_INPUT, paths[i], "the name is not UTF-8");
        if (json_array_append_new(job->clips, clip) != 0)
            return complain(job, CLI_INTERNAL, paths[i], "out of memory");
    }
    return -1;
}

/* Paths of a list are relative to its folder. From malloc, or NULL. */
static char *clip_path(const concat_job *job, const char *name) {
    const char *slash = job->list && name[0] != '/' ? strrchr(job->list, '/') : NULL;
    size_t folder = slash ? (size_t)(slash - job->list) + 1 : 0;
    char *path = malloc(folder + strlen(name) + 1);
    if (!path)
        return NULL;
    if (folder)
        memcpy(path, job->list, folder);
    memcpy(path + folder, name, strlen(name) + 1);
    return path;
}

/* --- joining -------------------------------------------------------------------------------- */

static bool is_count(const json_t *value) {
    return !value || (json_is_integer(value) && json_integer_value(value) >= 0);
}

/* NULL, or what is wrong with the clip's description. */
static const char *describe(const concat_job *job, size_t index, ttsslice_clip *clip) {
    const json_t *o = json_array_get(job->clips, index);
    const json_t *text = json_object_get(o, "text"), *kind = json_object_get(o, "break");
    const json_t *score = json_object_get(o, "score"), *passed = json_object_get(o, "passed");
    const json_t *chunk = json_object_get(o, "chunk");
    const json_t *start = json_object_get(o, "text_start");
    const json_t *length = json_object_get(o, "text_length");
    if (text && !json_is_string(text) && !json_is_null(text))
        return "\"text\" must be a string";
    if (score && !json_is_number(score) && !json_is_null(score))
        return "\"score\" must be a number";
    if (passed && !json_is_boolean(passed))
        return "\"passed\" must be true or false";
    if (!is_count(chunk) || !is_count(start) || !is_count(length))
        return "\"chunk\", \"text_start\" and \"text_length\" must be whole numbers from 0";
    if (kind && !json_is_string(kind))
        return "\"break\" must be a string";
    clip->break_after = ttsslice_break_from_name(kind ? json_string_value(kind) : job->break_name);
    if (!clip->break_after)
        return "the break must be word, clause, sentence, paragraph, section or end";
    clip->chunk = chunk ? json_integer_value(chunk) : (json_int_t)index;
    clip->text = json_string_value(text);
    clip->text_start = (size_t)json_integer_value(start);
    clip->text_length =
        length ? (size_t)json_integer_value(length) : (clip->text ? strlen(clip->text) : 0);
    if (json_is_number(score))
        clip->score = json_number_value(score);
    clip->passed = !json_is_false(passed);
    return NULL;
}

/* A clip that cannot be joined is bad input, whatever the library calls it. */
static int fail_clip(const concat_job *job, const ttsslice_error *err) {
    int status = cli_fail(job->command, err);
    return status == CLI_USAGE ? CLI_INPUT : status;
}

static int add_clip(const concat_job *job, ttsslice_concat *concat, size_t index) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    int status = -1;
    char *path = clip_path(
        job, json_string_value(json_object_get(json_array_get(job->clips, index), "audio")));
    const char *wrong = path ? describe(job, index, &clip) : "out of memory";
    clip.path = path;
    if (wrong)
        status = complain(job, path ? CLI_INPUT : CLI_INTERNAL, path ? path : "clip", wrong);
    else if (ttsslice_concat_add(concat, &clip, &err) != 0)
        status = fail_clip(job, &err);
    free(path);
    return status;
}

static int join(const concat_job *job, ttsslice_timeline **timeline) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    int status = -1;
    if (ttsslice_concat_open(job->output, &job->options, &concat, &err) != 0)
        return cli_fail(job->command, &err);
    for (size_t i = 0; i < json_array_size(job->clips) && status < 0; i++) {
        if (atomic_load(&interrupted))
            status = complain(job, CLI_CANCELLED, job->output, "stopped, nothing was written");
        else
            status = add_clip(job, concat, i);
    }
    if (status >= 0) {
        ttsslice_concat_abort(concat);
        return status;
    }
    return ttsslice_concat_close(concat, timeline, &err) ? cli_fail(job->command, &err) : -1;
}

/* --- beside the output ---------------------------------------------------------------------- */

static bool write_all(int fd, const char *text) {
    for (size_t left = strlen(text); left;) {
        ssize_t put = write(fd, text, left);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        text += put;
        left -= (size_t)put;
    }
    return fchmod(fd, 0644) == 0 && fsync(fd) == 0;
}

/* OUT with another ending, through a temporary name; the text is freed. */
static int write_beside(const concat_job *job, const char *ending, char *text) {
    const char *dot = strrchr(job->output, '.'); /* there is one, or the join had failed */
    int stem = (int)(dot - job->output), status = -1;
    size_t size = (size_t)stem + strlen(ending) + sizeof ".part-XXXXXX";
    char *path = malloc(size), *part = malloc(size);
    if (!path || !part) {
        status = complain(job, CLI_INTERNAL, job->output, "out of memory");
        goto out;
    }
    snprintf(path, size, "%.*s%s", stem, job->output, ending);
    snprintf(part, size, "%s.part-XXXXXX", path);
    int fd = mkstemp(part);
    bool done = fd >= 0 && write_all(fd, text);
    int reason = errno;
    if (fd >= 0 && close(fd) != 0 && done) {
        done = false;
        reason = errno;
    }
    if (done && rename(part, path) != 0) {
        done = false;
        reason = errno;
    }
    if (!done) {
        if (fd >= 0)
            unlink(part);
        status = complain(job, CLI_INPUT, path, strerror(reason));
    }
out:
    free(path);
    free(part);
    ttsslice_free(text);
    return status;
}

static int write_timeline(const concat_job *job, const ttsslice_timeline *timeline) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *text = NULL;
    if (ttsslice_timeline_segments_json(timeline, &text, &err) != 0)
        return cli_fail(job->command, &err);
    int status = write_beside(job, ".segments.json", text);
    if (status >= 0)
        return status;
    if (ttsslice_timeline_srt(timeline, &text, &err) != 0)
        return cli_fail(job->command, &err);
    return write_beside(job, ".srt", text);
}

static int print_summary(const concat_job *job, const ttsslice_timeline *timeline) {
    int64_t frames = ttsslice_timeline_frames(timeline);
    int32_t rate = ttsslice_timeline_sample_rate(timeline);
    json_t *summary =
        json_pack("{s:s, s:i, s:I, s:f, s:I}", "output", job->output, "sample_rate", (int)rate,
                  "frames", (json_int_t)frames, "duration_s", (double)frames / rate, "clips",
                  (json_int_t)ttsslice_timeline_count(timeline));
    if (summary)
        cli_print_json(summary, false);
    return cli_finish(job->command, CLI_DONE);
}

static int run(const cli_command *command, int argc, char **argv) {
    concat_job job = {command, NULL, NULL, "sentence", TTSSLICE_CONCAT_OPTIONS_INIT, NULL};
    int no_trim = 0, quiet = 0, verbose = 0, positional = 0;
    const cli_option table[] = {
        {"o", CLI_TEXT, &job.output, "OUT", "file to write: .wav, .flac or .opus", 0, 0},
        {"list", CLI_TEXT, &job.list, "FILE", "clips as JSON; - for standard input", 0, 0},
        {"pause-ms", CLI_INT, &job.options.pause_ms, "N", "pause after a sentence (200)", 0, 60000},
        {"fade-ms", CLI_INT, &job.options.fade_ms, "N", "fade at both ends of a clip (10)", 0,
         1000},
        {"no-trim", CLI_FLAG, &no_trim, NULL, "keep the silence at both ends of a clip", 0, 0},
        {"break", CLI_TEXT, &job.break_name, "NAME",
         "what follows a clip that says nothing of it "
         "(sentence)",
         0, 0},
        {"quiet", CLI_FLAG, &quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (!job.output)
        return cli_usage(command, "say where to write with -o OUT");
    if ((job.list != NULL) == (positional > 0))
        return cli_usage(command, "give the clips as arguments or with --list, one of the two");
    if (!ttsslice_break_from_name(job.break_name))
        return cli_usage(command, "there is no break \"%s\"", job.break_name);
    job.options.trim = !no_trim;
    job.clips = json_array();
    ttsslice_timeline *timeline = NULL;
    cli_on_interrupt(interrupt, NULL);
    status = job.list ? read_list(&job) : take_arguments(&job, argv, positional);
    if (status < 0)
        status = join(&job, &timeline);
    if (status < 0)
        status = write_timeline(&job, timeline);
    if (status < 0)
        status = print_summary(&job, timeline);
    ttsslice_timeline_unref(timeline);
    json_decref(job.clips);
    return status;
}

const cli_command command_concat = {
    .name = "concat",
    .arguments = "[OPTIONS] -o OUT CLIP...|--list FILE",
    .summary = "join clips into one audio file with an exact timeline",
    .details =
        "The list is a JSON array, or JSON Lines, of {\"audio\": PATH, \"text\": ..., \"break\":\n"
        "\"sentence\", \"score\": ..., \"passed\": ..., \"chunk\": ..., \"text_start\": ...,\n"
        "\"text_length\": ...}; only audio is needed, and its path is relative to the list. After\n"
        "a clause comes half a pause, after a paragraph two, after a section four, after a word "
        "or\n"
        "the last clip none. Beside OUT go its .segments.json and .srt; a summary in JSON goes to\n"
        "standard output.",
    .run = run,
};
