/* SPDX-License-Identifier: MIT */
/* What a bisection found: the slice, the first difference with both values, and where else. */
#include "bisect.h"

#include <stdio.h>
#include <string.h>

static const step *last_step(const bisect *b) {
    return b->step_count ? &b->steps[b->step_count - 1] : NULL;
}

static int32_t place_of(const ttsslice_plan *plan, int32_t slice) {
    const int32_t places[] = {
        0, plan->generate, plan->chunk, plan->dispatch, plan->validate, plan->select, plan->concat};
    return places[slice];
}

/* The slice to blame. */
static int32_t blamed(const bisect *b) {
    const step *last = last_step(b);
    return last && last->slice ? last->slice : ttsslice_comparison_get(b->parting, 0)->slice;
}

static json_t *moved_json(const step *s) {
    if (!s->slice)
        return json_pack("{s:n,s:s,s:s,s:b}", "slice", "from", "recording", "to", "now", "same",
                         (int)s->same);
    return json_pack("{s:s,s:s,s:s,s:b}", "slice", ttsslice_slice_name(s->slice), "from",
                     ttsslice_place_name(place_of(&s->from, s->slice)), "to",
                     ttsslice_place_name(place_of(&s->to, s->slice)), "same", (int)s->same);
}

static json_t *loaded(const char *text) {
    return json_loads(text, JSON_DECODE_ANY, NULL);
}

static json_t *number_or_null(int64_t value) {
    return value < 0 ? json_null() : json_integer((json_int_t)value);
}

static json_t *difference_json(const ttsslice_difference *d) {
    return json_pack("{s:o,s:o,s:s,s:o,s:s,s:o,s:o}", "chunk", number_or_null(d->chunk),
                     "candidate", number_or_null(d->candidate), "field", d->field, "position",
                     number_or_null(d->position), "slice", ttsslice_slice_name(d->slice), "good",
                     loaded(d->a), "bad", loaded(d->b));
}

static void print_json(const bisect *b) {
    json_t *steps = json_array(), *differences = json_array();
    for (size_t i = 0; i < b->step_count; i++)
        json_array_append_new(steps, moved_json(&b->steps[i]));
    for (size_t i = 0; i < ttsslice_comparison_count(b->parting); i++)
        json_array_append_new(differences, difference_json(ttsslice_comparison_get(b->parting, i)));
    json_t *root =
        json_pack("{s:b,s:s,s:s,s:b,s:b,s:o,s:o}", "same", (int)!b->parting, "good", b->good, "bad",
                  b->bad ? b->bad : "now", "outputs_compared", (int)b->whole, "deterministic",
                  (int)b->repeats, "steps", steps, "differences", differences);
    if (b->parting) {
        const ttsslice_difference *first = ttsslice_comparison_get(b->parting, 0);
        json_object_set_new(root, "slice",
                            b->repeats ? json_string(ttsslice_slice_name(blamed(b))) : json_null());
        json_object_set_new(root, "chunk", number_or_null(first->chunk));
        json_object_set_new(root, "field", json_string(first->field));
    }
    cli_print_json(root, true);
}

static void print_difference(const ttsslice_difference *d) {
    if (d->chunk < 0)
        printf("  the output as a whole: %s", d->field);
    else if (d->candidate < 0)
        printf("  chunk %lld: %s", (long long)d->chunk, d->field);
    else
        printf("  chunk %lld, candidate %lld: %s", (long long)d->chunk, (long long)d->candidate,
               d->field);
    if (d->position >= 0)
        printf(" at %s %lld", strcmp(d->field, "bytes") == 0 ? "offset" : "frame",
               (long long)d->position);
    printf("\n    good  %s\n    bad   %s\n", d->a, d->b);
}

static void print_blame(const bisect *b) {
    const step *last = last_step(b);
    if (!b->repeats)
        printf("no slice is to blame: the same plan gives another result when it is run again; "
               "the engine does not follow its seed\n");
    else if (!last->slice)
        printf("%s: the run of today parts from the recording in this slice\n",
               ttsslice_slice_name(blamed(b)));
    else
        printf("%s: moved from %s to %s, it changes the result\n", ttsslice_slice_name(last->slice),
               ttsslice_place_name(place_of(&last->from, last->slice)),
               ttsslice_place_name(place_of(&last->to, last->slice)));
}

static void print_text(const bisect *b) {
    size_t count = ttsslice_comparison_count(b->parting);
    if (!b->parting) {
        printf("%s and %s give the same %s\n", b->good, b->bad ? b->bad : "a run of today",
               b->whole ? "takes, scores and bytes"
                        : "takes and scores; the outputs were not compared");
        return;
    }
    print_blame(b);
    print_difference(ttsslice_comparison_get(b->parting, 0));
    for (size_t i = 0; i + 1 < b->step_count; i++)
        if (b->steps[i].slice)
            printf("  %s was moved before and changed nothing\n",
                   ttsslice_slice_name(b->steps[i].slice));
    for (size_t i = 1; i < count && i <= 20; i++) {
        int64_t chunk = ttsslice_comparison_get(b->parting, i)->chunk;
        if (chunk >= 0)
            printf("%s%lld", i > 1 ? ", " : "  also at chunk ", (long long)chunk);
    }
    if (count > 1)
        puts(count > 21 ? ", ..." : "");
}

void bisect_print(const bisect *b) {
    if (b->json)
        print_json(b);
    else
        print_text(b);
}
