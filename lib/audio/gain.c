/* SPDX-License-Identifier: MIT */
/* Gains; see gain.h. The presets:
 *
 * ebu        -23 LUFS, true peak -1 dB (EBU R 128).
 * podcast    -16 LUFS for stereo, true peak -1 dB. One channel that two speakers will play sounds
 *            3 LU louder than it measures, so mono is brought to -19, or to -16 if it is measured
 *            as dual mono: the same loudness in the room.
 * audiobook  RMS -20.5 dB, peak -3 dB. Audiobook shops (ACX) ask for an RMS of -23 to -18 dB, peaks
 *            of at most -3 dB and a noise floor of at most -60 dB. Their meter is the plain RMS of
 *            the file, so that is what is steered, to the middle of the range; the true peak is
 *            never below the sample peak, so a ceiling on it keeps theirs. No gain mends a noise
 *            floor: it is measured and reported.
 *
 * The gain on 16-bit samples rounds to nearest, ties to even, without dither. Dither would put
 * noise into the digital silence of pauses and would have to be drawn; the noise of speech itself
 * is far above the last bit. So equal input gives equal bytes, and silence stays silence. */
#include "audio/gain.h"

#include "audio/audio.h"
#include "base/error.h"
#include "base/num.h"

#include <math.h>
#include <string.h>

#define CEILING_DB (-1.0)

int32_t ttss_target_read(const char *text, int32_t channels, int32_t dual_mono, ttss_target *out,
                         ttsslice_error *err) {
    static const struct {
        const char *name;
        ttss_target target;
        double mono_db; /* what is added for one channel that counts as one */
    } presets[] = {
        {"ebu", {-23.0, CEILING_DB, 0}, 0.0},
        {"podcast", {-16.0, CEILING_DB, 0}, -3.0},
        {"audiobook", {-20.5, -3.0, 1}, 0.0},
    };
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (strcmp(text, presets[i].name) == 0) {
            *out = presets[i].target;
            if (channels == 1 && !dual_mono)
                out->level_db += presets[i].mono_db;
            return 0;
        }
    double lufs = 0.0;
    if (!ttss_num_parse(text, &lufs) || lufs < -70.0 || lufs > 0.0)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "loudness is \"%s\"; it must be audiobook, podcast, ebu, or LUFS from -70 "
                         "to 0",
                         text);
    *out = (ttss_target){lufs, CEILING_DB, 0};
    return 0;
}

double ttss_gain_to_target(const ttss_target *target, const ttsslice_loudness *measured) {
    double level = target->by_rms ? measured->rms_db : measured->integrated_lufs;
    double gain = isnan(target->level_db) || !isfinite(level) ? 0.0 : target->level_db - level;
    return isfinite(measured->true_peak_db)
               ? fmin(gain, target->true_peak_db - measured->true_peak_db)
               : gain;
}

double ttss_gain_to_match(const ttsslice_loudness *clip, double reference_lufs, double most_db) {
    double gain = reference_lufs - clip->integrated_lufs;
    double room = fmax(0.0, -clip->true_peak_db);
    return isfinite(gain) ? fmax(-most_db, fmin(fmin(most_db, room), gain)) : 0.0;
}

double ttss_gain_factor(double db) {
    return pow(10.0, db / 20.0);
}

void ttss_gain_apply(int16_t *samples, size_t count, double factor) {
    for (size_t i = 0; i < count; i++)
        samples[i] = ttss_sample_from_double(samples[i] / 32768.0 * factor);
}
