/* SPDX-License-Identifier: MIT */
/* HTTP side of the local server; see server_http.h. One polling thread of libmicrohttpd serves all
 * connections; a long poll suspends its connection and is resumed by whoever finishes the task, or
 * by the schedule at the end of its wait. What is wrong with a request is known from its head; the
 * body is read to its end all the same, so that clients see the answer and not a broken
 * connection. The protocol is that of RunPod's serverless endpoints. */
#include "handler/server_http.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/num.h"

#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_LEAST_MS   1000
#define WAIT_MOST_MS    300000
#define WAIT_DEFAULT_MS 90000
#define DROPPED_MOST    ((size_t)64 * 1024 * 1024) /* of a body that is read for politeness */
#define IDLE_S          120u
#define CONNECTIONS     1000u

typedef enum MHD_Result verdict;

typedef struct http_request http_request;

typedef struct http_route {
    const char *name;
    bool with_id;
    bool get;
    bool post;
    verdict (*answer)(http_request *request);
} http_route;

struct http_request {
    ttss_http *http;
    struct MHD_Connection *connection;
    const http_route *route; /* NULL: refused */
    const char *id;          /* of the job in the path; in `path` */
    char *path;
    unsigned refusal; /* HTTP status; 0: none */
    const char *reason;
    const char *header; /* of a refusal, with its value; or NULL */
    const char *header_value;
    ttss_buf body;
    size_t dropped;
    int64_t wait_ms;
    ttss_task *task;
    bool waited;
    ttss_waiter waiter;
};

/* --- replies -------------------------------------------------------------------------------- */

static verdict queue_reply(http_request *request, unsigned status, struct MHD_Response *response) {
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    if (request->header)
        MHD_add_response_header(response, request->header, request->header_value);
    verdict result = MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* Text from malloc, taken over; without memory for it the connection is closed. */
static verdict reply_text(http_request *request, unsigned status, char *text) {
    if (!text)
        return MHD_NO;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (!response)
        free(text);
    return queue_reply(request, status, response);
}

static verdict reply_error(http_request *request, unsigned status, const char *message) {
    json_t *object = json_pack("{s:s}", "error", message);
    char *text = ttss_json_dump(object, false);
    json_decref(object);
    ttss_log(&request->http->logger, TTSSLICE_LOG_DEBUG, "server", "%s: %u %s", request->path,
             status, message);
    return reply_text(request, status, text);
}

static verdict reply_refusal(http_request *request, unsigned status, const char *message,
                             const char *header, const char *value) {
    request->header = header;
    request->header_value = value;
    return reply_error(request, status, message);
}

static verdict reply_state(http_request *request, const char *id, ttss_task_state state) {
    ttss_buf buf;
    ttss_buf_init(&buf, 1024);
    ttss_buf_printf(&buf, "{\"id\":\"%s\",\"status\":\"%s\"%s}", id, ttss_task_state_name(state),
                    state == TTSS_TASK_FAILED ? ",\"error\":\"out of memory\"" : "");
    return reply_text(request, MHD_HTTP_OK, ttss_buf_take(&buf));
}

static void release_task(void *task) {
    ttss_task_unref(task);
}

/* The reply of a finished task is sent from where it lies; the response keeps the task alive. */
static verdict reply_task(http_request *request) {
    ttss_task *task = request->task;
    ttss_task_state state = ttss_tasks_state(request->http->tasks, task);
    if (!ttss_task_is_final(state) || !task->reply)
        return reply_state(request, task->id, state);
    ttss_refs_take(&task->refs);
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        task->reply_length, task->reply, release_task, task);
    if (!response)
        ttss_task_unref(task);
    return queue_reply(request, MHD_HTTP_OK, response);
}

/* --- long polls ----------------------------------------------------------------------------- */

static void resume(void *connection) {
    MHD_resume_connection(connection);
}

/* Called again by libmicrohttpd once the connection was resumed. */
static verdict reply_when_done(http_request *request) {
    ttss_tasks *tasks = request->http->tasks;
    if (request->waited || ttss_task_is_final(ttss_tasks_state(tasks, request->task)))
        return reply_task(request);
    request->waited = true;
    request->waiter = (ttss_waiter){
        .task = request->task,
        .deadline_ms = ttss_now_ms(&ttss_system_clock) + request->wait_ms,
        .wake = resume,
        .user_data = request->connection,
    };
    /* In this order: a connection must not be resumed before it was suspended. */
    MHD_suspend_connection(request->connection);
    if (!ttss_tasks_wait(tasks, &request->waiter))
        MHD_resume_connection(request->connection);
    return MHD_YES;
}

