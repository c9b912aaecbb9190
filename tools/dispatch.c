/* SPDX-License-Identifier: MIT */
/* ttsslice dispatch: jobs in JSON Lines go to an endpoint; results come back as JSON Lines, in the
 * order they are done, their audio as files. All lines are checked before anything is sent. */
#include "outputs.h"
#include "result.h"
#include "schedule.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096

typedef struct work {
    const cli_command *command;
    ttsslice_dispatcher *dispatcher;
    json_t *ids; /* one per job; null where none was given */
    const char *out_dir;
    bool draws;   /* how far it is, on a terminal */
    bool reports; /* what it came to, at the end */
    bool quiet, told_unsent;
    double max_cost;
    int64_t spoilt; /* jobs that went well over there, and whose audio could not be saved */
    char last[TTSSLICE_ERROR_MESSAGE_MAX]; /* what went wrong with the last one that failed */
    int64_t alike;                         /* jobs after it with which the same did */
    int status;
} work;

/* --- jobs ---------------------------------------------------------------------------------- */

/* What is a mistake in any handler's jobs, and would be paid for; NULL: nothing. */
static const char *mistake_in(const json_t *line) {
    static const char *const around[] = {"id", "webhook", "policy"};
    const json_t *input = json_object_get(line, "input"), *text = json_object_get(line, "text");
    if (input && !json_is_object(input))
        return "\"input\" is not an object; if it belongs to the handler's own input, write "
               "{\"input\":{\"input\":...}}";
    for (size_t i = 0; !input && i < sizeof around / sizeof around[0]; i++)
        if (json_object_get(line, around[i]))
            return "it has \"id\", \"webhook\" or \"policy\" and no \"input\"; write "
                   "{\"id\":...,\"input\":{...}}";
    if (json_object_size(line) == 1 && json_is_object(json_object_get(line, "inputs")))
        return "it has \"inputs\" alone; write {\"input\":{...}}";
    text = input ? json_object_get(input, "text") : text;
    if (text && !json_is_string(text) && !json_is_object(text) && !json_is_array(text))
        return "\"text\" is not a string";
    return json_is_string(text) && json_string_length(text) == 0 ? "\"text\" is empty" : NULL;
}

/* {"id": ..., "input": {...}} or the input itself. */
static json_t *input_of(json_t *line, json_t **id) {
    json_t *input = json_object_get(line, "input");
    if (!json_is_object(input))
        return line;
    *id = json_object_get(line, "id");
    return input;
}

static const char *shown(const char *path) {
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static int bad_line(const work *w, const char *path, size_t number, const char *reason) {
    cli_message(w->command, "%s, line %zu: %s; nothing was sent", shown(path), number, reason);
    return CLI_INPUT;
}

/* What stands beside id and input; once. */
static void tell_unsent(work *w, const char *path, size_t number, json_t *line) {
    const char *name;
    json_t *value;
    if (w->told_unsent || w->quiet || !json_object_get(line, "input"))
        return;
    json_object_foreach(line, name, value) {
        if (strcmp(name, "id") == 0 || strcmp(name, "input") == 0)
            continue;
        w->told_unsent = true;
        cli_message(w->command,
                    "%s, line %zu: \"%s\" is not sent, nor is anything else beside \"input\"",
                    shown(path), number, name);
        return;
    }
}

static int take_object(work *w, const char *path, size_t number, json_t *line) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    json_t *id = NULL;
    const char *mistake = mistake_in(line);
    if (mistake)
        return bad_line(w, path, number, mistake);
    tell_unsent(w, path, number, line);
    char *input = json_dumps(input_of(line, &id), JSON_COMPACT);
    err.code = TTSSLICE_ERR_NOMEM;
    if (input && json_array_append_new(w->ids, id ? json_incref(id) : json_null()) == 0)
        err.code = ttsslice_dispatcher_submit(w->dispatcher, (int64_t)json_array_size(w->ids) - 1,
                                              input, TTSSLICE_NUL_TERMINATED, &err);
    free(input);
    if (err.code == TTSSLICE_ERR_INVALID)
        return bad_line(w, path, number, err.message);
    return err.code ? cli_fail(w->command, &err) : CLI_DONE;
}

