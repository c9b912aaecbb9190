/* SPDX-License-Identifier: MIT */
/* `ttsslice bisect`: renders a text under two plans and, where the results part, moves one slice
 * after the other from the first plan to the second. The first move that changes the result names
 * the slice. The first plan may also be a recorded run; where a run of today parts from it, the
 * first field in the order of the data names the slice. */
#include "bisect.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- interrupts ----------------------------------------------------------------------------- */

/* The lock guards both. */
static struct {
    pthread_mutex_t lock;
    ttsslice_run *run; /* that executes, or NULL */
    bool cancelled;
} current = {PTHREAD_MUTEX_INITIALIZER, NULL, false};

static void cancel_current(void *unused) {
    (void)unused;
    pthread_mutex_lock(&current.lock);
    current.cancelled = true;
    ttsslice_cancel(current.run);
    pthread_mutex_unlock(&current.lock);
}

static void set_current(ttsslice_run *run) {
    pthread_mutex_lock(&current.lock);
    current.run = run;
    if (current.cancelled)
        ttsslice_cancel(run);
    pthread_mutex_unlock(&current.lock);
}

/* --- runs ----------------------------------------------------------------------------------- */

static void forget(outcome *o) {
    ttsslice_free(o->report);
    free(o->audio);
    *o = (outcome){0};
}

static void print_plan(FILE *out, const ttsslice_plan *p) {
    fprintf(out, "generate=%s%s chunk=%s dispatch=%s validate=%s select=%s concat=%s",
            ttsslice_place_name(p->generate), p->takes_per_request ? " (one take a request)" : "",
            ttsslice_place_name(p->chunk), ttsslice_place_name(p->dispatch),
            ttsslice_place_name(p->validate), ttsslice_place_name(p->select),
            ttsslice_place_name(p->concat));
}

static int32_t execute(bisect *b, const ttsslice_run_options *options, const char *path,
                       outcome *out, ttsslice_error *err) {
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    int32_t code = ttsslice_run_new(b->text, b->length, options, &run, err);
    if (!code) {
        set_current(run);
        code = ttsslice_run_execute(run, path, &result, err);
        set_current(NULL);
    }
    if (code == TTSSLICE_ERR_INCOMPLETE)
        code = 0; /* a chunk that failed is a difference as any other */
    if (!code)
        code = ttsslice_result_json(result, &out->report, err);
    if (!code && ttsslice_result_timeline(result))
        out->audio = strdup(path);
    ttsslice_result_unref(result);
    ttsslice_run_free(run);
    return code;
}

/* Renders under a plan. Returns -1, or the exit status after a message. */
static int render(bisect *b, const ttsslice_plan *plan, outcome *out) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_run_options options = b->run.options;
    char path[4200];
    *out = (outcome){.plan = *plan};
    int status = cli_run_engines(b->command, &b->run, plan, &options);
    if (status >= 0)
        return status;
    options.plan = plan;
    options.write_reports = b->keep != NULL;
    snprintf(path, sizeof path, "%s/%d.wav", b->folder, ++b->rendered);
    if (!b->run.quiet) {
        fprintf(stderr, "run %d: ", b->rendered);
        print_plan(stderr, plan);
        fputc('\n', stderr);
    }
    int32_t code = execute(b, &options, path, out, &err);
    ttsslice_generator_unref(options.generator);
    ttsslice_transcriber_unref(options.transcriber);
    if (code)
        return cli_fail(b->command, &err);
    return -1;
}

/* --- comparing ------------------------------------------------------------------------------ */

/* NULL in *parting: they are the same. Returns as above. */
static int compare(bisect *b, const outcome *x, const outcome *y, ttsslice_comparison **parting) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    *parting = NULL;
    b->whole = b->whole && x->audio && y->audio;
    int32_t code = ttsslice_compare(x->report, x->audio, y->report, y->audio, parting, &err);
    if (code == TTSSLICE_ERR_PROTOCOL) { /* no report of today */
        cli_message(b->command, "%s: %s", b->good, err.message);
        return CLI_INPUT;
    }
    if (code)
        return cli_fail(b->command, &err);
    if (ttsslice_comparison_count(*parting) == 0) {
        ttsslice_comparison_unref(*parting);
        *parting = NULL;
    }
    return -1;
}

static void note_step(bisect *b, int32_t slice, const ttsslice_plan *from, const ttsslice_plan *to,
                      bool same) {
    if (b->step_count < BISECT_STEPS_MAX)
        b->steps[b->step_count++] = (step){slice, *from, *to, same};
}

/* Whether the last plan that was good gives the same once more: if not, no slice is to blame. */
static int check_repeats(bisect *b, const outcome *good) {
    outcome again = {0};
    ttsslice_comparison *parting = NULL;
    int status = render(b, &good->plan, &again);
    if (status < 0)
        status = compare(b, good, &again, &parting);
    b->repeats = !parting;
    if (parting && status < 0) {
        ttsslice_comparison_unref(b->parting);
        b->parting = parting;
    }
    forget(&again);
    return status;
}

