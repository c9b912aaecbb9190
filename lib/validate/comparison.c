/* SPDX-License-Identifier: MIT */
/* Comparing a text with a transcript; see comparison.h. The score is taken over the words of the
 * readings that the alignment chose; where both sides agree in another spelling ("firefly",
 * "fire fly"), both count as spelled in the text. */
#include "validate/comparison.h"

#include "base/error.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/words_alias.h"
#include "base/words_parts.h"
#include "validate/similarity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CUT_FROM  4000 /* bytes of words: shorter texts are compared at once, longer ones */
#define CUT_WORDS 64   /* in stretches of at least so many words */
#define CUT_AFTER 8    /* that end with so many in a row that agree */

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
                          const char *language, const ttss_aliases *aliases, ttsslice_error *err) {
    size_t count = ttsslice_transcript_word_count(transcript), *starts = NULL;
    c->heard = ttsslice_transcript_text(transcript);
    if (count) {
        starts = ttss_new_array(count, sizeof *starts);
        if (starts && !locate(c->heard, transcript, starts))
            c->heard = c->joined = join(transcript, starts);
        if (!starts || !c->heard) {
            free(starts);
            return ttss_nomem(err);
        }
    }
    int32_t ret = ttss_words_read(&c->heard_words, c->heard, strlen(c->heard), language, err);
    if (!ret)
        ret = ttss_aliases_apply(aliases, &c->heard_words, err);
    if (!ret && count) {
        c->starts_s = ttss_new_array(2 * c->heard_words.token_count, sizeof *c->starts_s);
        if (c->starts_s) {
            c->ends_s = c->starts_s + c->heard_words.token_count;
            time_tokens(c, transcript, starts, count);
        } else {
            ret = ttss_nomem(err);
        }
    }
    free(starts);
    return ret;
}

double ttss_heard_start(const ttss_comparison *c, uint32_t token) {
    return c->starts_s ? c->starts_s[token] : (double)NAN;
}

double ttss_heard_end(const ttss_comparison *c, uint32_t token) {
    return c->ends_s ? c->ends_s[token] : (double)NAN;
}

/* --- score ---------------------------------------------------------------------------------- */

static bool ends_unspaced(const ttss_buf *buf) {
    return ttss_is_unspaced(ttss_utf8_next(buf->data, buf->length,
                                           &(size_t){ttss_utf8_previous(buf->data, buf->length)}));
}

static void add_word(ttss_buf *buf, const char *word, size_t length) {
    bool ascii = (unsigned char)word[0] < 0x80;
    if (buf->length && (ascii || !ttss_is_unspaced(ttss_utf8_next(word, length, &(size_t){0})) ||
                        !ends_unspaced(buf)))
        ttss_buf_add_char(buf, ' ');
    ttss_buf_add(buf, word, length);
}

void ttss_add_part(ttss_buf *buf, const ttss_words *words, const ttss_part *part) {
    for (size_t i = 0; i < part->count; i++) {
        size_t length = 0;
        const char *word = ttss_words_span(words, part->words[i], 1, &length);
        add_word(buf, word, length);
    }
}

/* One side of a stretch that is compared in characters. Words that lie one behind the other in a
 * pool are taken at once, with the NUL between them for a space; where a script has no spaces they
 * are put together one by one. */
typedef struct strand {
    ttss_buf buf;
    const char *first, *end; /* words still to be added, in a pool */
    bool one_by_one;
} strand;

static void flush(strand *s) {
    if (s->first != s->end)
        ttss_buf_add(&s->buf, s->first, (size_t)(s->end - s->first));
    s->first = s->end = NULL;
}

static void add_words(strand *s, const ttss_words *words, const ttss_part *part) {
    if (s->one_by_one) {
        ttss_add_part(&s->buf, words, part);
        return;
    }
    for (size_t i = 0; i < part->count; i++) {
        size_t length = 0;
        const char *word = ttss_words_span(words, part->words[i], 1, &length);
        if (word != s->end) {
            flush(s);
            s->first = word;
        }
        s->end = word + length + 1;
    }
}

typedef struct scorer {
    strand text, heard;
    size_t reach; /* bytes of words that differ: a cheapest way goes no further aside */
    size_t common, total;
} scorer;

static bool compare_stretch(scorer *s) {
    size_t common = 0, total = 0;
    flush(&s->text);
    flush(&s->heard);
    bool done = !s->text.buf.failed && !s->heard.buf.failed &&
                ttss_common_characters(s->text.buf.data, s->text.buf.length, s->heard.buf.data,
                                       s->heard.buf.length, s->reach, &common, &total);
    s->common += common;
    s->total += total;
    s->text.buf.length = s->heard.buf.length = s->reach = 0;
    return done;
}

