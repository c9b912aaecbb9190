/* SPDX-License-Identifier: MIT */
/* Promises of concat.h about the file: until the join is complete the old one stays, whatever
 * fails, and nothing else is left. */
#define _GNU_SOURCE /* unshare */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "joining.h"
#include "skip.h"

#include <ttsslice/ttsslice.h>

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_abort_leaves_the_old_file(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, 50001);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat *concat = NULL;
    ttsslice_audio *back = NULL;
    ttsslice_timeline_unref(join(in_folder("o.wav"), NULL, &clip, 1));
    assert_int_equal(ttsslice_concat_open(in_folder("o.wav"), NULL, &concat, NULL), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(ttsslice_concat_add(concat, &clip, NULL), 0);
    ttsslice_concat_abort(concat);
    assert_int_equal(files_in_folder(), 1);
    assert_int_equal(ttsslice_audio_load(in_folder("o.wav"), &back, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(back), 50001);
    ttsslice_audio_unref(back);
    ttsslice_audio_unref(audio);
    unlink(in_folder("o.wav"));
}

/* Says yes when it is asked for the *left-th time. */
static int32_t cancel_at(void *left) {
    return --*(int *)left == 0 ? 1 : 0;
}

static int32_t try_cancelled(const char *path, const ttsslice_clip *clip, const char *loudness,
                             int asked) {
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_concat *concat = NULL;
    options.bad_clip = TTSSLICE_BAD_CLIP_SILENCE;
    options.loudness = loudness;
    options.cancelled = cancel_at;
    options.cancelled_data = &asked;
    assert_int_equal(ttsslice_concat_open(path, &options, &concat, NULL), 0);
    int32_t code = ttsslice_concat_add(concat, clip, NULL);
    if (!code)
        return ttsslice_concat_close(concat, NULL, NULL);
    ttsslice_concat_abort(concat);
    return code;
}

static int64_t frames_of(const char *path) {
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_audio_load(path, &audio, NULL), 0);
    const int64_t frames = ttsslice_audio_frames(audio);
    ttsslice_audio_unref(audio);
    return frames;
}

/* Until nobody cancels any more, the old file stays: also while what waited for its gain is
 * written.
 */
static void test_cancelled_at_any_time(void **state) {
    (void)state;
    ttsslice_audio *audio = voice(0.1, 3.0, 0.1, 1, 16000, 3), *old = level(9000, 777);
    const char *path = in_folder("o.wav");
    const char *loudness = ttsslice_feature_supported("ebur128") ? "-30" : NULL;
    ttsslice_clip before = clip_of(old), clips[] = {clip_of(audio), clip_of(NULL)};
    clips[1].path = file_clip(audio, 0, false);
    for (int i = 0; i < 2; i++) {
        int32_t code = TTSSLICE_ERR_CANCELLED;
        int asked = 0;
        ttsslice_timeline_unref(join(path, NULL, &before, 1));
        while (code == TTSSLICE_ERR_CANCELLED && asked < 1000) {
            code = try_cancelled(path, &clips[i], loudness, ++asked);
            assert_int_equal(files_in_folder(), 2);
            assert_true(code == 0 || frames_of(path) == 777);
        }
        assert_int_equal(code, 0);
        assert_true(frames_of(path) > 16000);
        assert_true(asked > (loudness ? 6 : 2)); /* two of them write what waited */
    }
    unlink(clips[1].path);
    ttsslice_audio_unref(old);
    ttsslice_audio_unref(audio);
    unlink(path);
}

static void test_file_size_limit(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, 100000);
    ttsslice_clip clip = clip_of(audio);
    ttsslice_concat *concat = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    struct rlimit old, limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    limit = old;
    limit.rlim_cur = 500000;
    assert_int_equal(ttsslice_concat_open(in_folder("f.wav"), NULL, &concat, NULL), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int32_t code = 0;
    for (int i = 0; i < 5 && !code; i++)
        code = ttsslice_concat_add(concat, &clip, &err);
    ttsslice_concat_abort(concat);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(code, TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, "f.wav"));
    assert_int_equal(files_in_folder(), 0);
    ttsslice_audio_unref(audio);
}

/* On a file system of 256 KiB, in a process of its own. Its exit status: 0 as promised, 77 the
 * system does not let us have one, else what was seen. */
static int fill_small_disk(const ttsslice_clip *clip, bool at_close, const char *loudness) {
    int seen = 77;
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", in_folder(""), "tmpfs", 0, "size=256k") != 0)
        return seen;
    ttsslice_concat *concat = NULL;
    ttsslice_concat_options options = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char old[8] = "";
    FILE *file = fopen(in_folder("n.wav"), "w");
    fputs("the old", file);
    fclose(file);
    options.loudness = loudness;
    int32_t code = ttsslice_concat_open(in_folder("n.wav"), &options, &concat, &err);
    for (int i = 0; i < 5 && !code; i++)
        code = ttsslice_concat_add(concat, clip, &err);
    if (at_close)
        code = ttsslice_concat_close(concat, NULL, &err);
    else
        ttsslice_concat_abort(concat);
    file = fopen(in_folder("n.wav"), "r");
    if (file && fgets(old, sizeof old, file))
        fclose(file);
    seen =
        code == TTSSLICE_ERR_NO_SPACE && files_in_folder() == 1 && !strcmp(old, "the old") ? 0 : 1;
    umount(in_folder(""));
    return seen;
}

static void test_full_disk(void **state) {
    (void)state;
    ttsslice_audio *audio = level(9000, 100000);
    ttsslice_clip clip = clip_of(audio);
    int status = 0;
    const int variants = ttsslice_feature_supported("ebur128") ? 4 : 2;
    for (int variant = 0; variant < variants; variant++) {
        const bool at_close = variant % 2;
        pid_t child = fork();
        if (child == 0)
            _exit(fill_small_disk(&clip, at_close, variant < 2 ? NULL : "-19"));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) != 77)
            assert_int_equal(WEXITSTATUS(status), 0);
    }
    ttsslice_audio_unref(audio);
    if (WEXITSTATUS(status) == 77)
        skip_because("mounting a small disk needs root");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_abort_leaves_the_old_file),
        cmocka_unit_test(test_cancelled_at_any_time),
        cmocka_unit_test(test_file_size_limit),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
