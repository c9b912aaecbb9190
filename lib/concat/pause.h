/* SPDX-License-Identifier: MIT */
/* How long the quiet after a clip is to be. */
#ifndef TTSS_CONCAT_PAUSE_H
#define TTSS_CONCAT_PAUSE_H

#include <ttsslice/concat.h>

/* Frames, to the nearest. */
int64_t ttss_pause_frames(const ttsslice_concat_options *options, const ttsslice_clip *clip,
                          int32_t sample_rate);

/* The break that the mark at the end of a text makes; text may be NULL. */
int32_t ttss_break_of_text(const char *text);

#endif
