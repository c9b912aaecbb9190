/* SPDX-License-Identifier: MIT */
/* ttsslice validate: is what was said what should have been said? */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct job {
    const cli_command *command;
    const char *audio_path, *text_path, *transcript_path, *aliases_path, *asr, *format;
    int quiet, no_transcript;
    char *text, *aliases;
    size_t text_length;
    ttsslice_audio *audio;
    ttsslice_transcript *transcript;
    ttsslice_verdict *verdict;
} job;

static int complain(const job *j, const char *what, const char *path, const char *why) {
    cli_message(j->command, "%s %s: %s", what, path, why);
    return CLI_INPUT;
}

/* --- the transcript ------------------------------------------------------------------------- */

/* The file that an interrupt has to take away; it is made, renamed and removed under the lock. */
static pthread_mutex_t temporary_lock = PTHREAD_MUTEX_INITIALIZER;
static const char *temporary_name;

static int make_temporary(char *name) {
    pthread_mutex_lock(&temporary_lock);
    int fd = mkstemp(name);
    temporary_name = fd < 0 ? NULL : name;
    pthread_mutex_unlock(&temporary_lock);
    return fd;
}

/* Gives the temporary file its name, or removes it; returns 0 or the errno that stands. */
static int end_temporary(const char *path, int reason) {
    pthread_mutex_lock(&temporary_lock);
    if (!reason && rename(temporary_name, path) != 0)
        reason = errno;
    if (reason)
        unlink(temporary_name);
    temporary_name = NULL;
    pthread_mutex_unlock(&temporary_lock);
    return reason;
}

static void on_interrupt(void *unused) {
    static const char message[] = "ttsslice validate: cancelled\n";
    (void)unused;
    pthread_mutex_lock(&temporary_lock);
    if (temporary_name)
        unlink(temporary_name);
    ssize_t told = write(STDERR_FILENO, message, sizeof message - 1);
    (void)told;
    _exit(CLI_CANCELLED);
}

static int write_line(int fd, const char *text) {
    mode_t mask = umask(0);
    umask(mask);
    FILE *file = fdopen(fd, "wb");
    if (!file) {
        int reason = errno;
        close(fd);
        return reason;
    }
    bool good = fprintf(file, "%s\n", text) >= 0 && fflush(file) == 0 && fsync(fd) == 0 &&
                fchmod(fd, 0666 & ~mask) == 0;
    int reason = good ? 0 : errno ? errno : EIO;
    if (fclose(file) != 0 && good)
        reason = errno;
    return reason;
}

/* Writes beside the audio under a temporary name, then renames. */
static int save_transcript(const job *j) {
    size_t room = strlen(j->audio_path) + 64;
    char *path = malloc(room), *temporary = malloc(room);
    int reason = ENOMEM;
    if (path && temporary) {
        snprintf(path, room, "%s.transcript.txt", j->audio_path);
        snprintf(temporary, room, "%s.XXXXXX", path);
        int fd = make_temporary(temporary);
        reason = errno;
        if (fd >= 0)
            reason = end_temporary(path, write_line(fd, ttsslice_transcript_text(j->transcript)));
    }
    int status = CLI_DONE;
    if (reason)
        status = complain(j, "cannot write", path ? path : j->audio_path, strerror(reason));
    free(path);
    free(temporary);
    return status;
}

static int read_transcript(job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    size_t length = 0;
    int status = CLI_DONE;
    char *text = cli_read(j->command, j->transcript_path, &length, &status);
    if (!text)
        return status;
    if (memchr(text, '\0', length))
        status = complain(j, "cannot use", j->transcript_path, "it contains a NUL byte");
    else if (ttsslice_transcript_new(text, NULL, NULL, NULL, NULL, 0, &j->transcript, &err) != 0)
        status = complain(j, "cannot use", j->transcript_path, err.message);
    free(text);
    return status;
}

static int transcribe(job *j, const char *language) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcriber *transcriber = NULL;
    int status = cli_make_transcriber(j->command, j->asr, &transcriber);
    if (status >= 0)
        return status;
    if (!transcriber)
        return cli_usage(j->command, "--asr none needs --transcript FILE");
    status = CLI_DONE;
    if (ttsslice_transcribe(transcriber, j->audio, j->text, j->text_length, language,
                            &j->transcript, &err) != 0)
        status = cli_fail(j->command, &err);
    ttsslice_transcriber_unref(transcriber);
    return status;
}

/* --- the report ----------------------------------------------------------------------------- */

#define WIDTH 78 /* columns of the marked text */

static void print_time(double seconds) {
    double tenths = floor(seconds * 10.0 + 0.5);
    printf("%02d:%04.1f", (int)(tenths / 600.0), fmod(tenths, 600.0) / 10.0);
}

/* Where to put the cursor to hear it, with some of what is around. */
static void print_span(const ttsslice_defect *d) {
    if (isnan(d->audio_start_s)) {
        printf("   -   ");
        return;
    }
    print_time(d->audio_start_s);
    if (!isnan(d->audio_end_s)) {
        putchar('-');
        print_time(d->audio_end_s);
    }
}

