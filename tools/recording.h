/* SPDX-License-Identifier: MIT */
/* A run that was recorded: the report OUT_metadata.json, and the output beside it. */
#ifndef TTSSLICE_TOOLS_RECORDING_H
#define TTSSLICE_TOOLS_RECORDING_H

#include "run.h"

typedef struct cli_recording {
    char *report;       /* its text */
    char *audio;        /* path of the output, NULL: it is not there */
    json_t *root;       /* the report */
    ttsslice_plan plan; /* where its slices ran */
    bool host;          /* some of them in the application, which cannot be done here */
} cli_recording;

/* Reads a report. Returns -1, or the exit status after a message. */
int cli_recording_open(const cli_command *command, const char *path, cli_recording *out);

/* Takes over the options of the recorded run that the command line does not set. Before
 * cli_run_read(). Their texts live as long as the recording. */
void cli_recording_apply(const cli_recording *recording, cli_run *run);

/* Its list of abbreviations, or NULL; borrowed. */
const char *cli_recording_abbreviations(const cli_recording *recording);

void cli_recording_close(cli_recording *recording); /* also on a zeroed one */

#endif
