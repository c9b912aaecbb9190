/* SPDX-License-Identifier: MIT */
/* The local server over loopback HTTP, with a host generator that can be held, so that what is
 * queued, running and cancelled is known without sleeping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "handler/server_http.h"
#include "handler/server_tasks.h"

#include <ttsslice/ttsslice.h>

#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- engine and server under test ----------------------------------------------------------- */

/* Says "hold": waits for `go`. "long": half a minute of sound. "fail", "stop": errors. */
typedef struct studio {
    sem_t entered;
    sem_t go;
    atomic_int takes;
    ttsslice_generator *generator;
    ttsslice_handler *handler;
    ttsslice_server *server;
    int port;
} studio;

static int32_t say(const ttsslice_generate_request *request, ttsslice_audio **out,
                   ttsslice_error *err, void *user_data) {
    studio *s = user_data;
    int64_t frames = strcmp(request->text, "long") == 0 ? 24000 * 30 : 2400;
    atomic_fetch_add(&s->takes, 1);
    if (strcmp(request->text, "hold") == 0) {
        sem_post(&s->entered);
        while (sem_wait(&s->go) != 0)
            ;
    }
    if (strcmp(request->text, "stop") == 0)
        return TTSSLICE_ERR_CALLBACK;
    if (strcmp(request->text, "fail") == 0) {
        snprintf(err->message, sizeof err->message, "the voice is hoarse");
        return err->code = TTSSLICE_ERR_ENGINE;
    }
    int16_t *samples = malloc((size_t)frames * sizeof *samples);
    if (!samples)
        return err->code = TTSSLICE_ERR_NOMEM;
    for (int64_t i = 0; i < frames; i++)
        samples[i] = (int16_t)(i % 100 * 200 - 10000);
    int32_t code = ttsslice_audio_new_s16(samples, frames, 1, 24000, out, err);
    free(samples);
    return code;
}

static void open_studio(studio *s, const ttsslice_server_options *given) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_server_options options = *given;
    ttsslice_handler_options handler_options = TTSSLICE_HANDLER_OPTIONS_INIT;
    memset(s, 0, sizeof *s);
    sem_init(&s->entered, 0, 0);
    sem_init(&s->go, 0, 0);
    assert_int_equal(ttsslice_generator_new_host(NULL, say, s, &s->generator, &err), 0);
    handler_options.generator = s->generator;
    assert_int_equal(ttsslice_handler_new(&handler_options, &s->handler, &err), 0);
    options.handler = s->handler;
    if (ttsslice_server_new(&options, &s->server, &err) != 0)
        fail_msg("%s", err.message);
    const char *colon = strrchr(ttsslice_server_endpoint(s->server), ':');
    s->port = (int)strtol(colon + 1, NULL, 10);
}

static void open_plain(studio *s) {
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    open_studio(s, &options);
}

static void close_studio(studio *s) {
    ttsslice_server_free(s->server);
    ttsslice_handler_unref(s->handler);
    ttsslice_generator_unref(s->generator);
    sem_destroy(&s->entered);
    sem_destroy(&s->go);
}

/* --- a small HTTP client -------------------------------------------------------------------- */

typedef struct reply {
    int status;
    char head[2048];
    json_t *body; /* NULL if it is no JSON */
} reply;

