/* SPDX-License-Identifier: MIT */
/* Audio is lifted out of an answer however the answer is cut, whatever the encoder escaped, and
 * nothing else is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/hash.h"
#include "dispatch/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUDIO 700 /* bytes of a sample */

static void fill(unsigned char *bytes, size_t length, uint64_t seed) {
    for (size_t i = 0; i < length; i++)
        bytes[i] = (unsigned char)ttss_draw(&seed);
}

static char *encoded(uint64_t seed, size_t length) {
    unsigned char bytes[4096];
    ttss_buf text;
    fill(bytes, length, seed);
    ttss_buf_init(&text, 100000);
    assert_true(ttss_base64_encode(bytes, length, &text));
    return ttss_buf_take(&text);
}

/* Puts `$N` for a sample of seed N, as an encoder would that escapes '/' and '+', or none. */
static char *expand(const char *pattern, int escapes) {
    ttss_buf out;
    ttss_buf_init(&out, 1000000);
    for (const char *p = pattern; *p; p++) {
        if (*p != '$') {
            ttss_buf_add_char(&out, *p);
            continue;
        }
        char *text = encoded((uint64_t)(*++p - '0'), AUDIO);
        for (const char *c = text; *c; c++)
            if (escapes && *c == '/')
                ttss_buf_add_text(&out, "\\/");
            else if (escapes && *c == '+')
                ttss_buf_add_text(&out, "\\u002b");
            else
                ttss_buf_add_char(&out, *c);
        free(text);
    }
    return ttss_buf_take(&out);
}

static void assert_sample(const ttsslice_attachment *got, uint64_t seed) {
    unsigned char wanted[AUDIO];
    fill(wanted, sizeof wanted, seed);
    assert_int_equal(got->size, sizeof wanted);
    assert_memory_equal(got->bytes, wanted, sizeof wanted);
}

/* In pieces of `step` bytes; 0: of any length. */
static void feed(ttss_scan *scan, const char *text, size_t step) {
    uint64_t seed = 3;
    for (size_t at = 0, n; at < strlen(text); at += n) {
        n = step ? step : 1 + ttss_draw_below(&seed, 400);
        n = n < strlen(text) - at ? n : strlen(text) - at;
        assert_true(ttss_scan_feed(scan, text + at, n));
    }
}

