/* SPDX-License-Identifier: MIT */
/* Engines: what the header promises of seeds, transcripts, host functions, the embedded generator
 * and recogniser, and damage on purpose. Parts that this build lacks are skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/engine.h>

#include "alloc_fail.h"
#include "skip.h"
#include "base/words.h"
#include "engine/speech.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const sentences[] = {
    "The ferry left at dawn, and nobody on the quay remembered to wave.",
    "On the 3rd of May, 1984, Dr. Harlow bought 12 lemons for $5.50.",
    "NASA asked Professor Wojciechowski to meet them in room 204 at 3:30 p.m.",
    "Margaret's umbrella cost 25% more than the one from Reykjavik.",
    "Zbigniew keeps 1,250 bottles, i.e. far too many, behind the boathouse.",
    "“It’s naïve,” said Zoë — “a café without coffee isn’t a café.”",
};
#define SENTENCES (sizeof sentences / sizeof sentences[0])
#define SHARED    3 /* of them are given to every thread */

static ttsslice_generator *flite(void) {
    if (!ttsslice_feature_supported("flite"))
        skip();
    ttsslice_generator *generator = NULL;
    assert_int_equal(ttsslice_generator_new_flite(&generator, NULL), 0);
    return generator;
}

static ttsslice_transcriber *sphinx(void) {
    ttsslice_transcriber *transcriber = NULL;
    if (!ttsslice_feature_supported("sphinx") ||
        ttsslice_transcriber_new_sphinx(NULL, &transcriber, NULL) == TTSSLICE_ERR_UNAVAILABLE)
        skip();
    assert_non_null(transcriber);
    return transcriber;
}

static ttsslice_audio *say(ttsslice_generator *generator, const char *text, int64_t seed,
                           char **injected) {
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    request.text = text;
    request.seed = seed;
    if (ttsslice_generate(generator, &request, &audio, injected, &err))
        fail_msg("%s", err.message);
    return audio;
}

static int32_t say_code(ttsslice_generator *generator, const char *text, ttsslice_error *err) {
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    ttsslice_audio *audio = NULL;
    request.text = text;
    int32_t code = ttsslice_generate(generator, &request, &audio, NULL, err);
    if (code)
        assert_null(audio);
    ttsslice_audio_unref(audio);
    return code;
}

static ttsslice_transcript *hear(ttsslice_transcriber *transcriber, const ttsslice_audio *audio,
                                 const char *text) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *transcript = NULL;
    if (ttsslice_transcribe(transcriber, audio, text, TTSSLICE_NUL_TERMINATED, NULL, &transcript,
                            &err))
        fail_msg("%s", err.message);
    return transcript;
}

/* Whether some reading of every token, in order, is exactly what was heard. */
static bool agrees_from(const ttss_words *words, size_t token, const ttsslice_transcript *heard,
                        size_t at) {
    if (token == words->token_count)
        return at == ttsslice_transcript_word_count(heard);
    const ttss_token *t = &words->tokens[token];
    for (size_t r = 0; r < t->reading_count; r++) {
        const ttss_reading *reading = &words->readings[t->first_reading + r];
        size_t n = 0;
        while (n < reading->count && at + n < ttsslice_transcript_word_count(heard) &&
               !strcmp(words->words[reading->first + n],
                       ttsslice_transcript_word(heard, at + n)->text))
            n++;
        if (n == reading->count && agrees_from(words, token + 1, heard, at + n))
            return true;
    }
    return false;
}

static bool agrees(const char *text, const ttsslice_transcript *heard) {
    ttss_words words = {0};
    assert_int_equal(ttss_words_read(&words, text, strlen(text), "en", NULL), 0);
    bool same = agrees_from(&words, 0, heard, 0);
    ttss_words_free(&words);
    return same;
}

/* --- seeds -------------------------------------------------------------------------------- */

/* Fixed for good: another value would ask engines for other takes. */
static void seeds_are_fixed(void **state) {
    (void)state;
    assert_int_equal(ttsslice_seed(0, "", 0, NULL, 0, 0), UINT32_C(2269735343));
    assert_int_equal(ttsslice_seed(7, "Hello there.", TTSSLICE_NUL_TERMINATED, NULL, 0, 0),
                     UINT32_C(4041451980));
    assert_int_equal(ttsslice_seed(-1, "Hello there.", 12, "voice.wav", 2, 1),
                     UINT32_C(2460567653));
}

