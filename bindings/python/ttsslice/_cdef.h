/* SPDX-License-Identifier: MIT */
/* The public headers as CFFI reads them, in the order of the headers and of their contents. A
 * line "..." leaves values, sizes and offsets to the compiler, so that nothing here has to be right
 * but the names and types, and the compiler checks those. tests/abi compares the names with the
 * headers and the version script. */

#define TTSSLICE_VERSION_MAJOR ...
#define TTSSLICE_VERSION_MINOR ...
#define TTSSLICE_VERSION_PATCH ...
#define TTSSLICE_NUL_TERMINATED ...
#define TTSSLICE_ERROR_MESSAGE_MAX ...
#define TTSSLICE_AUDIO_CHANNELS_MAX ...

/* version.h */
int32_t ttsslice_version(void);
const char *ttsslice_version_string(void);
int32_t ttsslice_feature_supported(const char *feature);
void *ttsslice_alloc(size_t size);
void ttsslice_free(void *memory);

/* error.h */
enum ttsslice_code {
    TTSSLICE_OK,
    TTSSLICE_ERR_INVALID,
    TTSSLICE_ERR_OPTION,
    TTSSLICE_ERR_TEXT,
    TTSSLICE_ERR_EMPTY,
    TTSSLICE_ERR_NOMEM,
    TTSSLICE_ERR_IO,
    TTSSLICE_ERR_NO_SPACE,
    TTSSLICE_ERR_SYSTEM,
    TTSSLICE_ERR_NETWORK,
    TTSSLICE_ERR_TIMEOUT,
    TTSSLICE_ERR_HTTP,
    TTSSLICE_ERR_AUTH,
    TTSSLICE_ERR_ENDPOINT,
    TTSSLICE_ERR_PROTOCOL,
    TTSSLICE_ERR_JOB,
    TTSSLICE_ERR_EMPTY_RESULT,
    TTSSLICE_ERR_AUDIO,
    TTSSLICE_ERR_UNAVAILABLE,
    TTSSLICE_ERR_ENGINE,
    TTSSLICE_ERR_CANCELLED,
    TTSSLICE_ERR_CALLBACK,
    TTSSLICE_ERR_INCOMPLETE,
    TTSSLICE_ERR_END,
    TTSSLICE_ERR_LIMIT,
    TTSSLICE_ERR_EXHAUSTED,
    TTSSLICE_ERR_INTERNAL,
    ...
};

enum ttsslice_slice {
    TTSSLICE_SLICE_NONE,
    TTSSLICE_SLICE_GENERATE,
    TTSSLICE_SLICE_CHUNK,
    TTSSLICE_SLICE_DISPATCH,
    TTSSLICE_SLICE_VALIDATE,
    TTSSLICE_SLICE_SELECT,
    TTSSLICE_SLICE_CONCAT,
    ...
};

typedef struct ttsslice_error {
    size_t size;
    int32_t code;
    int32_t slice;
    int64_t chunk;
    int64_t byte_offset;
    double retry_after_s;
    int32_t http_status;
    int32_t reserved;
    char message[...];
    ...;
} ttsslice_error;

const char *ttsslice_code_name(int32_t code);
const char *ttsslice_slice_name(int32_t slice);

/* log.h */
enum ttsslice_log_level {
    TTSSLICE_LOG_DEBUG,
    TTSSLICE_LOG_INFO,
    TTSSLICE_LOG_WARNING,
    TTSSLICE_LOG_ERROR,
    ...
};

typedef void (*ttsslice_log_fn)(int32_t level, const char *module, const char *line,
                                void *user_data);

typedef struct ttsslice_logger {
    size_t size;
    ttsslice_log_fn fn;
    void *user_data;
    int32_t level;
    int32_t reserved;
    ...;
} ttsslice_logger;

/* audio.h */
typedef struct ttsslice_audio ttsslice_audio;
int32_t ttsslice_audio_new_s16(const int16_t *samples, int64_t frames, int32_t channels,
                               int32_t sample_rate, ttsslice_audio **out, ttsslice_error *err);
int32_t ttsslice_audio_new_f32(const float *samples, int64_t frames, int32_t channels,
                               int32_t sample_rate, ttsslice_audio **out, ttsslice_error *err);
typedef void (*ttsslice_release_fn)(void *user_data);
int32_t ttsslice_audio_wrap_s16(const int16_t *samples, int64_t frames, int32_t channels,
                                int32_t sample_rate, ttsslice_release_fn release, void *user_data,
                                ttsslice_audio **out, ttsslice_error *err);
int32_t ttsslice_audio_decode(const void *bytes, size_t size, ttsslice_audio **out,
                              ttsslice_error *err);
int32_t ttsslice_audio_decode_base64(const char *text, size_t length, ttsslice_audio **out,
                                     ttsslice_error *err);
int32_t ttsslice_audio_load(const char *path, ttsslice_audio **out, ttsslice_error *err);
int32_t ttsslice_audio_encode(const ttsslice_audio *audio, const char *format, void **bytes,
                              size_t *size, ttsslice_error *err);
