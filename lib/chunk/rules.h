/* SPDX-License-Identifier: MIT */
/* The rules by which a mark ends a sentence or does not. Each has a name that stays and a reason
 * for people; what a rule decides is in judge.c and judge_period.c. */
#ifndef TTSS_CHUNK_RULES_H
#define TTSS_CHUNK_RULES_H

#include <stdbool.h>

enum ttss_rule {
    /* the sentence ends */
    TTSS_RULE_STOP,
    TTSS_RULE_FULL_STOP,
    TTSS_RULE_STARTER,
    TTSS_RULE_NO_NUMBER,
    TTSS_RULE_TIME,
    TTSS_RULE_LIST_ITEM,
    TTSS_RULE_CLOSING_WORD,
    TTSS_RULE_ELLIPSIS_STARTS,
    TTSS_RULE_PARAGRAPH,
    TTSS_RULE_SECTION,
    TTSS_RULE_END,
    TTSS_RULE_FIRST_THAT_GOES_ON, /* the sentence goes on */
    TTSS_RULE_NO_WORDS = TTSS_RULE_FIRST_THAT_GOES_ON,
    TTSS_RULE_NO_SPACE,
    TTSS_RULE_LOWER_CASE,
    TTSS_RULE_MARK_FOLLOWS,
    TTSS_RULE_OMISSION,
    TTSS_RULE_QUOTED,
    TTSS_RULE_TITLE,
    TTSS_RULE_BRACKETS,
    TTSS_RULE_SPEAKER,
    TTSS_RULE_PRONOUN,
    TTSS_RULE_LABEL,
    TTSS_RULE_ABBREVIATION,
    TTSS_RULE_ABBREVIATION_NUMBER,
    TTSS_RULE_ABBREVIATION_NAME,
    TTSS_RULE_TIME_GOES_ON,
    TTSS_RULE_INITIALS,
    TTSS_RULE_ORDINAL,
    TTSS_RULE_ELLIPSIS,
    TTSS_RULE_CLAUSE_MARK,
    TTSS_RULE_COUNT
};

static inline bool ttss_rule_ends(enum ttss_rule rule) {
    return rule < TTSS_RULE_FIRST_THAT_GOES_ON;
}

const char *ttss_rule_name(enum ttss_rule rule);
const char *ttss_rule_reason(enum ttss_rule rule);

#endif
