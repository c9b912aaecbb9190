/* SPDX-License-Identifier: MIT */
/* Failing allocator; see alloc_fail.h. */
#include "alloc_fail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ttsslice/error.h>

static _Thread_local long fail_at = -1;
static _Thread_local long made;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static bool fails(void) {
    return made++ == fail_at;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
    return fails() ? NULL : __real_realloc(memory, size);
}

void alloc_fail_at(long n) {
    fail_at = n;
    made = 0;
}

long alloc_count(void) {
    return made;
}

void assert_survives_alloc_failure(int (*fn)(void *argument), void *argument) {
    for (long n = 0;; n++) {
        alloc_fail_at(n);
        int code = fn(argument);
        bool reached = alloc_count() > n;
        alloc_fail_at(-1);
        if (!reached) {
            assert_int_equal(code, 0);
            return;
        }
        if (code != 0)
            assert_int_equal(code, TTSSLICE_ERR_NOMEM);
    }
}
