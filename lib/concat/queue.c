/* SPDX-License-Identifier: MIT */
/* Waiting clips. There are about as many as are made at a time, so looking through them is enough.
 */
#include "concat/queue.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

/* Pointers to const are the public header's; what a copy points to is its own. */
static void drop(const void *memory) {
    free((void *)(uintptr_t)memory);
}

static const void *copy(const void *from, size_t count, size_t size, bool *done) {
    const void *made = NULL;
    if (!from || !*done)
        return NULL;
    if (count <= SIZE_MAX / size)
        made = ttss_memdup(from, count * size);
    *done = made != NULL;
    return made;
}

static const char *copy_text(const char *text, bool *done) {
    const char *made = *done ? ttss_strdup(text) : NULL;
    *done = *done && (made || !text);
    return made;
}

bool ttss_queue_put(ttss_queue *queue, const ttsslice_clip *clip) {
    if (!ttss_grow((void **)&queue->clips, &queue->capacity, queue->count + 1,
                   sizeof *queue->clips))
        return false;
    const size_t words = clip->word_count;
    ttsslice_clip kept = *clip;
    bool done = true;
    kept.text = copy_text(clip->text, &done);
    kept.path = copy_text(clip->path, &done);
    kept.bytes = copy(clip->bytes, clip->byte_count, 1, &done);
    kept.word_starts = copy(words ? clip->word_starts : NULL, words, sizeof(size_t), &done);
    kept.word_lengths = copy(words ? clip->word_lengths : NULL, words, sizeof(size_t), &done);
    kept.word_starts_s = copy(words ? clip->word_starts_s : NULL, words, sizeof(double), &done);
    kept.word_ends_s = copy(words ? clip->word_ends_s : NULL, words, sizeof(double), &done);
    kept.audio = ttsslice_audio_ref((ttsslice_audio *)(uintptr_t)clip->audio);
    if (done)
        queue->clips[queue->count++] = kept;
    else
        ttss_queue_release(&kept);
    return done;
}

static size_t find(const ttss_queue *queue, int64_t position) {
    size_t i = 0;
    while (i < queue->count && queue->clips[i].position != position)
        i++;
    return i;
}

bool ttss_queue_has(const ttss_queue *queue, int64_t position) {
    return find(queue, position) < queue->count;
}

bool ttss_queue_take(ttss_queue *queue, int64_t position, ttsslice_clip *clip) {
    size_t i = find(queue, position);
    if (i == queue->count)
        return false;
    *clip = queue->clips[i];
    queue->clips[i] = queue->clips[--queue->count];
    return true;
}

void ttss_queue_release(ttsslice_clip *clip) {
    ttsslice_audio_unref((ttsslice_audio *)(uintptr_t)clip->audio);
    drop(clip->text);
    drop(clip->path);
    drop(clip->bytes);
    drop(clip->word_starts);
    drop(clip->word_lengths);
    drop(clip->word_starts_s);
    drop(clip->word_ends_s);
    *clip = (ttsslice_clip)TTSSLICE_CLIP_INIT;
}

void ttss_queue_free(ttss_queue *queue) {
    for (size_t i = 0; i < queue->count; i++)
        ttss_queue_release(&queue->clips[i]);
    free(queue->clips);
    *queue = (ttss_queue){0};
}
