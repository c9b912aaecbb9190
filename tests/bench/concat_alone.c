/* SPDX-License-Identifier: MIT */
/* Joins files as an application does that uses nothing else of the library and links it statically:
 * the memory that the join itself needs, without the shared libraries of the other slices.
 * Arguments: the output, the pause and the fade in ms, the clips. */
#include <ttsslice/concat.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_concat *concat = NULL;
    if (argc < 5)
        return 2;
    options.pause_ms = atoi(argv[2]);
    options.fade_ms = atoi(argv[3]);
    int32_t code = ttsslice_concat_open(argv[1], &options, &concat, &err);
    for (int i = 4; i < argc && !code; i++) {
        ttsslice_clip clip = TTSSLICE_CLIP_INIT;
        clip.path = argv[i];
        code = ttsslice_concat_add(concat, &clip, &err);
    }
    if (!code)
        code = ttsslice_concat_close(concat, NULL, &err);
    else
        ttsslice_concat_abort(concat);
    if (code)
        fprintf(stderr, "%s\n", err.message);
    return code != 0;
}
