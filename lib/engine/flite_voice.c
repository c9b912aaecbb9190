/* SPDX-License-Identifier: MIT */
/* All calls into libflite: parameters of the voice slt for a text, and pronunciations of words.
 *
 * flite keeps a voice and a lexicon in static variables, its error exit is a global jump target,
 * and its vocoder draws from rand(). So one process-wide mutex serialises it, what a call sets is
 * set on its own utterance and never on the voice, and the synthesis is stopped before the vocoder
 * runs (see vocoder.c). */
#include "engine/speech.h"

#include "base/error.h"
#include "base/mem.h"

#include "config.h"

#if TTSS_HAVE_FLITE

#include <flite/flite.h>
#include <flite/cst_cg.h>
#include <flite/cst_error.h>

#include <pthread.h>
#include <setjmp.h>
#include <string.h>

cst_voice *register_cmu_us_slt(const char *voxdir);
cst_lexicon *cmulex_init(void);

/* Guards libflite itself, so it is one for the process. */
static pthread_mutex_t flite_mutex = PTHREAD_MUTEX_INITIALIZER;

static int stop_before_vocoder(const cst_wave *wave, int start, int size, int last,
                               cst_audio_streaming_info *info) {
    (void)wave, (void)start, (void)size, (void)last, (void)info;
    return CST_AUDIO_STREAM_STOP;
}

static bool looks_like_word(const char *name) {
    size_t length = strlen(name), capitals = 0;
    if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != length ||
        !strpbrk(name, "aeiouyAEIOUY"))
        return false;
    for (size_t i = 0; i < length; i++)
        capitals += name[i] >= 'A' && name[i] <= 'Z';
    return length > 3 && capitals < length;
}

/* flite spells what does not begin or end as English words do, so most Slavonic names. Its
 * letter-to-sound rules do better. */
static cst_val *token_to_words(cst_item *token) {
    const char *name = item_feat_string(token, "name");
    if (!looks_like_word(name)) {
        cst_voice *voice = register_cmu_us_slt(NULL);
        return val_itemfunc(feat_val(voice->features, "tokentowords_func"))(token);
    }
    char *word = cst_downcase(name);
    cst_val *words = cons_val(string_val(word), NULL);
    cst_free(word);
    return words;
}

static cst_utterance *run_models(const char *text, double pace, double pitch) {
    flite_init();
    cst_voice *voice = register_cmu_us_slt(NULL);
    if (!voice)
        return NULL;
    cst_audio_streaming_info *info = new_audio_streaming_info();
    info->asc = stop_before_vocoder;
    info->min_buffsize = -1; /* the first frame without a sample is already enough */
    cst_utterance *utterance = new_utterance();
    utt_set_input_text(utterance, text);
    feat_set_float(utterance->features, "duration_stretch", (float)pace);
    feat_set_float(utterance->features, "f0_shift", (float)pitch);
    feat_set(utterance->features, "tokentowords_func", itemfunc_val(token_to_words));
    feat_set(utterance->features, "streaming_info", audio_streaming_info_val(info));
    return flite_do_synth(utterance, voice, utt_synth);
}

static bool known_shape(const cst_cg_db *db, const cst_track *cepstra, const cst_track *voicing) {
    return db->ME_num == TTSS_BANDS && db->ME_order == TTSS_TAPS &&
           cepstra->num_channels == TTSS_ORDER + 1 && voicing->num_channels == TTSS_BANDS &&
           voicing->num_frames >= cepstra->num_frames && cepstra->num_frames >= 0 &&
           db->sample_rate > 0;
}

static void copy_constants(ttss_voice_track *track, const cst_cg_db *db) {
    for (int band = 0; band < TTSS_BANDS; band++)
        memcpy(track->bands[band], db->me_h[band], sizeof track->bands[band]);
    track->warp = (double)db->mlsa_alpha;
    track->emphasis = (double)db->mlsa_beta;
    track->gain = db->gain > 0.0F ? (double)db->gain : 1.0;
    track->sample_rate = db->sample_rate;
    track->hop = (int32_t)((double)db->frame_advance * db->sample_rate + 0.5);
}

