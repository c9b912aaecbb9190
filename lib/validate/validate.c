/* SPDX-License-Identifier: MIT */
/* The slice "validate": options, comparison, defects, verdict. */
#include "base/error.h"
#include "base/options.h"
#include "base/utf8.h"
#include "base/word_time.h"
#include "validate/defects.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define LIMIT_MAX 1000000

static int32_t read_options(ttsslice_validate_options *known,
                            const ttsslice_validate_options *given, ttsslice_error *err) {
    int32_t code = ttss_options_read(known, sizeof *known, sizeof *known, given,
                                     "ttsslice_validate_options", err);
    if (!code)
        code = ttss_check_range_f("whisper_threshold", known->whisper_threshold, 0.0, 100.0, err);
    if (!code)
        code = ttss_check_range_f("reference_dbfs", known->reference_dbfs, -120.0, 0.0, err);
    if (!code)
        code =
            ttss_check_range("rule", known->rule, TTSSLICE_RULE_DEFECTS, TTSSLICE_RULE_SCORE, err);
    const struct {
        const char *name;
        int32_t value;
    } limits[] = {{"max_missing_words", known->max_missing_words},
                  {"max_repeated_words", known->max_repeated_words},
                  {"max_extra_words", known->max_extra_words},
                  {"max_garbled_words", known->max_garbled_words},
                  {"max_truncated_words", known->max_truncated_words}};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && !code; i++)
        code = ttss_check_range(limits[i].name, limits[i].value, -1, LIMIT_MAX, err);
    if (!code && !known->language)
        known->language = "en";
    return code;
}

/* --- words of the verdict ------------------------------------------------------------------- */

static void hear(ttsslice_aligned_word *word, double start_s, double end_s) {
    if (isnan(word->audio_start_s) || start_s < word->audio_start_s)
        word->audio_start_s = start_s;
    if (isnan(word->audio_end_s) || end_s > word->audio_end_s)
        word->audio_end_s = end_s;
}

/* A token was heard if all words of its reading were. */
static bool fill_words(ttsslice_verdict *verdict, const ttss_comparison *c) {
    if (!ttss_verdict_make_words(verdict, c->text_words.token_count))
        return false;
    for (size_t t = 0; t < verdict->word_count; t++) {
        verdict->words[t].text_start = c->text_words.tokens[t].start;
        verdict->words[t].text_length = c->text_words.tokens[t].length;
        verdict->words[t].heard = 1;
    }
    for (size_t i = 0; i < c->alignment.count; i++) {
        const ttss_step *step = &c->alignment.steps[i];
        for (size_t t = step->text.first_token; step->text.count && t <= step->text.last_token;
             t++) {
            if (step->kind != TTSS_STEP_HIT)
                verdict->words[t].heard = 0;
            else if (c->starts_s)
                hear(&verdict->words[t], c->starts_s[step->heard.first_token],
                     c->ends_s[step->heard.last_token]);
        }
    }
    for (size_t t = 0; t < verdict->word_count; t++)
        if (!verdict->words[t].heard)
            verdict->words[t].audio_start_s = verdict->words[t].audio_end_s = (double)NAN;
    return true;
}

/* --- judging -------------------------------------------------------------------------------- */

static bool passes(const ttsslice_verdict *verdict, const ttsslice_validate_options *options) {
    if (!(verdict->info.score >= options->whisper_threshold))
        return false;
    for (size_t i = 0; i < verdict->defect_count && options->rule == TTSSLICE_RULE_DEFECTS; i++)
        if (verdict->defects[i].over_limit)
            return false;
    return true;
}

static void believe_times(ttss_comparison *c, const ttsslice_audio *audio) {
    double duration = audio ? ttsslice_audio_duration_s(audio) : (double)NAN;
    for (size_t t = 0; c->starts_s && t < c->heard_words.token_count; t++)
        ttss_believe_times(&c->starts_s[t], &c->ends_s[t], duration);
}

static ttsslice_verdict *judge(const ttss_comparison *c, const ttsslice_transcript *transcript,
                               const ttsslice_audio *audio,
                               const ttsslice_validate_options *options) {
    double duration = audio ? ttsslice_audio_duration_s(audio) : (double)NAN;
    ttsslice_verdict *verdict = ttss_verdict_new();
    if (!verdict)
        return NULL;
    verdict->info = c->counts;
    verdict->info.threshold = options->whisper_threshold;
    verdict->info.level_dbfs = verdict->info.rate = verdict->info.tail_s = (double)NAN;
    verdict->info.lead_s = verdict->info.head_s = (double)NAN;
    verdict->transcript = ttss_strdup(ttsslice_transcript_text(transcript));
    if (!verdict->transcript || !fill_words(verdict, c) ||
        (audio && !ttss_check_signal(verdict, c, audio, options->reference_dbfs)) ||
        !ttss_find_defects(verdict, c, options, duration)) {
        ttsslice_verdict_unref(verdict);
        return NULL;
    }
    verdict->info.passed = passes(verdict, options);
    return verdict;
}

int32_t ttsslice_validate(const char *text, size_t length, const ttsslice_transcript *transcript,
                          const ttsslice_audio *audio, const ttsslice_validate_options *options,
                          ttsslice_verdict **out, ttsslice_error *err) {
    ttsslice_validate_options known = TTSSLICE_VALIDATE_OPTIONS_INIT;
    ttss_comparison comparison = {0};
    ttsslice_verdict *verdict = NULL;
    int32_t ret;

    if (!transcript || !out) {
        ret = ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL", out ? "the transcript" : "out");
        goto out;
    }
    ret = read_options(&known, options, err);
    if (!ret)
        ret = ttss_text_check(text, &length, err);
    if (!ret)
        ret =
            ttss_compare(&comparison, text, length, transcript, known.language, known.aliases, err);
    if (ret)
        goto out;
    believe_times(&comparison, audio);
    verdict = judge(&comparison, transcript, audio, &known);
    if (verdict)
        *out = verdict;
    else
        ret = ttss_nomem(err);

out:
    ttss_comparison_free(&comparison);
    return ret ? ttss_in_slice(err, ret, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}
