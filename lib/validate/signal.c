/* SPDX-License-Identifier: MIT */
/* Defects that need no words: nothing to hear, samples at full scale, a constant offset, a length
 * that no speech of this text has, a long hole, sound after the last word, an end within a sound, a
 * level far from that of the other takes. Levels are powers of windows of 10 ms over all channels;
 * what is loud or silent is told from the take's own speech level, the mean of its louder windows,
 * so the gain of a take makes no difference. The bounds are wide; they catch broken takes, not odd
 * voices. */
#include "validate/defects.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"
#include "base/words_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SILENT_DBFS        -60.0 /* no sample above */
#define NEARLY_SILENT_DBFS -50.0 /* no sample above, and no word heard */
#define CLIPPED_RUN        3     /* so many neighbouring samples at full scale are a clipped run */
#define CLIPPED_SHARE      0.005 /* of all samples */
#define OFFSET_SHARE       0.05  /* of full scale: a join clicks */

/* Usual speech: 0.06 to 0.08 s a character. */
#define FASTEST_S       0.02
#define SLOWEST_S       0.35
#define SLOWEST_EXTRA_S 3.0
#define UNSPACED_WEIGHT 3 /* characters of Latin text that a Chinese one lasts */

#define WINDOWS_PER_S 100
#define LOUD_DB       -25.0 /* below the loudest window: windows of speech */
#define PAUSE_DB      -35.0 /* below the speech level: a pause; breath is louder */
#define PAUSE_S       3.0   /* longest within a text, */
#define PAUSE_BREAK_S 6.0   /* or where it has paragraphs */
#define TAIL_DB       -20.0 /* below the speech level: what can be heard behind the last word */
#define TAIL_DIP      5     /* quiet windows in a row between the word and that, */
#define TAIL_S        0.3   /* so much of it is no breath */
#define END_WINDOWS   2     /* the last of the take, */
#define END_DB        -6.0  /* that loud against the speech level: speech decays */
#define REFERENCE_DB  8.0   /* away from the level of the other takes */

typedef struct levels {
    int32_t peak;   /* 0 to 32768 */
    double clipped; /* share of the samples in runs at full scale */
    double offset;  /* largest mean of a channel, 0 to 1 */
    double *power;  /* of each window, full scale is 1 */
    size_t windows;
    double speech; /* power of the louder windows; 0: none */
} levels;

/* --- measuring ------------------------------------------------------------------------------ */

static double decibels(double power) {
    return power > 1e-12 ? 10.0 * log10(power) : -120.0;
}

static double power_of(double db) {
    return pow(10.0, db / 10.0);
}

static void measure_channel(levels *found, const int16_t *samples, int64_t count,
                            int64_t channels) {
    int64_t run = 0, clipped = 0;
    double sum = 0.0;
    for (int64_t i = 0; i < count; i += channels) {
        int32_t level = samples[i] < 0 ? -(int32_t)samples[i] : samples[i];
        found->peak = level > found->peak ? level : found->peak;
        run = level >= INT16_MAX ? run + 1 : 0;
        clipped += run == CLIPPED_RUN ? CLIPPED_RUN : run > CLIPPED_RUN;
        sum += samples[i];
    }
    found->clipped += count ? (double)clipped / (double)count : 0.0;
    double offset = count ? fabs(sum) / 32768.0 / ((double)count / (double)channels) : 0.0;
    found->offset = offset > found->offset ? offset : found->offset;
}

static void measure_windows(levels *found, const int16_t *samples, int64_t count, int64_t length) {
    double loudest = 0.0, sum = 0.0;
    size_t loud = 0;
    for (size_t w = 0; w < found->windows; w++) {
        int64_t first = (int64_t)w * length, end = first + length < count ? first + length : count;
        int64_t squares = 0, total = 0;
        for (int64_t i = first; i < end; i++) {
            squares += (int32_t)samples[i] * samples[i];
            total += samples[i];
        }
        double mean = (double)total / (double)(end - first); /* an offset is not loud */
        double power = (double)squares / (double)(end - first) - mean * mean;
        found->power[w] = power > 0.0 ? power / (32768.0 * 32768.0) : 0.0;
        loudest = found->power[w] > loudest ? found->power[w] : loudest;
    }
    for (size_t w = 0; w < found->windows; w++)
        if (found->power[w] > 0.0 && found->power[w] >= loudest * power_of(LOUD_DB)) {
            sum += found->power[w];
            loud++;
        }
    found->speech = loud ? sum / (double)loud : 0.0;
}

