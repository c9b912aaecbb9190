/* SPDX-License-Identifier: MIT */
/* Questions to OpenAI's speech API; see speech.h. */
#include "base/speech.h"

#include "base/json.h"

#include <strings.h>

/* Below so many bytes nothing can be said about the time they take. */
#define BYTES_A_SECOND 400.0
#define BYTES_LEAST    40

bool ttss_speech_is_strict(const char *host) {
    return strcasecmp(host, "api.openai.com") == 0;
}

static bool copy_members(json_t *to, const json_t *from, const char *const *names) {
    for (; *names; names++)
        if (json_object_get(from, *names) &&
            json_object_set(to, *names, json_object_get(from, *names)) != 0)
            return false;
    return true;
}

/* NumPy, behind many a server, takes seeds of 32 bits. */
static bool set_seed(json_t *body, const json_t *wishes) {
    const json_t *seed = json_object_get(wishes, "seed");
    return !json_is_integer(seed) ||
           ttss_json_set(body, "seed", json_integer(json_integer_value(seed) & 0xffffffff));
}

json_t *ttss_speech_body(const char *text, const char *model, const char *voice, const char *format,
                         const json_t *wishes, bool strict) {
    static const char *const documented[] = {"speed", "instructions", NULL};
    static const char *const others[] = {"exaggeration", "cfg_weight", "temperature", "lang_code",
                                         NULL};
    json_t *body = json_object();
    bool fine = body && ttss_json_set(body, "model", json_string(model)) &&
                ttss_json_set(body, "input", json_string(text)) &&
                ttss_json_set(body, "voice", json_string(voice)) &&
                ttss_json_set(body, "response_format", json_string(format)) &&
                copy_members(body, wishes, documented);
    if (fine && !strict)
        fine = ttss_json_set(body, "stream", json_false()) && copy_members(body, wishes, others) &&
               set_seed(body, wishes);
    if (fine)
        return body;
    json_decref(body);
    return NULL;
}

bool ttss_speech_is_cut(double duration_s, size_t text_bytes) {
    return text_bytes >= BYTES_LEAST && duration_s * BYTES_A_SECOND < (double)text_bytes;
}
