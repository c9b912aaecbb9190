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

/* --- one clip ------------------------------------------------------------------------------- */

/* A clip as the library takes it. It borrows its text from the list and owns the rest. */
typedef struct clip_data {
    ttsslice_clip clip;
    char *path;
    size_t *starts, *lengths;
    double *starts_s, *ends_s;
} clip_data;

static bool is_count(const json_t *value) {
    return !value || (json_is_integer(value) && json_integer_value(value) >= 0);
}

static bool is_pause(const json_t *value) {
    return is_count(value) && json_integer_value(value) <= 600000;
}

static bool is_time(const json_t *value) {
    return !value || json_is_null(value) || json_is_number(value);
}

/* NULL, or what is wrong. */
static const char *read_words(const json_t *array, clip_data *out) {
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

/* Where a clip is; paths of a list are relative to its folder. From malloc, or NULL. */
static char *path_of(const cli_clips *clips) {
    const char *name = json_string_value(json_object_get(clips->held, "audio"));
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

/* NULL, or what is wrong with the description of the clip that is held. */
static const char *describe(const cli_clips *clips, ttsslice_clip *clip) {
    const json_t *o = clips->held;
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
    clip->chunk = chunk ? json_integer_value(chunk) : (json_int_t)clips->index;
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

static void clip_free(clip_data *clip) {
    free(clip->path);
    free(clip->starts);
    free(clip->lengths);
    free(clip->starts_s);
    free(clip->ends_s);
    *clip = (clip_data){.clip = TTSSLICE_CLIP_INIT};
}

/* Checks the description of the clip that is held and fills *out, which is to be freed in any case.
 */
static int make_clip(const cli_clips *clips, clip_data *out) {
    *out = (clip_data){.clip = TTSSLICE_CLIP_INIT, .path = path_of(clips)};
    const char *wrong = out->path ? describe(clips, &out->clip) : "out of memory";
    if (!wrong)
        wrong = read_words(json_object_get(clips->held, "words"), out);
    out->clip.path = out->path;
    if (wrong)
        return complain(clips, out->path ? CLI_INPUT : CLI_INTERNAL, out->path ? out->path : "clip",
                        wrong);
    return -1;
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

/* What a list names wrong: a line of it, or the number of a clip in an array. */
static int complain_of(const cli_clips *clips, const char *why) {
    if (clips->line)
        cli_message(clips->command, "%s: line %zu: %s", cli_path(clips->list), clips->line, why);
    else
        cli_message(clips->command, "%s: clip %zu: %s", cli_path(clips->list), clips->count + 1,
                    why);
    return CLI_INPUT;
}

/* A pause after the clip that is held; further ones, and what it has of its own, add up. */
static int take_pause(const cli_clips *clips, const json_t *pause) {
    const json_t *before = json_object_get(clips->held, "pause_ms");
    if (!clips->held)
        return complain_of(clips, "a pause needs a clip before it");
    if (!is_pause(pause) || !is_pause(before))
        return complain_of(clips, "\"pause_ms\" must be a whole number from 0 to 600000");
    json_t *sum = json_integer(json_integer_value(pause) + json_integer_value(before));
    return json_object_set_new(clips->held, "pause_ms", sum) == 0
               ? -1
               : complain(clips, CLI_INTERNAL, clips->list, "out of memory");
}

/* Hands out the clip before, which nothing more can be said of. */
static int hand_out(cli_clips *clips) {
    clip_data clip;
    if (!clips->held)
        return -1;
    int status = make_clip(clips, &clip);
    if (status < 0)
        status = clips->take(clips->self, &clip.clip);
    clip_free(&clip);
    json_decref(clips->held);
    clips->held = NULL;
    clips->index++;
    return status;
}

/* A clip, or a pause after the one before. Returns -1, or the exit status after a message. */
static int take_item(cli_clips *clips, json_t *item) {
    const json_t *pause = json_object_get(item, "pause_ms");
    const char *unknown = unknown_in(item);
    if (unknown) {
        char why[128];
        snprintf(why, sizeof why, "there is no key \"%.40s\"; see ttsslice concat --help", unknown);
        return complain_of(clips, why);
    }
    if (!json_is_string(json_object_get(item, "audio"))) {
        if (json_object_get(item, "audio") || !json_is_integer(pause) || json_object_size(item) > 1)
            return complain_of(clips, "must be an object with \"audio\", the path of its file, or "
                                      "with \"pause_ms\" alone");
        return take_pause(clips, pause);
    }
    const int status = hand_out(clips);
    clips->held = json_incref(item);
    clips->count++;
    return status;
}

static int take_value(void *self, json_t *value, size_t line) {
    cli_clips *clips = self;
    int status = -1;
    clips->line = json_is_array(value) ? 0 : line; /* clips of an array are counted */
    if (!json_is_array(value))
        return take_item(clips, value);
    for (size_t i = 0; i < json_array_size(value) && status < 0; i++)
        status = take_item(clips, json_array_get(value, i));
    return status;
}

static int take_arguments(cli_clips *clips, char **paths, int count) {
    int status = -1;
    for (int i = 0; i < count && status < 0; i++) {
        json_t *clip = json_pack("{s:s}", "audio", paths[i]);
        if (!clip)
            return complain(clips, CLI_INPUT, paths[i], "the name is not UTF-8");
        status = take_item(clips, clip);
        json_decref(clip);
    }
    return status;
}

int cli_clips_read(cli_clips *clips, char **paths, int count) {
    int status = clips->list ? cli_read_values(clips->command, clips->list, take_value, clips)
                             : take_arguments(clips, paths, count);
    if (status < 0)
        status = hand_out(clips);
    json_decref(clips->held);
    clips->held = NULL;
    return status;
}
