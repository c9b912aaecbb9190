/* SPDX-License-Identifier: MIT */
/* HTTP over libcurl; see http.h. */
#include "dispatch/http.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define SPARES_MAX    32
#define LARGE         ((size_t)65536) /* an answer that may hold audio */
#define RECEIVE_BYTES 16384L
#define SEND_BYTES    16384L
#define REDIRECTS_MAX 3L /* of a store that holds audio */

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
    const char *accept = settings->policy.protocol->is_file ? "Accept: audio/*, application/json"
                                                            : "Accept: application/json";
    bool fine = !key.failed && add_header(&client->get_headers, "Accept: application/json") &&
                add_header(&client->post_headers, accept) &&
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

static void destroy(ttss_request *request) {
    curl_easy_cleanup(request->easy);
    free(request);
}

void ttss_client_free(ttss_client *client) {
    while (client->spare) {
        ttss_request *request = client->spare;
        client->spare = request->next;
        destroy(request);
    }
    curl_slist_free_all(client->get_headers);
    curl_slist_free_all(client->post_headers);
    *client = (ttss_client){0};
}

/* --- bodies -------------------------------------------------------------------------------- */

/* Somebody always goes on, or nothing would ever come to an end; but while results can be handed
 * out, their turn comes first. */
static bool must_wait(ttss_request *request) {
    ttss_client *client = request->client;
    bool large = request->held || request->scan.expected > LARGE;
    if (!large || client->receiving + client->waiting <= TTSS_AUDIO_BUDGET)
        return false;
    if (!client->first)
        client->first = request;
    return client->first != request || client->waiting;
}

static size_t receive(char *bytes, size_t size, size_t count, void *user_data) {
    ttss_request *request = user_data;
    ttss_scan *scan = &request->scan;
    curl_off_t length = -1;
    if (!scan->received &&
        curl_easy_getinfo(request->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length) == CURLE_OK)
        scan->expected = length > 0 ? (size_t)length : 0;
    if (must_wait(request)) {
        request->paused_ms = ttss_now_ms(&ttss_system_clock);
        return CURL_WRITEFUNC_PAUSE;
    }
    request->too_large = size * count > request->largest - scan->received;
    if (request->too_large || !ttss_scan_feed(scan, bytes, size * count))
        return 0;
    size_t held = ttss_scan_held(scan) + (request->is_file ? scan->rest.capacity : 0);
    request->client->receiving += held - request->held;
    request->held = held;
    return size * count;
}

int64_t ttss_request_resume(ttss_request *request, int64_t now_ms) {
    int64_t waited = now_ms - request->paused_ms;
    if (!request->paused_ms || must_wait(request))
        return 0;
    request->paused_ms = 0;
    request->deadline_ms += waited;
    curl_easy_pause(request->easy, CURLPAUSE_CONT);
    return waited;
}

static size_t send_body(char *to, size_t size, size_t count, void *user_data) {
    ttss_request *request = user_data;
    size_t left = request->body_length - request->body_sent;
    size_t n = left < size * count ? left : size * count;
    memcpy(to, request->body + request->body_sent, n);
    request->body_sent += n;
    return n;
}

/* libcurl sends a request again by itself when a kept connection turns out to be dead. A submission
 * whose body may have been read must not be sent twice without our knowing. */
static int rewind_body(void *user_data, curl_off_t offset, int origin) {
    ttss_request *request = user_data;
    if (origin != SEEK_SET || offset != 0 ||
        (ttss_is_submission(request->kind) && request->body_sent))
        return CURL_SEEKFUNC_FAIL;
    request->body_sent = 0;
    return CURL_SEEKFUNC_OK;
}

/* --- requests ------------------------------------------------------------------------------ */

static bool set_url(ttss_request *request, const ttss_client *client) {
    const ttss_settings *settings = client->settings;
    ttss_buf url;
    ttss_buf_init(&url, 4096);
    bool fine = settings->policy.protocol->address(&url, settings->endpoint, request->kind,
                                                   request->job_id, request->wait_ms) &&
                !url.failed && curl_easy_setopt(request->easy, CURLOPT_URL, url.data) == CURLE_OK;
    ttss_buf_free(&url);
    return fine;
}

static void set_post(ttss_request *request, const char *body, size_t length) {
    CURL *easy = request->easy;
    request->body = body;
    request->body_length = length;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->client->post_headers);
}

static void set_connect_timeout(ttss_request *request, const ttss_settings *settings) {
    int64_t timeout = settings->policy.request_timeout_ms;
    if (timeout > TTSS_CONNECT_TIMEOUT_MS)
        timeout = TTSS_CONNECT_TIMEOUT_MS;
    timeout += request->absence_ms;
    curl_easy_setopt(request->easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(timeout < INT32_MAX ? timeout : INT32_MAX));
}

/* What is the same for all requests of a client. */
static bool set_up(ttss_request *request, const ttss_settings *settings) {
    CURL *easy = request->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, request);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, request->trouble);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)settings->policy.max_reply_bytes);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, RECEIVE_BYTES);
    curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, SEND_BYTES); /* kept by each handle */
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, request);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, send_body);
    curl_easy_setopt(easy, CURLOPT_READDATA, request);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, rewind_body);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, request);
    return ttss_curl_set_up(easy, settings->ca_file, settings->loopback);
}

