/* SPDX-License-Identifier: MIT */
/* Takes for verdict.py: each line of a file is spoken by one of flite's voices, at a share of the
 * lines with a defect that was planted, recognised and judged. One line of JSON for each.
 *
 *   verdict_taker VOICE DEFECT_RATE SEED < LINES
 *
 * slt is the library's own generator; the others go through flite's own synthesis as an
 * application's generator would, and their pace varies with the seed as that of slt does. */
#include <ttsslice/ttsslice.h>

#include <flite/flite.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACE_LOW  0.93
#define PACE_HIGH 1.09
#define LINE_MAX  8192

cst_voice *register_cmu_us_rms(const char *folder);
cst_voice *register_cmu_us_awb(const char *folder);
cst_voice *register_cmu_us_kal16(const char *folder);

static void need(int32_t code, const ttsslice_error *err) {
    if (code) {
        fprintf(stderr, "verdict_taker: %s\n", err->message);
        exit(1);
    }
}

static int32_t speak(const ttsslice_generate_request *request, ttsslice_audio **out,
                     ttsslice_error *err, void *user_data) {
    cst_voice *voice = user_data;
    double unit = (double)((uint64_t)request->seed % 1000) / 999.0;
    feat_set_float(voice->features, "duration_stretch",
                   (float)(PACE_LOW + (PACE_HIGH - PACE_LOW) * unit));
    cst_wave *wave = flite_text_to_wave(request->text, voice);
    if (!wave)
        return TTSSLICE_ERR_ENGINE;
    int32_t code = ttsslice_audio_new_s16(wave->samples, wave->num_samples, wave->num_channels,
                                          wave->sample_rate, out, err);
    delete_wave(wave);
    return code;
}

static ttsslice_generator *voice_named(const char *name) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *generator = NULL;
    if (strcmp(name, "slt") == 0) {
        need(ttsslice_generator_new_flite(&generator, &err), &err);
        return generator;
    }
    flite_init();
    cst_voice *voice = strcmp(name, "rms") == 0     ? register_cmu_us_rms(NULL)
                       : strcmp(name, "awb") == 0   ? register_cmu_us_awb(NULL)
                       : strcmp(name, "kal16") == 0 ? register_cmu_us_kal16(NULL)
                                                    : NULL;
    if (!voice) {
        fprintf(stderr, "verdict_taker: there is no voice %s\n", name);
        exit(2);
    }
    need(ttsslice_generator_new_host(name, speak, voice, &generator, &err), &err);
    return generator;
}

static void print_text(const char *key, const char *text) {
    printf("\"%s\": \"", key);
    for (; *text; text++)
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text >= ' ')
            putchar(*text);
    printf("\", ");
}

static void take(ttsslice_generator *generator, ttsslice_transcriber *transcriber, const char *line,
                 int64_t base) {
    ttsslice_generate_request request = TTSSLICE_GENERATE_REQUEST_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_audio *audio = NULL;
    ttsslice_transcript *transcript = NULL;
    ttsslice_verdict *verdict = NULL;
    char *injected = NULL, *json = NULL;
    request.text = line;
    request.seed = ttsslice_seed(base, line, TTSSLICE_NUL_TERMINATED, NULL, 0, 0);
    need(ttsslice_generate(generator, &request, &audio, &injected, &err), &err);
    need(ttsslice_transcribe(transcriber, audio, line, TTSSLICE_NUL_TERMINATED, NULL, &transcript,
                             &err),
         &err);
    need(ttsslice_validate(line, TTSSLICE_NUL_TERMINATED, transcript, audio, NULL, &verdict, &err),
         &err);
    need(ttsslice_verdict_json(verdict, &json, &err), &err);
    printf("{");
    print_text("text", line);
    print_text("injected", injected ? injected : "");
    printf("\"duration_s\": %.3f, \"verdict\": %s}\n", ttsslice_audio_duration_s(audio), json);
    fflush(stdout);
    ttsslice_free(json);
    ttsslice_free(injected);
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(transcript);
    ttsslice_audio_unref(audio);
}

int main(int argc, char **argv) {
    static char line[LINE_MAX];
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *damaged = NULL;
    ttsslice_transcriber *transcriber = NULL;
    if (argc != 4) {
        fprintf(stderr, "usage: verdict_taker VOICE DEFECT_RATE SEED < LINES\n");
        return 2;
    }
    ttsslice_generator *generator = voice_named(argv[1]);
    need(ttsslice_generator_new_damaged(generator, strtod(argv[2], NULL), &damaged, &err), &err);
    need(ttsslice_transcriber_new_sphinx(NULL, &transcriber, &err), &err);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0])
            take(damaged, transcriber, line, strtoll(argv[3], NULL, 10));
    }
    ttsslice_transcriber_unref(transcriber);
    ttsslice_generator_unref(damaged);
    ttsslice_generator_unref(generator);
    return 0;
}
