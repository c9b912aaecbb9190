/* SPDX-License-Identifier: MIT */
/* The model of what should be heard: a dictionary of the words of a text and nothing else, and a
 * bigram grammar in ARPA format (Doug Paul's MIT Lincoln Laboratory format) in which every reading
 * of every token is a path. Nearly all of the mass of a word goes to what follows it in the text;
 * the rest backs off to all words alike, the text's and some everyday ones that stand for anything
 * else. So dropping, repeating, jumping and foreign speech are possible at a price, and the sound
 * decides. */
#include "engine/listen.h"

#include "base/error.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IN_ORDER 0.95 /* mass of what follows in the text */

#define TEXT_MAX ((size_t)256 * 1000 * 1000)

/* Numbers of the sentence's ends in the list of bigrams. */
#define BEGIN SIZE_MAX
#define END   (SIZE_MAX - 1)
#define NONE  (SIZE_MAX - 2)

/* Everyday words of one or two syllables, with the sounds of English spread over them. Speech that
 * is not in the text is heard as a row of these. */
static const char *const everyday_words[] = {
    "about", "after", "again", "away",  "because", "before", "between", "bring", "child",  "cold",
    "day",   "each",  "earth", "enjoy", "father",  "few",    "food",    "girl",  "good",   "happy",
    "hot",   "house", "just",  "large", "leave",   "little", "measure", "money", "month",  "music",
    "never", "noise", "often", "open",  "paper",   "people", "power",   "quick", "rather", "school",
    "she",   "six",   "sound", "stop",  "think",   "today",  "under",   "voice", "water",  "young",
};
#define EVERYDAY_COUNT (sizeof everyday_words / sizeof everyday_words[0])

typedef struct link {
    size_t from;
    size_t to;
    double weight;
} link;

typedef struct maker {
    const ttss_dictionary *dictionary;
    const ttss_words *text;
    ttss_text_model *model;
    size_t *number; /* of each word of the text, NONE if it cannot be pronounced */
    link *links;
    size_t link_count;
    size_t link_room;
    bool failed;
} maker;

/* --- words ------------------------------------------------------------------------------------ */

/* Writes the pronunciations of a word under its number; false if there are none. */
static bool add_pronunciations(maker *m, const char *word, size_t number) {
    ttss_buf lines;
    ttss_buf_init(&lines, TEXT_MAX);
    ttss_pronounce(m->dictionary, word, &lines);
    m->failed = m->failed || lines.failed;
    size_t count = 0;
    for (size_t at = 0; at < lines.length;) {
        const char *end = memchr(lines.data + at, '\n', lines.length - at);
        size_t length = (size_t)(end - lines.data) - at + 1;
        ttss_buf_printf(&m->model->dictionary, count ? "w%zu(%zu) " : "w%zu ", number, count + 1);
        ttss_buf_add(&m->model->dictionary, lines.data + at, length);
        at += length;
        count++;
    }
    ttss_buf_free(&lines);
    return count > 0;
}

static int compare_words(const void *a, const void *b) {
    const char *const *const *x = a, *const *const *y = b;
    int order = strcmp(**x, **y);
    return order ? order : (*x > *y) - (*x < *y);
}

static bool add_word(maker *m, const char *word) {
    if (!add_pronunciations(m, word, m->model->word_count))
        return false;
    m->model->words[m->model->word_count++] = word;
    return true;
}

/* Where the words of the tokens lie. The tokens may be a stretch of a longer text, and then the
 * words are one too, as a text is read in order. */
static void words_of(const ttss_words *text, size_t *first, size_t *end) {
    *first = text->word_count;
    *end = 0;
    for (size_t i = 0; i < text->token_count; i++)
        for (size_t k = 0; k < text->tokens[i].reading_count; k++) {
            const ttss_reading *reading = &text->readings[text->tokens[i].first_reading + k];
            if (reading->first < *first)
                *first = reading->first;
            if (reading->first + reading->count > *end)
                *end = reading->first + reading->count;
        }
    if (*first > *end)
        *first = *end;
}