static int dial(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static void send_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* Reads to the end of the connection. */
static reply receive(int fd) {
    reply r = {0};
    size_t length = 0, capacity = 65536;
    char *bytes = malloc(capacity + 1);
    ssize_t got;
    while (bytes && (got = recv(fd, bytes + length, capacity - length, 0)) > 0) {
        length += (size_t)got;
        if (length == capacity)
            bytes = realloc(bytes, (capacity *= 2) + 1);
    }
    close(fd);
    assert_non_null(bytes);
    bytes[length] = '\0';
    char *end = strstr(bytes, "\r\n\r\n");
    if (end) {
        size_t head = (size_t)(end - bytes);
        snprintf(r.head, sizeof r.head, "%.*s", (int)head, bytes);
        r.status = (int)strtol(bytes + strlen("HTTP/1.1 "), NULL, 10);
        r.body = json_loadb(end + 4, length - head - 4, 0, NULL);
    }
    free(bytes);
    return r;
}

static reply call_with(const studio *s, const char *method, const char *path, const char *headers,
                       const char *body, size_t length) {
    char head[4096];
    int fd = dial(s->port);
    assert_true(fd >= 0);
    int n = snprintf(head, sizeof head,
                     "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s"
                     "Content-Length: %zu\r\n\r\n",
                     method, path, headers, length);
    send_all(fd, head, (size_t)n);
    send_all(fd, body, length);
    return receive(fd);
}

static reply call(const studio *s, const char *method, const char *path, const char *body) {
    return call_with(s, method, path, "", body ? body : "", body ? strlen(body) : 0);
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "(none)";
}

static json_int_t number_of(const json_t *object, const char *group, const char *key) {
    const json_t *value = json_object_get(json_object_get(object, group), key);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

/* Expects a JSON error with this status. */
static void refused(reply r, int status) {
    assert_int_equal(r.status, status);
    assert_non_null(strstr(r.head, "application/json"));
    assert_true(json_is_string(json_object_get(r.body, "error")));
    json_decref(r.body);
}

static void expect_state(const studio *s, const char *method, const char *operation, const char *id,
                         const char *state) {
    char path[160];
    snprintf(path, sizeof path, "/v2/local/%s/%s", operation, id);
    reply r = call(s, method, path, NULL);
    assert_int_equal(r.status, 200);
    assert_string_equal(text_of(r.body, "id"), id);
    assert_string_equal(text_of(r.body, "status"), state);
    json_decref(r.body);
}

#define JOB(text) "{\"input\":{\"text\":\"" text "\",\"slice\":1}}"

/* POST /run; the id. */
static void run(const studio *s, const char *job, char id[TTSS_TASK_ID_MAX]) {
    reply r = call(s, "POST", "/v2/local/run", job);
    assert_int_equal(r.status, 200);
    assert_string_equal(text_of(r.body, "status"), "IN_QUEUE");
    assert_int_equal(json_object_size(r.body), 2);
    snprintf(id, TTSS_TASK_ID_MAX, "%s", text_of(r.body, "id"));
    json_decref(r.body);
}

static void enter(studio *s) {
    while (sem_wait(&s->entered) != 0)
        ;
}

static void expect_health(const studio *s, int completed, int failed, int running, int queued,
                          int busy) {
    reply r = call(s, "GET", "/v2/local/health", NULL);
    assert_int_equal(r.status, 200);
    assert_int_equal(number_of(r.body, "jobs", "completed"), completed);
    assert_int_equal(number_of(r.body, "jobs", "failed"), failed);
    assert_int_equal(number_of(r.body, "jobs", "inProgress"), running);
    assert_int_equal(number_of(r.body, "jobs", "inQueue"), queued);
    assert_int_equal(number_of(r.body, "jobs", "retried"), 0);
    assert_int_equal(number_of(r.body, "workers", "running"), busy);
    json_decref(r.body);
}

/* --- protocol ------------------------------------------------------------------------------- */

static void test_a_job_from_run_to_its_result(void **state) {
    (void)state;
    studio s;
    char id[TTSS_TASK_ID_MAX], path[160];
    open_plain(&s);
    run(&s, JOB("hello"), id);
    assert_int_equal(strlen(id), 36 + strlen("-u1"));
    snprintf(path, sizeof path, "/v2/local/status-sync/%s?wait=30000", id);
    reply r = call(&s, "GET", path, NULL);
    assert_string_equal(text_of(r.body, "id"), id);
    assert_string_equal(text_of(r.body, "status"), "COMPLETED");
    assert_true(json_is_object(json_object_get(r.body, "output")));
    assert_true(json_is_integer(json_object_get(r.body, "delayTime")));
    assert_true(json_is_integer(json_object_get(r.body, "executionTime")));
    assert_string_equal(text_of(r.body, "workerId"), "local-0");
    assert_null(json_object_get(r.body, "error"));

    snprintf(path, sizeof path, "/v2/local/status/%s", id);
    reply got = call(&s, "GET", path, NULL), posted = call(&s, "POST", path, "{}");
    assert_true(json_equal(r.body, got.body));
    assert_true(json_equal(r.body, posted.body));
    json_decref(r.body);
    json_decref(got.body);
    json_decref(posted.body);
    expect_health(&s, 1, 0, 0, 0, 0);
    close_studio(&s);
}

static void test_runsync_gives_the_finished_job(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    reply r = call(&s, "POST", "/v2/local/runsync", JOB("hello"));
    assert_int_equal(r.status, 200);
    assert_memory_equal(text_of(r.body, "id"), "sync-", 5);
    assert_string_equal(text_of(r.body, "status"), "COMPLETED");
    json_decref(r.body);
    close_studio(&s);
}

static void test_runsync_gives_up_waiting_and_the_job_goes_on(void **state) {
    (void)state;
    studio s;
    char id[TTSS_TASK_ID_MAX];
    open_plain(&s);
    reply r = call(&s, "POST", "/v2/local/runsync?wait=1000", JOB("hold"));
    assert_int_equal(r.status, 200);
    assert_string_equal(text_of(r.body, "status"), "IN_PROGRESS");
    snprintf(id, sizeof id, "%s", text_of(r.body, "id"));
    json_decref(r.body);
    sem_post(&s.go);
    expect_state(&s, "POST", "status-sync", id, "COMPLETED");
    close_studio(&s);
}

static void test_results_of_megabytes_arrive_whole(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    reply r = call(&s, "POST", "/v2/local/runsync", JOB("long"));
    assert_string_equal(text_of(r.body, "status"), "COMPLETED");
    char *dump = json_dumps(json_object_get(r.body, "output"), JSON_COMPACT);
    assert_non_null(dump);
    assert_true(strlen(dump) > 24000 * 30 * 2 * 4 / 3);
    free(dump);
    json_decref(r.body);
    close_studio(&s);
}

static void test_a_failure_shows_its_reason(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    reply r = call(&s, "POST", "/v2/local/runsync", JOB("fail"));
    assert_int_equal(r.status, 200);
    assert_string_equal(text_of(r.body, "status"), "FAILED");
    assert_non_null(strstr(text_of(r.body, "error"), "hoarse"));
    assert_null(json_object_get(json_object_get(r.body, "output"), "error"));
    json_decref(r.body);
    r = call(&s, "POST", "/v2/local/runsync", JOB("stop"));
    assert_string_equal(text_of(r.body, "status"), "FAILED");
    assert_true(json_is_string(json_object_get(r.body, "error")));
    json_decref(r.body);
    expect_health(&s, 0, 2, 0, 0, 0);
    close_studio(&s);
}

static void test_paths_and_methods(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    static const char *const nowhere[] = {
        "/",           "/v2/other/health",    "/v2/local",           "/v2/local/",
        "/v2/localx/", "/v2/local/status",    "/v2/local/status/",   "/v2/local/health/x",
        "/v2/local/r", "/v2/local/runs/sync", "/v2/local/status/no", "/v2/local/status/a%20b",
    };
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++)
        refused(call(&s, "GET", nowhere[i], NULL), 404);
    refused(call(&s, "POST", "/v2/local/cancel/no", "{}"), 404);
    reply r = call(&s, "GET", "/v2/local/run", NULL);
    assert_non_null(strstr(r.head, "Allow: POST"));
    refused(r, 405);
    r = call(&s, "DELETE", "/v2/local/status/x", NULL);
    assert_non_null(strstr(r.head, "Allow: GET, POST"));
    refused(r, 405);
    refused(call(&s, "POST", "/v2/local/health", "{}"), 405);
    refused(call(&s, "POST", "/v2/local/runsync?wait=999", JOB("hello")), 400);
    refused(call(&s, "POST", "/v2/local/runsync?wait=300001", JOB("hello")), 400);
    refused(call(&s, "POST", "/v2/local/runsync?wait=soon", JOB("hello")), 400);
    refused(call(&s, "GET", "/v2/local/status-sync/x?wait=1", NULL), 400);
    expect_health(&s, 0, 0, 0, 0, 0);
    close_studio(&s);
}

static void test_bad_bodies_are_refused_and_queue_nothing(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    static const char *const bad[] = {
        "",
        "hello",
        "[1]",
        "{}",
        "{\"input\":null}",
        "{\"input\":{}}",
        "{\"input\":[\"text\"]}",
        "{\"input\":{\"text\":\"a\xff\"}}",
        "{\"input\":{\"text\":\"a\"}} x",
        "{\"input\":{\"text\":\"a\"},\"input\":{\"text\":\"b\"}}",
        "{\"input\":{\"text\":\"a\"},\"policy\":3}",
        "{\"input\":{\"text\":\"a\"},\"policy\":{\"ttl\":1}}",
        "{\"input\":{\"text\":\"a\"},\"policy\":{\"ttl\":{}}}",
        "{\"input\":{\"text\":\"a\"},\"policy\":{\"executionTimeout\":0}}",
        "{\"input\":{\"text\":\"a\"},\"policy\":{\"lowPriority\":1}}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refused(call(&s, "POST", "/v2/local/run", bad[i]), 400);
        refused(call(&s, "POST", "/v2/local/runsync", bad[i]), 400);
    }
    size_t length = TTSS_HTTP_BODY_MAX + 1;
    char *large = malloc(length);
    assert_non_null(large);
    memset(large, ' ', length);
    refused(call_with(&s, "POST", "/v2/local/run", "", large, length), 413);
    refused(call_with(&s, "POST", "/v2/local/run", "", large, length - 1), 400);
    free(large);
    assert_int_equal(atomic_load(&s.takes), 0);
    expect_health(&s, 0, 0, 0, 0, 0);
    close_studio(&s);
}

static void count_secrets(int32_t level, const char *module, const char *line, void *user_data) {
    (void)level;
    (void)module;
    if (strstr(line, "open sesame") || strstr(line, "sesame-27"))
        atomic_fetch_add((atomic_int *)user_data, 1);
}

static void test_the_key(void **state) {
    (void)state;
    studio s;
    atomic_int secrets = 0;
    ttsslice_logger logger = TTSSLICE_LOGGER_INIT;
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    logger.fn = count_secrets;
    logger.user_data = &secrets;
    logger.level = TTSSLICE_LOG_DEBUG;
    options.logger = &logger;
    options.api_key = "sesame-27";
    open_studio(&s, &options);
    static const struct {
        const char *header;
        int status;
    } cases[] = {
        {"", 401},
        {"Authorization: \r\n", 401},
        {"Authorization: Bearer\r\n", 401},
        {"Authorization: Bearer sesame-2\r\n", 401},
        {"Authorization: Bearer sesame-277\r\n", 401},
        {"Authorization: Bearer sesame-27sesame-27\r\n", 401},
        {"Authorization: Basic sesame-27\r\n", 401},
        {"Authorization: Bearer sesame-27\r\n", 200},
        {"authorization: bearer sesame-27\r\n", 200},
        {"Authorization: sesame-27\r\n", 200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reply r = call_with(&s, "GET", "/v2/local/health", cases[i].header, "", 0);
        assert_int_equal(r.status, cases[i].status);
        assert_true(json_is_object(r.body));
        json_decref(r.body);
    }
    refused(call(&s, "POST", "/v2/local/run", JOB("hello")), 401);
    refused(call(&s, "GET", "/nowhere", NULL), 401);
    assert_int_equal(atomic_load(&s.takes), 0);
    close_studio(&s);
    assert_int_equal(atomic_load(&secrets), 0);
}

static void test_planned_failures_come_in_a_fixed_order(void **state) {
    (void)state;
    char order[3][33] = {{0}};
    for (int round = 0; round < 3; round++) {
        studio s;
        ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
        options.fail_rate = 0.5;
        options.fail_seed = round < 2 ? 11 : 12;
        open_studio(&s, &options);
        for (int i = 0; i < 32; i++) {
            reply r = call(&s, "POST", "/v2/local/run", JOB("hello"));
            assert_true(r.status == 200 || r.status == 500);
            order[round][i] = r.status == 200 ? '.' : 'x';
            assert_true(json_is_object(r.body));
            json_decref(r.body);
        }
        close_studio(&s);
    }
    assert_string_equal(order[0], order[1]);
    assert_string_not_equal(order[0], order[2]);
    assert_non_null(strchr(order[0], 'x'));
    assert_non_null(strchr(order[0], '.'));
}

/* --- queue, cancel, purge ------------------------------------------------------------------- */

static void test_what_waits_can_be_cancelled_and_never_runs(void **state) {
    (void)state;
    studio s;
    char first[TTSS_TASK_ID_MAX], second[TTSS_TASK_ID_MAX];
    open_plain(&s);
    run(&s, JOB("hold"), first);
    enter(&s);
    run(&s, JOB("hello"), second);
    expect_state(&s, "GET", "status", first, "IN_PROGRESS");
    expect_state(&s, "GET", "status", second, "IN_QUEUE");
    expect_health(&s, 0, 0, 1, 1, 1);
    expect_state(&s, "POST", "cancel", second, "CANCELLED");
    expect_state(&s, "GET", "status", second, "CANCELLED");
    expect_state(&s, "POST", "cancel", second, "CANCELLED");
    expect_health(&s, 0, 0, 1, 0, 1);
    sem_post(&s.go);
    expect_state(&s, "GET", "status-sync", first, "COMPLETED");
    expect_state(&s, "POST", "cancel", first, "COMPLETED");
    assert_int_equal(atomic_load(&s.takes), 1);
    close_studio(&s);
}

static void test_the_result_of_a_cancelled_job_is_dropped(void **state) {
    (void)state;
    studio s;
    char id[TTSS_TASK_ID_MAX];
    open_plain(&s);
    run(&s, JOB("hold"), id);
    enter(&s);
    expect_state(&s, "POST", "cancel", id, "CANCELLED");
    expect_health(&s, 0, 0, 0, 0, 1);
    sem_post(&s.go);
    json_decref(call(&s, "POST", "/v2/local/runsync", JOB("hello")).body);
    expect_state(&s, "GET", "status", id, "CANCELLED");
    expect_health(&s, 1, 0, 0, 0, 0);
    close_studio(&s);
}

static void test_a_full_queue_and_its_purge(void **state) {
    (void)state;
    studio s;
    char first[TTSS_TASK_ID_MAX], queued[2][TTSS_TASK_ID_MAX];
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    options.max_queue = 2;
    open_studio(&s, &options);
    run(&s, JOB("hold"), first);
    enter(&s);
    run(&s, JOB("hello"), queued[0]);
    run(&s, JOB("hello"), queued[1]);
    reply r = call(&s, "POST", "/v2/local/run", JOB("hello"));
    assert_non_null(strstr(r.head, "Retry-After: 1"));
    refused(r, 429);
    refused(call(&s, "POST", "/v2/local/runsync", JOB("hello")), 429);
    r = call(&s, "POST", "/v2/local/purge-queue", NULL);
    assert_int_equal(json_integer_value(json_object_get(r.body, "removed")), 2);
    assert_string_equal(text_of(r.body, "status"), "completed");
    json_decref(r.body);
    expect_state(&s, "GET", "status", queued[0], "CANCELLED");
    expect_state(&s, "GET", "status", queued[1], "CANCELLED");
    sem_post(&s.go);
    expect_state(&s, "GET", "status-sync", first, "COMPLETED");
    close_studio(&s);
}

typedef struct caller {
    const studio *s;
    const char *path;
    const char *body;
    pthread_t thread;
    char status[16];
} caller;

static void *call_in_background(void *argument) {
    caller *c = argument;
    reply r = call(c->s, "POST", c->path, c->body);
    snprintf(c->status, sizeof c->status, "%s", text_of(r.body, "status"));
    json_decref(r.body);
    return NULL;
}

static void test_cancel_ends_a_long_poll(void **state) {
    (void)state;
    studio s;
    char id[TTSS_TASK_ID_MAX], path[160];
    open_plain(&s);
    run(&s, JOB("hold"), id);
    enter(&s);
    snprintf(path, sizeof path, "/v2/local/status-sync/%s?wait=300000", id);
    caller waiting = {.s = &s, .path = path, .body = ""};
    assert_int_equal(pthread_create(&waiting.thread, NULL, call_in_background, &waiting), 0);
    expect_state(&s, "POST", "cancel", id, "CANCELLED");
    pthread_join(waiting.thread, NULL);
    assert_string_equal(waiting.status, "CANCELLED");
    sem_post(&s.go);
    close_studio(&s);
}

static void *stop_in_background(void *argument) {
    ttsslice_server_free(argument);
    return NULL;
}

static void test_stopping_drops_the_queue_and_waits_for_what_runs(void **state) {
    (void)state;
    studio s;
    pthread_t stopper;
    open_plain(&s);
    caller running = {.s = &s, .path = "/v2/local/runsync?wait=300000", .body = JOB("hold")};
    caller queued = {.s = &s, .path = "/v2/local/runsync?wait=300000", .body = JOB("hello")};
    assert_int_equal(pthread_create(&running.thread, NULL, call_in_background, &running), 0);
    enter(&s);
    assert_int_equal(pthread_create(&queued.thread, NULL, call_in_background, &queued), 0);
    for (json_int_t n = 0; n == 0;) { /* until it is in the queue */
        reply r = call(&s, "GET", "/v2/local/health", NULL);
        n = number_of(r.body, "jobs", "inQueue");
        json_decref(r.body);
    }
    assert_int_equal(pthread_create(&stopper, NULL, stop_in_background, s.server), 0);
    pthread_join(queued.thread, NULL);
    assert_string_equal(queued.status, "CANCELLED");
    sem_post(&s.go);
    pthread_join(running.thread, NULL);
    assert_string_equal(running.status, "COMPLETED");
    pthread_join(stopper, NULL);
    assert_int_equal(dial(s.port), -1);
    assert_int_equal(atomic_load(&s.takes), 1);
    s.server = NULL;
    close_studio(&s);
}

static void test_latency_is_added_and_can_be_cut_short(void **state) {
    (void)state;
    studio s;
    char id[TTSS_TASK_ID_MAX];
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    options.latency_s = 0.05;
    open_studio(&s, &options);
    reply r = call(&s, "POST", "/v2/local/runsync", JOB("hello"));
    assert_true(json_integer_value(json_object_get(r.body, "executionTime")) >= 50);
    json_decref(r.body);
    close_studio(&s);

    options.latency_s = 60.0;
    open_studio(&s, &options);
    run(&s, JOB("hello"), id);
    for (json_int_t n = 0; n == 0;) { /* until a worker has it */
        r = call(&s, "GET", "/v2/local/health", NULL);
        n = number_of(r.body, "jobs", "inProgress");
        json_decref(r.body);
    }
    expect_state(&s, "POST", "cancel", id, "CANCELLED");
    for (json_int_t n = 1; n != 0;) {
        r = call(&s, "GET", "/v2/local/health", NULL);
        n = number_of(r.body, "workers", "running");
        json_decref(r.body);
    }
    assert_int_equal(atomic_load(&s.takes), 0);
    run(&s, JOB("hello"), id);
    close_studio(&s);
}

static void test_many_clients_at_once(void **state) {
    (void)state;
    enum { CLIENTS = 24 };
    studio s;
    caller callers[CLIENTS];
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    options.workers = 4;
    options.latency_s = 0.002;
    open_studio(&s, &options);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < CLIENTS; i++) {
            callers[i] = (caller){.s = &s, .path = "/v2/local/runsync", .body = JOB("hello")};
            assert_int_equal(
                pthread_create(&callers[i].thread, NULL, call_in_background, &callers[i]), 0);
        }
        for (int i = 0; i < CLIENTS; i++) {
            pthread_join(callers[i].thread, NULL);
            assert_string_equal(callers[i].status, "COMPLETED");
        }
    }
    expect_health(&s, 3 * CLIENTS, 0, 0, 0, 0);
    close_studio(&s);
}