/* The parser's words, but for the name of an option of its own. */
static const char *why_not(const json_error_t *parse) {
    return json_error_code(parse) == json_error_null_character
               ? "a text holds \\u0000, which nothing can speak"
               : parse->text;
}

static int take_line(work *w, const char *path, size_t number, const char *text, size_t length) {
    json_error_t parse;
    json_t *line = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &parse);
    int status =
        json_is_object(line)
            ? take_object(w, path, number, line)
            : bad_line(w, path, number, line ? "it is not a JSON object" : why_not(&parse));
    json_decref(line);
    return status;
}

static int take_lines(work *w, const char *path, const char *text, size_t length) {
    static const char bom[] = "\xEF\xBB\xBF";
    const char *end = text + length;
    size_t number = 0;
    if (length >= 3 && memcmp(text, bom, 3) == 0)
        text += 3;
    int status = CLI_DONE;
    for (const char *line = text; line < end && status == CLI_DONE; number++) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t line_length = (size_t)((newline ? newline : end) - line);
        if (strspn(line, " \t\r") < line_length)
            status = take_line(w, path, number + 1, line, line_length);
        line += line_length + 1;
    }
    if (status == CLI_DONE && json_array_size(w->ids) == 0) {
        cli_message(w->command, "%s holds no jobs; give one JSON object a line", shown(path));
        return CLI_INPUT;
    }
    return status;
}

/* --- results ------------------------------------------------------------------------------- */

static json_t *milliseconds(int64_t value) {
    return value < 0 ? json_null() : json_integer(value);
}

static json_t *text_or_null(const char *text) {
    return text[0] ? json_string(text) : json_null();
}

static const char *source_name(int32_t source) {
    return source == TTSSLICE_SOURCE_JOURNAL     ? "journal"
           : source == TTSSLICE_SOURCE_COLLECTED ? "collected"
                                                 : "submitted";
}

static json_t *describe(const ttsslice_job_result *r, int32_t code, const char *error, json_t *id,
                        json_t *output) {
    json_t *line = json_pack("{s:I}", "index", (json_int_t)r->index);
    if (!json_is_null(id))
        json_object_set(line, "id", id);
    json_object_set_new(line, "ok", json_boolean(code == 0));
    json_object_set_new(line, "output", output ? output : json_null());
    json_object_set_new(line, "error", text_or_null(error));
    json_object_set_new(line, "code", json_string(ttsslice_code_name(code)));
    json_object_set_new(line, "error_code", text_or_null(r->error_code));
    json_object_set_new(line, "source", json_string(source_name(r->source)));
    json_object_set_new(line, "retryable", json_boolean(r->retryable));
    json_object_set_new(line, "http_status", json_integer(r->http_status));
    json_object_set_new(line, "retry_after_s",
                        r->retry_after_s < 0.0 ? json_null() : json_real(r->retry_after_s));
    json_object_set_new(line, "attempts", json_integer(r->attempts));
    json_object_set_new(line, "possible_duplicates", json_integer(r->possible_duplicates));
    json_object_set_new(line, "hedges", json_integer(r->hedges));
    json_object_set_new(line, "hedge_won", json_boolean(r->hedge_won));
    json_object_set_new(line, "billed_ms", json_integer(r->billed_ms));
    json_object_set_new(line, "cost", r->cost < 0.0 ? json_null() : json_real(r->cost));
    json_object_set_new(line, "job_id", json_string(r->job_id));
    json_object_set_new(line, "worker_id", text_or_null(r->worker_id));
    json_object_set_new(line, "retries", json_integer(r->retries));
    json_object_set_new(line, "delay_ms", milliseconds(r->delay_ms));
    json_object_set_new(line, "execution_ms", milliseconds(r->execution_ms));
    json_object_set_new(line, "elapsed_ms", json_integer(r->elapsed_ms));
    return line;
}

