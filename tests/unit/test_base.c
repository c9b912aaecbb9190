/* SPDX-License-Identifier: MIT */
/* The base: text checks, options from older and newer programs, numbers in any locale, files that
 * are whole or not there, hashes that are the same everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/num.h"
#include "base/options.h"
#include "base/utf8.h"

#include <ttsslice/ttsslice.h>

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- text ----------------------------------------------------------------------------------- */

static void invalid_utf8_is_named_by_its_byte(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t length, offset;
    } cases[] = {
        {"abc\xff", 4, 3},           {"\xc0\x80", 2, 0},
        {"ab\xed\xa0\x80", 5, 2},    {"\xf4\x90\x80\x80", 4, 0},
        {"12345678\xe2\x82", 10, 8}, {"a\0b", 3, 1},
        {"\xe0\x9f\xbf", 3, 0},      {"\x80", 1, 0},
        {"ok \xf5", 4, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        size_t length = cases[i].length;
        assert_int_equal(ttss_text_check(cases[i].text, &length, &err), TTSSLICE_ERR_TEXT);
        assert_int_equal(err.byte_offset, cases[i].offset);
        assert_non_null(strstr(err.message, "byte"));
    }
}

static void every_code_point_survives_a_round_trip(void **state) {
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[5] = {0};
        size_t length = ttss_utf8_put(c, bytes), pos = 0;
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (ttss_utf8_valid_prefix(bytes, length) != (surrogate ? 0 : length))
            fail_msg("U+%04X is judged wrongly", c);
        if (!surrogate && (ttss_utf8_next(bytes, length, &pos) != c || pos != length))
            fail_msg("U+%04X is decoded wrongly", c);
        if (!surrogate && ttss_utf8_previous(bytes, length) != 0)
            fail_msg("U+%04X is stepped over wrongly", c);
    }
}

/* Character by character, each too short to be looked at in blocks. */
static size_t valid_one_by_one(const char *text, size_t length) {
    size_t pos = 0;
    while (pos < length) {
        size_t n = 1;
        while (n <= 4 && (n > length - pos || ttss_utf8_valid_prefix(text + pos, n) != n))
            n++;
        if (n > 4)
            break;
        pos += n;
    }
    return pos;
}

static void damaged_text_is_found_at_its_byte(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",  "word ", "é", "天",          "ह",
                                         "힣", "“",     "🇩", "\xEE\x80\x80"};
    uint64_t seed = 9;
    for (int round = 0; round < 3000; round++) {
        char text[256];
        size_t length = 0, wanted = ttss_draw_below(&seed, 200);
        size_t kinds = 1 + ttss_draw_below(&seed, sizeof pieces / sizeof pieces[0]);
        while (length < wanted) {
            const char *piece = pieces[ttss_draw_below(&seed, kinds)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        assert_int_equal(ttss_utf8_valid_prefix(text, length), length);
        if (length == 0)
            continue;
        text[ttss_draw_below(&seed, length)] = (char)ttss_draw_below(&seed, 256);
        length -= ttss_draw_below(&seed, length < 4 ? length : 4);
        assert_int_equal(ttss_utf8_valid_prefix(text, length), valid_one_by_one(text, length));
    }
}

/* A character may begin in one of the pieces in which a text is checked and end in the next. */
static void long_text_is_checked_as_a_whole(void **state) {
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        size_t length = 40000 + shift;
        char *text = calloc(1, length);
        assert_non_null(text);
        memset(text, 'a', length);
        for (size_t pos = shift; pos + 4 <= length; pos += 4)
            memcpy(text + pos, "\xF0\x9F\x87\xA9", 4);
        size_t given = length;
        assert_int_equal(ttss_text_check(text, &given, NULL), 0);
        for (size_t bad = 16380; bad < 16390; bad++) {
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            char was = text[bad];
            text[bad] = '\0';
            assert_int_equal(ttss_text_check(text, &given, &err), TTSSLICE_ERR_TEXT);
            assert_int_equal(err.byte_offset, bad - (bad - shift) % 4);
            text[bad] = was;
        }
        free(text);
    }
}

/* --- options -------------------------------------------------------------------------------- */

typedef struct old_options {
    size_t size;
    int64_t first;
} old_options;
typedef struct new_options {
    size_t size;
    int64_t first, second;
} new_options;

