/* SPDX-License-Identifier: MIT */
/* Engines by name; see engines.h. Keys are the library's to find, in the environment. */
#include "engines.h"

#include <string.h>

bool cli_is_service(const char *name) {
    return name && (strcmp(name, "openai") == 0 || strcmp(name, "assemblyai") == 0);
}

static ttsslice_service_options service_options(const cli_engines *e) {
    ttsslice_service_options options = TTSSLICE_SERVICE_OPTIONS_INIT;
    options.ca_file = e->ca_file;
    options.insecure = e->insecure;
    options.logger = e->logger;
    return options;
}

/* An option for a service, given on the command line where there is none, is a mistake. */
static int needless(const cli_command *command, const char *option, const char *chosen,
                    const char *wanted) {
    return cli_usage(command, "%s has nothing to do with \"%s\"; add %s", option, chosen, wanted);
}

/* --- generators ---------------------------------------------------------------------------- */

int32_t cli_new_generator(const cli_engines *e, const char *name, ttsslice_generator **out,
                          ttsslice_error *err) {
    ttsslice_service_options options = service_options(e);
    options.url = e->engine_url;
    options.model = e->speech_model;
    options.voice = e->voice;
    return strcmp(name, "openai") == 0 ? ttsslice_generator_new_openai(&options, out, err)
                                       : ttsslice_generator_new_flite(out, err);
}

int cli_make_generator(const cli_command *command, const cli_engines *e, ttsslice_generator **out) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_generator *generator = NULL, *damaged = NULL;
    const char *name = e->engine ? e->engine : "flite";
    if (strcmp(name, "flite") != 0 && strcmp(name, "openai") != 0)
        return cli_usage(command, "there is no engine \"%s\"; known: flite, openai", name);
    if (cli_typed(&e->engine_url) && strcmp(name, "openai") != 0)
        return needless(command, "--engine-url", name, "--engine openai");
    int32_t code = cli_new_generator(e, name, &generator, &err);
    if (code)
        return cli_fail(command, &err);
    if (e->defect_rate <= 0.0) {
        *out = generator;
        return -1;
    }
    code = ttsslice_generator_new_damaged(generator, e->defect_rate, &damaged, &err);
    ttsslice_generator_unref(generator);
    if (code)
        return cli_fail(command, &err);
    *out = damaged;
    return -1;
}

/* --- transcribers -------------------------------------------------------------------------- */

int32_t cli_new_transcriber(const cli_engines *e, const char *name, ttsslice_transcriber **out,
                            ttsslice_error *err) {
    ttsslice_service_options options = service_options(e);
    options.url = e->asr_url;
    options.model = e->asr_model;
    if (e->asr_timeout > 0.0)
        options.timeout_s = e->asr_timeout;
    if (options.request_timeout_s > options.timeout_s)
        options.request_timeout_s = options.timeout_s;
    if (strcmp(name, "openai") == 0)
        return ttsslice_transcriber_new_openai(&options, out, err);
    if (strcmp(name, "assemblyai") == 0)
        return ttsslice_transcriber_new_assemblyai(&options, out, err);
    return ttsslice_transcriber_new_sphinx(NULL, out, err);
}

int cli_make_transcriber(const cli_command *command, const cli_engines *e,
                         ttsslice_transcriber **out) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    const char *name = e->asr ? e->asr : "sphinx";
    *out = NULL;
    if (strcmp(name, "sphinx") != 0 && strcmp(name, "none") != 0 && !cli_is_service(name))
        return cli_usage(command,
                         "there is no recogniser \"%s\"; known: sphinx, openai, assemblyai, none",
                         name);
    if (!cli_is_service(name)) {
        const char *option = cli_typed(&e->asr_url)       ? "--asr-url"
                             : cli_typed(&e->asr_model)   ? "--asr-model"
                             : cli_typed(&e->asr_timeout) ? "--asr-timeout"
                                                          : NULL;
        if (option)
            return needless(command, option, name, "--asr openai or --asr assemblyai");
    }
    if (strcmp(name, "none") == 0)
        return -1;
    return cli_new_transcriber(e, name, out, &err) ? cli_fail(command, &err) : -1;
}
