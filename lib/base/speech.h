/* SPDX-License-Identifier: MIT */
/* What OpenAI's speech API (POST /v1/audio/speech, "Create speech" in its reference) is asked, and
 * whether the audio that comes can be all of it. Who sends it and reads the answer are the
 * generator and the dispatch protocol of the name openai. */
#ifndef TTSS_BASE_SPEECH_H
#define TTSS_BASE_SPEECH_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define TTSS_SPEECH_MODEL "tts-1" /* unless another is named */
#define TTSS_SPEECH_VOICE "alloy"

/* Whether the host is OpenAI's own, which refuses members that it does not document. */
bool ttss_speech_is_strict(const char *host);

/* The body; new reference. `wishes` is an object, of which `speed` and `instructions` are sent, and
 * unless `strict` also `seed`, `exaggeration`, `cfg_weight`, `temperature` and `lang_code`, with
 * the wish that the answer is not streamed. NULL: out of memory. */
json_t *ttss_speech_body(const char *text, const char *model, const char *voice, const char *format,
                         const json_t *wishes, bool strict);

/* Nobody speaks so many bytes of text in so short a time: a stream broke, and what came of it is
 * whole to look at. */
bool ttss_speech_is_cut(double duration_s, size_t text_bytes);

#endif
