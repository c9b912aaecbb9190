/* SPDX-License-Identifier: MIT */
/* Options and environment; see settings.h. */
#include "dispatch/settings.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/http.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define RUNPOD_BASE "https://api.runpod.ai/v2"

#define REPLY_MIN 1024
#define REPLY_MAX ((int64_t)1 << 30)

/* --- endpoint ------------------------------------------------------------------------------ */

static void strip_slashes(ttss_buf *text) {
    while (text->length && text->data[text->length - 1] == '/')
        text->data[--text->length] = '\0';
}

/* An endpoint's id alone is a matter of RunPod's own protocol. */
static int32_t endpoint_text(const ttss_protocol *protocol, const char *given, char **out,
                             ttsslice_error *err) {
    bool runpod = protocol == &ttss_protocol_runpod;
    const char *id = runpod ? ttss_environment("RUNPOD_ENDPOINT_ID") : NULL;
    const char *base = ttss_environment("RUNPOD_ENDPOINT_BASE_URL");
    const char *variable = runpod ? "RUNPOD_ENDPOINT_ID" : protocol->url_variable;
    ttss_buf text;
    if (!given)
        given = ttss_environment("TTSSLICE_ENDPOINT");
    if (!given && protocol->url_variable)
        given = ttss_environment(protocol->url_variable);
    if (!given && !id)
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                         "no endpoint is given; set the endpoint option%s TTSSLICE_ENDPOINT (a "
                         "URL)%s%s",
                         variable ? "," : " or", variable ? " or " : "", variable ? variable : "");
    if (!given && strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") !=
                      strlen(id))
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                         "RUNPOD_ENDPOINT_ID is not an endpoint id (letters, digits, - and _); for "
                         "a URL set TTSSLICE_ENDPOINT");
    if (!base)
        base = RUNPOD_BASE;
    if ((given ? strlen(given) : strlen(base) + strlen(id)) > TTSS_URL_MAX)
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "the endpoint's URL is longer than %d bytes",
                         TTSS_URL_MAX);
    ttss_buf_init(&text, TTSS_URL_MAX + 1);
    ttss_buf_add_text(&text, given ? given : base);
    if (!protocol->whole_url)
        strip_slashes(&text);
    if (!given)
        ttss_buf_printf(&text, "/%s", id);
    *out = ttss_buf_take(&text);
    return *out ? 0 : ttss_nomem(err);
}

/* The query, which the protocol may allow, is no part of what is checked. */
static int32_t check_endpoint(ttss_settings *settings, bool *plain, ttsslice_error *err) {
    const ttss_protocol *protocol = settings->policy.protocol;
    size_t length =
        protocol->whole_url ? strcspn(settings->endpoint, "?") : strlen(settings->endpoint);
    char *text = ttss_memdup(settings->endpoint, length);
    if (!text)
        return ttss_nomem(err);
    int32_t ret = ttss_url_check(text, "the endpoint",
                                 "set the endpoint option or TTSSLICE_ENDPOINT to a URL as "
                                 "https://api.runpod.ai/v2/ID or http://127.0.0.1:8000/v2/local",
                                 protocol->key_variable, &settings->loopback, plain, err);
    if (!ret && strchr(settings->endpoint, '#'))
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "the endpoint's URL has a #; leave that out");
    if (!ret) {
        settings->host = ttss_url_host(text);
        ret = settings->host ? 0 : ttss_nomem(err);
    }
    free(text);
    return ret;
}

static bool ends_in(const char *text, const char *ending) {
    size_t length = strlen(text), size = strlen(ending);
    return length > size && strcmp(text + length - size, ending) == 0;
}

/* The paths of the requests are not part of it; a server of one's own may be called so, though. */
static void tell_path(const ttss_settings *settings) {
    if (!settings->policy.protocol->whole_url &&
        settings->policy.protocol->submission == TTSS_REQUEST_RUN &&
        (ends_in(settings->endpoint, "/run") || ends_in(settings->endpoint, "/runsync")))
        ttss_log(&settings->logger, TTSSLICE_LOG_WARNING, "dispatch",
                 "the endpoint's URL ends in %s, and jobs go to /run beneath it; if they are not "
                 "found, give what stands before that",
                 strrchr(settings->endpoint, '/'));
}

