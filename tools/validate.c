/* SPDX-License-Identifier: MIT */
/* ttsslice validate: is what was said what should have been said? One audio after the other; what
 * was heard is kept before it is judged, because listening may have been paid for. */
#include "engines.h"
#include "verdict_text.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What holds for all audio files. */
typedef struct job {
    const cli_command *command;
    const char *text_path, *transcript_path, *aliases_path, *format;
    int quiet, verbose, no_transcript, full;
    bool several;
    cli_engines engines;
    ttsslice_logger logger;
    ttsslice_validate_options options;
    char *aliases;
    ttsslice_transcriber *transcriber; /* made for the first audio that needs it */

    /* The audio at hand. */
    const char *audio_path;
    char *text_name, *text, *saved; /* saved: the transcript's file; NULL: none */
    size_t text_length;
    ttsslice_audio *audio;
    ttsslice_transcript *transcript;
    ttsslice_verdict *verdict;
    char problem[1024]; /* why it could not be checked */
} job;

static int complain(job *j, const char *what, const char *path, const char *why) {
    snprintf(j->problem, sizeof j->problem, "%s %s: %s", what, path, why);
    cli_message(j->command, "%s", j->problem);
    return CLI_INPUT;
}

static int fail(job *j, const ttsslice_error *err) {
    snprintf(j->problem, sizeof j->problem, "%s", err->message);
    return cli_fail(j->command, err);
}

/* --- the transcript ------------------------------------------------------------------------- */

/* What an interrupt finds; it is changed under the lock. */
static struct {
    pthread_mutex_t lock;
    ttsslice_transcriber *waits; /* for a service: it is asked to stop, and tidies up there */
} current = {PTHREAD_MUTEX_INITIALIZER, NULL};

static void set_waiting(ttsslice_transcriber *transcriber) {
    pthread_mutex_lock(&current.lock);
    current.waits = transcriber;
    pthread_mutex_unlock(&current.lock);
}

static void on_interrupt(void *unused) {
    static const char message[] = "ttsslice validate: cancelled\n";
    (void)unused;
    pthread_mutex_lock(&current.lock);
    if (current.waits) {
        ttsslice_transcriber_cancel(current.waits);
        pthread_mutex_unlock(&current.lock);
        return;
    }
    ssize_t told = write(STDERR_FILENO, message, sizeof message - 1);
    (void)told;
    _exit(CLI_CANCELLED);
}

/* Beside the audio. */
static int save_transcript(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    size_t room = strlen(j->audio_path) + sizeof ".transcript.txt";
    j->saved = malloc(room);
    if (!j->saved)
        return complain(j, "cannot write the transcript of", j->audio_path, "out of memory");
    snprintf(j->saved, room, "%s.transcript.txt", j->audio_path);
    if (ttsslice_transcript_save(j->transcript, j->saved, &err) == 0)
        return CLI_DONE;
    free(j->saved);
    j->saved = NULL;
    return fail(j, &err);
}

static int read_transcript(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    size_t length = 0;
    int status = CLI_DONE;
    char *text = cli_read_text(j->command, j->transcript_path, &length, &status);
    if (!text)
        return status;
    if (ttsslice_transcript_parse(text, length, &j->transcript, &err) != 0)
        status = complain(j, "cannot use", j->transcript_path, err.message);
    free(text);
    return status;
}

static int transcribe(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (!j->transcriber) {
        int status = cli_make_transcriber(j->command, &j->engines, &j->transcriber);
        if (status >= 0)
            return status;
    }
    set_waiting(cli_is_service(j->engines.asr) ? j->transcriber : NULL);
    int32_t code = ttsslice_transcribe(j->transcriber, j->audio, j->text, j->text_length,
                                       j->options.language, &j->transcript, &err);
    set_waiting(NULL);
    return code ? fail(j, &err) : CLI_DONE;
}

/* Not what was given, and not for a pipe, which has no name to go by. */
static int keep_transcript(job *j) {
    const bool kept = !j->transcript_path && !j->no_transcript && strcmp(j->audio_path, "-") != 0;
    return kept ? save_transcript(j) : CLI_DONE;
}

