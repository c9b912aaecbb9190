/* SPDX-License-Identifier: MIT */
/* Memory: sizes checked for overflow, zeroed, never a zero-size request. Plain malloc beneath, so
 * what is handed out can be freed with ttsslice_free(). Tests make each allocation fail in turn by
 * wrapping malloc, calloc and realloc at link time. */
#ifndef TTSS_BASE_MEM_H
#define TTSS_BASE_MEM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* count * size zeroed bytes, or NULL. */
void *ttss_new_array(size_t count, size_t size);

/* One zeroed object of a type. */
#define ttss_new(type) ((type *)ttss_new_array(1, sizeof(type)))

/* Copies; NULL in gives NULL. */
char *ttss_strdup(const char *text);
char *ttss_memdup(const void *bytes, size_t length); /* and a NUL behind them */

/* Makes room for `needed` elements, at least doubling; false if there is no memory, and then
 * nothing has changed. Usage: ttss_grow((void **)&items, &capacity, count + 1, sizeof *items). */
bool ttss_grow(void **items, size_t *capacity, size_t needed, size_t size);

/* Reference counts. */
typedef atomic_int ttss_refs;
static inline void ttss_refs_init(ttss_refs *refs) {
    atomic_init(refs, 1);
}
static inline void ttss_refs_take(ttss_refs *refs) {
    atomic_fetch_add_explicit(refs, 1, memory_order_relaxed);
}
/* True if this was the last one. */
static inline bool ttss_refs_drop(ttss_refs *refs) {
    return atomic_fetch_sub_explicit(refs, 1, memory_order_acq_rel) == 1;
}

#endif
