/* SPDX-License-Identifier: MIT */
/* Where two reports part. The tables below are the order in which data flows through a chunk; the
 * first field that differs names the slice. */
#include <ttsslice/compare.h>

#include "base/error.h"
#include "base/json.h"
#include "base/mem.h"
#include "pipeline/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ttsslice_comparison {
    ttss_refs refs;
    ttsslice_difference *items;
    size_t count, capacity;
};

/* One run that is compared. */
typedef struct side {
    json_t *root;
    const json_t *chunks; /* borrowed */
} side;

typedef struct comparing {
    side a, b;
    ttsslice_comparison *found;
    int64_t parted; /* first chunk whose takes part, or INT64_MAX */
    ttsslice_error *err;
} comparing;

typedef struct field {
    const char *name;
    int32_t slice;
} field;

static const field chunk_fields[] = {
    {"text", TTSSLICE_SLICE_CHUNK},
    {"text_start", TTSSLICE_SLICE_CHUNK},
    {"text_length", TTSSLICE_SLICE_CHUNK},
    {"break", TTSSLICE_SLICE_CHUNK},
};
static const field candidate_fields[] = {
    {"attempt", TTSSLICE_SLICE_GENERATE},    {"candidate", TTSSLICE_SLICE_GENERATE},
    {"seed", TTSSLICE_SLICE_GENERATE},       {"digest", TTSSLICE_SLICE_GENERATE},
    {"duration_s", TTSSLICE_SLICE_GENERATE}, {"score", TTSSLICE_SLICE_VALIDATE},
    {"passed", TTSSLICE_SLICE_VALIDATE},
};
static const field choice_fields[] = {
    {"selected", TTSSLICE_SLICE_SELECT},
    {"score", TTSSLICE_SLICE_SELECT},
    {"passed", TTSSLICE_SLICE_SELECT},
};
static const field place_fields[] = {
    {"start_frame", TTSSLICE_SLICE_CONCAT},
    {"end_frame", TTSSLICE_SLICE_CONCAT},
};
#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* --- values --------------------------------------------------------------------------------- */

/* What is absent is null; a whole number may have been written with or without its point. */
static bool same(const json_t *a, const json_t *b) {
    if (json_is_number(a) && json_is_number(b))
        return json_number_value(a) == json_number_value(b);
    bool no_a = !a || json_is_null(a), no_b = !b || json_is_null(b);
    return no_a || no_b ? no_a && no_b : json_equal(a, b) != 0;
}

static char *shown(const json_t *value, size_t digits) {
    return value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(digits))
                 : ttss_strdup("null");
}

static const field *first_parting(const field *fields, size_t count, const json_t *a,
                                  const json_t *b) {
    for (size_t i = 0; i < count; i++)
        if (!same(json_object_get(a, fields[i].name), json_object_get(b, fields[i].name)))
            return &fields[i];
    return NULL;
}

/* --- the list ------------------------------------------------------------------------------- */

/* Differences come in the order of the chunks, but for that of the audio. Takes the texts over. */
static int32_t insert(comparing *c, ttsslice_difference item, char *a, char *b) {
    ttsslice_comparison *list = c->found;
    size_t at = list->count;
    bool ok =
        a && b && ttss_grow((void **)&list->items, &list->capacity, at + 1, sizeof *list->items);
    if (!ok) {
        free(a);
        free(b);
        return ttss_nomem(c->err);
    }
    item.a = a;
    item.b = b;
    while (item.chunk >= 0 && at > 0 &&
           (list->items[at - 1].chunk < 0 || list->items[at - 1].chunk > item.chunk))
        at--;
    memmove(list->items + at + 1, list->items + at, (list->count - at) * sizeof *list->items);
    list->items[at] = item;
    list->count++;
    return 0;
}

/* 1: added; or an error. People need not see the last bit of a number, but where it differs. */
static int32_t add(comparing *c, int64_t chunk, int64_t candidate, int32_t slice, const char *name,
                   const json_t *a, const json_t *b) {
    char *x = shown(a, 15), *y = shown(b, 15);
    if (x && y && strcmp(x, y) == 0) {
        free(x);
        free(y);
        x = shown(a, 17);
        y = shown(b, 17);
    }
    int32_t code = insert(
        c,
        (ttsslice_difference){
            .chunk = chunk, .candidate = candidate, .position = -1, .field = name, .slice = slice},
        x, y);
    return code ? code : 1;
}

