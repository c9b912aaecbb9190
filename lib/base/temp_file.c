/* SPDX-License-Identifier: MIT */
/* Files that get their name when they are complete; see file.h.
 *
 * On Linux such a file has no name at all until then (O_TMPFILE), so a process that is killed
 * leaves nothing. To replace a file it is linked under a temporary name and renamed. Where the file
 * system or the mounts do not allow that, it has a temporary name from the start.
 *
 * Temporary names are PATH.ttsslice-XXXXXX. Each file is locked (flock) while its process lives, so
 * one that can be locked is a leftover, which the next one who writes PATH removes. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/file.h"

#include "base/error.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK      ".ttsslice-"
#define DRAWN     "XXXXXX"
#define MARK_MOST (sizeof MARK - 1 + 20) /* behind it six letters, or the digits of a number */
#define TRIES     16

/* --- names ---------------------------------------------------------------------------------- */

static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* From malloc; NULL: out of memory. */
static char *folder_of(const char *path) {
    const size_t length = folder_length(path);
    return length ? ttss_memdup(path, length) : ttss_strdup(".");
}

/* How much of the path is in its temporary names: less than all where they would be too long. */
static size_t stem_length(const char *path) {
    const size_t folder = folder_length(path), most = NAME_MAX - MARK_MOST;
    size_t length = strlen(path) - folder;
    if (length > most)
        for (length = most; length && ((unsigned char)path[folder + length] & 0xc0) == 0x80;)
            length--;
    return folder + length;
}

/* `drawn` is what stands behind the mark. From malloc; NULL: out of memory. */
static char *temporary_name(const char *path, const char *drawn) {
    const size_t stem = stem_length(path), size = stem + sizeof MARK + strlen(drawn);
    char *name = ttss_new_array(size, 1);
    if (name)
        snprintf(name, size, "%.*s%s%s", (int)stem, path, MARK, drawn);
    return name;
}

/* The file that a symbolic link leads to, as the link is to stay. From malloc; NULL: out of memory.
 */
static char *target_of(const char *path) {
    struct stat there;
    char *target = NULL;
    if (lstat(path, &there) == 0 && S_ISLNK(there.st_mode))
        target = realpath(path, NULL);
    return target ? target : ttss_strdup(path);
}

/* --- opening -------------------------------------------------------------------------------- */

/* The rename at the end would put a file in the place of a device or a pipe. *mode is that of the
 * file that is there, or an ordinary one's: the mask cannot be read without setting it. */
static int32_t check_place(const char *path, mode_t *mode, ttsslice_error *err) {
    struct stat there;
    *mode = 0644;
    if (stat(path, &there) != 0)
        return 0;
    if (S_ISDIR(there.st_mode))
        return ttss_fail(err, TTSSLICE_ERR_IO, "cannot write %s: it is a folder", path);
    if (!S_ISREG(there.st_mode))
        return ttss_fail(err, TTSSLICE_ERR_IO,
                         "cannot write %s: it is no ordinary file; name a file", path);
    *mode = there.st_mode & 0777;
    return 0;
}

/* Where the file of a descriptor can be reached by name. */
static void name_descriptor(int fd, char name[32]) {
    snprintf(name, 32, "/proc/self/fd/%d", fd);
}

/* -1 where there are no files without a name, or they could not get one. */
static int open_nameless(const char *path) {
    int fd = -1;
#ifdef O_TMPFILE
    char *folder = folder_of(path), link[32];
    if (folder)
        fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    free(folder);
    name_descriptor(fd, link);
    if (fd >= 0 && access(link, F_OK) != 0) {
        close(fd);
        fd = -1;
    }
#else
    (void)path;
#endif
    return fd;
}

/* Another process may take a file for a leftover before it is locked; then there is a next one. */
static int open_named(char *name) {
    const size_t drawn = strlen(name) - (sizeof DRAWN - 1);
    for (int i = 0; i < TRIES; i++) {
        struct stat made;
        memcpy(name + drawn, DRAWN, sizeof DRAWN);
        int fd = mkstemp(name);
        if (fd < 0)
            return -1;
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        (void)flock(fd, LOCK_EX);
        if (fstat(fd, &made) == 0 && made.st_nlink > 0)
            return fd;
        close(fd);
    }
    errno = EEXIST;
    return -1;
}

/* The program runs without standard streams; what it prints must not end up in the file. */
static bool leave_streams_alone(int *fd) {
    if (*fd > STDERR_FILENO)
        return true;
    int high = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), reason = errno;
    close(*fd);
    *fd = high;
    errno = reason;
    return high >= 0;
}

