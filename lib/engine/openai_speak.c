/* SPDX-License-Identifier: MIT */
/* The generator "openai": POST /v1/audio/speech, as OpenAI's API reference ("Create speech") has
 * it. The status is looked at first, then the content type, then the bytes. */
#include "base/error.h"
#include "base/http.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/speech.h"
#include "engine/openai.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ROUTE    "audio/speech"
#define PCM_RATE 24000 /* of audio/pcm, 16 bits, mono */

typedef struct openai {
    ttss_service service;
    char *url;
    atomic_bool plain; /* only OpenAI's own fields are sent */
} openai;

static const ttss_service_kind kind = {
    .role = "ENGINE",
    .title = "the speech server",
    .model_variable = "TTSSLICE_SPEECH_MODEL",
    .voice_variable = "TTSSLICE_VOICE",
    .key_variable = "OPENAI_API_KEY",
    .url_variable = "OPENAI_BASE_URL",
    .url = "https://api.openai.com/v1",
    .model = TTSS_SPEECH_MODEL,
    .voice = TTSS_SPEECH_VOICE,
    .authorization = "Bearer ",
};

static char *question_body(const openai *o, const ttsslice_generate_request *request, bool plain) {
    const char *model = o->service.model, *voice = o->service.voice;
    json_t *wishes = json_object();
    bool fine = ttss_json_set(wishes, "seed", json_integer(request->seed)) &&
                ttss_json_set(wishes, "exaggeration", json_real(request->exaggeration)) &&
                ttss_json_set(wishes, "cfg_weight", json_real(request->cfg_weight));
    if (fine && request->temperature >= 0.0)
        fine = ttss_json_set(wishes, "temperature", json_real(request->temperature));
    json_t *body =
        fine ? ttss_speech_body(request->text, model, voice, "wav", wishes, plain) : NULL;
    char *text = body ? ttss_json_dump(body, false) : NULL;
    json_decref(body);
    json_decref(wishes);
    return text;
}

static int32_t ask_with(openai *o, const ttsslice_generate_request *request, bool plain,
                        const ttss_call *call, ttss_response *response, ttsslice_error *err) {
    char *body = question_body(o, request, plain);
    if (!body)
        return ttss_nomem(err);
    const ttss_question question = {.method = "POST", .url = o->url, .json = body};
    int32_t ret = ttss_service_ask(&o->service, &question, call, response, err);
    free(body);
    return ret;
}

static int32_t ask(openai *o, const ttsslice_generate_request *request, const ttss_call *call,
                   ttss_response *response, ttsslice_error *err) {
    bool plain = atomic_load(&o->plain);
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    int32_t ret = ask_with(o, request, plain, call, response, &own);
    if (!ret || plain || (response->status != 400 && response->status != 422))
        return ttss_pass_error(ret, &own, err);
    ttss_log(&o->service.logger, TTSSLICE_LOG_INFO, "engine",
             "%s answered HTTP %d; asking without seed, exaggeration and cfg_weight",
             o->service.url, (int)response->status);
    ret = ask_with(o, request, true, call, response, err);
    if (!ret)
        atomic_store(&o->plain, true);
    return ret;
}

static bool is_type(const ttss_response *response, const char *type) {
    return strncasecmp(response->type, type, strlen(type)) == 0;
}

static int32_t read_pcm(const ttss_response *response, ttsslice_audio **out, ttsslice_error *err) {
    const size_t frames = response->body.length / 2;
    int16_t *samples = ttss_new_array(frames, sizeof *samples);
    if (!samples)
        return ttss_nomem(err);
    for (size_t i = 0; i < frames; i++) {
        const unsigned char *p = (const unsigned char *)response->body.data + 2 * i;
        samples[i] = (int16_t)(p[0] | p[1] << 8);
    }
    int32_t ret = ttsslice_audio_new_s16(samples, (int64_t)frames, 1, PCM_RATE, out, err);
    free(samples);
    return ret;
}

static int32_t read_audio(const openai *o, const ttss_response *response, ttsslice_audio **out,
                          ttsslice_error *err) {
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    if (response->body.length < 2)
        return ttss_service_odd(&o->service, response, "there is no audio in it", err);
    if (is_type(response, "audio/pcm") || is_type(response, "audio/l16"))
        return read_pcm(response, out, err);
    if (is_type(response, "application/json") || is_type(response, "text/"))
        return ttss_service_odd(&o->service, response, "it is no audio", err);
    int32_t ret = ttsslice_audio_decode(response->body.data, response->body.length, out, &own);
    if (ret == TTSSLICE_ERR_NOMEM)
        return ttss_nomem(err);
    return ret ? ttss_service_odd(&o->service, response, own.message, err) : 0;
}

static int32_t openai_generate(void *self, const ttsslice_generate_request *request,
                               const ttss_stop *stop, ttsslice_audio **out, char **injected,
                               ttsslice_error *err) {
    (void)injected;
    openai *o = self;
    const ttss_call call = ttss_service_begin(&o->service, stop);
    ttss_response response = {0};
    int32_t ret = ask(o, request, &call, &response, err);
    if (!ret)
        ret = read_audio(o, &response, out, err);
    if (!ret && ttss_speech_is_cut(ttsslice_audio_duration_s(*out), strlen(request->text))) {
        ttsslice_audio_unref(*out);
        *out = NULL;
        ret = ttss_service_odd(&o->service, &response, "the audio is far too short for the text",
                               err);
    }
    ttss_buf_free(&response.body);
    return ret;
}

static int32_t openai_check(void *self, ttss_buf *detail, ttsslice_error *err) {
    openai *o = self;
    return ttss_openai_check(&o->service, o->url, detail, err);
}

static void openai_destroy(void *self) {
    openai *o = self;
    ttss_service_free(&o->service);
    free(o->url);
    free(o);
}

static const ttss_generator_ops openai_ops = {"openai", openai_generate, openai_destroy,
                                              openai_check};

int32_t ttsslice_generator_new_openai(const ttsslice_service_options *options,
                                      ttsslice_generator **out, ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL; give a place for the generator");
    openai *o = ttss_new(openai);
    if (!o)
        return ttss_nomem(err);
    int32_t ret = ttss_service_init(&o->service, &kind, options, err);
    if (ret) {
        free(o);
        return ret;
    }
    char *host = ttss_url_host(o->service.url);
    o->url = host ? ttss_openai_route(o->service.url, ROUTE, NULL) : NULL;
    atomic_init(&o->plain, host && ttss_speech_is_strict(host));
    free(host);
    if (!o->url) {
        openai_destroy(o);
        return ttss_nomem(err);
    }
    return ttss_generator_new(&openai_ops, o, NULL, out, err);
}
