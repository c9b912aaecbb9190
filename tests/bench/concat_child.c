/* SPDX-License-Identifier: MIT */
/* Starts a program and prints what it took: seconds by the clock, seconds of processor, peak memory
 * in KiB, exit status. A small process of its own, because the peak that the kernel reports for a
 * child includes that of the process it was forked from. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    struct rusage used;
    int status = 0;
    double began = now();
    if (argc < 2)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        return 1;
    printf("%.6f %.6f %ld %d\n", now() - began, seconds(used.ru_utime) + seconds(used.ru_stime),
           used.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
    return 0;
}
