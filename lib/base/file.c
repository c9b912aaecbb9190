/* SPDX-License-Identifier: MIT */
/* Files read whole and written atomically; see file.h. */
#include "base/file.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int32_t ttss_file_read(const char *path, size_t largest, char **bytes, size_t *length,
                       ttsslice_error *err) {
    int32_t ret = 0;
    ttss_buf buf;
    char *block = NULL;
    const size_t block_size = 65536;
    ttss_buf_init(&buf, largest);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ttss_fail_errno(err, errno, "cannot read %s", path);
    block = malloc(block_size);
    if (!block) {
        ret = ttss_nomem(err);
        goto out;
    }
    for (;;) {
        ssize_t got = read(fd, block, block_size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            ret = ttss_fail_errno(err, errno, "cannot read %s", path);
            goto out;
        }
        if (got == 0)
            break;
        if (!ttss_buf_add(&buf, block, (size_t)got)) {
            ret =
                buf.length + (size_t)got > largest
                    ? ttss_fail(err, TTSSLICE_ERR_IO, "%s is larger than %zu bytes", path, largest)
                    : ttss_nomem(err);
            goto out;
        }
    }
    size_t total = buf.length;
    char *data = ttss_buf_take(&buf);
    if (!data) {
        ret = ttss_nomem(err);
        goto out;
    }
    *bytes = data;
    *length = total;
out:
    free(block);
    ttss_buf_free(&buf);
    close(fd);
    return ret;
}

int32_t ttss_temp_open(ttss_temp_file *file, const char *path, ttsslice_error *err) {
    *file = (ttss_temp_file){.fd = -1};
    struct stat there;
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode))
        return ttss_fail(err, TTSSLICE_ERR_IO, "cannot write %s: it is a folder", path);
    /* The rename at the end would put a file in the place of a device or a pipe. */
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return ttss_fail(err, TTSSLICE_ERR_IO,
                         "cannot write %s: it is no ordinary file; name a file", path);
    size_t length = strlen(path);
    static const char suffix[] = ".part-XXXXXX";
    file->path = ttss_strdup(path);
    file->name = ttss_new_array(length + sizeof suffix, 1);
    if (!file->path || !file->name) {
        ttss_temp_discard(file);
        return ttss_nomem(err);
    }
    memcpy(file->name, path, length);
    memcpy(file->name + length, suffix, sizeof suffix);
    file->fd = mkstemp(file->name);
    if (file->fd < 0) {
        int reason = errno;
        free(file->name);
        file->name = NULL;
        ttss_temp_discard(file);
        return ttss_fail_errno(err, reason, "cannot write %s", path);
    }
    if (file->fd <= STDERR_FILENO) {
        /* The program runs without standard streams; what it prints must not end up in here. */
        int high = fcntl(file->fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        int reason = errno;
        close(file->fd);
        file->fd = high;
        if (high < 0) {
            ttss_temp_discard(file);
            return ttss_fail_errno(err, reason, "cannot write %s", path);
        }
    }
    /* mkstemp makes it private; the file is an ordinary one. The mask cannot be read without
     * setting it, so take the one that a plain open would have given from an existing file. */
    mode_t mode = 0644;
    if (stat(path, &there) == 0)
        mode = there.st_mode & 0777;
    (void)fchmod(file->fd, mode);
    (void)fcntl(file->fd, F_SETFD, FD_CLOEXEC);
    return 0;
}

/* So that the new name, too, outlasts a power cut. Not every file system can; the file is complete
 * either way. */
static void sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    const size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    char *folder = slash ? ttss_memdup(path, length) : ttss_strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

int32_t ttss_temp_commit(ttss_temp_file *file, ttsslice_error *err) {
    int32_t ret = 0;
    if (fsync(file->fd) != 0 && errno != EINVAL)
        ret = ttss_fail_errno(err, errno, "cannot write %s", file->path);
    if (close(file->fd) != 0 && !ret)
        ret = ttss_fail_errno(err, errno, "cannot write %s", file->path);
    file->fd = -1;
    if (!ret && rename(file->name, file->path) != 0)
        ret = ttss_fail_errno(err, errno, "cannot write %s", file->path);
    if (!ret) {
        sync_folder(file->path);
        free(file->name);
        file->name = NULL;
    }
    ttss_temp_discard(file);
    return ret;
}

void ttss_temp_discard(ttss_temp_file *file) {
    if (file->fd >= 0)
        close(file->fd);
    if (file->name)
        unlink(file->name);
    free(file->name);
    free(file->path);
    *file = (ttss_temp_file){.fd = -1};
}

int32_t ttss_temp_write(ttss_temp_file *file, const void *bytes, size_t length,
                        ttsslice_error *err) {
    const char *p = bytes;
    while (length) {
        ssize_t put = write(file->fd, p, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return ttss_fail_errno(err, errno, "cannot write %s", file->path);
        p += put;
        length -= (size_t)put;
    }
    return 0;
}

int32_t ttss_file_write(const char *path, const void *bytes, size_t length, ttsslice_error *err) {
    ttss_temp_file file;
    int32_t ret = ttss_temp_open(&file, path, err);
    if (ret)
        return ret;
    ret = ttss_temp_write(&file, bytes, length, err);
    if (!ret)
        return ttss_temp_commit(&file, err);
    ttss_temp_discard(&file);
    return ret;
}
