/* SPDX-License-Identifier: MIT */
/* The clips of a join; see clips.h. Those given as arguments and those of a list take the same way:
 * as JSON objects. */
#include "clips.h"
#include "values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const cli_clips *clips, int status, const char *what, const char *why) {
    cli_message(clips->command, "%s: %s", what, why);
    return status;
}

/* --- reading -------------------------------------------------------------------------------- */

static const char *const clip_keys[] = {"audio", "text",     "text_start", "text_length",
                                        "words", "break",    "passed",     "score",
                                        "chunk", "pause_ms", NULL};
static const char *const word_keys[] = {"text_start", "text_length", "start", "end", NULL};

/* A key that nothing would come of; NULL: there is none. */
static const char *unknown_key(json_t *object, const char *const *known) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            return key;
    }
    return NULL;
}

static const char *unknown_in(json_t *clip) {
    const json_t *words = json_object_get(clip, "words");
    const char *key = unknown_key(clip, clip_keys);
    for (size_t i = 0; i < json_array_size(words) && !key; i++)
        key = unknown_key(json_array_get(words, i), word_keys);
    return key;
}

/* Adds one clip, or a pause after the one before. Returns -1, or the exit status after a message.
 */
static int take_clip(cli_clips *clips, json_t *clip) {
    char where[512];
    const size_t count = json_array_size(clips->items);
    json_t *pause = json_object_get(clip, "pause_ms");
    const char *unknown = unknown_in(clip);
    if (clips->line)
        snprintf(where, sizeof where, "%s: line %zu", clips->list, clips->line);
    else
        snprintf(where, sizeof where, "%s: clip %zu", clips->list, count);
    if (unknown) {
        char why[128];
        snprintf(why, sizeof why, "there is no key \"%.40s\"; see ttsslice concat --help", unknown);
        return complain(clips, CLI_INPUT, where, why);
    }
    if (json_is_string(json_object_get(clip, "audio")))
        return json_array_append(clips->items, clip) == 0
                   ? -1
                   : complain(clips, CLI_INTERNAL, clips->list, "out of memory");
    if (json_object_get(clip, "audio") || !json_is_integer(pause))
        return complain(clips, CLI_INPUT, where,
                        "must be an object with \"audio\", the path of its file, or with "
                        "\"pause_ms\" alone");
    if (!count)
        return complain(clips, CLI_INPUT, where, "a pause needs a clip before it");
    json_object_set(json_array_get(clips->items, count - 1), "pause_ms", pause);
    return -1;
}

static int take_value(void *self, json_t *value, size_t line) {
    cli_clips *clips = self;
    int status = -1;
    clips->line = json_is_array(value) ? 0 : line; /* clips of an array are counted */
    if (!json_is_array(value))
        return take_clip(clips, value);
    for (size_t i = 0; i < json_array_size(value) && status < 0; i++)
        status = take_clip(clips, json_array_get(value, i));
    return status;
}

static int take_arguments(cli_clips *clips, char **paths, int count) {
    for (int i = 0; i < count; i++) {
        json_t *clip = json_pack("{s:s}", "audio", paths[i]);
        if (!clip)
            return complain(clips, CLI_INPUT, paths[i], "the name is not UTF-8");
        if (json_array_append_new(clips->items, clip) != 0)
            return complain(clips, CLI_INTERNAL, paths[i], "out of memory");
    }
    return -1;
}

/* Paths of a list are relative to its folder. From malloc, or NULL. */
char *cli_clips_path(const cli_clips *clips, size_t index) {
    const char *name =
        json_string_value(json_object_get(json_array_get(clips->items, index), "audio"));
    const char *slash = clips->list && name[0] != '/' ? strrchr(clips->list, '/') : NULL;
    size_t folder = slash ? (size_t)(slash - clips->list) + 1 : 0;
    char *path = malloc(folder + strlen(name) + 1);
    if (!path)
        return NULL;
    if (folder)
        memcpy(path, clips->list, folder);
    memcpy(path + folder, name, strlen(name) + 1);
    return path;
}

int cli_clips_read(cli_clips *clips, char **paths, int count) {
    clips->items = json_array();
    if (!clips->items)
        return complain(clips, CLI_INTERNAL, "clips", "out of memory");
    return clips->list ? cli_read_values(clips->command, clips->list, take_value, clips)
                       : take_arguments(clips, paths, count);
}

size_t cli_clips_count(const cli_clips *clips) {
    return json_array_size(clips->items);
}

void cli_clips_free(cli_clips *clips) {
    json_decref(clips->items);
    clips->items = NULL;
}

/* --- one clip ------------------------------------------------------------------------------- */

static bool is_count(const json_t *value) {
    return !value || (json_is_integer(value) && json_integer_value(value) >= 0);
}