static int32_t add_first(comparing *c, int64_t chunk, const field *fields, size_t count,
                         const json_t *a, const json_t *b) {
    const field *parting = first_parting(fields, count, a, b);
    return parting ? add(c, chunk, -1, parting->slice, parting->name,
                         json_object_get(a, parting->name), json_object_get(b, parting->name))
                   : 0;
}

static int32_t add_count(comparing *c, int64_t chunk, size_t a, size_t b) {
    json_t *x = json_integer((json_int_t)a), *y = json_integer((json_int_t)b);
    int32_t code = x && y ? add(c, chunk, -1, TTSSLICE_SLICE_GENERATE, "candidates", x, y)
                          : ttss_nomem(c->err);
    json_decref(x);
    json_decref(y);
    return code;
}

/* --- chunks --------------------------------------------------------------------------------- */

static const json_t *candidates_of(const json_t *chunk) {
    return json_object_get(chunk, "candidates");
}

/* Whether this sound is the take of another place in the first run. */
static bool is_of_another(const comparing *c, const json_t *digest) {
    size_t i, j;
    json_t *chunk, *candidate;
    json_array_foreach((json_t *)c->a.chunks, i, chunk)
        json_array_foreach((json_t *)candidates_of(chunk), j,
                           candidate) if (digest && json_equal(json_object_get(candidate, "digest"),
                                                               digest)) return true;
    return false;
}

