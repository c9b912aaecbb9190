/* SPDX-License-Identifier: MIT */
/**
 * @file chunk.h
 * Slice "chunk": a text becomes spans that a speech model can say in one go.
 *
 * A chunk is a span of the caller's text and the break that follows it. Chunks are in order, do
 * not overlap, neither begin nor end with white space, and together hold every byte that is not
 * white space: no text is ever lost. No chunk crosses a paragraph.
 */
#ifndef TTSSLICE_CHUNK_H
#define TTSSLICE_CHUNK_H

#include <ttsslice/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What follows a chunk, from the weakest to the strongest. @since 0.1 */
enum ttsslice_break {
    TTSSLICE_BREAK_WORD = 1,      /**< the sentence was too long and was cut between words, or
                                       inside one. @since 0.1 */
    TTSSLICE_BREAK_CLAUSE = 2,    /**< cut after a comma, colon, semicolon or dash. @since 0.1 */
    TTSSLICE_BREAK_SENTENCE = 3,  /**< a sentence ends. @since 0.1 */
    TTSSLICE_BREAK_PARAGRAPH = 4, /**< a paragraph ends (blank line). @since 0.1 */
    TTSSLICE_BREAK_SECTION = 5,   /**< a heading, a rule or several blank lines. @since 0.1 */
    TTSSLICE_BREAK_END = 6        /**< the text ends. @since 0.1 */
};

/** Options of ttsslice_chunk(). @since 0.1 */
typedef struct ttsslice_chunk_options {
    size_t size;             /**< sizeof(ttsslice_chunk_options) */
    int64_t max_phrase_len;  /**< longest chunk in characters (code points), 1 to 1,000,000 */
    int64_t min_chars_merge; /**< a shorter piece joins a neighbour of the same paragraph where
                                  max_phrase_len allows; 0 to max_phrase_len */
    const char *language;    /**< ISO 639-1 such as "en"; NULL: "en" */
} ttsslice_chunk_options;

/** Initialiser with the defaults: 300, 20, "en". @since 0.1 */
#define TTSSLICE_CHUNK_OPTIONS_INIT                                                                \
    { sizeof(ttsslice_chunk_options), 300, 20, NULL }

/** One chunk. May grow at the end in later versions. @since 0.1 */
typedef struct ttsslice_chunk_info {
    size_t start;        /**< first byte in the text */
    size_t length;       /**< bytes */
    size_t characters;   /**< code points in the span */
    int32_t break_after; /**< enum ttsslice_break */
    int32_t reserved;    /**< 0 */
} ttsslice_chunk_info;

/** An immutable list of chunks. It does not hold the text. Shareable between threads. @since 0.1 */
typedef struct ttsslice_chunks ttsslice_chunks;

/**
 * Splits a text.
 *
 * @param text     UTF-8, not NULL; need not live longer than the call
 * @param length   bytes, or TTSSLICE_NUL_TERMINATED
 * @param options  NULL: defaults
 * @param out      receives the list; release it with ttsslice_chunks_unref(). Not touched on error.
 * @param err      may be NULL
 * @return 0; TTSSLICE_ERR_TEXT (byte_offset set), TTSSLICE_ERR_EMPTY, TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_OPTION, TTSSLICE_ERR_NOMEM
 * Any thread. Time and memory are linear in the length. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_chunk(const char *text, size_t length,
                                    const ttsslice_chunk_options *options, ttsslice_chunks **out,
                                    ttsslice_error *err);

/**
 * Makes a list from an application's own splitter.
 *
 * @param text,length the text that the spans refer to
 * @param starts,lengths,breaks arrays of count elements: byte offset, bytes, enum ttsslice_break
 * @return 0; TTSSLICE_ERR_INVALID if a span is empty, out of order, outside the text or cuts a
 *         character, or if bytes that are not white space are in no span (byte_offset set);
 *         TTSSLICE_ERR_TEXT, TTSSLICE_ERR_NOMEM
 * Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_chunks_new(const char *text, size_t length, const size_t *starts,
                                         const size_t *lengths, const int32_t *breaks, size_t count,
                                         ttsslice_chunks **out, ttsslice_error *err);

/** Number of chunks; 0 for NULL. @since 0.1 */
TTSSLICE_API size_t ttsslice_chunks_count(const ttsslice_chunks *chunks);

/** Chunk by index, borrowed from the list; NULL if there is none. @since 0.1 */
TTSSLICE_API const ttsslice_chunk_info *ttsslice_chunks_get(const ttsslice_chunks *chunks,
                                                            size_t index);

/** Takes a further reference and returns its argument. NULL is allowed. @since 0.1 */
TTSSLICE_API ttsslice_chunks *ttsslice_chunks_ref(ttsslice_chunks *chunks);

/** Gives a reference back. NULL is allowed. @since 0.1 */
TTSSLICE_API void ttsslice_chunks_unref(ttsslice_chunks *chunks);

/** Name of a break, for example "sentence"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_break_name(int32_t break_after);

/** Break by name; 0 if there is none of that name. @since 0.1 */
TTSSLICE_API int32_t ttsslice_break_from_name(const char *name);

#ifdef __cplusplus
}
#endif
#endif
