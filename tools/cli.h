/* SPDX-License-Identifier: MIT */
/* What the subcommands share: options from tables, exit status, files, interrupts. */
#ifndef TTSSLICE_TOOLS_CLI_H
#define TTSSLICE_TOOLS_CLI_H

#include <ttsslice/ttsslice.h>

#include <jansson.h>
#include <stdbool.h>

enum cli_status {
    CLI_DONE = 0,
    CLI_NOT_PASSED = 1, /* done, but something failed validation; it was listed */
    CLI_USAGE = 2,
    CLI_INPUT = 3,
    CLI_REMOTE = 4,
    CLI_CANCELLED = 5, /* or stopped at a limit of jobs or cost */
    CLI_INTERNAL = 6
};

enum cli_kind {
    CLI_FLAG,   /* int *: set to 1 */
    CLI_INT,    /* int64_t * within low..high */
    CLI_NUMBER, /* double * within low..high */
    CLI_TEXT,   /* const char ** */
    CLI_LIST    /* cli_list *: may be given again; in --config an array of texts */
};

typedef struct cli_list {
    const char *items[64];
    size_t count;
} cli_list;

/* One long option. A value may also come from the environment (TTSSLICE_ + NAME) and from the JSON
 * object in the file that --config names (name with underscores); flags win, then the environment,
 * then the file. A name may be one letter, for -o. */
typedef struct cli_option {
    const char *name;
    enum cli_kind kind;
    void *value;
    const char *argument; /* shown in --help; NULL for flags */
    const char *help;
    double low, high;
} cli_option;

typedef struct cli_command {
    const char *name;      /* "chunk" */
    const char *arguments; /* "[OPTIONS] TEXT|-" */
    const char *summary;   /* one line */
    const char *details;   /* paragraphs under the options in --help, or NULL */
    int (*run)(const struct cli_command *command, int argc, char **argv);
} cli_command;

/* The subcommands, one file each; and all of them, NULL behind the last. */
extern const cli_command *const cli_commands[];
extern const cli_command command_bisect, command_chunk, command_concat, command_dispatch,
    command_doctor, command_render, command_select, command_serve, command_validate;

/* Reads argv[1..]. Values point into argv or live until the program ends. Positional arguments are
 * moved to argv[0..*positional-1]. Returns -1 to go on, or the exit status (after --help or a
 * message about bad usage). */
int cli_parse(const cli_command *command, const cli_option *options, size_t option_count, int argc,
              char **argv, int *positional);

/* The file that --config named; NULL: none. */
const char *cli_config_path(void);

/* Whether the command line itself, not the environment nor --config, which serve all commands, set
 * the option with this value. */
bool cli_typed(const void *value);

/* Prints "ttsslice NAME: message" on stderr, on one line whatever is in it; NULL: no name. */
void cli_message(const cli_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Complains about usage on stderr and returns CLI_USAGE. */
int cli_usage(const cli_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints "ttsslice NAME: message" and returns the exit status that goes with the code. */
int cli_fail(const cli_command *command, const ttsslice_error *err);
int cli_status_of(int32_t code);

/* A path as messages have it: "standard input" for "-". */
const char *cli_path(const char *path);

/* Reads a whole file, or standard input for "-". NULL after a message; then *status is set. The
 * caller frees with free(). */
char *cli_read(const cli_command *command, const char *path, size_t *length, int *status);

/* The same for text: what is UTF-16 or UTF-32 by its first bytes is refused with the way to convert
 * it. Whether the rest is UTF-8 is for the library to say. */
char *cli_read_text(const cli_command *command, const char *path, size_t *length, int *status);

/* Tells on stderr of a language that the splitter has no data for; it may be a typing error. */
void cli_note_language(const cli_command *command, const char *language, int quiet);

/* Reads the file of --abbreviations and sees whether the library takes it. As cli_read(). */
char *cli_read_abbreviations(const cli_command *command, const char *path, int *status);

/* Flushes stdout; CLI_INPUT after a message if something could not be written, else `status`; also
 * where whoever read it has gone, as in "| head". */
int cli_finish(const cli_command *command, int status);

/* Prints one JSON value and a newline on stdout; the value is released. */
void cli_print_json(json_t *value, bool pretty);
/* The same for JSON text from the library, which is freed. */
void cli_print_json_text(char *text, bool pretty);

/* Calls fn(argument) on a thread of its own when SIGINT, SIGTERM or (unless nohup set it aside)
 * SIGHUP comes; another one more than a second later ends the program with CLI_CANCELLED. Call
 * before other threads are made. */
void cli_on_interrupt(void (*fn)(void *argument), void *argument);

/* A descriptor that can be read from the first such signal on, for those who wait for another one;
 * -1 before cli_on_interrupt(). */
int cli_interrupt_fd(void);

/* Reads "0.5,1,2" into waits; false if it is anything else. */
#define CLI_BACKOFF_MAX 16
bool cli_read_backoff(const char *text, double waits[CLI_BACKOFF_MAX], size_t *count);

/* A logger that writes to stderr: warnings, everything with --verbose, nothing with --quiet. */
ttsslice_logger cli_logger(int quiet, int verbose);

#endif
