/* SPDX-License-Identifier: MIT */
/* The embedded transcriber "sphinx": PocketSphinx, recognising against the text (text_model.c). A
 * call has a decoder from the pool for itself (listen_pool.c), so nothing is shared between calls
 * but the dictionary, which does not change. The libraries keep no other state: dither, their one
 * use of a common random number generator, is off, and their log is switched off once. */
#include "engine/engine.h"

#include "base/error.h"
#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "engine/listen.h"

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if TTSS_HAVE_SPHINX

#include "engine/listen_pool.h"
#include "engine/scratch_file.h"

#include <unistd.h>

#define FRAMES_PER_S 100.0

/* Shorter audio has no word in it, and the decoder needs some frames around each. */
#define LEAST_SAMPLES ((size_t)TTSS_LISTEN_RATE / 10)

typedef struct sphinx {
    ttss_dictionary *dictionary;
    char *acoustic_model; /* folder */
    ttss_decoder_pool *decoders;
} sphinx;

typedef struct heard {
    const char **words;
    double *starts_s;
    double *ends_s;
    double *confidences;
    size_t count;
    size_t room[4];
} heard;

/* --- collecting ------------------------------------------------------------------------------- */

static void heard_free(heard *h) {
    free(h->words);
    free(h->starts_s);
    free(h->ends_s);
    free(h->confidences);
}

static bool heard_add(heard *h, const char *word, double start_s, double end_s, double confidence) {
    size_t n = h->count + 1;
    if (!ttss_grow((void **)&h->words, &h->room[0], n, sizeof *h->words) ||
        !ttss_grow((void **)&h->starts_s, &h->room[1], n, sizeof *h->starts_s) ||
        !ttss_grow((void **)&h->ends_s, &h->room[2], n, sizeof *h->ends_s) ||
        !ttss_grow((void **)&h->confidences, &h->room[3], n, sizeof *h->confidences))
        return false;
    h->words[h->count] = word;
    h->starts_s[h->count] = start_s;
    h->ends_s[h->count] = end_s;
    h->confidences[h->count] = confidence;
    h->count = n;
    return true;
}

static bool collect(ps_decoder_t *decoder, const ttss_text_model *model, double offset_s,
                    heard *h) {
    logmath_t *logs = ps_get_logmath(decoder);
    for (ps_seg_t *seg = ps_seg_iter(decoder); seg; seg = ps_seg_next(seg)) {
        const char *word = ttss_text_model_word(model, ps_seg_word(seg));
        if (!word)
            continue;
        int first = 0, last = 0;
        ps_seg_frames(seg, &first, &last);
        double posterior = logmath_exp(logs, ps_seg_prob(seg, NULL, NULL, NULL));
        if (!heard_add(h, word, offset_s + first / FRAMES_PER_S,
                       offset_s + (last + 1) / FRAMES_PER_S, fmin(posterior, 1.0))) {
            ps_seg_free(seg);
            return false;
        }
    }
    return true;
}

/* --- decoding --------------------------------------------------------------------------------- */

static int32_t decode_piece(ps_decoder_t *decoder, const int16_t *samples, size_t count,
                            const ttss_text_model *model, double offset_s, heard *h,
                            ttsslice_error *err) {
    if (count < LEAST_SAMPLES || !ttss_piece_audible(samples, count))
        return 0;
    if (ps_start_utt(decoder) < 0 || ps_process_raw(decoder, samples, count, FALSE, TRUE) < 0 ||
        ps_end_utt(decoder) < 0)
        return ttss_fail(err, TTSSLICE_ERR_ENGINE,
                         "pocketsphinx could not decode the audio; try another transcriber");
    return collect(decoder, model, offset_s, h) ? 0 : ttss_nomem(err);
}

/* One piece with the model of `words`. */
static int32_t listen(const sphinx *self, const ttss_words *words, bool whole,
                      const int16_t *samples, size_t count, double offset_s, heard *h,
                      ttsslice_error *err) {
    ttss_scratch_file dictionary = {.fd = -1}, grammar = {.fd = -1};
    ttss_text_model model = {0};
    ps_decoder_t *decoder = NULL;
    int32_t ret = ttss_text_model_make(&model, self->dictionary, words, whole, err);
    if (ret || !model.word_count)
        goto out;
    ret = ttss_scratch_write(&dictionary, model.dictionary.data, model.dictionary.length, err);
    if (!ret)
        ret = ttss_scratch_write(&grammar, model.grammar.data, model.grammar.length, err);
    if (ret)
        goto out;
    decoder = ttss_decoder_take(self->decoders, dictionary.path, grammar.path);
    if (!decoder)
        ret = ttss_fail(err, TTSSLICE_ERR_ENGINE,
                        "pocketsphinx does not take the model in %s; install pocketsphinx-en-us",
                        self->acoustic_model);
    else
        ret = decode_piece(decoder, samples, count, &model, offset_s, h, err);
out:
    ttss_decoder_give_back(self->decoders, decoder);
    ttss_scratch_close(&grammar);
    ttss_scratch_close(&dictionary);
    ttss_text_model_free(&model);
    return ret;
}

/* A piece of long audio: first with the words around the place where it should be, and if what is
 * heard does not fit there, once more with the whole text. */