static void seeds_depend_on_every_input(void **state) {
    (void)state;
    const uint32_t seeds[] = {
        ttsslice_seed(1, "ab", 2, "c", 0, 0),  ttsslice_seed(2, "ab", 2, "c", 0, 0),
        ttsslice_seed(1, "a", 1, "bc", 0, 0),  ttsslice_seed(1, "abc", 3, "", 0, 0),
        ttsslice_seed(1, "ab", 2, "c", 1, 0),  ttsslice_seed(1, "ab", 2, "c", 0, 1),
        ttsslice_seed(1, "ab", 2, NULL, 0, 0),
    };
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(seeds[i], seeds[k]);
    assert_int_equal(ttsslice_seed(1, "ab", 2, NULL, 0, 0), ttsslice_seed(1, "ab", 2, "", 0, 0));
    assert_int_equal(ttsslice_seed(1, "ab", 2, "c", 0, 0),
                     ttsslice_seed(1, "ab", TTSSLICE_NUL_TERMINATED, "c", 0, 0));
}

/* --- transcripts -------------------------------------------------------------------------- */

static void transcripts_keep_what_was_given(void **state) {
    (void)state;
    const char *const words[] = {"grüß", "gott"};
    const double starts[] = {0.25, NAN}, ends[] = {0.5, 1.0};
    ttsslice_transcript *t = NULL;
    assert_int_equal(ttsslice_transcript_new(NULL, words, starts, ends, NULL, 2, &t, NULL), 0);
    assert_string_equal(ttsslice_transcript_text(t), "grüß gott");
    assert_int_equal(ttsslice_transcript_word_count(t), 2);
    assert_string_equal(ttsslice_transcript_word(t, 0)->text, "grüß");
    assert_true(ttsslice_transcript_word(t, 0)->start_s == 0.25);
    assert_true(isnan(ttsslice_transcript_word(t, 1)->start_s));
    assert_true(ttsslice_transcript_word(t, 1)->end_s == 1.0);
    assert_true(isnan(ttsslice_transcript_word(t, 0)->confidence));
    assert_null(ttsslice_transcript_word(t, 2));
    ttsslice_transcript_unref(ttsslice_transcript_ref(t));
    ttsslice_transcript_unref(t);

    assert_int_equal(ttsslice_transcript_new("As said.", NULL, NULL, NULL, NULL, 0, &t, NULL), 0);
    assert_string_equal(ttsslice_transcript_text(t), "As said.");
    assert_int_equal(ttsslice_transcript_word_count(t), 0);
    ttsslice_transcript_unref(t);
}

