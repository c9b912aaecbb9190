/* SPDX-License-Identifier: MIT */
/* Sentences of a whole text; see split.h. */
#include "chunk/split.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chunk/block.h"

typedef struct splitter {
    const ttss_language *language;
    const char *text;
    ttss_chunk_list *list; /* NULL: boundaries are only told */
    ttss_watch *watch;
} splitter;

static bool add(splitter *s, size_t start, size_t end, int32_t break_after) {
    ttss_chunk_list *list = s->list;
    if (!ttss_grow((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count++] =
        (ttsslice_chunk_info){.start = start,
                              .length = end - start,
                              .characters = ttss_utf8_count(s->text + start, end - start),
                              .break_after = break_after,
                              .pause_ms = -1};
    return true;
}

static void tell_block(ttss_watch *watch, size_t end, int32_t break_after) {
    enum ttss_rule rule = break_after == TTSSLICE_BREAK_END       ? TTSS_RULE_END
                          : break_after == TTSSLICE_BREAK_SECTION ? TTSS_RULE_SECTION
                                                                  : TTSS_RULE_PARAGRAPH;
    ttss_watch_tell(watch, end, end, rule);
}

static bool split_block(splitter *s, const ttss_block *block, int32_t break_after) {
    for (size_t start = block->start; start < block->end;) {
        size_t end = ttss_sentence_end(s->language, s->text, start, block->end, s->watch);
        int32_t after = end < block->end ? TTSSLICE_BREAK_SENTENCE : break_after;
        if (s->list && !add(s, start, end, after))
            return false;
        start = ttss_skip_space(s->text, end, block->end);
    }
    if (s->watch)
        tell_block(s->watch, block->end, break_after);
    return true;
}

static bool split(splitter *s, size_t length) {
    ttss_block_reader reader = {.language = s->language, .text = s->text, .length = length};
    ttss_block block, next;
    bool more = ttss_block_next(&reader, &block);
    while (more) {
        more = ttss_block_next(&reader, &next);
        int32_t after = more ? ttss_block_break(&block, &next) : TTSSLICE_BREAK_END;
        if (!split_block(s, &block, after))
            return false;
        if (s->watch && s->watch->code)
            break;
        block = next;
    }
    return true;
}

int32_t ttss_split(ttss_chunk_list *list, const ttss_language *language, const char *text,
                   size_t length, ttsslice_error *err) {
    splitter s = {.language = language, .text = text, .list = list};
    return split(&s, length) ? 0 : ttss_nomem(err);
}

void ttss_split_explain(const ttss_language *language, const char *text, size_t length,
                        ttss_watch *watch) {
    splitter s = {.language = language, .text = text, .watch = watch};
    split(&s, length);
}
