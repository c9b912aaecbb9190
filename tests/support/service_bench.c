/* SPDX-License-Identifier: MIT */
/* The bench; see service_bench.h. */
#include "service_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double quick[] = {0.001, 0.002, 0.003};

static void keep_line(int32_t level, const char *module, const char *line, void *user_data) {
    service_bench *b = user_data;
    assert_string_equal(module, "engine");
    assert_null(strstr(line, BENCH_KEY));
    pthread_mutex_lock(&b->lock);
    if (level > b->worst)
        b->worst = level;
    if (b->log_length + strlen(line) + 2 < sizeof b->log)
        b->log_length += (size_t)sprintf(b->log + b->log_length, "%s\n", line);
    pthread_mutex_unlock(&b->lock);
}

void bench_start(service_bench *b, const fake_web_route *routes, size_t count) {
    bench_start_over(b, routes, count, NULL);
}

void bench_start_over(service_bench *b, const fake_web_route *routes, size_t count,
                      const fake_layer *layer) {
    static const char *const variables[] = {"OPENAI_API_KEY",          "OPENAI_BASE_URL",
                                            "ASSEMBLYAI_API_KEY",      "TTSSLICE_ASR_URL",
                                            "TTSSLICE_ASR_MODEL",      "TTSSLICE_ASR_API_KEY",
                                            "TTSSLICE_ENGINE_URL",     "TTSSLICE_SPEECH_MODEL",
                                            "TTSSLICE_ENGINE_API_KEY", "TTSSLICE_VOICE"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        unsetenv(variables[i]);
    memset(b, 0, sizeof *b);
    pthread_mutex_init(&b->lock, NULL);
    b->fake = fake_web_start(routes, count, layer);
    b->err = (ttsslice_error)TTSSLICE_ERROR_INIT;
    b->logger = (ttsslice_logger)TTSSLICE_LOGGER_INIT;
    b->logger.fn = keep_line;
    b->logger.user_data = b;
    b->logger.level = TTSSLICE_LOG_DEBUG;
    b->options = (ttsslice_service_options)TTSSLICE_SERVICE_OPTIONS_INIT;
    b->options.url = fake_web_url(b->fake);
    b->options.api_key = BENCH_KEY;
    b->options.backoff_s = quick;
    b->options.backoff_count = sizeof quick / sizeof quick[0];
    b->options.poll_interval_s = 0.001;
    b->options.logger = &b->logger;
}

void bench_stop(service_bench *b) {
    assert_null(strstr(b->err.message, BENCH_KEY));
    ttsslice_transcriber_unref(b->transcriber);
    ttsslice_generator_unref(b->generator);
    fake_web_stop(b->fake);
    pthread_mutex_destroy(&b->lock);
}

static void made(service_bench *b, int32_t code) {
    if (code)
        fail_msg("%s", b->err.message);
}

void bench_openai(service_bench *b) {
    ttsslice_transcriber_unref(b->transcriber);
    made(b, ttsslice_transcriber_new_openai(&b->options, &b->transcriber, &b->err));
}

void bench_assemblyai(service_bench *b) {
    made(b, ttsslice_transcriber_new_assemblyai(&b->options, &b->transcriber, &b->err));
}

void bench_speaker(service_bench *b) {
    made(b, ttsslice_generator_new_openai(&b->options, &b->generator, &b->err));
}

ttsslice_audio *bench_tone(double seconds, int32_t channels, int32_t rate) {
    const int64_t frames = (int64_t)(seconds * rate);
    int16_t *samples = calloc((size_t)(frames * channels), sizeof *samples);
    ttsslice_audio *audio = NULL;
    assert_non_null(samples);
    for (int64_t i = 0; i < frames; i++) {
        const double t = (double)i / rate;
        for (int32_t c = 0; c < channels; c++)
            samples[i * channels + c] =
                fmod(t, 0.5) < 0.3 ? (int16_t)(8000.0 * sin(t * 2764.6)) : 0;
    }
    assert_int_equal(ttsslice_audio_new_s16(samples, frames, channels, rate, &audio, NULL), 0);
    free(samples);
    return audio;
}

ttsslice_transcript *bench_hear(service_bench *b, double seconds) {
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = bench_tone(seconds, 1, 16000);
    b->err = (ttsslice_error)TTSSLICE_ERROR_INIT;
    int32_t code = ttsslice_transcribe(b->transcriber, audio, "what it should be",
                                       TTSSLICE_NUL_TERMINATED, "en", &heard, &b->err);
    ttsslice_audio_unref(audio);
    assert_true((code == 0) == (heard != NULL));
    assert_int_equal(code, b->err.code);
    assert_null(strstr(b->err.message, BENCH_KEY));
    return heard;
}

void bench_hears(service_bench *b, const char *text) {
    ttsslice_transcript *heard = bench_hear(b, 0.5);
    if (!heard)
        fail_msg("%s", b->err.message);
    assert_string_equal(ttsslice_transcript_text(heard), text);
    ttsslice_transcript_unref(heard);
}

void bench_fails(service_bench *b, int32_t code, const char *words) {
    ttsslice_transcript *heard = bench_hear(b, 0.5);
    assert_null(heard);
    if (b->err.code != code || !strstr(b->err.message, words))
        fail_msg("%d \"%s\" lacks \"%s\"", b->err.code, b->err.message, words);
    assert_int_equal(b->err.slice, TTSSLICE_SLICE_VALIDATE);
}
