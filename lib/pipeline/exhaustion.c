/* SPDX-License-Identifier: MIT */
/* Halves and silences; see exhaustion.h. A chunk is parted by the splitter itself, between the
 * pieces that it makes of the text when they may have little more than half its length: where one
 * ends nearest to the middle, so the two are made at the best break there is. That depends on the
 * text alone, and so does the length of a silence: every plan does the same. */
#include "pipeline/exhaustion.h"

#include "base/error.h"
#include "base/utf8.h"
#include "base/words.h"
#include "base/words_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_SHARE     0.6 /* of the chunk's characters */
#define PIECE_MAX       1000000
#define CHARACTER_S     0.07
#define UNSPACED_WEIGHT 3 /* characters of Latin text that a Chinese one lasts */

static double length_of(const char *text, size_t length) {
    double sum = 0.0;
    for (size_t pos = 0; pos < length;)
        sum += ttss_is_unspaced(ttss_utf8_next(text, length, &pos)) ? UNSPACED_WEIGHT : 1;
    return sum;
}

static size_t characters_of(const char *text, size_t length) {
    size_t count = 0;
    for (size_t pos = 0; pos < length; count++)
        ttss_utf8_next(text, length, &pos);
    return count;
}

/* A piece may end within a word where that is longer than a piece may be. */
static int32_t cuts_word(const ttss_record *record, const ttss_record *parts,
                         const ttsslice_run *run, bool *cuts, ttsslice_error *err) {
    const ttss_record *const all[] = {record, &parts[0], &parts[1]};
    size_t tokens[3] = {0};
    int32_t code = 0;
    for (size_t i = 0; i < 3 && !code; i++) {
        ttss_words words = {0};
        code = ttss_words_read(&words, all[i]->text, all[i]->info.text_length, run->language, err);
        tokens[i] = words.token_count;
        ttss_words_free(&words);
    }
    *cuts = tokens[1] + tokens[2] > tokens[0];
    return code;
}

/* The piece behind which the text is parted: the end that is nearest to the middle. */
static size_t middle_of(const ttsslice_chunks *pieces, size_t length) {
    size_t best = 0, least = SIZE_MAX;
    for (size_t i = 0; i + 1 < ttsslice_chunks_count(pieces); i++) {
        const ttsslice_chunk_info *piece = ttsslice_chunks_get(pieces, i);
        size_t twice = 2 * (piece->start + piece->length);
        size_t aside = twice > length ? twice - length : length - twice;
        if (aside < least) {
            least = aside;
            best = i;
        }
    }
    return best;
}

static int32_t make_parts(ttss_record *record, const ttsslice_run *run,
                          const ttsslice_chunks *pieces, ttsslice_error *err) {
    size_t start = record->info.text_start, length = record->info.text_length;
    size_t at = middle_of(pieces, length);
    const ttsslice_chunk_info *before = ttsslice_chunks_get(pieces, at);
    const ttsslice_chunk_info *after = ttsslice_chunks_get(pieces, at + 1);
    ttss_record *parts = ttss_new_array(TTSS_PARTS, sizeof *parts);
    if (!parts)
        return ttss_nomem(err);
    int32_t code = ttss_record_init(&parts[0], run, record->info.index, start,
                                    before->start + before->length, before->break_after, err);
    if (!code)
        code = ttss_record_init(&parts[1], run, record->info.index, start + after->start,
                                length - after->start, record->info.break_after, err);
    parts[1].pause_ms = record->pause_ms;
    bool cuts = false;
    if (!code)
        code = cuts_word(record, parts, run, &cuts, err);
    if (code || cuts || parts[0].silent || parts[1].silent) {
        for (size_t i = 0; i < TTSS_PARTS; i++)
            ttss_record_free(&parts[i]);
        free(parts);
        return code;
    }
    for (int32_t i = 0; i < TTSS_PARTS; i++) {
        parts[i].parent = record;
        parts[i].part = i;
    }
    record->parts = parts;
    return 0;
}

int32_t ttss_record_part(ttss_record *record, const ttsslice_run *run, ttsslice_error *err) {
    ttsslice_chunk_options options = run->chunk;
    ttsslice_chunks *pieces = NULL;
    if (record->parent)
        return 0;
    options.language = run->language;
    options.packing = TTSSLICE_PACKING_BALANCED;
    double most = PIECE_SHARE * (double)characters_of(record->text, record->info.text_length);
    options.max_phrase_len = most < PIECE_MAX ? (int64_t)ceil(most) : PIECE_MAX;
    options.min_chars_merge = 0;
    int32_t code = ttsslice_chunk(record->text, record->info.text_length, &options, &pieces, err);
    if (!code && ttsslice_chunks_count(pieces) > 1)
        code = make_parts(record, run, pieces, err);
    ttsslice_chunks_unref(pieces);
    return code;
}

/* A take of the whole, none of which passed, is still better than halves that are worse. */
static bool whole_is_better(const ttsslice_chunk_result *whole, const ttsslice_chunk_result *a,
                            const ttsslice_chunk_result *b) {
    double halves = a->score < b->score ? a->score : b->score;
    return !(a->passed && b->passed) && whole->code == 0 && whole->score > halves;
}

void ttss_record_join(ttss_record *record) {
    const ttsslice_chunk_result *a = &record->parts[0].info, *b = &record->parts[1].info;
    ttsslice_chunk_result *info = &record->info;
    info->http_attempts += a->http_attempts + b->http_attempts;
    info->saved_jobs += a->saved_jobs + b->saved_jobs;
    info->billed_ms += a->billed_ms + b->billed_ms;
    if (info->cost >= 0.0)
        info->cost += (a->cost > 0.0 ? a->cost : 0.0) + (b->cost > 0.0 ? b->cost : 0.0);
    if (a->code || b->code || whole_is_better(info, a, b))
        return;
    if (record->candidates.count) {
        ttss_candidate *take = &record->candidates.items[info->selected];
        ttsslice_audio_unref(take->audio);
        take->audio = NULL;
    }
    free(record->error);
    record->error = NULL;
    info->error = "";
    info->code = 0;
    info->part_count = TTSS_PARTS;
    info->selected = info->candidate_count;
    info->reason = TTSSLICE_REASON_RESPLIT;
    info->passed = a->passed && b->passed;
    info->score = a->score < b->score ? a->score : b->score;
}

int32_t ttss_silence_new(const char *text, int32_t sample_rate, int32_t channels,
                         ttsslice_audio **out, ttsslice_error *err) {
    int64_t frames = (int64_t)(CHARACTER_S * length_of(text, strlen(text)) * sample_rate) + 1;
    int16_t *samples = ttss_new_array((size_t)(frames * channels), sizeof *samples);
    if (!samples)
        return ttss_nomem(err);
    int32_t code = ttsslice_audio_new_s16(samples, frames, channels, sample_rate, out, err);
    free(samples);
    return code;
}
