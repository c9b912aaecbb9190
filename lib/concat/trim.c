/* SPDX-License-Identifier: MIT */
/* Trimming by level, after the end point detection of Rabiner and Sambur (An algorithm for
 * determining the endpoints of isolated utterances, 1975), with levels in place of zero crossings.
 *
 * The speech level is the mean power of the windows that are within 30 dB of the loudest, which one
 * click cannot move far. A window is loud if it is less than 30 dB under that level, or over
 * -50 dBFS (the hiss of a vocoder is under that) but never if it is more than 20 dB under a faint
 * clip's level. The first and the last loud window bound the speech.
 *
 * Soft consonants lie outside: a window that is up to 15 dB quieter, and 6 dB over what is usual
 * further out, is speech too if it is within 250 ms of the loud ones. That covers the closure of a
 * final stop as well as the release after it. Around all this a guard of 30 ms is kept. */
#include "concat/trim.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define LEVEL_SPAN  TTSS_LEVEL_DB(30)
#define LOUD_SPAN   TTSS_LEVEL_DB(30)
#define FAINT_SPAN  TTSS_LEVEL_DB(20)
#define FLOOR       TTSS_LEVEL_DB(50)
#define SOFT_SPAN   TTSS_LEVEL_DB(15)
#define OVER_USUAL  TTSS_LEVEL_DB(6)
#define REACH       (250 * TTSS_WINDOWS_S / 1000)
#define GUARD_MS    30
#define SPILL       (200 * TTSS_WINDOWS_S / 1000) /* recognisers end words that early */
#define REPAIR_SPAN (500 * TTSS_WINDOWS_S / 1000)

/* Windows [first, last] that sound. */
typedef struct sound {
    size_t first;
    size_t last;
    int32_t loud; /* the quietest level that is loud */
} sound;

static size_t earlier(size_t a, size_t b) {
    return a < b ? a : b;
}

static int64_t frames_of_ms(const ttss_envelope *e, int64_t ms) {
    return ms * e->window * TTSS_WINDOWS_S / 1000;
}

static void count_levels(const ttss_envelope *e, size_t from, size_t to, size_t counts[256]) {
    for (size_t i = 0; i < 256; i++)
        counts[i] = 0;
    for (size_t i = from; i < to; i++)
        counts[e->levels[i]]++;
}

/* The level down to which a window is loud; -1: none is. */
static int32_t loud_level(const ttss_envelope *e) {
    size_t counts[256], windows = 0;
    double power = 0.0;
    int32_t loudest = 0;
    count_levels(e, 0, e->count, counts);
    while (loudest < TTSS_LEVEL_SILENCE && !counts[loudest])
        loudest++;
    if (loudest > FLOOR)
        return -1;
    for (int32_t i = loudest; i < 256 && i <= loudest + LEVEL_SPAN; i++) {
        power += (double)counts[i] * pow(10.0, -i / (double)TTSS_LEVEL_DB(10));
        windows += counts[i];
    }
    int32_t speech = (int32_t)lrint(TTSS_LEVEL_DB(-10.0) * log10(power / (double)windows));
    int32_t loud = speech + LOUD_SPAN < FLOOR ? speech + LOUD_SPAN : FLOOR;
    return loud > speech + FAINT_SPAN ? loud : speech + FAINT_SPAN;
}

/* The level down to which windows beside the speech belong to it, judged by [from, to) there. */
static int32_t soft_level(const ttss_envelope *e, size_t from, size_t to, int32_t loud) {
    size_t counts[256], below = 0;
    int32_t usual = 0, soft = loud + SOFT_SPAN;
    if (to - from <= REACH)
        return soft;
    count_levels(e, from, to, counts);
    while (below + counts[usual] <= (to - from) / 2)
        below += counts[usual++];
    soft = soft < usual - OVER_USUAL ? soft : usual - OVER_USUAL;
    return soft > loud ? soft : loud;
}

static bool find_sound(const ttss_envelope *e, sound *found) {
    const int32_t loud = loud_level(e);
    size_t first = 0, last = e->count - 1;
    if (loud < 0)
        return false;
    while (e->levels[first] > loud)
        first++;
    while (e->levels[last] > loud)
        last--;
    const int32_t before = soft_level(e, 0, first, loud);
    const int32_t after = soft_level(e, last + 1, e->count, loud);
    *found = (sound){first > REACH ? first - REACH : 0, earlier(last + REACH, e->count - 1), loud};
    while (found->first < first && e->levels[found->first] > before)
        found->first++;
    while (found->last > last && e->levels[found->last] > after)
        found->last--;
    return true;
}

