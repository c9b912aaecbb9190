/* SPDX-License-Identifier: MIT */
/* The handler: job JSON in, result JSON out. It makes, judges and chooses takes with the
 * pipeline's own code, as far as the job's `slice` says: 1 one take, 2 all takes of a round, 3 with
 * verdicts and further rounds, 4 the chosen one alone. */
#include <ttsslice/handler.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/utf8.h"
#include "pipeline/protocol.h"

#include <stdlib.h>
#include <string.h>

struct ttsslice_handler {
    ttss_refs refs;
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    size_t max_text_bytes;
    size_t max_result_bytes;
};

int32_t ttsslice_handler_new(const ttsslice_handler_options *given, ttsslice_handler **out,
                             ttsslice_error *err) {
    ttsslice_handler_options options = TTSSLICE_HANDLER_OPTIONS_INIT;
    int32_t code = ttss_options_read(&options, sizeof options, sizeof options, given,
                                     "ttsslice_handler_options", err);
    if (!code)
        code = ttss_check_range("max_text_bytes", options.max_text_bytes, 1, INT32_MAX, err);
    if (!code)
        code = ttss_check_range("max_result_bytes", options.max_result_bytes, 1024, INT32_MAX, err);
    if (code)
        return code;
    if (!options.generator || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "a handler needs a generator");
    ttsslice_handler *handler = ttss_new(ttsslice_handler);
    if (!handler)
        return ttss_nomem(err);
    ttss_refs_init(&handler->refs);
    handler->generator = ttsslice_generator_ref(options.generator);
    handler->transcriber = ttsslice_transcriber_ref(options.transcriber);
    handler->max_text_bytes = (size_t)options.max_text_bytes;
    handler->max_result_bytes = (size_t)options.max_result_bytes;
    *out = handler;
    return 0;
}

ttsslice_handler *ttsslice_handler_ref(ttsslice_handler *handler) {
    if (handler)
        ttss_refs_take(&handler->refs);
    return handler;
}

void ttsslice_handler_unref(ttsslice_handler *handler) {
    if (!handler || !ttss_refs_drop(&handler->refs))
        return;
    ttsslice_generator_unref(handler->generator);
    ttsslice_transcriber_unref(handler->transcriber);
    free(handler);
}

typedef struct judge {
    ttsslice_transcriber *transcriber;
    const ttss_take_params *params;
} judge;

static int32_t judge_take(void *self, ttss_candidate *candidate, ttsslice_error *err) {
    judge *j = self;
    return ttss_take_judge(j->transcriber, j->params, candidate, err);
}

static int32_t do_job(ttsslice_handler *handler, ttss_input *job, ttss_answer *answer,
                      ttsslice_error *err) {
    judge j = {handler->transcriber, &job->params};
    ttss_rounds rounds = {.generator = handler->generator};
    if (job->slice == 1)
        job->params.n_candidates = 1;
    if (job->slice < 3)
        job->params.takes = TTSSLICE_TAKES_ALL; /* nobody judges here */
    if (job->slice >= 3) {
        if (!handler->transcriber)
            return ttss_fail(
                err, TTSSLICE_ERR_UNAVAILABLE,
                "this handler has no recogniser; ask for slice 1 or 2, or give it one");
        rounds.judge = judge_take;
        rounds.judge_self = &j;
    }
    int32_t code =
        ttss_take_rounds(&rounds, &job->params, &answer->candidates, &answer->rounds, err);
    if (!code && job->slice == 4)
        code = ttss_take_choose(&answer->candidates, &job->params.select, &answer->selection, err);
    answer->selected = job->slice == 1 || job->slice == 4;
    return code;
}

/* Everything that can fail for the job's own sake. */
static int32_t handle(ttsslice_handler *handler, ttss_input *job, const char *json, size_t length,
                      char **result, ttsslice_error *err) {
    ttss_answer answer = {.selection = TTSSLICE_SELECTION_INIT,
                          .generator = ttsslice_generator_name(handler->generator),
                          .transcriber = ttsslice_transcriber_name(handler->transcriber)};
    char *text = NULL;
    int32_t code = ttss_input_read(job, json, length, handler->max_text_bytes, err);
    if (!code)
        code = do_job(handler, job, &answer, err);
    if (!code)
        code = ttss_answer_write(job, &answer, &text, err);
    if (!code && strlen(text) > handler->max_result_bytes) {
        code = ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the result has %zu bytes and at most %zu go through; ask for fewer "
                         "candidates, shorter text or \"audio_format\": \"flac\"",
                         strlen(text), handler->max_result_bytes);
        free(text);
    }
    if (!code)
        *result = text;
    ttss_answer_free(&answer);
    return code;
}

int32_t ttsslice_handle_job(ttsslice_handler *handler, const char *json, size_t length,
                            char **result, ttsslice_error *err) {
    ttsslice_error failure = TTSSLICE_ERROR_INIT;
    ttss_input job = {0};
    if (!handler || !json || !result)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "handler, job and result must not be NULL");
    if (length == TTSSLICE_NUL_TERMINATED)
        length = strlen(json);
    int32_t code = handle(handler, &job, json, length, result, &failure);
    if (code && code != TTSSLICE_ERR_CALLBACK && code != TTSSLICE_ERR_NOMEM) {
        *result = ttss_failure_write(&failure, job.request_id);
        code = *result ? 0 : TTSSLICE_ERR_NOMEM;
    }
    ttss_input_free(&job);
    if (code == TTSSLICE_ERR_NOMEM)
        return ttss_nomem(err);
    if (code)
        return ttss_fail(err, code, "%s", failure.message);
    return 0;
}
