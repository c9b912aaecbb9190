/* SPDX-License-Identifier: MIT */
/* Lines of subtitles: how wide text is, where a line may end, and where it does. */
#ifndef TTSS_CONCAT_LINES_H
#define TTSS_CONCAT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Width is counted in units of which a narrow character has 8 and a wide one 21, so that 42 narrow
 * or 16 wide characters fill a line, the usual limits of broadcasters. */
#define TTSS_LINE_WIDTH 336

/* What stands before the byte of a text where it is laid out; anything else is written first. */
enum ttss_place {
    TTSS_PLACE_TEXT = 0, /* the byte alone */
    TTSS_PLACE_DROP = 1  /* white space or a control character that is not written */
};

/* A control character that is not white space: nothing to read, and a command to some terminals. */
bool ttss_is_control(uint32_t c);

/* Units of a character; white space counts as one space. */
int32_t ttss_char_width(uint32_t c);
int64_t ttss_text_width(const char *text, size_t length);

/* Whether a line may end between two characters that have no white space between them: beside an
 * ideograph or kana, but not before what closes (full stops, brackets, small kana, marks) and not
 * behind what opens. Hangul, like Latin, is broken at spaces. */
bool ttss_may_break(uint32_t before, uint32_t after);

/* Lays out valid UTF-8. For each byte, places[i] is TTSS_PLACE_TEXT, TTSS_PLACE_DROP, or ' ' or
 * '\n' to be written before the byte. */
void ttss_lay_out(const char *text, size_t length, char *places);

#endif
