/* SPDX-License-Identifier: MIT */
/* What a server says went wrong, as one line: text from outside made fit to be shown, and the words
 * found in the error bodies that JSON services send (FastAPI's `detail`, OpenAI's `error`, problem
 * details of RFC 9457, tracebacks of Python). */
#ifndef TTSS_BASE_REASON_H
#define TTSS_BASE_REASON_H

#include "base/buf.h"

#include <ttsslice/error.h>

#include <jansson.h>

/* Longest error that is read at all; a traceback may be long. */
#define TTSS_REASON_MAX ((size_t)1 << 20)

/* At most `longest` bytes of a text as one line of valid UTF-8, without the secret, "..." if cut.
 * out holds longest + 4 bytes. */
void ttss_quote(const char *bytes, size_t length, const char *secret, size_t longest, char *out);

/* null, false, "", {} and [] are no errors. */
bool ttss_says_something(const json_t *value);

/* The first of the keys, ended by NULL, whose value says something; borrowed, or NULL. */
json_t *ttss_json_first_of(const json_t *object, const char *const *keys);

/* Adds what an error value says: text, an object or a list of those. *code becomes the error's own
 * code if it was NULL and there is one; borrowed. */
void ttss_reason_add(const json_t *value, ttss_buf *line, const json_t **code);

/* What an error body says, as `: "reason"` or `: first characters`, or "". */
void ttss_reason_of_body(const char *body, size_t length, const char *secret,
                         char out[TTSSLICE_ERROR_MESSAGE_MAX]);

#endif
