/* SPDX-License-Identifier: MIT */
/* English spelling. What differs by rule is changed by rule; where the rule would make one word of
 * two ("four" and "for", "filled" and "filed") only behind the beginnings listed, whatever ending
 * follows. The two ways to write a word sound alike, so nobody who listens could tell. */
#include "validate/spelling.h"

#include <string.h>

typedef struct rule {
    const char *from, *to;
    const char *beginnings; /* what stands in front of it, between spaces */
} rule;

static const rule rules[] = {
    {"our", "or",
     " arm behavi cand clam col demean disc endeav fav ferv flav glam harb hon hum lab neighb od "
     "parl ranc rig rum sav splend tum val vap vig discol dishon unfav misdemean belab "},
    {"re", "er",
     " cent theat met lit fib calib sab spect somb lust meag kilomet centimet "
     "millimet manoeuv millilit amphitheat "},
    {"ogue", "og", " catal dial anal prol epil monol "},
    {"ence", "ense", " def off pret lic "},
    {"ll", "l",
     " trave cance labe mode marve quarre signa fue leve counse jewe tota dia tunne "
     "channe funne shove pane penci riva due grove unrave chise swive tranqui "},
    {"ey", "ay", " gr "},
    {"ough", "ow", " pl "},
    {"amme", "am", " progr gr kilogr "},
    {"yre", "ire", " t "},
    {"ould", "old", " m sm "},
    {"aed", "ed", " encyclop "},
};

/* Words that no rule makes. */
static const char *const pairs[][2] = {
    {"aluminium", "aluminum"},
    {"cosy", "cozy"},
    {"draught", "draft"},
    {"gaol", "jail"},
    {"kerb", "curb"},
    {"moustache", "mustache"},
    {"okay", "ok"},
    {"pyjamas", "pajamas"},
    {"sceptical", "skeptical"},
    {"storey", "story"},
    {"sulphur", "sulfur"},
    {"whiskey", "whisky"},
    {"judgement", "judgment"},
    {"acknowledgement", "acknowledgment"},
    {"cheque", "check"},
    {"ageing", "aging"},
    {"enquiry", "inquiry"},
    {"jewellery", "jewelry"},
};

static bool in_list(const char *list, const char *word, size_t length) {
    for (const char *at = list; *at; at++)
        if (*at == ' ' && length && strncmp(at + 1, word, length) == 0 && at[length + 1] == ' ')
            return true;
    return false;
}

static bool ends_with(const char *word, size_t length, const char *ending) {
    size_t n = strlen(ending);
    return length >= n && memcmp(word + length - n, ending, n) == 0;
}

/* "realize", "organizing", "analyzed": the letter z, or NULL. */
static const char *find_z(const char *word, size_t length) {
    static const char *const endings[] = {"e", "ed", "es", "er", "ers", "ing", "ation", "ations"};
    for (size_t i = 3; i + 1 < length && length >= 6; i++)
        if (word[i] == 'z' && (word[i - 1] == 'i' || word[i - 1] == 'y'))
            for (size_t k = 0; k < sizeof endings / sizeof endings[0]; k++)
                if (strlen(endings[k]) == length - i - 1 && ends_with(word, length, endings[k]))
                    return word + i;
    return NULL;
}

/* Replaces `count` bytes at `at`. */
static size_t replace(const char *word, size_t length, size_t at, size_t count, const char *by,
                      char out[TTSS_SPELLING_MAX]) {
    size_t n = strlen(by);
    if (length - count + n >= TTSS_SPELLING_MAX)
        return 0;
    memcpy(out, word, at);
    memcpy(out + at, by, n);
    memcpy(out + at + n, word + at + count, length - at - count);
    return length - count + n;
}

size_t ttss_one_spelling(const char *word, size_t length, char out[TTSS_SPELLING_MAX]) {
    if (length < 2 || length >= TTSS_SPELLING_MAX || memchr(word, '\0', length))
        return 0;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i][0][0] == word[0] && strlen(pairs[i][0]) == length &&
            memcmp(word, pairs[i][0], length) == 0)
            return replace(word, length, 0, length, pairs[i][1], out);
    const char *z = find_z(word, length);
    if (z)
        return replace(word, length, (size_t)(z - word), 1, "s", out);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        size_t n = strlen(rules[i].from);
        for (size_t at = 1; at + n <= length; at++)
            if (word[at] == rules[i].from[0] && memcmp(word + at, rules[i].from, n) == 0 &&
                in_list(rules[i].beginnings, word, at))
                return replace(word, length, at, n, rules[i].to, out);
    }
    return 0;
}
