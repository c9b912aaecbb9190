/* SPDX-License-Identifier: MIT */
/* The journal: what was paid for survives the run, however it ends; what is damaged is said; two
 * runs do not share one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "base/file.h"
#include "dispatch/journal.h"
#include "fake_runpod.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOBS  6
#define AUDIO 3000

static char folder[64];
static char warnings[8192];

static void keep_warning(int32_t level, const char *module, const char *line, void *user_data) {
    (void)module;
    (void)user_data;
    if (level >= TTSSLICE_LOG_WARNING)
        strncat(warnings, line, sizeof warnings - strlen(warnings) - 1);
}

static int begin(void **state) {
    (void)state;
    warnings[0] = '\0';
    snprintf(folder, sizeof folder, "/tmp/ttsslice-journal-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

/* Removes what is in a folder, and it. */
static void remove_all(const char *path) {
    DIR *dir = opendir(path);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        char name[600];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(name) != 0)
            remove_all(name);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int end(void **state) {
    (void)state;
    remove_all(folder);
    return 0;
}

static ttsslice_dispatch_options options_for(const fake_runpod *fake, ttsslice_logger *logger) {
    static const double quick[] = {0.001, 0.001};
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    *logger = (ttsslice_logger)TTSSLICE_LOGGER_INIT;
    logger->fn = keep_warning;
    options.endpoint = fake_endpoint(fake);
    options.api_key = "";
    options.backoff_s = quick;
    options.backoff_count = 2;
    options.poll_interval_s = 0.001;
    options.max_in_flight = 3;
    options.journal = folder;
    options.logger = logger;
    return options;
}

/* All the jobs, until the end; sources[i] says where the result of job i came from. Returns how
 * many went well. */
static int run_jobs(const fake_runpod *fake, int sources[JOBS]) {
    ttsslice_logger logger;
    ttsslice_dispatch_options options = options_for(fake, &logger);
    ttsslice_dispatcher *d = NULL;
    const ttsslice_job_result *r = NULL;
    int good = 0;
    if (ttsslice_dispatcher_new(&options, &d, NULL) != 0)
        return -1;
    for (int i = 0; i < JOBS; i++) {
        char input[128];
        snprintf(input, sizeof input, "{\"text\":\"Line %d.\",\"request_id\":\"j%d\"}", i, i);
        if (ttsslice_dispatcher_submit(d, i, input, TTSSLICE_NUL_TERMINATED, NULL) != 0)
            return -1;
    }
    while (ttsslice_dispatcher_next(d, -1, &r, NULL) == 0) {
        bool fine = r->code == 0 && r->attachment_count == 1 && r->attachments[0].size == AUDIO &&
                    memcmp(r->attachments[0].bytes, "aaaaaa", 6) == 0 &&
                    strcmp(r->output, "{\"audio_base64\":\"attachment:0\"}") == 0;
        sources[r->index] = r->source;
        good += fine;
    }
    ttsslice_dispatcher_free(d);
    return good;
}

static const fake_job audio_job = {.status = {{.kind = FAKE_PLAIN},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO},
                                              {.kind = FAKE_AUDIO, .size = AUDIO}},
                                   .progress_polls = 1};
static const fake_script audio_script = {.jobs = &audio_job, .job_count = 1};

static void a_second_run_pays_nothing(void **state) {
    (void)state;
    int sources[JOBS];
    fake_runpod *fake = fake_start(&audio_script);
    assert_int_equal(run_jobs(fake, sources), JOBS);
    for (int i = 0; i < JOBS; i++)
        assert_int_equal(sources[i], TTSSLICE_SOURCE_SUBMITTED);
    int polls = fake_polls(fake, NULL);
    assert_int_equal(run_jobs(fake, sources), JOBS);
    for (int i = 0; i < JOBS; i++)
        assert_int_equal(sources[i], TTSSLICE_SOURCE_JOURNAL);
    assert_int_equal(fake_submissions(fake, NULL), JOBS);
    assert_int_equal(fake_polls(fake, NULL), polls);
    assert_string_equal(warnings, "");
    fake_stop(fake);
}

/* Killed as soon as the endpoint has seen so many requests. What the endpoint accepted last may not
 * have been noted yet; all else is neither lost nor paid again. */
