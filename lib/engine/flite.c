/* SPDX-License-Identifier: MIT */
/* The embedded generator "flite": voice slt, 16 kHz mono. The seed moves pace and pitch by a few
 * per cent; everything else follows from the text, so equal requests give equal samples. */
#include "engine/engine.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/language.h"
#include "base/mem.h"
#include "engine/speech.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

/* Bounds within which the recogniser understands as well as at the voice's own pace and pitch. */
#define PACE_LOW   0.93
#define PACE_HIGH  1.09
#define PITCH_LOW  0.95
#define PITCH_HIGH 1.06

/* A text many times longer than any chunk; guards the size of the audio in memory. */
#define TEXT_MAX ((size_t)1000 * 1000)

static double draw_between(uint64_t *state, double low, double high) {
    return low + (high - low) * ttss_draw_unit(state);
}

static int32_t speak(const char *text, size_t length, double pace, double pitch,
                     ttss_voice_track *track, ttsslice_error *err) {
    int32_t ret = 0;
    while (length > 0 && !ret) {
        size_t part = ttss_utterance_length(text, length);
        char *utterance = ttss_memdup(text, part);
        if (!utterance)
            return ttss_nomem(err);
        ret = ttss_flite_track(utterance, pace, pitch, track, err);
        free(utterance);
        text += part;
        length -= part;
    }
    return ret;
}

static int32_t flite_generate(void *self, const ttsslice_generate_request *request,
                              const ttss_stop *stop, ttsslice_audio **out, char **injected,
                              ttsslice_error *err) {
    (void)self, (void)stop, (void)injected;
    if (!ttss_is_language(request->language, "en"))
        return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                         "flite speaks \"en\" and not \"%s\"; use another generator",
                         request->language);
    ttss_voice_track track = {0};
    int16_t *samples = NULL;
    size_t count = 0;
    ttss_buf text;
    ttss_buf_init(&text, TEXT_MAX);
    int32_t ret = 0;
    if (!ttss_speakable(request->text, strlen(request->text), &text) && !text.failed) {
        ret =
            ttss_fail(err, TTSSLICE_ERR_EMPTY,
                      "flite finds no English word to say in the text; give it letters or digits");
        goto out;
    }
    if (text.failed) {
        ret = strlen(request->text) < TEXT_MAX / 4
                  ? ttss_nomem(err)
                  : ttss_fail(err, TTSSLICE_ERR_ENGINE,
                              "the text is too long for one take; split it into chunks");
        goto out;
    }
    uint64_t state = (uint64_t)request->seed;
    double pace = draw_between(&state, PACE_LOW, PACE_HIGH);
    double pitch = draw_between(&state, PITCH_LOW, PITCH_HIGH);
    ret = speak(text.data, text.length, pace, pitch, &track, err);
    if (ret)
        goto out;
    samples = ttss_vocode(&track, &count);
    ret = samples ? ttsslice_audio_new_s16(samples, (int64_t)count, 1, track.sample_rate, out, err)
                  : ttss_nomem(err);
out:
    free(samples);
    ttss_voice_track_free(&track);
    ttss_buf_free(&text);
    return ret;
}

static void flite_destroy(void *self) {
    (void)self;
}

static const ttss_generator_ops flite_ops = {"flite", flite_generate, flite_destroy, NULL};

int32_t ttsslice_generator_new_flite(ttsslice_generator **out, ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL; give a place for the generator");
    if (!TTSS_HAVE_FLITE)
        return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                         "this build has no flite; install flite1-dev and build again");
    return ttss_generator_new(&flite_ops, NULL, NULL, out, err);
}
