/* SPDX-License-Identifier: MIT */
/* Where the output goes: into a file that gets its name at the end, to the application, or both. */
#ifndef TTSS_CONCAT_SINK_H
#define TTSS_CONCAT_SINK_H

#include "audio/encode.h"
#include "base/file.h"
#include "concat/level.h"

#include <ttsslice/concat.h>

typedef struct ttss_sink {
    ttss_temp_file temp;
    ttss_writer writer;
    ttss_level level;
    const char *format;                     /* NULL: no file */
    const char *title;                      /* borrowed, or NULL */
    const ttsslice_concat_options *options; /* for those who hear or cancel; borrowed */
    int64_t frames;                         /* so far */
    int32_t channels, rate;
} ttss_sink;

/* path: NULL for no file; then format is NULL too.
 * The sink stays where it is in memory and is zeroed, with closed files, before. */
int32_t ttss_sink_open(ttss_sink *sink, const char *path, const char *format,
                       const ttsslice_concat_options *options, ttsslice_error *err);

/* Before the first frame. */
int32_t ttss_sink_start(ttss_sink *sink, int32_t channels, int32_t rate, ttsslice_error *err);

int32_t ttss_sink_add(ttss_sink *sink, const int16_t *samples, int64_t frames, ttsslice_error *err);
int32_t ttss_sink_add_silence(ttss_sink *sink, int64_t frames, ttsslice_error *err);

/* Completes the file under its name. */
int32_t ttss_sink_finish(ttss_sink *sink, ttsslice_error *err);

void ttss_sink_discard(ttss_sink *sink); /* also after finish */

#endif
