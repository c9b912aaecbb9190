/* SPDX-License-Identifier: MIT */
/* `ttsslice chunk`: a text becomes chunks or sentences, printed as JSON Lines or for reading; or
 * each place where a sentence might end, with the reason why it does or does not. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

typedef struct chunk_command {
    const cli_command *command;
    ttsslice_chunk_options options;
    const char *packing;
    int64_t min_merge; /* -1: not given */
    const char *text;
    size_t length;
    int sentences, explain, pauses, json, for_people, quiet;
} chunk_command;

/* --- chunks --------------------------------------------------------------------------------- */

static json_t *describe(const char *text, size_t index, const ttsslice_chunk_info *info) {
    return json_pack("{s:I, s:I, s:I, s:I, s:s, s:o*, s:o}", "index", (json_int_t)index, "start",
                     (json_int_t)info->start, "length", (json_int_t)info->length, "characters",
                     (json_int_t)info->characters, "break", ttsslice_break_name(info->break_after),
                     "pause_ms", info->pause_ms < 0 ? NULL : json_integer(info->pause_ms), "text",
                     json_stringn(text + info->start, info->length));
}

static uint32_t char_at(const char *text, size_t pos, size_t end, size_t *next) {
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text + pos, (utf8proc_ssize_t)(end - pos), &c);
    *next = pos + (size > 0 ? (size_t)size : 1);
    return size > 0 ? (uint32_t)c : ' ';
}

/* White space, and what a terminal might take for a command. */
static bool is_blank(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC;
}

/* Writes at most `room` columns of text[start, end), each white space as one space, and returns how
 * many; out NULL: only counts. */
static size_t write_line(FILE *out, const char *text, size_t start, size_t end, size_t room) {
    size_t columns = 0;
    bool space = false;
    while (start < end) {
        size_t next;
        uint32_t c = char_at(text, start, end, &next);
        size_t width = (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
        if (is_blank(c)) {
            space = columns > 0;
        } else if (columns + space + width > room) {
            break;
        } else {
            if (out)
                fprintf(out, "%s%.*s", space ? " " : "", (int)(next - start), text + start);
            columns += space + width;
            space = false;
        }
        start = next;
    }
    return columns;
}

static int print_chunk(const chunk_command *c, size_t index, const ttsslice_chunk_info *info) {
    if (c->for_people) {
        write_line(stdout, c->text, info->start, info->start + info->length, SIZE_MAX);
        bool gap = info->break_after == TTSSLICE_BREAK_PARAGRAPH ||
                   info->break_after == TTSSLICE_BREAK_SECTION;
        fputs(gap ? "\n\n" : "\n", stdout);
        return CLI_DONE;
    }
    json_t *value = describe(c->text, index, info);
    if (!value) {
        cli_message(c->command, "out of memory");
        return CLI_INTERNAL;
    }
    cli_print_json(value, false);
    return CLI_DONE;
}

static int print_chunks(const chunk_command *c) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    int32_t code = c->sentences ? ttsslice_sentences(c->text, c->length, &c->options, &chunks, &err)
                                : ttsslice_chunk(c->text, c->length, &c->options, &chunks, &err);
    if (code != 0)
        return cli_fail(c->command, &err);
    int status = CLI_DONE;
    for (size_t i = 0; i < ttsslice_chunks_count(chunks) && status == CLI_DONE; i++)
        status = print_chunk(c, i, ttsslice_chunks_get(chunks, i));
    ttsslice_chunks_unref(chunks);
    return status;
}

/* --- explanations --------------------------------------------------------------------------- */

/* Columns of text shown before and behind a mark. */
#define SHOWN_BEFORE 28
#define SHOWN_AFTER  22

/* Characters without width are no reason to show a megabyte. */
#define SHOWN_MAX 80

/* Where the last explanation stood. */
typedef struct place {
    const chunk_command *c;
    size_t pos;
    size_t line, column; /* from 1; columns are code points */
} place;

static void go_to(place *p, size_t pos) {
    while (p->pos < pos) {
        size_t next;
        uint32_t c = char_at(p->c->text, p->pos, p->c->length, &next);
        bool crlf = c == '\r' && next < p->c->length && p->c->text[next] == '\n';
        if ((c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) && !crlf) {
            p->line++;
            p->column = 1;
        } else {
            p->column++;
        }
        p->pos = next;
    }
}

