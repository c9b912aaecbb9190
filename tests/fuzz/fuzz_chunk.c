/* SPDX-License-Identifier: MIT */
/* Any bytes into ttsslice_chunk(). The first four choose the options, the rest is the text. What is
 * valid UTF-8 is checked for all that chunk_check.h promises. */
#include "chunk_check.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *check_invalid(const char *text, size_t length,
                                 const ttsslice_chunk_options *options) {
    ttsslice_chunks *chunks = NULL;
    return ttsslice_chunk(text, length, options, &chunks, NULL) == TTSSLICE_ERR_TEXT && !chunks
               ? NULL
               : "a text that is not valid is refused";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const languages[] = {NULL, "en", "de", "fr", "ja", "th", "hy", "el"};
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    if (size < HEADER)
        return 0;
    options.max_phrase_len = 1 + (data[0] | (data[1] & 0x0F) << 8);
    options.min_chars_merge = data[2] % (options.max_phrase_len + 1);
    options.language = languages[data[3] % (sizeof languages / sizeof languages[0])];
    /* Of its exact size, so that reading beyond it shows. */
    size_t length = size - HEADER;
    char *text = malloc(length ? length : 1);
    if (!text)
        return 0;
    memcpy(text, data + HEADER, length);
    bool valid = ttss_utf8_valid_prefix(text, length) == length && !memchr(text, 0, length);
    const char *broken =
        valid ? chunk_check(text, length, &options) : check_invalid(text, length, &options);
    free(text);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    return 0;
}
