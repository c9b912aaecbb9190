/* SPDX-License-Identifier: MIT */
/* ttsslice concat: audio files, in order, become one file with its segments and subtitles. Clips
 * given as arguments and those of a list take the same way: as JSON objects. */
#include "join.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct concat_job {
    const cli_command *command;
    const char *output; /* or "-" */
    const char *path;   /* NULL: standard output */
    const char *list;   /* NULL: the clips are arguments */
    const char *break_name;
    int quiet;
    cli_join join;
    json_t *clips;       /* array of objects */
    cli_outputs outputs; /* the audio, then what goes beside it */
} concat_job;

static atomic_int interrupted;

static void interrupt(void *argument) {
    (void)argument;
    atomic_store(&interrupted, 1);
}

/* Between the blocks of a long clip. */
static int32_t keep_going(const int16_t *samples, int64_t frames, int32_t channels,
                          int32_t sample_rate, void *user_data) {
    (void)samples;
    (void)frames;
    (void)channels;
    (void)sample_rate;
    (void)user_data;
    return atomic_load(&interrupted) ? TTSSLICE_ERR_CANCELLED : 0;
}

static int complain(const concat_job *job, int status, const char *what, const char *why) {
    cli_message(job->command, "%s: %s", what, why);
    return status;
}

/* --- the list ------------------------------------------------------------------------------- */

/* Adds one clip, or a pause after the one before. Returns -1, or the exit status after a message.
 */
