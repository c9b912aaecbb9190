/* SPDX-License-Identifier: MIT */
/* The library's dispatcher in `./dev bench dispatch`: ENDPOINT JOBS IN_FLIGHT
 * [hedge|polled]. Polls are as short as these jobs. */
#include "dispatch_client.h"

#include <ttsslice/ttsslice.h>

int main(int argc, char **argv) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_dispatcher *dispatcher = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    if (argc < 4)
        return 2;
    job_lines *jobs = read_jobs(argv[2]);
    options.endpoint = argv[1];
    options.api_key = "";
    options.order = TTSSLICE_ORDER_LONGEST;
    options.max_in_flight = atoi(argv[3]);
    if (argc > 4 && strcmp(argv[4], "polled") == 0)
        options.poll_interval_s = 0.005;
    options.hedge = argc > 4 && strcmp(argv[4], "hedge") == 0;
    if (ttsslice_dispatcher_new(&options, &dispatcher, &err) != 0)
        return fprintf(stderr, "%s\n", err.message), 1;
    cost begun = cost_begin();
    for (size_t i = 0; i < jobs->count; i++)
        if (ttsslice_dispatcher_submit(dispatcher, (int64_t)i, jobs->text[i],
                                       TTSSLICE_NUL_TERMINATED, &err) != 0)
            return fprintf(stderr, "%s\n", err.message), 1;
    const ttsslice_job_result *result = NULL;
    size_t done = 0, bytes = 0;
    while (ttsslice_dispatcher_next(dispatcher, -1, &result, &err) == 0) {
        if (result->code)
            return fprintf(stderr, "job %zu: %s\n", (size_t)result->index, result->error), 1;
        done++;
        bytes += result->output_length;
    }
    fprintf(stderr, "%lld", (long long)ttsslice_dispatcher_totals(dispatcher)->submissions);
    cost_report(begun, done, bytes);
    ttsslice_dispatcher_free(dispatcher);
    return done == jobs->count ? 0 : 1;
}
