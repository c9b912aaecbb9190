/* SPDX-License-Identifier: MIT */
/* Marks that may end a sentence, and what belongs to them: runs of such marks, closing marks and
 * numbers of notes behind them. */
#ifndef TTSS_CHUNK_SCAN_H
#define TTSS_CHUNK_SCAN_H

#include "base/find.h"
#include "chunk/language.h"

#include <stdbool.h>
#include <stddef.h>

/* A run of marks that may end a sentence. */
typedef struct ttss_run {
    size_t start;
    size_t end;    /* behind the marks */
    size_t closed; /* behind the closing marks, too */
    size_t after;  /* behind numbers of notes, too */
    size_t dots;   /* full stops; an ellipsis counts three */
    bool strong;   /* has ! or ? */
    bool full;     /* has a full stop that needs no space */
    bool spaced;   /* ". . ." */
} ttss_run;

/* What a character is in this language. */
enum ttss_stop ttss_stop_in(const ttss_language *language, uint32_t c);

/* The next mark from pos on that may end a sentence, or the finder's end. */
size_t ttss_find_stop(ttss_finder *finder, const ttss_language *language, size_t pos);

/* The run of marks at start, which is one. */
void ttss_run_read(ttss_run *run, const ttss_language *language, const char *text, size_t start,
                   size_t end);

#endif