int32_t ttsslice_audio_save(const ttsslice_audio *audio, const char *path, ttsslice_error *err);
const int16_t *ttsslice_audio_samples(const ttsslice_audio *audio);
int64_t ttsslice_audio_frames(const ttsslice_audio *audio);
int32_t ttsslice_audio_channels(const ttsslice_audio *audio);
int32_t ttsslice_audio_sample_rate(const ttsslice_audio *audio);
double ttsslice_audio_duration_s(const ttsslice_audio *audio);
uint64_t ttsslice_audio_digest(const ttsslice_audio *audio);

typedef struct ttsslice_loudness {
    size_t size;
    double integrated_lufs;
    double range_lu;
    double rms_db;
    double noise_floor_db;
    double sample_peak_db;
    double true_peak_db;
    ...;
} ttsslice_loudness;
int32_t ttsslice_audio_loudness(const ttsslice_audio *audio, int32_t dual_mono,
                                ttsslice_loudness *out, ttsslice_error *err);
ttsslice_audio *ttsslice_audio_ref(ttsslice_audio *audio);
void ttsslice_audio_unref(ttsslice_audio *audio);

/* chunk.h */
enum ttsslice_break {
    TTSSLICE_BREAK_WORD,
    TTSSLICE_BREAK_CLAUSE,
    TTSSLICE_BREAK_SENTENCE,
    TTSSLICE_BREAK_PARAGRAPH,
    TTSSLICE_BREAK_SECTION,
    TTSSLICE_BREAK_END,
    ...
};

enum ttsslice_packing {
    TTSSLICE_PACKING_OPTIMAL,
    TTSSLICE_PACKING_GREEDY,
    TTSSLICE_PACKING_BALANCED,
    ...
};

typedef struct ttsslice_chunk_options {
    size_t size;
    int64_t max_phrase_len;
    int64_t min_chars_merge;
    const char *language;
    const char *abbreviations;
    int32_t packing;
    int32_t pauses;
    ...;
} ttsslice_chunk_options;

typedef struct ttsslice_chunk_info {
    size_t start;
    size_t length;
    size_t characters;
    int32_t break_after;
    int32_t reserved;
    int64_t pause_ms;
    ...;
} ttsslice_chunk_info;

typedef struct ttsslice_chunks ttsslice_chunks;
int32_t ttsslice_chunk(const char *text, size_t length, const ttsslice_chunk_options *options,
                       ttsslice_chunks **out, ttsslice_error *err);
int32_t ttsslice_sentences(const char *text, size_t length, const ttsslice_chunk_options *options,
                           ttsslice_chunks **out, ttsslice_error *err);

typedef struct ttsslice_boundary {
    size_t mark;
    size_t end;
    int32_t taken;
    int32_t reserved;
    const char *rule;
    const char *reason;
    ...;
} ttsslice_boundary;

typedef int32_t (*ttsslice_boundary_fn)(const ttsslice_boundary *boundary, void *user_data);
int32_t ttsslice_sentences_explain(const char *text, size_t length,
                                   const ttsslice_chunk_options *options, ttsslice_boundary_fn fn,
                                   void *user_data, ttsslice_error *err);
int32_t ttsslice_language_supported(const char *language);
int32_t ttsslice_chunks_new(const char *text, size_t length, const size_t *starts,
                            const size_t *lengths, const int32_t *breaks, size_t count,
                            ttsslice_chunks **out, ttsslice_error *err);
size_t ttsslice_chunks_count(const ttsslice_chunks *chunks);
const ttsslice_chunk_info *ttsslice_chunks_get(const ttsslice_chunks *chunks, size_t index);
ttsslice_chunks *ttsslice_chunks_ref(ttsslice_chunks *chunks);
void ttsslice_chunks_unref(ttsslice_chunks *chunks);
const char *ttsslice_break_name(int32_t break_after);
int32_t ttsslice_break_from_name(const char *name);
const char *ttsslice_packing_name(int32_t packing);
int32_t ttsslice_packing_from_name(const char *name);

/* engine.h */
uint32_t ttsslice_seed(int64_t base, const char *text, size_t length, const char *voice,
                       int32_t candidate, int32_t attempt);
typedef struct ttsslice_transcript ttsslice_transcript;

typedef struct ttsslice_word {
    const char *text;
    double start_s;
    double end_s;
    double confidence;
    ...;
} ttsslice_word;

int32_t ttsslice_transcript_new(const char *text, const char *const *words, const double *starts_s,
                                const double *ends_s, const double *confidences, size_t word_count,
                                ttsslice_transcript **out, ttsslice_error *err);
int32_t ttsslice_transcript_parse(const char *text, size_t length, ttsslice_transcript **out,
                                  ttsslice_error *err);
int32_t ttsslice_transcript_save(const ttsslice_transcript *transcript, const char *path,
                                 ttsslice_error *err);
