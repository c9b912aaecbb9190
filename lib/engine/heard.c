/* SPDX-License-Identifier: MIT */
/* Answers of recognisers; see heard.h. The forms are those of OpenAI's verbose_json, of speaches,
 * vLLM, whisper.cpp's server, RunPod's faster-whisper worker and AssemblyAI: numbers may be
 * strings, `words` absent, null, within segments or pieces of words, times seconds or milliseconds.
 */
#include "engine/heard.h"

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/reason.h"
#include "base/utf8.h"
#include "base/word_time.h"
#include "engine/service.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIME_MAX_S 1e7
#define WORD_LASTS_S                                                                               \
    20.0 /* no word lasts as long on the average: then the times are milliseconds */

void ttss_heard_init(ttss_heard *heard) {
    *heard = (ttss_heard){0};
    ttss_buf_init(&heard->text, SIZE_MAX / 2);
    ttss_buf_init(&heard->words, SIZE_MAX / 2);
}

void ttss_heard_free(ttss_heard *heard) {
    ttss_buf_free(&heard->text);
    ttss_buf_free(&heard->words);
    free(heard->starts);
    free(heard->ends);
    free(heard->confidences);
    ttss_heard_init(heard);
}

/* --- words --------------------------------------------------------------------------------- */

/* One word as it was found. */
typedef struct found {
    const char *text; /* with the white space around it */
    size_t length;
    double start, end, confidence;
} found;

static const char *const no_keys[] = {NULL};
static const char *const text_keys[] = {"text", "transcription", "transcript", NULL};
static const char *const word_keys[] = {"word", "text", "punctuated_word", NULL};
static const char *const words_keys[] = {"words", "word_timestamps", NULL};
static const char *const start_keys[] = {"start", "start_s", "start_time", NULL};
static const char *const end_keys[] = {"end", "end_s", "end_time", NULL};
static const char *const confidence_keys[] = {"confidence", "probability", "score", NULL};

static double number_of(const json_t *value) {
    double number = NAN;
    if (json_is_number(value))
        return json_number_value(value);
    if (json_is_string(value) && !ttss_num_parse(json_string_value(value), &number))
        return NAN;
    return number;
}

/* The first key that is there and not null. */
static const json_t *get(const json_t *object, const char *const *keys) {
    for (; *keys; keys++) {
        const json_t *value = json_object_get(object, *keys);
        if (value && !json_is_null(value))
            return value;
    }
    return NULL;
}

static double time_of(const json_t *value) {
    const double time = number_of(value);
    return time >= 0.0 && time <= TIME_MAX_S * 1000.0 ? time : NAN;
}

static double confidence_of(const json_t *object) {
    double value = number_of(get(object, confidence_keys));
    return value >= 0.0 && value <= 1.0 ? value : NAN;
}

static bool read_text(const json_t *value, found *out) {
    if (!json_is_string(value))
        return false;
    out->text = json_string_value(value);
    out->length = json_string_length(value);
    return true;
}

/* {"word", "start", "end"}, "word", or ["word", start, end]. */
static bool read_word(const json_t *item, found *out) {
    *out = (found){.start = NAN, .end = NAN, .confidence = NAN};
    if (json_is_array(item)) {
        out->start = time_of(json_array_get(item, 1));
        out->end = time_of(json_array_get(item, 2));
        return read_text(json_array_get(item, 0), out);
    }
    if (!json_is_object(item))
        return read_text(item, out);
    out->start = time_of(get(item, start_keys));
    out->end = time_of(get(item, end_keys));
    out->confidence = confidence_of(item);
    return read_text(get(item, word_keys), out);
}

/* A text without the white space around it; control characters but line ends become spaces. */
static bool add_text(ttss_buf *to, const char *text, size_t length) {
    const size_t start = ttss_skip_any_space(text, 0, length);
    const size_t end = ttss_trim_any_end(text, start, length);
    bool fine = true;
    for (size_t i = start; fine && i < end; i++)
        fine =
            ttss_buf_add_char(to, (unsigned char)text[i] < 0x20 && text[i] != '\n' ? ' ' : text[i]);
    return fine;
}

