/* SPDX-License-Identifier: MIT */
/* The clips that concat is given: as arguments, or in a list with what is known of them. */
#ifndef TTSSLICE_TOOLS_CLIPS_H
#define TTSSLICE_TOOLS_CLIPS_H

#include "cli.h"

/* Takes one clip, borrowed. Returns -1 to go on, or the exit status after a message. */
typedef int cli_take_clip(void *self, const ttsslice_clip *clip);

typedef struct cli_clips {
    const cli_command *command;
    const char *list;       /* file of JSON, or "-"; NULL: the clips are arguments */
    const char *break_name; /* of clips that name none; NULL: by the mark that ends their text */
    cli_take_clip *take;
    void *self;
    json_t *held; /* the clip that was read last: a pause may follow */
    size_t index; /* of it, from 0 on */
    size_t count; /* of clips that were read */
    size_t line;  /* of JSON Lines, which is being read; 0: none */
} cli_clips;

/* Reads the list or the arguments, and hands out each clip when the next one is there, or the end.
 * Returns -1, or the exit status after a message. */
int cli_clips_read(cli_clips *clips, char **paths, int count);

#endif
