/* SPDX-License-Identifier: MIT */
/* The scanner; see scan.h. Five states; a piece is taken in runs, each up to the next byte that
 * means something, which memchr() finds. Whether a long value is base64 is settled by decoding its
 * first bytes. Some encoders escape '/' and '+' in JSON, so sequences are undone on the way. */
#include "dispatch/scan.h"

#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest buffer that is made on the word of a Content-Length. */
#define FORESEEN_MAX ((size_t)8 << 20)

void ttss_attachments_free(ttss_attachments *list) {
    for (size_t i = 0; i < list->count; i++)
        free((void *)list->items[i].bytes);
    free(list->items);
    *list = (ttss_attachments){0};
}

void ttss_scan_init(ttss_scan *scan, bool lifts, size_t largest) {
    *scan = (ttss_scan){.lifts = lifts, .trouble = TTSSLICE_ERROR_INIT};
    ttss_buf_init(&scan->rest, largest);
    ttss_buf_init(&scan->bytes, largest + TTSS_SCAN_LONG);
}

void ttss_scan_free(ttss_scan *scan) {
    ttss_buf_free(&scan->rest);
    ttss_buf_free(&scan->bytes);
    ttss_attachments_free(&scan->audio);
}

size_t ttss_scan_held(const ttss_scan *scan) {
    size_t held = scan->bytes.capacity;
    for (size_t i = 0; i < scan->audio.count; i++)
        held += scan->audio.items[i].size;
    return held;
}

/* --- audio --------------------------------------------------------------------------------- */

static bool decode(ttss_scan *scan, const char *text, size_t length, ttsslice_error *err) {
    return ttss_base64_feed(&scan->decoder, text, length, &scan->bytes, err) == 0;
}

/* What a sequence stands for; what is not of ASCII becomes a character that is not base64. */
static char unescape(const char *sequence) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *found = strchr(from, sequence[1]);
    if (sequence[1] != 'u')
        return found ? to[found - from] : '?';
    char digits[5] = {sequence[2], sequence[3], sequence[4], sequence[5], '\0'};
    char *end = NULL;
    unsigned long value = strtoul(digits, &end, 16);
    return *end || value == 0 || value > 0x7f ? '?' : (char)value;
}

/* Takes one byte of a sequence that has begun. */
static bool decode_escape(ttss_scan *scan, char c, ttsslice_error *err) {
    scan->escape[scan->escape_length++] = c;
    if (scan->escape_length < (scan->escape_length > 1 && scan->escape[1] == 'u' ? 6u : 2u))
        return true;
    char plain = unescape(scan->escape);
    scan->escape_length = 0;
    return decode(scan, &plain, 1, err);
}

static size_t find(const char *text, size_t from, size_t to, char c) {
    const char *found = memchr(text + from, c, to - from);
    return found ? (size_t)(found - text) : to;
}

/* Decodes the content of a string up to its closing quote, or all of it; *taken says how much. */
static bool decode_content(ttss_scan *scan, const char *text, size_t length, size_t *taken,
                           ttsslice_error *err) {
    size_t at = 0, quote = 0;
    bool fine = true;
    while (fine && at < length) {
        if (scan->escape_length) {
            fine = decode_escape(scan, text[at++], err);
            continue;
        }
        if (at == 0 || quote < at)
            quote = find(text, at, length, '"');
        size_t stop = find(text, at, quote, '\\');
        fine = decode(scan, text + at, stop - at, err);
        if (!fine)
            break;
        at = stop;
        if (stop == quote)
            break;
        scan->escape[scan->escape_length++] = text[at++];
    }
    *taken = at;
    return fine;
}

static void drop_audio(ttss_scan *scan) {
    ttss_buf_free(&scan->bytes);
    scan->escape_length = 0;
}

/* Begins to decode if what is known of the value is base64. */
static bool begin_audio(ttss_scan *scan) {
    size_t taken, prefix = ttss_base64_prefix(scan->text, scan->text_length);
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    ttss_base64_init(&scan->decoder);
    scan->decoder.offset = prefix;
    if (scan->audio.count < TTSS_ATTACHMENTS_MAX &&
        decode_content(scan, scan->text + prefix, scan->text_length - prefix, &taken, &why))
        return true;
    if (why.code == TTSSLICE_ERR_NOMEM)
        scan->trouble = why;
    drop_audio(scan);
    return false;
}

/* What is still to come, decoded: one buffer of the right size beats one that grows. Failing to get
 * it shows when it is used. */
static void foresee(ttss_scan *scan) {
    size_t left = scan->expected > scan->received ? scan->expected - scan->received : 0;
    size_t size = left / 4 * 3;
    if (size <= FORESEEN_MAX && size <= scan->bytes.maximum - scan->bytes.length)
        (void)ttss_buf_reserve(&scan->bytes, size);
}

/* The string is over. Damaged audio leaves an empty attachment, so that the others keep their
 * numbers. */
