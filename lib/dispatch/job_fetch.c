/* SPDX-License-Identifier: MIT */
/* Audio that the handler left elsewhere: each audio_url in the output becomes an attachment. */
#include "base/error.h"
#include "base/mem.h"
#include "dispatch/audio_url.h"
#include "dispatch/job_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void ttss_job_fetch_next(ttss_job *job, const ttss_policy *policy, int64_t now_ms) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int32_t ret = policy->inline_audio || job->audio.count >= TTSS_ATTACHMENTS_MAX
                      ? 0
                      : ttss_audio_url_find(job->body + job->output_start, job->output_length,
                                            &job->audio_url, &err);
    if (!ret && job->audio_url)
        ret = ttss_audio_url_check(job->audio_url, policy->loopback, &err);
    if (ret) {
        ttss_job_fail(job, now_ms, ret, ret == TTSSLICE_ERR_NOMEM, "%s", err.message);
    } else if (job->audio_url) {
        job->next = TTSS_NEXT_FETCH;
        job->due_ms = now_ms;
        job->poll_failures = 0;
    } else {
        ttss_job_end(job, now_ms, true);
    }
}

static bool is_words(const char *type) {
    return type &&
           (strncasecmp(type, "text/", 5) == 0 || strncasecmp(type, "application/json", 16) == 0 ||
            strncasecmp(type, "application/xml", 15) == 0);
}

void ttss_job_take_fetched(ttss_job *job, const ttss_policy *policy, ttss_answer *answer,
                           int64_t now_ms) {
    size_t size = answer->body->length;
    if (!size || is_words(answer->content_type)) {
        ttss_job_fail(
            job, now_ms, TTSSLICE_ERR_PROTOCOL, true,
            "there is no audio at the handler's audio_url (%zu bytes, content type %.40s)", size,
            answer->content_type ? answer->content_type : "not named");
        return;
    }
    char *text =
        ttss_audio_url_put(job->body + job->output_start, job->output_length, job->audio.count);
    bool room = text && ttss_grow((void **)&job->audio.items, &job->audio.capacity,
                                  job->audio.count + 1, sizeof *job->audio.items);
    char *bytes = room ? ttss_buf_take(answer->body) : NULL;
    if (!bytes) {
        free(text);
        ttss_job_fail(job, now_ms, TTSSLICE_ERR_NOMEM, true, "out of memory");
        return;
    }
    job->audio.items[job->audio.count++] = (ttsslice_attachment){.bytes = bytes, .size = size};
    free(job->body);
    free(job->audio_url);
    job->body = text;
    job->audio_url = NULL;
    job->output_start = 0;
    job->output_length = strlen(text);
    ttss_job_fetch_next(job, policy, now_ms);
}
