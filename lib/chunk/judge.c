/* SPDX-License-Identifier: MIT */
/* Whether a run of marks ends its sentence; see judge.h. What is looked for: quotations and
 * thoughts that the text goes on with, titles, brackets, omissions, who speaks. */
#include "chunk/judge.h"

#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Bytes looked back for the start of a title in its marks. */
#define TITLE_MAX 96

/* Bytes looked back for the start of a quotation. */
#define QUOTATION_MAX 300

/* Bytes looked back for an opening bracket. */
#define BRACKETS_MAX 400

/* Bytes of the word at pos, which stands there whatever follows; 0: another text does. */
static size_t stands_at(const ttss_place *p, size_t pos, const char *word) {
    size_t i = 0;
    while (word[i] && pos + i < p->end && p->text[pos + i] == word[i])
        i++;
    return word[i] ? 0 : i;
}

/* The run closes a quotation, and the text at pos goes on with it: "行こう。」と". */
static bool quotation_goes_on(const ttss_place *p, size_t pos) {
    const ttss_word_list *list = &p->language->quote_continues;
    if (p->run.closed == p->run.end)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (stands_at(p, pos, list->words[i]) > 0)
            return true;
    return false;
}

static bool is_hiragana(uint32_t c) {
    return c >= 0x3041 && c <= 0x309F;
}

/* Without quotation marks: "何？と彼は思った。" */
static bool thought_goes_on(const ttss_place *p, size_t pos) {
    const ttss_word_list *list = &p->language->thought_continues;
    if (list->count == 0 || p->run.dots > 0 || p->run.closed > p->run.end)
        return false;
    uint32_t mark = ttss_char_before(p->text, p->run.start, p->run.end);
    if (mark != '!' && mark != '?' && mark != 0xFF01 && mark != 0xFF1F)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        size_t length = stands_at(p, pos, list->words[i]);
        if (length > 3 || (length == 3 && !is_hiragana(ttss_char_at(p->text, pos + 3, p->end))))
            return true;
    }
    return false;
}

/* The quotation that the run closes was opened directly behind a word, so that it is a part of a
 * clause: 他问“为什么？”时笑了。 */
static bool is_in_clause(const ttss_place *p) {
    static const char *const openers[] = {"\xE2\x80\x9C", "\xE3\x80\x8C", "\xE3\x80\x8E"};
    const char *text = p->text;
    size_t least =
        p->run.start - p->sentence > QUOTATION_MAX ? p->run.start - QUOTATION_MAX : p->sentence;
    for (size_t pos = p->run.start; pos > least + 2; pos--) {
        unsigned char last = (unsigned char)text[pos - 1];
        if (last != 0x9C && last != 0x8C && last != 0x8E)
            continue;
        for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
            if (memcmp(text + pos - 3, openers[i], 3) == 0)
                return ttss_letter_of(ttss_char_before(text, p->sentence, pos - 3)) !=
                       TTSS_LETTER_NONE;
    }
    return false;
}

/* No white space behind the run and its closing marks. */
static enum ttss_rule judge_unspaced(const ttss_place *p) {
    const ttss_run *run = &p->run;
    uint32_t c = ttss_char_at(p->text, run->closed, p->end);
    if (ttss_stop_in(p->language, c) || ttss_clause_of(c))
        return TTSS_RULE_MARK_FOLLOWS;
    if (!run->full && !(run->strong && c >= 0x2E80))
        return TTSS_RULE_NO_SPACE;
    if (quotation_goes_on(p, run->closed) || thought_goes_on(p, run->closed))
        return TTSS_RULE_QUOTED;
    if (run->closed > run->end && ttss_tells_speaker(p->language, p->text, run->closed, p->end))
        return TTSS_RULE_SPEAKER;
    if (run->closed > run->end && ttss_letter_of(c) != TTSS_LETTER_NONE && is_in_clause(p))
        return TTSS_RULE_QUOTED;
    if (ttss_letter_of(c) != TTSS_LETTER_NONE || ttss_opens(c))
        return TTSS_RULE_FULL_STOP;
    uint32_t before = ttss_char_before(p->text, run->start, run->closed);
    return utf8proc_grapheme_break((utf8proc_int32_t)before, (utf8proc_int32_t)c)
               ? TTSS_RULE_FULL_STOP
               : TTSS_RULE_NO_SPACE;
}

/* Opens brackets or a quotation at pos, where other languages might close one. */
static bool opens_at(const ttss_place *p, size_t pos) {
    uint32_t c = ttss_char_at(p->text, pos, p->end);
    if (c != '(' && c != '[' && c != '"' && (c < 0x80 || !ttss_opens(c)))
        return false;
    uint32_t before = ttss_char_before(p->text, p->sentence, pos);
    bool direct = c == 0x201C || c == 0x300C || c == 0x300E;
    return before == 0 || ttss_is_space(before) ||
           (direct && ttss_letter_of(before) == TTSS_LETTER_CASELESS);
}

/* "[...]" stands for words left out, and a mark alone in quotation marks for itself: the "!" key.
 */
static bool is_omission(const ttss_place *p) {
    const ttss_run *run = &p->run;
    return run->closed > run->end && run->start > p->sentence &&
           opens_at(p, ttss_utf8_previous(p->text, run->start));
}

/* Within the marks of an East Asian title, U+300A and U+300B, a stop belongs to the title. U+300E
 * and U+300F are for titles and for speech, which ends with its last mark. */
static bool is_in_title(const ttss_place *p) {
    bool speech = p->run.closed > p->run.end;
    if (p->scan.quoted == TTSS_QUOTED_NOT || p->run.start - p->scan.quoted_at > TITLE_MAX)
        return false;
    return p->scan.quoted == TTSS_QUOTED_TITLE || !speech;
}

