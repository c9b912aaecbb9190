/* SPDX-License-Identifier: MIT */
/* Makes the n-th allocation of the library fail. The test programs are linked with
 * --wrap=malloc, calloc, realloc, which reaches the library's objects and not libc's or those of
 * other shared libraries. */
#ifndef TTSS_TESTS_ALLOC_FAIL_H
#define TTSS_TESTS_ALLOC_FAIL_H

#include <stddef.h>

/* From now on, on this thread, allocation number n (from 0) returns NULL; -1: none does. The
 * count starts anew. */
void alloc_fail_at(long n);

/* Allocations since the last alloc_fail_at(). */
long alloc_count(void);

/* Runs fn once for each allocation that it makes, with that one failing, until it makes none that
 * fails. fn gets `argument`, and must return 0 if it succeeded and otherwise the error code;
 * every failing run must report TTSSLICE_ERR_NOMEM (cmocka assertion). Leaks are found by
 * AddressSanitizer. */
void assert_survives_alloc_failure(int (*fn)(void *argument), void *argument);

#endif