static bool is_blank(const found *word) {
    return ttss_skip_any_space(word->text, 0, word->length) == word->length;
}

/* whisper.cpp's "[_BEG_]" and "[_TT_50]". */
static bool is_mark(const found *word) {
    return word->length > 3 && memcmp(word->text, "[_", 2) == 0 &&
           word->text[word->length - 1] == ']';
}

static bool add_word(ttss_heard *h, const found *word) {
    const size_t n = h->count + 1;
    if (!ttss_grow((void **)&h->starts, &h->starts_room, n, sizeof *h->starts) ||
        !ttss_grow((void **)&h->ends, &h->ends_room, n, sizeof *h->ends) ||
        !ttss_grow((void **)&h->confidences, &h->confidences_room, n, sizeof *h->confidences) ||
        !add_text(&h->words, word->text, word->length) || !ttss_buf_add_char(&h->words, '\0'))
        return false;
    h->starts[h->count] = word->start;
    h->ends[h->count] = word->end;
    h->confidences[h->count] = word->confidence;
    h->count++;
    return true;
}

/* Lengthens the last word by a piece. */
static bool glue(ttss_heard *h, const found *piece) {
    const size_t last = h->count - 1;
    h->words.length--; /* the NUL */
    if (!add_text(&h->words, piece->text, piece->length) || !ttss_buf_add_char(&h->words, '\0'))
        return false;
    if (!isnan(piece->end))
        h->ends[last] = piece->end;
    h->confidences[last] = fmin(h->confidences[last], piece->confidence);
    return true;
}

/* Whether the words of a list carry the space before them, as Whisper's do: then what has none
 * belongs to the word before it. */
static bool is_spaced(const json_t *list) {
    found word;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (read_word(json_array_get(list, i), &word) && word.length > 1 && word.text[0] == ' ')
            return true;
    return false;
}

/* Whether a piece goes on with the word before it. Scripts that are written without spaces never
 * say: their pieces, from Thai on and from the CJK radicals on, stay as they are. */
static bool goes_on(const found *piece) {
    size_t pos = 0;
    const uint32_t c = ttss_utf8_next(piece->text, piece->length, &pos);
    return !ttss_is_space(c) && !(c >= 0x0E00 && c < 0x1000) && c < 0x2E80;
}

static bool add_list(ttss_heard *h, const json_t *list) {
    const bool spaced = is_spaced(list);
    bool fine = true, first = true;
    found word;
    for (size_t i = 0; fine && i < json_array_size(list); i++) {
        if (!read_word(json_array_get(list, i), &word) || is_blank(&word) || is_mark(&word))
            continue;
        fine = spaced && !first && goes_on(&word) ? glue(h, &word) : add_word(h, &word);
        first = false;
    }
    return fine;
}

/* The words of a text, of which only the first one's start and the last one's end are known. */
static bool add_words_of(ttss_heard *h, const char *text, size_t length, double start, double end) {
    const size_t before = h->count;
    for (size_t pos = ttss_skip_any_space(text, 0, length); pos < length;) {
        size_t stop = pos;
        for (size_t next = pos; next < length; stop = next)
            if (ttss_is_space(ttss_utf8_next(text, length, &next)))
                break;
        if (!add_word(h, &(found){text + pos, stop - pos, NAN, NAN, NAN}))
            return false;
        pos = ttss_skip_any_space(text, stop, length);
    }
    if (h->count > before) {
        h->starts[before] = start;
        h->ends[h->count - 1] = end;
    }
    return true;
}

static bool add_segments(ttss_heard *h, const json_t *segments) {
    bool fine = true;
    for (size_t i = 0; fine && i < json_array_size(segments); i++) {
        const json_t *segment = json_array_get(segments, i);
        const json_t *words = get(segment, words_keys);
        found text;
        if (json_array_size(words))
            fine = add_list(h, words);
        else if (read_word(segment, &text))
            fine = add_words_of(h, text.text, text.length, text.start, text.end);
    }
    return fine;
}

