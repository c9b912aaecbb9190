/* SPDX-License-Identifier: MIT */
/* HTTP over libcurl; see http.h. */
#include "dispatch/http.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CONNECT_TIMEOUT_MS 10000

/* --- once ---------------------------------------------------------------------------------- */

/* libcurl's own initialisation may be called once from one thread at a time; what it sets up lives
 * as long as the process. */
static pthread_once_t started = PTHREAD_ONCE_INIT;
static CURLcode start_result;

static void start(void) {
    start_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

int32_t ttss_client_start(ttsslice_error *err) {
    pthread_once(&started, start);
    if (start_result != CURLE_OK)
        return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                         "libcurl cannot be initialised: %s; check its installation",
                         curl_easy_strerror(start_result));
    return 0;
}

/* --- headers ------------------------------------------------------------------------------- */

static bool add_header(struct curl_slist **list, const char *header) {
    struct curl_slist *longer = curl_slist_append(*list, header);
    if (longer)
        *list = longer;
    return longer != NULL;
}

int32_t ttss_client_init(ttss_client *client, const ttss_settings *settings, ttsslice_error *err) {
    ttss_buf key;
    *client = (ttss_client){.settings = settings};
    ttss_buf_init(&key, 2000);
    ttss_buf_printf(&key, "Authorization: Bearer %s", settings->key);
    bool fine = !key.failed && add_header(&client->get_headers, "Accept: application/json") &&
                add_header(&client->post_headers, "Accept: application/json") &&
                add_header(&client->post_headers, "Content-Type: application/json") &&
                /* Without this a long body waits for the server's leave first. */
                add_header(&client->post_headers, "Expect:");
    if (fine && settings->key[0])
        fine = add_header(&client->get_headers, key.data) &&
               add_header(&client->post_headers, key.data);
    ttss_buf_free(&key);
    if (!fine)
        ttss_client_free(client);
    return fine ? 0 : ttss_nomem(err);
}

void ttss_client_free(ttss_client *client) {
    curl_slist_free_all(client->get_headers);
    curl_slist_free_all(client->post_headers);
    *client = (ttss_client){0};
}

/* --- requests ------------------------------------------------------------------------------ */

static size_t receive(char *bytes, size_t size, size_t count, void *user_data) {
    ttss_request *request = user_data;
    curl_off_t length = -1;
    if (!request->scan.received &&
        curl_easy_getinfo(request->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length) == CURLE_OK)
        request->scan.expected = length > 0 ? (size_t)length : 0;
    request->too_large = size * count > request->largest - request->scan.received;
    return !request->too_large && ttss_scan_feed(&request->scan, bytes, size * count) ? size * count
                                                                                      : 0;
}

static bool set_url(ttss_request *request, const ttss_client *client) {
    static const char *const paths[] = {[TTSS_REQUEST_RUN] = "run",
                                        [TTSS_REQUEST_STATUS] = "status/",
                                        [TTSS_REQUEST_CANCEL] = "cancel/",
                                        [TTSS_REQUEST_HEALTH] = "health"};
    ttss_buf url;
    ttss_buf_init(&url, 4096);
    ttss_buf_printf(&url, "%s/%s%s", client->settings->endpoint, paths[request->kind],
                    request->job_id);
    bool fine = !url.failed && curl_easy_setopt(request->easy, CURLOPT_URL, url.data) == CURLE_OK;
    ttss_buf_free(&url);
    return fine;
}

static void set_post(ttss_request *request, const ttss_client *client, const char *body,
                     size_t length) {
    CURL *easy = request->easy;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, client->post_headers);
    /* libcurl resends a request when a kept connection turns out to be dead. A submission must not
     * be sent twice without our knowing, so each has a connection of its own to begin with. */
    if (request->kind == TTSS_REQUEST_RUN)
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
}

static void set_connect_timeout(ttss_request *request, const ttss_settings *settings) {
    int64_t timeout = settings->policy.request_timeout_ms;
    if (timeout > CONNECT_TIMEOUT_MS)
        timeout = CONNECT_TIMEOUT_MS;
    timeout += request->absence_ms;
    curl_easy_setopt(request->easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(timeout < INT32_MAX ? timeout : INT32_MAX));
}

