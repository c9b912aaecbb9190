/* SPDX-License-Identifier: MIT */
/* The scripted service; see fake_web.h. */
#define _GNU_SOURCE /* strcasestr */
#include "fake_web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REQUESTS_MAX 2048

typedef struct request {
    char method[16], path[256];
    char *head, *body;
    size_t size;
} request;

struct fake_web {
    const fake_web_route *routes;
    size_t route_count;
    char url[64];
    fake_net *net;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    request requests[REQUESTS_MAX];
    size_t request_count;
};

/* --- answers ------------------------------------------------------------------------------- */

static void send_reply(fake_client *client, const fake_web_answer *answer) {
    char head[1024];
    const char *type = answer->type ? answer->type : "application/json";
    const char *body = answer->body ? answer->body : "";
    const size_t size = answer->size ? answer->size : strlen(body);
    int n = snprintf(head, sizeof head, "HTTP/1.1 %d Scripted\r\n%s%s%s",
                     answer->status ? answer->status : 200, type[0] ? "Content-Type: " : "", type,
                     type[0] ? "\r\n" : "");
    fake_send(client, head, (size_t)n);
    if (answer->header) { /* may be long */
        fake_send(client, answer->header, strlen(answer->header));
        fake_send(client, "\r\n", 2);
    }
    if (answer->chunked)
        n = snprintf(head, sizeof head, "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", size);
    else
        n = snprintf(head, sizeof head, "Content-Length: %zu\r\n\r\n", size);
    fake_send(client, head, (size_t)n);
    fake_send(client, body, answer->kind == FAKE_WEB_CUT ? size / 2 : size);
    if (answer->chunked && answer->kind == FAKE_WEB_REPLY)
        fake_send(client, "\r\n0\r\n\r\n", 7);
}

/* True if the connection may go on. */
static bool play(fake_client *client, const fake_web_answer *answer) {
    if (answer->kind == FAKE_WEB_HANG)
        fake_hang(client);
    else if (answer->kind != FAKE_WEB_CLOSE)
        send_reply(client, answer);
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

static bool take(void *owner, fake_client *client, const char *head, const char *body) {
    fake_web *fake = owner;
    const char *field = strcasestr(head, "\r\nContent-Length:");
    pthread_mutex_lock(&fake->lock);
    if (fake->request_count == REQUESTS_MAX)
        abort();
    request *r = &fake->requests[fake->request_count];
    r->size = field ? strtoul(field + 17, NULL, 10) : 0;
    r->head = strdup(head);
    r->body = malloc(r->size + 1);
    memcpy(r->body, body, r->size + 1);
    sscanf(r->head, "%15s %255s", r->method, r->path);
    fake->request_count++;
    const fake_web_answer answer = answer_of(fake, r);
    pthread_cond_broadcast(&fake->changed);
    pthread_mutex_unlock(&fake->lock);
    return play(client, &answer);
}

fake_web *fake_web_start(const fake_web_route *routes, size_t count, const fake_layer *layer) {
    fake_web *fake = calloc(1, sizeof *fake);
    assert_non_null(fake);
    fake->routes = routes;
    fake->route_count = count;
    pthread_mutex_init(&fake->lock, NULL);
    pthread_cond_init(&fake->changed, NULL);
    fake->net = fake_net_start(take, fake, 0, layer);
    snprintf(fake->url, sizeof fake->url, "http%s://127.0.0.1:%d", layer ? "s" : "",
             fake_net_port(fake->net));
    return fake;
}

void fake_web_stop(fake_web *fake) {
    fake_net_stop(fake->net);
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
    until.tv_sec += 60;
    pthread_mutex_lock(&fake->lock);
    do
        reached = count_locked(fake, method, path) >= count;
    while (!reached && pthread_cond_timedwait(&fake->changed, &fake->lock, &until) == 0);
    pthread_mutex_unlock(&fake->lock);
    return reached;
}
