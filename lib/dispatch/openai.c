/* SPDX-License-Identifier: MIT */
/* OpenAI's speech API: POST /v1/audio/speech, and the answer is a sound file. OpenAI's reference
 * describes it; what other servers do beside it is reckoned with here: some stream by default and
 * then leave the sizes in a WAV's header open, some answer WAV whatever they are asked for, some
 * say errors with 200 and JSON, and most ignore members that they do not know, which OpenAI
 * refuses.
 *
 * The answer becomes a handler's output for one take: {"status":"success","audio_base64":...,
 * "sample_rate":...,"audio_duration_seconds":...}. */
#include "audio/base64.h"
#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/reason.h"
#include "base/speech.h"
#include "dispatch/job.h"
#include "dispatch/settings.h"

#include <ttsslice/audio.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define INPUT_MAX ((size_t)1 << 20)
#define NAME_MAX_ 200

/* OpenAI's own limit, in characters. */
#define OPENAI_TEXT_MAX 4096

/* --- requests ------------------------------------------------------------------------------ */

static int32_t refuse(const json_t *input, ttsslice_error *err) {
    int64_t slice = 1;
    static const char *const prompts[] = {"audio_prompt_url", "audio_prompt_base64"};
    int32_t ret = ttss_json_get_int(input, "slice", 1, 4, &slice, err);
    if (ret)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "\"slice\" must be 1 to 4");
    if (slice > 1)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the protocol openai gives one take a request and judges none, so slice "
                         "%d cannot be done there; use the plan slice1, with dispatch=local for "
                         "many at once",
                         (int)slice);
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++)
        if (json_string_length(json_object_get(input, prompts[i])))
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "the protocol openai takes a voice by its name, no \"%s\"; leave that "
                             "out and give the option voice",
                             prompts[i]);
    return 0;
}

static int32_t read_names(const json_t *input, const char **text, const char **model,
                          const char **voice, const char **format, ttsslice_error *err) {
    int32_t ret = ttss_json_get_string(input, "text", INPUT_MAX, text, err);
    if (!ret)
        ret = ttss_json_get_string(input, "model", NAME_MAX_, model, err);
    if (!ret)
        ret = ttss_json_get_string(input, "voice", NAME_MAX_, voice, err);
    if (!ret)
        ret = ttss_json_get_string(input, "audio_format", 16, format, err);
    if (ret && err)
        err->code = TTSSLICE_ERR_INVALID;
    if (ret)
        return TTSSLICE_ERR_INVALID;
    if (!*text || !(*text)[strspn(*text, " \t\r\n")])
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "\"text\" is missing or empty");
    return 0;
}

static size_t characters(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static int32_t content(const ttss_settings *settings, const json_t *input, json_t **out,
                       ttsslice_error *err) {
    const char *text = NULL, *format = "wav";
    const char *model = settings->speech_model ? settings->speech_model : TTSS_SPEECH_MODEL;
    const char *voice = settings->voice ? settings->voice : TTSS_SPEECH_VOICE;
    bool strict = ttss_speech_is_strict(settings->host);
    int32_t ret = refuse(input, err);
    if (!ret)
        ret = read_names(input, &text, &model, &voice, &format, err);
    if (ret)
        return ret;
    if (strict && characters(text) > OPENAI_TEXT_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the text has %zu characters and OpenAI takes %d; make shorter chunks",
                         characters(text), OPENAI_TEXT_MAX);
    *out = ttss_speech_body(text, model, voice, format, input, strict);
    return *out ? 0 : ttss_nomem(err);
}

static char *envelope(const char *text, size_t length, int64_t job_timeout_ms,
                      size_t *envelope_length) {
    (void)job_timeout_ms;
    *envelope_length = length;
    return ttss_memdup(text, length);
}

static bool ends_in(const char *text, const char *end) {
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* The endpoint may be given as the server, as OpenAI's libraries want it (.../v1), or whole. */
static bool address(ttss_buf *url, const char *endpoint, enum ttss_request_kind kind,
                    const char *id, int64_t wait_ms) {
    static const char path[] = "/audio/speech";
    size_t base = strlen(endpoint);
    (void)id;
    (void)wait_ms;
    if (kind != TTSS_REQUEST_CALL && kind != TTSS_REQUEST_HEALTH)
        return false;
    if (ends_in(endpoint, path))
        base -= sizeof path - 1;
    ttss_buf_add(url, endpoint, base);
    if (!ends_in(url->data ? url->data : "", "/v1"))
        ttss_buf_add_text(url, "/v1");
    return ttss_buf_add_text(url, kind == TTSS_REQUEST_CALL ? path : "/models");
}

/* --- answers ------------------------------------------------------------------------------- */

static bool is_type(const char *type, const char *begin) {
    return type && strncasecmp(type, begin, strlen(begin)) == 0;
}

/* Words in the place of audio, with 200. */
static int32_t check_type(const ttss_policy *policy, const ttss_answer *answer,
                          ttsslice_error *err) {
    char says[TTSSLICE_ERROR_MESSAGE_MAX];
    const char *type = answer->content_type;
    if (!is_type(type, "text/") && !is_type(type, "application/json"))
        return 0;
    if (is_type(type, "text/event-stream"))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it streams events, and was asked not to");
    ttss_reason_of_body(answer->body->data, answer->body->length, policy->secret, says);
    return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "words in the place of audio%s", says);
}

/* What is no audio is shown by its first bytes; a server may give back what it was sent. */
static bool holds_key(const ttss_buf *body, const char *key) {
    size_t length = strlen(key);
    const char *p = body->data, *end = body->data + body->length;
    bool found = false;
    while (length && !found && (size_t)(end - p) >= length) {
        const char *start = memchr(p, key[0], (size_t)(end - p) - length + 1);
        found = start && memcmp(start, key, length) == 0;
        p = start ? start + 1 : end;
    }
    return found;
}

static int32_t check_audio(const ttss_policy *policy, const ttss_job *job,
                           const ttss_answer *answer, double *duration_s, int32_t *rate,
                           ttsslice_error *err) {
    ttsslice_audio *audio = NULL;
    char seconds[TTSS_NUM_MAX];
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    int32_t ret = ttsslice_audio_decode(answer->body->data, answer->body->length, &audio, &why);
    if (ret == TTSSLICE_ERR_NOMEM)
        return ttss_nomem(err);
    if (ret)
        return ttss_fail(err, TTSSLICE_ERR_AUDIO, "%s",
                         holds_key(answer->body, policy->secret) ? "it is no sound file"
                                                                 : why.message);
    *duration_s = ttsslice_audio_duration_s(audio);
    *rate = ttsslice_audio_sample_rate(audio);
    ttsslice_audio_unref(audio);
    if (ttss_speech_is_cut(*duration_s, job->weight))
        return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                         "%s s of audio cannot hold %zu bytes of text; it was cut short",
                         ttss_num_format(round(*duration_s * 100.0) / 100.0, seconds), job->weight);
    return 0;
}

