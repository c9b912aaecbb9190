/* SPDX-License-Identifier: MIT */
/* What recognisers write, read as a transcript: one row for each form that servers and programs are
 * known to send, and for what is no transcript at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/file.h"
#include "base/num.h"
#include "engine/heard.h"

#include <ttsslice/ttsslice.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A transcript as one line: the text, then "word start-end confidence" for each; "?" unknown. */
static const char *number(double value, char out[TTSS_NUM_MAX]) {
    return isnan(value) ? "?" : ttss_num_format(value, out);
}

static char *show(const ttsslice_transcript *t) {
    static char line[4096];
    size_t used = (size_t)snprintf(line, sizeof line, "%s", ttsslice_transcript_text(t));
    for (size_t i = 0; i < ttsslice_transcript_word_count(t); i++) {
        const ttsslice_word *w = ttsslice_transcript_word(t, i);
        char start[TTSS_NUM_MAX], end[TTSS_NUM_MAX], confidence[TTSS_NUM_MAX];
        used += (size_t)snprintf(line + used, sizeof line - used, " | %s %s-%s %s", w->text,
                                 number(w->start_s, start), number(w->end_s, end),
                                 number(w->confidence, confidence));
    }
    return line;
}

static void assert_reads(const char *body, const char *shown) {
    ttsslice_transcript *t = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int32_t code = ttsslice_transcript_parse(body, TTSSLICE_NUL_TERMINATED, &t, &err);
    if (code)
        fail_msg("%s: %s", body, err.message);
    assert_string_equal(show(t), shown);
    ttsslice_transcript_unref(t);
}

static void assert_refuses(const char *body, const char *why) {
    ttsslice_transcript *t = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_transcript_parse(body, TTSSLICE_NUL_TERMINATED, &t, &err),
                     TTSSLICE_ERR_PROTOCOL);
    assert_null(t);
    if (!strstr(err.message, why))
        fail_msg("\"%s\" lacks \"%s\"", err.message, why);
}

static void reads_plain_text(void **state) {
    (void)state;
    assert_reads("  Good morning.\n", "Good morning.");
    assert_reads("", "");
    assert_reads(" \n\t", "");
    assert_reads("\xEF\xBB\xBFGood", "Good");
    assert_reads("[Music] Good morning.", "[Music] Good morning.");
    assert_reads("[", "[");
    assert_reads("line one\nline two", "line one\nline two");
    assert_reads("\"Good morning.\"", "Good morning."); /* a JSON string */
    assert_reads("\"Good,\" he said.", "\"Good,\" he said.");
    assert_reads("<pause> Good", "<pause> Good");
}

static void reads_openai(void **state) {
    (void)state;
    assert_reads("{\"text\":\"Good morning.\"}", "Good morning.");
    assert_reads("{\"task\":\"transcribe\",\"language\":\"english\",\"duration\":1.5,"
                 "\"text\":\"Good morning.\",\"words\":[{\"word\":\"Good\",\"start\":0.1,"
                 "\"end\":0.5},{\"word\":\"morning\",\"start\":0.5,\"end\":1.25}]}",
                 "Good morning. | Good 0.1-0.5 ? | morning 0.5-1.25 ?");
    /* Segments alone: the first word's start and the last one's end are known. */
    assert_reads("{\"text\":\"Good morning. All well\",\"words\":null,\"segments\":["
                 "{\"id\":0,\"start\":0.0,\"end\":1.0,\"text\":\" Good morning.\"},"
                 "{\"id\":1,\"start\":1.5,\"end\":2.0,\"text\":\" All well\"}]}",
                 "Good morning. All well | Good 0-? ? | morning. ?-1 ? | All 1.5-? ? | well ?-2 ?");
    assert_reads("{\"text\":\"\",\"segments\":[],\"words\":[]}", "");
}