/* False after an answer, whose verdict is in *result. */
static bool read_wait(http_request *request, verdict *result) {
    const char *text =
        MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "wait");
    request->wait_ms = WAIT_DEFAULT_MS;
    if (!text || ttss_int_parse(text, WAIT_LEAST_MS, WAIT_MOST_MS, &request->wait_ms))
        return true;
    *result = reply_error(request, MHD_HTTP_BAD_REQUEST,
                          "wait is invalid; must be between 1000 and 300000");
    return false;
}

/* --- submission ----------------------------------------------------------------------------- */

/* Fills *task with the job as the handler gets it, {"id": ..., "input": ...}. */
static int32_t read_job(const ttss_buf *body, ttss_task *task, int64_t *ttl_ms,
                        ttsslice_error *err) {
    json_t *envelope = NULL, *job = NULL;
    const json_t *input = NULL, *policy = NULL;
    int64_t execution_timeout = 0;
    bool low_priority = false;
    int32_t code = ttss_json_parse_object(body->data ? body->data : "", body->length, "the body",
                                          &envelope, err);
    if (!code)
        code = ttss_json_get_object(envelope, "input", &input, err);
    if (!code && json_object_size(input) == 0)
        code =
            ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "\"input\" must be an object that is not empty");
    if (!code)
        code = ttss_json_get_object(envelope, "policy", &policy, err);
    if (!code && policy)
        code = ttss_json_get_int(policy, "ttl", 10000, 604800000, ttl_ms, err);
    if (!code && policy)
        code =
            ttss_json_get_int(policy, "executionTimeout", 5000, 604800000, &execution_timeout, err);
    if (!code && policy)
        code = ttss_json_get_bool(policy, "lowPriority", &low_priority, err);
    if (code)
        goto out;
    job = json_pack("{s:s, s:O}", "id", task->id, "input", (json_t *)input);
    task->job = ttss_json_dump(job, false);
    if (task->job)
        task->job_length = strlen(task->job);
    else
        code = ttss_nomem(err);
out:
    json_decref(job);
    json_decref(envelope);
    return code;
}

/* Puts the body's job into the queue. False after an answer, whose verdict is in *result. */
static bool submit(http_request *request, const char *id_prefix, verdict *result) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    int64_t ttl_ms = 0;
    ttss_task *task = ttss_task_new(id_prefix, &err);
    int32_t code = task ? read_job(&request->body, task, &ttl_ms, &err) : err.code;
    ttss_buf_free(&request->body);
    if (code) {
        bool bad = code == TTSSLICE_ERR_PROTOCOL;
        *result = reply_error(request, bad ? MHD_HTTP_BAD_REQUEST : MHD_HTTP_INTERNAL_SERVER_ERROR,
                              err.message);
    } else if (!ttss_tasks_add(request->http->tasks, task, ttl_ms)) {
        code = TTSSLICE_ERR_HTTP;
        *result =
            reply_refusal(request, MHD_HTTP_TOO_MANY_REQUESTS, "the queue is full; try again later",
                          MHD_HTTP_HEADER_RETRY_AFTER, "1");
    }
    if (!code) {
        ttss_log(&request->http->logger, TTSSLICE_LOG_DEBUG, "server", "%s: queued", task->id);
        request->task = task;
        return true;
    }
    ttss_task_unref(task);
    return false;
}

static bool planned_failure(ttss_http *http) {
    return http->fail_rate > 0.0 && ttss_draw_unit(&http->fail_state) < http->fail_rate;
}

static verdict answer_run(http_request *request) {
    verdict result = MHD_NO;
    if (planned_failure(request->http))
        return reply_error(request, MHD_HTTP_INTERNAL_SERVER_ERROR, "failed on purpose");
    if (!submit(request, "", &result))
        return result;
    /* Not the state it has by now: /run answers before the work begins. */
    return reply_state(request, request->task->id, TTSS_TASK_IN_QUEUE);
}

static verdict answer_runsync(http_request *request) {
    verdict result = MHD_NO;
    if (!request->task && !read_wait(request, &result))
        return result;
    if (!request->task && !submit(request, "sync-", &result))
        return result;
    return reply_when_done(request);
}

/* --- the other operations ------------------------------------------------------------------- */

/* False after an answer, whose verdict is in *result. */
static bool find_task(http_request *request, verdict *result) {
    if (!request->task)
        request->task = ttss_tasks_find(request->http->tasks, request->id);
    if (!request->task)
        *result = reply_error(request, MHD_HTTP_NOT_FOUND,
                              "there is no job with this id, or its time is over");
    return request->task != NULL;
}

static verdict answer_status(http_request *request) {
    verdict result = MHD_NO;
    return find_task(request, &result) ? reply_task(request) : result;
}

