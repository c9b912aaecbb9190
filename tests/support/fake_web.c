/* SPDX-License-Identifier: MIT */
/* The scripted service; see fake_web.h. One poll() loop; a request is answered as soon as it has
 * been read whole. */
#define _GNU_SOURCE /* strcasestr, memmem */
#include "fake_web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX  64
#define REQUESTS_MAX 2048

typedef struct client {
    int fd;
    char *bytes;
    size_t length, capacity;
    bool hung; /* gets no answer any more */
} client;

typedef struct request {
    char method[16], path[256];
    char *head, *body;
    size_t size;
} request;

struct fake_web {
    const fake_web_route *routes;
    size_t route_count;
    char url[64];
    int listener;
    int stop[2]; /* a pipe; its closing ends the thread */
    pthread_t thread;
    client clients[CLIENTS_MAX];
    size_t client_count;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    request requests[REQUESTS_MAX];
    size_t request_count;
};

/* --- answers ------------------------------------------------------------------------------- */

static void send_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void send_reply(int fd, const fake_web_answer *answer) {
    char head[1024];
    const char *type = answer->type ? answer->type : "application/json";
    const char *body = answer->body ? answer->body : "";
    const size_t size = answer->size ? answer->size : strlen(body);
    int n = snprintf(head, sizeof head, "HTTP/1.1 %d Scripted\r\n%s%s%s%s%s",
                     answer->status ? answer->status : 200, type[0] ? "Content-Type: " : "", type,
                     type[0] ? "\r\n" : "", answer->header ? answer->header : "",
                     answer->header ? "\r\n" : "");
    if (answer->chunked)
        n += snprintf(head + n, sizeof head - (size_t)n,
                      "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", size);
    else
        n += snprintf(head + n, sizeof head - (size_t)n, "Content-Length: %zu\r\n\r\n", size);
    send_all(fd, head, (size_t)n);
    send_all(fd, body, answer->kind == FAKE_WEB_CUT ? size / 2 : size);
    if (answer->chunked && answer->kind == FAKE_WEB_REPLY)
        send_all(fd, "\r\n0\r\n\r\n", 7);
}

/* True if the connection may go on. */
static bool play(client *c, const fake_web_answer *answer) {
    if (answer->kind == FAKE_WEB_HANG)
        c->hung = true;
    else if (answer->kind != FAKE_WEB_CLOSE)
        send_reply(c->fd, answer);
    return answer->kind == FAKE_WEB_REPLY || answer->kind == FAKE_WEB_HANG;
}

static bool is_of(const request *r, const char *method, const char *path) {
    return (!method || strcmp(r->method, method) == 0) && (!path || strcmp(r->path, path) == 0);
}

static int count_locked(const fake_web *fake, const char *method, const char *path) {
    int count = 0;
    for (size_t i = 0; i < fake->request_count; i++)
        count += is_of(&fake->requests[i], method, path);
    return count;
}

/* The answer to the last request kept. */
static fake_web_answer answer_of(const fake_web *fake, const request *r) {
    for (size_t i = 0; i < fake->route_count; i++) {
        const fake_web_route *route = &fake->routes[i];
        if (!is_of(r, route->method, route->path))
            continue;
        int turn = count_locked(fake, route->method, route->path) - 1;
        for (int n = 0; n < FAKE_WEB_ANSWERS && n <= turn; n++)
            if (n == turn || route->answers[n].last)
                return route->answers[n];
        return (fake_web_answer){.status = 500, .body = "{\"error\":\"the script is over\"}"};
    }
    return (fake_web_answer){.status = 404, .body = "{\"error\":\"no such path\"}"};
}

static bool take(fake_web *fake, client *c, size_t head, size_t body) {
    pthread_mutex_lock(&fake->lock);
    if (fake->request_count == REQUESTS_MAX)
        abort();
    request *r = &fake->requests[fake->request_count];
    r->head = strndup(c->bytes, head);
    r->body = malloc(body + 1);
    memcpy(r->body, c->bytes + head, body);
    r->body[body] = '\0';
    r->size = body;
    sscanf(r->head, "%15s %255s", r->method, r->path);
    fake->request_count++;
    const fake_web_answer answer = answer_of(fake, r);
    pthread_cond_broadcast(&fake->changed);
    pthread_mutex_unlock(&fake->lock);
    return play(c, &answer);
}

/* --- sockets ------------------------------------------------------------------------------- */

/* Answers what has been read whole; false if the connection is to be closed. */
static bool take_requests(fake_web *fake, client *c) {
    while (c->length && !c->hung) {
        char *end = memmem(c->bytes, c->length, "\r\n\r\n", 4);
        if (!end)
            return true;
        const char *field = strcasestr(c->bytes, "\r\nContent-Length:");
        size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
        size_t head = (size_t)(end - c->bytes) + 4;
        if (c->length < head + body)
            return true;
        if (!take(fake, c, head, body))
            return false;
        memmove(c->bytes, c->bytes + head + body, c->length - head - body + 1);
        c->length -= head + body;
    }
    return true;
}

