/* SPDX-License-Identifier: MIT */
/* Files read and written whole; see file.h. */
#include "base/file.h"

#include "base/buf.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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