static ttss_request *new_request(ttss_client *client) {
    ttss_request *request = ttss_new(ttss_request);
    if (!request)
        return NULL;
    request->client = client;
    request->easy = curl_easy_init();
    if (request->easy && set_up(request, client->settings))
        return request;
    destroy(request);
    return NULL;
}

/* A fresh one, or one that was used before. */
static ttss_request *get_request(ttss_client *client) {
    ttss_request *request = client->spare;
    if (!request)
        return new_request(client);
    client->spare = request->next;
    client->spare_count--;
    *request = (ttss_request){.easy = request->easy, .client = client};
    return request;
}

ttss_request *ttss_request_new(ttss_client *client, enum ttss_request_kind kind, const char *id,
                               int64_t wait_ms, const char *body, size_t length) {
    const ttss_settings *settings = client->settings;
    ttss_request *request = get_request(client);
    if (!request)
        return NULL;
    request->kind = kind;
    request->wait_ms = wait_ms;
    if (id)
        memcpy(request->job_id, id, strlen(id) + 1);
    request->largest = settings->policy.max_reply_bytes;
    bool results = kind == TTSS_REQUEST_STATUS || kind == TTSS_REQUEST_CALL;
    request->is_file = kind == TTSS_REQUEST_CALL && settings->policy.protocol->is_file;
    ttss_scan_init(&request->scan, results && !request->is_file && settings->lifts,
                   request->largest);
    curl_easy_setopt(request->easy, CURLOPT_TIMEOUT_MS,
                     kind == TTSS_REQUEST_HEALTH ? (long)settings->policy.request_timeout_ms : 0L);
    set_connect_timeout(request, settings);
    request->posts = kind == TTSS_REQUEST_STATUS && client->posts_status;
    if (ttss_is_submission(kind) || kind == TTSS_REQUEST_CANCEL || request->posts) {
        set_post(request, body ? body : "", length);
    } else {
        curl_easy_setopt(request->easy, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, client->get_headers);
    }
    if (!set_url(request, client)) {
        ttss_request_free(request);
        return NULL;
    }
    return request;
}

void ttss_request_free(ttss_request *request) {
    if (!request)
        return;
    ttss_client *client = request->client;
    client->receiving -= request->held;
    if (client->first == request)
        client->first = NULL;
    ttss_scan_free(&request->scan);
    if (client->spare_count == SPARES_MAX || request->kind == TTSS_REQUEST_FETCH) {
        destroy(request);
        return;
    }
    request->next = client->spare;
    client->spare = request;
    client->spare_count++;
}

/* --- audio elsewhere ----------------------------------------------------------------------- */

static curl_socket_t open_allowed(void *user_data, curlsocktype purpose,
                                  struct curl_sockaddr *address) {
    ttss_request *request = user_data;
    enum ttss_reach reach = ttss_address_reach(&address->addr);
    bool allowed = reach == TTSS_REACH_PUBLIC ||
                   (reach == TTSS_REACH_LOOPBACK && request->client->settings->loopback);
    (void)purpose;
    request->refused = allowed ? TTSS_REACH_PUBLIC : reach;
    return allowed ? socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol)
                   : CURL_SOCKET_BAD;
}

/* A handle of its own: what is set here must not stay. */
static bool set_fetch(ttss_request *request, const char *url, size_t largest) {
    CURL *easy = request->easy;
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)largest);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_allowed);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, request);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, REDIRECTS_MAX);
    /* The endpoint's certificates are not those of the world. */
    if (request->client->settings->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAPATH, curl_version_info(CURLVERSION_NOW)->capath);
    return curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK;
}

ttss_request *ttss_request_fetch(ttss_client *client, const char *url, size_t largest) {
    ttss_request *request = new_request(client);
    if (!request)
        return NULL;
    request->kind = TTSS_REQUEST_FETCH;
    request->largest = largest;
    request->is_file = true;
    ttss_scan_init(&request->scan, false, largest);
    set_connect_timeout(request, client->settings);
    if (set_fetch(request, url, largest))
        return request;
    ttss_request_free(request);
    return NULL;
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
    /* receive() refused */
    bool too_large = result == CURLE_WRITE_ERROR && request->too_large;
    return too_large ? TTSS_TRANSFER_TOO_LARGE : ttss_curl_transfer(request->easy, result);
}

ttss_answer ttss_request_answer(ttss_request *request, CURLcode result) {
    ttss_answer answer = {
        .transfer = transfer_of(result, request),
        .trouble = ttss_curl_trouble(request->easy, result, request->trouble),
        .retry_after_s = -1.0,
        .body = &request->scan.rest,
        .audio = &request->scan.audio,
        .damage = request->scan.trouble.code ? request->scan.trouble.message : NULL,
    };
    long status = 0;
    if (result == CURLE_SEND_FAIL_REWIND) /* rewind_body() refused */
        answer.trouble = "the connection was closed before an answer came";
    if (request->refused) {
        answer.transfer = TTSS_TRANSFER_UNUSABLE;
        answer.trouble = request->refused == TTSS_REACH_LOOPBACK
                             ? "it leads to this machine, and the endpoint is another one"
                             : "it leads into a private network";
    }
    if (answer.transfer != TTSS_TRANSFER_DONE)
        return answer;
    curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(request->easy, CURLINFO_CONTENT_TYPE, &answer.content_type);
    curl_easy_getinfo(request->easy, CURLINFO_REDIRECT_URL, &answer.redirect);
    answer.http_status = (int32_t)status;
    answer.retry_after_s = ttss_curl_retry_after(request->easy);
    return answer;
}
