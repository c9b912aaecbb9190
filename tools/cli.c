/* SPDX-License-Identifier: MIT */
/* What the subcommands share; see cli.h. */
#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define READ_MAX ((size_t)256 * 1024 * 1024)

/* What comes from outside must not break the line, nor reach the terminal as a command. */
static void print_line(const char *head, const char *name, const char *text, const char *tail) {
    fprintf(stderr, "ttsslice%s%s: ", head, name);
    for (const char *p = text; *p; p++)
        fputc((unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p, stderr);
    fprintf(stderr, "%s\n", tail);
}

void cli_message(const cli_command *command, const char *format, ...) {
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    print_line(command ? " " : "", command ? command->name : "", text, "");
}

int cli_usage(const cli_command *command, const char *format, ...) {
    char text[2048], tail[64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    snprintf(tail, sizeof tail, "; see ttsslice %s --help", command->name);
    print_line(" ", command->name, text, tail);
    return CLI_USAGE;
}

int cli_status_of(int32_t code) {
    if (code == 0)
        return CLI_DONE;
    if (code == TTSSLICE_ERR_INVALID || code == TTSSLICE_ERR_OPTION)
        return CLI_USAGE;
    if (code == TTSSLICE_ERR_CANCELLED || code == TTSSLICE_ERR_LIMIT)
        return CLI_CANCELLED;
    if (code == TTSSLICE_ERR_EXHAUSTED)
        return CLI_NOT_PASSED;
    if (code == TTSSLICE_ERR_NOMEM || code == TTSSLICE_ERR_SYSTEM)
        return CLI_INTERNAL;
    switch (-code / 100) {
    case 1:
    case 2:
    case 5:
    case 6:
        return CLI_INPUT;
    case 3:
    case 4:
        return CLI_REMOTE;
    default:
        return CLI_INTERNAL;
    }
}

int cli_fail(const cli_command *command, const ttsslice_error *err) {
    cli_message(command, "%s", err->message[0] ? err->message : ttsslice_code_name(err->code));
    return cli_status_of(err->code);
}

/* --- options ------------------------------------------------------------------------------- */

static const cli_option *find_option(const cli_option *options, size_t count, const char *name,
                                     size_t length) {
    for (size_t i = 0; i < count; i++)
        if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

static void print_help(const cli_command *command, const cli_option *options, size_t count) {
    printf("usage: ttsslice %s %s\n\n%s\n\noptions:\n", command->name, command->arguments,
           command->summary);
    for (size_t i = 0; i < count; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s%s", options[i].name[1] ? "--" : "-", options[i].name,
                 options[i].argument ? " " : "", options[i].argument ? options[i].argument : "");
        printf("  %-28s %s\n", left, options[i].help);
    }
    printf("  %-28s %s\n", "--config FILE", "JSON object with options, names with underscores");
    printf("  %-28s %s\n", "--help", "this text");
    if (command->details)
        printf("\n%s\n", command->details);
    printf("\nAn option can also be set in the environment, as TTSSLICE_ and its name in capitals"
           "\nwith underscores, or in the --config file. Exit status: 0 done, 1 something failed"
           "\nvalidation, 2 usage, 3 input, 4 remote, 5 cancelled or stopped at a limit, 6 "
           "internal.\n");
}

/* The program runs in the "C" locale, so strtod reads a point. */
static bool set_value(const cli_option *option, const char *text) {
    char *end = NULL;
    errno = 0;
    if (option->kind == CLI_INT) {
        long long value = strtoll(text, &end, 10);
        if (errno || end == text || *end || (double)value < option->low ||
            (double)value > option->high)
            return false;
        *(int64_t *)option->value = value;
    } else if (option->kind == CLI_NUMBER) {
        double value = strtod(text, &end);
        if (errno || end == text || *end || !(value >= option->low && value <= option->high))
            return false;
        *(double *)option->value = value;
    } else if (option->kind == CLI_TEXT) {
        *(const char **)option->value = text;
    } else if (option->kind == CLI_LIST) {
        cli_list *list = option->value;
        if (list->count == sizeof list->items / sizeof list->items[0])
            return false;
        list->items[list->count++] = text;
    } else {
        if (strcmp(text, "1") != 0 && strcmp(text, "0") != 0 && strcmp(text, "true") != 0 &&
            strcmp(text, "false") != 0)
            return false;
        *(int *)option->value = text[0] == '1' || text[0] == 't';
    }
    return true;
}

static int bad_value(const cli_command *command, const cli_option *option, const char *source,
                     const char *text) {
    if (option->kind == CLI_INT)
        return cli_usage(command, "%s must be a whole number from %.0f to %.0f, not \"%s\"", source,
                         option->low, option->high, text);
    if (option->kind == CLI_NUMBER)
        return cli_usage(command, "%s must be a number from %g to %g, not \"%s\"", source,
                         option->low, option->high, text);
    if (option->kind == CLI_FLAG)
        return cli_usage(command, "%s must be 1, 0, true or false, not \"%s\"", source, text);
    return cli_usage(command, "%s cannot be \"%s\"", source, text);
}

static int read_environment(const cli_command *command, const cli_option *options, size_t count,
                            bool *given) {
    for (size_t i = 0; i < count; i++) {
        char name[64];
        if (given[i] || !options[i].name[1])
            continue;
        int length = snprintf(name, sizeof name, "TTSSLICE_%s", options[i].name);
        for (int j = 0; j < length; j++)
            name[j] = name[j] == '-' ? '_' : (char)toupper((unsigned char)name[j]);
        const char *text = getenv(name);
        if (!text || !text[0])
            continue;
        if (!set_value(&options[i], text))
            return bad_value(command, &options[i], name, text);
        given[i] = true;
    }
    return -1;
}

/* What --config names serves all subcommands. Whether another one has an option of that name only
 * its own table tells, so its run() is called for as long as it takes to hand that to
 * cli_parse(). */
static const char *wanted;
static bool is_known;

/* Values that the command line has set. */
static const void *typed[256];
static size_t typed_count;

static void note_typed(const cli_option *option) {
    if (typed_count < sizeof typed / sizeof typed[0])
        typed[typed_count++] = option->value;
}

bool cli_typed(const void *value) {
    for (size_t i = 0; i < typed_count; i++)
        if (typed[i] == value)
            return true;
    return false;
}

static bool any_command_has(const char *name) {
    static char program[] = "ttsslice";
    char *argv[] = {program, NULL};
    wanted = name;
    is_known = false;
    for (size_t i = 0; cli_commands[i] && !is_known; i++)
        cli_commands[i]->run(cli_commands[i], 1, argv);
    wanted = NULL;
    return is_known;
}

/* One value of the file. Only texts are kept by pointer, into the document. */
static int set_from_config(const cli_command *command, const cli_option *option, const char *key,
                           const json_t *value) {
    const char *text = json_string_value(value);
    size_t i;
    json_t *item;
    if (option->kind == CLI_LIST && json_is_array(value)) {
        json_array_foreach(value, i, item) {
            text = json_string_value(item);
            if (!text || !set_value(option, text))
                return cli_usage(command, "%s must be a list of at most 64 texts", key);
        }
        return -1;
    }
    char *made = text ? NULL : json_dumps(value, JSON_ENCODE_ANY);
    bool kept = option->kind == CLI_TEXT || option->kind == CLI_LIST;
    int status = -1;
    if ((!text && kept) || !set_value(option, text ? text : made ? made : ""))
        status = bad_value(command, option, key, text ? text : made ? made : "");
    free(made);
    return status;
}

/* The document stays loaded: texts point into it. */
static int read_config(const cli_command *command, const cli_option *options, size_t count,
                       const bool *given, const char *path) {
    int status = 0;
    size_t length = 0;
    char *bytes = cli_read(command, path, &length, &status);
    if (!bytes)
        return status;
    json_error_t error;
    static json_t *document;
    document = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    free(bytes);
    if (!json_is_object(document))
        return cli_usage(command, "%s is not a JSON object: %s", path,
                         document ? "it is of another type" : error.text);
    const char *key;
    json_t *value;
    json_object_foreach(document, key, value) {
        char name[64];
        snprintf(name, sizeof name, "%s", key);
        for (char *p = name; *p; p++)
            if (*p == '_')
                *p = '-';
        const cli_option *option = find_option(options, count, name, strlen(name));
        if (!option && !any_command_has(name))
            return cli_usage(command, "%s: no command has an option \"%s\"", path, key);
        status =
            option && !given[option - options] ? set_from_config(command, option, key, value) : -1;
        if (status >= 0)
            return status;
    }
    return -1;
}

static const char *config_path;

const char *cli_config_path(void) {
    return config_path;
}

/* given: one for each option, all false. */
static int parse(const cli_command *command, const cli_option *options, size_t option_count,
                 bool *given, int argc, char **argv, int *positional) {
    const char *config = getenv("TTSSLICE_CONFIG");
    bool only_positional = false;
    *positional = 0;
    if (wanted) {
        is_known |= find_option(options, option_count, wanted, strlen(wanted)) != NULL;
        return CLI_DONE;
    }
    for (int i = 1; i < argc; i++) {
        char *arg = argv[i];
        if (only_positional || arg[0] != '-' || !arg[1]) {
            argv[(*positional)++] = arg;
            continue;
        }
        if (strcmp(arg, "--") == 0) {
            only_positional = true;
            continue;
        }
        bool is_long = arg[1] == '-';
        const char *name = arg + (is_long ? 2 : 1);
        const char *equals = is_long ? strchr(name, '=') : NULL;
        size_t length = equals ? (size_t)(equals - name) : strlen(name);
        if (strcmp(name, "help") == 0 || strcmp(arg, "-h") == 0) {
            print_help(command, options, option_count);
            return cli_finish(command, CLI_DONE);
        }
        const cli_option *option = find_option(options, option_count, name, length);
        bool is_config = is_long && length == 6 && memcmp(name, "config", 6) == 0;
        if (!is_config && (!option || is_long != (option->name[1] != '\0')))
            return cli_usage(command, "there is no option %.*s", equals ? (int)(equals - arg) : 99,
                             arg);
        if (!is_config && option->kind == CLI_FLAG) {
            if (equals)
                return cli_usage(command, "--%s takes no value", option->name);
            *(int *)option->value = 1;
            given[option - options] = true;
            note_typed(option);
            continue;
        }
        if (!equals && i + 1 == argc)
            return cli_usage(command, "%s needs a value", arg);
        const char *text = equals ? equals + 1 : argv[++i];
        if (is_config) {
            config = text;
            continue;
        }
        if (!set_value(option, text))
            return bad_value(command, option, arg, text);
        given[option - options] = true;
        note_typed(option);
    }
    int status = read_environment(command, options, option_count, given);
    config_path = config;
    if (status < 0 && config)
        status = read_config(command, options, option_count, given, config);
    return status;
}

int cli_parse(const cli_command *command, const cli_option *options, size_t option_count, int argc,
              char **argv, int *positional) {
    bool *given = calloc(option_count + 1, sizeof *given);
    int status = CLI_INTERNAL;
    if (given)
        status = parse(command, options, option_count, given, argc, argv, positional);
    else
        cli_message(command, "out of memory");
    free(given);
    return status;
}

/* --- files ---------------------------------------------------------------------------------- */

const char *cli_path(const char *path) {
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

char *cli_read(const cli_command *command, const char *path, size_t *length, int *status) {
    bool standard = strcmp(path, "-") == 0;
    errno = 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    char *bytes = NULL;
    size_t size = 0, capacity = 0;
    const char *reason = NULL;
    while (file && !reason) {
        if (size + 1 >= capacity) {
            capacity = capacity ? capacity * 2 : 65536;
            char *grown = capacity > READ_MAX ? NULL : realloc(bytes, capacity);
            if (!grown) {
                reason = capacity > READ_MAX ? "it is larger than 256 MiB" : "out of memory";
                break;
            }
            bytes = grown;
        }
        size_t got = fread(bytes + size, 1, capacity - size - 1, file);
        size += got;
        if (got == 0)
            break;
    }
    if (!reason && (!file || ferror(file)))
        reason = standard && errno == EBADF ? "it is closed" : strerror(errno);
    if (file && !standard)
        fclose(file);
    if (reason) {
        cli_message(command, "cannot read %s: %s", standard ? "standard input" : path, reason);
        free(bytes);
        *status = CLI_INPUT;
        return NULL;
    }
    bytes[size] = '\0';
    *length = size;
    return bytes;
}

/* The encoding that a text is in if it is none of single bytes: by its byte order mark, or by where
 * NUL stands in the first characters, some of which are ASCII in most. NULL: neither. */
static const char *wide_encoding(const char *bytes, size_t length) {
    static const struct {
        const char *mark;
        size_t size;
        const char *name;
    } marks[] = {{"\xFF\xFE\0\0", 4, "UTF-32"},
                 {"\0\0\xFE\xFF", 4, "UTF-32"},
                 {"\xFF\xFE", 2, "UTF-16"},
                 {"\xFE\xFF", 2, "UTF-16"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (length >= marks[i].size && memcmp(bytes, marks[i].mark, marks[i].size) == 0)
            return marks[i].name;
    size_t quads = length < 64 ? length / 4 : 16, nul[4] = {0};
    for (size_t i = 0; i < quads * 4; i++)
        nul[i % 4] += bytes[i] == '\0';
    if (quads == 0)
        return NULL;
    if (nul[2] == quads && nul[3] == quads)
        return "UTF-32LE";
    if (nul[0] == quads && nul[1] == quads)
        return "UTF-32BE";
    if (nul[0] + nul[2] == 0 && nul[1] + nul[3] > 1)
        return "UTF-16LE";
    return nul[1] + nul[3] == 0 && nul[0] + nul[2] > 1 ? "UTF-16BE" : NULL;
}

char *cli_read_text(const cli_command *command, const char *path, size_t *length, int *status) {
    char *text = cli_read(command, path, length, status);
    const char *encoding = text ? wide_encoding(text, *length) : NULL;
    if (!encoding)
        return text;
    bool standard = strcmp(path, "-") == 0;
    cli_message(command, "%s looks like %s, not UTF-8; convert it: iconv -f %s -t UTF-8%s%s",
                standard ? "standard input" : path, encoding, encoding, standard ? "" : " ",
                standard ? "" : path);
    free(text);
    *status = CLI_INPUT;
    return NULL;
}

/* What is no language tag at all is an error, which the library reports. */
void cli_note_language(const cli_command *command, const char *language, int quiet) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_chunks *chunks = NULL;
    options.language = language;
    if (quiet || !language || ttsslice_language_supported(language) ||
        ttsslice_sentences("a", 1, &options, &chunks, NULL) != 0)
        return;
    ttsslice_chunks_unref(chunks);
    cli_message(command,
                "note: there is no data for the language \"%s\"; the text is split by the rules "
                "that hold for all languages",
                language);
}

/* A text of one letter finds what is wrong with the list, and nothing else. */
char *cli_read_abbreviations(const cli_command *command, const char *path, int *status) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_chunks *chunks = NULL;
    size_t length = 0;
    if (strcmp(path, "-") == 0) {
        *status = cli_usage(command, "--abbreviations takes a file, not standard input");
        return NULL;
    }
    char *list = cli_read_text(command, path, &length, status);
    if (!list)
        return NULL;
    options.abbreviations = list;
    if (strlen(list) != length) {
        size_t line = 1;
        for (const char *p = list; *p; p++)
            line += *p == '\n';
        cli_message(command, "%s, line %zu: NUL is not allowed in text", path, line);
        *status = CLI_INPUT;
    } else if (ttsslice_sentences("a", 1, &options, &chunks, &err) != 0) {
        cli_message(command, "%s: %s", path, err.message);
        *status = cli_status_of(err.code);
        *status = *status == CLI_USAGE ? CLI_INPUT : *status;
    } else {
        ttsslice_chunks_unref(chunks);
        return list;
    }
    free(list);
    return NULL;
}

/* errno may be that of a later call. */
static bool reader_has_gone(void) {
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return errno == EPIPE || (poll(&out, 1, 0) == 1 && (out.revents & POLLERR));
}

int cli_finish(const cli_command *command, int status) {
    if ((fflush(stdout) == 0 && !ferror(stdout)) || reader_has_gone())
        return status;
    cli_message(command, "cannot write to standard output: %s", strerror(errno));
    return CLI_INPUT;
}

void cli_print_json(json_t *value, bool pretty) {
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15) |
                                       (pretty ? JSON_INDENT(2) : JSON_COMPACT));
    if (text)
        puts(text);
    free(text);
    json_decref(value);
}

void cli_print_json_text(char *text, bool pretty) {
    json_t *value = pretty ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
    if (value)
        cli_print_json(value, true);
    else
        puts(text);
    ttsslice_free(text);
}

/* --- lists ---------------------------------------------------------------------------------- */

bool cli_read_backoff(const char *text, double waits[CLI_BACKOFF_MAX], size_t *count) {
    *count = 0;
    while (*text) {
        char *end = NULL;
        if (*count == CLI_BACKOFF_MAX)
            return false;
        waits[(*count)++] = strtod(text, &end);
        if (end == text || (*end && *end != ',') || (*end == ',' && !end[1]))
            return false;
        text = *end ? end + 1 : end;
    }
    return true;
}

/* --- interrupts ----------------------------------------------------------------------------- */

static struct {
    void (*fn)(void *argument);
    void *argument;
    int pipe[2];
} on_interrupt = {.pipe = {-1, -1}};

int cli_interrupt_fd(void) {
    return on_interrupt.pipe[0];
}

/* Without SIGHUP under nohup, which has it ignored. */
static void signal_set(sigset_t *set) {
    struct sigaction hangup;
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        sigaddset(set, SIGHUP);
}

/* Returns when the next signal came, in seconds. */
static double wait_for_signal(void) {
    sigset_t set;
    int number;
    struct timespec now;
    signal_set(&set);
    while (sigwait(&set, &number) != 0)
        ;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A terminal and timeout(1) signal the program and its whole group: two within a second are one. */
static void *interrupt_thread(void *unused) {
    (void)unused;
    double first = wait_for_signal();
    if (on_interrupt.pipe[1] >= 0)
        close(on_interrupt.pipe[1]);
    on_interrupt.fn(on_interrupt.argument);
    while (wait_for_signal() < first + 1.0)
        ;
    _exit(CLI_CANCELLED);
}

void cli_on_interrupt(void (*fn)(void *argument), void *argument) {
    pthread_t thread;
    sigset_t set;
    on_interrupt.fn = fn;
    on_interrupt.argument = argument;
    if (pipe(on_interrupt.pipe) != 0)
        on_interrupt.pipe[0] = on_interrupt.pipe[1] = -1;
    signal_set(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (pthread_create(&thread, NULL, interrupt_thread, NULL) == 0)
        pthread_detach(thread);
}

/* --- log ----------------------------------------------------------------------------------- */

static void log_line(int32_t level, const char *module, const char *line, void *user_data) {
    (void)user_data;
    fprintf(stderr, "%s%s: %s\n", level >= TTSSLICE_LOG_WARNING ? "warning: " : "", module, line);
}

ttsslice_logger cli_logger(int quiet, int verbose) {
    ttsslice_logger logger = TTSSLICE_LOGGER_INIT;
    logger.fn = quiet ? NULL : log_line;
    logger.level = verbose ? TTSSLICE_LOG_DEBUG : TTSSLICE_LOG_WARNING;
    return logger;
}
