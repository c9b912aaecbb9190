/* SPDX-License-Identifier: MIT */
/* Clips that came before their turn, as copies. */
#ifndef TTSS_CONCAT_QUEUE_H
#define TTSS_CONCAT_QUEUE_H

#include <ttsslice/concat.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct ttss_queue {
    ttsslice_clip *clips; /* in any order; what they point to is owned */
    size_t count;
    size_t capacity;
} ttss_queue;

/* Copies a clip; its audio gets a reference. False: out of memory. */
bool ttss_queue_put(ttss_queue *queue, const ttsslice_clip *clip);

bool ttss_queue_has(const ttss_queue *queue, int64_t position);

/* Takes out the clip of a position; false if it is not there. */
bool ttss_queue_take(ttss_queue *queue, int64_t position, ttsslice_clip *clip);

/* Releases what a clip that was taken out points to. */
void ttss_queue_release(ttsslice_clip *clip);

void ttss_queue_free(ttss_queue *queue);

#endif
