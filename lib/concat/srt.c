/* SPDX-License-Identifier: MIT */
/* The timeline as SubRip: numbered cues with a comma before the thousandths. */
#include "concat/cues.h"
#include "concat/lines.h"

#include <inttypes.h>

static void write_cue(ttss_buf *out, const ttsslice_timeline *timeline, const ttss_cue *cue) {
    ttss_buf_printf(out, "%" PRId64 "\n", cue->number);
    ttss_cue_write_time(out, cue->start_frame, timeline->sample_rate, ',');
    ttss_buf_add_text(out, " --> ");
    ttss_cue_write_time(out, cue->end_frame, timeline->sample_rate, ',');
    ttss_buf_add_char(out, '\n');
    for (size_t i = cue->start; i < cue->end; i++) {
        char place = cue->places[i - cue->start];
        if (place == TTSS_PLACE_DROP)
            continue;
        if (place != TTSS_PLACE_TEXT)
            ttss_buf_add_char(out, place);
        ttss_buf_add_char(out, cue->entry->text[i]);
    }
    ttss_buf_add_text(out, "\n\n");
}

int32_t ttsslice_timeline_srt(const ttsslice_timeline *timeline, char **srt, ttsslice_error *err) {
    return ttss_cues_write(timeline, "", write_cue, srt, err);
}
