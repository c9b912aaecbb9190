/* SPDX-License-Identifier: MIT */
/**
 * @file engine.h
 * Engines: generators make audio from text, transcribers make a transcript from audio.
 *
 * Both are immutable once made and may be used from several threads at once; an engine that is not
 * itself safe for that guards or pools what it needs. A host engine calls the application's
 * function, one call at a time.
 */
#ifndef TTSSLICE_ENGINE_H
#define TTSSLICE_ENGINE_H

#include <ttsslice/audio.h>
#include <ttsslice/log.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- seeds ---------------------------------------------------------------------------------- */

/**
 * The seed of one candidate: a function of what is asked for and of nothing else, the same in
 * every process, so that every plan asks an engine for the same take.
 *
 * FNV-1a (Fowler, Noll, Vo) over the length-prefixed inputs, finished with the mixer of
 * SplitMix64 (Steele, Lea, Flood 2014) and cut to 32 bits, which every engine takes.
 *
 * @param base       seed of the run
 * @param text       text of the chunk, exactly as it is sent
 * @param length     bytes, or TTSSLICE_NUL_TERMINATED
 * @param voice      what identifies the voice (the audio prompt URL); NULL is the same as ""
 * @param candidate  0, 1, ... within a round
 * @param attempt    round: 0, and 1 more each time that no candidate passed
 * Any thread. @since 0.1
 */
TTSSLICE_API uint32_t ttsslice_seed(int64_t base, const char *text, size_t length,
                                    const char *voice, int32_t candidate, int32_t attempt);

/* --- transcripts ---------------------------------------------------------------------------- */

/** Text that was heard, with words and times where the recogniser gives them. Immutable,
 *  shareable. @since 0.1 */
typedef struct ttsslice_transcript ttsslice_transcript;

/** One word that was heard. May grow at the end. @since 0.1 */
typedef struct ttsslice_word {
    const char *text;  /**< the word; NUL-terminated UTF-8 */
    double start_s;    /**< from the beginning of the audio; NaN if unknown */
    double end_s;      /**< NaN if unknown */
    double confidence; /**< 0 to 1; NaN if unknown */
} ttsslice_word;

/**
 * Makes a transcript.
 *
 * @param text         what was heard; NULL: the words joined by spaces
 * @param words        word_count strings, or NULL if only the text is known
 * @param starts_s,ends_s,confidences  word_count values each, or NULL if unknown; NaN: unknown.
 *                     A time before the beginning of the audio becomes NaN, and so do both of a
 *                     word that ends before it starts. Infinite values are refused.
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_TEXT, TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcript_new(const char *text, const char *const *words,
                                             const double *starts_s, const double *ends_s,
                                             const double *confidences, size_t word_count,
                                             ttsslice_transcript **out, ttsslice_error *err);

/**
 * Reads a transcript from a file's content: the JSON of a recogniser, or plain text.
 *
 * Of JSON it takes `text` and the words that are there in any of the forms that services and
 * programs write: `words` at the top or within `segments`, with `word` or `text`, `start` and `end`
 * (seconds, or AssemblyAI's milliseconds; numbers or strings), `confidence`, `probability` or
 * `score`; pieces of words, as whisper.cpp has them, are glued. Where only segments have times the
 * first word of each has its start and the last one its end. Invalid UTF-8 becomes U+FFFD. What is
 * not JSON is the text itself, but for a web page, which is refused. Silence is an empty `text` or
 * an empty list of words; a `text` that is null without one, or no string, is no transcript. Times
 * are believed as ttsslice_transcript_new() tells.
 *
 * @param text,length  bytes, or TTSSLICE_NUL_TERMINATED; up to 256 MiB
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_PROTOCOL (JSON that is damaged or holds no
 *         transcript, a web page, or a NUL byte), TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcript_parse(const char *text, size_t length,
                                               ttsslice_transcript **out, ttsslice_error *err);

/**
 * Writes the text of a transcript, and a line end, to a file: at once and completely or not at all.
 *
 * @return 0; TTSSLICE_ERR_INVALID (NULL), TTSSLICE_ERR_IO, TTSSLICE_ERR_NO_SPACE,
 *         TTSSLICE_ERR_NOMEM. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcript_save(const ttsslice_transcript *transcript,
                                              const char *path, ttsslice_error *err);

/** What was heard; "" for NULL. Borrowed. @since 0.1 */
TTSSLICE_API const char *ttsslice_transcript_text(const ttsslice_transcript *transcript);

