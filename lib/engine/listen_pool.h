/* SPDX-License-Identifier: MIT */
/* Decoders of PocketSphinx that are used again. To make one reads the acoustic model and fills
 * tables of logarithms, some 12 ms; to give one another text's words takes a quarter of that. */
#ifndef TTSS_ENGINE_LISTEN_POOL_H
#define TTSS_ENGINE_LISTEN_POOL_H

#include <pocketsphinx.h>

/* Any thread, several at once. */
typedef struct ttss_decoder_pool ttss_decoder_pool;

/* acoustic_model: a folder. NULL if there is no memory. */
ttss_decoder_pool *ttss_decoder_pool_new(const char *acoustic_model);
void ttss_decoder_pool_free(ttss_decoder_pool *pool); /* when all are back; NULL is taken */

/* A decoder with the words of these files, for one utterance; it hears the same whatever it heard
 * before. NULL if PocketSphinx does not take the acoustic model or the files. */
ps_decoder_t *ttss_decoder_take(ttss_decoder_pool *pool, const char *dictionary,
                                const char *grammar);
void ttss_decoder_give_back(ttss_decoder_pool *pool, ps_decoder_t *decoder); /* NULL is taken */

#endif
