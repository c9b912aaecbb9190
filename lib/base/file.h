/* SPDX-License-Identifier: MIT */
/* Files: read whole with a limit; written without a name or under a temporary one in the same
 * folder, synced and named at the end, so that a name never shows half a file. */
#ifndef TTSS_BASE_FILE_H
#define TTSS_BASE_FILE_H

#include <ttsslice/error.h>

/* Whole file, from malloc, with a NUL behind it. */
int32_t ttss_file_read(const char *path, size_t largest, char **bytes, size_t *length,
                       ttsslice_error *err);

/* Replaces a file. */
int32_t ttss_file_write(const char *path, const void *bytes, size_t length, ttsslice_error *err);

/* In steps: a temporary file in the folder of `path`, or of the file that it leads to if it is a
 * symbolic link, then either commit or discard. Both close fd
 * and free the struct's name. See temp_file.c for what is left of one whose process was killed. */
typedef struct ttss_temp_file {
    char *name; /* NULL: it has none yet */
    char *path;
    int fd;
} ttss_temp_file;

int32_t ttss_temp_open(ttss_temp_file *file, const char *path, ttsslice_error *err);
/* The same with a name from the start, as ttss_temp_open() does where there must be one. */
int32_t ttss_temp_open_named(ttss_temp_file *file, const char *path, ttsslice_error *err);
int32_t ttss_temp_write(ttss_temp_file *file, const void *bytes, size_t length,
                        ttsslice_error *err);
int32_t ttss_temp_commit(ttss_temp_file *file, ttsslice_error *err);
void ttss_temp_discard(ttss_temp_file *file); /* also on one that is not open */

/* Removes temporary files for `path` whose processes are gone. Never fails. */
void ttss_temp_sweep(const char *path);

#endif
