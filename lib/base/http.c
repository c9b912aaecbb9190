/* SPDX-License-Identifier: MIT */
/* HTTP over libcurl; see http.h. Addresses are taken apart by libcurl's URL parser, the one that
 * will use them. */
#include "base/http.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/num.h"

#include <ttsslice/version.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Servers close connections that idle; one that is used just then may lose a submission. */
#define IDLE_MAX_S 15L

const char *ttss_environment(const char *name) {
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

/* --- once ---------------------------------------------------------------------------------- */

/* libcurl's own initialisation may be called once from one thread at a time; what it sets up lives
 * as long as the process. */
static pthread_once_t started = PTHREAD_ONCE_INIT;
static CURLcode start_result;

static void start(void) {
    start_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

int32_t ttss_curl_start(ttsslice_error *err) {
    pthread_once(&started, start);
    if (start_result != CURLE_OK)
        return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                         "libcurl cannot be initialised: %s; check its installation",
                         curl_easy_strerror(start_result));
    return 0;
}

/* --- handles ------------------------------------------------------------------------------- */

bool ttss_curl_set_up(CURL *easy, const char *ca_file, bool loopback) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_MAX_S);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L); /* some answers take minutes of silence */
    if (ca_file && (curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file) != CURLE_OK ||
                    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) != CURLE_OK))
        return false;
    if (loopback)
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_USERAGENT, "ttsslice/" TTSSLICE_VERSION_STRING) ==
               CURLE_OK;
}

/* Of a header line beyond its limit libcurl says that memory ran out, from 8.6 on that it is too
 * large. */
static bool is_long_header(CURL *easy, CURLcode result) {
    enum { TOO_LARGE = 100 };
    curl_off_t answered_us = 0;
    return (int)result == TOO_LARGE ||
           (result == CURLE_OUT_OF_MEMORY &&
            curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME_T, &answered_us) == CURLE_OK &&
            answered_us > 0);
}

const char *ttss_curl_trouble(CURL *easy, CURLcode result, const char *said) {
    if (said[0])
        return said;
    return is_long_header(easy, result) ? "a line of its answer's header is longer than 100 kB"
                                        : curl_easy_strerror(result);
}

enum ttss_transfer ttss_curl_transfer(CURL *easy, CURLcode result) {
    if (is_long_header(easy, result))
        return TTSS_TRANSFER_UNUSABLE;
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
    case CURLE_WRITE_ERROR:
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

double ttss_retry_after(const char *value, int64_t unix_now_s) {
    double seconds = 0.0;
    if (ttss_num_parse(value, &seconds))
        return seconds >= 0.0 ? seconds : -1.0;
    time_t date = curl_getdate(value, NULL);
    if (date == (time_t)-1)
        return -1.0;
    return (int64_t)date > unix_now_s ? (double)((int64_t)date - unix_now_s) : 0.0;
}

double ttss_curl_retry_after(CURL *easy) {
    struct curl_header *header = NULL;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return -1.0;
    return ttss_retry_after(header->value, (int64_t)time(NULL));
}

/* --- addresses and keys -------------------------------------------------------------------- */

static bool is_loopback(const char *host) {
    size_t length = strlen(host);
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == length) ||
           (length > 10 && strcmp(host + length - 10, ".localhost") == 0);
}

/* Whether a URL part is there; frees it. */
static bool has_part(CURLU *url, CURLUPart part) {
    char *text = NULL;
    bool there = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return there;
}

int32_t ttss_url_check(const char *given, const char *what, const char *set,
                       const char *key_variable, bool *loopback, bool *plain, ttsslice_error *err) {
    CURLU *url = curl_url();
    char *host = NULL, *scheme = NULL;
    int32_t ret = 0;
    if (!url)
        return ttss_nomem(err);
    CURLUcode code = curl_url_set(url, CURLUPART_URL, given, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        ret = ttss_nomem(err);
    else if (code != CURLUE_OK)
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "%s is not a URL; %s", what, set);
    else if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                        "%s's URL holds a user name or password; leave them out and set %s", what,
                        key_variable);
    else if (has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT))
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT,
                        "%s's URL has a ? or #; give the prefix alone: %s", what, set);
    else if (curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
             (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "\"%.100s\" is no http or https URL; %s", given,
                        set);
    else if (curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        ret = ttss_fail(err, TTSSLICE_ERR_ENDPOINT, "\"%.100s\" names no host; %s", given, set);
    if (ret == 0) {
        *loopback = is_loopback(host);
        *plain = strcmp(scheme, "http") == 0;
    }
    curl_free(host);
    curl_free(scheme);
    curl_url_cleanup(url);
    return ret;
}

char *ttss_url_host(const char *given) {
    CURLU *url = curl_url();
    char *host = NULL;
    if (url && curl_url_set(url, CURLUPART_URL, given, 0) == CURLUE_OK)
        curl_url_get(url, CURLUPART_HOST, &host, 0);
    char *copy = ttss_strdup(host);
    curl_free(host);
    curl_url_cleanup(url);
    return copy;
}

/* White space around a key comes from files; within, it would break the header. */
int32_t ttss_key_read(const char *given, const char *variable, char **out, ttsslice_error *err) {
    const char *key = given ? given : ttss_environment(variable);
    static const char space[] = " \t\r\n";
    if (!key)
        key = "";
    key += strspn(key, space);
    size_t length = strlen(key);
    while (length && strchr(space, key[length - 1]))
        length--;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)key[i] <= 0x20 || (unsigned char)key[i] >= 0x7f)
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "the API key contains a character that no key has; check %s",
                             variable);
    if (length > TTSS_API_KEY_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "the API key is longer than %d bytes; check %s",
                         TTSS_API_KEY_MAX, variable);
    *out = ttss_memdup(key, length);
    return *out ? 0 : ttss_nomem(err);
}
