/* SPDX-License-Identifier: MIT */
/* Addresses of audio in outputs; see audio_url.h. */
#include "dispatch/audio_url.h"

#include "base/error.h"
#include "base/http.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URL_MAX   8192 /* signed ones are long */
#define DEPTH_MAX 16

static bool is_open(const json_t *object) {
    return json_string_length(json_object_get(object, "audio_url")) > 0 &&
           !json_is_string(json_object_get(object, "audio_base64")) &&
           !json_is_string(json_object_get(object, "audio"));
}

/* In the order of the text; borrowed. */
static json_t *find(json_t *value, int depth) {
    const char *key;
    json_t *item, *found = NULL;
    size_t i;
    if (depth == DEPTH_MAX)
        return NULL;
    if (json_is_object(value) && is_open(value))
        return value;
    json_object_foreach(value, key, item) {
        if (!found)
            found = find(item, depth + 1);
    }
    json_array_foreach(value, i, item) {
        if (!found)
            found = find(item, depth + 1);
    }
    return found;
}

int32_t ttss_audio_url_find(const char *output, size_t length, char **url, ttsslice_error *err) {
    json_error_t why;
    *url = NULL;
    if (!strstr(output, "audio_url"))
        return 0;
    json_t *root = ttss_json_load_reply(output, length, &why);
    if (!root && json_error_code(&why) == json_error_out_of_memory)
        return ttss_nomem(err);
    json_t *object = find(root, 0);
    *url = object ? ttss_strdup(json_string_value(json_object_get(object, "audio_url"))) : NULL;
    int32_t ret = object && !*url ? ttss_nomem(err) : 0;
    json_decref(root);
    return ret;
}

char *ttss_audio_url_put(const char *output, size_t length, size_t attachment) {
    char name[48];
    json_error_t why;
    json_t *root = ttss_json_load_reply(output, length, &why);
    json_t *object = find(root, 0);
    snprintf(name, sizeof name, "attachment:%zu", attachment);
    bool fine = object && ttss_json_set(object, "audio_base64", json_string(name));
    char *text = fine ? ttss_json_dump(root, false) : NULL;
    json_decref(root);
    return text;
}

int32_t ttss_audio_url_check(const char *url, bool loopback_endpoint, ttsslice_error *err) {
    static const char begin[] = "the handler's audio_url cannot be used: ";
    bool loopback = false, plain = false;
    char *bare = ttss_memdup(url, strcspn(url, "?#"));
    if (!bare)
        return ttss_nomem(err);
    int32_t ret =
        ttss_url_check(bare, "it", "look at the handler", "nothing", &loopback, &plain, NULL);
    free(bare);
    if (ret == TTSSLICE_ERR_NOMEM)
        return ttss_nomem(err);
    if (strlen(url) > URL_MAX)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "%sit is longer than %d bytes", begin, URL_MAX);
    else if (ret)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                        "%sit is no web address%s%.40s; is the worker's storage set up?", begin,
                        strstr(url, "://") ? "" : ": ", strstr(url, "://") ? "" : url);
    else if (loopback && !loopback_endpoint)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                        "%sit leads to this machine, and the endpoint is another one", begin);
    else if (plain && !loopback)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                        "%sit is not https; have the worker's storage give out such addresses",
                        begin);
    return ret;
}