static void a_killed_run_loses_nothing(void **state) {
    (void)state;
    for (int polls = 0; polls <= 2 * JOBS; polls++) {
        int sources[JOBS], submissions = polls < JOBS ? polls / 2 + 1 : 3;
        fake_runpod *fake = fake_start(&audio_script);
        pid_t child = fork();
        if (child == 0)
            _exit(run_jobs(fake, sources) != JOBS);
        assert_true(fake_wait(fake, submissions, polls));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        int before = fake_submissions(fake, NULL);
        assert_int_equal(run_jobs(fake, sources), JOBS);
        int unknown = 0;
        for (int i = 0; i < JOBS; i++) {
            char name[8];
            snprintf(name, sizeof name, "j%d", i);
            int paid = fake_submissions(fake, name);
            assert_in_range(paid, 1, sources[i] == TTSSLICE_SOURCE_SUBMITTED ? 2 : 1);
            unknown += paid - 1;
        }
        assert_in_range(unknown, 0, 3); /* those in flight */
        assert_in_range(fake_submissions(fake, NULL), before, JOBS + unknown);
        assert_string_equal(warnings, "");
        fake_stop(fake);
        remove_all(folder);
    }
}

static char *path_in(const char *name) {
    static char path[500];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The name of a result, as "done/HASH". */
static void a_result(char name[300]) {
    DIR *dir = opendir(path_in("done"));
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            snprintf(name, 300, "done/%s", entry->d_name);
    closedir(dir);
}

static void damaged_results_are_said_and_made_anew(void **state) {
    (void)state;
    static const char *const kinds[] = {"flip", "cut", "longer", "empty", "no line", "other"};
    fake_runpod *fake = fake_start(&audio_script);
    int sources[JOBS];
    assert_int_equal(run_jobs(fake, sources), JOBS);
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        char name[300], aside[320], *bytes = NULL;
        size_t length = 0;
        a_result(name);
        if (strstr(name, ".damaged"))
            continue;
        assert_int_equal(ttss_file_read(path_in(name), 100000, &bytes, &length, NULL), 0);
        bytes = realloc(bytes, length + 10);
        bytes[length - 1] ^= kind == 0;
        length = kind == 1 ? length - 1 : kind == 2 ? length + 1 : kind == 3 ? 0 : length;
        if (kind == 4)
            *strchr(bytes, '\n') = ' ';
        if (kind == 5)
            memcpy(strstr(bytes, "format\":1"), "format\":2", 9);
        assert_int_equal(ttss_file_write(path_in(name), bytes, length, NULL), 0);
        free(bytes);
        warnings[0] = '\0';
        assert_int_equal(run_jobs(fake, sources), JOBS);
        assert_non_null(strstr(warnings, "damaged"));
        snprintf(aside, sizeof aside, "%s.damaged", name);
        assert_int_equal(access(path_in(aside), F_OK), 0);
        unlink(path_in(aside));
        assert_int_equal(fake_submissions(fake, NULL), JOBS + 1 + (int)kind);
    }
    fake_stop(fake);
}

/* Leaves jobs.jsonl with ids and no results. */
static void forget_results(void) {
    for (int i = 0; i < JOBS; i++) {
        char name[300];
        a_result(name);
        unlink(path_in(name));
    }
}

static void what_the_endpoint_holds_is_collected(void **state) {
    (void)state;
    fake_runpod *fake = fake_start(&audio_script);
    int sources[JOBS];
    assert_int_equal(run_jobs(fake, sources), JOBS);
    forget_results();
    assert_int_equal(run_jobs(fake, sources), JOBS);
    for (int i = 0; i < JOBS; i++)
        assert_int_equal(sources[i], TTSSLICE_SOURCE_COLLECTED);
    assert_int_equal(fake_submissions(fake, NULL), JOBS);
    assert_string_equal(warnings, "");
    fake_stop(fake);
}

/* Also when the endpoint still holds it. */
static void a_rejected_result_is_made_anew(void **state) {
    (void)state;
    fake_runpod *fake = fake_start(&audio_script);
    ttsslice_logger logger;
    ttsslice_dispatch_options options = options_for(fake, &logger);
    ttsslice_dispatcher_reject(NULL);
    for (int run = 0; run < 3; run++) {
        ttsslice_dispatcher *d = NULL;
        const ttsslice_job_result *r = NULL;
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), 0);
        ttsslice_dispatcher_reject(d);
        assert_int_equal(ttsslice_dispatcher_submit(d, 0, "{\"text\":\"a\",\"request_id\":\"x\"}",
                                                    TTSSLICE_NUL_TERMINATED, NULL),
                         0);
        assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
        assert_int_equal(r->code, 0);
        assert_int_equal(r->source, run < 2 ? TTSSLICE_SOURCE_SUBMITTED : TTSSLICE_SOURCE_JOURNAL);
        if (run == 0)
            ttsslice_dispatcher_reject(d);
        ttsslice_dispatcher_free(d);
    }
    assert_int_equal(fake_submissions(fake, NULL), 2);
    fake_stop(fake);
}