static void test_clients_that_go_away(void **state) {
    (void)state;
    static const char half[] =
        "POST /v2/local/run HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{";
    char whole[256];
    studio s;
    open_plain(&s);
    int fd = dial(s.port);
    send_all(fd, half, strlen(half));
    close(fd);
    fd = dial(s.port);
    send_all(fd, "\x16\x03\x01 no HTTP\r\n\r\n", 14);
    close(fd);
    fd = dial(s.port);
    int n = snprintf(whole, sizeof whole,
                     "POST /v2/local/runsync HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%s",
                     strlen(JOB("hold")), JOB("hold"));
    send_all(fd, whole, (size_t)n);
    enter(&s);
    close(fd);
    sem_post(&s.go);
    json_decref(call(&s, "POST", "/v2/local/runsync", JOB("hello")).body);
    expect_health(&s, 2, 0, 0, 0, 0);
    close_studio(&s);
}

/* --- options -------------------------------------------------------------------------------- */

static void test_options_out_of_range(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    ttsslice_server *server = NULL;
    ttsslice_server_options good = TTSSLICE_SERVER_OPTIONS_INIT;
    good.handler = s.handler;
#define BAD(member, value)                                                                         \
    do {                                                                                           \
        ttsslice_server_options bad = good;                                                        \
        ttsslice_error err = TTSSLICE_ERROR_INIT;                                                  \
        bad.member = value;                                                                        \
        assert_int_equal(ttsslice_server_new(&bad, &server, &err), TTSSLICE_ERR_INVALID);          \
        assert_true(err.message[0]);                                                               \
        assert_null(server);                                                                       \
    } while (0)
    BAD(handler, NULL);
    BAD(port, -1);
    BAD(port, 65536);
    BAD(workers, 0);
    BAD(workers, 65);
    BAD(latency_s, -0.1);
    BAD(latency_s, 61.0);
    BAD(fail_rate, 1.5);
    BAD(fail_rate, 0.0 / 0.0);
    BAD(max_queue, 0);
    BAD(retention_s, -1);
    BAD(host, "localhost");
    BAD(host, "");
    BAD(endpoint_id, "");
    BAD(endpoint_id, "a/b");
    BAD(api_key, "two words");
    BAD(api_key, "line\r\nX-Header: 1");
#undef BAD
    assert_int_equal(ttsslice_server_new(NULL, &server, NULL), TTSSLICE_ERR_INVALID);
    assert_int_equal(ttsslice_server_new(&good, NULL, NULL), TTSSLICE_ERR_INVALID);
    good.size = 3;
    assert_int_equal(ttsslice_server_new(&good, &server, NULL), TTSSLICE_ERR_OPTION);
    ttsslice_server_free(NULL);
    close_studio(&s);
}

