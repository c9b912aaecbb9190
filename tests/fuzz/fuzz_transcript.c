/* SPDX-License-Identifier: MIT */
/* Any bytes into ttsslice_transcript_parse(): a transcript whose text and words are valid UTF-8,
 * whose times are in order and finite, or a protocol error that says why. */
#include "base/utf8.h"

#include <ttsslice/ttsslice.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_valid(const char *text) {
    return ttss_utf8_valid_prefix(text, strlen(text)) == strlen(text);
}

static const char *check_word(const ttsslice_word *word) {
    if (!word->text[0] || !is_valid(word->text))
        return "a word is empty or not UTF-8";
    if (isinf(word->start_s) || isinf(word->end_s) || word->start_s < 0.0)
        return "a time is no time";
    if (word->end_s < word->start_s)
        return "a word ends before it starts";
    if (word->confidence < 0.0 || word->confidence > 1.0)
        return "a confidence is none";
    return NULL;
}

static const char *check(const ttsslice_transcript *transcript) {
    const char *broken = is_valid(ttsslice_transcript_text(transcript)) ? NULL : "not UTF-8";
    for (size_t i = 0; !broken && i < ttsslice_transcript_word_count(transcript); i++)
        broken = check_word(ttsslice_transcript_word(transcript, i));
    return broken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ttsslice_transcript *transcript = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    /* Of its exact size, so that reading beyond it shows. */
    char *text = malloc(size ? size : 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    int32_t code = ttsslice_transcript_parse(text, size, &transcript, &err);
    free(text);
    const char *broken = code == 0 ? check(transcript)
                         : code == TTSSLICE_ERR_PROTOCOL && err.message[0] && !transcript
                             ? NULL
                             : "neither a transcript nor a reason";
    ttsslice_transcript_unref(transcript);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    return 0;
}
