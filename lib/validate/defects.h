/* SPDX-License-Identifier: MIT */
/* What is wrong with a take: from the alignment with its text, and from its signal. */
#ifndef TTSS_VALIDATE_DEFECTS_H
#define TTSS_VALIDATE_DEFECTS_H

#include "validate/comparison.h"
#include "validate/verdict.h"

/* The default limits in words for a text of this many; see the table in defects.c. */
int32_t ttss_default_limit(int64_t text_words);

/* Adds the defects of the alignment to the verdict. duration_s: NaN if there is no audio. False:
 * out of memory. */
bool ttss_find_defects(ttsslice_verdict *verdict, const ttss_comparison *comparison,
                       const ttsslice_validate_options *options, double duration_s);

/* Adds what is wrong with the signal, and its level. False: out of memory. */
bool ttss_check_signal(ttsslice_verdict *verdict, const ttss_comparison *comparison,
                       const ttsslice_audio *audio, double reference_dbfs);

#endif