/** Number of words; 0 for NULL and where only the text is known. @since 0.1 */
TTSSLICE_API size_t ttsslice_transcript_word_count(const ttsslice_transcript *transcript);

/** Word by index, borrowed; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_word *ttsslice_transcript_word(const ttsslice_transcript *transcript,
                                                           size_t index);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_transcript *ttsslice_transcript_ref(ttsslice_transcript *transcript);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_transcript_unref(ttsslice_transcript *transcript);

/* --- services over HTTP --------------------------------------------------------------------- */

/**
 * How a speech service over HTTP is used. A key travels over https, or to this machine, and never
 * follows a redirect.
 *
 * Trouble that may pass (no connection, HTTP 408, 409, 425, 429, 500 and above) is met by trying
 * again after the waits of backoff_s, or as long as the answer's Retry-After says; a server that
 * says it is loading its model (503) for as long as request_timeout_s. @since 0.1
 */
typedef struct ttsslice_service_options {
    size_t size;                   /**< sizeof(ttsslice_service_options) */
    const char *url;               /**< where it is; see the constructors. NULL: from the
                                        environment, else the service's own */
    const char *api_key;           /**< NULL: from the environment; "": none */
    const char *model;             /**< NULL: from the environment, else a usual one */
    const char *voice;             /**< generators: NULL: from the environment, else a usual one */
    const double *backoff_s;       /**< waits before the second, third, ... try of a request, 0 to
                                        3,600 each, at most 16; NULL: 0.5, 1, 2 */
    size_t backoff_count;          /**< number of them = number of further tries */
    double request_timeout_s;      /**< one HTTP request, 0.1 to 3,600 */
    double timeout_s;              /**< one call of the engine with all tries and waits, 0.1 to
                                        86,400 */
    double poll_interval_s;        /**< AssemblyAI: pause between two looks at a transcript, 0.001
                                        to 60 */
    int64_t max_upload_bytes;      /**< OpenAI's transcribers: longest file that is sent, 65,536 to
                                        1 GiB. Audio goes as 16-bit WAV as it is; where that is
                                        longer, as mono at 16 kHz, and in parts that are cut in
                                        pauses, none longer than ten minutes */
    int64_t max_reply_bytes;       /**< longest answer that is accepted, 1,024 to 1 GiB */
    const ttsslice_logger *logger; /**< NULL: nowhere; copied */
    const char *ca_file;           /**< certificates (PEM) of who may vouch for the service, in the
                                        place of the system's; NULL: those */
    int32_t insecure;              /**< 1: the key may travel unencrypted to another machine */
    int32_t reserved;              /**< 0 */
} ttsslice_service_options;

/** Initialiser with the defaults: environment, 0.5/1/2 s, 300 s a request, 1,800 s in all, 3 s
 *  between polls, 25,000,000 bytes up, 64 MiB down. @since 0.1 */
#define TTSSLICE_SERVICE_OPTIONS_INIT                                                              \
    {                                                                                              \
        sizeof(ttsslice_service_options), NULL, NULL, NULL, NULL, NULL, 0, 300.0, 1800.0, 3.0,     \
            25000000, 67108864, NULL, NULL, 0, 0                                                   \
    }

/* --- generators ----------------------------------------------------------------------------- */