static void audio_is_lifted_wherever_it_stands(void **state) {
    (void)state;
    static const struct {
        const char *answer, *rest, *samples;
    } cases[] = {
        {"{\"output\":{\"audio_base64\":\"$1\",\"score\":3}}",
         "{\"output\":{\"audio_base64\":\"attachment:0\",\"score\":3}}", "1"},
        {"{\"output\":{\"candidates\":[{\"audio_base64\" : "
         "\"$2\"},{},\n{\"audio_base64\"\t:\"$3\"}]}}",
         "{\"output\":{\"candidates\":[{\"audio_base64\" : "
         "\"attachment:0\"},{},\n{\"audio_base64\"\t:\"attachment:1\"}]}}",
         "23"},
        {"{\"audio\":\"data:audio/wav;base64,$4\"}", "{\"audio\":\"attachment:0\"}", "4"},
        {"[\"audio_base64\",\"audio\",{\"audio\":{\"audio\":\"$5\"}}]",
         "[\"audio_base64\",\"audio\",{\"audio\":{\"audio\":\"attachment:0\"}}]", "5"},
        {"{\"a\":\"\\\\\\\"audio\",\"audio\":\"$6\",\"z\":\"\\\"audio\\\":\\\"\"}",
         "{\"a\":\"\\\\\\\"audio\",\"audio\":\"attachment:0\",\"z\":\"\\\"audio\\\":\\\"\"}", "6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t step = 0; step < 9; step++)
            for (int escapes = 0; escapes < 2; escapes++) {
                char *answer = expand(cases[i].answer, escapes);
                ttss_scan scan;
                ttss_scan_init(&scan, true, 100000);
                scan.expected = strlen(answer) * (step % 2);
                feed(&scan, answer, step);
                assert_int_equal(scan.trouble.code, 0);
                assert_int_equal(scan.received, strlen(answer));
                assert_string_equal(scan.rest.data, cases[i].rest);
                assert_int_equal(scan.audio.count, strlen(cases[i].samples));
                assert_int_equal(ttss_scan_held(&scan), scan.audio.count * AUDIO);
                for (size_t k = 0; k < scan.audio.count; k++)
                    assert_sample(&scan.audio.items[k], (uint64_t)(cases[i].samples[k] - '0'));
                ttss_scan_free(&scan);
                free(answer);
            }
}

static void all_else_stays_as_it_is(void **state) {
    (void)state;
    char no_audio[600], url[600];
    snprintf(no_audio, sizeof no_audio, "{\"audio\":\"%0400d and then no more base64\"}", 7);
    snprintf(url, sizeof url, "{\"audio\":\"https:\\/\\/a.example\\/%0400d\\\\\"}", 7);
    const char *const answers[] = {
        "",
        "plain text, \"audio\":\"",
        "{\"audio_base64\":\"\"}",
        "{\"audio_base64\":\"UklGRg==\",\"audio\":\"a\\\"b\"}",
        "{\"audio_base64\":null,\"audio\":[\"$1\"],\"x\":\"$2\"}",
        "{\"audio_base64\":\"audio\",\"text\":\"$1\"}",
        "{\"audio_base6\":\"$1\",\"audio_base640\":\"$1\"}",
        "<html>\"audio\" \"$1\" </html>",
        url,
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        for (size_t step = 0; step < 5; step++) {
            char *answer = expand(answers[i], 0);
            ttss_scan scan;
            ttss_scan_init(&scan, true, 100000);
            feed(&scan, answer, step);
            assert_int_equal(scan.audio.count, 0);
            assert_int_equal(scan.trouble.code, 0);
            /* Of a value that is still open nothing is known yet. */
            assert_memory_equal(scan.rest.data ? scan.rest.data : "", answer, scan.rest.length);
            assert_int_equal(scan.rest.length, strlen(answer) - (i == 1));
            ttss_scan_free(&scan);
            free(answer);
        }
    ttss_scan scan;
    ttss_scan_init(&scan, false, 100000);
    char *answer = expand("{\"audio_base64\":\"$1\"}", 0);
    feed(&scan, answer, 7);
    assert_string_equal(scan.rest.data, answer);
    ttss_scan_free(&scan);
    free(answer);
    ttss_scan_init(&scan, true, 100000);
    feed(&scan, no_audio, 50);
    assert_int_equal(scan.trouble.code, TTSSLICE_ERR_PROTOCOL); /* it began as base64 */
    ttss_scan_free(&scan);
}

static void damage_is_told_and_the_rest_is_read(void **state) {
    (void)state;
    for (size_t at = TTSS_SCAN_LONG; at < 900; at += 61)
        for (int kind = 0; kind < 5; kind++) {
            static const char *const wrong[] = {"!", "\\\"", "\\u00e9", "=", "\\q"};
            char *sample = encoded(9, AUDIO), answer[3000];
            ttss_scan scan;
            snprintf(answer, sizeof answer, "{\"audio\":\"%.*s%s%s\",\"more\":\"x\"}", (int)at,
                     sample, wrong[kind], sample + at);
            for (size_t step = 0; step < 4; step++) {
                ttss_scan_init(&scan, true, 100000);
                feed(&scan, answer, step);
                assert_int_equal(scan.trouble.code, TTSSLICE_ERR_PROTOCOL);
                assert_in_range(scan.trouble.byte_offset, at, at + 1);
                assert_string_equal(scan.rest.data, "{\"audio\":\"attachment:0\",\"more\":\"x\"}");
                assert_int_equal(scan.audio.count, 1);
                ttss_scan_free(&scan);
            }
            free(sample);
        }
}

static void a_cut_group_is_damage(void **state) {
    (void)state;
    char *sample = encoded(9, AUDIO), answer[3000];
    ttss_scan scan;
    snprintf(answer, sizeof answer, "{\"audio\":\"%.*s\"}", 402, sample);
    ttss_scan_init(&scan, true, 100000);
    feed(&scan, answer, 100);
    assert_int_equal(scan.trouble.code, TTSSLICE_ERR_PROTOCOL);
    ttss_scan_free(&scan);
    free(sample);
}

static int scan_once(void *argument) {
    const char *answer = argument;
    ttss_scan scan;
    ttss_scan_init(&scan, true, 100000);
    bool fine = ttss_scan_feed(&scan, answer, strlen(answer));
    if (fine)
        assert_int_equal(scan.audio.count, 2);
    ttss_scan_free(&scan);
    return fine ? 0 : TTSSLICE_ERR_NOMEM;
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    char *answer = expand("{\"audio\":\"$1\",\"b\":{\"audio_base64\":\"$2\"}}", 1);
    assert_survives_alloc_failure(scan_once, answer);
    free(answer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audio_is_lifted_wherever_it_stands),
        cmocka_unit_test(all_else_stays_as_it_is),
        cmocka_unit_test(damage_is_told_and_the_rest_is_read),
        cmocka_unit_test(a_cut_group_is_damage),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
