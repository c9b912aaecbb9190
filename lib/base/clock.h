/* SPDX-License-Identifier: MIT */
/* The one clock. What depends on time takes a ttss_clock, so that tests bring their own. */
#ifndef TTSS_BASE_CLOCK_H
#define TTSS_BASE_CLOCK_H

#include <stdint.h>

typedef struct ttss_clock {
    int64_t (*now_ms)(void *user_data); /* monotonic */
    void *user_data;
} ttss_clock;

/* CLOCK_MONOTONIC. */
extern const ttss_clock ttss_system_clock;

int64_t ttss_now_ms(const ttss_clock *clock);

#endif