static int32_t open_file(ttss_temp_file *file, const char *path, bool nameless,
                         ttsslice_error *err) {
    mode_t mode = 0;
    *file = (ttss_temp_file){.fd = -1};
    int32_t code = check_place(path, &mode, err);
    if (code)
        return code;
    file->path = target_of(path);
    if (file->path && nameless)
        file->fd = open_nameless(file->path);
    if (file->path && file->fd < 0)
        file->name = temporary_name(file->path, DRAWN);
    if (!file->path || (file->fd < 0 && !file->name)) {
        ttss_temp_discard(file);
        return ttss_nomem(err);
    }
    if (file->fd < 0) {
        file->fd = open_named(file->name);
        if (file->fd < 0) {
            int reason = errno;
            free(file->name);
            file->name = NULL;
            ttss_temp_discard(file);
            return ttss_fail_errno(err, reason, "cannot write %s", path);
        }
    }
    if (!leave_streams_alone(&file->fd)) {
        int reason = errno;
        ttss_temp_discard(file);
        return ttss_fail_errno(err, reason, "cannot write %s", path);
    }
    (void)flock(file->fd, LOCK_EX | LOCK_NB);
    (void)fchmod(file->fd, mode);
    return 0;
}

int32_t ttss_temp_open(ttss_temp_file *file, const char *path, ttsslice_error *err) {
    return open_file(file, path, true, err);
}

int32_t ttss_temp_open_named(ttss_temp_file *file, const char *path, ttsslice_error *err) {
    return open_file(file, path, false, err);
}

/* --- completing ----------------------------------------------------------------------------- */

/* Gives a nameless file a temporary name. Its number is nobody else's while it is there. */
static int32_t link_file(ttss_temp_file *file, ttsslice_error *err) {
    struct stat made;
    char from[32], drawn[32];
    int reason = 0;
    if (fstat(file->fd, &made) != 0)
        return ttss_fail_errno(err, errno, "cannot write %s", file->path);
    name_descriptor(file->fd, from);
    for (unsigned i = 0; i < TRIES; i++) {
        snprintf(drawn, sizeof drawn, "%llu", (unsigned long long)made.st_ino + i);
        char *name = temporary_name(file->path, drawn);
        if (!name)
            return ttss_nomem(err);
        if (linkat(AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
            file->name = name;
            return 0;
        }
        reason = errno;
        free(name);
        if (reason != EEXIST)
            break;
    }
    return ttss_fail_errno(err, reason, "cannot write %s", file->path);
}

/* So that the new name, too, outlasts a power cut. Not every file system can; the file is complete
 * either way. */
static void sync_folder(const char *path) {
    char *folder = folder_of(path);
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

/* The descriptor, and with it the lock, is kept until the file has its name. */
int32_t ttss_temp_commit(ttss_temp_file *file, ttsslice_error *err) {
    int32_t ret = 0;
    if (fsync(file->fd) != 0 && errno != EINVAL)
        ret = ttss_fail_errno(err, errno, "cannot write %s", file->path);
    if (!ret && !file->name)
        ret = link_file(file, err);
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

/* --- leftovers ------------------------------------------------------------------------------ */

/* Of open_named() or of link_file(). */
static bool is_drawn(const char *text) {
    static const char known[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t length = strlen(text), digits = strspn(text, "0123456789");
    const bool letters = length == sizeof DRAWN - 1 && strspn(text, known) == length;
    return letters || (length && digits == length);
}

/* Removes a file of ours that nobody has locked. The name is unlinked under the lock, so it cannot
 * be one that was given anew. */
static void remove_leftover(int folder, const char *name) {
    struct stat there;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &there) == 0 && S_ISREG(there.st_mode) && there.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        (void)unlinkat(folder, name, 0);
    close(fd);
}

void ttss_temp_sweep(const char *path) {
    const size_t begin = folder_length(path), stem = stem_length(path) - begin;
    char *name = folder_of(path);
    DIR *folder = name ? opendir(name) : NULL;
    free(name);
    if (!folder)
        return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        if (strncmp(entry->d_name, path + begin, stem) == 0 &&
            strncmp(entry->d_name + stem, MARK, sizeof MARK - 1) == 0 &&
            is_drawn(entry->d_name + stem + sizeof MARK - 1))
            remove_leftover(dirfd(folder), entry->d_name);
    closedir(folder);
}