static void options_of_other_versions_are_read(void **state) {
    (void)state;
    old_options old = {sizeof old, 7};
    new_options known = {sizeof known, 1, 2};
    assert_int_equal(ttss_options_read(&known, sizeof known, sizeof old, &old, "o", NULL), 0);
    assert_int_equal(known.first, 7);
    assert_int_equal(known.second, 2);
    assert_int_equal(known.size, sizeof known);

    new_options newer = {sizeof newer, 9, 0};
    old_options here = {sizeof here, 1};
    assert_int_equal(ttss_options_read(&here, sizeof here, sizeof here, &newer, "o", NULL), 0);
    assert_int_equal(here.first, 9);
    assert_int_equal(here.size, sizeof here);

    newer.second = 1;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttss_options_read(&here, sizeof here, sizeof here, &newer, "o", &err),
                     TTSSLICE_ERR_OPTION);
    newer.size = 1000000;
    assert_int_equal(ttss_options_read(&here, sizeof here, sizeof here, &newer, "o", &err),
                     TTSSLICE_ERR_OPTION);
    newer.size = 3;
    assert_int_equal(ttss_options_read(&here, sizeof here, sizeof here, &newer, "o", &err),
                     TTSSLICE_ERR_OPTION);
}

static void ranges_refuse_not_a_number(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttss_check_range_f("x", NAN, 0, 1, &err), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttss_check_range_f("x", 1.5, 0, 1, &err), TTSSLICE_ERR_INVALID);
    assert_string_equal(err.message, "x is 1.5; it must be 0 to 1");
    assert_int_equal(ttss_check_range("n", 5, 1, 4, &err), TTSSLICE_ERR_INVALID);
    assert_string_equal(err.message, "n is 5; it must be 1 to 4");
}

/* --- numbers and JSON ----------------------------------------------------------------------- */

static void numbers_use_a_point_in_every_locale(void **state) {
    (void)state;
    char out[TTSS_NUM_MAX];
    double value = 0;
    assert_string_equal(ttss_num_format(0.5, out), "0.5");
    assert_string_equal(ttss_num_format(-1234.25, out), "-1234.25");
    assert_true(ttss_num_parse("2.25", &value));
    assert_true(value == 2.25);
    assert_true(ttss_num_parse("1e3", &value));
    assert_true(value == 1000.0);
    assert_false(ttss_num_parse("2,25", &value));
    assert_false(ttss_num_parse("", &value));
    assert_false(ttss_num_parse("nan", &value));
    assert_false(ttss_num_parse("1.5x", &value));
    assert_false(ttss_num_parse("1e999", &value));
    json_t *object = json_object();
    json_object_set_new(object, "x", json_real(91.5));
    char *text = ttss_json_dump(object, false);
    assert_string_equal(text, "{\"x\":91.5}");
    free(text);
    json_decref(object);
}

static void integers_are_bounded(void **state) {
    (void)state;
    int64_t value = 0;
    assert_true(ttss_int_parse("-5", -10, 10, &value));
    assert_int_equal(value, -5);
    assert_false(ttss_int_parse("11", -10, 10, &value));
    assert_false(ttss_int_parse("99999999999999999999", INT64_MIN, INT64_MAX, &value));
    assert_false(ttss_int_parse("1.0", 0, 10, &value));
    assert_false(ttss_int_parse("-", -10, 10, &value));
}

