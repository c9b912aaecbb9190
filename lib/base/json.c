/* SPDX-License-Identifier: MIT */
/* Typed JSON access; see json.h. */
#include "base/json.h"

#include "base/error.h"
#include "base/num.h"

#include <math.h>
#include <string.h>

/* Takes the value. */
static int32_t want_object(json_t *value, const json_error_t *parse, const char *what, json_t **out,
                           ttsslice_error *err) {
    if (!value && json_error_code(parse) == json_error_out_of_memory)
        return ttss_nomem(err);
    if (!value)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "%s is not JSON: %s at byte %d", what,
                         parse->text, parse->position);
    if (!json_is_object(value)) {
        json_decref(value);
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "%s is not a JSON object", what);
    }
    *out = value;
    return 0;
}

int32_t ttss_json_parse_object(const char *text, size_t length, const char *what, json_t **out,
                               ttsslice_error *err) {
    json_error_t parse;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &parse);
    return want_object(value, &parse, what, out, err);
}

json_t *ttss_json_load_reply(const char *text, size_t length, json_error_t *parse) {
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *value = json_loadb(text, length, flags, parse);
    if (!value && json_error_code(parse) == json_error_numeric_overflow)
        value = json_loadb(text, length, flags | JSON_DECODE_INT_AS_REAL, parse);
    return value;
}

int32_t ttss_json_parse_reply(const char *text, size_t length, const char *what, json_t **out,
                              ttsslice_error *err) {
    json_error_t parse;
    json_t *value = ttss_json_load_reply(text, length, &parse);
    return want_object(value, &parse, what, out, err);
}

static json_t *lookup(const json_t *object, const char *key) {
    json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static int32_t wrong(const char *key, const char *wanted, ttsslice_error *err) {
    return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"%s\" must be %s", key, wanted);
}

int32_t ttss_json_get_int(const json_t *object, const char *key, int64_t low, int64_t high,
                          int64_t *out, ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    int64_t number = 0;
    if (!value)
        return 0;
    if (json_is_integer(value))
        number = json_integer_value(value);
    else if (json_is_real(value) && floor(json_real_value(value)) == json_real_value(value) &&
             fabs(json_real_value(value)) <= 9007199254740992.0)
        number = (int64_t)json_real_value(value);
    else if (!json_is_string(value) ||
             !ttss_int_parse(json_string_value(value), INT64_MIN, INT64_MAX, &number))
        return wrong(key, "an integer", err);
    if (number < low || number > high)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"%s\" is %lld; it must be %lld to %lld", key,
                         (long long)number, (long long)low, (long long)high);
    *out = number;
    return 0;
}

int32_t ttss_json_get_double(const json_t *object, const char *key, double low, double high,
                             double *out, ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    double number = 0.0;
    if (!value)
        return 0;
    if (json_is_number(value))
        number = json_number_value(value);
    else if (!json_is_string(value) || !ttss_num_parse(json_string_value(value), &number))
        return wrong(key, "a number", err);
    if (!(number >= low && number <= high)) {
        char v[TTSS_NUM_MAX], l[TTSS_NUM_MAX], h[TTSS_NUM_MAX];
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"%s\" is %s; it must be %s to %s", key,
                         ttss_num_format(number, v), ttss_num_format(low, l),
                         ttss_num_format(high, h));
    }
    *out = number;
    return 0;
}

int32_t ttss_json_get_bool(const json_t *object, const char *key, bool *out, ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    if (!value)
        return 0;
    if (!json_is_boolean(value))
        return wrong(key, "true or false", err);
    *out = json_is_true(value);
    return 0;
}

int32_t ttss_json_get_string(const json_t *object, const char *key, size_t longest,
                             const char **out, ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    if (!value)
        return 0;
    if (!json_is_string(value))
        return wrong(key, "a string", err);
    if (json_string_length(value) > longest)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "\"%s\" is %zu bytes long; at most %zu are taken", key,
                         json_string_length(value), longest);
    if (strlen(json_string_value(value)) != json_string_length(value))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"%s\" contains a NUL character", key);
    *out = json_string_value(value);
    return 0;
}

int32_t ttss_json_get_array(const json_t *object, const char *key, const json_t **out,
                            ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    if (value && !json_is_array(value))
        return wrong(key, "an array", err);
    if (value)
        *out = value;
    return 0;
}

int32_t ttss_json_get_object(const json_t *object, const char *key, const json_t **out,
                             ttsslice_error *err) {
    const json_t *value = lookup(object, key);
    if (value && !json_is_object(value))
        return wrong(key, "an object", err);
    if (value)
        *out = value;
    return 0;
}

bool ttss_json_set(json_t *object, const char *key, json_t *value) {
    return json_object_set_new(object, key, value) == 0;
}

bool ttss_json_append(json_t *array, json_t *value) {
    return json_array_append_new(array, value) == 0;
}

json_t *ttss_json_real(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *ttss_json_rounded(double value, int decimals) {
    double scale = pow(10.0, decimals);
    return ttss_json_real(round(value * scale) / scale);
}

char *ttss_json_dump(const json_t *value, bool pretty) {
    return json_dumps(value, JSON_ENCODE_ANY | (pretty ? JSON_INDENT(2) : JSON_COMPACT));
}

/* The backslashes in front of a quote tell whether it is one: those in this piece, and if they
 * reach its start, the open one before it. */
static bool is_escaped(const char *text, size_t at, bool before) {
    size_t slashes = 0;
    while (slashes < at && text[at - slashes - 1] == '\\')
        slashes++;
    return (slashes % 2 == 1) != (slashes == at && before);
}

size_t ttss_json_string_step(const char *text, size_t length, bool *escaped) {
    size_t at = 0;
    while (at < length) {
        const char *quote = memchr(text + at, '"', length - at);
        if (!quote)
            break;
        at = (size_t)(quote - text);
        if (!is_escaped(text, at, *escaped))
            return at;
        at++;
    }
    *escaped = length ? is_escaped(text, length, *escaped) : *escaped;
    return length;
}
