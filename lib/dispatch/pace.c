/* SPDX-License-Identifier: MIT */
/* Token bucket and limit; see pace.h. */
#include "dispatch/pace.h"

#define TOKEN 1000
#define YIELD 0.9 /* as in Netflix's concurrency-limits */

void ttss_pace_init(ttss_pace *pace, int64_t rate, int64_t burst, int64_t now_ms) {
    *pace = (ttss_pace){rate, burst * TOKEN, burst * TOKEN, now_ms};
}

static void refill(ttss_pace *pace, int64_t now_ms) {
    int64_t passed = now_ms - pace->seen_ms;
    if (passed <= 0)
        return;
    pace->seen_ms = now_ms;
    if (passed >= (pace->full - pace->level) / pace->rate + 1)
        pace->level = pace->full;
    else
        pace->level += passed * pace->rate;
}

bool ttss_pace_take(ttss_pace *pace, int64_t now_ms) {
    refill(pace, now_ms);
    if (pace->level < TOKEN)
        return false;
    pace->level -= TOKEN;
    return true;
}

int64_t ttss_pace_ready_ms(ttss_pace *pace, int64_t now_ms) {
    refill(pace, now_ms);
    if (pace->level >= TOKEN)
        return now_ms;
    return now_ms + (TOKEN - pace->level + pace->rate - 1) / pace->rate;
}

void ttss_limit_init(ttss_limit *limit, int64_t most) {
    *limit = (ttss_limit){most, (double)most, INT64_MIN};
}

int64_t ttss_limit_now(const ttss_limit *limit) {
    return (int64_t)limit->level;
}

void ttss_limit_accepted(ttss_limit *limit) {
    limit->level += 1.0 / limit->level;
    if (limit->level > (double)limit->most)
        limit->level = (double)limit->most;
}

void ttss_limit_refused(ttss_limit *limit, int64_t sent_ms, int64_t now_ms) {
    if (sent_ms <= limit->refused_ms)
        return;
    limit->refused_ms = now_ms;
    limit->level = limit->level * YIELD > 1.0 ? limit->level * YIELD : 1.0;
}
