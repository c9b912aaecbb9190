/* SPDX-License-Identifier: MIT */
/* Reasons of failures told by servers; see reason.h. */
#include "base/reason.h"

#include "base/json.h"
#include "base/log.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_MAX 200

void ttss_quote(const char *bytes, size_t length, const char *secret, size_t longest, char *out) {
    /* Longer than what is kept and any key together: a key never shows its first half. */
    char copy[1536];
    size_t kept = length < sizeof copy - 1 ? length : sizeof copy - 1;
    size_t used = 0;
    for (size_t i = 0; i < kept; i++)
        copy[i] = bytes[i] ? bytes[i] : ' ';
    copy[kept] = '\0';
    ttss_redact(copy, secret);
    for (size_t bad = 0; (bad += ttss_utf8_valid_prefix(copy + bad, kept - bad)) < kept;)
        copy[bad] = '?';
    for (size_t i = 0; i < kept && used <= longest; i++) {
        char c = (unsigned char)copy[i] <= 0x20 || copy[i] == 0x7f ? ' ' : copy[i];
        if (c != ' ' || (used && out[used - 1] != ' '))
            out[used++] = c;
    }
    bool cut = used > longest;
    if (cut)
        do
            used--;
        while (used && ((unsigned char)out[used] & 0xc0) == 0x80);
    while (used && out[used - 1] == ' ')
        used--;
    snprintf(out + used, 4, "%s", cut ? "..." : "");
}

bool ttss_says_something(const json_t *value) {
    if (json_is_string(value))
        return json_string_length(value) > 0;
    if (json_is_array(value))
        return json_array_size(value) > 0;
    if (json_is_object(value))
        return json_object_size(value) > 0;
    return value && !json_is_null(value) && !json_is_false(value);
}

json_t *ttss_json_first_of(const json_t *object, const char *const *keys) {
    for (; *keys; keys++)
        if (ttss_says_something(json_object_get(object, *keys)))
            return json_object_get(object, *keys);
    return NULL;
}

/* "<class 'ValueError'>" is what Python's str(type) gives. */
static void add_type(const json_t *type, ttss_buf *line) {
    const char *text = json_string_value(type);
    if (!text || !text[0])
        return;
    const char *start = strncmp(text, "<class '", 8) == 0 ? text + 8 : text;
    ttss_buf_printf(line, "%.*s: ", (int)strcspn(start, "'>"), start);
}

/* Adds what an error value says: text, an object or a list of those. */
static void add_reason(const json_t *value, int depth, ttss_buf *line, const json_t **code) {
    static const char *const texts[] = {"error_message", "message", "error", "detail",
                                        "msg",           "title",   NULL};
    static const char *const codes[] = {"error_code", "code", NULL};
    if (json_is_string(value)) {
        ttss_buf_add_text(line, json_string_value(value));
    } else if (json_is_array(value) && depth < 4) {
        add_reason(json_array_get(value, 0), depth + 1, line, code);
        if (json_array_size(value) > 1)
            ttss_buf_printf(line, " (and %zu more)", json_array_size(value) - 1);
    } else if (json_is_object(value) && ttss_json_first_of(value, texts) && depth < 4) {
        if (!*code)
            *code = ttss_json_first_of(value, codes);
        add_type(json_object_get(value, "error_type"), line);
        add_reason(ttss_json_first_of(value, texts), depth + 1, line, code);
    } else if (value) {
        char *dump = ttss_json_dump(value, false);
        ttss_buf_add_text(line, dump ? dump : "?");
        ttsslice_free(dump);
    }
}

void ttss_reason_add(const json_t *value, ttss_buf *line, const json_t **code) {
    add_reason(value, 0, line, code);
}

void ttss_reason_of_body(const char *body, size_t length, const char *secret,
                         char out[TTSSLICE_ERROR_MESSAGE_MAX]) {
    char text[SHOWN_MAX + 4] = "";
    json_t *document = length ? json_loadb(body, length, 0, NULL) : NULL;
    if (document) {
        const json_t *ignored = NULL;
        ttss_buf line;
        ttss_buf_init(&line, TTSS_REASON_MAX);
        add_reason(document, 0, &line, &ignored);
        ttss_quote(line.data ? line.data : "", line.length, secret, SHOWN_MAX, text);
        ttss_buf_free(&line);
    } else if (length) {
        ttss_quote(body, length, secret, 120, text);
    }
    json_decref(document);
    snprintf(out, TTSSLICE_ERROR_MESSAGE_MAX, "%s%s", text[0] ? ": " : "", text);
}