static void transcripts_take_null_and_refuse_nonsense(void **state) {
    (void)state;
    const char *const bad[] = {"ok", "\xff"};
    const char *const gap[] = {"ok", NULL};
    const double infinite[] = {0.0, INFINITY};
    ttsslice_transcript *t = NULL;
    assert_string_equal(ttsslice_transcript_text(NULL), "");
    assert_int_equal(ttsslice_transcript_word_count(NULL), 0);
    assert_null(ttsslice_transcript_word(NULL, 0));
    assert_null(ttsslice_transcript_ref(NULL));
    ttsslice_transcript_unref(NULL);
    assert_int_equal(ttsslice_transcript_new(NULL, bad, NULL, NULL, NULL, 2, &t, NULL),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_transcript_new("\xc3", NULL, NULL, NULL, NULL, 0, &t, NULL),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_transcript_new(NULL, gap, NULL, NULL, NULL, 2, &t, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcript_new(NULL, NULL, NULL, NULL, NULL, 1, &t, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcript_new(NULL, bad, infinite, NULL, NULL, 2, &t, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcript_new("", NULL, NULL, NULL, NULL, 0, NULL, NULL),
                     TTSSLICE_ERR_INVALID);
    assert_null(t);
}

/* --- host engines ------------------------------------------------------------------------- */

typedef struct host_plan {
    int32_t code;
    bool silent;  /* writes no message */
    bool nothing; /* succeeds without output */
    atomic_int inside;
    atomic_int most;
    atomic_int calls;
} host_plan;

static int32_t host_generate(const ttsslice_generate_request *request, ttsslice_audio **out,
                             ttsslice_error *err, void *user_data) {
    static const int16_t samples[] = {1, 2, 3};
    host_plan *plan = user_data;
    int now = atomic_fetch_add(&plan->inside, 1) + 1;
    if (now > atomic_load(&plan->most))
        atomic_store(&plan->most, now);
    for (int i = 0; i < 20; i++)
        sched_yield(); /* invites another thread in, if one can */
    atomic_fetch_add(&plan->calls, 1);
    assert_non_null(request->language);
    assert_non_null(err);
    int32_t code = plan->code;
    if (code && !plan->silent)
        snprintf(err->message, sizeof err->message, "the model is on fire");
    if (!code && !plan->nothing)
        code = ttsslice_audio_new_s16(samples, 3, 1, 16000, out, err);
    atomic_fetch_sub(&plan->inside, 1);
    return code;
}

static int32_t host_transcribe(const ttsslice_audio *audio, const char *text, const char *language,
                               ttsslice_transcript **out, ttsslice_error *err, void *user_data) {
    host_plan *plan = user_data;
    (void)audio;
    assert_string_equal(language, "en");
    if (plan->code || plan->nothing)
        return plan->code;
    return ttsslice_transcript_new(text, NULL, NULL, NULL, NULL, 0, out, err);
}

static void host_codes_come_back_unchanged(void **state) {
    (void)state;
    static const int32_t codes[] = {TTSSLICE_ERR_CALLBACK, TTSSLICE_ERR_ENGINE, -12345};
    host_plan plan = {0};
    ttsslice_generator *g = NULL;
    assert_int_equal(ttsslice_generator_new_host(NULL, host_generate, &plan, &g, NULL), 0);
    assert_string_equal(ttsslice_generator_name(g), "host");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        for (int silent = 0; silent < 2; silent++) {
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            plan.code = codes[i];
            plan.silent = silent;
            assert_int_equal(say_code(g, "Hello.", &err), codes[i]);
            assert_int_equal(err.code, codes[i]);
            assert_int_equal(err.slice, TTSSLICE_SLICE_GENERATE);
            assert_true(err.message[0] != '\0');
            if (!silent)
                assert_string_equal(err.message, "the model is on fire");
            assert_int_equal(say_code(g, "Hello.", NULL), codes[i]);
        }
    ttsslice_generator_unref(g);
}

static void host_without_output_is_an_engine_error(void **state) {
    (void)state;
    host_plan plan = {.nothing = true};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *g = NULL;
    ttsslice_transcriber *t = NULL;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = NULL;
    const int16_t sample = 0;
    assert_int_equal(ttsslice_generator_new_host("mine", host_generate, &plan, &g, NULL), 0);
    assert_string_equal(ttsslice_generator_name(g), "mine");
    assert_int_equal(say_code(g, "Hello.", &err), TTSSLICE_ERR_ENGINE);
    ttsslice_generator_unref(g);

    assert_int_equal(ttsslice_transcriber_new_host(NULL, host_transcribe, &plan, &t, NULL), 0);
    assert_int_equal(ttsslice_audio_new_s16(&sample, 1, 1, 16000, &audio, NULL), 0);
    assert_int_equal(ttsslice_transcribe(t, audio, "a", 1, NULL, &heard, &err),
                     TTSSLICE_ERR_ENGINE);
    assert_int_equal(err.slice, TTSSLICE_SLICE_VALIDATE);
    plan.code = TTSSLICE_ERR_CALLBACK;
    assert_int_equal(ttsslice_transcribe(t, audio, "a", 1, NULL, &heard, NULL),
                     TTSSLICE_ERR_CALLBACK);
    assert_null(heard);
    ttsslice_audio_unref(audio);
    ttsslice_transcriber_unref(t);
}

static void bad_requests_never_reach_the_host(void **state) {
    (void)state;
    host_plan plan = {0};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *g = NULL;
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_generator_new_host(NULL, NULL, NULL, &g, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_generator_new_host(NULL, host_generate, &plan, &g, NULL), 0);
    assert_int_equal(say_code(g, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(say_code(g, "ab\xff", &err), TTSSLICE_ERR_TEXT);
    assert_int_equal(err.byte_offset, 2);
    assert_int_equal(say_code(g, " \n\u00a0 ", &err), TTSSLICE_ERR_EMPTY);
    assert_int_equal(say_code(NULL, "Hello.", &err), TTSSLICE_ERR_INVALID);
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    request.text = "Hello.";
    request.exaggeration = NAN;
    assert_int_equal(ttsslice_generate(g, &request, &audio, NULL, NULL), TTSSLICE_ERR_INVALID);
    request.size = 3;
    assert_int_equal(ttsslice_generate(g, &request, &audio, NULL, NULL), TTSSLICE_ERR_OPTION);
    assert_int_equal(atomic_load(&plan.calls), 0);
    ttsslice_generator_unref(g);
    assert_string_equal(ttsslice_generator_name(NULL), "none");
    assert_string_equal(ttsslice_transcriber_name(NULL), "none");
    ttsslice_generator_unref(NULL);
    ttsslice_transcriber_unref(NULL);
}

static void *call_often(void *argument) {
    for (int i = 0; i < 200; i++)
        say_code(argument, "Hello.", NULL);
    return NULL;
}

static void hosts_are_called_one_at_a_time(void **state) {
    (void)state;
    host_plan plan = {0};
    ttsslice_generator *g = NULL;
    pthread_t threads[4];
    assert_int_equal(ttsslice_generator_new_host(NULL, host_generate, &plan, &g, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, call_often, g), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&plan.calls), 800);
    assert_int_equal(atomic_load(&plan.most), 1);
    ttsslice_generator_unref(g);
}

/* --- flite -------------------------------------------------------------------------------- */

static void equal_requests_give_equal_samples(void **state) {
    (void)state;
    ttsslice_generator *g = flite();
    ttsslice_audio *first = say(g, sentences[0], 5, NULL);
    for (int i = 0; i < 5; i++)
        rand(); /* flite's own vocoder would draw on from here */
    ttsslice_audio_unref(say(g, sentences[1], 6, NULL));
    ttsslice_audio *again = say(g, sentences[0], 5, NULL);
    ttsslice_audio *other = say(g, sentences[0], 6, NULL);
    assert_int_equal(ttsslice_audio_sample_rate(first), 16000);
    assert_int_equal(ttsslice_audio_channels(first), 1);
    assert_true(ttsslice_audio_digest(first) == ttsslice_audio_digest(again));
    assert_true(ttsslice_audio_digest(first) != ttsslice_audio_digest(other));
    ttsslice_audio_unref(first);
    ttsslice_audio_unref(again);
    ttsslice_audio_unref(other);
    ttsslice_generator_unref(g);
}

typedef struct worker {
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    uint64_t digests[SHARED];
    char *texts[SHARED];
    size_t first;
} worker;

static void *work(void *argument) {
    worker *w = argument;
    for (size_t i = 0; i < SHARED; i++) {
        size_t n = (w->first + i) % SHARED;
        ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
        ttsslice_audio *audio = NULL;
        ttsslice_transcript *heard = NULL;
        request.text = sentences[n];
        request.seed = (int64_t)n;
        ttsslice_generate(w->generator, &request, &audio, NULL, NULL);
        w->digests[n] = ttsslice_audio_digest(audio);
        if (w->transcriber && audio &&
            !ttsslice_transcribe(w->transcriber, audio, sentences[n], TTSSLICE_NUL_TERMINATED, NULL,
                                 &heard, NULL))
            w->texts[n] = strdup(ttsslice_transcript_text(heard));
        ttsslice_transcript_unref(heard);
        ttsslice_audio_unref(audio);
    }
    return NULL;
}

/* Also what ThreadSanitizer is run on. */
static void threads_get_what_one_thread_gets(void **state) {
    (void)state;
    ttsslice_generator *g = flite();
    ttsslice_transcriber *t = sphinx();
    worker alone = {.generator = g, .transcriber = t};
    worker workers[4];
    pthread_t threads[4];
    work(&alone);
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (worker){.generator = g, .transcriber = t, .first = i};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    for (size_t n = 0; n < SHARED; n++) {
        assert_true(alone.digests[n] != 0);
        assert_non_null(alone.texts[n]);
        for (size_t i = 0; i < 4; i++) {
            assert_true(workers[i].digests[n] == alone.digests[n]);
            assert_string_equal(workers[i].texts[n], alone.texts[n]);
            free(workers[i].texts[n]);
        }
        free(alone.texts[n]);
    }
    ttsslice_transcriber_unref(t);
    ttsslice_generator_unref(g);
}

static void odd_texts_are_spoken_or_refused(void **state) {
    (void)state;
    ttsslice_generator *g = flite();
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char digits[41], letters[101], many[601];
    memset(digits, '7', sizeof digits);
    memset(letters, 'q', sizeof letters);
    digits[sizeof digits - 1] = letters[sizeof letters - 1] = '\0';
    for (size_t i = 0; i + 6 < sizeof many; i += 6)
        snprintf(many + i, 7, i % 60 == 54 ? "tree. " : "stone ");
    const char *const spoken[] = {digits, letters, many, "a", "x9 -- #1 @home", "1/0 = 100%"};
    for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++)
        assert_int_equal(say_code(g, spoken[i], &err), 0);
    assert_int_equal(say_code(g, "— … ***", &err), TTSSLICE_ERR_EMPTY);
    assert_int_equal(err.slice, TTSSLICE_SLICE_GENERATE);
    assert_int_equal(say_code(g, "Привет", &err), TTSSLICE_ERR_EMPTY);
    ttsslice_generator_unref(g);
}

static void assert_speakable(const char *text, const char *expected) {
    ttss_buf out;
    ttss_buf_init(&out, 10000);
    assert_true(ttss_speakable(text, strlen(text), &out));
    assert_string_equal(out.data, expected);
    ttss_buf_free(&out);
}

static void markup_is_silent_and_signs_are_plain(void **state) {
    (void)state;
    assert_speakable("# **A** _plain_ title", "A plain title");
    assert_speakable("“Zoë’s café” — naïve…", "Zoe's cafe, naive.");
    assert_speakable("One\n\nTwo", "One. Two");
    assert_speakable("Straße, Łódź, œuvre", "Strasse, Lodz, oeuvre");
}

/* --- sphinx ------------------------------------------------------------------------------- */

static void what_is_said_is_heard(void **state) {
    (void)state;
    ttsslice_generator *g = flite();
    ttsslice_transcriber *t = sphinx();
    for (size_t i = 0; i < SENTENCES; i++) {
        ttsslice_audio *audio = say(g, sentences[i], (int64_t)i, NULL);
        ttsslice_transcript *heard = hear(t, audio, sentences[i]);
        if (!agrees(sentences[i], heard))
            fail_msg("\"%s\" was heard as \"%s\"", sentences[i], ttsslice_transcript_text(heard));
        double before = 0.0;
        for (size_t k = 0; k < ttsslice_transcript_word_count(heard); k++) {
            const ttsslice_word *word = ttsslice_transcript_word(heard, k);
            assert_true(word->start_s >= before && word->end_s > word->start_s);
            assert_true(word->end_s <= ttsslice_audio_duration_s(audio) + 0.05);
            assert_true(isnan(word->confidence) ||
                        (word->confidence >= 0.0 && word->confidence <= 1.0));
            before = word->start_s;
        }
        ttsslice_transcript_unref(heard);
        ttsslice_audio_unref(audio);
    }
    ttsslice_transcriber_unref(t);
    ttsslice_generator_unref(g);
}

/* Every other frame is dropped or doubled and a silent channel added: crude, and still speech. */
static void any_rate_and_channels_are_heard(void **state) {
    (void)state;
    if (!ttsslice_feature_supported("soxr"))
        skip_because("this build has no libsoxr");
    ttsslice_generator *g = flite();
    ttsslice_transcriber *t = sphinx();
    ttsslice_audio *audio = say(g, sentences[0], 1, NULL);
    const int16_t *samples = ttsslice_audio_samples(audio);
    int64_t frames = ttsslice_audio_frames(audio);
    int16_t *stereo = malloc((size_t)frames * 3 * 2 * sizeof *stereo);
    assert_non_null(stereo);
    for (int64_t i = 0; i < frames * 3; i++) { /* 48 kHz, linear */
        int64_t at = i / 3, next = at + 1 < frames ? at + 1 : at;
        stereo[2 * i] = (int16_t)(samples[at] + (samples[next] - samples[at]) * (int)(i % 3) / 3);
        stereo[2 * i + 1] = stereo[2 * i];
    }
    ttsslice_audio *wide = NULL;
    assert_int_equal(ttsslice_audio_new_s16(stereo, frames * 3, 2, 48000, &wide, NULL), 0);
    ttsslice_transcript *heard = hear(t, wide, sentences[0]);
    assert_true(agrees(sentences[0], heard));
    free(stereo);
    ttsslice_transcript_unref(heard);
    ttsslice_audio_unref(wide);
    ttsslice_audio_unref(audio);
    ttsslice_transcriber_unref(t);
    ttsslice_generator_unref(g);
}

static void assert_same_words(const ttsslice_transcript *a, const ttsslice_transcript *b) {
    assert_string_equal(ttsslice_transcript_text(a), ttsslice_transcript_text(b));
    assert_int_equal(ttsslice_transcript_word_count(a), ttsslice_transcript_word_count(b));
    for (size_t i = 0; i < ttsslice_transcript_word_count(a); i++) {
        const ttsslice_word *x = ttsslice_transcript_word(a, i);
        const ttsslice_word *y = ttsslice_transcript_word(b, i);
        assert_true(x->start_s == y->start_s);
        assert_true(x->end_s == y->end_s);
        assert_true(x->confidence == y->confidence);
    }
}

/* A decoder is used again, also after speech that was another text's; what a new one hears is what
 * it hears, to the last bit. */
static void nothing_is_kept_from_one_take_to_the_next(void **state) {
    (void)state;
    static const char *const texts[] = {"The ferry left at dawn.", "Nobody knew.",
                                        "Ten lemons, please, and a loaf."};
    enum { COUNT = 3 };
    ttsslice_generator *g = flite();
    ttsslice_transcriber *old = sphinx();
    ttsslice_audio *audio[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        audio[i] = say(g, texts[i], (int64_t)i, NULL);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < COUNT; k++) {
            ttsslice_transcriber *fresh = sphinx();
            ttsslice_transcript *as_new = hear(fresh, audio[k], texts[i]);
            ttsslice_transcript *again = hear(old, audio[k], texts[i]);
            assert_same_words(as_new, again);
            ttsslice_transcript_unref(as_new);
            ttsslice_transcript_unref(again);
            ttsslice_transcriber_unref(fresh);
        }
    for (size_t i = 0; i < COUNT; i++)
        ttsslice_audio_unref(audio[i]);
    ttsslice_transcriber_unref(old);
    ttsslice_generator_unref(g);
}

static void silence_and_wordless_texts_give_no_words(void **state) {
    (void)state;
    static const int64_t lengths[] = {1, 100, 1600, 16000, 40 * 16000};
    static int16_t zeros[40 * 16000];
    ttsslice_transcriber *t = sphinx();
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        ttsslice_audio *audio = NULL;
        assert_int_equal(ttsslice_audio_new_s16(zeros, lengths[i], 1, 16000, &audio, NULL), 0);
        ttsslice_transcript *heard = hear(t, audio, "Something to hear.");
        assert_int_equal(ttsslice_transcript_word_count(heard), 0);
        assert_string_equal(ttsslice_transcript_text(heard), "");
        ttsslice_transcript_unref(heard);
        heard = hear(t, audio, "* * *");
        assert_int_equal(ttsslice_transcript_word_count(heard), 0);
        ttsslice_transcript_unref(heard);
        ttsslice_audio_unref(audio);
    }
    ttsslice_transcriber_unref(t);
}

static void other_speech_is_not_taken_for_a_short_text(void **state) {
    (void)state;
    static const char *const texts[] = {"Yes.", "No.", "Stop!", "Chapter One"};
    static const char *const said[] = {"Banana.", "Window.", "Elephant!", "Sixteen candles"};
    ttsslice_generator *g = flite();
    ttsslice_transcriber *t = sphinx();
    for (size_t i = 0; i < 4; i++) {
        ttsslice_audio *right = say(g, texts[i], 3, NULL), *wrong = say(g, said[i], 3, NULL);
        ttsslice_transcript *a = hear(t, right, texts[i]), *b = hear(t, wrong, texts[i]);
        assert_true(agrees(texts[i], a));
        assert_false(agrees(texts[i], b));
        ttsslice_transcript_unref(a);
        ttsslice_transcript_unref(b);
        ttsslice_audio_unref(right);
        ttsslice_audio_unref(wrong);
    }
    ttsslice_transcriber_unref(t);
    ttsslice_generator_unref(g);
}

static void languages_and_models_that_are_not_there(void **state) {
    (void)state;
    ttsslice_transcriber *t = sphinx(), *none = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *heard = NULL;
    ttsslice_audio *audio = NULL;
    const int16_t sample = 0;
    assert_int_equal(ttsslice_audio_new_s16(&sample, 1, 1, 16000, &audio, NULL), 0);
    assert_int_equal(ttsslice_transcribe(t, audio, "Oui.", 4, "fr", &heard, &err),
                     TTSSLICE_ERR_UNAVAILABLE);
    assert_null(heard);
    assert_int_equal(ttsslice_transcribe(t, audio, "a\xff", 2, NULL, &heard, &err),
                     TTSSLICE_ERR_TEXT);
    assert_int_equal(ttsslice_transcribe(t, NULL, "a", 1, NULL, &heard, &err),
                     TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcriber_new_sphinx("/nonexistent", &none, &err),
                     TTSSLICE_ERR_UNAVAILABLE);
    assert_non_null(strstr(err.message, "pocketsphinx-en-us"));
    assert_null(none);
    ttsslice_audio_unref(audio);
    ttsslice_transcriber_unref(t);
}

/* --- damage ------------------------------------------------------------------------------- */

static const char damage_text[] =
    "The gardener watered the roses twice a day, and still the widow complained that they looked "
    "tired.";

static void damage_follows_from_the_seed(void **state) {
    (void)state;
    ttsslice_generator *g = flite(), *never = NULL, *always = NULL;
    assert_int_equal(ttsslice_generator_new_damaged(g, 0.0, &never, NULL), 0);
    assert_int_equal(ttsslice_generator_new_damaged(g, 1.0, &always, NULL), 0);
    char *line = NULL, *again = NULL;
    ttsslice_audio *plain = say(g, damage_text, 9, &line);
    assert_null(line);
    ttsslice_audio *same = say(never, damage_text, 9, &line);
    assert_null(line);
    assert_true(ttsslice_audio_digest(plain) == ttsslice_audio_digest(same));
    ttsslice_audio *spoiled = say(always, damage_text, 9, &line);
    ttsslice_audio *twice = say(always, damage_text, 9, &again);
    assert_non_null(line);
    assert_string_equal(line, again);
    assert_true(ttsslice_audio_digest(spoiled) == ttsslice_audio_digest(twice));
    assert_true(ttsslice_audio_digest(spoiled) != ttsslice_audio_digest(plain));
    ttsslice_free(line);
    ttsslice_free(again);
    ttsslice_audio_unref(plain);
    ttsslice_audio_unref(same);
    ttsslice_audio_unref(spoiled);
    ttsslice_audio_unref(twice);
    ttsslice_generator_unref(never);
    ttsslice_generator_unref(always);
    ttsslice_generator_unref(g);
}

static void damage_has_its_rate(void **state) {
    (void)state;
    host_plan plan = {0};
    ttsslice_generator *inner = NULL, *g = NULL;
    int spoiled = 0;
    assert_int_equal(ttsslice_generator_new_host(NULL, host_generate, &plan, &inner, NULL), 0);
    assert_int_equal(ttsslice_generator_new_damaged(inner, 1.5, &g, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_generator_new_damaged(inner, NAN, &g, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_generator_new_damaged(NULL, 0.5, &g, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_generator_new_damaged(inner, 0.3, &g, NULL), 0);
    ttsslice_generator_unref(inner); /* kept alive */
    for (int64_t seed = 0; seed < 1000; seed++) {
        char *line = NULL;
        ttsslice_audio_unref(say(g, seed % 2 ? damage_text : "Two words", seed, &line));
        spoiled += line != NULL;
        assert_true(!line || !strchr(line, '\n'));
        ttsslice_free(line);
    }
    assert_in_range(spoiled, 250, 350);
    ttsslice_generator_unref(g);
}

static void every_kind_of_damage_is_heard(void **state) {
    (void)state;
    static const char *const kinds[] = {"dropped:", "repeated:", "replaced:", "cut off:", "added:"};
    bool seen[5] = {false};
    ttsslice_generator *inner = flite(), *g = NULL;
    ttsslice_transcriber *t = sphinx();
    assert_int_equal(ttsslice_generator_new_damaged(inner, 1.0, &g, NULL), 0);
    int left = 5;
    for (int64_t seed = 0; left > 0 && seed < 60; seed++) {
        char *line = NULL;
        ttsslice_audio *audio = say(g, damage_text, seed, &line);
        size_t kind = 0;
        while (kind < 5 && strncmp(line, kinds[kind], strlen(kinds[kind])) != 0)
            kind++;
        assert_in_range(kind, 0, 4);
        if (!seen[kind]) {
            seen[kind] = true;
            left--;
            ttsslice_transcript *heard = hear(t, audio, damage_text);
            if (agrees(damage_text, heard))
                fail_msg("%s was not heard", line);
            ttsslice_transcript_unref(heard);
        }
        ttsslice_free(line);
        ttsslice_audio_unref(audio);
    }
    assert_int_equal(left, 0);
    ttsslice_transcriber_unref(t);
    ttsslice_generator_unref(g);
    ttsslice_generator_unref(inner);
}

/* --- out of memory ------------------------------------------------------------------------ */

static int make_transcript(void *argument) {
    (void)argument;
    const char *const words[] = {"one", "two"};
    ttsslice_transcript *t = NULL;
    int32_t code = ttsslice_transcript_new(NULL, words, NULL, NULL, NULL, 2, &t, NULL);
    ttsslice_transcript_unref(t);
    return code;
}

static int make_engines(void *argument) {
    host_plan plan = {0};
    ttsslice_generator *inner = NULL, *g = NULL;
    ttsslice_transcriber *t = NULL;
    char *line = NULL;
    ttsslice_audio *audio = NULL;
    ttsslice_transcript *heard = NULL;
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    (void)argument;
    request.text = damage_text;
    int32_t code = ttsslice_generator_new_host("a", host_generate, &plan, &inner, NULL);
    if (!code)
        code = ttsslice_generator_new_damaged(inner, 1.0, &g, NULL);
    if (!code)
        code = ttsslice_transcriber_new_host("b", host_transcribe, &plan, &t, NULL);
    if (!code)
        code = ttsslice_generate(g, &request, &audio, &line, NULL);
    if (!code)
        code = ttsslice_transcribe(t, audio, "a b", 3, NULL, &heard, NULL);
    ttsslice_free(line);
    ttsslice_transcript_unref(heard);
    ttsslice_audio_unref(audio);
    ttsslice_generator_unref(g);
    ttsslice_generator_unref(inner);
    ttsslice_transcriber_unref(t);
    return code;
}

static void running_out_of_memory_is_an_error(void **state) {
    (void)state;
    assert_survives_alloc_failure(make_transcript, NULL);
    assert_survives_alloc_failure(make_engines, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_are_fixed),
        cmocka_unit_test(seeds_depend_on_every_input),
        cmocka_unit_test(transcripts_keep_what_was_given),
        cmocka_unit_test(transcripts_take_null_and_refuse_nonsense),
        cmocka_unit_test(host_codes_come_back_unchanged),
        cmocka_unit_test(host_without_output_is_an_engine_error),
        cmocka_unit_test(bad_requests_never_reach_the_host),
        cmocka_unit_test(hosts_are_called_one_at_a_time),
        cmocka_unit_test(equal_requests_give_equal_samples),
        cmocka_unit_test(threads_get_what_one_thread_gets),
        cmocka_unit_test(odd_texts_are_spoken_or_refused),
        cmocka_unit_test(markup_is_silent_and_signs_are_plain),
        cmocka_unit_test(what_is_said_is_heard),
        cmocka_unit_test(any_rate_and_channels_are_heard),
        cmocka_unit_test(nothing_is_kept_from_one_take_to_the_next),
        cmocka_unit_test(silence_and_wordless_texts_give_no_words),
        cmocka_unit_test(other_speech_is_not_taken_for_a_short_text),
        cmocka_unit_test(languages_and_models_that_are_not_there),
        cmocka_unit_test(damage_follows_from_the_seed),
        cmocka_unit_test(damage_has_its_rate),
        cmocka_unit_test(every_kind_of_damage_is_heard),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