/* Start of at most SHOWN_BEFORE columns that end at pos. */
static size_t shown_from(const char *text, size_t pos) {
    size_t columns = 0;
    for (int i = 0; i < SHOWN_MAX && pos > 0; i++) {
        size_t previous = pos - 1, next;
        while (previous > 0 && ((unsigned char)text[previous] & 0xC0) == 0x80)
            previous--;
        uint32_t c = char_at(text, previous, pos, &next);
        columns += is_blank(c) ? 1 : (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
        if (columns > SHOWN_BEFORE)
            break;
        pos = previous;
    }
    return pos;
}

static size_t shown_to(const place *p, size_t pos) {
    for (int i = 0; i < SHOWN_MAX && pos < p->c->length; i++)
        char_at(p->c->text, pos, p->c->length, &pos);
    return pos;
}

static void explain_in_words(const place *p, const ttsslice_boundary *boundary) {
    const char *text = p->c->text;
    char where[48];
    snprintf(where, sizeof where, "%zu:%zu", p->line, p->column);
    printf("%-9s %-8s %-19s ", where, boundary->taken ? "ends" : "goes on", boundary->rule);
    size_t start = shown_from(text, boundary->end);
    printf("%*s", (int)(SHOWN_BEFORE - write_line(NULL, text, start, boundary->end, SIZE_MAX)), "");
    write_line(stdout, text, start, boundary->end, SIZE_MAX);
    fputs(boundary->taken ? " | " : "   ", stdout);
    size_t shown = write_line(stdout, text, boundary->end, shown_to(p, boundary->end), SHOWN_AFTER);
    printf("%*s  %s\n", (int)(SHOWN_AFTER - shown), "", boundary->reason);
}

/* The same text as write_line() prints; NULL without memory. */
static json_t *line_of(const char *text, size_t start, size_t end, size_t room) {
    char *line = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&line, &length);
    if (!out)
        return NULL;
    write_line(out, text, start, end, room);
    json_t *value = fclose(out) == 0 ? json_stringn(line, length) : NULL;
    free(line);
    return value;
}

static int32_t explain_in_json(const place *p, const ttsslice_boundary *boundary) {
    const char *text = p->c->text;
    size_t end = boundary->end;
    json_t *value =
        json_pack("{s:I, s:I, s:I, s:I, s:b, s:s, s:o, s:o, s:s}", "mark",
                  (json_int_t)boundary->mark, "end", (json_int_t)end, "line", (json_int_t)p->line,
                  "column", (json_int_t)p->column, "taken", boundary->taken, "rule", boundary->rule,
                  "before", line_of(text, shown_from(text, end), end, SIZE_MAX), "after",
                  line_of(text, end, shown_to(p, end), SHOWN_AFTER), "reason", boundary->reason);
    if (!value)
        return TTSSLICE_ERR_NOMEM;
    cli_print_json(value, false);
    return 0;
}

static int32_t explain_one(const ttsslice_boundary *boundary, void *user_data) {
    place *p = user_data;
    int32_t code = 0;
    go_to(p, boundary->mark);
    if (p->c->json)
        code = explain_in_json(p, boundary);
    else
        explain_in_words(p, boundary);
    if (code)
        return code;
    return ferror(stdout) ? TTSSLICE_ERR_CALLBACK : 0;
}

static int explain(const chunk_command *c) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    place p = {.c = c, .line = 1, .column = 1};
    int32_t code =
        ttsslice_sentences_explain(c->text, c->length, &c->options, explain_one, &p, &err);
    if (code == 0 || code == TTSSLICE_ERR_CALLBACK) /* the latter is for cli_finish() to report */
        return CLI_DONE;
    err.code = code;
    return cli_fail(c->command, &err);
}

/* --- the command ---------------------------------------------------------------------------- */

static int read_and_print(chunk_command *c, const char *path, const char *abbreviations) {
    int status = CLI_DONE;
    char *listed = NULL, *text = NULL;
    if (abbreviations) {
        listed = cli_read_abbreviations(c->command, abbreviations, &status);
        if (!listed)
            return status;
        c->options.abbreviations = listed;
    }
    text = cli_read_text(c->command, path, &c->length, &status);
    if (text) {
        cli_note_language(c->command, c->options.language, c->quiet);
        c->text = text;
        status = c->explain ? explain(c) : print_chunks(c);
        if (status == CLI_DONE)
            status = cli_finish(c->command, status);
    }
    free(listed);
    free(text);
    return status;
}

/* Chunks only: sentences are neither cut nor joined. */
static int check_packing(chunk_command *c) {
    int64_t longest = c->options.max_phrase_len;
    c->options.packing = ttsslice_packing_from_name(c->packing);
    if (c->options.packing < 0)
        return cli_usage(c->command, "--packing must be optimal, greedy or balanced, not \"%s\"",
                         c->packing);
    if (c->min_merge > longest)
        return cli_usage(c->command, "--min-merge must be at most --max, which is %lld, not %lld",
                         (long long)longest, (long long)c->min_merge);
    if (c->min_merge >= 0)
        c->options.min_chars_merge = c->min_merge;
    else if (c->options.min_chars_merge > longest)
        c->options.min_chars_merge = longest;
    return -1;
}

