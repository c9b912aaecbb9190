/* SPDX-License-Identifier: MIT */
/* Scratch files; see scratch_file.h. */
#define _GNU_SOURCE /* memfd_create */
#include "engine/scratch_file.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static bool open_in_memory(ttss_scratch_file *file) {
    file->fd = memfd_create("ttsslice", MFD_CLOEXEC);
    if (file->fd < 0)
        return false;
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
    if (access(file->path, R_OK) == 0)
        return true;
    close(file->fd); /* no /proc here */
    file->fd = -1;
    return false;
}

static int32_t open_named(ttss_scratch_file *file, ttsslice_error *err) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    int length = snprintf(file->path, sizeof file->path, "%s/ttsslice-XXXXXX", folder);
    if (length < 0 || (size_t)length >= sizeof file->path)
        return ttss_fail(err, TTSSLICE_ERR_IO, "TMPDIR is too long a name; set another");
    file->fd = mkstemp(file->path);
    if (file->fd < 0)
        return ttss_fail_errno(err, errno, "cannot make a file in %s; set TMPDIR", folder);
    file->named = true;
    return 0;
}

int32_t ttss_scratch_write(ttss_scratch_file *file, const void *bytes, size_t length,
                           ttsslice_error *err) {
    *file = (ttss_scratch_file){.fd = -1};
    int32_t ret = open_in_memory(file) ? 0 : open_named(file, err);
    const char *at = bytes;
    while (length > 0 && !ret) {
        ssize_t written = write(file->fd, at, length);
        if (written >= 0) {
            at += written;
            length -= (size_t)written;
        } else if (errno != EINTR) {
            ret = ttss_fail_errno(err, errno, "cannot write a temporary file");
        }
    }
    if (ret)
        ttss_scratch_close(file);
    return ret;
}

void ttss_scratch_close(ttss_scratch_file *file) {
    if (file->fd >= 0)
        close(file->fd);
    if (file->named)
        unlink(file->path);
    file->fd = -1;
    file->named = false;
}
