/* SPDX-License-Identifier: MIT */
/* A file that a library insists on reading by name, in memory where the system has that (Linux
 * memfd), else in TMPDIR. It is gone once closed. */
#ifndef TTSS_ENGINE_SCRATCH_FILE_H
#define TTSS_ENGINE_SCRATCH_FILE_H

#include <ttsslice/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct ttss_scratch_file {
    int fd; /* -1: not open */
    bool named; /* path has to be unlinked */
    char path[4096];
} ttss_scratch_file;

int32_t ttss_scratch_write(ttss_scratch_file *file, const void *bytes, size_t length,
                           ttsslice_error *err);
void ttss_scratch_close(ttss_scratch_file *file); /* also of one that is not open */

#endif
