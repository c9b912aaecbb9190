/* SPDX-License-Identifier: MIT */
/* Takes an answer as it arrives and lifts the audio out of it: the value of a key `audio_base64` or
 * `audio`, at any depth, that is a long string of base64 goes through the decoder into an
 * attachment, and "attachment:N" stands in its place. The rest, which is short, is left for the
 * JSON parser, and so is all judgement of the JSON itself. */
#ifndef TTSS_DISPATCH_SCAN_H
#define TTSS_DISPATCH_SCAN_H

#include "audio/base64.h"

#include <ttsslice/dispatch.h>

/* Strings up to this length, quotes aside, are left where they are. */
#define TTSS_SCAN_LONG 256

#define TTSS_ATTACHMENTS_MAX 256

/* Their bytes are from malloc. */
typedef struct ttss_attachments {
    ttsslice_attachment *items;
    size_t count, capacity;
} ttss_attachments;

void ttss_attachments_free(ttss_attachments *list);

enum ttss_scan_state {
    TTSS_SCAN_OUTSIDE, /* of strings */
    TTSS_SCAN_STRING,  /* one that stays */
    TTSS_SCAN_PROBE,   /* a value under one of the keys, which may be audio */
    TTSS_SCAN_AUDIO,
    TTSS_SCAN_SKIP /* audio that was found damaged, to its end */
};

typedef struct ttss_scan {
    ttss_buf rest; /* the answer without its audio */
    ttss_attachments audio;
    ttsslice_error trouble; /* the first audio that could not be decoded; code 0: none */
    size_t received;        /* bytes of the answer so far */
    size_t expected;        /* bytes of it in all, 0: not known; for the size of buffers alone */
    bool lifts;

    enum ttss_scan_state state;
    bool escaped;              /* in STRING and SKIP: behind an open backslash */
    char text[TTSS_SCAN_LONG]; /* the last key, or the value that is looked at */
    size_t text_length;
    bool key, colon; /* the last string is one of the keys; and its colon was seen */
    ttss_base64_decoder decoder;
    ttss_buf bytes; /* of the audio under way */
    char escape[6]; /* a sequence that may be cut */
    size_t escape_length;
} ttss_scan;

/* `lifts` false: everything is rest. */
void ttss_scan_init(ttss_scan *scan, bool lifts, size_t largest);
void ttss_scan_free(ttss_scan *scan);

/* Takes a further piece. False: out of memory, or the rest is over `largest`. */
bool ttss_scan_feed(ttss_scan *scan, const char *bytes, size_t length);

/* Memory that is taken by attachments, done or not. */
size_t ttss_scan_held(const ttss_scan *scan);

#endif
