/* SPDX-License-Identifier: MIT */
/* Generators and transcribers as the application sees them: reference counts, checks of what goes
 * in and what comes out. What an engine really does is behind the tables of engine.h. */
#include "engine/engine.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/utf8.h"

#include <stdlib.h>

struct ttsslice_generator {
    ttss_refs refs;
    const ttss_generator_ops *ops;
    void *self;
    char *name;
    atomic_uint ends; /* how often the calls under way were ended */
};

struct ttsslice_transcriber {
    ttss_refs refs;
    const ttss_transcriber_ops *ops;
    void *self;
    char *name;
    atomic_uint ends; /* how often the calls under way were ended */
};

bool ttss_stopped(const ttss_stop *stop) {
    for (; stop; stop = stop->outer)
        if ((stop->flag && atomic_load_explicit(stop->flag, memory_order_relaxed)) ||
            (stop->ends && atomic_load_explicit(stop->ends, memory_order_relaxed) != stop->begun))
            return true;
    return false;
}

static ttss_stop begin_call(const atomic_uint *ends, const ttss_stop *outer) {
    return (ttss_stop){.outer = outer, .ends = ends, .begun = atomic_load(ends)};
}

int32_t ttss_generator_new(const ttss_generator_ops *ops, void *self, const char *name,
                           ttsslice_generator **out, ttsslice_error *err) {
    ttsslice_generator *generator = ttss_new(ttsslice_generator);
    char *copy = ttss_strdup(name ? name : ops->name);
    if (!generator || !copy) {
        free(generator);
        free(copy);
        ops->destroy(self);
        return ttss_nomem(err);
    }
    ttss_refs_init(&generator->refs);
    atomic_init(&generator->ends, 0);
    generator->ops = ops;
    generator->self = self;
    generator->name = copy;
    *out = generator;
    return 0;
}

int32_t ttss_transcriber_new(const ttss_transcriber_ops *ops, void *self, const char *name,
                             ttsslice_transcriber **out, ttsslice_error *err) {
    ttsslice_transcriber *transcriber = ttss_new(ttsslice_transcriber);
    char *copy = ttss_strdup(name ? name : ops->name);
    if (!transcriber || !copy) {
        free(transcriber);
        free(copy);
        ops->destroy(self);
        return ttss_nomem(err);
    }
    ttss_refs_init(&transcriber->refs);
    atomic_init(&transcriber->ends, 0);
    transcriber->ops = ops;
    transcriber->self = self;
    transcriber->name = copy;
    *out = transcriber;
    return 0;
}

static int32_t read_request(ttsslice_generate_request *request,
                            const ttsslice_generate_request *given, ttsslice_error *err) {
    if (!given)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "request is NULL; say what to generate");
    int32_t ret = ttss_options_read(request, sizeof *request, sizeof *request, given,
                                    "ttsslice_generate_request", err);
    size_t length = TTSSLICE_NUL_TERMINATED;
    if (!ret)
        ret = ttss_text_check(request->text, &length, err);
    if (!ret)
        ret = ttss_check_range_f("exaggeration", request->exaggeration, 0.0, 2.0, err);
    if (!ret)
        ret = ttss_check_range_f("cfg_weight", request->cfg_weight, 0.0, 1.0, err);
    if (!ret && request->temperature != -1.0)
        ret = ttss_check_range_f("temperature", request->temperature, 0.0, 5.0, err);
    if (ret)
        return ret;
    if (ttss_skip_space(request->text, 0, length) == length)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY,
                         "the text holds nothing to speak; give at least one word");
    if (!request->audio_prompt)
        request->audio_prompt_size = 0;
    if (!request->language)
        request->language = "en";
    return 0;
}

static int32_t generate(ttsslice_generator *generator, const ttsslice_generate_request *given,
                        const ttss_stop *outer, ttsslice_audio **out, char **injected,
                        ttsslice_error *err) {
    if (!generator || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one",
                         generator ? "out" : "generator");
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    int32_t ret = read_request(&request, given, err);
    if (ret)
        return ret;
    const ttss_stop stop = begin_call(&generator->ends, outer);
    ttsslice_audio *audio = NULL;
    char *line = NULL;
    ret = generator->ops->generate(generator->self, &request, &stop, &audio, &line, err);
    if (!ret && ttsslice_audio_frames(audio) < 1)
        ret = ttss_fail(err, TTSSLICE_ERR_ENGINE,
                        "the generator %s gave no audio; look into that engine", generator->name);
    if (ret) {
        ttsslice_audio_unref(audio);
        free(line);
        return ret;
    }
    *out = audio;
    if (injected)
        *injected = line;
    else
        free(line);
    return 0;
}

