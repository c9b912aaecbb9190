/* SPDX-License-Identifier: MIT */
/**
 * @file validate.h
 * Slice "validate": a transcript against the text it should be, as a verdict.
 *
 * Both sides are folded (NFKC, case, punctuation; numbers, ordinals, years, money, times, common
 * abbreviations and contractions in any of their usual readings; British and American spelling;
 * fillers such as "um" that count for nothing; aliases of the application; numbers of further
 * languages where the build has ICU, see ttsslice_feature_supported()), aligned word by word,
 * scored from 0 to 100 and searched for defects. The score is the normalised indel similarity of
 * the folded texts in characters: 200 * LCS / (n + m), the definition of rapidfuzz' `fuzz.ratio`.
 */
#ifndef TTSSLICE_VALIDATE_H
#define TTSSLICE_VALIDATE_H

#include <ttsslice/engine.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is wrong with a take. @since 0.1 */
enum ttsslice_defect_kind {
    TTSSLICE_DEFECT_MISSING = 1,    /**< words of the text were not said. @since 0.1 */
    TTSSLICE_DEFECT_REPEATED = 2,   /**< words were said again at once. @since 0.1 */
    TTSSLICE_DEFECT_EXTRA = 3,      /**< words that are not in the text. @since 0.1 */
    TTSSLICE_DEFECT_GARBLED = 4,    /**< other words in place of those of the text. @since 0.1 */
    TTSSLICE_DEFECT_TRUNCATED = 5,  /**< the end of the text was not said. @since 0.1 */
    TTSSLICE_DEFECT_TAIL_NOISE = 6, /**< sound after the last word, where its time is
                                         known. @since 0.1 */
    TTSSLICE_DEFECT_SILENCE = 7,    /**< nothing to hear. @since 0.1 */
    TTSSLICE_DEFECT_CLIPPING = 8,   /**< samples at full scale. @since 0.1 */
    TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION = 9, /**< too long or too short for its
                                                   text. @since 0.1 */
    TTSSLICE_DEFECT_DC_OFFSET = 10,           /**< samples off centre, so joins click; reported,
                                                   but fails no take. @since 0.1 */
    TTSSLICE_DEFECT_LONG_PAUSE = 11,          /**< a long silence within the speech. @since 0.1 */
    TTSSLICE_DEFECT_ABRUPT_END = 12,          /**< ends within a sound; reported, but fails
                                                   no take. @since 0.1 */
    TTSSLICE_DEFECT_LOUDNESS = 13             /**< a level far from reference_dbfs. @since 0.1 */
};

/** When a take passes. @since 0.1 */
enum ttsslice_rule {
    TTSSLICE_RULE_DEFECTS = 0, /**< score >= threshold and no defect above its limit. @since 0.1 */
    TTSSLICE_RULE_SCORE = 1    /**< score >= threshold, nothing else: the application's plain
                                    rule. @since 0.1 */
};

/** Options of ttsslice_validate(). Limits are in words; a defect passes up to its limit. A limit
 *  of -1 means the default, which grows with the text. @since 0.1 */
typedef struct ttsslice_validate_options {
    size_t size;                 /**< sizeof(ttsslice_validate_options) */
    double whisper_threshold;    /**< 0 to 100 */
    const char *language;        /**< ISO 639-1, alone or in a tag such as "en-GB" or
                                      "en_GB.UTF-8", in any case: the first part counts;
                                      NULL: "en" */
    int32_t rule;                /**< enum ttsslice_rule */
    int32_t max_missing_words;   /**< longest run not said, inside the text */
    int32_t max_repeated_words;  /**< longest run said again */
    int32_t max_extra_words;     /**< longest run that is not in the text */
    int32_t max_garbled_words;   /**< longest run replaced */
    int32_t max_truncated_words; /**< run not said at the end */
    const char *aliases;         /**< what may stand for each other, in text and transcript: lines
                                      of "NYC = New York"; # begins a comment; NULL: nothing */
    double reference_dbfs;       /**< level of the run's other takes, below 0, for instance the
                                      median of their level_dbfs; 0: not compared */
} ttsslice_validate_options;

/** Initialiser with the defaults: 85, "en", rule DEFECTS, default limits, no aliases. @since 0.1 */
#define TTSSLICE_VALIDATE_OPTIONS_INIT                                                             \
    {                                                                                              \
        sizeof(ttsslice_validate_options), 85.0, NULL, TTSSLICE_RULE_DEFECTS, -1, -1, -1, -1, -1,  \
            NULL, 0.0                                                                              \
    }

/** A verdict. Immutable, shareable between threads. @since 0.1 */
typedef struct ttsslice_verdict ttsslice_verdict;

