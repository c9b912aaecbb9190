/* SPDX-License-Identifier: MIT */
/* The sentence iterator of ICU over UTF-8, as a peer; see chunk_timing.h. tests/bench/chunk.py
 * builds this: nothing else of the project needs ICU. */
#include "chunk_timing.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

static size_t split(const char *language, bench_text text, size_t *ends, size_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, language, NULL, 0, &status);
    UText *utext = utext_openUTF8(NULL, text.bytes, (int64_t)text.length, &status);
    size_t count = 0;
    ubrk_setUText(iterator, utext, &status);
    if (U_FAILURE(status))
        bench_fail(u_errorName(status));
    ubrk_first(iterator);
    for (int32_t end = ubrk_next(iterator); end != UBRK_DONE; end = ubrk_next(iterator))
        if (count < capacity)
            ends[count++] = (size_t)end;
    ubrk_close(iterator);
    utext_close(utext);
    return count;
}

int main(int argc, char **argv) {
    if (argc != 4)
        bench_fail("usage: chunk_icu LANGUAGE FILE RUNS");
    bench_text text = bench_read(argv[2]);
    size_t *ends = malloc(text.length * sizeof *ends), count = 0;
    double best = 1e9;
    if (!ends)
        bench_fail("out of memory");
    for (int run = atoi(argv[3]); run > 0; run--) {
        double began = bench_now();
        count = split(argv[1], text, ends, text.length);
        double took = bench_now() - began;
        best = took < best ? took : best;
    }
    bench_print(best, ends, count);
    free(ends);
    free(text.bytes);
    return 0;
}
