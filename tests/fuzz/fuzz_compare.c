/* SPDX-License-Identifier: MIT */
/* Any bytes as the report of a run into ttsslice_compare(): a report is equal to itself, the
 * differences from another one are in order and whole, and what is no report is refused. */
#include <ttsslice/ttsslice.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char report[] =
    "{\"chunks\": [{\"text\": \"Rain fell.\", \"text_start\": 0, \"text_length\": 10, \"break\": "
    "\"end\", \"selected\": 0, \"score\": 91.5, \"passed\": true, \"start_frame\": 0, "
    "\"end_frame\": 400, \"candidates\": [{\"candidate\": 0, \"attempt\": 0, \"seed\": 11, "
    "\"digest\": \"d0\", \"score\": 91.5, \"passed\": true, \"verdict\": {\"transcript\": "
    "\"rain fell\", \"defects\": []}}]}]}";

static const char *check(const ttsslice_comparison *found) {
    int64_t before = -1;
    for (size_t i = 0; i < ttsslice_comparison_count(found); i++) {
        const ttsslice_difference *d = ttsslice_comparison_get(found, i);
        if (!d->field || !d->a || !d->b || strcmp(d->a, d->b) == 0)
            return "a difference is none";
        if (d->slice < TTSSLICE_SLICE_GENERATE || d->slice > TTSSLICE_SLICE_CONCAT)
            return "a difference has no slice";
        if (d->chunk >= 0 && d->chunk <= before)
            return "the chunks are not in order";
        before = d->chunk < 0 ? INT64_MAX : d->chunk;
    }
    return NULL;
}

/* Whether both are reports; *broken says what is wrong with the answer. */
static bool compare(const char *a, const char *b, const char **broken) {
    ttsslice_comparison *found = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int32_t code = ttsslice_compare(a, NULL, b, NULL, &found, &err);
    if (code == 0)
        *broken =
            a == b && ttsslice_comparison_count(found) ? "it is not equal to itself" : check(found);
    else if (code != TTSSLICE_ERR_PROTOCOL || !err.message[0] || found)
        *broken = "neither a comparison nor a reason";
    ttsslice_comparison_unref(found);
    return code == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *broken = NULL;
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    bool there = compare(report, text, &broken);
    if (!broken && compare(text, report, &broken) != there)
        broken = "it depends on the side whether it is a report";
    if (!broken && there)
        (void)compare(text, text, &broken);
    free(text);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    return 0;
}