/* --- the rest ------------------------------------------------------------------------------ */

/* A key goes to those alone who gave it out: RunPod's also in front of a server that speaks
 * something else, and nobody else's to RunPod. */
static const char *key_variable(const ttss_settings *settings) {
    static const char runpod[] = ".runpod.ai";
    size_t length = strlen(settings->host), size = sizeof runpod - 1;
    bool there = length > size && strcasecmp(settings->host + length - size, runpod) == 0;
    return there ? ttss_protocol_runpod.key_variable : settings->policy.protocol->key_variable;
}

static int32_t read_protocol(const char *given, const ttss_protocol **out, ttsslice_error *err) {
    if (!given)
        given = ttss_environment("TTSSLICE_PROTOCOL");
    *out = ttss_protocol_find(given ? given : "runpod");
    return *out ? 0
                : ttss_fail(err, TTSSLICE_ERR_INVALID,
                            "there is no protocol \"%.50s\"; it must be " TTSS_PROTOCOL_NAMES,
                            given);
}

/* Copies a text option; NULL stays NULL. */
static int32_t copy_option(const char *given, char **out, ttsslice_error *err) {
    *out = ttss_strdup(given);
    return given && !*out ? ttss_nomem(err) : 0;
}

static int32_t read_texts(ttss_settings *out, const ttsslice_dispatch_options *options,
                          ttsslice_error *err) {
    int32_t ret = copy_option(options->journal, &out->journal, err);
    if (!ret)
        ret = copy_option(options->trace, &out->trace, err);
    if (!ret)
        ret = copy_option(options->ca_file, &out->ca_file, err);
    if (!ret)
        ret = copy_option(options->speech_model, &out->speech_model, err);
    if (!ret)
        ret = copy_option(options->voice, &out->voice, err);
    if (!ret && out->journal && options->inline_audio)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "a journal does not go with inline_audio");
    if (!ret && out->ca_file && access(out->ca_file, R_OK) != 0)
        ret = ttss_fail_errno(err, errno, "cannot read the certificates in %s", out->ca_file);
    return ret;
}

static int32_t read_numbers(ttss_settings *out, const ttsslice_dispatch_options *options,
                            ttsslice_error *err) {
    int32_t ret = ttss_check_range("max_in_flight", options->max_in_flight, 1, 1000, err);
    if (!ret)
        ret = ttss_check_range_f("request_timeout_s", options->request_timeout_s, 0.1, 3600.0, err);
    if (!ret)
        ret = ttss_check_range_f("job_timeout_s", options->job_timeout_s, 1.0, 604800.0, err);
    if (!ret)
        ret = ttss_check_range_f("poll_interval_s", options->poll_interval_s, 0.001, 60.0, err);
    if (!ret)
        ret = ttss_check_range("max_reply_bytes", options->max_reply_bytes, REPLY_MIN, REPLY_MAX,
                               err);
    if (!ret)
        ret = ttss_read_backoff(options->backoff_s, options->backoff_count, out->policy.backoff_ms,
                                &out->policy.backoff_count, err);
    out->policy.max_in_flight = options->max_in_flight;
    out->policy.request_timeout_ms = ttss_milliseconds(options->request_timeout_s);
    out->policy.job_timeout_ms = ttss_milliseconds(options->job_timeout_s);
    out->policy.poll_ms = ttss_milliseconds(options->poll_interval_s);
    out->policy.max_reply_bytes = (size_t)options->max_reply_bytes;
    if (!ret)
        ret = ttss_check_range("inline_audio", options->inline_audio, 0, 1, err);
    if (!ret)
        ret = ttss_check_range("order", options->order, TTSSLICE_ORDER_GIVEN, TTSSLICE_ORDER_INDEX,
                               err);
    out->lifts = !options->inline_audio;
    out->policy.inline_audio = options->inline_audio;
    out->policy.order = options->order;
    return ret;
}

