/* SPDX-License-Identifier: MIT */
/* Defects that need no words: nothing to hear, samples at full scale, a length that no speech of
 * this text has. The bounds are wide; they catch broken takes, not odd voices. */
#include "validate/defects.h"

#include "base/num.h"
#include "base/utf8.h"
#include "base/words_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SILENT_DBFS        -60.0 /* no sample above */
#define NEARLY_SILENT_DBFS -50.0 /* no sample above, and no word heard */
#define CLIPPED_RUN        3     /* so many neighbouring samples at full scale are a clipped run */
#define CLIPPED_SHARE      0.005 /* of all samples */

/* Usual speech: 0.06 to 0.08 s a character. */
#define FASTEST_S       0.02
#define SLOWEST_S       0.35
#define SLOWEST_EXTRA_S 3.0
#define UNSPACED_WEIGHT 3 /* characters of Latin text that a Chinese one lasts */

typedef struct levels {
    int32_t peak;   /* 0 to 32768 */
    double clipped; /* share of the samples in runs at full scale */
} levels;

static levels measure(const ttsslice_audio *audio) {
    const int16_t *samples = ttsslice_audio_samples(audio);
    int64_t channels = ttsslice_audio_channels(audio);
    int64_t count = ttsslice_audio_frames(audio) * channels;
    levels found = {0, 0.0};
    int64_t clipped = 0;
    for (int64_t channel = 0; channel < channels; channel++) {
        int64_t run = 0;
        for (int64_t i = channel; i < count; i += channels) {
            int32_t level = samples[i] < 0 ? -(int32_t)samples[i] : samples[i];
            found.peak = level > found.peak ? level : found.peak;
            run = level >= INT16_MAX ? run + 1 : 0;
            clipped += run == CLIPPED_RUN ? CLIPPED_RUN : run > CLIPPED_RUN;
        }
    }
    found.clipped = count ? (double)clipped / (double)count : 0.0;
    return found;
}

static double spoken_characters(const ttss_comparison *c) {
    double sum = 0.0;
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_part *part = &c->alignment.steps[i].text;
        for (size_t k = 0; k < part->count; k++) {
            const char *word = c->text_words.words[part->words[k]];
            size_t length = strlen(word), pos = 0;
            while (pos < length)
                sum += ttss_is_unspaced(ttss_utf8_next(word, length, &pos)) ? UNSPACED_WEIGHT : 1;
        }
    }
    return sum;
}

static bool add(ttsslice_verdict *verdict, int32_t kind, double duration_s, double measured,
                double limit, const char *format) {
    char message[200], a[TTSS_NUM_MAX], b[TTSS_NUM_MAX];
    ttsslice_defect d = {.kind = kind, .over_limit = 1, .audio_end_s = duration_s};
    d.measured = measured;
    d.limit = limit;
    snprintf(message, sizeof message, format, ttss_num_format(round(measured * 100.0) / 100.0, a),
             ttss_num_format(round(limit * 100.0) / 100.0, b));
    d.message = message;
    return ttss_verdict_add(verdict, &d);
}

bool ttss_check_signal(ttsslice_verdict *verdict, const ttss_comparison *comparison,
                       const ttsslice_audio *audio) {
    double duration = ttsslice_audio_duration_s(audio);
    double characters = spoken_characters(comparison);
    levels found = measure(audio);
    double peak = found.peak ? 20.0 * log10(found.peak / 32768.0) : -120.0;
    double silent = comparison->counts.heard_words ? SILENT_DBFS : NEARLY_SILENT_DBFS;
    double shortest = FASTEST_S * characters;
    double longest = SLOWEST_EXTRA_S + SLOWEST_S * characters;
    if (comparison->counts.text_words == 0)
        return true;
    if (peak <= silent &&
        !add(verdict, TTSSLICE_DEFECT_SILENCE, duration, peak, silent,
             "nothing to hear: the loudest sample is at %s dBFS, speech is above %s"))
        return false;
    if (found.clipped > CLIPPED_SHARE &&
        !add(verdict, TTSSLICE_DEFECT_CLIPPING, duration, 100.0 * found.clipped,
             100.0 * CLIPPED_SHARE, "%s percent of the samples are clipped, more than %s"))
        return false;
    if (duration < shortest)
        return add(verdict, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION, duration, duration, shortest,
                   "%s s is too short for this text; speech takes at least %s s");
    if (duration > longest)
        return add(verdict, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION, duration, duration, longest,
                   "%s s is too long for this text; speech takes at most %s s");
    return true;
}
