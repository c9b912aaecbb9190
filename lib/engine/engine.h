/* SPDX-License-Identifier: MIT */
/* What an engine implements: one small table each for generators and transcribers. */
#ifndef TTSS_ENGINE_ENGINE_H
#define TTSS_ENGINE_ENGINE_H

#include "base/buf.h"

#include <ttsslice/engine.h>

#include <stdatomic.h>
#include <stdbool.h>

/* Whether a call should end early. A chain, so that a call made for another one ends with it. */
typedef struct ttss_stop {
    const struct ttss_stop *outer; /* NULL: none */
    const atomic_bool *flag;       /* NULL: none */
    const atomic_uint *ends;       /* how often the engine's calls were ended; NULL: not counted */
    unsigned begun;                /* what it was when this call began */
} ttss_stop;

/* NULL: never. Any thread. */
bool ttss_stopped(const ttss_stop *stop);

typedef struct ttss_generator_ops {
    const char *name;
    /* Makes audio of at least one frame. The request was checked: text is valid and holds more
     * than white space. *injected may be set to a line from malloc. Called on any thread and on
     * several at once; the implementation guards itself. What waits ends with CANCELLED soon after
     * ttss_stopped(stop). */
    int32_t (*generate)(void *self, const ttsslice_generate_request *request, const ttss_stop *stop,
                        ttsslice_audio **out, char **injected, ttsslice_error *err);
    void (*destroy)(void *self);
    /* Sees whether it can be used and adds to a line about it; NULL: it can. */
    int32_t (*check)(void *self, ttss_buf *detail, ttsslice_error *err);
} ttss_generator_ops;

typedef struct ttss_transcriber_ops {
    const char *name;
    /* text is NUL-terminated and valid; language is never NULL. Threads as above. */
    int32_t (*transcribe)(void *self, const ttsslice_audio *audio, const char *text,
                          const char *language, const ttss_stop *stop, ttsslice_transcript **out,
                          ttsslice_error *err);
    void (*destroy)(void *self);
    int32_t (*check)(void *self, ttss_buf *detail, ttsslice_error *err); /* as above */
} ttss_transcriber_ops;

/* Wraps an implementation. Takes self over, also on failure (destroy is called then). `name`
 * replaces that of the table if it is not NULL; copied. */
int32_t ttss_generator_new(const ttss_generator_ops *ops, void *self, const char *name,
                           ttsslice_generator **out, ttsslice_error *err);
int32_t ttss_transcriber_new(const ttss_transcriber_ops *ops, void *self, const char *name,
                             ttsslice_transcriber **out, ttsslice_error *err);

/* The public calls, which also end when `stop` says so. */
int32_t ttss_generate(ttsslice_generator *generator, const ttsslice_generate_request *request,
                      const ttss_stop *stop, ttsslice_audio **out, char **injected,
                      ttsslice_error *err);
int32_t ttss_transcribe(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                        const char *text, size_t length, const char *language,
                        const ttss_stop *stop, ttsslice_transcript **out, ttsslice_error *err);

#endif
