/* SPDX-License-Identifier: MIT */
/* The files that a command writes: they must differ from each other and from what it reads. */
#ifndef TTSSLICE_TOOLS_OUTPUTS_H
#define TTSSLICE_TOOLS_OUTPUTS_H

#include "cli.h"

#include <sys/stat.h>

#define CLI_OUTPUTS_MAX 8

typedef struct cli_outputs {
    char *paths[CLI_OUTPUTS_MAX]; /* owned */
    struct stat there[CLI_OUTPUTS_MAX];
    bool exists[CLI_OUTPUTS_MAX];
    size_t count;
} cli_outputs;

/* `output` with another ending, from malloc; NULL: out of memory. */
char *cli_beside(const char *output, const char *ending);

/* Adds `output`, or if there is an ending what stands beside it under that. Returns -1, or the exit
 * status after a message. */
int cli_outputs_add(const cli_command *command, cli_outputs *outputs, const char *output,
                    const char *ending);

/* Sees that writing would not replace a file that is read ("-": standard input). Returns -1, or the exit status after a
 * message. */
int cli_outputs_spare(const cli_command *command, const cli_outputs *outputs, const char *input);

void cli_outputs_free(cli_outputs *outputs);

#endif