static void attach(ttss_scan *scan) {
    size_t size = scan->bytes.length;
    char *bytes = ttss_buf_take(&scan->bytes);
    scan->state = TTSS_SCAN_OUTSIDE;
    if (!bytes || !ttss_grow((void **)&scan->audio.items, &scan->audio.capacity,
                             scan->audio.count + 1, sizeof *scan->audio.items)) {
        free(bytes);
        ttss_nomem(&scan->trouble);
        return;
    }
    char *fitted = realloc(bytes, size + 1); /* it was foreseen for all that was to come */
    scan->audio.items[scan->audio.count++] =
        (ttsslice_attachment){.bytes = fitted ? fitted : bytes, .size = size};
}

/* --- states -------------------------------------------------------------------------------- */

static size_t in_string(ttss_scan *scan, const char *text, size_t length) {
    size_t end = ttss_json_string_step(text, length, &scan->escaped);
    size_t room = sizeof scan->text - scan->text_length;
    size_t kept = end < room ? end : room;
    memcpy(scan->text + scan->text_length, text, kept);
    scan->text_length += kept;
    if (end == length) {
        ttss_buf_add(&scan->rest, text, end);
        return end;
    }
    ttss_buf_add(&scan->rest, text, end + 1);
    scan->key = (scan->text_length == 12 && memcmp(scan->text, "audio_base64", 12) == 0) ||
                (scan->text_length == 5 && memcmp(scan->text, "audio", 5) == 0);
    scan->colon = false;
    scan->state = TTSS_SCAN_OUTSIDE;
    return end + 1;
}

static void begin_string(ttss_scan *scan) {
    bool is_value = scan->key && scan->colon && scan->lifts;
    scan->state = is_value ? TTSS_SCAN_PROBE : TTSS_SCAN_STRING;
    scan->escaped = false;
    scan->text_length = 0;
    scan->key = scan->colon = false;
    if (!is_value)
        ttss_buf_add_char(&scan->rest, '"');
}

static size_t outside(ttss_scan *scan, const char *text, size_t length) {
    const char *quote = memchr(text, '"', length);
    size_t end = quote ? (size_t)(quote - text) : length;
    for (size_t i = 0; i < end && scan->key; i++) {
        bool space = strchr(" \t\r\n", text[i]) && text[i];
        scan->key = space || (text[i] == ':' && !scan->colon);
        scan->colon = scan->colon || text[i] == ':';
    }
    ttss_buf_add(&scan->rest, text, end);
    if (!quote)
        return end;
    begin_string(scan);
    return end + 1;
}

/* The value stays: it is short, or no base64. */
static void leave_value(ttss_scan *scan) {
    ttss_buf_add_char(&scan->rest, '"');
    ttss_buf_add(&scan->rest, scan->text, scan->text_length);
    scan->state = TTSS_SCAN_STRING;
}

static size_t in_probe(ttss_scan *scan, const char *text, size_t length) {
    size_t room = sizeof scan->text - scan->text_length;
    size_t piece = length < room ? length : room;
    size_t end = ttss_json_string_step(text, piece, &scan->escaped);
    memcpy(scan->text + scan->text_length, text, end);
    scan->text_length += end;
    if (end < piece) {
        scan->escaped = false;
        leave_value(scan);
    } else if (scan->text_length == sizeof scan->text && begin_audio(scan)) {
        scan->state = TTSS_SCAN_AUDIO;
        ttss_buf_printf(&scan->rest, "\"attachment:%zu\"", scan->audio.count);
        foresee(scan);
    } else if (scan->text_length == sizeof scan->text) {
        leave_value(scan);
    }
    return end;
}

static void damaged(ttss_scan *scan, const ttsslice_error *why) {
    if (!scan->trouble.code)
        scan->trouble = *why;
    drop_audio(scan);
}

static size_t in_audio(ttss_scan *scan, const char *text, size_t length) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    size_t taken = 0;
    if (!decode_content(scan, text, length, &taken, &why)) {
        damaged(scan, &why);
        scan->escaped = false;
        scan->state = TTSS_SCAN_SKIP;
        return taken;
    }
    if (taken == length)
        return taken;
    if (ttss_base64_finish(&scan->decoder, &why) != 0)
        damaged(scan, &why);
    attach(scan);
    return taken + 1;
}

static size_t in_skipped(ttss_scan *scan, const char *text, size_t length) {
    size_t end = ttss_json_string_step(text, length, &scan->escaped);
    if (end == length)
        return end;
    attach(scan);
    return end + 1;
}

bool ttss_scan_feed(ttss_scan *scan, const char *bytes, size_t length) {
    static size_t (*const states[])(ttss_scan *, const char *, size_t) = {
        [TTSS_SCAN_OUTSIDE] = outside, [TTSS_SCAN_STRING] = in_string, [TTSS_SCAN_PROBE] = in_probe,
        [TTSS_SCAN_AUDIO] = in_audio,  [TTSS_SCAN_SKIP] = in_skipped,
    };
    scan->received += length;
    for (size_t at = 0; at < length;)
        at += states[scan->state](scan, bytes + at, length - at);
    return !scan->rest.failed && scan->trouble.code != TTSSLICE_ERR_NOMEM;
}
