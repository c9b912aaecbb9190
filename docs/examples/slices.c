/* SPDX-License-Identifier: MIT */
/* The slices one by one: split a text, judge two transcripts of it, choose between them. */
#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <string.h>

static int fails(const ttsslice_error *err) {
    fprintf(stderr, "%s: %s\n", ttsslice_code_name(err->code), err->message);
    return 1;
}

int main(void) {
    static const char text[] = "Mrs. Hale counted 12 boats. The last one, she said, was late.";
    static const char *const heard[] = {
        "missus hale counted twelve boats the last one was late",
        "Mrs Hale counted 12 boats. The last one, she said, was late.",
    };
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *chunks = NULL;
    if (ttsslice_chunk(text, strlen(text), NULL, &chunks, &err) != 0)
        return fails(&err);
    for (size_t i = 0; i < ttsslice_chunks_count(chunks); i++) {
        const ttsslice_chunk_info *chunk = ttsslice_chunks_get(chunks, i);
        printf("chunk %zu (%s): %.*s\n", i, ttsslice_break_name(chunk->break_after),
               (int)chunk->length, text + chunk->start);
    }
    ttsslice_chunks_unref(chunks);

    double scores[2];
    int32_t passed[2];
    for (int i = 0; i < 2; i++) {
        ttsslice_transcript *transcript = NULL;
        ttsslice_verdict *verdict = NULL;
        if (ttsslice_transcript_new(heard[i], NULL, NULL, NULL, NULL, 0, &transcript, &err) != 0 ||
            ttsslice_validate(text, strlen(text), transcript, NULL, NULL, &verdict, &err) != 0)
            return fails(&err);
        scores[i] = ttsslice_verdict_get(verdict)->score;
        passed[i] = ttsslice_verdict_get(verdict)->passed;
        printf("take %d: %.1f, %s\n", i, scores[i], passed[i] ? "passed" : "not passed");
        for (size_t j = 0; j < ttsslice_verdict_defect_count(verdict); j++)
            printf("  %s\n", ttsslice_verdict_defect(verdict, j)->message);
        ttsslice_verdict_unref(verdict);
        ttsslice_transcript_unref(transcript);
    }

    ttsslice_selection choice = TTSSLICE_SELECTION_INIT;
    if (ttsslice_select(scores, passed, NULL, 2, NULL, &choice, &err) != 0)
        return fails(&err);
    printf("take %zu it is (%s)\n", choice.index, ttsslice_reason_name(choice.reason));
    return choice.index == 1 && choice.passed && !passed[0] ? 0 : 1;
}
