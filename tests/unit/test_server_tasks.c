/* SPDX-License-Identifier: MIT */
/* The local server's table of jobs with a clock of its own, and the envelopes that its workers
 * write, without HTTP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "handler/server_http.h"
#include "handler/server_tasks.h"
#include "handler/server_work.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int closes_of_nothing;

/* In the place of libc's, for all libraries: a file closed twice may be another's by then. */
int close(int fd) {
    long result = syscall(SYS_close, fd);
    if (result != 0 && errno == EBADF)
        atomic_fetch_add(&closes_of_nothing, 1);
    return (int)result;
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "(none)";
}

/* --- the table by itself -------------------------------------------------------------------- */

static int64_t told_time(void *user_data) {
    return *(int64_t *)user_data;
}

typedef struct table {
    ttss_tasks tasks;
    int64_t now;
    ttss_clock clock;
} table;

static void open_table(table *t, ttss_task_limits limits) {
    t->now = 1000;
    t->clock = (ttss_clock){told_time, &t->now};
    assert_int_equal(ttss_tasks_init(&t->tasks, &limits, &t->clock, NULL), 0);
}

static const ttss_task_limits wide = {
    .most_queued = 100, .most_finished = 100, .most_bytes = 1000, .retention_ms = 60000};

/* Queues a job of `bytes` bytes; false if it was not taken. */
static bool queue(table *t, size_t bytes, int64_t ttl_ms, char id[TTSS_TASK_ID_MAX]) {
    ttss_task *task = ttss_task_new("", NULL);
    assert_non_null(task);
    task->job = calloc(1, bytes + 1);
    task->job_length = bytes;
    snprintf(id, TTSS_TASK_ID_MAX, "%s", task->id);
    bool taken = ttss_tasks_add(&t->tasks, task, ttl_ms);
    ttss_task_unref(task);
    return taken;
}

static void finish_next(table *t, size_t reply_bytes) {
    ttss_task *task = ttss_tasks_take(&t->tasks);
    assert_non_null(task);
    ttss_tasks_finish(&t->tasks, task, TTSS_TASK_COMPLETED, calloc(1, reply_bytes + 1),
                      reply_bytes);
    ttss_task_unref(task);
}

static bool is_known(table *t, const char *id) {
    ttss_task *task = ttss_tasks_find(&t->tasks, id);
    ttss_task_unref(task);
    return task != NULL;
}

static void test_finished_jobs_are_kept_for_their_time(void **state) {
    (void)state;
    table t;
    char id[TTSS_TASK_ID_MAX], waiting[TTSS_TASK_ID_MAX];
    open_table(&t, wide);
    assert_true(queue(&t, 10, 0, id));
    finish_next(&t, 10);
    assert_true(queue(&t, 10, 0, waiting));
    t.now += 59999;
    assert_true(is_known(&t, id));
    t.now += 1;
    assert_false(is_known(&t, id));
    assert_true(is_known(&t, waiting));
    assert_int_equal(ttss_tasks_count(&t.tasks).completed, 1);
    ttss_tasks_destroy(&t.tasks);
}

static void test_finished_jobs_are_bounded_in_number_and_bytes(void **state) {
    (void)state;
    table t;
    char id[4][TTSS_TASK_ID_MAX];
    ttss_task_limits few = wide;
    few.most_finished = 2;
    open_table(&t, few);
    for (int i = 0; i < 3; i++) {
        assert_true(queue(&t, 10, 0, id[i]));
        finish_next(&t, 10);
    }
    assert_false(is_known(&t, id[0]));
    assert_true(is_known(&t, id[1]));
    assert_true(queue(&t, 10, 0, id[3]));
    finish_next(&t, 995);
    assert_false(is_known(&t, id[2]));
    assert_true(is_known(&t, id[3]));
    ttss_tasks_destroy(&t.tasks);
}

static void test_the_queue_is_bounded_in_number_and_bytes(void **state) {
    (void)state;
    table t;
    char id[TTSS_TASK_ID_MAX];
    ttss_task_limits few = wide;
    few.most_queued = 3;
    open_table(&t, few);
    assert_true(queue(&t, 600, 0, id));
    assert_false(queue(&t, 401, 0, id));
    assert_true(queue(&t, 400, 0, id));
    assert_true(queue(&t, 0, 0, id));
    assert_false(queue(&t, 0, 0, id));
    finish_next(&t, 1);
    assert_true(queue(&t, 600, 0, id));
    assert_int_equal(ttss_tasks_purge(&t.tasks), 3);
    assert_true(queue(&t, 1000, 0, id));
    ttss_tasks_destroy(&t.tasks);
}

