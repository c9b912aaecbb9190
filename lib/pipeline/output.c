/* SPDX-License-Identifier: MIT */
/* The end of the pipeline: joined here, saved one by one, or handed to the application. Takes come
 * in any order and leave in the order of the text, so that only those are held in memory that wait
 * for an earlier one. */
#include "pipeline/output.h"

#include "audio/encode.h"
#include "base/error.h"
#include "base/mem.h"

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

static int32_t clip_fill(ttss_clip_data *data, const ttss_record *record, ttsslice_error *err) {
    const ttss_candidate *take = &record->candidates.items[record->info.selected];
    *data = (ttss_clip_data){.clip = TTSSLICE_CLIP_INIT};
    data->clip.audio = ttsslice_audio_ref(take->audio);
    data->clip.chunk = record->info.index;
    data->clip.text = record->text;
    data->clip.text_start = record->info.text_start;
    data->clip.text_length = record->info.text_length;
    data->clip.break_after = record->info.break_after;
    data->clip.passed = record->info.passed;
    data->clip.score = record->info.score;
    return clip_words(data, record, take->verdict, err);
}

/* Separate clips: OUT-0001.wav and so on, numbered like the chunks, from 1. */
static int32_t save_clip(const ttss_output *output, const ttsslice_clip *clip,
                         ttsslice_error *err) {
    char suffix[64];
    snprintf(suffix, sizeof suffix, "-%04lld%.16s", (long long)clip->chunk + 1,
             extension_of(output->path));
    char *path = ttss_path_beside(output->path, suffix);
    int32_t code = path ? ttsslice_audio_save(clip->audio, path, err) : ttss_nomem(err);
    free(path);
    return code;
}

static int32_t pass_on(ttss_output *output, const ttss_record *record, ttsslice_error *err) {
    ttss_clip_data data = {0};
    int32_t code = clip_fill(&data, record, err);
    if (!code && output->run->plan.concat == TTSSLICE_PLACE_LOCAL)
        code = ttsslice_concat_add(output->concat, &data.clip, err);
    else if (!code && output->run->plan.concat == TTSSLICE_PLACE_OFF)
        code = save_clip(output, &data.clip, err);
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
static int32_t check_rate(ttss_output *output, ttss_record *record, ttsslice_error *err) {
    const ttsslice_audio *audio = record->candidates.items[record->info.selected].audio;
    const int32_t rate = ttsslice_audio_sample_rate(audio);
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
    return ttss_record_fail(record, TTSSLICE_ERR_AUDIO, record->info.http_status, message, err);
}

int32_t ttss_output_flush(ttss_output *output, ttsslice_result *result, ttsslice_error *err) {
    while (output->next < result->count && result->records[output->next].done) {
        ttss_record *record = &result->records[output->next];
        int32_t code = record->candidates.count > 0 ? check_rate(output, record, err) : 0;
        if (code)
            return code;
        if (record->candidates.count > 0) {
            code = pass_on(output, record, err);
            if (code)
                return code;
            ttss_candidate *take = &record->candidates.items[record->info.selected];
            ttsslice_audio_unref(take->audio);
            take->audio = NULL;
        }
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