static void what_it_has_lost_is_submitted_anew(void **state) {
    (void)state;
    static const fake_step lost[] = {
        {.kind = FAKE_REPLY, .status = 404, .body = "{\"error\":\"no such job\"}"},
        {.kind = FAKE_REPLY, .body = "{\"id\":\"x\",\"status\":\"CANCELLED\"}"},
        {.kind = FAKE_REPLY, .body = "{\"id\":\"x\",\"status\":\"FAILED\",\"error\":\"worn out\"}"},
        {.kind = FAKE_REPLY, .body = "{\"id\":\"x\",\"status\":\"COMPLETED\"}"}};
    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++) {
        fake_job job = {.status = {{.kind = FAKE_AUDIO, .size = AUDIO},
                                   lost[i],
                                   {.kind = FAKE_AUDIO, .size = AUDIO}}};
        fake_script script = {.jobs = &job, .job_count = 1};
        fake_runpod *fake = fake_start(&script);
        int sources[JOBS];
        assert_int_equal(run_jobs(fake, sources), JOBS);
        forget_results();
        assert_int_equal(run_jobs(fake, sources), JOBS);
        for (int k = 0; k < JOBS; k++)
            assert_int_equal(sources[k], TTSSLICE_SOURCE_SUBMITTED);
        assert_int_equal(fake_submissions(fake, NULL), 2 * JOBS);
        fake_stop(fake);
        remove_all(folder);
    }
}

static const ttsslice_job_result *one_job(ttsslice_dispatcher *d) {
    static const char input[] = "{\"text\":\"Line.\",\"request_id\":\"x\"}";
    const ttsslice_job_result *r = NULL;
    assert_int_equal(ttsslice_dispatcher_submit(d, 0, input, TTSSLICE_NUL_TERMINATED, NULL), 0);
    assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
    return r;
}

/* Nor is it cancelled: a later run finds out how the job went. */
static void a_job_that_cannot_be_asked_after_is_kept(void **state) {
    (void)state;
    static const fake_step troubles[] = {{.kind = FAKE_REPLY, .type = "text/html", .body = "<p>"},
                                         {.kind = FAKE_REPLY, .status = 502},
                                         {.kind = FAKE_HUGE, .size = 200000}};
    static const int tries[] = {6, 6, 2};
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        fake_job job = {.name = "x"};
        for (int k = 0; k < tries[i]; k++)
            job.status[k] = troubles[i];
        fake_script script = {.jobs = &job, .job_count = 1};
        fake_runpod *fake = fake_start(&script);
        ttsslice_logger logger;
        ttsslice_dispatch_options options = options_for(fake, &logger);
        options.max_reply_bytes = 100000;
        for (int run = 0; run < 3; run++) {
            ttsslice_dispatcher *d = NULL;
            assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), 0);
            const ttsslice_job_result *r = one_job(d);
            assert_int_equal(r->code == 0, run == 2);
            assert_int_equal(r->source,
                             run ? TTSSLICE_SOURCE_COLLECTED : TTSSLICE_SOURCE_SUBMITTED);
            assert_true(run == 2 || strstr(r->error, "the journal keeps the job's id"));
            ttsslice_dispatcher_free(d);
        }
        assert_int_equal(fake_submissions(fake, NULL), 1);
        assert_int_equal(fake_cancels(fake, NULL), 0);
        fake_stop(fake);
        remove_all(folder);
    }
}

