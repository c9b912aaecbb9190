/* SPDX-License-Identifier: MIT */
/* The content hash of a job: SHA-256 of its input as canonical JSON, without what differs between
 * two requests for the same thing. */
#ifndef TTSS_DISPATCH_KEY_H
#define TTSS_DISPATCH_KEY_H

#include <ttsslice/error.h>

#include <jansson.h>

#define TTSS_KEY_SIZE 65 /* hexadecimal, with NUL */

/* `input` is a job's input, left as it is. Fails with NOMEM. */
int32_t ttss_job_key(const json_t *input, char key[TTSS_KEY_SIZE], ttsslice_error *err);

#endif