/* The quietest window within half a second after the last word, if sound goes on there; else the
 * end. */
static size_t find_tail(const ttss_envelope *e, const sound *s, double last_word_s) {
    const double word = ceil(last_word_s * TTSS_WINDOWS_S);
    if (!(word >= 1.0 && word + SPILL < (double)s->last) || word <= (double)s->first)
        return e->count;
    size_t quietest = (size_t)word;
    for (size_t i = quietest; i < s->last && i < (size_t)word + REPAIR_SPAN; i++)
        if (e->levels[i] > e->levels[quietest])
            quietest = i;
    return quietest;
}

static int64_t sound_end_of(const ttss_envelope *e, const sound *s) {
    int64_t end = (int64_t)(s->last + 1) * e->window;
    return end < e->frames ? end : e->frames;
}

static bool add_piece(ttss_cuts *cuts, int64_t start, int64_t end) {
    if (!ttss_grow((void **)&cuts->pieces, &cuts->capacity, cuts->count + 1, sizeof *cuts->pieces))
        return false;
    cuts->pieces[cuts->count++] = (ttss_piece){start, end};
    return true;
}

/* Cuts the middle out of long silences between the sounds. */
static bool add_pieces(const ttss_envelope *e, const sound *s, int64_t silence_max, int64_t start,
                       int64_t end, ttss_cuts *cuts) {
    size_t quiet_from = s->first;
    for (size_t i = s->first; silence_max && i <= s->last; i++) {
        if (e->levels[i] > s->loud)
            continue;
        int64_t from = (int64_t)quiet_from * e->window + silence_max / 2;
        int64_t to = (int64_t)i * e->window - (silence_max - silence_max / 2);
        quiet_from = i + 1;
        if (to <= from || from <= start || to >= end)
            continue;
        if (!add_piece(cuts, start, from))
            return false;
        start = to;
    }
    return add_piece(cuts, start, end);
}

bool ttss_trim(const ttss_envelope *e, const ttss_trim_rules *rules, ttss_cuts *cuts) {
    const int64_t guard = frames_of_ms(e, GUARD_MS);
    const bool front = rules->ends == TTSSLICE_TRIM_BOTH || rules->ends == TTSSLICE_TRIM_LEADING;
    const bool back = rules->ends == TTSSLICE_TRIM_BOTH || rules->ends == TTSSLICE_TRIM_TRAILING;
    int64_t start = 0, end = e->frames;
    sound s;
    cuts->count = 0;
    cuts->repaired = 0;
    cuts->quiet_start = cuts->quiet_end = e->frames;
    if (!find_sound(e, &s))
        return add_piece(cuts, 0, e->frames);
    const size_t tail = find_tail(e, &s, rules->last_word_s);
    const int64_t spilled = sound_end_of(e, &s);
    if (tail < e->count) {
        end = (int64_t)tail * e->window + e->window / 2;
        s.last = tail;
        while (e->levels[s.last] > s.loud && s.last > s.first)
            s.last--;
    }
    const int64_t sound_start = (int64_t)s.first * e->window;
    const int64_t sound_end = sound_end_of(e, &s) < end ? sound_end_of(e, &s) : end;
    if (front && sound_start > guard)
        start = sound_start - guard;
    if (back && sound_end + guard < end)
        end = sound_end + guard;
    if (tail < e->count)
        cuts->repaired = spilled - end;
    cuts->quiet_start = sound_start - start;
    cuts->quiet_end = end - sound_end;
    return add_pieces(e, &s, frames_of_ms(e, rules->silence_max_ms), start, end, cuts);
}

int64_t ttss_cuts_kept(const ttss_cuts *cuts) {
    int64_t kept = 0;
    for (size_t i = 0; i < cuts->count; i++)
        kept += cuts->pieces[i].end - cuts->pieces[i].start;
    return kept;
}

int64_t ttss_cuts_place(const ttss_cuts *cuts, int64_t frame) {
    int64_t kept = 0;
    for (size_t i = 0; i < cuts->count; i++) {
        const ttss_piece *piece = &cuts->pieces[i];
        if (frame < piece->end)
            return frame > piece->start ? kept + frame - piece->start : kept;
        kept += piece->end - piece->start;
    }
    return kept;
}

void ttss_cuts_free(ttss_cuts *cuts) {
    free(cuts->pieces);
    *cuts = (ttss_cuts){0};
}