const char *ttsslice_transcript_text(const ttsslice_transcript *transcript);
size_t ttsslice_transcript_word_count(const ttsslice_transcript *transcript);
const ttsslice_word *ttsslice_transcript_word(const ttsslice_transcript *transcript, size_t index);
ttsslice_transcript *ttsslice_transcript_ref(ttsslice_transcript *transcript);
void ttsslice_transcript_unref(ttsslice_transcript *transcript);

typedef struct ttsslice_service_options {
    size_t size;
    const char *url;
    const char *api_key;
    const char *model;
    const char *voice;
    const double *backoff_s;
    size_t backoff_count;
    double request_timeout_s;
    double timeout_s;
    double poll_interval_s;
    int64_t max_upload_bytes;
    int64_t max_reply_bytes;
    const ttsslice_logger *logger;
    const char *ca_file;
    int32_t insecure;
    int32_t reserved;
} ttsslice_service_options;

typedef struct ttsslice_generate_request {
    size_t size;
    const char *text;
    const char *language;
    const char *audio_prompt_url;
    const void *audio_prompt;
    size_t audio_prompt_size;
    double exaggeration;
    double cfg_weight;
    int64_t seed;
    int32_t candidate;
    int32_t attempt;
    double temperature;
    ...;
} ttsslice_generate_request;

typedef int32_t (*ttsslice_generate_fn)(const ttsslice_generate_request *request,
                                        ttsslice_audio **out, ttsslice_error *err, void *user_data);
typedef struct ttsslice_generator ttsslice_generator;
int32_t ttsslice_generator_new_host(const char *name, ttsslice_generate_fn fn, void *user_data,
                                    ttsslice_generator **out, ttsslice_error *err);
int32_t ttsslice_generator_new_flite(ttsslice_generator **out, ttsslice_error *err);
int32_t ttsslice_generator_new_openai(const ttsslice_service_options *options,
                                      ttsslice_generator **out, ttsslice_error *err);
int32_t ttsslice_generator_new_damaged(ttsslice_generator *inner, double rate,
                                       ttsslice_generator **out, ttsslice_error *err);
int32_t ttsslice_generate(ttsslice_generator *generator, const ttsslice_generate_request *request,
                          ttsslice_audio **out, char **injected, ttsslice_error *err);
void ttsslice_generator_cancel(ttsslice_generator *generator);
int32_t ttsslice_generator_check(ttsslice_generator *generator, char **detail,
                                 ttsslice_error *err);
const char *ttsslice_generator_name(const ttsslice_generator *generator);
ttsslice_generator *ttsslice_generator_ref(ttsslice_generator *generator);
void ttsslice_generator_unref(ttsslice_generator *generator);
typedef int32_t (*ttsslice_transcribe_fn)(const ttsslice_audio *audio, const char *text,
                                          const char *language, ttsslice_transcript **out,
                                          ttsslice_error *err, void *user_data);
typedef struct ttsslice_transcriber ttsslice_transcriber;
int32_t ttsslice_transcriber_new_host(const char *name, ttsslice_transcribe_fn fn, void *user_data,
                                      ttsslice_transcriber **out, ttsslice_error *err);
int32_t ttsslice_transcriber_new_sphinx(const char *model_dir, ttsslice_transcriber **out,
                                        ttsslice_error *err);
int32_t ttsslice_transcriber_new_openai(const ttsslice_service_options *options,
                                        ttsslice_transcriber **out, ttsslice_error *err);
int32_t ttsslice_transcriber_new_assemblyai(const ttsslice_service_options *options,
                                            ttsslice_transcriber **out, ttsslice_error *err);
int32_t ttsslice_transcribe(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                            const char *text, size_t length, const char *language,
                            ttsslice_transcript **out, ttsslice_error *err);
void ttsslice_transcriber_cancel(ttsslice_transcriber *transcriber);
int32_t ttsslice_transcriber_check(ttsslice_transcriber *transcriber, char **detail,
                                   ttsslice_error *err);
const char *ttsslice_transcriber_name(const ttsslice_transcriber *transcriber);
ttsslice_transcriber *ttsslice_transcriber_ref(ttsslice_transcriber *transcriber);
void ttsslice_transcriber_unref(ttsslice_transcriber *transcriber);

/* validate.h */
enum ttsslice_defect_kind {
    TTSSLICE_DEFECT_MISSING,
    TTSSLICE_DEFECT_REPEATED,
    TTSSLICE_DEFECT_EXTRA,
    TTSSLICE_DEFECT_GARBLED,
    TTSSLICE_DEFECT_TRUNCATED,
    TTSSLICE_DEFECT_TAIL_NOISE,
    TTSSLICE_DEFECT_SILENCE,
    TTSSLICE_DEFECT_CLIPPING,
    TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION,
    TTSSLICE_DEFECT_DC_OFFSET,
    TTSSLICE_DEFECT_LONG_PAUSE,
    TTSSLICE_DEFECT_ABRUPT_END,
    TTSSLICE_DEFECT_LOUDNESS,
    ...
};