/** The figures of a verdict. May grow at the end. Counts are in folded words. @since 0.1 */
typedef struct ttsslice_verdict_info {
    double score;        /**< 0 to 100 */
    double threshold;    /**< what it was held against; NaN in a verdict from JSON without it */
    double wer;          /**< (substitutions + deletions + insertions) / text_words; NaN likewise */
    int64_t text_words;  /**< words of the text */
    int64_t heard_words; /**< words of the transcript */
    int64_t hits;        /**< words that agree */
    int64_t substitutions; /**< words said otherwise */
    int64_t deletions;     /**< words not said */
    int64_t insertions;    /**< words not in the text */
    int32_t passed;        /**< 1 or 0 */
    int32_t reserved;      /**< 0 */
    double mer;            /**< match error rate: errors / (hits + errors); NaN as wer */
    double cer;            /**< character error rate: edits within the words that differ, in
                                characters, over those of the text; NaN as wer */
    double level_dbfs;     /**< of the speech, without pauses; NaN without audio */
    double rate;           /**< pace: characters of the text a second, from the first word heard to
                                the last, or over the whole take where words have no times; those
                                of a Chinese text count three times; NaN without audio */
    double tail_s;         /**< sound after the last word, in seconds; NaN if unknown */
    double lead_s;         /**< silence in front of the first sound, in seconds; NaN without audio,
                                or if there is nothing to hear. Told, and no defect */
    double head_s;         /**< sound in front of the first word, in seconds; NaN if unknown. Told,
                                and no defect: how far in front a word begins is a guess */
} ttsslice_verdict_info;

/** One defect. May grow at the end. Strings are borrowed from the verdict. @since 0.1 */
typedef struct ttsslice_defect {
    int32_t kind;         /**< enum ttsslice_defect_kind */
    int32_t over_limit;   /**< 1 if it fails the take under TTSSLICE_RULE_DEFECTS */
    size_t text_start;    /**< first byte in the text; for `extra` the place where it was heard */
    size_t text_length;   /**< bytes; 0 where nothing of the text is concerned */
    double audio_start_s; /**< NaN if unknown; for words not said, the gap where they belong */
    double audio_end_s;   /**< NaN if unknown */
    double measured;      /**< words, or what the kind measures */
    double limit;         /**< the limit it was held against */
    const char *heard;    /**< the words heard there; "" if none */
    const char *message;  /**< one line for people */
} ttsslice_defect;

/** One token of the text and where it was heard. May grow at the end. @since 0.1 */
typedef struct ttsslice_aligned_word {
    size_t text_start;    /**< first byte in the text */
    size_t text_length;   /**< bytes */
    double audio_start_s; /**< NaN if it was not heard or times are unknown */
    double audio_end_s;   /**< NaN likewise */
    int32_t heard;        /**< 1 as written, 0 otherwise */
    int32_t reserved;     /**< 0 */
} ttsslice_aligned_word;

/**
 * Judges a take.
 *
 * @param text,length  what should be said; UTF-8; bytes or TTSSLICE_NUL_TERMINATED
 * @param transcript   what was heard; not NULL
 * @param audio        the take, for its duration and signal; may be NULL
 * @param options      NULL: defaults
 * @param out          receives a reference
 * @return 0, also for a take that does not pass; TTSSLICE_ERR_TEXT, TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_OPTION, TTSSLICE_ERR_NOMEM. A text without words is passed by an empty
 *         transcript. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_validate(const char *text, size_t length,
                                       const ttsslice_transcript *transcript,
                                       const ttsslice_audio *audio,
                                       const ttsslice_validate_options *options,
                                       ttsslice_verdict **out, ttsslice_error *err);

/**
 * Makes a verdict from JSON as ttsslice_verdict_json() writes it: a handler's answer, or an
 * application's own judge, of which {"score": 91.5, "passed": true} is enough.
 *
 * @return 0; TTSSLICE_ERR_PROTOCOL, TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_verdict_from_json(const char *json, size_t length,
                                                ttsslice_verdict **out, ttsslice_error *err);

/**
 * The verdict as a JSON object: score, passed, threshold, counts, wer, transcript, defects, words.
 *
 * @param json  receives NUL-terminated text; release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_verdict_json(const ttsslice_verdict *verdict, char **json,
                                           ttsslice_error *err);

/** Figures, borrowed; NULL for NULL. @since 0.1 */
TTSSLICE_API const ttsslice_verdict_info *ttsslice_verdict_get(const ttsslice_verdict *verdict);

/** What was heard, borrowed; "" if unknown. @since 0.1 */
TTSSLICE_API const char *ttsslice_verdict_transcript(const ttsslice_verdict *verdict);

/** Number of defects, in the order of the text; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_verdict_defect_count(const ttsslice_verdict *verdict);

/** Defect by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_defect *ttsslice_verdict_defect(const ttsslice_verdict *verdict,
                                                            size_t index);

/** Number of aligned tokens, in the order of the text; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_verdict_word_count(const ttsslice_verdict *verdict);

/** Aligned token by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_aligned_word *ttsslice_verdict_word(const ttsslice_verdict *verdict,
                                                                size_t index);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_verdict *ttsslice_verdict_ref(ttsslice_verdict *verdict);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_verdict_unref(ttsslice_verdict *verdict);

/**
 * Normalised indel similarity of two texts as they are, in code points: 200 * LCS / (n + m);
 * 100 if both are empty. rapidfuzz' `fuzz.ratio`.
 *
 * @param score  receives 0 to 100
 * @return 0; TTSSLICE_ERR_TEXT, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_ratio(const char *a, size_t a_length, const char *b, size_t b_length,
                                    double *score, ttsslice_error *err);

/** Name of a defect, for example "missing"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_defect_name(int32_t kind);

#ifdef __cplusplus
}
#endif
#endif