static int take_clip(concat_job *job, json_t *clip) {
    char where[512];
    const size_t count = json_array_size(job->clips);
    json_t *pause = json_object_get(clip, "pause_ms");
    if (json_is_string(json_object_get(clip, "audio")))
        return json_array_append(job->clips, clip) == 0
                   ? -1
                   : complain(job, CLI_INTERNAL, job->list, "out of memory");
    snprintf(where, sizeof where, "%s: clip %zu", job->list, count + 1);
    if (json_object_get(clip, "audio") || !json_is_integer(pause))
        return complain(job, CLI_INPUT, where,
                        "must be an object with \"audio\", the path of its file, or with "
                        "\"pause_ms\" alone");
    if (!count)
        return complain(job, CLI_INPUT, where, "a pause needs a clip before it");
    json_object_set(json_array_get(job->clips, count - 1), "pause_ms", pause);
    return -1;
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
static char *clip_path(const concat_job *job, size_t index) {
    const char *name =
        json_string_value(json_object_get(json_array_get(job->clips, index), "audio"));
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

static bool is_time(const json_t *value) {
    return !value || json_is_null(value) || json_is_number(value);
}

/* The words of a clip: their places in the text and their times. */
typedef struct word_list {
    size_t *starts, *lengths;
    double *starts_s, *ends_s;
} word_list;

static void free_words(word_list *words) {
    free(words->starts);
    free(words->lengths);
    free(words->starts_s);
    free(words->ends_s);
}

/* NULL, or what is wrong. */
static const char *read_words(const json_t *array, ttsslice_clip *clip, word_list *words) {
    const size_t count = json_array_size(array);
    if (!count)
        return array && !json_is_array(array) ? "\"words\" must be an array" : NULL;
    words->starts = calloc(count, sizeof(size_t));
    words->lengths = calloc(count, sizeof(size_t));
    words->starts_s = calloc(count, sizeof(double));
    words->ends_s = calloc(count, sizeof(double));
    if (!words->starts || !words->lengths || !words->starts_s || !words->ends_s)
        return "out of memory";
    for (size_t i = 0; i < count; i++) {
        const json_t *word = json_array_get(array, i);
        const json_t *start = json_object_get(word, "text_start");
        const json_t *length = json_object_get(word, "text_length");
        const json_t *from = json_object_get(word, "start"), *to = json_object_get(word, "end");
        if (!json_is_object(word) || !is_time(from) || !is_time(to) || !is_count(start) ||
            !is_count(length))
            return "the \"start\" and \"end\" of a word must be seconds, or null if they are "
                   "unknown, and \"text_start\" and \"text_length\" whole numbers from 0";
        words->starts[i] = (size_t)json_integer_value(start);
        words->lengths[i] = (size_t)json_integer_value(length);
        words->starts_s[i] = json_is_number(from) ? json_number_value(from) : NAN;
        words->ends_s[i] = json_is_number(to) ? json_number_value(to) : NAN;
    }
    clip->word_starts = words->starts;
    clip->word_lengths = words->lengths;
    clip->word_starts_s = words->starts_s;
    clip->word_ends_s = words->ends_s;
    clip->word_count = count;
    return NULL;
}

/* NULL, or what is wrong with the clip's description. */
static const char *describe(const concat_job *job, size_t index, ttsslice_clip *clip) {
    const json_t *o = json_array_get(job->clips, index);
    const json_t *text = json_object_get(o, "text"), *kind = json_object_get(o, "break");
    const json_t *score = json_object_get(o, "score"), *passed = json_object_get(o, "passed");
    const json_t *chunk = json_object_get(o, "chunk"), *pause = json_object_get(o, "pause_ms");
    const json_t *start = json_object_get(o, "text_start");
    const json_t *length = json_object_get(o, "text_length");
    if (text && !json_is_string(text) && !json_is_null(text))
        return "\"text\" must be a string";
    if (score && !json_is_number(score) && !json_is_null(score))
        return "\"score\" must be a number";
    if (passed && !json_is_boolean(passed))
        return "\"passed\" must be true or false";
    if (!is_count(chunk) || !is_count(start) || !is_count(length) || !is_count(pause))
        return "\"chunk\", \"text_start\", \"text_length\" and \"pause_ms\" must be whole numbers "
               "from 0";
    if (kind && !json_is_string(kind))
        return "\"break\" must be a string";
    const char *name = kind ? json_string_value(kind) : job->break_name;
    clip->break_after = name ? ttsslice_break_from_name(name) : 0;
    if (name && !clip->break_after)
        return "the break must be word, clause, sentence, paragraph, section or end";
    clip->chunk = chunk ? json_integer_value(chunk) : (json_int_t)index;
    clip->text = json_string_value(text);
    clip->text_start = (size_t)json_integer_value(start);
    clip->text_length =
        length ? (size_t)json_integer_value(length) : (clip->text ? strlen(clip->text) : 0);
    if (json_is_number(score))
        clip->score = json_number_value(score);
    if (pause)
        clip->pause_ms = json_integer_value(pause);
    clip->passed = !json_is_false(passed);
    return NULL;
}

/* A clip that cannot be joined is bad input, whatever the library calls it. */
static int fail_clip(const concat_job *job, const ttsslice_error *err) {
    if (err->code == TTSSLICE_ERR_CANCELLED)
        return complain(job, CLI_CANCELLED, job->output, "stopped, nothing was written");
    int status = cli_join_fail(job->command, &job->join, err);
    return status == CLI_USAGE ? CLI_INPUT : status;
}

static int add_clip(const concat_job *job, ttsslice_concat *concat, size_t index) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_clip clip = TTSSLICE_CLIP_INIT;
    int status = -1;
    char *path = clip_path(job, index);
    word_list words = {NULL, NULL, NULL, NULL};
    const char *wrong = path ? describe(job, index, &clip) : "out of memory";
    if (!wrong)
        wrong =
            read_words(json_object_get(json_array_get(job->clips, index), "words"), &clip, &words);
    clip.path = path;
    if (wrong)
        status = complain(job, path ? CLI_INPUT : CLI_INTERNAL, path ? path : "clip", wrong);
    else if (ttsslice_concat_add(concat, &clip, &err) != 0)
        status = fail_clip(job, &err);
    free_words(&words);
    free(path);
    return status;
}

static int join(const concat_job *job, ttsslice_timeline **timeline) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    int status = -1;
    if (ttsslice_concat_open(job->path, &job->join.options, &concat, &err) != 0)
        return cli_fail(job->command, &err);
    for (size_t i = 0; i < json_array_size(job->clips) && status < 0; i++) {
        status = add_clip(job, concat, i);
        json_object_clear(json_array_get(job->clips, i)); /* a long book has many */
    }
    if (status >= 0) {
        ttsslice_concat_abort(concat);
        return status;
    }
    return ttsslice_concat_close(concat, timeline, &err) ? fail_clip(job, &err) : -1;
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

/* Sees that nothing that is read would be overwritten. */
static int spare_inputs(const concat_job *job) {
    int status = -1;
    if (job->list && strcmp(job->list, "-") != 0)
        status = cli_outputs_spare(job->command, &job->outputs, job->list);
    for (size_t i = 0; i < json_array_size(job->clips) && status < 0; i++) {
        char *path = clip_path(job, i);
        status = path ? cli_outputs_spare(job->command, &job->outputs, path)
                      : complain(job, CLI_INTERNAL, "clip", "out of memory");
        free(path);
    }
    return status;
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
    return cli_join_report(job->command, timeline, job->quiet) ? CLI_DONE : CLI_NOT_PASSED;
}

static int run(const cli_command *command, int argc, char **argv) {
    concat_job job = {.command = command, .join = CLI_JOIN_INIT};
    int verbose = 0, positional = 0;
    const cli_option own[] = {
        {"o", CLI_TEXT, &job.output, "OUT",
         "file to write: .wav, .flac, .opus, .ogg, .mp3; - for WAV on standard output", 0, 0},
        {"list", CLI_TEXT, &job.list, "FILE", "clips as JSON; - for standard input", 0, 0},
        {"break", CLI_TEXT, &job.break_name, "NAME",
         "what follows a clip that says nothing of it; default by the mark that ends its text", 0,
         0},
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
    if ((job.list != NULL) == (positional > 0))
        return cli_usage(command, "give the clips as arguments or with --list, one of the two");
    if (job.break_name && !ttsslice_break_from_name(job.break_name))
        return cli_usage(command, "there is no break \"%s\"", job.break_name);
    status = cli_join_read(command, &job.join, job.output, &job.path);
    if (status >= 0)
        return status;
    job.clips = json_array();
    ttsslice_timeline *timeline = NULL;
    status = job.list ? read_list(&job) : take_arguments(&job, argv, positional);
    if (status < 0 && job.path)
        status = name_outputs(&job);
    if (status < 0)
        status = spare_inputs(&job);
    cli_on_interrupt(interrupt, NULL);
    if (job.path)
        job.join.options.on_audio = keep_going;
    if (status < 0)
        status = join(&job, &timeline);
    if (status < 0)
        status = finish(&job, timeline);
    ttsslice_timeline_unref(timeline);
    cli_outputs_free(&job.outputs);
    json_decref(job.clips);
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
        "\"text_start\": ..., \"text_length\": ...}]}; only audio is needed, and its path is "
        "relative\n"
        "to the list. {\"pause_ms\": N} between two clips is the pause there. The quiet that "
        "clips\n"
        "bring along counts as pause; after the last clip there is none. Clips may differ in "
        "rate,\n"
        "channels and format. Beside OUT go its .segments.json and .srt; a summary in JSON goes "
        "to\n"
        "standard output. The exit status is 1 if a bad clip was left out.",
    .run = run,
};
