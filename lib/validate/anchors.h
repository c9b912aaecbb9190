/* SPDX-License-Identifier: MIT */
/* Places where two long rows of symbols surely agree, by which they are cut into blocks. */
#ifndef TTSS_VALIDATE_ANCHORS_H
#define TTSS_VALIDATE_ANCHORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ttss_anchor {
    uint32_t text, heard; /* indices */
} ttss_anchor;

/* Runs of three symbols that occur once on each side, as far as their order agrees (the patience
 * method: longest increasing subsequence). False: out of memory. */
bool ttss_find_anchors(const uint32_t *text, size_t text_count, const uint32_t *heard,
                       size_t heard_count, ttss_anchor **anchors, size_t *count);

#endif
