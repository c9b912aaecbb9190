/* SPDX-License-Identifier: MIT */
/* Bytes under libsndfile; see store.h. Files are read and written at explicit positions, so nothing
 * depends on the file offset of the descriptor. */
#include "audio/store.h"

#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void ttss_store_init_bytes(ttss_store *store, const void *bytes, size_t size) {
    *store = (ttss_store){.fd = -1, .readable = bytes, .size = (int64_t)size};
}

void ttss_store_init_memory(ttss_store *store) {
    *store = (ttss_store){.fd = -1};
}

void ttss_store_init_fd(ttss_store *store, int fd, int64_t size) {
    *store = (ttss_store){.fd = fd, .size = size};
}

void ttss_store_free(ttss_store *store) {
    free(store->written);
    *store = (ttss_store){.fd = -1};
}

static int64_t fail(ttss_store *store, int error, int64_t done) {
    if (!store->error)
        store->error = error;
    return done;
}

static int64_t read_bytes(ttss_store *store, int64_t position, void *to, int64_t count) {
    if (position < 0 || count <= 0 || position >= store->size)
        return 0;
    if (count > store->size - position)
        count = store->size - position;
    if (store->fd < 0) {
        const char *from = store->readable ? store->readable : store->written;
        memcpy(to, from + position, (size_t)count);
        return count;
    }
    int64_t done = 0;
    while (done < count) {
        ssize_t got =
            pread(store->fd, (char *)to + done, (size_t)(count - done), (off_t)(position + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(store, errno, done);
        if (got == 0)
            break;
        done += got;
    }
    return done;
}

int64_t ttss_store_read_at(ttss_store *store, int64_t position, void *to, int64_t count) {
    int64_t done = read_bytes(store, position, to, count);
    for (int64_t i = store->ones_at; store->ones_at && i < store->ones_at + 4; i++)
        if (i >= position && i < position + done)
            ((unsigned char *)to)[i - position] = 0xff;
    return done;
}

static int64_t write_memory(ttss_store *store, int64_t position, const void *from, int64_t count) {
    int64_t end = position + count;
    if (store->readable)
        return fail(store, EBADF, 0);
    if (!ttss_grow((void **)&store->written, &store->capacity, (size_t)end, 1))
        return fail(store, ENOMEM, 0);
    if (position > store->size)
        memset(store->written + store->size, 0, (size_t)(position - store->size));
    memcpy(store->written + position, from, (size_t)count);
    return count;
}

static int64_t write_file(ttss_store *store, int64_t position, const void *from, int64_t count) {
    int64_t done = 0;
    while (done < count) {
        ssize_t put = pwrite(store->fd, (const char *)from + done, (size_t)(count - done),
                             (off_t)(position + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail(store, put < 0 ? errno : ENOSPC, done);
        done += put;
    }
    return done;
}

int64_t ttss_store_write_at(ttss_store *store, int64_t position, const void *from, int64_t count) {
    if (count <= 0)
        return 0;
    if (position < 0 || position > INT64_MAX / 2 || count > INT64_MAX / 2)
        return fail(store, EFBIG, 0);
    if (store->error) /* nothing more is tried; libsndfile goes on writing regardless */
        return 0;
    int64_t done = store->fd < 0 ? write_memory(store, position, from, count)
                                 : write_file(store, position, from, count);
    if (position + done > store->size)
        store->size = position + done;
    return done;
}

/* --- libsndfile's side ---------------------------------------------------------------------- */

static sf_count_t vio_length(void *user_data) {
    return ((ttss_store *)user_data)->size;
}

static sf_count_t vio_seek(sf_count_t offset, int whence, void *user_data) {
    ttss_store *store = user_data;
    int64_t base = 0;
    if (whence == SEEK_CUR)
        base = store->position;
    else if (whence == SEEK_END)
        base = store->size;
    int64_t position = 0;
    if (__builtin_add_overflow(base, offset, &position) || position < 0)
        return -1;
    store->position = position;
    return position;
}

static sf_count_t vio_read(void *to, sf_count_t count, void *user_data) {
    ttss_store *store = user_data;
    int64_t done = ttss_store_read_at(store, store->position, to, count);
    store->position += done;
    return done;
}

static sf_count_t vio_write(const void *from, sf_count_t count, void *user_data) {
    ttss_store *store = user_data;
    int64_t done = ttss_store_write_at(store, store->position, from, count);
    store->position += done;
    return done;
}

static sf_count_t vio_tell(void *user_data) {
    return ((ttss_store *)user_data)->position;
}

/* libsndfile keeps the reason of a failed open, and the seed of its stream numbers, in variables
 * of the process. */
static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;

SNDFILE *ttss_store_open(ttss_store *store, int mode, SF_INFO *info, char *reason,
                         size_t reason_size) {
    SF_VIRTUAL_IO io = {vio_length, vio_seek, vio_read, vio_write, vio_tell};
    pthread_mutex_lock(&open_lock);
    SNDFILE *file = sf_open_virtual(&io, mode, info, store);
    if (!file)
        snprintf(reason, reason_size, "%s", sf_strerror(NULL));
    pthread_mutex_unlock(&open_lock);
    return file;
}
