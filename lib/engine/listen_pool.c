/* SPDX-License-Identifier: MIT */
/* Decoders that are used again; see listen_pool.h. What a decoder keeps from one utterance to the
 * next must not show in what it hears:
 *
 * - The search, its look-ahead over phones and the dictionary are made anew for every text.
 * - The front end's estimate of noise begins anew with a stream.
 * - The means of the features are those of the utterance alone ("-cmn batch").
 * - The acoustic model remembers the best densities of the last frame, looks at them first in the
 *   next one, and so may order equal ones by it. Nothing resets that; so every decoder, a new one
 *   too, hears a short noise, always the same, ahead of every utterance. */
#include "config.h"

#if TTSS_HAVE_SPHINX

#include "engine/listen_pool.h"

#include "base/hash.h"
#include "base/mem.h"

#include <sphinxbase/err.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define IDLE_MAX      8    /* decoders kept; each holds some megabytes */
#define NOISE_SAMPLES 1600 /* eight frames */
#define NOISE_LEVEL   2000 /* of 32767 */
#define SEARCH        "text"

struct ttss_decoder_pool {
    pthread_mutex_t lock;
    ps_decoder_t *idle[IDLE_MAX];
    size_t idle_count;
    char *acoustic_model;
};

/* By default both libraries write to stderr, which a library must not. A callback that the
 * application has set stays. */
static void silence_log(void) {
    err_set_logfp(NULL);
}

ttss_decoder_pool *ttss_decoder_pool_new(const char *acoustic_model) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence_log);
    ttss_decoder_pool *pool = ttss_new(ttss_decoder_pool);
    char *folder = ttss_strdup(acoustic_model);
    if (!pool || !folder || pthread_mutex_init(&pool->lock, NULL) != 0) {
        free(folder);
        free(pool);
        return NULL;
    }
    pool->acoustic_model = folder;
    return pool;
}

void ttss_decoder_pool_free(ttss_decoder_pool *pool) {
    if (!pool)
        return;
    while (pool->idle_count)
        ps_free(pool->idle[--pool->idle_count]);
    pthread_mutex_destroy(&pool->lock);
    free(pool->acoustic_model);
    free(pool);
}

/* One pass: a second one hears no better with a grammar as narrow as this. Silence stays in, or
 * times would not be those of the audio. */
static ps_decoder_t *new_decoder(const char *acoustic_model, const char *dictionary,
                                 const char *grammar) {
    cmd_ln_t *config =
        cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", acoustic_model, "-dict", dictionary, "-lm",
                    grammar, "-lw", "6.5", "-fwdflat", "no", "-bestpath", "yes", "-remove_silence",
                    "no", "-remove_noise", "yes", "-dither", "no", "-cmn", "batch", NULL);
    if (!config)
        return NULL;
    ps_decoder_t *decoder = ps_init(config);
    cmd_ln_free_r(config);
    return decoder;
}

static bool hear_noise(ps_decoder_t *decoder) {
    int16_t noise[NOISE_SAMPLES];
    uint64_t state = 1;
    for (size_t i = 0; i < NOISE_SAMPLES; i++)
        noise[i] = (int16_t)((int)ttss_draw_below(&state, 2 * NOISE_LEVEL) - NOISE_LEVEL);
    return ps_start_stream(decoder) >= 0 && ps_start_utt(decoder) >= 0 &&
           ps_process_raw(decoder, noise, NOISE_SAMPLES, FALSE, TRUE) >= 0 &&
           ps_end_utt(decoder) >= 0;
}

/* The old search goes first, or it would be fitted to the new dictionary. */
static bool set_text(ps_decoder_t *decoder, const char *dictionary, const char *grammar) {
    const char *old = ps_get_search(decoder);
    return old && ps_unset_search(decoder, old) >= 0 &&
           ps_load_dict(decoder, dictionary, NULL, NULL) >= 0 &&
           ps_set_lm_file(decoder, SEARCH, grammar) >= 0 && ps_set_search(decoder, SEARCH) >= 0 &&
           ps_start_stream(decoder) >= 0;
}

ps_decoder_t *ttss_decoder_take(ttss_decoder_pool *pool, const char *dictionary,
                                const char *grammar) {
    ps_decoder_t *decoder = NULL;
    pthread_mutex_lock(&pool->lock);
    if (pool->idle_count)
        decoder = pool->idle[--pool->idle_count];
    pthread_mutex_unlock(&pool->lock);
    if (!decoder)
        decoder = new_decoder(pool->acoustic_model, dictionary, grammar);
    if (decoder && hear_noise(decoder) && set_text(decoder, dictionary, grammar))
        return decoder;
    if (decoder)
        ps_free(decoder);
    return NULL;
}

void ttss_decoder_give_back(ttss_decoder_pool *pool, ps_decoder_t *decoder) {
    if (!decoder)
        return;
    pthread_mutex_lock(&pool->lock);
    if (pool->idle_count < IDLE_MAX) {
        pool->idle[pool->idle_count++] = decoder;
        decoder = NULL;
    }
    pthread_mutex_unlock(&pool->lock);
    if (decoder)
        ps_free(decoder);
}

#endif
