/* SPDX-License-Identifier: MIT */
/* Transcripts: the text that was heard and its words, immutable and reference-counted. All strings
 * lie in one block behind each other. */
#include <ttsslice/engine.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/word_time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ttsslice_transcript {
    ttss_refs refs;
    ttsslice_word *words;
    size_t word_count;
    char *words_pool; /* NUL-terminated words one after another */
    char *text;
};

static double value_at(const double *values, size_t index) {
    return values ? values[index] : NAN;
}

static int32_t check_values(const double *values, size_t count, const char *name,
                            ttsslice_error *err) {
    for (size_t i = 0; values && i < count; i++)
        if (isinf(values[i]))
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "%s of word %zu is infinite; give a number, or NaN if it is unknown",
                             name, i);
    return 0;
}

static int32_t copy_words(ttsslice_transcript *self, const char *const *words,
                          ttsslice_error *err) {
    ttss_buf pool;
    ttss_buf_init(&pool, SIZE_MAX / 2);
    for (size_t i = 0; i < self->word_count; i++) {
        size_t length = TTSSLICE_NUL_TERMINATED;
        int32_t ret = ttss_text_check(words[i], &length, err);
        if (ret) {
            ttss_buf_free(&pool);
            return ret;
        }
        ttss_buf_add(&pool, words[i], length + 1);
    }
    self->words_pool = ttss_buf_take(&pool);
    if (!self->words_pool)
        return ttss_nomem(err);
    const char *word = self->words_pool;
    for (size_t i = 0; i < self->word_count; i++) {
        self->words[i].text = word;
        word += strlen(word) + 1;
    }
    return 0;
}

static char *join_words(const ttsslice_transcript *self) {
    ttss_buf text;
    ttss_buf_init(&text, SIZE_MAX / 2);
    for (size_t i = 0; i < self->word_count; i++) {
        if (i)
            ttss_buf_add_char(&text, ' ');
        ttss_buf_add_text(&text, self->words[i].text);
    }
    return ttss_buf_take(&text);
}

static int32_t check(const char *text, const char *const *words, const double *starts_s,
                     const double *ends_s, const double *confidences, size_t word_count,
                     ttsslice_error *err) {
    if (word_count && !words)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "word_count is %zu and words is NULL; give the words or a count of 0",
                         word_count);
    for (size_t i = 0; i < word_count; i++)
        if (!words[i])
            return ttss_fail(err, TTSSLICE_ERR_INVALID, "word %zu is NULL; give a string", i);
    int32_t ret = check_values(starts_s, word_count, "start", err);
    if (!ret)
        ret = check_values(ends_s, word_count, "end", err);
    if (!ret)
        ret = check_values(confidences, word_count, "confidence", err);
    if (!ret && text) {
        size_t length = TTSSLICE_NUL_TERMINATED;
        ret = ttss_text_check(text, &length, err);
    }
    return ret;
}

int32_t ttsslice_transcript_new(const char *text, const char *const *words, const double *starts_s,
                                const double *ends_s, const double *confidences, size_t word_count,
                                ttsslice_transcript **out, ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "out is NULL; give a place for the transcript");
    int32_t ret = check(text, words, starts_s, ends_s, confidences, word_count, err);
    if (ret)
        return ret;

    ttsslice_transcript *self = ttss_new(ttsslice_transcript);
    if (!self)
        return ttss_nomem(err);
    ttss_refs_init(&self->refs);
    self->word_count = word_count;
    self->words = ttss_new_array(word_count, sizeof *self->words);
    if (!self->words) {
        ret = ttss_nomem(err);
        goto out;
    }
    ret = copy_words(self, words, err);
    if (ret)
        goto out;
    for (size_t i = 0; i < word_count; i++) {
        self->words[i].start_s = value_at(starts_s, i);
        self->words[i].end_s = value_at(ends_s, i);
        ttss_believe_times(&self->words[i].start_s, &self->words[i].end_s, (double)NAN);
        self->words[i].confidence = value_at(confidences, i);
    }
    self->text = text ? ttss_strdup(text) : join_words(self);
    if (!self->text) {
        ret = ttss_nomem(err);
        goto out;
    }
    *out = self;
    self = NULL;
out:
    ttsslice_transcript_unref(self);
    return ret;
}

const char *ttsslice_transcript_text(const ttsslice_transcript *transcript) {
    return transcript ? transcript->text : "";
}

size_t ttsslice_transcript_word_count(const ttsslice_transcript *transcript) {
    return transcript ? transcript->word_count : 0;
}

const ttsslice_word *ttsslice_transcript_word(const ttsslice_transcript *transcript, size_t index) {
    return transcript && index < transcript->word_count ? &transcript->words[index] : NULL;
}

ttsslice_transcript *ttsslice_transcript_ref(ttsslice_transcript *transcript) {
    if (transcript)
        ttss_refs_take(&transcript->refs);
    return transcript;
}

void ttsslice_transcript_unref(ttsslice_transcript *transcript) {
    if (!transcript || !ttss_refs_drop(&transcript->refs))
        return;
    free(transcript->words);
    free(transcript->words_pool);
    free(transcript->text);
    free(transcript);
}

int32_t ttsslice_transcript_save(const ttsslice_transcript *transcript, const char *path,
                                 ttsslice_error *err) {
    if (!transcript || !path)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no transcript or no path was given: pass both");
    ttss_buf line;
    ttss_buf_init(&line, SIZE_MAX);
    ttss_buf_add_text(&line, ttsslice_transcript_text(transcript));
    ttss_buf_add_char(&line, '\n');
    int32_t ret =
        line.failed ? ttss_nomem(err) : ttss_file_write(path, line.data, line.length, err);
    ttss_buf_free(&line);
    return ret;
}