static void test_a_taken_port_is_named(void **state) {
    (void)state;
    studio s;
    char port[16];
    ttsslice_server *second = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    open_plain(&s);
    options.handler = s.handler;
    options.port = s.port;
    snprintf(port, sizeof port, "%d", s.port);
    assert_int_equal(ttsslice_server_new(&options, &second, &err), TTSSLICE_ERR_SYSTEM);
    assert_non_null(strstr(err.message, port));
    assert_null(second);
    close_studio(&s);
}

static void test_the_endpoint(void **state) {
    (void)state;
    studio s;
    char expected[80];
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    options.endpoint_id = "My_Voice-1";
    options.host = "0.0.0.0";
    open_studio(&s, &options);
    snprintf(expected, sizeof expected, "http://127.0.0.1:%d/v2/My_Voice-1", s.port);
    assert_string_equal(ttsslice_server_endpoint(s.server), expected);
    reply r = call(&s, "GET", "/v2/My_Voice-1/health", NULL);
    assert_int_equal(r.status, 200);
    json_decref(r.body);
    assert_string_equal(ttsslice_server_endpoint(NULL), "");
    close_studio(&s);
}

static int make_server(void *argument) {
    ttsslice_server_options options = TTSSLICE_SERVER_OPTIONS_INIT;
    ttsslice_server *server = NULL;
    options.handler = argument;
    options.api_key = "k";
    int32_t code = ttsslice_server_new(&options, &server, NULL);
    ttsslice_server_free(server);
    return code;
}

