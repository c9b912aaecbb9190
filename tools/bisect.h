/* SPDX-License-Identifier: MIT */
/* A bisection: what was run and compared, and how it is told. */
#ifndef TTSSLICE_TOOLS_BISECT_H
#define TTSSLICE_TOOLS_BISECT_H

#include "recording.h"

#define BISECT_STEPS_MAX 8

/* What one run gave. */
typedef struct outcome {
    ttsslice_plan plan;
    char *report, *audio; /* NULL: none */
} outcome;

/* One comparison that was made. */
typedef struct step {
    int32_t slice; /* that was moved; TTSSLICE_SLICE_NONE: from the recording to a run of today */
    ttsslice_plan from, to;
    bool same;
} step;

typedef struct bisect {
    const cli_command *command;
    cli_run run;
    const char *good, *bad, *keep;
    cli_list good_places, bad_places;
    int json;
    char *text;
    size_t length;
    cli_recording recording;
    bool recorded;
    ttsslice_plan from, to;
    char *folder;
    int rendered; /* so many runs */
    step steps[BISECT_STEPS_MAX];
    size_t step_count;
    ttsslice_comparison *parting; /* NULL: none */
    bool whole;                   /* the outputs were compared, too, every time */
    bool repeats;                 /* the run before the parting one gives the same again */
} bisect;

/* Says on standard output what was found: for people, or as JSON. */
void bisect_print(const bisect *b);

#endif
