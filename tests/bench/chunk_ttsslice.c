/* SPDX-License-Identifier: MIT */
/* ttsslice_sentences(), or ttsslice_chunk() as `chunk_ttsslice LANGUAGE FILE RUNS chunk`; see
 * chunk_timing.h. */
#include "chunk_timing.h"

#include <ttsslice/ttsslice.h>

#include <string.h>

int main(int argc, char **argv) {
    if (argc != 4 && argc != 5)
        bench_fail("usage: chunk_ttsslice LANGUAGE FILE RUNS [chunk]");
    int32_t (*split)(const char *, size_t, const ttsslice_chunk_options *, ttsslice_chunks **,
                     ttsslice_error *) =
        argc == 5 && strcmp(argv[4], "chunk") == 0 ? ttsslice_chunk : ttsslice_sentences;
    ttsslice_chunk_options options = TTSSLICE_CHUNK_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    bench_text text = bench_read(argv[2]);
    ttsslice_chunks *chunks = NULL;
    double best = 1e9;
    options.language = argv[1];
    for (int run = atoi(argv[3]); run > 0; run--) {
        double began = bench_now();
        ttsslice_chunks_unref(chunks);
        if (split(text.bytes, text.length, &options, &chunks, &err) != 0)
            bench_fail(err.message);
        double took = bench_now() - began;
        best = took < best ? took : best;
    }
    size_t count = ttsslice_chunks_count(chunks);
    size_t *ends = malloc((count + 1) * sizeof *ends);
    if (!ends)
        bench_fail("out of memory");
    for (size_t i = 0; i < count; i++)
        ends[i] = ttsslice_chunks_get(chunks, i)->start + ttsslice_chunks_get(chunks, i)->length;
    bench_print(best, ends, count);
    ttsslice_chunks_unref(chunks);
    free(ends);
    free(text.bytes);
    return 0;
}