static void reads_numbers_that_are_strings(void **state) {
    (void)state;
    assert_reads("{\"duration\":\"1.5\",\"text\":\"Good\",\"segments\":[{\"start\":\"0.25\","
                 "\"end\":\"0.5\",\"text\":\"Good\",\"no_speech_prob\":null}]}",
                 "Good | Good 0.25-0.5 ?");
    assert_reads("{\"words\":[{\"word\":\"Good\",\"start\":\"x\",\"end\":\"1\"}]}",
                 "Good | Good ?-1 ?");
}

static void glues_the_pieces_of_words(void **state) {
    (void)state;
    assert_reads("{\"text\":\" Good morning, Lola.\",\"segments\":[{\"text\":\" Good morning, "
                 "Lola.\",\"start\":0,\"end\":2,\"words\":["
                 "{\"word\":\"[_BEG_]\",\"start\":0,\"end\":0},"
                 "{\"word\":\" Good\",\"start\":0.1,\"end\":0.5,\"t_dtw\":-1,\"probability\":0.9},"
                 "{\"word\":\" mor\",\"start\":0.5,\"end\":0.75,\"probability\":0.75},"
                 "{\"word\":\"ning\",\"start\":0.75,\"end\":1,\"probability\":0.5},"
                 "{\"word\":\",\",\"start\":1,\"end\":1.25,\"probability\":0.875},"
                 "{\"word\":\" Lo\",\"start\":1.25,\"end\":1.5,\"probability\":1},"
                 "{\"word\":\"la.\",\"start\":1.5,\"end\":2,\"probability\":1},"
                 "{\"word\":\"[_TT_100]\",\"start\":2,\"end\":2}]}]}",
                 "Good morning, Lola. | Good 0.1-0.5 0.9 | morning, 0.5-1.25 0.5 | "
                 "Lola. 1.25-2 1");
    assert_reads("{\"words\":[{\"word\":\" \xE4\xBD\xA0\"},{\"word\":\"\xE5\xA5\xBD\"}]}",
                 "\xE4\xBD\xA0 \xE5\xA5\xBD | \xE4\xBD\xA0 ?-? ? | \xE5\xA5\xBD ?-? ?");
    /* Whole words without spaces stay apart. */
    assert_reads("{\"words\":[{\"word\":\"Good\"},{\"word\":\"morning\"}]}",
                 "Good morning | Good ?-? ? | morning ?-? ?");
}

/* A character of three bytes cut into two pieces: the words are of no use, the text is. */
static void drops_pieces_that_cut_characters(void **state) {
    (void)state;
    assert_reads("{\"text\":\"\xE4\xBD\xA0\xE5\xA5\xBD\",\"segments\":[{\"words\":["
                 "{\"word\":\"\xE4\xBD\",\"start\":0,\"end\":1},{\"word\":\"\xA0\",\"start\":1},"
                 "{\"word\":\"\xE5\xA5\xBD\",\"start\":1,\"end\":2}]}]}",
                 "\xE4\xBD\xA0\xE5\xA5\xBD");
}

static void mends_invalid_utf8(void **state) {
    (void)state;
    assert_reads("Good\xFFmorning", "Good\xEF\xBF\xBDmorning");
    assert_reads("{\"text\":\"Good \xC3(\"}", "Good \xEF\xBF\xBD(");
    assert_reads("{\"text\":\"a\\u0000b\"}", "a b");
    assert_reads("{\"text\":\"a\\tb\"}", "a b");
}

static void reads_assemblyai(void **state) {
    (void)state;
    assert_reads("{\"id\":\"x\",\"status\":\"completed\",\"audio_duration\":1,"
                 "\"text\":\"Good morning.\",\"confidence\":0.9,\"words\":["
                 "{\"text\":\"Good\",\"start\":100,\"end\":500,\"confidence\":0.75,"
                 "\"speaker\":null},{\"text\":\"morning.\",\"start\":500,\"end\":1250,"
                 "\"confidence\":0.5}]}",
                 "Good morning. | Good 0.1-0.5 0.75 | morning. 0.5-1.25 0.5");
    /* Silence. */
    assert_reads("{\"status\":\"completed\",\"audio_duration\":2,\"text\":null,\"words\":null}",
                 "");
}