static bool measure(levels *found, const ttsslice_audio *audio) {
    const int16_t *samples = ttsslice_audio_samples(audio);
    int64_t channels = ttsslice_audio_channels(audio);
    int64_t count = ttsslice_audio_frames(audio) * channels;
    int64_t length = ttsslice_audio_sample_rate(audio) / WINDOWS_PER_S * channels;
    length = length ? length : channels;
    *found = (levels){.windows = (size_t)((count + length - 1) / length)};
    found->power = ttss_new_array(found->windows, sizeof *found->power);
    if (!found->power)
        return false;
    for (int64_t channel = 0; channel < channels; channel++)
        measure_channel(found, samples + channel, count - channel, channels);
    measure_windows(found, samples, count, length);
    return true;
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

/* --- checks --------------------------------------------------------------------------------- */

typedef struct checker {
    ttsslice_verdict *verdict;
    const ttss_comparison *c;
    const levels *found;
    double duration;
    bool failed;
} checker;

/* The format has the measured value and then the limit. */
static void report(checker *k, int32_t kind, double start_s, double end_s, double measured,
                   double limit, const char *format) {
    char message[200], a[TTSS_NUM_MAX], b[TTSS_NUM_MAX];
    /* An end within a sound may be a voice that was trimmed hard, and an offset is the same in
     * every take and can be filtered out: something to know, not to make another take for. */
    bool fails = kind != TTSSLICE_DEFECT_ABRUPT_END && kind != TTSSLICE_DEFECT_DC_OFFSET;
    ttsslice_defect d = {.kind = kind, .over_limit = fails};
    d.audio_start_s = start_s;
    d.audio_end_s = end_s;
    d.measured = measured;
    d.limit = limit;
    snprintf(message, sizeof message, format, ttss_num_format(round(measured * 100.0) / 100.0, a),
             ttss_num_format(round(limit * 100.0) / 100.0, b));
    d.message = message;
    k->failed = k->failed || !ttss_verdict_add(k->verdict, &d);
}

static void check_level(checker *k, double reference) {
    double peak = k->found->peak ? 20.0 * log10(k->found->peak / 32768.0) : -120.0;
    double silent = k->c->counts.heard_words ? SILENT_DBFS : NEARLY_SILENT_DBFS;
    double aside = fabs(k->verdict->info.level_dbfs - reference);
    if (peak <= silent)
        report(k, TTSSLICE_DEFECT_SILENCE, 0.0, k->duration, peak, silent,
               "nothing to hear: the loudest sample is at %s dBFS, speech is above %s");
    else if (reference < 0.0 && aside > REFERENCE_DB)
        report(k, TTSSLICE_DEFECT_LOUDNESS, 0.0, k->duration, aside, REFERENCE_DB,
               "the level is %s dB away from the other takes, more than %s");
    if (k->found->clipped > CLIPPED_SHARE)
        report(k, TTSSLICE_DEFECT_CLIPPING, 0.0, k->duration, 100.0 * k->found->clipped,
               100.0 * CLIPPED_SHARE, "%s percent of the samples are clipped, more than %s");
    if (k->found->offset > OFFSET_SHARE)
        report(k, TTSSLICE_DEFECT_DC_OFFSET, 0.0, k->duration, 100.0 * k->found->offset,
               100.0 * OFFSET_SHARE,
               "the samples are off centre by %s percent of full scale, more than %s");
}

static void check_duration(checker *k) {
    double characters = spoken_characters(k->c);
    double shortest = FASTEST_S * characters, longest = SLOWEST_EXTRA_S + SLOWEST_S * characters;
    if (k->duration < shortest)
        report(k, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION, 0.0, k->duration, k->duration, shortest,
               "%s s is too short for this text; speech takes at least %s s");
    else if (k->duration > longest)
        report(k, TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION, 0.0, k->duration, k->duration, longest,
               "%s s is too long for this text; speech takes at most %s s");
}

static bool has_paragraphs(const ttss_comparison *c) {
    for (size_t i = 1; i < c->text_length; i++)
        if (c->text[i] == '\n' && c->text[i - 1] == '\n')
            return true;
    return false;
}

/* Within the speech: what is silent in front of it and behind can be trimmed. */
static void check_pauses(checker *k) {
    double threshold = k->found->speech * power_of(PAUSE_DB);
    double limit = has_paragraphs(k->c) ? PAUSE_BREAK_S : PAUSE_S;
    size_t last = 0, first_of_longest = 0, longest = 0;
    bool begun = false;
    for (size_t w = 0; w < k->found->windows; w++) {
        if (k->found->power[w] <= threshold)
            continue;
        if (begun && w - last - 1 > longest) {
            longest = w - last - 1;
            first_of_longest = last + 1;
        }
        begun = true;
        last = w;
    }
    double seconds = (double)longest / WINDOWS_PER_S;
    if (seconds > limit)
        report(k, TTSSLICE_DEFECT_LONG_PAUSE, (double)first_of_longest / WINDOWS_PER_S,
               (double)(first_of_longest + longest) / WINDOWS_PER_S, seconds, limit,
               "silence of %s s within the speech, longer than %s s");
}

/* When the last word ends; NaN if unknown. */
static double last_word_end(const ttss_comparison *c) {
    size_t count = c->heard_words.token_count;
    return count ? ttss_heard_end(c, (uint32_t)count - 1) : (double)NAN;
}

/* The text's characters over the time from the first word to the last. */
static double rate_of(const checker *k) {
    double start = k->c->starts_s && k->c->heard_words.token_count ? k->c->starts_s[0] : 0.0;
    double end = last_word_end(k->c);
    if (!isfinite(start) || !isfinite(end)) {
        start = 0.0;
        end = k->duration;
    }
    return end - start > 0.0 ? spoken_characters(k->c) / (end - start) : (double)NAN;
}

/* A recogniser's times are rough, so what goes on without a dip may still be the last word. */
static size_t dip_after(const levels *found, size_t window, double threshold) {
    size_t quiet = 0;
    while (window < found->windows && quiet < TAIL_DIP)
        quiet = found->power[window++] > threshold ? 0 : quiet + 1;
    return window;
}

static void check_tail(checker *k) {
    double end = last_word_end(k->c), threshold = k->found->speech * power_of(TAIL_DB);
    if (!(end >= 0.0 && end < k->duration))
        return;
    size_t loud = 0, first = 0, last = 0;
    for (size_t w = dip_after(k->found, (size_t)(end * WINDOWS_PER_S), threshold);
         w < k->found->windows; w++)
        if (k->found->power[w] > threshold) {
            first = loud++ ? first : w;
            last = w;
        }
    double seconds = (double)loud / WINDOWS_PER_S;
    k->verdict->info.tail_s = seconds;
    if (seconds > TAIL_S)
        report(k, TTSSLICE_DEFECT_TAIL_NOISE, (double)first / WINDOWS_PER_S,
               (double)(last + 1) / WINDOWS_PER_S, seconds, TAIL_S,
               "%s s of sound after the last word, more than %s s");
}

/* Silence in front of all sound, and sound in front of the first word; the same dip parts it from
 * the word as behind the last one. */
static void measure_lead(checker *k) {
    const levels *found = k->found;
    double silence = found->speech * power_of(PAUSE_DB), quiet = found->speech * power_of(TAIL_DB);
    double start = k->c->heard_words.token_count ? ttss_heard_start(k->c, 0) : (double)NAN;
    size_t lead = 0, dip = 0, loud = 0;
    while (lead < found->windows && found->power[lead] <= silence)
        lead++;
    k->verdict->info.lead_s = (double)lead / WINDOWS_PER_S;
    if (!(start >= 0.0 && start < k->duration))
        return;
    size_t w = (size_t)(start * WINDOWS_PER_S);
    while (w > 0 && dip < TAIL_DIP)
        dip = found->power[--w] > quiet ? 0 : dip + 1;
    while (w > 0)
        loud += found->power[--w] > quiet;
    k->verdict->info.head_s = (double)loud / WINDOWS_PER_S;
}

/* A last window that is cut short by the end of the take would say little. */
static void check_end(checker *k) {
    size_t windows = k->found->windows;
    if (windows < 3 * END_WINDOWS)
        return;
    double sum = 0.0;
    for (size_t w = windows - 1 - END_WINDOWS; w < windows - 1; w++)
        sum += k->found->power[w];
    double level = decibels(sum / END_WINDOWS) - decibels(k->found->speech);
    if (level > END_DB)
        report(k, TTSSLICE_DEFECT_ABRUPT_END, k->duration - 0.5 > 0.0 ? k->duration - 0.5 : 0.0,
               k->duration, level, END_DB,
               "the take ends within a sound, %s dB against the speech; speech ends below %s dB");
}

bool ttss_check_signal(ttsslice_verdict *verdict, const ttss_comparison *comparison,
                       const ttsslice_audio *audio, double reference_dbfs) {
    levels found;
    if (!measure(&found, audio))
        return false;
    checker k = {.verdict = verdict, .c = comparison, .found = &found};
    k.duration = ttsslice_audio_duration_s(audio);
    verdict->info.level_dbfs = decibels(found.speech);
    if (comparison->counts.text_words > 0) {
        verdict->info.rate = rate_of(&k);
        check_level(&k, reference_dbfs);
        check_duration(&k);
        if (found.speech > power_of(SILENT_DBFS)) {
            check_pauses(&k);
            check_tail(&k);
            measure_lead(&k);
            check_end(&k);
        }
    }
    free(found.power);
    return !k.failed;
}
