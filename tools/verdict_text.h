/* SPDX-License-Identifier: MIT */
/* A verdict as text for people, on standard output. */
#ifndef TTSSLICE_TOOLS_VERDICT_TEXT_H
#define TTSSLICE_TOOLS_VERDICT_TEXT_H

#include <ttsslice/ttsslice.h>

#include <stdbool.h>

/* text: the one that was validated. A short one is shown whole with its faults marked; of a long
 * one, unless `full`, those over their limits with the words around them. */
void cli_print_verdict(const ttsslice_verdict *verdict, const char *text, size_t length, bool full);

#endif
