/* SPDX-License-Identifier: MIT */
/* The audio of a result; see result.h. */
#include "result.h"

#include <stdio.h>
#include <string.h>

#define PATH_SIZE 4096

typedef struct saver {
    const ttsslice_job_result *result;
    const char *folder;
    int32_t code; /* of the first failure */
    ttsslice_error *err;
} saver;

/* The number of the attachment that "attachment:N" stands for; -1: the text is something else. */
static int64_t attachment(const ttsslice_job_result *r, const char *text) {
    char name[48];
    for (size_t i = 0; text && i < r->attachment_count; i++) {
        snprintf(name, sizeof name, "attachment:%zu", i);
        if (strcmp(name, text) == 0)
            return (int64_t)i;
    }
    return -1;
}

/* Files that are no audio were paid for too: they are kept under another name. */
static bool save_as_it_is(const ttsslice_attachment *file, char path[PATH_SIZE]) {
    size_t length = strlen(path);
    snprintf(path + length, PATH_SIZE - length, ".unknown");
    FILE *out = fopen(path, "wb");
    bool whole = out && fwrite(file->bytes, 1, file->size, out) == file->size;
    return out && fclose(out) == 0 && whole;
}

/* *saved: whether there is a file at the path, which changes where it is no audio. */
static int32_t save_audio(const ttsslice_job_result *r, const char *text, char path[PATH_SIZE],
                          bool *saved, ttsslice_error *err) {
    ttsslice_audio *audio = NULL;
    int64_t number = attachment(r, text);
    const ttsslice_attachment *file = number < 0 ? NULL : &r->attachments[number];
    int32_t code = file ? ttsslice_audio_decode(file->bytes, file->size, &audio, err)
                        : ttsslice_audio_decode_base64(text, TTSSLICE_NUL_TERMINATED, &audio, err);
    if (code && file)
        *saved = save_as_it_is(file, path);
    if (code == 0) {
        code = ttsslice_audio_save(audio, path, err);
        *saved = code == 0;
    }
    ttsslice_audio_unref(audio);
    return code;
}

/* Short audio that is not saved was paid for as well: it stays where it is. */
static void replace(saver *s, json_t *object, const char *key, char path[PATH_SIZE]) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const char *text = json_string_value(json_object_get(object, key));
    bool saved = false;
    int32_t code = save_audio(s->result, text, path, &saved, &err);
    if (saved && !json_object_get(object, "audio_file")) {
        json_object_del(object, key);
        key = "audio_file";
    }
    if (saved)
        json_object_set_new(object, key, json_string(path));
    if (code && !s->code) {
        s->code = code;
        *s->err = err;
    }
}

/* Of an output or a candidate; audio that is short enough to stand there as text too. */
static void take_audio(saver *s, json_t *object, char path[PATH_SIZE]) {
    const char *text = json_string_value(json_object_get(object, "audio_base64"));
    if (text && text[0])
        replace(s, object, "audio_base64", path);
    else if (attachment(s->result, json_string_value(json_object_get(object, "audio"))) >= 0)
        replace(s, object, "audio", path);
}

static void take_attachment(saver *s, json_t *object, const char *key) {
    char path[PATH_SIZE];
    int64_t number = attachment(s->result, json_string_value(json_object_get(object, key)));
    if (number < 0)
        return;
    snprintf(path, sizeof path, "%s/%04lld-a%lld.wav", s->folder, (long long)s->result->index,
             (long long)number);
    replace(s, object, key, path);
}

static void take_rest(saver *s, json_t *value) {
    const char *key;
    json_t *item;
    size_t i;
    take_attachment(s, value, "audio_base64");
    take_attachment(s, value, "audio");
    json_object_foreach(value, key, item) take_rest(s, item);
    json_array_foreach(value, i, item) take_rest(s, item);
}

int32_t cli_result_save(const ttsslice_job_result *result, const char *folder, json_t *output,
                        ttsslice_error *err) {
    saver s = {.result = result, .folder = folder, .err = err};
    char path[PATH_SIZE];
    size_t i;
    json_t *candidate;
    snprintf(path, sizeof path, "%s/%04lld.wav", folder, (long long)result->index);
    take_audio(&s, output, path);
    json_array_foreach(json_object_get(output, "candidates"), i, candidate) {
        snprintf(path, sizeof path, "%s/%04lld-%02zu.wav", folder, (long long)result->index, i);
        take_audio(&s, candidate, path);
    }
    take_rest(&s, output);
    return s.code;
}