static void print_defect(const ttsslice_defect *d, size_t number) {
    printf("  %c%zu  ", d->over_limit ? '!' : ' ', number);
    print_span(d);
    printf("  %s: %s\n", ttsslice_defect_name(d->kind), d->message);
}

/* The text, a line at a time, with the faults in it: [1 words of the text] for what was not said
 * as written, [2] where something was said that is not in it. */
typedef struct page {
    size_t column;
    bool space; /* before the next word */
    char word[512];
    size_t length;
} page;

static size_t columns_of(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static void end_word(page *p) {
    size_t columns = columns_of(p->word, p->length);
    if (p->length == 0)
        return;
    if (p->space && p->column + 1 + columns > WIDTH) {
        printf("\n  ");
        p->column = 2;
    } else if (p->space) {
        putchar(' ');
        p->column++;
    }
    fwrite(p->word, 1, p->length, stdout);
    p->column += columns;
    p->length = 0;
    p->space = false;
}

static void put_byte(page *p, char c) {
    if ((unsigned char)c <= ' ' || c == 0x7F) {
        end_word(p);
        p->space = p->column > 2;
        return;
    }
    if (p->length == sizeof p->word)
        end_word(p);
    p->word[p->length++] = c;
}

static void put_text(page *p, const char *text) {
    for (; *text; text++)
        put_byte(p, *text);
}

static void open_mark(page *p, const ttsslice_defect *d, size_t number) {
    char mark[32];
    snprintf(mark, sizeof mark, d->text_length ? "[%zu " : "[%zu] ", number);
    put_text(p, mark);
}

static bool in_text(const job *j, const ttsslice_defect *d) {
    return d->kind <= TTSSLICE_DEFECT_TRUNCATED && d->text_start <= j->text_length &&
           d->text_length <= j->text_length - d->text_start;
}

static void print_marked_text(const job *j) {
    size_t count = ttsslice_verdict_defect_count(j->verdict), next = 0, close = SIZE_MAX;
    page p = {.column = 2};
    printf("\n  ");
    for (size_t i = 0; i <= j->text_length; i++) {
        if (i == close) {
            put_text(&p, "]");
            close = SIZE_MAX;
        }
        for (; next < count; next++) {
            const ttsslice_defect *d = ttsslice_verdict_defect(j->verdict, next);
            if (in_text(j, d) && (d->text_start > i || (close != SIZE_MAX && d->text_length)))
                break;
            if (!in_text(j, d))
                continue;
            open_mark(&p, d, next + 1);
            if (d->text_length)
                close = d->text_start + d->text_length;
        }
        if (i < j->text_length)
            put_byte(&p, j->text[i]);
    }
    end_word(&p);
    printf("\n\n");
}

static void print_text(const job *j) {
    const ttsslice_verdict_info *info = ttsslice_verdict_get(j->verdict);
    size_t count = ttsslice_verdict_defect_count(j->verdict), over = 0;
    for (size_t i = 0; i < count; i++)
        over += ttsslice_verdict_defect(j->verdict, i)->over_limit == 1;
    printf("%s  score %.1f of at least %.1f, %lld of %lld words agree, %zu %s, %zu of them "
           "over the limit\n",
           info->passed ? "passed" : "FAILED", info->score, info->threshold, (long long)info->hits,
           (long long)info->text_words, count, count == 1 ? "fault" : "faults", over);
    if (count)
        print_marked_text(j);
    for (size_t i = 0; i < count; i++)
        print_defect(ttsslice_verdict_defect(j->verdict, i), i + 1);
}

static int print_json(const job *j) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *text = NULL;
    if (ttsslice_verdict_json(j->verdict, &text, &err) != 0)
        return cli_fail(j->command, &err);
    json_t *value = json_loads(text, 0, NULL);
    ttsslice_free(text);
    json_object_set_new(value, "audio", json_string(j->audio_path));
    json_object_set_new(value, "text_file", json_string(j->text_path));
    json_object_set_new(value, "duration_s", json_real(ttsslice_audio_duration_s(j->audio)));
    cli_print_json(value, false);
    return CLI_DONE;
}

/* --- the job -------------------------------------------------------------------------------- */

/* Against nothing heard, which is cheap: a text without words would pass any audio. */
static int check_text(const job *j, const ttsslice_validate_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *nothing = NULL;
    ttsslice_verdict *verdict = NULL;
    int status = CLI_DONE;
    if (ttsslice_transcript_new("", NULL, NULL, NULL, NULL, 0, &nothing, &err) != 0 ||
        ttsslice_validate(j->text, j->text_length, nothing, NULL, options, &verdict, &err) != 0) {
        status = cli_fail(j->command, &err);
    } else if (ttsslice_verdict_get(verdict)->text_words == 0) {
        cli_message(j->command, "%s holds nothing to speak",
                    strcmp(j->text_path, "-") == 0 ? "standard input" : j->text_path);
        status = CLI_INPUT;
    }
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(nothing);
    return status;
}

