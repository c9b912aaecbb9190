/* SPDX-License-Identifier: MIT */
/* Reading a recorded run; see recording.h. */
#include "recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const slices[] = {"generate", "chunk",  "dispatch",
                                     "validate", "select", "concat"};

/* The file of that name beside the report: both may have been moved since. */
static char *audio_beside(const char *report, const json_t *root) {
    const char *path = json_string_value(json_object_get(json_object_get(root, "audio"), "path"));
    const char *slash = path ? strrchr(path, '/') : NULL, *end = strrchr(report, '/');
    size_t folder = end ? (size_t)(end - report) + 1 : 0;
    const char *name = slash ? slash + 1 : path;
    char *made = name ? malloc(folder + strlen(name) + 1) : NULL;
    if (!made)
        return NULL;
    memcpy(made, report, folder);
    memcpy(made + folder, name, strlen(name) + 1);
    if (access(made, R_OK) == 0)
        return made;
    free(made);
    return NULL;
}

static int read_plan(const cli_command *command, const char *path, cli_recording *out) {
    const json_t *plan = json_object_get(out->root, "plan");
    out->plan = (ttsslice_plan)TTSSLICE_PLAN_INIT;
    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        const char *place = json_string_value(json_object_get(plan, slices[i]));
        if (!place) {
            cli_message(command,
                        "%s does not say where \"%s\" ran; it must be the report of a run, "
                        "as OUT_metadata.json",
                        path, slices[i]);
            return CLI_INPUT;
        }
        if (ttsslice_plan_set(&out->plan, slices[i], place, &err) != 0) {
            cli_message(command, "%s: %s", path, err.message);
            return CLI_INPUT;
        }
        out->host |= strcmp(place, "host") == 0;
    }
    out->plan.takes_per_request =
        json_integer_value(json_object_get(plan, "takes_per_request")) == 1;
    return -1;
}

int cli_recording_open(const cli_command *command, const char *path, cli_recording *out) {
    json_error_t problem;
    size_t length = 0;
    int status = CLI_INPUT;
    *out = (cli_recording){0};
    out->report = cli_read(command, path, &length, &status);
    if (!out->report)
        return status;
    out->root = json_loadb(out->report, length, JSON_REJECT_DUPLICATES, &problem);
    if (!json_is_object(out->root)) {
        cli_message(command, "%s is neither a plan (slice0 to slice5) nor the report of a run%s%s",
                    path, out->root ? "" : ": ", out->root ? "" : problem.text);
        return CLI_INPUT;
    }
    out->audio = audio_beside(path, out->root);
    return read_plan(command, path, out);
}

static void take_int(const json_t *options, const char *key, int64_t *to) {
    const json_t *value = json_object_get(options, key);
    if (json_is_integer(value) && !cli_typed(to))
        *to = json_integer_value(value);
}

static void take_number(const json_t *options, const char *key, double *to) {
    const json_t *value = json_object_get(options, key);
    if (json_is_number(value) && !cli_typed(to))
        *to = json_number_value(value);
}

static void take_text(const json_t *options, const char *key, const char **to) {
    const json_t *value = json_object_get(options, key);
    if (json_is_string(value) && !cli_typed(to))
        *to = json_string_value(value);
}

void cli_recording_apply(const cli_recording *recording, cli_run *run) {
    const json_t *o = json_object_get(recording->root, "options");
    take_int(o, "n_candidates", &run->n_candidates);
    take_int(o, "max_retries", &run->max_retries);
    take_int(o, "seed", &run->seed);
    take_int(o, "max_phrase_len", &run->max);
    take_int(o, "min_chars_merge", &run->min_merge);
    take_int(o, "pause_ms", &run->join.options.pause_ms);
    take_int(o, "fade_ms", &run->join.options.fade_ms);
    if (json_is_true(json_object_get(o, "pauses")) && !cli_typed(&run->pauses))
        run->pauses = 1;
    take_number(o, "exaggeration", &run->exaggeration);
    take_number(o, "cfg_weight", &run->cfg_weight);
    take_number(o, "whisper_threshold", &run->threshold);
    take_text(o, "packing", &run->packing);
    take_text(o, "language", &run->language);
    take_text(o, "audio_prompt_url", &run->audio_prompt_url);
    take_text(o, "validation_rule", &run->rule);
    take_text(o, "select_policy", &run->policy);
}

const char *cli_recording_abbreviations(const cli_recording *recording) {
    return json_string_value(
        json_object_get(json_object_get(recording->root, "options"), "abbreviations"));
}

void cli_recording_close(cli_recording *recording) {
    json_decref(recording->root);
    free(recording->report);
    free(recording->audio);
}
