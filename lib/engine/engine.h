/* SPDX-License-Identifier: MIT */
/* What an engine implements: one small table each for generators and transcribers. */
#ifndef TTSS_ENGINE_ENGINE_H
#define TTSS_ENGINE_ENGINE_H

#include <ttsslice/engine.h>

typedef struct ttss_generator_ops {
    const char *name;
    /* Makes audio of at least one frame. The request was checked: text is valid and holds more
     * than white space. *injected may be set to a line from malloc. Called on any thread and on
     * several at once; the implementation guards itself. */
    int32_t (*generate)(void *self, const ttsslice_generate_request *request, ttsslice_audio **out,
                        char **injected, ttsslice_error *err);
    void (*destroy)(void *self);
} ttss_generator_ops;

typedef struct ttss_transcriber_ops {
    const char *name;
    /* text is NUL-terminated and valid; language is never NULL. Threads as above. */
    int32_t (*transcribe)(void *self, const ttsslice_audio *audio, const char *text,
                          const char *language, ttsslice_transcript **out, ttsslice_error *err);
    void (*destroy)(void *self);
} ttss_transcriber_ops;

/* Wraps an implementation. Takes self over, also on failure (destroy is called then). `name`
 * replaces that of the table if it is not NULL; copied. */
int32_t ttss_generator_new(const ttss_generator_ops *ops, void *self, const char *name,
                           ttsslice_generator **out, ttsslice_error *err);
int32_t ttss_transcriber_new(const ttss_transcriber_ops *ops, void *self, const char *name,
                             ttsslice_transcriber **out, ttsslice_error *err);

#endif
