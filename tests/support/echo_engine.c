/* SPDX-License-Identifier: MIT */
/* Engines that write text into samples and read it back; see echo_engine.h. */
#include "echo_engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* Loud enough that nothing is trimmed as silence. */
#define LEVEL 100

int32_t echo_generate(const ttsslice_generate_request *request, ttsslice_audio **out,
                      ttsslice_error *err, void *user_data) {
    (void)user_data;
    size_t length = strlen(request->text), frames = length * ECHO_FRAMES_PER_BYTE;
    int16_t *samples = calloc(frames, sizeof *samples);
    if (!samples)
        return TTSSLICE_ERR_NOMEM;
    for (size_t i = 0; i < frames; i++)
        samples[i] = (int16_t)((unsigned char)request->text[i / ECHO_FRAMES_PER_BYTE] * LEVEL);
    /* The seed is heard too, in the last bits of the first byte's frames. */
    for (size_t i = 0; i < 32; i++)
        samples[i] = (int16_t)(samples[i] + (int16_t)((request->seed >> i) & 1));
    int32_t code = ttsslice_audio_new_s16(samples, (int64_t)frames, 1, ECHO_RATE, out, err);
    free(samples);
    return code;
}

typedef struct heard {
    char *text;
    const char *words[4096];
    double starts[4096], ends[4096];
    size_t count;
} heard;

static void cut_words(heard *h, size_t length) {
    for (size_t i = 0; i < length;) {
        while (i < length && h->text[i] == ' ')
            h->text[i++] = '\0';
        if (i == length)
            break;
        size_t start = i;
        while (i < length && h->text[i] != ' ')
            i++;
        h->words[h->count] = h->text + start;
        h->starts[h->count] = (double)start * ECHO_FRAMES_PER_BYTE / ECHO_RATE;
        h->ends[h->count++] = (double)i * ECHO_FRAMES_PER_BYTE / ECHO_RATE;
    }
}

int32_t echo_transcribe(const ttsslice_audio *audio, const char *text, const char *language,
                        ttsslice_transcript **out, ttsslice_error *err, void *user_data) {
    (void)text;
    (void)language;
    (void)user_data;
    size_t length = (size_t)ttsslice_audio_frames(audio) / ECHO_FRAMES_PER_BYTE;
    const int16_t *samples = ttsslice_audio_samples(audio);
    heard *h = calloc(1, sizeof *h);
    char *whole = calloc(length + 1, 1);
    int32_t code = TTSSLICE_ERR_NOMEM;
    if (h && whole) {
        for (size_t i = 0; i < length; i++) {
            char c = (char)(samples[i * ECHO_FRAMES_PER_BYTE + ECHO_FRAMES_PER_BYTE / 2] / LEVEL);
            whole[i] = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
        }
        h->text = strdup(whole);
        cut_words(h, length);
        code =
            ttsslice_transcript_new(whole, h->words, h->starts, h->ends, NULL, h->count, out, err);
        free(h->text);
    }
    free(h);
    free(whole);
    return code;
}

ttsslice_generator *echo_generator(double damage_rate) {
    ttsslice_generator *generator = NULL, *damaged = NULL;
    assert_int_equal(ttsslice_generator_new_host("echo", echo_generate, NULL, &generator, NULL), 0);
    if (damage_rate <= 0.0)
        return generator;
    assert_int_equal(ttsslice_generator_new_damaged(generator, damage_rate, &damaged, NULL), 0);
    ttsslice_generator_unref(generator);
    return damaged;
}

ttsslice_transcriber *echo_transcriber(void) {
    ttsslice_transcriber *transcriber = NULL;
    assert_int_equal(
        ttsslice_transcriber_new_host("echo", echo_transcribe, NULL, &transcriber, NULL), 0);
    return transcriber;
}