/* --- output --------------------------------------------------------------------------------- */

static void set_text(json_t *object, const char *key, const char *text) {
    json_t *value = text ? json_string(text) : json_null();
    /* A name that is not UTF-8 is still a file. */
    json_object_set_new(object, key, value ? value : json_string("?"));
}

static int print_json(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *text = NULL;
    if (ttsslice_verdict_json(j->verdict, &text, &err) != 0)
        return fail(j, &err);
    json_t *value = json_loads(text, 0, NULL);
    ttsslice_free(text);
    set_text(value, "audio", j->audio_path);
    set_text(value, "text_file", j->text_name);
    set_text(value, "transcript_file", j->transcript_path ? j->transcript_path : j->saved);
    set_text(value, "asr", j->transcript_path ? "none" : ttsslice_transcriber_name(j->transcriber));
    json_object_set_new(value, "duration_s", json_real(ttsslice_audio_duration_s(j->audio)));
    cli_print_json(value, false);
    return CLI_DONE;
}

static int print(job *j) {
    if (strcmp(j->format, "text") != 0)
        return print_json(j);
    if (j->several)
        printf("%s\n", j->audio_path);
    cli_print_verdict(j->verdict, j->text, j->text_length, j->full);
    if (j->several)
        printf("\n");
    return CLI_DONE;
}

/* Where several are checked each has its line, also one that could not be. */
static void print_failure(const job *j) {
    if (!j->several || strcmp(j->format, "json") != 0)
        return;
    json_t *value = json_object();
    set_text(value, "audio", j->audio_path);
    json_object_set_new(value, "passed", json_null());
    set_text(value, "error", j->problem);
    cli_print_json(value, false);
}

/* --- one audio ------------------------------------------------------------------------------ */

/* Against nothing heard, which is cheap: a text without words would pass any audio. */
static int check_text(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *nothing = NULL;
    ttsslice_verdict *verdict = NULL;
    int status = CLI_DONE;
    if (ttsslice_transcript_new("", NULL, NULL, NULL, NULL, 0, &nothing, &err) != 0 ||
        ttsslice_validate(j->text, j->text_length, nothing, NULL, &j->options, &verdict, &err) !=
            0) {
        status = fail(j, &err);
    } else if (ttsslice_verdict_get(verdict)->text_words == 0) {
        status = complain(j, "cannot use",
                          strcmp(j->text_name, "-") == 0 ? "standard input" : j->text_name,
                          "it holds nothing to speak");
    }
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(nothing);
    return status;
}

/* The text of --text, or the file beside the audio that has its name and ends in .txt. */
static int name_text(job *j) {
    const char *slash = strrchr(j->audio_path, '/');
    const char *dot = strrchr(slash ? slash : j->audio_path, '.');
    const size_t stem = dot ? (size_t)(dot - j->audio_path) : strlen(j->audio_path);
    j->text_name = j->text_path ? strdup(j->text_path) : malloc(stem + 5);
    if (!j->text_name) {
        cli_message(j->command, "out of memory");
        return CLI_INTERNAL;
    }
    if (!j->text_path) {
        memcpy(j->text_name, j->audio_path, stem);
        memcpy(j->text_name + stem, ".txt", 5);
    }
    if (j->text_path || access(j->text_name, F_OK) == 0)
        return CLI_DONE;
    snprintf(j->problem, sizeof j->problem, "give --text FILE, or put it into %s", j->text_name);
    cli_message(j->command, "there is no text for %s: %s", j->audio_path, j->problem);
    return CLI_INPUT;
}

static int read_text(job *j) {
    int status = name_text(j);
    if (status != CLI_DONE)
        return status;
    j->text = cli_read_text(j->command, j->text_name, &j->text_length, &status);
    return j->text ? check_text(j) : status;
}