/* Moves slice after slice until the result parts; `bad` is that of the last plan. */
static int walk(bisect *b, outcome *good, const outcome *bad) {
    int status = -1;
    ttsslice_plan plan = good->plan, next = TTSSLICE_PLAN_INIT;
    int32_t slice = 0;
    while (status < 0 && !b->parting &&
           ttsslice_plan_next(&plan, &b->to, &next, &slice, NULL) == 0) {
        outcome now = {0};
        bool last = ttsslice_plan_next(&next, &b->to, &(ttsslice_plan)TTSSLICE_PLAN_INIT, NULL,
                                       NULL) == TTSSLICE_ERR_END;
        if (!last)
            status = render(b, &next, &now);
        if (status < 0)
            status = compare(b, good, last ? bad : &now, &b->parting);
        if (status < 0)
            note_step(b, slice, &plan, &next, !b->parting);
        if (status < 0 && !b->parting && !last) {
            forget(good);
            *good = now;
            now = (outcome){0};
        }
        forget(&now);
        plan = next;
    }
    if (status < 0 && b->parting)
        status = check_repeats(b, good);
    return status;
}

static bool same_plan(const ttsslice_plan *a, const ttsslice_plan *b) {
    return ttsslice_plan_next(a, b, &(ttsslice_plan)TTSSLICE_PLAN_INIT, NULL, NULL) ==
           TTSSLICE_ERR_END;
}

/* From the recording to a run of today. */
static int replay(bisect *b, const outcome *recorded, outcome *now) {
    int status = render(b, &b->from, now);
    if (status < 0)
        status = compare(b, recorded, now, &b->parting);
    if (status < 0)
        note_step(b, TTSSLICE_SLICE_NONE, &b->from, &b->from, !b->parting);
    return status < 0 && b->parting ? check_repeats(b, now) : status;
}