static verdict answer_status_sync(http_request *request) {
    verdict result = MHD_NO;
    if (!request->task && !read_wait(request, &result))
        return result;
    return find_task(request, &result) ? reply_when_done(request) : result;
}

static verdict answer_cancel(http_request *request) {
    verdict result = MHD_NO;
    if (!find_task(request, &result))
        return result;
    ttss_task_state state = ttss_tasks_cancel(request->http->tasks, request->task);
    return reply_state(request, request->task->id, state);
}

static verdict answer_purge_queue(http_request *request) {
    ttss_buf buf;
    ttss_buf_init(&buf, 1024);
    ttss_buf_printf(&buf, "{\"removed\":%zu,\"status\":\"completed\"}",
                    ttss_tasks_purge(request->http->tasks));
    return reply_text(request, MHD_HTTP_OK, ttss_buf_take(&buf));
}

static verdict answer_health(http_request *request) {
    ttss_task_counts counts = ttss_tasks_count(request->http->tasks);
    size_t idle = request->http->worker_count - counts.busy;
    ttss_buf buf;
    ttss_buf_init(&buf, 4096);
    ttss_buf_printf(&buf,
                    "{\"jobs\":{\"completed\":%zu,\"failed\":%zu,\"inProgress\":%zu,"
                    "\"inQueue\":%zu,\"retried\":0},\"workers\":{\"idle\":%zu,\"initializing\":0,"
                    "\"ready\":%zu,\"running\":%zu,\"throttled\":0,\"unhealthy\":0}}",
                    counts.completed, counts.failed, counts.running, counts.queued, idle, idle,
                    counts.busy);
    return reply_text(request, MHD_HTTP_OK, ttss_buf_take(&buf));
}

/* --- reading a request ---------------------------------------------------------------------- */

static const http_route routes[] = {
    {"run", false, false, true, answer_run},
    {"runsync", false, false, true, answer_runsync},
    {"status", true, true, true, answer_status},
    {"status-sync", true, true, true, answer_status_sync},
    {"cancel", true, false, true, answer_cancel},
    {"purge-queue", false, false, true, answer_purge_queue},
    {"health", false, true, false, answer_health},
};

static const char *allowed(const http_route *route) {
    if (route->get)
        return route->post ? "GET, POST" : "GET";
    return "POST";
}

/* Takes as long whatever the difference is. */
static bool same_secret(const char *given, const char *secret) {
    size_t length = strlen(given), wanted = strlen(secret);
    unsigned char difference = length != wanted;
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)given[i] ^ (unsigned char)secret[i % wanted];
    return difference == 0;
}

static bool has_key(const http_request *request) {
    const char *key = request->http->api_key;
    if (!key[0])
        return true;
    const char *given = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND,
                                                    MHD_HTTP_HEADER_AUTHORIZATION);
    if (!given)
        return false;
    if (strncasecmp(given, "Bearer ", 7) == 0)
        given += 7;
    return same_secret(given, key);
}

/* Splits /v2/ID/NAME[/JOB]; NULL if there is no such route. */
static const http_route *find_route(http_request *request) {
    size_t length = strlen(request->http->prefix);
    if (strncmp(request->path, request->http->prefix, length) != 0 || request->path[length] != '/')
        return NULL;
    const char *name = request->path + length + 1;
    const char *slash = strchr(name, '/');
    size_t name_length = slash ? (size_t)(slash - name) : strlen(name);
    request->id = slash ? slash + 1 : "";
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
        if (strlen(routes[i].name) == name_length &&
            memcmp(routes[i].name, name, name_length) == 0 &&
            routes[i].with_id == (slash != NULL) && routes[i].with_id == (request->id[0] != '\0'))
            return &routes[i];
    return NULL;
}

static void refuse(http_request *request, unsigned status, const char *reason) {
    request->refusal = status;
    request->reason = reason;
}

/* Judges the head of a request. */
static void read_head(http_request *request, const char *method) {
    bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0;
    bool is_post = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
    if (!has_key(request)) {
        refuse(request, MHD_HTTP_UNAUTHORIZED, "the key is missing or wrong");
        request->header = MHD_HTTP_HEADER_WWW_AUTHENTICATE;
        request->header_value = "Bearer";
        return;
    }
    const http_route *route = find_route(request);
    if (!route) {
        refuse(request, MHD_HTTP_NOT_FOUND, "there is nothing at this path");
    } else if ((is_get && !route->get) || (is_post && !route->post) || (!is_get && !is_post)) {
        refuse(request, MHD_HTTP_METHOD_NOT_ALLOWED, "this path does not take this method");
        request->header = MHD_HTTP_HEADER_ALLOW;
        request->header_value = allowed(route);
    } else {
        request->route = route;
    }
}

