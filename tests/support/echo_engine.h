/* SPDX-License-Identifier: MIT */
/* A generator that writes the bytes of its text into samples, and a transcriber that reads them
 * back, with word times: fast, exact and deterministic, so that the pipeline can be tested on
 * thousands of takes. Speech itself is tested with the embedded engines. */
#ifndef TTSS_TESTS_ECHO_ENGINE_H
#define TTSS_TESTS_ECHO_ENGINE_H

#include <ttsslice/ttsslice.h>

#define ECHO_RATE            8000
#define ECHO_FRAMES_PER_BYTE 400 /* 20 characters a second, as speech */

/* New reference; the test fails if there is none. Every damage_rate-th take is spoilt. */
ttsslice_generator *echo_generator(double damage_rate);
ttsslice_transcriber *echo_transcriber(void);

/* The functions themselves, for host engines that count or fail. */
int32_t echo_generate(const ttsslice_generate_request *request, ttsslice_audio **out,
                      ttsslice_error *err, void *user_data);
int32_t echo_transcribe(const ttsslice_audio *audio, const char *text, const char *language,
                        ttsslice_transcript **out, ttsslice_error *err, void *user_data);

#endif