/* A server's JSON may hold what is past our numbers: then it is read as far as it can be. */
static json_t *parse_output(const ttsslice_job_result *r) {
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *output = r->output ? json_loadb(r->output, r->output_length, flags, NULL) : NULL;
    return output || !r->output
               ? output
               : json_loadb(r->output, r->output_length, flags | JSON_DECODE_INT_AS_REAL, NULL);
}

static void tell_alike(work *w) {
    if (w->alike)
        cli_message(w->command, "so it was with %lld more", (long long)w->alike);
    w->alike = 0;
}

/* What ends all jobs is said once. */
static void tell_failure(work *w, int64_t index, const char *error) {
    if (strcmp(w->last, error) == 0) {
        w->alike++;
        return;
    }
    tell_alike(w);
    snprintf(w->last, sizeof w->last, "%s", error);
    cli_message(w->command, "job %lld: %s", (long long)index, error);
}

/* The dispatcher's, with what came of it here. */
static ttsslice_dispatch_totals totals_of(const work *w) {
    ttsslice_dispatch_totals totals = *ttsslice_dispatcher_totals(w->dispatcher);
    totals.done -= w->spoilt;
    totals.failed += w->spoilt;
    return totals;
}

static void print_result(work *w, const ttsslice_job_result *r) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int32_t code = r->code;
    const char *error = r->error;
    json_t *output = parse_output(r);
    if (code == 0 && w->out_dir) {
        code = cli_result_save(r, w->out_dir, output, &err);
        if (code == TTSSLICE_ERR_AUDIO || code == TTSSLICE_ERR_PROTOCOL)
            ttsslice_dispatcher_reject(w->dispatcher);
        error = code ? err.message : "";
        w->spoilt += code != 0;
    }
    if (w->draws)
        cli_schedule_clear();
    if (code && code != TTSSLICE_ERR_LIMIT)
        tell_failure(w, r->index, error);
    if (code == TTSSLICE_ERR_LIMIT && w->status == CLI_DONE) {
        cli_message(w->command, "job %lld and those after it: %s", (long long)r->index, error);
        w->status = CLI_CANCELLED;
    } else if (code == TTSSLICE_ERR_IO || code == TTSSLICE_ERR_NO_SPACE) {
        w->status = CLI_INPUT;
    } else if (code && code != TTSSLICE_ERR_LIMIT && w->status == CLI_DONE) {
        w->status = CLI_REMOTE;
    }
    cli_print_json(describe(r, code, error, json_array_get(w->ids, (size_t)r->index), output),
                   false);
    fflush(stdout);
}

static int finish(work *w, int status) {
    ttsslice_dispatch_totals totals = totals_of(w);
    if (w->draws)
        cli_schedule_clear();
    tell_alike(w);
    if (w->reports)
        cli_schedule_report(&totals);
    return cli_schedule_overrun(w->command, w->max_cost, &totals, status);
}

/* Nobody can read what further jobs would be paid for. What was finished stays in the journal. */
static int stop(work *w) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const ttsslice_job_result *none = NULL;
    if (w->draws)
        cli_schedule_clear();
    cli_message(w->command,
                "results cannot be written to standard output; what is left is cancelled");
    ttsslice_dispatcher_cancel(w->dispatcher);
    ttsslice_dispatcher_next(w->dispatcher, 0, &none, &err);
    return finish(w, CLI_INPUT);
}

static void draw(const work *w) {
    ttsslice_dispatch_totals totals = totals_of(w);
    cli_schedule_draw(&totals);
}

#define REDRAW_MS 500

static int collect(work *w) {
    for (;;) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        const ttsslice_job_result *result = NULL;
        int32_t code =
            ttsslice_dispatcher_next(w->dispatcher, w->draws ? REDRAW_MS : -1, &result, &err);
        if (code == TTSSLICE_ERR_END)
            return finish(w, w->status);
        if (code && code != TTSSLICE_ERR_TIMEOUT)
            return finish(w, cli_fail(w->command, &err));
        if (!code)
            print_result(w, result);
        if (ferror(stdout))
            return stop(w);
        if (w->draws)
            draw(w);
    }
}

/* --- the command --------------------------------------------------------------------------- */