/* --- times --------------------------------------------------------------------------------- */

static bool is_whole(const double *values, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (!isnan(values[i]) && floor(values[i]) != values[i])
            return false;
    return true;
}

/* AssemblyAI tells itself by its fields; others by whole numbers far beyond the audio. */
static bool is_milliseconds(const ttss_heard *h, size_t from, const json_t *document,
                            double duration_s) {
    static const char *const assemblyai[] = {"audio_duration", "audio_duration_ms", "audio_url",
                                             "speech_models", NULL};
    static const char *const durations[] = {"duration", NULL};
    double last = 0.0;
    if (get(document, assemblyai))
        return true;
    if (!is_whole(h->starts, from, h->count) || !is_whole(h->ends, from, h->count))
        return false;
    for (size_t i = from; i < h->count; i++)
        last = fmax(last, fmax(h->starts[i], h->ends[i]));
    if (isnan(duration_s))
        duration_s = number_of(get(document, durations));
    if (isnan(duration_s))
        duration_s = WORD_LASTS_S * (double)(h->count - from);
    return last > 10.0 * duration_s + 10.0;
}

static double mend_time(double value, double scale, double offset_s, double duration_s) {
    value = ttss_time_within(value * scale, duration_s);
    return value <= TIME_MAX_S ? value + offset_s : NAN;
}

static void mend_times(ttss_heard *h, size_t from, const json_t *document, double offset_s,
                       double duration_s) {
    const double scale = is_milliseconds(h, from, document, duration_s) ? 0.001 : 1.0;
    for (size_t i = from; i < h->count; i++) {
        h->starts[i] = mend_time(h->starts[i], scale, offset_s, duration_s);
        h->ends[i] = mend_time(h->ends[i], scale, offset_s, duration_s);
    }
}

/* --- answers ------------------------------------------------------------------------------- */

static bool start_text(ttss_heard *h) {
    return !h->text.length || ttss_buf_add_char(&h->text, ' ');
}

static bool has_replacement(const char *text, size_t length) {
    for (size_t i = 0; i + 2 < length; i++)
        if (memcmp(text + i, "\xEF\xBF\xBD", 3) == 0)
            return true;
    return false;
}

/* Pieces that cut characters in two are of no use where the whole text is there. */
static void drop_cut_words(ttss_heard *h, size_t count, size_t bytes, const found *text) {
    if (!has_replacement(h->words.data + bytes, h->words.length - bytes) ||
        has_replacement(text->text, text->length))
        return;
    h->count = count;
    h->words.length = bytes;
}

static int32_t nothing_heard(const json_t *document, const char *secret, ttsslice_error *err) {
    char text[204];
    static const char *const keys[] = {"error", "detail", "message", NULL};
    const json_t *error = ttss_json_first_of(document, keys), *code = NULL;
    ttss_buf line;
    if (!error)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "it holds no transcript: no \"text\", \"words\" or \"segments\"");
    ttss_buf_init(&line, TTSS_REASON_MAX);
    ttss_reason_add(error, &line, &code);
    ttss_quote(line.data ? line.data : "", line.length, secret, 200, text);
    ttss_buf_free(&line);
    return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it tells of an error: %s", text);
}

