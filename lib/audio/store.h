/* SPDX-License-Identifier: MIT */
/* Where a sound file's bytes are: in memory or in an open file. One set of functions under
 * libsndfile for both, so that every failure of the system below is seen with its errno. */
#ifndef TTSS_AUDIO_STORE_H
#define TTSS_AUDIO_STORE_H

#include <sndfile.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ttss_store {
    int fd;               /* -1: in memory */
    const void *readable; /* in memory, for reading; borrowed */
    char *written;        /* in memory, for writing; owned */
    size_t capacity;
    int64_t size; /* bytes */
    int64_t position;
    int error;       /* errno of the first failure, or 0 */
    int64_t ones_at; /* where four bytes are read as 0xff, whatever they are; 0: nowhere */
} ttss_store;

void ttss_store_init_bytes(ttss_store *store, const void *bytes, size_t size);
void ttss_store_init_memory(ttss_store *store);
/* The file stays the caller's. `size` is what it holds now. */
void ttss_store_init_fd(ttss_store *store, int fd, int64_t size);
void ttss_store_free(ttss_store *store);

/* At a position; bytes moved, fewer at the end or after a failure. */
int64_t ttss_store_read_at(ttss_store *store, int64_t position, void *to, int64_t count);
int64_t ttss_store_write_at(ttss_store *store, int64_t position, const void *from, int64_t count);

/* sf_open_virtual() on the store. NULL on failure; then `reason` is libsndfile's text. */
SNDFILE *ttss_store_open(ttss_store *store, int mode, SF_INFO *info, char *reason,
                         size_t reason_size);

#endif