/* Numbers the different words of the text, and then those everyday words that are not in it. */
static void number_words(maker *m, const char ***sorted) {
    size_t first = 0, last = 0;
    words_of(m->text, &first, &last);
    size_t count = last - first;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &m->text->words[first + i];
    qsort(sorted, count, sizeof *sorted, compare_words);
    size_t number = NONE;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(*sorted[i], *sorted[i - 1]) != 0)
            number = add_word(m, *sorted[i]) ? m->model->word_count - 1 : NONE;
        m->number[sorted[i] - m->text->words] = number;
    }
    if (!m->model->word_count)
        return;
    for (size_t i = 0; i < EVERYDAY_COUNT; i++) {
        const char *word = everyday_words[i];
        const char **key = &word;
        bool in_text = false;
        size_t low = 0, high = count;
        while (low < high && !in_text) {
            size_t middle = (low + high) / 2;
            int order = strcmp(*key, *sorted[middle]);
            in_text = order == 0;
            low = order > 0 ? middle + 1 : low;
            high = order > 0 ? high : middle;
        }
        if (!in_text)
            add_word(m, word);
    }
}

/* --- links ------------------------------------------------------------------------------------ */

static void add_link(maker *m, size_t from, size_t to, double weight) {
    if (!ttss_grow((void **)&m->links, &m->link_room, m->link_count + 1, sizeof *m->links)) {
        m->failed = true;
        return;
    }
    m->links[m->link_count++] = (link){from, to, weight};
}

/* First and last word of a reading that can be pronounced; the links between are added. */
static bool walk_reading(maker *m, const ttss_reading *reading, size_t *first, size_t *last) {
    *first = NONE;
    for (size_t i = 0; i < reading->count; i++) {
        size_t number = m->number[reading->first + i];
        if (number == NONE)
            continue;
        if (*first == NONE)
            *first = number;
        else
            add_link(m, *last, number, 1.0);
        *last = number;
    }
    return *first != NONE;
}

/* Ends of the readings of the last token that had any. */
typedef struct ends {
    size_t *numbers;
    size_t count;
    size_t room;
} ends;

static void add_end(maker *m, ends *e, size_t number) {
    for (size_t i = 0; i < e->count; i++)
        if (e->numbers[i] == number)
            return;
    if (!ttss_grow((void **)&e->numbers, &e->room, e->count + 1, sizeof *e->numbers))
        m->failed = true;
    else
        e->numbers[e->count++] = number;
}

static void walk_token(maker *m, const ttss_token *token, ends *before, ends *after) {
    ends begins = {0};
    after->count = 0;
    for (size_t i = 0; i < token->reading_count; i++) {
        size_t first = NONE, last = NONE;
        if (!walk_reading(m, &m->text->readings[token->first_reading + i], &first, &last))
            continue;
        add_end(m, &begins, first);
        add_end(m, after, last);
    }
    for (size_t i = 0; i < before->count; i++)
        for (size_t k = 0; k < begins.count; k++)
            add_link(m, before->numbers[i], begins.numbers[k], 1.0 / (double)begins.count);
    free(begins.numbers);
}

static void link_text(maker *m, bool whole) {
    ends before = {0}, after = {0};
    if (whole)
        add_end(m, &before, BEGIN);
    for (size_t i = 0; i < m->text->token_count && !m->failed; i++) {
        walk_token(m, &m->text->tokens[i], &before, &after);
        if (after.count) {
            ends done = before;
            before = after;
            after = done;
        }
    }
    for (size_t i = 0; i < before.count; i++)
        add_link(m, before.numbers[i], END, 1.0);
    free(before.numbers);
    free(after.numbers);
}

