/* SPDX-License-Identifier: MIT */
/* Private to the search for defects in an alignment: what it looks at (a finder), and a run of
 * steps that do not agree (a region); see defects.c. */
#ifndef TTSS_VALIDATE_FINDER_H
#define TTSS_VALIDATE_FINDER_H

#include "base/buf.h"
#include "validate/comparison.h"
#include "validate/verdict.h"

typedef struct ttss_finder {
    ttsslice_verdict *verdict;
    const ttss_comparison *c;
    const ttsslice_validate_options *options;
    double duration_s;
    const ttss_step *steps;
    size_t step_count;
    uint32_t *heard_at;    /* heard steps before each step; step_count + 1 values */
    uint32_t *heard_steps; /* the steps with something heard; behind the other */
    size_t heard_count;
    bool failed;
} ttss_finder;

typedef struct ttss_region {
    size_t first, end;  /* steps */
    size_t text, heard; /* words that do not agree */
    size_t low, high;   /* steps from the first to the last word of the text that does not agree */
    size_t all;         /* words of the text in these, with those that agree by chance */
    double alike;       /* percent */
} ttss_region;

/* The bytes of the text from the first word in these steps to the last; false if there is none. */
bool ttss_text_span(const ttss_finder *f, size_t first, size_t end, size_t *start, size_t *length);

/* repetitions.c: whether `extra` words in heard [low, high) belong to a stretch with a period, and
 * where in the text its words are. */
bool ttss_has_period(const ttss_finder *f, size_t low, size_t high, size_t extra,
                     size_t *text_start, size_t *text_length);
/* Where in the text the words of a stretch with a period are: heard [start, start + extra +
 * period). False: none of them is in the text. */
bool ttss_repeated_span(const ttss_finder *f, size_t start, size_t extra, size_t period,
                        size_t *text_start, size_t *text_length);
/* Whether what was heard in the region is what stands next to it. *first: the first heard word of
 * both. */
bool ttss_repeats_neighbours(const ttss_finder *f, const ttss_region *r, size_t *first);

/* defect_message.c: the sentence for people. part: the steps that the defect is about. */
void ttss_describe_defect(const ttss_finder *f, const ttsslice_defect *d, const ttss_region *part,
                          ttss_buf *buf);

#endif