/* The interrupt may come while the dispatcher is being released. */
static pthread_mutex_t interrupt_lock = PTHREAD_MUTEX_INITIALIZER;
static ttsslice_dispatcher *interruptible;

static void set_interruptible(ttsslice_dispatcher *dispatcher) {
    pthread_mutex_lock(&interrupt_lock);
    interruptible = dispatcher;
    pthread_mutex_unlock(&interrupt_lock);
}

static void on_interrupt(void *unused) {
    (void)unused;
    pthread_mutex_lock(&interrupt_lock);
    ttsslice_dispatcher_cancel(interruptible);
    pthread_mutex_unlock(&interrupt_lock);
}

/* Before anything is sent: audio that cannot be saved would be paid for in vain. */
static bool can_write_into(const work *w) {
    struct stat there;
    bool made = mkdir(w->out_dir, 0777) == 0 || errno == EEXIST;
    if (made && stat(w->out_dir, &there) == 0 && !S_ISDIR(there.st_mode))
        errno = ENOTDIR;
    else if (made && access(w->out_dir, W_OK | X_OK) == 0)
        return true;
    cli_message(w->command, "cannot write into %s: %s", w->out_dir, strerror(errno));
    return false;
}

/* What is written beside the audio takes the place of nothing that is read; a journal sets lines
 * aside that are not its own. Returns -1, or the exit status after a message. */
static int spare_inputs(const work *w, const ttsslice_dispatch_options *options, const char *jobs) {
    cli_outputs outputs = {0};
    char lines[PATH_SIZE];
    int status = options->trace ? cli_outputs_add(w->command, &outputs, options->trace, NULL) : -1;
    if (status < 0 && options->journal) {
        snprintf(lines, sizeof lines, "%s/jobs.jsonl", options->journal);
        status = cli_outputs_add(w->command, &outputs, lines, NULL);
    }
    if (status < 0)
        status = cli_outputs_spare(w->command, &outputs, jobs);
    if (status < 0 && options->ca_file)
        status = cli_outputs_spare(w->command, &outputs, options->ca_file);
    cli_outputs_free(&outputs);
    return status;
}

static int dispatch(work *w, const ttsslice_dispatch_options *options, const cli_schedule *schedule,
                    const char *path) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    size_t length = 0;
    int status = CLI_DONE;
    if (w->out_dir && !schedule->dry_run && !can_write_into(w))
        return CLI_INPUT;
    status = spare_inputs(w, options, path);
    if (status >= 0)
        return status;
    status = CLI_DONE;
    if (ttsslice_dispatcher_new(options, &w->dispatcher, &err) != 0)
        return cli_fail(w->command, &err);
    char *text = cli_read(w->command, path, &length, &status);
    if (text)
        status = take_lines(w, path, text, length);
    free(text);
    if (status == CLI_DONE && schedule->dry_run) {
        cli_schedule_estimate(schedule, ttsslice_dispatcher_totals(w->dispatcher));
    } else if (status == CLI_DONE) {
        set_interruptible(w->dispatcher);
        cli_on_interrupt(on_interrupt, NULL);
        status = collect(w);
        set_interruptible(NULL);
    }
    ttsslice_dispatcher_free(w->dispatcher);
    return status;
}

