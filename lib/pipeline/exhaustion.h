/* SPDX-License-Identifier: MIT */
/* What becomes of a chunk none of whose takes passed: made again as two halves, or silence. */
#ifndef TTSS_PIPELINE_EXHAUSTION_H
#define TTSS_PIPELINE_EXHAUSTION_H

#include "pipeline/run_private.h"

/* Gives the record two halves where its text can be parted; record->parts stays NULL where it
 * cannot: a single word, or a half itself. */
int32_t ttss_record_part(ttss_record *record, const ttsslice_run *run, ttsslice_error *err);

/* Both halves are done: they take the chunk's place, if both have a take. */
void ttss_record_join(ttss_record *record);

/* Silence as long as the text would take. */
int32_t ttss_silence_new(const char *text, int32_t sample_rate, int32_t channels,
                         ttsslice_audio **out, ttsslice_error *err);

#endif