static http_request *begin_request(ttss_http *http, struct MHD_Connection *connection,
                                   const char *url, const char *method) {
    http_request *made = ttss_new(http_request);
    char *path = ttss_strdup(url);
    if (!made || !path) {
        free(made);
        free(path);
        return NULL;
    }
    made->http = http;
    made->connection = connection;
    made->path = path;
    ttss_buf_init(&made->body, TTSS_HTTP_BODY_MAX);
    read_head(made, method);
    pthread_mutex_lock(&http->lock);
    http->open++;
    pthread_mutex_unlock(&http->lock);
    return made;
}

static verdict read_body(http_request *request, const char *bytes, size_t length) {
    if (!request->refusal && length > TTSS_HTTP_BODY_MAX - request->body.length) {
        refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, "the body is larger than 10 MiB");
        ttss_buf_free(&request->body);
    }
    if (!request->refusal)
        return ttss_buf_add(&request->body, bytes, length) ? MHD_YES : MHD_NO;
    request->dropped += length;
    return request->dropped <= DROPPED_MOST ? MHD_YES : MHD_NO;
}

static verdict on_request(void *user_data, struct MHD_Connection *connection, const char *url,
                          const char *method, const char *version, const char *bytes,
                          size_t *length, void **state) {
    http_request *request = *state;
    (void)version;
    if (!request) {
        *state = begin_request(user_data, connection, url, method);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*length) {
        verdict result = read_body(request, bytes, *length);
        *length = 0;
        return result;
    }
    if (request->refusal)
        return reply_error(request, request->refusal, request->reason);
    return request->route->answer(request);
}

static void on_completed(void *user_data, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode reason) {
    ttss_http *http = user_data;
    http_request *request = *state;
    (void)connection;
    (void)reason;
    if (!request)
        return;
    *state = NULL;
    ttss_task_unref(request->task);
    ttss_buf_free(&request->body);
    free(request->path);
    free(request);
    pthread_mutex_lock(&http->lock);
    if (--http->open == 0)
        pthread_cond_signal(&http->served);
    pthread_mutex_unlock(&http->lock);
}

/* --- start and stop ------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 0))) static void on_log(void *user_data, const char *format,
                                                         va_list args) {
    const ttss_http *http = user_data;
    char line[512];
    vsnprintf(line, sizeof line, format, args);
    ttss_log(&http->logger, TTSSLICE_LOG_DEBUG, "server", "libmicrohttpd: %s", line);
}

/* libmicrohttpd closes the socket on some of its ways to fail and leaves it open on others; the
 * number alone may be somebody else's file by then. */
static void close_if_same(int socket, const struct stat *before) {
    struct stat now;
    if (fstat(socket, &now) == 0 && now.st_dev == before->st_dev && now.st_ino == before->st_ino)
        close(socket);
}

int32_t ttss_http_start(ttss_http *http, int socket, ttsslice_error *err) {
    pthread_condattr_t monotonic;
    sigset_t all, before;
    struct stat identity = {0};
    fstat(socket, &identity);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&http->lock, NULL);
    pthread_cond_init(&http->served, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    http->daemon = MHD_start_daemon(
        MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        on_request, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, (void *)http,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, (void *)http, MHD_OPTION_LISTEN_SOCKET,
        (MHD_socket)socket, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_S, MHD_OPTION_CONNECTION_LIMIT,
        CONNECTIONS, MHD_OPTION_END);
    int reason = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (http->daemon) {
        http->socket = socket;
        return 0;
    }
    close_if_same(socket, &identity);
    pthread_cond_destroy(&http->served);
    pthread_mutex_destroy(&http->lock);
    return ttss_fail(err, TTSSLICE_ERR_SYSTEM, "the HTTP server does not start (errno %d)", reason);
}

/* The socket must stay open until the daemon has stopped; shut down it refuses connections. */
void ttss_http_quiesce(ttss_http *http) {
    if (MHD_quiesce_daemon(http->daemon) == MHD_INVALID_SOCKET)
        http->socket = -1; /* the daemon closes it */
    else
        shutdown(http->socket, SHUT_RDWR);
}

void ttss_http_stop(ttss_http *http) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&http->lock);
    while (http->open && pthread_cond_timedwait(&http->served, &http->lock, &until) != ETIMEDOUT)
        ;
    pthread_mutex_unlock(&http->lock);
    MHD_stop_daemon(http->daemon);
    if (http->socket >= 0)
        close(http->socket);
    pthread_cond_destroy(&http->served);
    pthread_mutex_destroy(&http->lock);
}