static size_t part_bytes(const ttss_words *words, const ttss_part *part) {
    size_t sum = 0, length = 0;
    for (size_t i = 0; i < part->count; i++, sum += length + 1)
        ttss_words_span(words, part->words[i], 1, &length);
    return sum;
}

/* Long texts are cut where many words in a row agree: the number of steps grows with the square
 * of what is compared at once, and no character further away could agree better. */
static bool score_steps(const ttss_comparison *c, scorer *s) {
    size_t agreeing = 0, since = 0;
    bool long_text = c->text_words.pool_length > CUT_FROM;
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_step *step = &c->alignment.steps[i];
        bool hit = step->kind == TTSS_STEP_HIT;
        add_words(&s->text, &c->text_words, &step->text);
        add_words(&s->heard, hit ? &c->text_words : &c->heard_words,
                  hit ? &step->text : &step->heard);
        if (!hit)
            s->reach += part_bytes(&c->text_words, &step->text) +
                        part_bytes(&c->heard_words, &step->heard) + 2;
        agreeing = hit ? agreeing + 1 : 0;
        if (!long_text || ++since < CUT_WORDS || agreeing < CUT_AFTER)
            continue;
        agreeing = since = 0;
        if (!compare_stretch(s))
            return false;
    }
    return compare_stretch(s);
}

static unsigned char highest_byte(const ttss_words *words) {
    unsigned char highest = 0;
    for (size_t i = 0; i < words->pool_length; i++) {
        unsigned char c = (unsigned char)words->pool[i];
        highest = c > highest ? c : highest;
    }
    return highest;
}

/* Scripts without spaces begin at U+0E01, the first character with three bytes at U+0800. */
static bool is_spaced(const ttss_words *words) {
    return highest_byte(words) < 0xE0;
}

/* Most texts are compared at once and grow little by folding. */
static bool reserve(ttss_buf *buf, const ttss_words *words) {
    ttss_buf_init(buf, SIZE_MAX / 2);
    return ttss_grow((void **)&buf->data, &buf->capacity, words->pool_length + 16, 1);
}

static int32_t score(ttss_comparison *c, ttsslice_error *err) {
    scorer s = {0};
    const ttsslice_verdict_info *n = &c->counts;
    c->counts.score = 100.0;
    if (n->substitutions + n->deletions + n->insertions == 0)
        return 0;
    s.text.one_by_one = s.heard.one_by_one =
        !is_spaced(&c->text_words) || !is_spaced(&c->heard_words);
    if (!reserve(&s.text.buf, &c->text_words) || !reserve(&s.heard.buf, &c->heard_words) ||
        !score_steps(c, &s)) {
        ttss_buf_free(&s.text.buf);
        ttss_buf_free(&s.heard.buf);
        return ttss_nomem(err);
    }
    if (!s.text.one_by_one) { /* what stands behind the last words */
        s.total -= (n->text_words > 0) + (n->heard_words > 0);
        s.common -= n->text_words > 0 && n->heard_words > 0;
    }
    if (s.total)
        c->counts.score = 200.0 * (double)s.common / (double)s.total;
    ttss_buf_free(&s.text.buf);
    ttss_buf_free(&s.heard.buf);
    return 0;
}

/* --- characters that differ ------------------------------------------------------------------ */

/* The edits of one run of steps that do not agree. A word left out takes a space with it. */
static bool edit_run(const ttss_comparison *c, size_t first, size_t end, ttss_buf *text,
                     ttss_buf *heard, size_t *sum) {
    size_t edits = 0;
    text->length = heard->length = 0;
    for (size_t i = first; i < end; i++) {
        ttss_add_part(text, &c->text_words, &c->alignment.steps[i].text);
        ttss_add_part(heard, &c->heard_words, &c->alignment.steps[i].heard);
    }
    if (text->failed || heard->failed)
        return false;
    if (text->length && heard->length) {
        if (!ttss_edit_characters(text->data, text->length, heard->data, heard->length, &edits))
            return false;
    } else {
        const ttss_buf *alone = text->length ? text : heard;
        edits = ttss_utf8_count(alone->data, alone->length) + !ends_unspaced(alone);
    }
    *sum += edits;
    return true;
}

