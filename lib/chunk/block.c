/* SPDX-License-Identifier: MIT */
/* The block reader; see block.h. */
#include "chunk/block.h"

#include "chunk/line.h"

#include <ttsslice/chunk.h>

/* A line of fewer bytes was not ended by wrapping. */
#define WRAPPED_MIN 40

static bool is_item(const ttss_line *line) {
    return line->kind == TTSS_LINE_BULLET || line->kind == TTSS_LINE_NUMBER;
}

/* The first line of a list behind text: prose may be wrapped so that a dash or a number comes to
 * begin a line. */
static bool begins_list(const char *text, const ttss_line *last, const ttss_line *line) {
    bool first = line->kind == TTSS_LINE_BULLET || text[line->start] == 'a' ||
                 (text[line->start] == '1' &&
                  !(text[line->start + 1] >= '0' && text[line->start + 1] <= '9'));
    return first && (last->end - last->start < WRAPPED_MIN || ttss_line_ends_sentence(text, last));
}

/* Whether a line does not belong to the block that began with `first` and goes to `last`. */
static bool begins_block(const ttss_block_reader *reader, const ttss_line *first,
                         const ttss_line *last, const ttss_line *line) {
    const char *text = reader->text;
    if (line->indented || (first->kind == TTSS_LINE_ROW && line->kind != TTSS_LINE_ROW))
        return true;
    switch (line->kind) {
    case TTSS_LINE_BLANK:
    case TTSS_LINE_RULE:
    case TTSS_LINE_HEADING:
        return true;
    case TTSS_LINE_BULLET:
    case TTSS_LINE_NUMBER:
        return is_item(first) || begins_list(text, last, line);
    case TTSS_LINE_ROW:
        return first->kind != TTSS_LINE_ROW;
    case TTSS_LINE_QUOTE:
        return first->kind != TTSS_LINE_QUOTE;
    default:
        return ttss_line_ends_sentence(text, last) &&
               ttss_line_is_named_heading(reader->language, text, line);
    }
}

/* "Title", and "=====" or "-----" below it. */
static bool is_underlined(const char *text, const ttss_line *first, const ttss_line *line) {
    if (line->kind != TTSS_LINE_RULE || first->kind != TTSS_LINE_TEXT)
        return false;
    return (ttss_line_is_underline(text, line, '=') && ttss_line_is_short(text, first)) ||
           (ttss_line_is_underline(text, line, '-') && ttss_line_is_title(text, first));
}

/* The next line that is not blank is an item. */
static bool item_follows(const ttss_block_reader *reader) {
    ttss_line line = {0};
    for (size_t pos = reader->pos; pos < reader->length && line.kind == TTSS_LINE_BLANK;
         pos = line.next)
        line = ttss_line_read(reader->text, reader->length, pos);
    return is_item(&line);
}

/* One line of text is all there is. A number before a title may also be that of an item. */
static bool is_title(const ttss_block_reader *reader, const ttss_line *first) {
    return ttss_line_is_title(reader->text, first) &&
           !(first->kind == TTSS_LINE_NUMBER && (reader->after_item || item_follows(reader)));
}

/* Reads the lines behind the first one. */
static enum ttss_block_kind read_rest(ttss_block_reader *reader, const ttss_line *first,
                                      ttss_block *block) {
    const char *text = reader->text;
    ttss_line last = *first;
    while (!last.separator && reader->pos < reader->length) {
        ttss_line line = ttss_line_read(text, reader->length, reader->pos);
        bool second = last.start == first->start;
        bool underlined = second && is_underlined(text, first, &line);
        if (!underlined && begins_block(reader, first, &last, &line))
            break;
        if (second && first->kind == TTSS_LINE_TEXT && ttss_line_is_capitals(text, first) &&
            !ttss_line_is_capitals(text, &line))
            return TTSS_BLOCK_HEADING;
        reader->pos = line.next;
        block->end = line.end;
        if (underlined)
            return TTSS_BLOCK_HEADING;
        last = line;
        /* ">" alone is the blank line of a quotation. */
        if (line.kind == TTSS_LINE_QUOTE && !ttss_line_has_words(text, &line))
            break;
    }
    return last.start == first->start && is_title(reader, first) ? TTSS_BLOCK_HEADING
                                                                 : TTSS_BLOCK_TEXT;
}

bool ttss_block_next(ttss_block_reader *reader, ttss_block *block) {
    const char *text = reader->text;
    ttss_line first = {0};
    *block = (ttss_block){.kind = TTSS_BLOCK_TEXT};
    for (;; block->blank_before++) {
        if (reader->pos >= reader->length)
            return false;
        first = ttss_line_read(text, reader->length, reader->pos);
        reader->pos = first.next;
        if (first.kind != TTSS_LINE_BLANK)
            break;
    }
    block->start = first.start;
    block->end = first.end;
    if (first.kind == TTSS_LINE_RULE)
        block->kind = TTSS_BLOCK_RULE;
    else if (first.kind == TTSS_LINE_HEADING ||
             ttss_line_is_named_heading(reader->language, text, &first))
        block->kind = TTSS_BLOCK_HEADING;
    else
        block->kind = read_rest(reader, &first, block);
    reader->after_item = is_item(&first) && block->kind == TTSS_BLOCK_TEXT;
    return true;
}

int32_t ttss_block_break(const ttss_block *block, const ttss_block *next) {
    if (block->kind != TTSS_BLOCK_TEXT || next->kind != TTSS_BLOCK_TEXT || next->blank_before > 1)
        return TTSSLICE_BREAK_SECTION;
    return TTSSLICE_BREAK_PARAGRAPH;
}