static int read_audio(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    size_t length = 0;
    int status = CLI_DONE;
    if (strcmp(j->audio_path, "-") != 0)
        return ttsslice_audio_load(j->audio_path, &j->audio, &err) ? fail(j, &err) : CLI_DONE;
    char *bytes = cli_read(j->command, j->audio_path, &length, &status);
    if (bytes && ttsslice_audio_decode(bytes, length, &j->audio, &err) != 0)
        status = complain(j, "cannot use", "standard input", err.message);
    free(bytes);
    return status;
}

static int judge(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int status = read_text(j);
    if (status == CLI_DONE)
        status = read_audio(j);
    if (status == CLI_DONE)
        status = j->transcript_path ? read_transcript(j) : transcribe(j);
    if (status != CLI_DONE)
        return status;
    const int kept = keep_transcript(j);
    if (ttsslice_validate(j->text, j->text_length, j->transcript, j->audio, &j->options,
                          &j->verdict, &err) != 0)
        return fail(j, &err);
    status = print(j);
    if (status == CLI_DONE && !ttsslice_verdict_get(j->verdict)->passed)
        status = CLI_NOT_PASSED;
    return kept > status ? kept : status;
}

static void forget(job *j) {
    ttsslice_verdict_unref(j->verdict);
    ttsslice_transcript_unref(j->transcript);
    ttsslice_audio_unref(j->audio);
    free(j->text_name);
    free(j->text);
    free(j->saved);
    j->problem[0] = '\0';
    j->verdict = NULL;
    j->transcript = NULL;
    j->audio = NULL;
    j->text_name = j->text = j->saved = NULL;
}

/* --- all of them ---------------------------------------------------------------------------- */

/* The worst counts; after a cancel, or where the usage is wrong, nothing goes on. */
static int judge_all(job *j, char **paths, int count) {
    int worst = CLI_DONE;
    for (int i = 0; i < count; i++) {
        j->audio_path = paths[i];
        int status = judge(j);
        if (status > CLI_NOT_PASSED && !j->verdict)
            print_failure(j);
        forget(j);
        if (status > worst)
            worst = status;
        if (status == CLI_CANCELLED || status == CLI_USAGE)
            return status;
    }
    return worst;
}

static int read_aliases(job *j) {
    int status = -1;
    size_t length = 0;
    if (!j->aliases_path)
        return -1;
    j->aliases = cli_read_text(j->command, j->aliases_path, &length, &status);
    if (j->aliases && memchr(j->aliases, '\0', length))
        return complain(j, "cannot use", j->aliases_path, "it contains a NUL byte");
    j->options.aliases = j->aliases;
    return j->aliases ? -1 : status;
}

static int read_rule(const cli_command *command, const char *name, int32_t *rule) {
    if (strcmp(name, "defects") == 0)
        *rule = TTSSLICE_RULE_DEFECTS;
    else if (strcmp(name, "score") == 0)
        *rule = TTSSLICE_RULE_SCORE;
    else
        return cli_usage(command, "there is no rule \"%s\"; known: defects, score", name);
    return -1;
}

static int check_usage(const job *j, int count, char **paths) {
    int pipes = (j->text_path && strcmp(j->text_path, "-") == 0) +
                (j->transcript_path && strcmp(j->transcript_path, "-") == 0);
    for (int i = 0; i < count; i++)
        pipes += strcmp(paths[i], "-") == 0;
    if (count < 1)
        return cli_usage(j->command, "give an audio file");
    if (pipes > 1)
        return cli_usage(j->command, "only one of them can be standard input (-)");
    if (count > 1 && j->text_path && strcmp(j->text_path, "-") == 0)
        return cli_usage(j->command, "standard input can be the text of one audio file only");
    if (!j->text_path && strcmp(paths[0], "-") == 0)
        return cli_usage(j->command, "--text FILE is missing");
    if (count > 1 && j->transcript_path)
        return cli_usage(j->command, "--transcript is for one audio file; %d are given", count);
    if (strcmp(j->format, "json") != 0 && strcmp(j->format, "text") != 0)
        return cli_usage(j->command, "there is no format \"%s\"; known: json, text", j->format);
    if (j->transcript_path && cli_typed(&j->engines.asr) && strcmp(j->engines.asr, "none") != 0)
        return cli_usage(j->command, "with --transcript nobody listens; leave --asr out");
    if (!j->transcript_path && j->engines.asr && strcmp(j->engines.asr, "none") == 0)
        return cli_usage(j->command, "--asr none needs --transcript FILE");
    return -1;
}