int32_t ttss_generate(ttsslice_generator *generator, const ttsslice_generate_request *request,
                      const ttss_stop *stop, ttsslice_audio **out, char **injected,
                      ttsslice_error *err) {
    int32_t ret = generate(generator, request, stop, out, injected, err);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_GENERATE, -1) : 0;
}

int32_t ttsslice_generate(ttsslice_generator *generator, const ttsslice_generate_request *request,
                          ttsslice_audio **out, char **injected, ttsslice_error *err) {
    return ttss_generate(generator, request, NULL, out, injected, err);
}

static int32_t transcribe(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                          const char *text, size_t length, const char *language,
                          const ttss_stop *outer, ttsslice_transcript **out, ttsslice_error *err) {
    if (!transcriber || !audio || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one",
                         !transcriber ? "transcriber"
                         : !audio     ? "audio"
                                      : "out");
    int32_t ret = ttss_text_check(text, &length, err);
    if (ret)
        return ret;
    char *copy = ttss_memdup(text, length);
    if (!copy)
        return ttss_nomem(err);
    const ttss_stop stop = begin_call(&transcriber->ends, outer);
    ttsslice_transcript *transcript = NULL;
    ret = transcriber->ops->transcribe(transcriber->self, audio, copy, language ? language : "en",
                                       &stop, &transcript, err);
    free(copy);
    if (!ret && !transcript)
        ret = ttss_fail(err, TTSSLICE_ERR_ENGINE,
                        "the transcriber %s gave no transcript; look into that engine",
                        transcriber->name);
    if (ret) {
        ttsslice_transcript_unref(transcript);
        return ret;
    }
    *out = transcript;
    return 0;
}

int32_t ttss_transcribe(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                        const char *text, size_t length, const char *language,
                        const ttss_stop *stop, ttsslice_transcript **out, ttsslice_error *err) {
    int32_t ret = transcribe(transcriber, audio, text, length, language, stop, out, err);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}

int32_t ttsslice_transcribe(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                            const char *text, size_t length, const char *language,
                            ttsslice_transcript **out, ttsslice_error *err) {
    return ttss_transcribe(transcriber, audio, text, length, language, NULL, out, err);
}

/* --- cancelling and checking ------------------------------------------------------------------ */

void ttsslice_generator_cancel(ttsslice_generator *generator) {
    if (generator)
        atomic_fetch_add(&generator->ends, 1);
}

void ttsslice_transcriber_cancel(ttsslice_transcriber *transcriber) {
    if (transcriber)
        atomic_fetch_add(&transcriber->ends, 1);
}

static int32_t check(int32_t (*ask)(void *, ttss_buf *, ttsslice_error *), void *self,
                     char **detail, ttsslice_error *err) {
    ttss_buf line;
    ttss_buf_init(&line, 2000);
    ttss_buf_add_text(&line, "");
    int32_t ret = ask ? ask(self, &line, err) : 0;
    char *text = ttss_buf_take(&line);
    if (!ret && !text)
        ret = ttss_nomem(err);
    if (!ret && detail)
        *detail = text;
    else
        free(text);
    return ret;
}

int32_t ttsslice_generator_check(ttsslice_generator *generator, char **detail,
                                 ttsslice_error *err) {
    if (!generator)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "generator is NULL; give one");
    int32_t ret = check(generator->ops->check, generator->self, detail, err);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_GENERATE, -1) : 0;
}

int32_t ttsslice_transcriber_check(ttsslice_transcriber *transcriber, char **detail,
                                   ttsslice_error *err) {
    if (!transcriber)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "transcriber is NULL; give one");
    int32_t ret = check(transcriber->ops->check, transcriber->self, detail, err);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}

/* --- names and references --------------------------------------------------------------------- */

const char *ttsslice_generator_name(const ttsslice_generator *generator) {
    return generator ? generator->name : "none";
}

ttsslice_generator *ttsslice_generator_ref(ttsslice_generator *generator) {
    if (generator)
        ttss_refs_take(&generator->refs);
    return generator;
}

void ttsslice_generator_unref(ttsslice_generator *generator) {
    if (!generator || !ttss_refs_drop(&generator->refs))
        return;
    generator->ops->destroy(generator->self);
    free(generator->name);
    free(generator);
}

const char *ttsslice_transcriber_name(const ttsslice_transcriber *transcriber) {
    return transcriber ? transcriber->name : "none";
}

ttsslice_transcriber *ttsslice_transcriber_ref(ttsslice_transcriber *transcriber) {
    if (transcriber)
        ttss_refs_take(&transcriber->refs);
    return transcriber;
}

void ttsslice_transcriber_unref(ttsslice_transcriber *transcriber) {
    if (!transcriber || !ttss_refs_drop(&transcriber->refs))
        return;
    transcriber->ops->destroy(transcriber->self);
    free(transcriber->name);
    free(transcriber);
}