/* In brackets that were opened within the sentence, not long ago. */
static bool is_in_brackets(const ttss_place *p) {
    size_t depth = p->scan.depth;
    if (depth == 0 || depth > TTSS_OPEN_MAX)
        return false;
    size_t open = p->scan.open[depth - 1];
    return p->run.start - open <= BRACKETS_MAX && ttss_has_words(p->text, p->sentence, open);
}

/* Two or more dots. Only a capital shows that a sentence begins behind them. */
static ttss_ending judge_dots(const ttss_place *p) {
    const ttss_run *run = &p->run;
    /* "word. . . . Next": a full stop, and an ellipsis that begins the next sentence. */
    if (run->spaced && run->dots == 4 && p->text[run->start + 1] == ' ' &&
        run->closed == run->end &&
        !ttss_is_space(ttss_char_before(p->text, p->sentence, run->start)))
        return (ttss_ending){run->start + 1, TTSS_RULE_ELLIPSIS_STARTS};
    if (ttss_has_trait(p, TTSS_TRAIT_NOUN_CAPITALS) && p->next.first == TTSS_LETTER_UPPER &&
        !ttss_next_starts_sentence(p))
        return (ttss_ending){run->after, TTSS_RULE_ELLIPSIS};
    if (p->next.first == TTSS_LETTER_CASELESS)
        return (ttss_ending){run->after, TTSS_RULE_ELLIPSIS};
    size_t start = p->next.start;
    bool pronoun = ttss_has_trait(p, TTSS_TRAIT_CAPITAL_PRONOUN) && run->dots <= 3 &&
                   start < p->end && p->text[start] == 'I' &&
                   ttss_word_end(p->text, start, p->end) == start + 1;
    return (ttss_ending){run->after, pronoun ? TTSS_RULE_PRONOUN : TTSS_RULE_STOP};
}

/* White space behind the run, and then a capital, a letter without case, a number or a mark. */
static ttss_ending judge_spaced(const ttss_place *p) {
    const ttss_run *run = &p->run;
    bool quoted = run->closed > run->end;
    if (quoted && p->next.first == TTSS_LETTER_CASELESS &&
        ttss_tells_speaker_apart(p->language, p->text, p->next.start, p->end))
        return (ttss_ending){run->after, TTSS_RULE_SPEAKER};
    if (!run->full && quoted && (run->strong || run->dots > 1) &&
        ttss_names_speaker(p->language, p->text, &p->next, p->end))
        return (ttss_ending){run->after, TTSS_RULE_SPEAKER};
    if (run->full)
        return (ttss_ending){run->after, TTSS_RULE_FULL_STOP};
    if (run->strong)
        return (ttss_ending){run->after, TTSS_RULE_STOP};
    return run->dots == 1 ? (ttss_ending){run->after, ttss_judge_period(p)} : judge_dots(p);
}

/* Signs that stand between words or before a number. No sentence begins with one. */
static bool is_inner_sign(uint32_t c) {
    return c == '&' || c == '/' || c == '|' || c == '=' || c == 0x2116;
}

/* A mark behind white space that continues a sentence; closing marks stand alone in code. */
static bool goes_on_with(uint32_t mark) {
    return ttss_clause_of(mark) != TTSS_CLAUSE_NONE || is_inner_sign(mark) || ttss_closes(mark);
}

/* Korean is followed by Latin words now and then; their case says nothing there. */
static bool is_behind_caseless(const ttss_place *p) {
    uint32_t before = ttss_char_before(p->text, p->sentence, p->run.start);
    return ttss_letter_of(before) == TTSS_LETTER_CASELESS;
}

ttss_ending ttss_judge_mark(ttss_place *p) {
    const ttss_run *run = &p->run;
    if (run->after >= p->end)
        return (ttss_ending){p->end, TTSS_RULE_END};
    if (!ttss_has_words(p->text, p->sentence, run->start))
        return (ttss_ending){run->after, TTSS_RULE_NO_WORDS};
    if (is_omission(p))
        return (ttss_ending){run->after, TTSS_RULE_OMISSION};
    bool spaced =
        p->text[run->after] == ' ' || ttss_is_space(ttss_char_at(p->text, run->after, p->end));
    enum ttss_rule unspaced = spaced ? TTSS_RULE_STOP : judge_unspaced(p);
    if (!ttss_rule_ends(unspaced))
        return (ttss_ending){run->closed, unspaced};
    if ((run->full || run->strong) && is_in_title(p))
        return (ttss_ending){run->closed, TTSS_RULE_TITLE};
    if (!spaced && is_in_brackets(p))
        unspaced = TTSS_RULE_BRACKETS;
    if (!spaced)
        return (ttss_ending){run->closed, unspaced};
    p->next = ttss_next_read(p->text, run->after, p->end);
    if (p->next.first == TTSS_LETTER_LOWER && !is_behind_caseless(p))
        return (ttss_ending){run->after, run->full ? TTSS_RULE_FULL_STOP : TTSS_RULE_LOWER_CASE};
    if (p->next.first == TTSS_LETTER_NONE && goes_on_with(p->next.mark))
        return (ttss_ending){run->after, TTSS_RULE_MARK_FOLLOWS};
    if (quotation_goes_on(p, p->next.start) || thought_goes_on(p, p->next.start))
        return (ttss_ending){run->after, TTSS_RULE_QUOTED};
    ttss_ending found = judge_spaced(p);
    if (ttss_rule_ends(found.rule) && is_in_brackets(p) && !ttss_next_starts_sentence(p))
        found.rule = TTSS_RULE_BRACKETS;
    return found;
}
