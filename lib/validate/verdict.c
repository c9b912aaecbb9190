/* SPDX-License-Identifier: MIT */
/* The verdict object; see verdict.h. Immutable once it is handed out. */
#include "validate/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFECT_LAST TTSSLICE_DEFECT_LOUDNESS

static const char *const defect_names[] = {
    "unknown",   "missing",    "repeated",   "extra",    "garbled",
    "truncated", "tail_noise", "silence",    "clipping", "implausible_duration",
    "dc_offset", "long_pause", "abrupt_end", "loudness",
};

const char *ttsslice_defect_name(int32_t kind) {
    return kind >= TTSSLICE_DEFECT_MISSING && kind <= DEFECT_LAST ? defect_names[kind]
                                                                  : defect_names[0];
}

int32_t ttss_defect_kind(const char *name) {
    for (int32_t i = TTSSLICE_DEFECT_MISSING; i <= DEFECT_LAST; i++)
        if (strcmp(name, defect_names[i]) == 0)
            return i;
    return 0;
}

ttsslice_verdict *ttss_verdict_new(void) {
    ttsslice_verdict *verdict = ttss_new(ttsslice_verdict);
    if (verdict)
        ttss_refs_init(&verdict->refs);
    return verdict;
}

bool ttss_verdict_take(ttsslice_verdict *verdict, const ttsslice_defect *defect, char *heard,
                       char *message) {
    ttsslice_defect copy = *defect;
    if (!heard || !message ||
        !ttss_grow((void **)&verdict->defects, &verdict->defect_room, verdict->defect_count + 1,
                   sizeof copy)) {
        free(heard);
        free(message);
        return false;
    }
    copy.heard = heard;
    copy.message = message;
    verdict->defects[verdict->defect_count++] = copy;
    return true;
}

bool ttss_verdict_add(ttsslice_verdict *verdict, const ttsslice_defect *defect) {
    return ttss_verdict_take(verdict, defect, ttss_strdup(defect->heard ? defect->heard : ""),
                             ttss_strdup(defect->message ? defect->message : ""));
}

bool ttss_verdict_make_words(ttsslice_verdict *verdict, size_t count) {
    verdict->words = ttss_new_array(count, sizeof *verdict->words);
    if (!verdict->words)
        return false;
    verdict->word_count = count;
    for (size_t i = 0; i < count; i++)
        verdict->words[i].audio_start_s = verdict->words[i].audio_end_s = (double)NAN;
    return true;
}

const ttsslice_verdict_info *ttsslice_verdict_get(const ttsslice_verdict *verdict) {
    return verdict ? &verdict->info : NULL;
}

const char *ttsslice_verdict_transcript(const ttsslice_verdict *verdict) {
    return verdict && verdict->transcript ? verdict->transcript : "";
}

size_t ttsslice_verdict_defect_count(const ttsslice_verdict *verdict) {
    return verdict ? verdict->defect_count : 0;
}

const ttsslice_defect *ttsslice_verdict_defect(const ttsslice_verdict *verdict, size_t index) {
    return verdict && index < verdict->defect_count ? &verdict->defects[index] : NULL;
}

size_t ttsslice_verdict_word_count(const ttsslice_verdict *verdict) {
    return verdict ? verdict->word_count : 0;
}

const ttsslice_aligned_word *ttsslice_verdict_word(const ttsslice_verdict *verdict, size_t index) {
    return verdict && index < verdict->word_count ? &verdict->words[index] : NULL;
}

ttsslice_verdict *ttsslice_verdict_ref(ttsslice_verdict *verdict) {
    if (verdict)
        ttss_refs_take(&verdict->refs);
    return verdict;
}

void ttsslice_verdict_unref(ttsslice_verdict *verdict) {
    if (!verdict || !ttss_refs_drop(&verdict->refs))
        return;
    for (size_t i = 0; i < verdict->defect_count; i++) {
        free((char *)verdict->defects[i].heard);
        free((char *)verdict->defects[i].message);
    }
    free(verdict->defects);
    free(verdict->words);
    free(verdict->transcript);
    free(verdict);
}