static void test_start_without_memory(void **state) {
    (void)state;
    studio s;
    open_plain(&s);
    assert_survives_alloc_failure(make_server, s.handler);
    close_studio(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_job_from_run_to_its_result),
        cmocka_unit_test(test_runsync_gives_the_finished_job),
        cmocka_unit_test(test_runsync_gives_up_waiting_and_the_job_goes_on),
        cmocka_unit_test(test_results_of_megabytes_arrive_whole),
        cmocka_unit_test(test_a_failure_shows_its_reason),
        cmocka_unit_test(test_paths_and_methods),
        cmocka_unit_test(test_bad_bodies_are_refused_and_queue_nothing),
        cmocka_unit_test(test_the_key),
        cmocka_unit_test(test_planned_failures_come_in_a_fixed_order),
        cmocka_unit_test(test_what_waits_can_be_cancelled_and_never_runs),
        cmocka_unit_test(test_the_result_of_a_cancelled_job_is_dropped),
        cmocka_unit_test(test_a_full_queue_and_its_purge),
        cmocka_unit_test(test_cancel_ends_a_long_poll),
        cmocka_unit_test(test_stopping_drops_the_queue_and_waits_for_what_runs),
        cmocka_unit_test(test_latency_is_added_and_can_be_cut_short),
        cmocka_unit_test(test_many_clients_at_once),
        cmocka_unit_test(test_clients_that_go_away),
        cmocka_unit_test(test_options_out_of_range),
        cmocka_unit_test(test_a_taken_port_is_named),
        cmocka_unit_test(test_the_endpoint),
        cmocka_unit_test(test_start_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
