/* SPDX-License-Identifier: MIT */
/* The parts of the flite engine: text that flite can say, parameters of the voice over time, and
 * the vocoder that turns those into samples. */
#ifndef TTSS_ENGINE_SPEECH_H
#define TTSS_ENGINE_SPEECH_H

#include <ttsslice/error.h>

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* --- text ------------------------------------------------------------------------------------- */

/* Writes a valid UTF-8 text as ASCII that is read aloud in the same way: typographic signs in
 * their plain form, accents off, markup signs out. False if nothing is left to say; check
 * out->failed too. */
bool ttss_speakable(const char *text, size_t length, ttss_buf *out);

/* Appends the ASCII letters, digits and apostrophes that a text consists of, accents off. */
void ttss_add_plain(const char *text, size_t length, ttss_buf *out);

/* Length of the first utterance of a speakable text: up to a sentence end, of a size that keeps
 * the memory of a synthesis small. At least 1 for a text that is not empty. */
size_t ttss_utterance_length(const char *text, size_t length);

/* --- voice ------------------------------------------------------------------------------------ */

#define TTSS_BANDS 5  /* of the mixed excitation */
#define TTSS_TAPS  48 /* of a band's filter */
#define TTSS_ORDER 25 /* of the mel-cepstrum, the zeroth included */

/* One step of 5 ms. */
typedef struct ttss_voice_frame {
    double f0; /* Hz, 0: unvoiced */
    double cepstrum[TTSS_ORDER];
    double voicing[TTSS_BANDS]; /* share of pulses in each band, 0 to 1 */
} ttss_voice_frame;

typedef struct ttss_voice_track {
    ttss_voice_frame *frames;
    size_t count;
    size_t capacity;
    double bands[TTSS_BANDS][TTSS_TAPS]; /* impulse responses */
    double warp;                         /* all-pass constant of the cepstrum */
    double emphasis;                     /* of formants, 0: none */
    double gain;
    int32_t sample_rate;
    int32_t hop; /* samples per frame */
} ttss_voice_track;

void ttss_voice_track_free(ttss_voice_track *track); /* also of a zeroed struct */

/* Asks flite for the parameters of an ASCII text and puts them behind those in the track. pace:
 * 1 is the voice's own, larger is slower; pitch likewise a factor. Serialised inside. */
int32_t ttss_flite_track(const char *text, double pace, double pitch, ttss_voice_track *track,
                         ttsslice_error *err);

/* Appends flite's pronunciation of a lower-case ASCII word as phones of the recogniser ("HH AH L
 * OW"). False if it has none. Serialised inside. */
bool ttss_flite_pronounce(const char *word, ttss_buf *out);

/* --- vocoder ---------------------------------------------------------------------------------- */

/* Samples of a track, from malloc: (count - 1) * hop of them. NULL: out of memory. */
int16_t *ttss_vocode(const ttss_voice_track *track, size_t *count);

#endif
