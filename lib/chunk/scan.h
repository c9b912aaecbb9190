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

/* Brackets within brackets that are kept in mind. */
#define TTSS_OPEN_MAX 8

enum ttss_quoted { TTSS_QUOTED_NOT = 0, TTSS_QUOTED_TITLE = 1, TTSS_QUOTED_SPEECH_OR_TITLE = 2 };

/* A search for marks through a sentence, which also sees what is opened and closed on the way. */
typedef struct ttss_scan {
    ttss_finder finder;
    size_t depth;               /* round brackets that are open, full width ones too */
    size_t open[TTSS_OPEN_MAX]; /* where, the outermost first */
    enum ttss_quoted quoted;    /* U+300A or U+300E is open */
    size_t quoted_at;
} ttss_scan;

static inline void ttss_scan_begin(ttss_scan *scan, const char *text, size_t start, size_t end) {
    scan->finder = ttss_finder_begin(text, start, end);
    scan->depth = 0;
    scan->quoted = TTSS_QUOTED_NOT;
}

/* What a character is in this language. */
enum ttss_stop ttss_stop_in(const ttss_language *language, uint32_t c);

/* The next mark from pos on that may end a sentence, or the end of the search. */
size_t ttss_find_stop(ttss_scan *scan, const ttss_language *language, size_t pos);

/* The run of marks at start, which is one. */
void ttss_run_read(ttss_run *run, const ttss_language *language, const char *text, size_t start,
                   size_t end);

#endif
