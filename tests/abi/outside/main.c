/* SPDX-License-Identifier: MIT */
/* A program of somebody else, built against an installed libttsslice with pkg-config alone. It
 * splits a text, judges what was heard of it, and chooses among three takes. */
#include <ttsslice/ttsslice.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char text[] = "The lamp went out. Nobody spoke.\n\nMorning came late to the valley.";

static int fail(const char *what, const ttsslice_error *err) {
    fprintf(stderr, "%s: %s (%s)\n", what, err->message, ttsslice_code_name(err->code));
    return 1;
}

static int show_chunks(void) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_chunks *chunks = NULL;
    options.max_phrase_len = 40;
    if (ttsslice_chunk(text, TTSSLICE_NUL_TERMINATED, &options, &chunks, &err))
        return fail("chunk", &err);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *chunk = ttsslice_chunks_get(chunks, i);
        printf("chunk %zu %zu %s: %.*s\n", chunk->start, chunk->length,
               ttsslice_break_name(chunk->break_after), (int)chunk->length, text + chunk->start);
    }
    ttsslice_chunks_unref(chunks);
    return 0;
}

static int show_verdict(void) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *heard = NULL;
    ttsslice_verdict *verdict = NULL;
    if (ttsslice_transcript_new("Morning came late to the", NULL, NULL, NULL, NULL, 0, &heard,
                                &err))
        return fail("transcript", &err);
    if (ttsslice_validate("Morning came late to the quiet green valley.", TTSSLICE_NUL_TERMINATED,
                          heard, NULL, NULL, &verdict, &err))
        return fail("validate", &err);
    printf("passed %" PRId32 "\n", ttsslice_verdict_get(verdict)->passed);
    for (size_t i = 0; i < ttsslice_verdict_defect_count(verdict); i++)
        printf("defect %s\n", ttsslice_defect_name(ttsslice_verdict_defect(verdict, i)->kind));
    ttsslice_verdict_unref(verdict);
    ttsslice_transcript_unref(heard);
    return 0;
}

static int show_choice(void) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    const double scores[] = {81.0, 97.5, 93.0};
    const int32_t passed[] = {0, 1, 1};
    if (ttsslice_select(scores, passed, NULL, 3, NULL, &choice, &err))
        return fail("select", &err);
    printf("take %zu %s\n", choice.index, ttsslice_reason_name(choice.reason));
    return 0;
}

int main(void) {
    if (strcmp(ttsslice_version_string(), TTSSLICE_VERSION_STRING) != 0)
        return 1;
    return show_chunks() || show_verdict() || show_choice();
}