static void tells_milliseconds_by_their_size(void **state) {
    (void)state;
    assert_reads("{\"duration\":2,\"words\":[{\"word\":\"Good\",\"start\":100,\"end\":500},"
                 "{\"word\":\"day\",\"start\":500,\"end\":1250}]}",
                 "Good day | Good 0.1-0.5 ? | day 0.5-1.25 ?");
    assert_reads("{\"words\":[[\"Good\",100,500],[\"day\",500,1250]]}",
                 "Good day | Good 0.1-0.5 ? | day 0.5-1.25 ?");
    /* Whole seconds are seconds. */
    assert_reads("{\"words\":[[\"Good\",1,2],[\"day\",2,4]]}", "Good day | Good 1-2 ? | day 2-4 ?");
}

static void reads_other_forms(void **state) {
    (void)state;
    /* RunPod's faster-whisper worker, as the whole answer of its endpoint. */
    assert_reads("{\"status\":\"COMPLETED\",\"output\":{\"transcription\":\"Good day\","
                 "\"segments\":[{\"start\":0,\"end\":1,\"text\":\" Good day\"}],"
                 "\"word_timestamps\":[{\"word\":\" Good\",\"start\":0.5,\"end\":1.0},"
                 "{\"word\":\" day\",\"start\":1.0,\"end\":1.5}]}}",
                 "Good day | Good 0.5-1 ? | day 1-1.5 ?");
    assert_reads("[{\"word\":\"Good\",\"start\":0.5,\"end\":1},\"day\"]",
                 "Good day | Good 0.5-1 ? | day ?-? ?");
    assert_reads("{\"transcript\":\"Good day\"}", "Good day");
}

static void leaves_out_what_makes_no_sense(void **state) {
    (void)state;
    assert_reads("{\"text\":\"Good day\",\"words\":[{\"word\":\" \"},{\"start\":1},7,null,"
                 "{\"word\":\"Good\",\"start\":-1,\"end\":2,\"confidence\":17},"
                 "{\"word\":\"day\",\"start\":3,\"end\":2.5,\"confidence\":true}]}",
                 "Good day | Good ?-2 ? | day ?-? ?");
    assert_reads("[[\"Good\",-1e300,-1],[\"day\"]]", "Good day | Good ?-? ? | day ?-? ?");
    assert_reads("{\"words\":[{\"word\":\"Good\",\"start\":1e300,\"end\":1e300}]}",
                 "Good | Good ?-? ?");
}