static int search(bisect *b) {
    outcome good = {0}, bad = {0};
    ttsslice_comparison *ends = NULL;
    int status = -1;
    if (b->recorded) {
        outcome recorded = {b->recording.plan, b->recording.report, b->recording.audio};
        status = replay(b, &recorded, &good);
    } else {
        status = render(b, &b->from, &good);
    }
    bool one = b->recorded && same_plan(&b->from, &b->to);
    if (status < 0 && !b->parting && !one)
        status = render(b, &b->to, &bad);
    if (status < 0 && !b->parting && !one)
        status = compare(b, &good, &bad, &ends);
    if (status < 0 && ends && same_plan(&b->from, &b->to)) {
        b->repeats = false;
        b->parting = ttsslice_comparison_ref(ends);
    } else if (status < 0 && ends) {
        status = walk(b, &good, &bad);
    }
    ttsslice_comparison_unref(ends);
    forget(&good);
    forget(&bad);
    return status;
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool is_plan_name(const char *name) {
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    return ttsslice_plan_named(name, &plan, NULL) == 0;
}

/* A name that can only be meant as that of a file is one, even if there is none. */
static bool is_report_name(const char *name) {
    return !is_plan_name(name) && (access(name, F_OK) == 0 || strpbrk(name, "./"));
}

/* The plans at both ends. */
static int read_plans(bisect *b) {
    int status = -1;
    b->from = (ttsslice_plan)TTSSLICE_PLAN_INIT;
    b->to = (ttsslice_plan)TTSSLICE_PLAN_INIT;
    b->recorded = is_report_name(b->good);
    if (!b->bad && (!b->recorded || b->bad_places.count))
        b->bad = "slice5";
    if (b->recorded && b->good_places.count)
        return cli_usage(b->command, "a recorded run is what it is; --good-place is for a plan");
    if (b->recorded)
        status = cli_recording_open(b->command, b->good, &b->recording);
    else
        status = cli_run_plan(b->command, b->good, &b->good_places, &b->from);
    if (status >= 0)
        return status;
    if (b->recorded)
        b->from = b->recording.plan;
    if (b->recorded && b->recording.host && !b->bad) {
        cli_message(b->command,
                    "%s was made with the application's own functions; name a plan to run now "
                    "with --bad, or use ttsslice.bisect() in Python",
                    b->good);
        return CLI_INPUT;
    }
    if (b->bad)
        status = cli_run_plan(b->command, b->bad, &b->bad_places, &b->to);
    else
        b->to = b->from;
    if (b->recorded && b->recording.host)
        b->from = b->to;
    return status;
}

/* An option for an engine is wrong only if neither end has a use for it. */
static int check_engines(const bisect *b) {
    ttsslice_plan both = b->from;
    if (b->to.generate != TTSSLICE_PLACE_HANDLER)
        both.generate = b->to.generate;
    if (b->to.validate == TTSSLICE_PLACE_LOCAL)
        both.validate = b->to.validate;
    return cli_run_check_engines(b->command, &b->run, &both);
}

static int make_folder(bisect *b) {
    const char *base = getenv("TMPDIR");
    size_t size = 64 + strlen(base ? base : "/tmp");
    if (b->keep) {
        b->folder = strdup(b->keep);
        if (b->folder && mkdir(b->folder, 0777) != 0 && errno != EEXIST) {
            cli_message(b->command, "cannot make %s: %s", b->folder, strerror(errno));
            return CLI_INPUT;
        }
        return -1;
    }
    b->folder = malloc(size);
    if (b->folder)
        snprintf(b->folder, size, "%s/ttsslice-bisect-XXXXXX", base && base[0] ? base : "/tmp");
    if (b->folder && mkdtemp(b->folder))
        return -1;
    cli_message(b->command, "cannot make a folder in %s: %s", base && base[0] ? base : "/tmp",
                strerror(errno));
    free(b->folder);
    b->folder = NULL;
    return CLI_INPUT;
}

static void remove_folder(bisect *b) {
    DIR *folder = b->folder && !b->keep ? opendir(b->folder) : NULL;
    for (struct dirent *entry = NULL; folder && (entry = readdir(folder));)
        unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
    if (b->folder && !b->keep)
        rmdir(b->folder);
    free(b->folder);
}

static int do_bisect(bisect *b, const char *path) {
    int status = read_plans(b);
    if (status < 0 && b->recorded)
        cli_recording_apply(&b->recording, &b->run);
    if (status < 0)
        status = cli_run_read(b->command, &b->run);
    if (status < 0 && b->recorded && !b->run.listed)
        b->run.chunk.abbreviations = cli_recording_abbreviations(&b->recording);
    if (status < 0)
        status = check_engines(b);
    if (status < 0)
        b->text = cli_read_text(b->command, path, &b->length, &status);
    if (status < 0)
        status = make_folder(b);
    if (status >= 0)
        return status;
    cli_on_interrupt(cancel_current, NULL);
    if (b->recorded && !b->recording.audio)
        cli_message(b->command,
                    "note: the output of %s is not beside it; its samples are not "
                    "compared",
                    b->good);
    status = search(b);
    if (status >= 0)
        return status;
    bisect_print(b);
    return b->parting ? CLI_NOT_PASSED : CLI_DONE;
}

static int run_bisect(const cli_command *command, int argc, char **argv) {
    bisect b = {
        .command = command, .run = CLI_RUN_INIT, .good = "slice0", .whole = true, .repeats = true};
    const cli_option own[] = {
        {"good", CLI_TEXT, &b.good, "PLAN|REPORT",
         "plan to start from, or the OUT_metadata.json of a good run; default slice0", 0, 0},
        {"bad", CLI_TEXT, &b.bad, "PLAN",
         "plan to arrive at; default slice5, or for a REPORT the plan of it", 0, 0},
        {"good-place", CLI_LIST, &b.good_places, "SLICE=WHERE", "move one slice of the former", 0,
         0},
        {"bad-place", CLI_LIST, &b.bad_places, "SLICE=WHERE", "move one slice of the latter", 0, 0},
        {"keep", CLI_TEXT, &b.keep, "DIR", "keep every run there: 1.wav, 1_metadata.json, ...", 0,
         0},
        {"json", CLI_FLAG, &b.json, NULL, "the answer as JSON", 0, 0},
        {"quiet", CLI_FLAG, &b.run.quiet, NULL, "do not tell which plan runs; no warnings", 0, 0},
        {"verbose", CLI_FLAG, &b.run.verbose, NULL, "tell what is going on", 0, 0},
    };
    cli_option options[sizeof own / sizeof own[0] + CLI_RUN_OPTIONS];
    int positional = 0;
    const char *unused = NULL;
    memcpy(options, own, sizeof own);
    cli_run_options(&b.run, options + sizeof own / sizeof own[0]);
    int status =
        cli_parse(command, options, sizeof options / sizeof options[0], argc, argv, &positional);
    if (status >= 0)
        return status;
    if (positional != 1)
        return cli_usage(command, "give one text file, or - for standard input");
    if (b.run.schedule.dry_run || b.run.schedule.trace)
        return cli_usage(command, "%s is for one run; give it to ttsslice render",
                         b.run.schedule.dry_run ? "--dry-run" : "--trace");
    status = cli_join_read(command, &b.run.join, "bisect.wav", &unused);
    if (status < 0)
        status = do_bisect(&b, argv[0]);
    remove_folder(&b);
    ttsslice_comparison_unref(b.parting);
    cli_recording_close(&b.recording);
    cli_run_free(&b.run);
    free(b.text);
    return cli_finish(command, status);
}

const cli_command command_bisect = {
    "bisect",
    "[OPTIONS] TEXT|-",
    "which slice changed the result, and at which chunk",
    "Renders TEXT under both plans. Where takes, scores or bytes part, one slice after the other "
    "is\n"
    "moved from the good plan to the bad one; the first move that changes the result is told, "
    "with\n"
    "the first chunk and both values. The engine must follow its seed, here and at the handler.\n"
    "\n"
    "With a REPORT, TEXT is rendered as the recorded run was, with its options but for those on "
    "the\n"
    "command line, and compared with it: what has changed since? Its audio is looked for beside "
    "it.\n"
    "\n"
    "Exit status 0: all the same; 1: they part.",
    run_bisect,
};