static int32_t copy_frames(ttss_voice_track *track, const cst_track *cepstra,
                           const cst_track *voicing, ttsslice_error *err) {
    size_t more = (size_t)cepstra->num_frames;
    if (!ttss_grow((void **)&track->frames, &track->capacity, track->count + more,
                   sizeof *track->frames))
        return ttss_nomem(err);
    for (size_t t = 0; t < more; t++) {
        ttss_voice_frame *frame = &track->frames[track->count++];
        frame->f0 = (double)cepstra->frames[t][0];
        for (int i = 0; i < TTSS_ORDER; i++)
            frame->cepstrum[i] = (double)cepstra->frames[t][i + 1];
        for (int i = 0; i < TTSS_BANDS; i++)
            frame->voicing[i] = (double)voicing->frames[t][i];
    }
    return 0;
}

static int32_t take_parameters(cst_utterance *utterance, ttss_voice_track *track,
                               ttsslice_error *err) {
    cst_cg_db *db = val_cg_db(utt_feat_val(utterance, "cg_db"));
    const cst_val *voicing = utt_feat_val(utterance, "str_track");
    if (!voicing)
        return ttss_fail(err, TTSSLICE_ERR_ENGINE,
                         "flite's voice slt has no mixed excitation; install flite 2.1 or later");
    cst_track *cepstra = mlpg(val_track(utt_feat_val(utterance, "param_track")), db);
    int32_t ret = 0;
    if (known_shape(db, cepstra, val_track(voicing))) {
        copy_constants(track, db);
        ret = copy_frames(track, cepstra, val_track(voicing), err);
    } else {
        ret = ttss_fail(err, TTSSLICE_ERR_ENGINE,
                        "flite's voice slt is of another kind than expected; install flite 2.x");
    }
    delete_track(cepstra);
    return ret;
}

/* Runs under the mutex. flite's way to fail is a jump to cst_errjmp, or else exit(). What it had
 * allocated is lost then. */
static int32_t synthesise(const char *text, double pace, double pitch, ttss_voice_track *track,
                          ttsslice_error *err) {
    jmp_buf *outer = cst_errjmp;
    jmp_buf here;
    volatile int32_t ret = 0;
    if (setjmp(here) == 0) {
        cst_errjmp = &here;
        cst_utterance *utterance = run_models(text, pace, pitch);
        if (utterance) {
            ret = take_parameters(utterance, track, err);
            delete_utterance(utterance);
        } else {
            ret = ttss_fail(err, TTSSLICE_ERR_ENGINE, "flite could not read the text; reword it");
        }
    } else {
        ret = ttss_fail(err, TTSSLICE_ERR_ENGINE, "flite gave up on the text; reword it");
    }
    cst_errjmp = outer;
    return ret;
}

int32_t ttss_flite_track(const char *text, double pace, double pitch, ttss_voice_track *track,
                         ttsslice_error *err) {
    pthread_mutex_lock(&flite_mutex);
    int32_t ret = synthesise(text, pace, pitch, track, err);
    pthread_mutex_unlock(&flite_mutex);
    return ret;
}

/* flite's phones are those of the recogniser's dictionary in lower case with a stress digit, and
 * "ax" besides. */
static void add_phone(const char *phone, ttss_buf *out) {
    if (out->length && out->data[out->length - 1] != '\n')
        ttss_buf_add_char(out, ' ');
    if (!strncmp(phone, "ax", 2)) {
        ttss_buf_add_text(out, "AH");
        return;
    }
    for (const char *p = phone; (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'); p++)
        ttss_buf_add_char(out, *p >= 'a' ? (char)(*p - 'a' + 'A') : *p);
}

static void look_up(const char *word, ttss_buf *out) {
    jmp_buf *outer = cst_errjmp;
    jmp_buf here;
    if (setjmp(here) == 0) {
        cst_errjmp = &here;
        cst_val *phones = lex_lookup(cmulex_init(), word, NULL, NULL);
        for (const cst_val *p = phones; p; p = val_cdr(p))
            add_phone(val_string(val_car(p)), out);
        delete_val(phones);
    }
    cst_errjmp = outer;
}

bool ttss_flite_pronounce(const char *word, ttss_buf *out) {
    size_t before = out->length;
    pthread_mutex_lock(&flite_mutex);
    look_up(word, out);
    pthread_mutex_unlock(&flite_mutex);
    return out->length > before;
}

#else

int32_t ttss_flite_track(const char *text, double pace, double pitch, ttss_voice_track *track,
                         ttsslice_error *err) {
    (void)text, (void)pace, (void)pitch, (void)track;
    return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                     "this build has no flite; install flite1-dev and build again");
}

bool ttss_flite_pronounce(const char *word, ttss_buf *out) {
    (void)word, (void)out;
    return false;
}

#endif
