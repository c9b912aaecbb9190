/* SPDX-License-Identifier: MIT */
/* Loudness of the output; see level.h. */
#include "concat/level.h"

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* Above this a ceiling is none, below it nothing is left. */
#define CEILING_LEAST_DB (-40.0)

static bool has_target(const ttsslice_concat_options *o) {
    return o->loudness && strcmp(o->loudness, "measure") != 0;
}

static int32_t read_target(const ttsslice_concat_options *o, int32_t channels, ttss_target *target,
                           ttsslice_error *err) {
    int32_t code = 0;
    *target = (ttss_target){NAN, 0.0, 0};
    if (has_target(o))
        code = ttss_target_read(o->loudness, channels, o->dual_mono, target, err);
    if (!code && !isnan(o->true_peak_db))
        target->true_peak_db = o->true_peak_db;
    return code;
}

static int32_t read_options(ttss_level *level, const ttsslice_concat_options *o,
                            ttsslice_error *err) {
    int32_t code = 0;
    if (!isnan(o->true_peak_db))
        code = ttss_check_range_f("true_peak_db", o->true_peak_db, CEILING_LEAST_DB, 0.0, err);
    for (int32_t i = 0; i < 2 && !code; i++)
        code = read_target(o, i + 1, &level->targets[i], err);
    level->flags = TTSS_METER_TRUE_PEAK | (o->dual_mono ? TTSS_METER_DUAL_MONO : 0);
    level->holds = has_target(o) || !isnan(o->true_peak_db);
    level->measures = level->holds || o->loudness || o->match_clips;
    return code;
}

/* The samples wait in the folder of the output, where there must be room for them anyway, and
 * vanish with the process. */
static int32_t open_waiting(ttss_level *level, const char *path, ttsslice_error *err) {
    ttss_temp_file file;
    int32_t code = ttss_temp_open(&file, path, err);
    if (code)
        return code;
    level->fd = dup(file.fd);
    ttss_temp_discard(&file);
    if (level->fd < 0)
        return ttss_fail(err, TTSSLICE_ERR_SYSTEM,
                         "there are too many open files: close some or raise the limit");
    ttss_store_init_fd(&level->waiting, level->fd, 0);
    return 0;
}

int32_t ttss_level_open(ttss_level *level, const ttsslice_concat_options *options, const char *path,
                        ttsslice_error *err) {
    *level = (ttss_level){.fd = -1, .factor = 1.0};
    int32_t code = read_options(level, options, err);
    if (code)
        return code;
    if (level->measures && !ttsslice_feature_supported("ebur128"))
        return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                         "this build cannot measure loudness; install libebur128-dev and build "
                         "again");
    if (level->holds && !path)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "the gain is known only at the end of the audio: for a loudness or a true "
                         "peak, give a path");
    return level->holds ? open_waiting(level, path, err) : 0;
}

int32_t ttss_level_start(ttss_level *level, int32_t channels, int32_t rate, ttsslice_error *err) {
    level->channels = channels;
    return level->measures ? ttss_meter_new(channels, rate, level->flags, &level->meter, err) : 0;
}

int32_t ttss_level_add(ttss_level *level, const int16_t *samples, int64_t frames,
                       ttsslice_error *err) {
    const int64_t bytes = frames * level->channels * (int64_t)sizeof *samples;
    if (!level->measures)
        return 0;
    int32_t code = ttss_meter_add_s16(level->meter, samples, frames, err);
    if (code || !level->holds)
        return code;
    if (ttss_store_write_at(&level->waiting, level->waiting.size, samples, bytes) != bytes)
        return ttss_fail_errno(err, level->waiting.error,
                               "cannot keep the audio until its loudness is known");
    return 0;
}

double ttss_level_so_far(const ttss_level *level) {
    ttsslice_loudness loudness = TTSSLICE_LOUDNESS_INIT;
    if (!level->meter)
        return -INFINITY;
    ttss_meter_read(level->meter, &loudness);
    return loudness.integrated_lufs;
}

void ttss_level_finish(ttss_level *level) {
    ttsslice_loudness *l = &level->loudness;
    if (!level->measures)
        return;
    *l = (ttsslice_loudness)TTSSLICE_LOUDNESS_INIT;
    ttss_meter_read(level->meter, l);
    if (!level->holds)
        return;
    level->gain_db = ttss_gain_to_target(&level->targets[level->channels > 1], l);
    level->factor = ttss_gain_factor(level->gain_db);
    l->integrated_lufs += level->gain_db;
    l->rms_db += level->gain_db;
    l->noise_floor_db += level->gain_db;
    l->sample_peak_db += level->gain_db;
    l->true_peak_db += level->gain_db;
}

int32_t ttss_level_next(ttss_level *level, int16_t *samples, int64_t room, int64_t *frames,
                        ttsslice_error *err) {
    const int64_t frame_size = level->channels * (int64_t)sizeof *samples;
    int64_t got =
        ttss_store_read_at(&level->waiting, level->given, samples, room * frame_size) / frame_size;
    if (level->waiting.error)
        return ttss_fail_errno(err, level->waiting.error,
                               "cannot read back the audio that waited for its gain");
    level->given += got * frame_size;
    ttss_gain_apply(samples, (size_t)(got * level->channels), level->factor);
    *frames = got;
    return 0;
}

void ttss_level_close(ttss_level *level) {
    ttss_meter_free(level->meter);
    if (level->fd >= 0)
        close(level->fd);
    *level = (ttss_level){.fd = -1};
}
