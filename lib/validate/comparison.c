/* SPDX-License-Identifier: MIT */
/* Comparing a text with a transcript; see comparison.h. The score is taken over the words of the
 * readings that the alignment chose; where both sides agree in another spelling ("firefly",
 * "fire fly"), both count as spelled in the text. */
#include "validate/comparison.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/words_parts.h"
#include "validate/similarity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- what was heard, with times ------------------------------------------------------------- */

/* Where the words stand in the transcript's own text, if they are that text cut into pieces. */
static bool locate(const char *text, const ttsslice_transcript *transcript, size_t *starts) {
    size_t pos = 0, count = ttsslice_transcript_word_count(transcript);
    const size_t text_length = strlen(text);
    for (size_t i = 0; i < count; i++) {
        const char *word = ttsslice_transcript_word(transcript, i)->text;
        word += ttss_skip_space(word, 0, strlen(word));
        pos = ttss_skip_space(text, pos, text_length);
        size_t length = strlen(word);
        if (strncmp(text + pos, word, length) != 0)
            return false;
        starts[i] = pos;
        pos += length;
    }
    return ttss_skip_space(text, pos, text_length) == text_length;
}

static char *join(const ttsslice_transcript *transcript, size_t *starts) {
    ttss_buf buf;
    ttss_buf_init(&buf, SIZE_MAX / 2);
    ttss_buf_add_text(&buf, "");
    for (size_t i = 0; i < ttsslice_transcript_word_count(transcript); i++) {
        if (i)
            ttss_buf_add_char(&buf, ' ');
        starts[i] = buf.length;
        ttss_buf_add_text(&buf, ttsslice_transcript_word(transcript, i)->text);
    }
    char *text = ttss_buf_take(&buf);
    ttss_buf_free(&buf);
    return text;
}

/* A token begins with the word that holds its first byte and ends with that of its last one. */
static void time_tokens(ttss_comparison *c, const ttsslice_transcript *transcript,
                        const size_t *starts, size_t count) {
    size_t w = 0;
    for (size_t t = 0; t < c->heard_words.token_count; t++) {
        const ttss_token *token = &c->heard_words.tokens[t];
        c->starts_s[t] = c->ends_s[t] = (double)NAN;
        while (w + 1 < count && starts[w + 1] <= token->start)
            w++;
        if (w >= count)
            continue;
        c->starts_s[t] = ttsslice_transcript_word(transcript, w)->start_s;
        size_t last = w;
        while (last + 1 < count && starts[last + 1] < token->start + token->length)
            last++;
        c->ends_s[t] = ttsslice_transcript_word(transcript, last)->end_s;
    }
}

static int32_t read_heard(ttss_comparison *c, const ttsslice_transcript *transcript,
                          const char *language, ttsslice_error *err) {
    const char *text = ttsslice_transcript_text(transcript);
    size_t count = ttsslice_transcript_word_count(transcript);
    size_t *starts = ttss_new_array(count, sizeof *starts);
    int32_t ret = 0;

    if (!starts)
        return ttss_nomem(err);
    if (count == 0 || locate(text, transcript, starts))
        c->heard = ttss_strdup(text);
    else
        c->heard = join(transcript, starts);
    if (!c->heard) {
        ret = ttss_nomem(err);
        goto out;
    }
    c->heard_length = strlen(c->heard);
    ret = ttss_words_read(&c->heard_words, c->heard, c->heard_length, language, err);
    if (ret)
        goto out;
    c->starts_s = ttss_new_array(c->heard_words.token_count, sizeof *c->starts_s);
    c->ends_s = ttss_new_array(c->heard_words.token_count, sizeof *c->ends_s);
    if (!c->starts_s || !c->ends_s)
        ret = ttss_nomem(err);
    else
        time_tokens(c, transcript, starts, count);

out:
    free(starts);
    return ret;
}

/* --- score ---------------------------------------------------------------------------------- */