enum ttsslice_rule {
    TTSSLICE_RULE_DEFECTS,
    TTSSLICE_RULE_SCORE,
    ...
};

typedef struct ttsslice_validate_options {
    size_t size;
    double whisper_threshold;
    const char *language;
    int32_t rule;
    int32_t max_missing_words;
    int32_t max_repeated_words;
    int32_t max_extra_words;
    int32_t max_garbled_words;
    int32_t max_truncated_words;
    const char *aliases;
    double reference_dbfs;
    ...;
} ttsslice_validate_options;

typedef struct ttsslice_verdict ttsslice_verdict;

typedef struct ttsslice_verdict_info {
    double score;
    double threshold;
    double wer;
    int64_t text_words;
    int64_t heard_words;
    int64_t hits;
    int64_t substitutions;
    int64_t deletions;
    int64_t insertions;
    int32_t passed;
    int32_t reserved;
    double mer;
    double cer;
    double level_dbfs;
    double rate;
    double tail_s;
    double lead_s;
    double head_s;
    ...;
} ttsslice_verdict_info;

typedef struct ttsslice_defect {
    int32_t kind;
    int32_t over_limit;
    size_t text_start;
    size_t text_length;
    double audio_start_s;
    double audio_end_s;
    double measured;
    double limit;
    const char *heard;
    const char *message;
    ...;
} ttsslice_defect;

typedef struct ttsslice_aligned_word {
    size_t text_start;
    size_t text_length;
    double audio_start_s;
    double audio_end_s;
    int32_t heard;
    int32_t reserved;
    ...;
} ttsslice_aligned_word;

int32_t ttsslice_validate(const char *text, size_t length, const ttsslice_transcript *transcript,
                          const ttsslice_audio *audio, const ttsslice_validate_options *options,
                          ttsslice_verdict **out, ttsslice_error *err);
int32_t ttsslice_verdict_from_json(const char *json, size_t length, ttsslice_verdict **out,
                                   ttsslice_error *err);
int32_t ttsslice_verdict_json(const ttsslice_verdict *verdict, char **json, ttsslice_error *err);
const ttsslice_verdict_info *ttsslice_verdict_get(const ttsslice_verdict *verdict);
const char *ttsslice_verdict_transcript(const ttsslice_verdict *verdict);
size_t ttsslice_verdict_defect_count(const ttsslice_verdict *verdict);
const ttsslice_defect *ttsslice_verdict_defect(const ttsslice_verdict *verdict, size_t index);
size_t ttsslice_verdict_word_count(const ttsslice_verdict *verdict);
const ttsslice_aligned_word *ttsslice_verdict_word(const ttsslice_verdict *verdict, size_t index);
ttsslice_verdict *ttsslice_verdict_ref(ttsslice_verdict *verdict);
void ttsslice_verdict_unref(ttsslice_verdict *verdict);
int32_t ttsslice_ratio(const char *a, size_t a_length, const char *b, size_t b_length,
                       double *score, ttsslice_error *err);
const char *ttsslice_defect_name(int32_t kind);

/* select.h */
enum ttsslice_policy {
    TTSSLICE_POLICY_BEST_SCORE,
    TTSSLICE_POLICY_SHORTEST_PASSING,
    TTSSLICE_POLICY_FIRST_PASSING,
    TTSSLICE_POLICY_CLEANEST,
    ...
};

enum ttsslice_takes {
    TTSSLICE_TAKES_ALL,
    TTSSLICE_TAKES_UNTIL_PASS,
    ...
};

enum ttsslice_on_exhaustion {
    TTSSLICE_ON_EXHAUSTION_KEEP_BEST,
    TTSSLICE_ON_EXHAUSTION_STOP,
    TTSSLICE_ON_EXHAUSTION_SILENCE,
    TTSSLICE_ON_EXHAUSTION_RESPLIT,
    ...
};

enum ttsslice_reason {
    TTSSLICE_REASON_BEST_SCORE,
    TTSSLICE_REASON_SHORTEST_PASSING,
    TTSSLICE_REASON_FIRST_PASSING,
    TTSSLICE_REASON_ONLY_PASSING,
    TTSSLICE_REASON_NONE_PASSED,
    TTSSLICE_REASON_OFF,
    TTSSLICE_REASON_HOST,
    TTSSLICE_REASON_SILENT,
    TTSSLICE_REASON_CLEANEST,
    TTSSLICE_REASON_SILENCED,
    TTSSLICE_REASON_RESPLIT,
    ...
};

typedef struct ttsslice_select_options {
    size_t size;
    int32_t policy;
    int32_t reserved;
    double reference_dbfs;
    double reference_rate;
    const double *levels_dbfs;
    const double *rates;
    const double *tails_s;
    ...;
} ttsslice_select_options;

