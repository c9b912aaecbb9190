/* SPDX-License-Identifier: MIT */
/* The handler protocol's JSON, both directions, read and written in one place: the client writes
 * jobs and reads answers, the handler reads jobs and writes answers. docs/handler.md describes
 * it. */
#ifndef TTSS_PIPELINE_PROTOCOL_H
#define TTSS_PIPELINE_PROTOCOL_H

#include "pipeline/take.h"

#include <ttsslice/dispatch.h>

#include <jansson.h>

/* A job as it was read. Strings point into `root`. */
typedef struct ttss_input {
    ttss_take_params params;
    int32_t slice; /* 1 to 4 */
    const char *audio_format;
    const char *request_id; /* NULL: none */
    bool word_timestamps;
    json_t *root;
    char *prompt;   /* decoded audio_prompt_base64 */
    char voice[32]; /* names a prompt that came without URL */
} ttss_input;

/* Writes a job's `input`; from malloc. */
int32_t ttss_input_write(const ttss_take_params *params, int32_t slice, const char *request_id,
                         char **json, ttsslice_error *err);

/* Reads {"input": {...}}. Fails with PROTOCOL, EMPTY or NOMEM; *job needs ttss_input_free() in
 * every case. */
int32_t ttss_input_read(ttss_input *job, const char *json, size_t length, size_t longest_text,
                        ttsslice_error *err);
void ttss_input_free(ttss_input *job);

/* What a handler gives back. */
typedef struct ttss_answer {
    ttss_candidates candidates;
    ttsslice_selection selection; /* where `selected` */
    bool selected;
    int32_t rounds;
    const char *generator, *transcriber; /* names, for writing */
} ttss_answer;

/* Writes an answer; from malloc. Audio stands at the top where one take was decided on (slices 1
 * and 4), and otherwise in each candidate that can still be chosen. */
int32_t ttss_answer_write(const ttss_input *job, const ttss_answer *answer, char **json,
                          ttsslice_error *err);

/* A handler's output as it arrived: JSON, and the audio that was lifted out of it. */
typedef struct ttss_output_text {
    const char *json;
    size_t length;
    const ttsslice_attachment *attachments;
    size_t attachment_count;
} ttss_output_text;

/* Reads an answer, also that of older handlers, which give the chosen take alone. `params` and
 * `slice` are those of the job. Fails with PROTOCOL, AUDIO, EMPTY_RESULT, NOMEM; *answer needs
 * ttss_answer_free() in every case. */
int32_t ttss_answer_read(ttss_answer *answer, const ttss_output_text *output,
                         const ttss_take_params *params, int32_t slice, ttsslice_error *err);
void ttss_answer_free(ttss_answer *answer);

/* The answer to a job that failed; from malloc, NULL: out of memory. */
char *ttss_failure_write(const ttsslice_error *err, const char *request_id);

/* A candidate as it stands in answers and, without the words of its verdict, in reports; no audio;
 * new reference, NULL: out of memory. */
json_t *ttss_candidate_json(const ttss_candidate *candidate, bool words);

#endif
