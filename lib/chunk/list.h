/* SPDX-License-Identifier: MIT */
/* Items of a list that run on in a line: "1) Open the box 2) Close it", "a. ... b. ...", bullets.
 * A sentence that begins with a label ends before the next label of the same shape: the number
 * or letter that comes next, between the same marks. One label alone is nothing, so a "2." in
 * prose parts no sentence. */
#ifndef TTSS_CHUNK_LIST_H
#define TTSS_CHUNK_LIST_H

#include <stdbool.h>
#include <stddef.h>

#define TTSS_LABEL_MAX 16

/* Labels that may follow the one that a sentence begins with: "i)" may be a letter, so that "j)"
 * is next, or a number, and "ii)" is. */
typedef struct ttss_item {
    char next[2][TTSS_LABEL_MAX];
    size_t length[2]; /* 0: none */
    bool bullet;      /* a bullet needs no white space behind it */
    size_t searched;  /* up to there no label begins */
} ttss_item;

/* Whether a text with these first two bytes may begin with a label: for nearly all sentences not.
 */
static inline bool ttss_may_be_item(unsigned char first, unsigned char second) {
    bool mark = second == '.' || second == ')';
    bool numeral = (second | 0x20) == 'i' || (second | 0x20) == 'v' || (second | 0x20) == 'x';
    return first == '(' || (first >= '0' && first <= '9') || first == 0xE2 || mark ||
           (numeral && ((first | 0x20) == 'i' || (first | 0x20) == 'v' || (first | 0x20) == 'x'));
}

/* Reads the label that text[start, end) begins with; false if there is none. */
bool ttss_item_read(ttss_item *item, const char *text, size_t start, size_t end);

/* Start of the next label that begins before `until`, or end. What was searched is not looked at
 * again. */
size_t ttss_item_next(ttss_item *item, const char *text, size_t until, size_t end);

#endif
