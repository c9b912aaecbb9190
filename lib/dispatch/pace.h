/* SPDX-License-Identifier: MIT */
/* How fast and how many at once. A token bucket: so many requests at once, and so many a second
 * from then on. And a limit of what is in flight that gives way where the endpoint refuses:
 * additive increase, multiplicative decrease (D.-M. Chiu, R. Jain, 1989). Pure: time comes in as
 * milliseconds. */
#ifndef TTSS_DISPATCH_PACE_H
#define TTSS_DISPATCH_PACE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ttss_pace {
    int64_t rate;    /* a second; also thousandths a millisecond */
    int64_t full;    /* thousandths of a token that it holds at most */
    int64_t level;   /* thousandths of a token */
    int64_t seen_ms; /* when level was right */
} ttss_pace;

void ttss_pace_init(ttss_pace *pace, int64_t rate, int64_t burst, int64_t now_ms);

/* Takes one token if there is one. */
bool ttss_pace_take(ttss_pace *pace, int64_t now_ms);

/* When the next token is there: now_ms or later. */
int64_t ttss_pace_ready_ms(ttss_pace *pace, int64_t now_ms);

typedef struct ttss_limit {
    int64_t most;
    double level;       /* 1 to most */
    int64_t refused_ms; /* when it gave way last; INT64_MIN: never */
} ttss_limit;

void ttss_limit_init(ttss_limit *limit, int64_t most);

/* What may be in flight now. */
int64_t ttss_limit_now(const ttss_limit *limit);

/* A submission was taken: one more may be in flight once as many as that were. */
void ttss_limit_accepted(ttss_limit *limit);

/* One that was sent at sent_ms was refused. Those on their way at once count once. */
void ttss_limit_refused(ttss_limit *limit, int64_t sent_ms, int64_t now_ms);

#endif
