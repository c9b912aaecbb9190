/* SPDX-License-Identifier: MIT */
/* The transcriber "openai": POST /v1/audio/transcriptions, a form with a file, as OpenAI's API
 * reference ("Create transcription") has it. Other servers take less of it; what is refused is left
 * out from then on. */
#include "base/error.h"
#include "base/language.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "engine/heard.h"
#include "engine/openai.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ROUTE      "audio/transcriptions"
#define OTHER_END  "/inference" /* whisper.cpp's own route */
#define SHORTEST_S 0.1          /* OpenAI refuses less; nobody says a word in it */
#define PART_S     600.0        /* the longest that vLLM decodes at once */

/* What is asked for, from the most on. */
enum detail { WORDS, SEGMENTS, TEXT_ALONE };

typedef struct openai {
    ttss_service service;
    char *url, *other_url; /* of whisper.cpp; NULL: a whole route was given */
    atomic_bool other;     /* the server was found to be there */
    atomic_int detail;     /* and to take this */
} openai;

static const ttss_service_kind kind = {
    .role = "ASR",
    .title = "the transcription server",
    .model_variable = "TTSSLICE_ASR_MODEL",
    .key_variable = "OPENAI_API_KEY",
    .url_variable = "OPENAI_BASE_URL",
    .url = "https://api.openai.com/v1",
    .model = "whisper-1",
    .authorization = "Bearer ",
};

/* --- one part ------------------------------------------------------------------------------ */

/* whisper.cpp's server says this of whatever it has not, unless it was started with OpenAI's route.
 */
static bool is_whisper_cpp(const ttss_response *response) {
    return response->status == 404 && response->body.data &&
           strstr(response->body.data, "File Not Found");
}

static int32_t ask_there(openai *o, ttss_question *question, const ttss_call *call,
                         ttss_response *response, ttsslice_error *err) {
    bool other = atomic_load(&o->other);
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    question->url = other ? o->other_url : o->url;
    int32_t ret = ttss_service_ask(&o->service, question, call, response, &own);
    if (!ret || other || !o->other_url || !is_whisper_cpp(response))
        return ttss_pass_error(ret, &own, err);
    question->url = o->other_url;
    ret = ttss_service_ask(&o->service, question, call, response, err);
    if (!is_whisper_cpp(response))
        atomic_store(&o->other, true);
    return ret;
}

static int32_t ask_for(openai *o, enum detail detail, const ttss_sound *sound, const char *language,
                       const ttss_call *call, ttss_response *response, ttsslice_error *err) {
    ttss_field fields[6];
    size_t count = 0;
    char primary[TTSS_LANGUAGE_MAX]; /* "en" of "en-GB": no more is taken */
    if (o->service.model[0])
        fields[count++] = (ttss_field){"model", o->service.model};
    if (ttss_language_primary(language, primary))
        fields[count++] = (ttss_field){"language", primary};
    fields[count++] = (ttss_field){"temperature", "0"};
    fields[count++] =
        (ttss_field){"response_format", detail == TEXT_ALONE ? "json" : "verbose_json"};
    if (detail == WORDS) {
        fields[count++] = (ttss_field){"timestamp_granularities[]", "word"};
        fields[count++] = (ttss_field){"timestamp_granularities[]", "segment"};
    }
    ttss_question question = {
        .method = "POST", .file = sound, .fields = fields, .field_count = count};
    return ask_there(o, &question, call, response, err);
}

/* Whether less detail may be what the server wants: it says that the request is not to its liking,
 * or fails over it (speaches answers a granularity it does not know with 500). */
static bool is_about_detail(const ttss_response *response) {
    const int32_t status = response->status;
    const char *body = response->body.data ? response->body.data : "";
    if (status == 400 || status == 422 || status == 501)
        return true;
    return status == 500 && (strstr(body, "granularit") || strstr(body, "response_format") ||
                             strstr(body, "verbose_json"));
}

/* Takes less and less. What it is content with is kept for the next part. */
static int32_t ask(openai *o, const ttss_sound *sound, const char *language, const ttss_call *call,
                   ttss_response *response, ttsslice_error *err) {
    static const char *const names[] = {"words", "segments", "text alone"};
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    int detail = atomic_load(&o->detail);
    for (;;) {
        int32_t ret = ask_for(o, (enum detail)detail, sound, language, call, response, &own);
        if (!ret)
            atomic_store(&o->detail, detail);
        if (!ret || detail == TEXT_ALONE || !is_about_detail(response))
            return ttss_pass_error(ret, &own, err);
        detail++;
        ttss_log(&o->service.logger, TTSSLICE_LOG_INFO, "engine",
                 "%s answered HTTP %d; asking for %s", o->service.url, (int)response->status,
                 names[detail]);
    }
}

