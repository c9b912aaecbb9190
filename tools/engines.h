/* SPDX-License-Identifier: MIT */
/* Engines by the names of the command line, with the options that go to services over HTTP. */
#ifndef TTSSLICE_TOOLS_ENGINES_H
#define TTSSLICE_TOOLS_ENGINES_H

#include "cli.h"

/* Values are set by cli_parse(); NULL and 0: the library's defaults. */
typedef struct cli_engines {
    const char *engine, *engine_url, *speech_model, *voice; /* engine NULL: "flite" */
    const char *asr, *asr_url, *asr_model;                  /* asr NULL: "sphinx" */
    const char *ca_file;
    double asr_timeout, defect_rate;
    int insecure;
    const ttsslice_logger *logger;
} cli_engines;

/* Rows of a table of options. */
/* clang-format off */
#define CLI_ENGINE_OPTIONS(e)                                                                      \
    {"engine", CLI_TEXT, &(e).engine, "NAME", "who speaks here: flite (default), openai", 0, 0},   \
    {"engine-url", CLI_TEXT, &(e).engine_url, "URL",                                               \
     "with --engine openai: the server, as http://127.0.0.1:8880/v1", 0, 0}
#define CLI_VOICE_OPTIONS(e)                                                                       \
    {"speech-model", CLI_TEXT, &(e).speech_model, "NAME", "model, with openai; default tts-1",     \
     0, 0},                                                                                        \
    {"voice", CLI_TEXT, &(e).voice, "NAME", "voice, with openai; default alloy", 0, 0}
#define CLI_ASR_OPTIONS(e)                                                                         \
    {"asr", CLI_TEXT, &(e).asr, "NAME",                                                            \
     "who listens here: sphinx (default), openai, assemblyai, none", 0, 0},                        \
    {"asr-url", CLI_TEXT, &(e).asr_url, "URL",                                                     \
     "of --asr: openai's server, as http://127.0.0.1:8000/v1; assemblyai's region", 0, 0},         \
    {"asr-model", CLI_TEXT, &(e).asr_model, "NAME",                                                \
     "of --asr: default whisper-1, or universal-3-pro,universal-2", 0, 0},                         \
    {"asr-timeout", CLI_NUMBER, &(e).asr_timeout, "S",                                             \
     "longest wait for a service with one audio; default 1800", 1, 86400}
#define CLI_TRUST_OPTIONS(e)                                                                       \
    {"ca-file", CLI_TEXT, &(e).ca_file, "FILE",                                                    \
     "certificates (PEM) in the place of the system's", 0, 0},                                     \
    {"insecure", CLI_FLAG, &(e).insecure, NULL,                                                    \
     "let the key travel unencrypted to another machine", 0, 0}
/* clang-format on */

/* Whether an engine of that name waits for a server. */
bool cli_is_service(const char *name);

/* Make an engine by a name that is known. */
int32_t cli_new_generator(const cli_engines *engines, const char *name, ttsslice_generator **out,
                          ttsslice_error *err);
int32_t cli_new_transcriber(const cli_engines *engines, const char *name,
                            ttsslice_transcriber **out, ttsslice_error *err);

/* Each returns -1, or the exit status after a message. "none" gives no transcriber. */
int cli_make_generator(const cli_command *command, const cli_engines *engines,
                       ttsslice_generator **out);
int cli_make_transcriber(const cli_command *command, const cli_engines *engines,
                         ttsslice_transcriber **out);

#endif
