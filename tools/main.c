/* SPDX-License-Identifier: MIT */
/* The program `ttsslice`: finds the subcommand. Each has a file of its own; all see the public
 * headers alone. */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const cli_command *const cli_commands[] = {
    &command_chunk,  &command_dispatch, &command_validate, &command_select, &command_concat,
    &command_render, &command_serve,    &command_bisect,   &command_doctor, NULL,
};

static void print_overview(FILE *out) {
    fputs("usage: ttsslice COMMAND [OPTIONS] ...\n\n"
          "Long text to validated speech, one slice at a time.\n\n",
          out);
    for (size_t i = 0; cli_commands[i]; i++)
        fprintf(out, "  %-10s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fputs("\nttsslice COMMAND --help tells more; ttsslice --version names the version.\n", out);
}

/* Started without standard streams, the program would get their numbers for its own files, and
 * write its messages into them. What is put in their place cannot be read, or written: a missing
 * input is not an empty one, and output must not vanish. */
static void open_standard_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
}

static bool can_print(void) {
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

int main(int argc, char **argv) {
    open_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is an error and no death */
    if (!can_print()) {
        cli_message(NULL, "standard output is closed; send it to a file, or to /dev/null");
        return CLI_INPUT;
    }
    if (argc < 2) {
        print_overview(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_overview(stdout);
        return cli_finish(NULL, CLI_DONE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("ttsslice %s\n", ttsslice_version_string());
        return cli_finish(NULL, CLI_DONE);
    }
    for (size_t i = 0; cli_commands[i]; i++)
        if (strcmp(argv[1], cli_commands[i]->name) == 0)
            return cli_commands[i]->run(cli_commands[i], argc - 1, argv + 1);
    cli_message(NULL, "there is no command \"%s\"; see ttsslice --help", argv[1]);
    return CLI_USAGE;
}
