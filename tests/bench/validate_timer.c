/* SPDX-License-Identifier: MIT */
/* Times what validate.py compares with its peers, through the public functions alone.
 *
 *   validate_timer score TEXT HEARD   microseconds of a whole verdict: folding, alignment, defects;
 *                                     of the transcript as a text, then as words with times
 *   validate_timer sphinx TEXT        seconds of speech, seconds to recognise it; a line is a take
 */
#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SAMPLES      15
#define SAMPLE_S     0.02 /* so long is a sample at least */
#define WORD_S       0.3
#define WORDS_MAX    20000
#define RECOGNITIONS 2

static double cpu_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void need(int32_t code, const ttsslice_error *err) {
    if (code) {
        fprintf(stderr, "validate_timer: %s\n", err->message);
        exit(1);
    }
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    if (!file || !text || fread(text, 1, (1 << 20) - 1, file) == 0) {
        fprintf(stderr, "validate_timer: cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

/* Seconds of one verdict, in the fastest of some samples. */
static double time_verdicts(const char *text, const ttsslice_transcript *transcript,
                            double *score) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    double best = 1e9;
    size_t length = strlen(text);
    for (int sample = 0, rounds = 1; sample < SAMPLES;) {
        double began = cpu_s();
        for (int i = 0; i < rounds; i++) {
            ttsslice_verdict *verdict = NULL;
            need(ttsslice_validate(text, length, transcript, NULL, NULL, &verdict, &err), &err);
            *score = ttsslice_verdict_get(verdict)->score;
            ttsslice_verdict_unref(verdict);
        }
        double took = cpu_s() - began;
        if (took < SAMPLE_S) {
            rounds *= 2;
            continue;
        }
        best = took / rounds < best ? took / rounds : best;
        sample++;
    }
    return best;
}

static ttsslice_transcript *timed_words(const char *heard) {
    static const char *words[WORDS_MAX];
    static double starts[WORDS_MAX], ends[WORDS_MAX];
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *transcript = NULL;
    char *copy = strdup(heard), *rest = NULL;
    size_t count = 0;
    for (char *word = strtok_r(copy, " \n", &rest); word && count < WORDS_MAX;
         word = strtok_r(NULL, " \n", &rest)) {
        words[count] = word;
        starts[count] = WORD_S * (double)count;
        ends[count] = starts[count] + WORD_S;
        count++;
    }
    need(ttsslice_transcript_new(NULL, words, starts, ends, NULL, count, &transcript, &err), &err);
    free(copy);
    return transcript;
}

static int time_score(const char *text_path, const char *heard_path) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *plain = NULL;
    char *text = read_all(text_path), *heard = read_all(heard_path);
    double score = 0.0;
    need(ttsslice_transcript_new(heard, NULL, NULL, NULL, NULL, 0, &plain, &err), &err);
    ttsslice_transcript *timed = timed_words(heard);
    double as_text = time_verdicts(text, plain, &score),
           as_words = time_verdicts(text, timed, &score);
    printf("{\"text_us\": %.3f, \"words_us\": %.3f, \"score\": %.4f}\n", 1e6 * as_text,
           1e6 * as_words, score);
    ttsslice_transcript_unref(plain);
    ttsslice_transcript_unref(timed);
    free(text);
    free(heard);
    return 0;
}

static int time_sphinx(const char *text_path) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *generator = NULL;
    ttsslice_transcriber *transcriber = NULL;
    char *text = read_all(text_path), *rest = NULL;
    double speech = 0.0, took = 0.0;
    need(ttsslice_generator_new_flite(&generator, &err), &err);
    need(ttsslice_transcriber_new_sphinx(NULL, &transcriber, &err), &err);
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
        ttsslice_audio *audio = NULL;
        double best = 1e9;
        request.text = line;
        need(ttsslice_generate(generator, &request, &audio, NULL, &err), &err);
        for (int i = 0; i < RECOGNITIONS; i++) {
            ttsslice_transcript *transcript = NULL;
            double began = cpu_s();
            need(ttsslice_transcribe(transcriber, audio, line, TTSSLICE_NUL_TERMINATED, NULL,
                                     &transcript, &err),
                 &err);
            best = cpu_s() - began < best ? cpu_s() - began : best;
            ttsslice_transcript_unref(transcript);
        }
        took += best;
        speech += ttsslice_audio_duration_s(audio);
        ttsslice_audio_unref(audio);
    }
    printf("{\"speech_s\": %.3f, \"recognise_s\": %.3f}\n", speech, took);
    ttsslice_generator_unref(generator);
    ttsslice_transcriber_unref(transcriber);
    free(text);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "score") == 0)
        return time_score(argv[2], argv[3]);
    if (argc == 3 && strcmp(argv[1], "sphinx") == 0)
        return time_sphinx(argv[2]);
    fprintf(stderr, "usage: validate_timer score TEXT HEARD | sphinx TEXT\n");
    return 2;
}
