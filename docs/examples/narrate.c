/* SPDX-License-Identifier: MIT */
/* The whole pipeline with a generator of the application's own: here a tone for every word, judged
 * by nobody. usage: narrate OUT.wav */
#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 16000

/* One beep of 0.2 s for each word; called by the library when it needs a take. */
static int32_t beep(const ttsslice_generate_request *request, ttsslice_audio **out,
                    ttsslice_error *err, void *user_data) {
    (void)user_data;
    size_t words = 1;
    for (const char *p = request->text; *p; p++)
        words += *p == ' ';
    size_t frames = words * RATE / 5;
    int16_t *samples = malloc(frames * sizeof *samples);
    if (!samples)
        return TTSSLICE_ERR_NOMEM;
    for (size_t i = 0; i < frames; i++)
        samples[i] = i % (RATE / 5) < RATE / 10 ? (int16_t)(i % 40 < 20 ? 8000 : -8000) : 0;
    int32_t code = ttsslice_audio_new_s16(samples, (int64_t)frames, 1, RATE, out, err);
    free(samples);
    return code;
}

int main(int argc, char **argv) {
    static const char text[] = "The first chunk.\n\nThe second one, after a longer pause.";
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    ttsslice_run_options options = TTSSLICE_RUN_OPTIONS_INIT;
    ttsslice_generator *generator = NULL;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: narrate OUT.wav\n");
        return 2;
    }
    int32_t code = ttsslice_generator_new_host("beep", beep, NULL, &generator, &err);
    if (!code)
        code = ttsslice_plan_named("slice0", &plan, &err);
    if (!code)
        code = ttsslice_plan_set(&plan, "validate", "off", &err);
    options.plan = &plan;
    options.generator = generator;
    options.n_candidates = 1;
    if (!code)
        code = ttsslice_run_new(text, TTSSLICE_NUL_TERMINATED, &options, &run, &err);
    if (!code)
        code = ttsslice_run_execute(run, argv[1], &result, &err);
    if (code)
        fprintf(stderr, "%s\n", err.message);
    const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
    for (size_t i = 0; i < ttsslice_timeline_count(timeline); i++) {
        const ttsslice_timeline_entry *entry = ttsslice_timeline_get(timeline, i);
        printf("%6.2f s  %s\n", (double)entry->start_frame / RATE, entry->text);
    }
    ttsslice_result_unref(result);
    ttsslice_run_free(run);
    ttsslice_generator_unref(generator);
    return code ? 1 : 0;
}