static bool set_up(ttss_request *request, const ttss_client *client) {
    CURL *easy = request->easy;
    const ttss_settings *settings = client->settings;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, request);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, request->trouble);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    if (request->kind == TTSS_REQUEST_HEALTH)
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)settings->policy.request_timeout_ms);
    set_connect_timeout(request, settings);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)settings->max_reply_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, request);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, client->get_headers);
    if (settings->loopback)
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_USERAGENT, "ttsslice/" TTSSLICE_VERSION_STRING) ==
               CURLE_OK &&
           set_url(request, client);
}

ttss_request *ttss_request_new(const ttss_client *client, enum ttss_request_kind kind,
                               const char *id, const char *body, size_t length) {
    ttss_request *request = ttss_new(ttss_request);
    if (!request)
        return NULL;
    request->kind = kind;
    request->easy = curl_easy_init();
    if (id)
        memcpy(request->job_id, id, strlen(id) + 1);
    request->largest = client->settings->max_reply_bytes;
    ttss_scan_init(&request->scan, kind == TTSS_REQUEST_STATUS && client->settings->lifts,
                   request->largest);
    if (!request->easy || !set_up(request, client)) {
        ttss_request_free(request);
        return NULL;
    }
    if (kind == TTSS_REQUEST_RUN || kind == TTSS_REQUEST_CANCEL)
        set_post(request, client, body ? body : "", length);
    return request;
}

void ttss_request_free(ttss_request *request) {
    if (!request)
        return;
    curl_easy_cleanup(request->easy);
    ttss_scan_free(&request->scan);
    free(request);
}

/* libcurl takes its limit from the handle whenever it looks at its clock, so a transfer under way
 * can be given more time. */
void ttss_request_postpone(ttss_request *request, const ttss_settings *settings,
                           int64_t absence_ms) {
    request->deadline_ms += absence_ms;
    request->absence_ms += absence_ms;
    set_connect_timeout(request, settings);
}

/* --- answers ------------------------------------------------------------------------------- */

static enum ttss_transfer transfer_of(CURLcode result, const ttss_request *request) {
    switch (result) {
    case CURLE_OK:
        return TTSS_TRANSFER_DONE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PROXY:
        return TTSS_TRANSFER_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT:
        return TTSS_TRANSFER_TIMEOUT;
    case CURLE_FILESIZE_EXCEEDED:
        return TTSS_TRANSFER_TOO_LARGE;
    case CURLE_WRITE_ERROR: /* receive() refused */
        return request->too_large ? TTSS_TRANSFER_TOO_LARGE : TTSS_TRANSFER_NOMEM;
    case CURLE_OUT_OF_MEMORY:
        return TTSS_TRANSFER_NOMEM;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return TTSS_TRANSFER_UNUSABLE;
    default:
        return TTSS_TRANSFER_BROKEN;
    }
}

ttss_answer ttss_request_answer(ttss_request *request, CURLcode result) {
    ttss_answer answer = {
        .transfer = transfer_of(result, request),
        .trouble = request->trouble[0] ? request->trouble : curl_easy_strerror(result),
        .retry_after_s = -1.0,
        .body = &request->scan.rest,
        .audio = &request->scan.audio,
        .damage = request->scan.trouble.code ? request->scan.trouble.message : NULL,
    };
    long status = 0;
    struct curl_header *header = NULL;
    if (answer.transfer != TTSS_TRANSFER_DONE)
        return answer;
    curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(request->easy, CURLINFO_CONTENT_TYPE, &answer.content_type);
    answer.http_status = (int32_t)status;
    if (curl_easy_header(request->easy, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
        answer.retry_after_s = ttss_retry_after(header->value, (int64_t)time(NULL));
    return answer;
}

double ttss_retry_after(const char *value, int64_t unix_now_s) {
    double seconds = 0.0;
    if (ttss_num_parse(value, &seconds))
        return seconds >= 0.0 ? seconds : -1.0;
    time_t date = curl_getdate(value, NULL);
    if (date == (time_t)-1)
        return -1.0;
    return (int64_t)date > unix_now_s ? (double)((int64_t)date - unix_now_s) : 0.0;
}
