/* SPDX-License-Identifier: MIT */
/* The C side of `./dev bench python`: TEXT OUT ENDPOINT. Renders what python_child.py renders, with
 * the same options, and prints the CPU seconds of the run as JSON. */
#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static double cpu_s(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static char *read_text(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = malloc((size_t)1 << 24);
    if (!file || !text)
        exit(2);
    *length = fread(text, 1, (size_t)1 << 24, file);
    fclose(file);
    return text;
}

static int32_t count(const ttsslice_progress *progress, void *user_data) {
    *(int64_t *)user_data = progress->done;
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 4)
        return 2;
    size_t length = 0;
    char *text = read_text(argv[1], &length);
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    ttsslice_chunk_options chunk = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_dispatch_options dispatch = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_run_options options = TTSSLICE_RUN_OPTIONS_INIT;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    int64_t done = 0;
    double begun = cpu_s();
    ttsslice_plan_named("slice5", &plan, NULL);
    chunk.max_phrase_len = 40;
    chunk.min_chars_merge = 0;
    dispatch.endpoint = argv[3];
    dispatch.api_key = "";
    options.plan = &plan;
    options.chunk = &chunk;
    options.dispatch = &dispatch;
    options.progress = count;
    options.progress_user_data = &done;
    if (ttsslice_run_new(text, length, &options, &run, &err) != 0 ||
        ttsslice_run_execute(run, argv[2], &result, &err) != 0)
        return fprintf(stderr, "%s\n", err.message), 1;
    double used = cpu_s() - begun;
    printf("{\"cpu_s\": %.6f, \"chunks\": %lld}\n", used, (long long)done);
    ttsslice_result_unref(result);
    ttsslice_run_free(run);
    free(text);
    return 0;
}