static void test_a_job_expires_in_the_queue_only(void **state) {
    (void)state;
    table t;
    char id[3][TTSS_TASK_ID_MAX];
    open_table(&t, wide);
    assert_true(queue(&t, 10, 5000, id[0]));
    assert_true(queue(&t, 10, 5000, id[1]));
    assert_true(queue(&t, 10, 0, id[2]));
    ttss_task *running = ttss_tasks_take(&t.tasks);
    assert_string_equal(running->id, id[0]);
    t.now += 5000;
    ttss_task *expired = ttss_tasks_find(&t.tasks, id[1]);
    assert_int_equal(ttss_tasks_state(&t.tasks, expired), TTSS_TASK_TIMED_OUT);
    assert_int_equal(ttss_tasks_state(&t.tasks, running), TTSS_TASK_IN_PROGRESS);
    ttss_tasks_finish(&t.tasks, running, TTSS_TASK_COMPLETED, NULL, 0);
    ttss_task *next = ttss_tasks_take(&t.tasks);
    assert_string_equal(next->id, id[2]);
    ttss_tasks_finish(&t.tasks, next, TTSS_TASK_FAILED, NULL, 0);
    assert_int_equal(ttss_tasks_count(&t.tasks).failed, 2);
    ttss_task_unref(running);
    ttss_task_unref(expired);
    ttss_task_unref(next);
    ttss_tasks_destroy(&t.tasks);
}

static ttss_task_state state_in_table(table *t, const char *id) {
    ttss_task *task = ttss_tasks_find(&t->tasks, id);
    assert_non_null(task);
    ttss_task_state state = ttss_tasks_state(&t->tasks, task);
    ttss_task_unref(task);
    return state;
}

/* Asking for one job looks at that one, taking one at those before it; all are gone through only
 * when room is needed. */
static void test_expired_jobs_are_met_one_at_a_time(void **state) {
    (void)state;
    table t;
    char id[5][TTSS_TASK_ID_MAX], further[TTSS_TASK_ID_MAX];
    ttss_task_limits few = wide;
    few.most_queued = 5;
    open_table(&t, few);
    for (int i = 0; i < 5; i++)
        assert_true(queue(&t, 10, i == 2 ? 0 : 5000, id[i]));
    t.now += 5000;
    assert_int_equal(state_in_table(&t, id[1]), TTSS_TASK_TIMED_OUT);
    assert_int_equal(state_in_table(&t, id[2]), TTSS_TASK_IN_QUEUE);
    assert_int_equal(ttss_tasks_count(&t.tasks).queued, 4);
    ttss_task *task = ttss_tasks_take(&t.tasks);
    assert_string_equal(task->id, id[2]);
    ttss_tasks_finish(&t.tasks, task, TTSS_TASK_COMPLETED, NULL, 0);
    ttss_task_unref(task);
    assert_int_equal(ttss_tasks_count(&t.tasks).queued, 2);
    assert_int_equal(ttss_tasks_count(&t.tasks).failed, 2);
    for (int i = 0; i < 3; i++)
        assert_true(queue(&t, 10, 0, further));
    assert_int_equal(ttss_tasks_count(&t.tasks).queued, 5);
    assert_true(queue(&t, 10, 0, further)); /* in the room of the two that expired */
    assert_int_equal(ttss_tasks_count(&t.tasks).queued, 4);
    assert_int_equal(state_in_table(&t, id[4]), TTSS_TASK_TIMED_OUT);
    assert_true(queue(&t, 10, 5000, id[0]));
    t.now += 5000;
    assert_true(queue(&t, 1000 - 4 * 10, 0, further)); /* room in bytes likewise */
    ttss_tasks_destroy(&t.tasks);
}

/* --- a start that fails --------------------------------------------------------------------- */

/* Too many open files is what can be brought about here; libmicrohttpd then leaves the socket
 * open, so it is ours to close. */
static void test_a_failed_start_closes_its_socket_once(void **state) {
    (void)state;
    struct rlimit before;
    table t;
    open_table(&t, wide);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    for (int spare = 0;; spare++) {
        ttss_http http = {.tasks = &t.tasks, .prefix = "/v2/local", .api_key = "", .socket = -1};
        struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
        assert_int_equal(listen(fd, 5), 0);
        struct rlimit few = {.rlim_cur = (rlim_t)(fd + 1 + spare), .rlim_max = before.rlim_max};
        closes_of_nothing = 0;
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
        int32_t code = ttss_http_start(&http, fd, NULL);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
        if (code == 0) {
            ttss_http_quiesce(&http);
            ttss_http_stop(&http);
        }
        assert_int_equal(closes_of_nothing, 0);
        assert_int_equal(fcntl(fd, F_GETFD), -1);
        if (code == 0) {
            assert_true(spare > 0);
            break;
        }
        assert_int_equal(code, TTSSLICE_ERR_SYSTEM);
        assert_true(spare < 20);
    }
    ttss_tasks_destroy(&t.tasks);
}