/* What decides how much is spent. */
static int32_t read_spending(ttss_policy *policy, const ttsslice_dispatch_options *options,
                             ttsslice_error *err) {
    int32_t ret = ttss_check_range("hedge", options->hedge, 0, 1, err);
    if (!ret)
        ret = ttss_check_range("window", options->window, 0, INT32_MAX, err);
    if (!ret && options->window && options->order != TTSSLICE_ORDER_INDEX)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "window is for TTSSLICE_ORDER_INDEX");
    if (!ret)
        ret = ttss_check_range("max_jobs", options->max_jobs, 0, INT64_MAX, err);
    if (!ret)
        ret = ttss_check_range_f("max_cost", options->max_cost, 0.0, 1e9, err);
    if (!ret)
        ret = ttss_check_range_f("price_per_second", options->price_per_second, 0.0, 1e6, err);
    if (!ret && options->max_cost > 0.0 && options->price_per_second <= 0.0)
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID,
                        "max_cost needs price_per_second: what a second of a worker costs");
    if (!ret)
        ret = ttss_check_range_f("expected_s", options->expected_s, 0.0, 86400.0, err);
    if (!ret)
        ret = ttss_check_range_f("expected_s_per_char", options->expected_s_per_char, 0.0, 3600.0,
                                 err);
    policy->hedge = options->hedge == 1;
    policy->window = options->window;
    policy->max_jobs = options->max_jobs;
    policy->max_cost = options->max_cost;
    policy->price_per_second = options->price_per_second;
    policy->expected_ms = options->expected_s * 1000.0;
    policy->expected_char_ms = options->expected_s_per_char * 1000.0;
    return ret;
}

int32_t ttss_settings_check(const ttsslice_dispatch_options *given, ttsslice_error *err) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttss_settings unused = {0};
    int32_t ret = ttss_options_read(&options, sizeof options, sizeof options, given,
                                    "ttsslice_dispatch_options", err);
    if (!ret)
        ret = read_numbers(&unused, &options, err);
    if (!ret)
        ret = read_spending(&unused.policy, &options, err);
    return ret;
}

int32_t ttss_settings_read(ttss_settings *out, const ttsslice_dispatch_options *given,
                           ttsslice_error *err) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttss_settings settings = {0};
    bool plain = false;
    int32_t ret = ttss_options_read(&options, sizeof options, sizeof options, given,
                                    "ttsslice_dispatch_options", err);
    if (!ret)
        ret = ttss_logger_read(&settings.logger, options.logger, err);
    if (!ret)
        ret = read_numbers(&settings, &options, err);
    if (!ret)
        ret = read_protocol(options.protocol, &settings.policy.protocol, err);
    if (!ret)
        ret = endpoint_text(settings.policy.protocol, options.endpoint, &settings.endpoint, err);
    if (!ret)
        ret = check_endpoint(&settings, &plain, err);
    if (!ret) {
        settings.policy.key_variable = key_variable(&settings);
        ret = ttss_key_read(options.api_key, settings.policy.key_variable, &settings.key, err);
    }
    if (!ret)
        ret = read_texts(&settings, &options, err);
    if (!ret)
        ret = read_spending(&settings.policy, &options, err);
    if (!ret)
        ret = ttss_check_range("insecure", options.insecure, 0, 1, err);
    if (!ret && plain && settings.key[0] && !settings.loopback && !options.insecure)
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                        "the API key would travel unencrypted to %s; use https, set insecure if "
                        "the way there is safe, or unset %s if the server wants no key",
                        settings.endpoint, settings.policy.key_variable);
    if (ret) {
        ttss_settings_free(&settings);
        return ret;
    }
    settings.policy.secret = settings.key;
    settings.policy.loopback = settings.loopback;
    tell_path(&settings);
    *out = settings;
    return 0;
}

void ttss_settings_free(ttss_settings *settings) {
    free(settings->endpoint);
    free(settings->key);
    free(settings->journal);
    free(settings->trace);
    free(settings->ca_file);
    free(settings->host);
    free(settings->speech_model);
    free(settings->voice);
    *settings = (ttss_settings){0};
}
