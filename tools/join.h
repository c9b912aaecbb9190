/* SPDX-License-Identifier: MIT */
/* What concat and render share: the options of a join, and audio on standard output. */
#ifndef TTSSLICE_TOOLS_JOIN_H
#define TTSSLICE_TOOLS_JOIN_H

#include "cli.h"
#include "outputs.h"

typedef struct cli_join {
    ttsslice_concat_options options;
    const char *trim, *bad_clip;
    int64_t sample_rate, channels;
    int no_trim, tail_repair, match_clips, dual_mono, vtt, labels;
    bool started;    /* something is on standard output */
    int write_error; /* errno of writing there, or 0 */
} cli_join;

#define CLI_JOIN_INIT                                                                              \
    { TTSSLICE_CONCAT_OPTIONS_INIT, "both", "stop", 0, 0, 0, 0, 0, 0, 0, 0, false, 0 }

#define CLI_JOIN_OPTIONS 23

/* Fills the rows of a table of options. */
void cli_join_options(cli_join *join, cli_option rows[CLI_JOIN_OPTIONS]);

/* Completes join->options after parsing. `output` is "-" for a stream of WAV on standard output;
 * then *path is NULL, otherwise it is `output`. Returns -1, or the exit status after a message. */
int cli_join_read(const cli_command *command, cli_join *join, const char *output,
                  const char **path);

/* Adds the further files of the timeline that are asked for beside `path`. Returns -1, or the exit
 * status after a message. */
int cli_join_name(const cli_command *command, const cli_join *join, const char *path,
                  cli_outputs *outputs);

/* Writes the timeline to those outputs from index `first` on. Returns as cli_join_name(). */
int cli_join_save(const cli_command *command, const ttsslice_timeline *timeline,
                  const cli_outputs *outputs, size_t first);

/* What was measured, or NULL; new reference. */
json_t *cli_join_loudness(const ttsslice_timeline *timeline);

/* As cli_fail(), but where standard output could not be written it says that. If whoever read it
 * has gone, that is their decision: CLI_CANCELLED without a message. */
int cli_join_fail(const cli_command *command, const cli_join *join, const ttsslice_error *err);

/* Says on stderr, unless quiet, what was done to clips that did not fit and which could not be
 * used, where the true peak kept the whole below the loudness that was asked for, and what lies
 * beside the audio, which is the first of `outputs`, from an earlier run. Returns whether all clips
 * could be used. */
bool cli_join_report(const cli_command *command, const cli_join *join,
                     const ttsslice_timeline *timeline, const cli_outputs *outputs, bool quiet);

#endif