/* Codes that say how a job travelled, not what became of it. */
static bool is_of_the_way(const json_t *code) {
    static const char *const names[] = {"NETWORK",  "TIMEOUT",  "HTTP",        "AUTH",
                                        "ENDPOINT", "PROTOCOL", "EMPTY_RESULT"};
    const char *name = json_string_value(code);
    for (size_t i = 0; name && i < COUNT(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static int32_t compare_failure(comparing *c, int64_t chunk, const json_t *a, const json_t *b) {
    const json_t *x = json_object_get(a, "error_code"), *y = json_object_get(b, "error_code");
    if (same(x, y))
        return 0;
    bool way = is_of_the_way(x) || is_of_the_way(y);
    return add(c, chunk, -1, way ? TTSSLICE_SLICE_DISPATCH : TTSSLICE_SLICE_GENERATE, "error_code",
               x, y);
}

/* What was heard. The application's own validate function may give a score and no transcript. */
static int32_t compare_verdicts(comparing *c, int64_t chunk, int64_t at, const json_t *a,
                                const json_t *b) {
    static const char *const names[] = {"verdict.transcript", "verdict.defects"};
    const json_t *x = json_object_get(a, "verdict"), *y = json_object_get(b, "verdict");
    const char *heard_a = json_string_value(json_object_get(x, "transcript")),
               *heard_b = json_string_value(json_object_get(y, "transcript"));
    if (!heard_a || !heard_b || !heard_a[0] || !heard_b[0])
        return 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *key = strchr(names[i], '.') + 1;
        if (!same(json_object_get(x, key), json_object_get(y, key)))
            return add(c, chunk, at, TTSSLICE_SLICE_VALIDATE, names[i], json_object_get(x, key),
                       json_object_get(y, key));
    }
    return 0;
}

static int32_t compare_candidate(comparing *c, int64_t chunk, int64_t at, const json_t *a,
                                 const json_t *b) {
    const field *parting = first_parting(candidate_fields, COUNT(candidate_fields), a, b);
    if (!parting)
        return compare_verdicts(c, chunk, at, a, b);
    const json_t *x = json_object_get(a, parting->name), *y = json_object_get(b, parting->name);
    bool moved = strcmp(parting->name, "digest") == 0 && is_of_another(c, y);
    return add(c, chunk, at, moved ? TTSSLICE_SLICE_DISPATCH : parting->slice, parting->name, x, y);
}

static int32_t compare_candidates(comparing *c, int64_t chunk, const json_t *a, const json_t *b) {
    size_t in_a = json_array_size(a), in_b = json_array_size(b);
    int32_t code = 0;
    for (size_t i = 0; i < in_a && i < in_b && !code; i++)
        code = compare_candidate(c, chunk, (int64_t)i, json_array_get(a, i), json_array_get(b, i));
    return code || in_a == in_b ? code : add_count(c, chunk, in_a, in_b);
}

static const json_t *chosen_digest(const json_t *chunk) {
    const json_t *selected = json_object_get(chunk, "selected");
    size_t index = json_is_integer(selected) ? (size_t)json_integer_value(selected) : SIZE_MAX;
    return json_object_get(json_array_get(candidates_of(chunk), index), "digest");
}

/* The halves of a chunk that was made again as two. */
static int32_t compare_parts(comparing *c, int64_t chunk, const json_t *a, const json_t *b) {
    size_t in_a = json_array_size(a), in_b = json_array_size(b);
    int32_t code = 0;
    for (size_t i = 0; (i < in_a || i < in_b) && !code; i++) {
        const json_t *x = json_array_get(a, i), *y = json_array_get(b, i);
        code = compare_candidates(c, chunk, candidates_of(x), candidates_of(y));
        if (!code)
            code = add_first(c, chunk, choice_fields, COUNT(choice_fields), x, y);
        if (c->parted > chunk && !same(chosen_digest(x), chosen_digest(y)))
            c->parted = chunk;
    }
    return code;
}

static int32_t compare_chunk(comparing *c, int64_t chunk, const json_t *a, const json_t *b) {
    int32_t code = compare_failure(c, chunk, a, b);
    if (!code)
        code = compare_candidates(c, chunk, candidates_of(a), candidates_of(b));
    if (!code)
        code = compare_parts(c, chunk, json_object_get(a, "parts"), json_object_get(b, "parts"));
    if (!code)
        code = add_first(c, chunk, choice_fields, COUNT(choice_fields), a, b);
    if (c->parted > chunk && !same(chosen_digest(a), chosen_digest(b)))
        c->parted = chunk;
    /* An application's own join need not tell where things are. */
    bool placed = json_object_get(a, "start_frame") && json_object_get(b, "start_frame");
    if (!code && placed && c->parted > chunk)
        code = add_first(c, chunk, place_fields, COUNT(place_fields), a, b);
    return code < 0 ? code : 0;
}

static int32_t compare_chunks(comparing *c) {
    size_t in_a = json_array_size(c->a.chunks), in_b = json_array_size(c->b.chunks);
    for (size_t i = 0; i < in_a || i < in_b; i++) {
        const json_t *a = json_array_get(c->a.chunks, i), *b = json_array_get(c->b.chunks, i);
        int32_t code = add_first(c, (int64_t)i, chunk_fields, COUNT(chunk_fields), a, b);
        if (code) {
            c->parted = c->parted < (int64_t)i ? c->parted : (int64_t)i;
            return code < 0 ? code : 0;
        }
        code = compare_chunk(c, (int64_t)i, a, b);
        if (code)
            return code;
    }
    return 0;
}

/* --- the output ----------------------------------------------------------------------------- */

/* The chunk to which a frame belongs: the pause in front of a chunk is the chunk's. -1: unknown. */
static int64_t chunk_at(const comparing *c, int64_t frame) {
    size_t i;
    json_t *chunk;
    const side *sides[] = {&c->a, &c->b};
    for (int s = 0; s < 2; s++)
        json_array_foreach((json_t *)sides[s]->chunks, i, chunk) {
            const json_t *end = json_object_get(chunk, "end_frame");
            if (json_is_integer(end) && frame < json_integer_value(end))
                return (int64_t)i;
        }
    return -1;
}

static bool is_found(const ttsslice_comparison *list, int64_t chunk) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].chunk == chunk)
            return true;
    return false;
}

static char *number_text(int64_t value, bool is_there) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    return ttss_strdup(is_there ? text : "null");
}

