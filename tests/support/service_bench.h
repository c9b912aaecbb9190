/* SPDX-License-Identifier: MIT */
/* A bench for the engines that speak HTTP: the scripted service, quick options, and a log. Whatever
 * is logged or told in an error is checked for the key. */
#ifndef TTSS_TESTS_SERVICE_BENCH_H
#define TTSS_TESTS_SERVICE_BENCH_H

#include "fake_web.h"

#include <ttsslice/ttsslice.h>

#include <pthread.h>

#define BENCH_KEY "sk-KEEPTHISSECRET0123456789"

typedef struct service_bench {
    fake_web *fake;
    ttsslice_service_options options; /* to be changed by the test before it makes an engine */
    ttsslice_transcriber *transcriber;
    ttsslice_generator *generator;
    ttsslice_error err;
    ttsslice_logger logger;
    pthread_mutex_t lock; /* the log */
    char log[65536];
    size_t log_length;
    int32_t worst; /* highest level so far */
} service_bench;

/* Starts the service and fills the options: its address, the key, waits of a few milliseconds. The
 * variables of the environment that engines read are removed. */
void bench_start(service_bench *b, const fake_web_route *routes, size_t count);
/* The same over TLS. */
void bench_start_over(service_bench *b, const fake_web_route *routes, size_t count,
                      const fake_layer *layer);
void bench_stop(service_bench *b);

/* Makes the engine; must succeed. */
void bench_openai(service_bench *b);
void bench_assemblyai(service_bench *b);
void bench_speaker(service_bench *b);

/* Listens to audio of so many seconds; the caller releases the transcript. NULL: b->err. */
ttsslice_transcript *bench_hear(service_bench *b, double seconds);
/* The text must be heard. */
void bench_hears(service_bench *b, const char *text);
/* It must fail so, with these words in the message. */
void bench_fails(service_bench *b, int32_t code, const char *words);

/* A tone with pauses. */
ttsslice_audio *bench_tone(double seconds, int32_t channels, int32_t rate);

#endif
