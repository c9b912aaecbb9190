/* SPDX-License-Identifier: MIT */
/* The lines of a text and what each looks like by itself. What follows from that for paragraphs
 * is decided in block.c. Marks are those of Markdown and of plain text as people type it. */
#ifndef TTSS_CHUNK_LINE_H
#define TTSS_CHUNK_LINE_H

#include "chunk/language.h"

#include <stdbool.h>
#include <stddef.h>

enum ttss_line_kind {
    TTSS_LINE_BLANK = 0,
    TTSS_LINE_TEXT = 1,
    TTSS_LINE_RULE = 2,    /* marks alone: "***", "* * *", "---" */
    TTSS_LINE_HEADING = 3, /* "# ..." */
    TTSS_LINE_BULLET = 4,  /* "- ...", "* ...", "+ ..." or a bullet */
    TTSS_LINE_NUMBER = 5,  /* "1. ...", "1) ...", "a) ..." */
    TTSS_LINE_ROW = 6,     /* of a table: "| ... |" */
    TTSS_LINE_QUOTE = 7    /* "> ..." */
};

typedef struct ttss_line {
    size_t start; /* without white space around it */
    size_t end;
    size_t next; /* start of the next line */
    enum ttss_line_kind kind;
    bool separator; /* ends with U+2029, and so does the paragraph */
    bool indented;  /* begins with U+3000, as paragraphs do in Chinese and Japanese */
} ttss_line;

/* The line that begins at pos < length. */
ttss_line ttss_line_read(const char *text, size_t length, size_t pos);

/* "Chapter 5", "PART TWO: The Sea", "1. Kapitel", "Prologue." */
bool ttss_line_is_named_heading(const ttss_language *language, const char *text,
                                const ttss_line *line);

/* A short line that begins like a title and does not end like a sentence. */
bool ttss_line_is_title(const char *text, const ttss_line *line);

/* A title in capital letters. */
bool ttss_line_is_capitals(const char *text, const ttss_line *line);

/* A rule such as "====" or "----", which makes the line before it a heading. */
bool ttss_line_is_underline(const char *text, const ttss_line *line, char mark);

/* Short enough for a heading. */
bool ttss_line_is_short(const char *text, const ttss_line *line);

/* The last mark ends a sentence or announces what follows, as a colon does. */
bool ttss_line_ends_sentence(const char *text, const ttss_line *line);

/* There is a letter or digit in it. */
bool ttss_line_has_words(const char *text, const ttss_line *line);

#endif