/** What a generator is asked for. Read only; its strings live for the call. @since 0.1 */
typedef struct ttsslice_generate_request {
    size_t size;                  /**< sizeof(ttsslice_generate_request) */
    const char *text;             /**< what to say, NUL-terminated UTF-8 */
    const char *language;         /**< a language tag, see validate.h; NULL: "en" */
    const char *audio_prompt_url; /**< voice to imitate: URL or path; NULL: the engine's own */
    const void *audio_prompt;     /**< the voice sample itself (an audio file), if it was sent
                                       along; NULL: none */
    size_t audio_prompt_size;     /**< bytes of it */
    double exaggeration;          /**< 0 to 2 */
    double cfg_weight;            /**< 0 to 1 */
    int64_t seed;                 /**< derived seed, see ttsslice_seed() */
    int32_t candidate;            /**< for information; already in the seed */
    int32_t attempt;              /**< for information; already in the seed */
    double temperature;           /**< 0 to 5; -1: the engine's own */
} ttsslice_generate_request;

/** Initialiser with the defaults: exaggeration 0.3, cfg_weight 0.3, the engine's own temperature.
 *  @since 0.1 */
#define TTSSLICE_GENERATE_REQUEST_INIT                                                             \
    { sizeof(ttsslice_generate_request), NULL, NULL, NULL, NULL, 0, 0.3, 0.3, 0, 0, 0, -1.0 }

/**
 * The application's own generator. It gives one reference in *out.
 *
 * Called on whichever thread of the library needs audio, never twice at once for one generator,
 * with no other lock held.
 * @return 0; TTSSLICE_ERR_CALLBACK to stop everything and have that code handed back unchanged;
 *         any other code with *err filled: this take failed. @since 0.1
 */
typedef int32_t (*ttsslice_generate_fn)(const ttsslice_generate_request *request,
                                        ttsslice_audio **out, ttsslice_error *err, void *user_data);

/** A generator. Immutable, shareable between threads. @since 0.1 */
typedef struct ttsslice_generator ttsslice_generator;

/**
 * Wraps the application's own generator.
 *
 * @param name   shown in reports; NULL: "host"
 * @param fn     not NULL
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generator_new_host(const char *name, ttsslice_generate_fn fn,
                                                 void *user_data, ttsslice_generator **out,
                                                 ttsslice_error *err);

/**
 * The embedded generator: flite, voice slt, 16 kHz mono, English. The seed moves pace and pitch a
 * little, so candidates differ; equal requests give equal samples in every process.
 * audio_prompt_url, exaggeration, cfg_weight and temperature do not change the sound, but
 * audio_prompt_url has to be empty or any string: it is part of the seed.
 *
 * @return 0; TTSSLICE_ERR_UNAVAILABLE if the build has no flite; TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generator_new_flite(ttsslice_generator **out, ttsslice_error *err);

/**
 * A generator that asks a server with OpenAI's route `/v1/audio/speech`: OpenAI itself,
 * Kokoro-FastAPI, speaches, Chatterbox servers and others.
 *
 * The answer may be any file that ttsslice_audio_decode() reads; wav is asked for. Servers other
 * than api.openai.com are also told seed, exaggeration, cfg_weight and temperature, and asked not
 * to stream; one that refuses those fields is asked again without them. No server promises equal
 * audio for an equal seed, so plans cannot be compared by bytes. audio_prompt_url and audio_prompt
 * are not sent: this route has no place for them; name the voice instead.
 *
 * @param options  NULL: defaults. url: "http://HOST", ".../v1" or the whole route, without query;
 *                 default: TTSSLICE_ENGINE_URL, OPENAI_BASE_URL, https://api.openai.com/v1. Key:
 *                 TTSSLICE_ENGINE_API_KEY (empty: none), else OPENAI_API_KEY. model:
 *                 TTSSLICE_SPEECH_MODEL, "tts-1". voice: TTSSLICE_VOICE, "alloy"
 * @return 0; TTSSLICE_ERR_ENDPOINT (not a usable URL, or a key would travel unencrypted),
 *         TTSSLICE_ERR_INVALID, TTSSLICE_ERR_OPTION, TTSSLICE_ERR_IO (ca_file),
 *         TTSSLICE_ERR_SYSTEM, TTSSLICE_ERR_NOMEM. Nothing is sent yet. ttsslice_generate() then
 *         also fails with TTSSLICE_ERR_NETWORK, TTSSLICE_ERR_TIMEOUT, TTSSLICE_ERR_HTTP,
 *         TTSSLICE_ERR_AUTH, TTSSLICE_ERR_ENDPOINT, TTSSLICE_ERR_PROTOCOL, TTSSLICE_ERR_AUDIO and
 *         TTSSLICE_ERR_CANCELLED. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generator_new_openai(const ttsslice_service_options *options,
                                                   ttsslice_generator **out, ttsslice_error *err);

/**
 * A generator that spoils a share of what another one says, on purpose: words dropped, repeated
 * or replaced, the tail cut off, foreign words added. Whether and how follows from the seed
 * alone.
 *
 * @param inner  kept alive by the new one
 * @param rate   probability, 0 to 1
 * @return 0; TTSSLICE_ERR_INVALID, TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generator_new_damaged(ttsslice_generator *inner, double rate,
                                                    ttsslice_generator **out, ttsslice_error *err);

/**
 * Makes one take.
 *
 * @param out       receives a reference to audio of at least one frame
 * @param injected  if not NULL, receives NULL, or one line that says what was spoiled on purpose;
 *                  release it with ttsslice_free()
 * @return 0; TTSSLICE_ERR_ENGINE, TTSSLICE_ERR_TEXT, TTSSLICE_ERR_EMPTY (nothing in it can be
 *         said), TTSSLICE_ERR_UNAVAILABLE (language), TTSSLICE_ERR_NOMEM, or what the host function
 *         returned. Any thread; blocks while it works. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generate(ttsslice_generator *generator,
                                       const ttsslice_generate_request *request,
                                       ttsslice_audio **out, char **injected, ttsslice_error *err);

/** Ends the calls that are under way on this generator with TTSSLICE_ERR_CANCELLED, where the
 * engine waits for a server; later calls are not affected. NULL is allowed. Any thread; returns at
 * once.
 *  @since 0.1 */