/* The endpoint still has the result, whose audio is out of reach; and what was fetched is kept. */
static void an_address_that_has_run_out(void **state) {
    (void)state;
    char text[200];
    fake_job job = {
        .name = "x",
        .file = {{.kind = FAKE_REPLY, .status = 403}, {.kind = FAKE_REPLY, .status = 403}}};
    fake_script script = {.jobs = &job, .job_count = 1};
    fake_runpod *fake = fake_start(&script);
    const char *endpoint = fake_endpoint(fake);
    int origin = (int)(strstr(endpoint, "/v2") - endpoint);
    snprintf(text, sizeof text,
             "\"status\":\"COMPLETED\",\"output\":{\"audio_url\":\"%.*s/files/x\"}", origin,
             endpoint);
    job.end = text;
    ttsslice_logger logger;
    ttsslice_dispatch_options options = options_for(fake, &logger);
    static const int32_t codes[] = {TTSSLICE_ERR_HTTP, 0, 0};
    static const int32_t sources[] = {TTSSLICE_SOURCE_SUBMITTED, TTSSLICE_SOURCE_SUBMITTED,
                                      TTSSLICE_SOURCE_JOURNAL};
    for (size_t i = 0; i < 3; i++) {
        ttsslice_dispatcher *d = NULL;
        assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), 0);
        const ttsslice_job_result *r = one_job(d);
        assert_int_equal(r->code, codes[i]);
        assert_int_equal(r->source, sources[i]);
        assert_int_equal(r->attachment_count, i > 0);
        ttsslice_dispatcher_free(d);
    }
    assert_int_equal(fake_submissions(fake, "x"), 2);
    assert_int_equal(fake_fetches(fake, "x"), 3);
    fake_stop(fake);
}

static void damaged_lines_are_said_and_the_good_ones_hold(void **state) {
    (void)state;
    for (int cut = 0; cut < 2; cut++) {
        fake_runpod *fake = fake_start(&audio_script);
        int sources[JOBS], collected = 0;
        char *bytes = NULL;
        size_t length = 0;
        warnings[0] = '\0';
        assert_int_equal(run_jobs(fake, sources), JOBS);
        forget_results();
        assert_int_equal(ttss_file_read(path_in("jobs.jsonl"), 100000, &bytes, &length, NULL), 0);
        if (cut)
            length -= 5; /* killed while it was written, which is no damage */
        else
            memset(bytes + 20, '#', 30);
        assert_int_equal(ttss_file_write(path_in("jobs.jsonl"), bytes, length, NULL), 0);
        free(bytes);
        assert_int_equal(run_jobs(fake, sources), JOBS);
        for (int i = 0; i < JOBS; i++)
            collected += sources[i] == TTSSLICE_SOURCE_COLLECTED;
        assert_int_equal(collected, JOBS - 1);
        assert_int_equal(strstr(warnings, "1 lines cannot be read") != NULL, !cut);
        assert_int_equal(access(path_in("jobs.jsonl.damaged"), F_OK) == 0, !cut);
        forget_results();
        assert_int_equal(run_jobs(fake, sources), JOBS);
        assert_int_equal(fake_submissions(fake, NULL), JOBS + 1);
        fake_stop(fake);
        remove_all(folder);
    }
}

static void two_runs_do_not_share_one(void **state) {
    (void)state;
    fake_runpod *fake = fake_start(&audio_script);
    ttsslice_logger logger;
    ttsslice_dispatch_options options = options_for(fake, &logger);
    ttsslice_dispatcher *first = NULL, *second = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char pid[32];
    assert_int_equal(ttsslice_dispatcher_new(&options, &first, NULL), 0);
    assert_int_equal(ttsslice_dispatcher_new(&options, &second, &err), TTSSLICE_ERR_IO);
    snprintf(pid, sizeof pid, "(process %ld)", (long)getpid());
    assert_non_null(strstr(err.message, pid));
    assert_null(second);
    ttsslice_dispatcher_free(first);
    assert_int_equal(ttsslice_dispatcher_new(&options, &second, NULL), 0);
    ttsslice_dispatcher_free(second);
    options.journal = "/proc/nowhere";
    assert_int_equal(ttsslice_dispatcher_new(&options, &second, &err), TTSSLICE_ERR_IO);
    options.journal = folder;
    options.inline_audio = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &second, &err), TTSSLICE_ERR_INVALID);
    fake_stop(fake);
}

static void another_endpoint_is_said(void **state) {
    (void)state;
    fake_runpod *fake = fake_start(&audio_script), *other = fake_start(&audio_script);
    int sources[JOBS];
    assert_int_equal(run_jobs(fake, sources), JOBS);
    forget_results();
    assert_int_equal(run_jobs(other, sources), JOBS);
    assert_int_equal(fake_submissions(other, NULL), JOBS);
    assert_non_null(strstr(warnings, "6 jobs at another endpoint"));
    fake_stop(fake);
    fake_stop(other);
}

static void assert_keys(const char *a, const char *b, bool same) {
    char one[TTSS_KEY_SIZE], two[TTSS_KEY_SIZE];
    json_t *first = json_loads(a, 0, NULL), *second = json_loads(b, 0, NULL);
    assert_int_equal(ttss_job_key(first, one, NULL), 0);
    assert_int_equal(ttss_job_key(second, two, NULL), 0);
    assert_int_equal(strcmp(one, two) == 0, same);
    assert_int_equal(strlen(one), TTSS_KEY_SIZE - 1);
    json_decref(first);
    json_decref(second);
}

