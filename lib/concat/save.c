/* SPDX-License-Identifier: MIT */
/* A timeline as a file: which of its forms it is, the ending of the name says. */
#include "base/error.h"
#include "base/file.h"

#include <ttsslice/concat.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int32_t write_labels(const ttsslice_timeline *timeline, char **text, ttsslice_error *err) {
    return ttsslice_timeline_labels(timeline, 0, text, err);
}

static const struct form {
    const char *ending;
    int32_t (*write)(const ttsslice_timeline *timeline, char **text, ttsslice_error *err);
} forms[] = {
    {".json", ttsslice_timeline_segments_json},
    {".srt", ttsslice_timeline_srt},
    {".vtt", ttsslice_timeline_vtt},
    {".txt", write_labels},
};

/* NULL: none has such a name. */
static const struct form *form_of(const char *path) {
    const size_t length = strlen(path);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const size_t ending = strlen(forms[i].ending);
        if (length > ending && strcasecmp(path + length - ending, forms[i].ending) == 0)
            return &forms[i];
    }
    return NULL;
}

int32_t ttsslice_timeline_save(const ttsslice_timeline *timeline, const char *path,
                               ttsslice_error *err) {
    char *text = NULL;
    if (!timeline || !path)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "no timeline or no path was given: pass both");
    const struct form *form = form_of(path);
    if (!form)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "cannot tell from the name %s what to write: end it in .json, .srt, .vtt "
                         "or .txt",
                         path);
    ttss_temp_sweep(path);
    int32_t code = form->write(timeline, &text, err);
    if (!code)
        code = ttss_file_write(path, text, strlen(text), err);
    free(text);
    return code;
}