TTSSLICE_API void ttsslice_generator_cancel(ttsslice_generator *generator);

/**
 * Sees whether a generator can be used: a server is asked whether it is there and takes the key,
 * which costs nothing.
 *
 * @param detail  receives one line for people, which may be empty; release it with
 *                ttsslice_free(); may be NULL
 * @return 0, or as ttsslice_generate(). Any thread; blocks. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_generator_check(ttsslice_generator *generator, char **detail,
                                              ttsslice_error *err);

/** Name for reports, borrowed; "none" for NULL. @since 0.1 */
TTSSLICE_API const char *ttsslice_generator_name(const ttsslice_generator *generator);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_generator *ttsslice_generator_ref(ttsslice_generator *generator);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_generator_unref(ttsslice_generator *generator);

/* --- transcribers --------------------------------------------------------------------------- */

/**
 * The application's own transcriber. It gives one reference in *out.
 *
 * @param text      what should be heard, NUL-terminated; a recogniser may use or ignore it
 * @param language  as it was given (a tag such as "en" or "en-GB"), never NULL
 * Threads and return as for ttsslice_generate_fn. @since 0.1
 */
typedef int32_t (*ttsslice_transcribe_fn)(const ttsslice_audio *audio, const char *text,
                                          const char *language, ttsslice_transcript **out,
                                          ttsslice_error *err, void *user_data);

/** A transcriber. Immutable, shareable between threads. @since 0.1 */
typedef struct ttsslice_transcriber ttsslice_transcriber;

/** Wraps the application's own transcriber; as ttsslice_generator_new_host(). @since 0.1 */
TTSSLICE_API int32_t ttsslice_transcriber_new_host(const char *name, ttsslice_transcribe_fn fn,
                                                   void *user_data, ttsslice_transcriber **out,
                                                   ttsslice_error *err);

