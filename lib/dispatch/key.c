/* SPDX-License-Identifier: MIT */
/* Content hashes; see key.h. Volatile are `request_id`, and in a signed URL its signature with what
 * belongs to it: a store signs the same file anew each time (S3 and its likes, Google, CloudFront,
 * Azure). Everything else is content, also what this library does not know. */
#include "dispatch/key.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define URL_MAX ((size_t)65536)

static bool is_signature(const char *name, size_t length) {
    static const char *const begins[] = {"x-amz-", "x-goog-"};
    static const char *const names[] = {"signature",
                                        "expires",
                                        "awsaccesskeyid",
                                        "policy",
                                        "sig",
                                        "key-pair-id",
                                        "googleaccessid",
                                        "se",
                                        "st",
                                        "sp",
                                        "sv",
                                        "sr"};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (length > strlen(begins[i]) && strncasecmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (length == strlen(names[i]) && strncasecmp(name, names[i], length) == 0)
            return true;
    return false;
}

static bool is_signed(const char *query) {
    for (const char *p = query; *p; p += strcspn(p, "&"), p += *p == '&') {
        size_t name = strcspn(p, "=&");
        if ((name == 3 && strncasecmp(p, "sig", 3) == 0) ||
            (name >= 9 && strncasecmp(p + name - 9, "signature", 9) == 0))
            return true;
    }
    return false;
}

/* The URL without its signature; NULL: it has none, or there is no memory. */
static json_t *unsigned_url(const char *url) {
    const char *query = strchr(url, '?');
    ttss_buf text;
    if (strncasecmp(url, "http", 4) != 0 || !query || !is_signed(query + 1))
        return NULL;
    ttss_buf_init(&text, URL_MAX);
    ttss_buf_add(&text, url, (size_t)(query + 1 - url));
    for (const char *p = query + 1; *p; p += strcspn(p, "&"), p += *p == '&')
        if (!is_signature(p, strcspn(p, "=&"))) {
            ttss_buf_add(&text, p, strcspn(p, "&"));
            ttss_buf_add_char(&text, '&');
        }
    json_t *value = text.failed ? NULL : json_stringn(text.data, text.length);
    ttss_buf_free(&text);
    return value;
}

static bool remove_volatile(json_t *input) {
    const char *name;
    void *next;
    json_t *value;
    json_object_del(input, "request_id");
    json_object_foreach_safe(input, next, name, value) {
        json_t *plain = json_is_string(value) ? unsigned_url(json_string_value(value)) : NULL;
        if (plain && json_object_set_new(input, name, plain) != 0)
            return false;
    }
    return true;
}

int32_t ttss_job_key(const json_t *input, char key[TTSS_KEY_SIZE], ttsslice_error *err) {
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    json_t *content = json_copy((json_t *)input);
    char *text = content && remove_volatile(content)
                     ? json_dumps(content, JSON_COMPACT | JSON_SORT_KEYS)
                     : NULL;
    bool fine = text && EVP_Digest(text, strlen(text), hash, &size, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; fine && i < 32; i++) {
        key[2 * i] = digits[hash[i] >> 4];
        key[2 * i + 1] = digits[hash[i] & 15];
    }
    key[TTSS_KEY_SIZE - 1] = '\0';
    free(text);
    json_decref(content);
    return fine ? 0 : ttss_nomem(err);
}
