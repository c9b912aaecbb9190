/* SPDX-License-Identifier: MIT */
/* The parts of the sphinx engine: the pronouncing dictionary, the model of a text, and audio cut
 * into pieces of 16 kHz mono. */
#ifndef TTSS_ENGINE_LISTEN_H
#define TTSS_ENGINE_LISTEN_H

#include <ttsslice/audio.h>

#include "base/buf.h"
#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>

/* --- dictionary ------------------------------------------------------------------------------- */

/* A dictionary file in memory with an index, immutable. */
typedef struct ttss_dictionary ttss_dictionary;

int32_t ttss_dictionary_load(const char *path, ttss_dictionary **out, ttsslice_error *err);
void ttss_dictionary_free(ttss_dictionary *dictionary);

/* Pronunciation number `index` of a word, as phones between spaces, not NUL-terminated; NULL if
 * there are not as many. */
const char *ttss_dictionary_find(const ttss_dictionary *dictionary, const char *word, size_t index,
                                 size_t *length);

/* Pronunciations of a folded word, one a line: from the dictionary, or else guessed. Nothing for a
 * word that has no Latin letter or digit. */
void ttss_pronounce(const ttss_dictionary *dictionary, const char *word, ttss_buf *out);

/* --- model of a text -------------------------------------------------------------------------- */

/* What the recogniser is to expect. In its files, words go by their number ("w17"), so no word can
 * clash with the files' syntax. */
typedef struct ttss_text_model {
    const char **words;  /* by number; borrowed from the ttss_words and static tables */
    size_t word_count;   /* 0: there is nothing to hear */
    ttss_buf dictionary; /* in the format of the recogniser */
    ttss_buf grammar;    /* ARPA bigrams */
} ttss_text_model;

/* whole: the audio begins and ends where the text does; otherwise anywhere. `words` outlives the
 * model. */
int32_t ttss_text_model_make(ttss_text_model *out, const ttss_dictionary *dictionary,
                             const ttss_words *words, bool whole, ttsslice_error *err);
void ttss_text_model_free(ttss_text_model *model); /* also of a zeroed struct */

/* The word behind a name of the recogniser, NULL for silence and noises. */
const char *ttss_text_model_word(const ttss_text_model *model, const char *name);

/* --- place in a long text --------------------------------------------------------------------- */

/* The tokens that may be heard in the next `seconds`, if token `position` comes next: a view into
 * `words`, which is not to be freed. */
ttss_words ttss_window_at(const ttss_words *words, size_t position, double seconds);

/* Follows what was heard in a view: *end is how many of its tokens lie before the place reached,
 * *found whether the words fit at all. */
int32_t ttss_window_follow(const ttss_words *view, const char *const *heard, size_t count,
                           bool *found, size_t *end, ttsslice_error *err);

/* --- audio ------------------------------------------------------------------------------------ */

#define TTSS_LISTEN_RATE 16000

/* All channels mixed to one, at 16 kHz; *samples is from malloc. */
int32_t ttss_listen_samples(const ttsslice_audio *audio, int16_t **samples, size_t *count,
                            ttsslice_error *err);

/* Length of the piece to recognise next: everything if that is short, else up to the quietest
 * place within bounds. */
size_t ttss_piece_length(const int16_t *samples, size_t count);

/* Whether a piece has a place that is loud enough to be speech. */
bool ttss_piece_audible(const int16_t *samples, size_t count);

#endif
