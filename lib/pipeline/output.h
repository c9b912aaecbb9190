/* SPDX-License-Identifier: MIT */
/* The end of the pipeline: takes leave in the order of the text, as the plan places concat. */
#ifndef TTSS_PIPELINE_OUTPUT_H
#define TTSS_PIPELINE_OUTPUT_H

#include "pipeline/run_private.h"

/* A clip and what it points to. */
typedef struct ttss_clip_data {
    ttsslice_clip clip;
    size_t *starts, *lengths;
    double *starts_s, *ends_s;
} ttss_clip_data;

typedef struct ttss_output {
    const ttsslice_run *run;
    const char *path;
    ttsslice_concat *concat; /* local */
    ttss_clip_data *clips;   /* host: kept until the end */
    size_t clip_count, clip_capacity;
    int32_t like_rate, like_channels; /* format of the last take that left; 0: none yet */
    size_t next;                      /* the chunk that leaves next */
    int32_t sample_rate; /* of the first that left, where all must be alike; 0: none yet */
} ttss_output;

int32_t ttss_output_open(ttss_output *output, const ttsslice_run *run, const char *path,
                         ttsslice_error *err);

/* Passes on whatever is done and in order, and gives its audio back. */
int32_t ttss_output_flush(ttss_output *output, ttsslice_result *result, ttsslice_error *err);

/* Completes the file. *timeline may stay NULL. */
int32_t ttss_output_close(ttss_output *output, ttsslice_timeline **timeline, ttsslice_error *err);

/* Gives up what was not completed; also after close. Separate clips that were written stay. */
void ttss_output_abort(ttss_output *output);

#endif
