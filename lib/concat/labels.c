/* SPDX-License-Identifier: MIT */
/* The timeline as a label track of Audacity: lines of start, end and text between tabs, times in
 * seconds (https://manual.audacityteam.org/man/importing_and_exporting_labels.html). Six decimals
 * are finer than a frame. */
#include "concat/cues.h"

#include "base/error.h"
#include "base/utf8.h"
#include "concat/lines.h"

#include <inttypes.h>
#include <string.h>

/* Exact to the microsecond, without floating point and so without a locale. */
static void write_time(ttss_buf *out, int64_t frame, int32_t rate) {
    int64_t us = (frame % rate * 1000000 + rate / 2) / rate;
    ttss_buf_printf(out, "%" PRId64 ".%06" PRId64, frame / rate + us / 1000000, us % 1000000);
}

/* White space is folded, as a tab or a line break would end the label; control characters are left
 * out. */
static void write_folded(ttss_buf *out, const char *text, size_t length) {
    size_t pos = ttss_skip_space(text, 0, length);
    const size_t end = ttss_trim_end(text, pos, length);
    while (pos < end) {
        size_t at = pos;
        const uint32_t c = ttss_utf8_next(text, end, &pos);
        if (ttss_is_space(c)) {
            pos = ttss_skip_space(text, pos, end);
            ttss_buf_add_char(out, ' ');
        } else if (!ttss_is_control(c)) {
            ttss_buf_add(out, text + at, pos - at);
        }
    }
}

static void write_label(ttss_buf *out, int32_t rate, int64_t start, int64_t end, const char *mark,
                        const char *text, size_t length) {
    write_time(out, start, rate);
    ttss_buf_add_char(out, '\t');
    write_time(out, end, rate);
    ttss_buf_add_char(out, '\t');
    ttss_buf_add_text(out, mark);
    write_folded(out, text, length);
    ttss_buf_add_char(out, '\n');
}

static const char *mark_of(const ttsslice_timeline_entry *e) {
    return e->code ? "[no audio] " : e->passed ? "" : "[not passed] ";
}

/* What stands for an entry: its text, or else its file. */
static const char *name_of(const ttsslice_timeline_entry *e) {
    const char *slash = strrchr(e->path, '/');
    return e->text[0] ? e->text : slash ? slash + 1 : e->path;
}

/* A label for each word that is known; false if there is none. */
static bool write_words(ttss_buf *out, int32_t rate, const ttsslice_timeline_entry *e,
                        const ttsslice_timed_word *words, size_t count) {
    const size_t length = strlen(e->text);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        size_t start = 0, end = 0;
        if (!ttss_word_offset(e, length, &words[i], &start) ||
            words[i].text_length > length - start)
            continue;
        end = start + words[i].text_length;
        if (((unsigned char)e->text[end] & 0xc0) == 0x80)
            continue;
        write_label(out, rate, words[i].start_frame, words[i].end_frame, "", e->text + start,
                    end - start);
        any = true;
    }
    return any;
}

int32_t ttsslice_timeline_labels(const ttsslice_timeline *timeline, int32_t words, char **labels,
                                 ttsslice_error *err) {
    if (!timeline || !labels)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "no timeline or no place for the labels was given: pass both");
    if (words != 0 && words != 1)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "words is %d; it must be 0 or 1", (int)words);
    ttss_buf out;
    size_t from = 0;
    ttss_buf_init(&out, SIZE_MAX / 2);
    for (size_t i = 0; i < timeline->count; i++) {
        const ttsslice_timeline_entry *e = &timeline->entries[i];
        size_t count = 0;
        const ttsslice_timed_word *known = ttss_timeline_words_of(timeline, i, &from, &count);
        if (!words || !write_words(&out, timeline->sample_rate, e, known, count))
            write_label(&out, timeline->sample_rate, e->start_frame, e->end_frame, mark_of(e),
                        name_of(e), strlen(name_of(e)));
    }
    char *text = ttss_buf_take(&out);
    if (!text)
        return ttss_nomem(err);
    *labels = text;
    return 0;
}
