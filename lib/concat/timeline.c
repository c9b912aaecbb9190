/* SPDX-License-Identifier: MIT */
/* The timeline: entries and words with their frames in the output. Word times come in seconds of
 * the clip as it was given; here they are shifted by what was trimmed and kept inside the entry. */
#include "concat/timeline.h"

#include "base/error.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

ttsslice_timeline *ttss_timeline_new(void) {
    ttsslice_timeline *timeline = ttss_new(ttsslice_timeline);
    if (timeline)
        ttss_refs_init(&timeline->refs);
    return timeline;
}

/* Frame in the output of a time in the clip. */
static int64_t place_time(double seconds, int32_t rate, const ttsslice_timeline_entry *entry,
                          const ttss_cuts *cuts) {
    double frame = fmin(fmax(rint(seconds * rate), 0.0), 1e15);
    return entry->start_frame + ttss_cuts_place(cuts, (int64_t)frame);
}

bool ttss_has_time(const ttsslice_clip *clip, size_t word) {
    const double start = clip->word_starts_s[word], end = clip->word_ends_s[word];
    return isfinite(start) && isfinite(end) && start >= 0.0 && end >= start;
}

/* Whether text from an offset on has letters or digits. */
static bool has_words(const char *text, size_t at) {
    const size_t length = strlen(text);
    while (at < length) {
        const utf8proc_category_t category =
            utf8proc_category((utf8proc_int32_t)ttss_utf8_next(text, length, &at));
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO)
            return true;
    }
    return false;
}

bool ttss_ends_in_word(const ttsslice_clip *clip) {
    size_t last = 0, most = 0;
    for (size_t i = 0; i < clip->word_count; i++) {
        const size_t end = clip->word_starts[i] + clip->word_lengths[i];
        if (end >= most) {
            most = end;
            last = i;
        }
    }
    if (!clip->word_count || !ttss_has_time(clip, last))
        return false;
    const bool placed = clip->text && clip->word_lengths[last] && most >= clip->text_start &&
                        most - clip->text_start <= strlen(clip->text);
    return !placed || !has_words(clip->text, most - clip->text_start);
}

static bool add_words(ttsslice_timeline *timeline, const ttsslice_clip *clip,
                      const ttsslice_timeline_entry *entry, const ttss_cuts *cuts) {
    if (!ttss_grow((void **)&timeline->words, &timeline->word_capacity,
                   timeline->word_count + clip->word_count, sizeof *timeline->words))
        return false;
    for (size_t i = 0; i < clip->word_count; i++) {
        if (!ttss_has_time(clip, i))
            continue;
        timeline->words[timeline->word_count++] = (ttsslice_timed_word){
            .entry = timeline->count,
            .text_start = clip->word_starts[i],
            .text_length = clip->word_lengths[i],
            .start_frame = place_time(clip->word_starts_s[i], timeline->sample_rate, entry, cuts),
            .end_frame = place_time(clip->word_ends_s[i], timeline->sample_rate, entry, cuts),
        };
    }
    return true;
}

/* The names of files are any bytes. */
static bool is_text(const char *path) {
    size_t length = TTSSLICE_NUL_TERMINATED;
    return path && path[0] && ttss_text_check(path, &length, NULL) == 0;
}

int32_t ttss_timeline_add(ttsslice_timeline *timeline, const ttsslice_clip *clip,
                          const ttsslice_timeline_entry *place, const ttss_cuts *cuts,
                          ttsslice_error *err) {
    ttsslice_timeline_entry entry = *place;
    if (!ttss_grow((void **)&timeline->entries, &timeline->capacity, timeline->count + 1,
                   sizeof *timeline->entries))
        return ttss_nomem(err);
    char *text = ttss_strdup(clip->text ? clip->text : "");
    const bool named = is_text(clip->path);
    char *path = named ? ttss_strdup(clip->path) : NULL;
    char *error = place->code ? ttss_strdup(place->error) : NULL;
    if (!text || (named && !path) || (place->code && !error) ||
        !add_words(timeline, clip, place, cuts)) {
        free(text);
        free(path);
        free(error);
        return ttss_nomem(err);
    }
    entry.chunk = clip->chunk;
    entry.text = text;
    entry.path = path ? path : "";
    entry.text_start = clip->text_start;
    entry.text_length = clip->text_length;
    entry.score = clip->score;
    entry.break_after = clip->break_after;
    entry.passed = clip->passed != 0;
    entry.error = error ? error : "";
    timeline->entries[timeline->count++] = entry;
    return 0;
}

const ttsslice_timed_word *ttss_timeline_words_of(const ttsslice_timeline *timeline, size_t entry,
                                                  size_t *from, size_t *count) {
    size_t first = *from;
    while (first < timeline->word_count && timeline->words[first].entry < entry)
        first++;
    size_t end = first;
    while (end < timeline->word_count && timeline->words[end].entry == entry)
        end++;
    *from = end;
    *count = end - first;
    return timeline->words ? timeline->words + first : NULL;
}

int32_t ttsslice_timeline_sample_rate(const ttsslice_timeline *timeline) {
    return timeline ? timeline->sample_rate : 0;
}

int32_t ttsslice_timeline_channels(const ttsslice_timeline *timeline) {
    return timeline ? timeline->channels : 0;
}

int64_t ttsslice_timeline_frames(const ttsslice_timeline *timeline) {
    return timeline ? timeline->frames : 0;
}

int32_t ttsslice_timeline_loudness(const ttsslice_timeline *timeline, ttsslice_loudness *out,
                                   double *gain_db, ttsslice_error *err) {
    if (!timeline || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no timeline or no place for its loudness was given: pass both");
    if (out->size < sizeof *out)
        return ttss_fail(err, TTSSLICE_ERR_OPTION,
                         "ttsslice_loudness has size %zu; initialise it with its _INIT macro",
                         out->size);
    if (!timeline->measured)
        return ttss_fail(err, TTSSLICE_ERR_EMPTY,
                         "the loudness was not measured: join with loudness \"measure\"");
    const size_t size = out->size;
    *out = timeline->loudness;
    out->size = size;
    if (gain_db)
        *gain_db = timeline->gain_db;
    return 0;
}

size_t ttsslice_timeline_count(const ttsslice_timeline *timeline) {
    return timeline ? timeline->count : 0;
}

const ttsslice_timeline_entry *ttsslice_timeline_get(const ttsslice_timeline *timeline,
                                                     size_t index) {
    return timeline && index < timeline->count ? &timeline->entries[index] : NULL;
}

size_t ttsslice_timeline_word_count(const ttsslice_timeline *timeline) {
    return timeline ? timeline->word_count : 0;
}

const ttsslice_timed_word *ttsslice_timeline_word(const ttsslice_timeline *timeline, size_t index) {
    return timeline && index < timeline->word_count ? &timeline->words[index] : NULL;
}

ttsslice_timeline *ttsslice_timeline_ref(ttsslice_timeline *timeline) {
    if (timeline)
        ttss_refs_take(&timeline->refs);
    return timeline;
}

void ttsslice_timeline_unref(ttsslice_timeline *timeline) {
    if (!timeline || !ttss_refs_drop(&timeline->refs))
        return;
    for (size_t i = 0; i < timeline->count; i++) {
        free((char *)timeline->entries[i].text);
        if (timeline->entries[i].path[0])
            free((char *)timeline->entries[i].path);
        if (timeline->entries[i].code)
            free((char *)timeline->entries[i].error);
    }
    free(timeline->entries);
    free(timeline->words);
    free(timeline);
}