static size_t count_characters(const ttss_comparison *c) {
    size_t sum = 0;
    bool spaced = false, ascii = highest_byte(&c->text_words) < 0x80;
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_part *part = &c->alignment.steps[i].text;
        for (size_t k = 0; k < part->count; k++) {
            size_t length = 0;
            const char *word = ttss_words_span(&c->text_words, part->words[k], 1, &length);
            spaced = ascii || (unsigned char)word[0] < 0x80 ||
                     !ttss_is_unspaced(ttss_utf8_next(word, length, &(size_t){0}));
            sum += (ascii ? length : ttss_utf8_count(word, length)) + spaced;
        }
    }
    return sum - spaced; /* there is none at the end */
}

static bool count_edits(ttss_comparison *c) {
    const ttss_step *steps = c->alignment.steps;
    const ttsslice_verdict_info *n = &c->counts;
    ttss_buf text, heard;
    size_t sum = 0, characters = count_characters(c);
    bool done = true;
    ttss_buf_init(&text, SIZE_MAX / 2);
    ttss_buf_init(&heard, SIZE_MAX / 2);
    for (size_t i = 0; i < c->alignment.count && done;) {
        size_t end = i;
        while (end < c->alignment.count && steps[end].kind != TTSS_STEP_HIT)
            end++;
        done = end == i || edit_run(c, i, end, &text, &heard, &sum);
        i = end + (end == i);
    }
    sum -= sum && (n->text_words == 0 || n->heard_words == 0); /* there was no space */
    c->counts.cer = (double)sum / (double)(characters ? characters : 1);
    ttss_buf_free(&text);
    ttss_buf_free(&heard);
    return done;
}

/* Word error rate as in jiwer 4: with no words in the text, the number of words heard. */
static void count_steps(ttss_comparison *c) {
    ttsslice_verdict_info *n = &c->counts;
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_step *step = &c->alignment.steps[i];
        int64_t said = step->text.count;
        n->text_words += said;
        n->heard_words += step->heard.count;
        n->hits += step->kind == TTSS_STEP_HIT ? said : 0;
        n->substitutions += step->kind == TTSS_STEP_SUBSTITUTION;
        n->deletions += step->kind == TTSS_STEP_DELETION;
        n->insertions += step->kind == TTSS_STEP_INSERTION;
    }
    int64_t errors = n->substitutions + n->deletions + n->insertions;
    n->wer = (double)errors / (double)(n->text_words ? n->text_words : 1);
    n->mer = errors ? (double)errors / (double)(n->hits + errors) : 0.0;
    for (size_t t = 0; t < c->text_words.token_count; t++) {
        size_t pos = c->text_words.tokens[t].start;
        if ((unsigned char)c->text[pos] >= 0x80)
            c->unspaced += ttss_is_unspaced(ttss_utf8_next(c->text, c->text_length, &pos));
    }
}

static int32_t read_sides(ttss_comparison *c, const ttsslice_transcript *transcript,
                          const char *aliases, ttsslice_error *err) {
    ttss_aliases read;
    int32_t ret = ttss_aliases_read(&read, aliases, c->language, err);
    if (!ret)
        ret = ttss_words_read(&c->text_words, c->text, c->text_length, c->language, err);
    if (!ret)
        ret = ttss_aliases_apply(&read, &c->text_words, err);
    if (!ret)
        ret = read_heard(c, transcript, c->language, &read, err);
    ttss_aliases_free(&read);
    return ret;
}

int32_t ttss_compare(ttss_comparison *out, const char *text, size_t length,
                     const ttsslice_transcript *transcript, const char *language,
                     const char *aliases, ttsslice_error *err) {
    ttss_comparison c = {.text = text, .text_length = length, .language = language};
    int32_t ret = read_sides(&c, transcript, aliases, err);
    if (!ret && !ttss_align(&c.alignment, &c.text_words, &c.heard_words,
                            ttss_is_language(language, "en"), &c.vocabulary))
        ret = ttss_nomem(err);
    if (!ret) {
        ttss_drop_fillers(&c);
        count_steps(&c);
        ret = score(&c, err);
    }
    if (!ret && c.counts.wer > 0.0 && !count_edits(&c))
        ret = ttss_nomem(err);
    if (ret)
        ttss_comparison_free(&c);
    else
        *out = c;
    return ret;
}

void ttss_comparison_free(ttss_comparison *comparison) {
    ttss_alignment_free(&comparison->alignment);
    ttss_vocabulary_free(&comparison->vocabulary);
    ttss_words_free(&comparison->text_words);
    ttss_words_free(&comparison->heard_words);
    free(comparison->joined);
    free(comparison->starts_s);
    *comparison = (ttss_comparison){0};
}
