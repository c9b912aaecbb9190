/* SPDX-License-Identifier: MIT */
/* Sounds of hesitation, which say nothing: heard or not, written or not, they are no defect. Only
 * those that are nothing else in their language; "er" is one in English and a word in German. */
#include "validate/comparison.h"

#include "base/language.h"

#include <string.h>

#define FILLERS_MAX 14

static const struct {
    const char *language;
    const char *words[FILLERS_MAX + 1]; /* folded */
} fillers[] = {
    {"en", {"er", "erm", "hm", "hmm", "mhm", "mm", "mmm", "uh", "uhh", "uhm", "um", "umm"}},
    {"de", {"\u00e4h", "\u00e4hm", "hm", "hmm", "mhm", "mm", "\u00f6h", "\u00f6hm"}},
    {"fr", {"euh", "heu", "hm", "hmm"}},
    {"es", {"eh", "em", "hm", "hmm"}},
    {"it", {"ehm", "hm", "hmm", "uhm"}},
};

static bool is_filler(const char *const *list, const char *word) {
    for (; *list; list++)
        if ((*list)[0] == word[0] && strcmp(*list, word) == 0)
            return true;
    return false;
}

static bool is_dropped(const ttss_comparison *c, const char *const *list, const ttss_step *step) {
    bool deletion = step->kind == TTSS_STEP_DELETION;
    if (!deletion && step->kind != TTSS_STEP_INSERTION)
        return false;
    const ttss_part *part = deletion ? &step->text : &step->heard;
    const ttss_words *words = deletion ? &c->text_words : &c->heard_words;
    return part->count == 1 && is_filler(list, words->words[part->words[0]]);
}

void ttss_drop_fillers(ttss_comparison *c) {
    const char *const *list = NULL;
    size_t kept = 0, hits = 0;
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (ttss_is_language(c->language, fillers[i].language))
            list = fillers[i].words;
    for (size_t i = 0; i < c->alignment.count; i++)
        hits += c->alignment.steps[i].kind == TTSS_STEP_HIT;
    if (!list || hits == c->alignment.count || hits == 0) /* a text of nothing but "Hmm." */
        return;
    while (kept < c->alignment.count && !is_dropped(c, list, &c->alignment.steps[kept]))
        kept++;
    for (size_t i = kept; i < c->alignment.count; i++)
        if (!is_dropped(c, list, &c->alignment.steps[i]))
            c->alignment.steps[kept++] = c->alignment.steps[i];
    c->alignment.count = kept;
}