/* Puts the file among the attachments, and in its place the output. */
static int32_t attach(ttss_answer *answer, ttsslice_error *err) {
    size_t size = answer->body->length;
    ttss_attachments *list = answer->audio;
    if (!ttss_grow((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return ttss_nomem(err);
    char *bytes = ttss_buf_take(answer->body);
    if (!bytes)
        return ttss_nomem(err);
    list->items[list->count++] = (ttsslice_attachment){.bytes = bytes, .size = size};
    return 0;
}

static int32_t write_output(const ttss_policy *policy, ttss_answer *answer, double duration_s,
                            int32_t rate, ttsslice_error *err) {
    ttss_buf text;
    size_t size = answer->body->length;
    int32_t ret = 0;
    ttss_buf_init(&text, size / 3 * 4 + 1024);
    ttss_buf_add_text(&text, "{\"status\":\"success\",\"audio_base64\":\"");
    if (policy->inline_audio)
        ttss_base64_encode(answer->body->data, size, &text);
    else
        ttss_buf_add_text(&text, "attachment:0");
    /* Milliseconds as an integer: printf's %f follows the locale. */
    int64_t ms = llround(duration_s * 1000.0);
    ttss_buf_printf(&text, "\",\"sample_rate\":%d,\"audio_duration_seconds\":%d.%03d}", (int)rate,
                    (int)(ms / 1000), (int)(ms % 1000));
    if (text.failed)
        ret = ttss_nomem(err);
    else if (!policy->inline_audio)
        ret = attach(answer, err);
    if (ret) {
        ttss_buf_free(&text);
        return ret;
    }
    ttss_buf_free(answer->body);
    *answer->body = text;
    return 0;
}

static int32_t read_answer(const ttss_policy *policy, const ttss_job *job, ttss_answer *answer,
                           ttss_reply *reply, ttsslice_error *err) {
    double duration_s = 0.0;
    int32_t rate = 0;
    int32_t ret = check_type(policy, answer, err);
    if (!ret)
        ret = check_audio(policy, job, answer, &duration_s, &rate, err);
    if (!ret)
        ret = write_output(policy, answer, duration_s, rate, err);
    if (ret)
        return ret;
    *reply = (ttss_reply){.state = TTSS_REMOTE_COMPLETED,
                          .retryable = -1,
                          .delay_ms = -1,
                          .execution_ms = -1,
                          .output_length = answer->body->length};
    return 0;
}

const ttss_protocol ttss_protocol_openai = {
    .name = "openai",
    .speaks = "a sound file",
    .submits = "/v1/audio/speech",
    .missing = "the endpoint's address, the model and the voice",
    .submission = TTSS_REQUEST_CALL,
    .is_file = true,
    .key_variable = "OPENAI_API_KEY",
    .url_variable = "OPENAI_BASE_URL",
    .longest_input = INPUT_MAX,
    .content = content,
    .envelope = envelope,
    .address = address,
    .read = read_answer,
};
