/* SPDX-License-Identifier: MIT */
/* A speech service over HTTP: its settings, and one request with its tries, seen from a thread that
 * waits for the answer. Several threads may use one service; each has a libcurl handle of its own,
 * which is kept for the next request, and its connection with it. */
#ifndef TTSS_ENGINE_SERVICE_H
#define TTSS_ENGINE_SERVICE_H

#include "base/http.h"
#include "base/options.h"
#include "engine/engine.h"
#include "engine/sound.h"

#include <pthread.h>

/* What differs between the services. */
typedef struct ttss_service_kind {
    const char *role;         /* "ASR" or "ENGINE", in the names of variables */
    const char *title;        /* "the transcription server", in messages */
    const char *key_variable; /* "OPENAI_API_KEY" */
    const char *url_variable; /* of other programs too; NULL: none */
    const char *model_variable, *voice_variable;
    const char *url, *model, *voice;
    const char *authorization; /* before the key: "Bearer " or "" */
} ttss_service_kind;

typedef struct ttss_service {
    const ttss_service_kind *kind;
    char *url; /* no slash at its end */
    char *key; /* "": none */
    char *model, *voice, *ca_file;
    bool loopback;
    int64_t backoff_ms[TTSS_BACKOFF_MAX];
    size_t backoff_count;
    int64_t request_timeout_ms, timeout_ms, poll_ms;
    size_t max_upload, max_reply;
    ttsslice_logger logger;
    pthread_mutex_t lock; /* the list */
    struct ttss_line *spare;
    bool has_lock;
} ttss_service;

/* Reads options and environment. On failure nothing is left to free. */
int32_t ttss_service_init(ttss_service *service, const ttss_service_kind *kind,
                          const ttsslice_service_options *options, ttsslice_error *err);
void ttss_service_free(ttss_service *service);

/* What one call of the engine has: time, and who may end it. */
typedef struct ttss_call {
    int64_t deadline_ms;
    const ttss_stop *stop; /* NULL: nobody */
} ttss_call;

ttss_call ttss_service_begin(const ttss_service *service, const ttss_stop *stop);

typedef struct ttss_field {
    const char *name, *value;
} ttss_field;

typedef struct ttss_question {
    const char *method;     /* "GET", "POST" or "DELETE" */
    const char *url;        /* whole */
    const char *json;       /* the body; NULL: none */
    const ttss_sound *file; /* the body, or with fields the form's `file`; NULL: none */
    const ttss_field *fields;
    size_t field_count;
} ttss_question;

typedef struct ttss_response {
    int32_t status; /* 0: none came */
    ttss_buf body;
    char type[80]; /* of the content, "" if it is not named */
} ttss_response;

/* Asks until there is an answer of 200 to 299, an answer that will not get better, or no try or
 * time left. The response is filled as far as one came, also on failure; free its body. */
int32_t ttss_service_ask(ttss_service *service, const ttss_question *question,
                         const ttss_call *call, ttss_response *response, ttsslice_error *err);

/* Waits, or fails with CANCELLED or TIMEOUT. */
int32_t ttss_service_wait(ttss_service *service, int64_t wait_ms, const ttss_call *call,
                          ttsslice_error *err);

/* Fails with PROTOCOL, telling how the answer begins and what `why` is wrong with it. */
int32_t ttss_service_odd(const ttss_service *service, const ttss_response *response,
                         const char *why, ttsslice_error *err);

/* Whether an answer is a web page. */
bool ttss_is_page(const char *body, size_t length);

#endif
