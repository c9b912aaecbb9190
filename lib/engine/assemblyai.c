/* SPDX-License-Identifier: MIT */
/* The transcriber "assemblyai": upload, transcript, look until it is done, delete; as AssemblyAI's
 * API reference for pre-recorded audio has it. What was made there is deleted whatever happens. */
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/reason.h"
#include "engine/heard.h"
#include "engine/service.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORTEST_S  0.16 /* AssemblyAI refuses less */
#define UPLOAD_MOST ((size_t)2200 * 1000 * 1000)
#define ID_MAX      128
#define URL_MAX     4096
#define ORDER_MS    60000 /* for the tries to order */
#define DELETE_MS   10000 /* for the tries to delete, also when the call's own time is over */

typedef struct assemblyai {
    ttss_service service;
} assemblyai;

static const ttss_service_kind kind = {
    .role = "ASR",
    .title = "AssemblyAI",
    .model_variable = "TTSSLICE_ASR_MODEL",
    .key_variable = "ASSEMBLYAI_API_KEY",
    .url = "https://api.assemblyai.com",
    .model = "universal-3-pro,universal-2",
    .authorization = "", /* the key alone */
};

/* One audio under way. */
typedef struct visit {
    ttss_service *service;
    const ttss_call *call;
    ttss_response response;
    json_t *answer;
    char id[ID_MAX]; /* of the transcript; "": there is none yet */
    bool told_throttled;
} visit;

/* --- questions ----------------------------------------------------------------------------- */

/* Asks and reads the answer's JSON into v->answer. */
static int32_t ask(visit *v, const char *method, const char *path, const char *json,
                   const ttss_sound *file, ttsslice_error *err) {
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    ttss_buf url;
    ttss_buf_init(&url, TTSS_URL_MAX + 2 * ID_MAX);
    ttss_buf_printf(&url, "%s%s", v->service->url, path);
    int32_t ret = url.failed ? ttss_nomem(err) : 0;
    json_decref(v->answer);
    v->answer = NULL;
    if (!ret) {
        const ttss_question question = {
            .method = method, .url = url.data, .json = json, .file = file};
        ret = ttss_service_ask(v->service, &question, v->call, &v->response, err);
    }
    ttss_buf_free(&url);
    if (ret)
        return ret;
    if (!v->response.body.length)
        return ttss_service_odd(v->service, &v->response, "the answer is empty", err);
    ret = ttss_json_parse_object(v->response.body.data, v->response.body.length, "it", &v->answer,
                                 &own);
    if (ret == TTSSLICE_ERR_PROTOCOL)
        return ttss_service_odd(v->service, &v->response, own.message, err);
    return ret ? ttss_nomem(err) : 0;
}

/* A string of the answer that must be there; borrowed. */
static int32_t get_string(visit *v, const char *key, size_t longest, const char **out,
                          ttsslice_error *err) {
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    char why[80];
    *out = NULL;
    snprintf(why, sizeof why, "it has no \"%s\"", key);
    if (ttss_json_get_string(v->answer, key, longest, out, &own) != 0)
        return ttss_service_odd(v->service, &v->response, own.message, err);
    return *out && **out ? 0 : ttss_service_odd(v->service, &v->response, why, err);
}

static int32_t upload(visit *v, const ttss_sound *sound, char **url, ttsslice_error *err) {
    const char *text = NULL;
    int32_t ret = ask(v, "POST", "/v2/upload", NULL, sound, err);
    if (!ret)
        ret = get_string(v, "upload_url", URL_MAX, &text, err);
    if (ret)
        return ret;
    *url = ttss_strdup(text);
    return *url ? 0 : ttss_nomem(err);
}

/* "a,b" as ["a", "b"]. */
static json_t *list_of(const char *models) {
    json_t *list = json_array();
    while (list && *models) {
        size_t n = strcspn(models, ", ");
        if (n && !ttss_json_append(list, json_stringn(models, n))) {
            json_decref(list);
            return NULL;
        }
        models += n;
        models += strspn(models, ", ");
    }
    return list;
}

static char *request_body(const visit *v, const char *url, const char *language) {
    json_t *body = json_object();
    char code[16]; /* "en_us" of "en-US" and "en_US.UTF-8" */
    snprintf(code, sizeof code, "%.*s", (int)strcspn(language, ".@"), language);
    for (char *p = code; *p; p++)
        *p = *p == '-' ? '_' : (char)tolower((unsigned char)*p);
    bool fine = ttss_json_set(body, "audio_url", json_string(url)) &&
                ttss_json_set(body, "speech_models", list_of(v->service->model)) &&
                ttss_json_set(body, "language_code", json_string(code));
    char *text = fine ? ttss_json_dump(body, false) : NULL;
    json_decref(body);
    return text;
}

