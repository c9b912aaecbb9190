/* SPDX-License-Identifier: MIT */
/* What recognisers write, in all its forms, as one transcript. See ttsslice_transcript_parse() for
 * what is understood. Several answers, one for each part of an audio, become one transcript. */
#ifndef TTSS_ENGINE_HEARD_H
#define TTSS_ENGINE_HEARD_H

#include "base/buf.h"

#include <ttsslice/engine.h>

#include <stdbool.h>

typedef struct ttss_heard {
    ttss_buf text;  /* of the answers, with spaces between */
    ttss_buf words; /* each with a NUL behind it */
    double *starts, *ends, *confidences;
    size_t count, starts_room, ends_room, confidences_room;
    const char *secret; /* the service's, kept out of messages and transcripts; NULL: none */
    bool of_service;    /* the answers are a service's, asked for JSON; else text may be anything */
    bool has_words;     /* an answer had words or segments, not text alone */
} ttss_heard;

void ttss_heard_init(ttss_heard *heard);
void ttss_heard_free(ttss_heard *heard);

/* Adds an answer about audio that begins at offset_s and lasts duration_s (NaN: unknown). Fails
 * with PROTOCOL and what is wrong with it, or NOMEM. */
int32_t ttss_heard_read(ttss_heard *heard, const char *body, size_t length, double offset_s,
                        double duration_s, ttsslice_error *err);

/* What is left of the secret in what was heard becomes asterisks. */
int32_t ttss_heard_finish(ttss_heard *heard, ttsslice_transcript **out, ttsslice_error *err);

#endif
