/* SPDX-License-Identifier: MIT */
/* HTTP as this library speaks it, over libcurl: one way to set a handle up (http and https only, no
 * redirects, no signals, this machine without a proxy), one meaning of libcurl's codes, addresses
 * and keys checked in one place. */
#ifndef TTSS_BASE_HTTP_H
#define TTSS_BASE_HTTP_H

#include <ttsslice/error.h>

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#define TTSS_CONNECT_TIMEOUT_MS 10000
#define TTSS_API_KEY_MAX        1000 /* bytes; ttss_quote() relies on it */
#define TTSS_URL_MAX            2000

/* How a request ended below HTTP. */
enum ttss_transfer {
    TTSS_TRANSFER_DONE = 0,  /* an HTTP answer came, whole */
    TTSS_TRANSFER_UNREACHED, /* no name, no connection, no TLS session */
    TTSS_TRANSFER_BROKEN,    /* the connection was lost */
    TTSS_TRANSFER_TIMEOUT,
    TTSS_TRANSFER_UNUSABLE, /* certificate or protocol refused: it will not get better */
    TTSS_TRANSFER_TOO_LARGE,
    TTSS_TRANSFER_UNREADABLE, /* it came, and is not what was asked for: a gateway's page, say */
    TTSS_TRANSFER_NOMEM
};

/* Initialises libcurl once in the process. Fails with SYSTEM. */
int32_t ttss_curl_start(ttsslice_error *err);

/* What every handle has. ca_file: NULL: the system's. False: libcurl refused something. */
bool ttss_curl_set_up(CURL *easy, const char *ca_file, bool loopback);

/* How a transfer ended. A write function that refused counts as out of memory. */
enum ttss_transfer ttss_curl_transfer(CURL *easy, CURLcode result);
/* Why, in words: what libcurl said of it (its error buffer), or what its code means. */
const char *ttss_curl_trouble(CURL *easy, CURLcode result, const char *said);

/* Seconds that a Retry-After header asks for: a number, or a date (RFC 9110, 10.2.3); -1: neither.
 */
double ttss_retry_after(const char *value, int64_t unix_now_s);

/* The answer's Retry-After by the time of day; -1: none. */
double ttss_curl_retry_after(CURL *easy);

/* Checks an address: http or https, a host, no password, no query. `what` names it in messages as
 * "the endpoint"; `set` says what to do about it; `key_variable` where a password should be.
 * Fails with ENDPOINT or NOMEM. The address is shown only once it is known to hold no password. */
int32_t ttss_url_check(const char *url, const char *what, const char *set, const char *key_variable,
                       bool *loopback, bool *plain, ttsslice_error *err);

/* The host of an address that was checked; malloc. NULL: out of memory. */
char *ttss_url_host(const char *url);

/* Copies a key without the white space around it; NULL: `variable` of the environment; none: "".
 * Fails with INVALID if it could not stand in a header. */
int32_t ttss_key_read(const char *given, const char *variable, char **out, ttsslice_error *err);

/* A variable of the environment; NULL if it is empty or not there. */
const char *ttss_environment(const char *name);

#endif