typedef struct ttsslice_selection {
    size_t size;
    size_t index;
    int32_t passed;
    int32_t reason;
    ...;
} ttsslice_selection;

int32_t ttsslice_select(const double *scores, const int32_t *passed, const double *durations_s,
                        size_t count, const ttsslice_select_options *options,
                        ttsslice_selection *out, ttsslice_error *err);
const char *ttsslice_policy_name(int32_t policy);
int32_t ttsslice_policy_from_name(const char *name);
const char *ttsslice_takes_name(int32_t takes);
int32_t ttsslice_takes_from_name(const char *name);
const char *ttsslice_on_exhaustion_name(int32_t on_exhaustion);
int32_t ttsslice_on_exhaustion_from_name(const char *name);
const char *ttsslice_reason_name(int32_t reason);

/* concat.h */
enum ttsslice_trim {
    TTSSLICE_TRIM_OFF,
    TTSSLICE_TRIM_BOTH,
    TTSSLICE_TRIM_LEADING,
    TTSSLICE_TRIM_TRAILING,
    ...
};

enum ttsslice_bad_clip {
    TTSSLICE_BAD_CLIP_STOP,
    TTSSLICE_BAD_CLIP_SILENCE,
    TTSSLICE_BAD_CLIP_SKIP,
    ...
};

typedef int32_t (*ttsslice_audio_fn)(const int16_t *samples, int64_t frames, int32_t channels,
                                     int32_t sample_rate, void *user_data);

typedef int32_t (*ttsslice_cancelled_fn)(void *user_data);

typedef struct ttsslice_concat_options {
    size_t size;
    int64_t pause_ms;
    int64_t fade_ms;
    int32_t trim;
    int32_t sample_rate;
    int32_t channels;
    int32_t bad_clip;
    int64_t missing_ms;
    int64_t crossfade_ms;
    int64_t silence_max_ms;
    int64_t pause_word_ms;
    int64_t pause_clause_ms;
    int64_t pause_paragraph_ms;
    int64_t pause_section_ms;
    const char *format;
    const char *title;
    ttsslice_audio_fn on_audio;
    void *on_audio_data;
    int32_t tail_repair;
    int32_t match_clips;
    const char *loudness;
    double true_peak_db;
    int32_t dual_mono;
    int32_t reserved;
    ttsslice_cancelled_fn cancelled;
    void *cancelled_data;
    ...;
} ttsslice_concat_options;

typedef struct ttsslice_clip {
    size_t size;
    const ttsslice_audio *audio;
    int64_t chunk;
    const char *text;
    size_t text_start;
    size_t text_length;
    const size_t *word_starts;
    const size_t *word_lengths;
    const double *word_starts_s;
    const double *word_ends_s;
    size_t word_count;
    double score;
    int32_t break_after;
    int32_t passed;
    const char *path;
    const void *bytes;
    size_t byte_count;
    int64_t position;
    int64_t pause_ms;
    ...;
} ttsslice_clip;

typedef struct ttsslice_concat ttsslice_concat;
typedef struct ttsslice_timeline ttsslice_timeline;

typedef struct ttsslice_timeline_entry {
    int64_t chunk;
    int64_t start_frame;
    int64_t end_frame;
    int64_t pause_frames;
    int64_t trimmed_start;
    int64_t trimmed_end;
    size_t text_start;
    size_t text_length;
    const char *text;
    double score;
    int32_t break_after;
    int32_t passed;
    int64_t overlap_frames;
    int64_t trimmed_inside;
    int64_t repaired_frames;
    const char *error;
    int32_t code;
    int32_t source_rate;
    int32_t source_channels;
    int32_t reserved;
    double gain_db;
    const char *path;
    double clipped_db;
    double mixed_db;
    ...;
} ttsslice_timeline_entry;

typedef struct ttsslice_timed_word {
    size_t entry;
    size_t text_start;
    size_t text_length;
    int64_t start_frame;
    int64_t end_frame;
    ...;
} ttsslice_timed_word;

int32_t ttsslice_concat_open(const char *path, const ttsslice_concat_options *options,
                             ttsslice_concat **out, ttsslice_error *err);
int32_t ttsslice_concat_add(ttsslice_concat *concat, const ttsslice_clip *clip,
                            ttsslice_error *err);
int32_t ttsslice_concat_close(ttsslice_concat *concat, ttsslice_timeline **timeline,
                              ttsslice_error *err);
void ttsslice_concat_abort(ttsslice_concat *concat);
int32_t ttsslice_timeline_sample_rate(const ttsslice_timeline *timeline);
int32_t ttsslice_timeline_channels(const ttsslice_timeline *timeline);
int64_t ttsslice_timeline_frames(const ttsslice_timeline *timeline);
size_t ttsslice_timeline_count(const ttsslice_timeline *timeline);
const ttsslice_timeline_entry *ttsslice_timeline_get(const ttsslice_timeline *timeline,
                                                     size_t index);