static void test_ids_are_random_uuids(void **state) {
    (void)state;
    char seen[64][TTSS_TASK_ID_MAX];
    for (int i = 0; i < 64; i++) {
        ttss_task *task = ttss_task_new("sync-", NULL);
        snprintf(seen[i], TTSS_TASK_ID_MAX, "%s", task->id);
        ttss_task_unref(task);
        assert_int_equal(strlen(seen[i]), strlen("sync-") + 36 + strlen("-u1"));
        assert_int_equal(strspn(seen[i] + 5, "0123456789abcdef-"), 37);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(seen[i], seen[j]);
    }
}

/* --- envelopes ------------------------------------------------------------------------------ */

static json_t *envelope(const char *result, const char *state) {
    ttss_outcome outcome = {.id = "j-u1",
                            .worker = "local-3",
                            .delay_ms = 4,
                            .execution_ms = 5,
                            .code = result ? 0 : TTSSLICE_ERR_NOMEM,
                            .message = result ? "" : "no \"room\"",
                            .result = result,
                            .result_length = result ? strlen(result) : 0};
    char *text = NULL;
    size_t length = 0;
    ttss_task_state made = ttss_outcome_write(&outcome, &text, &length);
    assert_string_equal(ttss_task_state_name(made), state);
    assert_int_equal(strlen(text), length);
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    free(text);
    assert_non_null(value);
    assert_string_equal(text_of(value, "id"), "j-u1");
    assert_string_equal(text_of(value, "status"), state);
    assert_string_equal(text_of(value, "workerId"), "local-3");
    assert_int_equal(json_integer_value(json_object_get(value, "delayTime")), 4);
    assert_int_equal(json_integer_value(json_object_get(value, "executionTime")), 5);
    return value;
}

static void expect_success(const char *result) {
    json_t *value = envelope(result, "COMPLETED"), *given = json_loads(result, 0, NULL);
    assert_true(json_equal(json_object_get(value, "output"), given));
    assert_null(json_object_get(value, "error"));
    json_decref(given);
    json_decref(value);
}

static void expect_failure(const char *result, const char *error, size_t rest) {
    json_t *value = envelope(result, "FAILED");
    assert_string_equal(text_of(value, "error"), error);
    assert_int_equal(json_object_size(json_object_get(value, "output")), rest);
    json_decref(value);
}

static void test_envelopes(void **state) {
    (void)state;
    expect_success("{}");
    expect_success("{\"a\":\"error\",\"b\":{\"error\":1},\"c\":[\"error\",{\"error\":2}]}");
    expect_success("{\"a\":\"\\\"error\\\":\",\"status\":\"error\"}");
    expect_success("{\"a\":\"ends in \\\\\",\"errors\":0,\"xerror\":1}");
    expect_failure("{\"error\":\"hoarse\"}", "hoarse", 0);
    expect_failure("{ \"a\": \"\\\\\\\"\", \"error\" : \"h\\\"\xc3\xa4\" , \"retryable\":true}",
                   "h\"\xc3\xa4", 2);
    expect_failure("{\"error\":[1,2],\"error_code\":\"X\"}", "[1,2]", 1);
    expect_failure(NULL, "no \"room\"", 0);
}

static int write_envelope(void *result) {
    ttss_outcome outcome = {
        .id = "j", .worker = "w", .message = "", .result = result, .result_length = strlen(result)};
    char *text = NULL;
    size_t length = 0;
    ttss_outcome_write(&outcome, &text, &length);
    bool made = text != NULL;
    free(text);
    return made ? 0 : TTSSLICE_ERR_NOMEM;
}

static int make_task(void *unused) {
    (void)unused;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_task *task = ttss_task_new("", &err);
    ttss_task_unref(task);
    return task ? 0 : err.code;
}

static void test_envelopes_without_memory(void **state) {
    (void)state;
    char success[] = "{\"audio_base64\":\"AAAA\"}";
    char failure[] = "{\"error\":\"x\",\"retryable\":false}";
    assert_survives_alloc_failure(write_envelope, success);
    assert_survives_alloc_failure(write_envelope, failure);
    assert_survives_alloc_failure(make_task, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finished_jobs_are_kept_for_their_time),
        cmocka_unit_test(test_finished_jobs_are_bounded_in_number_and_bytes),
        cmocka_unit_test(test_the_queue_is_bounded_in_number_and_bytes),
        cmocka_unit_test(test_a_job_expires_in_the_queue_only),
        cmocka_unit_test(test_expired_jobs_are_met_one_at_a_time),
        cmocka_unit_test(test_a_failed_start_closes_its_socket_once),
        cmocka_unit_test(test_ids_are_random_uuids),
        cmocka_unit_test(test_envelopes),
        cmocka_unit_test(test_envelopes_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
