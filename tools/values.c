/* SPDX-License-Identifier: MIT */
/* JSON values of a file one by one; see values.h. Bytes are taken from the stream one at a time, as
 * what follows a value may not be there for long. */
#include "values.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define VALUE_MAX ((size_t)256 * 1024 * 1024)

typedef struct stream {
    FILE *file;
    size_t at;   /* bytes taken */
    size_t line; /* of the next one */
    size_t most; /* bytes to be taken before the value is too large */
} stream;

static int take_byte(stream *s) {
    const int c = getc(s->file);
    s->at += c != EOF;
    s->line += c == '\n';
    return c;
}

/* For jansson, which asks for blocks and takes less. */
static size_t take_block(void *to, size_t size, void *self) {
    stream *s = self;
    const int c = size && s->at < s->most ? take_byte(s) : EOF;
    if (c == EOF)
        return s->at == s->most ? (size_t)-1 : 0;
    *(unsigned char *)to = (unsigned char)c;
    return 1;
}

/* Whether a value begins, and not the end. */
static bool find_value(stream *s) {
    int c = ' ';
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        c = take_byte(s);
    if (c == EOF || ungetc(c, s->file) == EOF)
        return false;
    s->at--;
    return true;
}

/* What is only the beginning of a mark is no JSON either. */
static void skip_mark(stream *s) {
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    for (size_t i = 0; i < sizeof mark; i++) {
        const int c = take_byte(s);
        if (c == mark[i])
            continue;
        if (c != EOF) {
            ungetc(c, s->file);
            s->at--;
            s->line -= c == '\n';
        }
        return;
    }
}

static int read_values(const cli_command *command, const char *path, stream *s,
                       cli_take_value *take, void *self) {
    int status = -1;
    skip_mark(s);
    while (status < 0 && find_value(s)) {
        json_error_t error;
        const size_t line = s->line;
        s->most = s->at + VALUE_MAX;
        json_t *value = json_load_callback(take_block, s,
                                           JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
        if (!value && ferror(s->file))
            break;
        if (!value && s->at == s->most) {
            cli_message(command, "%s: line %zu: the value is larger than 256 MiB", cli_path(path),
                        line);
            return CLI_INPUT;
        }
        if (!value) {
            cli_message(command, "%s: line %zu: not JSON at byte %zu: %s", cli_path(path), s->line,
                        s->at, error.text);
            return CLI_INPUT;
        }
        status = take(self, value, line);
        json_decref(value);
    }
    return status;
}

int cli_read_values(const cli_command *command, const char *path, cli_take_value *take,
                    void *self) {
    const bool standard = strcmp(path, "-") == 0;
    stream s = {.file = standard ? stdin : fopen(path, "rb"), .line = 1};
    errno = s.file ? 0 : errno;
    int status = s.file ? read_values(command, path, &s, take, self) : -1;
    if (!s.file || (ferror(s.file) && status < 0)) {
        cli_message(command, "cannot read %s: %s", standard ? "standard input" : path,
                    standard && errno == EBADF ? "it is closed" : strerror(errno));
        status = CLI_INPUT;
    }
    if (s.file && !standard)
        fclose(s.file);
    return status;
}