size_t ttsslice_timeline_word_count(const ttsslice_timeline *timeline);
const ttsslice_timed_word *ttsslice_timeline_word(const ttsslice_timeline *timeline, size_t index);
int32_t ttsslice_timeline_segments_json(const ttsslice_timeline *timeline, char **json,
                                        ttsslice_error *err);
int32_t ttsslice_timeline_srt(const ttsslice_timeline *timeline, char **srt, ttsslice_error *err);
int32_t ttsslice_timeline_loudness(const ttsslice_timeline *timeline, ttsslice_loudness *out,
                                   double *gain_db, ttsslice_error *err);
int32_t ttsslice_timeline_vtt(const ttsslice_timeline *timeline, char **vtt, ttsslice_error *err);
int32_t ttsslice_timeline_labels(const ttsslice_timeline *timeline, int32_t words, char **labels,
                                 ttsslice_error *err);
int32_t ttsslice_timeline_save(const ttsslice_timeline *timeline, const char *path,
                               ttsslice_error *err);
ttsslice_timeline *ttsslice_timeline_ref(ttsslice_timeline *timeline);
void ttsslice_timeline_unref(ttsslice_timeline *timeline);

/* dispatch.h */
typedef struct ttsslice_dispatch_options {
    size_t size;
    const char *endpoint;
    const char *api_key;
    int64_t max_in_flight;
    const double *backoff_s;
    size_t backoff_count;
    double request_timeout_s;
    double job_timeout_s;
    double poll_interval_s;
    int64_t max_reply_bytes;
    const ttsslice_logger *logger;
    int32_t inline_audio;
    int32_t order;
    const char *journal;
    const char *ca_file;
    int32_t insecure;
    int32_t hedge;
    int64_t window;
    int64_t max_jobs;
    double max_cost;
    double price_per_second;
    double expected_s;
    double expected_s_per_char;
    const char *trace;
    const char *protocol;
    const char *speech_model;
    const char *voice;
    ...;
} ttsslice_dispatch_options;

enum ttsslice_job_order {
    TTSSLICE_ORDER_GIVEN,
    TTSSLICE_ORDER_LONGEST,
    TTSSLICE_ORDER_INDEX,
    ...
};

enum ttsslice_job_source {
    TTSSLICE_SOURCE_SUBMITTED,
    TTSSLICE_SOURCE_COLLECTED,
    TTSSLICE_SOURCE_JOURNAL,
    ...
};

typedef struct ttsslice_attachment {
    const void *bytes;
    size_t size;
    ...;
} ttsslice_attachment;

typedef struct ttsslice_job_result {
    int64_t index;
    const char *output;
    size_t output_length;
    const char *job_id;
    const char *worker_id;
    const char *error;
    const char *error_code;
    double retry_after_s;
    int64_t delay_ms;
    int64_t execution_ms;
    int64_t elapsed_ms;
    int32_t code;
    int32_t http_status;
    int32_t attempts;
    int32_t retryable;
    const ttsslice_attachment *attachments;
    size_t attachment_count;
    int32_t source;
    int32_t possible_duplicates;
    int32_t retries;
    int32_t hedges;
    int32_t hedge_won;
    int64_t billed_ms;
    double cost;
    ...;
} ttsslice_job_result;

typedef struct ttsslice_dispatch_totals {
    int64_t jobs;
    int64_t done;
    int64_t failed;
    int64_t stopped;
    int64_t saved;
    int64_t submissions;
    int64_t retries;
    int64_t hedges;
    int64_t hedges_won;
    int64_t possible_duplicates;
    int64_t billed_ms;
    double cost;
    int64_t left;
    int64_t left_billed_ms;
    double left_cost;
    int64_t left_elapsed_ms;
    int64_t left_stopped;
    ...;
} ttsslice_dispatch_totals;

typedef struct ttsslice_dispatcher ttsslice_dispatcher;
int32_t ttsslice_dispatcher_new(const ttsslice_dispatch_options *options, ttsslice_dispatcher **out,
                                ttsslice_error *err);
int32_t ttsslice_dispatcher_submit(ttsslice_dispatcher *dispatcher, int64_t index,
                                   const char *input, size_t length, ttsslice_error *err);
int32_t ttsslice_dispatcher_next(ttsslice_dispatcher *dispatcher, int64_t timeout_ms,
                                 const ttsslice_job_result **out, ttsslice_error *err);
void ttsslice_dispatcher_reject(ttsslice_dispatcher *dispatcher);
const ttsslice_dispatch_totals *
ttsslice_dispatcher_totals(ttsslice_dispatcher *dispatcher);
size_t ttsslice_dispatcher_pending(const ttsslice_dispatcher *dispatcher);
void ttsslice_dispatcher_cancel(ttsslice_dispatcher *dispatcher);
void ttsslice_dispatcher_free(ttsslice_dispatcher *dispatcher);
int32_t ttsslice_endpoint_health(const ttsslice_dispatch_options *options, char **json,
                                 ttsslice_error *err);