/* Complains about what would have no effect, if it was typed; -1 to go on. */
static int check_use(chunk_command *c) {
    if (c->json && c->for_people)
        return cli_usage(c->command, "give --json or --text, not both");
    if (!c->sentences && !c->explain)
        return check_packing(c);
    if (c->explain && cli_typed(&c->for_people))
        return cli_usage(c->command,
                         "--text is for chunks and sentences; --explain is for reading without it");
    const void *const of_chunks[] = {&c->options.max_phrase_len, &c->min_merge, &c->packing};
    for (int i = 0; i < 3; i++)
        if (cli_typed(of_chunks[i]))
            return cli_usage(c->command, "--max, --min-merge and --packing are for chunks; leave "
                                         "them away with --sentences and --explain");
    c->options.min_chars_merge = 0; /* at most max_phrase_len, which --config may have set */
    return -1;
}

static int run(const cli_command *command, int argc, char **argv) {
    chunk_command c = {.command = command,
                       .options = TTSSLICE_CHUNK_OPTIONS_INIT,
                       .packing = "optimal",
                       .min_merge = -1};
    const char *abbreviations = NULL;
    int verbose = 0, positional = 0;
    const cli_option table[] = {
        {"sentences", CLI_FLAG, &c.sentences, NULL, "one sentence each, however long or short", 0,
         0},
        {"explain", CLI_FLAG, &c.explain, NULL,
         "why a sentence ends, or does not, at every mark that might end one", 0, 0},
        {"language", CLI_TEXT, &c.options.language, "LANG",
         "ISO 639-1 code, also in a tag as en-GB (from the script of the text)", 0, 0},
        {"max", CLI_INT, &c.options.max_phrase_len, "N", "longest chunk in characters (300)", 1,
         1e6},
        {"min-merge", CLI_INT, &c.min_merge, "N",
         "pieces shorter than this join a neighbour (20, at most --max)", 0, 1e6},
        {"packing", CLI_TEXT, &c.packing, "NAME",
         "where chunks end: optimal (the default), greedy, balanced", 0, 0},
        {"abbreviations", CLI_TEXT, &abbreviations, "FILE",
         "further abbreviations, one a line; see below", 0, 0},
        {"pauses", CLI_FLAG, &c.pauses, NULL,
         "[pause 1.5s] and [pause 500ms] are pauses and not text", 0, 0},
        {"json", CLI_FLAG, &c.json, NULL, "JSON Lines (the default, but for --explain)", 0, 0},
        {"text", CLI_FLAG, &c.for_people, NULL,
         "for reading: a chunk a line, paragraphs apart; not with --explain", 0, 0},
        {"quiet", CLI_FLAG, &c.quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one text file, or - for standard input");
    c.options.pauses = c.pauses;
    status = check_use(&c);
    if (status >= 0)
        return status;
    return read_and_print(&c, argv[0], abbreviations);
}

const cli_command command_chunk = {
    .name = "chunk",
    .arguments = "[OPTIONS] TEXT|-",
    .summary = "cut a text into chunks that can be said in one go, or into sentences",
    .details =
        "TEXT is a UTF-8 file. Each line of output is one chunk: index, start and length\n"
        "in bytes, characters, the break after it (word, clause, sentence, paragraph,\n"
        "section, end) and its text.\n"
        "\n"
        "--max, --min-merge and --packing are for chunks and not for --sentences or --explain.\n"
        "--packing: optimal weighs short chunks, bad places and uneven lengths against each\n"
        "other, greedy fills each chunk, balanced makes the longest as short as possible.\n"
        "\n"
        "With --pauses, [pause 1.5s] and [pause 500ms] are marks of pauses, each a chunk of its\n"
        "own with pause_ms; without, they are text.\n"
        "\n"
        "--explain prints a line for each mark: line and column, \"ends\" or \"goes on\", the\n"
        "rule that decided, the text around (| is where a sentence ends) and the reason. Send\n"
        "that line with a report of a bad split. With --json it is an object: mark and end (bytes\n"
        "of the mark, and behind it and what closes with it), line, column, taken (whether the\n"
        "sentence ends), rule, before, after (the text around) and reason.\n"
        "\n"
        "The file of --abbreviations holds one abbreviation a line, as \"approx.\"; a second\n"
        "word says what its full stop means before a capital or a number: always (the\n"
        "sentence goes on; so without a second word), number (it goes on before a number),\n"
        "name (it ends before a word that often begins a sentence). # begins a comment.",
    .run = run,
};