/* Ids become parts of addresses. */
static int32_t keep_id(visit *v, ttsslice_error *err) {
    const char *id = NULL;
    int32_t ret = get_string(v, "id", ID_MAX - 1, &id, err);
    if (ret)
        return ret;
    if (strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") !=
        strlen(id))
        return ttss_service_odd(v->service, &v->response, "its \"id\" is none", err);
    memcpy(v->id, id, strlen(id) + 1);
    return 0;
}

/* Neither a wish to stop nor the end of time cuts an order short: without the id that it brings
 * there is nothing to delete by. */
static int32_t order(visit *v, const char *url, const char *language, ttsslice_error *err) {
    const ttss_call *outer = v->call;
    const int64_t now = ttss_now_ms(&ttss_system_clock);
    const ttss_call whole = {.deadline_ms = now + ORDER_MS};
    if (ttss_stopped(outer->stop))
        return ttss_fail(err, TTSSLICE_ERR_CANCELLED, "cancelled");
    if (now >= outer->deadline_ms)
        return ttss_service_wait(v->service, 1, outer, err); /* says that time is over */
    char *body = request_body(v, url, language);
    if (!body)
        return ttss_nomem(err);
    v->call = &whole;
    int32_t ret = ask(v, "POST", "/v2/transcript", body, NULL, err);
    v->call = outer;
    free(body);
    return ret ? ret : keep_id(v, err);
}

/* --- waiting ------------------------------------------------------------------------------- */

static void tell_throttled(visit *v) {
    if (!v->told_throttled && json_is_true(json_object_get(v->answer, "throttled")))
        ttss_log(&v->service->logger, TTSSLICE_LOG_INFO, "engine",
                 "AssemblyAI works on as many transcripts as this account may have at once; %s "
                 "waits its turn",
                 v->id);
    v->told_throttled |= json_is_true(json_object_get(v->answer, "throttled"));
}

/* Until it is done or has failed: *failed, with its words in v->answer. */
static int32_t wait_for(visit *v, bool *failed, ttsslice_error *err) {
    char path[ID_MAX + 32];
    snprintf(path, sizeof path, "/v2/transcript/%s", v->id);
    for (;;) {
        const char *status = NULL;
        int32_t ret = get_string(v, "status", 64, &status, err);
        if (ret)
            return ret;
        *failed = strcmp(status, "error") == 0;
        if (*failed || strcmp(status, "completed") == 0)
            return 0;
        tell_throttled(v);
        ret = ttss_service_wait(v->service, v->service->poll_ms, v->call, err);
        if (!ret)
            ret = ask(v, "GET", path, NULL, NULL, err);
        if (ret)
            return ret;
    }
}

/* The visit's own call may be over, by time or by a wish to stop; this goes on. */
static void delete_there(visit *v) {
    char path[ID_MAX + 32];
    const ttss_call call = {ttss_now_ms(&ttss_system_clock) + DELETE_MS, NULL};
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    ttss_response response = {0};
    ttss_buf url;
    if (!v->id[0])
        return;
    snprintf(path, sizeof path, "/v2/transcript/%s", v->id);
    ttss_buf_init(&url, TTSS_URL_MAX + 2 * ID_MAX);
    ttss_buf_printf(&url, "%s%s", v->service->url, path);
    const ttss_question question = {.method = "DELETE", .url = url.data};
    if (url.failed || ttss_service_ask(v->service, &question, &call, &response, &own) != 0)
        ttss_log(&v->service->logger, TTSSLICE_LOG_WARNING, "engine",
                 "transcript %s could not be deleted at AssemblyAI and is still there: %s", v->id,
                 own.message);
    ttss_buf_free(&response.body);
    ttss_buf_free(&url);
    v->id[0] = '\0';
}

/* --- the engine ---------------------------------------------------------------------------- */

/* Failures of theirs, which are worth one more order; not those of the audio. */
static bool is_theirs(const visit *v) {
    const char *error = json_string_value(json_object_get(v->answer, "error"));
    return error && (strstr(error, "erver error") || strstr(error, "nternal error") ||
                     strstr(error, "try again"));
}

