/* SPDX-License-Identifier: MIT */
/* ttsslice chunk: a text becomes chunks, printed as JSON Lines. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *describe(const char *text, size_t index, const ttsslice_chunk_info *info) {
    return json_pack("{s:I, s:I, s:I, s:I, s:s, s:o}", "index", (json_int_t)index, "start",
                     (json_int_t)info->start, "length", (json_int_t)info->length, "characters",
                     (json_int_t)info->characters, "break", ttsslice_break_name(info->break_after),
                     "text", json_stringn(text + info->start, info->length));
}

static int print_chunks(const cli_command *command, const char *text, size_t length,
                        const ttsslice_chunk_options *options) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    if (ttsslice_chunk(text, length, options, &chunks, &err) != 0)
        return cli_fail(command, &err);
    int status = CLI_DONE;
    for (size_t i = 0; i < ttsslice_chunks_count(chunks) && status == CLI_DONE; i++) {
        json_t *value = describe(text, i, ttsslice_chunks_get(chunks, i));
        if (value) {
            cli_print_json(value, false);
        } else {
            cli_message(command, "out of memory");
            status = CLI_INTERNAL;
        }
    }
    ttsslice_chunks_unref(chunks);
    return status;
}

static int run(const cli_command *command, int argc, char **argv) {
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    int64_t min_merge = -1;
    int quiet = 0, verbose = 0, positional = 0;
    const cli_option table[] = {
        {"max", CLI_INT, &options.max_phrase_len, "N", "longest chunk in characters (300)", 1, 1e6},
        {"min-merge", CLI_INT, &min_merge, "N",
         "pieces shorter than this join a neighbour (20, at most --max)", 0, 1e6},
        {"language", CLI_TEXT, &options.language, "LANG",
         "ISO 639-1 code; default: by the script of the text", 0, 0},
        {"quiet", CLI_FLAG, &quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one text file, or - for standard input");
    if (min_merge >= 0)
        options.min_chars_merge = min_merge;
    else if (options.min_chars_merge > options.max_phrase_len)
        options.min_chars_merge = options.max_phrase_len;

    size_t length = 0;
    char *text = cli_read(command, argv[0], &length, &status);
    if (!text)
        return status;
    status = print_chunks(command, text, length, &options);
    free(text);
    return status == CLI_DONE ? cli_finish(command, status) : status;
}

const cli_command command_chunk = {
    .name = "chunk",
    .arguments = "[OPTIONS] TEXT|-",
    .summary = "cut a text into chunks that can be said in one go (JSON Lines)",
    .details = "TEXT is a UTF-8 file. Each line of output is one chunk: index, start and length\n"
               "in bytes, characters, the break after it (word, clause, sentence, paragraph,\n"
               "section, end) and its text.",
    .run = run,
};
