/* SPDX-License-Identifier: MIT */
/* What is said of a job whose requests failed: what happened, in how many tries, and what to do. */
#include "base/num.h"
#include "base/reason.h"
#include "dispatch/job_parts.h"

#include <stdio.h>
#include <string.h>

static void tell_unreadable(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                            const ttss_retry_rule *rule, int64_t now_ms, size_t tries) {
    char start[128], type[64], count[40] = "";
    const char *named = answer->content_type ? answer->content_type : "not named";
    ttss_quote(named, strlen(named), answer->content_type ? policy->secret : "", 60, type);
    ttss_quote(answer->body->data ? answer->body->data : "", answer->body->length, policy->secret,
               120, start);
    if (tries > 1)
        snprintf(count, sizeof count, " in %zu tries", tries);
    ttss_job_fail(job, now_ms, rule->code, rule->later,
                  "%s answered what is not %s%s (%s, content type %s, %zu bytes: %s); check the "
                  "endpoint's address",
                  ttss_job_path(job, policy), policy->protocol->speaks, count, answer->trouble,
                  type, answer->body->length, start[0] ? start : "nothing");
}

static void tell_redirect(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                          const ttss_retry_rule *rule, int64_t now_ms) {
    char to[204];
    ttss_quote(answer->redirect, strlen(answer->redirect), policy->secret, sizeof to - 4, to);
    ttss_job_fail(job, now_ms, rule->code, rule->later,
                  "%s is said to be elsewhere (HTTP %d): %s; nothing is sent there unasked: check "
                  "the endpoint's address",
                  ttss_job_path(job, policy), answer->http_status, to);
}

void ttss_job_tell_failure(ttss_job *job, const ttss_policy *policy, const ttss_answer *answer,
                           const ttss_retry_rule *rule, int64_t now_ms, size_t tries) {
    const char *path = ttss_job_path(job, policy);
    char says[TTSSLICE_ERROR_MESSAGE_MAX], trouble[204], id[TTSS_ID_MAX + 4];
    const char *words = answer->trouble ? answer->trouble : "";
    ttss_quote(words, strlen(words), policy->secret, sizeof trouble - 4, trouble);
    ttss_quote(job->id, strlen(job->id), policy->secret, TTSS_ID_MAX, id);
    ttss_reason_of_body(answer->body->data ? answer->body->data : "", answer->body->length,
                        policy->secret, says);
    if (rule->code == TTSSLICE_ERR_NOMEM)
        ttss_job_fail(job, now_ms, rule->code, rule->later, "out of memory");
    else if (answer->transfer == TTSS_TRANSFER_TOO_LARGE)
        ttss_job_fail(job, now_ms, rule->code, rule->later,
                      "the answer of %s is longer than max_reply_bytes; raise that, or ask for "
                      "less audio",
                      path);
    else if (answer->transfer == TTSS_TRANSFER_UNREADABLE)
        tell_unreadable(job, policy, answer, rule, now_ms, tries);
    else if (answer->transfer != TTSS_TRANSFER_DONE)
        ttss_job_fail(job, now_ms, rule->code, rule->later,
                      "%s got no answer in %zu %s: %s; check the endpoint and the network", path,
                      tries, tries == 1 ? "try" : "tries", trouble);
    else if (rule->code == TTSSLICE_ERR_AUTH)
        ttss_job_fail(job, now_ms, rule->code, rule->later,
                      policy->secret[0] ? "the endpoint refused the key (HTTP %d)%s; set %s to a "
                                          "key that may use this endpoint"
                                        : "the endpoint wants a key (HTTP %d)%s; set %s",
                      answer->http_status, says, policy->key_variable);
    else if (rule->code == TTSSLICE_ERR_ENDPOINT)
        ttss_job_fail(job, now_ms, rule->code, rule->later,
                      "%s found nothing (HTTP %d)%s; check %s", path, answer->http_status, says,
                      policy->protocol->missing);
    else if (answer->http_status == 409 && rule->for_all)
        ttss_job_fail(
            job, now_ms, rule->code, rule->later,
            "the endpoint takes no jobs (HTTP 409 in %zu %s)%s; if it is paused, raise its "
            "max workers",
            tries, tries == 1 ? "try" : "tries", says);
    else if (answer->redirect && answer->http_status / 100 == 3)
        tell_redirect(job, policy, answer, rule, now_ms);
    else if (rule->class == TTSS_CLASS_GONE)
        ttss_job_fail(job, now_ms, rule->code, rule->later,
                      "the job %s has expired or is unknown to the endpoint (HTTP 404); submit it "
                      "again",
                      id);
    else
        ttss_job_fail(job, now_ms, rule->code, rule->later, "%s answered HTTP %d in %zu %s%s", path,
                      answer->http_status, tries, tries == 1 ? "try" : "tries", says);
    job->for_all = rule->for_all;
    if (rule->class == TTSS_CLASS_GONE)
        job->abandoned = false;
}

void ttss_job_leave(ttss_job *job) {
    size_t length = strlen(job->failure.message);
    job->abandoned = false;
    snprintf(job->failure.message + length, sizeof job->failure.message - length,
             "; the journal keeps the job's id: start again to collect it");
}

void ttss_job_tell_budget(ttss_job *job, const ttss_budget *budget) {
    size_t length = strlen(job->failure.message);
    snprintf(job->failure.message + length, sizeof job->failure.message - length,
             "; the run's %zu further tries are used up: look at the endpoint",
             ttss_budget_size(budget));
}

void ttss_job_tell_retry_after(ttss_job *job, const ttss_policy *policy, double asked_s,
                               bool late) {
    char asked[TTSS_NUM_MAX], limit[TTSS_NUM_MAX];
    size_t length = strlen(job->failure.message);
    if (!late && asked_s <= TTSS_RETRY_AFTER_MAX_S)
        return;
    ttss_num_format(asked_s, asked);
    ttss_num_format(late ? (double)policy->job_timeout_ms / 1000.0 : TTSS_RETRY_AFTER_MAX_S, limit);
    snprintf(job->failure.message + length, sizeof job->failure.message - length,
             late ? "; it asked for a wait of %s s, and the job's %s s are over before that"
                  : "; it asked for a wait of %s s, and at most %s s are waited",
             asked, limit);
}