/**
 * The embedded transcriber: PocketSphinx, recognising against the text it checks (a bigram model
 * of the text with a way out, a dictionary of its words). English. Word times are kept. Equal
 * audio and text give an equal transcript in every process. Audio of any length and rate.
 *
 * @param model_dir  folder with the acoustic model `en-us/` and `cmudict-en-us.dict`; NULL:
 *                   TTSSLICE_SPHINX_MODEL_DIR from the environment, else the one found at build
 *                   time
 * @return 0; TTSSLICE_ERR_UNAVAILABLE if the build has no pocketsphinx or there is no model
 *         there; TTSSLICE_ERR_NOMEM. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcriber_new_sphinx(const char *model_dir,
                                                     ttsslice_transcriber **out,
                                                     ttsslice_error *err);

/**
 * A transcriber that asks a server with OpenAI's route `/v1/audio/transcriptions`: OpenAI itself,
 * speaches, faster-whisper-server, vLLM, whisper.cpp and others. It never sees the text that should
 * be heard.
 *
 * Words with times are asked for, then less where the server refuses that: what comes back has
 * words, or segments, or text alone. What the server does not say stays unknown. The language goes
 * along as it is given. Audio of less than 0.1 s is not sent: nothing is heard in it.
 *
 * @param options  NULL: defaults. url: "http://HOST", ".../v1" or the whole route (also
 *                 ".../inference", whisper.cpp's), without query; default: TTSSLICE_ASR_URL,
 *                 OPENAI_BASE_URL, https://api.openai.com/v1. Key: TTSSLICE_ASR_API_KEY (empty:
 *                 none), else OPENAI_API_KEY. model: TTSSLICE_ASR_MODEL, "whisper-1"
 * @return as ttsslice_generator_new_openai(), and likewise ttsslice_transcribe() then. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcriber_new_openai(const ttsslice_service_options *options,
                                                     ttsslice_transcriber **out,
                                                     ttsslice_error *err);

/**
 * A transcriber that uses AssemblyAI: the audio is uploaded, transcribed, and deleted there
 * together with its transcript, also after a failure or a cancel; what could not be deleted is told
 * to the logger by its id. Words have times and confidences. Audio of less than 0.16 s is not sent.
 *
 * @param options  NULL: defaults. url: default TTSSLICE_ASR_URL, https://api.assemblyai.com; data
 *                 that must stay in the EU: https://api.eu.assemblyai.com. Key:
 *                 TTSSLICE_ASR_API_KEY, else ASSEMBLYAI_API_KEY. model: models in the order of
 *                 preference, by commas: TTSSLICE_ASR_MODEL, "universal-3-pro,universal-2"
 * @return as ttsslice_transcriber_new_openai(), and TTSSLICE_ERR_AUTH without a key.
 *         ttsslice_transcribe() then also fails with TTSSLICE_ERR_ENGINE (the service gave up on
 *         this audio). @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcriber_new_assemblyai(const ttsslice_service_options *options,
                                                         ttsslice_transcriber **out,
                                                         ttsslice_error *err);

/**
 * Listens to audio.
 *
 * @param text,length  what should be heard; UTF-8; bytes or TTSSLICE_NUL_TERMINATED
 * @param language     NULL: "en"
 * @return 0; TTSSLICE_ERR_ENGINE, TTSSLICE_ERR_TEXT, TTSSLICE_ERR_UNAVAILABLE (language),
 *         TTSSLICE_ERR_NOMEM, or what the host function returned. Any thread; blocks while it
 *         works. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_transcribe(ttsslice_transcriber *transcriber,
                                         const ttsslice_audio *audio, const char *text,
                                         size_t length, const char *language,
                                         ttsslice_transcript **out, ttsslice_error *err);

/** As ttsslice_generator_cancel(). @since 0.1 */
TTSSLICE_API void ttsslice_transcriber_cancel(ttsslice_transcriber *transcriber);

/** As ttsslice_generator_check(). @since 0.1 */
TTSSLICE_API int32_t ttsslice_transcriber_check(ttsslice_transcriber *transcriber, char **detail,
                                                ttsslice_error *err);

/** Name for reports, borrowed; "none" for NULL. @since 0.1 */
TTSSLICE_API const char *ttsslice_transcriber_name(const ttsslice_transcriber *transcriber);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_transcriber *ttsslice_transcriber_ref(ttsslice_transcriber *transcriber);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_transcriber_unref(ttsslice_transcriber *transcriber);

#ifdef __cplusplus
}
#endif
#endif