static int32_t listen_around(const sphinx *self, const ttss_words *words, size_t *position,
                             const int16_t *samples, size_t count, double offset_s, heard *h,
                             ttsslice_error *err) {
    ttss_words view = ttss_window_at(words, *position, (double)count / TTSS_LISTEN_RATE);
    size_t before = h->count, end = 0;
    bool found = false;
    int32_t ret = listen(self, &view, false, samples, count, offset_s, h, err);
    if (!ret)
        ret = ttss_window_follow(&view, h->words + before, h->count - before, &found, &end, err);
    if (!ret && !found) {
        h->count = before;
        view = *words;
        ret = listen(self, &view, false, samples, count, offset_s, h, err);
        if (!ret)
            ret =
                ttss_window_follow(&view, h->words + before, h->count - before, &found, &end, err);
    }
    if (!ret && found && end > 0)
        *position = (size_t)(view.tokens - words->tokens) + end;
    return ret;
}

static int32_t listen_through(const sphinx *self, const ttss_words *words, const int16_t *samples,
                              size_t count, heard *h, ttsslice_error *err) {
    size_t position = 0;
    int32_t ret = 0;
    if (ttss_piece_length(samples, count) == count)
        return listen(self, words, true, samples, count, 0.0, h, err);
    for (size_t at = 0; at < count && !ret;) {
        size_t piece = ttss_piece_length(samples + at, count - at);
        ret = listen_around(self, words, &position, samples + at, piece,
                            (double)at / TTSS_LISTEN_RATE, h, err);
        at += piece;
    }
    return ret;
}

static int32_t sphinx_transcribe(void *self, const ttsslice_audio *audio, const char *text,
                                 const char *language, const ttss_stop *stop,
                                 ttsslice_transcript **out, ttsslice_error *err) {
    (void)stop;
    if (!ttss_is_language(language, "en"))
        return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                         "sphinx understands \"en\" and not \"%s\"; use another transcriber",
                         language);
    ttss_words words = {0};
    heard h = {0};
    size_t count = 0;
    int16_t *samples = NULL;
    int32_t ret = ttss_listen_samples(audio, &samples, &count, err);
    if (!ret)
        ret = ttss_words_read(&words, text, strlen(text), language, err);
    if (!ret)
        ret = listen_through(self, &words, samples, count, &h, err);
    if (!ret)
        ret = ttsslice_transcript_new(NULL, h.words, h.starts_s, h.ends_s, h.confidences, h.count,
                                      out, err);
    heard_free(&h);
    ttss_words_free(&words);
    free(samples);
    return ret;
}

static void sphinx_destroy(void *self) {
    sphinx *s = self;
    if (!s)
        return;
    ttss_decoder_pool_free(s->decoders);
    ttss_dictionary_free(s->dictionary);
    free(s->acoustic_model);
    free(s);
}

static const ttss_transcriber_ops sphinx_ops = {"sphinx", sphinx_transcribe, sphinx_destroy, NULL};

/* --- model folder ----------------------------------------------------------------------------- */

static char *join(const char *folder, const char *name) {
    ttss_buf path;
    ttss_buf_init(&path, 65536);
    ttss_buf_printf(&path, "%s/%s", folder, name);
    return ttss_buf_take(&path);
}

/* The decoder ends the program if one of these is missing, so look before. */
static int32_t check_model(const char *folder, ttsslice_error *err) {
    static const char *const needed[] = {"cmudict-en-us.dict",
                                         "en-us/feat.params",
                                         "en-us/mdef",
                                         "en-us/means",
                                         "en-us/noisedict",
                                         "en-us/sendump",
                                         "en-us/transition_matrices",
                                         "en-us/variances"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        char *path = join(folder, needed[i]);
        if (!path)
            return ttss_nomem(err);
        bool there = access(path, R_OK) == 0;
        free(path);
        if (!there)
            return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                             "there is no recogniser model in %s (%s cannot be read); install "
                             "pocketsphinx-en-us or set TTSSLICE_SPHINX_MODEL_DIR",
                             folder, needed[i]);
    }
    return 0;
}

static const char *choose_folder(const char *given) {
    if (given)
        return given;
    const char *set = getenv("TTSSLICE_SPHINX_MODEL_DIR");
    return set && *set ? set : TTSS_SPHINX_MODEL_DIR;
}

int32_t ttsslice_transcriber_new_sphinx(const char *model_dir, ttsslice_transcriber **out,
                                        ttsslice_error *err) {
    if (!out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "out is NULL; give a place for the transcriber");
    const char *folder = choose_folder(model_dir);
    int32_t ret = check_model(folder, err);
    if (ret)
        return ret;
    sphinx *self = ttss_new(sphinx);
    char *path = join(folder, "cmudict-en-us.dict");
    if (!self || !path) {
        ret = ttss_nomem(err);
        goto out;
    }
    self->acoustic_model = join(folder, "en-us");
    self->decoders = self->acoustic_model ? ttss_decoder_pool_new(self->acoustic_model) : NULL;
    ret = self->decoders ? ttss_dictionary_load(path, &self->dictionary, err) : ttss_nomem(err);
    if (ret)
        goto out;
    ret = ttss_transcriber_new(&sphinx_ops, self, NULL, out, err);
    self = NULL;
out:
    free(path);
    sphinx_destroy(self);
    return ret;
}

#else

int32_t ttsslice_transcriber_new_sphinx(const char *model_dir, ttsslice_transcriber **out,
                                        ttsslice_error *err) {
    (void)model_dir, (void)out;
    return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                     "this build has no pocketsphinx; install libpocketsphinx-dev and "
                     "pocketsphinx-en-us and build again");
}

#endif
