/* SPDX-License-Identifier: MIT */
/* The end of the stream; see sink.h. */
#include "concat/sink.h"

#include "base/error.h"
#include "concat/cancel.h"

#define BLOCK_FRAMES  65536 /* most that the application gets at once */
#define BLOCK_SAMPLES 8192

int32_t ttss_sink_open(ttss_sink *sink, const char *path, const char *format,
                       const ttsslice_concat_options *options, ttsslice_error *err) {
    sink->format = format;
    sink->options = options;
    if (path)
        ttss_temp_sweep(path);
    int32_t code = path ? ttss_temp_open(&sink->temp, path, err) : 0;
    return code ? code : ttss_level_open(&sink->level, options, path, err);
}

int32_t ttss_sink_start(ttss_sink *sink, int32_t channels, int32_t rate, ttsslice_error *err) {
    int32_t code = 0;
    if (sink->format)
        code = ttss_writer_open(&sink->writer, sink->temp.fd, sink->temp.path, sink->format,
                                channels, rate, err);
    if (code)
        return code;
    if (sink->format && sink->title)
        ttss_writer_tag(&sink->writer, sink->title);
    sink->channels = channels;
    sink->rate = rate;
    return ttss_level_start(&sink->level, channels, rate, err);
}

static int32_t hand_out(const ttss_sink *sink, const int16_t *samples, int64_t frames,
                        ttsslice_error *err) {
    const ttsslice_concat_options *o = sink->options;
    int32_t code = 0;
    for (int64_t done = 0; done < frames && !code;) {
        int64_t n = frames - done < BLOCK_FRAMES ? frames - done : BLOCK_FRAMES;
        code = o->on_audio(samples + done * sink->channels, n, sink->channels, sink->rate,
                           o->on_audio_data);
        done += n;
    }
    return code ? ttss_fail(err, code, "the application did not take the audio") : 0;
}

int32_t ttss_sink_add(ttss_sink *sink, const int16_t *samples, int64_t frames,
                      ttsslice_error *err) {
    int32_t code = ttss_level_add(&sink->level, samples, frames, err);
    if (!code && sink->format && !sink->level.holds)
        code = ttss_writer_add(&sink->writer, samples, frames, err);
    if (!code && sink->options->on_audio)
        code = hand_out(sink, samples, frames, err);
    sink->frames += frames;
    return code;
}

int32_t ttss_sink_add_silence(ttss_sink *sink, int64_t frames, ttsslice_error *err) {
    static const int16_t zeros[BLOCK_SAMPLES];
    const int64_t most = BLOCK_SAMPLES / sink->channels;
    int32_t code = 0;
    while (frames && !code) {
        int64_t n = frames < most ? frames : most;
        code = ttss_sink_add(sink, zeros, n, err);
        frames -= n;
    }
    return code;
}

/* What waited for its gain. */
static int32_t write_waiting(ttss_sink *sink, ttsslice_error *err) {
    int16_t block[BLOCK_SAMPLES];
    int64_t got = 1;
    int32_t code = 0;
    while (!code && got) {
        code = ttss_check_cancelled(sink->options, err);
        if (!code)
            code = ttss_level_next(&sink->level, block, BLOCK_SAMPLES / sink->channels, &got, err);
        if (!code && got)
            code = ttss_writer_add(&sink->writer, block, got, err);
    }
    return code;
}

int32_t ttss_sink_finish(ttss_sink *sink, ttsslice_error *err) {
    ttss_level_finish(&sink->level);
    if (!sink->format)
        return 0;
    int32_t code = sink->level.holds ? write_waiting(sink, err) : 0;
    if (!code)
        code = ttss_writer_finish(&sink->writer, err);
    return code ? code : ttss_temp_commit(&sink->temp, err);
}

void ttss_sink_discard(ttss_sink *sink) {
    ttss_writer_discard(&sink->writer);
    ttss_temp_discard(&sink->temp);
    ttss_level_close(&sink->level);
}
