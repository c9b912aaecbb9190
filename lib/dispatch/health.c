/* SPDX-License-Identifier: MIT */
/* One GET of {endpoint}/health, which RunPod answers with counts of jobs and workers. */
#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/reason.h"
#include "dispatch/http.h"

#include <string.h>

static int32_t tell(const ttss_settings *settings, const ttss_answer *answer,
                    const ttss_retry_rule *rule, ttsslice_error *err) {
    char says[TTSSLICE_ERROR_MESSAGE_MAX];
    char trouble[204];
    int32_t ret = rule->code;
    ttss_quote(answer->trouble, strlen(answer->trouble), settings->policy.secret,
               sizeof trouble - 4, trouble);
    ttss_reason_of_body(answer->body->data ? answer->body->data : "", answer->body->length,
                        settings->policy.secret, says);
    if (ret == TTSSLICE_ERR_NOMEM)
        return ttss_nomem(err);
    if (answer->transfer != TTSS_TRANSFER_DONE)
        ttss_fail(err, ret, "%s does not answer: %s; check the address and the network",
                  settings->endpoint, trouble);
    else if (ret == TTSSLICE_ERR_AUTH)
        ttss_fail(err, ret, "%s refused the key (HTTP %d)%s; set %s", settings->endpoint,
                  answer->http_status, says, settings->policy.key_variable);
    else if (ret == TTSSLICE_ERR_ENDPOINT)
        ttss_fail(err, ret, "there is no endpoint at %s (HTTP %d)%s; check the address",
                  settings->endpoint, answer->http_status, says);
    else
        ttss_fail(err, ret, "%s answered HTTP %d%s", settings->endpoint, answer->http_status, says);
    return ret;
}

static int32_t read_health(const ttss_settings *settings, const ttss_answer *answer, char **json,
                           ttsslice_error *err) {
    ttss_retry_rule rule =
        ttss_retry_classify(TTSS_REQUEST_HEALTH, answer->transfer, answer->http_status);
    json_t *object = NULL;
    if (rule.class != TTSS_CLASS_OK)
        return tell(settings, answer, &rule, err);
    int32_t ret = ttss_json_parse_object(answer->body->data ? answer->body->data : "",
                                         answer->body->length, "the answer", &object, err);
    json_decref(object);
    if (ret == TTSSLICE_ERR_PROTOCOL) {
        char start[128], type[64];
        const char *named = answer->content_type ? answer->content_type : "not named";
        ttss_quote(named, strlen(named), answer->content_type ? settings->policy.secret : "", 60,
                   type);
        ttss_quote(answer->body->data ? answer->body->data : "", answer->body->length,
                   settings->policy.secret, 120, start);
        return ttss_fail(err, ret,
                         "%s answered what is no JSON (content type %s): %s; check the address",
                         settings->endpoint, type, start);
    }
    if (ret || !json)
        return ret;
    char *text = ttss_buf_take(answer->body);
    if (!text)
        return ttss_nomem(err);
    *json = text;
    return 0;
}

static int32_t check_protocol(const ttss_settings *settings, ttsslice_error *err) {
    const ttss_protocol *protocol = settings->policy.protocol;
    ttss_buf url;
    ttss_buf_init(&url, 2 * TTSS_URL_MAX);
    bool there = protocol->address(&url, settings->endpoint, TTSS_REQUEST_HEALTH, "", 0);
    ttss_buf_free(&url);
    return there ? 0
                 : ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                             "the protocol %s has no question about health; submit a job instead",
                             protocol->name);
}

int32_t ttsslice_endpoint_health(const ttsslice_dispatch_options *options, char **json,
                                 ttsslice_error *err) {
    ttss_settings settings = {0};
    ttss_client client = {0};
    ttss_request *request = NULL;
    int32_t ret = ttss_curl_start(err);
    if (!ret)
        ret = ttss_settings_read(&settings, options, err);
    if (!ret)
        ret = check_protocol(&settings, err);
    if (!ret)
        ret = ttss_client_init(&client, &settings, err);
    if (!ret) {
        request = ttss_request_new(&client, TTSS_REQUEST_HEALTH, NULL, 0, NULL, 0);
        if (!request)
            ret = ttss_nomem(err);
    }
    if (request) {
        ttss_answer answer = ttss_request_answer(request, curl_easy_perform(request->easy));
        ret = read_health(&settings, &answer, json, err);
        if (ret && err) {
            err->http_status = answer.http_status;
            err->retry_after_s = answer.retry_after_s;
        }
    }
    ttss_request_free(request);
    ttss_client_free(&client);
    ttss_settings_free(&settings);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_DISPATCH, -1) : 0;
}
