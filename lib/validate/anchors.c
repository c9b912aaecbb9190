/* SPDX-License-Identifier: MIT */
/* Anchors for long alignments: B. Cohen's patience diff, on runs of three words. */
#include "validate/anchors.h"

#include "base/mem.h"

#include <stdlib.h>

#define RUN 3

typedef struct run {
    uint32_t words[RUN];
    uint32_t text, heard; /* where it was seen last */
    uint32_t text_count, heard_count;
} run;

typedef struct run_table {
    run *runs; /* text_count + heard_count is 0 where free */
    size_t mask;
} run_table;

static run *find_run(const run_table *table, const uint32_t *words) {
    uint64_t hash = words[0] * UINT64_C(0x9E3779B97F4A7C15) ^
                    words[1] * UINT64_C(0xC2B2AE3D27D4EB4F) ^
                    words[2] * UINT64_C(0x165667B19E3779F9);
    size_t slot = (size_t)(hash ^ (hash >> 32)) & table->mask;
    for (;; slot = (slot + 1) & table->mask) {
        run *r = &table->runs[slot];
        if (!(r->text_count + r->heard_count) ||
            (r->words[0] == words[0] && r->words[1] == words[1] && r->words[2] == words[2]))
            return r;
    }
}

static void enter_runs(run_table *table, const uint32_t *side, size_t count, bool heard) {
    for (size_t t = 0; t + RUN <= count; t++) {
        run *r = find_run(table, side + t);
        for (size_t i = 0; i < RUN; i++)
            r->words[i] = side[t + i];
        if (heard) {
            r->heard = (uint32_t)t;
            r->heard_count++;
        } else {
            r->text = (uint32_t)t;
            r->text_count++;
        }
    }
}

/* Keeps the longest part of the list in which heard grows too. */
static bool keep_increasing(ttss_anchor *list, size_t *count) {
    size_t n = *count, length = 0;
    size_t *ends = ttss_new_array(n, sizeof *ends); /* last of the best list of each length */
    size_t *previous = ttss_new_array(n, sizeof *previous);
    ttss_anchor *kept = ttss_new_array(n, sizeof *kept);
    bool done = ends && previous && kept;
    for (size_t i = 0; i < n && done; i++) {
        size_t low = 0, high = length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (list[ends[middle]].heard < list[i].heard)
                low = middle + 1;
            else
                high = middle;
        }
        previous[i] = low ? ends[low - 1] : SIZE_MAX;
        ends[low] = i;
        if (low == length)
            length++;
    }
    if (done) {
        size_t at = length ? ends[length - 1] : SIZE_MAX;
        for (size_t k = length; k-- > 0; at = previous[at])
            kept[k] = list[at];
        for (size_t k = 0; k < length; k++)
            list[k] = kept[k];
        *count = length;
    }
    free(ends);
    free(previous);
    free(kept);
    return done;
}

bool ttss_find_anchors(const uint32_t *text, size_t text_count, const uint32_t *heard,
                       size_t heard_count, ttss_anchor **anchors, size_t *count) {
    run_table table = {0};
    size_t room = 64, found = 0;
    while (room < 2 * (text_count + heard_count))
        room *= 2;
    table.mask = room - 1;
    table.runs = ttss_new_array(room, sizeof *table.runs);
    ttss_anchor *list = ttss_new_array(text_count, sizeof *list);
    bool done = table.runs && list;
    if (done) {
        enter_runs(&table, text, text_count, false);
        enter_runs(&table, heard, heard_count, true);
    }
    for (size_t t = 0; done && t + RUN <= text_count; t++) {
        const run *r = find_run(&table, text + t);
        if (r->text_count == 1 && r->heard_count == 1)
            list[found++] = (ttss_anchor){r->text, r->heard};
    }
    free(table.runs);
    if (!done || !keep_increasing(list, &found)) {
        free(list);
        return false;
    }
    *anchors = list;
    *count = found;
    return true;
}