static void json_getters_keep_the_default_and_name_the_key(void **state) {
    (void)state;
    static const char text[] = "{\"n\": 5, \"s\": \"7\", \"f\": 2.0, \"bad\": [], \"null\": null,"
                               " \"t\": \"abc\", \"nul\": \"a\\u0000b\"}";
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    json_t *root = NULL;
    int64_t n = -1;
    double f = -1.0;
    const char *t = "default";
    /* jansson refuses \u0000 unless it is told otherwise */
    assert_int_equal(ttss_json_parse_object(text, strlen(text), "it", &root, &err),
                     TTSSLICE_ERR_PROTOCOL);
    static const char good[] = "{\"n\": 5, \"s\": \"7\", \"f\": 2.0, \"bad\": [], \"null\": null,"
                               " \"t\": \"abc\"}";
    assert_int_equal(ttss_json_parse_object(good, strlen(good), "it", &root, &err), 0);
    assert_int_equal(ttss_json_get_int(root, "absent", 0, 9, &n, &err), 0);
    assert_int_equal(n, -1);
    assert_int_equal(ttss_json_get_int(root, "null", 0, 9, &n, &err), 0);
    assert_int_equal(n, -1);
    assert_int_equal(ttss_json_get_int(root, "n", 0, 9, &n, &err), 0);
    assert_int_equal(n, 5);
    assert_int_equal(ttss_json_get_int(root, "s", 0, 9, &n, &err), 0);
    assert_int_equal(n, 7);
    assert_int_equal(ttss_json_get_int(root, "f", 0, 9, &n, &err), 0);
    assert_int_equal(n, 2);
    assert_int_equal(ttss_json_get_int(root, "n", 0, 4, &n, &err), TTSSLICE_ERR_PROTOCOL);
    assert_non_null(strstr(err.message, "\"n\""));
    assert_int_equal(ttss_json_get_int(root, "bad", 0, 4, &n, &err), TTSSLICE_ERR_PROTOCOL);
    assert_int_equal(ttss_json_get_double(root, "s", 0, 9, &f, &err), 0);
    assert_true(f == 7.0);
    assert_int_equal(ttss_json_get_double(root, "t", 0, 9, &f, &err), TTSSLICE_ERR_PROTOCOL);
    assert_int_equal(ttss_json_get_string(root, "t", 2, &t, &err), TTSSLICE_ERR_PROTOCOL);
    assert_int_equal(ttss_json_get_string(root, "t", 3, &t, &err), 0);
    assert_string_equal(t, "abc");
    json_decref(root);
    assert_int_equal(ttss_json_parse_object("[1]", 3, "it", &root, &err), TTSSLICE_ERR_PROTOCOL);
    assert_int_equal(ttss_json_parse_object("{", 1, "it", &root, &err), TTSSLICE_ERR_PROTOCOL);
}

/* --- buffers -------------------------------------------------------------------------------- */

static void a_buffer_stops_at_its_maximum(void **state) {
    (void)state;
    ttss_buf buf;
    ttss_buf_init(&buf, 5);
    assert_true(ttss_buf_add_text(&buf, "abc"));
    assert_true(ttss_buf_printf(&buf, "%d", 12));
    assert_string_equal(buf.data, "abc12");
    assert_false(ttss_buf_add_char(&buf, 'x'));
    assert_false(ttss_buf_add(&buf, "", 0));
    assert_null(ttss_buf_take(&buf));
    ttss_buf_free(&buf);
}

static int fill_buffer(void *argument) {
    (void)argument;
    ttss_buf buf;
    ttss_buf_init(&buf, 100000);
    for (int i = 0; i < 1000; i++)
        ttss_buf_printf(&buf, "%d,", i);
    char *text = ttss_buf_take(&buf);
    bool ok = text != NULL;
    free(text);
    return ok ? 0 : TTSSLICE_ERR_NOMEM;
}

static void a_buffer_survives_lack_of_memory(void **state) {
    (void)state;
    assert_survives_alloc_failure(fill_buffer, NULL);
}

/* --- files ---------------------------------------------------------------------------------- */

static size_t files_in(const char *folder) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static void a_file_is_replaced_whole_or_not_at_all(void **state) {
    (void)state;
    char folder[] = "/tmp/ttsslice-base-XXXXXX", path[64], *bytes = NULL;
    size_t length = 0;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
    assert_int_equal(ttss_file_write(path, "old", 3, &err), 0);

    ttss_temp_file temp;
    for (int named = 0; named < 2; named++) {
        assert_int_equal((named ? ttss_temp_open_named : ttss_temp_open)(&temp, path, &err), 0);
        assert_int_equal(write(temp.fd, "half", 4), 4);
        assert_int_equal(files_in(folder), temp.name ? 2 : 1);
        ttss_temp_discard(&temp);
        assert_int_equal(files_in(folder), 1);
    }
    assert_int_equal(ttss_file_read(path, 100, &bytes, &length, &err), 0);
    assert_string_equal(bytes, "old");
    free(bytes);

    assert_int_equal(ttss_file_write(path, "newer", 5, &err), 0);
    assert_int_equal(ttss_file_read(path, 100, &bytes, &length, &err), 0);
    assert_int_equal(length, 5);
    assert_string_equal(bytes, "newer");
    free(bytes);
    assert_int_equal(ttss_file_read(path, 4, &bytes, &length, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, "larger"));
    unlink(path);
    assert_int_equal(ttss_file_read(path, 4, &bytes, &length, &err), TTSSLICE_ERR_IO);
    assert_int_equal(ttss_file_write(folder, "x", 1, &err), TTSSLICE_ERR_IO);
    snprintf(path, sizeof path, "%s/none/file", folder);
    assert_int_equal(ttss_file_write(path, "x", 1, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, path));
    rmdir(folder);
}

