/* SPDX-License-Identifier: MIT */
/* Base64 as RFC 4648 has it: its vectors, every wrong byte at its offset, pieces cut anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "audio/base64.h"
#include "audio/base64_block.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static void assert_fails(int32_t wanted, int32_t got, const ttsslice_error *err) {
    assert_int_equal(got, wanted);
    assert_int_equal(err->code, wanted);
    assert_true(err->message[0] != '\0');
}

static void test_vectors(void **state) {
    (void)state;
    static const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const coded[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                        "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < 7; i++) {
        ttss_buf buf;
        char *out = NULL;
        size_t size = 99;
        ttss_buf_init(&buf, 100);
        assert_true(ttss_base64_encode(plain[i], i, &buf));
        assert_string_equal(buf.data, coded[i]);
        assert_int_equal(ttss_base64_decode(coded[i], strlen(coded[i]), &out, &size, NULL), 0);
        assert_int_equal(size, i);
        assert_string_equal(out, plain[i]);
        free(out);
        ttss_buf_free(&buf);
    }
}

static int32_t decode(const char *text, char **out, size_t *size, ttsslice_error *err) {
    return ttss_base64_decode(text, strlen(text), out, size, err);
}

static void test_tolerates(void **state) {
    (void)state;
    static const char *const texts[] = {"Zm9v\nYmFy",
                                        " Zm9vYmFy\r\n",
                                        "Z m 9 v Y\tm\fF\vy",
                                        "\n\nZm9vYm\r\nFy\n",
                                        "data:;base64,Zm9vYmFy",
                                        "data:audio/wav;base64,Zm9vYmFy",
                                        "DATA:audio/ogg; codecs=opus;BASE64, Zm9vYmFy\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *out = NULL;
        size_t size = 0;
        assert_int_equal(decode(texts[i], &out, &size, NULL), 0);
        assert_int_equal(size, 6);
        assert_string_equal(out, "foobar");
        free(out);
    }
}

static void test_refuses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t offset;
    } cases[] = {{"=", 0},
                 {"Z", 1},
                 {"Zg", 2},
                 {"Zg=", 3},
                 {"Z===", 1},
                 {"Zh==", 2},
                 {"Zm9=", 3},
                 {"Zg==Zg==", 4},
                 {"Zg=g", 3},
                 {"Zm9v=", 4},
                 {"Zm9vY-Fy", 5},
                 {"Zm9v_mFy", 4},
                 {"Zg===", 4},
                 {"Zm9v, Zm9v", 4},
                 {"Zm8=\nx", 5},
                 {"data:audio/wav,Zm9v", 4},
                 {"data:;base64,Zm9", 16},
                 {"data:;base64,Zm 9\x80", 17}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        char *out = NULL;
        size_t size = 0;
        assert_fails(TTSSLICE_ERR_PROTOCOL, decode(cases[i].text, &out, &size, &err), &err);
        assert_int_equal(err.byte_offset, cases[i].offset);
        assert_null(out);
    }
}

static void test_bad_byte_everywhere(void **state) {
    (void)state;
    ttss_buf buf;
    unsigned char bytes[61];
    uint64_t seed = 4;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)ttss_draw(&seed);
    ttss_buf_init(&buf, 1000);
    assert_true(ttss_base64_encode(bytes, sizeof bytes, &buf));
    for (size_t at = 0; at < buf.length; at++)
        for (int bad = 0; bad < 256; bad++) {
            if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=", bad) ||
                strchr(" \t\n\v\f\r", bad)) {
                if (bad != 0)
                    continue;
            }
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            char *out = NULL, old = buf.data[at];
            size_t size = 0;
            buf.data[at] = (char)bad;
            int32_t code = ttss_base64_decode(buf.data, buf.length, &out, &size, &err);
            assert_int_equal(code, TTSSLICE_ERR_PROTOCOL);
            assert_int_equal(err.byte_offset, at);
            buf.data[at] = old;
        }
    ttss_buf_free(&buf);
}

static void test_pieces_equal_whole(void **state) {
    (void)state;
    uint64_t seed = 5;
    static unsigned char bytes[30000];
    for (int round = 0; round < 60; round++) {
        size_t length = ttss_draw_below(&seed, round % 6 ? 300 : sizeof bytes);
        ttss_buf plain, text, decoded;
        ttss_base64_decoder decoder;
        for (size_t i = 0; i < length; i++)
            bytes[i] = (unsigned char)ttss_draw(&seed);
        ttss_buf_init(&plain, 100000);
        ttss_buf_init(&text, 100000);
        ttss_buf_init(&decoded, 100000);
        assert_true(ttss_base64_encode(bytes, length, &plain));
        assert_int_equal(plain.length, (length + 2) / 3 * 4);
        for (size_t i = 0; i < plain.length; i++) {
            ttss_buf_add_char(&text, plain.data[i]);
            if (round % 2 && ttss_draw_below(&seed, 20) == 0)
                ttss_buf_add_char(&text, '\n');
        }
        ttss_base64_init(&decoder);
        for (size_t at = 0; at < text.length;) {
            size_t n = 1 + ttss_draw_below(&seed, round % 3 ? 9 : 9000);
            n = n > text.length - at ? text.length - at : n;
            assert_int_equal(ttss_base64_feed(&decoder, text.data + at, n, &decoded, NULL), 0);
            at += n;
        }
        assert_int_equal(ttss_base64_finish(&decoder, NULL), 0);
        assert_int_equal(decoded.length, length);
        if (length)
            assert_memory_equal(decoded.data, bytes, length);
        char *out = NULL;
        size_t size = 0;
        assert_int_equal(
            ttss_base64_decode(text.data ? text.data : "", text.length, &out, &size, NULL), 0);
        assert_int_equal(size, length);
        assert_memory_equal(out, bytes, length);
        free(out);
        ttss_buf_free(&plain);
        ttss_buf_free(&text);
        ttss_buf_free(&decoded);
    }
}

/* One version against the table: how far it comes, and the bytes, none of them beyond their room.
 */
