/* SPDX-License-Identifier: MIT */
/* What is written must not take the place of what is read; see outputs.h. Files are the same if
 * they have the same number on the same device, whatever their names. */
#include "outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *cli_beside(const char *output, const char *ending) {
    const char *dot = strrchr(output, '.'), *slash = strrchr(output, '/');
    const bool cut = dot && dot != output && (!slash || dot > slash + 1);
    const size_t stem = cut ? (size_t)(dot - output) : strlen(output);
    char *path = malloc(stem + strlen(ending) + 1);
    if (path)
        snprintf(path, stem + strlen(ending) + 1, "%.*s%s", (int)stem, output, ending);
    return path;
}

int cli_outputs_add(const cli_command *command, cli_outputs *outputs, const char *output,
                    const char *ending) {
    const size_t n = outputs->count;
    char *path = ending ? cli_beside(output, ending) : strdup(output);
    if (!path || n == CLI_OUTPUTS_MAX) {
        free(path);
        cli_message(command, "out of memory");
        return CLI_INTERNAL;
    }
    for (size_t i = 0; i < n; i++)
        if (strcmp(path, outputs->paths[i]) == 0) {
            int status = cli_usage(command,
                                   "%s would be written twice, as the audio and as what goes "
                                   "beside it: give OUT another name",
                                   path);
            free(path);
            return status;
        }
    outputs->paths[n] = path;
    outputs->exists[n] = stat(path, &outputs->there[n]) == 0;
    outputs->count++;
    if (outputs->exists[n] && !S_ISREG(outputs->there[n].st_mode)) {
        cli_message(command, "cannot write %s: it is %s", path,
                    S_ISDIR(outputs->there[n].st_mode) ? "a folder" : "no ordinary file");
        return CLI_INPUT;
    }
    const char *config = cli_config_path();
    return config ? cli_outputs_spare(command, outputs, config) : -1;
}

int cli_outputs_spare(const cli_command *command, const cli_outputs *outputs, const char *input) {
    struct stat read;
    const bool standard = strcmp(input, "-") == 0;
    if ((standard ? fstat(STDIN_FILENO, &read) : stat(input, &read)) != 0)
        return -1;
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->exists[i] && outputs->there[i].st_dev == read.st_dev &&
            outputs->there[i].st_ino == read.st_ino) {
            cli_message(command,
                        "%s is read, and would be lost when %s is written: give OUT another name",
                        standard ? "standard input" : input, outputs->paths[i]);
            return CLI_INPUT;
        }
    return -1;
}

void cli_outputs_free(cli_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++)
        free(outputs->paths[i]);
    *outputs = (cli_outputs){0};
}
