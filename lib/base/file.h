/* SPDX-License-Identifier: MIT */
/* Files: read whole with a limit; written under a temporary name in the same folder, synced and
 * renamed, so that a name never shows half a file. */
#ifndef TTSS_BASE_FILE_H
#define TTSS_BASE_FILE_H

#include <ttsslice/error.h>

/* Whole file, from malloc, with a NUL behind it. */
int32_t ttss_file_read(const char *path, size_t largest, char **bytes, size_t *length,
                       ttsslice_error *err);

/* Replaces a file. */
int32_t ttss_file_write(const char *path, const void *bytes, size_t length, ttsslice_error *err);

/* In steps: a temporary file beside `path`, then either commit or discard. Both close fd and free
 * the struct's name. */
typedef struct ttss_temp_file {
    char *name; /* NULL: not open */
    char *path;
    int fd;
} ttss_temp_file;

int32_t ttss_temp_open(ttss_temp_file *file, const char *path, ttsslice_error *err);
int32_t ttss_temp_write(ttss_temp_file *file, const void *bytes, size_t length,
                        ttsslice_error *err);
int32_t ttss_temp_commit(ttss_temp_file *file, ttsslice_error *err);
void ttss_temp_discard(ttss_temp_file *file); /* also on one that is not open */

#endif
