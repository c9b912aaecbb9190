/* SPDX-License-Identifier: MIT */
/* Reading options structs; see options.h. */
#include "base/options.h"

#include "base/error.h"
#include "base/num.h"

#include <inttypes.h>
#include <string.h>

/* No options struct will ever be longer; a greater size is an uninitialised struct. */
#define SIZE_LIMIT 4096

int32_t ttss_options_read(void *known, size_t known_size, size_t oldest_size, const void *given,
                          const char *name, ttsslice_error *err) {
    if (!given)
        return 0;
    size_t size;
    memcpy(&size, given, sizeof size);
    if (size < oldest_size || size > SIZE_LIMIT)
        return ttss_fail(err, TTSSLICE_ERR_OPTION,
                         "%s has size %zu; initialise it with its _INIT macro", name, size);
    const unsigned char *bytes = given;
    for (size_t i = known_size; i < size; i++)
        if (bytes[i])
            return ttss_fail(err, TTSSLICE_ERR_OPTION,
                             "%s sets a member at byte %zu that this library (%s) does not know; "
                             "update the library",
                             name, i, ttsslice_version_string());
    memcpy(known, given, size < known_size ? size : known_size);
    memcpy(known, &known_size, sizeof known_size);
    return 0;
}

int32_t ttss_check_range(const char *name, int64_t value, int64_t low, int64_t high,
                         ttsslice_error *err) {
    if (value >= low && value <= high)
        return 0;
    return ttss_fail(err, TTSSLICE_ERR_INVALID,
                     "%s is %" PRId64 "; it must be %" PRId64 " to %" PRId64, name, value, low,
                     high);
}

int32_t ttss_check_range_f(const char *name, double value, double low, double high,
                           ttsslice_error *err) {
    if (value >= low && value <= high) /* false for NaN */
        return 0;
    char v[TTSS_NUM_MAX], l[TTSS_NUM_MAX], h[TTSS_NUM_MAX];
    return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s is %s; it must be %s to %s", name,
                     ttss_num_format(value, v), ttss_num_format(low, l), ttss_num_format(high, h));
}

int64_t ttss_milliseconds(double seconds) {
    return (int64_t)(seconds * 1000.0 + 0.5);
}

int32_t ttss_read_backoff(const double *waits_s, size_t count, int64_t backoff_ms[TTSS_BACKOFF_MAX],
                          size_t *backoff_count, ttsslice_error *err) {
    static const double usual_s[] = {0.5, 1.0, 2.0};
    if (!waits_s && count)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "backoff_count is %zu without backoff_s; give both or neither", count);
    if (!waits_s) {
        waits_s = usual_s;
        count = sizeof usual_s / sizeof usual_s[0];
    }
    if (count > TTSS_BACKOFF_MAX)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "backoff_count is %zu; it must be 0 to %d",
                         count, TTSS_BACKOFF_MAX);
    for (size_t i = 0; i < count; i++) {
        int32_t ret = ttss_check_range_f("a wait of backoff_s", waits_s[i], 0.0, 3600.0, err);
        if (ret)
            return ret;
        backoff_ms[i] = ttss_milliseconds(waits_s[i]);
    }
    *backoff_count = count;
    return 0;
}
