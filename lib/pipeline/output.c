/* SPDX-License-Identifier: MIT */
/* The end of the pipeline: joined here, saved one by one, or handed to the application. Takes come
 * in any order and leave in the order of the text, so that only those are held in memory that wait
 * for an earlier one. */
#include "pipeline/output.h"

#include "audio/encode.h"
#include "base/error.h"
#include "base/mem.h"
#include "pipeline/exhaustion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *extension_of(const char *path) {
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    return dot && (!slash || dot > slash) ? dot : ".wav";
}

int32_t ttss_output_open(ttss_output *output, const ttsslice_run *run, const char *path,
                         ttsslice_error *err) {
    *output = (ttss_output){.run = run, .path = path};
    const char *format = NULL;
    int32_t code = 0;
    if (run->plan.concat == TTSSLICE_PLACE_OFF)
        code = ttss_format_of_path(extension_of(path), &format, err);
    else if (run->plan.concat == TTSSLICE_PLACE_LOCAL)
        code = ttsslice_concat_open(path, &run->concat, &output->concat, err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, -1) : 0;
}

static void clip_free(ttss_clip_data *data) {
    ttsslice_audio_unref((ttsslice_audio *)(uintptr_t)data->clip.audio);
    free(data->starts);
    free(data->lengths);
    free(data->starts_s);
    free(data->ends_s);
    *data = (ttss_clip_data){0};
}

static int32_t clip_words(ttss_clip_data *data, const ttss_record *record,
                          const ttsslice_verdict *verdict, ttsslice_error *err) {
    size_t count = ttsslice_verdict_word_count(verdict);
    if (!count)
        return 0;
    data->starts = ttss_new_array(count, sizeof *data->starts);
    data->lengths = ttss_new_array(count, sizeof *data->lengths);
    data->starts_s = ttss_new_array(count, sizeof *data->starts_s);
    data->ends_s = ttss_new_array(count, sizeof *data->ends_s);
    if (!data->starts || !data->lengths || !data->starts_s || !data->ends_s)
        return ttss_nomem(err);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_aligned_word *word = ttsslice_verdict_word(verdict, i);
        data->starts[i] = record->info.text_start + word->text_start;
        data->lengths[i] = word->text_length;
        data->starts_s[i] = word->audio_start_s;
        data->ends_s[i] = word->audio_end_s;
    }
    data->clip.word_starts = data->starts;
    data->clip.word_lengths = data->lengths;
    data->clip.word_starts_s = data->starts_s;
    data->clip.word_ends_s = data->ends_s;
    data->clip.word_count = count;
    return 0;
}

/* NULL: none, as it failed or halves or silence are in its place. */
static ttss_candidate *take_of(const ttss_record *record) {
    return record->info.selected < record->candidates.count
               ? &record->candidates.items[record->info.selected]
               : NULL;
}

static int32_t clip_fill(ttss_clip_data *data, const ttss_record *record,
                         const ttsslice_audio *audio, ttsslice_error *err) {
    const ttss_candidate *take = take_of(record);
    *data = (ttss_clip_data){.clip = TTSSLICE_CLIP_INIT};
    data->clip.audio = ttsslice_audio_ref((ttsslice_audio *)(uintptr_t)audio);
    data->clip.chunk = record->info.index;
    data->clip.text = record->text;
    data->clip.text_start = record->info.text_start;
    data->clip.text_length = record->info.text_length;
    data->clip.break_after = record->info.break_after;
    data->clip.pause_ms = record->pause_ms;
    data->clip.passed = record->info.passed;
    data->clip.score = record->info.score;
    return take ? clip_words(data, record, take->verdict, err) : 0;
}

/* Separate clips: OUT-0001.wav and so on, numbered like the chunks, from 1; halves are
 * OUT-0001a.wav and OUT-0001b.wav. */
static int32_t save_clip(const ttss_output *output, const ttss_record *record,
                         const ttsslice_clip *clip, ttsslice_error *err) {
    char suffix[64];
    snprintf(suffix, sizeof suffix, "-%04lld%s%.16s", (long long)clip->chunk + 1,
             record->parent ? (record->part ? "b" : "a") : "", extension_of(output->path));
    char *path = ttss_path_beside(output->path, suffix);
    int32_t code = path ? ttsslice_audio_save(clip->audio, path, err) : ttss_nomem(err);
    free(path);
    return code;
}

static int32_t pass_on(ttss_output *output, const ttss_record *record, const ttsslice_audio *audio,
                       ttsslice_error *err) {
    ttss_clip_data data = {0};
    int32_t code = clip_fill(&data, record, audio, err);
    if (!code && output->run->plan.concat == TTSSLICE_PLACE_LOCAL)
        code = ttsslice_concat_add(output->concat, &data.clip, err);
    else if (!code && output->run->plan.concat == TTSSLICE_PLACE_OFF)
        code = save_clip(output, record, &data.clip, err);
    else if (!code && !ttss_grow((void **)&output->clips, &output->clip_capacity,
                                 output->clip_count + 1, sizeof *output->clips))
        code = ttss_nomem(err);
    else if (!code) {
        output->clips[output->clip_count++] = data;
        return 0;
    }
    clip_free(&data);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, record->info.index) : 0;
}

