/* SPDX-License-Identifier: MIT */
/* Names and reasons of rules; see rules.h. */
#include "chunk/rules.h"

static const struct {
    const char *name;
    const char *reason;
} rules[] = {
    [TTSS_RULE_STOP] = {"stop", "A mark that ends sentences, and what follows may begin one."},
    [TTSS_RULE_FULL_STOP] = {"full-stop", "In this script the mark ends a sentence by itself."},
    [TTSS_RULE_STARTER] = {"starter", "The next word nearly always begins a sentence."},
    [TTSS_RULE_NO_NUMBER] = {"no-number", "The abbreviation goes with a number, and none follows."},
    [TTSS_RULE_TIME] = {"time", "A time of day ends the sentence: no time zone or day follows."},
    [TTSS_RULE_LIST_ITEM] = {"list-item", "The next item of a list begins here."},
    [TTSS_RULE_CLOSING_WORD] = {"closing-word",
                                "In this language the word before the space closes a sentence."},
    [TTSS_RULE_ELLIPSIS_STARTS] = {"ellipsis-starts",
                                   "A full stop, and an ellipsis that begins the next sentence."},
    [TTSS_RULE_PARAGRAPH] = {"paragraph", "The paragraph ends."},
    [TTSS_RULE_SECTION] = {"section", "A heading, a rule or several blank lines end the section."},
    [TTSS_RULE_END] = {"end", "The text ends."},
    [TTSS_RULE_NO_WORDS] = {"no-words", "Nothing to say stands before the mark."},
    [TTSS_RULE_NO_SPACE] = {"no-space", "No white space follows, as in a number or an address."},
    [TTSS_RULE_LOWER_CASE] = {"lower-case-follows", "The next word begins in lower case."},
    [TTSS_RULE_MARK_FOLLOWS] = {"mark-follows", "A comma or another mark goes on from here."},
    [TTSS_RULE_OMISSION] = {"omission", "Dots in brackets stand for words left out."},
    [TTSS_RULE_QUOTED] = {"quoted", "The quotation goes on as a part of its sentence."},
    [TTSS_RULE_TITLE] = {"title", "The mark belongs to a title in title marks."},
    [TTSS_RULE_BRACKETS] = {"brackets", "The mark is in brackets in the middle of a sentence."},
    [TTSS_RULE_SPEAKER] = {"speaker", "Who says the quotation is told behind it."},
    [TTSS_RULE_PRONOUN] = {"pronoun", "After dots, \"I\" does not show that a sentence begins."},
    [TTSS_RULE_LABEL] = {"label", "The mark belongs to the number or letter of a list item."},
    [TTSS_RULE_ABBREVIATION] = {"abbreviation", "The word is an abbreviation within sentences."},
    [TTSS_RULE_ABBREVIATION_NUMBER] = {"abbreviation-number",
                                       "The word is an abbreviation, and a number follows."},
    [TTSS_RULE_ABBREVIATION_NAME] = {"abbreviation-name",
                                     "The word is an abbreviation, and what follows rarely begins "
                                     "a sentence."},
    [TTSS_RULE_TIME_GOES_ON] = {"time-goes-on", "A time of day, and the phrase goes on."},
    [TTSS_RULE_INITIALS] = {"initials", "A single letter, or several with full stops between."},
    [TTSS_RULE_ORDINAL] = {"ordinal", "In this language a number with a full stop is an ordinal."},
    [TTSS_RULE_ELLIPSIS] = {"ellipsis", "Dots, and nothing shows that a sentence begins."},
    [TTSS_RULE_CLAUSE_MARK] = {"clause-mark", "In this language the mark ends no sentence."},
};

_Static_assert(sizeof rules / sizeof rules[0] == TTSS_RULE_COUNT, "a rule without a name");

const char *ttss_rule_name(enum ttss_rule rule) {
    return rules[rule].name;
}

const char *ttss_rule_reason(enum ttss_rule rule) {
    return rules[rule].reason;
}