static int compare_links(const void *a, const void *b) {
    const link *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static void merge_links(maker *m) {
    qsort(m->links, m->link_count, sizeof *m->links, compare_links);
    size_t kept = 0;
    for (size_t i = 0; i < m->link_count; i++) {
        bool same = kept && m->links[kept - 1].from == m->links[i].from &&
                    m->links[kept - 1].to == m->links[i].to;
        if (same)
            m->links[kept - 1].weight += m->links[i].weight;
        else
            m->links[kept++] = m->links[i];
    }
    m->link_count = kept;
}

/* --- grammar ---------------------------------------------------------------------------------- */

/* A logarithm to base 10 with three decimals and a point in every locale. */
static void add_log(ttss_buf *out, double probability) {
    int thousandths = (int)lrint(-1000.0 * log10(probability));
    if (thousandths < 0)
        ttss_buf_add_text(out, "0.000");
    else
        ttss_buf_printf(out, "-%d.%03d", thousandths / 1000, thousandths % 1000);
}

static void add_name(ttss_buf *out, size_t number) {
    if (number == BEGIN)
        ttss_buf_add_text(out, " <s>");
    else if (number == END)
        ttss_buf_add_text(out, " </s>");
    else
        ttss_buf_printf(out, " w%zu", number);
}

/* Links of one word: [*at, end), moved on. */
static size_t links_from(const maker *m, size_t from, size_t *at) {
    while (*at < m->link_count && m->links[*at].from < from)
        (*at)++;
    size_t end = *at;
    while (end < m->link_count && m->links[end].from == from)
        end++;
    return end;
}

static void add_unigram(maker *m, size_t number, size_t linked, double uniform) {
    ttss_buf *out = &m->model->grammar;
    if (number == BEGIN)
        ttss_buf_add_text(out, "-99.000");
    else
        add_log(out, uniform);
    add_name(out, number);
    if (number != END) {
        /* What backs off goes to the words without a link alone. */
        double rest = 1.0 - (double)linked * uniform;
        ttss_buf_add_char(out, ' ');
        add_log(out, linked ? (1.0 - IN_ORDER) / (rest > uniform ? rest : uniform) : 1.0);
    }
    ttss_buf_add_char(out, '\n');
}

static void add_bigrams(maker *m, size_t at, size_t end) {
    double total = 0.0;
    for (size_t i = at; i < end; i++)
        total += m->links[i].weight;
    for (size_t i = at; i < end; i++) {
        add_log(&m->model->grammar, IN_ORDER * m->links[i].weight / total);
        add_name(&m->model->grammar, m->links[i].from);
        add_name(&m->model->grammar, m->links[i].to);
        ttss_buf_add_char(&m->model->grammar, '\n');
    }
}

static void write_grammar(maker *m) {
    size_t count = m->model->word_count, at = 0;
    double uniform = 1.0 / (double)(count + 1);
    ttss_buf_printf(&m->model->grammar, "\\data\\\nngram 1=%zu\nngram 2=%zu\n\n\\1-grams:\n",
                    count + 2, m->link_count);
    for (size_t i = 0; i < count; i++) {
        size_t end = links_from(m, i, &at);
        add_unigram(m, i, end - at, uniform);
    }
    size_t end = links_from(m, BEGIN, &at);
    add_unigram(m, BEGIN, end - at, uniform);
    add_unigram(m, END, 0, uniform);
    ttss_buf_add_text(&m->model->grammar, "\n\\2-grams:\n");
    for (at = 0; at < m->link_count; at = end) {
        end = links_from(m, m->links[at].from, &at);
        add_bigrams(m, at, end);
    }
    ttss_buf_add_text(&m->model->grammar, "\n\\end\\\n");
}

int32_t ttss_text_model_make(ttss_text_model *out, const ttss_dictionary *dictionary,
                             const ttss_words *words, bool whole, ttsslice_error *err) {
    ttss_text_model model = {0};
    maker m = {.dictionary = dictionary, .text = words, .model = &model};
    int32_t ret = 0;
    ttss_buf_init(&model.dictionary, TEXT_MAX);
    ttss_buf_init(&model.grammar, TEXT_MAX);
    model.words = ttss_new_array(words->word_count + EVERYDAY_COUNT, sizeof *model.words);
    m.number = ttss_new_array(words->word_count, sizeof *m.number);
    const char ***sorted = ttss_new_array(words->word_count, sizeof *sorted);
    if (!model.words || !m.number || !sorted) {
        ret = ttss_nomem(err);
        goto out;
    }
    number_words(&m, sorted);
    if (model.word_count && !m.failed) {
        link_text(&m, whole);
        merge_links(&m);
        write_grammar(&m);
    }
    if (m.failed || model.dictionary.failed || model.grammar.failed) {
        ret = ttss_nomem(err);
        goto out;
    }
    *out = model;
    model = (ttss_text_model){0};
out:
    free(sorted);
    free(m.number);
    free(m.links);
    ttss_text_model_free(&model);
    return ret;
}

void ttss_text_model_free(ttss_text_model *model) {
    free(model->words);
    ttss_buf_free(&model->dictionary);
    ttss_buf_free(&model->grammar);
    *model = (ttss_text_model){0};
}

const char *ttss_text_model_word(const ttss_text_model *model, const char *name) {
    if (name[0] != 'w')
        return NULL;
    size_t number = 0;
    for (name++; *name >= '0' && *name <= '9'; name++)
        number = number * 10 + (size_t)(*name - '0');
    return number < model->word_count ? model->words[number] : NULL;
}