static int read_files(job *j, ttsslice_validate_options *options) {
    int status = CLI_DONE;
    size_t length = 0;
    j->text = cli_read_text(j->command, j->text_path, &j->text_length, &status);
    if (!j->text || !j->aliases_path)
        return status;
    j->aliases = cli_read_text(j->command, j->aliases_path, &length, &status);
    if (j->aliases && memchr(j->aliases, '\0', length))
        return complain(j, "cannot use", j->aliases_path, "it contains a NUL byte");
    options->aliases = j->aliases;
    return status;
}

static int work(job *j, ttsslice_validate_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int status = read_files(j, options);
    if (status != CLI_DONE)
        return status;
    status = check_text(j, options);
    if (status != CLI_DONE)
        return status;
    if (ttsslice_audio_load(j->audio_path, &j->audio, &err) != 0)
        return cli_fail(j->command, &err);
    status = j->transcript_path ? read_transcript(j) : transcribe(j, options->language);
    if (status != CLI_DONE)
        return status;
    if (ttsslice_validate(j->text, j->text_length, j->transcript, j->audio, options, &j->verdict,
                          &err) != 0)
        return cli_fail(j->command, &err);
    if (strcmp(j->format, "text") == 0)
        print_text(j);
    else
        status = print_json(j);
    if (status == CLI_DONE && !j->transcript_path && !j->no_transcript) {
        fflush(stdout); /* before a complaint */
        status = save_transcript(j);
    }
    if (status != CLI_DONE)
        return status;
    return ttsslice_verdict_get(j->verdict)->passed ? CLI_DONE : CLI_NOT_PASSED;
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

static int run(const cli_command *command, int argc, char **argv) {
    ttsslice_validate_options options = TTSSLICE_VALIDATE_OPTIONS_INIT;
    job j = {.command = command, .asr = "sphinx", .format = "json"};
    const char *rule = "defects";
    int json = 0, verbose = 0, positional = 0;
    const cli_option table[] = {
        {"text", CLI_TEXT, &j.text_path, "FILE", "what should be said (UTF-8); - for stdin", 0, 0},
        {"transcript", CLI_TEXT, &j.transcript_path, "FILE",
         "what was heard; nothing is recognised then", 0, 0},
        {"no-transcript", CLI_FLAG, &j.no_transcript, NULL,
         "do not write what was heard to AUDIO.transcript.txt", 0, 0},
        {"aliases", CLI_TEXT, &j.aliases_path, "FILE",
         "lines of \"NYC = New York\": what may be said for each other", 0, 0},
        {"asr", CLI_TEXT, &j.asr, "NAME", "recogniser: sphinx (default) or none", 0, 0},
        {"whisper-threshold", CLI_NUMBER, &options.whisper_threshold, "N",
         "lowest score that passes; default 85", 0, 100},
        {"rule", CLI_TEXT, &rule, "RULE", "defects (default), or score: the threshold alone", 0, 0},
        {"language", CLI_TEXT, &options.language, "LANG", "ISO 639-1 code (en)", 0, 0},
        {"format", CLI_TEXT, &j.format, "FORMAT", "json (default) or text, for people", 0, 0},
        {"json", CLI_FLAG, &json, NULL, "the same as --format json", 0, 0},
        {"quiet", CLI_FLAG, &j.quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one audio file");
    if (!j.text_path)
        return cli_usage(command, "--text FILE is missing");
    if (json)
        j.format = "json";
    if (strcmp(j.format, "json") != 0 && strcmp(j.format, "text") != 0)
        return cli_usage(command, "there is no format \"%s\"; known: json, text", j.format);
    status = read_rule(command, rule, &options.rule);
    if (status >= 0)
        return status;
    if (!j.transcript_path && strcmp(j.asr, "none") == 0)
        return cli_usage(command, "--asr none needs --transcript FILE");
    j.audio_path = argv[0];

    cli_on_interrupt(on_interrupt, NULL);
    status = work(&j, &options);
    ttsslice_verdict_unref(j.verdict);
    ttsslice_transcript_unref(j.transcript);
    ttsslice_audio_unref(j.audio);
    free(j.text);
    free(j.aliases);
    return cli_finish(command, status);
}

const cli_command command_validate = {
    .name = "validate",
    .arguments = "[OPTIONS] AUDIO --text FILE",
    .summary = "check audio against its text; what was heard goes to AUDIO.transcript.txt",
    .details =
        "AUDIO is any file that libsndfile reads. The verdict is JSON with the score, whether\n"
        "it passed, the counts, the defects with their places in the text (bytes) and in the\n"
        "audio (seconds), and the words. With --transcript no recogniser is needed and no\n"
        "transcript is written. Sphinx listens for the words of the text: in place of other\n"
        "words it hears the likest of these. Exit status 1: it did not pass.",
    .run = run,
};
