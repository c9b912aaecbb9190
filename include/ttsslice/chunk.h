/* SPDX-License-Identifier: MIT */
/**
 * @file chunk.h
 * Slice "chunk": a text becomes spans that a speech model can say in one go.
 *
 * A chunk is a span of the caller's text and the break that follows it. Chunks are in order, do
 * not overlap, neither begin nor end with white space, and together hold every byte that is not
 * white space: no text is ever lost. No chunk crosses a paragraph. White space is what Unicode
 * says, and the characters without width that stand between words: U+FEFF, U+200B and U+2060.
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
    TTSSLICE_BREAK_CLAUSE = 2,    /**< cut after a comma, colon, semicolon or dash, or in Thai and
                                       the like at a space. @since 0.1 */
    TTSSLICE_BREAK_SENTENCE = 3,  /**< a sentence ends. @since 0.1 */
    TTSSLICE_BREAK_PARAGRAPH = 4, /**< a paragraph ends (blank line). @since 0.1 */
    TTSSLICE_BREAK_SECTION = 5,   /**< a heading, a rule or several blank lines. @since 0.1 */
    TTSSLICE_BREAK_END = 6        /**< the text ends. @since 0.1 */
};

/**
 * How sentences are packed into chunks. No chunk crosses a paragraph; within one, all ways take the
 * least number of chunks that end inside a sentence, and given that the least number of chunks.
 * They differ in where the chunks end. @since 0.1
 */
enum ttsslice_packing {
    TTSSLICE_PACKING_OPTIMAL = 0, /**< none too short, at good places, of even length; these are
                                       weighed against each other. @since 0.1 */
    TTSSLICE_PACKING_GREEDY = 1,  /**< each as full as possible, from the first on. @since 0.1 */
    TTSSLICE_PACKING_BALANCED = 2 /**< the longest one of a paragraph as short as possible, for when
                                       all chunks are made at once; else of even length.
                                       @since 0.1 */
};

/** Options of ttsslice_chunk() and ttsslice_sentences(). @since 0.1 */
typedef struct ttsslice_chunk_options {
    size_t size;             /**< sizeof(ttsslice_chunk_options) */
    int64_t max_phrase_len;  /**< longest chunk in characters (code points), 1 to 1,000,000 */
    int64_t min_chars_merge; /**< a shorter piece joins a neighbour of the same paragraph where
                                  max_phrase_len allows, and so does one of a word or two; 0 to
                                  max_phrase_len */
    const char *language;    /**< ISO 639-1 such as "en"; NULL: by the script that most of the
                                  first few thousand letters are in: Latin is taken for English,
                                  Cyrillic for Russian, Han with kana for Japanese, Devanagari
                                  for Hindi, Arabic for Arabic, and so on */
    /**
     * Further abbreviations, which are added to the language's own and win over them; NULL: none.
     * One a line, with or without its last full stop; then, if wanted, a space and what the full
     * stop means before a capital or a number: `always` (as if nothing is given): the sentence goes
     * on; `number`: it goes on before a number, else it ends; `name`: it ends before a word that
     * often begins a sentence, else it goes on. Letter case does not matter. `#` begins a comment.
     * At most 64 KiB, and 43 bytes each.
     */
    const char *abbreviations;
    int32_t packing; /**< enum ttsslice_packing */
    /**
     * 1: `[pause 1.5s]` and `[pause 500ms]` in the text are marks of pauses, of at most ten
     * minutes, several in a row together. Each is a chunk of its own, which nobody is to say, and
     * white space for everything else. 0: they are text like any other.
     */
    int32_t pauses;
} ttsslice_chunk_options;

/** Initialiser with the defaults: 300, 20, by script, no abbreviations, optimal. @since 0.1 */
#define TTSSLICE_CHUNK_OPTIONS_INIT                                                                \
    { sizeof(ttsslice_chunk_options), 300, 20, NULL, NULL, TTSSLICE_PACKING_OPTIMAL, 0 }