static void write_and_commit(const char *path, const char *text, bool named) {
    ttss_temp_file temp;
    struct stat made;
    assert_int_equal((named ? ttss_temp_open_named : ttss_temp_open)(&temp, path, NULL), 0);
    assert_int_equal(ttss_temp_write(&temp, text, strlen(text), NULL), 0);
    assert_int_equal(ttss_temp_commit(&temp, NULL), 0);
    assert_int_equal(stat(path, &made), 0);
    assert_int_equal(made.st_size, strlen(text));
    assert_int_equal(made.st_nlink, 1);
    assert_int_equal(made.st_mode & 0777, 0644);
}

/* With a name from the start and without, over an old file, and under the longest name that there
 * is. */
static void a_temporary_file_gets_its_name(void **state) {
    (void)state;
    char folder[] = "/tmp/ttsslice-base-XXXXXX", path[sizeof folder + 300];
    assert_non_null(mkdtemp(folder));
    for (size_t length = 1; length <= 255; length += 127)
        for (int named = 0; named < 2; named++) {
            snprintf(path, sizeof path, "%s/%0*d", folder, (int)length, 7);
            write_and_commit(path, "first", named);
            write_and_commit(path, "the second", named);
            assert_int_equal(files_in(folder), 1);
            unlink(path);
        }
    rmdir(folder);
}

/* A symbolic link stays one, and the file behind it is replaced; one that leads nowhere becomes a
 * file. */
static void a_link_is_followed(void **state) {
    (void)state;
    char folder[] = "/tmp/ttsslice-base-XXXXXX", file[64], link[64];
    struct stat there;
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/file", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    assert_int_equal(ttss_file_write(file, "old", 3, NULL), 0);
    assert_int_equal(symlink("file", link), 0);
    for (int named = 0; named < 2; named++) {
        write_and_commit(link, named ? "the third" : "a second", named);
        assert_int_equal(lstat(link, &there), 0);
        assert_true(S_ISLNK(there.st_mode));
        assert_int_equal(lstat(file, &there), 0);
        assert_int_equal(there.st_size, named ? 9 : 8);
        assert_int_equal(files_in(folder), 2);
    }
    unlink(file);
    write_and_commit(link, "alone", false);
    assert_int_equal(files_in(folder), 1);
    unlink(link);
    rmdir(folder);
}

/* What a killed process left goes, what another one writes stays, and so does everything else. */
static void leftovers_are_swept(void **state) {
    (void)state;
    static const char *const others[] = {"b.wav",
                                         "a.wav.ttsslice-",
                                         "a.wav.ttsslice-abcde!",
                                         "a.wav.ttsslice-notes",
                                         "a.wav.part-abcdef",
                                         "a.wav"};
    char folder[] = "/tmp/ttsslice-base-XXXXXX", path[80];
    ttss_temp_file dead, alive;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        assert_int_equal(ttss_file_write(path, "x", 1, NULL), 0);
    }
    assert_int_equal(ttss_temp_open_named(&dead, path, NULL), 0);
    close(dead.fd);
    dead.fd = -1;
    assert_int_equal(ttss_temp_open_named(&alive, path, NULL), 0);
    assert_int_equal(files_in(folder), 8);
    ttss_temp_sweep(path);
    assert_int_equal(files_in(folder), 7);
    assert_int_equal(access(dead.name, F_OK), -1);
    assert_int_equal(ttss_temp_commit(&alive, NULL), 0);
    ttss_temp_discard(&dead);
    assert_int_equal(files_in(folder), 6);
    ttss_temp_sweep("/no/such/folder/x");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        assert_int_equal(unlink(path), 0);
    }
    rmdir(folder);
}

static void a_full_device_has_a_code_of_its_own(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttss_fail_errno(&err, ENOSPC, "cannot write %s", "x"), TTSSLICE_ERR_NO_SPACE);
    assert_int_equal(ttss_fail_errno(&err, EACCES, "cannot write %s", "x"), TTSSLICE_ERR_IO);
    /* The reason is the C library's, in the language of the locale. */
    assert_memory_equal(err.message, "cannot write x: ", 16);
}

/* --- hashes, errors, secrets ---------------------------------------------------------------- */

