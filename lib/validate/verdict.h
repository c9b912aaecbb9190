/* SPDX-License-Identifier: MIT */
/* The verdict object while it is made. */
#ifndef TTSS_VALIDATE_VERDICT_H
#define TTSS_VALIDATE_VERDICT_H

#include "base/mem.h"

#include <ttsslice/validate.h>

struct ttsslice_verdict {
    ttss_refs refs;
    ttsslice_verdict_info info;
    char *transcript; /* NULL: unknown */
    ttsslice_defect *defects;
    size_t defect_count, defect_room;
    ttsslice_aligned_word *words;
    size_t word_count;
};

/* With no transcript, defects or words; NULL: out of memory. */
ttsslice_verdict *ttss_verdict_new(void);
/* Copies a defect with its strings. False: out of memory. */
bool ttss_verdict_add(ttsslice_verdict *verdict, const ttsslice_defect *defect);
/* The same with strings from malloc, which it takes over, also on failure; NULL is a failure. */
bool ttss_verdict_take(ttsslice_verdict *verdict, const ttsslice_defect *defect, char *heard,
                       char *message);
/* Makes room for words, all unheard; they are filled by the caller. False: out of memory. */
bool ttss_verdict_make_words(ttsslice_verdict *verdict, size_t count);
/* Kind by name; 0 if there is none of that name. */
int32_t ttss_defect_kind(const char *name);

#endif