static const char *type_of(const json_t *value) {
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",  [JSON_STRING] = "a string",
        [JSON_INTEGER] = "a number", [JSON_REAL] = "a number", [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null"};
    return value ? names[json_typeof(value)] : "not there";
}

/* An empty list says that nothing was heard; one of things that are no words says nothing. */
static bool is_list_of_words(const json_t *list) {
    found word;
    bool good = json_is_array(list) && json_array_size(list) == 0;
    for (size_t i = 0; i < json_array_size(list) && !good; i++)
        good = read_word(json_array_get(list, i), &word) ||
               json_is_array(get(json_array_get(list, i), words_keys));
    return good;
}

/* AssemblyAI's schema lets both be null in a transcript that is done. */
static bool is_done_without_words(const json_t *document) {
    const char *status = json_string_value(json_object_get(document, "status"));
    return status && strcmp(status, "completed") == 0 &&
           json_is_number(json_object_get(document, "audio_duration")) &&
           json_is_null(json_object_get(document, "text")) &&
           json_is_null(json_object_get(document, "words"));
}

/* Silence is an empty text or list. What is neither a text nor a list of words is no transcript,
 * and must not pass for silence. */
static int32_t check_document(const ttss_heard *h, const json_t *document, const json_t *words,
                              const json_t *segments, ttsslice_error *err) {
    const json_t *text = get(document, text_keys);
    if (json_is_array(document))
        return json_array_size(document) && is_list_of_words(document)
                   ? 0
                   : ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is a list without a word");
    if (text && !json_is_string(text))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "its \"text\" is %s, not a string",
                         type_of(text));
    if (text || is_list_of_words(words) || is_list_of_words(segments) ||
        is_done_without_words(document))
        return 0;
    if (words || segments)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "its \"%s\" holds no words",
                         words ? "words" : "segments");
    for (const char *const *key = text_keys; *key; key++)
        if (json_object_get(document, *key))
            return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "its \"%s\" is null", *key);
    return nothing_heard(document, h->secret, err);
}

/* Words without a text between them: their own, joined. */
static bool join_words(ttss_heard *h, size_t from_byte) {
    bool fine = h->words.length == from_byte || start_text(h);
    for (size_t i = from_byte; fine && i + 1 < h->words.length; i++)
        fine = ttss_buf_add_char(&h->text, h->words.data[i] ? h->words.data[i] : ' ');
    return fine;
}

static int32_t read_document(ttss_heard *h, const json_t *document, double offset_s,
                             double duration_s, ttsslice_error *err) {
    static const char *const segments_keys[] = {"segments", NULL};
    static const char *const output_keys[] = {"output", NULL};
    const bool list = json_is_array(document);
    const json_t *words = list ? document : get(document, words_keys);
    const json_t *segments = get(document, list ? no_keys : segments_keys);
    const json_t *output = get(document, list ? no_keys : output_keys);
    const size_t count = h->count, bytes = h->words.length;
    found text = {0};
    const bool has_text = read_text(get(document, text_keys), &text);
    if (!has_text && !words && !segments && json_is_object(output))
        return read_document(h, output, offset_s, duration_s, err);
    int32_t ret = check_document(h, document, words, segments, err);
    if (ret)
        return ret;
    bool fine = json_array_size(words) ? add_list(h, words) : add_segments(h, segments);
    if (fine && has_text && h->count > count)
        drop_cut_words(h, count, bytes, &text);
    if (fine && h->count > count) {
        h->has_words = true;
        mend_times(h, count, document, offset_s, duration_s);
    } else if (fine && has_text) {
        fine = add_words_of(h, text.text, text.length, NAN, NAN);
    }
    if (fine && has_text && !is_blank(&text))
        fine = start_text(h) && add_text(&h->text, text.text, text.length);
    else if (fine && !has_text)
        fine = join_words(h, bytes);
    return fine ? 0 : ttss_nomem(err);
}

static int32_t read_plain(ttss_heard *h, const char *text, size_t length, ttsslice_error *err) {
    found whole = {.text = text, .length = length};
    if (is_blank(&whole))
        return 0;
    bool fine = add_words_of(h, text, length, NAN, NAN) && start_text(h) &&
                add_text(&h->text, text, length);
    return fine ? 0 : ttss_nomem(err);
}

/* A copy in valid UTF-8; NULL: out of memory. */
static char *make_valid(const char *body, size_t length, size_t *valid_length) {
    ttss_buf buf;
    ttss_buf_init(&buf, SIZE_MAX / 2);
    ttss_buf_add_text(&buf, "");
    for (size_t pos = 0; pos < length;) {
        size_t good = ttss_utf8_valid_prefix(body + pos, length - pos);
        ttss_buf_add(&buf, body + pos, good);
        pos += good;
        if (pos < length) {
            ttss_buf_add_text(&buf, "\xEF\xBF\xBD");
            pos++;
            /* What is left of the character that was cut. */
            while (pos < length && ((unsigned char)body[pos] & 0xC0) == 0x80)
                pos++;
        }
    }
    *valid_length = buf.length;
    return ttss_buf_take(&buf);
}