static int32_t failed_there(const visit *v, ttsslice_error *err) {
    char text[304];
    const char *error = json_string_value(json_object_get(v->answer, "error"));
    error = error && error[0] ? error : "it does not say why";
    ttss_quote(error, strlen(error), v->service->key[0] ? v->service->key : NULL, 300, text);
    return ttss_fail(err, TTSSLICE_ERR_ENGINE, "AssemblyAI failed on this audio: %s", text);
}

static int32_t read_answer(const visit *v, double duration_s, ttsslice_transcript **out,
                           ttsslice_error *err) {
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    ttss_heard heard;
    ttss_heard_init(&heard);
    heard.secret = v->service->key;
    heard.of_service = true;
    int32_t ret = ttss_heard_read(&heard, v->response.body.data, v->response.body.length, 0.0,
                                  duration_s, &own);
    if (ret == TTSSLICE_ERR_PROTOCOL)
        ret = ttss_service_odd(v->service, &v->response, own.message, err);
    else if (ret)
        ret = ttss_nomem(err);
    else
        ret = ttss_heard_finish(&heard, out, err);
    ttss_heard_free(&heard);
    return ret;
}

static int32_t transcribe_upload(visit *v, const char *url, const char *language, double duration_s,
                                 ttsslice_transcript **out, ttsslice_error *err) {
    bool failed = true;
    int32_t ret = 0;
    for (int orders = 0; failed && !ret && orders < 2; orders++) {
        if (orders)
            delete_there(v);
        ret = order(v, url, language, err);
        if (!ret)
            ret = wait_for(v, &failed, err);
        if (!ret && failed && !is_theirs(v))
            break;
    }
    if (!ret)
        ret = failed ? failed_there(v, err) : read_answer(v, duration_s, out, err);
    delete_there(v);
    return ret;
}

static int32_t assemblyai_transcribe(void *self, const ttsslice_audio *audio, const char *text,
                                     const char *language, const ttss_stop *stop,
                                     ttsslice_transcript **out, ttsslice_error *err) {
    (void)text;
    assemblyai *a = self;
    const ttss_call call = ttss_service_begin(&a->service, stop);
    visit v = {.service = &a->service, .call = &call};
    ttss_sound sound;
    char *url = NULL;
    if (ttsslice_audio_duration_s(audio) < SHORTEST_S)
        return ttsslice_transcript_new("", NULL, NULL, NULL, NULL, 0, out, err);
    int32_t ret = ttss_sound_make(audio, 0, ttsslice_audio_frames(audio), UPLOAD_MOST, &sound, err);
    if (ret)
        return ret;
    ret = upload(&v, &sound, &url, err);
    ttss_sound_free(&sound);
    if (!ret)
        ret = transcribe_upload(&v, url, language, ttsslice_audio_duration_s(audio), out, err);
    free(url);
    json_decref(v.answer);
    ttss_buf_free(&v.response.body);
    return ret;
}

static int32_t assemblyai_check(void *self, ttss_buf *detail, ttsslice_error *err) {
    assemblyai *a = self;
    const ttss_call call = ttss_service_begin(&a->service, NULL);
    visit v = {.service = &a->service, .call = &call};
    int32_t ret = ask(&v, "GET", "/v2/transcript?limit=1", NULL, NULL, err);
    if (!ret)
        ttss_buf_printf(detail, "%s answers and takes the key", a->service.url);
    json_decref(v.answer);
    ttss_buf_free(&v.response.body);
    return ret;
}

static void assemblyai_destroy(void *self) {
    assemblyai *a = self;
    ttss_service_free(&a->service);
    free(a);
}

static const ttss_transcriber_ops assemblyai_ops = {"assemblyai", assemblyai_transcribe,
                                                    assemblyai_destroy, assemblyai_check};

int32_t ttsslice_transcriber_new_assemblyai(const ttsslice_service_options *options,
                                            ttsslice_transcriber **out, ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "out is NULL; give a place for the transcriber");
    assemblyai *a = ttss_new(assemblyai);
    if (!a)
        return ttss_nomem(err);
    int32_t ret = ttss_service_init(&a->service, &kind, options, err);
    if (!ret && !a->service.key[0]) {
        ttss_service_free(&a->service);
        ret = ttss_fail(err, TTSSLICE_ERR_AUTH, "AssemblyAI needs a key; set ASSEMBLYAI_API_KEY");
    }
    if (ret) {
        free(a);
        return ret;
    }
    return ttss_transcriber_new(&assemblyai_ops, a, NULL, out, err);
}