/* handler.h */
typedef struct ttsslice_handler_options {
    size_t size;
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    int64_t max_text_bytes;
    int64_t max_result_bytes;
    ...;
} ttsslice_handler_options;

typedef struct ttsslice_handler ttsslice_handler;
int32_t ttsslice_handler_new(const ttsslice_handler_options *options, ttsslice_handler **out,
                             ttsslice_error *err);
int32_t ttsslice_handle_job(ttsslice_handler *handler, const char *job, size_t length,
                            char **result, ttsslice_error *err);
ttsslice_handler *ttsslice_handler_ref(ttsslice_handler *handler);
void ttsslice_handler_unref(ttsslice_handler *handler);

typedef struct ttsslice_server_options {
    size_t size;
    ttsslice_handler *handler;
    const char *host;
    int32_t port;
    int32_t workers;
    const char *endpoint_id;
    const char *api_key;
    double latency_s;
    double fail_rate;
    int64_t fail_seed;
    int64_t max_queue;
    int64_t retention_s;
    const ttsslice_logger *logger;
    ...;
} ttsslice_server_options;

typedef struct ttsslice_server ttsslice_server;
int32_t ttsslice_server_new(const ttsslice_server_options *options, ttsslice_server **out,
                            ttsslice_error *err);
const char *ttsslice_server_endpoint(const ttsslice_server *server);
void ttsslice_server_free(ttsslice_server *server);

/* run.h */
enum ttsslice_place {
    TTSSLICE_PLACE_OFF,
    TTSSLICE_PLACE_LOCAL,
    TTSSLICE_PLACE_HANDLER,
    TTSSLICE_PLACE_HOST,
    ...
};

typedef struct ttsslice_plan {
    size_t size;
    int32_t generate;
    int32_t chunk;
    int32_t dispatch;
    int32_t validate;
    int32_t select;
    int32_t concat;
    int32_t takes_per_request;
    int32_t reserved;
    ...;
} ttsslice_plan;

int32_t ttsslice_plan_named(const char *name, ttsslice_plan *plan, ttsslice_error *err);
int32_t ttsslice_plan_set(ttsslice_plan *plan, const char *slice, const char *place,
                          ttsslice_error *err);
int32_t ttsslice_plan_next(const ttsslice_plan *from, const ttsslice_plan *to, ttsslice_plan *next,
                           int32_t *slice, ttsslice_error *err);
const char *ttsslice_place_name(int32_t place);

typedef struct ttsslice_host {
    size_t size;
    int32_t (*chunk)(const char *text, size_t length, ttsslice_chunks **out, ttsslice_error *err,
                     void *user_data);
    int32_t (*dispatch)(const char *input_json, char **output_json, ttsslice_error *err,
                        void *user_data);
    int32_t (*validate)(const char *text, const char *language, const ttsslice_audio *audio,
                        ttsslice_verdict **out, ttsslice_error *err, void *user_data);
    int32_t (*select)(int64_t chunk, const double *scores, const int32_t *passed,
                      const double *durations_s, size_t count, size_t *index, ttsslice_error *err,
                      void *user_data);
    int32_t (*concat)(const ttsslice_clip *const *clips, size_t count, const char *path,
                      ttsslice_timeline **out, ttsslice_error *err, void *user_data);
    void *user_data;
    ...;
} ttsslice_host;

typedef struct ttsslice_candidate_info {
    int32_t candidate;
    int32_t attempt;
    int64_t seed;
    double score;
    double duration_s;
    uint64_t digest;
    int64_t generation_ms;
    int64_t validation_ms;
    const ttsslice_verdict *verdict;
    const char *injected_defect;
    int32_t passed;
    int32_t reserved;
    ...;
} ttsslice_candidate_info;

typedef struct ttsslice_chunk_result {
    int64_t index;
    size_t text_start;
    size_t text_length;
    size_t candidate_count;
    size_t selected;
    double score;
    const char *error;
    const char *job_id;
    const char *worker_id;
    int64_t elapsed_ms;
    int32_t break_after;
    int32_t code;
    int32_t http_status;
    int32_t http_attempts;
    int32_t rounds;
    int32_t passed;
    int32_t reason;
    int32_t saved_jobs;
    size_t part_count;
    double level_offset_db;
    int32_t loudness_outlier;
    int32_t reserved;
    int64_t billed_ms;
    double cost;
    ...;
} ttsslice_chunk_result;

typedef struct ttsslice_progress {
    int64_t chunks;
    int64_t done;
    int64_t failed;
    int64_t not_passed;
    int64_t candidates;
    int64_t chunk;
    double score;
    const ttsslice_chunk_result *result;
    const ttsslice_candidate_info *candidates_made;
    const ttsslice_audio *audio;
    ...;
} ttsslice_progress;

typedef int32_t (*ttsslice_progress_fn)(const ttsslice_progress *progress, void *user_data);

