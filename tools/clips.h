/* SPDX-License-Identifier: MIT */
/* The clips that concat is given: as arguments, or in a list with what is known of them. */
#ifndef TTSSLICE_TOOLS_CLIPS_H
#define TTSSLICE_TOOLS_CLIPS_H

#include "cli.h"

typedef struct cli_clips {
    const cli_command *command;
    const char *list;       /* file of JSON, or "-"; NULL: the clips are arguments */
    const char *break_name; /* of clips that name none; NULL: by the mark that ends their text */
    size_t line;            /* of JSON Lines, which is being read; 0: none */
    json_t *items;          /* array of objects */
} cli_clips;

/* A clip as the library takes it. It borrows its text from the list and owns the rest. */
typedef struct cli_clip {
    ttsslice_clip clip;
    char *path;
    size_t *starts, *lengths;
    double *starts_s, *ends_s;
} cli_clip;

/* Reads the list, or takes the arguments. Returns -1, or the exit status after a message. */
int cli_clips_read(cli_clips *clips, char **paths, int count);

size_t cli_clips_count(const cli_clips *clips);

/* Where a clip is; paths of a list are relative to its folder. From malloc; NULL: out of memory. */
char *cli_clips_path(const cli_clips *clips, size_t index);

/* Checks the description of a clip and fills *out, which is to be freed in any case. Returns as
 * cli_clips_read(). */
int cli_clips_get(const cli_clips *clips, size_t index, cli_clip *out);

void cli_clip_free(cli_clip *clip);
void cli_clips_free(cli_clips *clips);

#endif