/** One chunk. May grow at the end in later versions. @since 0.1 */
typedef struct ttsslice_chunk_info {
    size_t start;        /**< first byte in the text */
    size_t length;       /**< bytes */
    size_t characters;   /**< code points in the span */
    int32_t break_after; /**< enum ttsslice_break */
    int32_t reserved;    /**< 0 */
    int64_t pause_ms;    /**< the chunk is the mark of a pause that long and is not to be said; -1:
                              it is text, and in a list from ttsslice_chunks_new() always */
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
 * @return 0; TTSSLICE_ERR_TEXT (byte_offset set), also for the mark of a pause that cannot be read,
 *         is too long, or has nothing before it; TTSSLICE_ERR_EMPTY, TTSSLICE_ERR_INVALID,
 *         TTSSLICE_ERR_OPTION, TTSSLICE_ERR_NOMEM
 * Any thread. Time and memory are linear in the length. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_chunk(const char *text, size_t length,
                                    const ttsslice_chunk_options *options, ttsslice_chunks **out,
                                    ttsslice_error *err);

/**
 * Finds sentences: like ttsslice_chunk(), but each span is one sentence, however long or short, and
 * no break is weaker than TTSSLICE_BREAK_SENTENCE. max_phrase_len, min_chars_merge and
 * packing are not used.
 *
 * Parameters, errors, threads, time and memory as for ttsslice_chunk(). @since 0.1
 */
TTSSLICE_API int32_t ttsslice_sentences(const char *text, size_t length,
                                        const ttsslice_chunk_options *options,
                                        ttsslice_chunks **out, ttsslice_error *err);

/** A place where a sentence might end, and why it does or does not. @since 0.1 */
typedef struct ttsslice_boundary {
    size_t mark;        /**< byte of the mark; of a paragraph or an item of a list, where its text
                             ends */
    size_t end;         /**< byte behind the mark and what closes with it: where the sentence ends,
                             or would end */
    int32_t taken;      /**< 1: the sentence ends there; 0: it goes on */
    int32_t reserved;   /**< 0 */
    const char *rule;   /**< the rule that decided, for example "abbreviation"; static */
    const char *reason; /**< the same in one sentence for people; static */
} ttsslice_boundary;

/**
 * Receives the boundaries of a text in order. The record is valid during the call; the strings
 * in it live on.
 *
 * @return 0 to go on; anything else, best TTSSLICE_ERR_CALLBACK, stops and is handed back
 *         unchanged. @since 0.1
 */
typedef int32_t (*ttsslice_boundary_fn)(const ttsslice_boundary *boundary, void *user_data);

/**
 * Finds sentences as ttsslice_sentences() does, and tells of every mark that might end one, and of
 * every end of a paragraph, whether it does and why: for people who wonder about a split. Names of
 * rules stay as they are; further ones may come.
 *
 * @param fn not NULL; called on this thread, with no lock held
 * @return 0, what fn returned, or an error of ttsslice_sentences()
 * Any thread. Time is linear in the length; no list is kept. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_sentences_explain(const char *text, size_t length,
                                                const ttsslice_chunk_options *options,
                                                ttsslice_boundary_fn fn, void *user_data,
                                                ttsslice_error *err);

/**
 * Whether the splitter has data for a language: 1, or 0 for one that it splits by the rules that
 * hold for all, for what is no language tag, and for NULL. Tags such as "pt-BR" go by their first
 * part. Any thread. @since 0.1
 */
TTSSLICE_API int32_t ttsslice_language_supported(const char *language);

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

/** Name of a way of packing, for example "optimal"; "unknown" otherwise. Static. @since 0.1 */
TTSSLICE_API const char *ttsslice_packing_name(int32_t packing);

/** Way of packing by name; -1 if there is none of that name. @since 0.1 */
TTSSLICE_API int32_t ttsslice_packing_from_name(const char *name);

#ifdef __cplusplus
}
#endif
#endif