static void refuses_what_is_no_transcript(void **state) {
    (void)state;
    assert_refuses("{\"text\":\"Good", "damaged JSON");
    assert_refuses("{\"text\":\"Good\"} and more", "damaged JSON");
    assert_refuses("[{\"word\":", "damaged JSON");
    assert_refuses("{}", "no transcript");
    assert_refuses("{\"text\":null}", "\"text\" is null");
    assert_refuses("{\"text\":null,\"words\":null}", "\"text\" is null");
    assert_refuses("{\"text\":42}", "\"text\" is a number");
    assert_refuses("{\"text\":{\"a\":1},\"words\":[\"a\"]}", "\"text\" is an object");
    assert_refuses("{\"text\":[]}", "\"text\" is a list");
    assert_refuses("{\"words\":7}", "\"words\" holds no words");
    assert_refuses("{\"words\":[7,null]}", "\"words\" holds no words");
    assert_refuses("{\"segments\":{}}", "\"segments\" holds no words");
    assert_refuses("{\"output\":{\"text\":null}}", "\"text\" is null");
    assert_refuses("[]", "a list without a word");
    assert_refuses("[[42]]", "a list without a word");
    assert_reads("42", "42"); /* a text may be a number */
    assert_reads("{\"words\":[]}", "");
    assert_reads("{\"text\":null,\"segments\":[]}", "");
    assert_refuses("{\"texts\":[]}", "no transcript");
    assert_refuses("{\"error\":{\"message\":\"Model is loading\"}}", "Model is loading");
    assert_refuses("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}",
                   "field required");
    assert_refuses("<!DOCTYPE html><html></html>", "web page");
    assert_refuses("\n <html>", "web page");
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_transcript *t = NULL;
    assert_int_equal(ttsslice_transcript_parse("a\0b", 3, &t, &err), TTSSLICE_ERR_PROTOCOL);
    assert_non_null(strstr(err.message, "NUL"));
    assert_int_equal(ttsslice_transcript_parse(NULL, 3, &t, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcript_parse("a", 1, NULL, &err), TTSSLICE_ERR_INVALID);
}

/* Beyond the part that was sent, or a little beyond its end. */
static void believes_no_times_outside_the_audio(void **state) {
    (void)state;
    static const char body[] = "{\"words\":[[\"a\",0.5,1],[\"b\",1,2.05],[\"c\",2.02,2.1],"
                               "[\"d\",1.5,9],[\"e\",8,9],[\"f\",2,1],[\"g\",\"x\",-1]]}";
    ttss_heard heard;
    ttsslice_transcript *t = NULL;
    ttss_heard_init(&heard);
    assert_int_equal(ttss_heard_read(&heard, body, strlen(body), 10.0, 2.0, NULL), 0);
    assert_int_equal(ttss_heard_finish(&heard, &t, NULL), 0);
    ttss_heard_free(&heard);
    assert_string_equal(show(t), "a b c d e f g | a 10.5-11 ? | b 11-12 ? | c 12-12 ? | "
                                 "d 11.5-? ? | e ?-? ? | f ?-? ? | g ?-? ?");
    ttsslice_transcript_unref(t);
    static const char *const words[] = {"a", "b", "c"};
    static const double starts[] = {-1.0, 2.0, NAN}, ends[] = {1.0, 1.0, 3.0};
    assert_int_equal(ttsslice_transcript_new(NULL, words, starts, ends, NULL, 3, &t, NULL), 0);
    assert_string_equal(show(t), "a b c | a ?-1 ? | b ?-? ? | c ?-3 ?");
    ttsslice_transcript_unref(t);
}

/* Answers about parts of one audio, of which one has words and one has none. */
static void joins_answers(void **state) {
    (void)state;
    ttss_heard heard;
    ttsslice_transcript *t = NULL;
    static const char first[] = "{\"text\":\"Good\",\"words\":[{\"word\":\"Good\",\"start\":1,"
                                "\"end\":2}]}";
    ttss_heard_init(&heard);
    assert_int_equal(ttss_heard_read(&heard, first, strlen(first), 0.0, 10.0, NULL), 0);
    assert_int_equal(ttss_heard_read(&heard, "", 0, 10.0, 10.0, NULL), 0);
    assert_int_equal(ttss_heard_read(&heard, "old day", 7, 20.0, 10.0, NULL), 0);
    assert_int_equal(ttss_heard_read(&heard, first, strlen(first), 30.5, 10.0, NULL), 0);
    assert_int_equal(ttss_heard_finish(&heard, &t, NULL), 0);
    ttss_heard_free(&heard);
    assert_string_equal(show(t), "Good old day Good | Good 1-2 ? | old ?-? ? | day ?-? ? | "
                                 "Good 31.5-32.5 ?");
    ttsslice_transcript_unref(t);
}

/* Random bytes and random cuts of a real answer end in a transcript or an error, never worse. */
static void survives_anything(void **state) {
    (void)state;
    static const char whole[] =
        "{\"text\":\" Good mor\\u00e9ning\",\"segments\":[{\"start\":0,\"end\":2,\"words\":["
        "{\"word\":\" Good\",\"start\":0.1,\"end\":0.5},{\"word\":\" mor\",\"start\":500},"
        "{\"word\":\"n\xC3\xA9ng\",\"end\":\"7\"}]}]}";
    char body[sizeof whole];
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        memcpy(body, whole, sizeof whole);
        for (int i = 0; i < 3; i++) {
            seed = seed * 1664525u + 1013904223u;
            body[(seed >> 8) % (sizeof whole - 1)] = (char)(seed >> 24);
        }
        ttsslice_transcript *t = NULL;
        int32_t code = ttsslice_transcript_parse(body, (seed >> 4) % sizeof whole, &t, NULL);
        assert_true(code == 0 || code == TTSSLICE_ERR_PROTOCOL);
        assert_true((code == 0) == (t != NULL));
        ttsslice_transcript_unref(t);
    }
}