/* Text may begin with a bracket, as in "[Music] ..."; JSON goes on with one of these. */
static bool looks_like_json(const char *text, size_t length) {
    size_t next = length ? 1 + strspn(text + 1, " \t\r\n") : 0;
    if (length && text[0] == '[')
        return strchr("[{\"]", text[next]) && text[next];
    return length && (text[0] == '{' || text[0] == '"');
}

/* 42, true or null as a whole answer. */
static bool is_json_value(const char *text, size_t length) {
    json_t *value = json_loadb(text, length, JSON_DECODE_ANY, NULL);
    bool is = value != NULL;
    json_decref(value);
    return is;
}

static int32_t read_valid(ttss_heard *h, const char *text, size_t length, double offset_s,
                          double duration_s, ttsslice_error *err) {
    json_error_t parse;
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    size_t skip = strspn(text, " \t\r\n");
    if (ttss_is_page(text, length))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is a web page");
    if (!looks_like_json(text + skip, length - skip))
        return h->of_service && is_json_value(text, length)
                   ? ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is a JSON value without a text")
                   : read_plain(h, text, length, err);
    json_t *document = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &parse);
    int32_t ret = 0;
    if (!document && json_error_code(&parse) == json_error_out_of_memory)
        ret = ttss_nomem(err);
    else if (!document && text[skip] == '"')
        ret = read_plain(h, text, length, err);
    else if (!document)
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is damaged JSON: %s at byte %d", parse.text,
                        parse.position);
    else if (json_is_string(document))
        ret = read_plain(h, json_string_value(document), strlen(json_string_value(document)), err);
    else
        ret = read_document(h, document, offset_s, duration_s, err);
    json_decref(document);
    return ret;
}

int32_t ttss_heard_read(ttss_heard *heard, const char *body, size_t length, double offset_s,
                        double duration_s, ttsslice_error *err) {
    size_t valid_length = 0;
    if (length && memchr(body, '\0', length))
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is no text: it contains a NUL byte");
    char *valid = make_valid(body, length, &valid_length);
    if (!valid)
        return ttss_nomem(err);
    int32_t ret = read_valid(heard, valid, valid_length, offset_s, duration_s, err);
    free(valid);
    return ret;
}

int32_t ttss_heard_finish(ttss_heard *heard, ttsslice_transcript **out, ttsslice_error *err) {
    const char **words = NULL;
    const size_t count = heard->has_words ? heard->count : 0;
    if (heard->text.data)
        ttss_redact(heard->text.data, heard->secret);
    words = ttss_new_array(count, sizeof *words);
    if (!words)
        return ttss_nomem(err);
    char *word = heard->words.data;
    for (size_t i = 0; i < count; i++) {
        ttss_redact(word, heard->secret);
        words[i] = word;
        word += strlen(word) + 1;
    }
    int32_t ret =
        ttsslice_transcript_new(heard->text.data ? heard->text.data : "", count ? words : NULL,
                                heard->starts, heard->ends, heard->confidences, count, out, err);
    free(words);
    return ret;
}

int32_t ttsslice_transcript_parse(const char *text, size_t length, ttsslice_transcript **out,
                                  ttsslice_error *err) {
    ttss_heard heard;
    if (!out || (!text && length))
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is NULL; give one", out ? "text" : "out");
    if (length == TTSSLICE_NUL_TERMINATED)
        length = strlen(text);
    if (length > (size_t)256 << 20)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the transcript has %zu bytes; at most 256 MiB are taken", length);
    ttss_heard_init(&heard);
    int32_t ret = ttss_heard_read(&heard, text, length, 0.0, (double)NAN, err);
    if (!ret)
        ret = ttss_heard_finish(&heard, out, err);
    ttss_heard_free(&heard);
    return ret;
}
