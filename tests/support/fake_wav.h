/* SPDX-License-Identifier: MIT */
/* Sound files as handlers send them: what libraries write by default differs. */
#ifndef TTSS_TESTS_FAKE_WAV_H
#define TTSS_TESTS_FAKE_WAV_H

#include "fake_runpod.h"

/* From malloc; every sample is a quarter of full scale. */
char *fake_wav_new(enum fake_wav kind, size_t *size);

#endif