static void a_key_is_the_content(void **state) {
    (void)state;
    char key[TTSS_KEY_SIZE];
    json_t *input = json_loads("{\"text\":\"a\"}", 0, NULL);
    assert_int_equal(ttss_job_key(input, key, NULL), 0); /* sha256 of {"text":"a"} */
    assert_string_equal(key, "6193c97585a0f731ce7b500bb69d2476816afb14c8d95ac8e6e865f680e9e438");
    json_decref(input);
    assert_keys("{\"text\":\"a\",\"seed\":1,\"request_id\":\"x\"}", "{\"seed\":1,\"text\":\"a\"}",
                true);
    assert_keys("{\"text\":\"a\",\"seed\":1}", "{\"text\":\"a\",\"seed\":2}", false);
    assert_keys("{\"text\":\"a\"}", "{\"text\":\"b\"}", false);
    assert_keys("{\"u\":\"https://s/v.wav?X-Amz-Date=1&X-Amz-Signature=2\"}",
                "{\"u\":\"https://s/v.wav?X-Amz-Date=3&X-Amz-Signature=4\"}", true);
    assert_keys("{\"u\":\"https://s/v.wav?v=1&X-Amz-Signature=2\"}",
                "{\"u\":\"https://s/v.wav?v=2&X-Amz-Signature=2\"}", false);
    assert_keys("{\"u\":\"https://s/a.wav?Expires=1&Signature=2\"}",
                "{\"u\":\"https://s/b.wav?Expires=1&Signature=2\"}", false);
    assert_keys("{\"u\":\"https://s/v.wav?sp=1\"}", "{\"u\":\"https://s/v.wav?sp=2\"}", false);
    assert_keys("{\"u\":\"https://s/v?sv=1&sig=a\"}", "{\"u\":\"https://s/v?sig=b&sv=2\"}", true);
}

static int keep_a_result(void *unused) {
    (void)unused;
    static const ttsslice_logger silent = TTSSLICE_LOGGER_INIT;
    ttss_journal *journal = NULL;
    unlink(path_in("jobs.jsonl"));
    ttss_job *job = ttss_job_new(0, NULL, 0), *copy = ttss_job_new(0, NULL, 0);
    int32_t ret = job && copy ? 0 : TTSSLICE_ERR_NOMEM;
    if (!ret)
        ret = ttss_journal_open(folder, "http://x/v2/y", &silent, &journal, NULL);
    if (!ret) {
        memset(job->key, 'a', TTSS_KEY_SIZE - 1);
        memset(copy->key, 'a', TTSS_KEY_SIZE - 1);
        memcpy(job->id, "id-1", 5);
        job->body = strdup("[1]");
        job->output_length = 3;
        ret = job->body ? ttss_journal_note(journal, job, NULL) : TTSSLICE_ERR_NOMEM;
    }
    if (!ret)
        ret = ttss_journal_store(journal, job, NULL);
    if (!ret)
        ret = ttss_journal_load(journal, copy, NULL);
    if (!ret)
        assert_string_equal(copy->id, "id-1");
    ttss_journal_close(journal);
    ttss_job_free(job);
    ttss_job_free(copy);
    return ret;
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    assert_survives_alloc_failure(keep_a_result, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_run_pays_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_killed_run_loses_nothing, begin, end),
        cmocka_unit_test_setup_teardown(damaged_results_are_said_and_made_anew, begin, end),
        cmocka_unit_test_setup_teardown(what_the_endpoint_holds_is_collected, begin, end),
        cmocka_unit_test_setup_teardown(a_rejected_result_is_made_anew, begin, end),
        cmocka_unit_test_setup_teardown(what_it_has_lost_is_submitted_anew, begin, end),
        cmocka_unit_test_setup_teardown(a_job_that_cannot_be_asked_after_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(an_address_that_has_run_out, begin, end),
        cmocka_unit_test_setup_teardown(damaged_lines_are_said_and_the_good_ones_hold, begin, end),
        cmocka_unit_test_setup_teardown(two_runs_do_not_share_one, begin, end),
        cmocka_unit_test_setup_teardown(another_endpoint_is_said, begin, end),
        cmocka_unit_test_setup_teardown(lack_of_memory_is_told, begin, end),
        cmocka_unit_test(a_key_is_the_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
