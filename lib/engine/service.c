/* SPDX-License-Identifier: MIT */
/* Settings of a service; see service.h. Options come first, then TTSSLICE_* of the role, then the
 * variables that other programs use, too. */
#include "engine/service.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/options.h"
#include "engine/line.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_MAX_BYTES 300 /* of a model or voice */

/* TTSSLICE_ASR_URL and the like; NULL only if it is not there at all. */
static const char *variable(const ttss_service_kind *kind, const char *name) {
    char full[64];
    snprintf(full, sizeof full, "TTSSLICE_%s_%s", kind->role, name);
    return getenv(full);
}

static const char *first_set(const char *given, const char *variable_value, const char *usual) {
    if (given)
        return given;
    return variable_value && variable_value[0] ? variable_value : usual;
}

static const char *named(const char *name) {
    return name ? getenv(name) : NULL;
}

static int32_t keep(const char *text, char **out, ttsslice_error *err) {
    *out = ttss_strdup(text ? text : "");
    return *out ? 0 : ttss_nomem(err);
}

/* --- reading ------------------------------------------------------------------------------- */

static int32_t read_url(ttss_service *service, const char *given, bool *plain,
                        ttsslice_error *err) {
    const ttss_service_kind *kind = service->kind;
    const char *other = kind->url_variable ? ttss_environment(kind->url_variable) : NULL;
    const char *url = first_set(given, variable(kind, "URL"), other ? other : kind->url);
    char set[160];
    snprintf(set, sizeof set, "set the url option or TTSSLICE_%s_URL to a URL as %s", kind->role,
             kind->url);
    if (strlen(url) > TTSS_URL_MAX)
        return ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "%s's URL is longer than %d bytes",
                         kind->title, TTSS_URL_MAX);
    int32_t ret =
        ttss_url_check(url, kind->title, set, kind->key_variable, &service->loopback, plain, err);
    if (!ret)
        ret = keep(url, &service->url, err);
    for (size_t n = ret ? 0 : strlen(url); n && service->url[n - 1] == '/'; n--)
        service->url[n - 1] = '\0';
    return ret;
}

static int32_t read_key(ttss_service *service, const ttsslice_service_options *options, bool plain,
                        ttsslice_error *err) {
    const ttss_service_kind *kind = service->kind;
    const char *key = options->api_key ? options->api_key : variable(kind, "API_KEY");
    int32_t ret = ttss_key_read(key, kind->key_variable, &service->key, err);
    if (ret || !service->key[0] || !plain || service->loopback || options->insecure)
        return ret;
    return ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                     "the API key would travel unencrypted to %s; use https, set insecure if the "
                     "way there is safe, or set TTSSLICE_%s_API_KEY to nothing if no key is needed",
                     service->url, kind->role);
}

static int32_t read_name(const char *given, const char *what, char **out, ttsslice_error *err) {
    for (const char *p = given; p && *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "the name of the %s has a control character", what);
    if (given && strlen(given) > NAME_MAX_BYTES)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "the name of the %s is longer than %d bytes",
                         what, NAME_MAX_BYTES);
    return keep(given, out, err);
}

static int32_t read_numbers(ttss_service *service, const ttsslice_service_options *options,
                            ttsslice_error *err) {
    int32_t ret =
        ttss_check_range_f("request_timeout_s", options->request_timeout_s, 0.1, 3600.0, err);
    if (!ret)
        ret = ttss_check_range_f("timeout_s", options->timeout_s, 0.1, 86400.0, err);
    if (!ret)
        ret = ttss_check_range_f("poll_interval_s", options->poll_interval_s, 0.001, 60.0, err);
    if (!ret)
        ret = ttss_check_range("max_upload_bytes", options->max_upload_bytes, 65536,
                               (int64_t)1 << 30, err);
    if (!ret)
        ret = ttss_check_range("max_reply_bytes", options->max_reply_bytes, 1024, (int64_t)1 << 30,
                               err);
    if (!ret)
        ret = ttss_check_range("insecure", options->insecure, 0, 1, err);
    if (!ret)
        ret = ttss_read_backoff(options->backoff_s, options->backoff_count, service->backoff_ms,
                                &service->backoff_count, err);
    service->request_timeout_ms = ttss_milliseconds(options->request_timeout_s);
    service->timeout_ms = ttss_milliseconds(options->timeout_s);
    service->poll_ms = ttss_milliseconds(options->poll_interval_s);
    service->max_upload = (size_t)options->max_upload_bytes;
    service->max_reply = (size_t)options->max_reply_bytes;
    return ret;
}

static int32_t read_ca_file(ttss_service *service, const char *path, ttsslice_error *err) {
    if (!path)
        return 0;
    if (access(path, R_OK) != 0)
        return ttss_fail_errno(err, errno, "cannot read the certificates in %s", path);
    return keep(path, &service->ca_file, err);
}

static int32_t read_all(ttss_service *service, const ttsslice_service_options *options,
                        ttsslice_error *err) {
    const ttss_service_kind *kind = service->kind;
    bool plain = false;
    int32_t ret = ttss_logger_read(&service->logger, options->logger, err);
    if (!ret)
        ret = read_numbers(service, options, err);
    if (!ret)
        ret = read_url(service, options->url, &plain, err);
    if (!ret)
        ret = read_key(service, options, plain, err);
    if (!ret)
        ret = read_name(first_set(options->model, named(kind->model_variable), kind->model),
                        "model", &service->model, err);
    if (!ret)
        ret = read_name(first_set(options->voice, named(kind->voice_variable), kind->voice),
                        "voice", &service->voice, err);
    return ret ? ret : read_ca_file(service, options->ca_file, err);
}

int32_t ttss_service_init(ttss_service *service, const ttss_service_kind *kind,
                          const ttsslice_service_options *given, ttsslice_error *err) {
    ttsslice_service_options options = TTSSLICE_SERVICE_OPTIONS_INIT;
    *service = (ttss_service){.kind = kind};
    int32_t ret = ttss_curl_start(err);
    if (!ret)
        ret = ttss_options_read(&options, sizeof options, sizeof options, given,
                                "ttsslice_service_options", err);
    if (!ret)
        ret = read_all(service, &options, err);
    if (!ret) {
        int failed = pthread_mutex_init(&service->lock, NULL);
        service->has_lock = !failed;
        ret = failed ? ttss_fail_errno(err, failed, "cannot make a mutex") : 0;
    }
    if (ret)
        ttss_service_free(service);
    return ret;
}

void ttss_service_free(ttss_service *service) {
    ttss_lines_free(service->spare);
    if (service->has_lock)
        pthread_mutex_destroy(&service->lock);
    free(service->url);
    free(service->key);
    free(service->model);
    free(service->voice);
    free(service->ca_file);
    *service = (ttss_service){0};
}

ttss_call ttss_service_begin(const ttss_service *service, const ttss_stop *stop) {
    return (ttss_call){ttss_now_ms(&ttss_system_clock) + service->timeout_ms, stop};
}
