/* SPDX-License-Identifier: MIT */
/* The mark of a pause in a text: "[pause 1.5s]" or "[pause 500ms]". */
#ifndef TTSS_BASE_PAUSE_MARK_H
#define TTSS_BASE_PAUSE_MARK_H

#include <ttsslice/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest pause, one mark or several in a row. */
#define TTSS_PAUSE_MAX_MS 600000

typedef struct ttss_pause_mark {
    size_t start; /* byte of the bracket */
    size_t end;   /* behind the other one */
    int64_t ms;
} ttss_pause_mark;

/* Finds the next mark from *pos on, and moves *pos behind it; *found tells whether there is one.
 * Fails with TEXT (byte_offset set) for one that cannot be read or is too long. */
int32_t ttss_pause_mark_next(const char *text, size_t length, size_t *pos, ttss_pause_mark *mark,
                             bool *found, ttsslice_error *err);

/* Length of the pause if the whole text is a mark, else -1. */
int64_t ttss_pause_mark_read(const char *text, size_t length);

#endif
