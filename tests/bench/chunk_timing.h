/* SPDX-License-Identifier: MIT */
/* What the splitters that `./dev bench chunk` times have in common: `PROGRAM LANGUAGE FILE RUNS`
 * splits the file RUNS times, prints the seconds of processor time of the fastest run and, for each
 * sentence of the last, the byte behind it. */
#ifndef CHUNK_TIMING_H
#define CHUNK_TIMING_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct bench_text {
    char *bytes;
    size_t length;
} bench_text;

static inline double bench_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline void bench_fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static inline bench_text bench_read(const char *path) {
    bench_text text = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        bench_fail(path);
    long size = ftell(file);
    rewind(file);
    text.bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (!text.bytes || fread(text.bytes, 1, (size_t)size, file) != (size_t)size)
        bench_fail(path);
    text.length = (size_t)size;
    fclose(file);
    return text;
}

static inline void bench_print(double seconds, const size_t *ends, size_t count) {
    printf("%.9f\n", seconds);
    for (size_t i = 0; i < count; i++)
        printf("%zu\n", ends[i]);
}

#endif
