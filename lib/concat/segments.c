/* SPDX-License-Identifier: MIT */
/* The timeline as JSON: an array with one object per entry. What was done to a clip beyond trimming
 * and fading, and why one could not be used, is there where it happened. Seconds are for reading
 * and rounded to 6 decimals; the frames beside them are exact. */
#include "concat/timeline.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static json_t *seconds(const ttsslice_timeline *timeline, int64_t frame) {
    return ttss_json_rounded((double)frame / timeline->sample_rate, 6);
}

static json_t *write_words(const ttsslice_timeline *timeline, const ttsslice_timed_word *words,
                           size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; array && i < count; i++) {
        json_t *o = json_object();
        if (!ttss_json_set(o, "text_start", json_integer((json_int_t)words[i].text_start)) ||
            !ttss_json_set(o, "text_length", json_integer((json_int_t)words[i].text_length)) ||
            !ttss_json_set(o, "start", seconds(timeline, words[i].start_frame)) ||
            !ttss_json_set(o, "end", seconds(timeline, words[i].end_frame))) {
            json_decref(o);
            json_decref(array);
            return NULL;
        }
        if (!ttss_json_append(array, o)) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

/* What is worth saying only where it happened. */
static bool write_changes(json_t *o, const ttsslice_timeline *timeline,
                          const ttsslice_timeline_entry *e) {
    const struct {
        const char *name;
        int64_t value;
    } counts[] = {
        {"overlap_frames", e->overlap_frames},
        {"trimmed_inside_frames", e->trimmed_inside},
        {"repaired_frames", e->repaired_frames},
        {"resampled_from", e->source_rate == timeline->sample_rate ? 0 : e->source_rate},
        {"channels_from", e->source_channels == timeline->channels ? 0 : e->source_channels},
    };
    const struct {
        const char *name;
        double db;
    } levels[] = {
        {"gain_db", e->gain_db}, {"clipped_db", e->clipped_db}, {"mixed_db", e->mixed_db}};
    bool done = true;
    for (size_t i = 0; done && i < sizeof levels / sizeof levels[0]; i++)
        done = levels[i].db == 0.0 ||
               ttss_json_set(o, levels[i].name, ttss_json_rounded(levels[i].db, 2));
    for (size_t i = 0; done && i < sizeof counts / sizeof counts[0]; i++)
        done = counts[i].value == 0 ||
               ttss_json_set(o, counts[i].name, json_integer((json_int_t)counts[i].value));
    done = done && (!e->path[0] || ttss_json_set(o, "path", json_string(e->path)));
    return done && (!e->code || ttss_json_set(o, "error", json_string(e->error)));
}

static json_t *write_entry(const ttsslice_timeline *timeline, const ttsslice_timeline_entry *e,
                           const ttsslice_timed_word *words, size_t count) {
    json_t *o = json_object();
    if (ttss_json_set(o, "start", seconds(timeline, e->start_frame)) &&
        ttss_json_set(o, "end", seconds(timeline, e->end_frame)) &&
        ttss_json_set(o, "text", json_string(e->text)) &&
        ttss_json_set(o, "chunk", json_integer(e->chunk)) &&
        ttss_json_set(o, "start_frame", json_integer(e->start_frame)) &&
        ttss_json_set(o, "end_frame", json_integer(e->end_frame)) &&
        ttss_json_set(o, "pause_frames", json_integer(e->pause_frames)) &&
        ttss_json_set(o, "text_start", json_integer((json_int_t)e->text_start)) &&
        ttss_json_set(o, "text_length", json_integer((json_int_t)e->text_length)) &&
        ttss_json_set(o, "break", json_string(ttsslice_break_name(e->break_after))) &&
        ttss_json_set(o, "score", ttss_json_rounded(e->score, 6)) &&
        ttss_json_set(o, "passed", json_boolean(e->passed)) &&
        ttss_json_set(o, "words", write_words(timeline, words, count)) &&
        write_changes(o, timeline, e))
        return o;
    json_decref(o);
    return NULL;
}

/* Adds one element of the array, as text with its indentation. Six decimals of a time below 10^8 s
 * are 15 digits at most; more would show that doubles are binary. */
static bool add_entry(ttss_buf *out, json_t *entry, bool first) {
    json_t *array = json_array();
    char *text = NULL;
    if (array && ttss_json_append(array, entry))
        text = json_dumps(array, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    else if (!array)
        json_decref(entry);
    json_decref(array);
    if (!text)
        return false;
    /* Between "[\n" and "\n]". */
    bool done = ttss_buf_add_text(out, first ? "\n" : ",\n") &&
                ttss_buf_add(out, text + 2, strlen(text) - 4);
    free(text);
    return done;
}

/* One entry after the other, so that the tree of a long book is never there as a whole. */
int32_t ttsslice_timeline_segments_json(const ttsslice_timeline *timeline, char **json,
                                        ttsslice_error *err) {
    if (!timeline || !json)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no timeline or no place for the JSON was given: pass both");
    ttss_buf out;
    ttss_buf_init(&out, SIZE_MAX / 2);
    bool done = ttss_buf_add_text(&out, "[");
    size_t from = 0;
    for (size_t i = 0; done && i < timeline->count; i++) {
        size_t count = 0;
        const ttsslice_timed_word *words = ttss_timeline_words_of(timeline, i, &from, &count);
        done = add_entry(&out, write_entry(timeline, &timeline->entries[i], words, count), i == 0);
    }
    done = done && ttss_buf_add_text(&out, timeline->count ? "\n]" : "]");
    char *text = done ? ttss_buf_take(&out) : NULL;
    ttss_buf_free(&out);
    if (!text)
        return ttss_nomem(err);
    *json = text;
    return 0;
}
