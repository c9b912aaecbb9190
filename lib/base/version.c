/* SPDX-License-Identifier: MIT */
/* Version and feature probe. */
#include <ttsslice/version.h>

#include "base/words_spell.h"
#include "config.h"

#include <string.h>

int32_t ttsslice_version(void) {
    return TTSSLICE_VERSION_MAJOR * 10000 + TTSSLICE_VERSION_MINOR * 100 + TTSSLICE_VERSION_PATCH;
}

const char *ttsslice_version_string(void) {
    return TTSSLICE_VERSION_STRING;
}

int32_t ttsslice_feature_supported(const char *feature) {
    static const struct {
        const char *name;
        int32_t there;
    } features[] = {
        {"flite", TTSS_HAVE_FLITE},
        {"sphinx", TTSS_HAVE_SPHINX},
        {"server", TTSS_HAVE_SERVER},
        {"soxr", TTSS_HAVE_SOXR},
        {"ebur128", TTSS_HAVE_EBUR128},
    };
    for (size_t i = 0; feature && i < sizeof features / sizeof features[0]; i++)
        if (strcmp(feature, features[i].name) == 0)
            return features[i].there;
    return feature && strcmp(feature, "icu") == 0 && ttss_speller_available();
}