static bool is_time(const json_t *value) {
    return !value || json_is_null(value) || json_is_number(value);
}

/* NULL, or what is wrong. */
static const char *read_words(const json_t *array, cli_clip *out) {
    const size_t count = json_array_size(array);
    if (!count)
        return array && !json_is_array(array) ? "\"words\" must be an array" : NULL;
    out->starts = calloc(count, sizeof(size_t));
    out->lengths = calloc(count, sizeof(size_t));
    out->starts_s = calloc(count, sizeof(double));
    out->ends_s = calloc(count, sizeof(double));
    if (!out->starts || !out->lengths || !out->starts_s || !out->ends_s)
        return "out of memory";
    for (size_t i = 0; i < count; i++) {
        const json_t *word = json_array_get(array, i);
        const json_t *start = json_object_get(word, "text_start");
        const json_t *length = json_object_get(word, "text_length");
        const json_t *from = json_object_get(word, "start"), *to = json_object_get(word, "end");
        if (!json_is_object(word) || !is_time(from) || !is_time(to) || !is_count(start) ||
            !is_count(length))
            return "the \"start\" and \"end\" of a word must be seconds, or null if they are "
                   "unknown, and \"text_start\" and \"text_length\" whole numbers from 0";
        out->starts[i] = (size_t)json_integer_value(start);
        out->lengths[i] = (size_t)json_integer_value(length);
        out->starts_s[i] = json_is_number(from) ? json_number_value(from) : NAN;
        out->ends_s[i] = json_is_number(to) ? json_number_value(to) : NAN;
    }
    out->clip.word_starts = out->starts;
    out->clip.word_lengths = out->lengths;
    out->clip.word_starts_s = out->starts_s;
    out->clip.word_ends_s = out->ends_s;
    out->clip.word_count = count;
    return NULL;
}

/* NULL, or what is wrong with the clip's description. */
static const char *describe(const cli_clips *clips, size_t index, ttsslice_clip *clip) {
    const json_t *o = json_array_get(clips->items, index);
    const json_t *text = json_object_get(o, "text"), *kind = json_object_get(o, "break");
    const json_t *score = json_object_get(o, "score"), *passed = json_object_get(o, "passed");
    const json_t *chunk = json_object_get(o, "chunk"), *pause = json_object_get(o, "pause_ms");
    const json_t *start = json_object_get(o, "text_start");
    const json_t *length = json_object_get(o, "text_length");
    if (text && !json_is_string(text) && !json_is_null(text))
        return "\"text\" must be a string";
    if (score && !json_is_number(score) && !json_is_null(score))
        return "\"score\" must be a number";
    if (passed && !json_is_boolean(passed))
        return "\"passed\" must be true or false";
    if (!is_count(chunk) || !is_count(start) || !is_count(length) || !is_count(pause))
        return "\"chunk\", \"text_start\", \"text_length\" and \"pause_ms\" must be whole numbers "
               "from 0";
    if (kind && !json_is_string(kind))
        return "\"break\" must be a string";
    const char *name = kind ? json_string_value(kind) : clips->break_name;
    clip->break_after = name ? ttsslice_break_from_name(name) : 0;
    if (name && !clip->break_after)
        return "the break must be word, clause, sentence, paragraph, section or end";
    clip->chunk = chunk ? json_integer_value(chunk) : (json_int_t)index;
    clip->text = json_string_value(text);
    clip->text_start = (size_t)json_integer_value(start);
    clip->text_length =
        length ? (size_t)json_integer_value(length) : (clip->text ? strlen(clip->text) : 0);
    if (json_is_number(score))
        clip->score = json_number_value(score);
    if (pause)
        clip->pause_ms = json_integer_value(pause);
    clip->passed = !json_is_false(passed);
    return NULL;
}

int cli_clips_get(const cli_clips *clips, size_t index, cli_clip *out) {
    json_t *item = json_array_get(clips->items, index);
    *out = (cli_clip){.clip = TTSSLICE_CLIP_INIT, .path = cli_clips_path(clips, index)};
    const char *wrong = out->path ? describe(clips, index, &out->clip) : "out of memory";
    if (!wrong)
        wrong = read_words(json_object_get(item, "words"), out);
    out->clip.path = out->path;
    if (wrong)
        return complain(clips, out->path ? CLI_INPUT : CLI_INTERNAL, out->path ? out->path : "clip",
                        wrong);
    return -1;
}

void cli_clip_free(cli_clip *clip) {
    free(clip->path);
    free(clip->starts);
    free(clip->lengths);
    free(clip->starts_s);
    free(clip->ends_s);
    *clip = (cli_clip){.clip = TTSSLICE_CLIP_INIT};
}