typedef struct ttsslice_run_options {
    size_t size;
    const ttsslice_plan *plan;
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    const ttsslice_host *host;
    const ttsslice_chunk_options *chunk;
    const ttsslice_dispatch_options *dispatch;
    const ttsslice_validate_options *validate;
    const ttsslice_select_options *select;
    const ttsslice_concat_options *concat;
    const char *language;
    const char *audio_prompt_url;
    double exaggeration;
    double cfg_weight;
    int32_t n_candidates;
    int32_t max_retries;
    int64_t seed;
    ttsslice_progress_fn progress;
    void *progress_user_data;
    const ttsslice_logger *logger;
    int32_t write_reports;
    int32_t reserved;
    double temperature;
    int32_t takes;
    int32_t on_exhaustion;
    ...;
} ttsslice_run_options;

typedef struct ttsslice_run ttsslice_run;
typedef struct ttsslice_result ttsslice_result;

int32_t ttsslice_run_new(const char *text, size_t length, const ttsslice_run_options *options,
                         ttsslice_run **out, ttsslice_error *err);
int32_t ttsslice_run_execute(ttsslice_run *run, const char *path, ttsslice_result **result,
                             ttsslice_error *err);
int32_t ttsslice_run_estimate(ttsslice_run *run, const ttsslice_dispatch_totals **out,
                              ttsslice_error *err);
void ttsslice_cancel(ttsslice_run *run);
const ttsslice_chunks *ttsslice_run_chunks(const ttsslice_run *run);
void ttsslice_run_free(ttsslice_run *run);
size_t ttsslice_result_count(const ttsslice_result *result);
const ttsslice_chunk_result *ttsslice_result_chunk(const ttsslice_result *result, size_t index);
const ttsslice_candidate_info *ttsslice_result_candidate(const ttsslice_result *result,
                                                         size_t chunk, size_t index);
const ttsslice_chunk_result *ttsslice_result_part(const ttsslice_result *result, size_t chunk,
                                                  size_t part);
const ttsslice_candidate_info *
ttsslice_result_part_candidate(const ttsslice_result *result, size_t chunk, size_t part,
                               size_t index);
const ttsslice_dispatch_totals *
ttsslice_result_totals(const ttsslice_result *result);
const ttsslice_timeline *ttsslice_result_timeline(const ttsslice_result *result);
int32_t ttsslice_result_json(const ttsslice_result *result, char **json, ttsslice_error *err);
ttsslice_result *ttsslice_result_ref(ttsslice_result *result);
void ttsslice_result_unref(ttsslice_result *result);

/* --- compare ---------------------------------------------------------------------------------- */

typedef struct ttsslice_comparison ttsslice_comparison;
typedef struct ttsslice_difference {
    int64_t chunk;
    int64_t candidate;
    int64_t position;
    const char *field;
    const char *a;
    const char *b;
    int32_t slice;
    int32_t reserved;
    ...;
} ttsslice_difference;

int32_t ttsslice_compare(const char *report_a, const char *audio_a, const char *report_b,
                         const char *audio_b, ttsslice_comparison **out, ttsslice_error *err);
size_t ttsslice_comparison_count(const ttsslice_comparison *comparison);
const ttsslice_difference *ttsslice_comparison_get(const ttsslice_comparison *comparison,
                                                   size_t index);
ttsslice_comparison *ttsslice_comparison_ref(ttsslice_comparison *comparison);
void ttsslice_comparison_unref(ttsslice_comparison *comparison);

/* --- not in the headers: Python functions that the library calls ------------------------------ */

extern "Python" {
void ttspy_release(void *user_data);
void ttspy_log(int32_t level, const char *module, const char *line, void *user_data);
int32_t ttspy_boundary(const ttsslice_boundary *boundary, void *user_data);
int32_t ttspy_generate(const ttsslice_generate_request *request, ttsslice_audio **out,
                       ttsslice_error *err, void *user_data);
int32_t ttspy_transcribe(const ttsslice_audio *audio, const char *text, const char *language,
                         ttsslice_transcript **out, ttsslice_error *err, void *user_data);
int32_t ttspy_chunk(const char *text, size_t length, ttsslice_chunks **out, ttsslice_error *err,
                    void *user_data);
int32_t ttspy_dispatch(const char *input_json, char **output_json, ttsslice_error *err,
                       void *user_data);
int32_t ttspy_validate(const char *text, const char *language, const ttsslice_audio *audio,
                       ttsslice_verdict **out, ttsslice_error *err, void *user_data);
int32_t ttspy_select(int64_t chunk, const double *scores, const int32_t *passed,
                     const double *durations_s, size_t count, size_t *index, ttsslice_error *err,
                     void *user_data);
int32_t ttspy_concat(const ttsslice_clip *const *clips, size_t count, const char *path,
                     ttsslice_timeline **out, ttsslice_error *err, void *user_data);
int32_t ttspy_audio(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                    void *user_data);
int32_t ttspy_cancelled(void *user_data);
int32_t ttspy_progress(const ttsslice_progress *progress, void *user_data);
}
