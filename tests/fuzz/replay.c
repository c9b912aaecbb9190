/* SPDX-License-Identifier: MIT */
/* The main of a fuzz target in the ordinary build: runs it once for each file of the folders and
 * for each of the files that are named. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long replayed;

static int replay(const char *path) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char *data = NULL;
    size_t size = 0;
    if (ttss_file_read(path, 1 << 24, &data, &size, &err) != 0) {
        fprintf(stderr, "%s\n", err.message);
        return EXIT_FAILURE;
    }
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput((const uint8_t *)data, size);
    free(data);
    replayed++;
    return EXIT_SUCCESS;
}

static int replay_folder(const char *path, DIR *folder) {
    char name[4096];
    int status = EXIT_SUCCESS;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof name || replay(name) != EXIT_SUCCESS)
            status = EXIT_FAILURE;
    }
    return status;
}

int main(int argc, char **argv) {
    int status = EXIT_SUCCESS;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if ((folder ? replay_folder(argv[i], folder) : replay(argv[i])) != EXIT_SUCCESS)
            status = EXIT_FAILURE;
        if (folder)
            closedir(folder);
    }
    if (replayed == 0) {
        fprintf(stderr, "nothing to replay; name files or folders\n");
        return EXIT_FAILURE;
    }
    return status;
}