static void hashes_are_the_published_ones(void **state) {
    (void)state;
    assert_true(ttss_fnv(TTSS_FNV_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(ttss_fnv(TTSS_FNV_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    uint64_t seed = 1234567;
    assert_true(ttss_draw(&seed) == UINT64_C(6457827717110365317));
    assert_true(ttss_draw(&seed) == UINT64_C(3203168211198807973));
    for (int i = 0; i < 1000; i++) {
        double unit = ttss_draw_unit(&seed);
        assert_true(unit >= 0.0 && unit < 1.0);
        assert_true(ttss_draw_below(&seed, 7) < 7);
    }
}

static void messages_are_one_line_and_cut_at_a_character(void **state) {
    (void)state;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char text[2 * TTSSLICE_ERROR_MESSAGE_MAX];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa9", 3);
    ttss_fail(&err, TTSSLICE_ERR_INVALID, "a\nb%s", text);
    assert_null(strchr(err.message, '\n'));
    size_t length = strlen(err.message);
    assert_true(length < TTSSLICE_ERROR_MESSAGE_MAX);
    assert_int_equal(ttss_utf8_valid_prefix(err.message, length), length);
    assert_int_equal(ttss_fail(NULL, TTSSLICE_ERR_IO, "no record"), TTSSLICE_ERR_IO);
    assert_string_equal(ttsslice_code_name(TTSSLICE_ERR_TIMEOUT), "TIMEOUT");
    assert_string_equal(ttsslice_code_name(-12345), "UNKNOWN");
    assert_string_equal(ttsslice_slice_name(TTSSLICE_SLICE_SELECT), "select");
    assert_string_equal(ttsslice_slice_name(99), "none");
}

static void a_json_string_ends_at_its_quote_in_any_pieces(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t end;
    } cases[] = {
        {"\"", 0},      {"abc\" tail\"", 3},  {"a\\\"b\"", 4},
        {"a\\\\\"", 3}, {"\\\\\\\"x\"\"", 5}, {"\\u0022\\\\\\\\\"", 10},
        {"open", 4},    {"open\\\"", 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        for (size_t cut = 0; cut <= length; cut++) {
            bool escaped = false;
            size_t end = ttss_json_string_step(cases[i].text, cut, &escaped);
            if (end == cut)
                end += ttss_json_string_step(cases[i].text + cut, length - cut, &escaped);
            assert_int_equal(end, cases[i].end);
        }
    }
}

static void secrets_are_overwritten(void **state) {
    (void)state;
    char text[] = "key=abc123 and abc123";
    ttss_redact(text, "abc123");
    assert_string_equal(text, "key=****** and ******");
    ttss_redact(text, "");
    ttss_redact(text, NULL);
}

static void features_are_probed_by_name(void **state) {
    (void)state;
    assert_int_equal(ttsslice_feature_supported("nothing of the kind"), 0);
    assert_int_equal(ttsslice_feature_supported(NULL), 0);
    assert_int_equal(ttsslice_version(), 100);
    assert_string_equal(ttsslice_version_string(), TTSSLICE_VERSION_STRING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_utf8_is_named_by_its_byte),
        cmocka_unit_test(every_code_point_survives_a_round_trip),
        cmocka_unit_test(damaged_text_is_found_at_its_byte),
        cmocka_unit_test(long_text_is_checked_as_a_whole),
        cmocka_unit_test(options_of_other_versions_are_read),
        cmocka_unit_test(ranges_refuse_not_a_number),
        cmocka_unit_test(numbers_use_a_point_in_every_locale),
        cmocka_unit_test(integers_are_bounded),
        cmocka_unit_test(json_getters_keep_the_default_and_name_the_key),
        cmocka_unit_test(a_buffer_stops_at_its_maximum),
        cmocka_unit_test(a_buffer_survives_lack_of_memory),
        cmocka_unit_test(a_file_is_replaced_whole_or_not_at_all),
        cmocka_unit_test(a_temporary_file_gets_its_name),
        cmocka_unit_test(a_link_is_followed),
        cmocka_unit_test(leftovers_are_swept),
        cmocka_unit_test(a_full_device_has_a_code_of_its_own),
        cmocka_unit_test(hashes_are_the_published_ones),
        cmocka_unit_test(messages_are_one_line_and_cut_at_a_character),
        cmocka_unit_test(a_json_string_ends_at_its_quote_in_any_pieces),
        cmocka_unit_test(secrets_are_overwritten),
        cmocka_unit_test(features_are_probed_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
