/* SPDX-License-Identifier: MIT */
/* The one JSON reader and writer: typed, bounded getters over jansson. A getter leaves *out as it
 * is, so the default, if the key is absent or null, and fails with PROTOCOL if the value has the
 * wrong type or is out of range; the message names the key. Numbers may also be strings of digits,
 * as some servers send them. */
#ifndef TTSS_BASE_JSON_H
#define TTSS_BASE_JSON_H

#include <ttsslice/error.h>

#include <jansson.h>
#include <stdbool.h>

/* Parses one document that must be an object; new reference. Fails with PROTOCOL and the reason,
 * or NOMEM. `what` names the document in the message. */
int32_t ttss_json_parse_object(const char *text, size_t length, const char *what, json_t **out,
                               ttsslice_error *err);

/* Any value in what a server sent, which is paid for: read as far as it can be. Of members of one
 * name the last counts, strings may hold NUL, and where a whole number is past int64_t all are
 * reals. New reference; NULL: *parse says why. */
json_t *ttss_json_load_reply(const char *text, size_t length, json_error_t *parse);

/* The same for a document that must be an object; fails as ttss_json_parse_object(). */
int32_t ttss_json_parse_reply(const char *text, size_t length, const char *what, json_t **out,
                              ttsslice_error *err);

int32_t ttss_json_get_int(const json_t *object, const char *key, int64_t low, int64_t high,
                          int64_t *out, ttsslice_error *err);
int32_t ttss_json_get_double(const json_t *object, const char *key, double low, double high,
                             double *out, ttsslice_error *err);
int32_t ttss_json_get_bool(const json_t *object, const char *key, bool *out, ttsslice_error *err);
/* *out is borrowed from the object. */
int32_t ttss_json_get_string(const json_t *object, const char *key, size_t longest,
                             const char **out, ttsslice_error *err);
/* *out is borrowed; NULL stays NULL if absent. */
int32_t ttss_json_get_array(const json_t *object, const char *key, const json_t **out,
                            ttsslice_error *err);
int32_t ttss_json_get_object(const json_t *object, const char *key, const json_t **out,
                             ttsslice_error *err);

/* object[key] = value, which is stolen, also on failure. False if value is NULL or out of memory:
 * a chain of these with && needs one check. */
bool ttss_json_set(json_t *object, const char *key, json_t *value);
bool ttss_json_append(json_t *array, json_t *value);

/* A number, or null where it is NaN or infinite. */
json_t *ttss_json_real(double value);
/* A number rounded to `decimals` places, as seconds and scores are reported; NaN gives null. */
json_t *ttss_json_rounded(double value, int decimals);

/* Text of a value, from malloc, ended by NUL. Indented by two if `pretty`. NULL: out of memory. */
char *ttss_json_dump(const json_t *value, bool pretty);

/* Steps over the content of a string in JSON text, piece by piece: the index of the quote that ends
 * it, or length if that is not in this piece. *escaped says whether an open backslash precedes the
 * piece; false at a string's start. */
size_t ttss_json_string_step(const char *text, size_t length, bool *escaped);

#endif