static int run(const cli_command *command, int argc, char **argv) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    double waits[CLI_BACKOFF_MAX];
    const char *backoff = NULL;
    int quiet = 0, verbose = 0, insecure = 0, positional = 0;
    work w = {.command = command};
    cli_schedule schedule = {0};
    const cli_option own[] = {
        {"endpoint", CLI_TEXT, &options.endpoint, "URL",
         "the prefix before /run, or what --protocol wants (TTSSLICE_ENDPOINT)", 0, 0},
        {"protocol", CLI_TEXT, &options.protocol, "NAME",
         "runpod (default), plain (POST a job, the answer is its result), openai", 0, 0},
        {"speech-model", CLI_TEXT, &options.speech_model, "NAME", "model, with openai (tts-1)", 0,
         0},
        {"voice", CLI_TEXT, &options.voice, "NAME", "voice, with openai (alloy)", 0, 0},
        {"out-dir", CLI_TEXT, &w.out_dir, "DIR", "audio goes there as NNNN.wav, or NNNN-CC.wav", 0,
         0},
        {"max-in-flight", CLI_INT, &options.max_in_flight, "N", "jobs on the endpoint at once (25)",
         1, 1000},
        {"max-reply-bytes", CLI_INT, &options.max_reply_bytes, "N",
         "longest answer that is taken (67108864)", 1024, 1073741824},
        {"timeout", CLI_NUMBER, &options.request_timeout_s, "SECONDS", "one HTTP request (30)", 0.1,
         3600},
        {"request-timeout", CLI_NUMBER, &options.request_timeout_s, "SECONDS", "the same", 0.1,
         3600},
        {"job-timeout", CLI_NUMBER, &options.job_timeout_s, "SECONDS", "one job (900)", 1, 604800},
        {"poll-interval", CLI_NUMBER, &options.poll_interval_s, "SECONDS",
         "first pause between status requests (0.1)", 0.001, 60},
        {"backoff", CLI_TEXT, &backoff, "LIST", "waits before further tries (0.5,1,2)", 0, 0},
        {"journal", CLI_TEXT, &options.journal, "DIR",
         "keeps job ids and results: started again with it, only what is missing is paid for", 0,
         0},
        {"ca-file", CLI_TEXT, &options.ca_file, "FILE",
         "certificates (PEM) in the place of the system's", 0, 0},
        {"insecure", CLI_FLAG, &insecure, NULL, "let the key travel unencrypted to another machine",
         0, 0},
        {"quiet", CLI_FLAG, &quiet, NULL, "no messages but errors", 0, 0},
        {"verbose", CLI_FLAG, &verbose, NULL, "more messages", 0, 0},
    };
    cli_option table[sizeof own / sizeof own[0] + CLI_SCHEDULE_OPTIONS];
    memcpy(table, own, sizeof own);
    cli_schedule_options(&schedule, "which jobs go first: longest (default), index, given",
                         table + sizeof own / sizeof own[0]);
    int status = cli_parse(command, table, sizeof table / sizeof table[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one file of jobs, or - for standard input");
    if (backoff && !cli_read_backoff(backoff, waits, &options.backoff_count))
        return cli_usage(command, "--backoff is a list of seconds as 0.5,1,2, not \"%s\"", backoff);
    ttsslice_logger logger = cli_logger(quiet, verbose);
    options.logger = &logger;
    options.backoff_s = backoff ? waits : NULL;
    if (options.journal && !w.out_dir)
        return cli_usage(command, "--journal keeps audio as files; give --out-dir too");
    options.insecure = insecure;
    options.order = TTSSLICE_ORDER_LONGEST;
    status = cli_schedule_read(command, &schedule, &options);
    if (status >= 0)
        return status;
    options.journal = cli_schedule_journal(&schedule, options.journal);
    options.inline_audio = w.out_dir == NULL;
    w.reports = !quiet;
    w.quiet = quiet;
    w.max_cost = options.max_cost;
    w.draws = !quiet && !verbose && isatty(STDERR_FILENO);
    w.ids = json_array();
    status = dispatch(&w, &options, &schedule, argv[0]);
    json_decref(w.ids);
    return cli_finish(command, status);
}

const cli_command command_dispatch = {
    .name = "dispatch",
    .arguments = "[OPTIONS] JOBS.jsonl|-",
    .summary = "send jobs to an endpoint and print their results (JSON Lines)",
    .details =
        "Each line of JOBS is a job's input, a JSON object, or {\"id\":...,\"input\":{...}};\n"
        "webhook, policy and whatever else is beside input are not sent.\n"
        "Each line of output is one result, in the order they are done; index counts the\n"
        "jobs from 0. With --out-dir audio_base64 becomes audio_file. The key comes from\n"
        "RUNPOD_API_KEY, or with --protocol plain from TTSSLICE_API_KEY, with openai from\n"
        "OPENAI_API_KEY. An interrupt cancels what runs on the endpoint.",
    .run = run,
};
