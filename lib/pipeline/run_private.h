/* SPDX-License-Identifier: MIT */
/* What the files of the pipeline share about a run, its records and its result. */
#ifndef TTSS_PIPELINE_RUN_PRIVATE_H
#define TTSS_PIPELINE_RUN_PRIVATE_H

#include "base/mem.h"
#include "pipeline/take.h"

#include <ttsslice/run.h>

#include <jansson.h>

struct ttsslice_run {
    char *text;
    size_t length;
    ttsslice_plan plan;
    ttsslice_host host;
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    ttsslice_concat_options concat;       /* asks the run whether to go on, which asks: */
    ttsslice_cancelled_fn join_cancelled; /* NULL: nobody */
    void *join_cancelled_data;
    ttss_take_params params; /* text and numbers are set for each chunk */
    char *language, *validate_language, *audio_prompt_url, *abbreviations, *aliases;
    char *concat_format, *concat_title, *concat_loudness;
    ttsslice_chunk_options chunk; /* its language is not kept */
    int64_t max_in_flight;
    int32_t on_exhaustion;
    ttsslice_chunks *chunks;
    ttsslice_dispatcher *dispatcher; /* where jobs go out through the library */
    ttsslice_progress_fn progress;
    void *progress_user_data;
    ttsslice_logger logger;
    bool write_reports;
    bool executed;
    atomic_bool cancelled;
    ttss_stop stop; /* looks at it */
};

/* One chunk on its way through the run, and afterwards in the result. */
typedef struct ttss_record {
    ttsslice_chunk_result info; /* its strings point to those below */
    char *text;                 /* of the chunk, NUL-terminated */
    char *error, *job_id, *worker_id;
    ttss_candidates candidates;
    ttsslice_candidate_info *candidate_infos; /* made when the chunk is done */
    struct ttss_record *parts;  /* the two halves that are made in its place; NULL: none */
    struct ttss_record *parent; /* of a half; NULL: a chunk */
    int32_t part;               /* of a half: 0 or 1 */
    int64_t started_ms;
    int32_t attempt;   /* the round that is under way */
    int32_t candidate; /* the take under way, where they are made one by one */
    int32_t pending;   /* jobs of this round without an answer */
    bool answered;     /* in this round the handler said something, if only that it failed */
    bool resubmitted;  /* a job was tried again because its worker was lost */
    int64_t pause_ms;  /* that marks in the text ask for behind it; -1: none does */
    bool silent;       /* holds no words, or is the mark of a pause: nothing is made */
    bool silenced;     /* silence takes the place of its take */
    bool done;
} ttss_record;

#define TTSS_PARTS 2 /* halves of a chunk */

struct ttsslice_result {
    ttss_refs refs;
    ttss_record *records;
    size_t count;
    ttsslice_timeline *timeline;
    json_t *settings; /* plan and options, for the report */
    char *path;       /* "": there is no file */
    int64_t elapsed_ms;
    double level_dbfs, rate; /* medians of the takes; NaN: unknown */
    bool has_totals;         /* jobs went through a dispatcher */
    ttsslice_dispatch_totals totals;
};

/* A result with one empty record per chunk. */
int32_t ttss_result_new(const ttsslice_run *run, const char *path, ttsslice_result **out,
                        ttsslice_error *err);

/* A record of a span of the run's text. *record needs ttss_record_free() in every case. */
int32_t ttss_record_init(ttss_record *record, const ttsslice_run *run, int64_t index, size_t start,
                         size_t length, int32_t break_after, ttsslice_error *err);
void ttss_record_free(ttss_record *record);

/* Whether a chunk is the mark of a pause, where the options of the run know such. */
bool ttss_is_pause(const ttsslice_run *run, const char *text, size_t length);

/* Compares the levels of the takes, once all are there. */
int32_t ttss_result_compare_levels(ttsslice_result *result, ttsslice_error *err);

/* Notes why a chunk has no take; the message is copied. */
int32_t ttss_record_fail(ttss_record *record, int32_t code, int32_t http_status,
                         const char *message, ttsslice_error *err);

/* Fixes the choice: fills the public fields and gives the audio of the others back. */
int32_t ttss_record_settle(ttss_record *record, const ttsslice_selection *selection,
                           ttsslice_error *err);

/* OUT without its extension, then suffix; from malloc, NULL: out of memory. */
char *ttss_path_beside(const char *path, const char *suffix);

/* Whether the reports could get their names; before anything is made. */
int32_t ttss_result_check_reports(const ttsslice_result *result, ttsslice_error *err);

/* Writes metadata, segments and subtitles beside the output. */
int32_t ttss_result_write_reports(const ttsslice_result *result, ttsslice_error *err);

#endif
