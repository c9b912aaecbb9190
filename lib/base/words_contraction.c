/* SPDX-License-Identifier: MIT */
/* English contractions and what they are said as in full ("don't": "do not"). The short form comes
 * first: it is what is written. */
#include "base/words_parts.h"

#include <string.h>

/* Stems of "n't", whose full form is the stem and "not". */
static const char *const negated[] = {"are",  "could", "dare",   "did", "do",    "does",
                                      "had",  "has",   "have",   "is",  "might", "must",
                                      "need", "ought", "should", "was", "were",  "would"};

/* What "'s" behind is short for "is" or "has"; behind other words it mostly is a genitive. */
static const char *const subjects[] = {"everything", "he",   "here",  "how",   "it",
                                       "nothing",    "she",  "that",  "there", "this",
                                       "what",       "when", "where", "who",   "why"};

static const struct {
    const char *word;
    const char *full[3];
} odd[] = {
    {"can't", {"cannot", "can not", NULL}}, {"won't", {"will not", NULL, NULL}},
    {"shan't", {"shall not", NULL, NULL}},  {"ain't", {"is not", "am not", "are not"}},
    {"let's", {"let us", NULL, NULL}},      {"i'm", {"i am", NULL, NULL}},
    {"y'all", {"you all", NULL, NULL}},
};

static bool is_one_of(const char *const *list, size_t count, const char *word, size_t length) {
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == length && memcmp(list[i], word, length) == 0)
            return true;
    return false;
}

#define ONE_OF(list, word, length) is_one_of(list, sizeof(list) / sizeof(list)[0], word, length)

bool ttss_say_contraction(ttss_phrases *list, const char *word) {
    const char *apostrophe = strchr(word, '\'');
    if (!apostrophe || apostrophe == word)
        return false;
    int stem = (int)(apostrophe - word);
    ttss_phrases_add(list, "%s", word);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        for (size_t k = 0; k < 3 && odd[i].full[k]; k++)
            if (strcmp(word, odd[i].word) == 0)
                ttss_phrases_add(list, "%s", odd[i].full[k]);
    if (strcmp(apostrophe, "'t") == 0 && stem > 1 && word[stem - 1] == 'n' &&
        ONE_OF(negated, word, (size_t)stem - 1))
        ttss_phrases_add(list, "%.*s not", stem - 1, word);
    static const char *const endings[][3] = {{"'ll", "will", "shall"},
                                             {"'ve", "have", NULL},
                                             {"'re", "are", NULL},
                                             {"'d", "would", "had"},
                                             {"'s", "is", "has"}};
    for (size_t i = 0; i < 5; i++)
        if (strcmp(apostrophe, endings[i][0]) == 0 &&
            (endings[i][0][1] != 's' || ONE_OF(subjects, word, (size_t)stem)))
            for (size_t k = 1; k < 3 && endings[i][k]; k++)
                ttss_phrases_add(list, "%.*s %s", stem, word, endings[i][k]);
    if (list->count > 1)
        return true;
    list->count = 0;
    return false;
}
