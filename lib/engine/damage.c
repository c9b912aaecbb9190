/* SPDX-License-Identifier: MIT */
/* A generator that spoils a share of what another one says, so that tests and demonstrations can
 * count what the validator finds. Whether, how and where follows from the request's seed alone:
 * every plan spoils the same takes in the same way. What is spoiled is the text; the take is then
 * a flawless one of the wrong words. */
#include "engine/engine.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

/* Fewer words are only added to: a cut could leave nothing, or something hard to tell. */
#define SHORT_TEXT 6

#define TEXT_MAX ((size_t)16 * 1000 * 1000)

typedef struct damaged {
    ttsslice_generator *inner;
    double rate;
} damaged;

typedef struct spoiler {
    const char *text;
    size_t length;
    ttss_words words;
    uint64_t state;
    ttss_buf spoken;
    ttss_buf line;
} spoiler;

static const char *const foreign_words[] = {
    "marmalade", "helicopter", "crocodile",  "trombone", "cinnamon",   "volcano",   "umbrella",
    "kangaroo",  "spaghetti",  "accordion",  "penguin",  "chandelier", "avocado",   "submarine",
    "badminton", "chimney",    "peppermint", "gorilla",  "harmonica",  "telescope",
};
#define FOREIGN_COUNT (sizeof foreign_words / sizeof foreign_words[0])

/* Inclusive. */
static size_t draw_from(spoiler *s, size_t low, size_t high) {
    return low + ttss_draw_below(&s->state, high - low + 1);
}

static size_t word_start(const spoiler *s, size_t index) {
    return index < s->words.token_count ? s->words.tokens[index].start : s->length;
}

static void speak(spoiler *s, size_t from, size_t to) {
    ttss_buf_add(&s->spoken, s->text + from, to - from);
}

/* A run of words, quoted, on one line. */
static void quote_run(spoiler *s, const char *label, size_t first, size_t count) {
    const ttss_token *last = &s->words.tokens[first + count - 1];
    size_t from = word_start(s, first), to = last->start + last->length;
    ttss_buf_add_text(&s->line, label);
    ttss_buf_add_text(&s->line, ": \"");
    for (size_t i = from; i < to; i++)
        ttss_buf_add_char(&s->line, (unsigned char)s->text[i] < 0x20 ? ' ' : s->text[i]);
    ttss_buf_add_char(&s->line, '"');
}

static bool in_text(const spoiler *s, const char *word) {
    for (size_t i = 0; i < s->words.word_count; i++)
        if (!strcmp(s->words.words[i], word))
            return true;
    return false;
}

/* Different words that are not in the text, to be spoken and quoted. A text that holds nearly all
 * of them gets what there is. */
static void add_foreign(spoiler *s, const char *label, size_t count) {
    size_t at = ttss_draw_below(&s->state, FOREIGN_COUNT);
    size_t stride = 1 + 2 * ttss_draw_below(&s->state, 2); /* 1 and 3 have no divisor in 20 */
    size_t added = 0;
    ttss_buf_add_text(&s->line, label);
    ttss_buf_add_text(&s->line, " \"");
    for (size_t tried = 0; tried < FOREIGN_COUNT && added < count; tried++) {
        const char *word = foreign_words[(at + tried * stride) % FOREIGN_COUNT];
        bool enough_left = FOREIGN_COUNT - tried > count - added;
        if (in_text(s, word) && enough_left)
            continue;
        if (added++) {
            ttss_buf_add_char(&s->spoken, ' ');
            ttss_buf_add_char(&s->line, ' ');
        }
        ttss_buf_add_text(&s->spoken, word);
        ttss_buf_add_text(&s->line, word);
    }
    ttss_buf_add_char(&s->line, '"');
}

static void drop(spoiler *s) {
    size_t n = s->words.token_count;
    size_t count = draw_from(s, 2, n - 4 < 5 ? n - 4 : 5);
    size_t first = draw_from(s, 1, n - count - 1);
    speak(s, 0, word_start(s, first));
    speak(s, word_start(s, first + count), s->length);
    quote_run(s, "dropped", first, count);
}

static void repeat(spoiler *s) {
    size_t count = draw_from(s, 2, 4);
    size_t first = draw_from(s, 0, s->words.token_count - count - 1);
    speak(s, 0, word_start(s, first + count));
    speak(s, word_start(s, first), s->length);
    quote_run(s, "repeated", first, count);
}

