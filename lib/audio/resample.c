/* SPDX-License-Identifier: MIT */
/* Resampling through libsoxr (https://sourceforge.net/p/soxr/); see resample.h. libsoxr gives a
 * frame more or less than the exact number at the end, depending on the ratio; here the output is
 * cut or filled with zeros to that number. */
#include "audio/resample.h"

#include "audio/audio.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/options.h"

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Frames for libsoxr at a time: its queues grow to whatever one call brings. */
#define SLICE 8192

int64_t ttss_resampled_frames(int64_t frames, int32_t rate_in, int32_t rate_out) {
    /* In two parts, so that nothing overflows for any length that fits in a file. */
    int64_t seconds = frames / rate_in, rest = frames % rate_in;
    return seconds * rate_out + (2 * rest * rate_out + rate_in) / (2 * (int64_t)rate_in);
}

#if TTSS_HAVE_SOXR

#include <soxr.h>

struct ttss_resampler {
    soxr_t soxr;
    int32_t rate_in;
    int32_t rate_out;
    size_t frame_size; /* bytes */
    int64_t taken;     /* frames so far */
    int64_t made;
};

static int32_t fail_soxr(soxr_error_t error, ttsslice_error *err) {
    if (strstr(error, "malloc") || strstr(error, "memory"))
        return ttss_nomem(err);
    return ttss_fail(err, TTSSLICE_ERR_AUDIO,
                     "libsoxr cannot change the sample rate (%s): choose another sample rate",
                     error);
}

int32_t ttss_resampler_new(int32_t rate_in, int32_t rate_out, int32_t channels,
                           enum ttss_sample_type type, ttss_resampler **out, ttsslice_error *err) {
    soxr_datatype_t data = type == TTSS_SAMPLE_S16 ? SOXR_INT16_I : SOXR_FLOAT32_I;
    soxr_io_spec_t io = soxr_io_spec(data, data);
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t error = NULL;
    int32_t code = ttss_check_range("sample_rate", rate_in, TTSS_RATE_MIN, TTSS_RATE_MAX, err);
    if (!code)
        code = ttss_check_range("sample_rate", rate_out, TTSS_RATE_MIN, TTSS_RATE_MAX, err);
    if (!code)
        code = ttss_check_range("channels", channels, 1, TTSSLICE_AUDIO_CHANNELS_MAX, err);
    if (code)
        return code;
    ttss_resampler *resampler = ttss_new(ttss_resampler);
    if (!resampler)
        return ttss_nomem(err);
    io.flags |= SOXR_NO_DITHER;
    resampler->soxr =
        soxr_create(rate_in, rate_out, (unsigned)channels, &error, &io, &quality, &runtime);
    if (!resampler->soxr || error) {
        ttss_resampler_free(resampler);
        return fail_soxr(error ? error : "malloc", err);
    }
    resampler->rate_in = rate_in;
    resampler->rate_out = rate_out;
    resampler->frame_size = (size_t)channels * (type == TTSS_SAMPLE_S16 ? 2 : 4);
    *out = resampler;
    return 0;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int32_t ttss_resampler_run(ttss_resampler *resampler, const void *in, int64_t frames,
                           int64_t *taken, void *out, int64_t room, int64_t *made,
                           ttsslice_error *err) {
    int64_t used = 0, written = 0;
    bool dry = false;
    if (!in) /* what is still to come */
        room = least(
            room, ttss_resampled_frames(resampler->taken, resampler->rate_in, resampler->rate_out) -
                      resampler->made);
    while (written < room && !dry && (!in || used < frames)) {
        size_t idone = 0, odone = 0;
        soxr_error_t error = soxr_process(
            resampler->soxr, in ? (const char *)in + (size_t)used * resampler->frame_size : NULL,
            in ? (size_t)least(frames - used, SLICE) : 0, &idone,
            (char *)out + (size_t)written * resampler->frame_size,
            (size_t)least(room - written, SLICE), &odone);
        if (error)
            return fail_soxr(error, err);
        used += (int64_t)idone;
        written += (int64_t)odone;
        dry = idone == 0 && odone == 0;
    }
    if (!in && written < room) {
        memset((char *)out + (size_t)written * resampler->frame_size, 0,
               (size_t)(room - written) * resampler->frame_size);
        written = room;
    }
    resampler->taken += used;
    resampler->made += written;
    *taken = used;
    *made = written;
    return 0;
}

void ttss_resampler_free(ttss_resampler *resampler) {
    if (!resampler)
        return;
    soxr_delete(resampler->soxr);
    free(resampler);
}

#else

int32_t ttss_resampler_new(int32_t rate_in, int32_t rate_out, int32_t channels,
                           enum ttss_sample_type type, ttss_resampler **out, ttsslice_error *err) {
    (void)channels;
    (void)type;
    (void)out;
    return ttss_fail(
        err, TTSSLICE_ERR_UNAVAILABLE,
        "this build cannot change %d Hz to %d Hz; install libsoxr-dev and build again, "
        "or bring all audio to one rate",
        (int)rate_in, (int)rate_out);
}

int32_t ttss_resampler_run(ttss_resampler *resampler, const void *in, int64_t frames,
                           int64_t *taken, void *out, int64_t room, int64_t *made,
                           ttsslice_error *err) {
    (void)resampler;
    (void)in;
    (void)frames;
    (void)taken;
    (void)out;
    (void)room;
    (void)made;
    return ttss_fail(err, TTSSLICE_ERR_INTERNAL, "there is no resampler in this build");
}

void ttss_resampler_free(ttss_resampler *resampler) {
    (void)resampler;
}

#endif

int32_t ttss_resample_s16(const int16_t *in, int64_t frames, int32_t channels, int32_t rate_in,
                          int32_t rate_out, int16_t **out, ttsslice_error *err) {
    ttss_resampler *resampler = NULL;
    int16_t *samples = NULL;
    int32_t ret = ttss_resampler_new(rate_in, rate_out, channels, TTSS_SAMPLE_S16, &resampler, err);
    if (ret)
        return ret;
    const int64_t wanted = ttss_resampled_frames(frames, rate_in, rate_out);
    int64_t used = 0, written = 0, taken = 0, made = 0;
    samples = ttss_new_array((size_t)wanted * (size_t)channels, sizeof *samples);
    if (!samples)
        ret = ttss_nomem(err);
    while (!ret && written < wanted) {
        const int16_t *from = used < frames ? in + used * channels : NULL;
        ret = ttss_resampler_run(resampler, from, frames - used, &taken,
                                 samples + written * channels, wanted - written, &made, err);
        used += ret ? 0 : taken;
        written += ret ? 0 : made;
    }
    if (!ret) {
        *out = samples;
        samples = NULL;
    }
    ttss_resampler_free(resampler);
    free(samples);
    return ret;
}
