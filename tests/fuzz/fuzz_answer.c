/* SPDX-License-Identifier: MIT */
/* Any bytes as the answer of an endpoint, in the protocols runpod, plain and openai by turns of the
 * first byte, which also cuts the rest in two: a job that goes on, or ends in a result whose output
 * is JSON, or in an error that says why and does not show the key. */
#include "base/utf8.h"
#include "dispatch/job.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST 1000000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *check_output(const ttss_job *job) {
    json_t *output =
        json_loadb(job->body + job->output_start, job->output_length, JSON_DECODE_ANY, NULL);
    const char *broken = output ? NULL : "an output that is no JSON";
    json_decref(output);
    return broken;
}

static const char *check(const ttss_job *job) {
    const char *words = job->failure.message;
    if (job->waiting)
        return "it still waits";
    if (strstr(words, "secret"))
        return "the key is shown";
    if (job->failure.code)
        return words[0] && ttss_utf8_valid_prefix(words, strlen(words)) == strlen(words)
                   ? NULL
                   : "an error that says nothing";
    if (job->next == TTSS_NEXT_DONE || job->next == TTSS_NEXT_FETCH)
        return check_output(job);
    return job->id[0] ? NULL : "a job without an id goes on";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ttss_protocol *const protocols[] = {&ttss_protocol_runpod, &ttss_protocol_plain,
                                                     &ttss_protocol_openai};
    unsigned first = size ? data[0] : 0;
    ttss_policy policy = {.poll_ms = 100,
                          .job_timeout_ms = 60000,
                          .secret = "secret",
                          .key_variable = "A_KEY",
                          .protocol = protocols[first % 3],
                          .loopback = true};
    ttss_job *job = ttss_job_new(0, NULL, 0);
    const char *bytes = size ? (const char *)data + 1 : "";
    size_t length = size ? size - 1 : 0, cut = length * (first / 3) / 86;
    ttss_scan scan;
    ttss_scan_init(&scan, !policy.protocol->is_file, LARGEST);
    if (job && ttss_scan_feed(&scan, bytes, cut) &&
        ttss_scan_feed(&scan, bytes + cut, length - cut)) {
        ttss_answer answer = {.http_status = 200,
                              .retry_after_s = -1.0,
                              .body = &scan.rest,
                              .audio = &scan.audio,
                              .damage = scan.trouble.code ? scan.trouble.message : NULL};
        ttss_job_admit(job, 0);
        ttss_job_begin(job, &policy, 0);
        ttss_job_answered(job, &policy, &answer, 1);
        const char *broken = check(job);
        if (broken) {
            fprintf(stderr, "%s: %s\n", broken, job->failure.message);
            abort();
        }
    }
    ttss_scan_free(&scan);
    ttss_job_free(job);
    return 0;
}
