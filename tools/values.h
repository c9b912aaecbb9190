/* SPDX-License-Identifier: MIT */
/* A file of JSON values one after the other, as JSON Lines are. */
#ifndef TTSS_TOOLS_VALUES_H
#define TTSS_TOOLS_VALUES_H

#include "cli.h"

/* Takes one value, borrowed. line: where it begins, from 1 on. Returns -1 to go on, or the exit
 * status after a message. */
typedef int cli_take_value(void *self, json_t *value, size_t line);

/* Reads a file, or "-", to its end, and hands out each value as soon as it is there; a byte order
 * mark is skipped, keys must not occur twice. What is not JSON is told with its line. Returns -1,
 * or the exit status after a message. */
int cli_read_values(const cli_command *command, const char *path, cli_take_value *take, void *self);

#endif