static int run(const cli_command *command, int argc, char **argv) {
    job j = {.command = command,
             .format = "json",
             .options = (ttsslice_validate_options)TTSSLICE_VALIDATE_OPTIONS_INIT};
    const char *rule = "defects";
    int json = 0, positional = 0;
    const cli_option table[] = {
        {"text", CLI_TEXT, &j.text_path, "FILE",
         "what should be said (UTF-8); - for stdin; default: AUDIO with the ending .txt", 0, 0},
        {"transcript", CLI_TEXT, &j.transcript_path, "FILE",
         "what was heard, as text or a recogniser's JSON; nobody listens then", 0, 0},
        {"no-transcript", CLI_FLAG, &j.no_transcript, NULL,
         "do not write what was heard to AUDIO.transcript.txt", 0, 0},
        {"aliases", CLI_TEXT, &j.aliases_path, "FILE",
         "lines of \"NYC = New York\": what may be said for each other", 0, 0},
        CLI_ASR_OPTIONS(j.engines),
        CLI_TRUST_OPTIONS(j.engines),
        {"whisper-threshold", CLI_NUMBER, &j.options.whisper_threshold, "N",
         "lowest score that passes; default 85", 0, 100},
        {"rule", CLI_TEXT, &rule, "RULE", "defects (default), or score: the threshold alone", 0, 0},
        {"language", CLI_TEXT, &j.options.language, "LANG",
         "ISO 639-1 code, also in a tag as en-GB (en)", 0, 0},
        {"format", CLI_TEXT, &j.format, "FORMAT", "json (default) or text, for people", 0, 0},
        {"full", CLI_FLAG, &j.full, NULL,
         "with --format text: all faults in the whole text, also of a long one", 0, 0},
        {"json", CLI_FLAG, &json, NULL, "the same as --format json", 0, 0},
        {"quiet", CLI_FLAG, &j.quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &j.verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (json)
        j.format = "json";
    j.several = positional > 1;
    j.logger = cli_logger(j.quiet, j.verbose);
    j.engines.logger = &j.logger;
    status = check_usage(&j, positional, argv);
    if (status < 0)
        status = read_rule(command, rule, &j.options.rule);
    if (status >= 0)
        return status;

    cli_on_interrupt(on_interrupt, NULL);
    status = read_aliases(&j);
    if (status < 0)
        status = judge_all(&j, argv, positional);
    ttsslice_transcriber_unref(j.transcriber);
    free(j.aliases);
    return cli_finish(command, status);
}

const cli_command command_validate = {
    .name = "validate",
    .arguments = "[OPTIONS] AUDIO... [--text FILE]",
    .summary = "check audio against its text; what was heard goes to AUDIO.transcript.txt",
    .details =
        "AUDIO is any file that libsndfile reads, or - for standard input, which leaves no\n"
        "transcript. Several are checked one after the other, against the one text or each "
        "against\n"
        "its own. The verdict is JSON, one line for each AUDIO, with the score, whether it "
        "passed,\n"
        "the counts, the defects with their places in the text (bytes) and in the audio "
        "(seconds),\n"
        "and the words. Sphinx listens for the words of the text: in place of other words it "
        "hears\n"
        "the likest of these. openai is any server with /v1/audio/transcriptions and takes its "
        "key\n"
        "from OPENAI_API_KEY, if it needs one (none: an empty TTSSLICE_ASR_API_KEY); assemblyai\n"
        "takes it from ASSEMBLYAI_API_KEY and deletes there what it made. Exit status: 0 all\n"
        "passed, 1 one did not pass; of several the worst.",
    .run = run,
};
