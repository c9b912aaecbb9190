/* SPDX-License-Identifier: MIT */
/* A token bucket: so many requests at once, and so many a second from then on. Pure: time comes
 * in as milliseconds. */
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

#endif