static void tell(const openai *o, const ttss_sound *sound, double start_s, double length_s) {
    char start[TTSS_NUM_MAX], length[TTSS_NUM_MAX];
    ttss_log(&o->service.logger, sound->reduced ? TTSSLICE_LOG_INFO : TTSSLICE_LOG_DEBUG, "engine",
             "sending %s s of audio from %s s on, %zu bytes as %s%s",
             ttss_num_format(length_s, length), ttss_num_format(start_s, start),
             ttss_sound_size(sound), sound->name,
             sound->reduced ? ", mono at 16 kHz because of max_upload_bytes" : "");
}

static int32_t read_part(const openai *o, const ttss_response *response, double start_s,
                         double length_s, ttss_heard *heard, ttsslice_error *err) {
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    if (!response->body.length)
        return ttss_service_odd(&o->service, response, "the answer is empty", err);
    int32_t ret =
        ttss_heard_read(heard, response->body.data, response->body.length, start_s, length_s, &own);
    if (ret == TTSSLICE_ERR_PROTOCOL)
        return ttss_service_odd(&o->service, response, own.message, err);
    return ret ? ttss_nomem(err) : 0;
}

static int32_t hear_part(openai *o, const ttsslice_audio *audio, int64_t first, int64_t frames,
                         const char *language, const ttss_call *call, ttss_heard *heard,
                         ttsslice_error *err) {
    const double rate = ttsslice_audio_sample_rate(audio);
    const double start_s = (double)first / rate, length_s = (double)frames / rate;
    ttss_sound sound;
    ttss_response response = {0};
    if (length_s < SHORTEST_S)
        return 0;
    int32_t ret = ttss_sound_make(audio, first, frames, o->service.max_upload, &sound, err);
    if (ret)
        return ret;
    tell(o, &sound, start_s, length_s);
    ret = ask(o, &sound, language, call, &response, err);
    if (!ret)
        ret = read_part(o, &response, start_s, length_s, heard, err);
    ttss_buf_free(&response.body);
    ttss_sound_free(&sound);
    return ret;
}

/* --- the engine ---------------------------------------------------------------------------- */

/* Frames that fit in one file, at the rate to which it may be reduced. */
static int64_t part_frames(const openai *o, const ttsslice_audio *audio) {
    const double fits_s = ((double)o->service.max_upload - 1024.0) / (2.0 * TTSS_SOUND_RATE);
    return (int64_t)(fmin(fits_s, PART_S) * ttsslice_audio_sample_rate(audio));
}

static int32_t openai_transcribe(void *self, const ttsslice_audio *audio, const char *text,
                                 const char *language, const ttss_stop *stop,
                                 ttsslice_transcript **out, ttsslice_error *err) {
    (void)text;
    openai *o = self;
    const ttss_call call = ttss_service_begin(&o->service, stop);
    const int64_t most = part_frames(o, audio);
    ttss_heard heard;
    int32_t ret = 0;
    ttss_heard_init(&heard);
    heard.secret = o->service.key;
    heard.of_service = true;
    for (int64_t first = 0, end; !ret && first < ttsslice_audio_frames(audio); first = end) {
        end = ttss_sound_part_end(audio, first, most);
        ret = hear_part(o, audio, first, end - first, language, &call, &heard, err);
    }
    if (!ret)
        ret = ttss_heard_finish(&heard, out, err);
    ttss_heard_free(&heard);
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
    free(o->other_url);
    free(o);
}

static const ttss_transcriber_ops openai_ops = {"openai", openai_transcribe, openai_destroy,
                                                openai_check};

/* ".../v1/audio/transcriptions" -> ".../inference" */
static bool set_urls(openai *o) {
    o->url = ttss_openai_route(o->service.url, ROUTE, OTHER_END);
    if (!o->url || strcmp(o->url, o->service.url) == 0)
        return o->url != NULL;
    const char *version = strstr(o->url, "/" ROUTE);
    while (version > o->url && *--version != '/')
        ;
    ttss_buf other;
    ttss_buf_init(&other, TTSS_URL_MAX + 64);
    ttss_buf_printf(&other, "%.*s%s", (int)(version - o->url), o->url, OTHER_END);
    o->other_url = ttss_buf_take(&other);
    return o->other_url != NULL;
}

int32_t ttsslice_transcriber_new_openai(const ttsslice_service_options *options,
                                        ttsslice_transcriber **out, ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "out is NULL; give a place for the transcriber");
    openai *o = ttss_new(openai);
    if (!o)
        return ttss_nomem(err);
    atomic_init(&o->detail, WORDS);
    int32_t ret = ttss_service_init(&o->service, &kind, options, err);
    if (ret) {
        free(o);
        return ret;
    }
    if (!set_urls(o)) {
        openai_destroy(o);
        return ttss_nomem(err);
    }
    return ttss_transcriber_new(&openai_ops, o, NULL, out, err);
}
