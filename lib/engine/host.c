/* SPDX-License-Identifier: MIT */
/* Engines that are the application's own functions. A mutex per engine keeps the promise that a
 * function is never called twice at once; its return code is handed back as it is. */
#include "engine/engine.h"

#include "base/error.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct host {
    pthread_mutex_t mutex;
    ttsslice_generate_fn generate;
    ttsslice_transcribe_fn transcribe;
    void *user_data;
} host;

/* The function writes to a record of its own, which is handed on only if it failed. A failure
 * without a word still gets a message. */
static int32_t finish(int32_t code, ttsslice_error *own, ttsslice_error *err) {
    if (!code)
        return 0;
    if (!own->message[0])
        ttss_fail(own, code, "the application's function failed with code %d (%s)", (int)code,
                  ttsslice_code_name(code));
    own->code = code;
    own->message[sizeof own->message - 1] = '\0';
    ttss_tidy(own->message);
    if (err)
        *err = *own;
    return code;
}

static int32_t host_generate(void *self, const ttsslice_generate_request *request,
                             const ttss_stop *stop, ttsslice_audio **out, char **injected,
                             ttsslice_error *err) {
    (void)stop, (void)injected;
    host *h = self;
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    pthread_mutex_lock(&h->mutex);
    int32_t code = h->generate(request, out, &own, h->user_data);
    pthread_mutex_unlock(&h->mutex);
    return finish(code, &own, err);
}

static int32_t host_transcribe(void *self, const ttsslice_audio *audio, const char *text,
                               const char *language, const ttss_stop *stop,
                               ttsslice_transcript **out, ttsslice_error *err) {
    (void)stop;
    host *h = self;
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    pthread_mutex_lock(&h->mutex);
    int32_t code = h->transcribe(audio, text, language, out, &own, h->user_data);
    pthread_mutex_unlock(&h->mutex);
    return finish(code, &own, err);
}

static void host_destroy(void *self) {
    host *h = self;
    pthread_mutex_destroy(&h->mutex);
    free(h);
}

static const ttss_generator_ops generator_ops = {"host", host_generate, host_destroy, NULL};
static const ttss_transcriber_ops transcriber_ops = {"host", host_transcribe, host_destroy, NULL};

static int32_t new_host(ttsslice_generate_fn generate, ttsslice_transcribe_fn transcribe,
                        void *user_data, host **out, ttsslice_error *err) {
    host *h = ttss_new(host);
    if (!h)
        return ttss_nomem(err);
    int failed = pthread_mutex_init(&h->mutex, NULL);
    if (failed) {
        free(h);
        return ttss_fail_errno(err, failed, "cannot make a mutex");
    }
    h->generate = generate;
    h->transcribe = transcribe;
    h->user_data = user_data;
    *out = h;
    return 0;
}

int32_t ttsslice_generator_new_host(const char *name, ttsslice_generate_fn fn, void *user_data,
                                    ttsslice_generator **out, ttsslice_error *err) {
    if (!fn || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one", fn ? "out" : "fn");
    host *h = NULL;
    int32_t ret = new_host(fn, NULL, user_data, &h, err);
    return ret ? ret : ttss_generator_new(&generator_ops, h, name, out, err);
}

int32_t ttsslice_transcriber_new_host(const char *name, ttsslice_transcribe_fn fn, void *user_data,
                                      ttsslice_transcriber **out, ttsslice_error *err) {
    if (!fn || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one", fn ? "out" : "fn");
    host *h = NULL;
    int32_t ret = new_host(NULL, fn, user_data, &h, err);
    return ret ? ret : ttss_transcriber_new(&transcriber_ops, h, name, out, err);
}