static bool read_client(fake_web *fake, client *c) {
    if (c->length + 65536 > c->capacity) {
        c->capacity = c->capacity * 2 + 65536 + 1;
        c->bytes = realloc(c->bytes, c->capacity);
    }
    ssize_t got = recv(c->fd, c->bytes + c->length, c->capacity - c->length - 1, 0);
    if (got <= 0)
        return false;
    c->length += (size_t)got;
    c->bytes[c->length] = '\0';
    return take_requests(fake, c);
}

static void close_client(fake_web *fake, size_t i) {
    close(fake->clients[i].fd);
    free(fake->clients[i].bytes);
    fake->clients[i] = fake->clients[--fake->client_count];
}

static void accept_client(fake_web *fake) {
    int fd = accept(fake->listener, NULL, NULL);
    if (fd < 0)
        return;
    if (fake->client_count == CLIENTS_MAX) {
        close(fd);
        return;
    }
    struct timeval limit = {.tv_sec = 5};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    fake->clients[fake->client_count++] = (client){.fd = fd};
}

static void *serve(void *argument) {
    fake_web *fake = argument;
    struct pollfd fds[CLIENTS_MAX + 2];
    for (;;) {
        size_t count = fake->client_count;
        fds[0] = (struct pollfd){.fd = fake->stop[0], .events = POLLIN};
        fds[1] = (struct pollfd){.fd = fake->listener, .events = POLLIN};
        for (size_t i = 0; i < count; i++)
            fds[i + 2] = (struct pollfd){.fd = fake->clients[i].fd, .events = POLLIN};
        if (poll(fds, count + 2, -1) < 0 || fds[0].revents)
            break;
        /* Backwards: closing moves the last one into the gap. */
        for (size_t i = count; i-- > 0;)
            if (fds[i + 2].revents && !read_client(fake, &fake->clients[i]))
                close_client(fake, i);
        if (fds[1].revents)
            accept_client(fake);
    }
    while (fake->client_count)
        close_client(fake, 0);
    return NULL;
}

fake_web *fake_web_start(const fake_web_route *routes, size_t count) {
    fake_web *fake = calloc(1, sizeof *fake);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    assert_non_null(fake);
    fake->routes = routes;
    fake->route_count = count;
    fake->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fake->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fake->listener, 64), 0);
    assert_int_equal(getsockname(fake->listener, (struct sockaddr *)&address, &size), 0);
    assert_int_equal(pipe(fake->stop), 0);
    snprintf(fake->url, sizeof fake->url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    pthread_mutex_init(&fake->lock, NULL);
    pthread_cond_init(&fake->changed, NULL);
    assert_int_equal(pthread_create(&fake->thread, NULL, serve, fake), 0);
    return fake;
}

void fake_web_stop(fake_web *fake) {
    close(fake->stop[1]);
    pthread_join(fake->thread, NULL);
    close(fake->stop[0]);
    close(fake->listener);
    for (size_t i = 0; i < fake->request_count; i++) {
        free(fake->requests[i].head);
        free(fake->requests[i].body);
    }
    pthread_cond_destroy(&fake->changed);
    pthread_mutex_destroy(&fake->lock);
    free(fake);
}

/* --- what it saw --------------------------------------------------------------------------- */

const char *fake_web_url(const fake_web *fake) {
    return fake->url;
}

int fake_web_count(fake_web *fake, const char *method, const char *path) {
    pthread_mutex_lock(&fake->lock);
    int count = count_locked(fake, method, path);
    pthread_mutex_unlock(&fake->lock);
    return count;
}

static const request *find(fake_web *fake, const char *method, const char *path, int number) {
    const request *found = NULL;
    pthread_mutex_lock(&fake->lock);
    for (size_t i = 0; !found && i < fake->request_count; i++)
        if (is_of(&fake->requests[i], method, path) && number-- == 0)
            found = &fake->requests[i];
    pthread_mutex_unlock(&fake->lock);
    assert_non_null(found);
    return found;
}

const char *fake_web_head(fake_web *fake, const char *method, const char *path, int number) {
    return find(fake, method, path, number)->head;
}

const char *fake_web_body(fake_web *fake, const char *method, const char *path, int number,
                          size_t *size) {
    const request *r = find(fake, method, path, number);
    if (size)
        *size = r->size;
    return r->body;
}

bool fake_web_wait(fake_web *fake, const char *method, const char *path, int count) {
    struct timespec until;
    bool reached = false;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 10;
    pthread_mutex_lock(&fake->lock);
    do
        reached = count_locked(fake, method, path) >= count;
    while (!reached && pthread_cond_timedwait(&fake->changed, &fake->lock, &until) == 0);
    pthread_mutex_unlock(&fake->lock);
    return reached;
}