/* Where takes cannot be resampled, one of another rate fails its chunk and not the run. */
static int32_t check_rate(ttss_output *output, ttss_record *record, const ttss_record *taken,
                          ttsslice_error *err) {
    const int32_t rate = ttsslice_audio_sample_rate(take_of(taken)->audio);
    if (output->run->plan.concat != TTSSLICE_PLACE_LOCAL || ttsslice_feature_supported("soxr"))
        return 0;
    if (!output->sample_rate)
        output->sample_rate =
            output->run->concat.sample_rate ? output->run->concat.sample_rate : rate;
    if (rate == output->sample_rate)
        return 0;
    char message[160];
    snprintf(
        message, sizeof message,
        "the take has %d Hz and the others %d Hz, and this build has no libsoxr; make all takes "
        "alike",
        (int)rate, (int)output->sample_rate);
    record->info.part_count = 0;
    return ttss_record_fail(record, TTSSLICE_ERR_AUDIO, record->info.http_status, message, err);
}

static void note_format(ttss_output *output, const ttsslice_audio *audio) {
    output->like_rate = ttsslice_audio_sample_rate(audio);
    output->like_channels = ttsslice_audio_channels(audio);
}

static void give_back(ttss_record *record) {
    for (size_t i = 0; i < record->candidates.count; i++) {
        ttsslice_audio_unref(record->candidates.items[i].audio);
        record->candidates.items[i].audio = NULL;
    }
}

/* The take of a chunk or a half. */
static int32_t pass_take(ttss_output *output, ttss_record *record, ttsslice_error *err) {
    const ttsslice_audio *audio = take_of(record)->audio;
    note_format(output, audio);
    int32_t code = pass_on(output, record, audio, err);
    give_back(record);
    return code;
}

static int32_t pass_halves(ttss_output *output, ttss_record *record, ttsslice_error *err) {
    int32_t code = 0;
    for (size_t i = 0; i < TTSS_PARTS && !code; i++)
        code = check_rate(output, record, &record->parts[i], err);
    for (size_t i = 0; i < record->info.part_count && !code; i++)
        code = pass_take(output, &record->parts[i], err);
    return code;
}

/* A take that waits: of this chunk, or of one further on. */
static const ttsslice_audio *some_audio(const ttss_output *output, const ttsslice_result *result) {
    for (size_t i = output->next; i < result->count; i++) {
        const ttss_candidates *list = &result->records[i].candidates;
        for (size_t j = 0; j < list->count; j++)
            if (list->items[j].audio)
                return list->items[j].audio;
    }
    return NULL;
}

/* In the format of the last take that left, or where none has yet, of one that follows. Until there
 * is one the silence waits. */
static int32_t pass_silence(ttss_output *output, const ttsslice_result *result, ttss_record *record,
                            bool *waits, ttsslice_error *err) {
    const ttsslice_audio *other = output->like_rate ? NULL : some_audio(output, result);
    ttsslice_audio *silence = NULL;
    if (other)
        note_format(output, other);
    *waits = !output->like_rate;
    if (*waits)
        return 0;
    int32_t code =
        ttss_silence_new(record->text, output->like_rate, output->like_channels, &silence, err);
    if (!code)
        code = pass_on(output, record, silence, err);
    ttsslice_audio_unref(silence);
    give_back(record);
    return code;
}

static int32_t pass_chunk(ttss_output *output, const ttsslice_result *result, ttss_record *record,
                          bool *waits, ttsslice_error *err) {
    if (record->info.part_count)
        return pass_halves(output, record, err);
    if (record->silenced)
        return pass_silence(output, result, record, waits, err);
    if (!take_of(record))
        return 0;
    int32_t code = check_rate(output, record, record, err);
    return code || !take_of(record) ? code : pass_take(output, record, err);
}

int32_t ttss_output_flush(ttss_output *output, ttsslice_result *result, ttsslice_error *err) {
    while (output->next < result->count && result->records[output->next].done) {
        bool waits = false;
        int32_t code = pass_chunk(output, result, &result->records[output->next], &waits, err);
        if (code || waits)
            return code;
        output->next++;
    }
    return 0;
}

static int32_t close_host(ttss_output *output, ttsslice_timeline **timeline, ttsslice_error *err) {
    const ttsslice_clip **clips = ttss_new_array(output->clip_count, sizeof *clips);
    if (!clips)
        return ttss_nomem(err);
    for (size_t i = 0; i < output->clip_count; i++)
        clips[i] = &output->clips[i].clip;
    int32_t code = output->run->host.concat(clips, output->clip_count, output->path, timeline, err,
                                            output->run->host.user_data);
    free(clips);
    return code;
}

int32_t ttss_output_close(ttss_output *output, ttsslice_timeline **timeline, ttsslice_error *err) {
    int32_t code = 0;
    if (output->run->plan.concat == TTSSLICE_PLACE_LOCAL) {
        ttsslice_concat *concat = output->concat;
        output->concat = NULL;
        code = ttsslice_concat_close(concat, timeline, err);
    } else if (output->run->plan.concat == TTSSLICE_PLACE_HOST) {
        code = close_host(output, timeline, err);
    }
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_CONCAT, -1) : 0;
}

void ttss_output_abort(ttss_output *output) {
    ttsslice_concat_abort(output->concat);
    output->concat = NULL;
    for (size_t i = 0; i < output->clip_count; i++)
        clip_free(&output->clips[i]);
    free(output->clips);
    output->clips = NULL;
    output->clip_count = 0;
}