static void replace(spoiler *s) {
    size_t n = s->words.token_count;
    size_t count = draw_from(s, 2, n - 4 < 4 ? n - 4 : 4);
    size_t first = draw_from(s, 1, n - count - 1);
    speak(s, 0, word_start(s, first));
    quote_run(s, "replaced", first, count);
    add_foreign(s, " by", count);
    ttss_buf_add_char(&s->spoken, ' ');
    speak(s, word_start(s, first + count), s->length);
}

static void cut_tail(spoiler *s) {
    size_t n = s->words.token_count;
    size_t count = draw_from(s, 2, n - 3 < 5 ? n - 3 : 5);
    const ttss_token *last = &s->words.tokens[n - count - 1];
    speak(s, 0, last->start + last->length);
    ttss_buf_add_char(&s->spoken, '.');
    quote_run(s, "cut off", n - count, count);
}

static void add_tail(spoiler *s) {
    speak(s, 0, s->length);
    ttss_buf_add_char(&s->spoken, ' ');
    add_foreign(s, "added:", draw_from(s, 3, 5));
    ttss_buf_add_char(&s->spoken, '.');
}

static void spoil(spoiler *s) {
    static void (*const kinds[])(spoiler *) = {drop, repeat, replace, cut_tail, add_tail};
    if (s->words.token_count < SHORT_TEXT)
        add_tail(s);
    else
        kinds[ttss_draw_below(&s->state, sizeof kinds / sizeof kinds[0])](s);
}

static int32_t generate_spoiled(damaged *d, const ttsslice_generate_request *request,
                                uint64_t state, const ttss_stop *stop, ttsslice_audio **out,
                                char **injected, ttsslice_error *err) {
    spoiler s = {.text = request->text, .length = strlen(request->text), .state = state};
    ttss_buf_init(&s.spoken, TEXT_MAX);
    ttss_buf_init(&s.line, TEXT_MAX);
    char *line = NULL;
    int32_t ret = ttss_words_read(&s.words, s.text, s.length, request->language, err);
    if (ret)
        goto out;
    spoil(&s);
    line = ttss_buf_take(&s.line);
    if (!line || s.spoken.failed) {
        ret = ttss_nomem(err);
        goto out;
    }
    ttsslice_generate_request other = *request;
    other.text = s.spoken.data;
    ret = ttss_generate(d->inner, &other, stop, out, NULL, err);
    if (ret)
        goto out;
    *injected = line;
    line = NULL;
out:
    free(line);
    ttss_words_free(&s.words);
    ttss_buf_free(&s.spoken);
    ttss_buf_free(&s.line);
    return ret;
}

static int32_t damaged_generate(void *self, const ttsslice_generate_request *request,
                                const ttss_stop *stop, ttsslice_audio **out, char **injected,
                                ttsslice_error *err) {
    damaged *d = self;
    /* Apart from the inner generator's draws, which begin at the seed itself. */
    uint64_t state = ttss_fnv_u64(TTSS_FNV_START, (uint64_t)request->seed);
    if (ttss_draw_unit(&state) >= d->rate)
        return ttss_generate(d->inner, request, stop, out, injected, err);
    return generate_spoiled(d, request, state, stop, out, injected, err);
}

static void damaged_destroy(void *self) {
    damaged *d = self;
    ttsslice_generator_unref(d->inner);
    free(d);
}

static int32_t damaged_check(void *self, ttss_buf *detail, ttsslice_error *err) {
    damaged *d = self;
    char *line = NULL;
    int32_t ret = ttsslice_generator_check(d->inner, &line, err);
    if (!ret)
        ttss_buf_add_text(detail, line);
    free(line);
    return ret;
}

static const ttss_generator_ops damaged_ops = {"damaged", damaged_generate, damaged_destroy,
                                               damaged_check};

int32_t ttsslice_generator_new_damaged(ttsslice_generator *inner, double rate,
                                       ttsslice_generator **out, ttsslice_error *err) {
    if (!inner || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one",
                         inner ? "out" : "inner");
    int32_t ret = ttss_check_range_f("rate", rate, 0.0, 1.0, err);
    if (ret)
        return ret;
    damaged *d = ttss_new(damaged);
    if (!d)
        return ttss_nomem(err);
    d->inner = ttsslice_generator_ref(inner);
    d->rate = rate;
    return ttss_generator_new(&damaged_ops, d, ttsslice_generator_name(inner), out, err);
}
