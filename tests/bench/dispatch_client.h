/* SPDX-License-Identifier: MIT */
/* What the two C clients of `./dev bench dispatch` share: the jobs, read from a file with one
 * job's input in JSON a line, and what a client has cost. */
#ifndef TTSS_BENCH_DISPATCH_CLIENT_H
#define TTSS_BENCH_DISPATCH_CLIENT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JOBS_MAX 20000

typedef struct job_lines {
    char *text[JOBS_MAX];
    size_t count;
} job_lines;

static inline job_lines *read_jobs(const char *path) {
    job_lines *jobs = calloc(1, sizeof *jobs);
    FILE *file = fopen(path, "r");
    char line[8192];
    while (file && jobs->count < JOBS_MAX && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        jobs->text[jobs->count++] = strdup(line);
    }
    if (!file || !jobs->count)
        exit(2);
    fclose(file);
    return jobs;
}

static inline double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef struct cost {
    double wall, cpu;
} cost;

static inline cost cost_begin(void) {
    return (cost){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

/* Of this program: getrusage() counts what it was forked from, too. */
static inline long peak_kb(void) {
    char line[256];
    long kb = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        sscanf(line, "VmHWM: %ld", &kb);
    if (file)
        fclose(file);
    return kb;
}

static inline void cost_report(cost begun, size_t jobs, size_t bytes) {
    double wall = seconds(CLOCK_MONOTONIC) - begun.wall;
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - begun.cpu;
    printf("{\"jobs\":%zu,\"bytes\":%zu,\"wall_s\":%.6f,\"cpu_s\":%.6f,\"rss_kb\":%ld}\n", jobs,
           bytes, wall, cpu, peak_kb());
}

#endif