static void assert_same_block(ttss_base64_block_fn fn, const char *text, size_t length) {
    unsigned char wanted[512], got[512];
    size_t room = length / 4 * 3;
    memset(wanted, 0xa5, sizeof wanted);
    memset(got, 0xa5, sizeof got);
    size_t taken = ttss_base64_block_table(text, length, wanted);
    assert_int_equal(fn(text, length, got), taken);
    assert_memory_equal(got, wanted, taken / 4 * 3);
    assert_memory_equal(got + room, wanted + room, sizeof got - room);
}

static void test_versions_agree(void **state) {
    (void)state;
    const ttss_base64_block_fn versions[] = {ttss_base64_block_ssse3(), ttss_base64_block_avx2(),
                                             ttss_base64_block()};
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[600];
    uint64_t seed = 6;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i < 256 ? set[i % 64] : set[ttss_draw_below(&seed, 64)];
    for (size_t v = 0; v < 3; v++) {
        if (!versions[v])
            continue;
        for (size_t length = 0; length <= 300; length++)
            assert_same_block(versions[v], text + length % 7, length);
        for (size_t at = 0; at < 140; at++)
            for (int c = 0; c < 256; c++) {
                char old = text[at];
                text[at] = (char)c;
                assert_same_block(versions[v], text, 140);
                text[at] = old;
            }
    }
}

static int there_and_back(void *argument) {
    const char *plain = argument;
    ttss_base64_decoder decoder;
    ttss_buf text, decoded;
    char *out = NULL;
    size_t size = 0;
    ttss_buf_init(&text, 1000);
    ttss_buf_init(&decoded, 1000);
    ttss_base64_init(&decoder);
    int32_t code = ttss_base64_encode(plain, strlen(plain), &text) ? 0 : TTSSLICE_ERR_NOMEM;
    if (!code)
        code = ttss_base64_decode(text.data, text.length, &out, &size, NULL);
    if (!code)
        code = ttss_base64_feed(&decoder, text.data, text.length, &decoded, NULL);
    free(out);
    ttss_buf_free(&text);
    ttss_buf_free(&decoded);
    return code;
}

static void test_out_of_memory(void **state) {
    (void)state;
    char plain[] = "some words to be carried";
    assert_survives_alloc_failure(there_and_back, plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_tolerates),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_bad_byte_everywhere),
        cmocka_unit_test(test_pieces_equal_whole),
        cmocka_unit_test(test_versions_agree),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