static int parse(void *argument) {
    ttsslice_transcript *t = NULL;
    int code = ttsslice_transcript_parse(argument, TTSSLICE_NUL_TERMINATED, &t, NULL);
    ttsslice_transcript_unref(t);
    return code;
}

static void running_out_of_memory_is_an_error(void **state) {
    (void)state;
    static char with_words[] = "{\"text\":\"a b\",\"words\":[{\"word\":\" a\"},{\"word\":\" b\"},"
                               "{\"word\":\"c\"}]}";
    static char segments[] = "{\"segments\":[{\"text\":\"a b\",\"start\":1,\"end\":2}]}";
    static char plain[] = "a b \xFF";
    assert_survives_alloc_failure(parse, with_words);
    assert_survives_alloc_failure(parse, segments);
    assert_survives_alloc_failure(parse, plain);
}

static void saves_its_text(void **state) {
    (void)state;
    char folder[] = "/tmp/ttsslice-heard-XXXXXX", path[64], blocked[64], *read = NULL;
    size_t length = 0;
    ttsslice_transcript *t = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/heard.txt", folder);
    snprintf(blocked, sizeof blocked, "%s/none/heard.txt", folder);
    assert_int_equal(
        ttsslice_transcript_parse("{\"text\": \"caf\u00e9 \"}", TTSSLICE_NUL_TERMINATED, &t, &err),
        0);
    for (int i = 0; i < 2; i++) { /* the second time in the place of the first */
        assert_int_equal(ttsslice_transcript_save(t, path, &err), 0);
        assert_int_equal(ttss_file_read(path, 100, &read, &length, &err), 0);
        assert_int_equal(read[length - 1], '\n');
        assert_int_equal(length - 1, strlen(ttsslice_transcript_text(t)));
        assert_memory_equal(read, ttsslice_transcript_text(t), length - 1);
        free(read);
    }
    assert_int_equal(ttsslice_transcript_save(t, blocked, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, blocked));
    assert_int_equal(ttsslice_transcript_save(t, NULL, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_transcript_save(NULL, path, &err), TTSSLICE_ERR_INVALID);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    ttsslice_transcript_unref(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saves_its_text),
        cmocka_unit_test(reads_plain_text),
        cmocka_unit_test(reads_openai),
        cmocka_unit_test(reads_numbers_that_are_strings),
        cmocka_unit_test(glues_the_pieces_of_words),
        cmocka_unit_test(drops_pieces_that_cut_characters),
        cmocka_unit_test(mends_invalid_utf8),
        cmocka_unit_test(reads_assemblyai),
        cmocka_unit_test(tells_milliseconds_by_their_size),
        cmocka_unit_test(reads_other_forms),
        cmocka_unit_test(leaves_out_what_makes_no_sense),
        cmocka_unit_test(refuses_what_is_no_transcript),
        cmocka_unit_test(believes_no_times_outside_the_audio),
        cmocka_unit_test(joins_answers),
        cmocka_unit_test(survives_anything),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