/* Nothing to learn where other takes were joined: levels and overlaps reach beyond a chunk. */
static int32_t compare_outputs(comparing *c, const char *audio_a, const char *audio_b) {
    ttss_audio_parting parting;
    int32_t code =
        c->parted < INT64_MAX ? 0 : ttss_compare_audio(audio_a, audio_b, &parting, c->err);
    if (code || c->parted < INT64_MAX || !parting.field)
        return code;
    int64_t chunk = parting.frame >= 0 ? chunk_at(c, parting.frame) : -1;
    if (chunk < 0 ? c->found->count > 0 : is_found(c->found, chunk))
        return 0;
    return insert(c,
                  (ttsslice_difference){.chunk = chunk,
                                        .candidate = -1,
                                        .position = parting.position,
                                        .field = parting.field,
                                        .slice = TTSSLICE_SLICE_CONCAT},
                  number_text(parting.a, parting.has_a), number_text(parting.b, parting.has_b));
}

/* Without the files: what the reports say of them. */
static int32_t compare_lengths(comparing *c) {
    static const field fields[] = {{"sample_rate", TTSSLICE_SLICE_CONCAT},
                                   {"frames", TTSSLICE_SLICE_CONCAT}};
    const json_t *a = json_object_get(c->a.root, "audio"), *b = json_object_get(c->b.root, "audio");
    if (!a || !b || c->found->count)
        return 0;
    int32_t code = add_first(c, -1, fields, COUNT(fields), a, b);
    return code < 0 ? code : 0;
}

/* --- the whole ------------------------------------------------------------------------------ */

static int32_t read_side(side *s, const char *report, ttsslice_error *err) {
    size_t i;
    json_t *chunk;
    int32_t code = ttss_json_parse_object(report, strlen(report), "the report", &s->root, err);
    if (!code)
        code = ttss_json_get_array(s->root, "chunks", &s->chunks, err);
    if (!code && !s->chunks)
        code = ttss_fail(err, TTSSLICE_ERR_PROTOCOL,
                         "the report has no \"chunks\"; it must be that of a run, as "
                         "OUT_metadata.json");
    json_array_foreach((json_t *)s->chunks, i, chunk) {
        const json_t *candidates = NULL;
        if (code)
            break;
        if (!json_is_object(chunk))
            code = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "chunk %zu of the report is no object", i);
        else
            code = ttss_json_get_array(chunk, "candidates", &candidates, err);
    }
    return code;
}

int32_t ttsslice_compare(const char *report_a, const char *audio_a, const char *report_b,
                         const char *audio_b, ttsslice_comparison **out, ttsslice_error *err) {
    if (!report_a || !report_b || !out)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "two reports and a place for the comparison are needed");
    comparing c = {.found = ttss_new(ttsslice_comparison), .parted = INT64_MAX, .err = err};
    if (!c.found)
        return ttss_nomem(err);
    ttss_refs_init(&c.found->refs);
    int32_t code = read_side(&c.a, report_a, err);
    if (!code)
        code = read_side(&c.b, report_b, err);
    if (!code)
        code = compare_chunks(&c);
    if (!code)
        code = audio_a && audio_b ? compare_outputs(&c, audio_a, audio_b) : compare_lengths(&c);
    json_decref(c.a.root);
    json_decref(c.b.root);
    if (code) {
        ttsslice_comparison_unref(c.found);
        return code;
    }
    *out = c.found;
    return 0;
}

size_t ttsslice_comparison_count(const ttsslice_comparison *comparison) {
    return comparison ? comparison->count : 0;
}

const ttsslice_difference *ttsslice_comparison_get(const ttsslice_comparison *comparison,
                                                   size_t index) {
    return comparison && index < comparison->count ? &comparison->items[index] : NULL;
}

ttsslice_comparison *ttsslice_comparison_ref(ttsslice_comparison *comparison) {
    if (comparison)
        ttss_refs_take(&comparison->refs);
    return comparison;
}

void ttsslice_comparison_unref(ttsslice_comparison *comparison) {
    if (!comparison || !ttss_refs_drop(&comparison->refs))
        return;
    for (size_t i = 0; i < comparison->count; i++) {
        free((char *)comparison->items[i].a);
        free((char *)comparison->items[i].b);
    }
    free(comparison->items);
    free(comparison);
}
