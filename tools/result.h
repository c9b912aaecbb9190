/* SPDX-License-Identifier: MIT */
/* The audio of a job's result as files. */
#ifndef TTSSLICE_TOOLS_RESULT_H
#define TTSSLICE_TOOLS_RESULT_H

#include "cli.h"

#include <stdint.h>

/* Writes the audio in a result's output into a folder and puts `audio_file` in its place: that of
 * the output itself as NNNN.wav, that of its candidates as NNNN-CC.wav, and whatever else came as
 * an attachment, at any depth, as NNNN-aK.wav, K being its number. One that cannot be written does
 * not keep the others back: the first failure is returned. */
int32_t cli_result_save(const ttsslice_job_result *result, const char *folder, json_t *output,
                        ttsslice_error *err);

#endif