static bool ends_unspaced(const ttss_buf *buf) {
    return ttss_is_unspaced(ttss_utf8_next(buf->data, buf->length,
                                           &(size_t){ttss_utf8_previous(buf->data, buf->length)}));
}

static void add_word(ttss_buf *buf, const char *word) {
    uint32_t first = ttss_utf8_next(word, strlen(word), &(size_t){0});
    if (buf->length && !(ttss_is_unspaced(first) && ends_unspaced(buf)))
        ttss_buf_add_char(buf, ' ');
    ttss_buf_add_text(buf, word);
}

void ttss_add_edge_text(ttss_buf *buf, const ttss_edge *edge) {
    for (size_t i = 0; edge && i < edge->count && !buf->failed; i++)
        add_word(buf, edge->texts[i]);
}

static int32_t score(ttss_comparison *c, ttsslice_error *err) {
    ttss_buf text, heard;
    int32_t ret = 0;
    ttss_buf_init(&text, SIZE_MAX / 2);
    ttss_buf_init(&heard, SIZE_MAX / 2);
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_step *step = &c->alignment.steps[i];
        ttss_add_edge_text(&text, step->text);
        ttss_add_edge_text(&heard, step->kind == TTSS_STEP_HIT ? step->text : step->heard);
    }
    if (text.failed || heard.failed ||
        !ttss_similarity(text.data ? text.data : "", text.length, heard.data ? heard.data : "",
                         heard.length, &c->counts.score))
        ret = ttss_nomem(err);
    ttss_buf_free(&text);
    ttss_buf_free(&heard);
    return ret;
}

/* Word error rate as in jiwer 4: with no words in the text, the number of words heard. */
static void count_steps(ttss_comparison *c) {
    ttsslice_verdict_info *n = &c->counts;
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_step *step = &c->alignment.steps[i];
        int64_t said = step->text ? step->text->count : 0;
        n->text_words += said;
        n->heard_words += step->heard ? step->heard->count : 0;
        n->hits += step->kind == TTSS_STEP_HIT ? said : 0;
        n->substitutions += step->kind == TTSS_STEP_SUBSTITUTION;
        n->deletions += step->kind == TTSS_STEP_DELETION;
        n->insertions += step->kind == TTSS_STEP_INSERTION;
    }
    int64_t errors = n->substitutions + n->deletions + n->insertions;
    n->wer = (double)errors / (double)(n->text_words ? n->text_words : 1);
    for (size_t t = 0; t < c->text_words.token_count; t++) {
        size_t pos = c->text_words.tokens[t].start;
        c->unspaced += ttss_is_unspaced(ttss_utf8_next(c->text, c->text_length, &pos));
    }
}

int32_t ttss_compare(ttss_comparison *out, const char *text, size_t length,
                     const ttsslice_transcript *transcript, const char *language,
                     ttsslice_error *err) {
    ttss_comparison c = {.text = text, .text_length = length};
    int32_t ret = ttss_words_read(&c.text_words, text, length, language, err);
    if (!ret)
        ret = read_heard(&c, transcript, language, err);
    if (!ret && (!ttss_lattice_make(&c.text_lattice, &c.text_words, &c.heard_lattice,
                                    &c.heard_words, &c.vocabulary) ||
                 !ttss_align(&c.alignment, &c.text_lattice, &c.heard_lattice, &c.vocabulary)))
        ret = ttss_nomem(err);
    if (!ret) {
        count_steps(&c);
        ret = score(&c, err);
    }
    if (ret)
        ttss_comparison_free(&c);
    else
        *out = c;
    return ret;
}

void ttss_comparison_free(ttss_comparison *comparison) {
    ttss_alignment_free(&comparison->alignment);
    ttss_lattice_free(&comparison->text_lattice);
    ttss_lattice_free(&comparison->heard_lattice);
    ttss_vocabulary_free(&comparison->vocabulary);
    ttss_words_free(&comparison->text_words);
    ttss_words_free(&comparison->heard_words);
    free(comparison->heard);
    free(comparison->starts_s);
    free(comparison->ends_s);
    *comparison = (ttss_comparison){0};
}
