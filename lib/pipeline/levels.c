/* SPDX-License-Identifier: MIT */
/* How the takes of a run compare with each other: the medians of their levels and paces, which are
 * references for a later run, and outliers in level by the median absolute deviation, which one
 * bad take cannot move (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). */
#include "pipeline/run_private.h"

#include "base/error.h"

#include <math.h>
#include <stdlib.h>

#define OUTLIER_LEAST  5      /* takes, or there is nothing to compare with */
#define OUTLIER_DB     4.0    /* less is heard by nobody */
#define OUTLIER_SPREAD 3.5    /* standard deviations, */
#define NORMAL_SPREAD  1.4826 /* each so many median deviations, if levels are normal */

/* A take that is in the output, with what its verdict says. */
typedef struct taken {
    ttss_record *record;
    double level_dbfs, rate;
} taken;

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the values. */
static double median(double *values, size_t count) {
    if (!count)
        return (double)NAN;
    qsort(values, count, sizeof *values, by_value);
    return (values[(count - 1) / 2] + values[count / 2]) / 2.0;
}

static size_t collect(taken *takes, size_t count, ttss_record *record) {
    for (size_t i = 0; i < record->info.part_count; i++)
        count = collect(takes, count, &record->parts[i]);
    if (record->info.part_count || record->silenced ||
        record->info.selected >= record->candidates.count)
        return count;
    const ttsslice_verdict_info *info =
        ttsslice_verdict_get(record->candidates.items[record->info.selected].verdict);
    if (info)
        takes[count++] = (taken){record, info->level_dbfs, info->rate};
    return count;
}

static double median_level(const taken *takes, size_t count, double around, double *room) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(takes[i].level_dbfs))
            room[known++] =
                isfinite(around) ? fabs(takes[i].level_dbfs - around) : takes[i].level_dbfs;
    return median(room, known);
}

static double median_rate(const taken *takes, size_t count, double *room) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(takes[i].rate))
            room[known++] = takes[i].rate;
    return median(room, known);
}

static void mark(taken *takes, size_t count, double level, double spread) {
    double limit = fmax(OUTLIER_DB, OUTLIER_SPREAD * NORMAL_SPREAD * spread);
    for (size_t i = 0; i < count; i++) {
        ttsslice_chunk_result *info = &takes[i].record->info;
        info->level_offset_db = takes[i].level_dbfs - level;
        info->loudness_outlier = count >= OUTLIER_LEAST && fabs(info->level_offset_db) > limit;
    }
}

int32_t ttss_result_compare_levels(ttsslice_result *result, ttsslice_error *err) {
    taken *takes = ttss_new_array(TTSS_PARTS * result->count, sizeof *takes);
    double *room = ttss_new_array(TTSS_PARTS * result->count, sizeof *room);
    size_t count = 0;
    if (takes && room) {
        for (size_t i = 0; i < result->count; i++)
            count = collect(takes, count, &result->records[i]);
        result->level_dbfs = median_level(takes, count, (double)NAN, room);
        result->rate = median_rate(takes, count, room);
        mark(takes, count, result->level_dbfs,
             median_level(takes, count, result->level_dbfs, room));
    }
    int32_t code = takes && room ? 0 : ttss_nomem(err);
    free(takes);
    free(room);
    return code;
}
