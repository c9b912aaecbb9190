/* SPDX-License-Identifier: MIT */
/* The sentences of a text, with an abbreviation of one's own, and why each mark ends one or not. */
#include <ttsslice/ttsslice.h>

#include <stdio.h>
#include <string.h>

typedef struct letter {
    const char *text;
    size_t ends;
} letter;

static int fails(const ttsslice_error *err) {
    fprintf(stderr, "%s: %s\n", ttsslice_code_name(err->code), err->message);
    return 1;
}

static int32_t explain(const ttsslice_boundary *boundary, void *user_data) {
    letter *l = user_data;
    printf("%s, %s: %.*s\n", boundary->taken ? "ends" : "goes on", boundary->rule,
           (int)boundary->end, l->text);
    l->ends += boundary->taken != 0;
    return 0;
}

int main(void) {
    letter l = {.text = "Dr. Hale kept the Reg. Moss had begun. Is it lost?"};
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_chunks *sentences = NULL;
    options.language = "en";
    options.abbreviations = "Reg.";
    if (ttsslice_sentences(l.text, strlen(l.text), &options, &sentences, &err) != 0)
        return fails(&err);
    size_t count = ttsslice_chunks_count(sentences);
    for (size_t i = 0; i < count; i++) {
        const ttsslice_chunk_info *sentence = ttsslice_chunks_get(sentences, i);
        printf("%zu: %.*s\n", i, (int)sentence->length, l.text + sentence->start);
    }
    ttsslice_chunks_unref(sentences);

    if (ttsslice_sentences_explain(l.text, strlen(l.text), &options, explain, &l, &err) != 0)
        return fails(&err);
    return count == 2 && l.ends == count ? 0 : 1;
}
