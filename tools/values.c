/* SPDX-License-Identifier: MIT */
/* JSON values of a file one by one; see values.h. */
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t line_breaks(const char *text, size_t from, size_t to) {
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += text[i] == '\n';
    return count;
}

int cli_read_values(const cli_command *command, const char *path, cli_take_value *take,
                    void *self) {
    int status = 0;
    size_t length = 0;
    char *text = cli_read(command, path, &length, &status);
    if (!text)
        return status;
    status = -1;
    size_t at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a byte order mark */
    at += strspn(text + at, " \t\r\n");
    size_t counted = 0, line = 1;
    while (at < length && status < 0) {
        json_error_t error;
        line += line_breaks(text, counted, at);
        counted = at;
        json_t *value = json_loadb(text + at, length - at,
                                   JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
        if (!value) {
            const size_t left = length - at, ahead = (size_t)error.position;
            const size_t stop = at + (ahead < left ? ahead : left);
            cli_message(command, "%s: line %zu: not JSON at byte %zu: %s", cli_path(path),
                        line + line_breaks(text, at, stop), stop, error.text);
            status = CLI_INPUT;
            break;
        }
        status = take(self, value, line);
        json_decref(value);
        at += (size_t)error.position;
        at += strspn(text + at, " \t\r\n");
    }
    free(text);
    return status;
}
