/* SPDX-License-Identifier: MIT */
/* A verdict as text for people, on standard output. */
#ifndef TTSSLICE_TOOLS_VERDICT_TEXT_H
#define TTSSLICE_TOOLS_VERDICT_TEXT_H

#include <ttsslice/ttsslice.h>

/* text: the one that was validated. */
void cli_print_verdict(const ttsslice_verdict *verdict, const char *text, size_t length);

#endif
