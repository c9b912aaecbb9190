/* SPDX-License-Identifier: MIT */
/* Monotonic clock; see clock.h. */
#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t monotonic(void *user_data) {
    (void)user_data;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const ttss_clock ttss_system_clock = {monotonic, NULL};

int64_t ttss_now_ms(const ttss_clock *clock) {
    return clock->now_ms(clock->user_data);
}
